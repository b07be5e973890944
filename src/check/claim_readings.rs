//! What figures of the form a number in the prose may be.

use crate::report::{Claim, Quantity};
use Quantity as Q;

/// Sums of figures that a quantity may be, without their tables' names spelt out: `a+b`, and `*` for every row
/// below. The first is the plainest.
const READINGS: &[(Quantity, &[&str])] = &[
    (Q::Received, &["app:new_received", "app:new_received+app:carried_in", "app:outcomes_total", "stat:received"]),
    (Q::NewReceived, &["app:new_received", "stat:received"]),
    (
        Q::Answered,
        &[
            "app:outcomes_total",
            "app:outcomes_total-app:other*",
            "app:outcomes_total-app:other*-app:not_processed*",
            "stat:replied",
            "stat:concluded",
        ],
    ),
    (Q::OnTime, &["stat:concluded.on_time"]),
    (Q::Extended, &["stat:concluded.extended"]),
    (Q::CarriedIn, &["app:carried_in"]),
    (Q::CarriedOut, &["app:carried_out"]),
    (Q::NaturalPerson, &["col:natural_person"]),
    (Q::LegalEntities, &["col:business+research+public_welfare+legal_service+other"]),
    (Q::Business, &["col:business"]),
    (Q::Research, &["col:research"]),
    (Q::PublicWelfare, &["col:public_welfare"]),
    (Q::LegalService, &["col:legal_service"]),
    (Q::ReceivedInPerson, &["stat:received.in_person"]),
    (Q::ReceivedByFax, &["stat:received.fax"]),
    (Q::ReceivedOnline, &["stat:received.online"]),
    (Q::ReceivedByLetter, &["stat:received.letter"]),
    (Q::Granted, &["app:granted", "app:granted+app:partially_granted", "stat:replied.granted"]),
    (Q::GrantedOrPartly, &["app:granted+app:partially_granted", "stat:replied.granted+stat:replied.partially_granted"]),
    (Q::PartlyGranted, &["app:partially_granted", "stat:replied.partially_granted"]),
    (Q::Denied, &["app:denied*", "stat:replied.denied"]),
    (Q::Unavailable, &["app:unavailable*", "app:unavailable.not_held"]),
    (Q::NotHeld, &["app:unavailable.not_held", "app:unavailable*"]),
    (Q::NeedsCreation, &["app:unavailable.needs_creation"]),
    (Q::StillUnclear, &["app:unavailable.still_unclear"]),
    (Q::NotProcessed, &["app:not_processed*"]),
    (Q::Petition, &["app:not_processed.petition_or_complaint"]),
    (Q::Repeated, &["app:not_processed.repeated"]),
    (Q::OtherOutcome, &["app:other*"]),
    (Q::Review, &["rl:review.total", "stat:review"]),
    (Q::ReviewUpheld, &["rl:review.upheld", "stat:review.upheld"]),
    (Q::ReviewCorrected, &["rl:review.corrected", "stat:review.corrected"]),
    (Q::ReviewOther, &["rl:review.other", "stat:review.other"]),
    (Q::ReviewPending, &["rl:review.pending"]),
    (
        Q::Litigation,
        &[
            "rl:litigation_direct.total+rl:litigation_after_review.total",
            "rl:litigation_direct.total",
            "rl:litigation_after_review.total",
            "stat:litigation",
        ],
    ),
    (Q::LitigationDirect, &["rl:litigation_direct.total"]),
    (Q::LitigationAfterReview, &["rl:litigation_after_review.total"]),
    (Q::LitigationUpheld, &["lit:upheld", "rl:litigation_direct.upheld", "rl:litigation_after_review.upheld"]),
    (
        Q::LitigationCorrected,
        &["lit:corrected", "rl:litigation_direct.corrected", "rl:litigation_after_review.corrected"],
    ),
    (Q::LitigationOther, &["lit:other", "rl:litigation_direct.other", "rl:litigation_after_review.other"]),
    (Q::LitigationPending, &["lit:pending", "rl:litigation_direct.pending", "rl:litigation_after_review.pending"]),
    (
        Q::DocumentsIssued,
        &[
            "pro:normative_documents.issued",
            "pro:normative_documents.made",
            "pro:normative_documents.disclosed",
            "stat:normative_documents_issued",
        ],
    ),
    (Q::DocumentsRepealed, &["pro:normative_documents.repealed"]),
    (Q::DocumentsInForce, &["pro:normative_documents.in_force"]),
    (Q::Licensing, &["pro:licensing.decisions"]),
    (Q::Penalties, &["pro:penalties.decisions"]),
    (Q::Compulsion, &["pro:compulsion.decisions"]),
    (Q::AdministrativeFees, &["pro:fees.amount"]),
    (Q::ProcessingFee, &["stat:fees_collected"]),
    (Q::Disclosed, &["stat:disclosed"]),
    (Q::ByWebsite, &["stat:channel.website"]),
    (Q::ByWeibo, &["stat:channel.weibo"]),
    (Q::ByWechat, &["stat:channel.wechat"]),
    (Q::ByGazette, &["stat:channel.gazette"]),
];

/// What 办理 may count as well, without 办结 or 答复: all that was in hand.
const IN_HAND: &[&str] = &["app:new_received", "app:new_received+app:carried_in", "stat:received"];

/// The sums that a claim may be, the plainest first.
pub(super) fn readings(claim: &Claim) -> impl Iterator<Item = &'static str> {
    let done = ["办结", "答复", "办毕", "回复", "处理完毕"].iter().any(|word| claim.text.contains(word));
    let in_hand = if claim.quantity == Q::Answered && !done { IN_HAND } else { &[] };
    of(claim.quantity).iter().chain(in_hand).copied()
}

/// The sums of all that a share may be of.
pub(super) fn wholes() -> impl Iterator<Item = &'static str> {
    of(Q::Answered).iter().chain(IN_HAND).copied()
}

fn of(quantity: Quantity) -> &'static [&'static str] {
    READINGS.iter().find(|(known, _)| *known == quantity).map_or(&[][..], |(_, readings)| readings)
}
