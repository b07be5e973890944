//! Contacts that stand in tables, made up with what must be read.

use gongkai::report::Report;
use gongkai::{Options, extract_named};

fn report(rows: &str) -> Report {
    let text = format!(
        "示例市教育局2021年政府信息公开工作年度报告\n一、总体情况\n各项工作平稳推进。\n二、主动公开政府信息情况\n无。\n六、其他需要报告的事项\n无。\n\n{rows}\n"
    );
    extract_named(text.as_bytes(), "input.md", &Options::default()).expect("readable").reports.remove(0)
}

fn read(rows: &str) -> [String; 4] {
    let contact = report(rows).contact;
    let part = |of: fn(&gongkai::report::Contact) -> Option<&String>| {
        contact.as_ref().and_then(of).cloned().unwrap_or_default()
    };
    [
        part(|contact| contact.address.as_ref()),
        part(|contact| contact.postcode.as_ref()),
        part(|contact| contact.telephone.as_ref()),
        part(|contact| contact.email.as_ref()),
    ]
}

const ALL: [&str; 4] = ["示例市东街1号", "223001", "0517-83605210", "a@example.gov.cn"];

#[test]
fn a_table_at_the_foot_gives_a_contact_in_every_layout() {
    for rows in [
        "| 联系地址 | 示例市东街1号 |\n|---|---|\n| 邮政编码 | 223001 |\n| 联系电话 | 0517-83605210 |\n| 电子邮箱 | a@example.gov.cn |",
        "| 联系地址 | 示例市东街1号 | 邮政编码 | 223001 |\n|---|---|---|---|\n| 联系电话： | 0517-83605210 | 电子邮箱 | a@example.gov.cn |",
        "| 联系部门 | 地 址 | 邮编 | 电话 | 电子邮箱 |\n|---|---|---|---|---|\n| 办公室 | 示例市东街1号 | 223001 | 0517-83605210 | a@example.gov.cn |",
        "| 地址：示例市东街1号 | 邮编：223001 |\n|---|---|\n| 联系电话：0517-83605210 | 邮箱：a@example.gov.cn |",
    ] {
        assert_eq!(read(rows), ALL, "{rows}");
    }
}

#[test]
fn a_list_of_many_offices_is_nobodys_contact() {
    let rows = "| 单位 | 地址 | 电话 |\n|---|---|---|\n| 东镇 | 示例市东镇1号 | 0517-83605210 |\n| 西镇 | 示例市西镇2号 | 0517-83605211 |";
    assert_eq!(read(rows), [""; 4]);
    assert_eq!(read("| 监督电话 | 0517-83605210 |\n|---|---|\n| 举报邮箱 | |"), [""; 4]);
    assert_eq!(read("| 咨询渠道 | 人次 |\n|---|---|\n| 电话 | 12345 |\n| 邮箱 | 36 |"), [""; 4]);
}

#[test]
fn where_it_stands_is_the_row() {
    let contact = report("| 联系电话 | 0517-83605210 |\n|---|---|\n| 邮编 | 223001 |").contact.expect("a contact");
    assert!(contact.origin.table.is_some() && contact.origin.row.is_some(), "{:?}", contact.origin);
    assert!(contact.text.starts_with("联系电话：0517-83605210"), "{}", contact.text);
}
