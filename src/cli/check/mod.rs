//! `gongkai check`: checks a report's sums before it is published.

mod annotate;
mod text;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::input;
use super::{Context, Exit, FailOn, LimitArg, PlaceArg, TemplateArg, WaiversArg};
use crate::batch::{Outcome, write_file};
use crate::export::{self, Checked};
use crate::finding::{Lang, Waivers};
use crate::{Extraction, Options};

/// Checks reports: every sum of the form, and every place that could not be read for sure.
///
/// Each finding names table, row and column as printed. The exit code is 1 if a finding weighs
/// as much as `--fail-on` says, 2 if a file could not be read (the others are still checked).
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Reports, or archives of them; `-` for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to write the findings.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Findings of this severity or above end the run with exit code 1.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Also copies the Word file (.docx, one only), with a comment at each place that something is said about.
    /// Nothing else in it is changed; a file of the same name is replaced.
    #[arg(long, value_name = "OUT.docx")]
    annotate: Option<PathBuf>,
    /// Also writes one page with the forms as printed, marks and explanations, for any browser and for paper; it
    /// needs no network. A file of the same name is replaced.
    #[arg(long, value_name = "OUT.html")]
    html: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArg,
    #[command(flatten)]
    waivers: WaiversArg,
    #[command(flatten)]
    template: TemplateArg,
    #[command(flatten)]
    limits: LimitArg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// An array with an object a file.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML.
    Junit,
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let lang = context.lang;
    let options = args.template.options(context).and_then(|options| args.limits.apply(options, context));
    let options = match options.and_then(|options| args.place.apply(options, context)) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let waivers = match args.waivers.load(&options, context) {
        Ok(waivers) => waivers,
        Err(exit) => return exit,
    };
    let files = once(&args.files, context);
    let copied = match args.outputs(&files, context) {
        Ok(copied) => copied,
        Err(exit) => return exit,
    };
    let checked = |path: &PathBuf| checked(path, &options, waivers.as_ref(), lang);
    let mut files: Vec<Checked> = files.into_iter().flat_map(checked).collect();
    let read = files.len();
    args.place.say_unmet(&options, context);
    args.waivers.say_unseen(waivers.as_ref(), context);
    files.extend(about(waivers.as_ref(), args.waivers.name()));
    for file in &files {
        if let Err(cause) = &file.outcome {
            context.error(input::named(Path::new(&file.file), cause, lang));
        }
    }
    let printed = match args.format {
        Format::Text => context.print_coloured(&text::text(&files, read, &options.forms, lang)),
        Format::Json => context.print(&export::check_json(&files, lang)),
        Format::Sarif => context.print(&export::sarif(&files, lang)),
        Format::Junit => match export::junit(&files, args.fail_on.least(), lang) {
            Ok(xml) => context.print(&xml),
            Err(error) => {
                context.error(match lang {
                    Lang::En => format!("the XML could not be written: {error}; please report it"),
                    Lang::Zh => "无法生成 XML；请报告此问题".to_owned(),
                });
                Exit::Unreadable
            }
        },
    };
    let annotated = copied.map(|(file, out)| annotate::write(file, out, &files[..read], &options, context));
    let page = args.html.as_ref().map(|out| {
        let text = export::html(&files, &options.forms, lang);
        context.wrote(write_file(out, text.as_bytes()))
    });
    printed.max(annotated.unwrap_or(Exit::Clean)).max(page.unwrap_or(Exit::Clean)).max(ended(&files, args.fail_on))
}

impl Args {
    /// The file to copy and where to, if that is wanted; if an output cannot be what it is to be, that is said
    /// before anything is read.
    fn outputs<'a>(&'a self, files: &[&'a PathBuf], context: &Context) -> Result<Option<(&'a Path, &'a Path)>, Exit> {
        let misuse = |message: String| {
            context.error(message);
            Exit::Misuse
        };
        if let (Some(page), Some(copy)) = (&self.html, &self.annotate)
            && same_file(page, copy)
        {
            return Err(misuse(input::named(page, twice(context.lang), context.lang)));
        }
        for out in self.annotate.iter().chain(&self.html) {
            if files.iter().any(|file| same_file(file, out)) {
                return Err(misuse(input::named(out, overwritten(context.lang), context.lang)));
            }
        }
        let Some(out) = &self.annotate else { return Ok(None) };
        if !annotate::is_word(out) {
            return Err(misuse(no_word(out, context.lang)));
        }
        let file = annotate::only(files, context.lang).map_err(misuse)?;
        Ok(Some((file, out)))
    }
}

/// Whether two paths lead to one file; one that is not there is no other's.
fn same_file(a: &Path, b: &Path) -> bool {
    a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

fn twice(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "--annotate and --html would both write this file; name two",
        Lang::Zh => "`--annotate` 与 `--html` 会写入同一文件；请分别指定",
    }
}

fn no_word(out: &Path, lang: Lang) -> String {
    let out = out.display();
    match lang {
        Lang::En => format!("--annotate writes a Word file: expected a name that ends with .docx, found `{out}`"),
        Lang::Zh => format!("`--annotate` 写出 Word 文件，文件名应以 `.docx` 结尾，实为 `{out}`"),
    }
}

fn overwritten(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "this file is to be checked and would be overwritten; name another output",
        Lang::Zh => "这是要检查的文件，会被覆盖；请另指定输出文件",
    }
}

/// The files, each once: in the sums of a build server a file must not count twice.
fn once<'a>(files: &'a [PathBuf], context: &Context) -> Vec<&'a PathBuf> {
    let mut seen = HashSet::new();
    let mut first = |path: &&PathBuf| {
        let first = seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_path_buf()));
        if !first {
            let again = if context.lang == Lang::En {
                "it was named twice and is checked once"
            } else {
                "重复指定，只检查一次"
            };
            context.warning(input::named(path, again, context.lang));
        }
        first
    };
    files.iter().filter(|path| first(path)).collect()
}

/// What a file gave; of an archive, what each file in it gave, and what is to be said about itself.
fn checked(path: &Path, options: &Options, waivers: Option<&Waivers>, lang: Lang) -> Vec<Checked> {
    let file = input::slashed(path);
    let outcomes = match input::outcomes_with(path, usize::MAX, options, waivers, lang) {
        Ok(outcomes) => outcomes,
        Err(cause) => return vec![Checked { file, outcome: Err(cause) }],
    };
    let told = |outcome: &Outcome| {
        !outcome.is_archive() || outcome.read.as_ref().is_ok_and(|extraction| !extraction.findings.is_empty())
    };
    let checked = |Outcome { source, read, .. }| Checked {
        file: source,
        outcome: read
            .map(|Extraction { reports, findings, .. }| (reports, findings))
            .map_err(|error| error.message(lang)),
    };
    outcomes.into_iter().filter(told).map(checked).collect()
}

fn ended(files: &[Checked], fail_on: FailOn) -> Exit {
    if files.iter().any(|file| file.outcome.is_err()) {
        return Exit::Unreadable;
    }
    let open = files.iter().flat_map(Checked::findings).filter(|(_, finding)| finding.waived.is_none());
    fail_on.exit(open.map(|(_, finding)| finding.severity).max())
}

/// What is to be said about the waivers themselves, as of a file of its own; nothing if nothing is.
fn about(waivers: Option<&Waivers>, file: String) -> Option<Checked> {
    let findings = waivers.map(Waivers::findings).filter(|findings| !findings.is_empty())?;
    Some(Checked { file, outcome: Ok((Vec::new(), findings)) })
}

#[cfg(test)]
mod tests {
    use super::text::tests::files;
    use super::*;
    use crate::finding::Severity;

    #[test]
    fn exit_codes() {
        let files = files();
        assert_eq!(ended(&files, FailOn::Never), Exit::Unreadable);
        assert_eq!(ended(&files[..1], FailOn::Error), Exit::Findings);
        assert_eq!(ended(&files[..1], FailOn::Never), Exit::Clean);
        let mut light = files[0].clone();
        light.outcome.as_mut().expect("read").0[0].findings[0].severity = Severity::Warning;
        assert_eq!(ended(std::slice::from_ref(&light), FailOn::Error), Exit::Clean);
        assert_eq!(ended(&[light], FailOn::Warning), Exit::Findings);
        assert_eq!(ended(&[], FailOn::Warning), Exit::Clean);
    }
}
