//! The table of divisions against that of another package: `tests/second_opinion/division_gb2260.py`.

use std::collections::BTreeMap;

use gongkai::division::of_code;

/// Where both differ and we are right: gb2260 misprints 荔浦 and 江州, and lists three offices on islands
/// that were no counties.
const KNOWN: [&str; 5] = ["450331", "451402", "469031", "469032", "469033"];

#[test]
fn another_package_has_the_same_names_and_codes() {
    let text = include_str!("../second_opinion/division_gb2260.json");
    let years: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(text).expect("JSON");
    for (year, names) in years {
        let year: i32 = year.parse().expect("a year");
        assert!(names.len() > 3_200, "{year}");
        for (code, name) in &names {
            let ours = of_code(code.parse().expect("digits"), year).map(|division| division.name);
            assert!(KNOWN.contains(&code.as_str()) || ours == Some(name), "{year} {code}: {ours:?}, {name}");
        }
    }
}
