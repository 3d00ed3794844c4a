//! A storm of calls, and the search among open incidents against a plain scan.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test stops at the first wrong constant, and its numbers are small"
)]

use kabat_core::chrono::{DateTime, TimeDelta, Utc};
use kabat_core::{
    CallClusters, CallId, CorrelationIndex, CorrelationPolicy, CorrelationReason, IncidentId,
    IncidentType, OpenIncident, Position, Report, ResourceId,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn start() -> DateTime<Utc> {
    "2026-07-14T18:00:00Z".parse().expect("a constant")
}

/// Small generator with a fixed seed (Numerical Recipes, ranqd1 with 64 bits of Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).expect("32 bits")) / f64::from(u32::MAX)
    }

    fn pick(&mut self, n: usize) -> usize {
        (0..n)
            .find(|i| self.unit() < 1.0 / f64::from(u32::try_from(n - i).expect("small")))
            .unwrap_or(n - 1)
    }

    /// About normal with deviation 1: twelve throws less six.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// A place so many metres east and north of another; exact enough for hundreds of metres in Belgium.
fn shifted(from: (f64, f64), east_m: f64, north_m: f64) -> Position {
    let lat = from.0 + north_m / 111_200.0;
    let lon = from.1 + east_m / (111_300.0 * from.0.to_radians().cos());
    Position::from_degrees(lat, lon).expect("in range")
}

struct Storm {
    /// Each call with the event that it is about.
    calls: Vec<(usize, CallId, Report)>,
}

impl Storm {
    /// Events on a grid of so many kilometres over Belgium; callers are about 80 m off.
    fn new(events: usize, calls: usize, spacing_km: f64, seed: u64) -> Self {
        let mut dice = Dice(seed);
        let types = [
            "fire.building",
            "rescue.tree",
            "rescue.flooding",
            "medical.fall",
        ]
        .map(|code| IncidentType::new(code).expect("a code"));
        let mut places: Vec<(f64, f64)> = vec![];
        for row in 0..7 {
            for column in 0..7 {
                let (east, north) = (f64::from(column) * spacing_km, f64::from(row) * spacing_km);
                let position = shifted((50.6, 4.0), east * 1000.0, north * 1000.0);
                places.push((
                    position.latitude().degrees(),
                    position.longitude().degrees(),
                ));
            }
        }
        let calls = (0..calls)
            .map(|n| {
                let event = n % events;
                let place = shifted(places[event], dice.normal() * 80.0, dice.normal() * 80.0);
                let late = TimeDelta::milliseconds((dice.unit() * 1_200_000.0).round() as i64);
                let mut report = Report::new(start() + late, place);
                // A third of the callers say nothing that makes a type.
                if dice.unit() > 0.33 {
                    report = report.of_type(types[event % types.len()].clone());
                }
                let number = u8::try_from(n % 251).expect("small");
                (event, CallId::v7(n as u64, [number; 10]), report)
            })
            .collect::<Vec<_>>();
        let mut storm = Self { calls };
        storm.calls.sort_by_key(|(_, _, report)| report.at);
        storm
    }

    fn sorted_into(&self, policy: CorrelationPolicy) -> CallClusters {
        let mut clusters = CallClusters::new(policy);
        for (_, call, report) in &self.calls {
            clusters.add(*call, report.clone());
        }
        clusters
    }
}

#[test]
fn a_storm_of_2000_calls_about_40_events() {
    let storm = Storm::new(40, 2000, 4.0, 7);
    let clusters = storm.sorted_into(CorrelationPolicy::calls());
    let event_of: BTreeMap<CallId, usize> = storm
        .calls
        .iter()
        .map(|(event, call, _)| (*call, *event))
        .collect();
    let (mut together, mut right, mut due) = (0u64, 0u64, 0u64);
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    for members in clusters.clusters() {
        let mut counts = BTreeMap::<usize, u64>::new();
        for call in members {
            *counts.entry(event_of[&call]).or_default() += 1;
        }
        together += pairs(counts.values().sum());
        right += counts.values().map(|&n| pairs(n)).sum::<u64>();
        assert_eq!(
            counts.len(),
            1,
            "a cluster never joins two events: they are 4 km apart"
        );
    }
    for event in 0..40 {
        due += pairs(event_of.values().filter(|&&e| e == event).count() as u64);
    }
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let (precision, recall) = (right as f64 / together as f64, right as f64 / due as f64);
    println!(
        "{} clusters, pair precision {precision:.4}, pair recall {recall:.4}",
        clusters.len()
    );
    assert!(recall > 0.95, "recall {recall}");
    assert!(clusters.len() >= 40 && clusters.len() <= 60);
}

#[test]
fn even_where_events_lie_close_no_two_calls_of_a_cluster_are_beyond_the_limits() {
    let policy = CorrelationPolicy::calls();
    let storm = Storm::new(49, 2000, 0.35, 11);
    let clusters = storm.sorted_into(policy);
    let report_of: BTreeMap<CallId, &Report> = storm
        .calls
        .iter()
        .map(|(_, call, report)| (*call, report))
        .collect();
    for members in clusters.clusters() {
        let reports: Vec<_> = members.map(|call| report_of[&call]).collect();
        for a in &reports {
            for b in &reports {
                assert!(a.position.chord_to(b.position) <= policy.max_distance_m);
                assert!((a.at - b.at).num_seconds().abs() <= 1800);
            }
        }
    }
}

#[test]
fn a_radio_emergency_belongs_to_the_incident_for_which_the_crew_works() {
    let crew = ResourceId::v7(1, [1; 10]);
    let incident = |n: u8, lat, resources: Vec<ResourceId>| OpenIncident {
        id: IncidentId::v7(u64::from(n), [n; 10]),
        last_at: start(),
        position: Position::from_degrees(lat, 4.4).expect("in range"),
        radius_m: None,
        incident_type: None,
        resources,
    };
    let mut index = CorrelationIndex::new(CorrelationPolicy::radio_emergencies());
    index.insert(incident(1, 50.8500, vec![]));
    // Its crew is 40 km away by now, with a patient on board.
    index.insert(incident(2, 51.2000, vec![crew]));
    let alert = Report::new(
        start(),
        Position::from_degrees(50.8501, 4.4).expect("in range"),
    );
    let found = index.candidates(&alert.clone().from_resource(crew));
    assert_eq!(found[0].incident, IncidentId::v7(2, [2; 10]));
    assert_eq!(
        found[0].reasons,
        [CorrelationReason::Assigned { resource: crew }]
    );
    assert_eq!(found.len(), 2);
    // From a radio of nobody, the near one is all there is.
    let found = index.candidates(&alert);
    assert_eq!(found.len(), 1);
    assert!(found[0].likely);
    index.remove(IncidentId::v7(1, [1; 10]));
    assert!(index.candidates(&alert).is_empty());
}

proptest! {
    #[test]
    fn the_grid_finds_what_a_scan_finds(
        seed in any::<u64>(),
        removed in prop::collection::btree_set(0usize..200, 0..60),
        limit_m in 50.0f64..3000.0,
    ) {
        let mut dice = Dice(seed);
        let policy = CorrelationPolicy {
            max_distance_m: kabat_core::Meters::new(limit_m).expect("positive"),
            ..CorrelationPolicy::calls()
        };
        let mut index = CorrelationIndex::new(policy);
        let mut all = vec![];
        for n in 0u8..200 {
            // Some near the antimeridian and the pole, where plain grids over degrees break.
            let around = [(50.8, 4.4), (0.0, 179.9999), (89.9999, 0.0)][dice.pick(3)];
            let lat = (around.0 + dice.normal() * 0.01).clamp(-90.0, 90.0);
            let lon = around.1 + dice.normal() * 0.01;
            let lon = if lon > 180.0 { lon - 360.0 } else { lon };
            all.push(OpenIncident {
                id: IncidentId::v7(u64::from(n), [n; 10]),
                last_at: start() + TimeDelta::seconds((dice.unit() * 4000.0).round() as i64),
                position: Position::from_degrees(lat, lon).expect("in range"),
                radius_m: None,
                incident_type: None,
                resources: vec![],
            });
        }
        for incident in &all {
            index.insert(incident.clone());
        }
        for &n in &removed {
            prop_assert_eq!(index.remove(all[n].id), Some(all[n].clone()));
        }
        prop_assert_eq!(index.len(), 200 - removed.len());
        for probe in all.iter().take(30) {
            let report = Report::new(start() + TimeDelta::seconds(2000), probe.position);
            let mut found: Vec<_> = index.candidates(&report).into_iter().map(|c| c.incident).collect();
            found.sort();
            let expected: Vec<_> = (0..all.len())
                .filter(|n| !removed.contains(n))
                .map(|n| &all[n])
                .filter(|i| i.position.chord_to(probe.position).get() <= limit_m)
                .filter(|i| (i.last_at - report.at).num_seconds().abs() <= 1800)
                .map(|i| i.id)
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
