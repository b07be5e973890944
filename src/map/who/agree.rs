//! What a report says of itself in one place, against what it says in another: year, organ, date, address.
//!
//! Only what can mean nothing else counts: prose names other years and other organs with good reason.

use std::sync::LazyLock;

use regex::Regex;

use super::super::about::{compact, pattern, years_in};
use super::super::stream::Line;
use super::organ::{differ, parts};
use super::own::{self, Head};
use super::said;
use crate::division::{self, Division, Tier};
use crate::finding::{Code, Finding, Severity};
use crate::report::{Evidence, Report};

/// 现公布示例县教育局2021年政府信息公开工作年度报告: of which year a report says it is.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:公布|发布|编制|公开)(?:的)?(?:(?P<before>20\d\d)年度?)?\p{Han}{2,30}?(?:(?P<after>20\d\d)年?度?)?(?:的)?(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)",
    )
});
/// 2021年，…: a sentence about all of a year, at the beginning of a line.
static OF_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(20\d\d)年(?:度)?(?:全年)?[，,]"));
/// What stands before the first chapter is about the report itself; it has no more lines than these.
const PREFACE: usize = 12;

/// Makes the pattern that the preface of most reports asks for.
pub(super) fn prepare() {
    LazyLock::force(&ANNOUNCED);
}

/// Says what disagrees.
pub(super) fn check(report: &mut Report, head: &Head, lines: &[&Line]) {
    let title = report.title.as_ref().map(|title| title.origin);
    let start = title.and_then(|origin| lines.iter().position(|line| line.origin == origin)).map_or(0, |at| at + 1);
    let body = &lines[start.min(lines.len())..];
    year(report, body);
    organ(report, body);
    published(report, head, lines);
    address(report);
}

/// The lines before the first chapter.
fn preface<'l>(body: &'l [&'l Line]) -> impl Iterator<Item = &'l Line> {
    body.iter().copied().take(PREFACE).take_while(|line| !line.text.trim_start().starts_with("一、"))
}

/// Whether the report itself states its year.
fn states_year(report: &Report) -> bool {
    report.evidence.first().is_some_and(|evidence| ["title", "period"].contains(&evidence.by.as_str()))
}

fn year(report: &mut Report, body: &[&Line]) {
    let Some(year) = report.year.filter(|_| states_year(report)) else { return };
    if report.findings.iter().any(|finding| finding.code == Code::YearConflict) {
        return;
    }
    let announced = preface(body).find_map(|line| {
        let text = compact(&line.text);
        let found = ANNOUNCED.captures(&text)?;
        let years: Vec<i32> =
            ["before", "after"].iter().filter_map(|name| found.name(name)?.as_str().parse().ok()).collect();
        let [other] = years[..] else { return None };
        (other != year).then_some((other, line))
    });
    if let Some((other, line)) = announced.or_else(|| prose_of_another(year, body)) {
        let text: String = line.text.trim().chars().take(40).collect();
        let by = report.evidence[0].by.clone();
        report.evidence.push(Evidence { by: "body".to_owned(), year: other, text, origin: line.origin });
        let finding = Finding::new(Code::YearConflict).at(line.origin).expected(year.to_string());
        report.findings.push(finding.found(other.to_string()).detail("by", by).detail("against", "body"));
    }
}

/// A line that begins with the year before, in a text that never names the report's own.
fn prose_of_another<'l>(year: i32, body: &[&'l Line]) -> Option<(i32, &'l Line)> {
    let own = year.to_string();
    let of_period = |line: &Line| ["期限", "周期", "时限", "时间", "区间"].iter().any(|word| line.text.contains(word));
    if body.iter().any(|line| line.text.contains(&own) && !of_period(line)) {
        return None;
    }
    body.iter().copied().find_map(|line| {
        let text = compact(&line.text);
        let other = OF_YEAR.captures(&text)?[1].parse().ok()?;
        // Where it compares itself with the year before, it says more than one year.
        (other == year - 1 && years_in(&text).iter().all(|named| *named == other)).then_some((other, line))
    })
}

/// Another organ announces the report, or signs it. One of another kind may do so: a government's office, or a
/// department that keeps the site.
fn organ(report: &mut Report, body: &[&Line]) {
    let Some(organ) = report.organ.as_ref().filter(|organ| organ.by == "title") else { return };
    let announced = said::announced(&preface(body).collect::<Vec<_>>(), report.year).map(|name| (name, "body"));
    let signed = || own::signed(body).and_then(|signed| signed.organ).map(|name| (name, "signature"));
    let level = |name: &str| parts(name, report.year).level;
    let same_kind = |name: &str| level(&organ.name).is_some_and(|own| level(name) == Some(own));
    let other = |(name, _): &(String, &str)| {
        same_kind(name) && (surely_differ(&organ.name, name) || of_another_place(&organ.name, name, report.year))
    };
    if let Some((name, against)) = announced.filter(other).or_else(|| signed().filter(other)) {
        let finding = Finding::new(Code::OrganConflict).severity(Severity::Warning);
        let finding = finding.expected(&organ.name).found(name).detail("by", &organ.by).detail("against", against);
        report.findings.push(finding);
    }
}

/// Whether two names are of two organs even if one begins with a place that nobody knows: 县医保局, 铅山医保局.
fn surely_differ(one: &str, other: &str) -> bool {
    let without = |name: &str, count: usize| {
        let rest: String = name.chars().skip(count).collect();
        Some(rest).filter(|rest| rest.chars().count() >= 3)
    };
    let apart = |a: &str, b: &str| (1..=2).all(|count| without(a, count).is_none_or(|rest| differ(&rest, b)));
    differ(one, other) && apart(one, other) && apart(other, one)
}

/// Whether two organs belong to places of which none may be, hold or have been another: 庐江县教育局, 肥西县教育局.
fn of_another_place(one: &str, other: &str, year: Option<i32>) -> bool {
    let places = |name: &str| parts(name, year).reading.map(|reading| reading.ends).unwrap_or_default();
    let (one, other) = (places(one), places(other));
    // 洪泽县 became 洪泽区.
    let stem = |place: &Division| place.name.trim_end_matches(['省', '市', '县', '区', '旗', '州', '盟']).to_owned();
    let apart =
        |a: &&Division, b: &&Division| a.code != b.code && !a.contains(b) && !b.contains(a) && stem(a) != stem(b);
    !one.is_empty() && !other.is_empty() && one.iter().all(|a| other.iter().all(|b| apart(a, b)))
}

/// A report was published, by its own word, before its year was over.
fn published(report: &mut Report, head: &Head, lines: &[&Line]) {
    let Some(year) = report.year.filter(|_| states_year(report)) else { return };
    let Some((date, origin)) = own::dated(report, head, lines).filter(|(date, _)| date.year <= year) else { return };
    // Drafts are dated in the last days of the year that they are about.
    let finding = Finding::new(Code::PublishedEarly).at(origin).expected(year.to_string()).found(date.iso());
    let late = date.year == year && date.is_december();
    report.findings.push(if late { finding.severity(Severity::Note) } else { finding });
}

/// The address is in another prefecture than the organ. In another county of it many organs do sit.
fn address(report: &mut Report) {
    let Some(place) = report.place.as_ref().filter(|place| ["title", "body"].contains(&place.by.as_str())) else {
        return;
    };
    let Some(contact) = report.contact.as_ref() else { return };
    let (Some(unit), Some(address)) = (place.unit.as_ref(), contact.address.as_ref()) else { return };
    // An office in the capital has its address there.
    if report.organ.as_ref().is_some_and(|organ| organ.name.contains('驻')) {
        return;
    }
    let Some(reading) = division::leading(address, place.year) else { return };
    let ([only], Ok(code)) = (&reading.ends[..], unit.code.parse::<u32>()) else { return };
    let in_full = only.tier() < Tier::County || reading.range.len() > only.name.len();
    let above = |code: u32| (code / 10_000, code / 100 % 100);
    let ((province, prefecture), (own, own_prefecture)) = (above(only.code), above(code));
    let apart = province != own || (prefecture != own_prefecture && prefecture != 0 && own_prefecture != 0);
    if in_full && apart {
        let finding = Finding::new(Code::PlaceConflict).severity(Severity::Warning).at(contact.origin);
        let finding = finding.expected(&unit.name).found(only.full_name(place.year));
        report.findings.push(finding.detail("by", &place.by).detail("against", "address"));
    }
}
