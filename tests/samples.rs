//! Every sample: its figures against an expectation made with the sample, not by the program, and
//! each stage against the stored one. `GONGKAI_BLESS=1` writes the stages anew.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

#[path = "support/folded.rs"]
mod folded;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use folded::folded;
use gongkai::export::{EXPORTERS, Item, Settings};
use gongkai::finding::Lang;
use gongkai::report::{Report, Value};

const STAGES: [&str; 4] = ["1-document.json", "2-report.json", "3-cells.csv", "4-findings.csv"];

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let entries = std::fs::read_dir(folder).expect("samples").map(|entry| entry.expect("entry").path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(cases.len() >= 30, "only {} samples", cases.len());
    cases
}

fn input(case: &Path) -> PathBuf {
    let entries = std::fs::read_dir(case).expect("a case").map(|entry| entry.expect("entry").path());
    let mut inputs = entries.filter(|path| path.file_stem().is_some_and(|stem| stem == "input"));
    let input = inputs.next().unwrap_or_else(|| panic!("{} has no input", case.display()));
    assert!(inputs.next().is_none(), "{} has two inputs", case.display());
    input
}

fn reports(case: &Path) -> Vec<Report> {
    let bytes = std::fs::read(input(case)).expect("the input");
    gongkai::extract(&bytes, &gongkai::Options::default())
        .unwrap_or_else(|error| panic!("{}: {error}", case.display()))
        .reports
}

type Row = (String, String, String);

fn expected(case: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(case.join("expected.csv")).expect("expected.csv");
    let rows = reader.records().map(|row| row.expect("a row"));
    let mut rows: Vec<Row> = rows.map(|row| (row[0].to_owned(), row[1].to_owned(), row[2].to_owned())).collect();
    rows.sort();
    rows
}

fn found(reports: &[Report]) -> Vec<Row> {
    let figures = reports.iter().flat_map(Report::figures).filter(|figure| figure.value != Value::Missing);
    let row = |figure: &gongkai::report::Figure| {
        let number = if let Value::Number(number) = figure.value { number.to_string() } else { String::new() };
        (figure.key.to_string(), number, figure.value.state().to_owned())
    };
    let mut rows: Vec<Row> = figures.map(row).collect();
    rows.sort();
    rows
}

#[test]
fn every_figure_is_the_one_the_sample_was_written_with() {
    let mut wrong = String::new();
    for case in samples() {
        let (expected, found) = (expected(&case), found(&reports(&case)));
        let (expected, found): (BTreeSet<&Row>, BTreeSet<&Row>) = (expected.iter().collect(), found.iter().collect());
        let lacking: Vec<_> = expected.difference(&found).take(8).collect();
        let extra: Vec<_> = found.difference(&expected).take(8).collect();
        if !lacking.is_empty() || !extra.is_empty() {
            wrong.push_str(&format!("\n{}\n  lacking {lacking:?}\n  extra {extra:?}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_stage_is_the_stored_one() {
    let bless = std::env::var_os("GONGKAI_BLESS").is_some();
    let mut stale = Vec::new();
    for case in samples() {
        for (name, text) in STAGES.iter().zip(stages(&case)) {
            let path = case.join(name);
            if bless {
                std::fs::write(&path, &text).expect("writable");
            } else if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
                stale.push(path.display().to_string());
            }
        }
    }
    assert!(stale.is_empty(), "not what the program makes now (GONGKAI_BLESS=1 rewrites): {stale:#?}");
}

/// What each stage makes of the input: the model after reading and after mapping and checking,
/// and the two tables as `extract` writes them.
fn stages(case: &Path) -> [String; 4] {
    let input = input(case);
    let bytes = std::fs::read(&input).expect("the input");
    let options = gongkai::Options::default();
    let document = gongkai::ingest::read(&bytes, &options.limits).expect("readable");
    let extraction = gongkai::extract(&bytes, &options).expect("readable");
    let source = input.file_name().expect("a name").to_string_lossy().into_owned();
    let item = Item {
        source: &source,
        sha256: "",
        format: &extraction.format,
        reports: &extraction.reports,
        findings: &extraction.findings,
    };
    [folded(&document), folded(&extraction.reports), exported("cells", &item), exported("findings", &item)]
}

/// What an exporter writes of one input.
fn exported(name: &str, item: &Item<'_>) -> String {
    let settings = Settings::new(gongkai::template::Form::shipped());
    let exporter = EXPORTERS.iter().find(|exporter| exporter.name == name).expect("an exporter");
    let mut bytes = Vec::new();
    (exporter.head)(&mut bytes, &settings).expect("memory");
    (exporter.write)(&mut bytes, item, &settings).expect("memory");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn nothing_in_the_samples_is_left_over() {
    for case in samples() {
        for entry in std::fs::read_dir(&case).expect("a case") {
            let name = entry.expect("entry").file_name().into_string().expect("UTF-8");
            let known = STAGES.contains(&name.as_str()) || name.starts_with("input.") || name == "expected.csv";
            assert!(known, "{}: {name} belongs to nothing", case.display());
        }
    }
}

#[test]
fn every_sample_stands_in_the_list() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/samples.md")).expect("the list");
    let last_columns = text.lines().filter(|line| line.starts_with('|')).filter_map(|line| line.rsplit('|').nth(1));
    let listed: BTreeSet<String> = last_columns.flat_map(in_backticks).collect();
    let name = |case: PathBuf| case.file_name().expect("a name").to_string_lossy().into_owned();
    assert_eq!(listed, samples().into_iter().map(name).collect());
}

fn in_backticks(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn samples_have_no_broken_rule() {
    // The README's first command runs over them and must end well.
    for case in samples() {
        for report in reports(&case) {
            let errors: Vec<String> = report
                .findings
                .iter()
                .filter(|finding| finding.severity == gongkai::finding::Severity::Error)
                .map(|finding| finding.message(Lang::En))
                .collect();
            assert!(errors.is_empty(), "{}: {errors:#?}", case.display());
        }
    }
}
