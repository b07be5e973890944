//! What a page says of itself beside its text, made up with what must be taken of it.

use gongkai::finding::{Code, Lang};
use gongkai::report::Report;
use gongkai::{Options, extract};

/// A page with this head, and this title in its text.
fn page(head: &str, title: &str) -> Report {
    let headings =
        ["一、总体情况", "各项工作平稳推进。", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"];
    let body: String = headings.iter().map(|line| format!("<p>{line}</p>")).collect();
    let html = format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body><h1>{title}</h1>{body}</body></html>"
    );
    extract(html.as_bytes(), &Options::default()).expect("a page").reports.remove(0)
}

fn organ(report: &Report) -> Option<(&str, &str)> {
    report.organ.as_ref().map(|organ| (organ.name.as_str(), organ.by.as_str()))
}

fn codes(report: &Report) -> Vec<&'static str> {
    let of_page = [Code::TitleMissing, Code::OrganUnknown, Code::YearUnknown, Code::YearConflict, Code::OrganConflict];
    let codes = report.findings.iter().map(|finding| finding.code).filter(|code| of_page.contains(code));
    codes.map(|code| code.entry().name).collect()
}

const OWN: &str = "韶关市教育局2021年政府信息公开工作年度报告";

#[test]
fn a_page_without_a_title_in_its_text_is_called_as_it_calls_itself() {
    let report = page(&format!("<title>{OWN}_韶关市政府网</title>"), "");
    assert_eq!((organ(&report), report.year), (Some(("韶关市教育局", "page_title")), Some(2021)));
    assert_eq!(report.title.as_ref().map(|title| title.text.as_str()), Some(OWN));
    assert_eq!(report.place.as_ref().map(|place| place.by.as_str()), Some("page_title"));
    assert_eq!(codes(&report), [] as [&str; 0]);
    let report = page("<title>政府信息公开年报_韶关市政府网</title>", "");
    assert_eq!(organ(&report), None);
}

#[test]
fn the_text_goes_before_what_the_site_has_in_its_records_and_a_difference_is_said() {
    let other = "<meta name=ArticleTitle content='韶关市民政局2020年政府信息公开工作年度报告'>";
    let report = page(other, OWN);
    assert_eq!((organ(&report), report.year), (Some(("韶关市教育局", "title")), Some(2021)));
    assert_eq!(codes(&report), ["year_conflict", "organ_conflict"]);
    let conflict = report.findings.iter().find(|finding| finding.code == Code::OrganConflict).expect("a conflict");
    assert!(
        conflict.message(Lang::En).contains("the page's own title “韶关市民政局”"),
        "{}",
        conflict.message(Lang::En)
    );
    assert!(conflict.message(Lang::Zh).contains("网页自身的标题"), "{}", conflict.message(Lang::Zh));
}

#[test]
fn a_title_left_over_from_another_file_contradicts_nothing() {
    let report = page("<title>韶关市民政局2020年政府信息公开工作年度报告</title>", OWN);
    assert_eq!((organ(&report), report.year), (Some(("韶关市教育局", "title")), Some(2021)));
    assert_eq!(codes(&report), [] as [&str; 0]);
}

#[test]
fn a_page_is_published_when_its_label_says_so_else_when_its_site_does() {
    let site = "<meta name=PubDate content='2022-01-18 09:30'>";
    let published = |report: &Report| report.published.as_ref().map(|it| (it.date.clone(), it.by.clone()));
    let is = |date: &str, by: &str| Some((date.to_owned(), by.to_owned()));
    assert_eq!(published(&page(site, OWN)), is("2022-01-18", "page"));
    assert_eq!(
        published(&page(site, &format!("{OWN}</h1><p>发布日期：2022-01-20</p><h1>"))),
        is("2022-01-20", "label")
    );
    assert_eq!(published(&page("<meta name=PubDate content='2031-01-18'>", OWN)), None, "too late to be true");
}
