//! Zip archives whose directory is gone: files found by their local headers, one after another.

use std::borrow::Cow;

use flate2::bufread::DeflateDecoder;
use memchr::memmem;

use super::read_within;
use crate::finding::Words;
use crate::ingest::{Error, Limits};

const HEADER: &[u8] = b"PK\x03\x04";
/// Bytes of a local header before name and extra field.
const HEADER_BYTES: usize = 30;
/// Bytes a part is expected to unpack to per packed byte; only the buffer's first size.
const USUAL_RATIO: usize = 8;

/// A packed file of which only the beginning is known.
pub(super) struct Packed<'b> {
    deflated: bool,
    /// From its first byte to the next header, or to the end of the archive.
    bytes: &'b [u8],
    /// Its length, if the header says it.
    length: Option<usize>,
}

/// The names and contents of the files that still have a header, at most `limit` of them.
pub(super) fn parts(bytes: &[u8], limit: usize) -> Vec<(String, Packed<'_>)> {
    let starts: Vec<usize> = memmem::find_iter(bytes, HEADER).take(limit).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    starts.iter().zip(ends).filter_map(|(&start, end)| part(&bytes[start..end])).collect()
}

fn part(bytes: &[u8]) -> Option<(String, Packed<'_>)> {
    let word = |at: usize| Some(usize::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
    let method = word(8)?;
    let length = word(18)? | word(20)? << 16;
    let name_end = HEADER_BYTES + word(26)?;
    let name = String::from_utf8_lossy(bytes.get(HEADER_BYTES..name_end)?).into_owned();
    let content = bytes.get(name_end + word(28)?..)?;
    if name.is_empty() || !matches!(method, 0 | 8) {
        return None;
    }
    let length = Some(length).filter(|&length| length > 0 && length <= content.len());
    Some((name, Packed { deflated: method == 8, bytes: content, length }))
}

impl Packed<'_> {
    pub(super) fn unpack(&self, limits: &Limits) -> Result<(Cow<'_, [u8]>, Option<Words>), Error> {
        let bytes = &self.bytes[..self.length.unwrap_or(self.bytes.len())];
        let allowed = limits.unpacked(bytes.len());
        if !self.deflated {
            allowed.admit(bytes.len())?;
            return Ok((Cow::Borrowed(bytes), None));
        }
        let expected = bytes.len().saturating_mul(USUAL_RATIO).min(allowed.bytes);
        let (unpacked, broken) = read_within(DeflateDecoder::new(bytes), expected, allowed)?;
        Ok((Cow::Owned(unpacked), broken))
    }
}
