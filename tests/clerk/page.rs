//! The page of `--html`: whole, valid, and deaf to whatever a document says.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use gongkai::export::{Checked, html};
use gongkai::finding::{Code, Finding, Lang, Waived};
use gongkai::template::Form;
use html5ever::interface::{ElementFlags, ExpandedName, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

use crate::cases::{Case, case_of, extracted, same};

fn checked(name: &str, bytes: &[u8]) -> Checked {
    let extraction = extracted(bytes);
    Checked { file: name.to_owned(), outcome: Ok((extraction.reports, extraction.findings)) }
}

fn of(case: &Case) -> Checked {
    checked(&format!("{}.docx", case.name), &case.bytes)
}

/// An element of a page: its name, its attributes.
type Seen = (String, Vec<(String, String)>);

/// Elements and errors, as the HTML standard's own rules find them.
#[derive(Default)]
struct Witness {
    names: RefCell<Vec<Option<QualName>>>,
    seen: RefCell<Vec<Seen>>,
    texts: RefCell<String>,
    errors: RefCell<Vec<String>>,
}

impl Witness {
    fn made(&self, name: Option<QualName>) -> Node {
        let mut names = self.names.borrow_mut();
        names.push(name.clone());
        Node { id: names.len(), name }
    }
}

/// A node by its number, from 1; 0 is the document.
#[derive(Debug, Clone)]
struct Node {
    id: usize,
    name: Option<QualName>,
}

impl TreeSink for Witness {
    type Handle = Node;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }
    fn parse_error(&self, message: Cow<'static, str>) {
        self.errors.borrow_mut().push(message.into_owned());
    }
    fn get_document(&self) -> Node {
        Node { id: 0, name: None }
    }
    fn elem_name<'a>(&'a self, node: &'a Node) -> ExpandedName<'a> {
        node.name.as_ref().expect("an element").expanded()
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Node {
        let attributes = attributes.iter().map(|known| (known.name.local.to_string(), known.value.to_string()));
        self.seen.borrow_mut().push((name.local.to_string(), attributes.collect()));
        self.made(Some(name))
    }
    fn create_comment(&self, _: StrTendril) -> Node {
        self.made(None)
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Node {
        self.made(None)
    }
    fn append(&self, _: &Node, child: NodeOrText<Node>) {
        if let NodeOrText::AppendText(text) = child {
            self.texts.borrow_mut().push_str(&text);
        }
    }
    fn append_based_on_parent_node(&self, _: &Node, parent: &Node, child: NodeOrText<Node>) {
        self.append(parent, child);
    }
    fn append_before_sibling(&self, sibling: &Node, child: NodeOrText<Node>) {
        self.append(sibling, child);
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, node: &Node) -> Node {
        node.clone()
    }
    fn same_node(&self, one: &Node, other: &Node) -> bool {
        one.id == other.id
    }
    fn set_quirks_mode(&self, mode: QuirksMode) {
        assert_eq!(mode, QuirksMode::NoQuirks);
    }
    fn add_attrs_if_missing(&self, _: &Node, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &Node) {}
    fn reparent_children(&self, _: &Node, _: &Node) {}
}

fn parsed(page: &str) -> Witness {
    let mut options = ParseOpts::default();
    options.tokenizer.exact_errors = true;
    parse_document(Witness::default(), options).one(page)
}

/// What holds for every page: no error, each id once, each link to one of them, nothing from elsewhere.
#[track_caller]
fn sound(page: &str) -> Witness {
    let witness = parsed(page);
    assert!(witness.errors.borrow().is_empty(), "{:?}", witness.errors.borrow());
    let seen = witness.seen.borrow();
    let values = |name: &str| -> Vec<String> {
        let attributes = seen.iter().flat_map(|(_, attributes)| attributes);
        attributes.filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    };
    let ids = values("id");
    let known: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), known.len(), "an id is there twice");
    for link in values("href") {
        let target = link.strip_prefix('#').expect("a link within the page").to_owned();
        assert!(known.contains(&target), "{link} leads nowhere");
    }
    let elements: BTreeSet<&str> = seen.iter().map(|(name, _)| name.as_str()).collect();
    for foreign in ["script", "link", "img", "iframe", "object", "form", "base"] {
        assert!(!elements.contains(foreign), "<{foreign}>");
    }
    assert!(values("src").is_empty() && values("style").is_empty(), "nothing from elsewhere");
    assert!(seen.iter().flat_map(|(_, attributes)| attributes).all(|(name, _)| !name.starts_with("on")));
    drop(seen);
    witness
}

#[test]
fn pages_are_the_stored_ones() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clerk/pages");
    for name in ["sums-2021", "sentence-2021", "clean-2021"] {
        let files = [of(&case_of(name))];
        for (lang, ending) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
            let page = html(&files, Form::shipped(), lang);
            sound(&page);
            same(&folder.join(format!("{name}.{ending}.html")), &page);
        }
    }
}

#[test]
fn every_case_gives_a_sound_page() {
    for case in crate::cases::cases() {
        let page = html(&[of(&case)], Form::shipped(), Lang::Zh);
        sound(&page);
        for (words, code) in &case.planted {
            assert!(page.contains(&format!("<code>{code}</code>")), "{}: {code}", case.name);
            let words = words.trim_end_matches("件。");
            assert!(page.contains(words), "{}: {words}", case.name);
        }
    }
}

#[test]
fn the_figures_are_the_documents_own_and_failing_ones_are_marked() {
    let case = case_of("sums-2021");
    let file = of(&case);
    let page = html(std::slice::from_ref(&file), Form::shipped(), Lang::En);
    let (reports, _) = file.outcome.as_ref().expect("read");
    let cells: Vec<&str> = page.split("<td id=\"").skip(1).collect();
    let figures: Vec<_> = reports[0]
        .tables
        .iter()
        .enumerate()
        .flat_map(|(table, report)| {
            report
                .figures
                .iter()
                .enumerate()
                .map(move |(place, figure)| (format!("f1r1t{}c{}", table + 1, place + 1), figure))
        })
        .collect();
    let failing: BTreeSet<_> = reports[0].findings.iter().filter_map(|finding| finding.field.clone()).collect();
    for (id, figure) in &figures {
        let cell = cells.iter().find(|cell| cell.starts_with(&format!("{id}\""))).unwrap_or_else(|| panic!("{id}"));
        let text = cell.split_once('>').expect("a cell").1.split('<').next().expect("text");
        let raw = figure.raw.as_deref().unwrap_or_default();
        assert_eq!(text.trim_matches(['«', '»']), raw.trim(), "{id}");
        assert_eq!(
            cell.split("</td>").next().is_some_and(|cell| cell.contains("<sup>")),
            failing.contains(&figure.key),
            "{id}"
        );
    }
    assert_eq!(figures.len(), cells.len());
}

#[test]
fn several_files_have_an_index() {
    let files = [
        of(&case_of("sums-2021")),
        of(&case_of("clean-2021")),
        Checked { file: "丙<b>.docx".to_owned(), outcome: Err("the file is \"empty\"".to_owned()) },
        Checked { file: "waivers.csv".to_owned(), outcome: Ok((Vec::new(), vec![Finding::new(Code::WaiverStale)])) },
    ];
    let page = html(&files, Form::shipped(), Lang::Zh);
    sound(&page);
    let index = page.split("</nav>").next().expect("an index");
    assert_eq!(index.matches("<tr>").count(), 5, "{index}");
    assert!(index.contains("丙&lt;b&gt;.docx") && index.contains("无法读取"));
    assert!(!html(&files[..1], Form::shipped(), Lang::Zh).contains("<nav>"), "one report needs none");
}

#[test]
fn nothing_is_not_an_error() {
    for lang in [Lang::En, Lang::Zh] {
        sound(&html(&[], Form::shipped(), lang));
    }
}

#[test]
fn what_somebody_answers_for_says_so() {
    let mut file = of(&case_of("sentence-2021"));
    let (reports, _) = file.outcome.as_mut().expect("read");
    let waived =
        Waived { reason: "口径<不>同".to_owned(), date: "2025-01-08".to_owned(), by: Some("张三".to_owned()) };
    reports[0].findings[0].waived = Some(waived);
    let page = html(&[file], Form::shipped(), Lang::Zh);
    sound(&page);
    assert!(page.contains("【已核实（2025-01-08，张三）：口径&lt;不&gt;同】"), "{page}");
    assert!(page.contains("<li id=\"f1r1n1\" class=\"waived\">"));
}

/// Text that wants to be more than text, in every place where a document has a say.
const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=y>&amp;\u{202e}\u{1b}[31m\u{0}</td></table>";

#[test]
fn hostile_text_stays_text() {
    let text = format!(
        "{HOSTILE}县人民政府2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（五）项 |\n\
         信息内容 | 本年处理决定数量 |\n行政许可 | {HOSTILE} |\n{HOSTILE} | 7 |\n三、收到和处理政府信息公开申请情况\n\
         {HOSTILE}全年收到政府信息公开申请12件{HOSTILE}。\n"
    );
    let mut file = checked(HOSTILE, text.as_bytes());
    let (reports, findings) = file.outcome.as_mut().expect("read");
    findings.push(Finding::new(Code::Unreadable).detail("cause", HOSTILE));
    for report in reports.iter_mut() {
        report.findings.push(Finding::new(Code::LabelNear).expected(HOSTILE).found(HOSTILE));
        if let Some(title) = &mut report.title {
            title.text = HOSTILE.to_owned();
        }
    }
    assert!(!reports.is_empty());
    let page = html(&[file], Form::shipped(), Lang::En);
    let witness = sound(&page);
    assert!(witness.texts.borrow().contains("<script>alert(1)</script>"), "it is shown as it is");
    assert!(!page.contains(['\u{202e}', '\u{1b}', '\u{0}']), "signs that nobody sees are made visible");
}
