//! What an output folder says of the run that filled it, for those who go on with its lines.

use std::path::Path;

use serde::Deserialize;

use super::MANIFEST;
use crate::finding::{Code, Severity};

/// The findings of a run, beside its lines.
const FINDINGS: &str = "findings.csv";

/// What the manifest of a folder says of the run that wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Earlier {
    /// Whether it read all its inputs.
    pub complete: bool,
    outputs: Vec<Output>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Output {
    file: String,
}

impl Earlier {
    /// `None` if the folder has no manifest, or one that makes no sense.
    #[must_use]
    pub fn of(dir: &Path) -> Option<Earlier> {
        let text = std::fs::read_to_string(dir.join(MANIFEST)).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Whether that run wrote a file: one that it did not is of a run before it.
    #[must_use]
    pub fn wrote(&self, file: &str) -> bool {
        self.outputs.iter().any(|output| output.file == file)
    }
}

/// A finding about a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfFile {
    /// The file.
    pub source: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What kind of finding it is.
    pub code: Code,
    /// What was found; empty if nothing is said.
    pub found: String,
    /// The sentence, in the language of that run.
    pub message: String,
}

/// What the findings.csv beside the lines of a run says of files as a whole, in its order; `None` if that run wrote none.
#[must_use]
pub fn of_files(lines: &Path) -> Option<Vec<OfFile>> {
    if Earlier::of(lines.parent()?).is_some_and(|earlier| !earlier.wrote(FINDINGS)) {
        return None;
    }
    let mut rows = csv::Reader::from_path(lines.with_file_name(FINDINGS)).ok()?;
    let names = rows.headers().ok()?.clone();
    let column = |name: &str| names.iter().position(|known| known.trim_start_matches('\u{feff}') == name);
    let [source, report, severity, code, message, found] =
        ["source", "report", "severity", "code", "message", "found"].map(column);
    let (source, report, severity, code, message, found) = (source?, report?, severity?, code?, message?, found?);
    let mut files = Vec::new();
    for row in rows.records().map_while(Result::ok).filter(|row| row.get(report) == Some("")) {
        let text = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let all = [Severity::Hint, Severity::Note, Severity::Warning, Severity::Error];
        let severity = all.into_iter().find(|known| known.name() == text(severity));
        let (Some(code), Some(severity)) = (Code::of_name(&text(code)), severity) else { continue };
        files.push(OfFile { source: text(source), severity, code, found: text(found), message: text(message) });
    }
    Some(files)
}
