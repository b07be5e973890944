//! Names of divisions in short: 韶关 of 韶关市, 恩施 of 恩施土家族苗族自治州.

use std::sync::LazyLock;

use super::{BY_NAME, Division, ENDINGS, called, known};

/// What a name in short leaves out, the longest first.
const KINDS: [&str; 14] =
    ["自治州", "自治县", "自治旗", "自治区", "地区", "新区", "林区", "特区", "省", "市", "县", "区", "旗", "盟"];
/// The longest name in short: 巴音郭楞, 喀喇沁左翼.
const LONGEST: usize = 6;
/// A single character is a word.
const SHORTEST: usize = 2;

/// Places in [`BY_NAME`] by the name in short, in order.
static BY_SHORT: LazyLock<Vec<(&'static str, usize)>> = LazyLock::new(|| {
    let names = BY_NAME.iter().enumerate().filter_map(|(at, division)| Some((shortened(division.name)?, at)));
    let mut names: Vec<(&'static str, usize)> = names.collect();
    names.sort_unstable();
    names
});

/// A name without its kind and the peoples whose autonomy it names; `None` where too little is left, or what is
/// left ends like a name: 沙市 of 沙市区.
pub(super) fn shortened(name: &str) -> Option<&str> {
    let kind = KINDS.iter().find(|kind| name.len() > kind.len() && name.ends_with(**kind))?;
    let mut short = &name[..name.len() - kind.len()];
    if kind.starts_with("自治") {
        short = without_peoples(short);
    }
    let length = short.chars().count();
    ((SHORTEST..=LONGEST).contains(&length) && !short.ends_with(|c| ENDINGS.contains(c))).then_some(short)
}

/// 双江 of 双江拉祜族佤族布朗族傣族: what stands before the first people, at least two characters.
fn without_peoples(name: &str) -> &str {
    let begins = PEOPLES
        .split_whitespace()
        .filter_map(|people| name.find(people))
        .filter(|at| name[..*at].chars().count() >= SHORTEST);
    begins.min().map_or(name, |at| &name[..at])
}

/// Peoples of autonomous divisions as the names of these have them.
const PEOPLES: &str = "\
    土家族 苗族 壮族 回族 藏族 彝族 瑶族 侗族 布依族 朝鲜族 满族 白族 哈尼族 傣族 黎族 傈僳族 佤族 畲族 \
    拉祜族 水族 东乡族 纳西族 景颇族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 普米族 塔吉克 怒族 鄂温克族 \
    保安族 裕固族 独龙族 鄂伦春 门巴族 珞巴族 蒙古 哈萨克 柯尔克孜 维吾尔 各族";

/// The divisions that have this name in short at the end of that year; those that it names in full are not among them.
pub(crate) fn in_short(short: &str, year: i32) -> impl Iterator<Item = &'static Division> + use<> {
    let first = BY_SHORT.partition_point(|(name, _)| *name < short);
    let same = BY_SHORT[first..].partition_point(|(name, _)| *name == short);
    BY_SHORT[first..first + same].iter().map(|(_, at)| &BY_NAME[*at]).filter(move |division| division.stands_in(year))
}

/// The divisions that have a name in full, else in short.
pub(crate) fn either(name: &str, year: i32) -> (Vec<&'static Division>, bool) {
    if !known::may_be(name) {
        return (Vec::new(), true);
    }
    let full = called(name, year);
    if full.is_empty() { (in_short(name, year).collect(), true) } else { (full, false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_short_is_without_kind_and_peoples() {
        for (name, short) in [
            ("韶关市", Some("韶关")),
            ("曲江区", Some("曲江")),
            ("恩施土家族苗族自治州", Some("恩施")),
            ("双江拉祜族佤族布朗族傣族自治县", Some("双江")),
            ("广西壮族自治区", Some("广西")),
            ("新疆维吾尔自治区", Some("新疆")),
            ("内蒙古自治区", Some("内蒙古")),
            ("博尔塔拉蒙古自治州", Some("博尔塔拉")),
            ("龙胜各族自治县", Some("龙胜")),
            ("阿里地区", Some("阿里")),
            ("沙市区", None),
            ("和县", None),
            ("东区", None),
        ] {
            assert_eq!(shortened(name), short, "{name}");
        }
    }

    #[test]
    fn what_several_divisions_are_called_in_short_is_several() {
        let codes = |short, year| in_short(short, year).map(|division| division.code).collect::<Vec<_>>();
        assert_eq!(codes("韶关", 2021), [440_200]);
        assert_eq!(codes("和平", 2021), [120_101, 210_102, 441_624]);
        assert_eq!(codes("襄樊", 2009), [420_600]);
        assert!(codes("襄樊", 2021).is_empty());
    }
}
