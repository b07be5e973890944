//! The form written as a binary file in each of the ways that Word has had: whatever the way, the
//! same tables and the same figures come out.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::path::Path;

use crate::doc::{Builder, Paragraph, cell, definition, p, row_end, with};
use encoding_rs::GBK;
use gongkai::document::{Block, Cell, Document, Row, Table};
use gongkai::ingest::{self, Limits};

/// How tables are written.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// A merged cell is one wide cell.
    Wide,
    /// A merged cell is several, of which all but the first go on with it.
    Merged,
    /// Properties have numbers of one byte, and nothing is merged downwards.
    Word6,
}

fn input(case: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(case).join("input.docx");
    std::fs::read(path).expect("the sample")
}

fn paragraphs(document: &Document, way: Way) -> Vec<Paragraph> {
    let mut written = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => written.push(p(&paragraph.printed())),
            Block::Table(index) => {
                let rows = document.tables[*index].rows.iter();
                rows.for_each(|row| written.extend(row_in(row, way)));
            }
        }
    }
    written
}

/// A row: its cells, then the mark that defines them.
fn row_in(row: &Row, way: Way) -> Vec<Paragraph> {
    let mut written = Vec::new();
    let mut edges = vec![1_000 * i16::try_from(row.before).expect("few")];
    let mut flags = Vec::new();
    for cell in &row.cells {
        let span = i16::try_from(cell.column_span).expect("few");
        let parts = if way == Way::Merged { span } else { 1 };
        for part in 0..parts {
            let sideways = if parts == 1 { 0 } else { 1 + u16::from(part > 0) };
            flags.push(sideways | if cell.continues { 0x20 } else { 0 });
            edges.push(edges[edges.len() - 1] + 1_000 * span / parts);
            written.extend(cell_in(cell, part > 0, way));
        }
    }
    written.push(match way {
        Way::Word6 => old_row_end(&edges),
        _ => row_end(&definition(&edges, &flags)),
    });
    written
}

fn cell_in(from: &Cell, empty: bool, way: Way) -> Vec<Paragraph> {
    let text = if empty { String::new() } else { from.text() };
    let of = |line: &str| if way == Way::Word6 { with(line, &[24, 1]) } else { Paragraph { mark: '\r', ..cell(line) } };
    let mut lines: Vec<Paragraph> = text.split('\n').map(of).collect();
    lines.last_mut().expect("a line at least").mark = '\u{7}';
    lines
}

/// The mark of a row in Word 6: edges, then ten bytes a cell.
fn old_row_end(edges: &[i16]) -> Paragraph {
    let count = edges.len() - 1;
    let mut value = vec![u8::try_from(count).expect("few")];
    edges.iter().for_each(|edge| value.extend(edge.to_le_bytes()));
    value.extend(vec![0; 10 * count]);
    let length = u16::try_from(value.len() + 1).expect("short").to_le_bytes();
    Paragraph { mark: '\u{7}', ..with("", &[&[24, 1, 25, 1, 190][..], &length, &value].concat()) }
}

/// What covers each place of a table.
fn rectangle(table: &Table) -> Vec<Vec<String>> {
    let grid = table.grid();
    let text = |slot| table.cell(slot).map(Cell::text).unwrap_or_default();
    (0..grid.rows()).map(|row| grid.row(row).iter().map(|&slot| text(slot)).collect()).collect()
}

/// Figures by their keys.
fn figures(bytes: &[u8]) -> BTreeMap<String, String> {
    let extraction = gongkai::extract(bytes, &gongkai::Options::default()).expect("a report");
    let figures = extraction.reports.iter().flat_map(gongkai::report::Report::figures);
    figures.map(|figure| (figure.key.to_string(), format!("{:?}", figure.value))).collect()
}

#[test]
fn every_way_of_writing_tables_reads_the_same() {
    for case in ["docx-2021", "docx-2019"] {
        let original = input(case);
        let document = ingest::read(&original, &Limits::default()).expect("readable");
        let expected: Vec<_> = document.tables.iter().map(rectangle).collect();
        let wanted = figures(&original);
        assert!(wanted.len() > 190, "{case}: only {} figures", wanted.len());
        for (way, hurried) in [(Way::Wide, false), (Way::Merged, false), (Way::Wide, true), (Way::Merged, true)] {
            let written = Builder { hurried, ..Builder::new(paragraphs(&document, way)) };
            let found: Vec<_> = written.read().tables.iter().map(rectangle).collect();
            assert_eq!(found, expected, "{case}");
            assert_eq!(figures(&written.bytes()), wanted, "{case}");
        }
    }
}

/// Word 6 cannot merge downwards: labels that should reach down stand in the first row only.
#[test]
fn word_6_reads_the_same_but_for_cells_merged_downwards() {
    for case in ["docx-2021", "docx-2019"] {
        let original = input(case);
        let document = ingest::read(&original, &Limits::default()).expect("readable");
        let written = Builder::word6(GBK, 0x0804, paragraphs(&document, Way::Word6));
        let spans = |document: &Document| -> Vec<Vec<(u32, String)>> {
            let rows = document.tables.iter().flat_map(|table| &table.rows);
            rows.map(|row| row.cells.iter().map(|cell| (cell.column_span, cell.text())).collect()).collect()
        };
        assert_eq!(spans(&written.read()), spans(&document), "{case}");
        // The labels of the rows below are enough to tell what they are.
        assert_eq!(figures(&written.bytes()), figures(&original), "{case}");
    }
}
