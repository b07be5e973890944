//! What of a PDF file is read, and how well.

use crate::ingest::Support;

/// The reader's checklist.
pub(super) const SUPPORT: &[Support] = &[
    Support::read(
        ("versions", "版本"),
        (
            "1.0 to 2.0; damaged cross references are rebuilt; a file that was cut off is read as far as it goes, with a finding; encrypted files that open without a password",
            "1.0 至 2.0；重建损坏的交叉引用；被截断的文件读到断点并提示；可读取无需密码即可打开的加密文件",
        ),
    ),
    Support::read(
        ("text", "文字"),
        (
            "by the Unicode that the file states (character maps, glyph names, the predefined maps of fonts that are not embedded); within forms and annotations; turned pages, turned text, vertical writing",
            "按文件注明的 Unicode（字符映射、字形名称、未嵌入字体的预定义映射）；含表单对象和批注外观；旋转的页面和文字、竖排文字",
        ),
    ),
    Support::MARKS,
    Support::partly(
        ("characters without Unicode", "未注明对应文字的字形"),
        ("stay unreadable, with a finding; never guessed", "按无法辨认处理并提示，从不猜测"),
    ),
    Support::partly(
        ("recognised text", "识别文字"),
        ("a text layer over a picture, with a finding", "读取图片上的文字层并提示"),
    ),
    Support::read(
        ("lines", "线条"),
        (
            "stroked lines, thin boxes and pictures, sides of coloured boxes; no clip paths, no white ones",
            "描边线条、细长矩形和图片、彩色底纹的边；不含裁剪路径和白色图形",
        ),
    ),
    Support::read(
        ("tables", "表格"),
        (
            "from their lines, with merged cells, nested ones; joined over pages, repeated heads out, cut rows and labels mended",
            "按线条识别，含合并单元格和嵌套表格；跨页拼接，去除重复表头，补全被分页切断的行和标签",
        ),
    ),
    Support::partly(
        ("tables without lines", "无线表格"),
        ("from aligned columns; their merged cells are lost", "按对齐的列识别；合并单元格信息丢失"),
    ),
    Support::read(
        ("beside the body", "正文之外"),
        (
            "page numbers, repeated heads and feet, text set askew (marks across the page) as asides",
            "页码、重复的页眉页脚、斜置文字（水印）另存",
        ),
    ),
    Support::partly(
        ("pictures", "图片"),
        ("counted; a page of nothing else is said to be a scan", "计数；只有图片的页面提示为扫描件"),
    ),
    Support::not(
        (
            "text in pictures, form fields without appearance, attachments, bookmarks",
            "图片中的文字、无外观的表单域、附件、书签",
        ),
        ("get the report in a form with text", "请取得含文字的报告"),
    ),
];
