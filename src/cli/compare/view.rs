//! A comparison for people.

use anstyle::{AnsiColor, Effects, Style};

use super::super::words::{Ruler, plural, visible};
use super::choose::Chosen;
use crate::compare::{Comparison, Line, Paired, Piece, Side};
use crate::finding::Lang;
use crate::report::Value;

/// Columns of a number, a difference, a percentage.
const NUMBER: usize = 14;
const PERCENT: usize = 10;
/// The widest column of labels.
const WIDEST_LABEL: usize = 48;
/// Characters shown on either side of what changed.
const AROUND: usize = 24;

pub(super) struct View {
    pub lang: Lang,
    pub width: usize,
    /// Also what is the same.
    pub all: bool,
}

impl View {
    /// Both reports, the figures table by table, the sections.
    pub fn text(&self, first: &Chosen, second: &Chosen, comparison: &Comparison) -> String {
        let mut out = format!("A  {}\nB  {}\n", self.name(first), self.name(second));
        out += &self.editions(comparison);
        out += &self.figures(&comparison.figures);
        out += &self.sections(&comparison.sections);
        out
    }

    /// Which tables are of different editions, those with the same pair of editions together.
    fn editions(&self, comparison: &Comparison) -> String {
        let mut pairs: Vec<((&str, &str), Vec<&str>)> = Vec::new();
        for (table, a, b) in &comparison.editions {
            match pairs.iter_mut().find(|(pair, _)| *pair == (a.as_str(), b.as_str())) {
                Some((_, tables)) => tables.push(table),
                None => pairs.push(((a, b), vec![table])),
            }
        }
        let said = pairs.iter().map(|((a, b), tables)| match self.lang {
            Lang::En => {
                format!("edition {a} in A, {b} in B ({}): only what both ask is put together\n", tables.join(", "))
            }
            Lang::Zh => format!("A 为 {a} 版，B 为 {b} 版（`{}`）：仅对应两版含义相同的数据\n", tables.join("`、`")),
        });
        said.collect()
    }

    fn name(&self, chosen: &Chosen) -> String {
        let title = chosen.report.title.as_ref().map_or(String::new(), |title| format!("  {}", title.text));
        visible(&format!("{}#{}{title}", chosen.source, chosen.report.number)).replace('\n', "")
    }

    fn figures(&self, lines: &[Line]) -> String {
        let mut out = String::new();
        let (mut table, mut row) = (None, None);
        let (mut same, mut alone) = (0, 0);
        for line in lines {
            if !self.all && (line.is_same() || says_nothing(line)) {
                (same, alone) = if line.is_same() { (same + 1, alone) } else { (same, alone + 1) };
                continue;
            }
            if table != Some(&line.place.table) {
                (table, row) = (Some(&line.place.table), None);
                out += &self.head(&line.place.table);
            }
            if row != Some(&line.place.row) {
                row = Some(&line.place.row);
                out += &self.row(&line.place.row);
            }
            out += &self.line(line);
        }
        out + &self.hidden(same, alone)
    }

    fn hidden(&self, same: usize, alone: usize) -> String {
        let mut said = Vec::new();
        if same > 0 {
            said.push(match self.lang {
                Lang::En => format!("{} the same in both", plural(same, "figure")),
                Lang::Zh => format!("{same} 项数据相同"),
            });
        }
        if alone > 0 {
            said.push(match self.lang {
                Lang::En => format!("{alone} that only one edition asks for are 0 or no number"),
                Lang::Zh => format!("{alone} 项仅一版有且为 0 或无数值"),
            });
        }
        match (said.is_empty(), self.lang) {
            (true, _) => String::new(),
            (false, Lang::En) => format!("\n{}; --all shows them\n", said.join(", ")),
            (false, Lang::Zh) => format!("\n另有 {}；`--all` 可全部显示\n", said.join("，")),
        }
    }

    /// Columns left for the labels.
    fn room(&self) -> usize {
        self.width.saturating_sub(3 * NUMBER + PERCENT).clamp(20, WIDEST_LABEL)
    }

    fn head(&self, table: &str) -> String {
        let bold = Style::new().bold();
        let columns = [("A", NUMBER), ("B", NUMBER), (self.lang.pick("difference", "差"), NUMBER), ("%", PERCENT)];
        let columns: String = columns.iter().map(|(name, width)| right(name, *width)).collect();
        let label = visible(table);
        format!("\n{bold}{}{columns}{bold:#}\n", left(&label, self.room()))
    }

    /// The labels of a row, under which its columns stand.
    fn row(&self, row: &str) -> String {
        let ruler = Ruler { ambiguous_wide: false };
        let lines = ruler.wrap(&visible(row).replace('\n', ""), self.width.saturating_sub(2).max(20));
        lines.into_iter().filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
    }

    fn line(&self, line: &Line) -> String {
        let ruler = Ruler { ambiguous_wide: false };
        // What stands over several columns is the same for all of a row.
        let column = line.place.column.rsplit(" / ").next().unwrap_or_default();
        let label = visible(column).replace('\n', "");
        let mut labels = ruler.wrap(&label, self.room() - 4).into_iter();
        let difference = line.difference.map_or(String::new(), |difference| signed(&difference.to_string()));
        let percent =
            line.percent.map_or(String::new(), |percent| format!("{}%", signed(&format!("{:.1}", percent.0))));
        let style = match line.difference.map(|difference| difference.0.is_sign_negative()) {
            Some(_) if line.is_same() => Style::new(),
            Some(true) => AnsiColor::Red.on_default(),
            Some(false) => AnsiColor::Green.on_default(),
            None => AnsiColor::Yellow.on_default(),
        };
        let numbers = format!(
            "{}{}{}{}",
            right(&self.side(&line.first), NUMBER),
            right(&self.side(&line.second), NUMBER),
            right(&difference, NUMBER),
            right(&percent, PERCENT)
        );
        let first = format!("  {}", labels.next().unwrap_or_default());
        let mut out = format!("{}{style}{}{style:#}\n", left(&first, self.room()), numbers.trim_end());
        for more in labels {
            out += &format!("    {more}\n");
        }
        out
    }

    /// The digits, or in words why there are none.
    fn side(&self, side: &Side) -> String {
        let Side::Shown { value, raw, unit } = side else {
            return self.lang.pick("not asked", "版式无此项").to_owned();
        };
        match value {
            Value::Number(number) if unit == "元" => format!("{number}元"),
            Value::Number(number) => number.to_string(),
            Value::Blank => self.lang.pick("blank", "空白").to_owned(),
            Value::NotApplicable => raw.as_deref().map_or("/".to_owned(), |raw| visible(raw.trim()).replace('\n', "")),
            Value::Unreadable => {
                let raw: String =
                    visible(raw.as_deref().unwrap_or_default()).replace('\n', "").chars().take(4).collect();
                format!("«{raw}»?")
            }
            Value::Missing => self.lang.pick("missing", "缺失").to_owned(),
            Value::Ambiguous => self.lang.pick("ambiguous", "位置不明").to_owned(),
        }
    }

    fn sections(&self, sections: &[Paired]) -> String {
        let bold = Style::new().bold();
        let mut out = String::new();
        for section in sections {
            let title = section.first.as_deref().or(section.second.as_deref()).unwrap_or_default();
            let title = if title.is_empty() {
                self.lang.pick("(before the first section)", "（首节之前）")
            } else {
                title
            };
            let said = self.similarity(section);
            if section.text.pieces.is_empty() && !self.all {
                continue;
            }
            out += &format!("\n{bold}{}{bold:#}  {said}\n", visible(title).replace('\n', ""));
            out += &self.pieces(section);
        }
        out
    }

    fn similarity(&self, section: &Paired) -> String {
        let percent = format!("{}.{}", section.text.likeness / 10, section.text.likeness % 10);
        match (&section.first, &section.second, self.lang) {
            (Some(_), None, Lang::En) => "only in A".to_owned(),
            (Some(_), None, Lang::Zh) => "仅 A 有".to_owned(),
            (None, _, Lang::En) => "only in B".to_owned(),
            (None, _, Lang::Zh) => "仅 B 有".to_owned(),
            (_, _, Lang::En) if section.text.likeness == 1000 => "the same in both".to_owned(),
            (_, _, Lang::Zh) if section.text.likeness == 1000 => "完全相同".to_owned(),
            (_, _, Lang::En) => format!("{percent} % the same"),
            (_, _, Lang::Zh) => format!("相同 {percent}%"),
        }
    }

    fn pieces(&self, section: &Paired) -> String {
        let pieces = &section.text.pieces;
        if let [Piece::Same(_)] = pieces[..]
            && !self.all
        {
            return String::new();
        }
        let last = pieces.len().saturating_sub(1);
        let mut text = String::new();
        for (at, piece) in pieces.iter().enumerate() {
            text += &match piece {
                Piece::Same(same) if self.all => same.clone(),
                Piece::Same(same) => around(same, at > 0, at < last),
                Piece::Removed(gone) => {
                    marked(gone, ("[-", "-]"), AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH))
                }
                Piece::Added(come) => marked(come, ("{+", "+}"), AnsiColor::Green.on_default()),
            };
        }
        text.split('\n').filter(|line| !line.trim().is_empty()).map(|line| format!("  {line}\n")).collect()
    }
}

/// Whether only one edition asks for a figure, and it is 0 or no number there.
fn says_nothing(line: &Line) -> bool {
    let alone = [&line.first, &line.second].iter().any(|side| **side == Side::NotAsked);
    let number = line.first.number().or(line.second.number());
    alone && number.is_none_or(|number| number.is_zero())
}

/// A stretch in its marks, on every line that it takes.
fn marked(text: &str, (open, close): (&str, &str), style: Style) -> String {
    let mark =
        |line: &str| if line.is_empty() { String::new() } else { format!("{style}{open}{line}{close}{style:#}") };
    visible(text).split('\n').map(mark).collect::<Vec<_>>().join("\n")
}

/// What is the same, shortened to what stands beside a change.
fn around(text: &str, after_change: bool, before_change: bool) -> String {
    let text = visible(text);
    let count = text.chars().count();
    let (head, tail) = (if after_change { AROUND } else { 0 }, if before_change { AROUND } else { 0 });
    if count <= head + tail + 2 {
        return text;
    }
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{start}……{end}")
}

fn signed(number: &str) -> String {
    let none = number.bytes().all(|byte| !(b'1'..=b'9').contains(&byte));
    if none || number.starts_with('-') { number.to_owned() } else { format!("+{number}") }
}

fn right(text: &str, width: usize) -> String {
    let ruler = Ruler { ambiguous_wide: false };
    format!("{}{text}", " ".repeat(width.saturating_sub(ruler.width(text)).max(1)))
}

fn left(text: &str, width: usize) -> String {
    let ruler = Ruler { ambiguous_wide: false };
    format!("{text}{}", " ".repeat(width.saturating_sub(ruler.width(text))))
}
