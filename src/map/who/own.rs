//! What the report says of itself: when it was published, and its document number.

use std::sync::LazyLock;

use super::super::chars::Chars;
use super::super::page::Page;
use super::super::phrase::Phrases;
use super::super::stream::{Cell, Item, Line, Shape};
use super::date::{self, Date};
use crate::document::Origin;
use crate::report::{Published, Report, Stated};

/// What stands beside a title stands within so many lines and rows of the beginning.
const HEAD: usize = 60;
/// What stands beside a title is shorter than this, in bytes: some six labels with what belongs to them.
const LONGEST: usize = 600;
/// A signature stands within so many lines of the end; behind it pages have links and buttons.
const TAIL: usize = 20;
/// Reports are published in the year after theirs, and late ones and copies within these years.
const LATEST: i32 = 5;

static PUBLISHED: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("发布日期|发布时间|公开日期|公开时间|发文日期|发布于"));
static TIMES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("(?<![文成效新计止束始])(?:时间|日期)"));
/// What stands in the line below a page's title.
static OF_LINES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new("(?:来源|作者|浏览|点击|阅读|访问量?|浏览量|发布机构|发布人|字体|字号)(?:次数|数)?[:：]")
});
static NUMBERS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("发文字号|文件编号|文号|发文号"));
/// Each label has one of these, but for 发布于.
static OF_LABELS: Chars = Chars::of(&['号', '期', '间']);

/// A line, or a row with its cells joined, that stands beside the title.
struct Beside {
    text: String,
    /// The same without blanks but those between two digits.
    squeezed: String,
    origin: Origin,
}

/// What stands beside the title, of a length and with a character that a label has.
pub(super) struct Head(Vec<Beside>);

impl Head {
    pub fn of(items: &[Item]) -> Self {
        let telling = |text: &str| OF_LABELS.any_in(text) || text.contains("布于");
        // A label of the form tells of its figures alone.
        let is_text = |cell: &Cell| matches!(cell.shape, Shape::Text(_)) && !cell.is_of_form();
        let beside = |item: &Item| {
            let (text, origin) = match item {
                Item::Line(line) if telling(&line.text) => (line.text.as_str().to_owned(), line.origin),
                Item::Row(row) if row.cells.iter().any(|cell| cell.own && is_text(cell) && telling(&cell.text)) => {
                    let own: Vec<&str> =
                        row.cells.iter().filter(|cell| cell.own).map(|cell| cell.text.trim()).collect();
                    (own.join(" "), row.cells.first().map_or_else(Origin::default, |cell| cell.origin))
                }
                Item::Line(_) | Item::Row(_) => return None,
            };
            (text.len() <= LONGEST).then(|| Beside { squeezed: squeezed(&text), text, origin })
        };
        Head(items.iter().take(HEAD).filter_map(beside).collect())
    }

    /// The dates behind these labels, of those that count.
    fn dated(&self, labels: &Phrases, counts: impl Fn(&Beside) -> bool) -> Vec<(Date, &Beside)> {
        let beside = self.0.iter().filter(|beside| counts(beside));
        beside.filter_map(|beside| Some((date::leading(after_label(beside, labels)?)?.0, beside))).collect()
    }
}

/// When it was published: as labelled, else as the page says of itself, else the date of its signature. Labels that disagree
/// say nothing.
pub(super) fn published(report: &Report, head: &Head, lines: &[&Line], page: &Page) -> Option<Published> {
    let year = report.year?;
    let fits = |date: &Date| (year..=year + LATEST).contains(&date.year);
    let named: Vec<(Date, &Beside)> = head.dated(&PUBLISHED, |_| true);
    // 来源：办公室 时间：2022-01-20 浏览：12: what else stands there says whose time it is.
    let found = if named.iter().any(|(date, _)| fits(date)) {
        named
    } else {
        head.dated(&TIMES, |beside| OF_LINES.is_in(&beside.squeezed))
    };
    let mut labelled = found.into_iter().filter(|(date, _)| fits(date));
    if let Some((date, beside)) = labelled.next() {
        let agreed = labelled.all(|(other, _)| other == date);
        return agreed.then(|| said(date, "label", &beside.text, beside.origin));
    }
    let of_page = page.published.as_ref().and_then(|text| Some((date::leading(&squeezed(text))?.0, text)));
    if let Some((date, text)) = of_page.filter(|(date, _)| fits(date)) {
        return Some(said(date, "page", text, Origin::default()));
    }
    // Dates below the text of the report's own year are those of its period.
    let signed = lines.iter().rev().filter(|line| !line.text.trim().is_empty()).take(TAIL);
    let mut signed = signed.filter_map(|line| signature(&line.text).map(|date| (date, line)));
    let (date, line) = signed.find(|(date, _)| date.year > year && date.year <= year + LATEST)?;
    Some(said(date, "signature", &line.text, line.origin))
}

/// The date that the report bears, whatever its year: all labels that have one agree in it, or else its last lines
/// are its signature.
pub(super) fn dated(report: &Report, head: &Head, lines: &[&Line]) -> Option<(Date, Origin)> {
    if let Some(published) = &report.published {
        return Some((date::leading(&published.date)?.0, published.origin));
    }
    let mut labelled =
        head.0.iter().filter_map(|beside| Some((date::leading(after_label(beside, &PUBLISHED)?)?.0, beside.origin)));
    if let Some((date, origin)) = labelled.next() {
        return labelled.all(|(other, _)| other == date).then_some((date, origin));
    }
    // The first and the last day of a year are those of a period, torn from its line.
    let signed = signed(lines).filter(|signed| !signed.date.is_first_of_year() && !signed.date.is_last_of_year());
    signed.map(|signed| (signed.date, signed.origin))
}

/// The last lines of a report, where they are a date, and an organ before it.
pub(super) struct Signed {
    pub date: Date,
    /// What stands before the date, if it can be a name.
    pub organ: Option<String>,
    pub origin: Origin,
}

/// The signature in the last lines; behind it a page may still have a few.
pub(super) fn signed(lines: &[&Line]) -> Option<Signed> {
    const LAST: usize = 4;
    let last: Vec<&&Line> = lines.iter().rev().filter(|line| !line.text.trim().is_empty()).take(LAST + 1).collect();
    let at = last.iter().take(LAST).position(|line| signature(&line.text).is_some())?;
    let date = signature(&last[at].text)?;
    let name = |text: &str| {
        let text = squeezed(text);
        let end = text.find(|c: char| c.is_ascii_digit() || c == '二').unwrap_or(text.len());
        let name = text[..end].trim_matches(['(', '（']).to_owned();
        let plain = name.chars().all(|c| c.is_alphabetic()) && (3..=30).contains(&name.chars().count());
        plain.then_some(name)
    };
    let organ = name(&last[at].text).or_else(|| last.get(at + 1).and_then(|line| name(&line.text)));
    Some(Signed { date, organ, origin: last[at].origin })
}

fn said(date: Date, by: &str, text: &str, origin: Origin) -> Published {
    Published { date: date.iso(), by: by.to_owned(), text: text.trim().to_owned(), origin }
}

/// What comes after the first of the labels.
fn after_label<'h>(beside: &'h Beside, labels: &Phrases) -> Option<&'h str> {
    let text = &beside.squeezed;
    let label = labels.find(text)?;
    Some(text[label.end..].trim_start_matches([':', '：', '[', ']', '【', '】', '（', '(', '|']))
}

/// A text without blanks, except where they keep two numbers apart.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if !c.is_whitespace() {
            out.push(c);
            continue;
        }
        while rest.next_if(|next| next.is_whitespace()).is_some() {}
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(out.chars().next_back()) && digit(rest.peek().copied()) {
            out.push(' ');
        }
    }
    out
}

/// Whether a line is a date alone, or an organ's name and a date.
pub(in super::super) fn is_signature(text: &str) -> bool {
    signature(text).is_some()
}

/// The date of a line that is nothing else, or an organ's name and a date.
fn signature(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 120 || !text.ends_with(['日', '发', '）', ')']) {
        return None;
    }
    let text = squeezed(text);
    let text = text.trim_start_matches(['(', '（']).trim_end_matches([')', '）']).trim_end_matches("印发");
    if let Some((date, "")) = date::leading(text) {
        return Some(date);
    }
    let start = text.find(|c: char| c.is_ascii_digit() || c == '二')?;
    let organ = &text[..start];
    let named = ["局", "府", "委", "委员会", "办", "室", "处", "厅", "部", "署", "会", "站"]
        .iter()
        .any(|end| organ.ends_with(end));
    let plain = !organ.contains(['，', '。', '、', '；', '：', ':']);
    match date::leading(&text[start..]) {
        Some((date, "")) if named && plain => Some(date),
        _ => None,
    }
}

/// The number that the report bears: a line of its own around the title, or behind its label. Numbers in
/// sentences are those of other documents.
pub(super) fn number(report: &Report, head: &Head, lines: &[&Line]) -> Option<Stated> {
    let labelled = head.0.iter().find_map(|beside| {
        let (number, _) = document_number(after_label(beside, &NUMBERS)?)?;
        Some(Stated { text: number, origin: beside.origin })
    });
    labelled.or_else(|| {
        let title = report.title.as_ref().map(|title| title.origin);
        let at = title.and_then(|origin| lines.iter().position(|line| line.origin == origin)).unwrap_or(0);
        // One above the title or, below it, before the text begins; a title takes up to three lines.
        let near = lines.iter().take(at + 6).filter(|line| line.text.len() <= 90);
        let mut alone = near.filter_map(|line| match document_number(&squeezed(line.text.trim())) {
            Some((number, "")) => Some(Stated { text: number, origin: line.origin }),
            _ => None,
        });
        alone.next()
    })
}

/// 示府办〔2022〕3号 at the beginning of a text, and what comes after it.
fn document_number(text: &str) -> Option<(String, &str)> {
    const LONGEST_WORD: usize = 12;
    let open = text.find(['〔', '[', '【', '（', '(', '［'])?;
    let word = &text[..open];
    let cited = ["根据", "依据", "按照", "见"].iter().any(|before| word.starts_with(before));
    let is_word =
        !cited && (1..=LONGEST_WORD).contains(&word.chars().count()) && word.chars().all(|c| c.is_alphabetic());
    let rest = text[open..].char_indices().nth(1).map(|(at, _)| &text[open + at..])?;
    let (year, rest) = rest.split_at_checked(4)?;
    let rest = rest.strip_prefix(['〕', ']', '】', '）', ')', '］'])?;
    let rest = rest.strip_prefix('第').unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let tail = rest[digits..].strip_prefix('号')?;
    let valid =
        is_word && year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit()) && (1..=4).contains(&digits);
    valid.then(|| (text[..text.len() - tail.len()].to_owned(), tail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::printed;

    #[test]
    fn no_label_of_the_form_says_when_or_under_what_number() {
        for label in printed::all() {
            let beside = Beside { squeezed: squeezed(label), text: label.to_owned(), origin: Origin::default() };
            for labels in [&*PUBLISHED, &TIMES, &OF_LINES, &NUMBERS] {
                assert_eq!(after_label(&beside, labels), None, "{label}");
            }
        }
    }

    #[test]
    fn a_signature_is_a_date_alone_or_behind_an_organ() {
        let date = |text| signature(text).map(Date::iso);
        assert_eq!(date("2022年1月20日").as_deref(), Some("2022-01-20"));
        assert_eq!(date("（2022 年 1 月 20 日）").as_deref(), Some("2022-01-20"));
        assert_eq!(date("示例县教育局    二〇二二年一月五日").as_deref(), Some("2022-01-05"));
        assert_eq!(date("2022年1月20日印发").as_deref(), Some("2022-01-20"));
        for text in ["截至2021年12月31日", "自2021年1月1日起至2021年12月31日", "会议于2022年1月20日召开。", "每日"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn the_line_below_a_title_says_when_a_page_was_published() {
        let published_by = |text: &str| {
            let line = Line { text: text.into(), origin: Origin::default(), blank_cell: false };
            let report = Report { year: Some(2021), ..Report::default() };
            let found = published(&report, &Head::of(&[Item::Line(line)]), &[], &Page::default());
            found.map(|published| published.date)
        };
        for text in [
            "来源：办公室 时间：2022-01-20 10:11",
            "作者：某 日期:2022-01-20 浏览：12次",
            "发布日期：[2022-01-20]",
            "发布日期：（ 2022-01-20 ）",
        ] {
            assert_eq!(published_by(text).as_deref(), Some("2022-01-20"), "{text}");
        }
        for text in ["时间：2022-01-20", "成文日期：2022-01-20 发布机构：某局", "来源：办公室 统计时间：2022-01-20"]
        {
            assert_eq!(published_by(text), None, "{text}");
        }
    }

    #[test]
    fn a_document_number_has_a_word_a_year_and_a_number() {
        let number = |text| document_number(text).map(|(number, rest)| (number, rest.to_owned()));
        assert_eq!(number("示府办〔2022〕3号"), Some(("示府办〔2022〕3号".to_owned(), String::new())));
        assert_eq!(number("示府办[2022]第12号x"), Some(("示府办[2022]第12号".to_owned(), "x".to_owned())));
        let others =
            ["（2022）3号", "根据国办公开办函〔2021〕30号", "示府办〔22〕3号", "示府办〔2022〕号", "示府办2022年3号"];
        for text in others {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
