//! Files of files: which bytes are an archive, what is in it, and the bytes of each file.
//!
//! An archive is listed without unpacking anything but its directory, and read file by file. Its
//! names are only shown and compared: nothing is ever written under them.

mod gzip;
mod names;
mod salvage;
mod tar;
mod zip;

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use tempfile::SpooledTempFile;

use super::read::Unreadable;
use crate::finding::Words;
use crate::ingest::{Error, Limits, Support};

/// A kind of archive, for `gongkai formats`.
pub struct Packing {
    /// Its name in every output.
    pub name: &'static str,
    /// File name endings, without the dot, by which folders are walked. The content decides.
    pub extensions: &'static [&'static str],
    /// What it is, for people: English, Chinese.
    pub about: (&'static str, &'static str),
    /// What of it is read, and how well.
    pub support: &'static [Support],
}

/// Every kind of archive that is walked like a folder.
pub const PACKINGS: &[Packing] = &[zip::PACKING, tar::PACKING, gzip::PACKING];

/// Endings of archives that are not opened: a walk takes them, so that they are named as not read.
pub(super) const REFUSED: &[&str] = &["rar", "7z", "xz", "txz", "bz2", "tbz", "tbz2"];

/// Where the bytes of an archive are.
pub(super) trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// What may still be taken out of an outermost archive and those in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    entries: usize,
    bytes: usize,
}

impl Budget {
    pub(super) fn of(limits: &Limits) -> Self {
        Budget { entries: limits.entries, bytes: limits.archive_bytes }
    }

    /// Takes so many more files on, or says that they are too many.
    fn take_entries(&mut self, count: usize, limits: &Limits) -> Result<(), Unreadable> {
        self.admit_entries(count, limits)?;
        self.entries -= count;
        Ok(())
    }

    fn admit_entries(&self, count: usize, limits: &Limits) -> Result<(), Unreadable> {
        let found = limits.entries - self.entries + count;
        if count <= self.entries {
            return Ok(());
        }
        Err(Unreadable::Content(Error::Limit { name: "entries", limit: limits.entries, found }))
    }
}

/// A file of an archive.
pub(super) struct Member {
    /// Its path with `/` between the parts and nothing in it that leads elsewhere.
    pub(super) name: String,
    /// The same, with a number where the archive has several of this name.
    pub(super) path: String,
    /// What it is.
    pub(super) kind: Kind,
    content: Content,
}

/// What a member of an archive is; folders are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    /// A link, which is never followed.
    Link,
    /// A device, a pipe, or what else is no file.
    Device,
}

/// Where the bytes of a member are.
enum Content {
    /// As they are.
    Stored { offset: u64, size: u64 },
    /// In a zip archive.
    Zip(zip::Packed),
    /// They break off, or cannot be had.
    Damaged(Words),
}

/// An archive, and what is in it.
pub(super) struct Archive {
    /// Name of its [`Packing`].
    pub(super) format: &'static str,
    /// In the order of their names.
    pub(super) members: Vec<Member>,
    /// What was wrong with it as a whole, if anything.
    pub(super) damage: Option<Words>,
    source: Box<dyn Source>,
}

/// What a listing found, before names are settled.
struct Listing {
    format: &'static str,
    members: Vec<Raw>,
    damage: Option<Words>,
    /// Where the members are, if not in the source itself.
    source: Option<Box<dyn Source>>,
}

/// A member as the archive names it.
struct Raw {
    name: names::Name,
    kind: Kind,
    content: Content,
}

/// What bytes turn out to be.
pub(super) enum Opened<S> {
    Archive(Archive),
    /// Something else, untouched.
    Other(S),
}

/// Bytes by which an archive is known.
pub(super) const HEAD: usize = 512;
/// Bytes of an unpacked archive that are kept in memory; more of them go to a temporary file
/// without a name.
const IN_MEMORY: usize = 16 << 20;

/// Opens an archive; `name` is that of its file.
///
/// # Errors
/// When it is an archive and passes a limit or cannot be read at all.
pub(super) fn open<S: Source + 'static>(
    mut source: S,
    name: &str,
    limits: &Limits,
    budget: &mut Budget,
) -> Result<Opened<S>, Unreadable> {
    let Some(listing) = listing(&mut source, name, limits, budget)? else {
        source.rewind().map_err(Unreadable::System)?;
        return Ok(Opened::Other(source));
    };
    let Listing { format, members, damage, source: own } = listing;
    budget.take_entries(members.len(), limits)?;
    let source = own.unwrap_or_else(|| Box::new(source));
    Ok(Opened::Archive(Archive { format, members: names::settled(members), damage, source }))
}

fn listing(
    source: &mut dyn Source,
    name: &str,
    limits: &Limits,
    budget: &mut Budget,
) -> Result<Option<Listing>, Unreadable> {
    let head = head_of(source)?;
    if let Some(error) = Error::of_other_archive(&head) {
        return Err(Unreadable::Content(error));
    }
    if zip::begins(&head) {
        return zip::listing(source, limits, budget);
    }
    if gzip::begins(&head) {
        return gzip::listing(source, name, limits, budget).map(Some);
    }
    if tar::begins(&head) {
        return tar::listing(source, limits, budget).map(Some);
    }
    Ok(None)
}

/// Whether bytes begin like an archive, also like one that is not opened.
pub(super) fn begins(head: &[u8]) -> bool {
    Error::of_other_archive(head).is_some() || zip::begins(head) || gzip::begins(head) || tar::begins(head)
}

fn head_of(source: &mut dyn Source) -> Result<Vec<u8>, Unreadable> {
    let mut head = Vec::with_capacity(HEAD);
    source.rewind().map_err(Unreadable::System)?;
    source.take(HEAD as u64).read_to_end(&mut head).map_err(Unreadable::System)?;
    Ok(head)
}

/// Whether bytes are an archive, and not a document that is packed like one.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    let limits = Limits::default();
    let source = Cursor::new(bytes.to_vec());
    matches!(open(source, "", &limits, &mut Budget::of(&limits)), Ok(Opened::Archive(_)))
}

impl Opened<Cursor<Vec<u8>>> {
    /// The bytes of what is no archive.
    pub(super) fn into_bytes(self) -> Opened<Vec<u8>> {
        match self {
            Opened::Archive(archive) => Opened::Archive(archive),
            Opened::Other(cursor) => Opened::Other(cursor.into_inner()),
        }
    }
}

impl Archive {
    /// The same with its bytes in a temporary file, if they are many.
    pub(super) fn out_of_memory(mut self) -> Result<Self, Unreadable> {
        let length = self.source.seek(SeekFrom::End(0)).map_err(Unreadable::System)?;
        if length > IN_MEMORY as u64 {
            let mut file = SpooledTempFile::new(IN_MEMORY);
            self.source.rewind().map_err(Unreadable::System)?;
            io::copy(&mut self.source, &mut file).map_err(Unreadable::System)?;
            self.source = Box::new(file);
        }
        Ok(self)
    }

    /// The bytes of a member.
    ///
    /// # Errors
    /// When it is encrypted, damaged, packed in a way that is not read, or passes a limit.
    pub(super) fn read(&mut self, at: usize, limits: &Limits, budget: &mut Budget) -> Result<Vec<u8>, Unreadable> {
        match &self.members[at].content {
            Content::Damaged(what) => Err(Unreadable::Packed(what.clone())),
            Content::Zip(packed) => packed.read(&mut *self.source, limits, budget),
            &Content::Stored { offset, size } => {
                let size = usize::try_from(size).unwrap_or(usize::MAX);
                if size > limits.file_bytes {
                    let (name, limit) = ("file_bytes", limits.file_bytes);
                    return Err(Unreadable::Content(Error::Limit { name, limit, found: size }));
                }
                self.stored(offset, size)
            }
        }
    }

    /// The first bytes of a member, as far as they can be had.
    pub(super) fn head(&mut self, at: usize, length: usize) -> Vec<u8> {
        let head = match &self.members[at].content {
            Content::Damaged(_) => Ok(Vec::new()),
            Content::Zip(packed) => packed.head(&mut *self.source, length),
            &Content::Stored { offset, size } => {
                self.stored(offset, length.min(usize::try_from(size).unwrap_or(usize::MAX)))
            }
        };
        head.unwrap_or_default()
    }

    fn stored(&mut self, offset: u64, size: usize) -> Result<Vec<u8>, Unreadable> {
        let mut bytes = Vec::with_capacity(size);
        self.source.seek(SeekFrom::Start(offset)).map_err(Unreadable::System)?;
        (&mut self.source).take(size as u64).read_to_end(&mut bytes).map_err(Unreadable::System)?;
        if bytes.len() < size { Err(Unreadable::Packed(CUT_OFF.into())) } else { Ok(bytes) }
    }
}

const CUT_OFF: (&str, &str) = ("it ends within this file", "在此文件中途结束");
