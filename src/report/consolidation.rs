//! The reports of many units added up, figure by figure, with everything that each unit gave.
//!
//! What must not go in: a number that is not the sum of all units that were added. Where one of them
//! is unknown, so is the sum.

use serde::{Deserialize, Serialize};

use super::{Exact, Report, Value};
use crate::template::Key;

/// Reports added up (汇总).
#[derive(Debug, Clone, PartialEq)]
pub struct Consolidation {
    /// The sum as a report of the official form, with what is to be said about it.
    pub report: Report,
    /// The year that was added up.
    pub year: i32,
    /// The edition of the form.
    pub edition: String,
    /// Everything that was given: by source, then by number.
    pub units: Vec<Unit>,
    /// Every figure of the form, in print order.
    pub totals: Vec<Total>,
    /// The report that it was compared with.
    pub draft: Option<Draft>,
}

/// A report that was given, or a file that gave none.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The file.
    pub source: String,
    /// SHA-256 of its bytes; empty if it could not be read.
    pub sha256: String,
    /// Its report; `None` if it gave none.
    pub report: Option<Report>,
    /// What became of it.
    pub standing: Standing,
    /// Why it gave no report, in the language of the messages.
    pub cause: Option<String>,
}

/// What became of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its figures are in the sum.
    Added,
    /// The same organ's report, figure by figure, was added before.
    Double,
    /// The same organ gave another report with other figures; neither was added.
    Conflicting,
    /// It is of another year.
    OffYear,
    /// Its year is not stated.
    NoYear,
    /// It has no table of the form.
    NoFigures,
    /// It is the report of the whole.
    Whole,
    /// The file holds no report.
    NoReport,
    /// The file could not be read.
    Unreadable,
}

impl Standing {
    /// Every name, in the order of the definition.
    pub const NAMES: [&'static str; 9] =
        ["added", "double", "conflicting", "off_year", "no_year", "no_figures", "whole", "no_report", "unreadable"];

    /// The name used in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        Standing::NAMES[self as usize]
    }

    /// What it says: English, Chinese.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Standing::Added => ("added", "已计入"),
            Standing::Double => ("not added: the same report again", "未计入：重复报送"),
            Standing::Conflicting => ("not added: two reports differ", "未计入：两份报告数据不一致"),
            Standing::OffYear => ("not added: of another year", "未计入：非本年度"),
            Standing::NoYear => ("not added: year not stated", "未计入：未载明年度"),
            Standing::NoFigures => ("not added: no tables", "未计入：没有表格数据"),
            Standing::Whole => ("not added: the whole itself", "未计入：汇总报告本身"),
            Standing::NoReport => ("not added: no report", "未计入：不是年度报告"),
            Standing::Unreadable => ("not added: unreadable", "未计入：无法读取"),
        }
    }
}

/// One figure of the sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// The figure.
    pub key: Key,
    /// The sum; missing where the figure of a unit is unknown.
    pub value: Value,
    /// Its unit.
    pub unit: String,
    /// The sum of the numbers that are there.
    pub numbers: Exact,
    /// What each added unit has, in their order; `None` where its form need not have the figure.
    pub parts: Vec<Option<Value>>,
    /// Positions in `parts`, rising, of what cannot be added: unknown, or in another unit of money.
    pub lacking: Vec<usize>,
    /// The draft's figure; missing if the draft has none.
    pub draft: Option<Value>,
    /// Draft less sum, where both are known.
    pub difference: Option<Exact>,
}

/// The report that a sum was compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The file.
    pub source: String,
    /// Its title.
    pub title: Option<String>,
}

/// What stands in a printed cell whose sum is not given: an empty cell would read as none.
pub const NOT_GIVEN: &str = "待核";

impl Consolidation {
    /// The report as it is printed: a cell that can hold no sum says so.
    #[must_use]
    pub fn printed(&self) -> Report {
        let mut report = self.report.clone();
        for figure in report.tables.iter_mut().flat_map(|table| &mut table.figures) {
            if figure.value == Value::Missing {
                (figure.value, figure.raw) = (Value::Unreadable, Some(NOT_GIVEN.into()));
            }
        }
        report
    }

    /// The units that were added, in the order of [`Total::parts`].
    pub fn added(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.standing == Standing::Added)
    }

    /// The units that were not added.
    pub fn others(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.standing != Standing::Added)
    }

    /// How many units were added.
    #[must_use]
    pub fn count(&self) -> usize {
        self.added().count()
    }
}

impl Unit {
    /// A report of a file.
    #[must_use]
    pub fn of_report(source: &str, sha256: &str, report: Report) -> Unit {
        let (source, sha256) = (source.to_owned(), sha256.to_owned());
        Unit { source, sha256, report: Some(report), standing: Standing::Added, cause: None }
    }

    /// A file that gave no report.
    #[must_use]
    pub fn of_file(source: &str, standing: Standing, cause: String) -> Unit {
        Unit { source: source.to_owned(), sha256: String::new(), report: None, standing, cause: Some(cause) }
    }

    /// The organ, with the words its name needs; the file where no organ is named.
    #[must_use]
    pub fn name(&self) -> String {
        self.organ().unwrap_or_else(|| self.source.clone())
    }

    /// The organ as far as it is known.
    #[must_use]
    pub fn organ(&self) -> Option<String> {
        let organ = self.report.as_ref()?.organ.as_ref()?;
        Some(format!("{}{}", organ.name, organ.inferred.as_deref().unwrap_or_default()))
    }

    /// The code of its place, if it is settled.
    #[must_use]
    pub fn place_code(&self) -> Option<u32> {
        self.report.as_ref()?.place.as_ref()?.unit.as_ref()?.code.parse().ok()
    }

    /// The number of its report in the file, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.report.as_ref().map_or(0, |report| report.number)
    }

    /// The file, with the number of the report where it is not the first.
    #[must_use]
    pub fn place(&self) -> String {
        if self.number() > 1 { format!("{}#{}", self.source, self.number()) } else { self.source.clone() }
    }
}

impl Total {
    /// Positions of the parts of this value's state.
    fn of_state(&self, state: &str) -> Vec<usize> {
        let is = |part: &Option<Value>| part.is_some_and(|value| value.state() == state);
        (0..self.parts.len()).filter(|at| is(&self.parts[*at]) && self.lacking.binary_search(at).is_err()).collect()
    }

    /// Positions of the units with a number that was added.
    #[must_use]
    pub fn with_number(&self) -> Vec<usize> {
        self.of_state("number")
    }

    /// Positions of the units that left it blank.
    #[must_use]
    pub fn blanks(&self) -> Vec<usize> {
        self.of_state("blank")
    }

    /// Positions of the units to which it does not apply.
    #[must_use]
    pub fn not_applicable(&self) -> Vec<usize> {
        self.of_state("not_applicable")
    }

    /// The sum, a blank and `/` counted as nothing; `None` where it is not known.
    #[must_use]
    pub fn exact(&self) -> Option<Exact> {
        counted(self.value)
    }
}

/// What a value adds to a sum: a blank and `/` nothing, the unknown is unknown.
pub(crate) fn counted(value: Value) -> Option<Exact> {
    match value {
        Value::Number(number) => Some(Exact::from(number.0)),
        Value::Blank | Value::NotApplicable => Some(Exact::default()),
        _ => None,
    }
}
