//! What serde and its parsers say, in Chinese: the sentences that a user's mistakes bring about.

/// Beginnings of sentences that go on with a name, and what becomes of them.
const BEGINNINGS: &[(&str, &str)] = &[
    ("missing field ", "缺少 "),
    ("unknown field ", "不认识 "),
    ("unknown variant ", "不认识 "),
    ("duplicate field ", "重复的 "),
    ("duplicate key", "名称重复"),
    ("invalid type: ", "类型不符："),
    ("invalid value: ", "数值不符："),
    ("invalid length", "长度不符"),
    ("EOF while parsing", "内容在中途结束"),
    ("trailing characters", "结尾有多余内容"),
];

/// Words within such sentences.
const WITHIN: &[(&str, &str)] = &[
    (", expected one of ", "，应为下列之一："),
    (", expected ", "，应为 "),
    ("borrowed string", "文字"),
    ("floating point", "小数"),
    ("a sequence", "列表"),
    ("sequence", "列表"),
    ("a boolean", "真假值"),
    ("boolean", "真假值"),
    ("a string", "文字"),
    ("string", "文字"),
    ("integer", "整数"),
    ("a map", "表"),
    ("map", "表"),
    ("null", "空值"),
    ("` or `", "` 或 `"),
    ("`, `", "`、`"),
    ("i32", "整数"),
    ("u32", "非负整数"),
    ("usize", "非负整数"),
    ("f64", "小数"),
];

/// The sentence without the names that a programmer gives to kinds of numbers.
pub(super) fn in_english(message: &str) -> String {
    ["i32", "u32", "usize"].iter().fold(message.trim_end().to_owned(), |text, kind| {
        text.replace(&format!("expected {kind}"), "expected a whole number")
    })
}

/// The sentence in Chinese; in general terms where it is none of those known.
pub(super) fn in_chinese(message: &str) -> String {
    let message = message.trim_end();
    let (message, place) = place(message);
    let Some((beginning, zh)) = BEGINNINGS.iter().find(|(beginning, _)| message.starts_with(beginning)) else {
        return format!("写法有误{place}");
    };
    let rest = &message[beginning.len()..];
    // What follows these is how far the parser had come, which helps nobody.
    let rest = if beginning.ends_with(' ') { understood(&translated(rest)) } else { String::new() };
    format!("{zh}{rest}{place}")
}

/// The sentence without a last clause that is still English: it names a type of the program.
fn understood(text: &str) -> String {
    let Some((before, wanted)) = text.rsplit_once("，应为 ") else { return text.to_owned() };
    let bare = wanted.split('`').step_by(2).collect::<String>();
    let foreign = bare.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 2);
    if foreign { before.to_owned() } else { text.to_owned() }
}

/// `… at line 3 column 5`, as serde_json ends its sentences, apart.
fn place(message: &str) -> (&str, String) {
    let apart = message.rsplit_once(" at line ").and_then(|(before, place)| {
        let (line, column) = place.split_once(" column ")?;
        let (line, column): (u32, u32) = (line.parse().ok()?, column.parse().ok()?);
        Some((before, format!("（第{line}行第{column}列）")))
    });
    apart.unwrap_or((message, String::new()))
}

/// Every known word but those in quotation marks, which are the user's own.
fn translated(text: &str) -> String {
    let quoted = |at: usize| at % 2 == 1;
    let parts = text.split('"').enumerate();
    let parts = parts.map(|(at, part)| if quoted(at) { part.to_owned() } else { words(part) });
    parts.collect::<Vec<_>>().join("\"")
}

fn words(part: &str) -> String {
    WITHIN.iter().fold(part.to_owned(), |text, (en, zh)| text.replace(en, zh))
}

#[cfg(test)]
mod tests {
    use super::{in_chinese, in_english};

    #[test]
    fn kinds_of_numbers_have_a_name_for_people() {
        let said = in_english("invalid type: string \"i32\", expected i32 at line 1 column 2");
        assert_eq!(said, "invalid type: string \"i32\", expected a whole number at line 1 column 2");
    }

    #[test]
    fn what_serde_says_is_said_in_chinese() {
        for (en, zh) in [
            ("missing field `code`", "缺少 `code`"),
            ("missing field `code` at line 3 column 5", "缺少 `code`（第3行第5列）"),
            ("unknown variant `x`, expected one of `a`, `b`", "不认识 `x`，应为下列之一：`a`、`b`"),
            ("unknown field `x`, expected `a` or `b`", "不认识 `x`，应为 `a` 或 `b`"),
            ("invalid type: string \"a string\", expected i32", "类型不符：文字 \"a string\"，应为 整数"),
            ("EOF while parsing an object at line 1 column 1", "内容在中途结束（第1行第1列）"),
            ("extra `=`, expected nothing", "写法有误"),
            ("invalid length 1, expected struct Line with 15 elements", "长度不符"),
            ("invalid type: null, expected struct Line", "类型不符：空值"),
        ] {
            assert_eq!(in_chinese(en), zh);
        }
    }
}
