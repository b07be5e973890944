//! `gongkai.do` and `gongkai.R`: scripts that load the CSV files into Stata and R and label everything.
//!
//! Columns are taken by their order, so the scripts fit whatever `--headers` calls them; variables
//! have the short names of the codebook.

use std::collections::HashSet;
use std::fmt::Write;

use super::package::TABLES;
use super::table::{Kind, Spec, Table, chinese_choice};
use super::{Companion, Settings, Written};

/// The Stata script's entry in the list.
pub(super) const STATA: Companion = Companion {
    name: "stata",
    file: "gongkai.do",
    about: ("loads and labels the CSV files in Stata 14 or later", "在 Stata 14 及以上版本中载入 CSV 文件并加标签"),
    text: stata,
};

/// The R script's entry in the list.
pub(super) const R: Companion = Companion {
    name: "r",
    file: "gongkai.R",
    about: ("loads and labels the CSV files in R", "在 R 中载入 CSV 文件并加标签"),
    text: r,
};

/// The longest name of a variable, and the longest label of one, that Stata takes, in characters.
const LONGEST_NAME: usize = 32;
const LONGEST_LABEL: usize = 80;

/// Writing to a string cannot fail.
macro_rules! line {
    ($out:expr, $($arguments:tt)*) => { writeln!($out, $($arguments)*).expect("memory takes every line") };
}

/// The columns of a table, each with a name that both programs take.
fn variables(table: &Table, settings: &Settings) -> Vec<(String, Spec)> {
    let mut taken = HashSet::new();
    let named = |spec: Spec| (variable(&spec.code, &mut taken), spec);
    (table.columns)(settings).into_iter().map(named).collect()
}

/// Letters, digits and underscores, a letter first, 32 at most, and not twice.
fn variable(code: &str, taken: &mut HashSet<String>) -> String {
    let mut name: String = code.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert(0, 'v');
    }
    name.truncate(LONGEST_NAME);
    let mut number = 2;
    while !taken.insert(name.clone()) {
        let end = format!("_{number}");
        name.truncate(LONGEST_NAME - end.len());
        name.push_str(&end);
        number += 1;
    }
    name
}

// ---- Stata ----

fn stata(settings: &Settings, _: &[Written]) -> String {
    let mut out = String::new();
    line!(out, "* Loads the CSV files beside this script into Stata 14 or later, and labels them.");
    line!(out, "* 将同一文件夹中的 CSV 文件载入 Stata 14 及以上版本，并加标签。");
    line!(out, "* Made by {} {}. In that folder:  do gongkai.do", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    line!(out, "* Numbers become doubles, exact up to 15 digits. A missing value is no zero: see the variable state.");
    line!(out, "version 14");
    for table in TABLES {
        stata_table(&mut out, table, settings);
    }
    out
}

fn stata_table(out: &mut String, table: &Table, settings: &Settings) {
    let variables = variables(table, settings);
    line!(out, "\n* ---- {}: {}", table.name, table.about.0);
    line!(
        out,
        "import delimited using \"{}.csv\", delimiters(\",\") varnames(nonames) rowrange(2:) stringcols(_all) \
         bindquote(strict) maxquotedrows(unlimited) encoding(\"utf-8\") clear",
        table.name
    );
    // All at once: a name may look like one of those that go.
    let old: Vec<String> = (1..=variables.len()).map(|number| format!("v{number}")).collect();
    let new: Vec<&str> = variables.iter().map(|(name, _)| name.as_str()).collect();
    line!(out, "rename ({}) ({})", old.join(" "), new.join(" "));
    let numbers = variables.iter().filter(|(_, spec)| spec.kind != Kind::Text).map(|(name, _)| name.as_str());
    line!(out, "destring {}, replace", numbers.collect::<Vec<_>>().join(" "));
    for (name, spec) in &variables {
        stata_variable(out, name, spec);
    }
    let (en, zh) = table.title;
    line!(out, "label data {}", stata_text(&format!("gongkai: {en} {zh}")));
    line!(out, "compress");
    line!(out, "save \"{}.dta\", replace", table.name);
}

fn stata_variable(out: &mut String, name: &str, spec: &Spec) {
    if !spec.choices.is_empty() {
        stata_choices(out, name, spec.choices);
    }
    line!(out, "label variable {name} {}", stata_text(&short_label(spec)));
    if let Some(field) = &spec.field {
        let unit = if spec.unit.is_empty() { String::new() } else { format!(" ({})", spec.unit) };
        line!(out, "notes {name}: {}", stata_text(&format!("{field}: {}{unit}", spec.title.1)));
    }
}

/// A text variable becomes a number with labels, in the order of the codebook.
fn stata_choices(out: &mut String, name: &str, choices: &[&str]) {
    let list = |label: fn(&str) -> String| {
        let labels = (1..).zip(choices).map(|(number, choice)| format!("{number} {}", stata_text(&label(choice))));
        labels.collect::<Vec<_>>().join(" ")
    };
    line!(out, "label define {name} {}", list(|choice| choice.to_owned()));
    line!(out, "encode {name}, generate({name}_code) label({name}) noextend");
    line!(out, "order {name}_code, after({name})");
    line!(out, "drop {name}");
    line!(out, "rename {name}_code {name}");
    line!(out, "label define {name} {}, modify", list(|choice| format!("{choice} {}", chinese_choice(choice))));
}

/// The Chinese title, from its end where it is long: the labels next to the figure tell most.
fn short_label(spec: &Spec) -> String {
    let label = match &spec.field {
        Some(_) => spec.title.1.clone(),
        None => format!("{} {}", spec.title.0, spec.title.1),
    };
    let length = label.chars().count();
    if length <= LONGEST_LABEL {
        return label;
    }
    let end: String = label.chars().skip(length - (LONGEST_LABEL - 1)).collect();
    format!("…{end}")
}

/// Text in quotes. What Stata would read as the end of the text or as a macro is written in its
/// full-width form.
fn stata_text(text: &str) -> String {
    let safe = |c: char| match c {
        '"' => '＂',
        '`' => '｀',
        '$' => '＄',
        '\\' => '＼',
        c if c.is_control() => ' ',
        c => c,
    };
    format!("\"{}\"", text.chars().map(safe).collect::<String>())
}

// ---- R ----

/// What the R script does with what follows.
const R_HEAD: &str = r##"# Numbers become doubles, exact up to 15 digits. NA is no zero: see the column state.

# Reads one file. `columns` holds, column by column: name, type, title in English and in Chinese,
# unit, field. `choices` holds, by name, what may stand in a column, with its Chinese.
gongkai_load <- function(file, columns, choices) {
  columns <- as.data.frame(do.call(rbind, columns), stringsAsFactors = FALSE)
  names(columns) <- c("name", "type", "english", "chinese", "unit", "field")
  data <- utils::read.csv(
    file, header = FALSE, skip = 1, col.names = columns$name, colClasses = columns$type,
    na.strings = "", encoding = "UTF-8", quote = "\"", comment.char = "", check.names = FALSE
  )
  for (name in names(choices)) {
    data[[name]] <- factor(data[[name]], levels = names(choices[[name]]))
    attr(data[[name]], "levels_zh") <- unname(choices[[name]])
  }
  for (i in seq_len(nrow(columns))) {
    attr(data[[i]], "label") <- columns$english[i]
    attr(data[[i]], "label_zh") <- columns$chinese[i]
    if (nzchar(columns$unit[i])) attr(data[[i]], "unit") <- columns$unit[i]
    if (nzchar(columns$field[i])) attr(data[[i]], "field") <- columns$field[i]
  }
  data
}
"##;

fn r(settings: &Settings, _: &[Written]) -> String {
    let mut out = String::new();
    line!(out, "# Loads the CSV files beside this script into the data frames cells, reports, findings and claims.");
    line!(out, "# 将同一文件夹中的 CSV 文件载入数据框 cells、reports、findings、claims。");
    line!(
        out,
        "# Made by {} {}. In that folder:  source(\"gongkai.R\", encoding = \"UTF-8\")",
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION")
    );
    out.push_str(R_HEAD);
    for table in TABLES {
        r_table(&mut out, table, settings);
    }
    out
}

fn r_table(out: &mut String, table: &Table, settings: &Settings) {
    let variables = variables(table, settings);
    let rows: Vec<String> = variables.iter().map(|(name, spec)| r_column(name, spec)).collect();
    let choices = variables.iter().filter(|(_, spec)| !spec.choices.is_empty());
    let choices: Vec<String> = choices.map(|(name, spec)| r_choices(name, spec.choices)).collect();
    line!(out, "\n# {}", table.about.0);
    line!(out, "{} <- gongkai_load(\"{}.csv\", list(", table.name, table.name);
    line!(out, "{}", rows.join(",\n"));
    line!(out, "), list(");
    line!(out, "{}", choices.join(",\n"));
    line!(out, "))");
}

fn r_column(name: &str, spec: &Spec) -> String {
    let kind = if spec.kind == Kind::Text { "character" } else { "numeric" };
    let field = spec.field.as_ref().map_or("", |field| field.as_str());
    let texts = [name, kind, &spec.title.0, &spec.title.1, &spec.unit, field].map(r_text);
    format!("  c({})", texts.join(", "))
}

fn r_choices(name: &str, choices: &[&str]) -> String {
    let pairs: Vec<String> =
        choices.iter().map(|choice| format!("{} = {}", r_text(choice), r_text(chinese_choice(choice)))).collect();
    format!("  {name} = c({})", pairs.join(", "))
}

/// Text in quotes.
fn r_text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_both_programs_take() {
        let mut taken = HashSet::new();
        let mut named = |code: &str| variable(code, &mut taken);
        assert_eq!(named("app_grant_tot"), "app_grant_tot");
        assert_eq!(named("2021·a-b"), "v2021_a_b");
        let long = "edition_".to_owned() + &"x".repeat(40);
        assert_eq!(named(&long).len(), LONGEST_NAME);
        let second = named(&long);
        assert!(second.len() == LONGEST_NAME && second.ends_with("_2"), "{second}");
    }

    #[test]
    fn text_ends_where_it_should() {
        assert_eq!(stata_text("a\"b`c'$d\\"), "\"a＂b｀c'＄d＼\"");
        assert_eq!(r_text("a\"b\\n\n"), "\"a\\\"b\\\\n \"");
    }
}
