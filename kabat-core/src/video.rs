//! What video analysis says, free of any maker's form.

use alloc::string::String;

use chrono::{DateTime, Utc};

use crate::code::open_code;
use crate::{CameraId, EventId, Position, TrackId, TrackStage, Tracked};

open_code! {
    /// What video analysis saw: an open code; this crate analyses no images itself.
    VideoEventKind, "video event"
}

impl VideoEventKind {
    /// Somebody in a place that is closed to them.
    pub const INTRUSION: Self = Self::known("intrusion");
    /// Somebody who stays unusually long.
    pub const LOITERING: Self = Self::known("loitering");
    /// An object left behind.
    pub const OBJECT_LEFT: Self = Self::known("object_left");
    /// An object taken away.
    pub const OBJECT_REMOVED: Self = Self::known("object_removed");
    /// A crowd.
    pub const CROWD: Self = Self::known("crowd");
    /// A vehicle against the direction of traffic.
    pub const WRONG_WAY: Self = Self::known("wrong_way");
    /// A vehicle that stands where none should.
    pub const STOPPED_VEHICLE: Self = Self::known("stopped_vehicle");
    /// Smoke.
    pub const SMOKE: Self = Self::known("smoke");
    /// Flames.
    pub const FLAMES: Self = Self::known("flames");
    /// Somebody who fell.
    pub const FALLEN_PERSON: Self = Self::known("fallen_person");
    /// The camera was covered, turned or blinded.
    pub const TAMPERING: Self = Self::known("tampering");
    /// A face compared with a list: biometric data, which nobody may handle without a legal basis.
    pub const FACE_MATCH: Self = Self::known("face_match");

    /// Returns whether it is known to rest on biometric data; `false` for codes not known here proves nothing.
    ///
    /// ```
    /// use kabat_core::VideoEventKind;
    /// assert!(VideoEventKind::FACE_MATCH.is_biometric());
    /// assert!(!VideoEventKind::SMOKE.is_biometric());
    /// ```
    pub fn is_biometric(&self) -> bool {
        *self == Self::FACE_MATCH
    }
}

/// One message of video analysis.
///
/// ```
/// use kabat_core::{CameraId, EventId, TrackStage, VideoAnalyticsEvent, VideoEventKind};
/// let event = VideoAnalyticsEvent {
///     id: EventId::nil(),
///     camera: CameraId::nil(),
///     at: "2026-03-01T10:00:00Z".parse()?,
///     kind: VideoEventKind::WRONG_WAY,
///     confidence_percent: 80,
///     position: None,
///     track: None,
///     stage: TrackStage::New,
///     vendor_code: Some("EVT_4711".into()),
/// };
/// assert!(!event.kind.is_biometric());
/// # Ok::<(), kabat_core::chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct VideoAnalyticsEvent {
    /// Its id.
    pub id: EventId,
    /// Which camera.
    pub camera: CameraId,
    /// When.
    pub at: DateTime<Utc>,
    /// What was seen.
    pub kind: VideoEventKind,
    /// How sure the analysis is, 0 to 100.
    #[cfg_attr(feature = "schemars", schemars(range(max = 100)))]
    pub confidence_percent: u8,
    /// Where it was seen, if known better than the camera's place.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub position: Option<Position>,
    /// The camera's number for what it follows.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub track: Option<TrackId>,
    /// Where the message stands in the following.
    pub stage: TrackStage,
    /// The maker's own code, kept verbatim.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub vendor_code: Option<String>,
}

impl Tracked for VideoAnalyticsEvent {
    fn camera(&self) -> CameraId {
        self.camera
    }

    fn track(&self) -> Option<TrackId> {
        self.track
    }

    fn at(&self) -> DateTime<Utc> {
        self.at
    }

    fn stage(&self) -> TrackStage {
        self.stage
    }

    fn confidence_percent(&self) -> u8 {
        self.confidence_percent
    }
}
