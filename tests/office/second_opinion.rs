//! The samples as other programs see them: the scripts in `tests/second_opinion` write what LibreOffice,
//! openpyxl, xlrd and odfpy make of them, and nothing of it comes from this program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gongkai::document::{Block, Document, Slot, Table};
use gongkai::ingest::{self, Limits};
use serde::de::DeserializeOwned;

fn opinions<T: DeserializeOwned>(name: &str) -> BTreeMap<String, T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second_opinion").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).expect("what it saw")).expect("JSON")
}

fn input(case: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(case);
    let entries = std::fs::read_dir(folder).expect("a sample").map(|entry| entry.expect("entry").path());
    entries.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "input")).expect("an input")
}

fn read(case: &str) -> Document {
    ingest::read(&std::fs::read(input(case)).expect("the input"), &Limits::default()).expect("readable")
}

fn tight(text: &str) -> String {
    text.split_whitespace().collect()
}

// ---- texts ----

/// A table as a rectangle of texts without white space; none where no cell is.
type Rectangle = Vec<Vec<Option<String>>>;

fn rectangle(table: &Table) -> Rectangle {
    let grid = table.grid();
    let text = |slot| table.cell(slot).map(|cell| tight(&cell.text()));
    (0..grid.rows()).map(|row| grid.row(row).iter().map(|&slot| text(slot)).collect()).collect()
}

#[test]
fn libreoffice_sees_the_same_cells_of_texts() {
    let mut places = 0;
    for (case, others) in opinions::<Vec<Rectangle>>("odt_libreoffice.json") {
        let document = read(&case);
        assert_eq!(document.tables.len(), others.len(), "{case}");
        for (at, (table, other)) in document.tables.iter().zip(&others).enumerate() {
            assert_eq!(&rectangle(table), other, "{case}, table {}", at + 1);
            places += other.iter().map(Vec::len).sum::<usize>();
        }
    }
    assert!(places > 2_000, "only {places} places compared");
}

// ---- sheets ----

/// Row, column and text of a cell, and row, column, rows and columns of merged cells.
type Opinion = (Vec<(u32, u32, String)>, Vec<(u32, u32, u32, u32)>);

/// What a sheet holds by this reader: cells of tables, lines by row, merged cells of tables.
#[derive(Default)]
struct Own {
    cells: BTreeSet<(u32, u32, String)>,
    lines: BTreeMap<u32, String>,
    merged: BTreeSet<(u32, u32, u32, u32)>,
    /// Rows of tables: blank ones at their edges are none.
    rows: BTreeSet<u32>,
}

fn sheets(document: &Document) -> BTreeMap<u32, Own> {
    let mut sheets: BTreeMap<u32, Own> = BTreeMap::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                // The name of a sheet stands in no row.
                let Some(line) = paragraph.origin.line else { continue };
                let sheet = sheets.entry(paragraph.origin.page.expect("a sheet")).or_default();
                sheet.lines.entry(line).or_default().push_str(&tight(&paragraph.text));
            }
            Block::Table(index) => take(&document.tables[*index], &mut sheets),
        }
    }
    sheets
}

fn take(table: &Table, sheets: &mut BTreeMap<u32, Own>) {
    let grid = table.grid();
    let sheet = sheets.entry(table.page.expect("a sheet")).or_default();
    for row in 0..grid.rows() {
        for (column, &slot) in grid.row(row).iter().enumerate() {
            let Slot::Cell { row: home, .. } = slot else { continue };
            let left = column.checked_sub(1).map(|left| grid.row(row)[left]);
            if home != row || left == Some(slot) {
                continue;
            }
            let cell = table.cell(slot).expect("a cell");
            let (line, column) = (cell.line.expect("a row"), column as u32 + 1);
            sheet.rows.insert(line);
            if !tight(&cell.text()).is_empty() {
                sheet.cells.insert((line, column, tight(&cell.text())));
            }
            if cell.row_span > 1 || cell.column_span > 1 {
                sheet.merged.insert((line, column, cell.row_span, cell.column_span));
            }
        }
    }
}

#[test]
fn other_readers_see_the_same_cells_of_sheets() {
    let mut compared = 0;
    for (case, others) in opinions::<Vec<Opinion>>("sheet_python.json") {
        let sheets = sheets(&read(&case));
        assert_eq!(sheets.len(), others.len(), "{case}");
        for (own, (cells, merged)) in sheets.values().zip(others) {
            let (lines, cells): (Vec<_>, Vec<_>) = cells.into_iter().partition(|cell| own.lines.contains_key(&cell.0));
            let lines: BTreeMap<u32, String> = lines.into_iter().map(|(row, _, text)| (row, text)).collect();
            compared += cells.len();
            assert_eq!(own.lines, lines, "{case}");
            assert_eq!(own.cells, cells.into_iter().collect(), "{case}");
            let in_tables = merged.into_iter().filter(|region| own.rows.contains(&region.0));
            assert_eq!(own.merged, in_tables.collect(), "{case}");
        }
    }
    assert!(compared > 4_000, "only {compared} cells compared");
}
