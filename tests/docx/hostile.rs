//! Broken and hostile Word files: what can be read is read, what is refused says why.

use crate::docx::{Builder, body, cells, codes, document_xml, p, plain, relations};
use gongkai::finding::Lang;
use gongkai::ingest::{self, Error, Limits};

fn limit_of(error: &Error) -> &'static str {
    match error {
        Error::Limit { name, .. } => name,
        other => panic!("expected a limit, found {other:?}"),
    }
}

/// The reason of the DOCX reader for refusing.
fn reason(bytes: &[u8]) -> String {
    (ingest::docx::READER.recognise)(bytes).expect_err("a refusal").of(Lang::En).to_owned()
}

fn cause(bytes: &[u8]) -> String {
    let document = ingest::read(bytes, &Limits::default()).expect("a partial document");
    assert!(document.partial);
    assert_eq!(codes(&document), ["partial_file"]);
    document.findings[0].details["cause"].clone()
}

/// The first word of a fixture's name is what must come of it.
#[test]
#[expect(clippy::disallowed_methods, reason = "fixtures are files")]
fn every_fixture_comes_out_as_its_name_says() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/docx");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&entry).expect("a file");
        let outcome = match ingest::read(&bytes, &Limits::default()) {
            Ok(document) if document.partial => "partial",
            Ok(_) => "read",
            Err(error) => error.name(),
        };
        assert_eq!(Some(outcome), name.split('-').next(), "{name}");
        seen += 1;
    }
    assert!(seen >= 10, "the fixtures are gone");
}

// ---- recognition ----

#[test]
fn refusals_are_precise() {
    let zip = |names: &[&str]| {
        let mut builder =
            Builder::of_main("x", b"<x/>".to_vec()).without("x").without("_rels/.rels").without("[Content_Types].xml");
        builder.parts.extend(names.iter().map(|name| ((*name).to_owned(), b"<x/>".to_vec())));
        builder.bytes()
    };
    assert_eq!(reason(&zip(&["a.txt"])), "a zip archive without a main document part");
    assert_eq!(reason(&zip(&["xl/workbook.xml"])), "an Excel workbook");
    assert_eq!(reason(&zip(&["ppt/presentation.xml"])), "a PowerPoint presentation");
    assert_eq!(reason(&zip(&["mimetype", "META-INF/manifest.xml"])), "an OpenDocument or EPUB file");
    assert_eq!(reason(b"plain text"), "neither a zip archive nor XML");
    assert_eq!(reason(b"<html/>"), "XML, but neither a flat package nor Word 2003");
    let flat = r#"<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>"#;
    assert_eq!(reason(flat.as_bytes()), "a flat package without a main document part");
}

/// An OLE container as far as recognition looks: the magic, and one directory entry.
fn ole(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(1024, 0);
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[512..512 + name.len()].copy_from_slice(&name);
    let length = u16::try_from(name.len() + 2).expect("short").to_le_bytes();
    bytes[576..578].copy_from_slice(&length);
    bytes
}

#[test]
fn ole_containers_are_told_apart() {
    assert_eq!(ingest::read(&ole("EncryptedPackage"), &Limits::default()), Err(Error::PasswordProtected));
    assert_eq!(reason(&ole("WordDocument")), "an old binary Word file");
    assert_eq!(reason(&ole("Workbook")), "an old binary Excel workbook");
    assert_eq!(reason(&ole("Contents")), "an OLE container without a Word document");
}

#[test]
fn a_binary_file_that_speaks_of_encryption_is_not_encrypted() {
    let mut bytes = ole("WordDocument");
    let words: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[800..800 + words.len()].copy_from_slice(&words);
    assert_eq!(reason(&bytes), "an old binary Word file");
}

// ---- damage ----

#[test]
fn xml_that_breaks_off_keeps_what_came_before() {
    let whole = document_xml(&(p("a") + &plain(&[&["1", "2"], &["3", "4"]]) + &p("z")));
    let cut = &whole[..whole.find(">4<").expect("the cell") + 2];
    let builder = Builder::of_main("word/document.xml", cut.as_bytes().to_vec());
    let document = builder.read();
    assert_eq!(body(&document), ["a", "[table 1]"]);
    assert_eq!(cells(&document.tables[0])[0], ["1", "2"]);
    assert_eq!(cells(&document.tables[0])[1][0], "3");
    let cause = cause(&builder.bytes());
    assert!(cause.starts_with(&format!("word/document.xml, byte {}", cut.len())), "{cause}");
}

#[test]
fn an_end_without_its_beginning_stops_there() {
    let document = Builder::new(&(p("a") + "</w:x>" + &p("b"))).read();
    assert_eq!(body(&document), ["a"]);
    assert!(document.partial);
}

#[test]
fn an_archive_cut_off_is_read_as_far_as_it_goes() {
    let text: String = (0..400).map(|at| p(&format!("段落{}", at * 7919 % 1000))).collect();
    let builder = Builder::new(&text);
    let whole = body(&builder.read());
    let bytes = builder.bytes();
    // The main part is the last and by far the largest.
    let cut = &bytes[..bytes.len() / 2];
    let document = ingest::read(cut, &Limits::default()).expect("a partial document");
    let read = body(&document);
    assert!(document.partial);
    assert!(read.len() > 50 && read.len() < 400, "{}", read.len());
    assert_eq!(read[..read.len() - 1], whole[..read.len() - 1]);
}

#[test]
fn a_wrong_checksum_is_said_and_the_text_kept() {
    let mut builder = Builder::new(&p("text"));
    builder.stored = true;
    let mut bytes = builder.bytes();
    let at = memchr::memmem::find(&bytes, b">text<").expect("the text") + 1;
    bytes[at] = b'T';
    assert_eq!(body(&ingest::read(&bytes, &Limits::default()).expect("a document")), ["Text"]);
    assert!(cause(&bytes).contains("checksum"), "{}", cause(&bytes));
}

#[test]
fn nothing_to_be_had_is_damage() {
    let error = Builder::of_main("word/document.xml", b"<w:document".to_vec()).refused(&Limits::default());
    assert_eq!(error.name(), "damaged");
    assert!(error.to_string().contains("word/document.xml, byte"), "{error}");
}

#[test]
fn a_broken_header_does_not_touch_the_body() {
    let document = Builder::new(&p("body")).part("header1.xml", &format!("<w:hdr>{}<w:p>", p("head"))).read();
    assert_eq!(body(&document), ["body"]);
    assert_eq!(document.asides[0].text, "head\n");
    assert!(document.findings[0].details["cause"].starts_with("word/header1.xml"));
}

#[test]
fn misplaced_table_parts_lose_nothing() {
    let document = Builder::new(&format!(
        "<w:tc>{}</w:tc><w:tr>{}</w:tr><w:tbl>{}<w:tc>{}</w:tc><w:tr>{}</w:tr></w:tbl>",
        p("1"),
        p("2"),
        p("3"),
        p("4"),
        p("5")
    ))
    .read();
    assert_eq!(body(&document), ["1", "2", "[table 1]", "3", "5"]);
    assert_eq!(cells(&document.tables[0]), [vec!["4".to_owned()], Vec::new()]);
}

// ---- limits ----

#[test]
fn each_limit_is_named() {
    let limits = Limits { cells: 3, paragraphs: 6, depth: 20, entries: 4, ..Limits::default() };
    assert_eq!(limit_of(&Builder::new(&plain(&[&["1", "2"], &["3", "4"]])).refused(&limits)), "cells");
    assert_eq!(limit_of(&Builder::new(&p("a").repeat(7)).refused(&limits)), "paragraphs");
    assert_eq!(limit_of(&Builder::new(&("<w:sdt>".repeat(19) + &"</w:sdt>".repeat(19))).refused(&limits)), "depth");
    assert_eq!(limit_of(&Builder::new("").raw("a", b"").raw("b", b"").refused(&limits)), "entries");
    assert!(ingest::read(&Builder::new(&p("a").repeat(6)).bytes(), &limits).is_ok());
    let small = Limits { part_bytes: 2_000_000, ..Limits::default() };
    // Figures that do not repeat, so that the ratio is no matter.
    let mut seed = 1_u64;
    let figures: String = (0..150_000)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            format!("{:016x}", seed)
        })
        .collect();
    assert_eq!(limit_of(&Builder::new(&p(&figures)).refused(&small)), "part_bytes");
    assert_eq!(limit_of(&Builder::new(&p(&"0".repeat(3_000_000))).refused(&Limits::default())), "ratio");
}

#[test]
fn a_small_part_may_pack_as_well_as_it_likes() {
    let document = Builder::new(&p(&"0".repeat(900_000))).read();
    assert_eq!(body(&document)[0].len(), 900_000);
}

#[test]
fn entities_are_not_expanded() {
    let xml = document_xml(&p("a&b;c")).replacen("<w:document", "<!DOCTYPE x [<!ENTITY b \"bomb\">]><w:document", 1);
    assert_eq!(body(&Builder::of_main("word/document.xml", xml.into_bytes()).read()), ["a&b;c"]);
}

#[test]
fn patterns_and_styles_cannot_be_used_to_grow_text() {
    let numbering = format!(
        r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4294967295"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="{}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#,
        "%1".repeat(10_000)
    );
    let item = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>"#.repeat(3);
    let document = Builder::new(&item).part("numbering.xml", &numbering).read();
    assert!(body(&document).iter().all(|line| line == &"4294967295".repeat(32)));
}

#[test]
fn a_part_is_read_once_however_often_it_is_referred_to() {
    let notes = |count: usize| (0..count).map(|at| format!("<w:comment>{}</w:comment>", p(&at.to_string())));
    let comments = format!("<w:comments>{}</w:comments>", notes(20_000).collect::<String>());
    let spelled = ["comments.xml", "Comments.xml", "/word/COMMENTS.xml", "../word/comments.xml"];
    let list: Vec<(&str, &str)> = (0..20_000).map(|at| ("comments", spelled[at % spelled.len()])).collect();
    let file = Builder::new(&p("文")).part("comments.xml", &comments);
    let document = file.raw("word/_rels/document.xml.rels", relations(&list).as_bytes()).read();
    // Read anew for each reference, this would take hours.
    assert_eq!(document.asides.len(), 20_000);
}
