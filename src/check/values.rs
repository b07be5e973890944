//! What each figure must be by itself: not negative, and whole where it counts.

use rust_decimal::Decimal;

use super::Check;
use super::subject::{Subject, Verdicts};
use crate::finding::Code;
use crate::report::Value;
use crate::template::Kind;

pub(super) const NON_NEGATIVE: Check = Check {
    name: "non_negative",
    codes: &[Code::NonNegative],
    doc: "Counts and amounts are not negative. A change against the year before (本年增/减) may be.",
    run: |subject, verdicts| {
        each(subject, verdicts, Code::NonNegative, &[Kind::Count, Kind::Amount], |number| {
            number.is_zero() || !number.is_sign_negative()
        });
    },
};

pub(super) const INTEGRAL: Check = Check {
    name: "integral",
    codes: &[Code::Integral],
    doc: "Counts, and changes of counts, are whole numbers. An amount of money may be decimal.",
    run: |subject, verdicts| {
        each(subject, verdicts, Code::Integral, &[Kind::Count, Kind::Change], |number| {
            number.scale() == 0 || number.fract().is_zero()
        });
    },
};

/// Judges every number of these kinds. Blanks are no numbers, so nothing is said of them.
fn each(subject: &Subject, verdicts: &mut Verdicts, code: Code, kinds: &[Kind], holds: fn(Decimal) -> bool) {
    let (mut passed, mut lacking) = (0, 0);
    for (field, figure) in subject.listed().filter(|(field, _)| kinds.contains(&field.kind)) {
        match figure.value {
            Value::Number(number) if holds(number.0) => passed += 1,
            Value::Number(number) => verdicts.failed(subject.finding(code, field).found(number.to_string())),
            Value::Blank | Value::NotApplicable => {}
            Value::Missing | Value::Unreadable | Value::Ambiguous => lacking += 1,
        }
    }
    verdicts.passed(code, passed);
    verdicts.not_assessable(code, lacking);
}
