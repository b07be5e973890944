//! The scripts for Stata and R: every column is named once and labelled, and quotes and brackets close.

use std::collections::HashSet;

use gongkai::export::{Headers, Settings};

use super::export_support::{extraction, item};
use super::read_back::csv;
use super::{settings, write};

/// The two scripts, and the number of columns of each CSV file.
fn scripts(settings: &Settings) -> (String, String, [usize; 4]) {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &["datapackage"], &[item("a", &extraction())], settings);
    let text = |file: &str| std::fs::read_to_string(folder.path().join(file)).expect("a script");
    let columns = ["cells", "reports", "findings", "claims"]
        .map(|name| csv(&folder.path().join(format!("{name}.csv"))).names.len());
    (text("gongkai.do"), text("gongkai.R"), columns)
}

/// A name that both programs take.
fn is_name(name: &str) -> bool {
    name.len() <= 32
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Words of Stata that no variable may be called.
const RESERVED: [&str; 14] =
    ["byte", "double", "float", "if", "in", "int", "long", "using", "with", "str", "strL", "_all", "_n", "_N"];

#[test]
fn stata_names_and_labels_every_column_once() {
    // What `--headers` calls the columns makes no difference: they are taken by their order.
    let (script, _, columns) = scripts(&settings());
    assert_eq!(script, scripts(&settings().headers(Headers::Zh)).0);
    let tables: Vec<&str> = script.split("\nimport delimited").skip(1).collect();
    assert_eq!(tables.len(), 4);
    for (table, count) in tables.into_iter().zip(columns) {
        let rename = table.lines().find(|line| line.starts_with("rename (v1 ")).expect("names");
        let (old, new) =
            rename.trim_start_matches("rename (").trim_end_matches(')').split_once(") (").expect("two lists");
        let new: Vec<&str> = new.split(' ').collect();
        assert_eq!(old.rsplit(' ').next(), Some(format!("v{count}").as_str()));
        assert_eq!(new.len(), count);
        assert_eq!(new.iter().collect::<HashSet<_>>().len(), count);
        assert!(new.iter().all(|name| is_name(name) && !RESERVED.contains(name)), "{new:?}");
        for name in new {
            let label =
                table.lines().filter(|line| line.starts_with(&format!("label variable {name} \""))).collect::<Vec<_>>();
            let [label] = label[..] else { panic!("{name} has {} labels", label.len()) };
            let text = label.split_once('"').expect("a text").1.trim_end_matches('"');
            assert!(!text.is_empty() && text.chars().count() <= 80, "{label}");
        }
    }
    for line in script.lines() {
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
        assert!(!line.contains(['`', '$']), "{line}");
    }
}

#[test]
fn stata_labels_the_values_of_every_choice() {
    let (script, ..) = scripts(&settings());
    let states = script.lines().find(|line| line.starts_with("label define state ") && line.ends_with("modify"));
    assert_eq!(
        states,
        Some(
            "label define state 1 \"number 数值\" 2 \"blank 空白\" 3 \"not_applicable 不适用\" 4 \"unreadable 非数值\" \
             5 \"missing 无此单元格\" 6 \"ambiguous 位置不明\", modify"
        )
    );
    let encoded = script.lines().filter(|line| line.starts_with("encode ")).count();
    assert_eq!(encoded, 7, "state, by, level, status, severity, grade, verdict");
}

/// The script without its comments and texts; every text closes on its own line.
fn code(script: &str) -> String {
    let mut code = String::new();
    for line in script.lines() {
        let (mut quoted, mut escaped) = (false, false);
        for c in line.chars() {
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '#' if !quoted => break,
                c if !quoted => code.push(c),
                _ => {}
            }
        }
        assert!(!quoted, "a text is open: {line}");
        code.push('\n');
    }
    code
}

#[test]
fn the_r_script_closes_its_brackets_and_names_every_column() {
    let (_, script, columns) = scripts(&settings());
    let mut open = Vec::new();
    for c in code(&script).chars() {
        match c {
            '(' | '[' | '{' => open.push(c),
            ')' => assert_eq!(open.pop(), Some('(')),
            ']' => assert_eq!(open.pop(), Some('[')),
            '}' => assert_eq!(open.pop(), Some('{')),
            _ => {}
        }
    }
    assert!(open.is_empty());
    let tables: Vec<&str> = script.split("<- gongkai_load(").skip(1).collect();
    assert_eq!(tables.len(), 4);
    for (table, count) in tables.into_iter().zip(columns) {
        let lines: Vec<&str> = table.lines().filter(|line| line.starts_with("  c(\"")).collect();
        assert_eq!(lines.len(), count);
        for line in &lines {
            let name = line.trim_start_matches("  c(\"").split('"').next().expect("a name");
            assert!(is_name(name), "{line}");
            assert_eq!(line.matches("\", \"").count(), 5, "{line}");
        }
        assert_eq!(lines.iter().collect::<HashSet<_>>().len(), count);
    }
    assert!(script.contains("c(\"app_grant_tot\", \"numeric\", \"applications: granted: total\", "));
}
