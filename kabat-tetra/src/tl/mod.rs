//! SDS-TL: transfer, report, acknowledgement, store and forward, validity, delivery status.

mod delivery_status;
mod messages;
mod store_forward;
mod validity;

pub use delivery_status::{DeliveryStatus, DeliveryStatusGroup};
pub(crate) use messages::TransferHeader;
pub use messages::{Ack, DeliveryReportRequest, Report, Transfer};
pub use store_forward::{ForwardAddress, StoreForward};
pub use validity::ValidityPeriod;
