//! What the words around a number say that it counts.
//!
//! Of the patterns that the clause before the number ends with, the longest match wins. Words that look
//! like the form's but count other things (备案, 同比, 累计, 上半年, 咨询, 热线 …) silence the clause or the
//! sentence.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::numbers::Token;
use super::patterns::{self, Meaning, Said, pattern};
use crate::report::Quantity;
use Quantity as Q;

/// Where a sentence stands.
pub(super) struct About<'a> {
    pub paragraph: &'a str,
    pub section: Option<&'a str>,
}

/// What the sentence speaks of, for words that do not say it themselves (维持, 纠正).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Topic {
    #[default]
    Open,
    Review,
    Litigation,
}

/// Sentences of other times, other organs, other business.
static OTHER_SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"备案|同比|环比|累计|历年|以来|上半年|下半年|季度|\d月份|截至\d+月|截止\d+月|同期|信箱|热线|12345|留言|建议提案|人大代表|政协委员|提案|代表议案|件议案|议案办理|来信|来访|满意度|计划|预计|力争|目标|拟|例如|假如|如果|全国|代表[省市区县州旗镇乡]?(?:人民)?政府|出庭|应诉|代理|审理",
    )
});
/// Clauses of the same.
static OTHER_CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"增加|减少|增长|下降|上升|降低|提高|多出|较上|较去|比上|比去|相比|较前|咨询|政策解读|解读|访谈|发布会|电话|协助|转办|交办|督办|指导|本级|各部门|各单位|各乡镇|各镇|各街道|下属|所属|平均|每|人均|超期|逾期|撤回|更正|新媒体|视频|图解|会议|培训|检查|回应|舆情|意见|栏目|通报|考核|按时|按期|延期|当年受理|当年办结|当面|网上|网络|信函|邮寄|邮政|传真|正在|去年|前年|近[两三四五]年|五年|名义|镇街|乡镇|部门收到|(?:^|[^我本全])(?:单位|街道|[局委办])收到|减免|不属于",
    )
});
/// The subject without which 收到 and 答复 count something else.
static APPLICATIONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"依申请|信息公开申请|公开申请|公开(?:政府)?信息的?申请|申请公开|申请(?:人|件|量|数|表|书)?")
});
static OTHER_APPLICATIONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"许可申请|项目申请|资金申请|补贴申请|办事申请|执行申请|仲裁申请|登记申请|救助申请|低保|行政审批|申请材料|申请表格|证照",
    )
});
static DISCLOSURE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"信息公开|政务公开|依申请|公开申请|申请公开|予以公开|不予公开|部分公开"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(20\d\d|\d\d)年"));

/// Characters as a text, with room for ideographs from the start.
fn string(chars: &[char]) -> String {
    let mut text = String::with_capacity(3 * chars.len());
    text.extend(chars);
    text
}

/// Whether a sentence may state numbers of this report.
pub(super) fn may_claim(text: &[char], about: &About, year: Option<i32>) -> bool {
    let text = string(text);
    let other_year = |found: regex::Captures| {
        let stated: i32 = found[1].parse().unwrap_or(0);
        year.is_some_and(|year| stated % 100 != year % 100)
    };
    about.section != Some("problems") && !OTHER_SENTENCE.is_match(&text) && !YEAR.captures_iter(&text).any(other_year)
}

/// Notes which of review and litigation was named last.
pub(super) fn follow(topic: &mut Topic, text: &[char]) {
    // Quick way: most clauses name neither.
    if !text.iter().any(|c| matches!(c, '议' | '讼' | '诉')) {
        return;
    }
    let last = |word: [char; 2]| text.windows(2).rposition(|pair| pair == word);
    let review = last(['复', '议']);
    // 复议后起诉 is litigation.
    let litigation = last(['诉', '讼']).max(last(['起', '诉'])).max(last(['应', '诉']));
    match (review, litigation) {
        (None, None) => {}
        (review, litigation) if review > litigation => *topic = Topic::Review,
        _ => *topic = Topic::Litigation,
    }
}

static NOTHING_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:其中|另|另有|有|还有|对|，|,|、|：|:|（|\(|）|\)|含|包括|包含|以及|和|及|分别为)*$")
});
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[，,（(]?(?:约)?(?:占|占比|占总数|占比为|占全部申请|占申请总数|占总量|占办结总数|占答复总数|占办理总数|占受理总数|占比约|占总数的|占申请总量的|占全部申请的|占比达)(?:为|的|约|达)?$",
    )
});

/// What a number counts, if its words are sure of it.
pub(super) fn quantity(
    before: &[char],
    after: &[char],
    token: &Token,
    topic: Topic,
    about: &About,
    last: Option<Quantity>,
) -> Option<Quantity> {
    let (before, after) = (string(before), string(after));
    if token.unit == "%" {
        let counted = last.filter(|quantity| is_of_applications(*quantity));
        return counted.filter(|_| SHARE.is_match(&before)).map(|_| Q::Share);
    }
    let clause = clause(&before);
    if OTHER_CLAUSE.is_match(clause) || OTHER_CLAUSE.is_match(first_words(&after)) {
        return None;
    }
    let found = by_words(clause, topic).or_else(|| by_words(&before, topic).filter(|_| is_filler(clause)));
    let found = if NOTHING_BEFORE.is_match(clause) { patterns::behind(&after).or(found) } else { found };
    found.filter(|quantity| fits(*quantity, token, about, &before))
}

/// The words that were read, for people.
pub(super) fn around(before: &[char], number: &[char], after: &[char]) -> String {
    let before = string(before);
    let own = clause(&before);
    let behind: String = if NOTHING_BEFORE.is_match(own) {
        after.iter().take_while(|c| !"，、；（(）)。,".contains(**c)).take(12).collect()
    } else {
        String::new()
    };
    format!("{own}{}{behind}", number.iter().collect::<String>())
}

/// The clause that a number ends: what stands after the last mark.
fn clause(before: &str) -> &str {
    // 予以公开、部分公开 is one thing, 共， another: marks part clauses unless one side is empty.
    let start = before.rfind(['，', ',', '；', '（', '(', '）', ')', '：', ':']);
    let start = start.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let clause = &before[start..];
    let enumerated = clause.rfind('、').map_or(0, |at| at + '、'.len_utf8());
    let last = &clause[enumerated..];
    // The marks that part 及, 或, 和 within a name do not part clauses.
    let within = ["部分公开", "其他组织", "其它组织", "投诉类"].iter().any(|word| last.starts_with(word));
    if within && clause.len() > last.len() { clause } else { last }
}

fn is_filler(clause: &str) -> bool {
    static ONLY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:共|共计|合计|总计|全年|全年共|年度|计|其中)?$"));
    ONLY.is_match(clause)
}

/// The beginning of what stands behind a number, as far as it may speak of it.
fn first_words(after: &str) -> &str {
    let end = after.find(['，', '、', '；', '。', '（', '(', ',']).unwrap_or(after.len());
    &after[..end]
}

fn by_words(clause: &str, topic: Topic) -> Option<Quantity> {
    let others = |text: &str| ["复议", "诉讼", "许可", "处罚", "强制"].iter().any(|word| text.contains(word));
    let denied = |start: usize| clause[..start].ends_with(['不', '未', '拒']);
    let mut best: Option<(usize, Quantity)> = None;
    for Said { start, meaning } in patterns::before(clause) {
        let quantity = match meaning {
            Meaning::One(quantity) => {
                let general =
                    matches!(quantity, Q::Received | Q::NewReceived | Q::Answered | Q::CarriedIn | Q::CarriedOut);
                Some(quantity).filter(|_| !(denied(start) || general && others(&clause[start..])))
            }
            Meaning::Result { review, litigation } => match topic {
                Topic::Review => Some(review),
                Topic::Litigation => Some(litigation),
                Topic::Open => None,
            },
        };
        if let Some(quantity) = quantity
            && best.is_none_or(|(known, _)| start < known)
        {
            best = Some((start, quantity));
        }
    }
    best.map(|(_, quantity)| quantity)
}

/// Whether unit and surroundings allow the reading.
fn fits(quantity: Quantity, token: &Token, about: &About, before: &str) -> bool {
    let money = matches!(token.unit, "元" | "万元" | "亿元");
    if matches!(quantity, Q::AdministrativeFees | Q::ProcessingFee) {
        return money;
    }
    if money || matches!(token.unit, "人次" | "篇" | "部" | "期") {
        return false;
    }
    let paragraph = about.paragraph;
    let of_disclosure = || DISCLOSURE.is_match(paragraph) || about.section == Some("review_litigation");
    match quantity {
        Q::Received
        | Q::NewReceived
        | Q::Answered
        | Q::NaturalPerson
        | Q::LegalEntities
        | Q::Business
        | Q::Research
        | Q::PublicWelfare
        | Q::LegalService
        | Q::CarriedIn
        | Q::CarriedOut => {
            APPLICATIONS.is_match(paragraph)
                && DISCLOSURE.is_match(paragraph)
                && !OTHER_APPLICATIONS.is_match(paragraph)
        }
        Q::Review
        | Q::Litigation
        | Q::ReviewUpheld
        | Q::ReviewCorrected
        | Q::ReviewOther
        | Q::ReviewPending
        | Q::LitigationUpheld
        | Q::LitigationCorrected
        | Q::LitigationOther
        | Q::LitigationPending
        | Q::LitigationDirect
        | Q::LitigationAfterReview => {
            // 办理、审结 count the cases that an organ decides for others; 尚未审结 is a result.
            let before = before.replace("未审结", "");
            of_disclosure() && !["办理", "受理", "承办", "审结"].iter().any(|word| before.contains(word))
        }
        Q::DocumentsRepealed | Q::DocumentsInForce => paragraph.contains("规范性文件"),
        _ => true,
    }
}

fn is_of_applications(quantity: Quantity) -> bool {
    matches!(
        quantity,
        Q::NaturalPerson
            | Q::LegalEntities
            | Q::Granted
            | Q::GrantedOrPartly
            | Q::PartlyGranted
            | Q::Denied
            | Q::Unavailable
            | Q::NotProcessed
            | Q::OtherOutcome
    )
}

static NO_APPLICATIONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:未|没有|未曾)(?:收到|接到|接收到?|受理)(?:过|到|任何)*(?:公民、法人(?:或|和)其他组织(?:提出)?的?)?(?:书面)?(?:的)?(?:政府信息依申请公开|依申请公开(?:政府信息|信息)?|(?:政府)?信息公开|公开(?:政府)?信息)(?:的)?(?:申请|事项|申请件|申请事项)(?:$|[，。,；]|情况)",
    )
});
static NO_CASES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:未|没有)(?:发生|出现|产生|涉及|收到|有|因)?(?:[^，。；]{0,16}?)(?:引起|引发|被申请|提起|申请|有关|的)?(?:行政)?复议(?P<both>(?:和|或|及|、|与|以及|、提起)(?:被)?(?:提起)?(?:行政)?诉讼)?(?:的)?(?:案件|情况|事项)?(?:发生)?(?:$|[，。,；])",
    )
});

/// Whether a sentence may say that there was none of something.
pub(super) fn may_deny(text: &[char]) -> bool {
    text.contains(&'未') || text.windows(2).any(|pair| pair == ['没', '有'])
}

/// What a sentence says there was none of.
pub(super) fn none(text: &[char], about: &About) -> Vec<(Token, Quantity, String)> {
    if !may_deny(text) {
        return Vec::new();
    }
    let text = string(text);
    let token = || Token { start: 0, end: 0, number: Decimal::ZERO, unit: "件", approximate: false };
    let mut found = Vec::new();
    if let Some(words) = NO_APPLICATIONS.find(&text) {
        found.push((token(), Q::Received, words.as_str().trim_end_matches(['，', ',']).to_owned()));
    }
    let of_disclosure = DISCLOSURE.is_match(about.paragraph) || about.section == Some("review_litigation");
    if let Some(words) = NO_CASES.captures(&text).filter(|_| of_disclosure) {
        let said = words.get(0).map_or("", |whole| whole.as_str()).trim_end_matches(['，', ',']).to_owned();
        if words.name("both").is_some() {
            found.push((token(), Q::Litigation, said.clone()));
        }
        found.insert(found.len().saturating_sub(usize::from(words.name("both").is_some())), (token(), Q::Review, said));
    }
    found
}
