//! How much a stream unpacks to, told without ever holding more of it than is allowed.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::object::dict::keys::{F, FILTER};
use hayro_interpret::hayro_syntax::object::{Array, Name, Stream};

/// Deflate packs no better than 1032 to 1, Lempel-Ziv-Welch no better than 1365 to 1.
pub(super) const BEST_RATIO: usize = 1366;

/// Deflate alone.
const DEFLATE_RATIO: usize = 1032;

/// Bytes that are counted at a time: small enough to stay near the processor.
const LOOK: usize = 1 << 12;

/// A way of packing that gives bytes. The others give pictures, which nothing here ever unpacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Deflate,
    Lzw,
    RunLengths,
    Hexadecimal,
    Base85,
}

/// Each by the names that a stream's dictionary has for it.
const NAMES: &[(Filter, &[u8], &[u8])] = &[
    (Filter::Deflate, b"FlateDecode", b"Fl"),
    (Filter::Lzw, b"LZWDecode", b"LZW"),
    (Filter::RunLengths, b"RunLengthDecode", b"RL"),
    (Filter::Hexadecimal, b"ASCIIHexDecode", b"AHx"),
    (Filter::Base85, b"ASCII85Decode", b"A85"),
];

impl Filter {
    pub(super) fn of_name(name: &[u8]) -> Option<Self> {
        NAMES.iter().find(|(_, long, short)| *long == name || *short == name).map(|(filter, ..)| *filter)
    }

    /// No byte becomes more than so many.
    fn best_ratio(self) -> usize {
        match self {
            Filter::Deflate | Filter::Lzw => BEST_RATIO,
            // Two bytes become 128.
            Filter::RunLengths => 64,
            Filter::Hexadecimal => 1,
            // `z` is four zeros.
            Filter::Base85 => 4,
        }
    }

    /// The filters of a stream of an open file.
    fn of_stream(stream: &Stream<'_>) -> Vec<Self> {
        let dict = stream.dict();
        if let Some(name) = dict.get::<Name<'_>>(F).or_else(|| dict.get(FILTER)) {
            return Filter::of_name(&name).into_iter().collect();
        }
        let list = dict.get::<Array<'_>>(F).or_else(|| dict.get(FILTER)).unwrap_or_default();
        list.iter::<Name<'_>>().filter_map(|name| Filter::of_name(&name)).collect()
    }

    /// The bytes that these stand for, and one more than `most` of them at most.
    fn unpack(self, packed: &[u8], most: usize) -> Vec<u8> {
        match self {
            Filter::Deflate => inflated(packed, most),
            // Files may say that codes grow one later than usual; who reads them otherwise reads less.
            Filter::Lzw => longer(lzw(packed, most, true), lzw(packed, most, false)),
            Filter::RunLengths => run_lengths(packed, most),
            Filter::Hexadecimal => hexadecimal(packed),
            Filter::Base85 => base85(packed, most),
        }
    }
}

/// How many bytes a stream unpacks to, at most `most` and one more: the largest of what each of its filters,
/// one after another, makes.
pub(super) fn unpacked(packed: &[u8], filters: &[Filter], most: usize) -> usize {
    let mut largest = 0;
    let mut data = Cow::Borrowed(packed);
    for (at, filter) in filters.iter().enumerate() {
        if *filter == Filter::Deflate && at + 1 == filters.len() {
            return largest.max(count(&data, most));
        }
        data = filter.unpack(&data, most).into();
        largest = largest.max(data.len());
        if data.is_empty() || largest > most {
            break;
        }
    }
    largest
}

/// The same of a stream of an open file, whose secrets are none any more.
pub(super) fn of_stream(stream: &Stream<'_>, most: usize) -> usize {
    let data = stream.raw_data();
    data.len().max(unpacked(&data, &Filter::of_stream(stream), most))
}

/// What so many bytes cannot unpack to more than.
pub(super) fn most_of(packed: usize, filters: &[Filter]) -> usize {
    filters.iter().fold(packed, |most, filter| most.saturating_mul(filter.best_ratio()))
}

/// What a stream cannot unpack to more than, told without unpacking it.
pub(super) fn at_most(stream: &Stream<'_>) -> usize {
    most_of(stream.raw_data().len(), &Filter::of_stream(stream))
}

fn longer(one: Vec<u8>, other: Vec<u8>) -> Vec<u8> {
    if one.len() >= other.len() { one } else { other }
}

/// Deflate, with or without a frame around it.
pub(super) fn inflated(packed: &[u8], most: usize) -> Vec<u8> {
    let framed = inflated_by(Decompress::new(true), packed, most);
    if framed.is_empty() { inflated_by(Decompress::new(false), packed, most) } else { framed }
}

/// Whether Deflate makes more bytes of these than `most`; it is unpacked only until what is left cannot.
pub(super) fn deflates_to_more(packed: &[u8], most: usize) -> bool {
    let may_pass =
        |read: usize, made: usize| made.saturating_add((packed.len() - read).saturating_mul(DEFLATE_RATIO)) > most;
    let counted = |framed| {
        let (mut read, mut made) = (0, 0);
        inflate_counted(Decompress::new(framed), packed, &mut vec![0; LOOK], |taken, piece| {
            (read, made) = (read + taken, made + piece.len());
            made <= most && may_pass(read, made)
        });
        made
    };
    Some(counted(true)).filter(|made| *made > 0).unwrap_or_else(|| counted(false)) > most
}

/// How many bytes Deflate makes of these, without keeping them.
fn count(packed: &[u8], most: usize) -> usize {
    let counted = |framed| {
        let mut made = 0;
        inflate(Decompress::new(framed), packed, &mut vec![0; LOOK], |piece| {
            made += piece.len();
            made <= most
        });
        made.min(most.saturating_add(1))
    };
    Some(counted(true)).filter(|made| *made > 0).unwrap_or_else(|| counted(false))
}

fn inflated_by(deflate: Decompress, packed: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    inflate(deflate, packed, &mut vec![0; 1 << 16], |piece| {
        out.extend_from_slice(piece);
        out.len() <= most
    });
    out.truncate(most.saturating_add(1));
    out
}

/// Unpacks piece by piece, until nothing more comes or `take` has enough.
fn inflate(inflate: Decompress, packed: &[u8], buffer: &mut [u8], mut take: impl FnMut(&[u8]) -> bool) {
    inflate_counted(inflate, packed, buffer, |_, piece| take(piece));
}

/// The same, with how many bytes were read for each piece.
fn inflate_counted(
    mut inflate: Decompress,
    packed: &[u8],
    buffer: &mut [u8],
    mut take: impl FnMut(usize, &[u8]) -> bool,
) {
    let mut read = 0;
    loop {
        let before = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(&packed[read..], buffer, FlushDecompress::None);
        let step = |now: u64, before: u64| usize::try_from(now - before).unwrap_or(0);
        let (taken, given) = (step(inflate.total_in(), before.0), step(inflate.total_out(), before.1));
        read += taken;
        let more = take(taken, &buffer[..given]);
        match status {
            Ok(Status::Ok) if more && (taken > 0 || given > 0) => {}
            _ => return,
        }
    }
}

const CLEAR: usize = 256;
const END: usize = 257;
const FIRST: usize = 258;
/// Codes have no more than 12 bits.
const CODES: usize = 1 << 12;

/// Each code stands for a stretch of what was already said, one longer than the one before it. `early` as
/// files usually are: a code has one bit more as soon as the next one needs it.
fn lzw(packed: &[u8], most: usize, early: bool) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    let mut known: Vec<(usize, usize)> = Vec::new();
    let (mut held, mut bits, mut last) = (0_usize, 0, None::<(usize, usize)>);
    let mut bytes = packed.iter();
    while out.len() <= most {
        let width = match FIRST + known.len() + usize::from(last.is_some()) + usize::from(early) {
            0..=512 => 9,
            513..=1024 => 10,
            1025..=2048 => 11,
            _ => 12,
        };
        while bits < width {
            let Some(byte) = bytes.next() else { return out };
            (held, bits) = (((held << 8) | usize::from(*byte)) & 0xff_ffff, bits + 8);
        }
        bits -= width;
        let code = (held >> bits) & ((1 << width) - 1);
        let from = out.len();
        match (code, last) {
            (CLEAR, _) => {
                known.clear();
                last = None;
                continue;
            }
            (END, _) => break,
            (0..CLEAR, _) => out.push(code as u8),
            (code, Some(last)) => {
                let (start, length) = known.get(code - FIRST).copied().unwrap_or((last.0, last.1 + 1));
                // The stretch may reach into what it adds.
                (start..start + length).for_each(|at| out.push(out[at]));
            }
            (_, None) => break,
        }
        if let Some((start, length)) = last
            && FIRST + known.len() < CODES
        {
            known.push((start, length + 1));
        }
        last = Some((from, out.len() - from));
    }
    out
}

fn run_lengths(packed: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = packed;
    while let [length, after @ ..] = rest
        && out.len() <= most
    {
        let count = usize::from(*length);
        match (*length, after) {
            (0..=127, _) => {
                let (bytes, after) = after.split_at(after.len().min(count + 1));
                out.extend_from_slice(bytes);
                rest = after;
            }
            (129.., [byte, after @ ..]) => {
                out.resize(out.len() + 257 - count, *byte);
                rest = after;
            }
            _ => break,
        }
    }
    out
}

fn hexadecimal(packed: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = packed.iter().take_while(|byte| **byte != b'>').filter_map(|byte| digit(*byte)).collect();
    digits.chunks(2).map(|two| two[0] << 4 | two.get(1).copied().unwrap_or(0)).collect()
}

pub(super) fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn base85(packed: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut sum, mut count) = (0_u64, 0);
    for byte in packed {
        match byte {
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                (sum, count) = (sum * 85 + u64::from(byte - b'!'), count + 1);
                if count == 5 {
                    out.extend_from_slice(&(sum as u32).to_be_bytes());
                    (sum, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
        if out.len() > most {
            return out;
        }
    }
    if count > 1 {
        let sum = (count..5).fold(sum, |sum, _| sum * 85 + 84);
        out.extend_from_slice(&(sum as u32).to_be_bytes()[..count - 1]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 1 << 20;

    #[test]
    fn each_filter_gives_what_was_packed() {
        // The examples of the format's own description.
        assert_eq!(
            Filter::Lzw.unpack(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01], MOST),
            [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]
        );
        assert_eq!(
            Filter::RunLengths.unpack(&[4, 10, 11, 12, 13, 14, 253, 3, 128, 9, 9], MOST),
            [10, 11, 12, 13, 14, 3, 3, 3, 3]
        );
        assert_eq!(Filter::Hexadecimal.unpack(b"4 1 42 5>43", MOST), b"ABP");
        assert_eq!(Filter::Base85.unpack(b"87cURD]i,\"Ebo80z~>", MOST), b"Hello World!\0\0\0\0".as_slice());
        let packed = [0x78, 0x9c, 0x4b, 0x4c, 0x4a, 0x06, 0x00, 0x02, 0x4d, 0x01, 0x27];
        assert_eq!(Filter::Deflate.unpack(&packed, MOST), b"abc");
        assert_eq!(Filter::Deflate.unpack(&packed[2..], MOST), b"abc");
    }

    #[test]
    fn nothing_is_unpacked_far_beyond_what_is_allowed() {
        let endless = [&[0x80, 0x08, 0x10][..], &[0x20; 4_000]].concat();
        for (filter, packed) in
            [(Filter::Lzw, endless), (Filter::RunLengths, [129, 0].repeat(1_000)), (Filter::Base85, vec![b'z'; 4_000])]
        {
            let made = filter.unpack(&packed, 100).len();
            assert!(made <= 100 + CODES, "{filter:?}: {made}");
        }
        assert_eq!(unpacked(&[129, 129, 128].repeat(9), &[Filter::RunLengths; 3], 100), 128);
    }

    #[test]
    fn damage_ends_what_is_unpacked() {
        for filter in NAMES.iter().map(|(filter, ..)| *filter) {
            for byte in 0..=255 {
                let _ = filter.unpack(&[byte; 3], MOST);
                let _ = filter.unpack(&[byte, 0x80, byte, 0xff, byte], MOST);
            }
        }
    }
}
