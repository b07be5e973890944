//! The container: parts of a zip archive or of a flat OPC file, found by relationships, within limits.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::xml;
use crate::ingest::{Error, Limits};

/// Unpacked sizes below this are let pass whatever their ratio: small parts of nothing but zeros
/// pack very well and harm nobody.
const RATIO_FROM: usize = 1 << 20;
/// Entries of one archive. Word writes about 15; a report full of pictures, some hundreds.
const MOST_ENTRIES: usize = 20_000;

/// The parts of a document.
pub(super) enum Package<'a> {
    /// A zip archive with its directory.
    Zip(Box<ZipArchive<Cursor<&'a [u8]>>>),
    /// Parts already unpacked: of a flat file, or of an archive that lost its directory.
    Ready(HashMap<String, String>),
}

/// A part's text, and why it breaks off if it does.
pub(super) struct Part {
    pub text: String,
    pub broken: Option<String>,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        if !is_zip(bytes) {
            return flat(bytes).map(Package::Ready);
        }
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) if archive.len() > MOST_ENTRIES => Err(Error::limit("entries", MOST_ENTRIES, archive.len())),
            Ok(archive) => Ok(Package::Zip(Box::new(archive))),
            Err(error) => salvage(bytes, limits, &error.to_string()),
        }
    }

    /// Whether the archive lost its directory, so that its end is missing.
    pub fn is_salvaged(&self, bytes: &[u8]) -> bool {
        matches!(self, Package::Ready(_)) && is_zip(bytes)
    }

    pub fn part(&mut self, name: &str, limits: &Limits) -> Result<Option<Part>, Error> {
        let archive = match self {
            Package::Ready(parts) => return Ok(parts.get(name).map(|text| Part { text: text.clone(), broken: None })),
            Package::Zip(archive) => archive,
        };
        let Some(index) = index_of(archive, name) else { return Ok(None) };
        let mut entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => return Err(Error::Damaged { reader: "docx", what: format!("`{name}`: {error}") }),
        };
        let packed = usize::try_from(entry.compressed_size()).unwrap_or(usize::MAX);
        let (bytes, broken) = unpack(&mut entry, packed, limits)?;
        Ok(Some(Part { text: xml::decode(bytes), broken }))
    }

    /// Name of the main part: by the package's relationships, else by the usual name.
    pub fn main_part(&mut self, limits: &Limits) -> Result<String, Error> {
        let relations = self.part("_rels/.rels", limits)?.map(|part| relationships(&part.text, "")).unwrap_or_default();
        let stated = relations.into_iter().find(|(kind, _)| kind == "officeDocument").map(|(_, target)| target);
        if let Some(stated) = stated {
            return Ok(stated);
        }
        let types = self.part("[Content_Types].xml", limits)?;
        let named = types.and_then(|types| main_by_type(&types.text));
        Ok(named.unwrap_or_else(|| "word/document.xml".to_owned()))
    }

    /// Kind (last word of the type) and target of every relationship of a part.
    pub fn relations(&mut self, of: &str, limits: &Limits) -> Result<Vec<(String, String)>, Error> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        Ok(self.part(&name, limits)?.map(|part| relationships(&part.text, folder)).unwrap_or_default())
    }
}

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Names compare without case and with either slash: packers differ.
fn index_of(archive: &ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<usize> {
    archive.index_for_name(name).or_else(|| {
        let same = |other: Cow<str>| other.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(name);
        (0..archive.len()).find(|at| archive.name_for_index(*at).and_then(Result::ok).is_some_and(&same))
    })
}

/// Unpacks one entry as far as it goes; what breaks it off is told beside the bytes.
fn unpack(entry: &mut impl Read, packed: usize, limits: &Limits) -> Result<(Vec<u8>, Option<String>), Error> {
    let mut bytes = Vec::with_capacity((packed.saturating_mul(6)).min(limits.part_bytes));
    let mut buffer = [0u8; 32 << 10];
    loop {
        match entry.read(&mut buffer) {
            Ok(0) => return Ok((bytes, None)),
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
            Err(error) => return Ok((bytes, Some(error.to_string()))),
        }
        if bytes.len() > limits.part_bytes {
            return Err(Error::limit("part_bytes", limits.part_bytes, bytes.len()));
        }
        if bytes.len() > RATIO_FROM && bytes.len() / packed.max(1) > limits.ratio {
            return Err(Error::limit("ratio", limits.ratio, bytes.len() / packed.max(1)));
        }
    }
}

/// Reads the entries of an archive without a directory one after the other, as far as they go.
fn salvage<'a>(bytes: &'a [u8], limits: &Limits, cause: &str) -> Result<Package<'a>, Error> {
    let mut source = Cursor::new(bytes);
    let mut parts = HashMap::new();
    let mut total = 0;
    while parts.len() < MOST_ENTRIES {
        let Ok(Some(mut entry)) = zip::read::read_zipfile_from_stream(&mut source) else { break };
        let name = entry.name().map(|name| name.into_owned()).unwrap_or_default();
        let packed = usize::try_from(entry.compressed_size()).unwrap_or(usize::MAX).min(bytes.len());
        let (content, broken) = unpack(&mut entry, packed, limits)?;
        total += content.len();
        if total > limits.part_bytes {
            return Err(Error::limit("part_bytes", limits.part_bytes, total));
        }
        if name.ends_with(".xml") || name.ends_with(".rels") {
            parts.insert(name, xml::decode(content));
        }
        if broken.is_some() {
            // Dropping a broken entry would read on to its end; there is none.
            std::mem::forget(entry);
            break;
        }
    }
    if parts.is_empty() {
        return Err(Error::Damaged { reader: "docx", what: format!("the zip archive cannot be opened ({cause})") });
    }
    Ok(Package::Ready(parts))
}

/// A package in one XML file: every `pkg:part` by its name.
fn flat(bytes: &[u8]) -> Result<HashMap<String, String>, Error> {
    let text = xml::decode(bytes.to_vec());
    let mut parts = HashMap::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("<pkg:part ") {
        rest = &rest[at..];
        let Some(head) = rest.find('>') else { break };
        let name = attribute_in(&rest[..head], "pkg:name").unwrap_or_default();
        let end = rest.find("</pkg:part>").unwrap_or(rest.len());
        let body = &rest[head + 1..end.max(head + 1)];
        if let Some(start) = body.find("<pkg:xmlData") {
            let open = body[start..].find('>').map_or(body.len(), |at| start + at + 1);
            let close = body.rfind("</pkg:xmlData>").unwrap_or(body.len()).max(open);
            parts.insert(name.trim_start_matches('/').to_owned(), body[open..close].to_owned());
        }
        rest = &rest[end.min(rest.len())..];
        rest = rest.strip_prefix("</pkg:part>").unwrap_or(rest);
    }
    if parts.is_empty() {
        return Err(Error::Damaged { reader: "docx", what: "the flat package holds no part".to_owned() });
    }
    Ok(parts)
}

fn attribute_in<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let after = &tag[tag.find(&format!("{name}="))? + name.len() + 1..];
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split(quote).next()
}

fn relationships(text: &str, folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    each_tag(text, |name, attribute| {
        if name != "Relationship" || attribute("TargetMode").is_some_and(|mode| mode == "External") {
            return;
        }
        if let (Some(kind), Some(target)) = (attribute("Type"), attribute("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push((kind, resolve(folder, &target)));
        }
    });
    found
}

fn main_by_type(types: &str) -> Option<String> {
    let mut found = None;
    each_tag(types, |name, attribute| {
        let main = attribute("ContentType").is_some_and(|kind| {
            kind.contains("wordprocessingml") && kind.ends_with("main+xml")
                || kind.contains("ms-word") && kind.ends_with("main+xml")
        });
        if name == "Override" && main && found.is_none() {
            found = attribute("PartName").map(|name| name.trim_start_matches('/').to_owned());
        }
    });
    found
}

/// Calls `see` with the local name and the attributes of every tag, until the text ends or breaks.
fn each_tag(text: &str, mut see: impl FnMut(&str, &dyn Fn(&str) -> Option<String>)) {
    let mut reader = Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                see(tag.local_name().as_ref(), &|name| xml::attribute(&tag, name));
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

/// A target relative to its folder, with `..` and `.` taken away.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let (base, target) = if target.starts_with('/') { ("", target.as_str()) } else { (folder, target.as_str()) };
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
