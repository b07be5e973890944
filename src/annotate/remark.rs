//! Findings → comments: which belong to one place, and what each says.

use std::collections::HashMap;

use super::Said;
use super::place::{Anchor, Places};
use crate::document::{Anatomy, Origin};
use crate::finding::{Code, Finding, Grade, Lang};
use crate::report::Report;

/// A comment before it has a number.
#[derive(Debug)]
pub(super) struct Remark {
    pub anchor: Anchor,
    pub lines: Vec<String>,
}

/// So many ways to mend all sums are each shown at the figure itself. Where there are more, any of dozens of figures may
/// be wrong, and a comment at each would bury the sums that fail; they are listed there.
const MOST_WAYS: usize = 3;

/// So many corrections are listed with a sum that fails.
const MOST_CORRECTIONS: usize = 5;

/// So many findings are commented upon. A program that opens a file with more comments comes to a halt, and nobody reads
/// them; the rest is counted at the title.
const MOST_FINDINGS: usize = 2_000;

/// Characters of a line. A cell may hold pages of prose.
const LONGEST_LINE: usize = 600;

/// The comments of a file, in the order of its body.
pub(super) fn remarks(anatomy: &Anatomy, said: &Said<'_>) -> Vec<Remark> {
    let places = Places::of(anatomy);
    let mut grouped = Grouped::default();
    let about_reports = said.reports.iter().map(|report| (Some(report), &report.findings[..]));
    let about_all = (said.reports.first(), said.findings);
    let mut left = MOST_FINDINGS;
    let mut passed_over = 0;
    for (report, findings) in about_reports.chain([about_all]) {
        let speaker = Speaker::of(said, report, &places, findings);
        let spoken: Vec<&Finding> = findings.iter().filter(|finding| speaks_of(finding)).collect();
        for finding in spoken.iter().take(left) {
            grouped.add(speaker.anchor(finding), (finding.grade(), speaker.lines(finding)));
        }
        passed_over += spoken.len().saturating_sub(left);
        left = left.saturating_sub(spoken.len());
    }
    if passed_over > 0 {
        let text = match said.lang {
            Lang::En => format!("… and {passed_over} findings more; `gongkai check` lists all."),
            Lang::Zh => format!("……另有{passed_over}条检查结果；`gongkai check` 列出全部。"),
        };
        grouped.add(places.first(), (Grade::Confirm, vec![Line { text, once: false }]));
    }
    grouped.into_remarks()
}

/// Whether a finding is a comment of its own.
fn speaks_of(finding: &Finding) -> bool {
    finding.waived.is_none() && (finding.code != Code::LikelyCorrection || finding.ways() <= MOST_WAYS)
}

/// A paragraph of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    text: String,
    /// It says nothing new where the comment has said it already: the place, a correction.
    once: bool,
}

/// What is said of one finding.
type Text = (Grade, Vec<Line>);

/// What is said of each place, the places in the order in which they are met.
#[derive(Default)]
struct Grouped {
    at: HashMap<(usize, usize), usize>,
    list: Vec<(Anchor, Vec<Text>)>,
}

impl Grouped {
    fn add(&mut self, anchor: Option<Anchor>, text: Text) {
        let Some(anchor) = anchor else { return };
        let key = (anchor.bytes.start, anchor.bytes.end);
        let at = *self.at.entry(key).or_insert_with(|| {
            self.list.push((anchor, Vec::new()));
            self.list.len() - 1
        });
        // Two reports of one file may have the same to say about all of it.
        if !self.list[at].1.contains(&text) {
            self.list[at].1.push(text);
        }
    }

    fn into_remarks(mut self) -> Vec<Remark> {
        self.list.sort_by_key(|(anchor, _)| (anchor.bytes.start, anchor.bytes.end));
        let remark = |(anchor, mut texts): (Anchor, Vec<Text>)| {
            // What must be mended comes first.
            texts.sort_by_key(|(grade, _)| std::cmp::Reverse(*grade));
            Remark { anchor, lines: joined(texts) }
        };
        self.list.into_iter().map(remark).collect()
    }
}

fn joined(texts: Vec<Text>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in texts.into_iter().flat_map(|(_, lines)| lines) {
        if !line.once || !lines.contains(&line.text) {
            lines.push(line.text);
        }
    }
    lines
}

struct Speaker<'a> {
    said: &'a Said<'a>,
    report: Option<&'a Report>,
    places: &'a Places<'a>,
    hints: Vec<&'a Finding>,
}

impl<'a> Speaker<'a> {
    fn of(said: &'a Said<'a>, report: Option<&'a Report>, places: &'a Places<'a>, findings: &'a [Finding]) -> Self {
        let hints = findings.iter().filter(|finding| finding.code == Code::LikelyCorrection).collect();
        Speaker { said, report, places, hints }
    }

    // ---- where ----

    /// The place of a finding; else that of its table; else the title; else the beginning.
    fn anchor(&self, finding: &Finding) -> Option<Anchor> {
        let own = || finding.origin.and_then(|origin| self.of_origin(finding, origin));
        let table = || self.places.paragraph(self.table(finding)?);
        let title = || self.places.paragraph(self.report?.title.as_ref()?.origin);
        own().or_else(table).or_else(title).or_else(|| self.places.first())
    }

    fn of_origin(&self, finding: &Finding, origin: Origin) -> Option<Anchor> {
        let sentence = finding.details.get("text").and_then(|text| self.sentence(origin, text));
        sentence.or_else(|| self.places.paragraph(origin))
    }

    /// The sentence that words were read in.
    fn sentence(&self, origin: Origin, text: &str) -> Option<Anchor> {
        let claims = self.report.map_or(&[][..], |report| &report.claims);
        let said = |claim: &&crate::report::Claim| claim.text == text || claim.sentence == text;
        let claim = claims.iter().filter(|claim| claim.origin == origin).find(said)?;
        self.places.sentence(origin, &claim.sentence)
    }

    /// Where the table begins that a finding names.
    fn table(&self, finding: &Finding) -> Option<Origin> {
        let title = &finding.place.as_ref()?.table;
        let form = |edition: &str| self.said.forms.iter().find(|form| form.edition == edition);
        let named = |table: &&crate::report::TableReport| {
            form(&table.form).and_then(|form| form.table(&table.id)).is_some_and(|(_, def)| def.title == *title)
        };
        self.report?.tables.iter().find(named)?.origin
    }

    // ---- what ----

    fn lines(&self, finding: &Finding) -> Vec<Line> {
        let lang = self.said.lang;
        let (code, grade) = (finding.code.entry().name, finding.grade().word(lang));
        let severity = finding.severity.word(lang);
        let line = |text: String, once: bool| Line { text: cut(&text), once };
        let head = match lang {
            Lang::En => format!("[{grade}] {severity}: {code}"),
            Lang::Zh => format!("【{grade}】{severity}：{code}"),
        };
        let remedy = Some(finding.remedy(lang)).filter(|remedy| !remedy.is_empty());
        let remedy = remedy.map(|remedy| match lang {
            Lang::En => format!("To do: {remedy}"),
            Lang::Zh => format!("处理：{remedy}"),
        });
        let mut lines = vec![line(head, false)];
        lines.extend(finding.labels(lang).map(|place| line(place, true)));
        lines.push(line(finding.body(lang), false));
        lines.extend(compared(finding, lang).into_iter().chain(remedy).map(|text| line(text, false)));
        lines.extend(self.corrections(finding).into_iter().map(|text| line(text, true)));
        lines
    }

    /// Corrections that would mend the sum that a finding is about.
    fn corrections(&self, finding: &Finding) -> Vec<String> {
        let lang = self.said.lang;
        // A correction of the very figure is said there by itself.
        let other = |hint: &Finding| hint.field != finding.field || !speaks_of(hint);
        let mending = |hint: &&&Finding| other(hint) && hint.mends(finding);
        let hints: Vec<&Finding> = self.hints.iter().filter(mending).copied().collect();
        let mut lines: Vec<String> = hints.iter().take(MOST_CORRECTIONS).map(|hint| correction(hint, lang)).collect();
        let more = hints.len() - lines.len();
        match lang {
            _ if more == 0 => {}
            Lang::En => lines.push(format!("… and {more} corrections more; `gongkai check` lists all.")),
            Lang::Zh => lines.push(format!("……另有{more}种更正；`gongkai check` 列出全部。")),
        }
        lines
    }
}

/// What was expected of a figure and what is there.
fn compared(finding: &Finding, lang: Lang) -> Option<String> {
    let (expected, found) = finding.compared(lang)?;
    Some(match lang {
        Lang::En => format!("Expected: {expected}; found: {found}"),
        Lang::Zh => format!("应为：{expected}；实为：{found}"),
    })
}

fn correction(hint: &Finding, lang: Lang) -> String {
    let place = hint.place.as_ref().map_or_else(String::new, |place| {
        let parts = [place.row.as_str(), place.column.as_str()].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    });
    match lang {
        Lang::En => format!("Perhaps: {place}: {}", hint.body(lang)),
        Lang::Zh => format!("可能的更正：{place}：{}", hint.body(lang)),
    }
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(LONGEST_LINE) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}
