//! Hostile workbooks: each is read or refused soon, in memory that its size explains.

use std::time::{Duration, Instant};

use gongkai::document::Document;
use gongkai::ingest::{self, Error, Limits};

use crate::package::{Package, cell};
use crate::view::grid;

/// More than any of these takes, by far less than what they would take unbounded.
const LONGEST: Duration = Duration::from_secs(60);

fn read(package: &Package) -> Result<Document, Error> {
    let bytes = package.bytes();
    let started = Instant::now();
    let result = ingest::read(&bytes, &Limits::default());
    let took = started.elapsed();
    assert!(took < LONGEST, "{took:?} for {} bytes", bytes.len());
    result
}

fn sheet(body: &str) -> Package {
    Package::xlsx(&[("Sheet1", "", body)])
}

fn inline(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn cells_in_the_farthest_corners() {
    let corners = format!(
        "<sheetData><row r=\"1\">{}{}</row><row r=\"1048576\">{}{}</row></sheetData>",
        inline("A1", "a"),
        inline("XFD1", "b"),
        inline("A1048576", "c"),
        inline("XFD1048576", "d")
    );
    let document = read(&sheet(&corners)).expect("read");
    assert_eq!(document.tables.len(), 2);
    // A grid has 256 columns; what lies beyond is cut, and said to be.
    assert!(document.findings.iter().any(|finding| finding.code.entry().name == "span_clamped"));
}

#[test]
fn rows_as_wide_as_a_sheet_are_refused_by_their_cells() {
    let rows: String = (1..300)
        .map(|row| {
            format!("<row r=\"{row}\">{}{}</row>", inline(&format!("A{row}"), "a"), inline(&format!("XFD{row}"), "b"))
        })
        .collect();
    let error = read(&sheet(&format!("<sheetData>{rows}</sheetData>"))).expect_err("refused");
    assert!(matches!(error, Error::Limit { name: "cells", .. }), "{error}");
}

#[test]
fn sizes_that_are_only_declared() {
    let dimension = r#"<dimension ref="XFD1048576:A1"/>"#;
    let cells =
        format!("{dimension}<sheetData><row r=\"1\">{}{}</row></sheetData>", inline("A1", "a"), inline("B1", "b"));
    let strings = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="99999999999999"><si><t>x</t></si></sst>"#;
    let document = read(&sheet(&cells).part("xl/sharedStrings.xml", strings)).expect("read");
    assert_eq!(grid(&document.tables[0]), ["a b"]);
}

#[test]
fn places_whose_numbers_wrap_around_are_nobody_elses() {
    // In 32 bits seven letters, or ten digits, may come out as the place of another cell.
    for place in ["MWLQKWV1", "AAAAAAAAAAAAB1", "A4294967298", "A99999999999999"] {
        let row = format!(r#"<row r="1">{}{}{}</row>"#, inline("A1", "1"), inline("B1", "2"), inline(place, "3"));
        let document = read(&sheet(&format!("<sheetData>{row}</sheetData>"))).expect("read");
        assert_eq!(grid(&document.tables[0]), ["1 2"], "{place}");
        assert!(document.findings.iter().any(|finding| finding.code.entry().name == "partial_file"), "{place}");
    }
}

#[test]
fn a_hundred_thousand_merged_cells() {
    let mut regions = String::new();
    for at in 1..50_000 {
        regions.push_str(&format!(r#"<mergeCell ref="A{at}:XFD{}"/><mergeCell ref="C{at}:D{at}"/>"#, at + 1));
    }
    let body = format!(
        "<sheetData><row r=\"1\">{}{}</row></sheetData><mergeCells>{regions}</mergeCells>",
        inline("A1", "a"),
        inline("B1", "b")
    );
    match read(&sheet(&body)) {
        Ok(_) | Err(Error::Limit { .. }) => {}
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn opendocument_that_repeats_without_end() {
    let huge = 4_000_000_000_u32;
    let wide = cell(&format!(r#"table:number-columns-repeated="{huge}""#), "0");
    let deep = |cells: &str| {
        format!(
            r#"<table:table><table:table-row table:number-rows-repeated="{huge}">{cells}</table:table-row></table:table>"#
        )
    };
    for tables in [deep(&wide), deep(&cell("", "0").repeat(4))] {
        let error = read(&Package::ods(&tables, "")).expect_err("refused");
        assert!(matches!(error, Error::Limit { name: "cells", .. }), "{error}");
    }
    let border = r#"<style:style style:name="B" style:family="table-cell"><style:table-cell-properties fo:border="1pt"/></style:style>"#;
    let blank = format!(r#"<table:table-cell table:style-name="B" table:number-columns-repeated="{huge}"/>"#);
    let document = read(&Package::ods(&(deep(&blank) + &deep(&cell("", "x"))), border));
    assert!(document.is_err());
    let filled = format!(
        "<table:table><table:table-row>{}{}{blank}</table:table-row>{}",
        cell("", "a"),
        cell("", "b"),
        &deep(&blank)["<table:table>".len()..]
    );
    let document = read(&Package::ods(&filled, border)).expect("read");
    assert_eq!(document.tables[0].rows.len(), 1);
}

#[test]
fn depth_and_bombs() {
    let deep = "<table:table><table:table-row><table:table-cell>".repeat(300_000);
    let error = read(&Package::ods(&deep, "")).expect_err("refused");
    assert!(matches!(error, Error::Limit { name: "depth", .. }), "{error}");
    let error = read(&sheet(&" ".repeat(60 << 20))).expect_err("refused");
    assert!(matches!(error, Error::Limit { name: "ratio", .. }), "{error}");
    let error = read(&sheet(&"<a>".repeat(300_000))).expect_err("refused");
    assert_eq!(error.name(), "damaged", "{error}");
}

#[test]
fn parts_that_say_nothing_of_what_they_should() {
    let whole = sheet("<sheetData/>");
    for name in [
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
        "[Content_Types].xml",
        "_rels/.rels",
    ] {
        for text in ["", "<", "<a/>", "\u{0}", "<workbook><sheets><sheet/></sheets></workbook>"] {
            let result = read(&whole.clone().part(name, text));
            if let Err(error) = result {
                assert!(!error.to_string().is_empty(), "{name}: {text}");
            }
        }
    }
}
