//! Contacts in tables: a label beside its value, several in one cell, or a row of labels over the values.

use std::collections::HashMap;

use super::super::stream::{Cell, Item, Line, Row, Shape};
use super::contact;
use crate::document::Origin;

/// Labels as cells have them, without white space and colons.
const LABELS: [&str; 18] = [
    "地址",
    "联系地址",
    "通讯地址",
    "通信地址",
    "办公地址",
    "单位地址",
    "邮编",
    "邮政编码",
    "电话",
    "联系电话",
    "办公电话",
    "咨询电话",
    "邮箱",
    "电子邮箱",
    "电子信箱",
    "电子邮件",
    "Email",
    "E-mail",
];

/// The lines, with rows of tables that may give a contact written as lines, in the order of the document; `None` if
/// no row may. What stands between them stays between them.
pub(super) fn lines(items: &[Item]) -> Option<Vec<Line>> {
    // A number tells of nothing, nor does a label of the form.
    let may_tell =
        |cell: &Cell| matches!(cell.shape, Shape::Text(_)) && !cell.is_of_form() && contact::may_tell(&cell.text);
    let telling = |item: &Item| matches!(item, Item::Row(row) if row.cells.iter().any(may_tell));
    if !items.iter().any(telling) {
        return None;
    }
    let mut out = Vec::new();
    let mut heads: HashMap<usize, Vec<Cell>> = HashMap::new();
    for item in items {
        match item {
            Item::Line(line) => out.push(line.clone()),
            Item::Row(row) if is_head(row) => {
                heads.insert(row.table, row.cells.clone());
            }
            Item::Row(row) => out.push(line_of(row, heads.get(&row.table))),
        }
    }
    Some(out)
}

/// Whether a row has nothing but labels, at least two of contacts.
fn is_head(row: &Row) -> bool {
    let plain = |cell: &Cell| !cell.text.contains(|c: char| c.is_ascii_digit() || c == '@' || c == ':' || c == '：');
    row.cells.iter().all(plain) && row.cells.iter().filter(|cell| label(&cell.text).is_some()).count() >= 2
}

fn label(text: &str) -> Option<&'static str> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != ':' && *c != '：').collect();
    LABELS.into_iter().find(|label| *label == bare)
}

/// A row as a sentence: 地址：…；邮编：…. One that gives nothing is a mark that keeps what is around it apart.
fn line_of(row: &Row, head: Option<&Vec<Cell>>) -> Line {
    let own: Vec<&Cell> = row.cells.iter().filter(|cell| cell.own && !cell.text.trim().is_empty()).collect();
    let mut text = String::new();
    for cell in &own {
        let over = head.and_then(|head| head.iter().find(|over| over.columns == cell.columns));
        match (label(&cell.text), over.and_then(|over| label(&over.text))) {
            (Some(label), _) => text.push_str(&format!("{label}：")),
            (None, Some(over)) => text.push_str(&format!("{over}：{}；", cell.text.trim())),
            (None, None) => text.push_str(&format!("{}；", cell.text.trim())),
        }
    }
    let text = if contact::may_tell(&text) { text.into() } else { "|".into() };
    Line { text, origin: own.first().map_or_else(Origin::default, |cell| cell.origin), blank_cell: false }
}
