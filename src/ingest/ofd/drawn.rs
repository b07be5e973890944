//! What was drawn so far, and how much more may be.

use crate::ingest::page::Page;
use crate::ingest::xml::Stop;
use crate::ingest::{Error, Limits};

/// What one layer, template or page draws.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    pub(super) page: Page,
    /// Text that is drawn aslant, a text object each: stamps and watermarks, no text of the page.
    pub(super) apart: Vec<String>,
}

impl Drawn {
    /// Takes the glyphs from `from` on off the page.
    pub(super) fn set_apart(&mut self, from: usize) {
        let text: String = self.page.glyphs.drain(from..).filter_map(|glyph| glyph.text).collect();
        if !text.trim().is_empty() {
            self.apart.push(text);
        }
    }

    /// Lays another over it.
    pub(super) fn extend(&mut self, other: Drawn) {
        self.page.glyphs.extend(other.page.glyphs);
        self.page.edges.extend(other.page.edges);
        self.page.pictures.extend(other.page.pictures);
        self.apart.extend(other.apart);
    }

    /// What it costs to draw it once more.
    pub(super) fn cost(&self) -> usize {
        self.page.glyphs.len() + self.page.edges.len() + self.page.pictures.len() + self.apart.len()
    }
}

/// Bytes of XML that count as one thing drawn, so that parts that draw nothing cost something too.
const BYTES: usize = 128;

/// What a file may still draw: a few elements can ask for billions by way of groups and templates.
pub(super) struct Budget {
    used: usize,
    limit: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Budget { used: 0, limit: limits.nodes }
    }

    /// # Errors
    /// [`Stop::Limit`] if nothing is left.
    pub(super) fn spend(&mut self, count: usize) -> Result<(), Stop> {
        self.used = self.used.saturating_add(count);
        if self.used > self.limit { Err(Stop::Limit(Error::limit("nodes", self.limit, self.used))) } else { Ok(()) }
    }

    /// Pays for reading a part.
    pub(super) fn read(&mut self, part: &[u8]) -> Result<(), Stop> {
        self.spend(1 + part.len() / BYTES)
    }
}
