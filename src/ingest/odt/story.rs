//! A story: one flow of paragraphs and tables (the body, a text box, a note) while it is read.

use super::lists::Open;
use super::table::OpenTable;
use crate::document::{AsideKind, Block, Origin, Paragraph};
use crate::ingest::unified::raised;

/// What a story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The text of the document.
    Body,
    /// A text box, to be put after the paragraph that it hangs on.
    TextBox,
    /// Something beside the text.
    Aside(AsideKind),
}

/// A paragraph that has begun and not ended.
#[derive(Debug)]
struct OpenParagraph {
    origin: Origin,
    number: Option<String>,
    /// A field in it hides it.
    hidden: bool,
}

/// A story while it is read.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) kind: Kind,
    /// Tables of the document that had begun before it did.
    pub(super) first_table: usize,
    blocks: Vec<Block>,
    pub(super) tables: Vec<OpenTable>,
    /// Tables nested too deep, now open.
    pub(super) flattened: usize,
    pub(super) lists: Open,
    paragraph: Option<OpenParagraph>,
    text: String,
    /// A blank stands before the next character, if one follows in this paragraph.
    blank_due: bool,
    /// The text boxes of the open paragraph.
    boxes: Vec<Block>,
    /// Text that comes now is hidden.
    pub(super) hidden: bool,
    /// Text that comes now is set above the line.
    pub(super) raised: bool,
}

impl Story {
    pub(super) fn new(kind: Kind, first_table: usize) -> Self {
        Story {
            kind,
            first_table,
            blocks: Vec::new(),
            tables: Vec::new(),
            flattened: 0,
            lists: Open::default(),
            paragraph: None,
            text: String::new(),
            blank_due: false,
            boxes: Vec::new(),
            hidden: false,
            raised: false,
        }
    }

    pub(super) fn has_paragraph(&self) -> bool {
        self.paragraph.is_some()
    }

    pub(super) fn open_paragraph(&mut self, origin: Origin, number: Option<String>, hidden: bool) {
        self.paragraph = Some(OpenParagraph { origin, number, hidden: false });
        (self.hidden, self.blank_due) = (hidden, false);
    }

    /// The number of the open paragraph, as the file spells it out.
    pub(super) fn set_number(&mut self, number: String) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.number = Some(number).filter(|number| !number.trim().is_empty());
        }
    }

    /// The open paragraph is not shown.
    pub(super) fn hide_paragraph(&mut self) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.hidden = true;
        }
    }

    /// A page begins; the open paragraph stands on it if it has no text yet.
    pub(super) fn turn_page(&mut self, page: u32) {
        if let Some(paragraph) = self.paragraph.as_mut().filter(|_| self.text.is_empty()) {
            paragraph.origin.page = Some(page);
        }
        if let Some(table) = self.tables.last_mut().filter(|_| self.text.is_empty()) {
            table.begin_on(page);
        }
    }

    /// Adds characters, their white space collapsed: more than one blank is said by an element.
    pub(super) fn push_text(&mut self, text: &str) {
        if self.hidden || self.paragraph.is_none() {
            return;
        }
        for (at, word) in text.split([' ', '\t', '\n', '\r']).enumerate() {
            self.blank_due |= at > 0 && !self.text.is_empty();
            if !word.is_empty() {
                if std::mem::take(&mut self.blank_due) {
                    self.text.push(' ');
                }
                if self.raised {
                    self.text.extend(word.chars().map(raised));
                } else {
                    self.text.push_str(word);
                }
            }
        }
    }

    /// Adds a character as it is, so often.
    pub(super) fn push_char(&mut self, char: char, count: usize) {
        if self.hidden || self.paragraph.is_none() {
            return;
        }
        if std::mem::take(&mut self.blank_due) {
            self.text.push(' ');
        }
        self.text.extend(std::iter::repeat_n(char, count));
    }

    /// Puts the open paragraph where it belongs, with its number, then its text boxes.
    pub(super) fn close_paragraph(&mut self) {
        self.hidden = false;
        let Some(paragraph) = self.paragraph.take() else { return };
        if !paragraph.hidden {
            // A blank before the end is a blank: only those at the beginning are left out.
            if std::mem::take(&mut self.blank_due) {
                self.text.push(' ');
            }
            let OpenParagraph { origin, number, .. } = paragraph;
            self.push(Block::Paragraph(Paragraph { text: self.text.as_str().into(), number, origin }));
        }
        self.text.clear();
        for block in std::mem::take(&mut self.boxes) {
            self.push(block);
        }
    }

    /// Adds a block to the innermost open cell, or to the story.
    pub(super) fn push(&mut self, block: Block) {
        match self.tables.iter_mut().rev().find_map(OpenTable::cell_blocks) {
            Some(blocks) => blocks.push(block),
            None => self.blocks.push(block),
        }
    }

    /// Takes in the blocks of a text box that has ended.
    pub(super) fn take_box(&mut self, blocks: Vec<Block>) {
        if self.paragraph.is_some() {
            self.boxes.extend(blocks);
        } else {
            blocks.into_iter().for_each(|block| self.push(block));
        }
    }

    pub(super) fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }
}
