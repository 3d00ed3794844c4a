use std::collections::BTreeMap;

use arbitrary::{Arbitrary as _, Unstructured};
use kabat::core::chrono::NaiveDate;
use kabat::geo::{
    Atlas, BoundarySet, MunicipalityNames, Registry, Request, Unit, UnitIndex, find_road_positions,
};
use kabat::{CapabilitySet, Position, ResourceId, ResourceStatus};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day")
}

fn places() -> impl Iterator<Item = Position> {
    (0..64).map(|n| {
        let (row, column) = (f64::from(n / 8), f64::from(n % 8));
        Position::from_degrees(49.4 + row * 0.3, 2.4 + column * 0.55).expect("in range")
    })
}

/// Bytes as a compiled atlas: refused, or every place gets an answer.
pub(crate) fn atlas(data: &[u8]) {
    if let Ok(atlas) = Atlas::from_bytes(data) {
        for place in places() {
            let _ = atlas.locate(place, day());
        }
        let _ = atlas.canton_rings().count();
        assert!(Atlas::from_bytes(&atlas.to_bytes()).is_ok());
    }
}

/// Text as GeoJSON or TopoJSON: refused, or an atlas that reads its own bytes and answers alike.
pub(crate) fn boundaries(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for set in [
        BoundarySet::from_geojson(&text, "nis"),
        BoundarySet::from_topojson(&text, "m2025", "nis"),
    ]
    .into_iter()
    .flatten()
    {
        let _ = set.check(Registry::belgium(), day());
        let Ok(atlas) = Atlas::from_municipalities(set) else {
            continue;
        };
        let again = Atlas::from_bytes(&atlas.to_bytes()).expect("it reads its own bytes");
        for place in places() {
            let (one, other) = (atlas.locate(place, day()), again.locate(place, day()));
            assert_eq!(one.certainty, other.certainty);
        }
    }
}

/// Random work on the unit index against a plain map that is searched from end to end.
pub(crate) fn index(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let mut index = UnitIndex::new();
    let mut units: BTreeMap<ResourceId, Unit> = BTreeMap::new();
    // A decoder of arbitrary values goes on with zeros at the end of the input.
    while !input.is_empty()
        && let Ok([what, id, a, b]) = <[u8; 4]>::arbitrary(&mut input)
    {
        let unit_id = ResourceId::v7(u64::from(id % 32), [id % 32; 10]);
        // A coarse grid, so that ties happen.
        let position =
            Position::from_degrees(49.5 + f64::from(a) / 100.0, 2.5 + f64::from(b) / 60.0)
                .expect("in range");
        let status = if b % 3 == 0 {
            ResourceStatus::UnderWay
        } else {
            ResourceStatus::Available
        };
        match what % 6 {
            0 | 1 => {
                let capabilities = CapabilitySet::from_bits(u128::from(a % 8));
                let unit = Unit {
                    id: unit_id,
                    position,
                    capabilities,
                    status,
                };
                if index.upsert(unit).is_ok() {
                    units.insert(unit_id, unit);
                }
            }
            2 => assert_eq!(
                index.move_to(unit_id, position).is_ok(),
                units
                    .get_mut(&unit_id)
                    .map(|unit| unit.position = position)
                    .is_some()
            ),
            3 => assert_eq!(
                index.set_status(unit_id, status).is_ok(),
                units
                    .get_mut(&unit_id)
                    .map(|unit| unit.status = status)
                    .is_some()
            ),
            4 => assert_eq!(index.remove(unit_id).ok(), units.remove(&unit_id)),
            _ => index.rebuild(),
        }
        assert_eq!(index.len(), units.len());
        let needs = CapabilitySet::from_bits(u128::from(id % 4));
        let far = |at: Position| chord_squared(at, position).sqrt();
        let found: Vec<Unit> = index
            .nearest(&Request::new(position, needs), 3)
            .iter()
            .map(|near| near.unit)
            .collect();
        let mut all: Vec<f64> = units
            .values()
            .filter(|unit| unit.status.is_assignable() && unit.capabilities.contains_all(needs))
            .map(|unit| far(unit.position))
            .collect();
        all.sort_by(f64::total_cmp);
        all.truncate(3);
        assert_eq!(found.len(), all.len());
        for (unit, wanted) in found.iter().zip(&all) {
            assert_eq!(units.get(&unit.id), Some(unit));
            // Which of two equally far units comes first may hang on the last bit of a number.
            assert!((far(unit.position) - wanted).abs() < 1e-6, "{found:?}");
        }
    }
}

/// The square of the straight line between two places: the root would make ties of places that are not.
fn chord_squared(one: Position, other: Position) -> f64 {
    let ([x, y, z], [to_x, to_y, to_z]) = (one.ecef_m(), other.ecef_m());
    (x - to_x).powi(2) + (y - to_y).powi(2) + (z - to_z).powi(2)
}

/// Any text: road positions lie in it, and names are found or not, without panic.
pub(crate) fn text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let found = find_road_positions(&text);
    assert!(found.len() <= text.len());
    thread_local! {
        static NAMES: MunicipalityNames = MunicipalityNames::new(Registry::belgium(), day());
    }
    NAMES.with(|names| {
        for nis in names.find(&text) {
            assert!(Registry::belgium().municipality(nis, day()).is_some());
        }
    });
}
