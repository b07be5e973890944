//! The tables of the samples as pdfplumber sees them, and their characters:
//! `tests/second_opinion/pdf_pdfplumber.py` writes both, and nothing of it comes from this program.

use std::collections::BTreeMap;
use std::path::Path;

use gongkai::document::{Cell, Document};
use unicode_normalization::UnicodeNormalization;

use crate::{read, sample_bytes, samples};

/// A table of the other: page, rows of cell texts without white space; `null` for what another cell covers.
type Theirs = Vec<Vec<Option<String>>>;

#[derive(serde::Deserialize)]
struct Opinion {
    /// Tables of each page.
    tables: Vec<Vec<Theirs>>,
    /// Characters of each page, white space left out.
    characters: Vec<String>,
}

/// Files that pdfplumber refuses, and why.
const REFUSED: &[(&str, &str)] = &[("pdf-cut-off-2021", "it reads no file without its end")];

/// What it saw of the samples that it reads.
fn opinions() -> BTreeMap<String, Opinion> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second_opinion/pdf_pdfplumber.json");
    let text = std::fs::read_to_string(path).expect("what pdfplumber saw");
    let all: BTreeMap<String, Option<Opinion>> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(all.keys().cloned().collect::<Vec<_>>(), samples(), "samples and opinions");
    let refused = all.iter().filter(|(_, opinion)| opinion.is_none()).map(|(case, _)| case.as_str());
    assert_eq!(refused.collect::<Vec<_>>(), REFUSED.iter().map(|(case, _)| *case).collect::<Vec<_>>());
    all.into_iter().filter_map(|(case, opinion)| Some((case, opinion?))).collect()
}

/// Without white space and forms of compatibility: browsers name radicals (⼆, and ⺠, which Unicode's normalisation lacks)
/// where ideographs stand.
fn plain(text: &str) -> String {
    text.replace('⺠', "民").split_whitespace().flat_map(|part| part.nfkc()).collect()
}

/// Texts of the cells on a page, row by row; blank ones left out.
fn ours(document: &Document, page: u32) -> Vec<String> {
    let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let on_page = |cell: &&Cell| cell.page == Some(page);
    cells.filter(on_page).map(|cell| plain(&cell.text())).filter(|text| !text.is_empty()).collect()
}

fn theirs(tables: &[Theirs]) -> Vec<String> {
    let cells = tables.iter().flatten().flatten().flatten();
    cells.map(|text| plain(text)).filter(|text| !text.is_empty()).collect()
}

/// Samples in which pdfplumber sees something else on a page, and why. Each must still differ.
const OTHERWISE: &[(&str, &str)] = &[
    ("pdf-2014", "rows that the page break cuts are one here"),
    ("pdf-2021", "a header cell that the page break cuts is one here"),
    ("pdf-borderless-2021", "it looks for lines only"),
    ("pdf-browser-2021", "it sees no table that the page leaves open at its foot"),
    ("pdf-browser-cut-header-2021", "it sees no cell that the page leaves open at its foot"),
    ("pdf-browser-cut-row-2021", "rows that the page break cuts are one here"),
    ("pdf-browser-note-marks-2021", "it does not say what is struck out or above the line"),
    ("pdf-browser-unruled-2014", "it looks for lines only"),
    ("pdf-encrypted-2021", "rows that the page break cuts are one here"),
    ("pdf-header-repeated-2021", "the repeated header is left out here, and groups that go on are one"),
    ("pdf-label-cut-2021", "rows that the page break cuts are one here"),
    ("pdf-not-spelled-2021", "it writes the number of the code"),
    ("pdf-note-marks-2021", "it does not say what is struck out or above the line"),
    ("pdf-open-sides-2019", "it loses columns that no line closes"),
    ("pdf-turned-2021", "it does not turn text that runs up the page"),
    ("pdf-two-reports-2021", "the label of a group that the page break cuts is one here"),
    ("pdf-wps-2021", "it takes the white boxes below lines of text for tables"),
];

#[test]
fn another_reader_sees_the_same_cells() {
    let opinions = opinions();
    let (mut compared, mut wrong) = (0, String::new());
    for (case, opinion) in &opinions {
        let document = read(&sample_bytes(case));
        let known = OTHERWISE.iter().find(|(name, _)| name == case);
        let mut differs = false;
        for (tables, page) in opinion.tables.iter().zip(1..) {
            let (ours, theirs) = (ours(&document, page), theirs(tables));
            compared += theirs.len();
            if ours != theirs {
                differs = true;
                let at = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
                if known.is_none() {
                    wrong += &format!("\n{case}, page {page}, cell {at}: {:?} / {:?}", ours.get(at), theirs.get(at));
                }
            }
        }
        if let Some((_, why)) = known {
            assert!(differs, "{case} is the same to both now, though: {why}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(compared > 2_000, "only {compared} cells compared");
}

/// Everything that a document holds, character by character, sorted.
fn characters(document: &Document) -> String {
    let mut all: Vec<char> = Vec::new();
    let mut add = |text: &str| all.extend(plain(text).chars());
    crate::paragraphs(document).iter().for_each(|text| add(text));
    document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).for_each(|cell| add(&cell.text()));
    document.asides.iter().for_each(|aside| add(&aside.text));
    all.sort_unstable();
    all.into_iter().collect()
}

/// Samples whose characters are others, and why. Each must still differ.
const OTHER_CHARACTERS: &[(&str, &str)] = &[
    ("pdf-browser-2021", "the running head is kept once here"),
    ("pdf-browser-cut-row-2021", "the running head is kept once here"),
    ("pdf-browser-note-marks-2021", "what is struck out is left out here"),
    ("pdf-header-repeated-2021", "the repeated header and running head are kept once here"),
    ("pdf-not-spelled-2021", "it writes the number of the code"),
    ("pdf-note-marks-2021", "what is struck out is left out here"),
];

#[test]
fn another_reader_sees_the_same_characters() {
    let mut wrong = String::new();
    for (case, opinion) in opinions() {
        let ours = characters(&read(&sample_bytes(&case)));
        let mut theirs: Vec<char> = plain(&opinion.characters.concat()).chars().collect();
        theirs.sort_unstable();
        let same = ours.chars().eq(theirs.iter().copied());
        match OTHER_CHARACTERS.iter().find(|(name, _)| *name == case) {
            Some((_, why)) => assert!(!same, "{case} is the same to both now, though: {why}"),
            None if same => {}
            None => {
                let at = ours.chars().zip(&theirs).take_while(|(a, b)| a == *b).count();
                wrong += &format!(
                    "\n{case}: {} and {} characters; {:?} / {:?}",
                    ours.chars().count(),
                    theirs.len(),
                    ours.chars().nth(at),
                    theirs.get(at)
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
