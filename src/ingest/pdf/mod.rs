//! PDF files with text, read into the common [`Document`].
//!
//! `support.rs` lists what of the format is read.

mod admit;
mod cost;
mod cut;
mod device;
mod filters;
mod fonts;
mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hayro_interpret::hayro_syntax::page::Page as Source;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect as Box64;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, TransformExt, interpret_page,
};

use super::page::{self, Page};
use super::{Error, Limits, Reader};
use crate::document::{Document, Origin};
use crate::finding::{Code, Finding, Words};
use device::{Recorder, TooMuch};
use fonts::Fonts;

const NAME: &str = "pdf";

/// The reader's entry in the list.
pub const READER: Reader = Reader {
    name: NAME,
    extensions: &["pdf"],
    about: ("PDF files with text", "含文字的 PDF 文件"),
    support: support::SUPPORT,
    recognise: admit::recognise,
    read,
};

fn damaged(en: &'static str, zh: &'static str) -> Error {
    Error::Damaged { reader: NAME, what: (en, zh).into() }
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    let drawn = drawn(bytes, limits)?;
    let mut document = page::assemble(drawn.pages, limits)?;
    NAME.clone_into(&mut document.format);
    let cut = admit::is_cut_off(bytes).then(|| {
        Words::new(
            "the mark of its end (%%EOF) is missing or more follows it; it may have been cut off",
            "缺少文件结束标记（%%EOF）或其后仍有内容，文件可能被截断",
        )
    });
    let causes: Vec<Words> = cut.into_iter().chain(drawn.broken).collect();
    document.partial |= !causes.is_empty();
    document.findings.extend(causes.iter().map(|cause| Finding::new(Code::PartialFile).detail_words("cause", cause)));
    document.findings.extend(drawn.findings);
    Ok(document)
}

/// The pages as they are drawn.
pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, Error> {
    drawn(bytes, limits).map(|drawn| drawn.pages)
}

/// What the interpreter made of a file.
#[derive(Default)]
struct Pages {
    pages: Vec<Page>,
    /// Pages that could not be interpreted to their end.
    broken: Vec<Words>,
    findings: Vec<Finding>,
}

fn drawn(bytes: &[u8], limits: &Limits) -> Result<Pages, Error> {
    let encrypted = admit::streams(bytes, limits)?;
    // The interpreter is strict about its own states and may panic on damage that it did not foresee.
    let pdf = catch_unwind(|| Pdf::new(bytes.to_vec()))
        .map_err(|_| damaged("its structure contradicts itself", "文件结构自相矛盾"))?
        .map_err(refusal)?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(damaged("it has no pages", "没有页面"));
    }
    if count > limits.pages {
        return Err(Error::limit("pages", limits.pages, count));
    }
    Interpreter::new(&pdf, limits).run(encrypted)
}

fn refusal(error: LoadPdfError) -> Error {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::PasswordProtected,
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            damaged("it is encrypted in a way that is not known", "加密方式未知")
        }
        LoadPdfError::Decryption(_) => damaged("its encryption contradicts itself", "加密信息自相矛盾"),
        LoadPdfError::Invalid => damaged("no page tree can be found", "找不到页面树"),
    }
}

/// Runs the pages of a file one by one.
struct Interpreter<'p> {
    pdf: &'p Pdf,
    limits: &'p Limits,
    cache: InterpreterCache<'p>,
    settings: InterpreterSettings,
    /// Fonts that could not be loaded.
    unloaded: Arc<AtomicUsize>,
    /// Drawing calls that are left.
    left: usize,
}

impl<'p> Interpreter<'p> {
    fn new(pdf: &'p Pdf, limits: &'p Limits) -> Self {
        let unloaded = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&unloaded);
        let warning_sink = Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        });
        let settings = InterpreterSettings { warning_sink, ..InterpreterSettings::default() };
        Interpreter { pdf, limits, cache: InterpreterCache::new(), settings, unloaded, left: limits.drawn }
    }

    fn run(mut self, encrypted: bool) -> Result<Pages, Error> {
        let mut costs = cost::Costs::new(self.limits, encrypted);
        let mut pages = Pages::default();
        for (at, source) in self.pdf.pages().iter().enumerate() {
            let number = at + 1;
            let before = self.unloaded.load(Ordering::Relaxed);
            let weighed = catch_unwind(AssertUnwindSafe(|| costs.page(source)));
            let run = match weighed {
                Ok(cost) => {
                    cost?;
                    self.page(source, &costs.fonts)?
                }
                Err(_) => (Page::default(), false),
            };
            let (page, whole) = run;
            pages.pages.push(page);
            if !whole {
                pages.broken.push(Words::new(
                    format!("page {number} cannot be interpreted to its end"),
                    format!("第{number}页无法解析到底"),
                ));
            }
            let unloaded = self.unloaded.load(Ordering::Relaxed) - before;
            if unloaded > 0 {
                let origin = Origin { page: u32::try_from(number).ok(), ..Origin::default() };
                pages.findings.push(Finding::new(Code::FontsUnreadable).found(unloaded.to_string()).at(origin));
            }
        }
        Ok(pages)
    }

    /// A page, and whether it was interpreted to its end.
    fn page(&mut self, source: &Source<'p>, fonts: &Fonts) -> Result<(Page, bool), Error> {
        let (width, height) = source.render_dimensions();
        let mut recorder = Recorder::new(width, height, self.left, fonts, Arc::clone(&self.unloaded));
        let bounds = Box64::new(0.0, 0.0, f64::from(width), f64::from(height));
        let ran = catch_unwind(AssertUnwindSafe(|| {
            let transform = source.initial_transform(true).to_kurbo();
            let mut context = Context::new(transform, bounds, &self.cache, self.pdf.xref(), self.settings.clone());
            interpret_page(source, &mut context, &mut recorder);
        }));
        self.left = recorder.left;
        if let Err(cause) = &ran
            && cause.downcast_ref::<TooMuch>().is_some()
        {
            return Err(Error::limit("drawn", self.limits.drawn, self.limits.drawn + 1));
        }
        Ok((page::turn::upright(recorder.page, recorder.turns), ran.is_ok()))
    }
}
