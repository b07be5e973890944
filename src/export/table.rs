//! The tables that every columnar format writes: their columns, and the cells of their rows.
//!
//! CSV, workbooks, Parquet, SQLite and the data package all go through [`Table`], so that no two
//! of them can come to say different things.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use super::settings::FieldColumn;
use super::{Item, Settings};
use crate::document::Origin;
use crate::finding::{Lang, Severity};
use crate::report::{Amount, Figure, Report};
use crate::template::Key;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text: guarded against spreadsheets where that is asked for.
    Text,
    /// A whole number or nothing: counts, years, places.
    Whole,
    /// An exact decimal or nothing: never guarded, so that −35 stays a number.
    Decimal,
}

impl Kind {
    /// The name used in the documentation.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Whole | Kind::Decimal => "number",
        }
    }
}

/// One cell.
#[derive(Debug, Clone)]
pub(super) enum Cell<'a> {
    /// Nothing stands there: not known, not said, or no such thing.
    Nothing,
    Text(Cow<'a, str>),
    Whole(i64),
    Decimal(Amount),
    /// A figure in a column of its own, with the weight of what is to be said of it.
    Figure(&'a Figure, Option<Severity>),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Cell::Whole(number.into())
    }
}

impl From<i32> for Cell<'_> {
    fn from(number: i32) -> Self {
        Cell::Whole(number.into())
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Amount> for Cell<'_> {
    fn from(number: Amount) -> Self {
        Cell::Decimal(number)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Nothing, Into::into)
    }
}

impl<'a> Cell<'a> {
    /// The cell in plain text; nothing and the empty text look the same.
    pub fn plain(&'a self) -> Cow<'a, str> {
        match self {
            Cell::Nothing => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Whole(number) => Cow::Owned(number.to_string()),
            Cell::Decimal(_) | Cell::Figure(..) => {
                self.decimal().map_or(Cow::Borrowed(""), |number| Cow::Owned(number.to_string()))
            }
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        if let Cell::Text(text) = self { Some(text) } else { None }
    }

    /// The whole number, if it is one.
    pub fn whole(&self) -> Option<i64> {
        if let Cell::Whole(number) = self { Some(*number) } else { None }
    }

    /// The decimal, if it is one.
    pub fn decimal(&self) -> Option<Amount> {
        match self {
            Cell::Decimal(number) => Some(*number),
            Cell::Figure(figure, _) => figure.value.number().map(Amount),
            _ => None,
        }
    }
}

/// A number of an origin, or nothing.
pub(super) fn counted<'a>(origin: Option<Origin>, part: fn(Origin) -> Option<u32>) -> Cell<'a> {
    origin.and_then(part).into()
}

/// One fixed column of a table; `G` takes its cell from a row.
pub(super) struct Column<G> {
    pub name: &'static str,
    pub kind: Kind,
    /// What a person would write over it: English, Chinese.
    pub title: (&'static str, &'static str),
    /// What it holds: English, Chinese.
    pub about: (&'static str, &'static str),
    /// Whether something stands in every cell.
    pub needed: bool,
    /// All that may stand there; empty where it is not a choice.
    pub choices: &'static [&'static str],
    pub get: G,
}

/// A column (or a member of a JSON object) in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Its name in the file.
    pub name: String,
    /// What it holds, for programs: `text`, `number`, or a JSON type.
    pub kind: &'static str,
    /// What it holds: English, Chinese.
    pub about: (String, String),
}

/// A column with all that any format says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spec {
    pub name: String,
    pub kind: Kind,
    pub title: (String, String),
    pub about: (String, String),
    /// Unit of its numbers; empty where they have none, or none is printed.
    pub unit: String,
    pub needed: bool,
    pub choices: &'static [&'static str],
    /// A name of at most 32 characters, for Stata and SPSS.
    pub code: String,
    /// The figure, if it is the column of one.
    pub field: Option<Key>,
}

impl Spec {
    /// What a person would write over it.
    pub fn title(&self, lang: Lang) -> &str {
        if lang == Lang::En { &self.title.0 } else { &self.title.1 }
    }

    /// The column of a figure, under the name that `--headers` asks for.
    pub fn of_field(field: &FieldColumn, settings: &Settings) -> Spec {
        Spec {
            name: settings.header(field).to_owned(),
            kind: Kind::Decimal,
            title: (field.words.clone(), field.printed.clone()),
            about: (
                format!("figure `{}`; empty where the report shows no number", field.key),
                format!("数据 `{}`；报告没有数值时为空", field.key),
            ),
            unit: field.unit.clone(),
            needed: false,
            choices: &[],
            code: field.code.clone(),
            field: Some(field.key.clone()),
        }
    }

    fn described(self) -> Described {
        Described { name: self.name, kind: self.kind.name(), about: self.about }
    }
}

impl<G> Column<G> {
    pub fn spec(&self) -> Spec {
        let both = |(en, zh): (&str, &str)| (en.to_owned(), zh.to_owned());
        Spec {
            name: self.name.to_owned(),
            kind: self.kind,
            title: both(self.title),
            about: both(self.about),
            unit: String::new(),
            needed: self.needed,
            choices: self.choices,
            code: self.name.to_owned(),
            field: None,
        }
    }
}

/// What may stand in columns of choices, in Chinese.
const CHOICES: &[(&str, &str)] = &[
    ("number", "数值"),
    ("blank", "空白"),
    ("not_applicable", "不适用"),
    ("unreadable", "非数值"),
    ("missing", "无此单元格"),
    ("ambiguous", "位置不明"),
    ("labels", "标签"),
    ("near_label", "相近标签"),
    ("order", "印刷顺序"),
    ("arithmetic", "运算"),
    ("complete", "完整"),
    ("incomplete", "缺表"),
    ("narrative", "纯文字"),
    ("pictures", "表为图片"),
    ("values_lost", "数值已丢失"),
    ("blank_form", "空白表样"),
    ("comparison", "年度对照"),
    ("ministry", "部委"),
    ("province", "省级"),
    ("prefecture", "地级"),
    ("county", "县级"),
    ("township", "乡级"),
    ("department", "部门"),
    ("office", "办公厅（室）"),
    ("vertical", "垂直管理"),
    ("hint", "线索"),
    ("confirm", "核实性"),
    ("mandatory", "强制性"),
    ("note", "提示"),
    ("warning", "警告"),
    ("error", "错误"),
    ("unchecked", "无可比较"),
    ("approximate", "约数"),
    ("agrees", "一致"),
    ("disagrees", "不一致"),
];

/// A choice in Chinese; a test knows them all.
pub(super) fn chinese_choice(choice: &str) -> &'static str {
    CHOICES.iter().find(|(name, _)| *name == choice).map_or("", |(_, zh)| zh)
}

/// Takes the rows of a table, one by one.
pub(super) type Each<'e> = dyn for<'r> FnMut(&[Cell<'r>]) -> io::Result<()> + 'e;

/// A table that every columnar format writes.
pub(super) struct Table {
    /// Its name in every format.
    pub name: &'static str,
    /// What a person would call it: English, Chinese.
    pub title: (&'static str, &'static str),
    /// What it holds: English, Chinese.
    pub about: (&'static str, &'static str),
    /// Columns that tell its rows apart; none where rows may repeat.
    pub key: &'static [&'static str],
    /// Its columns, in order.
    pub columns: fn(&Settings) -> Vec<Spec>,
    /// Hands over the rows of one input, each with a cell for every column.
    pub rows: fn(&Item<'_>, &Settings, &mut Each<'_>) -> io::Result<()>,
}

impl Table {
    /// Its columns in words, without those of figures, which the codebook describes.
    pub fn described(&self, settings: &Settings) -> Vec<Described> {
        (self.columns)(settings).into_iter().filter(|spec| spec.field.is_none()).map(Spec::described).collect()
    }

    /// What a person would call it.
    pub fn title(&self, lang: Lang) -> &'static str {
        if lang == Lang::En { self.title.0 } else { self.title.1 }
    }
}

/// The weight of the heaviest finding about each figure of a report.
pub(super) fn weights(report: &Report) -> HashMap<&Key, Severity> {
    let mut weights = HashMap::new();
    for finding in &report.findings {
        if let Some(field) = &finding.field {
            let weight = weights.entry(field).or_insert(finding.severity);
            *weight = finding.severity.max(*weight);
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{cells, claims, findings, reports};
    use crate::template::Form;

    #[test]
    fn every_choice_has_its_word() {
        let settings = Settings::new(Form::shipped());
        let mut used: Vec<&str> = Vec::new();
        for table in [&cells::TABLE, &reports::TABLE, &findings::TABLE, &claims::TABLE] {
            for spec in (table.columns)(&settings) {
                used.extend(spec.choices);
                let about = |choice: &&str| spec.about.0.contains(&format!("`{choice}`"));
                assert!(spec.choices.iter().all(about), "{} says what may stand there", spec.name);
            }
        }
        assert!(used.iter().all(|choice| !chinese_choice(choice).is_empty()), "{used:?}");
        assert_eq!(used.len(), CHOICES.len());
    }

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        let settings = Settings::new(Form::shipped());
        let tables = vec![crate::report::TableReport::missing(&Form::shipped()[0], 0)];
        let reports = [Report { number: 1, tables, ..Report::default() }];
        let findings = [crate::finding::Finding::new(crate::finding::Code::CharsetGuessed)];
        let item = Item { source: "a", sha256: "b", format: "text", reports: &reports, findings: &findings };
        for table in [&cells::TABLE, &reports::TABLE, &findings::TABLE] {
            let specs = (table.columns)(&settings);
            let mut rows = 0;
            (table.rows)(&item, &settings, &mut |cells| {
                rows += 1;
                assert_eq!(cells.len(), specs.len(), "{}", table.name);
                for (spec, cell) in specs.iter().zip(cells) {
                    let fits = match spec.kind {
                        _ if matches!(cell, Cell::Nothing) => !spec.needed,
                        Kind::Text => cell.text().is_some(),
                        Kind::Whole => cell.whole().is_some(),
                        Kind::Decimal => cell.text().is_none() && cell.whole().is_none(),
                    };
                    assert!(fits, "{} {}: {cell:?}", table.name, spec.name);
                }
                Ok(())
            })
            .expect("nothing refuses");
            assert!(rows > 0);
            assert!(table.key.iter().all(|key| specs.iter().any(|spec| spec.name == *key)));
        }
    }
}
