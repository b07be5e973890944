//! Runs that are stopped: by a kill, by Ctrl-C, by a full disk. Resumed, they end with the same
//! bytes as one that never stopped.

#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

use super::{extract, hidden, inputs, run, said, visible};

/// All formats, so that each is begun anew.
const FORMATS: [&str; 2] = ["--format", "csv,jsonl,xlsx,parquet,sqlite"];

fn reference(root: &Path) -> tempfile::TempDir {
    let out = tempfile::tempdir().expect("a folder");
    run(root, out.path(), &FORMATS);
    out
}

fn resuming(root: &Path, out: &Path) -> Command {
    extract(root, out, &[&FORMATS[..], &["--resume"]].concat())
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
}

#[test]
fn killed_at_any_point_and_resumed_it_ends_with_the_same_bytes() {
    let root = inputs(120);
    let wanted = visible(reference(root.path()).path());
    let out = tempfile::tempdir().expect("a folder");
    let mut killed = 0;
    for kill in 0..40_u64 {
        let mut child = resuming(root.path(), out.path()).spawn().expect("the command");
        // Points all over the run, also before anything is open and while files are renamed.
        sleep(Duration::from_millis(2 + kill * 97 % 400));
        killed += usize::from(child.try_wait().expect("the child").is_none());
        child.kill().expect("the child");
        child.wait().expect("the child");
        // What is there is whole or not there.
        for (name, bytes) in visible(out.path()) {
            assert_eq!(wanted.get(&name), Some(&bytes), "{} after kill {kill}", name.display());
        }
    }
    assert!(killed >= 24, "only {killed} kills met a run");
    let last = resuming(root.path(), out.path()).output().expect("the command");
    assert_eq!(last.status.code(), Some(2), "{}", said(&last));
    assert!(visible(out.path()) == wanted, "the bytes differ");
    assert_eq!(hidden(out.path()), [".gongkai"], "what the kills left behind is swept away");
}

#[test]
fn a_run_that_was_resumed_reads_nothing_again_but_what_is_new_or_changed() {
    let (root, out) = (inputs(20), tempfile::tempdir().expect("a folder"));
    run(root.path(), out.path(), &FORMATS);
    std::fs::write(root.path().join("0001.txt"), super::report(5_000)).expect("written");
    std::fs::write(root.path().join("new.txt"), super::report(5_001)).expect("written");
    std::fs::remove_file(root.path().join("0002.txt")).expect("removed");
    let output = run(root.path(), out.path(), &[&FORMATS[..], &["--resume", "--progress", "json"]].concat());
    let events: Vec<serde_json::Value> =
        said(&output).lines().map(|line| serde_json::from_str(line).expect("an event")).collect();
    let read: Vec<&str> = events
        .iter()
        .filter(|event| event["event"] == "file" && event["outcome"] == "read")
        .map(|event| event["source"].as_str().expect("a name"))
        .collect();
    assert_eq!(read, ["0001.txt", "new.txt"]);
    assert!(visible(out.path()) == visible(reference(root.path()).path()), "as if it had never run before");
}

#[test]
fn ctrl_c_leaves_complete_files_and_says_how_to_go_on() {
    let root = inputs(150);
    let wanted = visible(reference(root.path()).path());
    let out = tempfile::tempdir().expect("a folder");
    let mut command = extract(root.path(), out.path(), &[&FORMATS[..], &["--threads", "1"]].concat());
    let child = command.spawn().expect("the command");
    sleep(Duration::from_millis(300));
    signal(&child, "-INT");
    let output = child.wait_with_output().expect("the command");
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    assert!(said(&output).contains("--resume"), "{}", said(&output));
    let manifest = std::fs::read_to_string(out.path().join("manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["complete"], false);
    let lines = std::fs::read_to_string(out.path().join("reports.jsonl")).expect("lines");
    let reports = lines.lines().count();
    assert_eq!(manifest["counts"]["reports"], reports);
    assert!(reports < 150 && lines.ends_with('\n') | lines.is_empty(), "{reports} reports");
    assert!(wanted[Path::new("reports.jsonl")].starts_with(lines.as_bytes()), "the first of the inputs, whole");
    resuming(root.path(), out.path()).output().expect("the command");
    assert!(visible(out.path()) == wanted, "the bytes differ");
}

#[test]
fn stopped_while_it_waits_for_a_pipe_it_leaves_what_it_has_read() {
    let (root, out) = (inputs(3), tempfile::tempdir().expect("a folder"));
    let pipe = root.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("runs").success());
    let mut command = extract(root.path(), out.path(), &["--threads", "1"]);
    let child = command.arg(&pipe).spawn().expect("the command");
    let journal = out.path().join(".gongkai/journal");
    while std::fs::metadata(&journal).map_or(0, |about| about.len()) < 1_000 {
        sleep(Duration::from_millis(2));
    }
    sleep(Duration::from_millis(300));
    signal(&child, "-INT");
    let output = child.wait_with_output().expect("the command");
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    let manifest = std::fs::read_to_string(out.path().join("manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!((&manifest["complete"], &manifest["counts"]["not_finished"]), (&false.into(), &1.into()));
    assert_eq!(manifest["counts"]["reports"], 3, "{manifest}");
}

/// An archive of so many reports, alone in a folder.
fn archive(count: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for number in 0..count {
        archive.start_file(format!("{number:04}.txt"), zip::write::SimpleFileOptions::default()).expect("memory");
        std::io::Write::write_all(&mut archive, super::report(number).as_bytes()).expect("memory");
    }
    std::fs::write(root.path().join("all.zip"), archive.finish().expect("memory").into_inner()).expect("written");
    root
}

/// Interrupts a run as soon as its journal has something.
fn interrupted(mut command: Command, out: &Path) -> std::process::Output {
    let child = command.spawn().expect("the command");
    let journal = out.join(".gongkai/journal");
    while std::fs::metadata(&journal).map_or(0, |about| about.len()) < 2_000 {
        sleep(Duration::from_millis(2));
    }
    signal(&child, "-INT");
    child.wait_with_output().expect("the command")
}

#[test]
fn stopped_within_an_archive_it_is_not_complete_and_tells_programs_so() {
    let (root, out) = (archive(400), tempfile::tempdir().expect("a folder"));
    let output = interrupted(extract(root.path(), out.path(), &["--threads", "1", "--progress", "json"]), out.path());
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    let events: Vec<serde_json::Value> =
        said(&output).lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    let last = events.last().expect("an end");
    assert_eq!((&last["event"], &last["complete"]), (&"finished".into(), &false.into()));
    let told =
        |words: &str| events.iter().any(|event| event["message"].as_str().is_some_and(|text| text.contains(words)));
    assert!(told("not read to its end") && told("--resume"), "{}", said(&output));
    let manifest = std::fs::read_to_string(out.path().join("manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!((&manifest["complete"], &manifest["counts"]["not_finished"]), (&false.into(), &1.into()));
}

#[test]
fn stopped_it_leaves_the_complete_result_of_an_earlier_run() {
    let (root, out) = (inputs(100), tempfile::tempdir().expect("a folder"));
    run(root.path(), out.path(), &[]);
    let before = visible(out.path());
    std::fs::write(root.path().join("9999.txt"), super::report(9_999)).expect("written");
    // So that it is the journal of this run that is waited for.
    std::fs::remove_dir_all(out.path().join(".gongkai")).expect("removed");
    let output = interrupted(extract(root.path(), out.path(), &["--threads", "1"]), out.path());
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    assert!(said(&output).contains("keeps the complete result of an earlier run"), "{}", said(&output));
    assert!(visible(out.path()) == before, "the bytes differ");
}

#[test]
fn a_journal_that_was_not_gone_on_with_stays_until_a_run_has_ended() {
    let (root, out) = (inputs(60), tempfile::tempdir().expect("a folder"));
    run(root.path(), out.path(), &[]);
    let events = |more: &[&str]| {
        let output = run(root.path(), out.path(), &[more, &["--resume", "--progress", "json"]].concat());
        said(&output).lines().filter(|line| line.contains("\"outcome\":\"read\"")).count()
    };
    for other in [&["--limit", "time=61", "--resume"][..], &["--threads", "1"]] {
        let mut child = extract(root.path(), out.path(), other).spawn().expect("the command");
        sleep(Duration::from_millis(60));
        child.kill().expect("the child");
        child.wait().expect("the child");
    }
    assert_eq!(events(&[]), 0, "all is known");
    assert!(!out.path().join(".gongkai/journal.old").exists(), "a run that has ended needs no other");
}

#[test]
fn a_full_disk_leaves_what_was_there_and_is_gone_on_from() {
    let root = inputs(60);
    let wanted = visible(reference(root.path()).path());
    let out = tempfile::tempdir().expect("a folder");
    std::fs::write(out.path().join("cells.csv"), "before").expect("written");
    // 512 bytes a block: no file may grow past 256 KiB.
    let full = Command::new("sh")
        .args(["-c", "ulimit -f 512; exec \"$0\" --lang en extract \"$1\" --out \"$2\""])
        .arg(env!("CARGO_BIN_EXE_gongkai"))
        .args([root.path(), out.path()])
        .output()
        .expect("the command");
    assert_eq!(full.status.code(), Some(2), "{}", said(&full));
    let told = said(&full);
    assert!(told.contains("too large") && told.contains("make room") && told.contains("--resume"), "{told}");
    assert_eq!(std::fs::read_to_string(out.path().join("cells.csv")).expect("there"), "before");
    let output = resuming(root.path(), out.path()).output().expect("the command");
    assert!(said(&output).contains("known from the journal"), "{}", said(&output));
    assert!(visible(out.path()) == wanted, "the bytes differ");
}

#[test]
fn two_runs_do_not_write_into_one_folder_at_a_time() {
    let (root, out) = (inputs(100), tempfile::tempdir().expect("a folder"));
    let mut first = extract(root.path(), out.path(), &[]).spawn().expect("the command");
    while !out.path().join(".gongkai/journal").exists() {
        sleep(Duration::from_millis(2));
    }
    sleep(Duration::from_millis(20));
    let second = run(root.path(), out.path(), &[]);
    assert_eq!(second.status.code(), Some(3), "{}", said(&second));
    assert!(said(&second).contains("another run is writing there"), "{}", said(&second));
    assert_eq!(first.wait().expect("the first").code(), Some(2), "it goes on undisturbed");
}

#[test]
fn without_a_journal_there_is_nothing_hidden() {
    let (root, out) = (inputs(3), tempfile::tempdir().expect("a folder"));
    run(root.path(), out.path(), &["--no-journal"]);
    assert_eq!(hidden(out.path()), Vec::<String>::new());
    let both = run(root.path(), out.path(), &["--no-journal", "--resume"]);
    assert_eq!(both.status.code(), Some(3));
}
