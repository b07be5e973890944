//! What easyofd reads of the samples: the same characters, each as often.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::path::Path;

use gongkai::document::{Block, Document};

use super::build::read;

type Opinion = BTreeMap<String, Vec<Vec<String>>>;

/// How often each character is said.
fn counted<'t>(texts: impl Iterator<Item = &'t str>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in texts.flat_map(str::chars).filter(|character| !character.is_whitespace()) {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

/// Every text of the body, cells included.
fn texts(document: &Document) -> Vec<&str> {
    let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    document.blocks.iter().chain(cells.flat_map(|cell| &cell.blocks)).filter_map(text).collect()
}

fn text(block: &Block) -> Option<&str> {
    if let Block::Paragraph(paragraph) = block { Some(&paragraph.text) } else { None }
}

#[test]
fn easyofd_reads_the_same_characters() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stored = std::fs::read_to_string(root.join("tests/second_opinion/ofd_easyofd.json")).expect("the opinion");
    let opinion: Opinion = serde_json::from_str(&stored).expect("JSON");
    assert!(opinion.len() >= 8, "only {} samples", opinion.len());
    for (case, pages) in opinion {
        let bytes = std::fs::read(root.join("samples").join(&case).join("input.ofd")).expect("the sample");
        let theirs = counted(pages.iter().flatten().map(String::as_str));
        assert_eq!(counted(texts(&read(&bytes)).into_iter()), theirs, "{case}");
    }
}
