//! Dates as they are written: 2022-01-20, 2022年1月20日, 二〇二二年一月二十日.

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    pub year: i32,
    month: u32,
    day: u32,
}

impl Date {
    /// `None` if there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        ((2000..2100).contains(&year) && (1..=days).contains(&day)).then_some(Date { year, month, day })
    }

    pub fn is_first_of_year(self) -> bool {
        (self.month, self.day) == (1, 1)
    }

    pub fn is_last_of_year(self) -> bool {
        (self.month, self.day) == (12, 31)
    }

    pub fn is_december(self) -> bool {
        self.month == 12
    }

    /// `YYYY-MM-DD`.
    pub fn iso(self) -> String {
        format!("{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The date that a text without blanks begins with, and what comes after it.
pub(super) fn leading(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text, 4)?;
    let (mark, rest) = first(rest)?;
    let (month, rest) = number(rest, 2)?;
    let (again, rest) = first(rest)?;
    let (day, rest) = number(rest, 2)?;
    match (mark, again) {
        ('年', '月') => Some((Date::new(year as i32, month, day)?, rest.strip_prefix('日')?)),
        ('-' | '/' | '.' | '－' | '—', _) if mark == again && !rest.starts_with(|c: char| c.is_ascii_digit()) => {
            Some((Date::new(year as i32, month, day)?, rest))
        }
        _ => None,
    }
}

/// One end of a period as it is written: 2022年1月1日, 2022年1月, 12月31日, 2022.1.1, 20220101.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub year: Option<u32>,
    pub month: u32,
    pub day: Option<u32>,
}

/// The moment that a text without blanks begins with, and what comes after it and its hour.
pub(super) fn moment(text: &str) -> Option<(Moment, &str)> {
    if let Some((digits, rest)) = number(text, 8).filter(|(_, rest)| text.len() - rest.len() == 8) {
        let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100);
        return Some((Moment { year: Some(year), month, day: Some(day) }, rest));
    }
    let with_year = number(text, 4).and_then(|(year, rest)| {
        let (mark, rest) = first(rest).filter(|(mark, _)| "年.-/－．".contains(*mark))?;
        (2000..2100).contains(&year).then_some((year, mark, rest))
    });
    let (year, mark, rest) = match with_year {
        Some((year, mark, rest)) => (Some(year), mark, rest),
        None => (None, '年', text),
    };
    let (month, rest) = number(rest, 2)?;
    let (day, rest) = match first(rest) {
        Some(('月', rest)) => match number(rest, 2).and_then(|(day, rest)| Some((day, rest.strip_prefix('日')?))) {
            Some((day, rest)) => (Some(day), rest),
            None => (None, rest),
        },
        Some((again, rest)) if again == mark && mark != '年' => {
            let (day, rest) = number(rest, 2)?;
            (Some(day), rest)
        }
        // 1-12月: the month of the other end has the word.
        _ => (None, rest),
    };
    let hour = number(rest, 2).and_then(|(_, rest)| rest.strip_prefix(['时', '点']));
    Some((Moment { year, month, day }, hour.unwrap_or(rest)))
}

/// The first year of this century that a text without blanks names within so many characters: where, and which.
pub(super) fn year_within(text: &str, most: usize) -> Option<(usize, i32)> {
    let mut before = None;
    for (at, c) in text.char_indices().take(most + 1) {
        let begins = before.is_none_or(|c| figure(c).is_none());
        let digits = text[at..].chars().take_while(|c| figure(*c).is_some()).count();
        let year = match digits {
            8 => moment(&text[at..]).and_then(|(moment, _)| moment.year),
            0 | 4 => number(&text[at..], 4).map(|(year, _)| year),
            _ => None,
        };
        if let Some(year) = year.filter(|year| begins && (2000..2100).contains(year)) {
            return Some((at, year as i32));
        }
        before = Some(c);
    }
    None
}

fn first(text: &str) -> Option<(char, &str)> {
    let mark = text.chars().next()?;
    Some((mark, &text[mark.len_utf8()..]))
}

/// A number of at most so many digits, in figures or in Chinese: 2022, 二〇二二, 二十一, and 元 of 元月.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    if let Some(rest) = text.strip_prefix('元').filter(|rest| rest.starts_with('月')) {
        return Some((1, rest));
    }
    let digits: String = text.chars().take_while(|c| figure(*c).is_some()).take(most + 1).collect();
    if !digits.is_empty() {
        if digits.chars().count() > most || (most == 4 && digits.chars().count() < 4) {
            return None;
        }
        let value = digits.chars().filter_map(figure).fold(0, |value, digit| 10 * value + digit);
        return Some((value, &text[digits.len()..]));
    }
    let signs: String = text.chars().take_while(|c| *c == '十' || chinese(*c).is_some()).take(5).collect();
    let value = if most == 4 { year_of(&signs)? } else { below_hundred(&signs)? };
    Some((value, &text[signs.len()..]))
}

/// A digit, half or full width.
fn figure(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32))
}

fn chinese(c: char) -> Option<u32> {
    if "〇○零Ｏ".contains(c) {
        return Some(0);
    }
    "一二三四五六七八九".chars().zip(1..).find(|(sign, _)| *sign == c).map(|(_, value)| value)
}

/// 二〇二二: digit by digit.
fn year_of(signs: &str) -> Option<u32> {
    let digits: Option<Vec<u32>> = signs.chars().map(chinese).collect();
    let digits = digits.filter(|digits| digits.len() == 4)?;
    Some(digits.into_iter().fold(0, |value, digit| 10 * value + digit))
}

/// 一, 十, 十二, 二十, 三十一.
fn below_hundred(signs: &str) -> Option<u32> {
    match signs.split_once('十') {
        None => {
            let mut all = signs.chars();
            all.next().filter(|_| all.next().is_none()).and_then(chinese)
        }
        Some((tens, ones)) => {
            let digit = |text: &str, empty: u32| if text.is_empty() { Some(empty) } else { below_ten(text) };
            Some(10 * digit(tens, 1)? + digit(ones, 0)?)
        }
    }
}

fn below_ten(text: &str) -> Option<u32> {
    let mut all = text.chars();
    all.next().filter(|_| all.next().is_none()).and_then(chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_every_writing() {
        let date = |text| leading(text).map(|(date, rest)| (date.iso(), rest.to_owned()));
        let is = |date: &str, rest: &str| Some((date.to_owned(), rest.to_owned()));
        assert_eq!(date("2022年1月20日"), is("2022-01-20", ""));
        assert_eq!(date("２０２２年１月２０日印发"), is("2022-01-20", "印发"));
        assert_eq!(date("2022-01-2011:20"), None);
        assert_eq!(date("2022-01-20来源"), is("2022-01-20", "来源"));
        assert_eq!(date("2022/1/5"), is("2022-01-05", ""));
        assert_eq!(date("二〇二二年一月二十日"), is("2022-01-20", ""));
        assert_eq!(date("二○二一年十二月三十一日"), is("2021-12-31", ""));
        assert_eq!(date("二〇二二年十月十日"), is("2022-10-10", ""));
        assert_eq!(date("2022年元月18日"), is("2022-01-18", ""));
        for text in ["2022年2月30日", "2022年13月1日", "202020年1月1日", "2022年1月", "22年1月1日", "2022-1/5", ""]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
