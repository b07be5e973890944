//! The catalogue: every code with its weight, its sentences in two languages, and why it matters.
//!
//! One list, in the order of the pipeline. `explain CODE`, `docs/checks.md` and every message
//! are made from it. A sentence names `{expected}`, `{found}` and the finding's details in braces.

use serde::{Deserialize, Serialize};

use super::{Grade, Lang, Severity};
use Grade::{Confirm, Mandatory};
use Severity::{Error, Hint, Note, Warning};

/// One entry of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The name used in every output.
    pub name: &'static str,
    /// The usual weight.
    pub severity: Severity,
    /// What is asked of whoever publishes the report.
    pub grade: Grade,
    /// What the code stands for: English, Chinese.
    pub title: (&'static str, &'static str),
    /// The sentence: what is wrong, expected, found.
    pub message: (&'static str, &'static str),
    /// What to do about it.
    pub remedy: (&'static str, &'static str),
}

impl Entry {
    /// What the code stands for.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.title.0, self.title.1)
    }

    /// The sentence, with names in braces.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &'static str {
        lang.pick(self.message.0, self.message.1)
    }

    /// What to do, with names in braces.
    #[must_use]
    pub fn remedy(&self, lang: Lang) -> &'static str {
        lang.pick(self.remedy.0, self.remedy.1)
    }
}

/// Words that a finding stores by name because they are said differently in each language:
/// the word's name in the sentence, the name stored, English, Chinese.
const PHRASES: &[(&str, &str, &str, &str)] = &[
    (
        "reading",
        "blank_as_zero",
        " Blank cells were read as 0; a number in one of them could make it hold.",
        "空白格按 0 计；若其中应有数值，则可能相符。",
    ),
    ("reading", "any_reading", " No number in its blank cells could make it hold.", "空白格无论填入何数均不相符。"),
    ("reading", "blanks_are_zero", " Other blank cells were read as 0.", "其他空白格按 0 计。"),
    ("slip", "swapped", " (two digits swapped)", "（似数字颠倒）"),
    ("slip", "dropped", " (a digit dropped)", "（似漏写一位）"),
    ("slip", "added", " (a digit added)", "（似多写一位）"),
    ("slip", "misread", " (a digit misread)", "（似一位误写）"),
    ("slip", "shifted", " (the value of a neighbouring row or column)", "（似错行或错列）"),
    ("slip", "left_blank", " (left blank)", "（似漏填）"),
    ("slip", "other", "", ""),
    ("state", "missing", "missing", "缺失"),
    ("state", "unreadable", "unreadable", "非数值"),
    ("state", "ambiguous", "ambiguous", "位置不明"),
    ("state", "number", "in another unit of money", "金额单位不同"),
    ("status", "complete", "complete", "完整"),
    ("status", "incomplete", "tables were not found", "缺少表格"),
    ("status", "narrative", "prose", "纯文字"),
    ("status", "pictures", "its tables are pictures", "表格是图片"),
    ("status", "values_lost", "its values were lost before", "数值此前已丢失"),
    ("status", "blank_form", "a blank form", "空白表样"),
    ("status", "comparison", "a comparison of two years", "两个年度的对照"),
    ("proof", "sums", "the sums of each line agree", "各行合计均相符"),
    ("by", "title", "title", "标题"),
    ("by", "period", "statistics period", "统计期限"),
    ("by", "body", "text", "正文"),
    ("by", "other_tables", "the other tables of the report", "报告的其他表格"),
    ("by", "year", "the year of the report", "报告年度"),
    ("by", "newest_form", "the newest form", "最新版式"),
    ("by", "option", "option `--place`", "`--place` 选项"),
    ("against", "period", "statistics period", "统计期限"),
    ("against", "signature", "signature", "落款"),
    ("against", "address", "address", "联系地址"),
    (
        "why",
        "no_day",
        "one of these is no day of the calendar, so the period was not taken",
        "其中有不存在的日期，未采用该期限",
    ),
    ("why", "backwards", "it ends before it begins", "止日早于起日"),
    ("why", "two_years", "it does not lie within one year", "起止不在同一年度"),
    ("why", "ends_early", "it ends before the year does", "未至年底即止"),
    ("against", "title", "title", "标题"),
    ("against", "body", "text", "正文"),
    ("by", "file_name", "file name", "文件名"),
    ("by", "page_title", "page's own title", "网页自身的标题"),
    ("against", "page_title", "page's own title", "网页自身的标题"),
    ("by", "path", "folder", "文件夹"),
    ("by", "index_number", "index number", "索引号"),
    ("by", "address", "address", "联系地址"),
    ("against", "file_name", "file name", "文件名"),
    ("against", "path", "folder", "文件夹"),
    ("what", "year", "year", "年度"),
    ("what", "organ", "organ", "机关名称"),
    ("what", "period", "statistics period", "统计期限"),
    ("found", "blank", "blank", "空白"),
    ("part", "hidden_elements", "hidden elements", "隐藏的元素"),
    ("part", "text_area", "a text area", "文本域"),
    ("part", "frame_source", "the source of a frame", "框架的内容"),
    ("part", "hidden_field", "a hidden field", "隐藏的字段"),
    ("part", "without_scripts", "a part for browsers without scripts", "供不运行脚本的浏览器显示的部分"),
    ("part", "in_script", "a text of a script", "脚本中的文字"),
    ("found", "not_applicable", "“not applicable”", "“不适用”"),
    ("found", "missing", "missing", "缺失"),
    ("found", "unreadable", "unreadable", "非数值"),
    ("found", "ambiguous", "ambiguous", "位置不明"),
    ("lacking", "organ", "organ", "机关名称"),
    ("lacking", "year", "year", "年度"),
    ("lacking", "place", "place that tells it from other organs of its name", "可与同名机关相区别的所在地"),
    ("lacking", "organ_and_year", "organ and no year", "机关名称和年度"),
    ("why", "names_last_year", "naming that year", "并写有该年份"),
    ("why", "same_counts", "with the same counts", "所列数字也相同"),
];

/// What a name stored for a word says; a name that is not in the list says itself.
pub(super) fn phrase<'a>(word: &str, name: &'a str, lang: Lang) -> &'a str {
    let known = PHRASES.iter().find(|(of, known, ..)| (*of, *known) == (word, name));
    known.map_or(name, |&(_, _, en, zh)| lang.pick(en, zh))
}

macro_rules! catalog {
    ($($variant:ident $name:literal $severity:ident $grade:ident
        $title_en:literal $title_zh:literal
        $message_en:literal $message_zh:literal
        $remedy_en:literal $remedy_zh:literal;)*) => {
        /// The name of a kind of finding. Names never change meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum Code {
            $(#[doc = $title_en] #[serde(rename = $name)] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the pipeline.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The code's entry in the catalogue.
            #[must_use]
            pub fn entry(self) -> &'static Entry {
                &ENTRIES[self as usize]
            }

            /// The code of this name.
            #[must_use]
            pub fn of_name(name: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.entry().name == name)
            }
        }

        const ENTRIES: &[Entry] = &[$(Entry {
            name: $name,
            severity: $severity,
            grade: $grade,
            title: ($title_en, $title_zh),
            message: ($message_en, $message_zh),
            remedy: ($remedy_en, $remedy_zh),
        },)*];
    };
}

catalog! {
    // ---- the file cannot be read ----
    Unreadable "unreadable_file" Error Mandatory
        "The file could not be read." "文件无法读取。"
        "{cause}" "{cause}"
        "" "";

    // ---- archives ----
    PartialArchive "partial_archive" Warning Confirm
        "An archive is damaged; the files in it that could still be found were read." "压缩包已损坏；仍能找到的文件已读取。"
        "the archive is damaged: {cause}; files still found in it: {found}; others may be lost." "压缩包已损坏：{cause}；仍找到{found}个文件，其余可能已丢失。"
        "Get the archive again." "请重新获取该压缩包。";
    EmptyArchive "empty_archive" Warning Confirm
        "An archive holds no file of a kind that is read." "压缩包内没有可读取的文件。"
        "the archive holds no file of a kind that is read (passed over: {found})." "压缩包内没有可读取的文件（略过{found}个）。"
        "Check that this is the right archive; `gongkai formats` lists what is read." "请确认压缩包是否正确；`gongkai formats` 列出可读取的格式。";

    // ---- reading ----
    PartialFile "partial_file" Warning Mandatory
        "The file breaks off; what stands before the break was read." "文件不完整，只读取了断点之前的内容。"
        "the file breaks off: {cause}. Everything before the break was read, nothing after it." "文件在中途断开：{cause}。断点之前的内容已读取，之后的没有。"
        "Get the file again, or open it in Word or WPS and save it anew." "请重新获取该文件，或用 Word、WPS 打开后另存。";
    TrackedChanges "tracked_changes" Warning Mandatory
        "The document holds tracked changes." "文档含有修订痕迹。"
        "the document holds tracked changes ({insertions} insertions, {deletions} deletions); insertions were read, deletions were not." "文档含有修订痕迹（插入{insertions}处，删除{deletions}处）；插入的文字已读取，删除的文字未读取。"
        "Accept or reject the changes before publishing." "发布前请接受或拒绝全部修订。";
    UnshownText "unshown_text" Warning Confirm
        "A page shows its tables only by scripts; they were taken from parts that it hides." "网页的表格由脚本显示，取自页面中隐藏的部分。"
        "the page itself shows no table; what it keeps for its scripts to show was read ({part})." "网页本身没有显示表格，已读取供脚本显示的内容（{part}）。"
        "Open the page in a browser and compare." "请在浏览器中打开该网页核对。";
    SpanClamped "span_clamped" Warning Confirm
        "A merged cell claims more columns than a table can have." "合并单元格声明的列数超出表格可能的范围。"
        "{found} merged cells claim more than {expected} columns; they were cut." "有{found}个合并单元格声明的列数超过{expected}列，已截断。"
        "Look at the table in the original: its cells may stand elsewhere than shown." "请核对原文中的表格，单元格位置可能与显示不同。";
    SpanOverrun "span_overrun" Warning Confirm
        "A merged cell reaches down into rows that have no room for it." "合并单元格向下延伸到已无空位的行。"
        "{found} merged cells reach down into rows that are full without them; they were cut there." "有{found}个合并单元格向下延伸到本已占满的行，已在该处截断。"
        "Compare the rows below the merged cells with the original." "请对照原文核对这些合并单元格以下的各行。";
    TableTruncated "table_truncated" Warning Confirm
        "A table is larger than the limit; its last rows were left out." "表格超过上限，末尾若干行未读取。"
        "the table has {found} rows more than the limit of {expected} cells allows; they were left out." "表格超出{expected}个单元格的上限，末尾{found}行未读取。"
        "Split the file if the rows matter." "如需要这些行，请拆分文件。";
    NestingFlattened "nesting_flattened" Warning Confirm
        "Tables are nested deeper than the limit." "表格嵌套层数超过上限。"
        "tables are nested deeper than {expected} levels; the text of the deeper ones was kept as plain paragraphs." "表格嵌套超过{expected}层，更深层的内容按普通段落读取。"
        "Look at the table in the original." "请核对原文中的表格。";
    CharsetGuessed "charset_guessed" Note Confirm
        "The file does not say its encoding; it was guessed." "文件未注明编码，编码系推断。"
        "the file does not say how its text is encoded; it was read as {found}." "文件未注明编码，按 {found} 读取。"
        "If names look garbled, convert the file to UTF-8." "如有乱码，请转换为 UTF-8 后再试。";
    UndecodableText "undecodable_text" Warning Mandatory
        "Some bytes are no text in the file's encoding." "部分字节不是该编码的文字。"
        "bytes that are no text in {expected} stand in {found} place(s); each was read as “\u{fffd}”." "有{found}处字节不是 {expected} 文字，均读作“\u{fffd}”。"
        "Get the file again, or convert it to UTF-8 with the program that made it." "请重新获取文件，或用原程序转换为 UTF-8。";

    Scanned "scanned" Warning Mandatory
        "Pages are pictures without text." "页面是图片，没有文字。"
        "{found} pages ({pages}) are pictures without text: nothing on them was read, and figures that stand there are missing, not 0." "有{found}页（第{pages}页）是没有文字的图片：其上内容均未读取，所载数据为缺失，不是 0。"
        "Get the report in a form with text, or key the figures by hand." "请取得含文字的报告，或人工录入。";
    TextRecognised "text_recognised" Warning Confirm
        "The text was recognised in pictures by some program." "文字是由程序从图片中识别出来的。"
        "{found} pages ({pages}) are pictures with text that some program recognised in them; it was read, but recognition errs." "有{found}页（第{pages}页）是图片，附有程序识别出的文字；已按识别结果读取，但识别可能有误。"
        "Compare every figure with the picture." "请逐项与图片核对。";
    TextNotSpelled "text_not_spelled" Warning Mandatory
        "The file does not say which characters some of its signs are." "文件未注明部分字形对应的文字。"
        "{found} signs (pages {pages}) have no character in the file; each was read as “\u{fffd}”, and a figure with one is unreadable." "有{found}个字形（第{pages}页）在文件中没有对应文字，均读作“\u{fffd}”；含有此类字形的数据无法辨认。"
        "Make the file anew with the program that wrote it, or get the report in another form." "请用原程序重新生成文件，或取得其他格式的报告。";
    FontsUnreadable "fonts_unreadable" Warning Mandatory
        "Fonts of the file cannot be read, so text in them is missing." "文件中的部分字体无法读取，相应文字缺失。"
        "fonts on the page cannot be read ({found} times): text set in them may be missing, and what was left of it is unreadable." "本页有字体无法读取（{found}次）：用该字体排印的文字可能缺失，其余部分无法辨认。"
        "Make the file anew with the program that wrote it, or get the report in another form." "请用原程序重新生成文件，或取得其他格式的报告。";

    // ---- what kind of document ----
    NotAReport "not_a_report" Warning Confirm
        "The document is no annual report on information disclosure." "文档不是政府信息公开工作年度报告。"
        "neither a title, nor a section heading, nor a table of the form was found." "没有找到年度报告的标题、章节标题或表格。"
        "Check that this is the right file." "请确认文件是否正确。";
    ComparisonDocument "comparison_document" Warning Confirm
        "The document compares two years; it is no report." "文档是两个年度的对照，不是年度报告。"
        "its tables set two years side by side ({found}), so no figure was taken for one report." "表格并列两个年度（{found}）的数据，未作为一份年度报告取数。"
        "Use the two reports themselves." "请使用两个年度各自的报告。";
    BlankForm "blank_form" Warning Mandatory
        "A blank form: every figure is empty." "空白表样：所有数据均为空。"
        "every figure of the form is empty." "表中所有数据均为空。"
        "Check that the filled report was not left elsewhere." "请确认填写后的报告是否在别处。";
    TablesArePictures "tables_are_pictures" Warning Mandatory
        "The tables are pictures." "表格是图片。"
        "the section headings stand there, the tables do not, and the document holds {found} pictures: the tables are probably pictures." "有章节标题而无表格，文档含{found}张图片：表格可能是图片。"
        "Get the report in another form, or key the figures by hand; none was taken." "请取得其他格式的报告，或人工录入；未取任何数据。";
    TableMissing "table_missing" Warning Mandatory
        "A table of the form was not found." "没有找到表格。"
        "the table was not found; its figures are missing, not 0." "没有找到该表；其数据为缺失，不是 0。"
        "Look whether the original has it, perhaps as a picture or an attachment." "请查看原文是否有该表（可能是图片或附件）。";
    NoTables "no_tables" Note Confirm
        "The report is prose: it has no table of the form." "报告为纯文字，没有表样中的表格。"
        "no table of any edition of the form was found; the report was taken for prose, without figures." "没有找到任何版式的表格；报告按纯文字处理，未取任何数据。"
        "Look whether the original has tables, perhaps as pictures or attachments." "请查看原文是否有表格（可能是图片或附件）。";
    ValuesLost "values_lost" Warning Mandatory
        "Repeated lines were lost before the file reached us, so no value can be placed." "文件此前已丢失重复行，数值无法归位。"
        "labels that the form prints several times stand here once ({found}): whoever made this text dropped repeated lines, so the values that are left cannot be placed, and none was taken." "表中应重复出现的标签只出现一次（{found}）：此文本在生成时丢弃了重复的行，剩余数值无法归位，未取任何数据。"
        "Get the original document." "请取得原始文件。";
    SeveralReports "several_reports" Note Confirm
        "The file holds several reports." "文件含有多份报告。"
        "the file holds {found} reports; this is number {number}." "文件含有{found}份报告，此为第{number}份。"
        "" "";

    // ---- who and when ----
    TitleMissing "title_missing" Note Confirm
        "The report has no title." "报告没有标题。"
        "no title of the form “…政府信息公开工作年度报告” was found." "没有找到形如“……政府信息公开工作年度报告”的标题。"
        "" "";
    OrganUnknown "organ_unknown" Note Confirm
        "The organ is not named." "未载明机关名称。"
        "neither the title nor the text names the organ." "标题和正文均未载明机关名称。"
        "Take it from where the file came from." "请根据文件来源确定。";
    YearUnknown "year_unknown" Warning Mandatory
        "The year is not stated." "未载明年度。"
        "neither the title nor the statistics period nor the text states the year." "标题、统计期限和正文均未载明年度。"
        "Take it from where the file came from." "请根据文件来源确定。";
    YearConflict "year_conflict" Warning Mandatory
        "Title, statistics period and text disagree about the year." "标题、统计期限、正文的年度不一致。"
        "the year is {expected} by the {by}, but {found} by the {against}; {expected} was taken." "按{by}为{expected}年，按{against}为{found}年；采用{expected}年。"
        "Mend the wrong one." "请更正有误之处。";
    YearOpen "year_open" Warning Mandatory
        "The text names several years equally often, and nothing else states the year." "正文提及的多个年份次数相同，其他各处均未载明年度。"
        "neither the title nor the statistics period states the year, and the text names several equally often ({found}); none was taken." "标题和统计期限均未载明年度，正文提及{found}的次数相同；未取年度。"
        "Write the year into the title." "请在标题中写明年度。";
    PeriodOdd "period_odd" Warning Confirm
        "The statistics period is none that a report of a year has." "统计期限不是一个年度内的期限。"
        "the statistics period is {found}: {why}." "统计期限为{found}：{why}。"
        "Mend the dates." "请更正起止日期。";
    PublishedEarly "published_early" Warning Confirm
        "By its own date the report was published before its year was over." "报告的日期早于其年度结束之时。"
        "the report is for {expected}, but dated {found}." "报告为{expected}年度，而日期为{found}。"
        "Check the date, and the year in the title." "请核对该日期和标题中的年度。";
    TitleConflict "title_conflict" Note Confirm
        "Two titles differ." "两处标题不一致。"
        "the first title reads “{expected}”, another “{found}”; the organ and year of the first were taken." "首个标题为“{expected}”，另一处为“{found}”；采用首个标题。"
        "" "";

    OrganConflict "organ_conflict" Note Confirm
        "Title, text, signature, the page's own title and file name disagree about the organ." "标题、正文、落款、网页自身的标题、文件名的机关名称不一致。"
        "the {by} names the organ “{expected}”, the {against} “{found}”; the former was taken." "{by}所载机关为“{expected}”，{against}为“{found}”；采用前者。"
        "Mend the wrong one, or check that the file is the right one." "请更正有误之处，或确认文件是否放错。";
    TakenFromName "taken_from_name" Note Confirm
        "The document does not say it; it was taken from the file's name or folder." "文档未载明，取自文件名或文件夹名。"
        "the document does not state the {what}; {found} was taken from the {by} “{name}”." "文档未载明{what}；取自{by}“{name}”：{found}。"
        "Check that the name is right." "请确认名称是否正确。";
    PlaceAmbiguous "place_ambiguous" Note Confirm
        "Which division the organ's name means is left open." "机关名称所指的行政区划不能确定。"
        "“{found}” may belong to {expected}; none was chosen." "“{found}”可能属于{expected}，未作选择。"
        "Name the right one with `--place`." "请用 `--place` 指定。";
    PlaceConflict "place_conflict" Note Confirm
        "The folder of the file, its address or `--place` name another place than the organ's." "文件夹、联系地址或 `--place` 与机关所属地区不一致。"
        "the organ belongs to {expected} by the {by}, the {against} names {found}; the former was taken." "按{by}，机关属于{expected}，{against}为{found}；采用前者。"
        "Mend the wrong one, or check that the file is the right one." "请更正有误之处，或确认文件是否放错。";

    // ---- alignment ----
    EditionAssumed "edition_assumed" Note Confirm
        "No label decides the edition of a table." "没有标签能够判定表格的版式。"
        "no label of the table decides its edition; {expected} was taken from {by}." "表中没有能判定版式的标签；按{by}采用{expected}版。"
        "" "";
    MixedEditions "mixed_editions" Warning Confirm
        "The tables of one report are of different editions." "同一报告的表格版式不一致。"
        "the tables are of different editions: {found}." "各表版式不一致：{found}。"
        "Use the form made for the year." "请使用该年度的格式。";
    LabelNear "label_near" Note Confirm
        "A label is misprinted, but near to one of the form." "标签有误，但与表样标签相近。"
        "the label reads “{found}” and was taken for “{expected}”." "标签为“{found}”，按“{expected}”处理。"
        "Mend the label." "请更正标签。";
    RowByOrder "row_by_order" Warning Confirm
        "A row without its label was placed by the print order, and the sums prove it." "无标签的行按印刷顺序归位，并经合计验证。"
        "the row has no label of its own; it was placed by the print order of the form, and the sums of the table agree." "该行没有标签，按表样顺序归位，且与表内合计相符。"
        "Compare with the original." "请与原文核对。";
    ColumnsByOrder "columns_by_order" Warning Confirm
        "Columns without headers were placed by the print order." "无表头的列按印刷顺序归位。"
        "the columns have no headers; the {found} values were placed in the print order of the form, and {proof}." "各列没有表头，{found}个数值按表样顺序归位，{proof}。"
        "Compare with the original." "请与原文核对。";
    Proved "proved_by_arithmetic" Warning Confirm
        "The labels do not settle the place of a value; arithmetic does." "标签不足以确定数值位置，经运算验证确定。"
        "the labels do not settle where {found} belongs; the sums of the table allow this place only." "标签不足以确定 {found} 的位置，而表内合计只允许此处。"
        "Compare with the original." "请与原文核对。";
    Ambiguous "ambiguous_figure" Warning Mandatory
        "A number may belong here, but nothing proves it." "可能有数值属于此处，但无法证实。"
        "{found} may belong here, but neither labels nor sums prove it; the value was left empty." "{found} 可能属于此处，但标签和合计均不能证实；未取值。"
        "Look at the original." "请查看原文。";
    UnreadableFigure "unreadable_figure" Warning Mandatory
        "A cell holds text that is no number." "单元格内容不是数值。"
        "expected a number, found “{found}”." "应为数值，实为“{found}”。"
        "Write a number, or `/` where the item does not apply." "请填写数值；不适用时填“/”。";
    RowMissing "row_missing" Warning Mandatory
        "A row of the form was not found." "没有找到表样中的行。"
        "the row was not found; its figures are missing, not 0." "没有找到该行；其数据为缺失，不是 0。"
        "Look whether the original leaves it out." "请查看原文是否省略了该行。";
    RowRepeated "row_repeated" Warning Mandatory
        "A row of the form stands twice with different values." "同一行出现两次且数值不同。"
        "the row stands more than once, with other values ({found}) too; {expected} was taken, since the others are blank or do not fit the rest of the table." "该行重复出现且数值不同（另有 {found}）；其余为空或与表内数据不吻合，采用 {expected}。"
        "Delete the other." "请删除多余的一行。";
    TableLeftOut "table_left_out" Note Confirm
        "A table that is not the report's own." "并非本报告的表。"
        "the table here is blank, of another year, a part, or an example ({found}), and was left out." "此处同类表为空表、往年数据、其中部分或示例（{found}），未取数。"
        "Look whether the right one was read." "请核对所取的是否为本报告的表。";
    ExtraRow "extra_row" Note Confirm
        "A row that the form does not have." "表样之外的行。"
        "the form has no row “{found}”; it was kept among the extra rows." "表样中没有“{found}”行，已作为附加行保留。"
        "" "";
    ForeignTable "foreign_table" Note Confirm
        "A table of another form." "其他格式的表格。"
        "the table has a column “{found}”, which the national form does not; its rows read alike, but nothing was taken from it." "该表有“{found}”栏，并非全国统一格式；其指标名称虽相近，未从中取数。"
        "Read its figures from the original." "请查看原文中的数据。";
    NumberJoined "number_joined" Note Confirm
        "A number was broken over lines of its cell." "数值在单元格内断行。"
        "the digits stand on several lines ({found}) and were read as {expected}." "数字分为数行（{found}），读作 {expected}。"
        "" "";

    // ---- hard rules ----
    Balance "balance" Error Mandatory
        "New plus carried in equals concluded plus carried out (printed in the form)." "勾稽关系：第一项加第二项之和，等于第三项加第四项之和。"
        "一 + 二 = {left} should equal 三（七）+ 四 = {right}; the difference is {difference}.{reading}" "第一项加第二项为 {left}，应等于第三项总计加第四项 {right}，相差 {difference}。{reading}"
        "Check the four figures of this column against the ledger of applications." "请核对本列四项数据与申请台账。";
    Outcomes "outcomes" Error Mandatory
        "The outcomes add up to （七）总计." "各项办理结果之和等于（七）总计。"
        "the outcomes of this column add up to {expected}, （七）总计 reads {found}.{reading}" "本列各项办理结果之和为 {expected}，（七）总计为 {found}。{reading}"
        "Find the outcome that was miscounted, or mend the total." "请查找误计的办理结果，或更正总计。";
    RowTotal "row_total" Error Mandatory
        "The six kinds of applicants add up to 总计." "六类申请人之和等于总计。"
        "the applicants of this row add up to {expected}, 总计 reads {found}.{reading}" "本行各类申请人之和为 {expected}，总计为 {found}。{reading}"
        "Find the figure that was miscounted, or mend the total." "请查找误计的数据，或更正总计。";
    ReviewTotal "review_total" Error Mandatory
        "The results of administrative review add up to its total." "行政复议各项结果之和等于总计。"
        "the results add up to {expected}, 总计 reads {found}.{reading}" "各项结果之和为 {expected}，总计为 {found}。{reading}"
        "Find the figure that was miscounted, or mend the total." "请查找误计的数据，或更正总计。";
    LitigationDirectTotal "litigation_direct_total" Error Mandatory
        "The results of litigation without review add up to their total." "未经复议直接起诉各项结果之和等于总计。"
        "the results add up to {expected}, 总计 reads {found}.{reading}" "各项结果之和为 {expected}，总计为 {found}。{reading}"
        "Find the figure that was miscounted, or mend the total." "请查找误计的数据，或更正总计。";
    LitigationAfterReviewTotal "litigation_after_review_total" Error Mandatory
        "The results of litigation after review add up to their total." "复议后起诉各项结果之和等于总计。"
        "the results add up to {expected}, 总计 reads {found}.{reading}" "各项结果之和为 {expected}，总计为 {found}。{reading}"
        "Find the figure that was miscounted, or mend the total." "请查找误计的数据，或更正总计。";
    SumRule "sum_rule" Error Mandatory
        "A sum rule of the user's own template." "用户模板中的合计规则。"
        "the rule “{rule}” wants {expected}, found {found}.{reading}" "规则“{rule}”要求 {expected}，实为 {found}。{reading}"
        "Check the figures of the rule." "请核对规则涉及的数据。";
    NonNegative "non_negative" Error Mandatory
        "A count or an amount is not negative." "数量和金额不应为负数。"
        "the figure cannot be negative, found {found}." "该数据不应为负数，实为 {found}。"
        "Mend the figure." "请更正该数据。";
    Integral "integral" Error Mandatory
        "A count is a whole number." "计数应为整数。"
        "a count is a whole number, found {found}." "计数应为整数，实为 {found}。"
        "Mend the figure." "请更正该数据。";
    CarriedOutBound "carried_out_bound" Error Mandatory
        "No more applications are carried out than were in hand." "结转下年度的申请不多于本年度在办的申请。"
        "{found} applications are carried into the next year, but only {expected} were in hand.{reading}" "结转下年度 {found} 件，而本年度在办仅 {expected} 件。{reading}"
        "Check what was carried out." "请核对结转数量。";

    // ---- soft rules ----
    RulesPower "rules_power" Warning Confirm
        "An organ below a city with districts makes no rules (规章)." "设区的市以下的机关无权制定规章。"
        "{organ} reports rules (规章): {found}; an organ of its level has no power to make them." "{organ}填报规章 {found} 件，而该层级机关无权制定规章。"
        "Count normative documents in the row below." "规范性文件请填入下一行。";
    FeesUnit "fees_unit" Warning Confirm
        "The fees were probably entered in 元 instead of 万元." "收费金额可能误以“元”为单位。"
        "{found} 万元 is more than {expected} 万元 and was probably entered in 元." "{found} 万元超过 {expected} 万元，可能误以“元”为单位填报。"
        "Check the unit." "请核对单位。";
    DisclosedBound "disclosed_bound" Warning Confirm
        "No more is disclosed this year than in all." "本年新公开数量不多于对外公开总数量。"
        "本年新公开数量 {found} is more than 对外公开总数量 {expected}.{reading}" "本年新公开数量 {found} 多于对外公开总数量 {expected}。{reading}"
        "Check the two figures." "请核对这两项数据。";
    EditionOfYear "edition_of_year" Warning Confirm
        "The table is not of the edition made for its year." "表格不是该年度的版式。"
        "the table is of edition {found}, which was not made for the year {year}; that of the year is {expected}." "该表为{found}版，并非{year}年度所用；该年度的版式：{expected}。"
        "Use the form made for the year." "请使用该年度的格式。";

    // ---- prose against tables ----
    ClaimDisagrees "claim_disagrees" Warning Confirm
        "The prose states another number than the tables." "正文数字与表格不一致。"
        "the text says “{text}” ({quantity}: {found}); by the tables it is {expected}." "正文为“{text}”（{quantity}：{found}）；按表格为 {expected}。"
        "Compare sentence and table; one of them is wrong, or they count different things." "请核对正文与表格：其一有误，或统计口径不同。";
    ClaimsContradict "claims_contradict" Warning Confirm
        "A sentence contradicts itself." "正文数字自相矛盾。"
        "the text has {left} applications in hand (received and carried in), but {right} dealt with and carried out: “{text}”." "正文所述收到与上年结转共 {left} 件，而办理与结转下年共 {right} 件：“{text}”。"
        "Mend the sentence." "请更正该句。";
    PartsExceed "parts_exceed" Warning Confirm
        "The ways of applying add up to more than the applications of the sentence." "按申请方式分列的件数之和多于该句的申请总数。"
        "the ways of applying add up to {found}, more than the {expected} applications received: “{text}”." "按申请方式分列之和为 {found} 件，多于收到的 {expected} 件：“{text}”。"
        "Mend the sentence." "请更正该句。";

    // ---- sums of many reports ----
    UnitUnreadable "unit_unreadable" Error Mandatory
        "A file could not be read, so its unit is not in the sum." "文件无法读取，该单位未计入汇总。"
        "“{source}” is not in the sum: {cause}." "“{source}”未计入汇总：{cause}。"
        "Get a copy that can be read, and add up again." "请取得可读取的文件后重新汇总。";
    UnitNoReport "unit_no_report" Warning Confirm
        "A file holds no report, so it adds nothing to the sum." "文件中没有年度报告，未计入汇总。"
        "“{source}” is not in the sum: {cause}." "“{source}”未计入汇总：{cause}。"
        "Take it out of the folder, or get the report itself." "请移出该文件，或取得报告原件。";
    UnitNoFigures "unit_no_figures" Error Mandatory
        "A report has no table of the form, so its unit is not in the sum." "报告没有表样中的表格，该单位未计入汇总。"
        "the report of {named} has no figures: {status}; it is not in the sum." "{named}的报告没有表格数据（{status}），未计入汇总。"
        "Get the report with its tables as text." "请取得表格为文字的报告。";
    UnitNoYear "unit_no_year" Error Mandatory
        "A report does not state its year, so it is not in the sum." "报告未载明年度，未计入汇总。"
        "the report of {named} does not state its year; it is not in the sum." "{named}的报告未载明年度，未计入汇总。"
        "Have the year written into its title or its text." "请在标题或正文中写明年度。";
    UnitOffYear "unit_off_year" Error Mandatory
        "A report is of another year, so it is not in the sum." "报告不是本年度的，未计入汇总。"
        "the report of {named} is of {found}, not of {expected}; it is not in the sum." "{named}的报告为{found}年度，并非{expected}年度，未计入汇总。"
        "Get the report of the year, or take this one out of the folder." "请取得本年度的报告，或移出该文件。";
    UnitDouble "unit_twice" Warning Confirm
        "A unit's report is there twice; it was added once." "同一单位的报告重复，只计入一次。"
        "“{unit}” reports twice with equal figures: {source} was not added, {others} was." "“{unit}”重复报送且数据相同：已计入 {others}，未计入 {source}。"
        "Take one of the files out of the folder." "请移出其中一个文件。";
    UnitConflict "unit_conflict" Error Mandatory
        "A unit has two reports with different figures; neither was added." "同一单位有数据不一致的报告，均未计入。"
        "“{unit}” reports twice with different figures ({figures} differ): {source} and {others}; none of them is in the sum." "“{unit}”有数据不一致的报告（{figures}项不同）：{source}、{others}；均未计入汇总。"
        "Keep the right one and take the other out of the folder." "请保留正确的一份，移出其余文件。";
    UnitAlike "unit_alike" Warning Confirm
        "Units that may be one organ under two names, or copies of one report; all were added." "可能为同一单位以不同名称报送，或数据照抄；均已计入。"
        "{named} and {others} may be one unit, or one a copy of the other: {why}; all were added." "{named}与{others}可能为同一单位，或数据照抄：{why}；均已计入汇总。"
        "If they are one, take one of the files out of the folder and add up again; if not, check that each has its own figures." "如为同一单位，请移出其中一个文件后重新汇总；如不是，请确认各自的数据。";
    UnitIsWhole "unit_is_whole" Error Mandatory
        "A report is that of the whole, so it is not in the sum." "报告为汇总报告本身，未计入汇总。"
        "{source} is the report of the whole (“{unit}”), or has what all others have together; it is not in the sum." "{source} 是汇总报告本身（“{unit}”），或其数据等于其余各单位之和；未计入汇总。"
        "Take it out of the folder; if it is that of a unit, mend its title." "请移出该文件；如确为下属单位的报告，请更正标题。";
    UnitMissing "unit_missing" Error Mandatory
        "A unit of the list has no report in the sum." "名单中的单位没有计入汇总的报告。"
        "“{unit}” is in the list of units, but no report of it was added{instead}." "名单中的“{unit}”没有计入汇总的报告{instead}。"
        "Ask it for its report." "请催报。";
    UnitUnlisted "unit_unlisted" Warning Confirm
        "A unit of the sum is not in the list." "计入汇总的单位不在名单中。"
        "{named} is not in the list of units; it was treated like those that are." "{named}不在单位名单中；按名单内单位同样处理。"
        "Complete the list, or take the file out of the folder." "请补全名单，或移出该文件。";
    UnitUnnamed "unit_unnamed" Warning Confirm
        "A report does not name its organ; it was added." "报告未载明机关，已计入。"
        "{source} does not name its organ; it was added, but nobody can tell whether its organ reports twice." "{source} 未载明机关；已计入，但无法判断是否与其他报告重复。"
        "Have the organ written into its title." "请在标题中写明机关名称。";
    UnitEdition "unit_edition" Warning Confirm
        "A unit's tables are of another edition than the sum." "单位的表格版式与汇总表不同。"
        "the tables of {named} are of edition {found}, the sum of {expected}; {figures} of its figures have no place there{listed}." "{named}的表格为{found}版，汇总表为{expected}版；有{figures}项数据在汇总表中没有对应项目{listed}。"
        "Ask the unit for the form of the year." "请该单位按本年度表样重新填报。";
    UnitFailing "unit_failing" Warning Confirm
        "A unit's own sums fail; it was added as published." "单位报告自身合计不符，已按原数计入。"
        "the report of {named} breaks {found} rules of the form; its figures were added as they stand." "{named}的报告有{found}处不符合表样规则；已按原数计入。"
        "Run `gongkai check` on it and have it mended." "请用 `gongkai check` 检查该报告并请其更正。";
    UnitDoubtful "unit_doubtful" Note Confirm
        "A unit's report was read with warnings." "单位报告的读取或检查有警告。"
        "the report of {named} has {found} warnings: {codes}." "{named}的报告有{found}处警告：{codes}。"
        "`gongkai check` tells them." "可用 `gongkai check` 查看。";
    UnitExtraRows "unit_extra_rows" Note Confirm
        "A unit prints rows that the form does not have; they were not added." "单位报告有表样之外的行，未计入。"
        "{named} has rows that the form does not have, which were not added: {found}." "{named}有表样之外的行，未计入：{found}。"
        "" "";
    FilesPassedOver "files_passed_over" Warning Confirm
        "Files of kinds that are not read were passed over." "有不支持的文件未读取。"
        "files passed over, since their kinds are not read: {found} ({kinds})." "有{found}个文件因类型不支持而未读取：{kinds}。"
        "If a unit's report is among them, get it in another form." "如其中有单位的报告，请取得其他格式。";
    TotalNotGiven "total_not_given" Error Mandatory
        "The sum of a figure is not given, because a unit's figure is not known." "有单位的数据不明，该项未予汇总。"
        "sums not given, because a figure is not known with {units}: {count}{rows}.{rest}" "有{count}项未予汇总，因以下单位的数据不明：{units}{rows}。{rest}"
        "Get the figure from the unit and add up again." "请向该单位核实后重新汇总。";
    TotalTooLong "total_too_long" Error Mandatory
        "A sum has more digits than can be kept exactly." "合计的位数超出精确范围。"
        "the sum would be {found}, which is more digits than can be kept exactly; it is not given." "合计应为 {found}，位数超出精确范围，未予给出。"
        "Look for a unit whose figure is far too long." "请查找数值过长的单位。";
    TotalBlanks "total_blanks" Hint Confirm
        "Units left a figure blank or wrote `/`; they add nothing to its sum." "有单位未填或填“/”，合计中按无计。"
        "blank with {blanks} units, “/” with {not_applicable} ({count} figures); nothing was added for: {units}." "有{blanks}个单位空白、{not_applicable}个单位填“/”（{count}项），合计中按无计：{units}。"
        "Ask the units whether they mean 0." "请向单位核实是否为 0。";
    DraftOffYear "draft_off_year" Error Mandatory
        "The draft is of another year than the sum." "草案与汇总的年度不同。"
        "the draft ({source}) is of {found}, the sum of {expected}." "草案（{source}）为{found}年度，汇总为{expected}年度。"
        "Check both, or give `--year`." "请核对，或用 `--year` 指定年度。";
    DraftLacks "draft_lacks" Warning Confirm
        "The draft does not say what the units add up to." "草案缺少可核对的数据。"
        "figures of the draft that cannot be compared: {count} ({state}).{sum}" "草案有{count}项无法核对（{state}）。{sum}"
        "Complete the draft." "请补全草案。";
    TotalDiffers "total_differs" Error Mandatory
        "The draft differs from the sum of the units." "草案与各单位之和不一致。"
        "the units add up to {expected}, the draft reads {found} ({difference})." "各单位之和为 {expected}，草案为 {found}（{difference}）。"
        "Mend the draft, or find the unit whose report is not the last." "请更正草案，或查找未采用最终报告的单位。";
    LikelyCause "likely_cause" Hint Confirm
        "One unit, and no other, explains why the draft differs; or where none does, two together." "仅有一个单位能解释草案的差异；没有时，由两个单位共同解释。"
        "{what}: that explains {found} of the {expected} figures that differ{where}." "{what}：可解释{expected}项差异中的{found}项{where}。"
        "Compare with how the draft was made." "请与草案的汇总底稿核对。";

    // ---- hints ----
    LikelyCorrection "likely_correction" Hint Confirm
        "A change of one figure, or of two, that would mend all sums." "更正一项（或两项）数据即可使各项合计相符。"
        "reads {found}; {expected} would mend {mends}{slip}{together}.{choice}" "现为 {found}；改为 {expected} 即可使{mends}相符{slip}{together}。{choice}"
        "Compare with the records; the sums cannot tell which figure is wrong." "请与台账核对；仅凭合计不能断定哪项有误。";
    ImpliedValue "implied_value" Hint Confirm
        "What the sums imply of a figure that is not there." "由合计推得的缺失数据。"
        "the figure is {found}; the sums imply {expected}. It was not filled in.{reading}" "该项为{found}；由合计推得应为 {expected}，未作为数据填入。{reading}"
        "Compare with the original." "请与原文核对。";

    // ---- waivers ----
    WaiverRefused "waiver_refused" Error Mandatory
        "A waiver names a finding that no explanation makes right." "对必须更正的问题作了核实说明。"
        "`{found}` is mandatory and cannot be waived." "`{found}` 为强制性问题，须更正报告，不能以说明代替。"
        "Mend the report, and delete this line." "请更正报告，并删除该行。";
    WaiverUnclear "waiver_unclear" Warning Confirm
        "A waiver could be meant for several sentences, and was taken for none." "核实说明可对应多处语句，均未采用。"
        "the waiver of `{found}` fits {count} findings of {source} and does not say which; none was waived." "对 `{found}` 的核实说明在 {source} 中可对应{count}处问题，未说明是哪一处；均未采用。"
        "Name each by a line of its own, with its words (`text`) or its number (`found`)." "请逐处分行填写，并注明“句子”或“数值”。";
    WaiverEarly "waiver_early" Warning Confirm
        "A waiver is older than the year of the report that it is for." "核实说明早于报告所属年度。"
        "the waiver of `{found}` is dated {date}, before the year of the report; it was not taken." "对 `{found}` 的核实说明日期为 {date}，早于报告年度；未采用。"
        "Look at the report anew, and mend the date." "请重新核实并更正日期。";
    WaiverStale "waiver_stale" Warning Confirm
        "A waiver matches nothing any more." "核实说明已无对应的问题。"
        "the waiver of `{found}` matches no finding of the files checked." "对 `{found}` 的核实说明在所检查的文件中没有对应的问题。"
        "Delete this line, or mend its source and field." "请删除该行，或更正其文件和字段。";

    // ---- edition 2014: what follows from how the rows nest ----
    ReceivedByChannel "received_by_channel" Warning Confirm
        "The applications received are those of the four channels (2014)." "收到申请数等于四种渠道申请数之和（2014 版）。"
        "the parts add up to {expected}, （一）收到申请数 reads {found}.{reading}" "各项之和为 {expected}，收到申请数为 {found}。{reading}"
        "Check the figures of the rule." "请核对规则涉及的数据。";
    ConcludedByTime "concluded_by_time" Warning Confirm
        "The applications concluded are those concluded on time and after an extension (2014)." "申请办结数等于按时办结数与延期办结数之和（2014 版）。"
        "the parts add up to {expected}, （二）申请办结数 reads {found}.{reading}" "各项之和为 {expected}，申请办结数为 {found}。{reading}"
        "Check the figures of the rule." "请核对规则涉及的数据。";
    RepliedByKind "replied_by_kind" Warning Confirm
        "The replies are those of the eight kinds (2014)." "申请答复数等于八类答复数之和（2014 版）。"
        "the parts add up to {expected}, （三）申请答复数 reads {found}.{reading}" "各项之和为 {expected}，申请答复数为 {found}。{reading}"
        "Check the figures of the rule." "请核对规则涉及的数据。";
    DeniedByReason "denied_by_reason" Warning Confirm
        "The refusals are those of the six reasons (2014)." "不同意公开答复数等于六种情形之和（2014 版）。"
        "the parts add up to {expected}, 4.不同意公开答复数 reads {found}.{reading}" "各项之和为 {expected}，不同意公开答复数为 {found}。{reading}"
        "Check the figures of the rule." "请核对规则涉及的数据。";
    ReviewResults "review_results" Note Confirm
        "The reviews are those of the three results, unless some are pending (2014)." "行政复议数量等于三种结果之和，尚未审结的除外（2014 版）。"
        "the parts add up to {expected}, 四、行政复议数量 reads {found}.{reading}" "各项之和为 {expected}，行政复议数量为 {found}。{reading}"
        "Check the figures of the rule." "请核对规则涉及的数据。";
    LitigationResults "litigation_results" Note Confirm
        "The lawsuits are those of the three results, unless some are pending (2014)." "行政诉讼数量等于三种结果之和，尚未审结的除外（2014 版）。"
        "the parts add up to {expected}, 五、行政诉讼数量 reads {found}.{reading}" "各项之和为 {expected}，行政诉讼数量为 {found}。{reading}"
        "Check the figures of the rule." "请核对规则涉及的数据。";
    StaffTotal "staff_total" Warning Confirm
        "The staff are those in full time and in part time (2014)." "工作人员数等于专职人员数与兼职人员数之和（2014 版）。"
        "the parts add up to {expected}, （三）从事政府信息公开工作人员数 reads {found}.{reading}" "各项之和为 {expected}，从事政府信息公开工作人员数为 {found}。{reading}"
        "Check the figures of the rule." "请核对规则涉及的数据。";
    HeadsBound "heads_bound" Error Mandatory
        "Heads attend no more conferences or interviews than there were (2014)." "主要负责同志参加的次数不多于总次数（2014 版）。"
        "{found} were attended by heads, but there were only {expected}.{reading}" "主要负责同志参加 {found} 次，而总次数仅 {expected}。{reading}"
        "Check the two figures." "请核对这两项数据。";
    DisclosedChannels "disclosed_channels" Note Confirm
        "What was disclosed is no more than all channels together (2014)." "主动公开政府信息数不多于各渠道公开数之和（2014 版）。"
        "{found} were disclosed, but the channels add up to {expected} only.{reading}" "主动公开 {found} 条，而各渠道之和仅 {expected}。{reading}"
        "Check the figures of the channels." "请核对各渠道数据。";
    DisclosedLargestChannel "disclosed_largest_channel" Note Confirm
        "No channel has more than was disclosed in all (2014)." "任一渠道公开数不多于主动公开政府信息数（2014 版）。"
        "this channel has {found}, but only {expected} were disclosed in all.{reading}" "该渠道公开 {found} 条，而主动公开政府信息数仅 {expected}。{reading}"
        "Check the two figures." "请核对这两项数据。";

    // ---- several reports together ----
    YearGap "year_gap" Warning Confirm
        "A year of an organ has no report." "某机关缺少某一年度的报告。"
        "no report of {organ} for {year} was found." "没有找到{organ}{year}年度的报告。"
        "Look for it on the organ's site; if the file is there and unreadable, get it in a form with text." "请到该机关网站查找；如有文件但无法读取，请获取带文字的版本。";
    OrganMissing "organ_missing" Warning Confirm
        "An organ of the list has no report at all." "名单中的机关没有任何报告。"
        "{organ} is on the list, but no report of it was found." "{organ}在名单中，但没有找到其任何报告。"
        "Look for its reports, or for another name that it reports under." "请查找其报告，或核对其报告所用的其他名称。";
    OrganUnlisted "organ_unlisted" Note Confirm
        "An organ that is not on the list." "不在名单中的机关。"
        "{organ} is not on the list of organs." "{organ}不在机关名单中。"
        "Add it to the list, or check how its name is written there." "请将其加入名单，或核对名单中的写法。";
    OrganMerged "organ_merged" Note Confirm
        "Two names were taken for one organ." "两个名称按同一机关处理。"
        "“{found}” was taken for “{expected}”: the one name ends with the other, and no year has reports under both." "“{found}”按“{expected}”处理：前者为后者的末尾部分，且没有任何年度同时出现。"
        "If they are two organs, keep their files in panels apart." "如为两个机关，请分别汇编。";
    UnplacedReport "unplaced_report" Warning Confirm
        "A report without organ or year, or that does not say of which of several same-named organs it is, is in no line of the panel." "没有机关名称或年度、或有同名机关而无法确定所在地的报告未列入任何一行。"
        "it names no {lacking}, and so stands in no line." "报告没有写明{lacking}，因此未列入任何一行。"
        "Complete its title: organ with its place, year, 政府信息公开工作年度报告." "请补全标题：机关名称（含所在地）、年度、“政府信息公开工作年度报告”。";
    DoubleReport "double_report" Warning Confirm
        "An organ has several reports for one year." "同一机关同一年度有多份报告。"
        "{organ} has {found} reports for {year}; this one was taken. The others: {others}." "{organ}{year}年度有 {found} 份报告，本份列入汇编；其余：{others}。"
        "Keep the one that was published last, and remove the others." "请保留最后公布的一份，移除其余。";
    OffYear "off_year" Warning Confirm
        "The name of the file says another year than the report." "文件名中的年度与报告不符。"
        "the report is for {found}, but the name of its file says {expected}." "报告年度为 {found}，而文件名为 {expected}。"
        "Check whether this is the right file; it stands in the line of its own year." "请核对文件是否放错；该报告按其自身年度列入。";
    CarryOver "carry_over" Error Mandatory
        "What is carried into the next year is what that year carries in." "上年结转等于上一年度报告的结转下年度继续办理。"
        "carried in from the year before are {found}; the report for {before} carries {expected} out.{reading} ({other})" "上年结转为 {found}；{before}年度报告的结转下年度继续办理为 {expected}。{reading}（{other}）"
        "Compare both reports with the ledger of applications; one of the two figures is wrong." "请将两份报告与申请台账核对，两处必有一处有误。";
    StockRollForward "stock_roll_forward" Warning Confirm
        "What is in force is what was, plus what was issued, less what was repealed." "现行有效件数等于上年现行有效件数加本年制发件数减本年废止件数。"
        "in force are {found}; {was} of {before} plus {issued} issued less {repealed} repealed make {expected}. ({other})" "现行有效件数为 {found}；{before}年度 {was} 件，加制发 {issued} 件、减废止 {repealed} 件，应为 {expected} 件。（{other}）"
        "Confirm the stock; a clean-up of old documents may explain the difference." "请核实现行有效件数；集中清理可能造成差异。";
    ItemsRollForward "items_roll_forward" Note Confirm
        "The items of last year are those of the year before with that year's change." "上一年项目数量等于上年报告的上一年项目数量加本年增减。"
        "the items of last year are {found}; {was} and a change of {change}, as the report for {before} has them, make {expected}. ({other})" "上一年项目数量为 {found}；{before}年度报告为 {was}，增减 {change}，应为 {expected}。（{other}）"
        "Confirm the number of items." "请核实项目数量。";
    CopiedFigures "copied_figures" Warning Confirm
        "All figures are those of another report." "全部数据与另一份报告相同。"
        "every figure is that of {theirs} for {before} ({other})." "全部数据与{theirs}{before}年度报告（{other}）相同。"
        "Check whether the tables were filled in anew." "请核对表格是否重新填报。";
    CopiedText "copied_text" Warning Confirm
        "The text is last year's, but for the year." "正文与上年报告相同，仅年份不同。"
        "the text is that of {before} but for years: {found} % of its passages are the same. ({other})" "除年份外，正文与{before}年度报告的相同度为 {found}%。（{other}）"
        "Check whether the report was written for its year." "请核对报告是否按本年度情况撰写。";
    BorrowedText "borrowed_text" Warning Confirm
        "The text is another organ's, but for names and numbers." "正文与其他机关的报告相同，仅名称和数字不同。"
        "beyond what many organs write alike, the text is that of {theirs} for {before} but for names and numbers: {found} % of its own passages are the same. ({other})" "除多个机关通用的语句外，正文与{theirs}{before}年度报告相同（仅名称和数字不同），相同度为 {found}%。（{other}）"
        "Check whether the report was written for its organ." "请核对报告是否按本机关情况撰写。";
    StaleSentence "stale_sentence" Warning Confirm
        "A sentence of last year was left standing." "沿用了上年报告的语句。"
        "in the section that begins here, “{text}…” stands as in the report for {before}, {why}. ({other})" "本节中“{text}……”与{before}年度报告的语句相同，{why}。（{other}）"
        "Check whether it is true of this year." "请核对是否符合本年度情况。";
    MagnitudeJump "magnitude_jump" Note Confirm
        "A figure is ten times last year's or more, or a tenth or less." "数据为上年的十倍以上或十分之一以下。"
        "{found} after {expected} in {before}: a jump of an order of magnitude. ({other})" "本年 {found}，{before}年度 {expected}，相差一个数量级以上。（{other}）"
        "Confirm the figure: a slipped digit, another unit or another way of counting may be the cause." "请核实该数据：可能错位、单位不同或统计口径变化。";
}

/// The codes that are about several reports together, an organ's years or a list of organs.
pub const ACROSS: &[Code] = &[
    Code::YearGap,
    Code::OrganMissing,
    Code::OrganUnlisted,
    Code::OrganMerged,
    Code::UnplacedReport,
    Code::DoubleReport,
    Code::OffYear,
    Code::CarryOver,
    Code::StockRollForward,
    Code::ItemsRollForward,
    Code::CopiedFigures,
    Code::CopiedText,
    Code::BorrowedText,
    Code::StaleSentence,
    Code::MagnitudeJump,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_in_the_order_of_the_codes_and_names_are_unique() {
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.entry().name).collect();
        for code in Code::ALL {
            let name = serde_json::to_value(code).expect("a code is a string");
            assert_eq!(name, code.entry().name);
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn both_languages_name_the_same_words() {
        let words = |text: &str| -> Vec<String> {
            let mut words: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            words.sort();
            words.dedup();
            words
        };
        for code in Code::ALL {
            let entry = code.entry();
            assert_eq!(words(entry.message.0), words(entry.message.1), "{}", entry.name);
            assert_eq!(words(entry.remedy.0), words(entry.remedy.1), "{}", entry.name);
            assert_eq!(entry.remedy.0.is_empty(), entry.remedy.1.is_empty(), "{}", entry.name);
        }
    }
}
