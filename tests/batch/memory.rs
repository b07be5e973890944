//! The memory of a run over many files: a little for each of them, whatever is in it.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::extract;

/// Files of a short run and of a long one.
const FEW: usize = 400;
const MANY: usize = 4_000;
/// What may be added for a file: its path of 45 bytes, its place in the list, its name and its bytes as digests. Lists of
/// names as they stand take 500.
const BYTES_A_FILE: usize = 250;
/// Between two looks: the system keeps the most that there was, so that only the last moments are missed.
const BETWEEN: Duration = Duration::from_millis(3);

fn texts(count: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for number in 0..count {
        let name = format!("某县某局{number:06}号通知（其一）.txt");
        fs::write(root.path().join(name), format!("今天天气很好，第{number}天。\n")).expect("written");
    }
    root
}

/// The most memory that a process was given, in bytes. What of it was touched is counted for each processor, so that
/// the sum is a megabyte more or less from one run to the next; this is exact.
fn given(child: &Child) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let kilobytes = status.lines().find(|line| line.starts_with("VmPeak"))?.split_whitespace().nth(1)?;
    kilobytes.parse::<usize>().ok().map(|kilobytes| kilobytes << 10)
}

fn peak(root: &Path, more: &[&str]) -> usize {
    let out = tempfile::tempdir().expect("a folder");
    let options = [&["--format", "csv", "--threads", "1", "--quiet"][..], more].concat();
    // One arena: what an allocator reserves for each thread is no memory of a file.
    let mut command = extract(root, out.path(), &options);
    let mut child = command.env("MALLOC_ARENA_MAX", "1").stderr(Stdio::null()).spawn().expect("the command");
    let mut peak = 0;
    loop {
        peak = given(&child).unwrap_or_default().max(peak);
        if let Some(status) = child.try_wait().expect("the child") {
            assert_eq!(status.code(), Some(0));
            return peak;
        }
        sleep(BETWEEN);
    }
}

#[test]
fn a_file_more_costs_little_more_than_its_path() {
    let (few, many) = (texts(FEW), texts(MANY));
    for more in [&[][..], &["--no-journal"]] {
        let grown = peak(many.path(), more).saturating_sub(peak(few.path(), more));
        let each = grown / (MANY - FEW);
        assert!(each <= BYTES_A_FILE, "{each} bytes a file, {more:?}");
    }
}
