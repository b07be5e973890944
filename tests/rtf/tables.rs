//! Tables: where cells stand, which are merged, nested ones, sloppy ones.

use super::{body, read, view};

/// The grid of the only table of a body.
fn grid(text: &str) -> Vec<String> {
    let document = read(text);
    assert_eq!(document.tables.len(), 1, "{:?}", document.blocks);
    view::grid(&document.tables[0])
}

fn row(definition: &str, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("{cell}\\cell ")).collect();
    format!("\\trowd{definition}\\pard\\intbl {cells}\\row ")
}

#[test]
fn edges_of_all_rows_make_the_columns() {
    let text = row("\\cellx3000", &["t"])
        + &row("\\cellx1000\\cellx2000\\cellx3000", &["a", "b", "c"])
        + &row("\\cellx1995\\cellx3005", &["d", "e"])
        + "\\pard end\\par";
    assert_eq!(grid(&text), ["t t t", "a b c", "d d e"]);
    assert_eq!(body(&text), ["[table 1]", "end"]);
}

#[test]
fn rows_may_begin_late_and_end_early() {
    let text = row("\\trgaph108\\trleft-108\\cellx1000\\cellx2000\\cellx3000", &["a", "b", "c"])
        + &row("\\trleft1000\\cellx2000\\cellx3000", &["d", "e"])
        + &row("\\trleft-108\\cellx1000", &["f"]);
    let document = read(&text);
    let ends: Vec<(u32, u32)> = document.tables[0].rows.iter().map(|row| (row.before, row.after)).collect();
    assert_eq!(ends, [(0, 0), (1, 0), (0, 2)]);
    assert_eq!(view::grid(&document.tables[0]), ["a b c", ". d e", "f . ."]);
}

#[test]
fn cells_are_merged_both_ways() {
    let text = row("\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000", &["a", "b", ""])
        + &row("\\clvmrg\\cellx1000\\cellx2000\\cellx3000", &["", "1", "2"])
        + &row("\\clvmgf\\cellx1000\\cellx2000\\cellx3000", &["c", "3", "4"]);
    assert_eq!(grid(&text), ["a b b", "a 1 2", "c 3 4"]);
}

#[test]
fn definitions_may_stand_after_the_cells_or_hold_from_above() {
    let after = "\\pard\\intbl a\\cell b\\cell\\trowd\\cellx1000\\cellx3000\\row";
    let above = "\\pard\\intbl c\\cell d\\cell\\row";
    let third = "\\trowd\\cellx2000\\cellx3000\\pard\\intbl e\\cell f\\cell\\trowd\\cellx2000\\cellx3000\\row";
    assert_eq!(grid(&format!("{after}{above}{third}\\pard x\\par")), ["a b b", "c d d", "e e f"]);
    assert_eq!(grid("\\pard\\intbl a\\cell b\\cell\\row c\\cell d\\cell\\row"), ["a b", "c d"], "no edges at all");
}

#[test]
fn a_row_that_lost_its_end_ends_where_the_next_begins() {
    let text = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\cell b\\cell \\trowd\\cellx500\\cellx2000 c\\cell d\\cell\\row\\pard x\\par";
    assert_eq!(grid(text), ["a a b", "c d d"]);
    let paragraphs = text.replace(" c\\cell", " c\\par c\\cell");
    assert_eq!(grid(&paragraphs), ["a a b", "c\nc d d"]);
    let last = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\cell b\\cell\\row c\\cell\\pard x\\par";
    assert_eq!(grid(last), ["a b", "c ."]);
}

#[test]
fn braces_that_do_not_match_leave_rows_whole() {
    let rows = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\cell}} b\\cell\\row\\trowd\\cellx1000\\cellx2000\\pard\\intbl {c\\cell {d}\\cell\\row\\pard x\\par";
    let document = super::read_bytes(format!("{}{rows}}}", super::HEAD).as_bytes());
    assert!(document.partial);
    assert_eq!(view::grid(&document.tables[0]), ["a  b", "c d"]);
}

#[test]
fn cells_hold_paragraphs() {
    let document = read("\\trowd\\cellx900\\pard\\intbl \\'c9\\'cc\\'d2\\'b5\\par \\'c6\\'f3\\'d2\\'b5\\cell\\row");
    assert_eq!(view::cells(&document.tables[0]), [["商业\n企业"]]);
    assert_eq!(
        view::cells(&read("{\\trowd\\cellx900\\intbl{{\\pard\\intbl a\\par}\\cell}\\row}").tables[0]),
        [["a\n"]]
    );
}

#[test]
fn rows_need_not_say_that_they_are_in_a_table() {
    let sloppy = "\\trowd\\cellx1000\\cellx2000 a\\par b\\cell c\\cell\\row\\trowd\\cellx1000\\cellx2000 d\\cell e\\cell\\row f\\par";
    let document = read(sloppy);
    assert_eq!(view::cells(&document.tables[0]), [["a\nb", "c"], ["d", "e"]]);
    assert_eq!(view::body(&document), ["[table 1]", "f"]);
    // Defaults of a paragraph put it out of a table in which it does not say to be.
    assert_eq!(body("\\trowd\\cellx1000\\pard a\\par"), ["a"]);
}

#[test]
fn tables_stand_in_cells() {
    let inner = |text: &str| {
        format!(
            "\\pard\\intbl\\itap2 {text}1\\nestcell {text}2\\nestcell{{\\*\\nesttableprops\\trowd\\cellx300\\cellx800\\nestrow}}{{\\nonesttables\\par}}"
        )
    };
    let text = format!(
        "\\trowd\\cellx1000\\cellx2000\\pard\\intbl before\\par{}{}\\pard\\intbl after\\cell z\\cell\\row\\pard x\\par",
        inner("a"),
        inner("b")
    );
    let document = read(&text);
    assert_eq!(view::body(&document), ["[table 1]", "x"]);
    assert_eq!(view::cells(&document.tables[0]), [["before\n[table 2]\nafter", "z"]]);
    assert_eq!(view::grid(&document.tables[1]), ["a1 a2", "b1 b2"]);
    assert_eq!(view::grid(&document.tables[0]).len(), 1);
}

#[test]
fn tables_may_skip_a_level() {
    let document = read("\\trowd\\cellx900\\pard\\intbl\\itap4 a\\nestcell\\pard\\intbl b\\cell\\row\\pard x\\par");
    assert_eq!(document.tables.len(), 4);
    assert_eq!(view::cells(&document.tables[3]), [["a"]]);
    assert_eq!(view::body(&document), ["[table 1]", "x"]);
}

#[test]
fn tables_too_deep_are_text() {
    let document = read("\\pard\\intbl\\itap50 a\\nestcell b\\nestcell{\\*\\nesttableprops\\nestrow}\\pard x\\par");
    assert_eq!(document.tables.len(), 32);
    assert_eq!(view::codes(&document), ["nesting_flattened"]);
    assert_eq!(view::cells(&document.tables[31]), [["a\nb"]]);
}

#[test]
fn more_cells_than_are_defined_lose_nothing() {
    let document = read(&row("\\cellx1000", &["a", "b", "c"]));
    assert_eq!(view::cells(&document.tables[0]), [["a", "b", "c"]]);
}
