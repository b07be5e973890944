//! Worksheets saved as pages: a sheet is no table but a page of lines and tables.
//!
//! Excel writes a sheet as one table. A row that holds one cell, however many columns it covers,
//! is a line of text there: title, heading, prose, a caption over a part of the form.

use crate::document::{Block, Document, Row, Table};

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
    let mut part = Vec::new();
    let mut reach = 0;
    for (at, row) in table.rows.into_iter().enumerate() {
        let crossed = reach > at;
        let down = row.cells.iter().map(|cell| cell.row_span as usize).max().unwrap_or(0);
        reach = reach.max(at + down);
        if !crossed && is_line(&row) {
            close(document, &mut part);
            document.blocks.extend(row.cells.into_iter().flat_map(|cell| cell.blocks));
        } else {
            part.push(row);
        }
    }
    close(document, &mut part);
}

/// A row whose only cell says something, in that row alone.
fn is_line(row: &Row) -> bool {
    let [cell] = &row.cells[..] else { return false };
    cell.row_span <= 1 && row.before == 0 && !cell.text().trim().is_empty()
}

/// Ends a table; blank rows at its edges belong to the sheet.
fn close(document: &mut Document, part: &mut Vec<Row>) {
    let blank = |row: &Row| row.cells.iter().all(|cell| cell.text().trim().is_empty());
    let mut rows = std::mem::take(part);
    let kept = rows.iter().rposition(|row| !blank(row)).map_or(0, |last| last + 1);
    rows.truncate(kept);
    let first = rows.iter().position(|row| !blank(row)).unwrap_or(rows.len());
    rows.drain(..first);
    if !rows.is_empty() {
        document.blocks.push(Block::Table(document.tables.len()));
        document.tables.push(Table { rows, ..Table::default() });
    }
}
