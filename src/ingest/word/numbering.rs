//! Automatic numbers, rebuilt: Word keeps list definitions and counts while it prints.
//!
//! Counters belong to the abstract list, so that two lists of one kind go on counting together
//! unless one of them restarts. Bullets are decoration and give no number.

use std::collections::HashMap;

use super::numerals;

/// Levels of a list.
pub(in crate::ingest) const LEVELS: usize = 9;
/// Longest pattern of a number; a longer one is an attack, as it is printed again and again.
pub(in crate::ingest) const MAX_PATTERN: usize = 64;
/// Bytes of the longest number of a paragraph: all that a pattern can ask for in plain figures, while nine levels in
/// words have a hundred. A longer one is none, since each of a million paragraphs would have it.
const MAX_NUMBER: usize = MAX_PATTERN / 2 * 10;

/// Formats of numbers by their number in binary files and RTF, under the names that DOCX gives them.
const FORMATS: &[(u8, &str)] = &[
    (1, "upperRoman"),
    (2, "lowerRoman"),
    (3, "upperLetter"),
    (4, "lowerLetter"),
    (10, "ideographDigital"),
    (11, "japaneseCounting"),
    (14, "decimalFullWidth"),
    (16, "japaneseLegal"),
    (17, "japaneseDigitalTenThousand"),
    (18, "decimalEnclosedCircle"),
    (19, "decimalFullWidth2"),
    (22, "decimalZero"),
    (23, "bullet"),
    (26, "decimalEnclosedFullstop"),
    (27, "decimalEnclosedParen"),
    (28, "decimalEnclosedCircleChinese"),
    (29, "ideographEnclosedCircle"),
    (30, "ideographTraditional"),
    (31, "ideographZodiac"),
    (32, "ideographZodiacTraditional"),
    (33, "taiwaneseCounting"),
    (34, "ideographLegalTraditional"),
    (35, "taiwaneseCountingThousand"),
    (36, "taiwaneseDigital"),
    (37, "chineseCounting"),
    (38, "chineseLegalSimplified"),
    (39, "chineseCountingThousand"),
    (57, "numberInDash"),
    (255, "none"),
];

/// The name of a format; plain figures where the number says nothing.
pub(in crate::ingest) fn format_of(number: u32) -> &'static str {
    FORMATS.iter().find(|(known, _)| u32::from(*known) == number).map_or("decimal", |&(_, name)| name)
}

/// A pattern in which characters below 9 stand for numbers, as DOCX writes it: `%1、`.
pub(in crate::ingest) fn pattern_of(chars: impl Iterator<Item = char>) -> String {
    let mut pattern = String::new();
    for char in chars.take(MAX_PATTERN) {
        match u32::from(char) {
            level @ 0..9 => pattern.push_str(&format!("%{}", level + 1)),
            _ => pattern.push(char),
        }
    }
    pattern
}

/// How one level counts and prints.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct Level {
    pub(in crate::ingest) start: u32,
    pub(in crate::ingest) format: String,
    pub(in crate::ingest) pattern: String,
    /// Every number in plain figures.
    pub(in crate::ingest) legal: bool,
    /// Restarts after this level (from 1) or a higher one; never if 0; after any if not said.
    pub(in crate::ingest) restart: Option<u32>,
    pub(in crate::ingest) style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let (format, pattern) = ("decimal".to_owned(), String::new());
        Level { start: 0, format, pattern, legal: false, restart: None, style: None }
    }
}

#[derive(Debug, Default)]
pub(in crate::ingest) struct Abstract {
    pub(in crate::ingest) levels: [Option<Level>; LEVELS],
    /// Its levels are those of the list of this style.
    pub(in crate::ingest) borrowed: Option<String>,
}

#[derive(Debug, Default)]
pub(in crate::ingest) struct List {
    pub(in crate::ingest) of: String,
    pub(in crate::ingest) starts: [Option<u32>; LEVELS],
    pub(in crate::ingest) levels: [Option<Level>; LEVELS],
}

/// Every list of the document, and how far each has counted.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Numbering {
    pub(in crate::ingest) abstracts: HashMap<String, Abstract>,
    pub(in crate::ingest) lists: HashMap<String, List>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Levels of lists whose own start has been used.
    started: HashMap<String, [bool; LEVELS]>,
}

impl Numbering {
    fn level(&self, list: &str, id: &str, level: usize) -> Option<&Level> {
        let own = self.lists.get(list).and_then(|list| list.levels[level].as_ref());
        own.or_else(|| self.abstracts.get(id)?.levels[level].as_ref())
    }

    /// The format of a level.
    pub(in crate::ingest) fn format(&self, list: &str, id: &str, level: usize) -> Option<&str> {
        self.level(list, id, level).map(|level| level.format.as_str())
    }

    fn start(&self, list: &str, id: &str, level: usize) -> u32 {
        self.level(list, id, level).map_or(1, |level| level.start)
    }

    /// Counts on: a paragraph of this list and level, whose levels are those of the abstract list `id`.
    pub(in crate::ingest) fn count(&mut self, list: &str, id: &str, level: usize) {
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

    /// The paragraph just counted has this number after all.
    pub(in crate::ingest) fn set(&mut self, id: &str, level: usize, number: u32) {
        if let Some(counter) = self.counters.get_mut(id).and_then(|counters| counters.get_mut(level)) {
            *counter = Some(number);
        }
    }

    /// The number of the paragraph just counted; none for bullets.
    pub(in crate::ingest) fn print(&self, list: &str, id: &str, level: usize) -> Option<String> {
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
        Some(text).filter(|text| !text.is_empty() && text.len() <= MAX_NUMBER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_as_long_as_a_paragraph_is_none() {
        let mut numbering = Numbering::default();
        let level = |pattern: String| {
            Some(Level { start: 3_888, format: "upperRoman".to_owned(), pattern, ..Level::default() })
        };
        let abstracts = Abstract {
            levels: [level("%1.".repeat(21)), level("%2".to_owned()), None, None, None, None, None, None, None],
            borrowed: None,
        };
        numbering.abstracts.insert("a".to_owned(), abstracts);
        for (at, printed) in [(0, None), (1, Some("MMMDCCCLXXXVIII".to_owned()))] {
            numbering.count("l", "a", at);
            assert_eq!(numbering.print("l", "a", at), printed);
        }
    }
}
