//! The tables of the binary samples as another reader sees them: `tests/second_opinion/doc_libreoffice.py`
//! writes what LibreOffice makes of them, and nothing of it comes from this program.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::path::Path;

use gongkai::document::{Block, Document, Table};
use gongkai::ingest::{self, Limits};

/// A table as a rectangle of texts without white space; none where no cell is.
type Rectangle = Vec<Vec<Option<String>>>;

fn rectangle(table: &Table) -> Rectangle {
    let grid = table.grid();
    let text = |slot| table.cell(slot).map(|cell| cell.text().split_whitespace().collect());
    (0..grid.rows()).map(|row| grid.row(row).iter().map(|&slot| text(slot)).collect()).collect()
}

#[test]
fn another_reader_sees_the_same_cells() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("tests/second_opinion/doc_libreoffice.json")).expect("what it saw");
    let opinions: BTreeMap<String, Vec<Rectangle>> = serde_json::from_str(&text).expect("JSON");
    let mut places = 0;
    for (case, others) in opinions {
        let bytes = std::fs::read(root.join("samples").join(&case).join("input.doc")).expect("the sample");
        let document = ingest::read(&bytes, &Limits::default()).expect("readable");
        assert_eq!(document.tables.len(), others.len(), "{case}");
        for (at, (table, other)) in document.tables.iter().zip(&others).enumerate() {
            assert_eq!(&rectangle(table), other, "{case}, table {}", at + 1);
            places += other.iter().map(Vec::len).sum::<usize>();
        }
    }
    assert!(places > 700, "only {places} places compared");
}

/// All text of a document in its order, without white space and bars.
fn text_of(document: &Document) -> String {
    let mut text = String::new();
    let mut todo: Vec<&Block> = document.blocks.iter().rev().collect();
    while let Some(block) = todo.pop() {
        match block {
            Block::Paragraph(paragraph) => text.push_str(&paragraph.text),
            Block::Table(index) => {
                let cells = document.tables[*index].rows.iter().flat_map(|row| &row.cells);
                todo.extend(cells.flat_map(|cell| &cell.blocks).collect::<Vec<_>>().into_iter().rev());
            }
        }
    }
    text.retain(|c| !c.is_whitespace() && c != '|');
    text
}

/// Words that others print of each sample, in their order.
type Words = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Words of a sample that catdoc takes for text of a code page: from the head of the second table
/// on, as far as one of its blocks of 256 bytes reaches.
const GARBLED: usize = 2;

/// The words that do not stand in a text, each looked for after the one before it.
fn missing<'w>(words: &'w [String], text: &str) -> Vec<&'w str> {
    let mut rest = text;
    let mut missing = Vec::new();
    for word in words {
        match rest.split_once(word.as_str()) {
            Some((_, after)) => rest = after,
            None => missing.push(word.as_str()),
        }
    }
    missing
}

/// `tests/second_opinion/doc_text.py` writes what antiword and catdoc print.
#[test]
fn others_read_the_same_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("tests/second_opinion/doc_text.json")).expect("what they saw");
    let opinions: Words = serde_json::from_str(&text).expect("JSON");
    assert!(opinions.len() >= 3, "only {} samples", opinions.len());
    for (case, others) in opinions {
        let bytes = std::fs::read(root.join("samples").join(&case).join("input.doc")).expect("the sample");
        let ours = text_of(&ingest::read(&bytes, &Limits::default()).expect("readable"));
        assert_eq!(missing(&others["antiword"], &ours), Vec::<&str>::new(), "{case}");
        let garbled = missing(&others["catdoc"], &ours);
        assert!(garbled.len() <= GARBLED, "{case}: {garbled:?}");
        assert!(others["catdoc"].len() > 200, "{case}: only {} words", others["catdoc"].len());
    }
}
