//! What checking a report takes when figures in it are wrong: the search for likely corrections must never take more
//! than 50 ms.
//!
//! Figures of a report in which everything holds are changed, one to four at a time, every pair of places having
//! the same chance; printed are the median and the longest of a thousand checks for each number of errors.

#![allow(missing_docs)]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

#[path = "../tests/support/report.rs"]
mod report;

use std::hint::black_box;
use std::time::{Duration, Instant};

use gongkai::check::check;
use gongkai::report::{Amount, Report, Value};
use gongkai::template::Form;

const ROUNDS: usize = 1000;
/// What the search may take.
const MOST: Duration = Duration::from_millis(50);

/// Numbers that are the same in every run: xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// Makes so many figures wrong.
fn spoil(report: &mut Report, errors: usize, chance: &mut Chance) {
    let tables = report.tables.len();
    for _ in 0..errors {
        let figures = &mut report.tables[chance.below(tables)].figures;
        let at = chance.below(figures.len());
        figures[at].value = Value::Number(Amount::from(chance.below(5000) as i64));
    }
}

fn main() {
    for edition in ["2021", "2019"] {
        for errors in 0..=4 {
            let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
            let mut times: Vec<Duration> = (0..ROUNDS)
                .map(|_| {
                    let mut report = report::clean(edition);
                    spoil(&mut report, errors, &mut chance);
                    let begun = Instant::now();
                    check(black_box(&mut report), Form::shipped());
                    begun.elapsed()
                })
                .collect();
            times.sort_unstable();
            let (median, longest) = (times[ROUNDS / 2], times[ROUNDS - 1]);
            let held = if longest <= MOST { "within" } else { "OVER" };
            println!("{edition}, {errors} errors: median {median:?}, longest {longest:?}, {held} {MOST:?}");
        }
    }
}
