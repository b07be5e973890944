//! Page numbers and repeated heads and feet → asides.

use std::collections::{HashMap, HashSet};

use super::line::Line;
use super::sheet::{Item, Sheet};
use super::tolerance::{HEAD_SIZE, MARGIN, SAME_HEIGHT, SMALL};
use crate::document::{Aside, AsideKind};

/// So many lines at the top and bottom of a page may be heads and feet.
const MOST_LINES: usize = 3;

/// Takes them out of the pages; each text is kept once.
pub(super) fn remove(sheets: &mut [Sheet]) -> Vec<Aside> {
    let candidates: Vec<Vec<Candidate>> = sheets.iter().map(candidates).collect();
    let numbered = numbering(&candidates);
    let repeated = repeated(&candidates, usual_size(sheets));
    let mut asides = Vec::new();
    let mut known = HashSet::new();
    for (sheet, candidates) in sheets.iter_mut().zip(&candidates) {
        let out: Vec<&Candidate> =
            candidates.iter().filter(|line| numbered(line) || repeated.contains(&(line.page, line.item))).collect();
        for line in &out {
            let aside = Aside { kind: line.kind, text: line.text.clone() };
            if known.insert(aside.clone()) {
                asides.push(aside);
            }
        }
        let mut at = 0;
        sheet.items.retain(|_| {
            at += 1;
            !out.iter().any(|line| line.item == at - 1)
        });
        let askew = std::mem::take(&mut sheet.askew);
        let aside = Aside { kind: AsideKind::Header, text: askew };
        if !aside.text.trim().is_empty() && known.insert(aside.clone()) {
            asides.push(aside);
        }
    }
    asides
}

/// A line that may be a head or foot.
struct Candidate {
    kind: AsideKind,
    page: u32,
    /// Place among the items of its page.
    item: usize,
    text: String,
    /// From the border of the page that it stands near to.
    height: f32,
    size: f32,
}

fn candidates(sheet: &Sheet) -> Vec<Candidate> {
    let line_at = |item: usize| match &sheet.items[item] {
        Item::Line(line) => Some((item, line)),
        Item::Table(_) => None,
    };
    let zone = MARGIN * sheet.height;
    let top = (0..sheet.items.len()).map_while(line_at).take(MOST_LINES).filter(|(_, line)| line.area.y1 <= zone);
    let bottom = (0..sheet.items.len()).rev().map_while(line_at).take(MOST_LINES);
    let bottom = bottom.filter(|(_, line)| line.area.y0 >= sheet.height - zone);
    let candidate = |kind, item, line: &Line, height| Candidate {
        kind,
        page: sheet.page,
        item,
        text: line.text(),
        height,
        size: line.size,
    };
    let top = top.map(|(item, line)| candidate(AsideKind::Header, item, line, line.area.y0));
    top.chain(bottom.map(|(item, line)| candidate(AsideKind::Footer, item, line, sheet.height - line.area.y1)))
        .collect()
}

/// Font size of most characters.
fn usual_size(sheets: &[Sheet]) -> f32 {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for line in sheets.iter().flat_map(|sheet| &sheet.items).filter_map(as_line) {
        let length: usize = line.stretches.iter().map(|stretch| stretch.text.len()).sum();
        *counts.entry((line.size * 10.0) as u32).or_default() += length;
    }
    let most = counts.into_iter().max_by_key(|(size, count)| (*count, *size));
    most.map_or(f32::MAX, |(size, _)| size as f32 / 10.0)
}

fn as_line(item: &Item) -> Option<&Line> {
    match item {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    }
}

/// A page number, and whether marks around it say that it is one.
fn number(text: &str) -> Option<(u32, bool)> {
    let folded: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let is_mark = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '·' | '~' | '─');
    let bare = folded.trim_matches(is_mark);
    let marked = bare.len() < folded.len() && folded.starts_with(is_mark) && folded.ends_with(is_mark);
    let (first, rest) = digits(bare.trim_start_matches('第').trim_start_matches("Page"))?;
    let worded = bare.starts_with('第') && rest.starts_with('页') || bare.starts_with("Page");
    let rest = rest.trim_start_matches('页').trim_start_matches(['/', ',', '，', '共', '|']).trim_start_matches("of");
    let rest = digits(rest).map_or(rest, |(_, rest)| rest);
    let whole = rest.trim_end_matches('页').is_empty();
    let counted = bare.contains('/') || bare.contains("页共") || bare.contains("of");
    whole.then_some((first, marked || worded || counted))
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// The number that a text begins with, of no more digits than pages have, and what follows.
fn digits(text: &str) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &text[..text.len() - rest.len()];
    if number.len() > 4 { None } else { number.parse().ok().map(|number| (number, rest)) }
}

/// Which lines are page numbers: marked ones, and bare ones that count with the pages.
fn numbering(candidates: &[Vec<Candidate>]) -> impl Fn(&Candidate) -> bool + use<> {
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    for line in candidates.iter().flatten() {
        if let Some((number, _)) = number(&line.text) {
            *offsets.entry(i64::from(number) - i64::from(line.page)).or_default() += 1;
        }
    }
    move |line| {
        number(&line.text).is_some_and(|(number, marked)| {
            marked || offsets.get(&(i64::from(number) - i64::from(line.page))).is_some_and(|count| *count > 1)
        })
    }
}

/// Whether two lines say the same, but for numbers that count with their pages. Years may count so, too, and mean
/// something else.
fn same_but_pages(a: &Candidate, b: &Candidate) -> bool {
    let counts = |a_number: &str, b_number: &str| {
        let short = |number: &&str| number.len() < 4;
        let offset = |number: &str, page: u32| {
            let number: i64 = Some(number).filter(short)?.parse().ok()?;
            Some(number - i64::from(page))
        };
        offset(a_number, a.page).is_some_and(|a_offset| offset(b_number, b.page) == Some(a_offset))
    };
    let (mut a_parts, mut b_parts) = (parts(&a.text), parts(&b.text));
    loop {
        match (a_parts.next(), b_parts.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || counts(a, b) => {}
            _ => return false,
        }
    }
}

/// Numbers, and what stands between them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()).scan(0, |at, part| {
        let start = *at;
        *at += part.len();
        text.get(start..*at)
    })
}

/// Lines that stand alike on one page and the next, their page numbers apart.
fn repeated(candidates: &[Vec<Candidate>], usual: f32) -> HashSet<(u32, usize)> {
    let mut found = HashSet::new();
    let same = |a: &Candidate, b: &Candidate| {
        a.kind == b.kind
            && (a.height - b.height).abs() <= SAME_HEIGHT
            && a.size <= SMALL.max(HEAD_SIZE * usual)
            && same_but_pages(a, b)
    };
    for pair in candidates.windows(2) {
        for line in &pair[0] {
            if let Some(again) = pair[1].iter().find(|other| same(line, other)) {
                found.extend([(line.page, line.item), (again.page, again.item)]);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_in_all_their_dress() {
        for text in [
            "-4-",
            "— 4 —",
            "第4页",
            "第 4 页",
            "第4页 共10页",
            "第 4 页，共 10 页",
            "4/10",
            "－４－",
            "Page 4 of 10",
            "- 4 -",
        ] {
            assert_eq!(number(text), Some((4, true)), "{text}");
        }
        assert_eq!(number("4"), Some((4, false)));
        for text in ["2024年", "一", "-", "第四页", "4件", "第4条", "202411", "", "0517-87290606"] {
            assert_eq!(number(text).filter(|(_, marked)| *marked), None, "{text}");
        }
    }

    #[test]
    fn heads_say_the_same_but_for_what_counts_with_the_pages() {
        let line = |page, text: &str| Candidate {
            kind: AsideKind::Footer,
            page,
            item: 0,
            text: text.to_owned(),
            height: 10.0,
            size: 8.0,
        };
        let same = |a: &str, b: &str| same_but_pages(&line(1, a), &line(2, b));
        assert!(same("11/25/26, 11:46 PM", "11/25/26, 11:46 PM"));
        assert!(same("file:///2021-12.html 1/4", "file:///2021-12.html 2/4"));
        assert!(same("— 7 —", "— 8 —"));
        assert!(!same("— 7 —", "— 7 - —") && !same("— 7 —", "— 9 —"));
        assert!(!same("2020年年度报告", "2021年年度报告"));
    }
}
