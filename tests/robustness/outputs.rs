//! Outputs in trouble: other file systems, full disks, readers that go away, terminals without room.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::archive::report;
use crate::command::{Ended, gongkai, watched};

const DEADLINE: Duration = Duration::from_secs(60);

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/docx-2021/input.docx");

fn folder() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("r.txt"), report(41)).expect("written");
    root
}

/// Runs a line of shell in which `$0` is the program.
fn shell(root: &Path, line: &str) -> Ended {
    let mut command = Command::new("sh");
    command.args(["-c", line, env!("CARGO_BIN_EXE_gongkai")]).current_dir(root);
    command.env("LC_ALL", "en_US.UTF-8").env_remove("RUST_BACKTRACE");
    watched(command, DEADLINE)
}

/// A folder on another file system than the usual temporary one.
fn elsewhere() -> Option<tempfile::TempDir> {
    let made = tempfile::tempdir_in("/dev/shm").ok();
    if made.is_none() {
        println!("there is no other file system here");
    }
    made
}

#[test]
fn outputs_on_another_file_system() {
    let root = folder();
    let Some(other) = elsewhere() else { return };
    let all = ["--format", "csv,jsonl,xlsx,parquet,sqlite,datapackage", "--json-each", "--forms", "--lang", "en"];
    let place = other.path().join("out");
    let place = place.to_string_lossy();
    let ended = watched(gongkai(root.path(), &[&["extract", "r.txt", "--out", &place][..], &all].concat()), DEADLINE);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);

    // Parts of the output folder lie elsewhere, behind links, which stay.
    let out = root.path().join("out");
    fs::create_dir(&out).expect("a folder");
    for name in ["reports", "forms"] {
        fs::create_dir(other.path().join(name)).expect("a folder");
        symlink(other.path().join(name), out.join(name)).expect("a link");
    }
    fs::write(other.path().join("cells.csv"), "").expect("written");
    symlink(other.path().join("cells.csv"), out.join("cells.csv")).expect("a link");
    let ended = watched(gongkai(root.path(), &[&["extract", "r.txt", "--out", "out"][..], &all].concat()), DEADLINE);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(out.join("reports").is_symlink() && out.join("cells.csv").is_symlink());
    assert!(other.path().join("reports/r.txt-1.json").is_file() && other.path().join("forms/r.txt-1.xlsx").is_file());
    assert!(fs::read_to_string(other.path().join("cells.csv")).expect("there").starts_with("source,"));
}

/// Rows wait on the disk, of the workbook and of Parquet: there the disk is full before anything of the output is there.
#[test]
fn rows_that_wait_on_a_full_disk_are_a_sentence_and_nothing_else() {
    let root = folder();
    for at in 0..150 {
        fs::copy(SAMPLE, root.path().join(format!("{at}.docx"))).expect("copied");
    }
    for (format, file) in [("xlsx", "gongkai.xlsx"), ("parquet", "cells.parquet")] {
        for (lang, word, sentence) in [("en", "error: ", "could not be written ("), ("zh", "错误：", "无法写入（")]
        {
            let line =
                format!("ulimit -f 800; \"$0\" --lang {lang} extract . --out out --format {format} -q --no-journal");
            let ended = shell(root.path(), &line);
            assert_eq!(ended.code, Some(2), "{}", ended.stderr);
            let said: Vec<&str> = ended.stderr.lines().collect();
            assert_eq!(said.len(), 1, "{}", ended.stderr);
            assert!(said[0].starts_with(word) && said[0].contains(sentence), "{}", ended.stderr);
            assert!(said[0].contains(file), "{}", ended.stderr);
            assert_eq!(fs::read_dir(root.path().join("out")).expect("a folder").count(), 0, "{format}");
        }
    }
}

#[test]
fn whoever_stops_reading_ends_the_run_without_a_word() {
    let root = folder();
    for at in 0..40 {
        fs::copy(SAMPLE, root.path().join(format!("{at}.docx"))).expect("copied");
    }
    for line in [
        "\"$0\" extract . -q | head -c 1 > /dev/null",
        "\"$0\" check --fail-on never *.docx | head -n 1 > /dev/null",
        "\"$0\" check --fail-on never --format sarif *.docx | head -n 1 > /dev/null",
        "\"$0\" show 1.docx | head -n 1 > /dev/null",
        "\"$0\" schema | head -n 1 > /dev/null",
        "\"$0\" formats | head -n 1 > /dev/null",
        "\"$0\" --help | head -n 1 > /dev/null",
        "\"$0\" man | head -n 1 > /dev/null",
        "\"$0\" completions bash | head -n 1 > /dev/null",
        "\"$0\" extract . --out out 2>&1 >/dev/null | head -c 1 > /dev/null",
        "\"$0\" extract . --out out --progress json 2>&1 >/dev/null | head -c 1 > /dev/null",
    ] {
        let ended = shell(root.path(), line);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{line}");
    }
}

#[test]
fn closed_streams_harm_nobody() {
    let root = folder();
    for streams in ["2>&-", "<&-", "<&- 2>&-", "<&- >&- 2>&-"] {
        let ended = shell(root.path(), &format!("\"$0\" extract r.txt --out out {streams}"));
        assert!(ended.code == Some(0), "{streams}: {:?} {}", ended.code, ended.stderr);
        let cells = fs::read_to_string(root.path().join("out/cells.csv")).expect("written");
        assert!(cells.starts_with("source,") && cells.contains("r.txt,"), "{streams}: {cells:.200}");
    }
}

#[test]
fn a_terminal_of_one_column_is_written_to() {
    let root = folder();
    let line = r#"command -v script >/dev/null || exit 77; script -qec "stty cols 1 rows 1; '$0' show r.txt; '$0' --help; '$0' extract r.txt --out out --progress bar; '$0' check r.txt" /dev/null"#;
    let ended = shell(root.path(), line);
    if ended.code == Some(77) {
        println!("there is no terminal to be had here");
        return;
    }
    assert!(!ended.stdout.contains("panicked") && !ended.stdout.contains("itself failed"), "{}", ended.stdout);
    assert!(root.path().join("out/cells.csv").is_file());
}
