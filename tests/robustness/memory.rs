//! Memory is bounded by what is counted: a lower limit is a lower peak, and `memory` lowers all that bound it.
//! `docs/architecture.md` says why memory itself is not counted.

use std::fs;
use std::time::Duration;

use crate::command::{Ended, gongkai, watched};
use crate::docx;
use crate::package::{Package, cell, row, table};
use crate::pdf::{Pdf, latin};

const DEADLINE: Duration = Duration::from_secs(60);

/// How the command ends for a file under limits.
fn ended(name: &str, bytes: &[u8], limits: &[&str]) -> Ended {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join(name), bytes).expect("written");
    let mut arguments = vec!["extract", name, "--out", "out", "--threads", "1", "-q"];
    arguments.extend(limits.iter().flat_map(|limit| ["--limit", limit]));
    watched(gongkai(root.path(), &arguments), DEADLINE)
}

/// Kilobytes at most that the command takes for a file under a limit; `none` for an empty text.
fn peak(name: &str, bytes: &[u8], limit: Option<&str>) -> u64 {
    let ended = ended(name, bytes, limit.as_slice());
    match limit {
        None => assert!(ended.code.is_some_and(|code| code < 2), "{}", ended.stderr),
        Some(limit) => {
            let name = limit.split('=').next().unwrap_or_default();
            assert_eq!(ended.code, Some(2));
            assert!(ended.stderr.contains(&format!("`--limit {name}=")), "{}", ended.stderr);
        }
    }
    ended.peak
}

fn sheet(cells: usize) -> Vec<u8> {
    let row = |at: usize| format!("<row r=\"{}\">{}</row>", at + 1, "<c><v>1</v></c>".repeat(100));
    let rows: String = (0..cells / 100).map(row).collect();
    Package::xlsx(&[("S", "", &format!("<sheetData>{rows}</sheetData>"))]).bytes()
}

/// Files that ask for as much as their format allows of one thing, and the limit on that.
fn greedy() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let paragraphs = docx::p("1").repeat(60_000);
    let cells = table(&[&row(&[&cell("", "1").repeat(100)]).repeat(900)]);
    let characters: String =
        (0..2_500).map(|at| latin((at % 20) as f32 * 30.0, (at / 20) as f32 * 6.0, &"1".repeat(100))).collect();
    let web = |body: String| format!("<!DOCTYPE html><meta charset=utf-8><body>{body}").into_bytes();
    let rich = |body: String| format!("{{\\rtf1\\ansi {body}}}").into_bytes();
    vec![
        ("cells.xlsx", sheet(60_000), "cells=2000"),
        ("cells.odt", Package { stored: true, ..Package::odt(&cells, "") }.bytes(), "cells=2000"),
        ("cells.txt", "1 | 2 |\n".repeat(40_000).into_bytes(), "cells=2000"),
        (
            "paragraphs.docx",
            docx::Builder { stored: true, ..docx::Builder::new(&paragraphs) }.bytes(),
            "paragraphs=2000",
        ),
        ("paragraphs.rtf", rich("x\\par ".repeat(60_000)), "paragraphs=2000"),
        ("nodes.html", web("<br>".repeat(120_000)), "nodes=2000"),
        ("text.rtf", rich("0123456789 ".repeat(3 << 20)), "part_bytes=1000000"),
        ("drawn.pdf", Pdf::of(&characters).bytes(), "drawn=2000"),
    ]
}

#[test]
fn a_lower_limit_is_a_lower_peak() {
    let least = peak("least.txt", b"1\n", None);
    for (name, bytes, limit) in greedy() {
        // What the file itself takes is its own matter.
        let own = least + (bytes.len() >> 10) as u64;
        let (usual, lowered) = (peak(name, &bytes, None), peak(name, &bytes, Some(limit)));
        let (usual_more, lowered_more) = (usual.saturating_sub(own), lowered.saturating_sub(own));
        println!("{name:20} {limit:20} {usual:>8} KB {lowered:>8} KB");
        assert!(lowered_more * 2 < usual_more, "{name}: {usual} KB, with {limit} {lowered} KB, at least {own} KB");
    }
}

#[test]
fn a_limit_on_memory_holds_for_whatever_a_file_asks_for() {
    const MEMORY: u64 = 20_000_000;
    let least = peak("least.txt", b"1\n", None);
    let mut beyond = 0;
    for (name, bytes, _) in greedy() {
        let own = least + (bytes.len() >> 10) as u64;
        let most = own + MEMORY / 1000;
        let held = ended(name, &bytes, &[&format!("memory={MEMORY}")]);
        println!("{name:20} {:>8} KB of {most}", held.peak);
        assert!(held.peak <= most, "{name}: {} KB of {most}", held.peak);
        // What refuses the file can be lifted by itself.
        assert_eq!(held.code, Some(2), "{name}");
        let named =
            held.stderr.split("with `--limit ").nth(1).and_then(|rest| rest.split('=').next()).unwrap_or_default();
        let lifted = format!("{named}=100000000");
        let again = ended(name, &bytes, &[&lifted, &format!("memory={MEMORY}")]);
        assert!(!again.stderr.contains(&format!("`--limit {named}=")), "{name}: {}", again.stderr);
        beyond += usize::from(peak(name, &bytes, None) > most);
    }
    assert!(beyond >= 4, "only {beyond} files take more without the limit");
}
