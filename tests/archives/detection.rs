//! What a file is, its content decides: under any name, also without an ending.

use std::path::{Path, PathBuf};

use gongkai::Options;
use gongkai::ingest::READERS;

use crate::make::{gbk, zip, zip_raw};
use crate::run::{folder, named, of, pairs, run};

/// The inputs of all samples.
fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let cases = std::fs::read_dir(folder).expect("samples").map(|case| case.expect("a case").path());
    let mut inputs: Vec<PathBuf> = cases.filter(|case| case.is_dir()).map(|case| input(&case)).collect();
    inputs.sort();
    inputs
}

fn input(case: &Path) -> PathBuf {
    let mut files = std::fs::read_dir(case).expect("a case").map(|file| file.expect("a file").path());
    files.find(|file| file.file_stem().is_some_and(|stem| stem == "input")).expect("an input")
}

fn sample(case: &str) -> Vec<u8> {
    std::fs::read(input(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(case))).expect("an input")
}

#[test]
fn no_sample_is_an_archive_and_each_is_read_without_its_ending() {
    for path in samples() {
        let bytes = std::fs::read(&path).expect("an input");
        let read = gongkai::extract(&bytes, &Options::default()).expect("readable");
        for name in ["年报", "年报.2021"] {
            let ran = of(name, &bytes);
            // A text that is no report is nothing that was asked for.
            let expected = usize::from(read.format != "text" || !read.reports.is_empty());
            assert_eq!(ran.outcomes.len(), expected, "{}", path.display());
            assert!(ran.outcomes.iter().all(|outcome| outcome.read.as_ref().is_ok_and(|found| *found == read)));
        }
    }
}

#[test]
fn a_wrong_ending_does_no_harm() {
    let endings = ["doc", "wps", "xls", "docx", "html", "txt", "zip", "gz"];
    for case in
        ["docx-2021", "doc-2021", "html-2021", "html-mhtml-2021", "html-excel-2021", "docx-flat-2021", "bars-2021"]
    {
        let bytes = sample(case);
        let read = gongkai::extract(&bytes, &Options::default()).expect("readable");
        for ending in endings {
            let ran = of(&format!("r.{ending}"), &bytes);
            let found = ran.outcomes[0].read.as_ref().expect("readable");
            assert_eq!((ran.outcomes.len(), found), (1, &read), "{case} as .{ending}");
        }
    }
}

#[test]
fn an_archive_is_one_under_the_name_of_a_document_and_the_other_way_round() {
    let docx = sample("docx-2021");
    let archive = zip(&[("r.docx", &docx)]);
    for name in ["a.docx", "a.doc", "a", "a.2021"] {
        let ran = of(name, &archive);
        assert_eq!((ran.tally.archives, ran.tally.packed), (1, 1), "{name}");
        assert_eq!(ran.outcomes[0].source, format!("{name}/r.docx"));
    }
    let ran = of("r.zip", &docx);
    assert_eq!((ran.outcomes.len(), ran.tally.archives), (1, 0));
    // Whatever is left of a damaged document, it is none of reports.
    for cut in [docx.len() / 3, docx.len() / 2, docx.len() - 30] {
        assert_eq!(of("r.docx", &docx[..cut]).tally.archives, 0, "{cut}");
    }
    // Other documents are none either: their parts are no reports.
    let book =
        zip(&[("mimetype", b"application/epub+zip"), ("META-INF/container.xml", b"<a/>"), ("a.html", b"<html>")]);
    let ran = of("book.zip", &book);
    assert_eq!(ran.files(), pairs(&[("book.zip", "unknown_format")]));
}

#[test]
fn files_of_other_kinds_are_skipped_unread() {
    // A folder can be called anything; to open it as a file would be an error.
    let root = folder(&[("in/r.txt", &crate::make::report(1)), ("in/a.py", b"# x"), ("in/b.jpg", b"x")]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let locked = std::fs::Permissions::from_mode(0o000);
        std::fs::set_permissions(root.path().join("in/b.jpg"), locked).expect("set");
    }
    let ran = named(root.path(), &["in"]);
    assert_eq!(ran.files(), pairs(&[("r.txt", "1")]));
    assert_eq!(ran.skipped(), [(".jpg", 1), (".py", 1)]);
}

#[test]
fn a_large_file_without_an_ending_is_judged_by_its_first_bytes() {
    let mut program = b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec();
    program.resize(1 << 20, 0);
    let root = folder(&[("program", &program)]);
    let mut options = Options::default();
    // Were it read whole, it would be too large.
    options.limits.file_bytes = 1 << 19;
    let ran = run(&[root.path().to_owned()], &options);
    assert!(ran.outcomes.is_empty());
    assert_eq!(ran.skipped(), [("", 1)]);
}

#[test]
fn every_ending_of_every_reader_is_walked() {
    let report = crate::make::report(1);
    let names: Vec<String> =
        READERS.iter().flat_map(|reader| reader.extensions).map(|ending| format!("r.{ending}")).collect();
    let names: std::collections::BTreeSet<&String> = names.iter().collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &report[..])).collect();
    let root = folder(&files);
    assert_eq!(run(&[root.path().to_owned()], &Options::default()).outcomes.len(), files.len());
}

/// The archive among the samples: names in GBK, two reports that are samples themselves.
#[test]
fn the_archive_among_the_samples_holds_two_samples() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/archive-gbk.zip");
    let [docx, text] = [sample("docx-2021"), sample("bars-2021")];
    if std::env::var_os("GONGKAI_BLESS").is_some() {
        let files =
            [(gbk("乡镇报告/2022年政府信息公开年度报告.docx"), &docx[..]), (gbk("政府信息公开年报.txt"), &text)];
        std::fs::write(&path, zip_raw(&files)).expect("written");
    }
    let ran = run(&[path], &Options::default());
    let [first, second, archive] = &ran.outcomes[..] else { panic!("{:?}", ran.files()) };
    assert_eq!(first.source, "archive-gbk.zip/乡镇报告/2022年政府信息公开年度报告.docx");
    assert_eq!(second.source, "archive-gbk.zip/政府信息公开年报.txt");
    assert!(archive.is_archive());
    for (outcome, bytes) in [(first, &docx), (second, &text)] {
        let alone = gongkai::extract_named(bytes, &outcome.source, &Options::default()).expect("readable");
        assert_eq!(outcome.read.as_ref().expect("readable"), &alone);
    }
}
