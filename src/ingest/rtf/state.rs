//! What a group of the file has set, until it ends.

use encoding_rs::Encoding;

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sink {
    /// Into the innermost open story.
    Story,
    /// Nowhere.
    Silent,
    /// Into the capture that is open.
    Capture,
    /// The table of fonts, of styles, of lists.
    Fonts,
    Styles,
    Lists,
}

/// What is captured apart from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capture {
    Title,
    /// The printed number of a list item.
    Number,
    FieldCode,
    /// The pattern of a list's numbers.
    Pattern,
}

/// What ends with a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    Nothing,
    Story,
    Capture(Capture),
    List,
    Override,
}

/// Properties of the text, and of paragraphs, that come now.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) sink: Sink,
    /// The sink before a text that stands twice.
    pub(super) before_twice: Sink,
    pub(super) opened: Opened,
    /// Characters after each of Unicode that stand for it.
    pub(super) fallback: u32,

    // ---- characters ----
    pub(super) font: i32,
    /// The font of double bytes, while text is of such.
    pub(super) double_font: Option<i32>,
    pub(super) is_double: bool,
    /// What the text says itself of being hidden, then what its styles say.
    pub(super) hidden: Option<bool>,
    pub(super) hidden_by_character_style: bool,
    pub(super) hidden_by_paragraph_style: bool,
    pub(super) deleted: bool,
    pub(super) inserted: bool,
    /// Struck out by hand.
    pub(super) struck: bool,
    /// Set above the line.
    pub(super) raised: bool,

    // ---- paragraphs ----
    pub(super) in_table: bool,
    pub(super) depth: u32,
    /// Rows that are defined are those of a table within a table.
    pub(super) in_inner_row: bool,
    pub(super) list: i32,
    pub(super) level: i32,
}

impl State {
    pub(super) fn new() -> Self {
        State {
            sink: Sink::Story,
            before_twice: Sink::Story,
            opened: Opened::Nothing,
            fallback: 1,
            font: 0,
            double_font: None,
            is_double: false,
            hidden: None,
            hidden_by_character_style: false,
            hidden_by_paragraph_style: false,
            deleted: false,
            inserted: false,
            struck: false,
            raised: false,
            in_table: false,
            depth: 0,
            in_inner_row: false,
            list: 0,
            level: 0,
        }
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.hidden.unwrap_or(self.hidden_by_character_style || self.hidden_by_paragraph_style)
    }

    /// Characters say nothing of themselves any more.
    pub(super) fn plain(&mut self, font: i32) {
        self.font = font;
        (self.double_font, self.is_double) = (None, false);
        (self.hidden, self.hidden_by_character_style) = (None, false);
        (self.deleted, self.inserted) = (false, false);
        (self.struck, self.raised) = (false, false);
    }

    /// Paragraphs say nothing of themselves any more.
    pub(super) fn paragraph_defaults(&mut self) {
        (self.in_table, self.depth) = (false, 0);
        (self.list, self.level) = (0, 0);
        self.hidden_by_paragraph_style = false;
    }
}

/// Bytes that are not yet text, and their code page.
#[derive(Debug, Default)]
pub(super) struct Bytes {
    pub(super) bytes: Vec<u8>,
    pub(super) encoding: Option<&'static Encoding>,
    /// The last may be the first half of a character of two bytes.
    pub(super) half: bool,
}
