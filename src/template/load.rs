//! TOML → [`Form`], with every invariant checked and the offending entry named.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::FixedState;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::error::TemplateError;
use super::label::Label;
use super::lexicon::Lexicon;
use super::{
    BlockDef, FieldDef, Form, GroupDef, Identity, Key, Per, Relation, RowDef, RuleInstance, SectionDef, SectionTitle,
    TableDef,
};

/// The longest short name that Stata and SPSS take.
const LONGEST_CODE: usize = 32;

/// A shipped form, or a table of one.
pub(super) struct Text {
    /// As it is written.
    pub toml: &'static str,
    /// The same, as the build script turned it: nothing of a single report takes as long as reading all forms as TOML.
    json: &'static str,
}

impl Text {
    fn parse<T: Deserialize<'static>>(&self) -> T {
        serde_json::from_str(self.json).expect("shipped templates are tested")
    }
}

macro_rules! text {
    ($edition:literal, $name:literal) => {
        Text {
            toml: include_str!(concat!("catalog/", $edition, "/", $name, ".toml")),
            json: include_str!(concat!(env!("OUT_DIR"), "/", $edition, "-", $name, ".json")),
        }
    };
}

macro_rules! edition {
    ($edition:literal: $($table:literal)*) => {
        (text!($edition, "form"), &[$(text!($edition, $table)),*])
    };
}

/// The shipped editions, newest first: form.toml, then its tables in print order.
pub(super) const EDITIONS: &[(Text, &[Text])] = &[
    edition!("2021": "proactive" "applications" "review_litigation"),
    edition!("2019": "proactive" "applications" "review_litigation"),
    edition!("2014": "statistics"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    edition: String,
    source: String,
    first_year: i32,
    #[serde(default)]
    last_year: Option<i32>,
    /// Names of the tables that stand in files of their own (shipped editions only).
    #[serde(default)]
    tables: Vec<String>,
    #[serde(default)]
    section: Vec<SectionDef>,
    #[serde(default)]
    table: Vec<TableDef>,
}

/// The shipped form at this place among the editions.
pub(super) fn shipped(at: usize) -> Arc<Form> {
    let (form, tables) = &EDITIONS[at];
    Arc::new(shipped_form(form, tables).expect("shipped templates are tested"))
}

fn shipped_form(form: &Text, tables: &[Text]) -> Result<Form, TemplateError> {
    let mut file: FormFile = form.parse();
    file.table.extend(tables.iter().map(|text| text.parse::<TableDef>()));
    let found: Vec<&str> = file.table.iter().map(|table| table.id.as_str()).collect();
    if found != file.tables {
        return Err(TemplateError::new(
            format!("expected the tables {:?} that form.toml lists, found {found:?}", file.tables),
            format!("应为 form.toml 所列的表 {:?}，实为 {found:?}", file.tables),
        ));
    }
    let texts = std::iter::once(form).chain(tables).map(|text| text.toml.as_bytes());
    let mut form = Form { sha256: sha256(texts), ..build(file)? };
    for field in &mut form.fields {
        field.key = field.key.staying();
    }
    Ok(form)
}

/// SHA-256 of texts one after the other, 64 hexadecimal digits.
fn sha256<'t>(texts: impl Iterator<Item = &'t [u8]>) -> String {
    let mut hash = Sha256::new();
    texts.for_each(|text| hash.update(text));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn from_toml(text: &str) -> Result<Form, TemplateError> {
    let file: FormFile = parse(text)?;
    if file.table.is_empty() {
        return Err(TemplateError::new(
            "expected at least one `[[table]]`, found none; every table of the form stands in the one file",
            "至少应有一个 `[[table]]`，实际没有；表样的各个表格都写在同一文件中",
        ));
    }
    Ok(Form { sha256: sha256(std::iter::once(text.as_bytes())), ..build(file)? })
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, TemplateError> {
    toml::from_str(text).map_err(|error| TemplateError::of_toml(text, &error))
}

fn build(file: FormFile) -> Result<Form, TemplateError> {
    let mut fields = Vec::new();
    for (table, def) in file.table.iter().enumerate() {
        check_table(def)?;
        add_fields(&mut fields, table, def);
    }
    let index: HashMap<Key, usize, FixedState> =
        fields.iter().enumerate().map(|(at, field)| (field.key.clone(), at)).collect();
    if index.len() != fields.len() {
        return Err(twice(("key", "字段"), fields.iter().map(|field| field.key.as_str())));
    }
    let codes: HashSet<&str> = fields.iter().map(|field| field.code.as_str()).collect();
    if codes.len() != fields.len() {
        return Err(twice(("short name", "短名"), fields.iter().map(|field| field.code.as_str())));
    }
    if let Some(long) = fields.iter().find(|field| field.code.len() > LONGEST_CODE) {
        return Err(TemplateError::new(
            format!(
                "expected short names of at most {LONGEST_CODE} characters, found `{}`; shorten the `code` of its row",
                long.code
            ),
            format!("短名不应超过{LONGEST_CODE}个字符，实为 `{}`；请缩短该行的 `code`", long.code),
        ));
    }
    let mut rules = Vec::new();
    for (table, def) in file.table.iter().enumerate() {
        for (identity, rule) in def.identities.iter().enumerate() {
            let start = fields.partition_point(|field| field.table < table);
            add_rules(&mut rules, &index, (table, start, def), (identity, rule))?;
        }
    }
    let FormFile { edition, source, first_year, last_year, section, table, .. } = file;
    let lexicons = table.iter().map(Lexicon::of).collect();
    let section_titles = section.iter().enumerate().flat_map(|(at, section)| section_titles(at, section)).collect();
    Ok(Form {
        edition,
        source,
        first_year,
        last_year,
        sections: section,
        tables: table,
        fields,
        rules,
        lexicons,
        section_titles,
        sha256: String::new(),
        index,
    })
}

/// The folded titles of one section.
fn section_titles(at: usize, section: &SectionDef) -> impl Iterator<Item = SectionTitle> {
    let titles = std::iter::once(&section.title).chain(&section.aliases);
    titles.map(move |title| {
        let core = Label::of(title).core;
        SectionTitle { length: core.chars().count(), core, section: at }
    })
}

/// One instance for each row (or column) that has every term of the identity.
fn add_rules(
    rules: &mut Vec<RuleInstance>,
    index: &HashMap<Key, usize, FixedState>,
    (table, start, def): (usize, usize, &TableDef),
    (identity, rule): (usize, &Identity),
) -> Result<(), TemplateError> {
    let before = rules.len();
    for place in places(def, rule) {
        let position = |term: &String| {
            let (row, column) = if rule.per == Per::Row { (place, term.as_str()) } else { (term.as_str(), place) };
            index.get(&Key::new(&format!("{}.{row}.{column}", def.id))).copied()
        };
        let positions = |terms: &[String]| terms.iter().map(position).collect::<Option<Vec<usize>>>();
        if let (Some(left), Some(right)) = (positions(&rule.left), positions(&rule.right)) {
            let subject = subject(rule, &left, &right);
            let side = |terms: &[usize], left| terms.iter().map(|at| (at - start, left)).collect::<Vec<_>>();
            let terms = [side(&left, true), side(&right, false)].concat();
            rules.push(RuleInstance { table, identity, place: place.to_owned(), left, right, terms, subject });
        } else if !rule.only.is_empty() {
            return Err(incomplete(def, rule, (&format!("`{place}`"), &format!("`{place}` 中"))));
        }
    }
    if rules.len() == before { Err(incomplete(def, rule, ("any one place", "任何一处"))) } else { Ok(()) }
}

fn incomplete(table: &TableDef, identity: &Identity, (en, zh): (&str, &str)) -> TemplateError {
    let (table, identity) = (&table.id, &identity.code);
    TemplateError::new(
        format!("table `{table}`: the identity `{identity}` does not find all its terms in {en}"),
        format!("表 `{table}`：规则 `{identity}` 在{zh}找不到全部各项"),
    )
}

/// Ids of the rows (or columns) in which an identity is to hold, in print order.
fn places<'a>(table: &'a TableDef, identity: &Identity) -> Vec<&'a str> {
    let all = if identity.per == Per::Row { row_ids(table) } else { column_ids(table) };
    let mut seen = HashSet::new();
    let wanted = |id: &&str| identity.only.is_empty() || identity.only.iter().any(|only| only == id);
    // Blocks share columns: each id counts once.
    all.into_iter().filter(wanted).filter(|id| seen.insert(*id)).collect()
}

/// The figure that an instance is about, see [`RuleInstance::subject`].
fn subject(identity: &Identity, left: &[usize], right: &[usize]) -> usize {
    let bounded = identity.relation == Relation::AtMost;
    if bounded || (left.len() == 1 && right.len() != 1) { left[0] } else { right[0] }
}

fn add_fields(fields: &mut Vec<FieldDef>, table: usize, def: &TableDef) {
    for (block, block_def) in def.blocks.iter().enumerate() {
        for (row, row_def) in block_def.rows.iter().enumerate() {
            for (column, column_def) in block_def.columns.iter().enumerate() {
                let key = Key::new(&format!("{}.{}.{}", def.id, row_def.id, column_def.id));
                let code = format!("{}_{}_{}", def.code, row_def.code, column_def.code);
                let kind = row_def.kind.unwrap_or(column_def.kind);
                let unit = row_def.unit.as_deref().unwrap_or(&column_def.unit).into();
                fields.push(FieldDef { key, code, table, block, row, column, kind, unit });
            }
        }
    }
}

fn twice<'a>((en, zh): (&str, &str), names: impl Iterator<Item = &'a str>) -> TemplateError {
    let mut seen = HashSet::new();
    let name = names.into_iter().find(|name| !seen.insert(*name)).unwrap_or_default();
    TemplateError::new(format!("the {en} `{name}` stands twice"), format!("{zh} `{name}` 重复"))
}

fn check_table(table: &TableDef) -> Result<(), TemplateError> {
    let id = &table.id;
    let fault =
        fault(table).map(|(en, zh)| TemplateError::new(format!("table `{id}`: {en}"), format!("表 `{id}`：{zh}")));
    fault.map_or(Ok(()), Err)
}

/// The first invariant that a table breaks, in both languages.
fn fault(table: &TableDef) -> Option<(String, String)> {
    if table.blocks.is_empty() || table.blocks.iter().any(|block| block.rows.is_empty() || block.columns.is_empty()) {
        return Some((
            "every table needs a `[[table.block]]`, every block a row and a column".to_owned(),
            "每个表应有 `[[table.block]]`，每块应有行和列".to_owned(),
        ));
    }
    fault_of_groups(table)
        .or_else(|| fault_of_nesting(table))
        .or_else(|| table.identities.iter().find_map(|identity| fault_of_identity(table, identity)))
}

fn fault_of_groups(table: &TableDef) -> Option<(String, String)> {
    if let Some(group) = [&table.groups, &table.column_groups].into_iter().find_map(|groups| unknown_parent(groups)) {
        return Some((
            format!("the group `{group}` names a parent that does not stand before it"),
            format!("分组 `{group}` 的上级未在其前定义"),
        ));
    }
    let unknown = |groups: &[GroupDef], id: &&str| !groups.iter().any(|group| group.id == *id);
    let of_rows = table.blocks.iter().flat_map(|block| &block.rows).filter_map(|row| row.group.as_deref());
    let of_columns = table.blocks.iter().flat_map(|block| &block.columns).filter_map(|column| column.group.as_deref());
    let of_row = of_rows.into_iter().find(|id| unknown(&table.groups, id)).map(|id| (id, "row", "行"));
    let of_column =
        || of_columns.into_iter().find(|id| unknown(&table.column_groups, id)).map(|id| (id, "column", "列"));
    let (id, en, zh) = of_row.or_else(of_column)?;
    Some((format!("a {en} names the unknown group `{id}`"), format!("有{zh}使用了未定义的分组 `{id}`")))
}

/// A row that is a part of one that does not stand before it: so the way up from a row ends.
fn fault_of_nesting(table: &TableDef) -> Option<(String, String)> {
    let wrong = |block: &BlockDef| {
        let known = |at: usize, id: &str| block.rows[..at].iter().any(|row| row.id == id);
        let lost = |(at, row): &(usize, &RowDef)| row.under.as_ref().is_some_and(|id| !known(*at, id));
        block.rows.iter().enumerate().find(lost).map(|(_, row)| row.id.clone())
    };
    let row = table.blocks.iter().find_map(wrong)?;
    Some((
        format!("the row `{row}` is `under` a row that does not stand before it"),
        format!("行 `{row}` 的 `under` 所指的行未在其前定义"),
    ))
}

fn fault_of_identity(table: &TableDef, identity: &Identity) -> Option<(String, String)> {
    let code = &identity.code;
    if identity.left.is_empty() || identity.right.is_empty() {
        return Some((
            format!("the identity `{code}` needs a term on each side"),
            format!("规则 `{code}` 的两边都应有项"),
        ));
    }
    let term = unknown_term(table, identity)?;
    Some((
        format!("the identity `{code}` names the unknown term `{term}`"),
        format!("规则 `{code}` 使用了未定义的项 `{term}`"),
    ))
}

/// A group whose parent does not stand before it: so parents cannot form a ring.
fn unknown_parent(groups: &[GroupDef]) -> Option<&str> {
    let known = |at: usize, parent: &str| groups[..at].iter().any(|group| group.id == parent);
    let wrong = |(at, group): &(usize, &GroupDef)| group.parent.as_ref().is_some_and(|parent| !known(*at, parent));
    groups.iter().enumerate().find(wrong).map(|(_, group)| group.id.as_str())
}

fn unknown_term<'a>(table: &'a TableDef, identity: &'a Identity) -> Option<&'a str> {
    let (terms, places) = match identity.per {
        Per::Column => (row_ids(table), column_ids(table)),
        Per::Row => (column_ids(table), row_ids(table)),
    };
    let unknown = |ids: &[&str], id: &&str| !ids.contains(id);
    let mut named = identity.left.iter().chain(&identity.right).map(String::as_str);
    let mut only = identity.only.iter().map(String::as_str);
    named.find(|id| unknown(&terms, id)).or_else(|| only.find(|id| unknown(&places, id)))
}

fn row_ids(table: &TableDef) -> Vec<&str> {
    table.blocks.iter().flat_map(|block| &block.rows).map(|row| row.id.as_str()).collect()
}

fn column_ids(table: &TableDef) -> Vec<&str> {
    table.blocks.iter().flat_map(|block| &block.columns).map(|column| column.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(name: &str) -> Arc<Form> {
        Form::shipped().iter().find(|form| form.edition == name).cloned().expect("shipped")
    }

    #[test]
    fn the_editions_have_as_many_figures_as_the_circulars_print() {
        assert_eq!(edition("2014").fields.len(), 58);
        // 10 + 25×7 + 15, and 22 + 23×7 + 15 with the three figures of a row some provinces add.
        assert_eq!(edition("2021").fields.len(), 200);
        assert_eq!(edition("2019").fields.len(), 198 + 3);
    }

    #[test]
    fn keys_that_two_editions_share_mean_the_same() {
        let (old, new) = (edition("2019"), edition("2021"));
        for field in &old.fields {
            let Some(same) = new.field(&field.key) else { continue };
            let (old_printed, new_printed) = (old.printed(field), new.printed(same));
            assert_eq!(field.unit, same.unit, "{}", field.key);
            assert_eq!(field.code, same.code, "{}", field.key);
            // 规范性文件 became 行政规范性文件; 处理决定数量 became 本年处理决定数量: the same figures.
            let last = |labels: &[&str]| labels.last().map_or(String::new(), |label| (*label).to_owned());
            let (a, b) = (last(&old_printed.1), last(&new_printed.1));
            assert!(a.ends_with(&b) || b.ends_with(&a), "{}: {a} / {b}", field.key);
        }
    }

    #[test]
    fn labels_and_aliases_are_unique_within_their_group() {
        for form in Form::shipped() {
            for table in &form.tables {
                for block in &table.blocks {
                    let mut seen = HashSet::new();
                    for row in &block.rows {
                        for label in std::iter::once(&row.label).chain(&row.aliases) {
                            assert!(
                                seen.insert((row.group.clone(), row.under.clone(), label.clone())),
                                "{}: {label}",
                                form.edition
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn every_rule_is_looked_up_at_every_place() {
        // balance 7, outcomes 7, row totals 25 (23), carried out 7, routes 3; disclosed_bound in 3 rows.
        assert_eq!(edition("2021").rules.len(), 7 + 7 + 25 + 7 + 3);
        assert_eq!(edition("2019").rules.len(), 3 + 7 + 7 + 23 + 7 + 3);
        let form = edition("2021");
        let balance = &form.rules[0];
        let keys = |positions: &[usize]| -> Vec<String> {
            positions.iter().map(|&at| form.fields[at].key.to_string()).collect()
        };
        assert_eq!(balance.place, "natural_person");
        assert_eq!(
            keys(&balance.left),
            ["applications.new_received.natural_person", "applications.carried_in.natural_person"]
        );
        assert_eq!(
            keys(&balance.right),
            ["applications.outcomes_total.natural_person", "applications.carried_out.natural_person"]
        );
        assert_eq!(balance.subject, balance.right[0]);
    }

    #[test]
    fn a_broken_template_names_its_fault() {
        let table = "[[table]]\nid='t'\ncode='t'\nsection='s'\ntitle='T'\nlayout='matrix'\n[[table.block]]\n[[table.block.column]]\nid='c'\ncode='c'\nlabel='C'\nunit='件'\n[[table.block.row]]\nid='r'\ncode='r'\nlabel='R'\n";
        let head = "edition='x'\nsource='x'\nfirst_year=2030\n";
        assert!(Form::from_toml(&format!("{head}{table}")).is_ok());
        let astray = format!("{head}{table}under='s'\n");
        assert_eq!(
            Form::from_toml(&astray).expect_err("no such row").to_string(),
            "table `t`: the row `r` is `under` a row that does not stand before it"
        );
        let wrong = format!(
            "{head}{table}[[table.identity]]\ncode='i'\nlevel='hard'\nper='row'\nrelation='equal'\nleft=['d']\nright=['c']\n"
        );
        assert_eq!(
            Form::from_toml(&wrong).expect_err("unknown term").to_string(),
            "table `t`: the identity `i` names the unknown term `d`"
        );
        let empty = wrong.replace("left=['d']", "left=[]");
        assert_eq!(
            Form::from_toml(&empty).expect_err("no term").to_string(),
            "table `t`: the identity `i` needs a term on each side"
        );
        let second = "[[table.block]]\n[[table.block.column]]\nid='d'\ncode='d'\nlabel='D'\nunit='件'\n[[table.block.row]]\nid='s'\ncode='s'\nlabel='S'\n";
        let apart = wrong.replace("[[table.identity]]", &format!("{second}[[table.identity]]"));
        assert_eq!(
            Form::from_toml(&apart).expect_err("terms in two blocks").to_string(),
            "table `t`: the identity `i` does not find all its terms in any one place"
        );
        let twice = format!("{head}{table}[[table.block.row]]\nid='r'\ncode='q'\nlabel='Q'\n");
        assert_eq!(Form::from_toml(&twice).expect_err("same key").to_string(), "the key `t.r.c` stands twice");
        assert!(Form::from_toml(head).expect_err("no table").to_string().contains("[[table]]"));
    }
}
