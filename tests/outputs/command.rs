//! `extract --format` as a person gives it.

use std::path::Path;
use std::process::Command;

fn gongkai(dir: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(arguments)
        .env("LC_ALL", "en_US.UTF-8")
        .current_dir(dir)
        .output()
        .expect("the program runs");
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

/// What stands in a folder, but for what every run leaves there: its journal and its manifest.
fn listing(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter(|name| ![".gongkai", "manifest.json"].contains(&name.as_str()))
        .collect();
    names.sort();
    names
}

const REPORT: &str = "示例县人民政府2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\
    第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 41 |\n";

fn folder() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join("in")).expect("a folder");
    std::fs::write(root.path().join("in/a.txt"), REPORT).expect("written");
    root
}

#[test]
fn formats_are_given_with_commas_or_one_by_one() {
    let root = folder();
    let (code, stderr) =
        gongkai(root.path(), &["extract", "in", "-o", "one", "--format", "csv,sqlite", "-f", "parquet"]);
    assert_eq!(code, Some(0), "{stderr}");
    let wanted = [
        "cells.csv",
        "cells.parquet",
        "claims.csv",
        "claims.parquet",
        "findings.csv",
        "findings.parquet",
        "gongkai.sqlite",
        "reports.csv",
        "reports.parquet",
    ];
    assert_eq!(listing(&root.path().join("one")), wanted);
    gongkai(root.path(), &["extract", "in", "-o", "two", "--format", "xlsx", "--forms"]);
    assert_eq!(listing(&root.path().join("two")), ["forms", "gongkai.xlsx"]);
    assert_eq!(listing(&root.path().join("two/forms")), ["a.txt-1.xlsx"]);
    gongkai(root.path(), &["extract", "in", "-o", "three", "--format", "datapackage,csv"]);
    let wanted =
        ["cells.csv", "claims.csv", "datapackage.json", "findings.csv", "gongkai.R", "gongkai.do", "reports.csv"];
    assert_eq!(listing(&root.path().join("three")), wanted);
    gongkai(root.path(), &["extract", "in", "-o", "four"]);
    assert_eq!(
        listing(&root.path().join("four")),
        ["cells.csv", "claims.csv", "findings.csv", "reports.csv", "reports.jsonl"]
    );
}

#[test]
fn formats_need_a_folder_and_a_known_name() {
    let root = folder();
    for arguments in [&["extract", "in", "--format", "csv"][..], &["extract", "in", "-o", "out", "--format", "pdf"]] {
        assert_eq!(gongkai(root.path(), arguments).0, Some(3), "{arguments:?}");
    }
    assert_eq!(listing(root.path()), ["in"]);
}

#[test]
fn no_output_of_an_earlier_run_is_an_input() {
    let root = folder();
    let arguments = ["extract", "in", "-o", "in", "--format", "xlsx,parquet,sqlite,datapackage", "--forms"];
    let (_, first) = gongkai(root.path(), &arguments);
    let (code, second) = gongkai(root.path(), &arguments);
    assert_eq!((code, &second), (Some(0), &first));
    assert!(second.starts_with("1 file read, 1 report") && !second.contains("skipped"), "{second}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_what_was_there_whatever_the_format() {
    for (format, file) in [("xlsx", "gongkai.xlsx"), ("parquet", "reports.parquet"), ("sqlite", "gongkai.sqlite")] {
        let root = folder();
        let out = root.path().join("out");
        std::fs::create_dir(&out).expect("a folder");
        std::fs::write(out.join(file), "old").expect("written");
        // A limit on the size of a file stands for the full disk.
        let script = format!("ulimit -f 2; exec \"$0\" extract in --out out --format {format}");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_gongkai")])
            .env("LC_ALL", "en_US.UTF-8")
            .current_dir(root.path())
            .output()
            .expect("runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{format}: {stderr}");
        assert!(stderr.contains("could not be written"), "{format}: {stderr}");
        assert_eq!(std::fs::read_to_string(out.join(file)).expect("still there"), "old", "{format}");
        assert_eq!(listing(&out), [file], "{format}");
    }
}
