//! Location information protocol, TS 100 392-18-1.

mod additional;
mod coordinate;
mod direction;
mod element;
mod long_report;
mod message;
mod pdu;
mod position_error;
mod request;
mod scale;
mod shape;
mod short_report;
mod time;
mod velocity;

pub use additional::{AdditionalData, Reason};
pub use coordinate::{LatitudeCode, LongitudeCode};
pub use direction::CoarseDirection;
pub use element::{
    LipAddress, TriggerDefinition, TriggerParameter, Type5Element, Type5Elements, Type5Id,
};
pub use long_report::{LongLocationReport, ReportTime, TimeOfPosition, Velocity, VerticalVelocity};
pub use message::Lip;
pub use pdu::LipPdu;
pub use position_error::PositionError;
pub use request::{ControlValidity, EnableFlags, ReportType, ResultCode};
pub use scale::{
    Altitude, AltitudeCode, AltitudeUncertainty, ArcRadius, Confidence, FineAngle,
    HorizontalUncertainty, ReportingInterval, VelocityUncertainty,
};
pub use shape::{Axes, PointCode, Shape};
pub use short_report::ShortLocationReport;
pub use time::TimeElapsed;
pub use velocity::HorizontalVelocity;
