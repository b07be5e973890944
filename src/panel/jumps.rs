//! Figures that are ten times last year's, or a tenth.

use rust_decimal::Decimal;

use super::packed::Fact;
use super::{Check, Pair, Panel, Said};
use crate::finding::{Code, Severity};
use crate::template::Kind;

pub(super) const CHECK: Check = Check {
    name: "magnitude_jump",
    codes: &[Code::MagnitudeJump],
    doc: "A figure is at least 10 times that of the year before, or at most a tenth of it, where the larger of the two is at \
          least 100: small numbers do jump. Both must be numbers above 0 in the same unit. From 100 times on it is a warning \
          (a slipped unit makes 10,000). Looked at are the figures of the first table, the table of 2014, and the totals of \
          new applications, reviews and lawsuits; figures that another of these adds up are left out.",
};

/// From this ratio on a jump is said …
const JUMP: i64 = 10;
/// … from this one on it is more likely a slip than a change.
const SLIP: i64 = 100;
/// The larger figure is at least this.
const FLOOR: i64 = 100;

/// Figures outside the first tables that are looked at.
const TOTALS: [&str; 4] = [
    "applications.new_received.total",
    "review_litigation.review.total",
    "review_litigation.litigation_direct.total",
    "review_litigation.litigation_after_review.total",
];
/// Figures of the table of 2014 that are parts of a figure above them, or tell nothing of a slip.
const PARTS: [&str; 6] = [
    "statistics.received.",
    "statistics.concluded.",
    "statistics.replied.",
    "statistics.review.",
    "statistics.litigation.",
    "statistics.capacity.staff.",
];

/// Every jump between two years.
pub(super) fn jumps(panel: &Panel, pair: &Pair<'_>, said: &mut Vec<Said>) {
    for fact in pair.later {
        let key = panel.fields.key(fact).as_str();
        let Some(before) = is_looked_at(key).then(|| pair.earlier(panel, key)).flatten() else { continue };
        let Some(ratio) = ratio(before, fact).filter(|_| panel.fields.kind(fact) != Some(Kind::Change)) else {
            continue;
        };
        let severity = if ratio >= Decimal::from(SLIP) { Severity::Warning } else { Severity::Note };
        let numbers = (before.value.number().unwrap_or_default(), fact.value.number().unwrap_or_default());
        let finding = panel.about(Code::MagnitudeJump, fact).severity(severity);
        let finding = finding.expected(numbers.0.to_string()).found(numbers.1.to_string());
        said.push(panel.said(pair.now, panel.against(finding, pair.before)));
    }
}

fn is_looked_at(key: &str) -> bool {
    let part = || PARTS.iter().any(|part| key.starts_with(part) && !key[part.len()..].eq("value"));
    key.starts_with("proactive.") || TOTALS.contains(&key) || key.starts_with("statistics.") && !part()
}

/// How many times the larger is the smaller, if that is a jump.
fn ratio(before: &Fact, now: &Fact) -> Option<Decimal> {
    let (before_number, now_number) = (before.value.number()?, now.value.number()?);
    let (small, large) = (before_number.min(now_number), before_number.max(now_number));
    if small <= Decimal::ZERO || large < Decimal::from(FLOOR) || before.own_unit || now.own_unit {
        return None;
    }
    large.checked_div(small).filter(|ratio| *ratio >= Decimal::from(JUMP))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Origin;
    use crate::report::Value;

    fn jump(before: &str, now: &str) -> Option<String> {
        let fact = |text: &str| Fact {
            field: 0,
            form: 0,
            value: Value::Number(text.parse().expect("a number")),
            own_unit: false,
            origin: Origin::default(),
        };
        ratio(&fact(before), &fact(now)).map(|ratio| ratio.normalize().to_string())
    }

    #[test]
    fn small_numbers_and_zeros_do_not_alarm() {
        for (before, now, wanted) in [
            ("12", "120", Some("10")),
            ("120", "12", Some("10")),
            ("12", "119", None),
            ("9", "99", None),
            ("0", "5000", None),
            ("5000", "0", None),
            ("59.2449", "592449", Some("10000")),
            ("-5", "5000", None),
        ] {
            assert_eq!(jump(before, now).as_deref(), wanted, "{before} {now}");
        }
    }

    #[test]
    fn parts_of_a_figure_are_not_looked_at() {
        for (key, wanted) in [
            ("proactive.licensing.decisions", true),
            ("applications.new_received.total", true),
            ("applications.granted.total", false),
            ("statistics.received.value", true),
            ("statistics.received.online.value", false),
            ("statistics.disclosed.value", true),
        ] {
            assert_eq!(is_looked_at(key), wanted, "{key}");
        }
    }
}
