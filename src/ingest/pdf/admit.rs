//! Which bytes are a PDF, and which of its streams unpack to more than is allowed.
//!
//! The interpreter unpacks whole streams into memory, those of its cross references while it opens
//! the file, so streams that may be bombs are measured before it sees them.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::{memchr2_iter, memmem};

use crate::finding::Words;
use crate::ingest::{Error, Limits};

/// Readers look for the mark so far into a file; some servers put lines before it.
const MARK_WITHIN: usize = 1024;

/// Deflate cannot pack better than this.
const BEST_RATIO: usize = 1032;

/// After so many unpacked bytes it is asked again whether the rest can pass the limit.
const LOOK: usize = 1 << 12;

/// A picture is never unpacked here, so that only what could not be one is refused.
const PICTURE_SHARE: usize = 4;

/// The dictionary of a stream stands in so many bytes before it.
const DICTIONARY: usize = 1024;

/// Dictionaries within dictionaries: files nest some ten. Deeper than five hundred the interpreter gives up, but
/// only after it has tried from each of them.
const DEEPEST: usize = 200;

/// `%PDF-` near the beginning.
pub(super) fn recognise(bytes: &[u8]) -> Result<(), Words> {
    let head = &bytes[..bytes.len().min(MARK_WITHIN)];
    match memmem::find(head, b"%PDF-") {
        Some(_) => Ok(()),
        None => Err(("no mark of a PDF file", "没有 PDF 文件标记").into()),
    }
}

/// Refuses files with a stream that unpacks to more than a part may.
pub(super) fn streams(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let ends: Vec<usize> = memmem::find_iter(bytes, b"endstream").collect();
    let mut dictionary_from = 0;
    let mut last = 0;
    for begin in memmem::find_iter(bytes, b"stream") {
        if begin >= 3 && &bytes[begin - 3..begin] == b"end" {
            dictionary_from = begin;
            last = begin;
            continue;
        }
        nesting(&bytes[last.min(begin)..begin])?;
        let data = after_break(bytes, begin + b"stream".len());
        let end = ends.get(ends.partition_point(|end| *end < data)).copied().unwrap_or(bytes.len());
        let (data, about) =
            (&bytes[data..end.max(data)], &bytes[dictionary_from.max(begin.saturating_sub(DICTIONARY))..begin]);
        if data.len().saturating_mul(BEST_RATIO) > limits.part_bytes || memmem::find_iter(about, b"Flate").count() > 1 {
            admit(data, about, limits)?;
        }
        if memmem::find(about, b"/ObjStm").is_some() {
            nesting(&measure(data, limits.part_bytes, true).1)?;
        }
    }
    nesting(&bytes[last..])
}

/// Refuses objects that are nested without reason.
fn nesting(objects: &[u8]) -> Result<(), Error> {
    let (mut depth, mut skip) = (0_usize, 0);
    for at in memchr2_iter(b'<', b'>', objects) {
        if at < skip || objects.get(at + 1) != Some(&objects[at]) {
            continue;
        }
        skip = at + 2;
        depth = if objects[at] == b'<' { depth + 1 } else { depth.saturating_sub(1) };
        if depth > DEEPEST {
            return Err(super::damaged("its objects are nested too deep", "对象嵌套过深"));
        }
    }
    Ok(())
}

fn after_break(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    at + if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n") || rest.starts_with(b"\r")) }
}

/// Measures one stream.
fn admit(data: &[u8], about: &[u8], limits: &Limits) -> Result<(), Error> {
    let picture = memmem::find(about, b"/Image").is_some();
    let limit = limits.part_bytes.saturating_mul(if picture { PICTURE_SHARE } else { 1 });
    let times = memmem::find_iter(about, b"Flate").count();
    let mut packed = std::borrow::Cow::Borrowed(data);
    for left in (0..times).rev() {
        let (found, unpacked) = measure(&packed, limit, left > 0);
        if found > limit {
            return Err(Error::limit("part_bytes", limit, found));
        }
        packed = unpacked.into();
    }
    Ok(())
}

/// Bytes that Deflate makes of these, counted until they pass the limit or what is left cannot make them pass
/// it; and the bytes themselves, all of them, where they are wanted.
fn measure(packed: &[u8], limit: usize, keep: bool) -> (usize, Vec<u8>) {
    let mut inflate = Decompress::new(true);
    let mut buffer = vec![0; if keep { 1 << 16 } else { LOOK }];
    let mut kept = Vec::new();
    let (mut read, mut made) = (0, 0);
    let may_pass = |read: usize, made: usize| made + (packed.len() - read).saturating_mul(BEST_RATIO) > limit;
    while made <= limit && (keep || may_pass(read, made)) {
        let before = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(&packed[read..], &mut buffer, FlushDecompress::None);
        let (taken, given) = (inflate.total_in() - before.0, inflate.total_out() - before.1);
        read += usize::try_from(taken).unwrap_or(0);
        let given = usize::try_from(given).unwrap_or(0);
        made += given;
        if keep {
            kept.extend_from_slice(&buffer[..given]);
        }
        match status {
            Ok(Status::Ok) if taken > 0 || given > 0 => {}
            _ => break,
        }
    }
    (made, kept)
}
