//! How much the interpreter will have to read for a page, told before it begins.
//!
//! It cannot be stopped while it reads instructions that draw nothing, and forms that draw forms multiply:
//! fifty of them, each drawing the next twice, are a day's work. So the bytes that would be run through are added
//! up first, every `Do` counted as the most expensive form at hand.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::object::dict::keys::{RESOURCES, SUBTYPE};
use hayro_interpret::hayro_syntax::object::{Dict, Name, ObjRef, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use memchr::memmem;

use super::fonts::Doubtful;
use crate::ingest::{Error, Limits};

/// Forms within forms: the interpreter goes no deeper.
const DEEPEST: u32 = 50;

/// So many forms are looked at; a file with more (at some depth) is made to be slow.
const MOST_FORMS: usize = 50_000;

/// Adds up costs over the pages of a file.
pub(super) struct Costs {
    limit: usize,
    spent: usize,
    /// What a form costs at a depth.
    known: HashMap<(ObjRef, u32), usize>,
    looked: usize,
    /// Fonts met on the way.
    pub(super) doubtful: Doubtful,
}

impl Costs {
    pub(super) fn new(limits: &Limits) -> Self {
        Costs { limit: limits.content_bytes, spent: 0, known: HashMap::new(), looked: 0, doubtful: Doubtful::default() }
    }

    /// Refuses a page that would pass the limit.
    pub(super) fn page(&mut self, page: &Page<'_>) -> Result<(), Error> {
        let content = page.page_stream().unwrap_or_default();
        let resources = page.resources();
        self.doubtful.add(&resources.fonts);
        let cost = self.content(content, resources, 0);
        self.spent = self.spent.saturating_add(cost);
        if self.looked > MOST_FORMS {
            self.spent = usize::MAX;
        }
        if self.spent > self.limit { Err(Error::limit("content_bytes", self.limit, self.spent)) } else { Ok(()) }
    }

    /// The cost of instructions at a depth, with the forms that they draw.
    fn content(&mut self, content: &[u8], resources: &Resources<'_>, depth: u32) -> usize {
        let draws = memmem::find_iter(content, b"Do").count();
        if draws == 0 || depth >= DEEPEST {
            return content.len();
        }
        let names: Vec<_> = resources.x_objects.keys().collect();
        let dearest = names.iter().map(|name| self.form(name.as_ref(), resources, depth + 1)).max().unwrap_or(0);
        content.len().saturating_add(draws.saturating_mul(dearest))
    }

    fn form(&mut self, name: &[u8], resources: &Resources<'_>, depth: u32) -> usize {
        let place = resources.x_objects.get_ref(name).map(|object| (object, depth));
        if let Some(known) = place.and_then(|place| self.known.get(&place)) {
            return *known;
        }
        self.looked += 1;
        if self.looked > MOST_FORMS {
            return 0;
        }
        let Some(stream) = resources.x_objects.get::<Stream<'_>>(name) else { return 0 };
        if !stream.dict().get::<Name<'_>>(SUBTYPE).is_some_and(|subtype| *subtype == *b"Form") {
            return 0;
        }
        let content = stream.decoded_data().unwrap_or_default();
        let own = stream.dict().get::<Dict<'_>>(RESOURCES).map(Resources::new);
        if let Some(own) = &own {
            self.doubtful.add(&own.fonts);
        }
        let cost = self.content(&content, own.as_ref().unwrap_or(resources), depth);
        if let Some(place) = place {
            self.known.insert(place, cost);
        }
        cost
    }
}
