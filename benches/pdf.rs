//! Reading a typical PDF file, against the least that any reader on hayro must do: open it and interpret its
//! pages for a device that draws nothing.

#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai::ingest::{self, Limits};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, DummyDevice, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};

/// What LibreOffice writes, what WPS writes (a character at a time), and a font that is not embedded.
const OFFICE: &[u8] = include_bytes!("../samples/pdf-2021/input.pdf");
const WPS: &[u8] = include_bytes!("../samples/pdf-wps-2021/input.pdf");
const SPLIT: &[u8] = include_bytes!("../samples/pdf-label-cut-2021/input.pdf");

/// Opens a file and interprets its pages for nobody; how many there are.
fn bare(bytes: &[u8]) -> usize {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF file");
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut DummyDevice);
    }
    pdf.pages().len()
}

fn read(c: &mut Criterion) {
    for (name, bytes) in [("office", OFFICE), ("wps", WPS), ("split", SPLIT)] {
        println!("{name}: {} bytes, {} pages", bytes.len(), bare(bytes));
        let mut group = c.benchmark_group(format!("pdf/{name}"));
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function("floor", |b| b.iter(|| bare(black_box(bytes))));
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
    for _ in 0..201 {
        let started = std::time::Instant::now();
        black_box(bare(black_box(bytes)));
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
    println!("{name}: floor (bare interpretation) {:.0} µs", floor / 1000.0);
    println!("{name}: read {:.0} µs, {:.2} of the floor", read / 1000.0, read / floor);
    println!("{name}: extract (read, map, check) {:.0} µs, {:.2} of the floor", extract / 1000.0, extract / floor);
}

criterion_group!(benches, read);
criterion_main!(benches);
