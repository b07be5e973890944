//! Rules against an oracle that knows the form by heart: random reports that add up have no
//! findings, and one changed figure breaks exactly the rules that use it.

mod support {
    pub mod adding_up;
    pub mod report;
}

use gongkai::check::{check, rules_using};
use gongkai::finding::Severity;
use gongkai::report::Report;
use gongkai::template::{Form, Key};
use proptest::prelude::*;
use support::adding_up::{COLUMNS, OUTCOMES, RESULTS, ROUTES, any_key, consistent, seeds};
use support::report::{add, form, number_of, set};

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
    // Hints say where an error may be, not what is wrong; they have tests of their own.
    report.findings.retain(|finding| finding.severity > Severity::Hint);
    let mut found: Vec<String> = report.findings.iter().map(named).collect();
    found.sort();
    found
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
