//! Styles and lists, unpacked only when a paragraph asks for them.

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
}

impl<'p> Sheets<'p> {
    pub(super) fn new(package: &'p Package<'p>, relations: &'p [Relation], depth: usize) -> Self {
        Sheets { package, relations, depth, styles: OnceCell::new(), numbering: OnceCell::new() }
    }

    /// Reads the part of this kind; a part that is absent or refused reads as nothing.
    fn load<T: Default>(&self, kind: &str, read: fn(&[u8], usize) -> T) -> T {
        let relation = self.relations.iter().find(|relation| relation.kind == kind);
        let custom = format!("word/{kind}.xml");
        let name = relation.map_or(&custom, |relation| &relation.target);
        match self.package.part(name) {
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
        if paragraph.list.is_none() && self.styles().list(paragraph.style.as_deref()).is_none() {
            return None;
        }
        self.numbering.get_or_init(|| self.load("numbering", Numbering::read));
        let styles = self.styles.get_or_init(|| self.load("styles", Styles::read));
        self.numbering.get_mut()?.next(paragraph, styles)
    }
}
