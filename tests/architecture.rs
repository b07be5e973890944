//! The table of folders in `docs/architecture.md`: a verb never uses another verb.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::path::Path;

/// The folders that only the last two may use.
const VERBS: [&str; 9] = ["ingest", "map", "check", "annotate", "compare", "panel", "sum", "export", "render"];

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file")
}

/// The words of a cell in backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Folder, and the folders it may use, as the document's table has them.
fn table() -> BTreeMap<String, Vec<String>> {
    let text = read("docs/architecture.md");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let mut table = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').collect();
        for folder in quoted(cells[1]) {
            table.insert(folder, quoted(cells[3]));
        }
    }
    table
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).expect("a source")));
            }
        }
    }
    found
}

/// Whether code, not prose, names a folder of the crate: `crate::x::…` or `use crate::{x, …}`.
fn uses(code: &str, folder: &str) -> bool {
    let lines = code.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    let code: String = lines.collect::<Vec<_>>().join("\n");
    let grouped = code.split("use crate::{").skip(1).filter_map(|rest| rest.split(';').next());
    let word = |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == folder);
    code.contains(&format!("crate::{folder}::")) || grouped.into_iter().any(word)
}

#[test]
fn every_folder_stands_in_the_table() {
    let folders = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("sources");
    let folders = folders.map(|entry| entry.expect("entry").path()).filter(|path| path.is_dir());
    let mut folders: Vec<String> =
        folders.map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    folders.sort();
    let known: Vec<String> = table().into_keys().collect();
    assert_eq!(known, folders);
}

#[test]
fn a_verb_uses_no_verb() {
    let table = table();
    for verb in VERBS {
        let used: Vec<&String> = table[verb].iter().filter(|used| VERBS.contains(&used.as_str())).collect();
        assert!(used.is_empty(), "{verb} may use {used:?}");
    }
}

#[test]
fn folders_use_only_what_they_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let table = table();
    let mut wrong = Vec::new();
    // The command may use all.
    for (folder, may) in table.iter().filter(|(folder, _)| *folder != "cli") {
        for (file, text) in sources(&root.join(folder)) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let others = table.keys().filter(|other| *other != folder && !may.contains(other));
            wrong.extend(others.filter(|other| uses(code, other)).map(|other| format!("{file} uses {other}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn uses_are_seen_in_code_only() {
    assert!(uses("use crate::check::check;", "check"));
    assert!(uses("use crate::{\n    Options, ingest,\n};", "ingest"));
    assert!(!uses("use crate::{Options, Error};\n// ingest", "ingest"));
    assert!(!uses("//! [`crate::map::map`]", "map"));
}
