//! Pages → one document: tables joined, lines made paragraphs or columns.

use super::join;
use super::line::Line;
use super::prose::Margins;
use super::sheet::{Item, Sheet};
use super::table::Table;
use super::tolerance::{BEGINS_ABOVE, ENDS_BELOW, SAME_MARGIN, STICKS_OUT, TEXT_WIDTH};
use super::write::Writer;
use crate::document::Document;
use crate::ingest::{Error, Limits};

/// The document of pages without their heads and feet.
pub(super) fn document(sheets: Vec<Sheet>, limits: &Limits) -> Result<Document, Error> {
    let mut writer = Writer::new(limits, margins(&sheets));
    for part in joined(sheets) {
        match part {
            Part::Line(line, page) => writer.line(line, page),
            Part::Table(table) => writer.table(table)?,
        }
    }
    writer.finish()
}

/// A part of the whole, in reading order.
enum Part {
    Line(Line, u32),
    Table(Table),
}

/// Lines and tables of all pages, tables that go on over a page joined.
fn joined(sheets: Vec<Sheet>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // The page on which the last part, a table near its foot, ends.
    let mut ends: Option<u32> = None;
    for sheet in sheets {
        let count = sheet.items.len();
        for (at, item) in sheet.items.into_iter().enumerate() {
            let low = at + 1 == count && item.area().y1 >= ENDS_BELOW * sheet.height;
            let high = at == 0 && item.area().y0 <= BEGINS_ABOVE * sheet.height;
            let follows = high && ends.is_some_and(|page| page + 1 == sheet.page);
            ends = (low && matches!(item, Item::Table(_))).then_some(sheet.page);
            let next = match (item, parts.last_mut()) {
                (Item::Line(line), _) => Some(Part::Line(line, sheet.page)),
                (Item::Table(table), Some(Part::Table(upper))) if follows => join::join(upper, table).map(Part::Table),
                (Item::Table(table), _) => Some(Part::Table(table)),
            };
            parts.extend(next);
        }
    }
    parts
}

/// The margins of the text outside of tables. A line that sticks out alone does not move them.
fn margins(sheets: &[Sheet]) -> Margins {
    let lines = || {
        sheets.iter().flat_map(|sheet| &sheet.items).filter_map(|item| match item {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        })
    };
    let mut left: Vec<f32> = lines().map(|line| line.area.x0).collect();
    let mut right: Vec<f32> = lines().map(|line| -line.area.x1).collect();
    let width = sheets.iter().map(|sheet| sheet.width).fold(0.0, f32::max);
    let right = -outermost(&mut right, STICKS_OUT * width);
    let left = outermost(&mut left, STICKS_OUT * width);
    Margins { left, right: if right < TEXT_WIDTH * width { f32::INFINITY } else { right } }
}

/// The least place; if that sticks out alone a little, the least that another one is near to.
fn outermost(places: &mut [f32], little: f32) -> f32 {
    places.sort_unstable_by(f32::total_cmp);
    let least = places.first().copied().unwrap_or(0.0);
    let near = places.iter().take_while(|place| **place <= least + little).count();
    let shared = places[..near].windows(2).find(|pair| pair[1] - pair[0] <= SAME_MARGIN).map(|pair| pair[0]);
    shared.unwrap_or(least)
}
