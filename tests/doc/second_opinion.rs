//! The tables of the binary samples as another reader sees them: `tests/second_opinion/doc_libreoffice.py`
//! writes what LibreOffice makes of them, and nothing of it comes from this program.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::path::Path;

use gongkai::document::Table;
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
