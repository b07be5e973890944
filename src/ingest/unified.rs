//! Characters that only look like ideographs → the ideographs.
//!
//! Browsers that print, and some fonts, say of a glyph that it is a radical or a form of compatibility where a person reads
//! an ideograph (⼯作, 人⺠政府), and so does whatever was copied out of such a file. No label, no name and no
//! search would find them.

use unicode_normalization::UnicodeNormalization as _;

use crate::document::{Aside, Block, Document, Paragraph};

/// The ideographs that the radicals of the supplement stand for, each behind its radical.
/// Unicode's `EquivalentUnifiedIdeograph`; its own normalisation knows only two of them.
const SUPPLEMENT: &str = "⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 \
     ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 \
     ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 \
     ⻊𧾷 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 \
     ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟";

/// The ideograph that a character looks like, where it is none itself; any other as it is.
pub(super) fn ideograph(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{2eff}' => of_supplement(c).unwrap_or(c),
        '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        c => c,
    }
}

fn of_supplement(radical: char) -> Option<char> {
    let mut behind = SUPPLEMENT.chars().skip_while(|c| *c != radical);
    behind.nth(1)
}

/// A digit above the line as the character that says so: it counts notes, and is no digit of the number before it.
pub(super) fn raised(c: char) -> char {
    match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + c as u32 - '0' as u32).unwrap_or(c),
        c => c,
    }
}

/// The document with ideographs in all its texts.
pub(super) fn document(mut document: Document) -> Document {
    let cells = document.tables.iter_mut().flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells);
    let blocks = document.blocks.iter_mut().chain(cells.flat_map(|cell| &mut cell.blocks));
    let paragraphs = blocks.filter_map(|block| match block {
        Block::Paragraph(Paragraph { text, .. }) => Some(text),
        Block::Table(_) => None,
    });
    for text in paragraphs {
        if has_others(text) {
            *text = text.chars().map(ideograph).collect();
        }
    }
    for Aside { text, .. } in &mut document.asides {
        if has_others(text) {
            *text = text.chars().map(ideograph).collect();
        }
    }
    document
}

/// Whether a text has such characters: by the bytes with which all of them begin, which hardly any other does.
fn has_others(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| match bytes[at] {
        0xe2 => matches!(bytes[at + 1], 0xba..=0xbf),
        _ => matches!(bytes[at + 1], 0xa4..=0xab),
    };
    bytes.len() > 2 && memchr::memchr2_iter(0xe2, 0xef, bytes).any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_radical_of_the_supplement_stands_before_its_ideograph() {
        let pairs: Vec<Vec<char>> = SUPPLEMENT.split_whitespace().map(|pair| pair.chars().collect()).collect();
        assert_eq!(pairs.len(), 114, "as many as Unicode lists");
        assert!(pairs.is_sorted());
        for pair in pairs {
            let [radical, ideograph] = pair[..] else { panic!("{pair:?}") };
            assert!(('\u{2e80}'..='\u{2ef3}').contains(&radical), "{radical}");
            assert!(!('\u{2e80}'..='\u{2fdf}').contains(&ideograph), "{ideograph}");
            assert_eq!(super::ideograph(radical), ideograph);
            let nfkc: String = std::iter::once(radical).nfkc().collect();
            assert!(nfkc == radical.to_string() || nfkc == ideograph.to_string(), "{radical}");
        }
    }

    #[test]
    fn digits_above_the_line_say_so() {
        assert_eq!("0123456789件".chars().map(raised).collect::<String>(), "⁰¹²³⁴⁵⁶⁷⁸⁹件");
    }

    #[test]
    fn other_characters_stay() {
        for c in ['民', 'a', '0', '⺀', '（', '①', '“', '—', '\u{ff10}', '\u{2eff}', '\u{e000}'] {
            assert_eq!(ideograph(c), c);
            assert!(!has_others(&c.to_string()) || c == '⺀' || c == '\u{2eff}', "{c}");
        }
        assert_eq!(
            "⾏政机关、⼈⺠政府、⻓沙、\u{fa08}".chars().map(ideograph).collect::<String>(),
            "行政机关、人民政府、长沙、行"
        );
        assert!(["一⼀", "人⺠", "\u{fa08}"].into_iter().all(has_others));
    }
}
