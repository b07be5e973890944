//! What stands over a table and says whose it is: an example, another year's, a part.

/// What stands over a table to say that it shows how one is filled in.
const EXAMPLES: [&str; 10] =
    ["填报示例", "填写示例", "示例表", "填报样例", "样表", "例表", "范例", "模板", "空白表", "参考格式"];

/// What stands over a table of the year before.
const YEARS_BEFORE: [&str; 5] = ["上年度", "上一年", "去年", "往年", "上年"];

/// A caption with more characters than this is prose.
const LONGEST_WORDS: usize = 30;

/// Whether a text is short, no sentence, and has a character that captions have.
pub(super) fn may_be(text: &str) -> bool {
    const OF_CAPTIONS: [char; 15] =
        ['附', '其', '示', '样', '例', '范', '模', '空', '参', '同', '目', '计', '预', '年', '如'];
    text.len() <= 3 * LONGEST_WORDS && !text.ends_with('。') && text.contains(OF_CAPTIONS)
}

/// Whether a caption says that its table is an example, or of another year than the report.
pub(super) fn is_of_another(caption: &str, year: Option<i32>) -> bool {
    let caption: String = caption.chars().filter(|c| !c.is_whitespace()).collect();
    let has = |words: &[&str]| words.iter().any(|word| caption.contains(word));
    let named = years(&caption);
    let another = year.is_some_and(|year| !named.is_empty() && !named.contains(&year));
    has(&EXAMPLES) || caption == "示例" || another || (named.is_empty() && has(&YEARS_BEFORE))
}

/// What the line over a table, as far as it is one sentence, says to set the table apart from the report's own.
pub(super) fn apart(line: &str, year: Option<i32>) -> Option<&str> {
    let last = line.trim().rsplit('。').next().unwrap_or_default().trim();
    (may_be(last) && is_apart(last, year)).then_some(last)
}

/// Whether a caption says that its table is none of the report's own, even if there is no other: 其中：…, 附：2021年情况.
fn is_apart(caption: &str, year: Option<i32>) -> bool {
    let caption: String = caption.chars().filter(|c| !c.is_whitespace()).collect();
    let has = |words: &[&str]| words.iter().any(|word| caption.contains(word));
    let named = years(&caption);
    let another = year.is_some_and(|year| !named.is_empty() && !named.contains(&year));
    // What a line of prose goes on with, broken anywhere, is no caption.
    let is_whole = caption.ends_with(['：', ':', '表', '况', '标', '划', '据', '期', '局', '下', '）', ')'])
        && !caption
            .trim_start_matches(['附', '件', '：', ':'])
            .trim_start_matches("其中")
            .trim_start_matches(['，', ','])
            .contains(['，', ',']);
    let named = caption.trim_start_matches(['附', '件', '表', '录', '：', ':']);
    let of_part = named.starts_with("其中") || has(&["同期", "工作目标", "工作计划", "计划表", "预计"]);
    // A year alone may be a slip of the pen: 2021年度.
    let of_year =
        (another || has(&YEARS_BEFORE)) && (caption.starts_with('附') || has(&["情况", "如下", "数据", "表"]));
    has(&EXAMPLES) || is_whole && (of_part || of_year)
}

/// The years that a text names in digits: `2021年`.
fn years(text: &str) -> Vec<i32> {
    let before = text.match_indices('年').map(|(at, _)| &text[..at]);
    let digits = before.filter_map(|before| {
        let start = before
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let digits = &before[start..];
        if digits.len() == 4 { digits.parse().ok() } else { None }
    });
    digits.filter(|year| (1990..2100).contains(year)).collect()
}
