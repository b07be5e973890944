//! Text boxes: where their texts lie, and on which character of the body each hangs.

use std::ops::Range;

use super::bytes::u32;
use super::fib::{Header, Part, Story};
use super::plc::Plc;

/// Bytes of an entry of the list of shapes (the shape's number first), and of that of texts.
const SHAPE: usize = 26;
const TEXT: usize = 22;
/// Where the entry of a text names its shape.
const SHAPE_OF_TEXT: usize = 14;

/// Every text box with the character on which it hangs, in the order of these; last those of
/// which nothing says where they hang.
pub(super) fn read(header: &Header<'_>, tables: &[u8]) -> Vec<(Option<u32>, Range<u32>)> {
    let story = header.story(Story::TextBoxes);
    if story.is_empty() {
        return Vec::new();
    }
    let shapes = Plc::new(header.part(tables, Part::Shapes).unwrap_or_default(), SHAPE);
    let anchors: std::collections::HashMap<u32, u32> =
        shapes.entries().filter_map(|(anchor, entry)| Some((u32(entry, 0)?, anchor))).collect();
    let Some(texts) = header.part(tables, Part::TextBoxTexts) else { return vec![(None, story)] };
    let texts = Plc::new(texts, TEXT);
    let shape: Vec<Option<u32>> = texts.entries().map(|(_, entry)| u32(entry, SHAPE_OF_TEXT)).collect();
    let anchor = |at: usize| anchors.get(&shape.get(at).copied().flatten()?).copied();
    let mut boxes: Vec<_> = texts.texts(story).map(|(at, text)| (anchor(at), text)).collect();
    boxes.sort_by_key(|(anchor, _)| (anchor.is_none(), *anchor));
    boxes
}
