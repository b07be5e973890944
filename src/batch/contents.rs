//! One input → the documents in it, one at a time: itself, or if it is an archive, its files.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::archive::{self, Opened, Source};
use super::kinds;
use super::list::{Entry, Input};
use super::nested::{Content, Nested, Piece};
use super::read::{Open, Unreadable, open_file, open_found, read_file, read_open, read_stdin, read_waiting};
use crate::ingest::Limits;

/// A file with no more bytes is read whole before anything is known of it.
const SMALL: u64 = 4 << 20;

/// The documents of one input.
pub(super) struct Contents {
    limits: Limits,
    /// The run is to end: pipes are not waited for any more.
    stop: &'static AtomicBool,
    /// The input, until it is opened.
    entry: Option<Entry>,
    /// The archive that it turned out to be.
    nested: Nested,
    /// It was a pipe that had not given all when the run was stopped.
    cut: bool,
}

impl Iterator for Contents {
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

impl Contents {
    pub(super) fn of(entry: Entry, limits: Limits, stop: &'static AtomicBool) -> Self {
        Contents { limits, stop, entry: Some(entry), nested: Nested::new(limits), cut: false }
    }

    /// Ends them: nothing more is to come.
    pub(super) fn close(&mut self) {
        self.nested.close();
    }

    /// Whether they are those of an archive, or of a pipe, that has not ended.
    pub(super) fn go_on(&self) -> bool {
        self.cut || self.nested.is_open()
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
                let bytes = read_waiting(read_stdin, &self.limits, self.stop);
                let opened = bytes.and_then(|bytes| self.bytes(bytes, &source));
                self.found(source, opened, false)
            }
            Input::Named(path) => {
                let opened = self.named(&path, &source);
                self.found(source, opened, false)
            }
            Input::File(path) => {
                let opened = open_found(&path).and_then(|open| self.file(open, &source));
                self.found(source, opened, false)
            }
            Input::Unsaid(path) => self.unsaid(&path, source),
            Input::Within(path, wanted) => self.within(&path, source, wanted),
        }
    }

    /// What somebody named: a pipe or a device cannot be read twice, nor be told from one that gives nothing.
    fn named(&mut self, path: &Path, source: &str) -> Result<Opened<Vec<u8>>, Unreadable> {
        if path.metadata().is_ok_and(|about| !about.is_file() && !about.is_dir()) {
            let own = path.to_owned();
            let bytes = read_waiting(move |limits| read_file(&own, limits), &self.limits, self.stop)?;
            return self.bytes(bytes, source);
        }
        self.file(open_file(path)?, source)
    }

    /// A file; the bytes of a large one are read only if it is no archive.
    fn file(&mut self, Open { file, length }: Open, source: &str) -> Result<Opened<Vec<u8>>, Unreadable> {
        // Quick way: nearly all are small, and in memory it costs nothing to look here and there for an archive.
        if (1..=SMALL).contains(&length) && length <= self.limits.file_bytes as u64 {
            let bytes = read_open(Open { file, length }, &self.limits)?;
            return self.bytes(bytes, source);
        }
        match self.opened(file, source)? {
            Opened::Archive(archive) => Ok(Opened::Archive(archive)),
            Opened::Other(file) => read_open(Open { file, length }, &self.limits).map(Opened::Other),
        }
    }

    fn bytes(&mut self, bytes: Vec<u8>, source: &str) -> Result<Opened<Vec<u8>>, Unreadable> {
        self.opened(Cursor::new(bytes), source).map(Opened::into_bytes)
    }

    fn opened<S: Source + 'static>(&mut self, from: S, source: &str) -> Result<Opened<S>, Unreadable> {
        archive::open(from, source, &self.limits, &mut self.nested.budget)
    }

    /// A file whose name does not say what it is: passed over unless its first bytes are promising.
    fn unsaid(&mut self, path: &Path, source: String) -> Option<Piece> {
        let opened = match first_bytes(path) {
            Ok(first) if !kinds::is_promising(&first) => {
                self.nested.count_skipped(kinds::kind_of(path));
                return None;
            }
            Ok(_) => open_found(path).and_then(|open| self.file(open, &source)),
            Err(error) => Err(error),
        };
        self.found(source, opened, true)
    }

    /// What is named within an archive.
    fn within(&mut self, path: &Path, source: String, wanted: String) -> Option<Piece> {
        let outer = source.strip_suffix(&wanted).map_or(&source[..], |outer| outer.trim_end_matches('/')).to_owned();
        match self.named(path, &outer) {
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
            Err(Unreadable::Stopped) => {
                self.cut = true;
                return None;
            }
            Err(unreadable) => Content::Unreadable(unreadable),
        };
        Some(Piece { source, content })
    }
}

fn first_bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let mut first = Vec::new();
    let Open { file, .. } = open_found(path)?;
    file.take(kinds::FIRST as u64).read_to_end(&mut first).map_err(Unreadable::System)?;
    Ok(first)
}
