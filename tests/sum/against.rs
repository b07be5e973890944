//! The sum against a draft: every difference, and the one unit that explains it.

use gongkai::finding::Lang;
use gongkai::report::consolidation::Unit;
use gongkai::report::{Amount, Exact, Report, Value};
use gongkai::sum::Ask;

use super::{added, draft, expected, texts, unit, units};

/// A draft by figure: what the stored sums give, changed by `change` of the field, its sum and the units' figures.
fn drafted(change: impl Fn(&str, &[Amount]) -> rust_decimal::Decimal) -> Unit {
    let mut draft = draft();
    let report = draft.report.as_mut().expect("a report");
    let all = expected();
    for figure in report.tables.iter_mut().flat_map(|table| &mut table.figures) {
        let numbers = &all[figure.key.as_str()];
        figure.value = Value::Number(Amount(change(figure.key.as_str(), numbers)));
    }
    draft
}

/// Fields that differ with the difference, and the sentences about causes.
fn differences(units: Vec<Unit>, draft: &Unit) -> (Vec<(String, String)>, Vec<String>) {
    let sum = added(units, &Ask { against: Some(draft), ..Ask::default() });
    let nothing = Exact::default();
    let differing = sum.totals.iter().filter(|total| total.difference.is_some_and(|off| off != nothing));
    let differing: Vec<_> =
        differing.map(|total| (total.key.to_string(), total.difference.expect("one").to_string())).collect();
    let of = |name: &str| {
        let findings = sum.report.findings.iter().filter(|finding| finding.code.entry().name == name);
        findings.map(|finding| finding.message(Lang::En)).collect::<Vec<_>>()
    };
    assert_eq!(of("total_differs").len(), differing.len());
    (differing, of("likely_cause"))
}

#[test]
fn a_draft_that_is_the_sum_has_no_finding() {
    let draft = drafted(|_, numbers| numbers[0].0);
    let sum = added(units(&texts()), &Ask { against: Some(&draft), ..Ask::default() });
    assert_eq!(super::said(&sum), Vec::<String>::new());
    assert!(sum.totals.iter().all(|total| total.difference == Some(Exact::default())));
    assert_eq!(sum.report.title.expect("a title").text, "示例县人民政府2023年政府信息公开工作年度报告");
}

#[test]
fn the_stored_draft_leaves_one_unit_out_and_has_a_slip() {
    let (differing, causes) = differences(units(&texts()), &draft());
    let column = 5; // 水利局
    let mut wanted: Vec<(String, String)> = Vec::new();
    for (field, numbers) in expected() {
        let slip = if field == "proactive.licensing.decisions" { 3 } else { 0 };
        let off = (rust_decimal::Decimal::from(slip) - numbers[column].0).normalize();
        if !off.is_zero() {
            wanted.push((field, off.to_string()));
        }
    }
    let mut found = differing.clone();
    found.sort();
    assert_eq!(found, wanted);
    let [cause] = causes.as_slice() else { panic!("{causes:?}") };
    assert!(cause.starts_with("“示例县水利局” (05水利局.txt) is probably not in the draft: that explains"), "{cause}");
    assert!(cause.contains(&format!("explains {} of the {} figures", wanted.len() - 1, wanted.len())), "{cause}");
}

#[test]
fn a_unit_counted_twice_is_named() {
    let draft = drafted(|_, numbers| numbers[0].0 + numbers[10].0);
    let (differing, causes) = differences(units(&texts()), &draft);
    let [cause] = causes.as_slice() else { panic!("{causes:?}") };
    assert!(
        cause.starts_with("“示例县东山镇人民政府” (10东山镇人民政府.txt) is probably in the draft twice"),
        "{cause}"
    );
    assert!(cause.contains(&format!("explains {0} of the {0} figures", differing.len())), "{cause}");
}

#[test]
fn a_unit_left_out_of_one_row_is_named_with_the_row() {
    let draft = drafted(|field, numbers| {
        if field.starts_with("applications.new_received.") { numbers[0].0 - numbers[2].0 } else { numbers[0].0 }
    });
    let (_, causes) = differences(units(&texts()), &draft);
    let [cause] = causes.as_slice() else { panic!("{causes:?}") };
    assert!(cause.contains("示例县教育局") && cause.contains("“一、本年新收政府信息公开申请数量”"), "{cause}");
}

#[test]
fn last_years_report_in_the_draft_is_named() {
    let mut all = texts();
    let old = all["03公安局.txt"].replace("2023", "2022").replace("行政许可 | ", "行政许可 | 9");
    all.insert("旧.txt".to_owned(), old.clone());
    let old = unit("旧.txt", &old).report.expect("a report");
    let draft = drafted(|field, numbers| {
        let instead = old.figure(&gongkai::template::Key::new(field)).and_then(|figure| figure.value.number());
        numbers[0].0 - numbers[3].0 + instead.expect("a number")
    });
    let (differing, causes) = differences(units(&all), &draft);
    assert_eq!(differing.len(), 1);
    let [cause] = causes.as_slice() else { panic!("{causes:?}") };
    assert!(cause.starts_with("the draft probably has “示例县公安局” by 旧.txt instead of 03公安局.txt"), "{cause}");
}

#[test]
fn a_slip_that_no_unit_explains_has_no_cause() {
    for off in [1, 5, 7_777] {
        let draft = drafted(|field, numbers| {
            if field == "proactive.licensing.decisions" {
                numbers[0].0 + rust_decimal::Decimal::from(off)
            } else {
                numbers[0].0
            }
        });
        let (differing, causes) = differences(units(&texts()), &draft);
        assert_eq!((differing.len(), causes.len()), (1, 0), "{off}: {causes:?}");
    }
}

#[test]
fn two_units_that_explain_the_same_are_none() {
    let mut all = texts();
    // Two offices of equal figures: nobody can tell which of them was left out.
    let twin = all["02教育局.txt"].replace("示例县教育局", "示例县体育局");
    let left_out = |field: &str, numbers: &[Amount]| {
        let _ = field;
        numbers[0].0
    };
    all.insert("13体育局.txt".to_owned(), twin);
    let (differing, causes) = differences(units(&all), &drafted(left_out));
    assert!(differing.len() > 50);
    assert_eq!(causes, Vec::<String>::new());
}

#[test]
fn a_draft_that_lacks_figures_or_is_of_another_year_is_said() {
    let mut draft = drafted(|_, numbers| numbers[0].0);
    let report: &mut Report = draft.report.as_mut().expect("a report");
    report.year = Some(2022);
    report.tables[2].figures.iter_mut().for_each(|figure| figure.value = Value::Missing);
    report.tables[0].figures[6].value = Value::Unreadable;
    let sum = added(units(&texts()), &Ask { against: Some(&draft), ..Ask::default() });
    let said = super::said(&sum);
    let wanted = [
        "draft_off_year 示例县人民政府",
        "draft_lacks proactive.licensing.decisions",
        "draft_lacks 政府信息公开行政复议、行政诉讼情况",
    ];
    assert_eq!(said, wanted);
}

#[test]
fn a_blank_in_the_draft_is_nothing_and_differs_from_a_number_only() {
    let mut draft = drafted(|_, numbers| numbers[0].0);
    let report = draft.report.as_mut().expect("a report");
    // 规章 is 0 with every unit.
    report.tables[0].figures[0].value = Value::Blank;
    report.tables[0].figures[1].value = Value::NotApplicable;
    report.tables[0].figures[6].value = Value::Blank;
    let (differing, _) = differences(units(&texts()), &draft);
    assert_eq!(
        differing,
        [("proactive.licensing.decisions".to_owned(), format!("-{}", expected()["proactive.licensing.decisions"][0]))]
    );
}

#[test]
fn the_draft_itself_among_the_units_is_not_added() {
    let draft = draft();
    let mut all = units(&texts());
    all.push(draft.clone());
    let sum = added(all, &Ask { against: Some(&draft), ..Ask::default() });
    assert_eq!((sum.count(), sum.units.len()), (12, 13));
    assert_eq!(super::said(&sum)[0], "unit_is_whole 示例县人民政府");
    assert_eq!(sum.report.findings[0].severity.name(), "note");
}

/// The draft without some units and with others twice, by their columns.
fn without_and_twice(without: &[usize], twice: &[usize]) -> Unit {
    drafted(|_, numbers| {
        let of = |columns: &[usize]| columns.iter().map(|at| numbers[*at].0).sum::<rust_decimal::Decimal>();
        numbers[0].0 - of(without) + of(twice)
    })
}

#[test]
fn two_units_that_explain_together_are_named() {
    let (differing, causes) = differences(units(&texts()), &without_and_twice(&[2, 10], &[]));
    let [cause] = causes.as_slice() else { panic!("{causes:?}") };
    assert!(
        cause.starts_with(
            "“示例县教育局” (02教育局.txt) is probably not in the draft, and “示例县东山镇人民政府” (10东山镇人民政府.txt) is \
             probably not in the draft: that explains"
        ),
        "{cause}"
    );
    assert!(cause.contains(&format!("explains {0} of the {0} figures", differing.len())), "{cause}");
    let (_, causes) = differences(units(&texts()), &without_and_twice(&[5], &[3]));
    let [cause] = causes.as_slice() else { panic!("{causes:?}") };
    assert!(cause.contains("“示例县公安局” (03公安局.txt) is probably in the draft twice"), "{cause}");
    assert!(cause.contains("“示例县水利局” (05水利局.txt) is probably not in the draft"), "{cause}");
}

#[test]
fn slips_that_no_pair_explains_have_no_cause() {
    for (first, second, third) in [(9_871, 54_321, 0), (88, 1_234, 567_891), (12, 13, 14)] {
        let draft = drafted(|field, numbers| {
            let off = match field {
                "proactive.licensing.decisions" => first,
                "proactive.penalties.decisions" => second,
                "applications.new_received.business" => third,
                _ => 0,
            };
            numbers[0].0 + rust_decimal::Decimal::from(off)
        });
        let (_, causes) = differences(units(&texts()), &draft);
        assert!(causes.is_empty(), "{causes:?}");
    }
}

#[test]
fn every_pair_is_the_only_one_named() {
    for first in 1..=12 {
        for second in first + 1..=12 {
            for twice in [&[][..], &[second]] {
                let without: Vec<usize> = if twice.is_empty() { vec![first, second] } else { vec![first] };
                let (_, causes) = differences(units(&texts()), &without_and_twice(&without, twice));
                let names = |at: usize| texts().keys().nth(at - 1).expect("a unit").clone();
                let [cause] = causes.as_slice() else { panic!("{first} {second} {twice:?}: {causes:?}") };
                assert!(cause.contains(&names(first)) && cause.contains(&names(second)), "{first} {second}: {cause}");
                assert!(!cause.contains("one of"), "{cause}");
            }
        }
    }
}

#[test]
fn several_pairs_are_listed_up_to_three() {
    let mut all = texts();
    let twins = ["示例县体育局", "示例县档案馆", "示例县信访局", "示例县司法局"];
    for (at, twin) in twins.iter().take(2).enumerate() {
        all.insert(format!("{}{twin}.txt", 13 + at), all["02教育局.txt"].replace("示例县教育局", twin));
    }
    // The sum has the twins, the draft has them too, but one of the three and another unit are not in it.
    let missing = |twins: i64| {
        drafted(move |_, numbers| numbers[0].0 + numbers[2].0 * rust_decimal::Decimal::from(twins - 1) - numbers[10].0)
    };
    let (_, causes) = differences(units(&all), &missing(2));
    let [cause] = causes.as_slice() else { panic!("{causes:?}") };
    assert!(cause.starts_with("one of 3 pairs: ") && !cause.contains("or other pairs"), "{cause}");
    for (at, twin) in twins.iter().enumerate().skip(2) {
        all.insert(format!("{}{twin}.txt", 13 + at), all["02教育局.txt"].replace("示例县教育局", twin));
    }
    let (_, causes) = differences(units(&all), &missing(4));
    let [cause] = causes.as_slice() else { panic!("{causes:?}") };
    assert!(cause.starts_with("one of 5 pairs: ") && cause.contains("or other pairs"), "{cause}");
}

#[test]
fn pairs_of_two_hundred_units_are_found_in_time() {
    let base = &texts()["02教育局.txt"];
    let report = unit("02教育局.txt", base).report.expect("a report");
    // Figures that no two units share; nothing of this is held to the form's own sums.
    let of = |number: u64| {
        let mut report = report.clone();
        let organ = report.organ.as_mut().expect("an organ");
        organ.name = format!("示例县第{number}局");
        for (at, figure) in report.tables.iter_mut().flat_map(|table| &mut table.figures).enumerate() {
            let mixed = (number * 7_919 + at as u64 * 104_729) * 2_654_435_761 % 997;
            figure.value = Value::Number(Amount::from(i64::try_from(mixed).expect("small")));
        }
        Unit::of_report(&format!("{number:03}.txt"), "", report)
    };
    let all: Vec<Unit> = (0..200).map(of).collect();
    let mut whole = draft();
    let figures = |unit: &Unit| -> Vec<rust_decimal::Decimal> {
        let report = unit.report.as_ref().expect("a report");
        report.figures().map(|figure| figure.value.number().expect("a number")).collect()
    };
    let columns: Vec<Vec<rust_decimal::Decimal>> = all.iter().map(figures).collect();
    let report_of_whole = whole.report.as_mut().expect("a report");
    report_of_whole.tables = report.tables.clone();
    for (at, figure) in report_of_whole.tables.iter_mut().flat_map(|table| &mut table.figures).enumerate() {
        let sum: rust_decimal::Decimal = columns.iter().map(|column| column[at]).sum();
        figure.value = Value::Number(Amount(sum - columns[17][at] - columns[133][at]));
    }
    let begun = std::time::Instant::now();
    let (differing, causes) = differences(all, &whole);
    let taken = begun.elapsed();
    let [cause] = causes.as_slice() else { panic!("{causes:?}") };
    assert!(differing.len() > 150 && cause.contains("017.txt") && cause.contains("133.txt"), "{cause}");
    println!("200 units, {} figures: {taken:?}", report.figures().count());
    assert!(taken.as_secs() < 20, "{taken:?}, without optimisation and beside other tests");
}
