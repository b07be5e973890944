//! What a wound in the file takes away is not given, and nothing else becomes another number: a blank, a lost line, a lost
//! bar, a broken line never move a figure to the place of another.

#![allow(clippy::disallowed_methods, reason = "tests read samples and how many wounds are wanted")]

use std::collections::HashMap;
use std::path::PathBuf;

use gongkai::{Options, extract};

use crate::mutate_text::Dice;

/// Wounds of each sample; more with `GONGKAI_WOUNDS=200`.
const EACH: usize = 10;

/// Texts and web pages among the samples, in the order of their names.
fn samples() -> Vec<(PathBuf, String)> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/samples"));
    let folders = std::fs::read_dir(root).expect("the samples").map(|entry| entry.expect("an entry").path());
    let inputs =
        folders.flat_map(|folder| ["txt", "md", "html"].map(|ending| folder.join("input").with_extension(ending)));
    let mut texts: Vec<(PathBuf, String)> =
        inputs.filter_map(|path| Some((path.clone(), String::from_utf8(std::fs::read(path).ok()?).ok()?))).collect();
    texts.sort();
    texts
}

/// The numbers of all reports of a text; those of a figure are told apart by the report.
fn numbers(text: &str) -> HashMap<(usize, String), String> {
    let Ok(extraction) = extract(text.as_bytes(), &Options::default()) else { return HashMap::new() };
    let mut all = HashMap::new();
    for (at, report) in extraction.reports.iter().enumerate() {
        for figure in report.figures() {
            let said = figure.value.number().map_or(String::new(), |number| number.to_string());
            all.insert((at, figure.key.to_string()), said);
        }
    }
    all
}

/// Where numbers stand alone in a cell or a line.
fn cells(text: &str) -> Vec<std::ops::Range<usize>> {
    let digits = |c: char| c.is_ascii_digit();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(digits).map(|at| from + at) {
        let end = text[start..].find(|c| !digits(c)).map_or(text.len(), |at| start + at);
        let blank = [' ', '\u{3000}'];
        let before = text[..start].trim_end_matches(blank).chars().next_back();
        let behind = text[end..].trim_start_matches(blank).chars().next();
        let ends = |c: Option<char>| c.is_none_or(|c| "|\t\n\r<>".contains(c));
        if ends(before) && ends(behind) && before != Some('<') {
            found.push(start..end);
        }
        from = end;
    }
    found
}

/// A wounded text, what was done to it, and what was taken out.
fn wounded(text: &str, dice: &mut Dice, is_page: bool) -> (String, &'static str, Vec<String>) {
    let cells = cells(text);
    let cell = |dice: &mut Dice| cells.get(dice.below(cells.len())).cloned().unwrap_or_default();
    let without = |range: &std::ops::Range<usize>| format!("{}{}", &text[..range.start], &text[range.end..]);
    let line = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        start..text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
    };
    let place = |dice: &mut Dice, what: char| {
        let places: Vec<usize> = text.match_indices(what).map(|(at, _)| at).collect();
        places.get(dice.below(places.len())).map_or(0..0, |at| *at..at + what.len_utf8())
    };
    let taken = |range: &std::ops::Range<usize>| vec![text[range.clone()].trim().to_owned()];
    match dice.below(8) {
        0 | 1 => {
            let one = cell(dice);
            (without(&one), "a blank", taken(&one))
        }
        2 => {
            let mut some: Vec<_> = (0..4).map(|_| cell(dice)).collect();
            some.sort_by_key(|range| std::cmp::Reverse(range.start));
            some.dedup();
            let mut out = text.to_owned();
            some.iter().for_each(|range| out.replace_range(range.clone(), ""));
            (out, "some blanks", some.iter().flat_map(taken).collect())
        }
        3 => {
            let one = cell(dice);
            (format!("{}/{}", &text[..one.start], &text[one.end..]), "a slash", taken(&one))
        }
        4 => {
            let one = line(cell(dice).start);
            (without(&one), "a line lost", taken(&one))
        }
        5 => (without(&place(dice, '\n')), "two lines joined", Vec::new()),
        6 if !is_page => (without(&place(dice, '|')), "a bar lost", Vec::new()),
        7 if !is_page => {
            let one = cell(dice);
            let out = format!("{}\n{}", &text[..one.end], &text[one.start..]);
            (out, "a line broken in a cell", Vec::new())
        }
        _ => {
            let one = line(place(dice, '（').start);
            (without(&one), "a label lost", Vec::new())
        }
    }
}

#[test]
fn a_wound_makes_no_other_number() {
    let each = std::env::var("GONGKAI_WOUNDS").ok().and_then(|each| each.parse().ok()).unwrap_or(EACH);
    let mut wrong = Vec::new();
    for (at, (path, text)) in samples().into_iter().enumerate() {
        let is_page = text.to_lowercase().contains("<td");
        let (whole, nothing) = (numbers(&text), String::new());
        for nth in 0..each {
            let mut dice = Dice::new((at * 10_000 + nth) as u64);
            let (out, what, taken) = wounded(&text, &mut dice, is_page);
            for (figure, said) in numbers(&out) {
                let before = whole.get(&figure).unwrap_or(&nothing);
                // A number over two lines of which one is lost, and two numbers of which one is blank: a person reads the
                // rest, too.
                let rest =
                    taken.iter().any(|piece| [format!("{said}{piece}"), format!("{piece}{said}")].contains(before));
                let open = before.is_empty() && text.contains(&said);
                if !said.is_empty() && said != *before && !rest && !open {
                    wrong.push(format!("{} {nth}: {what}: {} {before} → {said}", path.display(), figure.1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
