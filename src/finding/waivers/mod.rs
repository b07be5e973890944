//! Waivers: who answers for which findings, why and since when.
//!
//! A waiver is taken for findings that are to be confirmed, never for those that are to be mended.
//! It stays with the finding, which then no longer counts for how a run ends.

mod table;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

pub use table::WaiverError;

use super::{Code, Finding, Grade, Lang};
use crate::document::Origin;
use crate::template::Key;

/// That somebody answers for a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Waived {
    /// Why it is right as it is.
    pub reason: String,
    /// Since when, `YYYY-MM-DD`.
    pub date: String,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Waived {
    /// The same in words: `[waived 2025-01-08 by 张三: reason]`.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let Waived { reason, date, by } = self;
        match (lang, by) {
            (Lang::En, None) => format!("[waived {date}: {reason}]"),
            (Lang::En, Some(by)) => format!("[waived {date} by {by}: {reason}]"),
            (Lang::Zh, None) => format!("【已核实（{date}）：{reason}】"),
            (Lang::Zh, Some(by)) => format!("【已核实（{date}，{by}）：{reason}】"),
        }
    }
}

/// A line of the file, and what became of it: the flags below.
#[derive(Debug)]
struct Waiver {
    line: u32,
    /// Name of a file, or the end of its path; behind `*` at its end anything may follow.
    source: Option<String>,
    code: Code,
    field: Option<Key>,
    /// Words that the finding quotes, without white space.
    text: Option<String>,
    /// The number that it is about.
    found: Option<String>,
    waived: Waived,
    state: AtomicU8,
    /// Files of which it could be meant for several findings, and was taken for none.
    unclear: Mutex<BTreeMap<String, usize>>,
}

/// A file that it names was read.
const SEEN: u8 = 1;
/// It was taken for some finding.
const USED: u8 = 2;
/// A file that it names could not be read, so nobody knows.
const OPEN: u8 = 4;
/// It would have been taken if it were not older than the year of the report.
const EARLY: u8 = 8;

/// What is said of sentences: of several in a file, each has to be answered for by itself.
const OF_SENTENCES: [Code; 3] = [Code::ClaimDisagrees, Code::ClaimsContradict, Code::PartsExceed];

/// The waivers of a file. Several threads may apply them.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    /// All clones share what each was taken for.
    list: Arc<[Waiver]>,
}

impl Waivers {
    /// Marks the findings of one file that somebody answers for.
    pub fn apply<'f>(&self, source: &str, findings: impl Iterator<Item = &'f mut Finding>) {
        self.apply_to_years(source, findings.map(|finding| (None, finding)));
    }

    /// The same, each with the year of its report: nobody has answered for it before that began.
    pub fn apply_to_years<'f>(&self, source: &str, findings: impl Iterator<Item = (Option<i32>, &'f mut Finding)>) {
        let named: Vec<&Waiver> = self.list.iter().filter(|waiver| waiver.names(source)).collect();
        named.iter().for_each(|waiver| waiver.set(SEEN));
        if named.is_empty() {
            return;
        }
        let mut findings: Vec<(Option<i32>, &mut Finding)> = findings.collect();
        for waiver in named {
            let fits = |at: &usize| waiver.fits(findings[*at].1);
            let (early, fitting): (Vec<usize>, Vec<usize>) =
                (0..findings.len()).filter(fits).partition(|at| waiver.is_before(findings[*at].0));
            if fitting.len() > 1 && waiver.is_for_one() {
                let mut unclear = waiver.unclear.lock().unwrap_or_else(PoisonError::into_inner);
                unclear.insert(source.to_owned(), fitting.len());
                continue;
            }
            for at in &fitting {
                waiver.set(USED);
                findings[*at].1.waived.get_or_insert_with(|| waiver.waived.clone());
            }
            if !early.is_empty() {
                waiver.set(EARLY);
            }
        }
    }

    /// The lines whose files were not among those read, each with the name that it gives.
    #[must_use]
    pub fn unseen(&self) -> Vec<(u32, String)> {
        let unseen = self.list.iter().filter(|waiver| waiver.state.load(Ordering::Relaxed) & (SEEN | OPEN) == 0);
        unseen.filter_map(|waiver| Some((waiver.line, waiver.source.clone()?))).collect()
    }

    /// Notes that a file could not be read: whatever is said of it may still be true.
    pub fn could_not_read(&self, source: &str) {
        self.list.iter().filter(|waiver| waiver.names(source)).for_each(|waiver| waiver.set(OPEN));
    }

    /// What is to be said about the waivers themselves, once all files are read: those refused, and
    /// those that match nothing any more. Of files that were not looked at nothing is said.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.list.iter().filter_map(Waiver::finding).collect()
    }
}

impl Waiver {
    fn set(&self, flag: u8) {
        self.state.fetch_or(flag, Ordering::Relaxed);
    }

    fn names(&self, source: &str) -> bool {
        let Some(own) = &self.source else { return true };
        if let Some(begin) = own.strip_suffix('*') {
            let steps = source.match_indices('/').map(|(at, _)| at + 1);
            return std::iter::once(0).chain(steps).any(|at| source[at..].starts_with(begin));
        }
        source.strip_suffix(own.as_str()).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }

    /// Whether it is for one sentence and does not say which.
    fn is_for_one(&self) -> bool {
        OF_SENTENCES.contains(&self.code) && self.text.is_none() && self.found.is_none()
    }

    fn is_before(&self, year: Option<i32>) -> bool {
        let own = self.waived.date.get(..4).and_then(|year| year.parse::<i32>().ok());
        own.zip(year).is_some_and(|(own, year)| own < year)
    }

    fn is_refused(&self) -> bool {
        self.code.entry().grade == Grade::Mandatory
    }

    fn fits(&self, finding: &Finding) -> bool {
        let same_field = self.field.is_none() || self.field == finding.field;
        let quoted = || finding.details.get("text").map(|text| squeezed(text)).unwrap_or_default();
        let same_text = self.text.as_ref().is_none_or(|text| quoted().contains(text.as_str()));
        let number = |found: &str| found.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
        let is_found = |own: &String| finding.found.as_ref().is_some_and(|found| found == own || number(found) == *own);
        let same_number = self.found.as_ref().is_none_or(is_found);
        !self.is_refused() && self.code == finding.code && same_field && same_text && same_number
    }

    fn finding(&self) -> Option<Finding> {
        let state = self.state.load(Ordering::Relaxed);
        let unclear = self.unclear.lock().unwrap_or_else(PoisonError::into_inner);
        let said = |code| Some(Finding::new(code).at(Origin::of_line(self.line)).found(self.code.entry().name));
        if self.is_refused() {
            said(Code::WaiverRefused)
        } else if let Some((source, count)) = unclear.first_key_value() {
            said(Code::WaiverUnclear).map(|finding| finding.detail("count", count).detail("source", source))
        } else if state & (EARLY | USED) == EARLY {
            said(Code::WaiverEarly).map(|finding| finding.detail("date", &self.waived.date))
        } else if state & SEEN != 0 && state & (USED | OPEN) == 0 {
            said(Code::WaiverStale)
        } else {
            None
        }
    }
}

/// A text without white space, which print puts in anywhere.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Form;

    fn read(text: &str) -> Result<Waivers, WaiverError> {
        Waivers::from_csv(text, Form::shipped())
    }

    fn claim() -> Finding {
        Finding::new(Code::ClaimDisagrees)
    }

    #[test]
    fn a_finding_that_somebody_answers_for_is_marked() {
        let text = "source,code,field,reason,date,by\r\na/甲.docx,claim_disagrees,,口径不同,2025/1/8,张三\r\n,,,,,\r\n";
        let waivers = read(text).expect("waivers");
        let mut findings = [claim(), Finding::new(Code::FeesUnit)];
        waivers.apply("x/a/甲.docx", findings.iter_mut());
        let waived =
            Waived { reason: "口径不同".to_owned(), date: "2025-01-08".to_owned(), by: Some("张三".to_owned()) };
        assert_eq!(findings[0].waived.as_ref(), Some(&waived));
        assert_eq!(findings[1].waived, None);
        assert_eq!(waivers.findings(), []);
        assert_eq!(waived.words(Lang::En), "[waived 2025-01-08 by 张三: 口径不同]");
    }

    #[test]
    fn a_name_fits_whole_steps_of_a_path_only() {
        let waivers = read("source,code,reason,date\n甲.docx,claim_disagrees,r,2025-01-08\n").expect("waivers");
        let mut finding = claim();
        waivers.apply("乙甲.docx", std::iter::once(&mut finding));
        assert_eq!(finding.waived, None);
        assert_eq!(waivers.findings(), [], "its file was not looked at");
    }

    #[test]
    fn a_field_narrows_a_waiver_and_may_be_a_short_name() {
        let text = "类别\t字段\t理由\t日期\nfees_unit\tpro_fees_amt\t属实\t2025年1月8日\n";
        let waivers = read(text).expect("waivers");
        let mut other = Finding::new(Code::FeesUnit).field(&Key::new("proactive.licensing.decisions"));
        waivers.apply("a", std::iter::once(&mut other));
        assert_eq!(other.waived, None);
        let mut fees = Finding::new(Code::FeesUnit).field(&Key::new("proactive.fees.amount"));
        waivers.apply("a", std::iter::once(&mut fees));
        assert_eq!(fees.waived.map(|waived| waived.date).as_deref(), Some("2025-01-08"));
    }

    #[test]
    fn what_must_be_mended_is_refused_and_what_matches_nothing_is_stale() {
        let text = "code,reason,date\nrow_total,because,2025-01-08\nclaim_disagrees,r,2025-01-08\n";
        let waivers = read(text).expect("waivers");
        let mut sum = Finding::new(Code::RowTotal);
        waivers.apply("a", std::iter::once(&mut sum));
        assert_eq!(sum.waived, None);
        let said: Vec<(Code, Option<u32>)> = waivers
            .findings()
            .iter()
            .map(|finding| (finding.code, finding.origin.and_then(|origin| origin.line)))
            .collect();
        assert_eq!(said, [(Code::WaiverRefused, Some(2)), (Code::WaiverStale, Some(3))]);
        waivers.could_not_read("b");
        assert_eq!(waivers.findings().len(), 1, "of a file that could not be read nobody knows");
    }

    #[test]
    fn every_lack_is_named_with_its_line() {
        let head = "code,reason,date\n";
        for (text, expected) in [
            ("code,reason\n", WaiverError::NoColumn("date")),
            ("code,reason,date,severity\n", WaiverError::UnknownColumn("severity".to_owned())),
            (&format!("{head}claim_disagrees,,2025-01-08\n"), WaiverError::Lacks { line: 2, column: "reason" }),
            (&format!("{head}claim_disagrees,r\n"), WaiverError::Lacks { line: 2, column: "date" }),
            (&format!("{head}\r\nnothing,r,2025-01-08\n"), unknown(3, "code", "nothing")),
            (&format!("{head}claim_disagrees,r,2025-02-29\n"), unknown(2, "date", "2025-02-29")),
            (&format!("{head}claim_disagrees,r,08.01.2025\n"), unknown(2, "date", "08.01.2025")),
            ("code,field,reason,date\nfees_unit,x.y,r,2025-01-08\n", unknown(2, "field", "x.y")),
        ] {
            let error = read(text).expect_err(text);
            assert_eq!(error, expected, "{text}");
            assert!(error.message(Lang::En).contains("; "), "{}", error.message(Lang::En));
            assert!(error.message(Lang::Zh).contains('；'), "{}", error.message(Lang::Zh));
        }
    }

    fn unknown(line: u32, column: &'static str, found: &str) -> WaiverError {
        WaiverError::Unknown { line, column, found: found.to_owned() }
    }

    #[test]
    fn of_several_sentences_a_waiver_says_which_one_it_is_for() {
        let claim = |text: &str, found: &str| claim().detail("text", text).found(found);
        let claims = || [claim("收到申请 63件", "63件"), claim("答复申请5件", "5件")];
        let waived = |row: &str| {
            let waivers = read(&format!("code,text,found,reason,date\nclaim_disagrees,{row},r,2025-01-08\n"));
            let (waivers, mut claims) = (waivers.expect("waivers"), claims());
            waivers.apply("a", claims.iter_mut());
            let codes: Vec<Code> = waivers.findings().iter().map(|finding| finding.code).collect();
            (claims.map(|claim| claim.waived.is_some()), codes)
        };
        assert_eq!(waived(","), ([false, false], vec![Code::WaiverUnclear]));
        assert_eq!(waived("收到申请63件,"), ([true, false], vec![]));
        assert_eq!(waived(",5"), ([false, true], vec![]));
        assert_eq!(waived("答复申请,63"), ([false, false], vec![Code::WaiverStale]));
        assert_eq!(waived("申请,"), ([true, true], vec![]), "words of both");
    }

    #[test]
    fn a_waiver_older_than_its_report_is_not_taken() {
        let waivers = read("code,reason,date\nclaim_disagrees,r,2021-01-08\n").expect("waivers");
        let mut finding = claim();
        waivers.apply_to_years("a", std::iter::once((Some(2022), &mut finding)));
        assert_eq!((finding.waived, waivers.findings()[0].code), (None, Code::WaiverEarly));
    }

    #[test]
    fn a_star_at_the_end_stands_for_what_follows() {
        let names = |own: &str, source: &str| {
            let waivers = read(&format!("source,code,reason,date\n{own},claim_disagrees,r,2025-01-08\n"));
            let waivers = waivers.expect("waivers");
            waivers.apply(source, std::iter::empty());
            waivers.unseen().is_empty()
        };
        for (own, source) in [("*", "a/b.docx"), ("b*", "a/b.docx"), ("a/*", "x/a/b.docx"), ("b.docx", "a/b.docx")] {
            assert!(names(own, source), "{own}");
        }
        for (own, source) in [("b*", "a/ab.docx"), ("*.docx", "b.docx"), ("c.docx", "b.docx")] {
            assert!(!names(own, source), "{own}");
        }
    }
}
