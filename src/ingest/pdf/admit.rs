//! Which bytes are a PDF, and which would cost more than is allowed before anything of them is seen.
//!
//! The interpreter unpacks whole streams into memory, those of its cross references while it opens
//! the file, and makes something of every page at once. So streams that may be bombs are measured, and
//! what a tree of pages lists is counted, in the bytes as they are. Names that a dictionary writes with
//! codes (`#46`) and filters that stand in another object are found too. What is encrypted is measured
//! when the file is open (`cost`); its streams of objects, which are unpacked before, cannot be.

use memchr::{memchr_iter, memchr2_iter, memmem};

use super::filters::{self, BEST_RATIO, Filter};
use crate::finding::Words;
use crate::ingest::{Error, Limits};

/// Readers look for the mark so far into a file; some servers put lines before it.
const MARK_WITHIN: usize = 1024;

/// A picture is never unpacked here, so that only what could not be one is refused.
const PICTURE_SHARE: usize = 4;

/// Dictionaries within dictionaries: files nest some ten. Deeper than five hundred the interpreter gives up, but
/// only after it has tried from each of them.
const DEEPEST: usize = 200;

/// Filters one after another: files have two.
const MOST_FILTERS: usize = 6;

/// Entries of lists called `Kids`, for each page that is allowed: lists of bookmarks, fields and names have some, too.
const KIDS_FOR_A_PAGE: usize = 20;

/// Characters of the longest name that is looked for.
const LONGEST_NAME: usize = 24;

/// `%PDF-` near the beginning.
pub(super) fn recognise(bytes: &[u8]) -> Result<(), Words> {
    let head = &bytes[..bytes.len().min(MARK_WITHIN)];
    match memmem::find(head, b"%PDF-") {
        Some(_) => Ok(()),
        None => Err(("no mark of a PDF file", "没有 PDF 文件标记").into()),
    }
}

/// Whether the file ends before it should: no mark of an end, or objects after the last one. What an interpreter puts
/// together of the rest looks whole.
pub(super) fn is_cut_off(bytes: &[u8]) -> bool {
    memmem::rfind(bytes, b"%%EOF").is_none_or(|end| memmem::find(&bytes[end..], b" obj").is_some())
}

/// What the names in a file tell of it as a whole.
struct Told {
    /// Something may be encrypted.
    encrypted: bool,
    /// Entries of all lists called `Kids`, dictionaries and references.
    kids: usize,
}

impl Told {
    fn by(objects: &[u8]) -> Self {
        let mut told = Told { encrypted: false, kids: 0 };
        for (name, rest) in names_from(*b"EK", objects) {
            match name.as_bytes() {
                b"Encrypt" => told.encrypted = true,
                b"Kids" => told.kids = told.kids.saturating_add(kids_of(rest, objects)),
                _ => {}
            }
        }
        told
    }
}

/// A stream where it stands in the file.
struct Raw<'b> {
    /// What stands before it since the last stream: its dictionary, and perhaps other objects.
    about: &'b [u8],
    /// Its bytes, and perhaps more behind them.
    data: &'b [u8],
}

/// Refuses files with a stream that unpacks to more than a part may, with streams that together unpack to more
/// than a file may have, and with more pages than are allowed. Gives whether anything in the file may be encrypted.
pub(super) fn streams(bytes: &[u8], limits: &Limits) -> Result<bool, Error> {
    let Told { encrypted, mut kids } = Told::by(bytes);
    let streams = raw(bytes)?;
    let filters = streams.iter().map(|stream| filters(stream.about, bytes)).collect::<Result<Vec<_>, _>>()?;
    // Where not even the best packing could pass a limit, nothing is unpacked.
    let best = |(stream, filters): (&Raw<'_>, &Vec<Filter>)| filters::most_of(stream.data.len(), filters);
    let mut rest: u128 = streams.iter().zip(&filters).map(|pair| best(pair) as u128).sum();
    let mut total = 0_usize;
    for (stream, filters) in streams.iter().zip(&filters) {
        let own = best((stream, filters));
        let counts = total as u128 + rest > limits.file_bytes as u128;
        let suspicious = counts || own > limits.part_bytes;
        rest -= own as u128;
        let holds_objects = memmem::find(stream.about, b"/ObjStm").is_some();
        if *filters == [Filter::Deflate] && suspicious && !counts && !is_picture(stream) {
            // All of them together are no danger, so that it is enough to know that this one is none.
            if filters::deflates_to_more(stream.data, limits.part_bytes) {
                return Err(Error::limit("part_bytes", limits.part_bytes, limits.part_bytes + 1));
            }
        } else if suspicious && !filters.is_empty() {
            total = total.saturating_add(measured(stream, filters, limits)?);
        }
        if holds_objects {
            let objects = filters.first().map(|_| filters::inflated(stream.data, limits.part_bytes));
            let objects = objects.as_deref().unwrap_or(stream.data);
            nesting(objects)?;
            kids = kids.saturating_add(Told::by(objects).kids);
        }
        if total > limits.file_bytes {
            return Err(Error::limit("file_bytes", limits.file_bytes, total));
        }
    }
    let most = limits.pages.saturating_mul(KIDS_FOR_A_PAGE);
    if kids > most { Err(Error::limit("pages", limits.pages, kids)) } else { Ok(encrypted) }
}

/// The streams of a file; objects that are nested without reason are refused.
fn raw(bytes: &[u8]) -> Result<Vec<Raw<'_>>, Error> {
    let words: Vec<usize> = memmem::find_iter(bytes, b"stream").collect();
    let is_end = |begin: usize| bytes[..begin].ends_with(b"end");
    let ends: Vec<usize> = words.iter().filter(|begin| is_end(**begin)).map(|begin| begin - 3).collect();
    let mut streams = Vec::new();
    let mut last = 0;
    for begin in words {
        if is_end(begin) {
            last = begin;
            continue;
        }
        let about = &bytes[last.min(begin)..begin];
        nesting(about)?;
        let from = after_break(bytes, begin + b"stream".len());
        let end = ends.get(ends.partition_point(|end| *end < from)).copied().unwrap_or(bytes.len());
        streams.push(Raw { about, data: &bytes[from.min(end)..end.max(stated_end(about, from, bytes.len()))] });
    }
    nesting(&bytes[last..])?;
    Ok(streams)
}

/// Where a stream ends by the length that its dictionary states: at the end of the file if another object does.
fn stated_end(about: &[u8], from: usize, end: usize) -> usize {
    let Some(at) = memmem::rfind(about, b"/Length") else { return 0 };
    let mut words = about[at + b"/Length".len()..].split(|byte| byte.is_ascii_whitespace() || *byte == b'/');
    let mut words = words.by_ref().filter(|word| !word.is_empty());
    let length = words.next().and_then(number);
    let by_reference =
        words.next().and_then(number).is_some() && words.next().is_some_and(|word| word.starts_with(b"R"));
    match length {
        Some(_) if by_reference => 0,
        Some(length) => from.saturating_add(length).min(end),
        None => 0,
    }
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Refuses objects that are nested without reason.
fn nesting(objects: &[u8]) -> Result<(), Error> {
    let (mut depth, mut skip) = (0_usize, 0);
    for at in memchr2_iter(b'<', b'>', objects) {
        if at < skip || objects.get(at + 1) != Some(&objects[at]) {
            continue;
        }
        skip = at + 2;
        depth = if objects[at] == b'<' { depth + 1 } else { depth.saturating_sub(1) };
        if depth > DEEPEST {
            return Err(super::damaged("its objects are nested too deep", "对象嵌套过深"));
        }
    }
    Ok(())
}

fn after_break(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    at + if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n") || rest.starts_with(b"\r")) }
}

// ---- names ----

/// A name as it is meant: with its codes (`#46`) replaced, and cut where it is longer than any that is looked for.
#[derive(Debug, Default)]
struct Name {
    bytes: [u8; LONGEST_NAME],
    length: usize,
}

impl Name {
    /// The name that begins here, and where it ends.
    fn at(objects: &[u8]) -> (Self, usize) {
        let mut name = Name::default();
        let mut at = 0;
        while let Some(&byte) = objects.get(at).filter(|byte| is_regular(**byte))
            && name.length < LONGEST_NAME
        {
            let code = if byte == b'#' { code(&objects[at + 1..]) } else { None };
            name.bytes[name.length] = code.unwrap_or(byte);
            name.length += 1;
            at += if code.is_some() { 3 } else { 1 };
        }
        (name, at)
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// The byte that two hexadecimal digits stand for.
fn code(digits: &[u8]) -> Option<u8> {
    Some(filters::digit(*digits.first()?)? << 4 | filters::digit(*digits.get(1)?)?)
}

fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        b'\0'
            | b'\t'
            | b'\n'
            | b'\x0c'
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

/// The names in some objects, each with what follows it.
fn names(objects: &[u8]) -> impl Iterator<Item = (Name, &[u8])> {
    memchr_iter(b'/', objects).map(|at| {
        let (name, end) = Name::at(&objects[at + 1..]);
        (name, &objects[at + 1 + end..])
    })
}

/// Those of them that may begin with one of two letters: with it, or with a code.
fn names_from(first: [u8; 2], objects: &[u8]) -> impl Iterator<Item = (Name, &[u8])> {
    let may = move |at: &usize| objects.get(at + 1).is_some_and(|byte| first.contains(byte) || *byte == b'#');
    memchr_iter(b'/', objects).filter(may).map(|at| {
        let (name, end) = Name::at(&objects[at + 1..]);
        (name, &objects[at + 1 + end..])
    })
}

/// What an object of this number holds, as often as the file has one; nothing if the words are no reference.
fn referred<'b>(words: &[u8], bytes: &'b [u8]) -> Vec<&'b [u8]> {
    let words = words.trim_ascii_start();
    let mut parts = words.splitn(4, u8::is_ascii_whitespace);
    let (Some(object), Some(generation), Some(mark)) = (parts.next(), parts.next(), parts.next()) else {
        return Vec::new();
    };
    if number(object).is_none() || number(generation).is_none() || !mark.starts_with(b"R") {
        return Vec::new();
    }
    let head = [object, b" ", generation, b" obj"].concat();
    let begins = |at: &usize| *at == 0 || !bytes[at - 1].is_ascii_digit();
    memmem::find_iter(bytes, &head).filter(begins).map(|at| &bytes[at + head.len()..]).collect()
}

/// The filters of a stream, in their order.
fn filters(about: &[u8], bytes: &[u8]) -> Result<Vec<Filter>, Error> {
    let mut filters = Vec::new();
    for (name, rest) in names(about) {
        filters.extend(Filter::of_name(name.as_bytes()));
        if [&b"Filter"[..], b"F"].contains(&name.as_bytes()) {
            let within = rest.trim_ascii_start();
            let list = within.strip_prefix(b"[").unwrap_or(within);
            for object in referred(list, bytes) {
                let end = memmem::find(object, b"endobj").unwrap_or(object.len());
                filters.extend(names(&object[..end]).filter_map(|(name, _)| Filter::of_name(name.as_bytes())));
            }
        }
    }
    if filters.len() > MOST_FILTERS {
        return Err(super::damaged("its streams are packed too many times", "数据流压缩层数过多"));
    }
    Ok(filters)
}

/// How much a stream unpacks to. Other objects may stand before its own dictionary, so that each of
/// the filters is tried as the first.
fn measured(stream: &Raw<'_>, filters: &[Filter], limits: &Limits) -> Result<usize, Error> {
    let picture = is_picture(stream);
    let most = limits.part_bytes.saturating_mul(if picture { PICTURE_SHARE } else { 1 });
    if picture && filters.len() == 1 && stream.data.len().saturating_mul(BEST_RATIO) <= most {
        return Ok(0);
    }
    let tried = (0..filters.len()).map(|first| filters::unpacked(stream.data, &filters[first..], most));
    let found = tried.max().unwrap_or(0);
    if found > most {
        return Err(Error::limit("part_bytes", most, found));
    }
    // Pictures are only ever unpacked to be measured.
    Ok(if picture { 0 } else { found })
}

fn is_picture(stream: &Raw<'_>) -> bool {
    memmem::find(stream.about, b"/Image").is_some()
}

/// Entries of the list that follows a name, wherever it stands.
fn kids_of(rest: &[u8], objects: &[u8]) -> usize {
    let rest = rest.trim_ascii_start();
    if rest.starts_with(b"[") {
        return entries(rest);
    }
    referred(rest, objects).into_iter().map(entries).fold(0, usize::saturating_add)
}

/// Entries of the list that begins here.
fn entries(list: &[u8]) -> usize {
    let (mut depth, mut count, mut before) = (0_usize, 0, b' ');
    for &byte in list.trim_ascii_start() {
        match byte {
            b'[' => depth += 1,
            b']' if depth <= 1 => break,
            b']' => depth -= 1,
            b'<' if before == b'<' => count += 1,
            b'R' if before.is_ascii_whitespace() => count += 1,
            _ if depth == 0 => break,
            _ => {}
        }
        before = byte;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_found_however_they_are_written() {
        for about in [
            &b"<< /Filter /FlateDecode >>"[..],
            b"<</Filter[/Fl]>>",
            b"<< /F /F#6cateDecode >>",
            b"<< /Filter 7 0 R >>",
            b"<< /Filter [7 0 R] >>",
        ] {
            let file = b"17 0 obj /LZW endobj 7 0 obj\n[/FlateDecode]\nendobj";
            let found = filters(about, file).expect("few");
            assert_eq!(found, [Filter::Deflate], "{}", String::from_utf8_lossy(about));
        }
        assert_eq!(filters(b"/Filter [/A85 /DCTDecode] /F 4", b"").expect("few"), [Filter::Base85]);
        assert!(filters(&b"/Fl ".repeat(7), b"").is_err());
    }

    #[test]
    fn pages_are_counted_before_they_are_made() {
        let kids = |objects| Told::by(objects).kids;
        assert_eq!(kids(b"/Kids [1 0 R 2 0 R << /A [ ] >> ] /B [3 0 R]"), 3);
        assert_eq!(kids(b"/K#69ds 7 0 R 7 0 obj [<<>><<>>] endobj"), 2);
        assert_eq!(kids(b"/Kids"), 0);
        assert!(Told::by(b"/E#6ecrypt 5 0 R").encrypted && !Told::by(b"/Encoding").encrypted);
    }

    #[test]
    fn a_stream_is_as_long_as_it_states_or_longer() {
        assert_eq!(stated_end(b"<< /Length 30 >>", 5, 100), 35);
        assert_eq!(stated_end(b"<< /Length 30/A 1", 5, 20), 20);
        assert_eq!(stated_end(b"<< /Length 30 0 R >>", 5, 100), 0);
    }
}
