//! A run over files of a folder, and what it gave, in short.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gongkai::batch::{Job, Outcome, Tally, walk};
use gongkai::finding::{Code, Lang};
use gongkai::template::Key;
use gongkai::{Extraction, Options};

/// What a run gave.
pub struct Ran {
    pub outcomes: Vec<Outcome>,
    pub tally: Tally,
    /// Skipped by the walk of folders and within archives.
    pub skipped: BTreeMap<String, usize>,
}

/// A folder with these files.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("written");
    }
    root
}

pub fn run(inputs: &[PathBuf], options: &Options) -> Ran {
    let walked = walk(inputs, None);
    let job = Job { options, extract: gongkai::extract_named, lang: Lang::En, waivers: None };
    let mut outcomes = Vec::new();
    let tally = job.outcomes(walked.entries, |outcome| {
        outcomes.push(outcome);
        Ok::<(), std::convert::Infallible>(())
    });
    let Ok(tally) = tally;
    let mut skipped = walked.skipped;
    for (kind, count) in &tally.skipped {
        *skipped.entry(kind.clone()).or_default() += count;
    }
    Ran { outcomes, tally, skipped }
}

/// The run over a folder with one file.
pub fn of(name: &str, bytes: &[u8]) -> Ran {
    within(name, bytes, &Options::default())
}

/// The same with limits of one's own.
pub fn within(name: &str, bytes: &[u8], options: &Options) -> Ran {
    let root = folder(&[(name, bytes)]);
    run(&[root.path().to_owned()], options)
}

/// The run over inputs of a folder.
pub fn named(root: &Path, inputs: &[&str]) -> Ran {
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| root.join(input)).collect();
    run(&inputs, &Options::default())
}

impl Ran {
    /// Each file with the figure of its report, or why it cannot be read; archives left out.
    pub fn files(&self) -> Vec<(&str, String)> {
        let files = self.outcomes.iter().filter(|outcome| !outcome.is_archive());
        files.map(|outcome| (outcome.source.as_str(), figure(outcome))).collect()
    }

    /// The findings about archives: where, which, and the sentence.
    pub fn about_archives(&self) -> Vec<(&str, Code, String)> {
        let read = self.outcomes.iter().filter(|outcome| outcome.is_archive());
        let told = read.filter_map(|outcome| Some((outcome, outcome.read.as_ref().ok()?)));
        let findings = told.flat_map(|(outcome, read)| read.findings.iter().map(move |finding| (outcome, finding)));
        findings.map(|(of, finding)| (of.source.as_str(), finding.code, finding.message(Lang::En))).collect()
    }

    pub fn skipped(&self) -> Vec<(&str, usize)> {
        self.skipped.iter().map(|(kind, count)| (kind.as_str(), *count)).collect()
    }
}

/// The one figure of a report of [`super::make::report`], or the name of what went wrong.
fn figure(outcome: &Outcome) -> String {
    match &outcome.read {
        Err(error) => error.name().to_owned(),
        Ok(Extraction { reports, .. }) => {
            let key = Key::new("proactive.licensing.decisions");
            let figure =
                reports.first().and_then(|report| report.figure(&key)).and_then(|figure| figure.value.number());
            figure.map_or("no figure".to_owned(), |number| number.to_string())
        }
    }
}

/// Pairs as a run gives them.
pub fn pairs<'a>(expected: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    expected.iter().map(|&(source, figure)| (source, figure.to_owned())).collect()
}
