//! What each organ has for each year.

use super::lines::{Line, years_of_name};
use super::organ::folded;
use super::places::name_of;
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
    let line = failure.source.rsplit('/').find_map(|part| line_of(panel, part))?;
    let state = match failure.finding.code {
        Code::Unreadable => State::Unreadable,
        // What it holds instead explains no gap.
        Code::NotAReport => return None,
        _ => State::Scanned,
    };
    Some((line, at, state, failure.source.clone()))
}

/// The line whose organ a file or folder is named after, if it is clear which.
fn line_of(panel: &Panel, part: &str) -> Option<usize> {
    let part = folded(part.rsplit_once('.').map_or(part, |(stem, _)| stem));
    let length = |line: &Line| {
        let names = line.keys.iter().map(|key| name_of(key)).flat_map(|name| [name, name.trim_end_matches("人民政府")]);
        names.filter(|name| names_it(&part, name)).map(str::len).max()
    };
    let named = panel.lines.iter().enumerate().filter_map(|(at, line)| Some((length(line)?, at)));
    let mut named: Vec<(usize, usize)> = named.collect();
    named.sort_unstable();
    let (length, line) = named.pop()?;
    named.last().is_none_or(|(other, _)| *other < length).then_some(line)
}

/// Shorter names than this are in too many others. In characters.
const SHORTEST_NAME: usize = 3;
/// What follows the name of an organ that ends there.
const AFTER_NAME: [&str; 7] = ["年", "度", "政府信息", "政务", "信息公开", "报告", "人民政府"];

/// Whether a text names an organ, and not one whose name only begins or ends like it (示例市 in 示例市教育局).
fn names_it(text: &str, name: &str) -> bool {
    let is_word = |c: char| !c.is_ascii_alphanumeric();
    let stands = |(at, _): (usize, &str)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let starts = before.chars().next_back().is_none_or(|c| !is_word(c) || c == '年' || c == '度');
        let rest = after.strip_prefix("政府").filter(|rest| !rest.starts_with(is_word)).unwrap_or(after);
        starts && (!rest.starts_with(is_word) || AFTER_NAME.iter().any(|word| rest.starts_with(word)))
    };
    name.chars().count() >= SHORTEST_NAME && text.match_indices(name).any(stands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_not_a_part_of_another() {
        for (text, name, wanted) in [
            ("示例市教育局2022", "示例市教育局", true),
            ("2022年示例市教育局政府信息公开年报", "示例市教育局", true),
            ("示例市2022年年报", "示例市", true),
            ("示例市政府2022", "示例市", true),
            ("示例市教育局2022", "示例市", false),
            ("示例市政府采购中心2022", "示例市", false),
            ("乙市东区2022", "东区", false),
            ("示例市财政局国库支付中心", "示例市财政局", false),
        ] {
            assert_eq!(names_it(text, name), wanted, "{text} {name}");
        }
    }
}
