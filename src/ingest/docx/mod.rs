//! Word documents: DOCX, DOCM, DOTX, and the same flat in one XML file.
//!
//! Read: paragraphs, tables (gridSpan, vMerge, hMerge, gridBefore/After), nested tables, content
//! controls at every level, text boxes of both kinds once each, insertions, field results,
//! automatic numbers; transitional and strict namespaces, any prefix, any part name, UTF-16.
//! Left out: deletions, hidden runs, field codes, fallbacks of what was read, custom entities.
//! Kept apart: headers, footers, footnotes, endnotes, comments. Not read: text hidden by a style
//! only, formulas, charts.

mod body;
mod numbering;
mod package;
mod xml;

use super::{Error, Limits, Reader};
use crate::document::{Aside, AsideKind, Block, Document};
use crate::finding::{Code, Finding};
use numbering::Numbering;
use package::Package;

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: "docx",
    extensions: &["docx", "docm", "dotx", "dotm"],
    about: ("Word documents (OOXML)", "Word 文档（OOXML）"),
    recognise,
    read,
};

/// First bytes of an OLE container: an old Office file, or an encrypted new one.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

fn recognise(bytes: &[u8]) -> Result<(), String> {
    if bytes.starts_with(OLE) {
        return if is_encrypted(bytes) {
            Ok(())
        } else {
            Err("an old binary Office file, not a zip archive".to_owned())
        };
    }
    if package::is_zip(bytes) {
        let names = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
        let known = names(b"[Content_Types].xml") || names(b"word/") || names(b"_rels/.rels");
        return if known { Ok(()) } else { Err("a zip archive without the parts of a Word document".to_owned()) };
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let head: String = head.chars().filter(|c| *c != '\0').collect();
    if head.contains("<pkg:package") { Ok(()) } else { Err("no zip archive (no PK at its start)".to_owned()) }
}

/// Encrypted OOXML is an OLE container with a stream `EncryptedPackage` (names are UTF-16).
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    if bytes.starts_with(OLE) {
        return Err(Error::PasswordProtected);
    }
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part(limits)?;
    let Some(part) = package.part(&main, limits)? else {
        return Err(Error::Damaged { reader: "docx", what: format!("its main part `{main}` is not there") });
    };
    let relations = package.relations(&main, limits)?;
    let mut numbering = Numbering::default();
    for (kind, target) in &relations {
        // A list or a style that cannot be read costs numbers, not the document.
        match (kind.as_str(), package.part(target, limits)) {
            ("numbering", Ok(Some(part))) => numbering.read_lists(&part.text),
            ("styles", Ok(Some(part))) => numbering.read_styles(&part.text),
            _ => {}
        }
    }
    let mut document = Document { format: "docx".to_owned(), ..Document::default() };
    let counts = body::walk(&part.text, limits, &mut numbering, &mut document)?;
    let salvaged = package.is_salvaged(bytes).then(|| "the zip archive has lost its end".to_owned());
    let broken = part.broken.or(counts.broken.clone()).or(salvaged);
    if document.blocks.is_empty() && broken.is_some() {
        return Err(Error::Damaged { reader: "docx", what: format!("`{main}`: {}", broken.unwrap_or_default()) });
    }
    asides(&mut package, &relations, limits, &mut document);
    say(&mut document, &counts, broken, limits);
    Ok(document)
}

fn say(document: &mut Document, counts: &body::Counts, broken: Option<String>, limits: &Limits) {
    if let Some(cause) = broken {
        document.partial = true;
        document.findings.push(Finding::new(Code::PartialFile).detail("cause", cause));
    }
    if counts.insertions + counts.deletions > 0 {
        let finding = Finding::new(Code::TrackedChanges).detail("insertions", counts.insertions);
        document.findings.push(finding.detail("deletions", counts.deletions));
    }
    if counts.flattened > 0 {
        document.findings.push(Finding::new(Code::NestingFlattened).expected(limits.nested_tables.to_string()));
    }
}

/// Headers, footers and notes, read like a body but kept beside it; one that is broken is left out.
fn asides(package: &mut Package, relations: &[(String, String)], limits: &Limits, document: &mut Document) {
    for (kind, target) in relations {
        let kind = match kind.as_str() {
            "header" => AsideKind::Header,
            "footer" => AsideKind::Footer,
            "footnotes" => AsideKind::Footnote,
            "endnotes" => AsideKind::Endnote,
            "comments" => AsideKind::Comment,
            _ => continue,
        };
        let Ok(Some(part)) = package.part(target, limits) else { continue };
        let mut aside = Document::default();
        if body::walk(&part.text, limits, &mut Numbering::default(), &mut aside).is_err() {
            continue;
        }
        let text = text_of(&aside);
        if !text.is_empty() {
            document.asides.push(Aside { kind, text });
        }
    }
}

/// Every paragraph of a document, those of its tables in the order of the tables.
fn text_of(document: &Document) -> String {
    let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let blocks = document.blocks.iter().chain(cells.flat_map(|cell| &cell.blocks));
    let texts = blocks.filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.trim()),
        Block::Table(_) => None,
    });
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}
