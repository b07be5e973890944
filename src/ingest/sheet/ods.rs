//! OpenDocument spreadsheets: the cells of `content.xml`, with the tokens of `ingest/odt`.
//!
//! calamine does not say which cells are merged here, so the sheets are read by our own walker. What
//! a cell holds is taken from its value, which has all digits; the text beside it may be rounded.

use std::collections::HashSet;

use super::book::{Merge, Room, Seen, Sheet};
use super::{Book, NAME, damaged, number};
use crate::finding::Words;
use crate::ingest::odt::container::Package;
use crate::ingest::odt::xml::{Event, Ns, Scanner};
use crate::ingest::xml::{Stop, decode};
use crate::ingest::{Error, Limits};

/// Columns and rows of a sheet; what is repeated further is not there.
const MOST_COLUMNS: u32 = 1 << 14;
const MOST_ROWS: u32 = 1 << 20;

/// How often an empty cell with a border, or a row of them, is repeated: a table that is filled in
/// ends long before.
const MOST_EMPTY: u32 = 300;

/// Blanks that one element may stand for; a line has no more.
const MOST_BLANKS: u32 = 1000;

const NO_CONTENT: (&str, &str) = ("content.xml is not there", "缺少 content.xml");

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Book, Error> {
    let package = Package::open(bytes, limits, NAME)?;
    let part = package.content()?.ok_or_else(|| damaged(NO_CONTENT.into()))?;
    let mut walker = Walker { room: Room::of(limits), ..Walker::default() };
    let repaired = std::str::from_utf8(&part.text).is_err().then(|| decode::repaired(&part.text).0);
    let mut scan = Scanner::new(repaired.as_deref().unwrap_or(&part.text), limits.depth);
    let stop = walker.events(&mut scan).err();
    walker.close_sheet();
    let mut causes: Vec<Words> = package.damage().cloned().into_iter().collect();
    causes.extend(part.cause(stop)?);
    if repaired.is_some() {
        causes.push(Words::new("content.xml is not all text", "content.xml 含有非文本内容"));
    }
    Ok(Book { format: "ODS", sheets: walker.sheets, causes, struck: 0, passed: walker.room.passed() })
}

/// A cell that has been read.
#[derive(Debug)]
struct Met {
    column: u32,
    repeat: u32,
    text: String,
    rows: u32,
    columns: u32,
}

#[derive(Default)]
struct Walker {
    sheets: Vec<Sheet>,
    open: Option<Sheet>,
    /// Row from 0, and how often it stands there.
    row: u32,
    repeat: u32,
    column: u32,
    cells: Vec<Met>,
    /// Styles of cells with a border, and of sheets that are hidden.
    bordered: HashSet<String>,
    hidden: HashSet<String>,
    /// Cells that may still be taken.
    room: Room,
}

impl Walker {
    fn events(&mut self, scan: &mut Scanner<'_>) -> Result<(), Stop> {
        let mut style = String::new();
        loop {
            match scan.next()? {
                Event::Open(Ns::Style, b"style") => {
                    style = scan.attribute(b"name").unwrap_or_default().into_owned();
                }
                Event::Open(Ns::Style, b"table-cell-properties" | b"properties") if has_border(scan) => {
                    self.bordered.insert(style.clone());
                }
                Event::Open(Ns::Style, b"table-properties") if scan.says(b"display", b"false") => {
                    self.hidden.insert(style.clone());
                }
                Event::Open(Ns::Table, b"table") => self.open_sheet(scan),
                Event::Open(Ns::Table, b"table-row") => self.open_row(scan),
                Event::Open(Ns::Table, b"table-cell") => self.cell(scan)?,
                Event::Open(Ns::Table, b"covered-table-cell") => {
                    self.column = self.column.saturating_add(repeated(scan, b"number-columns-repeated"));
                    scan.skip()?;
                }
                Event::Open(Ns::Table, b"shapes" | b"tracked-changes" | b"dde-links" | b"database-ranges")
                | Event::Open(Ns::Office, b"scripts" | b"font-face-decls" | b"meta" | b"settings" | b"forms")
                | Event::Open(Ns::Draw | Ns::Number | Ns::Other, _) => scan.skip()?,
                Event::End => return Ok(()),
                Event::Open(..) | Event::Close | Event::Text(_) => {}
            }
        }
    }

    fn open_sheet(&mut self, scan: &Scanner<'_>) {
        self.close_sheet();
        let name = scan.attribute(b"name").unwrap_or_default().into_owned();
        let hidden = scan.attribute(b"style-name").is_some_and(|style| self.hidden.contains(&*style));
        let bordered = !self.bordered.is_empty();
        self.open = Some(Sheet { name, hidden, bordered, ..Sheet::default() });
        (self.row, self.repeat) = (0, 0);
    }

    fn close_sheet(&mut self) {
        self.close_row();
        self.sheets.extend(self.open.take());
    }

    fn open_row(&mut self, scan: &Scanner<'_>) {
        self.close_row();
        (self.repeat, self.column) = (repeated(scan, b"number-rows-repeated"), 0);
    }

    fn close_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let repeat = std::mem::take(&mut self.repeat);
        let first = self.row;
        self.row = first.saturating_add(repeat).min(MOST_ROWS);
        let Some(sheet) = &mut self.open else { return };
        let says = cells.iter().any(|cell| !cell.text.trim().is_empty());
        let repeat = if says { repeat } else { repeat.min(MOST_EMPTY) };
        let rows = first..first.saturating_add(repeat).min(MOST_ROWS);
        for row in rows.take_while(|_| !cells.is_empty()) {
            for cell in &cells {
                for column in (cell.column..MOST_COLUMNS).take(cell.repeat as usize) {
                    if !self.room.take(&cell.text) {
                        return;
                    }
                    sheet.cells.push(Seen::new(row, column, cell.text.clone()));
                }
                if cell.rows > 1 || cell.columns > 1 {
                    let (rows, columns) = (cell.rows, cell.columns);
                    sheet.merges.push(Merge { row, column: cell.column, rows, columns });
                }
            }
        }
    }

    /// Reads the cell just opened, its end included.
    fn cell(&mut self, scan: &mut Scanner<'_>) -> Result<(), Stop> {
        let count = |name: &[u8]| scan.number(name).unwrap_or(1).max(1);
        let (rows, columns) = (count(b"number-rows-spanned"), count(b"number-columns-spanned"));
        let repeat = repeated(scan, b"number-columns-repeated");
        let bordered = scan.attribute(b"style-name").is_some_and(|style| self.bordered.contains(&*style));
        let value = value(scan);
        let column = self.column;
        self.column = column.saturating_add(repeat);
        let text = text(scan)?;
        let text = value.unwrap_or(text);
        let says = !text.trim().is_empty();
        if says || bordered || rows > 1 || columns > 1 {
            let repeat = if says { repeat } else { repeat.min(MOST_EMPTY) };
            let (rows, columns) = (rows.min(MOST_ROWS), columns.min(MOST_COLUMNS));
            self.cells.push(Met { column, repeat, text, rows, columns });
        }
        Ok(())
    }
}

fn repeated(scan: &Scanner<'_>, name: &[u8]) -> u32 {
    scan.number(name).unwrap_or(1).clamp(1, MOST_ROWS)
}

/// Whether the properties of cells just opened draw a line on any side.
fn has_border(scan: &Scanner<'_>) -> bool {
    let sides: [&[u8]; 5] = [b"border", b"border-top", b"border-bottom", b"border-left", b"border-right"];
    sides.iter().any(|side| scan.raw(side).is_some_and(|line| line != b"none" && !line.is_empty()))
}

/// What the cell just opened holds, unless that is the text in it.
fn value(scan: &Scanner<'_>) -> Option<String> {
    let number = || std::str::from_utf8(scan.raw(b"value")?).ok()?.trim().parse::<f64>().ok();
    match scan.raw(b"value-type")? {
        b"float" | b"currency" => number().map(number::plain),
        b"percentage" => number().map(number::percent),
        b"date" => scan.attribute(b"date-value").map(|date| number::iso(&date)),
        b"boolean" => scan.raw(b"boolean-value").map(|on| number::switch(on == b"true").to_owned()),
        _ => None,
    }
}

/// The text of the cell just opened, a line a paragraph; reads its end.
fn text(scan: &mut Scanner<'_>) -> Result<String, Stop> {
    let outside = scan.depth() - 1;
    let mut text = String::new();
    let (mut paragraphs, mut blank_due) = (0, false);
    loop {
        match scan.next()? {
            Event::Open(Ns::Text, b"p" | b"h") => {
                if paragraphs > 0 {
                    text.push('\n');
                }
                paragraphs += 1;
                blank_due = false;
            }
            Event::Open(Ns::Text, b"s") => {
                let count = scan.number(b"c").unwrap_or(1).min(MOST_BLANKS);
                text.extend(std::iter::repeat_n(' ', count as usize));
            }
            Event::Open(Ns::Text, b"tab") => text.push('\t'),
            Event::Open(Ns::Text, b"line-break") => text.push('\n'),
            Event::Open(Ns::Text, b"ruby-text") | Event::Open(Ns::Office | Ns::Draw | Ns::Table | Ns::Other, _) => {
                scan.skip()?;
            }
            Event::Text(more) if paragraphs > 0 && scan.depth() > outside + 1 => {
                for (at, word) in more.split([' ', '\t', '\n', '\r']).enumerate() {
                    blank_due |= at > 0 && !text.is_empty() && !text.ends_with('\n');
                    if !word.is_empty() {
                        if std::mem::take(&mut blank_due) {
                            text.push(' ');
                        }
                        text.push_str(word);
                    }
                }
            }
            Event::Close if scan.depth() <= outside => return Ok(text),
            Event::End => return Ok(text),
            _ => {}
        }
    }
}
