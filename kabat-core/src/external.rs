//! References into other people's systems.

use alloc::string::String;

/// A record of another system, kept verbatim: an ISLP number, a CAD ticket, a court file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ExternalRef {
    /// Which system, in its operator's words.
    pub system: String,
    /// The id there, never changed or interpreted.
    pub id: String,
}
