//! Reports that came in.

use alloc::string::String;

use chrono::{DateTime, Utc};

use crate::{CallId, Language};

/// By which way a report came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum ReportSource {
    /// A call to 112.
    #[cfg_attr(feature = "serde", serde(rename = "call_112"))]
    Call112,
    /// A call to 101.
    #[cfg_attr(feature = "serde", serde(rename = "call_101"))]
    Call101,
    /// A call to 1722, the number for storm and flood without danger to life.
    #[cfg_attr(feature = "serde", serde(rename = "call_1722"))]
    Call1722,
    /// A call to 1733, the general practitioner on duty.
    #[cfg_attr(feature = "serde", serde(rename = "call_1733"))]
    Call1733,
    /// The app 112 BE or another app.
    App,
    /// A vehicle's eCall.
    ECall,
    /// An alarm system.
    Alarm,
    /// A plate reader.
    Anpr,
    /// Camera analysis or an operator at a screen.
    Camera,
    /// A radio message or the emergency button of a radio.
    Radio,
    /// Another agency or centre.
    Agency,
    /// Any other way.
    Other,
}

/// One report: a call, a message, an alarm.
///
/// The note is what was written down; it holds personal data, so keep and show it under the rules that apply.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Call {
    /// Its id.
    pub id: CallId,
    /// When it came in (T0).
    pub received_at: DateTime<Utc>,
    /// How it came in.
    pub source: ReportSource,
    /// The caller's language, if known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub language: Option<Language>,
    /// What was written down.
    #[cfg_attr(feature = "serde", serde(default))]
    pub note: String,
}
