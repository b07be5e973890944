//! What a sentence says there was none of: 未收到政府信息公开申请, 无行政复议、行政诉讼.
//!
//! Every word of the clause must be known: 未发生被纠错的行政复议, 12月未收到申请, 下属单位未收到申请 deny less.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::lexicon::is_common;
use super::numbers::Token;
use super::patterns::pattern;
use super::setting::DISCLOSURE;
use super::words::{About, plain};
use super::{Found, scope};
use crate::report::Quantity;
use Quantity as Q;

/// A clause that denies, in parts: what stands before, the denial, and what there was none of.
static DENIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<before>.*?)(?:均|也|亦|尚|暂|并|从|全年)*(?P<denial>(?:未|没有|未曾|没|无|零)(?:有|收到|接到|接收到?|受理|发生|出现|产生|涉及|因)?(?:过|到)?)(?P<what>.*)$",
    )
});
/// 政府信息公开申请为零
static NOTHING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?P<before>.*?)(?P<what>(?:政府信息|信息|依申请)公开.*?)(?:数量|总数|总量|数|量)?(?:均|都)?为(?:零|0)$")
});
/// All that there may have been none of.
static WHAT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:任何(?:形式)?|一件|一起|一例|公众|群众|书面形式|提出|提交|要求|的|因|由|就|有|涉及|涉|有关|关于|与|(?:政府|政务)?信息(?:依申请)?公开(?:工作)?|政务公开|依申请公开(?:政府)?信息|依申请公开|公开政府信息|公开信息|申请|而|被|提起|引起|引发|引致|导致|产生|发生|相关|行政复议|复议|行政诉讼|诉讼|案件|案|件|事项|情况|情形|和|或者?|及|以及|、)*$",
    )
});
static APPLICATIONS: LazyLock<Regex> =
    LazyLock::new(|| pattern("公开(?:工作)?(?:的)?申请|申请公开|依申请公开|公开(?:政府)?信息的?申请"));

static COUNT: LazyLock<Regex> = LazyLock::new(|| pattern("[0-9][件宗条个份项次起例]"));

/// Whether a sentence may say that there was none of something.
pub(super) fn may_deny(text: &[char]) -> bool {
    text.iter().any(|c| matches!(c, '未' | '没' | '无' | '零')) || text.windows(2).any(|pair| pair == ['为', '0'])
}

/// What a sentence says there was none of.
pub(super) fn none(text: &[char], about: &About) -> Vec<Found> {
    if !may_deny(text) {
        return Vec::new();
    }
    let text = plain(text, about);
    let mut found = Vec::new();
    let (mut narrowed, mut first) = (false, true);
    for clause in text.split(['，', ',', '：', ':', '（', '）', '(', ')']) {
        if let Some((words, quantities)) = denied(clause, about) {
            let quantities = quantities.into_iter().filter(|_| !narrowed);
            found.extend(quantities.map(|quantity| (token(), quantity, words.to_owned())));
            continue;
        }
        first &= !COUNT.is_match(clause);
        narrowed |= scope::narrows(clause, first);
    }
    found
}

/// The words of a clause that deny, and what they do.
fn denied<'a>(clause: &'a str, about: &About) -> Option<(&'a str, Vec<Quantity>)> {
    let parts = NOTHING.captures(clause).or_else(|| DENIAL.captures(clause))?;
    let (before, what) = (parts.name("before")?, parts.name("what")?.as_str());
    if what.is_empty() || !is_common(before.as_str()) || !WHAT.is_match(what) {
        return None;
    }
    let lawsuits = what.contains("诉讼");
    let reviews = what.contains("复议");
    let quantities: Vec<Quantity> = match (reviews, lawsuits) {
        (false, false) if APPLICATIONS.is_match(what) => vec![Q::Received],
        (false, false) => return None,
        _ if about.section != Some("review_litigation") && !DISCLOSURE.is_match(about.paragraph) => return None,
        _ => [(reviews, Q::Review), (lawsuits, Q::Litigation)]
            .into_iter()
            .filter_map(|(named, quantity)| named.then_some(quantity))
            .collect(),
    };
    Some((&clause[before.end()..], quantities))
}

fn token() -> Token {
    Token { start: 0, end: 0, number: Decimal::ZERO, unit: "件", approximate: false }
}
