//! Chains of reports as they come in life, in which all goes together: several organs over six years, whatever
//! the edition, with new names, files named in every way, years that are missing, growth and decline, standing
//! sentences. Nothing but the years that are missing may be said of them; and where an error is planted, that and
//! nothing else.
//!
//! `GONGKAI_CHAINS` is how many sets are tried, if not the few that a usual run has time for.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gongkai::panel::{Bounds, key_of_name};

use crate::make::{Dice, Paper, chain, idle, templated};
use crate::sets::{File, TOWNS};
use crate::{panel, said};

/// Sets that a usual run tries, of about 25 reports each.
const SETS: u32 = 8;

/// Places, of which each set takes one.
const PLACES: [&str; 7] = ["示例市", "样本县", "云岭市东湖区", "南屏自治县", "广东省韶关市", "福州市鼓楼区", "洪泽区"];
/// An organ's name before and after a reform, and the first year of the new one.
const REFORMED: [(&str, &str, i32); 6] = [
    ("粮食局", "发展和改革委员会", 2020),
    ("卫生和计划生育局", "卫生健康委员会", 2019),
    ("国土资源局", "自然资源和规划局", 2019),
    ("环境保护局", "生态环境局", 2019),
    ("工商行政管理局", "市场监督管理局", 2019),
    ("人民政府法制办公室", "司法局", 2019),
];
const STEADY: [&str; 8] =
    ["人民政府", "人民政府办公室", "教育局", "水利局", "财政局", "城市管理和综合执法局", "退役军人事务局", "统计局"];

/// Sentences that stand year after year and are true each time.
const STANDING: [&str; 9] = [
    "根据2019年修订的《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件要求编制本报告。",
    "本机关设有查阅点25个，配备专职人员12名、兼职人员138名，均在门户网站公布。",
    "《信息公开工作制度》自2018年1月1日起施行，各科室严格执行。",
    "如对本报告有疑问，请与办公室联系，联系电话：0578-2090823，邮编：323000，地址：中心路2020号。",
    "拨打12345热线或者登录网站均可提出申请，窗口工作日8时30分至17时30分开放。",
    "累计公布规范性文件目录1,286项，其中现行有效的均提供全文下载。",
    "按照“谁公开、谁审查、谁负责”的原则，坚持先审后发、一事一审。",
    "2016年以来，连续公布部门预算和决算，并细化到项级科目。",
    "机关编制人数为145人，内设科室12个，下属单位16个。",
];

struct Set {
    files: Vec<File>,
    /// What is to be said: code, key of the organ, year, field.
    wanted: BTreeSet<(String, String, i32, String)>,
    /// The errors that are still to be planted.
    planting: Vec<Planted>,
}

#[derive(Debug, Clone, Copy)]
enum Planted {
    /// An application more comes in than went out.
    CarryOver,
    /// A sentence of the year before stands once more.
    Stale,
    /// A figure slips by three digits.
    Jump,
}

/// The set of that number, with these errors in it.
fn set(number: u32, planting: &[Planted]) -> Set {
    let mut dice = Dice::new(&format!("chain {number}"));
    let place = PLACES[dice.roll(0, 7) as usize];
    let first = [2016, 2017, 2018, 2019, 2019][dice.roll(0, 5) as usize];
    let mut set = Set { files: Vec::new(), wanted: BTreeSet::new(), planting: planting.to_vec() };
    let naming = dice.roll(0, 7);
    let start = dice.roll(0, 8) as usize;
    for at in 0..3 {
        let organ = format!("{place}{}", STEADY[(start + at * 3) % STEADY.len()]);
        set.organ(&lively(&organ, first, &mut dice), naming, &mut dice);
    }
    let (before, after, year) = REFORMED[dice.roll(0, 6) as usize];
    let mut papers = lively(&format!("{place}{before}"), first, &mut dice);
    papers.iter_mut().filter(|paper| paper.year >= year).for_each(|paper| renamed(paper, &format!("{place}{after}")));
    let (old, new): (Vec<Paper>, Vec<Paper>) = papers.into_iter().partition(|paper| paper.year < year);
    set.organ(&old, naming, &mut dice);
    set.organ(&new, naming, &mut dice);
    set.organ(&idle(&format!("{place}河口镇人民政府"), first..=first + 5), naming, &mut dice);
    for town in TOWNS.iter().take(6 * dice.roll(0, 2) as usize) {
        set.organ(&templated(&format!("{place}{town}人民政府"), first + 4..=first + 5), naming, &mut dice);
    }
    set
}

/// An organ's reports, with what life does to them; each year still follows from the one before.
fn lively(organ: &str, first: i32, dice: &mut Dice) -> Vec<Paper> {
    let mut papers = chain(organ, first..=first + 5);
    let (mut level, mut most) = (dice.roll(1, 400), [2, 9, 60, 200][dice.roll(0, 4) as usize]);
    for paper in &mut papers {
        level = (level * [40, 70, 90, 100, 110, 150, 300][dice.roll(0, 7) as usize] / 100).clamp(1, 90_000);
        (paper.licensing, paper.penalties) = (level, level / 3);
        // A power is handed over, and comes back.
        match dice.roll(0, 12) {
            0 if paper.year >= 2019 => paper.licensing = 0,
            1 => paper.penalties = 0,
            _ => {}
        }
        most = (most * [50, 80, 100, 125, 200][dice.roll(0, 5) as usize] / 100).clamp(2, 300);
        paper.new_received = dice.six(most / 2, most + 1).map(|number| number + 5);
        (paper.columns, paper.zero) = ([[0, 1, 2, 3, 4, 5], [0, 4, 3, 2, 1, 5]][dice.roll(0, 2) as usize], "0");
        if paper.year >= 2021 && dice.roll(0, 3) == 0 {
            paper.zero = ["", "/", "—"][dice.roll(0, 3) as usize];
        }
        sentences(paper, dice);
        // A government prints its name in full, in short, or as that of its place.
        if organ.ends_with("人民政府") {
            let short = ["人民政府", "政府", ""][dice.roll(0, 3) as usize];
            paper.organ = organ.replace("人民政府", short);
        }
    }
    idle_columns(&mut papers, dice);
    papers
}

/// Kinds of applicants who never come: nothing new, nothing carried.
fn idle_columns(papers: &mut [Paper], dice: &mut Dice) {
    for column in (1..6).filter(|_| dice.roll(0, 2) == 0) {
        for paper in papers.iter_mut() {
            (paper.new_received[column], paper.carried_in[column], paper.carried_out[column]) = (0, 0, 0);
        }
    }
}

/// What stands each year, what compares with the year before, and what is planned for the next.
fn sentences(paper: &mut Paper, dice: &mut Dice) {
    let year = paper.year;
    paper.overview.extend(STANDING.iter().filter(|_| dice.roll(0, 2) == 0).map(|text| (*text).to_owned()));
    let (now, before) = (dice.roll(300, 900), dice.roll(300, 900));
    paper
        .overview
        .push(format!("与{}年相比，{year}年公开信息由{before}条变为{now}条，有所变化，群众关注度持续走高。", year - 1));
    paper.problems.push(format!("{}年，将进一步健全制度、细化目录、强化培训，努力提升公开实效。", year + 1));
    paper.problems.push(format!("{}年提出的栏目整合任务已于{year}年3月完成。", year - 1));
}

fn renamed(paper: &mut Paper, organ: &str) {
    let old = std::mem::replace(&mut paper.organ, organ.to_owned());
    paper.overview.iter_mut().for_each(|text| *text = text.replace(&old, organ));
}

impl Set {
    /// An organ's reports, a few of them missing.
    fn organ(&mut self, papers: &[Paper], naming: u32, dice: &mut Dice) {
        let mut there: Vec<Paper> = papers.iter().filter(|_| dice.roll(0, 8) > 0).cloned().collect();
        there.sort_by_key(|paper| paper.year);
        for pair in there.windows(2) {
            if pair[0].year + 1 < pair[1].year {
                self.want("year_gap", &pair[1].organ, pair[0].year + 1, "");
            }
        }
        for at in 1..there.len() {
            let (earlier, later) = there.split_at_mut(at);
            self.plant(&earlier[at - 1], &mut later[0]);
        }
        for paper in &there {
            let text = if paper.year < 2019 { of_2014(paper) } else { paper.text() };
            self.files.push((named(paper, naming, dice), text.into_bytes()));
        }
    }

    fn want(&mut self, code: &str, organ: &str, year: i32, field: &str) {
        self.wanted.insert((code.to_owned(), key_of_name(organ), year, field.to_owned()));
    }

    /// Plants the next error, where two years follow each other; each in years of its own.
    fn plant(&mut self, before: &Paper, now: &mut Paper) {
        let busy = now.licensing < 50 || before.licensing < 50;
        if before.year < 2019 || before.year + 1 != now.year || busy || before.organ != now.organ {
            return;
        }
        match self.planting.pop() {
            Some(Planted::CarryOver) => {
                now.carried_in[0] += 1;
                for column in ["natural_person", "total"] {
                    self.want("carry_over", &now.organ, now.year, &format!("applications.carried_in.{column}"));
                }
            }
            Some(Planted::Stale) => {
                now.problems.push(before.overview[0].clone());
                self.want("stale_sentence", &now.organ, now.year, "");
            }
            Some(Planted::Jump) => {
                now.licensing *= 1_000;
                self.want("magnitude_jump", &now.organ, now.year, "proactive.licensing.decisions");
            }
            None => {}
        }
    }
}

/// The ways in which archives name their files.
fn named(paper: &Paper, naming: u32, dice: &mut Dice) -> String {
    let Paper { organ, year, .. } = paper;
    let next = year + 1;
    match naming {
        0 => format!("{year}年/{organ}.txt"),
        1 => format!("{organ}/{year}年政府信息公开工作年度报告.txt"),
        2 => format!("{organ}（2016-2024）/{organ}{year}年度报告（{next}年1月28日公布）.txt"),
        3 => format!("{next}0125_{organ}{year}年年报.txt"),
        4 => format!("{organ}/{year}0101-{year}1231.txt"),
        // Sites number their pages, and such numbers look like years.
        5 => format!("{next}/{}/art_{}_{}.txt", dice.roll(1, 3), dice.roll(2008, 2060), dice.roll(100_000, 999_999)),
        _ => format!("{organ}{year}年1-12月.txt"),
    }
}

/// The report as it was until 2018: prose, and one table at its end.
fn of_2014(paper: &Paper) -> String {
    let Paper { organ, year, .. } = paper;
    let mut out = format!("{organ}{year}年政府信息公开工作年度报告\n一、概述\n");
    paper.overview.iter().for_each(|line| out += &format!("{line}\n"));
    out += "二、存在的主要问题和改进措施\n";
    paper.problems.iter().for_each(|line| out += &format!("{line}\n"));
    let received: u32 = paper.new_received.iter().sum();
    let _ = write!(
        out,
        "\n政府信息公开情况统计表\n\n| 统计指标 | 单位 | 统计数 |\n|---|---|---|\n| 一、主动公开情况 |  |  |\n\
         | （一）主动公开政府信息数（不同渠道和方式公开相同信息计1条） | 条 | {} |\n\
         | 其中：主动公开规范性文件数 | 条 | {} |\n| 制发规范性文件总数 | 件 | {} |\n| 三、依申请公开情况 |  |  |\n\
         | （一）收到申请数 | 件 | {received} |\n| 1.当面申请数 | 件 | {received} |\n| 2.传真申请数 | 件 | 0 |\n\
         | 3.网络申请数 | 件 | 0 |\n| 4.信函申请数 | 件 | 0 |\n| （二）申请办结数 | 件 | {received} |\n\
         | 1.按时办结数 | 件 | {received} |\n| 2.延期办结数 | 件 | 0 |\n",
        paper.licensing + paper.issued,
        paper.issued,
        paper.issued
    );
    out
}

/// How many sets are tried.
fn sets() -> u32 {
    std::env::var("GONGKAI_CHAINS").ok().and_then(|sets| sets.parse().ok()).unwrap_or(SETS)
}

/// What is said of so many sets and should not be, or is not and should.
fn alarms(planting: &[Planted]) -> Vec<String> {
    let (mut alarms, mut without_room) = (Vec::new(), 0);
    for number in 0..sets() {
        let Set { files, wanted, planting } = set(number, planting);
        without_room += u32::from(!planting.is_empty());
        let panel = panel(&files, &Bounds::default());
        assert_eq!(panel.entries.len(), files.len(), "set {number}: a report a file");
        let found = said(&panel).into_iter();
        let found: BTreeSet<_> =
            found.map(|(code, organ, year, field)| (code, key_of_name(&organ), year, field)).collect();
        alarms.extend(found.symmetric_difference(&wanted).map(|alarm| format!("set {number}: {alarm:?}")));
    }
    // Where hardly any two years are there, nothing can be planted between them.
    assert!(without_room * 20 <= sets(), "{without_room} sets have no room for {planting:?}");
    alarms
}

#[test]
fn nothing_but_missing_years_is_said_of_clean_chains() {
    let alarms = alarms(&[]);
    assert!(alarms.is_empty(), "{} in {} sets:\n{}", alarms.len(), sets(), alarms.join("\n"));
}

#[test]
fn what_is_planted_in_chains_is_found_and_nothing_else() {
    // The year after a jump may be one as well, which is right: so jumps are planted by themselves.
    let alarms = alarms(&[Planted::CarryOver, Planted::Stale]);
    assert!(alarms.is_empty(), "{} in {} sets:\n{}", alarms.len(), sets(), alarms.join("\n"));
    let back = self::alarms(&[Planted::Jump]);
    let only_back = |alarm: &String| alarm.contains("magnitude_jump") && alarm.contains("licensing");
    assert!(back.iter().all(only_back) && back.len() <= sets() as usize, "{}", back.join("\n"));
}
