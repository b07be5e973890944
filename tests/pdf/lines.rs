//! Which drawn shapes are lines of a table.

use crate::build::{Pdf, grid, latin};
use crate::{paragraphs, read, rows};

/// Texts in the four cells of a table between 100, 200, 300 and 600, 650, 700.
fn four() -> String {
    [(110.0, 670.0, "a"), (210.0, 670.0, "b"), (110.0, 620.0, "1"), (210.0, 620.0, "2")]
        .iter()
        .map(|(x, y, text)| latin(*x, *y, text))
        .collect()
}

/// The tables of a page with these lines and the four texts.
fn tables(lines: &str) -> Vec<Vec<Vec<String>>> {
    read(&Pdf::of(&format!("{lines}{}", four())).bytes()).tables.iter().map(rows).collect()
}

fn whole() -> Vec<Vec<Vec<String>>> {
    vec![vec![vec!["a".to_owned(), "b".to_owned()], vec!["1".to_owned(), "2".to_owned()]]]
}

/// The bars of the grid as boxes of some thickness.
fn boxes(thickness: f32) -> String {
    let mut out = String::new();
    for y in [600.0, 650.0, 700.0] {
        out += &format!("100 {y} 200 {thickness} re f\n");
    }
    for x in [100.0, 200.0, 300.0] {
        out += &format!("{x} 600 {thickness} 100 re f\n");
    }
    out
}

#[test]
fn stroked_lines_are() {
    assert_eq!(tables(&grid(&[100.0, 200.0, 300.0], &[600.0, 650.0, 700.0])), whole());
}

#[test]
fn boxes_are_stroked_around_each_cell() {
    let cells = "100 600 100 50 re 200 600 100 50 re 100 650 100 50 re 200 650 100 50 re S\n";
    assert_eq!(tables(cells), whole());
}

#[test]
fn thin_boxes_are() {
    assert_eq!(tables(&boxes(0.5)), whole());
    assert_eq!(tables(&boxes(2.0)), whole());
}

/// A bar of a thickness between two points, its ends cut aslant as corners of frames are.
fn aslant((x0, y0): (f32, f32), (x1, y1): (f32, f32), thick: f32) -> String {
    if x0 == x1 {
        format!("{x0} {y0} m {x1} {y1} l {} {} l {} {} l h f\n", x1 + thick, y1 - thick, x0 + thick, y0 + thick)
    } else {
        format!("{x0} {y0} m {x1} {y1} l {} {} l {} {} l h f\n", x1 - thick, y1 + thick, x0 + thick, y0 + thick)
    }
}

#[test]
fn sides_that_are_cut_aslant_at_their_ends_are() {
    let frame = |thick: f32| -> String {
        let level = [600.0, 650.0, 700.0].map(|y| aslant((100.0, y), (300.0, y), thick));
        let upright = [100.0, 200.0, 300.0].map(|x| aslant((x, 600.0), (x, 700.0), thick));
        level.concat() + &upright.concat()
    };
    assert_eq!(tables(&frame(0.75)), whole());
    assert_eq!(tables(&frame(2.0)), whole());
    // As thick as that it is an area with corners of its own.
    assert_eq!(tables(&frame(8.0)), Vec::<Vec<Vec<String>>>::new());
}

#[test]
fn a_number_that_runs_over_a_side_of_its_cell_is_whole() {
    let lines = grid(&[100.0, 200.0, 300.0], &[600.0, 650.0]);
    let row = |x: f32, text: &str, other: (f32, &str)| {
        let page = format!("{lines}{}{}", latin(x, 620.0, text), latin(other.0, 620.0, other.1));
        rows(&read(&Pdf::of(&page).bytes()).tables[0])[0].clone()
    };
    assert_eq!(row(182.0, "1124", (250.0, "7")), ["1124", "7"]);
    assert_eq!(row(187.0, "1124", (250.0, "7")), ["1124", "7"]);
    // More of it lies in the next cell: that holds two numbers then, and neither is a part of one.
    assert_eq!(row(193.0, "1124", (250.0, "7")), ["", "1124 7"]);
    // Numbers of two cells have room between them.
    assert_eq!(row(186.0, "12", (204.0, "34")), ["12", "34"]);
}

#[test]
fn many_boxes_in_one_path_are() {
    assert_eq!(tables(&(boxes(0.5).replace(" f\n", "\n") + "f\n")), whole());
}

#[test]
fn boxes_without_height_are() {
    // The interpreter strokes what would be filled and has no area.
    assert_eq!(tables(&boxes(0.0)), whole());
}

#[test]
fn clip_paths_are_not() {
    let clips = boxes(0.5).replace(" f\n", " W n\n");
    let clips: String = clips.lines().map(|line| format!("q {line} Q\n")).collect();
    assert_eq!(tables(&clips), Vec::<Vec<Vec<String>>>::new());
}

#[test]
fn white_ones_are_not_unless_they_lie_on_colour() {
    assert_eq!(tables(&format!("1 g {} 0 g\n", boxes(0.5))), Vec::<Vec<Vec<String>>>::new());
    let on_colour = format!("0.8 0.9 1 rg 100 600 200 100 re f 1 g {} 0 g\n", boxes(0.5));
    assert_eq!(tables(&on_colour), whole());
}

#[test]
fn sides_of_coloured_boxes_are() {
    let shades = "0.9 g 100 600 100 50 re f 200 650 100 50 re f 0.8 g 200 600 100 50 re f 100 650 100 50 re f 0 g\n";
    assert_eq!(tables(shades), whole());
}

#[test]
fn lines_of_text_on_coloured_ground_are_no_table() {
    let page = format!(
        "0.9 g 90 660 300 20 re f 90 640 300 20 re f 0 g\n{}{}",
        latin(100.0, 665.0, "first"),
        latin(100.0, 645.0, "second")
    );
    let document = read(&Pdf::of(&page).bytes());
    assert_eq!(document.tables.len(), 0);
    assert_eq!(paragraphs(&document), ["first", "second"]);
}

#[test]
fn a_frame_around_the_page_is_no_table_but_the_table_in_it_is() {
    let frame = format!("20 20 560 760 re S\n{}", grid(&[100.0, 200.0, 300.0], &[600.0, 650.0, 700.0]));
    assert_eq!(tables(&frame), whole());
}

#[test]
fn lines_in_forms_are_where_the_form_is_put() {
    let content = "q 1 0 0 1 50 100 cm /X1 Do Q\n";
    let form = format!("{}{}", grid(&[50.0, 150.0, 250.0], &[500.0, 550.0, 600.0]), "");
    let file = Pdf::of(&format!("{content}{}", four())).x_object("/X1 20 0 R").stream(
        20,
        "/Type /XObject /Subtype /Form /BBox [0 0 600 800]",
        form.as_bytes(),
    );
    assert_eq!(read(&file.bytes()).tables.iter().map(rows).collect::<Vec<_>>(), whole());
}

#[test]
fn merged_cells_are_spans() {
    let lines = "100 600 m 300 600 l S 100 700 m 300 700 l S 200 650 m 300 650 l S\n\
        100 600 m 100 700 l S 200 600 m 200 700 l S 300 600 m 300 700 l S\n";
    let page =
        format!("{lines}{}{}{}", latin(110.0, 645.0, "group"), latin(210.0, 670.0, "x"), latin(210.0, 620.0, "y"));
    let document = read(&Pdf::of(&page).bytes());
    assert_eq!(rows(&document.tables[0]), [vec!["group 1×2", "x"], vec!["y"]]);
}

#[test]
fn a_table_in_a_cell_is_nested() {
    let lines = grid(&[50.0, 500.0], &[400.0, 650.0, 750.0]) + &grid(&[100.0, 200.0, 300.0], &[500.0, 550.0, 600.0]);
    let texts = latin(60.0, 700.0, "above")
        + &latin(60.0, 620.0, "before")
        + &latin(110.0, 570.0, "in")
        + &latin(60.0, 450.0, "after");
    let document = read(&Pdf::of(&(lines + &texts)).bytes());
    assert_eq!(document.tables.len(), 2);
    assert_eq!(document.tables[0].rows[1].cells[0].blocks.len(), 3);
    assert_eq!(rows(&document.tables[1])[0], ["in", ""]);
}

#[test]
fn a_number_that_wraps_keeps_its_break_and_lines_above_one_another_their_order() {
    let lines = grid(&[100.0, 140.0, 300.0], &[600.0, 650.0]);
    let texts = latin(110.0, 630.0, "1361") + &latin(110.0, 615.0, "2") + &latin(150.0, 620.0, "b");
    let document = read(&Pdf::of(&(lines + &texts)).bytes());
    assert_eq!(rows(&document.tables[0]), [["1361\n2", "b"]]);
}
