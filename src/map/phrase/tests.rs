//! Patterns against the `regex` crate, and what it has not.

use proptest::prelude::*;
use regex::Regex;

use super::*;

/// All that a pattern may have.
const PATTERNS: &[&str] = &[
    "收到",
    "收到?|接收到?",
    "(?:上一?年度?|去年|20\\d\\d年)(?:度)?(?:结转|转结)(?:[至到]?(?:本|今)年度?)?",
    "新(?:收|受理)(?:到|办)?(?:[^件宗条]{1,6}?(?:信息|公开)申请|(?:的)?(?:(?:信息)?(?:公开)?(?:申请)?)?)?",
    "[^务息](?:公开|发布)[^，、]{0,4}(?:文件|申请)[^，、]{0,3}",
    "结转(?:自)?(?:上一?年度?|去年)(?:继续)?(?:[^件]{0,10}申请)?",
    "[（(]?[一二\\d][）)、.-]|同时",
    "(?:均|也|从)*(?:未|没有|没)(?:有|收到)?(?:过|到)?",
    "收{2}|\\(年",
    "(?:公开|信息)$",
    "",
];

fn texts() -> impl Strategy<Value = String> {
    let words = [
        "收", "到", "接", "上", "一", "年", "度", "去", "2021", "结转", "转", "至", "本", "新", "受理", "的", "信息",
        "公开", "申请", "件", "条", "务", "息", "发布", "文件", "，", "继续", "(", "（", "二", "、", "同时", "均",
        "也", "未", "没有", "过", "。", "x",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..12).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn patterns_are_read_as_regular_expressions_are(text in texts()) {
        for pattern in PATTERNS {
            let ours = Phrases::new(pattern);
            let of = |text: String| Regex::new(&text.replace("\\d", "[0-9]")).expect("a pattern");
            let regex = of((*pattern).to_owned());
            let all: Vec<_> = regex.find_iter(&text).map(|found| found.range()).collect();
            if ours.anywhere.is_empty() || ours.begins.begun.is_empty() {
                prop_assert_eq!(ours.find_all(&text).collect::<Vec<_>>(), all, "{} in {}", pattern, text);
            }
            prop_assert_eq!(ours.is_in(&text), regex.is_match(&text), "{} in {}", pattern, text);
            let start = of(format!("^(?:{pattern})")).find(&text).map(|found| found.end());
            prop_assert_eq!(ours.at_start(&text).map(|(_, end)| end), start, "{} before {}", pattern, text);
            prop_assert_eq!(ours.is(&text), of(format!("^(?:{pattern})$")).is_match(&text), "{} is {}", pattern, text);
            let end = of(format!("(?:{pattern})$")).find(&text).map(|found| found.start());
            let mut first = None;
            ours.to_ends(&text, &[text.len()], |_, at| first = first.or(Some(at)));
            prop_assert_eq!(first, end, "{} ends {}", pattern, text);
            let cover = of(format!("^(?:{pattern})*$")).is_match(&text);
            prop_assert_eq!(ours.cover(&text, Tags::of(0)), cover, "{} covers {}", pattern, text);
        }
    }
}

#[test]
fn of_tags_only_those_asked_for_cover() {
    let words = Phrases::tagged([(0, "全年|共"), (1, "收到"), (2, "认真|在[^，]{1,9}下")]);
    assert!(words.cover("全年共收到", Tags::of(0).and(1)));
    assert!(!words.cover("全年共收到", Tags::of(0)));
    assert_eq!(words.without("全年县局收到共", Tags::of(0).and(1)), "县局");
    assert!(words.meet("全年认真做好", Tags::of(0), Tags::of(2)));
    assert!(!words.meet("县局认真做好", Tags::of(0), Tags::of(2)));
}

#[test]
fn what_stands_before_may_rule_a_pattern_out() {
    let published = Phrases::new("(?<![务息])(?:公开|发布)");
    assert_eq!(published.find("信息公开、公开"), Some(15..21));
    assert_eq!(published.find("公开"), Some(0..6));
    assert!(!published.is_in("政务公开"));
}

#[test]
fn no_text_makes_a_deep_stack() {
    let text = "均".repeat(100_000);
    assert!(!Phrases::new("(?:均|也)*未").is(&text));
    assert!(!Phrases::new("[^。]{0,9}未").is_in(&text));
    assert!(Phrases::new("均").cover(&text, Tags::of(0)));
}
