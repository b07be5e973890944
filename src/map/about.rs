//! Who and when: title, organ, year and statistics period, with the evidence.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::chars::Chars;
use super::page::Page;
use super::stream::Line;
use super::who::{self, Named};
use super::years;
use crate::finding::{Code, Finding, Severity};
use crate::report::{Evidence, Organ, Report, Stated};
use crate::template::label::simplify;

/// What follows 政府信息公开 in a title.
static REST_OF_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:工作|情况|年度|的|总结|(?P<year>(?:19|20)\d\d)年?度?)*(?:报告|年报)(?:的(?:公告|通知|报告|公示))?(?:[（(](?:(?P<last>(?:19|20)\d\d)年?度?|.{1,30})[）)])?$",
    )
});
/// The name of a site, which pages put behind their title: …报告-示例县人民政府网.
static SITE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(报告|年报)[-_—–|]+[^-_—–|]{2,24}$"));
/// What stands before the name of a site.
const OF_SITES: [char; 5] = ['-', '_', '—', '–', '|'];
/// What pages put before a title: 【年报】, [转载], （公开）.
static MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:【[^】]{1,8}】|\[[^\]]{1,8}\]|［[^］]{1,8}］|[（(]\p{Han}{1,4}[）)])+"));
/// What may stand before the organ: 关于公布.
const BEFORE_TITLE: [&str; 4] = ["公布", "发布", "印发", "报送"];
/// More characters than stand before 政府信息公开 in a title.
const LONGEST_BODY: usize = 50;
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:19|20)\d\d)\s*(?:学?年)?\s*度?"));
/// 2021-2022年度, 2021—2022学年.
static SEVERAL_YEARS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"20\d\d年?度?\s*[-—–~～至到、和及]+\s*20\d\d(?:学?年)?度?"));
/// What a year with a slip of the pen leaves behind a name: 2O23年, 20213年, 21年.
static NO_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9A-Za-z]{1,6}年度?$"));
static YEAR_WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(20\d\d)\s*年"));
/// What `\p{Han}` tells, by blocks: from the hundred ranges of the script a pattern takes three times as long to make, which in a
/// run over one file is seen.
const HAN: &str = r"[\x{2E80}-\x{2FD5}\x{3005}\x{3007}\x{3021}-\x{3029}\x{3038}-\x{303B}\x{3400}-\x{4DBF}\x{4E00}-\x{9FFF}\x{F900}-\x{FAD9}\x{16FE2}-\x{16FF6}\x{20000}-\x{3FFFD}]";

/// A pattern: each is a constant, and each is used by the tests of its module. Digits are `0` to `9`, not those of all scripts.
pub(super) fn pattern(text: &str) -> Regex {
    let text = text.replace(r"\p{Han}", HAN).replace(r"\d", "[0-9]");
    Regex::new(&text).expect("a constant pattern")
}

/// What is known by a page's own title.
const PAGE_TITLE: &str = "page_title";
/// A title is shorter than this, and stands within the first lines of its report.
const LONGEST_TITLE: usize = 60;

/// Years that a short text names with 年.
pub(super) fn years_in(text: &str) -> Vec<i32> {
    // Quick ways: few texts name a year, and many that do not have the word.
    if !text.contains("20") || !text.contains('年') {
        return Vec::new();
    }
    YEAR_WORD.captures_iter(text).filter_map(|found| found[1].parse().ok()).collect()
}

/// A title found in a list of lines.
#[derive(Debug, Clone)]
pub(super) struct Title {
    pub stated: Stated,
    pub organ: Option<String>,
    pub year: Option<i32>,
    /// Index of its first line, and of the one after its last.
    pub first: usize,
    pub end: usize,
}

/// Every title in the lines, in order; one broken over up to three lines is put together. Where there is none, one
/// behind 附件：, which else is the title of what comes with a letter.
pub(super) fn titles(lines: &[&Line]) -> Vec<Title> {
    let titles = plain_titles(lines);
    if !titles.is_empty() || !lines.iter().any(|line| attached(&line.text).is_some()) {
        return titles;
    }
    let own = |line: &&Line| match attached(&line.text) {
        Some(text) => Line { text: text.into(), ..(*line).clone() },
        None => (*line).clone(),
    };
    let lines: Vec<Line> = lines.iter().map(own).collect();
    plain_titles(&lines.iter().collect::<Vec<_>>())
}

/// What stands behind 附件：, 附件1：.
fn attached(text: &str) -> Option<&str> {
    let rest = text.trim_start().strip_prefix("附件")?;
    rest.trim_start_matches(|c: char| c.is_numeric() || c.is_whitespace()).strip_prefix([':', '：'])
}

fn plain_titles(lines: &[&Line]) -> Vec<Title> {
    let mut titles: Vec<Title> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match title_ending_at(lines, at, titles.last().map_or(0, |title| title.end)) {
            Some(title) => {
                at = title.end;
                titles.push(title);
            }
            None => at += 1,
        }
    }
    titles
}

/// The title whose last line is this one: alone if it names an organ, else with lines before it.
fn title_ending_at(lines: &[&Line], at: usize, floor: usize) -> Option<Title> {
    if !may_end_title(&lines[at].text) {
        return None;
    }
    let mut fallback = None;
    for first in (floor.max(at.saturating_sub(2))..=at).rev() {
        let parts: Vec<String> = lines[first..=at].iter().map(|line| compact(&line.text)).collect();
        if first < at && !may_begin_title(&parts[0]) {
            break;
        }
        let Some(mut title) = parse(&parts.concat()) else { continue };
        title.stated.origin = lines[first].origin;
        (title.first, title.end) = (first, at + 1);
        if title.organ.is_some() {
            return Some(title);
        }
        fallback = Some(title);
    }
    fallback
}

fn may_end_title(text: &str) -> bool {
    let longer = || text.chars().filter(|c| !c.is_whitespace()).nth(LONGEST_TITLE).is_some();
    let text = text.trim_end();
    static OF_SITE: Chars = Chars::of(&OF_SITES);
    static OF_REPORT: Chars = Chars::of(&['告', '报', '報']);
    let of_site = || OF_SITE.any_in(text) && OF_REPORT.any_in(text);
    (text.ends_with(['告', '报', '報', '知', '示', ')', '）']) || of_site()) && !longer()
}

pub(super) fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Words that stand above a title without being a part of it.
const NOT_A_BEGINNING: &[&str] = &["正文", "首页", "访问量", "附件", "索引号", "发布", "来源", "浏览", "当前"];

fn may_begin_title(text: &str) -> bool {
    let plain = !text.contains(['，', '。', '；', '：', ':', ';', '|', '>', '、', '？']);
    plain
        && !text.is_empty()
        && text.chars().count() <= 30
        && !NOT_A_BEGINNING.iter().any(|word| text.starts_with(word))
        && !text.ends_with(['告', '报'])
}

/// The title that a text is.
pub(super) fn parse(text: &str) -> Option<Title> {
    let printed = text;
    // Patterns are made only where there is something for them.
    let of_site = text.contains(OF_SITES) && SITE.is_match(text);
    let text = if of_site { SITE.replace(text, "$1") } else { text.into() };
    let mark = if text.starts_with(['【', '[', '［', '（', '(']) { MARK.find(&text) } else { None };
    let text = &text[mark.map_or(0, |mark| mark.end())..];
    if text.chars().count() > LONGEST_TITLE || text.contains(['，', '。', '；', '》', '|', '>', ':', '：', '/']) {
        return None;
    }
    // Half a year, or a quarter, is no report of the year.
    if ["上半年", "下半年", "季度"].iter().any(|word| text.contains(word)) {
        return None;
    }
    // Matched in simplified characters, taken in the document's own: one stands for one.
    let text = &years::plain(text);
    let simplified = simplify(text);
    let (body, year) = body_and_year(&simplified)?;
    let body = own(text, &simplified, body);
    // 20213年 is no year with a 3 behind it.
    let alone = |found: &regex::Captures, text: &str| {
        let end = found.get(1).map_or(0, |year| year.end());
        !text[end..].starts_with(|c: char| c.is_ascii_digit())
    };
    let inner = YEAR.captures(body).filter(|found| alone(found, body));
    // 2021-2022年度: of which, nobody says.
    let several = body.matches("20").count() > 1 && SEVERAL_YEARS.is_match(body);
    let year = if several {
        None
    } else {
        year.or_else(|| inner.as_ref().and_then(|year| year.get(1)).map(|year| year.as_str()))
    };
    let without_years = if several { SEVERAL_YEARS.replace_all(body, "") } else { body.into() };
    let left = |found: &regex::Captures| if alone(found, &without_years) { String::new() } else { found[0].to_owned() };
    let without_year = YEAR.replace_all(&without_years, left);
    let named = concerned(&without_year);
    let named = named.trim_matches(|c: char| !c.is_alphanumeric() && c != '）' && c != '（').trim_start_matches("关于");
    let organ = ["报送", "公布", "发布", "印发", "公开", "关于", "年度", "法定"];
    let organ = organ.iter().fold(named, |organ, word| organ.trim_end_matches(word));
    let slip = if organ.ends_with(['年', '度']) { NO_YEAR.find(organ) } else { None };
    let organ = slip.map_or(organ, |slip| &organ[..slip.start()]);
    // The end of a line that broke within the year, or within the name, is no name.
    let fragment = organ.chars().count() == 1 || organ.trim_start_matches(|c: char| c.is_ascii_digit()) == "年";
    let organ = if fragment { "" } else { organ };
    // 张义镇人民政府信息公开…: the cut is before 信息公开 where 人民 would be left alone.
    let organ = if organ.ends_with("人民") { format!("{organ}政府") } else { organ.to_owned() };
    let organ = match organ.as_str() {
        "" | "度" | "本机关" | "年度" | "本单位" => {
            in_brackets(&simplified).map(|range| own(text, &simplified, range).to_owned())
        }
        _ => Some(organ),
    };
    let stated = Stated { text: printed.to_owned(), origin: crate::document::Origin::default() };
    Some(Title { stated, organ, year: year.and_then(|year| year.parse().ok()), first: 0, end: 0 })
}

/// The organ that stands in brackets behind a title which names none: 2023年政府信息公开工作年度报告（示例市教育局）.
fn in_brackets(title: &str) -> Option<Range<usize>> {
    let inner = title.strip_suffix(['）', ')'])?;
    let (at, bracket) = inner.char_indices().rfind(|(_, c)| ['（', '('].contains(c))?;
    let start = at + bracket.len_utf8();
    who::is_organ(&inner[start..]).then_some(start..inner.len())
}

/// Whose report a letter is about: 县政府办公室关于印发县教育局…的通知 is about that of the latter; 县教育局关于公布… about its own.
fn concerned(named: &str) -> &str {
    let Some((issuer, rest)) = named.split_once("关于").filter(|(issuer, _)| !issuer.is_empty()) else {
        return named;
    };
    let about =
        ["印发", "转发", "批转", "公布", "发布", "公开", "报送"].iter().find_map(|word| rest.strip_prefix(word));
    let about = about.unwrap_or(rest).trim();
    if about.is_empty() || ["年度", "法定"].contains(&about) { issuer } else { about }
}

/// Where a title names organ and year, as it does before 政府信息公开, and the year where it stands behind.
fn body_and_year(title: &str) -> Option<(Range<usize>, Option<&str>)> {
    let start = title
        .strip_prefix("关于")
        .map_or(title, |rest| BEFORE_TITLE.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest));
    let start = title.len() - start.len();
    // 政府信息工作年度报告: a word was forgotten.
    let forgotten = title[start..].match_indices("政府信息工作").map(|(at, _)| (at + "政府信息".len(), ""));
    title[start..].match_indices("公开").chain(forgotten).find_map(|(at, words)| {
        let rest = &title[start + at + words.len()..];
        let body = before_disclosure(&title[start..start + at], rest)?;
        let rest = REST_OF_TITLE.captures(rest)?;
        let year = rest.name("year").or_else(|| rest.name("last")).map(|year| year.as_str());
        (body.chars().count() <= LONGEST_BODY).then_some((start..start + body.len(), year))
    })
}

/// What stands before 政府信息公开, 政务信息公开; before 政务公开, where a report of the year follows; and before 信息公开, where that
/// is of a year.
fn before_disclosure<'t>(text: &'t str, rest: &str) -> Option<&'t str> {
    if let Some(before) = text.strip_suffix("信息") {
        // 示例县2022年信息公开年报, 2022年示例县信息公开年报
        let begins = before
            .strip_prefix("20")
            .and_then(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('年'));
        let of_year = before.ends_with('年') || before.ends_with("年度") || begins.is_some();
        return ["政府", "政务"].iter().find_map(|of| before.strip_suffix(of)).or(of_year.then_some(before));
    }
    text.strip_suffix("政务").filter(|_| rest.contains('年'))
}

/// The organ and the year that a text names, if it is a title.
pub(super) fn parse_title(text: &str) -> Option<(Option<String>, Option<i32>)> {
    parse(&compact(text)).map(|title| (title.organ, title.year))
}

/// The part of the text that stands where this part of its simplified form does.
fn own<'t>(text: &'t str, simplified: &str, range: Range<usize>) -> &'t str {
    let before = simplified[..range.start].chars().count();
    let length = simplified[range].chars().count();
    let mut bounds = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(before);
    let start = bounds.next().unwrap_or(text.len());
    let end = if length == 0 { start } else { bounds.nth(length - 1).unwrap_or(text.len()) };
    &text[start..end]
}

/// What the name of an organ leaves out.
fn inferred(name: &str) -> Option<String> {
    let needs = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if needs(&["街道"]) {
        Some("办事处".to_owned())
    } else if needs(&["省", "市", "县", "区", "镇", "乡", "自治州", "旗", "州", "盟"]) {
        Some("人民政府".to_owned())
    } else {
        None
    }
}

/// Fills in title, organ, year, period and evidence from the lines of one report.
pub(super) fn describe(report: &mut Report, titles: &[Title], lines: &[&Line], (named, page): (&Named, &Page)) {
    let title = titles.iter().find(|title| title.organ.is_some() && title.year.is_some()).or(titles.first());
    if let Some(title) = title {
        report.title = Some(title.stated.clone());
        report.organ = titles.iter().find_map(|title| title.organ.clone()).map(|name| Organ {
            inferred: inferred(&name),
            name,
            by: "title".to_owned(),
        });
        if let Some(year) = title.year.or_else(|| titles.iter().find_map(|title| title.year)) {
            report.evidence.push(Evidence {
                by: "title".to_owned(),
                year,
                text: title.stated.text.clone(),
                origin: title.stated.origin,
            });
        }
        if let Some(other) =
            titles.iter().find(|other| other.organ.is_some() && title.organ.is_some() && other.organ != title.organ)
        {
            let finding = Finding::new(Code::TitleConflict).expected(&title.stated.text).found(&other.stated.text);
            report.findings.push(finding.at(other.stated.origin));
        }
    } else if let Some(title) = &page.title {
        report.title = Some(title.stated.clone());
    } else {
        report.findings.push(Finding::new(Code::TitleMissing));
    }
    who::period(report, lines);
    page_year(report, page);
    let tied = body_year(report, lines);
    named_year(report, named);
    settle_year(report, &tied);
    named_period(report, named);
    settle_organ(report, below_title(titles, lines), lines, (named, page));
}

/// The year in the page's own title.
fn page_year(report: &mut Report, page: &Page) {
    let Some(title) = &page.title else { return };
    let disagrees = |year: i32| report.evidence.first().is_some_and(|own| own.year != year);
    if let Some(year) = title.year.filter(|year| page.of_site || !disagrees(*year)) {
        let (by, text) = (PAGE_TITLE.to_owned(), title.stated.text.clone());
        report.evidence.push(Evidence { by, year, text, origin: crate::document::Origin::default() });
    }
}

/// The year in the file's name: evidence beside that of the document, and all there is without it.
fn named_year(report: &mut Report, named: &Named) {
    let own = report.evidence.first().map(|evidence| evidence.year);
    let Some(says) = (if own.is_some() { named.year() } else { named.likely_year() }) else { return };
    // A folder of the year after is that of publication.
    if own.is_some_and(|own| says.by == "path" && says.what == own + 1) {
        return;
    }
    if own.is_none() {
        report.findings.push(taken_from_name("year", &says.what.to_string(), says.by, &says.text));
    }
    let (by, origin) = (says.by.to_owned(), crate::document::Origin::default());
    report.evidence.push(Evidence { by, year: says.what, text: says.text, origin });
}

/// The period in the file's name, where the document states none and its year is that of the report.
fn named_period(report: &mut Report, named: &Named) {
    let own_year = |days: &(String, String)| report.year.is_some_and(|year| days.0.starts_with(&year.to_string()));
    let Some(says) = named.period().filter(|says| report.period.is_none() && own_year(&says.what)) else { return };
    let (first, last) = &says.what;
    report.findings.push(taken_from_name("period", &format!("{first}–{last}"), says.by, &says.text));
    report.period = Some(says.what);
}

fn taken_from_name(what: &str, found: &str, by: &str, text: &str) -> Finding {
    Finding::new(Code::TakenFromName).found(found).detail("what", what).detail("by", by).detail("name", text)
}

/// The organ in the line below a title which names none: （示例市教育局）.
fn below_title(titles: &[Title], lines: &[&Line]) -> Option<String> {
    let [title] = titles else { return None };
    let line = lines.get(title.end..)?.iter().find(|line| !line.text.trim().is_empty())?;
    let text = compact(&line.text);
    let name = text.trim_matches(['（', '）', '(', ')']);
    who::is_organ(name).then(|| name.to_owned())
}

/// The organ of a report whose title names none: as the line below it or the text names it, else the page's own title, else
/// the file's name.
fn settle_organ(report: &mut Report, below: Option<String>, lines: &[&Line], (named, page): (&Named, &Page)) {
    let of_page = page.title.as_ref().and_then(|title| title.organ.as_ref());

    if report.organ.is_none() {
        report.organ = below.map(|name| Organ { inferred: inferred(&name), name, by: "title".to_owned() });
    }
    if report.organ.is_none() {
        let said = who::said_organ(lines, report.year).or_else(|| who::signing_organ(lines, report.year));
        report.organ = said.map(|name| Organ { inferred: inferred(&name), name, by: "body".to_owned() });
    }
    match (&report.organ, of_page) {
        (None, Some(name)) => {
            report.organ = Some(Organ { inferred: inferred(name), name: name.clone(), by: PAGE_TITLE.to_owned() });
        }
        (Some(organ), Some(name)) if page.of_site && who::differ(&organ.name, name) => {
            let finding = Finding::new(Code::OrganConflict).expected(&organ.name).found(name);
            report.findings.push(finding.detail("by", &organ.by).detail("against", PAGE_TITLE));
        }
        _ => {}
    }
    if let Some(organ) = &report.organ {
        let other = named.organ().filter(|says| says.by == "file_name" && who::differ(&organ.name, &says.what));
        if let Some(says) = other {
            let finding = Finding::new(Code::OrganConflict).expected(&organ.name).found(&says.what);
            report.findings.push(finding.detail("by", &organ.by).detail("against", says.by));
        }
    } else if let Some(says) = named.organ() {
        report.findings.push(taken_from_name("organ", &says.what, says.by, &says.text));
        report.organ = Some(Organ { inferred: inferred(&says.what), name: says.what, by: says.by.to_owned() });
    } else {
        report.findings.push(Finding::new(Code::OrganUnknown));
    }
}

/// The year that the text names most often: a last resort, since it names other years too. Several that it names
/// equally often are none, and given back.
fn body_year(report: &mut Report, lines: &[&Line]) -> Vec<i32> {
    if !report.evidence.is_empty() {
        return Vec::new();
    }
    let mut counts: Vec<(i32, usize, &Line)> = Vec::new();
    // The date of a signature is of the year after.
    for line in lines.iter().filter(|line| !who::is_signature(&line.text)) {
        for year in own_years(&line.text) {
            match counts.iter_mut().find(|(known, ..)| *known == year) {
                Some((_, count, _)) => *count += 1,
                None => counts.push((year, 1, line)),
            }
        }
    }
    let most = counts.iter().map(|(_, count, _)| *count).max();
    let mut most: Vec<_> = counts.into_iter().filter(|(_, count, _)| Some(*count) == most).collect();
    most.sort_by_key(|(year, ..)| *year);
    if let [(year, _, line)] = most[..] {
        let text: String = line.text.chars().take(40).collect();
        report.evidence.push(Evidence { by: "body".to_owned(), year, text, origin: line.origin });
        return Vec::new();
    }
    most.into_iter().map(|(year, ..)| year).collect()
}

/// The years that a line names, but those with which it compares (较2021年) and those of what is to come (2023年，我局将继续…).
fn own_years(text: &str) -> Vec<i32> {
    const TO_COME: [&str; 14] = [
        "将继续",
        "将进一步",
        "将以",
        "将围绕",
        "将按照",
        "将严格",
        "将认真",
        "将加大",
        "将不断",
        "将持续",
        "将从",
        "下一步",
        "下一年",
        "来年",
    ];
    if !text.contains('年') {
        return Vec::new();
    }
    let sentences = text.split(['。', '；', ';', '\n']);
    let told = sentences.filter(|sentence| !TO_COME.iter().any(|word| sentence.contains(word)));
    let years = |sentence| {
        YEAR_WORD.captures_iter(sentence).filter_map(|found| {
            let before = &sentence[..found.get(0)?.start()];
            found[1].parse().ok().filter(|_| !before.trim_end().ends_with(['较', '比']))
        })
    };
    told.flat_map(years).collect()
}

/// The year that has the first evidence; `tied` are those that the text names equally often.
fn settle_year(report: &mut Report, tied: &[i32]) {
    let Some(first) = report.evidence.first().cloned() else {
        let years: Vec<String> = tied.iter().map(i32::to_string).collect();
        report.findings.push(match years.is_empty() {
            true => Finding::new(Code::YearUnknown),
            false => Finding::new(Code::YearOpen).found(years.join("/")),
        });
        return;
    };
    report.year = Some(first.year);
    if let Some(other) = report.evidence.iter().find(|other| other.year != first.year) {
        let finding = Finding::new(Code::YearConflict)
            .at(other.origin)
            .expected(first.year.to_string())
            .found(other.year.to_string());
        // What stands outside the text is weak evidence against it.
        let named = matches!(other.by.as_str(), "file_name" | "path" | PAGE_TITLE);
        let finding = if named { finding.severity(Severity::Note) } else { finding };
        report.findings.push(finding.detail("by", &first.by).detail("against", &other.by));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_every_character_of_the_script_and_none_of_another() {
        let [script, blocks] = [r"^\p{Han}$", HAN].map(|text| Regex::new(text).expect("a pattern"));
        let another = Regex::new(r"^[\p{L}\p{N}\p{P}&&[^\p{Han}]]$").expect("a pattern");
        for c in '\0'..=char::MAX {
            let text = c.encode_utf8(&mut [0; 4]).to_owned();
            let is_in = blocks.is_match(&text);
            assert!(is_in || !script.is_match(&text), "{c:?} is missing");
            assert!(!is_in || !another.is_match(&text), "{c:?} is of another script");
        }
    }

    #[test]
    fn titles_name_organ_and_year() {
        let cases = [
            ("示例市东区人民政府2021年度政府信息公开工作报告", Some("示例市东区人民政府"), Some(2021)),
            ("2019年示例市人民政府办公厅政府信息公开工作年度报告", Some("示例市人民政府办公厅"), Some(2019)),
            ("2022年示例市政府信息公开工作年度报告", Some("示例市"), Some(2022)),
            ("2008年河口镇人民政府信息公开工作年度报告", Some("河口镇人民政府"), Some(2008)),
            ("2016示例市人民政府办公厅政府信息公开工作年度工作报告", Some("示例市人民政府办公厅"), Some(2016)),
            ("2009年示例市东区政府信息公开年报", Some("示例市东区"), Some(2009)),
            ("示例市市场监督管理局2016年政务信息公开年度报告", Some("示例市市场监督管理局"), Some(2016)),
            ("2023年政府信息公开工作年度报告", None, Some(2023)),
            ("2023年政府信息公开工作年度报告（韶关市教育局）", Some("韶关市教育局"), Some(2023)),
            ("2023年政府信息公开工作年度报告（征求意见稿）", None, Some(2023)),
            ("河口镇2021年政府信息公开工作年度报告（图片版）", Some("河口镇"), Some(2021)),
            ("示例縣國資委2020年政府信息公開工作年度報告", Some("示例縣國資委"), Some(2020)),
            ("示例局政府信息公开2020年度报告", Some("示例局"), Some(2020)),
            ("二〇二二年示例局政府信息公开工作年度报告", Some("示例局"), Some(2022)),
            ("示例局二〇二二年度政府信息公开工作年度报告", Some("示例局"), Some(2022)),
            ("２０２２年度示例局政府信息公开工作年度报告", Some("示例局"), Some(2022)),
            ("示例局关于2022年度政府信息公开工作情况的报告", Some("示例局"), Some(2022)),
            ("示例局2022年度法定政府信息公开年度报告", Some("示例局"), Some(2022)),
            ("年政府信息公开工作年度报告", None, None),
            ("2年政府信息公开工作年度报告", None, None),
            ("示例局2021-2022年度政府信息公开工作年度报告", Some("示例局"), None),
            ("局2022年政府信息公开工作年度报告", None, Some(2022)),
            ("【年报】示例县2022年政府信息公开工作年度报告", Some("示例县"), Some(2022)),
            ("[转载]示例局2022年政府信息公开工作年度报告", Some("示例局"), Some(2022)),
            ("（公开）示例局2022年政府信息公开工作年度报告", Some("示例局"), Some(2022)),
            ("示例局关于报送2022年度政府信息公开工作年度报告", Some("示例局"), Some(2022)),
            ("示例局2022年政府信息公开工作年度报告-示例县人民政府网", Some("示例局"), Some(2022)),
            ("示例局2022年信息公开年报", Some("示例局"), Some(2022)),
            ("示例街道办事处2022年度政府信息工作年度报告", Some("示例街道办事处"), Some(2022)),
            ("2022年示例局信息公开年报", Some("示例局"), Some(2022)),
            ("关于示例局2022年政府信息公开工作年度报告的公示", Some("示例局"), Some(2022)),
            ("示例局2022年政务公开工作年度报告", Some("示例局"), Some(2022)),
            ("示例局政府信息公开工作年度报告（2022）", Some("示例局"), Some(2022)),
            (
                "示例县政府办公室关于印发示例县教育局2022年政府信息公开工作年度报告的通知",
                Some("示例县教育局"),
                Some(2022),
            ),
            ("示例市政府办公室关于示例市2022年政府信息公开工作年度报告", Some("示例市"), Some(2022)),
            ("示例市政府办公室关于公布2022年度政府信息公开工作年度报告的公告", Some("示例市政府办公室"), Some(2022)),
            ("示例大学2021-2022学年信息公开工作年度报告", Some("示例大学"), None),
            ("示例大学2021—2022学年度政府信息公开工作年度报告", Some("示例大学"), None),
            ("示例局2O23年政府信息公开工作年度报告", Some("示例局"), None),
            ("示例局20213年政府信息公开工作年度报告", Some("示例局"), None),
            ("示例局21年政府信息公开工作年度报告", Some("示例局"), None),
            ("示例局政府信息公开工作年度报告（2022年度）", Some("示例局"), Some(2022)),
        ];
        for (text, organ, year) in cases {
            let title = parse(text).unwrap_or_else(|| panic!("no title: {text}"));
            assert_eq!((title.organ.as_deref(), title.year), (organ, year), "{text}");
        }
        for text in [
            "政府信息公开指南",
            "2021年上半年政府信息公开工作统计",
            "示例县2022年上半年政府信息公开工作报告",
            "三、收到和处理政府信息公开申请情况",
            "信息公开工作报告",
            "政务公开工作报告",
            "做好信息公开工作年度报告",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
