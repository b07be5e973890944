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

/// A file, and how reading it must end.
pub struct Hostile {
    pub name: String,
    pub bytes: Vec<u8>,
    /// `read`, the name of a cause, or `limit` with the name of the limit.
    pub ends: &'static str,
}

/// Makes a file when it is wanted.
pub struct Maker {
    pub name: &'static str,
    pub ends: &'static str,
    pub make: fn() -> Vec<u8>,
}

/// Those whose name holds `only`.
pub fn all(only: &str) -> impl Iterator<Item = Hostile> {
    let lists = [
        docx::FILES, doc::FILES, rtf::FILES, odt::FILES, sheet::FILES, pdf::FILES, ofd::FILES, html::FILES,
        text::FILES, archives::FILES,
    ];
    let wanted = lists.into_iter().flatten().filter(move |maker| maker.name.contains(only));
    let makers: Vec<&'static Maker> = wanted.collect();
    makers.into_iter().map(|maker| Hostile { name: maker.name.to_owned(), bytes: (maker.make)(), ends: maker.ends })
}

const fn file(name: &'static str, ends: &'static str, make: fn() -> Vec<u8>) -> Maker {
    Maker { name, ends, make }
}

/// A million: what nests, repeats and floods does it so often.
const MILLION: usize = 1_000_000;

/// Text that packs no better than 20 to 1, so that no ratio stops it: `make` of a number, again and again.
fn varied(times: usize, make: impl Fn(usize) -> String) -> String {
    (0..times).map(|at| make(at.wrapping_mul(2_654_435_761) % 1_000_000_007)).collect()
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
