//! The period that the name of a file or folder states: 2021年1-12月, 20210101-20211231, 2019.01-2019.12.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::about::pattern;

/// The period: its year, first and last day as `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    pub year: i32,
    pub days: (String, String),
}

const JOINED: &str = r"\s*(?:至|到|[-—－–~～_])+\s*";

/// 2021年1-12月, 2021年1月1日至12月31日.
static IN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<y>20\d\d)年(?P<m>\d{{1,2}})月?(?:(?P<d>\d{{1,2}})日)?{JOINED}(?:(?P<y2>20\d\d)年)?(?P<m2>\d{{1,2}})月(?:(?P<d2>\d{{1,2}})日)?"
    ))
});
/// 20210101-20211231, 202101-202112.
static IN_DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)?{JOINED}(?P<y2>20\d\d)(?P<m2>\d\d)(?P<d2>\d\d)?"))
});
/// 2019.01-2019.12, 2019.1.1-2019.12.31, 2019-01-01至2019-12-31.
static IN_PARTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<y>20\d\d)[.\-](?P<m>\d{{1,2}})(?:[.\-](?P<d>\d{{1,2}}))?{JOINED}(?P<y2>20\d\d)[.\-](?P<m2>\d{{1,2}})(?:[.\-](?P<d2>\d{{1,2}}))?"
    ))
});

/// The only period that a name states; one that is no part of a single year is none.
pub(super) fn stated(name: &str) -> Option<Period> {
    // The patterns are made only where a name may state a year and a month or two besides.
    if !name.contains("20") || name.bytes().filter(u8::is_ascii_digit).count() < 6 {
        return None;
    }
    let patterns: [&Regex; 3] = [&IN_WORDS, &IN_DIGITS, &IN_PARTS];
    let whole = |found: &Captures| found.get(0).is_some_and(|found| stands_alone(name, found.range()));
    let found = patterns.into_iter().flat_map(|pattern| pattern.captures_iter(name));
    let mut found = found.filter(whole).map(|found| period(&found));
    let first = found.next()??;
    found.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// Whether no digits stand before and behind: those of a longer number are no dates.
fn stands_alone(name: &str, range: Range<usize>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    !digit(name[..range.start].chars().next_back()) && !digit(name[range.end..].chars().next())
}

fn period(found: &Captures) -> Option<Period> {
    let part = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i32>().ok());
    let (year, first, last) = (part("y")?, part("m")?, part("m2")?);
    let last_day = days_of(year, last)?;
    let from = (first, part("d").unwrap_or(1));
    let to = (last, part("d2").unwrap_or(last_day));
    let one_year = part("y2").is_none_or(|other| other == year);
    let in_order = from < to && (1..=days_of(year, first)?).contains(&from.1) && (1..=last_day).contains(&to.1);
    let day = |(month, day): (i32, i32)| format!("{year}-{month:02}-{day:02}");
    (one_year && in_order).then(|| Period { year, days: (day(from), day(to)) })
}

/// The days of a month.
fn days_of(year: i32, month: i32) -> Option<i32> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if year % 4 == 0 => Some(29),
        2 => Some(28),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn a_period_is_read_in_every_usual_form() {
        let whole = Some(("2021-01-01".to_owned(), "2021-12-31".to_owned()));
        for name in [
            "示例局2021年1-12月",
            "2021年1月-12月",
            "2021年01月至12月统计",
            "2021年1月1日至12月31日",
            "2021年1月1日-2021年12月31日",
            "20210101-20211231",
            "示例局20210101至20211231",
            "202101-202112",
            "2021.01-2021.12",
            "2021.1.1—2021.12.31",
            "2021-01-01至2021-12-31",
            "20210101_20211231（20210101-20211231）",
        ] {
            assert_eq!(stated(name).map(|period| period.days), whole, "{name}");
        }
        let part = stated("2020年1-2月").expect("a period");
        assert_eq!((part.year, part.days.1.as_str()), (2020, "2020-02-29"));
    }

    #[test]
    fn what_is_no_period_of_one_year_is_none() {
        for name in [
            "2021年1月28日",
            "20200701-20210630",
            "2020年7月-2021年6月",
            "20211301-20211431",
            "2021年12-1月",
            "20210101-20211231与20200101-20201231",
            "2020-2021",
            "P020220120384731",
            "0578-2090823",
            "120210101-202112310",
        ] {
            assert_eq!(stated(name), None, "{name}");
        }
    }
}
