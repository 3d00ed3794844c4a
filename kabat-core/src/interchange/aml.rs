//! Position messages of Advanced Mobile Location in their text form.

use alloc::string::String;

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::{LocationFix, LocationMethod, Meters, Position};

/// How the handset found its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum AmlMethod {
    /// `G`: satellites.
    Satellite,
    /// `W`: Wi-Fi.
    Wifi,
    /// `C`: cells of the network.
    Cell,
    /// `N`: it could not.
    None,
    /// Another letter, or none was given.
    Unknown,
}

/// A position message of Advanced Mobile Location, version 1, as it comes in a text message.
///
/// ```
/// use kabat_core::AmlMessage;
/// let text = "A\"ML=1;lt=+50.84670;lg=+4.35250;rd=12;top=20260301100005;lc=90;pm=G;si=;ei=;mcc=206;mnc=01;ml=88";
/// let message = AmlMessage::parse(text)?;
/// let fix = message.fix().ok_or("no position")?;
/// assert_eq!(fix.radius_m.map(|radius| radius.get()), Some(12.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Numbers of the subscriber (`si`) and of the handset (`ei`) are read over and not kept. Attributes not known are read
/// over too. The length (`ml`) counts the characters of the whole message; [`length_agrees`](Self::length_agrees) says
/// whether it does.
///
/// Source: ETSI TS 103 625, text form of the SMS.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct AmlMessage {
    /// The position, if the handset found one.
    pub position: Option<Position>,
    /// Radius of the circle in which the handset is.
    pub radius_m: Option<Meters>,
    /// Chance in percent that it is.
    pub confidence_percent: Option<u8>,
    /// When the position was found.
    pub positioned_at: Option<DateTime<Utc>>,
    /// How it was found.
    pub method: AmlMethod,
    /// Country code of the network in use.
    pub mcc: Option<u16>,
    /// Code of the network in use, as written: `1` and `01` differ.
    pub mnc: Option<String>,
    /// Whether the given length is that of the message; `None` when none is given.
    pub length_agrees: Option<bool>,
}

impl AmlMessage {
    /// Reads a message.
    ///
    /// # Errors
    /// [`AmlError`] when it is no version 1 message or an attribute's value is not what it should be.
    pub fn parse(text: &str) -> Result<Self, AmlError> {
        let text = text.trim_end_matches(['\r', '\n']);
        let rest = text.strip_prefix("A\"ML=").ok_or(AmlError::Header)?;
        let (version, rest) = rest.split_once(';').unwrap_or((rest, ""));
        if version != "1" {
            return Err(AmlError::Version {
                version: version.chars().take(16).collect(),
            });
        }
        let mut message = Self {
            position: None,
            radius_m: None,
            confidence_percent: None,
            positioned_at: None,
            method: AmlMethod::Unknown,
            mcc: None,
            mnc: None,
            length_agrees: None,
        };
        let (mut latitude, mut longitude) = (None, None);
        for pair in rest.split(';') {
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            // An empty value, and N where a number would be, stand for "not known".
            if value.is_empty() || (value == "N" && name != "pm") {
                continue;
            }
            match name {
                "lt" => latitude = Some(number(name, value)?),
                "lg" => longitude = Some(number(name, value)?),
                "rd" => {
                    let metres = Meters::new(number(name, value)?);
                    message.radius_m = Some(metres.map_err(|_| AmlError::value(name, value))?);
                }
                "lc" => {
                    let percent = number(name, value)?;
                    if !(0.0..=100.0).contains(&percent) {
                        return Err(AmlError::value(name, value));
                    }
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "between 0 and 100 by the line above"
                    )]
                    let percent = percent as u8;
                    message.confidence_percent = Some(percent);
                }
                "top" => {
                    let time = NaiveDateTime::parse_from_str(value, "%Y%m%d%H%M%S");
                    let time = time.map_err(|_| AmlError::value(name, value))?;
                    message.positioned_at = Some(time.and_utc());
                }
                "pm" => {
                    message.method = match value {
                        "G" => AmlMethod::Satellite,
                        "W" => AmlMethod::Wifi,
                        "C" => AmlMethod::Cell,
                        "N" => AmlMethod::None,
                        _ => AmlMethod::Unknown,
                    };
                }
                "mcc" => {
                    let code = value.parse().map_err(|_| AmlError::value(name, value))?;
                    message.mcc = Some(code);
                }
                "mnc" => message.mnc = Some(value.chars().take(3).collect()),
                "ml" => {
                    let length: usize = value.parse().map_err(|_| AmlError::value(name, value))?;
                    message.length_agrees = Some(length == text.chars().count());
                }
                _ => {}
            }
        }
        message.position = match (latitude, longitude) {
            (Some(lat), Some(lon)) => Some(
                Position::from_degrees(lat, lon).map_err(|_| AmlError::value("lt, lg", rest))?,
            ),
            _ => None,
        };
        Ok(message)
    }

    /// Returns the position as an answer to "where is the caller?"; `None` without position or time.
    ///
    /// A position found by cells alone is given the method [`Cell`](LocationMethod::Cell).
    pub fn fix(&self) -> Option<LocationFix> {
        let method = match self.method {
            AmlMethod::Cell => LocationMethod::Cell,
            AmlMethod::None => return None,
            _ => LocationMethod::Aml,
        };
        let mut fix = LocationFix::new(self.position?, method, self.positioned_at?);
        fix.radius_m = self.radius_m;
        fix.confidence_percent = self.confidence_percent;
        Some(fix)
    }
}

fn number(name: &str, value: &str) -> Result<f64, AmlError> {
    value.parse().map_err(|_| AmlError::value(name, value))
}

/// Why a text is not a position message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AmlError {
    /// It does not begin as such messages do.
    #[error("message does not begin with `A\"ML=`")]
    Header,
    /// It is of another version.
    #[error("message is of version `{version}`, only 1 is read")]
    Version {
        /// The version.
        version: String,
    },
    /// A value is not what it should be.
    #[error("attribute `{name}` has the value `{value}`")]
    Value {
        /// The attribute.
        name: String,
        /// Its value, cut after 32 characters.
        value: String,
    },
}

impl AmlError {
    fn value(name: &str, value: &str) -> Self {
        Self::Value {
            name: name.into(),
            value: value.chars().take(32).collect(),
        }
    }
}
