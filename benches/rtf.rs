//! Reading a typical RTF file, against the least that any reader of the format must do: find every
//! brace, control word with its number, and stretch of text.

#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai::ingest::{self, Limits};

/// What LibreOffice wrote, mostly Unicode, and what is written in Word's manner, mostly bytes.
const LIBREOFFICE: &[u8] = include_bytes!("../samples/rtf-2021/input.rtf");
const WORD: &[u8] = include_bytes!("../samples/rtf-word-2021/input.rtf");

/// What the bare pass has seen: tokens, bytes of text, and something of every word, so that nothing
/// of the work can be left out.
#[derive(Default, Debug, PartialEq)]
struct Seen {
    tokens: usize,
    text: usize,
    depth: usize,
    words: i64,
}

/// A bare tokenizer: no meaning, no memory.
fn tokens(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        seen.tokens += 1;
        match byte {
            b'{' => seen.depth += 1,
            b'}' => seen.depth = seen.depth.saturating_sub(1),
            b'\\' => at += control(&bytes[at..], &mut seen),
            b'\r' | b'\n' => {}
            _ => {
                let length = bytes[at..].iter().take_while(|byte| !b"\\{}\r\n".contains(byte)).count();
                seen.text += length + 1;
                at += length;
            }
        }
    }
    seen
}

/// A control word or symbol; how many bytes it has after its backslash.
fn control(bytes: &[u8], seen: &mut Seen) -> usize {
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters == 0 {
        return if bytes.first() == Some(&b'\'') { 3.min(bytes.len()) } else { 1.min(bytes.len()) };
    }
    let rest = &bytes[letters..];
    let sign = usize::from(rest.first() == Some(&b'-'));
    let digits = rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = rest[sign..sign + digits].iter().fold(0_i64, |number, digit| number * 10 + i64::from(digit - b'0'));
    let end = letters + if digits > 0 { sign + digits } else { 0 };
    seen.words += number ^ i64::from(bytes[0]);
    end + usize::from(bytes.get(end) == Some(&b' '))
}

fn read(c: &mut Criterion) {
    for (name, bytes) in [("libreoffice", LIBREOFFICE), ("word", WORD)] {
        println!("{name}: {} bytes, {:?}", bytes.len(), tokens(bytes));
        let mut group = c.benchmark_group(format!("rtf/{name}"));
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function("floor", |b| b.iter(|| tokens(black_box(bytes))));
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
        black_box(tokens(black_box(bytes)));
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
    println!("{name}: floor (bare tokenizer) {:.0} µs", floor / 1000.0);
    println!("{name}: read {:.0} µs, {:.2} of the floor", read / 1000.0, read / floor);
    println!("{name}: extract (read, map, check) {:.0} µs, {:.2} of the floor", extract / 1000.0, extract / floor);
}

criterion_group!(benches, read);
criterion_main!(benches);
