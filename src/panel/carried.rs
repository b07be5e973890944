//! What one year hands to the next: applications, documents in force, items of lists.

use rust_decimal::Decimal;

use super::packed::Fact;
use super::{Check, Pair, Panel, Said};
use crate::finding::{Code, Severity};
use crate::report::Value;

pub(super) const CARRY_OVER: Check = Check {
    name: "carry_over",
    codes: &[Code::CarryOver],
    doc: "四、结转下年度继续办理 of one year is 二、上年结转 of the next, in each column of applicants, across editions 2019 and \
          2021 too. A blank or `/` is read as 0; where the rule then fails, the finding is a warning. A figure that is \
          missing, unreadable or ambiguous is not assessed.",
};

pub(super) const ROLL_FORWARD: Check = Check {
    name: "roll_forward",
    codes: &[Code::StockRollForward, Code::ItemsRollForward],
    doc: "Edition 2021: 现行有效件数 is that of the year before plus 本年制发件数 less 本年废止件数, for 规章 and 行政规范性文件; a \
          clean-up may re-base it, so a difference is to be confirmed. Edition 2019: 上一年项目数量 is that of the year before \
          with its 本年增/减. 对外公开总数量 of 2019 is not 现行有效件数 of 2021, and no rule ties them. Only numbers are \
          compared: with a blank among them nothing is said.",
};

/// Columns of the table of applications.
const APPLICANTS: [&str; 7] =
    ["natural_person", "business", "research", "public_welfare", "legal_service", "other", "total"];
/// Rows of which documents are in force.
const DOCUMENTS: [&str; 2] = ["rules", "normative_documents"];
/// Rows of 2019 that count items of a list.
const ITEMS: [&str; 5] = ["licensing", "other_services", "penalties", "compulsion", "fees"];

/// What is carried out and carried in, column by column.
pub(super) fn carry_over(panel: &Panel, pair: &Pair<'_>, said: &mut Vec<Said>) {
    for column in APPLICANTS {
        let out = pair.earlier(panel, &format!("applications.carried_out.{column}"));
        let taken = pair.later(panel, &format!("applications.carried_in.{column}"));
        let (Some(out), Some(taken)) = (out, taken) else { continue };
        let (Some(left), Some(right)) = (or_zero(out.value), or_zero(taken.value)) else { continue };
        if left == right {
            continue;
        }
        let mut finding = panel.about(Code::CarryOver, taken).expected(left.to_string()).found(right.to_string());
        if out.value.number().is_none() || taken.value.number().is_none() {
            finding = finding.severity(Severity::Warning).detail("reading", "blank_as_zero");
        }
        said.push(panel.said(pair.now, panel.against(finding, pair.before)));
    }
}

/// The number, with a blank as 0; `None` where it is not known.
fn or_zero(value: Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(number.0),
        Value::Blank | Value::NotApplicable => Some(Decimal::ZERO),
        Value::Unreadable | Value::Missing | Value::Ambiguous => None,
    }
}

/// Documents in force, and items of lists.
pub(super) fn roll_forward(panel: &Panel, pair: &Pair<'_>, said: &mut Vec<Said>) {
    for row in DOCUMENTS {
        let name = |column: &str| format!("proactive.{row}.{column}");
        let now = |column: &str| pair.later(panel, &name(column));
        let parts = (pair.earlier(panel, &name("in_force")), now("issued"), now("repealed"), now("in_force"));
        let (Some(was), Some(issued), Some(repealed), Some(fact)) = parts else { continue };
        let Some([was, issued, repealed, found]) = numbers([was, issued, repealed, fact]) else { continue };
        let expected = was.checked_add(issued).and_then(|sum| sum.checked_sub(repealed));
        let Some(expected) = expected.filter(|expected| *expected != found) else { continue };
        let finding = panel.about(Code::StockRollForward, fact).expected(expected.to_string()).found(found.to_string());
        let finding = finding.detail("was", was).detail("issued", issued).detail("repealed", repealed);
        said.push(panel.said(pair.now, panel.against(finding, pair.before)));
    }
    for row in ITEMS {
        let name = |column: &str| format!("proactive.{row}.{column}");
        let (was, change) = (pair.earlier(panel, &name("items_last_year")), pair.earlier(panel, &name("change")));
        let (Some(was), Some(change), Some(fact)) = (was, change, pair.later(panel, &name("items_last_year"))) else {
            continue;
        };
        let Some([was, change, found]) = numbers([was, change, fact]) else { continue };
        let Some(expected) = was.checked_add(change).filter(|expected| *expected != found) else { continue };
        let finding = panel.about(Code::ItemsRollForward, fact).expected(expected.to_string()).found(found.to_string());
        said.push(
            panel.said(pair.now, panel.against(finding.detail("was", was).detail("change", change), pair.before)),
        );
    }
}

fn numbers<const N: usize>(facts: [&Fact; N]) -> Option<[Decimal; N]> {
    let numbers: Vec<Decimal> = facts.iter().map_while(|fact| fact.value.number()).collect();
    numbers.try_into().ok()
}
