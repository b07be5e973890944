//! What exactly two units explain together, where no single one explains it.

use std::collections::HashMap;

use super::cause::Guess;
use crate::finding::{Lang, Words};
use crate::report::{Exact, Total};

/// Digits that the different differences of a scope have together before two of hundreds of units are no chance: of
/// 400 things that single units may explain there are 80,000 pairs.
const DIGITS: u32 = 9;
/// Pairs that are listed where several explain the same.
const LISTED: usize = 3;

/// The pairs of guesses, each about another unit, that add up to the differences of a scope; none where these are so
/// few digits that some pair would by chance. In time that grows with guesses and figures, not with pairs: for each
/// guess the rest is looked up.
pub(super) fn pairs(guesses: &[Guess], totals: &[Total], scope: &[usize]) -> Vec<(usize, usize)> {
    let compared: Vec<(usize, Exact)> =
        scope.iter().filter_map(|at| totals[*at].difference.map(|off| (*at, off))).collect();
    if digits(&compared) < DIGITS {
        return Vec::new();
    }
    let known = |guess: &Guess| compared.iter().map(|(at, _)| guess.delta[*at]).collect::<Option<Vec<Exact>>>();
    let deltas: Vec<Option<Vec<Exact>>> = guesses.iter().map(known).collect();
    let mut by_delta: HashMap<&[Exact], Vec<usize>> = HashMap::new();
    for (at, delta) in deltas.iter().enumerate() {
        if let Some(delta) = delta {
            by_delta.entry(delta).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    for (first, delta) in deltas.iter().enumerate().filter_map(|(at, delta)| Some((at, delta.as_ref()?))) {
        let rest: Vec<Exact> = compared.iter().zip(delta).map(|((_, off), own)| *off - *own).collect();
        let seconds = by_delta.get(rest.as_slice()).into_iter().flatten().copied();
        let other_unit = |second: &usize| *second > first && guesses[*second].unit != guesses[first].unit;
        pairs.extend(seconds.filter(other_unit).map(|second| (first, second)));
    }
    pairs
}

/// The digits of the different differences.
fn digits(compared: &[(usize, Exact)]) -> u32 {
    let mut sizes: Vec<String> = compared.iter().map(|(_, off)| off.abs().to_string()).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let digits = |text: &String| text.trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count();
    sizes.iter().map(|size| u32::try_from(digits(size)).unwrap_or(u32::MAX)).sum()
}

/// Both in one sentence; of several pairs, each.
pub(super) fn words(guesses: &[Guess], pairs: &[(usize, usize)]) -> Words {
    let all = pairs.len();
    let join = |(first, second): &(usize, usize)| {
        let (first, second) = (&guesses[*first].what, &guesses[*second].what);
        (
            format!("{}, and {}", first.of(Lang::En), second.of(Lang::En)),
            format!("{}，同时{}", first.of(Lang::Zh), second.of(Lang::Zh)),
        )
    };
    let (en, zh): (Vec<String>, Vec<String>) = pairs.iter().take(LISTED).map(join).unzip();
    if all == 1 {
        return Words::new(en.concat(), zh.concat());
    }
    let more = if all > LISTED { (", or other pairs", "，或其他组合") } else { ("", "") };
    Words::new(
        format!("one of {all} pairs: {}{}", en.join("; or "), more.0),
        format!("以下 {all} 种组合之一：{}{}", zh.join("；或"), more.1),
    )
}
