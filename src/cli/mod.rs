//! The command: arguments, one file a subcommand, exit codes.
//!
//! Data goes to standard output, everything said to people to standard error.

mod check;
mod compare;
mod completions;
mod diff;
mod drawing;
mod earlier;
mod explain;
mod extract;
mod fault;
mod field;
mod form_view;
mod formats;
mod help;
mod input;
mod listed;
mod man;
mod panel;
mod progress;
mod render;
mod schema;
mod show;
mod stop;
mod sum;
mod usage;
mod words;

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::OnceLock;

use anstyle::{AnsiColor, Style};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

pub use formats::markdown as formats_markdown;
pub use panel::panel_columns;
use words::visible;

use crate::Options;
use crate::batch::OutputError;
use crate::finding::{Lang, Severity, Waivers};
use crate::ingest::{LIMITS, Limit, Limits, USUAL_MEMORY};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// Findings at or above `--fail-on`.
    Findings = 1,
    /// Something could not be read, or not be written.
    Unreadable = 2,
    /// The command was not used as it can be.
    Misuse = 3,
    /// The run was stopped by Ctrl-C or a request to end.
    Stopped = 130,
}

/// Turns annual reports on government information disclosure (政府信息公开工作年度报告) into data.
#[derive(Parser)]
#[command(name = "gongkai", version, propagate_version = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// Language of messages; the locale decides if it is not given.
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    En,
    Zh,
}

#[derive(Subcommand)]
enum Command {
    Extract(extract::Args),
    Check(check::Args),
    Diff(diff::Args),
    Panel(panel::Args),
    Compare(compare::Args),
    Show(show::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Formats(formats::Args),
    Render(render::Args),
    Sum(sum::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// What every subcommand may need.
#[derive(Clone, Copy)]
pub(crate) struct Context {
    /// Language of messages.
    pub lang: Lang,
}

/// The exit codes, as help, manual and `docs/cli.md` print them.
const EXIT_CODES: &str = "\
Exit codes:
  0  clean
  1  findings at or above --fail-on
  2  something could not be read or written
  3  the command was not used as it can be
  130  stopped by Ctrl-C; what was read is written";

/// At what findings a run ends with exit code 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Findings of severity `error`.
    #[default]
    Error,
    /// Findings of severity `error` or `warning`.
    Warning,
    /// No findings.
    Never,
}

impl FailOn {
    /// How a run ends whose heaviest finding is `worst`.
    pub fn exit(self, worst: Option<Severity>) -> Exit {
        let fails = self.least().is_some_and(|least| worst >= Some(least));
        if fails { Exit::Findings } else { Exit::Clean }
    }

    /// The lightest finding that counts.
    pub fn least(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Never => None,
        }
    }
}

/// `--limit`, for every command that reads reports.
#[derive(clap::Args)]
pub(crate) struct LimitArg {
    /// Raises or lowers what one file may cost; may be given several times.
    #[arg(long = "limit", value_name = "NAME=NUMBER", long_help = limits_help())]
    limits: Vec<String>,
}

impl LimitArg {
    /// Sets the limits; if one is not known or its value is no number, that is said and the run is misuse.
    pub fn apply(&self, mut options: Options, context: &Context) -> Result<Options, Exit> {
        let mut own = Vec::new();
        for text in &self.limits {
            match limit(text) {
                // It stands for others, each of which can be set besides, wherever it is given.
                Some((MEMORY, value)) => options.limits = Limits::within_memory(value),
                Some((name, value)) => own.extend(Limit::of_name(name).map(|limit| (limit, value))),
                None => {
                    context.error(no_limit(text, context.lang));
                    return Err(Exit::Misuse);
                }
            }
        }
        own.into_iter().for_each(|(limit, value)| limit.set(&mut options.limits, value));
        Ok(options)
    }
}

/// Stands for all limits that bound memory.
const MEMORY: &str = "memory";

fn limits_help() -> String {
    let head = "Raises or lowers what one file may cost; may be given several times. The error that a limit causes \
        names it. The limits, and what they usually are:";
    format!("{head}\n{}", limits_list(Lang::En))
}

/// The limits by name, with what is usual, a line each.
fn limits_list(lang: Lang) -> String {
    let usual = Limits::default();
    let line = |limit: &Limit| {
        let (name, about, value) = (limit.name, limit.about(lang), limit.value(&usual));
        match lang {
            Lang::En => format!("- {name}: {about} ({value})\n"),
            Lang::Zh => format!("- {name}：{about}（{value}）\n"),
        }
    };
    let memory = match lang {
        Lang::En => format!(
            "- {MEMORY}: bytes of memory, nearly; sets file_bytes, part_bytes, cells, paragraphs, nodes, content_bytes \
             and drawn in proportion ({USUAL_MEMORY})\n"
        ),
        Lang::Zh => format!(
            "- {MEMORY}：内存字节数（近似），按比例设定 file_bytes、part_bytes、cells、paragraphs、nodes、content_bytes、\
             drawn（{USUAL_MEMORY}）\n"
        ),
    };
    LIMITS.iter().map(line).chain([memory]).collect()
}

/// Name and value of a limit.
fn limit(text: &str) -> Option<(&'static str, usize)> {
    let (name, value) = text.split_once('=')?;
    let known = limit_names().find(|known| *known == name.trim())?;
    Some((known, value.trim().parse().ok()?))
}

fn limit_names() -> impl Iterator<Item = &'static str> {
    LIMITS.iter().map(|limit| limit.name).chain([MEMORY])
}

fn no_limit(text: &str, lang: Lang) -> String {
    let names: Vec<&str> = limit_names().collect();
    match lang {
        Lang::En => format!(
            "`--limit {text}`: expected NAME=NUMBER, such as `--limit ratio=400`; the names are {}",
            names.join(", ")
        ),
        Lang::Zh => format!("`--limit {text}`：应为“名称=数值”，如 `--limit ratio=400`；名称有 {}", names.join("、")),
    }
}

/// `--template`, for every command that reads reports or describes forms.
#[derive(clap::Args)]
pub(crate) struct TemplateArg {
    /// A form of your own in TOML, looked for before the shipped ones.
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
}

impl TemplateArg {
    /// The options with that form; if it cannot be used, that is said and the run is misuse.
    pub fn options(&self, context: &Context) -> Result<Options, Exit> {
        crate::batch::options(self.template.as_deref()).map_err(|error| {
            context.error(error.message(context.lang));
            Exit::Misuse
        })
    }
}

/// How many threads read: as many as are asked for, else one for each processor.
pub(crate) fn threads(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked.or_else(processors).unwrap_or(NonZeroUsize::MIN)
}

/// How many processors there are for this process. On Linux that is a walk through files of the system, so it is asked once.
fn processors() -> Option<NonZeroUsize> {
    static COUNT: OnceLock<Option<NonZeroUsize>> = OnceLock::new();
    *COUNT.get_or_init(|| std::thread::available_parallelism().ok())
}

/// `--place`, for every command that says whose report it is.
#[derive(clap::Args)]
pub(crate) struct PlaceArg {
    /// The division the reports belong to, whatever they say: a six-digit code for all of them, or a CSV file with
    /// the columns `source` (path or end of one, `*` for any characters) and `code`, or 文件 and 代码; of several lines
    /// that fit a file, the first counts.
    #[arg(long, value_name = "CODE|FILE")]
    place: Option<String>,
}

impl PlaceArg {
    /// The options with these places; if they cannot be used, that is said and the run is misuse.
    pub fn apply(&self, mut options: Options, context: &Context) -> Result<Options, Exit> {
        if let Some(given) = &self.place {
            options.places = crate::batch::places(given, &options.limits).map_err(|error| {
                context.error(error.message(context.lang));
                Exit::Misuse
            })?;
        }
        Ok(options)
    }

    /// Says which lines of its file fitted none of the files that were read.
    pub fn say_unmet(&self, options: &Options, context: &Context) {
        let unmet = options.places.unmet().into_iter().map(|(line, source)| (line.to_string(), source)).collect();
        say_unmet(self.place.as_deref().unwrap_or_default(), unmet, context);
    }

    /// As it was given, for the manifest.
    pub fn noted(&self) -> String {
        self.place.clone().unwrap_or_default()
    }
}

/// `--waivers`, for every command that judges findings.
#[derive(clap::Args)]
pub(crate) struct WaiversArg {
    /// Who answers for which findings that are to be confirmed: a CSV file with the columns code, reason and date,
    /// and, where wanted, source, field, text, found and by.
    #[arg(long, value_name = "FILE.csv")]
    waivers: Option<PathBuf>,
}

impl WaiversArg {
    /// The waivers, if there are any; if they cannot be used, that is said and the run is misuse.
    pub fn load(&self, options: &Options, context: &Context) -> Result<Option<Waivers>, Exit> {
        let load = |path: &PathBuf| crate::batch::waivers(path, options);
        self.waivers.as_ref().map(load).transpose().map_err(|error| {
            context.error(error.message(context.lang));
            Exit::Misuse
        })
    }

    /// Says which lines are for files that were not read.
    pub fn say_unseen(&self, waivers: Option<&Waivers>, context: &Context) {
        let unseen = waivers.map(Waivers::unseen).unwrap_or_default();
        let unseen = unseen.into_iter().map(|(line, source)| (line.to_string(), source)).collect();
        say_unmet(&self.name(), unseen, context);
    }

    /// Their file.
    pub fn path(&self) -> Option<&PathBuf> {
        self.waivers.as_ref()
    }

    /// The name of their file.
    pub fn name(&self) -> String {
        self.waivers.as_ref().map_or_else(String::new, |path| input::slashed(path))
    }
}

/// Says which lines of a list name no file that was read: a name is soon mistyped.
fn say_unmet(list: &str, lines: Vec<(String, String)>, context: &Context) {
    const MOST: usize = 5;
    if lines.is_empty() {
        return;
    }
    let some = lines.iter().take(MOST);
    let more = lines.len() > MOST;
    context.warning(visible(&match context.lang {
        Lang::En => {
            let some: Vec<String> = some.map(|(line, source)| format!("line {line} (`{source}`)")).collect();
            let more = if more { ", …" } else { "" };
            format!("{list}: no file that was read has this name: {}{more}; check how it is written", some.join(", "))
        }
        Lang::Zh => {
            let some: Vec<String> = some.map(|(line, source)| format!("第{line}行（{source}）")).collect();
            let more = if more { "……" } else { "" };
            format!("{list}：所读文件中没有这个名称：{}{more}；请核对写法", some.join("、"))
        }
    }));
}

impl Context {
    /// Says something that went wrong, on standard error.
    pub fn error(&self, message: impl Display) {
        self.say(AnsiColor::Red, ("error", "错误"), message);
    }

    /// Says something doubtful, on standard error.
    pub fn warning(&self, message: impl Display) {
        self.say(AnsiColor::Yellow, ("warning", "警告"), message);
    }

    fn say(&self, color: AnsiColor, (en, zh): (&str, &str), message: impl Display) {
        let style: Style = color.on_default().bold();
        let word = match self.lang {
            Lang::En => format!("{style}{en}:{style:#} "),
            Lang::Zh => format!("{style}{zh}：{style:#}"),
        };
        // Nobody is left to tell if standard error is closed.
        let _ = writeln!(anstream::stderr().lock(), "{word}{}", visible(&message.to_string()));
    }

    /// Writes data that is already text to standard output. A reader that has gone is no fault.
    pub fn print(&self, text: &str) -> Exit {
        self.write(io::stdout().lock(), text.as_bytes())
    }

    /// The same of text with colours, which are left out where nobody would see them.
    pub fn print_coloured(&self, text: &str) -> Exit {
        self.write(anstream::stdout().lock(), text.as_bytes())
    }

    /// How a run ends that wrote a file: if it could not be written, that is said.
    pub fn wrote(&self, written: Result<(), OutputError>) -> Exit {
        match written {
            Ok(()) => Exit::Clean,
            Err(error) => {
                self.error(error.message(self.lang));
                if error.is_misuse() { Exit::Misuse } else { Exit::Unreadable }
            }
        }
    }

    fn write(&self, mut out: impl Write, bytes: &[u8]) -> Exit {
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.error(OutputError::of_stream(error).message(self.lang));
                Exit::Unreadable
            }
            _ => Exit::Clean,
        }
    }
}

/// The command with all its arguments, for the manual, completions and `docs/cli.md`.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(misused(&args, &error) as u8),
    };
    let lang = match cli.lang {
        Some(Language::En) => Lang::En,
        Some(Language::Zh) => Lang::Zh,
        None => usual_language(),
    };
    let context = Context { lang };
    stop::outlive_file_limit();
    ExitCode::from(fault::guarded(&context, || dispatched(&cli.command, &context)) as u8)
}

fn usual_language() -> Lang {
    let chinese = sys_locale::get_locale().is_some_and(|locale| locale.starts_with("zh"));
    if chinese { Lang::Zh } else { Lang::En }
}

/// Says what is wrong with the arguments, or prints the help or the version asked for.
fn misused(args: &[OsString], error: &clap::Error) -> Exit {
    let lang = match usage::language(args) {
        Some("zh") => Lang::Zh,
        Some(_) => Lang::En,
        None => usual_language(),
    };
    match usage::chinese(error).filter(|_| lang == Lang::Zh) {
        Some(sentence) => Context { lang }.error(sentence),
        None if lang == Lang::Zh => print_chinese_help(args, error),
        None => {
            let _ = error.print();
        }
    }
    if error.use_stderr() { Exit::Misuse } else { Exit::Clean }
}

/// The same arguments lead to the same page, in Chinese.
fn print_chinese_help(args: &[OsString], error: &clap::Error) {
    let again = help::chinese(command()).try_get_matches_from(args).err();
    let _ = again.as_ref().unwrap_or(error).print();
}

/// Begins with what every report needs while the first file is found and read: a run over one file is mostly that.
/// Nobody waits for it, and whoever needs a part before it is there makes that part.
fn prepare(command: &Command) {
    let reads = matches!(
        command,
        Command::Extract(_) | Command::Check(_) | Command::Panel(_) | Command::Compare(_) | Command::Sum(_)
    );
    if reads && processors().is_some_and(|count| count.get() > 1) {
        let _ = std::thread::Builder::new().name("patterns".to_owned()).spawn(crate::map::prepare);
    }
}

fn dispatched(command: &Command, context: &Context) -> Exit {
    prepare(command);
    match command {
        Command::Extract(args) => extract::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Diff(args) => diff::run(args, context),
        Command::Panel(args) => panel::run(args, context),
        Command::Compare(args) => compare::run(args, context),
        Command::Show(args) => show::run(args, context),
        Command::Explain(args) => explain::run(args, context),
        Command::Schema(args) => schema::run(args, context),
        Command::Formats(args) => formats::run(args, context),
        Command::Render(args) => render::run(args, context),
        Command::Sum(args) => sum::run(args, context),
        Command::Completions(args) => completions::run(args, context),
        Command::Man(args) => man::run(args, context),
    }
}
