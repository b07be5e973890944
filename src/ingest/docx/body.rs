//! XML events of a part with text → paragraphs and tables.
//!
//! One flat loop over events. What nests (elements, tables, text boxes, alternatives) is kept on
//! explicit stacks, so that no depth of the document is a depth of calls. When the part breaks
//! off, everything open is closed and kept.

use super::course::{Courses, Step};
use super::lists::Sheets;
use super::names::Tag;
use super::places::Places;
use super::properties::{CellProperties, FormField, ParagraphProperties, RowProperties, RunProperties};
use super::story::{Kind, Story};
use super::table::OpenTable;
use super::xml::{Event, Known, Scanner, Stop, raw_attribute};
use crate::document::{Aside, AsideKind, Block, Document, Origin, Table};
use crate::ingest::unified::raised;
use crate::ingest::word::{flat_text, symbols};
use crate::ingest::{Error, Limits};

/// Text boxes open at once. Word puts none into another; what stands deeper is read as part of
/// the box around it, since each box hands all it holds on to the one around it.
const MOST_BOXES: usize = 8;

/// An `AlternateContent` that is open.
#[derive(Debug)]
struct Alternate {
    /// One of its choices has been read.
    taken: bool,
    /// [`Walker::progress`] where the open choice began.
    mark: usize,
}

/// What reading a part yields beside its blocks and tables.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    pub(super) insertions: usize,
    pub(super) deletions: usize,
    /// Some tables were nested too deep.
    pub(super) flattened: bool,
    /// There is a body to read.
    pub(super) body: bool,
    /// Pages begun; 1 where the part does not say.
    pub(super) page: u32,
}

/// A part that has been read, to its end or to where it broke off.
pub(super) struct Walked {
    pub(super) document: Document,
    pub(super) counts: Counts,
    pub(super) stop: Option<Stop>,
    /// Where its paragraphs lie, if that was asked for.
    pub(super) places: Option<Places>,
    /// How many courses of steps were taken without reading their bytes.
    #[cfg(test)]
    pub(super) taken: usize,
}

/// Reads one part.
pub(super) struct Walker<'a, 's, 'p> {
    scan: Scanner<'a>,
    limits: Limits,
    sheets: Option<&'s mut Sheets<'p>>,
    document: Document,
    counts: Counts,
    stories: Vec<Story<'a>>,
    alternates: Vec<Alternate>,
    /// Text boxes open beyond [`MOST_BOXES`].
    merged_boxes: usize,
    /// Tables open in all stories.
    nesting: usize,
    objects: usize,
    paragraphs: u32,
    cells: usize,
    /// Grows with everything that is read, so that one can see whether a choice held anything.
    progress: usize,
    /// Where paragraphs lie, if somebody wants to know.
    places: Option<Places>,
    known: KnownProperties<'a>,
    courses: Courses<'a>,
    /// A course may begin here.
    course_due: bool,
}

/// Properties that were read last.
#[derive(Default)]
struct KnownProperties<'a> {
    runs: Known<'a, RunProperties<'a>>,
    paragraphs: Known<'a, ParagraphProperties<'a>>,
    rows: Known<'a, RowProperties>,
    cells: Known<'a, CellProperties>,
}

impl<'a, 's, 'p> Walker<'a, 's, 'p> {
    pub(super) fn new(scan: Scanner<'a>, limits: &Limits, kind: Kind, sheets: Option<&'s mut Sheets<'p>>) -> Self {
        Walker {
            scan,
            limits: *limits,
            sheets,
            document: Document::default(),
            counts: Counts { page: 1, ..Counts::default() },
            stories: vec![Story::new(kind)],
            alternates: Vec::new(),
            merged_boxes: 0,
            nesting: 0,
            objects: 0,
            paragraphs: 0,
            cells: 0,
            progress: 0,
            places: None,
            known: KnownProperties::default(),
            courses: Courses::default(),
            course_due: false,
        }
    }

    /// The same, noting where in the part each paragraph lies.
    pub(super) fn noting_places(mut self) -> Self {
        self.places = Some(Places::default());
        self
    }

    /// Reads to the end of the part, or as far as it goes.
    pub(super) fn walk(mut self) -> Walked {
        let stop = self.events().err();
        while self.stories.len() > 1 {
            self.close_story();
        }
        self.flush();
        if let Some(story) = self.stories.pop() {
            match story.kind {
                Kind::Aside(kind) => self.add_aside(kind, &story.into_blocks()),
                Kind::Body | Kind::TextBox => self.document.blocks = story.into_blocks(),
            }
        }
        Walked {
            document: self.document,
            counts: self.counts,
            stop,
            places: self.places,
            #[cfg(test)]
            taken: self.courses.taken,
        }
    }

    fn events(&mut self) -> Result<(), Stop> {
        loop {
            if std::mem::take(&mut self.course_due) && self.follow()? {
                continue;
            }
            match self.scan.next()? {
                Event::Open(tag) => {
                    self.courses.opened(tag, &self.scan);
                    self.open(tag)?;
                }
                Event::Close(tag) => {
                    self.courses.closed(tag, &self.scan);
                    self.close(tag);
                }
                // Characters stand in `w:t`, which is read whole.
                Event::Text(_) => {}
                Event::End => return Ok(()),
            }
        }
    }

    /// Does what was done over the same bytes before; `false` if they are new, and what is done is noted down.
    fn follow(&mut self) -> Result<bool, Stop> {
        // Whoever asks for places wants to know where every tag stands.
        if self.places.is_some() || self.scan.is_empty() {
            return Ok(false);
        }
        let Some(steps) = self.courses.take(&mut self.scan) else {
            self.courses.note(&self.scan);
            return Ok(false);
        };
        for step in &*steps {
            match step {
                Step::Open(tag, name) => {
                    self.scan.enter((*tag, name), b"");
                    self.open(*tag)?;
                }
                Step::Close => {
                    let tag = self.scan.leave();
                    self.close(tag);
                }
                Step::Run(properties) => self.take_run(properties),
                Step::Paragraph(properties) => self.take_paragraph(properties.clone()),
                Step::Row(properties) => self.take_row(properties),
                Step::Cell(properties) => self.take_cell(properties),
                Step::Text { name, attributes } => {
                    self.scan.enter((Tag::Text, name), attributes);
                    self.text()?;
                    return Ok(true);
                }
            }
        }
        // The next is a start tag that is to be read.
        self.course_due = false;
        Ok(true)
    }

    #[inline]
    fn story(&mut self) -> &mut Story<'a> {
        // The first story stays until `walk` ends.
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn open(&mut self, tag: Tag) -> Result<(), Stop> {
        match tag {
            Tag::Run => self.open_run(),
            Tag::RunProperties => return self.run_properties(),
            Tag::Text | Tag::MathText => return self.text(),
            Tag::MathObject if self.prepare_text() => self.story().text.push('\u{fffd}'),
            Tag::Paragraph => return self.open_paragraph(),
            Tag::ParagraphProperties => return self.paragraph_properties(),
            Tag::Cell => return self.open_cell(),
            Tag::CellProperties => return self.cell_properties(),
            Tag::Row => self.open_row(),
            Tag::RowProperties => return self.row_properties(),
            Tag::Table => self.open_table(),
            Tag::Properties => return self.scan.skip_flat(),
            Tag::Silent => return self.scan.skip(),
            Tag::Other => return self.open_other(),
            Tag::Tab => self.push_char('\t'),
            Tag::Break => self.line_break(),
            Tag::PageBreak => self.turn_page(),
            Tag::NoBreakHyphen => self.push_char('-'),
            Tag::Symbol => self.symbol(),
            Tag::FieldChar => {
                let kind = raw_attribute(self.scan.raw_attributes(), b"fldCharType");
                self.story().fields.mark(kind);
                if kind == Some(b"end") {
                    self.show_choice();
                }
            }
            Tag::FormField => return self.form_field(),
            Tag::Body => self.counts.body = true,
            Tag::Inserted => self.counts.insertions += 1,
            Tag::Deleted => {
                self.counts.deletions += 1;
                return self.scan.skip();
            }
            Tag::Annotation => return self.annotation(),
            Tag::TextBox => return self.open_box(),
            Tag::Note => return self.open_note(),
            Tag::Alternate => self.alternates.push(Alternate { taken: false, mark: self.progress }),
            Tag::Choice | Tag::Fallback => return self.open_choice(),
            Tag::Picture => self.picture(),
            Tag::OldPicture if self.objects == 0 => self.picture(),
            Tag::Object => {
                self.objects += 1;
                self.picture();
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => {
                if let Some(places) = &mut self.places {
                    places.close(&self.scan);
                }
                self.close_paragraph();
            }
            Tag::Run => self.close_run(),
            Tag::Cell => self.close_cell(),
            Tag::Row => self.close_row(),
            Tag::Table => self.close_table(),
            Tag::TextBox if self.merged_boxes > 0 => self.merged_boxes -= 1,
            Tag::TextBox | Tag::Note => self.close_story(),
            Tag::Choice => {
                let progress = self.progress;
                if let Some(alternate) = self.alternates.last_mut() {
                    alternate.taken |= progress > alternate.mark;
                }
            }
            Tag::Alternate => {
                self.alternates.pop();
            }
            Tag::Object => self.objects -= 1,
            _ => {}
        }
    }

    /// Beside the body a part may hold style sheets, properties and the like: not text.
    fn open_other(&mut self) -> Result<(), Stop> {
        if self.scan.depth() == 2 { self.scan.skip() } else { Ok(()) }
    }

    // ---- characters ----

    fn text(&mut self) -> Result<(), Stop> {
        if !self.prepare_text() {
            return self.scan.skip();
        }
        // Written so in every file that wants its outer blanks kept.
        let attributes = self.scan.raw_attributes();
        let preserve = !attributes.is_empty() && memchr::memmem::find(attributes, b"preserve").is_some();
        let last = self.stories.len() - 1;
        let text = &mut self.stories[last].text;
        let from = text.len();
        let outcome = self.scan.text(text);
        tidy(text, from, preserve);
        if self.stories[last].raised {
            let own = self.stories[last].text.split_off(from);
            self.stories[last].text.extend(own.chars().map(raised));
        }
        let text = &self.stories[last].text;
        self.progress += text.len() - from;
        self.course_due = true;
        outcome
    }

    /// Sees to it that a paragraph is open; `false` if text here is not to be read.
    #[inline]
    fn prepare_text(&mut self) -> bool {
        if !self.story().shows() {
            return false;
        }
        if !self.story().has_paragraph() {
            // Text outside any paragraph is against the rules, but it is there.
            let origin = self.origin();
            self.story().open_paragraph(origin);
        }
        let story = self.story();
        if std::mem::take(&mut story.break_due) {
            story.text.push('\n');
        }
        true
    }

    fn push_char(&mut self, char: char) {
        if self.prepare_text() {
            self.story().text.push(char);
            self.progress += 1;
        }
    }

    /// A line break; one of pages only parts what stands before it from what follows.
    fn line_break(&mut self) {
        match raw_attribute(self.scan.raw_attributes(), b"type") {
            Some(b"page" | b"column") => {
                let story = self.story();
                story.break_due = story.shows() && !story.text.is_empty();
            }
            _ => self.push_char('\n'),
        }
    }

    fn symbol(&mut self) {
        let font = self.scan.attribute(b"font").unwrap_or_default();
        let code = self.scan.attribute(b"char").unwrap_or_default();
        if let Some(char) = symbols::of(&font, &code) {
            self.push_char(char);
        }
    }

    /// A field of a form: what is chosen in it stands in its properties, not in a run.
    fn form_field(&mut self) -> Result<(), Stop> {
        let field: FormField<'a> = self.scan.properties(FormField::visit)?;
        if let Some(shown) = field.shown() {
            let story = self.story();
            story.choice = Some((story.text.len(), shown));
        }
        Ok(())
    }

    /// What was chosen in the field that ends, unless its result says so itself.
    fn show_choice(&mut self) {
        let Some((from, shown)) = self.story().choice.take() else { return };
        if self.story().text.len() == from && self.prepare_text() {
            self.story().text.push_str(&shown);
            self.progress += shown.len();
        }
    }

    fn turn_page(&mut self) {
        if self.stories.len() == 1 {
            self.counts.page = self.counts.page.saturating_add(1);
            let page = self.counts.page;
            self.story().turn_page(page);
        }
    }

    #[inline]
    fn open_run(&mut self) {
        if self.places.is_some() {
            let length = self.story().text.len();
            if let Some(places) = &mut self.places {
                places.open_run(&self.scan, length);
            }
        }
        self.story().open_run();
    }

    #[inline]
    fn close_run(&mut self) {
        if self.places.is_some() {
            let length = self.story().text.len();
            if let Some(places) = &mut self.places {
                places.close_run(&self.scan, length);
            }
        }
    }

    fn run_properties(&mut self) -> Result<(), Stop> {
        let properties: RunProperties<'a> = self.scan.known_properties(&mut self.known.runs, RunProperties::visit)?;
        self.courses.read(|| Step::Run(properties.clone()));
        self.take_run(&properties);
        Ok(())
    }

    fn take_run(&mut self, properties: &RunProperties<'a>) {
        let by_style = || {
            // A sheet is unpacked for a style, not for none.
            let style = properties.style.as_deref()?;
            self.sheets.as_ref().map(|sheets| sheets.styles().hides(style)).filter(|hides| *hides)
        };
        if let Some(hidden) = properties.hidden.or_else(by_style) {
            self.story().hidden = hidden;
        }
        if properties.struck && !self.story().hidden {
            // What somebody struck out by hand is as good as deleted.
            self.counts.deletions += 1;
            self.story().hidden = true;
        }
        self.story().raised = properties.raised;
    }

    fn picture(&mut self) {
        self.document.pictures += 1;
        self.progress += 1;
    }

    // ---- paragraphs ----

    fn origin(&mut self) -> Origin {
        self.paragraphs += 1;
        if let Some(places) = &mut self.places {
            places.count();
        }
        Origin { page: Some(self.counts.page), ..Origin::of_line(self.paragraphs) }
    }

    fn open_paragraph(&mut self) -> Result<(), Stop> {
        if self.paragraphs as usize >= self.limits.paragraphs {
            let found = self.paragraphs as usize + 1;
            return Err(Stop::Limit(Error::limit("paragraphs", self.limits.paragraphs, found)));
        }
        if self.story().has_paragraph() {
            self.close_paragraph();
        }
        let origin = self.origin();
        if let Some(places) = &mut self.places {
            places.open(&self.scan);
        }
        self.story().open_paragraph(origin);
        self.course_due = !self.courses.are_noted();
        Ok(())
    }

    fn paragraph_properties(&mut self) -> Result<(), Stop> {
        let properties: ParagraphProperties<'a> =
            self.scan.known_properties(&mut self.known.paragraphs, ParagraphProperties::visit)?;
        if let Some(places) = &mut self.places {
            places.properties(&self.scan);
        }
        self.courses.read(|| Step::Paragraph(properties.clone()));
        self.take_paragraph(properties);
        Ok(())
    }

    fn take_paragraph(&mut self, properties: ParagraphProperties<'a>) {
        self.counts.insertions += properties.inserted;
        self.counts.deletions += usize::from(properties.mark_deleted);
        let style = properties.style.as_deref();
        let hidden = style.is_some_and(|style| self.sheets.as_ref().is_some_and(|sheets| sheets.styles().hides(style)));
        self.story().set_paragraph(properties, hidden);
    }

    fn close_paragraph(&mut self) {
        if !self.story().has_paragraph() || self.story().runs_on() {
            return;
        }
        self.end_paragraph(true);
    }

    fn end_paragraph(&mut self, counts: bool) {
        let last = self.stories.len() - 1;
        let properties = self.stories[last].paragraph_properties().filter(|_| counts);
        let number = match (&mut self.sheets, properties) {
            (Some(sheets), Some(properties)) => sheets.number(properties),
            _ => None,
        };
        self.stories[last].close_paragraph(number);
    }

    /// Ends whatever paragraph is open, one that runs on included: a table or the end follows.
    fn flush_paragraph(&mut self) {
        self.close_paragraph();
        self.end_paragraph(false);
    }

    // ---- tables ----

    fn open_table(&mut self) {
        self.flush_paragraph();
        if self.nesting >= self.limits.nested_tables || self.story().flattened > 0 {
            self.story().flattened += 1;
            self.counts.flattened = true;
            return;
        }
        let (index, page) = (self.document.tables.len(), self.counts.page);
        self.document.tables.push(Table::default());
        self.nesting += 1;
        self.progress += 1;
        let story = self.story();
        story.push(Block::Table(index));
        story.tables.push(OpenTable::new(index, page));
    }

    /// The table that rows and cells belong to; none where tables are being flattened.
    fn table(&mut self) -> Option<&mut OpenTable> {
        let story = self.story();
        if story.flattened > 0 { None } else { story.tables.last_mut() }
    }

    fn open_row(&mut self) {
        self.flush_paragraph();
        if let Some(table) = self.table() {
            table.open_row();
        }
        self.course_due = !self.courses.are_noted();
    }

    fn open_cell(&mut self) -> Result<(), Stop> {
        self.flush_paragraph();
        self.cells += 1;
        if self.cells > self.limits.cells {
            return Err(Stop::Limit(Error::limit("cells", self.limits.cells, self.cells)));
        }
        let page = self.counts.page;
        if let Some(table) = self.table() {
            table.open_cell(page);
        }
        Ok(())
    }

    fn row_properties(&mut self) -> Result<(), Stop> {
        let row = self.scan.depth() - 1;
        let properties: RowProperties = self.scan.known_properties(&mut self.known.rows, RowProperties::visit)?;
        if properties.deleted {
            self.courses.forget();
            self.counts.insertions += properties.inserted;
            self.counts.deletions += 1;
            if let Some(table) = self.table() {
                table.drop_row();
            }
            return self.scan.skip_to(row.saturating_sub(1));
        }
        self.courses.read(|| Step::Row(properties.clone()));
        self.take_row(&properties);
        Ok(())
    }

    fn take_row(&mut self, properties: &RowProperties) {
        self.counts.insertions += properties.inserted;
        if let Some(table) = self.table() {
            table.set_row(properties);
        }
    }

    fn cell_properties(&mut self) -> Result<(), Stop> {
        let properties: CellProperties = self.scan.known_properties(&mut self.known.cells, CellProperties::visit)?;
        self.courses.read(|| Step::Cell(properties.clone()));
        self.take_cell(&properties);
        Ok(())
    }

    fn take_cell(&mut self, properties: &CellProperties) {
        self.counts.insertions += properties.inserted;
        self.counts.deletions += usize::from(properties.deleted);
        if let Some(table) = self.table() {
            table.set_cell(properties);
        }
    }

    fn close_cell(&mut self) {
        self.flush_paragraph();
        if let Some(table) = self.table() {
            table.close_cell();
        }
    }

    fn close_row(&mut self) {
        self.flush_paragraph();
        if let Some(table) = self.table() {
            table.close_row();
        }
    }

    fn close_table(&mut self) {
        self.flush_paragraph();
        let story = self.story();
        if story.flattened > 0 {
            story.flattened -= 1;
            return;
        }
        if let Some(table) = story.tables.pop() {
            self.nesting -= 1;
            let index = table.index;
            self.document.tables[index] = table.finish();
        }
    }

    // ---- stories ----

    fn open_box(&mut self) -> Result<(), Stop> {
        if self.story().hidden {
            return self.scan.skip();
        }
        self.progress += 1;
        if self.stories.len() > MOST_BOXES {
            self.merged_boxes += 1;
        } else {
            self.stories.push(Story::new(Kind::TextBox));
        }
        Ok(())
    }

    fn open_note(&mut self) -> Result<(), Stop> {
        let kind = match self.scan.local_name() {
            b"footnote" => AsideKind::Footnote,
            b"endnote" => AsideKind::Endnote,
            _ => AsideKind::Comment,
        };
        // Lines between text and notes are kept as notes of a type of their own.
        let line = raw_attribute(self.scan.raw_attributes(), b"type").is_some_and(|kind| kind != b"normal");
        if line || self.stories.len() > 1 {
            return self.scan.skip();
        }
        self.stories.push(Story::new(Kind::Aside(kind)));
        Ok(())
    }

    /// Closes everything that is open in the last story.
    fn flush(&mut self) {
        self.story().flattened = 0;
        while !self.story().tables.is_empty() {
            self.close_table();
        }
        self.flush_paragraph();
    }

    fn close_story(&mut self) {
        if self.stories.len() < 2 {
            return;
        }
        self.flush();
        let Some(story) = self.stories.pop() else { return };
        match story.kind {
            Kind::Aside(kind) => self.add_aside(kind, &story.into_blocks()),
            Kind::Body | Kind::TextBox => {
                let blocks = story.into_blocks();
                self.story().take_box(blocks);
            }
        }
    }

    fn add_aside(&mut self, kind: AsideKind, blocks: &[Block]) {
        let text = flat_text(blocks, &self.document.tables);
        if !text.trim().is_empty() {
            self.document.asides.push(Aside { kind, text });
        }
    }

    // ---- alternatives and old annotations ----

    fn open_choice(&mut self) -> Result<(), Stop> {
        let progress = self.progress;
        match self.alternates.last_mut() {
            Some(alternate) if alternate.taken => self.scan.skip(),
            Some(alternate) => {
                alternate.mark = progress;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Word 2003 wraps tracked changes and comments alike.
    fn annotation(&mut self) -> Result<(), Stop> {
        match raw_attribute(self.scan.raw_attributes(), b"type") {
            Some(b"Word.Insertion") => self.counts.insertions += 1,
            Some(b"Word.Deletion") => {
                self.counts.deletions += 1;
                return self.scan.skip();
            }
            Some(b"Word.Comment") => return self.scan.skip(),
            _ => {}
        }
        Ok(())
    }
}

/// What stands in a `w:t` as Word shows it: line ends of the XML are blanks, and outer blanks
/// count only where the file says so.
#[inline]
fn tidy(text: &mut String, from: usize, preserve: bool) {
    let raw = &text.as_bytes()[from..];
    let blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    let outer = !preserve && (blank(raw.first()) || blank(raw.last()));
    if !outer && memchr::memchr2(b'\n', b'\r', raw).is_none() {
        return;
    }
    let raw = &text[from..];
    let kept = if preserve { raw } else { raw.trim_matches([' ', '\t', '\r', '\n']) };
    let kept = kept.replace("\r\n", " ").replace(['\r', '\n'], " ");
    text.truncate(from);
    text.push_str(&kept);
}
