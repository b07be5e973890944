//! What was found, drawn over the pages as SVG: a person must be able to see why a table came out wrong.

use std::fmt::Write;

use super::sheet::{Item, Sheet};
use super::table::Table;
use super::{Axis, Page, Rect, Said, edges, glyphs};

/// Between pages, points.
const BETWEEN: f32 = 24.0;

/// How each kind of thing looks. Attributes, since not every viewer knows style sheets.
const LOOKS: &[(&str, &str)] = &[
    ("page", "fill=\"#fff\" stroke=\"#888\""),
    ("fill", "fill=\"#ffe9b0\""),
    ("picture", "fill=\"#ddd\" stroke=\"#888\""),
    ("glyph", "fill=\"#222\""),
    ("unknown", "fill=\"#d00\""),
    ("invisible", "fill=\"#27c\""),
    ("edge", "stroke=\"#e67700\" stroke-width=\"1.5\" stroke-opacity=\"0.6\""),
    ("line", "fill=\"none\" stroke=\"#1971c2\" stroke-width=\"0.3\""),
    ("cell", "fill=\"#2b8a3e\" fill-opacity=\"0.08\" stroke=\"#2b8a3e\" stroke-width=\"0.6\""),
    ("table", "fill=\"none\" stroke=\"#c2255c\" stroke-width=\"1.2\""),
    ("name", "fill=\"#c2255c\" font-size=\"9\""),
    ("number", "fill=\"#2b8a3e\" font-size=\"4\""),
];

fn looks(class: &str) -> &'static str {
    LOOKS.iter().find(|(name, _)| *name == class).map_or("", |(_, looks)| looks)
}

/// One picture of all pages, one below the other: glyphs in their places, edges as they were snapped and joined,
/// cells with their rows and columns, tables with their numbers, lines of text.
pub(in crate::ingest) fn drawing(pages: &[Page]) -> String {
    let width = pages.iter().map(|page| page.width).fold(0.0, f32::max);
    let height: f32 = pages.iter().map(|page| page.height + BETWEEN).sum();
    let mut out = Drawing { svg: String::new(), tables: 0 };
    out.add(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"sans-serif\">"
    ));
    let mut top = 0.0;
    for (page, number) in pages.iter().zip(1..) {
        out.page(page, number, top);
        top += page.height + BETWEEN;
    }
    out.add(format_args!("</svg>"));
    out.svg
}

struct Drawing {
    svg: String,
    /// Tables so far. Parts of a table that goes on over pages are counted apart.
    tables: usize,
}

impl Drawing {
    fn add(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.svg, "{what}");
    }

    fn page(&mut self, page: &Page, number: u32, top: f32) {
        self.add(format_args!("<g id=\"page{number}\" transform=\"translate(0 {top:.1})\">"));
        let whole = Rect { x0: 0.0, y0: 0.0, x1: page.width, y1: page.height };
        self.area("page", whole);
        page.fills.iter().for_each(|fill| self.area("fill", *fill));
        page.pictures.iter().for_each(|picture| self.area("picture", *picture));
        self.glyphs(page);
        let edges = edges::of(page);
        for edge in edges.horizontal.iter().chain(&edges.vertical) {
            let look = looks("edge");
            let (x0, y0, x1, y1) = match edge.axis {
                Axis::Horizontal => (edge.from, edge.at, edge.to, edge.at),
                Axis::Vertical => (edge.at, edge.from, edge.at, edge.to),
            };
            self.add(format_args!(
                "<line class=\"edge\" {look} x1=\"{x0:.1}\" y1=\"{y0:.1}\" x2=\"{x1:.1}\" y2=\"{y1:.1}\"/>"
            ));
        }
        self.items(Sheet::of(page, number).items);
        self.add(format_args!("</g>"));
    }

    fn area(&mut self, class: &str, Rect { x0, y0, x1, y1 }: Rect) {
        let (width, height, look) = (x1 - x0, y1 - y0, looks(class));
        self.add(format_args!(
            "<rect class=\"{class}\" {look} x=\"{x0:.1}\" y=\"{y0:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
        ));
    }

    fn glyphs(&mut self, page: &Page) {
        for glyph in &page.glyphs {
            let mut text = String::new();
            glyphs::push(glyph, &mut text);
            if text.trim().is_empty() {
                continue;
            }
            let class = match (&glyph.text, glyph.invisible) {
                (Said::Nothing, _) => "unknown",
                (_, true) => "invisible",
                _ => "glyph",
            };
            let Rect { x0, y0, y1, .. } = glyph.area;
            // The baseline lies an eighth of the height above the foot of the area.
            let (baseline, size) = (y1 - (y1 - y0) * 0.12, glyph.size);
            let (text, look) = (escaped(&text), looks(class));
            self.add(format_args!(
                "<text class=\"{class}\" {look} x=\"{x0:.1}\" y=\"{baseline:.1}\" font-size=\"{size:.1}\">{text}</text>"
            ));
        }
    }

    /// Lines, tables and what is in their cells.
    fn items(&mut self, items: Vec<Item>) {
        let mut todo: Vec<Item> = items.into_iter().rev().collect();
        while let Some(item) = todo.pop() {
            match item {
                Item::Line(line) => self.area("line", line.area),
                Item::Table(table) => {
                    self.table(&table);
                    todo.extend(table.cells.into_iter().rev().flat_map(|cell| cell.items.into_iter().rev()));
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        for cell in &table.cells {
            self.area("cell", cell.area);
            let (x, y) = (cell.area.x0 + 1.0, cell.area.y0 + 4.0);
            let (row, column) = (cell.rows.start + 1, cell.columns.start + 1);
            let (rows, columns) = (cell.rows.len(), cell.columns.len());
            let look = looks("number");
            let spans = if rows * columns > 1 { format!(" ({rows}×{columns})") } else { String::new() };
            self.add(format_args!(
                "<text class=\"number\" {look} x=\"{x:.1}\" y=\"{y:.1}\">{row}.{column}{spans}</text>"
            ));
        }
        self.area("table", table.area);
        let look = looks("name");
        let (x, y, number) = (table.area.x0, table.area.y0 - 2.0, self.tables);
        self.add(format_args!("<text class=\"name\" {look} x=\"{x:.1}\" y=\"{y:.1}\">{number}</text>"));
    }
}

/// Text as XML wants it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
