//! What a report *means*: keyed figures, sections, who and when.
//!
//! The mapper builds it, checks and exporters read it. What must not go in: anything inferred
//! from arithmetic (that is a finding), and any published value changed.

mod checks;
mod claim;
pub mod consolidation;
mod distinct;
mod exact;
mod numbered;
mod organ;
mod value;
mod who;

use serde::{Deserialize, Serialize};

pub use checks::{Checks, Tally};
pub use claim::{Claim, Quantity, Verdict};
pub(crate) use consolidation::counted;
pub use consolidation::{Consolidation, Draft, NOT_GIVEN, Standing, Total};
pub(crate) use distinct::digits;
pub use exact::Exact;
pub use numbered::is_numbered;
pub(crate) use organ::shortest;
pub use value::{Amount, Value};
pub use who::{Contact, Level, Place, Published, Unit};

use crate::document::Origin;
/// Text of a cell.
pub use crate::document::Text;
use crate::finding::Finding;
use crate::template::{Form, Key};

/// One report of one organ for one year.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its number within the file, from 1.
    pub number: u32,
    /// What the document turned out to be.
    pub status: Status,
    /// The title as printed, line breaks removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Stated>,
    /// The organ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organ: Option<Organ>,
    /// What kind of organ it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The division that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The division above: of a government that which its own is part of, else that of `place`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Unit>,
    /// The year reported on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The statistics period as `YYYY-MM-DD` (first and last day), where the document or else the file's name states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<(String, String)>,
    /// Everything that names the year, with what it says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// When it was published, where that is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// Its document number, where it bears one: 示府办〔2022〕3号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<Stated>,
    /// Where questions about it may be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Its tables, in the form's print order; one that was not found is there with every
    /// figure missing, unless no form could be assumed.
    pub tables: Vec<TableReport>,
    /// Its sections, in the order of the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Numbers that its prose states, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// What is to be said about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// How many times each rule held, failed or could not be assessed.
    #[serde(default, skip_serializing_if = "Checks::is_empty")]
    pub checks: Checks,
}

/// What a document turned out to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A report with every table of its form.
    #[default]
    Complete,
    /// A report of which at least one table was not found.
    Incomplete,
    /// A report in prose: no table of any form.
    Narrative,
    /// Its tables are pictures.
    Pictures,
    /// Its values were lost before it reached us.
    ValuesLost,
    /// A form that nobody filled in.
    BlankForm,
    /// A comparison of two years.
    Comparison,
}

impl Status {
    /// Every name, in the order of the definition.
    pub const NAMES: [&'static str; 7] =
        ["complete", "incomplete", "narrative", "pictures", "values_lost", "blank_form", "comparison"];

    /// The name used in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        Status::NAMES[self as usize]
    }
}

/// Text of the document, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The text.
    pub text: String,
    /// Where.
    pub origin: Origin,
}

/// The organ that reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organ {
    /// Its name as printed: 上海市, 中埠镇人民政府.
    pub name: String,
    /// Words that the document leaves out but the name needs: 人民政府, 办事处. Never part of `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inferred: Option<String>,
    /// What names it: `title`, `body`, `page_title`, `file_name`, `path`.
    pub by: String,
}

/// One thing that names the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it is: `title`, `period`, `page_title` (what a page calls itself), `body`, `file_name`, `path`.
    pub by: String,
    /// The year it names.
    pub year: i32,
    /// The words themselves.
    pub text: String,
    /// Where they stand; nowhere in the document if a file's name says so.
    pub origin: Origin,
}

/// One table of the form in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableReport {
    /// The table's id.
    pub id: String,
    /// The edition its labels show; `None` if the table was not found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The edition whose figures are listed: that found, else that assumed.
    pub form: String,
    /// Where it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Its figures, in the form's print order; optional rows only where they stand.
    pub figures: Vec<Figure>,
    /// Rows that the form does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_rows: Vec<ExtraRow>,
}

/// One figure: its value, and everything that proves it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its public name.
    pub key: Key,
    /// What the document shows.
    pub value: Value,
    /// The text of the cell as it stands, line breaks included; `None` if there is no cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<Text>,
    /// Its unit: the cell's own if it names one, else the form's; empty if neither does.
    pub unit: Text,
    /// Where the cell stands; `None` if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// What settled its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Alignment>,
}

/// What settled a figure's place in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// Labels on both axes.
    Labels,
    /// A label near to the form's, with no second as near.
    NearLabel,
    /// The print order of the form, with nothing missing and nothing left over.
    Order,
    /// Sums that allow this place only.
    Arithmetic,
}

/// A row that the form does not have, kept as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtraRow {
    /// Its label.
    pub label: String,
    /// Its cells.
    pub cells: Vec<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// A section of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The form's id of the section; `None` for text before the first, or an unknown one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its heading as printed.
    pub title: String,
    /// Its text without tables and sub-sections, paragraphs joined by line breaks.
    pub text: String,
    /// Where its heading stands.
    pub origin: Origin,
    /// Its sub-sections （一）（二）….
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

/// A sub-section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its heading as printed.
    pub title: String,
    /// Its text, paragraphs joined by line breaks.
    pub text: String,
    /// Where its heading stands.
    pub origin: Origin,
}

impl Report {
    /// The figure of this name.
    #[must_use]
    pub fn figure(&self, key: &Key) -> Option<&Figure> {
        self.tables.iter().flat_map(|table| &table.figures).find(|figure| figure.key == *key)
    }

    /// Every figure, in print order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.tables.iter().flat_map(|table| &table.figures)
    }
}

impl TableReport {
    /// A table that was not found: every figure of the form missing.
    #[must_use]
    pub fn missing(form: &Form, table: usize) -> Self {
        let required = |field: &&crate::template::FieldDef| !form.parts(field).2.optional;
        TableReport {
            id: form.tables[table].id.clone(),
            edition: None,
            form: form.edition.clone(),
            origin: None,
            figures: form.fields_of(table).filter(required).map(Figure::missing).collect(),
            extra_rows: Vec::new(),
        }
    }
}

impl Figure {
    /// A figure for which the document has no cell.
    #[must_use]
    pub fn missing(field: &crate::template::FieldDef) -> Self {
        Figure {
            key: field.key.clone(),
            value: Value::Missing,
            raw: None,
            unit: field.unit.clone(),
            origin: None,
            by: None,
        }
    }
}
