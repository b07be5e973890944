//! Units in which nothing is wrong.

use gongkai::report::{Standing, Value};
use gongkai::sum::{Ask, SumError, sum};
use gongkai::template::Form;

use super::{added, expected, said, texts, units};

#[test]
fn every_cell_is_what_the_units_come_to_and_nothing_is_said() {
    let sum = added(units(&texts()), &Ask::default());
    assert_eq!(said(&sum), Vec::<String>::new());
    assert_eq!((sum.year, sum.edition.as_str(), sum.count()), (2023, "2021", 12));
    let expected = expected();
    assert_eq!(sum.totals.len(), expected.len());
    for total in &sum.totals {
        let wanted = &expected[total.key.as_str()];
        assert_eq!(total.value.number(), Some(wanted[0].0.normalize()), "{}", total.key);
        let parts: Vec<_> = total.parts.iter().map(|part| part.and_then(Value::number)).collect();
        assert_eq!(parts, wanted[1..].iter().map(|number| Some(number.0)).collect::<Vec<_>>(), "{}", total.key);
        let figure = sum.report.figure(&total.key).expect("a figure of the report");
        assert_eq!(figure.value, total.value);
    }
    assert!(sum.units.iter().all(|unit| unit.standing == Standing::Added));
}

#[test]
fn the_sum_is_a_report_of_the_organ_that_was_named() {
    let ask = Ask { name: Some("示例县"), ..Ask::default() };
    let report = added(units(&texts()), &ask).report;
    assert_eq!(report.title.expect("a title").text, "示例县2023年政府信息公开工作年度报告");
    assert_eq!((report.organ.expect("an organ").name.as_str(), report.year), ("示例县", Some(2023)));
    assert!(report.checks.0.values().all(|tally| tally.failed == 0 && tally.not_assessable == 0));
}

#[test]
fn the_year_is_that_of_most_units_and_a_tie_is_asked_about() {
    let mut all = texts();
    let names: Vec<String> = all.keys().cloned().collect();
    for name in &names[..6] {
        let text = all[name].replace("2023", "2022");
        all.insert(name.clone(), text);
    }
    let tie = sum(units(&all), &Ask::default(), Form::shipped()).expect_err("six against six");
    assert_eq!(tie, SumError::YearTie(vec![(2022, 6), (2023, 6)]));
    let asked = Ask { year: Some(2022), ..Ask::default() };
    assert_eq!(added(units(&all), &asked).count(), 6);
    let text = all[&names[6]].replace("2023", "2022");
    all.insert(names[6].clone(), text);
    assert_eq!(added(units(&all), &Ask::default()).year, 2022);
    let none = sum(units(&all), &Ask { year: Some(2019), ..Ask::default() }, Form::shipped());
    assert_eq!(none.expect_err("nobody reports on it"), SumError::NoneOfYear(2019));
    assert_eq!(sum(Vec::new(), &Ask::default(), Form::shipped()).expect_err("nobody"), SumError::NoReport);
}
