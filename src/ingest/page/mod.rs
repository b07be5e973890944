//! A page as it is drawn: glyphs, rules, pictures; and what a person sees in it.
//!
//! PDF and OFD fill the same model, so that their tables are found by the same steps:
//! glyphs that are seen → edges → lattices → tables and lines of each page (`sheet`) → running heads and page
//! numbers out → tables joined over pages → paragraphs. Every tolerance is in `tolerance`.
//! Lengths are points (1/72 inch), from the top left corner of the page as it is shown, x to the right, y down.

mod drawing;
mod edges;
mod flow;
mod glyphs;
mod join;
mod lattice;
mod line;
mod prose;
mod running;
mod said;
pub(in crate::ingest) mod shape;
mod sheet;
mod table;
mod tolerance;
pub(in crate::ingest) mod turn;
mod write;

pub(in crate::ingest) use drawing::drawing;

use super::{Error, Limits};
use crate::document::Document;
use sheet::Sheet;

/// A box on a page. `x0 <= x1`, `y0 <= y1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ingest) struct Rect {
    pub(in crate::ingest) x0: f32,
    pub(in crate::ingest) y0: f32,
    pub(in crate::ingest) x1: f32,
    pub(in crate::ingest) y1: f32,
}

/// The Unicode text of a glyph.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) enum Said {
    /// A character, as nearly every glyph.
    One(char),
    /// Several: a ligature, a base with its marks.
    Many(Box<str>),
    /// The file does not say.
    Nothing,
}

/// A number of more digits is none; what is put together of digits is bounded by it.
pub(in crate::ingest) const MOST_DIGITS: usize = 24;

impl Said {
    /// Whether it says white space only.
    /// A digit, or a mark between digits.
    pub(in crate::ingest) fn is_digit(&self) -> bool {
        matches!(self, Said::One(c) if c.is_ascii_digit() || matches!(c, '.' | ',' | '０'..='９'))
    }

    pub(in crate::ingest) fn is_space(&self) -> bool {
        match self {
            Said::One(c) => c.is_whitespace(),
            Said::Many(text) => text.trim().is_empty(),
            Said::Nothing => false,
        }
    }
}

/// One drawn character (or ligature, or a code without known text).
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) struct Glyph {
    /// What it says.
    pub(in crate::ingest) text: Said,
    /// From the pen's place to the next (width) and from ascent to descent (height).
    pub(in crate::ingest) area: Rect,
    /// Font size as shown, points.
    pub(in crate::ingest) size: f32,
    /// Drawn, but invisibly (a recognised text layer under a scan, hidden text).
    pub(in crate::ingest) invisible: bool,
}

/// A straight horizontal or vertical line that is seen: stroked segments, thin filled boxes, edges of filled boxes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ingest) struct Edge {
    pub(in crate::ingest) axis: Axis,
    /// The coordinate that is the same along the line.
    pub(in crate::ingest) at: f32,
    pub(in crate::ingest) from: f32,
    pub(in crate::ingest) to: f32,
}

/// Which way an edge runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Axis {
    Horizontal,
    Vertical,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::ingest) struct Page {
    pub(in crate::ingest) width: f32,
    pub(in crate::ingest) height: f32,
    /// In the order in which they are drawn.
    pub(in crate::ingest) glyphs: Vec<Glyph>,
    pub(in crate::ingest) edges: Vec<Edge>,
    /// Pictures, where they are drawn.
    pub(in crate::ingest) pictures: Vec<Rect>,
    /// Boxes filled with a colour that shows; their sides are edges where they make a table.
    pub(in crate::ingest) fills: Vec<Rect>,
    /// Other drawn shapes: curves, outlines of characters.
    pub(in crate::ingest) shapes: usize,
    /// Text set askew across the page.
    pub(in crate::ingest) askew: String,
}

impl Rect {
    fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    fn middle(&self) -> (f32, f32) {
        ((self.x0 + self.x1) / 2.0, (self.y0 + self.y1) / 2.0)
    }

    fn holds(&self, (x, y): (f32, f32)) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }

    /// The smallest box around both.
    fn with(self, other: Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}

/// The document that pages make: tables joined over pages, prose in reading order, scans said so.
///
/// # Errors
/// [`Error::Limit`] where they hold more than a document may.
pub(in crate::ingest) fn assemble(pages: Vec<Page>, limits: &Limits) -> Result<Document, Error> {
    let mut sheets: Vec<Sheet> = Vec::with_capacity(pages.len());
    let mut cells = 0;
    for (page, number) in pages.iter().zip(1..) {
        let sheet = Sheet::of(page, number);
        cells += sheet.cells();
        if cells > limits.cells {
            return Err(Error::limit("cells", limits.cells, cells));
        }
        sheets.push(sheet);
    }
    let asides = running::remove(&mut sheets);
    let findings = said::findings(&pages, &sheets);
    let mut document = flow::document(sheets, limits)?;
    document.asides = asides;
    document.pictures = pages.iter().map(|page| page.pictures.len()).sum();
    document.findings = findings;
    Ok(document)
}
