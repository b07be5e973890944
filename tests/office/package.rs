//! Builds OpenDocument files and workbooks out of pieces of XML, so that a test shows exactly what it is about.

use std::io::{Cursor, Write as _};

use gongkai::document::Document;
use gongkai::ingest::{self, Error, Limits};
use zip::write::SimpleFileOptions;

/// The namespaces that LibreOffice declares, as far as the tests use them.
const NAMESPACES: &str = concat!(
    r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
    r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" "#,
    r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
    r#"xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" "#,
    r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
    r#"xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" "#,
    r#"xmlns:dc="http://purl.org/dc/elements/1.1/""#,
);

/// A package in the making: name and bytes of each part, in the order in which they are packed.
#[derive(Debug, Clone)]
pub struct Package {
    pub parts: Vec<(String, Vec<u8>)>,
    /// Whether parts are stored as they are, not deflated.
    pub stored: bool,
}

impl Package {
    pub fn new(parts: &[(&str, &str)]) -> Self {
        let parts = parts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        Package { parts, stored: false }
    }

    /// An OpenDocument text with this body and these automatic styles.
    pub fn odt(body: &str, styles: &str) -> Self {
        let content = content("text", body, styles);
        Package::new(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
    }

    /// An OpenDocument spreadsheet with these tables and automatic styles.
    pub fn ods(tables: &str, styles: &str) -> Self {
        let content = content("spreadsheet", tables, styles);
        Package::new(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
    }

    /// A workbook with these sheets: name, attributes of its entry, what is in its `worksheet`.
    pub fn xlsx(sheets: &[(&str, &str, &str)]) -> Self {
        let main = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relations = |list: &str| {
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{list}</Relationships>"#
            )
        };
        let entries: String = sheets
            .iter()
            .enumerate()
            .map(|(at, (name, more, _))| {
                format!(r#"<sheet name="{name}" sheetId="{0}" {more} r:id="rId{0}"/>"#, at + 1)
            })
            .collect();
        let links: String = (1..=sheets.len())
            .map(|at| {
                format!(r#"<Relationship Id="rId{at}" Type="{kind}/worksheet" Target="worksheets/sheet{at}.xml"/>"#)
            })
            .collect();
        let styles = r#"<fonts><font/></fonts><fills><fill/></fills><borders><border/><border><left style="thin"/></border></borders><cellXfs><xf/><xf borderId="1" applyBorder="1"/><xf numFmtId="10"/><xf numFmtId="14"/></cellXfs>"#;
        let links = links
            + &format!(
                r#"<Relationship Id="s" Type="{kind}/styles" Target="styles.xml"/><Relationship Id="t" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/>"#
            );
        let root = format!(r#"<Relationship Id="rId1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/>"#);
        let mut package = Package::new(&[
            ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
            ("_rels/.rels", &relations(&root)),
            ("xl/workbook.xml", &format!("<workbook {main}><sheets>{entries}</sheets></workbook>")),
            ("xl/_rels/workbook.xml.rels", &relations(&links)),
            ("xl/styles.xml", &format!("<styleSheet {main}>{styles}</styleSheet>")),
            ("xl/sharedStrings.xml", &format!(r#"<sst {main} uniqueCount="1"><si><t>shared</t></si></sst>"#)),
        ]);
        for (at, (_, _, body)) in sheets.iter().enumerate() {
            package = package
                .part(&format!("xl/worksheets/sheet{}.xml", at + 1), &format!("<worksheet {main}>{body}</worksheet>"));
        }
        package
    }

    /// Adds a part, or puts it in the place of one of that name.
    pub fn part(mut self, name: &str, text: &str) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self.parts.push((name.to_owned(), text.as_bytes().to_vec()));
        self
    }

    /// Adds a part of OpenDocument, with the namespaces put into its first tag.
    pub fn odf_part(self, name: &str, xml: &str) -> Self {
        let end = xml.find(['>', '/', ' ']).expect("a tag");
        let xml = format!("{} {NAMESPACES}{}", &xml[..end], &xml[end..]);
        self.part(name, &xml)
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let method = if self.stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        for (name, bytes) in &self.parts {
            zip.start_file(name.as_str(), options).expect("a name");
            zip.write_all(bytes).expect("memory");
        }
        zip.finish().expect("memory").into_inner()
    }

    /// What the reader makes of it.
    pub fn read(&self) -> Document {
        ingest::read(&self.bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Why the reader refuses it under these limits.
    pub fn refused(&self, limits: &Limits) -> Error {
        ingest::read(&self.bytes(), limits).expect_err("a file that is refused")
    }
}

/// A part with a body of this kind.
pub fn content(kind: &str, body: &str, styles: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"#
    )
}

/// The same as one flat file.
pub fn flat(kind: &str, mimetype: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:mimetype="{mimetype}"><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"#
    )
}

/// A paragraph of OpenDocument.
pub fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

/// A cell of OpenDocument with attributes and a text.
pub fn cell(attributes: &str, text: &str) -> String {
    format!("<table:table-cell {attributes}>{}</table:table-cell>", p(text))
}

/// A row of OpenDocument.
pub fn row(cells: &[&str]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

/// A table of OpenDocument.
pub fn table(rows: &[&str]) -> String {
    format!("<table:table>{}</table:table>", rows.concat())
}
