//! Resource files: graphics drawn by reference, and the colours of drawing parameters. Fonts and
//! pictures are not looked at.

use std::borrow::Cow;
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
    /// What they paint with, and which others they build upon.
    parameters: HashMap<String, (Parameter, Option<String>)>,
}

/// What a drawing parameter paints with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parameter {
    pub(super) fill: Option<Colour>,
    pub(super) stroke: Option<Colour>,
}

impl Resources {
    /// Takes in a resource file, as far as it can be read.
    pub(super) fn add(&mut self, text: Vec<u8>, depth_limit: usize) -> Option<Stop> {
        let file = self.texts.len();
        let mut scan = Scan::new(&text, depth_limit);
        let stop = loop {
            match scan.next() {
                Ok(Event::Open(b"CompositeGraphicUnit" | b"CompositeGraphicsUnit")) => {
                    let id = scan.attribute(b"ID").map(Cow::into_owned);
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
                    if let Err(stop) = self.add_parameter(&mut scan) {
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

    fn add_parameter(&mut self, scan: &mut Scan) -> Result<(), Stop> {
        let id = scan.attribute(b"ID").unwrap_or_default().into_owned();
        let relative = scan.attribute(b"Relative").map(Cow::into_owned);
        let mut parameter = Parameter::default();
        let inside = scan.depth();
        while scan.depth() >= inside {
            match scan.next()? {
                Event::Open(b"FillColor") => parameter.fill = Some(Colour::of(scan.attributes())),
                Event::Open(b"StrokeColor") => parameter.stroke = Some(Colour::of(scan.attributes())),
                _ => {}
            }
        }
        self.parameters.insert(id, (parameter, relative));
        Ok(())
    }

    /// The XML inside a graphic, from after its start tag to after its end tag.
    pub(super) fn unit(&self, id: &str) -> Option<&[u8]> {
        let (file, range) = self.units.get(id)?;
        self.texts.get(*file)?.get(range.clone())
    }

    /// What a drawing parameter paints with, by itself or by those it builds upon.
    pub(super) fn parameter(&self, id: &str) -> Parameter {
        let mut whole = Parameter::default();
        let mut next = self.parameters.get(id);
        for _ in 0..RELATIVES {
            let Some((parameter, relative)) = next else { break };
            whole.fill = whole.fill.or(parameter.fill);
            whole.stroke = whole.stroke.or(parameter.stroke);
            next = relative.as_ref().and_then(|id| self.parameters.get(id));
        }
        whole
    }
}
