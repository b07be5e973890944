//! `docs/output.md` and `docs/cli.md` say what the program does.

use crate::export_support::{extraction, item, same_as_committed, written};
use gongkai::export::{Described, EXPORTERS, FORMATS, Settings};
use gongkai::template::Form;

#[test]
fn every_column_of_every_output_is_documented() {
    let settings = Settings::new(Form::shipped());
    let mut page = page("docs/output.md");
    for exporter in EXPORTERS {
        fill(&mut page, exporter.file, &(exporter.columns)(&settings));
    }
    for container in FORMATS.iter().flat_map(|format| format.containers) {
        for (table, columns) in (container.tables)(&settings) {
            fill(&mut page, &format!("{}, {table}", container.file), &columns);
        }
    }
    fill(&mut page, "panel.csv", &gongkai::cli::panel_columns());
    same_as_committed("docs/output.md", &page);
}

#[test]
fn every_file_of_every_format_has_its_section() {
    let page = page("docs/output.md");
    for format in FORMATS {
        let exporters = format.exporters.iter().map(|exporter| exporter.file);
        let containers = format.containers.iter().map(|container| container.file);
        let companions = format.companions.iter().map(|companion| companion.file);
        for file in exporters.chain(containers).chain(companions) {
            let headings = page.lines().filter(|line| line.starts_with("## "));
            assert_eq!(headings.filter(|line| line.contains(&format!("`{file}`"))).count(), 1, "{file}");
        }
        assert!(page.contains(&format!("| `{}` |", format.name)), "{}", format.name);
    }
}

/// Writes the columns between the marks that name them.
fn fill(page: &mut String, name: &str, columns: &[Described]) {
    let start = format!("<!-- columns: {name} -->\n");
    let (before, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no table for {name}"));
    let (_, after) = rest.split_once("<!-- end -->").expect("an end");
    *page = format!("{before}{start}{}<!-- end -->{after}", table(columns));
}

fn table(columns: &[Described]) -> String {
    let mut table = "| name | holds | meaning | 含义 |\n|---|---|---|---|\n".to_owned();
    for column in columns.iter().cloned() {
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
