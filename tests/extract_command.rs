//! The built command: exit codes, streams, and folders that it must not harm.

mod export_support;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use export_support::rows;
use gongkai::template::codebook;

fn gongkai() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.env("LC_ALL", "en_US.UTF-8").env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

fn output(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    (status.code(), String::from_utf8(stdout).expect("UTF-8"), String::from_utf8(stderr).expect("UTF-8"))
}

#[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
fn put(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("written");
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_others_are_still_listed() {
    let root = folder();
    put(&root.path().join("picture.docx"), b"\x89PNG\r\n\x1a\n");
    put(&root.path().join("empty.txt"), b"");
    let out = root.path().join("out");
    let (code, stdout, stderr) = output(
        gongkai().args(["extract", "gone.docx", "picture.docx", "empty.txt", "--out", "out"]).current_dir(&root),
    );
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("gone.docx: there is no such file") && stderr.contains("a PNG picture"), "{stderr}");
    let findings = rows(&fs::read_to_string(out.join("findings.csv")).expect("findings"));
    let told: Vec<(&str, &str, &str, &str)> = findings
        .iter()
        .map(|row| (row["source"].as_str(), row["report"].as_str(), row["code"].as_str(), row["found"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("gone.docx", "", "unreadable_file", "not_found"),
            ("picture.docx", "", "unreadable_file", "unknown_format"),
            ("empty.txt", "", "unreadable_file", "empty"),
        ]
    );
    assert!(findings[1]["message"].contains("convert it"), "{}", findings[1]["message"]);
}

#[test]
fn standard_input_is_a_file_named_dash() {
    let (code, stdout, stderr) = output(gongkai().args(["extract", "-"]));
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.starts_with("error: standard input: it is empty"), "{stderr}");
}

#[test]
fn messages_are_plain_where_there_is_no_terminal() {
    let (_, _, stderr) = output(gongkai().args(["extract", "gone.txt"]));
    assert!(!stderr.contains('\u{1b}'), "{stderr:?}");
    let (_, _, stderr) = output(gongkai().args(["extract", "a\u{1b}[31mb.txt"]));
    assert!(!stderr.contains('\u{1b}'), "a file name moves no cursor: {stderr:?}");
    let (code, _, stderr) = output(gongkai().args(["extract", "gone.txt", "--lang", "zh"]));
    assert_eq!(code, Some(2));
    assert!(stderr.starts_with("错误：gone.txt：没有这个文件"), "{stderr}");
}

#[test]
fn what_was_in_the_output_folder_stays() {
    let root = folder();
    let out = root.path().join("out");
    fs::create_dir(&out).expect("a folder");
    put(&out.join("mine.txt"), b"mine");
    put(&out.join("cells.csv"), b"old");
    let (code, ..) = output(gongkai().args(["extract", "out", "--out", "out", "--quiet"]).current_dir(&root));
    // `mine.txt` is an input, the outputs are none.
    assert!(code == Some(2) || code == Some(0), "{code:?}");
    assert_eq!(fs::read_to_string(out.join("mine.txt")).expect("still there"), "mine");
    assert!(fs::read_to_string(out.join("cells.csv")).expect("new").starts_with("source,"));
    let mut names: Vec<_> =
        fs::read_dir(&out).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    let wanted = [
        ".gongkai",
        "cells.csv",
        "claims.csv",
        "findings.csv",
        "manifest.json",
        "mine.txt",
        "reports.csv",
        "reports.jsonl",
    ];
    assert_eq!(names, wanted, "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn a_new_output_is_as_readable_as_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let root = folder();
    output(gongkai().args(["extract", "gone.txt", "--out", "out", "-q"]).current_dir(&root));
    put(&root.path().join("other"), b"");
    let mode = |path: &str| fs::metadata(root.path().join(path)).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode("out/cells.csv"), mode("other"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_what_was_there() {
    let root = folder();
    let out = root.path().join("out");
    fs::create_dir(&out).expect("a folder");
    put(&out.join("reports.csv"), b"old");
    // A limit of one block on the size of a file stands for the full disk: the header alone is larger.
    let script = "ulimit -f 1; exec \"$0\" extract gone.txt --out out --no-journal";
    let (code, _, stderr) =
        output(Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_gongkai")]).current_dir(&root));
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("reports.csv: could not be written"), "{stderr}");
    assert_eq!(fs::read_to_string(out.join("reports.csv")).expect("still there"), "old");
    assert_eq!(fs::read_dir(&out).expect("a folder").count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_may_be_full() {
    let full = fs::File::options().write(true).open("/dev/full").expect("a device");
    for arguments in [["schema", "--json"], ["completions", "bash"]] {
        let out = gongkai().args(arguments).stdout(full.try_clone().expect("a handle")).output().expect("runs");
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&out.stderr).contains("standard output"));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    for arguments in [&["schema", "--json"][..], &["man"], &["completions", "zsh"]] {
        let mut child =
            gongkai().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut stderr).expect("UTF-8");
        assert_eq!((child.wait().expect("ends").code(), stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_entered_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let root = folder();
    let locked = root.path().join("in/locked");
    fs::create_dir_all(&locked).expect("folders");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("set");
    let may_enter = fs::read_dir(&locked).is_ok();
    let (code, _, stderr) = output(gongkai().args(["extract", "in"]).current_dir(&root));
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).expect("set back");
    // Nothing is locked to root; the walk's own tests cover the path then.
    if !may_enter {
        assert_eq!(code, Some(2));
        assert!(stderr.contains("locked: permission to read it was denied"), "{stderr}");
    }
}

#[test]
fn the_schema_the_manual_and_completions_are_printed() {
    let (code, stdout, _) = output(gongkai().args(["schema", "--json"]));
    assert_eq!(code, Some(0));
    assert_eq!(stdout, gongkai::export::record::schema());
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, stdout, _) = output(gongkai().args(["completions", shell]));
        assert_eq!(code, Some(0), "{shell}");
        assert!(stdout.contains("extract"), "{shell}");
    }
    let (code, stdout, _) = output(gongkai().arg("man"));
    assert_eq!(code, Some(0));
    assert!(stdout.contains(".SH \"GONGKAI EXTRACT\""));
    let forms = gongkai::template::Form::shipped();
    for (format, wanted) in
        [("md", codebook::markdown(forms)), ("csv", codebook::csv(forms)), ("json", codebook::json(forms))]
    {
        let (code, stdout, _) = output(gongkai().args(["schema", "--format", format]));
        assert_eq!((code, stdout == wanted), (Some(0), true), "{format}");
    }
}

#[test]
fn misuse_ends_with_its_own_code() {
    for arguments in
        [&[][..], &["extract"], &["nothing"], &["extract", "a", "--fail-on", "note"], &["schema", "--format", "xml"]]
    {
        let (code, stdout, stderr) = output(gongkai().args(arguments));
        assert_eq!((code, stdout.as_str()), (Some(3), ""), "{arguments:?}");
        assert!(!stderr.is_empty());
    }
    assert_eq!(output(gongkai().arg("--help")).0, Some(0));
    assert_eq!(output(gongkai().arg("--version")).0, Some(0));
}

// ---- with the real readers ----

/// The smallest text in which one figure is found.
const REPORT: &str = "示例县人民政府2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\
    第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 41 |\n";

fn piped(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = gongkai();
    let mut child = command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("taken");
    let Output { status, stdout, stderr } = child.wait_with_output().expect("ends");
    (status.code(), String::from_utf8(stdout).expect("UTF-8"), String::from_utf8(stderr).expect("UTF-8"))
}

#[test]
fn a_report_on_standard_input_is_a_line_on_standard_output() {
    let (code, stdout, stderr) = piped(&["extract", "-"], REPORT);
    assert_eq!(code, Some(0), "{stderr}");
    let record = gongkai::export::record::record(stdout.trim_end()).expect("a record");
    assert_eq!((record.source.as_str(), record.report), ("-", 1));
    let schema = serde_json::from_str(&gongkai::export::record::schema()).expect("JSON");
    let line = serde_json::from_str(&stdout).expect("JSON");
    assert!(jsonschema::is_valid(&schema, &line));
    assert!(stderr.contains("1 file read, 1 report"), "{stderr}");
    let (code, ..) = piped(&["extract", "-", "--fail-on", "warning"], REPORT);
    assert_eq!(code, Some(1), "tables are missing, which is a warning");
    let (code, _, stderr) = piped(&["extract", "-", "--fail-on", "never", "--quiet"], REPORT);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let (code, ..) = piped(&["extract", "-", "gone.txt", "--fail-on", "warning"], REPORT);
    assert_eq!(code, Some(2), "what could not be read outweighs findings");
}

#[cfg(target_os = "linux")]
#[test]
fn lines_to_a_full_or_closed_standard_output_end_as_they_should() {
    let root = folder();
    put(&root.path().join("a.txt"), REPORT.as_bytes());
    let full = fs::File::options().write(true).open("/dev/full").expect("a device");
    let out = gongkai().args(["extract", "a.txt"]).current_dir(&root).stdout(full).output().expect("runs");
    assert_eq!(out.status.code(), Some(2));
    let mut child = gongkai()
        .args(["extract", "a.txt"])
        .current_dir(&root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let out = child.wait_with_output().expect("ends");
    assert_eq!((out.status.code(), String::from_utf8_lossy(&out.stderr).as_ref()), (Some(0), ""));
}
