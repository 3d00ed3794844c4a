//! Draws the run as one self-contained page: a map of incidents, units and borders, and a table.

use std::fmt::Write as _;

/// West, east, south and north edges of the map in degrees: Belgium with a margin.
const WEST: f64 = 2.48;
const EAST: f64 = 6.46;
const SOUTH: f64 = 49.46;
const NORTH: f64 = 51.54;
/// Width of the drawing; the height follows from the shape of the land at 50.5 degrees north.
const WIDTH: f64 = 1000.0;
const COS_MID: f64 = 0.636_078;
/// Height of the legend, and of the margin under it.
const LEGEND_HEIGHT: f64 = 196.0;

/// What is drawn of an incident.
pub(crate) struct Pin {
    pub(crate) label: String,
    pub(crate) tooltip: String,
    pub(crate) priority: u8,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
}

/// What is drawn of a unit: where it stands, whose it is, and where it goes.
pub(crate) struct Mark {
    pub(crate) tooltip: String,
    /// The style class: `fire`, `medical`, `police` or `logistics`.
    pub(crate) service: &'static str,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) goes_to: Option<(f64, f64)>,
}

/// A row of the table under the map.
pub(crate) struct Row {
    pub(crate) cells: Vec<String>,
    /// Shown when the last cell is pointed at.
    pub(crate) hover: String,
    pub(crate) priority: u8,
    /// Every decision about the call, by part.
    pub(crate) file: Vec<(&'static str, Vec<String>)>,
}

/// All that goes on the page.
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) lead: String,
    /// Outlines as (longitude, latitude) rings.
    pub(crate) borders: Vec<Vec<(f64, f64)>>,
    /// Zone borders as (longitude, latitude) polylines.
    pub(crate) zone_borders: Vec<Vec<(f64, f64)>>,
    pub(crate) pins: Vec<Pin>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) headings: Vec<&'static str>,
    pub(crate) rows: Vec<Row>,
    pub(crate) sources: String,
}

const STYLE: &str = "
:root{--bg:#fbfaf7;--fg:#1f2430;--dim:#667;--land:#efece4;--line:#cfc8ba;--zone:#9d937f;--fire:#c8442f;--medical:#12806f;--police:#2f5fc4;--logistics:#8a5a9e;--p1:#b3122b;--p2:#d9731a;--p3:#8f7a00;--p4:#6b7280;--pin:#fff}
@media (prefers-color-scheme:dark){:root{--bg:#14171d;--fg:#e8e6e0;--dim:#9aa0ac;--land:#20242d;--line:#3a404c;--zone:#6d7686;--fire:#ff7a63;--medical:#3fc7b0;--police:#7fa6ff;--logistics:#c79be0;--p1:#ff4d67;--p2:#ff9d4d;--p3:#e0c52e;--p4:#9aa3b2;--pin:#14171d}}
.map .land{fill:var(--land);stroke:var(--line);stroke-width:.5;stroke-linejoin:round}
.map .zone{fill:none;stroke:var(--zone);stroke-width:.9;stroke-opacity:.75}
.map .way{stroke-width:1.5;stroke-opacity:.8;fill:none}
.map .unit{stroke:var(--pin);stroke-width:.6}.map .idle{opacity:.33}
.fire{fill:var(--fire);stroke:var(--fire)}.medical{fill:var(--medical);stroke:var(--medical)}.police{fill:var(--police);stroke:var(--police)}.logistics{fill:var(--logistics);stroke:var(--logistics)}
.map .p1{fill:var(--p1)}.map .p2{fill:var(--p2)}.map .p3{fill:var(--p3)}.map .p4{fill:var(--p4)}
.map .pin{stroke:var(--pin);stroke-width:1.4}.map .num{font:700 9px system-ui,sans-serif;fill:var(--pin);text-anchor:middle;pointer-events:none}
.map .key{font:12px system-ui,sans-serif;fill:var(--fg)}
";

const PAGE_STYLE: &str = "
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.45 system-ui,sans-serif}
main{max-width:1180px;margin:0 auto;padding:1.2rem}
h1{font-size:1.5rem;margin:.2rem 0}p{margin:.4rem 0 1rem;color:var(--dim);max-width:70ch}
.scroll{overflow-x:auto}.map{display:block;width:100%;min-width:680px;height:auto}
table{border-collapse:collapse;width:100%;font-size:.86rem;min-width:900px}
th,td{text-align:left;vertical-align:top;padding:.35rem .55rem;border-bottom:1px solid var(--line)}
th{position:sticky;top:0;background:var(--bg)}
.pr{font-weight:700}.pr1{color:var(--p1)}.pr2{color:var(--p2)}.pr3{color:var(--p3)}.pr4{color:var(--p4)}
h2{font-size:1.15rem;margin:1.4rem 0 .4rem}h3{font-size:.9rem;margin:.7rem 0 .1rem}
details{border-bottom:1px solid var(--line);padding:.3rem 0}summary{cursor:pointer}details ul{margin:.1rem 0 .5rem;padding-left:1.2rem;font-size:.86rem;overflow-wrap:anywhere}
.narrow{display:none}@media (max-width:600px){.map{min-width:0}.map .wide{display:none}.narrow{display:block;max-width:340px}}
footer{color:var(--dim);font-size:.8rem;margin-top:1rem}
";

impl Page {
    /// Writes the page: the drawing, the table and the sources.
    pub(crate) fn to_html(&self) -> String {
        let mut html = String::new();
        let _ = write!(
            html,
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{0}</title><style>{STYLE}{PAGE_STYLE}</style></head><body><main><h1>{0}</h1><p>{1}</p><div class=\"scroll\">",
            escape(&self.title),
            escape(&self.lead)
        );
        self.drawing(&mut html, "", 0.5);
        // On a telephone the legend inside the drawing would be too small to read.
        let _ = write!(
            html,
            "</div><svg class=\"map narrow\" viewBox=\"0 0 340 {LEGEND_HEIGHT}\" aria-hidden=\"true\">"
        );
        legend(&mut html, 12.0);
        html.push_str("</svg><h2>Each call, decision by decision</h2>");
        for row in &self.rows {
            row.write_file(&mut html);
        }
        html.push_str("<h2>All calls</h2><div class=\"scroll\"><table><thead><tr>");
        for heading in &self.headings {
            let _ = write!(html, "<th>{}</th>", escape(heading));
        }
        html.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            html.push_str("<tr>");
            for (at, cell) in row.cells.iter().enumerate() {
                if self.headings.get(at) == Some(&"P") {
                    let _ = write!(
                        html,
                        "<td class=\"pr pr{}\">{}</td>",
                        row.priority,
                        escape(cell)
                    );
                } else if at + 1 == row.cells.len() {
                    let hover = escape(&row.hover);
                    let _ = write!(html, "<td title=\"{hover}\">{}</td>", escape(cell));
                } else {
                    let _ = write!(html, "<td>{}</td>", escape(cell));
                }
            }
            html.push_str("</tr>");
        }
        let _ = write!(
            html,
            "</tbody></table></div><footer>{}</footer></main></body></html>",
            escape(&self.sources)
        );
        html
    }

    /// Writes the drawing alone as a picture that carries its own style.
    pub(crate) fn to_svg(&self) -> String {
        let mut svg = String::new();
        self.drawing(
            &mut svg,
            &format!("<style>{STYLE}.map{{background:var(--bg)}}</style>"),
            1.5,
        );
        svg
    }

    fn drawing(&self, out: &mut String, style: &str, step: f64) {
        let height = (NORTH - SOUTH) / ((EAST - WEST) * COS_MID) * WIDTH;
        let _ = write!(
            out,
            "<svg class=\"map\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\" aria-label=\"{}\">{style}",
            escape(&self.title)
        );
        let _ = write!(
            out,
            "<path class=\"land\" d=\"{}\"/>",
            path(&self.borders, true, step)
        );
        let _ = write!(
            out,
            "<path class=\"zone\" d=\"{}\"/>",
            path(&self.zone_borders, false, 0.1)
        );
        for mark in &self.marks {
            if let Some((lat, lon)) = mark.goes_to {
                let ((x1, y1), (x2, y2)) = (place(mark.lon, mark.lat), place(lon, lat));
                let _ = write!(
                    out,
                    "<line class=\"way {}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>",
                    mark.service
                );
            }
        }
        for mark in &self.marks {
            let (x, y) = place(mark.lon, mark.lat);
            let idle = if mark.goes_to.is_some() { "" } else { " idle" };
            let shape = match mark.service {
                "fire" => format!("M{:.1} {:.1}h7v7h-7z", x - 3.5, y - 3.5),
                "medical" => format!(
                    "M{:.1} {:.1}h2.6v2.6h2.6v2.6h-2.6v2.6h-2.6v-2.6h-2.6v-2.6h2.6z",
                    x - 1.3,
                    y - 3.9
                ),
                _ => format!("M{x:.1} {:.1}l4.2 7.4h-8.4z", y - 4.6),
            };
            let _ = write!(
                out,
                "<path class=\"unit {}{idle}\" d=\"{shape}\"><title>{}</title></path>",
                mark.service,
                escape(&mark.tooltip)
            );
        }
        for pin in &self.pins {
            let (x, y) = place(pin.lon, pin.lat);
            let _ = write!(
                out,
                "<circle class=\"pin p{}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"8\"><title>{}</title></circle><text class=\"num\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
                pin.priority,
                escape(&pin.tooltip),
                y + 3.2,
                escape(&pin.label)
            );
        }
        out.push_str("<g class=\"wide\">");
        legend(out, height - LEGEND_HEIGHT);
        out.push_str("</g></svg>");
    }
}

impl Row {
    /// Writes the file of the call, folded until it is opened.
    fn write_file(&self, html: &mut String) {
        let cell = |at: usize| {
            self.cells
                .get(at)
                .map_or(String::new(), |cell| escape(cell))
        };
        let _ = write!(
            html,
            "<details><summary><span class=\"pr pr{}\">P{}</span> {} <b>{}</b> {}</summary>",
            self.priority,
            cell(2),
            cell(0),
            cell(3),
            cell(4)
        );
        for (heading, lines) in &self.file {
            let _ = write!(html, "<h3>{}</h3><ul>", escape(heading));
            for line in lines {
                let _ = write!(html, "<li>{}</li>", escape(line));
            }
            html.push_str("</ul>");
        }
        html.push_str("</details>");
    }
}

fn legend(out: &mut String, top: f64) {
    let left = 18.0;
    let mut y = top;
    let mut line = |out: &mut String, shape: &str, text: &str| {
        let _ = write!(
            out,
            "<g transform=\"translate({left} {y:.0})\">{shape}<text class=\"key\" x=\"18\" y=\"4\">{text}</text></g>"
        );
        y += 20.0;
    };
    for (priority, text) in [
        (1, "incident, priority 1 (life in danger)"),
        (2, "priority 2 (urgent)"),
        (3, "priority 3 (stable)"),
        (4, "priority 4 (not urgent)"),
    ] {
        line(
            out,
            &format!("<circle class=\"pin p{priority}\" r=\"7\"/>"),
            text,
        );
    }
    line(
        out,
        "<path class=\"unit fire\" d=\"M-3.5 -3.5h7v7h-7z\"/>",
        "fire unit and its way",
    );
    line(
        out,
        "<path class=\"unit medical\" d=\"M-1.3 -3.9h2.6v2.6h2.6v2.6h-2.6v2.6h-2.6v-2.6h-2.6v-2.6h2.6z\"/>",
        "medical unit and its way",
    );
    line(
        out,
        "<path class=\"unit police\" d=\"M0 -4.6l4.2 7.4h-8.4z\"/>",
        "police unit and its way",
    );
    line(
        out,
        "<path class=\"unit police idle\" d=\"M0 -4.6l4.2 7.4h-8.4z\"/>",
        "pale: not sent",
    );
    line(
        out,
        "<path class=\"zone\" d=\"M-7 0h14\"/>",
        "police zone border (likely), canton lines thin",
    );
}

/// Projects degrees onto the drawing: equirectangular at 50.5 degrees north.
fn place(lon: f64, lat: f64) -> (f64, f64) {
    let scale = WIDTH / ((EAST - WEST) * COS_MID);
    ((lon - WEST) * COS_MID * scale, (NORTH - lat) * scale)
}

/// Path data of the lines, with points closer than `step` to the one before left out.
fn path(lines: &[Vec<(f64, f64)>], closed: bool, step: f64) -> String {
    let mut data = String::new();
    for line in lines {
        let mut last: Option<(f64, f64)> = None;
        for &(lon, lat) in line {
            let (x, y) = place(lon, lat);
            match last {
                None => {
                    let _ = write!(data, "M{x:.1} {y:.1}");
                }
                Some((px, py)) if (x - px).hypot(y - py) < step => continue,
                Some((px, py)) => {
                    let (dx, dy) = (tenth(x - px), tenth(y - py));
                    let _ = if dy == 0.0 {
                        write!(data, "h{dx}")
                    } else if dx == 0.0 {
                        write!(data, "v{dy}")
                    } else {
                        write!(data, "l{dx} {dy}")
                    };
                }
            }
            // What was written is rounded, so the next step starts where the reader's pen is.
            last = Some(match last {
                None => (tenth(x), tenth(y)),
                Some((px, py)) => (px + tenth(x - px), py + tenth(y - py)),
            });
        }
        if closed {
            data.push('z');
        }
    }
    data
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
