//! The report as a Word document, written with docx-rs: title, sections, tables.
//!
//! Equal reports give equal bytes: paragraphs are numbered by us, the document bears no date,
//! and we close the container ourselves, with one time stamp for all parts.

use std::fmt;
use std::io::{Cursor, Write};
use std::sync::Arc;

use docx_rs::{
    AlignmentType, BreakType, Docx, LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts, Table,
    TableAlignmentType, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellMargins, TableLayoutType,
    TableRow, VAlignType, VMergeType, WidthType, XMLDocx,
};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::order::ordered;
use super::{Content, Rows, Sheet, SheetCell};
use crate::finding::Lang;
use crate::report::{Figure, Report, Section, TableReport, Value};
use crate::template::Form;

/// A4, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// Left and right margin: wide enough for binding, narrow enough for fifteen columns.
const MARGIN: i32 = 1_247;
/// What is left between the margins.
const TEXT_WIDTH: usize = 11_906 - 2 * 1_247;
/// Around the text in a cell: with Word's usual 108, a column of the third table would hold one character.
const CELL_MARGIN: usize = 28;
/// Where columns are wider.
const ROOMY_CELL_MARGIN: usize = 40;
/// More columns than this are narrow.
const ROOMY_COLUMNS: usize = 10;

/// Why a report cannot be written as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// No form of the edition that a table names.
    UnknownForm {
        /// The table.
        table: String,
        /// The edition it names.
        edition: String,
    },
    /// The form has no such table.
    UnknownTable {
        /// The table.
        table: String,
        /// The edition it names.
        edition: String,
    },
    /// The container could not be written.
    Container(String),
}

impl RenderError {
    /// One sentence with cause and remedy.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (RenderError::UnknownForm { table, edition }, Lang::En) => {
                format!("table `{table}` is of edition `{edition}`, which is not known; give its template")
            }
            (RenderError::UnknownForm { table, edition }, Lang::Zh) => {
                format!("表 `{table}` 的版式 `{edition}` 未知；请提供其模板")
            }
            (RenderError::UnknownTable { table, edition }, Lang::En) => {
                format!("edition `{edition}` has no table `{table}`; correct the report, or give its own template")
            }
            (RenderError::UnknownTable { table, edition }, Lang::Zh) => {
                format!("版式 `{edition}` 没有表 `{table}`；请更正报告，或提供其模板")
            }
            (RenderError::Container(cause), Lang::En) => {
                format!("the Word file could not be put together: {cause}; please report it")
            }
            (RenderError::Container(_), Lang::Zh) => "无法生成 Word 文件；请报告此问题".to_owned(),
        }
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for RenderError {}

/// Writes a report as the official form; each table by the form it names, so editions may mix.
///
/// Sections stand as the report has them, each table at the end of its section. A section that
/// a table needs and the report lacks is added with the form's heading; a report without any
/// section gets all headings of the form.
///
/// A row whose figures are all missing is left out, and so is a table. A single missing
/// figure in a row that is there cannot be drawn: its cell is empty and reads back as blank.
/// Characters that XML does not have (U+0000 to U+001F but tab and line break, U+FFFE, U+FFFF) are left out.
///
/// # Errors
/// When a table names an edition that is not among `forms`, or that has no such table.
pub fn docx(report: &Report, forms: &[Arc<Form>]) -> Result<Vec<u8>, RenderError> {
    let mut page = Page::new();
    if let Some(title) = &report.title {
        page.write(Style::Title, &title.text);
    }
    for chapter in chapters(report, forms)? {
        if let Some(heading) = &chapter.heading {
            page.write(Style::Heading, heading);
        }
        if let Some(section) = chapter.section {
            page.section(section);
        }
        for sheet in &chapter.sheets {
            page.table(sheet);
        }
    }
    pack(page.docx.build()).map_err(|error| RenderError::Container(error.to_string()))
}

/// A heading with all that stands under it.
#[derive(Default)]
struct Chapter<'a> {
    id: Option<&'a str>,
    heading: Option<String>,
    section: Option<&'a Section>,
    sheets: Vec<Sheet<'a>>,
}

fn chapters<'a>(report: &'a Report, forms: &'a [Arc<Form>]) -> Result<Vec<Chapter<'a>>, RenderError> {
    let mut chapters: Vec<Chapter> = report.sections.iter().map(Chapter::of_section).collect();
    for (at, table) in report.tables.iter().enumerate() {
        let form = form_of(table, forms)?;
        if at == 0 && chapters.is_empty() {
            chapters = (0..form.sections.len()).map(|index| Chapter::of_form(form, index)).collect();
        }
        let Some(sheet) = Sheet::of(form, table, Rows::Present) else { continue };
        let section = form.table(&table.id).map_or("", |(_, def)| def.section.as_str());
        let place = place_of(&mut chapters, form, section);
        chapters[place].sheets.push(sheet);
    }
    Ok(chapters)
}

fn form_of<'a>(table: &TableReport, forms: &'a [Arc<Form>]) -> Result<&'a Form, RenderError> {
    let (name, edition) = (table.id.clone(), table.form.clone());
    match forms.iter().find(|form| form.edition == edition) {
        None => Err(RenderError::UnknownForm { table: name, edition }),
        Some(form) if form.table(&name).is_none() => Err(RenderError::UnknownTable { table: name, edition }),
        Some(form) => Ok(form),
    }
}

/// The chapter of a section of the form, added in the form's order if the report has none.
fn place_of<'a>(chapters: &mut Vec<Chapter<'a>>, form: &'a Form, section: &str) -> usize {
    if let Some(found) = chapters.iter().position(|chapter| chapter.id == Some(section)) {
        return found;
    }
    let order = |id: &str| form.sections.iter().position(|def| def.id == id);
    let own = order(section);
    let later = |chapter: &Chapter| chapter.id.and_then(order) > own && own.is_some();
    let place = chapters.iter().position(later).unwrap_or(chapters.len());
    chapters.insert(place, own.map_or_else(Chapter::default, |index| Chapter::of_form(form, index)));
    place
}

impl<'a> Chapter<'a> {
    fn of_section(section: &'a Section) -> Self {
        let heading = (!section.title.is_empty()).then(|| section.title.clone());
        Chapter { id: section.id.as_deref(), heading, section: Some(section), sheets: Vec::new() }
    }

    fn of_form(form: &'a Form, index: usize) -> Self {
        let def = &form.sections[index];
        let heading = Some(def.heading());
        Chapter { id: Some(&def.id), heading, section: None, sheets: Vec::new() }
    }
}

/// How a paragraph looks: fonts and sizes of official documents (GB/T 9704), which Word and WPS
/// have and LibreOffice replaces.
#[derive(Clone, Copy)]
enum Style {
    Title,
    Heading,
    SubHeading,
    Body,
    /// In a table: centred, or from the left.
    Cell(AlignmentType),
}

/// The document so far, and the number of its last paragraph.
struct Page {
    docx: Docx,
    last: usize,
}

impl Page {
    fn new() -> Self {
        let margin = PageMargin::new().left(MARGIN).right(MARGIN).top(1_440).bottom(1_440);
        let fonts = fonts("仿宋");
        let docx = Docx::new().page_size(PAGE.0, PAGE.1).page_margin(margin).default_fonts(fonts).default_size(32);
        Page { docx, last: 0 }
    }

    fn add(&mut self, style: Style, text: &str) {
        let paragraph = self.paragraph(style, text);
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    /// One paragraph a line.
    fn write(&mut self, style: Style, text: &str) {
        for line in text.split('\n') {
            self.add(style, line);
        }
    }

    fn section(&mut self, section: &Section) {
        if !section.text.is_empty() {
            self.write(Style::Body, &section.text);
        }
        for part in &section.parts {
            self.write(Style::SubHeading, &part.title);
            if !part.text.is_empty() {
                self.write(Style::Body, &part.text);
            }
        }
    }

    /// A paragraph with a number of its own: docx-rs would count on from the last document.
    fn paragraph(&mut self, style: Style, text: &str) -> Paragraph {
        self.last += 1;
        let paragraph = Paragraph::new().id(format!("{:08x}", self.last));
        let exact = |points: i32| LineSpacing::new().line_rule(LineSpacingType::Exact).line(points * 20);
        // A table has no space above it: the paragraph before leaves a little.
        let text_spacing = exact(28).after(60);
        let (paragraph, font, half_points) = match style {
            Style::Title => {
                let spacing = exact(35).after(400);
                (paragraph.align(AlignmentType::Center).line_spacing(spacing).keep_next(true), "宋体", 44)
            }
            Style::Heading => (indented(paragraph, text_spacing).keep_next(true).outline_lvl(0), "黑体", 32),
            Style::SubHeading => (indented(paragraph, text_spacing).keep_next(true).outline_lvl(1), "楷体", 32),
            Style::Body => (indented(paragraph, text_spacing).align(AlignmentType::Both), "仿宋", 32),
            Style::Cell(alignment) => (paragraph.align(alignment).line_spacing(exact(15)), "宋体", 21),
        };
        let run = run(text).size(half_points).fonts(fonts(font));
        paragraph.add_run(if matches!(style, Style::Title) { run.bold() } else { run })
    }

    fn table(&mut self, sheet: &Sheet) {
        let widths = widths(sheet);
        let owners = sheet.owners();
        let rows = (0..sheet.rows).map(|row| self.row(sheet, row, &owners, &widths)).collect();
        let line = |position| TableBorder::new(position).size(4);
        use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
        let borders = [Top, Bottom, Left, Right, InsideH, InsideV];
        let borders = borders.into_iter().fold(TableBorders::new(), |borders, position| borders.set(line(position)));
        let margin = if sheet.columns > ROOMY_COLUMNS { CELL_MARGIN } else { ROOMY_CELL_MARGIN };
        let table = Table::new(rows)
            .set_grid(widths)
            .width(TEXT_WIDTH, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .align(TableAlignmentType::Center)
            .margins(TableCellMargins::new().margin(margin, margin, margin, margin))
            .set_borders(borders);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
        // Two tables without a paragraph between them would be one.
        self.add(Style::Cell(AlignmentType::Left), "");
    }

    /// A row: cells that begin in it, and the rest of those that began above.
    fn row(&mut self, sheet: &Sheet, row: usize, owners: &[Option<usize>], widths: &[usize]) -> TableRow {
        let mut cells = Vec::new();
        let mut column = 0;
        // A header at the foot of a page, its figures on the next, helps nobody.
        let mut owned = owners[row * sheet.columns..(row + 1) * sheet.columns].iter().flatten();
        let header = owned.any(|owner| matches!(sheet.cells[*owner].content, Content::Heading(_)));
        while column < sheet.columns {
            let Some(owner) = owners[row * sheet.columns + column] else {
                column += 1;
                continue;
            };
            let cell = &sheet.cells[owner];
            let width = widths[cell.column..cell.column + cell.columns].iter().sum();
            cells.push(self.cell(cell, row, header).width(width, WidthType::Dxa));
            column += cell.columns;
        }
        TableRow::new(cells).cant_split()
    }

    fn cell(&mut self, cell: &SheetCell, row: usize, keep_next: bool) -> TableCell {
        let begins = row == cell.row;
        let (alignment, text) = match &cell.content {
            Content::Heading(label) => (AlignmentType::Center, (*label).to_owned()),
            Content::Label(label) if cell.rows > 1 => (AlignmentType::Center, (*label).to_owned()),
            Content::Label(label) => (AlignmentType::Left, (*label).to_owned()),
            Content::Figure(_, figure) => (AlignmentType::Center, figure.map(cell_text).unwrap_or_default()),
            Content::Extra(text) => (AlignmentType::Center, text.to_string()),
        };
        let paragraph = self.paragraph(Style::Cell(alignment), if begins { &text } else { "" });
        let paragraph = if keep_next { paragraph.keep_next(true) } else { paragraph };
        let mut drawn = TableCell::new().add_paragraph(paragraph).vertical_align(VAlignType::Center);
        if cell.columns > 1 {
            drawn = drawn.grid_span(cell.columns);
        }
        if cell.rows > 1 {
            drawn = drawn.vertical_merge(if begins { VMergeType::Restart } else { VMergeType::Continue });
        }
        drawn
    }
}

fn indented(paragraph: Paragraph, spacing: LineSpacing) -> Paragraph {
    // Two characters of the body's size; some programs know the count, some the width.
    let width = Some(docx_rs::SpecialIndentType::FirstLine(640));
    paragraph.indent(None, width, None, None).first_line_chars(200).line_spacing(spacing)
}

fn fonts(east_asian: &str) -> RunFonts {
    RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").east_asia(east_asian).hint("eastAsia")
}

/// Text with its line breaks and tabs. One paragraph, so that a break at the very beginning is kept.
fn run(text: &str) -> Run {
    let mut run = Run::new();
    for (line, text) in text.split('\n').enumerate() {
        if line > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        for (part, text) in text.split('\t').enumerate() {
            if part > 0 {
                run = run.add_tab();
            }
            let text: String = text.chars().filter(|&c| is_xml(c)).collect();
            if !text.is_empty() {
                run = run.add_text(text);
            }
        }
    }
    run
}

fn is_xml(c: char) -> bool {
    c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The text of a figure's cell: as the document had it, else as a person would fill it in.
fn cell_text(figure: &Figure) -> String {
    match (&figure.raw, figure.value) {
        (Some(raw), _) => raw.to_string(),
        (None, Value::Number(number)) => number.to_string(),
        (None, Value::NotApplicable) => "/".to_owned(),
        (None, Value::Blank | Value::Unreadable | Value::Missing | Value::Ambiguous) => String::new(),
    }
}

/// Widths of the grid's columns, in twentieths of a point. Labels get about a quarter of the
/// page if they stand in one column, half of it in several, the innermost most of that: what is left
/// for a column of seven holds two characters and five digits.
fn widths(sheet: &Sheet) -> Vec<usize> {
    let labels = match sheet.label_columns {
        0 => 0,
        1 => TEXT_WIDTH / 4,
        _ => TEXT_WIDTH * 21 / 40,
    };
    let weight = |column: usize| match column + 1 {
        last if last == sheet.label_columns => 9,
        1 => 2,
        _ => 4,
    };
    let all: usize = (0..sheet.label_columns).map(weight).sum();
    let label = |column: usize| labels * weight(column) / all;
    let value = (TEXT_WIDTH - labels) / (sheet.columns - sheet.label_columns).max(1);
    (0..sheet.columns).map(|column| if column < sheet.label_columns { label(column) } else { value }).collect()
}

/// Closes the container: the parts docx-rs names in `[Content_Types].xml`, in the order of the schema, packed, without
/// dates.
fn pack(parts: XMLDocx) -> ZipResult<Vec<u8>> {
    let parts: [(&str, &[u8]); 14] = [
        ("[Content_Types].xml", &parts.content_type),
        ("_rels/.rels", &parts.rels),
        ("docProps/app.xml", &parts.doc_props.app),
        ("docProps/core.xml", &parts.doc_props.core),
        ("docProps/custom.xml", &parts.doc_props.custom),
        ("word/_rels/document.xml.rels", &parts.document_rels),
        ("word/document.xml", &parts.document),
        ("word/styles.xml", &parts.styles),
        ("word/settings.xml", &parts.settings),
        ("word/fontTable.xml", &parts.font_table),
        ("word/comments.xml", &parts.comments),
        ("word/numbering.xml", &parts.numberings),
        ("word/commentsExtended.xml", &parts.comments_extended),
        ("word/footnotes.xml", &parts.footnotes),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, options)?;
        if name.starts_with("word/") && name.ends_with(".xml") {
            zip.write_all(&ordered(bytes)?)?;
        } else {
            zip.write_all(bytes)?;
        }
    }
    Ok(zip.finish()?.into_inner())
}
