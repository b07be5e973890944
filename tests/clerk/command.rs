//! The command as a clerk runs it: one Word file, no network.

#![allow(clippy::disallowed_methods, reason = "a test prepares files and looks at those written")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::cases::case_of;
use crate::word::{comments, parts};

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.current_dir(folder).env("LC_ALL", "en_US.UTF-8").args(arguments).stdin(Stdio::null());
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// A folder with cases under short names.
fn folder(cases: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, case) in cases {
        fs::write(folder.path().join(name), case_of(case).bytes).expect("written");
    }
    folder
}

#[test]
fn a_copy_with_comments_and_a_page_are_written() {
    let folder = folder(&[("年报.docx", "sums-2021")]);
    let path = folder.path();
    fs::write(path.join("注.docx"), "an older file").expect("written");
    let before = fs::read(path.join("年报.docx")).expect("there");
    let ran = run(path, &["check", "年报.docx", "--annotate", "注.docx", "--html", "页.html", "--lang", "zh"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    assert!(ran.out.contains("  错误[row_total]（强制性）："), "{}", ran.out);
    assert!(ran.out.ends_with("（强制性6处）；42项合计相符\n"), "{}", ran.out);
    assert_eq!(fs::read(path.join("年报.docx")).expect("there"), before, "the file itself stays");
    let copy = fs::read(path.join("注.docx")).expect("written over the older file");
    assert_eq!(comments(&parts(&copy)).len(), 4);
    let page = fs::read_to_string(path.join("页.html")).expect("written");
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">") && page.contains("年报.docx"));
    // The copy is checked like the file.
    let again = run(path, &["check", "注.docx", "--lang", "zh"]);
    assert_eq!(again.out.replace("注.docx", "年报.docx"), ran.out);
}

#[test]
fn findings_leave_the_exit_code_as_it_is() {
    let folder = folder(&[("a.docx", "sentence-2021"), ("b.docx", "clean-2021")]);
    let annotated = |file: &str, more: &[&str]| {
        run(folder.path(), &[&["check", file, "--annotate", "out.docx", "--html", "out.html"], more].concat()).code
    };
    assert_eq!(annotated("a.docx", &[]), Some(0), "a warning");
    assert_eq!(annotated("a.docx", &["--fail-on", "warning"]), Some(1));
    assert_eq!(annotated("b.docx", &["--fail-on", "warning"]), Some(0));
    assert_eq!(fs::read(folder.path().join("out.docx")).expect("a copy"), case_of("clean-2021").bytes);
    let nowhere = run(folder.path(), &["check", "b.docx", "--annotate", "no/such/out.docx"]);
    assert_eq!(nowhere.code, Some(2), "{}", nowhere.err);
    let nowhere = run(folder.path(), &["check", "b.docx", "--html", "no/such/out.html"]);
    assert_eq!(nowhere.code, Some(2), "{}", nowhere.err);
}

/// The message of a run that ends so, in both languages; nothing of that name was written.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str], code: i32, en: &str, zh: &str) {
    for (lang, words) in [("en", en), ("zh", zh)] {
        let ran = run(folder, &[arguments, &["--lang", lang]].concat());
        assert_eq!(ran.code, Some(code), "{}", ran.err);
        assert!(ran.err.contains(words), "{}", ran.err);
        assert!(!folder.join("out.docx").exists(), "{lang}");
    }
}

#[test]
fn what_takes_no_comments_says_what_to_do() {
    let folder = folder(&[("a.docx", "sums-2021"), ("b.docx", "clean-2021")]);
    let path = folder.path();
    fs::write(path.join("a.txt"), "示例县人民政府2021年政府信息公开工作年度报告\n").expect("written");
    let note = ["--annotate", "out.docx"];
    let with = |files: &[&'static str]| [&["check"], files, &note].concat();
    refused(
        path,
        &with(&["a.txt"]),
        2,
        "save it as .docx in Word or WPS, or use --html",
        "另存为 .docx，或改用 `--html`",
    );
    refused(path, &with(&["a.docx", "b.docx"]), 3, "copies one file, found 2", "每次只处理一个文件，实为2个");
    refused(path, &with(&["-"]), 3, "standard input is none", "不能用标准输入");
    refused(path, &with(&["none.docx"]), 2, "no such file", "没有这个文件");
    let same = ["check", "a.docx", "--annotate", "./a.docx"];
    refused(path, &same, 3, "would be overwritten", "会被覆盖");
    refused(path, &["check", "a.docx", "--html", "a.docx"], 3, "would be overwritten", "会被覆盖");
    let twice = ["check", "a.docx", "--annotate", "out.docx", "--html", "out.docx"];
    refused(path, &twice, 3, "both write this file", "会写入同一文件");
    assert_eq!(fs::read(path.join("a.docx")).expect("there"), case_of("sums-2021").bytes);
}

#[test]
fn an_archive_takes_no_comments_but_has_a_page() {
    let folder = folder(&[]);
    let path = folder.path();
    let mut zip = zip::ZipWriter::new(fs::File::create(path.join("全部.zip")).expect("a file"));
    for name in ["甲.docx", "乙.docx"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a name");
        std::io::Write::write_all(&mut zip, &case_of("sums-2021").bytes).expect("written");
    }
    zip.finish().expect("written");
    for file in ["全部.zip", "全部.zip/甲.docx"] {
        let ran = run(path, &["check", file, "--annotate", "out.docx", "--html", "out.html"]);
        assert_eq!(ran.code, Some(2), "{}", ran.err);
        assert!(ran.err.contains("unpack it") || ran.err.contains("save it as .docx"), "{}", ran.err);
        assert!(!path.join("out.docx").exists());
        assert!(fs::read_to_string(path.join("out.html")).expect("written").contains("全部.zip/甲.docx"));
    }
}

const WAIVERS: &str = "文件,类别,字段,理由,日期,核实人\n报.docx,claim_disagrees,,按件计，口径不同,2025/1/8,张三\n";

#[test]
fn a_waived_finding_is_shown_and_no_longer_counts() {
    let folder = folder(&[("报.docx", "sentence-2021")]);
    let path = folder.path();
    // As a Chinese spreadsheet saves it.
    let (gb18030, ..) = encoding_rs::GB18030.encode(WAIVERS);
    fs::write(path.join("说明.csv"), gb18030).expect("written");
    let check = |more: &[&str]| run(path, &[&["check", "报.docx", "--fail-on", "warning"], more].concat());
    assert_eq!(check(&[]).code, Some(1));
    let ran = check(&["--waivers", "说明.csv", "--annotate", "注.docx", "--html", "页.html"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.out.contains("[waived 2025-01-08 by 张三: 按件计"), "{}", ran.out);
    assert!(ran.out.contains("1 warning, 0 notes (1 waived)"), "{}", ran.out);
    assert_eq!(fs::read(path.join("注.docx")).expect("written"), case_of("sentence-2021").bytes);
    assert!(fs::read_to_string(path.join("页.html")).expect("written").contains("class=\"waived\""));

    let json: Value = serde_json::from_str(&check(&["--waivers", "说明.csv", "--format", "json"]).out).expect("JSON");
    let finding = &json[0]["reports"][0]["findings"][0];
    assert_eq!((&finding["grade"], &finding["waived"]["date"]), (&"confirm".into(), &"2025-01-08".into()));
    let sarif: Value = serde_json::from_str(&check(&["--waivers", "说明.csv", "--format", "sarif"]).out).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["suppressions"][0]["kind"], "external");
    assert_eq!(result["properties"]["grade"], "confirm");
    let junit = check(&["--waivers", "说明.csv", "--format", "junit"]);
    assert_eq!(junit.code, Some(0));
    assert!(junit.out.contains("failures=\"0\"") && junit.out.contains("[waived 2025-01-08 by 张三"), "{}", junit.out);
}

#[test]
fn what_must_be_mended_cannot_be_waived() {
    let folder = folder(&[("报.docx", "sums-2021")]);
    let path = folder.path();
    let text = "code,reason,date\nrow_total,it is right,2025-01-08\nclaim_disagrees,old,2024-01-08\n";
    fs::write(path.join("w.csv"), text).expect("written");
    let ran = run(path, &["check", "报.docx", "--waivers", "w.csv"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("error[row_total] (mandatory)") && !ran.out.contains("[waived"), "{}", ran.out);
    assert!(
        ran.out.contains("w.csv\n  error[waiver_refused] (mandatory): line 2: `row_total` is mandatory"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("  warning[waiver_stale] (confirm): line 3: the waiver of `claim_disagrees`"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("\n1 file, 1 report: 6 errors, 2 warnings"), "{}", ran.out);
    let sarif: Value =
        serde_json::from_str(&run(path, &["check", "报.docx", "--waivers", "w.csv", "--format", "sarif"]).out)
            .expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let refused = results.iter().find(|result| result["ruleId"] == "waiver_refused").expect("said");
    assert_eq!(refused["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
}

#[test]
fn waivers_without_reason_or_date_are_misuse() {
    let folder = folder(&[("报.docx", "sentence-2021")]);
    let path = folder.path();
    for (text, en, zh) in [
        (
            "code,reason,date\nclaim_disagrees,,2025-01-08\n",
            "line 2: a waiver needs a reason",
            "第2行：核实说明须有理由",
        ),
        ("code,reason,date\nclaim_disagrees,r,\n", "line 2: a waiver needs a date", "第2行：核实说明须有日期"),
        ("code,reason,date\nclaim_disagree,r,2025-01-08\n", "`claim_disagree` is not known", "`claim_disagree` 不存在"),
        ("code,reason\n", "found no `date`", "缺“日期”列"),
    ] {
        fs::write(path.join("w.csv"), text).expect("written");
        for command in ["check", "extract"] {
            refused(path, &[command, "报.docx", "--waivers", "w.csv"], 3, en, zh);
        }
    }
    fs::remove_file(path.join("w.csv")).expect("removed");
    refused(
        path,
        &["check", "报.docx", "--waivers", "w.csv"],
        3,
        "waivers w.csv: there is no such file",
        "核实说明 w.csv：没有",
    );
}

#[test]
fn extract_notes_waivers_in_the_findings() {
    let folder = folder(&[("报.docx", "sentence-2021")]);
    let path = folder.path();
    fs::write(path.join("w.csv"), format!("{WAIVERS}报.docx,fees_unit,,无,2025-01-08,\n")).expect("written");
    let arguments = ["extract", "报.docx", "--out", "out", "--waivers", "w.csv", "--fail-on", "warning"];
    let ran = run(path, &arguments);
    assert!(ran.err.contains("w.csv: line 3: the waiver of `fees_unit`"), "{}", ran.err);
    assert_eq!(ran.code, Some(1), "the stale waiver is a warning: {}", ran.err);
    let mut rows = csv::Reader::from_path(path.join("out/findings.csv")).expect("findings");
    let header = rows.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|known| known == name).expect("a column");
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    let said: Vec<[&str; 4]> =
        rows.iter().map(|row| ["source", "code", "waived_reason", "waived_by"].map(|name| &row[at(name)])).collect();
    let expected = [["报.docx", "claim_disagrees", "按件计，口径不同", "张三"], ["w.csv", "waiver_stale", "", ""]];
    assert_eq!(said, expected);
    // What is kept for later runs is what the file gave, without what somebody says about it.
    fs::remove_file(path.join("w.csv")).expect("removed");
    let ran = run(path, &["extract", "报.docx", "--out", "out", "--resume", "--fail-on", "warning"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let text = fs::read_to_string(path.join("out/findings.csv")).expect("findings");
    assert!(text.contains("claim_disagrees") && !text.contains("张三"), "{text}");
}
