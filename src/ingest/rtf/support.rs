//! What of RTF is read.

use crate::ingest::Support;

pub(super) const SUPPORT: &[Support] = &[
    Support::read(
        ("recognised", "识别"),
        ("by `{\\rtf` at the beginning, whatever the file is called", "按开头的 `{\\rtf` 识别，不论文件名"),
    ),
    Support::read(
        ("text", "文字"),
        (
            "Unicode, without what stands for it elsewhere; bytes in the code page of their font, else of the file, also as they stand; characters parted by groups; symbols",
            "Unicode 字符，跳过其替代文字；字节按字体的代码页，否则按文件的代码页，含未转义的字节；被组拆开的字符；符号",
        ),
    ),
    Support::partly(
        ("code pages that nobody states", "未标明的代码页"),
        ("Chinese ones, guessed from the bytes; said so", "按字节推断是否为中文，并加以说明"),
    ),
    Support::read(
        ("tables", "表格"),
        (
            "columns from the edges of all cells; cells merged to the side and downwards; nested; rows defined before their cells, after them, or only where the definition changes",
            "按所有单元格的边线划分列；横向和纵向合并的单元格；嵌套表格；行的定义在单元格之前、之后或仅在变化时给出",
        ),
    ),
    Support::read(
        ("text boxes", "文本框"),
        ("once each, after the paragraph that they hang on", "各取一次，置于所附段落之后"),
    ),
    Support::read(
        ("fields", "域"),
        ("results, never codes; symbols that are fields", "取结果，不取代码；以域表示的符号"),
    ),
    Support::read(
        ("tracked changes", "修订痕迹"),
        (
            "insertions and moves to in; deletions and moves from out, of paragraph marks too",
            "插入和移入计入，删除和移出不计，含删除的段落标记",
        ),
    ),
    Support::read(
        ("hidden text", "隐藏文字"),
        ("out, hidden by its own properties or by a style", "不计，无论由自身属性或样式隐藏"),
    ),
    Support::MARKS,
    Support::read(
        ("automatic numbers", "自动编号"),
        (
            "as printed, else rebuilt from the list definitions; bullets give none",
            "取已写出的编号，否则按列表定义还原；项目符号不产生编号",
        ),
    ),
    Support::read(
        ("beside the body", "正文之外"),
        (
            "title, headers, footers, footnotes, endnotes, comments as asides",
            "标题属性、页眉、页脚、脚注、尾注、批注，与正文分开",
        ),
    ),
    Support::partly(("pictures", "图片"), ("counted", "只计数")),
    Support::partly(
        ("damage", "损坏"),
        (
            "groups that do not end or end too often, rows without end, a file that breaks off: what came before is read, and said to be partial",
            "未结束或多余的组、未结束的行、中途断开的文件：读取断开之前的内容，并标为不完整",
        ),
    ),
    Support::not(
        ("pages, formulas, embedded files, form field defaults", "页码、公式、嵌入文件、窗体域默认值"),
        ("", ""),
    ),
];
