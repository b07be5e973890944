//! One report in every format gives one and the same report, but for the pages and lines on which
//! it stands: those are the format's own.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::path::{Path, PathBuf};

use gongkai::ingest::READERS;
use serde_json::Value;

/// Endings of the formats that state their tables, by which the samples are named.
const FORMATS: [&str; 10] = ["docx", "doc", "html", "rtf", "odt", "xlsx", "xls", "ods", "pdf", "ofd"];
/// Editions of the form.
const EDITIONS: [&str; 3] = ["2021", "2019", "2014"];

fn case(format: &str, edition: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(format!("{format}-{edition}"))
}

fn stored(format: &str, edition: &str) -> Value {
    let path = case(format, edition).join("2-report.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("JSON")
}

/// Leaves out what is the format's own, runs of white space among it: pages and the web have none.
fn bare(value: &mut Value) {
    match value {
        Value::String(text) if text.contains("  ") => {
            *text = text
                .lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
                .join("\n");
        }
        Value::Object(members) => {
            if let Some(Value::Object(origin)) = members.get_mut("origin") {
                origin.remove("page");
                origin.remove("line");
            }
            members.values_mut().for_each(bare);
        }
        Value::Array(items) => items.iter_mut().for_each(bare),
        _ => {}
    }
}

/// The paths at which two values differ, with what stands there; the first few.
fn differences(path: &str, wanted: &Value, found: &Value, into: &mut Vec<String>) {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            let mut names: Vec<&String> = wanted.keys().chain(found.keys()).collect();
            names.sort();
            names.dedup();
            for name in names {
                let of = |members: &serde_json::Map<String, Value>| members.get(name).cloned().unwrap_or_default();
                differences(&format!("{path}/{name}"), &of(wanted), &of(found), into);
            }
        }
        (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => {
            for (at, (wanted, found)) in wanted.iter().zip(found).enumerate() {
                differences(&format!("{path}/{at}"), wanted, found, into);
            }
        }
        _ if wanted != found => into.push(format!("{path}: expected {wanted}, found {found}")),
        _ => {}
    }
}

#[test]
fn one_report_in_every_format_is_one_report() {
    let mut wrong = String::new();
    for edition in EDITIONS {
        let mut wanted = stored("docx", edition);
        bare(&mut wanted);
        for format in FORMATS {
            let mut found = stored(format, edition);
            bare(&mut found);
            let mut lines = Vec::new();
            differences("", &wanted, &found, &mut lines);
            if !lines.is_empty() {
                wrong.push_str(&format!("\n{format}-{edition}: {:#?}", &lines[..lines.len().min(8)]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_reader_that_sees_tables_has_a_format_here() {
    // Flattened text has no table to point into.
    for reader in READERS.iter().filter(|reader| reader.name != "text") {
        let known = reader.extensions.iter().any(|ending| FORMATS.contains(ending));
        assert!(known, "{}: none of {:?} is compared", reader.name, reader.extensions);
    }
}

#[test]
fn every_reader_has_a_fuzz_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let listed = std::fs::read_to_string(folder.join("Cargo.toml")).expect("the list of targets");
    for name in READERS.iter().map(|reader| reader.name).chain(["extract"]) {
        assert!(listed.contains(&format!("name = \"{name}\"")), "{name} is not listed");
        assert!(folder.join(format!("targets/{name}.rs")).is_file(), "{name} has no target");
    }
}
