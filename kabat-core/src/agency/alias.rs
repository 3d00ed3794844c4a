//! Other names under which agencies are met, and what such a name is worth.

use crate::AgencyCode;

/// What a name that is not the present full one is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AliasStanding {
    /// In use today, as a short form in one language or another.
    Current,
    /// A name of earlier years.
    Historic,
    /// Met in texts about Belgium without any source: show it to a person before acting on it.
    Unverified,
}

/// Another name of an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyAlias {
    /// The name.
    pub name: &'static str,
    /// The agency that is meant.
    pub agency: AgencyCode,
    /// What the name is worth.
    pub standing: AliasStanding,
    /// A remark in English.
    pub note: &'static str,
}

macro_rules! aliases {
    ($($name:literal => $agency:ident, $standing:ident, $note:literal;)*) => {
        impl AgencyAlias {
            const ALL: &'static [Self] = &[$(Self {
                name: $name,
                agency: AgencyCode::$agency,
                standing: AliasStanding::$standing,
                note: $note,
            }),*];
        }
    };
}

aliases! {
    "CGSU" => SPECIAL_UNITS, Historic, "earlier name; DSU today";
    "CGS" => SPECIAL_UNITS, Unverified, "no source found; perhaps CGSU";
    "CIG" => SPECIAL_UNITS, Unverified, "no source found; perhaps CGSU";
    "CGCCR" => NATIONAL_CRISIS_CENTRE, Historic, "earlier French short form; NCCN today";
    "OCAD" => THREAT_ANALYSIS, Current, "Dutch short form";
    "CUTA" => THREAT_ANALYSIS, Current, "English short form";
    "ADIV" => MILITARY_INTELLIGENCE, Current, "Dutch short form";
}

impl AgencyAlias {
    /// Returns all aliases.
    ///
    /// ```
    /// use kabat_core::{AgencyAlias, AliasStanding};
    /// let doubtful = AgencyAlias::all().iter().filter(|alias| alias.standing == AliasStanding::Unverified);
    /// assert_eq!(doubtful.map(|alias| alias.name).collect::<Vec<_>>(), ["CGS", "CIG"]);
    /// ```
    pub const fn all() -> &'static [Self] {
        Self::ALL
    }
}
