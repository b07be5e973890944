//! Numbers in prose against the labelled sentences of `tests/claims/sentences.tsv`.
//!
//! A label is `quantity:number` and what the tables of its context make of it: `=` agrees, `!` disagrees, `~`
//! rounded, `?` nothing to compare with. `-` marks a sentence that states nothing of the report.

use std::collections::BTreeMap;

use gongkai::check::check;
use gongkai::finding::{Code, Lang};
use gongkai::report::{Claim, Figure, Report, Verdict};
use gongkai::template::Form;

use crate::support::report::{form, report, set};

const SENTENCES: &str = include_str!("../claims/sentences.tsv");

/// Tables of each context: A of 2022, B of 2019, C of 2014, D of an organ without applications in 2022,
/// E is A with blanks, F is A of an organ of the county, 示例县教育局.
const A: &str = "\
proactive
  rules 0 0 0
  normative_documents 16 3 120
  licensing 423
  penalties 58
  compulsion 7
  fees 1250.5
applications
  new_received 52 10 1 2 3 4 72
  carried_in 3 1 0 0 0 0 4
  granted 20 3 1 1 1 1 27
  partially_granted 6 1 0 0 1 1 9
  denied.state_secret 1 0 0 0 0 0 1
  denied.prohibited_by_law 0 0 0 0 0 0 0
  denied.security_and_stability 0 0 0 0 0 0 0
  denied.third_party_rights 2 1 0 0 0 0 3
  denied.internal_affairs 1 0 0 0 0 0 1
  denied.process_information 0 0 0 0 0 0 0
  denied.enforcement_files 0 0 0 0 0 0 0
  denied.administrative_inquiry 0 0 0 0 0 0 0
  unavailable.not_held 8 2 0 1 1 1 13
  unavailable.needs_creation 2 0 0 0 0 0 2
  unavailable.still_unclear 1 0 0 0 0 0 1
  not_processed.petition_or_complaint 4 1 0 0 0 0 5
  not_processed.repeated 1 0 0 0 0 0 1
  not_processed.published_material 0 0 0 0 0 0 0
  not_processed.excessive 0 0 0 0 0 0 0
  not_processed.confirm_or_reissue 0 0 0 0 0 0 0
  other.correction_overdue 3 1 0 0 0 1 5
  other.fee_overdue 0 0 0 0 0 0 0
  other.misc 1 1 0 0 0 0 2
  outcomes_total 50 10 1 2 3 4 70
  carried_out 5 1 0 0 0 0 6
review_litigation
  review 4 1 2 1 8
  litigation_direct 3 0 1 1 5
  litigation_after_review 3 1 0 0 4
";
const C: &str = "\
statistics
  disclosed 900
  normative_documents_issued 14
  channel.gazette 20
  channel.website 880
  channel.weibo 60
  channel.wechat 70
  received 50
  received.in_person 12
  received.fax 3
  received.online 25
  received.letter 10
  concluded 49
  concluded.on_time 47
  concluded.extended 2
  replied 48
  replied.granted 15
  replied.partially_granted 2
  replied.denied 7
  review 4
  litigation 3
  fees_collected 0.76
";

/// Every row of the table, 0 where `rows` do not name it.
fn sparse(edition: &str, rows: &[(&str, &str)]) -> String {
    let form = form(edition);
    let mut text = String::new();
    for table in &form.tables {
        text += &format!("{}\n", table.id);
        for block in &table.blocks {
            for row in block.rows.iter().filter(|row| !row.optional) {
                let name = format!("{}.{}", table.id, row.id);
                let zeros = vec!["0"; block.columns.len()].join(" ");
                let words = rows.iter().find(|(row, _)| *row == name).map_or(zeros.as_str(), |(_, words)| words);
                text += &format!("  {} {words}\n", row.id);
            }
        }
    }
    text
}

fn tables(context: &str) -> (Report, i32) {
    let b = [
        ("proactive.normative_documents", "9 8 63"),
        ("applications.new_received", "25 5 0 0 0 0 30"),
        ("applications.carried_in", "2 0 0 0 0 0 2"),
        ("applications.granted", "12 3 0 0 0 0 15"),
        ("applications.partially_granted", "3 1 0 0 0 0 4"),
        ("applications.denied.state_secret", "2 0 0 0 0 0 2"),
        ("applications.unavailable.not_held", "5 1 0 0 0 0 6"),
        ("applications.not_processed.petition_or_complaint", "1 0 0 0 0 0 1"),
        ("applications.other", "3 0 0 0 0 0 3"),
        ("applications.outcomes_total", "26 5 0 0 0 0 31"),
        ("applications.carried_out", "1 0 0 0 0 0 1"),
    ];
    match context {
        "A" | "F" => (report(&form("2021"), A), 2022),
        "B" => (report(&form("2019"), &sparse("2019", &b)), 2019),
        "C" => (report(&form("2014"), C), 2014),
        "E" => (totals_left_blank(), 2022),
        _ => (report(&form("2021"), &sparse("2021", &[])), 2022),
    }
}

/// A with totals left blank beside filled cells, and a whole group left blank.
fn totals_left_blank() -> Report {
    let mut report = report(&form("2021"), A);
    for row in ["granted", "partially_granted", "outcomes_total"] {
        set(&mut report, &format!("applications.{row}.total"), "_");
    }
    let denied = |figure: &&Figure| figure.key.as_str().starts_with("applications.denied.");
    let keys: Vec<String> = report.figures().filter(denied).map(|figure| figure.key.to_string()).collect();
    for key in keys {
        set(&mut report, &key, "_");
    }
    report
}

const HEADINGS: [(&str, &str); 6] = [
    ("overview", "一、总体情况"),
    ("proactive", "二、主动公开政府信息情况"),
    ("applications", "三、收到和处理政府信息公开申请情况"),
    ("review_litigation", "四、政府信息公开行政复议、行政诉讼情况"),
    ("problems", "五、存在的主要问题及改进情况"),
    ("other_matters", "六、其他需要报告的事项"),
];

/// The claims of one sentence in its context, and the codes of what is said about it.
fn claims(context: &str, section: &str, sentence: &str) -> (Vec<Claim>, Vec<Code>) {
    let (mut tables, year) = tables(context);
    let heading = HEADINGS.iter().find(|(id, _)| *id == section).expect("a section").1;
    // What calls itself an office is one.
    let is_office = context == "F" || ["我局", "本局", "我办"].iter().any(|own| sentence.contains(own));
    let organ = if is_office { "示例县教育局" } else { "示例市" };
    let text = format!("{organ}{year}年政府信息公开工作年度报告\n{heading}\n{sentence}\n");
    let mut reports = gongkai::extract(text.as_bytes(), &gongkai::Options::default()).expect("readable").reports;
    tables.claims = std::mem::take(&mut reports[0].claims);
    tables.year = reports[0].year;
    assert_eq!(tables.year, Some(year));
    check(&mut tables, Form::shipped());
    let prose = [Code::ClaimDisagrees, Code::ClaimsContradict, Code::PartsExceed];
    let codes = tables.findings.iter().map(|finding| finding.code).filter(|code| prose.contains(code)).collect();
    (tables.claims, codes)
}

fn shown(claim: &Claim) -> String {
    let verdict = match claim.verdict {
        Verdict::Agrees => '=',
        Verdict::Disagrees => '!',
        Verdict::Approximate => '~',
        Verdict::Unchecked => '?',
    };
    format!("{}:{}{verdict}", claim.quantity.name(), claim.number)
}

/// How many of `wanted` are in `found`, each counted once.
fn common(wanted: &[String], found: &[String]) -> usize {
    let mut left: Vec<&String> = found.iter().collect();
    let mut hit =
        |wanted: &&String| left.iter().position(|known| known == wanted).map(|at| left.swap_remove(at)).is_some();
    wanted.iter().filter(|wanted| hit(wanted)).count()
}

#[derive(Default)]
struct Score {
    wanted: usize,
    found: usize,
    right: usize,
}

impl Score {
    fn add(&mut self, wanted: &[String], found: &[String]) {
        self.wanted += wanted.len();
        self.found += found.len();
        self.right += common(wanted, found);
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }
}

#[test]
fn labelled_sentences_are_read_right() {
    let (all, disagreements, sentences, negatives) = score(SENTENCES.split_once('\n').expect("a head").1);
    assert!(sentences >= 900 && negatives * 3 >= sentences, "{sentences} sentences, {negatives} negatives");
    assert!(disagreements.precision() >= 0.98, "precision {:.3}", disagreements.precision());
    assert!(disagreements.recall() >= 0.9, "recall {:.3}", disagreements.recall());
    assert!(all.recall() >= 0.9, "recall of all claims {:.3}", all.recall());
}

/// All claims, those that disagree, sentences and negatives among them; prints what is read otherwise.
fn score(labelled: &str) -> (Score, Score, usize, usize) {
    let (mut all, mut disagreements) = (Score::default(), Score::default());
    let (mut sentences, mut negatives) = (0, 0);
    let mut wrong = BTreeMap::new();
    for line in labelled.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let [context, section, sentence, label] = parts.as_slice() else { panic!("four columns: {line}") };
        sentences += 1;
        negatives += usize::from(*label == "-");
        let wanted: Vec<String> = label.split(' ').filter(|word| *word != "-").map(str::to_owned).collect();
        let found: Vec<String> = claims(context, section, sentence).0.iter().map(shown).collect();
        all.add(&wanted, &found);
        let disagree = |words: &[String]| words.iter().filter(|word| word.ends_with('!')).cloned().collect::<Vec<_>>();
        disagreements.add(&disagree(&wanted), &disagree(&found));
        if common(&wanted, &found) < wanted.len().max(found.len()) {
            wrong.insert(sentence.to_owned(), (wanted, found));
        }
    }
    for (sentence, (wanted, found)) in &wrong {
        println!("{sentence}\n   wanted {wanted:?}\n   found  {found:?}");
    }
    println!("{sentences} sentences, {negatives} of them negatives");
    println!("all claims: precision {:.3}, recall {:.3}", all.precision(), all.recall());
    println!("disagreements: precision {:.3}, recall {:.3}", disagreements.precision(), disagreements.recall());
    (all, disagreements, sentences, negatives)
}

#[test]
fn a_sentence_that_contradicts_itself_is_told_without_tables() {
    let sentence = "新收到政府信息公开申请78件，结转上年度办理3件，答复75件，结转下年度3件。";
    assert!(claims("C", "applications", sentence).1.contains(&Code::ClaimsContradict));
    let sound = "新收到政府信息公开申请78件，结转上年度办理3件，答复75件，结转下年度6件。";
    assert!(!claims("C", "applications", sound).1.contains(&Code::ClaimsContradict));
    let included = "受理政府信息公开申请81件（含上年度结转申请3件），答复75件，结转下年度6件。";
    assert!(!claims("C", "applications", included).1.contains(&Code::ClaimsContradict));
}

#[test]
fn what_was_in_hand_may_be_counted_with_what_was_carried_in() {
    let contradicts = |sentence: &str| claims("A", "applications", sentence).1.contains(&Code::ClaimsContradict);
    assert!(!contradicts("共受理政府信息公开申请76件，上年结转4件，办结70件，结转下年度6件。"));
    assert!(!contradicts("共受理公民、法人和其他组织政府信息公开申请76件，上年结转4件，办结70件，结转下年度6件。"));
    assert!(contradicts("共受理政府信息公开申请76件，上年结转4件，办结71件，结转下年度6件。"));
    assert!(contradicts("收到政府信息公开申请76件，上年结转4件，办结70件，结转下年度6件。"));
}

#[test]
fn ways_of_applying_that_come_to_more_than_all_are_said() {
    let exceeds = |sentence: &str| claims("A", "applications", sentence).1.contains(&Code::PartsExceed);
    for sentence in [
        "收到政府信息公开申请72件，其中网上申请71件，信函申请3件。",
        "收到政府信息公开申请72件，其中信函申请2件、网上申请75件。",
        "收到政府信息公开申请72件，72件为网络申请，1件为信函申请。",
    ] {
        assert!(exceeds(sentence), "{sentence}");
    }
    for sentence in [
        "收到政府信息公开申请72件，其中网上申请70件，信函申请2件。",
        "收到政府信息公开申请72件，其中网上申请60件。",
        "新收政府信息公开申请72件，上年结转4件，其中网上申请74件，信函申请2件。",
        "收到政府信息公开申请72件，网上申请约70余件，信函申请3件。",
        "收到政府信息公开申请72件，网上申请70件，信函申请2件，网上申请30件。",
    ] {
        assert!(!exceeds(sentence), "{sentence}");
    }
}

#[test]
fn a_difference_is_said_with_both_numbers_and_the_words() {
    let (mut tables, _) = tables("A");
    let text = "示例市2022年政府信息公开工作年度报告\n一、总体情况\n共收到政府信息公开申请81件。\n";
    let mut reports = gongkai::extract(text.as_bytes(), &gongkai::Options::default()).expect("readable").reports;
    tables.claims = std::mem::take(&mut reports[0].claims);
    check(&mut tables, Form::shipped());
    let finding = tables.findings.iter().find(|finding| finding.code == Code::ClaimDisagrees).expect("said");
    assert_eq!((finding.found.as_deref(), finding.expected.as_deref()), (Some("81件"), Some("72 / 76 / 70")));
    assert_eq!(finding.origin.and_then(|origin| origin.line), Some(3));
    let message = finding.message(Lang::En);
    assert!(
        message
            .contains("“共收到政府信息公开申请81件” (applications received: 81件); by the tables it is 72 / 76 / 70."),
        "{message}"
    );
    assert!(
        finding
            .message(Lang::Zh)
            .contains("正文为“共收到政府信息公开申请81件”（收到申请：81件）；按表格为 72 / 76 / 70。")
    );
}

#[test]
fn what_the_tables_have_stands_beside_the_claim() {
    let of = |sentence: &str| {
        let claim = claims("A", "applications", sentence).0.remove(0);
        (claim.table_number.map(|number| number.to_string()), claim.table_fields)
    };
    let known = |number: &str, fields: &str| (Some(number.to_owned()), Some(fields.to_owned()));
    // The reading that agrees, or the plainest.
    let both = "applications.new_received.total+applications.carried_in.total";
    assert_eq!(of("共受理政府信息公开申请76件。"), known("76", both));
    assert_eq!(of("共受理政府信息公开申请81件。"), known("72", "applications.new_received.total"));
    assert_eq!(of("共受理政府信息公开申请80多件。"), (None, None));
    assert_eq!(of("收取行政事业性收费9900000元。"), known("1250.5", "proactive.fees.amount"));
    let share = claims("A", "applications", "共答复信息公开申请70件，其中予以公开27件，占38.6%。").0.remove(2);
    assert_eq!(
        (share.table_number.map(|number| number.to_string()).as_deref(), share.table_fields),
        (Some("38.6"), None)
    );
}
