//! Which reports are of one organ: a name for it that does not depend on how it is printed.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::places::{fit, is_shared, name_of};
use crate::report::{Organ, shortest};
use crate::template::label::simplify;

/// Provinces, by which the name of a city below them may begin or not.
const PROVINCES: [&str; 27] = [
    "河北省",
    "山西省",
    "辽宁省",
    "吉林省",
    "黑龙江省",
    "江苏省",
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
    "河南省",
    "湖北省",
    "湖南省",
    "广东省",
    "海南省",
    "四川省",
    "贵州省",
    "云南省",
    "陕西省",
    "甘肃省",
    "青海省",
    "内蒙古自治区",
    "广西壮族自治区",
    "西藏自治区",
    "宁夏回族自治区",
    "新疆维吾尔自治区",
];
/// What follows 市 where it is no city: 建筑市场, 城乡市政, 村镇市容.
const NO_CITY: [&str; 4] = ["场", "容", "民", "政管"];
/// A longer name may begin with one of these where a shorter one leaves it out.
const UPPER_ENDS: [&str; 8] = ["省", "市", "自治区", "自治州", "地区", "盟", "县", "区"];

/// By what reports are grouped: the organ's name without what only print makes different.
///
/// Where organs of several places have one name, the code of the place is added (`places`), once all reports are there.
#[must_use]
pub fn key(organ: &Organ) -> String {
    let inferred = organ.inferred.as_deref().unwrap_or_default();
    key_of_name(&format!("{}{inferred}", organ.name))
}

/// The same of a name alone.
#[must_use]
pub fn key_of_name(name: &str) -> String {
    let plain = whole(with_people(&folded(name)));
    without_province(&shortest(&plain)).to_owned()
}

/// The characters of a name that print does not make different: no white space, no punctuation, simplified.
pub(super) fn folded(name: &str) -> String {
    let plain: String = name.nfkc().filter(|c| c.is_alphanumeric()).collect();
    simplify(&plain)
}

/// A name that is only that of a place stands for its government: 河口镇, 南山街道.
fn whole(name: String) -> String {
    if name.ends_with("街道") {
        name + "办事处"
    } else if name.ends_with(['省', '市', '县', '区', '镇', '乡', '州', '旗', '盟']) {
        name + "人民政府"
    } else {
        name
    }
}

/// 示例市政府办公室 is 示例市人民政府办公室, where 政府 follows the name of a place and another word does not.
fn with_people(name: &str) -> String {
    let Some((before, after)) = name.split_once("政府") else { return name.to_owned() };
    let place = before.ends_with(['省', '市', '县', '区', '乡', '镇', '州', '旗', '盟']);
    let whole = after.is_empty() || after.starts_with("办公") || after.starts_with("外事");
    if place && whole { format!("{before}人民政府{after}") } else { name.to_owned() }
}

/// 江苏省宿迁市… is 宿迁市…: no two cities have one name. Below other names the province stays.
fn without_province(name: &str) -> &str {
    let Some(rest) = PROVINCES.iter().find_map(|province| name.strip_prefix(province)) else { return name };
    let Some((city, after)) = rest.split_once('市') else { return name };
    let is_city = (2..=5).contains(&city.chars().count())
        && !city.contains(['省', '县', '区', '州', '局', '厅', '委'])
        && !NO_CITY.iter().any(|word| after.starts_with(word));
    if is_city { rest } else { name }
}

/// What is known of the reports under one key.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Their years.
    pub years: BTreeSet<i32>,
    /// The codes of their places, where they are settled.
    pub codes: BTreeSet<u32>,
}

impl Known {
    /// Whether this may be the organ of that key under a shorter name. A name that organs of several places have says
    /// nothing without the place.
    fn may_be(&self, key: &str, long: &Known) -> bool {
        (!is_shared(key) || !long.codes.is_empty()) && fit(&self.codes, &long.codes)
    }
}

/// Organs under several names: the shorter key, and the longer one that is the same organ.
///
/// 东区人民政府 is 示例市东区人民政府 where exactly one name in the panel ends with it, what stands before is the
/// name of a place, their places do not speak against it, and no year is in both: two organs would hardly take turns.
pub(super) fn merged(known: &BTreeMap<String, Known>) -> BTreeMap<String, String> {
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    known.keys().for_each(|key| keys.entry(name_of(key)).or_default().push(key));
    let mut longer: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (long, of_long) in known {
        for key in shorter(name_of(long)).filter_map(|short| keys.get(short)).flatten() {
            if known[*key].may_be(key, of_long) {
                longer.entry(key).or_default().push(long);
            }
        }
    }
    let mut taken = BTreeSet::new();
    let mut merged: BTreeMap<String, String> = BTreeMap::new();
    for (short, longer) in longer {
        let [long] = longer[..] else { continue };
        let (own, other) = (&known[short].years, &known[long].years);
        if !own.is_empty() && own.is_disjoint(other) && taken.insert(long) {
            merged.insert(short.to_owned(), long.clone());
        }
    }
    // A name that became another's cannot itself take one up.
    let shorts: BTreeSet<String> = merged.keys().cloned().collect();
    merged.retain(|_, long| !shorts.contains(long));
    merged
}

/// What a name may be shortened to: the rest after the name of a place, if that is a name of its own.
fn shorter(long: &str) -> impl Iterator<Item = &str> {
    long.char_indices()
        .skip(2)
        .map(|(at, _)| long.split_at(at))
        .filter(|(upper, short)| {
            // 人民政府 alone, or 财政局, is no name of its own.
            let named = short.contains(['市', '县', '区', '镇', '乡', '旗', '州']) || short.contains("街道");
            named && UPPER_ENDS.iter().any(|end| upper.ends_with(end))
        })
        .map(|(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_organ_has_one_key_however_it_is_printed() {
        let same = [
            ("示例市东区人民政府", "示例市东区政府"),
            ("示例市人民政府办公室", "示例市政府办公室"),
            ("江苏省宿迁市人民政府", "宿迁市人民政府"),
            ("示例市 市场监督管理局", "示例市市场监督管理局"),
            ("示例縣國資委", "示例县国资委"),
            ("示例市（东区）", "示例市(东区)"),
            ("示例市河口镇", "示例市河口镇人民政府"),
            ("南山街道", "南山街道办事处"),
            ("示例县人民政府南山街道办事处", "示例县南山街道办事处"),
            ("国家税务总局示例县税务局", "示例县税务局"),
        ];
        for (one, other) in same {
            assert_eq!(key_of_name(one), key_of_name(other));
        }
        let organ =
            Organ { name: "河口镇".to_owned(), inferred: Some("人民政府".to_owned()), by: "title".to_owned() };
        assert_eq!(key(&organ), key_of_name("河口镇政府"));
    }

    #[test]
    fn what_may_be_another_organ_keeps_its_name() {
        for name in [
            "江苏省建筑市场管理站",
            "江苏省市场监督管理局",
            "江苏省沛县人民政府",
            "江苏省城市管理局",
            "示例市政府采购中心",
            "国家税务总局",
            "国家税务总局税务局",
        ] {
            assert_eq!(key_of_name(name), name);
        }
        assert_ne!(key_of_name("示例市东区人民政府"), key_of_name("东区人民政府"));
    }

    fn places(names: &[(&str, &[i32], &[u32])]) -> BTreeMap<String, String> {
        let known = |years: &[i32], codes: &[u32]| Known {
            years: years.iter().copied().collect(),
            codes: codes.iter().copied().collect(),
        };
        merged(&names.iter().map(|(name, years, codes)| ((*name).to_owned(), known(years, codes))).collect())
    }

    fn names(names: &[(&str, &[i32])]) -> BTreeMap<String, String> {
        places(&names.iter().map(|(name, years)| (*name, *years, &[][..])).collect::<Vec<_>>())
    }

    #[test]
    fn names_of_two_places_are_two() {
        let (short, long) = ("鼓楼区教育局", "南京市鼓楼区教育局");
        assert!(places(&[(short, &[2020], &[350_102]), (long, &[2021], &[320_106])]).is_empty());
        assert_eq!(places(&[(short, &[2020], &[320_106]), (long, &[2021], &[320_106])])[short], long);
        assert_eq!(places(&[(short, &[2020], &[]), (long, &[2021], &[320_106])])[short], long);
        let of_nanjing = "鼓楼区教育局@320106";
        let shared = [
            (of_nanjing, &[2020][..], &[320_106][..]),
            ("鼓楼区教育局@350102", &[2020], &[350_102]),
            (long, &[2021], &[320_106]),
        ];
        assert_eq!(places(&shared), BTreeMap::from([(of_nanjing.to_owned(), long.to_owned())]));
        assert!(places(&[shared[0], shared[1], (long, &[2021], &[])]).is_empty(), "of no known place");
    }

    #[test]
    fn names_are_one_only_where_no_other_reading_is_left() {
        let one = names(&[("东区人民政府", &[2020]), ("示例市东区人民政府", &[2019, 2021])]);
        assert_eq!(one.get("东区人民政府").map(String::as_str), Some("示例市东区人民政府"));
        assert!(names(&[("东区人民政府", &[2020]), ("示例市东区人民政府", &[2020])]).is_empty(), "a year in both");
        let two = names(&[("东区人民政府", &[2020]), ("甲市东区人民政府", &[2019]), ("乙市东区人民政府", &[2019])]);
        assert!(two.is_empty(), "two that it may be");
        assert!(names(&[("教育局", &[2020]), ("示例市教育局", &[2019])]).is_empty(), "no name of its own");
    }
}
