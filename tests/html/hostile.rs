//! Hostile web pages: each is read or refused within seconds, in memory that its size explains.

#![allow(clippy::disallowed_methods, reason = "the clock is what is tested")]

use std::time::{Duration, Instant};

use gongkai::document::Document;
use gongkai::ingest::{self, Error, Limits};

/// More than any of these takes, by far less than what they would take unbounded.
const LONGEST: Duration = Duration::from_secs(60);

fn read(html: &str) -> Result<Document, Error> {
    let started = Instant::now();
    let result = ingest::read(html.as_bytes(), &Limits::default());
    let took = started.elapsed();
    assert!(took < LONGEST, "{took:?} for {} bytes: {}…", html.len(), &html[..60]);
    result
}

fn limit(html: &str) -> &'static str {
    match read(html) {
        Err(Error::Limit { name, .. }) => name,
        other => {
            panic!("expected a limit, found {:?} of {}…", other.map(|document| document.blocks.len()), &html[..60])
        }
    }
}

fn causes(document: &Document) -> Vec<&str> {
    document.findings.iter().filter_map(|finding| finding.details.get("cause")).map(String::as_str).collect()
}

#[test]
fn a_million_elements_deep() {
    for tag in ["<div>", "<table><tr><td>", "<ul><li>", "<template>", "<svg>", "<a><div>"] {
        assert_eq!(limit(&format!("<html>{}", tag.repeat(1_000_000))), "depth", "{tag}");
    }
}

#[test]
fn elements_that_end_the_one_before_them() {
    for tag in ["<b>", "<p>", "<a><p>", "<font a=1><p>", "<tr>", "<option>"] {
        match read(&format!("<html>{}", tag.repeat(100_000))) {
            Ok(_) | Err(Error::Limit { .. }) => {}
            Err(other) => panic!("{tag}: {other}"),
        }
    }
}

#[test]
fn formatting_that_is_opened_again_in_every_paragraph() {
    let fonts: String = (0..1000).map(|n| format!("<font a={n}>")).collect();
    let html = format!("<html><p>{fonts}{}", "<p>x".repeat(100_000));
    let few = Limits { nodes: 500_000, ..Limits::default() };
    assert!(matches!(ingest::read(html.as_bytes(), &few), Err(Error::Limit { name: "nodes", .. })));
}

#[test]
fn a_billion_columns_and_rows() {
    let html = format!("<html><table>{}</table>", "<tr><td colspan=1000000000 rowspan=1000000000>1".repeat(50_000));
    let document = read(&html).expect("a document");
    assert_eq!(document.tables[0].grid().columns(), 256);
    assert!(!document.findings.is_empty());
}

#[test]
fn a_million_tiny_tables() {
    let html = format!("<html>{}", "<table><tr><td>1</table>".repeat(1_000_000));
    let few = Limits { nodes: 500_000, ..Limits::default() };
    assert!(matches!(ingest::read(html.as_bytes(), &few), Err(Error::Limit { name: "nodes", .. })));
    let html = format!("<html>{}", "<table><tr><td>1</table>".repeat(30_000));
    assert_eq!(read(&html).expect("a document").tables.len(), 30_000);
}

#[test]
fn a_tag_of_a_million_attributes() {
    let names: String = (0..1_000_000).map(|n| format!(" a{n}")).collect();
    let slashed = names.replace(' ', "/");
    let quoted = names.replace(' ', "=\"<b>\"");
    let floods = [
        format!("<html><p>a</p><b{names}>x"),
        format!("<html><p>a</p><b{slashed}>x"),
        format!("<html><p>a</p><b c{quoted}>x"),
        format!("<html><p>a</p></b{names}>x"),
        format!("<html><p>a</p>&am<b{names}>x"),
        format!("<html><p>a</p><<b{names}>x"),
        format!("<html><p>a</p><b c=\"><!-- <script> &am\"{names}>x"),
        format!("<html><p>a</p><textarea></texta</textarea{names}>x"),
    ];
    for html in floods {
        let document = read(&html).expect("a document");
        assert!(document.partial, "{}", &html[..60]);
        assert!(causes(&document)[0].contains("attributes"), "{:?}", causes(&document));
    }
}

#[test]
fn long_comments_scripts_and_values_are_no_floods() {
    let words = "a b=c ".repeat(100_000);
    let html = format!(
        "<html><p>a</p><!-- {words} --><script>if (1 <b && {words}) 1</script><img src=\"{words}\"><!{words}><p>z</p></html>"
    );
    let document = read(&html).expect("a document");
    assert!(!document.partial, "{:?}", causes(&document));
    assert_eq!(document.blocks.len(), 2);
}

#[test]
fn floods_of_characters_entities_and_names() {
    let names: String = (0..100_000).map(|n| format!("<x{n}></x{n}>")).collect();
    let floods = [
        "&amp;".repeat(100_000),
        "&#x4e00".repeat(100_000),
        "&CounterClockwiseContourIntegra".repeat(50_000),
        "&".repeat(300_000),
        "<".repeat(300_000),
        "\0".repeat(100) + &"\r".repeat(1_000_000),
        "</p>".repeat(200_000),
        "</nosuch>".repeat(100_000),
        "<!".repeat(300_000),
        "<br>".repeat(300_000),
        "<style>".repeat(100_000),
        "<body a=1>".repeat(100_000),
        names,
    ];
    for flood in floods {
        let document = read(&format!("<html><p>a</p>{flood}")).expect("a document");
        assert!(!document.blocks.is_empty());
    }
}

#[test]
fn stray_text_in_tables_is_moved_out_in_time() {
    let html = format!("<html><table>{}", "x<b>y</b><tr>".repeat(50_000));
    read(&html).expect("a document");
    let html = format!("<html><table>{}", "<div>x</div>".repeat(50_000));
    read(&html).expect("a document");
}

#[test]
fn misnested_formatting_is_put_right_in_time() {
    for pair in ["<b><p></b>", "<a><div></a>", "<b><i></b></i><p>", "<table><a>1<tr><a>2</table></a>", "<nobr><p>"] {
        let html = format!("<html>{}", pair.repeat(50_000));
        match read(&html) {
            Ok(_) | Err(Error::Limit { .. }) => {}
            Err(other) => panic!("{pair}: {other}"),
        }
    }
}

#[test]
fn each_limit_is_named() {
    let limits = Limits { cells: 3, paragraphs: 3, depth: 20, nodes: 200, entries: 3, ..Limits::default() };
    let name = |html: &str| match ingest::read(html.as_bytes(), &limits) {
        Err(Error::Limit { name, .. }) => name,
        other => panic!("expected a limit, found {other:?}"),
    };
    assert_eq!(name("<table><tr><td>1<td>2<tr><td>3<td>4</table>"), "cells");
    assert_eq!(name(&"<p>a".repeat(4)), "paragraphs");
    assert_eq!(name(&"<div>".repeat(30)), "depth");
    assert_eq!(name(&"<p></p>".repeat(300)), "nodes");
    let parts = "--B\nContent-Type: text/css\n\nx\n".repeat(5);
    assert_eq!(
        name(&format!("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n{parts}--B--")),
        "entries"
    );
    assert!(ingest::read("<p>a".repeat(3).as_bytes(), &limits).is_ok());
    let small = Limits { part_bytes: 10, ..Limits::default() };
    assert!(ingest::read(b"<html><p>aaaaaaaaaaaa", &small).is_err());
}

#[test]
fn messages_within_messages() {
    let nested = "Content-Type: multipart/mixed; boundary=B\n\n--B\n".repeat(100_000);
    assert_eq!(limit(&format!("MIME-Version: 1.0\n{nested}")), "entries");
}

/// Nothing is as deep in calls as a page is in elements: building, walking, mapping, dropping.
#[test]
fn depth_needs_no_stack() {
    let pages = ["<div>", "<ul><li>", "<table><tr><td>", "<header><nav>", "<b><i><u>"].map(|open| {
        let times = 1_900 / (2 * open.matches('<').count());
        format!("<html>{}<p>一、总体情况</p>", open.repeat(times))
    });
    let on_a_small_stack = std::thread::Builder::new().stack_size(256 << 10).spawn(move || {
        for html in pages {
            let extraction = gongkai::extract(html.as_bytes(), &gongkai::Options::default()).expect("a page");
            assert_eq!(extraction.format, "html");
        }
    });
    on_a_small_stack.expect("a thread").join().expect("no overflow");
}

#[test]
fn spans_that_hang_from_everywhere_are_left_as_they_are() {
    let hanging = "<td rowspan=60000>x".repeat(20_000);
    let document = read(&format!("<table><tr>{hanging}{}</table>", "<tr><td>y".repeat(20_000))).expect("a page");
    assert!(document.findings.iter().all(|finding| finding.code.entry().name != "span_overrun"));
}

#[test]
fn style_sheets_and_scripts_without_end() {
    let rules: String = (0..200_000).map(|n| format!(".a{n}{{display:none}}")).collect();
    let nested = "@media x{".repeat(100_000);
    let few: String = (0..60).map(|n| format!(".a{n}{{display:none}}")).collect();
    let script = "a0 ".repeat(500_000);
    for (sheet, script) in
        [(rules.as_str(), "x"), (&nested, "x"), (&few, &script), ("/*".repeat(500_000).as_str(), "x")]
    {
        let html = format!("<style>{sheet}</style><script>{script}</script>{}", "<p class='a1 a2'>x".repeat(20_000));
        read(&html).expect("a page");
    }
}

#[test]
fn pages_held_without_end() {
    let text = "主动公开".repeat(30);
    let literals: String = (0..5_000).map(|n| format!("'<table><td>{n}{text}</table>',")).collect();
    let document = read(&format!("<html><script>{literals}</script>")).expect("a page");
    assert_eq!(document.tables.len(), 32);
    for script in ["'".repeat(1_000_000), "\\".repeat(1_000_000), "'<table\\u".repeat(100_000), "/".repeat(1_000_000)] {
        read(&format!("<html><script>{script}</script></html>")).expect("a page");
    }
}

#[test]
fn tables_of_roles_and_styles_a_million_deep() {
    let open = "<div role=table><div role=row><div role=cell>";
    assert_eq!(limit(&format!("<html>{}", open.repeat(300_000))), "depth");
    assert!(read(&format!("<html>{}", "<div role=table><div role=cell>".repeat(500))).is_ok());
}
