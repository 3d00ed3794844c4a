//! Public warnings in the Common Alerting Protocol, version 1.2.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use chrono::{DateTime, SecondsFormat, Utc};

use crate::{Incident, Meters, Position};

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $element:literal { $($(#[$value_doc:meta])* $value:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(clippy::exhaustive_enums, reason = "the standard fixes the values")]
        pub enum $name {
            $($(#[$value_doc])* $value,)*
        }

        impl $name {
            /// All values.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// Returns the word of the standard.
            ///
            /// ```
            #[doc = concat!("use kabat_core::", stringify!($name), ";")]
            #[doc = concat!("assert!(", stringify!($name), "::ALL.iter().all(|value| value.as_str().starts_with(char::is_uppercase)));")]
            /// ```
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $text,)* }
            }

            fn read(text: &str) -> Result<Self, CapError> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| value.as_str() == text)
                    .ok_or_else(|| CapError::value($element, text))
            }
        }
    };
}

vocabulary! {
    /// How an alert is to be handled (`status`).
    CapStatus, "status" {
        /// To be acted on.
        Actual = "Actual",
        /// To be acted on by those in an exercise.
        Exercise = "Exercise",
        /// For the network.
        System = "System",
        /// For testing.
        Test = "Test",
        /// A draft.
        Draft = "Draft",
    }
}
vocabulary! {
    /// What an alert is (`msgType`).
    CapMessageType, "msgType" {
        /// The first.
        Alert = "Alert",
        /// Replaces earlier ones.
        Update = "Update",
        /// Takes earlier ones back.
        Cancel = "Cancel",
        /// Acknowledges earlier ones.
        Ack = "Ack",
        /// Refuses earlier ones.
        Error = "Error",
    }
}
vocabulary! {
    /// For whom an alert is (`scope`).
    CapScope, "scope" {
        /// For everybody.
        Public = "Public",
        /// For those named by a restriction.
        Restricted = "Restricted",
        /// For those addressed.
        Private = "Private",
    }
}
vocabulary! {
    /// What an event has to do with (`category`).
    CapCategory, "category" {
        /// Geophysical.
        Geo = "Geo",
        /// Meteorological.
        Met = "Met",
        /// Public safety.
        Safety = "Safety",
        /// Security and police.
        Security = "Security",
        /// Rescue.
        Rescue = "Rescue",
        /// Fire.
        Fire = "Fire",
        /// Health.
        Health = "Health",
        /// Environment.
        Env = "Env",
        /// Transport.
        Transport = "Transport",
        /// Infrastructure.
        Infra = "Infra",
        /// Chemical, biological, radiological, nuclear, explosive.
        Cbrne = "CBRNE",
        /// Other.
        Other = "Other",
    }
}
vocabulary! {
    /// How soon to act (`urgency`).
    CapUrgency, "urgency" {
        /// At once.
        Immediate = "Immediate",
        /// Within the hour.
        Expected = "Expected",
        /// Later.
        Future = "Future",
        /// No longer.
        Past = "Past",
        /// Not known.
        Unknown = "Unknown",
    }
}
vocabulary! {
    /// How bad (`severity`).
    CapSeverity, "severity" {
        /// Extraordinary threat to life or property.
        Extreme = "Extreme",
        /// Significant threat.
        Severe = "Severe",
        /// Possible threat.
        Moderate = "Moderate",
        /// Little threat.
        Minor = "Minor",
        /// Not known.
        Unknown = "Unknown",
    }
}
vocabulary! {
    /// How sure (`certainty`).
    CapCertainty, "certainty" {
        /// It happened or goes on.
        Observed = "Observed",
        /// More likely than not.
        Likely = "Likely",
        /// Not likely but possible.
        Possible = "Possible",
        /// Not expected.
        Unlikely = "Unlikely",
        /// Not known.
        Unknown = "Unknown",
    }
}

/// A circle on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CapCircle {
    /// Its middle.
    pub centre: Position,
    /// Its radius; the XML form has kilometres.
    pub radius_m: Meters,
}

/// Where an alert is for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CapArea {
    /// In words.
    pub description: String,
    /// Closed rings of places: the first is the last, at least four.
    pub polygons: Vec<Vec<Position>>,
    /// Circles.
    pub circles: Vec<CapCircle>,
    /// Codes of areas with the name of their list, such as `NIS` and a municipality's code.
    pub geocodes: Vec<(String, String)>,
}

/// What an alert says, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapInfo {
    /// Language by RFC 3066, such as `nl-BE`.
    pub language: Option<String>,
    /// What the event has to do with; at least one.
    pub categories: Vec<CapCategory>,
    /// The event in words.
    pub event: String,
    /// How soon to act.
    pub urgency: CapUrgency,
    /// How bad.
    pub severity: CapSeverity,
    /// How sure.
    pub certainty: CapCertainty,
    /// Until when it holds.
    pub expires: Option<DateTime<Utc>>,
    /// A headline.
    pub headline: Option<String>,
    /// What happens.
    pub description: Option<String>,
    /// What to do.
    pub instruction: Option<String>,
    /// Where.
    pub areas: Vec<CapArea>,
}

/// An alert of the Common Alerting Protocol, version 1.2, as far as this crate knows it.
///
/// Elements not named here are read over and lost: this is a projection of an incident, not a store for other people's
/// alerts. Printing it (`{}`) gives XML; [`parse`](Self::parse) reads it.
///
/// ```
/// use kabat_core::{Author, CapAlert, CapSeverity, Incident, IncidentId, ReportSource};
/// let at = "2026-03-01T10:00:00Z".parse()?;
/// let incident = Incident::open(IncidentId::nil(), at, Author::system("example"), ReportSource::Call112);
/// let mut alert = CapAlert::from_incident(&incident, "warnings@example.be", at, "smoke & soot");
/// alert.info[0].severity = CapSeverity::Moderate;
/// let xml = alert.to_string();
/// assert!(xml.contains("<event>smoke &amp; soot</event>"));
/// assert_eq!(CapAlert::parse(&xml)?, alert);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: OASIS Common Alerting Protocol Version 1.2 (1 July 2010), section 3.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapAlert {
    /// Unique number or text, without spaces, commas, `<` and `&`.
    pub identifier: String,
    /// Who sends it, without spaces, commas, `<` and `&`.
    pub sender: String,
    /// When; written to the second.
    pub sent: DateTime<Utc>,
    /// How it is to be handled.
    pub status: CapStatus,
    /// What it is.
    pub message_type: CapMessageType,
    /// For whom it is.
    pub scope: CapScope,
    /// The incidents that it is about, without spaces.
    pub incidents: Vec<String>,
    /// What it says, once per language.
    pub info: Vec<CapInfo>,
}

impl CapAlert {
    /// Makes a public alert of an incident, with one info block to be filled in by a person.
    ///
    /// The category follows the first level of the incident's type where that is plain. Priority is about sending help
    /// and not about the public, so severity is `Unknown` and urgency too until somebody says more. The area is a
    /// circle around the chosen location with its 95 % radius, at least 100 m.
    pub fn from_incident(
        incident: &Incident,
        sender: impl Into<String>,
        sent: DateTime<Utc>,
        event: impl Into<String>,
    ) -> Self {
        let state = incident.state();
        let level = state
            .incident_type()
            .and_then(|code| code.as_str().split('.').next());
        let category = match level {
            Some("fire") => CapCategory::Fire,
            Some("medical") => CapCategory::Health,
            Some("rescue" | "technical") => CapCategory::Rescue,
            Some("hazmat") => CapCategory::Cbrne,
            Some("police") => CapCategory::Security,
            Some("traffic" | "transport") => CapCategory::Transport,
            _ => CapCategory::Other,
        };
        let circle = state.location().map(|choice| {
            let radius = choice
                .fix
                .radius_95_at(state.last_at(), crate::LocationPolicy::default());
            let least = Meters::new(100.0).unwrap_or_default();
            CapCircle {
                centre: choice.fix.position,
                radius_m: radius.unwrap_or(least).max(least),
            }
        });
        let geocode = state
            .jurisdiction()
            .and_then(|found| found.municipality_nis.clone());
        let areas = if circle.is_some() || geocode.is_some() {
            alloc::vec![CapArea {
                description: "area of the incident".into(),
                polygons: Vec::new(),
                circles: circle.into_iter().collect(),
                geocodes: geocode.into_iter().map(|nis| ("NIS".into(), nis)).collect(),
            }]
        } else {
            Vec::new()
        };
        Self {
            identifier: incident.id().to_string(),
            sender: sender.into(),
            sent,
            status: CapStatus::Draft,
            message_type: CapMessageType::Alert,
            scope: CapScope::Public,
            incidents: alloc::vec![incident.id().to_string()],
            info: alloc::vec![CapInfo {
                language: None,
                categories: alloc::vec![category],
                event: event.into(),
                urgency: CapUrgency::Unknown,
                severity: CapSeverity::Unknown,
                certainty: CapCertainty::Observed,
                expires: None,
                headline: None,
                description: None,
                instruction: None,
                areas,
            }],
        }
    }

    /// Checks what the standard asks beyond the types.
    ///
    /// ```
    /// use kabat_core::{Author, CapAlert, CapSeverity, Incident, IncidentId, ReportSource};
    /// let at = "2026-03-01T10:00:00Z".parse()?;
    /// let incident = Incident::open(IncidentId::nil(), at, Author::system("example"), ReportSource::Call112);
    /// let mut alert = CapAlert::from_incident(&incident, "warnings@example.be", at, "smoke");
    /// assert_eq!(alert.check(), Ok(()));
    /// alert.sender = "two words".into();
    /// assert!(alert.check().is_err());
    /// assert_eq!(CapSeverity::Moderate.as_str(), "Moderate");
    /// # Ok::<(), kabat_core::chrono::ParseError>(())
    /// ```
    ///
    /// # Errors
    /// [`CapError`] naming the element: characters that names may not have, an info block without category, a ring that
    /// is not closed.
    pub fn check(&self) -> Result<(), CapError> {
        for (element, text) in [("identifier", &self.identifier), ("sender", &self.sender)] {
            let wrong = |c: char| c.is_whitespace() || matches!(c, ',' | '<' | '&');
            if text.is_empty() || text.contains(wrong) {
                return Err(CapError::value(element, text));
            }
        }
        for incident in &self.incidents {
            if incident.is_empty() || incident.contains(|c: char| c.is_whitespace() || c == '"') {
                return Err(CapError::value("incidents", incident));
            }
        }
        for info in &self.info {
            if info.categories.is_empty() {
                return Err(CapError::Missing {
                    element: "category",
                });
            }
            for ring in info.areas.iter().flat_map(|area| &area.polygons) {
                if ring.len() < 4 || ring.first() != ring.last() {
                    return Err(CapError::value("polygon", &ring.len().to_string()));
                }
            }
        }
        Ok(())
    }

    /// Reads an alert.
    ///
    /// # Errors
    /// [`CapError`] when the text is not XML, not of version 1.2, or lacks something or has a value that the standard
    /// does not know.
    pub fn parse(xml: &str) -> Result<Self, CapError> {
        let document =
            roxmltree::Document::parse(xml.trim_start()).map_err(|error| CapError::Xml {
                problem: error.to_string(),
            })?;
        let root = document.root_element();
        if !root.has_tag_name((NAMESPACE, "alert")) {
            return Err(CapError::Missing { element: "alert" });
        }
        let incidents = text(root, "incidents").unwrap_or_default();
        let alert = Self {
            identifier: required(root, "identifier")?,
            sender: required(root, "sender")?,
            sent: time("sent", &required(root, "sent")?)?,
            status: CapStatus::read(&required(root, "status")?)?,
            message_type: CapMessageType::read(&required(root, "msgType")?)?,
            scope: CapScope::read(&required(root, "scope")?)?,
            incidents: incidents.split_whitespace().map(String::from).collect(),
            info: children(root, "info")
                .map(read_info)
                .collect::<Result<_, _>>()?,
        };
        alert.check()?;
        Ok(alert)
    }
}

type Node<'a> = roxmltree::Node<'a, 'a>;

fn children<'a>(node: Node<'a>, name: &'static str) -> impl Iterator<Item = Node<'a>> {
    node.children()
        .filter(move |child| child.has_tag_name((NAMESPACE, name)))
}

fn text(node: Node<'_>, name: &'static str) -> Option<String> {
    let child = children(node, name).next()?;
    Some(child.text().unwrap_or_default().trim().to_string())
}

fn required(node: Node<'_>, name: &'static str) -> Result<String, CapError> {
    text(node, name).ok_or(CapError::Missing { element: name })
}

fn time(element: &'static str, text: &str) -> Result<DateTime<Utc>, CapError> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.to_utc())
        .map_err(|_| CapError::value(element, text))
}

fn read_info(node: Node<'_>) -> Result<CapInfo, CapError> {
    Ok(CapInfo {
        language: text(node, "language"),
        categories: children(node, "category")
            .map(|child| CapCategory::read(child.text().unwrap_or_default().trim()))
            .collect::<Result<_, _>>()?,
        event: required(node, "event")?,
        urgency: CapUrgency::read(&required(node, "urgency")?)?,
        severity: CapSeverity::read(&required(node, "severity")?)?,
        certainty: CapCertainty::read(&required(node, "certainty")?)?,
        expires: text(node, "expires")
            .map(|value| time("expires", &value))
            .transpose()?,
        headline: text(node, "headline"),
        description: text(node, "description"),
        instruction: text(node, "instruction"),
        areas: children(node, "area")
            .map(read_area)
            .collect::<Result<_, _>>()?,
    })
}

fn read_area(node: Node<'_>) -> Result<CapArea, CapError> {
    let words = |child: Node<'_>| child.text().unwrap_or_default().trim().to_string();
    Ok(CapArea {
        description: required(node, "areaDesc")?,
        polygons: children(node, "polygon")
            .map(|child| {
                words(child)
                    .split_whitespace()
                    .map(|pair| place("polygon", pair))
                    .collect()
            })
            .collect::<Result<_, _>>()?,
        circles: children(node, "circle")
            .map(|child| {
                let value = words(child);
                let wrong = || CapError::value("circle", &value);
                let (centre, radius) = value.split_once(' ').ok_or_else(wrong)?;
                let km: f64 = radius.trim().parse().map_err(|_| wrong())?;
                Ok(CapCircle {
                    centre: place("circle", centre)?,
                    radius_m: Meters::from_km(km).map_err(|_| wrong())?,
                })
            })
            .collect::<Result<_, _>>()?,
        geocodes: children(node, "geocode")
            .map(|child| Ok((required(child, "valueName")?, required(child, "value")?)))
            .collect::<Result<_, _>>()?,
    })
}

fn place(element: &'static str, pair: &str) -> Result<Position, CapError> {
    let wrong = || CapError::value(element, pair);
    let (lat, lon) = pair.split_once(',').ok_or_else(wrong)?;
    let number = |text: &str| text.parse::<f64>().map_err(|_| wrong());
    Position::from_degrees(number(lat)?, number(lon)?).map_err(|_| wrong())
}

impl fmt::Display for CapAlert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        writeln!(f, "<alert xmlns=\"{NAMESPACE}\">")?;
        element(f, "identifier", &self.identifier)?;
        element(f, "sender", &self.sender)?;
        element(f, "sent", &written(self.sent))?;
        element(f, "status", self.status.as_str())?;
        element(f, "msgType", self.message_type.as_str())?;
        element(f, "scope", self.scope.as_str())?;
        if !self.incidents.is_empty() {
            element(f, "incidents", &self.incidents.join(" "))?;
        }
        for info in &self.info {
            f.write_str("<info>\n")?;
            optional(f, "language", info.language.as_deref())?;
            for category in &info.categories {
                element(f, "category", category.as_str())?;
            }
            element(f, "event", &info.event)?;
            element(f, "urgency", info.urgency.as_str())?;
            element(f, "severity", info.severity.as_str())?;
            element(f, "certainty", info.certainty.as_str())?;
            optional(f, "expires", info.expires.map(written).as_deref())?;
            optional(f, "headline", info.headline.as_deref())?;
            optional(f, "description", info.description.as_deref())?;
            optional(f, "instruction", info.instruction.as_deref())?;
            for area in &info.areas {
                write_area(f, area)?;
            }
            f.write_str("</info>\n")?;
        }
        f.write_str("</alert>\n")
    }
}

fn write_area(f: &mut fmt::Formatter<'_>, area: &CapArea) -> fmt::Result {
    f.write_str("<area>\n")?;
    element(f, "areaDesc", &area.description)?;
    let pair = |place: &Position| {
        let (lat, lon) = (place.latitude().degrees(), place.longitude().degrees());
        alloc::format!("{lat},{lon}")
    };
    for ring in &area.polygons {
        let pairs: Vec<String> = ring.iter().map(pair).collect();
        element(f, "polygon", &pairs.join(" "))?;
    }
    for circle in &area.circles {
        let text = alloc::format!("{} {}", pair(&circle.centre), circle.radius_m.as_km());
        element(f, "circle", &text)?;
    }
    for (name, value) in &area.geocodes {
        f.write_str("<geocode>\n")?;
        element(f, "valueName", name)?;
        element(f, "value", value)?;
        f.write_str("</geocode>\n")?;
    }
    f.write_str("</area>\n")
}

/// Writes a time as the standard asks: to the second, and UTC as `-00:00`, never `Z` (section 3.3.2).
fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
        .replace('Z', "-00:00")
}

fn optional(f: &mut fmt::Formatter<'_>, name: &str, text: Option<&str>) -> fmt::Result {
    text.map_or(Ok(()), |text| element(f, name, text))
}

fn element(f: &mut fmt::Formatter<'_>, name: &str, text: &str) -> fmt::Result {
    write!(f, "<{name}>")?;
    for character in text.chars() {
        match character {
            '&' => f.write_str("&amp;")?,
            '<' => f.write_str("&lt;")?,
            '>' => f.write_str("&gt;")?,
            // XML 1.0 knows no other control characters (section 2.2); they are replaced, as a byte that is lost would be.
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                f.write_char('\u{fffd}')?;
            }
            // Readers turn a bare carriage return into a line feed (section 2.11).
            '\r' => f.write_str("&#13;")?,
            other => f.write_char(other)?,
        }
    }
    writeln!(f, "</{name}>")
}

/// Why a text is not an alert, or an alert not one of the standard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CapError {
    /// It is not XML.
    #[error("alert is not xml: {problem}")]
    Xml {
        /// What the XML reader says.
        problem: String,
    },
    /// Something is missing.
    #[error("element `{element}` is missing")]
    Missing {
        /// The element.
        element: &'static str,
    },
    /// A value is not what it should be.
    #[error("element `{element}` has the value `{value}`")]
    Value {
        /// The element.
        element: &'static str,
        /// Its value, cut after 64 characters.
        value: String,
    },
}

impl CapError {
    fn value(element: &'static str, value: &str) -> Self {
        Self::Value {
            element,
            value: value.chars().take(64).collect(),
        }
    }
}
