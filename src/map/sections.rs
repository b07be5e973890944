//! Headings 一 to 六 and the texts under them.

use std::sync::Arc;

use super::stream::{Item, Line};
use crate::report::{Part, Section};
use crate::template::Form;
use crate::template::label::{Label, Ordinal, is_ideograph, nearness};

/// A heading is shorter than this; the longest seen has 37 characters.
const LONGEST_HEADING: usize = 45;
/// A heading with a number may differ from the form's by this much …
const NEAR_NUMBERED: f64 = 0.6;
/// … one without a number hardly at all.
const NEAR_BARE: f64 = 0.9;

/// What a line is among the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    /// A section of the form.
    Section(String),
    /// A chapter that the form does not have.
    Other,
    /// （一）
    Part,
}

/// What heading a line is, if it is one.
pub(super) fn heading(forms: &[Arc<Form>], text: &str) -> Option<Heading> {
    let text = text.trim();
    let first = text.chars().next()?;
    let numbered = "一二三四五六七八九十（(".contains(first);
    if text.len() > 3 * LONGEST_HEADING && !numbered {
        return None;
    }
    let mut ends = text.char_indices().map(|(at, _)| at);
    let is_long = ends.nth(LONGEST_HEADING).is_some() || text.ends_with(['。', '；', '，']);
    let head = &text[..ends.next().unwrap_or(text.len())];
    // What begins with an ideograph has no bracket, so it can only be a heading that is short.
    if is_long && !numbered && is_ideograph(first) {
        return None;
    }
    let label = Label::of(head);
    if let Some(Ordinal::Bracketed(_)) = label.ordinal {
        return Some(Heading::Part);
    }
    // A row of a table in aligned columns may begin with a chapter's number, but ends in figures.
    let figures =
        text.split_whitespace().rev().take_while(|word| word.bytes().all(|byte| byte.is_ascii_digit())).count();
    if figures > 1 {
        return None;
    }
    if is_long {
        return None;
    }
    let chapter = matches!(label.ordinal, Some(Ordinal::Chapter(_)));
    if let Some(section) = section_of(forms, &label.core, if chapter { NEAR_NUMBERED } else { NEAR_BARE }) {
        return Some(Heading::Section(section));
    }
    chapter.then_some(Heading::Other)
}

/// The section whose title is nearest, if it is near enough; the first of several.
fn section_of(forms: &[Arc<Form>], core: &str, least: f64) -> Option<String> {
    let length = core.chars().count();
    if length < 2 {
        return None;
    }
    let titles = || forms.iter().flat_map(|form| form.section_titles.iter().map(move |title| (form, title)));
    if let Some((form, title)) = titles().find(|(_, title)| title.core == core) {
        return Some(form.sections[title.section].id.clone());
    }
    let mut best: (f64, Option<&str>) = (0.0, None);
    for (form, title) in titles() {
        // Texts that differ this much in length cannot be near, and most lines do.
        let (short, long) = min_max(length, title.length);
        if (short as f64) < least * long as f64 {
            continue;
        }
        let score = nearness(&title.core, core);
        if score > best.0 {
            best = (score, Some(&form.sections[title.section].id));
        }
    }
    let (score, at) = best;
    at.filter(|_| score >= least).map(str::to_owned)
}

fn min_max(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// The text that may be a heading: a line, or the only filled cell of a row.
pub(super) fn heading_text(item: &Item) -> Option<(&str, crate::document::Origin)> {
    match item {
        Item::Line(line) => Some((&line.text, line.origin)),
        Item::Row(row) => {
            let mut filled = row.cells.iter().filter(|cell| cell.own && !cell.text.trim().is_empty());
            let only = filled.next()?;
            filled.next().is_none().then_some((&*only.text, only.origin))
        }
    }
}

/// The sections of a report, with their texts; table rows are left out.
pub(super) fn sections(items: &[Item], headings: &[Option<Heading>]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (item, heading) in items.iter().zip(headings) {
        match (heading, heading_text(item)) {
            (Some(Heading::Section(id)), Some((text, origin))) => sections.push(opened(Some(id.clone()), text, origin)),
            (Some(Heading::Other), Some((text, origin))) => sections.push(opened(None, text, origin)),
            (Some(Heading::Part), Some((text, origin))) if matches!(item, Item::Line(_)) => {
                if let Some(section) = sections.last_mut() {
                    section.parts.push(part(text, origin));
                }
            }
            _ => {
                if let (Item::Line(line), Some(section)) = (item, sections.last_mut()) {
                    append(section, line);
                }
            }
        }
    }
    sections
}

fn opened(id: Option<String>, title: &str, origin: crate::document::Origin) -> Section {
    Section { id, title: title.trim().to_owned(), text: String::new(), origin, parts: Vec::new() }
}

/// `（一）主动公开工作。切实做好…`: the heading goes as far as the first full stop.
fn part(text: &str, origin: crate::document::Origin) -> Part {
    let text = text.trim();
    let (title, rest) = match text.split_once('。') {
        Some((title, rest)) if title.chars().count() <= LONGEST_HEADING => (title, rest),
        Some(_) => ("", text),
        None => (text, ""),
    };
    Part { title: title.to_owned(), text: rest.trim().to_owned(), origin }
}

fn append(section: &mut Section, line: &Line) {
    let text = section.parts.last_mut().map_or(&mut section.text, |part| &mut part.text);
    if line.text.trim().is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line.text.trim());
}
