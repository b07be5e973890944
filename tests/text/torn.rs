//! Labels and lines of numbers that a converter has put apart.

use gongkai::report::{Report, Value};

use crate::report;

/// The value of a figure: its number, or its state.
fn value(report: &Report, field: &str) -> String {
    let figure = report.figures().find(|figure| figure.key.as_str() == field).expect("a figure");
    match figure.value {
        Value::Number(number) => number.to_string(),
        other => other.state().to_owned(),
    }
}

const HEAD: &str = "示例市东湖区人民政府2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\
    一、本年新收政府信息公开申请数量\n30\n9\n3\n4\n3\n4\n53\n";
const SECRET: &str = "applications.denied.state_secret.natural_person";
const PROHIBITED: &str = "applications.denied.prohibited_by_law.natural_person";
const SECURITY: &str = "applications.denied.security_and_stability.natural_person";
const TWO_LINES: &str = "0\n24\n18\n35\n11\n22\n110\n13\n10\n9\n29\n18\n4\n83\n";

#[test]
fn a_label_before_two_lines_of_numbers_owns_neither() {
    // The label of one of them is lost: which, the sums cannot tell.
    let text =
        format!("{HEAD}2.其他法律行政法规禁止公开\n{TWO_LINES}3.危及“三安全一稳定”\n10\n36\n32\n40\n25\n11\n154\n");
    let report = report(&text);
    assert_eq!(value(&report, PROHIBITED), "ambiguous");
    assert_eq!(value(&report, SECURITY), "10");
    assert_eq!(value(&report, "applications.new_received.total"), "53");
}

#[test]
fn a_label_behind_a_part_of_its_groups_counts_among_those_that_wait() {
    let text = format!("{HEAD}（三）不予 1.属于国家秘密\n公开\n2.其他法律行政法规禁止公开\n{TWO_LINES}");
    let report = report(&text);
    // Two labels before two lines: their order is the form's, but other rows are gone, so no sum proves it.
    assert_eq!([value(&report, SECRET), value(&report, PROHIBITED)], ["ambiguous"; 2]);
}
