//! A document as text, for assertions.

#![allow(dead_code, reason = "not every test uses every view")]

use gongkai::document::{Block, Document, Table};

/// The body, a line a block: a paragraph's number and text, or `[table 1]`.
pub fn body(document: &Document) -> Vec<String> {
    lines(&document.blocks)
}

/// The same of any blocks.
pub fn lines(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.printed().into(),
            Block::Table(index) => format!("[table {}]", index + 1),
        })
        .collect()
}

/// The texts of a table's cells, row by row.
pub fn cells(table: &Table) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| row.cells.iter().map(|cell| lines(&cell.blocks).join("\n")).collect()).collect()
}

/// The grid of a table as text, `.` where no cell is.
pub fn grid(table: &Table) -> Vec<String> {
    let grid = table.grid();
    let text = |slot: &_| table.cell(*slot).map_or_else(|| ".".to_owned(), gongkai::document::Cell::text);
    (0..grid.rows()).map(|row| grid.row(row).iter().map(text).collect::<Vec<_>>().join(" ")).collect()
}

/// The codes of what the reader has to say.
pub fn codes(document: &Document) -> Vec<&'static str> {
    document.findings.iter().map(|finding| finding.code.entry().name).collect()
}
