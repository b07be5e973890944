//! The files as wholes: the same bytes each time, the limits of each format, what they say of themselves.

use std::collections::BTreeMap;
use std::path::Path;

use gongkai::export::{FORMATS, Item};
use gongkai::finding::{Code, Finding, Lang};
use gongkai::report::{Figure, Report, Value};
use gongkai::template::Key;
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::export_support::{self, extraction, item, number};
use super::read_back::{csv, parquet, query, sheet};
use super::{EVERY, settings, write, write_forms};

fn bytes(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(dir).into_iter().map(|entry| entry.expect("an entry")) {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(dir).expect("within").display().to_string();
            files.insert(name, std::fs::read(entry.path()).expect("bytes"));
        }
    }
    files
}

#[test]
fn the_same_items_give_the_same_bytes_in_every_file() {
    let extraction = extraction();
    let written = || {
        let folder = tempfile::tempdir().expect("a folder");
        let items = [item("a", &extraction), item("b", &extraction)];
        write(folder.path(), &EVERY, &items, &settings());
        write_forms(folder.path(), &items, &settings());
        bytes(folder.path())
    };
    let (first, second) = (written(), written());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in &first {
        assert!(bytes == &second[name], "{name} differs from run to run");
    }
    let of_formats =
        FORMATS.iter().map(|format| format.exporters.len() + format.containers.len() + format.companions.len());
    // The CSV files are written once though two formats name them; two reports of each item have a form.
    assert_eq!(first.len(), of_formats.sum::<usize>() - 4 + 4, "{:?}", first.keys());
}

/// A report with one figure of this value.
fn with_value(value: Value, raw: &str) -> gongkai::Extraction {
    let mut extraction = extraction();
    extraction.reports.truncate(1);
    let key = Key::new("proactive.fees.amount");
    let figure =
        extraction.reports[0].tables[0].figures.iter_mut().find(|figure| figure.key == key).expect("the figure");
    *figure = Figure { value, raw: Some(raw.into()), ..figure.clone() };
    extraction
}

#[test]
fn a_number_that_a_format_cannot_hold_is_not_bent_to_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |file: &str| folder.path().join(file);
    let digits = "1234567890123456.0000001";
    let extraction = with_value(number(digits), digits);
    write(folder.path(), &EVERY, &[item("a", &extraction)], &settings());
    let of_fees = |rows: &super::read_back::Rows, field: usize| {
        rows.rows.iter().position(|row| row[field].as_deref() == Some("proactive.fees.amount")).expect("the row")
    };
    let figures = sheet(&at("gongkai.xlsx"), "figures");
    assert_eq!(figures.rows[of_fees(&figures, 6)][8].as_deref(), Some(digits), "text, since a cell holds 15 digits");
    let cells = parquet(&at("cells.parquet"));
    let row = &cells.rows[of_fees(&cells, 6)];
    assert_eq!(row[cells.column("value")], None);
    assert_eq!(row[cells.column("value_text")].as_deref(), Some(digits));
    let wide = parquet(&at("reports.parquet"));
    assert_eq!(wide.rows[0][wide.column("proactive.fees.amount")], None);
    assert_eq!(wide.rows[0][wide.column("beyond_decimal")].as_deref(), Some("proactive.fees.amount"));
    let figures = query(&at("gongkai.sqlite"), "SELECT value_text FROM figures WHERE field = 'proactive.fees.amount'");
    assert_eq!(figures.rows, [[Some(digits.to_owned())]]);
}

#[test]
fn a_text_that_no_cell_holds_is_cut_with_a_mark_and_the_workbook_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "长".repeat(40_000);
    let extraction = with_value(Value::Unreadable, &long);
    write(folder.path(), &["xlsx", "csv"], &[item("a", &extraction)], &settings());
    let figures = sheet(&folder.path().join("gongkai.xlsx"), "figures");
    let raw = figures.rows.iter().filter_map(|row| row[11].as_deref()).max_by_key(|raw| raw.len()).expect("a text");
    assert!(raw.encode_utf16().count() <= 32_767 && raw.ends_with("cut here〕"));
    let legend = sheet(&folder.path().join("gongkai.xlsx"), "legend");
    // In the sheet of reports and in that of figures.
    let said = legend.rows.iter().flatten().flatten().any(|text| text.starts_with("2 texts are longer"));
    assert!(said, "{:?}", legend.rows);
    let cells = csv(&folder.path().join("cells.csv"));
    assert!(cells.rows.iter().any(|row| row[11].as_deref() == Some(&long)), "the other formats have it whole");
}

#[test]
fn nothing_of_a_document_becomes_a_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let extraction = with_value(Value::Unreadable, "=HYPERLINK(\"http://example.org\")");
    write(folder.path(), &["xlsx"], &[item("=1+1", &extraction)], &settings());
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("gongkai.xlsx")).expect("a workbook");
    for name in calamine::Reader::sheet_names(&book) {
        let formulas = calamine::Reader::worksheet_formula(&mut book, &name).expect("a sheet");
        assert!(formulas.used_cells().next().is_none(), "{name}");
    }
    assert_eq!(sheet(&folder.path().join("gongkai.xlsx"), "reports").rows[0][0].as_deref(), Some("=1+1"));
}

#[test]
fn the_workbook_speaks_the_language_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &["xlsx"], &[item("a", &extraction())], &settings().lang(Lang::Zh));
    let reports = sheet(&folder.path().join("gongkai.xlsx"), "报告");
    assert_eq!(reports.names[..3], ["来源文件", "报告序号", "SHA-256"]);
    assert!(reports.names.contains(&"2021·二、主动公开政府信息情况/第二十条第（一）项/规章/本年制发件数".to_owned()));
    let findings = sheet(&folder.path().join("gongkai.xlsx"), "检查结果");
    assert!(findings.rows.iter().flatten().flatten().any(|text| text.starts_with("“主动公开政府信息情况”表")));
}

#[test]
fn parquet_is_typed_coded_by_dictionary_and_says_what_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &["parquet"], &[item("a", &extraction())], &settings());
    let file = std::fs::File::open(folder.path().join("cells.parquet")).expect("the file");
    let reader = SerializedFileReader::new(file).expect("Parquet");
    let metadata = reader.metadata();
    let pairs = metadata.file_metadata().key_value_metadata().expect("metadata");
    let pair = |key: &str| pairs.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.as_deref());
    assert_eq!(pair("gongkai.version"), Some(env!("CARGO_PKG_VERSION")));
    let columns: Vec<serde_json::Value> = serde_json::from_str(pair("gongkai.columns").expect("labels")).expect("JSON");
    assert_eq!(columns.len(), metadata.file_metadata().schema_descr().num_columns());
    assert_eq!((columns[3]["name"].as_str(), columns[3]["zh"].as_str()), (Some("year"), Some("年度")));
    for column in metadata.row_group(0).columns() {
        assert!(column.dictionary_page_offset().is_some(), "{}", column.column_path());
    }
}

#[test]
fn the_database_has_keys_that_hold_and_sums_that_add_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = extraction();
    first.findings.push(Finding::new(Code::Unreadable).found("empty"));
    let unread = gongkai::Extraction { format: String::new(), reports: Vec::new(), findings: first.findings.clone() };
    write(folder.path(), &["sqlite"], &[item("a", &first), item("b", &unread)], &settings());
    let path = folder.path().join("gongkai.sqlite");
    assert!(query(&path, "PRAGMA foreign_key_check").rows.is_empty());
    assert_eq!(query(&path, "PRAGMA integrity_check").rows, [[Some("ok".to_owned())]]);
    let one = |sql: &str| query(&path, sql).rows[0][0].clone().unwrap_or_default();
    assert_eq!(one("SELECT count(*) FROM findings WHERE report_id IS NULL AND source = 'b'"), "2");
    assert_eq!(one("SELECT count(*) FROM findings JOIN reports ON reports.id = report_id"), "2");
    assert_eq!(one("SELECT \"proactive.rules.issued\" + \"proactive.rules.repealed\" FROM proactive LIMIT 1"), "-32");
    assert_eq!(one("SELECT \"proactive.rules.in_force\" FROM proactive_states LIMIT 1"), "blank");
    assert_eq!(one("SELECT count(*) FROM sections WHERE part_of IS NOT NULL"), "2");
    assert_eq!(one("SELECT value FROM about WHERE name = 'version'"), env!("CARGO_PKG_VERSION"));
}

#[test]
fn items_without_reports_leave_whole_and_empty_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let nothing = gongkai::Extraction { format: String::new(), reports: Vec::<Report>::new(), findings: Vec::new() };
    let items: [Item; 1] = [export_support::item("a", &nothing)];
    write(folder.path(), &EVERY, &items, &settings());
    assert!(sheet(&folder.path().join("gongkai.xlsx"), "reports").rows.is_empty());
    assert!(parquet(&folder.path().join("reports.parquet")).rows.is_empty());
    assert!(query(&folder.path().join("gongkai.sqlite"), "SELECT * FROM applications").rows.is_empty());
}
