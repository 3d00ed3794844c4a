//! Every series in its own spelling and in sloppy ones; foreign and malformed texts refused; look-alikes.
#![expect(
    clippy::expect_used,
    reason = "a test stops at the first wrong constant"
)]

use kabat_core::PlateSeries::{self, *};
use kabat_core::{Plate, PlateError, SeriesCertainty};

/// The issued series that the decrees give a shape, as quoted in `be.yml` of the vehiclesdb project: one plate each, made
/// up, and every series that the same text may belong to.
const SERIES: &[(&str, &[PlateSeries])] = &[
    (
        "1-ABC-234",
        &[Ordinary2010, International2021, Motorcycle2010, Trade2010],
    ),
    (
        "8-ABC-234",
        &[
            Ordinary2010,
            International2021,
            International2010,
            Motorcycle2010,
            Trade2010,
        ],
    ),
    (
        "2-TXA-234",
        &[
            Ordinary2010,
            International2021,
            Taxi2010,
            Motorcycle2010,
            Trade2010,
        ],
    ),
    (
        "2-OAB-234",
        &[
            Ordinary2010,
            International2021,
            Oldtimer2014,
            Motorcycle2010,
            Trade2010,
        ],
    ),
    (
        "2-QAB-234",
        &[
            Ordinary2010,
            International2021,
            Trailer2014,
            Motorcycle2010,
            Trade2010,
        ],
    ),
    ("Q-ABC-234", &[Trailer2021]),
    ("T-XAB-234", &[Taxi2021]),
    ("T-LAB-234", &[HireWithDriver2021]),
    ("O-ABC-234", &[Oldtimer2021]),
    ("O-MAB-234", &[Oldtimer2021]),
    ("M-ABC-234", &[Motorcycle2021]),
    ("S-AAB-234", &[MopedA2014]),
    ("S-BAB-234", &[MopedB2014]),
    ("S-PAB-234", &[SpeedPedelec2021]),
    ("S-UAB-234", &[LightQuadricycle2021]),
    ("G-LAB-234", &[Agricultural2020]),
    ("Y-ABC-234", &[TradeTest2021]),
    ("Z-ABC-234", &[TradeDealer2021]),
    ("V-ABC-234", &[TradeProfessional2021]),
    ("UA-26-ABC", &[National2021]),
    ("WA-26-ABC", &[TemporaryStay2021]),
    ("WM-26-ABC", &[TemporaryStay2021]),
    ("XA-26-ABC", &[Export2021]),
    ("XQ-26-ABC", &[Export2021]),
    ("CD-AB-234", &[Diplomatic2010]),
    ("7", &[Court2001]),
    ("23", &[Court2001]),
    ("234", &[Court2001]),
    ("A-2", &[FederalAuthority2001]),
    ("A-234", &[FederalAuthority2001]),
    ("E-23", &[CommunityAuthority2001]),
    ("P-234", &[Parliament2001]),
    ("1-234567", &[Temporary2010]),
    ("ABC-234", &[Ordinary2001]),
    ("UAB-234", &[Ordinary2001, Trailer2001]),
    ("QAB-234", &[Ordinary2001, Trailer2001]),
    ("MAB-234", &[Ordinary2001, Motorcycle2001]),
    ("WAB-234", &[Ordinary2001, Motorcycle2001]),
    ("OAB-234", &[Ordinary2001, Oldtimer2001]),
    // One letter after CD: the diplomatic plate of 2001, which an ordinary plate with the letters CDA equals.
    ("CD-A-234", &[Ordinary2001, Diplomatic2001]),
];

/// Shapes allowed by the decrees but not known to be issued (any more).
const STATUTORY: &[(&str, &[PlateSeries])] = &[
    ("1-234-ABC", &[Ordinary2010, Trade2010]),
    ("ABC-234-1", &[Ordinary2010]),
    ("234-ABC-1", &[Ordinary2010]),
    ("K-2345", &[Ordinary2001]),
    ("KA-234", &[Ordinary2001]),
];

fn plate(text: &str) -> Plate {
    text.parse().expect("a plate")
}

fn issued(plate: Plate) -> Vec<PlateSeries> {
    let mut found: Vec<_> = (plate.series().into_iter())
        .filter(|candidate| candidate.certainty == SeriesCertainty::Issued)
        .map(|candidate| candidate.series)
        .collect();
    found.sort();
    found
}

fn sorted(series: &[PlateSeries]) -> Vec<PlateSeries> {
    let mut series = series.to_vec();
    series.sort();
    series
}

#[test]
fn every_series_in_its_own_and_in_sloppy_spellings() {
    for (text, series) in SERIES {
        assert_eq!(issued(plate(text)), sorted(series), "{text}");
        let sloppy = [
            text.replace('-', ""),
            text.replace('-', " . ").to_lowercase(),
            format!("  {}·", text.replace('-', "\u{2011}")),
        ];
        for spelling in sloppy {
            assert_eq!(plate(&spelling), plate(text), "{spelling}");
        }
    }
    let named: std::collections::BTreeSet<_> = SERIES.iter().flat_map(|(_, s)| s.iter()).collect();
    assert_eq!(
        named.len(),
        PlateSeries::ALL.len(),
        "every series has a row in this table"
    );
}

#[test]
fn statutory_shapes_are_told_apart_from_issued_ones() {
    for (text, series) in STATUTORY {
        let found = plate(text).series();
        assert!(
            found
                .iter()
                .all(|c| c.certainty == SeriesCertainty::Statutory),
            "{text}"
        );
        let mut found: Vec<_> = found.into_iter().map(|c| c.series).collect();
        found.sort();
        assert_eq!(found, sorted(series), "{text}");
    }
}

#[test]
fn a_reader_that_takes_look_alikes_for_one_another_is_forgiven() {
    // What was read, what was meant.
    for (read, meant) in [
        ("I-ABC-234", "1-ABC-234"),
        ("1-A8C-234", "1-ABC-234"),
        ("1-ABC-Z34", "1-ABC-234"),
        ("1-ABC-23O", "1-ABC-230"),
        ("1-5BC-234", "1-SBC-234"),
        ("0-ABC-234", "0-ABC-234"),
        ("Q-A8C-234", "Q-ABC-234"),
        ("CD-A8-234", "CD-AB-234"),
        ("UA-Z6-ABC", "UA-26-ABC"),
        ("1-0AB-Z34", "1-OAB-234"),
        ("A-2I", "A-21"),
        ("ABC-2B4", "ABC-284"),
    ] {
        let alternatives = plate(read).alternatives(2);
        assert!(
            alternatives.iter().any(|found| found.plate == plate(meant)),
            "{read} for {meant}: {:?}",
            alternatives
                .iter()
                .map(|a| a.plate.reveal())
                .collect::<Vec<_>>()
        );
        if plate(read).is_belgian_shaped() {
            assert_eq!(
                alternatives[0].plate,
                plate(read),
                "what was read comes first"
            );
            assert_eq!(alternatives[0].cost(), 0);
        }
    }
}

/// Shapes of other countries and of no country: `9` a digit, `K` a letter that begins no Belgian series.
const NOT_BELGIAN: &[&str] = &[
    // Netherlands
    "99-KK-KK",
    "KK-99-KK",
    "KK-KK-99",
    "99-KKK-9",
    "9-KKK-99",
    "KK-999-K",
    "K-999-KK",
    "99-99-KK",
    // France, Italy; Germany; Luxembourg
    "KK-999-KK",
    "KK-KK 999",
    "KK-K 9",
    "KKK-K 9999",
    "KK 9999",
    // United Kingdom, Ireland
    "KK99 KKK",
    "K999 KKK",
    "99-K-99999",
    "999-K-9999",
    // Poland, Denmark, Norway; Switzerland; Austria
    "KK 99999",
    "KK 999999",
    "K-99999K",
    "KK-999K",
    // Czechia, Sweden, Portugal, Hungary, Romania, Croatia, Slovenia, Slovakia
    "9K9 9999",
    "KKK 99K",
    "KK-99-KK",
    "KKKK-999",
    "KK 99 KKK",
    "KK 9999-KK",
    "KK-999KK",
    // Malformed Belgian ones
    "9-KK-999",
    "9-KKKK-99",
    "9-KKK-9999",
    "99-KKK-999",
    "9-KKK-99",
    "KKK-99",
    "KKKK-99",
    "99-KKK",
    "999-KKKK",
    "K-99",
    "K-999",
    "K",
    "KK",
    "KKK",
    "9999",
    "99999",
    "999999",
    "99999999",
    "9K",
    "9-K-9",
    "9-9KK-999",
    "9-KK9-999",
    "9-K9K-999",
    "KK-KK-KK-KK",
];

#[test]
fn foreign_and_malformed_texts_have_no_belgian_shape() {
    // H, J, K, N and R begin no Belgian series; look-alikes are left out so that nothing else could be meant.
    let letters = ["K", "H", "J", "N", "R"];
    let digits = ["3", "4", "7", "9", "3"];
    let mut tried = std::collections::BTreeSet::new();
    for shape in NOT_BELGIAN {
        for (letter, digit) in letters.iter().zip(digits) {
            let text = shape.replace('9', digit).replace('K', letter);
            let read = plate(&text);
            assert!(!read.is_belgian_shaped(), "{text}");
            assert!(read.series().is_empty(), "{text}");
            assert!(read.alternatives(2).is_empty(), "{text}");
            tried.insert(read.reveal_compact());
        }
    }
    for text in [
        "S-CAB-234",
        "G-AAB-234",
        "T-AAB-234",
        "CD-1234",
        "C-DABC-234",
        "B-234",
        "W1-26-ABC",
        "CD-ABC-234",
        "A-23456",
        "E-12345",
        "UA-260-AB",
        "X-26-ABC",
        "CDA-B23",
        "1-ABC-D34",
    ] {
        assert!(!plate(text).is_belgian_shaped(), "{text}");
        tried.insert(plate(text).reveal_compact());
    }
    assert!(tried.len() >= 200, "{} negatives", tried.len());
}

#[test]
fn texts_that_are_no_plate_are_errors_with_their_place() {
    assert_eq!(Plate::new(" -. "), Err(PlateError::Empty));
    assert_eq!(Plate::new("1-ABC-234-5678"), Err(PlateError::TooLong));
    assert_eq!(
        Plate::new("1-AB/234"),
        Err(PlateError::Character {
            character: "/".into(),
            at: 4
        })
    );
    assert_eq!(
        Plate::new("1-АВС-234").map_err(|error| error.to_string()),
        Err(
            "plate has the character `\\u{410}` at byte 2, which is neither Latin letter nor digit"
                .into()
        )
    );
    // Letters with marks are read as the letter, as on German and Scandinavian plates.
    assert_eq!(plate("MÜ-K 34"), plate("MUK34"));
}

#[test]
fn personalised_plates_are_for_recall_only() {
    for good in ["KABAT", "K-1", "MY-CAR-1", "12-KABAT", "ABCDEFGH"] {
        assert!(plate(good).may_be_personalised(), "{good}");
    }
    // Article 4 of the Ministerial Decree and the registration office's list of reserved shapes.
    for bad in [
        "123456",
        "ABCDEFGHI",
        "KABAT-123",
        "CD-1",
        "TX-1",
        "TL-ABC",
        "WA-26-ABC",
        "ABC-26-WA",
        "Z-ABC-123",
        "UA-26-ABC",
        "ABC-1234",
        "ABCD-123",
        "123-ABCD",
        "1234-ABC",
        "B-123-A",
        "A1B2C3",
    ] {
        assert!(!plate(bad).may_be_personalised(), "{bad}");
    }
}

#[test]
fn nothing_prints_a_plate_in_clear_unless_asked() {
    let read = plate("1-ABC-234");
    for text in [
        format!("{read}"),
        format!("{read:?}"),
        format!("{:?}", Some(read)),
    ] {
        for part in ["1", "ABC", "234", "A", "2"] {
            assert!(!text.contains(part), "{text}");
        }
    }
    assert_eq!(read.reveal(), "1-ABC-234");
    assert_eq!(plate("AB123CD").to_string(), "*******");
}

#[test]
fn validity_follows_the_dates_of_the_decrees() {
    let day = |text: &str| text.parse().expect("a date");
    let candidates = plate("8-ABC-234").series();
    let on = |date: &str| -> Vec<PlateSeries> {
        let mut found: Vec<_> = (candidates.iter())
            .filter(|c| c.was_issued_on(day(date)))
            .map(|c| c.series)
            .collect();
        found.sort();
        found
    };
    assert_eq!(on("2010-11-14"), []);
    assert_eq!(
        on("2010-11-15"),
        sorted(&[Ordinary2010, International2010, Motorcycle2010, Trade2010])
    );
    assert_eq!(on("2021-01-01"), sorted(&[Ordinary2010, International2021]));
}
