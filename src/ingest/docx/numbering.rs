//! The list definitions of a package, and which of them a paragraph belongs to. How they count is
//! Word's in any format.

use std::borrow::Cow;

use super::names::{Bindings, Tag};
use super::properties::ParagraphProperties;
use super::styles::Styles;
use super::xml::{Event, Scanner, Stop, number, switch};
use crate::ingest::word::numbering::{Abstract, LEVELS, Level, List, MAX_PATTERN, Numbering};

/// Steps from a list that borrows its levels from a style to the list of that style.
const MAX_CHAIN: usize = 8;

impl Numbering {
    pub(super) fn read(part: &[u8], depth: usize) -> Self {
        let mut numbering = Numbering::default();
        let mut scan = Scanner::new(part, Bindings::customary(), depth);
        // Definitions that break off still say what they said before.
        let _: Result<(), Stop> = numbering.collect(&mut scan);
        numbering
    }

    fn collect(&mut self, scan: &mut Scanner<'_>) -> Result<(), Stop> {
        loop {
            match scan.next()? {
                Event::Open(Tag::AbstractList) => {
                    let id = scan.attribute(b"abstractNumId").unwrap_or_default().into_owned();
                    let list = read_abstract(scan)?;
                    self.abstracts.insert(id, list);
                }
                Event::Open(Tag::List) => {
                    let id = scan.attribute(b"numId").unwrap_or_default().into_owned();
                    let list = read_list(scan)?;
                    self.lists.insert(id, list);
                }
                Event::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// The number of the next paragraph with these properties, if it has one.
    pub(super) fn next(&mut self, paragraph: &ParagraphProperties<'_>, styles: &Styles) -> Option<String> {
        let style = paragraph.style.as_deref();
        let of_style = styles.list(style);
        let list = paragraph.list.as_deref().or(of_style.map(|(list, _)| list))?;
        if list == "0" {
            return None;
        }
        let id = self.owner(list, styles)?;
        let by_style = || of_style.and_then(|(_, level)| level).or_else(|| self.level_of_style(&id, style?));
        let level = paragraph.level.or_else(by_style).unwrap_or(0) as usize;
        if level >= LEVELS {
            return None;
        }
        self.count(list, &id, level);
        self.print(list, &id, level)
    }

    /// The abstract list that holds the levels.
    fn owner(&self, list: &str, styles: &Styles) -> Option<String> {
        let mut id = &self.lists.get(list)?.of;
        for _ in 0..MAX_CHAIN {
            let Some(style) = &self.abstracts.get(id)?.borrowed else { break };
            let Some((list, _)) = styles.list(Some(style)) else { break };
            id = &self.lists.get(list)?.of;
        }
        Some(id.clone())
    }

    fn level_of_style(&self, id: &str, style: &str) -> Option<u32> {
        let levels = &self.abstracts.get(id)?.levels;
        let at = levels
            .iter()
            .position(|level| level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style)))?;
        u32::try_from(at).ok()
    }
}

fn read_abstract(scan: &mut Scanner<'_>) -> Result<Abstract, Stop> {
    let mut list = Abstract::default();
    loop {
        match scan.next()? {
            Event::Open(Tag::ListLevel) => {
                let at = level_index(scan);
                let level = read_level(scan)?;
                if let Some(place) = list.levels.get_mut(at) {
                    *place = Some(level);
                }
            }
            Event::Open(Tag::ListStyle) => list.borrowed = scan.attribute(b"val").map(Cow::into_owned),
            Event::Close(Tag::AbstractList) | Event::End => return Ok(list),
            _ => {}
        }
    }
}

fn read_list(scan: &mut Scanner<'_>) -> Result<List, Stop> {
    let mut list = List::default();
    let mut at = 0;
    loop {
        match scan.next()? {
            Event::Open(Tag::ListOf) => list.of = scan.attribute(b"val").unwrap_or_default().into_owned(),
            Event::Open(Tag::ListOverride) => at = level_index(scan),
            Event::Open(Tag::StartOverride) => {
                let start = scan.attribute(b"val").and_then(|value| number(value.as_bytes()));
                if let Some(place) = list.starts.get_mut(at) {
                    *place = start;
                }
            }
            Event::Open(Tag::ListLevel) => {
                let level = read_level(scan)?;
                if let Some(place) = list.levels.get_mut(at) {
                    *place = Some(level);
                }
            }
            Event::Close(Tag::List) | Event::End => return Ok(list),
            _ => {}
        }
    }
}

fn level_index(scan: &Scanner<'_>) -> usize {
    scan.attribute(b"ilvl").and_then(|value| number(value.as_bytes())).map_or(0, |level| level as usize)
}

fn read_level(scan: &mut Scanner<'_>) -> Result<Level, Stop> {
    let mut level = Level::default();
    loop {
        let event = scan.next()?;
        let value = || scan.attribute(b"val").unwrap_or_default();
        match event {
            Event::Open(Tag::Start) => level.start = number(value().as_bytes()).unwrap_or(0),
            Event::Open(Tag::NumberFormat) => level.format = value().into_owned(),
            Event::Open(Tag::LevelText) => level.pattern = value().chars().take(MAX_PATTERN).collect(),
            Event::Open(Tag::LevelRestart) => level.restart = number(value().as_bytes()),
            Event::Open(Tag::LegalNumbers) => level.legal = switch(scan.raw_attributes()),
            Event::Open(Tag::LevelStyle) => level.style = Some(value().into_owned()),
            Event::Open(Tag::ParagraphProperties | Tag::RunProperties) => scan.skip_flat()?,
            Event::Close(Tag::ListLevel) | Event::End => return Ok(level),
            _ => {}
        }
    }
}
