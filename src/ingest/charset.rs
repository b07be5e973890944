//! Bytes → text, for every reader of text, and which bytes are no text at all.
//!
//! The order of trust: byte order mark, strict UTF-8, UTF-16 by its NUL bytes, GB18030 or Big5 by
//! the frequent characters that they give, the label that the file gives if its bytes bear it out,
//! GB18030 without an error, and the guess of `chardetng` last. A character cut off by the end of
//! the file never decides against a charset.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::finding::{Code, Finding, Words};

/// Bytes looked at to tell text from binary; a report's first page is smaller.
const SAMPLE: usize = 64 << 10;

/// Of this many characters one may be a control character, in text.
const CONTROLS_ONE_IN: usize = 20;

/// Decoded text.
pub(super) struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The charset's name for people.
    pub charset: String,
    /// That the charset was guessed; that bytes are no text in it.
    pub findings: Vec<Finding>,
}

/// Decodes a whole file; `label` is the charset that the file says it is in, if it says so.
pub(super) fn decode(bytes: &[u8], label: Option<&[u8]>) -> Decoded {
    let (encoding, skip, sure) = detect(bytes, label);
    let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[skip..]);
    let charset = name(encoding);
    let mut findings = Vec::new();
    if !sure {
        findings.push(Finding::new(Code::CharsetGuessed).found(charset.clone()));
    }
    if had_errors {
        let count = text.chars().filter(|&c| c == '\u{fffd}').count();
        findings.push(Finding::new(Code::UndecodableText).expected(charset.clone()).found(count.to_string()));
    }
    Decoded { text: text.into_owned(), charset, findings }
}

/// The charset, the length of its byte order mark, and whether the file states it.
fn detect(bytes: &[u8], label: Option<&[u8]>) -> (&'static Encoding, usize, bool) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, length, true);
    }
    let nul = memchr::memchr(0, bytes).is_some();
    if !nul && is_utf8(bytes) {
        return (UTF_8, 0, true);
    }
    if nul && let Some(encoding) = utf16_without_mark(bytes) {
        return (encoding, 0, false);
    }
    if is_utf8(bytes) || is_nearly_utf8(bytes) {
        return (UTF_8, 0, true);
    }
    let stated = label.and_then(labelled);
    let clean = || stated.into_iter().chain([GB18030]).find(|encoding| decodes_cleanly(encoding, bytes));
    if let Some(encoding) = chinese(bytes).or_else(clean) {
        return (encoding, 0, stated == Some(encoding));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    // GB18030 is GBK and more.
    (if guess == GBK { GB18030 } else { guess }, 0, false)
}

/// The charset of a label, if bytes can contradict it: of the pages labelled with a charset of
/// single bytes, which fits any bytes, most are Chinese ones that kept their editor's default.
fn labelled(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    // Pages labelled gb2312 and GBK hold characters of the larger set.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let bears_out = !encoding.is_single_byte() && ![UTF_16LE, UTF_16BE].contains(&encoding);
    bears_out.then_some(encoding)
}

/// The charset of names that state none: UTF-8 if they are, else that of Chinese systems.
pub(crate) fn of_names(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { chinese(bytes).unwrap_or(GB18030) }
}

/// Characters that are frequent in any Chinese prose, as written in the mainland and elsewhere.
/// Read in the wrong charset, text gives hardly any of them.
const FREQUENT: &str = "的一是不了在人有我他这這个個上们們来來到时時大地为為子中你说說生国國年着就那和要她出也得里    裡后後自以会會家可下而过過天去能对對小多然于於心学學么麼之都好看起发發当當没沒成只如事把还還用第样樣道想作种種开開    本及其他与與或行政公信息府申请請工部门門机機关關法理进進民主条條情况況";

/// [`FREQUENT`] as a bit for each character: it is asked of all characters of a page, in two charsets.
static BITS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0; (1 << 16) / 64];
    for c in FREQUENT.chars() {
        bits[c as usize / 64] |= 1 << (c as usize % 64);
    }
    bits
});

fn is_frequent(c: char) -> bool {
    BITS.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 1)
}

/// Of this many characters that are not ASCII one must be frequent. Chinese prose has one in three.
const FREQUENT_ONE_IN: usize = 10;

/// GB18030 or Big5, whichever makes the text Chinese prose; neither if none does.
pub(super) fn chinese(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let frequent = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let (mut wide, mut frequent) = (0, 0);
        for c in text.chars().filter(|c| !c.is_ascii()) {
            wide += 1;
            frequent += usize::from(is_frequent(c));
        }
        if frequent * FREQUENT_ONE_IN >= wide { frequent } else { 0 }
    };
    let (mainland, traditional) = (frequent(GB18030), frequent(BIG5));
    match mainland.max(traditional) {
        0 => None,
        most => Some(if most == mainland { GB18030 } else { BIG5 }),
    }
}

/// Whether the bytes are UTF-8, but for a character cut off at the end.
fn is_utf8(bytes: &[u8]) -> bool {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 0,
    }
}

/// Of this many characters that are not ASCII one may be broken in UTF-8. Text in another charset
/// is hardly ever UTF-8 by chance.
const BROKEN_ONE_IN: usize = 10;

/// Whether the bytes are UTF-8 of which some characters have lost bytes.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken, mut rest) = (0, 0, bytes.len());
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
        rest -= chunk.valid().len() + chunk.invalid().len();
        // Were all that follows whole, there would still be too few.
        if broken * BROKEN_ONE_IN > whole + rest / 2 {
            return false;
        }
    }
    broken > 0 && broken * BROKEN_ONE_IN <= whole
}

/// Whether the bytes decode without an error, but for a character cut off at the end.
fn decodes_cleanly(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut scratch = String::with_capacity(8 << 10);
    let mut rest = bytes;
    loop {
        scratch.clear();
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut scratch, false);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return true,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => return false,
        }
    }
}

/// UTF-16 of the byte order in which nine characters of ten are Chinese or ASCII.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let units = sample.len() / 2;
    let score =
        |read: fn([u8; 2]) -> u16| sample.chunks_exact(2).filter(|pair| is_usual(read([pair[0], pair[1]]))).count();
    let (little, big) = (score(u16::from_le_bytes), score(u16::from_be_bytes));
    let best = if little >= big { (little, UTF_16LE) } else { (big, UTF_16BE) };
    (units > 0 && best.0 * 10 >= units * 9).then_some(best.1)
}

/// A character of Chinese prose: ASCII, ideographs, full-width forms, punctuation.
fn is_usual(unit: u16) -> bool {
    matches!(unit, 0x09..=0x0d | 0x20..=0x7e | 0xa0 | 0x2010..=0x2030 | 0x2500..=0x257f | 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff00..=0xffef)
}

/// The charset's name for people.
pub(super) fn name(encoding: &'static Encoding) -> String {
    match encoding.name() {
        "gb18030" => "GB18030".to_owned(),
        other => other.to_owned(),
    }
}

/// The beginning of a file as text, or what the file is instead.
pub(super) fn head(bytes: &[u8]) -> Result<String, Words> {
    if let Some(&(_, what)) = BINARY.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(what.into());
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (encoding, skip, _) = detect(sample, None);
    let (text, _) = encoding.decode_without_bom_handling(&sample[skip..]);
    let total = text.chars().count();
    let controls = text.chars().filter(|&c| is_binary(c)).count();
    if controls * CONTROLS_ONE_IN > total {
        return Err(Words::new(
            format!("binary data: {controls} of its first {total} characters are control characters"),
            format!("二进制数据：开头{total}个字符中有{controls}个控制字符"),
        ));
    }
    Ok(text.into_owned())
}

/// A control character that text does not hold.
fn is_binary(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{1a}' | '\u{85}')
}

/// First bytes of what is no text.
const BINARY: &[(&[u8], (&str, &str))] = &[
    (b"PK\x03\x04", ("a zip archive", "zip 压缩包")),
    (b"PK\x05\x06", ("an empty zip archive", "空的 zip 压缩包")),
    (b"\xd0\xcf\x11\xe0", ("an old binary Office file", "旧版二进制 Office 文件")),
    (b"%PDF", ("a PDF file", "PDF 文件")),
    (b"\x89PNG", ("a PNG picture", "PNG 图片")),
    (b"\xff\xd8\xff", ("a JPEG picture", "JPEG 图片")),
    (b"GIF87a", ("a GIF picture", "GIF 图片")),
    (b"GIF89a", ("a GIF picture", "GIF 图片")),
    (b"Rar!", ("a RAR archive", "RAR 压缩包")),
    (b"7z\xbc\xaf", ("a 7-Zip archive", "7-Zip 压缩包")),
    (b"\x1f\x8b", ("a gzip archive", "gzip 压缩文件")),
];
