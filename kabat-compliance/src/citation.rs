//! Where a rule is written, and how sure that is.

use alloc::borrow::Cow;
use core::fmt;

/// How well a fact of law is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "the three marks of the fact base")]
pub enum Certainty {
    /// Not verified: never decided on; the answer is undetermined.
    Unverified,
    /// Known, but that paragraph was not read again.
    Likely,
    /// Read in an official or equivalent source.
    Sure,
}

impl Certainty {
    /// Returns the mark as written in data.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// An article of an act, with the certainty of the article number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Citation {
    /// Name of the act.
    pub act: Cow<'static, str>,
    /// Article and paragraph.
    pub article: Cow<'static, str>,
    /// How sure the article number is; the rule itself carries its own mark.
    pub article_certainty: Certainty,
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, {} ({})",
            self.act, self.article, self.article_certainty
        )
    }
}
