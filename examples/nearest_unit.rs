//! Asks for the nearest free ambulances, moves one, and asks again.
//!
//! `cargo run --example nearest_unit`
#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::error::Error;

use kabat::geo::{Request, Unit, UnitIndex};
use kabat_core::{Capability, CapabilityVocabulary, Position, ResourceId, ResourceStatus};

fn main() -> Result<(), Box<dyn Error>> {
    let vocabulary = CapabilityVocabulary::standard();
    let ambulance = vocabulary.set_of([&Capability::AMBULANCE])?;
    let places = [
        (50.8467, 4.3525),
        (50.8789, 4.7005),
        (51.0259, 4.4776),
        (50.7172, 4.6012),
    ];
    let mut units = Vec::new();
    for (n, (lat, lon)) in (1..).zip(places) {
        units.push(Unit {
            id: ResourceId::v7(n, [0; 10]),
            position: Position::from_degrees(lat, lon)?,
            capabilities: ambulance,
            status: ResourceStatus::Available,
        });
    }
    let mut index = UnitIndex::from_units(units)?;
    let request = Request::new(Position::from_degrees(50.8837, 4.5041)?, ambulance);
    let print = |index: &UnitIndex| {
        for near in index.nearest(&request, 3) {
            println!("{}  {:.1} km", near.unit.id, near.distance.as_km());
        }
    };
    print(&index);
    println!("the last one drives up:");
    index.move_to(
        ResourceId::v7(4, [0; 10]),
        Position::from_degrees(50.88, 4.51)?,
    )?;
    print(&index);
    Ok(())
}
