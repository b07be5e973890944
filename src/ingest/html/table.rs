//! A table while it is being read: its groups of rows, its open row, its open cell.

use super::element::{Element, Group, Kind, Made};
use super::overrun;
use super::tree::Id;
use crate::document::{Blocks, Cell, Row, Spans, Table};

/// A table that has begun and not ended.
#[derive(Debug)]
pub(super) struct OpenTable {
    /// Its place in the document's list, once it has a row.
    pub(super) index: Option<usize>,
    groups: Vec<(Group, Vec<Row>)>,
    row: Option<Row>,
    cell: Option<Cell>,
    /// The last cell of the open row is a filler.
    filler: bool,
    /// Rows that come now only state widths.
    pub(super) unprinted: bool,
    /// What makes it a table. One made by roles or styles takes rows and cells of that kind, and
    /// only where the structure has a place for them.
    pub(super) made: Made,
    /// The nodes that the open row and the open cell are, in such a table.
    nodes: [Option<Id>; 2],
}

impl OpenTable {
    pub(super) fn new(made: Made) -> Self {
        OpenTable {
            index: None,
            groups: Vec::new(),
            row: None,
            cell: None,
            filler: false,
            unprinted: false,
            made,
            nodes: [None; 2],
        }
    }

    /// Whether a node is a part of this table that roles or styles make, at this place.
    pub(super) fn takes(&mut self, id: Id, kind: Kind) -> bool {
        match (kind, &mut self.nodes) {
            (Kind::Group(_), [None, None]) => true,
            (Kind::Row, [row @ None, None]) | (Kind::Cell, [Some(_), row @ None]) => {
                *row = Some(id);
                true
            }
            _ => false,
        }
    }

    /// Ends the row or cell that a node is.
    pub(super) fn leave(&mut self, id: Id) {
        if self.nodes[1] == Some(id) {
            self.nodes[1] = None;
            self.close_cell();
        } else if self.nodes[0] == Some(id) {
            self.nodes[0] = None;
            self.close_row();
        }
    }

    /// Begins a group of rows. The first head is printed first and the first foot last, wherever
    /// they stand; further ones are groups like any other.
    pub(super) fn open_group(&mut self, group: Group) {
        self.close_row();
        let first = !self.groups.iter().any(|(known, _)| *known == group);
        self.groups.push((if first { group } else { Group::Body }, Vec::new()));
    }

    pub(super) fn open_row(&mut self) {
        self.close_row();
        if self.groups.is_empty() {
            self.open_group(Group::Body);
        }
        self.row = Some(Row::default());
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        let filler = std::mem::take(&mut self.filler);
        let (Some(mut row), Some((_, rows))) = (self.row.take(), self.groups.last_mut()) else { return };
        if let Some(last) = row.cells.pop_if(|last| filler && last.blocks.is_empty()) {
            row.after = last.column_span;
        }
        rows.push(row);
    }

    /// Begins a cell; a row span of 0 reaches to the end of the group.
    pub(super) fn open_cell(&mut self, element: &Element) {
        self.close_cell();
        if self.row.is_none() {
            self.open_row();
        }
        let &Element { column_span, row_span, filler, .. } = element;
        self.filler = filler;
        self.cell = Some(Cell { column_span, row_span, ..Cell::default() });
    }

    pub(super) fn close_cell(&mut self) {
        if let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) {
            row.cells.push(cell);
        }
    }

    /// Where the content of the open cell goes.
    pub(super) fn cell_blocks(&mut self) -> Option<&mut Blocks> {
        self.cell.as_mut().map(|cell| &mut cell.blocks)
    }

    /// The table has ended: what it is, and how many spans of it were too long and are cut.
    pub(super) fn finish(mut self) -> (Table, usize) {
        self.close_row();
        self.groups.sort_by_key(|(group, _)| match group {
            Group::Head => 0,
            Group::Body => 1,
            Group::Foot => 2,
        });
        let mut rows = Vec::with_capacity(self.groups.iter().map(|(_, rows)| rows.len()).sum());
        for (_, mut group) in self.groups {
            cut_spans(&mut group);
            rows.append(&mut group);
        }
        let cut = overrun::cut(&mut rows);
        // A style cannot merge cells, and who gives roles need not say what is merged.
        let merged = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.column_span > 1 || cell.row_span > 1);
        let spans = if self.made == Made::Tag || merged { Spans::Stated } else { Spans::Lost };
        (Table { rows, spans, ..Table::default() }, cut)
    }
}

/// A cell reaches down to the end of its group of rows and no further: the document's table has
/// no groups, so it is cut here.
fn cut_spans(rows: &mut [Row]) {
    let count = rows.len();
    for (at, row) in rows.iter_mut().enumerate() {
        let most = u32::try_from(count - at).unwrap_or(u32::MAX);
        for cell in &mut row.cells {
            cell.row_span = if cell.row_span == 0 { most } else { cell.row_span.min(most) };
        }
    }
}
