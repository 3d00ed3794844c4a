//! The report as one file that needs nothing else.

use std::fmt::Write as _;

use crate::{Report, median, share};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:24px auto;padding:0 16px;color:#1b2733}\
h1{font-size:26px;margin-bottom:0}h2{font-size:19px;margin-top:36px;border-top:1px solid #d5dde5;padding-top:16px}\
table{border-collapse:collapse}td,th{padding:3px 14px 3px 0;text-align:left}td.n,th.n{text-align:right}\
.big{display:flex;gap:20px;flex-wrap:wrap}.big div{background:#f1f5f8;border-radius:8px;padding:12px 18px}\
.big b{display:block;font-size:26px}small,.note{color:#5a6b7b}svg text{font:12px system-ui,sans-serif;fill:#1b2733}";

#[expect(clippy::too_many_lines, reason = "one page, from top to bottom")]
pub(crate) fn html(report: &Report) -> String {
    let mut page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Replay</title><style>{STYLE}</style>\
         <h1>Replay of a month of dispatch</h1><p class=note>{}: {} rows, {} replayed, {} units.</p>",
        escape(&report.source),
        report.rows,
        report.sent,
        report.units
    );
    let unmet: usize = report.unmet_by_hour.iter().sum();
    let (mut real, mut same, mut first) = (
        report.real_s.clone(),
        report.same_s.clone(),
        report.first_s.clone(),
    );
    let _ = write!(
        page,
        "<div class=big><div><b>{:.1} %</b>sent unit was the first choice</div><div><b>{:.1} min</b>median drive, real\
         </div><div><b>{:.1} min</b>median drive, model's first choice</div><div><b>{:.1} %</b>calls with no free unit \
         within 8 min</div></div>",
        share(report.rank[0], report.sent),
        median(&mut real) / 60.0,
        median(&mut first) / 60.0,
        share(unmet, report.sent)
    );
    page += "<h2>Was the unit sent the best one that was free?</h2><p class=note>Among free units of the same kind, by modelled \
             driving time from their bases. Units of one base count as one choice. The centre knew more than the records show \
             (units on the road, hospital, traffic), so a later choice is not an error.</p>";
    let names = ["first", "second", "third", "later"].map(str::to_owned);
    let ranks: Vec<f64> = report.rank.iter().map(|&n| share(n, report.sent)).collect();
    page += &bars(&names, &[("share of calls, %", "#2f6f9f", &ranks)], "%");
    page += "<h2>Driving time, real and modelled</h2><p class=note>Minutes from leaving the base to arrival. \
             The modelled times have no traffic in them, so they spread less than real ones.</p>";
    let histogram = |values: &[f64]| -> Vec<f64> {
        let mut bins = vec![0_usize; 21];
        for minutes in values.iter().map(|seconds| seconds / 60.0) {
            let bin = (0..20_u8)
                .position(|bin| minutes < f64::from(bin) + 1.0)
                .unwrap_or(20);
            if let Some(count) = bins.get_mut(bin) {
                *count += 1;
            }
        }
        bins.into_iter()
            .map(|count| share(count, values.len()))
            .collect()
    };
    let minutes: Vec<String> = (0..20)
        .map(|n| n.to_string())
        .chain(["20+".to_owned()])
        .collect();
    let series = [
        histogram(&report.real_s),
        histogram(&report.same_s),
        histogram(&report.first_s),
    ];
    page += &bars(
        &minutes,
        &[
            ("real", "#444f5a", &series[0]),
            ("model, same unit", "#8fb8d8", &series[1]),
            ("model, first choice", "#e08a2e", &series[2]),
        ],
        "%",
    );
    page += "<table><tr><th>minutes<th class=n>half within<th class=n>90 % within";
    for (name, values) in [
        ("real", &mut real),
        ("model, same unit", &mut same),
        ("model, first choice", &mut first),
    ] {
        values.sort_by(f64::total_cmp);
        let at = |part: usize| {
            values
                .get(values.len() * part / 100)
                .copied()
                .unwrap_or(f64::NAN)
                / 60.0
        };
        let _ = write!(
            page,
            "<tr><td>{name}<td class=n>{:.1}<td class=n>{:.1}",
            at(50),
            at(90)
        );
    }
    page += "</table><h2>The travel-time model</h2>";
    if let Some(model) = report.model {
        let _ = write!(
            page,
            "<p>{:.0} s to get going, {:.0} km/h in a straight line for the first {:.1} km, {:.0} km/h beyond. \
             Fitted to the first two thirds of the time, measured on the last third:</p>",
            model.start_s,
            3.6 / model.near_s_per_m,
            model.knee_m / 1000.0,
            3.6 / model.far_s_per_m
        );
    }
    page += "<table><tr><th>model<th class=n>median absolute error, min<th class=n>bias (median), min<th class=n>trips";
    for (name, error, bias, trips) in &report.errors {
        let _ = write!(
            page,
            "<tr><td>{name}<td class=n>{error:.2}<td class=n>{bias:+.2}<td class=n>{trips}"
        );
    }
    page += "</table><h2>Unmet demand by hour</h2><p class=note>Share of calls for which no free unit of the right kind was within \
             8 minutes of driving, by local hour of the alarm.</p>";
    let hours: Vec<String> = (0..24).map(|hour| hour.to_string()).collect();
    let by_hour: Vec<f64> = report
        .unmet_by_hour
        .iter()
        .zip(&report.calls_by_hour)
        .map(|(&unmet, &calls)| share(unmet, calls))
        .collect();
    page += &bars(
        &hours,
        &[("calls out of reach, %", "#b8432f", &by_hour)],
        "%",
    );
    page += "<h2>Unmet demand by postcode</h2><table><tr><th>postcode<th class=n>calls<th class=n>out of reach<th class=n>%";
    let mut cities: Vec<_> = report
        .by_city
        .iter()
        .filter(|(_, (calls, _))| *calls >= 20)
        .collect();
    cities.sort_by(|a, b| b.1.1.cmp(&a.1.1).then(a.0.cmp(b.0)));
    for (code, (calls, unmet)) in cities.into_iter().take(12) {
        let _ = write!(
            page,
            "<tr><td>{}<td class=n>{calls}<td class=n>{unmet}<td class=n>{:.0}",
            escape(code),
            share(*unmet, *calls)
        );
    }
    page += "</table><h2>Map</h2>";
    page += &map(report);
    page += "<h2>Rows left out, and repairs</h2><table>";
    for (kind, count) in &report.dirty {
        let _ = write!(page, "<tr><td class=n>{count}<td>{kind}");
    }
    let _ = write!(
        page,
        "<tr><td class=n>{}<td>replayed, without a time of release (T7): taken as 60 minutes\
         <tr><td class=n>{}<td>replayed, sent again before the last mission was closed: taken as free</table></html>",
        report.no_end, report.marked_busy
    );
    page
}

fn bars(names: &[String], series: &[(&str, &str, &[f64])], unit: &str) -> String {
    let (width, height) = (920.0, 240.0);
    let top = series
        .iter()
        .flat_map(|(_, _, values)| values.iter())
        .fold(1.0_f64, |a, &b| a.max(b));
    let step = width / names.len() as f64;
    let bar = (step - 4.0).min(60.0) / series.len() as f64;
    let mut svg =
        format!("<svg viewBox='0 0 960 300' width=100%><text x=0 y=24>{top:.0} {unit}</text>");
    for (n, name) in names.iter().enumerate() {
        let left = 30.0 + n as f64 * step;
        for (place, (_, colour, values)) in series.iter().enumerate() {
            let value = values.get(n).copied().unwrap_or(0.0);
            let tall = value / top * (height - 30.0);
            let x = left + place as f64 * bar;
            let y = height - tall + 10.0;
            let _ = write!(
                svg,
                "<rect x={x:.1} y={y:.1} width={bar:.1} height={tall:.1} fill='{colour}'><title>{name}: {value:.1} {unit}\
                 </title></rect>"
            );
        }
        let middle = left + bar * series.len() as f64 / 2.0;
        let _ = write!(
            svg,
            "<text x={middle:.1} y=268 text-anchor=middle>{name}</text>"
        );
    }
    for (place, (name, colour, _)) in series.iter().enumerate() {
        let x = 30 + place * 190;
        let _ = write!(
            svg,
            "<rect x={x} y=282 width=12 height=12 fill='{colour}'/><text x={} y=293>{name}</text>",
            x + 18
        );
    }
    svg + "</svg>"
}

/// Calls as dots, most of them in the middle nine tenths of the records, and bases as squares.
fn map(report: &Report) -> String {
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
    let mut svg = format!("<svg viewBox='0 0 960 {:.0}' width=100%>", tall + 60.0);
    let _ = write!(
        svg,
        "<rect x=20 y=10 width=920 height={tall:.0} fill='#f6f8fa' stroke='#c8d2dc'/>"
    );
    for (met, colour) in [(true, "#2f6f9f"), (false, "#c8401f")] {
        for at in report
            .calls
            .iter()
            .filter(|call| call.1 == met)
            .filter_map(|call| place(call.0))
        {
            let _ = write!(
                svg,
                "<circle cx={:.1} cy={:.1} r=2.2 fill='{colour}' fill-opacity=.35 />",
                at.0, at.1
            );
        }
    }
    let mut labels: std::collections::BTreeMap<String, (f64, f64, usize)> =
        std::collections::BTreeMap::new();
    for (base, name) in &report.bases {
        if let Some((x, y)) = place(*base) {
            labels
                .entry(format!("{x:.0} {y:.0}"))
                .or_insert((x, y, 0))
                .2 += 1;
            let _ = write!(svg, "<title>{}</title>", escape(name));
        }
    }
    for (x, y, units) in labels.values() {
        let _ = write!(
            svg,
            "<rect x={:.1} y={:.1} width=9 height=9 fill='#1b2733' stroke='#fff'/><text x={:.1} y={:.1} \
             stroke='#fff' stroke-width=3 paint-order=stroke>{units}</text>",
            x - 4.5,
            y - 4.5,
            x + 7.0,
            y + 4.0
        );
    }
    let base = tall + 40.0;
    let _ = write!(
        svg,
        "<circle cx=26 cy={base:.0} r=5 fill='#2f6f9f'/><text x=38 y={0:.0}>call, a free unit within 8 min</text>\
         <circle cx=266 cy={base:.0} r=5 fill='#c8401f'/><text x=278 y={0:.0}>call, none within 8 min</text>\
         <rect x=500 y={1:.0} width=9 height=9 fill='#1b2733'/><text x=516 y={0:.0}>base, with its number of units</text></svg>",
        base + 4.0,
        base - 5.0
    );
    svg
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('\'', "&#39;")
}
