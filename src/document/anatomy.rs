//! Where a Word file keeps what was read of it, byte for byte: what is needed to say something about a
//! paragraph inside the file without touching anything else.
//!
//! A reader fills it in; whoever writes into the file knows places only, not the format's rules of reading.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Document;
use crate::finding::Words;

/// A Word file and where its paragraphs lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Anatomy {
    /// The body as it was read. Paragraph `n` of it is `paragraphs[n - 1]`.
    pub document: Document,
    /// The part with the body.
    pub main: PartText,
    /// The paragraphs by number; `None` for one that is no element of its own.
    pub paragraphs: Vec<Option<Spot>>,
    /// The namespace of the body's elements, and that of relationships in it.
    pub namespaces: Namespaces,
    /// The types of all parts.
    pub types: Limb,
    /// Names of parts that have a type of their own, with a `/` before them.
    pub typed: BTreeSet<String>,
    /// The relationships of the body.
    pub relations: Attached,
    /// Names of those relationships.
    pub relation_ids: BTreeSet<String>,
    /// The comments.
    pub comments: Attached,
    /// Whether the body is related to its comments.
    pub commented: bool,
    /// Numbers of comments that are in use.
    pub comment_ids: BTreeSet<u32>,
    /// The file carries a digital signature, which holds for no other bytes.
    pub signed: bool,
}

/// A part of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartText {
    /// Its name as the container writes it.
    pub name: String,
    /// Its bytes: UTF-8.
    pub text: Vec<u8>,
}

/// A part, and the element that all of it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limb {
    /// The part.
    pub part: PartText,
    /// Its outermost element.
    pub root: Element,
}

/// A part that a file may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attached {
    /// It has it.
    There(Limb),
    /// It has not; this name is free for it.
    Free(String),
}

/// The names that a document gives its kinds of elements: the standard has an older and a strict set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespaces {
    /// As every usual program writes.
    Transitional,
    /// Strict Office Open XML.
    Strict,
}

/// An element in the bytes of its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name as written, prefix included.
    pub name: Range<usize>,
    /// Where its content begins; of an empty one (`<x/>`), its slash.
    pub from: usize,
    /// Where its content ends; of an empty one, its slash too.
    pub to: usize,
    /// It has no end tag.
    pub empty: bool,
}

/// A paragraph in the bytes of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The element; its content begins after the properties.
    pub element: Element,
    /// Number of the paragraph that it hangs on, if it stands in a text box; else its own.
    pub host: usize,
    /// Its runs, but for those within something else.
    pub runs: Vec<Run>,
}

/// A run: characters of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its bytes in the part, tags included.
    pub bytes: Range<usize>,
    /// Its bytes in the text of the paragraph.
    pub text: Range<usize>,
}

/// Why nothing can be written into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// It is no Word file of the kind that has parts.
    Format,
    /// It is one, as a single XML file.
    SingleFile,
    /// It is damaged: how. What follows the damage is not known.
    Damaged(Words),
    /// A part is no UTF-8: which.
    Encoding(String),
    /// It has no paragraph.
    Empty,
}
