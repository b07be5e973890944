//! What the words around a number say that it counts.
//!
//! Each pattern is looked for in the clause before the number; the one that ends last wins, of
//! several that end together the longest. Words that look like the form's but count other things
//! (备案, 同比, 累计, 上半年, 咨询, 热线 …) silence the clause or the sentence.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::numbers::Token;
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

/// A pattern of this module: each is a constant, and the tests use them all.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
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
        r"增加|减少|增长|下降|上升|降低|提高|多出|较上|较去|比上|比去|相比|较前|咨询|政策解读|解读|访谈|发布会|电话|协助|转办|交办|督办|指导|本级|各部门|各单位|各乡镇|各镇|各街道|下属|所属|平均|每|人均|超期|逾期|撤回|更正|新媒体|视频|图解|会议|培训|检查|回应|舆情|意见|栏目|通报|考核",
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

/// Whether a sentence may state numbers of this report.
pub(super) fn may_claim(text: &[char], about: &About, year: Option<i32>) -> bool {
    let text: String = text.iter().collect();
    let other_year = |found: regex::Captures| {
        let stated: i32 = found[1].parse().unwrap_or(0);
        year.is_some_and(|year| stated % 100 != year % 100)
    };
    about.section != Some("problems") && !OTHER_SENTENCE.is_match(&text) && !YEAR.captures_iter(&text).any(other_year)
}

/// Notes which of review and litigation was named last.
pub(super) fn follow(topic: &mut Topic, text: &[char]) {
    let text: String = text.iter().collect();
    let review = text.rfind("复议");
    // 复议后起诉 is litigation.
    let litigation = text.rfind("诉讼").max(text.rfind("起诉")).max(text.rfind("应诉"));
    match (review, litigation) {
        (None, None) => {}
        (review, litigation) if review > litigation => *topic = Topic::Review,
        _ => *topic = Topic::Litigation,
    }
}

/// What a number is before what its words say.
type Words = (Quantity, Regex);

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let words: &[(Quantity, &str)] = &[
        (
            Q::NewReceived,
            r"(?:本年度?|当年|全年|年内)?(?:共)?新收(?:到|办)?(?:的)?(?:(?:依申请|政府信息|信息)?(?:公开)?申请)?",
        ),
        (Q::Received, r"(?:收到|接到|接收到?|受理|收办|收件)(?:[^件宗条]{0,16}?(?:申请|依申请公开)(?:事项|案件|件)?)?"),
        (Q::Received, r"依申请公开(?:政府信息|信息)?(?:申请)?(?:件|事项)?|(?:政府)?信息公开申请(?:件|量|数量|总数)?"),
        (
            Q::Answered,
            r"(?:办结|答复|办理|办毕|回复|处理完毕)(?:[^件宗条]{0,14}?(?:申请|依申请公开)(?:事项|案件|件)?)?",
        ),
        (
            Q::CarriedIn,
            r"(?:上一?年度?|去年|上年)(?:度)?(?:结转|转结|转入|转来|遗留|未办结)(?:至?(?:本|今)年度?)?(?:继续)?(?:办理|答复)?(?:的)?(?:[^件宗条]{0,10}申请)?|结转(?:自)?(?:上一?年度?|去年)(?:继续)?(?:办理|答复)?(?:的)?(?:[^件宗条]{0,10}申请)?",
        ),
        (
            Q::CarriedOut,
            r"(?:结转|转|顺延|转结|延)(?:至|到|入)?(?:下一?年度?|次年|明年)(?:度)?(?:继续)?(?:办理|答复|处理)?(?:的)?(?:[^件宗条]{0,10}申请)?",
        ),
        (Q::NaturalPerson, r"(?:自然人|公民|个人)(?:的)?(?:提出|提交)?(?:的)?(?:申请)?(?:件)?"),
        (Q::LegalEntities, r"法人(?:或者?|和|及|、)(?:其他|其它)组织(?:的)?(?:提出|提交)?(?:的)?(?:申请)?(?:件)?"),
        (Q::Business, r"商业企业(?:的)?(?:提出)?(?:的)?(?:申请)?"),
        (Q::Research, r"科研机构(?:的)?(?:提出)?(?:的)?(?:申请)?"),
        (Q::PublicWelfare, r"社会公益组织(?:的)?(?:提出)?(?:的)?(?:申请)?"),
        (Q::LegalService, r"法律服务机构(?:的)?(?:提出)?(?:的)?(?:申请)?"),
        (Q::GrantedOrPartly, r"予以公开(?:及|和|与|、|或|以及)(?:予以)?部分公开(?:的)?(?:申请)?"),
        (Q::Granted, r"(?:予以公开|全部公开|同意公开)(?:的)?(?:申请|答复)?"),
        (Q::PartlyGranted, r"(?:予以|同意)?部分公开(?:的)?(?:申请|答复)?"),
        (Q::Denied, r"不予以?公开(?:的)?(?:申请|答复)?|不同意公开(?:的)?(?:答复)?"),
        (Q::Unavailable, r"无法提供(?:的)?(?:申请|答复)?"),
        (
            Q::NotHeld,
            r"(?:本机关|本单位|本行政机关|我局|我镇|我办)?不掌握(?:的)?(?:相关|该)?(?:政府)?(?:信息)?(?:等原因)?(?:而)?(?:无法提供)?(?:的)?",
        ),
        (Q::NeedsCreation, r"没有现成(?:的)?信息(?:需要?另行制作)?(?:无法提供)?(?:的)?|需要?另行制作(?:的)?"),
        (Q::StillUnclear, r"补正后(?:申请内容)?(?:仍|依然)不明确(?:的)?"),
        (Q::NotProcessed, r"不予处理(?:的)?(?:申请)?"),
        (Q::Petition, r"(?:属于)?(?:信访举报投诉类|信访、举报、投诉类)(?:申请)?(?:不予处理)?(?:的)?"),
        (Q::Repeated, r"(?:属于)?重复申请(?:不予处理)?(?:的)?"),
        (Q::OtherOutcome, r"作?(?:其他|其它)处理(?:的)?(?:申请)?"),
        (Q::Review, r"(?:行政)?复议(?:案件|申请|案)?"),
        (Q::Litigation, r"(?:行政)?诉讼(?:案件|案)?"),
        (Q::LitigationDirect, r"未经(?:行政)?复议直接(?:起诉|提起(?:行政)?诉讼)(?:的)?(?:案件)?"),
        (Q::LitigationAfterReview, r"(?:行政)?复议后(?:再)?(?:起诉|提起(?:行政)?诉讼)(?:的)?(?:案件)?"),
        (Q::DocumentsIssued, r"(?:制发|制定|新制定|出台|印发|新制发)(?:了|并公开|公布)?(?:行政)?规范性文件"),
        (Q::DocumentsRepealed, r"(?:废止|宣布失效|废止失效)(?:了)?(?:行政)?(?:规范性)?文件|废止"),
        (Q::DocumentsInForce, r"现行有效(?:的)?(?:行政)?规范性文件|(?:行政)?规范性文件现行有效|现行有效"),
        (
            Q::Licensing,
            r"(?:作出|做出|办理|办结|处理)(?:的|各类)?行政许可(?:决定|事项|处理决定)?|行政许可(?:处理)?决定(?:数量)?",
        ),
        (
            Q::Penalties,
            r"(?:作出|做出|办理|办结|实施|处理)(?:的|各类)?行政处罚(?:决定|案件|处理决定)?|行政处罚(?:处理)?决定(?:数量)?",
        ),
        (
            Q::Compulsion,
            r"(?:作出|做出|实施|采取)(?:的|各类)?行政强制(?:措施|决定|处理决定)?|行政强制(?:处理)?决定(?:数量)?",
        ),
        (Q::AdministrativeFees, r"行政事业性收费(?:金额|收入|总额)?|收取行政事业性(?:收)?费"),
        (Q::ProcessingFee, r"(?:信息处理|检索|复制|邮寄|工本|政府信息公开(?:信息处理)?)(?:等)?(?:费用?|收费)(?:金额)?"),
        (Q::Disclosed, r"(?:主动公开|公开|发布)(?:各类|各项)?(?:政府|政务)信息(?:公开)?(?:数|总数)?"),
        (Q::ByWebsite, r"网站(?:主动)?(?:公开|发布|更新)(?:各类|各项)?(?:政府|政务)?信息(?:数)?"),
        (Q::ByWeibo, r"微博(?:账号)?(?:主动)?(?:公开|发布|推送)(?:各类)?(?:政府|政务)?信息(?:数)?"),
        (Q::ByWechat, r"微信(?:公众号|公众平台)?(?:主动)?(?:公开|发布|推送)(?:各类)?(?:政府|政务)?信息(?:数)?"),
        (Q::ByGazette, r"公报(?:主动)?(?:公开|发布|刊登)(?:各类)?(?:政府|政务)?信息(?:数)?"),
        (
            Q::OtherPublished,
            r"(?:^|[^务息])(?:公开|发布|公示|更新)[^，、]{0,14}(?:行政许可|行政处罚|行政强制|规范性文件|法规|公告|动态|公示|预决算|目录|采购|规划|人事|文件)[^，、]{0,8}",
        ),
    ];
    words.iter().map(|(quantity, text)| (*quantity, pattern(&format!(r"(?:{text}){FILLER}$")))).collect()
});

/// What may stand between the words and the number.
const FILLER: &str = r"(?:的|了|为|有|是|共|计|达|发生|约|近|超|逾|超过|将近|大约|不足|至少|不少于|突破|共计|合计|总计|总数|总量|数量|件数|案件数|数|量|各|均|：|:|，共|，共计|，合计|，总计|答复的|情形|情况|事项|申请|案件|分别|结果|已|全部|按时|按期|依法)*";

/// Results of reviews and lawsuits.
static RESULTS: LazyLock<Vec<([Quantity; 2], Regex)>> = LazyLock::new(|| {
    let results: &[([Quantity; 2], &str)] = &[
        ([Q::ReviewUpheld, Q::LitigationUpheld], r"(?:结果)?维持(?:原行政行为|具体行政行为|原判)?(?:的)?"),
        ([Q::ReviewCorrected, Q::LitigationCorrected], r"(?:结果)?(?:被依法)?(?:纠正|纠错)(?:的)?"),
        ([Q::ReviewOther, Q::LitigationOther], r"(?:其他|其它)结果(?:的)?|(?:其他|其它)情形(?:的)?"),
        ([Q::ReviewPending, Q::LitigationPending], r"尚未审结(?:的)?|未审结(?:的)?|正在审理(?:的)?"),
    ];
    results.iter().map(|(quantities, text)| (*quantities, pattern(&format!(r"(?:{text}){FILLER}$")))).collect()
});

/// What stands behind a number that stands first: 78件予以公开, 5件为自然人申请.
static BEHIND: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let words: &[(Quantity, &str)] = &[
        (Q::CarriedOut, r"(?:申请)?(?:结转|转|顺延)(?:至|到|入)?(?:下一?年度?|次年)"),
        (Q::CarriedIn, r"(?:为|系|属)?(?:上一?年度?|去年)结转"),
        (Q::GrantedOrPartly, r"(?:申请)?予以公开(?:及|和|、|或)(?:予以)?部分公开"),
        (Q::Granted, r"(?:申请)?予以公开"),
        (Q::PartlyGranted, r"(?:申请)?(?:予以)?部分公开"),
        (Q::Denied, r"(?:申请)?不予公开"),
        (Q::Unavailable, r"(?:申请)?无法提供"),
        (Q::NotProcessed, r"(?:申请)?不予处理"),
        (Q::OtherOutcome, r"(?:申请)?作?(?:其他|其它)处理"),
        (Q::NaturalPerson, r"(?:为|系|是|由)(?:自然人|公民|个人)"),
        (Q::LegalEntities, r"(?:为|系|是|由)法人(?:或者?|和|及)(?:其他|其它)组织"),
        (Q::Business, r"(?:为|系|是|由)商业企业"),
    ];
    words.iter().map(|(quantity, text)| (*quantity, pattern(&format!("^(?:{text})")))).collect()
});

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
    let (before, after): (String, String) = (before.iter().collect(), after.iter().collect());
    if token.unit == "%" {
        let counted = last.filter(|quantity| is_of_applications(*quantity));
        return counted.filter(|_| SHARE.is_match(&before)).map(|_| Q::Share);
    }
    let clause = clause(&before);
    if OTHER_CLAUSE.is_match(clause) || OTHER_CLAUSE.is_match(first_words(&after)) {
        return None;
    }
    let found = by_words(clause, topic).or_else(|| by_words(&before, topic).filter(|_| is_filler(clause)));
    let behind = || BEHIND.iter().find(|(_, words)| words.is_match(&after)).map(|(quantity, _)| *quantity);
    let found = if NOTHING_BEFORE.is_match(clause) { behind().or(found) } else { found };
    found.filter(|quantity| fits(*quantity, token, about, &before))
}

/// The words that were read, for people.
pub(super) fn around(before: &[char], number: &[char], after: &[char]) -> String {
    let before: String = before.iter().collect();
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
    let mut best: Option<(usize, Quantity)> = None;
    let mut offer = |start: usize, quantity: Quantity| {
        if best.is_none_or(|(known, _)| start < known) {
            best = Some((start, quantity));
        }
    };
    for (quantity, words) in WORDS.iter() {
        let general = matches!(quantity, Q::Received | Q::NewReceived | Q::Answered | Q::CarriedIn | Q::CarriedOut);
        let others = |text: &str| ["复议", "诉讼", "许可", "处罚", "强制"].iter().any(|word| text.contains(word));
        let denied = |start: usize| clause[..start].ends_with(['不', '未', '拒']);
        let found = words.find(clause).filter(|found| !(general && others(found.as_str())));
        if let Some(found) = found.filter(|found| !denied(found.start())) {
            offer(found.start(), *quantity);
        }
    }
    for ([review, litigation], words) in RESULTS.iter() {
        if let Some(found) = words.find(clause) {
            match topic {
                Topic::Review => offer(found.start(), *review),
                Topic::Litigation => offer(found.start(), *litigation),
                Topic::Open => {}
            }
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

/// What a sentence says there was none of.
pub(super) fn none(text: &[char], about: &About) -> Vec<(Token, Quantity, String)> {
    let text: String = text.iter().collect();
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
