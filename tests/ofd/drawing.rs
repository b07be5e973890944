//! What pages draw, seen through the paragraphs and tables that are made of it.

use super::build::{lines, one, package, page, read, said, text};

fn object(attributes: &str, inside: &str) -> String {
    format!(r#"<ofd:TextObject Boundary="20 20 100 5" Size="4" {attributes}>{inside}</ofd:TextObject>"#)
}

fn code(text: &str) -> String {
    format!(r#"<ofd:TextCode X="0" Y="4" DeltaX="g 99 4">{text}</ofd:TextCode>"#)
}

#[test]
fn hidden_things_are_out() {
    let seen = text(20, 60, "可见");
    for hidden in [
        object(r#"Visible="false""#, &code("隐藏")),
        format!(r#"<ofd:PageBlock>{}</ofd:PageBlock>"#, object(r#"Visible="false""#, &code("隐藏"))),
        r#"<ofd:TextObject Boundary="300 20 50 5" Size="4"><ofd:TextCode X="0" Y="4">纸外</ofd:TextCode></ofd:TextObject>"#.to_owned(),
        format!(r#"<ofd:PathObject Boundary="0 0 9 9"><ofd:Clips><ofd:Clip><ofd:Area><ofd:Text>{}</ofd:Text></ofd:Area></ofd:Clip></ofd:Clips></ofd:PathObject>"#, object("", &code("隐藏"))),
    ] {
        assert_eq!(said(&read(&one(&format!("{hidden}{seen}")))), "可见", "{hidden}");
    }
}

#[test]
fn text_that_nothing_paints_is_not_taken_for_seen() {
    for attributes in [r#"Alpha="0""#, r#"Fill="false""#] {
        let content = format!("{}{}", object(attributes, &code("隐藏")), text(20, 60, "可见"));
        assert!(!said(&read(&one(&content))).contains("隐藏可见"), "{attributes}");
    }
    let clear = object("", &format!(r#"<ofd:FillColor Value="0 0 0" Alpha="0"/>{}"#, code("隐藏")));
    assert_eq!(said(&read(&one(&format!("{clear}{}", text(20, 60, "可见"))))), "可见");
    assert_eq!(said(&read(&one(&object(r#"Fill="false" Stroke="true""#, &code("空心"))))), "空心");
}

#[test]
fn codes_of_one_object_stand_where_they_say() {
    let two = object(
        "",
        r#"<ofd:TextCode X="0" Y="4" DeltaX="4">甲乙</ofd:TextCode><ofd:TextCode X="8" DeltaX="4">丙丁</ofd:TextCode>"#,
    );
    assert_eq!(lines(&read(&one(&two))), ["甲乙丙丁"]);
    let below = object(
        "",
        r#"<ofd:TextCode X="0" Y="4" DeltaX="4">甲乙</ofd:TextCode><ofd:TextCode Y="40" DeltaX="4">丙丁</ofd:TextCode>"#,
    );
    assert_eq!(said(&read(&one(&below))), "甲乙丙丁");
}

#[test]
fn characters_without_distances_do_not_lie_on_one_another() {
    let content = object("", r#"<ofd:TextCode X="0" Y="4">2021年度报告</ofd:TextCode>"#);
    assert_eq!(lines(&read(&one(&content))), ["2021年度报告"]);
}

#[test]
fn distances_of_ideographs_part_no_number_and_wider_ones_do() {
    let content = object("", r#"<ofd:TextCode X="0" Y="4" DeltaX="g 9 4">共2021件</ofd:TextCode>"#);
    assert_eq!(lines(&read(&one(&content))), ["共2021件"]);
    let apart = object("", r#"<ofd:TextCode X="0" Y="4" DeltaX="2 6 2">1234</ofd:TextCode>"#);
    assert_eq!(lines(&read(&one(&apart))), ["12 34"]);
}

#[test]
fn text_set_aslant_is_kept_apart() {
    let stamp = object(r#"CTM="0.866 -0.5 0.5 0.866 0 40""#, &code("内部资料202"));
    let document = read(&one(&format!("{}{stamp}", text(20, 20, "正文"))));
    assert_eq!(said(&document), "正文");
    assert!(document.asides.iter().any(|aside| aside.text.contains("内部资料202")), "{:?}", document.asides);
}

#[test]
fn pages_set_sideways_are_turned() {
    // Down the page, the first line at its right: by a matrix, and by the directions of the text.
    let by_matrix = |x: u32, text: &str| {
        format!(
            r#"<ofd:TextObject Boundary="{x} 20 9 200" CTM="0 1 -1 0 0 0" Size="4"><ofd:TextCode X="0" Y="0" DeltaX="g 9 4">{text}</ofd:TextCode></ofd:TextObject>"#
        )
    };
    let by_direction = |x: u32, text: &str| {
        format!(
            r#"<ofd:TextObject Boundary="{x} 20 9 200" Size="4" ReadDirection="90" CharDirection="90"><ofd:TextCode X="0" Y="0" DeltaY="g 9 4">{text}</ofd:TextCode></ofd:TextObject>"#
        )
    };
    for content in [
        [by_matrix(100, "一、总体情况。"), by_matrix(80, "二、主动公开。")].concat(),
        [by_direction(100, "一、总体情况。"), by_direction(80, "二、主动公开。")].concat(),
    ] {
        assert_eq!(lines(&read(&one(&content))), ["一、总体情况。", "二、主动公开。"], "{content}");
    }
}

#[test]
fn layers_and_templates_are_all_drawn() {
    let common = r#"<ofd:TemplatePage ID="5" BaseLoc="Tpls/A.xml"/><ofd:TemplatePage ID="6" BaseLoc="Tpls/B.xml" ZOrder="Foreground"/>"#;
    let templates = r#"<ofd:Template TemplateID="5"/><ofd:Template TemplateID="6"/><ofd:Template TemplateID="7"/>"#;
    let layer = |kind: &str, content: &str| format!(r#"<ofd:Layer Type="{kind}">{content}</ofd:Layer>"#);
    let content = [
        layer("Foreground", &text(20, 80, "丁")),
        layer("Body", &text(20, 60, "丙")),
        layer("Background", &text(20, 40, "乙")),
    ]
    .concat();
    let whole = format!("<ofd:Page>{templates}<ofd:Content>{content}</ofd:Content></ofd:Page>");
    let (first, last) = (page(&text(20, 20, "甲")), page(&text(20, 100, "戊")));
    let more = [("Doc_0/Tpls/A.xml", first.as_str()), ("Doc_0/Tpls/B.xml", &last)];
    assert_eq!(said(&read(&package(&[whole], common, "", &more))), "甲乙丙丁戊");
}

/// Rules of a table of two rows and two columns in a box of 80 by 20 mm.
const RULES: [(u32, u32, u32, u32); 6] =
    [(20, 20, 80, 0), (20, 30, 80, 0), (20, 40, 80, 0), (20, 20, 0, 20), (60, 20, 0, 20), (100, 20, 0, 20)];

fn cells() -> String {
    [text(22, 22, "甲"), text(62, 22, "1"), text(22, 32, "乙"), text(62, 32, "20")].concat()
}

/// The table of a page with these things on it, as rows of texts.
fn table(content: &str) -> Vec<Vec<String>> {
    let document = read(&one(content));
    assert_eq!(document.tables.len(), 1, "{:?}", lines(&document));
    document.tables[0].rows.iter().map(|row| row.cells.iter().map(gongkai::document::Cell::text).collect()).collect()
}

#[test]
fn rules_make_a_table_however_they_are_drawn() {
    let stroked = |(x, y, w, h): (u32, u32, u32, u32)| {
        format!(
            r#"<ofd:PathObject Boundary="{x} {y} {w} {h}" LineWidth="0.2"><ofd:AbbreviatedData>M 0 0 L {w} {h}</ofd:AbbreviatedData></ofd:PathObject>"#
        )
    };
    let filled = |(x, y, w, h): (u32, u32, u32, u32)| {
        let (w, h) = (f64::from(w).max(0.2), f64::from(h).max(0.2));
        format!(
            r#"<ofd:PathObject Boundary="{x} {y} {w} {h}" Stroke="false" Fill="true"><ofd:AbbreviatedData>M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>"#
        )
    };
    let scaled = |(x, y, w, h): (u32, u32, u32, u32)| {
        format!(
            r#"<ofd:PathObject Boundary="10 10 200 200" CTM="0.1 0 0 0.1 -10 -10"><ofd:AbbreviatedData>S {}0 {}0 L {}0 {}0</ofd:AbbreviatedData></ofd:PathObject>"#,
            x,
            y,
            x + w,
            y + h
        )
    };
    let whole = r#"<ofd:PathObject Boundary="20 20 80 20"><ofd:AbbreviatedData>M0 0L80 0L80 20L0 20C M0 10L80 10 M40 0L40 20</ofd:AbbreviatedData></ofd:PathObject>"#;
    let drawn = [RULES.map(stroked).concat(), RULES.map(filled).concat(), RULES.map(scaled).concat(), whole.to_owned()];
    for rules in drawn {
        assert_eq!(table(&format!("{}{rules}", cells())), [["甲", "1"], ["乙", "20"]], "{rules}");
    }
}

#[test]
fn graphics_by_reference_are_drawn_where_they_are_referred_to() {
    let rules = RULES.map(|(x, y, w, h)| format!(r#"<PathObject Boundary="{} {} {w} {h}"><AbbreviatedData>M 0 0 L {w} {h}</AbbreviatedData></PathObject>"#, x - 20, y - 20)).concat();
    let resources = format!(
        r#"<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="8"><Content>{rules}</Content></CompositeGraphicUnit><CompositeGraphicUnit ID="9"><Content><CompositeObject ResourceID="8" Boundary="10 0 1 1"/></Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>"#
    );
    let content =
        page(&format!(r#"{}<CompositeObject ResourceID="9" Boundary="15 20 1 1" CTM="1 0 0 1 -5 0"/>"#, cells()));
    let common = "<DocumentRes>Res.xml</DocumentRes>";
    let content = content.replace("<CompositeObject", "<ofd:CompositeObject");
    let document = read(&package(&[content], common, "", &[("Doc_0/Res.xml", &resources)]));
    assert_eq!(document.tables.len(), 1, "{:?}", lines(&document));
}

#[test]
fn a_page_of_pictures_counts_them() {
    let picture = r#"<ofd:ImageObject Boundary="10 10 50 50" CTM="50 0 0 50 0 0" ResourceID="3"/>"#;
    assert_eq!(read(&one(&format!("{}{picture}{picture}", text(20, 100, "图")))).pictures, 2);
}
