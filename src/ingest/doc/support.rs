//! What of binary Word files is read.

use crate::ingest::Support;

pub(super) const SUPPORT: &[Support] = &[
    Support::read(
        ("versions", "版本"),
        (
            "Word 97 to 2003, Word 6 and 95; WPS Office writes the former. Older ones are named and refused",
            "Word 97–2003、Word 6 和 95；WPS Office 写出前者。更早的版本会明确指出，不读取",
        ),
    ),
    Support::read(
        ("containers", "文件结构"),
        (
            "OLE; streams of a damaged one as far as they can be put together; Word 6 without a container",
            "OLE；已损坏的尽可能拼接其数据流；无容器的 Word 6 文件",
        ),
    ),
    Support::read(
        ("text", "文字"),
        (
            "by the piece table, so files saved in a hurry too; UTF-16 and code pages; tabs, breaks, hyphens, symbols; text boxes, after the paragraph that they hang on",
            "按片段表，快速保存的文件亦可；UTF-16 和代码页；制表符、换行、连字符、符号；文本框，置于所附段落之后",
        ),
    ),
    Support::read(
        ("tables", "表格"),
        (
            "columns from the edges of all cells; cells merged to the side and downwards; nested",
            "按所有单元格的边线划分列；横向和纵向合并的单元格；嵌套表格",
        ),
    ),
    Support::read(("fields", "域"), ("results, never codes", "取结果，不取代码")),
    Support::read(
        ("tracked changes", "修订痕迹"),
        ("insertions in; deletions out, of rows and paragraph marks too", "插入计入，删除不计，含删除的行和段落标记"),
    ),
    Support::read(
        ("hidden text", "隐藏文字"),
        ("out, hidden by its own properties or by a style", "不计，无论由自身属性或样式隐藏"),
    ),
    Support::MARKS,
    Support::partly(
        ("automatic numbers", "自动编号"),
        (
            "rebuilt from the list definitions (not in Word 6 and 95); bullets give none",
            "按列表定义还原（Word 6 和 95 除外）；项目符号不产生编号",
        ),
    ),
    Support::read(
        ("beside the body", "正文之外"),
        ("headers, footers, footnotes, endnotes, comments as asides", "页眉、页脚、脚注、尾注、批注，与正文分开"),
    ),
    Support::partly(("pictures", "图片"), ("counted, in the text and floating over it", "只计数，含文字中的和浮动的")),
    Support::not(
        ("pages, formulas, embedded files, form field defaults", "页码、公式、嵌入文件、窗体域默认值"),
        ("", ""),
    ),
    Support::not(
        ("files with a password", "有密码的文件"),
        ("named as such; save them without one", "会明确指出；请另存为无密码的文件"),
    ),
];
