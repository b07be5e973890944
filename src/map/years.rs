//! Years written in numerals or full-width digits.

use std::borrow::Cow;

/// A digit of a year, in whatever script.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - 0xfee0),
        '〇' | '○' | '零' => Some('0'),
        c => "一二三四五六七八九".chars().zip('1'..).find(|(other, _)| *other == c).map(|(_, plain)| plain),
    }
}

/// Writes every year (20xx年) in plain digits: 二〇二二年, ２０２２年 are 2022年. Whether one was there that was not.
pub(super) fn make_plain(text: &mut [char]) -> bool {
    let mut changed = false;
    for end in 4..text.len() {
        if text[end] != '年' {
            continue;
        }
        let written = &mut text[end - 4..end];
        let [Some('2'), Some('0'), Some(ten), Some(one)] = [0, 1, 2, 3].map(|at| digit(written[at])) else { continue };
        let digits = ['2', '0', ten, one];
        changed |= digits != *written;
        written.copy_from_slice(&digits);
    }
    changed
}

/// The text with its years in plain digits, character by character.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let mut chars: Vec<char> = text.chars().collect();
    if make_plain(&mut chars) { chars.into_iter().collect() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_plain_however_they_are_written() {
        for (written, read) in [
            ("二〇二三年、二零二二年和２０２１年", "2023年、2022年和2021年"),
            ("二○一九年度", "2019年度"),
            ("2023年", "2023年"),
            ("二十三年", "二十三年"),
            ("三〇二三年", "三〇二三年"),
        ] {
            assert_eq!(plain(written), read);
        }
    }
}
