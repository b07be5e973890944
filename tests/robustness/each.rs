//! Every hostile file at its full size by itself, in a process of its own: the numbers of `docs/robustness.md`.
//! Only where `GONGKAI_FLOOD` is set, since it takes minutes; `whole` has the same files at smaller sizes.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::command::{Ended, gongkai, watched};
use crate::whole::{files, wrong};
use crate::zoo::{self, Maker};

/// No file takes a tenth of it in a program that is optimised. One that hangs takes longer.
const DEADLINE: Duration = Duration::from_secs(300);

/// Kilobytes of memory that no file may take.
const MEMORY: u64 = 1_000_000;

/// A lower limit on memory, in bytes, and what the program takes besides it and the file, in kilobytes.
const LOWER: u64 = 200_000_000;
const PROGRAM: u64 = 60_000;

/// Length of the file, and how the command ended that read it under limits.
fn taken(maker: &Maker, root: &Path, limits: &[&str]) -> (usize, Ended) {
    let bytes = (maker.make)();
    fs::write(root.join(maker.name), &bytes).expect("written");
    let arguments = ["extract", maker.name, "--out", "out", "--limit", "time=300"];
    let more = ["--threads", "1", "--no-journal", "--progress", "json"];
    let limits: Vec<&str> = limits.iter().flat_map(|limit| ["--limit", limit]).collect();
    let ended = watched(gongkai(root, &[&arguments[..], &more, &limits].concat()), DEADLINE);
    fs::remove_file(root.join(maker.name)).expect("there");
    (bytes.len(), ended)
}

fn complaint(maker: &Maker, ended: &Ended) -> Option<String> {
    let Some(code) = ended.code else { return Some("no end in sight, or killed".to_owned()) };
    if ended.peak > MEMORY {
        return Some(format!("{} KB of memory", ended.peak));
    }
    if code > 2 {
        return Some(format!("exit code {code}"));
    }
    let events = files(&ended.stderr);
    wrong(maker.ends, &events.iter().collect::<Vec<_>>())
}

#[test]
fn every_hostile_file_ends_soon_in_little_memory_and_says_why() {
    if std::env::var_os("GONGKAI_FLOOD").is_none() {
        println!("GONGKAI_FLOOD is not set: files are taken at smaller sizes, all in one run");
        return;
    }
    let root = tempfile::tempdir().expect("a folder");
    let mut complaints = String::new();
    for maker in zoo::all() {
        let (size, ended) = taken(maker, root.path(), &[]);
        println!(
            "{:40} {:>8} KB {:>5} MB {:>6.2} s  {}",
            maker.name,
            size >> 10,
            ended.peak >> 10,
            ended.took.as_secs_f64(),
            if ended.code == Some(2) { "refused" } else { "read" }
        );
        if let Some(why) = complaint(maker, &ended) {
            let _ = writeln!(complaints, "{}: {why}\n{:.2000}", maker.name, ended.stderr);
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn every_hostile_file_keeps_to_a_limit_on_memory() {
    if std::env::var_os("GONGKAI_FLOOD").is_none() {
        println!("GONGKAI_FLOOD is not set: `memory` has a few files of its own");
        return;
    }
    let root = tempfile::tempdir().expect("a folder");
    let mut complaints = String::new();
    for maker in zoo::all() {
        let (size, ended) = taken(maker, root.path(), &[&format!("memory={LOWER}")]);
        let most = LOWER / 1000 + PROGRAM + (size >> 10) as u64;
        println!("{:40} {:>8} KB {:>7} KB of {most}", maker.name, size >> 10, ended.peak);
        if ended.code.is_none_or(|code| code > 2) || ended.peak > most {
            let _ = writeln!(complaints, "{}: exit code {:?}, {} KB of {most}", maker.name, ended.code, ended.peak);
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}
