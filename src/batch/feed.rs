//! Inputs → the documents in them, in order, each under a name of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;

use super::Tally;
use super::contents::Contents;
use super::list::{Entries, numbered};
use super::met::Met;
use super::nested::{Content, Piece};
use super::read::Unreadable;
use crate::ingest::Limits;

/// A document on its way to be read.
pub(super) struct Taken {
    pub(super) piece: Piece,
    /// Whether it is a file of an archive, and not an input itself.
    pub(super) packed: bool,
    /// How many inputs were begun, its own among them.
    pub(super) begun: usize,
}

/// The documents of all inputs, one at a time.
pub(super) struct Feed {
    limits: Limits,
    stop: &'static AtomicBool,
    entries: Entries,
    open: Option<Open>,
    begun: usize,
    /// Names that are taken, as soon as there is an archive whose files need some.
    taken: Option<Met>,
    /// What was passed over.
    pub(super) tally: Tally,
}

/// The input that is being read.
struct Open {
    own: String,
    contents: Contents,
}

impl Open {
    /// The next piece. A fault of the program costs what is left of this input.
    fn next(&mut self) -> Option<Piece> {
        match catch_unwind(AssertUnwindSafe(|| self.contents.next())) {
            Ok(piece) => piece,
            Err(_) => {
                self.contents.close();
                Some(Piece { source: self.own.clone(), content: Content::Unreadable(Unreadable::Fault) })
            }
        }
    }
}

impl Feed {
    pub(super) fn new(entries: Entries, limits: Limits, stop: &'static AtomicBool) -> Self {
        Feed { limits, stop, entries, open: None, begun: 0, taken: None, tally: Tally::default() }
    }

    /// How many inputs were not begun.
    pub(super) fn left(&self) -> usize {
        self.entries.len()
    }

    /// Whether an archive, or a pipe, was begun and not read to its end.
    pub(super) fn is_within(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.contents.go_on())
    }

    fn open(&mut self) -> Option<&mut Open> {
        if self.open.is_none() {
            let entry = self.entries.next()?;
            self.begun += 1;
            self.open = Some(Open { own: entry.source.clone(), contents: Contents::of(entry, self.limits, self.stop) });
        }
        self.open.as_mut()
    }

    /// A name for a file of an archive that no other has: a folder may be called like an archive.
    fn apart(&mut self, name: String) -> String {
        let taken = self.taken.get_or_insert_with(|| self.entries.names().collect());
        if taken.insert(&name) { name } else { numbered(&name, taken) }
    }

    /// Closes the input that has nothing more to give.
    fn close(&mut self) {
        for (kind, count) in self.open.take().map(|open| open.contents.skipped()).unwrap_or_default() {
            *self.tally.skipped.entry(kind).or_default() += count;
        }
    }
}

impl Iterator for Feed {
    type Item = Taken;

    fn next(&mut self) -> Option<Taken> {
        loop {
            let open = self.open()?;
            let Some(mut piece) = open.next() else {
                if open.contents.go_on() {
                    // Stopped while it was waited for: it stays open, as an archive that was not read to its end.
                    return None;
                }
                self.close();
                continue;
            };
            let packed = piece.source != open.own;
            if packed {
                piece.source = self.apart(piece.source);
            }
            self.tally.archives += usize::from(matches!(piece.content, Content::Archive { .. }));
            return Some(Taken { piece, packed, begun: self.begun });
        }
    }
}
