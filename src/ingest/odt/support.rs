//! What of OpenDocument texts is read.

use crate::ingest::Support;

pub(super) const SUPPORT: &[Support] = &[
    Support::read(
        ("containers", "文件结构"),
        (
            "zip (also with lost directory), templates, flat XML; OpenOffice 1",
            "zip（目录丢失的亦可）、模板、单文件 XML；OpenOffice 1",
        ),
    ),
    Support::read(
        ("tables", "表格"),
        (
            "spans, covered cells, repeated rows and cells, header rows; nested and sub-tables, as tables in a cell",
            "合并单元格、被覆盖的单元格、重复的行和单元格、标题行；嵌套表格和子表格，作为单元格内的表格",
        ),
    ),
    Support::read(
        ("text", "文字"),
        (
            "paragraphs, headings, spans, links; blanks, tabs, line breaks; text boxes and shapes, after the paragraph that they hang on",
            "段落、标题、文字片段、链接；空格、制表符、换行；文本框和图形中的文字，置于所附段落之后",
        ),
    ),
    Support::read(("fields", "域"), ("results", "取结果")),
    Support::read(("tracked changes", "修订痕迹"), ("insertions in; deletions out", "插入计入，删除不计")),
    Support::read(
        ("hidden text", "隐藏文字"),
        (
            "out, hidden by a style of characters or paragraphs, by a section or by a field",
            "不计，无论由字符或段落样式、节或域隐藏",
        ),
    ),
    Support::MARKS,
    Support::read(
        ("automatic numbers", "自动编号"),
        (
            "of lists and headings, rebuilt from their styles, or as the file spells them out; bullets give none",
            "列表和标题的编号，按样式还原，或取文件中写明的；项目符号不产生编号",
        ),
    ),
    Support::read(
        ("beside the body", "正文之外"),
        (
            "title, headers, footers, footnotes, endnotes, comments as asides",
            "标题属性、页眉、页脚、脚注、尾注、批注，与正文分开",
        ),
    ),
    Support::partly(
        ("pictures", "图片"),
        ("counted; charts and formulas count as pictures", "只计数；图表和公式计为图片"),
    ),
    Support::partly(
        ("pages", "页码"),
        (
            "where the file says where its pages end, but for pages that begin after a paragraph",
            "文件载有分页信息时；段落之后的分页除外",
        ),
    ),
    Support::not(("form fields, linked sections, embedded files", "窗体控件、链接的节、嵌入文件"), ("", "")),
    Support::not(
        ("hidden rows and columns of tables", "表格中隐藏的行和列"),
        ("they are read like any other", "与其他行列一样读取"),
    ),
    Support::not(
        ("files with a password", "有密码的文件"),
        ("named as such; save them without one", "会明确指出；请另存为无密码的文件"),
    ),
];
