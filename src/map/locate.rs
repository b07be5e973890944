//! Which rows and lines of a report belong to which table of the form.

use std::collections::HashSet;
use std::sync::Arc;

use super::sections::Heading;
use super::stream::{Cell, Item, Line, Row, Shape};
use super::{caption, flow, line};
use crate::document::Origin;
use crate::template::label::Label;
use crate::template::lexicon::{Lexicon, Term};
use crate::template::{Form, Layout};

/// Labels of a header stand alone in a line, or side by side in one no longer than this.
const LONGEST_HEADER_LINE: usize = 45;

/// The items of one table, in the order of the document.
#[derive(Debug)]
pub(super) struct Located<'a> {
    /// The table's id.
    pub id: String,
    pub items: Vec<&'a Item>,
    /// Tables that their captions set apart from the report's own: the caption, and where the table begins.
    pub apart: Vec<(String, Origin)>,
    /// Tables of other forms whose rows read like this one's: what shows it, and where.
    pub foreign: Vec<(String, Origin)>,
}

/// Shares a report's items out among the tables of the forms.
///
/// A row goes to the table that its labels name; one whose labels name none, or several, goes to
/// the table of the rows before it, else to that of the section it stands in. Lines go to the
/// table of their section.
pub(super) fn locate<'a>(
    forms: &[Arc<Form>],
    items: &'a [Item],
    headings: &[Option<Heading>],
    year: Option<i32>,
) -> Vec<Located<'a>> {
    let mut located: Vec<Located> = Vec::new();
    for table in forms.iter().flat_map(|form| &form.tables) {
        if !located.iter().any(|known| known.id == table.id) {
            located.push(Located { id: table.id.clone(), items: Vec::new(), apart: Vec::new(), foreign: Vec::new() });
        }
    }
    let lexicons: Vec<Vec<&Lexicon>> = located.iter().map(|table| lexicons(forms, &table.id)).collect();
    let mut section: Option<usize> = None;
    let mut current: Option<(usize, usize)> = None;
    // The document's table in hand, and what sets it apart.
    let mut apart: Option<(usize, Option<&str>)> = None;
    for (place, (item, heading)) in items.iter().zip(headings).enumerate() {
        if let Some(heading) = heading
            && let Some(next) = section_of(forms, heading, &located)
        {
            section = next;
        }
        match item {
            Item::Line(_) => {
                current = None;
                if let Some(at) = section {
                    located[at].items.push(item);
                }
            }
            Item::Row(row) => {
                let same = current.filter(|(table, _)| *table == row.table).map(|(_, at)| at);
                let begins = apart.is_none_or(|(table, _)| table != row.table);
                if begins {
                    let above = apart.and_then(|(_, words)| words);
                    apart = Some((row.table, caption_over(&items[..place], above, year)));
                }
                let Some(at) = named(&lexicons, row, same.or(section)).or(same).or(section) else { continue };
                let first = current.is_none_or(|(table, _)| table != row.table);
                current = Some((row.table, at));
                match apart.and_then(|(_, words)| words) {
                    None => located[at].items.push(item),
                    Some(words) if first => {
                        let origin = row.cells.first().map_or(Origin::default(), |cell| cell.origin);
                        located[at].apart.push((words.to_owned(), origin));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    for (table, lexicons) in located.iter_mut().zip(&lexicons) {
        if lexicons.iter().any(|lexicon| lexicon.has_foreign()) {
            let begun = |form: &Arc<Form>| year.is_some_and(|year| year >= form.first_year);
            let of_its_years = forms.iter().any(|form| form.table(&table.id).is_some() && begun(form));
            leave_foreign(&Headings { lexicons, of_its_years }, items, table);
        }
    }
    located
}

/// What the last line before a table says to set it apart; a table right behind another goes on with it.
fn caption_over<'a>(before: &'a [Item], above: Option<&'a str>, year: Option<i32>) -> Option<&'a str> {
    let filled = |item: &&Item| line(item).is_none_or(|line| !line.text.trim().is_empty());
    match before.iter().rev().find(filled)? {
        Item::Line(line) => caption::apart(&line.text, year),
        Item::Row(_) => above,
    }
}

/// The labels of a table in every form that has it.
fn lexicons<'f>(forms: &'f [Arc<Form>], id: &str) -> Vec<&'f Lexicon> {
    forms.iter().filter_map(|form| Some(&form.lexicons[form.table(id)?.0])).collect()
}

/// Takes away the rows of tables that print a column of another form, and the lines if one of
/// them heads such a column.
fn leave_foreign(headings: &Headings, all: &[Item], located: &mut Located) {
    let source = |item: &Item| match item {
        Item::Row(row) => Some(row.table),
        Item::Line(_) => None,
    };
    // A header may name no row or column of ours, and so stand outside of what was located.
    let headers = all.iter().filter(|item| matches!(item, Item::Row(_)));
    let lines = located.items.iter().copied().filter(|item| matches!(item, Item::Line(_)));
    let mut sources: HashSet<Option<usize>> = HashSet::new();
    let mut foreign = Vec::new();
    for item in headers.chain(lines) {
        let Some((found, origin)) = headings.foreign(item) else { continue };
        let ours = located.items.iter().any(|own| source(own) == source(item));
        if ours && sources.insert(source(item)) {
            foreign.push((found, origin));
        }
    }
    located.items.retain(|item| !sources.contains(&source(item)));
    located.foreign = foreign;
}

/// What tells a table of the form from those of other forms.
struct Headings<'l> {
    lexicons: &'l [&'l Lexicon],
    /// The report is of a year of the form.
    of_its_years: bool,
}

impl Headings<'_> {
    /// The heading of another form that an item prints, and where.
    fn foreign(&self, item: &Item) -> Option<(String, Origin)> {
        match item {
            Item::Row(row) => {
                let own = || row.cells.iter().filter(|cell| cell.own);
                let is = |told: fn(&Lexicon, &str) -> bool| {
                    move |cell: &&Cell| cell.label().is_some_and(|label| self.any(label, told))
                };
                // Where cells have lost their columns, a code may stand where a blank figure was left out.
                let coded = !(self.of_its_years && row.stated && own().any(|cell| is(Lexicon::heads_figures)(&cell)));
                let code = || own().find(is(Lexicon::is_code)).filter(|_| coded);
                let cell = own().find(is(Lexicon::is_foreign)).or_else(code)?;
                Some((cell.text.trim().to_owned(), cell.origin))
            }
            Item::Line(line) if line.text.chars().count() <= LONGEST_HEADER_LINE => {
                let is_foreign = |word: &&str| {
                    let label = Label::of(word);
                    self.any(&label, Lexicon::is_foreign) || self.any(&label, Lexicon::is_code)
                };
                let word = line.text.split_whitespace().find(is_foreign)?;
                Some((word.to_owned(), line.origin))
            }
            Item::Line(_) => None,
        }
    }

    fn any(&self, label: &Label, told: fn(&Lexicon, &str) -> bool) -> bool {
        self.lexicons.iter().any(|lexicon| told(lexicon, &label.core))
    }
}

/// The table of a section; a section without one ends the one before. Sub-sections change nothing.
fn section_of(forms: &[Arc<Form>], heading: &Heading, located: &[Located]) -> Option<Option<usize>> {
    let Heading::Section(id) = heading else { return None };
    let table = forms.iter().flat_map(|form| &form.tables).find(|table| table.section == *id);
    Some(table.and_then(|table| located.iter().position(|known| known.id == table.id)))
}

/// The table that a row's labels name most; `likely` wins where they name it as well.
fn named(tables: &[Vec<&Lexicon>], row: &Row, likely: Option<usize>) -> Option<usize> {
    let labels: Vec<&Label> = row.cells.iter().filter(|cell| cell.own).filter_map(|cell| cell.label()).collect();
    if labels.is_empty() {
        return None;
    }
    // No table can have more votes than there are labels.
    if let Some(at) = likely.filter(|at| votes(&tables[*at], &labels) == labels.len()) {
        return Some(at);
    }
    let votes: Vec<usize> = tables.iter().map(|lexicons| votes(lexicons, &labels)).collect();
    let most = *votes.iter().max()?;
    if most == 0 || likely.is_some_and(|at| votes[at] == most) {
        return if most == 0 { None } else { likely };
    }
    votes.iter().position(|count| *count == most)
}

/// How many of the labels a table has, in the form in which it has most of them.
fn votes(lexicons: &[&Lexicon], labels: &[&Label]) -> usize {
    let mut most = 0;
    for lexicon in lexicons {
        let of_form = |label: &&&Label| {
            lexicon.places(&label.core).any(|entry| !matches!(entry.term, Term::Beside | Term::Foreign))
        };
        most = most.max(labels.iter().filter(of_form).count());
        if most == labels.len() {
            break;
        }
    }
    most
}

/// Whether the lines of a table in blocks show that repeated lines were dropped.
pub(super) fn lost_repeats(forms: &[Arc<Form>], located: &[Located]) -> Option<String> {
    located.iter().find_map(|table| {
        let rows = table
            .items
            .iter()
            .any(|item| matches!(item, Item::Row(row) if row.cells.iter().any(|cell| cell.shape == Shape::Value)));
        let lines: Vec<&Line> = table.items.iter().filter_map(|item| line(item)).collect();
        if rows || lines.is_empty() {
            return None;
        }
        forms.iter().find_map(|form| {
            let (at, def) = form.table(&table.id)?;
            (def.layout == Layout::Blocks).then(|| flow::lost_repeats(def, &form.lexicons[at], &lines)).flatten()
        })
    })
}

/// How many labels of these items only this edition prints.
pub(super) fn decisive(lexicon: &Lexicon, items: &[&Item]) -> usize {
    if !lexicon.has_decisive() {
        return 0;
    }
    let hit = |label: &Label| lexicon.decides(&label.core);
    items
        .iter()
        .map(|item| match item {
            Item::Row(row) => row
                .cells
                .iter()
                .filter(|cell| cell.own)
                .filter_map(|cell| cell.label())
                .filter(|label| hit(label))
                .count(),
            // Labels stand alone in a line, or side by side.
            Item::Line(line) if line.text.chars().count() <= LONGEST_HEADER_LINE => match hit(&Label::of(&line.text)) {
                true => 1,
                false => line.text.split_whitespace().filter(|word| hit(&Label::of(word))).count(),
            },
            Item::Line(_) => 0,
        })
        .sum()
}
