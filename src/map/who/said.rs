//! The organ as the text names it, where no title does.

use std::sync::LazyLock;

use regex::Regex;

use super::super::stream::Line;
use super::organ::parts;
use crate::report::Level;

/// 现公布示例县教育局2021年政府信息公开工作年度报告.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    super::super::about::pattern(
        r"(?:公布|发布|编制|公开)(?:的|了|《)?(?:20\d\d年度?)?(?P<organ>\p{Han}[\p{Han}（）]{2,30}?)(?:20\d\d年?度?)?(?:的)?(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)",
    )
});
/// 本报告由示例县教育局编制.
static MADE_BY: LazyLock<Regex> = LazyLock::new(|| {
    super::super::about::pattern(
        r"(?:(?:报告|年报)(?:是)?由(?P<organ>\p{Han}[\p{Han}（）]{2,30}?)(?:编制|负责编制|根据|依据|按照|依照))|(?:结合(?:20\d\d年度?)?(?P<of>\p{Han}[\p{Han}（）]{2,30}?)政府信息公开(?:工作)?实际)|(?:[，,]由(?P<maker>\p{Han}[\p{Han}（）]{2,30}?)(?:负责)?编制)|(?:^(?P<own>\p{Han}[\p{Han}（）]{2,30}?)20\d\d年?度?政府信息公开(?:工作)?年度(?:工作)?报告(?:[（(]以下简称[^）)]{1,12}[）)])?(?:是|由|根据|依据|按照))",
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

/// 2021年，示例县教育局认真贯彻…: who does what the report tells.
static ACTING: LazyLock<Regex> = LazyLock::new(|| {
    super::super::about::pattern(
        r"^(?:20\d\d年(?:度)?[，,])?(?P<organ>\p{Han}[\p{Han}（）]{2,30}?)(?:认真|坚持|严格|深入|积极|全面|按照|根据|以|紧紧|高度|始终|围绕|持续|不断|切实|继续)",
    )
});

/// The organ that the text says is reporting. Different names are none.
pub(in super::super) fn organ(lines: &[&Line], year: Option<i32>) -> Option<String> {
    announced(lines, year).or_else(|| only(lines, &LABELLED, &["机构", "机关", "单位"], year))
}

/// The same by the sentences about the report itself, not by what its page is labelled with.
pub(super) fn announced(lines: &[&Line], year: Option<i32>) -> Option<String> {
    only(lines, &ANNOUNCED, &["公布", "发布", "编制", "公开"], year).or_else(|| {
        only(lines, &MADE_BY, &["报告由", "年报由", "报告是由", "，由", ",由", "实际", "报告（", "报告("], year)
    })
}

/// The organ that signs the report, or else does what its sentences tell. An office may sign for its government.
pub(in super::super) fn signing(lines: &[&Line], year: Option<i32>) -> Option<String> {
    let signed = || super::own::signed(lines).and_then(|signed| signed.organ);
    let own = |name: &String| {
        let parts = parts(name, year);
        let place = name.char_indices().skip(2).any(|(_, c)| "省市县区旗州盟镇乡".contains(c));
        let kind = parts.level.is_some_and(|level| level != Level::Office);
        let several = name.starts_with(['各', '全', '上']);
        kind && !several && (parts.reading.is_some() || place) && !NO_NAME.iter().any(|word| name.contains(word))
    };
    signed().filter(own).or_else(|| {
        let mut names = lines.iter().filter_map(|line| {
            let compact: String = line.text.chars().filter(|c| !c.is_whitespace()).take(60).collect();
            Some(ACTING.captures(&compact)?.name("organ")?.as_str().to_owned()).filter(own)
        });
        let first = names.next()?;
        names.all(|other| other == first).then_some(first)
    })
}

/// Makes the pattern that the sentences of most reports ask for.
pub(super) fn prepare() {
    LazyLock::force(&ANNOUNCED);
}

/// The only name that a pattern finds.
fn only(lines: &[&Line], pattern: &LazyLock<Regex>, words: &[&str], year: Option<i32>) -> Option<String> {
    let mut names = lines.iter().filter_map(|line| name_in(&line.text, pattern, words, year));
    let first = names.next()?;
    names.all(|other| other == first).then_some(first)
}

/// The pattern is made only where a text has one of the words.
fn name_in(text: &str, pattern: &LazyLock<Regex>, words: &[&str], year: Option<i32>) -> Option<String> {
    if !words.iter().any(|word| text.contains(word)) {
        return None;
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let found = pattern.captures(&compact)?;
    let name = found.iter().skip(1).flatten().next()?.as_str();
    let plain = !NO_NAME.iter().any(|word| name.contains(word));
    // A word that ends like an organ is one only with a division, or as a township of its own name.
    let parts = parts(name, year);
    let of_its_own = ["政府", "办事处"].iter().any(|ending| name.ends_with(ending));
    let of_town =
        ["镇", "乡", "街道"].iter().any(|ending| name.ends_with(ending)) && !name.starts_with(['各', '全', '乡', '度']);
    let told = parts.level.is_some() && (parts.reading.is_some() || of_its_own || of_town);
    (plain && told).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        let line = Line { text: text.into(), origin: Default::default(), blank_cell: false };
        organ(&[&line], Some(2021))
    }

    #[test]
    fn sentences_about_the_report_name_its_organ() {
        for (text, expected) in [
            ("现公布韶关市教育局2021年政府信息公开工作年度报告。", Some("韶关市教育局")),
            ("现发布《韶关市教育局2021年政府信息公开工作年度报告》。", Some("韶关市教育局")),
            ("根据有关规定，由韶关市教育局编制。本年度报告包括六个部分。", Some("韶关市教育局")),
            ("韶关市教育局2021年政府信息公开工作年度报告（以下简称年报）是根据条例编制。", Some("韶关市教育局")),
            ("特向社会公布韶关市武江区2021年度信息公开年度报告。", Some("韶关市武江区")),
            ("现公布武山镇2021年政府信息公开工作年度报告。", Some("武山镇")),
            ("结合2021年韶关市教育局政府信息公开工作实际，编制本报告。", Some("韶关市教育局")),
            ("结合2021年政府信息公开工作实际，编制本报告。", None),
            ("现公布各乡镇2021年政府信息公开工作年度报告。", None),
            ("现公布本镇2021年政府信息公开工作年度报告。", None),
            ("全年由各科室编制。", None),
            ("特编制并向社会公布2021年度街道信息公开年度报告。", None),
            ("公开信息公开年度报告。", None),
        ] {
            assert_eq!(of(text).as_deref(), expected, "{text}");
        }
    }
}
