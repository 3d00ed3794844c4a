//! Every row of the protocol table and of the crosswalks, there and back.
#![expect(clippy::unwrap_used, reason = "a broken table must stop the test")]

use kabat_classify::{CodeSystem, MedicalProtocol, ProtocolCode, ProtocolCodeError, RuleSet};
use kabat_core::Language;

/// The table as text, read with nothing but a split: the fields in front of the first quoted one.
fn numbers_in_the_file() -> Vec<u16> {
    include_str!("../data/be_medical_protocols.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn every_row_is_read_in_order() {
    let read: Vec<u16> = MedicalProtocol::all().iter().map(|p| p.number).collect();
    assert_eq!(read, numbers_in_the_file());
    assert!(read.is_sorted());
    // Sums of the counts per level cannot exceed the missions of the row.
    for protocol in MedicalProtocol::all() {
        let sum: u32 = protocol.missions_by_level.iter().map(|(_, n)| n).sum();
        assert!(sum <= protocol.missions, "{}", protocol.number);
        assert!(
            protocol
                .missions_by_level
                .iter()
                .all(|(level, _)| (1..=8).contains(level))
        );
    }
}

#[test]
fn every_row_parses_and_prints_in_both_languages_with_and_without_accents() {
    for protocol in MedicalProtocol::all() {
        for language in [Language::Nl, Language::Fr] {
            let Some(name) = protocol.name(language) else {
                continue;
            };
            for level in [None, Some(1), Some(5), Some(8)] {
                let head = match level {
                    None => format!("P{:03}", protocol.number),
                    Some(level) => format!("P{:03} N0{level}", protocol.number),
                };
                let text = format!("{head} - {name}");
                let code: ProtocolCode = text.parse().unwrap();
                assert_eq!((code.number(), code.level()), (protocol.number, level));
                assert_eq!(code.to_string(), text);
                assert_eq!(code.name_fits(), Some(true));
                let plain = code.to_plain();
                assert!(plain.is_ascii(), "{plain}");
                let again: ProtocolCode = plain.parse().unwrap();
                assert_eq!(again.name_fits(), Some(true), "{plain}");
                assert_eq!(again.in_language(language), code);
                let small: ProtocolCode = plain.to_lowercase().parse().unwrap();
                assert_eq!(small.in_language(language), code);
            }
            // No two rows share a name.
            assert_eq!(
                MedicalProtocol::by_name(name).unwrap().number,
                protocol.number
            );
        }
        assert_eq!(MedicalProtocol::by_number(protocol.number), Some(protocol));
    }
}

#[test]
fn what_is_not_an_event_text_is_refused() {
    type E = ProtocolCodeError;
    let parse = |text: &str| text.parse::<ProtocolCode>();
    for text in [
        "", "P", "P01", "P0001", "X001", "001", "Pééé", "P001N05", "P12é",
    ] {
        assert!(matches!(parse(text), Err(E::Number(_))), "{text}");
    }
    for text in [
        "P001 N5",
        "P001 N00",
        "P001 N09",
        "P001 Naa",
        "P001 N055",
        "P001 Né",
    ] {
        assert!(matches!(parse(text), Err(E::Level(_))), "{text}");
    }
    for text in [
        "P001 VERKEER",
        "P001 N05 VERKEER",
        "P001 -",
        "P001 N05 -X",
        "P001 - ",
    ] {
        assert!(matches!(parse(text), Err(E::Name(_))), "{text}");
    }
    let unknown = parse("P028 N02 - IETS ANDERS").unwrap();
    assert_eq!(unknown.protocol(), None);
    assert_eq!(unknown.to_string(), "P028 N02 - IETS ANDERS");
}

#[test]
fn crosswalks_agree_both_ways_and_with_the_lists() {
    let set = RuleSet::base();
    let types: Vec<&str> = set.type_codes().collect();
    let mut links = 0;
    for system in CodeSystem::ALL {
        for name in &types {
            for code in set.codes_of_type(name, system) {
                links += 1;
                assert!(
                    set.types_of_code(system, code).contains(name),
                    "{name} {code}"
                );
                let known = match system {
                    CodeSystem::BeMedicalProtocol => {
                        MedicalProtocol::by_number(code.parse().unwrap()).is_some()
                    }
                    _ => system.code(code).is_some(),
                };
                assert!(known, "{name}: {code} is in no list");
            }
        }
        for listed in system.codes() {
            for name in set.types_of_code(system, &listed.code) {
                assert!(
                    set.codes_of_type(name, system)
                        .contains(&listed.code.as_str())
                );
            }
            assert!(!listed.labels_fr.is_empty(), "{}", listed.code);
        }
    }
    assert!(links > 200, "{links}");
}

#[test]
fn a_protocol_leads_to_its_types_or_to_none() {
    let set = RuleSet::base();
    for protocol in MedicalProtocol::all() {
        let code = ProtocolCode::new(protocol.number, Some(5)).unwrap();
        for name in set.types_of_protocol(&code) {
            let back = set.codes_of_type(name, CodeSystem::BeMedicalProtocol);
            assert!(back.contains(&format!("{:03}", protocol.number).as_str()));
        }
    }
    let types = |number| set.types_of_protocol(&ProtocolCode::new(number, None).unwrap());
    // Out of service is the state of a unit, not an incident, and stays without a type.
    assert!(types(96).is_empty());
    assert!(types(28).is_empty());
    assert_eq!(types(9), ["medical.diabetes"]);
}

/// The crosswalk of the rule set against the project's type list, where it is at hand.
#[test]
fn the_rule_set_says_what_the_type_list_says() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/classify/types.csv"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("the type list is absent; skipped");
        return;
    };
    let set = RuleSet::base();
    for line in text.lines().skip(1) {
        let code = line.split(',').nth(1).unwrap();
        // The last three fields are never quoted in the list.
        let mut last = line.rsplit(',');
        let (cisu, emsi, protocols) = (
            last.next().unwrap(),
            last.next().unwrap(),
            last.next().unwrap(),
        );
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let of = |system| set.codes_of_type(code, system);
        assert_eq!(of(CodeSystem::Emsi), words(emsi), "{code}");
        assert_eq!(
            of(CodeSystem::BeMedicalProtocol),
            words(protocols),
            "{code}"
        );
        let mut all = Vec::new();
        for system in [
            CodeSystem::CisuNature,
            CodeSystem::CisuMotive,
            CodeSystem::CisuRisk,
        ] {
            all.extend(of(system));
        }
        all.sort_unstable();
        let mut wanted = words(cisu);
        wanted.sort_unstable();
        assert_eq!(all, wanted, "{code}");
    }
}
