//! The cells of a column of Parquet that wait until their row group is full: packed, since wide groups are good to
//! query and few of them are little to keep in mind, and many rows wait together.
//!
//! ```text
//! piece = texts cell*
//! texts = how many (length)* letters*; in columns of text only
//! cell  = 0 (nothing), or the number that stands for the cell plus 1
//! ```
//!
//! Every number has seven bits a byte, the lowest first. For a text stands its place among the different texts of the
//! piece, for a number the number itself.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedColumnWriter;

use super::table::{Cell, Kind, Spec};
use crate::report::Amount;

/// Digits of a decimal, and those of them behind the point: amounts in 万元 to the fen.
pub(super) const PRECISION: u32 = 38;
pub(super) const PLACES: u32 = 6;
/// Bytes of a decimal of that many digits.
pub(super) const DECIMAL_BYTES: usize = 16;

/// Cells that are unpacked at a time.
const BATCH: usize = 1 << 10;
/// What a text costs beside its letters: an entry in the map, which is two thirds full, and its end.
const TEXT_COST: usize = 40;

/// The number in units of the last place; `None` if it has more places or digits.
pub(super) fn unscaled(number: Amount) -> Option<i128> {
    let number = number.0.normalize();
    let places = PLACES.checked_sub(number.scale())?;
    let units = number.mantissa().checked_mul(10_i128.pow(places))?;
    (units.unsigned_abs() < 10_u128.pow(PRECISION)).then_some(units)
}

/// The cells of one column that wait.
pub(super) struct Waiting {
    kind: Kind,
    packed: Vec<u8>,
    texts: Texts,
}

impl Waiting {
    pub(super) fn new(spec: &Spec) -> Self {
        Waiting { kind: spec.kind, packed: Vec::new(), texts: Texts::default() }
    }

    /// Takes a cell; how many bytes more are held.
    pub(super) fn push(&mut self, cell: &Cell<'_>) -> usize {
        let before = self.packed.len() + self.texts.bytes;
        let number = match self.kind {
            Kind::Text => cell.text().map(|text| self.texts.place(text)),
            Kind::Whole => cell.whole().map(|whole| zigzag(whole.into())),
            Kind::Decimal => cell.decimal().and_then(decimal),
        };
        pack(number.map_or(0, |number| number + 1), &mut self.packed);
        self.packed.len() + self.texts.bytes - before
    }

    /// Hands the cells out as a piece behind others; none waits then, and their room is kept.
    pub(super) fn take(&mut self, pieces: &mut Vec<u8>) {
        if self.kind == Kind::Text {
            self.texts.take(pieces);
        }
        pieces.append(&mut self.packed);
    }
}

/// Writes the cells of a piece behind those that the chunk of their column has already.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(spec: &Spec, mut piece: &[u8], out: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
    match spec.kind {
        Kind::Text => {
            let texts = texts(&mut piece);
            cells(spec, piece, out.typed::<ByteArrayType>(), |place| texts[place as usize].clone())
        }
        Kind::Whole => cells(spec, piece, out.typed::<Int64Type>(), |number| unzigzag(number) as i64),
        Kind::Decimal => cells(spec, piece, out.typed::<FixedLenByteArrayType>(), |number| {
            FixedLenByteArray::from(units(number).to_be_bytes().to_vec())
        }),
    }
}

fn cells<T: DataType>(
    spec: &Spec,
    mut packed: &[u8],
    out: &mut ColumnWriterImpl<'_, T>,
    cell: impl Fn(u128) -> T::T,
) -> Result<(), ParquetError> {
    let (mut cells, mut levels) = (Vec::new(), Vec::new());
    while !packed.is_empty() {
        while levels.len() < BATCH
            && let Some(number) = unpack(&mut packed)
        {
            // 1 where a cell holds something, 0 where it is null.
            levels.push(i16::from(number > 0));
            cells.extend(number.checked_sub(1).map(&cell));
        }
        // A column without nulls has no levels.
        let levels_of = if spec.needed { None } else { Some(&levels[..]) };
        out.write_batch(&cells, levels_of, None)?;
        cells.clear();
        levels.clear();
    }
    Ok(())
}

/// The texts of a piece, which then begins with its cells. Each has its own letters: the writer keeps those of the
/// dictionary until the chunk ends, and would keep the whole piece with them.
fn texts(piece: &mut &[u8]) -> Vec<ByteArray> {
    let count = unpack(piece).unwrap_or_default();
    let lengths: Vec<usize> = (0..count).map_while(|_| unpack(piece)).map(|length| length as usize).collect();
    let mut letters = |length| {
        let (text, rest) = piece.split_at(length);
        *piece = rest;
        ByteArray::from(text.to_vec())
    };
    lengths.into_iter().map(&mut letters).collect()
}

/// The different texts among the cells that wait, one behind the other.
#[derive(Default)]
struct Texts {
    letters: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// The place of each by its hash. One whose hash is another's is kept each time it comes.
    places: HashMap<u64, usize>,
    bytes: usize,
}

impl Texts {
    fn place(&mut self, text: &str) -> u128 {
        // A hash without chance: how many rows make a group may not depend on it.
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(text);
        let new = self.ends.len();
        let place = *self.places.entry(hash).or_insert(new);
        if place < new && self.text(place) == text {
            return place as u128;
        }
        self.letters.push_str(text);
        self.ends.push(self.letters.len());
        self.bytes += text.len() + TEXT_COST;
        new as u128
    }

    fn text(&self, place: usize) -> &str {
        &self.letters[self.start(place)..self.ends[place]]
    }

    fn start(&self, place: usize) -> usize {
        place.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// Hands the texts out to a piece; none is left, and their room is kept.
    fn take(&mut self, piece: &mut Vec<u8>) {
        pack(self.ends.len() as u128, piece);
        for place in 0..self.ends.len() {
            pack((self.ends[place] - self.start(place)) as u128, piece);
        }
        piece.extend_from_slice(self.letters.as_bytes());
        self.letters.clear();
        self.ends.clear();
        self.places.clear();
        self.bytes = 0;
    }
}

/// Bits that say how many places a decimal has behind the point: there are at most six.
const SCALE_BITS: u32 = 3;

/// A decimal as one number, which is small if it has few digits; `None` if it has too many.
fn decimal(number: Amount) -> Option<u128> {
    unscaled(number)?;
    let number = number.0.normalize();
    Some(zigzag(number.mantissa()) << SCALE_BITS | u128::from(number.scale()))
}

/// The same in units of the last place.
fn units(packed: u128) -> i128 {
    let scale = (packed & ((1 << SCALE_BITS) - 1)) as u32;
    unzigzag(packed >> SCALE_BITS) * 10_i128.pow(PLACES - scale)
}

/// Numbers near to zero as small ones: 0, −1, 1, −2, …
fn zigzag(number: i128) -> u128 {
    (number << 1 ^ number >> 127) as u128
}

fn unzigzag(number: u128) -> i128 {
    (number >> 1) as i128 ^ -((number & 1) as i128)
}

fn pack(mut number: u128, into: &mut Vec<u8>) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

fn unpack(from: &mut &[u8]) -> Option<u128> {
    let length = from.iter().position(|byte| *byte < 0x80)? + 1;
    let (bytes, rest) = from.split_at(length);
    *from = rest;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 7 | u128::from(byte & 0x7f)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_or_not_there() {
        for (text, wanted) in [
            ("0", Some(0)),
            ("-35", Some(-35_000_000)),
            ("0.10", Some(100_000)),
            ("59237.2449", Some(59_237_244_900)),
            ("0.0000010", Some(1)),
            ("0.0000001", None),
            ("52.150000000000006", None),
            ("79228162514264337593543950335", Some(79_228_162_514_264_337_593_543_950_335_000_000)),
            ("-79228162514264337593543950335", Some(-79_228_162_514_264_337_593_543_950_335_000_000)),
        ] {
            let number = text.parse().expect("a decimal");
            assert_eq!(unscaled(number), wanted, "{text}");
            assert_eq!(decimal(number).map(units), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_packed_is_unpacked_and_small_numbers_are_short() {
        let numbers = [0, 1, -1, 63, -64, 64, 2022, i128::from(i64::MAX), i128::from(i64::MIN), i128::MAX >> 1];
        let mut packed = Vec::new();
        numbers.iter().for_each(|number| pack(zigzag(*number), &mut packed));
        let mut rest = &packed[..];
        let unpacked: Vec<i128> = std::iter::from_fn(|| unpack(&mut rest).map(unzigzag)).collect();
        assert_eq!(unpacked, numbers);
        let mut short = Vec::new();
        numbers[..5].iter().for_each(|number| pack(zigzag(*number), &mut short));
        assert_eq!(short.len(), 5);
    }

    #[test]
    fn a_text_that_comes_again_costs_a_byte() {
        let mut texts = Texts::default();
        assert_eq!((texts.place("示例县"), texts.place(""), texts.place("示例县")), (0, 1, 0));
        assert_eq!(texts.bytes, "示例县".len() + 2 * TEXT_COST);
        assert_eq!((texts.text(0), texts.text(1)), ("示例县", ""));
    }
}
