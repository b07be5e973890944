//! Workbooks of Excel 97 record by record: what is read of them, and what is not trusted.

use gongkai::document::Document;
use gongkai::ingest::{self, Error, Limits};

use crate::view::{body, cells, codes, grid};

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short").to_le_bytes();
    [&kind.to_le_bytes()[..], &length, data].concat()
}

fn words(list: &[u16]) -> Vec<u8> {
    list.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A text as a cell holds it: its length, a flag, its characters in two bytes.
fn text(text: &str) -> Vec<u8> {
    let wide: Vec<u16> = text.encode_utf16().collect();
    [&words(&[wide.len() as u16])[..], &[1], &words(&wide)].concat()
}

fn label(row: u16, column: u16, shown: &str) -> Vec<u8> {
    record(0x0204, &[words(&[row, column, 0]), text(shown)].concat())
}

fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[&words(&[row, column, 0])[..], &value.to_le_bytes()].concat())
}

fn begin(kind: u16) -> Vec<u8> {
    record(0x0809, &words(&[0x0600, kind, 0, 0, 0, 0, 0, 0]))
}

/// A look of cells, with a border or without.
fn look(border: bool) -> Vec<u8> {
    let mut data = vec![0; 20];
    data[10] = if border { 0x11 } else { 0 };
    record(0x00e0, &data)
}

/// A stream of a workbook with one sheet.
fn workbook(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    let entry = |place: u32| record(0x0085, &[&place.to_le_bytes()[..], &[0, 0, 2, 0][..], b"S1"].concat());
    let head =
        |place: u32| [begin(5), globals.concat(), look(false), look(true), entry(place), record(0x000a, &[])].concat();
    let place = u32::try_from(head(0).len()).expect("short");
    [head(place), begin(0x10), sheet.concat(), record(0x000a, &[])].concat()
}

fn read(stream: &[u8]) -> Document {
    ingest::read(stream, &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn cells_of_every_kind() {
    let short = |row, column, value: i32| {
        record(0x027e, &[&words(&[row, column, 0])[..], &(value << 2 | 2).to_le_bytes()].concat())
    };
    let many = record(
        0x00bd,
        &[
            words(&[1, 0, 0]),
            (5_i32 << 2 | 2).to_le_bytes().to_vec(),
            words(&[0]),
            (6_i32 << 2 | 2).to_le_bytes().to_vec(),
            words(&[1]),
        ]
        .concat(),
    );
    let switch = record(0x0205, &[&words(&[0, 3, 0])[..], &[1, 0]].concat());
    let error = record(0x0205, &[&words(&[0, 4, 0])[..], &[0x17, 1]].concat());
    let sheet = [
        label(0, 0, "规章"),
        number(0, 1, "59237.244899999998".parse().expect("a number")),
        short(0, 2, -35),
        switch,
        error,
        many,
    ];
    let document = read(&workbook(&[], &sheet));
    assert_eq!(
        cells(&document.tables[0]),
        vec![vec!["规章", "59237.2449", "-35", "TRUE", "#REF!"], vec!["5", "6", "", "", ""]]
    );
    assert_eq!(document.variant.as_deref(), Some("XLS, 1 sheet"));
}

#[test]
fn formulas_are_their_results() {
    let formula =
        |column: u16, result: [u8; 8]| record(0x0006, &[&words(&[0, column, 0])[..], &result, &[0; 8]].concat());
    let sheet = [
        formula(0, 41.0_f64.to_le_bytes()),
        formula(1, [0, 0, 0, 0, 0, 0, 0xff, 0xff]),
        record(0x0207, &text("结果")),
        formula(2, [1, 0, 1, 0, 0, 0, 0xff, 0xff]),
        formula(3, [2, 0, 0x07, 0, 0, 0, 0xff, 0xff]),
        formula(4, [3, 0, 0, 0, 0, 0, 0xff, 0xff]),
        label(0, 5, "x"),
    ];
    assert_eq!(cells(&read(&workbook(&[], &sheet)).tables[0]), [["41", "结果", "TRUE", "#DIV/0!", "", "x"]]);
}

#[test]
fn borders_and_merged_cells() {
    let blanks = record(0x00be, &words(&[1, 1, 1, 1, 2]));
    let bare = record(0x0201, &words(&[1, 3, 0]));
    let merges = record(0x00e5, &words(&[2, 0, 0, 1, 2, 9, 3, 0, 0]));
    let sheet = [label(0, 0, "a"), label(0, 1, "b"), label(0, 2, "no"), label(1, 0, "规章"), blanks, bare, merges];
    let document = read(&workbook(&[], &sheet));
    // The second region ends before it begins.
    assert_eq!(grid(&document.tables[0]), ["a b b", "规章  "]);
}

#[test]
fn charts_within_a_sheet_are_no_cells() {
    let sheet = [label(0, 0, "a"), begin(0x20), label(0, 0, "no"), record(0x000a, &[]), label(0, 1, "b")];
    assert_eq!(cells(&read(&workbook(&[], &sheet)).tables[0]), [["a", "b"]]);
}

#[test]
fn encrypted_workbooks_are_named() {
    for pass in [words(&[1, 1, 1]), words(&[0, 0x1234, 0x5678])] {
        let stream = workbook(&[record(0x002f, &pass)], &[label(0, 0, "a")]);
        assert_eq!(ingest::read(&stream, &Limits::default()), Err(Error::PasswordProtected));
    }
}

#[test]
fn sizes_and_places_are_not_trusted() {
    // Dimensions of four billion rows, a sheet beyond the end, cells in the farthest corners.
    let dimensions = record(0x0200, &[&[0xff; 8][..], &[0, 0, 0xff, 0xff, 0, 0]].concat());
    assert_eq!(cells(&read(&workbook(&[], &[dimensions, label(0, 0, "a"), label(0, 1, "b")])).tables[0]), [["a", "b"]]);
    let corners = [label(0, 0, "a"), label(65_535, 65_535, "b")];
    assert!(matches!(
        ingest::read(&workbook(&[], &corners), &Limits::default()),
        Err(Error::Limit { name: "cells", .. })
    ));
    let mut beyond = workbook(&[], &[label(0, 0, "a")]);
    let entry = beyond.windows(2).position(|pair| pair == [0x85, 0]).expect("the sheet") + 4;
    beyond[entry..entry + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    match ingest::read(&beyond, &Limits::default()) {
        Ok(document) => assert!(document.partial),
        Err(error) => assert_eq!(error.name(), "damaged"),
    }
}

#[test]
fn a_stream_that_breaks_off_is_read_so_far() {
    let whole = workbook(&[], &[label(0, 0, "a"), label(0, 1, "b"), label(1, 0, "c"), label(1, 1, "d")]);
    let document = read(&whole[..whole.len() - 10]);
    assert_eq!(codes(&document), ["partial_file"]);
    assert_eq!(grid(&document.tables[0]), ["a b"]);
    assert_eq!(body(&document), ["S1", "[table 1]", "c"]);
}
