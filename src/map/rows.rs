//! Which row of the form a row of the document is: by the path of its labels, then by nearness.

use super::header::Block;
use crate::template::label::{Label, Ordinal, nearness};
use crate::template::lexicon::{Lexicon, Term};
use crate::template::{Layout, TableDef};

/// Block and row of the form.
pub(super) type At = (usize, usize);

/// A label nearer than this may be a misprint of the form's …
const NEAR: f64 = 0.6;
/// … if no other label of the form comes within this of it.
const MARGIN: f64 = 0.15;

/// The groups and the row that were met last, from top to bottom.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    group: Option<usize>,
    last: Option<At>,
}

impl Context {
    /// The row that these labels, from outer to inner, name exactly.
    pub fn resolve(&mut self, def: &TableDef, lexicon: &Lexicon, labels: &[&Label]) -> Option<At> {
        for label in labels {
            if let Some(group) = group_of(lexicon, label) {
                self.group = Some(group);
            }
        }
        if labels.len() > 1 && nests(def) {
            // A label further out may be that of the row of which this one is a part.
            for label in labels.iter().take(labels.len().saturating_sub(1)) {
                if let Some(outer) = self.row_of(def, lexicon, label) {
                    self.last = Some(outer);
                }
            }
        }
        let named = |label: &&Label| {
            let at = self.row_of(def, lexicon, label)?;
            Some((at, lexicon.is_misnumbered(label, |term| term == Term::Row(at.0, at.1))))
        };
        let named: Vec<(At, bool)> = labels.iter().rev().filter_map(named).collect();
        let (found, _) = *named.iter().find(|(_, misnumbered)| !misnumbered).or(named.first())?;
        // Labels of two rows beside one line of figures: one of them was torn from its own. The numbers may say which.
        if named.iter().any(|(other, misnumbered)| !misnumbered && *other != found) && !nests(def) {
            return None;
        }
        self.met(def, found);
        Some(found)
    }

    /// A row was met, by whatever named it.
    pub fn met(&mut self, def: &TableDef, at: At) {
        let group = def.blocks[at.0].rows[at.1].group.as_deref();
        self.group = group.and_then(|id| def.groups.iter().position(|group| group.id == id));
        self.last = Some(at);
    }

    fn row_of(&self, def: &TableDef, lexicon: &Lexicon, label: &Label) -> Option<At> {
        if lexicon.is_torn(label) {
            return None;
        }
        let rows: Vec<(At, Option<Ordinal>)> = lexicon
            .places(&label.core)
            .filter_map(|entry| match entry.term {
                Term::Row(block, row) => Some(((block, row), entry.label.ordinal)),
                _ => None,
            })
            .collect();
        if rows.len() <= 1 {
            return rows.first().map(|(at, _)| *at).filter(|at| !self.is_of_another_group(def, lexicon, label, *at));
        }
        if rows.iter().all(|(at, _)| def.blocks[at.0].rows[at.1].under.is_some()) {
            // Parts of several rows: the row met last says of which, and nothing else does.
            return rows.iter().map(|(at, _)| *at).find(|at| self.goes_on_with(def, *at));
        }
        let in_group = |(at, _): &&(At, _)| {
            let group = def.blocks[at.0].rows[at.1].group.as_deref();
            group == self.group.map(|at| def.groups[at].id.as_str())
        };
        let numbered = |(_, ordinal): &&(At, Option<Ordinal>)| ordinal.is_some() && *ordinal == label.ordinal;
        let next = |(at, _): &&(At, _)| self.last.is_none_or(|last| *at > last);
        let pick = rows.iter().find(in_group).or_else(|| rows.iter().find(numbered)).or_else(|| rows.iter().find(next));
        pick.map(|(at, _)| *at)
    }
}

impl Context {
    /// Whether a label with another number than the row's stands in another group than the row: 9.其他 of （三）不予公开
    /// is not 3.其他 of （六）其他处理.
    fn is_of_another_group(&self, def: &TableDef, lexicon: &Lexicon, label: &Label, at: At) -> bool {
        let Some(group) = self.group else { return false };
        let mut own = def.blocks[at.0].rows[at.1].group.as_deref();
        while let Some(id) = own {
            if def.groups[group].id == id {
                return false;
            }
            own = def.groups.iter().find(|other| other.id == id).and_then(|other| other.parent.as_deref());
        }
        let within = def.blocks[at.0].rows[at.1].group.is_some();
        within && lexicon.is_misnumbered(label, |term| term == Term::Row(at.0, at.1))
    }

    /// Whether a row is a part of the row met last, or of one which that is a part of, and comes
    /// after it.
    fn goes_on_with(&self, def: &TableDef, at: At) -> bool {
        let Some(last) = self.last.filter(|last| last.0 == at.0 && *last < at) else { return false };
        let rows = &def.blocks[at.0].rows;
        let above = |row: usize| rows.iter().position(|other| rows[row].under.as_ref() == Some(&other.id));
        let wanted = above(at.1);
        let mut next = Some(last.1);
        while let Some(row) = next {
            if Some(row) == wanted {
                return true;
            }
            next = above(row);
        }
        false
    }
}

/// Whether the table has rows that are parts of others.
pub(super) fn nests(def: &TableDef) -> bool {
    def.blocks.iter().flat_map(|block| &block.rows).any(|row| row.under.is_some())
}

/// The group that a label names; 9.其他 does not name （六）其他.
fn group_of(lexicon: &Lexicon, label: &Label) -> Option<usize> {
    let group = lexicon.places(&label.core).find_map(|entry| match entry.term {
        Term::Group(group) => Some(group),
        _ => None,
    });
    group.filter(|group| !lexicon.is_misnumbered(label, |term| term == Term::Group(*group)))
}

/// The one row, among those still free, that a misprinted label is near to.
pub(super) fn near(def: &TableDef, lexicon: &Lexicon, label: &Label, free: impl Fn(At) -> bool) -> Option<At> {
    let length = label.core.chars().count();
    if length < 3 || def.layout == Layout::Record {
        return None;
    }
    let mut best: Vec<(f64, At)> = Vec::new();
    for entry in lexicon.entries() {
        let Term::Row(block, row) = entry.term else { continue };
        if !comparable(length, entry.label.core.chars().count()) {
            continue;
        }
        let score = nearness(&entry.label.core, &label.core);
        match best.iter_mut().find(|(_, at)| *at == (block, row)) {
            Some(known) => known.0 = known.0.max(score),
            None => best.push((score, (block, row))),
        }
    }
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (score, at) = *best.first()?;
    let second = best.get(1).map_or(0.0, |(score, _)| *score);
    // 2.无正当理由重复申请 may be row 2 in other words, however much it reads like row 4.
    let ordinal_of = |at: At| {
        let entry = lexicon.entries().iter().find(|entry| entry.term == Term::Row(at.0, at.1));
        entry.and_then(|entry| entry.label.ordinal)
    };
    let group = def.blocks[at.0].rows[at.1].group.as_ref();
    let of_number = (0..def.blocks[at.0].rows.len())
        .map(|row| (at.0, row))
        .find(|other| def.blocks[other.0].rows[other.1].group.as_ref() == group && ordinal_of(*other) == label.ordinal);
    let other = label.ordinal.is_some() && of_number.is_some_and(|other| other != at && free(other));
    (score >= NEAR && score - second >= MARGIN && free(at) && !other).then_some(at)
}

/// Whether labels of these lengths can be near enough to count, be it as the second best.
fn comparable(a: usize, b: usize) -> bool {
    a.min(b) as f64 >= (NEAR - MARGIN) * a.max(b) as f64
}

/// The row's printed label.
pub(super) fn printed<'a>(block: Block<'a>, row: usize) -> &'a str {
    &block.def.blocks[block.at].rows[row].label
}
