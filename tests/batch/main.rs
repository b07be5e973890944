//! Runs over many files through the built command: threads, stops, resumption, events, differences.

#![allow(clippy::disallowed_methods, reason = "tests read and write files and read the clock")]

mod diff;
mod progress;
mod resume;
mod threads;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use walkdir::WalkDir;

/// A command that writes into `out`.
fn extract(inputs: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.args(["--lang", "en", "extract"]).arg(inputs).arg("--out").arg(out).args(more);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(inputs: &Path, out: &Path, more: &[&str]) -> Output {
    extract(inputs, out, more).output().expect("the command")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The visible files of a folder with their bytes. What a run that was killed left behind is hidden.
fn visible(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let shown = |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let entries = WalkDir::new(dir).into_iter().filter_entry(shown).map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(dir).expect("within").to_owned();
            (name, std::fs::read(entry.path()).expect("readable"))
        })
        .collect()
}

fn hidden(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name.starts_with('.'));
    names.sort();
    names
}

/// A report of a made-up organ, in lines of tabs.
fn report(number: usize) -> String {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/tabs-2021/input.txt");
    let text = std::fs::read_to_string(sample).expect("a sample");
    format!("{text}\n本报告编号：{number}。\n")
}

/// So many reports, some of them in an archive, one file that is none, and one that cannot be read.
fn inputs(count: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| std::fs::write(root.path().join(name), bytes).expect("written");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for number in 0..count {
        if number % 5 == 0 {
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(format!("{number:04}.txt"), options).expect("memory");
            std::io::Write::write_all(&mut archive, report(number).as_bytes()).expect("memory");
        } else {
            put(&format!("{number:04}.txt"), report(number).as_bytes());
        }
    }
    put("0100-packed.zip", &archive.finish().expect("memory").into_inner());
    put("0050-empty.docx", b"");
    put("0060-broken.docx", b"PK\x03\x04 but nothing more");
    put("0070-else.txt", "今天天气很好。\n".as_bytes());
    root
}
