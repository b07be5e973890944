//! `gongkai schema`: prints the codebook or the JSON Schema.

use std::sync::Arc;

use super::{Context, Exit, TemplateArg};
use crate::export::record;
use crate::template::Form;

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
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    let options = match args.template.options(context) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    if args.json {
        return context.print(&record::schema());
    }
    context.print(&codebook(args.format, &options.forms))
}

/// The one place that knows who writes the codebook.
fn codebook(format: Format, forms: &[Arc<Form>]) -> String {
    match format {
        Format::Md | Format::Csv | Format::Json => {
            forms.iter().flat_map(|form| &form.fields).map(|field| format!("{}\n", field.key)).collect()
        }
    }
}
