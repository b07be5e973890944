//! Several reports in one file: where one ends and the next begins.

use super::about::{self, Title};
use super::sections::{self, Heading};
use super::stream::{Item, Line, Row, Shape};
use crate::template::Form;
use crate::template::label::Label;

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
pub(super) fn reports<'a>(form: &Form, items: &'a [Item]) -> Vec<Part<'a>> {
    let headings: Vec<Option<Heading>> = items.iter().map(|item| heading_of(form, item)).collect();
    let lines: Vec<(usize, &Line)> =
        items.iter().enumerate().filter_map(|(at, item)| Some((at, super::line(item)?))).collect();
    let texts: Vec<&Line> = lines.iter().map(|(_, line)| *line).collect();
    let titles: Vec<(usize, Title)> =
        about::titles(&texts).into_iter().map(|title| (lines[title.first].0, title)).collect();
    let weights = running(items.iter().zip(&headings).map(|(item, heading)| weighs(form, item, heading.as_ref())));
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
fn heading_of(form: &Form, item: &Item) -> Option<Heading> {
    let (text, _) = sections::heading_text(item)?;
    let heading = sections::heading(form, text)?;
    let section = matches!(heading, Heading::Section(_));
    let label = Label::of(text);
    let names_form = || form.lexicons.iter().any(|lexicon| lexicon.places(&label.core).next().is_some());
    (section || (matches!(item, Item::Line(_)) && !names_form())).then_some(heading)
}

/// Headings of the form, and rows of its tables with values: what a report is made of.
fn weighs(form: &Form, item: &Item, heading: Option<&Heading>) -> bool {
    matches!(heading, Some(Heading::Section(_))) || matches!(item, Item::Row(row) if names_form(form, row))
}

fn names_form(form: &Form, row: &Row) -> bool {
    let values = row.cells.iter().any(|cell| cell.shape == Shape::Value);
    let labels = || row.cells.iter().filter_map(|cell| cell.label()).filter(|label| label.core.chars().count() >= 4);
    values && labels().any(|label| form.lexicons.iter().any(|lexicon| lexicon.places(&label.core).next().is_some()))
}

fn is_report(part: &Part) -> bool {
    let headings = part.headings.iter().filter(|heading| matches!(heading, Some(Heading::Section(_)))).count();
    let rows = part.items.iter().filter(|item| matches!(item, Item::Row(_))).count();
    !part.titles.is_empty() || headings >= 2 || (headings == 1 && (rows > 0 || part.items.len() > 10))
}
