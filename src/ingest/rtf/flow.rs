//! Stories while they are read: where paragraphs, cells and rows end, and what each of them becomes.
//! Stories within stories (a text box, a note) are on a stack of the walker.

use super::row::Definition;
use super::state::State;
use super::walk::Walker;
use crate::document::{Aside, AsideKind, Block, Origin};
use crate::ingest::Error;
use crate::ingest::word::flat_text;
use crate::ingest::word::story::Story;

/// What a story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Body,
    /// A text box, to be put after the paragraph that it hangs on.
    TextBox,
    Aside(AsideKind),
}

/// A story that has begun and not ended.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) kind: Kind,
    pub(super) story: Story,
    /// Definitions of rows of outer tables, and of tables within tables.
    pub(super) rows: [Definition; 2],
    /// A row is defined and has not ended, and no paragraph has been set back to defaults since.
    pub(super) in_row: bool,
    /// The text boxes of the open paragraph.
    boxes: Vec<Block>,
    /// The printed number of the open paragraph.
    pub(super) number: Option<String>,
    /// The open paragraph has a bullet (as old files say it).
    pub(super) bullet: bool,
    /// Tables and pictures before it.
    tables: usize,
    pictures: usize,
}

impl Flow {
    pub(super) fn new(kind: Kind, tables: usize, pictures: usize) -> Self {
        Flow {
            kind,
            story: Story::default(),
            rows: Default::default(),
            in_row: false,
            boxes: Vec::new(),
            number: None,
            bullet: false,
            tables,
            pictures,
        }
    }

    pub(super) fn make_endnote(&mut self) {
        if self.kind == Kind::Aside(AsideKind::Footnote) {
            self.kind = Kind::Aside(AsideKind::Endnote);
        }
    }

    /// In how many tables a paragraph with these properties stands.
    pub(super) fn depth(&self, state: &State) -> usize {
        let depth = state.depth as usize;
        if state.in_table || self.in_row { depth.max(1) } else { depth }
    }
}

/// Which of a story's definitions rows at a depth have.
fn definition_at(depth: usize) -> usize {
    usize::from(depth > 1)
}

impl Walker<'_> {
    pub(super) fn flow(&mut self) -> &mut Flow {
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    /// In how many tables the open paragraph stands.
    fn depth(&mut self) -> usize {
        let state = self.state;
        self.flow().depth(&state)
    }

    pub(super) fn open_story(&mut self, kind: Kind) {
        self.flows.push(Flow::new(kind, self.document.tables.len(), self.document.pictures));
    }

    /// Ends the innermost story and puts it where it belongs.
    pub(super) fn close_story(&mut self) -> Result<(), Error> {
        self.end_text()?;
        self.enter(0)?;
        self.place_boxes();
        let Some(flow) = self.flows.pop() else { return Ok(()) };
        let blocks = flow.story.finish(&mut self.document.tables);
        match flow.kind {
            Kind::Body => self.document.blocks = blocks,
            Kind::TextBox => self.flow().boxes.extend(blocks),
            Kind::Aside(kind) => {
                let text = flat_text(&blocks, &self.document.tables);
                // Its tables are lines there, and its pictures are none of the text's.
                self.document.tables.truncate(flow.tables);
                self.document.pictures = flow.pictures;
                self.aside(kind, text.trim_matches('\n').to_owned());
            }
        }
        Ok(())
    }

    pub(super) fn aside(&mut self, kind: AsideKind, text: String) {
        if !text.trim().is_empty() && self.asides.insert((kind as u8, text.clone())) {
            self.document.asides.push(Aside { kind, text });
        }
    }

    fn place_boxes(&mut self) {
        let flow = self.flow();
        for block in std::mem::take(&mut flow.boxes) {
            flow.story.block(block);
        }
    }

    // ---- paragraphs ----

    /// Opens and closes tables until so many are open; a row that has lost its end ends.
    fn enter(&mut self, depth: usize) -> Result<(), Error> {
        let allowed = self.limits.nested_tables;
        self.counts.flattened |= depth > allowed;
        let depth = depth.min(allowed);
        loop {
            let flow = self.flow();
            let open = flow.story.depth();
            if open <= depth {
                break;
            }
            if flow.story.open_cells() > 0 {
                let shape = flow.rows[definition_at(open)].shape();
                flow.story.close_row(Some(shape));
            }
            let last = self.flows.len() - 1;
            self.flows[last].story.enter(open - 1, &mut self.document.tables);
        }
        // A table costs as much as a cell, and a short file may open many.
        let open = self.flow().story.depth();
        self.count_cells(depth - open)?;
        let last = self.flows.len() - 1;
        self.flows[last].story.enter(depth, &mut self.document.tables);
        Ok(())
    }

    fn origin(&mut self) -> Result<Origin, Error> {
        self.paragraphs += 1;
        let found = self.paragraphs as usize;
        if found > self.limits.paragraphs {
            return Err(Error::limit("paragraphs", self.limits.paragraphs, found));
        }
        Ok(Origin::of_line(self.paragraphs))
    }

    /// Ends a paragraph; in a table its mark may be that of a cell, which is never deleted.
    fn end_paragraph(&mut self, depth: usize, of_cell: bool) -> Result<(), Error> {
        self.flush();
        self.enter(depth)?;
        let origin = self.origin()?;
        let deleted = self.state.deleted && !of_cell;
        self.counts.deletions += usize::from(deleted && !self.flow().story.deleting);
        let number = if deleted { None } else { self.number() };
        let flow = self.flow();
        flow.story.open_paragraph(|| origin);
        flow.story.close_paragraph(number, deleted);
        if !deleted {
            self.place_boxes();
        }
        Ok(())
    }

    /// The number of the open paragraph: the printed one, else the one that its list gives.
    fn number(&mut self) -> Option<String> {
        let State { list, level, .. } = self.state;
        let (rebuilt, bullet) = if list > 0 { self.lists.next(list, level) } else { (None, false) };
        let flow = self.flow();
        let printed = flow.number.take();
        if bullet || flow.bullet {
            return None;
        }
        match printed {
            // A mark without a letter or figure is a bullet.
            Some(printed) => Some(printed).filter(|printed| printed.chars().any(char::is_alphanumeric)),
            None => rebuilt,
        }
    }

    pub(super) fn paragraph(&mut self) -> Result<(), Error> {
        let depth = self.depth();
        if depth == 1 {
            self.end_lost_row();
        }
        self.end_paragraph(depth, false)
    }

    /// Ends the paragraph, if there is one: a section or a story ends.
    pub(super) fn end_text(&mut self) -> Result<(), Error> {
        self.flush();
        if self.flow().story.text.is_empty() { Ok(()) } else { self.paragraph() }
    }

    pub(super) fn page_break(&mut self) {
        self.flush();
        self.flow().story.break_page();
    }

    // ---- tables ----

    fn count_cells(&mut self, more: usize) -> Result<(), Error> {
        self.cells += more;
        if self.cells > self.limits.cells {
            return Err(Error::limit("cells", self.limits.cells, self.cells));
        }
        Ok(())
    }

    pub(super) fn row_defaults(&mut self) {
        let at = usize::from(self.state.in_inner_row);
        let flow = self.flow();
        flow.rows[at].begin();
        flow.in_row |= at == 0;
    }

    /// The definition that is being written.
    pub(super) fn definition(&mut self) -> &mut Definition {
        let at = usize::from(self.state.in_inner_row);
        &mut self.flow().rows[at]
    }

    /// Ends a cell of the outermost table.
    pub(super) fn cell(&mut self) -> Result<(), Error> {
        self.end_lost_row();
        self.flow().rows[0].settle();
        self.close_cell(1)
    }

    /// Ends the row before the open paragraph, if that paragraph begins another.
    fn end_lost_row(&mut self) {
        let flow = self.flow();
        let cells = flow.story.open_cells();
        if flow.story.depth() == 1
            && cells > 0
            && let Some(shape) = flow.rows[0].lost(cells)
        {
            flow.story.close_row(Some(shape));
        }
    }

    /// Ends a cell of a table within a table.
    pub(super) fn inner_cell(&mut self) -> Result<(), Error> {
        self.close_cell(self.state.depth.max(2) as usize)
    }

    fn close_cell(&mut self, depth: usize) -> Result<(), Error> {
        self.end_paragraph(depth, true)?;
        if depth <= self.limits.nested_tables {
            self.flow().story.close_cell();
        }
        self.count_cells(1)
    }

    /// Ends a row of the outermost table, or of one within it.
    pub(super) fn row(&mut self, inner: bool) -> Result<(), Error> {
        self.flush();
        let depth = if inner { self.state.depth.max(2) as usize } else { 1 };
        if depth > self.limits.nested_tables {
            return Ok(());
        }
        // Counted, so that marks alone cannot ask for more than cells may.
        self.count_cells(1)?;
        if !self.flow().story.text.is_empty() {
            self.end_paragraph(depth, true)?;
        }
        if self.flow().story.depth() >= depth {
            self.enter(depth)?;
            let flow = self.flow();
            let shape = flow.rows[definition_at(depth)].shape();
            flow.story.close_row(Some(shape));
        }
        let flow = self.flow();
        flow.rows[definition_at(depth)].settle();
        flow.in_row &= inner;
        Ok(())
    }
}
