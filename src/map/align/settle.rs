//! What labels leave open, and what only sums can settle.

use std::collections::HashMap;

use super::{Aligner, At, Entry, Origin, Slot};
use crate::finding::{Code, Finding, Place};
use crate::map::stream::{Cell, Line, Shape};
use crate::map::{number, place, prove};
use crate::report::{Alignment, Amount, Figure, Value};
use crate::template::Kind;

impl Aligner<'_> {
    // ---- what only the print order placed must be proved by the columns' sums ----

    pub(super) fn refuse_unproved_rows(&mut self) {
        let ordered: Vec<(At, Origin)> = self
            .entries
            .iter()
            .filter_map(|entry| match entry.row {
                Some((at, Alignment::Order)) => Some((at, entry.origin)),
                _ => None,
            })
            .collect();
        if ordered.is_empty() {
            return;
        }
        let proved = prove::columns_hold(self.form, self.table, &self.figures);
        for (at, origin) in ordered {
            let Some(&first) = self.taken.get(&at) else { continue };
            let columns = self.def.blocks[at.0].columns.len();
            if proved {
                let mut place = Place::of(self.form, self.field(first));
                place.column.clear();
                self.findings.push(Finding::new(Code::RowByOrder).at(origin).place(place));
                continue;
            }
            for position in first..first + columns {
                self.make_ambiguous(position);
            }
        }
    }

    pub(super) fn make_ambiguous(&mut self, position: usize) {
        let Some(figure) = self.figures[position].as_mut() else { return };
        figure.value = Value::Ambiguous;
        figure.by = None;
        let (raw, origin) = (figure.raw.clone().unwrap_or_default(), figure.origin);
        let finding = self.about(Code::Ambiguous, self.field(position)).found(raw.trim());
        self.findings.push(origin.map_or(finding.clone(), |origin| finding.at(origin)));
    }

    /// Finds the cells with a number that reach down over several rows of the form: it is of all of them together, or of
    /// one. None, and marks for none, are of each.
    pub(super) fn find_shared(&mut self) {
        // Quick way: few numbers reach down from a row above.
        let reaches = |cell: &Cell| !cell.own && cell.shape == Shape::Value;
        if !self.entries.iter().any(|entry| entry.stated && entry.values.iter().any(reaches)) {
            return;
        }
        let mut rows: HashMap<Origin, At> = HashMap::new();
        for entry in &self.entries {
            let Some((at, _)) = entry.row.filter(|_| entry.stated) else { continue };
            for cell in entry.values.iter().filter(|cell| cell.shape == Shape::Value && cell.origin.row.is_some()) {
                let other = *rows.entry(cell.origin).or_insert(at) != at;
                let counts =
                    || number::read(&cell.text, Kind::Change).value.number().is_some_and(|number| !number.is_zero());
                if other && counts() {
                    self.shared.insert(cell.origin);
                }
            }
        }
    }

    /// Takes back what stands in a cell of several rows, and a change without its sign: the number of a column that
    /// counts only what became less, or beside such a one.
    pub(super) fn doubt_slots(&self, entry: &Entry, at: At, slots: &mut [Slot]) {
        let columns = &self.def.blocks[at.0].columns;
        let changes = columns.iter().any(|column| column.kind == Kind::Change);
        let lessened = changes && entry.header.is_some_and(|header| self.headers[header].counts_what_is_less());
        if self.shared.is_empty() && !lessened {
            return;
        }
        for (leaf, slot) in slots.iter_mut().enumerate() {
            let Slot::Cell { cell, .. } = slot else { continue };
            let unsigned = || {
                let value = number::read(&cell.text, Kind::Change).value.number();
                columns[leaf % columns.len()].kind == Kind::Change
                    && value.is_some_and(|number| number.is_sign_positive() && !number.is_zero())
            };
            if self.shared.contains(&cell.origin) || lessened && unsigned() {
                slot.doubt();
            }
        }
    }

    /// Two numbers on two lines of a cell read as one: where the second is no shorter than the first, only sums can
    /// say that it is one.
    pub(super) fn doubt_joined(&mut self) {
        let is_joined = |figure: &Figure| {
            let raw = figure.raw.as_deref().unwrap_or_default();
            if !raw.as_bytes().contains(&b'\n') {
                return false;
            }
            let mut lines =
                raw.split('\n').map(str::trim).filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
            let first = lines.next().map_or(0, str::len);
            figure.value.number().is_some() && lines.next_back().is_some_and(|last| last.len() >= first)
        };
        let joined = |at: &usize| self.figures[*at].as_ref().is_some_and(is_joined);
        let joined: Vec<usize> = (0..self.figures.len()).filter(joined).collect();
        for position in joined {
            if !prove::holds_with(self.form, self.table, &self.figures, position) {
                // It was not read as one number after all.
                let key = self.field(position).key.as_str();
                let is_said = |finding: &Finding| {
                    finding.code == Code::NumberJoined
                        && finding.field.as_ref().is_some_and(|field| field.as_str() == key)
                };
                self.findings.retain(|finding| !is_said(finding));
                self.make_ambiguous(position);
            }
        }
    }

    /// A number torn from its row: if the sums want exactly this number in exactly one blank
    /// cell, it is that cell's; if in several, each is ambiguous.
    pub(super) fn settle_strays(&mut self) {
        let strays = std::mem::take(&mut self.strays);
        if strays.is_empty() || self.def.blocks.len() != 1 {
            self.left_over = !strays.is_empty();
            return;
        }
        let mut wishes = prove::wishes(self.form, self.table, &self.figures);
        for stray in strays {
            let Value::Number(number) = number::read(&stray.text, Kind::Count).value else { continue };
            if number.0.is_zero() {
                self.left_over = true;
                continue;
            }
            let wanting: Vec<usize> =
                wishes.iter().filter(|(_, wanted)| *wanted == number.0).map(|(at, _)| *at).collect();
            self.left_over |= wanting.is_empty();
            self.settle(&stray, number, &wanting);
            if !wanting.is_empty() {
                wishes = prove::wishes(self.form, self.table, &self.figures);
            }
        }
    }

    /// Where numbers are left over, a label over nothing may have lost its own: it is not blank.
    pub(super) fn doubt_vanished(&mut self) {
        let unplaced =
            |entry: &Entry| entry.row.is_none() && entry.values.iter().any(|cell| cell.shape == Shape::Value);
        if self.runs.is_empty() || !(self.left_over || self.entries.iter().any(unplaced)) {
            return;
        }
        for at in std::mem::take(&mut self.vanished) {
            let Some(&first) = self.taken.get(&at) else { continue };
            let figures = &mut self.figures[first..first + self.def.blocks[at.0].columns.len()];
            if figures.iter().flatten().all(|figure| figure.raw.is_none()) {
                figures.fill(None);
                self.taken.remove(&at);
            }
        }
    }

    /// Gives a stray to the blank cells that want it.
    pub(super) fn settle(&mut self, stray: &Line, number: Amount, wanting: &[usize]) {
        let proved = wanting.len() == 1;
        for &position in wanting {
            let Some(figure) = self.figures[position].as_mut() else { continue };
            figure.raw = Some(stray.text.clone());
            figure.origin = Some(stray.origin);
            figure.value = if proved { Value::Number(number) } else { Value::Ambiguous };
            figure.by = proved.then_some(Alignment::Arithmetic);
            let code = if proved { Code::Proved } else { Code::Ambiguous };
            self.findings.push(self.about(code, self.field(position)).at(stray.origin).found(stray.text.trim()));
        }
    }

    /// A line left open for a stray that did not come: nothing proves its columns.
    pub(super) fn refuse_open_lines(&mut self) {
        for (at, first) in std::mem::take(&mut self.open_lines) {
            let block = self.block(at.0);
            let numbers: Vec<_> = self.figures[first..first + block.leaves()]
                .iter()
                .map(|figure| figure.as_ref().and_then(|figure| figure.value.number()))
                .collect();
            if place::line_sums_hold(block, &numbers) != Some(true) {
                (first..first + block.leaves()).for_each(|position| self.make_ambiguous(position));
            }
        }
    }
}
