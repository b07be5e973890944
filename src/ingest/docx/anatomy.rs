//! A Word file with the place of each paragraph in its bytes, for whoever writes into it.

use std::collections::BTreeSet;

use memchr::memmem;

use super::package::Package;
use super::places::{element, end_tag};
use super::read_body;
use super::xml::{Event, Scanner};
use crate::document::{Anatomy, Attached, Element, Limb, Namespaces, Obstacle, PartText};
use crate::finding::{Lang, Words};
use crate::ingest::zip::resolve;
use crate::ingest::{Error, Limits};

const TYPES: &str = "[Content_Types].xml";

/// What stands in the way, or what could not be read at all.
enum Stopped {
    Obstacle(Obstacle),
    Error(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Stopped::Error(error)
    }
}

impl From<Obstacle> for Stopped {
    fn from(obstacle: Obstacle) -> Self {
        Stopped::Obstacle(obstacle)
    }
}

/// The anatomy of a file that the reader recognises.
pub(in crate::ingest) fn anatomy(bytes: &[u8], limits: &Limits) -> Result<Result<Anatomy, Obstacle>, Error> {
    match dissect(bytes, limits) {
        Ok(anatomy) => Ok(Ok(anatomy)),
        Err(Stopped::Obstacle(obstacle)) => Ok(Err(obstacle)),
        Err(Stopped::Error(error)) => Err(error),
    }
}

fn dissect(bytes: &[u8], limits: &Limits) -> Result<Anatomy, Stopped> {
    let package = Package::open(bytes, limits)?;
    if let Some(damage) = &package.damage {
        return Err(Obstacle::Damaged(damage.clone()).into());
    }
    if !package.is_archive() {
        return Err(Obstacle::SingleFile.into());
    }
    let main = package.main()?;
    let relations = package.relations(&main.name)?;
    let text = part(&package, &main.name)?.ok_or_else(|| lacks(&main.name))?;
    let (document, places) = read_body(&package, &main, &relations, limits, true)?;
    if document.partial {
        return Err(Obstacle::Damaged(broken(&document)).into());
    }
    let paragraphs = places.map(super::Places::into_list).unwrap_or_default();
    if paragraphs.iter().all(Option::is_none) {
        return Err(Obstacle::Empty.into());
    }
    let types = limb(&package, TYPES, limits)?.ok_or_else(|| lacks(TYPES))?;
    let (folder, file) = main.name.rsplit_once('/').unwrap_or(("", &main.name));
    let related = attached(&package, &resolve(folder, &format!("_rels/{file}.rels")), limits)?;
    let target = relations.iter().find(|relation| relation.kind == "comments").map(|relation| relation.target.clone());
    let commented = target.is_some();
    let comments = match target {
        Some(target) => attached(&package, &target, limits)?,
        None => unrelated(&package, folder, limits)?,
    };
    let listed = |text: &[u8], local: &[u8], name: &[u8]| attributes(&package, text, local, name, limits);
    let mut typed = BTreeSet::new();
    typed.extend(listed(&types.part.text, b"Override", b"PartName"));
    let of = |attached: &Attached, local: &[u8], name: &[u8]| match attached {
        Attached::There(limb) => listed(&limb.part.text, local, name),
        Attached::Free(_) => Vec::new(),
    };
    let used = COMMENTS.iter().flat_map(|local| listed(&text.text, local, b"id"));
    let used = used.chain(of(&comments, b"comment", b"id"));
    Ok(Anatomy {
        document,
        namespaces: namespaces(&text.text),
        typed,
        relation_ids: of(&related, b"Relationship", b"Id").into_iter().collect(),
        comment_ids: used.filter_map(|id| id.trim().parse().ok()).collect(),
        signed: package.names().iter().any(|name| name.starts_with("_xmlsignatures/")),
        main: text,
        paragraphs,
        types,
        relations: related,
        comments,
        commented,
    })
}

/// Elements of the body that name a comment.
const COMMENTS: [&[u8]; 3] = [b"commentRangeStart", b"commentRangeEnd", b"commentReference"];

/// The first words of the first finding that says the file breaks off.
fn broken(document: &crate::document::Document) -> Words {
    let said = |lang| document.findings.first().map_or_else(String::new, |finding| finding.message(lang));
    Words::new(said(Lang::En), said(Lang::Zh))
}

fn lacks(name: &str) -> Obstacle {
    Obstacle::Damaged(Words::new(format!("it has no part {name}"), format!("缺少 {name}")))
}

/// A part whose bytes are the text that was read: offsets in one are offsets in the other.
fn part(package: &Package, name: &str) -> Result<Option<PartText>, Stopped> {
    let (Some(packed), Some(read)) = (package.bytes(name)?, package.part(name)?) else { return Ok(None) };
    if let Some(broken) = packed.broken {
        return Err(Obstacle::Damaged(broken).into());
    }
    if *packed.bytes != *read.text || std::str::from_utf8(&packed.bytes).is_err() {
        return Err(Obstacle::Encoding(packed.name).into());
    }
    Ok(Some(PartText { name: packed.name, text: packed.bytes.into_owned() }))
}

fn limb(package: &Package, name: &str, limits: &Limits) -> Result<Option<Limb>, Stopped> {
    let Some(part) = part(package, name)? else { return Ok(None) };
    let root = root(package, &part.text, limits).ok_or_else(|| {
        let name = &part.name;
        Obstacle::Damaged(Words::new(format!("{name} is no whole XML"), format!("{name} 不是完整的 XML")))
    })?;
    Ok(Some(Limb { part, root }))
}

fn attached(package: &Package, name: &str, limits: &Limits) -> Result<Attached, Stopped> {
    Ok(limb(package, name, limits)?.map_or_else(|| Attached::Free(name.to_owned()), Attached::There))
}

/// Where comments go that the body is not related to yet: into a part that waits for them empty, as some programs
/// write it, else into a new one.
fn unrelated(package: &Package, folder: &str, limits: &Limits) -> Result<Attached, Stopped> {
    if let Ok(Some(limb)) = limb(package, &resolve(folder, "comments.xml"), limits)
        && limb.root.from == limb.root.to
    {
        return Ok(Attached::There(limb));
    }
    Ok(Attached::Free(free(package, folder)))
}

/// A name for the comments that no part has.
fn free(package: &Package, folder: &str) -> String {
    let names =
        (1..).map(|number| if number == 1 { "comments.xml".to_owned() } else { format!("comments{number}.xml") });
    let mut names = names.map(|name| resolve(folder, &name));
    names.find(|name| package.spelled(name).is_none()).unwrap_or_default()
}

/// The outermost element of a part that is whole.
fn root(package: &Package, text: &[u8], limits: &Limits) -> Option<Element> {
    let mut scan = Scanner::new(text, package.bindings(), limits.depth);
    let mut root: Option<Element> = None;
    loop {
        match scan.next().ok()? {
            Event::Open(_) if root.is_none() => root = Some(element(&scan)),
            Event::Close(_) if scan.depth() == 0 => {
                if let Some(root) = root.as_mut().filter(|root| !root.empty) {
                    root.to = end_tag(&scan);
                }
            }
            Event::End => return root,
            _ => {}
        }
    }
}

/// The values of an attribute of every element of a local name, as far as the part goes.
fn attributes(package: &Package, text: &[u8], local: &[u8], name: &[u8], limits: &Limits) -> Vec<String> {
    // Most bodies have none, and need not be read a second time.
    if memmem::find(text, local).is_none() {
        return Vec::new();
    }
    let mut scan = Scanner::new(text, package.bindings(), limits.depth);
    let mut values = Vec::new();
    while let Ok(event) = scan.next() {
        match event {
            Event::Open(_) if scan.local_name() == local => {
                values.extend(scan.attribute(name).map(std::borrow::Cow::into_owned));
            }
            Event::End => break,
            _ => {}
        }
    }
    values
}

/// Strict documents name themselves in their first tag.
fn namespaces(text: &[u8]) -> Namespaces {
    let strict = memmem::find(text, b"http://purl.oclc.org/ooxml/wordprocessingml/main");
    if strict.is_some() { Namespaces::Strict } else { Namespaces::Transitional }
}
