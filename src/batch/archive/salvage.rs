//! Zip archives whose directory is lost: files found by their local headers, one after another.

use std::io::{Cursor, Read};

use flate2::bufread::DeflateDecoder;
use memchr::memmem;

use super::zip::{self, LOCAL_BYTES, Packed, SIZES_FOLLOW, long, short};
use super::{Budget, Content, Kind, Raw, Source};
use crate::batch::read::Unreadable;
use crate::ingest::{Error, Limits};

const HEADER: &[u8] = b"PK\x03\x04";
/// May stand before the checksum and sizes that follow a file.
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// The files that still have a header, and the bytes that they are in.
pub(super) fn members(
    source: &mut dyn Source,
    limits: &Limits,
    budget: &Budget,
) -> Result<(Vec<Raw>, Box<dyn Source>), Unreadable> {
    let bytes = whole(source, limits)?;
    let mut members = Vec::new();
    let mut at = 0;
    let mut left = limits.archive_bytes as u64;
    while let Some(found) = memmem::find(&bytes[at..], HEADER) {
        let header = at + found;
        at = header + HEADER.len();
        if let Some((member, end)) = member(&bytes, header, &mut left) {
            budget.admit_entries(members.len() + 1, limits)?;
            members.push(member);
            // What stands within a file's own bytes is a file of an archive in this one.
            at = end.max(at);
        }
    }
    Ok((members, Box::new(Cursor::new(bytes))))
}

fn whole(source: &mut dyn Source, limits: &Limits) -> Result<Vec<u8>, Unreadable> {
    let limit = limits.file_bytes;
    let bytes = zip::bytes_at(source, 0, (limit as u64).saturating_add(1)).map_err(Unreadable::System)?;
    if bytes.len() > limit {
        return Err(Unreadable::Content(Error::Limit { name: "file_bytes", limit, found: bytes.len() }));
    }
    Ok(bytes)
}

/// The file whose header begins at `header`, and where its bytes end; `left` bytes may still be unpacked
/// to find that out.
fn member(bytes: &[u8], header: usize, left: &mut u64) -> Option<(Raw, usize)> {
    let fixed = bytes.get(header..header + LOCAL_BYTES)?;
    let (flags, method) = (short(fixed, 6), short(fixed, 8));
    let name_end = header + LOCAL_BYTES + usize::from(short(fixed, 26));
    let start = name_end + usize::from(short(fixed, 28));
    let name = bytes.get(header + LOCAL_BYTES..name_end).filter(|name| !name.is_empty())?;
    let name = zip::name_of(name, bytes.get(name_end..start)?, flags);
    let rest = &bytes[start..];
    let (packed, crc) = if flags & SIZES_FOLLOW == 0 {
        (long(fixed, 18) as usize, Some(long(fixed, 14)))
    } else {
        measured(rest, method, left)
    };
    let file = Packed {
        header: header as u64,
        packed: packed as u64,
        method,
        encrypted: flags & 1 != 0,
        crc,
        overlaps: false,
    };
    let end = start + packed.min(rest.len());
    Some((Raw { name, kind: Kind::File, content: Content::Zip(file) }, end))
}

/// Length and checksum of a file that says neither before its bytes: where its packed bytes end, or
/// where the next header begins.
fn measured(rest: &[u8], method: u16, left: &mut u64) -> (usize, Option<u32>) {
    let to_next = memmem::find(rest, HEADER).unwrap_or(rest.len());
    if method != 8 {
        return (to_next, None);
    }
    let most = MEASURED.min(*left);
    let mut decoder = DeflateDecoder::new(rest);
    let unpacked = std::io::copy(&mut decoder.by_ref().take(most), &mut std::io::sink());
    *left -= most.min(decoder.total_out());
    if !unpacked.is_ok_and(|bytes| bytes < most) {
        return (to_next, None);
    }
    let length = usize::try_from(decoder.total_in()).unwrap_or(usize::MAX);
    let after = rest.get(length..).unwrap_or_default();
    let sum = after.strip_prefix(DESCRIPTOR).filter(|sum| sum.len() >= 4);
    (length, sum.map(|sum| long(sum, 0)))
}

/// Bytes that are unpacked to find the end of a file; a larger one ends at the next header.
const MEASURED: u64 = 64 << 20;
