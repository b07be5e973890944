//! The divisions of the country by year: names and six-digit codes (GB/T 2260) as the Ministry of Civil
//! Affairs publishes them, at the end of each year from [`FIRST_YEAR`] to [`LAST_YEAR`].
//!
//! `table.txt` is made by `table.py` and embedded; it is read once, when a name is first looked up. A
//! look-up takes the time of the text it is given: names are found by halving, at ends of names only, and few texts that
//! are no names are looked for at all.

mod known;
mod listed;
mod places;
mod short;

use std::ops::Range;
use std::sync::LazyLock;

pub use listed::{Listed, may_be_one};
pub use places::{Places, PlacesError};
pub(crate) use short::either;

const TABLE: &str = include_str!("table.txt");
/// Traditional characters of names, each followed by the simplified one.
const TRADITIONAL: &str = include_str!("traditional.txt");
/// The first year of the table: the one before the first reports, for names that went in their year.
pub const FIRST_YEAR: i32 = 2007;
/// The last year of the table.
pub const LAST_YEAR: i32 = 2025;
/// The longest name has so many characters: 双江拉祜族佤族布朗族傣族自治县.
pub(crate) const LONGEST_NAME: usize = 15;
/// What names end with.
const ENDINGS: &str = "县区市旗州省盟";

/// A division: a code that had a name for some years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// Six digits: province, prefecture, county, two digits each.
    pub code: u32,
    /// Its own name, without those above it.
    pub name: &'static str,
    years: (i32, i32),
}

/// Where a division stands among the three levels of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// 省, 自治区, 直辖市, 特别行政区: `440000`.
    Province,
    /// 地级市, 地区, 自治州, 盟: `440200`.
    Prefecture,
    /// 县, 县级市, 市辖区, 旗 and their like: `440203`.
    County,
}

impl Division {
    /// Its level.
    #[must_use]
    pub fn tier(&self) -> Tier {
        match (self.code % 10_000, self.code % 100) {
            (0, _) => Tier::Province,
            (_, 0) => Tier::Prefecture,
            _ => Tier::County,
        }
    }

    /// Whether the other is below it.
    #[must_use]
    pub fn contains(&self, other: &Division) -> bool {
        let span = match self.tier() {
            Tier::Province => 10_000,
            Tier::Prefecture => 100,
            Tier::County => return false,
        };
        other.code != self.code && other.code / span == self.code / span
    }

    /// The division that it is a part of in that year; none of a province.
    #[must_use]
    pub fn parent(&self, year: i32) -> Option<&'static Division> {
        let above = |span: u32| of_code(self.code / span * span, year).filter(|above| above.contains(self));
        // Districts of Beijing and counties that belong to no prefecture have none but the province.
        above(100).or_else(|| above(10_000))
    }

    /// Its name with those above it: 广东省韶关市武江区.
    #[must_use]
    pub fn full_name(&self, year: i32) -> String {
        let above = self.parent(year).map_or_else(String::new, |parent| parent.full_name(year));
        above + self.name
    }

    fn stands_in(&self, year: i32) -> bool {
        (self.years.0..=self.years.1).contains(&year)
    }
}

/// The table, in the order of the bytes of the names.
static BY_NAME: LazyLock<Vec<Division>> = LazyLock::new(|| TABLE.lines().filter_map(row).collect());
/// Places in [`BY_NAME`], in the order of codes.
static BY_CODE: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let mut places: Vec<usize> = (0..BY_NAME.len()).collect();
    places.sort_by_key(|at| BY_NAME[*at].code);
    places
});

/// A line of the table; `None` of one that is a comment.
fn row(line: &'static str) -> Option<Division> {
    let mut words = line.split(' ');
    let code = words.next()?.parse().ok()?;
    let name = words.next()?;
    let years = words.next().and_then(|years| years.split_once('-'));
    let years = years.and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
    Some(Division { code, name, years: years.unwrap_or((FIRST_YEAR, LAST_YEAR)) })
}

static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut characters = TRADITIONAL.trim_end().chars();
    std::iter::from_fn(|| Some((characters.next()?, characters.next()?))).collect()
});

/// Lays out the table once a process, ahead of the first look.
pub(crate) fn prepare() {
    known::prepare();
}

/// A text with the traditional characters that names are written with made simplified, one for one.
#[must_use]
pub fn simplified(text: &str) -> String {
    let one = |c: char| match SIMPLIFIED.binary_search_by_key(&c, |pair| pair.0) {
        Ok(at) => SIMPLIFIED[at].1,
        Err(_) => c,
    };
    text.chars().map(one).collect()
}

/// The year whose table serves for a report of that year: its own, else the closest; the newest for an
/// unknown one. Whoever uses it says which it was.
#[must_use]
pub fn edition(year: Option<i32>) -> i32 {
    year.map_or(LAST_YEAR, |year| year.clamp(FIRST_YEAR, LAST_YEAR))
}

/// The divisions that had this name at the end of that year.
pub fn named(name: &str, year: i32) -> impl Iterator<Item = &'static Division> + use<> {
    let first = BY_NAME.partition_point(|division| division.name < name);
    // Few names are those of several: looking at the next is quicker than halving what follows.
    let same = BY_NAME[first..].iter().take_while(|division| division.name == name).count();
    BY_NAME[first..first + same].iter().filter(move |division| division.stands_in(year))
}

/// The same, also by what people call an autonomous division: 恩施州 of 恩施土家族苗族自治州, 门源县 of 门源回族自治县.
fn called(name: &str, year: i32) -> Vec<&'static Division> {
    if !known::may_be(name) {
        return Vec::new();
    }
    let found: Vec<_> = named(name, year).collect();
    let kinds = [('州', "自治州"), ('县', "自治县"), ('旗', "自治旗")];
    let short = kinds.into_iter().find_map(|(end, kind)| Some((name.strip_suffix(end)?, kind)));
    let Some((short, kind)) = short.filter(|(short, _)| found.is_empty() && short.chars().count() >= 2) else {
        return found;
    };
    let first = BY_NAME.partition_point(|division| division.name < short);
    let begin = BY_NAME[first..].iter().take_while(|division| division.name.starts_with(short));
    let named =
        begin.filter(|division| division.name.ends_with(kind) && short::shortened(division.name) == Some(short));
    named.filter(|division| division.stands_in(year)).collect()
}

/// The division that had this code at the end of that year.
#[must_use]
pub fn of_code(code: u32, year: i32) -> Option<&'static Division> {
    with_code(code).find(|division| division.stands_in(year))
}

/// The division that had this code in the year closest to that one, and that year.
#[must_use]
pub fn of_code_near(code: u32, year: i32) -> Option<(&'static Division, i32)> {
    let near = |division: &'static Division| (division, year.clamp(division.years.0, division.years.1));
    with_code(code).map(near).min_by_key(|(_, other)| (other - year).abs())
}

/// Whether both codes were in force in one year: then they are of two divisions, and neither took the other's place.
#[must_use]
pub fn stood_together(one: u32, other: u32) -> bool {
    let overlap = |a: &Division, b: &Division| a.years.0 <= b.years.1 && b.years.0 <= a.years.1;
    with_code(one).any(|a| with_code(other).any(|b| overlap(a, b)))
}

fn with_code(code: u32) -> impl Iterator<Item = &'static Division> {
    let first = BY_CODE.partition_point(|at| BY_NAME[*at].code < code);
    BY_CODE[first..].iter().map(|at| &BY_NAME[*at]).take_while(move |division| division.code == code)
}

/// Names of divisions found one after the other in a text, each below the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Every division that the last name may be; never empty.
    pub ends: Vec<&'static Division>,
    /// What of the text the names take up, in bytes.
    pub range: Range<usize>,
}

/// The names of divisions that a text in simplified characters begins with: 韶关市武江区 of
/// 韶关市武江区教育局.
#[must_use]
pub fn leading(text: &str, year: i32) -> Option<Reading> {
    // A province in short counts only before one of its parts: 海南 is no 海南省.
    longer(text, year, None)
        .or_else(|| province_in_short(text, year).and_then(|province| longer(text, year, Some(province))))
}

/// A reading with the names that follow; `None` if none does.
fn longer(text: &str, year: i32, mut reading: Option<Reading>) -> Option<Reading> {
    let before = reading.as_ref().map_or(0, |reading| reading.range.end);
    loop {
        let start = reading.as_ref().map_or(0, |reading| reading.range.end);
        match name_at(&text[start..], year, reading.as_ref()) {
            Some((ends, length)) => reading = Some(Reading { ends, range: 0..start + length }),
            None => return reading.filter(|_| start > before),
        }
    }
}

/// 广西 before 崇左市, 江苏 before 徐州市: the name of a province without what kind it is.
fn province_in_short(text: &str, year: i32) -> Option<Reading> {
    const KINDS: [&str; 6] = ["省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区"];
    let of = |short: &str| {
        let first = BY_NAME.partition_point(|division| division.name < short);
        let begin = BY_NAME[first..].iter().map_while(|division| Some((division, division.name.strip_prefix(short)?)));
        let mut whole = begin.filter(|(division, kind)| division.tier() == Tier::Province && KINDS.contains(kind));
        whole.find_map(|(division, _)| division.stands_in(year).then_some(division))
    };
    // 广西 and 江苏, 内蒙古 and 黑龙江.
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(2).take(2);
    let reading = |end: usize| {
        let next = text[end..].chars().next().is_some_and(|next| !"省市自壮回维".contains(next));
        next.then(|| of(&text[..end])).flatten().map(|division| Reading { ends: vec![division], range: 0..end })
    };
    ends.into_iter().find_map(reading)
}

/// The longest name at the beginning of a text that is one below those already read, with its length.
fn name_at(text: &str, year: i32, above: Option<&Reading>) -> Option<(Vec<&'static Division>, usize)> {
    let ends = text.char_indices().take(LONGEST_NAME).filter(|(_, c)| ENDINGS.contains(*c));
    let ends: Vec<usize> = ends.map(|(at, c)| at + c.len_utf8()).collect();
    ends.into_iter().rev().find_map(|end| {
        let found = below(called(&text[..end], year), above);
        (!found.is_empty()).then_some((found, end))
    })
}

fn below(found: Vec<&'static Division>, above: Option<&Reading>) -> Vec<&'static Division> {
    let fits =
        |division: &&Division| above.is_none_or(|above| above.ends.iter().any(|possible| possible.contains(division)));
    found.into_iter().filter(fits).collect()
}

/// What stands before a name that belongs to a division that the table does not have: 示例市 before 东区.
const OWNERS: &str = "省市区县州盟旗";

/// The names of divisions that a text in simplified characters ends with: 凉州区 of 现公布凉州区.
/// A name that may be the end of another word is none.
#[must_use]
pub fn trailing(text: &str, year: i32) -> Option<Reading> {
    trailing_of(text, year, Tier::County as usize)
}

/// The same with at most so many names above the last: no more than there are levels.
fn trailing_of(text: &str, year: i32, levels: usize) -> Option<Reading> {
    if !text.ends_with(|c| ENDINGS.contains(c)) {
        return None;
    }
    let starts = text.char_indices().rev().map(|(at, _)| at).take(LONGEST_NAME).skip(1);
    let starts: Vec<usize> = starts.collect();
    starts.into_iter().rev().find_map(|start| {
        let found = called(&text[start..], year);
        if found.is_empty() {
            return None;
        }
        let before = &text[..start];
        let above = if levels > 0 { trailing_of(before, year, levels - 1) } else { None };
        let part = below(found.clone(), above.as_ref());
        match above {
            Some(above) if !part.is_empty() => Some(Reading { ends: part, range: above.range.start..text.len() }),
            _ if stands_alone(before, &text[start..]) => Some(Reading { ends: found, range: start..text.len() }),
            _ => None,
        }
    })
}

/// Whether a name is one without the name of what it belongs to before it.
fn stands_alone(before: &str, name: &str) -> bool {
    match before.chars().next_back() {
        None => true,
        Some(last) if OWNERS.contains(last) => false,
        // 东区 ends 浦东区, 和县 ends 共和县.
        Some(last) => !last.is_alphanumeric() || name.chars().count() > 2,
    }
}

#[cfg(test)]
mod tests;
