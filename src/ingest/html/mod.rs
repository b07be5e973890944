//! Web pages: HTML of sites, of Word and Excel, and MHTML, read into the common [`Document`].
//!
//! `support.rs` lists what of the format is read.

mod attributes;
mod element;
mod held;
mod line;
mod mime;
mod overrun;
mod parse;
mod plain;
mod recognise;
mod rules;
mod sheet;
mod style;
mod support;
mod table;
mod tree;
mod walk;

use super::{Error, Limits, Reader, charset};
use crate::document::Document;
use crate::finding::{Code, Finding, Words};
use mime::Page;
use recognise::Shape;
use walk::Walker;

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: "html",
    // Word and Excel save pages under the names of their own formats.
    extensions: &["html", "htm", "shtml", "xhtml", "mht", "mhtml", "doc", "xls"],
    about: ("Web pages (HTML, MHTML, those of Word and Excel)", "网页（HTML、MHTML，含 Word、Excel 另存的网页）"),
    support: support::SUPPORT,
    recognise: |bytes| recognise::shape(bytes).map(drop),
    read,
};

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let shape = recognise::shape(bytes).map_err(|what| Error::Damaged { reader: READER.name, what })?;
    let (pages, broken) = match shape {
        Shape::Archive => {
            let archive = mime::open(bytes, limits)?;
            (archive.pages, archive.broken)
        }
        Shape::Page | Shape::Lines => (vec![Page::of_file(bytes)], None),
    };
    let mut reading = Reading {
        walker: Walker::new(limits),
        variants: Vec::new(),
        findings: Vec::new(),
        broken: broken.into_iter().collect(),
    };
    for (at, page) in pages.iter().enumerate() {
        let frames = reading.page(page, shape == Shape::Lines, limits)?;
        // Only a page of frames needs the others, be they frames within its text.
        if at == 0 && !frames && reading.walker.has_tables() {
            break;
        }
    }
    Ok(reading.finish(shape))
}

/// Pages on their way into one document.
struct Reading<'l> {
    walker: Walker<'l>,
    /// What made the pages, and their charsets.
    variants: Vec<String>,
    findings: Vec<Finding>,
    broken: Vec<Words>,
}

impl Reading<'_> {
    /// Adds a page; whether it frames others.
    fn page(&mut self, page: &Page, lines: bool, limits: &Limits) -> Result<bool, Error> {
        let label = page.label.as_deref().or_else(|| recognise::label(&page.bytes));
        let decoded = charset::decode(&page.bytes, label);
        if decoded.text.len() > limits.part_bytes {
            return Err(Error::limit("part_bytes", limits.part_bytes, decoded.text.len()));
        }
        let maker = recognise::maker(&decoded.text).map(str::to_owned);
        for variant in maker.into_iter().chain([decoded.charset]) {
            if !self.variants.contains(&variant) {
                self.variants.push(variant);
            }
        }
        self.findings.extend(decoded.findings);
        let parsed = parse::parse(&decoded.text, limits)?;
        self.walker.page(&parsed.tree, lines)?;
        if let Some((holder, pages)) = held::pages(&parsed.tree) {
            self.walker.say_unshown(holder.name());
            for page in pages {
                let held = parse::parse(&page, limits)?;
                self.walker.page(&held.tree, false)?;
            }
        }
        self.broken.extend(parsed.broken);
        Ok(parsed.tree.frames)
    }

    fn finish(self, shape: Shape) -> Document {
        let mut document = self.walker.finish();
        if self.variants.iter().any(|variant| variant == recognise::EXCEL) {
            sheet::split(&mut document);
        }
        READER.name.clone_into(&mut document.format);
        let kind = match shape {
            Shape::Page => None,
            Shape::Lines => Some("text with tables".to_owned()),
            Shape::Archive => Some("MHTML".to_owned()),
        };
        document.variant = Some(kind.into_iter().chain(self.variants).collect::<Vec<_>>().join(", "));
        document.findings.splice(0..0, self.findings);
        document.partial = !self.broken.is_empty();
        let broken = self.broken.iter().map(|cause| Finding::new(Code::PartialFile).detail_words("cause", cause));
        document.findings.extend(broken);
        document
    }
}
