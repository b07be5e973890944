//! An archive and the archives in it, walked as folders are.
//!
//! Names in order, hidden files passed over, files of kinds that are not read counted. Open archives
//! stand on a list, so that nesting needs no recursion; of each only the directory is held, and of
//! all together the bytes of one file.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use super::archive::{self, Archive, Budget, Kind, Opened};
use super::kinds::{self, Promise};
use super::read::Unreadable;
use crate::finding::{Code, Finding};
use crate::ingest::{Error, Limits};

/// What an input gives.
pub(super) struct Piece {
    /// Its name in every output.
    pub(super) source: String,
    pub(super) content: Content,
}

/// What a piece is.
pub(super) enum Content {
    /// A document.
    Document {
        bytes: Vec<u8>,
        /// Whether its name does not say that it is one: it may be any text.
        unsaid: bool,
    },
    /// The end of an archive: the name of its kind, and what is to be said about it.
    Archive { format: &'static str, findings: Vec<Finding> },
    /// Something that cannot be read.
    Unreadable(Unreadable),
}

/// The pieces of an archive; none if there is no archive.
pub(super) struct Nested {
    limits: Limits,
    /// What may still be taken out of it.
    pub(super) budget: Budget,
    /// Its name.
    source: String,
    /// Path of what is wanted of it, if not all; taken out when it was met.
    wanted: Option<String>,
    met: bool,
    /// The archive, and those in it that are open, the innermost last.
    levels: Vec<Level>,
    /// Files passed over, by ending.
    pub(super) skipped: BTreeMap<String, usize>,
}

impl Nested {
    /// Whether an archive is open, of which more may come.
    pub(super) fn is_open(&self) -> bool {
        !self.levels.is_empty()
    }
}

/// An open archive.
struct Level {
    /// Its path within the outermost, with a `/` behind it; empty for that itself.
    path: String,
    archive: Archive,
    /// The member that comes next.
    next: usize,
    /// Whether a member gave something.
    gave: bool,
}

/// How the path of a member stands to what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It is what is wanted.
    Itself,
    /// It is in what is wanted, or everything is.
    Within,
    /// It may be an archive that holds what is wanted.
    Around,
    Away,
}

/// What is done with a member.
enum Fate {
    /// As if it were not there.
    Passed,
    /// Counted under an ending.
    Skipped(String),
    Taken {
        unsaid: bool,
    },
}

/// Kinds under which what is no file is counted.
const LINK: &str = "link";
const DEVICE: &str = "device";

impl Iterator for Nested {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.levels.is_empty() {
            if let Some(piece) = self.step() {
                return Some(piece);
            }
        }
        let wanted = self.wanted.take().filter(|_| !self.met)?;
        Some(Piece { source: self.named(&wanted), content: Content::Unreadable(Unreadable::NotInArchive) })
    }
}

impl Nested {
    pub(super) fn new(limits: Limits) -> Self {
        Nested {
            limits,
            budget: Budget::of(&limits),
            source: String::new(),
            wanted: None,
            met: false,
            levels: Vec::new(),
            skipped: BTreeMap::new(),
        }
    }

    /// Restricts the walk to a file or folder of the archive.
    pub(super) fn want(&mut self, path: String) {
        self.wanted = Some(path);
    }

    /// Goes into the outermost archive.
    pub(super) fn begin(&mut self, source: String, archive: Archive) {
        self.source = source;
        self.levels.push(Level { path: String::new(), archive, next: 0, gave: false });
    }

    /// Ends the walk.
    pub(super) fn close(&mut self) {
        self.levels.clear();
        self.wanted = None;
    }

    pub(super) fn count_skipped(&mut self, kind: String) {
        *self.skipped.entry(kind).or_default() += 1;
    }

    fn named(&self, path: &str) -> String {
        format!("{}/{path}", self.source)
    }

    /// The next member of the innermost archive, or the end of it.
    fn step(&mut self) -> Option<Piece> {
        let level = self.levels.last_mut()?;
        let at = level.next;
        level.next += 1;
        let Some(member) = level.archive.members.get(at) else { return self.leave() };
        let path = format!("{}{}", level.path, member.path);
        let standing = self.wanted.as_deref().map_or(Standing::Within, |wanted| standing(&path, wanted));
        match self.fate(at, standing)? {
            Fate::Passed => None,
            Fate::Skipped(kind) => {
                self.count_skipped(kind);
                None
            }
            Fate::Taken { unsaid } => {
                let piece = self.take(at, path, unsaid, standing)?;
                self.met = true;
                Some(piece)
            }
        }
    }

    fn fate(&mut self, at: usize, standing: Standing) -> Option<Fate> {
        let archive = &mut self.levels.last_mut()?.archive;
        let (name, kind) = (archive.members[at].name.clone(), archive.members[at].kind);
        Some(match (standing, kind) {
            (Standing::Away, _) => Fate::Passed,
            (Standing::Itself | Standing::Around, _) => Fate::Taken { unsaid: false },
            _ if is_passed_over(&name) => Fate::Passed,
            (_, Kind::Link) => Fate::Skipped(LINK.to_owned()),
            (_, Kind::Device) => Fate::Skipped(DEVICE.to_owned()),
            (_, Kind::File) => match kinds::promise(Path::new(&name)) {
                Promise::Listed => Fate::Taken { unsaid: false },
                Promise::Unsaid if kinds::is_promising(&archive.head(at, kinds::FIRST)) => Fate::Taken { unsaid: true },
                _ => Fate::Skipped(kinds::kind_of(Path::new(&name))),
            },
        })
    }

    /// Unpacks a member: an archive is gone into, anything else is a piece.
    fn take(&mut self, at: usize, path: String, unsaid: bool, standing: Standing) -> Option<Piece> {
        let level = self.levels.last_mut()?;
        level.gave = true;
        let bytes = level.archive.read(at, &self.limits, &mut self.budget);
        let opened = bytes.and_then(|bytes| archive::open(Cursor::new(bytes), &path, &self.limits, &mut self.budget));
        let content = match opened.map(Opened::into_bytes) {
            Ok(Opened::Archive(_)) if self.levels.len() > self.limits.nested_archives => {
                Content::Unreadable(self.too_deep())
            }
            Ok(Opened::Archive(archive)) => match archive.out_of_memory() {
                Ok(archive) => {
                    self.met |= standing == Standing::Itself;
                    self.levels.push(Level { path: format!("{path}/"), archive, next: 0, gave: false });
                    return None;
                }
                Err(error) => Content::Unreadable(error),
            },
            // A document holds nothing that could be wanted.
            Ok(Opened::Other(_)) if standing == Standing::Around => return None,
            Ok(Opened::Other(bytes)) => Content::Document { bytes, unsaid },
            Err(error) if ends_all(&error) => {
                self.close();
                return Some(Piece { source: self.source.clone(), content: Content::Unreadable(error) });
            }
            Err(error) => Content::Unreadable(error),
        };
        Some(Piece { source: self.named(&path), content })
    }

    fn too_deep(&self) -> Unreadable {
        let (name, limit) = ("nested_archives", self.limits.nested_archives);
        Unreadable::Content(Error::Limit { name, limit, found: self.levels.len() })
    }

    /// Closes the innermost archive and says what is to be said about it.
    fn leave(&mut self) -> Option<Piece> {
        let Level { path, archive, gave, .. } = self.levels.pop()?;
        let found = archive.members.len().to_string();
        let mut findings = Vec::new();
        if let Some(cause) = &archive.damage {
            findings.push(Finding::new(Code::PartialArchive).found(found).detail_words("cause", cause));
        } else if !gave && self.wanted.is_none() {
            findings.push(Finding::new(Code::EmptyArchive).found(found));
        }
        let source = if path.is_empty() { self.source.clone() } else { self.named(path.trim_end_matches('/')) };
        Some(Piece { source, content: Content::Archive { format: archive.format, findings } })
    }
}

/// Whether a limit on the whole archive is reached: nothing more of it can be read.
fn ends_all(error: &Unreadable) -> bool {
    matches!(error, Unreadable::Content(Error::Limit { name: "archive_bytes", .. }))
}

/// Hidden, in a hidden folder, or what macOS keeps beside the files.
fn is_passed_over(name: &str) -> bool {
    name.split('/').any(|part| kinds::is_hidden(part.as_bytes()) || part == "__MACOSX")
}

fn standing(path: &str, wanted: &str) -> Standing {
    let is_below = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    if path == wanted {
        Standing::Itself
    } else if is_below(path, wanted) {
        Standing::Within
    } else if is_below(wanted, path) {
        Standing::Around
    } else {
        Standing::Away
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stand_to_what_is_wanted_by_whole_parts() {
        for (path, wanted, expected) in [
            ("a/b.docx", "a/b.docx", Standing::Itself),
            ("a/b.docx", "a", Standing::Within),
            ("a.zip", "a.zip/b.docx", Standing::Around),
            ("a/b.docx", "a/b.doc", Standing::Away),
            ("ab/c.docx", "a", Standing::Away),
        ] {
            assert_eq!(standing(path, wanted), expected, "{path} {wanted}");
        }
    }
}
