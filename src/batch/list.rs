//! What a walk found: a list that stays small, since a run over a million files has a million of it.
//!
//! Of a file only its path within the input is kept; its name in the outputs and what is to be read are worked
//! out of that when it is its turn. What does not follow that rule is rare, and stands beside it.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

use super::kinds::{Promise, promise};
use super::met::{Met, short};
use super::read::Unreadable;

/// One thing to read.
#[derive(Debug)]
pub struct Entry {
    /// Its name in every output.
    pub source: String,
    /// Where its bytes are.
    pub input: Input,
}

/// Where bytes come from.
#[derive(Debug)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file, a pipe or a device that somebody named.
    Named(PathBuf),
    /// A file of a folder.
    File(PathBuf),
    /// A file of a folder whose name does not say what it is: read if its bytes do.
    Unsaid(PathBuf),
    /// A file or folder within an archive: that of the archive, and the path in it.
    Within(PathBuf, String),
    /// Nowhere: the walk met something that it could not enter.
    Failed(Unreadable),
}

/// What to read, in order, each under a name of its own.
#[derive(Debug, Default)]
pub struct Entries {
    inputs: Vec<Given>,
    /// Those that were taken among them: their names stay taken.
    found: Found,
    /// The one whose turn it is.
    next: usize,
}

/// An input as it was given.
#[derive(Debug, Default)]
struct Given {
    path: PathBuf,
    /// Whether what it gave is named by it, too.
    apart: bool,
}

/// Things found through inputs. Their paths stand one behind the other in one text.
#[derive(Debug, Default)]
pub(super) struct Found {
    all: Vec<One>,
    paths: String,
    odd: HashMap<usize, Odd>,
}

/// Something found through an input.
#[derive(Debug)]
struct One {
    /// Index of the input.
    given: usize,
    /// Where its path within the input ends in the text of all, and that of the next begins; it is empty if this is the
    /// input itself.
    end: usize,
}

/// What is not as the path says.
#[derive(Debug, Default)]
struct Odd {
    /// The path within the input, where that is no text.
    within: Option<PathBuf>,
    name: Option<String>,
    /// Whether it is something else than a file.
    other: bool,
    /// What is to be read then, until it is taken.
    input: Option<Input>,
}

impl Found {
    /// Adds a file of an input, or the input itself.
    pub(super) fn file(&mut self, given: usize, within: &Path) {
        self.add(given, within, Odd::default());
    }

    /// Adds something else than a file; `name` where its path does not give it.
    pub(super) fn other(&mut self, given: usize, within: &Path, input: Input, name: Option<String>) {
        self.add(given, within, Odd { within: None, name, other: true, input: Some(input) });
    }

    fn add(&mut self, given: usize, within: &Path, mut odd: Odd) {
        match within.to_str() {
            Some(text) => self.paths.push_str(text),
            None => odd.within = Some(within.to_owned()),
        }
        if odd.other || odd.within.is_some() || odd.name.is_some() {
            self.odd.insert(self.all.len(), odd);
        }
        self.all.push(One { given, end: self.paths.len() });
    }

    fn len(&self) -> usize {
        self.all.len()
    }

    fn given(&self, at: usize) -> usize {
        self.all[at].given
    }

    /// Its path within the input; empty if it is the input itself.
    fn within(&self, at: usize) -> &Path {
        if let Some(path) = self.odd.get(&at).and_then(|odd| odd.within.as_deref()) {
            return path;
        }
        let start = at.checked_sub(1).map_or(0, |before| self.all[before].end);
        Path::new(&self.paths[start..self.all[at].end])
    }

    fn is_file(&self, at: usize) -> bool {
        self.odd.get(&at).is_none_or(|odd| !odd.other)
    }

    fn rename(&mut self, at: usize, name: Option<String>) {
        match self.odd.get_mut(&at) {
            Some(odd) => odd.name = name,
            None if name.is_some() => drop(self.odd.insert(at, Odd { name, ..Odd::default() })),
            None => {}
        }
    }

    /// Those at these places, in this order.
    fn picked(mut self, places: &[usize]) -> Self {
        let mut picked = Found { all: Vec::with_capacity(places.len()), ..Found::default() };
        picked.paths.reserve_exact(self.paths.len());
        for &at in places {
            let odd = self.odd.remove(&at).unwrap_or_default();
            match &odd.within {
                Some(path) => picked.add(self.given(at), &path.clone(), odd),
                None => picked.add(self.given(at), self.within(at), odd),
            }
        }
        picked
    }
}

impl Entries {
    /// Puts what was found in order and settles the names.
    pub(super) fn new(inputs: &[PathBuf], found: Found) -> Self {
        let mut order: Vec<usize> = (0..found.len()).collect();
        // A path compares part by part, each by its bytes.
        let by = |at: &usize| (found.given(*at), found.within(*at));
        order.sort_by(|a, b| by(a).cmp(&by(b)));
        let inputs = inputs.iter().map(|path| Given { path: path.clone(), apart: false }).collect();
        let mut entries = Entries { inputs, found: found.picked(&order), next: 0 };
        drop(order);
        entries.name_apart();
        entries.number();
        entries
    }

    /// How many are still to be taken.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len() - self.next
    }

    /// Whether all were taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes the files out whose paths are such; their names.
    pub fn take_files(&mut self, is_such: impl Fn(&Path) -> bool) -> Vec<String> {
        let such = |at: usize| at >= self.next && self.found.is_file(at) && is_such(&self.path(at));
        let (taken, kept): (Vec<usize>, Vec<usize>) = (0..self.found.len()).partition(|at| such(*at));
        let names = taken.iter().map(|at| self.name(*at)).collect();
        self.found = std::mem::take(&mut self.found).picked(&kept);
        names
    }

    /// The names of all, those that were taken among them.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        (0..self.found.len()).map(|at| self.name(at))
    }

    /// Where two inputs would give one name, all that these inputs gave is named by the input as given,
    /// too. So names stay short in the usual case and never coincide.
    fn name_apart(&mut self) {
        loop {
            let clashing = self.clashing_inputs();
            if clashing.iter().all(|given| self.inputs[*given].apart) {
                return;
            }
            clashing.iter().for_each(|given| self.inputs[*given].apart = true);
            for at in 0..self.found.len() {
                if self.inputs[self.found.given(at)].apart {
                    self.found.rename(at, None);
                }
            }
        }
    }

    fn clashing_inputs(&self) -> HashSet<usize> {
        let mut clashing = HashSet::new();
        // Two of one input differ only in bytes that are no text: longer names would not tell them apart either.
        if self.inputs.len() < 2 {
            return clashing;
        }
        let mut first = HashMap::new();
        for (at, name) in self.names().enumerate() {
            let given = self.found.given(at);
            let first = *first.entry(short(name)).or_insert(given);
            if first != given {
                clashing.extend([first, given]);
            }
        }
        clashing
    }

    /// Names that still coincide (they differ in bytes that are no text) get a number.
    fn number(&mut self) {
        // Quick way: of one input, paths that are texts and in order are names that are.
        let distinct = |at: usize| self.found.within(at - 1) < self.found.within(at);
        if self.inputs.len() == 1 && self.found.odd.is_empty() && (1..self.found.len()).all(distinct) {
            return;
        }
        let mut taken = Met::default();
        for at in 0..self.found.len() {
            let name = self.name(at);
            if !taken.insert(&name) {
                self.found.rename(at, Some(numbered(&name, &mut taken)));
            }
        }
    }

    fn is_input(&self, at: usize) -> bool {
        self.found.within(at).as_os_str().is_empty()
    }

    fn path(&self, at: usize) -> PathBuf {
        let given = &self.inputs[self.found.given(at)].path;
        // Joined with nothing it would end with a slash.
        if self.is_input(at) { given.clone() } else { given.join(self.found.within(at)) }
    }

    /// The file that it is; only what stands in a folder is doubted by its name.
    fn input(&self, at: usize) -> Input {
        let path = self.path(at);
        if self.is_input(at) {
            return Input::Named(path);
        }
        if promise(&path) == Promise::Listed { Input::File(path) } else { Input::Unsaid(path) }
    }

    fn name(&self, at: usize) -> String {
        let given = &self.inputs[self.found.given(at)];
        match self.found.odd.get(&at).and_then(|odd| odd.name.as_ref()) {
            Some(name) => name.clone(),
            None if given.apart => self.longer_name(at, &slashed(&given.path)),
            None if self.is_input(at) => own_name(&given.path),
            None => slashed(self.found.within(at)),
        }
    }

    fn longer_name(&self, at: usize, given: &str) -> String {
        match self.is_input(at) {
            true if given.is_empty() => ".".to_owned(),
            true => given.to_owned(),
            false if given.is_empty() => slashed(self.found.within(at)),
            false => format!("{}/{}", given.trim_end_matches('/'), slashed(self.found.within(at))),
        }
    }
}

impl Iterator for Entries {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let at = Some(self.next).filter(|at| *at < self.found.len())?;
        self.next += 1;
        let odd = self.found.odd.get_mut(&at).and_then(|odd| odd.input.take());
        let input = odd.unwrap_or_else(|| self.input(at));
        Some(Entry { source: self.name(at), input })
    }
}

/// One entry with the name that it has.
impl From<Entry> for Entries {
    fn from(Entry { source, input }: Entry) -> Self {
        let mut found = Found::default();
        found.other(0, Path::new(""), input, Some(source));
        Entries { inputs: vec![Given::default()], found, next: 0 }
    }
}

/// A name that is not taken yet, with a number behind it; it is taken then.
pub(super) fn numbered(name: &str, taken: &mut Met) -> String {
    let mut names = (2..).map(|number: usize| format!("{name}#{number}"));
    names.find(|name| taken.insert(name)).unwrap_or_default()
}

/// An input's own name: the last part of its path.
pub(super) fn own_name(path: &Path) -> String {
    path.file_name().map_or_else(|| slashed(path), |name| name.to_string_lossy().into_owned())
}

/// A path with `/` between its parts, without `.` parts.
pub(super) fn slashed(path: &Path) -> String {
    let mut text = String::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::RootDir => text.push('/'),
            part => {
                if !text.is_empty() && !text.ends_with('/') {
                    text.push('/');
                }
                text.push_str(&part.as_os_str().to_string_lossy());
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(inputs: &[&str], files: &[(usize, &str)]) -> Entries {
        let inputs: Vec<PathBuf> = inputs.iter().map(PathBuf::from).collect();
        let mut found = Found::default();
        files.iter().for_each(|(given, within)| found.file(*given, Path::new(within)));
        Entries::new(&inputs, found)
    }

    #[test]
    fn longer_names_that_meet_another_input_lengthen_that_one_too() {
        // `a` holds x, `b` holds x and a/x, `c` holds b/x.
        let found = [(0, "x"), (1, "x"), (1, "a/x"), (2, "b/x")];
        let names: Vec<String> = entries(&["a", "b", "c"], &found).names().collect();
        assert_eq!(names, ["a/x", "b/a/x", "b/x", "c/b/x"]);
    }

    #[test]
    fn names_that_coincide_get_numbers_that_no_other_has() {
        let found = ["\u{fffd}", "\u{fffd}", "\u{fffd}#2", "\u{fffd}"].map(|name| (0, name));
        let names: Vec<String> = entries(&["a"], &found).names().collect();
        assert_eq!(names, ["\u{fffd}", "\u{fffd}#2", "\u{fffd}#3", "\u{fffd}#2#2"]);
    }

    #[test]
    fn what_stands_beside_the_rule_keeps_its_name_when_it_is_taken() {
        let within = Input::Within("in/a.zip".into(), "b.docx".to_owned());
        let mut found = Found::default();
        found.file(1, Path::new("c.txt"));
        found.other(0, Path::new(""), within, Some("a.zip/b.docx".to_owned()));
        let mut entries = Entries::new(&["in/a.zip/b.docx", "in"].map(PathBuf::from), found);
        let (first, second) = (entries.next().expect("one"), entries.next().expect("another"));
        assert!(matches!(first.input, Input::Within(..)) && matches!(second.input, Input::File(_)));
        assert_eq!((first.source.as_str(), second.source.as_str()), ("a.zip/b.docx", "c.txt"));
        assert!(entries.is_empty() && entries.names().eq(["a.zip/b.docx", "c.txt"].map(str::to_owned)));
    }

    #[test]
    fn files_that_are_taken_out_leave_the_others_in_their_order() {
        let mut entries = entries(&["in"], &[(0, "a.txt"), (0, "list.xlsx"), (0, "d/b.txt"), (0, "c.txt")]);
        assert_eq!(entries.next().expect("one").source, "a.txt");
        assert_eq!(entries.take_files(|path| path == Path::new("in/list.xlsx")), ["list.xlsx"]);
        assert!(entries.take_files(|path| path == Path::new("in/a.txt")).is_empty(), "it was taken");
        assert_eq!(entries.len(), 2);
        let left: Vec<(String, PathBuf)> = entries
            .map(|entry| match entry.input {
                Input::File(path) => (entry.source, path),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(left, ["c.txt", "d/b.txt"].map(|name| (name.to_owned(), Path::new("in").join(name))));
    }

    /// Names that are no text cannot be kept in one.
    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_is_kept_as_it_is() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let odd = Path::new(OsStr::from_bytes(b"d/\xb1.txt"));
        let mut found = Found::default();
        found.file(0, odd);
        found.file(0, Path::new("d/a.txt"));
        let entries = Entries::new(&[PathBuf::from("in")], found);
        let read: Vec<(String, PathBuf)> = entries
            .map(|entry| match entry.input {
                Input::File(path) => (entry.source, path),
                other => panic!("{other:?}"),
            })
            .collect();
        let wanted = [("d/a.txt", Path::new("in/d/a.txt").to_owned()), ("d/\u{fffd}.txt", Path::new("in").join(odd))];
        assert_eq!(read, wanted.map(|(name, path)| (name.to_owned(), path)));
    }

    #[test]
    fn of_a_file_little_more_than_its_path_is_kept() {
        assert!(size_of::<One>() <= 16);
    }
}
