//! `datapackage.json` against the published profile, and against the files that it describes.

use std::path::Path;

use gongkai::export::{Headers, Settings};
use serde_json::Value;

use super::export_support::{extraction, item};
use super::read_back::csv;
use super::{settings, write};

/// The profile of tabular data packages, version 1, as its makers publish it.
const PROFILE: &str = include_str!("../datapackage/tabular-data-package.json");

fn package(dir: &Path, settings: &Settings) -> Value {
    write(dir, &["datapackage"], &[item("a", &extraction()), item("b", &extraction())], settings);
    let text = std::fs::read_to_string(dir.join("datapackage.json")).expect("the package");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn the_package_is_as_its_profile_asks() {
    let profile: Value = serde_json::from_str(PROFILE).expect("JSON");
    let validator = jsonschema::validator_for(&profile).expect("a schema");
    for headers in [Headers::Id, Headers::Zh, Headers::Code] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut package = package(folder.path(), &settings().headers(headers));
        let errors: Vec<String> =
            validator.iter_errors(&package).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        package["resources"][0]["schema"]["fields"][0]["type"] = "words".into();
        assert!(!validator.is_valid(&package), "the profile refuses what is wrong");
    }
}

#[test]
fn the_package_describes_the_files_beside_it() {
    for settings in [settings(), settings().headers(Headers::Zh), settings().headers(Headers::Code).excel(true)] {
        let folder = tempfile::tempdir().expect("a folder");
        let package = package(folder.path(), &settings);
        for resource in package["resources"].as_array().expect("resources") {
            let path = folder.path().join(resource["path"].as_str().expect("a path"));
            let bytes = std::fs::read(&path).expect("the file");
            assert_eq!(resource["bytes"], bytes.len());
            assert_eq!(resource["hash"], format!("sha256:{}", gongkai::batch::sha256(&bytes)));
            assert_eq!(resource["encoding"] == "utf-8-sig", bytes.starts_with(b"\xef\xbb\xbf"));
            let rows = csv(&path);
            let fields = resource["schema"]["fields"].as_array().expect("fields");
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().expect("a name")).collect();
            assert_eq!(names, rows.names);
            for (at, field) in fields.iter().enumerate() {
                holds(field, rows.rows.iter().map(|row| row[at].as_deref()));
            }
            unique(&resource["schema"], &names, &rows.rows);
        }
    }
}

/// Every cell is of the field's type and obeys its rules.
fn holds<'a>(field: &Value, cells: impl Iterator<Item = Option<&'a str>>) {
    let constraints = &field["constraints"];
    for cell in cells {
        let Some(text) = cell else {
            assert!(constraints["required"] != true, "{field}");
            continue;
        };
        match field["type"].as_str().expect("a type") {
            "integer" => assert!(text.parse::<i64>().is_ok(), "{field}: {text}"),
            "number" => assert!(text.parse::<f64>().is_ok(), "{field}: {text}"),
            _ => {}
        }
        if let Some(choices) = constraints["enum"].as_array() {
            assert!(choices.iter().any(|choice| choice == text), "{field}: {text}");
        }
    }
    for title in ["title", "title@zh", "description", "description@zh"] {
        assert!(field[title].as_str().is_some_and(|text| !text.is_empty()), "{field}");
    }
}

fn unique(schema: &Value, names: &[&str], rows: &[Vec<Option<String>>]) {
    let Some(key) = schema["primaryKey"].as_array() else { return };
    let places: Vec<usize> =
        key.iter().map(|name| names.iter().position(|known| name == known).expect("a column")).collect();
    let mut seen = std::collections::HashSet::new();
    assert!(rows.iter().all(|row| seen.insert(places.iter().map(|place| &row[*place]).collect::<Vec<_>>())));
}

#[test]
fn units_are_those_of_the_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let package = package(folder.path(), &settings());
    let fields = package["resources"][1]["schema"]["fields"].as_array().expect("fields");
    let fees = fields.iter().find(|field| field["name"] == "proactive.fees.amount").expect("the field");
    assert_eq!((fees["unit"].as_str(), fees["type"].as_str()), (Some("万元"), Some("number")));
    assert_eq!(fees["title"], "proactive: fees: amount");
}
