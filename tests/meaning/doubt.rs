//! What a person would not be sure of is no figure, and what is said beside a number is not passed over.

use gongkai::report::{Report, Value};

fn report(body: &str, year: i32) -> Report {
    let page = format!("<h1>示例市东湖区人民政府{year}年政府信息公开工作年度报告</h1>{body}");
    let mut reports = gongkai::extract(page.as_bytes(), &gongkai::Options::default()).expect("a report").reports;
    reports.remove(0)
}

/// The value of a figure with its unit, or its state.
fn value(report: &Report, field: &str) -> String {
    let Some(figure) = report.figures().find(|figure| figure.key.as_str() == field) else { return "missing".into() };
    match figure.value {
        Value::Number(number) => format!("{number} {}", figure.unit),
        other => other.state().to_owned(),
    }
}

fn decisions(rows: &str) -> String {
    format!(
        "<p>二、主动公开政府信息情况</p><table border=1><tr><td colspan=2>第二十条第（五）项</td></tr>\
         <tr><td>信息内容</td><td>本年处理决定数量</td></tr>{rows}</table>"
    )
}

fn licensing(cell: &str) -> String {
    let rows = format!("<tr><td>行政许可</td><td>{cell}</td></tr>");
    value(&report(&decisions(&rows), 2022), "proactive.licensing.decisions")
}

#[test]
fn brackets_that_may_change_a_number_leave_it_unread() {
    for cell in [
        "2（更正为3）",
        "3（本级）2（下属）",
        "0（实为3）",
        "3（作废）",
        "3（上年数）",
        "3（%）",
        "3（万件）",
        "3（注销2件）",
    ] {
        assert_eq!(licensing(cell), "unreadable", "{cell}");
    }
    for cell in ["3（件）", "3（含上年结转1件）", "3（其中乡镇1件）", "3（注1）"] {
        assert_eq!(licensing(cell), "3 件", "{cell}");
    }
}

#[test]
fn two_numbers_in_a_cell_are_none() {
    for cell in ["106<br>256", "<p>50</p><p>23</p>"] {
        assert_eq!(licensing(cell), "ambiguous", "{cell}");
    }
    // What a narrow column broke is shorter behind the break.
    assert_eq!(licensing("1361<br>2"), "13612 件");
}

#[test]
fn marks_below_the_line_and_what_is_not_seen_are_no_digits() {
    for cell in ["12<sub>2</sub>", "<span style='font-size:0'>3</span>12", "<span style='opacity:0'>3</span>12"] {
        assert_eq!(licensing(cell), "12 件", "{cell}");
    }
}

#[test]
fn a_number_over_two_rows_is_of_neither() {
    let page = |cell: &str| {
        let rows = format!("<tr><td>行政处罚</td><td rowspan=2>{cell}</td></tr><tr><td>行政强制</td></tr>");
        let report = report(&decisions(&rows).replace("（五）", "（六）"), 2022);
        ["proactive.penalties.decisions", "proactive.compulsion.decisions"].map(|field| value(&report, field))
    };
    assert_eq!(page("120"), ["ambiguous"; 2]);
    assert_eq!(page("0"), ["0 件"; 2]);
    assert_eq!(page("/"), ["not_applicable"; 2]);
}

#[test]
fn the_sign_of_a_change_is_what_is_said() {
    let change = |header: &str, cell: &str| {
        let rows = format!(
            "<p>二、主动公开政府信息情况</p><table border=1><tr><td colspan=4>第二十条第（五）项</td></tr>\
             <tr><td>信息内容</td><td>上一年项目数量</td><td>{header}</td><td>处理决定数量</td></tr>\
             <tr><td>行政许可</td><td>90</td><td>{cell}</td><td>100</td></tr></table>"
        );
        value(&report(&rows, 2020), "proactive.licensing.change")
    };
    assert_eq!(change("本年增/减", "5（减少）"), "-5 项");
    assert_eq!(change("本年增/减", "5（↓）"), "-5 项");
    assert_eq!(change("本年增/减", "5"), "5 项");
    for header in ["本年减", "本年减少数", "本年增</td><td>本年减"] {
        let cell = if header.contains("增") { "3</td><td>8" } else { "5" };
        assert_eq!(change(header, cell), "ambiguous", "{header}");
    }
}

#[test]
fn the_unit_of_money_may_stand_in_brackets_or_in_a_cell_of_its_own() {
    let fees = |header: &str, cell: &str| {
        let page = format!(
            "<p>二、主动公开政府信息情况</p><table border=1><tr><td colspan=3>第二十条第（八）项</td></tr>\
             <tr><td>信息内容</td>{header}</tr><tr><td>行政事业性收费</td>{cell}</tr></table>"
        );
        value(&report(&page, 2022), "proactive.fees.amount")
    };
    let usual = "<td colspan=2>本年收费金额（单位：万元）</td>";
    assert_eq!(fees(usual, "<td colspan=2>5,000（元）</td>"), "5000 元");
    assert_eq!(fees(usual, "<td colspan=2>1.2（亿元）</td>"), "1.2 亿元");
    assert_eq!(fees("<td>本年收费金额</td><td>（单位：元）</td>", "<td colspan=2>50000</td>"), "50000 元");
}

fn applications(rows: &str) -> Report {
    let head = "<tr><td colspan=2>办理情况</td><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td>\
                <td>法律服务机构</td><td>其他</td><td>总计</td></tr>";
    report(&format!("<p>三、收到和处理政府信息公开申请情况</p><table border=1>{head}{rows}</table>"), 2022)
}

fn row(label: &str, number: u32) -> String {
    format!("<td>{label}</td><td>{number}</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>{number}</td></tr>")
}

#[test]
fn a_row_of_another_group_is_another_row() {
    let rows = format!("<tr><td rowspan=2>（三）不予公开</td>{}<tr>{}", row("8.属于行政查询事项", 0), row("9.其他", 4));
    let report = applications(&rows);
    assert_eq!(value(&report, "applications.other.misc.total"), "missing");
    assert_eq!(value(&report, "applications.denied.administrative_inquiry.total"), "0 件");
}

#[test]
fn a_label_with_the_number_of_a_row_that_is_not_there_is_not_its_neighbours() {
    let rows = format!(
        "<tr><td rowspan=3>（五）不予处理</td>{}<tr>{}<tr>{}",
        row("2.无正当理由重复申请", 7),
        row("3.要求提供公开出版物", 0),
        row("4.无正当理由大量申请", 1)
    );
    let report = applications(&rows);
    assert_ne!(value(&report, "applications.not_processed.excessive.total"), "7 件");
}

#[test]
fn a_table_that_its_caption_sets_apart_fills_no_gap() {
    let table = decisions("<tr><td>行政许可</td><td>12</td></tr>");
    for caption in [
        "填写示例",
        "其中：区公安分局",
        "其中，区市场监管局2021年情况：",
        "附：2021年情况",
        "附件：其中：区公安分局办理情况",
        "2023年工作目标",
        "2023年1月办理情况",
        "本年度没有。2021年情况如下：",
        "上年情况对比表",
        "上年同期情况",
    ] {
        let (head, rest) = table.split_once("<table").expect("a table");
        let page = format!("{head}<p>{caption}</p><table{rest}");
        assert_eq!(value(&report(&page, 2022), "proactive.licensing.decisions"), "missing", "{caption}");
    }
    // Prose that breaks off before the table is no caption.
    for line in [
        "其中自然人申请50件，法人",
        "较上年同期增长，",
        "2021年度",
        "2022年情况如下：",
        "附件：2022年情况统计表",
        "二、主动公开政府信息情况",
    ] {
        let (head, rest) = table.split_once("<table").expect("a table");
        let page = format!("{head}<p>{line}</p><table{rest}");
        assert_eq!(value(&report(&page, 2022), "proactive.licensing.decisions"), "12 件", "{line}");
    }
}

#[test]
fn results_of_reviews_are_where_their_header_has_them() {
    let head = "<p>四、政府信息公开行政复议、行政诉讼情况</p><table border=1>";
    let apart = format!(
        "{head}<tr><td></td><td>尚未审结</td><td>结果维持</td><td>其他结果</td><td>结果纠正</td><td>总计</td></tr></table>\
         <table border=1><tr><td>行政复议</td><td>1</td><td>2</td><td>3</td><td>4</td><td>10</td></tr>\
         <tr><td>未经复议直接起诉</td><td>0</td><td>5</td><td>0</td><td>0</td><td>5</td></tr></table>"
    );
    let upheld = value(&report(&apart, 2022), "review_litigation.review.upheld");
    assert_eq!(upheld, "2 件");
    let results = "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>".repeat(3);
    let numbers: String = [1, 0, 0, 0, 1, 0, 2, 0, 0, 2, 3, 3, 0, 1, 7].map(|n| format!("<td>{n}</td>")).concat();
    let turned = format!(
        "{head}<tr><td colspan=10>行政诉讼</td><td colspan=5>行政复议</td></tr><tr>{results}</tr><tr>{numbers}</tr></table>"
    );
    assert_ne!(value(&report(&turned, 2022), "review_litigation.review.total"), "1 件");
}
