//! office_oxide, which was written by others, as a second opinion on binary Word files: the text of
//! every cell of the samples, and how many tables there are in files of other projects.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use gongkai::document::{Document, Table};
use gongkai::ingest::{self, Limits};
use office_oxide::ir::{self, Element};
use office_oxide::{Document as Other, DocumentFormat};

/// A table as a rectangle of texts without white space; none where no cell is.
type Rectangle = Vec<Vec<Option<String>>>;

/// Samples whose cells office_oxide sees otherwise, and why.
const DIFFERENT: &[(&str, &str)] = &[
    ("doc-note-marks-2021", "office_oxide does not say what is struck out or above the line"),
    ("doc-revisions-2021", "office_oxide takes hidden text, or what was deleted, for text"),
    ("doc-word6-2021", "office_oxide takes code pages from fonts alone, not from the language of the file"),
];

/// Files of which office_oxide makes another number of tables, and why.
const OTHER_COUNTS: &[(&str, &str)] = &[
    ("test-data_document_Bug46817.doc", "two tables stand in text boxes, which office_oxide leaves out"),
    (
        "test-data_document_clusterfuzz-testcase-minimized-POIHWPFFuzzer-4951943183990784.doc",
        "changed at random: half of the marks that end its rows are gone, and every reader parts it elsewhere",
    ),
];

fn ours(table: &Table) -> Rectangle {
    let grid = table.grid();
    let text = |slot| table.cell(slot).map(|cell| without_blanks(&cell.text()));
    (0..grid.rows()).map(|row| grid.row(row).iter().map(|&slot| text(slot)).collect()).collect()
}

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Tables of a document in the order in which they open, those within cells too.
fn tables_of(elements: &[Element]) -> Vec<&ir::Table> {
    let mut found = Vec::new();
    for element in elements {
        match element {
            Element::Table(table) => {
                found.push(table);
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                found.extend(cells.flat_map(|cell| tables_of(&cell.content)));
            }
            Element::List(list) => found.extend(list.items.iter().flat_map(|item| tables_of(&item.content))),
            Element::TextBox(text_box) => found.extend(tables_of(&text_box.content)),
            _ => {}
        }
    }
    found
}

fn text_of(elements: &[Element]) -> String {
    let text = |element: &Element| match element {
        Element::Paragraph(paragraph) => ir::inline_to_text(&paragraph.content),
        Element::Heading(heading) => ir::inline_to_text(&heading.content),
        Element::List(list) => list.items.iter().map(|item| text_of(&item.content)).collect(),
        _ => String::new(),
    };
    elements.iter().map(text).collect()
}

/// Their cells, put into a rectangle as HTML does it.
fn theirs(table: &ir::Table) -> Rectangle {
    let mut places: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for (row, cells) in table.rows.iter().enumerate() {
        let mut column = 0;
        for cell in &cells.cells {
            while places.contains_key(&(row, column)) {
                column += 1;
            }
            let text = without_blanks(&text_of(&cell.content));
            for down in 0..cell.row_span.max(1) as usize {
                for across in 0..cell.col_span.max(1) as usize {
                    places.insert((row + down, column + across), text.clone());
                }
            }
        }
    }
    let columns = places.keys().map(|&(_, column)| column + 1).max().unwrap_or(0);
    let rows = table.rows.len();
    (0..rows).map(|row| (0..columns).map(|column| places.get(&(row, column)).cloned()).collect()).collect()
}

/// What office_oxide makes of a file; `None` if it refuses it, or fails.
fn opinion(bytes: Vec<u8>) -> Option<ir::DocumentIR> {
    let read = || Other::from_reader(Cursor::new(bytes), DocumentFormat::Doc).ok().map(|document| document.to_ir());
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).ok().flatten()
}

fn of_sections(document: &ir::DocumentIR) -> Vec<&ir::Table> {
    document.sections.iter().flat_map(|section| tables_of(&section.elements)).collect()
}

/// The first difference between two readings of a file.
fn difference(document: &Document, bytes: Vec<u8>) -> Option<String> {
    let Some(other) = opinion(bytes) else { return Some("it is refused".to_owned()) };
    let others = of_sections(&other);
    if others.len() != document.tables.len() {
        return Some(format!("{} tables, ours {}", others.len(), document.tables.len()));
    }
    let pairs = document.tables.iter().map(ours).zip(others.into_iter().map(theirs));
    let rows = pairs.flat_map(|(ours, theirs)| ours.into_iter().zip(theirs).collect::<Vec<_>>());
    rows.filter(|(ours, theirs)| ours != theirs).map(|(ours, theirs)| format!("{theirs:?}, ours {ours:?}")).next()
}

fn samples() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let entries = std::fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry"));
    let named = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path().join("input.doc")));
    let mut samples: Vec<_> = named.filter(|(name, path)| name.starts_with("doc-") && path.exists()).collect();
    samples.sort();
    samples
}

/// What differs against a list of what is known to; entries that differ no longer are wrong too.
fn against(list: &[(&str, &str)], found: &BTreeMap<String, Option<String>>) -> Vec<String> {
    let unknown = found.iter().filter_map(|(name, difference)| {
        let known = list.iter().any(|(known, _)| known == name);
        match (difference, known) {
            (Some(difference), false) => Some(format!("{name}: {difference}")),
            (None, true) => Some(format!("{name} is listed, and does not differ: strike it out")),
            _ => None,
        }
    });
    let gone = list.iter().filter(|(known, _)| !found.contains_key(*known));
    unknown.chain(gone.map(|(known, _)| format!("{known} is listed, and not there"))).collect()
}

#[test]
fn office_oxide_reads_the_same_cells_of_every_sample() {
    let mut found = BTreeMap::new();
    for (name, path) in samples() {
        let bytes = std::fs::read(path).expect("a sample");
        let document = ingest::read(&bytes, &Limits::default()).expect("readable");
        found.insert(name, difference(&document, bytes));
    }
    assert!(found.len() >= 4, "only {} samples", found.len());
    let wrong = against(DIFFERENT, &found);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn office_oxide_counts_the_same_tables_in_files_of_others() {
    let Some(files) = crate::robust_files::files(&["doc", "dot"]) else { return };
    let mut found = BTreeMap::new();
    for path in files {
        let bytes = std::fs::read(&path).expect("a file");
        let Ok(document) = ingest::read(&bytes, &Limits::default()) else { continue };
        if document.format != "doc" {
            continue;
        }
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let difference = match opinion(bytes).map(|other| of_sections(&other).len()) {
            Some(count) if count == document.tables.len() => None,
            Some(count) => Some(format!("{count} tables, ours {}", document.tables.len())),
            None => Some("it is refused".to_owned()),
        };
        found.insert(name, difference);
    }
    assert!(found.len() >= 139, "only {} files", found.len());
    let wrong = against(OTHER_COUNTS, &found);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
