//! OpenDocument texts, read as a stream of XML events into the common [`Document`].
//!
//! `support.rs` lists what of the format is read.

mod body;
pub(in crate::ingest) mod container;
mod lists;
mod story;
mod styles;
mod support;
mod table;
pub(in crate::ingest) mod xml;

use std::borrow::Cow;

use super::word::forget_pages;
use super::xml::decode;
use super::xml::part::{Part, undecodable};
use super::{Error, Limits, Reader};
use crate::document::Document;
use crate::finding::{Code, Finding, Words};
use body::{Counts, Walker};
use container::{Kind, Package};

const NAME: &str = "odt";

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: NAME,
    extensions: &["odt", "ott", "fodt", "sxw"],
    about: ("OpenDocument texts", "OpenDocument 文本文档"),
    support: support::SUPPORT,
    recognise,
    read,
};

const A_SHEET: (&str, &str) = ("an OpenDocument spreadsheet", "OpenDocument 电子表格");

fn recognise(bytes: &[u8]) -> Result<(), Words> {
    match container::kind(bytes)? {
        Kind::Text => Ok(()),
        Kind::Sheet => Err(A_SHEET.into()),
    }
}

fn damaged(what: Words) -> Error {
    Error::Damaged { reader: NAME, what }
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let package = Package::open(bytes, limits, NAME)?;
    let mut reading = Reading { walker: Walker::new(limits), causes: Vec::new(), findings: Vec::new() };
    reading.causes.extend(package.damage().cloned());
    for part in [package.about()?, package.styles()?].into_iter().flatten() {
        reading.part(&part)?;
    }
    match package.content()? {
        Some(part) => reading.part(&part)?,
        None => reading.causes.push(NO_CONTENT.into()),
    }
    reading.finish(limits)
}

const NO_CONTENT: (&str, &str) = ("content.xml is not there", "缺少 content.xml");
const NO_BODY: (&str, &str) = ("content.xml: there is no text in it", "content.xml：没有正文");

/// Parts on their way into one document.
struct Reading {
    walker: Walker,
    /// Why parts were not read to their end.
    causes: Vec<Words>,
    findings: Vec<Finding>,
}

impl Reading {
    fn part(&mut self, part: &Part<'_>) -> Result<(), Error> {
        let (text, places) = match std::str::from_utf8(&part.text) {
            Ok(_) => (Cow::Borrowed(&part.text[..]), part.undecodable),
            Err(_) => {
                let (text, places) = decode::repaired(&part.text);
                (Cow::Owned(text), Some(("UTF-8", places)))
            }
        };
        let stop = self.walker.part(&text);
        self.findings.extend(places.map(|(encoding, places)| undecodable(encoding, places)));
        self.causes.extend(part.cause(stop)?);
        Ok(())
    }

    fn finish(self, limits: &Limits) -> Result<Document, Error> {
        let Reading { walker, mut causes, findings } = self;
        let (mut document, counts) = walker.finish();
        if document.blocks.is_empty() {
            if !counts.body && causes.is_empty() {
                causes.push(NO_BODY.into());
            }
            if let Some(cause) = causes.into_iter().next_back() {
                return Err(damaged(cause));
            }
            causes = Vec::new();
        }
        NAME.clone_into(&mut document.format);
        if !counts.pages_known || counts.page == 1 {
            forget_pages(&mut document);
        }
        document.partial = !causes.is_empty();
        document.findings = findings;
        document
            .findings
            .extend(causes.iter().map(|cause| Finding::new(Code::PartialFile).detail_words("cause", cause)));
        document.findings.extend(said(counts, limits));
        Ok(document)
    }
}

fn said(counts: Counts, limits: &Limits) -> impl Iterator<Item = Finding> {
    let changes = (counts.insertions + counts.deletions > 0).then(|| {
        Finding::new(Code::TrackedChanges).detail("insertions", counts.insertions).detail("deletions", counts.deletions)
    });
    let nesting =
        counts.flattened.then(|| Finding::new(Code::NestingFlattened).expected(limits.nested_tables.to_string()));
    changes.into_iter().chain(nesting)
}
