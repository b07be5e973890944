//! What Word is in any format: its code pages, fields, symbol fonts and numerals, how its cells lie.

pub(in crate::ingest) mod charset;
mod fields;
pub(in crate::ingest) mod numbering;
mod numerals;
pub(in crate::ingest) mod story;
pub(in crate::ingest) mod symbols;
pub(in crate::ingest) mod table;

pub(in crate::ingest) use fields::Fields;

use crate::document::{Block, Cell, Document, Table};

/// Old files merge to the left with a cell of its own (`hMerge`), nearly always an empty one.
pub(in crate::ingest) fn extend(left: &mut Cell, cell: Cell) {
    left.column_span = left.column_span.saturating_add(cell.column_span);
    left.blocks.extend(cell.blocks.into_iter().filter(is_filled));
}

/// Whether a cell holds anything.
pub(in crate::ingest) fn has_text(cell: &Cell) -> bool {
    cell.blocks.iter().any(is_filled)
}

fn is_filled(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => !paragraph.text.is_empty(),
        Block::Table(_) => true,
    }
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
