//! The reader of RTF.

#[path = "../support/mutate.rs"]
#[allow(dead_code, reason = "each test file uses its own share")]
mod mutate;
#[cfg(unix)]
#[path = "../support/robust.rs"]
#[allow(clippy::disallowed_methods, reason = "tests read files and the clock")]
mod robust_files;
#[path = "../support/view.rs"]
mod view;

mod characters;
mod damage;
mod groups;
mod hostile;
mod lists;
mod mutants;
#[cfg(unix)]
mod robust;
mod second_opinion;
mod tables;

use gongkai::document::Document;
use gongkai::ingest::{self, Limits};

/// What Word in Chinese writes at the head of its files, more or less.
const HEAD: &str = "{\\rtf1\\ansi\\ansicpg936\\uc2\\deff0\\deflang1033\\deflangfe2052{\\fonttbl{\\f0\\froman\\fcharset0\\fprq2\
{\\*\\panose 02020603050405020304}Times New Roman;}{\\f13\\fnil\\fcharset134\\fprq2{\\*\\falt SimSun}\\'cb\\'ce\\'cc\\'e5;}\
{\\f14\\fnil\\fcharset136 MingLiU;}{\\f15\\fnil\\fcharset2 Wingdings;}{\\f16\\froman\\fcharset204 Times New Roman Cyr;}}\
{\\colortbl;\\red0\\green0\\blue0;}{\\stylesheet{\\fs21 Normal;}{\\s1\\sbasedon0 heading 1;}{\\s2\\v Hidden;}{\\s3\\sbasedon2 Hidden too;}\
{\\*\\cs10 \\additive Default Paragraph Font;}{\\*\\cs11 \\v\\additive Hidden Characters;}{\\*\\ts12\\tsrowd Table;}}";

/// What the reader makes of bytes.
fn read_bytes(bytes: &[u8]) -> Document {
    ingest::read(bytes, &Limits::default()).expect("a readable file")
}

/// What the reader makes of a body after [`HEAD`].
fn read(body: &str) -> Document {
    let document = read_bytes(format!("{HEAD}{body}}}").as_bytes());
    assert!(!document.partial, "{:?}", document.findings);
    document
}

/// The body of the same, a line a block.
fn body(text: &str) -> Vec<String> {
    view::body(&read(text))
}

/// The text of a body of one paragraph.
fn text(text: &str) -> String {
    body(text).join("¶")
}

/// The value of a detail of a finding of the reader's.
fn detail<'d>(document: &'d Document, code: &str, name: &str) -> &'d str {
    let finding = document.findings.iter().find(|finding| finding.code.entry().name == code);
    &finding.unwrap_or_else(|| panic!("no {code} in {:?}", document.findings)).details[name]
}
