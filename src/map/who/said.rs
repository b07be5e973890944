//! The organ as the text names it, where no title does.

use std::sync::LazyLock;

use regex::Regex;

use super::super::stream::Line;
use super::organ::parts;

/// 现公布示例县教育局2021年政府信息公开工作年度报告.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    super::super::about::pattern(
        r"(?:公布|发布|编制|公开)(?:的)?(?:20\d\d年度?)?(?P<organ>\p{Han}[\p{Han}（）]{2,30}?)(?:20\d\d年?度?)?(?:的)?(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)",
    )
});
/// 本报告由示例县教育局编制.
static MADE_BY: LazyLock<Regex> = LazyLock::new(|| {
    super::super::about::pattern(
        r"(?:报告|年报)(?:是)?由(?P<organ>\p{Han}[\p{Han}（）]{2,30}?)(?:编制|负责编制|根据|依据|按照|依照)",
    )
});
/// 发布机构：示例县教育局.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    super::super::about::pattern(
        r"(?:发布|发文|公开|制作|编制)(?:机构|机关|单位)[:：](?P<organ>\p{Han}[\p{Han}（）]{2,30})",
    )
});

/// Words that a name of an organ does not hold; a match with one is a clause, no name.
const NO_NAME: &[&str] = &["本", "我", "该", "根据", "按照", "情况", "年度", "报告", "信息", "要求", "的"];

/// The organ that the text says is reporting. Different names are none.
pub(in super::super) fn organ(lines: &[&Line], year: Option<i32>) -> Option<String> {
    let patterns: [(&Regex, &[&str]); 3] = [
        (&ANNOUNCED, &["公布", "发布", "编制", "公开"]),
        (&MADE_BY, &["报告由", "年报由", "报告是由"]),
        (&LABELLED, &["机构", "机关", "单位"]),
    ];
    patterns.into_iter().find_map(|(pattern, words)| {
        let mut names = lines.iter().filter_map(|line| name_in(&line.text, pattern, words, year));
        let first = names.next()?;
        names.all(|other| other == first).then_some(first)
    })
}

fn name_in(text: &str, pattern: &Regex, words: &[&str], year: Option<i32>) -> Option<String> {
    if !words.iter().any(|word| text.contains(word)) {
        return None;
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let name = pattern.captures(&compact)?.name("organ")?.as_str();
    let plain = !NO_NAME.iter().any(|word| name.contains(word));
    // A word that ends like an organ is one only with a division, or as a township of its own name.
    let parts = parts(name, year);
    let told = parts.level.is_some() && (parts.reading.is_some() || name.ends_with("政府") || name.ends_with("办事处"));
    (plain && told).then(|| name.to_owned())
}
