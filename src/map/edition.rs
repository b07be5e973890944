//! Which edition each table is of: by the labels that only one prints, else by which fits more
//! rows, else as the report's other tables, else as the year.

use std::sync::Arc;

use super::align::{self, Aligned};
use super::locate::{self, Located};
use crate::finding::{Code, Finding, Place};
use crate::report::Value;
use crate::template::Form;

/// The form made for a year; the first if none was, or the year is unknown.
pub(super) fn of_year(forms: &[Arc<Form>], year: Option<i32>) -> &Form {
    let made = year.and_then(|year| forms.iter().find(|form| form.made_for(year)));
    made.unwrap_or(&forms[0])
}

/// Aligns every table with its edition.
pub(super) fn choose(
    forms: &[Arc<Form>],
    located: &[Located],
    year: Option<i32>,
    findings: &mut Vec<Finding>,
) -> Vec<Aligned> {
    let mut tables: Vec<Choice> = located.iter().map(|table| decide(forms, table, year)).collect();
    let others: Vec<usize> =
        tables.iter().filter(|table| table.decided && table.best.lines > 0).map(|table| table.form).collect();
    let of_others = (0..forms.len())
        .max_by_key(|form| (others.iter().filter(|other| *other == form).count(), std::cmp::Reverse(*form)));
    let of_year = year.and_then(|year| forms.iter().position(|form| form.made_for(year)));
    let (assumed, by) = match (of_others.filter(|_| !others.is_empty()), of_year) {
        (Some(form), _) => (form, "other_tables"),
        (None, Some(form)) => (form, "year"),
        (None, None) => (0, "newest_form"),
    };
    for (table, located) in tables.iter_mut().zip(located) {
        if !table.decided {
            assume(forms, (located, year), table, assumed, by);
        }
    }
    say_mixed(forms, &tables, findings);
    // What other editions ask for is not missed in this one.
    let asked = |table: &Choice| table.best.lines > 0 || forms[assumed].table(&table.best.report.id).is_some();
    tables.into_iter().filter(asked).map(|table| table.best).collect()
}

struct Choice {
    form: usize,
    best: Aligned,
    /// Its own labels or rows decide it.
    decided: bool,
}

fn decide(forms: &[Arc<Form>], located: &Located, year: Option<i32>) -> Choice {
    let with: Vec<(usize, usize)> =
        forms.iter().enumerate().filter_map(|(at, form)| Some((at, form.table(&located.id)?.0))).collect();
    let hits: Vec<usize> =
        with.iter().map(|&(form, table)| locate::decisive(&forms[form].lexicons[table], &located.items)).collect();
    let most = hits.iter().copied().max().unwrap_or(0);
    if most == 0 && with.iter().all(|&(form, table)| precedes(&forms[form], table, year)) {
        // Rows of a local form that came before: they read alike, and mean what nobody knows.
        let (form, table) = with[0];
        return Choice { form, best: align::align(&forms[form], table, &[], year), decided: false };
    }
    if most > 0 && hits.iter().filter(|count| **count == most).count() == 1 {
        let at = hits.iter().position(|count| *count == most).unwrap_or(0);
        let (form, table) = with[at];
        return Choice { form, best: align::align(&forms[form], table, &located.items, year), decided: true };
    }
    // What every edition prints alike is tried once, and decides nothing.
    let (first, table) = with[0];
    if with.len() > 1 && with.iter().all(|&(form, at)| forms[form].tables[at] == forms[first].tables[table]) {
        let best = align::align(&forms[first], table, &located.items, year);
        return Choice { form: first, best, decided: false };
    }
    let mut tried: Vec<(usize, Aligned)> =
        with.iter().map(|&(form, table)| (form, align::align(&forms[form], table, &located.items, year))).collect();
    let score =
        |aligned: &Aligned| (aligned.lines, placed(aligned), std::cmp::Reverse(aligned.report.extra_rows.len()));
    let best = tried.iter().map(|(_, aligned)| score(aligned)).max();
    let winners = tried.iter().filter(|(_, aligned)| Some(score(aligned)) == best).count();
    let at = tried.iter().position(|(_, aligned)| Some(score(aligned)) == best).unwrap_or(0);
    let (form, best) = tried.swap_remove(at);
    Choice { form, best, decided: winners == 1 }
}

/// Whether the year lies before any that a table was made for, of which local forms had the like.
fn precedes(form: &Form, table: usize, year: Option<i32>) -> bool {
    !form.tables[table].foreign.is_empty() && year.is_some_and(|year| year < form.first_year)
}

/// How many figures have a place: what may stand in one of several shows nothing.
fn placed(aligned: &Aligned) -> usize {
    let open = |value| matches!(value, Value::Missing | Value::Ambiguous);
    aligned.report.figures.iter().filter(|figure| !open(figure.value)).count()
}

/// Takes the edition that something else names, and says so if the table was found.
fn assume(
    forms: &[Arc<Form>],
    (located, year): (&Located, Option<i32>),
    choice: &mut Choice,
    assumed: usize,
    by: &str,
) {
    let Some((table, def)) = forms[assumed].table(&located.id) else { return };
    if choice.form != assumed {
        choice.best = align::align(&forms[assumed], table, &located.items, year);
        choice.form = assumed;
    }
    // Where the editions print the same table, there is nothing to decide and nothing to say.
    let same =
        forms.iter().filter_map(|form| form.table(&located.id)).all(|(_, other)| other.figures() == def.figures());
    if choice.best.lines > 0 && !same {
        let place = Place { table: def.title.clone(), row: String::new(), column: String::new() };
        let finding = Finding::new(Code::EditionAssumed).place(place).expected(&forms[assumed].edition);
        choice.best.findings.insert(0, finding.detail("by", by));
    }
}

fn say_mixed(forms: &[Arc<Form>], tables: &[Choice], findings: &mut Vec<Finding>) {
    let mut editions: Vec<usize> =
        tables.iter().filter(|table| table.decided && table.best.lines > 0).map(|table| table.form).collect();
    editions.sort_unstable();
    editions.dedup();
    if editions.len() < 2 {
        return;
    }
    // Titles as printed say the same in every language.
    let named = tables.iter().filter(|table| table.best.lines > 0).map(|table| {
        let (form, id) = (&forms[table.form], &table.best.report.id);
        let title = form.table(id).map_or(id.as_str(), |(_, def)| def.title.as_str());
        format!("“{title}” {}", form.edition)
    });
    findings.push(Finding::new(Code::MixedEditions).found(named.collect::<Vec<_>>().join(" / ")));
}
