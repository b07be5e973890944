//! OpenDocument texts.

use super::{LAUGHS, Limit, MILLION, Maker, Read, file, flood};
use crate::package::{Package, cell, content, flat, p, row, table};

const TEXT: &str = "application/vnd.oasis.opendocument.text";

pub const FILES: &[Maker] = &[
    file("million-elements-deep.odt", Limit("depth"), || odt(&"<text:section>".repeat(MILLION))),
    file("million-tables-deep.odt", Limit("depth"), || {
        odt(&"<table:table><table:table-row><table:table-cell>".repeat(MILLION / 3))
    }),
    file("billion-columns.odt", Read, || {
        odt(&table(&[&row(&[&cell("table:number-columns-repeated=\"1000000000\"", "1")])]))
    }),
    file("billion-rows.odt", Limit("cells"), || {
        odt(&format!(
            "<table:table><table:table-row table:number-rows-repeated=\"1000000000\">{}{}</table:table-row></table:table>",
            cell("", "1"),
            cell("", "2")
        ))
    }),
    file("billion-spans.odt", Read, || {
        let wide = cell("table:number-columns-spanned=\"1000000000\" table:number-rows-spanned=\"1000000000\"", "1");
        odt(&table(&[&row(&[&wide, &wide]), &row(&[&wide, &wide])]))
    }),
    file("billion-blanks.odt", Read, || odt(&p("<text:s text:c=\"1000000000\"/>x").repeat(1000))),
    file("long-text-repeated.odt", Limit("part_bytes"), || {
        odt(&table(&[&row(&[&cell("table:number-columns-repeated=\"1000\"", &"长".repeat(1 << 20))])]))
    }),
    file("paragraphs-repeated.odt", Limit("paragraphs"), || {
        let lines = p("1").repeat(2_000);
        odt(&format!(
            "<table:table><table:table-row table:number-rows-repeated=\"1000\"><table:table-cell>{lines}</table:table-cell></table:table-row></table:table>"
        ))
    }),
    file("million-tables.odt", Read, || odt(&table(&[&row(&[&cell("", "1")])]).repeat(flood() / 3))),
    file("lists-without-end.odt", Read, lists),
    file("styles-in-a-circle.odt", Read, styles),
    file("ratio.odt", Limit("ratio"), || Package::odt(&p(&" ".repeat(60 << 20)), "").bytes()),
    file("entities.fodt", Read, || {
        flat("text", TEXT, &p("&h;&i;"))
            .replacen("<office:document", &format!("{LAUGHS}<office:document"), 1)
            .into_bytes()
    }),
    file("entities.odt", Read, || {
        let xml = content("text", &p("&h;&i;"), "").replacen(
            "<office:document-content",
            &format!("{LAUGHS}<office:document-content"),
            1,
        );
        Package::odt("", "").part("content.xml", &xml).bytes()
    }),
    file("cells-to-the-limit.odt", Read, || odt(&table(&[&row(&[&cell("", "1").repeat(100)]).repeat(flood() / 110)]))),
    file("million-paragraphs.odt", Read, || odt(&p("1").repeat(flood() * 99 / 100))),
];

fn odt(body: &str) -> Vec<u8> {
    let mut package = Package::odt(body, "");
    package.stored = true;
    package.bytes()
}

/// Lists in lists that begin at two billions, in letters and Roman figures.
fn lists() -> Vec<u8> {
    let level = |at: usize, format: &str| {
        format!(
            r#"<text:list-level-style-number text:level="{at}" style:num-format="{format}" text:start-value="2147483647" text:display-levels="{at}"/>"#
        )
    };
    let levels: String = (1..=10).map(|at| level(at, ["I", "a", "一", "1"][at % 4])).collect();
    let styles = format!(r#"<text:list-style style:name="L">{levels}</text:list-style>"#);
    let deep = "<text:list text:style-name=\"L\"><text:list-item text:start-value=\"2147483647\">".repeat(10);
    let end = "</text:list-item></text:list>".repeat(10);
    Package::odt(&format!("{deep}{}{end}", p("x")).repeat(flood() / 200), &styles).bytes()
}

fn styles() -> Vec<u8> {
    let count = flood() / 10;
    let style = |at: usize| {
        format!(
            r#"<style:style style:name="S{at}" style:family="paragraph" style:parent-style-name="S{}"/>"#,
            (at + 1) % count
        )
    };
    let body: String =
        (0..count).step_by(7).map(|at| format!("<text:p text:style-name=\"S{at}\">x</text:p>")).collect();
    Package::odt(&body, &(0..count).map(style).collect::<String>()).bytes()
}
