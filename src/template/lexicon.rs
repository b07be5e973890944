//! Every label of a form by its folded core, so that a cell's text finds its places at once.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::label::{Label, nearness};
use super::{Layout, TableDef};

/// A place of the form that a label may name. Numbers are indices into the form's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// The caption of a block.
    Caption(usize),
    /// The heading over the labels of the rows.
    RowHeading,
    /// The heading over all columns.
    ColumnHeading,
    /// The corner cell.
    Corner,
    /// A group of rows.
    Group(usize),
    /// A group of columns.
    ColumnGroup(usize),
    /// A row: block, row.
    Row(usize, usize),
    /// A column: block, column.
    Column(usize, usize),
    /// A column that holds no figure of the form.
    Beside,
    /// A column that only other forms print.
    Foreign,
}

/// A folded label of one place.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The place.
    pub term: Term,
    /// The folded label.
    pub label: Label,
}

/// The labels of one table.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    /// Only the form's own labels are put in, so nobody can choose what collides.
    by_core: HashMap<String, Vec<usize>, FixedState>,
    /// Cores that no other edition prints.
    decisive: Vec<String>,
    /// Cores of headings of codes.
    codes: Vec<String>,
    /// It has headings that only other forms print.
    has_foreign: bool,
}

impl Lexicon {
    /// Folds every label of a table.
    #[must_use]
    pub fn of(table: &TableDef) -> Self {
        let mut lexicon = Lexicon::default();
        lexicon.add(Term::RowHeading, table.row_heading.iter().chain(&table.row_heading_aliases));
        lexicon.add(Term::ColumnHeading, table.column_heading.iter());
        lexicon.add(Term::Beside, table.unit_heading.iter().chain(&table.beside).chain(&table.codes));
        lexicon.add(Term::Foreign, table.foreign.iter());
        if let Some(corner) = &table.corner {
            lexicon.add_core(Term::Corner, Label { core: Label::whole(corner), ordinal: None });
        }
        for (at, group) in table.groups.iter().enumerate() {
            let term = if table.layout == Layout::Record { Term::ColumnGroup(at) } else { Term::Group(at) };
            lexicon.add(term, std::iter::once(&group.label).chain(&group.aliases));
        }
        for (at, group) in table.column_groups.iter().enumerate() {
            lexicon.add(Term::ColumnGroup(at), std::iter::once(&group.label).chain(&group.aliases));
        }
        for (block, def) in table.blocks.iter().enumerate() {
            lexicon.add(Term::Caption(block), def.caption.iter().chain(&def.caption_aliases));
            for (row, def) in def.rows.iter().enumerate() {
                lexicon.add(Term::Row(block, row), std::iter::once(&def.label).chain(&def.aliases));
            }
            for (column, def) in def.columns.iter().enumerate() {
                lexicon.add(Term::Column(block, column), std::iter::once(&def.label).chain(&def.aliases));
            }
        }
        lexicon.has_foreign = !table.foreign.is_empty() || !table.codes.is_empty();
        lexicon.codes = table.codes.iter().map(|label| Label::of(label).core).collect();
        lexicon.decisive = table.decisive.iter().map(|label| Label::of(label).core).collect();
        lexicon
    }

    fn add<'a>(&mut self, term: Term, labels: impl Iterator<Item = &'a String>) {
        for label in labels {
            self.add_core(term, Label::of(label));
        }
    }

    fn add_core(&mut self, term: Term, label: Label) {
        let at = self.entries.len();
        let known = self.by_core.entry(label.core.clone()).or_default();
        if known.iter().any(|&other| self.entries[other].term == term && self.entries[other].label == label) {
            return;
        }
        known.push(at);
        self.entries.push(Entry { term, label });
    }

    /// The places that this core names.
    pub fn places(&self, core: &str) -> impl Iterator<Item = &Entry> {
        self.by_core.get(core).into_iter().flatten().map(|&at| &self.entries[at])
    }

    /// Whether some label begins with this text: so a label broken over lines may go on.
    #[must_use]
    pub fn begins(&self, core: &str) -> bool {
        self.entries.iter().any(|entry| entry.label.core.starts_with(core))
    }

    /// Whether a label has another number than the labels of these places that read like it.
    pub fn is_misnumbered(&self, label: &Label, of: impl Fn(Term) -> bool) -> bool {
        let entries = self.places(&label.core).filter(|entry| of(entry.term));
        let mut numbers = entries.filter_map(|entry| entry.label.ordinal).peekable();
        label.ordinal.is_some() && numbers.peek().is_some() && numbers.all(|number| Some(number) != label.ordinal)
    }

    /// Whether a label is only the beginning of another one, although a label of the form reads like it: `2.其他` of
    /// `2.其他法律行政法规禁止公开`, where the form has `3.其他`. The number before it says so.
    #[must_use]
    pub fn is_torn(&self, label: &Label) -> bool {
        self.is_misnumbered(label, |_| true)
            && self.entries().iter().any(|entry| {
                entry.label.ordinal == label.ordinal
                    && entry.label.core.len() > label.core.len()
                    && entry.label.core.starts_with(&label.core)
            })
    }

    /// Whether the core heads a column that only other forms print.
    #[must_use]
    pub fn is_foreign(&self, core: &str) -> bool {
        self.places(core).any(|entry| entry.term == Term::Foreign)
    }

    /// Whether the core heads the codes of the rows, as forms of the years before print them.
    #[must_use]
    pub fn is_code(&self, core: &str) -> bool {
        self.codes.iter().any(|known| known == core)
    }

    /// Whether the core heads figures as no other edition does.
    #[must_use]
    pub fn heads_figures(&self, core: &str) -> bool {
        self.decides(core) && self.places(core).any(|entry| matches!(entry.term, Term::Column(..)))
    }

    /// Whether there are headings that only other forms print, or only those that are older.
    #[must_use]
    pub fn has_foreign(&self) -> bool {
        self.has_foreign
    }

    /// Whether some cores decide the edition.
    #[must_use]
    pub fn has_decisive(&self) -> bool {
        !self.decisive.is_empty()
    }

    /// Whether the core decides the edition.
    #[must_use]
    pub fn decides(&self, core: &str) -> bool {
        self.decisive.iter().any(|known| known == core)
    }

    /// Every folded label.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How near a core is to the nearest label of a place, 0 to 1.
    #[must_use]
    pub fn nearness(&self, term: Term, core: &str) -> f64 {
        let of_term = self.entries.iter().filter(|entry| entry.term == term);
        of_term.map(|entry| nearness(&entry.label.core, core)).fold(0.0, f64::max)
    }
}
