//! Names of one organ, by what every organ of its kind is called.

use std::borrow::Cow;

/// A name without what other reports of the same organ leave out: 国家税务总局示例县税务局 is 示例县税务局, and
/// 示例县人民政府南山街道办事处 is 示例县南山街道办事处.
pub fn shortest(name: &str) -> Cow<'_, str> {
    const TAXES: &str = "税务局";
    let own = name.strip_prefix("国家税务总局").filter(|own| own.ends_with(TAXES) && own.len() > TAXES.len());
    if let Some(own) = own {
        return own.into();
    }
    match name.split_once("人民政府") {
        Some((place, office)) if !place.is_empty() && office.ends_with("街道办事处") => {
            [place, office].concat().into()
        }
        _ => name.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_only_what_says_nothing() {
        for (name, short) in [
            ("国家税务总局示例县税务局", "示例县税务局"),
            ("示例县人民政府南山街道办事处", "示例县南山街道办事处"),
            ("国家税务总局", "国家税务总局"),
            ("国家税务总局税务局", "国家税务总局税务局"),
            ("示例县人民政府办公室", "示例县人民政府办公室"),
            ("人民政府南山街道办事处", "人民政府南山街道办事处"),
        ] {
            assert_eq!(shortest(name), short);
        }
    }
}
