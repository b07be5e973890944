//! Thousands of damaged binary Word files: the reader never panics and never makes more than it was given.

use crate::doc::{Builder, IN_TABLE, Paragraph, cell, container, definition, of, p, places, row, row_end, sprm, with};
use crate::mutate::{self, Random};
use encoding_rs::GBK;
use gongkai::document::{Block, Document};
use gongkai::ingest::{self, Limits};

/// Mutants of each kind.
const MUTANTS: usize = 700;

/// A document with something of everything.
fn original() -> Builder {
    let revisions: &[(&str, &[u8])] = &[
        ("\u{13} X \u{14}7\u{15}", &[]),
        ("8", &[0x00, 0x08, 1]),
        ("9", &[0x01, 0x08, 1]),
        ("0", &[0x3c, 0x08, 1]),
        ("(", &[0x09, 0x6a, 0, 0, 0xfe, 0xf0]),
    ];
    let mut body = vec![p("一、总体情况"), of(revisions, &[0x0a, 0x26, 0, 0x0b, 0x46, 1, 0])];
    body.extend(row(&["A", "B", "C"], &[0, 1000, 2000, 3000], &[0x60, 1, 2]));
    body.extend(row(&["1", "2"], &[0, 500, 3000], &[0x20]));
    body.push(with("inner", &[&IN_TABLE[..], &sprm(0x244b, &[1])].concat()).at_depth(2));
    body.push(with("", &[&IN_TABLE[..], &sprm(0x244c, &[1]), &definition(&[0, 1000], &[])].concat()).at_depth(2));
    body.extend([cell("x"), row_end(&sprm(0x646b, &[4, 0, 0, 0])), p("\u{8}end\u{c}")]);
    let mut builder = Builder::new(body);
    let elsewhere = [definition(&[0, 3000], &[]), sprm(0x7621, &[0, 2, 100, 0]), sprm(0x5622, &[0, 1])].concat();
    let length = u16::try_from(elsewhere.len()).expect("short").to_le_bytes();
    builder.data = [&[0; 4][..], &length, &elsewhere].concat();
    builder.stories[1] = vec![p("note"), p("")];
    builder.stories[2] = vec![p("head"), p("")];
    builder.stories[6] = vec![p("box"), p("")];
    builder.parts.push((0xb2, places(&[0, 5, 6])));
    builder.parts.push((0xf2, places(&[0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 5, 6])));
    builder.parts.push((0x1da, [places(&[40, 90]), vec![8; 26]].concat()));
    builder.parts.push((0x25a, [places(&[0, 4, 5]), vec![8; 44]].concat()));
    builder.parts.push((0x2ea, [&[1, 0, 0, 0, 7, 0, 0, 0][..], &[0; 12], &[0xff; 4]].concat()));
    builder.hurried = true;
    builder.changes = vec![0, 92 << 1, 1];
    builder.change_lists = vec![vec![0x3c, 0x08, 0]];
    builder
}

/// The like in Word 6.
fn old() -> Builder {
    let old_cell = |text: &str| Paragraph { mark: '\u{7}', ..with(text, &[24, 1]) };
    let mut end = vec![24, 1, 25, 1, 190, 28, 0, 2, 0, 0, 100, 0, 200, 0];
    end.extend([0; 20]);
    let body = vec![p("政府"), old_cell("1"), old_cell("2"), Paragraph { mark: '\u{7}', ..with("", &end) }, p("完")];
    Builder::word6(GBK, 0x0804, body)
}

/// Blocks, cells and bytes of text.
fn size(document: &Document) -> usize {
    let of = |blocks: &[Block]| -> usize {
        let text = |block: &Block| match block {
            Block::Paragraph(paragraph) => 1 + paragraph.printed().len(),
            Block::Table(_) => 1,
        };
        blocks.iter().map(text).sum()
    };
    of(&document.blocks)
        + cells(document).map(|block| of(std::slice::from_ref(block))).sum::<usize>()
        + document.tables.iter().flat_map(|table| &table.rows).map(|row| 1 + row.cells.len()).sum::<usize>()
        + document.asides.iter().map(|aside| aside.text.len()).sum::<usize>()
}

fn cells(document: &Document) -> impl Iterator<Item = &Block> {
    document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks)
}

/// Reads a mutant; what comes out is no more than went in.
fn survive(name: &str, seed: u64, file: &[u8]) -> bool {
    match ingest::read(file, &Limits::default()) {
        Ok(document) => {
            assert!(size(&document) <= 2 * file.len(), "{name} {seed}: {} of {}", size(&document), file.len());
            for table in &document.tables {
                let _ = table.grid();
            }
            for block in document.blocks.iter().chain(cells(&document)) {
                if let Block::Table(index) = block {
                    assert!(*index < document.tables.len(), "{name} {seed}: a table that is not there");
                }
            }
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{name} {seed}");
            false
        }
    }
}

/// Makes mutants; how many could be read.
fn run(name: &str, mutate: impl Fn(&mut Random) -> Vec<u8>) -> usize {
    let survivors = (0..MUTANTS as u64).filter(|&seed| survive(name, seed, &mutate(&mut Random(seed))));
    survivors.count()
}

/// A file of which only the stream at this place is changed.
fn with_stream(streams: &[(&'static str, Vec<u8>)], at: usize, random: &mut Random) -> Vec<u8> {
    let mut streams = streams.to_vec();
    streams[at].1 = mutate::bytes(&streams[at].1, random);
    container(&streams)
}

/// The bytes with up to four numbers of four bytes replaced by ones that hurt.
fn numbers(original: &[u8], random: &mut Random, within: usize) -> Vec<u8> {
    let mut mutant = original.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(within.min(mutant.len() - 4)) & !1;
        let value = [0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX, 0x0001_0000, 0x4000_0000, 511][random.below(8)];
        mutant[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    mutant
}

#[test]
fn the_originals_read_whole() {
    let document = original().read();
    assert!(!document.partial, "{:?}", document.findings);
    assert_eq!((document.tables.len(), document.asides.len()), (2, 2));
    assert_eq!(old().read().tables.len(), 1);
}

#[test]
fn containers_with_bytes_changed() {
    let file = original().bytes();
    let read = run("container", |random| mutate::bytes(&file, random));
    assert!(read > MUTANTS / 2, "only {read} could be read");
}

#[test]
fn main_streams_with_bytes_changed() {
    let streams = original().streams();
    let read = run("main", |random| with_stream(&streams, 0, random));
    assert!(read > MUTANTS / 2, "only {read} could be read");
}

#[test]
fn tables_and_data_with_bytes_changed() {
    let streams = original().streams();
    let read = run("tables", |random| with_stream(&streams, 1 + random.below(2), random));
    assert!(read > MUTANTS / 2, "only {read} could be read");
}

#[test]
fn headers_and_tables_with_numbers_that_hurt() {
    let streams = original().streams();
    let read = run("numbers", |random| {
        let mut streams = streams.clone();
        streams[0].1 = numbers(&streams[0].1, random, 0x300);
        streams[1].1 = numbers(&streams[1].1, random, usize::MAX);
        container(&streams)
    });
    assert!(read > MUTANTS / 4, "only {read} could be read");
}

#[test]
fn files_of_word_6_with_bytes_changed() {
    let streams = old().streams();
    let read = run("old", |random| match random.below(2) {
        0 => with_stream(&streams, 0, random),
        _ => container(&[("WordDocument", numbers(&streams[0].1, random, 0x300))]),
    });
    assert!(read > MUTANTS / 4, "only {read} could be read");
}
