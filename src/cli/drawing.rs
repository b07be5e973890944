//! Tables with merged cells, drawn with lines in a terminal.
//!
//! Widths are given to columns, heights to rows, each cell's frame marks the directions in
//! which lines leave every crossing, and the crossings choose their characters.

use anstyle::Style;

use super::words::Ruler;

/// A cell to draw; rows and columns count from 0.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    pub(crate) place: (usize, usize),
    pub(crate) extent: (usize, usize),
    pub(crate) text: String,
    pub(crate) align: Align,
    pub(crate) style: Style,
    /// Figures are never broken over lines.
    pub(crate) whole: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// A table to draw.
pub(crate) struct Drawing {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    /// Columns on the left that hold labels, which are not squeezed as far as others.
    pub(crate) label_columns: usize,
    pub(crate) cells: Vec<Drawn>,
    pub(crate) ruler: Ruler,
}

/// The narrowest column: two Chinese characters.
const NARROWEST: usize = 4;
/// The narrowest column of labels: （三） in one line.
const NARROWEST_LABEL: usize = 6;
/// What labels want beyond that.
const LABEL_ROOM: usize = 16;

impl Drawing {
    /// The table in lines of at most `width` columns, if its figures let it be so narrow.
    pub(crate) fn lines(&self, width: usize) -> Vec<String> {
        let frame = self.columns + 1;
        let least = self.least_widths();
        // Spaces beside the lines are welcome where they do not squeeze the labels.
        let labels = if self.label_columns > 0 { LABEL_ROOM } else { 0 };
        let pad = usize::from(least.iter().sum::<usize>() + 2 * self.columns + frame + labels <= width);
        let room = width.saturating_sub(frame + 2 * pad * self.columns);
        let widths = self.grown(least, room);
        let texts: Vec<Vec<String>> = self.cells.iter().map(|cell| self.wrapped(cell, &widths, pad)).collect();
        let heights = self.heights(&texts);
        let mut canvas = Canvas::new(&widths, &heights, pad);
        for (cell, text) in self.cells.iter().zip(&texts) {
            canvas.frame(cell);
            canvas.write(cell, text, pad, self.ruler);
        }
        // Where ambiguous characters are wide, so are the lines of boxes: plain ones keep the columns.
        canvas.lines(if self.ruler.ambiguous_wide { &PLAIN } else { &BOXES })
    }

    fn least_widths(&self) -> Vec<usize> {
        let narrowest = |column| if column < self.label_columns { NARROWEST_LABEL } else { NARROWEST };
        let mut widths: Vec<usize> = (0..self.columns).map(narrowest).collect();
        for cell in self.cells.iter().filter(|cell| cell.whole) {
            let (from, to) = (cell.place.1, cell.place.1 + cell.extent.1);
            let have: usize = widths[from..to].iter().sum::<usize>() + cell.extent.1 - 1;
            widths[to - 1] += self.ruler.width(&cell.text).saturating_sub(have);
        }
        widths
    }

    /// Widens the columns whose labels take the most lines, level by level: a header is only
    /// lower once all of its labels are. Where the room does not last for a whole level, the
    /// columns of labels take it, because each of their rows counts alone.
    fn grown(&self, mut widths: Vec<usize>, room: usize) -> Vec<usize> {
        while let Some((level, _)) = self.tallest(&widths) {
            let mut wider = widths.clone();
            while let Some((lines, column)) = self.tallest(&wider) {
                if lines < level || wider.iter().sum::<usize>() >= room {
                    break;
                }
                wider[column] += 1;
            }
            if self.tallest(&wider).is_some_and(|(lines, _)| lines == level) {
                widths[..self.label_columns].copy_from_slice(&wider[..self.label_columns]);
                break;
            }
            widths = wider;
        }
        widths
    }

    /// The most lines that a label takes for each row it has, if more than one, and its column.
    fn tallest(&self, widths: &[usize]) -> Option<(usize, usize)> {
        let single = self.cells.iter().filter(|cell| cell.extent.1 == 1 && !cell.whole);
        let lines = |cell: &Drawn| {
            let lines = self.ruler.wrap(&cell.text, widths[cell.place.1]).len();
            // Between the rows that a cell covers there are lines to write on, too.
            (lines.div_ceil(2 * cell.extent.0 - 1), cell.place.1)
        };
        let tallest = single.map(lines).max_by_key(|&(lines, column)| (lines, std::cmp::Reverse(column)))?;
        (tallest.0 > 1).then_some(tallest)
    }

    fn wrapped(&self, cell: &Drawn, widths: &[usize], pad: usize) -> Vec<String> {
        self.ruler.wrap(&cell.text, inner(cell.place.1, cell.extent.1, widths, pad))
    }

    fn heights(&self, texts: &[Vec<String>]) -> Vec<usize> {
        let mut heights = vec![1; self.rows];
        let mut order: Vec<usize> = (0..self.cells.len()).collect();
        order.sort_by_key(|&index| self.cells[index].extent.0);
        for index in order {
            let (from, rows) = (self.cells[index].place.0, self.cells[index].extent.0);
            let have: usize = heights[from..from + rows].iter().sum::<usize>() + rows - 1;
            heights[from + rows - 1] += texts[index].len().saturating_sub(have);
        }
        heights
    }
}

/// Columns of the terminal inside a cell: merged cells write over the lines and pads between.
fn inner(column: usize, columns: usize, widths: &[usize], pad: usize) -> usize {
    widths[column..column + columns].iter().sum::<usize>() + (columns - 1) * (1 + 2 * pad)
}

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// Characters of a crossing by the directions in which lines leave it.
const BOXES: [&str; 16] = [" ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼"];
const PLAIN: [&str; 16] = [" ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+"];

/// One column of the terminal: a line's directions, or text. The second half of a wide
/// character is an empty text.
#[derive(Clone)]
enum Slot {
    Line(u8),
    Text(String, Style),
}

struct Canvas {
    slots: Vec<Vec<Slot>>,
    /// Where the lines between columns stand.
    xs: Vec<usize>,
    /// Where the lines between rows stand.
    ys: Vec<usize>,
}

impl Canvas {
    fn new(widths: &[usize], heights: &[usize], pad: usize) -> Self {
        let xs = edges(widths.iter().map(|width| width + 2 * pad));
        let ys = edges(heights.iter().copied());
        let (last_x, last_y) = (xs[xs.len() - 1], ys[ys.len() - 1]);
        Canvas { slots: vec![vec![Slot::Line(0); last_x + 1]; last_y + 1], xs, ys }
    }

    fn corners(&self, cell: &Drawn) -> (usize, usize, usize, usize) {
        let ((row, column), (rows, columns)) = (cell.place, cell.extent);
        (self.ys[row], self.ys[row + rows], self.xs[column], self.xs[column + columns])
    }

    fn frame(&mut self, cell: &Drawn) {
        let (top, bottom, left, right) = self.corners(cell);
        for y in [top, bottom] {
            for x in left..right {
                self.mark(y, x, RIGHT);
                self.mark(y, x + 1, LEFT);
            }
        }
        for x in [left, right] {
            for y in top..bottom {
                self.mark(y, x, DOWN);
                self.mark(y + 1, x, UP);
            }
        }
    }

    fn mark(&mut self, y: usize, x: usize, direction: u8) {
        if let Slot::Line(directions) = &mut self.slots[y][x] {
            *directions |= direction;
        }
    }

    fn write(&mut self, cell: &Drawn, lines: &[String], pad: usize, ruler: Ruler) {
        let (top, bottom, left, right) = self.corners(cell);
        let (width, height) = (right - left - 1 - 2 * pad, bottom - top - 1);
        let first = top + 1 + height.saturating_sub(lines.len()) / 2;
        for (line, y) in lines.iter().zip(first..bottom) {
            let free = width.saturating_sub(ruler.width(line));
            let indent = match cell.align {
                Align::Left => 0,
                Align::Centre => free / 2,
                Align::Right => free,
            };
            self.text(y, left + 1 + pad + indent, line, cell.style, ruler);
        }
    }

    fn text(&mut self, y: usize, start: usize, text: &str, style: Style, ruler: Ruler) {
        let mut x = start;
        for c in text.chars() {
            let width = ruler.char_width(c);
            if width == 0 {
                // A combining mark belongs to the character before it.
                if let Some(Slot::Text(before, _)) = x.checked_sub(1).map(|x| &mut self.slots[y][x]) {
                    before.push(c);
                }
                continue;
            }
            for (part, slot) in self.slots[y].iter_mut().skip(x).take(width).enumerate() {
                *slot = Slot::Text(if part == 0 { c.to_string() } else { String::new() }, style);
            }
            x += width;
        }
    }

    fn lines(&self, boxes: &[&str; 16]) -> Vec<String> {
        self.slots.iter().map(|slots| line(slots, boxes)).collect()
    }
}

fn edges(sizes: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut edges = vec![0];
    edges.extend(sizes.scan(0, |edge, size| {
        *edge += size + 1;
        Some(*edge)
    }));
    edges
}

fn line(slots: &[Slot], boxes: &[&str; 16]) -> String {
    let mut out = String::new();
    let mut now = Style::new();
    for slot in slots {
        let (text, style) = match slot {
            Slot::Line(directions) => (boxes[usize::from(*directions)], Style::new()),
            Slot::Text(text, style) => (text.as_str(), *style),
        };
        if style != now {
            out += &format!("{now:#}{style}");
            now = style;
        }
        out += text;
    }
    out + &format!("{now:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(place: (usize, usize), extent: (usize, usize), text: &str) -> Drawn {
        let whole = text.chars().all(|c| c.is_ascii_digit());
        let align = if whole { Align::Right } else { Align::Left };
        Drawn { place, extent, text: text.to_owned(), align, style: Style::new(), whole }
    }

    fn drawing(ambiguous_wide: bool) -> Drawing {
        let cells = vec![
            cell((0, 0), (1, 3), "合并的标题"),
            cell((1, 0), (2, 1), "组"),
            cell((1, 1), (1, 1), "甲"),
            cell((1, 2), (1, 1), "1"),
            cell((2, 1), (1, 1), "乙的标签"),
            cell((2, 2), (1, 1), "123456"),
        ];
        Drawing { rows: 3, columns: 3, label_columns: 0, cells, ruler: Ruler { ambiguous_wide } }
    }

    #[test]
    fn merged_cells_leave_no_lines_inside() {
        let expected = "\
┌──────────────────────┐
│ 合并的标题           │
├──────┬──────┬────────┤
│      │ 甲   │      1 │
│ 组   ├──────┼────────┤
│      │ 乙的 │ 123456 │
│      │ 标签 │        │
└──────┴──────┴────────┘";
        assert_eq!(drawing(false).lines(24).join("\n"), expected);
    }

    #[test]
    fn plain_lines_where_boxes_would_be_wide() {
        let expected = "\
+--------------------------+
| 合并的标题               |
+------+----------+--------+
|      | 甲       |      1 |
| 组   +----------+--------+
|      | 乙的标签 | 123456 |
+------+----------+--------+";
        assert_eq!(drawing(true).lines(40).join("\n"), expected);
    }

    #[test]
    fn figures_are_never_broken_even_where_there_is_no_room() {
        let lines = drawing(false).lines(5);
        assert!(lines.iter().any(|line| line.contains("123456")));
    }

    #[test]
    fn a_style_ends_where_its_text_ends() {
        let mut drawing = drawing(false);
        drawing.cells[3].style = anstyle::AnsiColor::Red.on_default();
        let text = drawing.lines(24).join("\n");
        assert!(text.contains("│      \u{1b}[31m1\u{1b}[0m │"), "{text}");
    }
}
