//! The JSON of a report: nothing is lost, and the schema tells the truth.

use std::collections::BTreeMap;

use crate::export_support::{extraction, item, report, same_as_committed, written};
use gongkai::document::Origin;
use gongkai::export::Settings;
use gongkai::export::record::{self, MEMBERS, ReadError, ReportRecord};
use gongkai::finding::{Code, Finding, Lang, Place, Severity, Waived};
use gongkai::report::{
    Alignment, Amount, Checks, Claim, Contact, Evidence, ExtraRow, Figure, Level, Organ, Part, Place as Belonging,
    Published, Quantity, Report, Section, Stated, Status, TableReport, Tally, Unit, Value, Verdict,
};
use gongkai::template::{Form, Key};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

fn line_of(report: &Report) -> String {
    let extraction = gongkai::Extraction { reports: vec![report.clone()], ..extraction() };
    written("reports.jsonl", &[item("a.txt", &extraction)], &Settings::new(Form::shipped()))
}

#[test]
fn a_line_and_a_pretty_file_give_the_report_back() {
    let report = report();
    assert_eq!(record::read(&line_of(&report)).expect("a line"), report);
    let extraction = extraction();
    let pretty = ReportRecord::new(&item("a.txt", &extraction), &report, Lang::Zh).pretty();
    assert!(pretty.lines().count() > 200);
    assert_eq!(record::read(&format!("\u{feff}{pretty}")).expect("a pretty file"), report);
}

#[test]
fn a_record_from_before_claims_were_in_it_is_read() {
    let mut older: serde_json::Value = serde_json::from_str(&line_of(&report())).expect("JSON");
    assert_eq!(older["claims"][0]["quantity"], "received");
    older.as_object_mut().expect("an object").remove("claims");
    let back = record::read(&older.to_string()).expect("a record");
    assert_eq!(back, Report { claims: Vec::new(), ..report() });
}

#[test]
fn what_is_no_record_is_refused_with_its_cause() {
    let line = line_of(&report());
    assert!(matches!(record::read(""), Err(ReadError::NotARecord(_))));
    assert!(matches!(record::read("[1,2]"), Err(ReadError::NotARecord(_))));
    assert!(matches!(record::read("{\"version\":1}"), Err(ReadError::NotARecord(_))));
    assert!(matches!(record::read(&line[..line.len() / 2]), Err(ReadError::NotARecord(_))));
    assert_eq!(record::read(&format!("{line}{line}")), Err(ReadError::Several));
    assert_eq!(record::read("{\"a\":1}"), Err(ReadError::Version(None)));
    assert_eq!(record::read(&line.replace("\"version\":1", "\"version\":2")), Err(ReadError::Version(Some(2))));
    let wrong = line.replacen("\"value\":3,\"state\":\"number\"", "\"value\":3,\"state\":\"blank\"", 1);
    let error = record::read(&wrong).expect_err("a blank with a number");
    assert!(error.message(Lang::En).contains("proactive.rules.issued"), "{error}");
    for error in [ReadError::Several, ReadError::Version(None), error] {
        assert_ne!(error.message(Lang::En), error.message(Lang::Zh));
    }
}

#[test]
fn the_schema_is_the_committed_one() {
    same_as_committed("docs/report.schema.json", &record::schema());
}

#[test]
fn lines_are_valid_and_wrong_ones_are_not() {
    let schema: serde_json::Value = serde_json::from_str(&record::schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let settings = Settings::new(Form::shipped());
    for line in written("reports.jsonl", &[item("a", &extraction())], &settings).lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        for (pointer, wrong) in [
            ("/version", serde_json::json!(2)),
            ("/tables/0/figures/0/state", serde_json::json!("zero")),
            ("/tables/0/figures/0/value", serde_json::json!("3")),
            ("/report", serde_json::json!(0)),
            ("/claims/0/quantity", serde_json::json!("applications")),
            ("/claims/0/number", serde_json::json!("12")),
        ] {
            let mut bad = value.clone();
            *bad.pointer_mut(pointer).expect("a member") = wrong;
            assert!(!validator.is_valid(&bad), "{pointer}");
        }
    }
}

#[test]
fn the_members_in_words_are_those_of_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(&record::schema()).expect("JSON");
    let required: Vec<&str> =
        schema["required"].as_array().expect("required").iter().filter_map(|name| name.as_str()).collect();
    let mut members: Vec<&str> = MEMBERS.iter().map(|(name, ..)| *name).collect();
    let properties = schema["properties"].as_object().expect("properties");
    assert_eq!(properties.len(), members.len());
    assert!(members.iter().all(|name| properties.contains_key(*name)));
    members.sort_unstable();
    let mut required = required;
    required.sort_unstable();
    assert_eq!(required, members, "every member is always there");
}

// ---- random reports ----

fn text() -> impl Strategy<Value = String> {
    "[\\PC\n\t\u{2028}\u{feff}]{0,12}"
}

fn origin() -> impl Strategy<Value = Origin> {
    let part = || option::of(1u32..);
    (part(), part(), part(), part(), part()).prop_map(|(page, table, row, column, line)| Origin {
        page,
        table,
        row,
        column,
        line,
    })
}

fn amount() -> impl Strategy<Value = Amount> {
    (any::<i64>(), 0u32..12).prop_map(|(digits, scale)| {
        let mut amount = Amount::from(digits);
        amount.0.set_scale(scale).expect("a small scale");
        amount
    })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => amount().prop_map(Value::Number),
        1 => prop::sample::select(vec![
            Value::Blank, Value::NotApplicable, Value::Unreadable, Value::Missing, Value::Ambiguous,
        ]),
    ]
}

fn figure() -> impl Strategy<Value = Figure> {
    let by =
        prop::sample::select(vec![Alignment::Labels, Alignment::NearLabel, Alignment::Order, Alignment::Arithmetic]);
    (text(), value(), option::of(text()), text(), option::of(origin()), option::of(by)).prop_map(
        |(key, value, raw, unit, origin, by)| Figure {
            key: Key::new(&key),
            value,
            raw: raw.map(Into::into),
            unit: unit.into(),
            origin,
            by,
        },
    )
}

fn table() -> impl Strategy<Value = TableReport> {
    let extra =
        (text(), vec(text(), 0..3), origin()).prop_map(|(label, cells, origin)| ExtraRow { label, cells, origin });
    (text(), option::of(text()), text(), option::of(origin()), vec(figure(), 0..6), vec(extra, 0..2)).prop_map(
        |(id, edition, form, origin, figures, extra_rows)| TableReport {
            id,
            edition,
            form,
            origin,
            figures,
            extra_rows,
        },
    )
}

fn section() -> impl Strategy<Value = Section> {
    let part = (text(), text(), origin()).prop_map(|(title, text, origin)| Part { title, text, origin });
    (option::of(text()), text(), text(), origin(), vec(part, 0..3))
        .prop_map(|(id, title, text, origin, parts)| Section { id, title, text, origin, parts })
}

fn claim() -> impl Strategy<Value = Claim> {
    let quantity = prop::sample::select(Quantity::ALL.to_vec());
    let verdicts = vec![Verdict::Unchecked, Verdict::Approximate, Verdict::Agrees, Verdict::Disagrees];
    let tables = (option::of(amount()), option::of(text()));
    let read = (amount(), quantity, any::<bool>(), prop::sample::select(verdicts), tables);
    (text(), text(), text(), option::of(text()), origin(), read).prop_map(
        |(sentence, text, unit, section, origin, (number, quantity, approximate, verdict, tables))| Claim {
            sentence,
            text,
            number,
            unit,
            quantity,
            approximate,
            section,
            origin,
            verdict,
            table_number: tables.0,
            table_fields: tables.1,
        },
    )
}

fn finding() -> impl Strategy<Value = Finding> {
    let place = (text(), text(), text()).prop_map(|(table, row, column)| Place { table, row, column });
    let severity = prop::sample::select(vec![Severity::Note, Severity::Warning, Severity::Error]);
    let details: BoxedStrategy<BTreeMap<String, String>> = btree_map(text(), text(), 0..3).boxed();
    (
        prop::sample::select(Code::ALL.to_vec()),
        severity,
        option::of(text()),
        option::of(place),
        option::of(origin()),
        (option::of(text()), option::of(text()), details),
        option::of((text(), text(), option::of(text()))),
    )
        .prop_map(|(code, severity, field, place, origin, (expected, found, details), waived)| Finding {
            code,
            severity,
            field: field.as_deref().map(Key::new),
            place,
            origin,
            expected,
            found,
            details,
            waived: waived.map(|(reason, date, by)| Waived { reason, date, by }),
        })
}

fn stated() -> impl Strategy<Value = Stated> {
    (text(), origin()).prop_map(|(text, origin)| Stated { text, origin })
}

/// Level, place and parent.
fn belonging() -> impl Strategy<Value = (Option<Level>, Option<Belonging>, Option<Unit>)> {
    let level = prop::sample::select(vec![
        Level::Ministry,
        Level::Province,
        Level::Prefecture,
        Level::County,
        Level::Township,
        Level::Department,
        Level::Office,
        Level::Vertical,
    ]);
    let unit = || (text(), text()).prop_map(|(code, name)| Unit { code, name });
    let place = (option::of(unit()), any::<i32>(), text(), vec(unit(), 0..3));
    let place = place.prop_map(|(unit, year, by, candidates)| Belonging { unit, year, by, candidates });
    (option::of(level), option::of(place), option::of(unit()))
}

fn published() -> impl Strategy<Value = Published> {
    (text(), text(), text(), origin()).prop_map(|(date, by, text, origin)| Published { date, by, text, origin })
}

fn contact() -> impl Strategy<Value = Contact> {
    let part = || option::of(text());
    (text(), part(), part(), part(), part(), origin()).prop_map(
        |(text, address, postcode, telephone, email, origin)| Contact {
            text,
            address,
            postcode,
            telephone,
            email,
            origin,
        },
    )
}

fn any_report() -> impl Strategy<Value = Report> {
    let status = prop::sample::select(vec![
        Status::Complete,
        Status::Incomplete,
        Status::Narrative,
        Status::Pictures,
        Status::ValuesLost,
        Status::BlankForm,
        Status::Comparison,
    ]);
    let organ = (text(), option::of(text()), text()).prop_map(|(name, inferred, by)| Organ { name, inferred, by });
    let title = stated();
    let evidence = (text(), any::<i32>(), text(), origin()).prop_map(|(by, year, text, origin)| Evidence {
        by,
        year,
        text,
        origin,
    });
    let about = (option::of(title), option::of(organ), option::of(any::<i32>()), option::of((text(), text())));
    let tally = (any::<u32>(), any::<u32>(), any::<u32>()).prop_map(|(passed, failed, not_assessable)| Tally {
        passed,
        failed,
        not_assessable,
    });
    let checks = btree_map(prop::sample::select(Code::ALL.to_vec()), tally, 0..4).prop_map(Checks);
    let own = (belonging(), option::of(published()), option::of(stated()), option::of(contact()));
    let prose = (vec(section(), 0..3), vec(claim(), 0..4));
    let parts = (vec(evidence, 0..3), vec(table(), 0..4), prose, vec(finding(), 0..4), checks);
    (1u32.., status, about, own, parts).prop_map(
        |(number, status, (title, organ, year, period), own, (evidence, tables, prose, findings, checks))| {
            let (sections, claims) = prose;
            let ((level, place, parent), published, document_number, contact) = own;
            Report {
                number,
                status,
                title,
                organ,
                level,
                place,
                parent,
                year,
                period,
                evidence,
                published,
                document_number,
                contact,
                tables,
                sections,
                claims,
                findings,
                checks,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_report_is_lost(report in any_report()) {
        let line = line_of(&report);
        prop_assert_eq!(line.matches('\n').count(), 1);
        let back = record::read(&line).expect("what was written");
        prop_assert_eq!(&back, &report);
        // Equal decimals may differ in their digits (0.1, 0.10): these must not.
        let digits = |report: &Report| -> Vec<String> {
            let figures = report.figures().map(|figure| format!("{:?}", figure.value));
            figures.chain(report.claims.iter().map(|claim| format!("{:?}", claim.number))).collect()
        };
        prop_assert_eq!(digits(&back), digits(&report));
    }
}
