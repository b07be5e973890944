//! Characters of symbol fonts as Unicode. Only what forms use: boxes, ticks, bullets, signs.

/// Where symbol fonts put their 256 characters.
const PRIVATE: std::ops::RangeInclusive<u32> = 0xf000..=0xf0ff;

const WINGDINGS: &[(u32, char)] = &[
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x70, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa7, '▪'),
    (0xa8, '☐'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];
const WINGDINGS_2: &[(u32, char)] =
    &[(0x4f, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x54, '☒'), (0x97, '●'), (0xa3, '☐')];
const SYMBOL: &[(u32, char)] = &[
    (0x2d, '−'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xac, '←'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xbb, '≈'),
    (0xbc, '…'),
];

/// The character `code` (hexadecimal) of a font. One that is not known stays as it is.
pub(in crate::ingest) fn of(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code.trim(), 16).ok()?;
    let place = if PRIVATE.contains(&code) { code - PRIVATE.start() } else { code };
    let font = font.to_ascii_lowercase();
    match font.as_str() {
        "wingdings" => found(WINGDINGS, place).or_else(|| circled(place, 0x80, 0x8b)),
        "wingdings 2" => found(WINGDINGS_2, place).or_else(|| circled(place, 0x69, 0x74)),
        // The lower half of Symbol is ASCII where it matters: figures, brackets, signs.
        "symbol" => found(SYMBOL, place).or_else(|| ascii(place)),
        _ => None,
    }
    .or_else(|| char::from_u32(code).filter(|char| !char.is_control()))
}

fn found(table: &[(u32, char)], place: u32) -> Option<char> {
    table.iter().find(|(known, _)| *known == place).map(|&(_, char)| char)
}

/// ⓪ to ⑩ and ⓿ to ❿, eleven places each.
fn circled(place: u32, white: u32, black: u32) -> Option<char> {
    const WHITE: [char; 11] = ['⓪', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩'];
    const BLACK: [char; 11] = ['⓿', '❶', '❷', '❸', '❹', '❺', '❻', '❼', '❽', '❾', '❿'];
    let at = |chars: [char; 11], from: u32| chars.get(place.checked_sub(from)? as usize).copied();
    if place < black { at(WHITE, white) } else { at(BLACK, black) }
}

fn ascii(place: u32) -> Option<char> {
    char::from_u32(place).filter(|char| {
        matches!(
            char,
            ' ' | '!' | '%' | '(' | ')' | '+' | ',' | '.' | '/' | '0'..='9' | ':' | ';' | '<' | '=' | '>' | '?'
        )
    })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn boxes_and_ticks_become_unicode() {
        assert_eq!(of("Wingdings", "F0FE"), Some('☑'));
        assert_eq!(of("Wingdings 2", "F052"), Some('☑'));
        assert_eq!(of("Wingdings", "F081"), Some('①'));
        assert_eq!(of("Symbol", "F0B4"), Some('×'));
        assert_eq!(of("Symbol", "F035"), Some('5'));
        assert_eq!(of("SimSun", "25A0"), Some('■'));
        assert_eq!(of("Wingdings", "F021"), Some('\u{f021}'));
        assert_eq!(of("Wingdings", "xyz"), None);
    }
}
