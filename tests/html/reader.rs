//! The reader of web pages, a feature a test. Expectations are written by hand, from the HTML standard.

use crate::view::{body, cells, codes, grid};
use gongkai::document::{AsideKind, Document, Spans};
use gongkai::finding::Lang;
use gongkai::ingest::{self, Limits};
use gongkai::report::Value;

fn read_bytes(bytes: &[u8]) -> Document {
    ingest::read(bytes, &Limits::default()).expect("a readable page")
}

fn read(html: &str) -> Document {
    let document = read_bytes(html.as_bytes());
    assert_eq!(document.format, "html", "{html}");
    document
}

/// The grid of the first table of a page.
fn first_grid(html: &str) -> Vec<String> {
    grid(&read(html).tables[0])
}

/// Why the reader refuses a file.
fn reason(bytes: &[u8]) -> String {
    (ingest::html::READER.recognise)(bytes).expect_err("a refusal").of(Lang::En).to_owned()
}

// ---- recognition ----

#[test]
fn pages_are_known_by_their_tags_not_their_names() {
    let pages = [
        "<!DOCTYPE html><p>x",
        "\u{feff}\n <HTML><p>x",
        "<!-- saved from url=(0014)about:internet -->\n<table><tr><td>x</table>",
        "<?xml version='1.0'?><!-- <a> --><html xmlns='http://www.w3.org/1999/xhtml'><p>x</p></html>",
        "<p style='text-indent:2em'>x</p>",
        "HTTP/1.1 200 OK\n\n<html><body>x",
        "<BODY bgcolor=white>x",
    ];
    for page in pages {
        assert_eq!(read(page).format, "html", "{page}");
    }
}

#[test]
fn refusals_say_why() {
    assert_eq!(reason("本年新收 < 上年结转".as_bytes()), "no tag of a page in its first 16 KiB");
    assert_eq!(reason(b"<?xml version='1.0'?><!-- <html> --><Workbook/>"), "XML of <workbook>");
    assert_eq!(reason(b"{\\rtf1 <b>}"), "no tag of a page in its first 16 KiB");
    assert_eq!(reason(b"PK\x03\x04<html>"), "no tag of a page in its first 16 KiB");
    assert_eq!(reason(b"<htmlx><tabler>"), "no tag of a page in its first 16 KiB");
    let controls: Vec<u8> = b"<html>".iter().copied().chain([1; 100]).collect();
    assert_eq!(reason(&controls), "no tag of a page in its first 16 KiB");
}

// ---- tables ----

#[test]
fn spans_to_the_right_and_down() {
    let html = "<table><tr><td colspan=2>A<td rowspan=3>B<tr><td>C<td>D<tr><td>E<td>F</table>";
    assert_eq!(first_grid(html), ["A A B", "C D B", "E F B"]);
}

#[test]
fn a_row_span_of_nought_reaches_to_the_end_of_its_group() {
    let html = "<table><tbody><tr><td rowspan=0>A<td>1<tr><td>2<tr><td>3<tbody><tr><td>B<td>4</table>";
    assert_eq!(first_grid(html), ["A 1", "A 2", "A 3", "B 4"]);
}

#[test]
fn a_row_span_ends_with_its_group() {
    let html = "<table><thead><tr><td rowspan=9>A<td>1</thead><tr><td>B<td rowspan=9>2<tr><td>C</table>";
    assert_eq!(first_grid(html), ["A 1", "B 2", "C 2"]);
}

#[test]
fn the_foot_is_printed_last_and_the_head_first() {
    let html = "<table><tfoot><tr><td>F</tfoot><tr><td>B<thead><tr><td>H</thead><thead><tr><td>h</thead></table>";
    assert_eq!(first_grid(html), ["H", "B", "h", "F"]);
}

#[test]
fn absurd_spans_are_cut_and_said() {
    let document =
        read("<table><tr><td colspan=1000000000>a<td colspan=-3>b<td colspan=x>c<td rowspan=99999999999>d</table>");
    let spans: Vec<u32> = document.tables[0].rows[0].cells.iter().map(|cell| cell.column_span).collect();
    assert_eq!(spans, [1_000_000_000, 1, 1, 1]);
    assert_eq!(codes(&document), ["span_clamped"]);
}

#[test]
fn cells_and_rows_need_no_end_tags() {
    assert_eq!(first_grid("<table><tr><td>1<td>2<tr><td>3<td>4</table>"), ["1 2", "3 4"]);
    assert_eq!(first_grid("<table><td>1<td>2</tr><td>3</table>"), ["1 2", "3 ."]);
}

#[test]
fn nested_tables_stay_in_their_cells() {
    let document = read("<table><tr><td>a<table><tr><td>b</table>c</table><table><tr><td>d</table>");
    assert_eq!(body(&document), ["[table 1]", "[table 3]"]);
    assert_eq!(cells(&document.tables[0]), [["a\n[table 2]\nc"]]);
    assert_eq!(cells(&document.tables[1]), [["b"]]);
}

#[test]
fn tables_nested_too_deep_become_paragraphs() {
    let document = read(&("<table><tr><td>".repeat(40) + "deep"));
    assert_eq!(document.tables.len(), 32);
    assert_eq!(cells(&document.tables[31]), [["deep"]]);
    assert!(codes(&document).contains(&"nesting_flattened"));
}

#[test]
fn a_caption_stands_before_its_table_and_stray_text_too() {
    let document = read("<table><caption>一、表</caption><tr><td>1</td>stray</tr></table>");
    assert_eq!(body(&document), ["stray", "一、表", "[table 1]"]);
}

#[test]
fn a_table_without_rows_is_none() {
    let document = read("<p>a</p><table></table><table><tr><td>1</table>");
    assert_eq!(body(&document), ["a", "[table 1]"]);
}

#[test]
fn hidden_rows_and_cells_are_no_rows_and_cells() {
    let html = "<table><tr><td>1<td style='display:none'>x<td>2<tr hidden><td>y<tr style='DISPLAY: none'><td>z<tr><td>3<td>4</table>";
    assert_eq!(first_grid(html), ["1 2", "3 4"]);
}

// ---- lines ----

#[test]
fn lines_end_where_a_browser_ends_them() {
    let cell = |inner: &str| read(&format!("<table><tr><td>{inner}</table>")).tables[0].rows[0].cells[0].text();
    assert_eq!(cell("本年新<br />制作数量"), "本年新\n制作数量");
    assert_eq!(cell("<p>商业</p>\n<p>企业</p>"), "商业\n企业");
    assert_eq!(cell("<div>a<span>b</span></div>c"), "ab\nc");
    assert_eq!(cell("a<br><br>b"), "a\nb");
    assert_eq!(cell("1<span style='display:block'>2</span>3"), "1\n2\n3");
    assert_eq!(cell("<a href=x>1</a><b>2</b><font>3</font>"), "123");
}

#[test]
fn white_space_collapses_and_no_break_spaces_stay() {
    let document = read("<p>  a \n\t <b> b</b> </p> <p>&nbsp;&nbsp;c&nbsp; d</p><p> </p>");
    assert_eq!(body(&document), ["a b", "\u{a0}\u{a0}c\u{a0} d"]);
    assert_eq!(body(&read("<pre>a  b\nc</pre>")), ["a  b", "c"]);
}

#[test]
fn entities_are_characters() {
    assert_eq!(body(&read("<p>&lt;&amp;&#20844;&#x5F00;&middot;&ldquo;x&rdquo;&nosuch;</p>")), ["<&公开·“x”&nosuch;"]);
}

#[test]
fn lines_are_numbered_through_the_page() {
    let document = read("<p>a</p><table><tr><td>b</table><p>c</p>");
    let lines: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            gongkai::document::Block::Paragraph(paragraph) => paragraph.origin.line,
            gongkai::document::Block::Table(_) => None,
        })
        .collect();
    assert_eq!(lines, [1, 3]);
}

// ---- what is not printed ----

#[test]
fn what_a_browser_does_not_show_is_not_read() {
    let html = "<p>a<script>document.write('<p>1')</script><style>p{}</style><!-- 2 --><template>3</template>\
        <noscript>4</noscript><span hidden>5</span><span style='mso-hide:all'>6</span><select><option>7</select>\
        <svg><title>8</title><text>9</text></svg><input type=hidden value=10><button>11</button>z";
    assert_eq!(body(&read(html)), ["az"]);
}

#[test]
fn printed_fields_are_text() {
    assert_eq!(body(&read("<p>共<input value='41' readonly>件")), ["共41件"]);
}

#[test]
fn deleted_text_is_out_and_inserted_text_in() {
    let document = read("<table><tr><td><del>12</del><ins>21</ins></table>");
    assert_eq!(cells(&document.tables[0]), [["21"]]);
    assert_eq!(codes(&document), ["tracked_changes"]);
}

#[test]
fn struck_text_is_deleted_text() {
    let document = read("<table><tr><td><s>1</s><strike>2</strike>3</table>");
    assert_eq!(cells(&document.tables[0]), [["3"]]);
    assert_eq!(codes(&document), ["tracked_changes"]);
}

#[test]
fn style_sheets_hide_by_class_and_id_but_not_what_may_be_shown() {
    let page = |head: &str| read(&format!("{head}<table><tr><td>1<i class='x a'>2</i><b id=n>3</b></table>"));
    let text = |head: &str| cells(&page(head).tables[0])[0][0].clone();
    assert_eq!(text("<style>.a, #n {display:none}</style>"), "1");
    assert_eq!(text("<style>.a{display:none}</style>"), "13");
    assert_eq!(text("<style media=print>.a{display:none}</style>"), "123");
    assert_eq!(text("<style>@media print{.a{display:none}}</style>"), "123");
    assert_eq!(text("<style>.a{display:none}.on .a{display:inline}</style>"), "123");
    assert_eq!(text("<style>.a{display:none}</style><script>show('a')</script>"), "123");
}

#[test]
fn a_class_hides_a_table_only_if_it_is_a_copy_for_print_outs() {
    let tables = |sheet: &str| {
        read(&format!("<style>{sheet}</style><div class=p><table><tr><td>1</table></div><table><tr><td>2</table>"))
            .tables
            .len()
    };
    assert_eq!(tables(".p{display:none}"), 2);
    assert_eq!(tables(".p{display:none} @media print {.p{display:block}}"), 1);
}

// ---- what scripts show ----

/// An article long enough to be one.
fn article() -> String {
    format!("<p>{}</p><table><tr><td>12</td></tr></table>", "行政规范性文件".repeat(40))
}

fn escaped(text: &str) -> String {
    text.replace('<', "&lt;").replace('"', "&quot;")
}

#[test]
fn a_page_that_shows_no_table_is_read_from_what_it_holds() {
    let article = article();
    let holders = [
        ("hidden_elements", format!("<div style='display:none'>{article}</div>")),
        ("hidden_elements", format!("<template>{article}</template>")),
        ("text_area", format!("<textarea hidden>{}</textarea>", escaped(&article))),
        ("frame_source", format!("<iframe srcdoc=\"{}\"></iframe>", escaped(&article))),
        ("hidden_field", format!("<input type=hidden value=\"{}\">", escaped(&article))),
        ("without_scripts", format!("<noscript>{article}</noscript>")),
        ("in_script", format!("<script type='text/html'>{article}</script>")),
        ("in_script", format!("<script>var a = \"{}\";</script>", article.replace("</", "<\\/"))),
        ("in_script", format!("<script type=json>{{\"a\":\"{}\"}}</script>", article.replace('<', "\\u003c"))),
    ];
    for (part, holder) in holders {
        let document = read(&format!("<html><p>x</p>{holder}</html>"));
        assert_eq!(document.tables.len(), 1, "{holder}");
        assert_eq!(cells(&document.tables[0]), [["12"]], "{holder}");
        assert_eq!(codes(&document), ["unshown_text"], "{holder}");
        assert_eq!(document.findings[0].details["part"], part);
        // Beside a table that is shown nothing else counts.
        let document = read(&format!("<html><table><tr><td>1</table>{holder}</html>"));
        assert_eq!((document.tables.len(), codes(&document)), (1, vec![]), "{holder}");
        // Nor beside more text than it has itself.
        let document = read(&format!("<html><p>{}</p>{holder}</html>", "主动公开".repeat(200)));
        assert_eq!(document.tables.len(), usize::from(part == "hidden_elements"), "{holder}");
    }
}

#[test]
fn text_areas_without_tables_are_shown() {
    assert_eq!(body(&read("<html><textarea>a\nb</textarea></html>")), ["a", "b"]);
}

#[test]
fn a_choice_in_a_table_shows_what_is_selected() {
    let cell = |html: &str| first_grid(&format!("<html><table><tr><td>{html}<td>x</table></html>"));
    assert_eq!(cell("<select><option>5<option selected>6</select>"), ["6 x"]);
    assert_eq!(cell("<select><optgroup label=y><option>5</optgroup><option>6</select>"), ["5 x"], "else the first");
    assert_eq!(cell("a<select></select>b"), ["ab x"]);
    assert_eq!(cell("<select><option selected>5</select>件"), ["5件 x"]);
    let beside = read("<html><p>a<select><option>2021年</select>b<table><tr><td>x</table></html>");
    assert_eq!(body(&beside)[0], "ab", "years to go to");
}

#[test]
fn formulas_are_there_and_not_read() {
    let html = "<html><table><tr><td><math><msup><mn>5</mn><mn>2</mn></msup></math><td>x</table></html>";
    assert_eq!(first_grid(html), ["\u{fffd} x"]);
}

// ---- tables without tags ----

#[test]
fn roles_make_tables() {
    let html = "<html><div role=table><div role=rowgroup><div role=row><span role=columnheader aria-colspan=2>A</span>\
        <p role=cell aria-rowspan=2>B</p></div></div><div role=row><div role=cell>C</div><div role=cell>D</div></div></div></html>";
    assert_eq!(first_grid(html), ["A A B", "C D B"]);
    assert_eq!(read(html).tables[0].spans, Spans::Stated);
}

#[test]
fn styles_make_tables_whose_merged_cells_are_lost() {
    let inline = "<html><div style='display:table'><div style='display:table-row'><div style='display:table-cell'>A</div>\
        <div style='display:table-cell'>B</div></div></div>c</html>";
    let by_class = "<style>.t{display:table}.r{display:table-row}.c{display:table-cell}</style>\
        <div class=t><div class=r><div class=c>A</div><div class=c>B</div></div></div>c";
    for html in [inline, by_class] {
        let document = read(html);
        assert_eq!(body(&document), ["[table 1]", "c"], "{html}");
        assert_eq!(cells(&document.tables[0]), [["A", "B"]]);
        assert_eq!(document.tables[0].spans, Spans::Lost);
    }
}

#[test]
fn parts_of_tables_without_their_table_are_blocks() {
    let html = "<table><tr><td>1<div style='display:table-cell'>2</div><div role=row><div role=cell>3</div></div><td>4</table>";
    assert_eq!(first_grid(html), ["1\n2\n3 4"]);
    assert_eq!(body(&read("<html><div style='display:table'>a<div role=cell>b</div></div></html>")), ["a", "b"]);
    let nested = "<html><div role=table><div role=row><div role=cell><table><tr><td>x</table></div>\
        <div role=cell><div role=cell>y</div></div></div></div></html>";
    assert_eq!(cells(&read(nested).tables[0]), [["[table 2]", "y"]]);
}

#[test]
fn a_page_of_xml_may_end_elements_with_their_first_tag() {
    let xml = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><script src='a'/><title/></head>\
        <body><table><tr><td/><td>1<br/>2</td></tr></table><p/>a<svg><path/></svg></body></html>";
    let document = read(xml);
    assert_eq!(cells(&document.tables[0]), [["", "1\n2"]]);
    assert_eq!((body(&document)[1].as_str(), codes(&document)), ("a", vec![]));
}

#[test]
fn what_the_page_says_of_itself_stands_beside_it() {
    let html =
        "<head><title> 年 报 </title><meta name=PubDate content='2022-01-20'><meta name=viewport content=x></head><p>a";
    let document = read(html);
    let asides: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.text.as_str())).collect();
    assert_eq!(asides, [(AsideKind::Meta, "PubDate: 2022-01-20"), (AsideKind::Title, "年 报")]);
    assert_eq!(body(&document), ["a"]);
}

#[test]
fn what_belongs_to_the_site_stands_beside_the_text() {
    let html = "<header>H</header><nav>N</nav><ul><li><a>M</a><li><a>m</a></ul><article><header>T</header>t\
        <ul><li>x<a>y</a></ul></article><footer>F</footer>";
    let document = read(html);
    assert_eq!(body(&document), ["T", "t", "xy"]);
    let asides: Vec<_> = document.asides.iter().map(|aside| aside.text.as_str()).collect();
    assert_eq!(asides, ["H", "N", "M\nm", "F"]);
}

#[test]
fn a_report_within_the_head_of_a_site_is_read_all_the_same() {
    let document = read("<header>H<table><tr><td>1</table></header>");
    assert_eq!(body(&document), ["H", "[table 1]"]);
}

#[test]
fn pictures_are_counted_where_they_may_be_the_report() {
    let html = "<nav><img src=logo.png></nav><a href='/'><img src=home.gif></a><img src=icon.gif width=16>\
        <img src=a.png><a href='b.jpg'><img src=b.jpg></a><img src=c.png style='width:800px'>";
    assert_eq!(read(html).pictures, 3);
}

// ---- menus ----

/// Row names with numbers, as menus count what is under them.
const MENU: [&str; 6] =
    ["规章 41", "行政规范性文件 17", "行政许可 305", "一、本年新收政府信息公开申请数量 71", "结果维持 6", "总计 400"];

/// The figures of a page of headings without tables, around which stand these menus.
fn figures_beside(menu: &str) -> Vec<String> {
    let headings = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"];
    let headings: String = headings.iter().map(|text| format!("<p>{text}</p>")).collect();
    let html = format!(
        "<!DOCTYPE html>{menu}<h1>示例县水利局2022年政府信息公开工作年度报告</h1>{headings}<img src=a.png>\
         <p>六、其他需要报告的事项</p><p>无</p>{menu}"
    );
    let extraction = gongkai::extract(html.as_bytes(), &gongkai::Options::default()).expect("a page");
    assert_eq!(extraction.reports.len(), 1);
    let figures = extraction.reports[0].figures().filter(|figure| figure.value != Value::Missing);
    figures.map(|figure| format!("{}: {:?}", figure.key, figure.value)).collect()
}

#[test]
fn menus_give_no_figures() {
    let each = |open: &str, close: &str| MENU.map(|item| format!("{open}{item}{close}")).concat();
    let none: Vec<String> = Vec::new();
    assert_eq!(figures_beside(&format!("<ul>{}</ul>", each("<li><a>", "</a></li>"))), none);
    assert_eq!(figures_beside(&format!("<ul>{}</ul>", each("<li>", "</li>"))), none);
    assert_eq!(figures_beside(&each("<div><a>", "</a></div>")), none);
    assert_eq!(figures_beside(&each("<span>", "</span> | ")), none);
}

// ---- charsets ----

#[test]
fn charsets_are_what_the_bytes_bear_out() {
    let page = |label: &str| format!("<html><head>{label}</head><body><p>行政规范性文件</p></body></html>");
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let read = |bytes: &[u8]| {
        let document = read_bytes(bytes);
        (body(&document)[0].clone(), document.variant.clone().unwrap_or_default(), codes(&document))
    };
    let text = || "行政规范性文件".to_owned();
    let gb18030 = || "GB18030".to_owned();
    let utf8 = || "UTF-8".to_owned();
    let labelled = |name: &str| page(&format!("<meta http-equiv=Content-Type content='text/html; charset={name}'>"));
    assert_eq!(read(&gbk(&labelled("gb2312"))), (text(), gb18030(), vec![]));
    assert_eq!(read(&gbk(&labelled("utf-8"))), (text(), gb18030(), vec!["charset_guessed"]));
    assert_eq!(read(&gbk(&labelled("iso-8859-1"))), (text(), gb18030(), vec!["charset_guessed"]));
    assert_eq!(read(&gbk(&page(""))), (text(), gb18030(), vec!["charset_guessed"]));
    assert_eq!(read(labelled("gbk").as_bytes()), (text(), utf8(), vec![]));
    let big5 = encoding_rs::BIG5.encode(&labelled("big5").replace("规", "規")).0.into_owned();
    assert_eq!(read_bytes(&big5).variant.as_deref(), Some("Big5"));
}

#[test]
fn a_damaged_character_does_not_change_the_charset() {
    let mut bytes = format!("<html><body><p>{}</p></body></html>", "行政规范性文件".repeat(9)).into_bytes();
    bytes[30] = 0xff;
    let document = read_bytes(&bytes);
    assert_eq!(document.variant.as_deref(), Some("UTF-8"));
    assert!(codes(&document).contains(&"undecodable_text"));
    assert!(body(&document)[0].ends_with("规范性文件"));
}

#[test]
fn gb18030_is_more_than_its_label() {
    let page = "<html><head><meta charset=gb2312></head><body><p>镕㐂\u{20087}</p></body></html>";
    let bytes = encoding_rs::GB18030.encode(page).0.into_owned();
    assert_eq!(body(&read_bytes(&bytes)), ["镕㐂\u{20087}"]);
}

// ---- Word, Excel, archives, text ----

#[test]
fn rows_that_only_state_widths_are_not_printed() {
    let html = "<table><tr><td colspan=2>1<o:p></o:p></td></tr><![if !supportMisalignedColumns]><tr height=0><td width=1></td><td width=2></td></tr><![endif]></table>\
        <p><![if !supportLists]>一、<![endif]>概述<!--[if gte mso 9]>x<![endif]--></p>";
    let document = read(html);
    assert_eq!(document.tables[0].rows.len(), 1);
    assert_eq!(body(&document)[1], "一、概述");
}

#[test]
fn a_sheet_is_parted_at_its_rows_of_one_cell() {
    let html = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><table>\
        <tr><td colspan=3>标题</td></tr><tr><td></td><td></td><td></td></tr>\
        <tr><td rowspan=2>a</td><td>1</td><td style='mso-ignore:colspan'></td></tr><tr><td>2</td></tr>\
        <tr><td>line</td><td colspan=2 style='mso-ignore:colspan'></td></tr><tr><td>b</td><td></td><td>3</td></tr></table>";
    let document = read(html);
    assert_eq!(body(&document), ["标题", "[table 1]", "line", "[table 2]"]);
    assert_eq!(cells(&document.tables[0]), [vec!["a", "1"], vec!["2"]]);
    assert_eq!(document.tables[0].rows[0].after, 1);
    assert_eq!(cells(&document.tables[1]), [["b", "", "3"]]);
}

#[test]
fn lines_of_text_around_tables_are_kept() {
    let text = "# 年度报告\n\n一、总体情况\n较上年 < 3 件\n<table><tr><td>a\nb</td></tr></table>\n二、其他\n";
    let document = read(text);
    assert_eq!(body(&document), ["年度报告", "一、总体情况", "较上年 < 3 件", "[table 1]", "二、其他"]);
    assert_eq!(cells(&document.tables[0]), [["a b"]]);
}

/// A message of these parts: header lines, and body.
fn message(parts: &[(&str, &str)], end: &str) -> String {
    let parts: String = parts.iter().map(|(head, body)| format!("--B\r\n{head}\r\n\r\n{body}\r\n")).collect();
    format!(
        "From: <Saved by X>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=B; start=\"<2>\"\r\n\r\n{parts}{end}"
    )
}

#[test]
fn the_page_of_an_archive_is_the_one_it_starts_with() {
    let parts = [
        ("Content-Type: text/html", "<p>one</p>"),
        (
            "Content-Type: text/html\r\nContent-ID: <2>\r\nContent-Transfer-Encoding: quoted-printable",
            "<p>=E5=85=AC=\r\n=E5=BC=80</p>",
        ),
    ];
    assert_eq!(body(&read(&message(&parts, "--B--"))), ["公开", "one"]);
    assert_eq!(body(&read(&format!("\r\n\n{}", message(&parts, "--B--")))), ["公开", "one"]);
    let table = ("Content-Type: text/html\r\nContent-ID: <2>", "<table><tr><td>1</table>");
    assert_eq!(body(&read(&message(&[parts[0], table], "--B--"))), ["[table 1]"]);
    let framed = [("Content-Type: text/html\r\nContent-ID: <2>", "<frameset></frameset>"), parts[0]];
    assert_eq!(body(&read(&message(&framed, "--B--"))), ["one"]);
}

#[test]
fn an_archive_without_its_end_is_partial() {
    let document = read(&message(&[("Content-Type: text/html", "<p>one</p>")], ""));
    assert!(document.partial);
    assert_eq!(codes(&document), ["partial_file"]);
    let error = ingest::read(message(&[("Content-Type: image/png", "x")], "--B--").as_bytes(), &Limits::default());
    assert_eq!(error.expect_err("no page").name(), "damaged");
}

// ---- damage ----

#[test]
fn pages_that_break_off_are_read_so_far_and_said() {
    let cases = [
        ("<html><p>a</p><table><tr><td>1", "the page ends within a table"),
        ("<html><p>a</p><img src=\"x.png", "the page ends within a tag or a comment"),
        ("<html><p>a</p><!-- b", "the page ends within a tag or a comment"),
        ("<html><p>a</p><script>var x = 1;", "the page ends within a script, a style sheet or its title"),
    ];
    for (html, cause) in cases {
        let document = read(html);
        assert!(document.partial, "{html}");
        assert_eq!(body(&document)[0], "a");
        assert_eq!(document.findings[0].details["cause"], cause);
    }
    for html in ["<html><p>a", "<p>a</p><table><tr><td>1</table>", "<html><table><tr><td>1</body>", "<p>a &amp"] {
        assert!(!read(html).partial, "{html}");
    }
}
