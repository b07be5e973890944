//! What was drawn so far, and how much more may be.

use crate::ingest::page::Page;
use crate::ingest::page::turn::Turns;
use crate::ingest::xml::Stop;
use crate::ingest::{Error, Limits};

/// What one layer, template or page draws.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    pub(super) page: Page,
    /// Characters by the direction of their baseline.
    pub(super) turns: Turns,
}

impl Drawn {
    /// Adds text that is set askew: a stamp or watermark, no text of the page.
    pub(super) fn askew(&mut self, text: &str) {
        let askew = &mut self.page.askew;
        if !askew.is_empty() {
            askew.push('\n');
        }
        askew.push_str(text);
    }

    /// Lays another over it.
    pub(super) fn extend(&mut self, other: Drawn) {
        let over = other.page;
        self.page.glyphs.extend(over.glyphs);
        self.page.edges.extend(over.edges);
        self.page.pictures.extend(over.pictures);
        self.page.fills.extend(over.fills);
        self.page.shapes += over.shapes;
        if !over.askew.is_empty() {
            self.askew(&over.askew);
        }
        for (turns, others) in self.turns.iter_mut().zip(other.turns) {
            *turns += others;
        }
    }

    /// What it costs to draw it once more.
    pub(super) fn cost(&self) -> usize {
        let page = &self.page;
        page.glyphs.len() + page.edges.len() + page.pictures.len() + page.fills.len() + page.askew.len()
    }
}

/// Bytes that finding and opening a part costs, so that many empty ones cost something.
const PART: usize = 1 << 10;

/// What a file may still draw: a few elements can ask for billions by way of graphics and templates.
pub(super) struct Budget {
    limits: Limits,
    drawn: usize,
    bytes: usize,
    pages: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Budget { limits: *limits, drawn: 0, bytes: 0, pages: 0 }
    }

    /// Pays for so many things drawn.
    ///
    /// # Errors
    /// [`Stop::Limit`] if nothing is left; the others likewise.
    pub(super) fn draw(&mut self, count: usize) -> Result<(), Stop> {
        self.drawn = self.drawn.saturating_add(count);
        within("drawn", self.limits.drawn, self.drawn)
    }

    /// Pays for reading a part.
    pub(super) fn read(&mut self, part: &[u8]) -> Result<(), Stop> {
        self.bytes = self.bytes.saturating_add(PART + part.len());
        within("content_bytes", self.limits.content_bytes, self.bytes)
    }

    /// Pays for so many pages.
    pub(super) fn pages(&mut self, count: usize) -> Result<(), Stop> {
        self.pages = self.pages.saturating_add(count);
        within("pages", self.limits.pages, self.pages)
    }
}

fn within(name: &'static str, limit: usize, found: usize) -> Result<(), Stop> {
    if found > limit { Err(Stop::Limit(Error::limit(name, limit, found))) } else { Ok(()) }
}
