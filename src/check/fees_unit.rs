//! Whether the fees of a small organ were entered in 元 where the form asks for 万元.

use rust_decimal::Decimal;

use super::Check;
use super::organ::{Level, level};
use super::subject::{Subject, Verdicts};
use crate::finding::Code;
use crate::report::Value;

/// The figure: edition 2021 alone asks for it.
const FEES: &str = "proactive.fees.amount";
/// 万元. Ten billion yuan of administrative fees is more than any county collects in a year,
/// while a million yuan, entered as 1000000, is common.
const MOST: i64 = 1_000_000;

pub(super) const CHECK: Check = Check {
    name: "fees_unit",
    codes: &[Code::FeesUnit],
    doc: "The fees of a county or township, in 万元, do not exceed 1,000,000: such a number was probably entered in 元.",
    run,
};

fn run(subject: &Subject, verdicts: &mut Verdicts) {
    let Some((field, figure)) = subject.listed().find(|(field, _)| field.key.as_str() == FEES) else { return };
    let organ = subject.report.organ.as_ref();
    let open = organ.is_none_or(|organ| level(&organ.name) == Level::Open);
    match figure.value {
        Value::Number(number) if !open && subject.in_unit(field, figure) => {
            if number.0 <= Decimal::from(MOST) {
                return verdicts.passed(Code::FeesUnit, 1);
            }
            let finding = subject.finding(Code::FeesUnit, field);
            verdicts.failed(finding.expected(MOST.to_string()).found(number.to_string()));
        }
        Value::Blank | Value::NotApplicable => {}
        _ => verdicts.not_assessable(Code::FeesUnit, 1),
    }
}
