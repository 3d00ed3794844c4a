//! Places whose answer is known, names, languages and overflow.
#![expect(clippy::unwrap_used, reason = "a test may stop with a panic")]

use kabat_core::{Language, Position};
use kabat_geo::{
    Atlas, CentreKind, LanguageArea, MunicipalityNames, NaiveDate, Registry, centre_languages,
    overflow_centres,
};
#[cfg(feature = "geojson")]
use kabat_geo::{BoundarySet, Certainty, NisCode};

fn day() -> NaiveDate {
    "2026-06-01".parse().unwrap()
}

/// Well-known places: municipality, police zone, 112 centre, CIC and language area as in public sources.
type Known = (
    &'static str,
    f64,
    f64,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    LanguageArea,
);

#[rustfmt::skip]
const KNOWN: [Known; 12] = [
    ("Brussels, Grand-Place", 50.8467, 4.3525, "21004", "5339", "BRU", "BRU", LanguageArea::BilingualBrussels),
    ("NATO headquarters, in Haren and not in Evere", 50.8796, 4.4213, "21004", "5339", "BRU", "BRU", LanguageArea::BilingualBrussels),
    ("Antwerp, Central station", 51.2172, 4.4211, "11002", "5345", "ANT", "ANT", LanguageArea::Dutch),
    ("Baarle-Hertog, enclave", 51.4403, 4.9316, "13002", "5364", "ANT", "ANT", LanguageArea::Dutch),
    ("Comines", 50.7697, 3.0006, "57097", "5318", "HAI", "HAI", LanguageArea::French),
    ("Warneton", 50.7531, 2.9497, "57097", "5318", "HAI", "HAI", LanguageArea::French),
    ("Voeren, 's-Gravenvoeren", 50.7583, 5.7611, "73109", "5382", "LIM", "LIM", LanguageArea::Dutch),
    ("Voeren, Remersdaal", 50.7306, 5.8747, "73109", "5382", "LIM", "LIM", LanguageArea::Dutch),
    ("Voeren, Teuven", 50.7536, 5.8736, "73109", "5382", "LIM", "LIM", LanguageArea::Dutch),
    ("Eupen", 50.6279, 6.0367, "63023", "5292", "LIE", "LIE", LanguageArea::German),
    ("Eupen, Kettenis", 50.6447, 6.0450, "63023", "5292", "LIE", "LIE", LanguageArea::German),
    ("Sankt Vith", 50.2808, 6.1258, "63067", "5291", "LIE", "LIE", LanguageArea::German),
];

fn knows_well_known_places(atlas: &Atlas) {
    for (what, lat, lon, nis, zone, centre, cic, area) in KNOWN {
        let found = atlas.locate(Position::from_degrees(lat, lon).unwrap(), day());
        assert_eq!(found.municipality.unwrap().nis.to_string(), nis, "{what}");
        assert_eq!(found.police_zone.unwrap().key, zone, "{what}");
        assert_eq!(found.emergency_centre.unwrap().key, centre, "{what}");
        assert_eq!(found.police_centre.unwrap().key, cic, "{what}");
        assert_eq!(found.language_area, Some(area), "{what}");
    }
}

#[test]
fn embedded_atlas_knows_well_known_places() {
    knows_well_known_places(Atlas::belgium());
}

#[cfg(feature = "geojson")]
fn shared(name: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/geo");
    let path = std::path::Path::new(folder).join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: `{}` is not at hand", path.display());
    }
    text
}

#[cfg(feature = "geojson")]
fn exact() -> Option<Atlas> {
    let text = shared("municipalities_10m.topojson")?;
    let set = BoundarySet::from_topojson(&text, "m2025", "nis").unwrap();
    Some(Atlas::from_municipalities(set).unwrap())
}

#[cfg(feature = "geojson")]
#[test]
fn exact_atlas_knows_well_known_places() {
    let Some(atlas) = exact() else { return };
    knows_well_known_places(&atlas);
    // 563 points, each well inside a municipality by four sets of boundaries.
    let Some(text) = shared("interior_points_2025.csv") else {
        return;
    };
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (lat, lon) = (cells[1].parse().unwrap(), cells[2].parse().unwrap());
        let found = atlas.locate(Position::from_degrees(lat, lon).unwrap(), day());
        assert_eq!(found.municipality.unwrap().nis.to_string(), cells[0]);
        assert_eq!(found.rescue_zone.unwrap().key, cells[6], "{line}");
    }
}

/// The 22 parcels of Baarle-Hertog that the Netherlands enclose are no guess; its ground beside Belgium may be one.
#[cfg(feature = "geojson")]
#[test]
fn baarle_hertog_is_right_or_says_that_it_may_be_wrong() {
    let Some(atlas) = exact() else { return };
    let baarle: NisCode = "13002".parse().unwrap();
    let (truth, guess) = (atlas.on(day()), Atlas::belgium().on(day()));
    let (mut points, mut sure, mut right) = (0, 0, 0);
    for row in 0..240 {
        for column in 0..240 {
            let (lat, lon) = (
                51.38 + f64::from(row) * 0.0005,
                4.85 + f64::from(column) * 0.0007,
            );
            let point = Position::from_degrees(lat, lon).unwrap();
            let real = truth.locate(point);
            let inside = real.municipality.is_some_and(|row| row.nis == baarle);
            if !inside || real.certainty != Certainty::Exact {
                continue;
            }
            points += 1;
            let answer = guess.locate(point);
            let same = answer.municipality.is_some_and(|row| row.nis == baarle);
            right += usize::from(same);
            match answer.certainty {
                Certainty::Exact => sure += 1,
                Certainty::Likely {
                    municipality,
                    runner_up,
                    ..
                } if !same => assert!(municipality < 0.98 && runner_up.is_some()),
                _ => {}
            }
            assert!(same || answer.certainty != Certainty::Exact, "{lat} {lon}");
        }
    }
    eprintln!("Baarle-Hertog: {points} points, {right} right, {sure} called exact");
    assert!(sure > 100 && right * 100 >= points * 90);
}

#[test]
fn nothing_far_outside_and_no_panic_anywhere() {
    for (lat, lon) in [
        (0.0, 0.0),
        (90.0, 180.0),
        (-90.0, -180.0),
        (89.9, 180.0),
        (89.95, -180.0),
        (-89.9, 0.0),
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
        ("Brussels", "21004"),
        ("Brüssel", "21004"),
        ("Antwerp", "11002"),
        ("Ghent", "44021"),
        ("Gand", "44021"),
        ("Bruges", "31005"),
        ("Bruegge", "31005"),
        ("Ostend", "35013"),
        ("Ypres", "33011"),
        ("Louvain", "24062"),
        ("Loewen", "24062"),
        ("Malines", "12025"),
        ("Doornik", "57081"),
        ("Arel", "81001"),
    ] {
        assert_eq!(names.find(text), [nis.parse().unwrap()], "{text}");
    }
    assert!(names.find("Nergenshuizen").is_empty());
}

/// Every name of every row, also of municipalities that have gone, with its accents and without; all holders of a name.
#[test]
fn every_name_old_and_new_leads_to_all_who_bear_it() {
    let registry = Registry::belgium();
    let names = MunicipalityNames::new(registry, day());
    let plain = |name: &str| -> String {
        let from = "àâäáéèêëîïíôöóûüùúç";
        let to = "aaaaeeeeiiiooouuuuc";
        name.chars()
            .map(|c| {
                from.chars()
                    .position(|known| known == c)
                    .map_or(c, |at| to.chars().nth(at).unwrap())
            })
            .collect()
    };
    let mut holders: std::collections::BTreeMap<String, std::collections::BTreeSet<_>> =
        std::collections::BTreeMap::new();
    for row in registry.municipalities() {
        let nis = registry.successor(row.nis, day());
        for name in [&row.names.nl, &row.names.fr, &row.names.de] {
            holders.entry(name.clone()).or_default().insert(nis);
        }
    }
    let mut ambiguous = 0;
    for (name, holders) in &holders {
        ambiguous += usize::from(holders.len() > 1);
        for text in [
            name.clone(),
            plain(name),
            plain(&name.to_lowercase()),
            name.replace('-', " "),
        ] {
            let found = names.find(&text);
            assert!(holders.iter().all(|nis| found.contains(nis)), "{text}");
        }
    }
    assert!(ambiguous > 0 && holders.len() > 600);
}
