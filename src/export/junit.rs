//! JUnit XML, which build servers show as tests: a suite a file, a case a code.
//!
//! A case fails if a finding of its code weighs at least what the caller minds, so that the
//! server says the same as the exit code. Lighter findings and waived ones are printed with the case.

use quick_junit::{NonSuccessKind, Report as Junit, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::checked::{Checked, sentence, visible};
use crate::finding::{Code, Finding, Lang, Severity};

/// All files as one test run. Findings of `minded` weight and above fail; `None` minds none.
///
/// # Errors
/// When the XML cannot be written, which memory does not refuse.
pub fn junit(files: &[Checked], minded: Option<Severity>, lang: Lang) -> Result<String, SerializeError> {
    let mut report = Junit::new(env!("CARGO_PKG_NAME"));
    for file in files {
        report.add_test_suite(suite(file, minded, lang));
    }
    report.to_string().map(|xml| without_total_of_skipped(&xml))
}

/// The schema that build servers hold the file to counts skipped cases a suite, not in all.
fn without_total_of_skipped(xml: &str) -> String {
    let (head, suites) = xml.split_at(xml.find("<testsuite ").unwrap_or(xml.len()));
    let cut = head.split_once(" skipped=\"").and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
    cut.map_or_else(|| xml.to_owned(), |(before, after)| format!("{before}{after}{suites}"))
}

fn suite(file: &Checked, minded: Option<Severity>, lang: Lang) -> TestSuite {
    let mut suite = TestSuite::new(file.file.as_str());
    for &code in Code::ALL {
        let mut case = match (&file.outcome, code) {
            (Err(cause), Code::Unreadable) => unread(code, cause),
            // Of a file that was not read, nothing else can be said.
            (Err(_), _) => TestCase::new(code.entry().name, TestCaseStatus::skipped()),
            (Ok(_), _) => case(code, file, minded, lang),
        };
        case.set_classname(file.file.as_str());
        suite.add_test_case(case);
    }
    suite
}

fn unread(code: Code, cause: &str) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type(Severity::Error.name()).set_message(cause);
    TestCase::new(code.entry().name, status)
}

fn case(code: Code, file: &Checked, minded: Option<Severity>, lang: Lang) -> TestCase {
    let found: Vec<(Option<u32>, &Finding)> = file.findings().filter(|(_, finding)| finding.code == code).collect();
    let sentences: Vec<String> = found.iter().map(|&(report, finding)| line(report, finding, lang)).collect();
    let open = found.iter().filter(|(_, finding)| finding.waived.is_none());
    let worst = open.map(|(_, finding)| finding.severity).max();
    let fails = worst.filter(|worst| minded.is_some_and(|minded| *worst >= minded));
    let status = fails.map_or_else(TestCaseStatus::success, |worst| {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(worst.name()).set_message(code.entry().title(lang)).set_description(sentences.join("\n"));
        status
    });
    let mut case = TestCase::new(code.entry().name, status);
    if fails.is_none() && !sentences.is_empty() {
        case.set_system_out(sentences.join("\n"));
    }
    case
}

fn line(report: Option<u32>, finding: &Finding, lang: Lang) -> String {
    let grade = finding.grade().name();
    let mut sentence = format!("{} ({grade}): {}", finding.severity.name(), sentence(finding, lang));
    if let Some(waived) = &finding.waived {
        sentence.push(' ');
        sentence += &visible(&waived.words(lang));
    }
    match (report, lang) {
        (None, _) => sentence,
        (Some(number), Lang::En) => format!("report {number}: {sentence}"),
        (Some(number), Lang::Zh) => format!("第{number}份报告：{sentence}"),
    }
}
