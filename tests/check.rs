//! Each rule violated by hand, with the finding computed by hand.

mod support {
    pub mod report;
}

use std::sync::Arc;

use gongkai::check::{SUM_CODES, check};
use gongkai::finding::{Code, Finding, Lang, Severity};
use gongkai::report::{Report, Tally};
use gongkai::template::Form;
use support::report::{add, clean, figure_mut, form, report, set};

/// A finding in one line: severity, code, field, expected, found, reading.
fn line(finding: &Finding) -> String {
    let or_dash = |text: Option<&str>| text.unwrap_or("-").to_owned();
    let mut line = format!(
        "{} {} {} {} {}",
        finding.severity.name(),
        finding.code.entry().name,
        or_dash(finding.field.as_ref().map(|key| key.as_str())),
        or_dash(finding.expected.as_deref()),
        or_dash(finding.found.as_deref()),
    );
    if let Some(reading) = finding.details.get("reading") {
        line += &format!(" {reading}");
    }
    line
}

fn checked_with(forms: &[Arc<Form>], report: &mut Report) -> Vec<String> {
    check(report, forms);
    // Hints say where an error may be, not what is wrong; they have tests of their own.
    report.findings.retain(|finding| finding.severity > Severity::Hint);
    report.findings.iter().map(line).collect()
}

/// The findings of a clean report after some changes.
#[track_caller]
fn finds(edition: &str, change: impl Fn(&mut Report), expected: &[&str]) {
    let mut report = clean(edition);
    change(&mut report);
    assert_eq!(checked_with(Form::shipped(), &mut report), expected);
    for finding in &report.findings {
        assert!(finding.place.is_some() && finding.origin.is_some(), "{finding:?}");
    }
}

#[test]
fn a_clean_report_has_no_findings() {
    for (edition, sums) in [("2021", 49), ("2019", 49)] {
        let mut report = clean(edition);
        assert_eq!(checked_with(Form::shipped(), &mut report), [""; 0]);
        // 2021: 7 + 7 + 25 + 7 + 3. 2019: 7 + 7 + 23 + 7 + 3, and 2 rows of 规章 and 规范性文件.
        let total = report.checks.total(SUM_CODES);
        assert_eq!(total, Tally { passed: sums, failed: 0, not_assessable: 0 }, "{edition}");
        assert_eq!(report.checks.of(Code::EditionOfYear).passed, 3);
    }
    let mut report = clean("2021");
    check(&mut report, Form::shipped());
    assert_eq!(report.checks.of(Code::NonNegative).passed, 200);
    // 200 figures less one amount of money.
    assert_eq!(report.checks.of(Code::Integral).passed, 199);
    // 示例市: with districts or without?
    assert_eq!(report.checks.of(Code::RulesPower).not_assessable, 1);
}

#[test]
fn a_report_checked_twice_says_everything_once() {
    let mut report = clean("2021");
    set(&mut report, "review_litigation.review.total", "131");
    report.findings.push(Finding::new(Code::LabelNear));
    check(&mut report, Form::shipped());
    let once = report.clone();
    check(&mut report, Form::shipped());
    assert_eq!(report, once);
    // The note, the sum that fails, and the five figures that could mend it.
    assert_eq!(report.findings.len(), 2 + 5);
    let json = serde_json::to_string(&report).expect("written");
    assert_eq!(serde_json::from_str::<Report>(&json).expect("read"), report);
    assert!(json.contains(r#""review_total":{"passed":0,"failed":1,"not_assessable":0}"#));
}

#[test]
fn balance() {
    // 3525 + 180 = 3705 against 3513 + 187 = 3700, so （七） would have to be 3705 − 187 = 3518.
    finds(
        "2021",
        |report| {
            add(report, "applications.new_received.natural_person", 5);
            add(report, "applications.new_received.total", 5);
        },
        &[
            "error balance applications.outcomes_total.natural_person 3518 3513",
            "error balance applications.outcomes_total.total 19996 19991",
        ],
    );
    let mut report = clean("2021");
    add(&mut report, "applications.new_received.natural_person", 5);
    check(&mut report, Form::shipped());
    let balance = &report.findings[0];
    let place = balance.place.as_ref().expect("a place");
    assert_eq!(place.table, "收到和处理政府信息公开申请情况");
    assert_eq!(place.row, "三、本年度办理结果 / （七）总计");
    assert_eq!(place.column, "自然人");
    let origin = balance.origin.expect("an origin");
    assert_eq!((origin.table, origin.row, origin.column), (Some(2), Some(24), Some(1)));
    assert!(
        balance
            .message(Lang::En)
            .contains("一 + 二 = 3705 should equal 三（七）+ 四 = 3700; the difference is 5. Check"),
        "{}",
        balance.message(Lang::En)
    );
}

#[test]
fn outcomes() {
    // The outcomes of natural persons still add up to 3513.
    finds(
        "2021",
        |report| {
            for (row, number) in [("outcomes_total", 7), ("carried_out", -7)] {
                add(report, &format!("applications.{row}.natural_person"), number);
                add(report, &format!("applications.{row}.total"), number);
            }
        },
        &[
            "error outcomes applications.outcomes_total.natural_person 3513 3520",
            "error outcomes applications.outcomes_total.total 19991 19998",
        ],
    );
}

#[test]
fn row_total() {
    finds(
        "2021",
        |report| {
            add(report, "applications.new_received.total", 3);
            add(report, "applications.carried_in.total", -3);
        },
        &[
            "error row_total applications.new_received.total 19909 19912",
            "error row_total applications.carried_in.total 1308 1305",
        ],
    );
}

#[test]
fn one_wrong_cell_breaks_its_row_and_its_column() {
    // 276 written as 267.
    finds(
        "2021",
        |report| set(report, "applications.denied.internal_affairs.legal_service", "267"),
        &[
            "error outcomes applications.outcomes_total.legal_service 3282 3291",
            "error row_total applications.denied.internal_affairs.total 1024 1033",
        ],
    );
}

#[test]
fn routes() {
    finds(
        "2021",
        |report| set(report, "review_litigation.review.total", "131"),
        &["error review_total review_litigation.review.total 130 131"],
    );
    finds(
        "2019",
        |report| set(report, "review_litigation.litigation_direct.pending", "64"),
        &["error litigation_direct_total review_litigation.litigation_direct.total 190 172"],
    );
    finds(
        "2021",
        |report| set(report, "review_litigation.litigation_after_review.upheld", "50"),
        &["error litigation_after_review_total review_litigation.litigation_after_review.total 214 215"],
    );
}

#[test]
fn carried_out_bound() {
    // Without outcomes nothing but the bound can be assessed: 6 > 3 + 2.
    let mut report = report(
        &form("2021"),
        "applications\n new_received 3 _ _ _ _ _ 3\n carried_in 2 _ _ _ _ _ 2\n carried_out 6 _ _ _ _ _ 6\n",
    );
    assert_eq!(
        checked_with(Form::shipped(), &mut report),
        [
            "error carried_out_bound applications.carried_out.natural_person 5 6",
            "error carried_out_bound applications.carried_out.total 5 6"
        ]
    );
    assert_eq!(report.checks.of(Code::CarriedOutBound), Tally { passed: 5, failed: 2, not_assessable: 0 });
    assert_eq!(report.checks.of(Code::Balance), Tally { passed: 0, failed: 0, not_assessable: 7 });
    assert_eq!(report.checks.of(Code::RowTotal), Tally { passed: 3, failed: 0, not_assessable: 22 });
}

#[test]
fn disclosed_bound() {
    finds(
        "2019",
        |report| set(report, "proactive.normative_documents.disclosed", "64"),
        &["warning disclosed_bound proactive.normative_documents.disclosed 63 64"],
    );
    // The total may be what is lacking; the figure disclosed is not.
    finds(
        "2019",
        |report| set(report, "proactive.rules.total", "/"),
        &["warning disclosed_bound proactive.rules.disclosed 0 3 blank_as_zero"],
    );
}

#[test]
fn values_by_themselves() {
    finds(
        "2021",
        |report| set(report, "proactive.licensing.decisions", "-4"),
        &["error non_negative proactive.licensing.decisions - -4"],
    );
    finds(
        "2021",
        |report| set(report, "proactive.penalties.decisions", "4.5"),
        &["error integral proactive.penalties.decisions - 4.5"],
    );
    finds(
        "2019",
        |report| {
            set(report, "proactive.licensing.change", "-3.5");
            set(report, "proactive.procurement.amount", "-0.01");
        },
        &[
            "error non_negative proactive.procurement.amount - -0.01",
            "error integral proactive.licensing.change - -3.5",
        ],
    );
    // 1.0 is whole.
    finds("2021", |report| set(report, "proactive.penalties.decisions", "95.0"), &[]);
}

#[test]
fn rules_power() {
    let named =
        |name: &'static str| move |report: &mut Report| report.organ.as_mut().expect("named").name = name.to_owned();
    finds("2021", named("示例县"), &["warning rules_power proactive.rules.issued 0 3"]);
    finds("2019", named("示例市示例区"), &["warning rules_power proactive.rules.made 0 4"]);
    finds("2021", named("示例省"), &[]);
    let township = |report: &mut Report| {
        named("中埠镇")(report);
        set(report, "proactive.rules.issued", "0");
        set(report, "proactive.rules.repealed", "/");
    };
    finds("2021", township, &["warning rules_power proactive.rules.in_force 0 41"]);
    let mut report = clean("2021");
    township(&mut report);
    check(&mut report, Form::shipped());
    assert!(report.findings[0].message(Lang::En).contains("中埠镇 reports rules (规章): 41;"));
    set(&mut report, "proactive.rules.in_force", "0");
    check(&mut report, Form::shipped());
    assert_eq!(report.checks.of(Code::RulesPower), Tally { passed: 1, failed: 0, not_assessable: 0 });
}

#[test]
fn fees_unit() {
    let county = |amount: &'static str| {
        move |report: &mut Report| {
            report.organ.as_mut().expect("named").name = "示例县财政局".to_owned();
            for column in ["issued", "repealed", "in_force"] {
                set(report, &format!("proactive.rules.{column}"), "0");
            }
            set(report, "proactive.fees.amount", amount);
        }
    };
    finds("2021", county("1000000.01"), &["warning fees_unit proactive.fees.amount 1000000 1000000.01"]);
    finds("2021", county("1000000"), &[]);
    finds("2021", |report| set(report, "proactive.fees.amount", "1000000.01"), &[]);
    // The cell itself says 元.
    let yuan = |report: &mut Report| {
        county("1000000.01")(report);
        figure_mut(report, "proactive.fees.amount").unit = "元".into();
    };
    finds("2021", yuan, &[]);
}

#[test]
fn edition_of_year() {
    finds("2019", |report| report.year = Some(2023), &["warning edition_of_year - 2021 2019"; 3]);
    // No form of ours was made for the year.
    finds("2021", |report| report.year = Some(2016), &["warning edition_of_year - - 2021"; 3]);
    finds("2021", |report| report.year = None, &[]);
    let mut report = clean("2019");
    report.year = Some(2023);
    report.tables[0].edition = None;
    check(&mut report, Form::shipped());
    assert_eq!(report.findings.len(), 2);
    let finding = &report.findings[0];
    assert_eq!(
        finding.message(Lang::Zh),
        "“收到和处理政府信息公开申请情况”表（第2个表）：该表为2019版，并非2023年度所用；该年度的版式：2021。请使用该年度的格式。"
    );
    assert_eq!(report.checks.of(Code::EditionOfYear), Tally { passed: 0, failed: 2, not_assessable: 0 });
}

#[test]
fn tables_of_two_editions_are_each_held_to_their_own() {
    let mut report = clean("2021");
    report.tables[1] = clean("2019").tables.remove(1);
    add(&mut report, "applications.other.total", 1);
    assert_eq!(
        checked_with(Form::shipped(), &mut report),
        [
            "error outcomes applications.outcomes_total.total 19546 19545",
            "error row_total applications.other.total 771 772",
            "warning edition_of_year - 2021 2019",
        ]
    );
}

#[test]
fn a_blank_that_may_stand_for_what_is_lacking_is_a_warning() {
    finds(
        "2021",
        |report| set(report, "review_litigation.review.total", "_"),
        &["warning review_total review_litigation.review.total 130 blank blank_as_zero"],
    );
    finds(
        "2021",
        |report| set(report, "review_litigation.review.pending", "/"),
        &["warning review_total review_litigation.review.total 96 130 blank_as_zero"],
    );
    let mut report = clean("2021");
    set(&mut report, "review_litigation.review.total", "_");
    check(&mut report, Form::shipped());
    let finding = &report.findings[0];
    assert_eq!(
        finding.message(Lang::En),
        "table “政府信息公开行政复议、行政诉讼情况”, row “行政复议”, column “总计” (table 3, row 1, column 5): \
         the results add up to 130, 总计 reads blank. Blank cells were read as 0; a number in one of them could make \
         it hold. Find the figure that was miscounted, or mend the total."
    );
    assert_eq!(
        finding.message(Lang::Zh),
        "“政府信息公开行政复议、行政诉讼情况”表“行政复议”行“总计”列（第3个表第1行第5列）：\
         各项结果之和为 130，总计为 空白。空白格按 0 计；若其中应有数值，则可能相符。请查找误计的数据，或更正总计。"
    );
}

#[test]
fn a_correction_leaves_room_for_what_is_missing() {
    let missing = ["natural_person", "business", "research", "public_welfare", "legal_service", "other", "total"];
    let mut report = clean("2021");
    for column in missing {
        set(&mut report, &format!("applications.not_processed.repeated.{column}"), "?");
    }
    let parts = missing[..6].iter().map(|column| {
        let key = format!("applications.not_processed.repeated.{column}");
        clean("2021")
            .figure(&gongkai::template::Key::new(&key))
            .and_then(|figure| figure.value.number())
            .expect("a number")
    });
    let parts: Vec<_> = parts.collect();
    let more = *parts.iter().min().expect("six") + rust_decimal::Decimal::ONE;
    add(&mut report, "applications.granted.total", i64::try_from(more).expect("small"));
    check(&mut report, Form::shipped());
    let hints = report.findings.iter().filter(|finding| finding.code == Code::LikelyCorrection);
    let places: Vec<String> = hints.filter_map(|finding| finding.field.as_ref()).map(ToString::to_string).collect();
    // A part of 予以公开 that grows leaves less for the missing row, which is not under 0.
    let fits = missing[..6].iter().zip(&parts).filter(|(_, part)| **part >= more).map(|(column, _)| *column);
    let mut wanted: Vec<String> =
        fits.chain(["total"]).map(|column| format!("applications.granted.{column}")).collect();
    assert!((2..7).contains(&wanted.len()), "{parts:?}");
    wanted.sort();
    let mut found = places;
    found.sort();
    assert_eq!(found, wanted);
}

#[test]
fn a_blank_that_cannot_help_leaves_an_error() {
    // 31 + 32 + 33 + blank is already more than 90.
    finds(
        "2021",
        |report| {
            set(report, "review_litigation.review.pending", "_");
            set(report, "review_litigation.review.total", "90");
        },
        &["error review_total review_litigation.review.total 96 90 any_reading"],
    );
}

#[test]
fn a_blank_that_reads_well_as_zero_passes() {
    finds(
        "2021",
        |report| {
            set(report, "review_litigation.review.pending", "_");
            set(report, "review_litigation.review.total", "96");
        },
        &[],
    );
}

#[test]
fn what_is_lacking_cannot_be_assessed() {
    for word in ["?", "~", "!"] {
        let mut report = clean("2021");
        set(&mut report, "applications.granted.business", word);
        // The row no longer adds up either, but nobody can know.
        add(&mut report, "applications.granted.research", 1);
        assert_eq!(
            checked_with(Form::shipped(), &mut report),
            ["error outcomes applications.outcomes_total.research 3382 3381"]
        );
        assert_eq!(report.checks.of(Code::RowTotal), Tally { passed: 24, failed: 0, not_assessable: 1 });
        assert_eq!(report.checks.of(Code::Outcomes), Tally { passed: 5, failed: 1, not_assessable: 1 });
        assert_eq!(report.checks.of(Code::Integral), Tally { passed: 198, failed: 0, not_assessable: 1 });
    }
    let mut nothing = report(&form("2021"), "");
    assert_eq!(checked_with(Form::shipped(), &mut nothing), [""; 0]);
    assert_eq!(nothing.checks.total(SUM_CODES), Tally { passed: 0, failed: 0, not_assessable: 49 });
    // A form that is not at hand: nothing to say.
    let mut unknown = clean("2021");
    assert_eq!(checked_with(&[form("2019")], &mut unknown), [""; 0]);
    assert!(unknown.checks.is_empty());
}

/// 上海市政府办公厅 2019: the column 总计 is empty except in （七）总计.
#[test]
fn a_column_of_totals_left_blank() {
    let form = form("2019");
    let mut report = clean("2019");
    let rows: Vec<String> = form.tables[1].blocks[0].rows.iter().map(|row| row.id.clone()).collect();
    for row in rows.iter().filter(|row| *row != "outcomes_total") {
        set(&mut report, &format!("applications.{row}.total"), "_");
    }
    let lines = checked_with(Form::shipped(), &mut report);
    // The balance, the sum of outcomes, and 22 of the 23 rows.
    assert_eq!(lines.len(), 2 + 22);
    assert_eq!(lines[0], "warning balance applications.outcomes_total.total 0 19545 blank_as_zero");
    assert_eq!(lines[1], "warning outcomes applications.outcomes_total.total 0 19545 blank_as_zero");
    assert_eq!(lines[2], "warning row_total applications.new_received.total 19518 blank blank_as_zero");
    assert!(report.findings.iter().all(|finding| finding.severity == Severity::Warning));
    // Rows of zeros need no total.
    for column in ["natural_person", "business", "research", "public_welfare", "legal_service", "other"] {
        set(&mut report, &format!("applications.carried_in.{column}"), "0");
    }
    checked_with(Form::shipped(), &mut report);
    let carried_in = |finding: &&Finding| finding.field.as_ref().is_some_and(|key| key.as_str().contains("carried_in"));
    assert_eq!(report.findings.iter().filter(carried_in).count(), 0);
}

#[test]
fn numbers_of_any_length_are_added_exactly() {
    const MOST: &str = "79228162514264337593543950335";
    finds(
        "2021",
        |report| {
            set(report, "review_litigation.review.upheld", MOST);
            set(report, "review_litigation.review.corrected", MOST);
            set(report, "review_litigation.review.other", MOST);
        },
        &["error review_total review_litigation.review.total 237684487542793012780631851039 130"],
    );
    finds(
        "2021",
        |report| {
            set(report, "review_litigation.review.upheld", "-79228162514264337593543950335");
            set(report, "review_litigation.review.total", MOST);
        },
        &[
            "error review_total review_litigation.review.total -79228162514264337593543950236 79228162514264337593543950335",
            "error non_negative review_litigation.review.upheld - -79228162514264337593543950335",
        ],
    );
    // `Decimal` would round 7922816251426433759354395033 + 0.05 to a whole number.
    finds(
        "2021",
        |report| {
            set(report, "review_litigation.review.upheld", "7922816251426433759354395033");
            set(report, "review_litigation.review.corrected", "0.05");
            set(report, "review_litigation.review.total", "7922816251426433759354395100");
        },
        &[
            "error review_total review_litigation.review.total 7922816251426433759354395100.05 7922816251426433759354395100",
            "error integral review_litigation.review.corrected - 0.05",
        ],
    );
}

/// A form of the user's own: its rules need no code.
const OWN: &str = "
edition = 'own'
source = 'made up'
first_year = 2030
[[table]]
id = 't'
code = 't'
section = 's'
title = 'T'
layout = 'matrix'
[[table.block]]
[[table.block.column]]
id = 'count'
code = 'c'
label = '数量'
unit = '件'
[[table.block.column]]
id = 'change'
code = 'd'
label = '增减'
unit = '件'
kind = 'change'
[[table.block.column]]
id = 'fee'
code = 'f'
label = '金额'
unit = '万元'
kind = 'amount'
[[table.block.row]]
id = 'all'
code = 'all'
label = '合计'
[[table.block.row]]
id = 'a'
code = 'a'
label = '甲'
[[table.block.row]]
id = 'b'
code = 'b'
label = '乙'
optional = true
[[table.identity]]
code = 'parts'
level = 'soft'
per = 'column'
relation = 'equal'
left = ['all']
right = ['a', 'b']
";

#[test]
fn the_rules_of_a_users_own_form() {
    let forms = [Arc::new(Form::from_toml(OWN).expect("a form"))];
    let found = |text: &str| {
        let mut report = report(&forms[0], text);
        (checked_with(&forms, &mut report), report)
    };
    let (lines, report) = found("t\n all 6 -1 7.30\n a 4 -3 5.2\n b 1 2 2.1\n");
    assert_eq!(lines, ["warning sum_rule t.all.count 5 6"]);
    assert!(report.findings[0].message(Lang::En).contains("the rule “parts” wants 5, found 6."));
    // A row that stands in some places only is not missed.
    let (lines, report) = found("t\n all 4 -3 5.2\n a 4 -3 5.2\n");
    assert!(lines.is_empty());
    assert_eq!(report.checks.of(Code::SumRule), Tally { passed: 3, failed: 0, not_assessable: 0 });
    // A change may be negative, so a blank one may stand for anything; a blank count may not.
    let (lines, _) = found("t\n all 1 1 0\n a 2 2 0\n b _ _ _\n");
    assert_eq!(
        lines,
        ["warning sum_rule t.all.count 2 1 any_reading", "warning sum_rule t.all.change 2 1 blank_as_zero"]
    );
    // Amounts in different units are not added.
    let mut report = support::report::report(&forms[0], "t\n all 1 1 5\n a 1 1 5\n");
    figure_mut(&mut report, "t.a.fee").unit = "元".into();
    assert!(checked_with(&forms, &mut report).is_empty());
    assert_eq!(report.checks.of(Code::SumRule), Tally { passed: 2, failed: 0, not_assessable: 1 });
}
