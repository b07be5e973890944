//! No depth of a document is a depth of calls: files that nest as deep as they like are read,
//! mapped, checked and written on a stack on which a call for each level could not stand.

use crate::docx::{self, Builder};
use crate::word_report;
use gongkai::document::{Block, Document, GridLimits};
use gongkai::ingest::{self, Limits};
use gongkai::{Extraction, Options, extract};

/// Bytes of stack: a few dozen calls of an unoptimised program.
const STACK: usize = 512 << 10;
/// A call for each would need far more than [`STACK`].
const LEVELS: usize = 1_000_000;
const TABLES: usize = 20_000;

fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread");
    thread.join().expect("no overflow")
}

fn boundless() -> Limits {
    Limits { depth: usize::MAX, nested_tables: usize::MAX, part_bytes: 1 << 30, ratio: usize::MAX, ..Limits::default() }
}

/// The whole way of a file: read, mapped, checked, written as JSON and read back.
fn whole_way(file: Builder) -> (Document, Extraction) {
    on_a_small_stack(move || {
        let bytes = file.bytes();
        let document = ingest::read(&bytes, &boundless()).expect("readable");
        let json = serde_json::to_string(&document).expect("JSON");
        assert_eq!(serde_json::from_str::<Document>(&json).expect("the same"), document);
        let options = Options { limits: boundless(), ..Options::default() };
        let extraction = extract(&bytes, &options).expect("readable");
        serde_json::to_string(&extraction.reports).expect("JSON");
        (document, extraction)
    })
}

fn text(block: &Block) -> Option<String> {
    if let Block::Paragraph(paragraph) = block { Some(paragraph.text.to_string()) } else { None }
}

/// A body within so many elements.
fn within(levels: usize, open: &str, body: &str, close: &str) -> String {
    open.repeat(levels) + body + &close.repeat(levels)
}

#[test]
fn a_report_within_a_million_elements_is_read() {
    let body = within(LEVELS, "<w:sdt>", &word_report::body("示例市"), "</w:sdt>");
    let (_, extraction) = whole_way(Builder::new(&body));
    assert_eq!(extraction.reports.len(), 1);
    assert!(extraction.reports[0].figures().all(|figure| figure.value.number().is_some()));
}

#[test]
fn a_million_elements_that_never_end_are_a_break() {
    let (document, extraction) = whole_way(Builder::new(&(docx::p("文") + &"<w:sdt>".repeat(LEVELS))));
    assert!(document.partial);
    assert_eq!(extraction.reports, []);
}

#[test]
fn a_report_within_thousands_of_tables_is_read() {
    let body = within(TABLES, "<w:tbl><w:tr><w:tc>", &word_report::body("示例市"), "</w:tc></w:tr></w:tbl>");
    let (document, extraction) = whole_way(Builder::new(&body));
    assert_eq!(document.tables.len(), TABLES + 3);
    assert_eq!(extraction.reports.len(), 1);
    assert!(extraction.reports[0].figures().all(|figure| figure.value.number().is_some()));
}

#[test]
fn text_boxes_and_alternatives_within_one_another_are_read() {
    let open = r#"<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>"#;
    let close = "</w:txbxContent></mc:Choice></mc:AlternateContent></w:r></w:p>";
    let (document, _) = whole_way(Builder::new(&within(TABLES, open, &docx::p("文"), close)));
    let texts: Vec<String> = document.blocks.iter().filter_map(text).filter(|text| !text.is_empty()).collect();
    assert_eq!(texts, ["文"]);
}

#[test]
fn a_hundred_million_places_are_cut_to_what_a_grid_may_hold() {
    let cell = r#"<w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000"/></w:tcPr><w:p/></w:tc></w:tr>"#;
    let (document, _) = whole_way(Builder::new(&format!("<w:tbl>{}</w:tbl>", cell.repeat(1000))));
    let limits = GridLimits::default();
    let grid = document.tables[0].grid();
    assert_eq!((grid.rows(), grid.columns(), grid.clamped()), (1000, limits.columns, 1000));
    let tall = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"1000\"/></w:tcPr></w:tc></w:tr>";
    let (document, _) = whole_way(Builder::new(&format!("<w:tbl>{}</w:tbl>", tall.repeat(100_000))));
    let grid = document.tables[0].grid();
    assert!(grid.rows() * grid.columns() <= limits.slots);
    assert_eq!(grid.rows() + grid.dropped_rows(), 100_000);
}
