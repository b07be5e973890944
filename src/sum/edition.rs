//! Which form the sum has, and units whose tables are of another one.

use std::collections::HashMap;
use std::sync::Arc;

use super::about;
use crate::finding::{Code, Finding};
use crate::report::consolidation::Unit;
use crate::report::{Exact, Figure, Report, Standing, counted};
use crate::template::Form;

/// Figures that are named one by one; of more only the number is said.
const NAMED: usize = 6;

/// The form of most units that are added; where two have equally many, the one made for the year, else the newest.
/// `None` if there is no unit.
pub(super) fn of<'a>(units: &[Unit], year: i32, forms: &'a [Arc<Form>]) -> Option<&'a Form> {
    let mut counted: HashMap<&str, usize> = HashMap::new();
    for report in added(units).filter_map(|unit| unit.report.as_ref()) {
        if let Some(edition) = main_edition(report) {
            *counted.entry(edition).or_default() += 1;
        }
    }
    let votes = |form: &Arc<Form>| counted.get(form.edition.as_str()).copied().unwrap_or_default();
    // The newest form stands first, and the last of equals is taken.
    let best = forms.iter().rev().max_by_key(|form| (votes(form), form.made_for(year)))?;
    (votes(best) > 0).then_some(best)
}

fn added(units: &[Unit]) -> impl Iterator<Item = &Unit> {
    units.iter().filter(|unit| unit.standing == Standing::Added)
}

/// The edition of most of its tables, the first of equals.
fn main_edition(report: &Report) -> Option<&str> {
    let found: Vec<&str> = report.tables.iter().filter_map(|table| table.edition.as_deref()).collect();
    let votes = |edition: &&str| found.iter().filter(|other| *other == edition).count();
    found.iter().rev().copied().max_by_key(votes)
}

/// Units with tables of another form, each with the figures that the sum has no place for.
pub(super) fn findings(form: &Form, units: &[Unit]) -> Vec<Finding> {
    added(units).filter_map(|unit| finding(form, unit, unit.report.as_ref()?)).collect()
}

/// The same of one report.
pub(super) fn finding(form: &Form, unit: &Unit, report: &Report) -> Option<Finding> {
    let other = |edition: &&str| *edition != form.edition;
    let mut editions: Vec<&str> =
        report.tables.iter().filter_map(|table| table.edition.as_deref()).filter(other).collect();
    editions.dedup();
    if editions.is_empty() {
        return None;
    }
    let zero = |figure: &Figure| counted(figure.value) == Some(Exact::default());
    let unfit = report.figures().filter(|figure| form.field(&figure.key).is_none() && !zero(figure));
    let unfit: Vec<&str> = unfit.map(|figure| figure.key.as_str()).collect();
    let shown = unfit.iter().take(NAMED).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let more = if unfit.len() > NAMED { ", …" } else { "" };
    let finding = about(Code::UnitEdition, unit).expected(&*form.edition).found(editions.join("、"));
    let listed = if unfit.is_empty() { String::new() } else { format!(" ({shown}{more})") };
    Some(finding.detail("figures", unfit.len()).detail("listed", listed))
}
