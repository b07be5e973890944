//! Tar archives: headers of 512 bytes, each before the bytes of its file.
//!
//! The crate `tar` knows the fields of a header. The walk over them is ours: it bounds long names,
//! and goes on behind a header that is broken.

use std::io::SeekFrom;

use tar::{EntryType, Header};

use super::names::Name;
use super::zip::bytes_at;
use super::{Budget, CUT_OFF, Content, Kind, Listing, Packing, Raw, Source};
use crate::batch::read::Unreadable;
use crate::finding::Words;
use crate::ingest::{Limits, Support};

pub(super) const NAME: &str = "tar";

pub(super) const PACKING: Packing = Packing {
    name: NAME,
    extensions: &["tar"],
    about: ("Tar archives, walked like folders", "tar 归档文件，按文件夹处理"),
    support: &[
        Support::read(
            ("names", "名称"),
            (
                "of old, ustar, GNU and pax archives, however long; in UTF-8, GBK or Big5",
                "旧式、ustar、GNU 和 pax 格式，长度不限；UTF-8、GBK 或 Big5",
            ),
        ),
        Support::partly(
            ("damaged archives", "已损坏的归档"),
            ("files behind a broken header are looked for", "标头损坏时继续查找其后的文件"),
        ),
        Support::not(
            ("links, devices", "链接、设备"),
            ("never followed; counted among what is skipped", "从不跟随；计入已跳过的文件"),
        ),
        Support::not(("sparse files", "稀疏文件"), ("named as such", "会明确指出")),
    ],
};

/// Bytes of a header; everything in the archive is padded to a multiple of them.
const BLOCK: u64 = 512;
/// Bytes of a long name or of a set of attributes. Paths are at most 4096 bytes long on any system.
const LONGEST: u64 = 64 << 10;

/// Whether the bytes begin with a header whose checksum holds.
pub(super) fn begins(head: &[u8]) -> bool {
    head.len() as u64 >= BLOCK && head[0] != 0 && is_header(&head[..BLOCK as usize])
}

/// Whether the checksum of a header holds, of unsigned bytes or, as old programs had it, of signed ones.
fn is_header(block: &[u8]) -> bool {
    /// The checksum itself counts as spaces.
    const SUM: std::ops::Range<usize> = 148..156;
    let Ok(stated) = Header::from_byte_slice(block).cksum() else { return false };
    let counted = block.iter().enumerate().map(|(at, byte)| if SUM.contains(&at) { b' ' } else { *byte });
    let unsigned: u32 = counted.clone().map(u32::from).sum();
    let signed: i64 = counted.map(|byte| i64::from(byte.cast_signed())).sum();
    // A block of zeros has a sum too, of the spaces alone.
    (unsigned == stated || signed == i64::from(stated)) && unsigned > 8 * u32::from(b' ')
}

pub(super) fn listing(source: &mut dyn Source, limits: &Limits, budget: &Budget) -> Result<Listing, Unreadable> {
    let length = source.seek(SeekFrom::End(0)).map_err(Unreadable::System)?;
    let mut walk = Walk { source, length, at: 0, next: Attributes::default(), members: Vec::new(), damage: None };
    while walk.step().map_err(Unreadable::System)? {
        budget.admit_entries(walk.members.len(), limits)?;
    }
    Ok(Listing { format: NAME, members: walk.members, damage: walk.damage, source: None })
}

/// What headers before the one of a file say about it.
#[derive(Default)]
struct Attributes {
    name: Option<Name>,
    size: Option<u64>,
}

struct Walk<'s> {
    source: &'s mut dyn Source,
    length: u64,
    at: u64,
    next: Attributes,
    members: Vec<Raw>,
    damage: Option<Words>,
}

impl Walk<'_> {
    /// Takes a header and what belongs to it; `false` at the end.
    fn step(&mut self) -> std::io::Result<bool> {
        let block = bytes_at(self.source, self.at, BLOCK)?;
        if block.is_empty() || block.iter().all(|byte| *byte == 0) && self.ends()? {
            return Ok(false);
        }
        if (block.len() as u64) < BLOCK {
            self.damage.get_or_insert(ENDS_EARLY.into());
            return Ok(false);
        }
        if !is_header(&block) {
            if block.iter().any(|byte| *byte != 0) {
                self.damage.get_or_insert(BROKEN_HEADER.into());
            }
            self.at += BLOCK;
            return Ok(true);
        }
        self.header(Header::from_byte_slice(&block))
    }

    /// Whether the block of zeros at this place is the end: a second one follows, or nothing.
    fn ends(&mut self) -> std::io::Result<bool> {
        let next = bytes_at(self.source, self.at + BLOCK, BLOCK)?;
        Ok(next.iter().all(|byte| *byte == 0))
    }

    fn header(&mut self, header: &Header) -> std::io::Result<bool> {
        let start = self.at + BLOCK;
        let kind = header.entry_type();
        let stated = self.next.size.take_if(|_| is_of_file(kind));
        let Ok(size) = stated.map_or_else(|| header.entry_size(), Ok) else {
            self.damage.get_or_insert(BROKEN_HEADER.into());
            self.at = start;
            return Ok(true);
        };
        // A link states the size of what it leads to, and has no bytes.
        let size = if kind.is_hard_link() || kind.is_symlink() { 0 } else { size };
        let whole = start.saturating_add(size) <= self.length;
        if !whole {
            self.damage.get_or_insert(ENDS_EARLY.into());
        }
        match kind {
            EntryType::GNULongName | EntryType::XHeader => {
                let bytes = bytes_at(self.source, start, size.min(LONGEST))?;
                self.attributes(kind, bytes);
            }
            EntryType::GNULongLink | EntryType::XGlobalHeader | EntryType::Directory => {
                if kind == EntryType::Directory {
                    self.next = Attributes::default();
                }
            }
            kind => self.member(header, kind, start, size, whole),
        }
        self.at = start.saturating_add(size.div_ceil(BLOCK).saturating_mul(BLOCK));
        Ok(whole)
    }

    fn attributes(&mut self, kind: EntryType, mut bytes: Vec<u8>) {
        if kind == EntryType::GNULongName {
            let end = memchr::memchr(0, &bytes).unwrap_or(bytes.len());
            bytes.truncate(end);
            self.next.name.get_or_insert(Name::Bytes(bytes));
            return;
        }
        for (key, value) in pax(&bytes) {
            match key {
                b"path" => self.next.name = Some(pax_name(value)),
                b"size" => self.next.size = std::str::from_utf8(value).ok().and_then(|size| size.parse().ok()),
                _ => {}
            }
        }
    }

    fn member(&mut self, header: &Header, kind: EntryType, offset: u64, size: u64, whole: bool) {
        let Attributes { name, .. } = std::mem::take(&mut self.next);
        let name = name.unwrap_or_else(|| Name::Bytes(header.path_bytes().into_owned()));
        // Old archives have no mark for folders but the end of their names.
        if matches!(&name, Name::Bytes(name) if name.ends_with(b"/")) {
            return;
        }
        let content = if !whole {
            Content::Damaged(CUT_OFF.into())
        } else if kind.is_gnu_sparse() {
            Content::Damaged(SPARSE.into())
        } else {
            Content::Stored { offset, size }
        };
        let kind = match kind {
            EntryType::Symlink | EntryType::Link => Kind::Link,
            EntryType::Char | EntryType::Block | EntryType::Fifo => Kind::Device,
            _ => Kind::File,
        };
        self.members.push(Raw { name, kind, content });
    }
}

/// Whether a header is that of a file, and not one that speaks about the next.
fn is_of_file(kind: EntryType) -> bool {
    !matches!(kind, EntryType::GNULongName | EntryType::GNULongLink | EntryType::XHeader | EntryType::XGlobalHeader)
}

const ENDS_EARLY: (&str, &str) = ("it ends before its last file does", "归档在最后一个文件结束之前中断");
const BROKEN_HEADER: (&str, &str) = ("a header in it is broken", "其中有损坏的文件标头");
const SPARSE: (&str, &str) = ("it is a sparse file, which is not read", "这是稀疏文件，不支持读取");

/// Pax names are UTF-8; some programs put other bytes there.
fn pax_name(value: &[u8]) -> Name {
    match std::str::from_utf8(value) {
        Ok(name) => Name::Known(name.to_owned()),
        Err(_) => Name::Bytes(value.to_vec()),
    }
}

/// The records of a set of attributes: `LENGTH KEY=VALUE\n`, the length being that of all of it.
fn pax(bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut records = Vec::new();
    let mut rest = bytes;
    while let Some(space) = memchr::memchr(b' ', rest) {
        let length = std::str::from_utf8(&rest[..space]).ok().and_then(|length| length.parse::<usize>().ok());
        let Some(record) = length.filter(|length| *length > space + 1).and_then(|length| rest.get(..length)) else {
            break;
        };
        rest = &rest[record.len()..];
        let record = record[space + 1..].strip_suffix(b"\n").unwrap_or(&record[space + 1..]);
        if let Some(equals) = memchr::memchr(b'=', record) {
            records.push((&record[..equals], &record[equals + 1..]));
        }
    }
    records
}
