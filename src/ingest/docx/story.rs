//! A story: one flow of paragraphs and tables (the body, a text box, a note) while it is read.

use super::properties::ParagraphProperties;
use super::table::OpenTable;
use crate::document::{AsideKind, Block, Origin, Paragraph};
use crate::ingest::word::Fields;

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
struct OpenParagraph<'a> {
    origin: Origin,
    properties: ParagraphProperties<'a>,
    /// Its style hides it.
    hidden: bool,
    /// It has ended, but its mark is deleted: the next one goes on in it.
    runs_on: bool,
}

/// A story while it is read.
#[derive(Debug)]
pub(super) struct Story<'a> {
    pub(super) kind: Kind,
    blocks: Vec<Block>,
    pub(super) tables: Vec<OpenTable>,
    /// Tables nested too deep, now open.
    pub(super) flattened: usize,
    paragraph: Option<OpenParagraph<'a>>,
    /// The text of the open paragraph; one buffer for all.
    pub(super) text: String,
    /// The text boxes of the open paragraph.
    boxes: Vec<Block>,
    pub(super) fields: Fields,
    /// What is chosen in the field of a form that is open, and how long the text was where it stands.
    pub(super) choice: Option<(usize, String)>,
    /// The open run is hidden.
    pub(super) hidden: bool,
    /// The open run is set above the line.
    pub(super) raised: bool,
    /// A page break stands before the next character, if one follows in this paragraph.
    pub(super) break_due: bool,
}

impl<'a> Story<'a> {
    pub(super) fn new(kind: Kind) -> Self {
        Story {
            kind,
            blocks: Vec::new(),
            tables: Vec::new(),
            flattened: 0,
            paragraph: None,
            text: String::new(),
            boxes: Vec::new(),
            fields: Fields::default(),
            choice: None,
            hidden: false,
            raised: false,
            break_due: false,
        }
    }

    /// Whether text that comes now is to be read.
    #[inline]
    pub(super) fn shows(&self) -> bool {
        !self.hidden && !self.fields.in_code()
    }

    pub(super) fn has_paragraph(&self) -> bool {
        self.paragraph.as_ref().is_some_and(|paragraph| !paragraph.runs_on)
    }

    /// Begins a paragraph, or goes on in one whose mark is deleted.
    pub(super) fn open_paragraph(&mut self, origin: Origin) {
        match &mut self.paragraph {
            Some(paragraph) if paragraph.runs_on => {
                paragraph.runs_on = false;
                paragraph.properties = ParagraphProperties::default();
                paragraph.hidden = false;
            }
            _ => {
                let properties = ParagraphProperties::default();
                self.paragraph = Some(OpenParagraph { origin, properties, hidden: false, runs_on: false });
            }
        }
        self.hidden = false;
    }

    pub(super) fn set_paragraph(&mut self, properties: ParagraphProperties<'a>, hidden: bool) {
        if let Some(paragraph) = &mut self.paragraph {
            (paragraph.properties, paragraph.hidden) = (properties, hidden);
        }
        self.hidden = hidden;
    }

    /// Begins a run; hidden unless something is said, if the paragraph's style hides it.
    #[inline]
    pub(super) fn open_run(&mut self) {
        self.hidden = self.paragraph.as_ref().is_some_and(|paragraph| paragraph.hidden);
        self.raised = false;
    }

    /// A page begins; the open paragraph stands on it if it has no text yet.
    pub(super) fn turn_page(&mut self, page: u32) {
        if !self.text.is_empty() {
            return;
        }
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.origin.page = Some(page);
        }
        if let Some(table) = self.tables.last_mut() {
            table.begin_on(page);
        }
    }

    /// Ends the open paragraph; `true` if its mark is deleted, so that the next goes on in it.
    pub(super) fn runs_on(&mut self) -> bool {
        self.fields.end_of_paragraph();
        self.choice = None;
        self.hidden = false;
        self.break_due = false;
        let Some(paragraph) = self.paragraph.as_mut().filter(|paragraph| paragraph.properties.mark_deleted) else {
            return false;
        };
        paragraph.runs_on = true;
        true
    }

    /// Takes the properties of a paragraph that ends, for its number.
    pub(super) fn paragraph_properties(&self) -> Option<&ParagraphProperties<'a>> {
        self.paragraph.as_ref().map(|paragraph| &paragraph.properties)
    }

    /// Puts the open paragraph where it belongs, with its number, then its text boxes.
    pub(super) fn close_paragraph(&mut self, number: Option<String>) {
        let Some(paragraph) = &self.paragraph else { return };
        let (runs_on, origin) = (paragraph.runs_on, paragraph.origin);
        self.paragraph = None;
        // A paragraph that ran on into nothing is a deleted one, unless it kept some text.
        if !runs_on || !self.text.is_empty() {
            let text = self.text.as_str().into();
            self.push(Block::Paragraph(Paragraph { text, number, origin }));
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
