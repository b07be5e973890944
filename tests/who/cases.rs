//! Made-up reports with what is known of them: `cases/*.json`, each with the text (or a sample), the file's
//! name, the place given by option, and what must come out. Expectations were written with the texts.

use std::path::{Path, PathBuf};

use gongkai::division::Places;
use gongkai::finding::Code;
use gongkai::report::Report;
use gongkai::{Options, extract_named};
use serde_json::{Map, Value, json};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<(String, Value)> {
    let entries = std::fs::read_dir(root().join("tests/who/cases")).expect("cases");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    let read = |path: &PathBuf| serde_json::from_slice(&std::fs::read(path).expect("a case")).expect("JSON");
    paths.iter().map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), read(path))).collect()
}

/// The bytes of a case: a sample's, or its own lines with the sections of the form below them.
fn bytes(case: &Value) -> Vec<u8> {
    if let Some(sample) = case["sample"].as_str() {
        return std::fs::read(root().join("samples").join(sample).join("input.txt")).expect("a sample");
    }
    let lines = |name: &str| -> Vec<String> {
        let lines = case[name].as_array().into_iter().flatten();
        lines.map(|line| line.as_str().expect("a line").to_owned()).collect()
    };
    let sections = ["一、总体情况", "各项工作平稳推进。", "二、主动公开政府信息情况", "无。"].map(str::to_owned);
    let all: Vec<String> = lines("text").into_iter().chain(sections).chain(lines("end")).collect();
    all.join("\n").into_bytes()
}

/// The codes about who and when.
const CODES: [Code; 12] = [
    Code::TitleConflict,
    Code::OrganUnknown,
    Code::YearUnknown,
    Code::YearConflict,
    Code::YearOpen,
    Code::PeriodOdd,
    Code::PublishedEarly,
    Code::OrganConflict,
    Code::TakenFromName,
    Code::PlaceAmbiguous,
    Code::PlaceConflict,
    Code::TitleMissing,
];

/// What is known of a report, without what is not there.
fn known(report: &Report) -> Map<String, Value> {
    let place = report.place.as_ref();
    let contact = report.contact.as_ref();
    let codes: Vec<&str> = report
        .findings
        .iter()
        .map(|finding| finding.code)
        .filter(|code| CODES.contains(code))
        .map(|code| code.entry().name)
        .collect();
    let all = json!({
        "organ": report.organ.as_ref().map(|organ| &organ.name),
        "organ_by": report.organ.as_ref().map(|organ| &organ.by),
        "level": report.level.map(|level| level.name()),
        "year": report.year,
        "year_by": report.evidence.first().map(|evidence| &evidence.by),
        "code": place.and_then(|place| place.unit.as_ref()).map(|unit| &unit.code),
        "place": place.and_then(|place| place.unit.as_ref()).map(|unit| &unit.name),
        "table": place.map(|place| place.year),
        "by": place.map(|place| &place.by),
        "candidates": place.filter(|place| !place.candidates.is_empty()).map(|place| place.candidates.iter().map(|unit| format!("{} {}", unit.code, unit.name)).collect::<Vec<_>>()),
        "parent": report.parent.as_ref().map(|unit| format!("{} {}", unit.code, unit.name)),
        "published": report.published.as_ref().map(|published| &published.date),
        "published_by": report.published.as_ref().map(|published| &published.by),
        "number": report.document_number.as_ref().map(|number| &number.text),
        "address": contact.and_then(|contact| contact.address.as_ref()),
        "postcode": contact.and_then(|contact| contact.postcode.as_ref()),
        "telephone": contact.and_then(|contact| contact.telephone.as_ref()),
        "email": contact.and_then(|contact| contact.email.as_ref()),
        "findings": Some(codes).filter(|codes| !codes.is_empty()),
    });
    let Value::Object(all) = all else { unreachable!("an object") };
    all.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

fn report(case: &Value) -> Report {
    let places = case["option"].as_str().map_or_else(Places::default, |code| Places::of_code(code).expect("a code"));
    let options = Options { places, ..Options::default() };
    let name = case["name"].as_str().unwrap_or("input.txt");
    let mut extraction = extract_named(&bytes(case), name, &options).expect("readable");
    assert_eq!(extraction.reports.len(), 1, "{case}");
    extraction.reports.remove(0)
}

#[test]
fn every_case_is_known_as_it_was_made() {
    let cases = cases();
    assert!(cases.len() >= 20, "only {} cases", cases.len());
    let mut wrong = String::new();
    for (name, case) in &cases {
        let (known, expected) = (known(&report(case)), case["expected"].as_object().expect("expectations"));
        for field in known.keys().chain(expected.keys().filter(|field| !known.contains_key(*field))) {
            if known.get(field) != expected.get(field) {
                wrong +=
                    &format!("\n{name}: {field}: expected {:?}, found {:?}", expected.get(field), known.get(field));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn everything_stands_where_it_is_said_to_stand() {
    for (name, case) in cases() {
        let report = report(&case);
        let text = String::from_utf8(bytes(&case)).expect("UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        let stands = |text: &str, line: Option<u32>| {
            let line = lines[line.expect("a line") as usize - 1];
            let first = text.lines().next().unwrap_or("");
            // Width is folded, and what was a place in a long line is cut out of it.
            line.contains(first) || line.contains(&first.chars().take(6).collect::<String>())
        };
        if let Some(number) = &report.document_number {
            assert!(stands(&number.text, number.origin.line), "{name}: {number:?}");
        }
        if let Some(published) = &report.published {
            assert!(stands(&published.text, published.origin.line), "{name}: {published:?}");
        }
        if let Some(contact) = &report.contact {
            assert!(stands(&contact.text, contact.origin.line), "{name}: {contact:?}");
        }
    }
}

#[test]
fn a_name_never_changes_what_the_document_says() {
    let telling =
        ["2019年/广州市/天河区教育局/1.txt", "深圳市2020年政府信息公开工作年度报告.txt", "2020.zip/福建省/x.txt"];
    for (name, case) in cases() {
        let plain = report(&json!({ "sample": case["sample"], "text": case["text"], "end": case["end"] }));
        for source in telling {
            let named =
                report(&json!({ "sample": case["sample"], "text": case["text"], "end": case["end"], "name": source }));
            let own =
                |report: &Report| report.organ.clone().filter(|organ| ["title", "body"].contains(&organ.by.as_str()));
            if own(&plain).is_some() {
                assert_eq!(own(&named), own(&plain), "{name} {source}");
            }
            if plain.year.is_some() {
                assert_eq!(named.year, plain.year, "{name} {source}");
            }
            let settled = plain.place.as_ref().and_then(|place| place.unit.as_ref());
            if settled.is_some() {
                assert_eq!(named.place.as_ref().and_then(|place| place.unit.as_ref()), settled, "{name} {source}");
            }
            let figures = |report: &Report| report.figures().map(|figure| figure.value).collect::<Vec<_>>();
            if plain.year.is_some() {
                assert_eq!(figures(&named), figures(&plain), "{name} {source}");
            }
        }
    }
}

#[test]
fn a_period_in_a_name_is_taken_where_the_document_states_none() {
    let of = |text: &str, name: &str| {
        let report = report(&json!({ "text": [text], "name": name }));
        let findings = report.findings.iter().filter(|finding| CODES.contains(&finding.code));
        let codes: Vec<&str> = findings.map(|finding| finding.code.entry().name).collect();
        (report.year, report.period.map(|(first, last)| format!("{first} {last}")), codes.join(" "))
    };
    let title = "韶关市教育局2021年政府信息公开工作年度报告";
    let whole = Some("2021-01-01 2021-12-31".to_owned());
    for name in ["年报20210101-20211231.txt", "2021年1-12月/a.txt", "归档2021.01-2021.12.zip/a.txt"] {
        assert_eq!(of(title, name), (Some(2021), whole.clone(), "taken_from_name".to_owned()), "{name}");
    }
    // Without a title year the name is all there is, and that is said of both.
    let untitled = "韶关市教育局政府信息公开工作年度报告";
    assert_eq!(
        of(untitled, "20210101-20211231.txt"),
        (Some(2021), whole, "taken_from_name taken_from_name".to_owned())
    );
    assert_eq!(of(untitled, "a/2020年度.txt"), (Some(2020), None, "taken_from_name".to_owned()));
    // Of another year than the report it is none of its periods.
    assert_eq!(of(title, "20200101-20201231.txt"), (Some(2021), None, "year_conflict".to_owned()));
}

#[test]
fn samples_of_this_kind_are_cases_too() {
    let made: Vec<String> = cases().iter().filter_map(|(_, case)| case["sample"].as_str().map(str::to_owned)).collect();
    let entries = std::fs::read_dir(root().join("samples")).expect("samples");
    for entry in entries {
        let name = entry.expect("entry").file_name().into_string().expect("UTF-8");
        assert!(!name.starts_with("who-") || made.contains(&name), "{name}");
    }
    assert!(Path::new(&root()).join("samples/who-customs-2021").is_dir());
}

#[test]
fn hostile_texts_and_names_cost_no_time() {
    // Each of these would take minutes if something were looked for anew from every place.
    let words = ["地址", "邮编", "电话", "a@", "示例镇", "鼓楼区", "发布日期：", "〔2022〕", "20"]
        .map(|word| word.repeat(60_000));
    for word in words {
        let case = json!({ "text": ["示例镇人民政府2021年政府信息公开工作年度报告", word], "name": format!("{word}/{word}.txt") });
        report(&case);
        let case = json!({ "text": ["2021年政府信息公开工作年度报告", word], "name": word.replace("2", "2/") });
        report(&case);
    }
}
