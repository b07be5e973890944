//! What each organ has for each year.

use super::lines::years_of_name;
use super::organ::key_of_name;
use super::{Failure, Panel};
use crate::finding::{Code, Severity};

/// What there is for an organ and a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing, and nothing is to be expected: before the first or after the last report of the organ.
    #[default]
    None,
    /// A report about which nothing as heavy as a warning is to be said.
    Ok,
    /// A report with warnings or errors, its own or the panel's.
    Findings,
    /// No report, where one is to be expected.
    Missing,
    /// A report whose tables are pictures, or a scan that the name of its file puts here.
    Scanned,
    /// A file that could not be read, and that its name puts here.
    Unreadable,
}

impl State {
    /// Every name, in the order of the definition; the first is that of nothing.
    pub const NAMES: [&'static str; 6] = ["", "ok", "findings", "missing", "scanned", "unreadable"];

    /// The name used in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        State::NAMES[self as usize]
    }
}

/// An organ and a year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// What there is.
    pub state: State,
    /// Index into [`Panel::entries`] of its report.
    pub entry: Option<usize>,
    /// Findings of the panel about it, by severity: hint, note, warning, error.
    pub across: [u32; 4],
    /// The file that its name puts here.
    pub file: Option<String>,
}

impl Cell {
    pub(super) fn of(entry: Option<usize>) -> Self {
        Cell { entry, ..Cell::default() }
    }
}

/// Gives each cell its state, once everything is said.
pub(super) fn settle(panel: &mut Panel) {
    let years = panel.years.clone();
    for said in &panel.said {
        let Some((line, year)) = said.place else { continue };
        let Some(at) = years.iter().position(|known| *known == year) else { continue };
        panel.lines[line].cells[at].across[said.finding.severity as usize] += 1;
    }
    for line in 0..panel.lines.len() {
        for at in 0..years.len() {
            let state = state(panel, line, at);
            panel.lines[line].cells[at].state = state;
        }
    }
}

fn state(panel: &Panel, line: usize, at: usize) -> State {
    let cell = &panel.lines[line].cells[at];
    let across = cell.across[Severity::Warning as usize] + cell.across[Severity::Error as usize];
    match cell.entry.map(|entry| &panel.entries[entry]) {
        Some(entry) if entry.scanned => State::Scanned,
        Some(entry) if entry.complaints() + across > 0 => State::Findings,
        Some(_) => State::Ok,
        None => cell.state,
    }
}

/// Puts files without a report where their names say they belong, if they say it for sure. A gap that a file
/// explains is none: that file is what is to be looked at.
pub(super) fn place_failures(panel: &mut Panel) {
    let placed: Vec<(usize, usize, State, String)> =
        panel.failures.iter().filter_map(|failure| place(panel, failure)).collect();
    for (line, at, state, source) in placed {
        let cell = &mut panel.lines[line].cells[at];
        if cell.entry.is_none() && cell.file.is_none() {
            (cell.state, cell.file) = (state, Some(source));
        }
    }
}

/// Line and year that the name of a file gives: one year, and the longest name of an organ in it.
fn place(panel: &Panel, failure: &Failure) -> Option<(usize, usize, State, String)> {
    let name = failure.source.rsplit('/').next().unwrap_or_default();
    let years = [years_of_name(name), years_of_name(&failure.source)].into_iter().find(|years| !years.is_empty())?;
    let [year] = years[..] else { return None };
    let at = panel.years.iter().position(|known| *known == year)?;
    let path = key_of_name(&failure.source);
    let named = panel.lines.iter().enumerate().filter_map(|(at, line)| {
        let short = |key: &String| key.trim_end_matches("人民政府").to_owned();
        let longest = line
            .keys
            .iter()
            .flat_map(|key| [key.clone(), short(key)])
            .filter(|key| key.chars().count() > 2 && path.contains(key.as_str()));
        longest.map(|key| key.len()).max().map(|length| (length, at))
    });
    let mut named: Vec<(usize, usize)> = named.collect();
    named.sort_unstable();
    let (length, line) = named.pop()?;
    let alone = named.last().is_none_or(|(other, _)| *other < length);
    let state = if failure.finding.code == Code::Unreadable { State::Unreadable } else { State::Scanned };
    alone.then(|| (line, at, state, failure.source.clone()))
}
