//! The official form as a workbook: laid out as printed, published values untouched, sums live.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use gongkai::Extraction;
use gongkai::report::{Report, TableReport, Value};
use gongkai::template::{Form, Key};

use super::export_support::{form, item, number};
use super::{settings, write_forms};

/// A filled report whose sums hold, but that one total is 7 too high.
fn report() -> Report {
    let form = form("2021");
    let mut tables: Vec<TableReport> = (0..form.tables.len()).map(|at| TableReport::missing(form, at)).collect();
    for table in &mut tables {
        table.edition = Some("2021".to_owned());
        for figure in &mut table.figures {
            (figure.value, figure.raw) = (number("0"), Some("0".into()));
        }
    }
    let mut report = Report { number: 1, year: Some(2021), tables, ..Report::default() };
    for (key, value) in [
        ("applications.new_received.natural_person", number("5")),
        ("applications.new_received.business", Value::Blank),
        ("applications.new_received.total", number("5")),
        ("applications.granted.natural_person", number("5")),
        ("applications.granted.total", number("12")),
        ("applications.outcomes_total.natural_person", number("5")),
        ("applications.outcomes_total.total", number("5")),
        ("proactive.fees.amount", number("0.30")),
        ("proactive.licensing.decisions", Value::NotApplicable),
    ] {
        set(&mut report, key, value);
    }
    gongkai::check::check(&mut report, Form::shipped());
    report
}

fn set(report: &mut Report, key: &str, value: Value) {
    let figures = report.tables.iter_mut().flat_map(|table| &mut table.figures);
    let figure = figures.into_iter().find(|figure| figure.key.as_str() == key).expect("a figure");
    figure.value = value;
    figure.raw = Some(if value == Value::NotApplicable { "／" } else { "" }.into());
}

struct Sheet {
    values: calamine::Range<Data>,
    formulas: calamine::Range<String>,
}

impl Sheet {
    fn open(path: &Path, name: &str) -> Sheet {
        let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
        Sheet {
            values: book.worksheet_range(name).expect("values"),
            formulas: book.worksheet_formula(name).expect("formulas"),
        }
    }

    fn value(&self, (row, column): (u32, u32)) -> String {
        self.values.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
    }

    fn formula(&self, place: (u32, u32)) -> &str {
        self.formulas.get_value(place).map_or("", String::as_str)
    }
}

/// Row (from 0) of a line of the table of applications; the labels take three columns.
const NEW_RECEIVED: u32 = 3 + 3;
const GRANTED: u32 = NEW_RECEIVED + 2;
const OUTCOMES: u32 = NEW_RECEIVED + 23;
const NATURAL_PERSON: u32 = 3;
const TOTAL: u32 = 9;

#[test]
fn totals_that_add_up_are_formulas_and_others_stay_as_published() {
    let folder = tempfile::tempdir().expect("a folder");
    let extraction = Extraction { format: "text".to_owned(), reports: vec![report()], findings: Vec::new() };
    write_forms(folder.path(), &[item("sub/a.txt", &extraction)], &settings());
    let path = folder.path().join("forms/sub_a.txt-1.xlsx");
    let sheet = Sheet::open(&path, "2 收到和处理政府信息公开申请情况");
    assert_eq!(sheet.value((NEW_RECEIVED, 0)), "一、本年新收政府信息公开申请数量");
    assert_eq!(
        (sheet.value((NEW_RECEIVED, NATURAL_PERSON)).as_str(), sheet.formula((NEW_RECEIVED, NATURAL_PERSON))),
        ("5", "")
    );
    // A blank counts as 0 where the sum then holds.
    assert_eq!(
        (sheet.value((NEW_RECEIVED, TOTAL)).as_str(), sheet.formula((NEW_RECEIVED, TOTAL))),
        ("5", "SUM(D7:I7)")
    );
    assert_eq!(sheet.value((NEW_RECEIVED, NATURAL_PERSON + 1)), "");
    // 12 was published, 5 would be right.
    assert_eq!((sheet.value((GRANTED, TOTAL)).as_str(), sheet.formula((GRANTED, TOTAL))), ("12", ""));
    assert_eq!(sheet.formula((OUTCOMES, NATURAL_PERSON)), "SUM(D9:D29)");
    // Across it is right, down it is not: 12 is among its parts.
    assert_eq!((sheet.value((OUTCOMES, TOTAL)).as_str(), sheet.formula((OUTCOMES, TOTAL))), ("5", ""));
}

#[test]
fn every_rule_stands_beside_with_both_sides_live() {
    let folder = tempfile::tempdir().expect("a folder");
    let extraction = Extraction { format: "text".to_owned(), reports: vec![report()], findings: Vec::new() };
    write_forms(folder.path(), &[item("a", &extraction)], &settings());
    let sheet = Sheet::open(&folder.path().join("forms/a-1.xlsx"), "2 收到和处理政府信息公开申请情况");
    let form = form("2021");
    let rules = form.rules.iter().filter(|rule| form.tables[rule.table].id == "applications").count();
    let mut verdicts = Vec::new();
    for row in (4..).take(rules) {
        let [left, right, difference] =
            [13, 14, 15].map(|column| sheet.value((row, column)).parse::<i64>().expect("a number"));
        assert_eq!(left - right, difference, "row {}", row + 1);
        let number = row + 1;
        assert_eq!(sheet.formula((row, 15)), format!("ROUND(N{number}-O{number},0)"));
        assert!(!sheet.formula((row, 13)).is_empty() && !sheet.formula((row, 14)).is_empty());
        assert!(sheet.formula((row, 16)).starts_with(&format!("IF(P{number}")));
        verdicts.push(sheet.value((row, 16)));
    }
    let broken: Vec<usize> =
        verdicts.iter().enumerate().filter(|(_, verdict)| *verdict == "broken").map(|(at, _)| at).collect();
    let findings = &extraction.reports[0].findings;
    let of_sums =
        findings.iter().filter(|finding| ["row_total", "outcomes", "balance"].contains(&finding.code.entry().name));
    assert_eq!(broken.len(), of_sums.count(), "what the check says: {verdicts:?}");
    assert_eq!(broken.len(), 2);
}

#[test]
fn what_is_no_number_is_shown_as_it_stands_and_decimals_are_exact() {
    let folder = tempfile::tempdir().expect("a folder");
    let extraction = Extraction { format: "text".to_owned(), reports: vec![report()], findings: Vec::new() };
    write_forms(folder.path(), &[item("a", &extraction)], &settings());
    let sheet = Sheet::open(&folder.path().join("forms/a-1.xlsx"), "1 主动公开政府信息情况");
    let texts: Vec<String> = sheet.values.used_cells().map(|(_, _, data)| data.to_string()).collect();
    assert!(texts.contains(&"／".to_owned()) && texts.contains(&"0.3".to_owned()), "{texts:?}");
}

#[test]
fn a_failing_figure_has_a_note_of_what_was_expected() {
    let folder = tempfile::tempdir().expect("a folder");
    let extraction = Extraction { format: "text".to_owned(), reports: vec![report()], findings: Vec::new() };
    write_forms(folder.path(), &[item("a", &extraction)], &settings());
    let bytes = std::fs::read(folder.path().join("forms/a-1.xlsx")).expect("the workbook");
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a container");
    let mut comments = String::new();
    std::io::Read::read_to_string(&mut parts.by_name("xl/comments1.xml").expect("notes"), &mut comments).expect("XML");
    assert!(comments.contains("ref=\"J9\"") && comments.contains("12"), "{comments}");
    let key = Key::new("applications.granted.total");
    let finding =
        extraction.reports[0].findings.iter().find(|finding| finding.field.as_ref() == Some(&key)).expect("a finding");
    assert_eq!(finding.expected.as_deref(), Some("5"));
}

#[test]
fn every_sample_has_a_form_that_opens() {
    let folder = tempfile::tempdir().expect("a folder");
    let samples = super::samples();
    let items: Vec<_> = samples.iter().map(|(name, extraction)| item(name, extraction)).collect();
    write_forms(folder.path(), &items, &settings());
    let mut figures = 0;
    for (name, extraction) in &samples {
        for report in &extraction.reports {
            let mut book: Xlsx<_> =
                open_workbook(folder.path().join(format!("forms/{name}-{}.xlsx", report.number))).expect("a workbook");
            let sheets = book.sheet_names();
            assert_eq!(sheets.len(), report.tables.len() + 1, "{name}");
            for (table, sheet) in report.tables.iter().zip(&sheets) {
                let values = book.worksheet_range(sheet).expect("a sheet");
                let mut found = numbers(&values);
                for figure in &table.figures {
                    let Some(number) = figure.value.number() else { continue };
                    let digits = number.normalize().to_string();
                    let at = found.iter().position(|known| *known == digits);
                    found.swap_remove(at.unwrap_or_else(|| panic!("{name}: {} is not {digits}", figure.key)));
                    figures += 1;
                }
            }
        }
    }
    assert!(figures > 20_000, "{figures}");
}

fn numbers(values: &calamine::Range<Data>) -> Vec<String> {
    values.used_cells().map(|(_, _, data)| data.to_string()).collect()
}
