//! Municipalities by name, in any of their languages, old or new, with or without accents.

use std::collections::BTreeMap;

use kabat_core::chrono::NaiveDate;

use crate::{NisCode, Registry};

/// Names in use elsewhere that no official list of Belgium holds: English, and German beside the German-speaking area.
const EXONYMS: [(&str, u32); 8] = [
    ("Antwerp", 11002),
    ("Mechlin", 12025),
    ("Mecheln", 12025),
    ("Brussels", 21004),
    ("Ostend", 35013),
    ("Ghent", 44021),
    ("Dornick", 57081),
    ("Arel", 81001),
];

/// Finds municipalities by name; an ambiguous name gives every candidate.
///
/// Official names in the three languages and those of former municipalities are known (the former lead to the code that
/// holds their territory on the day), exonyms such as `Ghent`, and the parts of a double name such as `Molenbeek`.
///
/// ```
/// use kabat_geo::{MunicipalityNames, Registry};
/// let names = MunicipalityNames::new(Registry::belgium(), "2026-06-01".parse()?);
/// for name in ["Luik", "LIEGE", "Lüttich", "luettich"] {
///     assert_eq!(names.find(name), ["62063".parse()?]);
/// }
/// assert_eq!(names.find("4000 Liège"), ["62063".parse()?]);
/// assert_eq!(names.find("Saint-Nicolas").len(), 2); // in Liège, and Sint-Niklaas
/// assert_eq!(names.find("9100 Saint-Nicolas"), ["46021".parse()?]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct MunicipalityNames {
    by_name: BTreeMap<String, Vec<NisCode>>,
    by_postal_code: BTreeMap<u16, Vec<NisCode>>,
}

impl MunicipalityNames {
    /// Collects the names for one day.
    pub fn new(registry: &Registry, date: NaiveDate) -> Self {
        let mut by_name: BTreeMap<String, Vec<NisCode>> = BTreeMap::new();
        for row in registry.municipalities() {
            let nis = registry.successor(row.nis, date);
            if registry.municipality(nis, date).is_none() {
                continue;
            }
            for name in [&row.names.nl, &row.names.fr, &row.names.de] {
                for key in keys(name) {
                    by_name.entry(key).or_default().push(nis);
                }
            }
        }
        for (name, code) in EXONYMS {
            let nis = NisCode::new(code).map(|nis| registry.successor(nis, date));
            let known = nis
                .ok()
                .filter(|&nis| registry.municipality(nis, date).is_some());
            for key in keys(name) {
                by_name.entry(key).or_default().extend(known);
            }
        }
        let mut by_postal_code: BTreeMap<u16, Vec<NisCode>> = BTreeMap::new();
        for row in registry.municipalities_on(date) {
            for code in registry.postal_codes_of(row.nis) {
                by_postal_code.entry(code).or_default().push(row.nis);
            }
        }
        for codes in by_name.values_mut() {
            codes.sort_unstable();
            codes.dedup();
        }
        Self {
            by_name,
            by_postal_code,
        }
    }

    /// Returns the municipalities that a text may mean, by code: a name, a postal code, or both in one.
    ///
    /// A postal code beside a name narrows the name; where the two contradict each other, the candidates of both come back.
    pub fn find(&self, text: &str) -> Vec<NisCode> {
        let mut postal: Option<&[NisCode]> = None;
        let mut words = Vec::new();
        for word in text.split_whitespace() {
            let digits = word.trim_start_matches(['B', 'b']).trim_start_matches('-');
            match digits.parse::<u16>() {
                Ok(code) if digits.len() == 4 => {
                    postal = Some(self.by_postal_code.get(&code).map_or(&[], Vec::as_slice));
                }
                _ => words.push(word),
            }
        }
        let named = if words.is_empty() {
            &[]
        } else {
            let folded = [fold(&words.join(" "), true), fold(&words.join(" "), false)];
            folded
                .iter()
                .find_map(|key| self.by_name.get(key))
                .map_or(&[] as &[NisCode], Vec::as_slice)
        };
        let mut found: Vec<NisCode> = match postal {
            None => named.to_vec(),
            Some(postal) => {
                let both: Vec<NisCode> = named
                    .iter()
                    .copied()
                    .filter(|nis| postal.contains(nis))
                    .collect();
                if both.is_empty() {
                    named.iter().chain(postal).copied().collect()
                } else {
                    both
                }
            }
        };
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn keys(name: &str) -> Vec<String> {
    let mut keys = vec![fold(name, false), fold(name, true)];
    // Sint-Jans-Molenbeek and Molenbeek-Saint-Jean are called Molenbeek.
    for rest in [
        name.rsplit_once('-')
            .filter(|(start, _)| start.starts_with("Sint-"))
            .map(|(_, rest)| rest),
        name.split_once("-Saint").map(|(start, _)| start),
    ]
    .into_iter()
    .flatten()
    {
        if rest.len() > 5 {
            keys.push(fold(rest, false));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Small letters without accents; hyphens and apostrophes read as spaces; `umlaut` writes ü as ue.
fn fold(text: &str, umlaut: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'ä' if umlaut => "ae",
            'ö' if umlaut => "oe",
            'ü' if umlaut => "ue",
            'à' | 'â' | 'ä' | 'á' => "a",
            'é' | 'è' | 'ê' | 'ë' => "e",
            'î' | 'ï' | 'í' => "i",
            'ô' | 'ö' | 'ó' => "o",
            'û' | 'ü' | 'ù' | 'ú' => "u",
            'ç' => "c",
            'ß' => "ss",
            'œ' => "oe",
            // Combining accents of a decomposed text.
            '\u{300}'..='\u{36f}' => "",
            '-' | '\'' | '’' | '.' | '(' | ')' | ',' | '/' => " ",
            other => {
                out.push(other);
                continue;
            }
        };
        out.push_str(plain);
    }
    let mut words: Vec<&str> = out.split_whitespace().collect();
    for word in &mut words {
        *word = match *word {
            "st" => "saint",
            "ste" => "sainte",
            other => other,
        };
    }
    words.join(" ")
}
