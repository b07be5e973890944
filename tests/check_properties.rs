//! Rules against an oracle that knows the form by heart: random reports that add up have no
//! findings, and one changed figure breaks exactly the rules that use it.

mod support {
    pub mod report;
}

use std::fmt::Write as _;

use gongkai::check::{check, rules_using};
use gongkai::finding::Severity;
use gongkai::report::Report;
use gongkai::template::{Form, Key};
use proptest::prelude::*;
use support::report::{add, form, number_of, report, set};

const OUTCOMES: [&str; 21] = [
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
const COLUMNS: [&str; 7] =
    ["natural_person", "business", "research", "public_welfare", "legal_service", "other", "total"];
const ROUTES: [&str; 3] = ["review", "litigation_direct", "litigation_after_review"];
const RESULTS: [&str; 4] = ["upheld", "corrected", "other", "pending"];

/// The numbers from which a report follows: 21 × 6 outcomes, what was carried in and out, 3 × 4 results.
type Seeds = (Vec<Vec<i64>>, Vec<i64>, Vec<i64>, Vec<Vec<i64>>);

fn seeds() -> impl Strategy<Value = Seeds> {
    use prop::collection::vec;
    // Zeros are common in real reports, and the only cells that may be left blank.
    let number = || prop_oneof![2 => Just(0_i64), 3 => 1..100_000_i64];
    (vec(vec(number(), 6), 21), vec(number(), 6), vec(number(), 6), vec(vec(number(), 4), 3))
}

fn consistent((outcomes, carried_in, carried_out, results): &Seeds) -> Report {
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

/// Every rule that fails, as `code field`, from plain additions.
fn broken(report: &Report) -> Vec<String> {
    let number = |table: &str, row: &str, column: &str| number_of(report, &format!("{table}.{row}.{column}"));
    let app = |row: &str, column: &str| number("applications", row, column);
    let mut broken = Vec::new();
    let mut rule = |holds: bool, name: String| {
        if !holds {
            broken.push(name);
        }
    };
    for column in COLUMNS {
        let (received, carried) = (app("new_received", column) + app("carried_in", column), app("carried_out", column));
        let total = app("outcomes_total", column);
        let sum: i64 = OUTCOMES.iter().map(|row| app(row, column)).sum();
        rule(received == total + carried, format!("balance applications.outcomes_total.{column}"));
        rule(sum == total, format!("outcomes applications.outcomes_total.{column}"));
        rule(carried <= received, format!("carried_out_bound applications.carried_out.{column}"));
    }
    for row in ["new_received", "carried_in", "outcomes_total", "carried_out"].iter().chain(&OUTCOMES) {
        let sum: i64 = COLUMNS[..6].iter().map(|column| app(row, column)).sum();
        rule(sum == app(row, "total"), format!("row_total applications.{row}.total"));
    }
    for route in ROUTES {
        let sum: i64 = RESULTS.iter().map(|result| number("review_litigation", route, result)).sum();
        let holds = sum == number("review_litigation", route, "total");
        rule(holds, format!("{route}_total review_litigation.{route}.total"));
    }
    broken.sort();
    broken
}

fn found(report: &mut Report) -> Vec<String> {
    check(report, Form::shipped());
    let named = |finding: &gongkai::finding::Finding| {
        format!("{} {}", finding.code.entry().name, finding.field.as_ref().map_or("", Key::as_str))
    };
    let mut found: Vec<String> = report.findings.iter().map(named).collect();
    found.sort();
    found
}

/// A figure of the tables that have sum rules.
fn any_key() -> impl Strategy<Value = Key> {
    let form = form("2021");
    let keys: Vec<Key> = form.fields.iter().filter(|field| field.table > 0).map(|field| field.key.clone()).collect();
    prop::sample::select(keys)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_adds_up_has_no_findings(seeds in seeds()) {
        let mut report = consistent(&seeds);
        prop_assert!(broken(&report).is_empty());
        prop_assert_eq!(found(&mut report), Vec::<String>::new());
    }

    #[test]
    fn zeros_may_be_left_blank(seeds in seeds(), words in prop::collection::vec(prop::sample::select(vec!["0", "_", "/"]), 200)) {
        let mut report = consistent(&seeds);
        let zero = |figure: &&gongkai::report::Figure| figure.value.number().is_some_and(|number| number.is_zero());
        let zeros: Vec<String> = report.figures().filter(zero).map(|figure| figure.key.to_string()).collect();
        for (key, word) in zeros.iter().zip(words) {
            set(&mut report, key, word);
        }
        prop_assert_eq!(found(&mut report), Vec::<String>::new());
    }

    #[test]
    fn one_changed_figure_breaks_the_rules_that_use_it(seeds in seeds(), key in any_key(), number in 1..1_000_000_i64) {
        let mut report = consistent(&seeds);
        add(&mut report, key.as_str(), number);
        let found = found(&mut report);
        prop_assert_eq!(&found, &broken(&report));
        let form = form("2021");
        let uses = rules_using(&form, &key);
        let equalities = uses.iter().filter(|rule| rule.code.entry().name != "carried_out_bound");
        let bounds = found.iter().filter(|name| name.starts_with("carried_out_bound")).count();
        prop_assert_eq!(found.len() - bounds, equalities.count());
        // The difference is that of the change, whichever rule shows it.
        for finding in report.findings.iter().filter(|finding| !finding.code.entry().name.ends_with("bound")) {
            prop_assert_eq!(&finding.details["difference"], &number.to_string());
        }
    }

    /// A blank is a warning exactly where its number would have made the rules hold.
    #[test]
    fn a_number_left_blank_is_never_an_error(seeds in seeds(), key in any_key()) {
        let mut report = consistent(&seeds);
        let lost = number_of(&report, key.as_str());
        set(&mut report, key.as_str(), "_");
        let found = found(&mut report);
        prop_assert_eq!(found.is_empty(), lost == 0);
        for finding in &report.findings {
            prop_assert_eq!(finding.severity, Severity::Warning);
            prop_assert_eq!(&finding.details["reading"], "blank_as_zero");
        }
    }
}
