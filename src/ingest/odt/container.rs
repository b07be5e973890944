//! The container of an OpenDocument file: a zip archive with `content.xml` and `styles.xml`, or one
//! flat XML file that holds both. Text or sheets: which it is, its type says, else its body.

use std::borrow::Cow;

use memchr::memmem;

use crate::finding::Words;
use crate::ingest::xml::decode;
use crate::ingest::xml::part::Part;
use crate::ingest::zip::{Zip, is_zip};
use crate::ingest::{Error, Limits};

/// What an OpenDocument file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Kind {
    /// A text.
    Text,
    /// Sheets.
    Sheet,
}

/// Types of files by the beginning of their name, OpenOffice 1's included.
const TYPES: &[(&str, Kind)] = &[
    ("application/vnd.oasis.opendocument.text", Kind::Text),
    ("application/vnd.sun.xml.writer", Kind::Text),
    ("application/vnd.oasis.opendocument.spreadsheet", Kind::Sheet),
    ("application/vnd.sun.xml.calc", Kind::Sheet),
];

/// How far into a flat file its type stands: after its namespaces, in the first tag.
const HEAD: usize = 8192;

const NO_XML: (&str, &str) = ("neither a zip archive nor XML", "既非 zip 压缩包，也非 XML");
const OTHER_XML: (&str, &str) = ("XML, but not OpenDocument", "是 XML，但不是 OpenDocument");
const OTHER_ZIP: (&str, &str) =
    ("a zip archive without the content of an OpenDocument file", "不含 OpenDocument 内容的 zip 压缩包");
const OTHER_TYPE: (&str, &str) =
    ("an OpenDocument or EPUB file of another kind", "其他类型的 OpenDocument 或 EPUB 文件");

/// What the bytes hold, if they are OpenDocument.
pub(in crate::ingest) fn kind(bytes: &[u8]) -> Result<Kind, Words> {
    if is_zip(bytes) {
        let Ok(zip) = Zip::open(bytes, &Limits::default(), super::NAME) else { return Err(OTHER_ZIP.into()) };
        return kind_of_zip(&zip);
    }
    let head = decode::decoded(&bytes[..bytes.len().min(HEAD)]).text;
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    if !start.starts_with(b"<") {
        return Err(NO_XML.into());
    }
    if memmem::find(&head, b"opendocument:xmlns:office").is_none() || memmem::find(&head, b":document").is_none() {
        return Err(OTHER_XML.into());
    }
    let mimetype = memmem::find(&head, b"mimetype=").map(|at| &head[at + b"mimetype=".len() + 1..]);
    mimetype.and_then(of_type).or_else(|| of_body(&decode::decoded(bytes).text)).ok_or(OTHER_TYPE.into())
}

fn kind_of_zip(zip: &Zip<'_>) -> Result<Kind, Words> {
    match zip.file("mimetype") {
        Ok(Some(file)) if !file.bytes.is_empty() => of_type(&file.bytes).ok_or(OTHER_TYPE.into()),
        // Some programs leave the type out, and a wreck may have lost it.
        _ => match zip.file("content.xml") {
            Ok(Some(file)) => of_body(&file.bytes).ok_or(OTHER_ZIP.into()),
            _ => Err(OTHER_ZIP.into()),
        },
    }
}

fn of_type(text: &[u8]) -> Option<Kind> {
    TYPES.iter().find(|(name, _)| text.starts_with(name.as_bytes())).map(|&(_, kind)| kind)
}

fn of_body(text: &[u8]) -> Option<Kind> {
    let has = |tag: &[u8]| memmem::find(text, tag).is_some();
    match () {
        () if has(b"<office:text") => Some(Kind::Text),
        () if has(b"<office:spreadsheet") => Some(Kind::Sheet),
        () => None,
    }
}

/// An opened container.
pub(in crate::ingest) enum Package<'b> {
    /// An archive of parts.
    Zip(Box<Zip<'b>>),
    /// One file.
    Flat(Cow<'b, [u8]>),
}

impl<'b> Package<'b> {
    /// Opens a container on behalf of a reader.
    ///
    /// # Errors
    /// [`Error::PasswordProtected`] if it is encrypted, and what opening an archive may say.
    pub(in crate::ingest) fn open(bytes: &'b [u8], limits: &Limits, reader: &'static str) -> Result<Self, Error> {
        if !is_zip(bytes) {
            return Ok(Package::Flat(decode::decoded(bytes).text));
        }
        let zip = Zip::open(bytes, limits, reader)?;
        if let Some(manifest) = zip.file("META-INF/manifest.xml")?
            && memmem::find(&manifest.bytes, b"encryption-data").is_some()
        {
            return Err(Error::PasswordProtected);
        }
        Ok(Package::Zip(Box::new(zip)))
    }

    /// What was wrong with the container as a whole, if anything.
    pub(in crate::ingest) fn damage(&self) -> Option<&Words> {
        match self {
            Package::Zip(zip) => zip.damage.as_ref(),
            Package::Flat(_) => None,
        }
    }

    /// The part with the body.
    pub(in crate::ingest) fn content(&self) -> Result<Option<Part<'_>>, Error> {
        match self {
            Package::Zip(zip) => Ok(zip.file("content.xml")?.map(Part::of)),
            Package::Flat(text) => {
                Ok(Some(Part { name: "XML".to_owned(), text: Cow::Borrowed(text), broken: None, undecodable: None }))
            }
        }
    }

    /// The part with styles, heads and feet, if it is one of its own.
    pub(in crate::ingest) fn styles(&self) -> Result<Option<Part<'_>>, Error> {
        self.part("styles.xml")
    }

    /// The part in which the file speaks of itself, if it is one of its own.
    pub(in crate::ingest) fn about(&self) -> Result<Option<Part<'_>>, Error> {
        self.part("meta.xml")
    }

    fn part(&self, name: &str) -> Result<Option<Part<'_>>, Error> {
        match self {
            Package::Zip(zip) => Ok(zip.file(name)?.map(Part::of)),
            Package::Flat(_) => Ok(None),
        }
    }
}
