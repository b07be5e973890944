//! Reading a typical OpenDocument text, against the least that any reader on quick-xml must do:
//! unpack `content.xml` and `styles.xml` and look at every event once.

#![allow(missing_docs)]

use std::hint::black_box;
use std::io::{Cursor, Read};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai::ingest::{self, Limits};
use quick_xml::Reader;
use quick_xml::events::Event;

const REPORT: &[u8] = include_bytes!("../samples/odt-2021/input.odt");

fn unpacked(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut part = archive.by_name(name).expect("the part");
    let mut xml = Vec::with_capacity(part.size() as usize + 1);
    part.read_to_end(&mut xml).expect("whole");
    xml
}

fn events(xml: &[u8]) -> usize {
    let mut reader = Reader::from_reader(xml);
    let mut count = 0;
    while !matches!(reader.read_event().expect("well formed"), Event::Eof) {
        count += 1;
    }
    count
}

fn floor(bytes: &[u8]) -> usize {
    ["content.xml", "styles.xml"].iter().map(|name| events(&unpacked(bytes, name))).sum()
}

fn read(c: &mut Criterion) {
    println!("{} bytes, {} events", REPORT.len(), floor(REPORT));
    let mut group = c.benchmark_group("odt");
    group.throughput(Throughput::Bytes(REPORT.len() as u64));
    group.bench_function("floor", |b| b.iter(|| floor(black_box(REPORT))));
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
        black_box(floor(black_box(REPORT)));
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
    let floor = median(&mut times[0]);
    let (read, extract) = (median(&mut times[1]), median(&mut times[2]));
    println!("floor (inflate + bare event pass): {:.0} µs", floor / 1000.0);
    println!("read: {:.0} µs, {:.2} of the floor", read / 1000.0, read / floor);
    println!("extract (read, map, check): {:.0} µs, {:.2} of the floor", extract / 1000.0, extract / floor);
}

criterion_group!(benches, read);
criterion_main!(benches);
