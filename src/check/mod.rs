//! [`Report`] + [`Form`] → findings: what must hold and does not.
//!
//! One file a kind of check; [`CHECKS`] lists all. A check sees one table of one report and
//! knows nothing of documents. What a check cannot assess it counts and says nothing about.

mod claim_readings;
mod claims;
mod corrections;
mod edition_of_year;
mod fees_unit;
mod formula;
mod implied;
mod ledger;
mod markdown;
mod organ;
mod rules_power;
mod subject;
mod sums;
mod values;

use std::sync::Arc;

pub use formula::{RuleUse, rules_using};
pub use markdown::markdown;

use crate::finding::Code;
use crate::report::Report;
use crate::template::Form;
use subject::{Subject, Verdicts};

/// A kind of check.
#[derive(Clone, Copy)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// The codes of its findings.
    pub codes: &'static [Code],
    /// What it holds a report to, and why.
    pub doc: &'static str,
    run: fn(&Subject, &mut Verdicts),
}

/// Every check, in the order of their findings within a table.
pub const CHECKS: &[Check] = &[
    sums::CHECK,
    values::NON_NEGATIVE,
    values::INTEGRAL,
    rules_power::CHECK,
    fees_unit::CHECK,
    edition_of_year::CHECK,
    implied::CHECK,
    corrections::CHECK,
    claims::CHECK,
];

/// The codes of sum rules: “42 sums hold” counts the tallies of these.
pub const SUM_CODES: &[Code] = &[
    Code::Balance,
    Code::Outcomes,
    Code::RowTotal,
    Code::ReviewTotal,
    Code::LitigationDirectTotal,
    Code::LitigationAfterReviewTotal,
    Code::SumRule,
    Code::CarriedOutBound,
    Code::DisclosedBound,
    Code::ReceivedByChannel,
    Code::ConcludedByTime,
    Code::RepliedByKind,
    Code::DeniedByReason,
    Code::ReviewResults,
    Code::LitigationResults,
    Code::StaffTotal,
    Code::HeadsBound,
    Code::DisclosedChannels,
    Code::DisclosedLargestChannel,
];

/// Checks a report: adds what does not hold to its findings, table by table, and counts what
/// held in [`Report::checks`]. A report checked before is checked anew.
pub fn check(report: &mut Report, forms: &[Arc<Form>]) {
    let mut verdicts = Verdicts::default();
    for table in &report.tables {
        let Some(subject) = Subject::new(report, table, forms) else { continue };
        for check in CHECKS {
            (check.run)(&subject, &mut verdicts);
        }
    }
    claims::compare(report, forms, &mut verdicts);
    let stale = |code: &Code| CHECKS.iter().any(|check| check.codes.contains(code));
    report.findings.retain(|finding| !stale(&finding.code));
    report.findings.append(&mut verdicts.findings);
    report.checks = verdicts.checks;
}
