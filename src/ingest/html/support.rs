//! What of web pages is read.

use crate::ingest::Support;

pub(super) const SUPPORT: &[Support] = &[
    Support::read(
        ("recognised", "识别"),
        (
            "by its tags, whatever the file is called; text with HTML tables in it (its lines are kept)",
            "按标签识别，不论文件名；含 HTML 表格的文本（保留各行）",
        ),
    ),
    Support::read(
        ("charset", "编码"),
        (
            "byte order mark, UTF-16, strict UTF-8, the label, GB18030: what the bytes bear out",
            "字节顺序标记、UTF-16、严格 UTF-8、标注的编码、GB18030：以字节为准",
        ),
    ),
    Support::read(
        ("broken markup", "残缺的标记"),
        (
            "repaired as browsers do (`html5ever`); a page that breaks off is marked partial",
            "按浏览器的方式修复（`html5ever`）；中途断开的网页标为不完整",
        ),
    ),
    Support::read(
        ("tables", "表格"),
        (
            "`colspan`, `rowspan` (0, and to the end of the group of rows), heads and feet in their places, captions before; nested ones",
            "`colspan`、`rowspan`（含 0 和延伸至行组末尾）、表头和表尾归位、标题置前；嵌套表格",
        ),
    ),
    Support::read(
        ("lines", "行"),
        (
            "as the browser breaks them: blocks, `br`, preformatted text; white space collapsed, no-break spaces kept",
            "与浏览器的断行一致：块、`br`、预排文本；空白合并，不换行空格保留",
        ),
    ),
    Support::read(
        ("not shown", "不显示的内容"),
        (
            "out: scripts, styles, comments, `hidden`, `display:none`, `mso-hide`, `template`, `noscript`, rows that only state widths",
            "不计：脚本、样式、注释、`hidden`、`display:none`、`mso-hide`、`template`、`noscript`、只标明列宽的行",
        ),
    ),
    Support::read(
        ("the site", "网站内容"),
        (
            "`nav`, `header`, `footer` as asides, unless they hold tables; other menus stay text",
            "`nav`、`header`、`footer` 与正文分开（含表格的除外）；其他菜单按正文处理",
        ),
    ),
    Support::read(
        ("about itself", "网页自述"),
        ("`title` and what `meta` says of title and date, as asides", "`title` 和 `meta` 中的标题、日期，与正文分开"),
    ),
    Support::read(("changes", "修订"), ("`ins` in, `del` out", "`ins` 计入，`del` 不计")),
    Support::partly(
        ("pictures", "图片"),
        ("counted, marks and linked ones left out", "只计数，图标和带链接的图片除外"),
    ),
    Support::read(
        ("Excel", "Excel 网页"),
        (
            "a row of one cell is a line of text, and parts the sheet into tables",
            "只有一个单元格的行视为文字，并由此分表",
        ),
    ),
    Support::read(("MHTML", "MHTML"), ("the page, or the pages that it frames", "网页本身，或其框架中的各页")),
    Support::not(
        (
            "numbers of lists, style sheets, frames in other files, text that scripts write",
            "列表编号、样式表、其他文件中的框架、由脚本写出的文字",
        ),
        ("", ""),
    ),
];
