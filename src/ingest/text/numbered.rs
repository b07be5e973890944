//! Numbers before headings and items.

/// Begins with a number as headings and items do: `一、` `（一）` `1.` `第一条`.
pub(in crate::ingest) fn is_numbered(text: &str) -> bool {
    let numeral =
        |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇零一二三四五六七八九十百".contains(c);
    let text = text.trim_start();
    let bracketed = text.starts_with(['（', '(', '第', '〔', '［', '[']);
    let rest = text.trim_start_matches(['（', '(', '第', '〔', '［', '[']);
    let after = rest.trim_start_matches(numeral).trim_start();
    let numbered = after.len() < rest.len();
    let circled = text.starts_with(|c: char| ('①'..='⒛').contains(&c) || ('㈠'..='㈩').contains(&c));
    circled
        || numbered
            && if bracketed {
                after.starts_with(['）', ')', '条', '章', '节', '项', '款', '〕', '］', ']'])
            } else {
                is_mark_of_item(after)
            }
}

/// What stands behind the number of an item; a point before a digit is part of a number.
fn is_mark_of_item(after: &str) -> bool {
    match after.strip_prefix('.') {
        Some(rest) => !rest.starts_with(|c: char| c.is_ascii_digit()),
        None => after.starts_with(['、', '．', '，', ')', '）']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_headings_and_items() {
        for text in ["一、总体情况", "（一）予以公开", "(二)", "1.属于", "12、", "第三条", "①甲", "十二．", "２．乙"]
        {
            assert!(is_numbered(text), "{text}");
        }
        for text in ["法提供", "2024年", "一般情况", "3", "第三方", "（国令第711号）", "0.5万元", "本年", ""]
        {
            assert!(!is_numbered(text), "{text}");
        }
    }
}
