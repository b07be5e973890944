//! `gongkai panel` over sets of reports with planted errors and without, and `gongkai compare`.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod chains;
mod command;
mod make;
mod places;
mod sets;

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use gongkai::division::Listed;
use gongkai::panel::{Bounds, Entry, Failure, Gathering, Panel, State};
use gongkai::template::Form;
use sets::{File, PLANTED};

/// Reads the files of a set as the command would.
fn panel(files: &[File], bounds: &Bounds) -> Panel {
    let mut gathering = Gathering::new(Form::shipped());
    let fields = gathering.fields();
    for (name, bytes) in files {
        let extraction = gongkai::extract(bytes, &gongkai::Options::default()).expect("readable");
        for report in &extraction.reports {
            gathering.add(Entry::new(name, report, &extraction.findings, &fields));
        }
        if let (true, Some(finding)) = (extraction.reports.is_empty(), extraction.findings.first()) {
            gathering.failed(Failure { source: name.clone(), finding: finding.clone(), recorded: None });
        }
    }
    gathering.finish(bounds)
}

/// What is said: code, organ, year, field.
fn said(panel: &Panel) -> BTreeSet<(String, String, i32, String)> {
    let of = |said: &gongkai::panel::Said| {
        let (line, year) = said.place.unwrap_or((usize::MAX, 0));
        let organ = panel.lines.get(line).map_or(String::new(), |line| line.organ.clone());
        let field = said.finding.field.as_ref().map_or(String::new(), ToString::to_string);
        (said.finding.code.entry().name.to_owned(), organ, year, field)
    };
    panel.said.iter().map(of).collect()
}

fn state(panel: &Panel, organ: &str, year: i32) -> State {
    let at = panel.years.iter().position(|known| *known == year).expect("a year");
    panel.lines.iter().find(|line| line.organ == organ).expect("a line").cells[at].state
}

#[test]
fn nothing_is_said_of_a_clean_set() {
    let panel = panel(&sets::clean(), &Bounds { from: Some(2019), to: Some(2024), organs: None });
    let gap = ("year_gap".to_owned(), "示例市东区人民政府".to_owned(), 2019, String::new());
    // The district has no reports before 2021: that is a gap only because these years were asked for.
    assert!(said(&panel).contains(&gap));
    assert!(said(&panel).iter().all(|said| said.0 == "year_gap"));
    let panel = self::panel(&sets::clean(), &Bounds::default());
    assert!(panel.said.is_empty(), "{:#?}", panel.said);
    assert_eq!((panel.lines.len(), panel.years.len()), (11, 6));
    let states: Vec<State> = panel.lines.iter().flat_map(|line| &line.cells).map(|cell| cell.state).collect();
    assert_eq!(states.iter().filter(|state| **state == State::Ok).count(), 35, "{states:?}");
    assert_eq!(states.iter().filter(|state| **state == State::None).count(), 2 + 5 + 6 * 4);
}

#[test]
fn every_planted_error_is_found_and_nothing_else() {
    let panel = panel(&sets::planted(), &Bounds::default());
    let mut wanted: BTreeSet<_> = PLANTED
        .iter()
        .map(|&(code, organ, year, field)| (code.to_owned(), organ.to_owned(), year, field.to_owned()))
        .collect();
    wanted.insert(("unplaced_report".to_owned(), String::new(), 0, String::new()));
    assert_eq!(said(&panel), wanted);
    assert_eq!(panel.said.len(), wanted.len(), "each once");
    assert_eq!(state(&panel, "示例市卫生健康委员会", 2022), State::Scanned);
    assert_eq!(state(&panel, "示例市水利局", 2020), State::Missing);
    assert_eq!(state(&panel, "示例市人民政府", 2023), State::Findings);
    assert_eq!(state(&panel, "示例市人民政府", 2024), State::Ok);
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    let files = sets::planted();
    let mut turned = files.clone();
    turned.reverse();
    assert_eq!(said(&panel(&files, &Bounds::default())), said(&panel(&turned, &Bounds::default())));
}

#[test]
fn organs_of_a_list_that_have_no_report_are_named() {
    let names = ["示例市政府", "示例市教育局", "示例市统计局", "示例市东区人民政府", "示例市东区河口镇"];
    let organs = Some(("名单.txt".to_owned(), names.map(Listed::from).to_vec()));
    let mut files = sets::clean();
    files.extend(sets::planted().into_iter().filter(|(name, _)| name.contains("体育局")));
    files.retain(|(name, _)| !sets::TOWNS.iter().chain(&["文化"]).any(|organ| name.contains(organ)));
    let panel = panel(&files, &Bounds { organs, ..Bounds::default() });
    let message = |said: &gongkai::panel::Said| said.finding.message(gongkai::finding::Lang::En);
    let messages: Vec<String> = panel.said.iter().map(message).collect();
    assert_eq!(messages.len(), 2, "{messages:#?}");
    assert!(
        messages[0].starts_with("示例市体育局 is not on the list")
            && messages[1].starts_with("示例市统计局 is on the list")
    );
    assert!(panel.lines.iter().any(|line| line.organ == "示例市政府"), "the list names the line");
}

/// A set of one organ's papers, changed.
fn changed(years: std::ops::RangeInclusive<i32>, change: impl Fn(&mut Vec<make::Paper>)) -> Panel {
    let mut papers = make::chain("示例市教育局", years);
    change(&mut papers);
    let files: Vec<File> =
        papers.iter().map(|paper| (format!("{}.txt", paper.year), paper.text().into_bytes())).collect();
    panel(&files, &Bounds::default())
}

#[test]
fn a_text_with_new_figures_is_no_copy_and_set_phrases_stand() {
    let panel = changed(2022..=2024, |papers| {
        let numbers: Vec<String> = papers.iter().map(|paper| paper.overview[1].clone()).collect();
        for at in 1..3 {
            let year = papers[at].year;
            let text = |text: &String| text.replace("2022", &year.to_string());
            papers[at].overview = papers[0].overview.iter().map(text).collect();
            // Only the sentence with the counts is of its own year.
            papers[at].overview[1] = numbers[at].clone();
            papers[at].overview.push("累计公布制度文件128件，设置查阅点120个，累计接待群众1345人次。".to_owned());
        }
    });
    assert!(panel.said.is_empty(), "{:#?}", panel.said);
}

/// So many offices with the text of `make::original`, among five others that have nothing in common with it.
fn borrowed(offices: &[&str]) -> Vec<String> {
    let mut papers: Vec<make::Paper> = offices.iter().flat_map(|name| make::original(name, 2022..=2022)).collect();
    for name in ["甲县水利局", "乙县林业局", "丙县统计局", "丁县审计局", "戊县民政局"] {
        papers.extend(make::chain(name, 2022..=2022));
    }
    let files: Vec<File> =
        papers.iter().map(|paper| (format!("{}.txt", paper.organ), paper.text().into_bytes())).collect();
    let panel = panel(&files, &Bounds::default());
    let english = |said: &gongkai::panel::Said| said.finding.message(gongkai::finding::Lang::En);
    panel.said.iter().map(|said| format!("{}: {}", said.source, english(said))).collect()
}

#[test]
fn a_text_of_another_organ_is_named_with_the_organ_and_what_many_have_is_nobodys() {
    let said = borrowed(&["甲县文化局", "乙县商务局"]);
    let wanted = "甲县文化局.txt: beyond what many organs write alike, the text is that of 乙县商务局 for 2022 but for names \
                  and numbers: ";
    assert!(said.len() == 1 && said[0].starts_with(wanted), "{said:#?}");
    assert_eq!(borrowed(&["甲县文化局", "乙县商务局", "丙县粮食局"]).len(), 2);
    assert_eq!(borrowed(&["甲县文化局", "乙县商务局", "丙县粮食局", "丁县农业局"]), Vec::<String>::new());
    assert_eq!(borrowed(&["甲县文化局"]), Vec::<String>::new());
}

#[test]
fn missing_years_in_a_row_are_one_finding() {
    let panel = changed(2014..=2024, |papers| papers.retain(|paper| [2014, 2020, 2021, 2024].contains(&paper.year)));
    let gaps: Vec<&str> = panel.said.iter().map(|said| said.finding.details["year"].as_str()).collect();
    assert_eq!(gaps, ["2015–2019", "2022–2023"]);
    let missing = panel.lines[0].cells.iter().filter(|cell| cell.state == State::Missing).count();
    assert_eq!(missing, 7);
}

#[test]
fn the_same_report_twice_is_only_worth_a_note() {
    let paper = &make::chain("示例市教育局", 2022..=2022)[0];
    let file = |name: &str| (name.to_owned(), paper.text().into_bytes());
    let panel = panel(&[file("a.txt"), file("b.txt")], &Bounds::default());
    let severities: Vec<_> = panel.said.iter().map(|said| said.finding.severity.name()).collect();
    assert_eq!(severities, ["note"], "{:#?}", panel.said);
    assert!(panel.said[0].finding.message(gongkai::finding::Lang::En).contains("b.txt (the same figures)"));
}

#[test]
fn each_column_of_applicants_is_carried_over() {
    for column in 0..6 {
        let panel = changed(2020..=2021, |papers| papers[1].carried_in[column] += 2);
        let fields: Vec<String> =
            panel.said.iter().filter_map(|said| said.finding.field.as_ref()).map(ToString::to_string).collect();
        let names = ["natural_person", "business", "research", "public_welfare", "legal_service", "other"];
        let wanted = [names[column], "total"].map(|name| format!("applications.carried_in.{name}"));
        assert_eq!(fields, wanted, "across editions 2019 and 2021");
    }
}

#[test]
fn a_blank_is_read_as_zero_and_the_finding_says_so() {
    let papers = make::chain("示例市教育局", 2021..=2022);
    let carried: Vec<String> = papers[0].carried_out.iter().map(u32::to_string).collect();
    let line =
        format!("四、结转下年度继续办理 | {} | {} |\n", carried.join(" | "), papers[0].carried_out.iter().sum::<u32>());
    let text = papers[0].text();
    assert!(text.contains(&line));
    let blank = text.replace(&line, "四、结转下年度继续办理 |  |  |  |  |  |  |  |\n");
    let files = [("2021.txt".to_owned(), blank.into_bytes()), ("2022.txt".to_owned(), papers[1].text().into_bytes())];
    let panel = panel(&files, &Bounds::default());
    let differing = papers[0].carried_out.iter().filter(|number| **number > 0).count() + 1;
    assert_eq!(panel.said.len(), differing, "{:#?}", panel.said);
    for said in &panel.said {
        assert_eq!(said.finding.severity.name(), "warning");
        assert!(said.finding.message(gongkai::finding::Lang::En).contains("Blank cells were read as 0"));
    }
}

#[test]
fn an_unreadable_file_stands_where_its_name_puts_it() {
    let mut gathering = Gathering::new(Form::shipped());
    let fields = gathering.fields();
    for (name, bytes) in sets::clean().iter().filter(|(name, _)| !name.contains("2022年/示例市教育局")) {
        for report in &gongkai::extract(bytes, &gongkai::Options::default()).expect("readable").reports {
            gathering.add(Entry::new(name, report, &[], &fields));
        }
    }
    let finding = gongkai::finding::Finding::new(gongkai::finding::Code::Unreadable);
    gathering.failed(Failure {
        source: "2022年/示例市教育局.docx".to_owned(),
        finding: finding.clone(),
        recorded: None,
    });
    gathering.failed(Failure { source: "2022年/示例市某某.docx".to_owned(), finding, recorded: None });
    let panel = gathering.finish(&Bounds::default());
    assert_eq!(state(&panel, "示例市教育局", 2022), State::Unreadable);
    assert!(panel.said.is_empty(), "the gap is explained: {:?}", panel.said);
}

// ---- the samples ----

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

fn packed(files: &[File]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("written");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("written").into_inner()
}

/// What is in an archive: packing may change with the library, contents may not.
fn unpacked(bytes: &[u8]) -> Vec<File> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("a file");
            let mut bytes = Vec::new();
            std::io::copy(&mut file, &mut bytes).expect("whole");
            (file.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

#[test]
fn the_samples_are_the_sets() {
    for (name, files) in [("panel-clean.zip", sets::clean()), ("panel-planted.zip", sets::planted())] {
        if std::env::var_os("GONGKAI_BLESS").is_some() {
            std::fs::write(sample(name), packed(&files)).expect("writable");
        }
        assert!(
            unpacked(&std::fs::read(sample(name)).expect("the sample")) == files,
            "{name}: GONGKAI_BLESS=1 writes it"
        );
    }
}
