//! What is to be read, in order, each under a name of its own.
//!
//! A run over a million files keeps them all, so each is kept in few bytes: where it lies, and what
//! is odd about it. Its name and the rest are put together when it is its turn.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

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
    /// A file.
    File(PathBuf),
    /// A file of a folder whose name does not say what it is: read if its bytes do.
    Unsaid(PathBuf),
    /// A file or folder within an archive: that of the archive, and the path in it.
    Within(PathBuf, String),
    /// Nowhere: the walk met something that it could not enter.
    Failed(Unreadable),
}

/// Things to read, in order; an iterator over [`Entry`]s.
#[derive(Debug, Default)]
pub struct Entries {
    /// The inputs as given.
    given: Vec<PathBuf>,
    /// For each input, whether what it gave is named by the input as given, too.
    longer: Vec<bool>,
    /// Folders in which files were found, one after another.
    folders: Vec<PathBuf>,
    /// Names of files within their folders, all in one text.
    texts: String,
    /// What is more than a file with a name.
    odd: Vec<Odd>,
    kept: Vec<Kept>,
    /// How many were given on.
    done: usize,
    names: Met,
}

/// One of them, in 32 bytes.
#[derive(Debug, Clone, Copy)]
struct Kept {
    /// Where its name begins in the texts, and how long it is there.
    start: u64,
    length: u16,
    /// Its name does not say that it is to be read.
    unsaid: bool,
    /// Index of the input through which it was found.
    given: u32,
    /// Index of its folder.
    folder: u32,
    /// Which of those that would have one name it is, from 1.
    number: u32,
    /// Index of what is odd about it.
    odd: u32,
}

/// Nothing is odd.
const PLAIN: u32 = u32::MAX;

/// One that is no file of a folder, or whose name is no text.
#[derive(Debug)]
struct Odd {
    what: What,
    /// Its path in its folder.
    name: Box<OsStr>,
}

/// What something found is.
#[derive(Debug)]
pub(super) enum What {
    /// A file of a folder.
    File,
    /// The same, if its name does not say that it is to be read.
    Unsaid,
    /// Something in a folder that cannot be entered, or the folder itself.
    Failed(Box<Unreadable>),
    /// An input itself, with its own name.
    Itself(Box<Entry>),
}

impl Entries {
    /// None yet, of these inputs.
    pub(super) fn of(given: &[PathBuf]) -> Self {
        Entries { given: given.to_vec(), longer: vec![false; given.len()], ..Entries::default() }
    }

    /// Adds what an input gave, in any order.
    pub(super) fn push(&mut self, given: usize, path: &Path, what: What) {
        let (folder, name) = match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) => (folder, name),
            _ => (Path::new(""), path.as_os_str()),
        };
        if self.folders.last().is_none_or(|last| last != folder) {
            self.folders.push(folder.to_owned());
        }
        let start = self.texts.len() as u64;
        let unsaid = matches!(what, What::Unsaid);
        let text = name.to_str().filter(|_| unsaid || matches!(what, What::File));
        let (length, odd) = match text.map(|text| (text, u16::try_from(text.len()))) {
            Some((text, Ok(length))) => {
                self.texts.push_str(text);
                (length, PLAIN)
            }
            _ => {
                self.odd.push(Odd { what, name: name.into() });
                (0, self.odd.len() as u32 - 1)
            }
        };
        let (given, folder) = (given as u32, self.folders.len() as u32 - 1);
        self.kept.push(Kept { start, length, unsaid, given, folder, number: 1, odd });
    }

    /// Puts them in order, and gives each a name of its own.
    pub(super) fn settle(mut self) -> Self {
        let mut kept = std::mem::take(&mut self.kept);
        // A path compares part by part, each by its bytes.
        let parts = |one: &Kept| self.folder(one).components().chain(Path::new(self.file_name(one)).components());
        kept.sort_by(|a, b| a.given.cmp(&b.given).then_with(|| parts(a).cmp(parts(b))));
        kept.shrink_to_fit();
        self.kept = kept;
        self.texts.shrink_to_fit();
        self.name_apart();
        self.number();
        self
    }

    /// Takes out the files that are not to be kept.
    pub fn retain_files(&mut self, mut keep: impl FnMut(&Path) -> bool) {
        let mut kept = std::mem::take(&mut self.kept);
        kept.retain(|one| match self.odd(one).map(|odd| &odd.what) {
            None | Some(What::File | What::Unsaid) => keep(&self.path(one)),
            Some(What::Itself(entry)) => match &entry.input {
                Input::File(path) | Input::Unsaid(path) => keep(path),
                _ => true,
            },
            Some(What::Failed(_)) => true,
        });
        self.kept = kept;
    }

    /// The names that are taken; afterwards, none is known to be.
    pub(super) fn take_names(&mut self) -> Met {
        std::mem::take(&mut self.names)
    }

    fn odd(&self, kept: &Kept) -> Option<&Odd> {
        self.odd.get(kept.odd as usize)
    }

    fn folder(&self, kept: &Kept) -> &Path {
        &self.folders[kept.folder as usize]
    }

    fn file_name(&self, kept: &Kept) -> &OsStr {
        let start = kept.start as usize;
        self.odd(kept).map_or_else(|| OsStr::new(&self.texts[start..][..kept.length.into()]), |odd| &odd.name)
    }

    fn path(&self, kept: &Kept) -> PathBuf {
        self.folder(kept).join(self.file_name(kept))
    }

    /// The input that it is, if it is one itself.
    fn itself(&self, kept: &Kept) -> Option<&Entry> {
        match &self.odd(kept)?.what {
            What::Itself(entry) => Some(entry),
            _ => None,
        }
    }

    /// Its path within the folder that was given; `None` for the input itself.
    fn within(&self, kept: &Kept) -> Option<String> {
        if self.itself(kept).is_some() {
            return None;
        }
        let (path, root) = (self.path(kept), &self.given[kept.given as usize]);
        let within = path.strip_prefix(root).map_or_else(|_| slashed(&path), slashed);
        Some(within).filter(|within| !within.is_empty())
    }

    /// Its name as long as no other has it.
    fn name(&self, kept: &Kept) -> String {
        if self.longer.get(kept.given as usize) == Some(&true) {
            return self.longer_name(kept);
        }
        match self.itself(kept) {
            Some(entry) => entry.source.clone(),
            None => self.within(kept).unwrap_or_else(|| own_name(&self.path(kept))),
        }
    }

    /// Its name with that of the input as given.
    fn longer_name(&self, kept: &Kept) -> String {
        let given = slashed(&self.given[kept.given as usize]);
        match self.within(kept) {
            None if given.is_empty() => ".".to_owned(),
            None => given,
            Some(within) if given.is_empty() => within,
            Some(within) => format!("{}/{within}", given.trim_end_matches('/')),
        }
    }

    /// Where two inputs would give one name, all that these inputs gave is named by the input as given,
    /// too. So names stay short in the usual case and never coincide.
    fn name_apart(&mut self) {
        loop {
            let clashing = self.clashing_inputs();
            if clashing.iter().all(|given| self.longer[*given as usize]) {
                return;
            }
            clashing.into_iter().for_each(|given| self.longer[given as usize] = true);
        }
    }

    fn clashing_inputs(&self) -> HashSet<u32> {
        let mut clashing = HashSet::new();
        if self.given.len() < 2 {
            // Two of one input differ only in bytes that are no text: longer names would not tell them apart either.
            return clashing;
        }
        let mut first: HashMap<Short, u32> = HashMap::new();
        for one in &self.kept {
            let known = *first.entry(short(self.name(one).as_bytes())).or_insert(one.given);
            if known != one.given {
                clashing.extend([known, one.given]);
            }
        }
        clashing
    }

    /// Names that still coincide (they differ in bytes that are no text) get a number.
    fn number(&mut self) {
        let mut names = Met::default();
        let mut kept = std::mem::take(&mut self.kept);
        for one in &mut kept {
            one.number = names.number(&self.name(one));
        }
        (self.kept, self.names) = (kept, names);
    }
}

impl Iterator for Entries {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let kept = *self.kept.get(self.done)?;
        self.done += 1;
        let source = numbered(self.name(&kept), kept.number);
        let path = self.path(&kept);
        let plain = if kept.unsaid { What::Unsaid } else { What::File };
        let what = match self.odd.get_mut(kept.odd as usize) {
            Some(odd) => std::mem::replace(&mut odd.what, What::File),
            None => plain,
        };
        let input = match what {
            What::File => Input::File(path),
            What::Unsaid => Input::Unsaid(path),
            What::Failed(unreadable) => Input::Failed(*unreadable),
            What::Itself(entry) => entry.input,
        };
        Some(Entry { source, input })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.kept.len() - self.done;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Entries {}

/// Things that have their names already.
impl FromIterator<Entry> for Entries {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut kept = Entries::default();
        for entry in entries {
            kept.names.take(entry.source.as_bytes());
            kept.push(0, Path::new(""), What::Itself(Box::new(entry)));
        }
        kept
    }
}

/// The beginning of a hash: no two names of one run will ever share it, and it is shorter than any.
type Short = [u8; 16];

fn short(bytes: &[u8]) -> Short {
    let mut short = Short::default();
    let length = short.len();
    short.copy_from_slice(&Sha256::digest(bytes)[..length]);
    short
}

/// Names, or paths, that were met.
#[derive(Debug, Default)]
pub(super) struct Met(HashSet<Short>);

impl Met {
    /// Whether a name is met for the first time.
    pub(super) fn take(&mut self, name: &[u8]) -> bool {
        self.0.insert(short(name))
    }

    /// The first number with which a name was not met, and meets it; 1 stands for none.
    fn number(&mut self, name: &str) -> u32 {
        let mut numbers = 1..;
        numbers.find(|number| self.take(numbered(name.to_owned(), *number).as_bytes())).unwrap_or(1)
    }

    /// A name that no other has: a folder may be called like an archive.
    pub(super) fn apart(&mut self, name: String) -> String {
        let number = self.number(&name);
        numbered(name, number)
    }
}

fn numbered(name: String, number: u32) -> String {
    if number == 1 { name } else { format!("{name}#{number}") }
}

/// The input's own name: the last part of its path.
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

    #[test]
    fn longer_names_that_meet_another_input_lengthen_that_one_too() {
        let mut entries = Entries::of(&["a".into(), "b".into(), "c".into()]);
        // `a` holds x, `b` holds x and a/x, `c` holds b/x.
        for (given, path) in [(0, "a/x"), (1, "b/x"), (1, "b/a/x"), (2, "c/b/x")] {
            entries.push(given, Path::new(path), What::File);
        }
        let names: Vec<String> = entries.settle().map(|entry| entry.source).collect();
        assert_eq!(names, ["a/x", "b/a/x", "b/x", "c/b/x"]);
    }

    #[test]
    fn names_that_are_the_same_are_numbered() {
        let mut names = Met::default();
        let apart = ["x", "x", "x#2", "x"].map(|name| names.apart(name.to_owned()));
        assert_eq!(apart, ["x", "x#2", "x#2#2", "x#3"]);
        let same = || Entry { source: "y".to_owned(), input: Input::Stdin };
        let mut entries: Entries = [same()].into_iter().collect();
        assert_eq!(entries.take_names().apart("y".to_owned()), "y#2");
    }

    #[cfg(unix)]
    #[test]
    fn files_whose_names_differ_in_bytes_that_are_no_text_are_told_apart() {
        use std::os::unix::ffi::OsStrExt;
        let mut entries = Entries::of(&["a".into()]);
        for byte in [b"\xff", b"\xfe"] {
            entries.push(0, &Path::new("a").join(OsStr::from_bytes(byte)), What::File);
        }
        let entries: Vec<Entry> = entries.settle().collect();
        assert_eq!([&entries[0].source, &entries[1].source], ["\u{fffd}", "\u{fffd}#2"]);
        let Input::File(first) = &entries[0].input else { panic!("a file") };
        assert_eq!(first.file_name().expect("a name").as_bytes(), b"\xfe");
    }
}
