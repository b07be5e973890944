//! The statistics period that the text states: 统计期限自2021年1月1日起至2021年12月31日止.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::about::{compact, pattern};
use super::super::stream::Line;
use super::date::Date;
use crate::finding::{Code, Finding};
use crate::report::{Evidence, Report};

static PERIOD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:统计|数据|报告)?(?:期限|周期|时限|时间|区间).{0,12}?(20\d\d)"));
static DATES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日起?[，,]?(?:至|到|—|－|-|~|～)+(?:(20\d\d)\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日",
    )
});

/// What a page states of itself beside its text: 发布时间：2022-01-20.
const NOT_A_PERIOD: &[&str] = &["发布", "发文", "成文", "生成", "更新", "印发", "公开", "审核", "录入", "添加", "制作"];

/// Fills in the period with its evidence. One that no report has is said, and not given where a day of it is none.
pub(in super::super) fn period(report: &mut Report, lines: &[&Line]) {
    for line in lines {
        if !line.text.contains("20")
            || !["期限", "周期", "时限", "时间", "区间"].iter().any(|word| line.text.contains(word))
        {
            continue;
        }
        let text = compact(&line.text);
        let Some(found) = PERIOD.captures(&text) else { continue };
        let before = found.get(0).map_or("", |whole| &text[..whole.start()]);
        if NOT_A_PERIOD.iter().any(|word| before.ends_with(word)) {
            continue;
        }
        let Some(year) = found[1].parse().ok() else { continue };
        let tail = &text[found.get(0).map_or(0, |whole| whole.start())..];
        let words: String = tail.chars().take(40).collect();
        report.evidence.push(Evidence { by: "period".to_owned(), year, text: words, origin: line.origin });
        if let Some(dates) = DATES.captures(tail) {
            settle(report, &dates, line);
        }
        return;
    }
}

fn settle(report: &mut Report, dates: &Captures, line: &Line) {
    let part = |at: usize| dates.get(at).map_or("", |part| part.as_str());
    let last_year = if part(4).is_empty() { part(1) } else { part(4) };
    let printed = (
        format!("{}-{:0>2}-{:0>2}", part(1), part(2), part(3)),
        format!("{last_year}-{:0>2}-{:0>2}", part(5), part(6)),
    );
    let day = |year: &str, month: usize, day: usize| {
        Date::new(year.parse().ok()?, part(month).parse().ok()?, part(day).parse().ok()?)
    };
    let why = match (day(part(1), 2, 3), day(last_year, 5, 6)) {
        (Some(first), Some(last)) if last < first => Some("backwards"),
        (Some(_), Some(_)) if part(1) != last_year => Some("two_years"),
        (Some(_), Some(_)) => None,
        _ => Some("no_day"),
    };
    if let Some(why) = why {
        let finding = Finding::new(Code::PeriodOdd).at(line.origin).found(format!("{}–{}", printed.0, printed.1));
        report.findings.push(finding.detail("why", why));
    }
    report.period = Some(printed).filter(|_| why != Some("no_day"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_publication_is_no_period() {
        let line = |text: &str| Line { text: text.into(), origin: Default::default(), blank_cell: false };
        let year = |text: &str| {
            let mut report = Report::default();
            period(&mut report, &[&line(text)]);
            report.evidence.first().map(|evidence| evidence.year)
        };
        assert_eq!(year("发布时间：2022-01-20 来源：办公室"), None);
        assert_eq!(year("所列数据的统计时间为2021年1月1日至2021年12月31日"), Some(2021));
        assert_eq!(year("本报告期限：2021年1月1日至12月31日"), Some(2021));
    }

    #[test]
    fn a_period_that_no_report_has_is_said() {
        let of = |dates: &str| {
            let line =
                Line {
                    text: format!("统计期限自{dates}止").into(), origin: Default::default(), blank_cell: false
                };
            let mut report = Report::default();
            period(&mut report, &[&line]);
            (report.findings.first().map(|finding| finding.details["why"].clone()), report.period.is_some())
        };
        assert_eq!(of("2022年1月1日起至12月31日"), (None, true));
        // An organ that was set up, or merged, within the year.
        assert_eq!(of("2022年3月12日起至2022年12月31日"), (None, true));
        assert_eq!(of("2022年1月1日起至2022年2月30日"), (Some("no_day".into()), false));
        assert_eq!(of("2022年1月1日起至2023年12月31日"), (Some("two_years".into()), true));
        assert_eq!(of("2022年12月1日起至2022年1月31日"), (Some("backwards".into()), true));
    }
}
