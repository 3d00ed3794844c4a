//! Shows which places no ambulance reaches in 20 minutes once one has left, which move mends most, and where one
//! more would stand best.
//!
//! `cargo run --example coverage_map` prints the map; with a file name, `-- map.html`, it is drawn there too.
#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;

use kabat::geo::{DemandPoint, StraightLineTime, Unit, coverage, place_units, relocate};
use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};

const ROWS: u8 = 18;
const COLUMNS: u8 = 36;
const LIMIT_S: f64 = 1_200.0;

const STYLE: &str = ":root{--text:#1b2733;--page:#fff;--in:#a9cbe4;--out:#f0d2c9;--unit:#123a5c}\
@media(prefers-color-scheme:dark){:root{--text:#dde5ec;--page:#12191f;--in:#2b5674;--out:#5b352c;--unit:#fff}}\
body{font:16px/1.5 system-ui,sans-serif;max-width:760px;margin:24px auto;padding:0 16px 24px;color:var(--text);background:var(--page)}\
h1{font-size:24px;line-height:1.25;margin:0}h2{font-size:18px;margin:28px 0 6px}svg{display:block;width:100%}\
.in{fill:var(--in)}.out{fill:var(--out)}.unit{fill:var(--unit)}.site{fill:none;stroke:var(--unit);stroke-width:.2}\
i{display:inline-block;width:14px;height:14px;margin:0 8px 0 0;vertical-align:-2px}span{white-space:nowrap;margin-right:22px}";

fn main() -> Result<(), Box<dyn Error>> {
    let model = StraightLineTime::BRUSSELS_AMBULANCE;
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
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let at = Position::from_degrees(
                51.1 - f64::from(row) * 0.025,
                4.1 + f64::from(column) * 0.02,
            )?;
            demand.push(DemandPoint { at, weight: 1.0 });
        }
    }
    let mut page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'>\
         <meta name=color-scheme content='light dark'><title>Coverage</title><style>{STYLE}</style>\
         <h1>Places an ambulance reaches in 20 minutes</h1>\
         <p><span><i style='background:var(--in)'></i>in time</span> <span><i style='background:var(--out)'></i>not in time</span> \
         <span><i style='background:var(--unit);border-radius:50%'></i>ambulance</span> \
         <span><i style='border:2px solid var(--unit);border-radius:50%'></i>station</span></p>"
    );
    let mut show = |title: &str, units: &[Unit]| {
        let found = coverage(units, &demand, &model, LIMIT_S);
        let open: BTreeSet<usize> = found.uncovered.iter().copied().collect();
        println!("{title}");
        print_map(&open);
        let told = format!("{:.0} of {:.0} places in time", found.covered, found.total);
        println!("{told}");
        let _ = write!(
            page,
            "<h2>{title}: {told}</h2>{}",
            drawn(&open, units, &sites)
        );
    };
    show("all five at home", &units);
    units.remove(1);
    show("the ambulance of the second station has left", &units);
    let idle = units.iter().map(|unit| unit.id).collect();
    let plan = relocate(&units, &idle, &sites, &demand, &model, LIMIT_S, 1);
    for step in &plan.moves {
        let (station, gain) = (step.site + 1, step.gain);
        println!(
            "move {} to station {station}: {gain:.0} places more",
            step.unit
        );
        for unit in units.iter_mut().filter(|unit| unit.id == step.unit) {
            if let Some(&site) = sites.get(step.site) {
                unit.position = site;
            }
        }
    }
    show("one has moved up", &units);
    let anywhere: Vec<Position> = demand.iter().map(|point| point.at).collect();
    if let Some(&like) = units.first() {
        let plan = place_units(&units, &like, &anywhere, &demand, &model, LIMIT_S, 1);
        for placed in &plan.placements {
            if let Some(&position) = anywhere.get(placed.site) {
                units.push(Unit { position, ..like });
                println!(
                    "one more, best at {position}: {:.0} places more",
                    placed.gain
                );
            }
        }
    }
    show("one more, where it covers most", &units);
    if let Some(file) = std::env::args().nth(1) {
        std::fs::write(&file, page + "</html>")?;
        println!("map: {file}");
    }
    Ok(())
}

fn print_map(open: &BTreeSet<usize>) {
    for row in 0..usize::from(ROWS) {
        let columns = usize::from(COLUMNS);
        let cell = |column| {
            if open.contains(&(row * columns + column)) {
                '.'
            } else {
                '#'
            }
        };
        println!("{}", (0..columns).map(cell).collect::<String>());
    }
}

/// A cell of the map is 1 wide and 1.97 tall: a step of 0.025 degrees north is that much longer than one of 0.02 east.
fn drawn(open: &BTreeSet<usize>, units: &[Unit], sites: &[Position]) -> String {
    const TALL: f64 = 1.97;
    let mut svg = format!(
        "<svg viewBox='0 0 {COLUMNS} {:.1}' role=img aria-label='map'>",
        f64::from(ROWS) * TALL
    );
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let place = usize::from(row) * usize::from(COLUMNS) + usize::from(column);
            let class = if open.contains(&place) { "out" } else { "in" };
            let y = f64::from(row) * TALL;
            let _ = write!(
                svg,
                "<rect class={class} x={column}.04 y={y:.2} width=.92 height=1.89 />"
            );
        }
    }
    let spot = |at: Position| {
        (
            (at.longitude().degrees() - 4.1) / 0.02 + 0.5,
            ((51.1 - at.latitude().degrees()) / 0.025 + 0.5) * TALL,
        )
    };
    for &site in sites {
        let (x, y) = spot(site);
        let _ = write!(svg, "<circle class=site cx={x:.2} cy={y:.2} r=.8 />");
    }
    for unit in units {
        let (x, y) = spot(unit.position);
        let _ = write!(svg, "<circle class=unit cx={x:.2} cy={y:.2} r=.5 />");
    }
    svg + "</svg>"
}
