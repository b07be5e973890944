//! What of DOCX is read.

use crate::ingest::Support;

pub(super) const SUPPORT: &[Support] = &[
    Support::read(
        ("containers", "文件结构"),
        (
            "zip (also with lost directory), flat OPC, Word 2003 XML; macro files and templates; parts found by relationships, whatever their names",
            "zip（目录丢失亦可）、单文件 OPC、Word 2003 XML；含宏文件和模板；按关系而不按名称查找部件",
        ),
    ),
    Support::read(
        ("XML", "XML"),
        (
            "strict, transitional and 2003 namespaces under any prefix; UTF-8, UTF-16 and declared encodings; no entities of the document's own",
            "严格、过渡和 2003 命名空间，前缀不限；UTF-8、UTF-16 和声明的编码；不解析文档自定义的实体",
        ),
    ),
    Support::read(
        ("tables", "表格"),
        (
            "`gridSpan`, `vMerge`, `hMerge`, `gridBefore`, `gridAfter`; nested; rows and cells in content controls",
            "`gridSpan`、`vMerge`、`hMerge`、`gridBefore`、`gridAfter`；嵌套表格；内容控件中的行和单元格",
        ),
    ),
    Support::partly(
        ("formulas", "公式"),
        (
            "as text where they stand on one line; what sets its parts above one another is marked as unreadable",
            "单行公式读作文字；上下结构的公式标记为无法识别",
        ),
    ),
    Support::read(
        ("text", "文字"),
        (
            "runs, hyperlinks, smart tags, content controls; tabs, breaks, hyphens, symbols; text boxes (once each), after the paragraph that they hang on",
            "文本块、超链接、智能标记、内容控件；制表符、换行、连字符、符号；文本框（各一次），置于所附段落之后",
        ),
    ),
    Support::read(("fields", "域"), ("results, never codes", "取结果，不取代码")),
    Support::read(
        ("tracked changes", "修订痕迹"),
        (
            "insertions and moves to in; deletions and moves from out; deleted rows, cells and paragraph marks",
            "插入和移入计入，删除和移出不计；含删除的行、单元格和段落标记",
        ),
    ),
    Support::read(("hidden text", "隐藏文字"), ("out, hidden by a run or by a style", "不计，无论由文字或样式隐藏")),
    Support::MARKS,
    Support::read(
        ("automatic numbers", "自动编号"),
        ("rebuilt from the list definitions; bullets give none", "按列表定义还原；项目符号不产生编号"),
    ),
    Support::read(
        ("beside the body", "正文之外"),
        ("headers, footers, footnotes, endnotes, comments as asides", "页眉、页脚、脚注、尾注、批注，与正文分开"),
    ),
    Support::partly(("pictures", "图片"), ("counted", "只计数")),
    Support::partly(
        ("pages", "页码"),
        ("where Word left its page breaks of the last printing", "仅当 Word 留有上次排版的分页时"),
    ),
    Support::not(
        (
            "formulas, charts, diagrams, embedded files, `altChunk`, form field defaults",
            "公式、图表、图示、嵌入文件、`altChunk`、窗体域默认值",
        ),
        ("", ""),
    ),
    Support::not(
        ("files with a password", "有密码的文件"),
        ("named as such; save them without one", "会明确指出；请另存为无密码的文件"),
    ),
];
