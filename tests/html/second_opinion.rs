//! The tables of the web samples as another parser sees them: `tests/second_opinion/html_lxml.py`
//! writes what lxml makes of them, and nothing of it comes from this program.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gongkai::document::{Cell, Document, Table};
use gongkai::ingest::{self, Limits};

/// A cell: text without white space, columns and rows that it covers.
type Seen = (String, u32, u32);

fn input(case: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(case);
    let entries = std::fs::read_dir(folder).expect("a sample").map(|entry| entry.expect("entry").path());
    entries.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "input")).expect("an input")
}

fn seen(cell: &Cell) -> Seen {
    (cell.text().split_whitespace().collect(), cell.column_span, cell.row_span)
}

fn rows(table: &Table) -> Vec<Vec<Seen>> {
    table.rows.iter().map(|row| row.cells.iter().map(seen).collect()).collect()
}

/// Row spans as both can state them: past the end of the table they are cut.
fn cut(rows: &mut [Vec<Seen>]) {
    let count = rows.len();
    for (at, row) in rows.iter_mut().enumerate() {
        row.iter_mut().for_each(|cell| cell.2 = cell.2.min((count - at) as u32));
    }
}

#[test]
fn another_parser_sees_the_same_cells() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second_opinion/html_lxml.json");
    let text = std::fs::read_to_string(path).expect("what lxml saw");
    let opinions: BTreeMap<String, Vec<Vec<Vec<Seen>>>> = serde_json::from_str(&text).expect("JSON");
    assert!(opinions.len() == 28, "not 28 but {} samples", opinions.len());
    let mut cells = 0;
    for (case, mut other) in opinions {
        let bytes = std::fs::read(input(&case)).expect("the input");
        let document: Document = ingest::read(&bytes, &Limits::default()).expect("a page");
        other.iter_mut().for_each(|rows| cut(rows));
        assert_eq!(document.tables.len(), other.len(), "{case}");
        for (at, (table, other)) in document.tables.iter().zip(&other).enumerate() {
            let own = rows(table);
            assert_eq!(&own, other, "{case}, table {}", at + 1);
            cells += own.iter().map(Vec::len).sum::<usize>();
        }
    }
    assert!(cells > 3_000, "only {cells} cells compared");
}
