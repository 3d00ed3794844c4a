//! The cameras nearest to an incident, and when their footage must be erased.

use kabat::compliance::{CameraFacts, Compliance, Controller, Place, SpecialRiskPlace, Stated};
use kabat::core::chrono::{DateTime, Utc};
use kabat::{CameraId, Meters, Position};

/// A camera of the park.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Camera {
    id: CameraId,
    name: String,
    controller: Controller,
    #[expect(
        dead_code,
        reason = "a declaration asks for it, the storage term does not"
    )]
    place: Place,
    #[serde(rename = "camera")]
    kind: kabat::compliance::Camera,
    special_risk_place: Option<SpecialRiskPlace>,
    position: Position,
}

/// What the law says of one camera's footage of an incident.
pub(crate) struct Footage {
    pub(crate) id: CameraId,
    /// When to erase, by which rule, and which camera; or that it cannot be told.
    pub(crate) summary: String,
    /// Where that is written, or why it cannot be told.
    pub(crate) source: String,
}

/// Cameras and the law they are under.
pub(crate) struct CameraPark {
    cameras: Vec<Camera>,
    law: Compliance,
}

/// How many of the nearest cameras are looked at, and how far.
const NEAREST: usize = 2;
const WITHIN_KM: f64 = 3.0;

impl CameraPark {
    pub(crate) fn new(cameras: Vec<Camera>) -> Self {
        Self {
            cameras,
            law: Compliance::belgium(),
        }
    }

    /// Returns the name of a camera and where it stands.
    pub(crate) fn place(&self, id: CameraId) -> Option<(&str, Position)> {
        let camera = self.cameras.iter().find(|camera| camera.id == id)?;
        Some((&camera.name, camera.position))
    }

    /// Finds the nearest cameras and the term of what they recorded at `at`.
    pub(crate) fn near(&self, place: Position, at: DateTime<Utc>) -> Vec<Footage> {
        let mut near: Vec<(Meters, &Camera)> = self
            .cameras
            .iter()
            .map(|camera| (place.chord_to(camera.position), camera))
            .collect();
        near.retain(|(distance, _)| distance.as_km() <= WITHIN_KM);
        near.sort_by_key(|&(distance, camera)| (distance, camera.id));
        near.truncate(NEAREST);
        near.into_iter()
            .map(|(_, camera)| self.term(camera, at))
            .collect()
    }

    fn term(&self, camera: &Camera, at: DateTime<Utc>) -> Footage {
        let facts = CameraFacts {
            controller: camera.controller.clone(),
            camera: camera.kind.clone(),
            special_risk_place: camera
                .special_risk_place
                .clone()
                .map_or(Stated::Nothing, Stated::Is),
            anpr_database: false,
        };
        let decision = self.law.retention(&facts, &at);
        let (summary, source) = match &decision.outcome {
            Ok((term, deadline)) => (
                format!(
                    "{} {} ({})",
                    deadline.erase_by.format("%Y-%m-%d %H:%M"),
                    term.rule,
                    camera.name
                ),
                decision
                    .citations
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
            Err(why) => (format!("undetermined ({})", camera.name), why.to_string()),
        };
        Footage {
            id: camera.id,
            summary,
            source,
        }
    }
}
