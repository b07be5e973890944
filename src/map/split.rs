//! Several reports in one file: where one ends and the next begins.

use std::sync::Arc;

use super::about::{self, Title};
use super::sections::{self, Heading};
use super::stream::{Item, Line, Row, Shape};
use crate::template::label::Label;
use crate::template::lexicon::{Lexicon, Term};
use crate::template::{Form, TableDef};

/// One report's part of the stream.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub items: &'a [Item],
    /// What each item is among the headings.
    pub headings: Vec<Option<Heading>>,
    /// The titles in it, the first of them its own.
    pub titles: Vec<Title>,
}

/// The reports of a stream, in order; none if nothing in it is of the form.
pub(super) fn reports<'a>(forms: &[Arc<Form>], items: &'a [Item]) -> Vec<Part<'a>> {
    let headings = headings(forms, items);
    let lines: Vec<(usize, &Line)> =
        items.iter().enumerate().filter_map(|(at, item)| Some((at, super::line(item)?))).collect();
    let texts: Vec<&Line> = lines.iter().map(|(_, line)| *line).collect();
    let titles: Vec<(usize, Title)> =
        about::titles(&texts).into_iter().map(|title| (lines[title.first].0, title)).collect();
    let weights = running(items.iter().zip(&headings).map(|(item, heading)| weighs(forms, item, heading.as_ref())));
    let all = weights[items.len()];
    let mut cuts: Vec<usize> = vec![0];
    for (at, _) in &titles {
        let since = weights[*at] - weights[cuts[cuts.len() - 1]];
        if since >= 3 && all - weights[*at] >= 3 {
            cuts.push(*at);
        }
    }
    cuts.push(items.len());
    let mut titles = titles.into_iter().peekable();
    let mut headings = headings.into_iter();
    let part = |bounds: &[usize]| {
        let (start, end) = (bounds[0], bounds[1]);
        let own = std::iter::from_fn(|| titles.next_if(|(at, _)| *at < end)).map(|(_, title)| title).collect();
        Part { items: &items[start..end], headings: headings.by_ref().take(end - start).collect(), titles: own }
    };
    let parts = cuts.windows(2).map(part);
    parts.filter(is_report).collect()
}

/// How many of the items before each place, and before the end, hold.
fn running(items: impl Iterator<Item = bool>) -> Vec<usize> {
    let sums = items.scan(0, |sum, holds| {
        *sum += usize::from(holds);
        Some(*sum)
    });
    std::iter::once(0).chain(sums).collect()
}

/// What an item is among the headings. A row of a table is one only where it is a section of
/// the form: 一、本年新收… is a label, not a chapter.
fn heading_of(forms: &[Arc<Form>], item: &Item, section: Option<&str>) -> Option<Heading> {
    let (text, _) = sections::heading_text(item)?;
    let heading = sections::heading(forms, text)?;
    let label = Label::of(text);
    let is_line = matches!(item, Item::Line(_));
    if !matches!(heading, Heading::Section(_)) {
        return (is_line && !names(forms, &label)).then_some(heading);
    }
    // 一、主动公开情况 heads rows of a table too, where it stands in one.
    let within = |table: &TableDef| !is_line || section == Some(&table.section);
    (!heads_rows(forms, &label, within)).then_some(heading)
}

/// What each item is among the headings, knowing the section that it stands in.
fn headings(forms: &[Arc<Form>], items: &[Item]) -> Vec<Option<Heading>> {
    let mut section: Option<String> = None;
    let heading = |item: &Item| {
        let heading = heading_of(forms, item, section.as_deref());
        if let Some(Heading::Section(id)) = &heading {
            section = Some(id.clone());
        }
        heading
    };
    items.iter().map(heading).collect()
}

/// Whether a label is that of a group of rows, or of a row, in one of these tables.
fn heads_rows(forms: &[Arc<Form>], label: &Label, within: impl Fn(&TableDef) -> bool) -> bool {
    let tables = forms.iter().flat_map(|form| form.tables.iter().zip(&form.lexicons));
    let rows = |lexicon: &Lexicon| {
        let mut places = lexicon.places(&label.core);
        places.any(|entry| matches!(entry.term, Term::Group(_) | Term::Row(..)) && entry.label.ordinal == label.ordinal)
    };
    tables.filter(|(table, _)| within(table)).any(|(_, lexicon)| rows(lexicon))
}

/// Whether a label is one of the forms'.
fn names(forms: &[Arc<Form>], label: &Label) -> bool {
    let lexicons = || forms.iter().flat_map(|form| &form.lexicons);
    lexicons()
        .any(|lexicon| lexicon.places(&label.core).any(|entry| !matches!(entry.term, Term::Beside | Term::Foreign)))
}

/// Headings of the form, and rows of its tables with values: what a report is made of.
fn weighs(forms: &[Arc<Form>], item: &Item, heading: Option<&Heading>) -> bool {
    matches!(heading, Some(Heading::Section(_))) || matches!(item, Item::Row(row) if names_form(forms, row))
}

fn names_form(forms: &[Arc<Form>], row: &Row) -> bool {
    let values = row.cells.iter().any(|cell| cell.shape == Shape::Value);
    let labels = || row.cells.iter().filter_map(|cell| cell.label()).filter(|label| label.core.chars().count() >= 4);
    values && labels().any(|label| names(forms, label))
}

fn is_report(part: &Part) -> bool {
    let headings = part.headings.iter().filter(|heading| matches!(heading, Some(Heading::Section(_)))).count();
    let rows = part.items.iter().filter(|item| matches!(item, Item::Row(_))).count();
    !part.titles.is_empty() || headings >= 2 || (headings == 1 && (rows > 0 || part.items.len() > 10))
}
