//! `extract(render(report)) == report`, figure by figure, over random reports with every state
//! that a Word file can show. A missing figure can only be told where its whole row is missing.

use std::sync::Arc;

use gongkai::report::{Amount, Figure, Organ, Report, Stated, Status, TableReport, Value};
use gongkai::template::{Form, Kind};
use proptest::prelude::*;

/// What one cell shows, and what it must be read as.
#[derive(Debug, Clone)]
struct Shown {
    raw: String,
    value: Value,
}

fn number(text: &str) -> Value {
    Value::Number(text.parse::<Amount>().expect("a number"))
}

fn shown(kind: Kind) -> BoxedStrategy<Shown> {
    let plain = (0u32..100_000).prop_map(|n| Shown { raw: n.to_string(), value: number(&n.to_string()) });
    let signed = (1u32..5000).prop_map(|n| Shown { raw: format!("-{n}"), value: number(&format!("-{n}")) });
    let money = (0u32..10_000, 1u32..10_000).prop_map(|(whole, part)| {
        let text = format!("{whole}.{part:04}");
        Shown { value: number(&text), raw: text }
    });
    let wide = (0u32..1000).prop_map(|n| {
        let raw =
            n.to_string().chars().map(|c| char::from_u32(c as u32 + 0xfee0).expect("a full-width digit")).collect();
        Shown { raw, value: number(&n.to_string()) }
    });
    let fixed = prop_oneof![
        Just(Shown { raw: String::new(), value: Value::Blank }),
        Just(Shown { raw: "/".to_owned(), value: Value::NotApplicable }),
        Just(Shown { raw: "—".to_owned(), value: Value::NotApplicable }),
        Just(Shown { raw: "约3件左右".to_owned(), value: Value::Unreadable }),
    ];
    match kind {
        Kind::Count => prop_oneof![6 => plain, 1 => wide, 1 => fixed].boxed(),
        Kind::Change => prop_oneof![4 => plain, 3 => signed, 1 => fixed].boxed(),
        Kind::Amount => prop_oneof![2 => plain, 5 => money, 1 => fixed].boxed(),
    }
}

fn report(form: Arc<Form>) -> impl Strategy<Value = Report> {
    let cells: Vec<BoxedStrategy<Shown>> = form.fields.iter().map(|field| shown(field.kind)).collect();
    (cells, proptest::collection::vec(any::<u8>(), 80)).prop_map(move |(cells, rows)| filled(&form, &cells, &rows))
}

fn filled(form: &Form, cells: &[Shown], rows: &[u8]) -> Report {
    let mut tables = Vec::new();
    for (at, def) in form.tables.iter().enumerate() {
        let mut figures = Vec::new();
        for (position, field) in form.fields.iter().enumerate().filter(|(_, field)| field.table == at) {
            let (.., row, _) = form.parts(field);
            // A row in sixteen is left out of the application table, as some reports do.
            let left_out = def.id == "applications" && rows[field.row].is_multiple_of(16);
            if row.optional {
                continue;
            }
            let mut figure = Figure::missing(field);
            if !left_out {
                figure.raw = Some(cells[position].raw.as_str().into());
                figure.value = cells[position].value;
                figure.unit = field.unit.clone();
            }
            figures.push(figure);
        }
        tables.push(TableReport { figures, edition: Some(form.edition.clone()), ..TableReport::missing(form, at) });
    }
    let title = format!("示例县水务局{}年政府信息公开工作年度报告", form.first_year);
    Report {
        number: 1,
        status: Status::Complete,
        title: Some(Stated { text: title, origin: gongkai::document::Origin::default() }),
        organ: Some(Organ { name: "示例县水务局".to_owned(), inferred: None, by: "title".to_owned() }),
        year: Some(form.first_year),
        tables,
        ..Report::default()
    }
}

fn form(edition: &str) -> Arc<Form> {
    Form::shipped().iter().find(|form| form.edition == edition).cloned().expect("shipped")
}

fn values(report: &Report) -> Vec<(String, Value)> {
    report.figures().map(|figure| (figure.key.to_string(), figure.value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_rendered_is_read_back(report in prop_oneof![report(form("2021")), report(form("2019")), report(form("2014"))]) {
        let bytes = gongkai::render::docx(&report, Form::shipped()).expect("rendered");
        let back = gongkai::extract(&bytes, &gongkai::Options::default()).expect("read").reports;
        prop_assert_eq!(back.len(), 1);
        prop_assert_eq!(values(&back[0]), values(&report));
        prop_assert_eq!(back[0].year, report.year);
        prop_assert_eq!(&back[0].organ, &report.organ);
        prop_assert_eq!(back[0].title.as_ref().map(|title| &title.text), report.title.as_ref().map(|title| &title.text));
    }
}
