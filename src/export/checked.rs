//! What a check of files found: the common ground of its formats, and its JSON.

use serde::Serialize;

use crate::finding::{Finding, Grade, Lang, Severity};
use crate::report::Report;

/// One file that was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Its name, with `/` separators.
    pub file: String,
    /// Its reports, and what is to be said about the file; or why it could not be read.
    pub outcome: Result<(Vec<Report>, Vec<Finding>), String>,
}

impl Checked {
    /// Every finding with the number of its report (none for the file as a whole), in order.
    pub fn findings(&self) -> impl Iterator<Item = (Option<u32>, &Finding)> {
        let (reports, findings) = match &self.outcome {
            Ok((reports, findings)) => (reports.as_slice(), findings.as_slice()),
            Err(_) => Default::default(),
        };
        let of_reports =
            reports.iter().flat_map(|report| report.findings.iter().map(|found| (Some(report.number), found)));
        of_reports.chain(findings.iter().map(|found| (None, found)))
    }
}

/// What is asked of whoever publishes the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Findings to be mended.
    pub mandatory: usize,
    /// Findings to be explained or confirmed, without hints, which ask for nothing by themselves.
    pub confirm: usize,
    /// Findings that somebody answers for.
    pub waived: usize,
}

impl Asked {
    /// Counts findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut asked = Asked { mandatory: 0, confirm: 0, waived: 0 };
        for finding in findings {
            let count = match finding.grade() {
                _ if finding.waived.is_some() => &mut asked.waived,
                Grade::Mandatory => &mut asked.mandatory,
                Grade::Confirm if finding.severity == Severity::Hint => continue,
                Grade::Confirm => &mut asked.confirm,
            };
            *count += 1;
        }
        asked
    }

    /// `1 to be mended, 2 to be explained or confirmed, 1 waived`; nothing if nothing is asked.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        let graded = |count: usize, grade: Grade| match lang {
            Lang::En => (count, format!("{count} {}", grade.about(lang))),
            Lang::Zh => (count, format!("{}{count}处", grade.word(lang))),
        };
        let waived = match lang {
            Lang::En => format!("{} waived", self.waived),
            Lang::Zh => format!("已核实{}处", self.waived),
        };
        let parts =
            [graded(self.mandatory, Grade::Mandatory), graded(self.confirm, Grade::Confirm), (self.waived, waived)];
        let said: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        said.join(lang.pick(", ", "，"))
    }
}

/// One file in JSON.
#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    reports: Vec<ReportOf<'a>>,
    findings: Vec<Said<'a>>,
}

/// One report in JSON, without its figures.
#[derive(Serialize)]
struct ReportOf<'a> {
    report: u32,
    title: Option<&'a str>,
    organ: Option<&'a str>,
    year: Option<i32>,
    status: &'static str,
    findings: Vec<Said<'a>>,
}

/// A finding with its sentence.
#[derive(Serialize)]
struct Said<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    grade: Grade,
    message: String,
}

/// A JSON array with one object a file, ended by `\n`.
#[must_use]
pub fn check_json(files: &[Checked], lang: Lang) -> String {
    let files: Vec<File> = files.iter().map(|checked| file(checked, lang)).collect();
    serde_json::to_string_pretty(&files).expect("strings and numbers only") + "\n"
}

fn file(checked: &Checked, lang: Lang) -> File<'_> {
    let file = File { file: &checked.file, error: None, reports: Vec::new(), findings: Vec::new() };
    match &checked.outcome {
        Ok((reports, findings)) => File {
            reports: reports.iter().map(|report| report_of(report, lang)).collect(),
            findings: said(findings, lang),
            ..file
        },
        Err(cause) => File { error: Some(cause), ..file },
    }
}

fn report_of(report: &Report, lang: Lang) -> ReportOf<'_> {
    ReportOf {
        report: report.number,
        title: report.title.as_ref().map(|title| title.text.as_str()),
        organ: report.organ.as_ref().map(|organ| organ.name.as_str()),
        year: report.year,
        status: report.status.name(),
        findings: said(&report.findings, lang),
    }
}

fn said(findings: &[Finding], lang: Lang) -> Vec<Said<'_>> {
    findings.iter().map(|finding| Said { finding, grade: finding.grade(), message: sentence(finding, lang) }).collect()
}

/// A finding's sentence without the space that an empty remedy leaves. Control characters of
/// the document are made visible: programs that show these files act on some of them.
pub(super) fn sentence(finding: &Finding, lang: Lang) -> String {
    visible(finding.message(lang).trim_end())
}

/// A text with its control characters made visible.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
