//! Location information protocol, TS 100 392-18-1.

mod additional;
mod coordinate;
mod direction;
mod pdu;
mod position_error;
mod short_report;
mod time;
mod velocity;

pub use additional::{AdditionalData, Reason};
pub use coordinate::{LatitudeCode, LongitudeCode};
pub use direction::CoarseDirection;
pub use pdu::{Lip, LipPdu};
pub use position_error::PositionError;
pub use short_report::ShortLocationReport;
pub use time::TimeElapsed;
pub use velocity::HorizontalVelocity;
