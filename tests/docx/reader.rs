//! The DOCX reader, a feature a test. Expectations are written by hand.

use crate::docx::{self, Builder, body, cells, codes, grid, p, plain, read, relations, tbl, tc, tr};
use gongkai::document::{AsideKind, Block, Document};

/// A run with these properties.
fn r(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

/// The body of a document of one paragraph with these runs.
fn text_of(runs: &str) -> String {
    body(&read(&paragraph(runs))).join("¶")
}

fn detail<'d>(document: &'d Document, code: &str, name: &str) -> &'d str {
    let finding = document.findings.iter().find(|finding| finding.code.entry().name == code).expect("the finding");
    &finding.details[name]
}

// ---- tables ----

#[test]
fn spans_to_the_right_and_down() {
    let table = tbl(&[
        tr(&[tc(r#"<w:gridSpan w:val="2"/>"#, "A"), tc(r#"<w:vMerge w:val="restart"/>"#, "B")]),
        tr(&[tc("", "C"), tc("", "D"), tc("<w:vMerge/>", "")]),
        tr(&[tc("", "E"), tc("", "F"), tc(r#"<w:vMerge w:val="continue"/>"#, "")]),
    ]);
    let document = read(&table);
    assert_eq!(grid(&document.tables[0]), ["A A B", "C D B", "E F B"]);
    assert_eq!(document.tables[0].rows[0].cells[0].column_span, 2);
    assert!(document.tables[0].rows[1].cells[2].continues);
}

#[test]
fn old_merges_to_the_right_extend_the_cell_on_the_left() {
    let table = tbl(&[
        tr(&[
            tc(r#"<w:hMerge w:val="restart"/>"#, "A"),
            tc("<w:hMerge/>", ""),
            tc(r#"<w:hMerge w:val="continue"/>"#, "x"),
            tc("", "B"),
        ]),
        tr(&[tc("", "1"), tc("", "2"), tc("", "3"), tc("", "4")]),
    ]);
    let document = read(&table);
    assert_eq!(cells(&document.tables[0])[0], ["A\nx", "B"]);
    assert_eq!(document.tables[0].rows[0].cells[0].column_span, 3);
    assert_eq!(document.tables[0].rows[0].cells[1].column_span, 1);
}

#[test]
fn columns_left_out_before_and_after() {
    let row =
        format!(r#"<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="2"/></w:trPr>{}</w:tr>"#, tc("", "x"));
    let document = read(&tbl(&[tr(&["a", "b", "c", "d"].map(|text| tc("", text))), row]));
    assert_eq!(grid(&document.tables[0]), ["a b c d", ". x . ."]);
    assert_eq!(document.tables[0].rows[1].after, 2);
}

#[test]
fn content_controls_hide_no_cell_row_or_table() {
    let sdt = |inner: &str| {
        format!(
            r#"<w:sdt><w:sdtPr><w:alias w:val="t"/><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"#
        )
    };
    let in_run = format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph(&sdt(&r("", "run"))));
    let row = sdt(&tr(&[sdt(&tc("", "cell")), in_run]));
    let document = read(&sdt(&tbl(&[tr(&[tc("", "a"), tc("", "b")]), row])));
    assert_eq!(cells(&document.tables[0]), [["a", "b"], ["cell", "run"]]);
    assert_eq!(body(&document), ["[table 1]"]);
}

#[test]
fn nested_tables_are_numbered_as_they_open() {
    let inner = plain(&[&["inner"]]);
    let outer = format!("<w:tbl><w:tr><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>", p("before"), p("after"));
    let document = read(&format!("{outer}{}", plain(&[&["last"]])));
    assert_eq!(body(&document), ["[table 1]", "[table 3]"]);
    assert_eq!(cells(&document.tables[0]), [["before\n[table 2]\nafter"]]);
    assert_eq!(cells(&document.tables[1]), [["inner"]]);
    assert_eq!(cells(&document.tables[2]), [["last"]]);
}

#[test]
fn tables_nested_too_deep_become_paragraphs() {
    let (open, close) = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>");
    let document = read(&format!("{}{}{}", open.repeat(40), p("deep"), close.repeat(40)));
    assert_eq!(document.tables.len(), 32);
    assert_eq!(cells(&document.tables[31]), [["deep"]]);
    assert_eq!(codes(&document), ["nesting_flattened"]);
}

#[test]
fn absurd_spans_are_passed_on_and_said() {
    let document =
        read(&tbl(&[tr(&[tc(r#"<w:gridSpan w:val="99999999999"/>"#, "a"), tc(r#"<w:gridSpan w:val="-3"/>"#, "b")])]));
    assert_eq!(document.tables[0].rows[0].cells[0].column_span, u32::MAX);
    assert_eq!(document.tables[0].rows[0].cells[1].column_span, 1);
    assert_eq!(codes(&document), ["span_clamped"]);
    assert_eq!(document.findings[0].found.as_deref(), Some("2"));
}

#[test]
fn paragraphs_of_a_cell_stay_apart() {
    let cell = format!("<w:tc>{}{}</w:tc>", p("商业"), p("企业"));
    assert_eq!(read(&tbl(&[tr(&[cell])])).tables[0].rows[0].cells[0].text(), "商业\n企业");
}

// ---- text ----

#[test]
fn one_run_a_character_is_one_text() {
    assert_eq!(text_of(&["总", "计", "1", "2"].map(|text| r("<w:b/>", text)).concat()), "总计12");
}

#[test]
fn blanks_count_only_where_the_file_says_so() {
    assert_eq!(text_of("<w:r><w:t> a\n b </w:t><w:t xml:space=\"preserve\"> c\u{3000}</w:t></w:r>"), "a  b c\u{3000}");
}

#[test]
fn tabs_breaks_hyphens_and_symbols() {
    let runs = r#"<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t><w:cr/><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="x" w:char="zz"/></w:r>"#;
    assert_eq!(text_of(runs), "a\tb\nc-de\n☑");
}

#[test]
fn tab_stops_are_no_tabs() {
    assert_eq!(
        text_of(r#"<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>"#),
        "a"
    );
}

#[test]
fn a_page_break_parts_text_and_adds_nothing_at_the_ends() {
    let page = r#"<w:r><w:br w:type="page"/></w:r>"#;
    assert_eq!(text_of(&format!("{page}{}{page}{}{page}", r("", "a"), r("", "b"))), "a\nb");
}

#[test]
fn entities_and_cdata_are_characters() {
    assert_eq!(text_of("<w:r><w:t>a&amp;b&#x4E2D;&lt;<![CDATA[<c>]]><!-- no --></w:t></w:r>"), "a&b中<<c>");
}

#[test]
fn hyperlinks_and_smart_tags_are_looked_through() {
    let runs =
        format!("<w:hyperlink>{}</w:hyperlink><w:smartTag><w:smartTagPr/>{}</w:smartTag>", r("", "a"), r("", "b"));
    assert_eq!(text_of(&runs), "ab");
}

#[test]
fn hidden_text_is_out() {
    let runs =
        [r("<w:vanish/>", "1"), r(r#"<w:vanish w:val="0"/>"#, "2"), r(r#"<w:vanish w:val="true"/>"#, "3"), r("", "4")];
    assert_eq!(text_of(&runs.concat()), "24");
}

#[test]
fn former_properties_hide_nothing() {
    let runs = [
        r("<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>", "1"),
        r("<w:b/><!-- </w:rPr> --><w:vanish/>", "2"),
        r("<w:vanish/><w:rPrChange><w:rPr/></w:rPrChange>", "3"),
        r("<w14:glow><w14:vanish/></w14:glow>", "4"),
    ];
    assert_eq!(text_of(&runs.concat()), "14");
}

#[test]
fn styles_hide_text() {
    let styles = r#"<w:styles><w:style w:type="character" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="s"><w:basedOn w:val="base"/></w:style><w:style w:type="paragraph" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style></w:styles>"#;
    let body_xml = paragraph(
        &[
            r(r#"<w:rStyle w:val="s"/>"#, "1"),
            r(r#"<w:rStyle w:val="loop"/>"#, "2"),
            r(r#"<w:rStyle w:val="s"/><w:vanish w:val="0"/>"#, "3"),
        ]
        .concat(),
    ) + &paragraph(&format!(
        r#"<w:pPr><w:pStyle w:val="h"/></w:pPr><w:r><w:t>4</w:t></w:r>{}"#,
        r(r#"<w:vanish w:val="0"/>"#, "5")
    ));
    assert_eq!(body(&Builder::new(&body_xml).part("styles.xml", styles).read()), ["23", "5"]);
}

#[test]
fn text_of_other_vocabularies_is_not_word_text() {
    let runs = "<a:p><a:r><a:t>a</a:t></a:r></a:p><w:r><w:t>w</w:t></w:r>";
    assert_eq!(text_of(runs), "w");
}

#[test]
fn a_formula_is_text_as_far_as_it_stands_on_one_line() {
    // Word prints both; a numerator beside its denominator would be another number.
    assert_eq!(text_of("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>"), "12");
    let fraction =
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>";
    assert_eq!(text_of(fraction), "\u{fffd}12");
}

#[test]
fn the_reading_aid_of_ruby_is_out() {
    assert_eq!(
        text_of(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        ),
        "字"
    );
}

#[test]
fn text_without_a_paragraph_is_kept() {
    assert_eq!(body(&read("<w:r><w:t>loose</w:t></w:r><w:p/><w:r><w:t>end</w:t></w:r>")), ["loose", "", "end"]);
}

// ---- fields ----

fn mark(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

#[test]
fn field_results_are_in_and_codes_out() {
    let code = "<w:r><w:instrText> PAGE </w:instrText></w:r>";
    let nested = [mark("begin"), r("", "IN"), mark("separate"), r("", "OUT"), mark("end")].concat();
    let runs = [mark("begin"), code.to_owned(), nested, mark("separate"), r("", "7"), mark("end"), r("", "!")].concat();
    assert_eq!(text_of(&runs), "7!");
    assert_eq!(text_of(r#"<w:fldSimple w:instr=" DATE "><w:r><w:t>2021</w:t></w:r></w:fldSimple>"#), "2021");
}

/// Expectations: MS-DOC 2.9.78 (FFData) and ECMA-376 part 1, 17.16: what is chosen is kept in the field's own properties.
#[test]
fn what_is_chosen_in_a_field_of_a_form_is_shown() {
    let field = |properties: &str, result: &str| {
        text_of(&format!(
            r#"<w:r><w:t>(</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="x"/>{properties}</w:ffData></w:fldChar></w:r>
               <w:r><w:instrText> FORM </w:instrText></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>)</w:t></w:r>"#
        ))
    };
    let list = |chosen: &str| {
        let entries: String =
            ["5", "6", "7"].iter().map(|entry| format!(r#"<w:listEntry w:val="{entry}"/>"#)).collect();
        format!("<w:ddList>{chosen}{entries}</w:ddList>")
    };
    let result = r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>6</w:t></w:r>"#;
    assert_eq!(field(&list(r#"<w:result w:val="2"/><w:default w:val="1"/>"#), ""), "(7)");
    assert_eq!(field(&list(r#"<w:result w:val="0"/><w:default w:val="1"/>"#), ""), "(5)");
    assert_eq!(field(&list(""), ""), "(5)", "the first");
    assert_eq!(field(&list(r#"<w:default w:val="1"/>"#), ""), "(\u{fffd})", "programs differ");
    assert_eq!(field(&list(r#"<w:result w:val="9"/>"#), ""), "()", "there is no such entry");
    assert_eq!(field(&list(r#"<w:result w:val="1"/>"#), result), "(6)", "once, where it is a result too");
    assert_eq!(field(r#"<w:textInput><w:default w:val="9"/></w:textInput>"#, result), "(6)");
    assert_eq!(field("<w:checkBox><w:checked/></w:checkBox>", ""), "(\u{2612})");
    assert_eq!(field(r#"<w:checkBox><w:default w:val="0"/></w:checkBox>"#, ""), "(\u{2610})");
}

#[test]
fn a_field_that_never_ends_does_not_swallow_the_document() {
    let document = read(&(paragraph(&(mark("begin") + &r("", "code"))) + &p("text")));
    assert_eq!(body(&document), ["", "text"]);
}

#[test]
fn a_result_may_take_several_paragraphs() {
    let first = paragraph(&[mark("begin"), r("", "TOC"), mark("separate"), r("", "1")].concat());
    assert_eq!(body(&read(&(first + &p("2") + &paragraph(&mark("end"))))), ["1", "2", ""]);
}

// ---- tracked changes ----

#[test]
fn insertions_are_in_and_deletions_out() {
    let runs = format!(
        "<w:ins>{}</w:ins><w:del><w:r><w:delText>b</w:delText></w:r></w:del><w:moveTo>{}</w:moveTo><w:moveFrom>{}</w:moveFrom>",
        r("", "a"),
        r("", "c"),
        r("", "d")
    );
    let document = read(&paragraph(&runs));
    assert_eq!(body(&document), ["ac"]);
    assert_eq!(codes(&document), ["tracked_changes"]);
    assert_eq!(detail(&document, "tracked_changes", "insertions"), "2");
    assert_eq!(detail(&document, "tracked_changes", "deletions"), "2");
}

#[test]
fn deleted_rows_and_cells_are_out() {
    let deleted = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", tc("", "gone"));
    let inserted = format!("<w:tr><w:trPr><w:ins/></w:trPr>{}{}</w:tr>", tc("", "new"), tc("<w:cellDel/>", "gone"));
    let document = read(&tbl(&[tr(&[tc("", "old")]), deleted, inserted]));
    assert_eq!(cells(&document.tables[0]), [["old"], ["new"]]);
    assert_eq!(detail(&document, "tracked_changes", "insertions"), "1");
    assert_eq!(detail(&document, "tracked_changes", "deletions"), "2");
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let document = read(
        &(paragraph(&format!("{deleted}{}", r("", "12")))
            + &p("34")
            + &paragraph(deleted)
            + &p("5")
            + &paragraph(deleted)),
    );
    assert_eq!(body(&document), ["1234", "5"]);
}

#[test]
fn a_deleted_mark_before_a_table_loses_no_text() {
    let deleted = paragraph(&format!("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}", r("", "kept")));
    assert_eq!(body(&read(&(deleted + &plain(&[&["x"]])))), ["kept", "[table 1]"]);
}

#[test]
fn an_inserted_mark_counts_as_an_insertion() {
    let document = read(&paragraph(&format!("<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>{}", r("", "a"))));
    assert_eq!(body(&document), ["a"]);
    assert_eq!(detail(&document, "tracked_changes", "insertions"), "1");
}

// ---- text boxes, alternatives, pictures ----

fn new_box(inner: &str) -> String {
    format!(
        "<w:drawing><wp:anchor><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing>"
    )
}

fn old_box(inner: &str) -> String {
    format!("<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>")
}

fn alternate(choice: &str, fallback: &str) -> String {
    format!(
        r#"<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"#
    )
}

#[test]
fn text_boxes_are_read_once_after_their_paragraph() {
    let both = format!("<w:r>{}</w:r>", alternate(&new_box(&p("box")), &old_box(&p("box"))));
    assert_eq!(body(&read(&paragraph(&(r("", "a") + &both + &r("", "b"))))), ["ab", "box"]);
    let old = format!("<w:r>{}</w:r>", old_box(&p("old")));
    assert_eq!(body(&read(&(paragraph(&old) + &p("next")))), ["", "old", "next"]);
}

#[test]
fn an_empty_choice_gives_way_to_the_fallback() {
    let runs = format!("<w:r>{}</w:r>", alternate("<wp:x/>", &old_box(&p("old"))));
    assert_eq!(body(&read(&paragraph(&runs))), ["", "old"]);
}

#[test]
fn a_table_in_a_text_box_in_a_cell_stays_in_that_cell() {
    let cell = format!("<w:tc>{}</w:tc>", paragraph(&format!("<w:r>{}</w:r>", new_box(&plain(&[&["1"]])))));
    let document = read(&tbl(&[tr(&[cell, tc("", "b")])]));
    assert_eq!(cells(&document.tables[0]), [["\n[table 2]", "b"]]);
    assert_eq!(cells(&document.tables[1]), [["1"]]);
}

#[test]
fn pictures_are_counted_once() {
    let picture =
        r#"<w:drawing><wp:inline><pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic></wp:inline></w:drawing>"#;
    let old = "<w:pict><v:shape><v:imagedata/></v:shape></w:pict>";
    let object = "<w:object><v:shape><v:imagedata/></v:shape></w:object>";
    let runs = format!("<w:r>{picture}{old}{object}{}</w:r>", alternate(picture, old));
    assert_eq!(read(&paragraph(&runs)).pictures, 4);
    assert_eq!(read(&p("no picture")).pictures, 0);
}

// ---- automatic numbers ----

fn list(levels: &str, rest: &str) -> String {
    format!(
        r#"<w:numbering><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{rest}</w:numbering>"#
    )
}

fn level(at: u32, format: &str, text: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="0"/></w:pPr></w:lvl>"#
    )
}

fn item(list: u32, level: u32, text: &str) -> String {
    paragraph(&format!(
        r#"<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr>{}"#,
        r("", text)
    ))
}

#[test]
fn numbers_count_restart_and_show_higher_levels() {
    let numbering = list(
        &(level(0, "chineseCounting", "%1、") + &level(1, "decimal", "（%1.%2）") + &level(2, "bullet", "\u{f06c}")),
        "",
    );
    let items = [
        item(1, 0, "a"),
        item(1, 1, "b"),
        item(1, 1, "c"),
        item(1, 2, "d"),
        item(1, 0, "e"),
        item(1, 1, "f"),
        item(0, 0, "g"),
        item(9, 0, "h"),
    ];
    let document = Builder::new(&items.concat()).part("numbering.xml", &numbering).read();
    assert_eq!(body(&document), ["一、a", "（一.1）b", "（一.2）c", "d", "二、e", "（二.1）f", "g", "h"]);
    let Block::Paragraph(first) = &document.blocks[0] else { panic!("a paragraph") };
    assert_eq!((first.number.as_deref(), &first.text[..]), (Some("一、"), "a"));
}

#[test]
fn lists_of_one_kind_count_together_unless_one_restarts() {
    let rest = r#"<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride></w:num>"#;
    let items = [item(1, 0, ""), item(2, 0, ""), item(3, 0, ""), item(3, 0, ""), item(4, 0, ""), item(1, 0, "")];
    let document = Builder::new(&items.concat()).part("numbering.xml", &list(&level(0, "decimal", "%1."), rest)).read();
    assert_eq!(body(&document), ["1.", "2.", "7.", "8.", "IX)", "10."]);
}

#[test]
fn styles_number_paragraphs_and_paragraphs_may_opt_out() {
    let styles = r#"<w:styles><w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style></w:styles>"#;
    let levels = level(0, "decimal", "%1")
        + &level(1, "lowerLetter", "%2)").replace("<w:start", r#"<w:pStyle w:val="H2"/><w:start"#);
    let styled = |style: &str, more: &str| {
        paragraph(&format!(r#"<w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{}"#, r("", "x")))
    };
    let text = styled("H", "")
        + &styled("H2", "")
        + &styled("H", r#"<w:numPr><w:numId w:val="0"/></w:numPr>"#)
        + &styled("H", "");
    let document = Builder::new(&text).part("numbering.xml", &list(&levels, "")).part("styles.xml", styles).read();
    assert_eq!(body(&document), ["1x", "a)x", "x", "2x"]);
}

#[test]
fn lists_that_borrow_from_each_other_for_ever_end() {
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let styles = r#"<w:styles><w:style w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let document = Builder::new(&item(1, 0, "x")).part("numbering.xml", numbering).part("styles.xml", styles).read();
    assert_eq!(body(&document), ["x"]);
}

// ---- namespaces, encodings, containers ----

#[test]
fn strict_documents_read_like_transitional_ones() {
    let xml = docx::document_xml(&(p("a") + &plain(&[&["1", "2"]]))).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    let document = Builder::of_main("word/document.xml", xml.into_bytes()).read();
    assert_eq!(body(&document), ["a", "[table 1]"]);
    assert_eq!(cells(&document.tables[0]), [["1", "2"]]);
}

#[test]
fn any_prefix_does_and_the_default_too() {
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let named = format!(
        r#"<ns0:document xmlns:ns0="{word}" xmlns:w="urn:other"><ns0:body><ns0:p><ns0:r><ns0:rPr><w:vanish/></ns0:rPr><ns0:t>a</ns0:t></ns0:r><w:r><w:t>no</w:t></w:r></ns0:p></ns0:body></ns0:document>"#
    );
    assert_eq!(body(&Builder::of_main("word/document.xml", named.into_bytes()).read()), ["a"]);
    let default = format!(
        r#"<document xmlns="{word}"><body><p><r><rPr><vanish xmlns="urn:x"/></rPr><t>a</t></r><x:r xmlns:x="{word}"><x:t>b</x:t></x:r><r xmlns="urn:other"><t>no</t></r></p></body></document>"#
    );
    assert_eq!(body(&Builder::of_main("word/document.xml", default.into_bytes()).read()), ["ab"]);
}

#[test]
fn the_main_part_is_found_by_relationship_or_type_or_custom() {
    let xml = || docx::document_xml(&p("a")).into_bytes();
    assert_eq!(body(&Builder::of_main("word/document2.xml", xml()).read()), ["a"]);
    assert_eq!(body(&Builder::of_main("a/b.xml", xml()).without("_rels/.rels").read()), ["a"]);
    assert_eq!(
        body(
            &Builder::of_main("word/document.xml", xml()).without("_rels/.rels").without("[Content_Types].xml").read()
        ),
        ["a"]
    );
    let named = Builder::of_main("WORD/Document.XML", xml())
        .without("_rels/.rels")
        .raw("_rels/.rels", relations(&[("officeDocument", "/word\\document.xml")]).as_bytes());
    assert_eq!(body(&named.read()), ["a"]);
}

#[test]
fn encodings_are_decoded() {
    let xml = docx::document_xml(&p("中文"));
    let wide = |bom: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{bom}{}", xml.replace("UTF-8", "UTF-16")).encode_utf16().flat_map(bytes).collect()
    };
    for part in [
        wide("\u{feff}", u16::to_le_bytes),
        wide("\u{feff}", u16::to_be_bytes),
        wide("", u16::to_le_bytes),
        format!("\u{feff}{xml}").into_bytes(),
    ] {
        assert_eq!(body(&Builder::of_main("word/document.xml", part).read()), ["中文"]);
    }
    let (gb, ..) = encoding_rs::GB18030.encode(&xml);
    let at = memchr::memmem::find(&gb, b"UTF-8").expect("the declaration");
    let gb = [&gb[..at], b"gb2312", &gb[at + 5..]].concat();
    assert_eq!(body(&Builder::of_main("word/document.xml", gb).read()), ["中文"]);
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_said() {
    let mut xml = docx::document_xml(&(p("a#b") + &p("c"))).into_bytes();
    let at = xml.iter().position(|&byte| byte == b'#').expect("the mark");
    xml[at] = 0xff;
    let document = Builder::of_main("word/document.xml", xml).read();
    assert_eq!(body(&document), ["a\u{fffd}b", "c"]);
    assert_eq!(codes(&document), ["undecodable_text"]);
}

fn flat(parts: &[(&str, &str)]) -> String {
    let part = |(name, xml): &(&str, &str)| {
        format!(r#"<pkg:part pkg:name="{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>"#)
    };
    format!(
        r#"<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{}</pkg:package>"#,
        parts.iter().map(part).collect::<String>()
    )
}

#[test]
fn flat_packages_are_packages() {
    let xml = docx::document_xml(&(p("a") + &item(1, 0, "b")));
    let xml = xml.split_once("?>").expect("a declaration").1;
    let numbering = list(&level(0, "decimal", "%1."), "").replacen(
        "<w:numbering",
        &format!("<w:numbering {}", docx::NAMESPACES),
        1,
    );
    let file = flat(&[
        ("/_rels/.rels", &relations(&[("officeDocument", "word/document.xml")])),
        ("/word/document.xml", xml),
        ("/word/numbering.xml", &numbering),
    ]);
    let document = gongkai::ingest::read(file.as_bytes(), &gongkai::ingest::Limits::default()).expect("a document");
    assert_eq!(body(&document), ["a", "1.b"]);
    assert_eq!(document.format, "docx");
}

#[test]
fn word_2003_is_read() {
    let file = r#"<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:styles><w:style><w:name w:val="x"/></w:style></w:styles><w:body><wx:sect><w:p><w:pPr><w:listPr><wx:t wx:val="1."/></w:listPr></w:pPr><w:r><w:t>a</w:t></w:r><aml:annotation aml:type="Word.Deletion"><aml:content><w:r><w:delText>b</w:delText></w:r></aml:content></aml:annotation><aml:annotation aml:type="Word.Insertion"><aml:content><w:r><w:t>c</w:t></w:r></aml:content></aml:annotation></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl></wx:sect></w:body></w:wordDocument>"#;
    let document = gongkai::ingest::read(file.as_bytes(), &gongkai::ingest::Limits::default()).expect("a document");
    assert_eq!(body(&document), ["1.ac", "[table 1]"]);
    assert_eq!(grid(&document.tables[0]), ["x", "x"]);
    assert_eq!(codes(&document), ["tracked_changes"]);
}

// ---- beside the body, pages, places ----

#[test]
fn headers_and_notes_stand_aside() {
    let note = |name: &str, text: &str| {
        format!(
            "<w:{name} w:type=\"separator\"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:{name}><w:{name}>{}{}</w:{name}>",
            p(text),
            p("2")
        )
    };
    let document = Builder::new(&p("body"))
        .part("header1.xml", &format!("<w:hdr>{}{}</w:hdr>", p("head"), plain(&[&["x", "y"]])))
        .part("footer1.xml", "<w:ftr><w:p/></w:ftr>")
        .part("footnotes.xml", &format!("<w:footnotes>{}</w:footnotes>", note("footnote", "foot")))
        .part("endnotes.xml", &format!("<w:endnotes>{}</w:endnotes>", note("endnote", "end")))
        .part("comments.xml", &format!("<w:comments><w:comment>{}</w:comment></w:comments>", p("say")))
        .read();
    let asides: Vec<(AsideKind, &str)> = document.asides.iter().map(|aside| (aside.kind, &aside.text[..])).collect();
    assert_eq!(
        asides,
        [
            (AsideKind::Header, "head\nx\ny"),
            (AsideKind::Footnote, "foot\n2"),
            (AsideKind::Endnote, "end\n2"),
            (AsideKind::Comment, "say")
        ]
    );
    assert_eq!(body(&document), ["body"]);
    assert_eq!(document.tables.len(), 0);
}

#[test]
fn pages_are_known_only_where_word_left_its_breaks() {
    let turn = "<w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r>";
    let cell = format!("<w:tc>{}</w:tc>", paragraph("<w:r><w:lastRenderedPageBreak/><w:t>c</w:t></w:r>"));
    let document = read(&(p("a") + &paragraph(turn) + &tbl(&[tr(&[cell])])));
    let Block::Paragraph(first) = &document.blocks[0] else { panic!("a paragraph") };
    let Block::Paragraph(second) = &document.blocks[1] else { panic!("a paragraph") };
    assert_eq!((first.origin.page, second.origin.page), (Some(1), Some(2)));
    assert_eq!((first.origin.line, second.origin.line), (Some(1), Some(2)));
    assert_eq!((document.tables[0].page, document.tables[0].rows[0].cells[0].page), (Some(3), Some(3)));
    let unknown = read(&(p("a") + &plain(&[&["x"]])));
    let Block::Paragraph(first) = &unknown.blocks[0] else { panic!("a paragraph") };
    assert_eq!(
        (first.origin.page, unknown.tables[0].page, unknown.tables[0].rows[0].cells[0].page),
        (None, None, None)
    );
}
