//! The national agencies, and how zones and centres become agencies.

use crate::{Agency, AgencyAlias, AgencyCode, AgencyKind, CodeError, Discipline, LocalizedText};

macro_rules! national {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident, $discipline:ident, $nl:literal, $fr:literal, $de:literal, $en:literal;)*) => {
        impl AgencyCode {
            $($(#[$doc])* pub const $name: Self = Self::known($code);)*
        }

        impl Agency {
            const NATIONAL: &'static [Self] = &[$(Self {
                code: AgencyCode::$name,
                kind: AgencyKind::$kind,
                names: LocalizedText::from_static($nl, $fr, $de, $en),
                discipline: Discipline::$discipline,
            }),*];
        }
    };
}

national! {
    /// The federal police.
    FEDERAL_POLICE = "federal_police", FederalPolice, D3,
        "Federale Politie", "Police fédérale", "Föderale Polizei", "Federal Police";
    /// The federal judicial police (DGJ).
    FEDERAL_JUDICIAL_POLICE = "dgj", FederalPolice, D3,
        "Federale Gerechtelijke Politie", "Police judiciaire fédérale",
        "Föderale Gerichtspolizei", "Federal Judicial Police";
    /// The special units of the federal police (DSU), under the federal judicial police.
    SPECIAL_UNITS = "dsu", FederalPolice, D3,
        "Directie van de speciale eenheden", "Direction des unités spéciales",
        "Direktion der Sondereinheiten", "Directorate of special units";
    /// The civil protection.
    CIVIL_PROTECTION = "civil_protection", CivilProtection, D4,
        "Civiele Bescherming", "Protection civile", "Zivilschutz", "Civil Protection";
    /// The National Crisis Centre (NCCN).
    NATIONAL_CRISIS_CENTRE = "nccn", NationalCrisisCentre, D5,
        "Nationaal Crisiscentrum", "Centre de crise national",
        "Nationales Krisenzentrum", "National Crisis Centre";
    /// The coordination unit for threat analysis (OCAD, OCAM, CUTA), law of 10 July 2006.
    THREAT_ANALYSIS = "ocam", ThreatAnalysis, D3,
        "Coördinatieorgaan voor de dreigingsanalyse", "Organe de coordination pour l'analyse de la menace",
        "Koordinierungsorgan für die Bedrohungsanalyse", "Coordination Unit for Threat Analysis";
    /// The civil intelligence service (VSSE).
    STATE_SECURITY = "vsse", Intelligence, D3,
        "Veiligheid van de Staat", "Sûreté de l'État", "Staatssicherheit", "State Security Service";
    /// The military intelligence service (ADIV, SGRS).
    MILITARY_INTELLIGENCE = "sgrs", Intelligence, D3,
        "Algemene Dienst Inlichting en Veiligheid", "Service général du renseignement et de la sécurité",
        "Allgemeiner Nachrichten- und Sicherheitsdienst", "General Intelligence and Security Service";
    /// The armed forces.
    DEFENCE = "defence", Defence, D4,
        "Defensie", "Défense", "Landesverteidigung", "Defence";
}

/// What a name of an agency was found to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgencyMatch<'a> {
    /// The agency.
    pub agency: &'a Agency,
    /// The alias through which it was found, with its standing; `None` for a present name or code.
    pub alias: Option<&'a AgencyAlias>,
}

impl Agency {
    /// Returns the national agencies: there is one of each, so they need no table from outside.
    ///
    /// Dutch, French and English names are those in use; German names are this project's own where no official one
    /// was at hand. The discipline of the intelligence services and of the threat analysis is this project's choice:
    /// the decree of 22 May 2019 gives them none.
    ///
    /// ```
    /// use kabat_core::{Agency, AgencyKind};
    /// let intelligence = Agency::national().iter().filter(|agency| agency.kind == AgencyKind::Intelligence);
    /// assert_eq!(intelligence.count(), 2); // one civil, one military
    /// ```
    pub const fn national() -> &'static [Self] {
        Self::NATIONAL
    }

    /// Finds a national agency by code, by name in any of the four languages, or by alias; letter case is ignored.
    ///
    /// ```
    /// use kabat_core::{Agency, AgencyCode, AliasStanding};
    /// let found = Agency::find("CGSU").ok_or("not found")?;
    /// assert_eq!(found.agency.code, AgencyCode::SPECIAL_UNITS);
    /// assert_eq!(found.alias.map(|alias| alias.standing), Some(AliasStanding::Historic));
    /// assert!(Agency::find("MI5").is_none());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn find(name: &str) -> Option<AgencyMatch<'static>> {
        let name = name.trim();
        let same = |other: &str| {
            other
                .chars()
                .flat_map(char::to_lowercase)
                .eq(name.chars().flat_map(char::to_lowercase))
        };
        let present = Self::national().iter().find(|agency| {
            let LocalizedText { nl, fr, de, en } = &agency.names;
            same(agency.code.as_str()) || [nl, fr, de, en].into_iter().any(|known| same(known))
        });
        if let Some(agency) = present {
            return Some(AgencyMatch {
                agency,
                alias: None,
            });
        }
        let alias = AgencyAlias::all().iter().find(|alias| same(alias.name))?;
        let agency = Self::national()
            .iter()
            .find(|agency| agency.code == alias.agency)?;
        Some(AgencyMatch {
            agency,
            alias: Some(alias),
        })
    }

    /// Makes the agency of a rescue zone, such as `rz-` and its number or short name.
    ///
    /// ```
    /// use kabat_core::{Agency, AgencyKind, Discipline, LocalizedText};
    /// let names = LocalizedText::from_static("Zone Voorbeeld", "Zone Exemple", "Zone Beispiel", "Example zone");
    /// let zone = Agency::rescue_zone("example", names)?;
    /// assert_eq!((zone.code.as_str(), zone.kind, zone.discipline), ("rz-example", AgencyKind::RescueZone, Discipline::D1));
    /// # Ok::<(), kabat_core::CodeError>(())
    /// ```
    ///
    /// # Errors
    /// [`CodeError`] when the zone's code is not spelt as a code.
    pub fn rescue_zone(zone: &str, names: LocalizedText) -> Result<Self, CodeError> {
        Self::with_prefix("rz-", zone, AgencyKind::RescueZone, Discipline::D1, names)
    }

    /// Makes the agency of a 112 centre, such as `nc112-gent`.
    ///
    /// ```
    /// use kabat_core::{Agency, LocalizedText};
    /// let names = LocalizedText::from_static("NC112 Gent", "CU112 Gand", "NZ112 Gent", "112 centre Ghent");
    /// assert_eq!(Agency::emergency_centre_112("gent", names)?.code.as_str(), "nc112-gent");
    /// # Ok::<(), kabat_core::CodeError>(())
    /// ```
    ///
    /// # Errors
    /// [`CodeError`] when the centre's code is not spelt as a code.
    pub fn emergency_centre_112(centre: &str, names: LocalizedText) -> Result<Self, CodeError> {
        let kind = AgencyKind::EmergencyCentre112;
        Self::with_prefix("nc112-", centre, kind, Discipline::D1, names)
    }

    /// Makes the agency of a police communication and information centre (CIC, SICAD), such as `cic-namur`.
    ///
    /// ```
    /// use kabat_core::{Agency, LocalizedText};
    /// let names = LocalizedText::from_static("CIC Namen", "CIC Namur", "CIC Namur", "CIC Namur");
    /// assert_eq!(Agency::police_centre_101("namur", names)?.code.as_str(), "cic-namur");
    /// # Ok::<(), kabat_core::CodeError>(())
    /// ```
    ///
    /// # Errors
    /// [`CodeError`] when the centre's code is not spelt as a code.
    pub fn police_centre_101(centre: &str, names: LocalizedText) -> Result<Self, CodeError> {
        let kind = AgencyKind::PoliceCentre101;
        Self::with_prefix("cic-", centre, kind, Discipline::D3, names)
    }

    fn with_prefix(
        prefix: &str,
        code: &str,
        kind: AgencyKind,
        discipline: Discipline,
        names: LocalizedText,
    ) -> Result<Self, CodeError> {
        Ok(Self {
            code: AgencyCode::new(alloc::format!("{prefix}{code}"))?,
            kind,
            names,
            discipline,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Agency;
    use crate::{AgencyAlias, Language};

    #[test]
    fn every_agency_has_four_names_and_a_well_spelt_code_of_its_own() {
        let mut codes = std::collections::BTreeSet::new();
        for agency in Agency::national() {
            for language in Language::ALL {
                assert!(!agency.names.get(language).is_empty(), "{}", agency.code);
            }
            assert!(crate::AgencyCode::new(agency.code.as_str()).is_ok());
            assert!(codes.insert(&agency.code));
        }
    }

    #[test]
    fn every_alias_finds_its_agency() {
        for alias in AgencyAlias::all() {
            let found = Agency::find(alias.name).expect(alias.name);
            assert_eq!(found.agency.code, alias.agency, "{}", alias.name);
            assert_eq!(found.alias, Some(alias), "{}", alias.name);
        }
    }

    #[test]
    fn intelligence_services_are_two_and_so_are_crisis_centre_and_threat_analysis() {
        let code = |name| Agency::find(name).map(|found| found.agency.code.clone());
        assert_ne!(code("VSSE"), code("SGRS"));
        assert_ne!(code("NCCN"), code("OCAM"));
        assert_eq!(code("sûreté de l'état"), code("vsse"));
    }
}
