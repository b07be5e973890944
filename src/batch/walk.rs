//! Inputs as given → what to read, in order, each once and under a name of its own.
//!
//! Folders are walked with names sorted by bytes. Hidden files and folders, Word's lock files
//! (`~$…`) and the outputs of an earlier run are passed over; files of kinds that no reader
//! lists are counted. Links are followed, and nothing is read or entered twice. What is in an
//! archive is found only when it is its turn to be read.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::kinds::{Promise, is_hidden, kind_of, promise};
use super::list::{Entries, Found, Input, own_name, slashed};
use super::met::Met;
use super::output;
use super::read::Unreadable;

/// What a walk came to.
#[derive(Debug, Default)]
pub struct Walked {
    /// What to read, in order.
    pub entries: Entries,
    /// Files of folders that no reader lists, by ending; the empty one is that of names without any.
    pub skipped: BTreeMap<String, usize>,
    /// Inputs that were reached a second time.
    pub repeated: usize,
}

/// Lists what the inputs hold, in their order; `-` is standard input. Outputs that stand in
/// `out` from an earlier run are no inputs.
#[must_use]
pub fn walk(inputs: &[PathBuf], out: Option<&Path>) -> Walked {
    let mut walk = Walk { own: out.and_then(|out| out.canonicalize().ok()), ..Walk::default() };
    for (at, input) in inputs.iter().enumerate() {
        walk.input(at, input);
    }
    walk.follow_links(inputs);
    let Walk { found, skipped, repeated, seen, .. } = walk;
    // Names are met anew.
    drop(seen);
    Walked { entries: Entries::new(inputs, found), skipped, repeated }
}

#[derive(Default)]
struct Walk {
    /// The output folder, canonical.
    own: Option<PathBuf>,
    found: Found,
    skipped: BTreeMap<String, usize>,
    repeated: usize,
    /// Files and folders that were met, canonical.
    seen: Met,
    /// Links that were met, with the index of their input.
    links: Vec<(usize, PathBuf)>,
    stdin: bool,
}

impl Walk {
    fn input(&mut self, given: usize, path: &Path) {
        if path == Path::new("-") {
            self.stdin(given);
        } else if path.is_dir() {
            self.folder(given, path, path);
        } else if self.first(path) {
            match within(path) {
                None => self.found.file(given, Path::new("")),
                Some(Within { archive, rest }) => {
                    let name = format!("{}/{rest}", own_name(&archive));
                    self.found.other(given, Path::new(""), Input::Within(archive, rest), Some(name));
                }
            }
        }
    }

    fn stdin(&mut self, given: usize) {
        if self.stdin {
            self.repeated += 1;
        } else {
            self.stdin = true;
            self.found.other(given, Path::new(""), Input::Stdin, None);
        }
    }

    /// Whether a file or folder is met for the first time.
    fn first(&mut self, path: &Path) -> bool {
        self.first_of(&canonical(path))
    }

    /// The same of its canonical path.
    fn first_of(&mut self, canonical: &Path) -> bool {
        let first = self.seen.insert(canonical);
        self.repeated += usize::from(!first);
        first
    }

    /// Takes what stands in a folder; links wait, so that a file has its own name and not a link's.
    fn folder(&mut self, given: usize, folder: &Path, root: &Path) {
        let mut steps = WalkDir::new(folder).into_iter();
        // What is no link itself has the canonical path of its folder before its name: the system is asked once a folder.
        let mut around = (PathBuf::new(), PathBuf::new());
        while let Some(step) = steps.next() {
            match step {
                Ok(entry) if entry.depth() > 0 && is_hidden(entry.file_name().as_encoded_bytes()) => {
                    if entry.file_type().is_dir() {
                        steps.skip_current_dir();
                    }
                }
                Ok(entry) if entry.depth() > 0 && entry.path_is_symlink() => {
                    self.links.push((given, entry.into_path()));
                }
                Ok(entry) if entry.depth() == 0 || entry.file_type().is_dir() => {
                    // No second way into a folder is taken: links across would multiply the ways.
                    if !self.first(entry.path()) {
                        steps.skip_current_dir();
                    }
                }
                Ok(entry) => {
                    let parent = entry.path().parent().unwrap_or(folder);
                    if around.0 != parent {
                        around = (parent.to_owned(), canonical(parent));
                    }
                    let canonical = around.1.join(entry.file_name());
                    self.file(given, entry.path(), &canonical, root, entry.file_type().is_file());
                }
                Err(error) => self.not_walked(given, root, error),
            }
        }
    }

    /// Follows the links that were met, and those that this meets, in the order of their names.
    fn follow_links(&mut self, inputs: &[PathBuf]) {
        while !self.links.is_empty() {
            let mut links = std::mem::take(&mut self.links);
            links.sort();
            for (given, link) in links {
                let root = &inputs[given];
                match link.metadata() {
                    Ok(about) if about.is_dir() => self.folder(given, &link, root),
                    Ok(about) => self.file(given, &link, &canonical(&link), root, about.is_file()),
                    // A link to nothing is missed only where a file would be read.
                    Err(error) if promise(&link) == Promise::Listed => {
                        let unreadable = Unreadable::refused(&link, error);
                        self.failed(given, &link, root, unreadable);
                    }
                    Err(_) => self.skip(&link),
                }
            }
        }
    }

    fn file(&mut self, given: usize, path: &Path, canonical: &Path, root: &Path, regular: bool) {
        if self.is_own_output(canonical) {
            return;
        }
        if !regular || promise(path) == Promise::Other {
            self.skip(path);
        } else if self.first_of(canonical) {
            self.found.file(given, within_root(path, root));
        }
    }

    fn skip(&mut self, path: &Path) {
        *self.skipped.entry(kind_of(path)).or_default() += 1;
    }

    /// A folder that cannot be listed, or something that vanished meanwhile.
    fn not_walked(&mut self, given: usize, root: &Path, error: walkdir::Error) {
        let path = error.path().unwrap_or(root).to_owned();
        let cause = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
        self.failed(given, &path, root, Unreadable::System(cause));
    }

    fn failed(&mut self, given: usize, path: &Path, root: &Path, cause: Unreadable) {
        self.found.other(given, within_root(path, root), Input::Failed(cause), None);
    }

    /// Whether a file, by its canonical path, stands where this program writes its outputs.
    fn is_own_output(&self, canonical: &Path) -> bool {
        let Some(own) = &self.own else { return false };
        canonical.strip_prefix(own).is_ok_and(output::is_output)
    }
}

/// The one path of a file, whatever links lead to it; of one that is not there, the path given.
fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// What a path that was named leads to: a file, or something in an archive.
pub(super) fn input_of(path: &Path) -> Input {
    match within(path) {
        Some(Within { archive, rest }) => Input::Within(archive, rest),
        None => Input::Named(path.to_owned()),
    }
}

/// Something in an archive.
struct Within {
    archive: PathBuf,
    rest: String,
}

/// The archive in which something is named (`outer.zip/inner.docx`), and the path in it: where the
/// path goes on behind a file.
fn within(path: &Path) -> Option<Within> {
    if path.symlink_metadata().is_ok() {
        return None;
    }
    let archive = path.ancestors().skip(1).find(|above| above.is_file())?;
    let rest = slashed(path.strip_prefix(archive).ok()?);
    Some(Within { archive: archive.to_owned(), rest })
}

/// A path without that of the input; empty for the input itself.
fn within_root<'p>(path: &'p Path, root: &Path) -> &'p Path {
    path.strip_prefix(root).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::super::list::Entry;
    use super::*;
    use std::fs;

    /// A folder with empty files.
    fn tree(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::File::create(path).expect("a file");
        }
        root
    }

    fn sources(walked: &Walked) -> Vec<String> {
        walked.entries.names().collect()
    }

    fn walked(root: &Path, inputs: &[&str]) -> Walked {
        let inputs: Vec<PathBuf> = inputs.iter().map(|input| root.join(input)).collect();
        walk(&inputs, None)
    }

    #[test]
    fn folders_are_walked_by_the_bytes_of_their_names() {
        let root = tree(&["b.txt", "B.txt", "a/z.TXT", "a-1.txt", "报告.docx", "10.txt", "9.txt"]);
        let walked = walk(&[root.path().to_owned()], None);
        assert_eq!(sources(&walked), ["10.txt", "9.txt", "B.txt", "a/z.TXT", "a-1.txt", "b.txt", "报告.docx"]);
    }

    #[test]
    fn hidden_and_lock_files_are_passed_over_and_unknown_kinds_counted() {
        let root = tree(&[".x.txt", ".git/y.txt", "~$报告.docx", "a.jpg", "sub/b.JPG", "c.txt"]);
        let walked = walk(&[root.path().to_owned()], None);
        assert_eq!(sources(&walked), ["c.txt"]);
        let skipped: Vec<(&str, usize)> = walked.skipped.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        assert_eq!(skipped, [(".jpg", 2)]);
    }

    #[test]
    fn what_has_no_ending_is_taken_to_be_looked_at() {
        let root = tree(&["年报", "年报.2021", "a.txt", "b.exe"]);
        let walked = walk(&[root.path().to_owned()], None);
        let found = walked.entries.map(|entry| (entry.source, matches!(entry.input, Input::Unsaid(_))));
        let wanted = [("a.txt", false), ("年报", true), ("年报.2021", true)];
        assert!(found.eq(wanted.map(|(name, unsaid)| (name.to_owned(), unsaid))));
    }

    #[test]
    fn a_path_that_goes_on_behind_a_file_names_what_is_in_it() {
        let root = tree(&["in/a.zip"]);
        let walked = walked(root.path(), &["in/a.zip/b/c.docx", "in/gone.zip/c.docx"]);
        assert_eq!(sources(&walked), ["a.zip/b/c.docx", "c.docx"]);
        let entries: Vec<Entry> = walked.entries.collect();
        let Input::Within(archive, rest) = &entries[0].input else { panic!("within an archive") };
        assert_eq!((archive, rest.as_str()), (&root.path().join("in/a.zip"), "b/c.docx"));
        assert!(matches!(entries[1].input, Input::Named(_)));
    }

    #[test]
    fn a_named_file_is_taken_whatever_its_ending_and_its_folders_name() {
        let root = tree(&[".hidden/a.pdf", ".hidden/b.txt"]);
        assert_eq!(sources(&walked(root.path(), &[".hidden/a.pdf", ".hidden"])), ["a.pdf", "b.txt"]);
    }

    #[test]
    fn what_is_given_twice_is_read_once() {
        let root = tree(&["a/x.txt", "y.txt"]);
        let walked = walked(root.path(), &["a", "a/x.txt", "y.txt", "./y.txt", "a/../y.txt"]);
        assert_eq!(sources(&walked), ["x.txt", "y.txt"]);
        assert_eq!(walked.repeated, 3);
        let twice = walk(&["-".into(), "-".into(), root.path().into(), root.path().into()], None);
        assert_eq!(sources(&twice), ["-", "a/x.txt", "y.txt"]);
        assert_eq!(twice.repeated, 2);
    }

    #[test]
    fn inputs_that_would_give_one_name_are_told_apart_by_the_path_given() {
        let root = tree(&["a/r/x.txt", "b/r/x.txt", "b/r/y.txt", "c/z.txt"]);
        let walked = walked(root.path(), &["a/r", "b/r", "c"]);
        let base = slashed(root.path());
        assert_eq!(
            sources(&walked),
            [format!("{base}/a/r/x.txt"), format!("{base}/b/r/x.txt"), format!("{base}/b/r/y.txt"), "z.txt".to_owned()]
        );
    }

    #[test]
    fn outputs_of_an_earlier_run_are_no_inputs() {
        let root = tree(&["out/cells.csv", "out/reports/a.json", "out/a.txt", "out/reports/b.txt", "cells.csv"]);
        let out = root.path().join("out");
        let walked = walk(&[root.path().to_owned()], Some(&out));
        assert_eq!(sources(&walked), ["out/a.txt", "out/reports/b.txt"]);
        // Only what is written there is passed over without a word.
        assert_eq!(walked.skipped.values().sum::<usize>(), 1);
    }

    #[test]
    fn what_vanished_or_was_never_there_is_told_under_its_name() {
        let root = tree(&["x.txt"]);
        let walked = walked(root.path(), &["gone.txt", "x.txt"]);
        assert_eq!(sources(&walked), ["gone.txt", "x.txt"]);
        let mut walk = Walk::default();
        let gone = root.path().join("gone");
        for error in WalkDir::new(&gone).into_iter().filter_map(Result::err) {
            walk.not_walked(0, root.path(), error);
        }
        let entries: Vec<Entry> = Entries::new(&[root.path().to_owned()], walk.found).collect();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].source, "gone");
        assert!(matches!(&entries[0].input, Input::Failed(cause) if cause.name() == "not_found"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_lead_nowhere_twice() {
        use std::os::unix::fs::symlink;
        let root = tree(&["a/x.txt", "b/y.txt", "outside/z.txt"]);
        let at = |name: &str| root.path().join(name);
        symlink(at("a"), at("a/again")).expect("a link");
        symlink(at("b"), at("a/to_b")).expect("a link");
        symlink(at("a"), at("b/to_a")).expect("a link");
        symlink(at("a/x.txt"), at("b/w.txt")).expect("a link");
        symlink(at("nowhere.txt"), at("b/dangling.txt")).expect("a link");
        symlink(at("nowhere.jpg"), at("b/dangling.jpg")).expect("a link");
        let mut walked = walked(root.path(), &["a", "b"]);
        // Each under its own name, not under a link's.
        assert_eq!(sources(&walked), ["x.txt", "dangling.txt", "y.txt"]);
        assert_eq!(walked.skipped.get(".jpg"), Some(&1));
        let dangling = walked.entries.nth(1).expect("the second");
        assert!(matches!(dangling.input, Input::Failed(_)));
        let only_a = walk(&[at("a")], None);
        assert_eq!(sources(&only_a), ["to_b/dangling.txt", "to_b/y.txt", "x.txt"]);
    }
}
