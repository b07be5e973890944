//! The organ's own names in its report, which say no more than 本机关.

use std::borrow::Cow;

use crate::map::chars::Bits;

/// Divisions by their endings, and what reports call them, the lowest first; a report speaks for no division above its own.
const TIERS: [(&[&str], &[&str]); 4] = [
    (
        &["街道", "镇", "乡"],
        &[
            "镇人民政府",
            "乡人民政府",
            "镇政府",
            "乡政府",
            "全街道",
            "全街",
            "我街",
            "本街",
            "我街道",
            "本街道",
            "全镇",
            "我镇",
            "本镇",
            "全乡",
            "我乡",
            "本乡",
        ],
    ),
    (&["县", "区", "旗"], &["全县", "我县", "本县", "全区", "我区", "本区", "全旗", "我旗", "本旗"]),
    (&["市", "州", "盟"], &["全市", "我市", "本市", "全州", "我州", "本州", "全盟", "我盟", "本盟"]),
    (&["省"], &["全省", "我省", "本省"]),
];
/// What offices call themselves, which in the report of a government are others.
const PARTS_OF_GOVERNMENTS: [(&str, &str); 8] = [
    ("本办", "该办"),
    ("我办", "该办"),
    ("本局", "该局"),
    ("我局", "该局"),
    ("本委", "该委"),
    ("我委", "该委"),
    ("本厅", "该厅"),
    ("我厅", "该厅"),
];
/// What departments and zones are called in short, which is no other's name.
const IN_SHORT: [(&str, &str); 36] = [
    ("大数据发展管理局", "大数据局"),
    ("大数据管理局", "大数据局"),
    ("机关事务管理局", "机关事务局"),
    ("林业和草原局", "林草局"),
    ("林业和水务局", "林水局"),
    ("林业水利局", "林水局"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("住房和城乡建设", "住建"),
    ("住房城乡建设", "住建"),
    ("发展和改革", "发改"),
    ("发展改革", "发改"),
    ("卫生健康委员会", "卫生健康委"),
    ("卫生健康委员会", "卫健委"),
    ("卫生健康局", "卫健局"),
    ("卫生和计划生育局", "卫计局"),
    ("市场监督管理局", "市场监管局"),
    ("自然资源和规划局", "资规局"),
    ("自然资源和规划局", "自规局"),
    ("文化和旅游", "文旅"),
    ("文化广电和旅游", "文广旅"),
    ("文化广电旅游", "文广旅"),
    ("退役军人事务局", "退役军人局"),
    ("医疗保障局", "医保局"),
    ("应急管理局", "应急局"),
    ("城市管理局", "城管局"),
    ("城市管理和综合执法局", "城管局"),
    ("城市管理综合执法局", "城管局"),
    ("综合行政执法局", "执法局"),
    ("工业和信息化", "工信"),
    ("教育和体育", "教体"),
    ("教育体育", "教体"),
    ("民族宗教事务局", "民宗局"),
    ("国有资产监督管理委员会", "国资委"),
    ("高新技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
];
/// What stands for every name.
const PLAIN: &str = "本机关";

/// Names of the organ, and of the whole that it speaks for, the longest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Own {
    names: Vec<Cow<'static, str>>,
    /// With what they begin.
    firsts: Bits,
    /// It is a government, of which 本局 and 本办 are a part.
    governs: bool,
}

impl Own {
    /// Of the organ as its report names it; an organ without a name has none but 我局 and 全县.
    pub fn new(organ: Option<&str>) -> Own {
        let organ: String = organ.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
        let place = organ.replace("市场", "");
        let is_of = |(ends, _): &(&[&str], _)| ends.iter().any(|end| place.contains(end));
        let tier = TIERS.iter().position(is_of).unwrap_or(TIERS.len() - 2);
        let governs =
            organ.ends_with("政府") || organ.ends_with(['省', '市', '县', '区', '旗', '州', '盟', '镇', '乡']);
        // 全县 is more than one of its bureaus.
        let speaks_for_all = governs || organ.is_empty() || organ.contains("街道");
        let called = TIERS[..=tier].iter().flat_map(|(_, called)| *called).filter(|_| speaks_for_all);
        let mut names: Vec<Cow<'static, str>> = called.map(|name| (*name).into()).collect();
        if organ.chars().count() > 2 {
            let own = names_of(&organ);
            let offices = own.iter().filter_map(|name| name.strip_suffix("办公室")).map(|name| format!("{name}办"));
            let own: Vec<String> = offices.chain(own.iter().cloned()).collect();
            let plain = own.iter().filter(|name| name.contains("人民政府"));
            names.extend(plain.map(|name| name.replace("人民政府", "政府").into()));
            names.extend(own.into_iter().map(Cow::from));
        }
        names.extend(kinds_of(&organ).into_iter().map(Cow::from));
        // In the report of a street office no other street is meant.
        if organ.contains("街道") {
            names.push("街道".into());
        }
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut firsts = Bits::default();
        let parts = PARTS_OF_GOVERNMENTS.iter().map(|(own, _)| *own).filter(|_| governs);
        names
            .iter()
            .map(|name| &**name)
            .chain(parts)
            .filter_map(|name| name.chars().next())
            .for_each(|c| firsts.add(c));
        Own { names, firsts, governs }
    }

    /// A text in which the organ calls itself 本机关.
    pub fn plain(&self, text: &str) -> String {
        let mut plain = text.to_owned();
        // Quick ways: most texts have nothing that a name begins with, and spell few of the names.
        if !text.chars().any(|c| self.firsts.may_have(c)) {
            return plain;
        }
        let mut bits = Bits::of(text);
        for name in &self.names {
            if bits.may_spell(name) && plain.contains(&**name) {
                plain = plain.replace(&**name, PLAIN);
                PLAIN.chars().for_each(|c| bits.add(c));
            }
        }
        if self.governs && plain.contains(['我', '本']) {
            for (own, part) in PARTS_OF_GOVERNMENTS.iter().filter(|(own, _)| bits.may_spell(own)) {
                plain = plain.replace(own, part);
            }
        }
        plain
    }
}

/// What an organ calls itself by its kind: 市民政局 is 市局 and 全局, a university 学校.
fn kinds_of(organ: &str) -> Vec<String> {
    const KINDS: [(&str, &[&str]); 10] = [
        ("局", &["全局"]),
        ("厅", &["全厅"]),
        ("委员会", &["全委"]),
        ("海关", &["海关", "全关", "我关", "本关"]),
        ("大学", &["学校", "全校", "我校", "本校"]),
        ("学院", &["学院", "学校", "全院", "我院", "本院"]),
        ("学校", &["学校", "全校", "我校", "本校"]),
        ("中心", &["全中心", "我中心", "本中心", "中心"]),
        ("办公室", &["办公室"]),
        ("分局", &["分局"]),
    ];
    let called = KINDS.iter().filter(|(end, _)| organ.ends_with(end)).flat_map(|(_, called)| *called);
    let tier = organ.chars().rev().find(|c| "省市县区旗州盟".contains(*c));
    let bureau = ['局', '厅'].into_iter().find(|end| organ.ends_with(*end));
    let within = tier.zip(bureau).filter(|_| !organ.contains("分局")).map(|(tier, bureau)| format!("{tier}{bureau}"));
    called.map(|name| (*name).to_owned()).chain(within).collect()
}

/// The name, and what it is called within its division: 示例县教育局, 县教育局, 教育局. A government is only called so
/// in full: 市政府 in the report of a city may be one of the organs that it sums up.
fn names_of(organ: &str) -> Vec<String> {
    let mut names = vec![organ.to_owned()];
    if organ.ends_with(|c| "省市县区旗州盟镇乡".contains(c)) {
        names.push(format!("{organ}人民政府"));
    }
    if let Some(street) = organ.strip_suffix("办事处").filter(|street| street.ends_with("街道")) {
        names.push(street.to_owned());
    }
    for (at, c) in organ.char_indices().filter(|(_, c)| "省市县区旗州盟".contains(*c)) {
        let rest = &organ[at + c.len_utf8()..];
        // 示例区人民政府北山街道办事处
        let rest = if ["办事处", "街道"].iter().any(|ending| rest.ends_with(ending)) {
            rest.strip_prefix("人民政府").unwrap_or(rest)
        } else {
            rest
        };
        let is_government = matches!(rest, "人民政府" | "政府") || rest.starts_with("场");
        if rest.chars().count() >= 3 && !is_government {
            names.extend([organ[at..].to_owned(), rest.to_owned()]);
            names.extend(rest.strip_suffix("办事处").filter(|street| street.ends_with("街道")).map(str::to_owned));
        }
    }
    for zone in ["高新技术产业开发区", "经济技术开发区"] {
        names.extend(organ.find(zone).filter(|at| *at > 0).map(|at| organ[at..].to_owned()));
    }
    // 文化和旅游 within 示例县文化和旅游局; of a zone's bureau both may be short.
    for (long, short) in IN_SHORT.iter().filter(|(long, _)| organ.contains(long)) {
        let in_short: Vec<String> =
            names.iter().filter(|name| name.contains(long)).map(|name| name.replace(long, short)).collect();
        names.extend(in_short.into_iter().filter(|name| name.chars().count() > 2));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organ_is_called_by_its_name_with_and_without_its_place() {
        let own = Own::new(Some("示例县教育局"));
        for own_name in ["示例县教育局", "县教育局", "教育局"] {
            assert_eq!(own.plain(&format!("{own_name}收到")), "本机关收到", "{own_name}");
        }
        assert_eq!(own.plain("市教育局收到"), "市本机关收到");
        assert_eq!(own.plain("县公安局、全县收到"), "县公安局、全县收到");
        assert_eq!(Own::new(Some("示例县")).plain("我县、我市、全镇"), "本机关、我市、本机关");
        let office = Own::new(Some("示例区人民政府办公室"));
        assert_eq!(office.plain("区政府办公室、区政府办、区政府"), "本机关、本机关、区政府");
        assert_eq!(Own::new(Some("示例市市场监督管理局")).plain("市场监督管理局收到"), "本机关收到");
        let street = Own::new(Some("示例市北山街道办事处"));
        assert_eq!(street.plain("北山街道、全街、示例市北山街道"), "本机关、本机关、本机关");
        let bureau = Own::new(Some("示例市林业和草原局"));
        assert_eq!(bureau.plain("市林草局、林草局、市水务局"), "本机关、本机关、市水务局");
        let zone = Own::new(Some("示例高新技术产业开发区城市管理局"));
        assert_eq!(zone.plain("高新区城市管理局、城管局"), "本机关、本机关");
        assert_eq!(Own::new(Some("示例市")).plain("市政府收到、示例市人民政府收到"), "市政府收到、本机关收到");
        assert_eq!(Own::new(Some("示例市")).plain("本办收到、本市收到"), "该办收到、本机关收到");
        assert_eq!(office.plain("本办收到"), "本办收到");
        assert_eq!(Own::new(None).plain("全市、全省"), "本机关、全省");
    }
}
