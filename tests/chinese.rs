//! With `--lang zh` every message is Chinese: no English words but names of formats, files,
//! fields, codes and flags.
#![allow(clippy::disallowed_methods, reason = "a test prepares files")]

#[path = "support/doc.rs"]
mod doc;
#[path = "support/docx.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use gongkai::finding::{Code, Finding, Lang, Words};
use gongkai::ingest::{self, Error, LIMITS, Limits, READERS, Reason};
use support::{Builder, document_xml, p};

/// Names that are written alike in every language.
const NAMES: &[&str] = &[
    "UTF",
    "GBK",
    "Big",
    "PNG",
    "JPEG",
    "GIF",
    "BMP",
    "PDF",
    "EOF",
    "RAR",
    "Zip",
    "zip",
    "gzip",
    "XML",
    "HTML",
    "MHTML",
    "RTF",
    "JSON",
    "TOML",
    "SARIF",
    "JUnit",
    "OLE",
    "office",
    "document",
    "content",
    "xml",
    "OpenDocument",
    "EPUB",
    "Office",
    "Word",
    "WPS",
    "Excel",
    "PowerPoint",
    "Outlook",
    "Visio",
    "Works",
    "Hangul",
    "Windows",
    "Ctrl",
    "docx",
    "doc",
    "xls",
    "ppt",
    "wps",
    "SUM",
];

/// Runs of three and more Latin letters that are no names: what stands in backticks, in « » or
/// in brackets (codes) is quoted.
fn english(text: &str) -> Vec<String> {
    let mut plain = String::new();
    for (at, part) in text.split('`').enumerate() {
        plain.push_str(if at % 2 == 0 { part } else { " " });
    }
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.entry().name).collect();
    let readers: Vec<&str> = READERS.iter().map(|reader| reader.name).collect();
    // `memory` stands for several of them.
    let limits: Vec<&str> = LIMITS.iter().map(|limit| limit.name).chain(["memory"]).collect();
    let known = |word: &str| [NAMES, &codes[..], &readers[..], &limits[..]].iter().any(|names| names.contains(&word));
    // A word with a slash is the name of a file.
    let tokens = plain.split(|c: char| !c.is_ascii_graphic()).filter(|token| !token.contains('/'));
    let words = tokens.flat_map(|token| token.split(|c: char| !c.is_ascii_alphabetic() && c != '_'));
    words.filter(|word| word.len() >= 3 && !known(word)).map(str::to_owned).collect()
}

#[track_caller]
fn chinese(text: &str) {
    let found = english(text);
    assert!(found.is_empty(), "{found:?} in: {text}");
    assert!(text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "no Chinese in: {text}");
}

#[test]
fn english_is_seen() {
    assert_eq!(english("文件 is 空 the file（zip）"), ["the", "file"]);
    assert!(english("不是 docx：`--limit ratio=NUMBER`，UTF-8").is_empty());
}

#[test]
fn every_error_of_reading() {
    let why = Words::from(("English", "原因"));
    let mut errors = vec![
        Error::Empty,
        Error::PasswordProtected,
        Error::Damaged { reader: "docx", what: why.clone() },
        Error::Unknown { looks_like: None, reasons: vec![Reason { reader: "docx", why }] },
    ];
    errors.extend(LIMITS.iter().map(|limit| Error::Limit { name: limit.name, limit: 1, found: 2 }));
    for error in errors {
        chinese(&error.message(Lang::Zh));
    }
}

/// Bytes of many kinds that no reader takes.
fn refused() -> Vec<Vec<u8>> {
    let zip = |name: &str| {
        let builder = Builder::of_main("x", b"<x/>".to_vec());
        builder.without("x").without("_rels/.rels").without("[Content_Types].xml").raw(name, b"<x/>").bytes()
    };
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.resize(1024, 0);
    let mut cases: Vec<Vec<u8>> =
        ["xl/workbook.xml", "ppt/presentation.xml", "mimetype", "a.txt"].iter().map(|name| zip(name)).collect();
    let magics: [&[u8]; 9] = [
        b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"BM\0\0\0\0",
        b"Rar!\x1a",
        b"7z\xbc\xaf",
        b"\x1f\x8b\x08",
        b"PK\x05\x06",
        b"PK\x03\x04",
    ];
    cases.extend(magics.iter().map(|magic| magic.to_vec()));
    cases.push(ole);
    cases.extend(
        ["<?xml version='1.0'?><a/>", "{\\rtf1 x}", "MIME-Version: 1.0\n"].map(|text| text.as_bytes().to_vec()),
    );
    cases.push(vec![0; 100]);
    let streams = ["Workbook", "Book", "PowerPoint Document", "VisioDocument", "MatOST", "HwpSummaryInformation"];
    cases.extend(streams.map(|stream| doc::container(&[(stream, vec![0; 8])])));
    cases.push(doc::container(&[("__properties_version1.0", vec![0; 8])]));
    cases.push(b"\xdb\xa5\x2d\0 and more".to_vec());
    cases.push(br#"<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>"#.to_vec());
    cases
}

#[test]
fn every_reason_for_refusing() {
    let mut refusals = 0;
    for bytes in refused() {
        for reader in READERS {
            if let Err(why) = (reader.recognise)(&bytes) {
                chinese(&format!("不是：{}", why.of(Lang::Zh)));
                refusals += 1;
            }
        }
        if let Err(error) = ingest::read(&bytes, &Limits::default()) {
            chinese(&error.message(Lang::Zh));
        }
    }
    assert!(refusals > 25, "{refusals}");
}

/// Word files that break in different ways, each at many places.
fn broken() -> Vec<Vec<u8>> {
    let body = p("示例县人民政府2021年政府信息公开工作年度报告").repeat(20);
    let whole = Builder::new(&body).bytes();
    let xml = document_xml(&body);
    let mut cases: Vec<Vec<u8>> = (1..40).map(|part| whole[..whole.len() * part / 40].to_vec()).collect();
    let of_main = |main: &[u8]| Builder::of_main("word/document.xml", main.to_vec()).bytes();
    // The middle of the body, where a character begins.
    let middle = xml.char_indices().map(|(at, _)| at).find(|at| *at >= xml.len() / 2).expect("a middle");
    let (head, tail) = xml.split_at(middle);
    for fault in ["<w:p", "</w:x>", "<w:p a=>", "<!--", "<![CDATA[", "&#xffffffff;", "<"] {
        cases.push(of_main(format!("{head}{fault}{tail}").as_bytes()));
    }
    cases.push(of_main(head.as_bytes()));
    cases.push(of_main(&[head.as_bytes(), b"\xff\xfe", tail.as_bytes()].concat()));
    cases.push(of_main(b""));
    cases.push(of_main(b"<x/>"));
    cases
}

#[test]
fn every_break_of_a_word_file() {
    let mut said = std::collections::BTreeSet::new();
    for bytes in broken() {
        match ingest::read(&bytes, &Limits::default()) {
            Err(error) => {
                chinese(&error.message(Lang::Zh));
                said.insert(error.name());
            }
            Ok(document) => {
                for finding in &document.findings {
                    chinese(&finding.message(Lang::Zh));
                    said.insert(finding.code.entry().name);
                }
            }
        }
    }
    assert_eq!(Vec::from_iter(said), ["damaged", "partial_file", "undecodable_text"]);
}

#[test]
fn every_break_of_an_rtf_file() {
    let breaks =
        ["{\\rtf1{\\b", "{\\rtf1 a\\par", "{\\rtf1 a\\par}b\\par}", "{\\rtf1 a\\bin9 b}", "{\\rtf1\\u-10179 a}"];
    for text in breaks {
        match ingest::read(text.as_bytes(), &Limits::default()) {
            Err(error) => chinese(&error.message(Lang::Zh)),
            Ok(document) => {
                assert!(!document.findings.is_empty(), "{text}");
                document.findings.iter().for_each(|finding| chinese(&finding.message(Lang::Zh)));
            }
        }
    }
}

/// Binary Word files that break in different ways.
fn broken_binary() -> Vec<Vec<u8>> {
    let sample = doc::Builder::new((0..60).map(|at| doc::p(&format!("第{at}段"))).collect());
    let streams = sample.streams();
    let whole = sample.bytes();
    let mut cases: Vec<Vec<u8>> = (1..40).map(|part| whole[..whole.len() * part / 40].to_vec()).collect();
    // The table of sectors.
    let number = u32::from_le_bytes([whole[76], whole[77], whole[78], whole[79]]) as usize;
    let mut sectors = whole.clone();
    sectors[512 * (number + 1)..512 * (number + 2)].fill(0x33);
    cases.push(sectors);
    // The directory is lost; then the text too; then all but the first bytes of it.
    let mut lost = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    lost.resize(512, 0);
    cases.push([&lost[..], &streams[0].1].concat());
    cases.push(doc::container(&[("WordDocument", vec![0; 5000])]));
    cases.push(doc::container(&[("WordDocument", streams[0].1[..20].to_vec())]));
    let with = |stream: usize, change: &dyn Fn(&mut Vec<u8>)| {
        let mut streams = sample.streams();
        change(&mut streams[stream].1);
        doc::container(&streams)
    };
    // The stream cut off, also where its text begins; no piece table; one that is cut off or out of order; no tables at all.
    cases.extend([0x600 + 100, 0x300].map(|length| with(0, &|stream| stream.truncate(length))));
    cases.push(with(0, &|stream| stream[0x1a2..0x1aa].fill(0)));
    cases.push(with(0, &|stream| stream[0x1a6..0x1aa].copy_from_slice(&[9, 0, 0, 0])));
    let pieces = u32::from_le_bytes([0x1a2, 0x1a3, 0x1a4, 0x1a5].map(|at| streams[0].1[at])) as usize;
    cases.push(with(1, &|stream| stream[pieces + 13..pieces + 17].fill(0)));
    cases.push(with(1, &|stream| stream.clear()));
    cases
}

#[test]
fn every_break_of_a_binary_word_file() {
    let mut said = std::collections::BTreeSet::new();
    for bytes in broken_binary() {
        match ingest::read(&bytes, &Limits::default()) {
            Err(error) => {
                chinese(&error.message(Lang::Zh));
                said.insert(error.message(Lang::En));
            }
            Ok(document) => {
                for finding in &document.findings {
                    chinese(&finding.message(Lang::Zh));
                    said.insert(finding.message(Lang::En));
                }
            }
        }
    }
    for cause in [
        "shorter than a header",
        "does not begin as one",
        "led to a text",
        "sector by sector",
        "usually begins",
        "pages with properties",
        "no piece table",
        "piece table breaks off",
        "out of order",
        "is not there",
    ] {
        assert!(said.iter().any(|said| said.contains(cause)), "{cause}: {said:#?}");
    }
}

#[test]
fn every_finding_of_the_catalogue() {
    for &code in Code::ALL {
        let entry = code.entry();
        chinese(&format!("标题：{}", entry.title(Lang::Zh)));
        let mut finding = Finding::new(code).expected("甲").found("乙");
        for (at, part) in entry.message(Lang::En).split(['{', '}']).enumerate() {
            if at % 2 == 1 && !["expected", "found"].contains(&part) {
                finding = finding.detail(part, "丙");
            }
        }
        chinese(&format!("内容：{}", finding.message(Lang::Zh)));
        // A detail that nobody stored is said to be unknown, in the language of the sentence.
        chinese(&format!("内容：{}", Finding::new(code).message(Lang::Zh)));
    }
}

/// What findings store besides the catalogue's sentences: words found, rules, evidence.
#[test]
fn every_finding_of_the_samples_and_of_their_halves() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut codes = std::collections::BTreeSet::new();
    for case in fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").path()) {
        let Ok(files) = fs::read_dir(&case) else { continue };
        let mut files = files.map(|entry| entry.expect("an entry").path());
        let Some(input) = files.find(|path| path.file_stem().is_some_and(|stem| stem == "input")) else { continue };
        let bytes = fs::read(&input).expect("the input");
        for part in [&bytes[..], &bytes[..bytes.len() / 2], &bytes[..bytes.len() / 3]] {
            let Ok(extraction) = gongkai::extract(part, &gongkai::Options::default()) else { continue };
            let of_reports = extraction.reports.iter().flat_map(|report| &report.findings);
            for finding in of_reports.chain(&extraction.findings) {
                let said = finding.message(Lang::Zh);
                chinese(&said);
                codes.insert(finding.code.entry().name);
            }
        }
    }
    assert!(codes.len() > 15, "{codes:?}");
}

// ---- the command ----

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.current_dir(folder).args(["--lang", "zh"]).args(arguments).stdin(Stdio::null());
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    let said = [stderr, stdout].concat();
    (status.code(), String::from_utf8(said).expect("UTF-8"))
}

#[test]
fn everything_the_command_says_of_misuse_and_of_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    for (name, text) in [
        ("甲.json", "{}"),
        ("乙.json", "{\"version\":1}"),
        ("丙.json", "{\"version\":9}"),
        ("丁.json", "[1]"),
        ("戊.toml", "edition=1"),
        ("己.txt", "没有表格的文字"),
        ("庚.json", "{\"version\":1}\n{\"version\":1}"),
        ("辛", ""),
    ] {
        fs::write(path.join(name), text).expect("written");
    }
    let cases: [(&[&str], i32); 45] = [
        (&[], 3),
        (&["chek"], 3),
        (&["extract"], 3),
        (&["extract", ""], 3),
        (&["extract", "己.txt", "--excel"], 3),
        (&["extract", "-x"], 3),
        (&["extract", "己.txt", "--out", "甲.json"], 3),
        (&["extract", "己.txt", "--out", "甲.json/下"], 3),
        (&["extract", "己.txt", "--limit", "x"], 3),
        (&["extract", "己.txt", "--template", "戊.toml"], 3),
        (&["extract", "己.txt", "--template", "无"], 3),
        (&["extract", "无", "己.txt", "辛", "--out", "出"], 2),
        (&["extract", "."], 0),
        (&["extract", "."], 0),
        (&["check", "己.txt", "己.txt", "无", "."], 2),
        (&["check", "己.txt", "--format", "xml"], 3),
        (&["show", "."], 2),
        (&["show", "己.txt"], 0),
        (&["show", "己.txt", "--width", "1"], 3),
        (&["explain"], 3),
        (&["explain", "无此项"], 3),
        (&["explain", "己.txt"], 3),
        (&["explain", "己.txt", "无此项"], 2),
        (&["render", "甲.json", "-o", "出.docx"], 2),
        (&["render", "乙.json", "-o", "出.docx"], 2),
        (&["render", "丙.json", "-o", "出.docx"], 2),
        (&["render", "丁.json", "-o", "出.docx"], 2),
        (&["render", "庚.json", "-o", "出.docx"], 2),
        (&["render", "甲.json"], 3),
        (&["schema", "--json", "--format", "md"], 3),
        (&["panel"], 3),
        (&["panel", "己.txt"], 0),
        (&["panel", "无"], 2),
        (&["panel", "己.txt", "--from", "2022", "--to", "2020"], 3),
        (&["panel", "己.txt", "--organs", "无"], 3),
        (&["panel", "己.txt", "--figures", "无此项"], 3),
        (&["panel", "乙.jsonl"], 2),
        (&["compare", "己.txt", "无"], 2),
        (&["compare", "己.txt", "."], 2),
        (&["sum", "己.txt"], 2),
        (&["sum", "己.txt", "-o", "己.txt"], 3),
        (&["sum", "己.txt", "--against", "."], 2),
        (&["sum", "己.txt", "--against", "己.txt"], 2),
        (&["sum", "己.txt", "--units", "无"], 3),
        (&["sum", "己.txt", "--year", "2023"], 2),
    ];
    for (arguments, code) in cases {
        let (ended, said) = run(path, arguments);
        assert_eq!(ended, Some(code), "{arguments:?}: {said}");
        // Names that the test itself gave, and lines of data.
        let said = said.lines().filter(|line| !line.starts_with('{')).collect::<Vec<_>>().join("\n");
        let said =
            [".jsonl", ".json", ".toml", ".txt", ".csv"].iter().fold(said, |said, ending| said.replace(ending, ""));
        chinese(&said.replace("--json-each", "").replace("reports", ""));
    }
}

#[test]
fn the_help_of_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let commands = [
        "extract",
        "check",
        "diff",
        "panel",
        "compare",
        "show",
        "explain",
        "schema",
        "formats",
        "render",
        "sum",
        "completions",
        "man",
    ];
    let mut asked: Vec<Vec<&str>> =
        commands.iter().flat_map(|name| [vec![*name, "--help"], vec![*name, "-h"]]).collect();
    asked.extend([vec!["--help"], vec!["-h"], vec!["help", "check"]]);
    for arguments in asked {
        let (code, said) = run(folder.path(), &arguments);
        assert_eq!(code, Some(0), "{said}");
        // The line of usage is written alike in every language, and so are flags, `<VALUES>` and names of commands.
        let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with("用法：")).collect();
        let outside: String = lines.join("\n").split(['<', '>']).step_by(2).collect();
        let flags: Vec<&str> = outside.split_whitespace().filter(|word| word.starts_with('-')).collect();
        let known = |word: &str| {
            let name = ["CSV", "Parquet", "SQLite", "Stata", "SPSS"].contains(&word)
                || commands.contains(&word)
                || word == "help";
            name || flags.iter().any(|flag| flag.split(|c: char| !c.is_alphabetic()).any(|part| part == word))
        };
        let found = english(&outside);
        let foreign: Vec<&String> = found.iter().filter(|word| !known(word)).collect();
        assert!(foreign.is_empty(), "{foreign:?} in: {said}");
    }
}
