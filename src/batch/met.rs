//! Which texts were met: by digests, so that each costs as much as any other, however long it is.

use std::collections::HashSet;
use std::ffi::OsStr;

use sha2::{Digest, Sha256};

/// Half of a SHA-256: no two texts of any run will share it.
pub(super) type Short = [u8; 16];

/// The digest of a name or path.
pub(super) fn short(text: impl AsRef<OsStr>) -> Short {
    let mut half = Short::default();
    half.copy_from_slice(&Sha256::digest(text.as_ref().as_encoded_bytes())[..size_of::<Short>()]);
    half
}

/// Names or paths that were met.
#[derive(Default)]
pub(super) struct Met(HashSet<Short>);

impl Met {
    /// Whether one is met for the first time.
    pub(super) fn insert(&mut self, text: impl AsRef<OsStr>) -> bool {
        self.0.insert(short(text))
    }
}

impl<T: AsRef<OsStr>> FromIterator<T> for Met {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        Met(texts.into_iter().map(short).collect())
    }
}
