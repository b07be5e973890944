//! Archives made to do harm: each meets a limit by name, soon and in little memory.

use std::time::{Duration, Instant};

use gongkai::Options;
use gongkai::finding::Lang;

use crate::make::{directory, gzip, report, tar, zip, zip_stored};
use crate::run::{Ran, of, pairs, within};

/// Far more than any of them needs in a debug build.
const DEADLINE: Duration = Duration::from_secs(60);

fn limited(limit: &str, value: usize) -> Options {
    let mut options = Options::default();
    gongkai::ingest::Limit::of_name(limit).expect("a limit").set(&mut options.limits, value);
    options
}

/// What is said of a file that cannot be read.
fn message(ran: &Ran, source: &str) -> String {
    let outcome = ran.outcomes.iter().find(|outcome| outcome.source == source).expect("an outcome");
    outcome.read.as_ref().expect_err("unreadable").message(Lang::En)
}

#[expect(clippy::disallowed_methods, reason = "a test measures time")]
fn in_time<T>(what: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = what();
    assert!(start.elapsed() < DEADLINE);
    made
}

#[test]
fn a_file_that_unpacks_to_too_many_times_its_size_is_refused_and_the_others_are_read() {
    let bomb = vec![b' '; 64 << 20];
    let [one, two] = [report(1), report(2)];
    let archive = zip(&[("a.txt", &one), ("bomb.txt", &bomb), ("c.txt", &two)]);
    let ran = in_time(|| of("a.zip", &archive));
    assert_eq!(ran.files(), pairs(&[("a.zip/a.txt", "1"), ("a.zip/bomb.txt", "limit"), ("a.zip/c.txt", "2")]));
    assert!(message(&ran, "a.zip/bomb.txt").contains("limit ratio"));
    for (name, bytes) in [("b.txt.gz", gzip(&bomb)), ("b.tgz", gzip(&tar(&[("b.txt", &bomb)])))] {
        let ran = of(name, &bytes);
        assert_eq!(ran.files(), pairs(&[(name, "limit")]));
        assert!(message(&ran, name).contains("limit ratio"));
    }
}

#[test]
fn a_file_that_is_too_large_is_refused_and_the_others_are_read() {
    let large: Vec<u8> = (0..3_000_u32).flat_map(u32::to_le_bytes).collect();
    let one = report(1);
    let options = limited("file_bytes", 10_000);
    for (name, archive) in [
        ("a.zip", zip(&[("a.txt", &one), ("large.txt", &large)])),
        ("a.tar", tar(&[("a.txt", &one), ("large.txt", &large)])),
        ("a.tgz", gzip(&tar(&[("a.txt", &one), ("large.txt", &large)]))),
    ] {
        let ran = within(name, &archive, &options);
        let [small, large] = [format!("{name}/a.txt"), format!("{name}/large.txt")];
        assert_eq!(ran.files(), pairs(&[(&small, "1"), (&large, "limit")]));
        assert!(message(&ran, &large).contains("limit file_bytes"));
    }
}

#[test]
fn all_that_is_unpacked_from_an_archive_counts_also_from_those_in_it() {
    let bytes = report(1);
    let inner = zip(&[("a.txt", &bytes), ("b.txt", &bytes)]);
    let archive = zip_stored(&[("in.zip", &inner), ("z.txt", &bytes)]);
    let enough = inner.len() + 3 * bytes.len();
    let of_limit = |value| within("a.zip", &archive, &limited("archive_bytes", value));
    assert_eq!(of_limit(enough).files().len(), 3);
    let ran = of_limit(enough - 1);
    assert_eq!(ran.files(), pairs(&[("a.zip/in.zip/a.txt", "1"), ("a.zip/in.zip/b.txt", "1"), ("a.zip", "limit")]));
    let said = message(&ran, "a.zip");
    assert!(
        said.contains(&format!(
            "archive_bytes (bytes unpacked from one archive): allowed {} (usually 2147483648), found {enough}",
            enough - 1
        )),
        "{said}"
    );
    let files: Vec<_> =
        of_limit(enough - bytes.len() - 1).files().into_iter().map(|(source, _)| source.to_owned()).collect();
    assert_eq!(files, ["a.zip/in.zip/a.txt", "a.zip"], "nothing after it is unpacked");
    let tar = gzip(&tar(&[("a.txt", &bytes)]));
    assert_eq!(within("a.tgz", &tar, &limited("archive_bytes", 1_000)).files(), pairs(&[("a.tgz", "limit")]));
}

#[test]
fn files_of_archives_in_archives_count_as_files_of_the_outermost() {
    let bytes = report(1);
    let inner = zip(&[("a.txt", &bytes), ("b.txt", &bytes)]);
    let archive = zip(&[("1.zip", &inner), ("2.zip", &inner), ("3.txt", &bytes)]);
    let ran = within("a.zip", &archive, &limited("entries", 6));
    assert_eq!(
        ran.files(),
        pairs(&[
            ("a.zip/1.zip/a.txt", "1"),
            ("a.zip/1.zip/b.txt", "1"),
            ("a.zip/2.zip", "limit"),
            ("a.zip/3.txt", "1"),
        ])
    );
    assert!(
        message(&ran, "a.zip/2.zip")
            .contains("limit entries (files in the archive): allowed 6 (usually 20000), found 7")
    );
    assert_eq!(within("a.zip", &archive, &limited("entries", 7)).files().len(), 5);
}

#[test]
fn files_that_lie_on_the_same_bytes_are_read_once() {
    let [one, two] = [report(1), report(2)];
    let mut archive = zip(&[("a.txt", &one), ("b.txt", &two)]);
    // The second entry leads to the first file.
    let second = directory(&archive)[1];
    archive[second + 42..second + 46].fill(0);
    let ran = of("a.zip", &archive);
    assert_eq!(ran.files(), pairs(&[("a.zip/a.txt", "1"), ("a.zip/b.txt", "damaged_in_archive")]));
    assert!(message(&ran, "a.zip/b.txt").contains("same bytes"));
}

#[test]
fn a_directory_of_countless_entries_on_one_file_ends_at_the_limit() {
    let archive = zip(&[("a.txt", &report(1))]);
    let entry = directory(&archive)[0];
    let end = archive.len() - 22;
    let (head, record) = (&archive[..entry], &archive[entry..end]);
    let mut bomb = head.to_vec();
    for _ in 0..65_535 {
        bomb.extend_from_slice(record);
    }
    let size = u32::try_from(bomb.len() - entry).expect("small");
    let mut tail = archive[end..].to_vec();
    tail[8..12].fill(0xff);
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    bomb.extend(tail);
    assert_eq!(in_time(|| of("a.zip", &bomb)).files(), pairs(&[("a.zip", "limit")]));
}

#[test]
fn an_archive_that_holds_itself_ends_at_the_limit() {
    // Each level holds the next many times, as quines and their kin do.
    let mut archive = zip(&[("r.txt", &report(1))]);
    for _ in 0..6 {
        let copies: Vec<String> = (0..12).map(|at| format!("{at:02}.zip")).collect();
        let files: Vec<(&str, &[u8])> = copies.iter().map(|name| (name.as_str(), &archive[..])).collect();
        archive = zip(&files);
    }
    let ran = in_time(|| within("a.zip", &archive, &limited("entries", 2_000)));
    assert!(ran.outcomes.len() < 4_000 && ran.files().iter().all(|(_, why)| why == "limit"));
}

#[test]
fn a_size_that_lies_changes_nothing_that_the_checksum_does_not_prove() {
    let [one, two] = [report(1), report(2)];
    for lie in [0_u32, 1, 1 << 30, u32::MAX - 1] {
        let mut archive = zip(&[("a.txt", &one), ("b.txt", &two)]);
        let entry = directory(&archive)[0];
        archive[entry + 24..entry + 28].copy_from_slice(&lie.to_le_bytes());
        assert_eq!(of("a.zip", &archive).files(), pairs(&[("a.zip/a.txt", "1"), ("a.zip/b.txt", "2")]), "{lie}");
        // The packed size too: the file is read whole or not at all.
        archive[entry + 20..entry + 24].copy_from_slice(&lie.to_le_bytes());
        let figure = of("a.zip", &archive).files()[0].1.clone();
        assert!(["1", "damaged_in_archive"].contains(&&figure[..]), "{lie}: {figure}");
    }
}

#[test]
fn files_with_a_password_are_named_and_the_others_are_read() {
    let [one, two] = [report(1), report(2)];
    let mut archive = zip(&[("a.txt", &one), ("b.txt", &two), ("photo.jpg", b"x")]);
    for at in directory(&archive) {
        archive[at + 8] |= u8::from(archive[at + 46] != b'b');
    }
    let ran = of("a.zip", &archive);
    assert_eq!(ran.files(), pairs(&[("a.zip/a.txt", "encrypted_in_archive"), ("a.zip/b.txt", "2")]));
    assert!(message(&ran, "a.zip/a.txt").starts_with("it is password-protected in its archive; unpack"));
    assert_eq!(ran.skipped(), [(".jpg", 1)]);
}

#[test]
fn other_ways_of_packing_and_parts_of_archives_are_named() {
    let mut archive = zip(&[("a.txt", &report(1))]);
    let entry = directory(&archive)[0];
    archive[entry + 10] = 14;
    let ran = of("a.zip", &archive);
    assert!(message(&ran, "a.zip/a.txt").contains("(LZMA)"));
    let mut part = zip(&[("a.txt", &report(1))]);
    let end = part.len() - 22;
    part[end + 4] = 1;
    let ran = of("a.zip", &part);
    assert!(message(&ran, "a.zip").contains("one part of several"));
    for (name, bytes, kind) in [
        ("a.rar", &b"Rar!\x1a\x07\x01\0"[..], "a RAR archive"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04", "a 7-Zip archive"),
        ("a.zip", b"Rar!\x1a\x07\x01\0", "a RAR archive"),
        ("a.tar.xz", b"\xfd7zXZ\0\0\x04", "an XZ archive"),
        ("a", b"Rar!\x1a\x07\x01\0", "a RAR archive"),
    ] {
        let ran = of(name, bytes);
        assert_eq!(ran.files(), pairs(&[(name, "unknown_format")]));
        let said = message(&ran, name);
        assert!(said.contains(kind) && said.contains("unpack it and name the folder"), "{said}");
    }
}

#[test]
fn a_long_name_of_tar_is_cut_not_kept_in_memory() {
    use crate::make::{tar_entry, tar_of};
    use tar::EntryType::{GNULongName, Regular, XHeader};
    let endless = vec![b'a'; 8 << 20];
    for kind in [GNULongName, XHeader] {
        let archive = tar_of(&[tar_entry(b"x", kind, &endless), tar_entry(b"r.txt", Regular, &report(1))]);
        let ran = of("a.tar", &archive);
        assert!(ran.outcomes.iter().all(|outcome| outcome.source.len() < 100_000));
    }
}

/// Only one file, its archive's directory and what the program needs by itself are in memory at any time.
#[cfg(target_os = "linux")]
#[test]
fn an_archive_that_unpacks_to_more_than_the_memory_is_read_in_it() {
    use std::process::Command;
    // 288 MB in an address space of 160 MB; no reader knows them, so that only unpacking costs. One thread
    // and one arena: what an allocator reserves for each thread is no memory that a file costs.
    let mut bytes = vec![0; 12 << 20];
    bytes.iter_mut().step_by(97).zip(1_u32..).for_each(|(byte, at)| *byte = (at.wrapping_mul(at) % 251) as u8);
    let names: Vec<String> = (0..24).map(|at| format!("{at:03}.docx")).collect();
    let archive = zip(&names.iter().map(|name| (name.as_str(), &bytes[..])).collect::<Vec<_>>());
    let root = crate::run::folder(&[("a.zip", &archive)]);
    let script = "ulimit -v 163840; exec \"$0\" extract a.zip --out out --threads 1";
    let mut shell = Command::new("sh");
    let shell = shell.args(["-c", script, env!("CARGO_BIN_EXE_gongkai")]).env("MALLOC_ARENA_MAX", "1");
    let shell = shell.current_dir(root.path());
    let output = shell.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("0 files read (0 from 1 archive), 0 reports, 24 could not be read"), "{said}");
    assert!(said.contains("003.docx: the format is not one that is read"), "{said}");
}
