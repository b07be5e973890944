//! Zip archives as containers of parts: by name, within limits, and the wreck of one too, as far
//! as its files still have headers (`salvage`).

mod salvage;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::io::{Cursor, ErrorKind, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};
use memchr::memmem;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::limits::Unpacked;
use super::{Error, Limits};
use crate::finding::{Lang, Words};

/// How far into a file an archive must begin, unless it ends like one.
const HEAD: usize = 4096;
const ARCHIVE_END: &[u8] = b"PK\x05\x06";
/// The end record with the longest comment it may have.
const ARCHIVE_TAIL: usize = 22 + 0xffff;

/// Of so many files none is found quicker by a list of their names.
const FEW: usize = 64;

const EMPTY_DIRECTORY: (&str, &str) = ("its directory is empty", "目录为空");
const NO_DIRECTORY: (&str, &str) = (
    "the directory of the zip archive cannot be read; it may have been cut off",
    "zip 压缩包的目录无法读取，文件可能被截断",
);
/// What unpacking says in Chinese, whatever it met.
const NOT_UNPACKED: &str = "压缩数据有误";

/// Whether the bytes begin or end as an archive does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    memmem::find(&bytes[..bytes.len().min(HEAD)], b"PK\x03\x04").is_some() || has_archive_end(bytes)
}

/// Whether an archive ends within the last 64 KiB, where the format wants it.
fn has_archive_end(bytes: &[u8]) -> bool {
    memmem::find(&bytes[bytes.len().saturating_sub(ARCHIVE_TAIL)..], ARCHIVE_END).is_some()
}

enum Held<'b> {
    Archive(ZipArchive<Cursor<&'b [u8]>>),
    Wreck(Vec<(String, salvage::Packed<'b>)>),
}

/// An opened archive.
pub(super) struct Zip<'b> {
    held: Held<'b>,
    /// The whole file.
    source: &'b [u8],
    /// What unpacks one part after another; to make it takes as long as to unpack a small part.
    inflater: RefCell<Option<Decompress>>,
    limits: Limits,
    /// Names as the archive writes them by their usual spelling, made when first asked for.
    spellings: OnceCell<Spellings>,
    /// What was wrong with the archive as a whole, if anything.
    pub(super) damage: Option<Words>,
}

/// A file of an archive, unpacked.
pub(super) struct Unzipped<'p> {
    /// As the archive writes it.
    pub(super) name: String,
    pub(super) bytes: Cow<'p, [u8]>,
    /// Why unpacking stopped or cannot be trusted, if it did.
    pub(super) broken: Option<Words>,
}

impl<'b> Zip<'b> {
    /// Opens an archive on behalf of a reader.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it has no files, [`Error::Limit`] if it has too many.
    pub(super) fn open(bytes: &'b [u8], limits: &Limits, reader: &'static str) -> Result<Self, Error> {
        admit_entries(bytes, limits)?;
        let (held, damage) = match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) if !archive.is_empty() => {
                admit_count(archive.len(), limits)?;
                (Held::Archive(archive), None)
            }
            outcome => {
                let why = outcome.err().map_or(EMPTY_DIRECTORY.into(), |error| said(&error, "找不到完整的目录"));
                let parts = salvage::parts(bytes, limits.entries);
                if parts.is_empty() {
                    let what = enclosed(("a zip archive without files", "zip 压缩包中没有文件"), &why);
                    return Err(Error::Damaged { reader, what });
                }
                (Held::Wreck(parts), Some(enclosed(NO_DIRECTORY, &why)))
            }
        };
        let inflater = RefCell::default();
        Ok(Zip { held, source: bytes, inflater, limits: *limits, spellings: OnceCell::new(), damage })
    }

    /// The names of its files, as it writes them.
    pub(super) fn names(&self) -> Vec<String> {
        match &self.held {
            Held::Archive(archive) => {
                archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
            }
            Held::Wreck(parts) => parts.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    /// Whether it has a file of exactly this name.
    pub(super) fn has(&self, name: &str) -> bool {
        match &self.held {
            Held::Archive(archive) => archive.index_for_name_raw(name.as_bytes()).is_some(),
            Held::Wreck(parts) => parts.iter().any(|(known, _)| known == name),
        }
    }

    /// The name as the archive writes it: programs disagree about case and slashes.
    pub(super) fn spelled(&self, name: &str) -> Option<String> {
        if let Held::Archive(archive) = &self.held {
            if self.has(name) {
                return Some(name.to_owned());
            }
            // Quick way: in a file as programs write them there are few names to look through.
            if archive.len() <= FEW {
                let names = || archive.file_names_raw().map(String::from_utf8_lossy);
                let plain = plain(name);
                let found =
                    names().find(|known| *known == plain).or_else(|| names().find(|known| is_plain(known, &plain)));
                return found.map(Cow::into_owned);
            }
        }
        self.spellings.get_or_init(|| Spellings::of(self.names())).find(name)
    }

    /// The file of this name in whatever spelling, as far as it can be unpacked.
    ///
    /// # Errors
    /// [`Error::Limit`] if it unpacks to too much, [`Error::PasswordProtected`] if it is encrypted.
    pub(super) fn file(&self, name: &str) -> Result<Option<Unzipped<'_>>, Error> {
        let Some(name) = self.spelled(name) else { return Ok(None) };
        let (bytes, broken) = match &self.held {
            Held::Archive(archive) => match self.at_once(archive, &name) {
                Some(bytes) => (Cow::Owned(bytes), None),
                None => unpack(archive, &name, &self.limits)?,
            },
            Held::Wreck(parts) => match parts.iter().find(|(known, _)| *known == name) {
                Some((_, packed)) => packed.unpack(&self.limits)?,
                None => return Ok(None),
            },
        };
        Ok(Some(Unzipped { name, bytes, broken }))
    }
}

impl Zip<'_> {
    /// The quick way for a file that is packed as nearly all are and of which everything is as the directory says:
    /// in one step, into memory of its length. All else is left to [`unpack`], which knows how to complain.
    fn at_once(&self, archive: &ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
        let mut archive = archive.clone();
        let file = archive.by_index_raw(archive.index_for_name(name)?).ok()?;
        if file.compression() != CompressionMethod::Deflated || file.encrypted() {
            return None;
        }
        let (start, packed) =
            (usize::try_from(file.data_start()?).ok()?, usize::try_from(file.compressed_size()).ok()?);
        let packed = self.source.get(start..start.checked_add(packed)?)?;
        let length = usize::try_from(file.size()).ok()?;
        self.limits.unpacked(packed.len()).admit(length).ok()?;
        let mut inflater = self.inflater.borrow_mut();
        let inflater = inflater.get_or_insert_with(|| Decompress::new(false));
        inflater.reset(false);
        // One byte more lets the end be seen.
        let mut bytes = Vec::with_capacity(length + 1);
        let status = inflater.decompress_vec(packed, &mut bytes, FlushDecompress::Finish).ok()?;
        let mut sum = Crc::new();
        sum.update(&bytes);
        (status == Status::StreamEnd && bytes.len() == length && sum.sum() == file.crc32()).then_some(bytes)
    }
}

/// Whether this is the usual spelling of a name.
fn is_plain(name: &str, plain: &str) -> bool {
    let usual = name.trim_start_matches('/').bytes().map(|byte| match byte {
        b'\\' => b'/',
        byte => byte.to_ascii_lowercase(),
    });
    usual.eq(plain.bytes())
}

/// The usual spelling of a name.
fn plain(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// Names by themselves and by their usual spelling.
pub(super) struct Spellings(HashMap<String, String>);

impl Spellings {
    /// Of names that are spelled the same, the first counts.
    pub(super) fn of(names: Vec<String>) -> Self {
        let mut known: HashMap<String, String> = names.iter().map(|name| (name.clone(), name.clone())).collect();
        for name in names {
            known.entry(plain(&name)).or_insert(name);
        }
        Spellings(known)
    }

    pub(super) fn find(&self, name: &str) -> Option<String> {
        self.0.get(name).or_else(|| self.0.get(&plain(name))).cloned()
    }
}

/// The target of a reference as a name in the archive; `folder` is that of the part that refers.
pub(super) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let (base, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, &target[..]),
    };
    let mut path: Vec<&str> = base.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// What a program below says in English, and the same in general terms in Chinese.
fn said(error: &impl ToString, zh: &'static str) -> Words {
    Words::new(error.to_string(), zh)
}

/// `what (why)`.
fn enclosed((en, zh): (&str, &str), why: &Words) -> Words {
    Words::new(format!("{en} ({})", why.of(Lang::En)), format!("{zh}（{}）", why.of(Lang::Zh)))
}

/// Whether the directory at the very end of an archive names a file, in these bytes: the quick way to tell what an archive
/// is that is in order. Of any other it is not said.
pub(super) fn surely_names(bytes: &[u8], name: &str) -> bool {
    const END: usize = 22;
    let number = |bytes: &[u8], at: usize| {
        let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
        four.map_or(0, |four| u32::from_le_bytes(four) as usize)
    };
    let Some(end) = bytes.len().checked_sub(END).filter(|at| bytes[*at..].starts_with(ARCHIVE_END)) else {
        return false;
    };
    let start = number(bytes, end + 16);
    let Some(directory) = bytes.get(start..start.saturating_add(number(bytes, end + 12)).min(end)) else {
        return false;
    };
    memmem::find_iter(directory, name).any(|at| {
        // The name stands behind 46 bytes of its entry, the length of the name in the 28th of them.
        let entry = at.checked_sub(46).map(|entry| &directory[entry..at]);
        entry.is_some_and(|entry| {
            entry.starts_with(b"PK\x01\x02") && usize::from(u16::from_le_bytes([entry[28], entry[29]])) == name.len()
        })
    })
}

/// Refuses an archive by the number of files that it says it has, before any is looked at.
fn admit_entries(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let Some(end) = memmem::rfind(bytes, ARCHIVE_END) else { return Ok(()) };
    let count = bytes.get(end + 10..end + 12).map_or(0, |count| usize::from(u16::from_le_bytes([count[0], count[1]])));
    admit_count(count, limits)
}

/// Refuses so many files.
pub(super) fn admit_count(count: usize, limits: &Limits) -> Result<(), Error> {
    if count > limits.entries { Err(Error::limit("entries", limits.entries, count)) } else { Ok(()) }
}

/// Unpacks a file of the archive, as far as it goes.
fn unpack<'p>(
    archive: &ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
) -> Result<(Cow<'p, [u8]>, Option<Words>), Error> {
    // A clone shares the directory; reading moves only its own cursor.
    let mut archive = archive.clone();
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
            return Err(Error::PasswordProtected);
        }
        Err(error) => return Ok((Cow::Borrowed(b""), Some(said(&error, NOT_UNPACKED)))),
    };
    let (packed, declared) = (file.compressed_size(), file.size());
    let allowed = limits.unpacked(usize::try_from(packed).unwrap_or(usize::MAX));
    let expected = usize::try_from(declared).unwrap_or(usize::MAX).min(allowed.bytes);
    let (bytes, broken) = read_within(file, expected, allowed)?;
    Ok((Cow::Owned(bytes), broken))
}

/// Reads to the end, an error, or the limit.
fn read_within(mut source: impl Read, expected: usize, allowed: Unpacked) -> Result<(Vec<u8>, Option<Words>), Error> {
    // One byte more than expected lets the end be seen without the buffer growing. `read_to_end` would make what is
    // left of the buffer zero again with every piece.
    let mut bytes = vec![0; expected + 1];
    let (mut filled, mut broken) = (0, None);
    loop {
        if filled == bytes.len() {
            allowed.admit(filled)?;
            bytes.resize(filled.saturating_mul(2).clamp(filled + 1, allowed.bytes.saturating_add(1)), 0);
        }
        match source.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                broken = Some(said(&error, NOT_UNPACKED));
                break;
            }
        }
    }
    allowed.admit(filled)?;
    bytes.truncate(filled);
    Ok((bytes, broken))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of files that are not packed.
    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, bytes) in files {
            writer.start_file(*name, stored).expect("started");
            std::io::Write::write_all(&mut writer, bytes).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    #[test]
    fn an_archive_names_what_its_own_directory_does() {
        let name = "word/document.xml";
        let inner = archive(&[("a", b""), (name, b"<w:document/>")]);
        assert!(surely_names(&inner, name));
        // What lies in it whole, with a directory of its own, and longer names that hold the name.
        assert!(!surely_names(&archive(&[("inner.docx", &inner)]), name));
        assert!(!surely_names(&archive(&[("copy/word/document.xml", b""), ("word/document.xml.rels", b"")]), name));
        // What is not in order is not said.
        for broken in [&inner[..inner.len() - 1], &[b"x", &inner[..]].concat(), &[&inner[..], b"x"].concat(), b""] {
            assert!(!surely_names(broken, name));
        }
    }

    #[test]
    fn names_are_found_in_whatever_spelling_among_few_and_many() {
        let spellings =
            ["word/A.xml", "Word\\B.xml", "/word/c.xml", "word/D.XML", "word/d.xml", "WORD/e.xml", "word/E.xml"];
        for more in [0, FEW] {
            let names: Vec<String> = spellings.iter().map(|name| (*name).to_owned()).collect();
            let names: Vec<String> = names.into_iter().chain((0..more).map(|at| format!("more/{at}"))).collect();
            let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
            let bytes = archive(&files);
            let zip = Zip::open(&bytes, &Limits::default(), "zip").expect("an archive");
            for (asked, found) in [
                ("word/a.xml", Some("word/A.xml")),
                ("word/b.XML", Some("Word\\B.xml")),
                ("\\WORD/C.xml", Some("/word/c.xml")),
                ("word/D.xml", Some("word/d.xml")),
                ("word/D.XML", Some("word/D.XML")),
                ("Word/E.xml", Some("WORD/e.xml")),
                ("word/f.xml", None),
                ("", None),
            ] {
                assert_eq!(zip.spelled(asked).as_deref(), found, "{asked} of {}", names.len());
            }
        }
    }

    #[test]
    fn targets_are_resolved_from_the_folder_of_their_part() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("word", "../docProps/./core.xml"), "docProps/core.xml");
        assert_eq!(resolve("", "word\\document2.xml"), "word/document2.xml");
    }
}
