//! What is to be said about the pages of a file.

use super::sheet::Sheet;
use super::tolerance::{FEW_CHARACTERS, MANY_SHAPES, SCAN};
use super::{Glyph, Page, Said, glyphs};
use crate::document::Origin;
use crate::finding::{Code, Finding};

/// What is to be said about the pages: scans, recognised text, characters that are not spelled.
pub(super) fn findings(pages: &[Page], sheets: &[Sheet]) -> Vec<Finding> {
    let numbers = |is: fn(&Page) -> bool| -> Vec<u32> {
        pages.iter().zip(sheets).filter(|(page, _)| is(page)).map(|(_, sheet)| sheet.page).collect()
    };
    let said = |code: Code, pages: Vec<u32>| {
        let origin = Origin { page: pages.first().copied(), ..Origin::default() };
        let count = pages.len().to_string();
        (!pages.is_empty()).then(|| Finding::new(code).found(count).detail("pages", ranges(&pages)).at(origin))
    };
    let unspelled: usize = pages.iter().map(unspelled).sum();
    let unspelled =
        said(Code::TextNotSpelled, numbers(unspelled_on)).map(|finding| finding.found(unspelled.to_string()));
    let scanned = said(Code::Scanned, numbers(is_scan));
    let recognised = said(Code::TextRecognised, numbers(is_recognised));
    let struck: usize = sheets.iter().map(|sheet| sheet.struck).sum();
    let struck = (struck > 0).then(|| {
        let page = sheets.iter().find(|sheet| sheet.struck > 0).map(|sheet| sheet.page);
        let finding = Finding::new(Code::TrackedChanges).detail("insertions", 0).detail("deletions", struck);
        finding.at(Origin { page, ..Origin::default() })
    });
    scanned.into_iter().chain(recognised).chain(unspelled).chain(struck).collect()
}

fn unspelled_on(page: &Page) -> bool {
    unspelled(page) > 0
}

fn unspelled(page: &Page) -> usize {
    page.glyphs.iter().filter(|glyph| glyph.text == Said::Nothing).count()
}

/// A page of pictures (or of drawn outlines) with next to no text.
fn is_scan(page: &Page) -> bool {
    let written = |glyph: &&Glyph| !glyph.text.is_space();
    let characters = page.glyphs.iter().filter(written).take(FEW_CHARACTERS).count();
    let area = page.width * page.height;
    let pictured = page.pictures.iter().map(|picture| picture.width() * picture.height()).sum::<f32>() >= SCAN * area;
    characters < FEW_CHARACTERS && pictured
        || characters == 0 && (page.shapes >= MANY_SHAPES || !page.pictures.is_empty())
}

/// A page whose text was recognised in a picture of it.
fn is_recognised(page: &Page) -> bool {
    page.glyphs.iter().any(|glyph| glyphs::is_recognised(glyph, &page.pictures))
}

/// `1–3, 5`.
fn ranges(pages: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => parts.push((page, page)),
        }
    }
    let shown = parts
        .into_iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") });
    shown.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_in_stretches() {
        assert_eq!(ranges(&[1, 2, 3, 5, 7, 8]), "1–3, 5, 7–8");
        assert_eq!(ranges(&[]), "");
    }
}
