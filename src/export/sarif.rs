//! SARIF 2.1.0, which code hosts and editors show beside the file.
//!
//! A rule a code of the catalogue, a result a finding. A place in flattened text is a line; one
//! in a table has no line, so its table, row and column are a logical location and properties.

use serde::Serialize;

use super::checked::{Checked, sentence};
use crate::document::Origin;
use crate::finding::{Code, Finding, Lang, Place, Severity, Waived};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    /// Of the messages; that of the driver is of the rules.
    language: &'static str,
    invocations: [Invocation; 1],
    results: Vec<ResultOf<'a>>,
    column_kind: &'static str,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    language: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Text>,
    default_configuration: Configuration,
    properties: Graded,
}

#[derive(Serialize)]
struct Graded {
    grade: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    /// Whether every file could be read.
    execution_successful: bool,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultOf<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression<'a>; 1]>,
    properties: Properties<'a>,
}

/// A waiver: the standard's word for what somebody answers for outside the file (3.35).
#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: &'a str,
    properties: Signed<'a>,
}

#[derive(Serialize)]
struct Signed<'a> {
    date: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical<'a> {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fully_qualified_name: Option<&'a str>,
    kind: &'static str,
}

/// What is asked for; where it is in the document, counted from 1; what was expected and found.
#[derive(Serialize)]
struct Properties<'a> {
    grade: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
}

/// One log with one run over all files, ended by `\n`.
#[must_use]
pub fn sarif(files: &[Checked], lang: Lang) -> String {
    let results = files.iter().flat_map(|file| results(file, lang)).collect();
    let execution_successful = files.iter().all(|file| file.outcome.is_ok());
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        language: language(lang),
        rules: Code::ALL.iter().map(|code| rule(*code, lang)).collect(),
    };
    let run = Run {
        tool: Tool { driver },
        language: language(lang),
        invocations: [Invocation { execution_successful }],
        results,
        column_kind: "unicodeCodePoints",
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    serde_json::to_string_pretty(&log).expect("strings and numbers only") + "\n"
}

/// A language as the standard has it (3.14.7): two letters, and perhaps two of a country.
fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    }
}

fn rule(code: Code, lang: Lang) -> Rule {
    let entry = code.entry();
    let remedy = entry.remedy(lang);
    Rule {
        id: entry.name,
        short_description: Text { text: entry.title(lang).to_owned() },
        help: (!remedy.is_empty()).then(|| Text { text: remedy.to_owned() }),
        default_configuration: Configuration { level: level(entry.severity) },
        properties: Graded { grade: entry.grade.name() },
    }
}

/// SARIF has three of the weights by the same names; to it, a hint is a note.
fn level(severity: Severity) -> &'static str {
    severity.max(Severity::Note).name()
}

fn results(file: &Checked, lang: Lang) -> Vec<ResultOf<'_>> {
    if let Err(cause) = &file.outcome {
        return vec![unreadable(&file.file, cause)];
    }
    file.findings().map(|(report, finding)| result(&file.file, report, finding, lang)).collect()
}

fn result<'a>(file: &str, report: Option<u32>, finding: &'a Finding, lang: Lang) -> ResultOf<'a> {
    let Origin { page, table, row, column, line } = finding.origin.unwrap_or_default();
    let physical_location = Physical {
        artifact_location: Artifact { uri: uri(file) },
        region: line.filter(|line| *line > 0).map(|start_line| Region { start_line }),
    };
    ResultOf {
        rule_id: finding.code.entry().name,
        rule_index: finding.code as usize,
        level: level(finding.severity),
        message: Text { text: sentence(finding, lang) },
        locations: [Location { physical_location, logical_locations: logical(finding).into_iter().collect() }],
        suppressions: finding.waived.as_ref().map(|waived| [suppression(waived)]),
        properties: Properties {
            grade: finding.grade().name(),
            report,
            page,
            table,
            row,
            column,
            expected: finding.expected.as_deref(),
            found: finding.found.as_deref(),
        },
    }
}

fn suppression(waived: &Waived) -> Suppression<'_> {
    Suppression {
        kind: "external",
        status: "accepted",
        justification: &waived.reason,
        properties: Signed { date: &waived.date, by: waived.by.as_deref() },
    }
}

fn unreadable<'a>(file: &str, cause: &str) -> ResultOf<'a> {
    let finding = Finding::new(Code::Unreadable);
    ResultOf {
        rule_id: finding.code.entry().name,
        rule_index: finding.code as usize,
        level: level(finding.severity),
        message: Text { text: cause.to_owned() },
        locations: [Location {
            physical_location: Physical { artifact_location: Artifact { uri: uri(file) }, region: None },
            logical_locations: Vec::new(),
        }],
        suppressions: None,
        properties: Properties {
            grade: finding.grade().name(),
            report: None,
            page: None,
            table: None,
            row: None,
            column: None,
            expected: None,
            found: None,
        },
    }
}

/// The place in printed words, with the figure's id.
fn logical(finding: &Finding) -> Option<Logical<'_>> {
    let fully_qualified_name = finding.field.as_ref().map(|key| key.as_str());
    let (name, kind) = match (&finding.place, fully_qualified_name) {
        (Some(Place { table, row, column }), _) => {
            let parts: Vec<&str> =
                [table, row, column].into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            let kind = ["table", "row", "cell"][parts.len().clamp(1, 3) - 1];
            (parts.join(" / "), kind)
        }
        (None, Some(key)) => (key.to_owned(), "cell"),
        (None, None) => return None,
    };
    Some(Logical { name, fully_qualified_name, kind })
}

/// A file name as a URI, with a scheme if it begins at the root: what is no letter, digit or
/// `-._~/` is written as `%XX`.
fn uri(file: &str) -> String {
    let mut uri = String::with_capacity(file.len());
    for byte in file.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte as char),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    // Without the two slashes of an empty host, `//x` would name one.
    if uri.starts_with('/') { format!("file://{uri}") } else { uri }
}
