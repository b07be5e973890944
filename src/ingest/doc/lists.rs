//! The list definitions of Word 97 and later, and which of them a paragraph belongs to. How they
//! count is Word's in any format.

use super::bytes::{slice, u8, u16, u32};
use super::fib::{Header, Part};
use super::properties::Paragraph;
use super::styles::Styles;
use crate::ingest::word::numbering::{Abstract, LEVELS, Level, List, Numbering, format_of, pattern_of};

/// Bytes of the fixed part of a level, of an abstract list and of a list.
const LEVEL: usize = 28;
const ABSTRACT: usize = 28;
const LIST: usize = 16;
/// Largest number of a list that is one; others say that a paragraph is in none.
const MAX_LIST: u16 = 0x07fe;

/// Every list, and how far each has counted.
pub(super) struct Numbers<'s> {
    numbering: Numbering,
    styles: &'s Styles,
}

impl<'s> Numbers<'s> {
    pub(super) fn read(header: &Header<'_>, tables: &[u8], styles: &'s Styles) -> Self {
        let mut numbering = Numbering::default();
        // Definitions that break off still say what they said before.
        let _: Option<()> = read_abstracts(&mut numbering, header, tables);
        let _: Option<()> = read_lists(&mut numbering, header.part(tables, Part::ListUses).unwrap_or_default());
        Numbers { numbering, styles }
    }

    /// The number of the next paragraph with these properties, if it has one.
    pub(super) fn next(&mut self, paragraph: &Paragraph) -> Option<String> {
        if self.numbering.lists.is_empty() {
            return None;
        }
        let (of_style, level_of_style) = self.styles.list(paragraph.style);
        let list = paragraph.list.or(of_style).filter(|list| (1..=MAX_LIST).contains(list))?.to_string();
        let level = usize::from(paragraph.level.or(level_of_style).unwrap_or(0));
        let id = self.numbering.lists.get(&list).filter(|_| level < LEVELS)?.of.clone();
        self.numbering.count(&list, &id, level);
        self.numbering.print(&list, &id, level)
    }
}

/// Abstract lists: their fixed parts, then, outside the stated length, the levels of all of them.
fn read_abstracts(numbering: &mut Numbering, header: &Header<'_>, tables: &[u8]) -> Option<()> {
    let (from, length) = header.place_of(Part::Lists)?;
    let fixed = slice(tables, from, length)?;
    let mut at = from + length;
    for list in fixed.get(2..)?.chunks_exact(ABSTRACT).take(u16(fixed, 0)?.into()) {
        let simple = u8(list, 26)? & 1 == 1;
        let mut read = Abstract::default();
        for place in read.levels.iter_mut().take(if simple { 1 } else { LEVELS }) {
            *place = Some(read_level(tables, &mut at)?);
        }
        numbering.abstracts.insert(u32(list, 0)?.to_string(), read);
    }
    Some(())
}

/// Lists: their fixed parts, then for each what it changes in its abstract list.
fn read_lists(numbering: &mut Numbering, part: &[u8]) -> Option<()> {
    let count = usize::try_from(u32(part, 0)?).ok()?;
    let fixed = slice(part, 4, count.checked_mul(LIST)?)?;
    let mut at = 4 + fixed.len();
    let mut whole = Some(());
    for (index, entry) in fixed.chunks_exact(LIST).enumerate() {
        let mut list = List { of: u32(entry, 0)?.to_string(), ..List::default() };
        // What is changed may break off: the lists are there all the same.
        whole = whole.and_then(|()| read_changes(&mut list, u8(entry, 12)?.into(), part, &mut at));
        numbering.lists.insert((index + 1).to_string(), list);
    }
    whole
}

fn read_changes(list: &mut List, count: usize, part: &[u8], at: &mut usize) -> Option<()> {
    *at += 4;
    for _ in 0..count {
        let (start, flags) = (u32(part, *at)?, u32(part, *at + 4)?);
        *at += 8;
        let level = (flags & 0x0f) as usize;
        let (starts, formats) = (flags & 0x10 != 0, flags & 0x20 != 0);
        let own = if formats { Some(read_level(part, at)?) } else { None };
        if level < LEVELS {
            list.starts[level] = starts.then(|| own.as_ref().map_or(start, |own| own.start));
            list.levels[level] = own;
        }
    }
    Some(())
}

/// A level: fixed part, two lists of properties, the pattern of its numbers.
fn read_level(bytes: &[u8], at: &mut usize) -> Option<Level> {
    let fixed = slice(bytes, *at, LEVEL)?;
    let properties = usize::from(fixed[24]) + usize::from(fixed[25]);
    *at += LEVEL + properties;
    let length = usize::from(u16(bytes, *at)?);
    let pattern = slice(bytes, *at + 2, 2 * length)?;
    *at += 2 + 2 * length;
    let units = pattern.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    Some(Level {
        start: u32(fixed, 0)?,
        format: format_of(fixed[4].into()).to_owned(),
        pattern: pattern_of(char::decode_utf16(units).map(|char| char.unwrap_or('\u{fffd}'))),
        legal: fixed[5] & 0x04 != 0,
        restart: (fixed[5] & 0x08 != 0).then(|| fixed[26].into()),
        style: None,
    })
}
