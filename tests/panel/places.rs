//! Organs of one name in several places, and one organ whose place came under another code.

use gongkai::Options;
use gongkai::division::Listed;
use gongkai::finding::Lang;
use gongkai::panel::{Bounds, Entry, Gathering, Panel};
use gongkai::template::Form;

use crate::make::{Paper, chain};

const SCHOOLS: &str = "鼓楼区教育局";
const FUZHOU: &str = "福建省福州市";
const NANJING: &str = "江苏省南京市";
const XUZHOU: &str = "江苏省徐州市";

/// Reports in folders named after the places above.
type Files = Vec<(String, Paper)>;

fn panel(files: &Files, bounds: &Bounds) -> Panel {
    let mut gathering = Gathering::new(Form::shipped());
    let fields = gathering.fields();
    for (name, paper) in files {
        let extraction = gongkai::extract_named(paper.text().as_bytes(), name, &Options::default()).expect("readable");
        for report in &extraction.reports {
            gathering.add(Entry::new(name, report, &extraction.findings, &fields));
        }
    }
    gathering.finish(bounds)
}

/// The reports of an organ, in figures and words of their own, below the folder of a place.
fn kept(place: &str, organ: &str, years: std::ops::RangeInclusive<i32>) -> Files {
    let mut papers = chain(&format!("{place}{organ}"), years);
    for paper in &mut papers {
        let own = paper.organ.clone();
        paper.overview.iter_mut().for_each(|text| *text = text.replace(&own, "本机关"));
        paper.organ = organ.to_owned();
    }
    let folder = if place.is_empty() { String::new() } else { format!("{place}/") };
    papers.into_iter().map(|paper| (format!("{folder}{}/{}.txt", paper.organ, paper.year), paper)).collect()
}

/// Each line: its name, and the code of the place in each year's report.
fn lines(panel: &Panel) -> Vec<(String, Vec<String>)> {
    let code = |entry: usize| panel.entries[entry].place.as_ref().map_or(String::new(), |place| place.code.clone());
    let codes = |line: &gongkai::panel::Line| line.cells.iter().filter_map(|cell| cell.entry).map(code).collect();
    panel.lines.iter().map(|line| (line.organ.clone(), codes(line))).collect()
}

fn said(panel: &Panel) -> Vec<String> {
    panel.said.iter().map(|said| format!("{} {}", said.finding.code.entry().name, said.source)).collect()
}

fn line(organ: &str, codes: &[&str]) -> (String, Vec<String>) {
    (organ.to_owned(), codes.iter().map(|code| (*code).to_owned()).collect())
}

#[test]
fn organs_of_one_name_in_two_places_are_two() {
    let mut files = kept(FUZHOU, SCHOOLS, 2021..=2023);
    files.extend(kept(NANJING, SCHOOLS, 2021..=2023));
    for _ in 0..2 {
        let panel = panel(&files, &Bounds::default());
        assert_eq!(
            lines(&panel),
            [
                line("鼓楼区教育局（江苏省南京市鼓楼区）", &["320106"; 3]),
                line("鼓楼区教育局（福建省福州市鼓楼区）", &["350102"; 3]),
            ]
        );
        assert!(panel.said.is_empty(), "{:#?}", panel.said);
        files.reverse();
    }
}

#[test]
fn organs_of_two_places_are_two_even_if_they_take_turns() {
    for (one, other) in [(FUZHOU, NANJING), (XUZHOU, NANJING)] {
        let mut files = kept(one, SCHOOLS, 2021..=2022);
        files.extend(kept(other, SCHOOLS, 2023..=2024));
        let panel = panel(&files, &Bounds::default());
        assert_eq!(panel.lines.len(), 2, "{:?}", lines(&panel));
        assert!(panel.said.is_empty(), "{:#?}", panel.said);
    }
}

#[test]
fn an_organ_whose_place_has_another_code_is_one() {
    // 公主岭市 came from 四平 under 长春 in 2020.
    let panel = panel(&kept("吉林省", "公主岭市教育局", 2018..=2022), &Bounds::default());
    let codes = ["220381", "220381", "220184", "220184", "220184"];
    assert_eq!(lines(&panel), [line("公主岭市教育局", &codes)]);
    assert!(panel.said.is_empty(), "{:#?}", panel.said);
}

#[test]
fn a_report_of_no_known_place_is_of_the_only_organ_of_its_name_or_apart() {
    let mut files = kept(FUZHOU, SCHOOLS, 2021..=2023);
    files[2].0 = format!("{SCHOOLS}/2023.txt");
    let only = panel(&files, &Bounds::default());
    assert_eq!(lines(&only), [line(SCHOOLS, &["350102", "350102", ""])]);
    assert!(only.said.is_empty(), "{:#?}", only.said);

    files.extend(kept(NANJING, SCHOOLS, 2021..=2022));
    let shared = panel(&files, &Bounds::default());
    assert_eq!(shared.lines.len(), 2, "{:?}", lines(&shared));
    assert_eq!(said(&shared), ["unplaced_report 鼓楼区教育局/2023.txt"]);
    let message = |lang| shared.said[0].finding.message(lang);
    assert!(message(Lang::En).starts_with("it names no place that tells it from other organs of its name"));
    assert!(message(Lang::Zh).contains("可与同名机关相区别的所在地"), "{}", message(Lang::Zh));
    assert_eq!(shared.years, [2021, 2022], "what stands in no line makes no year");
}

#[test]
fn a_longer_name_takes_up_the_shorter_of_its_place_only() {
    let long = "南京市鼓楼区教育局";
    let mut papers = kept("", long, 2021..=2023);
    let mut last = papers.pop().expect("a report");
    let mut files = papers;
    files.extend(kept(FUZHOU, SCHOOLS, 2023..=2024));
    let two = panel(&files, &Bounds::default());
    assert_eq!(two.lines.len(), 2, "of another place: {:?}", lines(&two));
    assert!(two.said.is_empty(), "{:#?}", two.said);

    last.1.organ = SCHOOLS.to_owned();
    files.push((format!("{NANJING}/{SCHOOLS}/2023.txt"), last.1));
    let joined = panel(&files, &Bounds::default());
    let fuzhou = "鼓楼区教育局（福建省福州市鼓楼区）";
    assert_eq!(lines(&joined), [line(long, &["320106"; 3]), line(fuzhou, &["350102"; 2])]);
    assert_eq!(said(&joined), ["organ_merged 江苏省南京市/鼓楼区教育局/2023.txt"]);
}

#[test]
fn a_name_on_the_list_is_that_of_every_organ_of_the_name() {
    let mut files = kept(FUZHOU, SCHOOLS, 2021..=2022);
    files.extend(kept(NANJING, SCHOOLS, 2021..=2022));
    let organs = Some(("名单.txt".to_owned(), vec![SCHOOLS.into()]));
    let panel = panel(&files, &Bounds { organs, ..Bounds::default() });
    assert_eq!(panel.lines.len(), 2);
    assert!(panel.lines.iter().all(|line| line.listed));
    assert!(panel.said.is_empty(), "{:#?}", panel.said);
}

#[test]
fn a_code_on_the_list_tells_organs_of_one_name_apart() {
    let organ = |code| Listed { name: SCHOOLS.to_owned(), code: Some(code) };
    let bounds = |codes: &[u32]| Bounds {
        organs: Some(("名单.csv".to_owned(), codes.iter().map(|code| organ(*code)).collect())),
        ..Bounds::default()
    };
    let files = kept(FUZHOU, SCHOOLS, 2021..=2022);
    let missing = panel(&files, &bounds(&[350_102, 320_106]));
    let names: Vec<&str> = missing.lines.iter().map(|line| line.organ.as_str()).collect();
    assert_eq!(names, [SCHOOLS, "鼓楼区教育局（江苏省南京市鼓楼区）"]);
    assert_eq!(said(&missing), ["organ_missing 名单.csv"]);
    let mut files = files;
    files.extend(kept(NANJING, SCHOOLS, 2021..=2022));
    let both = panel(&files, &bounds(&[350_102, 320_106]));
    assert!(both.said.is_empty() && both.lines.len() == 2, "{:#?}", both.said);
    let other = panel(&files, &bounds(&[350_102]));
    assert_eq!(other.lines.iter().map(|line| line.listed).collect::<Vec<_>>(), [false, true]);
}
