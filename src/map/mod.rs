//! [`Document`] + [`Form`]s → [`Report`]s: the only place where both are known.
use std::sync::Arc;

use crate::document::Document;
use crate::finding::Finding;
use crate::report::Report;
use crate::template::Form;

/// What a document maps to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapped {
    /// Its reports; none if it is no report.
    pub reports: Vec<Report>,
    /// What is to be said about the file as a whole.
    pub findings: Vec<Finding>,
}

/// Finds the reports of a document and places every figure.
#[must_use]
pub fn map(_document: &Document, _forms: &[Arc<Form>]) -> Mapped {
    Mapped::default()
}
