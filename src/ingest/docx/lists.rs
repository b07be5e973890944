//! Styles and lists, unpacked only when a paragraph asks for them.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::package::{Package, Relation};
use super::properties::ParagraphProperties;
use super::styles::Styles;
use crate::ingest::word::numbering::Numbering;

/// Where styles and list definitions of the text are had.
pub(super) struct Sheets<'p> {
    package: &'p Package<'p>,
    relations: &'p [Relation],
    depth: usize,
    styles: OnceCell<Styles>,
    numbering: OnceCell<Numbering>,
    /// Whether there are definitions of lists.
    lists: OnceCell<bool>,
}

impl<'p> Sheets<'p> {
    pub(super) fn new(package: &'p Package<'p>, relations: &'p [Relation], depth: usize) -> Self {
        Sheets {
            package,
            relations,
            depth,
            styles: OnceCell::new(),
            numbering: OnceCell::new(),
            lists: OnceCell::new(),
        }
    }

    /// Name of the part of this kind.
    fn part_of(&self, kind: &str) -> Cow<'p, str> {
        match self.relations.iter().find(|relation| relation.kind == kind) {
            Some(relation) => relation.target.as_str().into(),
            None => format!("word/{kind}.xml").into(),
        }
    }

    /// Reads the part of this kind; a part that is absent or refused reads as nothing.
    fn load<T: Default>(&self, kind: &str, read: fn(&[u8], usize) -> T) -> T {
        match self.package.part(&self.part_of(kind)) {
            Ok(Some(part)) => read(&part.text, self.depth),
            _ => T::default(),
        }
    }

    pub(super) fn styles(&self) -> &Styles {
        self.styles.get_or_init(|| self.load("styles", Styles::read))
    }

    /// The number of a paragraph, if it has one; counts on.
    pub(super) fn number(&mut self, paragraph: &ParagraphProperties<'_>) -> Option<String> {
        if let Some(printed) = &paragraph.printed_number {
            return Some(printed.clone().into_owned()).filter(|printed| !printed.trim().is_empty());
        }
        // Styles that put their paragraphs into lists do so in vain where there are none.
        if !self.lists.get_or_init(|| self.package.spelled(&self.part_of("numbering")).is_some()) {
            return None;
        }
        if paragraph.list.is_none() && self.styles().list(paragraph.style.as_deref()).is_none() {
            return None;
        }
        self.numbering.get_or_init(|| self.load("numbering", Numbering::read));
        let styles = self.styles.get_or_init(|| self.load("styles", Styles::read));
        self.numbering.get_mut()?.next(paragraph, styles)
    }
}
