//! Web pages: HTML of sites, of Word and Excel, and MHTML, read into the common [`Document`].
//!
//! | of the format | read |
//! |---|---|
//! | recognised | by its tags, whatever the file is called; text with HTML tables in it (its lines are kept) |
//! | charset | byte order mark, UTF-16, strict UTF-8, the label, GB18030: what the bytes bear out |
//! | broken markup | repaired as browsers do (`html5ever`); a page that breaks off is marked partial |
//! | tables | `colspan`, `rowspan` (0, to the end of the group of rows, and cut where a row leaves it no room), heads and feet in their places, captions before; nested ones |
//! | lines | as the browser breaks them: blocks, `br`, preformatted text; white space collapsed, no-break spaces kept |
//! | not shown | scripts, styles, comments, `hidden`, `display:none` (inline, or of a class or id that nothing else may show), `mso-hide`, rows that only state widths |
//! | shown by scripts | where the page shows no table: hidden elements with tables, and pages held in text areas, `template`, `srcdoc`, `noscript` and texts of scripts |
//! | tables without tags | `role` and `display` (inline, or of a class or id) of tables, rows and cells |
//! | the site | `nav`, `header`, `footer` as asides, unless they hold tables; other menus stay text |
//! | about itself | `title` and what `meta` says of title and date, as asides |
//! | changes | `ins` in, `del` and struck text out |
//! | pictures | counted, marks and linked ones left out |
//! | Excel | a row of one cell is a line of text, and parts the sheet into tables |
//! | MHTML | the page, and the pages that it frames if it has no table itself |
//! | not read | numbers of lists, other rules of style sheets, frames in other files, text that scripts write |

mod attributes;
mod element;
mod held;
mod line;
mod mime;
mod overrun;
mod parse;
mod recognise;
mod rules;
mod sheet;
mod style;
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
            self.walker.say_unshown(holder.tag());
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
