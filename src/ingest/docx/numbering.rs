//! Automatic numbers rebuilt: 一、 （一） 1. as Word prints them before a paragraph.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml;

/// Levels of one list.
const LEVELS: usize = 9;
/// Styles based on styles: a chain longer than this is a ring.
const LONGEST_CHAIN: usize = 16;

/// What a paragraph says of its own number.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphNumber {
    pub style: Option<String>,
    pub num: Option<String>,
    pub level: Option<u32>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
}

#[derive(Debug, Clone, Default)]
struct Style {
    num: Option<String>,
    level: Option<u32>,
    based_on: Option<String>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, Vec<Level>>,
    nums: HashMap<String, (String, HashMap<usize, u32>)>,
    styles: HashMap<String, Style>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    restarted: Vec<String>,
}

impl Numbering {
    /// Reads `numbering.xml` as far as it goes.
    pub fn read_lists(&mut self, text: &str) {
        let mut list: Option<String> = None;
        let mut num: Option<String> = None;
        let mut level = 0usize;
        each(text, |local, tag| match local {
            "abstractNum" => {
                list = xml::attribute(tag, "abstractNumId");
                num = None;
            }
            "num" => {
                num = xml::attribute(tag, "numId");
                list = None;
            }
            "abstractNumId" => {
                if let (Some(num), Some(of)) = (&num, xml::attribute(tag, "val")) {
                    self.nums.insert(num.clone(), (of, HashMap::new()));
                }
            }
            "lvl" | "lvlOverride" => level = xml::number(tag, "ilvl").unwrap_or(0).min(LEVELS as u32 - 1) as usize,
            "startOverride" => {
                if let (Some((_, starts)), Some(start)) =
                    (num.as_ref().and_then(|num| self.nums.get_mut(num)), xml::number(tag, "val"))
                {
                    starts.insert(level, start);
                }
            }
            "start" | "numFmt" | "lvlText" => {
                if let Some(list) = &list {
                    let levels = self
                        .lists
                        .entry(list.clone())
                        .or_insert_with(|| vec![Level { start: 1, ..Level::default() }; LEVELS]);
                    match local {
                        "start" => levels[level].start = xml::number(tag, "val").unwrap_or(1),
                        "numFmt" => levels[level].format = xml::attribute(tag, "val").unwrap_or_default(),
                        _ => levels[level].text = xml::attribute(tag, "val").unwrap_or_default(),
                    }
                }
            }
            _ => {}
        });
    }

    /// Reads the numbering that `styles.xml` gives to styles.
    pub fn read_styles(&mut self, text: &str) {
        let mut style: Option<String> = None;
        each(text, |local, tag| {
            if local == "style" {
                style = xml::attribute(tag, "styleId");
            }
            let Some(name) = &style else { return };
            match local {
                "numId" => self.styles.entry(name.clone()).or_default().num = xml::attribute(tag, "val"),
                "ilvl" => self.styles.entry(name.clone()).or_default().level = xml::number(tag, "val"),
                "basedOn" => self.styles.entry(name.clone()).or_default().based_on = xml::attribute(tag, "val"),
                _ => {}
            }
        });
    }

    /// Counts a paragraph and gives the number that Word prints before it.
    pub fn next(&mut self, paragraph: &ParagraphNumber) -> Option<String> {
        let (num, level) = self.settled(paragraph)?;
        if num == "0" || level >= LEVELS {
            return None;
        }
        let (list, starts) = self.nums.get(&num)?.clone();
        let levels = self.lists.get(&list)?;
        let counters = self.counters.entry(list.clone()).or_default();
        if !starts.is_empty() && !self.restarted.contains(&num) {
            self.restarted.push(num);
            for (level, start) in &starts {
                counters[*level] = start.checked_sub(1);
                if *start == 0 {
                    counters[*level] = None;
                }
            }
        }
        counters[level] = Some(
            counters[level]
                .map_or(starts.get(&level).copied().unwrap_or(levels[level].start), |at| at.saturating_add(1)),
        );
        counters[level + 1..].fill(None);
        let printed = |at: usize| {
            let number = counters[at].unwrap_or(levels[at].start);
            formatted(number, &levels[at].format)
        };
        if matches!(levels[level].format.as_str(), "bullet" | "none") {
            return None;
        }
        let mut text = levels[level].text.clone();
        for at in 0..LEVELS {
            let place = format!("%{}", at + 1);
            if text.contains(&place) {
                text = text.replace(&place, &printed(at));
            }
        }
        (!text.is_empty()).then_some(text)
    }

    fn settled(&self, paragraph: &ParagraphNumber) -> Option<(String, usize)> {
        let mut num = paragraph.num.clone();
        let mut level = paragraph.level;
        let mut next = paragraph.style.clone();
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.as_ref().and_then(|name| self.styles.get(name)) else { break };
            num = num.or_else(|| style.num.clone());
            level = level.or(style.level);
            next.clone_from(&style.based_on);
        }
        Some((num?, level.unwrap_or(0) as usize))
    }
}

/// Calls `see` with the local name of every tag, until the text ends or breaks.
fn each(text: &str, mut see: impl FnMut(&str, &BytesStart)) {
    let mut reader = Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => see(tag.local_name().as_ref(), &tag),
            Event::Eof => return,
            _ => {}
        }
    }
}

fn formatted(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital" => chinese(number),
        "decimalZero" => format!("{number:02}"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32(0x2460 + number - 1).map_or(number.to_string(), String::from)
        }
        "decimalEnclosedParen" => format!("({number})"),
        "lowerLetter" | "upperLetter" if (1..=26).contains(&number) => {
            let first = if format == "lowerLetter" { b'a' } else { b'A' };
            char::from(first + number as u8 - 1).to_string()
        }
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "ideographTraditional" if (1..=10).contains(&number) => {
            "甲乙丙丁戊己庚辛壬癸".chars().nth(number as usize - 1).map_or(String::new(), String::from)
        }
        _ => number.to_string(),
    }
}

/// 1 to 99 in Chinese numerals; larger numbers in digits, as no list of a report is that long.
fn chinese(number: u32) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        0 => "〇".to_owned(),
        1..=9 => digits[number as usize].to_owned(),
        10..=19 => format!("十{}", digits[number as usize - 10]),
        20..=99 => format!("{}十{}", digits[number as usize / 10], digits[number as usize % 10]),
        _ => number.to_string(),
    }
}

fn roman(mut number: u32) -> String {
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let steps = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, letters) in steps {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}
