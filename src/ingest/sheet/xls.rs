//! XLS: the records of Excel 5 to 2003, through calamine.
//!
//! calamine trusts the lengths and places that records state. So it gets a stream made here: record
//! by record, only those that say what a person sees, each as long as it must be. Formulas are
//! handed on as their results. What its cells look like is read here, since it does not say.

use std::collections::HashSet;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls};
use cfb::{CompoundFile, Version};

use super::book::{Merge, Room, Seen, Sheet};
use super::texts::Texts;
use super::xlsx::{guarded, said};
use super::{Book, damaged, number};
use crate::finding::Words;
use crate::ingest::doc::salvage;
use crate::ingest::{Error, Limits, ole};

/// Names of the stream: of Excel 97 and later, of Excel 5 and 95.
pub(super) const STREAMS: [&str; 2] = ["Workbook", "Book"];

/// The first record of a stream that comes without a container.
pub(super) const BARE: &[u8] = b"\x09\x08";

/// Places between the first and the last cells of the sheets, for each cell that is allowed: they
/// are laid out in full.
const PLACES_FOR_A_CELL: usize = 2;

const NO_STREAM: (&str, &str) = ("its workbook stream cannot be found", "找不到工作簿数据流");
const CUT: (&str, &str) = ("its records break off", "记录中断");

/// Kinds of records.
mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000a;
    pub const DATE_MODE: u16 = 0x0022;
    pub const PASSWORD: u16 = 0x002f;
    pub const CONTINUE: u16 = 0x003c;
    pub const CODE_PAGE: u16 = 0x0042;
    pub const SHEET: u16 = 0x0085;
    pub const NUMBERS: u16 = 0x00bd;
    pub const BLANKS: u16 = 0x00be;
    pub const RICH_LABEL: u16 = 0x00d6;
    pub const LOOK: u16 = 0x00e0;
    pub const MERGES: u16 = 0x00e5;
    pub const STRINGS: u16 = 0x00fc;
    pub const SHARED_LABEL: u16 = 0x00fd;
    pub const BLANK: u16 = 0x0201;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const SWITCH: u16 = 0x0205;
    pub const RESULT: u16 = 0x0207;
    pub const SHORT_NUMBER: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const BEGIN: u16 = 0x0809;
}

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Book, Error> {
    let (stream, mut causes) = stream(bytes)?;
    let copied = Copied::of(&stream, limits)?;
    causes.extend(copied.cut.then(|| CUT.into()));
    let Copied { records, looks, .. } = copied;
    let container = contained(&records).map_err(|error| damaged(said(&error)))?;
    guarded(|| {
        let mut book = Xls::new(Cursor::new(container)).map_err(|error| damaged(said(&error)))?;
        let known = book.sheets_metadata().to_vec();
        let mut sheets = Vec::new();
        let mut room = Room::of(limits);
        for (sheet, look) in known.into_iter().zip(looks) {
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let hidden = sheet.visible != SheetVisible::Visible;
            let mut read = Sheet { name: sheet.name, hidden, merges: look.merges, ..Sheet::default() };
            read.bordered = !look.bordered.is_empty();
            if !hidden && let Ok(range) = book.worksheet_range(&read.name) {
                let (top, left) = range.start().unwrap_or_default();
                let used = range.used_cells();
                let shown = used.map(|(row, column, data)| (top + row as u32, left + column as u32, shown(data)));
                let blanks = look.bordered.iter().map(|&(row, column)| (row, column, String::new()));
                let cells = shown.filter(|(_, _, text)| !text.trim().is_empty()).chain(blanks);
                let cells = cells.take_while(|(_, _, text)| room.take(text));
                read.cells = cells.map(|(row, column, text)| Seen::new(row, column, text)).collect();
            }
            sheets.push(read);
        }
        Ok(Book { format: "XLS", sheets, causes, struck: 0, passed: room.passed() })
    })
}

fn shown(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number::plain(*number),
        Data::String(text) => text.replace("\r\n", "\n"),
        Data::Bool(on) => number::switch(*on).to_owned(),
        Data::DateTime(date) => number::date(date),
        Data::DateTimeIso(text) | Data::DurationIso(text) => number::iso(text),
        Data::Error(error) => number::error(error),
        Data::Empty => String::new(),
    }
}

// ---- containers ----

/// The workbook's stream, and what was wrong with the container.
fn stream(bytes: &[u8]) -> Result<(Vec<u8>, Vec<Words>), Error> {
    if !bytes.starts_with(ole::MAGIC) {
        return Ok((bytes.to_vec(), Vec::new()));
    }
    let refusal = match regular(bytes) {
        Ok(Some(stream)) => return Ok((stream, Vec::new())),
        Ok(None) => return Err(damaged(NO_STREAM.into())),
        Err(refusal) => Words::new(refusal.to_string(), "容器的目录或扇区表有误"),
    };
    let salvaged = STREAMS.iter().find_map(|name| salvage::stream(bytes, name));
    salvaged.map(|stream| (stream, vec![refusal])).ok_or_else(|| damaged(NO_STREAM.into()))
}

/// Reads the stream of a container that is in order.
fn regular(bytes: &[u8]) -> std::io::Result<Option<Vec<u8>>> {
    let mut container = CompoundFile::open(Cursor::new(bytes))?;
    for name in STREAMS {
        if container.is_stream(name) {
            let mut stream = Vec::new();
            // No stream is longer than the file, whatever the directory says.
            container.open_stream(name)?.take(bytes.len() as u64).read_to_end(&mut stream)?;
            return Ok(Some(stream));
        }
    }
    Ok(None)
}

/// A container with nothing but this stream; calamine reads none of the later version without short
/// streams.
fn contained(records: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut container = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    container.create_stream(STREAMS[0])?.write_all(records)?;
    container.flush()?;
    Ok(container.into_inner().into_inner())
}

// ---- records ----

/// What a sheet's records say that calamine does not.
#[derive(Debug, Default)]
struct Looks {
    merges: Vec<Merge>,
    /// Empty cells with a border.
    bordered: Vec<(u32, u32)>,
}

/// A stream made anew.
#[derive(Debug, Default)]
struct Copied {
    records: Vec<u8>,
    /// Of each sheet, in the order of their names.
    looks: Vec<Looks>,
    /// The stream broke off.
    cut: bool,
    /// For each look of cells, whether it has a border.
    borders: Vec<bool>,
    /// Strings are written as those of Excel 97 and later.
    wide: bool,
    /// Places of all sheets.
    places: usize,
    /// How long each shared text is, and what the cells that show them come to.
    texts: Vec<usize>,
    shared: usize,
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(word(data, at)?) | u32::from(word(data, at + 2)?) << 16)
}

/// The record at a place: its kind and what is in it.
fn record(stream: &[u8], at: usize) -> Option<(u16, &[u8])> {
    let length = usize::from(word(stream, at + 2)?);
    Some((word(stream, at)?, stream.get(at + 4..at + 4 + length)?))
}

impl Copied {
    fn of(stream: &[u8], limits: &Limits) -> Result<Self, Error> {
        let mut copied = Copied::default();
        let sheets = copied.globals(stream)?;
        for (patch, place) in sheets {
            let start = u32::try_from(copied.records.len()).unwrap_or(u32::MAX);
            copied.records[patch..patch + 4].copy_from_slice(&start.to_le_bytes());
            copied.sheet(stream, place, limits)?;
        }
        Ok(copied)
    }

    fn write(&mut self, kind: u16, data: &[u8]) {
        let length = u16::try_from(data.len()).unwrap_or(u16::MAX);
        self.records.extend_from_slice(&kind.to_le_bytes());
        self.records.extend_from_slice(&length.to_le_bytes());
        self.records.extend_from_slice(data);
    }

    /// Copies the records of the workbook. Where each sheet's place is to be written, and its place.
    fn globals(&mut self, stream: &[u8]) -> Result<Vec<(usize, usize)>, Error> {
        let (mut at, mut sheets, mut goes_on) = (0, Vec::new(), false);
        self.cut = true;
        let mut texts = Texts::default();
        while let Some((kind, data)) = record(stream, at) {
            at += 4 + data.len();
            match kind {
                kind::PASSWORD if word(data, 0).is_some_and(|kind| kind != 0) || data.len() > 2 => {
                    return Err(Error::PasswordProtected);
                }
                kind::BEGIN if data.len() >= 4 => {
                    self.wide = word(data, 0) == Some(0x0600);
                    self.write(kind, data);
                }
                kind::SHEET if data.len() >= 8 => {
                    sheets.push((self.records.len() + 4, long(data, 0).unwrap_or_default() as usize));
                    self.write(kind, data);
                }
                kind::LOOK => {
                    self.borders.push(self.wide && has_border(data));
                    self.write(kind, data);
                }
                kind::CODE_PAGE | kind::DATE_MODE if data.len() >= 2 => self.write(kind, data),
                kind::STRINGS if data.len() >= 8 => {
                    texts.push(data);
                    self.write(kind, data);
                }
                kind::FORMAT if data.len() >= 5 => self.write(kind, data),
                kind::CONTINUE if goes_on => {
                    texts.push(data);
                    self.write(kind, data);
                }
                kind::END => {
                    self.cut = false;
                    break;
                }
                _ => {}
            }
            goes_on = kind == kind::STRINGS || goes_on && kind == kind::CONTINUE;
        }
        self.write(kind::END, &[]);
        self.texts = texts.lengths();
        Ok(sheets)
    }

    /// Counts the shared text that a cell shows: each has a copy of its own.
    fn share(&mut self, data: &[u8]) {
        let text = long(data, 6).and_then(|at| self.texts.get(usize::try_from(at).ok()?));
        self.shared = self.shared.saturating_add(text.copied().unwrap_or(0));
    }

    /// Copies the cells of the sheet at a place.
    fn sheet(&mut self, stream: &[u8], place: usize, limits: &Limits) -> Result<(), Error> {
        let mut sheet = SheetCopy { copied: self, looks: Looks::default(), reach: None, pending: None, depth: 0 };
        let mut at = place;
        let mut ended = false;
        while let Some((kind, data)) = record(stream, at) {
            at += 4 + data.len();
            if sheet.copied.shared > limits.part_bytes {
                return Err(Error::limit("part_bytes", limits.part_bytes, sheet.copied.shared));
            }
            if sheet.take(kind, data).is_none() {
                ended = true;
                break;
            }
        }
        let SheetCopy { looks, reach, .. } = sheet;
        self.cut |= !ended;
        self.write(kind::END, &[]);
        self.looks.push(looks);
        let places = reach.map_or(0, |(from, to)| (to.0 - from.0 + 1) as usize * (to.1 - from.1 + 1) as usize);
        self.places = self.places.saturating_add(places);
        if self.places > limits.cells.saturating_mul(PLACES_FOR_A_CELL) {
            return Err(Error::limit("cells", limits.cells, self.places));
        }
        Ok(())
    }
}

/// First and last row and column.
type Reach = ((u32, u32), (u32, u32));

/// The records of a sheet on their way.
struct SheetCopy<'c> {
    copied: &'c mut Copied,
    looks: Looks,
    /// From the first row and column in use to the last.
    reach: Option<Reach>,
    /// Row, column and look of a formula whose result is a text still to come.
    pending: Option<[u8; 6]>,
    /// Sheets within the sheet, such as charts, now open.
    depth: usize,
}

impl SheetCopy<'_> {
    /// Takes a record; `None` if the sheet ends with it.
    fn take(&mut self, kind: u16, data: &[u8]) -> Option<()> {
        match kind {
            kind::BEGIN => {
                if self.depth == 0 {
                    self.copied.write(kind, data);
                }
                self.depth += 1;
            }
            kind::END if self.depth <= 1 => return None,
            kind::END => self.depth -= 1,
            _ if self.depth > 1 => {}
            kind::FORMULA => self.formula(data),
            kind::RESULT => self.result(data),
            kind::NUMBER if data.len() >= 14 => self.cell(kind, data, 1),
            kind::SHORT_NUMBER if data.len() >= 10 => self.cell(kind, data, 1),
            kind::SHARED_LABEL if data.len() >= 10 => {
                self.copied.share(data);
                self.cell(kind, data, 1);
            }
            kind::SWITCH if data.len() >= 8 => self.cell(kind, data, 1),
            kind::LABEL | kind::RICH_LABEL if data.len() >= 8 + usize::from(self.copied.wide) => {
                self.cell(kind, data, 1)
            }
            kind::NUMBERS => self.numbers(data),
            kind::BLANK | kind::BLANKS => self.blanks(kind, data),
            kind::MERGES => self.merges(data),
            _ => {}
        }
        Some(())
    }

    /// A cell, or several side by side.
    fn cell(&mut self, kind: u16, data: &[u8], count: u32) {
        let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) else { return };
        let (row, column) = (u32::from(row), u32::from(column));
        let (from, to) = self.reach.unwrap_or(((row, column), (row, column)));
        let last = column + count - 1;
        self.reach = Some(((from.0.min(row), from.1.min(column)), (to.0.max(row), to.1.max(last))));
        self.copied.write(kind, data);
    }

    fn numbers(&mut self, data: &[u8]) {
        let (Some(first), Some(last)) = (word(data, 2), word(data, data.len().saturating_sub(2))) else { return };
        let count = u32::from(last).checked_sub(u32::from(first)).map(|beside| beside + 1);
        if let Some(count) = count.filter(|&count| data.len() == 6 + 6 * count as usize) {
            self.cell(kind::NUMBERS, data, count);
        }
    }

    /// A formula is handed on as its result.
    fn formula(&mut self, data: &[u8]) {
        let (Some(place), Some(result)) = (data.get(..6), data.get(6..14)) else { return };
        self.pending = None;
        match (result[0], &result[6..]) {
            (0, [0xff, 0xff]) => self.pending = place.try_into().ok(),
            (1, [0xff, 0xff]) => self.cell(kind::SWITCH, &[place, &[result[2], 0]].concat(), 1),
            (2, [0xff, 0xff]) => self.cell(kind::SWITCH, &[place, &[result[2], 1]].concat(), 1),
            (3, [0xff, 0xff]) => {}
            _ => self.cell(kind::NUMBER, &[place, result].concat(), 1),
        }
    }

    /// The text that a formula results in.
    fn result(&mut self, data: &[u8]) {
        if let Some(place) = self.pending.take().filter(|_| data.len() >= 3) {
            self.cell(kind::LABEL, &[&place, data].concat(), 1);
        }
    }

    fn blanks(&mut self, kind: u16, data: &[u8]) {
        let (Some(row), Some(first)) = (word(data, 0), word(data, 2)) else { return };
        let looks = if kind == kind::BLANK { data.get(4..6) } else { data.get(4..data.len().saturating_sub(2)) };
        for (look, column) in looks.unwrap_or_default().chunks_exact(2).zip(u32::from(first)..) {
            let look = word(look, 0).map_or(0, usize::from);
            if self.copied.borders.get(look).copied().unwrap_or_default() {
                self.looks.bordered.push((u32::from(row), column));
            }
        }
    }

    fn merges(&mut self, data: &[u8]) {
        for region in data.get(2..).unwrap_or_default().chunks_exact(8) {
            let [top, bottom, left, right] = [0, 2, 4, 6].map(|at| word(region, at).map_or(0, u32::from));
            if top <= bottom && left <= right {
                let (rows, columns) = (bottom - top + 1, right - left + 1);
                self.looks.merges.push(Merge { row: top, column: left, rows, columns });
            }
        }
    }
}

/// Whether a look of cells (Excel 97 and later) has a line on any side.
fn has_border(data: &[u8]) -> bool {
    word(data, 10).is_some_and(|sides| sides != 0)
}

/// Whether the root of a container holds a workbook and no text of Word.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    let Ok(container) = CompoundFile::open(Cursor::new(bytes)) else {
        let has = |name: &str| ole::has_entry(bytes, name);
        return STREAMS.iter().any(|name| has(name)) && !has("WordDocument");
    };
    let names: HashSet<String> = container.read_root_storage().map(|entry| entry.name().to_ascii_lowercase()).collect();
    STREAMS.iter().any(|name| names.contains(&name.to_ascii_lowercase())) && !names.contains("worddocument")
}
