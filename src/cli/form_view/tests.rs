//! Stored views of reports built by hand, in `tests/show/`; each was checked by eye.

use super::*;
use crate::document::Origin;
use crate::finding::{Code, Place};
use crate::report::{ExtraRow, Organ, Stated};

fn filled(edition: &str) -> Report {
    let form = Form::shipped().iter().find(|form| form.edition == edition).expect("shipped");
    let mut number = 0;
    let tables = (0..form.tables.len()).map(|index| {
        let mut table = TableReport::missing(form, index);
        table.edition = Some(edition.to_owned());
        table.origin = Some(Origin { page: Some(2), table: Some(index as u32 + 1), ..Origin::default() });
        for figure in &mut table.figures {
            number += 1;
            figure.value = Value::Number(number.into());
        }
        table
    });
    Report {
        number: 1,
        title: Some(Stated { text: "示例市人民政府年度报告".to_owned(), origin: Origin::default() }),
        organ: Some(Organ {
            name: "示例市".to_owned(), inferred: Some("人民政府".to_owned()), by: "title".to_owned()
        }),
        year: edition.parse().ok(),
        tables: tables.collect(),
        ..Report::default()
    }
}

fn set(report: &mut Report, key: &str, value: Value, raw: Option<&str>) {
    let mut figures = report.tables.iter_mut().flat_map(|table| &mut table.figures);
    let figure = figures.find(|figure| figure.key.as_str() == key).expect("a figure");
    figure.value = value;
    figure.raw = raw.map(Into::into);
}

fn fails(report: &mut Report, code: Code, key: &str, column: &str) {
    let place = Place {
        table: "收到和处理政府信息公开申请情况".to_owned(),
        row: "三、本年度办理结果 / （七）总计".to_owned(),
        column: column.to_owned(),
    };
    let finding = Finding::new(code).field(&Key::new(key)).place(place).expected("5").found("6");
    report.findings.push(finding.detail("reading", ""));
}

/// A report with every state and both weights of findings.
fn marked() -> Report {
    let mut report = filled("2021");
    set(&mut report, "applications.new_received.natural_person", Value::Blank, Some(""));
    set(&mut report, "applications.new_received.business", Value::NotApplicable, Some("—"));
    set(&mut report, "applications.new_received.research", Value::Missing, None);
    set(&mut report, "applications.new_received.public_welfare", Value::Ambiguous, None);
    set(&mut report, "applications.new_received.legal_service", Value::Unreadable, Some("见\u{1b}附件"));
    set(&mut report, "proactive.fees.amount", Value::Number("59237.2449".parse().expect("a decimal")), None);
    fails(&mut report, Code::Outcomes, "applications.outcomes_total.natural_person", "自然人");
    fails(&mut report, Code::LabelNear, "applications.outcomes_total.business", "商业企业");
    fails(&mut report, Code::RowByOrder, "applications.outcomes_total.research", "科研机构");
    report
}

fn view(width: usize, lang: Lang) -> View<'static> {
    View { forms: Form::shipped(), lang, width, ruler: Ruler { ambiguous_wide: false } }
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// Compares with the stored text; `GONGKAI_BLESS=1` stores it anew, to be looked at.
#[expect(clippy::disallowed_methods, reason = "a test may read its environment and write what it expects")]
fn same(name: &str, found: &str) {
    let path = format!("{}/tests/show/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var("GONGKAI_BLESS").is_ok() {
        std::fs::write(&path, found).expect("written");
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == found, "{path} differs from:\n{found}");
}

#[test]
fn the_form_of_2021_with_every_state() {
    same("2021", &plain(&view(100, Lang::En).report(&marked())));
}

#[test]
fn the_form_of_2021_in_chinese_and_a_narrow_terminal() {
    same("2021-zh-80", &plain(&view(80, Lang::Zh).report(&marked())));
}

#[test]
fn the_form_of_2019_with_a_table_not_found_and_rows_of_its_own() {
    let mut report = filled("2019");
    let form = Form::shipped().iter().find(|form| form.edition == "2019").expect("shipped");
    report.tables[2] = TableReport::missing(form, 2);
    report.status = Status::Incomplete;
    report.tables[0].extra_rows.push(ExtraRow {
        label: "其他".to_owned(),
        cells: vec!["五\n件".to_owned()],
        origin: Origin::default(),
    });
    same("2019", &plain(&view(100, Lang::En).report(&report)));
}

#[test]
fn no_line_is_wider_than_asked_and_every_frame_is_straight() {
    for width in [76, 80, 100, 140] {
        for lang in [Lang::En, Lang::Zh] {
            let view = view(width, lang);
            let text = plain(&view.report(&marked()));
            for line in text.lines() {
                assert!(view.ruler.width(line) <= width, "{width}: {line}");
            }
            for table in text.split("┌").skip(1) {
                let table = format!("┌{}", table.split_once('┘').expect("closed").0);
                let widths: Vec<usize> = table.lines().map(|line| view.ruler.width(line)).collect();
                let last = widths.len() - 1;
                assert!(widths[..last].iter().all(|width| *width == widths[0]), "{table}");
                assert_eq!(widths[last] + 1, widths[0]);
            }
        }
    }
}

#[test]
fn marks_are_seen_without_colours_and_coloured_with() {
    let text = view(100, Lang::En).report(&marked());
    assert!(text.contains(&format!("{}[172]", colour(Severity::Error))), "an error");
    let text = plain(&text);
    assert!(text.contains("[172]"), "an error");
    assert!(text.contains(" 174!"), "a warning");
    assert!(text.contains(" 173 ") && !text.contains("173!"), "a note is no mark");
    assert!(text.contains("·miss") && text.contains(" ? ") && text.contains("«见\u{fffd}"));
}

#[test]
fn mixed_editions_are_named_table_by_table() {
    let mut report = filled("2021");
    report.tables[1] = filled("2019").tables.swap_remove(1);
    let text = plain(&view(140, Lang::En).report(&report));
    assert!(text.contains("edition: proactive 2021, applications 2019, review_litigation 2021"), "{text}");
}
