//! The formats of `check`: what other programs require of them.

use gongkai::document::Origin;
use gongkai::export::{Checked, check_json, junit, sarif};
use gongkai::finding::{Code, Finding, Lang, Place, Severity};
use gongkai::report::{Report, Stated};
use gongkai::template::Key;
use serde_json::Value;

/// A Word report with an error in a cell, a text report with a line, a file that was not read.
fn files() -> Vec<Checked> {
    let place = Place { table: "甲表".to_owned(), row: "一、新收".to_owned(), column: "总计".to_owned() };
    let cell = Origin { page: Some(3), table: Some(2), row: Some(4), column: Some(10), line: None };
    let error = Finding::new(Code::RowTotal).field(&Key::new("applications.new_received.total")).place(place).at(cell);
    let error = error.expected("5").found("<6> & “7”\u{1b}").detail("reading", "");
    let warning = Finding::new(Code::YearUnknown).at(Origin::of_line(12));
    let title = Some(Stated { text: "甲报告".to_owned(), origin: Origin::default() });
    let of = |finding| Report { number: 1, title: title.clone(), findings: vec![finding], ..Report::default() };
    vec![
        Checked { file: "a/甲 1.docx".to_owned(), outcome: Ok((vec![of(error)], Vec::new())) },
        Checked {
            file: "b.txt".to_owned(),
            outcome: Ok((vec![of(warning)], vec![Finding::new(Code::CharsetGuessed)])),
        },
        Checked { file: "c.png".to_owned(), outcome: Err("the file is a PNG picture".to_owned()) },
    ]
}

#[test]
fn json_has_every_finding_with_its_sentence() {
    let value: Value = serde_json::from_str(&check_json(&files(), Lang::En)).expect("JSON");
    assert_eq!(value.as_array().map(Vec::len), Some(3));
    let finding = &value[0]["reports"][0]["findings"][0];
    assert_eq!(finding["code"], "row_total");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["field"], "applications.new_received.total");
    assert_eq!(finding["origin"]["column"], 10);
    assert!(finding["message"].as_str().expect("text").starts_with("table “甲表”, row “一、新收”"));
    assert_eq!(value[1]["findings"][0]["code"], "charset_guessed");
    assert_eq!(value[2]["error"], "the file is a PNG picture");
    assert_eq!(value[2]["reports"], Value::Array(Vec::new()));
}

/// What SARIF 2.1.0 requires (sections 3.13, 3.14, 3.18, 3.19, 3.27, 3.29, 3.30 and 3.33).
#[test]
fn sarif_has_what_the_standard_requires() {
    let log: Value = serde_json::from_str(&sarif(&files(), Lang::En)).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "gongkai");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let rules = driver["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), Code::ALL.len());
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string(), "{rule}");
        assert!(
            ["note", "warning", "error"].contains(&rule["defaultConfiguration"]["level"].as_str().expect("a level"))
        );
    }
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 4);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI");
        assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
    }
}

#[test]
fn sarif_names_the_place() {
    let log: Value = serde_json::from_str(&sarif(&files(), Lang::Zh)).expect("JSON");
    let results = &log["runs"][0]["results"];
    assert_eq!(results[0]["level"], "error");
    let location = &results[0]["locations"][0];
    assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "a/%E7%94%B2%201.docx");
    assert_eq!(location["physicalLocation"].get("region"), None);
    assert_eq!(location["logicalLocations"][0]["name"], "甲表 / 一、新收 / 总计");
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "applications.new_received.total");
    assert_eq!(location["logicalLocations"][0]["kind"], "cell");
    assert_eq!(results[0]["properties"]["table"], 2);
    assert_eq!(results[0]["properties"]["expected"], "5");
    assert_eq!(results[1]["locations"][0]["physicalLocation"]["region"]["startLine"], 12);
    let languages = [&log["runs"][0]["language"], &log["runs"][0]["tool"]["driver"]["language"]];
    assert_eq!(languages, ["zh-CN", "zh-CN"], "two letters and two of a country (3.14.7, 3.19.21)");
    assert_eq!(results[3]["ruleId"], "unreadable_file");
    assert_eq!(results[3]["message"]["text"], "the file is a PNG picture");
}

#[test]
fn sarif_names_files_from_the_root_as_such() {
    let uri = |file: &str| {
        let checked = Checked { file: file.to_owned(), outcome: Err(String::new()) };
        let log: Value = serde_json::from_str(&sarif(&[checked], Lang::En)).expect("JSON");
        let location = &log["runs"][0]["results"][0]["locations"][0];
        location["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI").to_owned()
    };
    assert_eq!(uri("/a/b c.txt"), "file:///a/b%20c.txt");
    assert_eq!(uri("//a"), "file:////a");
    assert_eq!(uri("a.txt"), "a.txt");
}

/// The elements of an XML text with their attributes, in order; fails where it is not well-formed.
fn elements(xml: &str) -> Vec<(String, std::collections::BTreeMap<String, String>)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut elements, mut open) = (Vec::new(), 0_i32);
    loop {
        let event = reader.read_event().expect("well-formed");
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                open += i32::from(matches!(event, Event::Start(_)));
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.expect("well-formed");
                    (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
                });
                elements.push((tag.name().as_ref().to_owned(), attributes.collect()));
            }
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0);
    elements
}

#[test]
fn junit_has_a_suite_a_file_and_a_case_a_code() {
    let xml = junit(&files(), Some(Severity::Error), Lang::En).expect("XML");
    let elements = elements(&xml);
    let named = |name: &str| elements.iter().filter(|(element, _)| element == name).collect::<Vec<_>>();
    let suites = named("testsuite");
    assert_eq!(suites.len(), 3);
    assert_eq!(suites[0].1["name"], "a/甲 1.docx");
    assert_eq!(suites[0].1["tests"], Code::ALL.len().to_string());
    assert_eq!((suites[0].1["failures"].as_str(), suites[0].1["errors"].as_str()), ("1", "0"));
    assert_eq!((suites[1].1["failures"].as_str(), suites[1].1["errors"].as_str()), ("0", "0"));
    assert_eq!((suites[2].1["failures"].as_str(), suites[2].1["errors"].as_str()), ("0", "1"));
    assert_eq!(named("testcase").len(), 3 * Code::ALL.len());
    assert_eq!(named("failure")[0].1["type"], "error");
    assert_eq!(named("system-out").len(), 2, "lighter findings are printed with their cases");
    assert!(xml.contains("总计 reads &lt;6&gt; &amp; “7”\u{fffd}. Find"), "{xml}");
}

/// The attributes that the schema of JUnit XML in use with Jenkins allows, as far as they occur.
#[test]
fn junit_has_no_attribute_that_its_schema_lacks() {
    let xml = junit(&files(), Some(Severity::Error), Lang::En).expect("XML");
    for (element, attributes) in elements(&xml) {
        let allowed: &[&str] = match element.as_str() {
            "testsuites" => &["name", "time", "tests", "failures", "disabled", "errors"],
            "testsuite" => &["name", "tests", "failures", "errors", "time", "disabled", "skipped", "timestamp"],
            "testcase" => &["name", "classname", "time", "status", "assertions"],
            "failure" | "error" => &["type", "message"],
            _ => &[],
        };
        for name in attributes.keys() {
            assert!(allowed.contains(&name.as_str()), "{element}: {name}");
        }
    }
    assert!(
        xml.contains(&format!("skipped=\"{}\"", Code::ALL.len() - 1)),
        "the suite of an unread file keeps its count"
    );
}

#[test]
fn junit_fails_what_the_caller_minds() {
    let failures = |minded| junit(&files(), minded, Lang::En).expect("XML").matches("<failure").count();
    assert_eq!([failures(None), failures(Some(Severity::Error)), failures(Some(Severity::Warning))], [0, 1, 2]);
}
