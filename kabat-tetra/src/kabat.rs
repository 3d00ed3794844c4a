//! The bridge to `kabat_core`: LIP positions with their uncertainty and age, statuses of resources.

use kabat_core::{Meters, MetersPerSecond, Position, ResourceStatus};

use crate::error::ValueError;
use crate::lip::{
    AdditionalData, CoarseDirection, HorizontalVelocity, LatitudeCode, LongLocationReport,
    LongitudeCode, PositionError, Reason, ReportTime, ShortLocationReport, TimeElapsed,
};
use crate::sds::PreCodedStatus;
use crate::status_table::StatusTable;

/// A position from the radio network: where, how far off it may be, how old it may be, how fast.
///
/// What the report does not say is `None`, never zero.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct LocatedPosition {
    /// Where.
    pub position: Position,
    /// Upper bound on the horizontal error.
    #[cfg_attr(feature = "serde", serde(rename = "uncertainty_m"))]
    pub uncertainty: Option<Meters>,
    /// Upper bound on the age when the report was sent, in seconds.
    #[cfg_attr(feature = "serde", serde(rename = "age_at_most_s"))]
    pub age_at_most_s: Option<u32>,
    /// Speed over ground.
    #[cfg_attr(feature = "serde", serde(rename = "velocity_mps"))]
    pub velocity: Option<MetersPerSecond>,
    /// Direction of travel, clockwise from north.
    pub direction_deg: Option<f64>,
}

impl StatusTable<ResourceStatus> {
    /// Returns what a status from the radio says about a resource, through the user's table.
    ///
    /// `None` for a status that is not in the table, or has no such meaning there, such as a request to speak: then the
    /// resource stays what it was.
    ///
    /// ```
    /// use kabat_core::ResourceStatus;
    /// use kabat_tetra::{PreCodedStatus, StatusEntry, StatusTable};
    ///
    /// let row = |code, label: &str, meaning| StatusEntry { code, label: label.into(), meaning };
    /// let table = StatusTable::new("exercise network", [
    ///     row(0x8003, "under way", Some(ResourceStatus::UnderWay)),
    ///     row(0x8005, "wants to speak", None),
    /// ])?;
    /// assert_eq!(table.resource_status(PreCodedStatus::from_raw(0x8003)), Some(ResourceStatus::UnderWay));
    /// assert_eq!(table.resource_status(PreCodedStatus::from_raw(0x8005)), None);
    /// assert_eq!(table.resource_status(PreCodedStatus::from_raw(0x8006)), None);
    /// # Ok::<(), kabat_tetra::StatusTableError>(())
    /// ```
    pub fn resource_status(&self, status: PreCodedStatus) -> Option<ResourceStatus> {
        self.get(status)?.meaning
    }
}

impl ShortLocationReport {
    /// Returns the position, or `None` when the report has no fix.
    ///
    /// ```
    /// use kabat_tetra::{Bits, Lip, LipPdu};
    ///
    /// let octets = [0x00, 0x2F, 0x7D, 0xC2, 0x4F, 0xA7, 0xB1, 0x03, 0xE8, 0x10];
    /// let LipPdu::Short(report) = Lip::decode(Bits::from_octets(&octets))?.pdu else { unreachable!() };
    /// let located = report.located_position().ok_or("no fix")?;
    /// assert!((located.position.latitude().degrees() - 52.00093).abs() < 1e-5);
    /// assert_eq!(located.uncertainty.map(|bound| bound.get()), Some(20.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn located_position(&self) -> Option<LocatedPosition> {
        if !self.has_fix() {
            return None;
        }
        let (latitude, longitude) = (self.latitude.degrees(), self.longitude.degrees());
        Some(LocatedPosition {
            position: Position::from_degrees(latitude, longitude).ok()?,
            uncertainty: self
                .position_error
                .bound_m()
                .and_then(|m| Meters::new(m).ok()),
            age_at_most_s: self.time_elapsed.bound_s(),
            velocity: self
                .velocity
                .km_per_hour()
                .and_then(|kmh| MetersPerSecond::from_kmh(kmh).ok()),
            direction_deg: self.direction.degrees(),
        })
    }

    /// Builds a report of a fresh position; the coordinates are rounded to the nearest step of about 1.2 m.
    ///
    /// Velocity and direction are unknown and the reason is the maximum interval: set the public fields for others.
    ///
    /// # Errors
    /// Never for a valid [`Position`]; the codes share its range.
    pub fn at(position: Position, position_error: PositionError) -> Result<Self, ValueError> {
        Ok(Self {
            time_elapsed: TimeElapsed::LessThan5Seconds,
            longitude: LongitudeCode::from_degrees(position.longitude().degrees())?,
            latitude: LatitudeCode::from_degrees(position.latitude().degrees())?,
            position_error,
            velocity: HorizontalVelocity::UNKNOWN,
            direction: CoarseDirection::NORTH_NORTH_WEST_OR_UNKNOWN,
            additional: AdditionalData::Reason(Reason::MAXIMUM_INTERVAL),
        })
    }
}

impl LongLocationReport {
    /// Returns the position, or `None` when the report has no place, or the all-zero coordinates that radios
    /// without a fix send.
    ///
    /// A time of position has no month, so the age stays unknown: compare [`ReportTime::At`] with your own clock.
    pub fn located_position(&self) -> Option<LocatedPosition> {
        let point = self.shape.point()?;
        let bound = self.shape.bound_m();
        if point.longitude.raw() == 0 && point.latitude.raw() == 0 {
            return None;
        }
        let (latitude, longitude) = (point.latitude.degrees(), point.longitude.degrees());
        Some(LocatedPosition {
            position: Position::from_degrees(latitude, longitude).ok()?,
            uncertainty: bound.and_then(|m| Meters::new(m).ok()),
            age_at_most_s: match self.time {
                ReportTime::Elapsed(elapsed) => elapsed.bound_s(),
                ReportTime::None | ReportTime::At(_) => None,
            },
            velocity: self
                .velocity
                .horizontal()
                .and_then(HorizontalVelocity::km_per_hour)
                .and_then(|kmh| MetersPerSecond::from_kmh(kmh).ok()),
            direction_deg: self
                .velocity
                .direction()
                .map(crate::lip::FineAngle::degrees),
        })
    }
}
