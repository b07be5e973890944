//! The picture of what was found.

use std::process::Command;

use gongkai::ingest::{self, Limits};

use crate::{sample, sample_bytes};

fn drawing(case: &str) -> String {
    ingest::drawing(&sample_bytes(case), &Limits::default()).expect("readable").expect("drawn pages")
}

#[test]
fn every_page_table_cell_and_character_is_in_it() {
    let svg = drawing("pdf-label-cut-2021");
    let document = ingest::read(&sample_bytes("pdf-label-cut-2021"), &Limits::default()).expect("readable");
    let pages = svg.matches("<g id=\"page").count();
    assert!(pages > 3, "{pages}");
    // Parts of one table are apart here.
    assert!(svg.matches("class=\"table\"").count() > document.tables.len());
    assert!(svg.contains(">（五）不予处理<") || svg.contains(">处<"), "characters");
    assert!(svg.contains("(1×3)"), "spans");
    let mut reader = quick_xml::Reader::from_str(&svg);
    loop {
        match reader.read_event().expect("XML in order") {
            quick_xml::events::Event::Eof => break,
            _ => continue,
        }
    }
}

#[test]
fn what_has_no_pages_has_no_picture() {
    assert_eq!(ingest::drawing("一、总体情况".as_bytes(), &Limits::default()), Ok(None));
}

#[test]
fn show_writes_it_beside_the_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out.svg");
    let run = |file: &std::path::Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command
            .env("LC_ALL", "en_US.UTF-8")
            .arg("show")
            .arg(file)
            .arg("--debug-pdf")
            .arg(&out)
            .output()
            .expect("the command")
    };
    let output = run(&sample("pdf-2021"));
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("669.1378"));
    assert_eq!(std::fs::read_to_string(&out).expect("written"), drawing("pdf-2021"));
    let output = run(&sample("docx-2021").with_extension("docx"));
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no drawn pages"));
}
