//! The labels of the shipped forms as they are printed, each folded once a process: nearly every label of a report is one.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::label::Label;
use super::{Form, TableDef};

/// Only the forms' own labels are put in, so nobody can choose what collides.
static PRINTED: LazyLock<HashMap<&'static str, Label, FixedState>> = LazyLock::new(|| {
    let tables = Form::shipped().iter().flat_map(|form| &form.tables);
    tables.flat_map(labels).map(|label| (label, Label::of(label))).collect()
});

/// What [`Label::of`] makes of a text, where that is a label of a shipped form as it is printed.
#[must_use]
pub fn folded(text: &str) -> Option<&'static Label> {
    PRINTED.get(text)
}

/// Every such label as it is printed, in no order.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    PRINTED.keys().copied()
}

/// Every text that a table prints or is known to print.
fn labels(table: &TableDef) -> impl Iterator<Item = &str> {
    let of_groups = table.groups.iter().chain(&table.column_groups);
    let of_groups = of_groups.flat_map(|group| std::iter::once(&group.label).chain(&group.aliases));
    let of_blocks = table.blocks.iter().flat_map(|block| {
        let rows = block.rows.iter().flat_map(|row| std::iter::once(&row.label).chain(&row.aliases));
        let columns = block.columns.iter().flat_map(|column| std::iter::once(&column.label).chain(&column.aliases));
        block.caption.iter().chain(&block.caption_aliases).chain(rows).chain(columns)
    });
    let headings = [&table.corner, &table.row_heading, &table.unit_heading, &table.column_heading];
    let headings = headings.into_iter().flatten().chain(&table.row_heading_aliases).chain(&table.beside);
    headings.chain(of_groups).chain(of_blocks).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_of_the_form_is_what_folding_makes_of_it() {
        for label in
            ["（一）予以公开", "信息内容", "第二十条第（五）项", "法人或其他组织", "结果维持", "1.属于国家秘密"]
        {
            assert_eq!(folded(label), Some(&Label::of(label)), "{label}");
        }
        for other in ["", "（一） 予以公开", "示例县", "12"] {
            assert_eq!(folded(other), None, "{other}");
        }
    }
}
