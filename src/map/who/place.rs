//! Which division the organ belongs to: by its name, where that leaves several possible by the text, then
//! by the folders that the file stands in. Never by likelihood: what is left open is listed.

use super::super::stream::{Item, Line};
use super::organ::{Parts, parts};
use super::short::{self, Short};
use super::{Named, Source};
use crate::division::{self, Division, Tier};
use crate::finding::{Code, Finding, Severity};
use crate::report::{Level, Place, Report, Unit};
use crate::template::label::simplify;

/// Cities without districts, whose townships are their own: 东莞, 中山, 儋州, 嘉峪关, 三沙.
const CITIES_WITHOUT_COUNTIES: [u32; 5] = [441_900, 442_000, 460_400, 620_200, 460_300];

/// Districts that are called after where they lie. Tables have one or a few of each, the country has many that no
/// table has (those of zones, of cities without districts, of towns), so that the name alone names none.
const CALLED_AFTER_DIRECTIONS: [&str; 9] = ["东区", "西区", "南区", "北区", "中区", "城区", "郊区", "矿区", "市区"];

/// What is possible, in the table of which year, and by what.
struct Found {
    ends: Vec<&'static Division>,
    year: i32,
    by: &'static str,
    /// Nothing that no table has could be meant.
    sure: bool,
}

impl Found {
    fn is_settled(&self) -> bool {
        self.sure && self.ends.len() == 1
    }
}

/// Fills in level, place and parent.
pub(super) fn settle(report: &mut Report, source: &Source, named: &Named, items: &[Item], lines: &[&Line]) {
    let parts = report.organ.as_ref().map(|organ| parts(&organ.name, report.year));
    report.level = parts.as_ref().and_then(|parts| parts.level);
    let found = match &parts {
        Some(parts) if parts.unlisted => {
            above_unlisted(report, parts);
            None
        }
        Some(parts) => {
            let in_short = short::leading(&parts.name, division::edition(report.year));
            let in_short = in_short.and_then(|short| match short.of_zone {
                true => by_zone(report, &short),
                false => by_short(report, &short, named, items, lines),
            });
            let in_full = || by_name(report, parts, lines).map(|found| narrowed(found, named, items));
            let of_document = in_short.or_else(in_full).map(|found| at_address(found, report));
            let told = of_document.or_else(|| by_number(parts, items)).or_else(|| by_address(report, parts));
            told.or_else(|| by_path(parts, named))
        }
        // Whose report it is nobody says, but not where it was kept.
        None => named.reading(report.year).map(|(ends, year)| Found { ends, year, by: "path", sure: true }),
    };
    let given = source.place.and_then(|code| {
        let (division, year) = division::of_code_near(code, division::edition(report.year))?;
        Some(Found { ends: vec![division], year, by: "option", sure: true })
    });
    let given_one = given.is_some();
    let (found, said) = if given_one { (given, found) } else { (found, None) };
    if let Some(found) = found {
        match &said {
            Some(said) if given_one => overruled(report, &found, said),
            _ if given_one => {}
            _ => disagreement(report, &found, named),
        }
        record(report, found);
    }
}

/// 新区 and their like have no code, but the city that they are a part of has.
fn above_unlisted(report: &mut Report, parts: &Parts) {
    if let Some(reading) = &parts.reading
        && let [only] = reading.ends[..]
    {
        report.parent = Some(unit(only, parts.year));
    }
}

fn unit(division: &Division, year: i32) -> Unit {
    Unit { code: format!("{:06}", division.code), name: division.full_name(year) }
}

fn record(report: &mut Report, Found { mut ends, year, by, sure }: Found) {
    ends.sort_by_key(|division| division.code);
    ends.dedup();
    let only = if let [only] = ends[..] { Some(only).filter(|_| sure) } else { None };
    let candidates: Vec<Unit> = match only {
        Some(_) => Vec::new(),
        None => ends.iter().map(|division| unit(division, year)).collect(),
    };
    if only.is_none() {
        let names: Vec<&str> = candidates.iter().map(|unit| unit.name.as_str()).collect();
        let organ = report.organ.as_ref().map_or("", |organ| &organ.name);
        report.findings.push(Finding::new(Code::PlaceAmbiguous).expected(names.join("、")).found(organ));
    }
    report.parent = only.and_then(|only| match report.level {
        Some(Level::Province | Level::Prefecture | Level::County) => only.parent(year).map(|above| unit(above, year)),
        Some(Level::Ministry | Level::Vertical) => None,
        Some(Level::Township | Level::Department | Level::Office) | None => Some(unit(only, year)),
    });
    report.place = Some(Place { unit: only.map(|only| unit(only, year)), year, by: by.to_owned(), candidates });
}

/// What the organ's name proves, and where that is not enough, the same name in the text with more before it.
fn by_name(report: &Report, parts: &Parts, lines: &[&Line]) -> Option<Found> {
    if parts.level == Some(Level::Ministry) {
        return None;
    }
    let Some(reading) = &parts.reading else { return in_text(parts, lines) };
    let by = by_organ(report);
    let sure = !CALLED_AFTER_DIRECTIONS.contains(&&parts.name[reading.range.clone()]);
    let found = Found { ends: reading.ends.clone(), year: parts.year, by, sure };
    if found.is_settled() {
        return Some(found);
    }
    let said: Vec<_> = longer_names(&parts.name[..reading.range.end], None, parts.year, lines);
    let fitting: Vec<_> = found.ends.iter().copied().filter(|end| said.contains(end)).collect();
    Some(if fitting.len() == 1 { Found { ends: fitting, by: "body", sure: true, ..found } } else { found })
}

/// What the name says in short. A word alone that nothing else bears out is none.
fn by_short(report: &mut Report, short: &Short, named: &Named, items: &[Item], lines: &[&Line]) -> Option<Found> {
    let year = division::edition(report.year);
    let found = Found { ends: short.ends.clone(), year, by: by_organ(report), sure: short.is_sure() };
    let found = match short::said(short, year, lines).filter(|_| !found.is_settled()) {
        Some(end) => Found { ends: vec![end], by: "body", sure: true, ..found },
        None => narrowed(found, named, items),
    };
    if short.word && short.rest.is_empty() && !found.is_settled() {
        return None;
    }
    if ["", "人民政府", "政府"].contains(&short.rest.as_str()) && found.is_settled() {
        report.level = Some(match found.ends[0].tier() {
            Tier::Province => Level::Province,
            Tier::Prefecture => Level::Prefecture,
            Tier::County => Level::County,
        });
    }
    Some(found)
}

/// A zone called after a place in short has no code, but the place that it is a part of has: as its parent where that is
/// sure, else among those that it may be.
fn by_zone(report: &mut Report, short: &Short) -> Option<Found> {
    let year = division::edition(report.year);
    if short.is_sure() {
        report.parent = Some(unit(short.ends[0], year));
        return None;
    }
    (!short.word).then(|| Found { ends: short.ends.clone(), year, by: by_organ(report), sure: false })
}

/// By what the organ is known.
fn by_organ(report: &Report) -> &'static str {
    match report.organ.as_ref().map_or("", |organ| &organ.by) {
        "body" => "body",
        "file_name" => "file_name",
        "path" => "path",
        "page_title" => "page_title",
        _ => "title",
    }
}

/// The divisions that stand before a name wherever the text says more than the name: 凉州区 before 张义镇.
fn in_text(parts: &Parts, lines: &[&Line]) -> Option<Found> {
    let own_office = matches!(parts.level, Some(Level::Township | Level::Department | Level::Office));
    if !own_office || has_own_division(&parts.name) {
        return None;
    }
    let (generic, name) = generic(&parts.name);
    let name = ["人民政府", "政府", "办事处"].iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
    if name.chars().count() < 3 {
        return None;
    }
    let mut ends = longer_names(name, generic, parts.year, lines);
    ends.retain(|end| parts.level != Some(Level::Township) || has_townships(end));
    (!ends.is_empty()).then_some(Found { ends, year: parts.year, by: "body", sure: true })
}

fn has_townships(division: &Division) -> bool {
    division.tier() == Tier::County || CITIES_WITHOUT_COUNTIES.contains(&division.code)
}

/// 市 of 市人民政府办公室: of which city, its readers know. 市场 and 市政 are other words.
fn generic(name: &str) -> (Option<char>, &str) {
    let first = name.chars().next().filter(|first| "省市县区州旗".contains(*first));
    let other = ["市场", "市政", "市容", "区域", "县域", "省际"].iter().any(|word| name.starts_with(word));
    match first {
        Some(first) if !other => (Some(first), &name[first.len_utf8()..]),
        _ => (None, name),
    }
}

/// Whether the name of an office begins with a division of its own, which then no table has: 示例市教育局.
fn has_own_division(name: &str) -> bool {
    let division = |(at, word): (usize, &str)| {
        let before = name[..at].chars().next_back();
        let after = name[at + word.len()..].chars().next();
        name[..at].chars().count() >= 2
            && before.is_some_and(|before| !"城都社园景辖郊山林地".contains(before))
            && after.is_some_and(|after| !"场政容民域".contains(after))
    };
    name.match_indices(|c| "省市县区州旗盟".contains(c)).any(division)
}

/// Every division that stands right before the name somewhere in the text. A division's own name, which
/// the table has, counts where one above it stands before it.
fn longer_names(name: &str, generic: Option<char>, year: i32, lines: &[&Line]) -> Vec<&'static Division> {
    let is_division = division::named(name, year).next().is_some();
    // What is said in full somewhere tells what is meant by less elsewhere.
    let (mut full, mut short): (Vec<&'static Division>, Vec<&'static Division>) = (Vec::new(), Vec::new());
    for line in lines {
        for (at, _) in line.text.match_indices(name) {
            let end = if is_division { at + name.len() } else { at };
            let before = line.text[..end].trim_end();
            let before = before.strip_suffix("人民政府").filter(|_| !is_division).unwrap_or(before);
            if generic.is_some_and(|generic| !before.ends_with(generic)) {
                continue;
            }
            let Some(reading) = division::trailing(before, year) else { continue };
            if is_division && reading.range.len() <= name.len() {
                // The name itself, with nothing before it.
                continue;
            }
            match reading.ends.len() {
                1 => full.extend(reading.ends),
                _ if is_division => {}
                _ => short.extend(reading.ends),
            }
        }
    }
    let mut found = if full.is_empty() { short } else { full };
    found.sort_by_key(|division| division.code);
    found.dedup();
    found
}

/// Several that are possible, of which the organ's own number or else the file's folders name one.
fn narrowed(found: Found, named: &Named, items: &[Item]) -> Found {
    if found.is_settled() {
        return found;
    }
    let only = |fits: &dyn Fn(&Division) -> bool| {
        let mut fitting = found.ends.iter().copied().filter(|end| fits(end));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let numbered = organ_number(items).and_then(|code| only(&|end| end.code == code));
    if let Some(end) = numbered {
        return Found { ends: vec![end], by: "index_number", sure: true, ..found };
    }
    let Some((folders, _)) = named.reading(Some(found.year)) else { return found };
    let within = |end: &Division| folders.iter().any(|folder| folder.code == end.code || folder.contains(end));
    match only(&within) {
        Some(end) => Found { ends: vec![end], by: "path", sure: true, ..found },
        None => found,
    }
}

/// An organ's number has so many characters; 11 and 12 begin those of state organs and their institutions.
const ORGAN_NUMBER: usize = 18;
/// Index numbers stand within so many lines and rows of the beginning.
const HEAD: usize = 60;

/// The division in the number of the organ with which its index numbers begin: 11 350102 … of
/// 11350102003604123X/2022-00001. None if several are named.
fn organ_number(items: &[Item]) -> Option<u32> {
    let texts = items.iter().take(HEAD).flat_map(|item| {
        let (line, cells) = match item {
            Item::Line(line) => (Some(&line.text), &[][..]),
            Item::Row(row) => (None, &row.cells[..]),
        };
        line.into_iter().chain(cells.iter().filter(|cell| cell.own).map(|cell| &cell.text))
    });
    // Quick way: most cells are shorter.
    let long = texts.filter(|text| text.len() >= ORGAN_NUMBER);
    let words = long.flat_map(|text| text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()));
    let mut codes = words.filter(|word| word.len() == ORGAN_NUMBER).filter_map(|word| {
        let digits = word.strip_prefix(b"11").or_else(|| word.strip_prefix(b"12"))?.get(..6)?;
        std::str::from_utf8(digits).ok()?.parse::<u32>().ok()
    });
    let first = codes.next()?;
    codes.all(|other| other == first).then_some(first)
}

/// An office without a division in its name, nor in the text: what its index numbers begin with.
fn by_number(parts: &Parts, items: &[Item]) -> Option<Found> {
    // Quick way: most organs name their place, and then their numbers say no more.
    if !is_office_without_place(parts) {
        return None;
    }
    let (end, year) = division::of_code_near(organ_number(items)?, parts.year)?;
    let (generic, _) = generic(&parts.name);
    let may_be = generic.is_none_or(|generic| end.name.ends_with(generic))
        && (parts.level != Some(Level::Township) || has_townships(end));
    may_be.then(|| Found { ends: vec![end], year, by: "index_number", sure: true })
}

fn is_office_without_place(parts: &Parts) -> bool {
    let own_office = matches!(parts.level, Some(Level::Township | Level::Department | Level::Office));
    own_office && parts.reading.is_none() && !has_own_division(&parts.name)
}

/// The division in which the report's own address lies, by the table of that year.
fn of_address(report: &Report, year: i32) -> Option<&'static Division> {
    let address = report.contact.as_ref()?.address.as_ref()?;
    let reading = division::leading(&division::simplified(&simplify(address)), year)?;
    // An office in the capital has its address there.
    let away = report.organ.as_ref().is_some_and(|organ| organ.name.contains('驻'));
    if let ([only], false) = (&reading.ends[..], away) { Some(*only) } else { None }
}

/// Of several divisions of one name, the one in which the address lies.
fn at_address(found: Found, report: &Report) -> Found {
    if found.ends.len() < 2 {
        return found;
    }
    let Some(address) = of_address(report, found.year) else { return found };
    let mut around = found.ends.iter().copied().filter(|end| end.code == address.code || end.contains(address));
    match (around.next(), around.next()) {
        (Some(end), None) => Found { ends: vec![end], by: "address", sure: true, ..found },
        _ => found,
    }
}

/// 市教育局 without a word of which city: the one in which its address lies, if that is in one only.
fn by_address(report: &Report, parts: &Parts) -> Option<Found> {
    let generic = generic(&parts.name).0.filter(|_| is_office_without_place(parts))?;
    let address = of_address(report, parts.year)?;
    let around = std::iter::successors(Some(address), |division| division.parent(parts.year));
    let mut fitting = around.filter(|division| division.name.ends_with(generic));
    let end = fitting.next().filter(|_| fitting.next().is_none())?;
    Some(Found { ends: vec![end], year: parts.year, by: "address", sure: true })
}

/// An office without a division in its name, nor in the text: what its file's folders name.
fn by_path(parts: &Parts, named: &Named) -> Option<Found> {
    if !is_office_without_place(parts) {
        return None;
    }
    let (mut ends, year) = named.reading(Some(parts.year))?;
    ends.retain(|end| parts.level != Some(Level::Township) || has_townships(end));
    let (generic, _) = generic(&parts.name);
    ends.retain(|end| generic.is_none_or(|generic| end.name.ends_with(generic)));
    (!ends.is_empty()).then_some(Found { ends, year, by: "path", sure: true })
}

/// The file stands in a folder of another place than its organ's.
fn disagreement(report: &mut Report, found: &Found, named: &Named) {
    if !found.sure {
        return;
    }
    let (Some((folders, year)), [only]) = (named.reading(Some(found.year)), &found.ends[..]) else { return };
    let [folder] = folders[..] else { return };
    if folder.code != only.code && !folder.contains(only) && !only.contains(folder) {
        let finding = Finding::new(Code::PlaceConflict)
            .expected(only.full_name(found.year))
            .found(folder.full_name(year))
            .detail("by", found.by)
            .detail("against", "path");
        report.findings.push(finding);
    }
}

/// The place that the user gives is not the one that the document names.
fn overruled(report: &mut Report, given: &Found, said: &Found) {
    let ([given_end], [end]) = (&given.ends[..], &said.ends[..]) else { return };
    let apart = given_end.code != end.code && !given_end.contains(end) && !end.contains(given_end);
    if said.sure && apart && ["title", "body"].contains(&said.by) {
        let finding = Finding::new(Code::PlaceConflict)
            .severity(Severity::Warning)
            .expected(given_end.full_name(given.year))
            .found(end.full_name(said.year))
            .detail("by", given.by)
            .detail("against", said.by);
        report.findings.push(finding);
    }
}
