//! A document's root part: its pages in order, its templates and resource files.

use std::collections::HashMap;

use super::content::over;
use super::geometry::Area;
use super::scan::{Event, Scan};
use crate::ingest::xml::Stop;

/// What a document's root part says.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The paper of pages that do not say their own.
    pub(super) area: Option<Area>,
    /// Template pages by ID: their part, and whether they lie over the pages.
    pub(super) templates: HashMap<String, (String, bool)>,
    pub(super) resources: Vec<String>,
    /// IDs and parts of the pages.
    pub(super) pages: Vec<String>,
    /// The part that lists the annotations.
    pub(super) annotations: Option<String>,
}

/// Reads it as far as it goes; why it stopped, if it did.
pub(super) fn outline(text: &[u8], depth_limit: usize) -> (Outline, Option<Stop>) {
    let mut outline = Outline::default();
    let mut scan = Scan::new(text, depth_limit);
    let stop = loop {
        match scan.next() {
            Ok(Event::Open(name)) => {
                if let Err(stop) = outline.open(name, &mut scan) {
                    break Some(stop);
                }
            }
            Ok(Event::End) => break None,
            Ok(_) => {}
            Err(stop) => break Some(stop),
        }
    };
    (outline, stop)
}

impl Outline {
    fn open(&mut self, name: &[u8], scan: &mut Scan) -> Result<(), Stop> {
        let location = |scan: &Scan| scan.attribute(b"BaseLoc").map(|location| location.trim().to_owned());
        match name {
            b"PhysicalBox" => self.area = Area::parse(&scan.text()?).or(self.area),
            b"PublicRes" | b"DocumentRes" => self.resources.push(scan.text()?),
            b"Annotations" => self.annotations = Some(scan.text()?),
            b"Page" => self.pages.extend(location(scan)),
            b"TemplatePage" => {
                if let (Some(id), Some(location)) = (scan.attribute(b"ID"), location(scan)) {
                    self.templates.insert(id.into_owned(), (location, over(scan).unwrap_or(false)));
                }
            }
            b"Outlines" | b"Bookmarks" | b"Actions" | b"Permissions" => scan.skip()?,
            _ => {}
        }
        Ok(())
    }
}
