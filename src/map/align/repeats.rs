//! Tables and rows of the form that stand more than once.
//!
//! None is believed for being the first: a filled one goes before a blank one, that of the report's own year
//! before another year's and before an example, and of what is left the sums decide, or nothing does.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Aligner, At, Entry};
use crate::document::Origin;
use crate::finding::{Code, Finding, Place};
use crate::map::number;
use crate::map::prove;
use crate::map::stream::{Cell, Item, Shape};
use crate::report::{Alignment, Figure, Value};
use crate::template::Kind;
use crate::template::label::Label;

/// What stands over a table to say that it shows how one is filled in.
const EXAMPLES: [&str; 10] =
    ["填报示例", "填写示例", "示例表", "填报样例", "样表", "例表", "范例", "模板", "空白表", "参考格式"];

/// What stands over a table of the year before.
const YEARS_BEFORE: [&str; 5] = ["上年度", "上一年", "去年", "往年", "上年"];

/// Lines and rows before a table that may say what it is.
const LONGEST_CAPTION: usize = 6;

/// A caption with more characters than this is prose.
const LONGEST_WORDS: usize = 30;

impl Aligner<'_> {
    /// Leaves out the copies of a table that nobody filled in, and those that their captions call an example or
    /// another year's, if one is left.
    pub(super) fn leave_copies(&mut self, items: &[&Item], year: Option<i32>) {
        self.leave_appended(items, year);
        let copies = self.copies();
        if copies.len() < 2 {
            return;
        }
        let filled = copies.iter().any(|copy| !is_blank(&self.entries[copy.clone()]));
        let mut before = None;
        let mut left: Vec<(Range<usize>, String)> = Vec::new();
        for copy in &copies {
            let caption = || self.caption(items, before, copy).into_iter().find(|words| is_of_another(words, year));
            let blank = filled && is_blank(&self.entries[copy.clone()]);
            left.extend(if blank { Some("–".to_owned()) } else { caption() }.map(|words| (copy.clone(), words)));
            before = self.entries[copy.clone()].last().map(|entry| entry.origin);
        }
        if left.len() == copies.len() {
            left.clear();
        }
        self.copied = copies.len() - left.len() > 1;
        for (copy, words) in left.into_iter().rev() {
            self.leave(copy, &words);
        }
    }

    /// Leaves out tables that their captions set apart from the report's own, even if they hold rows that stand nowhere
    /// else: 其中：…, 附：上年…, 2023年工作目标.
    fn leave_appended(&mut self, items: &[&Item], year: Option<i32>) {
        let mut left: Vec<(Range<usize>, String)> = Vec::new();
        let mut at = 0;
        while at < self.entries.len() {
            let table = self.entries[at].origin.table;
            let same = self.entries[at..].iter().take_while(|entry| entry.origin.table == table).count();
            let (range, before) = (at..at + same, at.checked_sub(1).map(|before| self.entries[before].origin));
            at += same;
            if table.is_some() {
                let captions = self.caption(items, before, &range);
                left.extend(captions.into_iter().find(|words| is_appended(words, year)).map(|words| (range, words)));
            }
        }
        for (range, words) in left.into_iter().rev() {
            self.leave(range, &words);
        }
    }

    fn leave(&mut self, entries: Range<usize>, words: &str) {
        let finding = Finding::new(Code::TableLeftOut).at(self.entries[entries.start].origin).found(words);
        self.findings.push(finding.place(self.table_place()));
        self.entries.drain(entries);
    }

    /// The entries of each copy of the table; one where its rows stand once, single rows aside.
    fn copies(&self) -> Vec<Range<usize>> {
        let mut copies: Vec<(Range<usize>, BTreeSet<At>)> = Vec::new();
        let mut rows: BTreeSet<At> = BTreeSet::new();
        let mut start = 0;
        let mut close = |range: Range<usize>, rows: BTreeSet<At>| match copies.last_mut() {
            Some((copy, known)) if 2 * known.intersection(&rows).count() <= known.len() => {
                copy.end = range.end;
                known.extend(rows);
            }
            _ => copies.push((range, rows)),
        };
        for (at, entry) in self.entries.iter().enumerate() {
            let Some((row, _)) = entry.row.filter(|_| !entry.values.is_empty()) else { continue };
            if rows.contains(&row) {
                close(start..at, std::mem::take(&mut rows));
                start = at;
            }
            rows.insert(row);
        }
        close(start..self.entries.len(), rows);
        copies.into_iter().map(|(range, _)| range).collect()
    }

    /// What stands between the copy before and this one that is no label of the form.
    fn caption(&self, items: &[&Item], before: Option<Origin>, copy: &Range<usize>) -> Vec<String> {
        let of = |origin: Origin| items.iter().position(|item| starts_at(item, origin));
        let Some(end) = of(self.entries[copy.start].origin) else { return Vec::new() };
        let start = before.and_then(of).map_or(0, |at| at + 1);
        let start = start.max(end.saturating_sub(LONGEST_CAPTION));
        let own = |text: &str| self.lexicon.places(&Label::of(text).core).next().is_none();
        let texts = items.get(start..end).unwrap_or_default().iter().flat_map(|item| texts(item));
        texts
            .filter(|text| text.chars().count() <= LONGEST_WORDS && !text.ends_with('。') && own(text))
            .map(str::to_owned)
            .collect()
    }

    /// Settles what several rows give for one figure.
    pub(super) fn settle_rivals(&mut self) {
        let mut given: BTreeMap<usize, Vec<Figure>> = BTreeMap::new();
        for (position, others) in std::mem::take(&mut self.rivals) {
            given.insert(position, self.figures[position].take().into_iter().chain(others).collect());
        }
        let filled = |figure: &&Figure| figure.value.number().is_some();
        let (mut blank, mut open) = (BTreeMap::new(), BTreeMap::new());
        for (position, all) in given {
            let first = all.iter().find(filled).unwrap_or(&all[0]);
            self.figures[position] = Some(first.clone());
            let is_other = |figure: &&Figure| figure.value != first.value && figure.value != Value::Blank;
            if all.iter().any(|figure| is_other(&figure)) { &mut open } else { &mut blank }.insert(position, all);
        }
        let taken = self.fitting(&open);
        for row in self.by_row(open) {
            self.settle_row(taken, row);
        }
        for row in self.by_row(blank) {
            let taken = row[0].1.iter().position(|figure| filled(&figure)).unwrap_or(0);
            let known: Vec<Option<Figure>> = row.iter().map(|(at, _)| self.figures[*at].clone()).collect();
            let positions: Vec<usize> = row.iter().map(|(at, _)| *at).collect();
            self.settle_row(Some(taken), row);
            positions.into_iter().zip(known).for_each(|(at, figure)| self.figures[at] = figure);
        }
    }

    /// What was given for figures, row by row.
    fn by_row(&self, given: BTreeMap<usize, Vec<Figure>>) -> Vec<Given> {
        let mut rows: BTreeMap<At, Given> = BTreeMap::new();
        for (position, all) in given {
            let field = self.field(position);
            let row = if self.is_record() { 0 } else { field.row };
            rows.entry((field.block, row)).or_default().push((position, all));
        }
        rows.into_values().collect()
    }

    /// One row of which several were given: one of them is taken, or none.
    fn settle_row(&mut self, taken: Option<usize>, row: Given) {
        self.say_repeated(taken, &row);
        for (position, all) in row {
            let mut figure = alternative(&all, taken.unwrap_or(0)).clone();
            figure.by = taken.map(|_| Alignment::Arithmetic);
            if taken.is_none() {
                figure.value = Value::Ambiguous;
                figure.raw = Some(all.iter().map(raw).collect::<Vec<_>>().join(" / ").into());
            }
            self.figures[position] = Some(figure);
        }
    }

    fn say_repeated(&mut self, taken: Option<usize>, row: &Given) {
        let given = |at: usize| row.iter().map(|(_, all)| raw(alternative(all, at))).collect::<Vec<_>>().join(" ");
        let most = row.iter().map(|(_, all)| all.len()).max().unwrap_or(0);
        let others: Vec<String> = (0..most).filter(|at| Some(*at) != taken).map(given).collect();
        let code = if taken.is_some() { Code::RowRepeated } else { Code::Ambiguous };
        let mut finding = Finding::new(code).found(others.join(" / "));
        if let Some(at) = taken {
            finding = finding.expected(given(at));
        }
        if let Some(origin) = row.iter().find_map(|(_, all)| all.last()?.origin) {
            finding = finding.at(origin);
        }
        let field = self.field(row[0].0);
        let mut place = Place::of(self.form, field);
        if row.len() == 1 {
            finding = finding.field(&field.key);
        } else {
            place.column.clear();
        }
        self.findings.push(finding.place(place));
    }

    /// Which of the rows given, counted from 0, fits the rest of the table; `None` if several do, or none. Of whole
    /// tables nothing is the rest: each of them may hold in itself.
    fn fitting(&self, open: &BTreeMap<usize, Vec<Figure>>) -> Option<usize> {
        let most = open.values().map(Vec::len).max().filter(|_| !self.copied)?;
        let fits = |at: &usize| {
            let mut figures = self.figures.clone();
            for (position, all) in open {
                figures[*position] = Some(alternative(all, *at).clone());
            }
            prove::rest_holds(self.form, self.table, &figures, |position| open.contains_key(&position))
        };
        let mut fitting = (0..most).filter(fits);
        fitting.next().filter(|_| fitting.next().is_none())
    }
}

/// What rows give for the figures of one row, by position.
type Given = Vec<(usize, Vec<Figure>)>;

/// The figure of the row given at a place, or of the last that gave one.
fn alternative(all: &[Figure], at: usize) -> &Figure {
    &all[at.min(all.len() - 1)]
}

/// The text of a figure; a dash where there is none.
fn raw(figure: &Figure) -> String {
    let text = figure.raw.as_deref().unwrap_or_default().trim();
    if text.is_empty() { "–".to_owned() } else { text.to_owned() }
}

fn is_blank(entries: &[Entry]) -> bool {
    let number = |cell: &Cell| number::read(&cell.text, Kind::Change).value.number().is_some();
    !entries.iter().flat_map(|entry| &entry.values).any(number)
}

fn starts_at(item: &Item, origin: Origin) -> bool {
    match item {
        Item::Line(line) => line.origin == origin,
        Item::Row(row) => row.cells.iter().find(|cell| cell.own).is_some_and(|cell| cell.origin == origin),
    }
}

/// The texts of a line or row that are no values.
fn texts(item: &Item) -> Vec<&str> {
    match item {
        Item::Line(line) => vec![line.text.trim()],
        Item::Row(row) => {
            let own = row.cells.iter().filter(|cell| cell.own && matches!(cell.shape, Shape::Text(_)));
            own.map(|cell| cell.text.trim()).collect()
        }
    }
}

/// Whether a caption says that its table is an example, or of another year than the report.
fn is_of_another(caption: &str, year: Option<i32>) -> bool {
    let caption: String = caption.chars().filter(|c| !c.is_whitespace()).collect();
    let has = |words: &[&str]| words.iter().any(|word| caption.contains(word));
    let named = years(&caption);
    let another = year.is_some_and(|year| !named.is_empty() && !named.contains(&year));
    has(&EXAMPLES) || caption == "示例" || another || (named.is_empty() && has(&YEARS_BEFORE))
}

/// Whether a caption says that its table is none of the report's own, even if there is no other.
fn is_appended(caption: &str, year: Option<i32>) -> bool {
    let caption: String = caption.chars().filter(|c| !c.is_whitespace()).collect();
    let has = |words: &[&str]| words.iter().any(|word| caption.contains(word));
    let named = years(&caption);
    let another = year.is_some_and(|year| !named.is_empty() && !named.contains(&year));
    has(&EXAMPLES)
        || caption.starts_with("其中")
        || has(&["同期", "工作目标", "工作计划", "计划表", "预计"])
        || caption.starts_with('附') && (another || has(&YEARS_BEFORE))
}

/// The years that a text names in digits: `2021年`.
fn years(text: &str) -> Vec<i32> {
    let before = text.match_indices('年').map(|(at, _)| &text[..at]);
    let digits = before.filter_map(|before| {
        let start = before
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let digits = &before[start..];
        if digits.len() == 4 { digits.parse().ok() } else { None }
    });
    digits.filter(|year| (1990..2100).contains(year)).collect()
}
