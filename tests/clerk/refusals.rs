//! Files that take no comments: each says why, in both languages, and what to do instead.

use gongkai::annotate::AnnotateError;
use gongkai::document::Obstacle;
use gongkai::finding::{Lang, Words};
use gongkai::ingest::{Limits, anatomy};

use crate::cases::case_of;
use crate::docx::{Builder, document_xml, p, relations};

fn refused(bytes: &[u8]) -> Obstacle {
    anatomy(bytes, &Limits::default()).expect("readable").expect_err("refused")
}

#[test]
fn other_formats_are_told_apart() {
    let text = "示例县人民政府2021年政府信息公开工作年度报告\n";
    assert_eq!(refused(text.as_bytes()), Obstacle::Format);
    assert_eq!(refused(b"{\\rtf1 x}"), Obstacle::Format);
    let flat = include_bytes!("../../samples/docx-flat-2021/input.docx");
    assert_eq!(refused(flat), Obstacle::SingleFile);
}

#[test]
fn a_body_that_is_no_utf8_is_named() {
    let sample = include_bytes!("../../samples/docx-strict-2021/input.docx");
    assert_eq!(refused(sample), Obstacle::Encoding("word/report7.xml".to_owned()));
    let types = "[Content_Types].xml";
    let utf16: Vec<u8> = "\u{feff}<Types/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = Builder::new(&p("甲")).without(types).raw(types, &utf16).bytes();
    assert_eq!(refused(&bytes), Obstacle::Encoding(types.to_owned()));
}

#[test]
fn damaged_files_are_left_alone() {
    let xml = document_xml(&p("甲").repeat(20));
    let cut = Builder::of_main("word/document.xml", xml.as_bytes()[..xml.len() - 40].to_vec()).bytes();
    assert!(matches!(refused(&cut), Obstacle::Damaged(_)));
    let whole = case_of("sums-2021").bytes;
    assert!(matches!(refused(&whole[..whole.len() - 100]), Obstacle::Damaged(_)), "a wreck of an archive");
    let types = Builder::new(&p("甲")).without("[Content_Types].xml").bytes();
    assert!(matches!(refused(&types), Obstacle::Damaged(_)), "no list of types");
    let broken = Builder::new(&p("甲")).raw("word/_rels/document.xml.rels", b"<Relationships><a>").bytes();
    assert!(matches!(refused(&broken), Obstacle::Damaged(_)), "relationships that break off");
    let comments = relations(&[("comments", "comments.xml")]);
    let builder = Builder::new(&p("甲")).raw("word/_rels/document.xml.rels", comments.as_bytes());
    let bytes = builder.raw("word/comments.xml", b"<w:comments><w:comment>").bytes();
    assert!(matches!(refused(&bytes), Obstacle::Damaged(_)), "comments that break off");
}

#[test]
fn a_file_without_paragraphs_has_no_place() {
    assert_eq!(refused(&Builder::new("").bytes()), Obstacle::Empty);
}

#[test]
fn every_refusal_says_what_to_do_in_both_languages() {
    let obstacles = [
        Obstacle::Format,
        Obstacle::SingleFile,
        Obstacle::Damaged(Words::new("cut", "截断")),
        Obstacle::Encoding("word/document.xml".to_owned()),
        Obstacle::Empty,
    ];
    let mut names = std::collections::BTreeSet::new();
    for error in obstacles.map(AnnotateError::Obstacle).into_iter().chain([AnnotateError::Container("x".to_owned())]) {
        assert!(names.insert(error.name()), "{}", error.name());
        assert!(error.message(Lang::En).contains("; "), "{error}");
        assert!(error.message(Lang::Zh).contains('；'), "{error}");
    }
}
