//! What the outputs hold, against expectations written by hand.

use crate::export_support::{extraction, form, item, number, report, rows, written};
use gongkai::Extraction;
use gongkai::export::{EXPORTERS, Headers, Settings};
use gongkai::finding::Lang;
use gongkai::report::{Amount, Report, TableReport};
use gongkai::template::Form;

fn settings() -> Settings {
    Settings::new(Form::shipped())
}

#[test]
fn cells_hold_a_row_for_each_figure_with_value_state_and_place() {
    let extraction = Extraction { reports: vec![report()], ..extraction() };
    let text = written("cells.csv", &[item("县/报告.txt", &extraction)], &settings());
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "source,report,organ,year,edition,table,field,label,value,state,unit,raw,page,table_index,row,column,line,by"
    );
    let start = "县/报告.txt,1,示例县,2021,2021,proactive";
    assert_eq!(
        lines[1],
        format!(
            "{start},proactive.rules.issued,第二十条第（一）项 / 规章 / 本年制发件数,3,number,件,３,2,1,1,2,,labels"
        )
    );
    assert_eq!(
        lines[5],
        format!(
            "{start},proactive.normative_documents.repealed,第二十条第（一）项 / 行政规范性文件 / 本年废止件数,,unreadable,件,\"见\"\"附件\"\",\n第二页\",2,1,5,2,,labels"
        )
    );
    // 200 figures, the header, and nothing after the last line end.
    assert_eq!(lines.len(), 202);
    assert_eq!(lines[201], "");
    let rows = rows(&text);
    assert_eq!(rows[4]["raw"], "见\"附件\",\n第二页");
    assert_eq!(rows[9]["value"], "59237.2449");
    let missing = &rows[10];
    assert_eq!(
        (missing["edition"].as_str(), missing["state"].as_str(), missing["raw"].as_str(), missing["by"].as_str()),
        ("", "missing", "", "")
    );
}

#[test]
fn reports_hold_one_row_each_with_counts_and_every_field_of_every_edition() {
    let extraction = extraction();
    let text = written("reports.csv", &[item("a.txt", &extraction)], &settings());
    let header = text.split("\r\n").next().expect("a header");
    assert!(
        header.starts_with(
            "source,report,sha256,format,title,organ,level,place_code,place_name,place_year,place_by,place_candidates,\
             parent_code,parent_name,year,period_start,period_end,published,document_number,address,postcode,telephone,\
             email,status,\
             edition_proactive,edition_applications,edition_review_litigation,edition_statistics,\
             n_number,n_blank,n_not_applicable,n_unreadable,n_missing,n_ambiguous,n_errors,n_warnings,n_notes,n_hints,\
             proactive.rules.issued,proactive.rules.repealed,proactive.rules.in_force,"
        ),
        "{header}"
    );
    let rows = rows(&text);
    assert_eq!(rows.len(), 2);
    let first = &rows[0];
    for (column, wanted) in [
        ("report", "1"),
        ("sha256", "ab"),
        ("format", "text"),
        ("title", "示例县2021年政府信息公开工作年度报告"),
        ("level", "county"),
        ("place_code", ""),
        ("place_year", "2021"),
        ("place_candidates", "440203 示例440203; 440204 示例440204"),
        ("parent_name", "示例440200"),
        ("published", "2022-01-20"),
        ("document_number", "示府办〔2022〕3号"),
        ("telephone", "0751-20000000"),
        ("email", ""),
        ("period_start", "2021-01-01"),
        ("period_end", "2021-12-31"),
        ("status", "complete"),
        ("edition_proactive", "2021"),
        ("edition_applications", ""),
        ("n_number", "3"),
        ("n_blank", "1"),
        ("n_not_applicable", "1"),
        ("n_unreadable", "1"),
        ("n_ambiguous", "1"),
        ("n_missing", "193"),
        ("n_errors", "0"),
        ("n_warnings", "1"),
        ("n_notes", "1"),
        ("proactive.rules.repealed", "-35"),
        ("proactive.rules.in_force", ""),
        ("proactive.fees.amount", "59237.2449"),
        ("proactive.rules.made", ""),
    ] {
        assert_eq!(first[column], wanted, "{column}");
    }
    assert_eq!((rows[1]["report"].as_str(), rows[1]["organ"].as_str(), rows[1]["year"].as_str()), ("2", "", ""));
}

#[test]
fn headers_are_ids_printed_labels_or_short_names() {
    for (headers, wanted) in [
        (Headers::Id, "proactive.rules.issued"),
        (Headers::Zh, "2021·二、主动公开政府信息情况/第二十条第（一）项/规章/本年制发件数"),
        (Headers::Code, "pro_rules_iss"),
    ] {
        let text = written("reports.csv", &[item("a.txt", &extraction())], &settings().headers(headers));
        assert_eq!(rows(&text)[0][wanted], "3");
        assert!(text.starts_with("source,report,sha256,"), "what stands before the fields keeps its names");
    }
}

#[test]
fn findings_say_where_and_what_in_the_language_asked_for() {
    let extraction = extraction();
    let rows_in = |lang| rows(&written("findings.csv", &[item("a.txt", &extraction)], &settings().lang(lang)));
    let rows = rows_in(Lang::En);
    assert_eq!(rows.len(), 3);
    let of_file = &rows[0];
    assert_eq!((of_file["report"].as_str(), of_file["code"].as_str()), ("", "charset_guessed"));
    let figure = &rows[1];
    for (column, wanted) in [
        ("source", "a.txt"),
        ("report", "1"),
        ("severity", "warning"),
        ("code", "unreadable_figure"),
        ("field", "proactive.normative_documents.repealed"),
        ("expected", ""),
        ("found", "见\"附件\",\n第二页"),
        ("page", "2"),
        ("table_index", "1"),
        ("row", "5"),
        ("column", "2"),
        ("line", ""),
    ] {
        assert_eq!(figure[column], wanted, "{column}");
    }
    assert!(figure["message"].starts_with("table “主动公开政府信息情况”, row “行政规范性文件”, column “本年废止件数”"));
    assert!(!rows[2]["message"].ends_with(' '), "no remedy, no space before it");
    assert!(rows_in(Lang::Zh)[1]["message"].starts_with("“主动公开政府信息情况”表"));
}

#[test]
fn spreadsheets_get_a_mark_and_no_formula_but_numbers_stay_numbers() {
    let extraction = extraction();
    for exporter in EXPORTERS.iter().filter(|exporter| exporter.file.ends_with(".csv")) {
        let text = written(exporter.file, &[item("=cmd.txt", &extraction)], &settings().excel(true));
        let plain = text.strip_prefix('\u{feff}').expect("a byte order mark");
        for row in rows(plain) {
            assert_eq!(row["source"], "'=cmd.txt");
        }
    }
    let text = written("cells.csv", &[item("a", &extraction)], &settings().excel(true));
    let rows_guarded = rows(&text[3..]);
    assert_eq!((rows_guarded[1]["value"].as_str(), rows_guarded[1]["raw"].as_str()), ("-35", "'-35"));
    assert_eq!(rows_guarded[3]["raw"], "'-");
    assert_eq!(rows_guarded[5]["raw"], "'=1+1");
    let plain = rows(&written("cells.csv", &[item("a", &extraction)], &settings()));
    assert_eq!(plain[5]["raw"], "=1+1");
    let lines = written("reports.jsonl", &[item("=a", &extraction)], &settings().excel(true));
    assert!(lines.starts_with('{') && lines.contains("\"=1+1\""), "JSON is never touched");
}

/// A report whose every figure has a value of its own, numbers mostly.
fn full(edition: &str, number_of_report: u32) -> Report {
    let form = form(edition);
    let mut tables: Vec<TableReport> = (0..form.tables.len()).map(|at| TableReport::missing(form, at)).collect();
    let mut next = 1000 * i64::from(number_of_report);
    for (at, table) in tables.iter_mut().enumerate() {
        table.edition = Some(edition.to_owned());
        table.figures = form
            .fields_of(at)
            .map(gongkai::report::Figure::missing)
            .map(|mut figure| {
                next += 1;
                if next % 7 != 0 {
                    figure.value = gongkai::report::Value::Number(Amount::from(next));
                }
                figure
            })
            .collect();
    }
    tables[0].figures[0].value = number("0.10");
    Report { number: number_of_report, tables, ..Report::default() }
}

#[test]
fn cells_reports_and_json_lines_agree_figure_by_figure() {
    let extraction =
        Extraction { reports: vec![full("2021", 1), full("2019", 2)], findings: Vec::new(), format: "text".to_owned() };
    let items = [item("a.txt", &extraction)];
    let cells = rows(&written("cells.csv", &items, &settings()));
    let reports = rows(&written("reports.csv", &items, &settings()));
    let lines: Vec<serde_json::Value> = written("reports.jsonl", &items, &settings())
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let mut figures = 0;
    for (row, line) in reports.iter().zip(&lines) {
        let of_report = cells.iter().filter(|cell| cell["report"] == row["report"]);
        let in_json = line["tables"].as_array().expect("tables").iter().flat_map(|table| {
            let figures = table["figures"].as_array().expect("figures");
            figures.iter().map(|figure| (table["edition"].as_str().unwrap_or_default(), figure))
        });
        for (cell, (edition, figure)) in of_report.zip(in_json) {
            figures += 1;
            assert_eq!(figure["field"], cell["field"].as_str());
            assert_eq!(edition, cell["edition"]);
            assert_eq!(figure["state"], cell["state"].as_str());
            let value = if figure["value"].is_null() { String::new() } else { figure["value"].to_string() };
            assert_eq!(value, cell["value"]);
            assert_eq!(row[&cell["field"]], cell["value"], "{}", cell["field"]);
        }
    }
    assert_eq!(figures, cells.len());
    assert_eq!(figures, form("2021").fields.len() + form("2019").fields.len());
    assert_eq!(cells[0]["value"], "0.10");
}

#[test]
fn the_same_item_gives_the_same_bytes() {
    for exporter in EXPORTERS {
        let write = || written(exporter.file, &[item("a", &extraction())], &settings());
        assert_eq!(write(), write(), "{}", exporter.name);
    }
}
