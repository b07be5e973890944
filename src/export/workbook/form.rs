//! A report as the official form, a sheet a table, laid out as printed; sums are live formulas.

use std::collections::HashMap;
use std::io;

use rust_decimal::Decimal;
use rust_xlsxwriter::{ColNum, Format, Formula, Note, RowNum, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::style::{Styles, bordered};
use super::sums::{Places, Rule, rules, totals};
use super::{Exactly, column_number, excel_number, failed, head, new_workbook, put, put_text, shortened};
use crate::export::findings::{self, sentence};
use crate::export::table::weights;
use crate::export::{Item, Settings};
use crate::finding::{Code, Lang};
use crate::report::{Figure, NOT_GIVEN, Report, TableReport, Value};
use crate::sheet::{Content, Rows, Sheet, SheetCell};
use crate::template::{Form, Key, Relation};

/// Rows above the table: title, source, one empty.
const TOP: RowNum = 3;
/// Width of a column of figures, and of the last column of labels, in characters.
const FIGURE_WIDTH: f64 = 11.0;
const LABEL_WIDTH: f64 = 30.0;
const GROUP_WIDTH: f64 = 12.0;
/// Height of a line of text, in points.
const LINE: f64 = 15.0;
/// Characters of a sheet's name: Excel takes no more.
const LONGEST_NAME: usize = 31;

/// The workbook of one report.
///
/// Each table that a form in use knows is a sheet. Where the published total is what its parts
/// add up to, its cell holds the formula; where it is not, the cell holds the published number,
/// coloured, with a note of what was expected. Right of the table every rule stands with both
/// sides and their difference as formulas.
///
/// # Errors
/// When the container cannot be written.
pub fn form(item: &Item<'_>, report: &Report, settings: &Settings) -> io::Result<Vec<u8>> {
    let mut workbook = new_workbook()?;
    fill(&mut workbook, item, report, settings).map_err(failed)?;
    workbook.save_to_buffer().map_err(failed)
}

fn fill(workbook: &mut Workbook, item: &Item<'_>, report: &Report, settings: &Settings) -> Result<(), XlsxError> {
    let styles = Styles::new();
    let of = match settings.lang {
        Lang::En => format!("{}, report {}", item.source, report.number),
        Lang::Zh => format!("{}，第 {} 份报告", item.source, report.number),
    };
    tables(workbook, &of, report, (settings, &styles), &Live::new())?;
    said(workbook.add_worksheet(), item, report, settings, &styles)
}

/// Formulas over other sheets that give a figure, without `=`.
pub(super) type Live<'a> = HashMap<&'a Key, String>;

/// A sheet for each table; `of` says below the title what it was made of.
pub(super) fn tables(
    workbook: &mut Workbook,
    of: &str,
    report: &Report,
    (settings, styles): (&Settings, &Styles),
    live: &Live<'_>,
) -> Result<(), XlsxError> {
    for table in &report.tables {
        let Some(form) = settings.form(&table.form) else { continue };
        let Some(sheet) = Sheet::of(form, table, Rows::All) else { continue };
        let index = form.table(&table.id).map_or(0, |(index, _)| index);
        let number = workbook.worksheets().len() + 1;
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(sheet_name(number, &form.tables[index].title))?;
        title(worksheet, of, report)?;
        Page { form, index, table, report, settings, styles, live, sheet }.write(worksheet)?;
    }
    Ok(())
}

/// The title of the report, and what it was made of.
fn title(sheet: &mut Worksheet, of: &str, report: &Report) -> Result<(), XlsxError> {
    let large = Format::new().set_bold().set_font_size(14);
    let title = report.title.as_ref().map_or("", |title| title.text.as_str());
    put_text(sheet, (0, 0), title, Some(&large))?;
    put_text(sheet, (1, 0), of, None).map(|_| ())
}

/// The last sheet: what is to be said of the report.
pub(super) fn said(
    sheet: &mut Worksheet,
    item: &Item<'_>,
    report: &Report,
    settings: &Settings,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let table = &findings::TABLE;
    let specs = (table.columns)(settings);
    head(sheet, table.title(settings.lang), &specs, settings.lang, styles)?;
    let own = Item { reports: std::slice::from_ref(report), ..*item };
    let (mut row, mut ended) = (0, Ok(()));
    let each = (table.rows)(&own, settings, &mut |cells| {
        row += 1;
        for (column, cell) in (0..).zip(cells) {
            if let Err(error) = put(sheet, (row, column), cell, styles) {
                ended = Err(error);
            }
        }
        Ok(())
    });
    each.map_err(XlsxError::IoError)?;
    ended
}

/// Characters that no sheet's name may have, and the length of a name.
fn sheet_name(number: usize, title: &str) -> String {
    let safe = |c: char| if c.is_control() || "[]:*?/\\'".contains(c) { ' ' } else { c };
    let mut name = format!("{number} ");
    for c in title.chars().map(safe) {
        if name.encode_utf16().count() + c.len_utf16() > LONGEST_NAME {
            break;
        }
        name.push(c);
    }
    name
}

/// A table on its sheet.
struct Page<'a> {
    form: &'a Form,
    index: usize,
    table: &'a TableReport,
    report: &'a Report,
    settings: &'a Settings,
    styles: &'a Styles,
    live: &'a Live<'a>,
    sheet: Sheet<'a>,
}

impl<'a> Page<'a> {
    fn write(&self, out: &mut Worksheet) -> Result<(), XlsxError> {
        let places = self.places();
        let rules = rules(self.form, self.index, self.table, &places);
        let totals = totals(self.form, &rules);
        let weights = weights(self.report);
        self.widths(out)?;
        for cell in &self.sheet.cells {
            match &cell.content {
                Content::Heading(text) => self.text(out, cell, text, &bordered(&self.styles.header))?,
                Content::Label(text) => self.text(out, cell, text, &bordered(&Format::new()))?,
                Content::Extra(text) => self.text(out, cell, text, &bordered(&Format::new()))?,
                Content::Figure(key, figure) => {
                    let value = figure.map_or(Value::Missing, |figure| figure.value);
                    let look = self.styles.of_printed(value, weights.get(key).copied());
                    self.merged(out, cell, &look)?;
                    let formula = self.live.get(key).or_else(|| totals.get(key));
                    self.figure(out, cell, *figure, formula.map(String::as_str), &look)?;
                    self.note(out, cell, key)?;
                }
            }
        }
        self.rules(out, &rules)?;
        out.set_landscape();
        out.set_print_fit_to_pages(1, 0);
        // The rules are for the screen: what is printed is the form.
        let last = (TOP + row_number(self.sheet.rows - 1), column_number(self.sheet.columns - 1));
        out.set_print_area(0, 0, last.0, last.1).map(|_| ())
    }

    fn places(&self) -> Places<'a> {
        let place = |cell: &SheetCell<'a>| match cell.content {
            Content::Figure(key, _) => Some((key, at(cell))),
            _ => None,
        };
        self.sheet.cells.iter().filter_map(place).collect()
    }

    fn widths(&self, out: &mut Worksheet) -> Result<(), XlsxError> {
        for column in 0..self.sheet.columns {
            out.set_column_width(column_number(column), self.width(column))?;
        }
        for (row, height) in self.heights() {
            out.set_row_height(row, height)?;
        }
        Ok(())
    }

    fn width(&self, column: usize) -> f64 {
        match self.sheet.label_columns {
            labels if column >= labels => FIGURE_WIDTH,
            labels if column + 1 == labels => LABEL_WIDTH,
            _ => GROUP_WIDTH,
        }
    }

    /// Rows with text that needs more than a line: spreadsheets do not look into merged cells.
    fn heights(&self) -> Vec<(RowNum, f64)> {
        let mut lines: HashMap<RowNum, usize> = HashMap::new();
        for cell in self.sheet.cells.iter().filter(|cell| cell.rows == 1) {
            let text = match &cell.content {
                Content::Heading(text) | Content::Label(text) => text,
                Content::Extra(text) => text.as_ref(),
                Content::Figure(..) => continue,
            };
            let width: f64 = (cell.column..cell.column + cell.columns).map(|column| self.width(column)).sum();
            let needed = text.width() / (width as usize).max(1) + 1;
            let tallest = lines.entry(at(cell).0).or_default();
            *tallest = needed.max(*tallest);
        }
        let mut heights: Vec<_> = lines.into_iter().map(|(row, lines)| (row, LINE * lines as f64)).collect();
        heights.sort_by_key(|(row, _)| *row);
        heights
    }

    fn merged(&self, out: &mut Worksheet, cell: &SheetCell, look: &Format) -> Result<(), XlsxError> {
        let (row, column) = at(cell);
        let last = (TOP + row_number(cell.row + cell.rows - 1), column_number(cell.column + cell.columns - 1));
        if last == (row, column) {
            return out.write_blank(row, column, look).map(|_| ());
        }
        out.merge_range(row, column, last.0, last.1, "", look).map(|_| ())
    }

    fn text(&self, out: &mut Worksheet, cell: &SheetCell, text: &str, look: &Format) -> Result<(), XlsxError> {
        self.merged(out, cell, look)?;
        put_text(out, at(cell), text, Some(look)).map(|_| ())
    }

    /// The published number, or the formula that gives it; what is no number as it stands.
    fn figure(
        &self,
        out: &mut Worksheet,
        cell: &SheetCell,
        figure: Option<&Figure>,
        total: Option<&str>,
        look: &Format,
    ) -> Result<(), XlsxError> {
        let (row, column) = at(cell);
        let Some(figure) = figure else { return Ok(()) };
        match (figure.value, total) {
            (Value::Number(number), Some(formula)) if excel_number(number).is_some() => {
                let formula = Formula::new(format!("={formula}")).set_result(number.to_string());
                out.write_formula_with_format(row, column, formula, look).map(|_| ())
            }
            (Value::Number(number), _) => out.write_string_or_number(row, column, number, Some(look)),
            (Value::Missing, Some(formula)) => {
                let formula = Formula::new(format!("={formula}")).set_result(NOT_GIVEN);
                out.write_formula_with_format(row, column, formula, look).map(|_| ())
            }
            (Value::NotApplicable | Value::Unreadable, _) => {
                put_text(out, (row, column), figure.raw.as_deref().unwrap_or_default(), Some(look)).map(|_| ())
            }
            (Value::Blank | Value::Missing | Value::Ambiguous, _) => Ok(()),
        }
    }

    /// What is to be said of a figure, where it stands.
    fn note(&self, out: &mut Worksheet, cell: &SheetCell, key: &Key) -> Result<(), XlsxError> {
        let about = self.report.findings.iter().filter(|finding| finding.field.as_ref() == Some(key));
        let lines: Vec<String> = about.map(|finding| sentence(finding, self.settings.lang)).collect();
        if lines.is_empty() {
            return Ok(());
        }
        let text = lines.join("\n");
        let note = Note::new(shortened(&text).unwrap_or(text)).set_author(env!("CARGO_PKG_NAME")).set_width(360);
        let (row, column) = at(cell);
        out.insert_note(row, column, &note).map(|_| ())
    }

    /// Every rule right of the table: both sides, their difference and the verdict, all of them live.
    fn rules(&self, out: &mut Worksheet, rules: &[Rule]) -> Result<(), XlsxError> {
        if rules.is_empty() {
            return Ok(());
        }
        let columns = self.rule_columns();
        for ((column, width), (en, zh)) in columns.into_iter().zip(RULE_WIDTHS).zip(RULE_HEADER) {
            out.set_column_width(column, width)?;
            out.write_string_with_format(TOP, column, self.settings.lang.pick(en, zh), &bordered(&self.styles.header))?;
        }
        for (row, rule) in (TOP + 1..).zip(rules) {
            self.rule(out, row, columns, rule)?;
        }
        Ok(())
    }

    /// A column of the sheet stays free between table and rules.
    fn rule_columns(&self) -> [ColNum; 6] {
        let first = column_number(self.sheet.columns + 1);
        [0, 1, 2, 3, 4, 5].map(|at| first + at)
    }

    fn rule(&self, out: &mut Worksheet, row: RowNum, columns: [ColNum; 6], rule: &Rule) -> Result<(), XlsxError> {
        let [name, place, left, right, difference, verdict] = columns;
        let look = self.styles.of_rule(rule.holds());
        let identity = self.form.identity(rule.instance);
        let code = Code::ALL.iter().find(|code| code.entry().name == identity.code);
        let title = code.map_or(identity.code.as_str(), |code| code.entry().title(self.settings.lang));
        put_text(out, (row, name), title, Some(&look))?;
        put_text(out, (row, place), &self.place(rule), Some(&look))?;
        let Some(holds) = rule.holds() else {
            out.write_string_with_format(
                row,
                verdict,
                self.settings.lang.pick("cannot be assessed", "无法判定"),
                &look,
            )?;
            return Ok(());
        };
        let cell = |column| rust_xlsxwriter::row_col_to_cell(row, column);
        let places = rule.difference().map_or(0, |difference| difference.scale());
        let off = format!("ROUND({}-{},{places})", cell(left), cell(right));
        let mut put = |column, formula: &str, result: String| {
            let formula = Formula::new(format!("={formula}")).set_result(result);
            out.write_formula_with_format(row, column, formula, &look).map(|_| ())
        };
        let plain = |sum: Option<Decimal>| sum.map_or_else(String::new, |sum| sum.normalize().to_string());
        put(left, &rule.left.formula, plain(rule.left.sum))?;
        put(right, &rule.right.formula, plain(rule.right.sum))?;
        put(difference, &off, plain(rule.difference()))?;
        let sign = if rule.relation == Relation::Equal { "=" } else { "<=" };
        let (yes, no) = (self.settings.lang.pick("holds", "符合"), self.settings.lang.pick("broken", "不符"));
        let formula = format!("IF({}{sign}0,\"{yes}\",\"{no}\")", cell(difference));
        put(verdict, &formula, (if holds { yes } else { no }).to_owned())
    }

    /// The row and the column of the figure that a rule is about, as printed.
    fn place(&self, rule: &Rule) -> String {
        let (rows, columns) = self.form.printed(&self.form.fields[rule.instance.subject]);
        format!("{} | {}", rows.join(" / "), columns.join(" / "))
    }
}

/// Widths of their columns, in characters.
const RULE_WIDTHS: [f64; 6] = [44.0, 64.0, 11.0, 11.0, 11.0, 14.0];

/// Headers of the rules: English, Chinese.
const RULE_HEADER: [(&str, &str); 6] = [
    ("rule", "规则"),
    ("place", "位置"),
    ("left side", "左边之和"),
    ("right side", "右边之和"),
    ("difference", "差"),
    ("verdict", "结论"),
];

/// Where a cell of the form stands on its sheet.
fn at(cell: &SheetCell) -> (RowNum, ColNum) {
    (TOP + row_number(cell.row), column_number(cell.column))
}

/// Forms have far fewer rows than a sheet.
fn row_number(at: usize) -> RowNum {
    RowNum::try_from(at).unwrap_or(RowNum::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_a_name_that_excel_takes() {
        assert_eq!(sheet_name(1, "主动公开政府信息情况"), "1 主动公开政府信息情况");
        let name = sheet_name(12, &"a/b[c]:'".repeat(9));
        assert!(name.len() == LONGEST_NAME && !name.contains(['/', '[', ']', ':', '\'']), "{name}");
    }
}
