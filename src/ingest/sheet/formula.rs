//! Formulas that nobody has worked out. Programs that make workbooks write the formula and leave the result to Excel: no
//! value at all, or a 0 that stands for none. Neither is blank, nor 0, so such a cell shows its formula.

use std::collections::{HashMap, HashSet};

use memchr::memmem;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use super::xlsx::corner;

/// Cells of a sheet's regions that are looked at one by one; what those hold that come after is not known.
const MOST_LOOKS: u64 = 10_000_000;

/// Sums of sums of sums: what is summed more often than this is not known.
const MOST_ROUNDS: u32 = 16;

/// Whether a workbook says that its results are yet to be worked out (`fullCalcOnLoad`, ECMA-376 part 1, 18.2.2).
pub(super) fn is_to_be_worked_out(workbook: &[u8]) -> bool {
    ["\"1\"", "\"true\""]
        .iter()
        .any(|value| memmem::find(workbook, format!("fullCalcOnLoad={value}").as_bytes()).is_some())
}

/// A sheet whose formulas without a result are texts; as it was if it has none, or is no XML.
pub(super) fn settled(sheet: Vec<u8>, to_be_worked_out: bool) -> Vec<u8> {
    if memmem::find(&sheet, b"<f").is_none() && memmem::find(&sheet, b":f").is_none() {
        return sheet;
    }
    let open = Cells::of(&sheet).map(|cells| cells.open(to_be_worked_out));
    let Some(open) = open.filter(|open| !open.is_empty()) else { return sheet };
    rewritten(&sheet, &open).unwrap_or(sheet)
}

/// A formula, and what its cell gives for a result.
#[derive(Debug)]
struct Formula {
    /// Which cell of the sheet it is, counted from 0.
    cell: usize,
    place: Option<Place>,
    text: String,
    result: Result,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Result {
    None,
    Zero,
    Other,
}

/// Row and column, counted from 1.
type Place = (u32, u32);

#[derive(Debug, Default)]
struct Cells {
    formulas: Vec<Formula>,
    /// Cells that hold something else than 0.
    filled: HashSet<Place>,
}

impl Cells {
    fn of(sheet: &[u8]) -> Option<Self> {
        let mut cells = Cells::default();
        let mut reader = reader(sheet);
        let mut cell = Cell::default();
        let (mut count, mut part) = (0, Part::Other);
        loop {
            match reader.read_event().ok()? {
                Event::Eof => return Some(cells),
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "c" => (cell, part) = (Cell::opened(&tag), Part::Other),
                    "f" => (cell.has_formula, part) = (true, Part::Formula),
                    "v" => part = Part::Value,
                    _ => {}
                },
                Event::Empty(tag) => match tag.local_name().as_ref() {
                    "c" => count += 1,
                    "f" => cell.has_formula = true,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "c" => {
                        cells.take(std::mem::take(&mut cell), count);
                        count += 1;
                    }
                    "f" | "v" => part = Part::Other,
                    _ => {}
                },
                Event::Text(text) => {
                    let text: &str = &text;
                    match part {
                        Part::Formula => cell.formula.push_str(text),
                        Part::Value => cell.value.push_str(text),
                        Part::Other => {}
                    }
                }
                _ => {}
            }
        }
    }

    fn take(&mut self, cell: Cell, at: usize) {
        let result = match cell.value.trim() {
            // A formula may give the empty text, which then is its result.
            "" if cell.is_text => Result::Zero,
            "" => Result::None,
            value if !cell.is_text && value.parse() == Ok(0.0) => Result::Zero,
            _ => Result::Other,
        };
        if let (Result::Other, Some(place)) = (result, cell.place) {
            self.filled.insert(place);
        }
        if cell.has_formula && !(cell.is_text && result == Result::Zero) {
            self.formulas.push(Formula { cell: at, place: cell.place, text: cell.formula, result });
        }
    }

    /// The formulas without a result. A 0 is none where results are yet to be worked out, no formula has another one, and a
    /// cell that the formula names is not 0, or may not be.
    fn open(mut self, to_be_worked_out: bool) -> HashMap<usize, String> {
        // A program that gave any result has worked them out.
        let worked_out = self.formulas.iter().any(|formula| formula.result == Result::Other);
        let (mut open, mut zeros) = (HashMap::new(), Vec::new());
        for formula in self.formulas.drain(..) {
            match formula.result {
                Result::None => {
                    self.filled.extend(formula.place);
                    open.insert(formula.cell, formula.text);
                }
                Result::Zero if to_be_worked_out && !worked_out => zeros.push(formula),
                Result::Zero | Result::Other => {}
            }
        }
        // Sums of sums: what is open makes more open.
        let (mut looks, mut round) = (MOST_LOOKS, 0);
        loop {
            let known = zeros.len();
            let last = round == MOST_ROUNDS;
            zeros.retain_mut(|formula| {
                let is_open = last || names_filled(&formula.text, &self.filled, &mut looks);
                if is_open {
                    self.filled.extend(formula.place);
                    open.insert(formula.cell, std::mem::take(&mut formula.text));
                }
                !is_open
            });
            if zeros.len() == known || zeros.is_empty() {
                return open;
            }
            round += 1;
        }
    }
}

/// A cell on its way.
#[derive(Debug, Default)]
struct Cell {
    place: Option<Place>,
    is_text: bool,
    has_formula: bool,
    formula: String,
    value: String,
}

impl Cell {
    fn opened(tag: &BytesStart<'_>) -> Self {
        let mut cell = Cell::default();
        for attribute in tag.attributes().flatten() {
            match attribute.key.as_ref() {
                "r" => cell.place = corner(attribute.value.as_bytes()),
                "t" => cell.is_text = &*attribute.value == "str",
                _ => {}
            }
        }
        cell
    }
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Formula,
    Value,
    Other,
}

fn reader(sheet: &[u8]) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(sheet);
    reader.config_mut().check_end_names = false;
    reader
}

/// Whether a formula names a cell that is filled, or anything whose cells are not known: another sheet, a name, more cells
/// than there are `looks` left.
fn names_filled(formula: &str, filled: &HashSet<Place>, looks: &mut u64) -> bool {
    let words = formula.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '$' | ':')));
    let mut known = false;
    for word in words {
        let corners: Option<Vec<Place>> =
            word.split(':').map(|word| corner(word.replace('$', "").as_bytes())).collect();
        let (first, last) = match corners.as_deref() {
            Some([only]) => (only, only),
            Some([first, last]) => (first, last),
            _ => continue,
        };
        known = true;
        let (rows, columns) = (first.0..=last.0, first.1..=last.1);
        let area = u64::from(last.0.abs_diff(first.0) + 1) * u64::from(last.1.abs_diff(first.1) + 1);
        let Some(left) = looks.checked_sub(area) else { return true };
        *looks = left;
        if rows.into_iter().any(|row| columns.clone().any(|column| filled.contains(&(row, column)))) {
            return true;
        }
    }
    !known || formula.contains('!')
}

/// The sheet with texts for some of its cells.
fn rewritten(sheet: &[u8], open: &HashMap<usize, String>) -> Option<Vec<u8>> {
    let mut reader = reader(sheet);
    let mut writer = Writer::new(Vec::with_capacity(sheet.len()));
    let (mut count, mut within) = (0, false);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return Some(writer.into_inner()),
            Event::Start(tag) if tag.local_name().as_ref() == "c" => match open.get(&count) {
                Some(formula) => {
                    within = true;
                    write_text(&mut writer, &tag, formula).ok()?;
                }
                None => writer.write_event(Event::Start(tag)).ok()?,
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                count += 1;
                writer.write_event(Event::Empty(tag)).ok()?;
            }
            Event::End(tag) if tag.local_name().as_ref() == "c" => {
                (count, within) = (count + 1, false);
                writer.write_event(Event::End(tag)).ok()?;
            }
            _ if within => {}
            event => writer.write_event(event).ok()?,
        }
    }
}

/// The beginning of a cell with its formula as a text.
fn write_text(writer: &mut Writer<Vec<u8>>, tag: &BytesStart<'_>, formula: &str) -> std::io::Result<()> {
    let mut cell = tag.to_owned();
    cell.clear_attributes();
    cell.extend_attributes(tag.attributes().flatten().filter(|attribute| attribute.key.as_ref() != "t"));
    cell.push_attribute(("t", "inlineStr"));
    writer.write_event(Event::Start(cell))?;
    let prefix = tag.name().prefix().map_or_else(String::new, |prefix| prefix.as_ref().to_owned());
    let name = |local: &str| if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") };
    let (outer, inner) = (name("is"), name("t"));
    writer.write_event(Event::Start(BytesStart::new(&outer)))?;
    writer.write_event(Event::Start(BytesStart::new(&inner)))?;
    writer.write_event(Event::Text(BytesText::from_escaped(format!("={formula}"))))?;
    writer.write_event(Event::End(BytesEnd::new(&inner)))?;
    writer.write_event(Event::End(BytesEnd::new(&outer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sheet: &str, to_be_worked_out: bool) -> String {
        String::from_utf8(settled(sheet.as_bytes().to_vec(), to_be_worked_out)).expect("UTF-8")
    }

    #[test]
    fn a_formula_without_a_result_is_a_text() {
        let text = r#"<c r="C1" s="2" t="inlineStr"><is><t>=SUM(A1:B1)</t></is></c>"#;
        for none in ["<v></v>", "<v/>", ""] {
            let cell = format!(r#"<c r="A1"/><c r="C1" s="2"><f>SUM(A1:B1)</f>{none}</c>"#);
            assert_eq!(of(&cell, false), format!(r#"<c r="A1"/>{text}"#));
        }
        for given in [r#"<c r="C1"><f>A1</f><v>7</v></c>"#, r#"<c r="C1" t="str"><f>IF(A1,B1,"")</f><v></v></c>"#] {
            assert_eq!(of(given, true), given);
        }
    }

    #[test]
    fn a_zero_is_a_result_where_all_that_it_sums_is_zero() {
        let sheet = |value: &str| {
            format!(
                "<c r=\"A1\"><v>{value}</v></c><c r=\"C1\"><f>SUM(A1:B1)</f><v>0</v></c><c r=\"C2\"><f>C1</f><v>0</v></c>"
            )
        };
        assert_eq!(of(&sheet("0"), true), sheet("0"));
        assert_eq!(of(&sheet("5"), false), sheet("5"));
        let worked_out = sheet("5") + "<c r=\"D1\"><f>A1</f><v>5</v></c>";
        assert_eq!(of(&worked_out, true), worked_out);
        let open = of(&sheet("5"), true);
        assert!(open.contains("<t>=SUM(A1:B1)</t>") && open.contains("<t>=C1</t>"), "{open}");
    }

    #[test]
    fn what_a_formula_names_elsewhere_is_not_known() {
        let names = |formula| names_filled(formula, &HashSet::new(), &mut 1_000_000);
        assert!(names("Sheet2!A1") && names("1000+5") && names("A:A") && names("SUM(A1:XFD1048576)"));
        assert!(!names("SUM($A$1:B2)+C3"));
    }
}
