//! Archives, made to order.

use std::io::{Cursor, Write};

use tar::{EntryType, Header};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The smallest text in which one figure, `number`, is found.
pub fn report(number: u32) -> Vec<u8> {
    format!(
        "示例县人民政府2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\
         第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | {number} |\n"
    )
    .into_bytes()
}

/// A zip archive of files; names are marked as UTF-8 where they are not ASCII.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip_by(CompressionMethod::Deflated, files)
}

/// The same, not compressed.
pub fn zip_stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip_by(CompressionMethod::Stored, files)
}

fn zip_by(method: CompressionMethod, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        if name.ends_with('/') {
            writer.add_directory(*name, options).expect("memory");
        } else {
            writer.start_file(*name, options).expect("memory");
            writer.write_all(bytes).expect("memory");
        }
    }
    writer.finish().expect("memory").into_inner()
}

/// A zip archive with names of any bytes, without a mark, also several of one name. It is written with names
/// of the same lengths, which are then replaced.
pub fn zip_raw(files: &[(Vec<u8>, &[u8])]) -> Vec<u8> {
    let stand_in = |(at, (name, _)): (usize, &(Vec<u8>, &[u8]))| format!("{at:~>width$}", width = name.len());
    let stand_ins: Vec<String> = files.iter().enumerate().map(stand_in).collect();
    let named: Vec<(&str, &[u8])> =
        stand_ins.iter().zip(files).map(|(name, (_, bytes))| (name.as_str(), *bytes)).collect();
    let mut archive = zip(&named);
    for (stand_in, (name, _)) in stand_ins.iter().zip(files) {
        assert_eq!(replace(&mut archive, stand_in.as_bytes(), name), 2, "{stand_in}");
    }
    archive
}

/// Replaces every occurrence by bytes of the same number, and says how many there were.
pub fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) -> usize {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = (0..=bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from)).collect();
    for at in &places {
        bytes[*at..*at + to.len()].copy_from_slice(to);
    }
    places.len()
}

/// Where the entries of the directory begin.
pub fn directory(archive: &[u8]) -> Vec<usize> {
    (0..archive.len()).filter(|&at| archive[at..].starts_with(b"PK\x01\x02")).collect()
}

/// A tar archive in the GNU manner.
pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_entry_type(if name.ends_with('/') { EntryType::Directory } else { EntryType::Regular });
        builder.append_data(&mut header, name, *bytes).expect("memory");
    }
    builder.into_inner().expect("memory")
}

/// A header and what follows it, with any name and kind.
pub fn tar_entry(name: &[u8], kind: EntryType, bytes: &[u8]) -> Vec<u8> {
    let mut header = Header::new_ustar();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_entry_type(kind);
    header.set_cksum();
    let mut entry = header.as_bytes().to_vec();
    entry.extend_from_slice(bytes);
    entry.resize(entry.len().div_ceil(512) * 512, 0);
    entry
}

/// Entries one after another, with the end of an archive.
pub fn tar_of(entries: &[Vec<u8>]) -> Vec<u8> {
    [entries.concat(), vec![0; 1024]].concat()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A gzip file that says what it was packed from.
pub fn gzip_named(name: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::GzBuilder::new().filename(name).write(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}
