//! Whether an organ that reports 规章 can have made any.

use rust_decimal::Decimal;

use super::Check;
use super::organ::{Level, level};
use super::subject::{Subject, Verdicts};
use super::sums::shown;
use crate::finding::Code;

/// The row of 规章 in every edition.
const TABLE: &str = "proactive";
const ROW: &str = "rules";

pub(super) const CHECK: Check = Check {
    name: "rules_power",
    codes: &[Code::RulesPower],
    doc: "Only ministries, provinces, cities with districts and autonomous prefectures make rules (规章). \
          An organ whose name shows it to stand below (乡, 镇, 街道, 县, 旗, a district under a named city) \
          probably counted its normative documents in the wrong row. Names that leave the level open are not judged.",
    run,
};

fn run(subject: &Subject, verdicts: &mut Verdicts) {
    if subject.table.id != TABLE {
        return;
    }
    let mut row = subject.listed().filter(|(field, _)| subject.form.parts(field).2.id == ROW).peekable();
    let organ = subject.report.organ.as_ref();
    let level = organ.map_or(Level::Open, |organ| level(&organ.name));
    if row.peek().is_none() || level == Level::Open {
        return verdicts.not_assessable(Code::RulesPower, 1);
    }
    let mut lacking = false;
    for (field, figure) in row {
        lacking |= figure.value.is_lacking();
        if figure.value.number().is_some_and(|number| number > Decimal::ZERO) {
            let organ = organ.map_or("", |organ| organ.name.as_str());
            let finding = subject.finding(Code::RulesPower, field).expected("0").found(shown(figure));
            return verdicts.failed(finding.detail("organ", organ));
        }
    }
    if lacking {
        verdicts.not_assessable(Code::RulesPower, 1);
    } else {
        verdicts.passed(Code::RulesPower, 1);
    }
}
