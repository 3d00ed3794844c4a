//! The planner against a scan that takes every decision the slow way.
#![expect(
    clippy::expect_used,
    reason = "a test stops where its own numbers are wrong"
)]

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use kabat_compliance::{
    Camera, CameraFacts, Compliance, Controller, ErasurePlanner, Hold, ParkCamera, Recording,
    SignedTally, SpecialRiskPlace, Stated, StorageWindow,
};
use kabat_core::CameraId;
use proptest::prelude::*;

fn park() -> Vec<ParkCamera> {
    let camera = |controller, place, anpr| ParkCamera {
        id: CameraId::nil(),
        facts: CameraFacts {
            controller,
            camera: Camera::Fixed,
            special_risk_place: place,
            anpr_database: anpr,
        },
    };
    vec![
        camera(Controller::PrivateCompany, Stated::Nothing, false),
        camera(
            Controller::Municipality,
            Stated::Is(SpecialRiskPlace::Airport),
            false,
        ),
        camera(Controller::PoliceLocal, Stated::Unsaid, false),
        camera(Controller::PoliceFederal, Stated::Unsaid, true),
        camera(Controller::RescueZone, Stated::Nothing, false),
        camera(Controller::PrivateCompany, Stated::Unsaid, false),
    ]
}

fn as_of() -> DateTime<Utc> {
    "2026-03-30T00:30:00Z".parse().expect("an instant")
}

fn recordings() -> impl Strategy<Value = Vec<Recording>> {
    let review = "2026-03-01".parse().expect("a day");
    // Minutes before the plan: around one month, three and twelve, and far away.
    let age = prop_oneof![
        0_i64..6_000_000,
        40_000_i64..45_000,
        128_000_i64..133_000,
        524_000_i64..528_000
    ];
    let hold = prop_oneof![4 => Just(None), 1 => Just(Some(Hold::Legal)), 1 => Just(Some(Hold::Evidence { review_on: review }))];
    prop::collection::vec((0_u32..8, age, hold, 1_u64..5), 0..200).prop_map(|list| {
        let mut id = 0;
        list.into_iter()
            .map(|(camera, minutes, hold, step)| {
                id += step;
                Recording {
                    id,
                    camera,
                    recorded_at: as_of() - TimeDelta::minutes(minutes),
                    hold,
                }
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn a_plan_is_the_scan(recordings in recordings(), cut in 0_usize..200) {
        let law = Compliance::belgium();
        let park = park();
        let mut expected = BTreeSet::new();
        for recording in &recordings {
            let Some(camera) = park.get(recording.camera as usize) else { continue };
            let window = StorageWindow {
                erase_by: law.retention(&camera.facts, &recording.recorded_at).erase_by().map(|at| at.with_timezone(&Utc)),
                hold: recording.hold,
                keep_until: None,
            };
            if window.is_due(as_of()) {
                expected.insert(recording.id);
            }
        }

        let mut due = Vec::new();
        let mut planner = ErasurePlanner::new(&law, &park, as_of());
        planner.advance(&recordings, &mut due).expect("rising");
        let ids: BTreeSet<u64> = due.iter().map(|planned| planned.id).collect();
        prop_assert_eq!(&ids, &expected);
        prop_assert_eq!(due.len(), expected.len());
        let whole = planner.finish();

        let tally = &whole.tally;
        let sum = tally.due.values().sum::<u64>() + tally.running.values().sum::<u64>() + tally.held_by_order + tally.held_as_evidence
            + tally.undetermined.values().sum::<u64>() + tally.unknown_camera;
        prop_assert_eq!(sum, tally.seen);
        prop_assert_eq!(tally.seen, recordings.len() as u64);
        prop_assert_eq!(tally.due.values().sum::<u64>(), expected.len() as u64);

        // Interrupted somewhere, taken up again, and one batch given twice.
        let (first, second) = recordings.split_at(cut.min(recordings.len()));
        let mut again = Vec::new();
        let mut planner = ErasurePlanner::new(&law, &park, as_of());
        planner.advance(first, &mut again).expect("rising");
        planner.advance(first, &mut again).expect("rising");
        let mut planner = ErasurePlanner::resume(&law, &park, planner.finish());
        planner.advance(&recordings, &mut again).expect("rising");
        planner.advance(second, &mut again).expect("rising");
        prop_assert_eq!(planner.finish(), whole);
        prop_assert_eq!(again, due);
    }

    #[test]
    fn a_hold_never_shortens_storage(keep in any::<Option<u32>>(), erase in any::<Option<u32>>(), legal in any::<bool>(), other in any::<Option<u32>>()) {
        let at = |seconds: u32| DateTime::from_timestamp(i64::from(seconds), 0).expect("an instant");
        let window = StorageWindow { keep_until: keep.map(at), erase_by: erase.map(at), hold: None };
        let hold = if legal { Hold::Legal } else { Hold::Evidence { review_on: "2020-01-01".parse().expect("a day") } };
        let held = window.and(StorageWindow { hold: Some(hold), ..StorageWindow::default() });
        for seconds in [0, 1, 1 << 31, u32::MAX] {
            prop_assert!(!held.is_due(at(seconds)));
        }
        // A further minimum never brings the end forward, a further maximum never moves it back beyond the minimum.
        let more = window.and(StorageWindow { keep_until: other.map(at), ..StorageWindow::default() });
        prop_assert!(more.erase_from().is_none() || more.erase_from() >= window.erase_from());
        prop_assert_eq!(window.and(more), more.and(window));
    }
}

#[test]
fn disorder_is_named_and_a_changed_tally_shows() {
    let law = Compliance::belgium();
    let park = park();
    let mut planner = ErasurePlanner::new(&law, &park, as_of());
    let recording = |id| Recording {
        id,
        camera: 0,
        recorded_at: as_of(),
        hold: None,
    };
    let mut due = Vec::new();
    let error = planner
        .advance(&[recording(5), recording(4)], &mut due)
        .expect_err("not rising");
    assert_eq!(
        error.to_string(),
        "recording `4` comes after recording `5`; recordings are given in rising order"
    );
    let mut signed = SignedTally::new(planner.finish(), "officer-3", as_of());
    assert!(signed.is_unchanged());
    signed.progress.tally.held_by_order += 1;
    assert!(!signed.is_unchanged());
}

#[test]
fn the_coming_hours_are_counted() {
    // 28 February 10:00 plus one month: 28 March 10:00; seen 90 minutes before, it is due in the hour after next.
    let law = Compliance::belgium();
    let park = park();
    let now: DateTime<Utc> = "2026-03-28T07:30:00Z".parse().expect("an instant");
    let mut planner = ErasurePlanner::new(&law, &park, now);
    let recorded_at = "2026-02-28T09:00:00Z".parse().expect("an instant");
    planner
        .advance(
            &[Recording {
                id: 1,
                camera: 0,
                recorded_at,
                hold: None,
            }],
            &mut Vec::new(),
        )
        .expect("rising");
    assert_eq!(
        planner
            .progress()
            .tally
            .due_in_hour
            .iter()
            .position(|count| *count == 1),
        Some(1)
    );
}

/// The expected hash was made with `sha256sum` over the written form.
#[test]
fn the_hash_of_a_tally_is_over_its_written_form() {
    let at = |millis| chrono::DateTime::from_timestamp_millis(millis).unwrap();
    let progress = kabat_compliance::PlanProgress {
        as_of: at(1_795_132_800_000),
        release: "2026.11.0".into(),
        last_id: Some(7),
        tally: kabat_compliance::Tally {
            seen: 3,
            due: [(kabat_compliance::RuleId::CamRet1m, 2)].into(),
            running: [(kabat_compliance::RuleId::PolRet12m, 1)].into(),
            undetermined: [("a=1\nb=2".into(), 4)].into(),
            due_in_hour: vec![5],
            ..Default::default()
        },
    };
    let signed = SignedTally::new(progress, "officer-3", at(1_795_132_801_500));
    assert_eq!(
        signed.sha256,
        "ebe14dd8bfa329de6225d2fbc5575262032ae0ea05a70e790ccba286eb772bd0"
    );
}
