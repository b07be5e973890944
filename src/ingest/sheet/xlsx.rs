//! XLSX and XLSB through calamine.
//!
//! calamine trusts what it is given: sizes that a file declares are reserved, and a region that ends
//! before it begins is a panic or worse. So it gets an archive made here: unpacked within the
//! limits, only the parts that matter, and what it would trust in vain taken out of them.

use std::borrow::Cow;
use std::io::{Cursor, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Style, Xlsb, Xlsx};
use memchr::memmem;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::book::{Merge, Room, Seen, Sheet};
use super::{Book, NAME, damaged, formula, number, rich};
use crate::finding::{Lang, Words};
use crate::ingest::xml::{Attributes, decode, split};
use crate::ingest::zip::Zip;
use crate::ingest::{Error, Limits};

/// Where a workbook lies, in XML and in binary records.
pub(super) const WORKBOOKS: [&str; 2] = ["xl/workbook.xml", "xl/workbook.bin"];

/// Where sheets lie.
const SHEETS: &str = "xl/worksheets/";

/// Folders of parts without cells.
const PASSED_OVER: &[&str] = &[
    "xl/media/",
    "xl/drawings/",
    "xl/charts/",
    "xl/embeddings/",
    "xl/printersettings/",
    "xl/theme/",
    "xl/pivotcache/",
    "xl/pivottables/",
    "xl/activex/",
    "xl/ctrlprops/",
    "xl/externallinks/",
    "xl/querytables/",
];

/// Where an XML declaration must end.
const DECLARATION: usize = 256;

type Bytes = Cursor<Vec<u8>>;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Book, Error> {
    let zip = Zip::open(bytes, limits, NAME)?;
    let Archive { bytes: archive, mut causes, struck } = bounded(&zip, limits)?;
    causes.extend(zip.damage.clone());
    let archive = Cursor::new(archive);
    let in_xml = zip.spelled(WORKBOOKS[0]).is_some();
    guarded(|| {
        if in_xml {
            let book = Xlsx::new(archive).map_err(|error| damaged(said(&error)))?;
            Ok(sheets("XLSX", book, (causes, struck), limits))
        } else {
            let book = Xlsb::new(archive).map_err(|error| damaged(said(&error)))?;
            Ok(sheets("XLSB", book, (causes, 0), limits))
        }
    })
}

const NOT_AS_SAID: (&str, &str) = ("its parts do not hold what they say they do", "各部件的内容与其声明不符");

/// Reads with calamine, which takes some damage for impossible and panics.
pub(super) fn guarded(read: impl FnOnce() -> Result<Book, Error>) -> Result<Book, Error> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged(NOT_AS_SAID.into())))
}

/// What calamine says in English, and the same in general terms in Chinese.
pub(super) fn said(error: &impl ToString) -> Words {
    Words::new(error.to_string(), "工作簿的结构有误")
}

// ---- the archive ----

/// An archive made anew.
struct Archive {
    bytes: Vec<u8>,
    /// Why parts of it are not whole.
    causes: Vec<Words>,
    /// Stretches of text that were struck out.
    struck: usize,
}

/// The archive made anew, not packed, with the parts that matter.
fn bounded(zip: &Zip<'_>, limits: &Limits) -> Result<Archive, Error> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let (mut causes, mut total, mut struck, mut to_be_worked_out) = (Vec::new(), 0, 0, false);
    let mut names = zip.names();
    names.sort_unstable();
    names.dedup();
    for name in names.iter().filter(|name| matters(name)) {
        let Some(file) = zip.file(name)? else { continue };
        total += file.bytes.len();
        if total > limits.file_bytes {
            return Err(Error::limit("file_bytes", limits.file_bytes, total));
        }
        let (mut bytes, out) = rich::settled(in_utf8(file.bytes));
        struck += out;
        // Names are in order, so the workbook comes before its sheets.
        if name.eq_ignore_ascii_case(WORKBOOKS[0]) {
            to_be_worked_out = formula::is_to_be_worked_out(&bytes);
        } else if name.to_ascii_lowercase().starts_with(SHEETS) {
            bytes = formula::settled(bytes, to_be_worked_out);
        }
        mend(&mut bytes);
        // One that cannot be written is one of a name that the format forbids.
        let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        if writer.start_file(name.as_str(), plain).and_then(|()| Ok(writer.write_all(&bytes)?)).is_err() {
            continue;
        }
        let both = |why: &Words, lang, between| format!("{name}{between}{}", why.of(lang));
        causes.extend(file.broken.map(|why| Words::new(both(&why, Lang::En, ": "), both(&why, Lang::Zh, "："))));
    }
    let archive = writer.finish().map_err(|error| damaged(said(&error)))?;
    Ok(Archive { bytes: archive.into_inner(), causes, struck })
}

/// The bytes of a part in UTF-8, in which it is mended. A part that was not loses its declaration,
/// which says that it is not.
fn in_utf8(bytes: Cow<'_, [u8]>) -> Vec<u8> {
    let decoded = match decode::decoded(&bytes).text {
        Cow::Owned(text) => text,
        Cow::Borrowed(_) => return bytes.into_owned(),
    };
    match memmem::find(&decoded[..decoded.len().min(DECLARATION)], b"?>") {
        Some(end) => decoded[end + 2..].to_vec(),
        None => decoded,
    }
}

fn matters(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let kind = [".xml", ".rels", ".bin"].iter().any(|end| name.ends_with(end));
    let place = name.starts_with("xl/") || name.starts_with("_rels/") || name == "[content_types].xml";
    kind && place && !PASSED_OVER.iter().any(|folder| name.starts_with(folder))
}

/// Takes out of a part of XML what would be trusted in vain: how many strings there are, how far a
/// sheet reaches, merged cells that end before they begin. The names are misspelled, so that they
/// mean nothing; every byte stays in its place. Where a cell stands that is in no sheet, the sheet breaks off:
/// a number that wraps around would put it into another's place.
fn mend(part: &mut [u8]) {
    misspell(part, b"uniqueCount");
    misspell(part, b"dimension");
    let references: Vec<usize> = memmem::find_iter(part, b"ergeCell").filter_map(|at| bad_region(part, at)).collect();
    references.into_iter().for_each(|at| part[at] = b'x');
    let places: Vec<usize> = memmem::find_iter(part, b"r=").filter_map(|at| bad_place(part, at)).collect();
    places.into_iter().for_each(|at| part[at] = b'?');
}

fn misspell(part: &mut [u8], name: &[u8]) {
    let places: Vec<usize> = memmem::find_iter(part, name).collect();
    places.into_iter().for_each(|at| part[at] = b'x');
}

/// Where the name of the reference stands, if the tag of merged cells at this place has a bad one.
fn bad_region(part: &[u8], at: usize) -> Option<usize> {
    let attributes = part.get(at + b"ergeCell".len()..)?;
    let (name, value) = Attributes::new(attributes).find(|(name, _)| split(name).1 == b"ref")?;
    (!is_region(value)).then(|| split(name).1.as_ptr() as usize - part.as_ptr() as usize)
}

/// Where the value of the attribute `r` begins, if there is one here that is the place of no cell or row.
fn bad_place(part: &[u8], at: usize) -> Option<usize> {
    let begins = at > 0 && part[at - 1].is_ascii_whitespace();
    let (name, value) = Attributes::new(&part[at..]).next().filter(|_| begins)?;
    let letters = value.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let bad = name == b"r" && (letters > LETTERS || value.len() - letters > DIGITS);
    bad.then(|| value.as_ptr() as usize - part.as_ptr() as usize)
}

/// Whether a reference is a region that ends where it begins or after it.
fn is_region(reference: &[u8]) -> bool {
    let mut corners = reference.split(|&byte| byte == b':').map(corner);
    match (corners.next(), corners.next(), corners.next()) {
        (Some(Some(first)), Some(Some(last)), None) => first.0 <= last.0 && first.1 <= last.1,
        _ => false,
    }
}

/// Letters and digits of the last cell of a sheet, XFD1048576.
const LETTERS: usize = 3;
const DIGITS: usize = 7;

/// Row and column of `AB12`; rows and columns that no sheet has are none.
pub(super) fn corner(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().position(|byte| !byte.is_ascii_alphabetic())?;
    let (column, row) = text.split_at(letters);
    if !(1..=LETTERS).contains(&column.len())
        || !(1..=DIGITS).contains(&row.len())
        || !row.iter().all(u8::is_ascii_digit)
    {
        return None;
    }
    let column = column.iter().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = row.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    (row > 0 && row <= 1 << 20 && column <= 1 << 14).then_some((row, column))
}

// ---- the sheets ----

/// What the two readers have in common.
trait Workbook: Reader<Bytes> {
    /// Reads the cells of a sheet up to where it breaks off.
    fn cells(&mut self, name: &str, take: &mut dyn FnMut(u32, u32, &DataRef<'_>, Look)) -> Result<(), Words>;

    fn merges(&mut self, name: &str) -> Result<Vec<Dimensions>, Words>;
}

/// What matters of a cell's style.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    percent: bool,
    bordered: bool,
    struck: bool,
}

impl Look {
    fn of(style: &Style) -> Self {
        let format = style.number_format.as_ref().map_or("", |format| &format.format_code);
        let bordered = style.borders.as_ref().is_some_and(calamine::Borders::has_visible_borders);
        let struck = style.font.as_ref().is_some_and(|font| font.strikethrough);
        Look { percent: number::is_percent(format), bordered, struck }
    }
}

impl Workbook for Xlsx<Bytes> {
    fn cells(&mut self, name: &str, take: &mut dyn FnMut(u32, u32, &DataRef<'_>, Look)) -> Result<(), Words> {
        let mut reader = self.worksheet_cells_reader(name).map_err(|error| said(&error))?;
        let looks: Vec<Look> = reader.styles().iter().map(Look::of).collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| said(&error))? {
            let (row, column) = cell.get_position();
            take(row, column, cell.get_value(), looks.get(style).copied().unwrap_or_default());
        }
        Ok(())
    }

    fn merges(&mut self, name: &str) -> Result<Vec<Dimensions>, Words> {
        self.merge_cells_by_sheet_name(name).map_err(|error| said(&error))
    }
}

impl Workbook for Xlsb<Bytes> {
    fn cells(&mut self, name: &str, take: &mut dyn FnMut(u32, u32, &DataRef<'_>, Look)) -> Result<(), Words> {
        let mut reader = self.worksheet_cells_reader(name).map_err(|error| said(&error))?;
        while let Some(cell) = reader.next_cell().map_err(|error| said(&error))? {
            let (row, column) = cell.get_position();
            take(row, column, cell.get_value(), Look::default());
        }
        Ok(())
    }

    fn merges(&mut self, _: &str) -> Result<Vec<Dimensions>, Words> {
        Ok(Vec::new())
    }
}

fn sheets(
    format: &'static str,
    mut book: impl Workbook,
    (mut causes, mut struck): (Vec<Words>, usize),
    limits: &Limits,
) -> Book {
    let known: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut sheets = Vec::new();
    let mut room = Room::of(limits);
    for (name, hidden) in known {
        let mut sheet = Sheet { name, hidden, ..Sheet::default() };
        if !hidden {
            let read = fill(&mut sheet, &mut book, (&mut room, &mut struck));
            let both = |why: &Words, lang| format!("{}: {}", sheet.name, why.of(lang));
            causes.extend(read.err().map(|why| Words::new(both(&why, Lang::En), both(&why, Lang::Zh))));
        }
        sheets.push(sheet);
    }
    Book { format, sheets, causes, struck, passed: room.passed() }
}

/// Reads a sheet, as long as there is room for cells.
fn fill(sheet: &mut Sheet, book: &mut impl Workbook, (room, struck): (&mut Room, &mut usize)) -> Result<(), Words> {
    let Sheet { name, cells, bordered, .. } = sheet;
    let read = book.cells(name, &mut |row, column, value, look| {
        *bordered |= look.bordered;
        if room.is_full() {
            return;
        }
        let mut text = shown(value, look);
        if look.struck && !text.is_empty() {
            *struck += 1;
            text.clear();
        }
        if (look.bordered || !text.trim().is_empty()) && room.take(&text) {
            cells.push(Seen::new(row, column, text));
        }
    });
    let merge = |region: Dimensions| Merge {
        row: region.start.0,
        column: region.start.1,
        rows: region.end.0.saturating_sub(region.start.0) + 1,
        columns: region.end.1.saturating_sub(region.start.1) + 1,
    };
    // A sheet that breaks off has lost its merged cells, which stand at its end.
    read?;
    sheet.merges = book.merges(&sheet.name)?.into_iter().map(merge).collect();
    Ok(())
}

fn shown(value: &DataRef<'_>, look: Look) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if look.percent => number::percent(*number),
        DataRef::Float(number) => number::plain(*number),
        DataRef::String(text) => text.replace("\r\n", "\n"),
        DataRef::SharedString(text) => text.replace("\r\n", "\n"),
        DataRef::Bool(on) => number::switch(*on).to_owned(),
        DataRef::DateTime(date) => number::date(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => number::iso(text),
        DataRef::Error(error) => number::error(error),
        DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(xml: &str) -> String {
        let mut bytes = xml.as_bytes().to_vec();
        mend(&mut bytes);
        String::from_utf8(bytes).expect("ASCII")
    }

    #[test]
    fn what_would_be_trusted_is_misspelled() {
        assert_eq!(mended(r#"<sst uniqueCount="9">"#), r#"<sst xniqueCount="9">"#);
        assert_eq!(mended(r#"<dimension ref="B2:A1"/>"#), r#"<ximension ref="B2:A1"/>"#);
    }

    #[test]
    fn places_that_no_sheet_has_are_no_places() {
        for good in [r#"<c r="XFD1048576">"#, r#"<row r='1048576'>"#, r#"<c r="b2" s="1">"#, r#"<x for="AAAAAAAA1">"#] {
            assert_eq!(mended(good), good);
        }
        for bad in [r#"<c r="AAAAAAAB1">"#, r#"<row spans="1:2" r="99999999999">"#, "<c\nr='A99999999'>"] {
            let mended = mended(bad);
            assert!(mended.contains("\"?") || mended.contains("'?"), "{mended}");
            assert_eq!(mended.len(), bad.len());
        }
    }

    #[test]
    fn merged_cells_that_are_none_are_no_merged_cells() {
        for good in ["A1:B2", "A1:A1", "XFD1:XFD1048576", "a1:b2"] {
            let xml = format!(r#"<mergeCell ref="{good}"/>"#);
            assert_eq!(mended(&xml), xml);
        }
        for bad in ["B2:A1", "A1:A9999999", "A", "", "A1:B2:C3", "A0:B1"] {
            assert_eq!(mended(&format!("<mergeCell ref='{bad}'/>")), format!("<mergeCell xef='{bad}'/>"));
        }
        assert_eq!(mended(r#"<x:mergeCell count="1" ref = "B2:A1"/>"#), r#"<x:mergeCell count="1" xef = "B2:A1"/>"#);
    }
}
