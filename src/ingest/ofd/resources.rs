//! Resource files: graphics drawn by reference, and the colours of drawing parameters. Fonts and
//! pictures are not looked at.

use std::collections::HashMap;
use std::ops::Range;

use super::path::Colour;
use super::scan::{Event, Scan};
use crate::ingest::xml::Stop;

/// How often a drawing parameter may refer to another: writers use one step.
const RELATIVES: usize = 16;

/// What the resource files of a document define, by ID.
#[derive(Default)]
pub(super) struct Resources {
    texts: Vec<Vec<u8>>,
    units: HashMap<String, (usize, Range<usize>)>,
    parameters: HashMap<String, Parameter>,
}

#[derive(Default)]
struct Parameter {
    relative: Option<String>,
    fill: Option<Colour>,
}

impl Resources {
    /// Takes in a resource file, as far as it can be read.
    pub(super) fn add(&mut self, text: Vec<u8>, depth_limit: usize) -> Option<Stop> {
        let file = self.texts.len();
        let mut scan = Scan::new(&text, depth_limit);
        let stop = loop {
            match scan.next() {
                Ok(Event::Open(b"CompositeGraphicUnit" | b"CompositeGraphicsUnit")) => {
                    let id = scan.attribute(b"ID").map(std::borrow::Cow::into_owned);
                    let from = scan.position();
                    let skipped = scan.skip();
                    if let Some(id) = id {
                        self.units.insert(id, (file, from..scan.position()));
                    }
                    if let Err(stop) = skipped {
                        break Some(stop);
                    }
                }
                Ok(Event::Open(b"DrawParam")) => {
                    if let Err(stop) = self.parameter(&mut scan) {
                        break Some(stop);
                    }
                }
                Ok(Event::End) => break None,
                Ok(_) => {}
                Err(stop) => break Some(stop),
            }
        };
        self.texts.push(text);
        stop
    }

    fn parameter(&mut self, scan: &mut Scan) -> Result<(), Stop> {
        let id = scan.attribute(b"ID").unwrap_or_default().into_owned();
        let relative = scan.attribute(b"Relative").map(std::borrow::Cow::into_owned);
        let mut parameter = Parameter { relative, fill: None };
        let inside = scan.depth();
        while scan.depth() >= inside {
            if let Event::Open(b"FillColor") = scan.next()? {
                parameter.fill = Some(Colour::of(scan.attributes()));
            }
        }
        self.parameters.insert(id, parameter);
        Ok(())
    }

    /// The XML inside a graphic, from after its start tag to after its end tag.
    pub(super) fn unit(&self, id: &str) -> Option<&[u8]> {
        let (file, range) = self.units.get(id)?;
        self.texts.get(*file)?.get(range.clone())
    }

    /// The colour that a drawing parameter fills with.
    pub(super) fn fill(&self, id: &str) -> Option<Colour> {
        let mut parameter = self.parameters.get(id)?;
        for _ in 0..RELATIVES {
            if parameter.fill.is_some() {
                return parameter.fill;
            }
            parameter = self.parameters.get(parameter.relative.as_deref()?)?;
        }
        None
    }
}
