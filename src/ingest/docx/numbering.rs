//! Automatic numbers, rebuilt: Word keeps list definitions and counts while it prints.
//!
//! Counters belong to the abstract list, so that two lists of one kind go on counting together
//! unless one of them restarts. Bullets are decoration and give no number.

use std::borrow::Cow;
use std::collections::HashMap;

use super::names::{Bindings, Tag};
use super::properties::ParagraphProperties;
use super::styles::Styles;
use super::xml::{Event, Scanner, Stop, number, switch};
use crate::ingest::word::numerals;

/// Levels of a list.
const LEVELS: usize = 9;
/// Longest pattern of a number; a longer one is an attack, as it is printed again and again.
const MAX_PATTERN: usize = 64;
/// Steps from a list that borrows its levels from a style to the list of that style.
const MAX_CHAIN: usize = 8;

/// How one level counts and prints.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    pattern: String,
    /// Every number in plain figures.
    legal: bool,
    /// Restarts after this level (from 1) or a higher one; never if 0; after any if not said.
    restart: Option<u32>,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let (format, pattern) = ("decimal".to_owned(), String::new());
        Level { start: 0, format, pattern, legal: false, restart: None, style: None }
    }
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// Its levels are those of the list of this style.
    borrowed: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    of: String,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// Every list of the document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<String, Abstract>,
    lists: HashMap<String, List>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Levels of lists whose own start has been used.
    started: HashMap<String, [bool; LEVELS]>,
}

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

    fn level(&self, list: &str, id: &str, level: usize) -> Option<&Level> {
        let own = self.lists.get(list).and_then(|list| list.levels[level].as_ref());
        own.or_else(|| self.abstracts.get(id)?.levels[level].as_ref())
    }

    fn start(&self, list: &str, id: &str, level: usize) -> u32 {
        self.level(list, id, level).map_or(1, |level| level.start)
    }

    fn count(&mut self, list: &str, id: &str, level: usize) {
        let start = self.start(list, id, level);
        let own_start = self.lists.get(list).and_then(|list| list.starts[level]);
        let restarts: [bool; LEVELS] = std::array::from_fn(|deeper| {
            let after = self.level(list, id, deeper).and_then(|deeper| deeper.restart);
            deeper > level && after.is_none_or(|after| level < after as usize)
        });
        let first = !std::mem::replace(&mut self.started.entry(list.to_owned()).or_default()[level], true);
        let counters = self.counters.entry(id.to_owned()).or_default();
        counters[level] = Some(match (counters[level], own_start) {
            (_, Some(own)) if first => own,
            (Some(last), _) => last.saturating_add(1),
            (None, Some(own)) => own,
            (None, None) => start,
        });
        for (counter, restart) in counters.iter_mut().zip(restarts) {
            if restart {
                *counter = None;
            }
        }
    }

    fn print(&self, list: &str, id: &str, level: usize) -> Option<String> {
        let own = self.level(list, id, level)?;
        if own.format == "bullet" {
            return None;
        }
        let counters = self.counters.get(id)?;
        let mut text = String::new();
        let mut pattern = own.pattern.chars().peekable();
        while let Some(char) = pattern.next() {
            let place = pattern.peek().and_then(|digit| digit.to_digit(10)).filter(|place| (1..=9).contains(place));
            let (true, Some(place)) = (char == '%', place) else {
                text.push(char);
                continue;
            };
            pattern.next();
            let place = place as usize - 1;
            let number = counters[place].unwrap_or_else(|| self.start(list, id, place));
            let format = self.level(list, id, place).map_or("decimal", |level| &level.format);
            text.push_str(&numerals::format(number, if own.legal { "decimal" } else { format }));
        }
        Some(text).filter(|text| !text.is_empty())
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
