//! docs/checks.md: every check, every code, made from the catalogue and the forms.

use std::fmt::Write as _;
use std::sync::Arc;

use super::CHECKS;
use super::formula::rules_of;
use crate::finding::{ACROSS, Code, Lang, catalogued};
use crate::template::{Form, Level};

const HEAD: &str = "\
# Findings

Everything the program may have to say about a report: what the reading noticed, and what the checks found. Made from
`src/finding/catalog.rs`, `src/check` and `src/template/catalog`; edit those, then run `GONGKAI_BLESS=1 cargo test --test docs`.

An *error* breaks a rule that is printed in the form or follows from counting each application once. A *warning* is usually a
mistake, or data that could not be had; real and correct reports may have some. A *note* is worth knowing. Words in braces
are filled in; every message is preceded by the place: table, row and column as printed, and where that is in the file.

The grade says what is asked of whoever publishes the report. *Mandatory* (强制性) findings must be mended: sums and bounds that
the form prints or that follow from counting each application once; figures, rows, tables and pages that the form asks for and that
are lacking, unreadable or of no certain place; a year that is not stated, or stated in two ways; traces of work that may not be
published, such as tracked changes or a broken file. No explanation makes these right, so no waiver is taken for them. *Confirm* (核实性)
findings must be explained or confirmed: what is usually true but broken by real and correct reports (powers, units, jumps, rules that
only follow from how rows nest), prose against tables, which no rule ties together, how the program placed or named
something, and hints. For these a waiver (`check --waivers`) with reason and date is taken.

A check that lacks a figure it needs (missing, unreadable, ambiguous) is *not assessable*: neither held nor failed. A blank or `/`
counts as 0 where the rule then holds. Where it then fails, the finding says which reading fails: a warning if a number in the
blank could make the rule hold, of the rule's own weight if none could.
";

/// Writing to a string cannot fail.
macro_rules! line {
    ($out:expr, $($arguments:tt)*) => { writeln!($out, $($arguments)*).expect("memory takes every line") };
}

/// The reference of all findings, with the sum rules of these forms.
#[must_use]
pub fn markdown(forms: &[Arc<Form>]) -> String {
    let mut out = HEAD.to_owned();
    line!(out, "\n## Checks");
    for check in CHECKS {
        line!(out, "\n### Check `{}`\n\n{}", check.name, check.doc);
        for &code in check.codes {
            write_code(&mut out, code, forms);
        }
    }
    line!(out, "\n## What reading a file may notice");
    let checked = |code: &Code| CHECKS.iter().any(|check| check.codes.contains(code));
    for &code in Code::ALL.iter().filter(|code| !checked(code) && !ACROSS.contains(code)) {
        write_code(&mut out, code, forms);
    }
    out
}

fn write_code(out: &mut String, code: Code, forms: &[Arc<Form>]) {
    let rules = formulas(code, forms).into_iter().map(|(formula, editions)| format!("- Rule ({editions}): {formula}"));
    out.push_str(&catalogued(code, &rules.collect::<Vec<_>>()));
}

/// The rules reported under a code, each with the editions that have it.
fn formulas(code: Code, forms: &[Arc<Form>]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for form in forms {
        for rule in rules_of(form, code) {
            let level = match form.identity(rule.rule).level {
                Level::Hard => "hard",
                Level::Strong => "strong",
                Level::Soft => "soft",
                Level::Medium => "medium",
            };
            let formula = format!("{} ({level})", rule.general(Lang::En));
            match out.iter_mut().find(|(known, _)| *known == formula) {
                Some((_, editions)) => *editions += &format!(", {}", form.edition),
                None => out.push((formula, format!("edition {}", form.edition))),
            }
        }
    }
    out
}
