//! Builds Word files out of pieces of XML, so that a test shows exactly what it is about.

#![allow(dead_code, unused_imports, reason = "each test file uses its own share")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use gongkai::document::Document;
use gongkai::ingest::{self, Error, Limits};
use zip::write::SimpleFileOptions;

#[path = "view.rs"]
mod view;
pub use view::*;

/// The namespaces that Word declares, as far as the tests use them.
pub const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office""#,
);

/// Types of parts that the builder relates to the main part, by the end of their name.
const RELATED: &[(&str, &str)] = &[
    ("styles.xml", "styles"),
    ("numbering.xml", "numbering"),
    ("header1.xml", "header"),
    ("footer1.xml", "footer"),
    ("footnotes.xml", "footnotes"),
    ("endnotes.xml", "endnotes"),
    ("comments.xml", "comments"),
];

/// A package in the making.
pub struct Builder {
    /// Name and bytes of each part, in the order in which they are packed.
    pub parts: Vec<(String, Vec<u8>)>,
    /// Whether parts are stored as they are, not deflated.
    pub stored: bool,
}

impl Builder {
    /// A package with this body, the contents of `w:body`.
    pub fn new(body: &str) -> Self {
        Self::of_main("word/document.xml", document_xml(body).into_bytes())
    }

    /// A package with this main part under this name.
    pub fn of_main(name: &str, main: Vec<u8>) -> Self {
        let types = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#
        );
        let relations = relations(&[("officeDocument", name)]);
        let parts = vec![
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            ("_rels/.rels".to_owned(), relations.into_bytes()),
            (name.to_owned(), main),
        ];
        Builder { parts, stored: false }
    }

    /// Adds a part in `word/`, with the namespaces put into its first tag.
    pub fn part(self, name: &str, xml: &str) -> Self {
        let end = xml.find(['>', '/', ' ']).expect("a tag");
        let xml = format!("{} {NAMESPACES}{}", &xml[..end], &xml[end..]);
        self.raw(&format!("word/{name}"), xml.as_bytes())
    }

    /// Adds a part as it is.
    pub fn raw(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts.push((name.to_owned(), bytes.to_vec()));
        self
    }

    /// Leaves out a part.
    pub fn without(mut self, name: &str) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let method = if self.stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        let mut parts = self.parts.clone();
        let related: Vec<(&str, &str)> = RELATED
            .iter()
            .filter(|(end, _)| self.parts.iter().any(|(name, _)| name == &format!("word/{end}")))
            .map(|&(end, kind)| (kind, end))
            .collect();
        let own = "word/_rels/document.xml.rels";
        if !related.is_empty() && self.parts.iter().all(|(name, _)| name != own) {
            parts.push((own.to_owned(), relations(&related).into_bytes()));
        }
        for (name, bytes) in parts {
            zip.start_file(name, options).expect("a name");
            zip.write_all(&bytes).expect("memory");
        }
        zip.finish().expect("memory").into_inner()
    }

    /// What the reader makes of it.
    pub fn read(&self) -> Document {
        ingest::read(&self.bytes(), &Limits::default()).expect("a readable file")
    }

    /// Why the reader refuses it under these limits.
    pub fn refused(&self, limits: &Limits) -> Error {
        ingest::read(&self.bytes(), limits).expect_err("a file that is refused")
    }
}

/// A main part with this body.
pub fn document_xml(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"#
    )
}

/// A part of relationships: type and target of each.
pub fn relations(list: &[(&str, &str)]) -> String {
    let mut xml = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#.to_owned();
    for (at, (kind, target)) in list.iter().enumerate() {
        let _ = write!(
            xml,
            r#"<Relationship Id="rId{at}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
        );
    }
    xml + "</Relationships>"
}

/// What the reader makes of a body.
pub fn read(body: &str) -> Document {
    Builder::new(body).read()
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A cell of one paragraph, with these properties.
pub fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

/// A row of cells.
pub fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

/// A table of rows.
pub fn tbl(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat())
}

/// A table of plain cells.
pub fn plain(rows: &[&[&str]]) -> String {
    let row = |cells: &&[&str]| tr(&cells.iter().map(|text| tc("", text)).collect::<Vec<_>>());
    tbl(&rows.iter().map(row).collect::<Vec<_>>())
}
