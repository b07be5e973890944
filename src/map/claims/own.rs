//! The organ's own names in its report, which say no more than 本机关.

/// Divisions by their endings, the lowest first; a report speaks for no division above its own.
const TIERS: [&[&str]; 4] = [&["街道", "镇", "乡"], &["县", "区", "旗"], &["市", "州", "盟"], &["省"]];

/// Names of the organ, and of the whole that it speaks for, the longest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Own {
    names: Vec<String>,
}

impl Own {
    /// Of the organ as its report names it; an organ without a name has none but 我局 and 全县.
    pub fn new(organ: Option<&str>) -> Own {
        let organ: String = organ.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
        let place = organ.replace("市场", "");
        let tier = TIERS.iter().position(|ends| ends.iter().any(|end| place.contains(end))).unwrap_or(TIERS.len() - 2);
        let mut names: Vec<String> = TIERS[..=tier]
            .iter()
            .flat_map(|ends| ends.iter().flat_map(|end| ["全", "我", "本"].map(|of| format!("{of}{end}"))))
            .collect();
        if organ.chars().count() > 2 {
            names.extend(names_of(&organ));
        }
        let offices: Vec<String> =
            names.iter().filter_map(|name| name.strip_suffix("办公室")).map(|name| format!("{name}办")).collect();
        names.extend(offices);
        let plain: Vec<String> = names.iter().map(|name| name.replace("人民政府", "政府")).collect();
        names.extend(plain);
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        Own { names }
    }

    /// A text in which the organ calls itself 本机关.
    pub fn plain(&self, text: &str) -> String {
        let mut plain = text.to_owned();
        for name in &self.names {
            if plain.contains(name.as_str()) {
                plain = plain.replace(name.as_str(), "本机关");
            }
        }
        plain
    }
}

/// The name, and what it is called within its division: 示例县教育局, 县教育局, 教育局. A government is only called so
/// in full: 市政府 in the report of a city may be one of the organs that it sums up.
fn names_of(organ: &str) -> Vec<String> {
    let mut names = vec![organ.to_owned()];
    if organ.ends_with(|c| "省市县区旗州盟镇乡".contains(c)) {
        names.push(format!("{organ}人民政府"));
    }
    for (at, c) in organ.char_indices().filter(|(_, c)| "省市县区旗州盟".contains(*c)) {
        let rest = &organ[at + c.len_utf8()..];
        let is_government = matches!(rest, "人民政府" | "政府") || rest.starts_with("场");
        if rest.chars().count() >= 3 && !is_government {
            names.extend([organ[at..].to_owned(), rest.to_owned()]);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organ_is_called_by_its_name_with_and_without_its_place() {
        let own = Own::new(Some("示例县教育局"));
        for own_name in ["示例县教育局", "县教育局", "教育局", "全县", "全镇"] {
            assert_eq!(own.plain(&format!("{own_name}收到")), "本机关收到", "{own_name}");
        }
        assert_eq!(own.plain("市教育局收到"), "市本机关收到");
        assert_eq!(own.plain("我县、我市"), "本机关、我市");
        assert_eq!(own.plain("县公安局、全市收到"), "县公安局、全市收到");
        let office = Own::new(Some("示例区人民政府办公室"));
        assert_eq!(office.plain("区政府办公室、区政府办、区政府"), "本机关、本机关、区政府");
        assert_eq!(Own::new(Some("示例市市场监督管理局")).plain("市场监督管理局收到"), "本机关收到");
        assert_eq!(Own::new(Some("示例市")).plain("市政府收到、示例市人民政府收到"), "市政府收到、本机关收到");
        assert_eq!(Own::new(None).plain("全市、全省"), "本机关、全省");
    }
}
