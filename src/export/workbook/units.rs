//! A sum of many reports as a workbook: the form with a live formula in every cell, a row a unit behind it.

use std::io;

use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Workbook, Worksheet, XlsxError, row_col_to_cell};

use super::form::{Live, said, tables};
use super::style::{Styles, bordered};
use super::{Exactly, TALL_HEADER, column_number, excel_number, failed, new_workbook, put_text};
use crate::export::consolidation::money;
use crate::export::{Item, Settings};
use crate::report::consolidation::Unit;
use crate::report::{Consolidation, Exact, Figure, NOT_GIVEN, Report, Standing, Total, Value};

/// Row of the first unit; the header stands above.
const FIRST: RowNum = 1;
/// What is said of each unit before its figures: English, Chinese, width in characters.
const ABOUT: [(&str, &str, f64); 5] = [
    ("unit", "单位", 30.0),
    ("file", "来源文件", 36.0),
    ("year", "年度", 8.0),
    ("status", "状态", 22.0),
    ("errors", "错误数", 8.0),
];
/// The same of the comparison with the draft.
const COMPARED: [(&str, &str, f64); 6] = [
    ("figure", "项目", 64.0),
    ("field", "字段", 40.0),
    ("units add up to", "各单位之和", 14.0),
    ("draft", "草案", 14.0),
    ("difference", "差", 14.0),
    ("verdict", "结论", 14.0),
];
const FIGURE_WIDTH: f64 = 12.0;
/// Units that a formula waits for: with more, the cell is no formula. A function takes 255 arguments.
const MOST_LACKING: usize = 200;

/// The workbook of a sum: the tables of the form, the units, the draft if there is one, and what is to be said.
///
/// A cell of the form adds up its column of the units; one whose sum is not given does so as soon as the
/// figures that it lacks are entered there.
///
/// # Errors
/// When the container cannot be written.
pub fn consolidation(sum: &Consolidation, item: &Item<'_>, settings: &Settings) -> io::Result<Vec<u8>> {
    let mut workbook = new_workbook()?;
    Book { sum, item, settings, styles: Styles::new() }.fill(&mut workbook).map_err(failed)?;
    workbook.save_to_buffer().map_err(failed)
}

struct Book<'a> {
    sum: &'a Consolidation,
    item: &'a Item<'a>,
    settings: &'a Settings,
    styles: Styles,
}

impl<'a> Book<'a> {
    fn fill(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let live: Live<'a> = (0..)
            .zip(&self.sum.totals)
            .filter_map(|(at, total)| Some((&total.key, self.formula(at, total)?)))
            .collect();
        tables(workbook, self.item.source, &self.sum.report, (self.settings, &self.styles), &live)?;
        self.units(workbook.add_worksheet())?;
        if self.sum.draft.is_some() {
            self.compared(workbook.add_worksheet(), &live)?;
        }
        said(workbook.add_worksheet(), self.item, &self.sum.report, self.settings, &self.styles)
    }

    /// The name of the sheet of units; it needs no quotes in formulas.
    fn name(&self) -> &'static str {
        self.settings.lang.pick("units", "各单位")
    }

    /// The formula that gives a figure; `None` where there is nothing to add, or a number that no cell holds.
    fn formula(&self, at: usize, total: &Total) -> Option<String> {
        let column = figure_column(at);
        let last = FIRST + row_number(total.parts.len()) - 1;
        let cell = |row| format!("{}!{}", self.name(), row_col_to_cell(row, column));
        let sum = format!("SUM({}:{})", cell(FIRST), row_col_to_cell(last, column));
        let held = |value: &Value| !matches!(value, Value::Number(number) if excel_number(*number).is_none());
        match total.value {
            _ if !total.parts.iter().flatten().all(held) || !held(&total.value) => None,
            Value::Number(_) => Some(sum),
            Value::Missing if (1..=MOST_LACKING).contains(&total.lacking.len()) => {
                let waited: Vec<String> = total.lacking.iter().map(|at| cell(FIRST + row_number(*at))).collect();
                Some(format!("IF(COUNT({})={},{sum},\"{NOT_GIVEN}\")", waited.join(","), waited.len()))
            }
            _ => None,
        }
    }

    /// A row a unit, a column a figure; below, apart, what was not added.
    fn units(&self, out: &mut Worksheet) -> Result<(), XlsxError> {
        out.set_name(self.name())?;
        self.header(out, &ABOUT)?;
        out.set_row_height(0, TALL_HEADER)?;
        for (at, total) in self.sum.totals.iter().enumerate() {
            let column = figure_column(at);
            out.set_column_width(column, FIGURE_WIDTH)?;
            let label = self.settings.label(&self.sum.edition, &total.key);
            put_text(out, (0, column), label, Some(&bordered(&self.styles.header)))?;
        }
        out.set_freeze_panes(FIRST, 1)?;
        for (at, unit) in self.sum.added().enumerate() {
            self.about(out, FIRST + row_number(at), unit)?;
            for (column, total) in self.sum.totals.iter().enumerate() {
                self.part(out, (at, column), unit, total)?;
            }
        }
        let below = FIRST + row_number(self.sum.count()) + 1;
        for (row, unit) in (below..).zip(self.sum.others()) {
            self.about(out, row, unit)?;
            self.beside(out, row, unit)?;
        }
        Ok(())
    }

    fn header(&self, out: &mut Worksheet, columns: &[(&'static str, &'static str, f64)]) -> Result<(), XlsxError> {
        for (column, (en, zh, width)) in (0..).zip(columns) {
            out.set_column_width(column, *width)?;
            out.write_string_with_format(0, column, self.settings.lang.pick(*en, *zh), &bordered(&self.styles.header))?;
        }
        Ok(())
    }

    fn about(&self, out: &mut Worksheet, row: RowNum, unit: &Unit) -> Result<(), XlsxError> {
        let (en, zh) = unit.standing.words();
        let look = (unit.standing != Standing::Added).then(|| self.styles.of_rule(None));
        put_text(out, (row, 0), &unit.name(), look.as_ref())?;
        put_text(out, (row, 1), &unit.place(), look.as_ref())?;
        if let Some(year) = unit.report.as_ref().and_then(|report| report.year) {
            out.write_number(row, 2, year)?;
        }
        put_text(out, (row, 3), self.settings.lang.pick(en, zh), look.as_ref())?;
        if let Some(report) = &unit.report {
            out.write_number(row, 4, f64::from(row_number(errors(report))))?;
        }
        Ok(())
    }

    /// What a unit that was added has for a figure. What cannot be added is text.
    fn part(
        &self,
        out: &mut Worksheet,
        (at, column): (usize, usize),
        unit: &Unit,
        total: &Total,
    ) -> Result<(), XlsxError> {
        let place = (FIRST + row_number(at), figure_column(column));
        let Some(value) = total.parts[at] else { return Ok(()) };
        let lacking = total.lacking.binary_search(&at).is_ok();
        if let (Value::Number(number), true) = (value, lacking) {
            let text = format!("{number}{}", money(self.sum, &total.key, at));
            return put_text(out, place, &text, Some(&self.styles.of_rule(None))).map(|_| ());
        }
        let figure = unit.report.as_ref().and_then(|report| report.figure(&total.key));
        self.value(out, place, value, figure)
    }

    /// The figures of a unit that was not added, for whoever has to choose.
    fn beside(&self, out: &mut Worksheet, row: RowNum, unit: &Unit) -> Result<(), XlsxError> {
        let Some(report) = &unit.report else { return Ok(()) };
        for (at, total) in self.sum.totals.iter().enumerate() {
            if let Some(figure) = report.figure(&total.key) {
                self.value(out, (row, figure_column(at)), figure.value, Some(figure))?;
            }
        }
        Ok(())
    }

    fn value(
        &self,
        out: &mut Worksheet,
        (row, column): (RowNum, ColNum),
        value: Value,
        figure: Option<&Figure>,
    ) -> Result<(), XlsxError> {
        let look = self.styles.of_figure(value, None);
        let raw = figure.and_then(|figure| figure.raw.as_deref()).unwrap_or_default();
        match value {
            Value::Number(number) => out.write_string_or_number(row, column, number, look),
            Value::NotApplicable => put_text(out, (row, column), "/", look).map(|_| ()),
            Value::Unreadable => put_text(out, (row, column), raw, look).map(|_| ()),
            Value::Blank | Value::Missing | Value::Ambiguous => {
                look.map_or(Ok(()), |look| out.write_blank(row, column, look).map(|_| ()))
            }
        }
    }

    /// Sum, draft and difference of every figure, all but the draft live.
    fn compared(&self, out: &mut Worksheet, live: &Live<'_>) -> Result<(), XlsxError> {
        out.set_name(self.settings.lang.pick("against the draft", "与草案对照"))?;
        self.header(out, &COMPARED)?;
        out.set_freeze_panes(1, 0)?;
        for (row, total) in (1..).zip(&self.sum.totals) {
            put_text(out, (row, 0), self.settings.label(&self.sum.edition, &total.key), None)?;
            put_text(out, (row, 1), total.key.as_str(), None)?;
            self.sum_cell(out, row, total, live)?;
            if let Some(draft) = total.draft {
                self.value(out, (row, 3), draft, None)?;
            }
            if let Some(difference) = total.difference {
                self.difference(out, row, total, difference)?;
            }
        }
        Ok(())
    }

    fn sum_cell(&self, out: &mut Worksheet, row: RowNum, total: &Total, live: &Live<'_>) -> Result<(), XlsxError> {
        let Some(formula) = live.get(&total.key) else { return self.value(out, (row, 2), total.value, None) };
        let result = total.value.number().map_or_else(|| NOT_GIVEN.to_owned(), |number| number.to_string());
        out.write_formula(row, 2, Formula::new(format!("={formula}")).set_result(result)).map(|_| ())
    }

    fn difference(&self, out: &mut Worksheet, row: RowNum, total: &Total, difference: Exact) -> Result<(), XlsxError> {
        let off = difference != Exact::default();
        let look = if off { self.styles.of_rule(Some(false)) } else { Format::new() };
        let scale = |value: Option<Value>| value.and_then(Value::number).map_or(0, |number| number.scale());
        let places = scale(Some(total.value)).max(scale(total.draft));
        // `/` is text, and counts as nothing.
        let [sum, draft, own] = [2, 3, 4].map(|column| row_col_to_cell(row, column));
        let formula = Formula::new(format!("=ROUND(N({draft})-N({sum}),{places})")).set_result(difference.to_string());
        out.write_formula_with_format(row, 4, formula, &look)?;
        let (same, other) = (self.settings.lang.pick("agrees", "一致"), self.settings.lang.pick("differs", "不一致"));
        let formula = Formula::new(format!("=IF({own}=0,\"{same}\",\"{other}\")"));
        let formula = formula.set_result(if off { other } else { same });
        out.write_formula_with_format(row, 5, formula, &look).map(|_| ())
    }
}

fn errors(report: &Report) -> usize {
    report.findings.iter().filter(|finding| finding.severity == crate::finding::Severity::Error).count()
}

/// The column of a figure on the sheet of units.
fn figure_column(at: usize) -> ColNum {
    column_number(ABOUT.len() + at)
}

/// Units are far fewer than the rows of a sheet; more would be an error of the library.
fn row_number(at: usize) -> RowNum {
    RowNum::try_from(at).unwrap_or(RowNum::MAX / 2)
}
