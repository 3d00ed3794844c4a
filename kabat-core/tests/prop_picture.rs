//! The shared picture does not depend on the order of messages, nor on how often they come.
#![expect(
    clippy::expect_used,
    reason = "a test stops at the first wrong constant"
)]

use kabat_core::chrono::{DateTime, TimeDelta, Utc};
use kabat_core::{
    Change, Delta, IncidentDescription, IncidentId, IncidentStatus, Position, Priority, ResourceId,
    ResourceStatus, ResourceWork, Snapshot, Stamp,
};
use proptest::prelude::*;

fn start() -> DateTime<Utc> {
    "2026-03-01T10:00:00Z".parse().expect("a constant")
}

fn incident(n: u8) -> IncidentId {
    IncidentId::v7(u64::from(n), [n; 10])
}

fn stamp() -> impl Strategy<Value = Stamp> {
    // Few values, so that equal stamps with different content happen too.
    (0i64..12, 0u32..2, 0u64..2).prop_map(|(s, origin, sequence)| {
        Stamp::new(start() + TimeDelta::seconds(s), origin, sequence)
    })
}

fn status() -> impl Strategy<Value = IncidentStatus> {
    prop::sample::select(IncidentStatus::ALL.to_vec())
}

fn position() -> impl Strategy<Value = Option<Position>> {
    prop::option::of(
        (50u8..52, 3u8..6).prop_map(|(lat, lon)| {
            Position::from_degrees(lat.into(), lon.into()).expect("in range")
        }),
    )
}

fn change() -> impl Strategy<Value = Change> {
    let resource = || (0u8..4).prop_map(|n| ResourceId::v7(u64::from(n), [n; 10]));
    let work = prop::sample::select(vec![
        ResourceStatus::Available,
        ResourceStatus::UnderWay,
        ResourceStatus::OnScene,
    ])
    .prop_map(|status| ResourceWork {
        status,
        incident: None,
    });
    let description = prop::option::of(1u8..=4).prop_map(|rank| IncidentDescription {
        incident_type: None,
        priority: rank.and_then(|rank| Priority::try_from(rank).ok()),
    });
    prop_oneof![
        1 => (resource(), position()).prop_map(|(resource, position)| Change::ResourceMoved { resource, position }),
        1 => (resource(), work).prop_map(|(resource, work)| Change::ResourceStatusSet { resource, work }),
        1 => (0u8..4, position())
            .prop_map(|(n, position)| Change::IncidentLocated { incident: incident(n), position }),
        1 => (0u8..4, description)
            .prop_map(|(n, description)| Change::IncidentDescribed { incident: incident(n), description }),
        3 => (0u8..4, status())
            .prop_map(|(n, status)| Change::IncidentStatusSet { incident: incident(n), status }),
    ]
}

fn delta() -> impl Strategy<Value = Delta> {
    (stamp(), change()).prop_map(|(stamp, change)| Delta { stamp, change })
}

fn picture<'a>(deltas: impl IntoIterator<Item = &'a Delta>) -> Snapshot {
    let mut snapshot = Snapshot::new();
    for delta in deltas {
        snapshot.apply(delta);
    }
    snapshot
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_give_the_same_picture(
        (deltas, shuffled) in prop::collection::vec(delta(), 0..60)
            .prop_flat_map(|deltas| (Just(deltas.clone()), Just(deltas).prop_shuffle())),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
    ) {
        let once = picture(&deltas);
        let repeated = again.iter().filter(|_| !shuffled.is_empty()).map(|index| index.get(&shuffled));
        prop_assert_eq!(&picture(shuffled.iter().chain(repeated)), &once);
        for delta in &deltas {
            prop_assert!(!once.clone().apply(delta), "what is known changes nothing");
        }
    }

    #[test]
    fn merging_is_commutative_associative_idempotent_and_the_same_as_applying(
        a in prop::collection::vec(delta(), 0..30),
        b in prop::collection::vec(delta(), 0..30),
        c in prop::collection::vec(delta(), 0..30),
    ) {
        let (pa, pb, pc) = (picture(&a), picture(&b), picture(&c));
        let merged = |x: &Snapshot, y: &Snapshot| {
            let mut x = x.clone();
            x.merge(y);
            x
        };
        prop_assert_eq!(merged(&pa, &pb), merged(&pb, &pa));
        prop_assert_eq!(merged(&merged(&pa, &pb), &pc), merged(&pa, &merged(&pb, &pc)));
        prop_assert_eq!(&merged(&pa, &pa), &pa);
        prop_assert_eq!(merged(&pa, &pb), picture(a.iter().chain(&b)));
    }

    #[test]
    fn what_ended_stays_ended(deltas in prop::collection::vec(delta(), 0..60)) {
        let mut snapshot = Snapshot::new();
        let mut ended = std::collections::BTreeSet::new();
        for delta in &deltas {
            snapshot.apply(delta);
            if let Change::IncidentStatusSet { incident, status } = delta.change
                && status.is_ended()
            {
                ended.insert(incident);
            }
            for (open, _) in snapshot.open_incidents() {
                prop_assert!(!ended.contains(&open));
            }
        }
    }

    #[test]
    fn compaction_is_bounded_and_brings_nothing_back(
        ends in prop::collection::vec((0i64..100, 1i64..50, prop::bool::ANY), 0..40),
        most in 0usize..20,
    ) {
        // Every incident: received, located, and perhaps ended, in this order of time as its own centre sends them.
        let deltas: Vec<Delta> = (0u8..)
            .zip(&ends)
            .flat_map(|(n, &(from, lasts, ends))| {
                let at = |s| Stamp::new(start() + TimeDelta::seconds(s), 0, 0);
                let status = |s, status| Delta {
                    stamp: at(s),
                    change: Change::IncidentStatusSet { incident: incident(n), status },
                };
                let mut deltas = vec![status(from, IncidentStatus::Received)];
                if ends {
                    deltas.push(status(from + lasts, IncidentStatus::Closed));
                }
                deltas
            })
            .collect();
        let full = picture(&deltas);
        let mut compact = full.clone();
        compact.keep_ended(most);
        let kept = compact.incidents().values().filter(|known| !known.is_open()).count();
        prop_assert!(kept <= most);
        let open = |snapshot: &Snapshot| snapshot.open_incidents().map(|(id, _)| id).collect::<Vec<_>>();
        prop_assert_eq!(open(&compact), open(&full));
        for delta in &deltas {
            compact.apply(delta);
        }
        prop_assert_eq!(open(&compact), open(&full));
        prop_assert!(compact.incidents().values().filter(|known| !known.is_open()).count() <= most);
        compact.merge(&full);
        prop_assert_eq!(open(&compact), open(&full));
    }
}

#[cfg(feature = "serde")]
proptest! {
    #[test]
    fn json_round_trip(deltas in prop::collection::vec(delta(), 0..40)) {
        let snapshot = picture(&deltas);
        let json = serde_json::to_string(&snapshot).expect("a snapshot has a JSON form");
        prop_assert_eq!(serde_json::from_str::<Snapshot>(&json).expect("it reads back"), snapshot);
        for delta in deltas {
            let json = serde_json::to_string(&delta).expect("a delta has a JSON form");
            prop_assert_eq!(serde_json::from_str::<Delta>(&json).expect("it reads back"), delta);
        }
    }
}
