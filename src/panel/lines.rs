//! A line for each organ, one report for each of its years; gaps, doubles, files in the wrong place.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::{Cell, State};
use super::organ::{Known, key_of_name, merged};
use super::places::{self, code_of, is_shared, key_at, name_of};
use super::{Check, Entry, Panel, Said};
use crate::division::{self, Listed};
use crate::finding::{Code, Finding, Severity};
use crate::report::{Status, is_numbered};

pub(super) const CHECK: Check = Check {
    name: "lines",
    codes: &[
        Code::YearGap,
        Code::OrganMissing,
        Code::OrganUnlisted,
        Code::OrganMerged,
        Code::UnplacedReport,
        Code::DoubleReport,
        Code::OffYear,
    ],
    doc: "Each organ has a line, each year one report. Organs are told apart by their names, folded (widths, white space, \
          traditional characters, 政府 for 人民政府, a province before a city); names that may be two organs stay two. Reports of one \
          name are of two organs where their places are: the divisions have codes of two provinces, codes that stood side by \
          side in the table of divisions (neither of them within the other), or reports for one year. A code that took \
          the place of another parts nothing. Organs that share a name have their place after it; a report that does not say of which \
          of them it is stands in no line. A year is a \
          gap where it lies between an organ's first and last report, or within `--from` and `--to`. Of several reports for \
          one year the most complete is taken, then the one with the fewest findings, then the first. A file is off its year \
          where its name, else its folder, names a year (or a span of years) that is neither the report's nor the next, that \
          of its publication; names of archives do not count.",
};

/// What is asked of a panel.
#[derive(Debug, Clone, Default)]
pub struct Bounds {
    /// The first year that each organ should have.
    pub from: Option<i32>,
    /// The last year that each organ should have.
    pub to: Option<i32>,
    /// The organs that there should be, with the name of the list.
    pub organs: Option<(String, Vec<Listed>)>,
}

/// One organ over the years.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name, as its last report prints it, else as the list has it; with the place in brackets where organs of
    /// several places have that name.
    pub organ: String,
    /// A cell for each of [`Panel::years`].
    pub cells: Vec<Cell>,
    /// What its reports are grouped by; several where names were taken for one organ.
    pub(super) keys: Vec<String>,
    /// It stands on the list of organs.
    pub listed: bool,
}

impl Bounds {
    fn holds(&self, year: i32) -> bool {
        self.from.is_none_or(|from| year >= from) && self.to.is_none_or(|to| year <= to)
    }

    /// The years between the first and the last that are known or asked for.
    fn years(&self, known: &BTreeSet<i32>) -> Vec<i32> {
        let first = self.from.or_else(|| known.first().copied());
        let last = self.to.or_else(|| known.last().copied());
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        (first..=last).collect()
    }
}

/// Reports by key and year, each list in the order of the files.
type Grouped = BTreeMap<String, BTreeMap<i32, Vec<usize>>>;

/// Draws the lines, and says what is odd about which report stands where.
pub(super) fn draw(panel: &mut Panel, bounds: &Bounds) -> Vec<Said> {
    let apart = places::part(&mut panel.entries);
    let (mut grouped, mut said) = group(panel, bounds, &apart);
    let merged = merged(&grouped.iter().map(|(key, years)| (key.clone(), known(panel, years))).collect());
    let listed = listed_keys(bounds);
    let absent = absent(panel, &grouped, &listed);
    for (short, long) in &merged {
        let years = grouped.remove(short).unwrap_or_default();
        grouped.entry(long.clone()).or_default().extend(years);
    }
    grouped.extend(absent.into_iter().map(|key| (key, BTreeMap::new())));
    let all: BTreeSet<i32> = grouped.values().flat_map(|years| years.keys().copied()).collect();
    panel.years = bounds.years(&all);
    for (key, years) in &grouped {
        let shorts = merged.iter().filter(|(_, long)| *long == key).map(|(short, _)| short.clone());
        let keys: Vec<String> = std::iter::once(key.clone()).chain(shorts).collect();
        let line = line(panel, keys, years, &listed);
        panel.index.extend(line.keys.iter().map(|key| (key.clone(), panel.lines.len())));
        panel.lines.push(line);
    }
    doubles(panel, &grouped, &mut said);
    names(panel, &mut said);
    said
}

/// Years and places of the reports under one key.
fn known(panel: &Panel, years: &BTreeMap<i32, Vec<usize>>) -> Known {
    let codes = years.values().flatten().filter_map(|at| panel.entries[*at].code()).collect();
    Known { years: years.keys().copied().collect(), codes }
}

/// The organs of the list by the keys of their names.
type OnList = BTreeMap<String, Vec<Listed>>;

fn listed_keys(bounds: &Bounds) -> OnList {
    let mut listed = OnList::new();
    for organ in bounds.organs.iter().flat_map(|(_, organs)| organs) {
        listed.entry(key_of_name(&organ.name)).or_default().push(organ.clone());
    }
    listed
}

/// The keys of organs of the list that have no report: with their code where the list has it.
fn absent(panel: &Panel, grouped: &Grouped, listed: &OnList) -> Vec<String> {
    let mut absent = Vec::new();
    for (name, organs) in listed {
        let same = || grouped.iter().filter(|(key, _)| name_of(key) == name);
        for organ in organs.iter().filter(|organ| !same().any(|(_, years)| is_listed(panel, years, organ))) {
            absent.push(organ.code.map_or_else(|| name.clone(), |code| key_at(name, code)));
        }
    }
    absent
}

/// Whether reports may be of that organ of the list: none of their places speaks against it.
fn is_listed(panel: &Panel, years: &BTreeMap<i32, Vec<usize>>, organ: &Listed) -> bool {
    known(panel, years).codes.iter().all(|code| organ.may_be_at(Some(*code)))
}

fn group(panel: &mut Panel, bounds: &Bounds, apart: &BTreeSet<usize>) -> (Grouped, Vec<Said>) {
    let mut grouped = Grouped::new();
    let mut said = Vec::new();
    let mut outside = 0;
    for (at, entry) in panel.entries.iter().enumerate() {
        // Two years side by side are no report of either, and a form that nobody filled in is nobody's.
        let nobodys = entry.status == Status::BlankForm && entry.key.is_empty();
        if entry.status == Status::Comparison || nobodys {
            continue;
        }
        let lacking = match (entry.key.is_empty(), entry.year) {
            (false, Some(year)) if bounds.holds(year) && apart.contains(&at) => "place",
            (false, Some(year)) if bounds.holds(year) => {
                grouped.entry(entry.key.to_string()).or_default().entry(year).or_default().push(at);
                continue;
            }
            (false, Some(_)) => {
                outside += 1;
                continue;
            }
            (true, Some(_)) => "organ",
            (false, None) => "year",
            (true, None) => "organ_and_year",
        };
        said.push(panel.said(at, Finding::new(Code::UnplacedReport).detail("lacking", lacking)));
    }
    panel.outside = outside;
    (grouped, said)
}

fn line(panel: &Panel, keys: Vec<String>, years: &BTreeMap<i32, Vec<usize>>, listed: &OnList) -> Line {
    let chosen = |year: &i32| years.get(year).and_then(|reports| best(panel, reports));
    let cells: Vec<Cell> = panel.years.iter().map(|year| Cell::of(chosen(year))).collect();
    let on_list = keys.iter().filter_map(|key| listed.get(name_of(key))).flatten();
    let named = on_list.into_iter().find(|organ| match code_of(&keys[0]).filter(|_| years.is_empty()) {
        Some(code) => organ.code == Some(code),
        None => is_listed(panel, years, organ),
    });
    // The longest of the names is that of the organ where several were taken for one.
    let mut own = years.values().flatten().filter(|at| *panel.entries[**at].key == keys[0]);
    let last = own.next_back().map(|at| &panel.entries[*at]);
    let printed = last.and_then(|entry| entry.organ.as_deref());
    let mut organ = named.map(|organ| organ.name.as_str()).or(printed).unwrap_or(name_of(&keys[0])).to_owned();
    let of_last = last.and_then(|entry| entry.place.as_ref()).map(|place| place.name.clone());
    if let Some(place) = of_last.or_else(|| place_of(&keys[0])).filter(|_| is_shared(&keys[0])) {
        organ = format!("{organ}（{place}）");
    }
    Line { organ, cells, listed: named.is_some(), keys }
}

/// The name of the place whose code stands in a key.
fn place_of(key: &str) -> Option<String> {
    let (division, year) = division::of_code_near(code_of(key)?, division::LAST_YEAR)?;
    Some(division.full_name(year))
}

/// Of several reports for one year the most complete, then the cleanest, then the first.
fn best(panel: &Panel, reports: &[usize]) -> Option<usize> {
    let weight = |entry: &Entry| (entry.status as usize, entry.own[3], entry.own[2]);
    reports.iter().copied().min_by_key(|at| (weight(&panel.entries[*at]), *at))
}

fn doubles(panel: &Panel, grouped: &Grouped, said: &mut Vec<Said>) {
    for (key, years) in grouped {
        let Some(line) = panel.index.get(key).map(|line| &panel.lines[*line]) else { continue };
        for (year, reports) in years.iter().filter(|(_, reports)| reports.len() > 1) {
            let Some(chosen) = best(panel, reports) else { continue };
            let others = reports.iter().filter(|at| **at != chosen);
            let same = |at: &usize| panel.entries[*at].figures_hash == panel.entries[chosen].figures_hash;
            // The same report twice does no harm.
            let severity = if others.clone().all(same) { Severity::Note } else { Severity::Warning };
            let others = others.map(|at| compared(panel, chosen, *at));
            let finding = Finding::new(Code::DoubleReport)
                .severity(severity)
                .found(reports.len().to_string())
                .detail("organ", &line.organ)
                .detail("year", year);
            let (en, zh): (Vec<String>, Vec<String>) = others.unzip();
            let finding = finding.detail("others", en.join(", ")).detail("others_zh", zh.join("、"));
            said.push(panel.said(chosen, finding));
        }
    }
}

/// Figures named of those in which two reports differ.
const NAMED: usize = 3;

/// The name of a report, with in how many figures it differs from the one that was taken.
fn compared(panel: &Panel, chosen: usize, other: usize) -> (String, String) {
    let (chosen, other) = (&panel.entries[chosen], &panel.entries[other]);
    let values = |entry: &Entry| -> BTreeMap<u32, _> {
        entry.figures.facts().iter().map(|fact| (fact.field, fact.value)).collect()
    };
    let (ours, theirs) = (values(chosen), values(other));
    let fields: BTreeSet<&u32> = ours.keys().chain(theirs.keys()).collect();
    let differing: Vec<&u32> = fields.into_iter().filter(|field| ours.get(field) != theirs.get(field)).collect();
    let names: Vec<&str> = differing.iter().take(NAMED).map(|field| panel.fields.name(**field)).collect();
    let (name, count) = (other.name(), differing.len());
    let more = if count > NAMED { ", …" } else { "" };
    match count {
        0 => (format!("{name} (the same figures)"), format!("{name}（数据相同）")),
        _ => (
            format!("{name} ({}: {}{more})", differ(count), names.join(", ")),
            format!("{name}（{count} 项数据不同：`{}`{more}）", names.join("`、`")),
        ),
    }
}

fn differ(count: usize) -> String {
    if count == 1 { "1 figure differs".to_owned() } else { format!("{count} figures differ") }
}

/// Names that were taken for one organ.
fn names(panel: &Panel, said: &mut Vec<Said>) {
    for line in panel.lines.iter().filter(|line| line.keys.len() > 1) {
        for short in &line.keys[1..] {
            let of_short =
                line.cells.iter().filter_map(|cell| cell.entry).find(|at| *panel.entries[*at].key == **short);
            let Some(at) = of_short else { continue };
            let finding = Finding::new(Code::OrganMerged).found(panel.organ_of(at)).expected(&line.organ);
            said.push(panel.said(at, finding));
        }
    }
}

/// Looks for gaps, for organs that are not where the list has them, and for files off their year.
pub(super) fn look(panel: &mut Panel, bounds: &Bounds, said: &mut Vec<Said>) {
    for at in 0..panel.lines.len() {
        for index in missing(&panel.lines[at], bounds) {
            panel.lines[at].cells[index].state = State::Missing;
        }
    }
    for (at, line) in panel.lines.iter().enumerate() {
        let reports: Vec<usize> = line.cells.iter().filter_map(|cell| cell.entry).collect();
        match (&bounds.organs, reports.first()) {
            (Some((list, _)), None) if line.cells.iter().all(|cell| cell.file.is_none()) => {
                let finding = Finding::new(Code::OrganMissing).detail("organ", &line.organ);
                said.push(Said { source: list.clone(), number: None, place: None, finding });
            }
            (Some(_), Some(first)) if !line.listed => {
                said.push(panel.said(*first, Finding::new(Code::OrganUnlisted).detail("organ", &line.organ)));
            }
            _ => {}
        }
        gaps(panel, at, &reports, said);
        for report in reports {
            off_year(panel, report, said);
        }
    }
}

/// Names years that are missing one after the other together, beside the report before them, else the first.
fn gaps(panel: &Panel, at: usize, reports: &[usize], said: &mut Vec<Said>) {
    let line = &panel.lines[at];
    let missing = |index: usize| line.cells.get(index).is_some_and(|cell| cell.state == State::Missing);
    let starts = (0..line.cells.len()).filter(|index| missing(*index) && (*index == 0 || !missing(index - 1)));
    for start in starts {
        let end = (start..line.cells.len()).take_while(|index| missing(*index)).last().unwrap_or(start);
        let (first, last) = (panel.years[start], panel.years[end]);
        let year_of = |report: &usize| panel.entries[*report].year.unwrap_or_default();
        let near = reports.iter().rfind(|report| year_of(report) < first).or(reports.first());
        let Some(near) = near else { continue };
        let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
        let finding = Finding::new(Code::YearGap).detail("organ", &line.organ).detail("year", years);
        let source = panel.entries[*near].source.to_string();
        said.push(Said { source, number: None, place: Some((at, first)), finding });
    }
}

/// The places of the years for which an organ has nothing and should: those between its own, those asked for, and all
/// of an organ that stands on the list only.
fn missing(line: &Line, bounds: &Bounds) -> Vec<usize> {
    let has = |index: &usize| line.cells[*index].entry.is_some() || line.cells[*index].file.is_some();
    let all = 0..line.cells.len();
    let (first, last) = (all.clone().find(has), all.clone().rfind(has));
    let (Some(first), Some(last)) = (first, last) else { return all.collect() };
    let asked = |index: usize| index < first && bounds.from.is_some() || index > last && bounds.to.is_some();
    let between = |index: usize| index > first && index < last;
    all.filter(|index| !has(index) && (between(*index) || asked(*index))).collect()
}

fn off_year(panel: &Panel, at: usize, said: &mut Vec<Said>) {
    let entry = &panel.entries[at];
    let Some(year) = entry.year else { return };
    let named = nearest_years(&entry.source);
    let (Some(first), Some(last)) = (named.first(), named.last()) else { return };
    // 2019-2021 names all years between; a report is published in the year after its own.
    if !(*first..=*last).contains(&year) && year + 1 != *first {
        let finding = Finding::new(Code::OffYear).found(year.to_string());
        let names: Vec<String> = named.iter().map(i32::to_string).collect();
        said.push(panel.said(at, finding.expected(names.join(", "))));
    }
}

/// Years that the name of a file states, else the folder nearest to it; an archive is named after who packed it.
fn nearest_years(path: &str) -> Vec<i32> {
    let is_archive = |part: &str| [".zip", ".tar", ".gz", ".tgz"].iter().any(|end| part.to_lowercase().ends_with(end));
    let parts = path.rsplit('/').filter(|part| !is_archive(part));
    parts.map(years_of_name).find(|years| !years.is_empty()).unwrap_or_default()
}

/// Years that a path names: numbers of four digits that stand alone, but not in a site's number for a page.
pub(super) fn years_of_name(path: &str) -> Vec<i32> {
    let parts = path.split('/').filter(|part| !is_numbered(part));
    let numbers = parts.flat_map(|part| part.split(|c: char| !c.is_ascii_digit())).filter(|number| number.len() == 4);
    let years = numbers.filter_map(|number| number.parse().ok()).filter(|year| (2008..2100).contains(year));
    let years: BTreeSet<i32> = years.collect();
    years.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_with_a_year_counts() {
        assert_eq!(nearest_years("2024年汇总.zip/2021/示例局.docx"), [2021]);
        assert_eq!(nearest_years("2022/示例局2020-2021.docx"), [2020, 2021]);
        assert!(nearest_years("2024年汇总.zip/示例局.docx").is_empty());
    }

    #[test]
    fn years_stand_alone_in_names() {
        assert_eq!(years_of_name("2022年报/示例局20220131.docx"), [2022]);
        assert_eq!(years_of_name("部门/示例局2021.zip/2020-2021.docx"), [2020, 2021]);
        assert!(years_of_name("示例局.docx").is_empty());
        assert!(years_of_name("440203/1985.docx").is_empty());
        assert_eq!(years_of_name("2021/art_2044_384731.html"), [2021]);
    }
}
