//! OFD (GB/T 33190), the national fixed-layout format, read into pages as they are drawn.
//!
//! `support.rs` lists what of the format is read.

mod annotations;
mod content;
mod document;
mod drawn;
mod geometry;
mod package;
mod path;
mod resources;
mod scan;
mod support;
mod text;

use std::collections::{HashMap, HashSet};

use super::page::turn::upright;
use super::page::{self, Page};
use super::xml::Stop;
use super::{Error, Limits, Reader};
use crate::document::{Aside, AsideKind, Document};
use crate::finding::{Code, Finding};
use content::Head;
use document::Outline;
use drawn::{Budget, Drawn};
use geometry::{Area, Matrix, extent};
use package::{Package, folder};
use resources::Resources;
use scan::Scan;

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: "ofd",
    extensions: &["ofd"],
    about: ("Fixed-layout documents (OFD, GB/T 33190)", "版式文档（OFD，GB/T 33190）"),
    support: support::SUPPORT,
    recognise: package::recognise,
    read,
};

/// The paper of pages that say none.
const A4: Area = Area { x: 0.0, y: 0.0, width: 210.0, height: 297.0 };

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let (package, drawn) = drawn(bytes, limits)?;
    if drawn.read == 0 {
        return Err(Error::Damaged { reader: READER.name, what: package.without_pages() });
    }
    let mut document = page::assemble(drawn.pages, limits)?;
    READER.name.clone_into(&mut document.format);
    document.asides.extend(drawn.apart.into_iter().map(|text| Aside { kind: AsideKind::Comment, text }));
    document.findings.splice(0..0, package.findings);
    document.partial |= !package.damage.is_empty();
    let broken = package.damage.iter().map(|cause| Finding::new(Code::PartialFile).detail_words("cause", cause));
    document.findings.extend(broken);
    Ok(document)
}

/// The pages of a file, as they are drawn.
pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, Error> {
    drawn(bytes, limits).map(|(_, drawn)| drawn.pages)
}

/// What all documents of a file draw.
#[derive(Default)]
struct AllDrawn {
    pages: Vec<Page>,
    /// How many of them were there; others are blank, so that each keeps its number.
    read: usize,
    /// Text that is no text of a page, each once.
    apart: Vec<String>,
    known: HashSet<String>,
}

impl AllDrawn {
    fn set_apart(&mut self, texts: Vec<String>) {
        for text in texts.into_iter().filter(|text| !text.trim().is_empty()) {
            if self.known.insert(text.clone()) {
                self.apart.push(text);
            }
        }
    }
}

fn drawn<'b>(bytes: &'b [u8], limits: &Limits) -> Result<(Package<'b>, AllDrawn), Error> {
    let mut package = Package::open(bytes, limits)?;
    let mut drawn = AllDrawn::default();
    let mut budget = Budget::new(limits);
    let mut seen = HashSet::new();
    for root in package.documents()? {
        // A part is read once, however often it is referred to.
        if seen.insert(root.clone()) {
            // A document without pages costs something too.
            spent(budget.pages(1))?;
            Reading::open(&mut package, &root, *limits, &mut budget)?.all(&mut drawn, &mut seen)?;
        }
    }
    Ok((package, drawn))
}

/// A document on its way into pages.
struct Reading<'p, 'b> {
    package: &'p mut Package<'b>,
    budget: &'p mut Budget,
    limits: Limits,
    folder: String,
    outline: Outline,
    resources: Resources,
    /// What templates draw, by part, once each.
    templates: HashMap<String, Drawn>,
}

impl<'p, 'b> Reading<'p, 'b> {
    fn open(package: &'p mut Package<'b>, root: &str, limits: Limits, budget: &'p mut Budget) -> Result<Self, Error> {
        let folder = folder(root);
        let outline = match package.part("", root)? {
            Some((name, text)) => {
                spent(budget.read(&text))?;
                let (mut outline, stop) = document::outline(&text, limits.depth);
                if stop.is_some() {
                    outline.pages.extend(package.pages_by_custom(&folder));
                }
                package.stopped(&name, stop)?;
                outline
            }
            None => Outline::default(),
        };
        let (resources, templates) = (Resources::default(), HashMap::new());
        Ok(Reading { package, budget, limits, folder, outline, resources, templates })
    }

    fn all(mut self, drawn: &mut AllDrawn, seen: &mut HashSet<String>) -> Result<(), Error> {
        let base = self.folder.clone();
        for resource in std::mem::take(&mut self.outline.resources) {
            self.resource(&base, &resource, seen)?;
        }
        spent(self.budget.pages(self.outline.pages.len()))?;
        for page in std::mem::take(&mut self.outline.pages) {
            let page = self.page(&page, seen)?;
            drawn.read += usize::from(page.is_some());
            drawn.pages.push(page.unwrap_or_else(|| finished(Drawn::default(), self.area(None))));
        }
        if let Some(list) = self.outline.annotations.take() {
            let texts = annotations::texts(self.package, &base, &list, self.limits.depth, self.budget)?;
            drawn.set_apart(texts);
        }
        Ok(())
    }

    fn resource(&mut self, base: &str, target: &str, seen: &mut HashSet<String>) -> Result<(), Error> {
        if self.package.find(base, target).is_some_and(|name| !seen.insert(name)) {
            return Ok(());
        }
        let Some((name, text)) = self.package.part(base, target)? else { return Ok(()) };
        spent(self.budget.read(&text))?;
        let stop = self.resources.add(text, self.limits.depth);
        self.package.stopped(&name, stop)
    }

    /// A page; none if it is not there.
    fn page(&mut self, target: &str, seen: &mut HashSet<String>) -> Result<Option<Page>, Error> {
        let base = self.folder.clone();
        let Some((name, text)) = self.package.part(&base, target)? else { return Ok(None) };
        spent(self.budget.read(&text))?;
        let mut scan = Scan::new(&text, self.limits.depth);
        let (head, content) = match content::head(&mut scan) {
            Ok(read) => read,
            Err(stop) => {
                self.package.stopped(&name, Some(stop))?;
                (Head::default(), false)
            }
        };
        for resource in &head.resources {
            self.resource(&folder(&name), resource, seen)?;
        }
        let area = self.area(head.area);
        let mut page = Drawn::default();
        let (below, above) = self.templates(&head, area)?;
        page.extend(below);
        if content {
            page.extend(self.content(&name, scan, area)?);
        }
        page.extend(above);
        Ok(Some(finished(page, area)))
    }

    /// The paper of a page: what it says, what its document says, or the usual.
    fn area(&self, own: Option<Area>) -> Area {
        let said = [own, self.outline.area];
        said.into_iter().flatten().find(|area| extent(*area).is_some()).unwrap_or(A4)
    }

    fn content(&mut self, name: &str, scan: Scan, area: Area) -> Result<Drawn, Error> {
        let size = extent(area).unwrap_or_default();
        let matrix = Matrix::of_page(area);
        let (drawn, stop) = content::draw(scan, matrix, size, &self.resources, self.limits.depth, self.budget);
        self.package.stopped(name, stop)?;
        Ok(drawn)
    }

    /// What the templates of a page draw below and above it.
    fn templates(&mut self, head: &Head, area: Area) -> Result<(Drawn, Drawn), Error> {
        let (mut below, mut above) = (Drawn::default(), Drawn::default());
        for (id, over) in &head.templates {
            let Some((target, usual)) = self.outline.templates.get(id).cloned() else { continue };
            let drawn = self.template(&target, area)?;
            if over.unwrap_or(usual) { above.extend(drawn) } else { below.extend(drawn) }
        }
        Ok((below, above))
    }

    /// What a template draws; of templates in it, nothing.
    fn template(&mut self, target: &str, area: Area) -> Result<Drawn, Error> {
        if let Some(drawn) = self.templates.get(target) {
            spent(self.budget.draw(1 + drawn.cost()))?;
            return Ok(drawn.clone());
        }
        let base = self.folder.clone();
        let mut drawn = Drawn::default();
        if let Some((name, text)) = self.package.part(&base, target)? {
            spent(self.budget.read(&text))?;
            let mut scan = Scan::new(&text, self.limits.depth);
            match content::head(&mut scan) {
                Ok((_, true)) => drawn = self.content(&name, scan, area)?,
                Ok(_) => {}
                Err(stop) => self.package.stopped(&name, Some(stop))?,
            }
        }
        self.templates.insert(target.to_owned(), drawn.clone());
        Ok(drawn)
    }
}

/// A page of its size, without what lies beyond its paper, turned as it is read.
fn finished(drawn: Drawn, area: Area) -> Page {
    let (width, height) = extent(area).unwrap_or_default();
    let mut page = Page { width, height, ..drawn.page };
    page.glyphs.retain(|glyph| {
        let area = glyph.area;
        area.x1 > 0.0 && area.y1 > 0.0 && area.x0 < width && area.y0 < height
    });
    upright(page, drawn.turns)
}

/// A part that cannot be paid for stops the file.
fn spent(outcome: Result<(), Stop>) -> Result<(), Error> {
    match outcome {
        Err(Stop::Limit(error)) => Err(error),
        _ => Ok(()),
    }
}
