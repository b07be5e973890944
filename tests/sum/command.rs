//! The command as a clerk uses it: a folder of files of all kinds.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::{path, texts};

/// Exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    let Output { status, stdout, stderr } =
        command.current_dir(folder).args(["--lang", "en", "sum"]).args(arguments).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// A folder with the clean units in `units`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("units")).expect("made");
    for (name, text) in texts() {
        fs::write(folder.path().join("units").join(name), text).expect("written");
    }
    folder
}

#[test]
fn a_clean_folder_is_shown_as_the_form_and_ends_well() {
    let folder = folder();
    let (code, out, err) = run(folder.path(), &["units", "--name", "示例县"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("Sum of 2023, form of 2021: 12 units added, 0 not\n"), "{out}");
    assert!(out.contains("示例县2023年政府信息公开工作年度报告") && out.contains("│ 行政许可       │"), "{out}");
    assert!(!out.contains("Findings"), "{out}");
}

#[test]
fn quietly_only_errors_are_said_and_files_are_written_all_the_same() {
    let folder = folder();
    fs::write(folder.path().join("units/none.txt"), "no report").expect("written");
    let (code, out, err) = run(folder.path(), &["units", "--name", "示例县", "-q", "-o", "quiet.csv"]);
    let out = out + &err;
    let (loud, shown, err) = run(folder.path(), &["units", "--name", "示例县", "-o", "loud.csv"]);
    let shown = shown + &err;
    assert_eq!(code, loud);
    assert!(shown.contains("units added") && !out.contains("units added"), "{out}\n{shown}");
    let read = |name: &str| fs::read(folder.path().join(name)).expect("written");
    assert_eq!(read("quiet.csv"), read("loud.csv"));
}

#[test]
fn outputs_do_not_depend_on_threads_and_are_no_units_of_the_next_run() {
    let folder = folder();
    let names = ["units/sum.docx", "units/sum.xlsx", "units/sum.csv", "units/sum.json"];
    let outputs: Vec<&str> = names.iter().flat_map(|name| ["-o", name]).collect();
    let mut bytes: Vec<Vec<Vec<u8>>> = Vec::new();
    for threads in ["1", "4", "1"] {
        let arguments = [&["units", "--threads", threads], &outputs[..]].concat();
        let (code, out, err) = run(folder.path(), &arguments);
        assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
        assert_eq!(err, "Sum of 2023, form of 2021: 12 units added, 0 not\n");
        bytes.push(names.iter().map(|name| fs::read(folder.path().join(name)).expect("written")).collect());
    }
    assert!(bytes[0] == bytes[1] && bytes[1] == bytes[2]);
    // Under another name, the sum of an earlier run is known for what it is.
    let (code, _, err) = run(folder.path(), &["units", "-o", "new.csv"]);
    assert_eq!(code, Some(1), "{err}");
    assert!(err.starts_with("Sum of 2023, form of 2021: 12 units added, 2 not\n"), "{err}");
    assert!(
        err.contains("error[unit_is_whole] (mandatory): sum.docx") && err.contains("“sum.xlsx” is not in the sum"),
        "{err}"
    );
}

#[test]
fn a_folder_of_all_kinds_of_files() {
    let folder = folder();
    let units = folder.path().join("units");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    // A scan, a notice, a picture, an archive, and a folder within.
    fs::copy(samples.join("pdf-scanned/input.pdf"), units.join("扫描.pdf")).expect("copied");
    fs::write(units.join("通知.txt"), "请于一月底前报送年度报告。").expect("written");
    fs::write(units.join("盖章.jpg"), "picture").expect("written");
    fs::create_dir(units.join("乡镇")).expect("made");
    fs::rename(units.join("10东山镇人民政府.txt"), units.join("乡镇/东山.txt")).expect("moved");
    // As a spreadsheet in China saves it.
    let (list, ..) = encoding_rs::GB18030.encode("单位名称,电话\r\n财政局,1\r\n审计局,2\r\n");
    fs::write(units.join("名单.csv"), list).expect("written");
    let (code, _, err) = run(folder.path(), &["units", "--units", "units/名单.csv", "-o", "sum.json"]);
    assert_eq!(code, Some(2), "{err}");
    for said in [
        "12 units added, 2 not",
        "扫描.pdf: not added: unreadable",
        "error[unit_unreadable] (mandatory): “扫描.pdf”",
        "通知.txt: not added: no report",
        "error[unit_missing] (mandatory): “审计局”",
        "warning[unit_unlisted] (confirm): “示例县东山镇人民政府” (乡镇/东山.txt)",
        "warning[files_passed_over] (confirm): files passed over, since their kinds are not read: 1 (.jpg 1).",
    ] {
        assert!(err.replace("\n    ", " ").contains(said), "{said} in {err}");
    }
    // The list is not among what was passed over, nor is 财政局 missing.
    assert!(!err.contains(".csv") && !err.contains("“财政局”"), "{err}");
}

#[test]
fn several_reports_in_one_file_all_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = texts().into_values().collect::<Vec<_>>().join("\n");
    fs::write(folder.path().join("all.txt"), all).expect("written");
    let (code, _, err) = run(folder.path(), &["all.txt", "-o", "sum.csv"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(err.starts_with("Sum of 2023, form of 2021: 12 units added, 0 not\n"), "{err}");
    let text = fs::read_to_string(folder.path().join("sum.csv")).expect("written");
    let whole = run(&super::path(""), &["units", "-o", &folder.path().join("whole.csv").display().to_string()]);
    assert_eq!(whole.0, Some(0), "{}", whole.2);
    assert_eq!(text, fs::read_to_string(folder.path().join("whole.csv")).expect("written"));
}

#[test]
fn against_a_draft_only_what_differs_is_shown() {
    let folder = folder();
    let draft = path("draft.txt").display().to_string();
    let (code, out, _) = run(folder.path(), &["units", "--against", &draft]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("hint[likely_cause] (confirm): “示例县水利局”"), "{out}");
    assert!(out.contains("第二十条第（五）项 / 行政许可 | 本年处理决定数量: the units add up to"), "{out}");
    assert!(!out.contains('│'), "{out}");
    let never = run(folder.path(), &["units", "--against", &draft, "--fail-on", "never"]);
    assert_eq!(never.0, Some(0));
}

#[test]
fn what_cannot_be_done_is_said_in_one_sentence() {
    let folder = folder();
    fs::create_dir(folder.path().join("empty")).expect("made");
    fs::write(folder.path().join("units/坏.docx"), "no archive").expect("written");
    let cases: [(&[&str], i32, &str); 7] = [
        (&["units", "-o", "sum.pdf"], 3, "expected a name that ends with .docx, .xlsx, .csv or .json"),
        (&["empty"], 2, "no report with a year and a table of the form was found"),
        (&["units", "--year", "1999"], 2, "no report of 1999 can be added"),
        (&["units", "--against", "units"], 2, "this is a folder"),
        (&["units", "--against", "units/坏.docx"], 2, "坏.docx"),
        (&["units", "--units", "nothing.txt"], 3, "there is no such file"),
        (&["nowhere"], 2, "nowhere: there is no such file or folder"),
    ];
    for (arguments, wanted, said) in cases {
        let (code, out, err) = run(folder.path(), arguments);
        assert_eq!((code, out.as_str()), (Some(wanted), ""), "{arguments:?}: {err}");
        assert!(err.contains(said), "{arguments:?}: {err}");
    }
}

#[test]
fn in_chinese_nothing_is_said_in_english() {
    let folder = folder();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    fs::copy(samples.join("pdf-scanned/input.pdf"), folder.path().join("units/扫描.pdf")).expect("copied");
    fs::copy(samples.join("bars-2019/input.txt"), folder.path().join("units/旧.txt")).expect("copied");
    fs::write(folder.path().join("units/盖章.jpg"), "picture").expect("written");
    let text = fs::read_to_string(folder.path().join("units/01财政局.txt")).expect("a unit");
    fs::write(folder.path().join("units/再.txt"), &text).expect("written");
    fs::write(folder.path().join("units/02教育局.txt"), text.replace("财政局", "教育局").replace("120", "见附件"))
        .expect("written");
    let draft = path("draft.txt").display().to_string();
    let arguments = ["--lang", "zh", "sum", "units", "--against", &draft, "-o", "a.docx", "-o", "a.json"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    let output = command.current_dir(folder.path()).args(arguments).output().expect("the program runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    // Names of files and codes of findings are what they are.
    let mut plain = said.replace(&draft, "");
    for name in [".pdf", ".txt", ".jpg", "Word", "JSON", "gongkai check"] {
        plain = plain.replace(name, "");
    }
    let plain: String = plain.split(['[', ']', '`']).step_by(2).collect();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2).collect();
    assert_eq!(words, Vec::<&str>::new(), "{said}");
}
