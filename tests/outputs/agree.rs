//! The long and the wide form of every format say the same of every figure of every sample.

use gongkai::document::Origin;
use gongkai::export::{Item, Settings};
use gongkai::report::{Claim, Figure, Report, TableReport, Value};

use super::export_support;
use super::read_back::{Rows, csv, parquet, plain, query, sheet};
use super::{EVERY, samples, settings, write};

type Row = Vec<Option<String>>;

/// What a row of figures holds, said once more and from the model.
fn long(item: &Item, report: &Report, table: &TableReport, figure: &Figure, settings: &Settings) -> Row {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let place = |part: fn(Origin) -> Option<u32>| figure.origin.and_then(part).map(|number| number.to_string());
    vec![
        text(item.source),
        Some(report.number.to_string()),
        report.organ.as_ref().and_then(|organ| text(&organ.name)),
        report.year.map(|year| year.to_string()),
        table.edition.clone(),
        text(&table.id),
        text(figure.key.as_str()),
        text(settings.label(&table.form, &figure.key)),
        figure.value.number().map(|number| plain(&number.to_string())),
        text(figure.value.state()),
        text(&figure.unit),
        figure.raw.as_deref().and_then(text),
        place(|origin| origin.page),
        place(|origin| origin.table),
        place(|origin| origin.row),
        place(|origin| origin.column),
        place(|origin| origin.line),
        figure.by.map(|by| serde_json::to_value(by).expect("a name").as_str().expect("a name").to_owned()),
    ]
}

fn long_rows(items: &[Item], settings: &Settings) -> Vec<Row> {
    let mut rows = Vec::new();
    for item in items {
        for report in item.reports {
            for table in &report.tables {
                rows.extend(table.figures.iter().map(|figure| long(item, report, table, figure, settings)));
            }
        }
    }
    rows
}

/// One row a report: source, number, and each field's number.
fn wide_rows(items: &[Item], settings: &Settings, what: fn(&Figure) -> Option<String>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (item, report) in items.iter().flat_map(|item| item.reports.iter().map(move |report| (item, report))) {
        let mut row = vec![Some(item.source.to_owned()), Some(report.number.to_string())];
        row.extend(settings.fields().iter().map(|field| report.figure(&field.key).and_then(what)));
        rows.push(row);
    }
    rows
}

fn number(figure: &Figure) -> Option<String> {
    figure.value.number().map(|number| plain(&number.to_string()))
}

/// Compares row by row, so that what differs is seen.
fn same(format: &str, found: &[Row], wanted: &[Row]) {
    for (at, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        assert_eq!(found, wanted, "{format}, row {}", at + 1);
    }
    assert_eq!(found.len(), wanted.len(), "{format}");
}

/// The columns of these names; numbers of `value` and `number` without zeros at their end, empty text as nothing.
fn picked(rows: &Rows, names: &[&str]) -> Vec<Row> {
    let places: Vec<usize> = names.iter().map(|name| rows.column(name)).collect();
    let pick = |row: &Row| {
        let cell = |(&place, name): (&usize, &&str)| {
            let cell = row[place].clone().filter(|text| !text.is_empty());
            if ["value", "number"].contains(name) { cell.map(|digits| plain(&digits)) } else { cell }
        };
        places.iter().zip(names).map(cell).collect()
    };
    rows.rows.iter().map(pick).collect()
}

const LONG: [&str; 18] = [
    "source",
    "report",
    "organ",
    "year",
    "edition",
    "table",
    "field",
    "label",
    "value",
    "state",
    "unit",
    "raw",
    "page",
    "table_index",
    "row",
    "column",
    "line",
    "by",
];

/// The rows of all lines of `reports.jsonl`.
fn of_json(text: &str, rows_of: impl Fn(&[Item]) -> Vec<Row>) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in text.lines() {
        let record = gongkai::export::record::record(line).expect("a record");
        let (source, sha256, format) = (record.source.clone(), record.sha256.clone(), record.format.clone());
        let report = record.into_report().expect("a report");
        let reports = [report];
        let item = Item { source: &source, sha256: &sha256, format: &format, reports: &reports, findings: &[] };
        rows.extend(rows_of(&[item]));
    }
    rows
}

const CLAIMS: [&str; 16] = [
    "source",
    "report",
    "organ",
    "year",
    "section",
    "quantity",
    "meaning",
    "number",
    "unit",
    "verdict",
    "table_number",
    "table_fields",
    "text",
    "sentence",
    "page",
    "line",
];

/// What a row of claims holds, said once more and from the model.
fn claim(item: &Item, report: &Report, claim: &Claim) -> Row {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    vec![
        text(item.source),
        Some(report.number.to_string()),
        report.organ.as_ref().and_then(|organ| text(&organ.name)),
        report.year.map(|year| year.to_string()),
        claim.section.as_deref().and_then(text),
        text(claim.quantity.name()),
        text(claim.quantity.about().0),
        Some(plain(&claim.number.to_string())),
        text(&claim.unit),
        text(claim.verdict.name()),
        claim.table_number.map(|number| plain(&number.to_string())),
        claim.table_fields.clone(),
        text(&claim.text),
        text(&claim.sentence),
        claim.origin.page.map(|page| page.to_string()),
        claim.origin.line.map(|line| line.to_string()),
    ]
}

fn claim_rows(items: &[Item]) -> Vec<Row> {
    let reports = items.iter().flat_map(|item| item.reports.iter().map(move |report| (item, report)));
    reports.flat_map(|(item, report)| report.claims.iter().map(move |one| claim(item, report, one))).collect()
}

const CLAIMS_SQL: &str = "SELECT source, report, organ, year, claims.*, typeof(number) AS type
    FROM claims JOIN reports ON reports.id = report_id ORDER BY claims.id";

#[test]
fn every_format_says_the_same_of_every_claim() {
    let mut extractions = samples();
    extractions.push(("=by hand".to_owned(), export_support::extraction()));
    let items: Vec<Item> = extractions.iter().map(|(name, one)| export_support::item(name, one)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &EVERY, &items, &settings());
    let at = |file: &str| folder.path().join(file);

    let wanted = claim_rows(&items);
    let column = |name: &str| CLAIMS.iter().position(|known| *known == name).expect("a column");
    for verdict in gongkai::report::Verdict::NAMES {
        assert!(wanted.iter().any(|row| row[column("verdict")].as_deref() == Some(verdict)), "{verdict}");
    }
    let texts = csv(&at("claims.csv"));
    same("claims.csv", &picked(&texts, &CLAIMS), &wanted);
    let lines = std::fs::read_to_string(at("reports.jsonl")).expect("the lines");
    same("claims of reports.jsonl", &of_json(&lines, claim_rows), &wanted);
    let mut claims = sheet(&at("gongkai.xlsx"), "claims");
    assert_eq!(claims.names.len(), CLAIMS.len());
    claims.names = CLAIMS.map(str::to_owned).to_vec();
    same("xlsx claims", &picked(&claims, &CLAIMS), &wanted);
    let of_database = query(&at("gongkai.sqlite"), CLAIMS_SQL);
    same("claims of sqlite", &picked(&of_database, &CLAIMS), &wanted);
    let kind = of_database.column("type");
    assert!(of_database.rows.iter().all(|row| row[kind].as_deref() != Some("text")), "numbers are numbers");

    // What has more places than the column is null there, and its digits stand beside it.
    let parquet = parquet(&at("claims.parquet"));
    let number = column("number");
    let places = |row: &Row| {
        row[number].as_deref().and_then(|digits| digits.split_once('.')).map_or(0, |(_, after)| after.len())
    };
    let mut bounded = wanted;
    bounded.iter_mut().filter(|row| places(row) > 6).for_each(|row| row[number] = None);
    assert_eq!(bounded.iter().filter(|row| row[number].is_none()).count(), 2);
    same("claims.parquet", &picked(&parquet, &CLAIMS), &bounded);
    let digits = digits(&texts, "number");
    same("digits in claims.parquet", &picked(&parquet, &["number_text"]), &digits);
    same("digits in claims of sqlite", &picked(&of_database, &["number_text"]), &digits);
}

const FIGURES_SQL: &str =
    "SELECT source, report, organ, year, figures.edition, figures.\"table\", figures.field, label,
        value, state, figures.unit, raw, page, table_index, row, \"column\", line, by, value_text, typeof(value) AS type
    FROM figures JOIN reports ON reports.id = report_id JOIN fields USING (field)
    LEFT JOIN labels ON labels.edition = figures.edition AND labels.field = figures.field
    ORDER BY report_id, fields.number";

/// The rows of each report in the order of the codebook, as the database gives them.
fn in_order(mut rows: Vec<Row>, settings: &Settings) -> Vec<Row> {
    let place = |row: &Row| settings.position(&gongkai::template::Key::new(row[6].as_deref().expect("a field")));
    let mut start = 0;
    while start < rows.len() {
        let report = rows[start][..2].to_vec();
        let length = rows[start..].iter().take_while(|row| row[..2] == report).count();
        rows[start..start + length].sort_by_key(place);
        start += length;
    }
    // Labels stand in the database under the edition that was found.
    rows.iter_mut().filter(|row| row[4].is_none()).for_each(|row| row[7] = None);
    rows
}

#[test]
fn every_format_says_the_same_of_every_figure() {
    let mut extractions = samples();
    extractions.push(("=by hand".to_owned(), export_support::extraction()));
    let items: Vec<Item> = extractions.iter().map(|(name, one)| export_support::item(name, one)).collect();
    let settings = settings();
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &EVERY, &items, &settings);
    let at = |file: &str| folder.path().join(file);

    let wanted = long_rows(&items, &settings);
    assert!(wanted.len() > 20_000);
    let is_state = |state: &str| wanted.iter().any(|row| row[9].as_deref() == Some(state));
    assert!(Value::STATES.into_iter().all(is_state), "the samples have every state");
    same("cells.csv", &picked(&csv(&at("cells.csv")), &LONG), &wanted);
    let lines = std::fs::read_to_string(at("reports.jsonl")).expect("the lines");
    same("reports.jsonl", &of_json(&lines, |items| long_rows(items, &settings)), &wanted);
    let mut figures = sheet(&at("gongkai.xlsx"), "figures");
    assert_eq!(figures.names.len(), LONG.len());
    figures.names = LONG.map(str::to_owned).to_vec();
    same("xlsx figures", &picked(&figures, &LONG), &wanted);
    let cells = parquet(&at("cells.parquet"));
    same("cells.parquet", &picked(&cells, &LONG), &wanted);
    let texts = csv(&at("cells.csv"));
    same("digits in cells.parquet", &picked(&cells, &["value_text"]), &digits(&texts, "value"));
    let of_database = query(&at("gongkai.sqlite"), FIGURES_SQL);
    same("figures of sqlite", &picked(&of_database, &LONG), &in_order(wanted, &settings));
    assert!(of_database.rows.iter().all(|row| row[19].as_deref() != Some("text")), "values are numbers");

    let wanted = wide_rows(&items, &settings, number);
    same("reports.csv", &wide(&csv(&at("reports.csv")), &settings, 0), &wanted);
    same("reports.parquet", &wide(&parquet(&at("reports.parquet")), &settings, 1), &wanted);
    same("xlsx reports", &wide_of_sheet(&sheet(&at("gongkai.xlsx"), "reports"), &settings, &items), &wanted);
    same("views of sqlite", &views(&at("gongkai.sqlite"), &settings, ""), &wanted);
    let states = wide_rows(&items, &settings, |figure| Some(figure.value.state().to_owned()));
    same("state views of sqlite", &views(&at("gongkai.sqlite"), &settings, "_states"), &states);
}

/// The digits of a column as they stand.
fn digits(rows: &Rows, name: &str) -> Vec<Row> {
    let value = rows.column(name);
    rows.rows.iter().map(|row| vec![row[value].clone()]).collect()
}

/// Source, report and the columns of figures, which stand last but for `after`.
fn wide(rows: &Rows, settings: &Settings, after: usize) -> Vec<Row> {
    let end = rows.names.len() - after;
    let start = end - settings.fields().len();
    for (name, field) in rows.names[start..end].iter().zip(settings.fields()) {
        assert_eq!(name, field.key.as_str());
    }
    let (source, report) = (rows.column("source"), rows.column("report"));
    let figures = |row: &Row| row[start..end].iter().map(|cell| cell.as_deref().map(plain)).collect::<Row>();
    rows.rows.iter().map(|row| [vec![row[source].clone(), row[report].clone()], figures(row)].concat()).collect()
}

/// The same of a sheet, whose cells show what is no number by its text.
fn wide_of_sheet(rows: &Rows, settings: &Settings, items: &[Item]) -> Vec<Row> {
    let start = rows.names.len() - settings.fields().len();
    for (name, field) in rows.names[start..].iter().zip(settings.fields()) {
        assert_eq!(*name, field.words);
    }
    let raw = wide_rows(items, settings, |figure| match figure.value {
        Value::NotApplicable | Value::Unreadable => figure.raw.as_deref().map(str::to_owned),
        _ => None,
    });
    let mut found = Vec::new();
    for (row, raw) in rows.rows.iter().zip(raw) {
        let mut cells = vec![row[0].clone(), row[1].clone()];
        for (cell, raw) in row[start..].iter().zip(&raw[2..]) {
            assert!(raw.is_none() || cell == raw, "{cell:?} is shown for {raw:?}");
            cells.push(if raw.is_some() { None } else { cell.clone() });
        }
        found.push(cells);
    }
    found
}

/// The views of all tables, side by side.
fn views(path: &std::path::Path, settings: &Settings, ending: &str) -> Vec<Row> {
    let mut found: Vec<Row> = Vec::new();
    for table in settings.tables() {
        let rows = query(path, &format!("SELECT * FROM {table}{ending} ORDER BY id"));
        let fields = settings.fields().iter().filter(|field| field.table == *table);
        let places: Vec<usize> = fields.map(|field| rows.column(field.key.as_str())).collect();
        found.resize_with(rows.rows.len(), Vec::new);
        for (row, found) in rows.rows.iter().zip(&mut found) {
            if found.is_empty() {
                found.extend([row[1].clone(), row[2].clone()]);
            }
            found.extend(places.iter().map(|place| row[*place].clone()));
        }
    }
    in_field_order(found, settings)
}

/// The fields of all tables stand in the order of the tables only if each edition's are together.
fn in_field_order(rows: Vec<Row>, settings: &Settings) -> Vec<Row> {
    let of_tables =
        settings.tables().iter().flat_map(|table| settings.fields().iter().filter(move |field| field.table == *table));
    let places: Vec<usize> = of_tables.map(|field| settings.position(&field.key).expect("a field")).collect();
    let sorted = |row: Row| {
        let mut sorted = vec![None; row.len()];
        sorted[..2].clone_from_slice(&row[..2]);
        for (place, cell) in places.iter().zip(&row[2..]) {
            sorted[2 + place].clone_from(cell);
        }
        sorted
    };
    rows.into_iter().map(sorted).collect()
}
