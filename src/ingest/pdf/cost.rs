//! How much the interpreter will have to read for a page, told before it begins.
//!
//! It cannot be stopped while it reads instructions that draw nothing, and forms that draw forms multiply:
//! fifty of them, each drawing the next twice, are a day's work. So the bytes that would be run through are added
//! up first, every `Do` counted as the most expensive form at hand.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::object::dict::keys::{ANNOTS, AP, CONTENTS, N, RESOURCES, SUBTYPE};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, ObjRef, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use memchr::memmem;

use super::filters;
use super::fonts::Fonts;
use crate::ingest::{Error, Limits};

/// Forms within forms: the interpreter goes no deeper.
const DEEPEST: u32 = 50;

/// So many forms are looked at; a file with more (at some depth) is made to be slow.
const MOST_FORMS: usize = 50_000;

/// Adds up costs over the pages of a file.
pub(super) struct Costs {
    limit: usize,
    part_bytes: usize,
    spent: usize,
    /// What a form costs at a depth.
    known: HashMap<(ObjRef, u32), usize>,
    /// What streams unpack to.
    sizes: HashMap<ObjectIdentifier, usize>,
    looked: usize,
    /// Fonts met on the way.
    pub(super) fonts: Fonts,
}

impl Costs {
    pub(super) fn new(limits: &Limits, encrypted: bool) -> Self {
        Costs {
            limit: limits.content_bytes,
            part_bytes: limits.part_bytes,
            spent: 0,
            known: HashMap::new(),
            sizes: HashMap::new(),
            looked: 0,
            fonts: Fonts::of(limits, encrypted),
        }
    }

    /// Refuses a page that would pass the limit.
    pub(super) fn page(&mut self, page: &Page<'_>) -> Result<(), Error> {
        self.admit_contents(page)?;
        let content = page.page_stream().unwrap_or_default();
        let resources = page.resources();
        self.fonts.add(&resources.fonts)?;
        let cost = self.content(content, resources, 0)?;
        self.spent = self.spent.saturating_add(cost).saturating_add(self.annotations(page)?);
        if self.looked > MOST_FORMS {
            self.spent = self.spent.max(self.limit.saturating_add(1));
        }
        self.admit(self.spent)
    }

    fn admit(&self, bytes: usize) -> Result<(), Error> {
        if bytes > self.limit { Err(Error::limit("content_bytes", self.limit, bytes)) } else { Ok(()) }
    }

    /// Refuses a page whose instructions are too long before they are put together: a page may name
    /// one stream a million times.
    fn admit_contents(&mut self, page: &Page<'_>) -> Result<(), Error> {
        let one = page.raw().get::<Stream<'_>>(CONTENTS);
        let list = page.raw().get::<Array<'_>>(CONTENTS).unwrap_or_default();
        let streams = || one.iter().cloned().chain(list.iter::<Stream<'_>>());
        let spent = self.spent;
        if streams().map(|stream| filters::at_most(&stream)).fold(spent, usize::saturating_add) <= self.limit {
            return Ok(());
        }
        let mut sum = spent;
        for stream in streams() {
            sum = sum.saturating_add(self.size(&stream)?).saturating_add(1);
            self.admit(sum)?;
        }
        Ok(())
    }

    /// What a stream unpacks to.
    fn size(&mut self, stream: &Stream<'_>) -> Result<usize, Error> {
        let most = self.part_bytes;
        let at_most = filters::at_most(stream);
        if at_most <= most {
            return Ok(at_most);
        }
        let size = *self.sizes.entry(stream.obj_id()).or_insert_with(|| filters::of_stream(stream, most));
        if size > most { Err(Error::limit("part_bytes", most, size)) } else { Ok(size) }
    }

    /// The cost of instructions at a depth, with the forms that they draw.
    fn content(&mut self, content: &[u8], resources: &Resources<'_>, depth: u32) -> Result<usize, Error> {
        let draws = memmem::find_iter(content, b"Do").count();
        if draws == 0 || depth >= DEEPEST {
            return Ok(content.len());
        }
        let mut dearest = 0;
        for name in resources.x_objects.keys() {
            dearest = self.named(name.as_ref(), resources, depth + 1)?.max(dearest);
        }
        Ok(content.len().saturating_add(draws.saturating_mul(dearest)))
    }

    /// The cost of the appearances of annotations, all states of each.
    fn annotations(&mut self, page: &Page<'_>) -> Result<usize, Error> {
        let Some(annotations) = page.raw().get::<Array<'_>>(ANNOTS) else { return Ok(0) };
        let mut cost = 0_usize;
        for annotation in annotations.iter::<Dict<'_>>() {
            let normal = annotation.get::<Dict<'_>>(AP).and_then(|looks| looks.get::<Object<'_>>(N));
            let states = match normal {
                Some(Object::Stream(stream)) => vec![stream],
                Some(Object::Dict(states)) => states.keys().filter_map(|name| states.get(name.as_ref())).collect(),
                _ => Vec::new(),
            };
            for state in states {
                cost = cost.saturating_add(self.form(&state, page.resources(), 1)?);
            }
        }
        Ok(cost)
    }

    fn named(&mut self, name: &[u8], resources: &Resources<'_>, depth: u32) -> Result<usize, Error> {
        let place = resources.x_objects.get_ref(name).map(|object| (object, depth));
        if let Some(known) = place.and_then(|place| self.known.get(&place)) {
            return Ok(*known);
        }
        let Some(stream) = resources.x_objects.get::<Stream<'_>>(name) else { return Ok(0) };
        if stream.dict().get::<Name<'_>>(SUBTYPE).is_none_or(|subtype| *subtype != *b"Form") {
            return Ok(0);
        }
        let cost = self.form(&stream, resources, depth)?;
        if let Some(place) = place {
            self.known.insert(place, cost);
        }
        Ok(cost)
    }

    fn form(&mut self, stream: &Stream<'_>, resources: &Resources<'_>, depth: u32) -> Result<usize, Error> {
        self.looked += 1;
        if self.looked > MOST_FORMS {
            return Ok(0);
        }
        self.size(stream)?;
        let content = stream.decoded_data().unwrap_or_default();
        let own = stream.dict().get::<Dict<'_>>(RESOURCES).map(Resources::new);
        if let Some(own) = &own {
            self.fonts.add(&own.fonts)?;
        }
        self.content(&content, own.as_ref().unwrap_or(resources), depth)
    }
}
