//! The memory of a run over many files: a little for each of them, whatever is in it.
//!
//! Counted is what the program asks for, in a process that does nothing else. What the system maps for it is no measure of
//! a file: the stacks of threads are in it, and how many of these live at a time differs from one run to the next.

#![allow(clippy::disallowed_methods, reason = "tests write files")]

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Files of a short run and of a long one.
const FEW: usize = 400;
const MANY: usize = 4_000;
/// What may be added for a file: its path of 45 bytes, its place in the list, its name and its bytes as digests. Lists of
/// names as they stand take 500.
const BYTES_A_FILE: usize = 150;
/// Reports of a short run, which fill a row group (131,072 rows of 200 a report), and of a long one.
const FEW_REPORTS: usize = 700;
const MANY_REPORTS: usize = 1_000;
/// Of a report, outputs keep its path and what their tables count by; its cells alone are 40,000. SQLite's own memory is not
/// counted here: it is the library's, with a bound of its own.
const BYTES_A_REPORT: usize = 1_000;

fn folder(count: usize, text: impl Fn(usize) -> String) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for number in 0..count {
        let name = format!("某县某局{number:06}号通知（其一）.txt");
        fs::write(root.path().join(name), text(number)).expect("written");
    }
    root
}

fn reports(count: usize) -> tempfile::TempDir {
    let report = include_str!("../samples/tabs-2021/input.txt");
    folder(count, |number| format!("{report}\n本报告编号：{number}。\n"))
}

/// The most bytes that were held at a time by a run over a folder, beyond what was held before.
fn peak(root: &Path, more: &[&str]) -> usize {
    let out = tempfile::tempdir().expect("a folder");
    let mut words = ["gongkai", "extract", "--quiet", "--out"].map(OsStr::new).to_vec();
    words.extend([out.path().as_os_str(), root.as_os_str()]);
    words.extend(more.iter().map(OsStr::new));
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let exit = gongkai::cli::run(words.into_iter().map(OsStr::to_owned));
    assert_eq!(exit, ExitCode::SUCCESS);
    MEMORY.peak_usage() - before
}

/// How many bytes a file of the long run holds beyond one of the short run.
fn each(few: (usize, &Path), many: (usize, &Path), more: &[&str]) -> usize {
    let (short, long) = (peak(few.1, more), peak(many.1, more));
    println!("{more:?}: {short} {long}");
    long.saturating_sub(short) / (many.0 - few.0)
}

#[test]
fn a_file_more_costs_little_more_than_its_path_and_a_report_nothing_beside() {
    let text = |number| format!("今天天气很好，第{number}天。\n");
    let (few, many) = (folder(FEW, text), folder(MANY, text));
    // What every process makes once.
    peak(few.path(), &["--format", "csv"]);
    for more in [&["--threads", "1"][..], &["--threads", "2"], &["--threads", "1", "--no-journal"]] {
        let options = [&["--format", "csv"], more].concat();
        let each = each((FEW, few.path()), (MANY, many.path()), &options);
        assert!(each <= BYTES_A_FILE, "{each} bytes a file, {more:?}");
    }
    let (few, many) = (reports(FEW_REPORTS), reports(MANY_REPORTS));
    let formats = ["--format", "csv,jsonl,xlsx,parquet,sqlite,datapackage"];
    let each = each((FEW_REPORTS, few.path()), (MANY_REPORTS, many.path()), &formats);
    assert!(each <= BYTES_A_REPORT, "{each} bytes a report");
}
