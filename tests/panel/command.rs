//! The commands as they are used.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use calamine::{Reader, Xlsx};

use crate::sets::File;
use crate::{sample, sets};

struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    let ended = command.current_dir(folder).args(["--lang", "en"]).args(arguments).stdin(Stdio::null()).output();
    let ended = ended.expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ended { code: ended.status.code(), out: text(ended.stdout), err: text(ended.stderr) }
}

/// A folder with the planted set unpacked below `files`, and what extract makes of it in `run`: for all tests, each of
/// which writes into a folder of its own.
fn planted() -> &'static Path {
    static SHARED: OnceLock<tempfile::TempDir> = OnceLock::new();
    let shared = SHARED.get_or_init(|| {
        let folder = unpacked(sets::planted());
        assert_eq!(run(folder.path(), &["extract", "files", "--out", "run", "-q"]).code, Some(0));
        folder
    });
    shared.path()
}

fn unpacked(files: Vec<File>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join("files").join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("a CSV file");
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_panel_is_the_same_from_files_and_from_an_earlier_run() {
    let path = planted();
    let ended = run(path, &["panel", "files", "--out", "a", "--threads", "1"]);
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert!(ended.err.contains("56 files read"), "{}", ended.err);
    let again = run(path, &["panel", "files", "--out", "b", "--threads", "4"]);
    assert_eq!(ended.out, again.out);
    let of_run = run(path, &["panel", "run", "--out", "c"]);
    assert_eq!(ended.out, of_run.out, "{}", of_run.err);
    for file in ["panel.csv", "coverage.csv"] {
        let first = read(&path.join("a").join(file));
        assert_eq!(first, read(&path.join("b").join(file)), "{file}");
        assert_eq!(first, read(&path.join("c").join(file)), "{file}");
    }
    let lines = run(path, &["panel", "run/reports.jsonl", "--out", "d", "-q"]);
    assert_eq!((lines.code, lines.out.as_str()), (Some(1), ""));
}

#[test]
fn the_tables_say_what_is_there() {
    let path = planted();
    run(
        path,
        &["panel", "run", "--out", "tables", "--format", "csv,xlsx", "--figures", "app_new_tot,proactive.fees.amount"],
    );
    let coverage = rows(&path.join("tables/coverage.csv"));
    assert_eq!(coverage[0], ["organ", "2019", "2020", "2021", "2022", "2023", "2024"]);
    let of = |organ: &str| coverage.iter().find(|row| row[0] == organ).expect("a line")[1..].to_vec();
    assert_eq!(of("示例市水利局"), ["ok", "missing", "ok", "ok", "ok", "ok"]);
    assert_eq!(of("示例市卫生健康委员会"), ["", "", "ok", "scanned", "ok", ""]);
    let panel = rows(&path.join("tables/panel.csv"));
    assert_eq!(panel[0][..5], ["organ", "year", "state", "place", "level"]);
    let hall = panel.iter().find(|row| row[0] == "示例市教育局").expect("a line");
    assert_eq!(hall[3..5], ["", "department"], "no table has 示例市");
    assert_eq!(panel[0][13..], ["proactive.fees.amount", "applications.new_received.total"]);
    let line = panel.iter().find(|row| row[0] == "示例市东区河口镇人民政府" && row[1] == "2020").expect("a line");
    assert_eq!(line[13..], ["", "0"], "no question of its edition, and a real zero");
    let missing = panel.iter().find(|row| row[2] == "missing").expect("a line");
    assert_eq!((missing[0].as_str(), missing[1].as_str(), missing[7].as_str()), ("示例市水利局", "2020", ""));
    let mut book: Xlsx<_> = calamine::open_workbook(path.join("tables/panel.xlsx")).expect("a workbook");
    assert_eq!(book.sheet_names(), ["panel", "coverage", "findings"]);
    let sheet = book.worksheet_range("coverage").expect("a sheet");
    assert_eq!(sheet.height(), coverage.len());
}

#[test]
fn findings_have_the_columns_of_extract() {
    let path = planted();
    run(path, &["panel", "run", "--out", "findings"]);
    let (ours, theirs) = (rows(&path.join("findings/findings.csv")), rows(&path.join("run/findings.csv")));
    assert_eq!(ours[0], theirs[0]);
    let carried = ours.iter().find(|row| row[5] == "applications.carried_in.natural_person").expect("a row");
    assert_eq!(carried[..5], ["2023年/示例市人民政府.txt", "1", "error", "mandatory", "carry_over"]);
    assert_eq!(carried[7..13], ["1", "2", "", "2", "5", "2"], "expected, found, and the place of the figure");
}

#[test]
fn waivers_and_places_are_taken_as_extract_takes_them() {
    let path = planted();
    let waivers = "code,reason,date\nmagnitude_jump,集中填报,2024-03-01\ncarry_over,台账,2024-03-01\n";
    fs::write(path.join("waivers.csv"), waivers).expect("written");
    fs::write(path.join("places.csv"), "文件,代码\n没有.txt,440203\n").expect("written");
    let ended = run(path, &["panel", "run", "--waivers", "waivers.csv", "--place", "places.csv", "--out", "waived"]);
    assert!(ended.err.contains("line 2 (`没有.txt`)"), "{}", ended.err);
    let findings = rows(&path.join("waived/findings.csv"));
    let of = |code: &str| findings.iter().filter(|row| row[4] == code).collect::<Vec<_>>();
    assert!(!of("carry_over").is_empty() && of("carry_over").iter().all(|row| row[14].is_empty()));
    assert!(!of("magnitude_jump").is_empty() && of("magnitude_jump").iter().all(|row| row[14] == "集中填报"));
    assert_eq!(of("waiver_refused").len(), 1);
}

#[test]
fn bounds_and_lists_say_what_should_be_there() {
    let path = planted();
    fs::write(path.join("list.txt"), "# all\n示例市教育局\n示例市统计局\n").expect("written");
    let ended = run(path, &["panel", "run", "--from", "2022", "--to", "2025", "--organs", "list.txt"]);
    assert!(ended.out.contains("示例市统计局 is on the list, but no report"), "{}", ended.out);
    assert!(ended.out.contains("no report of 示例市教育局 for 2025 was found"), "{}", ended.out);
    assert!(!ended.out.contains(" 2021:"), "{}", ended.out);
    assert!(ended.out.contains("reports of other years left out"), "{}", ended.out);
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_done() {
    let folder = unpacked(sets::planted().into_iter().filter(|(name, _)| name.contains("水利局")).collect());
    let path = folder.path();
    fs::create_dir(path.join("files/2020年")).expect("made");
    fs::write(path.join("files/2020年/示例市水利局.docx"), b"PK\x03\x04 no archive").expect("written");
    let ended = run(path, &["panel", "files", "--out", "out"]);
    assert_eq!(ended.code, Some(2));
    let coverage = rows(&path.join("out/coverage.csv"));
    let line = coverage.iter().find(|row| row[0] == "示例市水利局").expect("a line");
    assert_eq!(line[2], "unreadable");
    let findings = read(&path.join("out/findings.csv"));
    assert!(findings.contains("2020年/示例市水利局.docx,,error,mandatory,unreadable_file"), "{findings}");
    assert!(!findings.contains("year_gap"));
    // The same of the run of extract, which has no line for the file.
    assert_eq!(run(path, &["extract", "files", "--out", "run", "-q"]).code, Some(2));
    run(path, &["panel", "run", "--out", "of-run"]);
    assert_eq!(read(&path.join("of-run/coverage.csv")), read(&path.join("out/coverage.csv")));
}

#[test]
fn a_run_of_extract_is_not_overwritten() {
    let path = planted();
    let before = read(&path.join("run/findings.csv"));
    let ended = run(path, &["panel", "files", "--out", "run"]);
    assert_eq!(ended.code, Some(3), "{}", ended.err);
    assert_eq!(read(&path.join("run/findings.csv")), before);
}

#[test]
fn outputs_within_the_inputs_are_no_inputs() {
    let folder = unpacked(sets::clean().into_iter().filter(|(name, _)| name.contains("教育局")).collect());
    let path = folder.path();
    let first = run(path, &["panel", "files", "--out", "files/out", "--format", "csv,xlsx"]);
    let second = run(path, &["panel", "files", "--out", "files/out", "--format", "csv,xlsx"]);
    assert_eq!(first.out, second.out);
}

#[test]
fn a_clean_panel_ends_well() {
    let sample = sample("panel-clean.zip");
    let ended = run(Path::new("."), &["panel", sample.to_str().expect("UTF-8"), "--fail-on", "warning"]);
    assert_eq!(ended.code, Some(0), "{}", ended.out);
    assert!(
        ended.out.ends_with("11 organs, 6 years, 35 reports; across them 0 errors, 0 warnings, 0 notes\n"),
        "{}",
        ended.out
    );
}

// ---- compare ----

fn compared(arguments: &[&str]) -> Ended {
    let clean = sample("panel-clean.zip");
    let clean = clean.to_str().expect("UTF-8");
    let arguments: Vec<&str> = ["compare", clean, clean].iter().chain(arguments).copied().collect();
    run(Path::new("."), &arguments)
}

#[test]
fn two_years_of_an_organ_side_by_side() {
    let ended = compared(&["--first", "示例市教育局 2020", "--second", "示例市教育局 2021", "--format", "csv"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let mut reader = csv::Reader::from_reader(ended.out.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let of = |name: &str| rows.iter().find(|row| &row[1] == name).expect("a row");
    // Papers of the set: what was written down is what is compared.
    let papers = crate::make::chain("示例市教育局", 2019..=2024);
    let (before, now): (u32, u32) = (papers[1].new_received.iter().sum(), papers[2].new_received.iter().sum());
    let row = of("applications.new_received.total");
    assert_eq!(
        [&row[5], &row[8], &row[12]],
        [before.to_string(), now.to_string(), (i64::from(now) - i64::from(before)).to_string()]
    );
    let only = of("proactive.licensing.items_last_year");
    assert_eq!([&only[6], &only[9], &only[12], &only[13]], ["number", "not_asked", "", ""]);
    let section = of("problems");
    assert!(section[14].starts_with("0.") && &section[0] == "section", "{section:?}");
}

#[test]
fn json_holds_what_text_shows() {
    let which = ["--first", "示例市东区 2023", "--second", "示例市东区政府"];
    let ended = compared(&[&which[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!((&json["first"]["year"], &json["second"]["year"]), (&2023.into(), &2022.into()));
    let figures = json["figures"].as_array().expect("figures");
    let zero = figures.iter().find(|figure| figure["field"] == "proactive.rules.issued").expect("a figure");
    assert_eq!((zero["difference"].as_i64(), zero["percent"].is_null()), (Some(0), true), "no percentage of 0");
    let text = compared(&which).out;
    assert!(text.contains("[-2023-]{+2022+}"), "{text}");
    assert!(text.contains("figures the same in both"), "{text}");
    let all = compared(&[&which[..], &["--all"]].concat()).out;
    assert!(all.contains("本年收费金额（单位：万元）") && all.len() > text.len());
}

#[test]
fn which_report_is_meant_must_be_clear() {
    let ended = compared(&["--first", "2020", "--second", "1"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("choose with --first or --second"), "{}", ended.err);
    let ended = compared(&["--first", "1", "--second", "无此机关"]);
    assert!(ended.err.contains("no report that is “无此机关”"), "{}", ended.err);
    assert_eq!(compared(&["--first", "1", "--second", "2"]).code, Some(0));
}

#[test]
fn records_of_an_earlier_run_can_be_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let clean = sample("panel-clean.zip");
    let clean = clean.to_str().expect("UTF-8");
    run(path, &["extract", clean, "--out", "run", "-q"]);
    let which = ["--first", "示例市教育局 2020", "--second", "示例市教育局 2021"];
    let of_run = run(path, &[&["compare", "run", "run/reports.jsonl"], &which[..]].concat());
    let of_files = run(path, &[&["compare", clean, clean], &which[..]].concat());
    // A run names its files as it was given them.
    let body = |ended: &Ended| ended.out.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(body(&of_run), body(&of_files));
    assert_eq!(of_run.code, Some(0), "{}", of_run.err);
}
