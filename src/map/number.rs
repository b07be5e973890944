//! The text of a value cell → one of the states of the codebook, and its unit.

use std::borrow::Cow;

use crate::report::{Amount, Value};
use crate::template::Kind;
use crate::template::label::{is_ideograph, is_invisible};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// The value: a number, blank, not applicable or unreadable.
    pub value: Value,
    /// The unit that the cell itself names.
    pub unit: Option<&'static str>,
    /// The digits stood on several lines and were joined.
    pub joined: bool,
}

/// Units that cells carry. Longer ones first; counters of things are one unit to the form.
const UNITS: &[&str] =
    &["万元", "亿元", "元", "人次", "件", "项", "宗", "例", "条", "个", "份", "次", "篇", "人", "期"];

/// Ideographs of values: those of units, signs, and marks for none.
const IDEOGRAPHS: &str = "万亿元人次件项宗例条个份篇期增加减少新无零一";

/// The most digits that an exact decimal holds.
const MOST_DIGITS: usize = 28;

/// Reads the text of a cell in a column of this kind.
pub(super) fn read(raw: &str, kind: Kind) -> Reading {
    let state = |value| Reading { value, unit: None, joined: false };
    if let Some(number) = few_digits(raw) {
        return state(Value::Number(Amount(number.into())));
    }
    let plain: String = raw.chars().filter_map(folded).collect();
    let text = plain.trim();
    if text.is_empty() {
        return state(Value::Blank);
    }
    if is_not_applicable(text) {
        return state(Value::NotApplicable);
    }
    let (text, bracket) = without_bracket(without_lost_space(text));
    let (said, turned) = match bracket {
        Bracket::Unit(unit) => (Some(unit), None),
        Bracket::Sign(negative) if kind == Kind::Change => (None, Some(negative)),
        Bracket::None | Bracket::Note => (None, None),
        Bracket::Sign(_) | Bracket::Other => return state(Value::Unreadable),
    };
    let text = &without_mark(text);
    let (text, unit) = without_unit(text);
    let (negative, digits) = sign(text, kind);
    let (unit, negative) = (unit.or(said), negative || turned == Some(true));
    let joined = digits.trim().contains('\n');
    let number = digits_of(digits).and_then(|digits| digits.parse::<Amount>().ok());
    match number {
        Some(Amount(number)) => {
            let number = if negative { -number } else { number };
            Reading { value: Value::Number(Amount(number)), unit, joined }
        }
        None => state(Value::Unreadable),
    }
}

/// The quick way for nearly every figure: digits that cannot overflow, and nothing else.
fn few_digits(text: &str) -> Option<u32> {
    let digits = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Whether a text could be a value at all: a number, or a mark for none.
pub(super) fn is_value(raw: &str) -> bool {
    if few_digits(raw).is_some() {
        return true;
    }
    // Few labels begin as values do, so most are refused by their first character.
    let Some(first) = raw.chars().filter_map(folded).find(|c| !c.is_whitespace()) else { return false };
    if !(first.is_ascii_digit() || raised_digit(first).is_some() || "+-/?.,—–无零〇增减".contains(first)) {
        return false;
    }
    // `1.属于国家秘密` begins as one does: what a value says without brackets is said in few words.
    let is_other = |c: char| is_ideograph(c) && !IDEOGRAPHS.contains(c);
    if raw.contains(is_other) && !raw.contains(['(', '（']) {
        return false;
    }
    match read(raw, Kind::Change).value {
        Value::Number(_) | Value::NotApplicable => true,
        // A number with something in brackets that may make it another: no label, and nothing that is read.
        Value::Unreadable => {
            let plain: String = raw.chars().filter_map(folded).collect();
            let (number, bracket) = without_bracket(plain.trim());
            bracket == Bracket::Other && few_digits(number.trim()).is_some()
        }
        Value::Blank | Value::Missing | Value::Ambiguous => false,
    }
}

/// Full-width forms to half-width, every narrow space to a space, every dash that stands for a sign to
/// `-`; nothing of what is not seen.
fn folded(c: char) -> Option<char> {
    Some(match c {
        '\n' => '\n',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '−' | '﹣' => '-',
        // Fonts draw every slash alike, so a PDF file may name any of them.
        '\u{2044}' | '\u{2215}' | '\u{29f8}' | '╱' => '/',
        '〇' => '0',
        // Wide enough to part two numbers.
        '\t' | '\u{3000}' => '\t',
        c if c.is_whitespace() => ' ',
        c if is_invisible(c) => return None,
        c => c,
    })
}

/// A mark for none has few strokes; a row of dashes is a drawn rule.
const MOST_STROKES: usize = 6;

fn is_not_applicable(text: &str) -> bool {
    let strokes = text.chars().all(|c| matches!(c, '/' | '-' | '—' | '–' | ' ' | '\t' | '\n' | '一'));
    text == "无" || strokes && !text.starts_with('一') && text.chars().count() <= MOST_STROKES
}

/// `? 0`: a space that an earlier conversion lost became a question mark.
fn without_lost_space(text: &str) -> &str {
    text.trim_start_matches(|c: char| c == '?' || c.is_whitespace())
        .trim_end_matches(|c: char| c == '?' || c.is_whitespace())
}

/// What stands in brackets behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    None,
    /// `5000(元)`.
    Unit(&'static str),
    /// `5(减少)`: whether it makes the number negative.
    Sign(bool),
    /// `22(其中修订 16 件)`: what leaves the number as it is.
    Note,
    /// `2(更正为3)`, `3(本级)2(下属)`, `3(作废)`: what may be another number's, or make this one none.
    Other,
}

/// How notes begin that leave a number as it is.
const NOTES: [&str; 18] = [
    "含", "其中", "包括", "包含", "不含", "不包", "备注", "说明", "见", "详见", "均", "主要", "同比", "较", "比", "占",
    "即", "与",
];
/// Words in brackets for signs, and whether they make a number negative.
const BRACKETED_SIGNS: [(&str, bool); 13] = [
    ("减少", true),
    ("减", true),
    ("下降", true),
    ("负", true),
    ("↓", true),
    ("-", true),
    ("▼", true),
    ("增加", false),
    ("新增", false),
    ("增", false),
    ("上升", false),
    ("↑", false),
    ("+", false),
];

/// A number without what stands in brackets behind it, and what that is.
fn without_bracket(text: &str) -> (&str, Bracket) {
    let Some(at) = text.find('(').filter(|at| *at > 0 && text.ends_with(')')) else { return (text, Bracket::None) };
    let inner: String = text[at + 1..text.len() - 1].chars().filter(|c| !c.is_whitespace()).collect();
    let unit = UNITS.iter().chain(&MONEY).copied().find(|unit| *unit == inner);
    let sign = || BRACKETED_SIGNS.iter().find(|(word, _)| *word == inner).map(|(_, negative)| *negative);
    // 注2 is a note, 注销2件 is none.
    let is_numbered = || inner.strip_prefix('注').is_some_and(|rest| !rest.starts_with(is_ideograph));
    let is_note = || (is_numbered() || NOTES.iter().any(|word| inner.starts_with(word))) && !inner.contains(['(', ')']);
    let bracket = match (unit, sign()) {
        (Some(unit), _) => Bracket::Unit(unit),
        (None, Some(negative)) => Bracket::Sign(negative),
        (None, None) if is_note() => Bracket::Note,
        (None, None) => Bracket::Other,
    };
    (text[..at].trim_end(), bracket)
}

/// Digits above the line that are more than any note has.
const LEAST_RAISED: usize = 3;

/// `85¹`, `85[1]`, `85*`: the mark of a note after the number is no part of it. A number that stands above the line as a whole
/// is one, unless it is so short that it may be the mark of a note beside a blank.
fn without_mark(text: &str) -> Cow<'_, str> {
    let bracketed = || {
        let (number, mark) = text.strip_suffix([']', '〕'])?.rsplit_once(['[', '〔'])?;
        let digit = |c: char| c.is_ascii_digit() || raised_digit(c).is_some();
        let counts = (1..=3).contains(&mark.chars().count()) && mark.chars().all(digit);
        counts.then_some(number)
    };
    let is_mark = |c: char| raised_digit(c).is_some() || matches!(c, '*' | '※' | '①'..='⑳');
    let bare = bracketed().unwrap_or(text).trim_end_matches(is_mark).trim_end();
    if bare.ends_with(|c: char| c.is_ascii_digit()) {
        return bare.into();
    }
    if text.chars().count() >= LEAST_RAISED && text.chars().all(|c| raised_digit(c).is_some()) {
        return text.chars().map(|c| raised_digit(c).unwrap_or(c)).collect::<String>().into();
    }
    text.into()
}

/// The digit that stands above the line.
fn raised_digit(c: char) -> Option<char> {
    let value = match c {
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁰' | '⁴'..='⁹' => c as u32 - '⁰' as u32,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// The unit that a text names, if it is nothing else.
pub(super) fn unit_of(text: &str) -> Option<&'static str> {
    // No unit is longer; most texts are.
    if text.len() > 12 {
        return None;
    }
    let plain: String = text.chars().filter_map(folded).filter(|c| !c.is_whitespace()).collect();
    let inner = plain.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(&plain);
    UNITS.iter().copied().find(|unit| *unit == inner)
}

/// The unit of money that a label states: 本年收费金额（单位：元）, 行政事业性收费（元）.
pub(super) fn stated_unit(text: &str) -> Option<&'static str> {
    let plain: String = text.chars().filter_map(folded).filter(|c| !c.is_whitespace()).collect();
    let said = plain.split_once("单位").map(|(_, rest)| rest.trim_start_matches([':', '为']));
    let bracket = || plain.rsplit_once('(').map(|(_, rest)| rest.trim_end_matches(')'));
    let of = |text: &str| MONEY.iter().copied().find(|unit| text.trim_end_matches(')') == *unit);
    said.and_then(of).or_else(|| bracket().and_then(of))
}

/// Units of money.
const MONEY: [&str; 5] = ["亿元", "万元", "千元", "百元", "元"];

/// A text without the unit that it ends with, and the unit.
pub(super) fn without_unit(text: &str) -> (&str, Option<&'static str>) {
    for unit in UNITS {
        if let Some(number) = text.strip_suffix(unit) {
            return (number.trim_end(), Some(unit));
        }
    }
    (text, None)
}

/// Words for signs, and whether they make a number negative.
const SIGNS: &[(&str, bool)] = &[("增加", false), ("减少", true), ("新增", false), ("增", false), ("减", true)];

/// The sign of a number; words for it only where the column may be negative.
fn sign(text: &str, kind: Kind) -> (bool, &str) {
    let signs: &[(&str, bool)] = &[("+", false), ("-", true)];
    let words = if kind == Kind::Change { SIGNS } else { &[] };
    for (sign, negative) in signs.iter().chain(words) {
        if let Some(rest) = text.strip_prefix(sign) {
            return (*negative, rest.trim_start());
        }
    }
    (false, text)
}

/// Digits with at most one point; separators of thousands and breaks of a narrow cell dropped.
fn digits_of(text: &str) -> Option<String> {
    if text == "零" {
        return Some("0".to_owned());
    }
    let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    let joined: String = lines.collect();
    let (whole, fraction) =
        joined.split_once('.').map_or((joined.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let whole = without_thousands(whole, fraction.is_some())?;
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(&whole) || fraction.is_some_and(|fraction| !all_digits(fraction)) {
        return None;
    }
    let digits = fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}"));
    (digits.len() <= MOST_DIGITS).then_some(digits)
}

/// `1,234` and `1 234` are 1234; `1,23` is nothing, nor is `104 104`, which may be two numbers, if no fraction shows it to be one.
fn without_thousands(whole: &str, has_fraction: bool) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| matches!(c, ',' | ' ')) else { return Some(whole.to_owned()) };
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let regular = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    let may_be_two = separator == ' ' && first.len() == 3 && rest.len() == 1 && !has_fraction;
    (regular && !may_be_two).then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! number {
        ($($kind:ident $text:literal => $value:literal $unit:expr;)*) => {
            $(let reading = read($text, Kind::$kind);
            let shown = match reading.value { Value::Number(number) => number.to_string(), other => other.state().to_owned() };
            assert_eq!((shown.as_str(), reading.unit), ($value, $unit), "{:?}", $text);)*
        };
    }

    #[test]
    fn marks_of_notes_are_no_part_of_a_number() {
        let number = |text: &str| read(text, Kind::Count).value.number().map(|number| number.to_string());
        for text in ["85¹", "85[1]", "85［２］", "85[²]", "85*", "85 ※", "85①", "85¹²", "８５¹"] {
            assert_eq!(number(text).as_deref(), Some("85"), "{text}");
            assert!(is_value(text), "{text}");
        }
        // A number that stands above the line as a whole is one, if it is too long for the mark of a note beside a blank.
        assert_eq!(number("⁸⁵²").as_deref(), Some("852"));
        for text in ["⁸⁵", "¹", "[1]", "*", "①", "85[甲]", "85[1234]", "¹件"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn every_ideograph_of_a_value_is_listed() {
        let words = UNITS.iter().copied().chain(SIGNS.iter().map(|(sign, _)| *sign)).chain(["无", "零", "一"]);
        assert!(words.flat_map(str::chars).all(|c| IDEOGRAPHS.contains(c)));
    }

    #[test]
    fn cells_read_as_the_codebook_says() {
        number! {
            Count "0" => "0" None;
            Count "" => "blank" None;
            Count " \u{3000}\u{a0}" => "blank" None;
            Count "/" => "not_applicable" None;
            Count "／" => "not_applicable" None;
            Count "\u{2215}" => "not_applicable" None;
            Count "—" => "not_applicable" None;
            Count "--" => "not_applicable" None;
            Count "----------" => "unreadable" None;
            Count "－" => "not_applicable" None;
            Count "无" => "not_applicable" None;
            Count " 5 " => "5" None;
            Count "\n0" => "0" None;
            Count "１２，３４５" => "12345" None;
            Count "1,234" => "1234" None;
            Count "1,23" => "unreadable" None;
            Count "1 2" => "unreadable" None;
            Count "12 345" => "12345" None;
            Count "104 104" => "unreadable" None;
            Count "104,104" => "104104" None;
            Amount "104 104.5" => "104104.5" None;
            Count "12\u{3000}345" => "unreadable" None;
            Count "1\t234" => "unreadable" None;
            Count "1361\n2" => "13612" None;
            Count "22（其中修订 16 件）" => "22" None;
            Count "2（更正为3）" => "unreadable" None;
            Count "3（本级）2（下属）" => "unreadable" None;
            Count "3（作废）" => "unreadable" None;
            Count "3（万件）" => "unreadable" None;
            Count "5（减少）" => "unreadable" None;
            Count "5（件）" => "5" Some("件");
            Change "5（减少）" => "-5" None;
            Change "5（↓）" => "-5" None;
            Change "5（增加）" => "5" None;
            Amount "5,000（元）" => "5000" Some("元");
            Amount "3（千元）" => "3" Some("千元");
            Count "? 0" => "0" None;
            Count "3件" => "3" Some("件");
            Count "-5" => "-5" None;
            Count "减4" => "unreadable" None;
            Count "详见附件" => "unreadable" None;
            Count "12%" => "unreadable" None;
            Count "1.2.3" => "unreadable" None;
            Count "99999999999999999999999999999999" => "unreadable" None;
            Change "减4" => "-4" None;
            Change "增加3" => "3" None;
            Change "+1036" => "1036" None;
            Change "-35" => "-35" None;
            Amount "251000元" => "251000" Some("元");
            Amount "160.5964万元" => "160.5964" Some("万元");
            Amount "59237.2449" => "59237.2449" None;
            Amount "0.37 万元" => "0.37" Some("万元");
        }
        assert_eq!(unit_of(" 万 元 "), Some("万元"));
        assert_eq!(unit_of("（件）"), Some("件"));
        assert_eq!(unit_of("3件"), None);
        assert!(read("1361\n2", Kind::Count).joined);
        assert!(!read("\n0", Kind::Count).joined);
    }
}
