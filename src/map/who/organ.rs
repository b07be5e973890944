//! What an organ's name says: the divisions that it begins with, and what kind of organ it is.

use crate::division::{self, Reading, Tier};
use crate::report::Level;
use crate::template::label::simplify;

/// The departments and offices of the State Council since 2008 by their own names, and a few in short.
const MINISTRIES: &[&str] = &[
    "国务院办公厅",
    "外交部",
    "国防部",
    "国家发展和改革委员会",
    "国家发展改革委",
    "教育部",
    "科学技术部",
    "科技部",
    "工业和信息化部",
    "国家民族事务委员会",
    "国家民委",
    "公安部",
    "国家安全部",
    "监察部",
    "民政部",
    "司法部",
    "财政部",
    "人力资源和社会保障部",
    "人力资源社会保障部",
    "自然资源部",
    "国土资源部",
    "生态环境部",
    "环境保护部",
    "住房和城乡建设部",
    "住房城乡建设部",
    "交通运输部",
    "铁道部",
    "水利部",
    "农业农村部",
    "农业部",
    "商务部",
    "文化和旅游部",
    "文化部",
    "国家卫生健康委员会",
    "国家卫生健康委",
    "国家卫生和计划生育委员会",
    "国家卫生计生委",
    "卫生部",
    "国家人口和计划生育委员会",
    "退役军人事务部",
    "应急管理部",
    "中国人民银行",
    "审计署",
    "国务院国有资产监督管理委员会",
    "国务院国资委",
    "海关总署",
    "国家税务总局",
    "国家市场监督管理总局",
    "市场监管总局",
    "国家工商行政管理总局",
    "国家质量监督检验检疫总局",
    "国家广播电视总局",
    "国家广播电影电视总局",
    "国家新闻出版广电总局",
    "国家新闻出版总署",
    "新闻出版总署",
    "国家体育总局",
    "国家安全生产监督管理总局",
    "国家食品药品监督管理总局",
    "国家食品药品监督管理局",
    "国家金融监督管理总局",
    "中国证券监督管理委员会",
    "中国证监会",
    "中国银行保险监督管理委员会",
    "中国银保监会",
    "中国银行业监督管理委员会",
    "中国银监会",
    "中国保险监督管理委员会",
    "中国保监会",
    "国家统计局",
    "国家知识产权局",
    "国家国际发展合作署",
    "国家医疗保障局",
    "国家医保局",
    "国家信访局",
    "国家数据局",
    "国家旅游局",
    "国家宗教事务局",
    "国家机关事务管理局",
    "国务院参事室",
    "国务院研究室",
    "国务院法制办公室",
    "国务院港澳事务办公室",
    "国务院侨务办公室",
    "国务院扶贫开发领导小组办公室",
    "国家乡村振兴局",
    "国家粮食和物资储备局",
    "国家粮食局",
    "国家能源局",
    "国家国防科技工业局",
    "国家烟草专卖局",
    "国家移民管理局",
    "国家林业和草原局",
    "国家林业局",
    "国家铁路局",
    "中国民用航空局",
    "国家邮政局",
    "国家文物局",
    "国家中医药管理局",
    "国家疾病预防控制局",
    "国家矿山安全监察局",
    "国家煤矿安全监察局",
    "国家消防救援局",
    "国家外汇管理局",
    "国家药品监督管理局",
    "国家药监局",
    "国家公务员局",
    "国家外国专家局",
    "国家海洋局",
    "国家测绘地理信息局",
    "国家测绘局",
    "国家档案局",
    "国家保密局",
    "国家自然科学基金委员会",
    "全国社会保障基金理事会",
    "新华通讯社",
    "中国科学院",
    "中国社会科学院",
    "中国工程院",
    "国务院发展研究中心",
    "中国气象局",
    "中国地震局",
];

/// How the names of organs end that are led from above wherever they are.
const VERTICAL: &[&str] = &[
    "海关",
    "海关关区",
    "税务局",
    "气象局",
    "海事局",
    "烟草专卖局",
    "邮政管理局",
    "通信管理局",
    "调查队",
    "调查总队",
    "出入境检验检疫局",
    "出入境边防检查站",
    "出入境边防检查总站",
    "银监局",
    "银监分局",
    "保监局",
    "银保监局",
    "银保监分局",
    "证监局",
    "煤矿安全监察局",
    "矿山安全监察局",
    "铁路监督管理局",
];
/// How the names of branches end, where they begin with that of their head office.
const BRANCHES: &[&str] = &[
    "监管局",
    "监管分局",
    "监管支局",
    "监管办公室",
    "监督管理局",
    "分局",
    "分行",
    "支行",
    "管理部",
    "特派员办事处",
    "专员办事处",
    "督察局",
    "流域管理局",
    "水利委员会",
    "流域管理局",
    "地区管理局",
];

/// What a department's name ends with.
const DEPARTMENTS: &[&str] =
    &["局", "委员会", "委", "厅", "办公室", "办", "中心", "支队", "总队", "大队", "馆", "研究室", "参事室", "处"];
/// The office of a government, behind the government's name.
const OFFICES: &[&str] =
    &["人民政府办公厅", "人民政府办公室", "人民政府办", "政府办公厅", "政府办公室", "政府办", "行政公署办公室"];
/// What a government's name ends with, where it is not left out.
const GOVERNMENTS: &[&str] = &["人民政府", "行政公署", "政府"];
/// Cities whose names end like a township's.
const CITIES_LIKE_TOWNSHIPS: &[&str] = &["景德镇", "新乡", "萍乡"];

/// An organ's name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// The name in simplified characters.
    pub name: String,
    /// The divisions that it begins with.
    pub reading: Option<Reading>,
    /// The year in whose table they stand.
    pub year: i32,
    /// What kind of organ it is.
    pub level: Option<Level>,
    /// It governs something that no table has: 新区, 开发区, a district of a name unknown in that year.
    pub unlisted: bool,
}

/// Whether two names are surely of two organs: neither has the characters of the other in their order, as
/// 卫健局 are of 卫生健康局, once the divisions before them are left out.
pub(in super::super) fn differ(one: &str, other: &str) -> bool {
    let own = |name: &str| {
        let parts = parts(name, None);
        let start = parts.reading.as_ref().map_or(0, |reading| reading.range.end);
        governed(&parts.name[start..]).to_owned()
    };
    let within = |short: &str, long: &str| {
        let mut long = long.chars();
        short.chars().all(|c| long.any(|other| other == c))
    };
    let (one, other) = (own(one), own(other));
    !within(&one, &other) && !within(&other, &one)
}

/// Takes a name apart, by the table of the year, else those of the years beside it: a report of 2015 may
/// bear the name that its organ got in 2016.
pub(super) fn parts(name: &str, year: Option<i32>) -> Parts {
    let name = division::simplified(&simplify(name));
    let name = without_bracket(name.strip_prefix("中华人民共和国").unwrap_or(&name));
    let (head_office, own) = under_head_office(name);
    let (reading, used) = reading(own, year);
    let rest = reading.as_ref().map_or(own, |reading| &own[reading.range.end..]);
    let reading = reading.map(|reading| of_branch(reading, rest, used));
    let level = if MINISTRIES.contains(&name) {
        Some(Level::Ministry)
    } else if is_vertical(name, head_office.then_some(own), reading.as_ref(), used) {
        Some(Level::Vertical)
    } else if head_office {
        None
    } else {
        level(reading.as_ref(), rest)
    };
    let unlisted = level.is_none() && reading.is_some() && is_unlisted(rest);
    Parts { name: own.to_owned(), reading, year: used, level, unlisted }
}

/// 示例市民族事务委员会（宗教事务局）, 海关总署（本级机关）: what stands in brackets behind is no part of the name.
fn without_bracket(name: &str) -> &str {
    let bracket = name.rfind(['（', '(']).filter(|at| *at > 0 && name.ends_with(['）', ')']));
    bracket.map_or(name, |at| &name[..at])
}

/// 示例市生态环境局示例县分局 is of the county, where that is a part of what stands before.
fn of_branch(reading: Reading, rest: &str, year: i32) -> Reading {
    let Some((_, place)) = rest.strip_suffix("分局").and_then(|rest| rest.rsplit_once('局')) else { return reading };
    let mut ends: Vec<_> = division::named(place, year).collect();
    ends.retain(|end| reading.ends.iter().any(|above| above.contains(end)));
    if ends.is_empty() { reading } else { Reading { ends, ..reading } }
}

/// Whether a name begins with that of a head office, and what comes after it.
fn under_head_office(name: &str) -> (bool, &str) {
    if let Some(own) = of_aviation(name) {
        return (true, own);
    }
    let longest = MINISTRIES.iter().filter(|ministry| name.starts_with(**ministry)).map(|ministry| ministry.len());
    match longest.max() {
        Some(end) if end < name.len() => (true, name[end..].trim_start_matches('驻')),
        _ => (false, name),
    }
}

/// The divisions that a name begins with, in the table in which most of it is found, and that year.
pub(super) fn reading(name: &str, year: Option<i32>) -> (Option<Reading>, i32) {
    let edition = division::edition(year);
    let years: &[i32] = if year.is_some() { &[edition, edition + 1, edition - 1] } else { &[edition] };
    let mut best: (Option<Reading>, i32) = (None, edition);
    for year in years {
        let found = division::leading(name, *year);
        let length = |reading: &Option<Reading>| reading.as_ref().map_or(0, |reading| reading.range.end);
        if length(&found) > length(&best.0) {
            best = (found, *year);
        }
    }
    // 城区街道办事处 is no office of 城区: a street has a name.
    let nameless = |end: usize| ["街道", "镇人民政府", "镇政府"].iter().any(|word| name[end..].starts_with(word));
    best.0 = best.0.filter(|reading| !nameless(reading.range.end));
    best
}

/// What stands behind the head office in names of branches of the 中国民用航空局.
fn of_aviation(name: &str) -> Option<&str> {
    let own = ["中国民用航空", "民航"].iter().find_map(|office| name.strip_prefix(office))?;
    ends(own, &["管理局", "监管局"]).then_some(own)
}

fn ends(text: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| text.ends_with(ending))
}

/// Whether an organ is led from above: by its kind, or as a branch, with what its name has behind that of its head office.
fn is_vertical(name: &str, of_branch: Option<&str>, reading: Option<&Reading>, year: i32) -> bool {
    let by_kind = ends(name, VERTICAL) && !name.ends_with("地方海事局");
    // Those of cities and counties are offices of their governments.
    let of_earthquakes = name.ends_with("地震局") && reading.and_then(of_tier) == Some(Level::Province);
    // 国家粮食和物资储备局安徽局
    let of_place = |own: &str| {
        let place = own.strip_suffix('局');
        place.is_some_and(|place| reading.is_some() || !division::either(place, year).0.is_empty())
    };
    let is_branch = of_branch.is_some_and(|own| ends(name, BRANCHES) || of_place(own));
    by_kind || of_earthquakes || of_aviation(name).is_some() || is_branch
}

/// The name without 人民政府.
fn governed(text: &str) -> &str {
    GOVERNMENTS.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text)
}

/// What kind of organ the part of a name behind its divisions says.
fn level(reading: Option<&Reading>, rest: &str) -> Option<Level> {
    let head = governed(rest);
    if head.is_empty() {
        return reading.and_then(of_tier);
    }
    if ["中共", "中国共产党"].iter().any(|party| rest.starts_with(party)) || rest.contains("公司") {
        return None;
    }
    if is_township(head) {
        return Some(Level::Township);
    }
    if ends(rest, OFFICES) || (reading.is_some() && ["办公厅", "办公室"].contains(&rest)) {
        return Some(Level::Office);
    }
    if is_zone(rest) {
        return None;
    }
    if ends(rest, DEPARTMENTS) {
        return Some(Level::Department);
    }
    if reading.is_none() { of_name(head) } else { None }
}

/// The level of a government, where all divisions that it may be of are of one.
fn of_tier(reading: &Reading) -> Option<Level> {
    let tier = reading.ends.first()?.tier();
    let level = match tier {
        Tier::Province => Level::Province,
        Tier::Prefecture => Level::Prefecture,
        Tier::County => Level::County,
    };
    reading.ends.iter().all(|division| division.tier() == tier).then_some(level)
}

/// The level of a government that no table has, where its kind is in its name. A city may be of either level.
fn of_name(head: &str) -> Option<Level> {
    if head.chars().count() < 2 {
        None
    } else if ends(head, &["省", "自治区"]) {
        Some(Level::Province)
    } else if ends(head, &["自治州", "地区", "盟"]) {
        Some(Level::Prefecture)
    } else {
        ends(head, &["县", "旗"]).then_some(Level::County)
    }
}

fn is_township(head: &str) -> bool {
    let head = head.strip_prefix("人民政府").unwrap_or(head);
    if head.ends_with("地区办事处") {
        return true;
    }
    let head = ["办事处", "办"].iter().find_map(|word| head.strip_suffix(word)).unwrap_or(head);
    let named = |ending: &str| head.strip_suffix(ending).is_some_and(|name| !name.is_empty());
    ["乡", "镇", "街道", "街", "苏木"].into_iter().any(named) && !ends(head, CITIES_LIKE_TOWNSHIPS)
}

/// 管委会 of zones, which are no departments: 新区管理委员会, but not 城市管理委员会.
fn is_zone(rest: &str) -> bool {
    let area = ["管理委员会", "执行委员会", "工作委员会", "管委会"].iter().find_map(|word| rest.strip_suffix(word));
    area.is_some_and(|area| rest.ends_with("管委会") || area.ends_with(['区', '园', '城', '岛', '港', '镇']))
}

/// Whether what stands behind the divisions is a government's own area.
fn is_unlisted(rest: &str) -> bool {
    let area = ["管理委员会", "管委会"].iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(governed(rest));
    area.ends_with(['区', '县', '市', '旗', '园', '岛'])
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! organs {
        ($($name:literal $year:literal => $level:expr, $codes:expr;)*) => {
            #[test]
            fn kinds_and_divisions() {
                $({
                    let parts = parts($name, Some($year));
                    let codes: Vec<u32> =
                        parts.reading.iter().flat_map(|reading| &reading.ends).map(|end| end.code).collect();
                    let expected: &[u32] = &$codes;
                    assert_eq!((parts.level, &codes[..]), ($level, expected), "{}", $name);
                })*
            }
        };
    }

    organs! {
        "自然资源部" 2024 => Some(Level::Ministry), [];
        "国家税务总局" 2020 => Some(Level::Ministry), [];
        "国家税务总局鄂州市税务局" 2023 => Some(Level::Vertical), [420700];
        "中华人民共和国拱北海关" 2021 => Some(Level::Vertical), [];
        "韶关海事局" 2021 => Some(Level::Vertical), [];
        "韶关市地方海事局" 2015 => Some(Level::Department), [440200];
        "国家统计局韶关调查队" 2021 => Some(Level::Vertical), [];
        "审计署驻广州特派员办事处" 2021 => Some(Level::Vertical), [];
        "乐山市气象局" 2020 => Some(Level::Vertical), [511100];
        "中国气象局" 2020 => Some(Level::Ministry), [];
        "四川省地震局" 2022 => Some(Level::Vertical), [510000];
        "乐山市地震局" 2022 => Some(Level::Department), [511100];
        "太原铁路监督管理局" 2022 => Some(Level::Vertical), [];
        "民航华东地区管理局" 2022 => Some(Level::Vertical), [];
        "中国民用航空华东地区管理局" 2022 => Some(Level::Vertical), [];
        "中国民用航空局" 2022 => Some(Level::Ministry), [];
        "国家矿山安全监察局山西局" 2022 => Some(Level::Vertical), [];
        "国家粮食和物资储备局安徽局" 2022 => Some(Level::Vertical), [];
        "国家能源局华东监管局" 2020 => Some(Level::Vertical), [];
        "公安部交通管理局" 2020 => None, [];
        "广东省人民政府" 2021 => Some(Level::Province), [440000];
        "上海市" 2022 => Some(Level::Province), [310000];
        "韶关市人民政府" 2021 => Some(Level::Prefecture), [440200];
        "上海市长宁区" 2009 => Some(Level::County), [310105];
        "舒兰市人民政府" 2016 => Some(Level::County), [220283];
        "舒兰市市场监督管理局" 2016 => Some(Level::Department), [220283];
        "上海市人民政府办公厅" 2019 => Some(Level::Office), [310000];
        "湛江市人民政府地方志办公室" 2023 => Some(Level::Department), [440800];
        "上海市黄浦区人民政府打浦桥街道" 2025 => Some(Level::Township), [310101];
        "桃江县鲊埠回族乡" 2021 => Some(Level::Township), [430922];
        "石家庄市桥西区中山街道办事处" 2021 => Some(Level::Township), [130104];
        "韶关市民族事务委员会（宗教事务局）" 2020 => Some(Level::Department), [440200];
        "韶关市人民政府（市人民政府办公室）" 2020 => Some(Level::Prefecture), [440200];
        "海关总署（本级机关）" 2020 => Some(Level::Ministry), [];
        "重庆海关关区" 2020 => Some(Level::Vertical), [];
        "韶关市生态环境局翁源县分局" 2020 => Some(Level::Department), [440229];
        "韶关市公安局江北分局" 2020 => Some(Level::Department), [440200];
        "示例路街办" 2020 => Some(Level::Township), [];
        "示例里街" 2020 => Some(Level::Township), [];
        "中埠镇人民政府" 2020 => Some(Level::Township), [];
        "景德镇市人民政府" 2020 => Some(Level::Prefecture), [360200];
        "广州市国资委" 2020 => Some(Level::Department), [440100];
        "廣州市國資委" 2020 => Some(Level::Department), [440100];
        "鼓楼区人民政府" 2021 => Some(Level::County), [320106, 320302, 350102, 410204];
        "示例县人民政府" 2021 => Some(Level::County), [];
        "示例市东区人民政府" 2021 => None, [];
        "示例市人民政府办公厅" 2021 => Some(Level::Office), [];
        "沈阳市城市管理委员会" 2021 => Some(Level::Department), [210100];
        "韶关市曲江新区管理委员会" 2021 => None, [440200];
        "淮安市洪泽区人民政府" 2015 => Some(Level::County), [320813];
        "淮安市洪泽县人民政府" 2016 => Some(Level::County), [320829];
        "淮安市洪泽区人民政府" 2012 => None, [320800];
        "中共韶关市委办公室" 2021 => None, [];
        "广东示例有限责任公司韶关供电局" 2021 => None, [];
        "横琴粤澳深度合作区执行委员会" 2021 => None, [];
        "北京市朝阳区示例地区办事处" 2021 => Some(Level::Township), [110105];
        "恩施州教育局" 2021 => Some(Level::Department), [422800];
        "韶关市第一人民医院" 2021 => None, [440200];
        "市人民政府办公室" 2021 => Some(Level::Office), [];
    }

    #[test]
    fn a_zone_is_not_taken_for_its_city() {
        for name in ["韶关市曲江新区管理委员会", "淮安市洪泽区人民政府", "天津市某某开发区管委会"]
        {
            assert!(parts(name, Some(2012)).unlisted, "{name}");
        }
        assert!(!parts("韶关市武江区人民政府", Some(2012)).unlisted);
    }
}
