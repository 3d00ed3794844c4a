//! Pre-coded status, protocol identifiers and the user data of SDS type 4.

mod content;
mod message;
mod protocol_id;
mod status;

pub use content::Content;
pub use message::{Sds, SdsBody};
pub use protocol_id::ProtocolId;
pub use status::{PreCodedStatus, ShortReport, ShortReportType, StatusMeaning};
