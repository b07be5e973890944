//! Every output format: what stands in the files, read back with other code than wrote them.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod agree;
mod command;
#[path = "../export_support/mod.rs"]
mod export_support;
mod files;
mod forms;
mod package;
mod read_back;
mod scripts;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gongkai::Extraction;
use gongkai::batch::{Folder, Wanted};
use gongkai::export::{FORMATS, Format, Item, Settings};
use gongkai::template::Form;

/// Every sample by its name, with what is in it.
fn samples() -> Vec<(String, Extraction)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    cases.iter().map(|case| (name(case), extraction(case))).collect()
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn extraction(case: &Path) -> Extraction {
    let mut files = std::fs::read_dir(case).expect("a case").map(|entry| entry.expect("an entry").path());
    let input = files.find(|path| path.file_stem().is_some_and(|stem| stem == "input")).expect("an input");
    let bytes = std::fs::read(input).expect("the input");
    gongkai::extract(&bytes, &gongkai::Options::default()).expect("a sample can be read")
}

fn settings() -> Settings {
    Settings::new(Form::shipped())
}

fn formats(names: &[&str]) -> Vec<&'static Format> {
    let format = |name: &&str| FORMATS.iter().find(|format| format.name == *name).expect("a format");
    names.iter().map(format).collect()
}

/// Writes a folder of these formats.
fn write(dir: &Path, names: &[&str], items: &[Item<'_>], settings: &Settings) {
    write_all(dir, Wanted { formats: &formats(names), json_each: false, forms: false }, items, settings);
}

/// Writes the official form of each report.
fn write_forms(dir: &Path, items: &[Item<'_>], settings: &Settings) {
    write_all(dir, Wanted { formats: &[], json_each: false, forms: true }, items, settings);
}

fn write_all(dir: &Path, wanted: Wanted, items: &[Item<'_>], settings: &Settings) {
    let mut folder =
        Folder::create(dir, &Arc::new(settings.clone()), wanted).unwrap_or_else(|error| panic!("{error:?}"));
    for item in items {
        let made = folder.texts().make(item);
        folder.add(item, made).unwrap_or_else(|error| panic!("{error:?}"));
    }
    folder.finish().unwrap_or_else(|error| panic!("{error:?}"));
}

const EVERY: [&str; 6] = ["csv", "jsonl", "xlsx", "parquet", "sqlite", "datapackage"];
