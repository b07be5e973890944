//! Hostile and broken OpenDocument texts: each is read or refused soon, in memory that its size explains.

use std::time::{Duration, Instant};

use gongkai::document::Document;
use gongkai::ingest::{self, Error, Limits};

use crate::package::{Package, cell, content, flat, p, row, table};
use crate::view::{body, codes, grid};

/// More than any of these takes, by far less than what they would take unbounded.
const LONGEST: Duration = Duration::from_secs(30);

fn read(bytes: &[u8]) -> Result<Document, Error> {
    let started = Instant::now();
    let result = ingest::read(bytes, &Limits::default());
    let took = started.elapsed();
    assert!(took < LONGEST, "{took:?} for {} bytes", bytes.len());
    result
}

fn text(body: &str) -> Result<Document, Error> {
    read(flat("text", "application/vnd.oasis.opendocument.text", body).as_bytes())
}

#[track_caller]
fn limit(body: &str) -> &'static str {
    match text(body) {
        Err(Error::Limit { name, .. }) => name,
        other => panic!("expected a limit, found {:?}", other.map(|document| document.blocks.len())),
    }
}

#[test]
fn a_million_elements_deep() {
    for tag in [
        "<text:section>",
        "<text:p><text:span>",
        "<table:table><table:table-row><table:table-cell>",
        "<text:list><text:list-item>",
        "<draw:g>",
        "<office:x>",
    ] {
        assert_eq!(limit(&tag.repeat(500_000)), "depth", "{tag}");
    }
}

#[test]
fn a_thousand_notes_and_boxes_in_one_another() {
    for tag in ["<text:p><draw:text-box>", "<text:p><text:note><text:note-body>", "<text:p><draw:rect>"] {
        let document = text(&tag.repeat(300)).expect("what can be read");
        assert!(document.partial);
    }
}

#[test]
fn a_billion_columns_and_rows() {
    let huge = 4_000_000_000_u32;
    let spans = format!(r#"table:number-columns-spanned="{huge}" table:number-rows-spanned="{huge}""#);
    let document = text(&table(&[&row(&[&cell(&spans, "x"), &cell("", "y")]), &row(&[&cell("", "z")])])).expect("read");
    assert_eq!(codes(&document), ["span_clamped"]);
    // Repeated cells are cut to what a grid can hold, repeated rows to what a document may hold.
    let wide = format!(r#"table:number-columns-repeated="{huge}""#);
    let document = text(&table(&[&row(&[&cell(&wide, "0")])])).expect("read");
    assert!(document.tables[0].rows[0].cells.len() <= 1024);
    let covered = format!(r#"<table:covered-table-cell table:number-columns-repeated="{huge}"/>"#);
    let document = text(&table(&[&row(&[&covered, &cell("", "x")])])).expect("read");
    assert!(document.tables[0].rows[0].cells.len() <= 1025);
    let deep = format!(r#"<table:table-row table:number-rows-repeated="{huge}">{}</table:table-row>"#, cell("", "0"));
    let document = text(&(table(&[&deep]) + &p("after")));
    assert!(
        matches!(document, Err(Error::Limit { name: "cells", .. })),
        "{:?}",
        document.map(|document| document.tables.len())
    );
}

#[test]
fn blanks_without_end() {
    let many = r#"<text:s text:c="4000000000"/>"#.repeat(10);
    let document = text(&p(&format!("a{many}b"))).expect("read");
    assert_eq!(body(&document)[0].len(), 2 + 10 * 1000);
}

#[test]
fn lists_and_styles_that_refer_to_themselves() {
    let styles = r#"<style:style style:name="A" style:family="paragraph" style:parent-style-name="B"/><style:style style:name="B" style:family="paragraph" style:parent-style-name="A"/><text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" text:start-value="4294967295" text:display-levels="4294967295"/><text:list-level-style-number text:level="4294967295" style:num-format="1"/></text:list-style>"#;
    let list = r#"<text:list xml:id="a" text:continue-list="a" text:style-name="L"><text:list-item><text:p text:style-name="A">x</text:p></text:list-item><text:list-item><text:p>y</text:p></text:list-item></text:list>"#;
    let document = read(&Package::odt(list, styles).bytes()).expect("read");
    assert_eq!(body(&document), ["4294967295x", "4294967295y"]);
}

#[test]
fn tables_nested_too_deep_are_text() {
    let depth = 40;
    let open = "<table:table><table:table-row><table:table-cell>".repeat(depth);
    let close = "</table:table-cell></table:table-row></table:table>".repeat(depth);
    let document = text(&format!("{open}{}{close}{}", p("in"), p("after"))).expect("read");
    assert_eq!(codes(&document), ["nesting_flattened"]);
    assert_eq!(document.tables.len(), Limits::default().nested_tables);
    assert_eq!(body(&document), ["[table 1]", "after"]);
}

#[test]
fn too_many_paragraphs_and_cells() {
    let few = Limits { paragraphs: 10, cells: 10, ..Limits::default() };
    let name = |body: &str| match Package::odt(body, "").refused(&few) {
        Error::Limit { name, .. } => name,
        other => panic!("{other}"),
    };
    assert_eq!(name(&p("x").repeat(11)), "paragraphs");
    assert_eq!(name(&table(&[&row(&["<table:table-cell/>"; 11])])), "cells");
    assert_eq!(name(&table(&[&row(&[r#"<table:table-cell table:number-columns-repeated="11"/>"#])])), "cells");
}

#[test]
fn a_bomb_is_refused_by_its_ratio() {
    let package = Package::odt(&" ".repeat(60 << 20), "");
    assert!(matches!(package.refused(&Limits::default()), Error::Limit { name: "ratio", .. }));
}

#[test]
fn what_was_read_before_a_break_is_kept() {
    let whole = content(
        "text",
        &(p("a") + &table(&[&row(&[&cell("", "1"), &cell("", "2")]), &row(&[&cell("", "3")])]) + &p("b")),
        "",
    );
    for (end, expected) in [("<text:p>3", vec!["a", "[table 1]"]), ("<text:p>b", vec!["a", "[table 1]", ""])] {
        let at = whole.find(end).expect("a place") + "<text:p>".len();
        let document = Package::odt("", "").part("content.xml", &whole[..at]).read();
        assert!(document.partial);
        assert_eq!(codes(&document), ["partial_file"]);
        assert_eq!(body(&document), expected);
    }
    let cut = whole.replace("</table:table-row>", "</table:table-cell>");
    let document = Package::odt("", "").part("content.xml", &cut).read();
    assert_eq!(grid(&document.tables[0]), ["1 2"]);
}

#[test]
fn a_lost_directory_and_a_lost_end() {
    let bytes = Package::odt(&p("a"), "").bytes();
    let document = read(&bytes[..bytes.len() - 30]).expect("the wreck");
    assert!(document.partial);
    assert_eq!(body(&document), ["a"]);
}

#[test]
fn text_that_is_not_utf8_is_read_with_marks() {
    let mut package = Package::odt(&p("一X二"), "");
    let content = &mut package.parts[1].1;
    let at = content.iter().position(|&byte| byte == b'X').expect("X");
    content[at] = 0xff;
    let document = package.read();
    assert_eq!(body(&document), ["一\u{fffd}二"]);
    assert_eq!(codes(&document), ["undecodable_text"]);
}

#[test]
fn utf16_is_read() {
    let mut package = Package::odt(&p("一"), "");
    let text = String::from_utf8(package.parts[1].1.clone()).expect("UTF-8").replace("UTF-8", "UTF-16");
    package.parts[1].1 = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(body(&package.read()), ["一"]);
}

#[test]
fn nothing_to_read_is_damage() {
    for package in [Package::odt("", "").part("content.xml", ""), Package::odt("", "").part("content.xml", "<a/>")] {
        let error = package.refused(&Limits::default());
        assert_eq!(error.name(), "damaged", "{error}");
    }
    let mut empty = Package::odt("", "");
    empty.parts.truncate(1);
    assert!(empty.refused(&Limits::default()).to_string().contains("content.xml is not there"));
}
