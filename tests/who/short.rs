//! Divisions named in short, in organs' names, texts and folders: `short.csv`, made up and checked by hand.

use gongkai::{Options, extract_named};

/// A line of the table: organ, year, file name, a sentence, what is expected.
fn rows() -> Vec<[&'static str; 5]> {
    let lines = include_str!("short.csv").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split(',').collect::<Vec<_>>().try_into().expect("five columns")).collect()
}

fn found(organ: &str, year: &str, name: &str, sentence: &str) -> String {
    // A name that ends with its year stands so in the title.
    let title = format!("{}{year}年政府信息公开工作年度报告", organ.trim_end_matches(&format!("{year}年度")));
    let text = format!("{title}\n一、总体情况\n各项工作平稳推进。{sentence}\n二、主动公开政府信息情况\n无。\n");
    let name = if name.is_empty() { "input.txt" } else { name };
    let mut extraction = extract_named(text.as_bytes(), name, &Options::default()).expect("readable");
    let report = extraction.reports.remove(0);
    let Some(place) = report.place else { return "-".to_owned() };
    let codes: Vec<String> = place.candidates.into_iter().map(|unit| unit.code).collect();
    place.unit.map_or_else(|| format!("?{}", codes.join(" ")), |unit| unit.code)
}

#[test]
fn every_name_in_short_is_what_was_found_by_hand() {
    let rows = rows();
    let negatives = rows.iter().filter(|row| !row[4].starts_with(|c: char| c.is_ascii_digit())).count();
    assert!(rows.len() >= 60 && negatives * 3 >= rows.len(), "{negatives} of {}", rows.len());
    let mut wrong = Vec::new();
    for [organ, year, name, sentence, expected] in rows {
        let found = found(organ, year, name, sentence);
        if found != expected {
            wrong.push(format!("{organ} {year} {name} {sentence}: {found} for {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
