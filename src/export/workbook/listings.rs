//! A workbook of small tables, a sheet each.

use rust_xlsxwriter::{ColNum, RowNum, Workbook, Worksheet, XlsxError};

use super::super::listing::{Entry, Listing, Tone};
use super::style::Styles;
use super::{ROWS, TALL_HEADER, new_workbook, put};
use crate::finding::Lang;

/// Characters of a header from which it needs several lines.
const LONG_HEADER: usize = 24;

/// The workbook as bytes. A table of more rows than a sheet has goes on in further sheets.
pub(in crate::export) fn of_listings(listings: &[Listing], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = new_workbook().map_err(XlsxError::IoError)?;
    let styles = Styles::new();
    for listing in listings {
        sheets(&mut workbook, listing, lang, &styles)?;
    }
    workbook.save_to_buffer()
}

fn sheets(workbook: &mut Workbook, listing: &Listing, lang: Lang, styles: &Styles) -> Result<(), XlsxError> {
    let title = if lang == Lang::En { listing.title.0 } else { listing.title.1 };
    let pages: Vec<&[Vec<Entry>]> = listing.rows.chunks(ROWS as usize - 1).collect();
    let pages = if pages.is_empty() { vec![&[][..]] } else { pages };
    for (page, rows) in pages.into_iter().enumerate() {
        let name = if page == 0 { title.to_owned() } else { format!("{title} {}", page + 1) };
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        head(sheet, listing, lang, styles)?;
        for (row, entries) in (1..).zip(rows) {
            for (column, entry) in (0..).zip(entries) {
                write(sheet, (row, column), entry, styles)?;
            }
        }
        let last = RowNum::try_from(rows.len()).unwrap_or(ROWS - 1);
        let columns = ColNum::try_from(listing.columns.len().max(1) - 1).unwrap_or(ColNum::MAX);
        sheet.autofilter(0, 0, last, columns)?;
    }
    Ok(())
}

fn head(sheet: &mut Worksheet, listing: &Listing, lang: Lang, styles: &Styles) -> Result<(), XlsxError> {
    for (column, heading) in (0..).zip(&listing.columns) {
        let title = if lang == Lang::En { &heading.title.0 } else { &heading.title.1 };
        sheet.set_column_width(column, heading.width)?;
        sheet.write_string_with_format(0, column, title, &styles.header)?;
        if title.chars().count() > LONG_HEADER {
            sheet.set_row_height(0, TALL_HEADER)?;
        }
    }
    // The organ goes along.
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    entry: &Entry,
    styles: &Styles,
) -> Result<(), XlsxError> {
    if let Entry::State(word, tone) = entry {
        let look = match tone {
            Tone::Good => styles.of_tone(None),
            Tone::Doubtful => styles.of_tone(Some(false)),
            Tone::Bad => styles.of_tone(Some(true)),
        };
        return sheet.write_string_with_format(row, column, *word, look).map(|_| ());
    }
    put(sheet, (row, column), &entry.cell(), styles).map(|_| ())
}
