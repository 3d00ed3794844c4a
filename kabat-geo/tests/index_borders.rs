//! The unit index where a limit, a number or a measure of it turns.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kabat_core::{CapabilitySet, Meters, Position, ResourceStatus};
use kabat_geo::{IndexHealth, Request, Scratch, Unit, UnitIndex, UnitWriter, geodesic};

mod random;
use random::Random;

fn at(lat: f64, lon: f64) -> Position {
    Position::from_degrees(lat, lon).unwrap()
}

fn unit(n: u64, position: Position) -> Unit {
    Unit {
        id: Random::id(n),
        position,
        capabilities: CapabilitySet::EMPTY,
        status: ResourceStatus::Available,
    }
}

#[test]
fn lengths_on_the_ellipsoid_are_those_of_its_axes() {
    // WGS84: a degree of the equator is a * pi / 180, and a quarter of a meridian 10,001,965.729 m (EPSG 7030).
    let degree = geodesic(at(0.0, 0.0), at(0.0, 1.0)).get();
    assert!((degree - 6_378_137.0 * std::f64::consts::PI / 180.0).abs() < 1e-6);
    let quarter = geodesic(at(0.0, 4.0), at(90.0, 4.0)).get();
    assert!((quarter - 10_001_965.729).abs() < 1e-3);
    assert_eq!(geodesic(at(50.0, 4.0), at(50.0, 4.0)), Meters::default());
}

#[test]
fn a_chord_is_shorter_than_the_ground_and_the_ground_is_found_from_it() {
    let index = UnitIndex::from_units([unit(1, at(50.9, 4.35))]).unwrap();
    let request = Request::new(at(50.0, 4.35), CapabilitySet::EMPTY);
    let mut scratch = Scratch::default();
    let hit = index.nearest_into(&request, 1, &mut scratch)[0];
    let karney = geodesic(at(50.0, 4.35), at(50.9, 4.35)).get();
    // At 100 km the arc is c^3 / 24 R^2, about a metre, longer than its chord.
    let longer = hit.chord_m.powi(3) / (24.0 * 6_371_000.0_f64.powi(2));
    assert!((karney - hit.chord_m - longer).abs() < 0.01);
    assert!((hit.ground_m() - karney).abs() < 0.01);
}

#[test]
fn a_unit_at_the_limit_is_within_it() {
    for (lat, lon) in [(50.0, 4.351), (50.2, 4.35), (51.5, 6.0), (38.0, 30.0)] {
        let (here, there) = (at(50.0, 4.35), at(lat, lon));
        let index = UnitIndex::from_units([unit(1, there)]).unwrap();
        let metres = geodesic(here, there).get();
        let found = |limit: f64| {
            let request = Request::new(here, CapabilitySet::EMPTY);
            let request = request.within(Meters::new(limit).unwrap());
            index.nearest(&request, 3).len()
        };
        assert_eq!(found(metres), 1, "{metres}");
        assert_eq!(found(metres.next_down()), 0, "{metres}");
    }
}

#[test]
fn units_are_counted_as_they_come_and_go() {
    let mut index = UnitIndex::new();
    assert!(index.is_empty() && UnitIndex::default().is_empty());
    index.upsert(unit(1, at(50.0, 4.0))).unwrap();
    index.upsert(unit(2, at(50.0, 4.0))).unwrap();
    assert!(!index.is_empty() && index.len() == 2);
    index.remove(Random::id(1)).unwrap();
    index.remove(Random::id(2)).unwrap();
    assert!(index.is_empty() && index.health().units == 0);
    let request = Request::new(at(50.0, 4.0), CapabilitySet::EMPTY);
    assert_eq!(index.nearest(&request, 3), []);
}

#[test]
fn the_sequence_of_fixes_begins_anew_with_a_unit() {
    let here = at(50.0, 4.0);
    let mut index = UnitIndex::from_units([unit(1, here)]).unwrap();
    index.move_in_order(Random::id(1), here, 7).unwrap();
    index.upsert(unit(1, here)).unwrap();
    index.move_in_order(Random::id(1), here, 1).unwrap();
    index.remove(Random::id(1)).unwrap();
    index.upsert(unit(1, here)).unwrap();
    index.move_in_order(Random::id(1), here, 0).unwrap();
}

#[test]
fn growth_is_the_half_perimeter_over_that_of_the_build() {
    // Ten units on a square of 0.1 degrees; one goes 0.1 degrees north of it, so the box is twice as high.
    let corners = (0..10).map(|n| {
        let (north, east) = (f64::from(u8::from(n > 4)), f64::from(u8::from(n % 2 == 0)));
        unit(n, at(50.0 + north * 0.1, 4.0 + east * 0.1))
    });
    let mut index = UnitIndex::from_units(corners).unwrap();
    assert!((index.health().growth - 1.0).abs() < 1e-9);
    index.move_to(Random::id(9), at(50.2, 4.0)).unwrap();
    let (wide, high) = (
        geodesic(at(50.0, 4.0), at(50.0, 4.1)).get(),
        geodesic(at(50.0, 4.0), at(50.1, 4.0)).get(),
    );
    let want = (wide + 2.0 * high) / (wide + high);
    let got = index.health().growth;
    assert!((got - want).abs() < 0.01, "{got} for {want}");
    // Back inside, the box stays until it is built anew.
    index.move_to(Random::id(9), at(50.1, 4.0)).unwrap();
    assert!((index.health().growth - got).abs() < 1e-9);
    index.rebuild();
    assert!((index.health().growth - 1.0).abs() < 1e-9);
    // Units on one spot have no box that could grow.
    let spot = UnitIndex::from_units((0..3).map(|n| unit(n, at(50.0, 4.0)))).unwrap();
    assert!((spot.health().growth - 1.0).abs() < 1e-9);
    assert!((UnitIndex::new().health().growth - 1.0).abs() < 1e-9);
}

#[test]
fn a_rebuild_pays_beyond_double_boxes_or_eight_blocks() {
    let health = |growth, overflow_blocks| IndexHealth {
        units: 1000,
        overflow_blocks,
        growth,
    };
    assert!(!health(1.0, 0).wants_rebuild() && !health(2.0, 8).wants_rebuild());
    assert!(health(2.01, 0).wants_rebuild() && health(1.0, 9).wants_rebuild());
}

#[test]
fn units_that_log_on_one_by_one_never_pile_up() {
    let mut random = Random(3);
    let mut index = UnitIndex::new();
    let mut piled = 0;
    for n in 0..3000 {
        let column = u8::try_from(random.below(100)).unwrap();
        let place = at(50.0 + random.part(), 4.0 + f64::from(column) * 0.01);
        index.upsert(unit(n, place)).unwrap();
        piled = piled.max(index.health().overflow_blocks);
        // Sixteen a block, and nine of them before the tree is built anew.
        assert!(
            index.health().overflow_blocks <= 8 + index.len() / 512,
            "{n}"
        );
    }
    assert!(piled > 4, "the tree is not built anew at every unit");
    // Blocks are filled before another is begun: without a tree all units are in them.
    let mut few = UnitIndex::new();
    for n in 0..33 {
        few.upsert(unit(n, at(50.0, 4.0))).unwrap();
    }
    assert_eq!(few.health().overflow_blocks, 3);
}

#[test]
fn units_on_one_spot_come_in_the_order_of_their_ids() {
    // Ids in an order of their own; a quarter of the units stands a little farther off.
    let mut random = Random(8);
    let mut drawn: Vec<(u64, u64)> = (0..120).map(|n| (random.next(), n)).collect();
    drawn.sort_unstable();
    let near = |n: u64| !n.is_multiple_of(4);
    let place = |n| at(if near(n) { 50.0 } else { 50.001 }, 4.0);
    let index = UnitIndex::from_units(drawn.iter().map(|&(_, n)| unit(n, place(n)))).unwrap();
    let mut expected: Vec<_> = (0..120).map(|n| (!near(n), Random::id(n))).collect();
    expected.sort_unstable();
    let request = Request::new(at(50.0, 4.0), CapabilitySet::EMPTY);
    let mut scratch = Scratch::default();
    // Up to 32 the list is kept in order, beyond it is cut.
    for k in [1, 2, 5, 31, 32, 33, 50, 89, 90, 91, 119, 120, 121] {
        let want: Vec<_> = expected.iter().take(k).map(|(_, id)| *id).collect();
        let hits = index.nearest_into(&request, k, &mut scratch);
        assert!(
            hits.iter().map(|hit| hit.id).eq(want.iter().copied()),
            "{k}"
        );
        let full = index.nearest(&request, k);
        assert!(full.iter().map(|near| near.unit.id).eq(want), "{k}");
    }
}

#[test]
fn a_writer_changes_by_handle_and_readers_see_it_when_it_is_published() {
    let mut writer = UnitWriter::new(UnitIndex::new());
    let handle = writer.upsert(unit(1, at(50.0, 4.0))).unwrap();
    writer.publish();
    let reader = writer.reader();
    let seen = || reader.snapshot().get(Random::id(1)).unwrap();
    let busy = ResourceStatus::OnScene;
    writer.set_handle_status(handle, busy).unwrap();
    writer.move_handle(handle, at(51.0, 5.0)).unwrap();
    assert_eq!(seen(), unit(1, at(50.0, 4.0)));
    writer.publish();
    let want = Unit {
        status: busy,
        ..unit(1, at(51.0, 5.0))
    };
    assert_eq!(seen(), want);
    assert_eq!(writer.health().units, 1);
    writer.publish();
    assert_eq!(seen(), want);
}
