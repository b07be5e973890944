//! Word's binary files, read from their streams into the common [`Document`].
//!
//! `support.rs` lists what of the format is read.

mod body;
mod boxes;
mod bytes;
mod charset;
mod container;
mod drawings;
mod fib;
mod lists;
mod pages;
mod pieces;
mod plc;
mod properties;
mod row;
pub(in crate::ingest) mod salvage;
mod source;
mod sprm;
mod styles;
mod support;

use super::{Error, Limits, Reader};
use crate::document::{AsideKind, Block, Document};
use crate::finding::{Code, Finding, Lang, Words};
use body::{Counts, Walker};
use container::Streams;
use fib::{Header, Part, Story, Version};
use lists::Numbers;
use plc::Plc;
use source::Source;

const NAME: &str = "doc";

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: NAME,
    extensions: &["doc", "dot", "wps"],
    about: ("old binary Word documents (97–2003, 6, 95)", "旧版二进制 Word 文档（97–2003、6、95）"),
    support: support::SUPPORT,
    recognise: container::recognise,
    read,
};

/// Headers and footers of a section: of even and odd pages, then of the first page.
const HEADS: [AsideKind; 6] =
    [AsideKind::Header, AsideKind::Header, AsideKind::Footer, AsideKind::Footer, AsideKind::Header, AsideKind::Footer];

/// Stories of notes, the part that says where each note begins, and what they are.
const NOTES: [(Story, Part, AsideKind); 3] = [
    (Story::Footnotes, Part::FootnoteTexts, AsideKind::Footnote),
    (Story::Endnotes, Part::EndnoteTexts, AsideKind::Endnote),
    (Story::Comments, Part::CommentTexts, AsideKind::Comment),
];

fn damaged(what: Words) -> Error {
    Error::Damaged { reader: NAME, what }
}

const TOO_SHORT: (&str, &str) = ("its main stream is shorter than a header", "主数据流短于文件头");

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let Streams { main, tables, data, damage } = container::open(bytes)?;
    let header = Header::read(&main).ok_or_else(|| damaged(TOO_SHORT.into()))?;
    if header.protected {
        return Err(Error::PasswordProtected);
    }
    let tables = if header.version == Version::Word6 { &main[..] } else { &tables[header.table][..] };
    let source = Source::new(header, &main, tables, &data);
    let numbers = Numbers::read(&source.header, tables, &source.styles);
    let mut walker = Walker::new(&source, numbers, limits);
    walker.body(body_of(&source))?;
    read_asides(&mut walker, &source.header, tables)?;
    let Walker { mut document, counts, .. } = walker;
    document.pictures += drawings::pictures(&source.header, tables);
    let causes: Vec<Words> = damage.into_iter().chain(damage_of(&source)).collect();
    if says_nothing(&document) && !causes.is_empty() {
        return Err(damaged(joined(&causes)));
    }
    NAME.clone_into(&mut document.format);
    document.variant = Some(variant(&source));
    document.partial = !causes.is_empty();
    document.findings.extend(causes.iter().map(|cause| Finding::new(Code::PartialFile).detail_words("cause", cause)));
    document.findings.extend(findings(counts, &source, limits));
    Ok(document)
}

/// Whether a document is empty paragraphs at most.
fn says_nothing(document: &Document) -> bool {
    let empty = |block: &Block| matches!(block, Block::Paragraph(paragraph) if paragraph.text.is_empty());
    document.pictures == 0 && document.blocks.iter().all(empty)
}

/// The characters of the body: all there are if the header says nothing that can be true.
fn body_of(source: &Source<'_>) -> std::ops::Range<u32> {
    let stated = source.header.story(Story::Body);
    let end = source.pieces.end();
    if stated.is_empty() { 0..end } else { 0..stated.end.min(end) }
}

fn read_asides(walker: &mut Walker<'_, '_>, header: &Header<'_>, tables: &[u8]) -> Result<(), Error> {
    let heads = Plc::new(header.part(tables, Part::HeaderTexts).unwrap_or_default(), 0);
    // The first six are lines between text and notes.
    let skip = if header.version == Version::Word97 { HEADS.len() } else { 0 };
    for (at, text) in heads.texts(header.story(Story::Headers)) {
        // Word 6 leaves out those that a section does not have, and does not say here which.
        let kind = if skip > 0 { HEADS[at % HEADS.len()] } else { AsideKind::Header };
        if at >= skip {
            walker.aside(kind, text)?;
        }
    }
    for (story, part, kind) in NOTES {
        for (_, text) in Plc::new(header.part(tables, part).unwrap_or_default(), 0).texts(header.story(story)) {
            walker.aside(kind, text)?;
        }
    }
    Ok(())
}

/// For people: the generation of the format, and the code page where that was a choice.
fn variant(source: &Source<'_>) -> String {
    match source.header.version {
        Version::Word97 => "Word 97–2003".to_owned(),
        Version::Word6 => format!("Word 6/95, {}", source.charset.name()),
    }
}

/// All causes in one.
fn joined(causes: &[Words]) -> Words {
    let all = |lang: Lang, between: &str| causes.iter().map(|cause| cause.of(lang)).collect::<Vec<_>>().join(between);
    Words::new(all(Lang::En, "; "), all(Lang::Zh, "；"))
}

/// What was wrong with the streams, one cause each.
fn damage_of(source: &Source<'_>) -> Vec<Words> {
    let lost = |lost: usize, en: &str, zh: &str| {
        let said = || {
            Words::new(format!("{lost} pages with properties of {en} are not there"), format!("缺少{lost}页{zh}属性"))
        };
        (lost > 0).then(said)
    };
    let (paragraphs, characters) = (source.paragraphs.lost, source.characters.lost);
    let pages = lost(paragraphs, "paragraphs", "段落").into_iter().chain(lost(characters, "characters", "字符"));
    source.pieces.damage.iter().cloned().chain(pages).collect()
}

fn findings(counts: Counts, source: &Source<'_>, limits: &Limits) -> impl Iterator<Item = Finding> {
    let Counts { insertions, deletions, undecodable, flattened } = counts;
    let changes = (insertions + deletions > 0)
        .then(|| Finding::new(Code::TrackedChanges).detail("insertions", insertions).detail("deletions", deletions));
    let nesting = flattened.then(|| Finding::new(Code::NestingFlattened).expected(limits.nested_tables.to_string()));
    let encoding = if source.header.version == Version::Word97 { "UTF-16LE" } else { source.charset.name() };
    let undecodable = (undecodable > 0)
        .then(|| Finding::new(Code::UndecodableText).expected(encoding).found(undecodable.to_string()));
    changes.into_iter().chain(nesting).chain(undecodable)
}
