//! Pages of properties: 512 bytes each, saying from which byte of the text to which byte a list
//! of properties holds. A list of pages leads to them.

use std::collections::HashSet;

use super::bytes::{slice, u8, u16, u32, up_to};
use super::fib::{Header, Part, Version};

/// Bytes of a page.
const PAGE: usize = 512;
/// Bits of a page's number; the others have no meaning.
const NUMBER: u32 = 0x003f_ffff;

/// Bytes of the text that have the same properties.
#[derive(Debug, Clone, Copy)]
struct Run<'a> {
    start: u32,
    end: u32,
    properties: &'a [u8],
}

/// The properties of all text, by its place in the stream.
#[derive(Debug, Default)]
pub(super) struct Properties<'a> {
    runs: Vec<Run<'a>>,
    /// Pages that are not there.
    pub(super) lost: usize,
}

impl<'a> Properties<'a> {
    /// Reads every page that the list names: of paragraphs or of characters.
    pub(super) fn read(header: &Header<'_>, tables: &[u8], main: &'a [u8], part: Part) -> Self {
        let mut properties = Properties::default();
        let mut seen = HashSet::new();
        for number in numbers(header, tables, part) {
            if !seen.insert(number) {
                continue;
            }
            let page = usize::try_from(number & NUMBER).ok().and_then(|at| slice(main, at.checked_mul(PAGE)?, PAGE));
            match page {
                Some(page) => properties.read_page(page, part, header.version),
                None => properties.lost += 1,
            }
        }
        properties.runs.sort_by_key(|run| run.start);
        properties
    }

    /// Places (4 bytes each, one more than runs), then where in the page each run's list stands.
    fn read_page(&mut self, page: &'a [u8], part: Part, version: Version) {
        let count = usize::from(page[PAGE - 1]);
        let entry = match (part, version) {
            (Part::ParagraphPages, Version::Word97) => 13,
            (Part::ParagraphPages, Version::Word6) => 7,
            _ => 1,
        };
        for at in 0..count {
            let (start, end) = (u32(page, 4 * at), u32(page, 4 * at + 4));
            let offset = u8(page, 4 * (count + 1) + entry * at);
            let (Some(start), Some(end), Some(offset)) = (start, end, offset) else { break };
            if start < end {
                let properties = list(page, 2 * usize::from(offset), part, version).unwrap_or_default();
                self.runs.push(Run { start, end, properties });
            }
        }
    }

    /// The properties of a byte, and up to which byte they hold. Bytes that no page speaks of have none.
    pub(super) fn at(&self, byte: usize) -> (&'a [u8], usize) {
        let Ok(byte) = u32::try_from(byte) else { return (&[], usize::MAX) };
        let after = self.runs.partition_point(|run| run.start <= byte);
        let next = self.runs.get(after).map_or(usize::MAX, |run| run.start as usize);
        match after.checked_sub(1).map(|at| self.runs[at]).filter(|run| byte < run.end) {
            Some(run) => (run.properties, next.min(run.end as usize)),
            None => (&[], next),
        }
    }
}

/// The numbers of the pages: those of the list, then those that Word 6 left out of it.
fn numbers(header: &Header<'_>, tables: &[u8], part: Part) -> Vec<u32> {
    let list = header.part(tables, part).unwrap_or_default();
    let count = |width: usize| list.len().saturating_sub(4) / (4 + width);
    let mut numbers: Vec<u32> = match header.version {
        Version::Word97 => (0..count(4)).filter_map(|at| u32(list, 4 * (count(4) + 1) + 4 * at)).collect(),
        Version::Word6 => {
            (0..count(2)).filter_map(|at| u16(list, 4 * (count(2) + 1) + 2 * at).map(u32::from)).collect()
        }
    };
    if let Some((first, stated)) = header.pages(part) {
        let listed = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        let from = numbers.last().map_or(first, |last| last.saturating_add(1));
        numbers.extend((0..stated.saturating_sub(listed)).map(|at| from.saturating_add(at)));
    }
    numbers
}

/// The list of properties at a place of a page. Those of paragraphs begin with their style.
fn list(page: &[u8], at: usize, part: Part, version: Version) -> Option<&[u8]> {
    if at == 0 {
        return None;
    }
    let page = &page[..PAGE - 1];
    let length = usize::from(u8(page, at)?);
    // Those of paragraphs are counted in pairs of bytes. In Word 97 the length byte belongs to the
    // first pair, unless it is zero: then a second length follows.
    match (part, version, length) {
        (Part::CharacterPages, ..) => slice(page, at + 1, length),
        (_, Version::Word6, _) => Some(up_to(page, at + 1, 2 * length)),
        (_, _, 0) => Some(up_to(page, at + 2, 2 * usize::from(u8(page, at + 1)?))),
        _ => Some(up_to(page, at + 1, 2 * length - 1)),
    }
}
