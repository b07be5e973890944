//! Whether unit, sentence, paragraph and section allow what the words of a clause say.

use std::sync::LazyLock;

use super::lexicon;
use super::words::{About, Place, string};
use crate::map::phrase::Phrases;
use crate::report::Quantity;
use Quantity as Q;

/// The subject without which 收到 and 答复 count something else.
static APPLICATIONS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(r"依申请|信息公开申请|公开申请|公开(?:政府)?信息的?申请|申请公开|申请(?:人|件|量|数|表|书)?")
});
static OTHER_APPLICATIONS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        r"许可申请|项目申请|资金申请|补贴申请|办事申请|执行申请|仲裁申请|登记申请|救助申请|低保|行政审批|申请材料|申请表格|证照",
    )
});
pub(super) static DISCLOSURE: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(r"信息公开|政务公开|依申请|公开申请|申请公开|予以公开|不予公开|部分公开"));

/// What a paragraph is about: asked once, however many numbers it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subjects {
    /// Applications for information.
    applications: bool,
    /// Applications for something else.
    others: bool,
    /// Reviews and lawsuits about information, set apart from others.
    part: bool,
}

impl Subjects {
    fn of<'a>(about: &'a About) -> &'a Subjects {
        let text = about.paragraph;
        let stands = |words: &Phrases| words.is_in(text) || words.is_in(about.heading);
        about.subjects.get_or_init(|| Subjects {
            applications: stands(&APPLICATIONS) && stands(&DISCLOSURE),
            others: OTHER_APPLICATIONS.is_in(text),
            part: names_part(text),
        })
    }
}

/// Whether documents that were repealed and those that lapsed are counted apart.
fn is_one_of_two(said: &str, rest: &str, before: &str) -> bool {
    let clause = before.rsplit(['，', ',', '、', '；']).next().unwrap_or_default();
    let (repealed, lapsed) = (clause.contains("废止"), clause.contains("失效"));
    let elsewhere =
        |word: &str| said.strip_suffix(clause).is_some_and(|said| said.contains(word)) || rest.contains(word);
    repealed && !lapsed && elsewhere("失效") || lapsed && !repealed && elsewhere("废止")
}

/// Whether unit and surroundings allow the reading.
pub(super) fn fits(quantity: Quantity, place: &Place, about: &About, before: &str) -> bool {
    let unit = place.token.unit;
    let money = matches!(unit, "元" | "万元" | "亿元");
    if matches!(quantity, Q::AdministrativeFees | Q::ProcessingFee) {
        return money;
    }
    if money || matches!(unit, "人次" | "篇" | "部" | "期") {
        return false;
    }
    match quantity {
        Q::Review | Q::Litigation => {
            // 各类行政复议 are more than those about information.
            let of_all = ["各类", "各种"].iter().any(|word| before.contains(word)) && !DISCLOSURE.is_in(before);
            is_about_disclosure(place, about, before) && !is_for_others(before) && !of_all
        }
        _ if lexicon::is_result(quantity) => is_about_disclosure(place, about, before) && !is_for_others(before),
        Q::Received
        | Q::NewReceived
        | Q::Answered
        | Q::OnTime
        | Q::Extended
        | Q::CarriedIn
        | Q::CarriedOut
        | Q::ReceivedInPerson
        | Q::ReceivedByFax
        | Q::ReceivedOnline
        | Q::ReceivedByLetter => is_of_applications_here(place, about, before),
        _ if lexicon::is_applicant(quantity) => is_of_applications_here(place, about, before),
        // 行政强制措施3件，行政强制执行2件: the form asks for both together.
        Q::Compulsion => !(about.paragraph.contains("强制措施") && about.paragraph.contains("强制执行")),
        Q::DocumentsRepealed | Q::DocumentsInForce => about.paragraph.contains("规范性文件"),
        _ => true,
    }
}

/// Whether the paragraph is of applications for information: of no others, unless the words say so themselves.
fn is_of_applications_here(place: &Place, about: &About, before: &str) -> bool {
    let subjects = Subjects::of(about);
    let named = || ["信息公开申请", "依申请公开", "公开申请"].iter().any(|word| before.contains(word));
    let other = || subjects.others && !string(place.earlier).contains("信息公开申请");
    subjects.applications && (!other() || named())
}

/// Whether reviews and lawsuits may be those about information: all are in their own section, unless the paragraph
/// tells those about information from the others.
fn is_about_disclosure(place: &Place, about: &About, before: &str) -> bool {
    static APPLIED: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::new("信息公开(?:类|的)?(?:申请|行政|复议|诉讼)|依申请公开|因(?:政府)?信息公开"));
    if DISCLOSURE.is_in(before) || DISCLOSURE.is_in(&string(place.earlier)) {
        return true;
    }
    match about.section {
        Some("review_litigation") => !Subjects::of(about).part,
        _ => APPLIED.is_in(about.paragraph) && !Subjects::of(about).part,
    }
}

/// 其中涉及信息公开的3件
fn names_part(paragraph: &str) -> bool {
    static PART: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("其中|包括|涉及|有关"));
    paragraph.split('。').any(|sentence| PART.find(sentence).is_some_and(|at| sentence[at.end..].contains("信息公开")))
}

/// 办理, 审结 count the cases that an organ decides for others; 尚未审结 is a result.
fn is_for_others(before: &str) -> bool {
    let before = before.replace("未审结", "");
    ["办理", "受理", "承办", "审结"].iter().any(|word| before.contains(word))
}

/// 行政复议31件，其中信息公开类8件; 废止文件30件，其中规范性文件2件: the form asks for the part.
pub(super) fn is_whole_of_other(quantity: Quantity, place: &Place, about: &About, before: &str) -> bool {
    let rest = string(place.rest);
    let part = ["其中", "含", "包括"].iter().find_map(|word| rest.split_once(word)).map(|(_, part)| part);
    match quantity {
        Q::Review | Q::Litigation => part.is_some_and(|part| DISCLOSURE.is_in(part)) && !DISCLOSURE.is_in(before),
        // 废止6件，宣布失效5件: the form may have the one or both.
        Q::DocumentsRepealed if is_one_of_two(&(string(place.earlier) + before), &rest, before) => true,
        Q::DocumentsRepealed | Q::DocumentsInForce => {
            let said = string(place.earlier) + before;
            // Behind a semicolon the documents stand before it, unless there are rules as well.
            if said.contains("文件") { !said.contains("规范性文件") } else { about.paragraph.contains("规章") }
        }
        _ => false,
    }
}
