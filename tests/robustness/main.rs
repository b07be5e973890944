//! What `docs/robustness.md` promises: hostile files of every format and folders full of trouble, through the built
//! command, within limits of time and memory.

#![allow(clippy::disallowed_methods, reason = "tests read and write files and start programs")]
#![cfg(target_os = "linux")]

mod command;
mod each;
mod folders;
mod memory;
mod outputs;
mod whole;
mod zoo;

#[path = "../archives/make.rs"]
#[allow(dead_code, reason = "made for other tests too")]
mod archive;
#[path = "../support/doc.rs"]
mod doc;
#[path = "../support/docx.rs"]
mod docx;
#[path = "../ofd/build.rs"]
#[allow(dead_code, reason = "made for other tests too")]
mod ofd;
#[path = "../office/package.rs"]
#[allow(dead_code, reason = "made for other tests too")]
mod package;
#[path = "../pdf/build.rs"]
#[allow(dead_code, reason = "made for other tests too")]
mod pdf;
