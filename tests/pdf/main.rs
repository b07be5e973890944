//! PDF files: what is read, what is refused, and that nothing makes the reader fail.
#![allow(clippy::disallowed_methods, reason = "tests read files and the clock")]

mod build;
mod drawing;
mod hostile;
mod lines;
mod mutants;
#[path = "../support/mutate.rs"]
#[allow(dead_code, reason = "tags are of other formats")]
mod mutate;
mod pages;
#[cfg(unix)]
mod robust;
#[cfg(unix)]
#[path = "../support/robust.rs"]
#[allow(clippy::disallowed_methods, reason = "tests read files and the clock")]
mod robust_files;
mod second_opinion;
mod text;

use std::path::{Path, PathBuf};

use gongkai::document::{Block, Document, Table};
use gongkai::finding::Code;
use gongkai::ingest::{self, Limits};

fn read(bytes: &[u8]) -> Document {
    ingest::read(bytes, &Limits::default()).expect("a PDF file")
}

/// The paragraphs of the body.
fn paragraphs(document: &Document) -> Vec<&str> {
    let text = |block: &'_ Block| match block {
        Block::Paragraph(_) => true,
        Block::Table(_) => false,
    };
    let blocks = document.blocks.iter().filter(|block| text(block));
    blocks
        .filter_map(|block| if let Block::Paragraph(paragraph) = block { Some(paragraph.text.as_str()) } else { None })
        .collect()
}

/// The rows of a table as `text` or `text columns×rows`.
fn rows(table: &Table) -> Vec<Vec<String>> {
    let shown = |cell: &gongkai::document::Cell| {
        let spans = format!(" {}×{}", cell.column_span, cell.row_span);
        cell.text() + if cell.column_span * cell.row_span > 1 { &spans } else { "" }
    };
    table.rows.iter().map(|row| row.cells.iter().map(shown).collect()).collect()
}

fn codes(document: &Document) -> Vec<Code> {
    document.findings.iter().map(|finding| finding.code).collect()
}

fn sample(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(case).join("input.pdf")
}

fn sample_bytes(case: &str) -> Vec<u8> {
    std::fs::read(sample(case)).expect("a sample")
}

/// The samples that are PDF files, by name.
fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let entries = std::fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").file_name());
    let names = entries.map(|name| name.into_string().expect("a name"));
    let mut names: Vec<String> = names.filter(|name| sample(name).exists()).collect();
    names.sort();
    names
}
