//! Code pages: what bytes mean in a language or in a font, in the formats that keep text in bytes.

use std::borrow::Cow;

use encoding_rs::{
    BIG5, DecoderResult, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
};

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

/// Character sets of fonts, and their code pages.
const FONTS: &[(u8, &Encoding)] = &[
    (77, MACINTOSH),
    (128, SHIFT_JIS),
    (129, EUC_KR),
    (134, GBK),
    (136, BIG5),
    (161, WINDOWS_1253),
    (162, WINDOWS_1254),
    (177, WINDOWS_1255),
    (178, WINDOWS_1256),
    (186, WINDOWS_1257),
    (204, WINDOWS_1251),
    (222, WINDOWS_874),
    (238, WINDOWS_1250),
];

/// The code page that Windows gives a language.
pub(in crate::ingest) fn of_language(language: u16) -> &'static Encoding {
    match language {
        _ if TRADITIONAL.contains(&language) => BIG5,
        _ if language & 0x03ff == CHINESE => GBK,
        _ => {
            let known = LANGUAGES.iter().find(|(code, _)| *code == language & 0x03ff);
            known.map_or(WINDOWS_1252, |&(_, encoding)| encoding)
        }
    }
}

/// The code page of a font's character set; none for sets that any font may have.
pub(in crate::ingest) fn of_font(set: u8) -> Option<&'static Encoding> {
    FONTS.iter().find(|(known, _)| *known == set).map(|&(_, encoding)| encoding)
}

/// Bytes as text. What is no text in an East Asian code page stands in a Western font, whose
/// quotation marks and dashes have bytes of their own.
pub(in crate::ingest) fn decode<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Cow<'a, str> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return text;
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() * 3 + 16);
    let mut rest = bytes;
    loop {
        text.reserve(rest.len() * 3 + 16);
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        match result {
            DecoderResult::Malformed(length, further) => {
                let end = read.saturating_sub(further.into());
                let wrong = &rest[end.saturating_sub(length.into())..end];
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(wrong).0);
            }
            DecoderResult::InputEmpty => return Cow::Owned(text),
            DecoderResult::OutputFull => {}
        }
        rest = &rest[read..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_east_asian_text_is_western() {
        assert_eq!(decode(GBK, b"\xd6\xd0\xce\xc4 1999"), "中文 1999");
        assert_eq!(decode(BIG5, b"its\x92 \xa4\xa4"), "its’ 中");
        assert_eq!(decode(GBK, b"\xd6\xd0\xff"), "中ÿ");
        assert_eq!(decode(WINDOWS_1252, b"\x93a\x94"), "“a”");
    }

    #[test]
    fn languages_have_their_code_pages() {
        assert_eq!(of_language(0x0804), GBK);
        assert_eq!(of_language(0x1004), GBK, "Singapore writes simplified characters");
        assert_eq!(of_language(0x0404), BIG5);
        assert_eq!(of_language(0x0419), WINDOWS_1251);
        assert_eq!(of_language(0x0409), WINDOWS_1252);
    }
}
