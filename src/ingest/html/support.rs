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
            "`colspan`, `rowspan` (0, to the end of the group of rows, cut where a row leaves no room), heads and feet in their places, captions before; nested ones",
            "`colspan`、`rowspan`（含 0 和延伸至行组末尾；过长的在已占满的行处截断）、表头和表尾归位、标题置前；嵌套表格",
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
            "out: scripts, styles, comments, `hidden`, `display:none` (inline, or of a class or id that nothing else may show), `mso-hide`, rows that only state widths",
            "不计：脚本、样式、注释、`hidden`、`display:none`（行内样式，或不会另行显示的类和 id）、`mso-hide`、只标明列宽的行",
        ),
    ),
    Support::partly(
        ("shown by scripts", "由脚本显示的内容"),
        (
            "where the page shows no table: hidden elements with tables, and pages held in text areas, `template`, `srcdoc`, `noscript` and texts of scripts",
            "网页未显示表格时：含表格的隐藏元素，以及文本域、`template`、`srcdoc`、`noscript` 和脚本文字中的网页",
        ),
    ),
    Support::read(
        ("tables without tags", "非表格标签的表格"),
        (
            "`role` and `display` (inline, or of a class or id) of tables, rows and cells",
            "以 `role` 或 `display`（行内样式、类、id）构成的表格、行和单元格",
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
    Support::read(("changes", "修订"), ("`ins` in, `del` and struck text out", "`ins` 计入，`del` 和删除线文字不计")),
    Support::MARKS,
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
    Support::read(
        ("MHTML", "MHTML"),
        (
            "the page, and the pages that it frames if it has no table itself",
            "网页本身；其中没有表格时，还有其框架中的各页",
        ),
    ),
    Support::not(
        (
            "numbers of lists, other rules of style sheets, frames in other files, text that scripts make up",
            "列表编号、样式表的其他规则、其他文件中的框架、由脚本拼出的文字",
        ),
        ("", ""),
    ),
];
