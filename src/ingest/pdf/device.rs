//! What an interpreted page draws → [`Page`]: the only file that knows the interpreter's drawing calls.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hayro_interpret::font::{Glyph as Drawn, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Rect as Box64, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};

use super::cut::Cut;
use super::fonts::Fonts;
use crate::ingest::page::shape::{self, Shapes};
use crate::ingest::page::turn::{Turns, turn};
use crate::ingest::page::{Glyph, Page, Rect, Said};

/// From the baseline up and down, in thousandths of the font size: what ideographs of nearly every
/// font take. The real extents of a font are often absurd, and nothing here hangs on them.
const ASCENT: f64 = 880.0;
const DESCENT: f64 = -120.0;

/// The width of a character, in thousandths of the font size, where the font does not say.
const USUAL_WIDTH: f64 = 500.0;

/// A glyph whose middle is so far outside of the clip (points) is not seen.
const CLIP_SLACK: f32 = 1.0;

/// Up to this alpha nothing is seen (of 255).
const FAINTEST: u8 = 8;

/// From this on in every channel, paint is that of the paper (of 255).
const PAPER: u8 = 250;

/// The page drew more than is allowed; carried out of the interpreter by unwinding, since it has
/// no other way to stop.
pub(super) struct TooMuch;

/// How glyphs are set, told from the part of their transform that does not move them.
#[derive(Clone, Copy)]
struct Pen {
    /// That part: where a unit to the right goes, and where one up goes.
    of: [f64; 4],
    /// Font size as shown, points.
    em: f64,
    /// Points that a unit along the baseline takes.
    along: f64,
    /// Which way the baseline runs, of length 1.
    along_axis: (f64, f64),
    /// The same in quarter turns; `None` if it is askew.
    turn: Option<usize>,
}

impl Pen {
    fn new(a: f64, b: f64, c: f64, d: f64) -> Self {
        let along = a.hypot(b);
        let (ux, uy) = if along > 0.0 { (a / along, b / along) } else { (1.0, 0.0) };
        Pen { of: [a, b, c, d], em: c.hypot(d) * 1000.0, along, along_axis: (ux, uy), turn: turn(ux, uy) }
    }
}

/// Characters of most pages of a report.
const USUAL_GLYPHS: usize = 512;

/// Fills a page.
pub(super) struct Recorder<'d> {
    pub(super) page: Page,
    /// Characters by the direction of their baseline.
    pub(super) turns: Turns,
    /// What is seen, one within the other.
    clips: Vec<Rect>,
    /// Drawing calls that are still allowed in this file.
    pub(super) left: usize,
    /// How the last glyph was set; so is the next, as a rule.
    pen: Pen,
    cut: Cut,
    fonts: &'d Fonts,
    /// Fonts of the file that could not be loaded.
    unloaded: Arc<AtomicUsize>,
}

impl<'d> Recorder<'d> {
    pub(super) fn new(width: f32, height: f32, left: usize, fonts: &'d Fonts, unloaded: Arc<AtomicUsize>) -> Self {
        let page = Page { width, height, glyphs: Vec::with_capacity(USUAL_GLYPHS), ..Page::default() };
        let whole = Rect { x0: 0.0, y0: 0.0, x1: width, y1: height };
        Recorder {
            page,
            turns: Turns::default(),
            clips: vec![whole],
            left,
            pen: Pen::new(0.0, 0.0, 0.0, 0.0),
            cut: Cut::default(),
            fonts,
            unloaded,
        }
    }

    /// Counts what is drawn; hostile forms draw without end.
    fn spend(&mut self, calls: usize) {
        match self.left.checked_sub(calls) {
            Some(left) => self.left = left,
            // No hook is run: this is no fault.
            None => resume_unwind(Box::new(TooMuch)),
        }
    }

    fn seen(&self) -> Rect {
        self.clips.last().copied().unwrap_or(Rect { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 })
    }

    fn push_clip(&mut self, clip: Rect) {
        self.spend(1);
        self.clips.push(shape::common(self.seen(), clip));
    }

    fn shapes(&mut self) -> Shapes<'_> {
        let seen = self.seen();
        Shapes { page: &mut self.page, seen }
    }

    /// A glyph, where it is put on the page, and where the next one of its run is.
    fn glyph(&mut self, glyph: &PositionedGlyph<'_>, at: Affine, next: Option<Affine>, mode: &DrawMode) {
        let [a, b, c, d, x, y] = at.as_coeffs();
        if self.pen.of != [a, b, c, d] {
            self.pen = Pen::new(a, b, c, d);
        }
        let Pen { em, along, along_axis: (ux, uy), .. } = self.pen;
        if !(em.is_finite() && x.is_finite() && y.is_finite()) || em <= 0.0 {
            return;
        }
        let text = self.spelled(glyph);
        let next = next.map(|next| {
            let [.., nx, ny] = next.as_coeffs();
            (nx - x) * ux + (ny - y) * uy
        });
        let width = width(glyph, along, em, next);
        let corner = |up: f64, on: f64| (x + c * up + ux * on, y + d * up + uy * on);
        let area = around([corner(DESCENT, 0.0), corner(DESCENT, width), corner(ASCENT, 0.0), corner(ASCENT, width)]);
        let is_seen = holds(self.seen(), area);
        let Some(turn) = self.pen.turn else {
            if !is_seen {
                return;
            }
            // Set askew: a mark across the page, no part of the text.
            match text {
                Said::One(c) => self.page.askew.push(c),
                Said::Many(text) => self.page.askew.push_str(&text),
                Said::Nothing => {}
            }
            return;
        };
        let invisible = matches!(mode, DrawMode::Invisible);
        let glyph = Glyph { text, area, size: em as f32, invisible };
        let Recorder { cut, turns, page, .. } = self;
        cut.take(glyph, is_seen, |glyph| {
            turns[turn] += usize::from(!glyph.text.is_space());
            page.glyphs.push(glyph);
        });
    }

    /// Whether the glyph may be Helvetica's in place of one whose font could not be loaded.
    fn is_stand_in(&self, glyph: &Drawn<'_>) -> bool {
        let Drawn::Outline(outline) = glyph else { return false };
        self.unloaded.load(Ordering::Relaxed) > 0 && outline.font_data().is_none()
    }

    /// The characters that the file says this glyph stands for.
    fn spelled(&self, glyph: &PositionedGlyph<'_>) -> Said {
        if self.fonts.are_silent_about(glyph) || self.is_stand_in(glyph) {
            return Said::Nothing;
        }
        match glyph.as_unicode() {
            Some(BfString::Char(c)) if !is_private(c) => Said::One(c),
            Some(BfString::String(text)) if !text.is_empty() && !text.chars().any(is_private) => {
                Said::Many(text.into())
            }
            _ => Said::Nothing,
        }
    }
}

/// Codes that say nothing to anybody else.
fn is_private(c: char) -> bool {
    matches!(c, '\0' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// How far a glyph reaches along the baseline: as far as its font says, but not past the next one of its
/// run. The interpreter stretches the glyphs of stand-ins for fonts that are not embedded, so `along` alone
/// may be far too much.
fn width(glyph: &Drawn<'_>, along: f64, em: f64, next: Option<f64>) -> f64 {
    let stated = match glyph {
        Drawn::Outline(outline) => outline.advance_width(),
        Drawn::Type3(drawn) => drawn.advance_width(),
    };
    let stated = stated.map(f64::from).filter(|width| *width > 0.0).unwrap_or(USUAL_WIDTH);
    let (scaled, plain) = (stated * along, stated * em / 1000.0);
    match next.filter(|next| *next > 0.0) {
        Some(next) => scaled.max(plain).min(next),
        None => scaled.min(plain),
    }
}

fn around(corners: [(f64, f64); 4]) -> Rect {
    let mut area = Rect { x0: f32::INFINITY, y0: f32::INFINITY, x1: f32::NEG_INFINITY, y1: f32::NEG_INFINITY };
    for (x, y) in corners {
        let (x, y) = (x as f32, y as f32);
        area = Rect { x0: area.x0.min(x), y0: area.y0.min(y), x1: area.x1.max(x), y1: area.y1.max(y) };
    }
    area
}

/// Whether the middle of an area is seen.
fn holds(seen: Rect, area: Rect) -> bool {
    let (x, y) = ((area.x0 + area.x1) / 2.0, (area.y0 + area.y1) / 2.0);
    let within = |at: f32, from: f32, to: f32| at >= from - CLIP_SLACK && at <= to + CLIP_SLACK;
    within(x, seen.x0, seen.x1) && within(y, seen.y0, seen.y1)
}

fn narrow(rect: Box64) -> Rect {
    Rect { x0: rect.x0 as f32, y0: rect.y0 as f32, x1: rect.x1 as f32, y1: rect.y1 as f32 }
}

/// How paint shows on white paper: not at all, as paper, or as a colour.
fn ink(paint: &Paint<'_>) -> Option<shape::Ink> {
    let Paint::Color(color) = paint else { return Some(shape::Ink::Colour) };
    let [r, g, b, alpha] = color.to_rgba().to_rgba8();
    if alpha <= FAINTEST {
        None
    } else if r >= PAPER && g >= PAPER && b >= PAPER {
        Some(shape::Ink::Paper)
    } else {
        Some(shape::Ink::Colour)
    }
}

impl<'a> Device<'a> for Recorder<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(1 + path.elements().len());
        let Some(ink) = ink(&props.paint) else { return };
        let at = props.transform;
        match mode {
            DrawMode::Fill(_) => self.shapes().fill(path, at, ink),
            DrawMode::Stroke(pen) => self.shapes().stroke(path, at, pen.line_width, ink),
            DrawMode::FillAndStroke(_, pen) => {
                self.shapes().fill(path, at, ink);
                self.shapes().stroke(path, at, pen.line_width, ink);
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip(narrow(clip.path.bounding_box()));
    }

    fn push_clip_rect(&mut self, rect: &Box64) {
        self.push_clip(narrow(*rect));
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.spend(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let glyphs = run.glyphs();
        self.spend(1 + glyphs.len());
        let vertical = run.writing_mode() == hayro_interpret::hayro_cmap::WritingMode::Vertical;
        let mut at = glyphs.first().map(|first| props.transform * first.transform());
        for (index, glyph) in glyphs.iter().enumerate() {
            let next = glyphs.get(index + 1).map(|next| props.transform * next.transform());
            if let Some(at) = at {
                self.glyph(glyph, at, next.filter(|_| !vertical), mode);
            }
            at = next;
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.spend(1);
        let whole = Box64::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = narrow(props.transform.transform_rect_bbox(whole));
        self.shapes().picture(area);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], _: Option<&hayro_interpret::hayro_syntax::object::Dict<'_>>) {
        self.spend(1);
    }
}
