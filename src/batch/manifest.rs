//! What a run was: enough to cite its result, and to have the same again.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Summary, hexadecimal};
use crate::export::{Item, Written};
use crate::finding::Severity;
use crate::report::Value;
use crate::template::Form;

/// Its file in the output folder.
pub const MANIFEST: &str = "manifest.json";
/// Version of its layout.
const VERSION: u32 = 1;

/// The inputs of a run taken together.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    count: usize,
    hash: Sha256,
}

impl Inputs {
    /// Takes one more.
    pub fn add(&mut self, item: &Item<'_>) {
        self.count += 1;
        // Names hold no line breaks that are not escaped here, hashes none at all.
        self.hash.update(format!("{}\t{:?}\n", item.sha256, item.source));
    }
}

/// What a run was.
pub struct Manifest<'a> {
    /// Options on which the outputs depend, by name.
    pub options: BTreeMap<&'static str, String>,
    /// The forms that were looked for.
    pub forms: &'a [Arc<Form>],
    /// Its counts.
    pub summary: &'a Summary,
    /// Its inputs.
    pub inputs: &'a Inputs,
    /// Its outputs.
    pub outputs: &'a [Written],
}

#[derive(Serialize)]
struct Record<'a> {
    version: u32,
    program: Program,
    complete: bool,
    options: &'a BTreeMap<&'static str, String>,
    forms: Vec<FormRecord<'a>>,
    inputs: InputsRecord,
    counts: Counts<'a>,
    outputs: Vec<OutputRecord<'a>>,
}

#[derive(Serialize)]
struct Program {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct FormRecord<'a> {
    edition: &'a str,
    figures: usize,
    sha256: String,
}

#[derive(Serialize)]
struct InputsRecord {
    files: usize,
    sha256: String,
}

#[derive(Serialize)]
struct Counts<'a> {
    files: usize,
    packed: usize,
    archives: usize,
    unreadable: usize,
    reports: usize,
    figures: BTreeMap<&'static str, usize>,
    findings: BTreeMap<&'static str, usize>,
    skipped: &'a BTreeMap<String, usize>,
    repeated: usize,
    not_begun: usize,
    not_finished: usize,
}

#[derive(Serialize)]
struct OutputRecord<'a> {
    file: &'a str,
    bytes: u64,
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<usize>,
}

impl Manifest<'_> {
    /// The text of the file.
    #[must_use]
    pub fn json(&self) -> String {
        let record = Record {
            version: VERSION,
            program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            complete: self.summary.is_complete(),
            options: &self.options,
            forms: self.forms.iter().map(|form| of_form(form)).collect(),
            inputs: InputsRecord {
                files: self.inputs.count,
                sha256: hexadecimal(&self.inputs.hash.clone().finalize()),
            },
            counts: counts(self.summary),
            outputs: self.outputs.iter().map(of_output).collect(),
        };
        let mut text = serde_json::to_string_pretty(&record).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn of_form(form: &Form) -> FormRecord<'_> {
    FormRecord { edition: &form.edition, figures: form.fields.len(), sha256: form.sha256.clone() }
}

fn of_output(written: &Written) -> OutputRecord<'_> {
    OutputRecord { file: written.file, bytes: written.bytes, sha256: &written.sha256, files: written.files }
}

fn counts(summary: &Summary) -> Counts<'_> {
    Counts {
        files: summary.files,
        packed: summary.packed,
        archives: summary.archives,
        unreadable: summary.unreadable,
        reports: summary.reports,
        figures: Value::STATES.into_iter().zip(summary.figures).collect(),
        findings: Severity::NAMES.into_iter().zip(summary.findings).collect(),
        skipped: &summary.skipped,
        repeated: summary.repeated,
        not_begun: summary.left,
        not_finished: summary.unfinished,
    }
}
