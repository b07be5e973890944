//! Children in the order in which the schema of Word's XML wants them.
//!
//! docx-rs writes the properties of paragraphs, runs and tables in the order in which it keeps them. Programs that
//! follow the schema (ECMA-376 part 1, annex A) to the letter may repair or refuse such a file, so what stands in the
//! wrong place is moved here; nothing is added, and nothing taken away but empty properties of runs and an
//! attribute that the schema does not know.

use std::io;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What may stand in an element, in the order of the schema; what docx-rs never writes here is left out.
const ORDERS: [(&str, &[&str]); 6] = [
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:widowControl",
            "w:numPr",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:textAlignment",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:strike",
            "w:vanish",
            "w:color",
            "w:spacing",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:vertAlign",
        ],
    ),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblpPr",
            "w:tblW",
            "w:jc",
            "w:tblInd",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
        ],
    ),
    (
        "w:tcPr",
        &[
            "w:tcW",
            "w:gridSpan",
            "w:vMerge",
            "w:tcBorders",
            "w:shd",
            "w:noWrap",
            "w:tcMar",
            "w:textDirection",
            "w:vAlign",
        ],
    ),
    ("w:style", &["w:name", "w:basedOn", "w:next", "w:link", "w:uiPriority", "w:qFormat", "w:pPr", "w:rPr"]),
    ("w:settings", &["w:zoom", "w:defaultTabStop", "w:compat"]),
];

/// An element that is open.
struct Open {
    /// Where it begins in what is written.
    from: usize,
    /// Where its content begins.
    content: usize,
    /// The order of its children, if one is known.
    order: Option<&'static [&'static str]>,
    /// Its children: place in the order, and where each stands.
    children: Vec<(usize, Range<usize>)>,
    /// Its own place in the order of the element around it.
    rank: usize,
}

/// A part of a Word file with its elements in order.
///
/// # Errors
/// If the part is not well formed, which one that a library wrote is.
pub(super) fn ordered(part: &[u8]) -> io::Result<Vec<u8>> {
    let mut reader = Reader::from_reader(part);
    let mut out: Vec<u8> = Vec::with_capacity(part.len());
    let mut open: Vec<Open> = Vec::new();
    let mut read = 0;
    loop {
        let event = reader.read_event().map_err(io::Error::other)?;
        let next = usize::try_from(reader.buffer_position()).unwrap_or(part.len());
        let raw = &part[read..next];
        read = next;
        match event {
            Event::Start(tag) => {
                let rank = rank(&open, &tag);
                let from = out.len();
                out.extend_from_slice(raw);
                let order = ORDERS.iter().find(|(name, _)| *name == tag.name().as_ref()).map(|(_, order)| *order);
                open.push(Open { from, content: out.len(), order, children: Vec::new(), rank });
            }
            Event::Empty(tag) => {
                let (rank, from) = (rank(&open, &tag), out.len());
                match tag.name().as_ref() {
                    // It says nothing, and in the properties of a style's paragraphs it may not stand.
                    "w:rPr" => continue,
                    "w:gridCol" => out.extend_from_slice(grid_column(&tag).as_bytes()),
                    _ => out.extend_from_slice(raw),
                }
                add(&mut open, rank, from..out.len());
            }
            Event::End(_) => {
                let Some(closed) = open.pop() else { return Err(io::ErrorKind::InvalidData.into()) };
                sort(&mut out, &closed);
                out.extend_from_slice(raw);
                add(&mut open, closed.rank, closed.from..out.len());
            }
            Event::Eof => return Ok(out),
            _ => out.extend_from_slice(raw),
        }
    }
}

/// The place of an element in the order of the one around it; what the order does not name keeps to the end.
fn rank(open: &[Open], tag: &BytesStart) -> usize {
    let order = open.last().and_then(|open| open.order);
    order.map_or(0, |order| order.iter().position(|name| *name == tag.name().as_ref()).unwrap_or(order.len()))
}

fn add(open: &mut [Open], rank: usize, range: Range<usize>) {
    if let Some(parent) = open.last_mut().filter(|open| open.order.is_some()) {
        parent.children.push((rank, range));
    }
}

/// Puts the children of an element that ends in order.
fn sort(out: &mut Vec<u8>, closed: &Open) {
    if closed.children.is_sorted_by_key(|(rank, _)| *rank) {
        return;
    }
    let mut children = closed.children.clone();
    children.sort_by_key(|(rank, _)| *rank);
    let content: Vec<u8> = children.into_iter().flat_map(|(_, range)| out[range].to_vec()).collect();
    out.truncate(closed.content);
    out.extend_from_slice(&content);
}

/// A column of a table's grid has a width and nothing else.
fn grid_column(tag: &BytesStart) -> String {
    let width = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == "w:w");
    let width = width.map(|width| width.value.into_owned()).unwrap_or_default();
    format!("<w:gridCol w:w=\"{width}\" />")
}

#[cfg(test)]
mod tests {

    fn ordered(part: &str) -> String {
        String::from_utf8(super::ordered(part.as_bytes()).expect("well formed")).expect("text")
    }

    #[test]
    fn children_are_moved_to_their_place_at_every_depth() {
        let part = "<w:body><w:p><w:pPr><w:rPr><w:sz/><w:rFonts/></w:rPr><w:jc/><w:keepNext/></w:pPr>\
            <w:r><w:rPr><w:szCs/><w:b/></w:rPr><w:t>1 &lt; 2</w:t></w:r></w:p></w:body>";
        let wanted = "<w:body><w:p><w:pPr><w:keepNext/><w:jc/><w:rPr><w:rFonts/><w:sz/></w:rPr></w:pPr>\
            <w:r><w:rPr><w:b/><w:szCs/></w:rPr><w:t>1 &lt; 2</w:t></w:r></w:p></w:body>";
        assert_eq!(ordered(part), wanted);
    }

    #[test]
    fn what_is_in_order_or_has_none_stays_as_it_is() {
        let part = "<?xml version=\"1.0\"?><w:tc><w:tcPr><w:tcW w:w=\"1\"/><w:vAlign/></w:tcPr><w:b/><w:a/></w:tc>";
        assert_eq!(ordered(part), part);
    }

    #[test]
    fn what_no_order_names_keeps_to_the_end() {
        assert_eq!(ordered("<w:tblPr><w:new/><w:jc/></w:tblPr>"), "<w:tblPr><w:jc/><w:new/></w:tblPr>");
    }

    #[test]
    fn empty_properties_of_runs_are_left_out() {
        assert_eq!(ordered("<w:pPr><w:rPr /><w:ind/></w:pPr>"), "<w:pPr><w:ind/></w:pPr>");
    }

    #[test]
    fn a_column_of_the_grid_has_no_type() {
        assert_eq!(ordered("<w:gridCol w:w=\"5\" w:type=\"dxa\"/>"), "<w:gridCol w:w=\"5\" />");
    }
}
