//! The tables of lists: how each level counts and prints. How lists count is Word's in any format.

use crate::ingest::word::numbering::{Abstract, LEVELS, Level, List, Numbering, format_of, pattern_of};

/// Longest number that is printed; a longer one is an attack, as a few bytes print it again and again.
const MAX_NUMBER: usize = 64;
/// Lists, and uses of them, that are kept; Word allows 2,046, and each costs more memory than its bytes.
const MAX_LISTS: usize = 4096;
/// The format of bullets.
const BULLET: &str = "bullet";

/// The lists of a file, and what is being read of them.
#[derive(Debug, Default)]
pub(super) struct Lists {
    numbering: Numbering,
    /// The list, or what a use of it changes, whose group is open.
    list: Abstract,
    id: i32,
    change: List,
    number: i32,
    /// Its level that is being read, from 1; of changes the stated one.
    level: usize,
    /// The level is one of changes.
    changes: bool,
}

impl Lists {
    pub(super) fn open_list(&mut self) {
        (self.list, self.id, self.level, self.changes) = (Abstract::default(), 0, 0, false);
    }

    pub(super) fn close_list(&mut self) {
        let list = std::mem::take(&mut self.list);
        if self.numbering.abstracts.len() < MAX_LISTS {
            self.numbering.abstracts.insert(self.id.to_string(), list);
        }
    }

    pub(super) fn open_override(&mut self) {
        (self.change, self.id, self.number, self.level, self.changes) = (List::default(), 0, 0, 0, true);
    }

    pub(super) fn close_override(&mut self) {
        let change = List { of: self.id.to_string(), ..std::mem::take(&mut self.change) };
        if self.numbering.lists.len() < MAX_LISTS {
            self.numbering.lists.insert(self.number.to_string(), change);
        }
    }

    pub(super) fn id(&mut self, id: i32) {
        self.id = id;
    }

    /// The number by which paragraphs name the list.
    pub(super) fn number(&mut self, number: i32) {
        self.number = number;
    }

    /// A change of the next level begins.
    pub(super) fn open_change(&mut self) {
        self.level += 1;
    }

    /// A level begins: the next of the list, or the one that is being changed.
    pub(super) fn open_level(&mut self) {
        if !self.changes {
            self.level += 1;
        }
        let levels = if self.changes { &mut self.change.levels } else { &mut self.list.levels };
        if let Some(place) = self.level.checked_sub(1).and_then(|at| levels.get_mut(at)) {
            *place = Some(Level { start: 1, ..Level::default() });
        }
    }

    fn set(&mut self, set: impl FnOnce(&mut Level)) {
        let levels = if self.changes { &mut self.change.levels } else { &mut self.list.levels };
        let level = self.level.checked_sub(1).and_then(|at| levels.get_mut(at)).and_then(Option::as_mut);
        if let Some(level) = level {
            set(level);
        }
    }

    pub(super) fn format(&mut self, number: i32) {
        self.set(|level| format_of(number.unsigned_abs()).clone_into(&mut level.format));
    }

    pub(super) fn starts_at(&mut self, number: i32) {
        let start = u32::try_from(number).unwrap_or(0);
        if self.changes
            && let Some(place) = self.level.checked_sub(1).and_then(|at| self.change.starts.get_mut(at))
        {
            *place = Some(start);
        }
        self.set(|level| level.start = start);
    }

    pub(super) fn legal(&mut self, legal: bool) {
        self.set(|level| level.legal = legal);
    }

    pub(super) fn never_restarts(&mut self) {
        self.set(|level| level.restart = Some(0));
    }

    /// A pattern: its length, then its characters, of which those below 9 stand for numbers.
    pub(super) fn pattern(&mut self, text: &str) {
        let mut chars = text.chars();
        let length = chars.next().map_or(0, |length| length as usize);
        self.set(|level| level.pattern = pattern_of(chars.take(length)));
    }

    // ---- paragraphs ----

    /// Counts a paragraph of this list and level, and says what Word prints before it; and
    /// whether that is a bullet.
    pub(super) fn next(&mut self, list: i32, level: i32) -> (Option<String>, bool) {
        let key = list.to_string();
        let level = usize::try_from(level).unwrap_or(0);
        let Some(id) = self.numbering.lists.get(&key).filter(|_| level < LEVELS).map(|list| list.of.clone()) else {
            return (None, false);
        };
        self.numbering.count(&key, &id, level);
        let number = self.numbering.print(&key, &id, level).filter(|number| number.len() <= MAX_NUMBER);
        (number, self.numbering.format(&key, &id, level) == Some(BULLET))
    }
}
