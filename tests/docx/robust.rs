//! Word files made by other projects, soon and in little memory.

use crate::robust_files::{each_gives_a_result_or_a_clear_error, files};

#[test]
fn every_word_file_gives_a_result_or_a_clear_error() {
    let Some(files) = files(&["docx", "docm", "dotx"]) else { return };
    assert!(files.len() >= 300, "only {} files", files.len());
    each_gives_a_result_or_a_clear_error(&files);
}
