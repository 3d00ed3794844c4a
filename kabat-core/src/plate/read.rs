//! What a plate reader says.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::{DateTime, Utc};

use super::Plate;
use crate::{CameraId, MetersPerSecond, TrackId, TrackStage, Tracked};

/// Another text that the reader held possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct PlateGuess {
    /// The plate.
    pub plate: Plate,
    /// How sure the reader is, 0 to 100.
    #[cfg_attr(feature = "schemars", schemars(range(max = 100)))]
    pub confidence_percent: u8,
}

/// One message of a plate reader, free of any maker's form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct PlateRead {
    /// Which camera.
    pub camera: CameraId,
    /// When.
    pub at: DateTime<Utc>,
    /// What was read.
    pub plate: Plate,
    /// How sure the reader is, 0 to 100.
    #[cfg_attr(feature = "schemars", schemars(range(max = 100)))]
    pub confidence_percent: u8,
    /// Other texts that the reader held possible, the likeliest first.
    #[cfg_attr(feature = "serde", serde(default))]
    pub alternatives: Vec<PlateGuess>,
    /// Country as the reader names it; it may be wrong.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub country: Option<String>,
    /// Speed, if the reader measures it.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub speed_mps: Option<MetersPerSecond>,
    /// Lane, counted from 1 as the reader does.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub lane: Option<u8>,
    /// The reader's number for the vehicle that it follows.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub track: Option<TrackId>,
    /// Where the message stands in the following.
    pub stage: TrackStage,
}

impl PlateRead {
    /// Makes a read with nothing but the necessary.
    ///
    /// ```
    /// use kabat_core::{CameraId, PlateRead, TrackStage};
    /// let read = PlateRead::new(CameraId::nil(), "2026-03-01T10:00:00Z".parse()?, "1-ABC-234".parse()?, 92);
    /// assert_eq!((read.track, read.stage), (None, TrackStage::New));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn new(
        camera: CameraId,
        at: DateTime<Utc>,
        plate: Plate,
        confidence_percent: u8,
    ) -> Self {
        Self {
            camera,
            at,
            plate,
            confidence_percent,
            alternatives: Vec::new(),
            country: None,
            speed_mps: None,
            lane: None,
            track: None,
            stage: TrackStage::New,
        }
    }
}

impl Tracked for PlateRead {
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
