//! Hostile files: each is read or refused within seconds, in memory that its size explains.

#![allow(clippy::disallowed_methods, reason = "the clock is what is tested")]

use std::time::{Duration, Instant};

use gongkai::document::Document;
use gongkai::ingest::{self, Error, Limits};

use super::HEAD;

/// More than any of these takes, by far less than what they would take unbounded.
const LONGEST: Duration = Duration::from_secs(60);

fn read_within(body: &str, limits: &Limits) -> Result<Document, Error> {
    let file = format!("{HEAD}{body}");
    let started = Instant::now();
    let result = ingest::read(file.as_bytes(), limits);
    let took = started.elapsed();
    assert!(took < LONGEST, "{took:?} for {} bytes: {}…", file.len(), &body[..60.min(body.len())]);
    result
}

fn read(body: &str) -> Result<Document, Error> {
    read_within(body, &Limits::default())
}

fn limit(body: &str, limits: &Limits) -> &'static str {
    match read_within(body, limits) {
        Err(Error::Limit { name, .. }) => name,
        other => {
            panic!("expected a limit, found {:?} of {}…", other.map(|document| document.blocks.len()), &body[..30])
        }
    }
}

#[test]
fn a_million_groups_deep() {
    let usual = Limits::default();
    for open in ["{", "{\\b ", "{\\shptxt ", "{\\footnote ", "{\\*\\fldinst ", "{\\fonttbl ", "{\\listtext ", "{\\upr "]
    {
        assert_eq!(limit(&open.repeat(1_000_000), &usual), "depth", "{open}");
    }
    // Skipped groups cost nothing.
    let skipped = format!("a\\par{{\\pict {}{}}}b\\par}}", "{".repeat(1_000_000), "}".repeat(1_000_000));
    assert_eq!(read(&skipped).expect("a document").blocks.len(), 2);
    assert!(read(&format!("a\\par{{\\pict {}", "{".repeat(1_000_000))).expect("a document").partial);
}

#[test]
fn a_million_closing_braces() {
    let document = read(&format!("a\\par{}b\\par", "}".repeat(1_000_000))).expect("a document");
    assert_eq!((document.blocks.len(), document.partial), (2, true));
}

#[test]
fn rows_that_share_a_long_definition() {
    let edges: String = (0..20_000).map(|at| format!("\\cellx{at}")).collect();
    let body = format!("\\trowd{edges}\\intbl {}}}", "1\\cell\\row".repeat(100_000));
    let document = read(&body).expect("a document");
    assert_eq!(document.tables[0].rows.len(), 100_000);
}

#[test]
fn definitions_without_cells_and_cells_without_definitions() {
    for body in [
        "\\trowd\\cellx1",
        "\\trowd",
        "\\cellx1",
        "\\row",
        "\\nestrow",
        "\\clmrg\\cellx5",
        "\\cell",
        "\\nestcell\\itap3",
    ] {
        match read(&format!("\\intbl {}x\\par}}", body.repeat(200_000))) {
            Ok(_) | Err(Error::Limit { .. }) => {}
            Err(other) => panic!("{body}: {other}"),
        }
    }
}

#[test]
fn edges_out_of_all_bounds() {
    let body =
        "\\trowd\\trleft-99999999999\\cellx99999999999\\cellx-99999999999\\cellx0\\intbl a\\cell b\\cell c\\cell\\row";
    let document = read(&format!("{body}\\pard\\itap-5 x\\par\\itap99999999999 y\\par}}")).expect("a document");
    assert!(!document.tables.is_empty());
    document.tables.iter().for_each(|table| drop(table.grid()));
}

#[test]
fn tables_that_open_and_close_with_every_paragraph() {
    let few = Limits { cells: 10_000, ..Limits::default() };
    assert_eq!(limit(&"\\itap32\\par\\itap0\\par".repeat(100_000), &few), "cells");
}

#[test]
fn each_limit_is_named() {
    let limits = Limits { cells: 3, paragraphs: 5, depth: 4, ..Limits::default() };
    assert_eq!(limit("\\intbl a\\cell b\\cell c\\cell d\\cell\\row", &limits), "cells");
    assert_eq!(limit(&"a\\par ".repeat(6), &limits), "paragraphs");
    assert_eq!(limit("{{{{{{a\\par", &limits), "depth");
    assert!(read_within("a\\par b\\par}", &limits).is_ok());
}

#[test]
fn floods_of_words_bytes_and_lists() {
    let lists: String =
        (0..100_000).map(|at| format!("{{\\list{{\\listlevel{{\\leveltext\\'01\\'00;}}}}\\listid{at}}}")).collect();
    let fonts: String = (0..100_000).map(|at| format!("{{\\f{at}\\fcharset134 x;}}")).collect();
    let styles: String = (0..100_000).map(|at| format!("{{\\s{at}\\sbasedon{} x;}}\\s{at}", at + 1)).collect();
    let floods = [
        "\\'d5".repeat(1_000_000),
        "\\u-10179 ".repeat(500_000),
        "\\u25919\\uc99999999999 ".repeat(300_000),
        "\\f15 \\'fe".repeat(300_000),
        "\\b\\b0".repeat(500_000),
        "{\\upr{a}{\\*\\ud b}}".repeat(100_000),
        "{\\header x\\par}".repeat(100_000),
        "{\\listtext 1.}".repeat(200_000),
        "{\\field{\\*\\fldinst SYMBOL 254 \\\\f Wingdings}{\\fldrslt}}".repeat(50_000),
        format!("{{\\*\\listtable{lists}}}"),
        format!("{{\\fonttbl{fonts}}}"),
        format!("{{\\stylesheet{styles}}}"),
        "{\\*\\listoverridetable{\\listoverride\\listid1\\ls1}}{\\*\\listtable{\\list{\\listlevel{\\leveltext\\'3c\\'00\\'00\\'00\\'00;}}\\listid1}}\\ls1"
            .to_owned()
            + &"\\par".repeat(200_000),
    ];
    for flood in floods {
        match read(&format!("a\\par {flood}\\par}}")) {
            Ok(document) => assert!(!document.blocks.is_empty()),
            Err(Error::Limit { .. }) => {}
            Err(other) => panic!("{other} of {}…", &flood[..30]),
        }
    }
}

/// Nothing is as deep in calls as a file is in groups: reading, mapping, dropping.
#[test]
fn depth_needs_no_stack() {
    let files = ["{\\b ", "{\\shptxt a\\par", "{\\footnote a\\par ", "{\\*\\shppict "]
        .map(|open| format!("{HEAD}x\\par {}一、总体情况\\par \\intbl\\itap32 x\\par", open.repeat(1_900)));
    let on_a_small_stack = std::thread::Builder::new().stack_size(256 << 10).spawn(move || {
        for file in files {
            let extraction = gongkai::extract(file.as_bytes(), &gongkai::Options::default()).expect("a file");
            assert_eq!(extraction.format, "rtf");
        }
    });
    on_a_small_stack.expect("a thread").join().expect("no overflow");
}
