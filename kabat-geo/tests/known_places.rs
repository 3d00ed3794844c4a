//! Places whose answer is known, names, languages and overflow.
#![expect(clippy::unwrap_used, reason = "a test may stop with a panic")]

use kabat_core::{Language, Position};
use kabat_geo::{
    Atlas, CentreKind, LanguageArea, MunicipalityNames, NaiveDate, Registry, centre_languages,
    overflow_centres,
};

fn day() -> NaiveDate {
    "2026-06-01".parse().unwrap()
}

/// Well-known places; municipality, police zone, 112 centre, CIC and language area as in public sources.
#[test]
fn embedded_atlas_knows_well_known_places() {
    for (lat, lon, nis, zone, centre, cic, area) in [
        (
            50.8467,
            4.3525,
            "21004",
            "5339",
            "BRU",
            "BRU",
            LanguageArea::BilingualBrussels,
        ),
        (
            50.8796,
            4.4213,
            "21004",
            "5339",
            "BRU",
            "BRU",
            LanguageArea::BilingualBrussels,
        ),
        (
            51.2172,
            4.4211,
            "11002",
            "5345",
            "ANT",
            "ANT",
            LanguageArea::Dutch,
        ),
        (
            50.7697,
            3.0006,
            "57097",
            "5318",
            "HAI",
            "HAI",
            LanguageArea::French,
        ),
        (
            50.6279,
            6.0367,
            "63023",
            "5292",
            "LIE",
            "LIE",
            LanguageArea::German,
        ),
    ] {
        let found = Atlas::belgium().locate(Position::from_degrees(lat, lon).unwrap(), day());
        assert_eq!(found.municipality.unwrap().nis.to_string(), nis);
        assert_eq!(found.police_zone.unwrap().key, zone);
        assert_eq!(found.emergency_centre.unwrap().key, centre);
        assert_eq!(found.police_centre.unwrap().key, cic);
        assert_eq!(found.language_area, Some(area));
    }
}

#[test]
fn nothing_far_outside_and_no_panic_anywhere() {
    for (lat, lon) in [
        (0.0, 0.0),
        (90.0, 180.0),
        (-90.0, -180.0),
        (48.85, 2.35),
        (52.37, 4.9),
    ] {
        let found = Atlas::belgium().locate(Position::from_degrees(lat, lon).unwrap(), day());
        assert!(!found.is_known());
    }
}

#[test]
fn compiled_form_reads_back_and_damage_is_found() {
    let bytes = Atlas::belgium().to_bytes();
    assert_eq!(bytes, include_bytes!("../data/belgium.atlas"));
    assert!(bytes.len() < 1_000_000);
    for at in (0..bytes.len()).step_by(997) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        assert!(Atlas::from_bytes(&damaged).is_err(), "byte {at}");
    }
    for length in 0..64 {
        assert!(Atlas::from_bytes(&bytes[..length]).is_err());
    }
}

/// 27 municipalities have facilities: 12 in the Dutch area, 4 and 2 in the French one, 9 in the German one.
#[test]
fn facilities() {
    let count = |area, language| {
        Registry::belgium()
            .municipalities_on(day())
            .filter(|row| row.language_area == area && row.facilities_for == Some(language))
            .count()
    };
    assert_eq!(count(LanguageArea::Dutch, Language::Fr), 12);
    assert_eq!(count(LanguageArea::French, Language::Nl), 4);
    assert_eq!(count(LanguageArea::French, Language::De), 2);
    assert_eq!(count(LanguageArea::German, Language::Fr), 9);
}

#[test]
fn overflow_keeps_the_language() {
    let registry = Registry::belgium();
    let centres: Vec<_> = registry
        .centres()
        .iter()
        .filter(|row| row.kind == CentreKind::Emergency112)
        .collect();
    assert_eq!(centres.len(), 10);
    for centre in centres {
        let keys: Vec<&str> = overflow_centres(registry, centre)
            .iter()
            .map(|row| row.key.as_str())
            .collect();
        assert!(!keys.contains(&centre.key.as_str()));
        match centre.key.as_str() {
            "BRU" => assert!(keys.is_empty()),
            "LIE" => assert!(keys.is_empty(), "nobody else answers in German"),
            "ANT" => assert_eq!(keys, ["VBR", "WVL", "OVL", "LIM", "BRU"]),
            _ => assert!(keys.contains(&"BRU") && centre_languages(centre).len() == 1),
        }
    }
}

#[test]
fn every_municipality_is_found_by_each_name_and_postal_code() {
    let registry = Registry::belgium();
    let names = MunicipalityNames::new(registry, day());
    for row in registry.municipalities_on(day()) {
        for name in [&row.names.nl, &row.names.fr, &row.names.de] {
            assert!(names.find(name).contains(&row.nis), "{name}");
            assert!(
                names.find(&name.to_uppercase()).contains(&row.nis),
                "{name}"
            );
            for code in registry.postal_codes_of(row.nis) {
                assert!(
                    names.find(&format!("{code} {name}")).contains(&row.nis),
                    "{code} {name}"
                );
            }
        }
    }
    for (text, nis) in [
        ("Mons", "53053"),
        ("Bergen", "53053"),
        ("Liege", "62063"),
        ("Lüttich", "62063"),
        ("Molenbeek", "21012"),
        ("Zomergem", "44085"),
        ("Bruxelles", "21004"),
        ("B-1000", "21004"),
        ("Anvers", "11002"),
        ("Namen", "92094"),
    ] {
        assert_eq!(names.find(text), [nis.parse().unwrap()], "{text}");
    }
    assert!(names.find("Nergenshuizen").is_empty());
}
