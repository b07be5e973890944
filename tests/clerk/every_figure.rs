//! A comment at every figure of every Word sample: the places of all that is read are known in the bytes.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization as _;

use gongkai::annotate::AnnotateError;
use gongkai::document::Obstacle;
use gongkai::finding::{Code, Finding, Lang};
use gongkai::report::Report;

use crate::cases::{commented, extracted};
use crate::word::{comments, is_within, main_part, parts, steps, without_marks};

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut samples: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("samples")
        .map(|entry| entry.expect("an entry").path().join("input.docx"))
        .collect();
    samples.retain(|path| path.exists());
    samples.sort();
    assert!(samples.len() >= 25, "only {} samples", samples.len());
    samples
}

/// Samples that take no comments, and why.
fn refused(path: &Path) -> Option<&'static str> {
    let name = path.parent()?.file_name()?.to_str()?;
    [("docx-flat-2021", "single_file"), ("docx-strict-2021", "encoding")]
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, why)| why)
}

/// Whether all text of a sample is shown. Between the marks stand hidden text and the codes of fields too.
fn is_plain(path: &Path) -> bool {
    let name = path.parent().and_then(Path::file_name).and_then(std::ffi::OsStr::to_str).unwrap_or_default();
    !["docx-fields-2021", "docx-hidden-2021", "docx-note-marks-2021", "docx-revisions-2021"].contains(&name)
}

/// Whether figures stand in the properties of fields, where no run has them.
fn has_choices(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with("docx-form-fields-2021"))
}

/// A finding at each figure that has a cell, and at each sentence with a number. The figure's text is what the
/// comment must stand at.
pub fn everywhere(report: &mut Report) {
    let figures = report.figures().filter_map(|figure| Some((figure.origin?, figure.raw.clone().unwrap_or_default())));
    let mut findings: Vec<Finding> = figures
        .map(|(origin, raw)| Finding::new(Code::UnreadableFigure).at(origin).found(format!("={raw}=")))
        .collect();
    findings.extend(
        report
            .claims
            .iter()
            .map(|claim| Finding::new(Code::ClaimsContradict).at(claim.origin).detail("text", &claim.sentence)),
    );
    report.findings = findings;
}

/// A text without blanks and breaks, which cells have where their paragraphs end; marks of notes as the digits that they are
/// in the file.
fn dense(text: &str) -> String {
    text.nfkc().filter(|char| !char.is_whitespace()).collect()
}

#[test]
fn every_figure_can_be_commented_upon() {
    let mut figures = 0;
    for path in samples() {
        let bytes = std::fs::read(&path).expect("a sample");
        let mut extraction = extracted(&bytes);
        let reports = extraction.reports.clone();
        extraction.reports.iter_mut().for_each(everywhere);
        let copy = match (commented(&bytes, &extraction, Lang::En), refused(&path)) {
            (Ok(copy), None) => copy,
            (Err(error), Some(why)) if error.name() == why => continue,
            (other, _) => panic!("{}: {:?}", path.display(), other.map(|copy| copy.comments)),
        };
        let (before, after) = (parts(&bytes), parts(&copy.bytes));
        let name = main_part(&before);
        let found = comments(&after);
        let ids: Vec<u32> = found.iter().map(|comment| comment.id).collect();
        assert!(is_within(&before[&name], &after[&name]), "{}", path.display());
        assert!(without_marks(&steps(&after[&name]), &ids) == steps(&before[&name]), "{}", path.display());
        for comment in &found {
            for raw in comment.lines.iter().filter_map(|line| line.split_once("“=")?.1.split_once("=”")) {
                let (raw, words) = (dense(raw.0), dense(&comment.words));
                if has_choices(&path) && words.is_empty() {
                    continue;
                }
                if is_plain(&path) {
                    // Of a cell of several paragraphs, one is marked.
                    assert!(raw.contains(&words), "{}: at {words:?} for {raw:?}", path.display());
                    assert_eq!(raw.is_empty(), words.is_empty(), "{}: at {words:?} for {raw:?}", path.display());
                } else {
                    assert!(
                        is_within(raw.as_bytes(), words.as_bytes()),
                        "{}: at {words:?} for {raw:?}",
                        path.display()
                    );
                }
                figures += 1;
            }
        }
        assert_eq!(extracted(&copy.bytes).reports, reports, "{}", path.display());
    }
    assert!(figures > 4000, "{figures}");
}

#[test]
fn what_takes_no_comments_says_why() {
    for path in samples() {
        let Some(why) = refused(&path) else { continue };
        let bytes = std::fs::read(&path).expect("a sample");
        let error = crate::cases::annotated(&bytes, Lang::Zh).expect_err("refused");
        assert_eq!(error.name(), why);
        assert!(matches!(error, AnnotateError::Obstacle(Obstacle::SingleFile | Obstacle::Encoding(_))));
    }
}
