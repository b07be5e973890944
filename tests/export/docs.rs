//! `docs/output.md` and `docs/cli.md` say what the program does.

use crate::export_support::{extraction, item, same_as_committed, written};
use gongkai::export::{EXPORTERS, Exporter, Settings};
use gongkai::template::Form;

#[test]
fn every_column_of_every_output_is_documented() {
    let settings = Settings::new(Form::shipped());
    let mut page = page("docs/output.md");
    for exporter in EXPORTERS {
        let start = format!("<!-- columns: {} -->\n", exporter.file);
        let (before, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no table for {}", exporter.file));
        let (_, after) = rest.split_once("<!-- end -->").expect("an end");
        page = format!("{before}{start}{}<!-- end -->{after}", table(exporter, &settings));
    }
    same_as_committed("docs/output.md", &page);
}

fn table(exporter: &Exporter, settings: &Settings) -> String {
    let mut table = "| name | holds | meaning | 含义 |\n|---|---|---|---|\n".to_owned();
    for column in (exporter.columns)(settings) {
        let (en, zh) = column.about;
        table.push_str(&format!("| `{}` | {} | {en} | {zh} |\n", column.name, column.kind));
    }
    table
}

fn page(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).expect("the page").replace("\r\n", "\n")
}

#[test]
fn the_files_have_the_columns_that_are_documented_and_the_fields() {
    let settings = Settings::new(Form::shipped());
    for exporter in EXPORTERS.iter().filter(|exporter| exporter.file.ends_with(".csv")) {
        let text = written(exporter.file, &[item("a", &extraction())], &settings);
        let header: Vec<&str> = text.split("\r\n").next().expect("a header").split(',').collect();
        let mut wanted: Vec<String> = (exporter.columns)(&settings).into_iter().map(|column| column.name).collect();
        if exporter.name == "reports" {
            wanted.extend(settings.fields().iter().map(|field| field.key.as_str().to_owned()));
        }
        assert_eq!(header, wanted, "{}", exporter.file);
    }
}

#[test]
fn the_page_about_the_command_is_its_help() {
    let mut command = gongkai::cli::command().term_width(100).disable_help_subcommand(true);
    command.build();
    let mut page = "# The command\n\nMade from the program's own help (`GONGKAI_BLESS=1 cargo test --test export`).\n\
        Data goes to standard output, messages to standard error. `NO_COLOR` is respected, and nothing is coloured that is no terminal.\n\
        With `--lang zh`, or in a Chinese locale, help and messages are Chinese.\n"
        .to_owned();
    page.push_str(&section("gongkai", &mut command.clone()));
    for subcommand in command.get_subcommands_mut() {
        let title = format!("gongkai {}", subcommand.get_name());
        page.push_str(&section(&title, subcommand));
    }
    same_as_committed("docs/cli.md", &page);
}

fn section(title: &str, command: &mut clap::Command) -> String {
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    format!("\n## `{title}`\n\n```text\n{}\n```\n", lines.join("\n"))
}
