//! Archives.

use tar::EntryType;

use super::{Limit, Maker, Read, file, zipped, zipped_by};
use crate::archive::{directory, gzip, report, tar, tar_entry, tar_of, zip};

pub const FILES: &[Maker] = &[
    file("ratio.zip", Limit("ratio"), || zipped(&[("bomb.txt", &vec![b' '; 80 << 20])])),
    file("ratio.txt.gz", Limit("ratio"), || gzip(&vec![b' '; 80 << 20])),
    file("ratio.tgz", Limit("ratio"), || gzip(&tar(&[("bomb.txt", &vec![b' '; 80 << 20])]))),
    file("overlapping.zip", Limit("ratio"), overlapping),
    file("itself.zip", Limit("nested_archives"), droste),
    file("million-entries.zip", Limit("entries"), || {
        let archive = zip(&[("a.txt", &report(1))]);
        let entry = directory(&archive)[0];
        let end = archive.len() - 22;
        let records = archive[entry..end].repeat(65_535);
        let mut tail = archive[end..].to_vec();
        tail[8..12].fill(0xff);
        tail[12..16].copy_from_slice(&(records.len() as u32).to_le_bytes());
        [&archive[..entry], &records, &tail].concat()
    }),
    file("sizes-of-zip64-that-lie.zip", Read, || {
        let mut archive = zip(&[("a.txt", &report(1)), ("b.txt", &report(2))]);
        let entry = directory(&archive)[0];
        archive[entry + 20..entry + 28].fill(0xff);
        archive[entry + 42..entry + 46].fill(0xff);
        archive
    }),
    file("sizes-that-lie.tar", Read, || {
        let mut entries = vec![tar_entry(b"good.txt", EntryType::Regular, &report(1))];
        for size in [
            &b"77777777777\0"[..],
            b"-0000000001\0",
            b"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff",
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
            b"99999999999\0",
            b"\0\0\0\0\0\0\0\0\0\0\0\0",
        ] {
            let mut entry = tar_entry(b"lie.txt", EntryType::Regular, &report(2));
            entry[124..136].copy_from_slice(size);
            sum(&mut entry);
            entries.push(entry);
        }
        tar_of(&entries)
    }),
    file("sparse-links-devices.tar", Read, || {
        let kinds = [
            EntryType::GNUSparse,
            EntryType::Link,
            EntryType::Symlink,
            EntryType::Char,
            EntryType::Block,
            EntryType::Fifo,
        ];
        let mut entries: Vec<Vec<u8>> = kinds
            .iter()
            .map(|kind| {
                let mut entry = tar_entry(b"x.txt", *kind, b"");
                entry[157..157 + 11].copy_from_slice(b"/etc/passwd");
                sum(&mut entry);
                entry
            })
            .collect();
        entries.push(tar_entry(b"good.txt", EntryType::Regular, &report(1)));
        tar_of(&entries)
    }),
    file("names-that-lead-elsewhere.zip", Read, || {
        let one = report(1);
        let long = format!("{}.txt", "长".repeat(1_300));
        zipped(&[
            ("../../../../tmp/up.txt", &one),
            ("/etc/absolute.txt", &one),
            ("C:\\x\\y.txt", &one),
            ("con.txt", &one),
            ("aux.docx", &one),
            ("a\u{1b}[31m\n\t.txt", &one),
            ("..", &one),
            (".", &one),
            (&long, &one),
            ("a\u{202e}txt.exe.txt", &one),
        ])
    }),
    file("many-members.gz", Read, || [gzip(&report(1)).repeat(2_000), vec![0xff; 5_000]].concat()),
    file("nested-thirty-deep.zip", Limit("nested_archives"), || {
        (0..30).fold(report(1), |inner, at| zip(&[(if at == 0 { "r.txt" } else { "in.zip" }, &inner)]))
    }),
];

/// The sum of a tar header.
fn sum(entry: &mut [u8]) {
    entry[148..156].fill(b' ');
    let sum: u32 = entry[..512].iter().map(|byte| u32::from(*byte)).sum();
    entry[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

/// Files whose bytes are those of others: each entry of the directory leads into the kernel of the last.
fn overlapping() -> Vec<u8> {
    let kernel = vec![b'0'; 20 << 20];
    let names: Vec<String> = (0..50).map(|at| format!("{at:03}.txt")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    files.push(("kernel.txt", &kernel));
    let mut archive = zipped_by(zip::CompressionMethod::Deflated, &files);
    let entries = directory(&archive);
    let last = entries[entries.len() - 1];
    let (sizes, place) = (archive[last + 10..last + 28].to_vec(), archive[last + 42..last + 46].to_vec());
    for at in entries {
        archive[at + 10..at + 28].copy_from_slice(&sizes);
        archive[at + 42..at + 46].copy_from_slice(&place);
    }
    archive
}

/// Each level holds the next many times, as an archive that holds itself would for ever.
fn droste() -> Vec<u8> {
    let mut archive = zip(&[("r.txt", &report(1))]);
    for _ in 0..6 {
        let copies: Vec<String> = (0..12).map(|at| format!("{at:02}.zip")).collect();
        let files: Vec<(&str, &[u8])> = copies.iter().map(|name| (name.as_str(), &archive[..])).collect();
        archive = zip(&files);
    }
    archive
}
