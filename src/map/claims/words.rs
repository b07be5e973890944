//! What the words around a number say that it counts.
//!
//! Of the patterns that the clause before the number ends with, the longest match wins. What stands before the match
//! must be known ([`super::lexicon`]), and the number no part of another ([`super::scope`]): else it is left
//! alone. Words of other business (备案, 信箱, 热线, 提案 …) silence the sentence.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::LazyLock;

use super::denial;
use super::lexicon;
use super::numbers::{Token, starts_with};
use super::own::Own;
use super::patterns::{self, Meaning, Said};
use super::scope::{self, Scope};
use super::setting::{Subjects, fits, is_whole_of_other};
use crate::map::phrase::{Phrases, Tags};
use crate::report::Quantity;
use Quantity as Q;

/// Where a sentence stands.
pub(super) struct About<'a> {
    pub paragraph: &'a str,
    /// The heading right above the paragraph; empty if there is none.
    pub heading: &'a str,
    pub section: Option<&'a str>,
    pub own: &'a Own,
    /// What the paragraph is about, once somebody has asked.
    pub subjects: OnceCell<Subjects>,
}

impl<'a> About<'a> {
    pub fn new((heading, paragraph): (&'a str, &'a str), section: Option<&'a str>, own: &'a Own) -> Self {
        About { paragraph, heading, section, own, subjects: OnceCell::new() }
    }
}

/// What the sentence speaks of, for words that do not say it themselves (维持, 纠正).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Topic {
    #[default]
    Open,
    Review,
    Litigation,
}

/// Sentences of other business.
static OTHER_SENTENCE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        r"备案|历年|信箱|热线|12345|留言|建议提案|人大代表|政协委员|提案|代表议案|件议案|议案办理|来信[来、和及]|群众来信|[理复]来信|来信\d|来信[^收申]|来访|满意度|(?<![划])计划|预计|力争|目标|拟|例如|假如|如果|如收到|全国|代表[省市区县州旗镇乡]?(?:人民)?政府|出庭|应诉|代理|(?<![在])审理",
    )
});
/// What stands before the year into which applications are carried over.
const INTO: [&str; 10] = ["转", "结转", "结转至", "结转到", "结转入", "转至", "转到", "顺延至", "顺延到", "延至"];
/// What says that applications were carried over from a year.
const OVER: [&str; 7] = ["结转", "转结", "转入", "转来", "遗留", "未办结", "未办完"];
/// 公民、法人和其他组织 are all who may apply.
static EVERYBODY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("(?:公民|自然人)[、，,]?(?:法人|企业)(?:和|或者?|及|以及|、|与)(?:其他|其它)(?:社会)?组织")
});
static PUBLISHING: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("公开|公示|发布|公布|归集|报送|上传|清单|事项库"));

/// Characters as a text, with room for ideographs from the start.
pub(super) fn string(chars: &[char]) -> String {
    let mut text = String::with_capacity(3 * chars.len());
    text.extend(chars);
    text
}

/// Where the clause begins that names a year of which this report is not: 2021年结转 and 结转至2023年 are of the report of
/// 2022. The beginning, if the clause may speak of the numbers before it: 自然人3件，均为2021年收到.
pub(super) fn another_year(text: &[char], year: Option<i32>) -> Option<usize> {
    let year = year?;
    let years = text.iter().enumerate().filter(|(_, c)| **c == '年').map(|(at, _)| at);
    let end = years.into_iter().find(|at| is_another_year(text, *at, year))?;
    let start = text[..end].iter().rposition(|c| "，,；：:（(".contains(*c)).unwrap_or(0);
    let clause: String = text[start..end].iter().skip(usize::from(start > 0)).collect();
    let of_all =
        ["均", "都", "皆", "系", "是", "为", "全", "即", "以上", "上述"].iter().any(|word| clause.starts_with(word));
    Some(if of_all { 0 } else { start })
}

/// Whether the year that ends here, in four digits or two, is another one.
fn is_another_year(text: &[char], end: usize, year: i32) -> bool {
    let digits = text[..end].iter().rev().take(4).take_while(|c| c.is_ascii_digit()).count();
    let digits = match digits {
        4 if text[end - 4..].starts_with(&['2', '0']) => 4,
        2.. => 2,
        _ => return false,
    };
    let start = end - digits;
    let two = text[end - 2..end].iter().fold(0, |number, c| 10 * number + c.to_digit(10).unwrap_or(0) as i32);
    let before = &text[..start];
    if before.ends_with(&['较']) || before.ends_with(&['比']) {
        return false;
    }
    let behind = text[end + 1..].strip_prefix(&['度']).unwrap_or(&text[end + 1..]);
    let over = OVER.iter().any(|word| starts_with(behind, 0, word));
    let into = INTO.iter().any(|word| {
        let length = word.chars().count();
        start >= length && starts_with(text, start - length, word)
    });
    two != (year - i32::from(over) + i32::from(into)) % 100
}

/// Whether a sentence may state numbers of this report.
pub(super) fn may_claim(text: &[char], about: &About) -> bool {
    about.section != Some("problems") && !OTHER_SENTENCE.is_in(&string(text))
}

/// Notes which of review and litigation was named last, or that applications were.
pub(super) fn follow(topic: &mut Topic, text: &[char]) {
    // Quick way: most clauses name neither.
    if !text.iter().any(|c| matches!(c, '议' | '讼' | '诉' | '申')) {
        return;
    }
    let last = |word: [char; 2]| text.windows(2).rposition(|pair| pair == word);
    let review = last(['复', '议']);
    // 复议后起诉 is litigation.
    let litigation = last(['诉', '讼']).max(last(['起', '诉'])).max(last(['应', '诉']));
    let by_name = |name: &[char]| text.windows(name.len()).rposition(|words| words == name);
    let applications = by_name(&['依', '申', '请', '公', '开']).max(by_name(&['公', '开', '申', '请']));
    if applications > review.max(litigation) {
        *topic = Topic::Open;
        return;
    }
    match (review, litigation) {
        (None, None) => {}
        (review, litigation) if review > litigation => *topic = Topic::Review,
        _ => *topic = Topic::Litigation,
    }
}

static NOTHING_BEFORE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(r"(?:其中|另|另有|有|还有|剩余|其余|余|对|，|,|、|：|:|（|[(]|）|[)]|含|包括|包含|以及|和|及|分别为)")
});
static SHARE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        r"[，,（(]?(?:约)?(?:占|占比|占总数|占新收申请总数的?|占新收总数的?|占比为|占全部申请|占申请总数|占总量|占办结总数|占答复总数|占办理总数|占受理总数|占比约|占总数的|占申请总量的|占全部申请的|占比达)(?:为|的|约|达)?",
    )
});

fn says_nothing(clause: &str) -> bool {
    NOTHING_BEFORE.cover(clause, Tags::of(0))
}

/// A number between the words around it.
pub(super) struct Place<'a> {
    /// Back to the number before it.
    pub before: &'a [char],
    /// As far as the next number.
    pub after: &'a [char],
    /// To the end of the sentence.
    pub rest: &'a [char],
    pub token: &'a Token,
    /// What the sentence spoke of before.
    pub earlier: &'a [char],
}

/// Whether a part of a sentence tells what was published.
pub(super) fn publishes(text: &[char]) -> bool {
    static PUBLISHED: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("(?<![息务])公开|公示|发布|公布|上传"));
    PUBLISHED.is_in(&string(text))
}

/// Whether what a part of a sentence adds up is of the year: 2022年，…累计收到.
pub(super) fn adds_up_the_year(text: &[char]) -> bool {
    static OF_YEAR: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(r"全年|年度|20\d\d年|今年|年内"));
    static OF_YEARS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("历年|以来|截[至止]|自20|至今|开通|上线"));
    // Quick way: few do.
    if !text.contains(&'累') {
        return false;
    }
    let text = string(text);
    text.find("累计").is_some_and(|at| OF_YEAR.is_in(&text[..at]) && !OF_YEARS.is_in(&text))
}

/// What a number counts, if its words are sure of it.
pub(super) fn quantity(
    place: &Place,
    topic: Topic,
    scope: &mut Scope,
    about: &About,
    last: Option<Quantity>,
) -> Option<Quantity> {
    if place.token.unit == "%" {
        let counted = last.filter(|quantity| is_of_applications(*quantity));
        return counted.filter(|_| SHARE.is(&string(place.before))).map(|_| Q::Share);
    }
    let before = plain(place.before, about.own);
    let before = if scope.is_of_year() { before.replacen("累计", "", 1) } else { before };
    let after = string(place.after);
    if !place.earlier.is_empty() {
        scope.go_on(&before);
    }
    scope.pass(&before);
    let clause = clause(&before);
    let narrowed = before[..before.len() - clause.len()]
        .split(['，', ',', '：', ':', '（', '）'])
        .any(|clause| scope::narrows(clause, place.earlier.is_empty()) && !denial::denies(clause, about));
    let found = said((clause, &before, &after), place, topic, last, scope.is_published());
    let understood = found.filter(|found| found.understood && !narrowed).map(|found| found.quantity);
    let listed = before.strip_suffix(clause).is_some_and(|before| before.ends_with('、'));
    // 行政复议方面，新收5件: reviews, unless the words say 申请.
    let elsewhere = topic != Topic::Open && !before.contains("申请");
    let of_none = is_of_level(&before, place) || is_by_attribute(clause, place);
    let both: Cow<str> = match patterns::noun_behind(&after) {
        Some(end) => [&before, &after[..end]].concat().into(),
        None => before.as_str().into(),
    };
    let counted = understood.filter(|_| !of_none).filter(|quantity| {
        !(elsewhere && is_general(*quantity))
            && scope.allows(*quantity, clause, listed)
            && !is_whole_of_other(*quantity, place, about, &both)
            && fits(*quantity, place, about, &both)
    });
    match counted {
        Some(quantity) => scope.read(quantity),
        // 征地类申请较多，共41件: what was counted stands in the clause before.
        None if is_filler(clause) => scope.unread_all(self::clause(without_filler(&before, clause)), narrowed),
        None => scope.unread(clause, narrowed),
    }
    counted
}

/// 市政府及其部门75件，县（区）政府及其部门98件: neither is all.
fn is_of_level(before: &str, place: &Place) -> bool {
    before.contains("政府及其") && string(place.rest).contains("政府及其")
}

/// 制作公文707件，其中主动公开673件，依申请公开20件，不予公开14件: documents by whether they may be seen, no applications.
fn is_by_attribute(clause: &str, place: &Place) -> bool {
    if !clause.contains("依申请公开") || ["收", "受理", "接", "办", "答"].iter().any(|word| clause.contains(word))
    {
        return false;
    }
    let (earlier, rest) = (string(place.earlier), string(place.rest));
    let classes = ["免于公开", "不予公开信息", "不公开信息"];
    if classes.iter().any(|class| earlier.contains(class) || rest.contains(class)) {
        return true;
    }
    let made = || ["制作", "产生", "形成"].iter().any(|word| earlier.contains(word));
    let of_documents = earlier.contains("公文") || earlier.contains("信息") && made();
    let denied = || ["不予公开", "不公开"].iter().any(|word| rest.contains(word));
    of_documents || earlier.contains("主动公开") && denied()
}

/// A text in which all parts of the organ are the organ: 全县各乡镇、各部门.
fn whole(text: String) -> String {
    static PARTS: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "(?:本机关|[县市区旗]政府)(?:及|及其|和)?各(?:乡镇|镇街|乡镇街道|乡镇（街道）|镇|街道)[、，和及]各?(?:部门|有关部门|单位|职能部门|直属部门|级部门)|(?:本机关|[县市区旗]政府)(?:及|及其|和)?各(?:部门|有关部门|单位|职能部门|级部门)[、，和及]各?(?:乡镇|镇街|乡镇街道|乡镇（街道）|镇|街道)",
        )
    });
    if !text.contains('各') {
        return text;
    }
    match PARTS.find(&text) {
        Some(parts) => [&text[..parts.start], "本机关", &text[parts.end..]].concat(),
        None => text,
    }
}

/// A text in which the organ is 本机关 and all who may apply are 公众.
pub(super) fn plain(text: &[char], own: &Own) -> String {
    let own = whole(own.plain(&string(text)));
    // Quick way: each way to name everybody ends so.
    if !own.contains("组织") {
        return own;
    }
    let mut plain = String::with_capacity(own.len());
    let mut from = 0;
    for all in EVERYBODY.find_all(&own) {
        plain.push_str(&own[from..all.start]);
        plain.push_str("公众");
        from = all.end;
    }
    plain.push_str(&own[from..]);
    plain
}

/// What a clause says, and whether all its other words are known.
#[derive(Debug, Clone, Copy)]
struct Reading {
    quantity: Quantity,
    understood: bool,
}

fn said(
    (clause, before, after): (&str, &str, &str),
    place: &Place,
    topic: Topic,
    last: Option<Quantity>,
    published: bool,
) -> Option<Reading> {
    if says_nothing(clause)
        && let Some((meaning, rest)) = patterns::behind(after)
        && let Some(quantity) = of(meaning, topic)
    {
        return Some(Reading { quantity, understood: lexicon::is_known_span(first_words(rest)) });
    }
    // 制定出台3件行政规范性文件: the words stand on both sides.
    if let Some(end) = patterns::noun_behind(after)
        && by_words(clause, topic).is_none()
    {
        let words = [clause, &after[..end]].concat();
        let (start, meaning, quantity) = by_words(&words, topic)?;
        let begins_before = start < clause.len() || matches!(quantity, Q::Review | Q::Litigation);
        let known = lexicon::is_known_before(&words[..start], quantity) && says_no_more(&after[end..]);
        let understood = begins_before && matches!(meaning, Meaning::One(_)) && known;
        return Some(Reading { quantity, understood });
    }
    // 信息公开申请，共72件: the words stand in the clause before.
    let words = if is_filler(clause) { without_filler(before, clause) } else { clause };
    let words = if is_filler(clause) { self::clause(words) } else { words };
    // 218件已办毕，16件结转: what stands right behind a number speaks of that one.
    if is_filler(clause) && !place.earlier.is_empty() && before.starts_with(words) {
        return None;
    }
    let (start, meaning, quantity) = by_words(words, topic)?;
    let (prefix, span) = words.split_at(start);
    let alone = match meaning {
        // 公布规范性文件16件，其中新制定16件
        Meaning::Bare(Q::DocumentsIssued) => last == Some(Q::DocumentsIssued),
        // 公开19件，部分公开5件: the first of the outcomes in short.
        Meaning::Bare(Q::Granted) => string(place.rest).contains("部分公开"),
        Meaning::Bare(_) => {
            let of_decisions = matches!(last, Some(Q::Licensing | Q::Penalties | Q::Compulsion));
            let published = published || PUBLISHING.is_in(&string(place.earlier)) || PUBLISHING.is_in(before);
            // 行政处罚事项36件 are what may be punished.
            let of_matters = words[start..].contains("事项");
            let counted = matches!(place.token.unit, "件" | "宗" | "起" | "例" | "次" | "份");
            counted && !of_matters && (of_decisions || !published)
        }
        // Applications for permits are no permits.
        _ if lexicon::is_decision(quantity) => !words.ends_with("申请"),
        // 维持3件、其他1件: in short, among results.
        Meaning::Short { .. } => last.is_some_and(lexicon::is_result),
        _ => !is_general(quantity) || lexicon::is_known_span(span),
    };
    let joint = is_joint(words, prefix, before, topic);
    static NOT_PUBLISHED: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::new("征求|意见|解读|回应|咨询|建议|提案|培训|检查"));
    let understood = is_never_compared(quantity) && !NOT_PUBLISHED.is_in(words)
        || alone && !joint && lexicon::is_known_before(prefix, quantity) && says_no_more(after);
    Some(Reading { quantity, understood })
}

/// 行政复议和行政诉讼17件, 自然人、法人52件: the number is of both.
fn is_joint(words: &str, prefix: &str, before: &str, topic: Topic) -> bool {
    let first = prefix.strip_suffix("以及").or_else(|| prefix.strip_suffix(['和', '及', '与', '或', '并']));
    if first.is_some_and(|first| by_words(first, topic).is_some()) {
        return true;
    }
    static OF_FORM: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "申请|公开|复议|诉讼|许可|处罚|强制|文件|网站|平台|微博|微信|公报|自然人|公民|企业|组织|机构|提供|答复|办结|收到|维持|纠正",
        )
    });
    let start = before.rfind(['，', ',', '；', '（', '(', '）', ')', '：', ':']).map_or(0, |at| at + 1);
    let listed = before.get(start..).or_else(|| before.get(start + 2..)).unwrap_or_default();
    let listed = listed.strip_suffix(words).and_then(|listed| listed.strip_suffix('、'));
    listed.is_some_and(|listed| OF_FORM.is_in(listed))
}

/// Whether what stands right behind the unit leaves the number as it is: 31件涉及征地 does not.
fn says_no_more(after: &str) -> bool {
    let words = first_words(after);
    static ON: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::new("[均全都已按依并也和及与另且经]|左右|上下|以[上下内]"));
    words.is_empty() || ON.at_start(words).is_some() || lexicon::is_known_span(words)
}

/// The words that were read, for people.
pub(super) fn around(before: &[char], number: &[char], after: &[char]) -> String {
    let before = string(before);
    let own = clause(&before);
    let behind: String = if says_nothing(own) {
        after.iter().take_while(|c| !"，、；（(）)。,".contains(**c)).take(12).collect()
    } else {
        String::new()
    };
    [own, &string(number), &behind].concat()
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
    if within && clause.len() > last.len() { clause.trim_start_matches('、') } else { last }
}

/// What stands before a clause that says nothing.
fn without_filler<'b>(before: &'b str, clause: &str) -> &'b str {
    before.trim_end_matches(clause).trim_end_matches(['，', ',', '：', ':'])
}

fn is_filler(clause: &str) -> bool {
    matches!(clause, "" | "共" | "共计" | "合计" | "总计" | "全年" | "全年共" | "年度" | "计" | "其中")
}

/// The beginning of what stands behind a number, as far as it may speak of it.
fn first_words(after: &str) -> &str {
    let end = after.find(['，', '、', '；', '。', '（', '(', ',', '）', ')', '：', ':']).unwrap_or(after.len());
    &after[..end]
}

fn of(meaning: Meaning, topic: Topic) -> Option<Quantity> {
    match (meaning, topic) {
        (Meaning::One(quantity) | Meaning::Bare(quantity), _) => Some(quantity),
        (Meaning::Result { review, .. } | Meaning::Short { review, .. }, Topic::Review) => Some(review),
        (Meaning::Result { litigation, .. } | Meaning::Short { litigation, .. }, Topic::Litigation) => Some(litigation),
        (Meaning::Result { .. } | Meaning::Short { .. }, Topic::Open) => None,
    }
}

/// Where the words begin that say what a clause counts, and what it is. 收到自然人申请52件 counts those of natural
/// persons: words that say more go before those that say less, then the longest.
fn by_words(clause: &str, topic: Topic) -> Option<(usize, Meaning, Quantity)> {
    let others = |text: &str| ["复议", "诉讼", "许可", "处罚", "强制"].iter().any(|word| text.contains(word));
    let denied = |start: usize| clause[..start].ends_with(['不', '未', '拒']);
    let found = patterns::before(clause).filter_map(|Said { start, meaning }| {
        let quantity = of(meaning, topic)?;
        // 依申请公开政府信息 is none that was published.
        let by_request = quantity == Q::Disclosed && clause[..start].ends_with("申请");
        let skipped = matches!(meaning, Meaning::One(_))
            && (denied(start) || by_request || is_general(quantity) && others(&clause[start..]));
        (!skipped).then_some((start, meaning, quantity))
    });
    // The first of the least counts.
    found.min_by_key(|(start, _, quantity)| (is_general(*quantity), *start))
}

/// What says of applications only whether they came, were dealt with, or were carried over.
fn is_general(quantity: Quantity) -> bool {
    matches!(quantity, Q::Received | Q::NewReceived | Q::Answered | Q::CarriedIn | Q::CarriedOut)
}

/// What no table of any edition has: read for its own sake.
fn is_never_compared(quantity: Quantity) -> bool {
    quantity == Q::OtherPublished
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
            | Q::NotHeld
            | Q::NotProcessed
            | Q::OtherOutcome
    )
}
