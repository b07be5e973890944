//! Reports and findings → files.

// What `check` writes.
mod checked;
mod junit;
mod sarif;

pub use checked::{Checked, json};
pub use junit::junit;
pub use sarif::sarif;
