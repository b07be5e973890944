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
    found: Vec<Found>,
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

/// Something found through an input.
#[derive(Debug)]
pub(super) struct Found {
    /// Index of the input.
    given: usize,
    /// Its path within the input; empty if it is the input itself.
    within: Box<Path>,
    odd: Option<Box<Odd>>,
}

/// What is not as the path says.
#[derive(Debug, Default)]
struct Odd {
    name: Option<String>,
    /// What is to be read, until it is taken.
    input: Option<Input>,
}

impl Found {
    /// A file of an input, or the input itself.
    pub(super) fn file(given: usize, within: &Path) -> Self {
        Found { given, within: within.into(), odd: None }
    }

    /// Something else than a file; `name` where its path does not give it.
    pub(super) fn other(given: usize, within: &Path, input: Input, name: Option<String>) -> Self {
        let odd = Odd { name, input: Some(input) };
        Found { given, within: within.into(), odd: Some(Box::new(odd)) }
    }

    fn rename(&mut self, name: Option<String>) {
        match &mut self.odd {
            Some(odd) => odd.name = name,
            None if name.is_some() => self.odd = Some(Box::new(Odd { name, input: None })),
            None => {}
        }
    }
}

impl Entries {
    /// Puts what was found in order and settles the names.
    pub(super) fn new(inputs: &[PathBuf], mut found: Vec<Found>) -> Self {
        // A path compares part by part, each by its bytes.
        found.sort_by(|a, b| (a.given, &a.within).cmp(&(b.given, &b.within)));
        found.shrink_to_fit();
        let inputs = inputs.iter().map(|path| Given { path: path.clone(), apart: false }).collect();
        let mut entries = Entries { inputs, found, next: 0 };
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
        let Entries { inputs, found, .. } = self;
        let such = |found: &mut Found| found.is_file() && is_such(&found.path(&inputs[found.given]));
        let taken: Vec<Found> = found.extract_if(self.next.., such).collect();
        taken.iter().map(|one| one.name(&inputs[one.given])).collect()
    }

    /// The names of all, those that were taken among them.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.found.iter().map(|one| one.name(&self.inputs[one.given]))
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
            for one in self.found.iter_mut().filter(|one| self.inputs[one.given].apart) {
                one.rename(None);
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
        for (one, name) in self.found.iter().zip(self.names()) {
            let first = *first.entry(short(name)).or_insert(one.given);
            if first != one.given {
                clashing.extend([first, one.given]);
            }
        }
        clashing
    }

    /// Names that still coincide (they differ in bytes that are no text) get a number.
    fn number(&mut self) {
        let mut taken = Met::default();
        for one in &mut self.found {
            let name = one.name(&self.inputs[one.given]);
            if !taken.insert(&name) {
                one.rename(Some(numbered(&name, &mut taken)));
            }
        }
    }
}

impl Iterator for Entries {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let one = self.found.get_mut(self.next)?;
        self.next += 1;
        let given = &self.inputs[one.given];
        let odd = one.odd.as_mut().and_then(|odd| odd.input.take());
        let input = odd.unwrap_or_else(|| one.input(given));
        Some(Entry { source: one.name(given), input })
    }
}

/// One entry with the name that it has.
impl From<Entry> for Entries {
    fn from(Entry { source, input }: Entry) -> Self {
        let found = vec![Found::other(0, Path::new(""), input, Some(source))];
        Entries { inputs: vec![Given::default()], found, next: 0 }
    }
}

impl Found {
    fn is_file(&self) -> bool {
        self.odd.as_ref().is_none_or(|odd| odd.input.is_none())
    }

    fn path(&self, given: &Given) -> PathBuf {
        // Joined with nothing it would end with a slash.
        if self.is_input() { given.path.clone() } else { given.path.join(&self.within) }
    }

    fn is_input(&self) -> bool {
        self.within.as_os_str().is_empty()
    }

    /// The file that it is; only what stands in a folder is doubted by its name.
    fn input(&self, given: &Given) -> Input {
        let path = self.path(given);
        if self.is_input() {
            return Input::Named(path);
        }
        if promise(&path) == Promise::Listed { Input::File(path) } else { Input::Unsaid(path) }
    }

    fn name(&self, given: &Given) -> String {
        match self.odd.as_ref().and_then(|odd| odd.name.as_ref()) {
            Some(name) => name.clone(),
            None if given.apart => self.longer_name(&slashed(&given.path)),
            None if self.is_input() => own_name(&given.path),
            None => slashed(&self.within),
        }
    }

    fn longer_name(&self, given: &str) -> String {
        match self.is_input() {
            true if given.is_empty() => ".".to_owned(),
            true => given.to_owned(),
            false if given.is_empty() => slashed(&self.within),
            false => format!("{}/{}", given.trim_end_matches('/'), slashed(&self.within)),
        }
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

    fn entries(inputs: &[&str], found: Vec<Found>) -> Entries {
        let inputs: Vec<PathBuf> = inputs.iter().map(PathBuf::from).collect();
        Entries::new(&inputs, found)
    }

    fn file(given: usize, within: &str) -> Found {
        Found::file(given, Path::new(within))
    }

    #[test]
    fn longer_names_that_meet_another_input_lengthen_that_one_too() {
        // `a` holds x, `b` holds x and a/x, `c` holds b/x.
        let found = vec![file(0, "x"), file(1, "x"), file(1, "a/x"), file(2, "b/x")];
        let names: Vec<String> = entries(&["a", "b", "c"], found).names().collect();
        assert_eq!(names, ["a/x", "b/a/x", "b/x", "c/b/x"]);
    }

    #[test]
    fn names_that_coincide_get_numbers_that_no_other_has() {
        let found = ["\u{fffd}", "\u{fffd}", "\u{fffd}#2", "\u{fffd}"].map(|name| file(0, name));
        let names: Vec<String> = entries(&["a"], found.into()).names().collect();
        assert_eq!(names, ["\u{fffd}", "\u{fffd}#2", "\u{fffd}#3", "\u{fffd}#2#2"]);
    }

    #[test]
    fn what_stands_beside_the_rule_keeps_its_name_when_it_is_taken() {
        let within = Input::Within("in/a.zip".into(), "b.docx".to_owned());
        let found = vec![Found::other(0, Path::new(""), within, Some("a.zip/b.docx".to_owned())), file(1, "c.txt")];
        let mut entries = entries(&["in/a.zip/b.docx", "in"], found);
        let (first, second) = (entries.next().expect("one"), entries.next().expect("another"));
        assert!(matches!(first.input, Input::Within(..)) && matches!(second.input, Input::File(_)));
        assert_eq!((first.source.as_str(), second.source.as_str()), ("a.zip/b.docx", "c.txt"));
        assert!(entries.is_empty() && entries.names().eq(["a.zip/b.docx", "c.txt"].map(str::to_owned)));
    }

    #[test]
    fn of_a_file_little_more_than_its_path_is_kept() {
        assert!(size_of::<Found>() <= 32);
    }
}
