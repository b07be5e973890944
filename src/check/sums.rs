//! The sum rules of the form, each in every row or column where it holds.
//!
//! A blank or `/` is read twice: as 0, and as unknown. The rule passes if it holds with 0.
//! If not, the finding says whether some number in the blank could still make it hold (then it
//! weighs no more than a warning) or none could.

use super::subject::{Subject, Verdicts};
use super::{Check, SUM_CODES};
use crate::finding::{Code, Finding, Severity};
use crate::report::Exact;
use crate::report::{Figure, Value};
use crate::template::{Identity, Kind, Level, Relation, RuleInstance};

pub(super) const CHECK: Check = Check {
    name: "sums",
    codes: SUM_CODES,
    doc: "The sum rules that the form prints, or that follow from counting each application once; \
          a template's own rules too. A rule that lacks a figure is not assessed. A blank counts as 0 where the \
          rule then holds; where it fails, the finding says so, and is a warning if a number in the blank could \
          make the rule hold.",
    run,
};

/// The code under which an identity is reported.
pub(super) fn code_of(identity: &Identity) -> Code {
    let named = SUM_CODES.iter().copied().find(|code| code.entry().name == identity.code);
    named.unwrap_or(Code::SumRule)
}

fn run(subject: &Subject, verdicts: &mut Verdicts) {
    for rule in subject.form.rules.iter().filter(|rule| rule.table == subject.index) {
        let code = code_of(subject.form.identity(rule));
        let (Some(left), Some(right)) = (Side::add(subject, &rule.left), Side::add(subject, &rule.right)) else {
            verdicts.not_assessable(code, 1);
            continue;
        };
        if left.terms == 0 || right.terms == 0 {
            // Rows that some forms do not print: where they do not stand, there is no such rule.
            continue;
        }
        let judged = Judged { subject, rule, code, left, right };
        if judged.holds() {
            verdicts.passed(code, 1);
        } else {
            verdicts.failed(judged.finding());
        }
    }
}

/// One side of a rule, blanks read as 0.
#[derive(Default)]
struct Side {
    sum: Exact,
    /// Figures that stand in the report.
    terms: usize,
    /// Some number in a blank would raise the sum.
    may_rise: bool,
    /// Some number in a blank would lower the sum.
    may_fall: bool,
}

impl Side {
    /// Adds up the figures; `None` if one that is needed is lacking.
    fn add(subject: &Subject, positions: &[usize]) -> Option<Side> {
        let mut side = Side::default();
        for &position in positions {
            let field = &subject.form.fields[position];
            let Some(figure) = subject.figure(position) else {
                if subject.form.parts(field).2.optional {
                    continue;
                }
                return None;
            };
            match figure.value {
                Value::Number(number) if subject.in_unit(field, figure) => side.sum += Exact::from(number.0),
                Value::Blank | Value::NotApplicable => {
                    side.may_rise = true;
                    side.may_fall |= field.kind == Kind::Change;
                }
                _ => return None,
            }
            side.terms += 1;
        }
        Some(side)
    }
}

/// A rule whose two sides are known.
struct Judged<'a> {
    subject: &'a Subject<'a>,
    rule: &'a RuleInstance,
    code: Code,
    left: Side,
    right: Side,
}

impl Judged<'_> {
    fn holds(&self) -> bool {
        match self.subject.form.identity(self.rule).relation {
            Relation::Equal => self.left.sum == self.right.sum,
            Relation::AtMost => self.left.sum <= self.right.sum,
        }
    }

    /// Whether some number in a blank could make a rule hold that fails with 0.
    fn could_hold(&self) -> bool {
        if self.left.sum < self.right.sum {
            self.left.may_rise || self.right.may_fall
        } else {
            self.right.may_rise || self.left.may_fall
        }
    }

    /// Expected is what the figure itself would have to be, all others being right.
    fn finding(&self) -> Finding {
        let Judged { subject, rule, left, right, .. } = self;
        let identity = subject.form.identity(rule);
        let field = &subject.form.fields[rule.subject];
        let figure = subject.figure(rule.subject);
        let now = figure.and_then(|figure| figure.value.number()).map(Exact::from).unwrap_or_default();
        let (own, other) = if rule.right.contains(&rule.subject) { (right, left) } else { (left, right) };
        let finding = subject
            .finding(self.code, field)
            .severity(weight(identity.level))
            .expected((other.sum - own.sum + now).to_string())
            .found(figure.map_or_else(String::new, shown))
            .detail("left", left.sum)
            .detail("right", right.sum)
            .detail("difference", (left.sum - right.sum).abs());
        self.with_reading(if self.code == Code::SumRule { finding.detail("rule", &identity.code) } else { finding })
    }

    fn with_reading(&self, finding: Finding) -> Finding {
        if !self.left.may_rise && !self.right.may_rise {
            return finding;
        }
        if self.could_hold() {
            finding.severity(Severity::Warning).detail("reading", "blank_as_zero")
        } else {
            finding.detail("reading", "any_reading")
        }
    }
}

fn weight(level: Level) -> Severity {
    match level {
        Level::Hard => Severity::Error,
        Level::Strong | Level::Soft => Severity::Warning,
        Level::Medium => Severity::Note,
    }
}

/// The digits of a figure, or the name of its state.
pub(super) fn shown(figure: &Figure) -> String {
    figure.value.number().map_or_else(|| figure.value.state().to_owned(), |number| number.to_string())
}
