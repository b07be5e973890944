//! Random reports of edition 2021 in which every sum holds.
#![allow(dead_code, reason = "no test uses everything")]

use std::fmt::Write as _;

use gongkai::report::Report;
use gongkai::template::Key;
use proptest::prelude::*;

use crate::support::report::{form, report};

pub const OUTCOMES: [&str; 21] = [
    "granted",
    "partially_granted",
    "denied.state_secret",
    "denied.prohibited_by_law",
    "denied.security_and_stability",
    "denied.third_party_rights",
    "denied.internal_affairs",
    "denied.process_information",
    "denied.enforcement_files",
    "denied.administrative_inquiry",
    "unavailable.not_held",
    "unavailable.needs_creation",
    "unavailable.still_unclear",
    "not_processed.petition_or_complaint",
    "not_processed.repeated",
    "not_processed.published_material",
    "not_processed.excessive",
    "not_processed.confirm_or_reissue",
    "other.correction_overdue",
    "other.fee_overdue",
    "other.misc",
];
pub const COLUMNS: [&str; 7] =
    ["natural_person", "business", "research", "public_welfare", "legal_service", "other", "total"];
pub const ROUTES: [&str; 3] = ["review", "litigation_direct", "litigation_after_review"];
pub const RESULTS: [&str; 4] = ["upheld", "corrected", "other", "pending"];

/// The numbers from which a report follows: 21 × 6 outcomes, what was carried in and out, 3 × 4 results.
pub type Seeds = (Vec<Vec<i64>>, Vec<i64>, Vec<i64>, Vec<Vec<i64>>);

pub fn seeds() -> impl Strategy<Value = Seeds> {
    use prop::collection::vec;
    // Zeros are common in real reports, and the only cells that may be left blank.
    let number = || prop_oneof![2 => Just(0_i64), 3 => 1..100_000_i64];
    (vec(vec(number(), 6), 21), vec(number(), 6), vec(number(), 6), vec(vec(number(), 4), 3))
}

pub fn consistent((outcomes, carried_in, carried_out, results): &Seeds) -> Report {
    let mut text = "proactive\napplications\n".to_owned();
    let mut row = |id: &str, numbers: &[i64]| {
        let words: Vec<String> = numbers.iter().map(i64::to_string).collect();
        writeln!(text, " {id} {} {}", words.join(" "), numbers.iter().sum::<i64>()).expect("a string");
    };
    let totals: Vec<i64> = (0..6).map(|column| outcomes.iter().map(|row| row[column]).sum()).collect();
    // No more was carried in than was dealt with.
    let carried_in: Vec<i64> = (0..6).map(|at| carried_in[at].min(totals[at] + carried_out[at])).collect();
    let new: Vec<i64> = (0..6).map(|at| totals[at] + carried_out[at] - carried_in[at]).collect();
    row("new_received", &new);
    row("carried_in", &carried_in);
    for (id, numbers) in OUTCOMES.iter().zip(outcomes) {
        row(id, numbers);
    }
    row("outcomes_total", &totals);
    row("carried_out", carried_out);
    text += "review_litigation\n";
    for (id, numbers) in ROUTES.iter().zip(results) {
        let words: Vec<String> = numbers.iter().map(i64::to_string).collect();
        writeln!(text, " {id} {} {}", words.join(" "), numbers.iter().sum::<i64>()).expect("a string");
    }
    report(&form("2021"), &text)
}

/// A figure of the tables that have sum rules.
pub fn any_key() -> impl Strategy<Value = Key> {
    let form = form("2021");
    let keys: Vec<Key> = form.fields.iter().filter(|field| field.table > 0).map(|field| field.key.clone()).collect();
    prop::sample::select(keys)
}
