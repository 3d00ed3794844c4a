//! What the unit index refuses leaves it as it was, down to the last box.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};
use kabat_geo::{IndexError, Unit, UnitChange, UnitHandle, UnitIndex, UnitWriter};

mod random;
use random::Random;

fn at(lat: f64, lon: f64) -> Position {
    Position::from_degrees(lat, lon).unwrap()
}

fn unit(n: u64) -> Unit {
    let mut random = Random(n);
    Unit {
        id: Random::id(n),
        position: at(50.0 + random.part(), 4.0 + random.part()),
        capabilities: CapabilitySet::from_bits(u128::from(random.below(64))),
        status: ResourceStatus::Available,
    }
}

/// An index with some history, the handle of a unit that logged off, and the id of one that never logged on.
fn index() -> (UnitIndex, UnitHandle, ResourceId) {
    let mut index = UnitIndex::from_units((0..300).map(unit)).unwrap();
    let gone = index.handle(Random::id(7)).unwrap();
    index.remove(Random::id(7)).unwrap();
    for n in 20..60 {
        index
            .move_in_order(Random::id(n), at(50.5, 4.5), n)
            .unwrap();
        index
            .set_status(Random::id(n + 1), ResourceStatus::OnScene)
            .unwrap();
    }
    (index, gone, Random::id(999))
}

/// The derived form names every field, the tree's too.
fn state(index: &UnitIndex) -> String {
    format!("{index:?}")
}

#[test]
fn nothing_refused_leaves_a_trace() {
    let (mut index, gone, unknown) = index();
    let before = state(&index);
    let here = at(50.0, 4.0);
    let no_unit = Err(IndexError::UnknownUnit { id: unknown });
    assert_eq!(index.move_to(unknown, here), no_unit);
    assert_eq!(index.move_in_order(unknown, here, 1), no_unit);
    assert_eq!(index.set_status(unknown, ResourceStatus::Alerted), no_unit);
    assert_eq!(index.remove(unknown).map(drop), no_unit);
    assert_eq!(index.get(unknown), None);
    assert_eq!(index.handle(unknown), None);
    for change in [
        UnitChange::Move {
            id: unknown,
            position: here,
            sequence: None,
        },
        UnitChange::SetStatus {
            id: unknown,
            status: ResourceStatus::OffDuty,
        },
        UnitChange::Remove { id: unknown },
    ] {
        assert_eq!(index.apply(change), no_unit);
    }
    assert_eq!(index.move_handle(gone, here), Err(IndexError::StaleHandle));
    let alerted = index.set_handle_status(gone, ResourceStatus::Alerted);
    assert_eq!(alerted, Err(IndexError::StaleHandle));
    for given in [0, 29, 30] {
        let id = Random::id(30);
        let stale = Err(IndexError::StaleFix {
            id,
            given,
            last: 30,
        });
        assert_eq!(index.move_in_order(id, here, given), stale);
        let change = UnitChange::Move {
            id,
            position: here,
            sequence: Some(given),
        };
        assert_eq!(index.apply(change), stale);
    }
    assert_eq!(state(&index), before);
}

#[test]
fn a_handle_does_not_pass_to_the_next_unit_with_the_same_number() {
    let (mut index, gone, unknown) = index();
    let next = index
        .upsert(Unit {
            id: unknown,
            ..unit(7)
        })
        .unwrap();
    assert_ne!(next, gone);
    assert_eq!(
        index.move_handle(gone, at(50.0, 4.0)),
        Err(IndexError::StaleHandle)
    );
    assert_eq!(index.get(unknown).unwrap().position, unit(7).position);
    // A further upsert and a rebuild keep it.
    index
        .upsert(Unit {
            id: unknown,
            ..unit(8)
        })
        .unwrap();
    index.rebuild();
    index.move_handle(next, at(50.0, 4.0)).unwrap();
    assert_eq!(index.get(unknown).unwrap().position, at(50.0, 4.0));
}

#[test]
fn a_foreign_rebuild_is_refused_and_the_tree_stays() {
    let (mut index, ..) = index();
    let old = index.begin_rebuild().build();
    let new = index.begin_rebuild();
    let before = state(&index);
    assert_eq!(
        index.finish_rebuild(old),
        Err(IndexError::ForeignRebuild { given: 2 })
    );
    assert_eq!(state(&index), before);
    index.finish_rebuild(new.build()).unwrap();
    let twice = UnitIndex::from_units([unit(1), unit(2), unit(1)]).unwrap_err();
    assert_eq!(twice, IndexError::DuplicateUnit { id: Random::id(1) });
}

#[test]
fn a_position_that_is_none_never_reaches_the_index() {
    for (lat, lon) in [
        (f64::NAN, 4.0),
        (50.0, f64::NAN),
        (f64::INFINITY, 4.0),
        (50.0, f64::NEG_INFINITY),
        (90.1, 4.0),
        (50.0, 180.1),
    ] {
        assert!(Position::from_degrees(lat, lon).is_err(), "{lat} {lon}");
    }
}

#[test]
fn a_writer_refuses_what_the_index_refuses_and_both_copies_stay() {
    let (index, gone, unknown) = index();
    let mut writer = UnitWriter::new(index);
    writer.upsert(unit(400)).unwrap();
    writer.publish();
    let before = state(&writer.reader().snapshot());
    assert_eq!(
        writer.apply(UnitChange::Remove { id: unknown }),
        Err(IndexError::UnknownUnit { id: unknown })
    );
    assert_eq!(
        writer.move_handle(gone, at(50.0, 4.0)),
        Err(IndexError::StaleHandle)
    );
    writer.publish();
    assert_eq!(state(&writer.reader().snapshot()), before);
}

#[cfg(feature = "serde")]
#[test]
fn requests_changes_and_answers_keep_their_json_form() {
    use kabat_core::Meters;
    use kabat_geo::{Nearest, Request};
    let json =
        r#"{"at":{"lat":50.85,"lon":4.35},"needs":[0,62,127],"within_m":1500.0,"reach":"all"}"#;
    let request: Request = serde_json::from_str(json).unwrap();
    assert_eq!(request.needs.bits(), 1 | 1 << 62 | 1 << 127);
    assert_eq!(request.within, Some(Meters::new(1500.0).unwrap()));
    assert_eq!(serde_json::to_string(&request).unwrap(), json);
    let bare: Request = serde_json::from_str(r#"{"at":{"lat":50.85,"lon":4.35}}"#).unwrap();
    assert_eq!(bare, Request::new(at(50.85, 4.35), CapabilitySet::EMPTY));
    let wrong = serde_json::from_str::<Request>(r#"{"at":{"lat":50.85,"lon":4.35},"needs":[128]}"#);
    assert!(wrong.unwrap_err().to_string().contains("bit `128`"));
    let far = serde_json::from_str::<Request>(r#"{"at":{"lat":95.0,"lon":4.35}}"#);
    assert!(far.is_err());

    let change = UnitChange::Move {
        id: Random::id(1),
        position: at(50.85, 4.35),
        sequence: Some(3),
    };
    let json = serde_json::to_string(&change).unwrap();
    assert!(json.starts_with(r#"{"change":"move","id":""#), "{json}");
    assert_eq!(serde_json::from_str::<UnitChange>(&json).unwrap(), change);
    let upsert = UnitChange::Upsert(unit(3));
    let json = serde_json::to_string(&upsert).unwrap();
    assert_eq!(serde_json::from_str::<UnitChange>(&json).unwrap(), upsert);

    let near = Nearest {
        unit: unit(1),
        distance: Meters::new(12.5).unwrap(),
    };
    let json = serde_json::to_string(&near).unwrap();
    assert!(json.ends_with(r#""distance_m":12.5}"#), "{json}");
    assert_eq!(serde_json::from_str::<Nearest>(&json).unwrap(), near);
}
