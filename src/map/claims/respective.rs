//! 结果维持、结果纠正分别为3件、1件: the names stand first, and then a number for each.

use std::collections::HashMap;

use super::numbers::Token;

/// What stands between the names and the first number.
const RESPECTIVELY: [&str; 2] = ["分别", "依次"];
/// What may stand behind it.
const IS: [&str; 5] = ["为", "有", "是", "达", "共"];
/// What parts names from one another, and numbers.
const BETWEEN: [char; 4] = ['、', '和', '及', '与'];

/// What each number of such a list is to be read behind, by the place of the number among all: its own name. Nothing
/// where there is not one number for each name.
pub(super) fn befores(text: &[char], tokens: &[Token]) -> HashMap<usize, Vec<char>> {
    let mut befores = HashMap::new();
    // Quick way: few sentences have such a list.
    if tokens.len() < 2 || !text.windows(2).any(|pair| matches!(pair, ['分', '别'] | ['依', '次'])) {
        return befores;
    }
    for at in 0..tokens.len() {
        let from = at.checked_sub(1).map_or(0, |before| tokens[before].end);
        let Some((prefix, names)) = names(&text[from..tokens[at].start]) else { continue };
        let follows = |next: &usize| is_between(&text[tokens[next - 1].end..tokens[*next].start]);
        let numbers = 1 + (at + 1..tokens.len()).take_while(follows).count();
        if names.len() < 2 || numbers != names.len() {
            continue;
        }
        for (place, name) in names.into_iter().enumerate() {
            let before = if place == 0 { prefix } else { &['、'] };
            befores.insert(at + place, [before, name].concat());
        }
    }
    befores
}

/// What stands before the names, and the names.
fn names(before: &[char]) -> Option<(&[char], Vec<&[char]>)> {
    let mut end = before.len();
    let strip = |end: usize, word: &str| {
        let word: Vec<char> = word.chars().collect();
        before[..end].ends_with(&word).then(|| end - word.len())
    };
    end = IS.iter().find_map(|word| strip(end, word)).unwrap_or(end);
    end = RESPECTIVELY.iter().find_map(|word| strip(end, word))?;
    let start = before[..end].iter().rposition(|c| "，,：:；（(）)".contains(*c)).map_or(0, |at| at + 1);
    let names = before[start..end].split(|c| BETWEEN.contains(c)).filter(|name| !name.is_empty());
    Some((&before[..start], names.collect()))
}

/// Whether nothing but a mark or a word like 和 stands here.
fn is_between(text: &[char]) -> bool {
    !text.is_empty() && text.len() <= 2 && text.iter().all(|c| BETWEEN.contains(c) || matches!(c, '，' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::claims::numbers::tokens;

    fn befores_of(text: &str) -> Vec<String> {
        let text: Vec<char> = text.chars().collect();
        let found = befores(&text, &tokens(&text));
        let mut found: Vec<(usize, String)> =
            found.into_iter().map(|(at, before)| (at, before.iter().collect())).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, before)| before).collect()
    }

    #[test]
    fn each_number_has_its_name() {
        assert_eq!(
            befores_of("复议共6件，结果维持、结果纠正和尚未审结分别为3件、1件和2件"),
            ["，结果维持", "、结果纠正", "、尚未审结"]
        );
        assert_eq!(befores_of("许可、处罚决定分别有7件、9件，收费3件"), ["许可", "、处罚决定"]);
    }

    #[test]
    fn other_counts_of_names_than_of_numbers_are_no_list() {
        for other in ["结果维持、结果纠正分别为3件、1件、2件", "结果维持、其他、未结分别为3件、1件", "分别为3件、1件"]
        {
            assert!(befores_of(other).is_empty(), "{other}");
        }
    }
}
