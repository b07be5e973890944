//! Automatic numbers: as printed, rebuilt, and none for bullets.

use super::{body, read};

const TABLES: &str = "{\\*\\listtable{\\list\\listtemplateid1{\\listlevel\\levelnfc39\\levelnfcn39\\levelstartat1{\\leveltext\\'02\\'00\\'a1\\'a2;}{\\levelnumbers\\'01;}}\
{\\listlevel\\levelnfc0\\levelnfcn0\\levelstartat3{\\leveltext\\'04\\'00.\\'01.;}{\\levelnumbers\\'01\\'03;}}{\\listname ;}\\listid100}\
{\\list{\\listlevel\\levelnfc23\\levelnfcn23\\levelstartat1{\\leveltext\\'01o;}{\\levelnumbers;}}\\listid200}}\
{\\*\\listoverridetable{\\listoverride\\listid100\\listoverridecount0\\ls1}{\\listoverride\\listid200\\listoverridecount0\\ls2}\
{\\listoverride\\listid100\\listoverridecount1{\\lfolevel\\listoverridestartat\\levelstartat7}\\ls3}}";

#[test]
fn printed_numbers_are_taken() {
    let numbered = "\\pard{\\listtext\\pard\\plain\\f13 \\'d2\\'bb\\'a1\\'a2\\tab}\\ls1 a\\par";
    let paragraphs = read(&format!("{TABLES}{numbered}")).blocks;
    let gongkai::document::Block::Paragraph(paragraph) = &paragraphs[0] else { panic!("a paragraph") };
    assert_eq!((paragraph.number.as_deref(), paragraph.text.as_str()), (Some("一、"), "a"));
    assert_eq!(body("{\\pntext\\f0 1.\\tab}{\\*\\pn\\pnlvlbody\\pndec{\\pntxta .}}a\\par b\\par"), ["1.a", "b"]);
}

#[test]
fn numbers_that_nobody_printed_are_rebuilt() {
    let list = "\\pard\\ls1 a\\par b\\par\\ilvl1 c\\par d\\par\\ilvl0 e\\par\\pard f\\par\\pard\\ls3 g\\par h\\par";
    let wanted = ["一、a", "二、b", "二.3.c", "二.4.d", "三、e", "f", "七、g", "八、h"];
    assert_eq!(body(&format!("{TABLES}{list}")), wanted);
}

#[test]
fn bullets_are_no_numbers() {
    let by_list = "\\pard{\\listtext\\f0 o\\tab}\\ls2 a\\par b\\par";
    assert_eq!(body(&format!("{TABLES}{by_list}")), ["a", "b"]);
    assert_eq!(body("\\pard{\\pntext\\f15\\'6c\\tab}a\\par"), ["a"], "by its sign");
    assert_eq!(body("\\pard{\\pntext\\f0 o\\tab}{\\*\\pn\\pnlvlblt{\\pntxtb o}}a\\par"), ["a"], "by the old word");
    assert_eq!(body("\\pard{\\pntext\\f0 \\u9312??\\tab}a\\par"), ["①a"]);
}

#[test]
fn patterns_that_ask_for_much_give_nothing() {
    let pattern = "\\'00".repeat(60);
    let head = format!(
        "{{\\*\\listtable{{\\list{{\\listlevel\\levelnfc1\\levelstartat3888{{\\leveltext\\'3c{pattern};}}}}\\listid1}}}}{{\\*\\listoverridetable{{\\listoverride\\listid1\\ls1}}}}"
    );
    assert_eq!(body(&format!("{head}\\ls1 a\\par")), ["a"]);
}
