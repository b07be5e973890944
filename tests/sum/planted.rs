//! One error of each kind, planted in the clean units: it is found, and nothing else is.

use std::collections::BTreeMap;

use gongkai::division::Listed;
use gongkai::finding::{Code, Lang};
use gongkai::report::consolidation::Unit;
use gongkai::report::{Consolidation, Standing, Value};
use gongkai::sum::Ask;
use gongkai::template::Key;

use super::{added, expected, said, texts, unit, units};

const FINANCE: &str = "01财政局.txt";
const EDUCATION: &str = "02教育局.txt";

/// The clean texts with one of them changed.
fn changed(name: &str, change: impl FnOnce(&str) -> String) -> BTreeMap<String, String> {
    let mut all = texts();
    let text = change(&all[name]);
    assert_ne!(text, all[name], "{name} is changed");
    all.insert(name.to_owned(), text);
    all
}

/// The text with the numbers of the row behind this label replaced.
fn row(text: &str, label: &str, cells: &str) -> String {
    let line = text.lines().find(|line| line.contains(label)).expect("a row");
    let start = line.find(label).expect("the label") + label.len();
    text.replace(line, &format!("{} | {cells} |", &line[..start]))
}

fn value(sum: &Consolidation, key: &str) -> Value {
    sum.report.figure(&Key::new(key)).expect("a figure").value
}

fn message(sum: &Consolidation, code: Code) -> String {
    let finding = sum.report.findings.iter().find(|finding| finding.code == code).expect("such a finding");
    finding.message(Lang::En)
}

fn standing(sum: &Consolidation, source: &str) -> Standing {
    sum.units.iter().find(|unit| unit.source == source).expect("the unit").standing
}

/// What is left of a sum without some units, by the stored figures; 0 is the sum itself, 1 the first unit.
fn without(field: &str, left_out: &[usize]) -> Value {
    let numbers = &expected()[field];
    let less = left_out.iter().fold(numbers[0].0, |sum, at| sum - numbers[*at].0);
    Value::Number(gongkai::report::Amount(less.normalize()))
}

const LICENSING: &str = "proactive.licensing.decisions";

#[test]
fn last_years_report_is_not_added() {
    let sum = added(units(&changed(FINANCE, |text| text.replace("2023", "2022"))), &Ask::default());
    assert_eq!(said(&sum), ["unit_off_year 示例县财政局"]);
    assert_eq!(standing(&sum, FINANCE), Standing::OffYear);
    assert_eq!(value(&sum, LICENSING), without(LICENSING, &[1]));
}

#[test]
fn last_years_report_beside_this_years_is_a_note() {
    let mut all = texts();
    all.insert("旧.txt".to_owned(), all[FINANCE].replace("2023", "2022"));
    let sum = added(units(&all), &Ask::default());
    assert_eq!(said(&sum), ["unit_off_year 示例县财政局"]);
    assert_eq!(sum.report.findings[0].severity.name(), "note");
    assert_eq!(value(&sum, LICENSING), without(LICENSING, &[]));
}

#[test]
fn a_report_handed_in_twice_is_added_once() {
    let mut all = texts();
    all.insert("again.txt".to_owned(), all[FINANCE].replace("县财政局", "县 财政局"));
    let sum = added(units(&all), &Ask::default());
    assert_eq!(said(&sum), ["unit_twice 示例县财政局"]);
    assert_eq!((standing(&sum, FINANCE), standing(&sum, "again.txt")), (Standing::Added, Standing::Double));
    assert_eq!(value(&sum, LICENSING), without(LICENSING, &[]));
}

#[test]
fn two_reports_of_one_organ_that_differ_are_both_left_out() {
    let mut all = texts();
    all.insert("again.txt".to_owned(), row(&all[FINANCE], "行政许可", "121"));
    let sum = added(units(&all), &Ask::default());
    assert_eq!(said(&sum), ["unit_conflict 示例县财政局"]);
    assert!(message(&sum, Code::UnitConflict).contains("(1 differ): 01财政局.txt and again.txt; none"));
    assert_eq!(value(&sum, LICENSING), without(LICENSING, &[1]));
}

#[test]
fn three_reports_of_which_two_are_equal_are_left_out_as_well() {
    let mut all = texts();
    all.insert("again.txt".to_owned(), all[FINANCE].clone());
    all.insert("other.txt".to_owned(), row(&all[FINANCE], "行政许可", "121"));
    let sum = added(units(&all), &Ask::default());
    assert_eq!(said(&sum), ["unit_conflict 示例县财政局"]);
    assert_eq!(sum.count(), 11);
}

#[test]
fn a_figure_that_is_no_number_is_not_added_up() {
    let sum = added(units(&changed(FINANCE, |text| row(text, "行政许可", "见附件"))), &Ask::default());
    assert_eq!(said(&sum), ["unit_doubtful 示例县财政局", "total_not_given 示例县财政局 (01财政局.txt: unreadable)"]);
    assert_eq!(value(&sum, LICENSING), Value::Missing);
    let others = without(LICENSING, &[1]).number().expect("a number");
    assert!(message(&sum, Code::TotalNotGiven).contains(&format!("The others add up to {others}.")));
}

#[test]
fn of_many_rows_the_first_are_named() {
    let lost = ["行政许可", "行政处罚", "行政强制", "3.危及", "4.保护第三方", "2.重复申请", "四、结转下年度继续办理"];
    let no_rows = |text: &str| {
        let kept = text.lines().filter(|line| !lost.iter().any(|label| line.starts_with(label)));
        kept.collect::<Vec<_>>().join("\n")
    };
    let sum = added(units(&changed(FINANCE, no_rows)), &Ask::default());
    let message = message(&sum, Code::TotalNotGiven);
    assert!(
        message.contains("行政强制") && !message.contains("重复申请") && message.contains("; and 2 more)"),
        "{message}"
    );
}

#[test]
fn a_row_or_a_table_that_a_unit_lacks_is_said_once() {
    let no_row =
        |text: &str| text.lines().filter(|line| !line.starts_with("2.重复申请")).collect::<Vec<_>>().join("\n");
    let sum = added(units(&changed(FINANCE, no_row)), &Ask::default());
    let missing = "total_not_given 示例县财政局 (01财政局.txt: missing)";
    // What the sums imply of the row is a hint.
    let said_now: Vec<String> = said(&sum).into_iter().filter(|said| !said.starts_with("implied_value")).collect();
    assert_eq!(said_now, ["unit_doubtful 示例县财政局", missing]);
    assert_eq!(value(&sum, "applications.not_processed.repeated.total"), Value::Missing);
    let no_table = |text: &str| text.split("四、政府信息公开行政复议").next().expect("a head").to_owned();
    let sum = added(units(&changed(FINANCE, no_table)), &Ask::default());
    assert_eq!(said(&sum), ["unit_doubtful 示例县财政局", missing]);
    let at = sum.report.findings[1].place.as_ref().expect("a place");
    assert_eq!((at.table.as_str(), at.row.as_str()), ("政府信息公开行政复议、行政诉讼情况", ""));
}

#[test]
fn blanks_and_dashes_add_nothing_and_are_hints() {
    let mut all = changed(FINANCE, |text| row(text, "行政许可", ""));
    all.insert(EDUCATION.to_owned(), row(&all[EDUCATION], "行政许可", "/"));
    let sum = added(units(&all), &Ask::default());
    assert_eq!(said(&sum), ["total_blanks 示例县财政局、示例县教育局"]);
    assert!(message(&sum, Code::TotalBlanks).contains("blank with 1 units, “/” with 1 (1 figures)"));
    assert_eq!(value(&sum, LICENSING), without(LICENSING, &[1, 2]));
}

#[test]
fn a_blank_total_beside_its_parts_is_not_nothing() {
    let all = changed(FINANCE, |text| {
        let line = text.lines().find(|line| line.contains("一、本年新收")).expect("a row");
        let cells: Vec<&str> = line.trim_end().trim_end_matches('|').trim_end().split('|').collect();
        text.replace(line, &format!("{} |  |", cells[..cells.len() - 1].join("|").trim_end()))
    });
    let sum = added(units(&all), &Ask::default());
    assert_eq!(value(&sum, "applications.new_received.total"), Value::Missing);
    assert!(message(&sum, Code::TotalNotGiven).contains("blank"), "{:?}", said(&sum));
}

#[test]
fn what_all_leave_blank_is_blank_and_what_applies_to_none_is_a_dash() {
    let cells = |text: &str| row(&row(text, "行政许可", ""), "行政处罚", "／");
    let all: BTreeMap<String, String> = texts().into_iter().map(|(name, text)| (name, cells(&text))).collect();
    let sum = added(units(&all), &Ask::default());
    assert_eq!(said(&sum), Vec::<String>::new());
    assert_eq!(value(&sum, LICENSING), Value::Blank);
    assert_eq!(value(&sum, "proactive.penalties.decisions"), Value::NotApplicable);
    let mut all = all;
    all.insert(FINANCE.to_owned(), row(&all[FINANCE], "行政处罚", ""));
    assert_eq!(value(&added(units(&all), &Ask::default()), "proactive.penalties.decisions"), Value::Blank);
}

#[test]
fn money_in_another_unit_is_not_added() {
    let sum = added(units(&changed(FINANCE, |text| row(text, "行政事业性收费", "5000元"))), &Ask::default());
    let wanted = "total_not_given 示例县财政局 (01财政局.txt: in another unit of money)";
    assert_eq!(said(&sum), [wanted]);
    assert_eq!(value(&sum, "proactive.fees.amount"), Value::Missing);
}

#[test]
fn a_unit_whose_own_sums_fail_is_added_and_so_the_sum_fails() {
    let sum = added(
        units(&changed(FINANCE, |text| row(text, "四、结转下年度继续办理", "9 | 0 | 0 | 0 | 0 | 0 | 9"))),
        &Ask::default(),
    );
    let said: Vec<String> = said(&sum).into_iter().filter(|said| !said.starts_with("likely_correction")).collect();
    assert_eq!(said[0], "unit_failing 示例县财政局");
    assert!(said.len() > 1 && said[1..].iter().all(|said| said.starts_with("balance ")), "{said:?}");
    assert_eq!(sum.count(), 12);
}

#[test]
fn files_that_gave_no_report_are_said() {
    let mut units = units(&texts());
    units.push(Unit::of_file("锁.pdf", Standing::Unreadable, "password".to_owned()));
    units.push(Unit::of_file("通知.txt", Standing::NoReport, "no table".to_owned()));
    let sum = added(units, &Ask::default());
    let codes: Vec<&str> = sum.report.findings.iter().map(|finding| finding.code.entry().name).collect();
    assert_eq!(codes, ["unit_no_report", "unit_unreadable"]);
    assert!(message(&sum, Code::UnitUnreadable).contains("“锁.pdf” is not in the sum: password."));
}

#[test]
fn a_report_that_names_no_organ_is_said() {
    let sum = added(units(&changed(FINANCE, |text| text.replace("示例县财政局", ""))), &Ask::default());
    assert_eq!(said(&sum), ["unit_unnamed 01财政局.txt"]);
    assert_eq!(sum.count(), 12);
}

#[test]
fn reports_in_prose_and_without_a_year_are_said() {
    let mut all = changed(FINANCE, |text| {
        text.split("二、主动公开政府信息情况").next().expect("a head").to_owned()
            + "五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。\n"
    });
    let bare = all[EDUCATION].lines().filter(|line| !line.contains("2023")).collect::<Vec<_>>().join("\n");
    all.insert(EDUCATION.to_owned(), format!("示例县教育局政府信息公开工作年度报告\n{bare}"));
    let sum = added(units(&all), &Ask::default());
    assert_eq!(said(&sum), ["unit_no_figures 示例县财政局", "unit_no_year 示例县教育局"]);
    assert_eq!(value(&sum, LICENSING), without(LICENSING, &[1, 2]));
}

#[test]
fn an_earlier_sum_among_the_units_is_known_by_its_figures() {
    let whole = added(units(&texts()), &Ask { name: Some("示例县"), ..Ask::default() });
    let bytes = gongkai::render::docx(&whole.printed(), gongkai::template::Form::shipped()).expect("a document");
    let report = gongkai::extract(&bytes, &gongkai::Options::default()).expect("read").reports.remove(0);
    let mut all = units(&texts());
    all.push(Unit::of_report("00旧汇总.docx", "", report));
    let sum = added(all, &Ask::default());
    assert_eq!(said(&sum), ["unit_is_whole 示例县人民政府"]);
    assert_eq!(sum.totals, whole.totals);
}

#[test]
fn a_unit_of_another_edition_is_said_with_what_does_not_fit() {
    let text = std::fs::read_to_string(super::path("../../samples/bars-2019/input.txt")).expect("a sample");
    let old = unit("13.txt", &text);
    let year = old.report.as_ref().and_then(|report| report.year);
    let mut all = units(&texts());
    all.push(old);
    let sum = added(all, &Ask { year: Some(2023), ..Ask::default() });
    // Of its own year it is off-year; so it is asked for again as of this year.
    assert_ne!(year, Some(2023));
    assert!(said(&sum)[0].starts_with("unit_off_year"), "{:?}", said(&sum));
    let text = text.replace(&year.expect("a year").to_string(), "2023");
    let mut all = units(&texts());
    all.push(unit("13.txt", &text));
    let sum = added(all, &Ask::default());
    let codes: Vec<&str> = sum.report.findings.iter().map(|finding| finding.code.entry().name).collect();
    assert!(codes.contains(&"unit_edition") && codes.contains(&"total_not_given"), "{codes:?}");
    // What both forms ask is added, what only this one asks is not given.
    assert_ne!(value(&sum, LICENSING), Value::Missing);
    assert_eq!(value(&sum, "proactive.rules.issued"), Value::Missing);
    assert_eq!(value(&sum, "applications.other.misc.total"), Value::Missing);
    assert_eq!(sum.edition, "2021");
}

#[test]
fn the_list_of_units_tells_who_is_missing() {
    let mut list: Vec<String> = texts().keys().map(|name| name[2..].trim_end_matches(".txt").to_owned()).collect();
    let ask = |list: &[String]| {
        let list: Vec<Listed> = list.iter().map(|name| name.as_str().into()).collect();
        said(&added(units(&texts()), &Ask { listed: Some(&list), ..Ask::default() }))
    };
    assert_eq!(ask(&list), Vec::<String>::new());
    list.push("示例县审计局".to_owned());
    list.retain(|name| name != "水利局");
    assert_eq!(ask(&list), ["unit_missing 示例县审计局", "unit_unlisted 示例县水利局"]);
}

#[test]
fn all_errors_at_once_are_all_found() {
    let mut all = changed(FINANCE, |text| text.replace("2023", "2022"));
    all.insert("again.txt".to_owned(), all[EDUCATION].clone());
    all.insert("other.txt".to_owned(), row(&all["03公安局.txt"], "行政许可", "5"));
    all.insert("04民政局.txt".to_owned(), row(&all["04民政局.txt"], "行政强制", "若干"));
    all.insert("05水利局.txt".to_owned(), row(&all["05水利局.txt"], "行政处罚", ""));
    let mut units = units(&all);
    units.push(Unit::of_file("锁.pdf", Standing::Unreadable, "password".to_owned()));
    let list = ["财政局".into()];
    let sum = added(units, &Ask { listed: Some(&list), ..Ask::default() });
    let mut codes: Vec<&str> = sum.report.findings.iter().map(|finding| finding.code.entry().name).collect();
    codes.dedup();
    let wanted = [
        "unit_off_year",
        "unit_conflict",
        "unit_twice",
        "unit_unreadable",
        "unit_missing",
        "unit_unlisted",
        "unit_doubtful",
        "total_not_given",
        "total_blanks",
    ];
    assert_eq!(codes, wanted);
}

#[test]
fn units_of_one_name_in_two_places_are_two_and_a_code_in_the_list_tells_them_apart() {
    let mut all = std::collections::BTreeMap::new();
    for place in ["福建省福州市", "江苏省南京市"] {
        all.insert(format!("{place}/鼓楼区教育局.txt"), texts()[EDUCATION].replace("示例县教育局", "鼓楼区教育局"));
    }
    let reports: Vec<Unit> = all
        .iter()
        .flat_map(|(name, text)| {
            let read = gongkai::extract_named(text.as_bytes(), name, &gongkai::Options::default()).expect("readable");
            read.reports.into_iter().map(|report| Unit::of_report(name, "", report)).collect::<Vec<_>>()
        })
        .collect();
    let organ = |code| Listed { name: "鼓楼区教育局".to_owned(), code: Some(code) };
    let said_of = |list: &[Listed]| {
        let sum = added(reports.clone(), &Ask { listed: Some(list), ..Ask::default() });
        assert_eq!(sum.units.iter().filter(|unit| unit.standing == Standing::Added).count(), 2);
        said(&sum)
    };
    assert_eq!(said_of(&[organ(350_102), organ(320_106)]), Vec::<String>::new());
    assert_eq!(said_of(&[organ(350_102), organ(410_204)]), ["unit_missing 鼓楼区教育局", "unit_unlisted 鼓楼区教育局"]);
}

/// The clean texts, and one of them again with other words in place of some.
fn again(name: &str, from: &str, to: &str) -> BTreeMap<String, String> {
    let mut all = texts();
    let text = all[name].replace(from, to);
    assert_ne!(text, all[name], "{name} is changed");
    all.insert("again.txt".to_owned(), text);
    all
}

#[test]
fn one_unit_under_two_names_is_added_and_said() {
    let spellings = [
        ("04民政局.txt", "示例县民政局", "民政局"),
        ("09市场监督管理局.txt", "市场监督管理局", "市场监管局"),
        ("10东山镇人民政府.txt", "示例县东山镇人民政府", "东山镇人民政府"),
        ("10东山镇人民政府.txt", "示例县东山镇人民政府", "东山镇"),
        // Copied figures of some size, whatever the name.
        (FINANCE, "财政局", "档案馆"),
    ];
    for (file, from, to) in spellings {
        let sum = added(units(&again(file, from, to)), &Ask::default());
        assert_eq!(sum.count(), 13, "{to}");
        let codes: Vec<Code> = sum.report.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::UnitAlike], "{to}");
        let said = message(&sum, Code::UnitAlike);
        assert!(
            said.contains(file) && said.contains("again.txt") && said.contains("all their figures are equal"),
            "{said}"
        );
    }
}

#[test]
fn a_name_without_the_place_of_the_whole_is_said_whatever_its_figures() {
    let mut all = again(FINANCE, "示例县财政局", "财政局");
    all.insert("again.txt".to_owned(), row(&all["again.txt"], "行政许可", "121"));
    let sum = added(units(&all), &Ask::default());
    assert!(message(&sum, Code::UnitAlike).contains("and one figure differs; all were added"));
    // An office of a district is another one than that of the city.
    let mut all = texts();
    let district = row(&all[FINANCE].replace("示例县财政局", "示例县东区财政局"), "行政许可", "121");
    all.insert("东区.txt".to_owned(), district);
    let sum = added(units(&all), &Ask::default());
    assert_eq!(said(&sum), Vec::<String>::new());
}

#[test]
fn units_with_nothing_to_report_are_not_alike_for_that() {
    let zeros = |text: &str| {
        let zero = |line: &str| {
            let cell = |cell: &str| if cell.trim().parse::<f64>().is_ok() { " 0 ".to_owned() } else { cell.to_owned() };
            line.split('|').map(cell).collect::<Vec<_>>().join("|")
        };
        text.lines().map(zero).collect::<Vec<_>>().join("\n")
    };
    let mut all = texts();
    for file in [FINANCE, EDUCATION] {
        all.insert(file.to_owned(), zeros(&all[file]));
    }
    let sum = added(units(&all), &Ask::default());
    assert_eq!((said(&sum), sum.count()), (Vec::<String>::new(), 12));
}
