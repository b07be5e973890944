//! What is read of OpenDocument texts, a feature a test.

use gongkai::document::{AsideKind, Document};
use gongkai::ingest::{self, Error, Limits};

use crate::package::{Package, cell, flat, p, row, table};
use crate::view::{body, cells, codes, grid};

fn read(body: &str) -> Document {
    Package::odt(body, "").read()
}

fn styled(body: &str, styles: &str) -> Document {
    Package::odt(body, styles).read()
}

const COVERED: &str = "<table:covered-table-cell/>";

// ---- text ----

#[test]
fn blanks_tabs_and_line_breaks() {
    let document = read(&p("  a \n b<text:s text:c=\"3\"/>c<text:tab/>d<text:line-break/>e <text:s/> f "));
    assert_eq!(body(&document), ["a b   c\td\ne   f "]);
}

#[test]
fn spans_links_marks_and_fields_are_text() {
    let text = r#"<text:a><text:span>一</text:span></text:a><text:bookmark-start text:name="x"/>、<text:bookmark-end text:name="x"/><text:date>总体</text:date><text:ruby><text:ruby-base>情况</text:ruby-base><text:ruby-text>qingkuang</text:ruby-text></text:ruby>"#;
    assert_eq!(body(&read(&p(text))), ["一、总体情况"]);
}

#[test]
fn what_is_chosen_in_a_list_is_there_and_not_read() {
    let mark = |kind: &str| {
        format!(
            r#"a<field:fieldmark xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0" field:type="vnd.oasis.opendocument.field.{kind}"><field:param field:name="Dropdown_Selected" field:value="1"/></field:fieldmark>b"#
        )
    };
    assert_eq!(body(&read(&p(&mark("FORMDROPDOWN")))), ["a\u{fffd}b"]);
    assert_eq!(body(&read(&p(&mark("UNHANDLED")))), ["ab"]);
}

#[test]
fn what_is_not_text_is_passed_over() {
    let text = r#"a<draw:frame><svg:title xmlns:svg="x">no</svg:title><draw:image/></draw:frame><text:script>no</text:script>b"#;
    let document = read(&(r#"<text:sequence-decls>no</text:sequence-decls>"#.to_owned() + &p(text)));
    assert_eq!(body(&document), ["ab"]);
    assert_eq!(document.pictures, 1);
}

#[test]
fn alternatives_of_a_picture_are_one() {
    let document =
        read(&p("<draw:frame><draw:object/><draw:image/></draw:frame><draw:frame><draw:image/></draw:frame>"));
    assert_eq!(document.pictures, 2);
}

#[test]
fn text_boxes_follow_the_paragraph_that_they_hang_on() {
    let boxed = format!(
        "<draw:frame><draw:text-box>{}{}</draw:text-box></draw:frame>",
        p("box"),
        table(&[&row(&[&cell("", "1")])])
    );
    let shape = format!("<draw:custom-shape>{}</draw:custom-shape>", p("shape"));
    let document = read(&(p(&format!("a{boxed}b{shape}")) + &p("c")));
    assert_eq!(body(&document), ["ab", "box", "[table 1]", "shape", "c"]);
}

#[test]
fn hidden_text_is_out() {
    let styles = r#"<style:style style:name="T" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="S" style:family="text"><style:text-properties text:display="true"/></style:style><style:style style:name="B" style:family="paragraph"><style:text-properties text:display="none"/></style:style><style:style style:name="P" style:family="paragraph" style:parent-style-name="B"/>"#;
    let text = [
        &p(r#"5<text:span text:style-name="T">7<text:span text:style-name="S">8</text:span>9</text:span>1"#),
        r#"<text:p text:style-name="P">no</text:p>"#,
        r#"<text:section text:display="none"><text:p>no</text:p></text:section>"#,
        r#"<text:section text:display="condition" text:is-hidden="true"><text:p>no</text:p></text:section>"#,
        r#"<text:section><text:p>yes</text:p></text:section>"#,
        &p(
            r#"a<text:hidden-text text:is-hidden="true">no</text:hidden-text><text:hidden-text>b</text:hidden-text><text:conditional-text>c</text:conditional-text><text:variable-set text:display="none">no</text:variable-set>"#,
        ),
        &p(r#"no<text:hidden-paragraph text:is-hidden="true"/>"#),
    ];
    assert_eq!(body(&styled(&text.concat(), styles)), ["581", "", "yes", "abc"]);
}

#[test]
fn deletions_are_out_and_insertions_are_in() {
    let changes = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>no</text:p></text:deletion></text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"#;
    let document = read(
        &(changes.to_owned() + &p(r#"1<text:change text:change-id="d"/><text:change-start/>2<text:change-end/>"#)),
    );
    assert_eq!(body(&document), ["12"]);
    assert_eq!(codes(&document), ["tracked_changes"]);
    assert_eq!((&*document.findings[0].details["insertions"], &*document.findings[0].details["deletions"]), ("1", "1"));
}

#[test]
fn notes_heads_and_comments_are_beside_the_text() {
    let note = |kind: &str| {
        format!(
            r#"<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation><text:note-body>{}{}</text:note-body></text:note>"#,
            p(kind),
            table(&[&row(&[&cell("", "9")])])
        )
    };
    let comment = format!("<office:annotation><dc:creator>no</dc:creator>{}</office:annotation>", p("comment"));
    let text = p(&format!("a{}{comment}b{}", note("footnote"), note("endnote"))) + &table(&[&row(&[&cell("", "1")])]);
    let styles = format!(
        "<office:document-styles><office:master-styles><style:master-page><style:header>{}</style:header><style:footer>{}</style:footer></style:master-page></office:master-styles></office:document-styles>",
        p("head"),
        p("foot")
    );
    let about = "<office:document-meta><office:meta><dc:title>Title</dc:title><dc:creator>no</dc:creator></office:meta></office:document-meta>";
    let document = Package::odt(&text, "").odf_part("styles.xml", &styles).odf_part("meta.xml", about).read();
    assert_eq!(body(&document), ["ab", "[table 1]"]);
    assert_eq!(cells(&document.tables[0]), [["1"]]);
    let asides: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.text.as_str())).collect();
    use AsideKind::{Comment, Endnote, Footer, Footnote, Header, Title};
    let expected = [
        (Title, "Title"),
        (Header, "head"),
        (Footer, "foot"),
        (Footnote, "footnote\n9"),
        (Comment, "comment"),
        (Endnote, "endnote\n9"),
    ];
    assert_eq!(asides, expected);
}

#[test]
fn pages_are_known_where_the_file_says_so() {
    let styles = r#"<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>"#;
    let text = format!(
        "{}<text:p>a<text:soft-page-break/>b</text:p>{}<text:p text:style-name=\"P\">d</text:p>",
        p("x"),
        p("c")
    );
    let pages = |document: &Document| -> Vec<Option<u32>> {
        document
            .blocks
            .iter()
            .map(|block| match block {
                gongkai::document::Block::Paragraph(paragraph) => paragraph.origin.page,
                gongkai::document::Block::Table(_) => None,
            })
            .collect()
    };
    assert_eq!(pages(&styled(&text, styles)), [None; 4]);
    let saying = Package::odt(&text, styles);
    let content = String::from_utf8(saying.parts[1].1.clone()).expect("UTF-8");
    let content = content.replace("<office:text>", r#"<office:text text:use-soft-page-breaks="true">"#);
    assert_eq!(pages(&saying.part("content.xml", &content).read()), [Some(1), Some(1), Some(2), Some(3)]);
}

// ---- numbers of lists and headings ----

/// A list style with two levels.
const LIST: &str = r#"<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="（" style:num-suffix="）" text:start-value="3"/></text:list-style><text:list-style style:name="D"><text:list-level-style-number text:level="1" style:num-format="1"/><text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2"/></text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style><text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-list-format="第%1%条"/></text:list-style>"#;

fn item(content: &str) -> String {
    format!("<text:list-item>{content}</text:list-item>")
}

fn list(attributes: &str, content: &str) -> String {
    format!("<text:list {attributes}>{content}</text:list>")
}

#[test]
fn lists_count_on_where_they_say_so() {
    let l = r#"text:style-name="L""#;
    let text = [
        list(
            &format!(r#"{l} xml:id="one""#),
            &(item(&p("a"))
                + &item(&(p("b") + &p("more") + &list("", &(item(&p("x")) + &item(&p("y"))))))
                + &item(&list("", &item(&p("z"))))),
        ),
        p("between"),
        list(&format!(r#"{l} text:continue-numbering="true""#), &item(&p("c"))),
        list(l, &item(&p("again"))),
        list(&format!(r#"{l} text:continue-list="one""#), &item(&p("d"))),
        list(
            l,
            &format!(
                r#"<text:list-header>{}</text:list-header><text:list-item text:start-value="9">{}</text:list-item>{}"#,
                p("head"),
                p("nine"),
                item(&p("ten"))
            ),
        ),
    ];
    let expected = [
        "一、a",
        "二、b",
        "more",
        "（3）x",
        "（4）y",
        "（5）z",
        "between",
        "三、c",
        "一、again",
        "四、d",
        "head",
        "九、nine",
        "十、ten",
    ];
    assert_eq!(body(&styled(&text.concat(), LIST)), expected);
}

#[test]
fn levels_show_those_above_them_and_bullets_show_nothing() {
    let text = [
        list(r#"text:style-name="D""#, &(item(&p("a")) + &item(&(p("b") + &list("", &item(&p("x"))))))),
        list(r#"text:style-name="B""#, &item(&p("bullet"))),
        list(r#"text:style-name="N""#, &(item(&p("")) + &item(&p("x")))),
        list(r#"text:style-name="none""#, &item(&p("unknown"))),
    ];
    assert_eq!(body(&styled(&text.concat(), LIST)), ["1a", "2b", "2.ax", "bullet", "第1条", "第2条x", "unknown"]);
}

#[test]
fn headings_are_numbered_by_their_outline() {
    let outline = r#"<text:outline-style><text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style><style:style style:name="X" style:family="paragraph" style:list-style-name=""/>"#;
    let h =
        |level: u32, more: &str, text: &str| format!(r#"<text:h text:outline-level="{level}" {more}>{text}</text:h>"#);
    let text = [
        h(1, "", "a"),
        h(2, "", "b"),
        h(1, r#"text:is-list-header="true""#, "c"),
        h(1, r#"text:style-name="X""#, "d"),
        h(1, "", "e"),
        h(1, "", "<text:number>第三</text:number>f"),
    ];
    let styles = format!("<office:document-styles><office:styles>{outline}</office:styles></office:document-styles>");
    let document = Package::odt(&text.concat(), "").odf_part("styles.xml", &styles).read();
    assert_eq!(body(&document), ["一、a", "b", "c", "d", "二、e", "第三f"]);
}

#[test]
fn automatic_styles_of_the_two_parts_are_apart() {
    let hidden = |display: &str| {
        format!(
            r#"<style:style style:name="T1" style:family="text"><style:text-properties text:display="{display}"/></style:style>"#
        )
    };
    let span = p(r#"<text:span text:style-name="T1">x</text:span>"#);
    let styles = format!(
        "<office:document-styles><office:automatic-styles>{}</office:automatic-styles><office:master-styles><style:master-page><style:header>{span}</style:header></style:master-page></office:master-styles></office:document-styles>",
        hidden("none")
    );
    let document = Package::odt(&span, &hidden("true")).odf_part("styles.xml", &styles).read();
    assert_eq!(body(&document), ["x"]);
    assert!(document.asides.is_empty());
}

// ---- tables ----

#[test]
fn covered_cells_are_no_cells() {
    let wide = cell(r#"table:number-columns-spanned="2""#, "w");
    let deep = cell(r#"table:number-rows-spanned="2""#, "d");
    let rows = [row(&[&wide, COVERED, &deep]), row(&[&cell("", "1"), &cell("", "2"), COVERED])];
    let document = read(&table(&[&rows[0], &rows[1]]));
    assert_eq!(cells(&document.tables[0]), vec![vec!["w", "d"], vec!["1", "2"]]);
    assert_eq!(grid(&document.tables[0]), ["w w d", "1 2 d"]);
}

#[test]
fn repeated_covered_cells_count_each() {
    let big = cell(r#"table:number-columns-spanned="3" table:number-rows-spanned="2""#, "b");
    let covered = |n: u32| format!(r#"<table:covered-table-cell table:number-columns-repeated="{n}"/>"#);
    let rows = [row(&[&big, &covered(2), &cell("", "x")]), row(&[&covered(3), &cell("", "y")])];
    assert_eq!(grid(&read(&table(&[&rows[0], &rows[1]])).tables[0]), ["b b b x", "b b b y"]);
    // One that nothing covers keeps its place.
    let stray = row(&[&cell("", "a"), &covered(2), &cell("", "z")]);
    assert_eq!(cells(&read(&table(&[&stray])).tables[0]), [["a", "", "", "z"]]);
    // More than are covered from above and the left are blanks.
    let rows = [row(&[&big, &covered(2), &cell("", "x")]), row(&[&covered(4), &cell("", "y")])];
    assert_eq!(grid(&read(&table(&[&rows[0], &rows[1]])).tables[0]), ["b b b x .", "b b b  y"]);
}

#[test]
fn covered_cells_may_be_left_out() {
    let big = cell(r#"table:number-columns-spanned="2" table:number-rows-spanned="2""#, "b");
    let rows = [row(&[&big, &cell("", "x")]), row(&[&cell("", "y")])];
    assert_eq!(grid(&read(&table(&[&rows[0], &rows[1]])).tables[0]), ["b b x", "b b y"]);
}

#[test]
fn cells_and_rows_repeat() {
    let twice = cell(r#"table:number-columns-repeated="2""#, "0");
    let rows = format!(
        r#"<table:table-header-rows>{}</table:table-header-rows><table:table-row table:number-rows-repeated="3">{twice}{}</table:table-row>"#,
        row(&[&cell(r#"table:number-columns-spanned="3""#, "h")]),
        cell("", "1")
    );
    assert_eq!(grid(&read(&table(&[&rows])).tables[0]), ["h h h", "0 0 1", "0 0 1", "0 0 1"]);
}

#[test]
fn a_cell_over_two_rows_hangs_for_both_whatever_repeats() {
    let deep = cell(r#"table:number-rows-spanned="3""#, "d");
    let rest =
        format!(r#"<table:table-row table:number-rows-repeated="2">{COVERED}{}</table:table-row>"#, cell("", "1"));
    let rows = [row(&[&deep, &cell("", "0")]), rest, row(&[&cell("", "e"), &cell("", "2")])];
    assert_eq!(grid(&read(&table(&[&rows[0], &rows[1], &rows[2]])).tables[0]), ["d 0", "d 1", "d 1", "e 2"]);
}

#[test]
fn tables_nest() {
    let inner = r#"<table:table table:is-sub-table="true">"#.to_owned() + &row(&[&cell("", "in")]) + "</table:table>";
    let outer = format!("<table:table-cell>{}{inner}{}</table:table-cell>", p("a"), p("b"));
    let document = read(&table(&[&row(&[&outer, &cell("", "c")])]));
    assert_eq!(cells(&document.tables[0]), [["a\n[table 2]\nb", "c"]]);
    assert_eq!(cells(&document.tables[1]), [["in"]]);
}

#[test]
fn lists_around_a_table_do_not_number_its_cells() {
    let l = |content: &str| list(r#"text:style-name="L""#, content);
    let inner = format!("<table:table-cell>{}{}</table:table-cell>", l(&item(&p("x"))), p("y"));
    let text = l(&(item(&p("a")) + &item(&table(&[&row(&[&inner])])) + &item(&p("b"))));
    let document = styled(&text, LIST);
    assert_eq!(body(&document), ["一、a", "[table 1]", "二、b"]);
    assert_eq!(cells(&document.tables[0]), [["一、x\ny"]]);
}

// ---- containers ----

#[test]
fn flat_files_templates_and_old_ones() {
    let types = [
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.text-template",
        "application/vnd.sun.xml.writer",
    ];
    for mimetype in types {
        let package = Package::odt(&p("a"), "").part("mimetype", mimetype);
        assert_eq!(body(&package.read()), ["a"], "{mimetype}");
        let flat = flat("text", mimetype, &p("a"));
        let document = ingest::read(flat.as_bytes(), &Limits::default()).expect("a flat file");
        assert_eq!((document.format.as_str(), body(&document)), ("odt", vec!["a".to_owned()]), "{mimetype}");
    }
    let mut untyped = Package::odt(&p("a"), "");
    untyped.parts.remove(0);
    assert_eq!(body(&untyped.read()), ["a"]);
}

#[test]
fn prefixes_are_what_the_file_declares() {
    let content = r#"<o:document-content xmlns:o="http://openoffice.org/2000/office" xmlns:t="http://openoffice.org/2000/text" xmlns:text="urn:other"><o:body><o:text><t:p>a<text:p>no</text:p></t:p></o:text></o:body></o:document-content>"#;
    let document = Package::odt("", "").part("content.xml", content).read();
    // A prefix that is bound to nothing known keeps its customary meaning.
    assert_eq!(document.blocks.len(), 1);
    let body_in_old_file = r#"<office:document-content><office:body><text:p>a</text:p><text:ordered-list><text:list-item><text:p>b</text:p></text:list-item></text:ordered-list></office:body></office:document-content>"#;
    let old =
        Package::odt("", "").part("mimetype", "application/vnd.sun.xml.writer").part("content.xml", body_in_old_file);
    assert_eq!(body(&old.read()), ["a", "b"]);
}

#[test]
fn encrypted_files_are_named() {
    let manifest = r#"<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let package = Package::odt(&p("a"), "").part("META-INF/manifest.xml", manifest);
    assert_eq!(package.refused(&Limits::default()), Error::PasswordProtected);
}

#[test]
fn other_files_are_refused_with_the_reason() {
    use gongkai::finding::Lang;
    let reason = |bytes: &[u8]| (ingest::odt::READER.recognise)(bytes).expect_err("a refusal").of(Lang::En).to_owned();
    assert_eq!(reason(b"plain"), "neither a zip archive nor XML");
    assert_eq!(reason(b"<html/>"), "XML, but not OpenDocument");
    assert_eq!(
        reason(&Package::new(&[("a.txt", "")]).bytes()),
        "a zip archive without the content of an OpenDocument file"
    );
    assert_eq!(
        reason(&Package::new(&[("mimetype", "application/epub+zip")]).bytes()),
        "an OpenDocument or EPUB file of another kind"
    );
    assert_eq!(reason(&Package::ods("", "").bytes()), "an OpenDocument spreadsheet");
}
