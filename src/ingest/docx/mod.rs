//! Word's DOCX, read as a stream of XML events into the common [`Document`].
//!
//! `support.rs` lists what of the format is read.

mod anatomy;
mod body;
mod course;
mod lists;
mod names;
mod numbering;
mod package;
mod places;
mod properties;
mod story;
mod styles;
mod support;
mod table;
mod xml;

use std::collections::HashSet;

use super::word::forget_pages;
use super::xml::decode;
use super::xml::part::{Part, undecodable};
use super::{Error, Limits, Reader};
use crate::document::{AsideKind, Document};
use crate::finding::{Code, Finding, Words};
pub(super) use anatomy::anatomy;
use body::{Counts, Walked, Walker};
use lists::Sheets;
use package::{Package, Relation, damaged};
use places::Places;
use story::Kind;
use xml::{Scanner, Stop};

const NAME: &str = "docx";

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: NAME,
    extensions: &["docx", "docm", "dotx", "dotm"],
    about: ("Word documents (OOXML)", "Word 文档（OOXML）"),
    support: support::SUPPORT,
    recognise: package::recognise,
    read,
};

/// Parts beside the body, and what they are.
const ASIDES: &[(&str, AsideKind)] = &[
    ("header", AsideKind::Header),
    ("footer", AsideKind::Footer),
    ("footnotes", AsideKind::Footnote),
    ("endnotes", AsideKind::Endnote),
    ("comments", AsideKind::Comment),
];

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let package = Package::open(bytes, limits)?;
    let main = package.main()?;
    let relations = package.relations(&main.name)?;
    let (mut document, _) = read_body(&package, &main, &relations, limits, false)?;
    // A part is read once, however often and in whatever spelling it is referred to.
    let mut known = HashSet::new();
    for relation in &relations {
        let Some((_, kind)) = ASIDES.iter().find(|(name, _)| *name == relation.kind) else { continue };
        let name = package.spelled(&relation.target);
        if let Some(name) = name.filter(|name| known.insert(name.clone())) {
            read_aside(&package, &name, *kind, &mut document, limits)?;
        }
    }
    let mut said = HashSet::new();
    document.asides.retain(|aside| said.insert(aside.clone()));
    Ok(document)
}

/// The body; and, if that is asked for, where each of its paragraphs lies in the part.
fn read_body(
    package: &Package,
    main: &Part,
    relations: &[Relation],
    limits: &Limits,
    noting_places: bool,
) -> Result<(Document, Option<Places>), Error> {
    let walk = |text: &[u8]| {
        let mut sheets = Sheets::new(package, relations, limits.depth);
        let scan = Scanner::new(text, package.bindings(), limits.depth);
        let walker = Walker::new(scan, limits, Kind::Body, Some(&mut sheets));
        if noting_places { walker.noting_places().walk() } else { walker.walk() }
    };
    let (mut walked, undecodable) = walk_repaired(main, walk);
    let cause = main.cause(walked.stop.take())?;
    let mut document = walked.document;
    if document.blocks.is_empty() {
        let nothing = (!walked.counts.body).then(|| {
            Words::new(format!("{}: there is no document body in it", main.name), format!("{}：没有正文", main.name))
        });
        if let Some(cause) = cause.clone().or(nothing).or(package.damage.clone()) {
            return Err(damaged(cause));
        }
    }
    NAME.clone_into(&mut document.format);
    if walked.counts.page == 1 {
        forget_pages(&mut document);
    }
    for cause in package.damage.iter().cloned().chain(cause) {
        break_off(&mut document, &cause);
    }
    document.findings.extend(undecodable);
    document.findings.extend(findings(walked.counts, limits));
    Ok((document, walked.places))
}

/// Header, footer or notes: text only. A part that is missing is no matter.
fn read_aside(
    package: &Package,
    name: &str,
    kind: AsideKind,
    document: &mut Document,
    limits: &Limits,
) -> Result<(), Error> {
    let Some(part) = package.part(name)? else { return Ok(()) };
    let walk = |text: &[u8]| {
        let scan = Scanner::new(text, package.bindings(), limits.depth);
        Walker::new(scan, limits, Kind::Aside(kind), None).walk()
    };
    let (walked, undecodable) = walk_repaired(&part, walk);
    document.asides.extend(walked.document.asides);
    document.findings.extend(undecodable);
    if let Some(cause) = part.cause(walked.stop)? {
        break_off(document, &cause);
    }
    Ok(())
}

/// Walks a part; once more, with what is no text replaced, if it turns out not to be UTF-8.
fn walk_repaired(part: &Part, walk: impl Fn(&[u8]) -> Walked) -> (Walked, Option<Finding>) {
    let walked = walk(&part.text);
    if let Some(Stop::NotUtf8) = walked.stop {
        let (text, places) = decode::repaired(&part.text);
        return (walk(&text), Some(undecodable("UTF-8", places)));
    }
    (walked, part.undecodable.map(|(encoding, places)| undecodable(encoding, places)))
}

fn break_off(document: &mut Document, cause: &Words) {
    document.partial = true;
    document.findings.push(Finding::new(Code::PartialFile).detail_words("cause", cause));
}

fn findings(counts: Counts, limits: &Limits) -> impl Iterator<Item = Finding> {
    let changes = (counts.insertions + counts.deletions > 0).then(|| {
        Finding::new(Code::TrackedChanges).detail("insertions", counts.insertions).detail("deletions", counts.deletions)
    });
    let nesting =
        counts.flattened.then(|| Finding::new(Code::NestingFlattened).expected(limits.nested_tables.to_string()));
    changes.into_iter().chain(nesting)
}
