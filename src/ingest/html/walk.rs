//! Tree → [`Document`]: lines as a browser breaks them, tables with their cells.
//!
//! The tree is walked by its links, without recursion. White space collapses as it does on
//! screen; every line is a paragraph, in a cell as well.

use super::element::{Element, Kind, Made, Part};
use super::line::Line;
use super::table::OpenTable;
use super::tree::{Data, Id, Tree};
use crate::document::{Aside, AsideKind, Block, Document, Origin, Paragraph};
use crate::finding::{Code, Finding};
use crate::ingest::{Error, Limits};

/// Walks pages into one document.
pub(super) struct Walker<'l> {
    limits: &'l Limits,
    document: Document,
    line: Line,
    /// The file's own lines are kept outside tables.
    lines: bool,
    /// Hidden elements that hold tables are read: the page shows none.
    hidden: bool,
    tables: Vec<OpenTable>,
    /// Tables nested too deep, now open.
    flattened: usize,
    /// Links now open that do not lead to a picture.
    links: usize,
    /// Articles now open.
    articles: usize,
    /// Text beside the body that is being read, and the node that holds it.
    beside: Option<(Id, Aside)>,
    counts: Counts,
}

/// What was met on the way.
#[derive(Default)]
struct Counts {
    paragraphs: usize,
    cells: usize,
    insertions: usize,
    deletions: usize,
    flattened: bool,
}

impl<'l> Walker<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Walker {
            limits,
            document: Document::default(),
            line: Line::default(),
            lines: false,
            hidden: false,
            tables: Vec::new(),
            flattened: 0,
            links: 0,
            articles: 0,
            beside: None,
            counts: Counts::default(),
        }
    }

    /// Adds a page. `lines`: the file's own lines are kept outside tables.
    pub(super) fn page(&mut self, tree: &Tree, lines: bool) -> Result<(), Error> {
        for (name, content) in &tree.metas {
            self.add_aside(Aside { kind: AsideKind::Meta, text: format!("{name}: {content}") });
        }
        self.lines = lines;
        self.hidden = tree.hides_table() && !tree.shown().1;
        if self.hidden {
            self.say_unshown("hidden_elements");
        }
        let mut at = Some(Tree::root());
        while let Some(id) = at {
            let inside = if self.enter(tree, id)? { tree.first_child(id) } else { None };
            at = match inside {
                Some(child) => Some(child),
                None => self.next(tree, id)?,
            };
        }
        self.end_line()
    }

    /// The node after this one and all that is in it; closes what ends on the way.
    fn next(&mut self, tree: &Tree, id: Id) -> Result<Option<Id>, Error> {
        let mut id = id;
        loop {
            self.leave(tree, id)?;
            if let Some(next) = tree.next_sibling(id) {
                return Ok(Some(next));
            }
            match tree.parent(id) {
                Some(parent) => id = parent,
                None => return Ok(None),
            }
        }
    }

    pub(super) fn finish(mut self) -> Document {
        let Counts { insertions, deletions, flattened, .. } = self.counts;
        if insertions + deletions > 0 {
            let finding = Finding::new(Code::TrackedChanges).detail("insertions", insertions);
            self.document.findings.push(finding.detail("deletions", deletions));
        }
        if flattened {
            let finding = Finding::new(Code::NestingFlattened).expected(self.limits.nested_tables.to_string());
            self.document.findings.push(finding);
        }
        self.document
    }

    /// Whether a table has been read.
    pub(super) fn has_tables(&self) -> bool {
        !self.document.tables.is_empty()
    }

    /// Says that what is read now is not what the page shows.
    pub(super) fn say_unshown(&mut self, part: &str) {
        self.document.findings.push(Finding::new(Code::UnshownText).detail("part", part));
    }

    /// Begins a node; whether to go into it.
    fn enter(&mut self, tree: &Tree, id: Id) -> Result<bool, Error> {
        match tree.data(id) {
            Data::Root => Ok(true),
            Data::Text(text) => self.text(text).map(|()| false),
            Data::Unprinted(opens) => {
                if let Some(table) = self.tables.last_mut() {
                    table.unprinted = *opens;
                }
                Ok(false)
            }
            Data::Element(element) if !self.is_read(tree, id, element) => Ok(false),
            Data::Element(element) => self.open(tree, id, element),
        }
    }

    fn is_read(&self, tree: &Tree, id: Id, element: &Element) -> bool {
        !element.hidden || (self.hidden && tree.holds_table(id))
    }

    /// Whether the table, or the part of one, that an element is stands where it can be one.
    fn is_part(&mut self, id: Id, element: &Element) -> bool {
        let takes = |table: &mut OpenTable| table.made != Made::Tag && table.takes(id, element.kind);
        element.made == Made::Tag || self.table().is_some_and(takes)
    }

    fn open(&mut self, tree: &Tree, id: Id, element: &Element) -> Result<bool, Error> {
        match element.kind {
            Kind::Silent | Kind::Holder(_) | Kind::Frames => return Ok(false),
            Kind::Deleted => {
                self.counts.deletions += 1;
                return Ok(false);
            }
            // Beside tables a choice is a part of the site: years, other sites.
            Kind::Choice if self.tables.is_empty() => return Ok(false),
            Kind::Choice => return self.text(&tree.chosen(id)).map(|()| false),
            Kind::Formula => return self.text("\u{fffd}").map(|()| false),
            Kind::Inserted => self.counts.insertions += 1,
            Kind::Raised => self.line.raised += 1,
            Kind::Beside(part) => self.open_beside(tree, id, part)?,
            Kind::Article => {
                self.end_line()?;
                self.articles += 1;
            }
            Kind::Image => self.document.pictures += usize::from(self.links == 0 && self.beside.is_none()),
            Kind::Link => self.links += usize::from(!element.leads_to_picture),
            Kind::Field => self.text(tree.value(id))?,
            Kind::Block | Kind::Break => self.end_line()?,
            Kind::List if tree.is_all_links(id) => self.open_beside(tree, id, Part::Menu)?,
            Kind::List => self.end_line()?,
            Kind::Preformatted => {
                self.end_line()?;
                self.line.preformatted += 1;
            }
            Kind::Table => self.open_table(element.made)?,
            Kind::Group(_) | Kind::Row | Kind::Cell if !self.is_part(id, element) => self.end_line()?,
            Kind::Group(group) => {
                self.end_line()?;
                if let Some(table) = self.table() {
                    table.open_group(group);
                }
            }
            Kind::Row => return self.open_row(),
            Kind::Cell => self.open_cell(element)?,
            Kind::Inline | Kind::Choosable => {}
        }
        Ok(true)
    }

    fn leave(&mut self, tree: &Tree, id: Id) -> Result<(), Error> {
        let Data::Element(element) = tree.data(id) else { return Ok(()) };
        if !self.is_read(tree, id, element) {
            return Ok(());
        }
        match element.kind {
            Kind::Row | Kind::Cell if element.made != Made::Tag => self.close_part(id),
            Kind::Block | Kind::Group(_) => self.end_line(),
            Kind::Beside(_) | Kind::List => self.close_beside(id),
            Kind::Article => {
                self.articles -= 1;
                self.end_line()
            }
            Kind::Preformatted => {
                self.end_line()?;
                self.line.preformatted -= 1;
                Ok(())
            }
            Kind::Raised => {
                self.line.raised -= 1;
                Ok(())
            }
            Kind::Link => {
                self.links -= usize::from(!element.leads_to_picture);
                Ok(())
            }
            Kind::Cell => self.close_cell(),
            Kind::Row => self.close_row(),
            Kind::Table => self.close_table(),
            _ => Ok(()),
        }
    }

    // ---- lines ----

    fn text(&mut self, text: &str) -> Result<(), Error> {
        self.line.lines_count = self.lines && self.tables.is_empty();
        let mut rest = Some(text);
        while let Some(text) = rest {
            rest = self.line.push(text);
            if rest.is_some() {
                self.end_line()?;
            }
        }
        Ok(())
    }

    /// Makes a paragraph of the line, unless it is empty.
    fn end_line(&mut self) -> Result<(), Error> {
        let Some(text) = self.line.take() else { return Ok(()) };
        // Text with tables in it marks its headings as Markdown does.
        let marked = self.lines && self.tables.is_empty() && text.starts_with('#');
        let text = if marked { text.trim_start_matches('#').trim_start().to_owned() } else { text };
        if let Some((_, aside)) = &mut self.beside {
            if !aside.text.is_empty() {
                aside.text.push('\n');
            }
            aside.text.push_str(&text);
            return Ok(());
        }
        self.counts.paragraphs += 1;
        let number = self.counts.paragraphs;
        if number > self.limits.paragraphs {
            return Err(Error::limit("paragraphs", self.limits.paragraphs, number));
        }
        let origin = Origin::of_line(u32::try_from(number).unwrap_or(u32::MAX));
        self.push(Block::Paragraph(Paragraph { text: text.into(), number: None, origin }));
        Ok(())
    }

    /// Adds a block to the innermost open cell, or to the body.
    fn push(&mut self, block: Block) {
        match self.tables.iter_mut().rev().find_map(OpenTable::cell_blocks) {
            Some(blocks) => blocks.push(block),
            None => self.document.blocks.push(block),
        }
    }

    // ---- beside the text ----

    /// What belongs to the site is kept apart, unless it holds tables or stands in the article.
    fn open_beside(&mut self, tree: &Tree, id: Id, part: Part) -> Result<(), Error> {
        self.end_line()?;
        let kind = match part {
            Part::Title => AsideKind::Title,
            Part::Menu | Part::Head => AsideKind::Header,
            Part::Foot => AsideKind::Footer,
            Part::Comments => AsideKind::Comment,
        };
        let of_the_text = tree.holds_table(id) || (part == Part::Head && self.articles > 0);
        if self.beside.is_none() && !of_the_text {
            self.beside = Some((id, Aside { kind, text: String::new() }));
        }
        Ok(())
    }

    fn close_beside(&mut self, id: Id) -> Result<(), Error> {
        self.end_line()?;
        if let Some((_, aside)) = self.beside.take_if(|(open, _)| *open == id) {
            self.add_aside(aside);
        }
        Ok(())
    }

    fn add_aside(&mut self, aside: Aside) {
        if !aside.text.is_empty() && !self.document.asides.contains(&aside) {
            self.document.asides.push(aside);
        }
    }

    // ---- tables ----

    /// The table that rows and cells belong to; none where tables are being flattened.
    fn table(&mut self) -> Option<&mut OpenTable> {
        if self.flattened > 0 { None } else { self.tables.last_mut() }
    }

    /// Ends a row or cell that its style or role makes one, if it was taken for one.
    fn close_part(&mut self, id: Id) -> Result<(), Error> {
        self.end_line()?;
        if let Some(table) = self.table() {
            table.leave(id);
        }
        Ok(())
    }

    fn open_table(&mut self, made: Made) -> Result<(), Error> {
        self.end_line()?;
        if self.tables.len() >= self.limits.nested_tables || self.flattened > 0 {
            self.flattened += 1;
            self.counts.flattened = true;
        } else {
            self.tables.push(OpenTable::new(made));
        }
        Ok(())
    }

    fn open_row(&mut self) -> Result<bool, Error> {
        self.end_line()?;
        let index = self.document.tables.len();
        let Some(table) = self.table() else { return Ok(true) };
        if table.unprinted {
            return Ok(false);
        }
        table.open_row();
        if table.index.is_none() {
            table.index = Some(index);
            self.place_table(index);
        }
        Ok(true)
    }

    /// A table gets its number and its place with its first row: its caption stands before it.
    fn place_table(&mut self, index: usize) {
        self.document.tables.push(crate::document::Table::default());
        let outer = self.tables.len() - 1;
        match self.tables[..outer].iter_mut().rev().find_map(OpenTable::cell_blocks) {
            Some(blocks) => blocks.push(Block::Table(index)),
            None => self.document.blocks.push(Block::Table(index)),
        }
    }

    fn open_cell(&mut self, element: &Element) -> Result<(), Error> {
        self.end_line()?;
        self.counts.cells += 1;
        if self.counts.cells > self.limits.cells {
            return Err(Error::limit("cells", self.limits.cells, self.counts.cells));
        }
        if let Some(table) = self.table() {
            table.open_cell(element);
        }
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Error> {
        self.end_line()?;
        if let Some(table) = self.table() {
            table.close_cell();
        }
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), Error> {
        self.end_line()?;
        if let Some(table) = self.table() {
            table.close_row();
        }
        Ok(())
    }

    fn close_table(&mut self) -> Result<(), Error> {
        self.end_line()?;
        if self.flattened > 0 {
            self.flattened -= 1;
        } else if let Some(table) = self.tables.pop()
            && let Some(index) = table.index
        {
            let (table, cut) = table.finish();
            self.document.tables[index] = table;
            if cut > 0 {
                let origin = Origin { table: u32::try_from(index + 1).ok(), ..Origin::default() };
                let finding = Finding::new(Code::SpanOverrun).found(cut.to_string());
                self.document.findings.push(finding.at(origin));
            }
        }
        Ok(())
    }
}
