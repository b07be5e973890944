//! How the rules fared: one tally a code.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Code;

/// How often a rule was applied, and with what result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Places where it holds.
    pub passed: u32,
    /// Places where it fails; each has a finding.
    pub failed: u32,
    /// Places where a figure it needs is missing, unreadable or ambiguous.
    pub not_assessable: u32,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.not_assessable += other.not_assessable;
    }
}

/// The tallies of one report, by code; rules that were not applied are not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Checks(pub BTreeMap<Code, Tally>);

impl Checks {
    /// Whether nothing was checked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tally of one code, all zero if it was not applied.
    #[must_use]
    pub fn of(&self, code: Code) -> Tally {
        self.0.get(&code).copied().unwrap_or_default()
    }

    /// Adds to the tally of a code.
    pub fn add(&mut self, code: Code, tally: Tally) {
        if tally != Tally::default() {
            *self.0.entry(code).or_default() += tally;
        }
    }

    /// The tallies of several codes taken together.
    #[must_use]
    pub fn total(&self, codes: &[Code]) -> Tally {
        let mut total = Tally::default();
        for &code in codes {
            total += self.of(code);
        }
        total
    }
}
