//! Reports and findings → files.
