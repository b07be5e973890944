//! What a sentence says there was none of: 未收到政府信息公开申请, 无行政复议、行政诉讼.
//!
//! Every word of the clause must be known: 未发生被纠错的行政复议, 12月未收到申请, 下属单位未收到申请 deny less.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::lexicon::is_common;
use super::numbers::Token;
use super::setting::DISCLOSURE;
use super::words::{About, plain};
use super::{Found, scope};
use crate::map::phrase::{Phrases, Tags};
use crate::report::Quantity;
use Quantity as Q;

/// What denies, with the words before it that say nothing.
static DENIAL: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "(?:均|也|亦|尚|暂|并|从|全年)*(?:未|没有|未曾|没|无|零)(?:有|收到(?:[和或]受理)?|接到|接收到?|受理|发生|出现|产生|涉及|因)?(?:过|到)?",
    )
});
/// 政府信息公开申请为零, from where the subject begins …
static SUBJECT: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("(?:政府信息|信息|依申请)公开"));
/// … and where it ends.
static NOTHING: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("(?:数量|总数|总量|数|量)?(?:均|都)?为[零0]$"));
/// All that there may have been none of.
static WHAT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        r"任何(?:形式)?|申请人|公民|信件|来信|主动|问题|所|方面|一件|一起|一例|公众|群众|书面形式|提出|提交|要求|的|因|由|就|有|涉及|涉|有关|关于|与|(?:政府|政务)?信息(?:依申请)?公开(?:工作)?|政务公开|依申请公开(?:政府)?信息|依申请公开|公开政府信息|公开信息|申请|而|被|提起|引起|引发|引致|导致|产生|发生|相关|行政复议|复议|行政诉讼|诉讼|案件|案|件|事项|情况|情形|和|或者?|及|以及|、",
    )
});
static APPLICATIONS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("公开(?:工作)?(?:的)?申请|申请公开|依申请公开|公开(?:政府)?信息的?申请"));

static COUNT: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(r"\d[件宗条个份项次起例]"));

/// Makes the phrases that the sentences of most reports ask for.
pub(super) fn prepare() {
    for phrases in [&DENIAL, &WHAT, &APPLICATIONS] {
        LazyLock::force(phrases);
    }
}

/// Whether a sentence may say that there was none of something.
pub(super) fn may_deny(text: &[char]) -> bool {
    let denies = |(at, c): (usize, &char)| match c {
        '未' | '没' | '无' | '零' => true,
        '0' => text[..at].ends_with(&['为']),
        _ => false,
    };
    text.iter().enumerate().any(denies)
}

/// What a sentence says there was none of.
pub(super) fn none(text: &[char], about: &About) -> Vec<Found> {
    if !may_deny(text) {
        return Vec::new();
    }
    let text = plain(text, about.own);
    let mut found = Vec::new();
    let (mut narrowed, mut first) = (false, true);
    for clause in text.split(['，', ',', '：', ':', '（', '）', '(', ')']) {
        if let Some((words, quantities)) = denied(clause, about) {
            let quantities = quantities.into_iter().filter(|_| !narrowed);
            found.extend(quantities.map(|quantity| (token(), quantity, words.to_owned())));
            continue;
        }
        first &= !COUNT.is_in(clause);
        narrowed |= scope::narrows(clause, first);
    }
    found
}

/// Whether a clause says that there was none of something, all of it in known words.
pub(super) fn denies(clause: &str, about: &About) -> bool {
    denied(clause, about).is_some()
}

/// The words of a clause that deny, and what they do.
fn denied<'a>(clause: &'a str, about: &About) -> Option<(&'a str, Vec<Quantity>)> {
    let (before, what) = none_named(clause).or_else(|| none_behind(clause))?;
    if what.is_empty() || !is_common(&clause[..before]) || !WHAT.cover(what, Tags::of(0)) {
        return None;
    }
    let lawsuits = what.contains("诉讼");
    let reviews = what.contains("复议");
    let quantities: Vec<Quantity> = match (reviews, lawsuits) {
        (false, false) if APPLICATIONS.is_in(what) => vec![Q::Received],
        (false, false) => return None,
        _ if about.section != Some("review_litigation") && !DISCLOSURE.is_in(about.paragraph) => return None,
        _ => [(reviews, Q::Review), (lawsuits, Q::Litigation)]
            .into_iter()
            .filter_map(|(named, quantity)| named.then_some(quantity))
            .collect(),
    };
    Some((&clause[before..], quantities))
}

/// 申请为零: where what there was none of begins, and what it is.
fn none_named(clause: &str) -> Option<(usize, &str)> {
    let subject = SUBJECT.find(clause)?;
    let end = subject.end + NOTHING.find(&clause[subject.end..])?.start;
    Some((subject.start, &clause[subject.start..end]))
}

/// 未收到申请: where the denial begins, and what there was none of.
fn none_behind(clause: &str) -> Option<(usize, &str)> {
    let denial = DENIAL.find(clause)?;
    Some((denial.start, &clause[denial.end..]))
}

fn token() -> Token {
    Token { start: 0, end: 0, number: Decimal::ZERO, unit: "件", approximate: false }
}
