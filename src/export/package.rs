//! `datapackage.json`: the CSV files as a Frictionless Data Package (tabular, version 1).
//!
//! Titles and descriptions stand in English, with their Chinese beside them as `title@zh` and
//! `description@zh`. No licence is claimed: the figures are the organs'.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::table::{Kind, Spec, Table};
use super::{Companion, Settings, Written, cells, claims, findings, record, reports};

/// The file's entry in the list.
pub(super) const COMPANION: Companion = Companion {
    name: "datapackage",
    file: "datapackage.json",
    about: (
        "the CSV files as a Frictionless Data Package: types, units, titles, rules, hashes",
        "CSV 文件的 Frictionless 数据包描述：类型、单位、标题、规则、哈希",
    ),
    text,
};

/// The tables of the package.
pub(super) const TABLES: [&Table; 4] = [&cells::TABLE, &reports::TABLE, &findings::TABLE, &claims::TABLE];

fn text(settings: &Settings, written: &[Written]) -> String {
    let resources = TABLES.iter().map(|table| Resource::of(table, settings, written)).collect();
    let package = Package {
        profile: "tabular-data-package",
        name: env!("CARGO_PKG_NAME"),
        title: "Annual reports on government information disclosure",
        title_zh: "政府信息公开工作年度报告",
        description: "Every figure of the official form with its state and its place in the document, the reports, and what does not add up. A blank is not a zero: `value` is empty unless `state` is `number`.",
        description_zh: "官方表样的每项数据及其状态和在文档中的位置、各份报告，以及不相符之处。空白不是零：`state` 不是 `number` 时 `value` 为空。",
        languages: ["en", "zh"],
        generator: json!({
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "layout": record::VERSION,
        }),
        resources,
    };
    serde_json::to_string_pretty(&package).expect("strings and numbers only") + "\n"
}

#[derive(Serialize)]
struct Package {
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    #[serde(rename = "title@zh")]
    title_zh: &'static str,
    description: &'static str,
    #[serde(rename = "description@zh")]
    description_zh: &'static str,
    languages: [&'static str; 2],
    generator: Json,
    resources: Vec<Resource>,
}

/// One CSV file.
#[derive(Serialize)]
struct Resource {
    profile: &'static str,
    name: &'static str,
    path: String,
    title: &'static str,
    #[serde(rename = "title@zh")]
    title_zh: &'static str,
    description: &'static str,
    #[serde(rename = "description@zh")]
    description_zh: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: u64,
    hash: String,
    dialect: Dialect,
    schema: Schema,
}

/// How the CSV is written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    delimiter: &'static str,
    line_terminator: &'static str,
    quote_char: &'static str,
    double_quote: bool,
    skip_initial_space: bool,
    header: bool,
}

const DIALECT: Dialect = Dialect {
    delimiter: ",",
    line_terminator: "\r\n",
    quote_char: "\"",
    double_quote: true,
    skip_initial_space: false,
    header: true,
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    fields: Vec<Field>,
    missing_values: [&'static str; 1],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    primary_key: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<Json>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    r#type: &'static str,
    title: String,
    #[serde(rename = "title@zh")]
    title_zh: String,
    description: String,
    #[serde(rename = "description@zh")]
    description_zh: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    unit: String,
    #[serde(skip_serializing_if = "Map::is_empty")]
    constraints: Map<String, Json>,
}

impl Resource {
    fn of(table: &Table, settings: &Settings, written: &[Written]) -> Self {
        let path = format!("{}.csv", table.name);
        let written = written.iter().find(|written| written.file == path);
        Resource {
            profile: "tabular-data-resource",
            name: table.name,
            title: table.title.0,
            title_zh: table.title.1,
            description: table.about.0,
            description_zh: table.about.1,
            format: "csv",
            mediatype: "text/csv",
            // Programs differ in what they do with a byte order mark unless they are told of it.
            encoding: if settings.excel { "utf-8-sig" } else { "utf-8" },
            bytes: written.map_or(0, |written| written.bytes),
            hash: written.map_or_else(String::new, |written| format!("sha256:{}", written.sha256)),
            dialect: DIALECT,
            schema: Schema {
                fields: (table.columns)(settings).into_iter().map(Field::of).collect(),
                missing_values: [""],
                primary_key: table.key,
                foreign_keys: foreign_keys(table),
            },
            path,
        }
    }
}

/// Each figure is one of a report. A finding may be about a file without any.
fn foreign_keys(table: &Table) -> Vec<Json> {
    if table.name != cells::TABLE.name {
        return Vec::new();
    }
    let key = reports::TABLE.key;
    vec![json!({ "fields": key, "reference": { "resource": reports::TABLE.name, "fields": key } })]
}

impl Field {
    fn of(spec: Spec) -> Self {
        let mut constraints = Map::new();
        if spec.needed {
            constraints.insert("required".to_owned(), Json::Bool(true));
        }
        if !spec.choices.is_empty() {
            constraints.insert("enum".to_owned(), json!(spec.choices));
        }
        Field {
            name: spec.name,
            r#type: match spec.kind {
                Kind::Text => "string",
                Kind::Whole => "integer",
                Kind::Decimal => "number",
            },
            title: spec.title.0,
            title_zh: spec.title.1,
            description: spec.about.0,
            description_zh: spec.about.1,
            unit: spec.unit,
            constraints,
        }
    }
}
