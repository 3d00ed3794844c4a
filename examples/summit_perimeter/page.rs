//! Draws the afternoon as one self-contained page.

use std::fmt::Write as _;

use kabat::Position;
use kabat::geo::{Crossing, PerimeterEvent, Shape};

use crate::Judged;
use crate::scene::{Failed, Scene};

const STYLE: &str = "
:root{--bg:#fbfaf7;--fg:#1f2430;--dim:#5d6472;--land:#efece4;--grid:#dcd7cb;--ring:#b3122b;--route:#2f5fc4;--car:#667;--in:#b3122b;--out:#12806f;--near:#b46a00;--stay:#7d4fa8;--alert:#b3122b;--incident:#1f2430}
@media (prefers-color-scheme:dark){:root{--bg:#14171d;--fg:#e8e6e0;--dim:#a4abb8;--land:#20242d;--grid:#333945;--ring:#ff6f7d;--route:#7fa6ff;--car:#9aa0ac;--in:#ff6f7d;--out:#3fc7b0;--near:#f2b04a;--stay:#c29bea;--alert:#ff6f7d;--incident:#e8e6e0}}
body{background:var(--bg);color:var(--fg);font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:1100px;padding:20px 16px}
h1{font-size:24px;margin:0 0 6px}h2{font-size:18px;margin:26px 0 8px}p{margin:0 0 12px;color:var(--dim)}
svg.map{min-width:640px}svg{width:100%;height:auto;background:var(--land);border-radius:6px;display:block}
.ring{fill:var(--ring);fill-opacity:.07;stroke:var(--ring);stroke-width:2}.route{fill:none;stroke:var(--route);stroke-opacity:.22;stroke-linejoin:round;stroke-linecap:round}
.track{fill:none;stroke:var(--car);stroke-width:1.1;stroke-opacity:.8}svg text{fill:var(--fg);font-size:13px;paint-order:stroke;stroke:var(--land);stroke-width:3px}
.in{fill:var(--in);color:var(--in)}.out{fill:var(--out);color:var(--out)}.near{fill:var(--near);color:var(--near)}.stay{fill:var(--stay);color:var(--stay)}
.alert{fill:none;stroke:var(--alert);stroke-width:2.5}.incident{fill:var(--incident)}.belongs{stroke:var(--alert);stroke-width:1.5;stroke-dasharray:4 3}
ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 20px;padding:0;margin:10px 0}li svg{display:inline-block;width:16px;height:16px;vertical-align:-3px;margin-right:6px;background:none}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--grid);vertical-align:top}td.time{font-variant-numeric:tabular-nums;white-space:nowrap}
";

/// Width and height of the map, and metres to a pixel.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 950.0;
const METRES: f64 = 7.0;
/// Where the venue stands on the map.
const MIDDLE: (f64, f64) = (400.0, 650.0);

pub(crate) const fn crossing_word(crossing: Crossing) -> &'static str {
    match crossing {
        Crossing::Approached => "comes near",
        Crossing::Entered => "enters",
        Crossing::FoundInside => "found inside",
        Crossing::Dwelt => "stays long",
        Crossing::Left => "leaves",
        _ => "ended",
    }
}

const fn class(crossing: Crossing) -> &'static str {
    match crossing {
        Crossing::Approached => "near",
        Crossing::Entered | Crossing::FoundInside => "in",
        Crossing::Dwelt => "stay",
        _ => "out",
    }
}

/// Returns where a place is on the map; flat, which is right to a pixel over these few kilometres.
fn at(position: Position) -> (f64, f64) {
    let (lat, lon) = Scene::venue();
    let north_m = (position.latitude().degrees() - lat) * 111_250.0;
    let east_m = (position.longitude().degrees() - lon) * 111_320.0 * lat.to_radians().cos();
    (MIDDLE.0 + east_m / METRES, MIDDLE.1 - north_m / METRES)
}

fn line(positions: impl Iterator<Item = Position>) -> String {
    let points: Vec<String> = positions
        .map(|position| {
            let (x, y) = at(position);
            format!("{x:.1},{y:.1}")
        })
        .collect();
    points.join(" ")
}

pub(crate) fn page(
    scene: &Scene,
    events: &[PerimeterEvent],
    judged: &[Judged<'_>],
) -> Result<String, Failed> {
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Summit perimeter</title><style>{STYLE}</style></head><body><h1>A fictional summit, 12 June 2026</h1>\
         <p>{} fixes of {} invented cars, each off by up to 25 m; {} events. A car that drives along a border is told once, not at every fix.</p>",
        scene.fixes().count(),
        scene.cars.len(),
        events.len()
    );
    html.push_str(LEGEND);
    map(&mut html, scene, events, judged)?;
    html.push_str("<h2>Events</h2><div class=\"wide\"><table><tr><th>time (UTC)</th><th>who</th><th>what</th><th>where</th></tr>");
    for event in events {
        let who = scene.cars.iter().find(|car| car.id == event.unit);
        write!(
            html,
            "<tr><td class=\"time\">{}</td><td>{}: {}</td><td class=\"{}\">{}</td><td>{}</td></tr>",
            event.at.format("%H:%M:%S"),
            scene.name(event.unit),
            who.map_or("", |car| car.what),
            class(event.crossing),
            crossing_word(event.crossing),
            event.perimeter
        )?;
    }
    html.push_str("</table></div><h2>Radio emergencies</h2><div class=\"wide\"><table><tr><th>time (UTC)</th><th>from</th><th>may belong to</th><th>points</th><th>reasons</th></tr>");
    for Judged { alert, candidates } in judged {
        if candidates.is_empty() {
            write!(
                html,
                "<tr><td class=\"time\">{}</td><td>{}</td><td>no open incident within 2 km: a new one</td><td></td><td></td></tr>",
                alert.at.format("%H:%M:%S"),
                alert.from
            )?;
        }
        for candidate in candidates {
            let reasons: Vec<String> = candidate.reasons.iter().map(ToString::to_string).collect();
            let likely = if candidate.likely {
                "likely"
            } else {
                "below the mark"
            };
            write!(
                html,
                "<tr><td class=\"time\">{}</td><td>{}</td><td>{} ({likely})</td><td>{}</td><td>{}</td></tr>",
                alert.at.format("%H:%M:%S"),
                alert.from,
                scene.incident_name(candidate.incident),
                candidate.points,
                reasons.join("; ")
            )?;
        }
    }
    html.push_str("</table></div><p>Everything on this page is invented. Distances on the ellipsoid; merging stays a person's decision.</p></body></html>");
    Ok(html)
}

const LEGEND: &str = "<ul>\
<li><svg viewBox=\"0 0 16 16\"><circle class=\"ring\" cx=\"8\" cy=\"8\" r=\"6\"/></svg>ring</li>\
<li><svg viewBox=\"0 0 16 16\"><path class=\"route\" stroke-width=\"8\" d=\"M0 8H16\"/></svg>motorcade corridor</li>\
<li><svg viewBox=\"0 0 16 16\"><path class=\"track\" d=\"M0 12L6 5L10 9L16 3\"/></svg>fixes of a car</li>\
<li><svg viewBox=\"0 0 16 16\"><circle class=\"in\" cx=\"8\" cy=\"8\" r=\"5\"/></svg>enters</li>\
<li><svg viewBox=\"0 0 16 16\"><circle class=\"out\" cx=\"8\" cy=\"8\" r=\"5\"/></svg>leaves</li>\
<li><svg viewBox=\"0 0 16 16\"><circle class=\"near\" cx=\"8\" cy=\"8\" r=\"5\"/></svg>comes near</li>\
<li><svg viewBox=\"0 0 16 16\"><circle class=\"stay\" cx=\"8\" cy=\"8\" r=\"5\"/></svg>stays long</li>\
<li><svg viewBox=\"0 0 16 16\"><rect class=\"incident\" x=\"3\" y=\"3\" width=\"10\" height=\"10\"/></svg>open incident</li>\
<li><svg viewBox=\"0 0 16 16\"><path class=\"alert\" d=\"M3 3L13 13M13 3L3 13\"/></svg>radio emergency</li></ul>";

fn map(
    html: &mut String,
    scene: &Scene,
    events: &[PerimeterEvent],
    judged: &[Judged<'_>],
) -> std::fmt::Result {
    write!(
        html,
        "<div class=\"wide\"><svg class=\"map\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Map of rings, tracks and events\">"
    )?;
    areas(html, scene)?;
    tracks(html, scene)?;
    crossings(html, scene, events)?;
    emergencies(html, scene, judged)?;
    let kilometre = 1000.0 / METRES;
    write!(
        html,
        "<path d=\"M{:.1} {:.1}h{kilometre:.1}\" stroke=\"currentColor\" stroke-width=\"2\"/><text x=\"{:.1}\" y=\"{:.1}\">1 km</text></svg></div>",
        WIDTH - kilometre - 20.0,
        HEIGHT - 20.0,
        WIDTH - kilometre - 20.0,
        HEIGHT - 28.0
    )
}

fn areas(html: &mut String, scene: &Scene) -> std::fmt::Result {
    for perimeter in &scene.perimeters {
        match &perimeter.shape {
            Shape::Circle { centre, radius } => {
                let (x, y) = at(*centre);
                let radius = radius.get() / METRES;
                write!(
                    html,
                    "<circle class=\"ring\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                    y + radius - 8.0,
                    perimeter.code
                )?;
            }
            Shape::Corridor {
                line: route,
                half_width,
            } => {
                let (x, y) = route.first().map_or(MIDDLE, |start| at(*start));
                write!(
                    html,
                    "<polyline class=\"route\" stroke-width=\"{:.1}\" points=\"{}\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                    half_width.get() * 2.0 / METRES,
                    line(route.iter().copied()),
                    x - 30.0,
                    y,
                    perimeter.code
                )?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn tracks(html: &mut String, scene: &Scene) -> std::fmt::Result {
    for car in &scene.cars {
        write!(
            html,
            "<polyline class=\"track\" points=\"{}\"><title>{}: {}</title></polyline>",
            line(car.fixes.iter().map(|fix| fix.position)),
            car.name,
            car.what
        )?;
    }
    for car in &scene.cars {
        if let Some(first) = car.fixes.first() {
            let (x, y) = at(first.position);
            let (x, y) = (x.clamp(4.0, WIDTH - 80.0), y.clamp(16.0, HEIGHT - 6.0));
            write!(html, "<text x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", car.name)?;
        }
    }
    Ok(())
}

fn crossings(html: &mut String, scene: &Scene, events: &[PerimeterEvent]) -> std::fmt::Result {
    for event in events {
        let fix = scene
            .fixes()
            .find(|(unit, fix)| *unit == event.unit && fix.at == event.at);
        if let Some((_, fix)) = fix {
            let (x, y) = at(fix.position);
            write!(
                html,
                "<circle class=\"{}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\"><title>{} {} {} {}</title></circle>",
                class(event.crossing),
                event.at.format("%H:%M:%S"),
                scene.name(event.unit),
                crossing_word(event.crossing),
                event.perimeter
            )?;
        }
    }
    Ok(())
}

fn emergencies(html: &mut String, scene: &Scene, judged: &[Judged<'_>]) -> std::fmt::Result {
    for (incident, name) in &scene.incidents {
        let (x, y) = at(incident.position);
        write!(
            html,
            "<rect class=\"incident\" x=\"{:.1}\" y=\"{:.1}\" width=\"11\" height=\"11\"><title>{name}</title></rect><text x=\"{:.1}\" y=\"{:.1}\">{name}</text>",
            x - 5.5,
            y - 5.5,
            x + 12.0,
            y + 4.0
        )?;
    }
    for Judged { alert, candidates } in judged {
        let (x, y) = at(alert.report.position);
        let belongs = candidates
            .iter()
            .find(|candidate| candidate.likely)
            .and_then(|candidate| {
                scene
                    .incidents
                    .iter()
                    .find(|(incident, _)| incident.id == candidate.incident)
            });
        if let Some((incident, _)) = belongs {
            let (to_x, to_y) = at(incident.position);
            write!(
                html,
                "<line class=\"belongs\" x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{to_x:.1}\" y2=\"{to_y:.1}\"/>"
            )?;
        }
        write!(
            html,
            "<path class=\"alert\" d=\"M{:.1} {:.1}l12 12m0 -12l-12 12\"><title>{} radio emergency of {}</title></path>",
            x - 6.0,
            y - 6.0,
            alert.at.format("%H:%M:%S"),
            alert.from
        )?;
    }
    Ok(())
}
