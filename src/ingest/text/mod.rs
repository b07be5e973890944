//! Flattened text: what is left of a report when a web page, a Word file or a PDF was copied.
//!
//! A file is read from top to bottom. At each line the dialects are asked in turn whether a
//! table of theirs begins there; a line that none takes is a paragraph. Each dialect looks at a
//! run of lines that ends where its marks end, so the work is linear in the lines.
//! What must not go in: any word of the form. Only marks and positions decide.

mod admit;
mod bars;
mod boxes;
mod build;
pub(in crate::ingest) mod columns;
mod layout;
mod lines;
pub(in crate::ingest) mod numbered;
mod ruled;
mod stream;
mod support;
mod tabs;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Error, Limits, Reader, charset};
use crate::document::Document;
use build::{Builder, Cells};
use lines::Line;

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: "text",
    extensions: &["txt", "md"],
    about: ("Flattened text (UTF-8, UTF-16, GB18030, Big5)", "纯文本（UTF-8、UTF-16、GB18030、Big5）"),
    support: support::SUPPORT,
    recognise: admit::admit,
    read,
};

/// What a dialect made of a run of lines.
struct Found<'a> {
    /// Name of the dialect, for people.
    dialect: &'static str,
    /// Paragraphs and tables in reading order.
    parts: Vec<Part<'a>>,
    /// Index after the last line taken.
    end: usize,
}

/// A part of a run.
enum Part<'a> {
    /// A line of running text.
    Line(Line<'a>),
    /// A table.
    Table {
        /// Its rows.
        rows: Vec<Cells<'a>>,
        /// A row is a printed line only.
        wrapped: bool,
    },
}

/// A dialect: takes the run of lines that begins at an index and is its own, or tells where to
/// ask it again (the run is not its own), so that no run is looked at twice.
type Dialect = for<'a> fn(&[Line<'a>], usize) -> Result<Found<'a>, usize>;

/// The dialects in the order in which they are asked.
const DIALECTS: [Dialect; 7] =
    [tabs::pairs, tabs::read, boxes::read, bars::read, stream::read, ruled::read, layout::read];

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let decoded = charset::decode(bytes, None);
    admit::size(&decoded.text, limits)?;
    // A character that ends the texts of other programs is none of a document: marked as web pages have it.
    let text = match decoded.text.contains('\0') {
        true => decoded.text.replace('\0', "\u{fffd}").into(),
        false => Cow::from(&*decoded.text),
    };
    let lines = lines::lines(&text);
    let mut builder = Builder::default();
    let mut dialects = BTreeSet::new();
    let mut ask = [0usize; DIALECTS.len()];
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some(found) = first(&lines, at, &mut ask) else {
            builder.paragraph(line);
            at += 1;
            admit_paragraphs(&builder, limits)?;
            continue;
        };
        dialects.insert(found.dialect);
        at = found.end.max(at + 1);
        found.parts.into_iter().for_each(|part| add(&mut builder, part));
        if builder.cells > limits.cells {
            return Err(Error::limit("cells", limits.cells, builder.cells));
        }
        admit_paragraphs(&builder, limits)?;
    }
    let mut document = builder.document;
    let named = if dialects.is_empty() { "lines".to_owned() } else { Vec::from_iter(dialects).join(" + ") };
    document.format = READER.name.to_owned();
    document.variant = Some(format!("{named}, {}", decoded.charset));
    document.findings = decoded.findings;
    Ok(document)
}

fn admit_paragraphs(builder: &Builder, limits: &Limits) -> Result<(), Error> {
    let blocks = builder.document.blocks.len();
    if blocks > limits.paragraphs { Err(Error::limit("paragraphs", limits.paragraphs, blocks)) } else { Ok(()) }
}

/// The first dialect that takes the run at `at`; `ask[i]` is where dialect `i` is asked next.
fn first<'a>(lines: &[Line<'a>], at: usize, ask: &mut [usize]) -> Option<Found<'a>> {
    if lines[at].is_blank() && !lines[at].raw.starts_with('\t') {
        return None;
    }
    for (dialect, again) in DIALECTS.iter().zip(ask) {
        if at < *again {
            continue;
        }
        match dialect(lines, at) {
            Ok(found) => return Some(found),
            Err(next) => *again = next.max(at + 1),
        }
    }
    None
}

fn add(builder: &mut Builder, part: Part<'_>) {
    match part {
        Part::Line(line) => builder.paragraph(&line),
        Part::Table { rows, wrapped } => builder.table(rows, wrapped),
    }
}
