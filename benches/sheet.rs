//! Reading typical workbooks, against the least that any reader on calamine must do: open them and
//! read the cells of every sheet.

#![allow(missing_docs)]

use std::hint::black_box;
use std::io::Cursor;

use calamine::{Reader, open_workbook_auto_from_rs};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai::ingest::{self, Limits};

/// The same report in three formats.
const BOOKS: [(&str, &[u8]); 3] = [
    ("xlsx", include_bytes!("../samples/xlsx-2021/input.xlsx")),
    ("xls", include_bytes!("../samples/xls-2021/input.xls")),
    ("ods", include_bytes!("../samples/ods-2021/input.ods")),
];

/// Cells that are not empty.
fn cells(bytes: &[u8]) -> usize {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).expect("a workbook");
    book.worksheets().iter().map(|(_, range)| range.used_cells().count()).sum()
}

fn read(c: &mut Criterion) {
    for (name, bytes) in BOOKS {
        println!("{name}: {} bytes, {} cells", bytes.len(), cells(bytes));
        let mut group = c.benchmark_group(format!("sheet/{name}"));
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function("floor", |b| b.iter(|| cells(black_box(bytes))));
        group.bench_function("read", |b| {
            b.iter(|| ingest::read(black_box(bytes), &Limits::default()).expect("a report"));
        });
        let options = gongkai::Options::default();
        group.bench_function("extract", |b| b.iter(|| gongkai::extract(black_box(bytes), &options).expect("a report")));
        group.finish();
        ratios(name, bytes, &options);
    }
}

/// Medians of interleaved runs, as ratios to the floor.
#[allow(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn ratios(name: &str, bytes: &[u8], options: &gongkai::Options) {
    let mut times: [Vec<u128>; 3] = Default::default();
    for _ in 0..301 {
        let started = std::time::Instant::now();
        black_box(cells(black_box(bytes)));
        times[0].push(started.elapsed().as_nanos());
        let started = std::time::Instant::now();
        black_box(ingest::read(black_box(bytes), &Limits::default()).expect("a report"));
        times[1].push(started.elapsed().as_nanos());
        let started = std::time::Instant::now();
        black_box(gongkai::extract(black_box(bytes), options).expect("a report"));
        times[2].push(started.elapsed().as_nanos());
    }
    let median = |times: &mut Vec<u128>| {
        times.sort_unstable();
        times[times.len() / 2] as f64
    };
    let floor = median(&mut times[0]);
    let (read, extract) = (median(&mut times[1]), median(&mut times[2]));
    println!("{name}: floor (calamine opens it and reads its cells) {:.0} µs", floor / 1000.0);
    println!("{name}: read {:.0} µs, {:.2} of the floor", read / 1000.0, read / floor);
    println!("{name}: extract (read, map, check) {:.0} µs, {:.2} of the floor", extract / 1000.0, extract / floor);
}

criterion_group!(benches, read);
criterion_main!(benches);
