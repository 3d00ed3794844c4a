//! Plates, alternatives, hit lists and passages against plain ways to work out the same.
#![expect(
    clippy::expect_used,
    reason = "a test stops at the first wrong constant"
)]

use kabat_core::chrono::{DateTime, TimeDelta, Utc};
use kabat_core::{
    CameraId, HitEntry, HitList, HitReason, Passage, PassageMerger, Plate, PlateRead, PseudonymKey,
    TrackId, TrackStage,
};
use proptest::prelude::*;

fn start() -> DateTime<Utc> {
    "2026-03-01T10:00:00Z".parse().expect("a constant")
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9A-Z]{1,10}",
        "[0-9]-[A-Z]{3}-[0-9]{3}",
        "[A-Z]{3}-[0-9]{3}",
        "[01OQDIL258ZSB6G]{7}"
    ]
}

/// The look-alikes once more, as a table of pairs.
fn alike(a: char, b: char) -> bool {
    ["0OQD", "1IL", "2Z", "5S", "6G", "8B"]
        .iter()
        .any(|class| class.contains(a) && class.contains(b))
}

fn distance(a: &str, b: &str) -> Option<usize> {
    (a.len() == b.len()).then_some(())?;
    let mut different = 0;
    for (x, y) in a.chars().zip(b.chars()) {
        if x != y {
            alike(x, y).then_some(())?;
            different += 1;
        }
    }
    Some(different)
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,16}") {
        if let Ok(plate) = text.parse::<Plate>() {
            prop_assert_eq!(plate.reveal().parse::<Plate>(), Ok(plate));
            let _ = (plate.series(), plate.may_be_personalised(), plate.alternatives(2));
        }
    }

    #[test]
    fn the_compact_form_is_the_letters_and_digits(text in text()) {
        let plate: Plate = text.parse().expect("a plate");
        prop_assert_eq!(plate.reveal_compact(), text.replace('-', ""));
    }

    #[test]
    fn order_is_that_of_the_text(a in text(), b in text()) {
        let (a, b): (Plate, Plate) = (a.parse().expect("a plate"), b.parse().expect("a plate"));
        prop_assert_eq!(a.cmp(&b), a.reveal_compact().cmp(&b.reveal_compact()));
        let key = PseudonymKey::new([7; 16]);
        prop_assert_eq!(a == b, a.pseudonym(&key) == b.pseudonym(&key));
    }

    #[test]
    fn alternatives_are_all_the_belgian_shapes_within_reach(text in "[01OI58SB2Z4K]{6,7}") {
        let read: Plate = text.parse().expect("a plate");
        let found = read.alternatives(2);
        // Every text over the small alphabet within two swaps, found by trying each place with each character.
        let alphabet = "0OQD1IL2Z5S6G8B";
        let mut expected = std::collections::BTreeSet::new();
        let mut edge = std::collections::BTreeSet::from([text.clone()]);
        for round in 0..3 {
            for known in &edge {
                let plate: Plate = known.parse().expect("a plate");
                if plate.is_belgian_shaped() {
                    expected.insert(plate);
                }
            }
            if round == 2 {
                break;
            }
            edge = edge
                .iter()
                .flat_map(|known| {
                    let known = known.clone();
                    (0..known.len()).flat_map(move |at| {
                        let known = known.clone();
                        alphabet.chars().filter_map(move |new| {
                            let old = known.chars().nth(at)?;
                            alike(old, new).then(|| {
                                known.chars().enumerate().map(|(i, c)| if i == at { new } else { c }).collect::<String>()
                            })
                        })
                    })
                })
                .collect();
        }
        prop_assert_eq!(found.iter().map(|a| a.plate).collect::<std::collections::BTreeSet<_>>(), expected);
        prop_assert_eq!(found.len(), found.iter().map(|a| a.plate).collect::<std::collections::BTreeSet<_>>().len());
        for pair in found.windows(2) {
            prop_assert!(pair[0].cost() <= pair[1].cost());
        }
        for alternative in &found {
            let apart = distance(&text, &alternative.plate.reveal_compact());
            prop_assert_eq!(apart, Some(alternative.confusions.len()));
        }
    }

    #[test]
    fn a_hit_list_finds_what_a_scan_finds(
        listed in prop::collection::vec(("[01OBI8]{3,5}", 0i64..20, 1i64..20), 0..60),
        reads in prop::collection::vec(("[01OBI8]{3,5}", 0i64..40), 0..60),
    ) {
        let entries: Vec<HitEntry> = listed
            .iter()
            .map(|(text, from, lasts)| HitEntry {
                plate: text.parse().expect("a plate"),
                reason: HitReason::new("test").expect("a code"),
                valid_from: start() + TimeDelta::seconds(*from),
                expires_at: start() + TimeDelta::seconds(from + lasts),
                reference: None,
            })
            .collect();
        let list = HitList::new(entries.clone()).expect("valid entries");
        for (text, at) in reads {
            let now = start() + TimeDelta::seconds(at);
            let read: Plate = text.parse().expect("a plate");
            let scan = |most: usize| -> Vec<usize> {
                (0..entries.len())
                    .filter(|&i| {
                        let (listed, from, lasts) = &listed[i];
                        *from <= at && at < from + lasts && distance(&text, listed).is_some_and(|d| d <= most)
                    })
                    .collect()
            };
            let place = |entry: &HitEntry| list.entries().iter().position(|e| std::ptr::eq(e, entry));
            let mut exact: Vec<_> = list.exact(read, now).filter_map(|hit| place(hit.entry)).collect();
            exact.sort_unstable();
            prop_assert_eq!(exact, scan(0));
            let mut near: Vec<_> = list.near(read, now).filter_map(|hit| place(hit.entry)).collect();
            near.sort_unstable();
            prop_assert_eq!(near, scan(1));
        }
    }

    #[test]
    fn one_passage_for_one_thing(
        order in prop::collection::vec((0u64..4, 0u8..=100), 1..40),
        gaps in prop::collection::vec(1i64..400, 40),
    ) {
        let mut merger = PassageMerger::new(TimeDelta::seconds(60));
        let mut passages: Vec<Passage<PlateRead>> = vec![];
        let mut at = start();
        let mut expected = std::collections::BTreeMap::<u64, (u32, u8)>::new();
        for ((track, confidence), gap) in order.iter().zip(&gaps) {
            // At most 16 s in all, far below the patience.
            at += TimeDelta::milliseconds(*gap);
            let mut read = PlateRead::new(CameraId::nil(), at, "1ABC234".parse().expect("a plate"), *confidence);
            read.track = Some(TrackId(*track));
            read.stage = TrackStage::Update;
            let known = expected.entry(*track).or_default();
            *known = (known.0 + 1, known.1.max(*confidence));
            passages.extend(merger.take(read));
        }
        prop_assert!(passages.is_empty(), "nothing was lost yet");
        passages.extend(merger.flush(at + TimeDelta::seconds(61)));
        prop_assert_eq!(merger.open(), 0);
        let found: std::collections::BTreeMap<u64, (u32, u8)> = passages
            .iter()
            .map(|p| (p.best.track.expect("given").0, (p.messages, p.best.confidence_percent)))
            .collect();
        prop_assert_eq!(found.len(), passages.len());
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_number_used_again_after_the_patience_is_another_thing() {
    let read = |seconds, stage| {
        let at = start() + TimeDelta::seconds(seconds);
        let mut read = PlateRead::new(CameraId::nil(), at, "1ABC234".parse().expect("a plate"), 90);
        (read.track, read.stage) = (Some(TrackId(1)), stage);
        read
    };
    let mut merger = PassageMerger::new(TimeDelta::seconds(10));
    assert!(merger.take(read(0, TrackStage::New)).is_none());
    // Heard again 20 s later, and lost at once: the first passage comes out now, the second with the flush.
    let first = merger
        .take(read(20, TrackStage::Lost))
        .expect("the first ends");
    assert_eq!(first.last_at, start());
    let rest = merger.flush(start() + TimeDelta::seconds(31));
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].last_at, start() + TimeDelta::seconds(20));
}
