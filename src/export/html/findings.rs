//! The findings of a report as a numbered list, and the sentences that they are about.

use std::collections::HashMap;

use super::text::{escaped, short};
use super::{OnPage, Page};
use crate::document::Origin;
use crate::finding::{Code, Finding, Grade, Lang, Severity};
use crate::report::{Claim, Verdict};

/// Links at one place. A sentence may say the same thousands of times, and each time have all its findings.
const MOST_LINKS: usize = 9;

/// Findings with their numbers and ids, what must be mended first.
pub(super) struct Numbered<'a> {
    pub list: Vec<(String, &'a Finding)>,
    /// Those about words of the text, by place and words.
    of_words: HashMap<Origin, HashMap<&'a str, Vec<usize>>>,
    /// Those that are corrections.
    hints: Vec<usize>,
}

impl<'a> Numbered<'a> {
    pub fn of(id: &str, findings: &'a [Finding]) -> Self {
        let mut sorted: Vec<&Finding> = findings.iter().collect();
        let weight = |finding: &Finding| {
            let hint = finding.severity == Severity::Hint;
            (finding.waived.is_some(), hint, finding.grade() == Grade::Confirm)
        };
        sorted.sort_by_key(|finding| weight(finding));
        let mut of_words: HashMap<Origin, HashMap<&str, Vec<usize>>> = HashMap::new();
        let mut hints = Vec::new();
        for (at, finding) in sorted.iter().enumerate() {
            if let Some((origin, words)) = words(finding) {
                of_words.entry(origin).or_default().entry(words).or_default().push(at);
            }
            if finding.code == Code::LikelyCorrection {
                hints.push(at);
            }
        }
        let list = sorted.into_iter().enumerate().map(|(at, finding)| (format!("{id}n{}", at + 1), finding)).collect();
        Numbered { list, of_words, hints }
    }

    fn at(&self, at: usize) -> Mark<'_> {
        let (id, finding) = &self.list[at];
        (at + 1, id, finding)
    }

    fn of_words(&self, origin: Origin, words: &str) -> &[usize] {
        self.of_words.get(&origin).and_then(|here| here.get(words)).map_or(&[], Vec::as_slice)
    }

    /// The first findings about the words of a claim, or about its whole sentence.
    fn about(&self, claim: &Claim) -> Vec<Mark<'_>> {
        let own = self.of_words(claim.origin, &claim.text);
        let all = if claim.text == claim.sentence { &[][..] } else { self.of_words(claim.origin, &claim.sentence) };
        own.iter().chain(all).take(MOST_LINKS).map(|at| self.at(*at)).collect()
    }

    /// Corrections that would mend the sum that a finding says fails.
    fn corrections<'s>(&'s self, failing: &'s Finding) -> impl Iterator<Item = Mark<'s>> {
        self.hints.iter().map(|at| self.at(*at)).filter(|(.., hint)| hint.mends(failing))
    }

    /// Numbers, ids and findings that fit.
    pub fn which<'s>(
        &'s self,
        fits: impl Fn(&Finding) -> bool + 's,
    ) -> impl Iterator<Item = (usize, &'s str, &'a Finding)> {
        let numbered = self.list.iter().enumerate();
        numbered
            .filter(move |(_, (_, finding))| fits(finding))
            .map(|(at, (id, finding))| (at + 1, id.as_str(), *finding))
    }
}

/// A finding with its number and its id.
pub(super) type Mark<'a> = (usize, &'a str, &'a Finding);

/// The words of the text that a finding is about, and where they stand.
fn words(finding: &Finding) -> Option<(Origin, &str)> {
    let text = finding.details.get("text").filter(|_| finding.field.is_none())?;
    Some((finding.origin?, text))
}

/// For each words of the text that a claim was read from, the first claim.
pub(super) fn first_claims(claims: &[Claim]) -> HashMap<(Origin, &str), usize> {
    let mut first = HashMap::new();
    for (at, claim) in claims.iter().enumerate() {
        first.entry((claim.origin, claim.text.as_str())).or_insert(at);
        first.entry((claim.origin, claim.sentence.as_str())).or_insert(at);
    }
    first
}

/// The class of a finding, which is that of its mark.
pub(super) fn class(finding: &Finding) -> &'static str {
    match finding.grade() {
        _ if finding.waived.is_some() => "waived",
        _ if finding.severity == Severity::Hint => "hint",
        Grade::Mandatory => "must",
        Grade::Confirm => "may",
    }
}

/// The heaviest class of several findings about one place; nothing if there are none.
pub(super) fn heaviest<'a>(findings: impl Iterator<Item = &'a Finding>) -> Option<&'static str> {
    const BY_WEIGHT: [&str; 4] = ["must", "may", "hint", "waived"];
    let rank = |class: &&str| BY_WEIGHT.iter().position(|known| known == class);
    findings.map(class).min_by_key(rank)
}

/// The id of the mark of a finding, if it has one.
type Marked<'m> = &'m dyn Fn(&Finding) -> Option<String>;

impl Page<'_> {
    /// The findings as a list.
    pub(super) fn findings(&self, out: &mut String, numbered: &Numbered, mark: Marked) {
        if numbered.list.is_empty() {
            *out += &format!("<p class=\"counts\">{}</p>\n", self.lang.pick("no findings", "未发现问题"));
            return;
        }
        *out += "<ol class=\"findings\">\n";
        for (id, finding) in &numbered.list {
            *out += &format!("<li id=\"{id}\" class=\"{}\">\n", class(finding));
            self.head(out, finding, mark(finding));
            *out += &format!("<p>{}</p>\n", escaped(&short(&finding.body(self.lang))));
            self.details(out, finding);
            self.corrections(out, numbered.corrections(finding));
            *out += "</li>\n";
        }
        *out += "</ol>\n";
    }

    /// Grade, code and place.
    fn head(&self, out: &mut String, finding: &Finding, mark: Option<String>) {
        let (grade, severity) = (finding.grade().word(self.lang), finding.severity.word(self.lang));
        let code = finding.code.entry().name;
        *out += &format!("<p class=\"head\"><strong>{grade}</strong> · {severity} · <code>{code}</code>");
        let place = finding.printed_place(self.lang).map(|place| escaped(&short(&place)));
        let place = place.or_else(|| mark.is_some().then(|| self.lang.pick("in the text", "正文").to_owned()));
        match (place, mark) {
            (Some(place), Some(mark)) => *out += &format!("<br><a href=\"#{mark}\">{place}</a>"),
            (Some(place), None) => *out += &format!("<br>{place}"),
            (None, _) => {}
        }
        *out += "</p>\n";
    }

    fn details(&self, out: &mut String, finding: &Finding) {
        if let Some((expected, found)) = finding.compared(self.lang) {
            let (expected, found) = (escaped(&short(expected)), escaped(&short(found)));
            *out += &match self.lang {
                Lang::En => format!("<p class=\"numbers\">expected <b>{expected}</b>, found <b>{found}</b></p>\n"),
                Lang::Zh => format!("<p class=\"numbers\">应为 <b>{expected}</b>，实为 <b>{found}</b></p>\n"),
            };
        }
        let remedy = finding.remedy(self.lang);
        if !remedy.is_empty() {
            *out += &format!("<p class=\"todo\">{}{}</p>\n", self.lang.pick("To do: ", "处理："), escaped(&remedy));
        }
        if let Some(waived) = &finding.waived {
            *out += &format!("<p class=\"reason\">{}</p>\n", escaped(&waived.words(self.lang)));
        }
    }

    fn corrections<'n>(&self, out: &mut String, corrections: impl Iterator<Item = Mark<'n>>) {
        let links: Vec<String> = corrections.map(|(number, id, _)| format!("<a href=\"#{id}\">{number}</a>")).collect();
        if !links.is_empty() {
            let (head, between) =
                (self.lang.pick("What would mend it: see ", "可能的更正：见第 "), self.lang.pick(", ", "、"));
            *out += &format!("<p class=\"see\">{head}{}{}</p>\n", links.join(between), self.lang.pick("", " 条"));
        }
    }

    /// The numbers that the prose states, sentence by sentence.
    pub(super) fn claims(&self, out: &mut String, on: &OnPage) {
        if on.report.claims.is_empty() {
            return;
        }
        *out += &format!(
            "<h3>{}</h3>\n<table class=\"claims\">\n<thead><tr>",
            self.lang.pick("Numbers in the text", "正文中的数字")
        );
        let heads = [
            self.lang.pick("sentence", "句子"),
            self.lang.pick("number", "数字"),
            self.lang.pick("read as", "读作"),
            self.lang.pick("against the tables", "与表格核对"),
        ];
        out.extend(heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")));
        *out += "</tr></thead>\n<tbody>\n";
        let mut before: Option<&Claim> = None;
        for (at, claim) in on.report.claims.iter().enumerate() {
            let again = before.is_some_and(|before| before.sentence == claim.sentence && before.origin == claim.origin);
            self.claim(out, on, at, claim, again);
            before = Some(claim);
        }
        *out += "</tbody>\n</table>\n";
    }

    fn claim(&self, out: &mut String, on: &OnPage, at: usize, claim: &Claim, again: bool) {
        let marks = on.findings.about(claim);
        let class = heaviest(marks.iter().map(|(.., finding)| *finding));
        let class = class.map_or_else(String::new, |class| format!(" class=\"{class}\""));
        // The sentence stands once, before the first of its numbers.
        let sentence = if again { "〃".to_owned() } else { marked(&claim.sentence, &claim.text) };
        let (en, zh) = claim.quantity.about();
        *out += &format!("<tr id=\"{}\"{class}><td lang=\"zh-CN\">{sentence}</td>", claim_id(&on.id, at));
        let number = format!("{}{}", claim.number, claim.unit);
        *out += &format!("<td class=\"number\">{}</td><td>{}</td>", escaped(&number), self.lang.pick(en, zh));
        *out += &format!("<td>{}{}</td></tr>\n", self.verdict(claim.verdict), links(&marks));
    }

    fn verdict(&self, verdict: Verdict) -> &'static str {
        let (en, zh) = match verdict {
            Verdict::Unchecked => ("nothing to compare with", "无可核对"),
            Verdict::Approximate => ("rounded", "约数"),
            Verdict::Agrees => ("agrees", "一致"),
            Verdict::Disagrees => ("disagrees", "不一致"),
        };
        self.lang.pick(en, zh)
    }
}

/// Small numbers that lead to findings.
pub(super) fn links(marks: &[Mark]) -> String {
    let links: Vec<String> = marks.iter().map(|(number, id, _)| format!("<a href=\"#{id}\">{number}</a>")).collect();
    if links.is_empty() { String::new() } else { format!("<sup>{}</sup>", links.join(" ")) }
}

/// The sentence with the words that were read marked in it.
fn marked(sentence: &str, words: &str) -> String {
    match sentence.split_once(words).filter(|_| !words.is_empty()) {
        Some((before, after)) => {
            format!("{}<mark>{}</mark>{}", escaped(before), escaped(words), escaped(after))
        }
        None => escaped(sentence),
    }
}

fn claim_id(report: &str, at: usize) -> String {
    format!("{report}s{}", at + 1)
}

impl OnPage<'_> {
    /// The id of what a finding is about: a figure of a table, or a number in the text.
    pub(super) fn mark(&self, finding: &Finding) -> Option<String> {
        if let Some(key) = &finding.field {
            let of_table = |(at, table): (usize, &crate::report::TableReport)| {
                let figure = table.figures.iter().position(|figure| figure.key == *key)?;
                Some(super::form::figure_id(&self.id, at, figure))
            };
            return self.report.tables.iter().enumerate().find_map(of_table);
        }
        Some(claim_id(&self.id, *self.claims.get(&words(finding)?)?))
    }
}
