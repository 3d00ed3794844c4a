//! The owned form of an answer, for JSON and other languages.

use crate::{Certainty, Jurisdiction, Names, NisCode, Registry};

/// A [`Jurisdiction`] that owns its texts; `None` where nothing is known.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct JurisdictionRecord {
    /// NIS code of the municipality.
    pub nis: Option<NisCode>,
    /// Names of the municipality.
    pub names: Option<Names>,
    /// Postal codes of the municipality as of 2026; empty for a former one.
    pub postal_codes: Vec<u16>,
    /// Key of the police zone.
    pub police_zone: Option<String>,
    /// Name of the police zone.
    pub police_zone_name: Option<String>,
    /// Key of the rescue zone.
    pub rescue_zone: Option<String>,
    /// Names of the rescue zone.
    pub rescue_zone_names: Option<Names>,
    /// NIS code of the province; none in Brussels.
    pub province: Option<NisCode>,
    /// Names of the province.
    pub province_names: Option<Names>,
    /// NIS code of the region.
    pub region: Option<NisCode>,
    /// Key of the 112 centre.
    pub emergency_centre_112: Option<String>,
    /// Key of the CIC/SICAD of the police.
    pub police_cic: Option<String>,
    /// Key of the judicial canton.
    pub judicial_canton: Option<String>,
    /// Key of the judicial arrondissement.
    pub judicial_arrondissement: Option<String>,
    /// Language area: `nl`, `fr`, `de` or `nl-fr`.
    pub language_area: Option<String>,
    /// Language of the facilities: `nl`, `fr` or `de`.
    pub facilities_for: Option<String>,
    /// How sure this is.
    pub certainty: Certainty,
}

impl JurisdictionRecord {
    /// Copies an answer, with the postal codes of its registry.
    pub fn new(answer: &Jurisdiction<'_>, registry: &Registry) -> Self {
        let nis = answer.municipality.map(|row| row.nis);
        Self {
            nis,
            names: answer.municipality.map(|row| row.names.clone()),
            postal_codes: nis
                .map(|nis| registry.postal_codes_of(nis).collect())
                .unwrap_or_default(),
            police_zone: answer.police_zone.map(|zone| zone.key.clone()),
            police_zone_name: answer.police_zone.map(|zone| zone.name.clone()),
            rescue_zone: answer.rescue_zone.map(|zone| zone.key.clone()),
            rescue_zone_names: answer.rescue_zone.map(|zone| zone.names.clone()),
            province: answer.province.map(|row| row.nis),
            province_names: answer.province.map(|row| row.names.clone()),
            region: answer.region.map(|row| row.nis),
            emergency_centre_112: answer.emergency_centre.map(|centre| centre.key.clone()),
            police_cic: answer.police_centre.map(|centre| centre.key.clone()),
            judicial_canton: answer.judicial_canton.map(|canton| canton.key.clone()),
            judicial_arrondissement: answer.judicial_arrondissement.map(|row| row.key.clone()),
            language_area: answer.language_area.map(|area| area.code().to_owned()),
            facilities_for: answer.facilities.map(|language| language.code().to_owned()),
            certainty: answer.certainty,
        }
    }
}
