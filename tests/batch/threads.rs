//! The same bytes, however many threads read.

use std::collections::BTreeMap;
use std::path::Path;

use super::{inputs, run, said, visible};

/// Rows of a findings.csv by severity.
fn by_severity(path: &Path) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<String, u64> =
        ["hint", "note", "warning", "error"].map(|name| (name.to_owned(), 0)).into();
    let text = std::fs::read_to_string(path).expect("the findings");
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let severity = rows.headers().expect("a header").iter().position(|name| name == "severity").expect("a column");
    rows.records().for_each(|row| *counts.get_mut(&row.expect("a row")[severity]).expect("a severity") += 1);
    counts
}

#[test]
fn one_thread_and_sixteen_write_the_same_bytes() {
    let root = inputs(60);
    let out = tempfile::tempdir().expect("a folder");
    let of = |threads: &str| {
        let dir = out.path().join(threads);
        let formats = ["--format", "csv,jsonl,xlsx,parquet,sqlite,datapackage", "--json-each", "--threads", threads];
        let output = run(root.path(), &dir, &formats);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        (visible(&dir), said(&output))
    };
    let (one, words) = of("1");
    assert!(one.len() > 60, "{} files", one.len());
    assert!(words.contains("61 files read") && words.contains("2 could not be read"), "{words}");
    for threads in ["2", "16"] {
        let (files, told) = of(threads);
        assert_eq!(told, words, "{threads} threads");
        let differing: Vec<_> =
            one.iter().filter(|(name, bytes)| files.get(*name) != Some(bytes)).map(|(name, _)| name).collect();
        assert!(differing.is_empty() && files.len() == one.len(), "{threads} threads: {differing:?}");
    }
}

#[test]
fn the_manifest_says_what_the_run_was() {
    let (root, out) = (inputs(10), tempfile::tempdir().expect("a folder"));
    run(root.path(), out.path(), &["--excel"]);
    let text = std::fs::read_to_string(out.path().join("manifest.json")).expect("a manifest");
    assert!(!text.contains(&*root.path().to_string_lossy()), "no path of this machine: {text}");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(manifest["complete"], true);
    assert_eq!(manifest["options"]["excel"], "true");
    assert_eq!(manifest["counts"]["reports"], 10);
    assert_eq!(manifest["counts"]["unreadable"], 2);
    assert_eq!(manifest["counts"]["archives"], 1);
    let findings = manifest["counts"]["findings"].as_object().expect("counts");
    let told: BTreeMap<String, u64> =
        findings.iter().map(|(name, count)| (name.clone(), count.as_u64().expect("a count"))).collect();
    assert_eq!(told, by_severity(&out.path().join("findings.csv")), "every severity, hints too");
    for output in manifest["outputs"].as_array().expect("outputs") {
        let file = output["file"].as_str().expect("a name");
        let bytes = std::fs::read(out.path().join(file)).expect("the output");
        assert_eq!(output["bytes"], bytes.len(), "{file}");
        assert_eq!(output["sha256"], gongkai::batch::sha256(&bytes), "{file}");
    }
}

#[test]
fn a_change_of_one_input_shows_in_the_hash_over_all() {
    let hash = |root: &std::path::Path| {
        let out = tempfile::tempdir().expect("a folder");
        run(root, out.path(), &[]);
        let text = std::fs::read(out.path().join("manifest.json")).expect("a manifest");
        let manifest: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
        manifest["inputs"]["sha256"].as_str().expect("a hash").to_owned()
    };
    let root = inputs(4);
    let before = hash(root.path());
    assert_eq!(hash(root.path()), before);
    std::fs::write(root.path().join("0001.txt"), super::report(99)).expect("written");
    assert_ne!(hash(root.path()), before);
}
