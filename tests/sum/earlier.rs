//! Sums of what an earlier run of `extract` wrote down, with places and waivers.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::texts;

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    let Output { status, stdout, stderr } =
        command.current_dir(folder).args(["--lang", "en"]).args(arguments).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// A folder with the units, one unreadable file among them, and what extract makes of them in `run`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("units")).expect("made");
    for (name, text) in texts() {
        fs::write(folder.path().join("units").join(name), text).expect("written");
    }
    fs::write(folder.path().join("units/broken.docx"), b"PK\x03\x04 no archive").expect("written");
    assert_eq!(run(folder.path(), &["extract", "units", "--out", "run", "-q"]).0, Some(2));
    folder
}

#[test]
fn a_sum_is_the_same_from_files_and_from_an_earlier_run() {
    let folder = folder();
    let path = folder.path();
    let (of_files, ..) = run(path, &["sum", "units", "-o", "a.csv", "-q"]);
    let (of_run, _, err) = run(path, &["sum", "run", "-o", "b.csv"]);
    assert_eq!((of_files, of_run), (Some(2), Some(2)), "the unreadable file is known to both: {err}");
    assert!(err.contains("12 reports taken from an earlier run: run") && err.contains("broken.docx"), "{err}");
    assert!(err.contains("12 units added, 1 not"), "{err}");
    assert_eq!(fs::read(path.join("a.csv")).expect("written"), fs::read(path.join("b.csv")).expect("written"));
    // Lines alone, and beside documents.
    fs::rename(path.join("run/findings.csv"), path.join("kept.csv")).expect("renamed");
    let (code, _, err) = run(path, &["sum", "run/reports.jsonl", "-o", "c.csv"]);
    assert_eq!(code, Some(0), "{err}");
    let (code, _, err) = run(path, &["sum", "run/reports.jsonl", "units/02教育局.txt", "-o", "d.csv"]);
    assert!(err.contains("handed in twice") || err.contains("same report again"), "{code:?} {err}");
}

#[test]
fn what_a_line_lacks_is_said_with_its_number() {
    let folder = folder();
    let path = folder.path();
    let lines = fs::read_to_string(path.join("run/reports.jsonl")).expect("written");
    let mut lines: Vec<String> = lines.lines().map(str::to_owned).collect();
    let cut = lines[2].find(",\"tables\":").expect("tables");
    lines[2].truncate(cut);
    lines[2].push('}');
    fs::write(path.join("cut.jsonl"), lines.join("\n")).expect("written");
    for command in ["sum", "panel"] {
        let (code, _, err) = run(path, &[command, "cut.jsonl"]);
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains("cut.jsonl: line 3: ") && err.contains("tables"), "{err}");
    }
}

#[test]
fn a_waived_finding_ends_no_run_and_places_may_be_given() {
    let folder = folder();
    let path = folder.path();
    fs::remove_file(path.join("units/broken.docx")).expect("removed");
    fs::write(path.join("list.csv"), "单位,代码\n示例县财政局,\n").expect("written");
    let arguments = ["sum", "units", "--units", "list.csv", "--fail-on", "warning", "-o", "a.json"];
    assert_eq!(run(path, &arguments).0, Some(1));
    let waivers = "code,reason,date\nunit_unlisted,名单待更新,2025-01-08\n";
    fs::write(path.join("waivers.csv"), waivers).expect("written");
    let (code, _, err) = run(path, &[&arguments[..], &["--waivers", "waivers.csv"]].concat());
    let json = fs::read_to_string(path.join("a.json")).expect("written");
    assert!(json.contains("名单待更新"), "{json}");
    assert_eq!(code, Some(0), "{err}");
    let (code, _, err) = run(path, &["sum", "units", "--place", "440203", "-o", "b.json"]);
    assert_eq!(code, Some(0), "{err}");
    let (code, _, err) = run(path, &["sum", "units", "--place", "990000"]);
    assert_eq!(code, Some(3), "{err}");
}
