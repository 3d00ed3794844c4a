//! Calls and bases.

use std::fmt::Write as _;

use super::Report;

/// Calls as dots, most of them in the middle nine tenths of the records, and bases as squares.
pub(crate) fn map(report: &Report) -> String {
    let span = |values: Vec<f64>| {
        let mut values = values;
        values.sort_by(f64::total_cmp);
        let at = |part: usize| {
            values
                .get(values.len() * part / 1000)
                .copied()
                .unwrap_or(0.0)
        };
        let (low, high) = (at(5), at(994));
        (low - (high - low) * 0.05, high + (high - low) * 0.05)
    };
    let (west, east) = span(
        report
            .calls
            .iter()
            .map(|call| call.0.longitude().degrees())
            .collect(),
    );
    let (south, north) = span(
        report
            .calls
            .iter()
            .map(|call| call.0.latitude().degrees())
            .collect(),
    );
    let stretch = f64::midpoint(south, north).to_radians().cos();
    let scale = 920.0 / ((east - west) * stretch).max(1e-9);
    let tall = ((north - south) * scale).min(1200.0);
    let place = |at: kabat_core::Position| {
        let (lat, lon) = (at.latitude().degrees(), at.longitude().degrees());
        let inside = (west..east).contains(&lon) && (south..north).contains(&lat);
        inside.then_some((
            (lon - west) * stretch * scale + 20.0,
            (north - lat) * scale + 10.0,
        ))
    };
    let mut svg = format!(
        "<svg viewBox='0 0 960 {:.0}' width=100% role=img aria-label='Map of calls and bases'>",
        tall + 20.0
    );
    let _ = write!(
        svg,
        "<rect class=ground x=20 y=10 width=920 height={tall:.0} />"
    );
    for (met, colour) in [(true, "met"), (false, "unmet")] {
        for at in report
            .calls
            .iter()
            .filter(|call| call.1 == met)
            .filter_map(|call| place(call.0))
        {
            let _ = write!(
                svg,
                "<circle class={colour} cx={:.1} cy={:.1} r=3 />",
                at.0, at.1
            );
        }
    }
    let mut labels: std::collections::BTreeMap<String, (f64, f64, usize)> =
        std::collections::BTreeMap::new();
    for (base, _) in &report.bases {
        if let Some((x, y)) = place(*base) {
            labels
                // Bases nearer than a label is wide share one.
                .entry(format!("{:.0} {:.0}", x / 30.0, y / 30.0))
                .or_insert((x, y, 0))
                .2 += 1;
        }
    }
    for (x, y, units) in labels.values() {
        let _ = write!(
            svg,
            "<rect class=base x={:.1} y={:.1} width=12 height=12 /><text x={:.1} y={:.1}>{units}</text>",
            x - 6.0,
            y - 6.0,
            x + 9.0,
            y + 7.0
        );
    }
    svg + "</svg><p class=key><i class=dot style='background:var(--main)'></i>call, a free unit within 8 min\
           <i class=dot style='background:var(--bad)'></i>call, none within 8 min\
           <i style='background:var(--text)'></i>base, with its number of units</p>"
}
