//! Labels folded so that two ways of printing one label compare equal.
//!
//! Folded away: width, white space, punctuation, quotes, brackets, traditional characters, the
//! number before a label and a bracketed explanation after it. What is left is the *core*; the
//! number is kept beside it as an [`Ordinal`], because 其他 and 3.其他 are different places.

use unicode_normalization::UnicodeNormalization;

/// The number printed before a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ordinal {
    /// 一、
    Chapter(u32),
    /// （一）
    Bracketed(u32),
    /// 1.
    Arabic(u32),
}

/// A folded label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// What is left of the text; empty if nothing is.
    pub core: String,
    /// The number before it.
    pub ordinal: Option<Ordinal>,
}

impl Label {
    /// Folds a label.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut plain = plain(text);
        let (ordinal, rest) = ordinal(&plain);
        let (start, length) = (plain.len() - rest.len(), without_explanation(rest).len());
        plain.truncate(start + length);
        plain.drain(..start);
        Label { core: core(plain), ordinal }
    }

    /// Folds a text whole: nothing before or after is cut off.
    #[must_use]
    pub fn whole(text: &str) -> String {
        core(plain(text))
    }
}

/// The text with its traditional characters made simplified, character for character.
#[must_use]
pub fn simplify(text: &str) -> String {
    text.chars().map(simplified).collect()
}

/// Nearness of two cores, 0 to 1: the share of characters that need no edit.
#[must_use]
pub fn nearness(a: &str, b: &str) -> f64 {
    strsim::normalized_levenshtein(a, b)
}

/// Width, white space and traditional characters folded; punctuation kept.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // From here on nothing has been written that stays as it is.
    let mut from = 0;
    for (at, c) in text.char_indices() {
        // The quick way for nearly every character of a label.
        if is_ideograph(c) && !may_be_traditional(c) || matches!(c, '!'..='~') {
            continue;
        }
        out.push_str(&text[from..at]);
        from = at + c.len_utf8();
        match c {
            c if is_ideograph(c) => out.push(simplified(c)),
            c if c.is_whitespace() || is_invisible(c) => {}
            // Digits above the line count notes.
            '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => {}
            '（' | '〔' | '【' | '［' => out.push('('),
            '）' | '〕' | '】' | '］' => out.push(')'),
            '\u{ff01}'..='\u{ff5e}' => out.push(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
            c => out.extend(std::iter::once(c).nfkc().filter(|c| !c.is_whitespace()).map(simplified)),
        }
    }
    out.push_str(&text[from..]);
    out
}

/// Characters that are not seen: of no width, of direction, of byte order, and soft hyphens.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Letters and digits only, words of a conversion from traditional characters changed back.
fn core(mut text: String) -> String {
    let stays = |c: char| is_ideograph(c) || c.is_alphanumeric();
    let (mut all_stay, mut may_be_converted) = (true, false);
    for c in text.chars() {
        all_stay &= stays(c);
        may_be_converted |= c == '档';
    }
    // Most labels have nothing else.
    if !all_stay {
        text.retain(stays);
    }
    if may_be_converted { words(text) } else { text }
}

/// Nearly every character of a label; the quick answer to most questions.
pub(crate) fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Words that a conversion from traditional characters changes as words.
fn words(core: String) -> String {
    if core.contains("规范性档案") { core.replace("规范性档案", "规范性文件") } else { core }
}

/// Splits off the number before a label: `一、` `（一）` `(1)` `1.` `1、`.
fn ordinal(plain: &str) -> (Option<Ordinal>, &str) {
    let bracketed = plain.strip_prefix('(');
    let rest = bracketed.unwrap_or(plain);
    let chinese = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
    let arabic = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, after, arabic) = if chinese > 0 {
        (numeral(&rest[..chinese]), &rest[chinese..], false)
    } else if arabic > 0 && arabic <= 2 {
        (rest[..arabic].parse().ok(), &rest[arabic..], true)
    } else {
        return (None, plain);
    };
    let Some(number) = number else { return (None, plain) };
    let closed = after.strip_prefix(')');
    let marked = closed.unwrap_or(after).trim_start_matches(['、', '.', ',', ':', '。']);
    let is_marked = closed.is_some() || marked.len() < after.len();
    // 五 of 五常市 is no number; a digit is one even without a mark (1属于国家秘密).
    let is_number = is_marked || (arabic && bracketed.is_none() && starts_with_ideograph(marked));
    match (is_number, bracketed.is_some() || closed.is_some(), arabic) {
        (false, ..) => (None, plain),
        (_, true, false) => (Some(Ordinal::Bracketed(number)), marked),
        (_, false, false) => (Some(Ordinal::Chapter(number)), marked),
        (_, _, true) => (Some(Ordinal::Arabic(number)), marked),
    }
}

fn starts_with_ideograph(text: &str) -> bool {
    text.starts_with(|c: char| is_ideograph(c) && !matches!(c, '年' | '月' | '日'))
}

fn is_numeral(c: char) -> bool {
    c == '十' || digit(c).is_some()
}

/// The Chinese digit from 1 to 9.
fn digit(c: char) -> Option<u32> {
    match c {
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

/// Chinese numerals from 1 to 99.
fn numeral(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    match (chars.next()?, chars.next(), chars.next(), chars.next()) {
        ('十', None, ..) => Some(10),
        ('十', Some(unit), None, _) => Some(10 + digit(unit)?),
        (tens, Some('十'), None, _) => Some(10 * digit(tens)?),
        (tens, Some('十'), Some(unit), None) => Some(10 * digit(tens)? + digit(unit)?),
        (unit, None, ..) => digit(unit),
        _ => None,
    }
}

/// Drops a bracketed explanation at the end, closed or not: 部分公开(区分处理的,…).
fn without_explanation(text: &str) -> &str {
    // Quick way: most labels have no bracket.
    if !text.as_bytes().contains(&b'(') {
        return text;
    }
    let mut open = 0usize;
    let mut start = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' => {
                if open == 0 {
                    start = Some(at);
                }
                open += 1;
            }
            ')' => {
                open = open.saturating_sub(1);
                let ends = text[at + 1..].chars().all(|c| !c.is_alphanumeric());
                if open == 0 && !ends {
                    start = None;
                }
            }
            _ => {}
        }
    }
    match start {
        Some(at) if at > 0 => &text[..at],
        _ => text,
    }
}

/// The simplified form of a traditional character that labels of the form are printed with.
fn simplified(c: char) -> char {
    if !may_be_traditional(c) {
        return c;
    }
    // Sorted by the traditional character, so that it can be searched by halves.
    match TRADITIONAL.binary_search_by_key(&c, |&(traditional, _)| traditional) {
        Ok(at) => TRADITIONAL[at].1,
        Err(_) => c,
    }
}

/// Whether a character is in the table of traditional ones.
#[inline]
fn may_be_traditional(c: char) -> bool {
    let at = (c as usize).wrapping_sub(FIRST_IDEOGRAPH);
    IS_TRADITIONAL.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
}

const FIRST_IDEOGRAPH: usize = 0x4e00;

/// A bit for each ideograph that is in the table below: nearly all are not.
static IS_TRADITIONAL: [u64; 328] = {
    let mut bits = [0; 328];
    let mut entry = 0;
    while entry < TRADITIONAL.len() {
        let at = TRADITIONAL[entry].0 as usize - FIRST_IDEOGRAPH;
        bits[at / 64] |= 1 << (at % 64);
        entry += 1;
    }
    bits
};

/// Traditional characters of the form's own words, and the simplified ones.
const TRADITIONAL: &[(char, char)] = &[
    ('來', '来'),
    ('倉', '仓'),
    ('個', '个'),
    ('優', '优'),
    ('內', '内'),
    ('劃', '划'),
    ('動', '动'),
    ('務', '务'),
    ('勢', '势'),
    ('區', '区'),
    ('協', '协'),
    ('員', '员'),
    ('問', '问'),
    ('單', '单'),
    ('嚴', '严'),
    ('國', '国'),
    ('團', '团'),
    ('執', '执'),
    ('報', '报'),
    ('壓', '压'),
    ('學', '学'),
    ('實', '实'),
    ('審', '审'),
    ('將', '将'),
    ('對', '对'),
    ('導', '导'),
    ('屬', '属'),
    ('庫', '库'),
    ('廢', '废'),
    ('廳', '厅'),
    ('張', '张'),
    ('強', '强'),
    ('後', '后'),
    ('從', '从'),
    ('復', '复'),
    ('徵', '征'),
    ('態', '态'),
    ('應', '应'),
    ('懲', '惩'),
    ('採', '采'),
    ('擇', '择'),
    ('據', '据'),
    ('數', '数'),
    ('於', '于'),
    ('時', '时'),
    ('書', '书'),
    ('會', '会'),
    ('東', '东'),
    ('條', '条'),
    ('業', '业'),
    ('構', '构'),
    ('標', '标'),
    ('機', '机'),
    ('檔', '档'),
    ('權', '权'),
    ('歷', '历'),
    ('決', '决'),
    ('況', '况'),
    ('減', '减'),
    ('測', '测'),
    ('濟', '济'),
    ('為', '为'),
    ('無', '无'),
    ('爾', '尔'),
    ('獲', '获'),
    ('現', '现'),
    ('環', '环'),
    ('產', '产'),
    ('當', '当'),
    ('發', '发'),
    ('監', '监'),
    ('眾', '众'),
    ('確', '确'),
    ('祕', '秘'),
    ('稅', '税'),
    ('種', '种'),
    ('稱', '称'),
    ('筆', '笔'),
    ('範', '范'),
    ('籤', '签'),
    ('糾', '纠'),
    ('約', '约'),
    ('納', '纳'),
    ('級', '级'),
    ('細', '细'),
    ('終', '终'),
    ('組', '组'),
    ('結', '结'),
    ('絕', '绝'),
    ('給', '给'),
    ('統', '统'),
    ('經', '经'),
    ('維', '维'),
    ('網', '网'),
    ('編', '编'),
    ('縣', '县'),
    ('縮', '缩'),
    ('總', '总'),
    ('績', '绩'),
    ('織', '织'),
    ('繳', '缴'),
    ('續', '续'),
    ('罰', '罚'),
    ('義', '义'),
    ('聯', '联'),
    ('與', '与'),
    ('舉', '举'),
    ('萬', '万'),
    ('處', '处'),
    ('號', '号'),
    ('術', '术'),
    ('衛', '卫'),
    ('補', '补'),
    ('製', '制'),
    ('複', '复'),
    ('見', '见'),
    ('規', '规'),
    ('訂', '订'),
    ('計', '计'),
    ('訊', '讯'),
    ('訪', '访'),
    ('設', '设'),
    ('許', '许'),
    ('訴', '诉'),
    ('評', '评'),
    ('詞', '词'),
    ('詢', '询'),
    ('試', '试'),
    ('話', '话'),
    ('該', '该'),
    ('詳', '详'),
    ('誌', '志'),
    ('認', '认'),
    ('誤', '误'),
    ('說', '说'),
    ('調', '调'),
    ('談', '谈'),
    ('請', '请'),
    ('論', '论'),
    ('諮', '咨'),
    ('謂', '谓'),
    ('講', '讲'),
    ('謝', '谢'),
    ('證', '证'),
    ('識', '识'),
    ('譯', '译'),
    ('議', '议'),
    ('護', '护'),
    ('讀', '读'),
    ('變', '变'),
    ('讓', '让'),
    ('負', '负'),
    ('財', '财'),
    ('貨', '货'),
    ('貪', '贪'),
    ('責', '责'),
    ('貴', '贵'),
    ('買', '买'),
    ('費', '费'),
    ('貿', '贸'),
    ('資', '资'),
    ('賠', '赔'),
    ('質', '质'),
    ('賬', '账'),
    ('購', '购'),
    ('賽', '赛'),
    ('贊', '赞'),
    ('趙', '赵'),
    ('趨', '趋'),
    ('跡', '迹'),
    ('踐', '践'),
    ('軍', '军'),
    ('較', '较'),
    ('輔', '辅'),
    ('輕', '轻'),
    ('輛', '辆'),
    ('輪', '轮'),
    ('輯', '辑'),
    ('輸', '输'),
    ('轄', '辖'),
    ('轉', '转'),
    ('辦', '办'),
    ('農', '农'),
    ('連', '连'),
    ('進', '进'),
    ('運', '运'),
    ('過', '过'),
    ('達', '达'),
    ('遷', '迁'),
    ('選', '选'),
    ('遺', '遗'),
    ('還', '还'),
    ('邊', '边'),
    ('鄉', '乡'),
    ('鄰', '邻'),
    ('醫', '医'),
    ('釋', '释'),
    ('鋼', '钢'),
    ('錄', '录'),
    ('錢', '钱'),
    ('錯', '错'),
    ('鍵', '键'),
    ('鎖', '锁'),
    ('鎮', '镇'),
    ('鐵', '铁'),
    ('長', '长'),
    ('門', '门'),
    ('閉', '闭'),
    ('開', '开'),
    ('間', '间'),
    ('閱', '阅'),
    ('關', '关'),
    ('陣', '阵'),
    ('陳', '陈'),
    ('陸', '陆'),
    ('陽', '阳'),
    ('隊', '队'),
    ('際', '际'),
    ('隨', '随'),
    ('險', '险'),
    ('隱', '隐'),
    ('離', '离'),
    ('難', '难'),
    ('電', '电'),
    ('靈', '灵'),
    ('靜', '静'),
    ('響', '响'),
    ('頁', '页'),
    ('項', '项'),
    ('順', '顺'),
    ('須', '须'),
    ('預', '预'),
    ('頒', '颁'),
    ('領', '领'),
    ('頻', '频'),
    ('題', '题'),
    ('額', '额'),
    ('類', '类'),
    ('顧', '顾'),
    ('顯', '显'),
    ('風', '风'),
    ('飛', '飞'),
    ('館', '馆'),
    ('駐', '驻'),
    ('驅', '驱'),
    ('驗', '验'),
    ('驟', '骤'),
    ('體', '体'),
    ('鬥', '斗'),
    ('魚', '鱼'),
    ('鳥', '鸟'),
    ('麗', '丽'),
    ('點', '点'),
    ('黨', '党'),
    ('齊', '齐'),
    ('龍', '龙'),
];

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! folds {
        ($($text:literal => $core:literal, $ordinal:expr;)*) => {
            $(assert_eq!(Label::of($text), Label { core: $core.to_owned(), ordinal: $ordinal }, "{}", $text);)*
        };
    }

    #[test]
    fn labels_fold_to_a_core_and_a_number() {
        use Ordinal::{Arabic, Bracketed, Chapter};
        folds! {
            "一、本年新收政府信息公开申请数量" => "本年新收政府信息公开申请数量", Some(Chapter(1));
            "（一）予以公开" => "予以公开", Some(Bracketed(1));
            "(三) 不予公开" => "不予公开", Some(Bracketed(3));
            "1.属于国家秘密" => "属于国家秘密", Some(Arabic(1));
            "1、属于国家秘密" => "属于国家秘密", Some(Arabic(1));
            "1． 属于国家秘密" => "属于国家秘密", Some(Arabic(1));
            "（1）属于国家秘密" => "属于国家秘密", Some(Arabic(1));
            "3.危及“三安全一稳定”" => "危及三安全一稳定", Some(Arabic(3));
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）" => "部分公开", Some(Bracketed(2));
            "（二）部分公开（区分处理的，只" => "部分公开", Some(Bracketed(2));
            "第二十条 第（一）项" => "第二十条第一项", None;
            "商 业\n企　业" => "商业企业", None;
            "本年收费金额（单位：万元）" => "本年收费金额", None;
            "現行有效件數 (歷史累計)" => "现行有效件数", None;
            "規範性檔案" => "规范性文件", None;
            "行政規范性文件" => "行政规范性文件", None;
            "五常市民意乡" => "五常市民意乡", None;
            "2021年政府信息" => "2021年政府信息", None;
            "5" => "5", None;
            "本年增/减" => "本年增减", None;
        }
    }

    #[test]
    fn the_table_of_characters_is_sorted_and_has_no_character_twice() {
        assert!(TRADITIONAL.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
