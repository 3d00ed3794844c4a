//! Asks for the nearest free ambulances, moves one, asks again, and asks for two at once, with reasons.
//!
//! `cargo run --example nearest_unit`
#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::error::Error;

use kabat::geo::{Reason, Request, StraightLineTime, Unit, UnitIndex, assign_by};
use kabat_core::{
    Capability, CapabilityVocabulary, Position, Requirement, ResourceId, ResourceStatus,
    ResponsePlan,
};

/// Where each ambulance stands.
const PLACES: [(&str, f64, f64); 4] = [
    ("Brussels", 50.8467, 4.3525),
    ("Leuven", 50.8789, 4.7005),
    ("Mechelen", 51.0259, 4.4776),
    ("Wavre", 50.7172, 4.6012),
];

fn main() -> Result<(), Box<dyn Error>> {
    let vocabulary = CapabilityVocabulary::standard();
    let ambulance = vocabulary.set_of([&Capability::AMBULANCE])?;
    let mut units = Vec::new();
    for (n, (_, lat, lon)) in (1..).zip(PLACES) {
        units.push(Unit {
            id: ResourceId::v7(n, [0; 10]),
            position: Position::from_degrees(lat, lon)?,
            capabilities: ambulance,
            status: ResourceStatus::Available,
        });
    }
    let name = |id: ResourceId| {
        let mut known = (1..).zip(PLACES);
        known
            .find(|(n, _)| ResourceId::v7(*n, [0; 10]) == id)
            .map_or("?", |(_, (name, ..))| name)
    };
    let mut index = UnitIndex::from_units(units)?;
    let request = Request::new(Position::from_degrees(50.8837, 4.5041)?, ambulance);
    let print = |index: &UnitIndex| {
        for near in index.nearest(&request, 3) {
            println!(
                "  {:<9} {:>5.1} km",
                name(near.unit.id),
                near.distance.as_km()
            );
        }
    };
    println!("a call in Zaventem; the nearest:");
    print(&index);
    println!("the one of Wavre drives up:");
    index.move_to(
        ResourceId::v7(4, [0; 10]),
        Position::from_degrees(50.88, 4.51)?,
    )?;
    print(&index);
    println!("the one of Brussels is busy, and two are needed:");
    index.set_status(ResourceId::v7(1, [0; 10]), ResourceStatus::OnScene)?;
    let plan = ResponsePlan {
        requires: vec![Requirement::one(Capability::AMBULANCE, 2)],
    };
    let model = StraightLineTime::BRUSSELS_AMBULANCE;
    let sent = assign_by(&index, &vocabulary, &request, &plan, &model)?;
    for choice in &sent.chosen {
        println!(
            "  {:<9} in {:.0} min",
            name(choice.unit),
            choice.cost / 60.0
        );
    }
    for passed in &sent.passed_over {
        let reason = match &passed.reason {
            Reason::NotAssignable { status } => format!("is {}", status.code()),
            other => format!("{other:?}"),
        };
        println!(
            "  not {}, {:.1} km: {reason}",
            name(passed.unit),
            passed.distance.as_km()
        );
    }
    Ok(())
}
