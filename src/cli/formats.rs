//! `gongkai formats`: what is read, and how well, from the lists that the program itself goes by.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Context, Exit};
use crate::batch::PACKINGS;
use crate::finding::Lang;
use crate::ingest::{READERS, Support};

/// Lists the formats that are read, and how well.
///
/// What a file is, its content decides; its ending only decides whether it is looked at when a folder
/// or an archive is walked.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How the list is written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// An array with an object a format
    Json,
    /// Markdown, in both languages
    Md,
}

/// A format of documents, or a kind of archive.
struct Listed {
    kind: &'static str,
    name: &'static str,
    extensions: &'static [&'static str],
    about: (&'static str, &'static str),
    support: &'static [Support],
}

/// Every reader in the order in which they are asked, then every kind of archive.
fn listed() -> Vec<Listed> {
    let readers = READERS.iter().map(|reader| Listed {
        kind: "document",
        name: reader.name,
        extensions: reader.extensions,
        about: reader.about,
        support: reader.support,
    });
    let packings = PACKINGS.iter().map(|packing| Listed {
        kind: "archive",
        name: packing.name,
        extensions: packing.extensions,
        about: packing.about,
        support: packing.support,
    });
    readers.chain(packings).collect()
}

impl Listed {
    fn about(&self, lang: Lang) -> &'static str {
        if lang == Lang::En { self.about.0 } else { self.about.1 }
    }

    /// `.docx .docm`
    fn endings(&self) -> String {
        self.extensions.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" ")
    }
}

pub(crate) fn run(args: &Args, context: &Context) -> Exit {
    match args.format {
        Format::Text => context.print_coloured(&text(context.lang)),
        Format::Json => context.print(&json_list()),
        Format::Md => context.print(&markdown()),
    }
}

/// A head for each format, and a line for each entry of its checklist.
fn text(lang: Lang) -> String {
    let bold = anstyle::Style::new().bold();
    let mut out = String::new();
    for (at, format) in listed().iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        out += &match lang {
            Lang::En => format!("{bold}{}{bold:#}: {} ({})\n", format.name, format.about(lang), format.endings()),
            Lang::Zh => format!("{bold}{}{bold:#}：{}（{}）\n", format.name, format.about(lang), format.endings()),
        };
        for entry in format.support {
            out += &format!("  {}\n", line(entry, lang));
        }
    }
    out
}

/// `read: tables: merged cells, nested`.
fn line(entry: &Support, lang: Lang) -> String {
    let colon = lang.pick(": ", "：");
    let parts = [entry.extent.word(lang), entry.what(lang), entry.how(lang)];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(colon)
}

fn json_list() -> String {
    let both = |en: &str, zh: &str| json!({ "en": en, "zh": zh });
    let entry = |entry: &Support| {
        json!({
            "extent": entry.extent.name(),
            "what": both(entry.what(Lang::En), entry.what(Lang::Zh)),
            "how": both(entry.how(Lang::En), entry.how(Lang::Zh)),
        })
    };
    let object = |format: &Listed| {
        json!({
            "name": format.name,
            "kind": format.kind,
            "extensions": format.extensions,
            "about": both(format.about.0, format.about.1),
            "support": format.support.iter().map(entry).collect::<Vec<_>>(),
        })
    };
    let all: Vec<Value> = listed().iter().map(object).collect();
    format!("{:#}\n", Value::Array(all))
}

const HEAD: &str = "\
# Formats

What is read, and how well: made from the checklist of each reader (`support.rs` beside it, for archives under
`src/batch/archive`); edit those, then run `GONGKAI_BLESS=1 cargo test --test docs`. `gongkai formats` prints the same.

The content of a file decides what it is, not its name: a `.doc` may be a web page, a `.xls` too. Its ending only decides
whether it is looked at when a folder or an archive is walked. Files without an ending, or with one that names no kind
(`年报.2021`), are read if their content is that of a document, or a text with a report. All others are skipped and counted.

文件按内容而不按名称识别：`.doc`、`.xls` 可能是网页。扩展名只决定读取文件夹或压缩包时是否查看该文件。无扩展名或扩展名不表示类型
（`年报.2021`）的文件，内容为可读取的文档或含有报告的文本时才读取；其余的跳过并计数。
";

/// `docs/formats.md`.
#[must_use]
pub fn markdown() -> String {
    let mut out = HEAD.to_owned();
    for format in listed() {
        let (en, zh) = format.about;
        let endings: Vec<String> = format.extensions.iter().map(|ending| format!("`.{ending}`")).collect();
        let _ = write!(out, "\n## `{}`\n\n{en} · {zh}\n\n{}\n\n", format.name, endings.join(" "));
        out += "| of the format | | which, how | 格式内容 | | 说明 |\n|---|---|---|---|---|---|\n";
        for entry in format.support {
            let cells = [Lang::En, Lang::Zh]
                .map(|lang| format!("{} | {} | {}", entry.what(lang), entry.extent.word(lang), entry.how(lang)));
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_says_what_is_read_and_what_is_not() {
        for format in listed() {
            assert!(!format.support.is_empty() && !format.extensions.is_empty(), "{}", format.name);
            for entry in format.support {
                for lang in [Lang::En, Lang::Zh] {
                    // A bar or a line end would break the table.
                    assert!(!entry.what(lang).is_empty() && !entry.how(lang).contains(['|', '\n']), "{}", format.name);
                }
                assert_eq!(entry.how(Lang::En).is_empty(), entry.how(Lang::Zh).is_empty(), "{}", entry.what(Lang::En));
            }
        }
    }
}
