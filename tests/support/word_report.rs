//! A made-up report written the way Word writes: long properties, a run or two a cell.

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

const SPAN: &str = r#"<w:gridSpan w:val="4"/>"#;
const START: &str = r#"<w:vMerge w:val="restart"/>"#;
const GO_ON: &str = "<w:vMerge/>";

fn proactive() -> String {
    let mut rows = Vec::new();
    for clause in ["第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项"]
    {
        rows.push(row(&[cell(SPAN, clause)]));
        rows.push(row(&["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"].map(|text| cell("", text))));
        rows.push(row(&["规章", "0", "0", "0"].map(|text| cell("", text))));
        rows.push(row(&["行政规范性文件", "12", "3", "41"].map(|text| cell("", text))));
    }
    table(4, &rows)
}

fn applications() -> String {
    let mut rows = Vec::new();
    for at in 0..26 {
        let merge = if at % 6 == 0 { START } else { GO_ON };
        let mut cells = vec![
            cell(merge, if at % 6 == 0 { "三、本年度办理结果" } else { "" }),
            cell(merge, if at % 6 == 0 { "（三）不予公开" } else { "" }),
            cell("", "2.其他法律行政法规禁止公开"),
        ];
        cells.extend((0..7).map(|column| cell("", &((at * column) % 13).to_string())));
        rows.push(row(&cells));
    }
    table(10, &rows)
}

fn review() -> String {
    let header = |text: &str| cell(r#"<w:gridSpan w:val="5"/>"#, text);
    let mut rows = vec![row(&["行政复议", "未经复议直接起诉", "复议后起诉"].map(header))];
    rows.push(row(&std::array::from_fn::<_, 15, _>(|at| {
        cell("", ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"][at % 5])
    })));
    rows.push(row(&std::array::from_fn::<_, 15, _>(|at| cell("", &(at % 3).to_string()))));
    table(15, &rows)
}

/// `document.xml` of about 200 KB of a report: prose and the three tables.
pub fn document() -> String {
    let prose = "2021年，我单位认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，全年主动公开政府信息1036条。";
    let mut body = paragraph("示例县人民政府2021年政府信息公开工作年度报告");
    for heading in ["一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
    {
        body += &paragraph(heading);
        body += &paragraph(prose).repeat(4);
    }
    for (heading, table) in [
        ("二、主动公开政府信息情况", proactive()),
        ("三、收到和处理政府信息公开申请情况", applications()),
        ("四、政府信息公开行政复议、行政诉讼情况", review()),
    ] {
        body += &paragraph(heading);
        body += &table;
    }
    body += r#"<w:sectPr w:rsidR="00D93F2B"><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800"/></w:sectPr>"#;
    document_xml(&body)
}

/// The parts that Word writes beside the text.
fn styles() -> String {
    let latent = r#"<w:lsdException w:name="heading 1" w:uiPriority="9" w:qFormat="1"/>"#.repeat(376);
    let style = r#"<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="header"/><w:basedOn w:val="a"/><w:link w:val="a4"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/><w:rsid w:val="00D93F2B"/><w:pPr><w:tabs><w:tab w:val="center" w:pos="4153"/></w:tabs><w:snapToGrid w:val="0"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>"#.repeat(15);
    format!("<w:styles><w:latentStyles>{latent}</w:latentStyles>{style}</w:styles>")
}

/// The whole file.
pub fn report() -> Builder {
    let footer = r#"<w:ftr><w:p><w:pPr><w:pStyle w:val="a5"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>"#;
    let note = r#"<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote></w:footnotes>"#;
    Builder::of_main("word/document.xml", document().into_bytes())
        .part("styles.xml", &styles())
        .part("footer1.xml", footer)
        .part("footnotes.xml", note)
        .part("settings.xml", &format!("<w:settings>{}</w:settings>", r#"<w:rsid w:val="00D93F2B"/>"#.repeat(40)))
}
