//! In which languages a notice to the public must be.

use kabat_core::Language;

use crate::{CentreKind, EmergencyCentre, LanguageArea, Municipality, Registry};

/// Returns the languages of a notice that a local service addresses to the public of a municipality, first one first.
///
/// Laws on the use of languages in administrative matters, coordinated on 18 July 1966: the language of the area (article
/// 11 § 1), both languages in the German area (article 11 § 2) and in municipalities with facilities (articles 11 § 2 and
/// 24), Dutch and French in Brussels (article 18). What else a service may add for safety is not decided here.
///
/// ```
/// use kabat_core::Language::{De, Fr, Nl};
/// use kabat_geo::{NaiveDate, Registry, notice_languages};
/// let registry = Registry::belgium();
/// let day: NaiveDate = "2026-06-01".parse()?;
/// let of = |nis: &str| -> Option<Vec<_>> {
///     Some(notice_languages(registry.municipality(nis.parse().ok()?, day)?))
/// };
/// assert_eq!(of("21004"), Some(vec![Nl, Fr])); // Brussels
/// assert_eq!(of("73109"), Some(vec![Nl, Fr])); // Voeren
/// assert_eq!(of("63023"), Some(vec![De, Fr])); // Eupen
/// assert_eq!(of("62063"), Some(vec![Fr])); // Liège
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn notice_languages(municipality: &Municipality) -> Vec<Language> {
    let mut languages = match municipality.language_area {
        LanguageArea::Dutch => vec![Language::Nl],
        LanguageArea::French => vec![Language::Fr],
        LanguageArea::German => vec![Language::De],
        LanguageArea::BilingualBrussels => vec![Language::Nl, Language::Fr],
    };
    if let Some(facilities) = municipality.facilities_for
        && !languages.contains(&facilities)
    {
        languages.push(facilities);
    }
    languages
}

/// Returns the 112 centres to which calls of a centre may overflow: those that answer in every language it answers in.
///
/// Brussels answers in Dutch and French, so it can help any centre but the one of Liège, whose callers may speak German;
/// no single other centre replaces Brussels. The languages are those of the areas that a centre serves.
pub fn overflow_centres<'a>(
    registry: &'a Registry,
    centre: &EmergencyCentre,
) -> Vec<&'a EmergencyCentre> {
    let wanted = centre_languages(centre);
    registry
        .centres()
        .iter()
        .filter(|other| {
            let spoken = centre_languages(other);
            other.kind == CentreKind::Emergency112
                && other.key != centre.key
                && wanted.iter().all(|language| spoken.contains(language))
        })
        .collect()
}

/// Returns the languages of the areas that a centre serves.
pub fn centre_languages(centre: &EmergencyCentre) -> Vec<Language> {
    let serves = |code: u32| centre.serves.iter().any(|nis| nis.get() == code);
    let mut languages = Vec::new();
    // Antwerp, Flemish Brabant, West and East Flanders, Limburg, Brussels.
    if [10_000, 20_001, 30_000, 40_000, 70_000, 4_000]
        .into_iter()
        .any(serves)
    {
        languages.push(Language::Nl);
    }
    // Walloon Brabant, Hainaut, Liège, Luxembourg, Namur, Brussels.
    if [20_002, 50_000, 60_000, 80_000, 90_000, 4_000]
        .into_iter()
        .any(serves)
    {
        languages.push(Language::Fr);
    }
    // The German language area lies in the province of Liège.
    if serves(60_000) {
        languages.push(Language::De);
    }
    languages
}
