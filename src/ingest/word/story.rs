//! A story: one flow of paragraphs and tables (the body, a text box, a note) while it is read, in the
//! formats that say of each paragraph in how many tables it stands.

use std::rc::Rc;

use super::Fields;
use super::table::{OpenTable, RowShape};
use crate::document::{Block, Origin, Paragraph, Table};

/// The code of a list to choose from.
pub(in crate::ingest) const CHOICE: &str = "FORMDROPDOWN";

/// A story while it is read.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Story {
    blocks: Vec<Block>,
    tables: Vec<OpenTable>,
    /// Where the open paragraph stands.
    origin: Option<Origin>,
    /// It has ended, but its mark is deleted: the next one goes on in it.
    runs_on: bool,
    /// The text of the open paragraph.
    pub(in crate::ingest) text: String,
    pub(in crate::ingest) fields: Fields,
    /// The code of the field that was opened last, and how long the text was there.
    code: (String, usize),
    /// A page break stands before the next character, if one follows in this paragraph.
    pub(in crate::ingest) break_due: bool,
    /// The text just read is inserted, deleted: what follows belongs to the same change.
    pub(in crate::ingest) inserting: bool,
    pub(in crate::ingest) deleting: bool,
}

impl Story {
    /// Begins a paragraph; `false` if it goes on in one whose mark is deleted.
    pub(in crate::ingest) fn open_paragraph(&mut self, origin: impl FnOnce() -> Origin) {
        if !std::mem::take(&mut self.runs_on) || self.origin.is_none() {
            self.origin = Some(origin());
        }
    }

    /// Adds text as a person sees it.
    pub(in crate::ingest) fn push(&mut self, char: char) {
        if std::mem::take(&mut self.break_due) {
            self.text.push('\n');
        }
        self.text.push(char);
    }

    /// A field begins.
    pub(in crate::ingest) fn open_field(&mut self) {
        self.fields.mark(Some(b"begin"));
        self.code.0.clear();
        self.code.1 = self.text.len();
    }

    /// A character of a field's code.
    pub(in crate::ingest) fn push_code(&mut self, char: char) {
        if self.code.0.len() < CHOICE.len() && !(char.is_whitespace() && self.code.0.is_empty()) {
            self.code.0.push(char);
        }
    }

    /// A field ends. What is chosen in a list stands elsewhere in the file: it is something, and is not read.
    pub(in crate::ingest) fn close_field(&mut self) {
        self.fields.mark(Some(b"end"));
        let unread = std::mem::take(&mut self.code.0) == CHOICE && self.text.len() == self.code.1;
        if unread && !self.fields.in_code() {
            self.push('\u{fffd}');
        }
    }

    /// The same of a whole text.
    pub(in crate::ingest) fn push_str(&mut self, text: &str) {
        if std::mem::take(&mut self.break_due) {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    /// A page ends here; what follows in the same paragraph is parted from what came before.
    pub(in crate::ingest) fn break_page(&mut self) {
        self.break_due = !self.text.is_empty();
    }

    fn end_of_paragraph(&mut self) {
        self.fields.end_of_paragraph();
        (self.break_due, self.inserting, self.deleting) = (false, false, false);
    }

    /// Ends the paragraph, or lets the next one go on in it.
    pub(in crate::ingest) fn close_paragraph(&mut self, number: Option<String>, mark_deleted: bool) {
        self.end_of_paragraph();
        if mark_deleted {
            self.runs_on = true;
            return;
        }
        let Some(origin) = self.origin.take() else { return };
        let text = self.text.as_str().into();
        self.text.clear();
        self.block(Block::Paragraph(Paragraph { text, number, origin }));
    }

    /// Ends a paragraph that runs on although nothing follows that could go on in it.
    fn flush(&mut self) {
        if std::mem::take(&mut self.runs_on) {
            if self.text.is_empty() {
                self.origin = None;
            }
            self.close_paragraph(None, false);
        }
    }

    /// Adds a block to the open cell, or to the story.
    pub(in crate::ingest) fn block(&mut self, block: Block) {
        match self.tables.last_mut().map(OpenTable::blocks) {
            Some(blocks) => blocks.push(block),
            None => self.blocks.push(block),
        }
    }

    /// Tables that are open.
    pub(in crate::ingest) fn depth(&self) -> usize {
        self.tables.len()
    }

    /// Cells of the open row of the innermost table.
    pub(in crate::ingest) fn open_cells(&self) -> usize {
        self.tables.last().map_or(0, OpenTable::open_cells)
    }

    /// Opens and closes tables until `depth` are open.
    pub(in crate::ingest) fn enter(&mut self, depth: usize, tables: &mut Vec<Table>) {
        if self.tables.len() != depth {
            self.flush();
        }
        while self.tables.len() > depth {
            self.close_table(tables);
        }
        while self.tables.len() < depth {
            let index = tables.len();
            tables.push(Table::default());
            self.block(Block::Table(index));
            self.tables.push(OpenTable::new(index));
        }
    }

    fn close_table(&mut self, tables: &mut [Table]) {
        if let Some(table) = self.tables.pop() {
            let index = table.index;
            tables[index] = table.finish();
        }
    }

    pub(in crate::ingest) fn close_cell(&mut self) {
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            table.close_cell();
        }
    }

    /// Ends the row of the innermost table; `None` if the row is deleted.
    pub(in crate::ingest) fn close_row(&mut self, shape: Option<Rc<RowShape>>) {
        self.flush();
        self.end_of_paragraph();
        match (self.tables.last_mut(), shape) {
            (Some(table), Some(shape)) => table.close_row(shape),
            (Some(table), None) => table.drop_row(),
            (None, _) => {}
        }
    }

    /// Ends everything that is open.
    pub(in crate::ingest) fn finish(mut self, tables: &mut Vec<Table>) -> Vec<Block> {
        self.enter(0, tables);
        self.flush();
        self.blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(fields: &[(&str, Option<&str>)]) -> String {
        let mut story = Story::default();
        for (code, result) in fields {
            story.open_field();
            code.chars().for_each(|char| story.push_code(char));
            if let Some(result) = result {
                story.fields.mark(Some(b"separate"));
                story.push_str(result);
            }
            story.close_field();
        }
        story.text
    }

    #[test]
    fn what_is_chosen_in_a_list_is_there_and_not_read() {
        assert_eq!(text_of(&[(" FORMDROPDOWN ", None)]), "\u{fffd}");
        assert_eq!(text_of(&[(" FORMDROPDOWN ", Some("5"))]), "5");
        assert_eq!(text_of(&[(" PAGE ", None), (" FORMTEXT ", Some("6"))]), "6");
    }
}
