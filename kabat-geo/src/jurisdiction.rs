//! Who is competent at a place on a day.

use kabat_core::Language;

use crate::{
    Certainty, Division, EmergencyCentre, JudicialArrondissement, JudicialCanton, LanguageArea,
    Municipality, PoliceZone, RescueZone,
};

/// Who is competent at a place on a day; what is not known is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Jurisdiction<'a> {
    /// Municipality.
    pub municipality: Option<&'a Municipality>,
    /// Local police zone.
    pub police_zone: Option<&'a PoliceZone>,
    /// Rescue zone, or the Brussels fire service.
    pub rescue_zone: Option<&'a RescueZone>,
    /// Province; none in Brussels.
    pub province: Option<&'a Division>,
    /// Region.
    pub region: Option<&'a Division>,
    /// 112 centre.
    pub emergency_centre: Option<&'a EmergencyCentre>,
    /// CIC/SICAD of the police (101).
    pub police_centre: Option<&'a EmergencyCentre>,
    /// Judicial canton.
    pub judicial_canton: Option<&'a JudicialCanton>,
    /// Judicial arrondissement, with its public prosecutor.
    pub judicial_arrondissement: Option<&'a JudicialArrondissement>,
    /// Language area.
    pub language_area: Option<LanguageArea>,
    /// Language for which residents of the municipality have facilities.
    pub facilities: Option<Language>,
    /// How sure this is.
    pub certainty: Certainty,
}

impl Jurisdiction<'_> {
    /// The answer where nothing is known.
    pub(crate) const UNKNOWN: Jurisdiction<'static> = Jurisdiction {
        municipality: None,
        police_zone: None,
        rescue_zone: None,
        province: None,
        region: None,
        emergency_centre: None,
        police_centre: None,
        judicial_canton: None,
        judicial_arrondissement: None,
        language_area: None,
        facilities: None,
        certainty: Certainty::Unknown,
    };

    /// Returns whether a municipality was found.
    pub fn is_known(&self) -> bool {
        self.municipality.is_some()
    }
}
