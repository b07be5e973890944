//! Whoever asks for places has every tag read, so that a document read with and without them must be the same.

use std::path::Path;

use super::super::body::{Walked, Walker};
use super::super::names::Bindings;
use super::super::story::Kind;
use super::super::xml::second_opinion::{Random, mutate, parts, word_files};
use super::*;
use crate::ingest::Limits;
use crate::ingest::xml::decode;

fn walked(part: &[u8], limits: &Limits, every_tag: bool) -> Walked {
    let scan = Scanner::new(part, Bindings::customary(), limits.depth);
    let walker = Walker::new(scan, limits, Kind::Body, None);
    if every_tag { walker.noting_places().walk() } else { walker.walk() }
}

fn agree(name: &str, part: &[u8], limits: &Limits) -> usize {
    let (taken, read) = (walked(part, limits, false), walked(part, limits, true));
    assert_eq!(taken.document, read.document, "{name}");
    assert_eq!(format!("{:?} {:?}", taken.counts, taken.stop), format!("{:?} {:?}", read.counts, read.stop), "{name}");
    taken.taken
}

fn agree_on_mutants(name: &str, part: &[u8], mutants: u64) {
    for seed in 0..mutants {
        for mutant in [mutate::bytes(part, &mut Random(seed)), mutate::tags(part, &mut Random(seed))] {
            agree(&format!("{name}, {seed}"), &decode::repaired(&mutant).0, &Limits::default());
        }
    }
}

/// A cell as programs write it, with something in each of its places.
fn cell([table, paragraph, run, text]: [&str; 4]) -> String {
    format!(
        r#"<w:tc><w:tcPr><w:tcW w:w="9"/>{table}</w:tcPr><w:p><w:pPr><w:jc w:val="center"/>{paragraph}</w:pPr><w:r><w:rPr><w:b/>{run}</w:rPr>{text}</w:r></w:p></w:tc>"#
    )
}

fn plain(text: &str) -> String {
    cell(["", "", "", &format!("<w:t>{text}</w:t>")])
}

fn rows(cells: &[String]) -> String {
    let row = |cells: &[String]| format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}</w:tr>", cells.concat());
    format!("<w:tbl>{}</w:tbl>", cells.chunks(4).map(row).collect::<String>())
}

fn document(body: &str) -> String {
    format!(r#"<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>"#)
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Between cells that are all alike, one in which the same bytes mean something else, or others stand.
fn odd_ones() -> Vec<(&'static str, String)> {
    let between = |odd: String| {
        let mut cells: Vec<String> = (0..12).map(|at| plain(&at.to_string())).collect();
        cells.insert(9, odd.clone());
        cells.insert(5, odd);
        rows(&cells)
    };
    let of = |places| between(cell(places));
    vec![
        ("none", between(plain("x"))),
        ("no text", of(["", "", "", ""])),
        ("an empty text", of(["", "", "", "<w:t/>"])),
        ("kept blanks", of(["", "", "", r#"<w:t xml:space="preserve"> 1 </w:t>"#])),
        ("references", of(["", "", "", "<w:t>&lt;1&#x4e00;</w:t>"])),
        ("two texts", of(["", "", "", "<w:t>1</w:t><w:tab/><w:t>2</w:t>"])),
        ("two runs", of(["", "", "", "<w:t>1</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>2</w:t>"])),
        ("two paragraphs", of(["", "", "", "<w:t>1</w:t></w:r></w:p><w:p><w:r><w:t>2</w:t>"])),
        ("an empty paragraph", of(["", "", "", "<w:t>1</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>2</w:t>"])),
        ("hidden", of(["", "", "<w:vanish/>", "<w:t>1</w:t>"])),
        ("raised", of(["", "", r#"<w:vertAlign w:val="superscript"/>"#, "<w:t>1</w:t>"])),
        ("struck", of(["", "", "<w:strike/>", "<w:t>1</w:t>"])),
        ("merged down", of(["<w:vMerge/>", "", "", "<w:t>1</w:t>"])),
        ("merged to the left", of([r#"<w:hMerge w:val="continue"/>"#, "", "", "<w:t>1</w:t>"])),
        ("wide", of([r#"<w:gridSpan w:val="3"/>"#, "", "", "<w:t>1</w:t>"])),
        ("deleted", of(["<w:cellDel/>", "", "", "<w:t>1</w:t>"])),
        ("its mark deleted", of(["", "<w:rPr><w:del/></w:rPr>", "", "<w:t>1</w:t>"])),
        ("inserted", of(["", "<w:rPr><w:ins/></w:rPr>", "", "<w:t>1</w:t>"])),
        ("a page break", of(["", "", "", "<w:lastRenderedPageBreak/><w:t>1</w:t>"])),
        ("a comment", of(["", "<!-- <w:p> -->", "", "<w:t>1<!-- --></w:t><!-- -->"])),
        ("no markup", of(["", "", "", "<w:t><![CDATA[<w:t>]]></w:t>"])),
        ("text where none belongs", of(["", "", "", "<w:t>1</w:t>2"]) + "3"),
        ("another table", of(["", "", "", &format!("<w:t>1</w:t></w:r></w:p>{}<w:p><w:r>", rows(&[plain("2")]))])),
        (
            "a field",
            of(["", "", "", r#"<w:fldChar w:fldCharType="begin"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/>"#]),
        ),
        ("a field that begins", of(["", "", "", r#"<w:t>1</w:t><w:fldChar w:fldCharType="begin"/>"#])),
        (
            "a text box",
            of(["", "", "", "<w:t>1</w:t><w:txbxContent><w:p><w:r><w:t>2</w:t></w:r></w:p></w:txbxContent>"]),
        ),
        ("a deleted run", of(["", "", "", "</w:r><w:del><w:r><w:t>1</w:t></w:r></w:del><w:r><w:t>2</w:t>"])),
        ("a wrong end", of(["", "", "", "<w:t>1</w:t></w:x>"])),
        ("an end too many", between(plain("1") + "</w:tc>")),
        ("a deleted row", between(plain("1") + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" + &plain("2") + &plain("3"))),
        (
            "a run in a link",
            between(plain("1").replace("<w:r>", "<w:hyperlink><w:r>").replace("</w:r>", "</w:r></w:hyperlink>")),
        ),
        ("a prefix of something else", between(format!(r#"<w:sdt xmlns:w="urn:x">{}</w:sdt>"#, plain("1")))),
        (
            "a prefix declared anew",
            between(
                plain("1")
                    .replacen("<w:p>", &format!(r#"<w:p xmlns:v="{WORD}">"#), 1)
                    .replace("<w:t>", "<v:t>")
                    .replace("</w:t>", "</v:t>"),
            ),
        ),
        ("another prefix", between(format!(r#"<v:sdt xmlns:v="{WORD}">{}</v:sdt>"#, plain("1").replace("w:", "v:")))),
        (
            "a prefix declared on the way",
            between(
                plain("1")
                    .replacen("<w:r>", &format!(r#"<w:r xmlns:v="{WORD}">"#), 1)
                    .replace("</w:t>", "</w:t><v:tab/><v:t>2</v:t>"),
            ),
        ),
        ("its own prefix for one element", between(plain("1").replacen("<w:r>", r#"<w:r xmlns:w="urn:x">"#, 1))),
        (
            "a name declared for one element, with the same ends",
            between(plain("1").replacen("<w:tc>", r#"<w:tc xmlns:w="urn:x">"#, 1)),
        ),
    ]
}

#[test]
fn steps_that_are_taken_are_those_that_reading_would_take() {
    for (name, body) in odd_ones() {
        let part = document(&body).into_bytes();
        let taken = agree(name, &part, &Limits::default());
        assert!(taken >= 3, "{name}: only {taken} courses were taken");
        agree_on_mutants(name, &part, 40);
        for end in (0..part.len()).step_by(7) {
            agree(&format!("{name}, cut off at {end}"), &part[..end], &Limits::default());
        }
        for limit in 1..60 {
            agree(name, &part, &Limits { cells: limit, ..Limits::default() });
            agree(name, &part, &Limits { paragraphs: limit, ..Limits::default() });
            agree(name, &part, &Limits { depth: limit, ..Limits::default() });
        }
    }
}

#[test]
fn a_course_that_is_longer_or_oftener_than_any_is_not_kept() {
    let properties = "<w:rPr><w:b/></w:rPr>".repeat(100_000);
    let part = document(&format!("<w:p><w:r>{properties}<w:t>1</w:t></w:r></w:p>").repeat(3));
    agree("many properties", part.as_bytes(), &Limits::default());
    let mut scan = Scanner::new(b"<w:r/>", Bindings::customary(), 9);
    let mut courses = Courses::default();
    courses.note(&scan);
    for _ in 0..1_000 {
        courses.read(|| Step::Close);
    }
    assert!(courses.steps.len() <= MOST_STEPS);
    assert!(courses.take(&mut scan).is_none());
}

#[test]
fn samples_are_the_same_with_and_without_courses() {
    let mut taken = 0;
    for path in word_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")) {
        for (name, part) in parts(&path) {
            let part = decode::repaired(&part).0;
            taken += agree(&name, &part, &Limits::default());
            if part.len() <= 64 << 10 {
                agree_on_mutants(&name, &part, 4);
            }
        }
    }
    assert!(taken >= 1_000, "only {taken} courses were taken");
}

#[test]
fn word_files_of_other_projects_are_the_same_with_and_without_courses() {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS") else {
        println!("GONGKAI_CORPUS is not set: nothing to compare with");
        return;
    };
    let mut taken = 0;
    for path in word_files(Path::new(&folder)) {
        for (name, part) in parts(&path) {
            taken += agree(&name, &decode::repaired(&part).0, &Limits::default());
        }
    }
    assert!(taken >= 1_000, "only {taken} courses were taken");
}
