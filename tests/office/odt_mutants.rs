//! Thousands of damaged OpenDocument texts: the reader never panics and never makes more than it was given.

use gongkai::document::{Block, Document};
use gongkai::ingest::{self, Limits};

use crate::mutate::{self, Random};
use crate::package::{Package, cell, p, row, table};

/// Mutants of each kind.
const MUTANTS: u64 = 500;

/// A document with something of everything.
fn original() -> Package {
    let styles = r#"<style:style style:name="T" style:family="text"><style:text-properties text:display="none"/></style:style><text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:list-style>"#;
    let list = r#"<text:list xml:id="a" text:style-name="L"><text:list-item text:start-value="2"><text:p>一<text:s text:c="2"/><text:tab/><text:line-break/></text:p></text:list-item></text:list>"#;
    let changes = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>no</text:p></text:deletion></text:changed-region></text:tracked-changes>"#;
    let boxed = format!("<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>", p("box"));
    let note = format!(
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>",
        p("note")
    );
    let rows = [
        row(&[
            &cell(r#"table:number-columns-spanned="2" table:number-rows-spanned="2""#, "b"),
            "<table:covered-table-cell/>",
            &cell("", "x"),
        ]),
        row(&[r#"<table:covered-table-cell table:number-columns-repeated="2"/>"#, &cell("", "y")]),
        row(&[&cell(r#"table:number-columns-repeated="3""#, "0")]),
    ];
    let text = p(&format!(r#"a<text:span text:style-name="T">h</text:span>{boxed}{note}"#));
    let heads = format!(
        "<office:document-styles><office:master-styles><style:master-page><style:header>{}</style:header></style:master-page></office:master-styles></office:document-styles>",
        p("head")
    );
    let body =
        [changes, list, &text, &table(&[&rows[0], &rows[1], &rows[2]]), "<text:h text:outline-level=\"1\">h</text:h>"]
            .concat();
    Package { stored: true, ..Package::odt(&body, styles).odf_part("styles.xml", &heads) }
}

/// Blocks, cells and bytes of text.
fn size(document: &Document) -> usize {
    let of = |blocks: &[Block]| -> usize {
        let text = |block: &Block| match block {
            Block::Paragraph(paragraph) => 1 + paragraph.printed().len(),
            Block::Table(_) => 1,
        };
        blocks.iter().map(text).sum()
    };
    let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    of(&document.blocks) + cells.map(|cell| 1 + of(&cell.blocks)).sum::<usize>()
}

/// What one mutant may come to: a digit more in a count of repetitions or blanks makes some.
const MOST: usize = 40_000;

fn survive(name: &str, seed: u64, file: &[u8]) -> bool {
    match ingest::read(file, &Limits { cells: 10_000, ..Limits::default() }) {
        Ok(document) => {
            assert!(size(&document) <= MOST, "{name} {seed}: {}", size(&document));
            let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
            for block in document.blocks.iter().chain(cells.flat_map(|cell| &cell.blocks)) {
                if let Block::Table(index) = block {
                    assert!(*index < document.tables.len(), "{name} {seed}: a table that is not there");
                }
            }
            document.tables.iter().for_each(|table| drop(table.grid()));
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{name} {seed}");
            false
        }
    }
}

fn run(name: &str, mutate: impl Fn(&Package, &mut Random) -> Vec<u8>) {
    let original = original();
    let read = (0..MUTANTS).filter(|&seed| survive(name, seed, &mutate(&original, &mut Random(seed)))).count();
    assert!(read as u64 > MUTANTS / 2, "{name}: only {read} could be read");
}

/// Damage to one of the parts.
fn with_part(package: &Package, name: &str, mutate: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut package = package.clone();
    let part = package.parts.iter_mut().find(|(known, _)| known == name).expect("the part");
    part.1 = mutate(&part.1);
    package.bytes()
}

#[test]
fn the_original_reads_whole() {
    let document = original().read();
    assert!(!document.partial);
    assert_eq!((document.tables.len(), document.asides.len()), (1, 2));
}

#[test]
fn archives_with_bytes_changed() {
    run("archive", |original, random| mutate::bytes(&original.bytes(), random));
}

#[test]
fn texts_with_bytes_changed() {
    run("bytes", |original, random| with_part(original, "content.xml", |part| mutate::bytes(part, random)));
}

#[test]
fn texts_with_tags_changed() {
    run("tags", |original, random| with_part(original, "content.xml", |part| mutate::tags(part, random)));
}

#[test]
fn styles_with_bytes_changed() {
    run("styles", |original, random| with_part(original, "styles.xml", |part| mutate::bytes(part, random)));
}
