//! What the name of an organ proves about its level, and nothing more.
//!
//! Names mislead: 镇江市 and 景德镇市 are no townships, 住房和城乡建设局 is no 乡, 市中区 is a
//! district, 自治区 a province. So a level is said only where the name leaves no doubt; districts
//! of the four municipalities, new areas (新区), development zones and plain cities (县级市 or
//! 地级市?) are left open.

/// The level of an organ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// 乡, 镇, 街道.
    Township,
    /// 县, 自治县, 旗, 市辖区 of a named city, and their departments.
    County,
    /// The name does not decide it.
    Open,
}

/// Cities with districts whose names end like a township's.
const CITIES_LIKE_TOWNSHIPS: [&str; 3] = ["景德镇", "新乡", "萍乡"];
/// Their districts are left open: 浦东新区 has powers of its own.
const MUNICIPALITIES: [&str; 4] = ["北京市", "上海市", "天津市", "重庆市"];
/// What stands before 区 where it is no district: 新区, 开发区, 高新技术区, 园区, 保税区, 合作区,
/// 示范区, 特区, 地区, 林区, 管理区, 试验区, 度假区, 风景区, 名胜区, 功能区, 自治区, 港区, 集聚区, 工业区.
const NO_DISTRICT: &str = "新发术园税作范特地林理验假景胜能治港聚业";
/// What stands before 县 where it is no county of that name: 市县, 省县, 各县, 郊县, 区县.
const NO_COUNTY_BEFORE: &str = "市省各郊区";
/// What follows 县 where it is no county: 县域, 县级, 县乡, 县区.
const NO_COUNTY_AFTER: &str = "域级乡区";

/// The level that a name proves.
pub(super) fn level(name: &str) -> Level {
    let head = ["人民政府", "政府"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    if is_township(head) {
        Level::Township
    } else if is_county(name) || head.ends_with('旗') || is_district(head) {
        Level::County
    } else {
        Level::Open
    }
}

fn is_township(head: &str) -> bool {
    let ends =
        ["乡", "镇", "街道", "苏木"].iter().any(|end| head.strip_suffix(end).is_some_and(|name| !name.is_empty()));
    let city = CITIES_LIKE_TOWNSHIPS.iter().any(|city| head.ends_with(city));
    (ends && !city) || head.contains("街道办")
}

/// A county anywhere in the name: departments bear the county's name first.
fn is_county(name: &str) -> bool {
    let counts = |(at, county): (usize, &str)| {
        let before = name[..at].chars().next_back();
        let after = name[at + county.len()..].chars().next();
        before.is_some_and(|before| !NO_COUNTY_BEFORE.contains(before))
            && after.is_none_or(|after| !NO_COUNTY_AFTER.contains(after))
    };
    name.match_indices('县').any(counts)
}

/// A district under a city that the name gives: 示例市示例区, not 示例区 alone.
fn is_district(head: &str) -> bool {
    let Some(district) = head.strip_suffix('区') else { return false };
    let Some((city, own)) = district.split_once('市') else { return false };
    let municipal = MUNICIPALITIES.iter().any(|city| head.starts_with(city));
    !municipal && !city.is_empty() && own.chars().next_back().is_some_and(|last| !NO_DISTRICT.contains(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! levels {
        ($($name:literal => $level:ident;)*) => {
            #[test]
            fn a_level_is_said_only_where_the_name_proves_it() {
                $(assert_eq!(level($name), Level::$level, $name);)*
            }
        };
    }

    levels! {
        "中埠镇人民政府" => Township;
        "中埠镇" => Township;
        "示例县某某镇政府" => Township;
        "某某民族乡" => Township;
        "某某街道办事处" => Township;
        "某某街道" => Township;
        "示例县人民政府" => County;
        "某某自治县" => County;
        "示例县教育局" => County;
        "示例县住房和城乡建设局" => County;
        "某某自治旗人民政府" => County;
        "某某旗" => County;
        "杭州市西湖区人民政府" => County;
        "济南市市中区" => County;
        "赣州市赣县区" => County;
        "示例县市场监督管理局" => County;
        "景德镇市人民政府" => Open;
        "景德镇" => Open;
        "新乡" => Open;
        "镇江市" => Open;
        "桐乡市" => Open;
        "示例市住房和城乡建设局" => Open;
        "示例市乡村振兴局" => Open;
        "上海市黄浦区人民政府" => Open;
        "上海市政府办公厅" => Open;
        "西湖区人民政府" => Open;
        "市中区人民政府" => Open;
        "浦东新区" => Open;
        "示例市高新技术产业开发区" => Open;
        "广西壮族自治区" => Open;
        "示例省县域经济办公室" => Open;
        "示例市市县联络办公室" => Open;
        "县" => Open;
        "" => Open;
    }
}
