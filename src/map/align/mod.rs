//! One table of the form, found in the document's rows and lines, figure by figure.

mod headers;
mod repeats;
mod settle;

use std::collections::{BTreeMap, HashSet};

use smallvec::SmallVec;

use super::flow;
use super::header::{Block, Columns, Header, Leaf, Printed, is_header};
use super::number;
use super::place::{self, Slot};
use super::rows::{self, At, Context};
use super::sequence::{self, Run};
use super::stream::{Cell, Folded, Item, Line, Row, Shape};
use crate::document::{Origin, Text};
use crate::finding::{Code, Finding, Place};
use crate::report::{Alignment, ExtraRow, Figure, TableReport, Value};
use crate::template::label::Label;
use crate::template::lexicon::{Lexicon, Term};
use crate::template::{FieldDef, Form, Kind, Layout, TableDef};

/// A table of the form as found.
#[derive(Debug)]
pub(super) struct Aligned {
    pub report: TableReport,
    pub findings: Vec<Finding>,
    /// How many lines of the form were found.
    pub lines: usize,
    /// Years that the headers set side by side.
    pub years: Vec<i32>,
}

/// A row of the document that holds values, or the label of a row of the form.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Folded labels with their text, from outer to inner.
    pub labels: Labels,
    /// Value cells, from left to right.
    pub values: Vec<Cell>,
    /// The header above, as an index into the list of headers.
    pub header: Option<usize>,
    /// Columns are facts.
    pub stated: bool,
    /// Cells were dropped from the row's end.
    pub short: bool,
    /// The unit that a cell beside the figures names.
    pub unit: Option<&'static str>,
    /// Merged cells are not stated, but what stands below one another is printed so.
    pub aligned: bool,
    /// In the text's dialect a blank cell leaves no trace.
    pub vanishing: bool,
    /// It stands beside a line of values without a label, so that its label may be that one's.
    pub doubted: bool,
    /// How the row was settled, if before the labels are looked at.
    pub row: Option<(At, Alignment)>,
    pub origin: Origin,
}

/// Folded labels with their text: nearly always so few that they need no memory of their own.
pub(super) type Labels = SmallVec<[(Folded, Text); 3]>;

/// The cells or labels of a row: hardly ever so many that they need memory of their own.
type Few<T> = SmallVec<[T; 12]>;

struct Aligner<'a> {
    form: &'a Form,
    table: usize,
    def: &'a TableDef,
    /// The figures of the table.
    fields: &'a [FieldDef],
    lexicon: &'a Lexicon,
    headers: Vec<Header>,
    /// What each header names in each block.
    columns: Vec<Columns>,
    /// What the lines say about the headers.
    faults: headers::Faults,
    entries: Vec<Entry>,
    /// Numbers that stand alone between the rows, with no label and no line of their own.
    strays: Vec<Line>,
    /// Labels and values of flattened text as they came.
    runs: Vec<Run>,
    /// Rows whose label stands over nothing, where a blank cell leaves no trace.
    vanished: Vec<At>,
    /// Numbers stand somewhere in the table that no figure took.
    left_over: bool,
    /// Cells with a number that reach down over several rows of the form.
    shared: HashSet<Origin>,
    /// Rows of the form that were found, and the position of the first figure of each.
    taken: BTreeMap<At, usize>,
    /// Lines that the print order placed and whose sums want the one cell that is blank.
    open_lines: Vec<(At, usize)>,
    figures: Vec<Option<Figure>>,
    /// What other rows give for figures that have a value, by position.
    rivals: BTreeMap<usize, Vec<Figure>>,
    /// The whole table stands more than once, and nothing says which is the report's.
    copied: bool,
    findings: Vec<Finding>,
    /// It has been said that only the order names the columns.
    order_said: bool,
    extra_rows: Vec<ExtraRow>,
}

/// Aligns the items that belong to one table with one form, in a report of `year`.
pub(super) fn align(form: &Form, table: usize, items: &[&Item], year: Option<i32>) -> Aligned {
    let def = &form.tables[table];
    let fields = &form.fields[form.range(table)];
    let mut aligner = Aligner {
        form,
        table,
        def,
        fields,
        lexicon: &form.lexicons[table],
        headers: Vec::new(),
        columns: Vec::new(),
        faults: headers::Faults::default(),
        entries: Vec::new(),
        strays: Vec::new(),
        runs: Vec::new(),
        vanished: Vec::new(),
        left_over: false,
        shared: HashSet::new(),
        taken: BTreeMap::new(),
        open_lines: Vec::new(),
        figures: vec![None; fields.len()],
        rivals: BTreeMap::new(),
        copied: false,
        findings: Vec::new(),
        order_said: false,
        extra_rows: Vec::new(),
    };
    aligner.collect(items);
    aligner.refuse_coded_rows();
    aligner.name_rows();
    aligner.fill_gaps();
    aligner.order_torn_rows();
    aligner.leave_copies(items, year);
    aligner.find_shared();
    aligner.doubt_headers();
    aligner.doubt_broken_lines();
    aligner.place_all();
    aligner.settle_rivals();
    aligner.doubt_joined();
    aligner.settle_strays();
    aligner.doubt_vanished();
    aligner.refuse_open_lines();
    aligner.refuse_unproved_rows();
    aligner.finish()
}

impl<'a> Aligner<'a> {
    fn block(&self, at: usize) -> Block<'a> {
        Block { def: self.def, lexicon: self.lexicon, at }
    }

    fn is_record(&self) -> bool {
        self.def.layout == Layout::Record
    }

    // ---- rows and lines → entries ----

    fn collect(&mut self, items: &[&Item]) {
        let rows = items.iter().any(|item| matches!(item, Item::Row(row) if self.holds_figures(row)));
        let mut lines: Vec<&Line> = Vec::new();
        let mut header = HeaderState::default();
        for item in items {
            match item {
                Item::Row(row) => {
                    self.flow(&mut lines, rows, header.current());
                    self.row(row, &mut header);
                }
                Item::Line(line) => lines.push(line),
            }
        }
        self.flow(&mut lines, rows, header.current());
        self.columns.resize_with(self.headers.len() * self.def.blocks.len(), Columns::default);
    }

    fn holds_figures(&self, row: &Row) -> bool {
        row.cells.iter().any(|cell| cell.own && cell.shape == Shape::Value)
    }

    /// Lines between rows: a text of its own dialect if there are no rows at all.
    fn flow(&mut self, lines: &mut Vec<&Line>, rows: bool, header: Option<usize>) {
        if lines.is_empty() {
            return;
        }
        let flow = flow::read(self.def, self.lexicon, lines, rows);
        let base = self.headers.len();
        self.headers.extend(flow.headers);
        self.entries.extend(
            flow.entries
                .into_iter()
                .map(|entry| Entry { header: entry.header.map(|at| at + base).or(header), ..entry }),
        );
        self.strays.extend(flow.strays);
        self.runs.extend(flow.runs);
        lines.clear();
    }

    fn row(&mut self, row: &Row, state: &mut HeaderState) {
        let own: Few<&Cell> = row.cells.iter().filter(|cell| cell.own).collect();
        if own.iter().all(|cell| cell.shape == Shape::Blank) && !self.blank_line_counts(row, state) {
            return;
        }
        if self.is_caption(&own) {
            *state = HeaderState::default();
            return;
        }
        if is_header(row, self.lexicon, self.is_record()) || self.header_goes_on(row, state) {
            state.push(&mut self.headers, row);
            return;
        }
        // Fragments of a header that a break has torn are labels without values.
        let named = own.iter().filter_map(|cell| cell.label()).any(|label| self.names_row(label));
        let whole = self.is_record() && state.current().is_some() && own.len() >= self.block(0).leaves();
        let figures = named || self.holds_figures(row) || whole;
        if !figures {
            let unknown_with_blanks =
                own.len() > 1 && own.iter().skip(1).any(|cell| cell.shape == Shape::Blank) && row.stated;
            if !unknown_with_blanks {
                return;
            }
        }
        state.closed = true;
        let entry = self.entry(row, state.current());
        self.entries.push(entry);
    }

    fn header_goes_on(&self, row: &Row, state: &HeaderState) -> bool {
        let header = state.current().filter(|_| !state.closed).map(|at| &self.headers[at]);
        header.is_some_and(|header| (0..self.def.blocks.len()).any(|at| header.goes_on(self.block(at), row)))
    }

    /// A row of nothing but blanks is a line of figures only where the form's line has no label.
    fn blank_line_counts(&self, row: &Row, state: &HeaderState) -> bool {
        self.is_record()
            && state.current().is_some()
            && !state.closed
            && row.cells.iter().filter(|cell| cell.own).count() >= self.block(0).leaves()
    }

    fn is_caption(&self, own: &[&Cell]) -> bool {
        let mut labels = own.iter().filter_map(|cell| cell.label());
        let is_caption =
            |label: &Label| self.lexicon.places(&label.core).any(|entry| matches!(entry.term, Term::Caption(_)));
        labels.next().is_some_and(is_caption)
            && labels.next().is_none()
            && own.iter().all(|cell| cell.shape != Shape::Value)
    }

    fn names_row(&self, label: &Label) -> bool {
        self.lexicon.places(&label.core).any(|entry| matches!(entry.term, Term::Row(..)))
    }

    /// Where the cells of a row end that are its own: before the label of another with its value, if one stands
    /// behind the first value.
    fn own_end(&self, cells: &[&Cell], first_value: usize) -> usize {
        let last_value = cells.iter().rposition(|cell| cell.shape == Shape::Value).unwrap_or(0);
        let other = |at: &usize| cells[*at].own && cells[*at].label().is_some_and(|label| self.names_row(label));
        let others = if self.is_record() { 0..0 } else { first_value..last_value };
        others.into_iter().find(other).unwrap_or(cells.len())
    }

    /// Splits a row into its labels and its values.
    fn entry(&self, row: &Row, header: Option<usize>) -> Entry {
        let mut cells: Few<&Cell> = row.cells.iter().collect();
        let known = |cell: &&Cell| {
            cell.label().is_some_and(|label| {
                self.lexicon.places(&label.core).any(|entry| match entry.term {
                    Term::Row(..) => true,
                    // Where cells are facts the row's own label, be it misprinted, stands behind its group's.
                    Term::Group(_) => !row.stated,
                    _ => false,
                })
            })
        };
        let of_form = |cell: &&Cell| {
            let places = cell.label().into_iter().flat_map(|label| self.lexicon.places(&label.core));
            places.into_iter().any(|entry| matches!(entry.term, Term::Row(..) | Term::Group(_)))
        };
        if let Some(label) = cells.iter().position(of_form).filter(|&at| is_serial(&cells[..at])) {
            cells.drain(..label);
        }
        let first_value = cells.iter().position(|cell| cell.shape == Shape::Value).unwrap_or(cells.len());
        let last_known = cells[..first_value].iter().rposition(known);
        let is_unit = |cell: &Cell| self.def.unit_heading.is_some() && number::unit_of(&cell.text).is_some();
        let last_text = cells[..first_value].iter().rposition(|cell| cell.label().is_some() && !is_unit(cell));
        let labels_end =
            if self.is_record() && last_known.is_none() { 0 } else { last_known.or(last_text).map_or(0, |at| at + 1) };
        let labels = cells[..labels_end]
            .iter()
            .filter_map(|cell| Some((cell.shared_label()?.clone(), cell.text.clone())))
            .collect();
        // Blank cells before the first value of an unlabelled row are label columns too.
        let of_row = &cells[labels_end..self.own_end(&cells, first_value)];
        let mut values: Vec<Cell> = Vec::with_capacity(of_row.len());
        values.extend(of_row.iter().filter(|cell| cell.own || row.stated).map(|cell| (*cell).clone()));
        let unit =
            self.def.unit_heading.as_ref().and_then(|_| values.iter().find_map(|cell| number::unit_of(&cell.text)));
        let origin = cells.iter().find(|cell| cell.own).map_or(Origin::default(), |cell| cell.origin);
        Entry {
            labels,
            values,
            header,
            // Columns of another table are no places under this header.
            stated: row.stated && self.header_width(header).is_none_or(|width| width == row.width),
            short: row.short && row.stated,
            unit,
            aligned: row.wrapped,
            // In aligned columns a label without values has been torn from them, not left blank.
            vanishing: !row.stated && !row.wrapped,
            doubted: false,
            row: None,
            origin,
        }
    }

    fn header_width(&self, header: Option<usize>) -> Option<usize> {
        self.headers[header?].rows.first().map(|row| row.width)
    }

    // ---- entries → rows of the form ----

    /// Without a header that names the columns, numbers that rise from row to row all the way are
    /// codes of a form that is not ours.
    fn refuse_coded_rows(&mut self) {
        let coded = !self.def.foreign.is_empty() && self.block(0).leaves() == 1;
        let named = |entry: &Entry| entry.header.is_some_and(|at| self.columns_are_named(at));
        if !coded || self.entries.iter().any(named) {
            return;
        }
        let first = |entry: &Entry| entry.values.iter().find(|cell| cell.shape == Shape::Value).cloned();
        let firsts: Vec<Cell> = self.entries.iter().filter_map(first).collect();
        let number = |cell: &Cell| number::read(&cell.text, Kind::Count).value.number();
        let rising = firsts.windows(2).all(|pair| number(&pair[0]).is_some() && number(&pair[0]) < number(&pair[1]));
        if firsts.len() < LEAST_CODES || !rising {
            return;
        }
        let found = format!("{}, {}, {} …", firsts[0].text.trim(), firsts[1].text.trim(), firsts[2].text.trim());
        let finding = Finding::new(Code::ForeignTable).at(firsts[0].origin).place(self.table_place()).found(found);
        self.findings.push(finding);
        self.entries.clear();
    }

    fn columns_are_named(&self, header: usize) -> bool {
        let (header, columns, block) = (&self.headers[header], self.columns(header, self.block(0)), self.block(0));
        !columns.by_position(header, block).is_empty() || columns.by_order(header, block, 1).is_some()
    }

    fn name_rows(&mut self) {
        self.resolve_rows();
        self.name_near_rows();
        // A misprinted label may be that of a row of which the next ones are parts.
        let near = |entry: &Entry| matches!(entry.row, Some((_, Alignment::NearLabel)));
        if rows::nests(self.def) && self.entries.iter().any(near) {
            let by_label = |entry: &&mut Entry| matches!(entry.row, Some((_, Alignment::Labels)));
            self.entries.iter_mut().filter(by_label).for_each(|entry| entry.row = None);
            self.resolve_rows();
        }
    }

    fn resolve_rows(&mut self) {
        let mut context = Context::default();
        for entry in &mut self.entries {
            let labels: Few<&Label> = entry.labels.iter().map(|(label, _)| &**label).collect();
            if self.def.layout == Layout::Record && labels.is_empty() {
                entry.row = Some(((0, 0), Alignment::Labels));
            } else if let Some((at, _)) = entry.row {
                context.met(self.def, at);
            } else {
                entry.row = context.resolve(self.def, self.lexicon, &labels).map(|at| (at, Alignment::Labels));
            }
        }
    }

    fn name_near_rows(&mut self) {
        for at in 0..self.entries.len() {
            let entry = &self.entries[at];
            let (None, Some((label, text)), false) = (entry.row, entry.labels.last(), entry.values.is_empty()) else {
                continue;
            };
            let free = |at: At| !self.entries.iter().any(|entry| entry.row.is_some_and(|(other, _)| other == at));
            let Some(found) = rows::near(self.def, self.lexicon, label, free) else { continue };
            let printed = rows::printed(self.block(found.0), found.1).to_owned();
            let finding = Finding::new(Code::LabelNear).at(entry.origin).expected(printed).found(text.trim());
            self.findings.push(finding);
            self.entries[at].row = Some((found, Alignment::NearLabel));
        }
    }

    /// Rows without a label between two labelled ones: if there are as many as the form has there,
    /// the print order names them; the sums must agree later.
    fn fill_gaps(&mut self) {
        if self.def.layout != Layout::Matrix {
            return;
        }
        let following = self.following_rows();
        let (mut at, mut before) = (0, 0);
        while at < self.entries.len() {
            if let Some(((_, row), _)) = self.entries[at].row {
                before = row + 1;
            }
            let count = self.entries[at..].iter().take_while(|entry| self.is_bare(entry)).count();
            if count > 0 && before + count == following[at] {
                for entry in &mut self.entries[at..at + count] {
                    entry.row = Some(((0, before), Alignment::Order));
                    before += 1;
                }
            }
            at += count.max(1);
        }
    }

    /// Flattened text that tore labels from their numbers: if labels alone leave rows open and
    /// the numbers, as they came, are the form's rows one after another, their order names them.
    fn order_torn_rows(&mut self) {
        let settled = |entry: &Entry| entry.row.is_some() && entry.values.len() == self.block(0).leaves();
        if self.runs.is_empty() || self.def.layout != Layout::Matrix || self.entries.iter().all(settled) {
            return;
        }
        let Some(rows) = sequence::rows(self.block(0), &self.runs) else { return };
        let header = self.entries.iter().find_map(|entry| entry.header);
        self.strays.clear();
        self.entries = rows
            .into_iter()
            .map(|row| Entry {
                labels: row.labels,
                origin: row.values[0].origin,
                values: row.values,
                header,
                stated: false,
                short: false,
                unit: None,
                aligned: false,
                vanishing: false,
                doubted: false,
                row: Some(((0, row.row), row.by)),
            })
            .collect();
    }

    /// For each entry, the row of the form that the next named one is; past the last if none comes.
    fn following_rows(&self) -> Vec<usize> {
        let mut next = self.def.blocks[0].rows.len();
        let mut rows: Vec<usize> = Vec::with_capacity(self.entries.len());
        for entry in self.entries.iter().rev() {
            if let Some(((_, row), _)) = entry.row {
                next = row;
            }
            rows.push(next);
        }
        rows.reverse();
        rows
    }

    /// A full line of values without any label.
    fn is_bare(&self, entry: &Entry) -> bool {
        entry.row.is_none()
            && entry.labels.iter().all(|(label, _)| label.core.is_empty())
            && entry.values.len() >= self.block(0).leaves()
    }

    // ---- values → figures ----

    fn place_all(&mut self) {
        let entries = std::mem::take(&mut self.entries);
        // A row with values goes before a mere mention of its label.
        let (full, empty): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|entry| !entry.values.is_empty());
        for entry in full.into_iter().chain(empty) {
            match entry.row {
                Some((at, by)) => self.place(entry, at, by),
                None => self.keep_extra(entry),
            }
        }
        self.entries = entries;
    }

    fn keep_extra(&mut self, entry: &Entry) {
        let numbers = entry.values.iter().any(|cell| cell.shape == Shape::Value);
        let mut label = entry.labels.iter().map(|(_, text)| text.trim()).collect::<Vec<_>>().join(" / ");
        if !numbers || self.is_bare_group(entry) {
            return;
        }
        let (mut cells, mut origin) = (&entry.values[..], entry.origin);
        if label.is_empty() {
            // Behind a column of serial numbers, the label of a row that the form does not have.
            let is_text = |cell: &&Cell| matches!(cell.shape, Shape::Text(_));
            let serial = cells.first().is_some_and(|cell| cell.shape == Shape::Value);
            if let (true, Some(text)) = (serial, cells.get(1).filter(is_text)) {
                label = text.text.trim().to_owned();
                origin = text.origin;
                cells = &cells[2..];
            }
        }
        let cells = cells.iter().map(|cell| cell.text.to_string()).collect();
        let found = if label.is_empty() { "?".to_owned() } else { label.replace('\n', "") };
        self.findings.push(Finding::new(Code::ExtraRow).at(origin).found(found));
        self.extra_rows.push(ExtraRow { label, cells, origin });
    }

    /// The label of a group over its rows, with marks for none where others have figures, and perhaps a code of its own.
    fn is_bare_group(&self, entry: &Entry) -> bool {
        let group = |label: &Label| self.lexicon.places(&label.core).any(|entry| matches!(entry.term, Term::Group(_)));
        let header = entry.header.filter(|_| entry.stated).map(|at| &self.headers[at]);
        let code = |cell: &Cell| {
            let above = header.map(|header| header.labels_at(cell.columns.start)).unwrap_or_default();
            above.iter().any(|label| self.lexicon.is_code(label))
        };
        let number = |cell: &Cell| number::read(&cell.text, Kind::Change).value.number().is_some() && !code(cell);
        entry.labels.last().is_some_and(|(label, _)| group(label)) && !entry.values.iter().any(number)
    }

    fn place(&mut self, entry: &Entry, at: At, row_by: Alignment) {
        let block = self.block(at.0);
        let (mut slots, by_order) = self.slots(entry, block, at.1);
        if entry.doubted {
            slots.iter_mut().for_each(Slot::doubt);
        }
        self.doubt_slots(entry, at, &mut slots);
        if entry.values.is_empty() && entry.vanishing {
            self.vanished.push(at);
        }
        if by_order && !self.order_is_proved(block, &slots, entry) {
            if self.strays.is_empty() || !lacks_one(&slots) {
                self.put(entry, block, at, row_by, self.proved_alone(entry, block));
                return;
            }
            let first = self.put(entry, block, at, row_by, slots);
            self.open_lines.push((at, first));
            return;
        }
        self.put(entry, block, at, row_by, slots);
    }

    /// The cells of a line, and whether only the print order placed them.
    fn slots(&self, entry: &Entry, block: Block, row: usize) -> (Vec<Slot>, bool) {
        if let Some(slots) = self.slots_by_position(entry, block) {
            return (slots, false);
        }
        if let Some(slots) = self.slots_by_alignment(entry, block) {
            return (slots, false);
        }
        if entry.values.is_empty() {
            let slot = if entry.vanishing { Slot::Vanished } else { Slot::Missing };
            return (vec![slot; block.leaves()], false);
        }
        let own: Vec<Cell> = entry.values.iter().filter(|cell| cell.own).cloned().collect();
        if let Some(slots) = self.slots_by_print(entry, block, &own) {
            return (slots, false);
        }
        let own = self.without_units(own);
        let route = block.is_record() && !entry.labels.is_empty();
        let columns = block.def.blocks[block.at].columns.len();
        let results = || entry.header.and_then(|at| self.headers[at].results(block));
        let route: Option<Vec<usize>> = route.then(|| {
            let order = results().unwrap_or_else(|| (0..columns).collect());
            order.into_iter().map(|column| row * columns + column).collect()
        });
        let named = match &route {
            Some(route) => Some(route.as_slice()),
            None => {
                let whole = entry.header.filter(|at| !self.faults.is_torn(*at, block.at));
                whole.and_then(|at| self.columns(at, block).by_order(&self.headers[at], block, own.len()))
            }
        };
        // Values in another order than the form's have sums that hold in the form's as well.
        if named.is_none() && entry.header.is_some_and(|at| self.headers[at].is_out_of_order(block)) {
            return (self.proved_alone(entry, block), false);
        }
        let all: Vec<usize> = (0..block.leaves()).collect();
        let labelled = named.is_some() || block.leaves() == 1;
        let slots = place::by_order(block, named.unwrap_or(&all), &own, labelled);
        let open = slots.iter().all(|slot| matches!(slot, Slot::Ambiguous { .. }))
            || (self.may_be_cut_off(entry, &own) || is_run_together(entry, block)) && !place::slots_hold(block, &slots);
        (if open { self.proved_alone(entry, block) } else { slots }, !labelled && !open)
    }

    /// Whether a line has fewer cells than its header and begins with a blank one: that may be one of labels, and the
    /// line have lost its end.
    fn may_be_cut_off(&self, entry: &Entry, cells: &[Cell]) -> bool {
        let width = self.header_width(entry.header);
        let is_narrow = || cells.last().zip(width).is_some_and(|(last, width)| last.columns.end < width);
        let begins_blank = cells.first().is_some_and(|cell| cell.shape == Shape::Blank);
        begins_blank && cells.iter().any(|cell| cell.shape != Shape::Blank) && is_narrow()
    }

    /// What neither the header nor the order of the columns places, but for the parts of it that
    /// stand under their labels and whose sums hold.
    fn proved_alone(&self, entry: &Entry, block: Block) -> Vec<Slot> {
        let under = self.under_header(entry, block).map(|(_, slots)| slots);
        place::lines_that_hold(block, under.unwrap_or_default(), &entry.values)
    }

    /// The cells of a line by the printed columns of its header, where columns that hold no figure
    /// stand beside those that do, and the line has a cell for each.
    fn slots_by_print(&self, entry: &Entry, block: Block, cells: &[Cell]) -> Option<Vec<Slot>> {
        let columns = self.headers[entry.header?].printed(block)?;
        let mut slots = vec![Slot::Missing; block.leaves()];
        let surplus = cells.get(columns.len()..).unwrap_or_default();
        let is_number = |cell: &Cell| cell.shape == Shape::Value;
        let fits = cells.len() >= columns.len()
            && surplus.iter().all(|cell| cell.shape == Shape::Blank)
            && columns.iter().zip(cells).all(|(column, cell)| *column != Printed::Unit || !is_number(cell));
        if !columns.iter().any(|column| matches!(column, Printed::Leaf(_))) {
            // Parts without their whole: none of them is the figure.
            let cells: Vec<Cell> = cells.iter().filter(|cell| is_number(cell)).cloned().collect();
            slots.fill(if cells.is_empty() { Slot::Missing } else { Slot::Ambiguous { cells } });
            return Some(slots);
        }
        if !fits {
            // A code, or a part, may stand where the figure was left out.
            let numbers: Vec<Cell> = cells.iter().filter(|cell| is_number(cell)).cloned().collect();
            if columns.contains(&Printed::Beside) && !numbers.is_empty() {
                slots.fill(Slot::Ambiguous { cells: numbers });
                return Some(slots);
            }
            return None;
        }
        for (column, cell) in columns.iter().zip(cells) {
            if let Printed::Leaf(leaf) = column {
                slots[*leaf] = Slot::Cell { cell: cell.clone(), by: Alignment::Labels };
            }
        }
        Some(slots)
    }

    /// The cells without those that only name the unit of the row.
    fn without_units(&self, mut cells: Vec<Cell>) -> Vec<Cell> {
        cells.retain(|cell| !self.is_unit(cell));
        cells
    }

    fn is_unit(&self, cell: &Cell) -> bool {
        self.def.unit_heading.is_some() && number::unit_of(&cell.text).is_some()
    }

    /// The cells of a line by the grid columns of its header, where those are facts and the header
    /// stands over its columns: not if figures lack a value that stands under no label, here or in
    /// other lines of the table, unless the sums agree.
    fn slots_by_position(&self, entry: &Entry, block: Block) -> Option<Vec<Slot>> {
        let (leaves, slots) = self.under_header(entry, block)?;
        let filled = |slot: &Slot| matches!(slot, Slot::Cell { cell, .. } if cell.shape != Shape::Blank);
        // Under the first label stands no cell of a figure, so that of the row's label does.
        let first = leaves.first().map(|leaf| &slots[leaf.leaf]);
        let label_below = !block.is_record() && matches!(first, Some(Slot::Missing));
        let shifted = || label_below || !slots.iter().all(filled) && !place::all_under(leaves, &entry.values);
        let beside = entry.header.is_some_and(|at| self.faults.are_beside(entry, at));
        (!beside && !shifted() || place::slots_hold(block, &slots)).then_some(slots)
    }

    /// What stands in the grid under each label of the header, and where those labels are.
    fn under_header(&self, entry: &Entry, block: Block) -> Option<(&[Leaf], Vec<Slot>)> {
        let at = entry.header.filter(|_| entry.stated && !entry.short)?;
        let header = &self.headers[at];
        let width = header.rows.first()?.width;
        let leaves = self.columns(at, block).by_position(header, block);
        if leaves.is_empty() || entry.values.iter().any(|cell| cell.columns.end > width) {
            return None;
        }
        let slots = place::by_position(block, leaves, &entry.values)?;
        let found = slots.iter().filter(|slot| !matches!(slot, Slot::Missing)).count();
        // As many columns in another table are no proof that they are the same: a cell under each and each value under one is,
        // if the header has its labels in the order of the form.
        let same_table = entry.origin.table.is_some_and(|table| table as usize == header.rows[0].table + 1);
        let in_order = || leaves.is_sorted_by_key(|leaf| leaf.leaf);
        let fits = || found == slots.len() && place::all_under(leaves, &entry.values) && in_order();
        (found > 0 && (same_table || fits())).then_some((leaves, slots))
    }

    /// The cells of a printed line by the printed columns of its header.
    fn slots_by_alignment(&self, entry: &Entry, block: Block) -> Option<Vec<Slot>> {
        let at = entry.header.filter(|_| entry.aligned)?;
        place::by_alignment(block, self.columns(at, block).by_position(&self.headers[at], block), &entry.values)
    }

    fn columns(&self, header: usize, block: Block) -> &Columns {
        &self.columns[header * self.def.blocks.len() + block.at]
    }

    /// Columns without headers are placed only if the line's sums hold, or if every order of its
    /// values would say the same.
    fn order_is_proved(&mut self, block: Block, slots: &[Slot], entry: &Entry) -> bool {
        let texts: Option<Vec<&Cell>> = slots
            .iter()
            .map(|slot| match slot {
                Slot::Cell { cell, .. } => Some(cell),
                Slot::Vanished | Slot::Missing | Slot::Ambiguous { .. } => None,
            })
            .collect();
        let Some(cells) = texts else { return slots.iter().all(|slot| !matches!(slot, Slot::Cell { .. })) };
        // In columns aligned with spaces a blank is only where nothing stands: sums do not say which column that is.
        let blank = |cell: &&Cell| cell.shape == Shape::Blank;
        if entry.aligned && cells.iter().any(blank) && !cells.iter().all(blank) {
            return false;
        }
        let values: Vec<Value> = cells.iter().map(|cell| number::read(&cell.text, Kind::Change).value).collect();
        let order: Vec<usize> = (0..slots.len()).collect();
        let owned: Vec<Cell> = cells.into_iter().cloned().collect();
        let sums = place::sums_hold(block, &order, &owned) == Some(true);
        let same = values.windows(2).all(|pair| pair[0] == pair[1]);
        if sums && !same && !std::mem::replace(&mut self.order_said, true) {
            let finding = Finding::new(Code::ColumnsByOrder)
                .at(entry.origin)
                .found(values.len().to_string())
                .detail("proof", "sums");
            self.findings.push(finding.place(self.table_place()));
        }
        sums || same
    }

    fn table_place(&self) -> crate::finding::Place {
        crate::finding::Place { table: self.def.title.clone(), row: String::new(), column: String::new() }
    }

    /// Keeps the figures of a line; the position of the first.
    fn put(&mut self, entry: &Entry, block: Block, at: At, row_by: Alignment, slots: Vec<Slot>) -> usize {
        let columns = block.def.blocks[at.0].columns.len();
        let base: usize = self.def.blocks[..at.0].iter().map(|block| block.rows.len() * block.columns.len()).sum();
        let first = if block.is_record() { base } else { base + at.1 * columns };
        for (leaf, slot) in slots.into_iter().enumerate() {
            let position = first + leaf;
            let Some(mut figure) = self.figure(position, slot, row_by) else { continue };
            if let Some(unit) = entry.unit.or_else(|| self.stated_unit(entry, position))
                && figure.unit == self.field(position).unit
            {
                figure.unit = unit.into();
            }
            self.keep(position, figure);
        }
        self.taken.insert(at, first);
        first
    }

    /// The unit that the label of a row of money, or the header over it, states.
    fn stated_unit(&self, entry: &Entry, position: usize) -> Option<&'static str> {
        if self.field(position).kind != Kind::Amount {
            return None;
        }
        let labels = entry.labels.iter().rev().find_map(|(_, text)| number::stated_unit(text));
        // （单位：元）in a cell of its own is that of all amounts.
        let of_all = |cell: &&Cell| cell.label().is_some_and(|label| label.core.starts_with("单位"));
        let column = self.field(position).column;
        let over = |cell: &&Cell| {
            let places = cell.label().into_iter().flat_map(|label| self.lexicon.places(&label.core));
            places.into_iter().any(|entry| matches!(entry.term, Term::Column(_, at) if at == column))
        };
        let header = || {
            let rows = self.headers[entry.header?].rows.iter().rev();
            let cells = || rows.clone().flat_map(|row| &row.cells);
            let own = cells().filter(over).find_map(|cell| number::stated_unit(&cell.text));
            own.or_else(|| cells().filter(of_all).find_map(|cell| number::stated_unit(&cell.text)))
        };
        labels.or_else(header)
    }

    fn field(&self, position: usize) -> &'a FieldDef {
        &self.fields[position]
    }

    fn figure(&mut self, position: usize, slot: Slot, row_by: Alignment) -> Option<Figure> {
        let field = self.field(position);
        let mut figure = Figure::missing(field);
        match slot {
            Slot::Missing => return None,
            Slot::Vanished => {
                figure.value = Value::Blank;
                figure.by = Some(row_by);
            }
            Slot::Ambiguous { cells } => self.ambiguous(field, &mut figure, &cells),
            Slot::Cell { cell, by } => {
                let reading = number::read(&cell.text, field.kind);
                figure.value = reading.value;
                figure.origin = Some(cell.origin);
                figure.by = Some(if by == Alignment::Labels { row_by } else { by });
                if let Some(unit) = reading.unit {
                    figure.unit = unit.into();
                }
                self.report_reading(field, &figure, &cell, reading.joined);
                figure.raw = Some(cell.text);
            }
        }
        Some(figure)
    }

    fn ambiguous(&mut self, field: &FieldDef, figure: &mut Figure, cells: &[Cell]) {
        let found: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
        figure.value = Value::Ambiguous;
        figure.origin = cells.first().map(|cell| cell.origin);
        figure.raw = Some(found.join(" ").into());
        let finding = self.about(Code::Ambiguous, field).found(found.join(" "));
        self.findings.push(match figure.origin {
            Some(origin) => finding.at(origin),
            None => finding,
        });
    }

    fn report_reading(&mut self, field: &FieldDef, figure: &Figure, cell: &Cell, joined: bool) {
        let shown = || cell.text.trim().replace('\n', " ⏎ ");
        if figure.value == Value::Unreadable {
            self.findings.push(self.about(Code::UnreadableFigure, field).at(cell.origin).found(shown()));
        }
        if let (true, Value::Number(number)) = (joined, figure.value) {
            self.findings.push(
                self.about(Code::NumberJoined, field).at(cell.origin).expected(number.to_string()).found(shown()),
            );
        }
        if figure.by == Some(Alignment::Arithmetic) {
            self.findings.push(self.about(Code::Proved, field).at(cell.origin).found(shown()));
        }
    }

    fn about(&self, code: Code, field: &FieldDef) -> Finding {
        Finding::new(code).field(&field.key).place(Place::of(self.form, field))
    }

    /// Keeps a figure; one that has another value already has a rival.
    fn keep(&mut self, position: usize, figure: Figure) {
        match &self.figures[position] {
            None => self.figures[position] = Some(figure),
            Some(known) if known.value == figure.value || figure.raw.is_none() => {}
            Some(known)
                if known.raw.is_none()
                    || known.value == Value::Blank
                        && figure.value.number().is_some()
                        && known.origin == figure.origin =>
            {
                self.figures[position] = Some(figure);
            }
            Some(_) => self.rivals.entry(position).or_default().push(figure),
        }
    }

    fn finish(mut self) -> Aligned {
        let taken = std::mem::take(&mut self.taken);
        if !taken.is_empty() {
            self.report_missing_rows(&taken);
        }
        let optional = |field: &FieldDef| self.form.parts(field).2.optional;
        // Figures are large, so they stay in the memory in which they are.
        let of_field = |(at, figure): (usize, Option<Figure>)| match figure {
            None if optional(&self.fields[at]) => None,
            figure => Some(figure.unwrap_or_else(|| Figure::missing(&self.fields[at]))),
        };
        let figures: Vec<Figure> =
            std::mem::take(&mut self.figures).into_iter().enumerate().filter_map(of_field).collect();
        let report = TableReport {
            id: self.def.id.clone(),
            edition: (!taken.is_empty()).then(|| self.form.edition.clone()),
            form: self.form.edition.clone(),
            origin: self.entries.first().map(|entry| entry.origin),
            figures,
            extra_rows: self.extra_rows,
        };
        let years = self.headers.iter().map(Header::years).find(|years| years.len() > 1).unwrap_or_default();
        Aligned { report, findings: self.findings, lines: taken.len(), years }
    }

    fn report_missing_rows(&mut self, taken: &BTreeMap<At, usize>) {
        if self.is_record() {
            return;
        }
        for (position, field) in self.fields.iter().enumerate() {
            let row = &self.def.blocks[field.block].rows[field.row];
            if field.column == 0
                && !row.optional
                && !taken.contains_key(&(field.block, field.row))
                && self.figures[position].is_none()
            {
                let mut place = Place::of(self.form, field);
                place.column.clear();
                self.findings.push(Finding::new(Code::RowMissing).place(place));
            }
        }
    }
}

/// So many numbers that only rise are no chance: there are 40,320 ways to order eight.
const LEAST_CODES: usize = 8;

/// Whether the label of a line of several figures ends with a number, which may be the first of them.
fn is_run_together(entry: &Entry, block: Block) -> bool {
    let last_word = |text: &str| text.trim_end().rsplit_once(char::is_whitespace).map(|(_, word)| word.to_owned());
    let number = |word: String| word.bytes().all(|byte| byte.is_ascii_digit());
    block.leaves() > 1 && entry.labels.last().and_then(|(_, text)| last_word(text)).is_some_and(number)
}

/// One whole number before the label of a row counts the rows.
fn is_serial(before: &[&Cell]) -> bool {
    let filled: Vec<&&Cell> = before.iter().filter(|cell| cell.shape != Shape::Blank).collect();
    let [cell] = filled.as_slice() else { return false };
    let number = || number::read(&cell.text, Kind::Count).value.number();
    cell.shape == Shape::Value && cell.own && number().is_some_and(|number| number.fract().is_zero())
}

/// Whether a line is full but for one blank cell.
fn lacks_one(slots: &[Slot]) -> bool {
    let blank = |slot: &&Slot| matches!(slot, Slot::Cell { cell, .. } if cell.shape == Shape::Blank);
    let cells = slots.iter().filter(|slot| matches!(slot, Slot::Cell { .. })).count();
    cells == slots.len() && slots.iter().filter(blank).count() == 1
}

/// The header above the row in hand.
#[derive(Debug, Default)]
struct HeaderState {
    at: Option<usize>,
    /// Rows of figures have come: the next header row begins a new header.
    closed: bool,
}

impl HeaderState {
    fn current(&self) -> Option<usize> {
        self.at
    }

    fn push(&mut self, headers: &mut Vec<Header>, row: &Row) {
        if self.closed || self.at.is_none() {
            headers.push(Header::default());
            self.at = Some(headers.len() - 1);
            self.closed = false;
        }
        if let Some(at) = self.at {
            headers[at].rows.push(row.clone());
        }
    }
}
