//! What we have to say about a report, and about which place of it.
//!
//! A finding holds facts only: a [`Code`], a severity, a place, what was expected and
//! found. Its sentence is made from the catalogue when it is shown, in the language asked for.
//! What stops a file is not a finding but an [`crate::Error`].

mod catalog;
mod corrections;
mod grade;
mod markdown;
mod waivers;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use crate::lang::{Lang, Words};
pub use catalog::{ACROSS, Code, Entry};
pub use grade::Grade;
pub use markdown::catalogued;
pub use waivers::{Waived, WaiverError, Waivers};

use catalog::phrase;

use crate::document::Origin;
use crate::template::{FieldDef, Form, Key};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Not about what is wrong, but about where it may be: what would mend it, what sums imply.
    Hint,
    /// Worth knowing; nothing is wrong.
    Note,
    /// Usually a mistake, or data that could not be had.
    Warning,
    /// A rule that must hold is broken.
    Error,
}

impl Severity {
    /// Every name, the lightest first.
    pub const NAMES: [&'static str; 4] = ["hint", "note", "warning", "error"];

    /// The name used in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        Severity::NAMES[self as usize]
    }

    /// The word for people.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (severity, Lang::En) => severity.name(),
            (Severity::Error, Lang::Zh) => "错误",
            (Severity::Warning, Lang::Zh) => "警告",
            (Severity::Note, Lang::Zh) => "提示",
            (Severity::Hint, Lang::Zh) => "线索",
        }
    }
}

/// Table, row and column as the form prints them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Place {
    /// Printed title of the table.
    pub table: String,
    /// Printed labels of the row, outermost first, joined by ` / `; empty for a whole table.
    pub row: String,
    /// Printed labels of the column, outermost first, joined by ` / `; empty for a whole row.
    pub column: String,
}

impl Place {
    /// The place of one figure.
    #[must_use]
    pub fn of(form: &Form, field: &FieldDef) -> Place {
        let (rows, columns) = form.printed(field);
        Place { row: rows.join(" / "), column: columns.join(" / "), ..Place::of_table(form, field.table) }
    }

    /// The place of a whole table: an index into [`Form::tables`].
    #[must_use]
    pub fn of_table(form: &Form, table: usize) -> Place {
        Place { table: form.tables[table].title.clone(), row: String::new(), column: String::new() }
    }
}

/// One thing to say about one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is, from the catalogue.
    pub code: Code,
    /// How much it weighs here.
    pub severity: Severity,
    /// The figure it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Key>,
    /// The same in printed words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Where in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// What was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// Further words that the catalogue's sentence needs, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
    /// Somebody answers for it: why, and since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waived>,
}

impl Finding {
    /// What is asked of whoever publishes the report.
    #[must_use]
    pub fn grade(&self) -> Grade {
        self.code.entry().grade
    }

    /// A finding of the code's usual severity, about nothing in particular yet.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Finding {
            code,
            severity: code.entry().severity,
            field: None,
            place: None,
            origin: None,
            expected: None,
            found: None,
            details: BTreeMap::new(),
            waived: None,
        }
    }

    /// Sets the weight.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Names the figure.
    #[must_use]
    pub fn field(mut self, field: &Key) -> Self {
        self.field = Some(field.clone());
        self
    }

    /// Names the place in printed words.
    #[must_use]
    pub fn place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Names the place in the file.
    #[must_use]
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Says what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says what was found.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    /// Adds a word that the catalogue's sentence names as `{name}`.
    #[must_use]
    pub fn detail(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.details.insert(name.to_owned(), value.to_string());
        self
    }

    /// Adds words that differ by language: the Chinese ones are stored as `{name}_zh`.
    #[must_use]
    pub fn detail_words(self, name: &str, words: &Words) -> Self {
        self.detail(name, words.of(Lang::En)).detail(&format!("{name}_zh"), words.of(Lang::Zh))
    }

    /// The whole sentence: what, where, expected, found, and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let (body, remedy) = (self.body(lang), self.remedy(lang));
        let place = self.printed_place(lang);
        let space = if lang == Lang::En && !remedy.is_empty() { " " } else { "" };
        let colon = lang.pick(": ", "：");
        match place {
            Some(place) => format!("{place}{colon}{body}{space}{remedy}"),
            None => format!("{body}{space}{remedy}"),
        }
    }

    /// What is wrong, expected and found, without the place.
    #[must_use]
    pub fn body(&self, lang: Lang) -> String {
        self.fill(self.code.entry().message(lang), lang)
    }

    /// What to do; empty if there is nothing.
    #[must_use]
    pub fn remedy(&self, lang: Lang) -> String {
        self.fill(self.code.entry().remedy(lang), lang)
    }

    /// Table, row and column as printed; nothing if the finding names none.
    #[must_use]
    pub fn labels(&self, lang: Lang) -> Option<String> {
        self.place.as_ref().map(|place| printed(place, lang))
    }

    /// Table, row and column as printed, then where that is in the file.
    #[must_use]
    pub fn printed_place(&self, lang: Lang) -> Option<String> {
        let counted = self.origin.and_then(|origin| counted(origin, lang));
        let printed = self.labels(lang);
        match (printed, counted) {
            (Some(printed), Some(counted)) => Some(match lang {
                Lang::En => format!("{printed} ({counted})"),
                Lang::Zh => format!("{printed}（{counted}）"),
            }),
            (printed, counted) => printed.or(counted),
        }
    }

    fn fill(&self, pattern: &str, lang: Lang) -> String {
        let mut out = String::with_capacity(pattern.len() + 32);
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            out.push_str(self.word(name, lang));
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn word(&self, name: &str, lang: Lang) -> &str {
        let unknown = lang.pick("unknown", "不详");
        match name {
            "expected" => self.expected.as_deref().unwrap_or(unknown),
            "found" => self.found.as_deref().map_or(unknown, |found| self.found_word(found, lang)),
            // Most rules are judged without a blank; then there is no reading to speak of.
            "reading" | "together" | "choice" | "slip" if !self.details.contains_key(name) => "",
            "reading" => self.details.get(name).map_or("", |value| phrase(name, value, lang)),
            _ => self.detail_in(name, lang).map_or(unknown, |value| phrase(name, value, lang)),
        }
    }
}

impl Finding {
    fn detail_in(&self, name: &str, lang: Lang) -> Option<&String> {
        let own = if lang == Lang::Zh { self.details.get(&format!("{name}_zh")) } else { None };
        own.or_else(|| self.details.get(name))
    }

    /// What was expected of a figure and what is there, in words; nothing for what is about no figure, and for hints,
    /// which expect nothing.
    #[must_use]
    pub fn compared(&self, lang: Lang) -> Option<(&str, &str)> {
        self.field.as_ref().filter(|_| self.severity != Severity::Hint)?;
        Some((self.expected.as_deref()?, phrase("found", self.found.as_deref()?, lang)))
    }

    /// Where a reading was chosen, what was found may be a state instead of digits.
    fn found_word<'a>(&self, found: &'a str, lang: Lang) -> &'a str {
        if self.details.contains_key("reading") || self.severity == Severity::Hint {
            phrase("found", found, lang)
        } else {
            found
        }
    }
}

/// A place in printed words.
fn printed(place: &Place, lang: Lang) -> String {
    let Place { table, row, column } = place;
    let parts: [(&str, &str, &str); 3] = [(table, "table", "表"), (row, "row", "行"), (column, "column", "列")];
    let named = parts.iter().filter(|(label, ..)| !label.is_empty());
    match lang {
        Lang::En => named.map(|(label, en, _)| format!("{en} “{label}”")).collect::<Vec<_>>().join(", "),
        Lang::Zh => named.map(|(label, _, zh)| format!("“{label}”{zh}")).collect::<Vec<_>>().join(""),
    }
}

/// A place in the file in words, or nothing if nothing is known.
fn counted(origin: Origin, lang: Lang) -> Option<String> {
    let parts = [
        (origin.page, "page", "页"),
        (origin.table, "table", "个表"),
        (origin.row, "row", "行"),
        (origin.column, "column", "列"),
        (origin.line, "line", "段（行）"),
    ];
    // A line of the body says nothing more once table and row are known.
    let in_table = origin.table.is_some();
    let named = parts.iter().filter(|(_, name, _)| !(in_table && *name == "line"));
    let words: Vec<String> = named
        .filter_map(|&(number, en, zh)| {
            let number = number?;
            Some(match lang {
                Lang::En => format!("{en} {number}"),
                Lang::Zh => format!("第{number}{zh}"),
            })
        })
        .collect();
    if words.is_empty() {
        return None;
    }
    Some(words.join(lang.pick(", ", "")))
}
