//! What two texts share: sentence by sentence, and within sentences character by character.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Both have it.
    Same(String),
    /// Only the first has it.
    Removed(String),
    /// Only the second has it.
    Added(String),
}

/// Two texts put together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// What both share and what only one has, in order.
    pub pieces: Vec<Piece>,
    /// Characters that both share, of the characters of both taken together, in thousandths; 1000 only of equal
    /// texts, and of two that are empty.
    pub likeness: u32,
}

/// Texts whose sentences, and stretches whose characters, multiply to more than this are not compared one by one:
/// the time grows with the product, and a section of a report has some hundred sentences and thousand characters.
const MOST: usize = 16_000_000;
/// Shared stretches between changes that are shorter read worse than none.
const SHORTEST_SHARED: usize = 3;
/// Sentences that share less than this are another sentence, in thousandths.
const ALIKE: usize = 400;

/// Compares two texts.
#[must_use]
pub fn diff(first: &str, second: &str) -> Text {
    let (a, b) = (sentences(first), sentences(second));
    if first == second || a.len().saturating_mul(b.len()) > MOST {
        return whole(first, second);
    }
    let mut pieces = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                push(&mut pieces, Piece::Same, &a[old_index..old_index + len].concat())
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                push(&mut pieces, Piece::Removed, &a[old_index..old_index + old_len].concat());
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                push(&mut pieces, Piece::Added, &b[new_index..new_index + new_len].concat());
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                within(
                    &a[old_index..old_index + old_len].concat(),
                    &b[new_index..new_index + new_len].concat(),
                    &mut pieces,
                );
            }
        }
    }
    let pieces = ordered(pieces);
    let likeness = likeness(&pieces);
    Text { pieces, likeness }
}

/// Two texts of which it is known that they are equal, or too long to look into.
fn whole(first: &str, second: &str) -> Text {
    let mut pieces = Vec::new();
    if first == second {
        push(&mut pieces, Piece::Same, first);
    } else {
        push(&mut pieces, Piece::Removed, first);
        push(&mut pieces, Piece::Added, second);
    }
    let likeness = likeness(&pieces);
    Text { pieces, likeness }
}

/// The characters shared by both among all; white space does not count.
fn likeness(pieces: &[Piece]) -> u32 {
    let length = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let (mut shared, mut all) = (0, 0);
    for piece in pieces {
        match piece {
            Piece::Same(text) => (shared, all) = (shared + 2 * length(text), all + 2 * length(text)),
            Piece::Removed(text) | Piece::Added(text) => all += length(text),
        }
    }
    let share = (1000 * shared).checked_div(all).unwrap_or(1000);
    u32::try_from(if shared < all { share.min(999) } else { 1000 }).unwrap_or(1000)
}

/// The text cut after each sentence.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', '；', '！', '？', '\n']).collect()
}

/// Characters; numbers and Latin words whole, so that 12 and 13 are two numbers and not a 1 in common.
fn tokens(text: &str) -> Vec<&str> {
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '%';
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| !(joins(before) && joins(c))) {
            tokens.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

/// Sentences in each other's place: what changed in them, or all of them where little is shared.
fn within(first: &str, second: &str, pieces: &mut Vec<Piece>) {
    let (a, b) = (tokens(first), tokens(second));
    let whole = |pieces: &mut Vec<Piece>| {
        push(pieces, Piece::Removed, first);
        push(pieces, Piece::Added, second);
    };
    if a.len().saturating_mul(b.len()) > MOST {
        return whole(pieces);
    }
    let ops = capture_diff_slices(Algorithm::Myers, &a, &b);
    let shared: usize = ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).map(|op| op.old_range().len()).sum();
    if 2 * shared * 1000 < ALIKE * (a.len() + b.len()) {
        return whole(pieces);
    }
    let last = ops.len().saturating_sub(1);
    for (at, op) in ops.iter().enumerate() {
        let (old, new) = (a[op.old_range()].concat(), b[op.new_range()].concat());
        let scrap = op.old_range().len() < SHORTEST_SHARED && at > 0 && at < last;
        if matches!(op, DiffOp::Equal { .. }) && !scrap {
            push(pieces, Piece::Same, &old);
        } else {
            push(pieces, Piece::Removed, &old);
            push(pieces, Piece::Added, &new);
        }
    }
}

/// Adds a stretch, to the one before it if that is of the same kind.
fn push(pieces: &mut Vec<Piece>, kind: fn(String) -> Piece, text: &str) {
    if text.is_empty() {
        return;
    }
    match (pieces.last_mut(), kind(String::new())) {
        (Some(Piece::Same(last)), Piece::Same(_))
        | (Some(Piece::Removed(last)), Piece::Removed(_))
        | (Some(Piece::Added(last)), Piece::Added(_)) => last.push_str(text),
        _ => pieces.push(kind(text.to_owned())),
    }
}

/// Between two shared stretches first all that went, then all that came.
fn ordered(pieces: Vec<Piece>) -> Vec<Piece> {
    let (mut out, mut removed, mut added) = (Vec::new(), String::new(), String::new());
    for piece in pieces {
        match piece {
            Piece::Removed(text) => removed += &text,
            Piece::Added(text) => added += &text,
            Piece::Same(text) => {
                push(&mut out, Piece::Removed, &std::mem::take(&mut removed));
                push(&mut out, Piece::Added, &std::mem::take(&mut added));
                push(&mut out, Piece::Same, &text);
            }
        }
    }
    push(&mut out, Piece::Removed, &removed);
    push(&mut out, Piece::Added, &added);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[-gone-]{+come+}` among what is the same.
    fn marked(first: &str, second: &str) -> String {
        let mark = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        };
        diff(first, second).pieces.iter().map(mark).collect()
    }

    #[test]
    fn what_changed_reads_well() {
        let cases = [
            ("一样。", "一样。", "一样。"),
            ("全年公开信息345条。", "全年公开信息412条。", "全年公开信息[-345-]{+412+}条。"),
            ("甲做了事。乙在。", "乙在。", "[-甲做了事。-]乙在。"),
            ("乙在。", "乙在。丙来了。", "乙在。{+丙来了。+}"),
            ("天地玄黄宇宙洪荒。", "今日公开条例全文。", "[-天地玄黄宇宙洪荒。-]{+今日公开条例全文。+}"),
            (
                "2022年，本机关主动公开信息345条。尾。",
                "2023年，本机关主动公开信息412条。尾。",
                "[-2022-]{+2023+}年，本机关主动公开信息[-345-]{+412+}条。尾。",
            ),
            ("", "新的。", "{+新的。+}"),
            ("", "", ""),
        ];
        for (first, second, wanted) in cases {
            assert_eq!(marked(first, second), wanted);
        }
    }

    #[test]
    fn both_texts_can_be_had_back() {
        let (first, second) = ("一二三。四五六；七八九！abc 12.5%\n尾", "一二。四五六七；八九！abd 12.6%\n头\n尾");
        let text = diff(first, second);
        let side = |gone: bool| -> String {
            let own = |piece: &Piece| match piece {
                Piece::Same(text) => text.clone(),
                Piece::Removed(text) if gone => text.clone(),
                Piece::Added(text) if !gone => text.clone(),
                _ => String::new(),
            };
            text.pieces.iter().map(own).collect()
        };
        assert_eq!((side(true).as_str(), side(false).as_str()), (first, second));
    }

    #[test]
    fn likeness_is_of_characters() {
        assert_eq!(diff("", "").likeness, 1000);
        assert_eq!(diff("甲乙丙丁。", "甲乙丙丁。").likeness, 1000);
        assert_eq!(diff("天地玄黄。", "").likeness, 0);
        // Nine of ten characters on each side.
        assert_eq!(diff("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛壬子").likeness, 900);
    }

    #[test]
    fn long_texts_are_compared_in_time() {
        let text = |from: u32| -> String {
            (from..from + 40_000).filter_map(|at| char::from_u32(0x4e00 + at % 20_000)).collect()
        };
        assert!(diff(&text(0), &text(7_000)).likeness < 1000);
        let many = |word: &str| -> String { (0..200_000).map(|at| format!("{word}{at}。")).collect() };
        assert!(diff(&many("甲"), &many("乙")).likeness < 1000);
        assert_eq!(diff(&many("甲"), &many("甲")).likeness, 1000);
    }
}
