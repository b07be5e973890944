//! List styles, and which list and item a paragraph belongs to. How a list counts is the same as in
//! Word (`ingest/word`).

use std::collections::HashMap;

use super::styles::{OUTLINE, Styles};
use super::xml::{Event, Ns, Scanner};
use crate::ingest::word::numbering::{LEVELS, Level, List, MAX_PATTERN};
use crate::ingest::xml::Stop;

/// Formats of numbers by the first character of their name (`一, 二, 三, ...`), and Word's names.
const FORMATS: &[(char, &str)] = &[
    ('1', "decimal"),
    ('a', "lowerLetter"),
    ('A', "upperLetter"),
    ('i', "lowerRoman"),
    ('I', "upperRoman"),
    ('一', "chineseCountingThousand"),
    ('〇', "ideographDigital"),
    ('壹', "chineseLegalSimplified"),
    ('甲', "ideographTraditional"),
    ('子', "ideographZodiac"),
    ('①', "decimalEnclosedCircle"),
    ('⑴', "decimalEnclosedParen"),
    ('⒈', "decimalEnclosedFullstop"),
    ('㊀', "ideographEnclosedCircle"),
    ('１', "decimalFullWidth"),
];
/// The name of the format that differs from another only later on.
const TRADITIONAL_LEGAL: &str = "壹, 貳";

/// Reads the levels of the list style just opened, its end included.
pub(super) fn read(scan: &mut Scanner<'_>) -> Result<List, Stop> {
    let outside = scan.depth() - 1;
    let mut list = List::default();
    loop {
        match scan.next()? {
            Event::Open(Ns::Text, local) if local.ends_with(b"-style") || local.starts_with(b"list-level-style") => {
                let at = scan.number(b"level").unwrap_or(0) as usize;
                let level = if local.ends_with(b"-bullet") || local.ends_with(b"-image") {
                    Level { format: "bullet".to_owned(), ..Level::default() }
                } else {
                    level(scan, at)
                };
                if (1..=LEVELS).contains(&at) {
                    list.levels[at - 1] = Some(level);
                }
            }
            Event::Close if scan.depth() <= outside => return Ok(list),
            Event::End => return Ok(list),
            _ => {}
        }
    }
}

fn level(scan: &Scanner<'_>, at: usize) -> Level {
    let value = |name: &[u8]| scan.attribute(name).unwrap_or_default();
    let format = format_of(&value(b"num-format")).to_owned();
    let pattern = match scan.attribute(b"num-list-format") {
        Some(pattern) => (1..=LEVELS)
            .fold(pattern.into_owned(), |pattern, place| pattern.replace(&format!("%{place}%"), &format!("%{place}"))),
        None => {
            let shown = scan.number(b"display-levels").unwrap_or(1).max(1) as usize;
            let first = (at + 1).saturating_sub(shown).max(1);
            let places: Vec<String> = (first..=at).map(|place| format!("%{place}")).collect();
            let number = if format == "none" { String::new() } else { places.join(".") };
            format!("{}{number}{}", value(b"num-prefix"), value(b"num-suffix"))
        }
    };
    let pattern = pattern.chars().take(MAX_PATTERN).collect();
    let start = scan.number(b"start-value").unwrap_or(1);
    Level { start, format, pattern, legal: false, restart: None, style: None }
}

/// Word's name of a format. One that is not known counts in figures.
fn format_of(name: &str) -> &'static str {
    if name.starts_with(TRADITIONAL_LEGAL) {
        return "ideographLegalTraditional";
    }
    match name.chars().next() {
        None => "none",
        Some(first) => FORMATS.iter().find(|(known, _)| *known == first).map_or("decimal", |&(_, format)| format),
    }
}

/// A list that is open.
#[derive(Debug, Clone)]
struct OpenList {
    style: String,
    /// Name of its counters.
    counters: String,
    /// The first paragraph of an item is still to come, and has a number.
    due: bool,
    /// The number that the item's list is to have, if it says so.
    start: Option<u32>,
    /// The number as the file spells it out, if it does.
    printed: Option<String>,
}

/// The lists that are open around a paragraph, outermost first.
#[derive(Debug, Default)]
pub(super) struct Open(Vec<OpenList>);

/// What is known of lists that have ended, for those that go on counting.
#[derive(Debug, Default)]
pub(super) struct Lists {
    by_id: HashMap<String, String>,
    by_style: HashMap<String, String>,
    begun: usize,
}

impl Lists {
    /// Begins a list, or goes on with one.
    pub(super) fn open(&mut self, open: &mut Open, scan: &Scanner<'_>) {
        let outer = open.0.last();
        let own = scan.attribute(b"style-name").map(std::borrow::Cow::into_owned);
        let inherited = outer.map(|outer| outer.style.clone());
        let style = own.or(inherited).unwrap_or_default();
        let continued = || {
            let by_id = scan.attribute(b"continue-list").and_then(|id| self.by_id.get(&*id));
            by_id.or_else(|| self.by_style.get(&style).filter(|_| scan.says(b"continue-numbering", b"true"))).cloned()
        };
        let within = outer.filter(|outer| outer.style == style).map(|outer| outer.counters.clone());
        let counters = within.or_else(continued).unwrap_or_else(|| {
            self.begun += 1;
            self.begun.to_string()
        });
        if let Some(id) = scan.attribute(b"id") {
            self.by_id.insert(id.into_owned(), counters.clone());
        }
        self.by_style.insert(style.clone(), counters.clone());
        open.0.push(OpenList { style, counters, due: false, start: None, printed: None });
    }
}

impl Open {
    pub(super) fn close(&mut self) {
        self.0.pop();
    }

    /// Begins an item; a heading of the list has no number.
    pub(super) fn item(&mut self, numbered: bool, start: Option<u32>) {
        if let Some(list) = self.0.last_mut() {
            (list.due, list.start, list.printed) = (numbered, start, None);
        }
    }

    /// The item's number as the file spells it out.
    pub(super) fn print(&mut self, number: String) {
        if let Some(list) = self.0.last_mut() {
            list.printed = Some(number);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of the paragraph that begins now; counts on.
    pub(super) fn number(&mut self, styles: &mut Styles) -> Option<String> {
        let level = self.0.len().checked_sub(1)?;
        let list = self.0.last_mut().filter(|list| list.due)?;
        list.due = false;
        if level >= LEVELS {
            return list.printed.take();
        }
        let numbering = &mut styles.numbering;
        numbering.count(&list.style, &list.counters, level);
        if let Some(start) = list.start.take() {
            numbering.set(&list.counters, level, start);
        }
        list.printed.take().or_else(|| numbering.print(&list.style, &list.counters, level))
    }
}

/// The number of a heading of this level (from 1) in the list of headings; counts on.
pub(super) fn heading_number(styles: &mut Styles, level: u32, start: Option<u32>) -> Option<String> {
    let level = (level as usize).checked_sub(1).filter(|&level| level < LEVELS)?;
    styles.numbering.count(OUTLINE, OUTLINE, level);
    if let Some(start) = start {
        styles.numbering.set(OUTLINE, level, start);
    }
    styles.numbering.print(OUTLINE, OUTLINE, level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_first_character() {
        assert_eq!(format_of("一, 二, 三, ..."), "chineseCountingThousand");
        assert_eq!(format_of("壹, 贰, 叁, ..."), "chineseLegalSimplified");
        assert_eq!(format_of("壹, 貳, 參, ..."), "ideographLegalTraditional");
        assert_eq!(format_of("1"), "decimal");
        assert_eq!(format_of("x"), "decimal");
        assert_eq!(format_of(""), "none");
    }
}
