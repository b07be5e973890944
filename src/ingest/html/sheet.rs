//! Worksheets saved as pages: Excel writes a sheet as one table. A row that holds one cell, however
//! many columns it covers, is a line of text there (`ingest/sheet/lines`).

use crate::document::{Block, Document, Row, Table};
use crate::ingest::sheet::lines::{Part, SheetRow, parts};

/// Parts every table of the body at its rows of one cell. A document with nested tables is no
/// sheet and stays as it is.
pub(super) fn split(document: &mut Document) {
    let cells = || document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    if cells().any(|cell| cell.blocks.iter().any(|block| matches!(block, Block::Table(_)))) {
        return;
    }
    let mut tables = std::mem::take(&mut document.tables);
    for block in std::mem::take(&mut document.blocks) {
        match block {
            Block::Table(index) => split_table(document, std::mem::take(&mut tables[index])),
            Block::Paragraph(_) => document.blocks.push(block),
        }
    }
}

fn split_table(document: &mut Document, table: Table) {
    for part in parts(table.rows, |_, row| is_line(row)) {
        match part {
            Part::Line(row) => document.blocks.extend(row.cells.into_iter().flat_map(|cell| cell.blocks)),
            Part::Table(rows) => {
                document.blocks.push(Block::Table(document.tables.len()));
                document.tables.push(Table { rows, ..Table::default() });
            }
        }
    }
}

impl SheetRow for Row {
    fn reach(&self) -> usize {
        self.cells.iter().map(|cell| cell.row_span as usize).max().unwrap_or(0)
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text().trim().is_empty())
    }
}

/// A row whose only cell says something, in that row alone.
fn is_line(row: &Row) -> bool {
    let [cell] = &row.cells[..] else { return false };
    cell.row_span <= 1 && row.before == 0 && !cell.text().trim().is_empty()
}
