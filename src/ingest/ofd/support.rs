//! What of the format is read.

use crate::ingest::Support;

pub(super) const SUPPORT: &[Support] = &[
    Support::read(
        ("recognised", "识别"),
        ("by `OFD.xml` in a zip archive, whatever the file is called", "按 zip 压缩包中的 `OFD.xml` 识别，不论文件名"),
    ),
    Support::read(
        ("packages", "包结构"),
        (
            "several documents, one after another; the current version where only versions are named; paths from their part and from the root, in any case and with either slash; lost directories",
            "多个文档依次读取；只列出版本的，读当前版本；相对于部件或包根的路径，大小写和斜杠不限；目录丢失的压缩包",
        ),
    ),
    Support::read(
        ("XML", "XML"),
        (
            "any prefix and namespace, or none; declared encodings; parts that break off, as far as they go",
            "前缀和命名空间不限；声明的编码；中途断开的部件读到断处",
        ),
    ),
    Support::read(
        ("pages", "页面"),
        (
            "the physical box of the page or the document; templates below and above; layers by their kind; page blocks; pages set sideways are turned",
            "页面或文档的物理区域；前景和背景模板页；各类图层；页面块；横排的页面转正",
        ),
    ),
    Support::read(
        ("text", "文字"),
        (
            "`TextCode` with its distances (`g` groups too), matrices, `HScale`, both directions, escapes; the usual widths where no distances are given; `¤` stays unreadable",
            "`TextCode` 及其字间距（含 `g` 分组）、变换矩阵、`HScale`、两种方向、转义；未给字间距的按常用字宽；`¤` 视为无法识别",
        ),
    ),
    Support::MARKS,
    Support::read(
        ("lines", "线条"),
        (
            "stroked, thin boxes, thin pictures, edges of coloured boxes, as in PDF; graphics drawn by reference, eight within one another at most",
            "描边、细长填充、细长图片、有色填充的边，与 PDF 相同；引用的复合图元，最多嵌套八层",
        ),
    ),
    Support::read(
        ("hidden", "隐藏内容"),
        (
            "out: objects that are not `Visible`, beyond the paper, transparent or unpainted (unless over a picture, as a recognised text layer)",
            "不计：`Visible` 为假的、纸外的、透明或不着色的对象（图片上的识别文字层除外）",
        ),
    ),
    Support::read(
        ("annotations", "注释"),
        (
            "kept apart: watermarks, stamps and notes as comments, text set askew on the page as heads",
            "与正文分开：水印、印章、批注作为批注，页面上斜置的文字作为页眉",
        ),
    ),
    Support::partly(("pictures", "图片"), ("counted", "只计数")),
    Support::partly(
        ("encrypted packages", "加密的文件"),
        (
            "named as such (`Encryptions.xml`, GM/T 0099; zip passwords)",
            "只指明已加密（`Encryptions.xml`，GM/T 0099；zip 密码）",
        ),
    ),
    Support::not(
        (
            "clips, embedded fonts and glyph numbers, signatures and seals, outlines, actions, attachments, custom tags, earlier versions, templates of templates",
            "裁剪、内嵌字体和字形编号、签名和印章、大纲、动作、附件、自定义标引、以往版本、模板页的模板页",
        ),
        ("", ""),
    ),
];
