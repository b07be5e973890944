//! Edition 2014: one tall table, its rules, and what must not be taken for it.

use gongkai::check::check;
use gongkai::finding::{Code, Severity};
use gongkai::report::{Report, Status, Value};
use gongkai::template::{Form, Key};

use crate::support::report::{form, report, set};

/// A report in which everything holds.
const CLEAN: &str = "\
statistics
  disclosed 900
  disclosed.normative_documents 12
  normative_documents_issued 14
  channel.gazette 20
  channel.website 880
  channel.weibo 60
  channel.wechat 70
  channel.other 5
  response.topics 8
  response.press_conferences 6
  response.press_conferences_by_heads 2
  response.online_interviews 5
  response.online_interviews_by_heads 1
  response.policy_interpretations 31
  response.weibo_wechat 9
  response.other 3
  received 50
  received.in_person 11
  received.fax 1
  received.online 28
  received.letter 10
  concluded 49
  concluded.on_time 46
  concluded.extended 3
  replied 48
  replied.already_public 9
  replied.granted 15
  replied.partially_granted 2
  replied.denied 7
  replied.denied.state_secret 1
  replied.denied.trade_secret 0
  replied.denied.privacy 2
  replied.denied.security_and_stability 0
  replied.denied.not_government_information 3
  replied.denied.other_legal 1
  replied.not_this_organ 6
  replied.does_not_exist 5
  replied.asked_to_amend 3
  replied.other_channel 1
  review 4
  review.upheld 2
  review.corrected 1
  review.other 1
  litigation 3
  litigation.upheld_or_dismissed 2
  litigation.corrected 0
  litigation.other 1
  complaints 0
  fees_collected 0.37
  capacity.offices 12
  capacity.reading_points 20
  capacity.staff 40
  capacity.staff.full_time 6
  capacity.staff.part_time 34
  capacity.budget 12.5
  training.meetings 3
  training.courses 2
  training.trainees 260
";

fn clean() -> Report {
    report(&form("2014"), CLEAN)
}

/// Severity, code and field of each finding after one figure was changed.
fn after(row: &str, word: &str) -> Vec<String> {
    let mut report = clean();
    set(&mut report, &format!("statistics.{row}.value"), word);
    check(&mut report, Form::shipped());
    let checked = report.findings.iter().filter(|finding| finding.severity > Severity::Hint);
    checked
        .map(|finding| {
            let row = finding.field.as_ref().map_or("", |key| key.as_str());
            let row = row.trim_start_matches("statistics.").trim_end_matches(".value");
            format!("{} {} {row}", finding.severity.name(), finding.code.entry().name)
        })
        .collect()
}

#[test]
fn what_nests_adds_up() {
    let mut report = clean();
    check(&mut report, Form::shipped());
    assert_eq!(report.findings, []);
    let cases: &[(&str, &str, &[&str])] = &[
        ("received.online", "29", &["warning received_by_channel received"]),
        ("concluded.extended", "4", &["warning concluded_by_time concluded"]),
        ("replied.granted", "51", &["warning replied_by_kind replied"]),
        ("replied.denied.privacy", "3", &["warning denied_by_reason replied.denied"]),
        ("review", "5", &["note review_results review"]),
        ("litigation.other", "2", &["note litigation_results litigation"]),
        ("capacity.staff", "41", &["warning staff_total capacity.staff"]),
        ("response.press_conferences_by_heads", "7", &["error heads_bound response.press_conferences_by_heads"]),
        ("response.online_interviews_by_heads", "6", &["error heads_bound response.online_interviews_by_heads"]),
        ("disclosed", "1036", &["note disclosed_channels disclosed"]),
        ("channel.website", "990", &["note disclosed_largest_channel channel.website"]),
        ("fees_collected", "0.4", &[]),
        ("training.trainees", "26.5", &["error integral training.trainees"]),
        ("capacity.budget", "-1", &["error non_negative capacity.budget"]),
    ];
    for (row, word, expected) in cases {
        assert_eq!(after(row, word), *expected, "{row} {word}");
    }
}

fn read(text: &str) -> Report {
    let mut reports = gongkai::extract(text.as_bytes(), &gongkai::Options::default()).expect("readable").reports;
    assert_eq!(reports.len(), 1, "{text}");
    reports.remove(0)
}

fn state(report: &Report, row: &str) -> String {
    let figure = report.figure(&Key::new(&format!("statistics.{row}.value")));
    match figure.map(|figure| figure.value) {
        Some(Value::Number(number)) => number.to_string(),
        Some(other) => other.state().to_owned(),
        None => "no table".to_owned(),
    }
}

const HEAD: &str =
    "示例县人民政府2016年政府信息公开工作年度报告\n\n政府信息公开情况统计表\n\n统计指标 | 单位 | 统计数 |\n";

#[test]
fn a_label_that_repeats_is_placed_by_the_chapter_before_it() {
    let rows = "四、行政复议数量 | 件 | 9 |\n（一）维持具体行政行为数 | 件 | 4 |\n（二）被依法纠错数 | 件 | 3 |\n\
                （三）其他情形数 | 件 | 2 |\n五、行政诉讼数量 | 件 | 11 |\n（二）被依法纠错数 | 件 | 5 |\n（三）其他情形数 | 件 | 6 |\n";
    let report = read(&format!("{HEAD}{rows}"));
    let found = |row| state(&report, row);
    assert_eq!([found("review.corrected"), found("review.other")], ["3", "2"]);
    assert_eq!([found("litigation.corrected"), found("litigation.other")], ["5", "6"]);
    assert_eq!(found("litigation.upheld_or_dismissed"), "missing");
}

#[test]
fn a_label_that_repeats_has_no_place_without_its_chapter() {
    let report = read(&format!(
        "{HEAD}六、举报投诉数量 | 件 | 1 |\n（二）被依法纠错数 | 件 | 5 |\n（三）其他情形数 | 件 | 6 |\n"
    ));
    assert_eq!(state(&report, "complaints"), "1");
    for row in ["review.corrected", "review.other", "litigation.corrected", "litigation.other"] {
        assert_eq!(state(&report, row), "missing", "{row}");
    }
    assert_eq!(report.tables[0].extra_rows.len(), 2);
}

#[test]
fn an_extra_row_behind_a_serial_number_keeps_its_label() {
    let document = include_bytes!("../../samples/html-parts-2014/input.html");
    let reports = gongkai::extract(document, &gongkai::Options::default()).expect("readable").reports;
    let extra = &reports[0].tables[0].extra_rows;
    let read: Vec<_> = extra.iter().map(|row| (row.label.as_str(), row.cells.join(" "), row.origin.column)).collect();
    let wanted = [
        ("政务客户端公开政府信息数", "条 7 2 3 12".to_owned(), Some(2)),
        ("十、依申请公开满意度调查份数", "份 5 0 0 5".to_owned(), Some(2)),
    ];
    assert_eq!(read, wanted);
}

#[test]
fn a_chapter_that_was_left_out_does_not_lend_its_parts() {
    // After （三） of 行政复议 nothing of it can follow.
    let rows = "四、行政复议数量 | 件 | 9 |\n（一）维持具体行政行为数 | 件 | 4 |\n（三）其他情形数 | 件 | 5 |\n（二）被依法纠错数 | 件 | 7 |\n";
    let report = read(&format!("{HEAD}{rows}"));
    assert_eq!(state(&report, "review.corrected"), "missing");
    assert_eq!(state(&report, "litigation.corrected"), "missing");
}

#[test]
fn the_unit_printed_beside_a_figure_is_its_unit() {
    let report = read(&format!("{HEAD}七、依申请公开信息收取的费用 | 元 | 3500 |\n（一）收到申请数 | 件 | 3 |\n"));
    let unit = |row: &str| report.figure(&Key::new(row)).expect("a figure").unit.clone();
    assert_eq!(unit("statistics.fees_collected.value"), "元");
    assert_eq!(unit("statistics.received.value"), "件");
}

/// Rows of a local form with labels like ours.
const LOCAL: [(&str, &str); 12] = [
    ("主动公开政府信息数", "条"),
    ("其中：主动公开规范性文件数", "条"),
    ("政府网站公开政府信息数", "条"),
    ("政府公报公开政府信息数", "条"),
    ("收到申请数", "件"),
    ("当面申请数", "件"),
    ("网络申请数", "件"),
    ("申请答复数", "件"),
    ("同意公开答复数", "件"),
    ("行政复议数量", "件"),
    ("行政诉讼数量", "件"),
    ("依申请公开信息收取的费用", "万元"),
];

/// The ways in which a coded table is flattened, header or none, with some values or none.
fn coded(year: &str, header: bool, values: bool, dialect: &str) -> String {
    let value = |at: usize| if values && at.is_multiple_of(3) { (at * 7 % 11).to_string() } else { String::new() };
    let mut rows: Vec<Vec<String>> = Vec::new();
    if header {
        rows.push(["指标名称", "计量单位", "代码", "本年累计"].map(str::to_owned).to_vec());
    }
    for (at, (label, unit)) in LOCAL.iter().enumerate() {
        rows.push(vec![(*label).to_owned(), (*unit).to_owned(), format!("{:02}", 11 + 2 * at), value(at)]);
    }
    let title = format!("示例县人民政府{year}政府信息公开工作年度报告");
    let joined = |row: &Vec<String>| match dialect {
        "bars" => row.join(" | ") + " |\n",
        "tabs" => row.iter().map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n",
        "lines" => row.iter().filter(|cell| !cell.is_empty()).map(|cell| format!("{cell}\n\n")).collect(),
        _ => format!("<tr>{}</tr>\n", row.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>()),
    };
    let body: String = rows.iter().map(joined).collect();
    if dialect == "page" {
        return format!("<html><body><p>{title}</p><p>政府信息公开情况统计表</p><table>{body}</table></body></html>");
    }
    format!("{title}\n一、概述\n各项工作平稳推进。\n政府信息公开情况统计表\n\n{body}")
}

#[test]
fn codes_of_local_forms_are_never_values() {
    for year in ["2008年", "2010年", "2013年", "2016年", ""] {
        for (header, values) in [(true, true), (true, false), (false, false), (false, true)] {
            for dialect in ["bars", "tabs", "lines", "page"] {
                let text = coded(year, header, values, dialect);
                for report in gongkai::extract(text.as_bytes(), &gongkai::Options::default()).expect("read").reports {
                    let numbers: Vec<String> = report
                        .figures()
                        .filter(|figure| figure.value.number().is_some())
                        .map(|figure| format!("{} {:?}", figure.key, figure.raw))
                        .collect();
                    assert_eq!(numbers, [""; 0], "{year} {header} {values} {dialect}");
                    let early = year.starts_with("20") && year < "2014年";
                    assert!(!early || report.status == Status::Narrative, "{year} {dialect}: {:?}", report.status);
                    assert!(!early || report.tables.is_empty());
                }
            }
        }
    }
}

/// A table of the edition with the codes of its rows beside its figures: which cells hold them is told by the header.
#[test]
fn codes_beside_the_figures_of_the_edition_are_no_figures() {
    let page = |year: &str, header: [&str; 4], figures: [&str; 3]| {
        let line = |cells: [&str; 4]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
        let rows = [
            line(header),
            line(["三、依申请公开情况", "31", "——", "——"]),
            line(["（一）收到申请数", "32", "件", figures[0]]),
            line(["1.当面申请数", "33", "件", figures[1]]),
            line(["2.传真申请数", "34", "件", figures[2]]),
        ];
        let title = format!("示例县人民政府{year}政府信息公开工作年度报告");
        read(&format!("<html><body><p>{title}</p><table>{}</table></body></html>", rows.concat()))
    };
    let told = |report: &Report| {
        ["received", "received.in_person", "received.fax"].map(|name| {
            let figure = report.figure(&Key::new(&format!("statistics.{name}.value"))).expect("a figure");
            (figure.value.state(), figure.value.number().map(|number| number.to_string()))
        })
    };
    let printed = ["统计指标", "代码", "单位", "统计数"];
    let report = page("2016年", printed, ["5", "", "/"]);
    assert_eq!(told(&report), [("number", Some("5".to_owned())), ("blank", None), ("not_applicable", None)]);
    // Where cells have lost their columns, a code may stand where a blank figure was left out.
    for (bar, end) in [(" | ", " |\n"), (" | ", "\n"), ("\t", "\n")] {
        let lines =
            ["统计指标 代码 单位 统计数", "（一）收到申请数 32 件 5", "1.当面申请数 33 件", "2.传真申请数 34 件 /"];
        let table: String = lines.iter().map(|line| line.split(' ').collect::<Vec<_>>().join(bar) + end).collect();
        let report = read(&format!("示例县人民政府2016年政府信息公开工作年度报告\n政府信息公开情况统计表\n{table}"));
        assert!(report.figures().all(|figure| figure.value.number().is_none()), "{table}");
    }
    // Of years before the edition, of no year, or with a heading that is not of the edition alone, nobody knows.
    let other = ["统计指标", "代码", "单位", "数量"];
    for (year, header) in [("2012年", printed), ("", printed), ("2016年", other)] {
        let report = page(year, header, ["5", "4", "1"]);
        let numbers = report.figures().filter(|figure| figure.value.number().is_some()).count();
        assert_eq!(numbers, 0, "{year} {header:?}");
        assert!(report.findings.iter().any(|finding| finding.code == Code::ForeignTable), "{year} {header:?}");
    }
}

#[test]
fn other_editions_do_not_miss_it() {
    let text = "示例县人民政府2021年政府信息公开工作年度报告\n第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 41 |\n";
    let report = read(text);
    let tables: Vec<&str> = report.tables.iter().map(|table| table.id.as_str()).collect();
    assert_eq!(tables, ["proactive", "applications", "review_litigation"]);
}
