//! A panel for people: organs by years in signs, then the findings line by line.

use anstyle::{AnsiColor, Style};

use super::super::form_view::{colour, finding_head};
use super::super::words::{Ruler, plural, visible};
use crate::finding::{Code, Finding, Lang};
use crate::panel::{Failure, Line, Panel, Said, State};

/// Organs shown at most; a table of thousands is for a spreadsheet.
const ORGANS: usize = 60;
/// Findings shown at most.
const FINDINGS: usize = 200;
/// Width of a year's column.
const YEAR: usize = 6;

/// The signs, which say the same without colour.
const SIGNS: [(State, &str, (&str, &str)); 5] = [
    (State::Ok, "ok", ("a report without warnings", "报告无警告")),
    (State::Findings, "!", ("findings, their number before it", "有问题，前为个数")),
    (State::Missing, "--", ("missing", "缺失")),
    (State::Scanned, "scan", ("a scan, tables not read", "扫描件，表格未读取")),
    (State::Unreadable, "x", ("could not be read", "无法读取")),
];

/// Everything that is shown on a terminal.
pub(super) fn text(panel: &Panel, written: bool, lang: Lang) -> String {
    let mut out = table(panel, written, lang);
    out += &findings(panel, written, lang);
    out + &totals(panel, lang)
}

fn table(panel: &Panel, written: bool, lang: Lang) -> String {
    if panel.lines.is_empty() {
        return lang.pick("no report of any organ and year\n", "没有任何机关和年度的报告\n").to_owned();
    }
    let many = panel.lines.len() > ORGANS;
    let wanting = |line: &&Line| line.cells.iter().any(|cell| !matches!(cell.state, State::None | State::Ok));
    let shown: Vec<&Line> = panel.lines.iter().filter(|line| !many || wanting(line)).take(ORGANS).collect();
    let ruler = Ruler { ambiguous_wide: false };
    let names: Vec<String> = shown.iter().map(|line| visible(&line.organ).replace('\n', " ")).collect();
    let wide = names.iter().map(|name| ruler.width(name)).max().unwrap_or(0);
    let bold = Style::new().bold();
    let years: String = panel.years.iter().map(|year| format!("{year:>YEAR$}")).collect();
    let mut out = format!("{bold}{}{years}{bold:#}\n", " ".repeat(wide));
    for (line, name) in shown.iter().zip(&names) {
        out += &format!("{name}{}", " ".repeat(wide - ruler.width(name)));
        for cell in &line.cells {
            out += &sign(panel, cell);
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    let left = panel.lines.len() - shown.len();
    if left > 0 {
        out += &left_out(left, written, lang);
    }
    out + &legend(panel, lang)
}

fn sign(panel: &Panel, cell: &crate::panel::Cell) -> String {
    let Some((_, sign, _)) = SIGNS.iter().find(|(state, ..)| *state == cell.state) else { return " ".repeat(YEAR) };
    let text = if cell.state == State::Findings {
        let own = cell.entry.map_or(0, |at| panel.entries[at].complaints());
        format!("{}{sign}", own + cell.across[2] + cell.across[3])
    } else {
        (*sign).to_owned()
    };
    let style = style(cell.state);
    format!("{}{style}{text}{style:#}", " ".repeat(YEAR.saturating_sub(text.len())))
}

fn style(state: State) -> Style {
    match state {
        State::None => Style::new(),
        State::Ok => AnsiColor::Green.on_default(),
        State::Findings => AnsiColor::Yellow.on_default(),
        State::Missing | State::Scanned | State::Unreadable => AnsiColor::Red.on_default(),
    }
}

/// The signs that are in the table.
fn legend(panel: &Panel, lang: Lang) -> String {
    let used = |state: State| panel.lines.iter().flat_map(|line| &line.cells).any(|cell| cell.state == state);
    let said = SIGNS.iter().filter(|(state, ..)| used(*state));
    let said: Vec<String> = said.map(|(_, sign, words)| format!("{sign} {}", lang.pick(words.0, words.1))).collect();
    format!("{}\n", said.join(lang.pick(" · ", " · ")))
}

fn left_out(left: usize, written: bool, lang: Lang) -> String {
    let place = match (written, lang) {
        (true, Lang::En) => "see coverage.csv",
        (true, Lang::Zh) => "见 `coverage.csv`",
        (false, Lang::En) => "--out writes them all",
        (false, Lang::Zh) => "用 `--out` 可写出全部",
    };
    match lang {
        Lang::En => format!("… and {} more ({place})\n", plural(left, "organ")),
        Lang::Zh => format!("……另有 {left} 个机关（{place}）\n"),
    }
}

fn findings(panel: &Panel, written: bool, lang: Lang) -> String {
    // What could not be read was said when it was met.
    let others = panel.failures.iter().filter(|failure| failure.finding.code != Code::Unreadable);
    let of_files = others.map(|failure| {
        let Failure { source, finding, .. } = failure;
        sentence((finding, &failure.message(lang)), source, source, lang)
    });
    let said = panel.said.iter().map(|said| of_said(panel, said, lang));
    let mut all = said.chain(of_files);
    let mut out: String = all.by_ref().take(FINDINGS).collect();
    let left = all.count();
    if left > 0 {
        out += &match (written, lang) {
            (true, Lang::En) => format!("… and {} more in findings.csv\n", plural(left, "finding")),
            (true, Lang::Zh) => format!("……另有 {left} 条检查结果，见 `findings.csv`\n"),
            (false, Lang::En) => format!("… and {} more; --out writes them all\n", plural(left, "finding")),
            (false, Lang::Zh) => format!("……另有 {left} 条检查结果；用 `--out` 可写出全部\n"),
        };
    }
    out
}

fn of_said(panel: &Panel, said: &Said, lang: Lang) -> String {
    let of = said.place.map(|(line, year)| format!("{} {year}", panel.lines[line].organ));
    let mut message = said.finding.message(lang);
    if let Some(waived) = &said.finding.waived {
        message = format!("{} {}", message.trim_end(), waived.words(lang));
    }
    sentence((&said.finding, &message), of.as_deref().unwrap_or(&said.source), &said.source, lang)
}

/// A finding on one line: of whom, what, and in which file, if that is not the same.
fn sentence((finding, message): (&Finding, &str), of: &str, source: &str, lang: Lang) -> String {
    let (colour, head) = (colour(finding.severity), finding_head(finding, lang));
    let sentence = visible(message.trim_end()).replace('\n', " ");
    let file = if of == source { String::new() } else { format!(" [{}]", visible(source)) };
    let of = visible(of);
    match lang {
        Lang::En => format!("{colour}{head}{colour:#} {of}: {sentence}{file}\n"),
        Lang::Zh => format!("{colour}{head}{colour:#} {of}：{sentence}{file}\n"),
    }
}

fn totals(panel: &Panel, lang: Lang) -> String {
    let reports = panel.lines.iter().flat_map(|line| &line.cells).filter(|cell| cell.entry.is_some()).count();
    let count = |severity| panel.said.iter().filter(|said| said.finding.severity as usize == severity).count();
    let (organs, years) = (panel.lines.len(), panel.years.len());
    let mut text = match lang {
        Lang::En => format!(
            "{}, {}, {}; across them {}, {}, {}",
            plural(organs, "organ"),
            plural(years, "year"),
            plural(reports, "report"),
            plural(count(3), "error"),
            plural(count(2), "warning"),
            plural(count(1), "note")
        ),
        Lang::Zh => format!(
            "{organs} 个机关，{years} 个年度，{reports} 份报告；报告之间错误 {} 处，警告 {} 处，提示 {} 处",
            count(3),
            count(2),
            count(1)
        ),
    };
    if panel.outside > 0 {
        text += &match lang {
            Lang::En => format!("; {} of other years left out", plural(panel.outside, "report")),
            Lang::Zh => format!("；另有 {} 份其他年度的报告未列入", panel.outside),
        };
    }
    text + "\n"
}
