//! `show`, `check`, `explain` and `render` as a person calls them: exit codes, streams, files.
#![allow(clippy::disallowed_methods, reason = "a test prepares files and looks at those written")]

#[path = "support/filled.rs"]
mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use gongkai::export::Item;
use gongkai::export::record::ReportRecord;
use gongkai::finding::Lang;
use support::{filled, sections};

fn gongkai(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.current_dir(folder).env("LC_ALL", "en_US.UTF-8").args(arguments);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A command that ends before it reads all is no failure of the test.
    let _ = child.stdin.take().expect("piped").write_all(input);
    child.wait_with_output().expect("the command ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn report() -> gongkai::report::Report {
    gongkai::report::Report { sections: sections(), ..filled("2021") }
}

fn json() -> String {
    let reports = [report()];
    let item = Item { source: "r.docx", sha256: "", format: "docx", reports: &reports, findings: &[] };
    ReportRecord::new(&item, &reports[0], Lang::En).pretty()
}

#[test]
fn render_writes_the_document_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("r.json"), json()).expect("written");
    fs::write(folder.path().join("r.docx"), "an older one").expect("written");
    let output = gongkai(folder.path(), &["render", "r.json", "-o", "r.docx"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    let bytes = fs::read(folder.path().join("r.docx")).expect("written");
    let report = report();
    assert!(bytes == gongkai::render::docx(&report, gongkai::template::Form::shipped()).expect("rendered"));
    assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 2, "no temporary file is left");
    let piped = gongkai(folder.path(), &["render", "-", "-o", "-"], format!("\u{feff}{}", json()).as_bytes());
    assert!(piped.stdout == bytes);
}

#[test]
fn render_leaves_what_was_there_if_it_cannot_write() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("r.json"), json()).expect("written");
    fs::write(folder.path().join("bad.json"), "{").expect("written");
    fs::write(folder.path().join("r.docx"), "an older one").expect("written");
    for (arguments, cause) in [
        (["render", "bad.json", "-o", "r.docx"], "error: bad.json: "),
        (["render", "none.json", "-o", "r.docx"], "error: none.json: there is no such file"),
        (["render", "r.json", "-o", "none/r.docx"], "error: none/r.docx: could not be written"),
    ] {
        let output = gongkai(folder.path(), &arguments, b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).starts_with(cause), "{}", text(&output.stderr));
        assert_eq!(text(&output.stderr).lines().count(), 1);
    }
    assert_eq!(fs::read_to_string(folder.path().join("r.docx")).expect("there"), "an older one");
}

#[test]
fn check_goes_on_after_a_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("empty.txt"), "").expect("written");
    fs::create_dir(folder.path().join("sub")).expect("made");
    let output = gongkai(folder.path(), &["check", "empty.txt", "sub", "none.txt"], b"");
    assert_eq!(output.status.code(), Some(2));
    let lines = text(&output.stderr);
    let lines: Vec<&str> = lines.lines().collect();
    assert!(lines[0].starts_with("error: empty.txt: it is empty"), "{lines:?}");
    assert!(
        lines[1]
            .starts_with("error: sub: this is a folder; name its files, or convert all of it with `gongkai extract`")
    );
    assert!(lines[2].starts_with("error: none.txt: there is no such file"));
    assert_eq!(text(&output.stdout), "3 files, 0 reports: 0 errors, 0 warnings, 0 notes; 3 files could not be read\n");
}

#[test]
fn machine_formats_stand_alone_on_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in ["json", "sarif"] {
        let output = gongkai(folder.path(), &["check", "none.txt", "--format", format], b"");
        assert_eq!(output.status.code(), Some(2));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON");
    }
    let output = gongkai(folder.path(), &["check", "none.txt", "--format", "junit"], b"");
    assert!(text(&output.stdout).starts_with("<?xml"));
}

#[test]
fn misuse_has_its_own_exit_code() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [
        &["check"][..],
        &["show"],
        &["explain"],
        &["render", "r.json"],
        &["show", "a", "--width", "3"],
        &["explain", "a", "b", "c"],
    ] {
        assert_eq!(gongkai(folder.path(), arguments, b"").status.code(), Some(3), "{arguments:?}");
    }
    let output = gongkai(folder.path(), &["explain", "integrel"], b"");
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(text(&output.stderr), "error: `integrel` is not known; perhaps `integral`\n");
}

#[test]
fn explain_says_what_a_code_and_a_field_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = gongkai(folder.path(), &["explain", "balance"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("balance\n  means   New plus carried in"), "{}", text(&output.stdout));
    let output = gongkai(folder.path(), &["explain", "规章 制发"], b"");
    assert!(text(&output.stdout).starts_with("proactive.rules.issued · pro_rules_iss\n"));
}

#[test]
fn show_says_why_a_file_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = gongkai(folder.path(), &["show", "-"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error: standard input: it is empty"));
    assert!(output.stdout.is_empty());
}

#[test]
fn explain_helps_whoever_names_the_wrong_thing() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/docx-2021/input.docx");
    for (words, sentence) in [
        (
            &[sample, "proactive.rules.isued"][..],
            "`proactive.rules.isued` is not known; perhaps `proactive.rules.issued` or",
        ),
        (
            &[sample, "proactive.rules"],
            "`proactive.rules` may mean 3 fields: proactive.rules.in_force, proactive.rules.issued,",
        ),
        (
            &[sample, "nonsense"],
            "`nonsense` is no field, code or label; fields are named like `proactive.rules.issued`, ",
        ),
        (&[sample, "balance"], "`balance` is the code of a finding, not a field; see `gongkai explain balance`\n"),
        (&[sample], &format!("`{sample}` is a file: name a field after it, such as `proactive.rules.issued`\n")),
    ] {
        let output = gongkai(folder.path(), &[&["explain"], words].concat(), b"");
        assert_eq!(output.status.code(), Some(3), "{words:?}");
        assert!(text(&output.stderr).starts_with(&format!("error: {sentence}")), "{}", text(&output.stderr));
    }
}

#[test]
fn what_is_shown_fits_the_width_asked_for_and_is_plain_without_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/docx-2021/input.docx");
    for lang in ["en", "zh"] {
        let output = gongkai(folder.path(), &["show", "--lang", lang, "--width", "80", sample], b"");
        let shown = text(&output.stdout);
        assert!(!shown.contains('\u{1b}'));
        let widest = shown.lines().map(unicode_width::UnicodeWidthStr::width).max();
        assert!(widest <= Some(80), "{widest:?}");
    }
}
