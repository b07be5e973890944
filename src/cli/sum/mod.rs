//! `gongkai sum`: adds the reports of many units up.

mod gather;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::form_view::View;
use super::listed::listed;
use super::words::{Ruler, plural, visible};
use super::{Context, Exit, FailOn, LimitArg, PlaceArg, TemplateArg, WaiversArg, input, show};
use crate::Options;
use crate::batch::write_file;
use crate::export::{Item, Settings, consolidation_csv, consolidation_json, consolidation_workbook};
use crate::finding::{Code, Finding, Lang, Severity, Waivers, Words};
use crate::render::docx;
use crate::report::consolidation::Unit;
use crate::report::{Consolidation, Exact, NOT_GIVEN, Standing, Value};
use crate::sum::{Ask, sum};

/// Adds the reports of many units up, figure by figure, and compares with the report of the whole.
///
/// A figure is the sum of all units that were added, or it is not given. Every file that was not
/// added is said with the reason: unreadable, without tables, handed in twice, of another year; and so are units
/// that did not report (--units), that use another edition, or whose own sums fail. Without -o the sum is shown on
/// the terminal; with --against, where it differs.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folders, archives or files with the units' reports; reports.jsonl, or output folders of extract, where the
    /// documents are not at hand.
    #[arg(required = true, value_name = "DIR")]
    inputs: Vec<PathBuf>,
    /// The report of the whole (the government's own draft) to compare with, in any format that is read.
    #[arg(long, value_name = "WHOLE")]
    against: Option<PathBuf>,
    /// What to write, may be given several times; the ending decides: .docx the official form, .xlsx a workbook
    /// whose cells add up the units live, .csv a row a figure and a column a unit, .json all of it.
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// The year to add up; that of most units if it is not given.
    #[arg(long, value_name = "YEAR")]
    year: Option<i32>,
    /// The organ that the sum is of; that of WHOLE if it is not given.
    #[arg(long, value_name = "ORGAN")]
    name: Option<String>,
    /// The units that should report: a text or CSV file with one name a line; where several have one name, with the code
    /// of the place (six digits) in another column.
    #[arg(long, value_name = "LIST")]
    units: Option<PathBuf>,
    /// Write CSV for spreadsheets: with a byte order mark, and an apostrophe before text that would be computed.
    #[arg(long)]
    excel: bool,
    /// Findings of this severity or above end the run with exit code 1.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Say only what went wrong: nothing about what was added.
    #[arg(short, long)]
    quiet: bool,
    /// Threads at work, each on a file of its own; as many as there are processors if it is not given. The output does not
    /// depend on it.
    #[arg(long, value_name = "NUMBER")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    place: PlaceArg,
    #[command(flatten)]
    waivers: WaiversArg,
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    limits: LimitArg,
}

/// What a file of `-o` holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Workbook,
    Csv,
    Json,
}

impl Kind {
    fn of(path: &Path) -> Option<Kind> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "docx" => Some(Kind::Word),
            "xlsx" => Some(Kind::Workbook),
            "csv" => Some(Kind::Csv),
            "json" => Some(Kind::Json),
            _ => None,
        }
    }
}

/// Differences that are shown beside outputs, which have all of them.
const MOST_LINES: usize = 20;

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    match added_up(args, context) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn added_up(args: &Args, context: &Context) -> Result<Exit, Exit> {
    let options = args.template.options(context).and_then(|options| args.limits.apply(options, context))?;
    let options = args.place.apply(options, context)?;
    let waivers = args.waivers.load(&options, context)?;
    let kinds = args.output.iter().map(|path| kind(path, context)).collect::<Result<Vec<Kind>, Exit>>()?;
    let listed = args.units.as_deref().map(|path| listed(path, &options, context)).transpose()?;
    let draft = args.against.as_deref().map(|path| draft(path, args.year, &options, context)).transpose()?;
    let (units, skipped) = gather::read(args, &options, waivers.as_ref(), context)?;
    let ask = Ask { year: args.year, name: args.name.as_deref(), listed: listed.as_deref(), against: draft.as_ref() };
    let refused: Vec<String> = units.iter().filter_map(|unit| refused(unit, context.lang)).collect();
    let mut sum = sum(units, &ask, &options.forms).map_err(|error| {
        refused.iter().for_each(|cause| context.warning(cause));
        context.error(error.message(context.lang));
        Exit::Unreadable
    })?;
    sum.report.findings.extend(passed_over(&skipped));
    crate::check::check(&mut sum.report, &options.forms);
    if let Some(waivers) = &waivers {
        waive(waivers, &mut sum);
    }
    args.place.say_unmet(&options, context);
    args.waivers.say_unseen(waivers.as_ref(), context);
    write(args, &kinds, &sum, &options, context)?;
    Ok(told(args, &sum, &options, context).max(ended(args, &sum)))
}

fn kind(path: &Path, context: &Context) -> Result<Kind, Exit> {
    Kind::of(path).ok_or_else(|| {
        let cause = match context.lang {
            Lang::En => "expected a name that ends with .docx, .xlsx, .csv or .json",
            Lang::Zh => "文件名应以 `.docx`、`.xlsx`、`.csv` 或 `.json` 结尾",
        };
        context.error(input::named(path, cause, context.lang));
        Exit::Misuse
    })
}

/// Marks what somebody answers for: of a unit under its file, of the sum under that of the draft or no file.
fn waive(waivers: &Waivers, sum: &mut Consolidation) {
    let draft = sum.draft.as_ref().map_or_else(String::new, |draft| draft.source.clone());
    for finding in &mut sum.report.findings {
        let source = finding.details.get("source").unwrap_or(&draft).clone();
        waivers.apply(&source, std::iter::once(finding));
    }
    sum.report.findings.extend(waivers.findings());
}

/// The report of the whole; of several in one file the one of the year asked for.
fn draft(path: &Path, year: Option<i32>, options: &Options, context: &Context) -> Result<Unit, Exit> {
    let lang = context.lang;
    let refuse = |cause: &str| {
        context.error(input::named(path, cause, lang));
        Exit::Unreadable
    };
    let outcomes = input::outcomes(path, usize::MAX, options, lang).map_err(|cause| refuse(&cause))?;
    let mut units = Vec::new();
    for outcome in outcomes {
        let extraction = outcome.read.map_err(|error| refuse(&error.message(lang)))?;
        let of_report = |report| Unit::of_report(&outcome.source, &outcome.sha256, report);
        units.extend(extraction.reports.into_iter().map(of_report));
    }
    if units.len() > 1 {
        units.retain(|unit| year.is_some() && unit.report.as_ref().is_some_and(|report| report.year == year));
    }
    match (units.len(), lang) {
        (1, _) => Ok(units.remove(0)),
        (_, Lang::En) => {
            Err(refuse("expected one report to compare with; name a file that holds one, or give `--year`"))
        }
        (_, Lang::Zh) => Err(refuse("应含一份用于核对的报告；请指定只含一份报告的文件，或用 `--year` 指定年度")),
    }
}

fn passed_over(skipped: &BTreeMap<String, usize>) -> Option<Finding> {
    let count: usize = skipped.values().sum();
    let named = |kind: &str, none: &str| if kind.is_empty() { none.to_owned() } else { kind.to_owned() };
    let kinds = |none: &str, between: &str| {
        let kinds = skipped.iter().map(|(kind, count)| format!("{} {count}", named(kind, none)));
        kinds.collect::<Vec<_>>().join(between)
    };
    let words = Words::new(kinds("without an ending", ", "), kinds("无扩展名", "、"));
    (count > 0).then(|| Finding::new(Code::FilesPassedOver).found(count.to_string()).detail_words("kinds", &words))
}

/// `file: why it gave no report`.
fn refused(unit: &Unit, lang: Lang) -> Option<String> {
    Some(input::named(Path::new(&unit.source), unit.cause.as_deref()?, lang))
}

/// Writes every output; the first that cannot be written ends it.
fn write(args: &Args, kinds: &[Kind], sum: &Consolidation, options: &Options, context: &Context) -> Result<(), Exit> {
    let settings = Settings::new(&options.forms).lang(context.lang).excel(args.excel);
    for (path, kind) in args.output.iter().zip(kinds) {
        let bytes = bytes(*kind, sum, &settings, options, context).map_err(|cause| {
            context.error(input::named(path, &cause, context.lang));
            Exit::Unreadable
        })?;
        write_file(path, &bytes).map_err(|error| {
            context.error(error.message(context.lang));
            if error.is_misuse() { Exit::Misuse } else { Exit::Unreadable }
        })?;
    }
    Ok(())
}

fn bytes(
    kind: Kind,
    sum: &Consolidation,
    settings: &Settings,
    options: &Options,
    context: &Context,
) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| error.to_string();
    match kind {
        Kind::Word => docx(&sum.printed(), &options.forms).map_err(|error| error.message(context.lang)),
        Kind::Csv => consolidation_csv(sum, settings).map_err(failed),
        Kind::Json => Ok(consolidation_json(sum, settings).into_bytes()),
        Kind::Workbook => {
            let source = head(sum, context.lang);
            let reports = std::slice::from_ref(&sum.report);
            let item = Item { source: &source, sha256: "", format: "sum", reports, findings: &[] };
            consolidation_workbook(sum, &item, settings).map_err(failed)
        }
    }
}

/// Says what was added, what was not, and what is to be said about it: on standard output, or beside outputs
/// on standard error.
fn told(args: &Args, sum: &Consolidation, options: &Options, context: &Context) -> Exit {
    let ruler = Ruler { ambiguous_wide: false };
    let view = View { forms: &options.forms, lang: context.lang, width: show::width(None), ruler };
    if args.output.is_empty() && !args.quiet {
        return context.print_coloured(&shown(&view, sum));
    }
    let mut lines = if args.quiet { Vec::new() } else { summary(sum, context.lang) };
    lines.extend(said(&view, sum, if args.quiet { Severity::Error } else { Severity::Warning }, MOST_LINES));
    if let Some(warning) = marked(args, sum, context.lang) {
        context.warning(warning);
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    context.write(anstream::stderr().lock(), text.as_bytes())
}

/// What is to be said: why the draft may differ, everything that weighs at least so much, and where the draft
/// differs, a line a figure and not more than `most`.
fn said(view: &View, sum: &Consolidation, least: Severity, most: usize) -> Vec<String> {
    let findings = &sum.report.findings;
    let of = |wanted: &dyn Fn(&Finding) -> bool| -> Vec<Finding> {
        findings.iter().filter(|finding| wanted(finding)).cloned().collect()
    };
    let differs = |finding: &Finding| finding.code == Code::TotalDiffers;
    let causes = of(&|finding| finding.code == Code::LikelyCause);
    let heavy = of(&|finding| finding.severity >= least && !differs(finding) && finding.code != Code::LikelyCause);
    let differences = of(&differs);
    let light = findings.len() - causes.len() - heavy.len() - differences.len();
    let mut lines = view.findings(&causes);
    lines.extend(view.findings(&heavy));
    lines.extend(differences.iter().take(most).map(|finding| difference(finding, view.lang)));
    let left = differences.len().saturating_sub(most);
    lines.extend(more(left, light, view.lang));
    lines
}

/// `row | column: the units add up to 5, the draft reads 6 (+1)`.
fn difference(finding: &Finding, lang: Lang) -> String {
    let (row, column) = finding.place.as_ref().map_or(("", ""), |place| (&*place.row, &*place.column));
    let word = |word: &Option<String>| word.clone().unwrap_or_default();
    let (sum, draft) = (word(&finding.expected), word(&finding.found));
    let off = finding.details.get("difference").cloned().unwrap_or_default();
    let said = match lang {
        Lang::En => format!("  {row} | {column}: the units add up to {sum}, the draft reads {draft} ({off})"),
        Lang::Zh => format!("  {row} | {column}：各单位之和 {sum}，草案 {draft}（{off}）"),
    };
    visible(&said).replace('\n', " ")
}

fn more(differences: usize, light: usize, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if differences > 0 {
        lines.push(match lang {
            Lang::En => format!("  … and {} more that differ: see the outputs", plural(differences, "figure")),
            Lang::Zh => format!("  ……另有 {differences} 项不一致，见输出文件"),
        });
    }
    if light > 0 {
        lines.push(match lang {
            Lang::En => format!("{} of less weight: see the workbook and the JSON", plural(light, "finding")),
            Lang::Zh => format!("另有 {light} 条较轻的检查结果，见工作簿和 JSON"),
        });
    }
    lines
}

/// A document with cells that hold no sum is not ready to be published.
fn marked(args: &Args, sum: &Consolidation, lang: Lang) -> Option<String> {
    let word = args.output.iter().any(|path| Kind::of(path) == Some(Kind::Word));
    let count = sum.totals.iter().filter(|total| total.value == Value::Missing).count();
    let said = || match lang {
        Lang::En => {
            format!("{count} cells of the Word file read “{NOT_GIVEN}” (to be verified): their sum is not known")
        }
        Lang::Zh => format!("Word 文件中有 {count} 格为“{NOT_GIVEN}”：合计不明"),
    };
    (word && count > 0).then(said)
}

/// The sum on the terminal: with a draft only what differs, else the form.
fn shown(view: &View, sum: &Consolidation) -> String {
    let mut lines = summary(sum, view.lang);
    if sum.draft.is_none() {
        lines.push(String::new());
        lines.push(view.report(&sum.report));
    } else {
        lines.extend(said(view, sum, Severity::Hint, usize::MAX));
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

fn head(sum: &Consolidation, lang: Lang) -> String {
    let (added, others) = (sum.count(), sum.others().count());
    let Consolidation { year, edition, .. } = sum;
    match lang {
        Lang::En => format!("Sum of {year}, form of {edition}: {} added, {others} not", plural(added, "unit")),
        Lang::Zh => format!("{year}年度汇总（{edition}版）：计入{added}个单位，未计入{others}个"),
    }
}

/// What was added, then every file that was not with the reason, then how the draft compares.
fn summary(sum: &Consolidation, lang: Lang) -> Vec<String> {
    let mut lines = vec![head(sum, lang)];
    for unit in sum.others() {
        let (en, zh) = unit.standing.words();
        let reason = lang.pick(en, zh);
        let name = unit.organ().map_or_else(String::new, |organ| format!(" {organ}"));
        let colon = lang.pick(": ", "：");
        lines.push(visible(&format!("  {}{name}{colon}{reason}", unit.place())).replace('\n', " "));
    }
    lines.extend(sum.draft.as_ref().map(|draft| compared(sum, &draft.source, lang)));
    lines
}

fn compared(sum: &Consolidation, draft: &str, lang: Lang) -> String {
    let compared = sum.totals.iter().filter_map(|total| total.difference);
    let (mut same, mut other) = (0, 0);
    for difference in compared {
        if difference == Exact::default() { same += 1 } else { other += 1 }
    }
    let rest = sum.totals.len() - same - other;
    match lang {
        Lang::En => format!(
            "Against {draft}: {} that agree, {other} that differ, {rest} not to be compared",
            plural(same, "figure")
        ),
        Lang::Zh => format!("与 {draft} 核对：一致{same}项，不一致{other}项，无法核对{rest}项"),
    }
}

fn ended(args: &Args, sum: &Consolidation) -> Exit {
    if sum.units.iter().any(|unit| unit.standing == Standing::Unreadable) {
        return Exit::Unreadable;
    }
    let open = sum.report.findings.iter().filter(|finding| finding.waived.is_none());
    args.fail_on.exit(open.map(|finding| finding.severity).max())
}
