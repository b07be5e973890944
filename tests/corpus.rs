//! Real reports with every expected figure, where `GONGKAI_CORPUS` names the folder that holds
//! them. Expectations were made by people from the documents; see the folder's own README.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gongkai::report::Value;

/// The folder, or `None` (said aloud) where the tests run without it.
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("GONGKAI_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("GONGKAI_CORPUS is not set: nothing to compare with");
    }
    folder
}

fn expected(case: &Path) -> BTreeMap<String, (String, String)> {
    let mut reader = csv::Reader::from_path(case.join("expected.csv")).expect("expected.csv");
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| (row[0].to_owned(), (row[1].to_owned(), row[2].to_owned()))).collect()
}

fn found(source: &Path) -> BTreeMap<String, (String, String)> {
    let bytes = std::fs::read(source).expect("the source");
    let extraction = gongkai::extract(&bytes, &gongkai::Options::default()).expect("a readable source");
    let figures = extraction.reports.iter().flat_map(gongkai::report::Report::figures);
    let there = figures.filter(|figure| figure.value != Value::Missing);
    there
        .map(|figure| {
            let number = if let Value::Number(number) = figure.value { number.to_string() } else { String::new() };
            (figure.key.to_string(), (number, figure.value.state().to_owned()))
        })
        .collect()
}

/// Differences of one case, a line each.
fn differences(case: &Path, source: &Path) -> Vec<String> {
    let about = std::fs::read_to_string(case.join("about.json")).expect("about.json");
    let about: serde_json::Value = serde_json::from_str(&about).expect("JSON");
    let blank_form = about["must"].as_str().is_some_and(|must| must.contains("blank"));
    let may_be_ambiguous = about["ambiguous"].is_array();
    let (expected, mut found) = (expected(case), found(source));
    if blank_form {
        // The expectation of a blank form lists no value at all.
        found.retain(|_, (_, state)| state != "blank");
    }
    let mut lines = Vec::new();
    for (field, wanted) in &expected {
        match found.remove(field) {
            Some(value) if value == *wanted => {}
            Some((_, state)) if may_be_ambiguous && state == "ambiguous" => {}
            other => lines.push(format!("{field}: expected {wanted:?}, found {other:?}")),
        }
    }
    lines.extend(found.iter().map(|(field, value)| format!("{field}: expected nothing, found {value:?}")));
    lines
}

#[test]
fn every_figure_of_every_real_report_is_right() {
    let Some(folder) = corpus() else { return };
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(folder.join("corpus")).expect("corpus").map(|entry| entry.expect("entry").path()).collect();
    cases.sort();
    let mut read = 0;
    let mut wrong = String::new();
    for case in &cases {
        let source = ["source.txt", "source.md", "source.docx", "source.html", "source.pdf"]
            .iter()
            .map(|name| case.join(name))
            .find(|path| path.exists());
        let Some(source) = source else { continue };
        read += 1;
        let lines = differences(case, &source);
        if !lines.is_empty() {
            let shown: Vec<&String> = lines.iter().take(12).collect();
            wrong.push_str(&format!("\n{}: {} differences\n  {shown:#?}", case.display(), lines.len()));
        }
    }
    assert!(read >= 20, "only {read} cases found");
    assert!(wrong.is_empty(), "{wrong}");
}
