//! Reading a typical Word file, against the least that any reader on quick-xml must do:
//! unpack `document.xml` and look at every event once.

#![allow(missing_docs)]

#[path = "../tests/support/docx.rs"]
mod docx;
#[path = "../tests/support/word_report.rs"]
mod report;

use std::hint::black_box;
use std::io::{Cursor, Read};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai::ingest::{self, Limits};
use quick_xml::Reader;
use quick_xml::events::Event;

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut part = archive.by_name("word/document.xml").expect("the main part");
    // Cheaper than `read_to_end`, which makes what is left of the buffer zero again with every piece.
    let mut xml = vec![0; part.size() as usize];
    part.read_exact(&mut xml).expect("whole");
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

fn read(c: &mut Criterion) {
    let bytes = report::report().bytes();
    let xml = unpacked(&bytes);
    println!("document.xml: {} bytes, {} events", xml.len(), events(&xml));
    let mut group = c.benchmark_group("docx");
    group.throughput(Throughput::Bytes(xml.len() as u64));
    group.bench_function("floor", |b| b.iter(|| events(black_box(&unpacked(black_box(&bytes))))));
    group.bench_function("read", |b| b.iter(|| ingest::read(black_box(&bytes), &Limits::default()).expect("a report")));
    let options = gongkai::Options::default();
    group.bench_function("extract", |b| b.iter(|| gongkai::extract(black_box(&bytes), &options).expect("a report")));
    group.finish();
    ratios(&bytes, &options);
}

/// Medians of interleaved runs, as ratios to the floor: what the project promises and prints.
#[allow(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn ratios(bytes: &[u8], options: &gongkai::Options) {
    let mut times: [Vec<u128>; 3] = Default::default();
    for _ in 0..301 {
        let started = std::time::Instant::now();
        black_box(events(&unpacked(black_box(bytes))));
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
    println!("floor (inflate + bare event pass): {:.0} µs", floor / 1000.0);
    println!("read / floor: {:.2}", median(&mut times[1]) / floor);
    println!("extract (read, map, check) / floor: {:.2}", median(&mut times[2]) / floor);
}

criterion_group!(benches, read);
criterion_main!(benches);
