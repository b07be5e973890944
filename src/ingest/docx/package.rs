//! The container: parts by name, the relationships between them, and which part is the text.
//!
//! A container is a zip archive, the wreck of one (`salvage`), one XML file that holds the
//! parts (flat OPC), or one XML file that is the text itself (Word 2003). What is inside a
//! part is the business of others.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::names::{Bindings, Tag};
use super::xml::{Event, Scanner, Stop};
use super::{NAME, decode, ole, salvage};
use crate::finding::{Lang, Words};
use crate::ingest::{Error, Limits};

/// Where a part lies that is not in a readable archive.
pub(super) struct Loose<'b> {
    pub(super) name: String,
    pub(super) content: Content<'b>,
}

/// How the bytes of a [`Loose`] part are held.
pub(super) enum Content<'b> {
    /// Packed, in a damaged archive.
    Packed(salvage::Packed<'b>),
    /// From byte to byte of the XML file that holds all parts.
    Xml(std::ops::Range<usize>),
}

enum Container<'b> {
    Zip(ZipArchive<Cursor<&'b [u8]>>),
    Wreck(Vec<Loose<'b>>),
    Flat { text: Cow<'b, [u8]>, parts: Vec<Loose<'b>> },
    Single(Cow<'b, [u8]>),
}

/// A part as it was unpacked.
pub(super) struct Part<'p> {
    pub(super) name: String,
    /// UTF-8, unless the part lies about its encoding.
    pub(super) text: Cow<'p, [u8]>,
    /// Why unpacking stopped or cannot be trusted, if it did.
    pub(super) broken: Option<Words>,
    /// The encoding it was decoded from, and how many places were no text in it.
    pub(super) undecodable: Option<(&'static str, usize)>,
}

/// A relationship of a part to another.
#[derive(Debug)]
pub(super) struct Relation {
    /// The last word of its type: `styles`, `header`, `officeDocument`.
    pub(super) kind: String,
    /// Name of the part it leads to.
    pub(super) target: String,
}

/// An opened container.
pub(super) struct Package<'b> {
    container: Container<'b>,
    limits: Limits,
    /// Names as the container writes them by their usual spelling, made when first asked for.
    spellings: OnceCell<HashMap<String, String>>,
    /// What was wrong with the container as a whole, if anything.
    pub(super) damage: Option<Words>,
}

/// What of the bytes this reader may take on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Ole,
    FlatXml,
    WordXml,
}

/// How far into a file the first tag of an XML document must begin.
const HEAD: usize = 4096;

fn kind(bytes: &[u8]) -> Result<Kind, Words> {
    if bytes.starts_with(ole::MAGIC) {
        return if ole::is_encrypted_package(bytes) { Ok(Kind::Ole) } else { Err(ole::describe(bytes)) };
    }
    if memmem::find(&bytes[..bytes.len().min(HEAD)], b"PK\x03\x04").is_some() || has_archive_end(bytes) {
        return Ok(Kind::Zip);
    }
    let head = decode::decoded(&bytes[..bytes.len().min(HEAD)]).text;
    if !head.trim_ascii_start().trim_start_bom().starts_with(b"<") {
        return Err(("neither a zip archive nor XML", "既非 zip 压缩包，也非 XML").into());
    }
    if memmem::find(&head, b"http://schemas.microsoft.com/office/2006/xmlPackage").is_some() {
        return Ok(Kind::FlatXml);
    }
    if memmem::find(&head, b"http://schemas.microsoft.com/office/word/2003/wordml").is_some() {
        return Ok(Kind::WordXml);
    }
    Err(("XML, but neither a flat package nor Word 2003", "是 XML，但既非单文件包，也非 Word 2003 格式").into())
}

trait Bom {
    fn trim_start_bom(&self) -> &[u8];
}

impl Bom for [u8] {
    fn trim_start_bom(&self) -> &[u8] {
        self.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self).trim_ascii_start()
    }
}

/// Whether an archive ends within the last 64 KiB, where the format wants it.
fn has_archive_end(bytes: &[u8]) -> bool {
    memmem::rfind(&bytes[bytes.len().saturating_sub(ARCHIVE_TAIL)..], ARCHIVE_END).is_some()
}

const ARCHIVE_END: &[u8] = b"PK\x05\x06";
/// The end record with the longest comment it may have.
const ARCHIVE_TAIL: usize = 22 + 0xffff;

/// Whether the bytes are a Word document, without unpacking more than is needed to tell.
pub(super) fn recognise(bytes: &[u8]) -> Result<(), Words> {
    match kind(bytes)? {
        Kind::Ole | Kind::WordXml => Ok(()),
        Kind::Zip | Kind::FlatXml => {
            let package = match Package::open(bytes, &Limits::default()) {
                Ok(package) => package,
                // `read` will say the same, with its name.
                Err(_) => return Ok(()),
            };
            if package.has("word/document.xml") {
                return Ok(());
            }
            match package.main_name() {
                Ok(Some(_)) | Err(_) => Ok(()),
                // A wreck of an archive has lost the very names by which it would be known.
                Ok(None) if package.damage.is_some() && package.foreign().is_none() => Ok(()),
                Ok(None) => Err(package.describe()),
            }
        }
    }
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Error> {
        let limits = *limits;
        let container = match kind(bytes).map_err(damaged)? {
            Kind::Ole => return Err(Error::PasswordProtected),
            Kind::WordXml => Container::Single(decode::decoded(bytes).text),
            Kind::FlatXml => {
                let text = decode::decoded(bytes).text;
                let parts = flat_parts(&text, &limits)?;
                Container::Flat { text, parts }
            }
            Kind::Zip => return Self::open_zip(bytes, limits),
        };
        Ok(Package { container, limits, spellings: OnceCell::new(), damage: None })
    }

    fn open_zip(bytes: &'b [u8], limits: Limits) -> Result<Self, Error> {
        admit_entries(bytes, &limits)?;
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) if !archive.is_empty() => {
                admit_count(archive.len(), &limits)?;
                Ok(Package { container: Container::Zip(archive), limits, spellings: OnceCell::new(), damage: None })
            }
            outcome => {
                let why = outcome.err().map_or(EMPTY_DIRECTORY.into(), |error| said(&error, "找不到完整的目录"));
                let parts = salvage::parts(bytes, limits.entries);
                if parts.is_empty() {
                    return Err(damaged(enclosed(("a zip archive without files", "zip 压缩包中没有文件"), &why)));
                }
                let damage = Some(enclosed(NO_DIRECTORY, &why));
                Ok(Package { container: Container::Wreck(parts), limits, spellings: OnceCell::new(), damage })
            }
        }
    }

    fn names(&self) -> Vec<String> {
        match &self.container {
            Container::Zip(archive) => {
                archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
            }
            Container::Wreck(parts) | Container::Flat { parts, .. } => {
                parts.iter().map(|part| part.name.clone()).collect()
            }
            Container::Single(_) => vec![MAIN.to_owned()],
        }
    }

    fn has(&self, name: &str) -> bool {
        match &self.container {
            Container::Zip(archive) => archive.index_for_name_raw(name.as_bytes()).is_some(),
            Container::Wreck(parts) | Container::Flat { parts, .. } => parts.iter().any(|part| part.name == name),
            Container::Single(_) => name == MAIN,
        }
    }

    /// The name as the container writes it: programs disagree about case and slashes.
    pub(super) fn spelled(&self, name: &str) -> Option<String> {
        if matches!(self.container, Container::Zip(_)) && self.has(name) {
            return Some(name.to_owned());
        }
        let plain = |name: &str| name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase();
        let spellings = self.spellings.get_or_init(|| {
            let names = self.names();
            let mut spellings: HashMap<String, String> =
                names.iter().map(|name| (name.clone(), name.clone())).collect();
            for name in names {
                spellings.entry(plain(&name)).or_insert(name);
            }
            spellings
        });
        spellings.get(name).or_else(|| spellings.get(&plain(name))).cloned()
    }

    /// The part of this name, unpacked and decoded.
    pub(super) fn part(&self, name: &str) -> Result<Option<Part<'_>>, Error> {
        let Some(name) = self.spelled(name) else { return Ok(None) };
        let (bytes, broken) = match &self.container {
            Container::Zip(archive) => unpack(archive, &name, &self.limits)?,
            Container::Single(text) => (Cow::Borrowed(&text[..]), None),
            Container::Wreck(parts) => match parts.iter().find(|part| part.name == name) {
                Some(Loose { content: Content::Packed(packed), .. }) => packed.unpack(&self.limits)?,
                _ => return Ok(None),
            },
            Container::Flat { text, parts } => match parts.iter().find(|part| part.name == name) {
                Some(Loose { content: Content::Xml(range), .. }) => (Cow::Borrowed(&text[range.clone()]), None),
                _ => return Ok(None),
            },
        };
        let decode::Decoded { text, undecodable } = decode::decoded_cow(bytes);
        Ok(Some(Part { name, text, broken, undecodable }))
    }

    /// The prefixes that hold for every part from outside.
    pub(super) fn bindings(&self) -> Bindings<'static> {
        Bindings::customary()
    }

    /// The relationships of a part; none if it has none or they cannot be read.
    pub(super) fn relations(&self, part: &str) -> Result<Vec<Relation>, Error> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(part) = self.part(&name)? else { return Ok(Vec::new()) };
        let mut scan = Scanner::new(&part.text, self.bindings(), self.limits.depth);
        let mut relations = Vec::new();
        while let Ok(event) = scan.next() {
            match event {
                Event::Open(_) if scan.local_name() == b"Relationship" => {
                    let external = scan.attribute(b"TargetMode").is_some_and(|mode| mode == "External");
                    if let (Some(kind), Some(target), false) =
                        (scan.attribute(b"Type"), scan.attribute(b"Target"), external)
                    {
                        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                        relations.push(Relation { kind, target: resolve(folder, &target) });
                    }
                }
                Event::End => break,
                _ => {}
            }
        }
        Ok(relations)
    }

    /// The part with the text.
    pub(super) fn main(&self) -> Result<Part<'_>, Error> {
        let missing = || damaged(self.damage.clone().unwrap_or_else(|| self.describe()));
        let name = self.main_name()?.ok_or_else(missing)?;
        self.part(&name)?.ok_or_else(missing)
    }

    /// Its name: by the package's relationships, else by content type, else by custom.
    fn main_name(&self) -> Result<Option<String>, Error> {
        if let Container::Single(_) = self.container {
            return Ok(Some(MAIN.to_owned()));
        }
        let relations = self.relations("")?;
        let targets = relations.into_iter().filter(|relation| relation.kind == "officeDocument");
        let known = targets.filter_map(|relation| self.spelled(&relation.target)).next();
        if let Some(name) = known
            && (name == MAIN || self.is_word(&name)?)
        {
            return Ok(Some(name));
        }
        if let Some(name) = self.typed_as_word()? {
            return Ok(Some(name));
        }
        Ok(self.spelled(MAIN))
    }

    /// Whether the first tag of a part says it is a Word document.
    fn is_word(&self, name: &str) -> Result<bool, Error> {
        let Some(part) = self.part(name)? else { return Ok(false) };
        let head = &part.text[..part.text.len().min(HEAD)];
        let known: [&[u8]; 3] = [b"wordprocessingml/2006/main", b"ooxml/wordprocessingml/main", b"<w:document"];
        Ok(known.iter().any(|known| memmem::find(head, known).is_some()))
    }

    /// The first part whose content type is that of a Word document or template.
    fn typed_as_word(&self) -> Result<Option<String>, Error> {
        let Some(part) = self.part("[Content_Types].xml")? else { return Ok(None) };
        let mut scan = Scanner::new(&part.text, self.bindings(), self.limits.depth);
        while let Ok(event) = scan.next() {
            match event {
                Event::Open(_) if scan.local_name() == b"Override" => {
                    let kind = scan.attribute(b"ContentType").unwrap_or_default().to_ascii_lowercase();
                    let word = kind.contains("wordprocessingml.") || kind.contains("ms-word.");
                    let main = kind.contains("document.main+xml")
                        || kind.contains("template.main+xml")
                        || (kind.contains("macroenabled") && kind.contains("main+xml"));
                    if word
                        && main
                        && let Some(name) = scan.attribute(b"PartName").and_then(|name| self.spelled(&name))
                    {
                        return Ok(Some(name));
                    }
                }
                Event::End => break,
                _ => {}
            }
        }
        Ok(None)
    }

    /// What a container without a Word text is, as far as its names tell.
    fn describe(&self) -> Words {
        let kind = match self.container {
            Container::Flat { .. } => ("a flat package without a main document part", "缺少正文部件的单文件包"),
            _ => ("a zip archive without a main document part", "缺少正文部件的 zip 压缩包"),
        };
        self.foreign().unwrap_or(kind).into()
    }

    /// The other format that its names show, if they do.
    fn foreign(&self) -> Option<(&'static str, &'static str)> {
        let names = self.names();
        let has = |prefix: &str| names.iter().any(|name| name.starts_with(prefix));
        if has("xl/") {
            Some(("an Excel workbook", "Excel 工作簿"))
        } else if has("ppt/") {
            Some(("a PowerPoint presentation", "PowerPoint 演示文稿"))
        } else if names.iter().any(|name| name == "mimetype") && has("META-INF/") {
            Some(("an OpenDocument or EPUB file", "OpenDocument 或 EPUB 文件"))
        } else {
            None
        }
    }
}

/// Where the text lies by custom.
const MAIN: &str = "word/document.xml";

const EMPTY_DIRECTORY: (&str, &str) = ("its directory is empty", "目录为空");
const NO_DIRECTORY: (&str, &str) = (
    "the directory of the zip archive cannot be read; it may have been cut off",
    "zip 压缩包的目录无法读取，文件可能被截断",
);
/// What unpacking says in Chinese, whatever it met.
const NOT_UNPACKED: &str = "压缩数据有误";

pub(super) fn damaged(what: Words) -> Error {
    Error::Damaged { reader: NAME, what }
}

/// What a program below says in English, and the same in general terms in Chinese.
fn said(error: &impl ToString, zh: &'static str) -> Words {
    Words::new(error.to_string(), zh)
}

/// `what (why)`.
fn enclosed((en, zh): (&str, &str), why: &Words) -> Words {
    Words::new(format!("{en} ({})", why.of(Lang::En)), format!("{zh}（{}）", why.of(Lang::Zh)))
}

/// Refuses an archive by the number of files that it says it has, before any is looked at.
fn admit_entries(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let Some(end) = memmem::rfind(bytes, ARCHIVE_END) else { return Ok(()) };
    let count = bytes.get(end + 10..end + 12).map_or(0, |count| usize::from(u16::from_le_bytes([count[0], count[1]])));
    admit_count(count, limits)
}

fn admit_count(count: usize, limits: &Limits) -> Result<(), Error> {
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
pub(super) fn read_within(
    source: impl Read,
    expected: usize,
    allowed: crate::ingest::limits::Unpacked,
) -> Result<(Vec<u8>, Option<Words>), Error> {
    // One byte more than expected lets the end be seen without the buffer growing.
    let mut bytes = Vec::with_capacity(expected + 1);
    let outcome = source.take(allowed.bytes as u64 + 1).read_to_end(&mut bytes);
    allowed.admit(bytes.len())?;
    Ok((bytes, outcome.err().map(|error| said(&error, NOT_UNPACKED))))
}

/// The parts of a flat package and where their XML lies.
fn flat_parts(text: &[u8], limits: &Limits) -> Result<Vec<Loose<'static>>, Error> {
    let mut scan = Scanner::new(text, Bindings::customary(), limits.depth);
    let mut parts = Vec::new();
    let mut name = String::new();
    loop {
        match scan.next() {
            Ok(Event::Open(Tag::PackagePart)) => {
                name = scan.attribute(b"name").unwrap_or_default().trim_start_matches('/').to_owned();
            }
            Ok(Event::Open(Tag::PackageXml)) => {
                admit_count(parts.len(), limits)?;
                let from = scan.position();
                let skipped = scan.skip();
                let read = &text[from..scan.position().max(from)];
                let to = match skipped {
                    Ok(()) => from + memchr::memrchr(b'<', read).unwrap_or(0),
                    // The part breaks off; its reader will meet the break again and say so.
                    Err(_) => text.len(),
                };
                parts.push(Loose { name: std::mem::take(&mut name), content: Content::Xml(from..to) });
                if let Err(Stop::Limit(error)) = skipped {
                    return Err(error);
                }
            }
            Ok(Event::End) | Err(_) => return Ok(parts),
            Ok(_) => {}
        }
    }
}

/// The target of a relationship as a name in the package.
fn resolve(folder: &str, target: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_the_folder_of_their_part() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("word", "../docProps/./core.xml"), "docProps/core.xml");
        assert_eq!(resolve("", "word\\document2.xml"), "word/document2.xml");
    }
}
