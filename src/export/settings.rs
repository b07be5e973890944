//! How the outputs are to be written, and what is worked out once from the forms in use.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;

use crate::finding::Lang;
use crate::template::{FieldDef, Form, Key};

/// What names the field columns of `reports.csv`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Headers {
    /// Field ids: `proactive.rules.issued`.
    #[default]
    Id,
    /// Printed labels: `2021·二、主动公开政府信息情况/第二十条第（一）项/规章/本年制发件数`.
    Zh,
    /// Short names of at most 32 characters for Stata and SPSS: `pro_rules_iss`.
    Code,
}

/// A field as a column of `reports.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldColumn {
    /// The field.
    pub key: Key,
    /// Its short name.
    pub code: String,
    /// Its printed labels, after the newest edition that has it.
    pub printed: String,
    /// Its id in words: `applications: denied, state secret: business`.
    pub words: String,
    /// Unit of the newest edition that has it; empty where the form prints none.
    pub unit: String,
    /// Id of its table.
    pub table: String,
}

impl FieldColumn {
    fn new(form: &Form, field: &FieldDef, code: String, printed: String) -> Self {
        let (table, _, row, column) = form.parts(field);
        let words = |id: &str| id.replace('.', ", ").replace('_', " ");
        FieldColumn {
            key: field.key.clone(),
            code,
            printed,
            words: format!("{}: {}: {}", words(&table.id), words(&row.id), words(&column.id)),
            unit: column.unit.clone(),
            table: table.id.clone(),
        }
    }
}

/// How the outputs are to be written.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Language of messages.
    pub lang: Lang,
    /// What names the field columns of `reports.csv`.
    pub headers: Headers,
    /// For spreadsheets: a byte order mark, and text that looks like a formula is guarded.
    pub excel: bool,
    /// The forms in use, newest first.
    forms: Vec<Arc<Form>>,
    /// Ids of the tables of all forms, in print order.
    tables: Vec<String>,
    /// Every field of all forms, in print order, the newest edition first.
    fields: Vec<FieldColumn>,
    position: HashMap<Key, usize, FixedState>,
    /// Printed row and column path of each field of each form, made when the first report of the form comes.
    /// Only the forms' own names are put in, so nobody can choose what collides.
    labels: Vec<OnceLock<HashMap<Key, String, FixedState>>>,
}

impl Settings {
    /// Ids as headers, English messages, nothing for spreadsheets.
    #[must_use]
    pub fn new(forms: &[Arc<Form>]) -> Self {
        let mut tables: Vec<String> = Vec::new();
        for id in forms.iter().flat_map(|form| &form.tables).map(|table| &table.id) {
            if !tables.contains(id) {
                tables.push(id.clone());
            }
        }
        let fields = union(forms);
        let position = fields.iter().enumerate().map(|(at, field)| (field.key.clone(), at)).collect();
        let labels = forms.iter().map(|_| OnceLock::new()).collect();
        let forms = forms.to_vec();
        Settings { lang: Lang::En, headers: Headers::Id, excel: false, forms, tables, fields, position, labels }
    }

    /// Sets the language of messages.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// Sets what names the field columns.
    #[must_use]
    pub fn headers(mut self, headers: Headers) -> Self {
        self.headers = headers;
        self
    }

    /// Sets whether spreadsheets are to read the files.
    #[must_use]
    pub fn excel(mut self, excel: bool) -> Self {
        self.excel = excel;
        self
    }

    /// The form of an edition, if it is in use.
    #[must_use]
    pub fn form(&self, edition: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.edition == edition).map(Arc::as_ref)
    }

    /// Ids of the tables of all forms, in print order.
    #[must_use]
    pub fn tables(&self) -> &[String] {
        &self.tables
    }

    /// Every field of all forms as a column, in print order, the newest edition first.
    #[must_use]
    pub fn fields(&self) -> &[FieldColumn] {
        &self.fields
    }

    /// Where a field stands in [`Settings::fields`].
    #[must_use]
    pub fn position(&self, key: &Key) -> Option<usize> {
        self.position.get(key).copied()
    }

    /// Printed row and column path of a field in an edition; empty if no form in use has it.
    #[must_use]
    pub fn label(&self, edition: &str, key: &Key) -> &str {
        // Of two forms with one name the first is the one in use.
        let Some(at) = self.forms.iter().position(|form| form.edition == edition) else { return "" };
        self.labels[at].get_or_init(|| labels(&self.forms[at])).get(key).map_or("", String::as_str)
    }

    /// Every printed path by edition and field, in the order of the forms.
    pub(super) fn labels(&self) -> impl Iterator<Item = (&str, &Key, &str)> {
        self.forms.iter().flat_map(|form| {
            form.fields.iter().map(|field| (form.edition.as_str(), &field.key, self.label(&form.edition, &field.key)))
        })
    }

    /// The header of a field's column.
    #[must_use]
    pub fn header<'a>(&self, field: &'a FieldColumn) -> &'a str {
        match self.headers {
            Headers::Id => field.key.as_str(),
            Headers::Zh => &field.printed,
            Headers::Code => &field.code,
        }
    }
}

/// Every field once, under the newest edition that has it.
fn union(forms: &[Arc<Form>]) -> Vec<FieldColumn> {
    let mut seen = HashSet::new();
    let mut codes = HashSet::new();
    let mut headers = HashSet::new();
    let mut fields = Vec::new();
    for form in forms {
        for field in &form.fields {
            if seen.insert(&field.key) {
                let code = unique(&mut codes, field.code.clone(), LONGEST_CODE, '_');
                let printed = unique(&mut headers, printed(form, field), usize::MAX, '·');
                fields.push(FieldColumn::new(form, field, code, printed));
            }
        }
    }
    fields
}

/// The longest name that Stata and SPSS take.
const LONGEST_CODE: usize = 32;

/// The name itself, or with a number where another field has it (a user's own form may repeat
/// a short name of a shipped one).
fn unique(taken: &mut HashSet<String>, name: String, longest: usize, separator: char) -> String {
    let mut candidate = name.clone();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        let suffix = format!("{separator}{number}");
        let stem: String = name.chars().take(longest.saturating_sub(suffix.chars().count())).collect();
        candidate = format!("{stem}{suffix}");
        number += 1;
    }
    candidate
}

fn printed(form: &Form, field: &FieldDef) -> String {
    let table = &form.tables[field.table];
    let section = form.sections.iter().find(|section| section.id == table.section);
    let number = section.filter(|section| !section.number.is_empty());
    let number = number.map_or(String::new(), |section| format!("{}、", section.number));
    let (rows, columns) = form.printed(field);
    format!("{}·{number}{}/{}/{}", form.edition, table.title, rows.join("/"), columns.join("/"))
}

fn labels(form: &Form) -> HashMap<Key, String, FixedState> {
    let label = |field: &FieldDef| {
        let (mut path, columns) = form.printed(field);
        path.extend(columns);
        path.join(" / ")
    };
    form.fields.iter().map(|field| (field.key.clone(), label(field))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_naming_the_columns_names_each_once() {
        let mut settings = Settings::new(Form::shipped());
        // 200 of edition 2021, and what only 2019 has: 20 + 3 optional of the first table, 7 of `other`.
        let proactive = settings.fields().iter().filter(|field| field.key.as_str().starts_with("proactive.")).count();
        assert_eq!(settings.fields()[0].key.as_str(), "proactive.rules.issued");
        assert!(proactive > 10);
        for headers in [Headers::Id, Headers::Zh, Headers::Code] {
            settings = settings.headers(headers);
            let names: HashSet<&str> = settings.fields().iter().map(|field| settings.header(field)).collect();
            assert_eq!(names.len(), settings.fields().len(), "{headers:?}");
            assert!(headers != Headers::Code || names.iter().all(|name| name.len() <= LONGEST_CODE));
        }
        assert_eq!(settings.fields()[0].printed, "2021·二、主动公开政府信息情况/第二十条第（一）项/规章/本年制发件数");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number_and_stays_short() {
        let mut taken = HashSet::new();
        assert_eq!(unique(&mut taken, "abcd".to_owned(), 4, '_'), "abcd");
        assert_eq!(unique(&mut taken, "abcd".to_owned(), 4, '_'), "ab_2");
        assert_eq!(unique(&mut taken, "abcd".to_owned(), 4, '_'), "ab_3");
    }

    #[test]
    fn a_label_is_the_printed_path() {
        let settings = Settings::new(Form::shipped());
        let key = Key::new("applications.denied.state_secret.business");
        assert_eq!(
            settings.label("2021", &key),
            "三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密 / 法人或其他组织 / 商业企业"
        );
        assert_eq!(settings.label("1999", &key), "");
    }
}
