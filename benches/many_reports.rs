//! Time per figure from one report in a file to a thousand: it stays what it is.

#![allow(missing_docs)]

#[path = "../tests/support/docx.rs"]
mod docx;
#[path = "../tests/support/word_report.rs"]
mod word_report;

use std::hint::black_box;

use gongkai::ingest::Limits;
use gongkai::{Options, extract};

/// Reports in one file.
const COUNTS: [usize; 4] = [1, 10, 100, 1000];
/// How often a file is read, for one report; fewer times for larger files.
const RUNS: usize = 200;

/// A way to write many reports in one file.
struct Way {
    name: &'static str,
    file: fn(usize) -> Vec<u8>,
}

const WAYS: &[Way] = &[
    Way { name: "docx", file: |count| word_report::reports(count).bytes() },
    Way { name: "text, a row a line", file: |count| repeated(include_str!("../samples/bars-2021/input.txt"), count) },
    Way {
        name: "text, a cell a line",
        file: |count| repeated(include_str!("../samples/cell-a-line-2021/input.txt"), count),
    },
];

fn repeated(report: &str, count: usize) -> Vec<u8> {
    report.repeat(count).into_bytes()
}

/// Least nanoseconds per figure of some runs, and how many figures there are.
#[allow(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn measure(file: &[u8], runs: usize, options: &Options) -> (f64, usize) {
    let mut least = f64::INFINITY;
    let mut figures = 0;
    for _ in 0..runs.max(2) {
        let started = std::time::Instant::now();
        let extraction = black_box(extract(black_box(file), options).expect("reports"));
        let time = started.elapsed().as_nanos() as f64;
        figures = extraction.reports.iter().map(|report| report.figures().count()).sum();
        least = least.min(time / figures as f64);
    }
    (least, figures)
}

fn main() {
    let limits = Limits { part_bytes: 1 << 30, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    for way in WAYS {
        let mut first = None;
        for count in COUNTS {
            let (time, figures) = measure(&(way.file)(count), RUNS / count, &options);
            let first = *first.get_or_insert(time);
            println!(
                "{}: {count} reports, {figures} figures, {time:.0} ns per figure, × {:.2}",
                way.name,
                time / first
            );
        }
    }
}
