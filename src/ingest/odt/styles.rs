//! Styles, as far as they bear on text: which hide it, which begin a page, how lists count.

use std::collections::HashMap;

use super::lists;
use super::xml::{Event, Ns, Scanner};
use crate::ingest::word::numbering::{List, Numbering};
use crate::ingest::xml::Stop;

/// Steps from a style to the ones it is based on.
const MAX_CHAIN: usize = 32;

/// Name of the list of headings; no style can be called so.
pub(super) const OUTLINE: &str = "\0outline";

/// What a style does, its own words only.
#[derive(Debug, Default, Clone)]
struct Own {
    base: Option<String>,
    hidden: Option<bool>,
    /// Struck out by hand.
    struck: bool,
    /// Set above the line.
    raised: bool,
    /// A page begins before its paragraph.
    breaks: bool,
    /// The list it names; an empty name takes its paragraph out of the list of headings.
    list: Option<String>,
}

/// Styles of one family, by name.
#[derive(Debug, Default)]
struct Family {
    named: HashMap<String, Own>,
    /// Those without a name of their own; each part has its own.
    automatic: HashMap<String, Own>,
}

impl Family {
    fn get(&self, name: &str) -> Option<&Own> {
        self.automatic.get(name).or_else(|| self.named.get(name))
    }

    /// The style and those it is based on, nearest first.
    fn chain(&self, name: &str) -> impl Iterator<Item = &Own> {
        let first = self.get(name);
        std::iter::successors(first, |style| self.get(style.base.as_ref()?)).take(MAX_CHAIN)
    }
}

/// The families of styles that matter here, and their names.
const FAMILIES: [&[u8]; 3] = [b"paragraph", b"text", b"table"];
const PARAGRAPHS: usize = 0;
const CHARACTERS: usize = 1;
const TABLES: usize = 2;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    families: [Family; FAMILIES.len()],
    pub(super) numbering: Numbering,
}

impl Styles {
    /// Reads the styles in the element just opened, its end included.
    pub(super) fn collect(&mut self, scan: &mut Scanner<'_>, automatic: bool) -> Result<(), Stop> {
        if automatic {
            self.families.iter_mut().for_each(|family| family.automatic.clear());
        }
        let outside = scan.depth() - 1;
        let mut open: Option<(usize, String, Own)> = None;
        loop {
            match scan.next()? {
                Event::Open(Ns::Style, b"style") => open = begin(scan),
                Event::Open(Ns::Style, local) => {
                    if let Some((_, _, own)) = &mut open {
                        visit(own, local, scan);
                    }
                }
                Event::Open(Ns::Text, b"list-style" | b"outline-style") => self.list(scan)?,
                Event::Open(..) | Event::Text(_) => {}
                Event::Close if scan.depth() <= outside => return Ok(()),
                Event::Close if scan.depth() == outside + 1 => self.end(open.take(), automatic),
                Event::Close => {}
                Event::End => return Ok(()),
            }
        }
    }

    fn end(&mut self, style: Option<(usize, String, Own)>, automatic: bool) {
        let Some((family, name, own)) = style else { return };
        let family = &mut self.families[family];
        let styles = if automatic { &mut family.automatic } else { &mut family.named };
        styles.insert(name, own);
    }

    fn list(&mut self, scan: &mut Scanner<'_>) -> Result<(), Stop> {
        let name = scan.attribute(b"name").filter(|_| scan.local() == b"list-style");
        let name = name.map_or(OUTLINE.to_owned(), std::borrow::Cow::into_owned);
        let list: List = lists::read(scan)?;
        self.numbering.lists.insert(name, list);
        Ok(())
    }

    /// Whether the style of a paragraph hides its text.
    pub(super) fn hides_paragraph(&self, name: &str) -> bool {
        self.families[PARAGRAPHS].chain(name).find_map(|style| style.hidden).unwrap_or(false)
    }

    /// Whether the style of a span hides or shows its text, if it says so.
    pub(super) fn hides_span(&self, name: &str) -> Option<bool> {
        self.families[CHARACTERS].chain(name).find_map(|style| style.hidden)
    }

    /// Whether the style of a span strikes its text out.
    pub(super) fn strikes_span(&self, name: &str) -> bool {
        self.families[CHARACTERS].get(name).is_some_and(|style| style.struck)
    }

    /// Whether the style of a span sets its text above the line.
    pub(super) fn raises_span(&self, name: &str) -> bool {
        self.families[CHARACTERS].get(name).is_some_and(|style| style.raised)
    }

    /// Whether a page begins before a paragraph in this style.
    pub(super) fn breaks(&self, name: &str) -> bool {
        self.families[PARAGRAPHS].get(name).is_some_and(|style| style.breaks)
    }

    /// Whether a page begins before a table in this style.
    pub(super) fn breaks_before_table(&self, name: &str) -> bool {
        self.families[TABLES].get(name).is_some_and(|style| style.breaks)
    }

    /// Whether a heading in this style has its number from the list of headings.
    pub(super) fn is_of_outline(&self, name: &str) -> bool {
        self.families[PARAGRAPHS].chain(name).all(|style| style.list.is_none())
    }
}

/// Begins a style of one of the families that matter.
fn begin(scan: &Scanner<'_>) -> Option<(usize, String, Own)> {
    let family = scan.raw(b"family")?;
    let family = FAMILIES.iter().position(|known| *known == family)?;
    let own = Own {
        base: scan.attribute(b"parent-style-name").map(std::borrow::Cow::into_owned),
        // A paragraph that calls for another kind of page begins one.
        breaks: scan.raw(b"master-page-name").is_some_and(|name| !name.is_empty()),
        list: scan.attribute(b"list-style-name").map(std::borrow::Cow::into_owned),
        hidden: None,
        struck: false,
        raised: false,
    };
    Some((family, scan.attribute(b"name")?.into_owned(), own))
}

/// Properties of the open style. OpenOffice 1 has them all in one element.
fn visit(own: &mut Own, local: &[u8], scan: &Scanner<'_>) {
    if matches!(local, b"text-properties" | b"properties") {
        match scan.raw(b"display") {
            Some(b"none") => own.hidden = Some(true),
            Some(b"true") => own.hidden = Some(false),
            _ => {}
        }
        if scan.raw(b"text-line-through-style").is_some_and(|style| style != b"none") {
            own.struck = true;
        }
        if scan.raw(b"text-position").is_some_and(|place| place.starts_with(b"super")) {
            own.raised = true;
        }
    }
    if matches!(local, b"paragraph-properties" | b"table-properties" | b"properties") {
        own.breaks |= scan.says(b"break-before", b"page");
    }
}
