//! A table while it is being read: its open row, its open cell, merges to the left.

use super::properties::{CellProperties, Merge, RowProperties};
use crate::document::{Blocks, Cell, Row, Table};
use crate::ingest::word::extend;

/// A table that has begun and not ended.
#[derive(Debug)]
pub(super) struct OpenTable {
    /// Its place in the document's list.
    pub(super) index: usize,
    table: Table,
    row: Option<Row>,
    cell: Option<Cell>,
    merge_left: bool,
    cell_deleted: bool,
}

impl OpenTable {
    pub(super) fn new(index: usize, page: u32) -> Self {
        let table = Table { page: Some(page), ..Table::default() };
        OpenTable { index, table, row: None, cell: None, merge_left: false, cell_deleted: false }
    }

    /// The table has ended.
    pub(super) fn finish(mut self) -> Table {
        self.close_row();
        self.table
    }

    pub(super) fn open_row(&mut self) {
        self.close_row();
        let usual = self.table.rows.last().map_or(0, |row| row.cells.len());
        self.row = Some(Row { cells: Vec::with_capacity(usual), ..Row::default() });
    }

    pub(super) fn set_row(&mut self, properties: &RowProperties) {
        if let Some(row) = &mut self.row {
            (row.before, row.after) = (properties.before, properties.after);
        }
    }

    /// Forgets the open row: it is deleted.
    pub(super) fn drop_row(&mut self) {
        self.row = None;
        self.cell = None;
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        if let Some(mut row) = self.row.take() {
            // A list that grew has more room than it needs, and cells are large; rows after the first begin with its length.
            if self.table.rows.is_empty() {
                row.cells.shrink_to_fit();
            }
            self.table.rows.push(row);
        }
    }

    /// Begins a cell, and a row if none is open.
    pub(super) fn open_cell(&mut self, page: u32) {
        self.close_cell();
        if self.row.is_none() {
            self.open_row();
        }
        self.cell = Some(Cell { page: Some(page), ..Cell::default() });
    }

    pub(super) fn set_cell(&mut self, properties: &CellProperties) {
        if let Some(cell) = &mut self.cell {
            cell.column_span = properties.span.unwrap_or(1).max(1);
            cell.continues = properties.vertical == Merge::Continue;
            self.merge_left = properties.horizontal == Merge::Continue;
            self.cell_deleted = properties.deleted;
        }
    }

    pub(super) fn close_cell(&mut self) {
        let (merge_left, deleted) = (std::mem::take(&mut self.merge_left), std::mem::take(&mut self.cell_deleted));
        let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) else { return };
        if deleted {
            return;
        }
        match row.cells.last_mut() {
            Some(left) if merge_left => extend(left, cell),
            _ => row.cells.push(cell),
        }
    }

    /// Where the content of the open cell goes.
    pub(super) fn cell_blocks(&mut self) -> Option<&mut Blocks> {
        self.cell.as_mut().map(|cell| &mut cell.blocks)
    }

    /// A page begins before anything that the open cell holds.
    pub(super) fn begin_on(&mut self, page: u32) {
        let Some(cell) = self.cell.as_mut().filter(|cell| cell.blocks.is_empty()) else { return };
        cell.page = Some(page);
        if self.table.rows.is_empty() && self.row.as_ref().is_some_and(|row| row.cells.is_empty()) {
            self.table.page = Some(page);
        }
    }
}
