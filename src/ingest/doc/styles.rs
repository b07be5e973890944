//! The style sheet, as far as it bears on text: which styles hide it, which put it in a list.

use super::bytes::{slice, u8, u16};
use super::fib::{Header, Part, Version};
use super::properties::{Character, Paragraph};
use super::sprm::Sprms;

/// Steps from a style to the ones it is based on. Word allows eleven.
const MAX_CHAIN: usize = 32;
/// Number of the style that a style without base is based on.
const NO_BASE: u16 = 0x0fff;
/// Kinds of styles.
const PARAGRAPHS: u16 = 1;
const CHARACTERS: u16 = 2;

/// What a style does, its own words only.
#[derive(Debug, Default, Clone, Copy)]
struct Own {
    base: Option<u16>,
    hidden: Option<bool>,
    font: Option<u16>,
    list: Option<u16>,
    level: Option<u8>,
}

/// The styles by number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    own: Vec<Own>,
}

impl Styles {
    pub(super) fn read(header: &Header<'_>, tables: &[u8]) -> Self {
        let sheet = header.part(tables, Part::Styles).unwrap_or_default();
        let mut styles = Styles::default();
        // A style sheet that breaks off still says what it said before.
        let _: Option<()> = styles.collect(sheet, header.version);
        styles
    }

    fn collect(&mut self, sheet: &[u8], version: Version) -> Option<()> {
        let head = usize::from(u16(sheet, 0)?);
        let (count, fixed) = (u16(sheet, 2)?, u16(sheet, 4)?);
        let mut at = 2 + head;
        for _ in 0..count {
            let length = usize::from(u16(sheet, at)?);
            let style = slice(sheet, at + 2, length)?;
            self.own.push(own(style, fixed.into(), version).unwrap_or_default());
            // Styles begin at even places.
            at += 2 + length + length % 2;
        }
        Some(())
    }

    /// The style and those it is based on, nearest first.
    fn chain(&self, style: u16) -> impl Iterator<Item = &Own> {
        let first = self.own.get(usize::from(style));
        std::iter::successors(first, |style| self.own.get(usize::from(style.base?))).take(MAX_CHAIN)
    }

    /// Whether text in this style is hidden, if the style says so or otherwise.
    pub(super) fn hides(&self, style: u16) -> Option<bool> {
        self.chain(style).find_map(|style| style.hidden)
    }

    /// The font of text in this style.
    pub(super) fn font(&self, style: u16) -> Option<u16> {
        self.chain(style).find_map(|style| style.font)
    }

    /// The list and level a paragraph of this style belongs to.
    pub(super) fn list(&self, style: u16) -> (Option<u16>, Option<u8>) {
        (self.chain(style).find_map(|style| style.list), self.chain(style).find_map(|style| style.level))
    }
}

/// One style: fixed part, name, then its lists of properties, each with its length first.
fn own(style: &[u8], fixed: usize, version: Version) -> Option<Own> {
    let (kind, base) = (u16(style, 2)? & 0x0f, u16(style, 2)? >> 4);
    let mut own = Own { base: Some(base).filter(|&base| base != NO_BASE), ..Own::default() };
    let name = match version {
        Version::Word6 => 1 + usize::from(u8(style, fixed)?) + 1,
        Version::Word97 => 2 + 2 * usize::from(u16(style, fixed)?) + 2,
    };
    let mut at = fixed + name;
    if kind == PARAGRAPHS {
        // Its number stands before the properties.
        let mut paragraph = Paragraph::default();
        paragraph.apply(property_list(style, &mut at)?.get(2..)?, version);
        (own.list, own.level) = (paragraph.list, paragraph.level);
    }
    if kind == PARAGRAPHS || kind == CHARACTERS {
        let mut character = Character::default();
        let list = property_list(style, &mut at)?;
        Sprms::new(list, version).for_each(|(code, value)| character.set(code, value, &|_| None));
        (own.hidden, own.font) = (character.hidden, character.font);
    }
    Some(own)
}

/// The next list of properties of a style; lists begin at even places.
fn property_list<'a>(style: &'a [u8], at: &mut usize) -> Option<&'a [u8]> {
    *at += *at % 2;
    let length = usize::from(u16(style, *at)?);
    let list = slice(style, *at + 2, length)?;
    *at += 2 + length;
    Some(list)
}
