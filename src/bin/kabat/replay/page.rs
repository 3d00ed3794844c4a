//! The report as one file that needs nothing else.

use std::fmt::Write as _;

use super::chart::{columns, greatest, hours, rows};
use super::map::map;
use super::{Report, median, share};

const STYLE: &str = include_str!("page.css");

#[expect(clippy::too_many_lines, reason = "one page, from top to bottom")]
pub(crate) fn html(report: &Report) -> String {
    let mut page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'>\
         <meta name=color-scheme content='light dark'><title>Replay</title><style>{STYLE}</style>\
         <h1>Replay of a month of dispatch</h1><p class=note>{}: {} rows, {} replayed, {} units.</p>",
        escape(&report.source),
        report.rows,
        report.sent,
        report.units
    );
    let unmet: usize = report.unmet_by_hour.iter().sum();
    let (mut real, mut first) = (report.real_s.clone(), report.first_s.clone());
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
    let ranks: Vec<(String, f64, String)> = ["first", "second", "third", "later"]
        .iter()
        .zip(report.rank)
        .map(|(name, count)| {
            let part = share(count, report.sent);
            ((*name).to_owned(), part, format!("{part:.1} %"))
        })
        .collect();
    page += &rows(&ranks, "main");
    page += "<table><tr><th>kind<th class=n>sent<th class=n>first choice";
    for (kind, &(sent, first)) in &report.by_kind {
        let _ = write!(
            page,
            "<tr><td>{}<td class=n>{sent}<td class=n>{:.1} %",
            escape(kind),
            share(first, sent)
        );
    }
    page += "</table><h2>Driving time, real and modelled</h2><p class=note>Share of trips by minutes from leaving the base to \
             arrival. The modelled times have no traffic in them, so they spread less than real ones.</p>";
    let minutes: Vec<String> = (0..20)
        .map(|n| n.to_string())
        .chain(["20+".to_owned()])
        .collect();
    let drives = [
        ("real", histogram(&report.real_s), "text"),
        ("model, same unit", histogram(&report.same_s), "main"),
        ("model, first choice", histogram(&report.first_s), "second"),
    ];
    let most = greatest(&drives.each_ref().map(|(_, shares, _)| greatest(shares)));
    for (name, shares, colour) in &drives {
        let _ = write!(page, "<h3>{name}</h3>");
        page += &columns(&minutes, shares, most, colour, "%", 5);
    }
    page += "<table><tr><th>minutes<th class=n>half within<th class=n>90 % within<th class=n>trips";
    for (name, values) in [
        ("drive, real", &report.real_s),
        ("drive, model, same unit", &report.same_s),
        ("drive, model, first choice", &report.first_s),
        ("alarm to scene, real", &report.real_response_s),
        (
            "alarm to scene, model, first choice",
            &report.first_response_s,
        ),
    ] {
        let mut values = values.clone();
        values.sort_by(f64::total_cmp);
        let at = |part: usize| {
            let value = values.get(values.len() * part / 100).copied();
            value.unwrap_or(f64::NAN) / 60.0
        };
        let _ = write!(
            page,
            "<tr><td>{name}<td class=n>{:.1}<td class=n>{:.1}<td class=n>{}",
            at(50),
            at(90),
            values.len()
        );
    }
    page += "</table><p class=note>The model's alarm to scene is the real time to set off and the modelled drive.</p>\
             <h2>The travel-time model</h2>";
    if let Some(model) = report.model {
        let _ = write!(
            page,
            "<p>{:.0} s to get going, {:.0} km/h in a straight line for the first {:.1} km, {:.0} km/h beyond. \
             Fitted to the ambulances of the first two thirds of the time, measured on those of the last third; used for all kinds of units:</p>",
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
    let names: Vec<String> = (0..24).map(|hour| hour.to_string()).collect();
    let by_hour: Vec<f64> = report
        .unmet_by_hour
        .iter()
        .zip(&report.calls_by_hour)
        .map(|(&unmet, &calls)| share(unmet, calls))
        .collect();
    page += &columns(&names, &by_hour, greatest(&by_hour), "bad", "%", 3);
    page += "<h2>Unmet demand by postcode</h2><p class=note>Calls out of reach, of all calls there; the twelve places with most \
             of them, with 20 calls at least. Below, the same by hour: the redder, the larger the share.</p>";
    let sum = |hours: &[(usize, usize); 24]| -> (usize, usize) {
        let add = |a: (usize, usize), b: &(usize, usize)| (a.0 + b.0, a.1 + b.1);
        hours.iter().fold((0, 0), add)
    };
    let mut cities: Vec<(String, [(usize, usize); 24])> = report
        .by_city
        .iter()
        .filter(|(_, hours)| sum(hours).0 >= 20)
        .map(|(code, hours)| (escape(code), *hours))
        .collect();
    cities.sort_by(|a, b| sum(&b.1).1.cmp(&sum(&a.1).1).then(a.0.cmp(&b.0)));
    cities.truncate(12);
    let most: Vec<(String, f64, String)> = cities
        .iter()
        .map(|(code, hours)| {
            let (calls, unmet) = sum(hours);
            let told = format!("{unmet} of {calls}, {:.0} %", share(unmet, calls));
            (
                code.clone(),
                f64::from(u32::try_from(unmet).unwrap_or(u32::MAX)),
                told,
            )
        })
        .collect();
    page += &rows(&most, "bad");
    page += &hours(&cities);
    page += "<h2>Map</h2>";
    page += &map(report);
    page += "<h2>Rows left out, and repairs</h2><table>";
    for (kind, count) in &report.dirty {
        let _ = write!(page, "<tr><td class=n>{count}<td>{kind}");
    }
    let _ = write!(
        page,
        "<tr><td class=n>{}<td>replayed, without a time of release (T7): taken as 60 minutes\
         <tr><td class=n>{}<td>replayed, sent again before the last mission was closed: taken as free</table>\
         <p class=note>A row left out keeps no unit busy, so some units count as free that were not.</p></html>",
        report.no_end, report.marked_busy
    );
    page
}

/// Shares of the minutes 0 to 19, and of all above.
fn histogram(seconds: &[f64]) -> Vec<f64> {
    let mut bins = vec![0_usize; 21];
    for minutes in seconds.iter().map(|seconds| seconds / 60.0) {
        let bin = (0..20_u8)
            .position(|bin| minutes < f64::from(bin) + 1.0)
            .unwrap_or(20);
        if let Some(count) = bins.get_mut(bin) {
            *count += 1;
        }
    }
    bins.into_iter()
        .map(|count| share(count, seconds.len()))
        .collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('\'', "&#39;")
}
