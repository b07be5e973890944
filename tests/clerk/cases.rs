//! The cases, made by `make.py`, and the program run over them.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gongkai::annotate::{AnnotateError, Annotated, Said, docx};
use gongkai::finding::Lang;
use gongkai::ingest::{Limits, anatomy};
use gongkai::template::Form;
use gongkai::{Extraction, Options};

/// A Word file with planted errors.
pub struct Case {
    pub name: String,
    pub folder: PathBuf,
    pub bytes: Vec<u8>,
    /// Words that a comment must stand at, and the code it must name.
    pub planted: Vec<(String, String)>,
}

pub fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clerk/cases");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("cases").map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    assert!(folders.len() >= 15, "only {} cases", folders.len());
    folders.into_iter().map(case).collect()
}

fn case(folder: PathBuf) -> Case {
    let planted = std::fs::read_to_string(folder.join("planted.tsv")).expect("planted.tsv");
    let planted = planted.lines().map(|line| line.split_once('\t').expect("two columns"));
    Case {
        name: folder.file_name().expect("a name").to_string_lossy().into_owned(),
        bytes: std::fs::read(folder.join("input.docx")).expect("input.docx"),
        planted: planted.map(|(words, code)| (words.to_owned(), code.to_owned())).collect(),
        folder,
    }
}

/// Every case with its copy: made once for all tests.
pub fn copies() -> &'static [(Case, Annotated)] {
    static COPIES: OnceLock<Vec<(Case, Annotated)>> = OnceLock::new();
    let copy = |case: Case| {
        let copy = annotated(&case.bytes, Lang::En).expect("annotated");
        (case, copy)
    };
    COPIES.get_or_init(|| cases().into_iter().map(copy).collect())
}

pub fn case_of(name: &str) -> Case {
    cases().into_iter().find(|case| case.name == name).expect("a case")
}

pub fn extracted(bytes: &[u8]) -> Extraction {
    gongkai::extract(bytes, &Options::default()).expect("readable")
}

/// The file with comments about these reports and findings.
pub fn commented(bytes: &[u8], extraction: &Extraction, lang: Lang) -> Result<Annotated, AnnotateError> {
    let anatomy = anatomy(bytes, &Limits::default()).expect("readable").map_err(AnnotateError::Obstacle)?;
    let said = Said { reports: &extraction.reports, findings: &extraction.findings, forms: Form::shipped(), lang };
    docx(bytes, &anatomy, &said)
}

/// The same about what a check of the file finds.
pub fn annotated(bytes: &[u8], lang: Lang) -> Result<Annotated, AnnotateError> {
    commented(bytes, &extracted(bytes), lang)
}

/// Compares with a stored text; `GONGKAI_BLESS=1` stores it anew, to be looked at.
#[track_caller]
pub fn same(path: &Path, found: &str) {
    if std::env::var_os("GONGKAI_BLESS").is_some() {
        std::fs::write(path, found).expect("written");
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    assert!(stored == found, "{} differs from:\n{found}", path.display());
}
