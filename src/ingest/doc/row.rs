//! A row's definition: where its cells begin and end on the page, and which are merged.

use super::bytes::{i16, place, u8, u16};
use super::fib::Version;
use super::pieces::Change;
use super::properties::{Data, Lists};
use super::sprm::{self, Sprms};
use crate::ingest::word::table::{CellShape, RowShape};

/// Cells of a row that Word allows, and then some.
const MAX_CELLS: usize = 255;
/// Flags of a cell: merged to the side, merged downwards.
const SIDEWAYS: u16 = 0x0003;
const DOWN: u16 = 0x0020;
const DOWN_BEGINS: u16 = 0x0040;
/// What [`sprm::MERGE`] makes of the first cell and of the others.
const FIRST: u16 = 1;
const OTHERS: u16 = 2;

/// A cell as the row defines it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Definition {
    /// Its right edge, in twentieths of a point.
    right: i32,
    flags: u16,
}

impl Definition {
    fn shape(self) -> CellShape {
        CellShape {
            right: self.right,
            sideways: self.flags & SIDEWAYS,
            continues: self.flags & (DOWN | DOWN_BEGINS) == DOWN,
        }
    }
}

/// What a row says of its cells.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct RowDefinition {
    /// Left edge of the row.
    left: i32,
    cells: Vec<Definition>,
}

impl RowDefinition {
    /// The definition that the properties of a row's last paragraph give.
    pub(super) fn read(lists: &Lists<'_>, data: &Data<'_>, change: Change<'_>, version: Version) -> Self {
        let mut row = RowDefinition::default();
        let list = lists.elsewhere.unwrap_or(lists.list);
        let defines = Sprms::new(list, version).any(|(code, _)| code == sprm::DEFINITION);
        for (code, value) in Sprms::new(list, version) {
            match code {
                // Written twice for readers old and new: once is enough.
                sprm::ROW_ELSEWHERE if !defines => row.read_elsewhere(value, data, version),
                _ => row.set(code, value, version),
            }
        }
        if let Change::List(list) = change {
            Sprms::new(list, version).for_each(|(code, value)| row.set(code, value, version));
        }
        row
    }

    /// What it comes to.
    pub(super) fn shape(&self) -> RowShape {
        RowShape { left: self.left, cells: self.cells.iter().map(|cell| cell.shape()).collect() }
    }

    fn read_elsewhere(&mut self, value: &[u8], data: &Data<'_>, version: Version) {
        let list = place(value, 0).and_then(|at| data.list(at)).unwrap_or_default();
        Sprms::new(list, version).for_each(|(code, value)| self.set(code, value, version));
    }

    fn set(&mut self, code: u16, value: &[u8], version: Version) {
        let byte = |at| usize::from(u8(value, at).unwrap_or(0));
        let width = || i32::from(i16(value, 2).unwrap_or(0));
        match code {
            sprm::DEFINITION => self.define(value, version),
            sprm::INSERT_CELLS => self.insert(byte(0), byte(1), width()),
            sprm::DELETE_CELLS => self.delete(byte(0), byte(1)),
            sprm::WIDTHS => self.widen(byte(0), byte(1), width()),
            sprm::MERGE => self.merge(byte(0), byte(1)),
            sprm::SPLIT => self.range(byte(0), byte(1)).iter_mut().for_each(|cell| cell.flags &= !SIDEWAYS),
            sprm::MERGE_DOWN => {
                let bits = u16::from(u8(value, 1).unwrap_or(0));
                self.range(byte(0), byte(0) + 1).iter_mut().for_each(|cell| cell.merge_down(bits));
            }
            _ => {}
        }
    }

    /// Number of cells, their edges (one more than cells), then a description of each, which may be missing.
    fn define(&mut self, value: &[u8], version: Version) {
        let count = usize::from(u8(value, 0).unwrap_or(0));
        let description = if version == Version::Word6 { 10 } else { 20 };
        let edge = |at: usize| i16(value, 1 + 2 * at).map(i32::from);
        self.left = edge(0).unwrap_or(0);
        self.cells.clear();
        for at in 0..count {
            let Some(right) = edge(at + 1) else { break };
            let flags = u16(value, 1 + 2 * (count + 1) + description * at).unwrap_or(0);
            // Word 6 merges to the side only; its other bits mean other things.
            let flags = if version == Version::Word6 { flags & SIDEWAYS } else { flags };
            self.cells.push(Definition { right, flags });
        }
    }

    fn range(&mut self, first: usize, limit: usize) -> &mut [Definition] {
        let limit = limit.min(self.cells.len());
        &mut self.cells[first.min(limit)..limit]
    }

    fn shift(&mut self, from: usize, by: i32) {
        let end = self.cells.len();
        self.range(from, end).iter_mut().for_each(|cell| cell.right = cell.right.saturating_add(by));
    }

    fn edge_before(&self, at: usize) -> i32 {
        at.checked_sub(1).and_then(|left| self.cells.get(left)).map_or(self.left, |cell| cell.right)
    }

    fn insert(&mut self, first: usize, count: usize, width: i32) {
        let first = first.min(self.cells.len());
        let count = count.min(MAX_CELLS.saturating_sub(self.cells.len()));
        let mut right = self.edge_before(first);
        self.shift(first, width.saturating_mul(i32::try_from(count).unwrap_or(0)));
        let added = std::iter::repeat_with(|| {
            right = right.saturating_add(width);
            Definition { right, flags: 0 }
        });
        self.cells.splice(first..first, added.take(count));
    }

    fn delete(&mut self, first: usize, limit: usize) {
        let limit = limit.min(self.cells.len());
        if first >= limit {
            return;
        }
        let by = self.edge_before(first).saturating_sub(self.edge_before(limit));
        self.cells.drain(first..limit);
        self.shift(first, by);
    }

    fn widen(&mut self, first: usize, limit: usize, width: i32) {
        for at in first..limit.min(self.cells.len()) {
            let by = self.edge_before(at).saturating_add(width).saturating_sub(self.cells[at].right);
            self.shift(at, by);
        }
    }

    fn merge(&mut self, first: usize, limit: usize) {
        for (at, cell) in self.range(first, limit).iter_mut().enumerate() {
            cell.flags = cell.flags & !SIDEWAYS | if at == 0 { FIRST } else { OTHERS };
        }
    }
}

impl Definition {
    fn merge_down(&mut self, bits: u16) {
        self.flags = self.flags & !(DOWN | DOWN_BEGINS) | (bits & 3) << 5;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(rights: &[i32]) -> RowDefinition {
        let cells = rights.iter().map(|&right| Definition { right, flags: 0 }).collect();
        RowDefinition { left: 0, cells }
    }

    fn rights(row: &RowDefinition) -> Vec<i32> {
        row.cells.iter().map(|cell| cell.right).collect()
    }

    #[test]
    fn a_definition_gives_edges_and_merges() {
        let mut value = vec![2, 0x9c, 0xff, 100, 0, 0x2c, 1];
        value.extend([0x60, 0].iter().chain(&[0; 18]));
        value.extend([0x20, 0]);
        let mut row = RowDefinition::default();
        row.define(&value, Version::Word97);
        assert_eq!((row.left, rights(&row)), (-100, vec![100, 300]));
        assert_eq!([row.cells[0].shape().continues, row.cells[1].shape().continues], [false, true]);
    }

    #[test]
    fn cells_come_go_and_widen_and_the_others_move() {
        let mut row = row(&[100, 200, 300]);
        row.insert(1, 2, 50);
        assert_eq!(rights(&row), [100, 150, 200, 300, 400]);
        row.delete(0, 2);
        assert_eq!(rights(&row), [50, 150, 250]);
        row.widen(0, 2, 10);
        assert_eq!(rights(&row), [10, 20, 120]);
        row.delete(2, 9);
        assert_eq!(rights(&row), [10, 20]);
    }

    #[test]
    fn merges_can_be_taken_back() {
        let mut row = row(&[100, 200, 300]);
        row.merge(0, 9);
        assert_eq!(row.cells.iter().map(|cell| cell.shape().sideways).collect::<Vec<_>>(), [1, 2, 2]);
        row.set(sprm::SPLIT, &[1, 2], Version::Word97);
        assert_eq!(row.cells.iter().map(|cell| cell.shape().sideways).collect::<Vec<_>>(), [1, 0, 2]);
        row.set(sprm::MERGE_DOWN, &[0, 1], Version::Word97);
        assert!(row.cells[0].shape().continues);
    }
}
