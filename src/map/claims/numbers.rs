//! Numbers with a unit in a sentence: digits, thousands, full width, Chinese numerals, 万 and 亿.

use rust_decimal::Decimal;

use crate::map::chars::Chars;
use crate::map::years;
use crate::template::label::is_ideograph;

/// A number with its unit. Places count characters of the folded sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub start: usize,
    /// After the unit.
    pub end: usize,
    pub number: Decimal,
    pub unit: &'static str,
    pub approximate: bool,
}

/// Units; longer ones first. Counters of cases are one unit to the form.
const UNITS: &[&str] = &[
    "万元", "亿元", "元", "%", "人次", "件次", "条次", "件", "宗", "例", "条", "个", "份", "项", "次", "起", "篇",
    "部", "期",
];
/// What makes of a unit the beginning of another word: 个工作日, 次会议.
const NO_UNIT_BEFORE: &[&str] = &[
    "工作日",
    "自然日",
    "小时",
    "月",
    "方面",
    "部门",
    "单位",
    "栏目",
    "平台",
    "窗口",
    "网站",
    "乡镇",
    "镇",
    "街道",
    "社区",
    "村",
    "类",
    "会议",
    "培训",
    "专栏",
    "账号",
    "公众号",
    "问题",
    "环节",
    "目录",
    "点",
    "第",
    "规定",
    "原则",
];
/// With what those words begin: hardly a unit has one of them behind it.
static NO_UNIT_FIRST: Chars = Chars::of(&[
    '工', '自', '小', '月', '方', '部', '单', '栏', '平', '窗', '网', '乡', '镇', '街', '社', '村', '类', '会', '培',
    '专', '账', '公', '问', '环', '目', '点', '第', '规', '原',
]);
/// Words before a rounded number …
const ABOUT_BEFORE: &[&str] =
    &["约", "约为", "约有", "约计", "约达", "近", "接近", "超", "逾", "超过", "将近", "不足", "至少", "不少于", "突破"];
/// … and behind its unit.
const ABOUT_AFTER: &[&str] = &["左右", "以上", "上下", "以下", "以内", "余", "有余", "多", "（约数"];

/// So many digits cannot overflow.
const FEW_DIGITS: usize = 9;
/// More decimals than these are no count.
const MOST_DECIMALS: u32 = 8;

/// With what a number's unit begins, or what stands before it.
static BEHIND: Chars = Chars::of(&[
    '件', '项', '条', '个', '次', '份', '万', '元', '%', '宗', '例', '起', '人', '篇', '部', '期', '亿', '余', '多',
]);

static NUMERALS: Chars = Chars::of(&[
    '零', '〇', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟', '一', '二', '两', '三', '四',
    '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿',
]);

/// A sentence without white space, full-width digits and letters and years in numerals made plain, character by character.
pub(super) fn folded(sentence: &str) -> Vec<char> {
    // Nearly all are ideographs, of three bytes each.
    let mut folded: Vec<char> = Vec::with_capacity(sentence.len() / 2);
    let mut wide = false;
    for c in sentence.chars() {
        if !is_ideograph(c) {
            if c.is_whitespace() || c == '\u{200b}' {
                continue;
            }
            wide |= is_wide(c);
        }
        folded.push(c);
    }
    // Quick way: hardly a sentence has any.
    if wide {
        folded = narrowed(&folded);
    }
    years::make_plain(&mut folded);
    folded
}

/// A digit, sign or letter of full width that has a plain twin.
fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | '．' | '％' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn narrowed(text: &[char]) -> Vec<char> {
    let wide = |at: usize| text.get(at).is_some_and(|c| matches!(c, '０'..='９'));
    // A comma between full-width digits may part thousands; between plain ones only a plain comma does.
    let comma = |at: usize| text[at] == '，' && at > 0 && wide(at - 1) && (1..=3).all(|next| wide(at + next));
    let narrow = |at: usize| match text[at] {
        _ if comma(at) => ',',
        c if is_wide(c) => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    (0..text.len()).map(narrow).collect()
}

/// Every number with a unit, from left to right.
pub(super) fn tokens(text: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !begins_number(text[at]) {
            at += 1;
            continue;
        }
        match token(text, at) {
            Some(token) => {
                at = token.end;
                tokens.push(token);
            }
            None => at = skipped(text, at),
        }
    }
    tokens
}

fn begins_number(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() || matches!(c, '.' | ',') } else { is_numeral(c) }
}

/// Past a number that is none of ours, whole: half of it would be another.
fn skipped(text: &[char], at: usize) -> usize {
    at + digits_length(text, at).max(numeral_length(text, at)).max(1)
}

fn token(text: &[char], start: usize) -> Option<Token> {
    let before = start.checked_sub(1).map(|at| text[at]);
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || "第〔[【.".contains(c)) {
        return None;
    }
    let chinese = !text[start].is_ascii();
    let length = if chinese { numeral_length(text, start) } else { digits_length(text, start) };
    // Quick way: most numbers and numerals have no unit.
    if !text.get(start + length).is_some_and(|c| BEHIND.has(*c)) {
        return None;
    }
    let (mut number, mut end) = if chinese { numeral(text, start, length)? } else { digits(text, start, length)? };
    let mut approximate = false;
    if let Some(c) = text.get(end).filter(|c| "余多".contains(**c)) {
        approximate |= "余多".contains(*c);
        end += 1;
    }
    let unit_at = |at: usize| UNITS.iter().copied().find(|unit| starts_with(text, at, unit));
    if let (Some(scale), false) = (text.get(end).copied().and_then(scale), unit_at(end).is_some()) {
        // 1.2万件 is rounded, 1.2345万件 is not; 万元 is a unit.
        approximate |= Decimal::from(10u64.pow(number.scale().min(MOST_DECIMALS))) < scale;
        number = number.checked_mul(scale)?.normalize();
        end += 1;
        if text.get(end).is_some_and(|c| "余多".contains(*c)) {
            end += 1;
        }
    }
    let unit = unit_at(end)?;
    end += unit.chars().count();
    let begins_word = || text.get(end).is_some_and(|c| NO_UNIT_FIRST.has(*c));
    let is_no_unit = || begins_word() && NO_UNIT_BEFORE.iter().any(|word| starts_with(text, end, word));
    if (chinese && !is_plain_count(unit)) || is_no_unit() {
        return None;
    }
    approximate |= said_about(text, start) || ABOUT_AFTER.iter().any(|word| starts_with(text, end, word));
    Some(Token { start, end, number, unit, approximate })
}

/// 一项, 一个, 一次 are ways of speaking; 一件 is a count.
fn is_plain_count(unit: &str) -> bool {
    matches!(unit, "件" | "宗" | "例" | "条" | "起" | "份")
}

fn scale(c: char) -> Option<Decimal> {
    match c {
        '万' => Some(Decimal::from(10_000)),
        '亿' => Some(Decimal::from(100_000_000)),
        _ => None,
    }
}

pub(super) fn starts_with(text: &[char], at: usize, word: &str) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

fn said_about(text: &[char], start: usize) -> bool {
    ABOUT_BEFORE
        .iter()
        .any(|word| start.checked_sub(word.chars().count()).is_some_and(|at| starts_with(text, at, word)))
}

fn digits_length(text: &[char], start: usize) -> usize {
    text[start..].iter().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count()
}

fn numeral_length(text: &[char], start: usize) -> usize {
    text[start..].iter().take_while(|c| is_numeral(**c)).count()
}

/// `1,234.5`: number and end.
fn digits(text: &[char], start: usize, length: usize) -> Option<(Decimal, usize)> {
    // Quick way: nearly all are a few digits.
    let plain = &text[start..start + length];
    if (1..=FEW_DIGITS).contains(&length)
        && let Some(number) = plain.iter().try_fold(0, |number, c| Some(10 * number + c.to_digit(10)?))
    {
        return Some((Decimal::from(number), start + length));
    }
    let written: String = plain.iter().collect();
    let whole = written.split('.').next().unwrap_or_default();
    let groups: Vec<&str> = whole.split(',').collect();
    let regular = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    // 2.部分公开 is an item.
    if !written.starts_with(|c: char| c.is_ascii_digit()) || written.ends_with('.') || !regular || written.len() > 18 {
        return None;
    }
    let number = written.replace(',', "").parse().ok()?;
    Some((number, start + length))
}

#[inline]
fn is_numeral(c: char) -> bool {
    NUMERALS.has(c)
}

/// 一百零五, 二十, 十二, 三千, 六一九; not 数百, 七八, 三四百, 二百五, which are no exact numbers.
fn numeral(text: &[char], start: usize, length: usize) -> Option<(Decimal, usize)> {
    let vague = start.checked_sub(1).is_some_and(|before| matches!(text[before], '数' | '几' | '上'));
    let number = numeral_of(&text[start..start + length]).filter(|_| !vague)?;
    Some((Decimal::from(number), start + length))
}

fn numeral_of(numeral: &[char]) -> Option<i64> {
    let value = |c: char| match c {
        '〇' => Some(0),
        '两' => Some(2),
        c => ["零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"]
            .iter()
            .find_map(|digits| digits.chars().position(|digit| digit == c))
            .map(|at| at as i64),
    };
    if numeral.is_empty() || numeral.len() > 12 {
        return None;
    }
    // Digits one after another are places: two of them, none a zero, are rather a guess (七八).
    if let Some(digits) = numeral.iter().map(|c| value(*c)).collect::<Option<Vec<i64>>>()
        && digits.len() > 1
    {
        let exact = digits[0] != 0 && (digits.len() > 2 || digits[1] == 0);
        return exact.then(|| digits.iter().fold(0, |number, digit| 10 * number + digit));
    }
    let (mut all, mut section) = (0_i64, 0_i64);
    // The digit in hand, the unit before it, and whether a zero stands between.
    let (mut digit, mut above, mut zero) = (None, 0_i64, false);
    for &c in numeral {
        let unit = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            c => {
                let next = value(c)?;
                if digit.is_some() {
                    return None;
                }
                (digit, zero) = if next == 0 { (None, true) } else { (Some(next), zero) };
                continue;
            }
        };
        if unit >= 10_000 {
            all = (all + section + digit.unwrap_or(0)) * unit;
            (section, digit, above, zero) = (0, None, unit, false);
            continue;
        }
        // 十二 is 12, but 百件 and 二百十 are not written.
        let times = digit.or((unit == 10 && (above == 0 || zero)).then_some(1))?;
        section += times * unit;
        (digit, above, zero) = (None, unit, false);
    }
    // 二百五 is said for 250, and is none.
    let plain = digit.is_none() || zero || above <= 10;
    plain.then_some(all + section + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let tokens = tokens(&folded(text));
        let shown =
            |token: &Token| format!("{}{}{}", token.number, token.unit, if token.approximate { "~" } else { "" });
        tokens.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    macro_rules! numbers {
        ($($text:literal => $found:literal;)*) => {
            #[test]
            fn numbers_with_units_are_found_whole() {
                $(assert_eq!(found($text), $found, "{}", $text);)*
            }
        };
    }

    #[test]
    fn the_first_characters_of_words_are_listed() {
        let begins = |word: &&str| word.chars().next().is_some_and(|c| NO_UNIT_FIRST.has(c));
        assert!(NO_UNIT_BEFORE.iter().all(begins));
    }

    #[test]
    fn years_in_numerals_are_years() {
        let plain = |text: &str| folded(text).into_iter().collect::<String>();
        assert_eq!(plain("二〇二三年，二○二一年；二零一九年"), "2023年，2021年；2019年");
        assert_eq!(plain("二百零三年，一二三四年，二〇二件"), "二百零三年，一二三四年，二〇二件");
    }

    numbers! {
        "收到申请12件，答复 8 件" => "12件 8件";
        "公开信息１，２３４条" => "1234条";
        "公开信息1,234条，比例20.5%" => "1234条 20.5%";
        "公开信息1234余条、约50条、60条左右、1.2万条" => "1234条~ 50条~ 60条~ 12000条~";
        "收取费用1.5万元、300元" => "1.5万元 300元";
        "办理一百零五件，其中十二件、两件、三千零二十件" => "105件 12件 2件 3020件";
        "柒拾玖件、壹佰零伍件" => "79件 105件";
        "零申请，零件" => "0件";
        "六一九件、一〇五件、二〇件、一百一十件、一万零五件" => "619件 105件 20件 110件 10005件";
        "数百件、几十件、上千件、七八件、二三十件、三四百件、二百五件、一两件、百件" => "";
        "约为600件，600件有余、六百件多、600件以内、六百二十件（约数）" => "600件~ 600件~ 600件~ 600件~ 620件~";
        "15个工作日内，2021年1月1日，第3项，五个方面，3次会议，12,34件" => "";
        "依据第二十条第（一）项" => "";
        "办理A12件" => "";
        "分别为5，10件" => "10件";
    }
}
