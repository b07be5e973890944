//! The container: a file of files, with a table of sectors like a disk's, and the streams in it.
//!
//! The crate `cfb` opens what is in order. What it refuses goes through `salvage`, which looks
//! for nothing but the few streams that matter.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::fib::{self, Magic};
use super::{damaged, salvage};
use crate::finding::{Lang, Words};
use crate::ingest::{Error, ole};

/// The streams of a Word file.
#[derive(Debug, Default)]
pub(super) struct Streams<'b> {
    /// `WordDocument`: the header, the text, properties in pages of 512 bytes.
    pub(super) main: Cow<'b, [u8]>,
    /// `0Table` and `1Table`, of which the header names one. Word 6 and 95 have neither.
    pub(super) tables: [Vec<u8>; 2],
    /// `Data`: properties too long for their page.
    pub(super) data: Vec<u8>,
    /// What was wrong with the container, if anything.
    pub(super) damage: Option<Words>,
}

/// Names of the streams, in the order of [`Streams::slots`].
pub(super) const NAMES: [&str; 4] = ["WordDocument", "0Table", "1Table", "Data"];

const WORD_2: (&str, &str) =
    ("a file of Word 2 or older, which Word 97 to 2003 can convert", "Word 2 或更早版本的文件，可用 Word 97–2003 转换");
const NO_TEXT: (&str, &str) = (
    "neither its sectors nor the place where the text usually begins (byte 512) led to a text",
    "按扇区和正文通常的起始位置（第512字节）都没有找到正文",
);

impl<'b> Streams<'b> {
    /// A place to fill for each of [`NAMES`].
    pub(super) fn of(found: [Option<Cow<'b, [u8]>>; 4], damage: Option<Words>) -> Self {
        let [main, zero, one, data] = found.map(Option::unwrap_or_default);
        Streams { main, tables: [zero.into_owned(), one.into_owned()], data: data.into_owned(), damage }
    }
}

/// Whether there is a Word file in these bytes, or why not.
pub(super) fn recognise(bytes: &[u8]) -> Result<(), Words> {
    match fib::magic(bytes) {
        Some(Magic::Word2) => return Err(WORD_2.into()),
        Some(Magic::Word6) => return Ok(()),
        _ => {}
    }
    if !bytes.starts_with(ole::MAGIC) {
        return Err(("no OLE container", "并非 OLE 容器").into());
    }
    if ole::has_entry(bytes, NAMES[0]) || fib::magic(salvage::first_sector(bytes)).is_some() {
        return Ok(());
    }
    Err(ole::describe(bytes))
}

/// Opens the container. Very old files come without one: they are the main stream itself.
pub(super) fn open(bytes: &[u8]) -> Result<Streams<'_>, Error> {
    if !bytes.starts_with(ole::MAGIC) {
        return Ok(Streams { main: Cow::Borrowed(bytes), ..Streams::default() });
    }
    let refusal = match regular(bytes) {
        Ok(streams) if fib::magic(&streams.main).is_some() => return Ok(streams),
        Ok(_) => ("its main stream does not begin as one", "主数据流的开头不对").into(),
        // What the crate says, and the same in general terms in Chinese.
        Err(refusal) => Words::new(refusal.to_string(), "容器的目录或扇区表有误"),
    };
    salvage::streams(bytes, &refusal).ok_or_else(|| damaged(followed(&refusal, NO_TEXT)))
}

/// A cause, and what was done about it.
pub(super) fn followed(cause: &Words, (en, zh): (&str, &str)) -> Words {
    Words::new(format!("{}; {en}", cause.of(Lang::En)), format!("{}；{zh}", cause.of(Lang::Zh)))
}

/// Reads the streams of a container that is in order.
fn regular(bytes: &[u8]) -> std::io::Result<Streams<'_>> {
    let mut container = CompoundFile::open(Cursor::new(bytes))?;
    let mut found: [Option<Cow<[u8]>>; 4] = Default::default();
    for (name, slot) in NAMES.iter().zip(&mut found) {
        if container.is_stream(name) {
            let mut stream = Vec::new();
            // No stream is longer than the file, whatever the directory says.
            container.open_stream(name)?.take(bytes.len() as u64).read_to_end(&mut stream)?;
            *slot = Some(Cow::Owned(stream));
        }
    }
    Ok(Streams::of(found, None))
}
