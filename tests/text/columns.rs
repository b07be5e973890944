//! Headers whose columns stand in another order than the form's, twice, or in another unit.

use gongkai::report::{Report, Value};

use crate::report;

/// The value of a figure: its number, or its state.
fn value(report: &Report, field: &str) -> String {
    let figure = report.figures().find(|figure| figure.key.as_str() == field).expect("a figure");
    match figure.value {
        Value::Number(number) => format!("{number} {}", figure.unit),
        other => other.state().to_owned(),
    }
}

fn values<const N: usize>(text: &str, fields: [&str; N]) -> [String; N] {
    let report = report(text);
    fields.map(|field| value(&report, field))
}

const TITLE: &str = "示例市东湖区人民政府2022年政府信息公开工作年度报告\n";
const KINDS: [&str; 3] = [
    "applications.new_received.natural_person",
    "applications.new_received.business",
    "applications.new_received.research",
];

fn applications(header: &str, rows: &str) -> String {
    format!("{TITLE}三、收到和处理政府信息公开申请情况\n申请人情况\n{header}\n{rows}\n")
}

#[test]
fn figures_of_flattened_text_are_placed_in_the_order_of_the_form_only_where_the_header_has_it() {
    let rows = "一、本年新收政府信息公开申请数量 350 422 462 415 345 358 2352\n二、上年结转政府信息公开申请数量 3 5 4 2 6 9 29";
    let usual = applications("自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他", rows);
    assert_eq!(values(&usual, KINDS), ["350 件", "422 件", "462 件"]);
    // The sums hold in whatever order the kinds of applicants stand.
    for header in [
        "自然人 法人或其他组织 总计\n商业企业 社会公益组织 科研机构 法律服务机构 其他",
        "法人或其他组织 自然人 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他",
    ] {
        assert_eq!(values(&applications(header, rows), KINDS), ["ambiguous"; 3], "{header}");
    }
}

#[test]
fn a_group_in_a_line_of_its_own_stands_nowhere_among_the_columns() {
    let text = format!(
        "{TITLE}三、收到和处理政府信息公开申请情况\n\
         {}申请人情况\n（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）{}法人或其他组织\n\
         {}自然人{}总计\n{}商业企业 科研机构 社会公益组织 法律服务机构 其他\n\
         一、本年新收政府信息公开申请数量{}366   508   460   319   365   312   2330\n\
         二、上年结转政府信息公开申请数量{}3     1     0     8     3     9     24\n",
        " ".repeat(46),
        " ".repeat(18),
        " ".repeat(46),
        " ".repeat(32),
        " ".repeat(52),
        " ".repeat(37),
        " ".repeat(37),
    );
    assert_eq!(values(&text, KINDS), ["366 件", "508 件", "460 件"]);
}

#[test]
fn results_of_reviews_are_read_by_their_header() {
    let row = "29 | 2 | 11 | 1 | 43 | 12 | 0 | 9 | 3 | 24 | 20 | 4 | 6 | 14 | 44";
    let results = ["结果维持 | 结果纠正 | 尚未审结 | 其他结果 | 总计"; 3].join(" | ");
    let text = format!(
        "{TITLE}四、政府信息公开行政复议、行政诉讼情况\n\
         | 行政复议 | | | | | 行政诉讼 | | | | | | | | | |\n|{}\n\
         | | | | | | 未经复议直接起诉 | | | | | 复议后起诉 | | | | |\n| {results} |\n| {row} |\n",
        "---|".repeat(15)
    );
    let fields = ["review.other", "review.pending", "litigation_direct.pending", "litigation_after_review.other"]
        .map(|field| format!("review_litigation.{field}"));
    let fields = [&*fields[0], &*fields[1], &*fields[2], &*fields[3]];
    assert_eq!(values(&text, fields), ["1 件", "11 件", "9 件", "14 件"]);
}

fn beside(first: &str, second: &str) -> String {
    let leaves = "<td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td>";
    let kinds = "<td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td>";
    let row = |label: &str, figures: &[u32]| {
        let cells: String = figures.iter().map(|figure| format!("<td>{figure}</td>")).collect();
        format!("<tr><td colspan=3>{label}</td>{cells}</tr>")
    };
    format!(
        "<h1>{TITLE}</h1><p>三、收到和处理政府信息公开申请情况</p><table>\
         <tr><td rowspan=3 colspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan=7>{first}</td><td colspan=7>{second}</td></tr>\
         <tr>{kinds}{kinds}</tr><tr>{leaves}{leaves}</tr>{}{}</table>",
        row("一、本年新收政府信息公开申请数量", &[11, 1, 0, 0, 0, 2, 14, 7, 3, 0, 0, 1, 0, 11]),
        row("二、上年结转政府信息公开申请数量", &[2, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 1]),
    )
}

#[test]
fn of_columns_that_stand_twice_those_of_the_year_are_the_reports() {
    assert_eq!(values(&beside("本年", "上年"), KINDS), ["11 件", "1 件", "0 件"]);
    assert_eq!(values(&beside("上年同期", "申请人情况"), KINDS), ["7 件", "3 件", "0 件"]);
    assert_eq!(values(&beside("区级部门", "乡镇街道"), KINDS), ["ambiguous"; 3]);
}

#[test]
fn the_unit_of_money_is_what_the_header_or_the_label_states() {
    for (header, label, amount) in [
        ("本年收费金额（单位：万元）", "行政事业性收费", "66913.5 万元"),
        ("本年收费金额（单位：元）", "行政事业性收费", "66913.5 元"),
        ("本年收费金额（单位：千元）", "行政事业性收费", "66913.5 千元"),
        ("本年收费金额", "行政事业性收费（元）", "66913.5 元"),
    ] {
        let text =
            format!("{TITLE}二、主动公开政府信息情况\n第二十条第（八）项\n信息内容\t{header}\n{label}\t66913.5\n");
        assert_eq!(values(&text, ["proactive.fees.amount"]), [amount], "{header}, {label}");
    }
}

#[test]
fn a_sentence_about_money_is_compared_in_the_unit_that_the_header_states() {
    let said = |sentence: &str| {
        let text = format!(
            "{TITLE}一、总体情况\n{sentence}\n二、主动公开政府信息情况\n第二十条第（八）项\n\
             信息内容\t本年收费金额（单位：元）\n行政事业性收费\t66913.5\n"
        );
        report(&text).claims.iter().map(|claim| format!("{:?}", claim.verdict)).collect::<Vec<_>>()
    };
    assert_eq!(said("收取行政事业性收费6.69135万元。"), ["Agrees"]);
    assert_eq!(said("收取行政事业性收费66913.5元。"), ["Agrees"]);
    assert_eq!(said("收取行政事业性收费66913.5万元。"), ["Disagrees"]);
}
