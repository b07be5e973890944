//! Files that break off, and groups that do not match.

use super::{HEAD, detail, read_bytes, view};
use gongkai::ingest::{self, Error, Limits};

fn partial(text: &str) -> (Vec<String>, String) {
    let document = read_bytes(format!("{HEAD}{text}").as_bytes());
    assert!(document.partial, "{text}");
    (view::body(&document), detail(&document, "partial_file", "cause").to_owned())
}

#[test]
fn what_came_before_a_break_is_kept() {
    let broken = "1 groups are not closed";
    assert_eq!(partial("a\\par b"), (vec!["a".to_owned(), "b".to_owned()], broken.to_owned()));
    assert_eq!(partial("a\\par{\\pict 0102").0, ["a"]);
    assert_eq!(partial("a\\par{\\b b{\\i c").0, ["a", "bc"]);
    let document =
        read_bytes(format!("{HEAD}\\trowd\\cellx500\\cellx900\\intbl a\\cell b\\cell\\row c\\cell d").as_bytes());
    assert_eq!(view::grid(&document.tables[0]), ["a b", "c d"]);
}

#[test]
fn text_after_the_end_is_read() {
    let (body, cause) = partial("a\\par}} b\\par {\\b c}\\par}");
    assert_eq!(body, ["a", " b", "c"]);
    assert!(cause.contains("closing braces"), "{cause}");
    let document = read_bytes(format!("{HEAD}a\\par}}\r\n\0\0 signed").as_bytes());
    assert_eq!((view::body(&document), document.partial), (vec!["a".to_owned()], false));
}

#[test]
fn binary_data_that_is_not_there_takes_nothing() {
    let (body, cause) = partial("a\\bin99999999999 b\\par}");
    assert_eq!(body, ["ab"]);
    assert_eq!(cause, "binary data is shorter than stated");
}

/// Figures that a file cut off anywhere still gives are those of the whole file.
#[test]
fn a_report_that_breaks_off_gives_no_wrong_figure() {
    let whole: &[u8] = include_bytes!("../../samples/rtf-2021/input.rtf");
    let figures = |bytes: &[u8]| {
        let extraction = gongkai::extract(bytes, &gongkai::Options::default()).expect("a readable file");
        let figures: Vec<_> = extraction.reports.iter().flat_map(gongkai::report::Report::figures).cloned().collect();
        let given = |figure: &gongkai::report::Figure| matches!(figure.value, gongkai::report::Value::Number(_));
        let given: std::collections::BTreeMap<_, _> = figures
            .iter()
            .filter(|figure| given(figure))
            .map(|figure| (figure.key.to_string(), figure.raw.clone()))
            .collect();
        given
    };
    let all = figures(whole);
    let mut most = 0;
    for part in 3..8 {
        let some = figures(&whole[..whole.len() * part / 8]);
        // The last figure may be cut itself.
        let wrong = some.iter().filter(|&(key, raw)| all.get(key) != Some(raw)).count();
        assert!(wrong <= 1, "{part}/8: {wrong} figures are others");
        most = most.max(some.len());
    }
    assert!(most > all.len() / 2, "{most} of {}", all.len());
}

#[test]
fn nothing_but_damage_is_an_error() {
    let error = ingest::read(b"{\\rtf1\\ansi{\\fonttbl{\\f0", &Limits::default()).expect_err("nothing in it");
    assert!(matches!(error, Error::Damaged { reader: "rtf", .. }), "{error}");
    assert!(ingest::read(b"{\\rtf1}", &Limits::default()).expect("an empty document").blocks.is_empty());
}
