//! Broken and hostile text: what is no text is refused, what can be read is never read wrong.

#![expect(clippy::disallowed_methods, reason = "fixtures and samples are files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gongkai::report::{Report, Value};
use gongkai::{Error, Extraction, Options};

fn extract(bytes: &[u8]) -> Result<Extraction, Error> {
    gongkai::extract(bytes, &Options::default())
}

/// Codes of all findings, of the file and of its reports.
fn codes(extraction: &Extraction) -> Vec<&'static str> {
    let of_reports = extraction.reports.iter().flat_map(|report| &report.findings);
    extraction.findings.iter().chain(of_reports).map(|finding| finding.code.entry().name).collect()
}

fn in_project(path: &str) -> String {
    format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))
}

/// Input and expected numbers of a sample.
fn sample(case: &str) -> (String, BTreeMap<String, String>) {
    let input = std::fs::read_to_string(in_project(&format!("samples/{case}/input.txt"))).expect("the input");
    let mut expected = csv::Reader::from_path(in_project(&format!("samples/{case}/expected.csv"))).expect("a table");
    let rows = expected.records().map(|row| row.expect("a row"));
    let numbers = rows.filter(|row| &row[2] == "number").map(|row| (row[0].to_owned(), row[1].to_owned()));
    (input, numbers.collect())
}

/// The numbers that were read.
fn numbers(reports: &[Report]) -> BTreeMap<String, String> {
    let figures = reports.iter().flat_map(Report::figures);
    let number = |value| if let Value::Number(number) = value { Some(number.to_string()) } else { None };
    figures.filter_map(|figure| Some((figure.key.to_string(), number(figure.value)?))).collect()
}

/// The first word of a fixture's name is the error, or a finding, that must come of it.
#[test]
fn every_fixture_comes_out_as_its_name_says() {
    let mut seen = 0;
    for entry in std::fs::read_dir(in_project("tests/hostile/text")).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let outcomes = match extract(&std::fs::read(&path).expect("a file")) {
            Ok(extraction) => codes(&extraction),
            Err(error) => vec![error.name()],
        };
        let wanted = name.split('-').next().expect("a word");
        assert!(outcomes.contains(&wanted), "{name}: {outcomes:?}");
        seen += 1;
    }
    assert!(seen >= 14, "the fixtures are gone");
}

#[test]
fn values_that_were_lost_leave_no_figure() {
    let bytes = std::fs::read(in_project("tests/hostile/text/values_lost-repeated-lines-dropped.txt")).expect("a file");
    let reports = extract(&bytes).expect("a report").reports;
    assert!(reports[0].figures().all(|figure| figure.value == Value::Missing));
}

#[test]
fn broken_characters_make_no_other_number() {
    let (_, expected) = sample("bars-2021");
    for name in ["utf8-with-lost-bytes", "utf16-with-half-pairs", "utf16-odd-length"] {
        let path = in_project(&format!("tests/hostile/text/undecodable_text-{name}.txt"));
        let found = numbers(&extract(&std::fs::read(path).expect("a file")).expect("a report").reports);
        assert!(found.len() > 140, "{name}: {} numbers", found.len());
        let wrong = found.iter().filter(|(key, value)| expected.get(*key) != Some(value)).count();
        // The last number of the text that was cut may have lost its end.
        assert!(wrong <= usize::from(name == "utf16-odd-length"), "{name}: {wrong} wrong");
    }
}

#[test]
fn a_text_that_ends_anywhere_is_right_as_far_as_it_goes() {
    for case in ["bars-2021", "bars-alternating-2021", "label-and-numbers-2021", "tabs-2019", "aligned-2021"] {
        let (input, expected) = sample(case);
        let ends: Vec<usize> = input.char_indices().map(|(at, _)| at).skip(1).step_by(131).collect();
        for end in ends {
            let found = numbers(&extract(&input.as_bytes()[..end]).expect("text").reports);
            let wrong: Vec<_> = found.iter().filter(|(key, value)| expected.get(*key) != Some(value)).collect();
            // Only the number in which the text breaks off can be another.
            assert!(wrong.len() <= 1, "{case} cut at byte {end}: {wrong:?}");
        }
    }
}

#[test]
fn invisible_characters_change_nothing() {
    let (input, expected) = sample("bars-2021");
    // Zero-width spaces and joiners, soft hyphens, marks of direction, a mark of byte order.
    for mark in ['\u{200b}', '\u{200d}', '\u{ad}', '\u{200e}', '\u{202c}', '\u{2066}', '\u{feff}'] {
        let mut text = String::new();
        for (at, c) in input.chars().enumerate() {
            text.push(c);
            if at % 3 == 1 && c != '\n' {
                text.push(mark);
            }
        }
        let found = numbers(&extract(text.as_bytes()).expect("text").reports);
        let differ: Vec<_> = expected.iter().filter(|(key, value)| found.get(*key) != Some(value)).collect();
        assert!(differ.is_empty() && found.len() == expected.len(), "{mark:?}: {differ:?}");
    }
}

#[test]
fn huge_texts_without_sense_are_no_reports() {
    let line_of_digits = "7".repeat(20_000_000);
    let bar_a_byte = "|".repeat(1_000_000);
    let separators = "|---|---|\n".repeat(200_000);
    let mut rules = String::new();
    for at in 0..100_000 {
        let _ = writeln!(rules, "+{}+", "-".repeat(at % 9));
    }
    for text in [line_of_digits, bar_a_byte, separators, rules] {
        let extraction = extract(text.as_bytes()).expect("text");
        assert_eq!(codes(&extraction), ["not_a_report"], "{}", &text[..20]);
    }
}

#[test]
fn a_million_rows_pass_a_limit_and_say_so() {
    let error = extract("1 | 2 | 3 |\n".repeat(1_000_000).as_bytes()).expect_err("too many");
    let Error::Limit { name, .. } = error else { panic!("{error}") };
    assert_eq!(name, "cells");
    let error = extract("甲\n".repeat(1_100_000).as_bytes()).expect_err("too many");
    let Error::Limit { name, .. } = error else { panic!("{error}") };
    assert_eq!(name, "paragraphs");
}
