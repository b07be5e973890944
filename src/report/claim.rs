//! Numbers that the prose states, and what each is read as: data of their own, beside the tables.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Amount;
use crate::document::Origin;

/// A number in the prose of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The sentence in which it stands.
    pub sentence: String,
    /// The words that were read, number and unit included.
    pub text: String,
    /// The number.
    pub number: Amount,
    /// Its unit; `%` for a share.
    pub unit: String,
    /// What it is read as.
    pub quantity: Quantity,
    /// 余, 约, 近, 多, 万: the number is rounded and compared with nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
    /// The section in which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Where its paragraph stands.
    pub origin: Origin,
    /// Whether the tables say the same.
    pub verdict: Verdict,
    /// What the tables have, in the unit of the form: by the reading that agrees, else by the plainest one. Nothing if
    /// that cannot be worked out, or nothing was compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table_number: Option<Amount>,
    /// The fields that it is the sum of: `a+b-c`. Nothing for a share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table_fields: Option<String>,
}

/// Whether the tables say what a claim says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing to compare with: no such figure, or one that is lacking.
    #[default]
    Unchecked,
    /// The number is rounded.
    Approximate,
    /// Some reading of the claim fits the tables.
    Agrees,
    /// No reading of the claim fits the tables.
    Disagrees,
}

impl Verdict {
    /// Names of the verdicts, in their order.
    pub const NAMES: [&'static str; 4] = ["unchecked", "approximate", "agrees", "disagrees"];

    /// The name used in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        Verdict::NAMES[self as usize]
    }
}

macro_rules! quantities {
    ($($variant:ident $name:literal $en:literal $zh:literal;)*) => {
        /// What a number in the prose is read as.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Quantity {
            $(#[doc = $en] #[serde(rename = $name)] $variant,)*
        }

        impl Quantity {
            /// Every quantity.
            pub const ALL: &'static [Quantity] = &[$(Quantity::$variant,)*];

            /// The name used in every output.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Quantity::$variant => $name,)* }
            }

            /// What it is, in words: English, Chinese.
            #[must_use]
            pub fn about(self) -> (&'static str, &'static str) {
                match self { $(Quantity::$variant => ($en, $zh),)* }
            }
        }
    };
}

quantities! {
    Received "received" "applications received" "收到申请";
    NewReceived "new_received" "applications newly received" "本年新收申请";
    Answered "answered" "applications dealt with" "办理答复";
    OnTime "on_time" "applications dealt with in time" "按时办结";
    Extended "extended" "applications dealt with after an extension" "延期办结";
    CarriedIn "carried_in" "applications carried in from the year before" "上年结转";
    CarriedOut "carried_out" "applications carried into the next year" "结转下年";
    NaturalPerson "natural_person" "applications of natural persons" "自然人申请";
    LegalEntities "legal_entities" "applications of legal entities and other organisations" "法人或其他组织申请";
    Business "business" "applications of businesses" "商业企业申请";
    Research "research" "applications of research institutes" "科研机构申请";
    PublicWelfare "public_welfare" "applications of public welfare organisations" "社会公益组织申请";
    LegalService "legal_service" "applications of legal service providers" "法律服务机构申请";
    ReceivedInPerson "received_in_person" "applications made in person" "当面申请";
    ReceivedByFax "received_by_fax" "applications made by fax" "传真申请";
    ReceivedOnline "received_online" "applications made online" "网络申请";
    ReceivedByLetter "received_by_letter" "applications made by letter" "信函申请";
    Granted "granted" "information granted" "予以公开";
    GrantedOrPartly "granted_or_partly" "information granted in full or in part" "予以公开及部分公开";
    PartlyGranted "partly_granted" "information granted in part" "部分公开";
    Denied "denied" "information denied" "不予公开";
    Unavailable "unavailable" "information that cannot be provided" "无法提供";
    NotHeld "not_held" "information that the organ does not hold" "本机关不掌握";
    NeedsCreation "needs_creation" "information that would have to be made" "没有现成信息";
    StillUnclear "still_unclear" "applications still unclear after amendment" "补正后仍不明确";
    NotProcessed "not_processed" "applications not processed" "不予处理";
    Petition "petition" "petitions and complaints" "信访举报投诉类申请";
    Repeated "repeated" "repeated applications" "重复申请";
    OtherOutcome "other_outcome" "applications dealt with otherwise" "其他处理";
    Review "review" "administrative reviews" "行政复议";
    ReviewUpheld "review_upheld" "reviews that upheld" "行政复议结果维持";
    ReviewCorrected "review_corrected" "reviews that corrected" "行政复议结果纠正";
    ReviewOther "review_other" "reviews with another result" "行政复议其他结果";
    ReviewPending "review_pending" "reviews pending" "行政复议尚未审结";
    Litigation "litigation" "lawsuits" "行政诉讼";
    LitigationDirect "litigation_direct" "lawsuits without a review" "未经复议直接起诉";
    LitigationAfterReview "litigation_after_review" "lawsuits after a review" "复议后起诉";
    LitigationUpheld "litigation_upheld" "lawsuits that upheld" "行政诉讼结果维持";
    LitigationCorrected "litigation_corrected" "lawsuits that corrected" "行政诉讼结果纠正";
    LitigationOther "litigation_other" "lawsuits with another result" "行政诉讼其他结果";
    LitigationPending "litigation_pending" "lawsuits pending" "行政诉讼尚未审结";
    DocumentsIssued "documents_issued" "normative documents issued" "制发规范性文件";
    DocumentsRepealed "documents_repealed" "normative documents repealed" "废止规范性文件";
    DocumentsInForce "documents_in_force" "normative documents in force" "现行有效规范性文件";
    Licensing "licensing" "licensing decisions" "行政许可决定";
    Penalties "penalties" "penalty decisions" "行政处罚决定";
    Compulsion "compulsion" "compulsory measures" "行政强制";
    AdministrativeFees "administrative_fees" "administrative fees collected" "行政事业性收费";
    ProcessingFee "processing_fee" "fees for processing applications" "信息处理费";
    Disclosed "disclosed" "items of information disclosed" "主动公开信息";
    ByWebsite "by_website" "items published on websites" "网站公开信息";
    ByWeibo "by_weibo" "items published on microblogs" "微博公开信息";
    ByWechat "by_wechat" "items published on WeChat" "微信公开信息";
    ByGazette "by_gazette" "items published in the gazette" "公报公开信息";
    OtherPublished "other_published" "other items published" "其他公开信息";
    Share "share" "a share of the number before it" "所占比例";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_serde_writes() {
        for quantity in Quantity::ALL {
            assert_eq!(serde_json::to_value(quantity).expect("a string"), quantity.name());
        }
        for verdict in [Verdict::Unchecked, Verdict::Approximate, Verdict::Agrees, Verdict::Disagrees] {
            assert_eq!(serde_json::to_value(verdict).expect("a string"), verdict.name());
        }
    }
}
