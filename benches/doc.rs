//! Reading a typical binary Word file, against the least that any reader on `cfb` must do: read
//! the streams whole.

#![allow(missing_docs)]

use std::hint::black_box;
use std::io::{Cursor, Read};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai::ingest::{self, Limits};

const REPORT: &[u8] = include_bytes!("../samples/doc-2021/input.doc");

/// Bytes of the streams that hold a text.
fn streams(bytes: &[u8]) -> usize {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).expect("a container");
    let mut length = 0;
    for name in ["WordDocument", "0Table", "1Table", "Data"] {
        if container.is_stream(name) {
            let mut stream = Vec::new();
            length += container.open_stream(name).expect("a stream").read_to_end(&mut stream).expect("whole");
            black_box(stream);
        }
    }
    length
}

fn read(c: &mut Criterion) {
    println!("streams: {} bytes of {}", streams(REPORT), REPORT.len());
    let mut group = c.benchmark_group("doc");
    group.throughput(Throughput::Bytes(REPORT.len() as u64));
    group.bench_function("floor", |b| b.iter(|| streams(black_box(REPORT))));
    group.bench_function("read", |b| b.iter(|| ingest::read(black_box(REPORT), &Limits::default()).expect("a report")));
    let options = gongkai::Options::default();
    group.bench_function("extract", |b| b.iter(|| gongkai::extract(black_box(REPORT), &options).expect("a report")));
    group.finish();
    ratios(&options);
}

/// Medians of interleaved runs, as ratios to the floor.
#[allow(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn ratios(options: &gongkai::Options) {
    let mut times: [Vec<u128>; 3] = Default::default();
    for _ in 0..301 {
        let started = std::time::Instant::now();
        black_box(streams(black_box(REPORT)));
        times[0].push(started.elapsed().as_nanos());
        let started = std::time::Instant::now();
        black_box(ingest::read(black_box(REPORT), &Limits::default()).expect("a report"));
        times[1].push(started.elapsed().as_nanos());
        let started = std::time::Instant::now();
        black_box(gongkai::extract(black_box(REPORT), options).expect("a report"));
        times[2].push(started.elapsed().as_nanos());
    }
    let median = |times: &mut Vec<u128>| {
        times.sort_unstable();
        times[times.len() / 2] as f64
    };
    let [floor, read, extract] = times.each_mut().map(median);
    println!("floor (streams read whole by cfb): {:.0} µs", floor / 1000.0);
    println!("read: {:.0} µs, {:.2} of the floor", read / 1000.0, read / floor);
    println!("extract (read, map, check): {:.0} µs, {:.2} of the floor", extract / 1000.0, extract / floor);
}

criterion_group!(benches, read);
criterion_main!(benches);
