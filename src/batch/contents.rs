//! One input → the documents in it, one at a time: itself, or if it is an archive, its files.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use super::archive::{self, Opened, Source};
use super::kinds;
use super::list::{Entry, Input};
use super::nested::{Content, Nested, Piece};
use super::read::{Unreadable, open_file, read_open, read_stdin};
use crate::ingest::Limits;

/// The documents of one input.
pub(super) struct Contents<'l> {
    limits: &'l Limits,
    /// The input, until it is opened.
    entry: Option<Entry>,
    /// The archive that it turned out to be.
    nested: Nested<'l>,
}

impl Iterator for Contents<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(entry) = self.entry.take()
            && let Some(piece) = self.enter(entry)
        {
            return Some(piece);
        }
        self.nested.next()
    }
}

impl<'l> Contents<'l> {
    pub(super) fn of(entry: Entry, limits: &'l Limits) -> Self {
        Contents { limits, entry: Some(entry), nested: Nested::new(limits) }
    }

    /// Ends them: nothing more is to come.
    pub(super) fn close(&mut self) {
        self.nested.close();
    }

    /// Whether they are those of an archive that has not ended.
    pub(super) fn go_on(&self) -> bool {
        self.nested.is_open()
    }

    /// Files that were passed over, by ending.
    pub(super) fn skipped(self) -> BTreeMap<String, usize> {
        self.nested.skipped
    }

    /// Opens the input: an archive is gone into, anything else is the one piece.
    fn enter(&mut self, Entry { source, input }: Entry) -> Option<Piece> {
        match input {
            Input::Failed(unreadable) => Some(Piece { source, content: Content::Unreadable(unreadable) }),
            Input::Stdin => {
                let opened = read_stdin(self.limits).and_then(|bytes| self.bytes(bytes, &source));
                self.found(source, opened, false)
            }
            Input::File(path) => {
                let opened = self.file(&path, &source);
                self.found(source, opened, false)
            }
            Input::Unsaid(path) => self.unsaid(&path, source),
            Input::Within(path, wanted) => self.within(&path, source, wanted),
        }
    }

    /// A file; its bytes are read only if it is no archive.
    fn file(&mut self, path: &Path, source: &str) -> Result<Opened<Vec<u8>>, Unreadable> {
        let file = open_file(path)?;
        // A pipe or a device cannot be read twice.
        if !file.metadata().map_err(Unreadable::System)?.is_file() {
            return self.bytes(read_open(file, self.limits)?, source);
        }
        match self.opened(file, source)? {
            Opened::Archive(archive) => Ok(Opened::Archive(archive)),
            Opened::Other(file) => read_open(file, self.limits).map(Opened::Other),
        }
    }

    fn bytes(&mut self, bytes: Vec<u8>, source: &str) -> Result<Opened<Vec<u8>>, Unreadable> {
        self.opened(Cursor::new(bytes), source).map(Opened::into_bytes)
    }

    fn opened<S: Source + 'static>(&mut self, from: S, source: &str) -> Result<Opened<S>, Unreadable> {
        archive::open(from, source, self.limits, &mut self.nested.budget)
    }

    /// A file whose name does not say what it is: passed over unless its first bytes are promising.
    fn unsaid(&mut self, path: &Path, source: String) -> Option<Piece> {
        let opened = match first_bytes(path) {
            Ok(first) if !kinds::is_promising(&first) => {
                self.nested.count_skipped(kinds::kind_of(path));
                return None;
            }
            Ok(_) => self.file(path, &source),
            Err(error) => Err(error),
        };
        self.found(source, opened, true)
    }

    /// What is named within an archive.
    fn within(&mut self, path: &Path, source: String, wanted: String) -> Option<Piece> {
        let outer = source.strip_suffix(&wanted).map_or(&source[..], |outer| outer.trim_end_matches('/')).to_owned();
        match self.file(path, &outer) {
            Ok(Opened::Other(_)) => self.found(source, Err(Unreadable::NotInArchive), false),
            opened => {
                self.nested.want(wanted);
                self.found(outer, opened, false)
            }
        }
    }

    fn found(&mut self, source: String, opened: Result<Opened<Vec<u8>>, Unreadable>, unsaid: bool) -> Option<Piece> {
        let content = match opened {
            Ok(Opened::Archive(archive)) => {
                self.nested.begin(source, archive);
                return None;
            }
            Ok(Opened::Other(bytes)) => Content::Document { bytes, unsaid },
            Err(unreadable) => Content::Unreadable(unreadable),
        };
        Some(Piece { source, content })
    }
}

fn first_bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let mut first = Vec::new();
    let file: File = open_file(path)?;
    file.take(kinds::FIRST as u64).read_to_end(&mut first).map_err(Unreadable::System)?;
    Ok(first)
}
