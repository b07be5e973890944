//! What of spreadsheets is read.

use crate::ingest::Support;

pub(super) const SUPPORT: &[Support] = &[
    Support::read(
        ("XLSX, XLSM, XLTX", "XLSX、XLSM、XLTX"),
        (
            "through calamine, from an archive unpacked within the limits; also with lost directory",
            "先在限制内解压，再逐个读取单元格；目录丢失的亦可",
        ),
    ),
    Support::partly(
        ("XLSB", "XLSB"),
        (
            "without its merged cells, which are read as empty ones; save it as XLSX if that matters",
            "不读取合并信息，被合并的单元格读作空白；如有影响，请另存为 XLSX",
        ),
    ),
    Support::read(
        ("XLS, XLT, ET", "XLS、XLT、ET"),
        (
            "Excel 5 to 2003, from records that are checked; also without a container, or with a damaged one",
            "Excel 5 至 2003，逐条检查记录后读取；无容器或容器已损坏的亦可",
        ),
    ),
    Support::read(
        ("ODS, OTS, flat XML, OpenOffice 1", "ODS、OTS、单文件 XML、OpenOffice 1"),
        ("with what ODT is read with", "与 ODT 的读取方式相同"),
    ),
    Support::read(
        ("sheets", "工作表"),
        (
            "each from its own page on; hidden and empty ones are left out, and counted",
            "每个工作表自成一页；隐藏的和空白的不读取，只计数",
        ),
    ),
    Support::read(
        ("rows of one cell", "只有一个单元格的行"),
        ("are lines of text, and part the sheet into tables", "读作一行文字，并将工作表分为多个表格"),
    ),
    Support::read(("merged cells", "合并的单元格"), ("as the file states them", "按文件所载")),
    Support::partly(
        ("blanks", "空白"),
        (
            "empty cells with a border are cells of the table (not known of Excel 5 and 95, and of XLSB)",
            "有边框的空单元格计为表格的单元格（Excel 5、95 和 XLSB 无从判断）",
        ),
    ),
    Support::read(
        ("numbers", "数值"),
        (
            "as entered: 15 significant digits, no exponent, whatever their format rounds off",
            "按录入的数值：15位有效数字，不用指数，不受显示格式舍入的影响",
        ),
    ),
    Support::partly(
        ("percentages", "百分比"),
        ("as such; in XLS and XLSB as plain numbers", "按百分比；XLS 和 XLSB 中为普通数值"),
    ),
    Support::read(("dates and times", "日期和时间"), ("`2022-12-31 14:30`", "`2022-12-31 14:30`")),
    Support::read(
        ("formulas", "公式"),
        (
            "the results that were last worked out; errors as text (`#REF!`)",
            "取最近一次的计算结果；错误读作文字（`#REF!`）",
        ),
    ),
    Support::read(
        ("names of sheets", "工作表名称"),
        (
            "the caption of a sheet that begins with a table, else asides; `Sheet1` and the like say nothing",
            "以表格开头的工作表，其名称作为表题，否则与正文分开；`Sheet1` 之类的名称不读取",
        ),
    ),
    Support::not(("hidden rows and columns", "隐藏的行和列"), ("they are read like any other", "与其他行列一样读取")),
    Support::not(("comments, text boxes, pictures, headers and footers", "批注、文本框、图片、页眉和页脚"), ("", "")),
    Support::not(
        ("workbooks with a password", "有密码的工作簿"),
        ("named as such; save them without one", "会明确指出；请另存为无密码的文件"),
    ),
];
