//! Spreadsheets: XLSX, XLS and ODS, read into the common [`Document`](crate::document::Document).
//!
//! | of the formats | read |
//! |---|---|
//! | XLSX, XLSM, XLTX, XLSB | through calamine, from an archive unpacked within the limits; also with lost directory |
//! | XLS, XLT, ET | Excel 5 to 2003 through calamine, from records that are checked; also without a container, or with a damaged one |
//! | ODS, OTS, flat XML; OpenOffice 1 | by the walker of OpenDocument |
//! | sheets | each from its own page; hidden and empty ones are left out, and counted in the variant |
//! | rows of one cell | are lines of text, and part the sheet into tables |
//! | merged cells | stated (XLSB does not say: they are read as empty cells) |
//! | blanks | empty cells with a border are cells of the table, in the formats of Excel 97 and later and in ODS |
//! | numbers | as entered: 15 significant digits, no exponent, whatever their format rounds off |
//! | percentages | as such (not in XLS and XLSB, where they are plain numbers) |
//! | dates, times | `2022-12-31 14:30` |
//! | formulas | the results that were last worked out; errors as text (`#REF!`) |
//! | names of sheets | the caption of a sheet that begins with a table, else asides; `Sheet1` and the like say nothing |
//! | not read | comments, text boxes, pictures, headers and footers; hidden rows and columns are read like any other |

mod book;
pub(in crate::ingest) mod lines;
mod number;
mod ods;
mod xls;
mod xlsx;

use super::odt::container::{self, Kind};
use super::zip::{Zip, is_zip};
use super::{Error, Limits, Reader, ole};
use crate::document::Document;
use crate::finding::{Code, Finding, Lang, Words};
use book::{Builder, Sheet};

const NAME: &str = "sheet";

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: NAME,
    extensions: &["xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "et", "ods", "ots", "fods", "sxc"],
    about: ("spreadsheets (XLSX, XLS, ODS)", "电子表格（XLSX、XLS、ODS）"),
    recognise: |bytes| format(bytes).map(drop),
    read,
};

/// What the bytes are, by who reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// XLSX and XLSB.
    Archive,
    /// XLS.
    Records,
    /// ODS.
    OpenDocument,
}

const OTHER_ZIP: (&str, &str) = ("a zip archive without a workbook", "不含工作簿的 zip 压缩包");
const NO_WORKBOOK: (&str, &str) =
    ("neither a zip archive nor a workbook of Excel", "既非 zip 压缩包，也非 Excel 工作簿");

fn format(bytes: &[u8]) -> Result<Format, Words> {
    if bytes.starts_with(ole::MAGIC) {
        return if xls::is_workbook(bytes) { Ok(Format::Records) } else { Err(ole::describe(bytes)) };
    }
    if bytes.starts_with(xls::BARE) {
        return Ok(Format::Records);
    }
    let other = match container::kind(bytes) {
        Ok(Kind::Sheet) => return Ok(Format::OpenDocument),
        Ok(Kind::Text) => return Err(("an OpenDocument text", "OpenDocument 文本文档").into()),
        Err(why) => why,
    };
    if !is_zip(bytes) {
        return Err(if bytes.trim_ascii_start().starts_with(b"<") { other } else { NO_WORKBOOK.into() });
    }
    let zip = Zip::open(bytes, &Limits::default(), NAME);
    let holds = zip.is_ok_and(|zip| xlsx::WORKBOOKS.iter().any(|name| zip.spelled(name).is_some()));
    if holds { Ok(Format::Archive) } else { Err(OTHER_ZIP.into()) }
}

fn damaged(what: Words) -> Error {
    Error::Damaged { reader: NAME, what }
}

/// A workbook, as far as it could be read.
struct Book {
    /// For people.
    format: &'static str,
    /// In the workbook's order, hidden ones included.
    sheets: Vec<Sheet>,
    /// Why it was not read to its end.
    causes: Vec<Words>,
    /// There was no room for all of its cells.
    full: bool,
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let Book { format, sheets, causes, full } = match format(bytes).map_err(damaged)? {
        Format::Archive => xlsx::read(bytes, limits)?,
        Format::Records => xls::read(bytes, limits)?,
        Format::OpenDocument => ods::read(bytes, limits)?,
    };
    if full {
        return Err(Error::limit("cells", limits.cells, limits.cells + 1));
    }
    let mut builder = Builder::new(limits);
    for sheet in sheets {
        builder.sheet(sheet)?;
    }
    let mut document = builder.finish(format);
    if document.blocks.is_empty() && !causes.is_empty() {
        return Err(damaged(joined(&causes)));
    }
    NAME.clone_into(&mut document.format);
    document.partial = !causes.is_empty();
    document.findings.extend(causes.iter().map(|cause| Finding::new(Code::PartialFile).detail_words("cause", cause)));
    Ok(document)
}

/// All causes in one.
fn joined(causes: &[Words]) -> Words {
    let all = |lang: Lang, between: &str| causes.iter().map(|cause| cause.of(lang)).collect::<Vec<_>>().join(between);
    Words::new(all(Lang::En, "; "), all(Lang::Zh, "；"))
}
