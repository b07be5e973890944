//! The container: parts by name, the relationships between them, and which part is the text.
//!
//! A container is a zip archive, the wreck of one (`salvage`), one XML file that holds the
//! parts (flat OPC), or one XML file that is the text itself (Word 2003). What is inside a
//! part is the business of others.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use memchr::memmem;

use super::NAME;
use super::names::{Bindings, Tag};
use super::xml::{Event, Scanner, Stop};
use crate::finding::Words;
use crate::ingest::xml::decode;
use crate::ingest::xml::part::Part;
use crate::ingest::zip::{Spellings, Unzipped, Zip, admit_count, is_zip, resolve, surely_names};
use crate::ingest::{Error, Limits, ole};

enum Container<'b> {
    Zip(Box<Zip<'b>>),
    /// The parts by name, and from byte to byte of the XML file that holds them all.
    Flat {
        text: Cow<'b, [u8]>,
        parts: Vec<(String, Range<usize>)>,
    },
    Single(Cow<'b, [u8]>),
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
    /// Names of a flat package by their usual spelling, made when first asked for.
    spellings: OnceCell<Spellings>,
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
    if is_zip(bytes) {
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

/// Whether the bytes are a Word document, without unpacking more than is needed to tell.
pub(super) fn recognise(bytes: &[u8]) -> Result<(), Words> {
    match kind(bytes)? {
        Kind::Ole | Kind::WordXml => Ok(()),
        // Quick way: nearly all are in order.
        Kind::Zip if surely_names(bytes, MAIN) => Ok(()),
        Kind::Zip | Kind::FlatXml => {
            let package = match Package::open(bytes, &Limits::default()) {
                Ok(package) => package,
                // `read` will say the same, with its name.
                Err(_) => return Ok(()),
            };
            if package.has(MAIN) {
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
        let container = match kind(bytes).map_err(damaged)? {
            Kind::Ole => return Err(Error::PasswordProtected),
            Kind::WordXml => Container::Single(decode::decoded(bytes).text),
            Kind::FlatXml => {
                let text = decode::decoded(bytes).text;
                let parts = flat_parts(&text, limits)?;
                Container::Flat { text, parts }
            }
            Kind::Zip => Container::Zip(Box::new(Zip::open(bytes, limits, NAME)?)),
        };
        let damage = if let Container::Zip(zip) = &container { zip.damage.clone() } else { None };
        Ok(Package { container, limits: *limits, spellings: OnceCell::new(), damage })
    }

    /// Whether its parts are files of an archive that is in order.
    pub(super) fn is_archive(&self) -> bool {
        matches!(self.container, Container::Zip(_)) && self.damage.is_none()
    }

    /// The bytes of a part as they are packed, before they are decoded.
    pub(super) fn bytes(&self, name: &str) -> Result<Option<Unzipped<'_>>, Error> {
        if let Container::Zip(zip) = &self.container { zip.file(name) } else { Ok(None) }
    }

    pub(super) fn names(&self) -> Vec<String> {
        match &self.container {
            Container::Zip(zip) => zip.names(),
            Container::Flat { parts, .. } => parts.iter().map(|(name, _)| name.clone()).collect(),
            Container::Single(_) => vec![MAIN.to_owned()],
        }
    }

    fn has(&self, name: &str) -> bool {
        match &self.container {
            Container::Zip(zip) => zip.has(name),
            Container::Flat { parts, .. } => parts.iter().any(|(known, _)| known == name),
            Container::Single(_) => name == MAIN,
        }
    }

    /// The name as the container writes it: programs disagree about case and slashes.
    pub(super) fn spelled(&self, name: &str) -> Option<String> {
        if let Container::Zip(zip) = &self.container {
            return zip.spelled(name);
        }
        self.spellings.get_or_init(|| Spellings::of(self.names())).find(name)
    }

    /// The part of this name, unpacked and decoded.
    pub(super) fn part(&self, name: &str) -> Result<Option<Part<'_>>, Error> {
        if let Container::Zip(zip) = &self.container {
            return Ok(zip.file(name)?.map(Part::of));
        }
        let Some(name) = self.spelled(name) else { return Ok(None) };
        let bytes = match &self.container {
            Container::Flat { text, parts } => match parts.iter().find(|(known, _)| *known == name) {
                Some((_, range)) => &text[range.clone()],
                None => return Ok(None),
            },
            Container::Single(text) => &text[..],
            Container::Zip(_) => return Ok(None),
        };
        Ok(Some(Part::of(Unzipped { name, bytes: Cow::Borrowed(bytes), broken: None })))
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
        } else if names.iter().any(|name| name == "mimetype") {
            Some(("an OpenDocument or EPUB file", "OpenDocument 或 EPUB 文件"))
        } else {
            None
        }
    }
}

/// Where the text lies by custom.
const MAIN: &str = "word/document.xml";

pub(super) fn damaged(what: Words) -> Error {
    Error::Damaged { reader: NAME, what }
}

/// The parts of a flat package and where their XML lies.
fn flat_parts(text: &[u8], limits: &Limits) -> Result<Vec<(String, Range<usize>)>, Error> {
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
                parts.push((std::mem::take(&mut name), from..to));
                if let Err(Stop::Limit(error)) = skipped {
                    return Err(error);
                }
            }
            Ok(Event::End) | Err(_) => return Ok(parts),
            Ok(_) => {}
        }
    }
}
