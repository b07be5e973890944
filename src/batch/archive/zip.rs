//! Zip archives: the central directory, and each file where it says.
//!
//! Read by our own walker and not by the crate `zip`, which keeps one file of each name, needs
//! names to be text, and does not say when files overlap.

use std::io::{self, BufReader, Read, SeekFrom};

use flate2::{Crc, bufread::DeflateDecoder};
use memchr::memmem;

use super::names::Name;
use super::{Budget, CUT_OFF, Content, Kind, Listing, Packing, Raw, Source, salvage};
use crate::batch::read::Unreadable;
use crate::finding::Words;
use crate::ingest::{Error, Limits, Support, Unpacked};

pub(super) const NAME: &str = "zip";

pub(super) const PACKING: Packing = Packing {
    name: NAME,
    extensions: &["zip"],
    about: ("Zip archives, walked like folders", "zip 压缩包，按文件夹处理"),
    support: &[
        Support::read(
            ("names", "名称"),
            (
                "in UTF-8, marked so or not, in GBK or Big5, and in Unicode extra fields; backslashes part folders too",
                "UTF-8（有无标志均可）、GBK、Big5 和 Unicode 附加字段；反斜杠也作为分隔符",
            ),
        ),
        Support::read(
            ("archives in archives", "嵌套压缩包"),
            ("to the limit `nested_archives`", "层数以 `nested_archives` 为限"),
        ),
        Support::partly(
            ("damaged archives", "已损坏的压缩包"),
            (
                "files that can still be found and whose checksum holds are read, and what may be lost is said",
                "仍能找到且校验无误的文件会读取，并说明可能丢失的内容",
            ),
        ),
        Support::partly(
            ("packing methods", "压缩方法"),
            (
                "stored and deflated; others (LZMA, Zstandard, Deflate64) are named",
                "不压缩和 Deflate；其他方法（LZMA、Zstandard、Deflate64）会明确指出",
            ),
        ),
        Support::not(
            ("files with a password", "有密码的文件"),
            (
                "named as such, the others are read; unpack them with the password",
                "会明确指出，其他文件照常读取；请用密码解压",
            ),
        ),
        Support::not(
            ("RAR, 7-Zip, XZ, bzip2", "RAR、7-Zip、XZ、bzip2"),
            ("named as such; unpack them and name the folder", "会明确指出；请解压后指定文件夹"),
        ),
    ],
};

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
/// Begins an archive of several parts, also one that is whole again.
const SPLIT: [&[u8]; 2] = [b"PK\x07\x08", b"PK00"];

/// Bytes of a local header, a central one and the end record, before what varies.
pub(super) const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;
const LOCATOR_BYTES: usize = 20;
const END_64_BYTES: usize = 56;
/// The end record with the longest comment it may have, and what may stand before it.
const TAIL: u64 = (END_BYTES + 0xffff + LOCATOR_BYTES) as u64;

/// Flags of a file: encrypted, sizes behind its bytes, name in UTF-8.
const ENCRYPTED: u16 = 1;
pub(super) const SIZES_FOLLOW: u16 = 1 << 3;
pub(super) const UTF_8: u16 = 1 << 11;

/// Extra fields: sizes over 4 GB, and the name in UTF-8.
const EXTRA_64: u16 = 0x0001;
const EXTRA_NAME: u16 = 0x7075;

/// Packing methods that are known by name, for people.
const METHODS: &[(u16, &str)] =
    &[(9, "Deflate64"), (12, "bzip2"), (14, "LZMA"), (93, "Zstandard"), (95, "XZ"), (98, "PPMd"), (99, "AES")];

/// A file of the archive, packed.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    /// Where its local header begins.
    pub(super) header: u64,
    /// Packed bytes; in a salvaged archive, those to the next header.
    pub(super) packed: u64,
    pub(super) method: u16,
    pub(super) encrypted: bool,
    /// Checksum of what it unpacks to, if that is known.
    pub(super) crc: Option<u32>,
    /// Whether another file lies on the same bytes.
    pub(super) overlaps: bool,
}

pub(super) fn begins(head: &[u8]) -> bool {
    [LOCAL, END].into_iter().chain(SPLIT).any(|magic| head.starts_with(magic))
}

/// What the archive holds; `None` if it is a document that is packed as one, or nothing can be found in it.
pub(super) fn listing(
    source: &mut dyn Source,
    limits: &Limits,
    budget: &Budget,
) -> Result<Option<Listing>, Unreadable> {
    let directory = match Directory::find(source).map_err(Unreadable::System)? {
        Some(directory) => directory.read(source, limits, budget)?,
        None => Err(NO_DIRECTORY.into()),
    };
    let (members, damage, source) = match directory {
        Ok(members) => (members, None, None),
        Err(why) => {
            let (members, source) = salvage::members(source, limits, budget)?;
            if members.is_empty() {
                return Ok(None);
            }
            (members, Some(why), Some(source))
        }
    };
    if members.iter().any(is_of_document) {
        return Ok(None);
    }
    let members = members.into_iter().filter(|member| !is_folder(member)).collect();
    Ok(Some(Listing { format: NAME, members, damage, source }))
}

const NO_DIRECTORY: (&str, &str) = ("its directory is lost; it may have been cut off", "目录已丢失，文件可能被截断");
const BROKEN_DIRECTORY: (&str, &str) = ("its directory breaks off", "目录不完整");
const SPLIT_UP: (&str, &str) =
    ("it is one part of several; put all parts together and unpack them", "这是分卷压缩包的一卷；请集齐各卷后解压");

/// Whether a part of this name belongs to a document: an archive of reports has none of them.
fn is_of_document(member: &Raw) -> bool {
    let name = match &member.name {
        Name::Known(name) => name.as_bytes(),
        Name::Bytes(bytes) => bytes,
    };
    let slashed: Vec<u8> = name.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect();
    let name = slashed.strip_prefix(b"/").unwrap_or(&slashed).to_ascii_lowercase();
    let is = |mark: &&[u8]| name == **mark;
    let is_in = |folder: &&[u8]| name.starts_with(folder);
    PARTS.iter().any(is) || name.ends_with(b".xml") && FOLDERS.iter().any(is_in)
}

/// Parts that every document of the Office, OFD and OpenDocument kinds has, one or the other.
const PARTS: &[&[u8]] = &[b"[content_types].xml", b"_rels/.rels", b"ofd.xml", b"mimetype", b"content.xml"];
/// Folders of such documents: of a damaged one, whatever is left of it.
const FOLDERS: &[&[u8]] = &[b"word/", b"xl/", b"ppt/", b"docprops/", b"customxml/", b"meta-inf/", b"doc_0/"];

fn is_folder(member: &Raw) -> bool {
    match &member.name {
        Name::Known(name) => name.ends_with(['/', '\\']),
        // A backslash may be half of a character; then the name has an ending after it.
        Name::Bytes(name) => name.ends_with(b"/"),
    }
}

/// Where the central directory lies.
struct Directory {
    /// Its first byte.
    start: u64,
    bytes: u64,
    entries: u64,
    /// What stands before the archive itself: a program that unpacks it.
    before: u64,
    split: bool,
}

impl Directory {
    /// Finds it by the end record.
    fn find(source: &mut dyn Source) -> io::Result<Option<Directory>> {
        let length = source.seek(SeekFrom::End(0))?;
        let from = length.saturating_sub(TAIL);
        let tail = bytes_at(source, from, TAIL)?;
        let ends = memmem::rfind_iter(&tail, END).find(|&at| tail.len() >= at + END_BYTES + comment(&tail, at));
        let Some(at) = ends else { return Ok(None) };
        let end = &tail[at..];
        let place = from + at as u64;
        let usual = Directory {
            start: u64::from(long(end, 16)),
            bytes: u64::from(long(end, 12)),
            entries: u64::from(short(end, 10)),
            before: 0,
            split: short(end, 4) != short(end, 6) || short(end, 8) != short(end, 10),
        };
        let locator = at.checked_sub(LOCATOR_BYTES).map(|locator| &tail[locator..at]);
        match locator.filter(|locator| locator.starts_with(LOCATOR_64)).map(|locator| quad(locator, 8)) {
            Some(place) => match Self::large(source, place)? {
                Some(large) => large.placed(source, place),
                None => usual.placed(source, place),
            },
            None => usual.placed(source, place),
        }
    }

    /// The record of an archive over 4 GB or of more than 65,535 files.
    fn large(source: &mut dyn Source, place: u64) -> io::Result<Option<Directory>> {
        let end = bytes_at(source, place, END_64_BYTES as u64)?;
        if end.len() < END_64_BYTES || !end.starts_with(END_64) {
            return Ok(None);
        }
        let (entries, bytes, start) = (quad(&end, 32), quad(&end, 40), quad(&end, 48));
        Ok(Some(Directory { start, bytes, entries, before: 0, split: quad(&end, 24) != entries }))
    }

    /// Finds out what stands before the archive, from where its end is and where it should be.
    fn placed(mut self, source: &mut dyn Source, end: u64) -> io::Result<Option<Directory>> {
        let Some(ends) = self.start.checked_add(self.bytes).filter(|ends| *ends <= end) else { return Ok(None) };
        let gap = end - ends;
        // Files before it would mean that it is the directory of an archive in this one, whose own is lost.
        let first = bytes_at(source, 0, 4)?;
        let mut begins = |at| bytes_at(source, at, 4).map(|bytes| bytes == CENTRAL);
        if gap > 0 && first != LOCAL && !begins(self.start)? && begins(self.start + gap)? {
            self.before = gap;
            self.start += gap;
        }
        Ok(Some(self))
    }

    /// Its entries; or what is wrong with it.
    fn read(
        self,
        source: &mut dyn Source,
        limits: &Limits,
        budget: &Budget,
    ) -> Result<Result<Vec<Raw>, Words>, Unreadable> {
        if self.split {
            return Err(Unreadable::Packed(SPLIT_UP.into()));
        }
        let count = usize::try_from(self.entries).unwrap_or(usize::MAX);
        budget.admit_entries(count, limits)?;
        if self.bytes > limits.part_bytes as u64 {
            let found = usize::try_from(self.bytes).unwrap_or(usize::MAX);
            let (name, limit) = ("part_bytes", limits.part_bytes);
            return Err(Unreadable::Content(Error::Limit { name, limit, found }));
        }
        let bytes = bytes_at(source, self.start, self.bytes).map_err(Unreadable::System)?;
        let mut members = Vec::new();
        let mut rest = &bytes[..];
        while rest.starts_with(CENTRAL) {
            budget.admit_entries(members.len() + 1, limits)?;
            let Some((member, length)) = central(rest, self.before) else { break };
            members.push(member);
            rest = &rest[length..];
        }
        // More than 65,535 files are counted from 0 again by programs that know no better.
        let complete = members.len() & 0xffff == count & 0xffff;
        if !complete {
            return Ok(Err(BROKEN_DIRECTORY.into()));
        }
        mark_overlaps(&mut members);
        Ok(Ok(members))
    }
}

fn comment(tail: &[u8], at: usize) -> usize {
    tail.get(at + 20..at + 22).map_or(usize::MAX / 2, |bytes| usize::from(short(bytes, 0)))
}

/// An entry of the directory, and its length.
fn central(bytes: &[u8], before: u64) -> Option<(Raw, usize)> {
    let fixed = bytes.get(..CENTRAL_BYTES)?;
    let (name, extra, comment) = (short(fixed, 28).into(), short(fixed, 30).into(), short(fixed, 32).into());
    let length = [name, extra, comment].iter().fold(CENTRAL_BYTES, |sum: usize, part: &usize| sum + part);
    bytes.get(..length)?;
    let (name, extra) = bytes[CENTRAL_BYTES..CENTRAL_BYTES + name + extra].split_at(name);
    let flags = short(fixed, 8);
    let [size, packed, offset] = [long(fixed, 24), long(fixed, 20), long(fixed, 42)];
    let (packed, offset) = widened(extra, size, packed, offset);
    let packed = Packed {
        header: before.saturating_add(offset),
        packed,
        method: short(fixed, 10),
        encrypted: flags & ENCRYPTED != 0,
        crc: Some(long(fixed, 16)),
        overlaps: false,
    };
    let kind = kind(short(fixed, 4), long(fixed, 38));
    Some((Raw { name: name_of(name, extra, flags), kind, content: Content::Zip(packed) }, length))
}

/// The packed size and the place of a file, from the field that holds what four bytes cannot.
fn widened(extra: &[u8], size: u32, packed: u32, offset: u32) -> (u64, u64) {
    let mut wide = field(extra, EXTRA_64).unwrap_or_default();
    let mut of = |narrow: u32| {
        if narrow == u32::MAX && wide.len() >= 8 {
            let value = quad(wide, 0);
            wide = &wide[8..];
            value
        } else {
            narrow.into()
        }
    };
    of(size);
    (of(packed), of(offset))
}

/// What a file is, by the rights that systems of the Unix kind keep with it.
fn kind(made_by: u16, attributes: u32) -> Kind {
    /// Systems that keep rights there: Unix, macOS.
    const UNIX: [u16; 2] = [3, 19];
    if !UNIX.contains(&(made_by >> 8)) {
        return Kind::File;
    }
    match (attributes >> 16) & 0o170_000 {
        0o120_000 => Kind::Link,
        0o020_000 | 0o060_000 | 0o010_000 | 0o140_000 => Kind::Device,
        _ => Kind::File,
    }
}

/// The name: by the Unicode field if it is of this name, by the flag, else bytes.
pub(super) fn name_of(name: &[u8], extra: &[u8], flags: u16) -> Name {
    if let Some(name) = field(extra, EXTRA_NAME).and_then(|field| unicode_name(field, name)) {
        return Name::Known(name);
    }
    match std::str::from_utf8(name) {
        Ok(text) if flags & UTF_8 != 0 => Name::Known(text.to_owned()),
        _ => Name::Bytes(name.to_vec()),
    }
}

/// `version 1, checksum of the other name, name in UTF-8`.
fn unicode_name(field: &[u8], name: &[u8]) -> Option<String> {
    let (fixed, text) = field.split_at_checked(5)?;
    let mut crc = Crc::new();
    crc.update(name);
    let known = fixed[0] == 1 && long(fixed, 1) == crc.sum();
    String::from_utf8(text.to_vec()).ok().filter(|text| known && !text.is_empty())
}

/// The extra field of this number.
fn field(mut extra: &[u8], number: u16) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let length = usize::from(short(extra, 2));
        let content = extra.get(4..4 + length)?;
        if short(extra, 0) == number {
            return Some(content);
        }
        extra = &extra[4 + length..];
    }
    None
}

/// Marks every file that begins before the one before it has ended: bombs lay all files on the same bytes.
fn mark_overlaps(members: &mut [Raw]) {
    let mut packed: Vec<&mut Packed> = members.iter_mut().filter_map(|member| packed_of(&mut member.content)).collect();
    packed.sort_by_key(|file| file.header);
    let mut end = 0;
    for file in packed {
        file.overlaps = file.header < end;
        end = end.max(file.header.saturating_add(LOCAL_BYTES as u64).saturating_add(file.packed));
    }
}

fn packed_of(content: &mut Content) -> Option<&mut Packed> {
    if let Content::Zip(packed) = content { Some(packed) } else { None }
}

impl Packed {
    /// Unpacks the file.
    pub(super) fn read(
        &self,
        source: &mut dyn Source,
        limits: &Limits,
        budget: &mut Budget,
    ) -> Result<Vec<u8>, Unreadable> {
        self.admit()?;
        let packed = usize::try_from(self.packed).unwrap_or(usize::MAX);
        let allowed = limits.unpacked_file(packed, budget.bytes);
        let (bytes, broken) = self.unpack(source, allowed.bytes.saturating_add(1))?;
        let unpacked = bytes.len();
        budget.bytes = budget.bytes.saturating_sub(unpacked);
        Unpacked::admit(allowed, unpacked).map_err(Unreadable::Content)?;
        match broken {
            Some(why) => Err(Unreadable::Packed(why)),
            None => self.proved(bytes),
        }
    }

    /// Its first bytes, unproved.
    pub(super) fn head(&self, source: &mut dyn Source, length: usize) -> Result<Vec<u8>, Unreadable> {
        self.admit()?;
        self.unpack(source, length).map(|(bytes, _)| bytes)
    }

    fn admit(&self) -> Result<(), Unreadable> {
        if self.encrypted {
            return Err(Unreadable::Locked);
        }
        if self.overlaps {
            return Err(Unreadable::Packed(OVERLAP.into()));
        }
        if matches!(self.method, 0 | 8) {
            return Ok(());
        }
        let known = METHODS.iter().find(|(method, _)| *method == self.method);
        Err(Unreadable::Method(known.map_or_else(|| self.method.to_string(), |(_, name)| (*name).to_owned())))
    }

    /// At most `most` bytes, and why there are not more if it broke.
    fn unpack(&self, source: &mut dyn Source, most: usize) -> Result<(Vec<u8>, Option<Words>), Unreadable> {
        let Some(start) = self.start(source).map_err(Unreadable::System)? else {
            return Ok((Vec::new(), Some(NO_HEADER.into())));
        };
        source.seek(SeekFrom::Start(start)).map_err(Unreadable::System)?;
        let mut packed = BufReader::new(source.take(self.packed));
        let mut bytes = Vec::new();
        let read = match self.method {
            0 => packed.take(most as u64).read_to_end(&mut bytes),
            _ => DeflateDecoder::new(&mut packed).take(most as u64).read_to_end(&mut bytes),
        };
        let broken = match read {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Some(CUT_OFF.into()),
            Err(_) => Some(NOT_UNPACKED.into()),
            Ok(_) if self.method == 0 && bytes.len() < most && (bytes.len() as u64) < self.packed => {
                Some(CUT_OFF.into())
            }
            Ok(_) => None,
        };
        Ok((bytes, broken))
    }

    /// Where its bytes begin: behind the local header, whose name may be another.
    fn start(&self, source: &mut dyn Source) -> io::Result<Option<u64>> {
        let header = bytes_at(source, self.header, LOCAL_BYTES as u64)?;
        if header.len() < LOCAL_BYTES || !header.starts_with(LOCAL) {
            return Ok(None);
        }
        Ok(Some(self.header + (LOCAL_BYTES as u64) + u64::from(short(&header, 26)) + u64::from(short(&header, 28))))
    }

    /// The bytes, if they have the checksum that the archive says.
    fn proved(&self, bytes: Vec<u8>) -> Result<Vec<u8>, Unreadable> {
        let mut crc = Crc::new();
        crc.update(&bytes);
        match self.crc {
            Some(wanted) if wanted != crc.sum() => Err(Unreadable::Packed(WRONG_SUM.into())),
            _ => Ok(bytes),
        }
    }
}

const OVERLAP: (&str, &str) = (
    "another file lies on the same bytes, as in archives made to do harm",
    "与另一文件占用相同的字节，压缩包可能有恶意",
);
const NO_HEADER: (&str, &str) = ("the file is not where the directory says", "文件不在目录所指的位置");
const NOT_UNPACKED: (&str, &str) = ("its packed bytes cannot be unpacked", "压缩数据有误，无法解压");
const WRONG_SUM: (&str, &str) = ("its checksum does not hold", "校验和不符");

/// So many bytes from a place on, or those that there are.
pub(super) fn bytes_at(source: &mut dyn Source, place: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.seek(SeekFrom::Start(place))?;
    source.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

pub(super) fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from(short(bytes, at)) | u32::from(short(bytes, at + 2)) << 16
}

fn quad(bytes: &[u8], at: usize) -> u64 {
    u64::from(long(bytes, at)) | u64::from(long(bytes, at + 4)) << 32
}
