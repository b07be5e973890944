//! Names in every charset and manner, none of which leads anywhere.

use tar::EntryType;

use crate::make::{gbk, gzip, gzip_named, report, tar, tar_entry, tar_of, zip, zip_raw};
use crate::run::{folder, named, of, pairs};

#[test]
fn zip_names_are_read_in_utf8_with_a_mark_and_without_in_gbk_and_big5() {
    let [one, two] = [report(1), report(2)];
    let name = "乡镇/某镇政府信息公开年度报告.txt";
    let other = "乡镇/补充.txt";
    let wanted = pairs(&[("a.zip/乡镇/某镇政府信息公开年度报告.txt", "1"), ("a.zip/乡镇/补充.txt", "2")]);
    let marked = zip(&[(name, &one), (other, &two)]);
    let unmarked = zip_raw(&[(name.into(), &one), (other.into(), &two)]);
    let in_gbk = zip_raw(&[(gbk(name), &one), (gbk(other), &two)]);
    // As old programs for Windows part folders: a backslash is the second byte of 乗, too.
    let backslashes = zip_raw(&[(gbk(&name.replace('/', "\\")), &one), (gbk(&other.replace('/', "\\")), &two)]);
    for archive in [marked, unmarked, in_gbk, backslashes] {
        assert_eq!(of("a.zip", &archive).files(), wanted);
    }
    let name = "鄉鎮政府資訊公開年度工作報告.txt";
    let big5 = encoding_rs::BIG5.encode(name).0.into_owned();
    assert_eq!(of("a.zip", &zip_raw(&[(big5, &one)])).files()[0].0, format!("a.zip/{name}"));
}

#[test]
fn the_unicode_field_names_a_file_if_it_is_of_that_name() {
    let bytes = report(1);
    let stored = b"______.txt";
    for (of_name, expected) in [(&stored[..], "a.zip/年报.txt"), (b"other", "a.zip/______.txt")] {
        let mut crc = flate2::Crc::new();
        crc.update(of_name);
        let field = [&[1][..], &crc.sum().to_le_bytes(), "年报.txt".as_bytes()].concat();
        let mut archive = zip(&[("______.txt", &bytes)]);
        // The field is put behind the name in the directory, and the end record told of it.
        let entry = crate::make::directory(&archive)[0];
        let header = [&[0x75, 0x70][..], &u16::try_from(field.len()).expect("short").to_le_bytes()].concat();
        let extra = [header, field].concat();
        archive[entry + 30..entry + 32].copy_from_slice(&u16::try_from(extra.len()).expect("short").to_le_bytes());
        let at = entry + 46 + stored.len();
        archive.splice(at..at, extra.iter().copied());
        let end = archive.len() - 22;
        let size = u32::try_from(end - entry).expect("small");
        archive[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
        assert_eq!(of("a.zip", &archive).files(), pairs(&[(expected, "1")]));
    }
}

#[test]
fn tar_names_are_read_however_long_and_in_whatever_charset() {
    let [one, two, three] = [report(1), report(2), report(3)];
    let long = format!("{}/年报.txt", "很长的文件夹名称".repeat(12));
    let gnu = tar(&[(&long, &one), ("b.txt", &two)]);
    assert_eq!(of("a.tar", &gnu).files()[1], (format!("a.tar/{long}").as_str(), "1".to_owned()));
    let record = |text: &str| {
        let length = (text.len() + 2..).find(|length| length.to_string().len() + 1 + text.len() == *length);
        format!("{} {text}", length.expect("a length"))
    };
    let pax = record(&format!("path={long}\n")) + &record("mtime=1.5\n");
    let entries = [
        tar_entry(b"PaxHeaders/x", EntryType::XHeader, pax.as_bytes()),
        tar_entry(b"cut", EntryType::Regular, &one),
        tar_entry(&gbk("政府信息公开报告.txt"), EntryType::Regular, &two),
        tar_entry(&gbk("年报.txt"), EntryType::GNULongName, &[&gbk("乡镇/公开报告.txt")[..], &[0]].concat()),
        tar_entry(b"cut", EntryType::Regular, &three),
    ];
    let archive = tar_of(&entries);
    let wanted =
        [("/乡镇/公开报告.txt".to_owned(), "3"), (format!("/{long}"), "1"), ("/政府信息公开报告.txt".to_owned(), "2")];
    for (name, bytes) in [("a.tar", archive.clone()), ("a.tgz", gzip(&archive)), ("a.tar.gz", gzip(&archive))] {
        let ran = of(name, &bytes);
        let wanted: Vec<_> = wanted.iter().map(|(path, figure)| (format!("{name}{path}"), *figure)).collect();
        let wanted: Vec<_> = wanted.iter().map(|(path, figure)| (path.as_str(), (*figure).to_owned())).collect();
        assert_eq!(ran.files(), wanted);
        assert!(ran.about_archives().is_empty(), "{:?}", ran.about_archives());
    }
}

#[test]
fn one_file_in_gzip_has_the_name_that_it_was_packed_under() {
    let bytes = report(7);
    for (name, archive, expected) in [
        ("年报.txt.gz", gzip(&bytes), "年报.txt.gz/年报.txt"),
        ("年报.gz", gzip_named(&gbk("政府信息公开报告.txt"), &bytes), "年报.gz/政府信息公开报告.txt"),
        ("x.gz", gzip_named(b"../../etc/a.txt", &bytes), "x.gz/a.txt"),
        ("年报.gz", gzip(&bytes), "年报.gz/年报"),
    ] {
        assert_eq!(of(name, &archive).files(), pairs(&[(expected, "7")]));
    }
}

#[test]
fn names_that_lead_elsewhere_are_only_shown_and_nothing_is_written() {
    let [one, two, three] = [report(1), report(2), report(3)];
    let names: [(&[u8], &[u8]); 4] =
        [(b"../../up.txt", &one), (b"/abs/a.txt", &two), (b"C:\\b\\c.txt", &three), (b"x\x1b[31m.txt", &one)];
    let archive = zip_raw(&names.map(|(name, bytes)| (name.to_vec(), bytes)));
    let root = folder(&[("in/deep/a.zip", &archive)]);
    let ran = named(root.path(), &["in"]);
    assert_eq!(
        ran.files(),
        pairs(&[
            ("deep/a.zip/abs/a.txt", "2"),
            ("deep/a.zip/b/c.txt", "3"),
            ("deep/a.zip/up.txt", "1"),
            ("deep/a.zip/x\u{fffd}[31m.txt", "1"),
        ])
    );
    let count = |path: &str| std::fs::read_dir(root.path().join(path)).expect("a folder").count();
    assert_eq!((count(""), count("in"), count("in/deep")), (1, 1, 1));
}

#[test]
fn files_of_one_name_are_kept_apart() {
    let [one, two, three] = [report(1), report(2), report(3)];
    let archive = zip_raw(&[(b"a.txt".to_vec(), &one), (b"a.txt".to_vec(), &two), (b"./a.txt".to_vec(), &three)]);
    let wanted = [("a.txt", "1"), ("a.txt#2", "2"), ("a.txt#3", "3")];
    let of_zip = wanted.map(|(path, figure)| (format!("x.zip/{path}"), figure.to_owned()));
    assert_eq!(of("x.zip", &archive).files(), of_zip.each_ref().map(|(path, figure)| (path.as_str(), figure.clone())));
    let archive = tar(&[("a.txt", &one), ("a.txt", &two)]);
    assert_eq!(of("x.tar", &archive).files(), pairs(&[("x.tar/a.txt", "1"), ("x.tar/a.txt#2", "2")]));
    // Each is found again by the name that the outputs give it.
    let root = folder(&[("x.tar", &archive)]);
    assert_eq!(named(root.path(), &["x.tar/a.txt#2"]).files(), pairs(&[("x.tar/a.txt#2", "2")]));
}

#[test]
fn a_folder_that_is_called_like_an_archive_does_not_take_its_names() {
    let [one, two] = [report(1), report(2)];
    let root = folder(&[("x/a.zip", &zip(&[("r.txt", &one)])), ("y/a.zip/r.txt", &two)]);
    let ran = named(root.path(), &["x/a.zip", "y"]);
    assert_eq!(ran.files(), pairs(&[("a.zip/r.txt#2", "1"), ("a.zip/r.txt", "2")]));
}
