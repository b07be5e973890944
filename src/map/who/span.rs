//! The statistics period that the text states: 统计期限自2021年1月1日起至2021年12月31日止.

use super::super::about::compact;
use super::super::stream::Line;
use super::date::{self, Date, Moment};
use crate::finding::{Code, Finding};
use crate::report::{Evidence, Report};

/// What says that a period follows.
const WORDS: [&str; 7] = ["期限", "周期", "时限", "时间", "区间", "期间", "时段"];
/// What says so where both ends of a period follow: 统计期为…, 数据从…, 涵盖….
const WORDS_OF_RANGES: [&str; 4] = ["统计期", "数据", "涵盖", "统计"];
/// What stands before those words where they are of a period.
const OF_WORDS: [&str; 3] = ["统计", "数据", "报告"];
/// What a page states of itself beside its text: 发布时间：2022-01-20.
const NOT_A_PERIOD: &[&str] = &["发布", "发文", "成文", "生成", "更新", "印发", "公开", "审核", "录入", "添加", "制作"];
/// What a single day may be beside, where it is the end of a period: 截止时间：2021年12月31日.
const UNTIL: [&str; 2] = ["截止", "截至"];
/// The year stands within so many characters behind the word.
const NEAR: usize = 12;
/// And within so many where a list of what the report holds may stand between: 涵盖总体情况、….
const LONGEST_LIST: usize = 30;

/// Fills in the period with its evidence. One that no report has is said, and not given where a day of it is none.
pub(in super::super) fn period(report: &mut Report, lines: &[&Line]) {
    for line in lines {
        // Nearly no line has such a word.
        let named = WORDS.iter().any(|word| line.text.contains(word));
        let ranged = line.text.contains('月') && WORDS_OF_RANGES.iter().any(|word| line.text.contains(word));
        if !named && !ranged {
            continue;
        }
        let text = compact(&line.text);
        let found = stated(&text).or_else(|| range(&text).filter(|_| ranged));
        let Some((from, start, year)) = found else { continue };
        let words: String = text[from..].chars().take(40).collect();
        report.evidence.push(Evidence { by: "period".to_owned(), year, text: words, origin: line.origin });
        if let Some((first, last)) = ends(&text[start..]) {
            settle(report, first, last, line);
        }
        return;
    }
}

/// Where a text begins to state a period, where its year stands, and the year.
fn stated(text: &str) -> Option<(usize, usize, i32)> {
    let mut found: Vec<(usize, &str)> = WORDS.iter().flat_map(|word| text.match_indices(word)).collect();
    found.sort_unstable();
    found.into_iter().find_map(|(at, word)| {
        let before = &text[..at];
        let own = OF_WORDS.iter().find_map(|of| before.strip_suffix(of)).unwrap_or(before);
        if NOT_A_PERIOD.iter().any(|word| own.ends_with(word)) {
            return None;
        }
        let behind = at + word.len();
        let (place, year) = date::year_within(&text[behind..], NEAR)?;
        let start = behind + place;
        // 时间：2022-01-20 is when a page was published; 期间 and 时段 are words of any sentence.
        let of_report = own.len() < before.len() && !before.ends_with("报告");
        let bare = ["时间", "期间", "时段"].contains(&word) && !of_report;
        let until = || UNTIL.iter().any(|until| text[own.len()..start].contains(until) || own.ends_with(until));
        if bare && !is_range(&text[start..]) && !until() {
            return None;
        }
        Some((own.len(), start, year))
    })
}

/// The same where the words are of any sentence, and only the whole of a year behind them is a period.
fn range(text: &str) -> Option<(usize, usize, i32)> {
    let mut found: Vec<(usize, &str)> = WORDS_OF_RANGES.iter().flat_map(|word| text.match_indices(word)).collect();
    found.sort_unstable();
    found.into_iter().find_map(|(at, word)| {
        let behind = at + word.len();
        let sentence = text[behind..].split('。').next().unwrap_or_default();
        let (place, year) = date::year_within(sentence, LONGEST_LIST)?;
        let (first, last) = ends(&sentence[place..])?;
        let from_new_year = (first.month, first.day) == (1, Some(1));
        let in_december = last.month == 12 && last.year.is_none_or(|other| first.year == Some(other));
        (from_new_year && in_december).then_some((at, behind + place, year))
    })
}

/// Whether a text begins with both ends of a period.
fn is_range(text: &str) -> bool {
    ends(text).is_some()
}

/// Both ends of the period that a text begins with.
fn ends(text: &str) -> Option<(Moment, Moment)> {
    let (first, rest) = date::moment(text)?;
    let rest = rest.trim_start_matches(['起', '始', '，', ',']);
    let last = rest.trim_start_matches(['至', '到', '—', '－', '-', '–', '~', '～', '―', '─']);
    (last.len() < rest.len()).then_some(())?;
    let (last, _) = date::moment(last.trim_start_matches('当').trim_start_matches('年'))?;
    Some((first, last))
}

fn settle(report: &mut Report, first: Moment, last: Moment, line: &Line) {
    let Some(year) = first.year else { return };
    let last_year = last.year.unwrap_or(year);
    let day = |year: u32, month: u32, day: u32| Date::new(year as i32, month, day);
    let end_of = |month: u32| (28..=31).rev().find(|end| day(last_year, month, *end).is_some()).unwrap_or(31);
    let (first_day, last_day) = (first.day.unwrap_or(1), last.day.unwrap_or_else(|| end_of(last.month)));
    let printed = |year: u32, month: u32, day: u32| format!("{year}-{month:02}-{day:02}");
    let printed = (printed(year, first.month, first_day), printed(last_year, last.month, last_day));
    let why = match (day(year, first.month, first_day), day(last_year, last.month, last_day)) {
        (Some(first), Some(last)) if last < first => Some("backwards"),
        (Some(_), Some(_)) if year != last_year => Some("two_years"),
        // An organ that was set up within the year begins late; none ends early and still reports.
        (Some(_), Some(last)) if !last.is_last_of_year() => Some("ends_early"),
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
        assert_eq!(year("索引号：xz/2026-00001 时间：2026-01-20"), None);
        assert_eq!(year("来源：区人民政府办公室 时间：2017-01-12 10:01 作者：某"), None);
        assert_eq!(year("统计时间：2021年度"), Some(2021));
        assert_eq!(year("报告时间：2022年1月20日"), None);
        assert_eq!(year("数据统计截止时间为2021年12月31日"), Some(2021));
        assert_eq!(year("2020年国庆期间，2021年1月1日起施行"), None);
        assert_eq!(year("数据显示，2020年10月1日至2020年12月31日共受理3件"), None);
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
        assert_eq!(of("2022年1月1日起至6月30日"), (Some("ends_early".into()), true));
        assert_eq!(of("2022年1月1日起至2022年12月30日"), (Some("ends_early".into()), true));
        // An organ that was set up, or merged, within the year.
        assert_eq!(of("2022年3月12日起至2022年12月31日"), (None, true));
        assert_eq!(of("2022年1月1日起至2022年2月30日"), (Some("no_day".into()), false));
        assert_eq!(of("2022年1月1日起至2023年12月31日"), (Some("two_years".into()), true));
        assert_eq!(of("2022年12月1日起至2022年1月31日"), (Some("backwards".into()), true));
    }

    #[test]
    fn a_period_is_read_in_every_usual_form() {
        for text in [
            "本报告统计数据从2022年1月1日至2022年12月31日止。",
            "所列数据统计时段为2022年1月1日至2022年12月31日。",
            "报告中所列数据统计期为2022年1月1日至2022年12月31日。",
            "所列数据的统计期间：自2022年1月1日始至2022年12月31日止。",
            "本报告涵盖示例局2022年1月1日至12月31日期间的政府信息公开工作。",
            "时间：2023-01-12\n数据统计自2022年1月1日始至2022年12月31日止。",
        ] {
            let line = |text: &str| Line { text: text.into(), origin: Default::default(), blank_cell: false };
            let lines: Vec<Line> = text.split('\n').map(line).collect();
            let mut report = Report::default();
            period(&mut report, &lines.iter().collect::<Vec<_>>());
            let days = report.period.as_ref().map(|(first, last)| (first.as_str(), last.as_str()));
            assert_eq!(days, Some(("2022-01-01", "2022-12-31")), "{text}");
        }
        for dates in [
            "2022年1月1日至2022年12月31日",
            "2022年1月1日起，至12月31日",
            "二〇二二年一月一日至二〇二二年十二月三十一日",
            "２０２２年１月１日至１２月３１日",
            "2022.1.1-2022.12.31",
            "2022-01-01至2022-12-31",
            "2022/1/1—2022/12/31",
            "20220101-20221231",
            "2022年1月1日0时至2022年12月31日24时",
            "2022年1月至12月",
            "2022年1-12月",
        ] {
            let text = format!("所列数据的统计期限：{dates}。");
            let line = Line { text: text.into(), origin: Default::default(), blank_cell: false };
            let mut report = Report::default();
            period(&mut report, &[&line]);
            let days = report.period.as_ref().map(|(first, last)| (first.as_str(), last.as_str()));
            assert_eq!(days, Some(("2022-01-01", "2022-12-31")), "{dates}");
            assert_eq!((report.evidence[0].year, report.findings.len()), (2022, 0), "{dates}");
        }
    }
}
