//! A made-up report written the way Word writes: long properties, a run or two a cell.
#![allow(dead_code, reason = "no test uses everything")]

use crate::docx::{Builder, document_xml};

/// What Word puts before the text of nearly every run.
const RUN: &str = r#"<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:hint="eastAsia"/><w:kern w:val="0"/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>"#;
const MARK: &str = r#"<w:rPr><w:kern w:val="0"/><w:szCs w:val="20"/></w:rPr>"#;
const BORDERS: &str = r#"<w:shd w:val="clear" w:color="auto" w:fill="auto"/><w:vAlign w:val="center"/>"#;

fn run(text: &str) -> String {
    format!(r#"<w:r w:rsidRPr="00D93F2B">{RUN}<w:t>{text}</w:t></w:r>"#)
}

fn paragraph(text: &str) -> String {
    // Word parts a text where spelling, language or a revision changes.
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let (left, right) = text.split_at(middle);
    let runs = if text.chars().count() > 12 { run(left) + &run(right) } else { run(text) };
    format!(
        r#"<w:p w:rsidR="00D93F2B" w:rsidRDefault="00D93F2B"><w:pPr><w:widowControl/><w:jc w:val="center"/>{MARK}</w:pPr>{runs}</w:p>"#
    )
}

fn cell(merge: &str, text: &str) -> String {
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="1104" w:type="dxa"/>{merge}{BORDERS}</w:tcPr>{}</w:tc>"#, paragraph(text))
}

fn row(cells: &[String]) -> String {
    format!(
        r#"<w:tr w:rsidR="00D93F2B" w:rsidRPr="00D93F2B" w:rsidTr="00D93F2B"><w:trPr><w:trHeight w:val="385"/><w:jc w:val="center"/></w:trPr>{}</w:tr>"#,
        cells.concat()
    )
}

fn table(columns: usize, rows: &[String]) -> String {
    let grid = r#"<w:gridCol w:w="1104"/>"#.repeat(columns);
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="9740" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders><w:top w:val="single" w:sz="4"/></w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{}</w:tbl>"#,
        rows.concat()
    )
}

const START: &str = r#"<w:vMerge w:val="restart"/>"#;
const GO_ON: &str = "<w:vMerge/>";

fn span(columns: usize) -> String {
    format!(r#"<w:gridSpan w:val="{columns}"/>"#)
}

/// Caption, the form's columns, and rows of label and figures.
type Block<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a [u32])]);

const PROACTIVE: &[Block] = &[
    (
        "第二十条第（一）项",
        &["本年制发件数", "本年废止件数", "现行有效件数"],
        &[("规章", &[0, 0, 0]), ("行政规范性文件", &[12, 3, 41])],
    ),
    ("第二十条第（五）项", &["本年处理决定数量"], &[("行政许可", &[1036])]),
    ("第二十条第（六）项", &["本年处理决定数量"], &[("行政处罚", &[97]), ("行政强制", &[5])]),
    ("第二十条第（八）项", &["本年收费金额（单位：万元）"], &[("行政事业性收费", &[160])]),
];

fn proactive() -> String {
    let mut rows = Vec::new();
    for (caption, columns, lines) in PROACTIVE {
        let wide = span(3 / columns.len());
        let line = |label: &str, cells: Vec<String>| {
            let cells = cells.iter().map(|text| cell(&wide, text));
            row(&std::iter::once(cell("", label)).chain(cells).collect::<Vec<_>>())
        };
        rows.push(row(&[cell(&span(4), caption)]));
        rows.push(line("信息内容", columns.iter().map(|&column| column.to_owned()).collect()));
        rows.extend(lines.iter().map(|(label, figures)| line(label, figures.iter().map(u32::to_string).collect())));
    }
    table(4, &rows)
}

const RESULTS: &str = "三、本年度办理结果";

/// Group and label of each row of results in the second table.
const OUTCOMES: &[(&str, &str)] = &[
    ("", "（一）予以公开"),
    ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("（三）不予公开", "1.属于国家秘密"),
    ("（三）不予公开", "2.其他法律行政法规禁止公开"),
    ("（三）不予公开", "3.危及“三安全一稳定”"),
    ("（三）不予公开", "4.保护第三方合法权益"),
    ("（三）不予公开", "5.属于三类内部事务信息"),
    ("（三）不予公开", "6.属于四类过程性信息"),
    ("（三）不予公开", "7.属于行政执法案卷"),
    ("（三）不予公开", "8.属于行政查询事项"),
    ("（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("（四）无法提供", "2.没有现成信息需要另行制作"),
    ("（四）无法提供", "3.补正后申请内容仍不明确"),
    ("（五）不予处理", "1.信访举报投诉类申请"),
    ("（五）不予处理", "2.重复申请"),
    ("（五）不予处理", "3.要求提供公开出版物"),
    ("（五）不予处理", "4.无正当理由大量反复申请"),
    ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
    ("（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("（六）其他处理", "3.其他"),
    ("", "（七）总计"),
];

/// Figures by applicant: natural persons, five kinds of bodies, all.
fn figures(persons: usize, bodies: usize) -> Vec<String> {
    let all = persons + 5 * bodies;
    [persons, bodies, bodies, bodies, bodies, bodies, all].iter().map(|figure| cell("", &figure.to_string())).collect()
}

/// Three grid columns of labels, then seven of figures, under three rows of headers. Every sum
/// of the form holds.
fn applications() -> String {
    let corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
    let bodies = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"];
    let tall = |merge: &str| span(3) + merge;
    let mut third = vec![cell(&tall(GO_ON), ""), cell(GO_ON, "")];
    third.extend(bodies.map(|body| cell("", body)));
    third.push(cell(GO_ON, ""));
    let mut rows = vec![
        row(&[cell(&tall(START), corner), cell(&span(7), "申请人情况")]),
        row(&[cell(&tall(GO_ON), ""), cell(START, "自然人"), cell(&span(5), "法人或其他组织"), cell(START, "总计")]),
        row(&third),
    ];
    let whole = |label: &str, persons, bodies| row(&[vec![cell(&span(3), label)], figures(persons, bodies)].concat());
    let outcomes = OUTCOMES.len() - 1;
    let all: usize = (0..outcomes).sum();
    rows.push(whole("一、本年新收政府信息公开申请数量", all, outcomes));
    rows.push(whole("二、上年结转政府信息公开申请数量", 4, 1));
    let mut before = "";
    for (at, &(group, label)) in OUTCOMES.iter().enumerate() {
        let outer = if at == 0 { cell(START, RESULTS) } else { cell(GO_ON, "") };
        let labels = match group {
            "" => vec![outer, cell(&span(2), label)],
            _ if group == before => vec![outer, cell(GO_ON, ""), cell("", label)],
            _ => vec![outer, cell(START, group), cell("", label)],
        };
        let (persons, bodies) = if at == outcomes { (all, outcomes) } else { (at, 1) };
        rows.push(row(&[labels, figures(persons, bodies)].concat()));
        before = group;
    }
    rows.push(whole("四、结转下年度继续办理", 4, 1));
    table(10, &rows)
}

fn review() -> String {
    let route = |text: &str| cell(&span(5), text);
    let result = |at: usize| cell("", ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"][at % 5]);
    let figure = |at: usize| cell("", &[3, 1, 0, 2, 6][at % 5].to_string());
    let rows = [
        row(&[cell(&(span(5) + START), "行政复议"), cell(&span(10), "行政诉讼")]),
        row(&[cell(&(span(5) + GO_ON), ""), route("未经复议直接起诉"), route("复议后起诉")]),
        row(&std::array::from_fn::<_, 15, _>(result)),
        row(&std::array::from_fn::<_, 15, _>(figure)),
    ];
    table(15, &rows)
}

/// The body of a report: prose and the three tables.
pub fn body(organ: &str) -> String {
    let prose = "2021年，我单位认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，全年主动公开政府信息1036条。";
    let chapter = |heading: &str, content: &str| paragraph(heading) + content;
    let prose = paragraph(prose).repeat(4);
    [
        paragraph(&format!("{organ}2021年政府信息公开工作年度报告")),
        chapter("一、总体情况", &prose),
        chapter("二、主动公开政府信息情况", &proactive()),
        chapter("三、收到和处理政府信息公开申请情况", &applications()),
        chapter("四、政府信息公开行政复议、行政诉讼情况", &review()),
        chapter("五、存在的主要问题及改进情况", &prose),
        chapter("六、其他需要报告的事项", &prose),
    ]
    .concat()
}

const SECTION: &str = r#"<w:sectPr w:rsidR="00D93F2B"><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800"/></w:sectPr>"#;

/// Organ of the report of this number among many.
pub fn organ(number: usize) -> String {
    format!("示例县第{number}镇人民政府")
}

/// A file of so many reports, one after the other, without the looks of their runs.
pub fn reports(count: usize) -> Builder {
    let plain = body("*").replace(RUN, "").replace(MARK, "");
    let bodies: String = (1..=count).map(|number| plain.replacen('*', &organ(number), 1)).collect();
    package(&document_xml(&(bodies + SECTION)))
}

/// The parts that Word writes beside the text.
fn styles() -> String {
    let latent = r#"<w:lsdException w:name="heading 1" w:uiPriority="9" w:qFormat="1"/>"#.repeat(376);
    let style = r#"<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="header"/><w:basedOn w:val="a"/><w:link w:val="a4"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/><w:rsid w:val="00D93F2B"/><w:pPr><w:tabs><w:tab w:val="center" w:pos="4153"/></w:tabs><w:snapToGrid w:val="0"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>"#.repeat(15);
    format!("<w:styles><w:latentStyles>{latent}</w:latentStyles>{style}</w:styles>")
}

/// The main part in a file as Word writes it.
fn package(document: &str) -> Builder {
    let footer = r#"<w:ftr><w:p><w:pPr><w:pStyle w:val="a5"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>"#;
    let note = r#"<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote></w:footnotes>"#;
    Builder::of_main("word/document.xml", document.as_bytes().to_vec())
        .part("styles.xml", &styles())
        .part("footer1.xml", footer)
        .part("footnotes.xml", note)
        .part("settings.xml", &format!("<w:settings>{}</w:settings>", r#"<w:rsid w:val="00D93F2B"/>"#.repeat(40)))
}

/// A file of one report; `document.xml` has about 180 KB.
pub fn report() -> Builder {
    package(&document_xml(&(body(&organ(1)) + SECTION)))
}
