//! The code page of text that is not Unicode: all text of Word 6 and 95, and of Word 97 what
//! fits into one byte a character.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
};

use super::bytes::{u8, u16};
use super::fib::{Header, Part, Version};

/// Languages, by the lower ten bits of their number, and the code page that Windows gives them.
const LANGUAGES: &[(u16, &Encoding)] = &[
    (0x01, WINDOWS_1256),
    (0x02, WINDOWS_1251),
    (0x05, WINDOWS_1250),
    (0x08, WINDOWS_1253),
    (0x0d, WINDOWS_1255),
    (0x0e, WINDOWS_1250),
    (0x11, SHIFT_JIS),
    (0x12, EUC_KR),
    (0x15, WINDOWS_1250),
    (0x18, WINDOWS_1250),
    (0x19, WINDOWS_1251),
    (0x1b, WINDOWS_1250),
    (0x1e, WINDOWS_874),
    (0x1f, WINDOWS_1254),
    (0x22, WINDOWS_1251),
    (0x23, WINDOWS_1251),
    (0x24, WINDOWS_1250),
    (0x25, WINDOWS_1257),
    (0x26, WINDOWS_1257),
    (0x27, WINDOWS_1257),
];
/// Chinese as it is written in Taiwan, Hong Kong and Macau.
const TRADITIONAL: [u16; 3] = [0x0404, 0x0c04, 0x1404];
const CHINESE: u16 = 0x04;

/// Character sets of fonts that show which East Asian text a file holds, whatever the Word that wrote it.
const FONTS: &[(u8, &Encoding)] = &[(134, GBK), (136, BIG5), (128, SHIFT_JIS), (129, EUC_KR)];

/// The code page of the file's text.
pub(super) fn of(header: &Header<'_>, tables: &[u8]) -> &'static Encoding {
    if header.version == Version::Word97 {
        return WINDOWS_1252;
    }
    let language = of_language(header.language);
    if language != WINDOWS_1252 {
        return language;
    }
    if header.macintosh() {
        return MACINTOSH;
    }
    let fonts = header.part(tables, Part::Fonts).unwrap_or_default();
    let sets: Vec<u8> = character_sets(fonts).collect();
    FONTS.iter().find(|(set, _)| sets.contains(set)).map_or(WINDOWS_1252, |&(_, encoding)| encoding)
}

fn of_language(language: u16) -> &'static Encoding {
    match language {
        _ if TRADITIONAL.contains(&language) => BIG5,
        _ if language & 0x03ff == CHINESE => GBK,
        _ => {
            let known = LANGUAGES.iter().find(|(code, _)| *code == language & 0x03ff);
            known.map_or(WINDOWS_1252, |&(_, encoding)| encoding)
        }
    }
}

/// The character sets of the fonts of Word 6: entries with their length first, less one.
fn character_sets(fonts: &[u8]) -> impl Iterator<Item = u8> {
    let end = u16(fonts, 0).map_or(0, usize::from).min(fonts.len());
    let mut at = 2;
    std::iter::from_fn(move || {
        let entry = at;
        at += 1 + usize::from(u8(fonts, at)?);
        (entry < end).then(|| u8(fonts, entry + 4)).flatten()
    })
}

/// Names of the fonts of Word 97, in order.
pub(super) fn font_names(fonts: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 4;
    while let Some(length) = u8(fonts, at) {
        let entry = super::bytes::up_to(fonts, at, 1 + usize::from(length));
        let name = entry.get(40..).unwrap_or_default().chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let name: Vec<u16> = name.take_while(|&unit| unit != 0).collect();
        names.push(String::from_utf16_lossy(&name));
        at += 1 + usize::from(length);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_their_code_pages() {
        assert_eq!(of_language(0x0804), GBK);
        assert_eq!(of_language(0x1004), GBK, "Singapore writes simplified characters");
        assert_eq!(of_language(0x0404), BIG5);
        assert_eq!(of_language(0x0419), WINDOWS_1251);
        assert_eq!(of_language(0x0409), WINDOWS_1252);
    }
}
