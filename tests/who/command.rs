//! `--place`, and names of folders and archives, through the built command.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const TITLE: &str = "政府信息公开工作年度报告";

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongkai")).args(["--lang", "en"]).args(args).output().expect("the command")
}

/// Source, code and what settled it, a line each.
fn places(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let line = |line: &str| {
        let record: Value = serde_json::from_str(line).expect("JSON");
        let source = record["source"].as_str().expect("a source");
        let name = source.rsplit('/').next().expect("a name");
        format!(
            "{name} {} {}",
            record["place"]["unit"]["code"].as_str().unwrap_or("-"),
            record["place"]["by"].as_str().unwrap_or("-")
        )
    };
    text.lines().map(line).collect()
}

fn write(path: &Path, title: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
    std::fs::write(path, format!("{title}\n一、总体情况\n平稳。\n二、主动公开政府信息情况\n无。\n")).expect("writable");
}

fn folder() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(&root.path().join("in/福州市/1.txt"), &format!("鼓楼区人民政府2021年{TITLE}"));
    write(&root.path().join("in/开封市/2.txt"), &format!("鼓楼区人民政府2021年{TITLE}"));
    write(&root.path().join("in/3.txt"), &format!("示例镇人民政府2021年{TITLE}"));
    root
}

#[test]
fn folders_tell_districts_of_one_name_apart() {
    let root = folder();
    let inputs = root.path().join("in");
    let output = run(&["extract", "--quiet", inputs.to_str().expect("UTF-8")]);
    assert_eq!(places(&output), ["3.txt - -", "2.txt 410204 path", "1.txt 350102 path"]);
}

#[test]
fn a_table_of_places_overrides_what_it_names() {
    let root = folder();
    let (inputs, table) = (root.path().join("in"), root.path().join("places.csv"));
    std::fs::write(&table, "\u{feff}source,code,note\n福州市/*,320106,as asked\n3.txt,440203,\n").expect("writable");
    let (inputs, table) = (inputs.to_str().expect("UTF-8"), table.to_str().expect("UTF-8"));
    let output = run(&["extract", "--quiet", inputs, "--place", table]);
    assert_eq!(places(&output), ["3.txt 440203 option", "2.txt 410204 path", "1.txt 320106 option"]);
    let output = run(&["extract", "--quiet", inputs, "--place", "440203"]);
    assert_eq!(places(&output), ["3.txt 440203 option", "2.txt 440203 option", "1.txt 440203 option"]);
}

#[test]
fn what_is_no_place_is_said_before_anything_is_read() {
    let root = folder();
    let table = root.path().join("places.csv");
    std::fs::write(&table, "source,code\na,999999\n").expect("writable");
    let (inputs, table) = (root.path().join("in"), table.to_str().expect("UTF-8").to_owned());
    for (place, said) in
        [("999999", "no code of a division"), (table.as_str(), "line 2"), ("missing.csv", "no such file")]
    {
        for command in ["extract", "check"] {
            let output = run(&[command, inputs.join("3.txt").to_str().expect("UTF-8"), "--place", place]);
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(3), "{command} {place}: {stderr}");
            assert!(stderr.contains(said) && output.stdout.is_empty(), "{stderr}");
        }
    }
}

#[test]
fn a_resumed_run_knows_that_a_name_or_a_place_changed() {
    let root = folder();
    let (inputs, out) = (root.path().join("in"), root.path().join("out"));
    let (from, to) = (inputs.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    let rows = |more: &[&str]| {
        let output = run(&[&["extract", "--quiet", from, "--out", to, "--format", "csv,jsonl"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let mut reader = csv::Reader::from_path(out.join("reports.csv")).expect("reports.csv");
        let headers = reader.headers().expect("headers").clone();
        let at = |name: &str| headers.iter().position(|header| header == name).expect("a column");
        let (code, by, level) = (at("place_code"), at("place_by"), at("level"));
        let rows = reader.records().map(|row| row.expect("a row"));
        rows.map(|row| format!("{} {} {}", &row[code], &row[by], &row[level])).collect::<Vec<_>>()
    };
    assert_eq!(rows(&[]), ["  township", "410204 path county", "350102 path county"]);
    std::fs::rename(inputs.join("开封市"), inputs.join("徐州市")).expect("renamed");
    assert_eq!(rows(&["--resume"]), ["  township", "320302 path county", "350102 path county"]);
    assert_eq!(rows(&["--resume", "--place", "440203"])[0], "440203 option township");
    assert_eq!(rows(&["--resume"]), ["  township", "320302 path county", "350102 path county"]);
}

#[test]
fn show_names_the_place() {
    let root = folder();
    let file = root.path().join("in/福州市/1.txt");
    let file = file.to_str().expect("UTF-8");
    let text = String::from_utf8_lossy(&run(&["show", file]).stdout).into_owned();
    assert!(text.contains("place: 福建省福州市鼓楼区 350102"), "{text}");
    let text = String::from_utf8_lossy(&run(&["show", file, "--place", "410204"]).stdout).into_owned();
    assert!(text.contains("place: 河南省开封市鼓楼区 410204"), "{text}");
}
