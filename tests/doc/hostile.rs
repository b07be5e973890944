//! Broken and hostile binary Word files: what can be read is read, what is refused says why.

#![allow(clippy::disallowed_methods, reason = "tests read files and the clock")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::doc::{self, Builder, Paragraph, cell, container, definition, p, row, row_end, sprm};
use crate::docx::{self, body, cells, codes};
use encoding_rs::WINDOWS_1252;
use gongkai::document::Document;
use gongkai::finding::Lang;
use gongkai::ingest::{self, Error, Limits};

/// Longest time that any file may take, without optimisation.
const LONGEST: Duration = Duration::from_secs(5);

fn limit_of(error: &Error) -> &'static str {
    match error {
        Error::Limit { name, .. } => name,
        other => panic!("expected a limit, found {other:?}"),
    }
}

/// The reason of the reader for refusing.
fn reason(bytes: &[u8]) -> String {
    (ingest::doc::READER.recognise)(bytes).expect_err("a refusal").of(Lang::En).to_owned()
}

fn read(bytes: &[u8]) -> Document {
    ingest::read(bytes, &Limits::default()).expect("a document")
}

/// The cause of a document that was read in part.
fn cause(document: &Document) -> &str {
    assert!(document.partial);
    assert_eq!(codes(document), ["partial_file"]);
    &document.findings[0].details["cause"]
}

fn sample() -> Builder {
    let mut paragraphs = vec![p("政府信息公开工作年度报告")];
    paragraphs.extend(row(&["规章", "12"], &[0, 1000, 2000], &[]));
    paragraphs.extend((0..60).map(|at| p(&format!("第{at}段"))));
    Builder::new(paragraphs)
}

// ---- recognition ----

#[test]
fn refusals_are_precise() {
    let of = |stream: &str| container(&[(stream, vec![0; 8])]);
    assert_eq!(reason(&of("Workbook")), "an old binary Excel workbook");
    assert_eq!(reason(&of("PowerPoint Document")), "an old binary PowerPoint presentation");
    assert_eq!(reason(&of("VisioDocument")), "an old binary Visio drawing");
    assert_eq!(reason(&of("MatOST")), "a Works document");
    assert_eq!(reason(&of("Contents")), "an OLE container without a Word document");
    assert_eq!(reason(b"\xdb\xa5\x2d\0 and more"), "a file of Word 2 or older, which Word 97 to 2003 can convert");
    assert_eq!(reason(b"<html>"), "no OLE container");
}

#[test]
fn word_2_is_named() {
    let error = ingest::read(b"\xdb\xa5\x2d\0\0\0\0\0\0\0", &Limits::default()).expect_err("a refusal");
    assert_eq!(error.name(), "unknown_format");
    assert!(error.to_string().starts_with("the file is a document of Word 2, which is not read"), "{error}");
}

#[test]
fn a_web_page_or_zip_archive_called_doc_is_not_taken() {
    assert_eq!(read("政府信息公开年报".as_bytes()).format, "text");
    assert_eq!(read(&docx::Builder::new(&docx::p("x")).bytes()).format, "docx");
}

#[test]
fn passwords_are_named() {
    let locked = Builder { flags: 0x0100, ..sample() };
    assert_eq!(locked.refused(&Limits::default()), Error::PasswordProtected);
    let old = Builder { flags: 0x0100, ..Builder::word6(WINDOWS_1252, 0x0409, vec![p("x")]) };
    assert_eq!(old.refused(&Limits::default()), Error::PasswordProtected);
}

// ---- damage ----

/// The file with its table of sectors overwritten.
fn without_sector_table(mut bytes: Vec<u8>) -> Vec<u8> {
    let number = u32::from_le_bytes([bytes[76], bytes[77], bytes[78], bytes[79]]) as usize;
    bytes[512 * (number + 1)..512 * (number + 2)].fill(0x33);
    bytes
}

#[test]
fn a_damaged_table_of_sectors_does_not_lose_the_text() {
    let whole = sample();
    let document = read(&without_sector_table(whole.bytes()));
    assert_eq!(body(&document), body(&whole.read()));
    assert_eq!(cells(&document.tables[0]), [["规章", "12"]]);
    assert!(cause(&document).contains("sector by sector"), "{}", cause(&document));
}

#[test]
fn text_is_found_where_the_directory_is_lost() {
    // The main stream is the first that was written, and begins with the first sector.
    let streams = sample().streams();
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(512, 0);
    bytes.extend(&streams[0].1);
    let document = read(&bytes);
    assert_eq!(body(&document)[0], "政府信息公开工作年度报告");
    let cause = &document.findings[0].details["cause"];
    assert!(document.partial && cause.contains("byte 512"), "{cause}");
}

/// A directory entry, as an earlier state of the file or an embedded one leaves it behind.
fn leftover(name: &str, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.resize(128, 0);
    entry[64] = u8::try_from(2 * name.len() + 2).expect("short");
    entry[116..120].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    entry[120..124].copy_from_slice(&length.to_le_bytes());
    entry
}

#[test]
fn entries_left_behind_do_not_hide_the_text() {
    let whole = sample();
    let mut bytes = without_sector_table(whole.bytes());
    // They stand before the directory: in the header, where an honest file lists its sectors.
    let left = [leftover("Root Entry", 0), leftover("WordDocument", 0), leftover("WordDocument", 5000)].concat();
    bytes[128..512].copy_from_slice(&left);
    let document = read(&bytes);
    assert_eq!(body(&document), body(&whole.read()));
}

#[test]
fn a_container_without_any_text_is_damage_that_says_what_was_tried() {
    let error = ingest::read(&container(&[("WordDocument", vec![0; 5000])]), &Limits::default()).expect_err("an error");
    assert_eq!(error.name(), "damaged");
    for tried in ["does not begin as one", "sectors", "byte 512"] {
        assert!(error.to_string().contains(tried), "{error}");
    }
}

#[test]
fn a_stream_cut_off_keeps_what_came_before() {
    let mut streams = sample().streams();
    streams[0].1.truncate(0x600 + 100);
    let document = read(&container(&streams));
    assert_eq!(body(&document)[0], "政府信息公开工作年度报告");
    let cause = &document.findings[0].details["cause"];
    assert!(document.partial && cause.contains("is not there"), "{cause}");
}

#[test]
fn without_a_piece_table_the_text_is_read_in_one_piece() {
    let mut streams = sample().streams();
    streams[0].1[0x1a2..0x1aa].fill(0);
    let document = read(&container(&streams));
    assert_eq!(body(&document)[0], "政府信息公开工作年度报告");
    assert_eq!(cells(&document.tables[0]), [["规章", "12"]]);
    assert_eq!(cause(&document), "there is no piece table");
}

#[test]
fn marks_without_their_table_lose_nothing() {
    let broken =
        vec![cell("a"), Paragraph { mark: '\u{7}', ..p("b") }, row_end(&definition(&[0, 100], &[])), cell("c")];
    let document = Builder::new(broken).read();
    let all: Vec<String> =
        document.tables.iter().flat_map(|table| cells(table).concat()).chain(body(&document)).collect();
    for text in ["a", "b", "c"] {
        assert!(all.iter().any(|line| line == text), "{text} of {all:?}");
    }
}

// ---- limits ----

#[test]
fn each_limit_is_named() {
    let limits = Limits { cells: 5, paragraphs: 8, ..Limits::default() };
    let many = Builder::new([row(&["1", "2"], &[0, 1, 2], &[]), row(&["3", "4"], &[0, 1, 2], &[])].concat());
    assert_eq!(limit_of(&many.refused(&limits)), "cells");
    assert_eq!(limit_of(&Builder::new(vec![p("a"); 9]).refused(&limits)), "paragraphs");
    assert!(ingest::read(&Builder::new(vec![p("a"); 8]).bytes(), &limits).is_ok());
}

#[test]
fn tables_nested_too_deep_are_flattened_and_said() {
    let deep = cell("deep").at_depth(0xff);
    let document = Builder::new(vec![deep, p("after")]).read();
    assert_eq!(codes(&document), ["nesting_flattened"]);
    assert_eq!(document.tables.len(), Limits::default().nested_tables);
}

/// A file whose every paragraph asks for the longest list there is.
fn greedy() -> Builder {
    let mut builder = Builder::new(vec![row_end(&sprm(0x646b, &[4, 0, 0, 0])); 400]);
    let list: Vec<u8> = sprm(0x7621, &[0, 255, 1, 0]).into_iter().chain(sprm(0x5622, &[0, 255])).collect();
    let list = list.repeat(3270);
    let length = u16::try_from(list.len()).expect("short").to_le_bytes();
    builder.data = [&[0; 4][..], &length, &list].concat();
    builder.changes = vec![1; 400];
    builder.change_lists = vec![list];
    builder
}

#[test]
fn lists_named_again_and_again_cost_no_hours() {
    let bytes = greedy().bytes();
    let started = Instant::now();
    let _ = read(&bytes);
    assert!(started.elapsed() < LONGEST, "{:?}", started.elapsed());
}

#[test]
fn many_notes_cost_no_hours() {
    let mut builder = Builder::new(vec![p("body")]);
    builder.stories[1] = (10_000..60_000).map(|at| p(&at.to_string())).collect();
    let bounds: Vec<u32> = (0..=50_000).map(|at| 6 * at).collect();
    builder.parts.push((0xb2, doc::places(&bounds)));
    let bytes = builder.bytes();
    let started = Instant::now();
    assert_eq!(read(&bytes).asides.len(), 50_000);
    assert!(started.elapsed() < LONGEST, "{:?}", started.elapsed());
}

#[test]
fn pieces_that_all_show_the_same_text_are_no_bomb() {
    let mut streams = Builder::new(vec![p(&"x".repeat(20_000)); 2]).streams();
    // A piece table of 5,000 pieces over the whole text each.
    let bounds: Vec<u32> = (0..=5_000).map(|at| at * 20_000).collect();
    let pieces = [0, 0, 0, 6, 0, 0, 0, 0].repeat(5_000);
    let list = [doc::places(&bounds), pieces].concat();
    let clx = [&[2][..], &u32::try_from(list.len()).expect("small").to_le_bytes(), &list].concat();
    let (at, length) = (streams[1].1.len(), clx.len());
    streams[1].1.extend(clx);
    for (place, value) in [(0x1a2, at), (0x1a6, length), (0x4c, 100_000_000)] {
        streams[0].1[place..place + 4].copy_from_slice(&u32::try_from(value).expect("small").to_le_bytes());
    }
    let document = read(&container(&streams));
    let text: usize = body(&document).iter().map(String::len).sum();
    assert!(document.partial && text <= streams[0].1.len(), "{text}");
}

// ---- other people's files ----

/// Binary Word files of other projects' tests, where `GONGKAI_CORPUS` names the folder above them.
fn others() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS") else {
        println!("GONGKAI_CORPUS is not set: no files of others to read");
        return Vec::new();
    };
    let walk = walkdir::WalkDir::new(PathBuf::from(folder).join("robust")).sort_by_file_name();
    let files = walk.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let ending = |path: &PathBuf| path.extension().map(|ending| ending.to_ascii_lowercase());
    let files: Vec<PathBuf> = files
        .filter(|path| {
            ending(path).is_some_and(|ending| ingest::doc::READER.extensions.iter().any(|known| ending == *known))
        })
        .collect();
    assert!(files.len() >= 140, "only {} files", files.len());
    files
}

#[test]
fn every_file_of_others_gives_a_document_or_a_clear_error_in_time() {
    let files = others();
    let mut read = 0;
    for path in &files {
        let bytes = std::fs::read(path).expect("a file");
        let started = Instant::now();
        match ingest::read(&bytes, &Limits::default()) {
            Ok(document) => {
                read += 1;
                document.tables.iter().for_each(|table| drop(table.grid()));
            }
            Err(error) => assert!(error.to_string().len() > 20, "{}", path.display()),
        }
        assert!(started.elapsed() < LONGEST, "{}: {:?}", path.display(), started.elapsed());
    }
    println!("{read} of {} read", files.len());
    assert!(files.is_empty() || read >= 139, "only {read} of {} read", files.len());
    assert!(peak_memory().is_none_or(|kilobytes| kilobytes < 1 << 20), "{:?} kB", peak_memory());
}

/// The most memory that this process has used, in kilobytes, where the system says so.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
