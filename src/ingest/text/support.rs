//! What of flattened text is read.

use crate::ingest::Support;

pub(super) const SUPPORT: &[Support] = &[
    Support::read(
        ("charset", "编码"),
        (
            "UTF-8, UTF-16, GB18030, Big5, by what the bytes bear out; a guess is said",
            "UTF-8、UTF-16、GB18030、Big5，以字节为准；推断的编码会说明",
        ),
    ),
    Support::read(
        ("tables drawn with characters", "用字符画的表格"),
        (
            "tabs, bars, Markdown, boxes, columns aligned with spaces or under a rule of dashes",
            "制表符、竖线、Markdown、线框、用空格或短横线对齐的列",
        ),
    ),
    Support::partly(
        ("a cell or a number a line", "每格或每个数值一行"),
        ("placed by labels, else by print order where sums prove it", "按标签归位；否则按印刷顺序，且须由合计证明"),
    ),
    Support::partly(
        ("merged cells", "合并单元格"),
        ("lost by whoever made the text; only the order of cells is left", "生成文本时已丢失，只剩单元格的先后顺序"),
    ),
    Support::not(
        ("text whose repeated lines were dropped", "丢失了重复行的文本"),
        ("no value of it can be placed; get the original", "数值无法归位；请取得原始文件"),
    ),
];
