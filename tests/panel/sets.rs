//! Two sets of reports over years: one in which everything goes together, one with an error of each kind.

use crate::make::{Paper, chain, idle, original, templated};

/// Name of a file in the set, and its bytes.
pub type File = (String, Vec<u8>);

const HALL: &str = "示例市人民政府";
const SCHOOLS: &str = "示例市教育局";
const EAST: &str = "示例市东区人民政府";
const TOWN: &str = "示例市东区河口镇人民政府";
const WATER: &str = "示例市水利局";
const FUNDS: &str = "示例市财政局";
const SPORT: &str = "示例市体育局";
const WEST: &str = "示例市西区人民政府";
const HEALTH: &str = "示例市卫生健康委员会";
const CULTURE: &str = "示例市文化和旅游局";
const TRADE: &str = "示例市商务局";
/// Offices that write from one template.
pub const TOWNS: [&str; 6] = ["柳林镇", "石桥镇", "双塔镇", "青山乡", "白沙乡", "新集镇"];
/// What two offices took from one circular.
const CIRCULAR: &str = "按照全市统一安排，对政府网站无障碍改造、适老化版式和语音朗读功能进行验收，对发现的按钮无说明、\
                        表单不能用键盘操作等问题列出清单，限期整改到位，并请视障人士代表参加复核。";

fn file(paper: &Paper) -> File {
    (format!("{}年/{}.txt", paper.year, paper.organ), paper.text().into_bytes())
}

/// Five organs over up to six years, one of them with nothing but zeros; one prints its name in several ways, two have
/// a paragraph in common; and six offices that fill in one template.
pub fn clean() -> Vec<File> {
    let mut papers = towns();
    papers.extend(chain(HALL, 2019..=2024));
    let mut culture = original(CULTURE, 2022..=2022);
    culture[0].overview.push(CIRCULAR.to_owned());
    papers.extend(culture);
    let mut schools = chain(SCHOOLS, 2019..=2024);
    schools[4].overview.push(CIRCULAR.to_owned());
    papers.extend(schools);
    papers.extend(idle(TOWN, 2019..=2024));
    let mut east = chain(EAST, 2021..=2024);
    east[1].organ = "示例市东区政府".to_owned();
    east[2].organ = "示例市东区".to_owned();
    papers.extend(east);
    sorted(papers.iter().map(file).collect())
}

fn towns() -> Vec<Paper> {
    TOWNS.iter().flat_map(|town| templated(&format!("示例市{town}人民政府"), 2022..=2023)).collect()
}

fn sorted(mut files: Vec<File>) -> Vec<File> {
    files.sort();
    files
}

/// A planted error: code, organ, year, field (empty if it is about none).
pub type Planted = (&'static str, &'static str, i32, &'static str);

/// What was planted. Of two organs with equal figures the second by name is the one that is named.
pub const PLANTED: &[Planted] = &[
    ("year_gap", WATER, 2020, ""),
    ("double_report", SCHOOLS, 2023, ""),
    ("off_year", SCHOOLS, 2021, ""),
    ("organ_merged", WEST, 2022, ""),
    ("carry_over", HALL, 2023, "applications.carried_in.natural_person"),
    ("carry_over", HALL, 2023, "applications.carried_in.total"),
    ("stock_roll_forward", EAST, 2023, "proactive.normative_documents.in_force"),
    ("items_roll_forward", HALL, 2020, "proactive.licensing.items_last_year"),
    ("copied_figures", FUNDS, 2023, ""),
    ("copied_figures", FUNDS, 2024, ""),
    ("copied_text", EAST, 2022, ""),
    ("copied_text", EAST, 2024, ""),
    ("borrowed_text", TRADE, 2022, ""),
    ("stale_sentence", HALL, 2022, ""),
    ("stale_sentence", SCHOOLS, 2024, ""),
    ("magnitude_jump", WATER, 2023, "proactive.licensing.decisions"),
];

/// The same organs and more, with an error of each kind; beside them a report that names no organ, and a scan.
pub fn planted() -> Vec<File> {
    let mut files = hall();
    files.extend(schools());
    files.extend(idle(TOWN, 2019..=2024).iter().map(file));
    files.extend(east());
    files.extend(water());
    files.extend(funds());
    files.extend(west());
    files.extend(towns().iter().map(file));
    files.extend(culture());
    let health = chain(HEALTH, 2021..=2023);
    files.extend([&health[0], &health[2]].map(file));
    files.push((format!("2022年/{HEALTH}.pdf"), include_bytes!("../../samples/pdf-scanned/input.pdf").to_vec()));
    let nameless = chain("某局", 2022..=2022)[0].text().replace("某局", "");
    files.push(("2022年/年报.txt".to_owned(), nameless.into_bytes()));
    sorted(files)
}

fn hall() -> Vec<File> {
    let mut papers = chain(HALL, 2019..=2024);
    // An application more is carried in than was carried out; the year itself still adds up.
    papers[4].carried_in[0] += 1;
    papers[1].items.0 += 7;
    let last_year = papers[2].overview[0].clone();
    papers[3].overview.push(last_year);
    papers.iter().map(file).collect()
}

fn schools() -> Vec<File> {
    let mut papers = chain(SCHOOLS, 2019..=2024);
    // The counts of the year before in this year's sentence.
    let counts = papers[4].overview[1].split('。').nth(1).expect("a sentence").to_owned();
    papers[5].overview.push(format!("{counts}。"));
    let mut files: Vec<File> = papers.iter().map(file).collect();
    files[2].0 = format!("2019年/{SCHOOLS}（补）.txt");
    let mut again = papers[4].clone();
    again.penalties += 2;
    files.push((format!("2023年/{SCHOOLS}（修订）.txt"), again.text().into_bytes()));
    files
}

fn east() -> Vec<File> {
    let mut papers = chain(EAST, 2021..=2024);
    papers[2].in_force += 9;
    papers[3].in_force += 9;
    let year = |text: &String| text.replace("2022", "2023").replace("2021", "2022");
    papers[1].overview = papers[0].overview.iter().map(year).collect();
    papers[1].problems = papers[0].problems.iter().map(year).collect();
    // Two years later the same text once more.
    let later = |text: &String| text.replace("2023", "2025").replace("2022", "2024");
    papers[3].overview = papers[1].overview.iter().map(later).collect();
    papers[3].problems = papers[1].problems.iter().map(later).collect();
    papers.iter().map(file).collect()
}

fn water() -> Vec<File> {
    let mut papers = chain(WATER, 2019..=2024);
    (papers[3].licensing, papers[4].licensing, papers[5].licensing) = (1_234, 12_345, 12_480);
    papers.remove(1);
    papers.iter().map(file).collect()
}

/// All figures of 2022 again in 2023, those of another organ in 2024; nothing carried over, no stock that grows.
fn funds() -> Vec<File> {
    let mut papers = chain(FUNDS, 2022..=2024);
    for paper in &mut papers {
        (paper.carried_in, paper.carried_out) = ([0; 6], [0; 6]);
        (paper.issued, paper.repealed, paper.in_force) = (4, 4, 51);
    }
    let like = |paper: &Paper, other: &Paper| Paper {
        organ: paper.organ.clone(),
        year: paper.year,
        overview: paper.overview.clone(),
        problems: paper.problems.clone(),
        ..other.clone()
    };
    papers[1] = like(&papers[1], &papers[0]);
    let sport = like(&chain(SPORT, 2024..=2024)[0], &papers[2]);
    papers.iter().chain([&sport]).map(file).collect()
}

fn west() -> Vec<File> {
    let mut papers = chain(WEST, 2021..=2023);
    papers[1].organ = "西区人民政府".to_owned();
    papers.iter().map(file).collect()
}

/// The text of one office in the reports of another: for the year after; then that one's own again, with new numbers.
fn culture() -> Vec<File> {
    let papers = original(CULTURE, 2021..=2022);
    let mut trade = original(TRADE, 2022..=2024);
    // The last year is in words of its own, as the generator gives them to all.
    trade[2].overview = chain(TRADE, 2024..=2024)[0].overview.clone();
    papers.iter().chain(&trade).map(file).collect()
}
