//! Units that were added and may be one: an organ under two names (民政局 and 示例县民政局), or its report under that of
//! another. Only the user can tell, so all stay in the sum, and it is said.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::standing::{differing, equal, plain};
use super::{Ask, about, whole_name};
use crate::division::may_be_one;
use crate::finding::{Code, Finding, Words};
use crate::report::consolidation::Unit;
use crate::report::{Report, Standing, digits};

/// Figures other than 0 that units of like names must have in common: most units have little to report.
const LEAST_FIGURES: usize = 5;
/// Digits that the different numbers of units of other names must have together: fewer may be equal by chance.
const LEAST_DIGITS: u32 = 6;
/// What the name of a division ends with.
const DIVISION_ENDS: [char; 8] = ['省', '市', '县', '区', '旗', '州', '盟', '镇'];
/// What organs are called in full and for short, the longer ones first.
const SHORT: [(&str, &str); 26] = [
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("住房和城乡建设", "住建"),
    ("自然资源和规划", "资规"),
    ("工业和信息化", "工信"),
    ("发展和改革", "发改"),
    ("发展改革", "发改"),
    ("市场监督管理", "市场监管"),
    ("退役军人事务", "退役军人"),
    ("民族宗教事务", "民宗"),
    ("综合行政执法", "综合执法"),
    ("卫生健康", "卫健"),
    ("文化和旅游", "文旅"),
    ("文化旅游", "文旅"),
    ("教育和体育", "教体"),
    ("教育体育", "教体"),
    ("生态环境", "环境"),
    ("应急管理", "应急"),
    ("医疗保障", "医保"),
    ("交通运输", "交通"),
    ("城市管理", "城管"),
    ("农业农村", "农业"),
    ("科学技术", "科技"),
    ("行政审批服务", "审批服务"),
    ("委员会", "委"),
    ("办公室", "办"),
];

/// Added units, by position, that may be one, and why.
struct Alike {
    units: Vec<usize>,
    why: Words,
}

/// Units that may be counted twice, said with the first of each group.
pub(super) fn findings(units: &[Unit], ask: &Ask<'_>) -> Vec<Finding> {
    let added: Vec<&Unit> = units.iter().filter(|unit| unit.standing == Standing::Added).collect();
    let mut found = of_equal_figures(&added);
    let mut by_name = of_the_whole_place(&added, ask);
    by_name.extend(of_short_names(&added));
    by_name.retain(|pair| !found.iter().any(|alike| pair.units.iter().all(|at| alike.units.contains(at))));
    found.append(&mut by_name);
    found.sort_by(|a, b| a.units.cmp(&b.units));
    found.iter().map(|alike| finding(&added, alike)).collect()
}

fn finding(added: &[&Unit], Alike { units, why }: &Alike) -> Finding {
    let named = |at: &usize| {
        let (name, place) = (added[*at].name(), added[*at].place());
        if name == place { place } else { format!("“{name}” ({place})") }
    };
    let others: Vec<String> = units[1..].iter().map(named).collect();
    let others = Words::new(others.join(", "), others.join("、").replace(" (", "（").replace(')', "）"));
    about(Code::UnitAlike, added[units[0]]).detail_words("others", &others).detail_words("why", why)
}

/// Units with the same figures, where that is no chance.
fn of_equal_figures(added: &[&Unit]) -> Vec<Alike> {
    let mut same: HashMap<u64, Vec<(usize, &Report)>> = HashMap::new();
    for (at, unit) in added.iter().enumerate() {
        if let Some(report) = unit.report.as_ref().filter(|report| numbers(report) >= LEAST_FIGURES) {
            same.entry(hash(report)).or_default().push((at, report));
        }
    }
    let mut found = Vec::new();
    for mut rest in same.into_values() {
        while rest.len() > 1 {
            let (first, report) = rest.remove(0);
            let telling = digits(report.figures().map(|figure| (&figure.key, figure.value))) >= LEAST_DIGITS;
            let is_same = |at: usize| {
                let (one, other) = (added[first], added[at]);
                may_be_there(one, other) && equal(one, other) && (telling || are_alike(one, other))
            };
            let (others, left): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(at, _)| is_same(*at));
            rest = left;
            if !others.is_empty() {
                let units = [first].into_iter().chain(others.into_iter().map(|(at, _)| at)).collect();
                let why = Words::new("all their figures are equal".to_owned(), "全部数据相同".to_owned());
                found.push(Alike { units, why });
            }
        }
    }
    found
}

/// How many figures are numbers other than 0.
fn numbers(report: &Report) -> usize {
    let numbers = report.figures().filter_map(|figure| figure.value.number());
    numbers.filter(|number| !number.is_zero()).count()
}

fn hash(report: &Report) -> u64 {
    let figures: BTreeMap<&str, _> = report.figures().map(|figure| (figure.key.as_str(), figure.value)).collect();
    let mut hasher = DefaultHasher::new();
    figures.hash(&mut hasher);
    hasher.finish()
}

/// Whether two names may be of one organ: one is the end of the other, or has its characters in their order as
/// 市场监管局 has of 市场监督管理局.
fn are_alike(one: &Unit, other: &Unit) -> bool {
    let (Some(a), Some(b)) = (one.organ(), other.organ()) else { return false };
    let (a, b) = (plain(&a), plain(&b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let within = || {
        let mut long = long.chars();
        short.chars().all(|c| long.any(|other| other == c))
    };
    short.chars().count() >= 2 && short.chars().next_back() == long.chars().next_back() && within()
}

fn may_be_there(one: &Unit, other: &Unit) -> bool {
    let (Some(one), Some(other)) = (one.place_code(), other.place_code()) else { return true };
    may_be_one(one, other)
}

/// Units whose names differ by the place of the whole only: 示例县民政局 and 民政局 in a sum of 示例县.
fn of_the_whole_place(added: &[&Unit], ask: &Ask<'_>) -> Vec<Alike> {
    let names: Vec<Option<String>> = added.iter().map(|unit| unit.organ().map(|name| plain(&name))).collect();
    let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        known.entry(name.as_deref().unwrap_or_default()).or_default().push(at);
    }
    let whole = whole_name(ask).map(|name| plain(&name));
    let mut begins: BTreeMap<&str, usize> = BTreeMap::new();
    for prefix in names.iter().flatten().flat_map(|name| prefixes(name)) {
        *begins.entry(prefix).or_default() += 1;
    }
    // The place of most units is that of the whole; 东区 of one district's offices in the sum of a city is not.
    let is_whole =
        |place: &str| whole.as_deref().is_some_and(|whole| whole.ends_with(place)) || 2 * begins[place] > names.len();
    let mut found = Vec::new();
    for (long, name) in names.iter().enumerate().filter_map(|(at, name)| Some((at, name.as_deref()?))) {
        for place in prefixes(name).filter(|place| is_whole(place)) {
            let short = known.get(&name[place.len()..]).into_iter().flatten();
            for short in short.filter(|short| may_be_there(added[long], added[**short])) {
                let units = vec![long.min(*short), long.max(*short)];
                let how = ("by a place only", "仅相差地名");
                found.push(Alike { why: why(added[units[0]], added[units[1]], how), units });
            }
        }
    }
    found
}

/// Units whose names are one in full and for short: 市场监督管理局 and 市场监管局, 水利局 and 水利局（本级）.
fn of_short_names(added: &[&Unit]) -> Vec<Alike> {
    let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, unit) in added.iter().enumerate() {
        if let Some(name) = unit.organ() {
            known.entry(short(&plain(&name))).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for units in known.values().filter(|units| units.len() > 1) {
        let (first, others) = (units[0], &units[1..]);
        let others: Vec<usize> = others.iter().copied().filter(|at| may_be_there(added[first], added[*at])).collect();
        if let [other, ..] = others[..] {
            let how = ("only as a full name and a short one do", "仅有全称与简称之别");
            found.push(Alike { why: why(added[first], added[other], how), units: [vec![first], others].concat() });
        }
    }
    found
}

/// A name with every part of it for short.
fn short(name: &str) -> String {
    let name = name.strip_suffix("本级").unwrap_or(name);
    SHORT.iter().fold(name.to_owned(), |name, (full, short)| name.replace(full, short))
}

/// The places that a name may begin with: something stands before what kind of place it is, and something after it.
fn prefixes(name: &str) -> impl Iterator<Item = &str> {
    let ends = name.char_indices().skip(1).filter(|(_, c)| DIVISION_ENDS.contains(c)).map(|(at, c)| at + c.len_utf8());
    ends.filter(|end| *end < name.len()).map(|end| &name[..end])
}

fn why(one: &Unit, other: &Unit, (how, zh): (&str, &str)) -> Words {
    let figures = match differing(one, &[other]) {
        0 => ("all their figures are equal".to_owned(), "全部数据相同".to_owned()),
        1 => ("one figure differs".to_owned(), "有1项数据不同".to_owned()),
        count => (format!("{count} figures differ"), format!("有{count}项数据不同")),
    };
    Words::new(format!("their names differ {how}, and {}", figures.0), format!("名称{zh}，{}", figures.1))
}
