//! What a page says of itself beside its text: its title and its date of publication, as its `title` and `meta` elements
//! have them. Sites of governments write the latter as 政府网站发展指引 (2017) asks: `ArticleTitle`, `PubDate`.
//!
//! Weaker than the text, since whoever enters a page into a site writes them anew; stronger than a file's name.

use super::about::{self, Title};
use crate::document::{AsideKind, Document};

/// Names of metas that have the title.
const TITLES: [&str; 3] = ["articletitle", "og:title", "dc.title"];
/// Names of metas that have the date.
const DATES: [&str; 3] = ["pubdate", "publishdate", "dc.date"];
/// More bytes than a title has with its site and its columns.
const LONGEST: usize = 600;
/// What stands before the name of a site.
const BEFORE_SITES: [char; 5] = ['-', '_', '—', '–', '|'];

/// A page's own words.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub title: Option<Title>,
    /// The title is one that the site has in its records. A `title` alone may be left over from another file, as Word leaves
    /// it: it is all there is where the text says nothing, and contradicts nothing.
    pub of_site: bool,
    /// A date and whatever follows it, as written.
    pub published: Option<String>,
}

impl Page {
    pub fn of(document: &Document) -> Self {
        if document.format != "html" {
            return Page::default();
        }
        let metas = document.asides.iter().filter(|aside| aside.kind == AsideKind::Meta);
        let metas: Vec<(&str, &str)> = metas.filter_map(|aside| aside.text.split_once(": ")).collect();
        let named = |names: &[&str]| {
            let known = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
            metas.iter().filter(move |(name, _)| known(name)).map(|(_, content)| *content).collect::<Vec<_>>()
        };
        let of_page = document.asides.iter().filter(|aside| aside.kind == AsideKind::Title);
        let recorded = named(&TITLES).into_iter().find_map(title);
        let of_site = recorded.is_some();
        let title = recorded.or_else(|| of_page.into_iter().find_map(|aside| title(&aside.text)));
        Page { title, of_site, published: named(&DATES).first().map(|date| (*date).to_owned()) }
    }
}

/// The title of a report, with or without names of the site and its columns behind it.
fn title(text: &str) -> Option<Title> {
    if text.len() > LONGEST {
        return None;
    }
    let ends = text.match_indices(BEFORE_SITES).map(|(at, _)| at).chain([text.len()]);
    ends.map(|end| text[..end].trim()).find_map(|text| about::parse(&about::compact(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Aside;

    fn page(asides: &[(AsideKind, &str)]) -> Page {
        let aside = |(kind, text): &(AsideKind, &str)| Aside { kind: *kind, text: (*text).to_owned() };
        let asides = asides.iter().map(aside).collect();
        Page::of(&Document { format: "html".to_owned(), asides, ..Document::default() })
    }

    #[test]
    fn the_title_of_a_page_ends_before_its_site() {
        for text in [
            "示例市2022年政府信息公开工作年度报告",
            "示例市2022年政府信息公开工作年度报告_示例市人民政府门户网站",
            "示例市2022年政府信息公开工作年度报告 - 年报 - 示例市人民政府",
            "示例市2022年政府信息公开工作年度报告|年报_示例市",
        ] {
            let title = page(&[(AsideKind::Title, text)]).title.unwrap_or_else(|| panic!("{text}"));
            assert_eq!((title.organ.as_deref(), title.year), (Some("示例市"), Some(2022)), "{text}");
        }
        for text in ["政府信息公开年报-示例市人民政府", "示例市人民政府门户网站", "年报"] {
            assert!(page(&[(AsideKind::Title, text)]).title.is_none_or(|title| title.organ.is_none()), "{text}");
        }
    }

    #[test]
    fn a_title_of_nothing_but_marks_costs_nothing() {
        assert!(page(&[(AsideKind::Title, &"-报告".repeat(1_000_000))]).title.is_none());
    }

    #[test]
    fn metas_come_before_the_title() {
        let page = page(&[
            (AsideKind::Title, "示例县2021年政府信息公开工作年度报告"),
            (AsideKind::Meta, "ArticleTitle: 示例市2022年政府信息公开工作年度报告"),
            (AsideKind::Meta, "PubDate: 2023-01-18 09:30"),
        ]);
        assert_eq!(page.title.and_then(|title| title.year), Some(2022));
        assert_eq!(page.published.as_deref(), Some("2023-01-18 09:30"));
    }
}
