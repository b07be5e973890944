//! A table while it is read: cells stand where the file's cells and covered cells put them.
//!
//! A merged cell is followed, in its row and in those below, by a `covered-table-cell` for each
//! place that it covers. Those are no cells. One that nothing covers is an empty cell: it keeps its
//! neighbours in their columns. Programs that leave covered cells out are read as well.

use crate::document::{Block, Blocks, Cell, Row, Table};
use crate::ingest::limits::Copies;

/// Columns for which cells that reach down are remembered, and to which repeated cells are cut;
/// a grid has fewer.
const MOST_COLUMNS: usize = 1024;

/// A table that has begun and not ended.
#[derive(Debug)]
pub(super) struct OpenTable {
    /// Its place in the document's list.
    pub(super) index: usize,
    table: Table,
    row: Option<Row>,
    /// How often the open row and the open cell stand there.
    row_repeat: u32,
    cell_repeat: u32,
    cell: Option<Cell>,
    /// Column at which the next cell of the open row stands, from 0.
    column: usize,
    /// Covered cells that the last cell of the row still accounts for.
    owed: u32,
    /// For each column, for how many rows from the open one on a cell above covers it.
    hanging: Vec<u32>,
    /// What cells of the open row cover below it: columns from, to, and rows.
    reaching: Vec<(usize, usize, u32)>,
}

impl OpenTable {
    pub(super) fn new(index: usize, page: u32) -> Self {
        OpenTable {
            index,
            table: Table { page: Some(page), ..Table::default() },
            row: None,
            row_repeat: 1,
            cell_repeat: 1,
            cell: None,
            column: 0,
            owed: 0,
            hanging: Vec::new(),
            reaching: Vec::new(),
        }
    }

    /// The table has ended.
    pub(super) fn finish(mut self) -> Table {
        self.close_row();
        self.table
    }

    pub(super) fn open_row(&mut self, repeat: u32) {
        self.close_row();
        (self.row, self.row_repeat, self.column, self.owed) = (Some(Row::default()), repeat.max(1), 0, 0);
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        let Some(row) = self.row.take() else { return };
        let repeat = std::mem::replace(&mut self.row_repeat, 1);
        for rows in &mut self.hanging {
            *rows = rows.saturating_sub(repeat);
        }
        for (from, to, rows) in std::mem::take(&mut self.reaching) {
            if self.hanging.len() < to {
                self.hanging.resize(to, 0);
            }
            self.hanging[from..to].fill(rows);
        }
        let copy = (repeat > 1).then(|| Row { cells: row.cells.iter().map(copy).collect(), ..row });
        self.table.rows.push(row);
        if let Some(copy) = copy {
            self.table.rows.extend(std::iter::repeat_n(copy, repeat as usize - 1));
        }
    }

    /// Cells that closing the open row will add beside those counted when they were opened.
    pub(super) fn repeated_cells(&self) -> usize {
        let cells = self.row.as_ref().map_or(0, |row| row.cells.len().max(1));
        cells.saturating_mul(self.row_repeat.saturating_sub(1) as usize)
    }

    /// The open row and the open cell do not repeat.
    pub(super) fn stand_once(&mut self) {
        (self.row_repeat, self.cell_repeat) = (1, 1);
    }

    /// What the open cell holds, and how often it will be copied when it ends.
    pub(super) fn copies_of_cell(&self) -> (Copies, usize) {
        (self.cell.as_ref().map(held).unwrap_or_default(), self.cell_repeat as usize - 1)
    }

    /// The same of the open row.
    pub(super) fn copies_of_row(&self) -> (Copies, usize) {
        let times = self.row_repeat as usize - 1;
        let cells = self.row.iter().flat_map(|row| &row.cells).filter(|_| times > 0);
        (cells.map(held).fold(Copies::default(), Copies::and), times)
    }

    /// Begins a cell, and a row if none is open. Returns how many cells that makes.
    pub(super) fn open_cell(&mut self, columns: u32, rows: u32, repeat: u32, page: u32) -> usize {
        self.close_cell();
        if self.row.is_none() {
            self.open_row(1);
        }
        self.owed = 0;
        while self.hangs() {
            self.column += 1;
        }
        let most = u32::try_from(MOST_COLUMNS.saturating_sub(self.column)).unwrap_or(0).max(1);
        self.cell_repeat = repeat.clamp(1, most);
        let (columns, rows) = (columns.max(1), rows.max(1));
        self.cell = Some(Cell { column_span: columns, row_span: rows, page: Some(page), ..Cell::default() });
        let (from, to) = (self.column, self.column.saturating_add(columns as usize));
        if rows > 1 && from < MOST_COLUMNS {
            self.reaching.push((from, to.min(MOST_COLUMNS), rows - 1));
        }
        self.owed = columns - 1;
        self.column = to.saturating_add(self.cell_repeat as usize - 1);
        self.cell_repeat as usize
    }

    /// Whether a cell above covers the next column.
    fn hangs(&self) -> bool {
        self.hanging.get(self.column).is_some_and(|rows| *rows > 0)
    }

    /// Covered cells: nothing, unless nothing covers them. Returns how many cells they make.
    pub(super) fn covered(&mut self, repeat: u32) -> usize {
        self.close_cell();
        let mut rest = repeat.max(1);
        let owed = rest.min(self.owed);
        self.owed -= owed;
        rest -= owed;
        let mut made = 0;
        while rest > 0 && self.column < MOST_COLUMNS {
            if !self.hangs() {
                let row = self.row.get_or_insert_with(Row::default);
                row.cells.push(Cell::default());
                made += 1;
            }
            self.column += 1;
            rest -= 1;
        }
        made
    }

    pub(super) fn close_cell(&mut self) {
        let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) else { return };
        let repeat = std::mem::replace(&mut self.cell_repeat, 1) as usize;
        let copy = (repeat > 1).then(|| copy(&cell));
        row.cells.push(cell);
        if let Some(copy) = copy {
            row.cells.extend(std::iter::repeat_n(copy, repeat - 1));
        }
    }

    /// Where the content of the open cell goes.
    pub(super) fn cell_blocks(&mut self) -> Option<&mut Blocks> {
        self.cell.as_mut().map(|cell| &mut cell.blocks)
    }

    /// A page begins before anything that the open row or table holds.
    pub(super) fn begin_on(&mut self, page: u32) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.blocks.is_empty()) {
            cell.page = Some(page);
        }
        let first = self.row.as_ref().is_none_or(|row| row.cells.is_empty());
        if self.table.rows.is_empty() && first {
            self.table.page = Some(page);
        }
    }
}

/// The text of a cell.
fn held(cell: &Cell) -> Copies {
    let texts = cell.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(Copies::of(&paragraph.text)),
        Block::Table(_) => None,
    });
    texts.fold(Copies::default(), Copies::and)
}

/// A repeated cell: its text; a table stands in one place only.
fn copy(cell: &Cell) -> Cell {
    let paragraphs = cell.blocks.iter().filter(|block| matches!(block, Block::Paragraph(_)));
    Cell { blocks: paragraphs.cloned().collect(), ..cell.clone() }
}
