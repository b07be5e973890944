//! Where is the error: the sets of corrections, each of one figure, that mend all sums and of which no part would do.
//!
//! The table of applications is a two-way sum table: one wrong figure breaks exactly the sums that
//! run over it, all by the same difference. So the sums that fail say which changes could mend
//! them; where there are several, all are listed, the smaller ones first, and none is claimed.

mod search;
mod slip;

use std::collections::BTreeSet;

use super::Check;
use super::formula::RuleUse;
use super::implied;
use super::ledger::{Known, Ledger};
use super::subject::{Subject, Verdicts};
use super::sums::shown;
use crate::finding::{Code, Finding, Lang, Place, Words};
use search::{Change, Set};

pub(super) const CHECK: Check = Check {
    name: "corrections",
    codes: &[Code::LikelyCorrection],
    doc: "Where sums fail that must hold, the sets of corrections, of one or two figures, after which all of \
          them hold, with every figure a count from 0 and every bound kept, and of which no part would do. All are \
          listed, none is claimed: first those of one figure; of as many figures, those that look like a slip (digits \
          swapped, dropped, added or misread, a neighbour's value) first. Sums that have no figure in common are mended \
          apart. Figures that the sums imply are taken as implied; blank ones may be corrected too.",
    run,
};

/// So many sets are listed. Two equal errors in one row of 21 outcomes have as many twins.
const MOST_SETS: usize = 30;

fn run(subject: &Subject, verdicts: &mut Verdicts) {
    if subject.ledger.is_settled() {
        return;
    }
    let mut ledger = subject.ledger.clone();
    implied::filled(&mut ledger);
    let implied = implied::implied(&mut subject.ledger.clone());
    for part in search::parts(&ledger) {
        let mut sets = search::minimal(&ledger, &part);
        // A blank that alone mends everything is said by what the sums imply, where it is the only blank of some sum.
        let said = |set: &Set| {
            set.iter().all(|change| {
                ledger.known[change.at] == Known::Blank && implied.get(&change.at) == Some(&change.number)
            })
        };
        if matches!(sets.as_slice(), [set] if said(set)) {
            continue;
        }
        sets.sort_by_cached_key(|set| {
            let unlikely: u32 = set.iter().map(|change| slip::of(subject, &ledger, *change).rank()).sum();
            (set.len(), unlikely, set.iter().map(|change| change.at).collect::<Vec<_>>())
        });
        for (number, set) in sets.iter().take(MOST_SETS).enumerate() {
            let choice = Choice {
                number: number + 1,
                alike: sets.iter().filter(|other| other.len() == set.len()).count(),
                fewer: sets[0].len() < set.len(),
            };
            for finding in findings(subject, &ledger, set, &choice) {
                verdicts.hint(finding);
            }
        }
    }
}

/// A set among others.
struct Choice {
    /// Its number in the list of all.
    number: usize,
    /// How many change as many figures.
    alike: usize,
    /// Others change fewer.
    fewer: bool,
}

/// A finding for each figure of a set.
fn findings(subject: &Subject, ledger: &Ledger, set: &Set, choice: &Choice) -> Vec<Finding> {
    let finding = |change: &Change| {
        let position = ledger.position(change.at);
        let (field, figure) = (&subject.form.fields[position], subject.figure(position));
        let found = figure.map_or_else(String::new, shown);
        let finding = subject
            .finding(Code::LikelyCorrection, field)
            .expected(change.number.to_string())
            .found(found)
            .detail("set", choice.number)
            .detail("sets", choice.alike)
            .detail("size", set.len())
            .detail("slip", slip::of(subject, ledger, *change).name())
            .detail_words("mends", &mended(subject, ledger, change.at));
        let finding = with_others(subject, ledger, finding, set, change.at);
        with_choice(finding, choice)
    };
    set.iter().map(finding).collect()
}

/// The sums that fail and run over a figure, in printed words.
fn mended(subject: &Subject, ledger: &Ledger, at: usize) -> Words {
    let failing = search::failing(ledger);
    let over = failing.iter().map(|(equation, _)| &ledger.equations[*equation]);
    let over = over.filter(|equation| equation.terms.iter().any(|(term, _)| *term == at));
    let (mut en, mut zh) = (BTreeSet::new(), BTreeSet::new());
    for equation in over {
        let rule = RuleUse::of(subject.form, equation.rule);
        en.insert(rule.named(Lang::En));
        zh.insert(rule.named(Lang::Zh));
    }
    let joined = |names: BTreeSet<String>, mark: &str| names.into_iter().collect::<Vec<_>>().join(mark);
    Words::new(joined(en, " and "), joined(zh, "、"))
}

/// Names the other figures of the set: each mends only with all.
fn with_others(subject: &Subject, ledger: &Ledger, finding: Finding, set: &Set, at: usize) -> Finding {
    let others: Vec<String> = set
        .iter()
        .filter(|change| change.at != at)
        .map(|change| {
            let place = Place::of(subject.form, &subject.form.fields[ledger.position(change.at)]);
            format!("“{}”×“{}” = {}", place.row, place.column, change.number)
        })
        .collect();
    if others.is_empty() {
        return finding;
    }
    let others = others.join(", ");
    finding
        .detail_words("together", &Words::new(format!(", together with {others}"), format!("（须同时更正 {others}）")))
}

fn with_choice(finding: Finding, choice: &Choice) -> Finding {
    let Choice { number, alike, fewer } = *choice;
    if fewer {
        return finding.detail_words(
            "choice",
            &Words::new(
                format!(" A single figure would mend them too; two wrong ones can look the same (number {number})."),
                format!("仅更正一项亦可使各项合计相符，但两项有误时也会呈现同样的结果（第{number}种）。"),
            ),
        );
    }
    if alike == 1 {
        return finding;
    }
    let cut = alike > MOST_SETS;
    let (en_cut, zh_cut) = if cut {
        (format!(", of which {MOST_SETS} are listed"), format!("，仅列出{MOST_SETS}种"))
    } else {
        (String::new(), String::new())
    };
    finding.detail_words(
        "choice",
        &Words::new(
            format!(" It is one of {alike} ways that change as few figures{en_cut} (number {number})."),
            format!("更正项数同样最少的方式共有{alike}种{zh_cut}，此为第{number}种。"),
        ),
    )
}
