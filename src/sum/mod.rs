//! The reports of many units → their sum, figure by figure (汇总), and what is to be said about it.
//!
//! A figure of the sum is the exact sum of all units that were added, or it is not given. Which units
//! were not added, and why, is always said. The sum is an ordinary [`Report`]: checks and exporters
//! work on it as on any other.

mod add;
mod against;
mod alike;
mod cause;
mod edition;
mod group;
mod listed;
mod pair;
mod said;
mod standing;
mod year;

use std::sync::Arc;

use crate::division::Listed;
use crate::document::Origin;
use crate::finding::{Code, Finding, Lang, Words};
use crate::report::consolidation::Unit;
use crate::report::{Consolidation, Draft, Evidence, Organ, Report, Stated, TableReport, Total};
use crate::template::Form;

/// What is asked of a sum.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// The year to add up; that of most units if it is not given.
    pub year: Option<i32>,
    /// The organ that the sum is of; that of the draft if it is not given.
    pub name: Option<&'a str>,
    /// The units that should report.
    pub listed: Option<&'a [Listed]>,
    /// The report of the whole, to compare with.
    pub against: Option<&'a Unit>,
}

/// Why there is no sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SumError {
    /// No report states a year.
    NoReport,
    /// Two years have equally many units: each with its count.
    YearTie(Vec<(i32, usize)>),
    /// No unit of the year can be added.
    NoneOfYear(i32),
}

impl SumError {
    /// One sentence with cause and remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (SumError::NoReport, Lang::En) => {
                "no report with a year and a table of the form was found; check that this is the right folder"
                    .to_owned()
            }
            (SumError::NoReport, Lang::Zh) => "没有找到载明年度且含有表格的报告；请确认文件夹是否正确".to_owned(),
            (SumError::YearTie(years), Lang::En) => {
                let years: Vec<String> = years.iter().map(|(year, count)| format!("{year} ({count})")).collect();
                format!("as many units report on one year as on another: {}; give `--year`", years.join(", "))
            }
            (SumError::YearTie(years), Lang::Zh) => {
                let years: Vec<String> = years.iter().map(|(year, count)| format!("{year}年（{count}份）")).collect();
                format!("不同年度的报告份数相同：{}；请用 `--year` 指定", years.join("、"))
            }
            (SumError::NoneOfYear(year), Lang::En) => {
                format!("no report of {year} can be added; check the folder, or give another `--year`")
            }
            (SumError::NoneOfYear(year), Lang::Zh) => {
                format!("没有可计入的{year}年度报告；请确认文件夹，或用 `--year` 另行指定")
            }
        }
    }
}

/// Adds the reports of the units up. The order in which they are given does not matter.
///
/// # Errors
/// When no year can be settled, or no unit of it can be added.
pub fn sum(mut units: Vec<Unit>, ask: &Ask<'_>, forms: &[Arc<Form>]) -> Result<Consolidation, SumError> {
    units.sort_by(|a, b| (&a.source, a.number()).cmp(&(&b.source, b.number())));
    let year = year::of(&units, ask)?;
    standing::settle(&mut units, year, ask);
    let form = edition::of(&units, year, forms).ok_or(SumError::NoneOfYear(year))?;
    let mut totals = add::totals(form, &units);
    let mut findings = standing::findings(&units, ask, year);
    findings.extend(ask.listed.map(|listed| listed::findings(listed, &units)).unwrap_or_default());
    findings.extend(alike::findings(&units, ask));
    findings.extend(edition::findings(form, &units));
    findings.extend(said::of_units(&units));
    findings.extend(said::of_totals(form, &totals, &units));
    if let Some(draft) = ask.against {
        findings.extend(against::compare(form, &mut totals, draft, year));
        findings.extend(cause::findings(form, &totals, &units));
    }
    let report = report(form, &totals, ask, year, findings);
    let draft = ask.against.map(|unit| Draft { source: unit.place(), title: title_of(unit) });
    Ok(Consolidation { report, year, edition: form.edition.clone(), units, totals, draft })
}

/// The name that the sum bears: as asked, else that of the draft.
fn whole_name(ask: &Ask<'_>) -> Option<String> {
    ask.name.map(str::to_owned).or_else(|| ask.against.and_then(Unit::organ))
}

fn title_of(unit: &Unit) -> Option<String> {
    Some(unit.report.as_ref()?.title.as_ref()?.text.clone())
}

/// The sum as a report of the form.
fn report(form: &Form, totals: &[Total], ask: &Ask<'_>, year: i32, findings: Vec<Finding>) -> Report {
    let own = ask.against.filter(|_| ask.name.is_none()).and_then(|unit| unit.report.as_ref());
    let name = ask.name.map(|name| Organ { name: name.to_owned(), inferred: None, by: "title".to_owned() });
    let organ = name.or_else(|| own?.organ.clone());
    let plain = format!("{}{year}年政府信息公开工作年度报告", organ.as_ref().map_or("", |organ| &organ.name));
    let text = own.and_then(|report| Some(report.title.as_ref()?.text.clone())).unwrap_or(plain);
    let origin = Origin::default();
    let evidence = Evidence { by: "title".to_owned(), year, text: text.clone(), origin };
    let tables = (0..form.tables.len()).map(|table| self::table(form, table, totals)).collect();
    Report {
        number: 1,
        title: Some(Stated { text, origin }),
        organ,
        year: Some(year),
        evidence: vec![evidence],
        tables,
        findings,
        ..Report::default()
    }
}

fn table(form: &Form, table: usize, totals: &[Total]) -> TableReport {
    let of_table = |total: &&Total| form.field(&total.key).is_some_and(|field| field.table == table);
    TableReport {
        id: form.tables[table].id.clone(),
        edition: Some(form.edition.clone()),
        form: form.edition.clone(),
        origin: None,
        figures: totals.iter().filter(of_table).map(add::figure).collect(),
        extra_rows: Vec::new(),
    }
}

/// A finding about a unit: its name and its file.
fn about(code: Code, unit: &Unit) -> Finding {
    let (name, source) = (unit.name(), unit.place());
    let named = if name == source {
        Words::new(source.clone(), source.clone())
    } else {
        Words::new(format!("“{name}” ({source})"), format!("“{name}”（{source}）"))
    };
    Finding::new(code).detail("unit", name).detail("source", source).detail_words("named", &named)
}

/// Names one after the other.
fn names<'a>(units: impl IntoIterator<Item = &'a Unit>) -> String {
    units.into_iter().map(Unit::name).collect::<Vec<_>>().join("、")
}
