//! What is read of the properties of characters and paragraphs. Everything about looks is passed over.

use super::bytes::{Allowance, i16, place, slice, u8, u16, u32};
use super::fib::Version;
use super::pieces::Change;
use super::sprm::{self, Sprms};

/// Properties of characters.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Character {
    /// Whether they are hidden, if a property or style of their own says so.
    pub(super) hidden: Option<bool>,
    /// What the style of the characters says of it, or that of the paragraph.
    by_style: Option<bool>,
    pub(super) deleted: bool,
    pub(super) inserted: bool,
    /// Struck out by hand.
    pub(super) struck: bool,
    /// Set above the line.
    pub(super) raised: bool,
    /// Control characters stand for something (a picture, a symbol).
    pub(super) special: bool,
    /// The picture sign stands for the data of a form field.
    pub(super) form_data: bool,
    /// Font and place of a symbol.
    pub(super) symbol: Option<(u16, u16)>,
    /// Font, which in Word 6 says what the bytes mean.
    pub(super) font: Option<u16>,
}

impl Character {
    /// The properties of text whose paragraph has this style and that says nothing itself.
    pub(super) fn of_style(hidden: Option<bool>, font: Option<u16>) -> Self {
        Character { hidden, by_style: hidden, font, ..Character::default() }
    }

    /// Takes in a property; `style_hides` says whether a character style hides its text.
    pub(super) fn set(&mut self, code: u16, value: &[u8], style_hides: &dyn Fn(u16) -> Option<bool>) {
        let on = u8(value, 0).is_some_and(|value| value & 1 == 1);
        match code {
            sprm::HIDDEN => self.hidden = self.toggled(u8(value, 0).unwrap_or(0)),
            sprm::CHARACTER_STYLE => {
                self.by_style = u16(value, 0).and_then(style_hides).or(self.by_style);
                self.hidden = self.by_style;
            }
            sprm::PLAIN => {
                self.hidden = self.by_style;
                (self.struck, self.raised) = (false, false);
            }
            sprm::STRUCK | sprm::STRUCK_TWICE => self.struck = on,
            sprm::RAISED => self.raised = matches!(u8(value, 0), Some(1 | 2)),
            sprm::DELETED => self.deleted = on,
            sprm::INSERTED => self.inserted = on,
            sprm::SPECIAL => self.special = on,
            sprm::FORM_DATA => self.form_data = on,
            sprm::SYMBOL => self.symbol = symbol(value),
            sprm::FONT => self.font = u16(value, 0),
            _ => {}
        }
    }

    /// On, off, as the style has it, or not as the style has it.
    fn toggled(self, value: u8) -> Option<bool> {
        match value {
            0x80 => self.by_style,
            0x81 => Some(!self.by_style.unwrap_or(false)),
            _ => Some(value & 1 == 1),
        }
    }

    pub(super) fn apply_change(&mut self, change: Change<'_>, version: Version) {
        match change {
            Change::None => {}
            Change::One(code, value) => self.set(code, &[value], &|_| None),
            Change::List(list) => Sprms::new(list, version).for_each(|(code, value)| self.set(code, value, &|_| None)),
        }
    }
}

/// Font, then a character of two bytes (one in Word 6).
fn symbol(value: &[u8]) -> Option<(u16, u16)> {
    let char = u16(value, 2).or_else(|| u8(value, 2).map(u16::from))?;
    Some((u16(value, 0)?, char))
}

/// Properties of a paragraph.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) style: u16,
    in_table: bool,
    /// Tables within tables, as far as the paragraph says so.
    depth: u32,
    /// It ends a row of the outermost table.
    row_end: bool,
    /// It ends a cell of a table within a table.
    pub(super) inner_cell: bool,
    inner_row_end: bool,
    /// The list it belongs to; 0 takes it out of its style's list.
    pub(super) list: Option<u16>,
    pub(super) level: Option<u8>,
}

impl Paragraph {
    pub(super) fn of_style(style: u16) -> Self {
        Paragraph { style, ..Paragraph::default() }
    }

    pub(super) fn apply(&mut self, list: &[u8], version: Version) {
        Sprms::new(list, version).for_each(|(code, value)| self.set(code, value));
    }

    fn set(&mut self, code: u16, value: &[u8]) {
        let on = u8(value, 0).is_some_and(|value| value != 0);
        match code {
            sprm::STYLE => self.style = u16(value, 0).unwrap_or(0),
            sprm::IN_TABLE => self.in_table = on,
            sprm::ROW_END => self.row_end = on,
            sprm::INNER_CELL => self.inner_cell = on,
            sprm::INNER_ROW_END => self.inner_row_end = on,
            // A depth is a signed number; a negative one is nonsense.
            sprm::TABLE_DEPTH => self.depth = u32(value, 0).filter(|&depth| depth <= 0x7fff_ffff).unwrap_or(0),
            sprm::DEEPER => self.depth = self.depth.saturating_add_signed(u32(value, 0).unwrap_or(0).cast_signed()),
            sprm::LIST => self.list = u16(value, 0),
            sprm::LEVEL => self.level = u8(value, 0),
            _ => {}
        }
    }

    pub(super) fn apply_change(&mut self, change: Change<'_>, version: Version) {
        match change {
            Change::None => {}
            Change::One(code, value) => self.set(code, &[value]),
            Change::List(list) => self.apply(list, version),
        }
    }

    /// How many tables the paragraph stands in.
    pub(super) fn depth(&self) -> usize {
        if self.in_table || self.row_end { self.depth.max(1) as usize } else { self.depth as usize }
    }

    /// Whether it ends a row instead of holding text.
    pub(super) fn ends_row(&self) -> bool {
        if self.depth() > 1 { self.inner_row_end } else { self.row_end }
    }
}

/// Style and list of a paragraph, with those that its page sent elsewhere.
pub(super) struct Lists<'a> {
    pub(super) style: u16,
    pub(super) list: &'a [u8],
    /// The list in the stream `Data` that stands for this one.
    pub(super) elsewhere: Option<&'a [u8]>,
}

impl<'a> Lists<'a> {
    pub(super) fn of(page: &'a [u8], data: &Data<'a>, version: Version) -> Self {
        let list = page.get(2..).unwrap_or_default();
        let mut lists = Lists { style: u16(page, 0).unwrap_or(0), list, elsewhere: None };
        if version == Version::Word97 {
            let sent = |code| sprm::ELSEWHERE.contains(&code);
            let place = Sprms::new(list, version).find(|(code, _)| sent(*code)).and_then(|(_, value)| place(value, 0));
            lists.elsewhere = place.and_then(|at| data.list(at));
        }
        lists
    }
}

/// The stream `Data`: lists of properties too long for their page.
#[derive(Debug, Default)]
pub(super) struct Data<'a> {
    bytes: &'a [u8],
    allowance: Allowance,
}

impl<'a> Data<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Data { bytes, allowance: Allowance::of(bytes.len()) }
    }

    /// The list at a place, with its length first.
    pub(super) fn list(&self, at: usize) -> Option<&'a [u8]> {
        let length = usize::try_from(i16(self.bytes, at)?).ok()?;
        self.allowance.spend(slice(self.bytes, at.checked_add(2)?, length)?)
    }
}
