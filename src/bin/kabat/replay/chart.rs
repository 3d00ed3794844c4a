//! Charts of plain boxes: the text stays readable on a narrow screen, and colours follow light and dark.

use std::fmt::Write as _;

/// Columns for one series, on a scale that holds `most`; every `every`-th name is written below.
pub(crate) fn columns(
    names: &[String],
    values: &[f64],
    most: f64,
    colour: &str,
    unit: &str,
    every: usize,
) -> String {
    let top = nice(most);
    let mut chart = format!(
        "<figure class=chart><div class=axis><span>{top} {unit}</span><span>{} {unit}</span><span>0</span></div><div class=bars>",
        top / 2.0
    );
    for (name, value) in names.iter().zip(values) {
        let tall = value / top * 100.0;
        let _ = write!(
            chart,
            "<i title='{name}: {value:.1} {unit}' style='height:{tall:.1}%;background:var(--{colour})'></i>"
        );
    }
    chart += "</div><div class=names>";
    for (n, name) in names.iter().enumerate() {
        let shown = if n % every == 0 { name.as_str() } else { "" };
        let _ = write!(chart, "<span>{shown}</span>");
    }
    chart + "</div></figure>"
}

pub(crate) fn greatest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

/// The least of 1, 2, 4, 5, 10, 20 … that is not below a value, so that half of it is a short number too.
fn nice(value: f64) -> f64 {
    let mut step = 1.0;
    loop {
        for times in [1.0, 2.0, 4.0, 5.0, 8.0] {
            if value <= step * times {
                return step * times;
            }
        }
        step *= 10.0;
        if step > 1e12 {
            return value;
        }
    }
}

/// One row for each name with a bar as long as its value, and the value written out.
pub(crate) fn rows(bars: &[(String, f64, String)], colour: &str) -> String {
    let top = bars
        .iter()
        .map(|(_, value, _)| *value)
        .fold(1e-9_f64, f64::max);
    let mut chart = "<div class=rows>".to_owned();
    for (name, value, told) in bars {
        let _ = write!(
            chart,
            "<span>{name}</span><b><i style='width:{:.1}%;background:var(--{colour})'></i></b><span class=n>{told}</span>",
            value / top * 100.0
        );
    }
    chart + "</div>"
}

/// A cell for each hour of each row: (calls, unmet). Empty without a call.
pub(crate) fn hours(rows: &[(String, [(usize, usize); 24])]) -> String {
    let mut chart = "<div class=hours><span></span>".to_owned();
    for hour in 0..24 {
        let shown = if hour % 6 == 0 {
            hour.to_string()
        } else {
            String::new()
        };
        let _ = write!(chart, "<em>{shown}</em>");
    }
    for (name, hours) in rows {
        let _ = write!(chart, "<span>{name}</span>");
        for (hour, &(calls, unmet)) in hours.iter().enumerate() {
            if calls == 0 {
                chart += "<i></i>";
                continue;
            }
            let part = super::share(unmet, calls);
            let _ = write!(
                chart,
                "<i title='{name}, {hour} h: {unmet} of {calls}' style='background:color-mix(in srgb,var(--bad) {part:.0}%,var(--well))'></i>"
            );
        }
    }
    chart + "</div>"
}
