//! Reading a typical web page, against the least that any reader on html5ever must do: tokenize it,
//! and build a tree of it.

#![allow(missing_docs)]

use std::cell::Cell;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai::ingest::{self, Limits};
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// A sample whose page is like those of sites, and one that Word saved.
const SITE: &[u8] = include_bytes!("../samples/html-site-2021/input.html");
const WORD: &[u8] = include_bytes!("../samples/html-word-2021/input.doc");

/// Counts tokens and forgets them.
#[derive(Default)]
struct Count(Cell<usize>);

impl TokenSink for Count {
    type Handle = ();

    fn process_token(&self, _: Token, _: u64) -> TokenSinkResult<()> {
        self.0.set(self.0.get() + 1);
        TokenSinkResult::Continue
    }
}

fn tokens(text: &str) -> usize {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    let tokenizer = Tokenizer::new(Count::default(), TokenizerOpts::default());
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    tokenizer.sink.0.get()
}

fn decoded(bytes: &[u8]) -> String {
    let encoding = if std::str::from_utf8(bytes).is_ok() { encoding_rs::UTF_8 } else { encoding_rs::GB18030 };
    encoding.decode(bytes).0.into_owned()
}

fn read(c: &mut Criterion) {
    for (name, bytes) in [("site", SITE), ("word", WORD)] {
        println!("{name}: {} bytes, {} tokens", bytes.len(), tokens(&decoded(bytes)));
        let mut group = c.benchmark_group(format!("html/{name}"));
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function("floor", |b| b.iter(|| tokens(black_box(&decoded(black_box(bytes))))));
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
        black_box(tokens(&decoded(black_box(bytes))));
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
    println!("{name}: floor (decode + bare tokenizer) {:.0} µs", floor / 1000.0);
    println!("{name}: read {:.0} µs, {:.2} of the floor", read / 1000.0, read / floor);
    println!("{name}: extract (read, map, check) {:.0} µs, {:.2} of the floor", extract / 1000.0, extract / floor);
}

criterion_group!(benches, read);
criterion_main!(benches);
