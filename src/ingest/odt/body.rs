//! XML events of a part → paragraphs and tables.
//!
//! One flat loop over events. What nests is kept on explicit stacks, so that no depth of the
//! document is a depth of calls. When the part breaks off, everything open is closed and kept.

use super::lists::{self, Lists, Open};
use super::story::{Kind, Story};
use super::styles::Styles;
use super::table::OpenTable;
use super::xml::{Event, Ns, Scanner};
use crate::document::{Aside, AsideKind, Block, Document, Origin, Table};
use crate::ingest::limits::Copies;
use crate::ingest::word::flat_text;
use crate::ingest::xml::Stop;
use crate::ingest::{Error, Limits};

/// Text boxes and notes open at once. What stands deeper is read as part of what is around it.
const MOST_STORIES: usize = 8;
/// What LibreOffice calls a list to choose from.
const CHOICE: &[u8] = b"vnd.oasis.opendocument.field.FORMDROPDOWN";

/// Blanks that one element may stand for; a line has no more.
const MOST_BLANKS: u32 = 1000;

/// What an open element is, as far as its end matters.
#[derive(Debug)]
enum Frame {
    /// It is looked through; characters in it are no text.
    Through,
    /// Characters in it are text.
    Inline,
    /// A span: its end brings back what was hidden before, and what was above the line.
    Span {
        hidden: bool,
        raised: bool,
    },
    Paragraph,
    List,
    Table,
    /// A table nested too deep.
    Flattened,
    Row,
    /// A cell, and the lists that are open around its table.
    Cell(Open),
    Story,
    /// A picture's frame; its alternatives are one picture, and whether that is counted.
    Picture(bool),
    /// The body, or a flat file's heads and feet.
    Section,
}

/// What to do with an element.
enum Step {
    Enter(Frame),
    Skip,
    /// Its end has been read.
    Done,
}

/// What is met on the way.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    pub(super) insertions: usize,
    pub(super) deletions: usize,
    /// Some tables were nested too deep.
    pub(super) flattened: bool,
    /// There is a body to read.
    pub(super) body: bool,
    /// Pages begun; 1 where the file does not say.
    pub(super) page: u32,
    /// The file says where its pages end.
    pub(super) pages_known: bool,
}

/// Reads the parts of one document, that with the styles first.
pub(super) struct Walker {
    limits: Limits,
    pub(super) document: Document,
    pub(super) counts: Counts,
    styles: Styles,
    lists: Lists,
    stories: Vec<Story>,
    frames: Vec<Frame>,
    /// Tables open in all stories.
    nesting: usize,
    /// Paragraphs begun, and those of them that are of the text.
    paragraphs: u32,
    lines: u32,
    cells: usize,
    /// What repeated cells and rows hold.
    copies: Copies,
    /// The limit that the end of an element passed.
    passed: Option<Error>,
}

impl Walker {
    pub(super) fn new(limits: &Limits) -> Self {
        Walker {
            limits: *limits,
            document: Document::default(),
            counts: Counts { page: 1, ..Counts::default() },
            styles: Styles::default(),
            lists: Lists::default(),
            stories: vec![Story::new(Kind::Body, 0)],
            frames: Vec::new(),
            nesting: 0,
            paragraphs: 0,
            lines: 0,
            cells: 0,
            copies: Copies::default(),
            passed: None,
        }
    }

    /// Reads a part to its end, or as far as it goes.
    pub(super) fn part(&mut self, part: &[u8]) -> Option<Stop> {
        let mut scan = Scanner::new(part, self.limits.depth);
        let stop = self.events(&mut scan).err();
        while let Some(frame) = self.frames.pop() {
            self.close(frame);
        }
        stop
    }

    pub(super) fn finish(mut self) -> (Document, Counts) {
        if let Some(story) = self.stories.pop() {
            self.document.blocks = story.into_blocks();
        }
        (self.document, self.counts)
    }

    fn events(&mut self, scan: &mut Scanner<'_>) -> Result<(), Stop> {
        loop {
            match scan.next()? {
                Event::Open(ns, local) => match self.open(scan, ns, local)? {
                    Step::Enter(frame) => self.frames.push(frame),
                    Step::Skip => scan.skip()?,
                    Step::Done => {}
                },
                Event::Close => {
                    if let Some(frame) = self.frames.pop() {
                        self.close(frame);
                    }
                    if let Some(error) = self.passed.take() {
                        return Err(Stop::Limit(error));
                    }
                }
                Event::Text(text) => {
                    if matches!(self.frames.last(), Some(Frame::Inline | Frame::Span { .. } | Frame::Paragraph)) {
                        self.story().push_text(&text);
                    }
                }
                Event::End => return Ok(()),
            }
        }
    }

    fn story(&mut self) -> &mut Story {
        // The first story stays until `finish`.
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn open(&mut self, scan: &mut Scanner<'_>, ns: Ns, local: &[u8]) -> Result<Step, Stop> {
        match ns {
            Ns::Text => self.open_text(scan, local),
            Ns::Table => self.open_table_part(scan, local),
            Ns::Draw => Ok(self.open_drawing(local)),
            Ns::Office => self.open_office(scan, local),
            Ns::Style => Ok(self.open_style(local)),
            Ns::Core => self.open_core(scan, local),
            // Content controls are newer than the namespace of texts.
            Ns::Other if local == b"content-control" => Ok(Step::Enter(Frame::Inline)),
            // What is chosen in a list stands in its properties: it is something, and is not read.
            Ns::Other if local == b"fieldmark" && scan.says(b"type", CHOICE) => Ok(self.put('\u{fffd}', 1)),
            Ns::Number | Ns::Other => Ok(Step::Skip),
        }
    }

    fn close(&mut self, frame: Frame) {
        match frame {
            Frame::Through | Frame::Inline | Frame::Picture(_) => {}
            Frame::Span { hidden, raised } => (self.story().hidden, self.story().raised) = (hidden, raised),
            Frame::Paragraph | Frame::Section => self.story().close_paragraph(),
            Frame::List => self.story().lists.close(),
            Frame::Table => self.close_table(),
            Frame::Flattened => self.story().flattened -= 1,
            Frame::Row => self.close_row(),
            Frame::Cell(lists) => {
                self.close_cell();
                self.story().lists = lists;
            }
            Frame::Story => self.close_story(),
        }
    }

    // ---- parts of the file ----

    fn open_office(&mut self, scan: &mut Scanner<'_>, local: &[u8]) -> Result<Step, Stop> {
        Ok(match local {
            b"styles" | b"automatic-styles" => {
                self.styles.collect(scan, local == b"automatic-styles")?;
                Step::Done
            }
            b"text" => {
                self.counts.body = true;
                self.counts.pages_known |= scan.says(b"use-soft-page-breaks", b"true");
                Step::Enter(Frame::Section)
            }
            b"annotation" => self.open_story(Kind::Aside(AsideKind::Comment)),
            b"scripts" | b"settings" | b"font-face-decls" | b"forms" | b"event-listeners" | b"binary-data"
            | b"annotation-end" | b"dde-source" => Step::Skip,
            _ => Step::Enter(Frame::Through),
        })
    }

    /// Heads and feet are kept in the styles of pages.
    fn open_style(&mut self, local: &[u8]) -> Step {
        match local {
            b"header" | b"header-left" | b"header-first" => self.open_story(Kind::Aside(AsideKind::Header)),
            b"footer" | b"footer-left" | b"footer-first" => self.open_story(Kind::Aside(AsideKind::Footer)),
            b"master-page" | b"region-left" | b"region-center" | b"region-right" => Step::Enter(Frame::Through),
            _ => Step::Skip,
        }
    }

    /// What the file calls itself; a note's author and date are no text.
    fn open_core(&mut self, scan: &mut Scanner<'_>, local: &[u8]) -> Result<Step, Stop> {
        if local != b"title" || !self.frames.iter().all(|frame| matches!(frame, Frame::Through)) {
            return Ok(Step::Skip);
        }
        let text = scan.text()?.trim().to_owned();
        self.add_aside(AsideKind::Title, text);
        Ok(Step::Done)
    }

    // ---- text ----

    fn open_text(&mut self, scan: &mut Scanner<'_>, local: &[u8]) -> Result<Step, Stop> {
        Ok(match local {
            b"p" => self.open_paragraph(scan, None)?,
            b"h" => {
                let level = if scan.says(b"is-list-header", b"true") { None } else { scan.number(b"outline-level") };
                // OpenOffice 1 called it so.
                self.open_paragraph(scan, level.or_else(|| scan.number(b"level")))?
            }
            b"span" => {
                let story = self.stories.len() - 1;
                let Story { hidden, raised, .. } = self.stories[story];
                if let Some(style) = scan.attribute(b"style-name") {
                    let story = &mut self.stories[story];
                    story.hidden = self.styles.hides_span(&style).unwrap_or(hidden);
                    story.raised |= self.styles.raises_span(&style);
                    if self.styles.strikes_span(&style) && !story.hidden {
                        // What somebody struck out by hand is as good as deleted.
                        self.counts.deletions += 1;
                        story.hidden = true;
                    }
                }
                Step::Enter(Frame::Span { hidden, raised })
            }
            b"s" => {
                let count = scan.number(b"c").unwrap_or(1).min(MOST_BLANKS) as usize;
                self.put(' ', count)
            }
            b"tab" | b"tab-stop" => self.put('\t', 1),
            b"line-break" => self.put('\n', 1),
            b"soft-page-break" => {
                self.turn_page();
                Step::Skip
            }
            b"list" | b"ordered-list" | b"unordered-list" => {
                let last = self.stories.len() - 1;
                self.lists.open(&mut self.stories[last].lists, scan);
                Step::Enter(Frame::List)
            }
            b"list-item" | b"list-header" => {
                let start = scan.number(b"start-value");
                self.story().lists.item(local == b"list-item", start);
                Step::Enter(Frame::Through)
            }
            b"number" => {
                let number = scan.text()?;
                let story = self.story();
                if story.has_paragraph() {
                    story.set_number(number)
                } else {
                    story.lists.print(number)
                }
                Step::Done
            }
            b"note" | b"footnote" | b"endnote" => {
                let end = local == b"endnote" || scan.says(b"note-class", b"endnote");
                self.open_story(Kind::Aside(if end { AsideKind::Endnote } else { AsideKind::Footnote }))
            }
            b"note-body" | b"footnote-body" | b"endnote-body" => Step::Enter(Frame::Through),
            b"tracked-changes" => {
                self.count_changes(scan)?;
                Step::Done
            }
            b"hidden-paragraph" if scan.says(b"is-hidden", b"true") => {
                self.story().hide_paragraph();
                Step::Skip
            }
            // Hidden by its condition, as that was last found to be.
            b"section" | b"hidden-text" if scan.says(b"is-hidden", b"true") => Step::Skip,
            _ if SILENT.contains(&local) || scan.says(b"display", b"none") => Step::Skip,
            // Sections, indexes and the like are looked through; fields, links and marks hold text.
            _ if self.story().has_paragraph() => Step::Enter(Frame::Inline),
            _ => Step::Enter(Frame::Through),
        })
    }

    fn put(&mut self, char: char, count: usize) -> Step {
        self.story().push_char(char, count);
        Step::Skip
    }

    /// How much is inserted and deleted. What is deleted is kept here, and nowhere else.
    fn count_changes(&mut self, scan: &mut Scanner<'_>) -> Result<(), Stop> {
        let outside = scan.depth() - 1;
        loop {
            match scan.next()? {
                Event::Open(Ns::Text, b"insertion") => self.counts.insertions += 1,
                Event::Open(Ns::Text, b"deletion") => {
                    self.counts.deletions += 1;
                    scan.skip()?;
                }
                Event::Close if scan.depth() <= outside => return Ok(()),
                Event::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn turn_page(&mut self) {
        if self.stories.len() == 1 {
            self.counts.page = self.counts.page.saturating_add(1);
            let page = self.counts.page;
            self.story().turn_page(page);
        }
    }

    /// Begins a paragraph; a heading has a level.
    fn open_paragraph(&mut self, scan: &Scanner<'_>, level: Option<u32>) -> Result<Step, Stop> {
        if self.story().has_paragraph() {
            // Against the rules, but it is there.
            self.put('\n', 1);
            return Ok(Step::Enter(Frame::Inline));
        }
        self.begin_paragraph(scan, level)?;
        Ok(Step::Enter(Frame::Paragraph))
    }

    fn begin_paragraph(&mut self, scan: &Scanner<'_>, level: Option<u32>) -> Result<(), Stop> {
        let most = self.limits.paragraphs;
        if self.paragraphs as usize >= most {
            return Err(Stop::Limit(Error::limit("paragraphs", most, self.paragraphs as usize + 1)));
        }
        let style = scan.attribute(b"style-name").unwrap_or_default();
        let hidden = self.styles.hides_paragraph(&style);
        if self.styles.breaks(&style) && self.lines > 0 && self.nesting == 0 {
            self.turn_page();
        }
        self.paragraphs += 1;
        self.lines += u32::from(!self.stories.iter().any(|story| matches!(story.kind, Kind::Aside(_))));
        let last = self.stories.len() - 1;
        let number = if !self.stories[last].lists.is_empty() {
            self.stories[last].lists.number(&mut self.styles)
        } else if let Some(level) = level.filter(|_| self.styles.is_of_outline(&style)) {
            let start = scan.number(b"start-value");
            let start = start.or_else(|| scan.says(b"restart-numbering", b"true").then_some(1));
            lists::heading_number(&mut self.styles, level, start)
        } else {
            None
        };
        let origin = Origin { page: Some(self.counts.page), ..Origin::of_line(self.lines) };
        self.stories[last].open_paragraph(origin, number, hidden);
        Ok(())
    }

    // ---- drawings, notes ----

    fn open_drawing(&mut self, local: &[u8]) -> Step {
        match local {
            b"text-box" => self.open_story(Kind::TextBox),
            b"image" | b"object" | b"object-ole" | b"plugin" => {
                if let Some(Frame::Picture(counted)) = self.frames.last_mut() {
                    self.document.pictures += usize::from(!std::mem::replace(counted, true));
                } else {
                    self.document.pictures += 1;
                }
                Step::Skip
            }
            b"frame" => Step::Enter(Frame::Picture(false)),
            b"a" | b"g" | b"page-thumbnail" => Step::Enter(Frame::Through),
            _ if SHAPES.contains(&local) => self.open_story(Kind::TextBox),
            _ => Step::Skip,
        }
    }

    fn open_story(&mut self, kind: Kind) -> Step {
        if self.stories.len() > MOST_STORIES {
            return Step::Enter(Frame::Through);
        }
        self.stories.push(Story::new(kind, self.document.tables.len()));
        Step::Enter(Frame::Story)
    }

    fn close_story(&mut self) {
        self.story().close_paragraph();
        if self.stories.len() < 2 {
            return;
        }
        let Some(story) = self.stories.pop() else { return };
        match story.kind {
            Kind::Aside(kind) => {
                let first = story.first_table;
                let text = flat_text(&story.into_blocks(), &self.document.tables);
                // Tables beside the text are no tables of the body.
                self.document.tables.truncate(first);
                self.add_aside(kind, text);
            }
            Kind::Body | Kind::TextBox => {
                let blocks = story.into_blocks();
                self.story().take_box(blocks);
            }
        }
    }

    fn add_aside(&mut self, kind: AsideKind, text: String) {
        let aside = Aside { kind, text };
        if !aside.text.trim().is_empty() && !self.document.asides.contains(&aside) {
            self.document.asides.push(aside);
        }
    }

    // ---- tables ----

    fn open_table_part(&mut self, scan: &Scanner<'_>, local: &[u8]) -> Result<Step, Stop> {
        Ok(match local {
            b"table" | b"sub-table" => self.open_table(scan),
            b"table-row" => {
                let repeat = scan.number(b"number-rows-repeated").unwrap_or(1);
                self.with_table(|table| table.open_row(repeat));
                Step::Enter(Frame::Row)
            }
            b"table-cell" => {
                let number = |name: &[u8]| scan.number(name).unwrap_or(1);
                let (columns, rows) = (number(b"number-columns-spanned"), number(b"number-rows-spanned"));
                let (repeat, page) = (number(b"number-columns-repeated"), self.counts.page);
                let made = self.table().map(|table| table.open_cell(columns, rows, repeat, page));
                self.count_cells(made.unwrap_or(1))?;
                Step::Enter(Frame::Cell(std::mem::take(&mut self.story().lists)))
            }
            b"covered-table-cell" => {
                let repeat = scan.number(b"number-columns-repeated").unwrap_or(1);
                let made = self.table().map_or(0, |table| table.covered(repeat));
                self.count_cells(made)?;
                Step::Skip
            }
            b"table-header-rows" | b"table-rows" | b"table-row-group" => Step::Enter(Frame::Through),
            _ => Step::Skip,
        })
    }

    fn count_cells(&mut self, made: usize) -> Result<(), Stop> {
        self.cells = self.cells.saturating_add(made);
        let most = self.limits.cells;
        if self.cells > most { Err(Stop::Limit(Error::limit("cells", most, self.cells))) } else { Ok(()) }
    }

    fn open_table(&mut self, scan: &Scanner<'_>) -> Step {
        self.story().close_paragraph();
        let style = scan.attribute(b"style-name").unwrap_or_default();
        if self.styles.breaks_before_table(&style) && self.lines > 0 && self.nesting == 0 {
            self.turn_page();
        }
        if self.nesting >= self.limits.nested_tables || self.story().flattened > 0 {
            self.story().flattened += 1;
            self.counts.flattened = true;
            return Step::Enter(Frame::Flattened);
        }
        let (index, page) = (self.document.tables.len(), self.counts.page);
        self.document.tables.push(Table::default());
        self.nesting += 1;
        let story = self.story();
        story.push(Block::Table(index));
        story.tables.push(OpenTable::new(index, page));
        Step::Enter(Frame::Table)
    }

    /// The table that rows and cells belong to; none where tables are being flattened.
    fn table(&mut self) -> Option<&mut OpenTable> {
        let story = self.story();
        if story.flattened > 0 { None } else { story.tables.last_mut() }
    }

    fn with_table(&mut self, act: impl FnOnce(&mut OpenTable)) {
        self.story().close_paragraph();
        if let Some(table) = self.table() {
            act(table);
        }
    }

    fn close_cell(&mut self) {
        self.story().close_paragraph();
        self.admit_copies(OpenTable::copies_of_cell);
        self.with_table(OpenTable::close_cell);
    }

    /// Ends a row, unless it repeats past the limit.
    fn close_row(&mut self) {
        self.story().close_paragraph();
        let repeated = self.table().map_or(0, |table| table.repeated_cells());
        if let Err(Stop::Limit(error)) = self.count_cells(repeated) {
            self.pass(error);
        }
        self.admit_copies(OpenTable::copies_of_row);
        self.with_table(OpenTable::close_row);
    }

    /// Counts what ends with all its copies, or lets it stand once.
    fn admit_copies(&mut self, copies: impl Fn(&OpenTable) -> (Copies, usize)) {
        let Some((text, times)) = self.table().map(|table| copies(table)) else { return };
        if let Err(error) = self.copies.take(text, times, &self.limits.clone()) {
            self.pass(error);
        }
    }

    fn pass(&mut self, error: Error) {
        self.passed = Some(error);
        self.with_table(OpenTable::stand_once);
    }

    fn close_table(&mut self) {
        self.story().close_paragraph();
        if let Some(table) = self.story().tables.pop() {
            self.nesting -= 1;
            let index = table.index;
            self.document.tables[index] = table.finish();
        }
    }
}

/// Elements of text whose characters are not of the text: declarations, templates of indexes, the
/// reading aid above characters, marks of notes.
const SILENT: &[&[u8]] = &[
    b"sequence-decls",
    b"variable-decls",
    b"user-field-decls",
    b"dde-connection-decls",
    b"alphabetical-index-auto-mark-file",
    b"table-of-content-source",
    b"illustration-index-source",
    b"table-index-source",
    b"object-index-source",
    b"user-index-source",
    b"alphabetical-index-source",
    b"bibliography-source",
    b"ruby-text",
    b"note-citation",
    b"footnote-citation",
    b"endnote-citation",
    b"script",
    b"change",
    b"change-start",
    b"change-end",
    b"toc-mark-start",
    b"linenumbering-configuration",
    b"notes-configuration",
];

/// Drawings that may hold text of their own.
const SHAPES: &[&[u8]] = &[
    b"custom-shape",
    b"rect",
    b"circle",
    b"ellipse",
    b"polygon",
    b"polyline",
    b"path",
    b"line",
    b"caption",
    b"connector",
];
