//! The tables of the samples as another reader sees them: `tests/second_opinion/rtf_libreoffice.py` writes
//! what LibreOffice makes of them, and nothing of it comes from this program.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::path::Path;

use gongkai::document::Table;

/// A table as a rectangle of texts without white space; none where no cell is.
type Rectangle = Vec<Vec<Option<String>>>;

fn rectangle(table: &Table) -> Rectangle {
    let grid = table.grid();
    let text = |slot| table.cell(slot).map(|cell| cell.text().split_whitespace().collect());
    (0..grid.rows()).map(|row| grid.row(row).iter().map(|&slot| text(slot)).collect()).collect()
}

/// The tables of a sample, by its name.
fn tables(case: &Path) -> Vec<Rectangle> {
    let mut entries = std::fs::read_dir(case).expect("a case").map(|entry| entry.expect("entry").path());
    let input = entries.find(|path| path.file_stem().is_some_and(|stem| stem == "input")).expect("an input");
    let document = super::read_bytes(&std::fs::read(input).expect("the input"));
    document.tables.iter().map(rectangle).collect()
}

/// Samples whose texts the other reader sees otherwise, and why. Their cells lie alike.
const OTHERWISE: &[(&str, &str)] = &[
    ("rtf-fonts-2021", "a character parted by groups is none to it"),
    ("rtf-note-marks-2021", "it shows what is struck out, and digits above the line as others"),
    ("rtf-revisions-2021", "it shows deleted and hidden text"),
    ("rtf-unlabelled-2021", "it takes bytes without a code page for Western text"),
];

#[test]
fn another_reader_sees_the_same_cells() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("tests/second_opinion/rtf_libreoffice.json")).expect("what it saw");
    let opinions: BTreeMap<String, Vec<Rectangle>> = serde_json::from_str(&text).expect("JSON");
    let shape = |tables: &[Rectangle]| -> Vec<Vec<usize>> {
        tables.iter().map(|rows| rows.iter().map(Vec::len).collect()).collect()
    };
    let entries = std::fs::read_dir(root.join("samples")).expect("samples");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let samples = names.filter(|name| name.starts_with("rtf-")).count();
    assert_eq!(opinions.len(), samples, "each sample has its second opinion");
    let mut differing = Vec::new();
    let mut places = 0;
    for (case, others) in &opinions {
        let ours = tables(&root.join("samples").join(case));
        assert_eq!(shape(&ours), shape(others), "{case}");
        if ours == *others {
            places += shape(others).iter().flatten().sum::<usize>();
        } else {
            differing.push(case.as_str());
        }
    }
    let otherwise: Vec<&str> = OTHERWISE.iter().map(|(case, _)| *case).collect();
    assert_eq!(differing, otherwise, "samples that are seen otherwise are listed, and no others");
    assert!(places > 3000, "only {places} places compared");
}
