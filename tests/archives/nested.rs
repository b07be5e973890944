//! Archives as folders: the same files in the same order, also in one another, and by name.

use gongkai::Options;
use gongkai::batch::Outcome;
use gongkai::finding::Code;
use tar::EntryType;

use crate::make::{gzip, report, tar, tar_entry, tar_of, zip};
use crate::run::{Ran, folder, named, of, pairs, run, within};

type Files = Vec<(&'static str, Vec<u8>)>;

/// Files of every kind that a walk tells apart.
fn files() -> Files {
    vec![
        ("z.txt", report(1)),
        ("B.txt", report(2)),
        ("a/z.TXT", report(3)),
        ("a-1.txt", report(4)),
        ("年报.txt", report(5)),
        ("a/年报", report(6)),
        ("a/年报.2021", report(7)),
        ("README", b"Nothing of interest.".to_vec()),
        ("program", b"\x7fELF\x02\x01\x01\0\0\0".to_vec()),
        ("photo.jpg", b"\xff\xd8\xff".to_vec()),
        ("b.exe", b"MZ".to_vec()),
        (".hidden.txt", report(8)),
        (".git/c.txt", report(8)),
        ("~$年报.docx", b"lock".to_vec()),
        ("empty.txt", Vec::new()),
        ("prose.txt", "没有报告。".into()),
    ]
}

fn borrowed(files: &Files) -> Vec<(&str, &[u8])> {
    files.iter().map(|(name, bytes)| (*name, &bytes[..])).collect()
}

/// What a run gave of one input, without its name.
fn relative(ran: &Ran, input: &str) -> Vec<(String, String, String)> {
    let documents = ran.outcomes.iter().filter(|outcome| !outcome.is_archive());
    let of = |Outcome { source, sha256, read }: &Outcome| {
        let source = source.strip_prefix(&format!("{input}/")).unwrap_or(source);
        (source.to_owned(), sha256.clone(), format!("{read:?}"))
    };
    documents.map(of).collect()
}

#[test]
fn an_archive_gives_what_the_folder_of_its_files_gives() {
    let files = files();
    let borrowed = borrowed(&files);
    let root = folder(&borrowed);
    let of_folder = run(&[root.path().to_owned()], &Options::default());
    let sources: Vec<&str> = of_folder.outcomes.iter().map(|outcome| outcome.source.as_str()).collect();
    assert_eq!(
        sources,
        ["B.txt", "a/z.TXT", "a/年报", "a/年报.2021", "a-1.txt", "empty.txt", "prose.txt", "z.txt", "年报.txt"]
    );
    assert_eq!(of_folder.skipped(), [("", 2), (".exe", 1), (".jpg", 1)]);
    for (name, bytes) in
        [("x.zip", zip(&borrowed)), ("x.tar", tar(&borrowed)), ("x.tgz", gzip(&tar(&borrowed))), ("x", zip(&borrowed))]
    {
        let ran = of(name, &bytes);
        assert_eq!(relative(&ran, name), relative(&of_folder, ""), "{name}");
        assert_eq!(ran.skipped, of_folder.skipped, "{name}");
        assert_eq!((ran.tally.archives, ran.tally.packed), (1, 8), "{name}");
    }
}

#[test]
fn what_macos_keeps_beside_the_files_is_passed_over() {
    let archive = zip(&[("a/", b""), ("a/r.txt", &report(1)), ("__MACOSX/a/._r.txt", b"x"), ("__MACOSX/r.txt", b"x")]);
    let ran = of("a.zip", &archive);
    assert_eq!(ran.files(), pairs(&[("a.zip/a/r.txt", "1")]));
    assert!(ran.skipped.is_empty());
}

#[test]
fn archives_in_archives_are_walked_in_their_place() {
    let inner = gzip(&tar(&[("c.txt", &report(2))]));
    let archive =
        zip(&[("d.txt", &report(3)), ("b.tar.gz", &inner), ("a.txt", &report(1)), ("e.txt.gz", &gzip(&report(4)))]);
    let ran = of("a.zip", &archive);
    let sources: Vec<&str> = ran.outcomes.iter().map(|outcome| outcome.source.as_str()).collect();
    assert_eq!(
        sources,
        [
            "a.zip/a.txt",
            "a.zip/b.tar.gz/c.txt",
            "a.zip/b.tar.gz",
            "a.zip/d.txt",
            "a.zip/e.txt.gz/e.txt",
            "a.zip/e.txt.gz",
            "a.zip"
        ]
    );
    assert_eq!((ran.tally.archives, ran.tally.packed), (3, 4));
}

#[test]
fn nesting_ends_at_its_limit_and_the_rest_is_read() {
    let mut archive = zip(&[("r.txt", &report(0))]);
    for level in 1..=5 {
        archive = zip(&[("in.zip", &archive), ("r.txt", &report(level))]);
    }
    let path = |depth: usize| format!("a.zip/{}r.txt", "in.zip/".repeat(depth));
    let ran = of("a.zip", &archive);
    let read: Vec<String> = (0..=4).rev().map(path).collect();
    let mut expected = vec![(format!("a.zip/{}", ["in.zip"; 5].join("/")), "limit".to_owned())];
    expected.extend(read.into_iter().zip((1..=5).map(|number| number.to_string())));
    let files: Vec<(String, String)> = ran.files().into_iter().map(|(source, why)| (source.to_owned(), why)).collect();
    assert_eq!(files, expected);
    let message = ran.outcomes[0].read.as_ref().expect_err("too deep").message(gongkai::finding::Lang::En);
    assert!(message.contains("nested_archives") && message.contains("allowed 4, found 5"), "{message}");
    let mut options = Options::default();
    options.limits.nested_archives = 5;
    assert_eq!(within("a.zip", &archive, &options).files().len(), 6);
    options.limits.nested_archives = 0;
    assert_eq!(within("a.zip", &archive, &options).files()[0].1, "limit");
}

#[test]
fn links_and_devices_are_counted_and_never_followed() {
    let root = folder(&[("secret.txt", &report(99))]);
    let target = root.path().join("secret.txt");
    let mut link = tar::Header::new_gnu();
    link.set_entry_type(EntryType::Symlink);
    link.set_size(0);
    let mut builder = tar::Builder::new(Vec::new());
    builder.append_link(&mut link, "link.txt", &target).expect("memory");
    let mut entries = builder.into_inner().expect("memory");
    entries.truncate(entries.len() - 1024);
    let hard = tar_entry(b"hard.txt", EntryType::Link, b"");
    let pipe = tar_entry(b"pipe.txt", EntryType::Fifo, b"");
    let archive = tar_of(&[entries, hard, pipe, tar_entry(b"r.txt", EntryType::Regular, &report(1))]);
    let ran = of("a.tar", &archive);
    assert_eq!(ran.files(), pairs(&[("a.tar/r.txt", "1")]));
    assert_eq!(ran.skipped(), [("device", 1), ("link", 2)]);
    // In a zip archive a link is a file that holds a path.
    let mut archive = zip(&[("link.txt", b"/etc/passwd"), ("r.txt", &report(1))]);
    let entry = crate::make::directory(&archive)[0];
    archive[entry + 5] = 3;
    archive[entry + 38..entry + 42].copy_from_slice(&(0o120_777_u32 << 16).to_le_bytes());
    let ran = of("a.zip", &archive);
    assert_eq!((ran.files(), ran.skipped()), (pairs(&[("a.zip/r.txt", "1")]), vec![("link", 1)]));
}

#[test]
fn an_archive_without_anything_that_is_read_says_so() {
    let end_alone = zip(&[]);
    let folders = zip(&[("a/", b""), ("a/b/", b"")]);
    let photos = zip(&[("a.jpg", b"\xff\xd8\xff"), ("b.jpg", b"\xff\xd8\xff")]);
    for (archive, passed) in
        [(folders, "(passed over: 0)"), (photos, "(passed over: 2)"), (end_alone, "(passed over: 0)")]
    {
        let ran = of("a.zip", &archive);
        let about = ran.about_archives();
        assert!(
            matches!(&about[..], [("a.zip", Code::EmptyArchive, message)] if message.contains(passed)),
            "{about:?}"
        );
        assert!(ran.files().is_empty());
    }
}

#[test]
fn a_file_or_folder_in_an_archive_is_found_by_the_name_that_outputs_give_it() {
    let inner = tar(&[("x/c.txt", &report(2)), ("x/photo", b"\x89PNG")]);
    let archive = zip(&[("r/a.txt", &report(1)), ("r/b.tar", &inner), ("z.txt", &report(3)), ("n.xyz", &report(4))]);
    let root = folder(&[("in/a.zip", &archive), ("in/plain.txt", &report(5))]);
    let all = named(root.path(), &["in/a.zip"]);
    for (source, figure) in all.files() {
        let ran = named(root.path(), &[&format!("in/{source}")]);
        assert_eq!(ran.files(), [(source, figure)]);
    }
    for (path, expected) in [
        ("in/a.zip/r", &[("a.zip/r/a.txt", "1"), ("a.zip/r/b.tar/x/c.txt", "2")][..]),
        ("in/a.zip/r/b.tar", &[("a.zip/r/b.tar/x/c.txt", "2")]),
        ("in/a.zip/r/b.tar/x", &[("a.zip/r/b.tar/x/c.txt", "2")]),
        // Whoever names a file means it, whatever its ending.
        ("in/a.zip/n.xyz", &[("a.zip/n.xyz", "4")]),
        ("in/a.zip/r/b.tar/x/photo", &[("a.zip/r/b.tar/x/photo", "unknown_format")]),
        ("in/a.zip/none.txt", &[("a.zip/none.txt", "not_in_archive")]),
        ("in/a.zip/z.txt/none", &[("a.zip/z.txt/none", "not_in_archive")]),
        ("in/plain.txt/none", &[("plain.txt/none", "not_in_archive")]),
        ("in/gone.zip/none", &[("none", "not_found")]),
    ] {
        assert_eq!(named(root.path(), &[path]).files(), pairs(expected), "{path}");
    }
}

#[test]
fn twenty_thousand_files_are_read_one_after_another_in_order() {
    let names: Vec<String> = (0..20_000).map(|at| format!("{at:05}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().rev().map(|name| (name.as_str(), &b"x"[..])).collect();
    for (name, archive) in [("a.zip", zip(&files)), ("a.tar.gz", gzip(&tar(&files)))] {
        let ran = of(name, &archive);
        let sources = ran.files();
        assert_eq!(sources.len(), 20_000);
        assert!(sources.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
    let one_more: Vec<(&str, &[u8])> = files.iter().copied().chain([("z.txt", &b"x"[..])]).collect();
    for (name, archive) in [("a.zip", zip(&one_more)), ("a.tgz", gzip(&tar(&one_more)))] {
        assert_eq!(of(name, &archive).files(), pairs(&[(name, "limit")]));
    }
}
