//! What the form *asks*: editions, tables, rows, columns, units and the rules they obey.
//!
//! A form is data. The shipped ones are the TOML files under `catalog/<edition>/`, embedded in
//! the program; a user's own is one file with the same words and its tables as `[[table]]`.
//! What must not go in: anything about documents (labels as seen belong to aliases only if
//! a whole class of documents prints them), and any code for one edition.

pub mod codebook;
mod error;
pub mod label;
pub mod lexicon;
mod load;
mod one_file;
pub mod printed;

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

pub use error::TemplateError;

/// The public name of a figure, `<table>.<row>.<column>`; it never changes meaning.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(SmolStr);

impl Key {
    /// The key of this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Key(name.into())
    }

    /// The same key, of a form that stays as long as the program: a clone is a copy, and threads count nothing together.
    fn staying(&self) -> Self {
        Key(SmolStr::new_static(self.0.to_string().leak()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One edition of the form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Name of the edition: the year of the circular that made it.
    pub edition: String,
    /// The circular that made it.
    pub source: String,
    /// First year it was made for.
    pub first_year: i32,
    /// Last year it was made for; `None` while it is in force.
    pub last_year: Option<i32>,
    /// Its sections, in print order.
    pub sections: Vec<SectionDef>,
    /// Its tables, in print order.
    pub tables: Vec<TableDef>,
    /// Every figure, table by table, in print order.
    pub fields: Vec<FieldDef>,
    /// Every rule at every place where it holds: table by table, identity by identity, in print order.
    pub rules: Vec<RuleInstance>,
    /// The folded labels of each table.
    pub lexicons: Vec<lexicon::Lexicon>,
    /// Every title of a section.
    pub section_titles: Vec<SectionTitle>,
    /// SHA-256 of the text that it was read from, 64 hexadecimal digits.
    pub sha256: String,
    /// Only the form's own names are put in, so nobody can choose what collides.
    index: HashMap<Key, usize, FixedState>,
}

/// A section of the form, e.g. 一、总体情况.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionDef {
    /// Its name in every output.
    pub id: String,
    /// Its printed number, 一 to 七; empty where none is printed (an annex).
    pub number: String,
    /// Its printed title.
    pub title: String,
    /// Other titles seen.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A title of a section, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionTitle {
    /// The folded title.
    pub core: String,
    /// Its characters.
    pub length: usize,
    /// The section's place in [`Form::sections`].
    pub section: usize,
}

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Blocks one below the other, each with a caption over all columns and headers of its own.
    Blocks,
    /// One block; rows under nested groups, columns under nested headers.
    Matrix,
    /// One line of figures without a label; the rows of the codebook are printed across,
    /// each over its columns.
    Record,
    /// One column of figures down the page; rows nest by the numbers before their labels, and
    /// each has a unit of its own, printed between its label and its figure.
    List,
}

/// A table of the form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableDef {
    /// First part of its keys.
    pub id: String,
    /// First part of its short names.
    pub code: String,
    /// The section in which it stands.
    pub section: String,
    /// Its printed title (that of its section).
    pub title: String,
    /// How it is printed.
    pub layout: Layout,
    /// Labels that no other edition prints: any one is near-proof.
    #[serde(default)]
    pub decisive: Vec<String>,
    /// Text of the corner cell, if one is printed.
    #[serde(default)]
    pub corner: Option<String>,
    /// Heading above the labels of the rows (信息内容).
    #[serde(default)]
    pub row_heading: Option<String>,
    /// Other headings seen there.
    #[serde(default)]
    pub row_heading_aliases: Vec<String>,
    /// Heading above the units of the rows, where each row prints its own (单位).
    #[serde(default)]
    pub unit_heading: Option<String>,
    /// Headings of columns that hold no figure of the form: serial numbers, units, parts of a
    /// whole that some places print beside it.
    #[serde(default)]
    pub beside: Vec<String>,
    /// Headings that only other forms print, whose rows may read like these: a table with one
    /// of them is not this one.
    #[serde(default)]
    pub foreign: Vec<String>,
    /// Headings of codes of the rows. Forms of the years before print them, so that a table with one
    /// is this one only if its year is one of this form's, a decisive heading stands over its figures, and
    /// each cell has a column.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Heading over all columns (申请人情况).
    #[serde(default)]
    pub column_heading: Option<String>,
    /// Labels that span rows.
    #[serde(default, rename = "group")]
    pub groups: Vec<GroupDef>,
    /// Labels that span columns.
    #[serde(default, rename = "column_group")]
    pub column_groups: Vec<GroupDef>,
    /// Its blocks; one, except where the layout is [`Layout::Blocks`].
    #[serde(rename = "block")]
    pub blocks: Vec<BlockDef>,
    /// The rules its figures obey.
    #[serde(default, rename = "identity")]
    pub identities: Vec<Identity>,
}

/// A label over several rows or columns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupDef {
    /// Name within the table.
    pub id: String,
    /// Printed label.
    pub label: String,
    /// Other labels seen.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The group it stands in.
    #[serde(default)]
    pub parent: Option<String>,
}

/// Rows that share their columns.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockDef {
    /// Printed line over the block (第二十条第（一）项).
    #[serde(default)]
    pub caption: Option<String>,
    /// Other captions seen.
    #[serde(default)]
    pub caption_aliases: Vec<String>,
    /// Columns, in print order.
    #[serde(rename = "column")]
    pub columns: Vec<ColumnDef>,
    /// Rows, in print order.
    #[serde(rename = "row")]
    pub rows: Vec<RowDef>,
}

/// What numbers a column takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A whole number from 0.
    #[default]
    Count,
    /// A whole number that may be negative (本年增/减).
    Change,
    /// An amount of money, decimal.
    Amount,
}

impl Kind {
    /// The name used in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Count => "count",
            Kind::Change => "change",
            Kind::Amount => "amount",
        }
    }
}

/// A column of a block.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnDef {
    /// Last part of its keys.
    pub id: String,
    /// Last part of its short names.
    pub code: String,
    /// Printed label.
    pub label: String,
    /// Other labels seen.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The column group it stands in.
    #[serde(default)]
    pub group: Option<String>,
    /// Printed unit; empty where the form prints none.
    pub unit: String,
    /// What numbers it takes.
    #[serde(default)]
    pub kind: Kind,
}

/// A row of a block.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowDef {
    /// Middle part of its keys.
    pub id: String,
    /// Middle part of its short names.
    pub code: String,
    /// Printed label.
    pub label: String,
    /// Other labels seen.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The group it stands in.
    #[serde(default)]
    pub group: Option<String>,
    /// The row it is a part of, which stands before it (1.当面申请数 under （一）收到申请数).
    #[serde(default)]
    pub under: Option<String>,
    /// Printed unit, where it is not that of the column.
    #[serde(default)]
    pub unit: Option<String>,
    /// What numbers it takes, where that is not what the column takes.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// Printed in some places only: read where it stands, never missed where it does not.
    #[serde(default)]
    pub optional: bool,
}

/// Along what an [`Identity`] is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Once in each column; its terms are rows.
    Column,
    /// Once in each row; its terms are columns.
    Row,
}

/// What an [`Identity`] says of its two sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// left = right
    Equal,
    /// left ≤ right
    AtMost,
}

/// Whether a rule must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Printed in the form, or a consequence of counting each application once.
    Hard,
    /// Follows from how the rows nest, though the form does not print it; hardly ever broken.
    Strong,
    /// Usually true, broken by real correct reports.
    Soft,
    /// Often true: a difference is worth a look, no more.
    Medium,
}

/// A rule over sums of figures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Its code in the catalogue of findings; one unknown there is reported as `sum_rule`.
    pub code: String,
    /// Whether it must hold.
    pub level: Level,
    /// Along what it is repeated.
    pub per: Per,
    /// Only in these rows (or columns); everywhere if empty.
    #[serde(default)]
    pub only: Vec<String>,
    /// What it says.
    pub relation: Relation,
    /// Ids of the terms on the left.
    pub left: Vec<String>,
    /// Ids of the terms on the right.
    pub right: Vec<String>,
}

/// An [`Identity`] in one row or column, its terms looked up once and for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInstance {
    /// Index into [`Form::tables`].
    pub table: usize,
    /// Index into [`TableDef::identities`].
    pub identity: usize,
    /// Id of the row or column in which it holds.
    pub place: String,
    /// Positions in [`Form::fields`] of the terms on the left.
    pub left: Vec<usize>,
    /// Positions in [`Form::fields`] of the terms on the right.
    pub right: Vec<usize>,
    /// The terms of both sides, counted from the table's first figure, and whether each stands on the left.
    pub terms: Vec<(usize, bool)>,
    /// Position of the figure that the rule is about: the one that stands alone on its side
    /// (a total, a bounded figure), else the first on the right.
    pub subject: usize,
}

/// One figure of a form: a row crossed with a column.
#[derive(Debug, Clone)]
pub struct FieldDef {
    /// Its public name.
    pub key: Key,
    /// Its short name, at most 32 characters: `app_den_secret_np`.
    pub code: String,
    /// Index into [`Form::tables`].
    pub table: usize,
    /// Index into [`TableDef::blocks`].
    pub block: usize,
    /// Index into [`BlockDef::rows`].
    pub row: usize,
    /// Index into [`BlockDef::columns`].
    pub column: usize,
    /// What numbers it takes: what its row says, else its column.
    pub kind: Kind,
    /// Its printed unit: that of its row, else of its column; empty if none is printed.
    pub unit: SmolStr,
}

/// The shipped forms, newest first; each by itself, so that two threads can lay them out at once.
static EACH: [LazyLock<Arc<Form>>; load::EDITIONS.len()] =
    [LazyLock::new(|| load::shipped(0)), LazyLock::new(|| load::shipped(1)), LazyLock::new(|| load::shipped(2))];
static SHIPPED: LazyLock<Vec<Arc<Form>>> = LazyLock::new(|| EACH.iter().map(|form| Arc::clone(form)).collect());

/// Lays out the shipped forms, the oldest first: whoever needs them meanwhile begins with the newest.
pub(crate) fn prepare() {
    for form in EACH.iter().rev() {
        LazyLock::force(form);
    }
}

impl Form {
    /// The shipped forms, newest first.
    #[must_use]
    pub fn shipped() -> &'static [Arc<Form>] {
        &SHIPPED
    }

    /// Reads a user's own form: one TOML file with its tables as `[[table]]`.
    ///
    /// # Errors
    /// When the text is no TOML, names a word that the schema does not have, or breaks an
    /// invariant (two equal keys, an identity over an unknown row, …).
    pub fn from_toml(text: &str) -> Result<Form, TemplateError> {
        load::from_toml(text)
    }

    /// The shipped form of an edition as one such file, to begin one's own from.
    #[must_use]
    pub fn shipped_toml(edition: &str) -> Option<String> {
        one_file::toml(edition)
    }

    /// The position of a figure in [`Form::fields`].
    #[must_use]
    pub fn position(&self, key: &Key) -> Option<usize> {
        self.index.get(key).copied()
    }

    /// The definition of a figure.
    #[must_use]
    pub fn field(&self, key: &Key) -> Option<&FieldDef> {
        Some(&self.fields[self.position(key)?])
    }

    /// The table with this id, and its index.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<(usize, &TableDef)> {
        self.tables.iter().enumerate().find(|(_, table)| table.id == id)
    }

    /// The figures of one table, in print order.
    pub fn fields_of(&self, table: usize) -> impl ExactSizeIterator<Item = &FieldDef> {
        self.fields[self.range(table)].iter()
    }

    /// The positions in [`Form::fields`] of one table's figures.
    #[must_use]
    pub fn range(&self, table: usize) -> Range<usize> {
        let start = self.fields.partition_point(|field| field.table < table);
        start..self.fields.partition_point(|field| field.table <= table)
    }

    /// The identity of which this is an instance.
    #[must_use]
    pub fn identity(&self, rule: &RuleInstance) -> &Identity {
        &self.tables[rule.table].identities[rule.identity]
    }

    /// Whether the form was made for this year.
    #[must_use]
    pub fn made_for(&self, year: i32) -> bool {
        year >= self.first_year && self.last_year.is_none_or(|last| year <= last)
    }

    /// Table, block, row and column of a figure.
    #[must_use]
    pub fn parts(&self, field: &FieldDef) -> (&TableDef, &BlockDef, &RowDef, &ColumnDef) {
        let table = &self.tables[field.table];
        let block = &table.blocks[field.block];
        (table, block, &block.rows[field.row], &block.columns[field.column])
    }

    /// Printed labels of a figure's row, outermost first, and of its column.
    #[must_use]
    pub fn printed(&self, field: &FieldDef) -> (Vec<&str>, Vec<&str>) {
        let (table, block, row, column) = self.parts(field);
        let mut rows = table.row_path(block, row);
        if let Some(caption) = &block.caption {
            rows.insert(0, caption);
        }
        let mut columns = table.path(column.group.as_deref(), &table.column_groups);
        columns.push(&column.label);
        (rows, columns)
    }
}

impl SectionDef {
    /// Its heading as printed.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.number.is_empty() { self.title.clone() } else { format!("{}、{}", self.number, self.title) }
    }
}

impl TableDef {
    /// Labels of a group and its parents, outermost first.
    fn path<'a>(&'a self, group: Option<&str>, groups: &'a [GroupDef]) -> Vec<&'a str> {
        let mut labels = Vec::new();
        let mut next = group;
        while let Some(group) = next.and_then(|id| groups.iter().find(|group| group.id == id)) {
            labels.insert(0, group.label.as_str());
            next = group.parent.as_deref();
        }
        labels
    }

    /// Labels of a row, of those it is a part of, and of their group, outermost first. Rows stand
    /// after those they are a part of, so the way up ends.
    fn row_path<'a>(&'a self, block: &'a BlockDef, row: &'a RowDef) -> Vec<&'a str> {
        let mut labels = vec![row.label.as_str()];
        let mut outer = row;
        while let Some(above) = block.above(outer) {
            labels.insert(0, &above.label);
            outer = above;
        }
        let mut path = self.path(outer.group.as_deref(), &self.groups);
        path.append(&mut labels);
        path
    }

    /// How many figures the table has.
    #[must_use]
    pub fn figures(&self) -> usize {
        self.blocks.iter().map(|block| block.rows.len() * block.columns.len()).sum()
    }
}

impl BlockDef {
    /// The row that this one is a part of.
    fn above(&self, row: &RowDef) -> Option<&RowDef> {
        let id = row.under.as_deref()?;
        self.rows.iter().find(|above| above.id == id)
    }
}
