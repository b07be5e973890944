//! Two runs compared.

use std::path::Path;
use std::process::{Command, Output};

use super::{inputs, report, run, said};

fn diff(old: &Path, new: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.args(["--lang", "en", "diff"]).args([old, new]).args(more).output().expect("the command")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// An older and a newer run: a figure changed, a report came, one went.
fn runs() -> (tempfile::TempDir, tempfile::TempDir) {
    let root = inputs(5);
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    run(root.path(), old.path(), &[]);
    let before = report(1);
    let licensing = before.find("行政许可").expect("a row");
    let digit = before[licensing..].find(|c: char| c.is_ascii_digit()).expect("a figure") + licensing;
    let changed = format!("{}9{}", &before[..digit], &before[digit..]);
    std::fs::write(root.path().join("0001.txt"), changed).expect("written");
    std::fs::rename(root.path().join("0002.txt"), root.path().join("0009.txt")).expect("renamed");
    run(root.path(), new.path(), &[]);
    (old, new)
}

#[test]
fn a_run_does_not_differ_from_itself() {
    let (old, _) = runs();
    let output = diff(old.path(), &old.path().join("reports.jsonl"), &[]);
    assert_eq!((output.status.code(), text(&output)), (Some(0), "no difference\n".to_owned()));
}

#[test]
fn what_changed_is_said_with_what_it_was() {
    let (old, new) = runs();
    let output = diff(old.path(), new.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output);
    assert!(told.starts_with("0001.txt, report 1\n"), "{told}");
    assert!(told.contains("  proactive.licensing.decisions: "), "{told}");
    assert!(told.contains("0009.txt, report 1\n  only in the newer run\n"), "{told}");
    assert!(told.contains("0002.txt, report 1\n  only in the older run\n"), "{told}");
    assert!(told.contains("1 reports new, 1 reports gone") && told.contains("1 figures changed"), "{told}");
}

#[test]
fn programs_get_the_same_as_rows() {
    let (old, new) = runs();
    let rows = |format: &str| text(&diff(old.path(), new.path(), &["--format", format]));
    let csv = rows("csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().expect("headers").clone();
    let from_csv: Vec<Vec<(String, String)>> = reader
        .records()
        .map(|row| {
            headers.iter().zip(&row.expect("a row")).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
        })
        .collect();
    let as_text = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let json = rows("json");
    let from_json: Vec<Vec<(String, String)>> = json
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            headers.iter().map(|name| (name.to_owned(), as_text(&row[name]))).collect()
        })
        .collect();
    assert_eq!(from_csv, from_json);
    assert!(from_csv.len() >= 3);
    let figure = from_csv.iter().find(|row| row[0].1 == "figure").expect("a figure");
    let cell = |name: &str| figure.iter().find(|(column, _)| column == name).map(|(_, cell)| &cell[..]);
    assert_eq!(cell("field"), Some("proactive.licensing.decisions"));
    assert_eq!(cell("new"), cell("old").map(|old| format!("9{old}")).as_deref());
}

#[test]
fn what_is_no_run_is_named() {
    let (old, _) = runs();
    let gone = diff(old.path(), Path::new("nowhere"), &[]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(said(&gone).contains("nowhere"), "{}", said(&gone));
    let other = diff(&old.path().join("cells.csv"), old.path(), &[]);
    assert_eq!(other.status.code(), Some(2));
    assert!(said(&other).contains("line 1"), "{}", said(&other));
}

#[test]
fn files_that_can_no_longer_be_read_are_a_difference() {
    let root = inputs(5);
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    run(root.path(), old.path(), &[]);
    std::fs::write(root.path().join("0007.docx"), b"PK\x03\x04").expect("written");
    run(root.path(), new.path(), &[]);
    let output = diff(old.path(), new.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output);
    assert!(told.starts_with("0007.docx\n  new finding: ") && told.ends_with("1 findings new\n"), "{told}");
    assert!(text(&diff(new.path(), old.path(), &[])).contains("finding gone"));
}

#[test]
fn what_a_run_did_not_write_is_not_taken_for_its_own() {
    let root = inputs(5);
    let out = tempfile::tempdir().expect("a folder");
    run(root.path(), out.path(), &[]);
    std::fs::remove_file(root.path().join("0001.txt")).expect("removed");
    run(root.path(), out.path(), &["--format", "csv"]);
    let (old, _) = runs();
    let output = diff(old.path(), out.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("wrote no reports.jsonl"), "{}", said(&output));
}

#[test]
fn a_run_that_was_stopped_is_said_to_be() {
    let (old, new) = runs();
    let manifest = new.path().join("manifest.json");
    let text = std::fs::read_to_string(&manifest).expect("a manifest");
    std::fs::write(&manifest, text.replace("\"complete\": true", "\"complete\": false")).expect("written");
    assert!(said(&diff(old.path(), new.path(), &[])).contains("stopped before its end"));
    assert_eq!(said(&diff(old.path(), old.path(), &[])), "");
}
