//! Damaged archives: what can be proved is read, what is lost is said, and nothing is made up.

use gongkai::finding::Code;
use tar::EntryType;

use crate::make::{directory, gzip, report, tar, tar_entry, tar_of, zip, zip_stored};
use crate::mutate::{Random, bytes as mutated};
use crate::run::{Ran, of, pairs};

/// Of each archive here: `a.txt`, `b.txt`, `c.txt`, with figures 1 to 3.
fn three() -> [Vec<u8>; 3] {
    [report(1), report(2), report(3)]
}

fn listed(files: &[Vec<u8>; 3]) -> [(&str, &[u8]); 3] {
    [("a.txt", &files[0]), ("b.txt", &files[1]), ("c.txt", &files[2])]
}

fn partial(ran: &Ran, source: &str, cause: &str, found: &str) {
    let about = ran.about_archives();
    assert!(
        matches!(&about[..], [(of, Code::PartialArchive, said)]
            if *of == source && said.contains(cause) && said.contains(&format!("files still found in it: {found};"))),
        "{about:?}"
    );
}

#[test]
fn a_zip_archive_without_its_directory_is_read_by_its_local_headers() {
    let files = three();
    for whole in [zip(&listed(&files)), zip_stored(&listed(&files))] {
        let cut = &whole[..directory(&whole)[1]];
        let ran = of("a.zip", cut);
        assert_eq!(ran.files(), pairs(&[("a.zip/a.txt", "1"), ("a.zip/b.txt", "2"), ("a.zip/c.txt", "3")]));
        partial(&ran, "a.zip", "its directory is lost", "3");
    }
}

#[test]
fn a_zip_archive_that_was_cut_off_within_a_file_loses_that_file() {
    let files = three();
    for whole in [zip(&listed(&files)), zip_stored(&listed(&files))] {
        let cut = &whole[..directory(&whole)[0] - 10];
        let ran = of("a.zip", cut);
        assert_eq!(
            ran.files(),
            pairs(&[("a.zip/a.txt", "1"), ("a.zip/b.txt", "2"), ("a.zip/c.txt", "damaged_in_archive")])
        );
        partial(&ran, "a.zip", "its directory is lost", "3");
    }
}

#[test]
fn files_that_state_their_size_behind_their_bytes_are_found_too() {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new_stream(Vec::new());
    for (name, bytes) in listed(&three()) {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    let whole = writer.finish().expect("memory").into_inner();
    assert_eq!(of("a.zip", &whole).files().len(), 3);
    let ran = of("a.zip", &whole[..directory(&whole)[0]]);
    assert_eq!(ran.files(), pairs(&[("a.zip/a.txt", "1"), ("a.zip/b.txt", "2"), ("a.zip/c.txt", "3")]));
}

#[test]
fn a_file_of_an_archive_in_a_damaged_archive_is_read_once_and_in_its_place() {
    let files = three();
    let inner = zip(&listed(&files));
    let whole = zip_stored(&[("in.zip", &inner), ("r.txt", &report(9))]);
    // The first three entries are those of the directory within.
    let ran = of("a.zip", &whole[..directory(&whole)[3]]);
    let in_inner = ["a", "b", "c"].map(|name| format!("a.zip/in.zip/{name}.txt"));
    assert_eq!(
        ran.files(),
        pairs(&[(&in_inner[0], "1"), (&in_inner[1], "2"), (&in_inner[2], "3"), ("a.zip/r.txt", "9")])
    );
    partial(&ran, "a.zip", "directory breaks off", "2");
    // Cut off where the archive within ends, it is not that one.
    let end = whole.windows(4).position(|bytes| bytes == b"PK\x05\x06").expect("the end of the inner") + 22;
    let ran = of("a.zip", &whole[..end]);
    let [a, b, c] = &in_inner;
    assert_eq!(ran.files(), pairs(&[(a, "1"), (b, "2"), (c, "3")]));
    partial(&ran, "a.zip", "directory breaks off", "1");
}

#[test]
fn a_file_whose_checksum_does_not_hold_is_not_read() {
    let files = three();
    let mut archive = zip_stored(&listed(&files));
    let figure = archive.windows(3).rposition(|bytes| bytes == b" 3 ").expect("the figure");
    archive[figure + 1] = b'8';
    let ran = of("a.zip", &archive);
    assert_eq!(ran.files()[2], ("a.zip/c.txt", "damaged_in_archive".to_owned()));
    assert_eq!(ran.files()[1], ("a.zip/b.txt", "2".to_owned()));
}

#[test]
fn a_program_that_unpacks_itself_is_an_archive_behind_it() {
    // Named, since no walk takes a program; its first bytes are those of an archive's first part.
    let archive = [&b"PK\x07\x08"[..], &zip(&listed(&three()))].concat();
    let ran = of("a.zip", &archive);
    assert_eq!((ran.files().len(), ran.about_archives()), (3, Vec::new()));
}

#[test]
fn an_archive_of_more_files_than_two_bytes_count_is_whole() {
    let names: Vec<String> = (0..65_600).map(|at| format!("{at:05}.jpg")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let archive = zip_stored(&[&files[..], &[("r.txt", &report(4))]].concat());
    let mut options = gongkai::Options::default();
    options.limits.entries = 70_000;
    let ran = crate::run::within("a.zip", &archive, &options);
    assert_eq!((ran.files(), ran.about_archives()), (pairs(&[("a.zip/r.txt", "4")]), Vec::new()));
    assert_eq!(ran.skipped(), [(".jpg", 65_600)]);
}

#[test]
fn a_tar_archive_that_was_cut_off_gives_the_files_before() {
    let files = three();
    let whole = tar(&listed(&files));
    let cut = &whole[..512 * 5 + 30];
    for (name, bytes, cause) in
        [("a.tar", cut.to_vec(), "ends before its last file"), ("a.tgz", gzip(cut), "ends before its last file")]
    {
        let ran = of(name, &bytes);
        let paths = ["a", "b", "c"].map(|file| format!("{name}/{file}.txt"));
        assert_eq!(ran.files(), pairs(&[(&paths[0], "1"), (&paths[1], "2"), (&paths[2], "damaged_in_archive")]));
        partial(&ran, name, cause, "3");
    }
    let packed = gzip(&whole);
    let ran = of("a.tgz", &packed[..packed.len() - 12]);
    partial(&ran, "a.tgz", "may have been cut off", "3");
    // One file alone is not read in part: nothing would show that it is not whole.
    let packed = gzip(&report(1));
    assert_eq!(
        of("a.txt.gz", &packed[..packed.len() - 12]).files(),
        pairs(&[("a.txt.gz/a.txt", "damaged_in_archive")])
    );
    let mut wrong = packed.clone();
    let sum = wrong.len() - 8;
    wrong[sum] ^= 1;
    assert_eq!(of("a.txt.gz", &wrong).files(), pairs(&[("a.txt.gz/a.txt", "damaged_in_archive")]));
}

#[test]
fn files_behind_a_broken_header_are_found() {
    let files = three();
    let entries = listed(&files).map(|(name, bytes)| tar_entry(name.as_bytes(), EntryType::Regular, bytes));
    let mut archive = tar_of(&entries);
    archive[entries[0].len() + 150] ^= 1;
    let ran = of("a.tar", &archive);
    assert_eq!(ran.files(), pairs(&[("a.tar/a.txt", "1"), ("a.tar/c.txt", "3")]));
    partial(&ran, "a.tar", "a header in it is broken", "2");
}

/// Whatever is changed, each figure that is read is one that was written, by the checksums; and nothing panics.
#[test]
fn no_mutant_of_an_archive_gives_a_figure_that_nobody_wrote() {
    let files = three();
    let tar = tar(&listed(&files));
    let inner = zip(&listed(&files));
    let archives = [
        ("a.zip", zip(&listed(&files))),
        ("a.zip", zip_stored(&listed(&files))),
        ("a.zip", zip(&[("in.zip", &inner), ("in.tgz", &gzip(&tar))])),
        ("a.tgz", gzip(&tar)),
        ("a.txt.gz", gzip(&files[0])),
    ];
    let mut random = Random(20_211_231);
    for round in 0..400 {
        let (name, whole) = &archives[round % archives.len()];
        let mutant = mutated(whole, &mut random);
        for outcome in of(name, &mutant).outcomes {
            let Ok(read) = outcome.read else {
                let error = outcome.read.expect_err("an error");
                assert_ne!(error.name(), "fault", "round {round}");
                continue;
            };
            // A tar archive in a broken stream has no checksum; files behind the break are lost instead.
            let figures = read.reports.iter().flat_map(gongkai::report::Report::figures);
            let numbers: Vec<String> =
                figures.filter_map(|figure| figure.value.number()).map(|number| number.to_string()).collect();
            assert!(numbers.iter().all(|number| ["1", "2", "3"].contains(&&number[..])), "round {round}: {numbers:?}");
        }
    }
}

#[test]
fn mutants_of_tar_archives_end_well() {
    let whole = tar(&listed(&three()));
    let mut random = Random(7);
    for round in 0..300 {
        let mutant = mutated(&whole, &mut random);
        for outcome in of("a.tar", &mutant).outcomes {
            assert!(outcome.read.err().is_none_or(|error| error.name() != "fault"), "round {round}");
        }
    }
}
