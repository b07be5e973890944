//! [`Report`]s of many organs and years → [`Panel`]: a line for each organ and year, and what does not go
//! together across them.
//!
//! Reports come one by one as [`Entry`]s, which hold no text; when all are there, [`Gathering::finish`]
//! groups them by organ, chooses one report for each year, and runs [`CHECKS`] over neighbouring years.
//! The order in which files come changes nothing but which of two equal reports is the first.
//!
//! [`Report`]: crate::report::Report

mod borrowed;
mod carried;
mod copies;
mod coverage;
mod entry;
mod jumps;
mod lines;
mod markdown;
mod organ;
mod packed;
mod places;
mod sentences;
mod stale;
mod text;

use std::collections::HashMap;
use std::sync::Arc;

pub use coverage::{Cell, State};
pub use entry::{Entry, YEARS};
pub use lines::{Bounds, Line};
pub use markdown::markdown;
pub use organ::{key, key_of_name};
pub use packed::Fields;

use packed::Fact;

use crate::finding::{Code, Finding, Lang};
use crate::template::Form;

/// A kind of check across years or organs.
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// The codes of its findings.
    pub codes: &'static [Code],
    /// What it holds reports to, and why; thresholds.
    pub doc: &'static str,
}

/// Every check, for the documentation.
pub const CHECKS: &[Check] = &[
    lines::CHECK,
    carried::CARRY_OVER,
    carried::ROLL_FORWARD,
    copies::FIGURES,
    copies::TEXT,
    borrowed::CHECK,
    stale::CHECK,
    jumps::CHECK,
];

/// A file without a report that a line of the panel may still name.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// Its name in every output.
    pub source: String,
    /// What is to be said about it.
    pub finding: Finding,
    /// The sentence, where an earlier run wrote it down: its finding has no details any more.
    pub recorded: Option<String>,
}

impl Failure {
    /// What is to be said, as a sentence.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.recorded.clone().unwrap_or_else(|| self.finding.message(lang))
    }
}

/// Something to say, and about which report.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The file; where a report is missing, the one nearest to the gap, or the list of organs.
    pub source: String,
    /// The report in it; `None` if it is about no report.
    pub number: Option<u32>,
    /// Index of its line among [`Panel::lines`], and its year.
    pub place: Option<(usize, i32)>,
    /// What.
    pub finding: Finding,
}

/// Reports while they come.
#[derive(Debug)]
pub struct Gathering {
    fields: Arc<Fields>,
    entries: Vec<Entry>,
    failures: Vec<Failure>,
}

impl Gathering {
    /// Of reports on these forms.
    #[must_use]
    pub fn new(forms: &[Arc<Form>]) -> Self {
        Gathering { fields: Arc::new(Fields::new(forms)), entries: Vec::new(), failures: Vec::new() }
    }

    /// What entries are made with, for the threads that read.
    #[must_use]
    pub fn fields(&self) -> Arc<Fields> {
        Arc::clone(&self.fields)
    }

    /// Takes one more report.
    pub fn add(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Takes a file that gave no report: it could not be read, or is a scan.
    pub fn failed(&mut self, failure: Failure) {
        self.failures.push(failure);
    }

    /// The panel of all that came.
    #[must_use]
    pub fn finish(self, bounds: &Bounds) -> Panel {
        let Gathering { fields, entries, failures } = self;
        let mut panel = Panel { fields, entries, failures, ..Panel::empty() };
        let mut said = lines::draw(&mut panel, bounds);
        coverage::place_failures(&mut panel);
        lines::look(&mut panel, bounds, &mut said);
        across(&panel, &mut said);
        said.sort_by_key(|said| (said.place.is_none(), said.place, said.finding.code));
        panel.said = said;
        coverage::settle(&mut panel);
        panel
    }
}

/// Reports by organ and year.
#[derive(Debug)]
pub struct Panel {
    /// Every report that came, in the order of the files.
    pub entries: Vec<Entry>,
    /// A line for each organ, by name.
    pub lines: Vec<Line>,
    /// The years, all between the first and the last, or those asked for.
    pub years: Vec<i32>,
    /// What is to be said, line by line and year by year.
    pub said: Vec<Said>,
    /// Files without a report: that could not be read, are scans, or are something else.
    pub failures: Vec<Failure>,
    /// Reports of years that were not asked for.
    pub outside: usize,
    fields: Arc<Fields>,
    /// Index of the line of each key.
    index: HashMap<String, usize>,
}

/// Two reports of one organ for years that follow each other.
struct Pair<'a> {
    /// Indices into [`Panel::entries`].
    before: usize,
    now: usize,
    /// Their figures.
    earlier: &'a [Fact],
    later: &'a [Fact],
}

impl<'a> Pair<'a> {
    fn earlier(&self, panel: &Panel, key: &str) -> Option<&'a Fact> {
        fact(self.earlier, panel, key)
    }

    fn later(&self, panel: &Panel, key: &str) -> Option<&'a Fact> {
        fact(self.later, panel, key)
    }
}

fn fact<'a>(facts: &'a [Fact], panel: &Panel, key: &str) -> Option<&'a Fact> {
    let number = panel.fields.number(key)?;
    facts.iter().find(|fact| fact.field == number)
}

impl Panel {
    fn empty() -> Self {
        let fields = Arc::new(Fields::new(&[]));
        Panel {
            entries: Vec::new(),
            lines: Vec::new(),
            years: Vec::new(),
            said: Vec::new(),
            failures: Vec::new(),
            outside: 0,
            fields,
            index: HashMap::new(),
        }
    }

    /// The names of figures, for [`Entry::values`].
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The reports that stand in lines, line by line and year by year.
    fn in_lines(&self) -> impl Iterator<Item = usize> {
        self.lines.iter().flat_map(|line| line.cells.iter().filter_map(|cell| cell.entry))
    }

    /// The organ of a report, as its line names it.
    fn organ_of(&self, entry: usize) -> String {
        self.entries[entry].organ.as_deref().unwrap_or_default().to_owned()
    }

    /// A finding about a report.
    fn said(&self, entry: usize, finding: Finding) -> Said {
        let of = &self.entries[entry];
        Said { source: of.source.to_string(), number: Some(of.number), place: self.place(entry), finding }
    }

    fn place(&self, entry: usize) -> Option<(usize, i32)> {
        let line = self.index.get(&*self.entries[entry].key)?;
        Some((*line, self.entries[entry].year?))
    }

    /// A finding about a figure: its name, and its place on paper and in the file.
    fn about(&self, code: Code, fact: &Fact) -> Finding {
        let finding = Finding::new(code).field(self.fields.key(fact)).at(fact.origin);
        match self.fields.place(fact) {
            Some(place) => finding.place(place),
            None => finding,
        }
    }

    /// Names the report with which another was compared.
    fn against(&self, finding: Finding, other: usize) -> Finding {
        let other = &self.entries[other];
        finding.detail("before", other.year.unwrap_or_default()).detail("other", other.name())
    }
}

/// What neighbouring years of an organ, and organs together, have to say.
fn across(panel: &Panel, said: &mut Vec<Said>) {
    let mut pairs = Vec::new();
    for line in &panel.lines {
        let mut earlier: Option<(usize, Vec<Fact>)> = None;
        let mut copied = Vec::new();
        for cell in &line.cells {
            let Some(now) = cell.entry else {
                earlier = None;
                continue;
            };
            let later = panel.entries[now].figures.facts();
            if let Some((before, facts)) = &earlier {
                let pair = Pair { before: *before, now, earlier: facts, later: &later };
                if between(panel, &pair, said) {
                    copied.push(now);
                }
                pairs.push((*before, now));
            }
            earlier = Some((now, later));
        }
        let reports: Vec<usize> = line.cells.iter().filter_map(|cell| cell.entry).collect();
        copies::older_texts(panel, &reports, &copied, said);
    }
    copies::figures(panel, &pairs, said);
    borrowed::texts(panel, said);
}

/// Whether the text of the later report of a pair is that of the earlier.
fn between(panel: &Panel, pair: &Pair<'_>, said: &mut Vec<Said>) -> bool {
    carried::carry_over(panel, pair, said);
    carried::roll_forward(panel, pair, said);
    let copied = copies::text(panel, pair, said);
    if !copied {
        stale::sentences(panel, pair, said);
    }
    jumps::jumps(panel, pair, said);
    copied
}
