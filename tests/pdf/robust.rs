//! PDF files made by other projects to test their own readers, where `GONGKAI_CORPUS` names the
//! folder that holds them.

use crate::robust_files::{each_gives_a_result_or_a_clear_error, files};

#[test]
fn every_pdf_file_gives_a_result_or_a_clear_error() {
    let Some(files) = files(&["pdf"]) else { return };
    assert!(files.len() >= 45, "only {} files", files.len());
    each_gives_a_result_or_a_clear_error(&files);
}
