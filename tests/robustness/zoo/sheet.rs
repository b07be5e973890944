//! Workbooks: XLSX, ODS, XLS.

use super::noise;
use super::{LAUGHS, Limit, MILLION, Maker, Read, ReadOrLimit, Refused, file, flood};
use crate::package::{Package, cell, flat, row, table};

pub const FILES: &[Maker] = &[
    file("million-elements-deep.xlsx", Refused("damaged"), || sheet(&"<a>".repeat(MILLION))),
    file("whole-sheet-declared.xlsx", Read, || {
        sheet(&format!(
            "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\">{}{}</row></sheetData>",
            inline("A1"),
            inline("XFD1")
        ))
    }),
    file("whole-sheet-merged.xlsx", Read, || {
        sheet(&format!(
            "<sheetData><row r=\"1\">{}{}</row></sheetData><mergeCells>{}</mergeCells>",
            inline("A1"),
            inline("B1"),
            "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(flood() / 2)
        ))
    }),
    file("merged-everywhere.xlsx", Read, || {
        let merges: String = (1..flood() / 5).map(|at| format!("<mergeCell ref=\"A{at}:XFD{at}\"/>")).collect();
        sheet(&format!(
            "<sheetData><row r=\"1\">{}{}</row></sheetData><mergeCells>{merges}</mergeCells>",
            inline("A1"),
            inline("B1")
        ))
    }),
    file("shared-text-everywhere.xlsx", Limit("part_bytes"), || shared(4 << 20, 1_000)),
    file("shared-texts-million.xlsx", Refused("damaged"), || {
        let texts = "<si><t>1</t></si>".repeat(3 * flood());
        let strings = format!(
            r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4294967295" uniqueCount="4294967295">{texts}</sst>"#
        );
        stored(sheet_of("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>4294967295</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row></sheetData>").part("xl/sharedStrings.xml", &strings))
    }),
    file("rows-out-of-bounds.xlsx", Refused("damaged"), || {
        sheet(
            "<sheetData><row r=\"4294967295\"><c r=\"A4294967295\"><v>1</v></c><c r=\"ZZZZZZ1\"><v>1</v></c></row><row r=\"99999999999999999999\"><c r=\"A0\"><v>1</v></c></row></sheetData>",
        )
    }),
    file("entities.xlsx", Refused("damaged"), || {
        let package = sheet_of(&format!("<sheetData><row r=\"1\">{}</row></sheetData>", inline("A1")));
        let strings = format!(
            "{LAUGHS}<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&h;&i;</t></si></sst>"
        );
        package.part("xl/sharedStrings.xml", &strings).bytes()
    }),
    file("ratio.xlsx", Limit("ratio"), || sheet_of(&" ".repeat(60 << 20)).bytes()),
    file("sheets-without-end.xlsx", Limit("file_bytes"), || {
        let bodies: Vec<String> = (0..40)
            .map(|_| format!("<sheetData><row r=\"1\">{}</row></sheetData>{}", inline("A1"), noise(8 << 20)))
            .collect();
        let sheets: Vec<(String, &str)> =
            bodies.iter().enumerate().map(|(at, body)| (format!("s{at}"), body.as_str())).collect();
        let sheets: Vec<(&str, &str, &str)> = sheets.iter().map(|(name, body)| (name.as_str(), "", *body)).collect();
        spoiled(Package::xlsx(&sheets))
    }),
    file("cells-to-the-limit.xlsx", ReadOrLimit, || {
        let rows: String =
            (1..flood() / 241).map(|at| format!("<row r=\"{at}\">{}</row>", "<c><v>1</v></c>".repeat(240))).collect();
        sheet(&format!("<sheetData>{rows}</sheetData>"))
    }),
    file("billion-columns.ods", Read, || {
        ods(&table(&[&row(&[&cell("table:number-columns-repeated=\"1000000000\"", "1")])]))
    }),
    file("billion-rows.ods", Limit("cells"), || {
        ods(&format!(
            "<table:table><table:table-row table:number-rows-repeated=\"1000000000\">{}{}</table:table-row></table:table>",
            cell("", "1"),
            cell("", "2")
        ))
    }),
    file("long-text-repeated.ods", Limit("part_bytes"), || {
        ods(&table(&[&row(&[&cell("table:number-columns-repeated=\"1000\"", &"长".repeat(1 << 20))])]))
    }),
    file("million-tables-deep.ods", Limit("depth"), || {
        ods(&"<table:table><table:table-row><table:table-cell>".repeat(MILLION / 3))
    }),
    file("million-sheets.ods", Read, || ods(&table(&[&row(&[&cell("", "1"), &cell("", "2")])]).repeat(flood() / 10))),
    file("entities.fods", Read, || {
        flat("spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", &table(&[&row(&[&cell("", "&h;&i;")])]))
            .replacen("<office:document", &format!("{LAUGHS}<office:document"), 1)
            .into_bytes()
    }),
    file("records-that-lie.xls", Read, || {
        again(
            &[
                (0x0204, vec![0; 3]),
                (0x0006, vec![0xff; 22]),
                (0x0207, vec![0xff; 8]),
                (0x00fd, vec![0xff; 10]),
                (0x00e5, vec![0xff; 8_000]),
            ],
            500,
        )
    }),
    file("texts-that-lie.xls", Read, || {
        again(&[(0x00fc, [&[0xff; 8][..], &[0xff; 2_000]].concat()), (0x003c, vec![1; 8_000])], 500)
    }),
    file("merged-everywhere.xls", Read, || {
        let merge: Vec<u8> = [0_u16, 0xffff, 0, 0xff].iter().flat_map(|word| word.to_le_bytes()).collect();
        xls(&vec![(0x00e5, [&1000_u16.to_le_bytes()[..], &merge.repeat(1000)].concat()); 500])
    }),
    file("farthest-corners.xls", Limit("cells"), || {
        xls(&[number(0, 0), number(0, 255), number(65_535, 0), number(65_535, 255)])
    }),
    file("shared-text-everywhere.xls", Limit("part_bytes"), || {
        let text = [&[1, 0, 0, 0, 1, 0, 0, 0, 0x40, 0x1f, 0][..], &[b'x'; 8_000]].concat();
        let cell = |row: u16| (0x00fd, [row, 0, 0, 0, 0].iter().flat_map(|word| word.to_le_bytes()).collect());
        xls_of(&[(0x00fc, text)], &(0..10_000).map(cell).collect::<Vec<_>>())
    }),
    file("million-numbers.xls", ReadOrLimit, || {
        xls(&(0..(flood() / 17) as u16)
            .flat_map(|row| (0..30).map(move |column| number(row, column)))
            .collect::<Vec<_>>())
    }),
    file("begins-without-end.xls", Refused("damaged"), || {
        xls(&vec![(0x0809, vec![0, 6, 0x10, 0, 0, 0, 0, 0]); 100_000])
    }),
];

fn inline(place: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>x</t></is></c>"#)
}

fn sheet_of(body: &str) -> Package {
    Package::xlsx(&[("S", "", body)])
}

fn stored(mut package: Package) -> Vec<u8> {
    package.stored = true;
    package.bytes()
}

fn sheet(body: &str) -> Vec<u8> {
    stored(sheet_of(body))
}

fn ods(tables: &str) -> Vec<u8> {
    stored(Package::ods(tables, ""))
}

/// Parts that pack a hundred to one: no ratio stands in the way.
fn spoiled(package: Package) -> Vec<u8> {
    package.bytes()
}

/// One long text that so many cells show.
fn shared(length: usize, cells: usize) -> Vec<u8> {
    let strings = format!(
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="1"><si><t>{}</t></si></sst>"#,
        "长".repeat(length)
    );
    let rows: String = (1..=cells)
        .map(|at| {
            format!("<row r=\"{at}\"><c r=\"A{at}\" t=\"s\"><v>0</v></c><c r=\"B{at}\" t=\"s\"><v>0</v></c></row>")
        })
        .collect();
    stored(sheet_of(&format!("<sheetData>{rows}</sheetData>")).part("xl/sharedStrings.xml", &strings))
}

fn number(row: u16, column: u16) -> (u16, Vec<u8>) {
    let place: Vec<u8> = [row, column, 0].iter().flat_map(|word| word.to_le_bytes()).collect();
    (0x0203, [&place[..], &1.5_f64.to_le_bytes()].concat())
}

/// The records so many times.
fn again(records: &[(u16, Vec<u8>)], times: usize) -> Vec<u8> {
    xls(&(0..times).flat_map(|_| records.iter().cloned()).collect::<Vec<_>>())
}

/// A stream of records, a sheet of these among them.
fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    xls_of(&[], records)
}

/// The same with records of the workbook.
fn xls_of(globals: &[(u16, Vec<u8>)], records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat();
    let begin = |kind: u16| {
        record(
            0x0809,
            &[0x0600, kind, 0, 0, 0, 0, 0, 0].iter().flat_map(|word: &u16| word.to_le_bytes()).collect::<Vec<_>>(),
        )
    };
    let all =
        |records: &[(u16, Vec<u8>)]| records.iter().flat_map(|(kind, data)| record(*kind, data)).collect::<Vec<u8>>();
    let head = |place: u32| {
        [
            begin(5),
            all(globals),
            record(0x0085, &[&place.to_le_bytes()[..], &[0, 0, 2, 0], b"S1"].concat()),
            record(0x000a, &[]),
        ]
        .concat()
    };
    let place = head(0).len() as u32;
    [head(place), begin(0x10), all(records), record(0x000a, &[])].concat()
}
