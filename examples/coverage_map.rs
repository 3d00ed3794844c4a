//! Shows which places no ambulance reaches in 12 minutes once one has left, and which move mends most.
//!
//! `cargo run --example coverage_map`
#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::collections::BTreeSet;
use std::error::Error;

use kabat::geo::{DemandPoint, StraightLineTime, Unit, coverage, relocate};
use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};

fn main() -> Result<(), Box<dyn Error>> {
    let model = StraightLineTime {
        start_s: 120.0,
        near_s_per_m: 0.08,
        far_s_per_m: 0.05,
        knee_m: 8000.0,
    };
    let stations = [
        (50.85, 4.35),
        (50.88, 4.70),
        (51.02, 4.48),
        (50.72, 4.60),
        (50.86, 4.37),
    ];
    let mut units = Vec::new();
    let mut sites = Vec::new();
    for (n, (lat, lon)) in (1..).zip(stations) {
        let position = Position::from_degrees(lat, lon)?;
        sites.push(position);
        units.push(Unit {
            id: ResourceId::v7(n, [0; 10]),
            position,
            capabilities: CapabilitySet::EMPTY,
            status: ResourceStatus::Available,
        });
    }
    let mut demand = Vec::new();
    for row in 0..18_u8 {
        for column in 0..36_u8 {
            let at = Position::from_degrees(
                51.1 - f64::from(row) * 0.025,
                4.1 + f64::from(column) * 0.02,
            )?;
            demand.push(DemandPoint { at, weight: 1.0 });
        }
    }
    // The ambulance of the second station has left.
    units.remove(1);
    let draw = |units: &[Unit]| {
        let found = coverage(units, &demand, &model, 720.0);
        let open: BTreeSet<usize> = found.uncovered.iter().copied().collect();
        for row in 0..18 {
            let line: String = (0..36)
                .map(|column| {
                    if open.contains(&(row * 36 + column)) {
                        '.'
                    } else {
                        '#'
                    }
                })
                .collect();
            println!("{line}");
        }
        println!("{:.0} of {:.0} places in time", found.covered, found.total);
    };
    draw(&units);
    let idle = units.iter().map(|unit| unit.id).collect();
    let plan = relocate(&units, &idle, &sites, &demand, &model, 720.0, 1);
    for step in &plan.moves {
        println!(
            "move {} to station {}: {:.0} places more",
            step.unit,
            step.site + 1,
            step.gain
        );
        for unit in units.iter_mut().filter(|unit| unit.id == step.unit) {
            if let Some(&site) = sites.get(step.site) {
                unit.position = site;
            }
        }
    }
    draw(&units);
    Ok(())
}
