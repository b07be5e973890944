//! Many reports in one file: each comes out as if it stood alone, and no size or shape of a
//! file makes the time grow faster than the file.

#[path = "support/docx.rs"]
mod docx;
#[path = "support/word_report.rs"]
mod word_report;

use std::sync::mpsc;
use std::time::Duration;

use gongkai::report::{Report, Value};
use gongkai::{Extraction, Options, extract};

/// Far longer than any file here takes, far shorter than one that is read in quadratic time.
const DEADLINE: Duration = Duration::from_secs(30);

fn reports(file: &[u8]) -> Vec<Report> {
    extract(file, &Options::default()).expect("reports").reports
}

/// Values by name, in print order.
fn values(report: &Report) -> Vec<(&str, Value)> {
    report.figures().map(|figure| (figure.key.as_str(), figure.value)).collect()
}

fn in_time(name: &str, file: Vec<u8>) -> Extraction {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(extract(&file, &Options::default())));
    let extraction = receiver.recv_timeout(DEADLINE).unwrap_or_else(|_| panic!("{name}: no end in sight"));
    extraction.expect("a readable file")
}

#[test]
fn every_figure_of_the_made_up_report_is_read_and_every_sum_holds() {
    let reports = reports(&word_report::report().bytes());
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].findings, []);
    assert_eq!(reports[0].figures().count(), 200);
    assert!(reports[0].figures().all(|figure| figure.value.number().is_some()));
}

#[test]
fn a_hundred_reports_in_one_word_file_read_as_one_alone() {
    let alone = reports(&word_report::report().bytes());
    let many = reports(&word_report::reports(100).bytes());
    assert_eq!(many.len(), 100);
    for (at, report) in many.iter().enumerate() {
        let organ = report.organ.as_ref().map(|organ| organ.name.clone());
        assert_eq!(organ, Some(word_report::organ(at + 1)));
        assert_eq!(values(report), values(&alone[0]));
        assert_eq!(report.checks, alone[0].checks);
    }
}

#[test]
fn a_hundred_reports_in_one_text_read_as_one_alone() {
    for text in [
        include_str!("../samples/bars-2021/input.txt"),
        include_str!("../samples/cell-a-line-2021/input.txt"),
        include_str!("../samples/tabs-2021/input.txt"),
        include_str!("../samples/boxes-ruled-2021/input.txt"),
    ] {
        let alone = reports(text.as_bytes());
        let many = reports(format!("{text}\n").repeat(100).as_bytes());
        assert_eq!(many.len(), 100, "{}", text.lines().next().unwrap_or_default());
        for report in &many {
            assert_eq!(values(report), values(&alone[0]));
            assert_eq!(report.sections.len(), alone[0].sections.len());
        }
    }
}

/// A report whose second table is this text.
fn with_second_table(table: &str) -> Vec<u8> {
    format!(
        "示例市人民政府2021年政府信息公开工作年度报告\n一、总体情况\n无。\n二、主动公开政府信息情况\n无。\n\
         三、收到和处理政府信息公开申请情况\n{table}\n五、存在的主要问题及改进情况\n无。\n"
    )
    .into_bytes()
}

const HEADER: &str = " |  |  | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n";

#[test]
fn no_shape_of_text_takes_more_than_its_share_of_time() {
    let bare = "1 | 0 | 0 | 0 | 0 | 0 | 1 |\n";
    let row = "一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n";
    let unknown = "没有这一行 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |\n";
    let columns = "本列数据  自然人  商业企业  科研机构\n";
    let shapes: [(&str, String); 12] = [
        ("rows without labels", HEADER.to_owned() + &bare.repeat(20_000)),
        ("one row again and again", HEADER.to_owned() + &row.repeat(20_000)),
        ("rows unknown to the form", HEADER.to_owned() + &unknown.repeat(10_000)),
        ("rows without labels among unknown ones", HEADER.to_owned() + &(bare.to_owned() + unknown).repeat(10_000)),
        ("headers without rows", HEADER.repeat(10_000)),
        ("groups of columns without columns", "信息内容 | 法人或其他组织 |\n".repeat(30_000)),
        ("a row of blank cells", HEADER.to_owned() + "（一）予以公开 |" + &" |".repeat(500_000)),
        ("a row of values", HEADER.to_owned() + "（一）予以公开 |" + &" 1 |".repeat(200_000)),
        ("lone numbers", HEADER.to_owned() + &(row.to_owned() + "\n7\n").repeat(15_000)),
        ("labels without values", "1.属于国家秘密\n".repeat(20_000)),
        ("titles", "示例市人民政府2021年政府信息公开工作年度报告\n一、总体情况\n".repeat(10_000)),
        ("lines in columns", columns.repeat(10_000) + &"1.属于      1  0  0  0\n  国家      \n".repeat(10_000)),
    ];
    for (name, table) in shapes {
        in_time(name, with_second_table(&table));
    }
}
