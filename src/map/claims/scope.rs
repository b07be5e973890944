//! What a number in a sentence is a part of, as the numbers before it say.
//!
//! 县公安局受理20件，办结18件: what is not the organ's own is not its own in the next clause either. 自然人52件，其中
//! 予以公开20件: a part of a part is no figure of the form, nor are the outcomes of one kind of applications: 网上申请45件，予以
//! 公开18件.

use std::sync::LazyLock;

use super::lexicon::{ALL_WAYS, is_applicant, is_common, is_of_work, is_result, unknown};
use crate::map::chars::Chars;
use crate::map::phrase::Phrases;
use crate::report::Quantity;
use Quantity as Q;

/// Words of clauses that count what forms count.
static OF_FORM: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("收到|受理|办理|办结|答复|新收|接到|申请|公开|复议|诉讼|许可|处罚|强制|规范性文件|收费")
});
/// 较上年增加11件: beside the counts, not one of them.
static COMPARISON: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("较|比|增加|减少|增长|下降|上升|降低|提高|多收|少收"));
static ORGANS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "[局委厅院镇乡村馆队]|全[省市县区州盟旗]|[^主承交转督经协代]办(?:[^理结毕事件公案法]|$)|本级|大厅|办公室|街道|部门|单位|政府|机关|公司|企业|学校|中心|站所",
    )
});
/// 较上年增加11件 counts nothing of its own; 申请量较大的县公安局 does.
static CHANGE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "增加|减少|增长|下降|上升|降低|提高|多收|少收|增多|多了|少了|增至|降至|升至|持平|[较比](?:上|去|前|20|同|往)",
    )
});
/// What becomes of applications and lawsuits, in words of earlier forms and of courts.
static OTHER_RESULTS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "不属于(?:本|我)?(?:行政)?(?:机关|部门|单位|局|镇)|不予受理|信息不存在|已主动公开|撤回申请|撤销申请|主动撤|作出更改|胜诉|败诉|撤诉",
    )
});
/// Times within or beyond the year.
static TIMES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        r"\d月|\d日|[一二三四五六七八九十]月|月份|季度|期间|时段|时期|阶段|任期|半年|以来|年来|旬|疫情|前年|去年|上年|上一年|近[两三四五]年",
    )
});
/// Each of [`TIMES`] has one of these.
static OF_TIMES: Chars = Chars::of(&['月', '日', '季', '期', '段', '年', '来', '旬', '疫']);
/// What parts clauses.
const MARKS: [char; 9] = ['，', ',', '、', '：', ':', '（', '）', '(', ')'];
/// What clauses end in that say where and when the next was.
const SCOPE_END: [&str; 10] = ["中", "方面", "领域", "系统", "起", "来", "间", "看", "部门", "单位"];
static SELF: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("[我本](?:乡|镇|厅|局|委|办|院|街道|社区|单位|机关|行政机关|部门|中心)"));
static OF_YEAR: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(r"全年|今年|本年度|20\d\d年度?[^\d]"));
static SUBJECT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "公开申请|依申请公开|规范性文件|信息公开(?:类|的)?行政|(?:作出|做出|办理|实施|处理)的?行政(?:许可|处罚|强制)|行政事业性收费",
    )
});

/// Reviews and lawsuits in full.
static OF_CASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("行政复议|行政诉讼|信息公开(?:类|的)?(?:复议|诉讼)"));

/// What the clauses before have counted that is no figure of the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Other {
    #[default]
    None,
    /// Something else, until the clause says what it counts.
    Matter,
    /// Another time's, until the clause says that it is of the year.
    Time,
    /// Another organ's, until the clause says that it is its own.
    Organ,
}

/// What a number counts of which others may be parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Of(Quantity),
    /// It was not read.
    Unread,
}

/// Ways to divide all applications: counts of one way follow one another and add up to all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Applicant,
    Channel,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    other: Other,
    /// What the numbers are parts of, by 其中, 件中 or a bracket.
    whole: Option<Count>,
    /// The last number.
    last: Option<Count>,
    /// The last number counts one kind of applications; with another of its way they are all again.
    kind: Option<Kind>,
    /// Outcomes that come now are of some applications, not of all.
    of_some: bool,
    /// The last number that was read is an outcome.
    outcomes: bool,
    /// The sentence before counted something else: what became of it is no outcome of the form's, until a clause says
    /// what it is of.
    astray: bool,
}

/// Goes along a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    state: State,
    /// What was open where brackets began.
    outer: Vec<State>,
    /// 其中 stands right before the number.
    direct: bool,
    /// A part of the sentence before a semicolon tells what was published.
    published: bool,
    /// What the sentence adds up is of the year.
    of_year: bool,
    /// The sentence is of other business, or the one before it is and this one does not say what it is of.
    silenced: bool,
}

impl Scope {
    /// After a heading that names another organ.
    pub fn of_another() -> Scope {
        Scope { state: State { other: Other::Organ, ..State::default() }, ..Scope::default() }
    }

    /// After a sentence about another year.
    pub fn of_another_year() -> Scope {
        Scope { state: State { other: Other::Time, ..State::default() }, ..Scope::default() }
    }

    /// After a sentence of other business.
    pub fn of_other_business() -> Scope {
        Scope { state: State { astray: true, ..State::default() }, silenced: true, ..Scope::default() }
    }

    /// The sentence is of other business: 办理提案54件。
    pub fn silence(&mut self) {
        self.silenced = true;
        self.state.astray = true;
    }

    pub fn is_silenced(&self) -> bool {
        self.silenced
    }

    /// None of the numbers of the sentence was read.
    pub fn stray(&mut self) {
        self.state.astray = true;
    }

    /// The part of a sentence that begins says that what it adds up is of the year.
    pub fn of_year(mut self, of_year: bool) -> Scope {
        self.of_year = of_year;
        self
    }

    /// The part of a sentence that ends tells what was published.
    pub fn publish(&mut self) {
        self.published = true;
    }

    pub fn is_published(&self) -> bool {
        self.published
    }

    pub fn is_of_year(&self) -> bool {
        self.of_year
    }

    /// Over the words between two numbers.
    pub fn pass(&mut self, words: &str) {
        self.direct = false;
        for (at, c) in words.char_indices() {
            match c {
                '（' | '(' => {
                    self.outer.push(self.state);
                    self.part();
                }
                '）' | ')' => {
                    if let Some(state) = self.outer.pop() {
                        self.state = state;
                        self.direct = false;
                    }
                }
                '其' if words[at..].starts_with("其中") => self.part(),
                '含' => self.part(),
                '包' if words[at..].starts_with("包括") => self.part(),
                _ => {}
            }
        }
    }

    fn part(&mut self) {
        self.state.whole = self.state.last;
        self.direct = true;
    }

    /// The words behind the last number, up to the next, if there was one: 结转的6件中, 结转的6件办结5件 count parts of it.
    pub fn go_on(&mut self, words: &str) {
        static WITHIN: LazyLock<Phrases> = LazyLock::new(|| {
            Phrases::new("(?:的)?(?:政府信息公开|信息公开|依申请公开|公开)?(?:的)?(?:申请)?(?:件|事项|案件)?[中里]")
        });
        let within = WITHIN.at_start(words).is_some();
        if !within && (words.is_empty() || words.contains(MARKS)) {
            return;
        }
        self.part();
        // New applications are not all that there are outcomes of.
        if self.state.whole == Some(Count::Of(Q::NewReceived)) {
            self.state.whole = Some(Count::Unread);
        }
        self.direct = !within;
    }

    /// A clause of which the number was read as this.
    pub fn read(&mut self, quantity: Quantity) {
        self.state.last = Some(Count::Of(quantity));
        self.state.outcomes = is_outcome(quantity);
        let kind = kind_of(quantity);
        if kind.is_some() {
            self.state.of_some = self.state.kind != kind;
        } else if matches!(quantity, Q::OnTime | Q::Extended) {
            // What became of those dealt with in time is not what became of all.
            self.state.of_some = true;
        } else if !is_outcome(quantity) {
            self.state.of_some = false;
        }
        self.state.kind = kind;
    }

    /// A clause before which other words stand that are of another time, organ or field, or whose own words are
    /// not all known.
    pub fn unread(&mut self, clause: &str, narrowed_before: bool) {
        self.state.kind = None;
        let counts = !CHANGE.is_in(clause);
        if narrowed_before {
            self.state.other = Other::Organ;
        } else if counts && OTHER_RESULTS.is_in(clause) && !ORGANS.is_in(&unknown(clause).replace("机关", "")) {
            // It is one of the outcomes, or results, in words that the form has not.
            self.state.outcomes |= self.state.whole.is_none();
            self.state.last = Some(Count::Unread);
            return;
        } else if counts {
            let left = unknown(clause);
            let other = match (ORGANS.is_in(&left), TIMES.is_in(&left)) {
                (true, _) => Other::Organ,
                (_, true) => Other::Time,
                _ if OF_FORM.is_in(clause) => Other::Matter,
                _ => Other::None,
            };
            self.state.other = self.state.other.max(other);
            // Among outcomes it is rather one of them in other words.
            self.state.of_some |= !self.state.outcomes && !left.trim().is_empty();
        }
        if counts {
            self.state.last = Some(Count::Unread);
        }
    }

    /// The same of a clause whose number counts all that it speaks of: 征地类申请较多，共41件.
    pub fn unread_all(&mut self, clause: &str, narrowed_before: bool) {
        self.unread(clause, narrowed_before);
        self.state.of_some |= !self.state.outcomes && !unknown(clause).trim().is_empty();
        self.state.last = Some(Count::Unread);
    }

    /// Whether a number may be the report's own figure, and no part of another; `listed` says that its clause goes on
    /// from the one before it, after 、.
    pub fn allows(&mut self, quantity: Quantity, clause: &str, listed: bool) -> bool {
        let reopened = match self.state.other {
            Other::None => true,
            Other::Matter => !self.direct && !listed && (SUBJECT.is_in(clause) || SELF.is_in(clause)),
            Other::Time => OF_YEAR.is_in(clause) || SELF.is_in(clause),
            Other::Organ => SELF.is_in(clause),
        };
        if reopened {
            self.state.other = Other::None;
        }
        let within = match self.state.whole {
            None => true,
            Some(Count::Of(whole)) => is_figure_within(whole, quantity, self.direct),
            Some(Count::Unread) => {
                let counted = matches!(quantity, Q::Answered | Q::CarriedOut | Q::OnTime | Q::Extended);
                // 专栏公开文件46件，其中废止2件: of what stands there.
                let of_stock = matches!(quantity, Q::DocumentsRepealed | Q::DocumentsInForce);
                !is_outcome(quantity) && !counted && (!of_stock || clause.contains("规范性文件"))
            }
        };
        let depends = is_outcome(quantity)
            || is_result(quantity)
            || matches!(quantity, Q::Answered | Q::CarriedOut | Q::OnTime | Q::Extended);
        let part = depends || quantity == Q::CarriedIn || kind_of(quantity).is_some();
        if self.state.astray && (SUBJECT.is_in(clause) || SELF.is_in(clause) || OF_CASES.is_in(clause)) {
            (self.state.astray, self.silenced) = (false, false);
        }
        // 仲裁3件，诉讼2件: lawsuits about the same.
        let of_same = matches!(quantity, Q::Review | Q::Litigation)
            && (self.state.astray || self.state.last == Some(Count::Unread))
            && !OF_CASES.is_in(clause);
        // 按时办结54件，延期办结2件，结转6件 are parts of all, one beside the other.
        let in_time = matches!(self.state.last, Some(Count::Of(Q::OnTime | Q::Extended)));
        let other_half = in_time && matches!(quantity, Q::Extended | Q::CarriedOut);
        reopened
            && within
            && !of_same
            && !(self.state.of_some && depends && !other_half)
            && !(self.state.astray && part)
    }

    /// A sentence that goes on after a semicolon.
    pub fn after(&self) -> Scope {
        let other = if self.state.other >= Other::Time { self.state.other } else { Other::None };
        let state = State { other, astray: self.state.astray, ..State::default() };
        Scope { state, silenced: self.silenced, published: self.published, ..Scope::default() }
    }
}

/// Whether a clause without a number narrows what the next counts: 主汛期, 县档案馆, 从内容看. Before the first number of
/// a sentence every clause may whose words are not known, unless it begins as those do that tell of the work (认真落实
/// …, 在…领导下); after it, those of times, organs and fields.
pub(super) fn narrows(clause: &str, first: bool) -> bool {
    static NUMBERING: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(r"[一二三四五六七八九十\d]{1,3}[.、．]?"));
    // 县本级 is a part of the whole county, 局本级 of the whole office.
    if clause.contains("本级") {
        return true;
    }
    // 按申请人类型看: all of them, divided.
    static BY_KIND: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "(?:从|按照?)?(?:提出人|申请人|申请主体|申请对象|提出申请的主体)(?:的)?(?:类型|类别|情况|构成|身份|性质|分布|分类)?(?:来)?(?:看|分|划分|统计|上看|里|中)?|(?:从|按照?)?(?:答复|办理|处理)(?:的)?(?:结果|情况|类型|方式|意见|情形)*(?:分布|类型|分类)?(?:来)?(?:看|上看|上|分|为|如下|有[二两三四五六七八九]种)?",
        )
    });
    // 通过现场、邮寄、网络等方式: all ways there are.
    static BY_ALL_WAYS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(ALL_WAYS));
    // Quick way: most clauses are of the year.
    if is_common(clause)
        || BY_ALL_WAYS.is(clause)
        || BY_KIND.is(clause)
        || COMPARISON.is_in(clause)
        || NUMBERING.is(clause)
    {
        return false;
    }
    let ends_scope = SCOPE_END.iter().any(|end| clause.ends_with(end)) && clause.chars().count() <= 14;
    // 督促各乡镇办理: the next count is theirs.
    static BY_OTHERS: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::new("督促|督导|指导|组织|汇总|牵头|统筹|协调|指定|推动"));
    let of_work = first && is_of_work(clause);
    let by_others = of_work && BY_OTHERS.is_in(clause) && !clause.ends_with('下');
    // Quick way: the others tell of the work alone, and to take out all known words takes longest.
    if of_work && !ends_scope && !by_others && !OF_TIMES.any_in(clause) {
        return false;
    }
    let left = unknown(clause);
    if left.trim().is_empty() {
        return false;
    }
    if ends_scope || TIMES.is_in(&left) {
        return true;
    }
    let organ = ORGANS.is_in(&left);
    if first { !of_work || organ && by_others } else { organ }
}

/// A heading that names an organ has no more characters than this.
pub(super) const LONGEST_HEADING: usize = 28;

/// What such a heading goes on with behind the organ: words of which each list may give one, from the end.
const BEHIND_ORGAN: [&[&str]; 6] = [
    &["情况", "方面"],
    &["的"],
    &["工作", "申请", "办理"],
    &["政府信息公开申请", "政府信息公开", "信息公开", "依申请公开"],
    &["收到和处理", "收到", "处理", "办理"],
    &["的"],
];

/// Whether a text ends in an organ, or in words behind one, so that it may be a heading that names another.
pub(super) fn may_head_another(text: &[char]) -> bool {
    let mut named = text;
    while let [before @ .., '。' | '：' | ':' | '；'] = named {
        named = before;
    }
    // What organs end in, and the ends of the words that may stand behind them.
    const ENDS: &str = "局委厅院镇乡村馆队办级厅室道门位府关心所况面的作请理开到";
    named.last().is_some_and(|c| ENDS.contains(*c))
}

/// Whether a short sentence or line without numbers is a heading that names another organ: 2.各乡镇, 县公安局依申请公开情况.
pub(super) fn heads_another(text: &str) -> bool {
    static NUMBERING: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::new(r"[（(]?[一二三四五六七八九十\d]{1,3}[）).、．]?"));
    static ORGAN_ENDS: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "[局委厅院镇乡村馆队]$|[^主承交转督经协代]办$|(?:本级|大厅|办公室|街道|部门|单位|政府|机关|中心|站所)$",
        )
    });
    let start = NUMBERING.at_start(text).map_or(0, |(_, end)| end);
    let mut named = &text[start..];
    if named.contains(MARKS) && !named.contains('、') {
        return false;
    }
    for words in BEHIND_ORGAN {
        named = words.iter().find_map(|word| named.strip_suffix(word)).unwrap_or(named);
    }
    ORGAN_ENDS.is_in(named) && !SELF.is_in(named) && !is_of_work(named) && !unknown(named).trim().is_empty()
}

/// Whether a part of this whole is a figure of the form.
fn is_figure_within(whole: Quantity, part: Quantity, direct: bool) -> bool {
    match whole {
        Q::Received | Q::NewReceived | Q::Answered | Q::Disclosed => true,
        Q::LegalEntities => {
            matches!(part, Q::Business | Q::Research | Q::PublicWelfare | Q::LegalService) || is_sibling(part, direct)
        }
        Q::GrantedOrPartly => matches!(part, Q::Granted | Q::PartlyGranted) || is_sibling(part, direct),
        Q::Unavailable => matches!(part, Q::NotHeld | Q::NeedsCreation | Q::StillUnclear) || is_sibling(part, direct),
        Q::NotProcessed => matches!(part, Q::Petition | Q::Repeated) || is_sibling(part, direct),
        Q::Granted | Q::PartlyGranted | Q::Denied | Q::OtherOutcome => is_sibling(part, direct),
        Q::Review | Q::Litigation | Q::LitigationDirect | Q::LitigationAfterReview => {
            is_result(part) || matches!(part, Q::Review | Q::Litigation) && !direct
        }
        Q::DocumentsIssued => part == Q::DocumentsIssued || !direct,
        // A part of one kind of applicants, of what was carried over, of one way, is none of the form's.
        Q::NaturalPerson | Q::Business | Q::Research | Q::PublicWelfare | Q::LegalService => {
            is_applicant(part) && !direct
        }
        Q::CarriedIn | Q::CarriedOut => matches!(part, Q::CarriedIn | Q::CarriedOut) && !direct,
        _ => !direct,
    }
}

fn kind_of(quantity: Quantity) -> Option<Kind> {
    match quantity {
        Q::ReceivedInPerson | Q::ReceivedByFax | Q::ReceivedOnline | Q::ReceivedByLetter => Some(Kind::Channel),
        _ if is_applicant(quantity) => Some(Kind::Applicant),
        _ => None,
    }
}

/// What became of applications.
fn is_outcome(quantity: Quantity) -> bool {
    matches!(
        quantity,
        Q::Granted
            | Q::GrantedOrPartly
            | Q::PartlyGranted
            | Q::Denied
            | Q::Unavailable
            | Q::NotHeld
            | Q::NeedsCreation
            | Q::StillUnclear
            | Q::NotProcessed
            | Q::Petition
            | Q::Repeated
            | Q::OtherOutcome
    )
}

/// 予以公开27件，其中…11件，不予公开5件: the last is none of the parts.
fn is_sibling(part: Quantity, direct: bool) -> bool {
    !direct && !is_applicant(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_other_organs() {
        for heading in ["1.县政府办公室", "（二）县公安局依申请公开情况", "2.各乡镇", "县政府各部门", "县本级"]
        {
            assert!(heads_another(heading), "{heading}");
        }
        for other in
            ["（二）依申请公开", "依申请公开工作情况", "本机关依申请公开情况", "加强对各部门", "各项工作有序开展"]
        {
            assert!(!heads_another(other), "{other}");
        }
    }
}
