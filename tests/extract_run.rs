//! A run over many files, with a stand-in for the readers.

mod export_support;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use export_support::{extraction, rows};
use gongkai::batch::{Folder, Job, Plan, Summary, Wanted, walk};
use gongkai::export::{EXPORTERS, FORMATS, Format, Settings};
use gongkai::finding::{Lang, Severity};
use gongkai::{Error, Extraction, Options};

/// Bytes that begin with `report` are a report; `fault` is what the program trips over.
fn stand_in(bytes: &[u8], _: &str, _: &Options) -> Result<Extraction, Error> {
    assert!(!bytes.starts_with(b"fault"), "a fault made for the test");
    match bytes {
        [] => Err(Error::Empty),
        _ if bytes.starts_with(b"report") => Ok(extraction()),
        _ => Ok(Extraction { format: "text".to_owned(), reports: Vec::new(), findings: Vec::new() }),
    }
}

fn inputs() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (name, text) in [("1.txt", "report"), ("2.txt", "fault"), ("3.txt", ""), ("4.txt", "else"), ("5.txt", "report")]
    {
        put(&root.path().join(name), text);
    }
    root
}

#[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
fn put(path: &Path, text: &str) {
    fs::write(path, text).expect("written");
}

fn run(inputs: &[PathBuf], out: &Path, lang: Lang) -> Summary {
    let options = Options::default();
    let settings = Arc::new(Settings::new(&options.forms).lang(lang));
    let walked = walk(inputs, Some(out));
    let summary = Summary { skipped: walked.skipped, repeated: walked.repeated, ..Summary::default() };
    let formats: Vec<&Format> = FORMATS.iter().take(2).collect();
    let wanted = Wanted { formats: &formats, json_each: true, forms: false };
    let folder = Folder::create(out, &settings, wanted).expect("begun");
    let texts = folder.texts();
    let job = Job { options: &options, extract: stand_in, lang, waivers: None };
    static NEVER: AtomicBool = AtomicBool::new(false);
    let plan = Plan { threads: NonZeroUsize::new(2).expect("two"), stop: &NEVER, journal: None };
    let ((summary, folder), ended) = job.run(
        walked.entries,
        &plan,
        move |item| texts.make(item),
        (summary, folder),
        |(summary, folder), done| {
            summary.add(&done.item);
            folder.add(&done.item, done.made)
        },
    );
    ended.expect("written");
    folder.finish().expect("finished");
    summary
}

fn text(out: &Path, file: &str) -> String {
    fs::read_to_string(out.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn one_bad_file_costs_only_itself_and_the_order_stays() {
    let (root, out) = (inputs(), tempfile::tempdir().expect("a folder"));
    let summary = run(&[root.path().to_owned()], out.path(), Lang::En);
    assert_eq!((summary.files, summary.unreadable, summary.reports), (3, 2, 4));
    assert_eq!(summary.worst(), Some(Severity::Error));

    let reports: Vec<(String, String)> = rows(&text(out.path(), "reports.csv"))
        .into_iter()
        .map(|row| (row["source"].clone(), row["report"].clone()))
        .collect();
    let pair = |source: &str, report: &str| (source.to_owned(), report.to_owned());
    assert_eq!(reports, [pair("1.txt", "1"), pair("1.txt", "2"), pair("5.txt", "1"), pair("5.txt", "2")]);
    assert_eq!(text(out.path(), "reports.jsonl").lines().count(), 4);

    let findings = rows(&text(out.path(), "findings.csv"));
    let unreadable: Vec<(&str, &str, &str, &str)> = findings
        .iter()
        .filter(|row| row["code"] == "unreadable_file")
        .map(|row| (row["source"].as_str(), row["report"].as_str(), row["severity"].as_str(), row["found"].as_str()))
        .collect();
    assert_eq!(unreadable, [("2.txt", "", "error", "fault"), ("3.txt", "", "error", "empty")]);
    assert!(findings.iter().any(|row| row["message"] == "it is empty (0 bytes); get it again from its source"));
    assert!(out.path().join("reports/1.txt-2.json").is_file());
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let (root, out) = (inputs(), tempfile::tempdir().expect("a folder"));
    run(&[root.path().join("1.txt")], out.path(), Lang::En);
    // printf report | sha256sum
    assert_eq!(
        rows(&text(out.path(), "reports.csv"))[0]["sha256"],
        "845e91831319e89c4d656bdb80c278ac09a7230d61e5dfd2e1b1fbb436ac8917"
    );
}

#[test]
fn a_second_run_into_its_own_input_folder_gives_the_same_bytes() {
    let root = inputs();
    let out = root.path().join("out");
    run(&[root.path().to_owned()], &out, Lang::Zh);
    let first: Vec<String> = EXPORTERS.iter().map(|exporter| text(&out, exporter.file)).collect();
    let summary = run(&[root.path().to_owned()], &out, Lang::Zh);
    let second: Vec<String> = EXPORTERS.iter().map(|exporter| text(&out, exporter.file)).collect();
    assert_eq!(first, second);
    assert!(summary.skipped.is_empty(), "{:?}", summary.skipped);
    assert!(first[2].contains("内容为空"));
}

#[test]
fn a_template_of_ones_own_stands_before_the_shipped_ones_and_adds_its_columns() {
    let root = tempfile::tempdir().expect("a folder");
    let path = root.path().join("own.toml");
    let table = "[[table]]\nid='t'\ncode='t'\nsection='s'\ntitle='T'\nlayout='matrix'\n[[table.block]]\n\
                 [[table.block.column]]\nid='c'\ncode='c'\nlabel='C'\nunit='件'\n[[table.block.row]]\nid='r'\ncode='r'\nlabel='R'\n";
    put(&path, &format!("edition='x'\nsource='x'\nfirst_year=2030\n{table}"));
    let options = gongkai::batch::options(Some(&path)).expect("a template");
    let editions: Vec<&str> = options.forms.iter().map(|form| form.edition.as_str()).collect();
    assert_eq!(editions, ["x", "2021", "2019", "2014"]);
    let settings = Settings::new(&options.forms);
    assert_eq!(settings.tables()[0], "t");
    assert_eq!(settings.fields()[0].key.as_str(), "t.r.c");

    put(&path, &format!("edition='2021'\nsource='x'\nfirst_year=2030\n{table}"));
    assert_eq!(gongkai::batch::options(Some(&path)).expect("a template").forms.len(), 3);

    for (wrong, cause) in [("edition=", "own.toml"), ("edition='x'\nsource='x'\nfirst_year=1\n", "[[table]]")] {
        put(&path, wrong);
        let message = gongkai::batch::options(Some(&path)).expect_err("no template").message(Lang::En);
        assert!(message.contains(cause) && message.contains("own.toml"), "{message}");
    }
    let gone = gongkai::batch::options(Some(&root.path().join("gone"))).expect_err("not there");
    assert!(gone.message(Lang::Zh).contains("没有这个文件"), "{}", gone.message(Lang::Zh));
}
