//! A comparison for programs.

use serde::Serialize;

use super::choose::Chosen;
use crate::compare::{Comparison, Line, Paired, Piece, Side};
use crate::report::Amount;

#[derive(Serialize)]
struct Record<'a> {
    first: About<'a>,
    second: About<'a>,
    editions: Vec<Editions<'a>>,
    figures: Vec<FigureRecord<'a>>,
    sections: Vec<SectionRecord<'a>>,
}

#[derive(Serialize)]
struct About<'a> {
    source: &'a str,
    report: u32,
    title: Option<&'a str>,
    organ: Option<&'a str>,
    year: Option<i32>,
}

#[derive(Serialize)]
struct Editions<'a> {
    table: &'a str,
    first: &'a str,
    second: &'a str,
}

#[derive(Serialize)]
struct FigureRecord<'a> {
    field: &'a str,
    table: &'a str,
    row: &'a str,
    column: &'a str,
    first: SideRecord<'a>,
    second: SideRecord<'a>,
    difference: Option<Amount>,
    percent: Option<Amount>,
}

#[derive(Serialize)]
struct SideRecord<'a> {
    value: Option<Amount>,
    state: &'a str,
    unit: Option<&'a str>,
    raw: Option<&'a str>,
}

#[derive(Serialize)]
struct SectionRecord<'a> {
    section: Option<&'a str>,
    first: Option<&'a str>,
    second: Option<&'a str>,
    similarity: Amount,
    pieces: Vec<PieceRecord<'a>>,
}

#[derive(Serialize)]
struct PieceRecord<'a> {
    kind: &'static str,
    text: &'a str,
}

/// One object.
pub(super) fn json(first: &Chosen, second: &Chosen, comparison: &Comparison) -> String {
    let editions = comparison.editions.iter();
    let record = Record {
        first: about(first),
        second: about(second),
        editions: editions.map(|(table, first, second)| Editions { table, first, second }).collect(),
        figures: comparison.figures.iter().map(figure).collect(),
        sections: comparison.sections.iter().map(section).collect(),
    };
    // A record has only string keys.
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}

fn about(chosen: &Chosen) -> About<'_> {
    let Chosen { source, report } = chosen;
    About {
        source,
        report: report.number,
        title: report.title.as_ref().map(|title| title.text.as_str()),
        organ: report.organ.as_ref().map(|organ| organ.name.as_str()),
        year: report.year,
    }
}

fn figure(line: &Line) -> FigureRecord<'_> {
    let Line { key, place, first, second, difference, percent } = line;
    FigureRecord {
        field: key.as_str(),
        table: &place.table,
        row: &place.row,
        column: &place.column,
        first: side(first),
        second: side(second),
        difference: *difference,
        percent: *percent,
    }
}

fn side(side: &Side) -> SideRecord<'_> {
    let (unit, raw) = match side {
        Side::NotAsked => (None, None),
        Side::Shown { unit, raw, .. } => (Some(unit.as_str()), raw.as_deref()),
    };
    SideRecord { value: side.number().map(Amount), state: side.state(), unit, raw }
}

fn section(paired: &Paired) -> SectionRecord<'_> {
    SectionRecord {
        section: paired.id.as_deref(),
        first: paired.first.as_deref(),
        second: paired.second.as_deref(),
        similarity: share(paired.text.likeness),
        pieces: paired.text.pieces.iter().map(piece_record).collect(),
    }
}

fn piece_record(piece: &Piece) -> PieceRecord<'_> {
    match piece {
        Piece::Same(text) => PieceRecord { kind: "same", text },
        Piece::Removed(text) => PieceRecord { kind: "removed", text },
        Piece::Added(text) => PieceRecord { kind: "added", text },
    }
}

/// Thousandths as a decimal between 0 and 1.
fn share(thousandths: u32) -> Amount {
    Amount(rust_decimal::Decimal::new(thousandths.into(), 3))
}

/// A row of the CSV; what does not apply is empty.
#[derive(Default, Serialize)]
struct Row<'a> {
    kind: &'a str,
    name: &'a str,
    table: &'a str,
    row: &'a str,
    column: &'a str,
    first: String,
    first_state: &'a str,
    first_raw: &'a str,
    second: String,
    second_state: &'a str,
    second_raw: &'a str,
    unit: &'a str,
    difference: String,
    percent: String,
    similarity: String,
}

/// A row a figure, then a row a section.
pub(super) fn csv(comparison: &Comparison) -> String {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let rows = comparison.figures.iter().map(figure_row).chain(comparison.sections.iter().map(section_row));
    // Memory takes every row, and every text is UTF-8.
    for row in rows {
        let _ = out.serialize(row);
    }
    out.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn figure_row(line: &Line) -> Row<'_> {
    let text = |number: Option<Amount>| number.map_or(String::new(), |number| number.to_string());
    let (first, second) = (side(&line.first), side(&line.second));
    Row {
        kind: "figure",
        name: line.key.as_str(),
        table: &line.place.table,
        row: &line.place.row,
        column: &line.place.column,
        first: text(first.value),
        first_state: first.state,
        first_raw: first.raw.unwrap_or_default(),
        second: text(second.value),
        second_state: second.state,
        second_raw: second.raw.unwrap_or_default(),
        unit: first.unit.or(second.unit).unwrap_or_default(),
        difference: text(line.difference),
        percent: text(line.percent),
        ..Row::default()
    }
}

fn section_row(paired: &Paired) -> Row<'_> {
    Row {
        kind: "section",
        name: paired.id.as_deref().unwrap_or_default(),
        first: paired.first.clone().unwrap_or_default(),
        second: paired.second.clone().unwrap_or_default(),
        similarity: share(paired.text.likeness).to_string(),
        ..Row::default()
    }
}
