//! `gongkai schema`: prints the codebook or the JSON Schema.

use super::{Context, Exit, TemplateArg};
use crate::export::record;
use crate::template::{Form, codebook};

/// Prints the codebook, or the JSON Schema of reports.jsonl.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How the codebook is written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print the JSON Schema of a line of reports.jsonl instead.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[command(flatten)]
    template: TemplateArg,
}

#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// Markdown
    #[default]
    Md,
    /// CSV, one line a figure
    Csv,
    /// JSON, one object a figure
    Json,
    /// The newest shipped form in TOML, to begin one of your own from (`--template`)
    Toml,
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let options = match args.template.options(context) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    let forms = &options.forms;
    context.print(&match args.format {
        _ if args.json => record::schema(),
        Format::Md => codebook::markdown(forms),
        Format::Csv => codebook::csv(forms),
        Format::Json => codebook::json(forms),
        Format::Toml => newest(),
    })
}

fn newest() -> String {
    Form::shipped().first().and_then(|form| Form::shipped_toml(&form.edition)).unwrap_or_default()
}
