//! What the prose states against what the tables say.
//!
//! A claim may be read in several ways (收到 may count what was carried in or not); it disagrees only
//! if every reading can be worked out and none fits. Rounded numbers are compared with nothing.

use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Check;
use super::claim_readings::{readings, wholes};
use super::subject::Verdicts;
use crate::finding::{Code, Finding, Words};
use crate::report::{Amount, Claim, Quantity, Report, Value, Verdict};
use crate::template::{Form, Key, Per, Relation, RuleInstance};
use Quantity as Q;

/// Claims are of a report, not of one of its tables: [`compare`] runs once a report.
pub(super) const CHECK: Check = Check {
    name: "claims",
    codes: &[Code::ClaimDisagrees, Code::ClaimsContradict, Code::PartsExceed],
    doc: "Numbers in the prose against the tables. A claim agrees if any of its readings does, and disagrees only if all \
          of them can be worked out and none does. A number is only read where all words before it are known, so that it \
          is the whole of the organ and of the year, or a part that the form asks for: parts of parts, other organs' and \
          other times' numbers, rounded ones, and what only sounds like the form's (备案, 咨询 …) are left alone. No prose \
          is official, so a difference is a warning at most.",
    run: |_, _| {},
};

/// Gives every claim its verdict, and says which disagree.
pub(super) fn compare(report: &mut Report, forms: &[Arc<Form>], verdicts: &mut Verdicts) {
    let mut claims = std::mem::take(&mut report.claims);
    let tables = Tables { report, forms };
    for at in 0..claims.len() {
        let judged = tables.judge(&claims, at);
        let claim = &mut claims[at];
        claim.verdict = judged.verdict;
        claim.table_number = judged.read.as_ref().map(|read| Amount(read.sum));
        claim.table_fields = judged.read.map(|read| read.fields).filter(|fields| !fields.is_empty());
        match judged.verdict {
            Verdict::Agrees => verdicts.passed(Code::ClaimDisagrees, 1),
            Verdict::Disagrees => verdicts.failed(disagrees(claim, &judged.wanted)),
            Verdict::Unchecked | Verdict::Approximate => verdicts.not_assessable(Code::ClaimDisagrees, 1),
        }
    }
    for sentence in claims.chunk_by(|a, b| a.sentence == b.sentence && a.origin == b.origin) {
        contradiction(sentence)
            .into_iter()
            .chain(too_many_parts(sentence))
            .for_each(|finding| verdicts.failed(finding));
    }
    report.claims = claims;
}

fn disagrees(claim: &Claim, wanted: &[Decimal]) -> Finding {
    let wanted: Vec<String> = wanted.iter().map(Decimal::to_string).collect();
    Finding::new(Code::ClaimDisagrees)
        .at(claim.origin)
        .found(format!("{}{}", claim.number, claim.unit))
        .expected(wanted.join(" / "))
        .detail("text", &claim.text)
        .detail_words("quantity", &Words::from(claim.quantity.about()))
}

/// Received and carried in against dealt with and carried out, where one sentence states all four.
fn contradiction(sentence: &[Claim]) -> Option<Finding> {
    let number = |wanted: &[Quantity]| {
        let mut stated = sentence.iter().filter(|claim| wanted.contains(&claim.quantity) && !claim.approximate);
        let first = stated.next()?;
        stated.next().is_none().then_some(first.number.0)
    };
    let received = number(&[Q::Received, Q::NewReceived])?;
    let (carried_in, answered, carried_out) =
        (number(&[Q::CarriedIn])?, number(&[Q::Answered])?, number(&[Q::CarriedOut])?);
    let (left, right) = (received + carried_in, answered + carried_out);
    // 收到78件（含上年结转3件）: then what was carried in is counted already.
    let stated = |words: &[&str]| words.iter().any(|word| sentence[0].sentence.contains(word));
    // 受理758件，上年结转10件，办结731件，结转27件: what was in hand.
    let in_hand = sentence.iter().any(|claim| {
        let words = || ["办理", "处理"].iter().any(|word| claim.text.contains(word));
        claim.quantity == Q::Received && (claim.sentence.contains("受理") || words())
    });
    let included = in_hand || stated(&["含", "包括", "其中"]);
    if left == right || (included && received == right) {
        return None;
    }
    let finding = Finding::new(Code::ClaimsContradict).at(sentence[0].origin).detail("text", &sentence[0].sentence);
    Some(finding.detail("left", left).detail("right", right))
}

/// The ways of applying behind the applications of a sentence, where they come to more: 收到10件，其中16件为网上申请，1件为书面申请.
fn too_many_parts(sentence: &[Claim]) -> Option<Finding> {
    let at = sentence.iter().position(|claim| matches!(claim.quantity, Q::Received | Q::NewReceived))?;
    let whole = &sentence[at];
    let is_way = |claim: &&Claim| {
        matches!(claim.quantity, Q::ReceivedInPerson | Q::ReceivedByFax | Q::ReceivedOnline | Q::ReceivedByLetter)
    };
    let ways: Vec<&Claim> = sentence[at + 1..].iter().filter(is_way).collect();
    // Of two wholes, or of a way stated twice, nobody knows which parts are whose.
    let once = |way: &&Claim| ways.iter().filter(|other| other.quantity == way.quantity).count() == 1;
    let plain = ways.iter().all(|way| !way.approximate && once(way)) && !whole.approximate;
    let wholes = sentence.iter().filter(|claim| matches!(claim.quantity, Q::Received | Q::NewReceived | Q::CarriedIn));
    let sum: Decimal = ways.iter().map(|claim| claim.number.0).sum();
    (plain && wholes.count() == 1 && sum > whole.number.0).then(|| {
        let finding = Finding::new(Code::PartsExceed).at(whole.origin).detail("text", &whole.sentence);
        finding.found(sum.to_string()).expected(whole.number.to_string())
    })
}

struct Tables<'a> {
    report: &'a Report,
    forms: &'a [Arc<Form>],
}

impl Tables<'_> {
    fn judge(&self, claims: &[Claim], at: usize) -> Judged {
        let claim = &claims[at];
        if claim.approximate {
            return Judged::of(Verdict::Approximate);
        }
        if claim.quantity == Q::Share {
            return self.share(claims, at);
        }
        let Some(number) = in_unit(claim) else { return Judged::of(Verdict::Unchecked) };
        let read: Vec<Read> = readings(claim).flat_map(|reading| self.read(reading)).collect();
        let open = read.iter().any(|read| read.state != State::Is);
        let mut wanted: Vec<Decimal> = Vec::new();
        for read in read.iter().filter(|read| read.state == State::Is) {
            if !wanted.contains(&read.sum) {
                wanted.push(read.sum);
            }
        }
        // A sum of blanks may bear a claim out as well.
        let fits = read.iter().find(|read| read.state != State::Lacking && read.sum == number);
        let verdict = match fits {
            Some(_) => Verdict::Agrees,
            None if open || wanted.is_empty() => Verdict::Unchecked,
            None if wanted.iter().any(|sum| is_rounded(claim, *sum)) => Verdict::Approximate,
            None => Verdict::Disagrees,
        };
        let plainest = read.first().filter(|read| read.state == State::Is);
        Judged { verdict, wanted, read: fits.or(plainest).cloned() }
    }

    /// A share follows from the count before it and what was dealt with, received, or stated first.
    fn share(&self, claims: &[Claim], at: usize) -> Judged {
        let unchecked = || Judged::of(Verdict::Unchecked);
        let claim = &claims[at];
        let Some(counted) = at.checked_sub(1).map(|before| &claims[before]) else { return unchecked() };
        if counted.sentence != claim.sentence || counted.verdict != Verdict::Agrees {
            return unchecked();
        }
        // 予以公开154件、部分公开49件，占…: the share may be that of both.
        let run = claims[..at].iter().rev().take_while(|other| {
            other.sentence == claim.sentence && other.quantity != Q::Share && other.verdict == Verdict::Agrees
        });
        let sums: Vec<Decimal> = run
            .scan(Decimal::ZERO, |sum, other| {
                *sum += other.number.0;
                Some(*sum)
            })
            .skip(1)
            .collect();
        let stated = claims[..at].iter().filter(|other| other.origin == claim.origin).map(|other| other.number.0);
        let read: Vec<Read> = wholes().flat_map(|reading| self.read(reading)).collect();
        if read.is_empty() || read.iter().any(|read| read.state != State::Is) {
            return unchecked();
        }
        let wholes: Vec<Decimal> = read.iter().map(|read| read.sum).filter(|whole| !whole.is_zero()).collect();
        let fits = |whole: Decimal| !whole.is_zero() && is_share(claim.number.0, counted.number.0, whole);
        let percent = |whole: Decimal| {
            let share = counted.number.0.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
            Some(share.round_dp(claim.number.0.scale().max(1)))
        };
        let of_several = || sums.iter().any(|sum| wholes.iter().any(|whole| is_share(claim.number.0, *sum, *whole)));
        let whole = wholes.iter().copied().chain(stated).find(|whole| fits(*whole));
        if whole.is_none() && of_several() {
            return Judged::of(Verdict::Unchecked);
        }
        let mut wanted: Vec<Decimal> = wholes.iter().copied().filter_map(percent).collect();
        wanted.dedup();
        let share = whole.or(wholes.first().copied()).and_then(percent);
        let read = share.map(|sum| Read { sum: sum.normalize(), fields: String::new(), state: State::Is });
        Judged { verdict: if whole.is_some() { Verdict::Agrees } else { Verdict::Disagrees }, wanted, read }
    }

    /// What the tables have for a reading: nothing if they ask for no such figures.
    fn read(&self, reading: &str) -> Vec<Read> {
        let (table, terms) = reading.split_once(':').unwrap_or(("", reading));
        match table {
            "col" => self.columns(terms),
            "lit" => self
                .sum(&format!("rl:litigation_direct.{terms}+rl:litigation_after_review.{terms}"))
                .into_iter()
                .collect(),
            _ => self.sum(reading).into_iter().collect(),
        }
    }

    /// Applicants of these kinds, counted as received, in hand, or dealt with.
    fn columns(&self, columns: &str) -> Vec<Read> {
        let rows = [&["new_received"][..], &["new_received", "carried_in"], &["outcomes_total"]];
        let keys = |rows: &[&str]| -> Vec<String> {
            let row = |row: &&str| {
                columns.split('+').map(|column| format!("applications.{row}.{column}")).collect::<Vec<_>>()
            };
            rows.iter().flat_map(row).collect()
        };
        rows.iter().filter_map(|rows| self.add(keys(rows).iter().map(|key| (key.as_str(), false)))).collect()
    }

    /// `app:a+app:b-app:c*`
    fn sum(&self, reading: &str) -> Option<Read> {
        let mut keys: Vec<(String, bool)> = Vec::new();
        for (at, plus) in reading.split('+').enumerate() {
            for (part, term) in plus.split('-').enumerate() {
                let found = self.keys(term);
                if found.is_empty() {
                    return None;
                }
                keys.extend(found.into_iter().map(|key| (key, part > 0)));
            }
            debug_assert!(at < 8, "readings are short");
        }
        self.add(keys.iter().map(|(key, minus)| (key.as_str(), *minus)))
    }

    /// The names of a term's figures in this report.
    fn keys(&self, term: &str) -> Vec<String> {
        let (table, row) = term.split_once(':').unwrap_or(("", term));
        let (id, column) = match table {
            "app" => ("applications", ".total"),
            "stat" => ("statistics", ".value"),
            "pro" => ("proactive", ""),
            _ => ("review_litigation", ""),
        };
        let Some(table) = self.report.tables.iter().find(|table| table.id == id) else { return Vec::new() };
        let form = self.forms.iter().find(|form| form.edition == table.form);
        let asked = |key: &str| form.is_some_and(|form| form.field(&Key::new(key)).is_some());
        if let Some(group) = row.strip_suffix('*') {
            let own = format!("{id}.{group}{column}");
            let below = format!("{id}.{group}.");
            let rows = table.figures.iter().map(|figure| figure.key.as_str());
            let of_group = |key: &&str| *key == own || key.starts_with(&below) && key.ends_with(column);
            return rows.filter(of_group).map(str::to_owned).collect();
        }
        let key = format!("{id}.{row}{column}");
        if asked(&key) { vec![key] } else { Vec::new() }
    }

    fn add<'k>(&self, keys: impl Iterator<Item = (&'k str, bool)>) -> Option<Read> {
        let mut read: Option<Read> = None;
        for (key, minus) in keys {
            let read = read.get_or_insert_with(Read::default);
            if minus || !read.fields.is_empty() {
                read.fields.push(if minus { '-' } else { '+' });
            }
            read.fields.push_str(key);
            let number = match self.value(&Key::new(key)) {
                Value::Number(number) => Some(number.0),
                Value::NotApplicable => Some(Decimal::ZERO),
                Value::Blank => {
                    read.state = read.state.max(State::IfBlanksAreZero);
                    Some(Decimal::ZERO)
                }
                Value::Missing | Value::Unreadable | Value::Ambiguous => None,
            };
            let add = |number| if minus { read.sum.checked_sub(number) } else { read.sum.checked_add(number) };
            match number.and_then(add) {
                Some(sum) => read.sum = sum,
                None => read.state = State::Lacking,
            }
        }
        read.map(|read| Read { sum: read.sum.normalize(), ..read })
    }

    /// A figure; where it is a total left blank beside filled cells, what these add up to.
    fn value(&self, key: &Key) -> Value {
        let value = self.report.figure(key).map_or(Value::Missing, |figure| match figure.value {
            // A cell, a label or a header may state another unit of money than the form.
            Value::Number(number) => {
                in_ten_thousands(number.0, &figure.unit).map_or(Value::Missing, |n| Value::Number(Amount(n)))
            }
            value => value,
        });
        if value != Value::Blank {
            return value;
        }
        self.parts_of(key).map_or(value, |sum| Value::Number(Amount(sum)))
    }

    /// The sum of the parts of a row's total; nothing unless one of them is a number and none is lacking.
    fn parts_of(&self, total: &Key) -> Option<Decimal> {
        let tables = self.report.tables.iter();
        let (form, position) = tables
            .filter_map(|table| self.forms.iter().find(|form| form.edition == table.form))
            .find_map(|form| Some((form, form.position(total)?)))?;
        let adds_up = |rule: &&RuleInstance| {
            let identity = form.identity(rule);
            rule.subject == position && identity.per == Per::Row && identity.relation == Relation::Equal
        };
        let rule = form.rules.iter().find(adds_up)?;
        let parts = if rule.left == [position] { &rule.right } else { &rule.left };
        let mut sum = None;
        for part in parts {
            match self.report.figure(&form.fields[*part].key)?.value {
                Value::Number(number) => sum = Some(sum.unwrap_or(Decimal::ZERO).checked_add(number.0)?),
                Value::Blank | Value::NotApplicable => {}
                Value::Missing | Value::Unreadable | Value::Ambiguous => return None,
            }
        }
        sum
    }
}

/// What comes of a claim.
struct Judged {
    verdict: Verdict,
    /// What the tables have for each reading.
    wanted: Vec<Decimal>,
    /// The reading that fits, else the plainest.
    read: Option<Read>,
}

impl Judged {
    fn of(verdict: Verdict) -> Judged {
        Judged { verdict, wanted: Vec::new(), read: None }
    }
}

/// What the tables have for one reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Read {
    sum: Decimal,
    /// `a+b-c`
    fields: String,
    state: State,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    #[default]
    Is,
    /// The sum is so if blanks stand for zero, which nothing says: it may bear a claim out, never refute it.
    IfBlanksAreZero,
    /// A figure that it needs is missing, unreadable or ambiguous.
    Lacking,
}

/// Whether an amount is that of the table in fewer digits: 6.32亿元 of 63215.8万元.
fn is_rounded(claim: &Claim, sum: Decimal) -> bool {
    let unit = match claim.unit.as_str() {
        "亿元" => Decimal::from(10_000),
        "万元" => Decimal::ONE,
        _ => return false,
    };
    let digits = claim.number.0.scale();
    let rounded = |sum: Decimal| sum.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    sum.checked_div(unit).is_some_and(|sum| rounded(sum) == claim.number.0)
}

/// The claim's number in the unit of the form: 万元 for fees.
fn in_unit(claim: &Claim) -> Option<Decimal> {
    in_ten_thousands(claim.number.0, &claim.unit)
}

/// An amount of money in 万元, the unit of the form; counts are as they are.
fn in_ten_thousands(number: Decimal, unit: &str) -> Option<Decimal> {
    let amount = match unit {
        "元" => number.checked_div(Decimal::from(10_000)),
        "百元" => number.checked_div(Decimal::ONE_HUNDRED),
        "千元" => number.checked_div(Decimal::TEN),
        "亿元" => number.checked_mul(Decimal::from(10_000)),
        _ => Some(number),
    };
    amount.map(|amount| amount.normalize())
}

/// Whether a printed percentage is this share, rounded or cut off where it ends.
fn is_share(percent: Decimal, count: Decimal, whole: Decimal) -> bool {
    let Some(exact) = count.checked_mul(Decimal::from(100)).and_then(|count| count.checked_div(whole)) else {
        return false;
    };
    // A unit of the last place printed.
    let unit = Decimal::new(1, percent.scale());
    (exact - percent).abs() < unit
}
