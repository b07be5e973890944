//! Tables and rows of the form that stand more than once.
//!
//! None is believed for being the first: a filled one goes before a blank one, that of the report's own year
//! before another year's and before an example, and of what is left the sums decide, or nothing does.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::{Aligner, At, Entry};
use crate::document::Origin;
use crate::finding::{Code, Finding, Place};
use crate::map::stream::{Cell, Item, Shape};
use crate::map::{caption, number, prove};
use crate::report::{Alignment, Figure, Value};
use crate::template::Kind;
use crate::template::label::Label;
use crate::template::lexicon::Lexicon;

/// Lines and rows before a table that may say what it is.
const LONGEST_CAPTION: usize = 6;

/// Of more rows alike no more are shown …
const MOST_SHOWN: usize = 5;
/// … nor tried.
const MOST_TRIED: usize = 16;

impl Aligner<'_> {
    /// Leaves out the copies of a table that nobody filled in, and those that their captions call an example or
    /// another year's, if one is left.
    pub(super) fn leave_copies(&mut self, items: &[&Item], year: Option<i32>) {
        let copies = self.copies();
        if copies.len() < 2 {
            return;
        }
        let captions = Captions::of(items, year, self.lexicon);
        let filled = copies.iter().any(|copy| !is_blank(&self.entries[copy.clone()]));
        let places = captions.places(items);
        let mut before = None;
        let mut left: Vec<(Range<usize>, String)> = Vec::new();
        for copy in &copies {
            let entries = &self.entries[copy.clone()];
            let blank = (filled && is_blank(entries)).then(|| "–".to_owned());
            let caption = || Some(captions.over(&places, before, entries[0].origin)?.words.clone());
            left.extend(blank.or_else(caption).map(|words| (copy.clone(), words)));
            before = entries.last().map(|entry| entry.origin);
        }
        if left.len() == copies.len() {
            left.clear();
        }
        self.copied = copies.len() - left.len() > 1;
        self.leave(left);
    }

    /// Takes entries out, and says so of each table.
    fn leave(&mut self, left: Vec<(Range<usize>, String)>) {
        for (entries, words) in &left {
            let finding = Finding::new(Code::TableLeftOut).at(self.entries[entries.start].origin).found(words);
            self.findings.push(finding.place(self.table_place()));
        }
        let mut at = 0;
        let mut left = left.into_iter().map(|(entries, _)| entries).peekable();
        self.entries.retain(|_| {
            while left.next_if(|entries| entries.end <= at).is_some() {}
            at += 1;
            !left.peek().is_some_and(|entries| entries.contains(&(at - 1)))
        });
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
        // Of a row that is there with other numbers, a number beside a blank is the other row's.
        let contested: BTreeSet<At> = open.keys().map(|position| self.row_of(*position)).collect();
        open.extend(blank.extract_if(.., |position, _| contested.contains(&self.row_of(*position))));
        let taken = self.fitting(&open);
        for row in self.by_row(open) {
            self.settle_row(taken, row);
        }
        for row in self.by_row(blank) {
            // Its figures are those of the first that is filled in: there is only something to say.
            let taken = row[0].1.iter().position(|figure| filled(&figure)).unwrap_or(0);
            self.say_repeated(Some(taken), &row);
        }
    }

    /// What was given for figures, row by row.
    fn by_row(&self, given: BTreeMap<usize, Vec<Figure>>) -> Vec<Given> {
        let mut rows: BTreeMap<At, Given> = BTreeMap::new();
        for (position, all) in given {
            rows.entry(self.row_of(position)).or_default().push((position, all));
        }
        rows.into_values().collect()
    }

    /// The printed row of a figure.
    fn row_of(&self, position: usize) -> At {
        let field = self.field(position);
        (field.block, if self.is_record() { 0 } else { field.row })
    }

    /// One row of which several were given: one of them is taken, or none.
    fn settle_row(&mut self, taken: Option<usize>, row: Given) {
        self.say_repeated(taken, &row);
        for (position, all) in row {
            let mut figure = alternative(&all, taken.unwrap_or(0)).clone();
            figure.by = taken.map(|_| Alignment::Arithmetic);
            if taken.is_none() {
                figure.value = Value::Ambiguous;
                figure.raw = Some(all.iter().take(MOST_SHOWN).map(raw).collect::<Vec<_>>().join(" / ").into());
            }
            self.figures[position] = Some(figure);
        }
    }

    fn say_repeated(&mut self, taken: Option<usize>, row: &Given) {
        let given = |at: usize| row.iter().map(|(_, all)| raw(alternative(all, at))).collect::<Vec<_>>().join(" ");
        let most = row.iter().map(|(_, all)| all.len()).max().unwrap_or(0);
        let others: Vec<String> = (0..most).filter(|at| Some(*at) != taken).take(MOST_SHOWN).map(given).collect();
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
        let most = open.values().map(Vec::len).max().filter(|most| !self.copied && *most <= MOST_TRIED)?;
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

/// Where an item begins.
fn start(item: &Item) -> Option<Origin> {
    match item {
        Item::Line(line) => Some(line.origin),
        Item::Row(row) => row.cells.iter().find(|cell| cell.own).map(|cell| cell.origin),
    }
}

/// The text of a line, or of a row that has no other.
fn text(item: &Item) -> Option<&str> {
    match item {
        Item::Line(line) => Some(line.text.trim()),
        Item::Row(row) => {
            let mut filled = row.cells.iter().filter(|cell| cell.own && cell.shape != Shape::Blank);
            let only = filled.next().filter(|_| filled.next().is_none())?;
            matches!(only.shape, Shape::Text(_)).then(|| only.text.trim())
        }
    }
}

/// Texts over tables that say that these are of another year, an example, or set apart from the report's own.
struct Captions(Vec<Caption>);

struct Caption {
    /// The place of its line or row among the items.
    at: usize,
    words: String,
}

impl Captions {
    fn of(items: &[&Item], year: Option<i32>, lexicon: &Lexicon) -> Captions {
        let caption = |(at, item): (usize, &&Item)| {
            let words = text(item).filter(|text| caption::may_be(text))?;
            let own = || lexicon.places(&Label::of(words).core).next().is_some();
            let found = caption::is_of_another(words, year) && !own();
            found.then(|| Caption { at, words: words.to_owned() })
        };
        Captions(items.iter().enumerate().filter_map(caption).collect())
    }

    /// The places of the items by where they begin; none where nobody will ask.
    fn places(&self, items: &[&Item]) -> HashMap<Origin, usize> {
        let asked = if self.0.is_empty() { &[] } else { items };
        asked.iter().enumerate().filter_map(|(at, item)| Some((start(item)?, at))).collect()
    }

    /// The caption that stands right over a table, and not before the end of the one above it.
    fn over(&self, places: &HashMap<Origin, usize>, above: Option<Origin>, table: Origin) -> Option<&Caption> {
        let end = *places.get(&table)?;
        let above = above.and_then(|above| places.get(&above)).map_or(0, |at| at + 1);
        let start = above.max(end.saturating_sub(LONGEST_CAPTION));
        let from = self.0.partition_point(|caption| caption.at < start);
        self.0.get(from).filter(|caption| caption.at < end)
    }
}
