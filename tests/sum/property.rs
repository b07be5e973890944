//! Random units: every sum is that of plain additions, in whatever order the units are given.

use gongkai::export::{Item, Settings, consolidation_csv, consolidation_json, consolidation_workbook};
use gongkai::report::consolidation::Unit;
use gongkai::report::{Organ, Report, Status, TableReport, Value};
use gongkai::sum::{Ask, sum};
use gongkai::template::Form;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// What a cell may hold: mostly numbers.
fn cell() -> impl Strategy<Value = Value> {
    let number = |mantissa: i64, scale| Value::Number(gongkai::report::Amount(Decimal::new(mantissa, scale)));
    prop_oneof![
        60 => (0_i64..100_000).prop_map(move |mantissa| number(mantissa, 0)),
        10 => ((-100_000_i64..100_000), 0_u32..5).prop_map(move |(mantissa, scale)| number(mantissa, scale)),
        3 => Just(Value::Blank),
        2 => Just(Value::NotApplicable),
        1 => prop::sample::select(vec![Value::Missing, Value::Unreadable, Value::Ambiguous]),
    ]
}

fn report(number: usize, cells: &[Value]) -> Unit {
    let form = &Form::shipped()[0];
    let mut tables: Vec<TableReport> = (0..form.tables.len()).map(|at| TableReport::missing(form, at)).collect();
    let mut cells = cells.iter();
    for table in &mut tables {
        table.edition = Some(form.edition.clone());
        for figure in &mut table.figures {
            figure.value = *cells.next().expect("a cell each");
        }
    }
    let organ = Organ { name: format!("示例县第{number}局"), inferred: None, by: "title".to_owned() };
    let report = Report {
        number: 1,
        status: Status::Complete,
        organ: Some(organ),
        year: Some(2023),
        tables,
        ..Report::default()
    };
    Unit::of_report(&format!("{number:03}.txt"), "", report)
}

/// The value of a sum by the rule as it is told to people.
fn told(cells: &[Value]) -> Value {
    if cells.iter().any(|cell| cell.is_lacking()) {
        return Value::Missing;
    }
    let numbers: Vec<Decimal> = cells.iter().filter_map(|cell| cell.number()).collect();
    match numbers.len() {
        0 if cells.iter().all(|cell| *cell == Value::NotApplicable) => Value::NotApplicable,
        0 => Value::Blank,
        _ => Value::Number(gongkai::report::Amount(numbers.iter().sum::<Decimal>())),
    }
}

fn written(units: Vec<Unit>) -> [Vec<u8>; 3] {
    let sum = sum(units, &Ask::default(), Form::shipped()).expect("a year");
    let settings = Settings::new(Form::shipped());
    let item = Item { source: "sum", sha256: "", format: "sum", reports: &[], findings: &[] };
    [
        consolidation_csv(&sum, &settings).expect("memory"),
        consolidation_json(&sum, &settings).into_bytes(),
        consolidation_workbook(&sum, &item, &settings).expect("memory"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sums_are_plain_additions(
        rows in prop::collection::vec(prop::collection::vec(cell(), 200), 2..9)
    ) {
        let units: Vec<Unit> = rows.iter().enumerate().map(|(number, cells)| report(number, cells)).collect();
        let sum = sum(units, &Ask::default(), Form::shipped()).expect("a year");
        // One of three and more may be what the others have together, which is another matter.
        prop_assert_eq!(sum.count(), rows.len());
        for (at, total) in sum.totals.iter().enumerate() {
            let cells: Vec<Value> = rows.iter().map(|row| row[at]).collect();
            prop_assert_eq!(total.value, told(&cells), "{}", total.key);
            prop_assert_eq!(total.lacking.len(), cells.iter().filter(|cell| cell.is_lacking()).count());
            let counts = total.with_number().len() + total.blanks().len() + total.not_applicable().len();
            prop_assert_eq!(counts + total.lacking.len(), rows.len());
        }
    }

}

proptest! {
    // Each case writes a workbook twice.
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_units_is_nothing_to_the_bytes(
        rows in prop::collection::vec(prop::collection::vec(cell(), 200), 2..5),
        turn in 1_usize..4,
    ) {
        let units: Vec<Unit> = rows.iter().enumerate().map(|(number, cells)| report(number, cells)).collect();
        let mut turned = units.clone();
        let by = turn % turned.len();
        turned.rotate_left(by);
        turned.swap(0, rows.len() - 1);
        prop_assert_eq!(written(units), written(turned));
    }
}
