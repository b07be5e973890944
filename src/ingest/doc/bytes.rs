//! Little-endian numbers at offsets that nobody vouches for.

use std::cell::Cell;

/// `length` bytes from `at`, if there are so many.
#[inline]
pub(super) fn slice(bytes: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(length)?)
}

/// The bytes from `at`, as far as there are, `length` at most.
pub(super) fn up_to(bytes: &[u8], at: usize, length: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    &rest[..length.min(rest.len())]
}

#[inline]
pub(super) fn u8(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

#[inline]
pub(super) fn u16(bytes: &[u8], at: usize) -> Option<u16> {
    slice(bytes, at, 2).map(|two| u16::from_le_bytes([two[0], two[1]]))
}

#[inline]
pub(super) fn i16(bytes: &[u8], at: usize) -> Option<i16> {
    slice(bytes, at, 2).map(|two| i16::from_le_bytes([two[0], two[1]]))
}

#[inline]
pub(super) fn u32(bytes: &[u8], at: usize) -> Option<u32> {
    slice(bytes, at, 4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// A place in a stream as Word writes it.
#[inline]
pub(super) fn place(bytes: &[u8], at: usize) -> Option<usize> {
    u32(bytes, at).and_then(|value| usize::try_from(value).ok())
}

/// How many bytes of lists of properties may still be read. Each list may be named by every
/// paragraph, so a small file could ask for hours of reading; an honest one names each a few times.
#[derive(Debug, Default)]
pub(super) struct Allowance(Cell<usize>);

/// How often each byte may be read, and how many bytes in any case.
const TIMES: usize = 8;
const FREE: usize = 1 << 20;

impl Allowance {
    /// The allowance for lists of so many bytes.
    pub(super) fn of(length: usize) -> Self {
        Allowance(Cell::new(length.saturating_mul(TIMES).saturating_add(FREE)))
    }

    /// The list, if it can still be afforded.
    pub(super) fn spend<'a>(&self, list: &'a [u8]) -> Option<&'a [u8]> {
        self.0.set(self.0.get().checked_sub(list.len())?);
        Some(list)
    }
}
