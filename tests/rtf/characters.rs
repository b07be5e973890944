//! Bytes, code pages, Unicode, symbols. Expectations are written by hand.

use super::{body, read, read_bytes, text, view};

/// The bytes of a text as RTF writes them.
fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\'{byte:02x}")).collect()
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

#[test]
fn double_bytes_are_of_the_code_page_of_their_font() {
    assert_eq!(text("\\f13 \\'d5\\'fe\\'b8\\'ae 2021 \\'c4\\'ea"), "政府 2021 年");
    assert_eq!(text("\\f14 \\'ac\\'46\\'a9\\'b2"), "政府");
    assert_eq!(text("\\f14 \\'acF\\'a9\\'b2"), "政府", "the second half may be a letter");
    assert_eq!(text("\\f16 \\'cf\\'f0"), "Пр");
    // A Western font says nothing against the code page of the file.
    assert_eq!(text("\\f0 \\'d5\\'fe"), "政");
    assert_eq!(text("\\f99 \\'d5\\'fe"), "政");
}

#[test]
fn fonts_of_double_bytes_are_named_apart() {
    let head = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset134 SimSun;}}";
    let body = |rest: &str| view::body(&read_bytes(format!("{head}{rest}}}").as_bytes())).join("¶");
    assert_eq!(body("\\loch\\f0\\hich\\af0\\dbch\\af1 \\'d5\\'fe"), "政");
    assert_eq!(body("\\dbch\\af1\\loch\\f0 caf\\'e9"), "café");
    assert_eq!(body("\\f1 \\'d5\\'fe\\plain \\'e9"), "政é");
}

#[test]
fn characters_may_be_parted_by_groups_and_looks() {
    assert_eq!(text("{\\f13 \\'d5}{\\f13 \\'fe\\'b8}\\b\\f13\\'ae"), "政府");
    assert_eq!(text("{\\f13\\'d5\r\n\\'fe}{\\b\\f13 \\'b8\\'ae}"), "政府");
}

#[test]
fn what_is_no_double_byte_is_western() {
    assert_eq!(text("\\f13 5\\'80 \\'d5"), "5€ Õ");
    assert_eq!(text("\\f13\\'d5\\par\\'fe"), "Õ¶þ");
    assert_eq!(text("\\f13 1\\'d52"), "1Õ2", "figures never become half of a character");
}

#[test]
fn bytes_may_stand_as_they_are() {
    let file = |text: &[u8]| [super::HEAD.as_bytes(), text, b"}"].concat();
    let body = |text: &[u8]| view::body(&read_bytes(&file(text))).join("¶");
    assert_eq!(body(&gbk("\\f13 政府2021年")), "政府2021年");
    assert_eq!(body(b"\\f13 \xd5\\'fe\\'b8\xae"), "政府");
    // 俓 and 倇 end in what looks like a backslash and a brace.
    assert_eq!(body(b"\\f13 \x82\x5c\x82\x7d\\par x"), "俓倉¶x".replace('倉', &encoding_rs::GBK.decode(b"\x82\x7d").0));
    assert_eq!(body("\\f13 政府".as_bytes()), "政府", "UTF-8, whatever the font says");
}

#[test]
fn code_pages_that_nobody_states_are_borne_out_by_the_bytes() {
    let chinese = "各级行政机关认真贯彻落实政府信息公开条例，推进主动公开，依法办理申请，规范工作的要求。";
    let file =
        format!("{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0\\fcharset0 Arial;}}}}{}\\par}}", escaped(&gbk(chinese)));
    let document = read_bytes(file.as_bytes());
    assert_eq!(view::body(&document), [chinese]);
    assert_eq!(view::codes(&document), ["charset_guessed"]);
    let western = format!("{{\\rtf1\\ansi {}}}", "d\\'e9j\\'e0 vu \\'e9t\\'e9 ".repeat(20));
    let document = read_bytes(western.as_bytes());
    assert_eq!(view::body(&document), ["déjà vu été ".repeat(20)]);
    assert!(document.findings.is_empty());
    let by_language = "{\\rtf1\\ansi\\deflangfe2052 \\'d5\\'fe}";
    assert_eq!(view::body(&read_bytes(by_language.as_bytes())), ["政"]);
}

#[test]
fn code_pages_are_told() {
    let document = read("\\f13\\'d5\\'fe\\f14\\'ac\\'46");
    assert_eq!(document.variant.as_deref(), Some("GBK, Big5"));
    assert_eq!(read("\\u25919 ??").variant, None);
}

#[test]
fn unicode_stands_before_what_stands_for_it() {
    assert_eq!(text("\\u25919\\'d5\\'fe\\u24220 ??x"), "政府x");
    assert_eq!(text("\\u25919\\'d5\\'fe\\'b8\\'ae\\'d0\\'c5x"), "政府信x");
    assert_eq!(text("\\uc1\\u25919?\\u24220 ?x"), "政府x");
    assert_eq!(text("\\uc0\\u25919\\u24220 x"), "政府x");
    assert_eq!(text("{\\uc1\\u25919 ?}\\u24220 ??x"), "政府x", "a group's own count");
    assert_eq!(
        text("\\uc1\\u-29543 ?"),
        "貙".replace('貙', &char::from_u32(65536 - 29543).expect("a character").to_string())
    );
    assert_eq!(text("\\uc1\\u36039 ?\\u-10179 ?\\u-8704 ?"), "资😀".replace('资', "資"));
}

#[test]
fn fallbacks_never_eat_what_is_none() {
    assert_eq!(text("\\u25919{x}"), "政x", "a group ends them");
    assert_eq!(text("\\uc1\\u25919\\u24220\\u20449 ?y"), "政府信y", "another character is none");
    assert_eq!(body("\\uc1\\u25919\\par x"), ["政", "x"], "the end of a paragraph is none");
    assert_eq!(text("\\uc1\\u8220\\ldblquote x"), "“x", "a word for a character is one");
    assert_eq!(text("\\uc1\\u25919\\'d5\\'fe\\u24220\\'b8\\'aex"), "政府x", "two bytes counted as one character");
    assert_eq!(text("\\uc1\\f16\\u8226\\'95\\'cf"), "•П", "single bytes are one each");
}

#[test]
fn halves_of_characters_are_told() {
    let document = read("\\uc0\\u-10179 x\\u-8704 y\\u-10179\\par");
    assert_eq!(view::body(&document), ["\u{fffd}x\u{fffd}y\u{fffd}"]);
    assert_eq!(view::codes(&document), ["undecodable_text"]);
}

#[test]
fn both_texts_of_a_pair_are_one() {
    assert_eq!(text("a{\\upr{\\'d5\\'fe}{\\*\\ud{\\uc0\\u25919\\u24220}}}b"), "a政府b");
}

#[test]
fn words_stand_for_characters() {
    let wanted = "\t\n—–‘’“”•\u{a0}-\u{2003}";
    let words = "\\tab\\line\\emdash\\endash\\lquote\\rquote\\ldblquote\\rdblquote\\bullet\\~\\-\\_\\emspace";
    assert_eq!(text(words), wanted);
    assert_eq!(text("\\{1\\}\\\\"), "{1}\\");
    assert_eq!(text("a\tb\r\nc"), "a\tbc");
    assert_eq!(body("a\\\nb"), ["a", "b"]);
    assert_eq!(text("a\\'09b\\'0dc\\'01d"), "a\tb\ncd");
    assert_eq!(text("a\\page b"), "a\nb");
}

#[test]
fn symbols_become_unicode() {
    assert_eq!(text("\\f15\\'fe\\plain 1"), "☑1");
    assert_eq!(text("\\f15 o\\plain 1"), "□1");
    assert_eq!(text("\\f15\\uc0\\u-3842 "), "☑");
    let mislabelled = "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset2 FZXiaoBiaoSong;}}\\f0 12}";
    assert_eq!(view::body(&read_bytes(mislabelled.as_bytes())), ["12"], "no font of symbols");
    let field = "{\\field{\\*\\fldinst SYMBOL 254 \\\\f \"Wingdings\" \\\\s 10}{\\fldrslt\\f15\\fs20}}";
    assert_eq!(text(&format!("a{field}b")), "a☑b");
    assert_eq!(text(&format!("a{}b", field.replace("\\fs20", "\\fs20\\'fe"))), "a☑b", "once");
}

#[test]
fn what_is_chosen_in_a_list_is_there_and_not_read() {
    let field = "{\\field{\\*\\fldinst FORMDROPDOWN {\\*\\formfield{\\fftype2\\ffres1{\\*\\ffl 5}{\\*\\ffl 6}}}}{\\fldrslt {}}}";
    assert_eq!(text(&format!("a{field}b")), "a\u{fffd}b");
}
