//! `gongkai` (公开) turns China's annual reports on government information disclosure
//! (政府信息公开工作年度报告) into data: every figure of the official form with its value,
//! its state and its place in the document, and everything that does not add up.
//!
//! The whole program is [`extract`]: bytes → [`document::Document`] → [`report::Report`]s with
//! findings. Only reading can fail; everything after it yields a report, perhaps of missing
//! figures. The library reads no files, no clock and no environment; `cli` and `batch` do.
//!
//! ```
//! let text = "示例县人民政府2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\
//!     第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 41 |\n";
//! let extraction = gongkai::extract(text.as_bytes(), &gongkai::Options::default())?;
//! let report = &extraction.reports[0];
//! let key = gongkai::template::Key::new("proactive.licensing.decisions");
//! assert_eq!(report.figure(&key).map(|figure| figure.value.state()), Some("number"));
//! # Ok::<(), gongkai::Error>(())
//! ```

pub mod division;
pub mod document;
pub mod finding;
pub mod lang;
pub mod report;
pub mod sheet;
pub mod template;

pub mod annotate;
pub mod check;
pub mod compare;
pub mod export;
pub mod ingest;
pub mod map;
pub mod panel;
pub mod render;
pub mod sum;

pub mod batch;
pub mod cli;

use std::sync::Arc;

pub use ingest::Error;

/// What [`extract`] may be told.
#[derive(Debug, Clone)]
pub struct Options {
    /// Bounds on what one file may cost.
    pub limits: ingest::Limits,
    /// The forms to look for, newest first; the shipped ones, or a user's own before them.
    pub forms: Vec<Arc<template::Form>>,
    /// Codes of divisions that the user gives for sources.
    pub places: division::Places,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            limits: ingest::Limits::default(),
            forms: template::Form::shipped().to_vec(),
            places: division::Places::default(),
        }
    }
}

/// What came out of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Extraction {
    /// Name of the reader that read it.
    pub format: String,
    /// Its reports; none if the document is no report.
    pub reports: Vec<report::Report>,
    /// What is to be said about the file as a whole (those of a report travel with it).
    pub findings: Vec<finding::Finding>,
}

/// The whole program: reads a file, maps it to the form, checks each report.
///
/// # Errors
/// When no reader knows the bytes, or the one that does cannot read them.
pub fn extract(bytes: &[u8], options: &Options) -> Result<Extraction, Error> {
    extract_named(bytes, "", options)
}

/// The same of a file whose name is known, with the folders and archives that it stands in: they say more of
/// who and when where the document says nothing, and never outvote it.
///
/// # Errors
/// When no reader knows the bytes, or the one that does cannot read them.
pub fn extract_named(bytes: &[u8], name: &str, options: &Options) -> Result<Extraction, Error> {
    let document = ingest::read(bytes, &options.limits)?;
    let source = map::Source { name, place: options.places.of(name) };
    let map::Mapped { mut reports, findings } = map::map(&document, &options.forms, &source);
    for report in &mut reports {
        check::check(report, &options.forms);
    }
    Ok(Extraction { format: document.format, reports, findings })
}

/// What a file's name, and the place that the user gives for it, add to its bytes; `None` if nothing.
pub(crate) fn said_by_name(name: &str, options: &Options) -> Option<String> {
    let place = options.places.of(name);
    (place.is_some() || map::is_telling(name)).then(|| format!("{name}\n{place:?}"))
}
