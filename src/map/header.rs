//! Which columns a table's header names: by grid column where merged cells are stated, else by
//! the order in which the header prints its labels.

use std::cell::OnceCell;
use std::ops::Range;

use super::stream::{Cell, Row, Shape};
use crate::template::label::{Label, nearness};
use crate::template::lexicon::{Lexicon, Term};
use crate::template::{Layout, Per, Relation, TableDef};

/// The lines of figures of one block: what a row of the document is matched against.
///
/// A record is printed across, so its one line holds the columns of every route.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    pub def: &'a TableDef,
    pub lexicon: &'a Lexicon,
    pub at: usize,
}

/// A column of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Which figure of the line.
    pub leaf: usize,
    /// Grid columns, from 0.
    pub columns: Range<usize>,
    /// The label was only near to the form's.
    pub near: bool,
}

/// The rows of a header, as far as they have come.
#[derive(Debug, Clone, Default)]
pub(super) struct Header {
    pub rows: Vec<Row>,
    /// Its labels are lines of flattened text: their order is that of the text, not surely that
    /// of the columns.
    pub listed: bool,
}

/// The columns of one block that a header names, worked out when the first of its rows asks.
#[derive(Debug, Default)]
pub(super) struct Columns {
    by_position: OnceCell<Vec<Leaf>>,
    by_order: OnceCell<Option<Vec<usize>>>,
}

impl Columns {
    pub fn by_position(&self, header: &Header, block: Block) -> &[Leaf] {
        self.by_position.get_or_init(|| header.by_position(block))
    }

    /// `values` is how many values the line has: a header that lacks a column of a whole
    /// line was torn, and names nothing; nor does one without a column that the sums of a line are of.
    pub fn by_order(&self, header: &Header, block: Block, values: usize) -> Option<&[usize]> {
        let whole = values == block.leaves() || !block.is_record() && block.has_line_sums();
        let torn = |order: &&[usize]| order.len() < block.leaves() && whole;
        self.order(header, block).filter(|order| !torn(order))
    }

    /// Whether the labels name some columns, and not all.
    pub fn lacks_a_column(&self, header: &Header, block: Block) -> bool {
        self.order(header, block).is_some_and(|order| order.len() < block.leaves())
    }

    fn order(&self, header: &Header, block: Block) -> Option<&[usize]> {
        let order = self.by_order.get_or_init(|| {
            let leaves = header.by_order(block)?;
            Some(leaves.into_iter().map(|leaf| leaf.leaf).collect())
        });
        order.as_deref()
    }
}

impl Block<'_> {
    pub fn is_record(&self) -> bool {
        self.def.layout == Layout::Record
    }

    /// How many figures a line has.
    pub fn leaves(&self) -> usize {
        let block = &self.def.blocks[self.at];
        if self.is_record() { block.rows.len() * block.columns.len() } else { block.columns.len() }
    }

    /// Whether the figures of a line add up to one of them.
    fn has_line_sums(&self) -> bool {
        let columns = &self.def.blocks[self.at].columns;
        let is_here = |id: &String| columns.iter().any(|column| column.id == *id);
        self.def.identities.iter().any(|identity| {
            let sums = identity.per == Per::Row && identity.relation == Relation::Equal;
            sums && identity.left.iter().chain(&identity.right).all(is_here)
        })
    }

    /// The figure of a line that these labels, from outer to inner, name.
    fn leaf(&self, labels: &[&str]) -> Option<usize> {
        let column = self.column(labels)?;
        if !self.is_record() {
            return Some(column);
        }
        let is_route = |term: Term| matches!(term, Term::Row(block, _) if block == self.at);
        let routes = labels.iter().flat_map(|label| self.lexicon.places(label)).map(|entry| entry.term);
        let Some(Term::Row(_, route)) = routes.filter(|term| is_route(*term)).last() else { return None };
        Some(route * self.def.blocks[self.at].columns.len() + column)
    }

    /// The column that the innermost label names; it may be broken over several cells.
    fn column(&self, labels: &[&str]) -> Option<usize> {
        let whole = labels.last().and_then(|label| self.column_of(label));
        let broken = |count: usize| self.column_of(&labels[labels.len() - count..].concat());
        whole.or_else(|| (2..=labels.len().min(3)).find_map(broken))
    }

    fn column_of(&self, core: &str) -> Option<usize> {
        self.lexicon.places(core).find_map(|entry| match entry.term {
            Term::Column(block, column) if block == self.at => Some(column),
            _ => None,
        })
    }

    fn is_heading(&self, core: &str) -> bool {
        let heading = |term| {
            matches!(term, Term::RowHeading | Term::ColumnHeading | Term::Corner | Term::Caption(_) | Term::Beside)
        };
        core.is_empty() || self.lexicon.places(core).any(|entry| heading(entry.term)) || core.contains("勾稽关系")
    }
}

/// A column that a header prints after the labels of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Printed {
    /// This figure of the line.
    Leaf(usize),
    /// The unit of the row.
    Unit,
    /// A part of the figure, or something else that is none.
    Beside,
}

impl Block<'_> {
    fn names(&self, core: &str, term: Term) -> bool {
        self.lexicon.places(core).any(|entry| entry.term == term)
    }

    /// Whether columns without figures of the form are printed beside those with.
    fn prints_beside(&self) -> bool {
        self.def.unit_heading.is_some() || !self.def.beside.is_empty()
    }

    fn printed(&self, label: &Label) -> Option<Printed> {
        let unit = |heading: &String| Label::of(heading).core == label.core;
        if self.def.unit_heading.as_ref().is_some_and(unit) || label.core == "计量单位" {
            return Some(Printed::Unit);
        }
        if self.names(&label.core, Term::Beside) {
            return Some(Printed::Beside);
        }
        self.column_of(&label.core).map(Printed::Leaf)
    }
}

impl Header {
    /// Columns by grid position, for tables that state their merged cells.
    fn by_position(&self, block: Block) -> Vec<Leaf> {
        let width = self.rows.iter().map(|row| row.width).max().unwrap_or(0);
        let mut leaves: Vec<Leaf> = Vec::new();
        for column in 0..width {
            let Some(leaf) = block.leaf(&self.labels_at(column)) else { continue };
            match leaves.last_mut() {
                Some(last) if last.leaf == leaf && last.columns.end == column => last.columns.end += 1,
                _ => leaves.push(Leaf { leaf, columns: column..column + 1, near: false }),
            }
        }
        let doubled = |leaf: &Leaf| leaves.iter().filter(|other| other.leaf == leaf.leaf).count() > 1;
        if leaves.iter().any(doubled) {
            // 本年 beside 上年: what is of another year, or an example, is none of the report's.
            let own: Vec<Leaf> = leaves.iter().filter(|leaf| !self.is_of_other(leaf.columns.start)).cloned().collect();
            let all = own.iter().all(|leaf| own.iter().filter(|other| other.leaf == leaf.leaf).count() == 1);
            return if all && !own.is_empty() { own } else { leaves };
        }
        if leaves.len() < block.leaves()
            && !block.is_record()
            && let Some(found) = self.by_likeness(block)
        {
            return found;
        }
        // Padded with empty cells, a route stands over its first column only: the order says more.
        let ordered = || self.by_order(block).map_or(0, |order| order.len());
        if block.is_record() && leaves.len() < block.leaves() && ordered() > leaves.len() {
            return Vec::new();
        }
        leaves
    }

    /// Whether a row goes on with labels of the header's last row: 企业｜机构 below 商业｜科研.
    pub fn goes_on(&self, block: Block, row: &Row) -> bool {
        let Some(above) = self.rows.last() else { return false };
        let no_value = row.cells.iter().all(|cell| !cell.own || cell.shape != Shape::Value);
        let completes = |(start, below): (usize, &str)| {
            let label = labels(above).find(|(column, _)| *column == start);
            label.is_some_and(|(_, label)| {
                block.column_of(label).is_none() && block.column_of(&format!("{label}{below}")).is_some()
            })
        };
        no_value && labels(row).any(completes)
    }

    /// Whether a label over a grid column says that what stands below is of another year, an example, or a part.
    fn is_of_other(&self, column: usize) -> bool {
        const OTHER: [&str; 8] = ["上年", "上一年", "去年", "同期", "示例", "样例", "样表", "其中"];
        self.labels_at(column).iter().any(|label| OTHER.iter().any(|word| label.contains(word)))
    }

    /// Labels above one grid column, from top to bottom.
    pub fn labels_at(&self, column: usize) -> Vec<&str> {
        self.rows.iter().filter_map(|row| label_over(row, column)).collect()
    }

    /// Columns in the order of their labels, for tables whose cells have lost their columns.
    /// `None` if some label is not the form's.
    fn by_order(&self, block: Block) -> Option<Vec<Leaf>> {
        let lines = self.lines(block);
        let ranged = |leaf: usize| Leaf { leaf, columns: 0..0, near: false };
        if !block.is_record() && self.is_staggered(block) {
            // What stands over what, the lines of a printed header do not say; where nothing speaks against it, it is the form's.
            return self.is_printed_in_order(block).then(|| (0..block.leaves()).map(ranged).collect());
        }
        if block.is_record() {
            let order = record_order(block, &lines).filter(|leaves| !self.listed || leaves.is_sorted());
            return order.map(|leaves| leaves.into_iter().map(ranged).collect());
        }
        let mut leaves = Vec::new();
        let mut groups: Vec<&String> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            for label in line {
                if let Some(column) = block.column_of(label) {
                    add(&mut leaves, column);
                } else if is_group(block, label) && !groups.contains(&label) {
                    groups.push(label);
                    add_group(block, &lines[at + 1..], &mut leaves);
                }
            }
        }
        if leaves.is_empty()
            || leaves.len() < lines.iter().flatten().filter(|label| block.column_of(label).is_some()).count()
        {
            return self.by_likeness(block);
        }
        let unknown = |label: &&String| block.column_of(label).is_none() && !is_group(block, label);
        if lines.iter().flatten().any(|label| unknown(&label)) {
            return self.by_likeness(block);
        }
        // Of a group without its columns the line with these was torn off.
        let of_group = |leaf: &usize| block.def.blocks[block.at].columns[*leaf].group.is_some();
        if !groups.is_empty() && !leaves.iter().any(of_group) {
            return None;
        }
        // A group printed in a line of its own, above the columns beside it, stands nowhere among them.
        let named = leaves.is_sorted() || !self.listed && out_of_order(block, &lines);
        named.then(|| leaves.into_iter().map(ranged).collect())
    }

    /// Whether labels that are printed side by side, or those of one group, are not in the order of the form: then that
    /// order says nothing of the values below them.
    pub fn is_out_of_order(&self, block: Block) -> bool {
        if !block.is_record() && self.is_staggered(block) {
            return !self.is_printed_in_order(block);
        }
        if !self.listed {
            return out_of_order(block, &self.lines(block));
        }
        // Every label of flattened text is a row of its own; side by side are those of one line.
        let mut lines: Vec<(Option<u32>, Vec<String>)> = Vec::new();
        for cell in self.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.own) {
            let Some(label) = cell.label().filter(|label| !block.is_heading(&label.core)) else { continue };
            match lines.last_mut() {
                Some((line, labels)) if line.is_some() && *line == cell.origin.line => labels.push(label.core.clone()),
                _ => lines.push((cell.origin.line, vec![label.core.clone()])),
            }
        }
        let lines: Vec<Vec<String>> = lines.into_iter().map(|(_, labels)| labels).collect();
        out_of_order(block, &lines)
    }

    /// The columns of one route in the order of a header that names each once, over rows of routes.
    pub fn results(&self, block: Block) -> Option<Vec<usize>> {
        let lines = self.lines(block);
        let columns: Vec<usize> = lines.iter().flatten().filter_map(|label| block.column_of(label)).collect();
        let mut sorted = columns.clone();
        sorted.sort_unstable();
        sorted.into_iter().eq(0..block.def.blocks[block.at].columns.len()).then_some(columns)
    }

    /// Whether a header of printed lines names every column, in lines of their own rather than side by side.
    fn is_staggered(&self, block: Block) -> bool {
        // Quick way: most headers are no printed lines.
        if self.rows.len() < 2 || !self.rows.iter().all(|row| row.wrapped) {
            return false;
        }
        let lines = self.lines(block);
        let mut named: Vec<usize> = lines.iter().flatten().filter_map(|label| block.column_of(label)).collect();
        let side_by_side = named.is_sorted();
        named.sort_unstable();
        !side_by_side && named.into_iter().eq(0..block.leaves())
    }

    /// Whether the whole labels of columns stand from left to right as the form has them, in whatever lines.
    fn is_printed_in_order(&self, block: Block) -> bool {
        let cells = self.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.own);
        let mut named: Vec<(usize, usize)> =
            cells.filter_map(|cell| Some((cell.columns.start, block.column_of(&cell.label()?.core)?))).collect();
        named.sort_unstable();
        let in_line = |line: &Vec<String>| line.iter().filter_map(|label| block.column_of(label)).is_sorted();
        named.iter().map(|(_, column)| column).is_sorted() && self.lines(block).iter().all(in_line)
    }

    /// The columns after the labels of the rows as the header prints them, those that hold no
    /// figure of the form included; `None` if the header prints any other, or none beside them.
    pub fn printed(&self, block: Block) -> Option<Vec<Printed>> {
        if self.listed || !block.prints_beside() {
            return None;
        }
        let mut columns: Vec<Printed> = Vec::new();
        for (line, row) in self.rows.iter().enumerate() {
            let cells: Vec<&Label> = row.cells.iter().filter(|cell| cell.own).filter_map(Cell::label).collect();
            let heading = |label: &&Label| block.names(&label.core, Term::RowHeading);
            let after = cells.iter().rposition(heading).map_or(0, |at| at + 1);
            let line_columns: Option<Vec<Printed>> = cells[after..].iter().map(|label| block.printed(label)).collect();
            // The columns of a second line are parts of the last of the first.
            if line > 0 && !columns.is_empty() {
                columns.pop();
            }
            columns.extend(line_columns?);
        }
        let more = columns.iter().any(|column| !matches!(column, Printed::Leaf(_)));
        more.then_some(columns)
    }

    /// The labels of the header's lines without headings; a line whose labels go on in the next
    /// (商业｜科研 over 企业｜机构) is joined with it.
    fn lines(&self, block: Block) -> Vec<Vec<String>> {
        let of_columns = |row: &Row| -> Vec<String> {
            let own = labels(row).map(|(_, core)| core);
            own.filter(|core| !block.is_heading(core)).map(str::to_owned).collect()
        };
        let mut lines: Vec<Vec<String>> = Vec::new();
        for line in self.rows.iter().map(of_columns).filter(|line| !line.is_empty()) {
            match lines.last_mut().and_then(|above| Some((broken(block, above, &line)?, above))) {
                Some((places, above)) => {
                    for (at, below) in places {
                        above[at].push_str(&line[below]);
                    }
                }
                None => lines.push(line),
            }
        }
        if !block.is_record() {
            for at in (0..lines.len()).rev() {
                if let Some(first) = second_level(block, &lines[at]) {
                    let below = lines[at].split_off(first);
                    lines.insert(at + 1, below);
                }
            }
        }
        lines
    }

    /// As many labels as columns, each near to the column of its place or the beginning of it:
    /// two columns that both read 本年新 are told apart by their order.
    fn by_likeness(&self, block: Block) -> Option<Vec<Leaf>> {
        let columns = &block.def.blocks[block.at].columns;
        let last = self.rows.iter().rfind(|row| row.cells.iter().any(|cell| cell.own && cell.label().is_some()))?;
        let cells: Vec<&Cell> = last
            .cells
            .iter()
            .filter(|cell| cell.own && cell.label().is_some_and(|label| !block.is_heading(&label.core)))
            .collect();
        if cells.len() != columns.len() || columns.len() < 2 {
            return None;
        }
        let mut known = 0;
        let mut leaves = Vec::new();
        for (leaf, (cell, column)) in cells.iter().zip(columns).enumerate() {
            let core = &cell.label()?.core;
            let printed = Label::of(&column.label).core;
            let exact = block.column_of(core) == Some(leaf);
            let near = core.chars().count() >= 2 && (printed.starts_with(core) || nearness(core, &printed) >= 0.6);
            if !exact && (!near || block.column_of(core).is_some()) {
                return None;
            }
            known += usize::from(exact);
            leaves.push(Leaf { leaf, columns: cell.columns.clone(), near: !exact });
        }
        (known > 0).then_some(leaves)
    }

    /// Whether a column counts what became less (本年减), alone or beside what became more.
    pub fn counts_what_is_less(&self) -> bool {
        let cells = self.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.own).filter_map(Cell::label);
        cells.into_iter().any(|label| label.core.contains('减') && !label.core.contains('增'))
    }

    /// Years that the header's cells name: a comparison names two.
    pub fn years(&self) -> Vec<i32> {
        let cells =
            self.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.own && cell.text.chars().count() <= 24);
        let mut years: Vec<i32> = cells.flat_map(|cell| super::about::years_in(&cell.text)).collect();
        years.sort_unstable();
        years.dedup();
        years
    }
}

/// Adds every column of a group that the lines below it print.
fn add_group(block: Block, below: &[Vec<String>], leaves: &mut Vec<usize>) {
    for column in below.iter().flatten().filter_map(|label| block.column_of(label)) {
        if block.def.blocks[block.at].columns[column].group.is_some() {
            add(leaves, column);
        }
    }
}

/// Where the second of two printed lines begins that a text ran together: the columns of a group stand last, and others
/// between it and them (自然人 法人或其他组织 总计 商业企业 …).
fn second_level(block: Block, line: &[String]) -> Option<usize> {
    let columns = &block.def.blocks[block.at].columns;
    let of_group = |label: &String| block.column_of(label).is_some_and(|column| columns[column].group.is_some());
    let group = line.iter().position(|label| is_group(block, label))?;
    let first = line.iter().position(of_group)?;
    (first > group + 1 && line[first..].iter().all(of_group)).then_some(first)
}

fn add(leaves: &mut Vec<usize>, column: usize) {
    if !leaves.contains(&column) {
        leaves.push(column);
    }
}

/// The label that a row itself prints over a grid column.
fn label_over(row: &Row, column: usize) -> Option<&str> {
    let cell = row.cells.iter().find(|cell| cell.own && cell.columns.contains(&column))?;
    Some(&cell.label()?.core)
}

/// The labels that a row itself prints, with the columns in which they begin.
fn labels(row: &Row) -> impl Iterator<Item = (usize, &str)> {
    let own = row.cells.iter().filter(|cell| cell.own);
    own.filter_map(|cell| Some((cell.columns.start, cell.label()?.core.as_str())))
}

fn is_group(block: Block, core: &str) -> bool {
    block.lexicon.places(core).any(|entry| matches!(entry.term, Term::ColumnGroup(_)))
}

/// Which labels of a line go on in the one below, and with which of its labels: with the one in
/// the same place, or in turn where the line below holds nothing else.
fn broken(block: Block, above: &[String], below: &[String]) -> Option<Vec<(usize, usize)>> {
    let open: Vec<usize> = (0..above.len()).filter(|at| block.column_of(&above[*at]).is_none()).collect();
    let places: Vec<(usize, usize)> = if above.len() == below.len() {
        open.into_iter().map(|at| (at, at)).collect()
    } else if open.len() == below.len() {
        open.into_iter().zip(0..).collect()
    } else {
        return None;
    };
    let spelled = |(at, part): &(usize, usize)| block.column_of(&format!("{}{}", above[*at], below[*part])).is_some();
    places.iter().any(spelled).then_some(places)
}

/// Whether a line, or the columns of a group over all lines, have labels in another order than the form.
fn out_of_order(block: Block, lines: &[Vec<String>]) -> bool {
    if block.is_record() {
        let results = lines.iter().flatten().filter_map(|label| block.column_of(label));
        let results: Vec<usize> = results.collect();
        // The results of a route begin anew with the first.
        let follows = |pair: &[usize]| pair[1] > pair[0] || pair[1] == 0;
        // 行政诉讼 before 行政复议, even where nothing parts the ways to a lawsuit.
        let firsts = |line: &Vec<String>| line.iter().filter_map(|label| first_route(block, label)).is_sorted();
        if !lines.iter().all(firsts) {
            return true;
        }
        let routes = routes(block, lines);
        let count = block.def.blocks[block.at].columns.len();
        // Torn labels say nothing.
        let whole = !routes.is_empty() && results.len() == routes.len() * count;
        return whole && !(results.windows(2).all(follows) && routes.is_sorted());
    }
    let columns = &block.def.blocks[block.at].columns;
    let group = |label: &str| {
        let id = block.lexicon.places(label).find_map(|entry| match entry.term {
            Term::ColumnGroup(group) => Some(&block.def.column_groups.get(group)?.id),
            _ => None,
        })?;
        columns.iter().position(|column| column.group.as_ref() == Some(id))
    };
    let mut named: Vec<usize> = lines.iter().flatten().filter_map(|label| block.column_of(label)).collect();
    named.sort_unstable();
    // Torn labels say nothing.
    if !named.iter().copied().eq(0..columns.len()) {
        return false;
    }
    let place = |label: &String| block.column_of(label).or_else(|| group(label));
    let in_line = |line: &Vec<String>| line.iter().filter_map(place).is_sorted();
    let of_group = lines.iter().flatten().filter_map(|label| block.column_of(label));
    let of_group = of_group.filter(|column| columns[*column].group.is_some());
    !lines.iter().all(in_line) || !of_group.is_sorted()
}

/// The first route that a label of a record's header stands over: its own, or that of its group.
fn first_route(block: Block, label: &str) -> Option<usize> {
    let def = &block.def.blocks[block.at];
    block.lexicon.places(label).find_map(|entry| match entry.term {
        Term::Row(at, route) if at == block.at => Some(route),
        Term::Group(group) | Term::ColumnGroup(group) => {
            let id = &block.def.groups.get(group)?.id;
            def.rows.iter().position(|row| row.group.as_ref() == Some(id))
        }
        _ => None,
    })
}

/// The routes of a record as its header prints them: those of a group stand where the group does.
fn routes(block: Block, lines: &[Vec<String>]) -> Vec<usize> {
    let def = &block.def.blocks[block.at];
    let route = |label: &String| {
        block.lexicon.places(label).find_map(|entry| match entry.term {
            Term::Row(at, route) if at == block.at => Some(route),
            _ => None,
        })
    };
    let group = |label: &String| {
        block.lexicon.places(label).find_map(|entry| match entry.term {
            // The groups of a record's routes are printed over columns.
            Term::Group(group) | Term::ColumnGroup(group) => Some(&block.def.groups.get(group)?.id),
            _ => None,
        })
    };
    let mut routes = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for label in line {
            let own = route(label).into_iter();
            let within = group(label).into_iter().flat_map(|id| {
                let below = lines[at + 1..].iter().flatten().filter_map(route);
                below.filter(move |route| def.rows[*route].group.as_ref() == Some(id))
            });
            own.chain(within).for_each(|route| add(&mut routes, route));
        }
    }
    routes
}

/// The figures that a record's header prints, if its labels are whole.
fn record_order(block: Block, lines: &[Vec<String>]) -> Option<Vec<usize>> {
    let count = block.def.blocks[block.at].columns.len();
    let results: Vec<usize> = lines.iter().flatten().filter_map(|label| block.column_of(label)).collect();
    let routes = routes(block, lines);
    let is_whole = |columns: &[usize]| (0..count).all(|column| columns.contains(&column));
    let whole = !routes.is_empty() && results.len() == routes.len() * count && results.chunks(count).all(is_whole);
    let of_route = |(route, columns): (usize, &[usize])| -> Vec<usize> {
        columns.iter().map(|column| route * count + column).collect()
    };
    whole.then(|| routes.into_iter().zip(results.chunks(count)).flat_map(of_route).collect())
}

/// Whether a row belongs to a header: labels of columns, no values.
pub(super) fn is_header(row: &Row, lexicon: &Lexicon, record: bool) -> bool {
    if row.cells.iter().any(|cell| cell.own && cell.shape == Shape::Value) {
        return false;
    }
    let labels: Vec<&Label> = row.cells.iter().filter(|cell| cell.own).filter_map(Cell::label).collect();
    let mut columns = 0;
    let mut headings = 0;
    for label in &labels {
        for entry in lexicon.places(&label.core) {
            match entry.term {
                Term::Column(..) | Term::ColumnGroup(_) | Term::Beside => columns += 1,
                Term::RowHeading | Term::ColumnHeading | Term::Corner => headings += 1,
                Term::Row(..) if record => columns += 1,
                Term::Row(..) | Term::Group(_) | Term::Caption(_) | Term::Foreign => {}
            }
        }
        headings += usize::from(label.core.contains("勾稽关系"));
    }
    headings > 0 || (columns > 0 && labels.len() > 1) || (record && columns > 0)
}
