//! `--template FILE`: a form of one's own, begun from the shipped one, read by the built command.
#![allow(clippy::disallowed_methods, reason = "a test prepares files and looks at those written")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.current_dir(folder).env("LC_ALL", "en_US.UTF-8").args(arguments).stdin(Stdio::null());
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    (status.code(), String::from_utf8(stdout).expect("UTF-8"), String::from_utf8(stderr).expect("UTF-8"))
}

/// The shipped form as the command prints it.
fn shipped() -> String {
    let (code, text, stderr) = run(Path::new("."), &["schema", "--format", "toml"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    text
}

#[track_caller]
fn changed(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

/// The form of a province that says 行政审批 for 行政许可 and prints a row more.
fn own() -> String {
    let named = changed(&shipped(), "edition = \"2021\"", "edition = \"own\"");
    let row = "id = \"licensing\"\ncode = \"lic\"\nlabel = \"行政许可\"\n";
    let rows = "id = \"licensing\"\ncode = \"lic\"\nlabel = \"行政审批\"\n\n\
        [[table.block.row]]\nid = \"confirmation\"\ncode = \"conf\"\nlabel = \"行政确认\"\n";
    changed(&named, row, rows)
}

const REPORT: &str = "示例县人民政府2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\
    第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政审批 | 41 |\n行政确认 | 7 |\n";

/// State, value and label of a field in `cells.csv`.
fn cell(folder: &Path, field: &str) -> Option<(String, String, String)> {
    let mut cells = csv::Reader::from_path(folder.join("out/cells.csv")).expect("cells");
    let header = cells.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|known| known == name).expect("a column");
    let rows = cells.records().map(|row| row.expect("a row"));
    let row = rows.into_iter().find(|row| &row[at("field")] == field)?;
    Some((row[at("state")].to_owned(), row[at("value")].to_owned(), row[at("label")].to_owned()))
}

#[test]
fn a_changed_label_and_a_row_more_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    fs::write(path.join("own form.toml"), own()).expect("written");
    fs::write(path.join("r.txt"), REPORT).expect("written");

    let (code, _, stderr) = run(path, &["extract", "r.txt", "--out", "out"]);
    assert_eq!(code, Some(0), "{stderr}");
    let licensing = "proactive.licensing.decisions";
    let by_shipped = cell(path, licensing);
    assert!(by_shipped.is_none_or(|(_, value, _)| value != "41"), "the shipped form does not know the label");
    assert_eq!(cell(path, "proactive.confirmation.decisions"), None);

    let (code, _, stderr) = run(path, &["extract", "r.txt", "--out", "out", "--template", "own form.toml"]);
    assert_eq!(code, Some(0), "{stderr}");
    let (state, value, label) = cell(path, licensing).expect("asked for");
    assert_eq!((state.as_str(), value.as_str()), ("number", "41"));
    assert!(label.contains("行政审批"), "{label}");
    let (state, value, _) = cell(path, "proactive.confirmation.decisions").expect("asked for");
    assert_eq!((state.as_str(), value.as_str()), ("number", "7"));

    let arguments = ["explain", "r.txt", "行政确认", "--template", "own form.toml"];
    let (code, stdout, _) = run(path, &arguments);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("  edition    own\n") && stdout.contains("7 件 · number"), "{stdout}");
}

#[test]
fn the_form_that_is_printed_reads_as_the_shipped_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    fs::write(path.join("own.toml"), shipped()).expect("written");
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/docx-2021/input.docx");
    let plain = run(path, &["extract", sample]);
    assert_eq!(run(path, &["extract", sample, "--template", "own.toml"]), plain);
}

#[test]
fn a_broken_form_says_what_where_expected_found_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let form = shipped();
    let cases = [
        (
            form.replace("layout = \"blocks\"", "layout = \"blcks\""),
            "line 47, column 10, `layout = \"blcks\"`: unknown variant `blcks`, expected one of `blocks`, `matrix`, `record`",
            "第47行第10列 `layout = \"blcks\"`：不认识 `blcks`，应为下列之一：`blocks`、`matrix`、`record`",
        ),
        (
            form.replace("first_year = 2021", "first_year = \"2021\""),
            "line 4, column 14, `first_year = \"2021\"`: invalid type: string \"2021\", expected a whole number",
            "第4行第14列 `first_year = \"2021\"`：类型不符：文字 \"2021\"，应为 整数",
        ),
        (
            form.replacen("first_year", "firstyear", 1),
            "line 4, column 1, `firstyear = 2021`: unknown field `firstyear`, expected one of `edition`, `source`, `first_year`, `last_year`, `tables`, `section`, `table`",
            "第4行第1列 `firstyear = 2021`：不认识 `firstyear`，应为下列之一：`edition`、`source`、`first_year`、`last_year`、`tables`、`section`、`table`",
        ),
        (
            "edition = \"x\"\nsource = \"x\"\nfirst_year = 2030\n".to_owned(),
            "expected at least one `[[table]]`, found none; every table of the form stands in the one file",
            "至少应有一个 `[[table]]`，实际没有；表样的各个表格都写在同一文件中",
        ),
        (
            form.replacen("id = \"licensing\"", "id = \"licensing\"\ngroup = \"g\"", 1),
            "table `proactive`: a row names the unknown group `g`",
            "表 `proactive`：有行使用了未定义的分组 `g`",
        ),
        ("edition = ".to_owned(), "line 1, column ", "第1行第"),
    ];
    for (text, en, zh) in cases {
        fs::write(path.join("own.toml"), &text).expect("written");
        let (code, stdout, stderr) = run(path, &["check", "r.txt", "--template", "own.toml"]);
        assert_eq!((code, stdout.as_str()), (Some(3), ""), "{stderr}");
        assert!(stderr.starts_with(&format!("error: template own.toml: {en}")), "{stderr}");
        assert!(
            stderr.ends_with("; compare with a form that works, as `gongkai schema --format toml` prints it\n"),
            "{stderr}"
        );
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        let (_, _, stderr) = run(path, &["check", "r.txt", "--template", "own.toml", "--lang", "zh"]);
        assert!(stderr.starts_with(&format!("错误：模板 own.toml：{zh}")), "{stderr}");
        assert!(stderr.ends_with("；请对照 `gongkai schema --format toml` 输出的可用表样\n"), "{stderr}");
    }
}
