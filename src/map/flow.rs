//! Flattened text without rows: labels and values as one sequence of lines.
//!
//! A label may be broken over lines, a blank cell leaves no trace, a header is a list. What a
//! label's values are is settled by how many the form wants; where that does not come out, the
//! row is left to the sums.

use std::collections::HashSet;

use smallvec::smallvec;

use super::align::{Entry, Labels};
use super::header::Header;
use super::number;
use super::rows::At;
use super::sequence::{self, Run};
use super::stream::{self, Cell, Line, Row, Shape};
use crate::document::Origin;
use crate::report::Alignment;
use crate::template::label::Label;
use crate::template::lexicon::{Lexicon, Term};
use crate::template::{Layout, TableDef};

/// What the lines hold.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub headers: Vec<Header>,
    pub entries: Vec<Entry>,
    /// Values that belong to no label.
    pub strays: Vec<Line>,
    /// Labels and values as they came, for tables whose labels were torn from their numbers.
    pub runs: Vec<Run>,
}

/// A label broken over more lines than this (one character a line) is not put together.
const MOST_LINES: usize = 40;
/// A line with more characters than this is prose.
const LONGEST_LINE: usize = 60;

/// Reads lines. `beside_rows`: the table stands in rows of its own, so that only whole lines
/// (label and values) count, and a lone value is a stray.
pub(super) fn read(def: &TableDef, lexicon: &Lexicon, lines: &[&Line], beside_rows: bool) -> Flow {
    let mut reader = Reader {
        def,
        lexicon,
        flow: Flow::default(),
        pending: Vec::new(),
        values: Vec::new(),
        groups: Labels::new(),
        in_header: false,
        torn: false,
        unit: None,
    };
    let lines = &without_serials(def, lexicon, lines);
    let mut at = 0;
    while at < lines.len() {
        at += if beside_rows { reader.whole_line(&lines[at..]) } else { reader.step(&lines[at..]) };
    }
    reader.flush();
    reader.flow
}

/// A row whose label has come: the row, its labels, where the label stands.
type Pending = (At, Labels, Origin);

struct Reader<'a> {
    def: &'a TableDef,
    lexicon: &'a Lexicon,
    flow: Flow,
    /// Rows whose labels have come and whose values have not.
    pending: Vec<Pending>,
    values: Vec<Cell>,
    groups: Labels,
    in_header: bool,
    /// Numbers went by that nothing places.
    torn: bool,
    /// The unit that a line beside the values names.
    unit: Option<&'static str>,
}

impl Reader<'_> {
    fn is_record(&self) -> bool {
        self.def.layout == Layout::Record
    }

    fn leaves(&self, at: At) -> usize {
        let block = &self.def.blocks[at.0];
        if self.is_record() { block.rows.len() * block.columns.len() } else { block.columns.len() }
    }

    /// Beside rows: a line of its own, or a stray.
    fn whole_line(&mut self, lines: &[&Line]) -> usize {
        let line = lines[0];
        if self.header_line(line) {
            return 1;
        }
        let count = self.labelled_values(lines);
        if count.is_none() && number::is_value(&line.text) {
            self.flow.strays.push(line.clone());
        }
        self.in_header = false;
        self.flush();
        count.unwrap_or(1)
    }

    /// Takes the next label, value or line; returns how many lines that were.
    fn step(&mut self, lines: &[&Line]) -> usize {
        let line = lines[0];
        if line.blank_cell || number::is_value(&line.text) {
            self.take([cell(&line.text, line.origin)]);
            return 1;
        }
        if let Some(unit) = self.unit_of(&line.text).filter(|_| !self.pending.is_empty()) {
            self.unit = Some(unit);
            return 1;
        }
        if self.bare_values(line) || self.unit_and_values(line) {
            return 1;
        }
        if let Some(count) = self.labelled_values(lines) {
            return count;
        }
        if self.header_line(line) {
            return 1;
        }
        if line.text.chars().count() > LONGEST_LINE {
            self.torn |= line.text.split_whitespace().any(number::is_value);
            return 1;
        }
        let label = self.longest_label(lines).or_else(|| self.behind_group(lines));
        let Some((count, text)) = label else {
            // Numbers that nothing places: a label that waits may be theirs, so it is not blank.
            self.torn |= line.text.split_whitespace().any(number::is_value);
            return 1;
        };
        self.label(&text, line.origin);
        count
    }

    /// `信息内容 本年制发件数 本年废止件数`: labels of a header side by side.
    fn header_line(&mut self, line: &Line) -> bool {
        let words: Vec<&str> = line.text.split_whitespace().collect();
        let named = |word: &&str| self.lexicon.places(&Label::of(word).core).next().is_some();
        let header = words.len() > 1 && words.iter().all(named);
        if header {
            words.iter().for_each(|word| self.label(word, line.origin));
        }
        header
    }

    /// A line of nothing but values, or of such and the beginnings of numbers that go on in the next line: left out, these
    /// would let what follows pass for theirs.
    fn bare_values(&mut self, line: &Line) -> bool {
        let words: Vec<&str> = line.text.split_whitespace().collect();
        let is_value = |word: &str| number::is_value(word);
        let is_broken = |word: &str| word.chars().all(|c| c.is_numeric() || matches!(c, ',' | '，' | '.' | '．'));
        let waits = !self.pending.is_empty();
        let values = words.len() > 1
            && words.iter().any(|word| is_value(word))
            && words.iter().all(|word| is_value(word) || waits && is_broken(word));
        if values {
            self.take(words.iter().map(|word| cell(word, line.origin)));
        }
        values
    }

    /// `条 1129` below a label that takes lines of its own.
    fn unit_and_values(&mut self, line: &Line) -> bool {
        let mut words = line.text.split_whitespace();
        let Some(unit) = words.next().and_then(|word| self.unit_of(word)).filter(|_| !self.pending.is_empty()) else {
            return false;
        };
        let values: Vec<&str> = words.collect();
        if values.is_empty() || values.iter().any(|word| !number::is_value(word)) {
            return false;
        }
        self.unit = Some(unit);
        self.take(values.iter().map(|word| cell(word, line.origin)));
        true
    }

    /// Values for the labels that wait.
    fn take(&mut self, values: impl IntoIterator<Item = Cell>) {
        let values: Vec<Cell> = values.into_iter().collect();
        sequence::add_values(&mut self.flow.runs, &values);
        self.values.extend(values);
    }

    /// The longest label that these lines, put together, spell.
    fn longest_label(&self, lines: &[&Line]) -> Option<(usize, String)> {
        let mut text = String::new();
        let mut found = None;
        for (at, line) in lines.iter().take(MOST_LINES).enumerate() {
            let mut words = line.text.split_whitespace().peekable();
            let values = words.peek().is_some() && words.all(number::is_value);
            if line.blank_cell || (values && at > 0) {
                break;
            }
            text.push_str(line.text.trim());
            let label = Label::of(&text);
            if self.lexicon.places(&label.core).next().is_some() || label.core.contains("勾稽关系") {
                found = Some((at + 1, text.clone()));
            }
            let open = !label.core.is_empty() || label.ordinal.is_some();
            if open && !self.lexicon.begins(&label.core) {
                break;
            }
        }
        found
    }

    /// `（三）不予 1.属于国家秘密`: a row's label behind the part of its group's that stands in the same line. How many
    /// lines it takes, and the label.
    fn behind_group(&self, lines: &[&Line]) -> Option<(usize, String)> {
        let words: Vec<&str> = lines[0].text.split_whitespace().collect();
        let start = (1..words.len()).find(|start| self.row_of(&Label::of(&words[*start..].concat())).is_some())?;
        self.may_go_on(&words[..start].concat()).then(|| (1, words[start..].concat()))
    }

    /// `行政许可 97`: a row's label and its values in one line; the label may go on below. How many lines that were.
    fn labelled_values(&mut self, lines: &[&Line]) -> Option<usize> {
        let line = lines[0];
        let words: Vec<&str> = line.text.split_whitespace().collect();
        let first = words.iter().rposition(|word| !number::is_value(word)).map_or(0, |at| at + 1);
        if first == 0 || first == words.len() || line.text.chars().count() > 3 * LONGEST_LINE {
            return None;
        }
        let (labels, values) = words.split_at(first);
        let (at, text, count, unit) = self.label_before(labels, &lines[1..])?;
        let label = Label::of(&text);
        self.flush();
        sequence::add_label(&mut self.flow.runs, at, &label, &text);
        self.pending.push((at, smallvec![(label.into(), text.into())], line.origin));
        self.unit = unit;
        self.take(values.iter().map(|word| cell(word, line.origin)));
        self.flush();
        Some(count)
    }

    /// The row that words before values name, its label, how many lines that takes with those below, and the unit that
    /// stands between label and values, with white before it or not.
    fn label_before(&self, words: &[&str], below: &[&Line]) -> Option<(At, String, usize, Option<&'static str>)> {
        let (last, before) = words.split_last()?;
        let apart = if before.is_empty() { None } else { self.unit_of(last) };
        let mut words = if apart.is_some() { before.to_vec() } else { words.to_vec() };
        if let Some((at, text, count)) = self.label_of(&words, below) {
            return Some((at, text, count, apart));
        }
        let last = words.last_mut().filter(|_| apart.is_none() && self.def.unit_heading.is_some())?;
        let (rest, unit) = number::without_unit(last);
        (*last, _) = (Some(rest).filter(|rest| !rest.is_empty())?, unit?);
        self.label_of(&words, below).map(|(at, text, count)| (at, text, count, unit))
    }

    /// The row that words name, its label, and how many lines that takes with those below.
    fn label_of(&self, words: &[&str], below: &[&Line]) -> Option<(At, String, usize)> {
        // A group's label, whole or torn, may stand before the row's own.
        let suffixes = || (0..words.len()).map(|start| words[start..].concat());
        let whole = suffixes().find_map(|text| Some((self.row_of(&Label::of(&text))?, text, 1)));
        whole.or_else(|| suffixes().find_map(|text| self.gone_on(text, below)))
    }

    /// The row whose label begins with this text and ends some lines further down, the label, and how many lines
    /// it takes with the one where it begins. The lines must spell it exactly.
    fn gone_on(&self, mut text: String, below: &[&Line]) -> Option<(At, String, usize)> {
        for (line, count) in below.iter().take(MOST_LINES).zip(2..) {
            let part = line.text.trim();
            let ends = line.blank_cell
                || Label::of(part).ordinal.is_some()
                || part.split_whitespace().any(number::is_value)
                || !self.may_go_on(&text);
            if ends {
                return None;
            }
            text.push_str(part);
            if let Some(at) = self.row_of(&Label::of(&text)) {
                return Some((at, text, count));
            }
        }
        None
    }

    fn may_go_on(&self, text: &str) -> bool {
        let core = Label::of(text).core;
        !core.is_empty() && self.lexicon.begins(&core)
    }

    fn unit_of(&self, text: &str) -> Option<&'static str> {
        self.def.unit_heading.as_ref().and_then(|_| number::unit_of(text))
    }

    fn row_of(&self, label: &Label) -> Option<At> {
        if self.lexicon.is_torn(label) {
            return None;
        }
        self.lexicon.places(&label.core).find_map(|entry| match entry.term {
            Term::Row(block, row) => Some((block, row)),
            _ => None,
        })
    }

    fn label(&mut self, text: &str, origin: Origin) {
        let label = Label::of(text);
        let terms: Vec<Term> = self.lexicon.places(&label.core).map(|entry| entry.term).collect();
        let has = |test: fn(&Term) -> bool| terms.iter().any(test);
        let is_column = has(|term| matches!(term, Term::Column(..) | Term::ColumnGroup(_)));
        let is_heading = has(|term| matches!(term, Term::RowHeading | Term::ColumnHeading | Term::Corner))
            || label.core.contains("勾稽关系");
        let is_row = has(|term| matches!(term, Term::Row(..))) && !self.is_record();
        let numbered = label.ordinal.is_some();
        if is_heading
            || (is_column && !numbered && (self.in_header || !is_row))
            || (self.is_record() && !terms.is_empty())
        {
            self.header(text, origin);
        } else if let (true, Some(at)) = (is_row, self.row_of(&label)) {
            self.row(at, label, text, origin);
        } else if has(|term| matches!(term, Term::Group(_))) {
            self.end_row();
            self.groups.push((label.into(), text.into()));
        } else if has(|term| matches!(term, Term::Caption(_))) {
            self.flush();
            self.in_header = false;
        }
    }

    fn row(&mut self, at: At, label: Label, text: &str, origin: Origin) {
        self.end_row();
        self.in_header = false;
        sequence::add_label(&mut self.flow.runs, at, &label, text);
        let mut labels = std::mem::take(&mut self.groups);
        labels.push((label.into(), text.into()));
        self.pending.push((at, labels, origin));
    }

    /// Values end a row; labels one after the other wait for theirs.
    fn end_row(&mut self) {
        if !self.values.is_empty() {
            self.flush();
        }
    }

    fn header(&mut self, text: &str, origin: Origin) {
        if !self.in_header {
            self.flush();
            self.flow.headers.push(Header { listed: true, ..Header::default() });
            self.in_header = true;
        }
        if let Some(header) = self.flow.headers.last_mut() {
            header.rows.push(Row {
                table: 0,
                stated: false,
                wrapped: false,
                width: 1,
                short: false,
                cells: vec![cell(text, origin)],
            });
        }
    }

    /// Gives the values that have come to the rows that wait.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let values = std::mem::take(&mut self.values);
        let torn = std::mem::take(&mut self.torn);
        let unit = std::mem::take(&mut self.unit);
        let entries = self.flow.entries.len();
        let wanted: Vec<usize> = pending.iter().map(|(at, ..)| self.leaves(*at)).collect();
        let all: usize = wanted.iter().sum();
        if pending.is_empty() {
            self.bare(values);
        } else if values.len() == all && pending.len() > 1 && values.len() != wanted[wanted.len() - 1] {
            let mut rest = values.as_slice();
            for ((at, labels, origin), count) in pending.into_iter().zip(wanted) {
                let (own, after) = rest.split_at(count);
                rest = after;
                self.entry(labels, own.to_vec(), origin, Some((at, Alignment::Order)));
            }
        } else {
            self.last_takes(pending, values, &wanted);
        }
        if torn {
            self.flow.entries[entries..].iter_mut().for_each(|entry| entry.vanishing = false);
        }
        if let Some(entry) = self.flow.entries[entries..].last_mut() {
            entry.unit = unit;
        }
    }

    /// The label just above the values owns them; the ones before it stand over blank cells.
    fn last_takes(&mut self, pending: Vec<Pending>, mut values: Vec<Cell>, wanted: &[usize]) {
        let last = pending.len() - 1;
        for (index, (_, labels, origin)) in pending.into_iter().enumerate() {
            let mut own = if index == last { std::mem::take(&mut values) } else { Vec::new() };
            let surplus = own.len() > wanted[index] && own.len() % wanted[index] == 0 && wanted[index] > 1;
            let rest = if surplus { own.split_off(wanted[index]) } else { Vec::new() };
            let entries = self.flow.entries.len();
            self.entry(labels, own, origin, None);
            self.bare(rest);
            // One of two lines has lost its label, and sums hold whichever that is.
            self.flow.entries[entries..].iter_mut().for_each(|entry| entry.doubted = surplus);
        }
    }

    /// Values without a label: full lines of figures, or strays.
    fn bare(&mut self, values: Vec<Cell>) {
        let line = self.leaves((0, 0));
        let record = self.is_record() && values.len() >= self.def.blocks[0].columns.len();
        if record {
            let origin = values[0].origin;
            self.entry(Labels::new(), values, origin, None);
        } else if line > 1
            && !values.is_empty()
            && values.len().is_multiple_of(line)
            && self.def.layout == Layout::Matrix
        {
            for chunk in values.chunks(line) {
                self.entry(Labels::new(), chunk.to_vec(), chunk[0].origin, None);
            }
        } else {
            let stray = |cell: Cell| Line { text: cell.text, origin: cell.origin, blank_cell: false };
            self.flow.strays.extend(values.into_iter().filter(|cell| cell.shape == Shape::Value).map(stray));
        }
    }

    fn entry(&mut self, labels: Labels, values: Vec<Cell>, origin: Origin, row: Option<(At, Alignment)>) {
        let header = self.flow.headers.len().checked_sub(1);
        self.flow.entries.push(Entry {
            labels,
            values,
            header,
            stated: false,
            short: false,
            unit: None,
            aligned: false,
            vanishing: true,
            doubted: false,
            row,
            origin,
        });
    }
}

/// So many labels with a number each before them that rise by one are counted, not filled in.
const LEAST_SERIALS: usize = 5;

/// The lines without the serial numbers that stand, a line each, before the labels of the rows;
/// labels of groups are counted with them or not.
fn without_serials<'a>(def: &TableDef, lexicon: &Lexicon, lines: &[&'a Line]) -> Vec<&'a Line> {
    if def.layout != Layout::List {
        return lines.to_vec();
    }
    let places = |counted: fn(Term) -> bool| {
        let of_row = |core: &str| lexicon.places(core).any(|entry| counted(entry.term));
        serials(lines, |line| of_row(&Label::of(&line.text).core))
    };
    let rows = || places(|term| matches!(term, Term::Row(..)));
    let Some(places) = places(|term| matches!(term, Term::Row(..) | Term::Group(_))).or_else(rows) else {
        return lines.to_vec();
    };
    (0..lines.len()).filter(|at| !places.contains(at)).map(|at| lines[at]).collect()
}

/// The places of the numbers that stand before these labels, if they count them.
fn serials(lines: &[&Line], is_label: impl Fn(&Line) -> bool) -> Option<HashSet<usize>> {
    let number = |line: &Line| line.text.trim().parse::<u32>().ok();
    let filled = |line: &&&Line| !line.text.trim().is_empty();
    let before_label = |at: &usize| lines[at + 1..].iter().find(filled).is_some_and(|next| is_label(next));
    let places: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((at, number(line)?)))
        .filter(|(at, _)| before_label(at))
        .collect();
    // A value before the label of a row without a serial number is none of them.
    let found = rising(&places);
    let by_one = found.windows(2).filter(|pair| pair[1].1 == pair[0].1 + 1).count();
    // A row left out, or one whose label is broken, leaves a gap.
    let counts =
        found.len() >= LEAST_SERIALS && by_one * 5 >= (found.len() - 1) * 4 && found.len() * 5 >= places.len() * 4;
    counts.then(|| found.into_iter().map(|(at, _)| at).collect())
}

/// The most of these that rise from one to the next.
fn rising(places: &[(usize, u32)]) -> Vec<(usize, u32)> {
    // Where the run of each length ends lowest, and what comes before each in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (at, (_, number)) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end].1 < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run: Vec<(usize, u32)> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| places[at]).collect();
    run.reverse();
    run
}

fn cell(text: &str, origin: Origin) -> Cell {
    Cell { columns: 0..1, text: text.trim().into(), shape: stream::shape(text), own: true, origin }
}

/// Whether labels that the form prints again and again stand here only once although the
/// blocks under them are there: then whoever made the text dropped repeated lines, values too.
pub(super) fn lost_repeats(def: &TableDef, lexicon: &Lexicon, lines: &[&Line]) -> Option<String> {
    let cores: Vec<String> = lines
        .iter()
        .filter(|line| line.text.chars().count() <= LONGEST_LINE)
        .map(|line| Label::of(&line.text).core)
        .collect();
    let count = |label: &str| {
        let core = Label::of(label).core;
        cores.iter().filter(|other| **other == core).count()
    };
    let captions =
        def.blocks.iter().filter_map(|block| block.caption.as_deref()).filter(|caption| count(caption) > 0).count();
    let heading = def.row_heading.as_deref()?;
    let values = lines.iter().filter(|line| number::is_value(&line.text)).count();
    let columns: Vec<usize> = cores
        .iter()
        .filter_map(|core| {
            lexicon.places(core).find_map(|entry| match entry.term {
                Term::Row(block, _) => Some(def.blocks[block].columns.len()),
                _ => None,
            })
        })
        .collect();
    let rows = columns.len();
    // A text in which no line stands twice lacks values as soon as it has not one for each cell.
    let lacking = values < rows || (values < columns.iter().sum() && all_differ(lines));
    (captions >= 3 && count(heading) == 1 && rows >= 3 && lacking).then(|| heading.to_owned())
}

fn all_differ(lines: &[&Line]) -> bool {
    let mut seen = HashSet::new();
    lines.iter().map(|line| line.text.trim()).all(|text| text.is_empty() || seen.insert(text))
}
