//! Drawings that float over the text: how many of their shapes are pictures. Pictures within the
//! text are characters of it.

use super::bytes::{slice, u8, u16, u32};
use super::fib::{Header, Part};

/// Bytes of a record's head: kind, number, length of what follows.
const HEAD: usize = 8;
/// A record that holds records.
const CONTAINER: u16 = 0x0f;
/// The records of a drawing, and of the properties of a shape.
const DRAWING: u16 = 0xf002;
const PROPERTIES: u16 = 0xf00b;
/// Bytes of a property: its number and its value.
const PROPERTY: usize = 6;
/// The number of the property that names a shape's picture; bits above it say how it is kept.
const PICTURE: u16 = 0x0104;
const NUMBER: u16 = 0x3fff;

/// Pictures that float over the body.
pub(super) fn pictures(header: &Header<'_>, tables: &[u8]) -> usize {
    let drawings = header.part(tables, Part::Drawings).unwrap_or_default();
    body(drawings).map_or(0, pictures_in)
}

/// The drawing of the body: what all drawings share comes first, then each after a byte that is 0
/// for the body and 1 for headers.
fn body(drawings: &[u8]) -> Option<&[u8]> {
    let mut at = HEAD.checked_add(length(drawings, 0)?)?;
    loop {
        let of_body = u8(drawings, at)? == 0;
        let length = length(drawings, at + 1)?;
        if of_body && u16(drawings, at + 3) == Some(DRAWING) {
            return slice(drawings, at + 1 + HEAD, length);
        }
        at = at.checked_add(1 + HEAD)?.checked_add(length)?;
    }
}

fn length(records: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32(records, at.checked_add(4)?)?).ok()
}

/// Goes through records from first to last, into those that hold others too.
fn pictures_in(records: &[u8]) -> usize {
    let (mut at, mut count) = (0, 0);
    while let (Some(kind), Some(length)) = (u16(records, at), length(records, at)) {
        at += HEAD;
        if kind & 0x0f == CONTAINER {
            continue;
        }
        if u16(records, at - HEAD + 2) == Some(PROPERTIES) {
            let properties = super::bytes::up_to(records, at, PROPERTY * usize::from(kind >> 4));
            count += usize::from(properties.chunks_exact(PROPERTY).any(names_picture));
        }
        let Some(next) = at.checked_add(length) else { break };
        at = next;
    }
    count
}

fn names_picture(property: &[u8]) -> bool {
    u16(property, 0).is_some_and(|number| number & NUMBER == PICTURE) && u32(property, 2).is_some_and(|value| value > 0)
}
