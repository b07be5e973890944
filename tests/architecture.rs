//! The table of folders in `docs/architecture.md`: a verb never uses another verb.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::path::Path;

/// Folder, and the folders it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("template", &[]),
    ("document", &["finding"]),
    ("finding", &["template", "document"]),
    ("report", &["template", "document", "finding"]),
    ("ingest", &["document", "finding"]),
    ("map", &["document", "template", "report", "finding"]),
    ("check", &["report", "template", "finding", "document"]),
    ("export", &["report", "template", "finding", "document", "ingest", "check"]),
    ("render", &["report", "template", "finding", "document"]),
];

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

#[test]
fn folders_use_only_what_they_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let all: Vec<&str> = MAY_USE.iter().map(|(folder, _)| *folder).chain(["batch", "cli"]).collect();
    let mut wrong = Vec::new();
    for (folder, may) in MAY_USE {
        for (file, text) in sources(&root.join(folder)) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for other in &all {
                if other != folder && !may.contains(other) && code.contains(&format!("crate::{other}::")) {
                    wrong.push(format!("{file} uses {other}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
