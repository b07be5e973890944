//! Of what kind the reporting organ is, to which division it belongs, and how to reach it.

use serde::{Deserialize, Serialize};

use crate::document::Origin;

/// What kind of organ reports, as far as its name proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A department or office of the State Council.
    Ministry,
    /// The government of a province, an autonomous region or a municipality.
    Province,
    /// The government of a prefecture: 地级市, 地区, 自治州, 盟.
    Prefecture,
    /// The government of a county: 县, 县级市, 市辖区, 旗.
    County,
    /// The government of a township (乡, 镇, 苏木), or the office of a street (街道).
    Township,
    /// A department of a government.
    Department,
    /// The office of a government: 办公厅, 办公室.
    Office,
    /// An organ led from above, not by the government of its place (垂直管理): customs, taxes, weather.
    Vertical,
}

impl Level {
    /// Every name, in the order of the definition.
    pub const NAMES: [&'static str; 8] =
        ["ministry", "province", "prefecture", "county", "township", "department", "office", "vertical"];

    /// The name used in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        Level::NAMES[self as usize]
    }
}

/// A division by code and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Unit {
    /// Six digits (GB/T 2260).
    pub code: String,
    /// Its name with those above it: 广东省韶关市武江区.
    pub name: String,
}

/// The division that an organ belongs to: its own if it is a government, else the smallest that is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The division; `None` if several are possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The year of the table of divisions: that of the report, else the closest that has the name.
    pub year: i32,
    /// What settled it, or left it open: `title`, `body`, `page_title`, `file_name`, `path`, `index_number`, `address`, `option`.
    pub by: String,
    /// All that are possible, by code, where several are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Unit>,
}

/// A date of the report itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// What says so: `label` (发布日期：…), `page` (what a page says of itself), `signature` (the date below the text).
    pub by: String,
    /// The words themselves.
    pub text: String,
    /// Where they stand.
    pub origin: Origin,
}

/// Where questions about the report may be asked; what is not surely read is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The words themselves.
    pub text: String,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The postcode, six digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// The telephone number: `0517-83605210`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where the words begin.
    pub origin: Origin,
}
