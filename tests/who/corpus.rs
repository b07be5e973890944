//! Organ, year and editions of real reports, where `GONGKAI_CORPUS` names the folder that holds them.

use std::path::{Path, PathBuf};

use gongkai::report::Report;
use serde_json::Value;

/// What people read off the documents in full is there in the document's own words, in short or in part: the
/// characters of one in the order of the other.
fn agree(found: &str, known: &str) -> bool {
    let simple = |text: &str| gongkai::division::simplified(&gongkai::template::label::simplify(text));
    let within = |short: &str, long: &str| {
        let mut long = long.chars();
        short.chars().all(|c| long.any(|other| other == c))
    };
    let (found, known) = (simple(found), simple(known));
    let head = found.trim_end_matches("人民政府").to_owned();
    within(&found, &known) || within(&head, &known) || within(&known, &found)
}

fn source(case: &Path) -> Option<PathBuf> {
    let names = ["source.txt", "source.md", "source.docx", "source.html", "source.pdf"];
    names.iter().map(|name| case.join(name)).find(|path| path.exists())
}

fn complaints(about: &Value, report: &Report, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let known = about["organ"].as_str().unwrap_or("");
    match &report.organ {
        Some(organ) if known.starts_with('(') || !agree(&organ.name, known) => {
            out.push(format!("organ {} is {known}", organ.name))
        }
        None if !known.contains('(') && text.contains(known) => out.push(format!("organ {known} not found")),
        _ => {}
    }
    let year = about["year"].as_i64().and_then(|year| i32::try_from(year).ok());
    if report.year.is_some() && report.year != year {
        out.push(format!("year {:?} is {year:?}", report.year));
    }
    if report.year.is_none() && year.is_some_and(|year| text.contains(&format!("{year}年"))) {
        out.push(format!("year {year:?} not found"));
    }
    let editions = report.tables.iter().filter_map(|table| table.edition.as_deref());
    let template = about["template"].as_str().unwrap_or("");
    out.extend(
        editions
            .filter(|edition| !template.contains(edition))
            .map(|edition| format!("edition {edition} is {template}")),
    );
    out
}

#[test]
fn organ_year_and_edition_of_every_real_report_are_right() {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS").map(PathBuf::from) else {
        println!("GONGKAI_CORPUS is not set: nothing to compare with");
        return;
    };
    let entries = std::fs::read_dir(folder.join("corpus")).expect("corpus");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("entry").path()).collect();
    cases.sort();
    let (mut named, mut wrong) = (0, String::new());
    for case in &cases {
        let Some(source) = source(case) else { continue };
        let about = std::fs::read(case.join("about.json")).expect("about.json");
        let about: Value = serde_json::from_slice(&about).expect("JSON");
        let bytes = std::fs::read(&source).expect("the source");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let extraction = gongkai::extract(&bytes, &gongkai::Options::default()).expect("readable");
        for report in &extraction.reports {
            named += usize::from(report.organ.is_some());
            for complaint in complaints(&about, report, &text) {
                wrong += &format!("\n{}: {complaint}", case.display());
            }
        }
    }
    assert!(named >= 12, "only {named} reports name their organ");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Codes as people looked them up, of the reports that name their place.
const CODES: &[(&str, &str)] = &[
    ("hongze-2024", "320813"),
    ("shanghai-kewei-2024", "310000"),
    ("shanghai-szfbgt-2019", "310000"),
    ("wujiang-2021", "440203"),
    ("x-dapuqiao-2025", "310101"),
    ("x-guangzhou-gzw-2020", "440100"),
    ("x-qiaoxi-zhongshan-2021", "130104"),
    ("x-taojiang-zhabu-2021", "430922"),
    ("x-wuchang-minyi-2021", "230184"),
    ("x-wuhai-gxj-2020", "150300"),
    ("x-zhangyi-2008", "620602"),
];

#[test]
fn places_of_real_reports_are_right_or_not_given() {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS").map(PathBuf::from) else { return };
    for entry in std::fs::read_dir(folder.join("corpus")).expect("corpus") {
        let case = entry.expect("entry").path();
        let Some(source) = source(&case) else { continue };
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let expected = CODES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code);
        let bytes = std::fs::read(&source).expect("the source");
        let extraction = gongkai::extract(&bytes, &gongkai::Options::default()).expect("readable");
        for report in &extraction.reports {
            let code = report.place.as_ref().and_then(|place| place.unit.as_ref()).map(|unit| unit.code.as_str());
            assert_eq!(code, expected, "{name}");
        }
    }
}
