//! Numbers as Word prints them before a paragraph.

/// Largest number written with repeated letters (`aaa`); Word itself stops at 780.
const MAX_LETTERS: u32 = 780;
/// Largest number written in Roman figures.
const MAX_ROMAN: u32 = 32_767;

/// `number` in the format of this name; plain figures where the format is unknown or ends.
pub(super) fn format(number: u32, format: &str) -> String {
    special(number, format).unwrap_or_else(|| number.to_string())
}

fn special(number: u32, format: &str) -> Option<String> {
    Some(match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => full_width(number),
        "upperRoman" => roman(number)?,
        "lowerRoman" => roman(number)?.to_lowercase(),
        "upperLetter" => letters(number, 'A')?,
        "lowerLetter" => letters(number, 'a')?,
        "numberInDash" => format!("- {number} -"),
        "chineseCounting" | "taiwaneseCounting" if number < 100 => counting(number, &HAN),
        "chineseCounting" | "taiwaneseCounting" => digits(number, '○'),
        "chineseCountingThousand" | "taiwaneseCountingThousand" => counting(number, &HAN),
        "japaneseCounting" | "koreanDigital2" => counting(number, &JAPANESE),
        "chineseLegalSimplified" => counting(number, &LEGAL),
        "ideographLegalTraditional" | "japaneseLegal" => counting(number, &LEGAL_TRADITIONAL),
        "ideographDigital" | "japaneseDigitalTenThousand" => digits(number, '〇'),
        "taiwaneseDigital" => digits(number, '○'),
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸", number)?,
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥", number)?,
        "ideographZodiacTraditional" => stem_and_branch(number)?,
        "ideographEnclosedCircle" => nth("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", number)?,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number)?,
        "decimalEnclosedParen" => offset('⑴', number, 20)?,
        "decimalEnclosedFullstop" => offset('⒈', number, 20)?,
        _ => return None,
    })
}

/// Digits and units of a counting system.
struct Counting {
    digits: [char; 10],
    /// Ten, hundred, thousand.
    units: [char; 3],
    /// Ten thousand, a hundred million.
    groups: [char; 2],
    /// Whether a one before the first unit is left out: 十一.
    bare_ten: bool,
    /// Whether a one before every unit but 万 is left out: 百十一.
    bare_units: bool,
    /// Whether skipped places are marked: 一百零一.
    zeros: bool,
}

const HAN: Counting = Counting {
    digits: ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    units: ['十', '百', '千'],
    groups: ['万', '亿'],
    bare_ten: true,
    bare_units: false,
    zeros: true,
};
const JAPANESE: Counting = Counting {
    digits: ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    units: ['十', '百', '千'],
    groups: ['万', '億'],
    bare_ten: true,
    bare_units: true,
    zeros: false,
};
const LEGAL: Counting = Counting {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    units: ['拾', '佰', '仟'],
    groups: ['萬', '亿'],
    bare_ten: false,
    bare_units: false,
    zeros: true,
};
const LEGAL_TRADITIONAL: Counting = Counting {
    digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
    units: ['拾', '佰', '仟'],
    groups: ['萬', '億'],
    bare_ten: false,
    bare_units: false,
    zeros: true,
};

fn counting(number: u32, system: &Counting) -> String {
    if number == 0 {
        return system.digits[0].to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    for place in (0..10).rev() {
        let digit = number / 10_u32.pow(place) % 10;
        let unit = (place % 4) as usize;
        if digit == 0 {
            gap = true;
        } else {
            if gap && !text.is_empty() && system.zeros {
                text.push(system.digits[0]);
            }
            gap = false;
            let bare = digit == 1 && (system.bare_units && unit > 0 || system.bare_ten && unit == 1 && text.is_empty());
            if !bare {
                text.push(system.digits[digit as usize]);
            }
            if unit > 0 {
                text.push(system.units[unit - 1]);
            }
        }
        let group_used = !(number / 10_u32.pow(place)).is_multiple_of(10_000);
        if unit == 0 && place > 0 && group_used {
            text.push(system.groups[place as usize / 4 - 1]);
        }
    }
    text
}

fn digits(number: u32, zero: char) -> String {
    number
        .to_string()
        .bytes()
        .map(|digit| if digit == b'0' { zero } else { HAN.digits[usize::from(digit - b'0')] })
        .collect()
}

fn full_width(number: u32) -> String {
    number.to_string().bytes().filter_map(|digit| char::from_u32('０' as u32 + u32::from(digit - b'0'))).collect()
}

fn nth(list: &str, number: u32) -> Option<String> {
    list.chars().nth(number.checked_sub(1)? as usize).map(String::from)
}

fn stem_and_branch(number: u32) -> Option<String> {
    if number > 60 {
        return None;
    }
    let index = number.checked_sub(1)?;
    Some(nth("甲乙丙丁戊己庚辛壬癸", index % 10 + 1)? + &nth("子丑寅卯辰巳午未申酉戌亥", index % 12 + 1)?)
}

fn offset(first: char, number: u32, last: u32) -> Option<String> {
    if number == 0 || number > last {
        return None;
    }
    char::from_u32(first as u32 + number - 1).map(String::from)
}

fn circled(number: u32) -> Option<String> {
    match number {
        0 => Some("⓪".to_owned()),
        1..=20 => offset('①', number, 20),
        21..=35 => offset('㉑', number - 20, 15),
        36..=50 => offset('㊱', number - 35, 15),
        _ => None,
    }
}

/// a … z, aa, bb … zz, aaa: the letter is repeated, not counted on.
fn letters(number: u32, first: char) -> Option<String> {
    if number == 0 || number > MAX_LETTERS {
        return None;
    }
    let letter = char::from_u32(first as u32 + (number - 1) % 26)?;
    Some(letter.to_string().repeat(((number - 1) / 26 + 1) as usize))
}

fn roman(number: u32) -> Option<String> {
    const FIGURES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > MAX_ROMAN {
        return None;
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, figure) in FIGURES {
        text.push_str(&figure.repeat((rest / value) as usize));
        rest %= value;
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::format;

    /// One line a format: numbers and how Word prints them.
    macro_rules! prints {
        ($($format:literal: $($number:literal $text:literal),+;)+) => {
            #[test]
            fn numbers_are_printed_as_word_prints_them() {
                $($(assert_eq!(format($number, $format), $text, "{} in {}", $number, $format);)+)+
            }
        };
    }

    prints! {
        "decimal": 0 "0", 12 "12";
        "decimalZero": 5 "05", 12 "12";
        "decimalFullWidth": 12 "１２";
        "chineseCounting": 1 "一", 10 "十", 11 "十一", 20 "二十", 99 "九十九", 101 "一○一";
        "chineseCountingThousand": 10 "十", 19 "十九", 21 "二十一", 100 "一百", 101 "一百零一", 110 "一百一十", 1005 "一千零五",
            10_000 "一万", 100_001 "十万零一";
        "japaneseCounting": 1 "一", 10 "十", 11 "十一", 111 "百十一", 1000 "千", 101 "百一";
        "chineseLegalSimplified": 10 "壹拾", 21 "贰拾壹";
        "ideographDigital": 10 "一〇", 25 "二五";
        "ideographTraditional": 1 "甲", 10 "癸", 11 "11";
        "ideographZodiac": 12 "亥";
        "ideographZodiacTraditional": 1 "甲子", 60 "癸亥", 61 "61";
        "decimalEnclosedCircle": 1 "①", 20 "⑳", 21 "㉑", 50 "㊿", 51 "51";
        "decimalEnclosedParen": 3 "⑶";
        "decimalEnclosedFullstop": 3 "⒊";
        "upperRoman": 4 "IV", 1994 "MCMXCIV", 0 "0", 4_000_000_000_u32 "4000000000";
        "lowerRoman": 9 "ix";
        "upperLetter": 1 "A", 26 "Z", 27 "AA", 28 "BB", 4_000_000_000_u32 "4000000000";
        "lowerLetter": 3 "c";
        "bullet": 1 "";
        "somethingNew": 7 "7";
    }
}
