//! Annotations: their text, which is no text of the report. Watermarks name who copied a file and
//! when, stamps who signed it, notes what somebody thought of it.

use super::drawn::Budget;
use super::package::{Package, folder};
use super::scan::{Event, Scan};
use super::spent;
use crate::ingest::Error;
use crate::ingest::xml::Stop;

/// The texts of the annotations that a list leads to, one each.
pub(super) fn texts(
    package: &mut Package,
    base: &str,
    list: &str,
    depth_limit: usize,
    budget: &mut Budget,
) -> Result<Vec<String>, Error> {
    let Some((name, text)) = package.part(base, list)? else { return Ok(Vec::new()) };
    spent(budget.read(&text))?;
    let mut targets = Vec::new();
    let stop = each(&text, depth_limit, |event, scan| {
        if let Event::Open(b"FileLoc") = event {
            targets.push(scan.text()?);
        }
        Ok(())
    });
    package.stopped(&name, stop)?;
    let mut texts = Vec::new();
    for target in targets {
        spent(budget.read(&[]))?;
        let Some((name, text)) = package.part(&folder(&name), &target)? else { continue };
        spent(budget.read(&text))?;
        let stop = one(&text, depth_limit, &mut texts);
        package.stopped(&name, stop)?;
    }
    Ok(texts)
}

/// Adds the text of each annotation of a part; why it stopped, if it did.
fn one(text: &[u8], depth_limit: usize, texts: &mut Vec<String>) -> Option<Stop> {
    each(text, depth_limit, |event, scan| {
        match event {
            Event::Open(b"Annot") => texts.push(String::new()),
            Event::Open(b"TextCode" | b"Remark") => {
                let said = scan.text()?;
                if let Some(text) = texts.last_mut() {
                    text.push_str(said.trim());
                }
            }
            Event::Open(_) | Event::Close | Event::Text(_) | Event::End => {}
        }
        Ok(())
    })
}

/// Shows every event of a part, as far as it goes.
fn each<'a>(
    text: &'a [u8],
    depth_limit: usize,
    mut show: impl FnMut(&Event<'a>, &mut Scan<'a>) -> Result<(), Stop>,
) -> Option<Stop> {
    let mut scan = Scan::new(text, depth_limit);
    loop {
        match scan.next() {
            Ok(Event::End) => return None,
            Ok(event) => {
                if let Err(stop) = show(&event, &mut scan) {
                    return Some(stop);
                }
            }
            Err(stop) => return Some(stop),
        }
    }
}
