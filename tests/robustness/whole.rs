//! A folder of all hostile files beside one good report: what a crawl of unknown files looks like.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;

use crate::command::{gongkai, watched};
use crate::zoo::{self, Ends};

const DEADLINE: Duration = Duration::from_secs(300);

/// Kilobytes of memory that no file may take. Files are read one by one here, so that none takes more.
const MEMORY: u64 = 1_000_000;

/// Seconds for a file, far more than any takes in a program that is not optimised and on a busy machine.
const TIME: &str = "time=40";

const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/docx-2021/input.docx");

/// The folder, made once.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = FOLDER.get_or_init(|| {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("in")).expect("a folder");
        fs::copy(GOOD, root.path().join("in/good.docx")).expect("copied");
        for maker in zoo::all() {
            fs::write(root.path().join("in").join(maker.name), (maker.make)()).expect("written");
        }
        root
    });
    made.path()
}

/// The events of files, and nothing else may have been said.
pub fn files(said: &str) -> Vec<Value> {
    let events = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("{line}")));
    events.filter(|event| event["event"] == "file").collect()
}

/// The limit whose flag a message names.
fn flag(event: &Value) -> &str {
    let message = event["message"].as_str().unwrap_or_default();
    message.split_once("`--limit ").and_then(|(_, flag)| flag.split_once('=')).map_or("", |(name, _)| name)
}

/// What is wrong with what was said of a file and those in it.
pub fn wrong(ends: Ends, events: &[&Value]) -> Option<String> {
    let causes: Vec<&str> = events.iter().filter_map(|event| event["cause"].as_str()).collect();
    let flags: Vec<&str> = events.iter().filter(|event| event["cause"] == "limit").map(|event| flag(event)).collect();
    let right = match ends {
        Ends::Read => !events.is_empty() && causes.iter().all(|cause| cause.ends_with("in_archive")),
        Ends::Limit(name) => flags.contains(&name),
        Ends::Refused(cause) => causes.contains(&cause),
        Ends::ReadOrLimit => !events.is_empty() && causes.iter().all(|cause| *cause == "limit"),
    };
    let unnamed = flags.iter().any(|flag| flag.is_empty() || *flag == "time");
    (!right || unnamed).then(|| format!("expected {ends:?}, found causes {causes:?}, limits {flags:?}"))
}

fn run_ends_well(lang: &str) {
    let root = folder();
    let out = tempfile::tempdir().expect("a folder");
    let place = out.path().to_string_lossy();
    let arguments =
        ["extract", "in", "--out", &place, "--threads", "1", "--progress", "json", "--limit", TIME, "--lang", lang];
    let ended = watched(gongkai(root, &arguments), DEADLINE);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert_eq!(ended.stdout, "");
    assert!(ended.peak < MEMORY, "{} KB", ended.peak);
    println!("{lang}: {} MB, {:.1} s", ended.peak >> 10, ended.took.as_secs_f64());
    each_ends_as_it_must(&files(&ended.stderr));
    the_good_report_is_right(root, out.path());
}

fn each_ends_as_it_must(events: &[Value]) {
    let of = |name: &str| -> Vec<&Value> {
        let belongs =
            |source: &str| source.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        events.iter().filter(|event| belongs(event["source"].as_str().unwrap_or_default())).collect()
    };
    let failures: Vec<_> =
        zoo::all().filter_map(|maker| wrong(maker.ends, &of(maker.name)).map(|why| (maker.name, why))).collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Line by line what it gives alone.
fn the_good_report_is_right(root: &Path, out: &Path) {
    let alone = tempfile::tempdir().expect("a folder");
    let place = alone.path().to_string_lossy();
    let ended = watched(gongkai(root, &["extract", "in/good.docx", "--out", &place, "-q"]), DEADLINE);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    for file in ["cells.csv", "reports.csv"] {
        let [all, alone] = [out, alone.path()].map(|folder| fs::read_to_string(folder.join(file)).expect("written"));
        let good: Vec<&str> = all.lines().filter(|line| line.starts_with("good.docx")).collect();
        assert_eq!(good, alone.lines().skip(1).collect::<Vec<_>>());
    }
}

#[test]
fn the_run_ends_the_good_report_is_right_and_each_hostile_file_is_named() {
    run_ends_well("en");
}

#[test]
fn so_it_does_in_chinese() {
    run_ends_well("zh");
}
