//! What an incident needs, before anybody knows who will bring it.

use alloc::vec::Vec;
use core::fmt;

use crate::Capability;

/// So many resources with one capability.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Need {
    /// What they must be able to do.
    pub capability: Capability,
    /// How many of them.
    pub count: u8,
}

impl Need {
    /// Asks for `count` resources with a capability.
    ///
    /// ```
    /// use kabat_core::{Capability, Need};
    /// assert_eq!(Need::new(Capability::LADDER, 1).count, 1);
    /// ```
    pub const fn new(capability: Capability, count: u8) -> Self {
        Self { capability, count }
    }
}

/// A need with its fallbacks: the first alternative that can be met is used.
///
/// The Belgian example: a PIT for severity level 3, and where no PIT is free, an ambulance *and* a MUG.
///
/// ```
/// use kabat_core::{Capability, Need, Requirement};
/// let level_3 = Requirement {
///     first_of: vec![
///         vec![Need::new(Capability::PIT, 1)],
///         vec![Need::new(Capability::AMBULANCE, 1), Need::new(Capability::MUG, 1)],
///     ],
/// };
/// assert_eq!(level_3.first_of.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Requirement {
    /// Alternatives, the preferred one first; all needs of an alternative belong together.
    pub first_of: Vec<Vec<Need>>,
}

impl Requirement {
    /// Asks for `count` resources with a capability, without fallback.
    ///
    /// ```
    /// use kabat_core::{Capability, Need, Requirement};
    /// assert_eq!(Requirement::one(Capability::PUMPER, 2).first_of, [[Need::new(Capability::PUMPER, 2)]]);
    /// ```
    pub fn one(capability: Capability, count: u8) -> Self {
        Self {
            first_of: alloc::vec![alloc::vec![Need::new(capability, count)]],
        }
    }
}

impl fmt::Display for Requirement {
    /// Writes it as rule files do: `pit > ambulance + 2 mug`, the preferred alternative first.
    ///
    /// ```
    /// use kabat_core::{Capability, Need, Requirement};
    /// let pit = vec![Need::new(Capability::PIT, 1)];
    /// let others = vec![Need::new(Capability::AMBULANCE, 1), Need::new(Capability::MUG, 2)];
    /// assert_eq!(Requirement { first_of: vec![pit, others] }.to_string(), "pit > ambulance + 2 mug");
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, alternative) in self.first_of.iter().enumerate() {
            f.write_str(if place > 0 { " > " } else { "" })?;
            for (place, need) in alternative.iter().enumerate() {
                f.write_str(if place > 0 { " + " } else { "" })?;
                if need.count != 1 {
                    write!(f, "{} ", need.count)?;
                }
                f.write_str(need.capability.as_str())?;
            }
        }
        Ok(())
    }
}

/// Everything an incident needs: all requirements together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ResponsePlan {
    /// The requirements.
    pub requires: Vec<Requirement>,
}

impl fmt::Display for ResponsePlan {
    /// Writes the requirements with semicolons between them.
    ///
    /// ```
    /// use kabat_core::{Capability, Requirement, ResponsePlan};
    /// let requires = vec![Requirement::one(Capability::MUG, 1), Requirement::one(Capability::PUMPER, 2)];
    /// assert_eq!(ResponsePlan { requires }.to_string(), "mug; 2 pumper");
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, requirement) in self.requires.iter().enumerate() {
            f.write_str(if place > 0 { "; " } else { "" })?;
            requirement.fmt(f)?;
        }
        Ok(())
    }
}
