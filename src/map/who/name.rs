//! What the file's name and the folders and archives around it say: weaker evidence than any word of the
//! document, and all there is where the document is silent.

use super::super::about;
use super::organ::parts;
use super::{period, short};
use crate::division::{self, Division, FIRST_YEAR, LAST_YEAR, Tier};
use crate::report::{Level, is_numbered};
use crate::template::label::simplify;

/// Years that a file or folder may be about; reports began in 2008.
const YEARS: std::ops::RangeInclusive<i32> = 2008..=2099;

/// Folders around a file that may say something of it; an archive may have names of any depth.
const DEEPEST: usize = 16;
/// The longest name of a file or folder that a file system takes, in bytes; a longer one says nothing.
const LONGEST: usize = 255;

/// Something that a name says, with the words, and whether the file's own name says it or a folder's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Says<T> {
    pub what: T,
    pub text: String,
    pub by: &'static str,
}

/// A file's name taken apart.
#[derive(Debug, Default)]
pub(in super::super) struct Named {
    /// Folders and archives, outermost first, in simplified characters.
    folders: Vec<String>,
    /// The file's own name without its ending.
    stem: String,
}

impl Named {
    /// Of a source as the outputs name it.
    pub fn new(source: &str) -> Self {
        let nearest = source.rsplit(['/', '\\']).take(DEEPEST + 1);
        let nearest = nearest.map(|part| if part.len() <= LONGEST { part } else { "" });
        let mut parts: Vec<String> =
            nearest.map(|part| division::simplified(&simplify(without_ending(part)))).collect();
        parts.reverse();
        let stem = parts.pop().unwrap_or_default();
        Named { folders: parts, stem }
    }

    /// The year that is named as one (2021年) or by a period (20210101-20211231), by the file itself or the folder
    /// closest to it; a folder that is called 2021 is one of that year.
    pub fn year(&self) -> Option<Says<i32>> {
        let whole = |folder: &str| only_year(folder, false).filter(|_| folder.len() == 4);
        self.nearest(named_year, |folder| named_year(folder).or_else(|| whole(folder)))
    }

    /// The first and last day of the period that is named, likewise.
    pub fn period(&self) -> Option<Says<(String, String)>> {
        let named = |name: &str| period::stated(name).map(|period| period.days);
        self.nearest(named, named)
    }

    /// What the file's own name says, else the folder closest to it.
    fn nearest<T>(
        &self,
        of_file: impl Fn(&str) -> Option<T>,
        of_folder: impl Fn(&str) -> Option<T>,
    ) -> Option<Says<T>> {
        let of_file = of_file(&self.stem).map(|what| says(what, &self.stem, "file_name"));
        let of_folder = |folder: &String| of_folder(folder).map(|what| says(what, folder, "path"));
        of_file.or_else(|| self.folders.iter().rev().find_map(of_folder))
    }

    /// The same, or else four digits that stand alone in the file's own name: good only where there is nothing else.
    pub fn likely_year(&self) -> Option<Says<i32>> {
        let numbered = is_numbered(&self.stem);
        let bare =
            || only_year(&self.stem, false).filter(|_| !numbered).map(|year| says(year, &self.stem, "file_name"));
        self.nearest(named_year, named_year).or_else(bare).or_else(|| self.year())
    }

    /// The organ that the file's name names, or the closest folder that is called like an organ.
    pub fn organ(&self) -> Option<Says<String>> {
        let titled = about::parse_title(&self.stem).and_then(|(organ, _)| organ);
        let of_file = titled.or_else(|| organ_in(&self.stem)).map(|organ| says(organ, &self.stem, "file_name"));
        of_file.or_else(|| {
            let mut folders = self.folders.iter().rev();
            folders.find_map(|folder| organ_in(folder).map(|organ| says(organ, folder, "path")))
        })
    }

    /// The divisions that folders and file name one below the other, in the year's table; those that the
    /// last name may be. Nothing where they contradict one another.
    pub fn reading(&self, year: Option<i32>) -> Option<(Vec<&'static Division>, i32)> {
        let year = division::edition(year);
        let mut ends: Vec<&'static Division> = Vec::new();
        for part in self.folders.iter().chain([&self.stem]) {
            match division_in(part, year) {
                Some(found) => ends = below(ends, found)?,
                // What is no name in short of anything here is another word.
                None => ends = in_short(part, &ends, year).unwrap_or(ends),
            }
        }
        (!ends.is_empty()).then_some((ends, year))
    }
}

fn named_year(name: &str) -> Option<i32> {
    period::stated(name).map(|period| period.year).or_else(|| only_year(name, true))
}

fn says<T>(what: T, text: &str, by: &'static str) -> Says<T> {
    Says { what, text: text.to_owned(), by }
}

/// A name without `.docx`; what stands behind a dot in 一.二 is no ending.
fn without_ending(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) => stem,
        _ => name,
    }
}

/// The only year that a name names: before 年度, else before 年, or any four digits that stand alone.
fn only_year(text: &str, said: bool) -> Option<i32> {
    let before = |word: &'static str| digit_groups(text).filter(move |(_, after)| after.trim_start().starts_with(word));
    let one = |mut years: Box<dyn Iterator<Item = (i32, &str)> + '_>| {
        let (first, _) = years.next()?;
        years.all(|(other, _)| other == first).then_some(first)
    };
    // 2021年度报告（2022年1月28日公布）.
    one(Box::new(before("年度")))
        .or_else(|| if said { one(Box::new(before("年"))) } else { one(Box::new(digit_groups(text))) })
}

/// Years as groups of exactly four digits, with what follows them.
fn digit_groups(text: &str) -> impl Iterator<Item = (i32, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    text.match_indices("20").filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let (digits, after) = text[at..].split_at_checked(4)?;
        let alone = before.is_none_or(|c| !c.is_ascii_alphanumeric()) && !after.starts_with(|c: char| is_digit(c));
        let year = digits.parse().ok().filter(|year| digits.chars().all(is_digit) && YEARS.contains(year))?;
        alone.then_some((year, after))
    })
}

/// A name without a number and a year before it, and without what kind of file it is after it.
fn bare(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic() || "年度".contains(c));
    let end = text.find(|c: char| c.is_ascii_digit() || "-_（(【[ 　".contains(c)).unwrap_or(text.len());
    let words = ["政府信息", "政务信息", "信息公开", "政务公开", "年度", "年报", "报告"];
    let end = words.iter().filter_map(|word| text[..end].find(word)).min().unwrap_or(end);
    text[..end].trim_end_matches('的')
}

/// The organ that a folder or file is called after: one whose kind its name proves, and no bare division,
/// which keeps what belongs to many.
fn organ_in(text: &str) -> Option<String> {
    let name = bare(text);
    let parts = parts(name, None);
    let whole = parts.reading.as_ref().is_some_and(|reading| reading.range.end == parts.name.len());
    let government = name.ends_with("政府");
    let told = match parts.level? {
        Level::Province | Level::Prefecture | Level::County => government,
        // 办公室 and 中心 are what any folder may be called.
        Level::Department => parts.reading.is_some() && !whole,
        Level::Ministry | Level::Township | Level::Office | Level::Vertical => true,
    };
    // 各乡镇 and 镇街道 are folders of many.
    let many = ["乡镇", "镇街", "街镇", "各"].iter().any(|word| name.contains(word));
    (told && !many && name.chars().count() >= 3).then(|| name.to_owned())
}

/// The divisions that a folder's name begins with; 广东 is a folder of 广东省.
fn division_in(text: &str, year: i32) -> Option<Vec<&'static Division>> {
    let name = bare(text);
    if let Some(reading) = division::leading(name, year) {
        return Some(reading.ends);
    }
    let province = division::leading(&format!("{name}省"), year).filter(|_| name.chars().count() <= 3)?;
    Some(province.ends)
}

/// The divisions whose name in short a folder has: below those already named, else of a prefecture.
fn in_short(text: &str, known: &[&'static Division], year: i32) -> Option<Vec<&'static Division>> {
    if short::never_counts(bare(text)) {
        return None;
    }
    let (mut found, _) = division::either(bare(text), year);
    if known.is_empty() {
        return matches!(found[..], [only] if only.tier() < Tier::County).then_some(found);
    }
    found.retain(|end| known.iter().any(|above| above.contains(end)));
    (!found.is_empty()).then_some(found)
}

/// Those of the new that are below, among or above what is known; `None` if they contradict it.
fn below(known: Vec<&'static Division>, new: Vec<&'static Division>) -> Option<Vec<&'static Division>> {
    if known.is_empty() {
        return Some(new);
    }
    let fits = |end: &&'static Division| known.iter().any(|above| above.contains(end) || above.code == end.code);
    let deeper: Vec<_> = new.iter().copied().filter(fits).collect();
    if !deeper.is_empty() {
        return Some(deeper);
    }
    let kept: Vec<_> = known.into_iter().filter(|end| new.iter().any(|above| above.contains(end))).collect();
    (!kept.is_empty()).then_some(kept)
}

/// Whether a name may say anything of a report: whether it matters for what is read out of the bytes.
#[must_use]
pub fn is_telling(source: &str) -> bool {
    let named = Named::new(source);
    let years = || [LAST_YEAR, FIRST_YEAR].into_iter();
    named.likely_year().is_some() || named.organ().is_some() || years().any(|year| named.reading(Some(year)).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(source: &str) -> Option<(i32, &'static str)> {
        Named::new(source).year().map(|says| (says.what, says.by))
    }

    #[test]
    fn a_year_is_four_digits_before_its_word() {
        assert_eq!(year("2021年/韶关市/a.docx"), Some((2021, "path")));
        assert_eq!(year("2022/武江区2021年年报.docx"), Some((2021, "file_name")));
        assert_eq!(year("2021年/2020年度/a.docx"), Some((2020, "path")));
        assert_eq!(year("2020年2021年对比.docx"), None);
        assert_eq!(year("示例局2021年度报告（2022年1月28日公布）.docx"), Some((2021, "file_name")));
        assert_eq!(year("2022/示例局20210101-20211231.docx"), Some((2021, "file_name")));
        assert_eq!(year("示例局2019.01-2019.12.zip/1.docx"), Some((2019, "path")));
        assert_eq!(year("2020年度与2021年度.docx"), None);
        assert_eq!(year("P020220120年.docx"), None);
        assert_eq!(year("docx-2021/a.docx"), None);
        let likely = |source| Named::new(source).likely_year().map(|says| (says.what, says.by));
        assert_eq!(likely("2021/a.docx"), Some((2021, "path")));
        assert_eq!(likely("docx-2021/a.docx"), None);
        assert_eq!(likely("x/武江区_2021.docx"), Some((2021, "file_name")));
        assert_eq!(likely("x/20220120.docx"), None);
        assert_eq!(likely("2021/art_2044_384731.html"), Some((2021, "path")));
        assert_eq!(likely("x/1999.docx"), None);
    }

    #[test]
    fn an_organ_is_what_is_called_like_one() {
        let organ = |source| Named::new(source).organ().map(|says| (says.what, says.by));
        let is = |name: &str, by| Some((name.to_owned(), by));
        assert_eq!(
            organ("a/韶关市武江区人民政府2021年政府信息公开工作年度报告.docx"),
            is("韶关市武江区人民政府", "file_name")
        );
        assert_eq!(organ("韶关市/武江区教育局/2021年.docx"), is("武江区教育局", "path"));
        assert_eq!(organ("2021年/示例镇/年报.docx"), is("示例镇", "path"));
        assert_eq!(organ("韶关市/武江区/a.docx"), None);
        assert_eq!(organ("办公室/中心/a.docx"), None);
        assert_eq!(organ("各乡镇/乡镇街道/a.docx"), None);
        assert_eq!(organ("01-自然资源部.pdf"), is("自然资源部", "file_name"));
    }

    #[test]
    fn folders_name_divisions_one_below_the_other() {
        let codes = |source| {
            let ends = Named::new(source).reading(Some(2021)).map(|(ends, _)| ends);
            ends.map(|ends| ends.iter().map(|end| end.code).collect::<Vec<_>>())
        };
        assert_eq!(codes("2021年/韶关市/武江区/a.docx"), Some(vec![440_203]));
        assert_eq!(codes("广东/韶关市.zip/2021年韶关市武江区年报.docx"), Some(vec![440_203]));
        assert_eq!(codes("鼓楼区/a.docx"), Some(vec![320_106, 320_302, 350_102, 410_204]));
        assert_eq!(codes("福建省/鼓楼区/a.docx"), Some(vec![350_102]));
        assert_eq!(codes("武江区/韶关市教育局.docx"), Some(vec![440_203]));
        assert_eq!(codes("韶关/曲江/a.docx"), Some(vec![440_205]));
        assert_eq!(codes("广东/韶关/武江区/a.docx"), Some(vec![440_203]));
        assert_eq!(codes("曲江/a.docx"), None, "a county alone may be a word");
        assert_eq!(codes("广州市/光明/公安/a.docx"), Some(vec![440_100]), "other words say nothing");
        assert_eq!(codes("韶关市/广州市/a.docx"), None);
        assert_eq!(codes("input.docx"), None);
    }
}
