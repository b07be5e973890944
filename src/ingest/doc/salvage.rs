//! Streams of a container whose tables are damaged.
//!
//! Entries of the directory are found by their names wherever they stand. A stream is then
//! followed through the table of sectors as far as that makes sense, and taken to lie in one
//! piece where it does not. Without any entry the text is looked for where Word puts it.

use std::borrow::Cow;

use super::bytes::{place, slice, u16, u32};
use super::container::{NAMES, Streams, followed};
use super::fib;
use crate::finding::Words;
use crate::ingest::ole;

/// Where the first sector begins in files with sectors of 512 bytes.
const FIRST: usize = 512;
/// Sectors of the table of sectors that the header itself lists.
const LISTED: usize = 109;
/// Entries of this size and more lie in sectors of their own; smaller ones share.
const SHARED_BELOW: usize = 4096;
/// Sizes of a shared sector.
const SHARED: usize = 64;

const BY_SECTORS: (&str, &str) = ("its streams were put together sector by sector", "各数据流已逐扇区拼接");
const BY_PLACE: (&str, &str) =
    ("the text was taken from where it usually begins (byte 512)", "正文取自其通常的起始位置（第512字节）");

/// What stands where the first sector begins.
pub(super) fn first_sector(bytes: &[u8]) -> &[u8] {
    bytes.get(FIRST..).unwrap_or_default()
}

/// The streams as far as they can be had; `None` if no main stream is among them.
pub(super) fn streams<'b>(bytes: &'b [u8], refusal: &Words) -> Option<Streams<'b>> {
    let sectors = Sectors::of(bytes);
    let found = NAMES.map(|name| sectors.named(bytes, name).map(Cow::Owned));
    if found[0].is_some() {
        return Some(Streams::of(found, Some(followed(refusal, BY_SECTORS))));
    }
    let main = first_sector(bytes);
    fib::magic(main)?;
    let [_, zero, one, data] = found;
    Some(Streams::of([Some(Cow::Borrowed(main)), zero, one, data], Some(followed(refusal, BY_PLACE))))
}

/// Entries of one name that are tried. Embedded files and earlier states of the directory leave a
/// few behind; each costs as much as the file is long.
const TRIED: usize = 8;

/// The entries of this name that hold something.
fn tried<'b>(bytes: &'b [u8], name: &str) -> impl Iterator<Item = &'b [u8]> {
    ole::entries(bytes, name).filter(|entry| u32(entry, 120).is_some_and(|length| length > 0)).take(TRIED)
}

/// A stream as far as it can be had, of any container.
pub(in crate::ingest) fn stream(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    Sectors::of(bytes).named(bytes, name)
}

/// The sectors of a container and the table that chains them.
struct Sectors<'b> {
    bytes: &'b [u8],
    size: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    /// The same for shared sectors, and the stream in which these lie.
    next_shared: Vec<u32>,
    shared: Vec<u8>,
}

impl<'b> Sectors<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        let shift = u16(bytes, 30).filter(|shift| (7..=16).contains(shift)).unwrap_or(9);
        let (next_shared, shared) = (Vec::new(), Vec::new());
        let mut sectors = Sectors { bytes, size: 1 << shift, next: Vec::new(), next_shared, shared };
        sectors.next =
            (0..LISTED).filter_map(|at| u32(bytes, 76 + 4 * at)).flat_map(|at| sectors.numbers(at)).collect();
        let shared_table = u32(bytes, 60).map(|first| sectors.chain(first, usize::MAX)).unwrap_or_default();
        sectors.next_shared = numbers(&shared_table);
        sectors.shared = tried(bytes, "Root Entry").find_map(|root| sectors.whole(root)).unwrap_or_default();
        sectors
    }

    fn sector(&self, at: u32) -> Option<&'b [u8]> {
        let from = usize::try_from(at).ok()?.checked_add(1)?.checked_mul(self.size)?;
        let rest = self.bytes.get(from..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..self.size.min(rest.len())])
    }

    fn numbers(&self, at: u32) -> Vec<u32> {
        self.sector(at).map(numbers).unwrap_or_default()
    }

    /// A chain of sectors, up to `length` bytes. Where the chain ends early or goes round, what was read stays.
    fn chain(&self, first: u32, length: usize) -> Vec<u8> {
        let mut stream = Vec::new();
        let mut at = first;
        while let Some(sector) = self.sector(at).filter(|_| stream.len() < length.min(self.bytes.len())) {
            stream.extend_from_slice(sector);
            match usize::try_from(at).ok().and_then(|at| self.next.get(at)) {
                Some(&next) => at = next,
                // The table does not reach so far: sectors in a row are the best guess.
                None => at = at.saturating_add(1),
            }
        }
        stream.truncate(length);
        stream
    }

    /// The first stream of this name that can be what it is called.
    fn named(&self, bytes: &[u8], name: &str) -> Option<Vec<u8>> {
        let fits = |stream: &Vec<u8>| name != NAMES[0] || fib::magic(stream).is_some();
        tried(bytes, name).filter_map(|entry| self.stream(entry)).find(fits)
    }

    /// The stream of an entry.
    fn stream(&self, entry: &[u8]) -> Option<Vec<u8>> {
        let (first, length) = (u32(entry, 116)?, place(entry, 120)?);
        if length >= SHARED_BELOW {
            return self.whole(entry);
        }
        Some(self.shared_stream(first, length)).filter(|stream| stream.len() == length)
    }

    /// What an entry names in sectors of their own; in one piece if its chain is too short for it.
    fn whole(&self, entry: &[u8]) -> Option<Vec<u8>> {
        let (first, length) = (u32(entry, 116)?, place(entry, 120)?);
        let stream = self.chain(first, length);
        if stream.len() == length {
            return Some(stream);
        }
        let from = usize::try_from(first).ok()?.checked_add(1)?.checked_mul(self.size)?;
        let rest = self.bytes.get(from..)?;
        Some(rest[..length.min(rest.len())].to_vec())
    }

    fn shared_stream(&self, first: u32, length: usize) -> Vec<u8> {
        let mut stream = Vec::new();
        let mut at = first as usize;
        while let Some(sector) =
            slice(&self.shared, at.saturating_mul(SHARED), SHARED).filter(|_| stream.len() < length)
        {
            stream.extend_from_slice(sector);
            at = self.next_shared.get(at).map_or(usize::MAX, |&next| next as usize);
        }
        stream.truncate(length);
        stream
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}
