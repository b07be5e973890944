//! What a file *says*: paragraphs, tables with spans, and where each stands.
//!
//! Every reader builds this model and nothing else; it knows nothing of the form.
//! What must not go in: any meaning (field ids, numbers, editions), and any
//! layout that a reader can already resolve (field codes, deleted text, hidden text).
//!
//! Tables live in one flat list ([`Document::tables`]) and blocks refer to them by
//! index, so that no step, dropping the document included, recurses on nesting depth.

mod anatomy;
mod grid;

pub use anatomy::{Anatomy, Attached, Element, Limb, Namespaces, Obstacle, PartText, Run, Spot};
pub use grid::{Grid, GridLimits, Slot};

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
/// Text of a document: kept in place where it is short, shared where it is long, so that a clone never copies.
pub use smol_str::SmolStr as Text;

use crate::finding::Finding;

/// One file as its reader understood it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Name of the reader that built it (`docx`, `text`, …).
    pub format: String,
    /// What the reader chose among variants of its format, for people: `tabs, GB18030`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The body in reading order.
    pub blocks: Vec<Block>,
    /// Every table of the body, nested ones included, in the order in which they open.
    /// `tables[i]` has the number `i + 1` in every [`Origin`].
    pub tables: Vec<Table>,
    /// Text that stands beside the body: headers, footers, notes, comments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asides: Vec<Aside>,
    /// How many pictures the body holds; a report whose tables are pictures has no figures.
    #[serde(default)]
    pub pictures: usize,
    /// The file broke off; what is here was read before the break.
    #[serde(default)]
    pub partial: bool,
    /// What the reader has to say (tracked changes, clamped spans, a break).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// A part of the body, or of a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph, or a line of flattened text.
    Paragraph(Paragraph),
    /// The table `Document::tables[index]`.
    Table(usize),
}

/// What a cell holds: nearly always one paragraph, which then needs no memory of its own.
pub type Blocks = SmallVec<[Block; 1]>;

/// A paragraph of running text. Line breaks inside are `\n`, tabs `\t`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// The text, without the automatic number.
    pub text: Text,
    /// The automatic number that Word prints before the text, e.g. `一、`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Where it stands: page, and paragraph (line, in flattened text).
    pub origin: Origin,
}

impl Paragraph {
    /// The text as a person reads it: the automatic number, then the text.
    #[must_use]
    pub fn printed(&self) -> Text {
        match &self.number {
            // Digits side by side would be another number.
            Some(number) if number.ends_with(is_of_number) && self.text.starts_with(is_of_number) => {
                format!("{number}\t{}", self.text).into()
            }
            Some(number) => format!("{number}{}", self.text).into(),
            None => self.text.clone(),
        }
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// A table as the file writes it; [`Table::grid`] makes it rectangular.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
    /// Whether the file states its merged cells. Flattened text does not: there only
    /// the order of cells in a row can be trusted, not their column.
    pub spans: Spans,
    /// Each row here is one printed line, and a row of the real table may take several of
    /// them (drawn boxes, columns aligned with spaces): whoever reads the table must join them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wrapped: bool,
    /// Page on which it begins, from 1, where the file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// Whether a file states which cells are merged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spans {
    /// Merged cells are stated: a cell's column is a fact.
    #[default]
    Stated,
    /// Merged cells left no trace, or only empty cells.
    Lost,
}

/// A row of a [`Table`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Cells from left to right.
    pub cells: Vec<Cell>,
    /// Grid columns left out before the first cell (Word's `gridBefore`).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub before: u32,
    /// Grid columns left out after the last cell (Word's `gridAfter`).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub after: u32,
}

/// A cell of a [`Row`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Paragraphs and nested tables.
    pub blocks: Blocks,
    /// Grid columns covered, as the file says; 1 where it says nothing. May be absurd:
    /// [`Table::grid`] clamps it.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub column_span: u32,
    /// Rows covered, as the file says (HTML's `rowspan`).
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub row_span: u32,
    /// The cell continues the one above it (Word's `vMerge` without `restart`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub continues: bool,
    /// Line of flattened text on which the cell begins, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Page on which the cell begins, from 1, where the file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl Default for Cell {
    fn default() -> Self {
        Cell { blocks: Blocks::new(), column_span: 1, row_span: 1, continues: false, line: None, page: None }
    }
}

impl Cell {
    /// A cell with one paragraph per line of `text`; an empty text gives no paragraph.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let paragraph = |line: &str| Block::Paragraph(Paragraph { text: line.into(), ..Paragraph::default() });
        let blocks = if text.is_empty() { Blocks::new() } else { text.split('\n').map(paragraph).collect() };
        Cell { blocks, ..Cell::default() }
    }

    /// The cell's own paragraphs joined by line breaks, without nested tables.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            if let Block::Paragraph(paragraph) = block {
                if !text.is_empty() {
                    text.push('\n');
                }
                if let Some(number) = &paragraph.number {
                    text.push_str(number);
                }
                text.push_str(&paragraph.text);
            }
        }
        text
    }
}

/// A place in a file, counted from 1 as a person counts. Unknown parts are `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Page, where the file states page breaks; in a workbook, the sheet, hidden ones not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Table, counted over the whole body, nested tables included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// Row of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Grid column of the table: a cell that spans three columns counts as three.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Paragraph of the body; in flattened text, the line of the file; in a workbook, the row of the sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl Origin {
    /// The origin of a paragraph or line.
    #[must_use]
    pub fn of_line(line: u32) -> Self {
        Origin { line: Some(line), ..Origin::default() }
    }
}

/// Text kept apart from the body.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Aside {
    /// What it is.
    pub kind: AsideKind,
    /// Its text, paragraphs joined by line breaks.
    pub text: String,
}

/// Kinds of text beside the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsideKind {
    /// Running head.
    Header,
    /// Running foot.
    Footer,
    /// Footnote.
    Footnote,
    /// Endnote.
    Endnote,
    /// Reviewer's comment.
    Comment,
    /// What the file calls itself beside its text (HTML's `title`).
    Title,
    /// A statement of the file about itself, `name: content` (HTML's `meta`).
    Meta,
}

fn one() -> u32 {
    1
}
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_one(n: &u32) -> bool {
    *n == 1
}
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}
