//! What people and accidents hand the built command: each case ends with the right exit code and
//! one sentence that says what is wrong and what to do.
#![allow(clippy::disallowed_methods, reason = "a test prepares files and looks at those left")]

#[path = "support/docx.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::{Builder, document_xml, p};

/// The smallest text in which one figure is found.
const REPORT: &str = "示例县人民政府2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\
    第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 41 |\n";

struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.current_dir(folder).env("LC_ALL", "en_US.UTF-8").args(arguments).stdin(Stdio::null());
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

/// Every command that reads a report refuses the bytes with this one sentence in each language.
#[track_caller]
fn refused(name: &str, bytes: &[u8], en: &str, zh: &str) {
    let folder = folder();
    fs::write(folder.path().join(name), bytes).expect("written");
    for (lang, sentence) in [("en", format!("error: {name}: {en}\n")), ("zh", format!("错误：{name}：{zh}\n"))] {
        for command in [&["extract", "--quiet"][..], &["check"], &["show"], &["explain", "--"]] {
            let mut arguments = [&["--lang", lang][..], command, &[name]].concat();
            arguments.extend((command[0] == "explain").then_some("proactive.rules.issued"));
            let ended = run(folder.path(), &arguments);
            assert_eq!((ended.code, ended.stderr.as_str()), (Some(2), sentence.as_str()), "{arguments:?}");
        }
    }
}

/// The file is read, and this is what is said of it in English and Chinese.
#[track_caller]
fn told(name: &str, bytes: &[u8], code: &str, zh: &str) -> String {
    let folder = folder();
    fs::write(folder.path().join(name), bytes).expect("written");
    let english = run(folder.path(), &["check", "--fail-on", "never", name]);
    assert_eq!((english.code, english.stderr.as_str()), (Some(0), ""));
    let grade = gongkai::finding::Code::of_name(code).expect("a code").entry().grade.name();
    assert!(english.stdout.contains(&format!("[{code}] ({grade}): ")), "{}", english.stdout);
    let chinese = run(folder.path(), &["check", "--lang", "zh", "--fail-on", "never", name]);
    assert!(chinese.stdout.contains(zh), "{}", chinese.stdout);
    english.stdout
}

// ---- files ----

#[test]
fn an_empty_file() {
    let (en, zh) = ("it is empty (0 bytes); get it again from its source", "内容为空（0 字节）；请从来源重新获取");
    refused("空.docx", b"", en, zh);
    refused("a b.txt", b"", en, zh);
}

#[test]
fn a_picture_named_as_a_document() {
    refused(
        "picture.docx",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "the file is a PNG picture, which is not read (not ofd: not a zip archive; not docx: neither a zip archive nor XML; not doc: no OLE container; not rtf: it does not begin with {\\rtf; not odt: neither a zip archive nor XML; not sheet: neither a zip archive nor a workbook of Excel; not pdf: no mark of a PDF file; not html: no tag of a page in its first 16 KiB; not text: a PNG picture); convert it to .docx or UTF-8 text",
        "无法读取此类文件：PNG 图片（不是 ofd：不是 zip 压缩包；不是 docx：既非 zip 压缩包，也非 XML；不是 doc：并非 OLE 容器；不是 rtf：开头不是 {\\rtf；不是 odt：既非 zip 压缩包，也非 XML；不是 sheet：既非 zip 压缩包，也非 Excel 工作簿；不是 pdf：没有 PDF 文件标记；不是 html：开头部分没有网页标签；不是 text：PNG 图片）；请转换为 .docx 或 UTF-8 文本",
    );
}

#[test]
fn bytes_that_are_nothing() {
    refused(
        "nul.txt",
        &[0; 300],
        "the format is not one that is read (not ofd: not a zip archive; not docx: neither a zip archive nor XML; not doc: no OLE container; not rtf: it does not begin with {\\rtf; not odt: neither a zip archive nor XML; not sheet: neither a zip archive nor a workbook of Excel; not pdf: no mark of a PDF file; not html: no tag of a page in its first 16 KiB; not text: binary data: 300 of its first 300 characters are control characters); convert it to .docx or UTF-8 text",
        "不支持的文件格式（不是 ofd：不是 zip 压缩包；不是 docx：既非 zip 压缩包，也非 XML；不是 doc：并非 OLE 容器；不是 rtf：开头不是 {\\rtf；不是 odt：既非 zip 压缩包，也非 XML；不是 sheet：既非 zip 压缩包，也非 Excel 工作簿；不是 pdf：没有 PDF 文件标记；不是 html：开头部分没有网页标签；不是 text：二进制数据：开头300个字符中有300个控制字符）；请转换为 .docx 或 UTF-8 文本",
    );
}

#[test]
fn an_archive_cut_off_within_its_first_parts() {
    let whole = Builder::new(&p("a")).bytes();
    refused(
        "cut.docx",
        &whole[..200],
        "the docx file is damaged: the directory of the zip archive cannot be read; it may have been cut off (invalid Zip archive: Could not find EOCD); get it again, or open it in Word or WPS and save it anew",
        "docx 文件已损坏：zip 压缩包的目录无法读取，文件可能被截断（找不到完整的目录）；请重新获取，或用 Word、WPS 打开后另存",
    );
}

#[test]
fn an_archive_cut_off_after_its_text_is_read_as_far_as_it_goes() {
    let whole = Builder::new(&(p("示例县人民政府2021年政府信息公开工作年度报告") + &p("一、总体情况"))).bytes();
    let zh =
        "警告[partial_file]（强制性）：文件在中途断开：zip 压缩包的目录无法读取，文件可能被截断（找不到完整的目录）。";
    told("cut.docx", &whole[..whole.len() - 30], "partial_file", zh);
}

#[test]
fn a_bomb_by_its_ratio() {
    refused(
        "bomb.docx",
        &Builder::new(&p(&" ".repeat(30_000_000))).bytes(),
        "the file passes the limit ratio (unpacked size by packed size of one part): allowed 200, found 201 or more; it may be hostile: if you trust it, raise the limit with `--limit ratio=NUMBER`",
        "文件超过限制 ratio（单个部件的压缩倍数）：上限 200，实际至少 201；文件可能有恶意，如确认可信，请用 `--limit ratio=数值` 提高上限",
    );
}

/// Word's XML of some length that does not pack well.
fn long() -> Vec<u8> {
    let mut seed = 1_u64;
    let mut figure = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{seed:016x}")
    };
    Builder::new(&p(&(0..20_000).map(|_| figure()).collect::<String>())).bytes()
}

#[test]
fn a_bomb_by_its_size() {
    let folder = folder();
    fs::write(folder.path().join("long.docx"), long()).expect("written");
    let ended = run(folder.path(), &["check", "long.docx", "--limit", "part_bytes=300000"]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains(
            "the limit part_bytes (bytes of one unpacked part): allowed 300000 (usually 67108864; `--limit memory` lowers it, too), found 300001 or more; it may be hostile"
        ),
        "{}",
        ended.stderr
    );
    assert_eq!(run(folder.path(), &["check", "long.docx", "--limit", "part_bytes=400000"]).code, Some(0));
}

#[test]
fn a_limit_that_was_lowered_says_what_it_usually_is() {
    let folder = folder();
    let bytes = Builder::new(&p("1").repeat(2_050)).bytes();
    fs::write(folder.path().join("long.docx"), bytes).expect("written");
    let lowered = "allowed 2000 (usually 1000000; `--limit memory` lowers it, too), found 2001 or more";
    for (limit, said) in
        [("paragraphs=2000", lowered), ("memory=2000000", lowered), ("paragraphs=2049", "allowed 2049 (")]
    {
        let ended = run(folder.path(), &["check", "long.docx", "--limit", limit]);
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        assert!(ended.stderr.contains(said), "{}", ended.stderr);
    }
    let ended = run(folder.path(), &["--lang", "zh", "check", "long.docx", "--limit", "paragraphs=2000"]);
    assert!(ended.stderr.contains("上限 2000（默认 1000000，`--limit memory` 也会降低该上限）"), "{}", ended.stderr);
    // Memory has no part in how deep a file nests.
    let nested = "<w:sdt>".repeat(50) + &"</w:sdt>".repeat(50);
    fs::write(folder.path().join("deep.docx"), Builder::new(&nested).bytes()).expect("written");
    let ended = run(folder.path(), &["check", "deep.docx", "--limit", "depth=40"]);
    assert!(ended.stderr.contains("allowed 40 (usually 2000), found"), "{}", ended.stderr);
}

#[test]
fn a_million_elements_within_one_another() {
    let depth = 1_000_000;
    let bytes = Builder::new(&("<w:sdt>".repeat(depth) + &"</w:sdt>".repeat(depth))).bytes();
    let folder = folder();
    fs::write(folder.path().join("deep.docx"), bytes).expect("written");
    for (limit, name) in [("ratio=200", "ratio"), ("ratio=2000", "depth")] {
        let ended = run(folder.path(), &["check", "deep.docx", "--limit", limit]);
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        assert!(ended.stderr.contains(&format!("the file passes the limit {name} (")), "{}", ended.stderr);
    }
    // Whoever raises both gets an answer, not a crash.
    let ended = run(folder.path(), &["check", "deep.docx", "--limit", "ratio=2000", "--limit", "depth=2000000"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

#[test]
fn entities_that_name_entities() {
    let entities: String =
        (1..10).map(|at| format!("<!ENTITY l{at} \"{}\">", format!("&l{};", at - 1).repeat(10))).collect();
    let head = format!("<!DOCTYPE x [<!ENTITY l0 \"bomb\">{entities}]><w:document");
    let xml = document_xml(&p("&l9;")).replacen("<w:document", &head, 1);
    told(
        "bomb.docx",
        &Builder::of_main("word/document.xml", xml.into_bytes()).bytes(),
        "not_a_report",
        "请确认文件是否正确",
    );
}

#[test]
fn a_table_of_a_hundred_million_cells_by_its_spans() {
    let cell = format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>{}</w:tc>"#, p("1"));
    let table = format!("<w:tbl><w:tr>{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>");
    let said =
        told("wide.docx", &Builder::new(&table).bytes(), "span_clamped", "有2个合并单元格声明的列数超过256列，已截断");
    assert!(said.contains("table 1: 2 merged cells claim more than 256 columns; they were cut"), "{said}");
}

#[test]
fn a_report_without_tables() {
    let prose = p("示例县人民政府2021年政府信息公开工作年度报告") + &p("一、总体情况") + &p("本年度工作有序开展。");
    told("prose.docx", &Builder::new(&prose).bytes(), "no_tables", "警告[no_tables]（核实性）：没有找到任何版式的表格");
}

#[test]
fn a_document_without_a_word() {
    told("blank.docx", &Builder::new("").bytes(), "not_a_report", "警告[not_a_report]（核实性）：");
}

#[test]
fn text_in_many_encodings() {
    let traditional = REPORT.replace('开', "開").replace('报', "報").replace('县', "縣").replace('项', "項");
    let traditional =
        traditional.replace('动', "動").replace("处理决", "處理決").replace('数', "數").replace('许', "許");
    let utf16: Vec<u8> = REPORT.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, charset) in [
        (encoding_rs::GB18030.encode(REPORT).0.into_owned(), "GB18030"),
        (encoding_rs::BIG5.encode(&traditional.replace('内', "內")).0.into_owned(), "Big5"),
        (utf16, "UTF-16BE"),
    ] {
        let said = told("r.txt", &bytes, "charset_guessed", &format!("文件未注明编码，按 {charset} 读取"));
        assert!(said.contains(&format!("it was read as {charset}.")), "{said}");
        let folder = folder();
        fs::write(folder.path().join("r.txt"), &bytes).expect("written");
        let ended = run(folder.path(), &["explain", "r.txt", "proactive.licensing.decisions"]);
        assert!(ended.stdout.contains("41 件"), "{charset}: {}{}", ended.stdout, ended.stderr);
    }
}

#[test]
fn gb18030_broken_in_the_middle() {
    let (bytes, ..) = encoding_rs::GB18030.encode(REPORT);
    let broken = [&bytes[..30], b"\xff\x20\xff", &bytes[30..]].concat();
    told("r.txt", &broken, "undecodable_text", "有2处字节不是 GB18030 文字，均读作“\u{fffd}”");
}

// ---- names and places ----

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    for (to, name) in [("gone.txt", "dangling.txt"), ("ring.txt", "gnir.txt"), ("gnir.txt", "ring.txt")] {
        symlink(to, folder.path().join(name)).expect("a link");
        for command in ["extract", "check", "show"] {
            let ended = run(folder.path(), &[command, name]);
            let sentence =
                format!("error: {name}: it is a link that leads to no file; mend the link, or name the file itself\n");
            assert_eq!(ended.code, Some(2));
            assert!(ended.stderr.starts_with(&sentence), "{}", ended.stderr);
        }
    }
    let walked = run(folder.path(), &["extract", "--lang", "zh", "-q", "."]);
    assert_eq!((walked.code, walked.stderr.matches("这是链接，但没有指向任何文件；请修复链接").count()), (Some(2), 3));
}

#[test]
fn names_with_spaces_chinese_and_leading_dashes() {
    let folder = folder();
    fs::create_dir(folder.path().join("年 报")).expect("a folder");
    for name in ["年 报/报告 一.txt", "-x.txt", "--lang.txt"] {
        fs::write(folder.path().join(name), REPORT).expect("written");
    }
    let ended =
        run(folder.path(), &["extract", "--out", "结 果", "--json-each", "--", "年 报", "-x.txt", "--lang.txt"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.starts_with("3 files read, 3 reports\n"), "{}", ended.stderr);
    let each = names(&folder.path().join("结 果/reports"));
    assert_eq!(each, ["--lang.txt-1.json", "-x.txt-1.json", "报告 一.txt-1.json"]);
    let misread = run(folder.path(), &["extract", "-x.txt"]);
    assert_eq!(misread.code, Some(3));
    assert!(misread.stderr.contains("-- -x"), "{}", misread.stderr);
}

#[test]
fn no_input_and_empty_names_are_misuse() {
    let folder = folder();
    for arguments in [&["extract"][..], &["extract", ""], &["check", ""], &["extract", "x", "--out", ""]] {
        let ended = run(folder.path(), arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(3), ""), "{arguments:?}");
        assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    }
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn standard_input_without_a_byte_is_named() {
    for command in ["extract", "check", "show"] {
        let ended = run(folder().path(), &["--lang", "zh", command, "-"]);
        assert_eq!(ended.code, Some(2));
        assert!(ended.stderr.starts_with("错误：标准输入：内容为空（0 字节）；请"), "{}", ended.stderr);
    }
}

#[test]
fn a_file_named_twice_counts_once() {
    let folder = folder();
    fs::write(folder.path().join("r.txt"), REPORT).expect("written");
    let ended = run(folder.path(), &["extract", "r.txt", "./r.txt", "--out", "out"]);
    assert!(ended.stderr.starts_with("1 file read, 1 report, 1 reached twice\n"), "{}", ended.stderr);
    let ended = run(folder.path(), &["check", "r.txt", "./r.txt", "gone.txt", "gone.txt"]);
    let warnings: Vec<&str> = ended.stderr.lines().filter(|line| line.starts_with("warning: ")).collect();
    assert_eq!(
        warnings,
        [
            "warning: ./r.txt: it was named twice and is checked once",
            "warning: gone.txt: it was named twice and is checked once"
        ]
    );
    assert!(ended.stdout.contains("\n2 files, 1 report: "), "{}", ended.stdout);
}

// ---- outputs ----

#[test]
fn an_output_folder_that_is_a_file_or_a_device() {
    let folder = folder();
    fs::write(folder.path().join("r.txt"), REPORT).expect("written");
    let mut places = vec!["r.txt".to_owned(), "r.txt/below".to_owned()];
    places.extend(cfg!(target_os = "linux").then(|| "/dev/full".to_owned()));
    for place in places {
        let ended = run(folder.path(), &["extract", "r.txt", "--out", &place]);
        assert_eq!(ended.code, Some(3));
        assert_eq!(ended.stderr, format!("error: {place}: expected a folder, found a file; name another folder\n"));
    }
    assert_eq!(fs::read_to_string(folder.path().join("r.txt")).expect("there"), REPORT);
    assert_eq!(names(folder.path()), ["r.txt"]);
}

#[test]
fn an_output_folder_within_the_input_and_the_input_itself() {
    let folder = folder();
    fs::create_dir(folder.path().join("in")).expect("a folder");
    fs::write(folder.path().join("in/r.txt"), REPORT).expect("written");
    fs::write(folder.path().join("in/mine.csv"), "mine").expect("written");
    for out in ["in/out", "in/out", "in", "in"] {
        let ended = run(folder.path(), &["extract", "in", "--out", out]);
        assert_eq!(ended.code, Some(0));
        assert!(ended.stderr.starts_with("1 file read, 1 report\n"), "{}", ended.stderr);
        let rows = fs::read_to_string(folder.path().join(out).join("reports.csv")).expect("written");
        assert_eq!(rows.lines().count(), 2, "{rows}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("in/mine.csv")).expect("there"), "mine");
    assert_eq!(
        names(&folder.path().join("in")),
        [
            ".gongkai",
            "cells.csv",
            "claims.csv",
            "findings.csv",
            "manifest.json",
            "mine.csv",
            "out",
            "r.txt",
            "reports.csv",
            "reports.jsonl"
        ]
    );
}

/// A limit on the size of a file stands for the full disk; it is in blocks of 512 or 1024 bytes.
#[cfg(unix)]
fn short_of_room(folder: &Path, blocks: u32, arguments: &[&str]) -> Ended {
    let script = format!("ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_gongkai")]).args(arguments);
    let Output { status, stdout, stderr } =
        command.current_dir(folder).env("LC_ALL", "en_US.UTF-8").output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_in_the_middle_of_a_run() {
    let folder = folder();
    fs::write(folder.path().join("r.txt"), REPORT).expect("written");
    assert_eq!(run(folder.path(), &["extract", "r.txt", "--out", "out", "--json-each"]).code, Some(0));
    let before: Vec<Vec<u8>> = ["cells.csv", "reports/r.txt-1.json"]
        .iter()
        .map(|name| fs::read(folder.path().join("out").join(name)).expect("there"))
        .collect();
    for (lang, sentence) in [
        (
            "en",
            "could not be written (the file would be too large); make room, or name a place on another disk; what was there before is untouched\n",
        ),
        ("zh", "无法写入（文件过大）；请腾出空间，或指定其他磁盘上的位置；原有内容未改动\n"),
    ] {
        // Every header fits, the rows of one report do not.
        let ended =
            short_of_room(folder.path(), 24, &["--lang", lang, "extract", "r.txt", "--out", "out", "--json-each"]);
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        let mut lines = ended.stderr.lines();
        assert!(lines.next().is_some_and(|line| line.ends_with(sentence.trim_end())), "{}", ended.stderr);
        // The journal had room for what was read.
        assert!(lines.next().is_some_and(|line| line.contains("--resume")), "{}", ended.stderr);
        assert_eq!(lines.next(), None);
    }
    let after: Vec<Vec<u8>> = ["cells.csv", "reports/r.txt-1.json"]
        .iter()
        .map(|name| fs::read(folder.path().join("out").join(name)).expect("there"))
        .collect();
    assert!(before == after);
    assert_eq!(
        names(&folder.path().join("out")),
        [
            ".gongkai",
            "cells.csv",
            "claims.csv",
            "findings.csv",
            "manifest.json",
            "reports",
            "reports.csv",
            "reports.jsonl"
        ]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_to_a_full_disk() {
    let folder = folder();
    fs::write(folder.path().join("r.txt"), REPORT).expect("written");
    for command in
        [&["extract", "r.txt"][..], &["check", "r.txt"], &["check", "r.txt", "--format", "sarif"], &["show", "r.txt"]]
    {
        let full = fs::File::options().write(true).open("/dev/full").expect("a device");
        let mut program = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        let ended =
            program.args(["--lang", "zh"]).args(command).current_dir(&folder).stdout(full).output().expect("runs");
        assert_eq!(ended.status.code(), Some(2), "{command:?}");
        assert_eq!(
            String::from_utf8_lossy(&ended.stderr),
            "错误：标准输出：无法写入（磁盘已满）；请腾出空间，或指定其他磁盘上的位置\n"
        );
    }
}

/// A device of this test's own would need rights; a pipe with a name is as little a file.
#[cfg(unix)]
#[test]
fn pipes_are_written_to_and_links_followed_neither_is_replaced() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let folder = folder();
    let path = folder.path();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/docx-2021/input.docx");
    fs::write(path.join("r.json"), run(path, &["extract", "-q", sample]).stdout).expect("written");
    assert!(Command::new("mkfifo").arg(path.join("pipe")).status().expect("runs").success());
    let reading = std::thread::spawn({
        let pipe = path.join("pipe");
        move || fs::read(pipe).expect("read").len()
    });
    assert_eq!(run(path, &["render", "r.json", "-o", "pipe"]).code, Some(0));
    assert!(reading.join().expect("ends") > 1000, "the document went through the pipe");
    assert!(fs::metadata(path.join("pipe")).expect("there").file_type().is_fifo());

    fs::write(path.join("target"), "old").expect("written");
    symlink("target", path.join("link.docx")).expect("a link");
    assert_eq!(run(path, &["render", "r.json", "-o", "link.docx"]).code, Some(0));
    assert!(path.join("link.docx").is_symlink());
    assert!(fs::read(path.join("target")).expect("there").starts_with(b"PK"));

    fs::create_dir(path.join("out")).expect("a folder");
    symlink("../target", path.join("out/cells.csv")).expect("a link");
    assert_eq!(run(path, &["extract", "-q", sample, "--out", "out"]).code, Some(0));
    assert!(path.join("out/cells.csv").is_symlink());
    assert!(fs::read_to_string(path.join("target")).expect("there").starts_with("source,"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_to_a_full_device() {
    use std::os::unix::fs::FileTypeExt;
    let folder = folder();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/docx-2021/input.docx");
    fs::write(folder.path().join("r.json"), run(folder.path(), &["extract", "-q", sample]).stdout).expect("written");
    // Through a link, so that a fault costs the link and not the device.
    std::os::unix::fs::symlink("/dev/full", folder.path().join("full")).expect("a link");
    let ended = run(folder.path(), &["render", "r.json", "-o", "full"]);
    let sentence = "error: full: could not be written (the disk is full); make room, or name a place on another disk; what was there before is untouched\n";
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(2), sentence));
    assert!(fs::metadata("/dev/full").expect("there").file_type().is_char_device());
}

// ---- limits ----

#[test]
fn a_limit_that_is_none_is_misuse() {
    let folder = folder();
    for limit in ["ration=1", "ratio", "ratio=many", "ratio=-1", "=1"] {
        let ended = run(folder.path(), &["check", "x.txt", "--limit", limit]);
        assert_eq!(ended.code, Some(3), "{limit}");
        let sentence = format!(
            "error: `--limit {limit}`: expected NAME=NUMBER, such as `--limit ratio=400`; the names are file_bytes, "
        );
        assert!(ended.stderr.starts_with(&sentence), "{}", ended.stderr);
    }
}
