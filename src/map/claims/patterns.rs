//! The words that stand beside a number and say what it counts.
//!
//! Patterns are only what the words themselves look like; what a match is worth is decided in
//! [`super::words`].

use std::sync::LazyLock;

use crate::map::chars::Bits;
use crate::map::phrase::Phrases;
use crate::report::Quantity;
use Meaning::{Bare, One, Result, Short};
use Quantity as Q;

/// What words before a number say that it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This.
    One(Quantity),
    /// This, if the words around it leave nothing else: 行政处罚 for the decisions, not the items published.
    Bare(Quantity),
    /// The result of a review or of a lawsuit, whichever the sentence speaks of.
    Result { review: Quantity, litigation: Quantity },
    /// The same, in words that say so only behind another result: 维持3件、其他1件.
    Short { review: Quantity, litigation: Quantity },
}

/// Words that go on to the end of the clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// Where they begin.
    pub start: usize,
    pub meaning: Meaning,
}

/// Applications by the way they came: 当面申请, 通过信函收到的申请.
macro_rules! by_way {
    ($way:literal) => {
        concat!(
            "(?:通过)?(?:",
            $way,
            ")(?:渠道|方式)?(?:提交|提出|收到|接收|受理)?(?:的)?(?:(?:政府)?信息公开)?(?:申请)?(?:数|件)?"
        )
    };
}

/// Words before a number, by the order of which a clause that says two things alike is read.
const BEFORE: &[(Meaning, &str)] = &[
    (
        One(Q::NewReceived),
        r"(?:本年度?|当年|全年|年内)?(?:共)?新(?:收|受理|接收|接|登记|增)(?:到|办)?(?:[^件宗条]{1,16}?(?:政府信息|信息)公开申请|(?:的)?(?:依申请公开(?:政府)?信息(?:申请)?|(?:依申请|政府信息|信息)?(?:公开)?(?:申请)?)?)?",
    ),
    (
        One(Q::Received),
        r"收(?:政府信息|信息|依申请)公开申请|(?:收到(?:[和并](?:处理|办理|受理))?|接到|接收到?|受理|收办|收件)(?:[^件宗条]{0,16}?(?:申请(?:公开(?:政府)?信息|(?:政府)?信息公开)?|依申请公开(?:政府信息|信息)?|依申请(?:政府)?信息(?:公开)?)(?:办理)?(?:事项|案件|事件|函件|件|请求|书|表)?)?",
    ),
    (
        One(Q::Received),
        r"依申请公开(?:政府信息|政务信息|信息)?(?:申请)?(?:件|案件|办件|事项|请求)?|(?:政府)?信息公开申请(?:件|量|数量|总数)?|申请(?:政府)?信息公开|申请公开(?:政府)?信息",
    ),
    (
        One(Q::Answered),
        r"(?:办理(?:并|完成)?答复|予以答复|答复完毕|办理完成|受理并(?:办结|答复)|办理完毕|办结|办完|答复|办理|办毕|回复|处理完毕)(?:[^件宗条]{0,14}?(?:申请|依申请公开(?:政府信息|信息)?|依申请信息公开)(?:事项|案件|件)?)?|完成[^件宗条]{1,16}?(?:答复|办理|申请)",
    ),
    (
        One(Q::OnTime),
        r"(?:按时|按期|在?(?:法定|规定)的?(?:期限|时限|时间)内)(?:予以|办理并)?(?:办结|答复|办理)(?:的)?(?:申请)?",
    ),
    (One(Q::Extended), r"(?:延期|延长答复期限后?|延长期限后?)(?:办结|答复|办理)(?:的)?(?:申请)?"),
    (
        One(Q::CarriedIn),
        r"(?:上一?年度?|去年|上年|20\d\d年)(?:度)?(?:结转|转结|转入|转来|遗留|未办结|未办完)(?:[至到]?(?:本|今)年度?)?(?:继续)?(?:办理|答复|受理)?(?:的)?(?:[^件宗条]{0,10}申请)?|结转(?:自)?(?:上一?年度?|去年)(?:继续)?(?:办理|答复)?(?:的)?(?:[^件宗条]{0,10}申请)?",
    ),
    (
        One(Q::CarriedOut),
        r"(?:结转|转|顺延|转结|延)(?:至|到|入)?(?:下一?年度?|次年|明年|20\d\d年)(?:度)?(?:继续)?(?:办理|答复|处理)?(?:的)?(?:[^件宗条]{0,10}申请)?",
    ),
    (One(Q::NaturalPerson), r"(?:自然人|公民个人|公民|个人)(?:的)?(?:提出|提交)?(?:的)?(?:申请)?(?:件)?"),
    (One(Q::LegalEntities), r"法人(?:或者?|和|及|、)(?:其他|其它)组织(?:的)?(?:提出|提交)?(?:的)?(?:申请)?(?:件)?"),
    (One(Q::Business), r"商业企业(?:的)?(?:提出)?(?:的)?(?:申请)?"),
    (One(Q::Research), r"科研机构(?:的)?(?:提出)?(?:的)?(?:申请)?"),
    (One(Q::PublicWelfare), r"社会公益组织(?:的)?(?:提出)?(?:的)?(?:申请)?"),
    (One(Q::LegalService), r"法律服务机构(?:的)?(?:提出)?(?:的)?(?:申请)?"),
    (One(Q::ReceivedInPerson), by_way!("当面|现场")),
    (One(Q::ReceivedByFax), by_way!("传真")),
    (One(Q::ReceivedOnline), by_way!("网络|网上|互联网|线上")),
    (One(Q::ReceivedByLetter), by_way!("信函邮寄|信函|邮寄|信件|来函|来信|书信")),
    (One(Q::GrantedOrPartly), r"予以公开(?:及|和|与|、|或|以及)(?:予以)?部分公开(?:的)?(?:申请)?"),
    (One(Q::Granted), r"(?:予以公开|给予公开|(?:给予)?全部公开|同意公开|答复公开)(?:的)?(?:申请|答复)?"),
    (One(Q::PartlyGranted), r"(?:经?区分处理后?)?(?:(?:予以|同意|作出)?部分公开|部分予以公开)(?:的)?(?:申请|答复)?"),
    (Bare(Q::Granted), r"(?<![^（(])公开"),
    (One(Q::Denied), r"(?:不予以?公开|不公开)(?:的)?(?:申请|答复)?|不同意公开(?:的)?(?:答复)?"),
    (One(Q::Unavailable), r"无法提供(?:的)?(?:申请|答复|(?:政府)?信息)?"),
    (
        One(Q::NotHeld),
        r"(?:本机关|本单位|本行政机关|我局|我镇|我办)?不掌握(?:的)?(?:相关|该)?(?:政府)?(?:信息)?(?:等原因)?(?:而)?(?:无法提供)?(?:的)?",
    ),
    (
        One(Q::NeedsCreation),
        r"没有现成(?:的)?信息(?:需要?另行制作)?(?:而)?(?:无法提供)?(?:的)?|需要?另行(?:加工)?制作(?:的)?",
    ),
    (One(Q::StillUnclear), r"补正后(?:申请内容)?(?:仍|依然)不明确(?:的)?"),
    (One(Q::NotProcessed), r"不予处理(?:的)?(?:申请)?"),
    (One(Q::Petition), r"(?:属于)?(?:信访举报投诉类|信访、举报、投诉类)(?:申请)?(?:不予处理)?(?:的)?"),
    (One(Q::Repeated), r"(?:属于)?重复申请(?:不予处理)?(?:的)?"),
    (One(Q::OtherOutcome), r"作?(?:其他|其它)处理(?:的)?(?:申请)?"),
    (One(Q::Review), r"(?:行政)?复议(?:案件|申请|案)?"),
    (One(Q::Litigation), r"(?:行政)?诉讼(?:案件|案)?"),
    (One(Q::LitigationDirect), r"(?:未经(?:行政)?复议)?直接(?:起诉|诉讼|提起(?:行政)?诉讼)(?:的)?(?:案件)?"),
    (One(Q::LitigationAfterReview), r"(?:行政)?复议后(?:再)?(?:起诉|诉讼|提起(?:行政)?诉讼)(?:的)?(?:案件)?"),
    (
        One(Q::DocumentsIssued),
        r"新?(?:制发|制定出台|制定印发|制定发布|制定|制作|出台|印发|下发|公布)(?:了|并公开|公布|并公布)?(?:行政)?规范性文件|(?:行政)?规范性文件新?(?:制发|制定|出台)",
    ),
    (Bare(Q::DocumentsIssued), "新制定"),
    (
        One(Q::DocumentsRepealed),
        r"(?:清理后?废止|宣布废止|废止|宣布失效(?:和废止)?|废止失效)(?:了)?(?:行政)?(?:规范性)?文件|(?:清理后?|宣布|按程序)?废止|宣布失效和废止",
    ),
    (
        One(Q::DocumentsInForce),
        r"(?:现行|目前|年末|年底|仍然|继续)?有效(?:的)?(?:(?:行政)?规范性文件|文件)?(?:还有)?|(?:行政)?规范性文件(?:现行|目前)有效",
    ),
    (
        One(Q::Licensing),
        r"(?:作出|做出|办理|办结|处理)(?:的|各类)?行政许可(?:决定|事项|处理决定)?|行政许可类?(?:本年)?(?:处理)?决定(?:数量?)?",
    ),
    (
        One(Q::Penalties),
        r"(?:作出|做出|办理|办结|实施|处理)(?:的|各类)?行政处罚(?:决定|案件|处理决定)?|行政处罚类?(?:本年)?(?:处理)?决定(?:数量?)?",
    ),
    (
        One(Q::Compulsion),
        r"(?:作出|做出|实施|采取)(?:的|各类)?行政强制(?:措施|决定|处理决定)?|行政强制类?(?:本年)?(?:处理)?决定(?:数量?)?",
    ),
    (Bare(Q::Licensing), "行政许可"),
    (Bare(Q::Penalties), "行政处罚(?:案件)?"),
    (Bare(Q::Compulsion), "行政强制(?:措施)?"),
    (
        One(Q::AdministrativeFees),
        r"行政事业性收费(?:总?金额|收入|总额)?(?:全年)?(?:入库|征收|实收)?|收取行政事业性(?:收)?费",
    ),
    (
        One(Q::ProcessingFee),
        r"(?:信息处理|检索|复制|邮寄|工本|政府信息公开(?:信息处理)?)(?:等)?(?:费用?|收费)(?:金额)?|依申请公开(?:政府)?信息(?:所)?收取(?:的)?费用",
    ),
    (
        One(Q::Disclosed),
        r"(?:主动公开|公开|发布)(?:各类|各项)?(?:政府|政务)信息(?:公开)?(?:数|总数)?|(?:新增)?主动公开(?:各类|各项)?(?:政府|政务)?信息(?:公开)?(?:数|总数)?",
    ),
    (
        One(Q::ByWebsite),
        r"(?:网站|官网)(?:共|累计)?(?:主动)?(?:公开|发布|公布|更新)(?:各类|各项)?(?:(?:政府|政务)?(?:的)?信息(?:数)?)?",
    ),
    (
        One(Q::ByWeibo),
        r"微博(?:账号)?(?:共|累计)?(?:主动)?(?:公开|发布|公布|推送)(?:各类)?(?:(?:政府|政务)?信息(?:数)?)?",
    ),
    (
        One(Q::ByWechat),
        r"微信(?:公众号|公众平台)?(?:共|累计)?(?:主动)?(?:公开|发布|公布|推送)(?:各类)?(?:(?:政府|政务)?信息(?:数)?)?",
    ),
    (One(Q::ByGazette), r"公报(?:主动)?(?:公开|发布|刊登)(?:各类)?(?:政府|政务)?信息(?:数)?"),
    (
        One(Q::OtherPublished),
        r"(?<![务息])(?:公开|发布|公示|更新)[^，、]{0,14}(?:行政许可|行政处罚|行政强制|规范性文件|法规|公告|动态|公示|预决算|目录|采购|规划|人事|文件)[^，、]{0,8}",
    ),
    // Results of reviews and lawsuits.
    (
        Result { review: Q::ReviewUpheld, litigation: Q::LitigationUpheld },
        r"(?:结果)?维持(?:原行政行为|具体行政行为|原判)?(?:的)?",
    ),
    (
        Result { review: Q::ReviewCorrected, litigation: Q::LitigationCorrected },
        r"(?:结果)?(?:被依法)?(?:纠正|纠错)(?:的)?",
    ),
    (
        Result { review: Q::ReviewOther, litigation: Q::LitigationOther },
        r"(?:其他|其它)结果(?:的)?|(?:其他|其它)情形(?:的)?",
    ),
    (
        Result { review: Q::ReviewPending, litigation: Q::LitigationPending },
        r"尚未(?:审结|办结|结案)(?:的)?|未审结(?:的)?|正在审理(?:的)?",
    ),
    (Short { review: Q::ReviewOther, litigation: Q::LitigationOther }, "其他|其它"),
    (Short { review: Q::ReviewPending, litigation: Q::LitigationPending }, "未结|待结|审理中|尚未结案|未结案"),
];

/// What stands behind a number that stands first: 78件予以公开, 5件为自然人申请.
const BEHIND: &[(Meaning, &str)] = &[
    (
        One(Q::CarriedOut),
        r"(?:申请)?(?:按照|依照|依据)?(?:《条例》)?(?:规定)?(?:结转|转结|转|顺延)(?:至|到|入)?(?:下一?年度?|次年|20\d\d年)",
    ),
    (One(Q::CarriedIn), r"(?:为|系|属)?(?:上一?年度?|去年|20\d\d年度?)结转(?:[至到]?(?:本|今)年度?)?(?:办理)?"),
    (One(Q::GrantedOrPartly), r"(?:申请)?予以公开(?:及|和|、|或)(?:予以)?部分公开"),
    (One(Q::Granted), r"(?:申请)?(?:依法|依规)?予以公开"),
    (One(Q::PartlyGranted), r"(?:申请)?(?:予以)?部分公开"),
    (One(Q::Denied), r"(?:申请)?(?:依法|依规)?(?:不予公开|不公开)"),
    (One(Q::Unavailable), r"(?:申请)?无法提供"),
    (One(Q::NotProcessed), r"(?:申请)?不予处理"),
    (One(Q::OtherOutcome), r"(?:申请)?作?(?:其他|其它)处理"),
    (One(Q::NaturalPerson), r"(?:为|系|是|由|属)(?:自然人|公民|个人)"),
    (One(Q::LegalEntities), r"(?:为|系|是|由)法人(?:或者?|和|及)(?:其他|其它)组织"),
    (One(Q::Business), r"(?:为|系|是|由)商业企业"),
    (One(Q::ReceivedOnline), r"(?:为|系|是)(?:通过)?(?:网络|网上|互联网|线上)(?:渠道|方式)?(?:提交的?|提出的?)?申请"),
    (One(Q::ReceivedByLetter), r"(?:为|系|是)(?:通过)?(?:信函|邮寄|信件)(?:渠道|方式)?(?:提交的?|提出的?)?申请"),
    (One(Q::ReceivedInPerson), r"(?:为|系|是)(?:当面|现场)(?:提交的?|提出的?)?申请"),
    (Result { review: Q::ReviewUpheld, litigation: Q::LitigationUpheld }, r"(?:结果)?(?:被|予以|获)?维持"),
    (
        Result { review: Q::ReviewCorrected, litigation: Q::LitigationCorrected },
        r"(?:结果)?(?:被|予以)?(?:依法)?(?:纠正|纠错)",
    ),
    (Result { review: Q::ReviewPending, litigation: Q::LitigationPending }, "尚未审结|未审结|正在审理"),
];

/// Words behind a number that belong to those before it: 制定出台3件行政规范性文件.
static NOUNS_BEHIND: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        r"(?:行政)?规范性文件|(?:有关|涉及|因|涉)?(?:政府)?信息公开(?:的|类)?行政(?:复议|诉讼)(?:案件|案)?|行政(?:复议|诉讼)(?:案件|案)?",
    )
});

/// How many bytes of what stands behind a number belong to the words before it.
pub(super) fn noun_behind(after: &str) -> Option<usize> {
    NOUNS_BEHIND.at_start(after).map(|(_, end)| end)
}

/// What may stand between the words and the number, any of them any number of times.
const FILLER: &[&str] = &[
    "的",
    "了",
    "为",
    "有",
    "是",
    "共",
    "计",
    "达",
    "发生",
    "为主",
    "约",
    "近",
    "超",
    "逾",
    "超过",
    "将近",
    "大约",
    "不足",
    "至少",
    "不少于",
    "突破",
    "共计",
    "合计",
    "总计",
    "总数",
    "总量",
    "数量",
    "件数",
    "案件数",
    "政府信息公开申请",
    "信息公开申请",
    "决定",
    "数",
    "量",
    "各",
    "均",
    "：",
    ":",
    "，共",
    "，共计",
    "，合计",
    "，总计",
    "答复的",
    "情形",
    "情况",
    "事项",
    "申请",
    "案件",
    "结果",
    "已",
    "全部",
    "依法",
];

/// What the end of a clause, with which a number begins, says that it counts: for each pattern the
/// longest words that match.
pub(super) fn before(clause: &str) -> impl Iterator<Item = Said> {
    static WORDS: LazyLock<Phrases> = LazyLock::new(|| numbered(BEFORE));
    let mut starts: [Option<usize>; BEFORE.len()] = [None; BEFORE.len()];
    WORDS.to_ends(clause, &ends(clause), |at, start| starts[at] = starts[at].or(Some(start)));
    let said =
        |(start, (meaning, _)): (Option<usize>, &(Meaning, &str))| Some(Said { start: start?, meaning: *meaning });
    starts.into_iter().zip(BEFORE).filter_map(said)
}

fn numbered(patterns: &[(Meaning, &'static str)]) -> Phrases {
    Phrases::tagged(patterns.iter().map(|(_, text)| *text).enumerate())
}

/// Where a clause ends if words that say nothing are left off its end: byte places, the longest first.
fn ends(clause: &str) -> Vec<usize> {
    // With what such words end: most clauses end with none of these.
    static LAST: LazyLock<Bits> =
        LazyLock::new(|| Bits::of(&FILLER.iter().filter_map(|word| word.chars().last()).collect::<String>()));
    let mut ends = vec![clause.len()];
    let mut at = 0;
    while let Some(&end) = ends.get(at) {
        at += 1;
        if !clause[..end].chars().next_back().is_some_and(|c| LAST.may_have(c)) {
            continue;
        }
        for word in FILLER {
            let shorter = clause[..end].strip_suffix(word).map(str::len);
            ends.extend(shorter.filter(|shorter| !ends.contains(shorter)));
        }
    }
    ends
}

/// What the words right behind a number say that it counts, and what follows them.
pub(super) fn behind(after: &str) -> Option<(Meaning, &str)> {
    static WORDS: LazyLock<Phrases> = LazyLock::new(|| numbered(BEHIND));
    let (at, end) = WORDS.at_start(after)?;
    Some((BEHIND[at].0, &after[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(clause: &str) -> Vec<(usize, Meaning)> {
        before(clause).map(|said| (said.start, said.meaning)).collect()
    }

    #[test]
    fn words_reach_to_the_number_over_words_that_say_nothing() {
        assert_eq!(said("予以公开"), [(0, One(Q::Granted))]);
        assert_eq!(said("予以公开的申请共计约"), [(0, One(Q::Granted))]);
        assert_eq!(said("予以公开之后"), []);
    }

    #[test]
    fn the_longest_words_of_a_pattern_count() {
        // 申请 may be part of the words, or stand between them and the number.
        assert_eq!(said("不予公开申请"), [(0, One(Q::Denied))]);
        assert_eq!(ends("公开共有"), ["公开共有", "公开共", "公开"].map(str::len));
    }

    #[test]
    fn of_patterns_behind_a_number_the_first_counts() {
        assert_eq!(behind("予以公开和部分公开"), Some((One(Q::GrantedOrPartly), "")));
        assert_eq!(behind("予以公开，占"), Some((One(Q::Granted), "，占")));
        assert_eq!(behind("，予以公开"), None);
    }
}
