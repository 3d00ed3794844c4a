//! Who may be given a piece of information.

use alloc::collections::BTreeSet;

use crate::AgencyCode;

/// How sensitive a piece of information is.
///
/// The upper four carry the names of the classification Act of 11 December 1998 as amended; that Act, its markings and
/// its clearances are not put into practice here. The order is all that this type knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum Sensitivity {
    /// May be published.
    Public,
    /// For those who handle incidents.
    #[default]
    Internal,
    /// BEPERKT, RESTREINT.
    Restricted,
    /// VERTROUWELIJK, CONFIDENTIEL.
    Confidential,
    /// GEHEIM, SECRET.
    Secret,
    /// ZEER GEHEIM, TRÈS SECRET.
    TopSecret,
}

/// How sensitive a piece of information is, and to which agencies it may go.
///
/// Without a list of agencies only the sensitivity decides; an empty list means nobody but the owner.
///
/// ```
/// use kabat_core::{AgencyCode, Marking, Sensitivity};
/// let ours = Marking::new(Sensitivity::Confidential).only_for([AgencyCode::STATE_SECURITY, AgencyCode::THREAT_ANALYSIS]);
/// let theirs = Marking::new(Sensitivity::Internal).only_for([AgencyCode::MILITARY_INTELLIGENCE, AgencyCode::THREAT_ANALYSIS]);
/// // What is made of both may go only where both may go.
/// let both = ours.join(&theirs);
/// assert!(both.releasable_to(&AgencyCode::THREAT_ANALYSIS, Sensitivity::Secret));
/// assert!(!both.releasable_to(&AgencyCode::STATE_SECURITY, Sensitivity::Secret));
/// assert!(!both.releasable_to(&AgencyCode::THREAT_ANALYSIS, Sensitivity::Internal));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Marking {
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
    /// The only agencies to which it may go; `None` for no such limit.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub only_for: Option<BTreeSet<AgencyCode>>,
}

impl Marking {
    /// Marks with a sensitivity and no list of agencies.
    pub const fn new(sensitivity: Sensitivity) -> Self {
        Self {
            sensitivity,
            only_for: None,
        }
    }

    /// Returns the marking limited to some agencies.
    #[must_use]
    pub fn only_for(mut self, agencies: impl IntoIterator<Item = AgencyCode>) -> Self {
        self.only_for = Some(agencies.into_iter().collect());
        self
    }

    /// Returns the marking of what is made of two pieces: the higher sensitivity, and only the agencies of both.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let only_for = match (&self.only_for, &other.only_for) {
            (Some(a), Some(b)) => Some(a.intersection(b).cloned().collect()),
            (one, None) | (None, one) => one.clone(),
        };
        Self {
            sensitivity: self.sensitivity.max(other.sensitivity),
            only_for,
        }
    }

    /// Returns whether it may go to an agency whose people are trusted up to a sensitivity.
    pub fn releasable_to(&self, agency: &AgencyCode, trusted_to: Sensitivity) -> bool {
        self.sensitivity <= trusted_to
            && self
                .only_for
                .as_ref()
                .is_none_or(|agencies| agencies.contains(agency))
    }
}
