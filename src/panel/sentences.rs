//! Sentences of a report that must not stand in the next year's as they are.
//!
//! A false alarm is worse than a miss: set phrases without numbers, laws and dates of the past,
//! contacts, and what an organ has (staff, offices, stocks) are left out.

use std::sync::LazyLock;

use regex::Regex;

use super::text::{bare, hash, is_year, plain};
use crate::document::Origin;
use crate::report::{Report, Section};

/// What makes a sentence belong to its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It names the year reported on as a whole year, and no later one.
    OwnYear,
    /// It names the year before, and not the year reported on.
    LastYear,
    /// It states counts that do not repeat by chance.
    Counts,
}

/// What is kept of such a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    pub kind: Kind,
    /// Number of the sentence within the report.
    pub number: u32,
    /// Hash of its words; of counts, without years.
    pub hash: u64,
    /// Its beginning.
    pub start: Box<str>,
    /// Where the heading of its section stands.
    pub origin: Origin,
}

/// Shorter ones are headings and scraps. In characters without punctuation.
const SHORTEST: usize = 12;
/// Characters kept of a sentence: enough to find it by.
const START: usize = 24;
/// Digits that the counts of a sentence have together, before they are taken not to repeat by chance.
const DIGITS: usize = 5;
/// Sentences kept of a report; one has a few dozen.
const MOST: usize = 2_000;
/// How many counts it states at least.
const COUNTS: usize = 2;

/// Words of sentences about the past that stay true: laws, decrees, foundings.
const LASTING: &[&str] = &[
    "施行", "实施", "以来", "印发", "颁布", "出台", "成立", "修订", "修正", "令第", "号令", "〔", "[", "年起", "开始",
    "截至", "截止",
];
/// Words of sentences about what an organ has, or how it is reached.
const STANDING: &[&str] = &[
    "共有",
    "现有",
    "设有",
    "设立",
    "设置",
    "下设",
    "下辖",
    "辖区",
    "累计",
    "历年",
    "截至",
    "截止",
    "配备",
    "专职",
    "兼职",
    "保留",
    "现行有效",
    "电话",
    "邮编",
    "邮政编码",
    "地址",
    "邮箱",
    "网址",
    "传真",
    "工作日",
    "小时",
    "条例",
    "〔",
    "规划",
];

static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\d{2,}(?:\.\d+)?)\s*(?:余|多)?(?:万元|元|人次|件次|场次|件|条|篇|份|期|场|次|个|项|起|宗|例)")
        .expect("a constant pattern")
});
static TITLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("《[^《》]*(?:《[^《》]*》[^《》]*)*》").expect("a constant pattern"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(20\d\d)年").expect("a constant pattern"));
static DATE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"20\d\d年\d{1,2}月\d{1,2}日").expect("a constant pattern"));

/// The sentences of a report that belong to its year.
pub(super) fn of_report(report: &Report) -> Box<[Sentence]> {
    let Some(year) = report.year else { return Box::default() };
    let mut found = Vec::new();
    let mut number = 0;
    for (text, origin) in report.sections.iter().flat_map(texts) {
        for sentence in text.split(['。', '；', '！', ';', '\n']) {
            if found.len() >= MOST {
                return found.into_boxed_slice();
            }
            number += 1;
            sort(sentence.trim(), year, number, origin, &mut found);
        }
    }
    found.into_boxed_slice()
}

fn texts(section: &Section) -> impl Iterator<Item = (&str, Origin)> {
    let parts =
        section.parts.iter().flat_map(|part| [(part.title.as_str(), part.origin), (part.text.as_str(), part.origin)]);
    std::iter::once((section.text.as_str(), section.origin)).chain(parts)
}

fn sort(sentence: &str, year: i32, number: u32, origin: Origin, found: &mut Vec<Sentence>) {
    let words = bare(sentence);
    if words.chars().count() < SHORTEST {
        return;
    }
    // The years and counts of a title are not those of the sentence: 《2022年政务公开工作要点》.
    let told = bare(&TITLE.replace_all(sentence, "《》"));
    let start = || sentence.chars().take(START).collect::<String>().into_boxed_str();
    if let Some(kind) = by_year(sentence, &told, year) {
        found.push(Sentence { kind, number, hash: hash(words.chars()), start: start(), origin });
    }
    if states_counts(sentence, &told) {
        found.push(Sentence {
            kind: Kind::Counts,
            number,
            hash: hash(plain(sentence).chars()),
            start: start(),
            origin,
        });
    }
}

/// Whether a sentence speaks of the year reported on, or of the year before alone.
fn by_year(sentence: &str, words: &str, year: i32) -> Option<Kind> {
    if LASTING.iter().any(|word| sentence.contains(word)) || DATE.is_match(words) {
        return None;
    }
    let years: Vec<i32> = YEAR.captures_iter(words).filter_map(|found| found[1].parse().ok()).collect();
    match years.iter().max() {
        Some(last) if *last == year => Some(Kind::OwnYear),
        Some(last) if *last == year - 1 => Some(Kind::LastYear),
        _ => None,
    }
}

fn states_counts(sentence: &str, words: &str) -> bool {
    if STANDING.iter().any(|word| sentence.contains(word)) {
        return false;
    }
    let counts: Vec<&str> =
        COUNT.captures_iter(words).filter_map(|found| found.get(1)).map(|number| number.as_str()).collect();
    let counts: Vec<&&str> = counts.iter().filter(|number| !is_year(number)).collect();
    let digits: usize = counts.iter().map(|number| number.bytes().filter(u8::is_ascii_digit).count()).sum();
    counts.len() >= COUNTS && digits >= DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(sentence: &str) -> Vec<Kind> {
        let mut found = Vec::new();
        sort(sentence, 2023, 1, Origin::default(), &mut found);
        found.into_iter().map(|sentence| sentence.kind).collect()
    }

    #[test]
    fn only_sentences_that_belong_to_their_year_are_kept() {
        use Kind::{Counts, LastYear, OwnYear};
        let cases: [(&str, &[Kind]); 16] = [
            ("2022年，我局认真做好政务公开各项工作", &[LastYear]),
            ("2023年，我局认真做好政务公开各项工作", &[OwnYear]),
            ("与2022年相比，2023年申请量有所增长", &[OwnYear]),
            ("2024年，我局将继续做好政务公开各项工作", &[]),
            ("全年共主动公开信息345条，其中网站公开212条", &[Counts]),
            ("2023年全年共主动公开信息345条，其中网站公开212条", &[OwnYear, Counts]),
            ("全年共主动公开信息5条，其中网站公开2条", &[]),
            ("认真贯彻落实党中央决策部署，扎实推进政务公开", &[]),
            ("根据2019年修订的《中华人民共和国政府信息公开条例》有关规定", &[]),
            ("该制度自2022年1月1日起施行，各部门遵照执行", &[]),
            ("本机关设置查阅点120个，配备专职工作人员345名", &[]),
            ("联系电话：0578-2090823，邮编：323000，共12件345条", &[]),
            ("按照国办发〔2022〕8号文件要求做好2022年工作安排", &[]),
            ("2022年底。", &[]),
            ("认真落实《示例县2022年政务公开工作要点》，细化任务，压实责任", &[]),
            ("2023年，我局对照《示例县2022年政务公开要点》逐项自查整改", &[OwnYear]),
        ];
        for (sentence, wanted) in cases {
            assert_eq!(kinds(sentence), wanted, "{sentence}");
        }
    }
}
