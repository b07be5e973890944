//! What a run came to, for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Tally, is_packing};
use crate::export::Item;
use crate::finding::{Code, Lang, Severity};
use crate::report::Value;

/// Counts over a run. Findings are counted as `findings.csv` lists them, unreadable files included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were read, those in archives among them.
    pub files: usize,
    /// Files of archives that were read.
    pub packed: usize,
    /// Archives that were opened.
    pub archives: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Reports found.
    pub reports: usize,
    /// Figures by state, in the order of [`Value::STATES`].
    pub figures: [usize; 6],
    /// Findings by severity: hint, note, warning, error.
    pub findings: [usize; 4],
    /// Findings among them that somebody answers for, by severity as well.
    pub waived: [usize; 4],
    /// Files of folders that no reader lists, by ending; the empty one is that of names without any.
    pub skipped: BTreeMap<String, usize>,
    /// Inputs that were reached a second time.
    pub repeated: usize,
    /// Inputs that were not begun because the run was stopped.
    pub left: usize,
    /// Archives that were not read to their end for the same reason.
    pub unfinished: usize,
}

impl Summary {
    /// Counts what one input gave.
    pub fn add(&mut self, item: &Item<'_>) {
        if item.findings.iter().any(|finding| finding.code == Code::Unreadable) {
            self.unreadable += 1;
        } else if !is_packing(item.format) {
            self.files += 1;
        }
        self.reports += item.reports.len();
        for figure in item.reports.iter().flat_map(crate::report::Report::figures) {
            let state = figure.value.state();
            self.figures[Value::STATES.iter().position(|known| *known == state).unwrap_or_default()] += 1;
        }
        self.add_findings(item);
    }

    /// Counts findings that are of no input: those about waivers.
    pub fn add_findings(&mut self, item: &Item<'_>) {
        let about_reports = item.reports.iter().flat_map(|report| &report.findings);
        for finding in item.findings.iter().chain(about_reports) {
            self.findings[finding.severity as usize] += 1;
            self.waived[finding.severity as usize] += usize::from(finding.waived.is_some());
        }
    }

    /// Adds what the run counted beside its items.
    pub fn close(&mut self, tally: Tally) {
        self.archives += tally.archives;
        self.left += tally.left;
        self.unfinished += tally.unfinished;
        self.packed += tally.packed;
        for (kind, count) in tally.skipped {
            *self.skipped.entry(kind).or_default() += count;
        }
    }

    /// Whether every input was read, as far as it can be.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.left == 0 && self.unfinished == 0
    }

    /// The weight of the heaviest finding that nobody answers for.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        let by_weight = [Severity::Error, Severity::Warning, Severity::Note, Severity::Hint];
        by_weight.into_iter().find(|severity| self.findings[*severity as usize] > self.waived[*severity as usize])
    }

    /// The summary in words, one fact a line.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut text = self.inputs(lang);
        let states: Vec<(usize, &str)> = match lang {
            Lang::En => self.figures.into_iter().zip(Value::STATES).collect(),
            Lang::Zh => {
                self.figures.into_iter().zip(["数值", "空白", "不适用", "非数值", "缺失", "位置不明"]).collect()
            }
        };
        let [hints, notes, warnings, errors] = self.findings;
        let waived = self.waived.iter().sum();
        let severities = match lang {
            Lang::En => [
                (errors, one_or_many(errors, "error", "errors")),
                (warnings, one_or_many(warnings, "warning", "warnings")),
                (notes, one_or_many(notes, "note", "notes")),
                (hints, one_or_many(hints, "hint", "hints")),
                (waived, "of these waived"),
            ],
            Lang::Zh => {
                [(errors, "错误"), (warnings, "警告"), (notes, "提示"), (hints, "线索"), (waived, "其中已核实")]
            }
        };
        let skipped = self.kinds(lang);
        for (en, zh, counts) in [
            ("figures", "数据", &states[..]),
            ("findings", "检查结果", &severities[..]),
            ("skipped, of kinds that are not read", "已跳过（不支持的类型）", &skipped[..]),
        ] {
            line(&mut text, lang, (en, zh), counts);
        }
        text
    }

    /// The endings of what was skipped.
    fn kinds(&self, lang: Lang) -> Vec<(usize, &str)> {
        let word = |kind: &str| KINDS.iter().find(|(known, ..)| *known == kind).map(|&(_, en, zh)| (en, zh));
        let named = |kind| word(kind).map_or(kind, |(en, zh)| lang.pick(en, zh));
        self.skipped.iter().map(|(kind, count)| (*count, named(kind))).collect()
    }

    /// How many of the files were in archives; nothing if there were no archives.
    fn packed_words(&self, lang: Lang) -> String {
        let Summary { packed, archives, .. } = *self;
        match lang {
            _ if archives == 0 => String::new(),
            Lang::En => format!(" ({packed} from {})", plural(archives, "archive", "archives")),
            Lang::Zh => format!("（其中 {packed} 个来自 {archives} 个压缩包）"),
        }
    }

    fn inputs(&self, lang: Lang) -> String {
        let Summary { files, reports, unreadable, repeated, .. } = *self;
        let packed = self.packed_words(lang);
        let mut text = match lang {
            Lang::En => {
                let files = plural(files, "file read", "files read");
                format!("{files}{packed}, {}", plural(reports, "report", "reports"))
            }
            Lang::Zh => format!("读取 {files} 个文件{packed}，报告 {reports} 份"),
        };
        for (count, en, zh) in [(unreadable, "could not be read", "无法读取"), (repeated, "reached twice", "重复")]
        {
            if count > 0 {
                let _ = match lang {
                    Lang::En => write!(text, ", {count} {en}"),
                    Lang::Zh => write!(text, "，{count} 个{zh}"),
                };
            }
        }
        text.push('\n');
        text
    }
}

/// What is counted among the skipped and has no ending to be called by.
const KINDS: &[(&str, &str, &str)] = &[
    ("", "without an ending", "无扩展名"),
    ("link", "linked in archives", "压缩包内的链接"),
    ("device", "of devices in archives", "压缩包内的设备文件"),
];

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", one_or_many(count, one, many))
}

fn one_or_many<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// `name: 3 number, 1 blank`; counts of zero are left out, and so is the line if all are.
fn line(text: &mut String, lang: Lang, (en, zh): (&str, &str), counts: &[(usize, &str)]) {
    let counted = counts.iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = match lang {
        Lang::En => counted.map(|(count, name)| format!("{count} {name}")).collect(),
        Lang::Zh => counted.map(|(count, name)| format!("{name} {count}")).collect(),
    };
    if !words.is_empty() {
        let _ = match lang {
            Lang::En => writeln!(text, "{en}: {}", words.join(", ")),
            Lang::Zh => writeln!(text, "{zh}：{}", words.join("，")),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_what_there_is_and_leaves_out_zeros() {
        let summary = Summary {
            files: 2,
            packed: 0,
            archives: 0,
            unreadable: 1,
            reports: 1,
            figures: [180, 12, 0, 1, 7, 0],
            findings: [0, 0, 2, 1],
            waived: [0, 0, 0, 1],
            skipped: BTreeMap::from([(String::new(), 2), (".jpg".to_owned(), 1), (".pdf".to_owned(), 3)]),
            repeated: 1,
            left: 0,
            unfinished: 0,
        };
        assert_eq!(
            summary.text(Lang::En),
            "2 files read, 1 report, 1 could not be read, 1 reached twice\n\
             figures: 180 number, 12 blank, 1 unreadable, 7 missing\n\
             findings: 1 error, 2 warnings, 1 of these waived\n\
             skipped, of kinds that are not read: 2 without an ending, 1 .jpg, 3 .pdf\n"
        );
        assert_eq!(
            summary.text(Lang::Zh),
            "读取 2 个文件，报告 1 份，1 个无法读取，1 个重复\n\
             数据：数值 180，空白 12，非数值 1，缺失 7\n\
             检查结果：错误 1，警告 2，其中已核实 1\n\
             已跳过（不支持的类型）：无扩展名 2，.jpg 1，.pdf 3\n"
        );
        assert_eq!(summary.worst(), Some(Severity::Warning), "the error is waived");
        let mut summary = Summary { files: 20, reports: 18, ..Summary::default() };
        let skipped = BTreeMap::from([("link".to_owned(), 1)]);
        summary.close(Tally { archives: 3, packed: 18, skipped, ..Tally::default() });
        assert_eq!(
            summary.text(Lang::En),
            "20 files read (18 from 3 archives), 18 reports\nskipped, of kinds that are not read: 1 linked in archives\n"
        );
        assert!(summary.text(Lang::Zh).starts_with("读取 20 个文件（其中 18 个来自 3 个压缩包），报告 18 份\n"));
        assert_eq!(Summary::default().worst(), None);
    }
}
