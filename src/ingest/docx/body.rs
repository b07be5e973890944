//! XML events of one part → paragraphs, tables, text boxes, with explicit stacks throughout.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbering::{Numbering, ParagraphNumber};
use super::xml::{self, Namespaces};
use crate::document::{Block, Cell, Document, Origin, Paragraph, Row, Table};
use crate::ingest::{Error, Limits};

/// What the walk counted beside the text.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub insertions: usize,
    pub deletions: usize,
    /// Tables deeper than the limit, whose text was kept as paragraphs.
    pub flattened: usize,
    pub broken: Option<String>,
}

/// Walks a part and adds its body to the document.
pub(super) fn walk(
    text: &str,
    limits: &Limits,
    numbering: &mut Numbering,
    document: &mut Document,
) -> Result<Counts, Error> {
    let pages = memchr::memmem::find(text.as_bytes(), b"lastRenderedPageBreak").is_some();
    let mut walker = Walker {
        limits,
        numbering,
        document,
        names: Namespaces::default(),
        open: Vec::new(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        containers: vec![Vec::new()],
        fields: Vec::new(),
        counts: Counts::default(),
        page: pages.then_some(1),
        lines: 0,
        cells: 0,
    };
    walker.run(text)?;
    walker.close_all();
    let counts = walker.counts;
    let blocks = walker.containers.pop().unwrap_or_default();
    document.blocks.extend(blocks);
    Ok(counts)
}

/// Elements that the walk must remember while they are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Paragraph,
    Run,
    Text,
    Table,
    Row,
    Cell,
    TextBox,
    ParagraphProperties,
    Choice { before: usize },
    Alternate { taken: bool },
    Other,
}

struct OpenParagraph {
    text: String,
    number: Option<String>,
    wanted: ParagraphNumber,
    page: Option<u32>,
    line: u32,
    /// Blocks of the text boxes anchored in it; they follow it.
    boxes: Vec<Block>,
    /// The run in hand is hidden.
    hidden: bool,
}

struct OpenTable {
    /// Index in the document; `None` if it is nested too deep and only its text is kept.
    index: Option<usize>,
    row: Row,
    row_deleted: bool,
    cell: Cell,
    /// The cell goes on from the one to its left (`hMerge`).
    joins_left: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Code,
    Result,
}

struct Walker<'a> {
    limits: &'a Limits,
    numbering: &'a mut Numbering,
    document: &'a mut Document,
    names: Namespaces,
    open: Vec<Tag>,
    paragraphs: Vec<OpenParagraph>,
    tables: Vec<OpenTable>,
    containers: Vec<Vec<Block>>,
    fields: Vec<Field>,
    counts: Counts,
    page: Option<u32>,
    lines: u32,
    cells: usize,
}

impl Walker<'_> {
    fn run(&mut self, text: &str) -> Result<(), Error> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    self.break_off(&format!("{error} at byte {}", reader.buffer_position()));
                    return Ok(());
                }
            };
            match event {
                Event::Start(tag) if self.start(&tag)? => {
                    if let Err(error) = reader.read_to_end(tag.name()) {
                        self.break_off(&format!("{error} at byte {}", reader.buffer_position()));
                        return Ok(());
                    }
                    self.skipped(&tag);
                }
                Event::Empty(tag) => self.empty(&tag)?,
                Event::End(_) => self.end(),
                Event::Text(text) if self.in_text() => self.push(&text),
                Event::CData(text) if self.in_text() => self.push(&text),
                Event::GeneralRef(name) if self.in_text() => {
                    let c = name.resolve_char_ref().ok().flatten().or_else(|| predefined(&name));
                    // An entity of the file's own is left out, never expanded: that is how bombs work.
                    if let Some(c) = c {
                        self.push(c.encode_utf8(&mut [0; 4]));
                    }
                }
                Event::Eof => {
                    if !self.open.is_empty() {
                        self.break_off(&format!("the XML ends at byte {} with elements open", text.len()));
                    }
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    fn break_off(&mut self, cause: &str) {
        self.counts.broken = Some(cause.to_owned());
    }

    fn in_text(&self) -> bool {
        self.open.last() == Some(&Tag::Text)
    }

    /// Adds text to the paragraph, unless it is hidden or a field's code.
    fn push(&mut self, text: &str) {
        if self.fields.contains(&Field::Code) {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut()
            && !paragraph.hidden
        {
            paragraph.text.push_str(text);
        }
    }

    /// Opens an element; `true` if it is to be left out with all that is in it.
    fn start(&mut self, tag: &BytesStart) -> Result<bool, Error> {
        self.names.declare(tag);
        if self.open.len() >= self.limits.depth {
            return Err(Error::limit("depth", self.limits.depth, self.open.len() + 1));
        }
        let name = tag.name();
        let (prefix, local) = name.as_ref().split_once(':').unwrap_or(("", name.as_ref()));
        let kind = if self.names.is_word(prefix) { self.start_word(local, tag)? } else { self.start_other(local, tag) };
        match kind {
            Some(kind) => {
                self.open.push(kind);
                Ok(false)
            }
            None => Ok(true),
        }
    }

    fn start_word(&mut self, local: &str, tag: &BytesStart) -> Result<Option<Tag>, Error> {
        Ok(Some(match local {
            "p" => {
                self.open_paragraph();
                Tag::Paragraph
            }
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.hidden = false;
                }
                Tag::Run
            }
            "t" => Tag::Text,
            "tbl" => {
                self.open_table();
                Tag::Table
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.row_deleted) = (Row::default(), false);
                }
                Tag::Row
            }
            "tc" => {
                self.open_cell()?;
                Tag::Cell
            }
            "txbxContent" => {
                self.containers.push(Vec::new());
                Tag::TextBox
            }
            "pPr" => Tag::ParagraphProperties,
            "ins" | "moveTo" => {
                self.counts.insertions += 1;
                Tag::Other
            }
            "del" | "moveFrom" => return Ok(None),
            "instrText" | "delText" | "delInstrText" | "rPrChange" | "pPrChange" | "tblPr" | "tblGrid" | "tblPrEx"
            | "sectPr" | "sdtPr" | "sdtEndPr" | "trPrChange" | "tcPrChange" | "tblPrChange" => {
                return Ok(None);
            }
            _ => {
                self.property(local, tag);
                Tag::Other
            }
        }))
    }

    fn start_other(&mut self, local: &str, tag: &BytesStart) -> Option<Tag> {
        Some(match local {
            "AlternateContent" => Tag::Alternate { taken: false },
            "Choice" => Tag::Choice { before: self.weight() },
            "Fallback" => {
                if let Some(Tag::Alternate { taken: true }) = self.open.last() {
                    return None;
                }
                Tag::Other
            }
            _ => {
                self.other(local, tag);
                Tag::Other
            }
        })
    }

    /// How much has been read: so that an empty Choice lets its Fallback speak.
    fn weight(&self) -> usize {
        let text: usize = self.paragraphs.iter().map(|paragraph| paragraph.text.len() + paragraph.boxes.len()).sum();
        text + self.lines as usize + self.document.pictures
    }

    fn skipped(&mut self, tag: &BytesStart) {
        let name = tag.name();
        if matches!(name.local_name().as_ref(), "del" | "moveFrom") {
            self.counts.deletions += 1;
        }
    }

    fn empty(&mut self, tag: &BytesStart) -> Result<(), Error> {
        self.names.declare(tag);
        let name = tag.name();
        let (prefix, local) = name.as_ref().split_once(':').unwrap_or(("", name.as_ref()));
        if !self.names.is_word(prefix) {
            self.other(local, tag);
            return Ok(());
        }
        match local {
            "p" => {
                self.open_paragraph();
                self.close_paragraph();
            }
            "tc" => {
                self.open_cell()?;
                self.close_cell();
            }
            _ => self.property(local, tag),
        }
        Ok(())
    }

    fn other(&mut self, local: &str, _tag: &BytesStart) {
        if matches!(local, "blip" | "imagedata" | "OLEObject") {
            self.document.pictures += 1;
        }
    }

    /// A word-processing element that says something about what is open.
    fn property(&mut self, local: &str, tag: &BytesStart) {
        match local {
            "tab" if !self.open.contains(&Tag::ParagraphProperties) => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.push(symbol(tag)),
            "vanish" if self.open.len() >= 2 && self.open[self.open.len() - 2] == Tag::Run => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.hidden = xml::is_on(tag);
                }
            }
            "fldChar" => self.field(tag),
            "lastRenderedPageBreak" => self.page = self.page.map(|page| page + 1),
            "pStyle" => self.set_number(|number| number.style = xml::attribute(tag, "val")),
            "numId" => self.set_number(|number| number.num = xml::attribute(tag, "val")),
            "ilvl" => self.set_number(|number| number.level = xml::number(tag, "val")),
            "gridSpan" => self.set_cell(|cell| cell.column_span = xml::number(tag, "val").unwrap_or(1)),
            "vMerge" => {
                self.set_cell(|cell| cell.continues = xml::attribute(tag, "val").is_none_or(|value| value != "restart"))
            }
            "hMerge" => {
                if let Some(table) = self.tables.last_mut() {
                    table.joins_left = xml::attribute(tag, "val").is_none_or(|value| value != "restart");
                }
            }
            "gridBefore" => self.set_row(|row| row.before = xml::number(tag, "val").unwrap_or(0)),
            "gridAfter" => self.set_row(|row| row.after = xml::number(tag, "val").unwrap_or(0)),
            "ins" => self.counts.insertions += 1,
            "del" => self.deleted_mark(),
            _ => {}
        }
    }

    /// `<w:del/>` in a row's properties deletes the row; in a paragraph's mark it joins paragraphs,
    /// which changes no figure.
    fn deleted_mark(&mut self) {
        self.counts.deletions += 1;
        let in_row = self.open.iter().rev().take_while(|tag| **tag == Tag::Other).count();
        let under_row = self.open.len().checked_sub(in_row + 1).is_some_and(|at| self.open[at] == Tag::Row);
        if let (true, Some(table)) = (under_row, self.tables.last_mut()) {
            table.row_deleted = true;
        }
    }

    fn set_number(&mut self, set: impl FnOnce(&mut ParagraphNumber)) {
        if let (true, Some(paragraph)) = (self.open.contains(&Tag::ParagraphProperties), self.paragraphs.last_mut()) {
            set(&mut paragraph.wanted);
        }
    }

    fn set_cell(&mut self, set: impl FnOnce(&mut Cell)) {
        if let Some(table) = self.tables.last_mut() {
            set(&mut table.cell);
        }
    }

    fn set_row(&mut self, set: impl FnOnce(&mut Row)) {
        if let Some(table) = self.tables.last_mut() {
            set(&mut table.row);
        }
    }

    fn field(&mut self, tag: &BytesStart) {
        match xml::attribute(tag, "fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field::Code),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    *field = Field::Result;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Tag::Paragraph) => self.close_paragraph(),
            Some(Tag::Run) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.hidden = false;
                }
            }
            Some(Tag::ParagraphProperties) => self.count_paragraph(),
            Some(Tag::Cell) => self.close_cell(),
            Some(Tag::Row) => self.close_row(),
            Some(Tag::Table) => self.close_table(),
            Some(Tag::TextBox) => self.close_box(),
            Some(Tag::Choice { before }) => {
                let read = self.weight() > before;
                if let Some(Tag::Alternate { taken }) = self.open.last_mut() {
                    *taken |= read;
                }
            }
            Some(Tag::Text | Tag::Alternate { .. } | Tag::Other) | None => {}
        }
    }

    fn open_paragraph(&mut self) {
        self.lines = self.lines.saturating_add(1);
        let (page, line) = (self.page, self.lines);
        let paragraph = OpenParagraph {
            text: String::new(),
            number: None,
            wanted: ParagraphNumber::default(),
            page,
            line,
            boxes: Vec::new(),
            hidden: false,
        };
        self.paragraphs.push(paragraph);
    }

    /// The paragraph's properties are known: its automatic number counts now.
    fn count_paragraph(&mut self) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.number = self.numbering.next(&paragraph.wanted);
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        // A code that was begun and not separated would swallow the rest of the document.
        self.fields.retain(|field| *field == Field::Result);
        let origin = Origin { page: paragraph.page, line: Some(paragraph.line), ..Origin::default() };
        let number = paragraph.number.filter(|_| !paragraph.text.is_empty());
        let container = self.containers.last_mut().expect("the body is always open");
        container.push(Block::Paragraph(Paragraph { text: paragraph.text, number, origin }));
        container.extend(paragraph.boxes);
    }

    fn close_box(&mut self) {
        if self.containers.len() < 2 {
            return;
        }
        let blocks = self.containers.pop().unwrap_or_default();
        match self.paragraphs.last_mut() {
            Some(paragraph) => paragraph.boxes.extend(blocks),
            None => self.containers.last_mut().expect("the body is always open").extend(blocks),
        }
    }

    fn open_table(&mut self) {
        let index = (self.tables.len() < self.limits.nested_tables).then(|| {
            self.document.tables.push(Table { page: self.page, ..Table::default() });
            self.document.tables.len() - 1
        });
        self.counts.flattened += usize::from(index.is_none());
        self.tables.push(OpenTable {
            index,
            row: Row::default(),
            row_deleted: false,
            cell: Cell::default(),
            joins_left: false,
        });
    }

    fn open_cell(&mut self) -> Result<(), Error> {
        self.cells += 1;
        if self.cells > self.limits.cells {
            return Err(Error::limit("cells", self.limits.cells, self.cells));
        }
        let page = self.page;
        if let Some(table) = self.tables.last_mut() {
            table.cell = Cell { page, ..Cell::default() };
            table.joins_left = false;
        }
        self.containers.push(Vec::new());
        Ok(())
    }

    fn close_cell(&mut self) {
        if self.containers.len() < 2 {
            return;
        }
        let blocks = self.containers.pop().unwrap_or_default();
        let container = self.containers.last_mut().expect("the body is always open");
        let Some(table) = self.tables.last_mut() else {
            container.extend(blocks);
            return;
        };
        if table.index.is_none() {
            container.extend(blocks);
            return;
        }
        let mut cell = std::mem::take(&mut table.cell);
        cell.blocks = trimmed(blocks);
        match table.row.cells.last_mut() {
            Some(left) if table.joins_left => {
                left.column_span = left.column_span.saturating_add(cell.column_span);
                left.blocks.append(&mut cell.blocks);
            }
            _ => table.row.cells.push(cell),
        }
    }

    fn close_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let row = std::mem::take(&mut table.row);
        if let (Some(index), false) = (table.index, table.row_deleted) {
            self.document.tables[index].rows.push(row);
        }
    }

    fn close_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        if let (Some(index), Some(container)) = (table.index, self.containers.last_mut()) {
            container.push(Block::Table(index));
        }
    }

    /// Closes what a break left open, so that all that was read is kept.
    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.end();
        }
        while !self.paragraphs.is_empty() {
            self.close_paragraph();
        }
    }
}

/// Word ends every cell with a paragraph; an empty one says nothing.
fn trimmed(mut blocks: Vec<Block>) -> Vec<Block> {
    let empty = |block: &Block| matches!(block, Block::Paragraph(paragraph) if paragraph.text.is_empty() && paragraph.number.is_none());
    while blocks.last().is_some_and(empty) {
        blocks.pop();
    }
    blocks
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// The symbols that reports are known to use; another one is a mark of its own.
fn symbol(tag: &BytesStart) -> &'static str {
    match xml::attribute(tag, "char").as_deref().map(str::to_ascii_uppercase).as_deref() {
        Some("F0B7" | "00B7") => "·",
        Some("F0FC") => "✓",
        _ => "\u{25a1}",
    }
}
