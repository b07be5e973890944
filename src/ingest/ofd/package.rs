//! The archive: which documents are in it, and their parts as UTF-8.

use std::cell::OnceCell;

use memchr::memmem;

use super::READER;
use super::scan::{Event, Scan};
use crate::finding::{Finding, Lang, Words};
use crate::ingest::xml::decode;
use crate::ingest::xml::part::{Part, undecodable};
use crate::ingest::zip::{Zip, is_zip, resolve};
use crate::ingest::{Error, Limits};

/// The part that names the documents, in the spellings that writers use.
const ENTRIES: [&str; 3] = ["OFD.xml", "ofd.xml", "OFD.XML"];
/// What an encrypted package says of its encryption (GM/T 0099).
const ENCRYPTIONS: &str = "Encryptions.xml";

/// Parts that are complained of one by one.
const COMPLAINTS: usize = 20;

/// An opened package.
pub(super) struct Package<'b> {
    zip: Zip<'b>,
    encrypted: bool,
    limits: Limits,
    /// Parts that by their names are pages, from the root; made when first asked for.
    contents: OnceCell<Vec<String>>,
    /// What could not be read of it.
    pub(super) damage: Vec<Words>,
    /// What its parts had to say about their encodings.
    pub(super) findings: Vec<Finding>,
}

/// Whether the bytes are such a package.
pub(super) fn recognise(bytes: &[u8]) -> Result<(), Words> {
    if !is_zip(bytes) {
        return Err(("not a zip archive", "不是 zip 压缩包").into());
    }
    // Names stand in an archive as they are, so most others are known without opening it.
    if !ENTRIES.iter().any(|name| memmem::find(bytes, name.as_bytes()).is_some()) {
        return Err(NO_ENTRY.into());
    }
    match Zip::open(bytes, &Limits::default(), READER.name) {
        Ok(zip) if zip.spelled(ENTRIES[0]).is_none() => Err(NO_ENTRY.into()),
        // `read` will say what is wrong.
        _ => Ok(()),
    }
}

const NO_ENTRY: (&str, &str) = ("a zip archive without `OFD.xml`", "zip 压缩包中没有 `OFD.xml`");

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Error> {
        let zip = Zip::open(bytes, limits, READER.name)?;
        let encrypted = zip.spelled(ENCRYPTIONS).is_some();
        let damage = zip.damage.clone().into_iter().collect();
        Ok(Package { zip, encrypted, limits: *limits, contents: OnceCell::new(), damage, findings: Vec::new() })
    }

    /// The root parts of its documents, in order.
    pub(super) fn documents(&mut self) -> Result<Vec<String>, Error> {
        let Some((name, text)) = self.part("", ENTRIES[0])? else { return Ok(self.by_custom()) };
        let mut scan = Scan::new(&text, self.limits.depth);
        let (mut roots, mut versions) = (Vec::new(), Vec::new());
        let stop = loop {
            match scan.next() {
                Ok(Event::Open(b"DocRoot")) => match scan.text() {
                    Ok(root) => roots.push(root),
                    Err(stop) => break Some(stop),
                },
                Ok(Event::Open(b"Version")) if scan.attribute(b"Current").as_deref() == Some("true") => {
                    versions.extend(scan.attribute(b"BaseLoc").map(std::borrow::Cow::into_owned));
                }
                Ok(Event::End) => break None,
                Ok(_) => {}
                Err(stop) => break Some(stop),
            }
        };
        self.stopped(&name, stop)?;
        if roots.is_empty() {
            for version in versions {
                roots.extend(self.root_of_version(&version)?);
            }
        }
        let mut found = Vec::new();
        for root in &roots {
            match self.find("", root.trim()) {
                Some(name) => found.push(name),
                None => self.missing(root.trim())?,
            }
        }
        Ok(if found.is_empty() { self.by_custom() } else { found })
    }

    /// The document that a version file names.
    fn root_of_version(&mut self, version: &str) -> Result<Option<String>, Error> {
        let Some((name, text)) = self.part("", version)? else { return Ok(None) };
        let mut scan = Scan::new(&text, self.limits.depth);
        while let Ok(event) = scan.next() {
            match event {
                Event::Open(b"DocRoot") => {
                    let root = scan.text().ok();
                    return Ok(root.and_then(|root| self.find(&folder(&name), root.trim())));
                }
                Event::End => break,
                _ => {}
            }
        }
        Ok(None)
    }

    /// The pages of a document where writers put them, by their numbers, for documents whose list is lost.
    pub(super) fn pages_by_custom(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/Pages/");
        self.contents.get_or_init(|| self.contents()).iter().filter(|name| name.starts_with(&prefix)).cloned().collect()
    }

    /// All parts that by their names are pages.
    fn contents(&self) -> Vec<String> {
        let mut names = self.zip.names();
        names.retain(|name| name.ends_with("/Content.xml"));
        names.sort_by_key(|name| (name.len(), name.clone()));
        names.iter().map(|name| shown(name)).collect()
    }

    /// The documents where writers put them, for packages whose first part is lost.
    fn by_custom(&self) -> Vec<String> {
        let mut names = self.zip.names();
        names.retain(|name| name.ends_with("/Document.xml"));
        names.sort();
        names
    }

    /// The name of a part that another refers to: from its folder as the standard wants it, or
    /// from the package's root, as some writers do.
    pub(super) fn find(&self, folder: &str, target: &str) -> Option<String> {
        self.zip.spelled(&resolve(folder, target)).or_else(|| self.zip.spelled(&resolve("", target)))
    }

    /// Name and text of a part that another refers to; none, and a complaint, if it is not there.
    pub(super) fn part(&mut self, folder: &str, target: &str) -> Result<Option<(String, Vec<u8>)>, Error> {
        let target = target.trim();
        let Some(file) = self.find(folder, target).map(|name| self.zip.file(&name)).transpose()?.flatten() else {
            return self.missing(&resolve(folder, target)).map(|()| None);
        };
        let mut part = Part::of(file);
        part.name = shown(&part.name);
        if self.encrypted && !is_xml(&part.text) {
            return Err(Error::PasswordProtected);
        }
        let cause = part.cause(None)?;
        let Part { name, text, undecodable: mut undecoded, .. } = part;
        let mut text = text.into_owned();
        if std::str::from_utf8(&text).is_err() {
            let (repaired, places) = decode::repaired(&text);
            (text, undecoded) = (repaired, Some(("UTF-8", places)));
        }
        self.complain(cause);
        self.findings.extend(undecoded.map(|(encoding, places)| undecodable(encoding, places)));
        Ok(Some((name, text)))
    }

    fn missing(&mut self, name: &str) -> Result<(), Error> {
        let name = shown(name);
        if self.encrypted {
            return Err(Error::PasswordProtected);
        }
        self.complain(Some(Words::new(format!("{name} is missing from the archive"), format!("压缩包中缺少 {name}"))));
        Ok(())
    }

    /// Keeps what could not be read, unless there is so much of it that nobody would read it.
    fn complain(&mut self, cause: Option<Words>) {
        if self.damage.len() < COMPLAINTS {
            self.damage.extend(cause);
        }
    }

    /// Notes that a part stopped, if it did.
    ///
    /// # Errors
    /// The limit that it passes.
    pub(super) fn stopped(&mut self, name: &str, stop: Option<crate::ingest::xml::Stop>) -> Result<(), Error> {
        let part = Part { name: name.to_owned(), text: (&[][..]).into(), broken: None, undecodable: None };
        self.complain(part.cause(stop)?);
        Ok(())
    }

    /// Why there are no pages.
    pub(super) fn without_pages(&self) -> Words {
        let joined = |lang, mark: &str| self.damage.iter().map(|words| words.of(lang)).collect::<Vec<_>>().join(mark);
        if self.damage.is_empty() {
            return ("no document in it lists a page", "其中的文档没有列出任何页面").into();
        }
        Words::new(joined(Lang::En, "; "), joined(Lang::Zh, "；"))
    }
}

/// A part as the standard writes it from the root of the package, whatever slashes the archive has.
fn shown(name: &str) -> String {
    format!("/{}", name.replace('\\', "/").trim_start_matches('/'))
}

/// The folder of a part, from the root; empty for the root itself.
pub(super) fn folder(name: &str) -> String {
    let name = shown(name);
    name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
}

fn is_xml(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    text.trim_ascii_start().starts_with(b"<")
}
