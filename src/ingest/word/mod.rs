//! What Word is in any format: its fields, symbol fonts and numerals, cells merged to the left.

mod fields;
pub(in crate::ingest) mod numbering;
mod numerals;
pub(in crate::ingest) mod symbols;

pub(in crate::ingest) use fields::Fields;

use crate::document::{Block, Cell, Document, Table};

/// Old files merge to the left with a cell of its own (`hMerge`), nearly always an empty one.
pub(in crate::ingest) fn extend(left: &mut Cell, cell: Cell) {
    left.column_span = left.column_span.saturating_add(cell.column_span);
    let has_text = |block: &Block| match block {
        Block::Paragraph(paragraph) => !paragraph.text.is_empty(),
        Block::Table(_) => true,
    };
    left.blocks.extend(cell.blocks.into_iter().filter(has_text));
}

/// Every paragraph of the blocks, tables included, in reading order, a line each.
pub(in crate::ingest) fn flat_text(blocks: &[Block], tables: &[Table]) -> String {
    let mut text = String::new();
    let mut rest: Vec<&Block> = blocks.iter().rev().collect();
    while let Some(block) = rest.pop() {
        match block {
            Block::Paragraph(paragraph) => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&paragraph.text);
            }
            Block::Table(index) => {
                let cells = tables.get(*index).into_iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
                let mark = rest.len();
                rest.extend(cells.flat_map(|cell| &cell.blocks));
                rest[mark..].reverse();
            }
        }
    }
    text
}

/// A body without page breaks does not say what stands on which page.
pub(in crate::ingest) fn forget_pages(document: &mut Document) {
    let forget = |blocks: &mut [Block]| {
        for block in blocks {
            if let Block::Paragraph(paragraph) = block {
                paragraph.origin.page = None;
            }
        }
    };
    forget(&mut document.blocks);
    for table in &mut document.tables {
        table.page = None;
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.page = None;
            forget(&mut cell.blocks);
        }
    }
}
