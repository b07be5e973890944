//! Packages made in the tests.

use std::io::{Cursor, Write};

use gongkai::document::{Block, Document};
use gongkai::ingest::{self, Error, Limits};
use zip::write::SimpleFileOptions;

/// An archive of these files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// The part that names one document.
pub const ENTRY: &str = r#"<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD" Version="1.0"><ofd:DocBody>
<ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#;

/// The root part of a document of so many pages, with more in its common data and at its end.
pub fn root(pages: usize, common: &str, rest: &str) -> String {
    let page = |at| format!(r#"<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>"#);
    let pages: String = (0..pages).map(page).collect();
    format!(
        r#"<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{rest}</ofd:Document>"#
    )
}

/// A page of this content.
pub fn page(content: &str) -> String {
    format!(
        r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="1">{content}</ofd:Layer></ofd:Content></ofd:Page>"#
    )
}

/// A text object, its first character at a place in millimetres, 4 mm a character.
pub fn text(x: u32, y: u32, text: &str) -> String {
    format!(
        r#"<ofd:TextObject Boundary="{x} {y} 100 5" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 99 4">{text}</ofd:TextCode></ofd:TextObject>"#
    )
}

/// A package of one document with these pages, more in its common data, at its end, and beside it.
pub fn package(pages: &[String], common: &str, rest: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let root = root(pages.len(), common, rest);
    let names: Vec<String> = (0..pages.len()).map(|at| format!("Doc_0/Pages/Page_{at}/Content.xml")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("OFD.xml", ENTRY.as_bytes()), ("Doc_0/Document.xml", root.as_bytes())];
    files.extend(names.iter().zip(pages).map(|(name, page)| (name.as_str(), page.as_bytes())));
    files.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    archive(&files)
}

/// A package of one page with this content.
pub fn one(content: &str) -> Vec<u8> {
    package(&[page(content)], "", "", &[])
}

pub fn read(bytes: &[u8]) -> Document {
    try_read(bytes).unwrap_or_else(|error| panic!("{error}"))
}

pub fn try_read(bytes: &[u8]) -> Result<Document, Error> {
    ingest::read(bytes, &Limits::default())
}

/// The paragraphs of the body.
pub fn lines(document: &Document) -> Vec<String> {
    let text = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.printed().into(),
        Block::Table(index) => format!("[{index}]"),
    };
    document.blocks.iter().map(text).collect()
}

/// The body in one string without white space.
pub fn said(document: &Document) -> String {
    lines(document).concat().split_whitespace().collect()
}

/// The codes of what the reader had to say.
pub fn findings(document: &Document) -> Vec<&'static str> {
    document.findings.iter().map(|finding| finding.code.entry().name).collect()
}
