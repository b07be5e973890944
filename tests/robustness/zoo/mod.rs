//! Files made to do harm: of every format, every class of harm that it allows, made when they are wanted.

mod archives;
mod doc;
mod docx;
mod html;
mod odt;
mod ofd;
mod pdf;
mod rtf;
mod sheet;
mod text;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// How reading a file must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// With what is in it, perhaps with findings.
    Read,
    /// At the limit of this name.
    Limit(&'static str),
    /// With the cause of this name.
    Refused(&'static str),
    /// With what is in it or at a limit, as the file is large or small.
    ReadOrLimit,
}
use Ends::{Limit, Read, ReadOrLimit, Refused};

/// Makes a file when it is wanted.
pub struct Maker {
    pub name: &'static str,
    pub ends: Ends,
    pub make: fn() -> Vec<u8>,
}

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Maker> {
    let lists = [
        docx::FILES,
        doc::FILES,
        rtf::FILES,
        odt::FILES,
        sheet::FILES,
        pdf::FILES,
        ofd::FILES,
        html::FILES,
        text::FILES,
        archives::FILES,
    ];
    lists.into_iter().flatten()
}

const fn file(name: &'static str, ends: Ends, make: fn() -> Vec<u8>) -> Maker {
    Maker { name, ends, make }
}

/// A million: what nests does it so often.
const MILLION: usize = 1_000_000;

/// What floods does it so often: a million times where the variable `GONGKAI_FLOOD` is set, which takes minutes in
/// a program that is not optimised, else a fiftieth of it.
fn flood() -> usize {
    if std::env::var_os("GONGKAI_FLOOD").is_some() { MILLION } else { MILLION / 50 }
}

/// A comment of so many bytes that packs some eighty to one, so that no ratio stops it.
fn noise(bytes: usize) -> String {
    let block: String = (0..2_000_usize).map(|at| format!("{:08x}", at.wrapping_mul(2_654_435_761) as u32)).collect();
    format!("<!-- {} -->", block.repeat(bytes / block.len()))
}

/// A zip archive of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    zipped_by(CompressionMethod::Deflated, files)
}

fn zipped_by(method: CompressionMethod, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// Entities that name entities: a billion characters if they were replaced.
const LAUGHS: &str = "<!DOCTYPE r [<!ENTITY a \"哈哈哈哈哈哈哈哈哈哈\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\"><!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;\"><!ENTITY i SYSTEM \"file:///dev/zero\">]>";
