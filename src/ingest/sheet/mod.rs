//! Spreadsheets: XLSX, XLS and ODS, read into the common [`Document`].
//!
//! `support.rs` lists what of the format is read.

mod book;
mod formula;
pub(in crate::ingest) mod lines;
mod number;
mod ods;
mod rich;
mod support;
mod texts;
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
    support: support::SUPPORT,
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
    /// Stretches of text that were struck out and are left out here.
    struck: usize,
    /// The limit that its cells passed.
    passed: Option<Error>,
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let Book { format, sheets, causes, struck, passed } = match format(bytes).map_err(damaged)? {
        Format::Archive => xlsx::read(bytes, limits)?,
        Format::Records => xls::read(bytes, limits)?,
        Format::OpenDocument => ods::read(bytes, limits)?,
    };
    if let Some(error) = passed {
        return Err(error);
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
    if struck > 0 {
        let finding = Finding::new(Code::TrackedChanges).detail("insertions", 0).detail("deletions", struck);
        document.findings.push(finding);
    }
    Ok(document)
}

/// All causes in one.
fn joined(causes: &[Words]) -> Words {
    let all = |lang: Lang, between: &str| causes.iter().map(|cause| cause.of(lang)).collect::<Vec<_>>().join(between);
    Words::new(all(Lang::En, "; "), all(Lang::Zh, "；"))
}
