//! Road positions in Dutch, French and German notes against values written by hand, and texts of any kind.
#![expect(
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a malformed vector file or a wrong span must fail the test"
)]

use std::collections::BTreeMap;

use kabat_geo::{ExitKind, RingSide, RoadPosition, SlipRoad, find_road_positions};
use proptest::prelude::*;

const VECTORS: &str = include_str!("vectors/motorway.psv");

/// The columns of the vector file for one position.
fn row(text: &str, found: &RoadPosition) -> String {
    let metres = |m: Option<kabat_core::Meters>| m.map(|m| m.get().to_string()).unwrap_or_default();
    let also: Vec<String> = found.also.iter().map(ToString::to_string).collect();
    let exit = found.exit.as_ref().map(|exit| {
        let mark = if exit.kind == ExitKind::Interchange {
            "X "
        } else {
            ""
        };
        let number = exit.number.clone().unwrap_or_default();
        let name = exit
            .name
            .as_ref()
            .map(|name| format!(":{name}"))
            .unwrap_or_default();
        format!("{mark}{number}{name}")
    });
    [
        found.road.to_string(),
        also.join(" "),
        metres(found.distance_m),
        metres(found.until_m),
        found.direction.clone().unwrap_or_default(),
        match found.ring {
            None => "",
            Some(RingSide::Inner) => "inner",
            Some(RingSide::Outer) => "outer",
        }
        .to_owned(),
        exit.unwrap_or_default(),
        match found.slip {
            None => "",
            Some(SlipRoad::On) => "on",
            Some(SlipRoad::Off) => "off",
            Some(_) => "unstated",
        }
        .to_owned(),
        text[found.span.clone()].to_owned(),
    ]
    .join("|")
}

/// Text to language and expected rows.
fn vectors() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let mut out: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for line in VECTORS.lines().filter(|line| !line.starts_with('#')) {
        let (language, rest) = line.split_once('|').unwrap();
        let (text, expected) = rest.split_once('|').unwrap();
        match out.last_mut() {
            Some((_, last, rows)) if *last == text => rows.push(expected),
            _ => out.push((language, text, vec![expected])),
        }
    }
    for (_, _, rows) in &mut out {
        rows.retain(|&row| row != "-");
    }
    out
}

#[test]
fn phrases_give_what_a_person_reads() {
    let mut wrong = Vec::new();
    let mut count: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for (language, text, expected) in vectors() {
        *count.entry((language, expected.is_empty())).or_default() += 1;
        let found: Vec<String> = find_road_positions(text)
            .iter()
            .map(|found| row(text, found))
            .collect();
        if found != expected {
            wrong.push(format!(
                "{text}\n   expected {expected:?}\n   found    {found:?}"
            ));
        }
    }
    println!("phrases by language and emptiness: {count:?}");
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        ["nl", "fr", "de"]
            .iter()
            .all(|language| count[&(*language, false)] >= 50),
        "{count:?}"
    );
}

#[test]
fn phrases_are_found_inside_a_longer_note() {
    // Sentences before and after, with letters of more than one byte, only move the span.
    let (before, after) = ("Café Zoë belt: rook gezien. ", ". Één gewonde, é è ü ß.");
    for (_, text, expected) in vectors() {
        let note = format!("{before}{text}{after}");
        let found: Vec<String> = find_road_positions(&note)
            .iter()
            .map(|found| row(&note, found))
            .collect();
        assert_eq!(found, expected, "{note}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn json_form() {
    let text = "E19/A1 km 23,5 richting Brussel, op de afrit 7bis";
    let found = find_road_positions(text);
    let json = serde_json::json!([{
        "road": {"class": "european", "number": 19},
        "also": [{"class": "motorway", "number": 1}],
        "distance_m": 23500.0,
        "direction": "Brussel",
        "exit": {"kind": "exit", "number": "7bis"},
        "slip": "off",
        "span": {"start": 0, "end": 49},
    }]);
    assert_eq!(serde_json::to_value(&found).unwrap(), json);
    let back: Vec<RoadPosition> = serde_json::from_value(json).unwrap();
    assert_eq!(back, found);
}

#[test]
fn decomposed_accents_read_alike() {
    let composed = find_road_positions("R0 ring ext\u{e9}rieur PK 4 vers Li\u{e8}ge");
    let text = "R0 ring exte\u{301}rieur PK 4 vers Lie\u{300}ge";
    let decomposed = find_road_positions(text);
    assert_eq!(decomposed.len(), 1);
    assert_eq!(decomposed[0].ring, Some(RingSide::Outer));
    assert_eq!(decomposed[0].ring, composed[0].ring);
    assert_eq!(decomposed[0].distance_m, composed[0].distance_m);
    assert_eq!(decomposed[0].direction.as_deref(), Some("Lie\u{300}ge"));
    assert_eq!(decomposed[0].span, 0..text.len());
}

#[test]
fn a_long_hostile_text_ends_soon_and_without_deep_recursion() {
    for piece in [
        "La richting ",
        "E40 ",
        "km 1 ",
        "E40/A3/",
        "afrit La De Het ",
        "A-",
        "richting A/",
        "9",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        for found in find_road_positions(&text) {
            assert!(text.get(found.span).is_some());
        }
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "E40",
        "E",
        "A3",
        "/",
        "km",
        "PK",
        "23",
        "23,5",
        "12.400",
        "hm",
        "345",
        "-",
        "–",
        "tot",
        "à",
        "'",
        "’",
        "d",
        "l",
        "richting",
        "vers",
        "nach",
        "Fahrtrichtung",
        "Brussel",
        "La",
        "De",
        "Lüttich",
        "afrit",
        "sortie",
        "n°",
        "24",
        "bis",
        "échangeur",
        "(",
        ")",
        "bretelle",
        "R0",
        "binnenring",
        "ring",
        "extérieur",
        ".",
        ",",
        ":",
        "+",
        "\n",
        "N80a",
        "99999999999",
        "op",
        "de",
        "é\u{301}",
        "🚒",
    ]);
    prop::collection::vec((piece, prop::bool::ANY), 0..24).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(piece, space)| {
                if space {
                    format!("{piece} ")
                } else {
                    piece.to_owned()
                }
            })
            .collect()
    })
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let found = find_road_positions(text);
    for place in &found {
        let words = text.get(place.span.clone());
        prop_assert!(words.is_some_and(|words| !words.is_empty()), "{place:?}");
        let words = words.unwrap_or_default();
        // What is given as text stands in the span, as does the number of the road.
        prop_assert!(
            words.contains(&place.road.number.to_string()) || words.contains('0'),
            "{place:?}"
        );
        if let Some(direction) = &place.direction {
            prop_assert!(words.contains(direction.as_str()), "{place:?}");
        }
        if let Some(name) = place.exit.as_ref().and_then(|exit| exit.name.as_ref()) {
            prop_assert!(words.contains(name.as_str()), "{place:?}");
        }
        prop_assert!(place.until_m.is_none() || place.distance_m.is_some());
        for metres in [place.distance_m, place.until_m].into_iter().flatten() {
            prop_assert!(metres.get() <= 400_999.0);
        }
    }
    // Same input, same output.
    prop_assert_eq!(found, find_road_positions(text));
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_valid_spans(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_mix_of_road_words_gives_valid_spans(text in pieces()) {
        check(&text)?;
    }

    #[test]
    fn every_post_reads_back(road in 0_u16..=999, tenths in 0_u32..=3999, comma in any::<bool>(), keyword in prop::sample::select(vec!["km", "PK", "kmp", "BK", "Kilometer"])) {
        let mark = if comma { ',' } else { '.' };
        let text = format!("E{road} {keyword} {}{mark}{} !", tenths / 10, tenths % 10);
        let found = find_road_positions(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].road.number, road);
        prop_assert_eq!(found[0].distance_m.map(kabat_core::Meters::get), Some(f64::from(tenths) * 100.0));
        prop_assert_eq!(&text[found[0].span.clone()], text.trim_end_matches(" !"));
    }
}
