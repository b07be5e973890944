//! A folder of all hostile files beside one good report: what a crawl of unknown files looks like.

use std::fs;
use std::time::Duration;

use serde_json::Value;

use crate::command::{gongkai, watched};
use crate::each::{files, wrong};
use crate::zoo;

const DEADLINE: Duration = Duration::from_secs(300);

/// Kilobytes of memory for each of the threads.
const MEMORY: u64 = 1_000_000;

/// Seconds for a file, in a program that is not optimised and on a busy machine.
const TIME: &str = "time=40";

const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/docx-2021/input.docx");

#[test]
fn the_run_ends_the_good_report_is_right_and_each_hostile_file_is_named() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("in");
    fs::create_dir(&folder).expect("a folder");
    fs::copy(GOOD, folder.join("good.docx")).expect("copied");
    let makers: Vec<_> = zoo::all().collect();
    for maker in &makers {
        fs::write(folder.join(maker.name), (maker.make)()).expect("written");
    }
    let arguments =
        ["extract", "in", "--out", "out", "--threads", "2", "--progress", "json", "--limit", TIME, "--lang", "en"];
    let ended = watched(gongkai(root.path(), &arguments), DEADLINE);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert!(ended.peak < 2 * MEMORY, "{} KB", ended.peak);
    println!("{} MB, {:.1} s", ended.peak >> 10, ended.took.as_secs_f64());

    let events = files(&ended.stderr);
    let of = |name: &str| -> Vec<&Value> {
        let belongs =
            |source: &str| source == name || source.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
        events.iter().filter(|event| belongs(event["source"].as_str().unwrap_or_default())).collect()
    };
    let failures = makers.iter().filter_map(|maker| wrong(maker.ends, &of(maker.name)).map(|why| (maker.name, why)));
    let failures: Vec<_> = failures.collect();
    assert!(failures.is_empty(), "{failures:#?}");

    let alone = watched(gongkai(root.path(), &["extract", "in/good.docx", "--out", "alone", "-q"]), DEADLINE);
    assert_eq!(alone.code, Some(0), "{}", alone.stderr);
    for file in ["cells.csv", "reports.csv"] {
        let read = |out: &str| fs::read_to_string(root.path().join(out).join(file)).expect("written");
        let (all, alone) = (read("out"), read("alone"));
        let good: Vec<&str> = all.lines().filter(|line| line.starts_with("good.docx")).collect();
        assert!(good.len() == alone.lines().count() - 1 && good.iter().eq(&alone.lines().skip(1).collect::<Vec<_>>()));
    }
}
