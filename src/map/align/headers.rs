//! What the lines below a header say about it: that it has lost a column, or stands beside its columns.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Aligner, At, Block, Entry};
use crate::map::place;
use crate::map::stream::Shape;

/// Headers that do not say where a line's cells belong.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// Headers that lack a column which lines below them have, each with the block.
    torn: HashSet<(usize, usize)>,
    /// Tables of the document whose cells stand beside the columns of the header, each with that header.
    beside: HashSet<(Option<u32>, usize)>,
}

impl Faults {
    /// Whether a header names only some of the columns that lines below it have: then no line below it has only these.
    pub(super) fn is_torn(&self, header: usize, block: usize) -> bool {
        self.torn.contains(&(header, block))
    }

    /// Whether cells of the line's table stand beside the columns of its header, so that only sums say where its numbers belong.
    pub(super) fn are_beside(&self, entry: &Entry, header: usize) -> bool {
        self.beside.contains(&(entry.origin.table, header))
            && entry.values.iter().any(|cell| cell.shape == Shape::Value)
    }
}

impl Aligner<'_> {
    /// Looks at all lines below each header before the first is placed: what one line shows holds for the others, also where
    /// a blank cell hides it.
    pub(super) fn doubt_headers(&mut self) {
        let mut faults = Faults::default();
        let mut suspects: BTreeSet<(Option<u32>, usize)> = BTreeSet::new();
        for (entry, at, header) in self.lines_below() {
            let block = self.block(at.0);
            if !self.is_over(entry, header)
                && self.columns(header, block).lacks_a_column(&self.headers[header], block)
                && entry.values.iter().filter(|cell| cell.own && !self.is_unit(cell)).count() == block.leaves()
            {
                faults.torn.insert((header, block.at));
            }
            if self.is_out_of_order(entry, header, block) || self.has_cells_beside(entry, at, header) {
                suspects.insert((entry.origin.table, header));
            }
        }
        // Of each suspect, how many lines stand beside the columns more than under them.
        let mut votes: BTreeMap<(Option<u32>, usize), i64> = BTreeMap::new();
        for (entry, at, header) in self.lines_below().filter(|_| !suspects.is_empty()) {
            let table = (entry.origin.table, header);
            if suspects.contains(&table)
                && let Some(beside) = self.stands_beside(entry, at, header)
            {
                *votes.entry(table).or_default() += if beside { 1 } else { -1 };
            }
        }
        faults.beside = votes.into_iter().filter(|(_, more)| *more > 0).map(|(table, _)| table).collect();
        self.faults = faults;
    }

    /// A line of text with too few values before a line of values alone may go on there.
    pub(super) fn doubt_broken_lines(&mut self) {
        let numbers = |entry: &Entry| entry.values.iter().filter(|cell| cell.shape == Shape::Value).count();
        let goes_on = |pair: &[Entry]| {
            let leaves = pair[0].row.map_or(0, |(at, _)| self.block(at.0).leaves());
            let alone = pair[1].row.is_none() && pair[1].labels.iter().all(|(label, _)| label.core.is_empty());
            !pair[0].stated && (1..leaves).contains(&numbers(&pair[0])) && alone && numbers(&pair[1]) > 0
        };
        let broken: Vec<usize> = (1..self.entries.len()).filter(|at| goes_on(&self.entries[at - 1..=*at])).collect();
        for at in broken {
            self.entries[at - 1].doubted = true;
        }
    }

    /// Lines of the form below a header, each with its row and that header.
    fn lines_below(&self) -> impl Iterator<Item = (&Entry, At, usize)> {
        self.entries.iter().filter_map(|entry| Some((entry, entry.row?.0, entry.header?)))
    }

    /// Whether the line's cells stand beside the columns of the header, if its sums say so or the contrary.
    fn stands_beside(&self, entry: &Entry, at: At, header: usize) -> Option<bool> {
        let block = self.block(at.0);
        if self.has_cells_beside(entry, at, header) {
            return Some(true);
        }
        let (_, slots) = self.under_header(entry, block)?;
        if place::slots_hold(block, &slots) {
            return Some(false);
        }
        (self.is_out_of_order(entry, header, block) && place::slots_fail(block, &slots)).then_some(true)
    }

    /// Whether a grid prints the columns in another order than the form: perhaps it does, and perhaps it was told from text.
    fn is_out_of_order(&self, entry: &Entry, header: usize, block: Block) -> bool {
        entry.stated
            && !entry.short
            && !self.columns(header, block).by_position(&self.headers[header], block).is_sorted_by_key(|leaf| leaf.leaf)
    }

    /// Whether the columns of the header's own table are those of the line.
    fn is_over(&self, entry: &Entry, header: usize) -> bool {
        let table = self.headers[header].rows.first().map(|row| row.table + 1);
        entry.stated && entry.origin.table.map(|table| table as usize) == table
    }

    /// Whether a number of the line stands under no label of its header while a label has none, and the sums hold if
    /// the numbers are taken in their order.
    fn has_cells_beside(&self, entry: &Entry, at: At, header: usize) -> bool {
        let block = self.block(at.0);
        if !entry.stated || entry.short {
            return false;
        }
        let leaves = self.columns(header, block).by_position(&self.headers[header], block);
        if leaves.is_empty() || place::all_under(leaves, &entry.values) {
            return false;
        }
        let refused = self.slots_by_position(entry, block).is_none();
        refused && place::slots_hold(block, &self.slots(entry, block, at.1).0)
    }
}
