//! The files: Word read again, the workbook's formulas against LibreOffice, CSV and JSON against the sum.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use gongkai::export::{Item, Settings, consolidation_csv, consolidation_json, consolidation_workbook};
use gongkai::finding::Lang;
use gongkai::report::consolidation::Unit;
use gongkai::report::{Consolidation, NOT_GIVEN, Standing, Value};
use gongkai::sum::Ask;
use gongkai::template::Form;

use super::{added, draft, texts, units};

/// The sum of a set in which one figure is not known, against the draft, with files that were not added.
fn doubtful() -> Consolidation {
    let mut all = texts();
    let text = all["01财政局.txt"].replace("行政许可 | 120", "行政许可 | 见附件");
    all.insert("01财政局.txt".to_owned(), text);
    let text = all["02教育局.txt"].replace("2023", "2022");
    all.insert("13旧.txt".to_owned(), text);
    let mut units = units(&all);
    units.push(Unit::of_file("锁.pdf", Standing::Unreadable, "password".to_owned()));
    added(units, &Ask { against: Some(&draft()), ..Ask::default() })
}

fn settings() -> Settings {
    Settings::new(Form::shipped()).lang(Lang::Zh)
}

fn workbook(sum: &Consolidation) -> Vec<u8> {
    let reports = std::slice::from_ref(&sum.report);
    let item = Item { source: "汇总", sha256: "", format: "sum", reports, findings: &[] };
    consolidation_workbook(sum, &item, &settings()).expect("memory")
}

#[test]
fn the_word_document_reads_back_with_the_same_figures() {
    for sum in [added(units(&texts()), &Ask { name: Some("示例县"), ..Ask::default() }), doubtful()] {
        let bytes = gongkai::render::docx(&sum.printed(), Form::shipped()).expect("a document");
        let read = gongkai::extract(&bytes, &gongkai::Options::default()).expect("read").reports.remove(0);
        assert_eq!(read.year, Some(2023));
        for total in &sum.totals {
            let figure = read.figure(&total.key).expect("a figure");
            // A cell without a sum says so; it does not read as empty.
            let (value, raw) = match total.value {
                Value::Missing => (Value::Unreadable, Some(NOT_GIVEN.to_owned())),
                value => (value, value.number().map(|number| number.to_string())),
            };
            assert_eq!((figure.value, figure.raw.as_deref()), (value, raw.as_deref()), "{}", total.key);
        }
    }
}

/// Every formula of a workbook: sheet and cell → what stands in its cell.
fn formulas(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut found = BTreeMap::new();
    for name in book.sheet_names() {
        let values = book.worksheet_range(&name).expect("values");
        let formulas = book.worksheet_formula(&name).expect("formulas");
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, _) in formulas.used_cells() {
            let place = (top + row as u32, left + column as u32);
            let value = values.get_value(place).unwrap_or(&Data::Empty);
            let text = match value {
                Data::Float(number) => format!("{number:.4}"),
                Data::Int(number) => format!("{number}.0000"),
                other => other.to_string(),
            };
            found.insert(format!("{name}!{}", rust_xlsxwriter::row_col_to_cell(place.0, place.1 as u16)), text);
        }
    }
    found
}

/// `tests/second_opinion/sum_libreoffice.py` had LibreOffice work all formulas out anew.
#[test]
fn every_formula_comes_to_what_libreoffice_makes_of_it() {
    let bytes = workbook(&doubtful());
    if let Ok(place) = std::env::var("GONGKAI_SUM_WORKBOOK") {
        std::fs::write(place, &bytes).expect("written");
    }
    let stored = std::fs::read_to_string(super::path("../second_opinion/sum_libreoffice.json")).expect("the opinion");
    let opinion: BTreeMap<String, String> = serde_json::from_str(&stored).expect("cells");
    let found = formulas(bytes);
    assert!(found.len() > 800, "{}", found.len());
    assert_eq!(found, opinion);
}

#[test]
fn the_workbook_adds_the_units_up_and_has_all_sheets() {
    let sum = doubtful();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook(&sum))).expect("a workbook");
    let wanted = [
        "1 主动公开政府信息情况",
        "2 收到和处理政府信息公开申请情况",
        "3 政府信息公开行政复议、行政诉讼情况",
        "各单位",
        "与草案对照",
        "检查结果",
    ];
    assert_eq!(book.sheet_names(), wanted);
    let formulas = book.worksheet_formula(wanted[0]).expect("formulas");
    let of = |text: &str| formulas.used_cells().any(|(_, _, formula)| formula == text);
    assert!(of("SUM(各单位!F2:F13)"), "{:?}", formulas.used_cells().next());
    // The figure that one unit lacks is there as soon as it is entered.
    assert!(of(&format!("IF(COUNT(各单位!L2)=1,SUM(各单位!L2:L13),\"{NOT_GIVEN}\")")));
    let units = book.worksheet_range("各单位").expect("values");
    assert_eq!(units.get_value((1, 11)), Some(&Data::String("见附件".to_owned())));
    let column = |at: usize| units.rows().map(move |row| row[at].to_string());
    assert_eq!(column(0).filter(|name| name.starts_with("示例县")).count(), 13);
    assert!(
        column(3).any(|status| status == "未计入：非本年度") && column(3).any(|status| status == "未计入：无法读取")
    );
    let said = book.worksheet_range("检查结果").expect("values");
    assert_eq!(said.height(), sum.report.findings.len() + 1);
}

#[test]
fn the_table_has_a_row_a_figure_and_a_column_a_unit() {
    let sum = doubtful();
    let bytes = consolidation_csv(&sum, &settings()).expect("memory");
    let mut reader = csv::Reader::from_reader(&bytes[..]);
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(header.len(), 10 + sum.count());
    assert_eq!(&header[..3], ["field", "labels", "sum"]);
    assert_eq!(header[10], "示例县财政局");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), sum.totals.len());
    let licensing = rows.iter().find(|row| &row[0] == "proactive.licensing.decisions").expect("the row");
    assert_eq!((&licensing[2], &licensing[3], &licensing[7], &licensing[9]), ("", "missing", "1", ""));
    assert_eq!(&licensing[10], "unreadable");
    for (row, total) in rows.iter().zip(&sum.totals).filter(|(_, total)| total.value.number().is_some()) {
        let numbers = row.iter().skip(10).map(|cell| cell.parse::<rust_decimal::Decimal>().expect("a number"));
        assert_eq!(Some(numbers.sum::<rust_decimal::Decimal>()), row[2].parse().ok(), "{}", total.key);
    }
}

#[test]
fn the_record_has_units_parts_and_a_report_that_can_be_read() {
    let sum = doubtful();
    let text = consolidation_json(&sum, &settings());
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["units"].as_array().map(Vec::len), Some(14));
    assert_eq!(json["figures"].as_array().map(Vec::len), Some(200));
    assert_eq!(json["figures"][6]["parts"][0], "unreadable");
    assert_eq!(json["figures"][6]["lacking"], serde_json::json!([0]));
    let report = gongkai::export::record::read(&json["report"].to_string()).expect("a record");
    assert_eq!(report.tables, sum.report.tables);
    assert_eq!(report.findings.len(), sum.report.findings.len());
}
