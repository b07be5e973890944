//! Address, postcode, telephone and e-mail, as the sentence gives them that says whom to ask.
//!
//! 如对本报告有疑问，请与…联系（地址：…，邮编：…，电话：…）, or a line for each. A value counts only
//! behind its label and in its own shape: a wrong telephone number is worse than none.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use super::super::about::pattern;
use super::super::chars::Chars;
use super::super::stream::Line;
use crate::report::Contact;

/// A letter or 〇 right behind the digits is a digit mistyped: 0517-8360521O is no number of seven digits.
static TELEPHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[(（]?(?P<area>0\d{2,3})[)）]?[-\s]*)?(?P<own>[2-9]\d{6,7}|1[3-9]\d{9}|(?:400|800)-?\d{3}-?\d{4})(?:[-转](?P<extension>\d{1,5}))?(?:[^0-9A-Za-z〇○]|[Ee]-?[Mm]ail|$)",
    )
});
static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"));

/// Every line is searched for these, so they are searched for by many bytes at once.
static WORDS: LazyLock<[Finder<'static>; 9]> =
    LazyLock::new(|| ["电话", "邮编", "邮政编码", "地址", "@", "＠", "疑问", "联系方式", "致电"].map(Finder::new));

/// Labels of addresses are none behind these: 网址, 邮箱地址, 网站地址, IP地址.
const NO_ADDRESS_BEFORE: &str = "网箱站件页pP";
/// Labels of telephones; the last follow 如有疑问，请.
const TELEPHONES: [&str; 4] = ["电话", "手机", "联系方式", "致电"];
/// Telephones for other things than questions about the report.
const OTHER_TELEPHONES: [&str; 6] = ["监督", "举报", "投诉", "值班", "报警", "服务热线"];
/// What an address holds.
const OF_ADDRESS: &str = "路街道巷号区县市镇乡村楼室厦院省";
/// What ends an address, besides a bracket that it did not open.
const ENDS: [char; 8] = ['，', ',', '；', ';', '。', '\n', '\t', '|'];
/// Whose contact stands at the foot of every page of a site: not that of the report.
const OF_THE_SITE: [&str; 8] = ["主办", "承办", "版权", "备案", "ICP", "标识码", "技术支持", "纠错"];
/// So many lines from one of those words, at the foot of a page, an address is that of the site.
const BESIDE: usize = 4;
/// More bytes than a sentence has that gives a contact.
const LONGEST: usize = 1_500;
/// More characters than any address has.
const LONGEST_ADDRESS: usize = 60;

/// A run of lines that give some of the four.
#[derive(Debug, Default)]
struct Group {
    text: String,
    first: usize,
    /// Whether it says that it is for questions about the report.
    for_questions: bool,
    fields: [Option<String>; 4],
    /// A label gives two different values.
    torn: bool,
}

/// Whom to ask: the group that says so, else the only one.
pub(super) fn contact(lines: &[&Line]) -> Option<Contact> {
    let groups = groups(lines);
    let mut asked = groups.iter().filter(|group| group.for_questions);
    let group = match (asked.next(), asked.next()) {
        (Some(group), None) => group,
        (None, _) if groups.len() == 1 => &groups[0],
        _ => return None,
    };
    if group.torn {
        return None;
    }
    let [address, postcode, telephone, email] = group.fields.clone();
    let text = group.text.trim().to_owned();
    Some(Contact { text, address, postcode, telephone, email, origin: lines[group.first].origin })
}

fn groups(lines: &[&Line]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut last = None;
    for (at, line) in lines.iter().enumerate() {
        if line.text.trim().is_empty() {
            last = last.map(|_| at);
        }
        for sentence in telling(&line.text) {
            let text: String = sentence.chars().map(half_width).collect();
            let fields = fields(&text);
            let introduces = is_question(&text) && text.contains("联系");
            if fields.iter().all(Option::is_none) && !introduces {
                continue;
            }
            let goes_on = last.is_some_and(|last| last + 1 >= at);
            if !goes_on {
                groups.push(Group { first: at, ..Group::default() });
            }
            if let Some(group) = groups.last_mut() {
                let join = if last == Some(at) { "。" } else { "\n" };
                add(group, sentence, fields, if goes_on { join } else { "" });
            }
            last = Some(at);
        }
    }
    // A sentence that names nobody's address, and a lone value that nobody says is for asking.
    let asks = |group: &Group| group.for_questions || ["联系", "致电"].iter().any(|word| group.text.contains(word));
    let alone = |group: &Group| group.fields.iter().flatten().count() < 2 && !asks(group);
    let beside_site = |group: &Group| {
        let beside = group.first.saturating_sub(BESIDE)..lines.len().min(group.first + BESIDE + 1);
        !group.for_questions && lines[beside].iter().any(|line| is_of_site(&line.text))
    };
    groups.retain(|group| group.fields.iter().any(Option::is_some) && !alone(group) && !beside_site(group));
    groups
}

fn add(group: &mut Group, text: &str, fields: [Option<String>; 4], join: &str) {
    group.text.push_str(join);
    group.text.push_str(text.trim());
    group.for_questions |= is_question(text);
    for (known, new) in group.fields.iter_mut().zip(fields) {
        group.torn |= known.is_some() && new.is_some() && *known != new;
        *known = known.take().or(new);
    }
}

fn is_question(text: &str) -> bool {
    ["疑问", "本报告", "年度报告", "本年报"].iter().any(|word| text.contains(word))
        || text.contains("联系") && text.contains("请与")
}

/// Whether a text has a word that tells of a contact.
pub(super) fn may_tell(text: &str) -> bool {
    // Hardly a cell has a character with which one of them begins.
    static FIRSTS: Chars = Chars::of(&['电', '邮', '地', '@', '＠', '疑', '系']);
    FIRSTS.any_in(text) && WORDS.iter().any(|word| word.find(text.as_bytes()).is_some())
}

/// The sentences of a line that may give a contact of the report.
fn telling(text: &str) -> impl Iterator<Item = &str> {
    let holds = may_tell;
    let sentences = if holds(text) { text.split('。') } else { "".split('。') };
    sentences.filter(move |sentence| sentence.len() <= LONGEST && holds(sentence) && !is_of_site(sentence))
}

/// Whether a text has a word that stands at the foot of the pages of a site.
fn is_of_site(text: &str) -> bool {
    // Hardly a line has a character with which one of them begins.
    static FIRSTS: Chars = Chars::of(&['主', '承', '版', '备', 'I', '标', '技', '纠']);
    FIRSTS.any_in(text) && OF_THE_SITE.iter().any(|word| text.contains(word))
}

/// Digits, hyphens and at signs as they are typed on a telephone; the length in characters stays.
fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '＠' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '－' | '—' | '–' | '―' | '‐' | '‑' => '-',
        '\u{a0}' | '\u{3000}' => ' ',
        _ => c,
    }
}

/// Address, postcode, telephone, e-mail.
fn fields(text: &str) -> [Option<String>; 4] {
    [address(text), postcode(text), telephone(text), email(text)]
}

/// What stands behind a label: `found` says whether the label counts where it stands.
fn behind<'t>(text: &'t str, label: &'t str, counts: impl Fn(&str) -> bool + 't) -> impl Iterator<Item = &'t str> {
    text.match_indices(label).filter(move |(at, _)| counts(&text[..*at])).map(move |(at, _)| {
        text[at + label.len()..].trim_start_matches(|c: char| c.is_whitespace() || [':', '：', '为', '是'].contains(&c))
    })
}

fn address(text: &str) -> Option<String> {
    let counts = |before: &str| !before.ends_with(|c| NO_ADDRESS_BEFORE.contains(c));
    behind(text, "地址", counts).find_map(|rest| {
        let end = end_of_address(rest);
        let labels = ["邮编", "邮政", "电话", "联系", "传真", "邮箱", "信箱", "电子", "E-mail", "Email"];
        let end = labels.iter().filter_map(|label| rest[..end].find(label)).min().unwrap_or(end);
        let value: String =
            rest[..end].trim_end_matches(['(', '（', '、']).chars().filter(|c| !c.is_whitespace()).collect();
        let is_one = (4..=LONGEST_ADDRESS).contains(&value.chars().count())
            && value.contains(|c| OF_ADDRESS.contains(c))
            && !value.contains(['@', ':', '：'])
            && !value.contains("www");
        is_one.then_some(value)
    })
}

/// Where a comma or stop stands, or a bracket closes that was opened before the address.
fn end_of_address(text: &str) -> usize {
    let mut depth = 0;
    let ends = |(_, c): &(usize, char)| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ => {}
        }
        depth < 0 || ENDS.contains(c)
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
}

/// Six digits, also in groups: 223 001.
fn postcode(text: &str) -> Option<String> {
    ["邮编", "邮政编码"].iter().find_map(|label| {
        behind(text, label, |_| true).find_map(|rest| {
            let mut code = String::new();
            for group in rest.split(' ') {
                let digits = group.bytes().take_while(u8::is_ascii_digit).count();
                code.push_str(&group[..digits]);
                if code.len() >= 6 || digits < group.len() {
                    break;
                }
            }
            (code.len() == 6).then_some(code)
        })
    })
}

/// The first number behind the label, with one hyphen: `0517-83605210`.
fn telephone(text: &str) -> Option<String> {
    let counts = |before: &str| !OTHER_TELEPHONES.iter().any(|word| before.ends_with(word));
    TELEPHONES.iter().flat_map(|label| behind(text, label, counts)).find_map(|rest| {
        // 电话/传真：, 电话（传真）：
        let also = ["/传真", "／传真", "、传真", "及传真", "（传真）", "(传真)", "（兼传真）"];
        let rest = also.iter().find_map(|also| rest.strip_prefix(also)).unwrap_or(rest);
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || [':', '：'].contains(&c));
        let found = TELEPHONE.captures(rest)?;
        let part = |name| found.name(name).map(|part| part.as_str());
        let own = part("own")?;
        // 8360521 0: so few digits behind a space belong to the number before them.
        let behind = found.name("own").map_or("", |own| &rest[own.end()..]);
        let more = behind.trim_start_matches(' ').bytes().take_while(u8::is_ascii_digit).count();
        if behind.starts_with(' ') && (1..=3).contains(&more) {
            return None;
        }
        let area = part("area").map_or_else(String::new, |area| format!("{area}-"));
        let extension = part("extension").map_or_else(String::new, |extension| format!("-{extension}"));
        Some(format!("{area}{own}{extension}"))
    })
}

/// The only address with an at sign, where a label says what it is.
fn email(text: &str) -> Option<String> {
    if !text.contains('@') {
        return None;
    }
    let labelled = ["邮箱", "信箱", "邮件", "mail", "Mail", "MAIL"].iter().any(|label| text.contains(label));
    let mut found = EMAIL.find_iter(text);
    let only = found.next().filter(|_| labelled && found.next().is_none())?;
    Some(only.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::printed;

    fn of(texts: &[&str]) -> Option<[Option<String>; 4]> {
        let line = |text: &&str| Line { text: (*text).into(), origin: Default::default(), blank_cell: false };
        let lines: Vec<Line> = texts.iter().map(line).collect();
        contact(&lines.iter().collect::<Vec<_>>()).map(|it| [it.address, it.postcode, it.telephone, it.email])
    }

    fn is(address: &str, postcode: &str, telephone: &str, email: &str) -> Option<[Option<String>; 4]> {
        Some([address, postcode, telephone, email].map(|text| (!text.is_empty()).then(|| text.to_owned())))
    }

    #[test]
    fn a_sentence_gives_what_it_labels() {
        let text = "如对本报告有疑问，请与示例县人民政府办公室联系（地址：示例县东街1号；邮编：223001，电话：0517—83605210，电子邮箱：a.b@example.gov.cn）。谢谢。";
        assert_eq!(of(&[text]), is("示例县东街1号", "223001", "0517-83605210", "a.b@example.gov.cn"));
        let text = "如有疑问请联系。联系电话：0564--3374099";
        assert_eq!(of(&[text]), is("", "", "0564-3374099", ""));
        let text = "全年通过电话答复3件。如对本报告有疑问，请与示例办联系（电话：0564-3374099）。";
        assert_eq!(of(&[text]), is("", "", "0564-3374099", ""));
        assert_eq!(of(&["联系电话：05643374099"]), is("", "", "0564-3374099", ""));
        assert_eq!(of(&["如有疑问，请联系，电话：０５７８－２０９０８２３"]), is("", "", "0578-2090823", ""));
        assert_eq!(of(&["联系电话：83605210、83605211"]), is("", "", "83605210", ""));
        assert_eq!(of(&["联系电话：（0517）83605210转8012"]), is("", "", "0517-83605210-8012", ""));
        let text = "联系地址：示例县东街1号，邮编：223 001，电话：83605210，电子信箱：a@example.cn";
        assert_eq!(of(&[text]), is("示例县东街1号", "223001", "83605210", "a@example.cn"));
        assert_eq!(
            of(&["邮编：223001 联系电话：83605210E-mail：a@example.cn"]),
            is("", "223001", "83605210", "a@example.cn")
        );
        assert_eq!(of(&["联系方式：0751-8888888"]), is("", "", "0751-8888888", ""));
        let text = "公民可致电示例县人民政府信息公开办公室，电话：0591-83926179";
        assert_eq!(of(&[text]), is("", "", "0591-83926179", ""));
        assert_eq!(of(&["如有疑问，请致电0751-8888888。"]), is("", "", "0751-8888888", ""));
        assert_eq!(of(&["如有疑问，请与示例局联系，手机：13800000000"]), is("", "", "13800000000", ""));
        assert_eq!(of(&["如对本报告有疑问，请发电子邮件至 x@example.gov.cn。"]), is("", "", "", "x@example.gov.cn"));
        let text = "联系地址：示例路（示例中心）3号楼（西侧），邮编：223001）";
        assert_eq!(of(&[text]), is("示例路（示例中心）3号楼（西侧）", "223001", "", ""));
    }

    #[test]
    fn no_label_of_the_form_tells_of_a_contact() {
        assert!(printed::all().count() > 200);
        for label in printed::all() {
            assert!(!may_tell(label), "{label}");
        }
    }

    #[test]
    fn a_line_for_each() {
        let lines = ["联系地址：示例市东区西路12号", "", "邮政编码：512000", "联系电话：0751-8888888", "邮箱：x@y.cn"];
        assert_eq!(of(&lines), is("示例市东区西路12号", "512000", "0751-8888888", "x@y.cn"));
    }

    #[test]
    fn what_is_not_sure_is_not_there() {
        for text in [
            "如对本报告有疑问，请与示例局联系（地址：，邮编：，电话：，电子邮箱：）。",
            "全年接听热线电话12345次，通过电话、邮箱答复。",
            "联系电话：1234",
            "联系电话：0517-8360521O",
            "联系电话：0517-8360521〇",
            "联系电话：0517-8360521 0",
            "如有疑问请联系，邮编：22300 10517",
            "如有疑问请联系，邮编：22300l",
            "监督电话：0751-8888888",
            "邮箱地址：a@b.cn",
            "联系电话：0751-888888812345678",
            "主办单位：示例市人民政府 地址：示例路1号 邮编：512000 联系电话：0751-8888888",
        ] {
            assert_eq!(of(&[text]), None, "{text}");
        }
        let foot = ["地址：示例市东区西路12号 邮编：512000 电话：0751-8888888", "网站地图", "版权所有：示例市人民政府"];
        assert_eq!(of(&foot), None);
        let own = ["请与示例局联系（地址：示例市东区西路1号；电话：0751-8888887）", "正文", "正文", "正文", "正文"];
        let both: Vec<&str> = own.iter().chain(&foot).copied().collect();
        assert_eq!(of(&both), is("示例市东区西路1号", "", "0751-8888887", ""));
        let two = ["联系电话：0751-8888888", "正文", "联系电话：0751-8888887"];
        assert_eq!(of(&two), None);
        let two = ["联系电话：0751-8888888", "如对本报告有疑问，请联系，电话：0751-8888887"];
        assert_eq!(of(&two), None);
    }
}
