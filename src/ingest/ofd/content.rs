//! One page's XML → what it draws, layer over layer.
//!
//! Page blocks only group, so they need no state; graphics drawn by reference are read where they
//! are referred to, on a stack of their own.

use super::drawn::{Budget, Drawn};
use super::geometry::{Area, Matrix, bounds};
use super::path::{self, Setting};
use super::resources::{Parameter, Resources};
use super::scan::{Event, Scan};
use super::text::{self, is_clear, switch};
use crate::ingest::page::Rect;
use crate::ingest::page::shape::Shapes;
use crate::ingest::xml::{Stop, attribute};

/// Graphics within graphics: writers use one; more is refused because each may be many.
const GRAPHICS: usize = 8;

/// What is drawn first lies lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Height {
    Background,
    Body,
    Foreground,
}

/// What a page's XML says before it draws.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The paper.
    pub(super) area: Option<Area>,
    /// Templates by ID, and whether each lies over the page, where that is said.
    pub(super) templates: Vec<(String, Option<bool>)>,
    /// Resource files of this page alone.
    pub(super) resources: Vec<String>,
}

/// Reads a page's XML up to its content; whether there is any.
pub(super) fn head(scan: &mut Scan) -> Result<(Head, bool), Stop> {
    let mut head = Head::default();
    loop {
        match scan.next()? {
            Event::Open(b"PhysicalBox") => head.area = Area::parse(&scan.text()?).or(head.area),
            Event::Open(b"Template") => head.templates.extend(template(scan)),
            Event::Open(b"PageRes") => head.resources.push(scan.text()?),
            Event::Open(b"Content") => return Ok((head, true)),
            Event::End => return Ok((head, false)),
            _ => {}
        }
    }
}

fn template(scan: &Scan) -> Option<(String, Option<bool>)> {
    Some((scan.attribute(b"TemplateID")?.into_owned(), over(scan)))
}

/// Whether an element is said to lie over the others.
pub(super) fn over(scan: &Scan) -> Option<bool> {
    scan.attribute(b"ZOrder").map(|order| order.eq_ignore_ascii_case("Foreground"))
}

/// Where a reader is: in the page, or in a graphic.
struct Frame<'a> {
    scan: Scan<'a>,
    matrix: Matrix,
}

/// Draws the content that `scan` has just opened, as far as it can be read; why it stopped, if it did.
pub(super) fn draw<'a>(
    scan: Scan<'a>,
    matrix: Matrix,
    page: (f32, f32),
    resources: &'a Resources,
    depth_limit: usize,
    budget: &mut Budget,
) -> (Drawn, Option<Stop>) {
    let page = Rect { x0: 0.0, y0: 0.0, x1: page.0, y1: page.1 };
    let setting = Setting { resources, usual: Parameter::default(), page };
    let mut walk = Walk { frames: vec![Frame { scan, matrix }], setting, layers: Vec::new(), depth_limit, budget };
    let stop = walk.all().err();
    let mut layers = walk.layers;
    layers.sort_by_key(|(height, _)| *height);
    let mut drawn = Drawn::default();
    for (_, layer) in layers {
        drawn.extend(layer);
    }
    (drawn, stop)
}

struct Walk<'a, 'b> {
    frames: Vec<Frame<'a>>,
    setting: Setting<'a>,
    layers: Vec<(Height, Drawn)>,
    depth_limit: usize,
    budget: &'b mut Budget,
}

impl Walk<'_, '_> {
    fn all(&mut self) -> Result<(), Stop> {
        while let Some(frame) = self.frames.last_mut() {
            match frame.scan.next() {
                Ok(Event::Open(name)) => self.open(name)?,
                Ok(Event::End) => drop(self.frames.pop()),
                Ok(Event::Close | Event::Text(_)) => {}
                // A graphic ends with the end tag of what it stands in.
                Err(Stop::Broken { .. }) if self.frames.len() > 1 => drop(self.frames.pop()),
                Err(stop) => return Err(stop),
            }
        }
        Ok(())
    }

    fn open(&mut self, name: &[u8]) -> Result<(), Stop> {
        let deep = self.frames.len();
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        let (scan, matrix) = (&mut frame.scan, frame.matrix);
        if name == b"Layer" && deep == 1 {
            let parameter = scan.attribute(b"DrawParam").map(|id| self.setting.resources.parameter(&id));
            self.setting.usual = parameter.unwrap_or_default();
            self.layers.push((height(scan), Drawn::default()));
            return Ok(());
        }
        let object = matches!(name, b"TextObject" | b"PathObject" | b"ImageObject" | b"CompositeObject");
        let hidden = object && !switch(scan.attributes(), b"Visible", true);
        if hidden || matches!(name, b"Clips" | b"Actions" | b"Border") {
            return scan.skip();
        }
        if !object {
            return Ok(());
        }
        self.budget.draw(1)?;
        if self.layers.is_empty() {
            self.layers.push((Height::Body, Drawn::default()));
        }
        let Some((_, drawn)) = self.layers.last_mut() else { return Ok(()) };
        match name {
            b"TextObject" => text::draw(scan, matrix, drawn, self.budget),
            _ if is_clear(scan.attributes()) => scan.skip(),
            b"PathObject" => path::draw(scan, matrix, self.setting, drawn, self.budget),
            b"ImageObject" => picture(scan, matrix, self.setting.page, drawn),
            _ => self.graphic(),
        }
    }

    /// Goes into the graphic that the object just opened refers to.
    fn graphic(&mut self) -> Result<(), Stop> {
        let deep = self.frames.len();
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        let attributes = frame.scan.attributes();
        let value = |name| attribute(attributes, name);
        let boundary = value(b"Boundary").and_then(|text| Area::parse(&text));
        let matrix = frame.matrix.within(boundary, value(b"CTM").as_deref());
        let unit = value(b"ResourceID").and_then(|id| self.setting.resources.unit(&id));
        frame.scan.skip()?;
        if let Some(unit) = unit.filter(|_| deep <= GRAPHICS) {
            self.budget.read(unit)?;
            self.frames.push(Frame { scan: Scan::new(unit, self.depth_limit), matrix });
        }
        Ok(())
    }
}

fn height(layer: &Scan) -> Height {
    match layer.attribute(b"Type").as_deref() {
        Some("Background") => Height::Background,
        Some("Foreground") => Height::Foreground,
        _ => Height::Body,
    }
}

/// A picture fills the square of 1 by 1 before its matrix; without a matrix it means its boundary.
fn picture(scan: &mut Scan, around: Matrix, seen: Rect, drawn: &mut Drawn) -> Result<(), Stop> {
    let attributes = scan.attributes();
    let boundary = attribute(attributes, b"Boundary").and_then(|text| Area::parse(&text));
    let corners = match (attribute(attributes, b"CTM"), boundary) {
        (Some(own), _) => {
            let matrix = around.within(boundary, Some(&own));
            UNIT.corners().map(|corner| matrix.apply(corner))
        }
        (None, Some(area)) => area.corners().map(|corner| around.apply(corner)),
        (None, None) => return scan.skip(),
    };
    if let Some(area) = bounds(&corners) {
        Shapes { page: &mut drawn.page, seen }.picture(area);
    }
    scan.skip()
}

const UNIT: Area = Area { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
