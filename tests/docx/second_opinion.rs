//! docx-rs, which was written by others, as the second opinion on the text of every table cell.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::path::{Path, PathBuf};

use crate::docx_rs_cells::{self, Cells};
use gongkai::document::{Block, Cell, Document};
use gongkai::ingest::{self, Limits};

/// Samples of which docx-rs says something else, or nothing, and why. Each must still differ.
const DIFFERENT: &[(&str, &str)] = &[
    ("docx-fields-2021", "docx-rs takes the text of a field within a field's code for a result"),
    ("docx-form-fields-2021", "docx-rs does not say what is chosen in fields of forms"),
    ("docx-flat-2021", "docx-rs reads zip archives only, and this is one XML file"),
    ("docx-grid-2021", "docx-rs does not know the old horizontal merge (hMerge): its cells stay apart"),
    ("docx-hidden-2021", "docx-rs takes hidden text for text"),
    ("docx-note-marks-2021", "docx-rs does not part what is struck out or above the line from other text"),
    ("docx-strict-2021", "docx-rs wants word/document.xml, and here the main part has another name"),
];

/// Word samples by name, in order.
fn samples() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut samples: Vec<(String, PathBuf)> = std::fs::read_dir(folder)
        .expect("samples")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path().join("input.docx")))
        .filter(|(_, path)| path.exists())
        .collect();
    samples.sort();
    samples
}

/// The cells of a document in the same form; without automatic numbers, which docx-rs does not write out.
fn cells(document: &Document) -> Cells {
    let text = |cell: &Cell| {
        let lines = cell.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
            Block::Table(_) => None,
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let row = |row: &gongkai::document::Row| row.cells.iter().map(text).collect();
    document.tables.iter().map(|table| table.rows.iter().map(row).collect()).collect()
}

/// The first difference between the two readings, in words.
fn difference(ours: &Cells, theirs: &Cells) -> Option<String> {
    let sizes = |cells: &Cells| cells.iter().map(Vec::len).collect::<Vec<_>>();
    if sizes(ours) != sizes(theirs) {
        return Some(format!("rows of each table: ours {:?}, theirs {:?}", sizes(ours), sizes(theirs)));
    }
    let rows = ours.iter().flatten().zip(theirs.iter().flatten());
    rows.filter(|(ours, theirs)| ours != theirs).map(|(ours, theirs)| format!("{ours:?}, theirs {theirs:?}")).next()
}

fn opinion(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).expect("a sample");
    let document = ingest::read(&bytes, &Limits::default()).expect("a sample that reads");
    let ours = cells(&document);
    let any = ours.iter().flatten().flatten().any(|text| !text.is_empty());
    assert!(any || document.pictures > 0, "{}: no cells, and no pictures in their place", path.display());
    match docx_rs_cells::read(&bytes) {
        Ok(theirs) => difference(&ours, &theirs),
        Err(error) => Some(format!("theirs is refused: {error}")),
    }
}

#[test]
fn docx_rs_reads_the_same_cells_but_of_a_known_few_samples() {
    let samples = samples();
    assert!(samples.len() >= 8, "only {} samples", samples.len());
    let mut wrong = Vec::new();
    for (name, path) in &samples {
        let known = DIFFERENT.iter().find(|(sample, _)| sample == name);
        match (opinion(path), known) {
            (None, None) | (Some(_), Some(_)) => {}
            (Some(difference), None) => wrong.push(format!("{name}: {difference}")),
            (None, Some(_)) => wrong.push(format!("{name} is listed, and does not differ: strike it out")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (name, _) in DIFFERENT {
        assert!(samples.iter().any(|(sample, _)| sample == name), "{name} is listed, and is no sample");
    }
}

/// Differences here are no faults: the files are odd on purpose, and docx-rs lets much of it go.
/// They are counted, so that a change in the count can be looked into.
#[test]
fn docx_rs_on_files_of_other_projects() {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS").map(PathBuf::from) else {
        println!("GONGKAI_CORPUS is not set: nothing to compare with");
        return;
    };
    let files = walkdir::WalkDir::new(folder.join("robust")).sort_by_file_name().into_iter();
    let paths = files.map(|entry| entry.expect("an entry").into_path());
    let (mut same, mut other, mut refused) = (0, 0, 0);
    for path in paths.filter(|path| path.extension().is_some_and(|end| end == "docx")) {
        let bytes = std::fs::read(&path).expect("a file");
        let Ok(document) = ingest::read(&bytes, &Limits::default()) else { continue };
        // A part that breaks off makes docx-rs wait for an end that does not come.
        if document.partial || document.tables.is_empty() {
            continue;
        }
        match docx_rs_cells::read(&bytes).map(|theirs| difference(&cells(&document), &theirs)) {
            Ok(None) => same += 1,
            Ok(Some(difference)) => {
                other += 1;
                println!("{}: {difference}", path.display());
            }
            Err(error) => {
                refused += 1;
                println!("{}: refused: {error}", path.display());
            }
        }
    }
    println!("{same} files with the same cells, {other} with others, {refused} refused by docx-rs");
    assert!(same > other + refused, "docx-rs agrees on {same} files only");
}
