//! Text with its properties → paragraphs and tables.
//!
//! A story is read paragraph by paragraph. The mark that ends a paragraph holds its properties:
//! in how many tables it stands, whether it ends a cell or a row. Tables that are open are kept on
//! a stack (see `story`), so that no depth of the document is a depth of calls.

use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use super::lists::Numbers;
use super::source::{Mark, Run, Source};
use crate::document::{Aside, AsideKind, Block, Document, Origin};
use crate::ingest::unified::raised;
use crate::ingest::word::story::Story;
use crate::ingest::word::{flat_text, symbols};
use crate::ingest::{Error, Limits};

/// Marks within text.
const PICTURE: char = '\u{1}';
const TAB: char = '\t';
const LINE_BREAK: char = '\u{b}';
const PAGE_BREAK: char = '\u{c}';
const COLUMN_BREAK: char = '\u{e}';
const FIELD_BEGIN: char = '\u{13}';
const FIELD_SEPARATOR: char = '\u{14}';
const FIELD_END: char = '\u{15}';
const NO_BREAK_HYPHEN: char = '\u{1e}';

/// What reading yields beside blocks and tables.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    pub(super) insertions: usize,
    pub(super) deletions: usize,
    /// Places that are no text in their encoding.
    pub(super) undecodable: usize,
    /// Some tables were nested too deep.
    pub(super) flattened: bool,
}

/// Reads the stories of one file into one document.
pub(super) struct Walker<'s, 'a> {
    source: &'s Source<'a>,
    limits: Limits,
    numbers: Numbers<'s>,
    pub(super) document: Document,
    pub(super) counts: Counts,
    paragraphs: u32,
    cells: usize,
    /// Every aside so far: sections repeat their headers.
    asides: HashSet<(u8, String)>,
}

impl<'s, 'a> Walker<'s, 'a> {
    pub(super) fn new(source: &'s Source<'a>, numbers: Numbers<'s>, limits: &Limits) -> Self {
        let (document, counts) = (Document::default(), Counts::default());
        Walker { source, limits: *limits, numbers, document, counts, paragraphs: 0, cells: 0, asides: HashSet::new() }
    }

    /// Reads the body; text boxes come after the paragraph that they hang on.
    pub(super) fn body(&mut self, characters: Range<u32>) -> Result<(), Error> {
        let mut story = Story::default();
        let mut at = characters.start;
        while at < characters.end {
            let end = self.source.paragraph_end(at, characters.end);
            self.paragraph(&mut story, at..end)?;
            for text in self.source.boxes_in(at..end) {
                for block in self.story(text)? {
                    story.block(block);
                }
            }
            at = end;
        }
        for text in self.source.loose_boxes() {
            story.enter(0, &mut self.document.tables);
            for block in self.story(text)? {
                story.block(block);
            }
        }
        self.document.blocks = story.finish(&mut self.document.tables);
        Ok(())
    }

    /// Reads a text box or a note.
    fn story(&mut self, characters: Range<u32>) -> Result<Vec<Block>, Error> {
        let mut story = Story::default();
        let mut at = characters.start;
        while at < characters.end {
            let end = self.source.paragraph_end(at, characters.end);
            self.paragraph(&mut story, at..end)?;
            at = end;
        }
        Ok(story.finish(&mut self.document.tables))
    }

    /// Reads text that stands beside the body. Its tables are lines there.
    pub(super) fn aside(&mut self, kind: AsideKind, characters: Range<u32>) -> Result<(), Error> {
        let (tables, pictures) = (self.document.tables.len(), self.document.pictures);
        let blocks = self.story(characters)?;
        let text = flat_text(&blocks, &self.document.tables);
        self.document.tables.truncate(tables);
        self.document.pictures = pictures;
        // The mark that ends a story is no line of it.
        let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
        if !text.trim().is_empty() && self.asides.insert((kind as u8, text.clone())) {
            self.document.asides.push(Aside { kind, text });
        }
        Ok(())
    }

    // ---- paragraphs ----

    fn origin(&mut self) -> Result<Origin, Error> {
        self.paragraphs += 1;
        let found = self.paragraphs as usize;
        if found > self.limits.paragraphs {
            return Err(Error::limit("paragraphs", self.limits.paragraphs, found));
        }
        Ok(Origin::of_line(self.paragraphs))
    }

    fn paragraph(&mut self, story: &mut Story, characters: Range<u32>) -> Result<(), Error> {
        let Some(mark) = self.source.mark(characters.end - 1) else { return Ok(()) };
        let allowed = self.limits.nested_tables;
        let depth = mark.properties.depth();
        self.counts.flattened |= depth > allowed;
        self.enter(story, depth.min(allowed))?;
        let text = characters.start..characters.end - u32::from(mark.is_mark);
        if mark.properties.ends_row() && mark.is_mark && depth <= allowed {
            return self.row_end(story, text, &mark);
        }
        let origin = self.origin()?;
        story.open_paragraph(|| origin);
        self.runs(story, text, mark.properties.style);
        let character = self.source.character(&mark);
        self.counts.insertions += usize::from(mark.is_mark && character.inserted);
        let deleted = mark.is_mark && character.deleted;
        self.counts.deletions += usize::from(deleted);
        let cell = (1..=allowed).contains(&depth) && mark.ends_cell;
        let runs_on = deleted && !mark.ends_cell;
        let number = if runs_on { None } else { self.numbers.next(&mark.properties) };
        story.close_paragraph(number, runs_on);
        if cell { self.close_cell(story) } else { Ok(()) }
    }

    /// Opens and closes tables. A table costs as much as a cell, and a short file may open many.
    fn enter(&mut self, story: &mut Story, depth: usize) -> Result<(), Error> {
        self.count_cells(depth.saturating_sub(story.depth()))?;
        story.enter(depth, &mut self.document.tables);
        Ok(())
    }

    fn close_cell(&mut self, story: &mut Story) -> Result<(), Error> {
        story.close_cell();
        self.count_cells(1)
    }

    fn count_cells(&mut self, more: usize) -> Result<(), Error> {
        self.cells += more;
        if self.cells > self.limits.cells {
            return Err(Error::limit("cells", self.limits.cells, self.cells));
        }
        Ok(())
    }

    /// Ends a row. Text before the mark is against the rules, but it is there.
    fn row_end(&mut self, story: &mut Story, text: Range<u32>, mark: &Mark<'_>) -> Result<(), Error> {
        // Counted, so that marks alone cannot ask for more than cells may.
        self.count_cells(1)?;
        if !text.is_empty() {
            let origin = self.origin()?;
            story.open_paragraph(|| origin);
            self.runs(story, text, 0);
            story.close_paragraph(None, false);
        }
        let character = self.source.character(mark);
        self.counts.insertions += usize::from(character.inserted);
        self.counts.deletions += usize::from(character.deleted);
        let shape = (!character.deleted).then(|| Rc::new(self.source.row(mark).shape()));
        story.close_row(shape);
        Ok(())
    }

    // ---- characters ----

    /// Reads the text of a paragraph whose style is known.
    fn runs(&mut self, story: &mut Story, characters: Range<u32>, style: u16) {
        let source = self.source;
        for run in source.runs(characters, style) {
            let mut change = run.character;
            // What somebody struck out by hand is as good as deleted.
            change.deleted |= change.struck;
            self.counts.insertions += usize::from(change.inserted && !change.deleted && !story.inserting);
            self.counts.deletions += usize::from(change.deleted && !story.deleting);
            (story.inserting, story.deleting) = (change.inserted && !change.deleted, change.deleted);
            if change.deleted {
                continue;
            }
            let hidden = change.hidden.unwrap_or(false);
            let (text, wrong) = source.decode(&run);
            self.counts.undecodable += wrong;
            self.text(story, &text, &run, hidden);
        }
    }

    fn text(&mut self, story: &mut Story, text: &str, run: &Run<'_>, hidden: bool) {
        let symbol = run.character.symbol;
        for char in text.chars() {
            match char {
                FIELD_BEGIN => story.open_field(),
                FIELD_SEPARATOR => story.fields.mark(Some(b"separate")),
                FIELD_END => story.close_field(),
                _ if story.fields.in_code() => story.push_code(char),
                _ if hidden => {}
                ' '.. if symbol.is_some() => self.symbol(story, symbol),
                ' '.. if run.character.raised => story.push(raised(char)),
                ' '.. => story.push(char),
                PICTURE if run.character.special && !run.character.form_data => self.document.pictures += 1,
                TAB => story.push(TAB),
                LINE_BREAK => story.push('\n'),
                PAGE_BREAK | COLUMN_BREAK => story.break_page(),
                NO_BREAK_HYPHEN => story.push('-'),
                _ => {}
            }
        }
    }

    fn symbol(&self, story: &mut Story, symbol: Option<(u16, u16)>) {
        let Some((font, code)) = symbol else { return };
        let name = self.source.fonts.get(usize::from(font)).map_or("", String::as_str);
        if let Some(char) = symbols::of(name, &format!("{code:x}")) {
            story.push(char);
        }
    }
}
