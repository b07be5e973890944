//! The style sheet, as far as it bears on text: which styles hide it, which put it in a list.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memmem;

use super::names::{Bindings, Tag};
use super::properties::{ParagraphProperties, RunProperties};
use super::xml::{Event, Scanner, Stop};

/// Steps from a style to the ones it is based on. Word allows eleven.
const MAX_CHAIN: usize = 32;

/// What a style does, its own words only.
#[derive(Debug, Default, Clone)]
struct Own {
    base: Option<String>,
    hidden: Option<bool>,
    list: Option<String>,
    level: Option<u32>,
}

/// The styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    own: HashMap<String, Own>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

impl Styles {
    pub(super) fn read(part: &[u8], depth: usize) -> Self {
        let mut styles = Styles::default();
        // Most style sheets neither hide nor number, and are long.
        if memmem::find(part, b"vanish").is_some() || memmem::find(part, b"numPr").is_some() {
            let mut scan = Scanner::new(part, Bindings::customary(), depth);
            // A style sheet that breaks off still says what it said before.
            let _: Result<(), Stop> = styles.collect(&mut scan);
        }
        styles
    }

    fn collect(&mut self, scan: &mut Scanner<'_>) -> Result<(), Stop> {
        let (mut id, mut style) = (String::new(), Own::default());
        loop {
            match scan.next()? {
                Event::Open(Tag::Style) => {
                    style = Own::default();
                    id = scan.attribute(b"styleId").unwrap_or_default().into_owned();
                    let paragraph = scan.attribute(b"type").is_none_or(|kind| kind == "paragraph");
                    if paragraph && scan.attribute(b"default").is_some_and(|default| default != "0") {
                        self.default = Some(id.clone());
                    }
                }
                Event::Open(Tag::BasedOn) => style.base = scan.attribute(b"val").map(Cow::into_owned),
                Event::Open(Tag::ParagraphProperties) => {
                    let properties: ParagraphProperties = scan.properties(ParagraphProperties::visit)?;
                    style.list = properties.list.map(Cow::into_owned);
                    style.level = properties.level;
                }
                Event::Open(Tag::RunProperties) => {
                    let properties: RunProperties = scan.properties(RunProperties::visit)?;
                    style.hidden = properties.hidden;
                }
                Event::Close(Tag::Style) => {
                    self.own.insert(std::mem::take(&mut id), std::mem::take(&mut style));
                }
                Event::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// The style and those it is based on, nearest first.
    fn chain(&self, id: &str) -> impl Iterator<Item = &Own> {
        let first = self.own.get(id);
        std::iter::successors(first, |style| self.own.get(style.base.as_ref()?)).take(MAX_CHAIN)
    }

    /// Whether text in this style is hidden.
    pub(super) fn hides(&self, id: &str) -> bool {
        self.chain(id).find_map(|style| style.hidden).unwrap_or(false)
    }

    /// The list and level a paragraph of this style belongs to.
    pub(super) fn list(&self, id: Option<&str>) -> Option<(&str, Option<u32>)> {
        let id = id.or(self.default.as_deref())?;
        let list = self.chain(id).find_map(|style| style.list.as_deref())?;
        Some((list, self.chain(id).find_map(|style| style.level)))
    }
}
