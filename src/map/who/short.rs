//! Organs whose name begins with that of a division in short: 韶关市曲江教育局, 韶关教育局.
//!
//! In short, many names are words (公安, 和平, 东方), or the beginning of other names (玄武 of 玄武湖管理局). So a name
//! in short counts only right before a word with which the names of departments begin, and words only below a
//! division that stands before them, or where the text says more.

use super::super::stream::Line;
use crate::division::{self, Division, Tier};

/// Names in short that are the beginning of departments' own names: they never count.
const NEVER: [&str; 4] = ["公安", "合作", "资源", "共和"];
/// Names in short that are words of other names as well, of zones, firms and places that no table has.
const WORDS: [&str; 62] = [
    "东方", "和平", "新城", "光明", "新华", "新兴", "前进", "友好", "友谊", "解放", "振兴", "复兴", "红旗", "红星",
    "工农", "爱民", "向阳", "朝阳", "太平", "平安", "长安", "安定", "永定", "新民", "惠民", "民乐", "富民", "富裕",
    "前锋", "站前", "老城", "老边", "港口", "河口", "运河", "海港", "湖滨", "滨海", "滨江", "滨湖", "江北", "江南",
    "江东", "河东", "河西", "城东", "城西", "城北", "城中", "城关", "城厢", "市中", "南部", "中原", "铁东", "铁西",
    "桥东", "桥西", "大同", "通州", "兴业", "比如",
];
/// What the names of departments begin with; also of those that are led from above and called after their place.
const DEPARTMENTS: [&str; 58] = [
    "人民政府",
    "政府",
    "教育",
    "财政",
    "民政",
    "公安局",
    "司法",
    "水利",
    "水务",
    "农业",
    "农牧",
    "林业",
    "交通",
    "卫生",
    "卫健",
    "统计",
    "审计",
    "商务",
    "文化",
    "文旅",
    "文体",
    "体育",
    "旅游",
    "市场监督",
    "市场监管",
    "人力资源",
    "人社",
    "自然资源",
    "国土资源",
    "规划和",
    "生态环境",
    "环境保护",
    "环保局",
    "住房",
    "住建",
    "应急管理",
    "安全生产",
    "退役军人",
    "医疗保障",
    "医保",
    "信访",
    "发展和改革",
    "发展改革",
    "发改",
    "科学技术",
    "科技",
    "工业和信息化",
    "工信",
    "经济和信息化",
    "城市管理",
    "城管",
    "行政审批",
    "国资委",
    "乡村振兴",
    "民族宗教",
    "税务局",
    "气象局",
    "调查队",
];

/// What stands behind a place in short in names of organs led from above that are of a whole province, or of a city that
/// plans for itself (计划单列市), where none is called like a province.
const OF_PROVINCES: [&str; 12] = [
    "局",
    "监管局",
    "监督管理局",
    "调查总队",
    "证监局",
    "银监局",
    "保监局",
    "银保监局",
    "煤矿安全监察局",
    "矿山安全监察局",
    "通信管理局",
    "安全监督管理局",
];
/// The same of organs of prefectures.
const OF_PREFECTURES: [&str; 4] = ["监管分局", "监管支局", "银监分局", "银保监分局"];
/// The same of organs that may be of either. Customs and maritime bureaus have waters and ports of their own, which are no
/// division's.
const OF_EITHER: [&str; 6] = ["分局", "分行", "支行", "中心支行", "邮政管理局", "烟草专卖局"];

/// Zones that are called after the place that they are a part of.
const ZONES: [&str; 8] = [
    "经济技术开发区",
    "经济开发区",
    "高新技术产业开发区",
    "高新技术产业园区",
    "高新技术开发区",
    "高新区",
    "经开区",
    "工业园区",
];

/// Whether a name in short is never taken for that of a division.
pub(super) fn never_counts(name: &str) -> bool {
    NEVER.contains(&name)
}

/// What the beginning of a name may be in short.
pub(super) struct Short {
    /// Every division that it may be; never empty.
    pub ends: Vec<&'static Division>,
    /// The name of the last, in full or in short.
    pub name: String,
    /// A division stands before it that it is a part of.
    pub below: bool,
    /// It is a word as well.
    pub word: bool,
    /// What stands behind it.
    pub rest: String,
    /// That is a zone: 昆山经济技术开发区.
    pub of_zone: bool,
}

impl Short {
    /// Whether the name alone says which it is: below another, or as the only one, of a prefecture or province.
    pub fn is_sure(&self) -> bool {
        let [only] = self.ends[..] else { return false };
        self.below || (!self.word && only.tier() < Tier::County)
    }
}

/// The divisions at the beginning of an organ's name in simplified characters, at least one of them in short; by
/// the table of that year.
pub(super) fn leading(name: &str, year: i32) -> Option<Short> {
    chain(name, &[], year, false)
}

/// The same below those already read; `short` says whether one of them was in short.
fn chain(text: &str, above: &[&'static Division], year: i32, short: bool) -> Option<Short> {
    for end in ends(text) {
        let (name, rest) = text.split_at(end);
        let (mut found, in_short) = division::either(name, year);
        found.retain(|division| above.is_empty() || above.iter().any(|above| above.contains(division)));
        let of_tier = if OF_PROVINCES.contains(&rest) {
            Some(Some(Tier::Province))
        } else if OF_PREFECTURES.contains(&rest) {
            Some(Some(Tier::Prefecture))
        } else {
            OF_EITHER.contains(&rest).then_some(None)
        };
        let from_above = of_tier.filter(|_| in_short && above.is_empty());
        if let Some(tier) = from_above {
            // A county in short before these words is too often another place.
            found.retain(|division| division.tier() != Tier::County);
            if found.iter().any(|division| Some(division.tier()) == tier) {
                found.retain(|division| Some(division.tier()) == tier);
            }
        }
        if found.is_empty() || in_short && never_counts(name) {
            continue;
        }
        if let Some(deeper) = chain(rest, &found, year, short || in_short) {
            return Some(deeper);
        }
        let firm = ["公司", "集团"].iter().any(|word| rest.contains(word));
        let of_department = !firm && DEPARTMENTS.iter().any(|word| rest.starts_with(word));
        let of_zone = ZONES.iter().any(|word| rest.starts_with(word));
        if (short || in_short) && (of_department || from_above.is_some() || of_zone || rest.is_empty()) {
            let word = in_short && WORDS.contains(&name);
            return Some(Short {
                ends: found,
                name: name.to_owned(),
                below: !above.is_empty(),
                word,
                rest: rest.to_owned(),
                of_zone,
            });
        }
    }
    None
}

/// Where a name of a division at the beginning of the text may end, the longest first.
fn ends(text: &str) -> Vec<usize> {
    let mut ends: Vec<usize> =
        text.char_indices().map(|(at, c)| at + c.len_utf8()).take(division::LONGEST_NAME).skip(1).collect();
    ends.reverse();
    ends
}

/// Of those that a name in short may be, the one that the text names: right behind the name of a division that it is
/// part of, or in full where no other has that name; or else, of a single one, the division above it.
pub(super) fn said(short: &Short, year: i32, lines: &[&Line]) -> Option<&'static Division> {
    let fits = |division: &&&'static Division| lines.iter().any(|line| names(&line.text, division, &short.name, year));
    let mut named = short.ends.iter().filter(fits);
    if let Some(first) = named.next() {
        return named.next().is_none().then_some(*first);
    }
    let own_name = |division: &&&'static Division| {
        let alone = division::named(division.name, year).nth(1).is_none();
        alone && lines.iter().any(|line| stands_in(&line.text, division.name))
    };
    let mut named = short.ends.iter().filter(own_name);
    if let Some(first) = named.next() {
        return named.next().is_none().then_some(*first);
    }
    let [only] = short.ends[..] else { return None };
    let above = only.parent(year).filter(|_| !short.word)?;
    lines.iter().any(|line| stands_in(&line.text, above.name)).then_some(only)
}

/// Whether a text names a division below one that it is a part of: 韶关市曲江, 沈阳市和平区.
fn names(text: &str, division: &Division, short: &str, year: i32) -> bool {
    let mut above = division.parent(year);
    while let Some(parent) = above {
        let whole = [format!("{}{}", parent.name, division.name), format!("{}{short}", parent.name)];
        // 沈阳市和平路: in short, the name must end where a department's begins.
        let ends_well = |at: usize, said: &str| {
            said.ends_with(division.name) || DEPARTMENTS.iter().any(|word| text[at + said.len()..].starts_with(word))
        };
        if whole.iter().any(|said| text.match_indices(said.as_str()).any(|(at, _)| ends_well(at, said))) {
            return true;
        }
        above = parent.parent(year);
    }
    false
}

/// Whether a name stands in a text, and is not the end of a longer one as 宁县 is of 绥宁县.
fn stands_in(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        name.chars().count() > 2 || before.is_none_or(|c| !c.is_alphabetic())
    })
}
