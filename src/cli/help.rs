//! The help in Chinese. The English is in the doc comments of the arguments; here it is said
//! again, by the name of the command and of the argument.

use clap::{Arg, Command};

use crate::finding::Lang;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

const EXIT_CODES: &str = "\
退出代码：
  0  没有问题
  1  有达到 --fail-on 级别的检查结果
  2  有内容无法读取或写入
  3  命令用法有误
  130  被 Ctrl-C 中止；已读取的内容已写出";

/// Name of the command, and what it does.
const COMMANDS: &[(&str, &str)] = &[
    ("gongkai", "把《政府信息公开工作年度报告》转换为数据"),
    (
        "extract",
        "将报告转换为 CSV、JSON、工作簿、Parquet 和 SQLite。\n\n文件夹及压缩包（`.zip`、`.tar`、`.tar.gz`、`.tgz`、`.gz`）按名称顺序读取，不支持的文件跳过并计数。\
         无扩展名或扩展名不表示类型（如 `.2021`）的文件，内容为可读取的文档或含有报告的文本时才读取。压缩包内的文件在各项输出中写作 \
         `outer.zip/inner.docx`，也可如此指定。\n\n指定 --out 时，运行结束后一次写出 --format 的各个文件；未指定时，\
         向标准输出写出 `reports.jsonl` 的各行。",
    ),
    (
        "diff",
        "说明两次 extract 的结果有何不同：报告、数据、检查结果。\n\n报告按文件名及其在文件中的序号对应。没有差异时退出代码为 0，有差异为 1。",
    ),
    (
        "panel",
        "将多个机关、多个年度的报告汇编成表，指出前后不一之处。\n\n与 extract 一样读取文件夹、文件和压缩包，也可直接使用以前 extract 的 `reports.jsonl` 或输出文件夹，\
         无需重新读取。同一机关的相邻年度相互比较：缺年、重复、结转、存量、照抄的数据和正文、沿用的语句、数量级变化。机关与年度的覆盖表和检查结果写到标准输出；\
         指定 --out 时另写 `panel.csv`（每个机关每年一行）、`coverage.csv` 和 `findings.csv`。\n\n退出代码只取决于报告之间的检查结果；\
         报告内部的问题仅在覆盖表中计为 `findings`，详见 extract 和 check。",
    ),
    (
        "compare",
        "将两份报告并列：数据及其差额和百分比，各节文字的改动。\n\n每份可以是文件、压缩包内的文件（`outer.zip/inner.docx`）或 extract 的 `reports.jsonl`；含有多份报告时\
         用 --first、--second 按序号或机关、标题、年度、文件名的一部分指定。空白和 `/` 不是 0，不参与计算；不计算 0 的百分比。两版表样仅对应含义相同的数据。\
         文字的相同度为双方共有的字数所占比例。无论有无差异，退出代码均为 0。",
    ),
    ("check", "检查报告：表样的各项合计，以及所有未能确定读取的位置。\n\n每条结果按印刷的表、行、列指明位置。"),
    (
        "show",
        "按表样的格式显示报告的表格。\n\n空白格显示为空，`/` 显示为 `/`；`·缺` 表示文档没有该单元格，`?` 表示未能确定位置，\
         «文字» 表示不是数值；`[5]` 违反规则，`5!` 有警告。检查结果列在下方。",
    ),
    (
        "explain",
        "说明文件中的一个数据、表样的一个字段，或一种检查结果的代码。\n\n字段可用字段名（`proactive.rules.issued`）、短名\
         （`pro_rules_iss`）或其独有的印刷文字（`规章 制发`）指定。",
    ),
    ("schema", "输出字段手册，或 `reports.jsonl` 的 JSON 结构说明"),
    ("formats", "列出可读取的格式及读取程度。\n\n文件按内容识别；扩展名只决定读取文件夹或压缩包时是否查看该文件。"),
    (
        "render",
        "将报告写成官方格式的 Word 文档，含合并单元格。\n\n缺失的行和表不写出；文件要么完整写出，要么不写；同名文件会被替换。",
    ),
    (
        "sum",
        "逐项汇总多个单位的报告，并可与政府自己的汇总草案核对。\n\n每项数据要么是所有计入单位之和，要么不给出。未计入的文件均列明原因：\
         无法读取、没有表格、重复报送、非本年度；缺报单位（见 --units）、版式不同、自身合计不符的单位同样列明。未指定 -o 时在终端显示。",
    ),
    ("completions", "输出命令行补全脚本"),
    ("man", "输出手册页（`gongkai man | man -l -`）"),
    ("help", "显示本帮助或子命令的帮助"),
];

/// `command.argument`, or the argument alone where all commands mean the same, and what it is.
const ARGUMENTS: &[(&str, &str)] = &[
    ("lang", "消息的语言：`en`、`zh`；未指定时由系统区域设置决定"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
    (
        "place",
        "报告所属的行政区划，优先于文档所载：对全部报告指定一个六位代码，或指定一个 CSV 文件，含 `source`（路径或其末尾，`*` 代表任意字符）和 `code` 两列；多行均符合的，以第一行为准",
    ),
    ("template", "自定义表样（TOML 文件），优先于内置表样"),
    ("limits", "调整单个文件的限制，可多次使用；超限的错误信息会给出名称"),
    (
        "waivers",
        "核实说明（CSV 文件）：列出已核实的核实性问题，须有类别、理由、日期各列，可有文件、字段、核实人各列；列出的问题注明已核实，不影响退出代码",
    ),
    ("fail_on", "达到该级别的检查结果使退出代码为 1：`error` 错误，`warning` 错误或警告，`never` 从不；默认 `error`"),
    ("extract.inputs", "要读取的文件、文件夹、压缩包，或压缩包内的文件；`-` 为标准输入"),
    ("extract.out", "输出文件夹，不存在则新建；其中的其他文件不受影响"),
    (
        "extract.format",
        "写入文件夹的格式，可用逗号分隔或多次给出：`csv` `cells.csv`、`reports.csv`、`findings.csv` 和 `claims.csv`，`jsonl` `reports.jsonl`（每份报告的\
         全部内容），`xlsx` `gongkai.xlsx`（报告、检查结果、数据各一张工作表），`parquet` `cells.parquet`、`reports.parquet`、\
         `findings.parquet` 和 `claims.parquet`，`sqlite` `gongkai.sqlite`（数据库，表样各表均有视图），`datapackage` CSV 文件及 `datapackage.json`，\
         另附在 Stata 和 R 中载入的脚本；默认 `csv`、`jsonl`",
    ),
    ("extract.forms", "另将每份报告的官方表样写成工作簿（合计为公式），放在输出文件夹的 `forms` 中"),
    (
        "extract.headers",
        "`reports.csv` 和 `reports.parquet` 中数据列的名称：`id` 字段名，`zh` 印刷的标签，`code` 短名（用于 Stata 和 SPSS）；默认 `id`",
    ),
    ("extract.json_each", "另为每份报告写一个 JSON 文件，放在输出文件夹的 `reports` 中"),
    ("extract.excel", "CSV 供电子表格软件使用：带字节顺序标记，会被当作公式的文字前加撇号"),
    ("extract.quiet", "只报告出错之处：不显示汇总，不提示已读取的单个文件"),
    ("extract.threads", "并行的线程数，每个线程各处理一个文件；未指定时为处理器数。输出与线程数无关"),
    ("extract.resume", "从上次中止处继续写入同一文件夹，只读取新增或改动的文件"),
    ("extract.no_journal", "不在输出文件夹的 `.gongkai` 中保留日志：中止后无法继续"),
    (
        "extract.progress",
        "在标准错误上显示进度的方式：`auto` 终端上为进度条，否则为文字行；`bar` 进度条，含速度、失败数和剩余时间；`lines` 每十秒一行；\
         `json` 供程序使用，每行一个 JSON 对象；`none` 不显示；默认 `auto`",
    ),
    ("check.files", "报告，或装有报告的压缩包；`-` 为标准输入"),
    ("check.format", "结果的格式：`text` 供阅读，`json`，`sarif`（SARIF 2.1.0），`junit`（JUnit XML）；默认 `text`"),
    (
        "check.annotate",
        "另写一份 Word 文件（`.docx`，只限一个文件）的副本，在每处问题加批注；其余内容不变，同名文件会被替换",
    ),
    (
        "check.html",
        "另写一个网页：按表样印出各表，标出问题并附说明；任何浏览器均可打开和打印，无需联网，同名文件会被替换",
    ),
    ("diff.old", "旧结果的输出文件夹，或其中的 `reports.jsonl`"),
    ("diff.new", "新结果的输出文件夹，或其中的 `reports.jsonl`"),
    ("diff.format", "差异的格式：`text` 供阅读，`csv` 每处差异一行，`json` 每行一个 JSON 对象；默认 `text`"),
    ("panel.inputs", "要读取的文件、文件夹、压缩包，`reports.jsonl`，或 extract 的输出文件夹"),
    ("panel.out", "输出文件夹，不存在则新建；不能是 extract 的输出文件夹"),
    (
        "panel.format",
        "写入文件夹的格式，可用逗号同时给出：`csv` `panel.csv`、`coverage.csv` 和 `findings.csv`，`xlsx` `panel.xlsx`（各占一张工作表）；默认 `csv`",
    ),
    ("panel.from", "各机关应有报告的首个年度；更早的报告不列入"),
    ("panel.to", "各机关应有报告的最后年度；更晚的报告不列入"),
    ("panel.organs", "应有报告的机关名单：文本或 CSV，每行一个名称；同名机关可在另一列写明所在地的六位代码"),
    ("panel.figures", "`panel.csv` 中的数据列：`key` 主要合计，`all` 全部，或以逗号分隔的字段名、短名；默认 `key`"),
    (
        "panel.headers",
        "`panel.csv` 中数据列的名称：`id` 字段名，`zh` 印刷的标签，`code` 短名（用于 Stata 和 SPSS）；默认 `id`",
    ),
    ("panel.excel", "CSV 供电子表格软件使用：带字节顺序标记，会被当作公式的文字前加撇号"),
    (
        "panel.fail_on",
        "报告之间的检查结果达到该级别时退出代码为 1：`error` 错误，`warning` 错误或警告，`never` 从不；默认 `error`",
    ),
    ("panel.quiet", "不显示覆盖表和检查结果，只报告出错之处"),
    ("panel.threads", "并行的线程数，每个线程各处理一个文件；未指定时为处理器数。输出与线程数无关"),
    ("compare.a", "第一份报告"),
    ("compare.b", "第二份报告，可与第一份在同一文件中"),
    (
        "compare.first",
        "第一个文件中的哪份报告：从 1 起的序号，或机关、标题、年度、文件名的一部分，可用空格并列（如“教育局 2022”）",
    ),
    ("compare.second", "第二个文件中的哪份报告"),
    (
        "compare.format",
        "格式：`text` 表格和标明 `[-删去-]`、`{+增加+}` 的文字，`csv` 每项数据一行、每节一行，`json` 一个对象；默认 `text`",
    ),
    ("compare.all", "相同的数据和章节也显示；供程序使用的格式总是全部写出"),
    ("compare.width", "终端的列数；没有终端时为 100"),
    ("show.file", "报告，可在压缩包内（`outer.zip/inner.docx`）；`-` 为标准输入"),
    ("show.width", "显示的列宽；未指定时为终端宽度，没有终端则为 100"),
    ("show.ambiguous_width", "“ ” … × 等字符所占的列数：`1` 或 `2`（部分中文终端为 2，此时用 + - | 画框）；默认 `1`"),
    (
        "show.debug_pdf",
        "另将 `.pdf` 或 `.ofd` 文件页面上识别到的内容（各字位置、线条、带行列号的单元格、编号的表格）绘在页面上，供查看表格识别有误的原因",
    ),
    ("explain.what", "报告文件和其中的字段；或单独一个代码或字段"),
    (
        "schema.format",
        "字段手册的格式：`md`，`csv` 每个数据一行，`json` 每个数据一个对象，`toml` 最新的内置表样，可作为自定义表样的起点；默认 `md`",
    ),
    ("schema.json", "改为输出 `reports.jsonl` 每行的 JSON 结构说明"),
    ("formats.format", "列表的格式：`text` 供阅读，`json` 每种格式一个对象，`md` 中英双语，供文档使用；默认 `text`"),
    ("render.report", "`extract --json-each` 写出的报告，或 `reports.jsonl` 的一行；`-` 为标准输入"),
    ("render.output", "要写出的 Word 文档；`-` 为标准输出"),
    (
        "sum.inputs",
        "各单位报告所在的文件夹、压缩包或文件；手头没有文档时，可用 `reports.jsonl` 或 extract 的输出文件夹",
    ),
    ("sum.against", "用于核对的整体报告（政府自己的草案），格式不限"),
    (
        "sum.output",
        "要写出的文件，可多次给出，由扩展名决定内容：`.docx` 官方表样的 Word 文档，`.xlsx` 工作簿（各格为对各单位的求和公式），`.csv` \
         每项数据一行、每个单位一列，`.json` 全部内容",
    ),
    ("sum.year", "要汇总的年度；未指定时为多数单位的年度"),
    ("sum.name", "汇总报告的机关名称；未指定时取自 --against 的报告"),
    ("sum.units", "应报送单位的名单：文本或 CSV，每行一个名称；同名单位可在另一列写明所在地的六位代码"),
    ("sum.excel", "CSV 供电子表格软件使用：带字节顺序标记，会被当作公式的文字前加撇号"),
    ("sum.threads", "并行的线程数，每个线程各处理一个文件；未指定时为处理器数。输出与线程数无关"),
    ("sum.quiet", "只报告出错之处，不显示汇总情况"),
    ("completions.shell", "命令行解释器：`bash`、`elvish`、`fish`、`powershell`、`zsh`"),
];

/// The command with its help in Chinese.
pub(super) fn chinese(mut command: Command) -> Command {
    // What the parser adds by itself (`--help`, the common arguments) is there only afterwards.
    command.build();
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = worded(command, "gongkai").after_help(EXIT_CODES);
    names.iter().fold(command, |command, name| command.mut_subcommand(name, |sub| worded(sub, name)))
}

fn worded(command: Command, name: &str) -> Command {
    let about = said(COMMANDS, name).unwrap_or_default();
    let short = about.split("\n\n").next().unwrap_or_default().trim_end_matches('。');
    let command = command.about(short).long_about(about).help_template(TEMPLATE).subcommand_help_heading("命令");
    command.mut_args(|arg| worded_argument(arg, name))
}

fn worded_argument(arg: Arg, command: &str) -> Arg {
    let text = argument(command, arg.get_id().as_str()).unwrap_or_default();
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    // Values and defaults are part of the text: the parser names them in English.
    let long = match arg.get_id().as_str() {
        "limits" => format!("{text}。名称及默认值：\n{}", super::limits_list(Lang::Zh)),
        _ => text.to_owned(),
    };
    let arg = arg.help(text).long_help(long).help_heading(heading);
    arg.hide_possible_values(true).hide_default_value(true)
}

fn argument(command: &str, id: &str) -> Option<&'static str> {
    said(ARGUMENTS, &format!("{command}.{id}")).or_else(|| said(ARGUMENTS, id))
}

fn said(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(mut look: impl FnMut(&str, &Command)) {
        let mut command = crate::cli::command();
        command.build();
        look("gongkai", &command);
        command.get_subcommands().for_each(|sub| look(sub.get_name(), sub));
    }

    #[test]
    fn every_command_and_argument_is_described_and_nothing_else() {
        let mut used = std::collections::HashSet::new();
        each(|name, command| {
            assert!(said(COMMANDS, name).is_some(), "{name}");
            used.insert(name.to_owned());
            for arg in command.get_arguments() {
                let id = arg.get_id().as_str();
                assert!(argument(name, id).is_some(), "{name}.{id}");
                used.extend([format!("{name}.{id}"), id.to_owned()]);
            }
        });
        for (name, _) in COMMANDS.iter().chain(ARGUMENTS) {
            assert!(used.contains(*name), "{name} describes nothing");
        }
    }

    #[test]
    fn every_value_and_default_is_named() {
        each(|name, command| {
            // Flags have the values true and false, which nobody writes.
            for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                let text = argument(name, arg.get_id().as_str()).expect("described");
                for value in arg.get_possible_values() {
                    assert!(text.contains(&format!("`{}`", value.get_name())), "{}: {text}", value.get_name());
                }
                let defaults: Vec<String> =
                    arg.get_default_values().iter().map(|value| format!("`{}`", value.display())).collect();
                if !defaults.is_empty() {
                    assert!(text.contains(&format!("默认 {}", defaults.join("、"))), "{defaults:?}: {text}");
                }
            }
        });
    }
}
