//! Columns aligned with spaces, as `pdftotext -layout` prints them, and pandoc's ruled columns.
//!
//! A row here is a printed line; a line of one stretch between such rows (the second line of a
//! label) is one too. Columns are the display columns that no line of a full row leaves blank.

use super::build::{Cells, Draft, Piece};
use super::lines::{Line, MEASURES, Measure, Segment, segments, width};
use super::numbered::is_numbered;
use super::{Found, Part};

/// So many lines of several stretches make a table.
const ROWS: usize = 3;

/// A lone stretch wider than this is prose, not the second line of a label, unless the rows around it are more than
/// twice as wide.
const LABEL_WIDTH: usize = 48;

/// So many lines of one stretch may stand between two rows.
const LABEL_LINES: usize = 6;

/// A column: its first display column and the one after its last.
type Column = (usize, usize);

/// The stretches of each line of a run.
type Run<'a> = Vec<Vec<Segment<'a>>>;

/// Reads a run of aligned lines, by the measure under which the fewest lines have two numbers in
/// one column; of those, the one with the fewest columns.
pub(super) fn read<'a>(lines: &[Line<'a>], at: usize) -> Result<Found<'a>, usize> {
    if segments(lines[at].raw, MEASURES[0]).len() < 2 {
        return Err(at + 1);
    }
    let mut best: Option<((usize, usize), Run<'a>, Vec<Column>)> = None;
    let mut end = at + 1;
    for measure in MEASURES {
        let run = gather(lines, at, measure);
        end = end.max(at + run.len());
        let Some(columns) = columns(&run) else { continue };
        let faults = (run.iter().filter(|segments| collide(segments, &columns)).count(), columns.len());
        if best.as_ref().is_none_or(|(least, ..)| faults < *least) {
            best = Some((faults, run, columns));
        }
    }
    let Some((_, run, columns)) = best else { return Err(end) };
    let columns = with_one_of_labels(columns, &run);
    let rows = lines[at..]
        .iter()
        .zip(&run)
        .filter(|(line, segments)| !segments.is_empty() && !is_dashes(line.text))
        .map(|(line, segments)| cells(line, segments, &columns))
        .collect();
    let parts = vec![Part::Table { rows, wrapped: true }];
    Ok(Found { dialect: "columns aligned with spaces", parts, end: at + run.len() })
}

/// The stretches of the lines of a run, which ends with a line of several.
fn gather<'a>(lines: &[Line<'a>], at: usize, measure: Measure) -> Run<'a> {
    let mut run: Run<'a> = Vec::new();
    let (mut kept, mut blanks, mut labels, mut widest) = (0, 0, 0, 0);
    let mut numbered = false;
    for line in &lines[at..] {
        let segments = segments(line.raw, measure);
        let wide = line.text.chars().map(width).sum::<usize>() > LABEL_WIDTH.max(widest / 2);
        match segments.len() {
            0 => blanks += 1,
            1 if wide && !is_dashes(line.text) => break,
            // What stands alone below a blank line is a heading.
            1 if blanks > 0 => break,
            1 => {
                labels += 1;
                numbered |= is_numbered(line.text);
            }
            _ => (blanks, labels, numbered) = (0, 0, false),
        }
        // A label's second line belongs to the row right above it, white below it or not; what has a number does not.
        if blanks > 1 || labels > LABEL_LINES || (blanks > 0 && numbered) {
            break;
        }
        let whole = segments.len() > 1;
        if whole {
            widest = widest.max(segments.last().map_or(0, |segment| segment.end));
        }
        run.push(segments);
        if whole {
            kept = run.len();
        }
    }
    run.truncate(kept);
    run
}

/// A line of dashes, with or without gaps: pandoc's rule.
fn is_dashes(text: &str) -> bool {
    text.contains("--") && text.chars().all(|c| c == '-' || c == ' ')
}

/// The columns of the fullest lines, if there are two and enough lines have stretches in two.
fn columns(run: &[Vec<Segment<'_>>]) -> Option<Vec<Column>> {
    let most = run.iter().map(Vec::len).max()?;
    let full = (most * 3).div_ceil(5).max(2);
    let basis = || run.iter().filter(|segments| segments.len() >= full);
    let mut spans: Vec<Column> = basis().flatten().map(|segment| (segment.start, segment.end)).collect();
    spans.sort_unstable();
    let mut columns: Vec<Column> = Vec::new();
    for (start, end) in spans {
        match columns.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => columns.push((start, end)),
        }
    }
    let rows = || run.iter().filter(|segments| segments.len() > 1);
    let aligned = rows().filter(|segments| apart(segments, &columns)).count();
    let plausible = columns.len() >= 2 && columns.len() <= most * 2;
    (rows().count() >= ROWS && plausible && aligned * 2 > rows().count()).then_some(columns)
}

/// Columns of labels overlap: a group's label is centred beside the indented ones of its rows.
/// So everything left of the first column of numbers is one column.
fn with_one_of_labels(columns: Vec<Column>, run: &[Vec<Segment<'_>>]) -> Vec<Column> {
    let mut counts = vec![(0usize, 0usize); columns.len()];
    let holds_numbers = |segments: &&Vec<Segment>| segments.len() > 1 && segments.iter().any(|at| is_number(at.text));
    for segment in run.iter().filter(holds_numbers).flatten() {
        let (numbers, all) = &mut counts[nearest(segment, &columns)];
        *numbers += usize::from(is_number(segment.text));
        *all += 1;
    }
    let first = counts.iter().position(|(numbers, all)| numbers * 2 > *all).unwrap_or(0);
    if first < 2 || !counts[first..].iter().all(|(numbers, all)| numbers * 2 > *all) {
        return columns;
    }
    let labels = (columns[0].0, columns[first - 1].1);
    std::iter::once(labels).chain(columns[first..].iter().copied()).collect()
}

/// Whether two numbers of a line stand in one column.
fn collide(segments: &[Segment<'_>], columns: &[Column]) -> bool {
    let places = segments.iter().filter(|at| is_number(at.text)).map(|at| nearest(at, columns));
    let places: Vec<usize> = places.collect();
    places.windows(2).any(|pair| pair[0] >= pair[1])
}

/// Digits, or a mark for none.
fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '/' | '—' | '－' | '０'..='９'))
}

/// Whether the stretches of a line all stand in columns of their own.
fn apart(segments: &[Segment<'_>], columns: &[Column]) -> bool {
    segments.windows(2).all(|pair| nearest(&pair[0], columns) < nearest(&pair[1], columns))
}

/// The column that shares most with the stretch, or else the one nearest to it.
fn nearest(segment: &Segment<'_>, columns: &[Column]) -> usize {
    let from = columns.partition_point(|column| column.1 <= segment.start);
    let to = columns.partition_point(|column| column.0 < segment.end).max(from);
    let shared = |index: usize| segment.end.min(columns[index].1) - segment.start.max(columns[index].0);
    // Of columns that share as much, the first.
    if let Some(best) = (from..to).rev().max_by_key(|&index| shared(index)) {
        return best;
    }
    let left = from.checked_sub(1).map(|index| (segment.start - columns[index].1, index));
    let right = columns.get(from).map(|column| (column.0 - segment.end, from));
    left.into_iter().chain(right).min().map_or(0, |(_, index)| index)
}

/// The cells of a line: a cell for each column; what shares a column with another stretch moves
/// on to the next, or is added to the last.
fn cells<'a>(line: &Line<'a>, segments: &[Segment<'a>], columns: &[Column]) -> Cells<'a> {
    let mut cells: Cells<'a> = vec![Draft::of(Piece::of(line, "")); columns.len()];
    let mut free = 0;
    for segment in segments {
        // A number behind a label is none of its words, however near it stands.
        let behind_label = usize::from(is_number(segment.text) && !std::ptr::eq(segment, &segments[0]));
        let index = nearest(segment, columns).max(free).max(behind_label).min(columns.len() - 1);
        cells[index].add(Piece::of(line, segment.text));
        // Labels of a group and of a row stand side by side in the first column.
        free = if index == 0 && !is_number(segment.text) { 0 } else { index + 1 };
    }
    cells
}
