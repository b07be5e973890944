//! Reading a typical fixed-layout document, against the least that any reader of the format must do:
//! unpack every part that is read, and pass over its events with quick-xml.

#![allow(missing_docs)]

use std::hint::black_box;
use std::io::{Cursor, Read};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai::ingest::{self, Limits};
use quick_xml::events::Event;

/// A sample with a text object a run, and one with a text object a character.
const RUNS: &[u8] = include_bytes!("../samples/ofd-2021/input.ofd");
const CHARACTERS: &[u8] = include_bytes!("../samples/ofd-character-objects-2021/input.ofd");

/// Unpacks every part and counts its events.
fn events(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut count = 0;
    for at in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(at).expect("a part").read_to_end(&mut part).expect("packed well");
        let mut reader = quick_xml::Reader::from_reader(&part[..]);
        while !matches!(reader.read_event().expect("XML"), Event::Eof) {
            count += 1;
        }
    }
    count
}

fn read(c: &mut Criterion) {
    for (name, bytes) in [("runs", RUNS), ("characters", CHARACTERS)] {
        println!("{name}: {} bytes, {} events", bytes.len(), events(bytes));
        let mut group = c.benchmark_group(format!("ofd/{name}"));
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function("floor", |b| b.iter(|| events(black_box(bytes))));
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
        black_box(events(black_box(bytes)));
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
    println!("{name}: floor (inflate + bare events) {:.0} µs", floor / 1000.0);
    println!("{name}: read {:.0} µs, {:.2} of the floor", read / 1000.0, read / floor);
    println!("{name}: extract (read, map, check) {:.0} µs, {:.2} of the floor", extract / 1000.0, extract / floor);
}

criterion_group!(benches, read);
criterion_main!(benches);
