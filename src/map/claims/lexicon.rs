//! What may stand in a clause beside the words of the form, so that its number is understood.
//!
//! A number is only judged where every word before it is known: words of the year, of the organ itself, of the
//! matter, and words that say nothing. What is left over (县公安局, 涉及征地的, 提前, 网上, 12月) may narrow what it
//! counts, and no list of such words is ever whole.

use std::sync::LazyLock;

use crate::map::phrase::{Phrases, Tags};
use crate::report::Quantity;
use Quantity as Q;

/// Words of the whole year and of the organ itself, and words that say nothing. 按时, 及时 and 目前 are none: there
/// are others that were not.
const COMMON: &str = concat!(
    r"截[至止]年末|[到至]年底前?|年底前|截[至止](?:20\d\d年)?(?:12月31日|12月底|年底|底|末)|",
    r"(?:自|从)?(?:20\d\d年)?1月1日起?[至到-](?:20\d\d年)?12月31日止?|",
    r"(?:全年|年度|本年度?|年内|20\d\d年度?)共?累计|20\d\d年[度内]?|全年度?|年内|年度|",
    r"过去一年|一年[来内]|本年度?|今年|",
    r"[我本](?:乡|镇|厅|局|委|办|院|站|所|部|社|街道|社区|单位|机关|行政机关|部门|中心|办公室|管委会)(?:办事处)?|",
    r"[市县区旗州]政府及其(?:组成|各|工作)?部门|各级(?:行政机关|机关|政府部门|各部门|各单位)|",
    r"本机关各(?:职能部门|有关部门|级部门|部门各单位|部门|单位)|行政机关|含|包括|包含|总共|共计|合计|总计|",
    r"[一二三四五六七八九]是|20\d\d年以来|各级政府(?:及|和|及其)(?:各|有关|工作)?部门|",
    r"一共|共|计|总数|数量|件数|约|近|超过|超|逾|大约|将近|不足|至少|不少于|突破|达到|达|其中|有|为|是|",
    r"的|了|均|现已|已经|已|全部|所有|和|与|及|以及|对于?|将|各类|各项|依法依规|依法|依规|按照?规定|妥善|认真|",
    r"规范|严格|也|[“”]|\(|\)|[123456789][.．]",
);

/// All ways to apply that an organ names, which narrow nothing: 通过现场、邮寄、网络等方式.
macro_rules! all_ways {
    () => {
        concat!(
            "(?:通过|经|以)(?:(?:[省市县区]政府|政务)?(?:现场|当面|邮寄|邮递信函|信函|信件|传真|平台|网络|网上|在线|互联网|",
            "电子邮箱|电子邮件|邮件|窗口|线上|线下|电话|政府网站|门户网站)(?:申请|提交)?[、和及]?)*等(?:多种|各种)?",
            "(?:方式|渠道|途径|形式)|通过(?:各种|多种|各类)(?:方式|渠道|途径|形式)"
        )
    };
}
pub(super) const ALL_WAYS: &str = all_ways!();
/// What applications are about, who makes them, and by what ways.
const OF_APPLICATIONS: &str = concat!(
    all_ways!(),
    r"|政务信息|经审查|经审核|具体|如下|因“[^”]{1,20}”等(?:原因|情形|理由)|",
    r"(?:收到|受理|办理|答复|办结|处理|接收)(?:的)?(?:(?:政府)?信息公开)?(?:的)?申请(?:件|事项)?(?:中|里)|",
    r"(?:政府|政务)?信息(?:依申请)?公开|政务公开|依申请公开(?:政府)?信息|依申请公开(?:件|事项)?|",
    r"依申请|公开政府信息|公开信息|申请公开|公开申请|申请(?:人|件|案件|事项)?|政府信息|信息|工作|方面|情况|",
    r"(?:办结|答复)件(?:中|里)|属于|结果|答复|办理|处理|中|里|在|经|按|从|看|统计|类型?|主体|对象|方式|渠道|来源|社会公众|社会各界|公众|群众|提出|提交|",
    r"通过|各种渠道|各种|各类渠道|多种渠道|任何形式|作出|做出|决定|因|由",
);
/// What general words of applications go on with: 收到…申请, 结转…申请.
const GENERAL: &str = concat!(
    r"新?收到?|新增|收办|收件|接到|新接|新?接收到?|新?受理|新?登记|办理完毕|办结|办完|办理|办毕|答复|回复|处理完毕|处理|完成|当年|",
    r"继续|上一?年度?|去年|上年|20\d\d年度?|年度|自|结转|转结|转入|转来|遗留|未办结|未办完|本年度?|今年度?|",
    r"顺延|转|延|至|到|入|下一?年度?|次年|明年|度|数量|总数|总量|量|数|件|事项|并|要求|答复完毕|予以",
);
/// What was carried over, in and out, and the verbs of applications.
const CARRIED_OVER: &str = concat!(
    r"(?:上一?年度?|去年|20\d\d年度?)(?:结转|转结|转入|转来|遗留|未办结|未办完)(?:[至到]?(?:本|今)年度?)?|",
    r"(?:结转|转结|顺延|转|延)[至到入]?(?:下一?年度?|次年|明年|20\d\d年)度?|结转(?:上一?年度?|去年)|",
    r"新?收到?|收办|收件|接到|新?接收到?|新?受理|登记|办结|办毕|答复|回复|完成|继续",
);
/// Beside what was named, which 收到 and 办结 would count in part.
const BESIDES: &str = "另有|另|还有";
const OF_REVIEWS: &str = concat!(
    r"政府|应对|涉及|涉|相关|申请人|被申请人|被告|作为|以|因|由|就|",
    r"(?:涉及|涉|有关|关于|针对)?(?:政府|政务)?信息(?:依申请)?公开(?:类|申请|工作|答复|方面)?|",
    r"依申请公开(?:工作)?|被申请|被提起|提起|申请|引起|引发|引致|导致|产生|发生|收到|案件|经|在|被|所",
);
/// How clauses begin that tell of the work.
const WORK_WORDS: &str = concat!(
    "[一二三四五六七八九十]是|[（(]?[一二三四五六七八九十\\d][）)、.]|同时|此外|据统计|经统计|总体|",
    "认真|严格|积极|进一步|深入|深化|全面|扎实|切实|持续|不断|着力|大力|高度|高质量|稳步|有序|主动|坚持|",
    "坚决|围绕|紧紧|紧扣|聚焦|立足|结合|根据|按照|遵循|依据|依托|以|为|把|加强|加大|加快|强化|健全|完善|",
    "建立|落实|贯彻|执行|履行|做好|抓好|推进|推动|促进|提升|提高|规范|优化|明确|畅通|拓宽|拓展|确保|保障|",
    "细化|压实|组织|开展|举办|制定|印发|修订|更新|开通|设立|设置|公布|梳理|编制|成立|指定|配备|搭建|打造|",
    "创新|优先|注重|突出|狠抓|紧盯|对照|及时|定期|统筹|充分|牢固|牢牢|务实|稳妥|妥善|切实|明确|做到|实现|",
    "形成|树立|保持|维护|学习|引导|助力|满足|回应|细致|准确|高效|优质|便捷|压紧|靠前|逐步|逐项|",
    "逐件|随着|面对|安排|选派|增设|改进|升级|整合|构建|夯实|增强|倾听|关注|重视|简化|延伸|丰富|充实|补齐|",
    "防范|化解|把握|把好|严把|严守|筑牢|坚守|恪守|秉持|秉承|对标|锚定|瞄准|紧密|密切|广泛|多措|建强|建好|",
    "用好|管好|发挥|运用|利用|借助|探索|推行|实行|启动|部署|谋划|召开|传达|宣传|普及|整理|汇总|自查|排查|",
    "整改|督促|督查|督导|评估|跟踪",
);
/// What results are of.
const OF_RESULTS: &str = r"行政复议|复议机关|行政诉讼|诉讼|复议|法院|审理|判决|决定|中|情况|结果";
const OF_DOCUMENTS: &str = r"(?:行政)?规范性文件|文件|年度|新|梳理出?|清理后?|继续|现行";
const OF_FEES: &str = r"实现|完成|收取|收缴|征收|收入|共收";
const OF_PUBLISHING: &str =
    r"通过|在|利用|同时|[省市县区旗]?(?:人民)?政府|政务|门户|官方|[局委厅办镇乡]|平台|“[^”]{1,14}”";

/// What applicants are called by.
const OF_APPLICANTS: &str = r"以|收到|新收到?|受理|接收?到?|主体|属于?";
/// What is left of all, and comes to it: 剩余6件结转下年, 加上上年结转4件.
const LEFT: &str = "剩余|其余|加上|加|连同|承接|尚有|仍有";

/// The lists, as tags of their words.
#[derive(Debug, Clone, Copy)]
enum List {
    Common,
    Applications,
    General,
    CarriedOver,
    Besides,
    Reviews,
    Results,
    Documents,
    Fees,
    Publishing,
    Applicants,
    Left,
    Work,
    Within,
}

/// Makes the words ahead of the first clause.
pub(super) fn prepare() {
    LazyLock::force(&WORDS);
}

static WORDS: LazyLock<Phrases> = LazyLock::new(|| {
    let lists = [
        (List::Common, COMMON),
        (List::Applications, OF_APPLICATIONS),
        (List::General, GENERAL),
        (List::CarriedOver, CARRIED_OVER),
        (List::Besides, BESIDES),
        (List::Reviews, OF_REVIEWS),
        (List::Results, OF_RESULTS),
        (List::Documents, OF_DOCUMENTS),
        (List::Fees, OF_FEES),
        (List::Publishing, OF_PUBLISHING),
        (List::Applicants, OF_APPLICANTS),
        (List::Left, LEFT),
        (List::Work, WORK_WORDS),
        (List::Within, "在"),
    ];
    Phrases::tagged(lists.map(|(list, words)| (list as usize, words)))
});

/// The common words with those of other lists.
const fn with<const N: usize>(lists: [List; N]) -> Tags {
    let mut tags = Tags::of(List::Common as usize);
    let mut at = 0;
    while at < N {
        tags = tags.and(lists[at] as usize);
        at += 1;
    }
    tags
}

const COMMON_ONLY: Tags = with([]);
const APPLICATIONS: Tags = with([List::Applications]);
const APPLICANTS: Tags = with([List::Applications, List::Applicants]);
const CARRIED: Tags = with([List::Applications, List::Besides, List::Left]);
const OUTCOMES: Tags = with([List::Applications, List::Besides]);
const SPAN: Tags = with([List::Applications, List::General]);
const REVIEWS: Tags = with([List::Reviews, List::Besides]);
const RESULTS: Tags = with([List::Reviews, List::Results, List::Besides]);
const DOCUMENTS: Tags = with([List::Documents]);
const FEES: Tags = with([List::Fees]);
const PUBLISHING: Tags = with([List::Publishing]);
const ANY: Tags = with([List::CarriedOver, List::Applications, List::Reviews, List::Results]);

/// Whether only known words stand before those that say that the clause counts this.
pub(super) fn is_known_before(words: &str, quantity: Quantity) -> bool {
    let known = match quantity {
        Q::ReceivedInPerson | Q::ReceivedByFax | Q::ReceivedOnline | Q::ReceivedByLetter => APPLICANTS,
        _ if is_applicant(quantity) => APPLICANTS,
        Q::Review | Q::Litigation => REVIEWS,
        _ if is_result(quantity) => RESULTS,
        Q::DocumentsIssued | Q::DocumentsRepealed | Q::DocumentsInForce => DOCUMENTS,
        Q::AdministrativeFees => FEES,
        Q::ByWebsite | Q::ByWeibo | Q::ByWechat | Q::ByGazette => PUBLISHING,
        Q::Licensing | Q::Penalties | Q::Compulsion | Q::Disclosed => COMMON_ONLY,
        Q::CarriedIn | Q::CarriedOut => CARRIED,
        Q::Received | Q::NewReceived | Q::Answered | Q::OnTime | Q::Extended => APPLICATIONS,
        _ => OUTCOMES,
    };
    WORDS.cover(words, known)
}

/// Whether words with a gap, 收到…申请, have only known ones in it.
pub(super) fn is_known_span(words: &str) -> bool {
    WORDS.cover(words, SPAN)
}

/// Whether words are of the year, of the organ, or say nothing.
pub(super) fn is_common(words: &str) -> bool {
    WORDS.cover(words, COMMON_ONLY)
}

/// Whether a clause begins as those do that tell of the work: 认真落实…, 围绕…, 在…领导下.
pub(super) fn is_of_work(clause: &str) -> bool {
    WORDS.meet(clause, APPLICATIONS, Tags::of(List::Work as usize))
        || clause.ends_with(['下', '上']) && WORDS.meet(clause, APPLICATIONS, Tags::of(List::Within as usize))
}

/// What a clause has besides all known words, put together.
pub(super) fn unknown(words: &str) -> String {
    WORDS.without(words, ANY)
}

/// Results of reviews and of lawsuits, and the two ways to a lawsuit.
pub(super) fn is_result(quantity: Quantity) -> bool {
    matches!(
        quantity,
        Q::ReviewUpheld
            | Q::ReviewCorrected
            | Q::ReviewOther
            | Q::ReviewPending
            | Q::LitigationUpheld
            | Q::LitigationCorrected
            | Q::LitigationOther
            | Q::LitigationPending
            | Q::LitigationDirect
            | Q::LitigationAfterReview
    )
}

/// Kinds of applicants.
pub(super) fn is_applicant(quantity: Quantity) -> bool {
    matches!(
        quantity,
        Q::NaturalPerson | Q::LegalEntities | Q::Business | Q::Research | Q::PublicWelfare | Q::LegalService
    )
}

/// Decisions on those outside the organ.
pub(super) fn is_decision(quantity: Quantity) -> bool {
    matches!(quantity, Q::Licensing | Q::Penalties | Q::Compulsion)
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_that_tell_of_the_work_narrow_nothing() {
        for clause in ["在县委、县政府的正确领导下", "2021年，我局认真", "坚持以公开为常态"]
        {
            assert!(is_of_work(clause.trim_start_matches("2021年，我局")), "{clause}");
        }
        assert!(!is_of_work("县公安局认真"));
        assert!(!is_of_work("在县公安局"));
    }

    #[test]
    fn what_is_left_names_others() {
        assert_eq!(unknown("2021年度县公安局共收到申请"), "县公安局");
        assert_eq!(unknown("全年结转上年度"), "");
    }
}
