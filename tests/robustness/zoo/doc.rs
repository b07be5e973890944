//! Binary Word files and their containers.

use super::{Maker, Read, Refused, file, flood};
use crate::doc::{Builder, IN_TABLE, Paragraph, cell, container, of, p, places, row, sprm, with};

pub const FILES: &[Maker] = &[
    file("sectors-in-a-circle.doc", Read, || looped(|bytes, table| set(bytes, table, 1, 1))),
    file("all-sectors-in-a-circle.doc", Read, || {
        looped(|bytes, table| (0..128).for_each(|at| set(bytes, table, at, at as u32)))
    }),
    file("table-of-sectors-lists-itself.doc", Read, || {
        looped(|bytes, _| (0..109).for_each(|at| put(bytes, 76 + 4 * at, 0)))
    }),
    file("chain-of-tables-in-a-circle.doc", Read, || {
        looped(|bytes, _| {
            put(bytes, 68, 2);
            put(bytes, 72, u32::MAX);
        })
    }),
    file("folders-in-a-circle.doc", Read, || looped(|bytes, _| folders_in_a_circle(bytes))),
    file("shared-sectors-in-a-circle.doc", Read, || {
        looped(|bytes, _| {
            put(bytes, 60, 0);
            put(bytes, 64, u32::MAX);
        })
    }),
    file("streams-of-four-gigabytes.doc", Read, || {
        looped(|bytes, _| entries(bytes).into_iter().for_each(|at| put(bytes, at + 120, u32::MAX - 1)))
    }),
    file("sectors-of-all-sizes.doc", Read, || looped(|bytes, _| bytes[30..34].fill(0xff))),
    file("header-that-lies.doc", Refused("damaged"), || {
        let mut streams = sample().streams();
        streams[0].1[24..0x200].fill(0xff);
        container(&streams)
    }),
    file("pieces-that-all-show-the-same.doc", Read, pieces_that_all_show_the_same),
    file("cells-that-reach-a-billion.doc", Read, || {
        let texts = ["1"; 18];
        let edges: Vec<i16> = (0..19).map(|at| if at % 2 == 0 { i16::MIN } else { i16::MAX }).collect();
        Builder::new((0..300).flat_map(|_| row(&texts, &edges, &[0x60; 18])).collect()).bytes()
    }),
    file("tables-deep.doc", Read, || {
        Builder::new((0..5_000).map(|at| cell("1").at_depth((at % 256) as u8)).collect()).bytes()
    }),
    file("styles-in-a-circle.doc", Read, styles_in_a_circle),
    file("million-paragraphs.doc", Read, || Builder::new(vec![p("1"); flood() / 3]).bytes()),
    file("million-cells.doc", Read, || {
        let one = with("1", &IN_TABLE);
        Builder::new(vec![Paragraph { mark: '\u{7}', ..one }; flood() / 3]).bytes()
    }),
    file("pictures-without-end.doc", Read, || {
        Builder::new(vec![of(&[("\u{1}\u{8}", &sprm(0x6a03, &[0xff; 4]))], &[]); 2_000]).bytes()
    }),
];

fn sample() -> Builder {
    let texts = "示例县人民政府2021年政府信息公开工作年度报告";
    Builder::new(
        [vec![p(texts)], row(&["行政许可", "41"], &[0, 4000, 8000], &[]), vec![p(&texts.repeat(200))]].concat(),
    )
}

/// A whole file, changed; its table of sectors begins at the given byte.
fn looped(change: impl Fn(&mut Vec<u8>, usize)) -> Vec<u8> {
    let mut bytes = sample().bytes();
    let table = (1 + u32::from_le_bytes([bytes[76], bytes[77], bytes[78], bytes[79]]) as usize) << shift(&bytes);
    change(&mut bytes, table);
    bytes
}

fn shift(bytes: &[u8]) -> u32 {
    u32::from(bytes[30])
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

/// Names the sector that follows one.
fn set(bytes: &mut [u8], table: usize, at: usize, next: u32) {
    put(bytes, table + 4 * at, next);
}

/// Where the entries of the directory stand.
fn entries(bytes: &[u8]) -> Vec<usize> {
    let root: Vec<u8> = "Root Entry".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let first = bytes.windows(root.len()).position(|window| window == root).expect("a root");
    (0..4).map(|at| first + 128 * at).collect()
}

/// Each entry has the root as its child, and its neighbours and itself on both sides.
fn folders_in_a_circle(bytes: &mut [u8]) {
    for (at, entry) in entries(bytes).into_iter().enumerate() {
        put(bytes, entry + 68, at as u32);
        put(bytes, entry + 72, (at as u32 + 1) % 4);
        put(bytes, entry + 76, 0);
    }
}

/// A hundred thousand pieces that each show all of the text.
fn pieces_that_all_show_the_same() -> Vec<u8> {
    let mut streams = Builder::new(vec![p(&"1".repeat(20_000))]).streams();
    let count = 100_000_u32;
    let bounds: Vec<u32> = (0..=count).map(|at| at * 20_000).collect();
    let pieces: Vec<u8> = (0..count).flat_map(|_| [&[0, 0][..], &0x600_u32.to_le_bytes(), &[0, 0]].concat()).collect();
    let list = [places(&bounds), pieces].concat();
    let clx = [&[2][..], &(list.len() as u32).to_le_bytes(), &list].concat();
    let from = streams[1].1.len() as u32;
    streams[1].1.extend(&clx);
    put(&mut streams[0].1, 0x1a2, from);
    put(&mut streams[0].1, 0x1a6, clx.len() as u32);
    put(&mut streams[0].1, 0x4c, count * 20_000);
    container(&streams)
}

/// Styles that are based on one another in a circle.
fn styles_in_a_circle() -> Vec<u8> {
    let mut builder = sample();
    let style = |at: u16| {
        let base = (at + 1) % 4000;
        let body: Vec<u8> = [0_u16, 1 | (base << 4), 1, 0, 0].iter().flat_map(|word| word.to_le_bytes()).collect();
        [&(body.len() as u16).to_le_bytes()[..], &body].concat()
    };
    let head: Vec<u8> = [18_u16, 4000, 10, 1, 0, 15, 0, 0, 0, 0].iter().flat_map(|word| word.to_le_bytes()).collect();
    builder.parts.push((0xa2, [head, (0..4000).flat_map(style).collect()].concat()));
    builder.bytes()
}
