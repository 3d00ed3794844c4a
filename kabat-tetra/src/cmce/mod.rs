//! CMCE PDUs of the status and short data services.

mod party;
mod sds_data;
mod status;
mod type3;

pub use party::PartyAddress;
pub use sds_data::{DSdsData, ShortData, USdsData};
pub use status::{DStatus, UStatus};
pub use type3::{Type3Element, Type3Elements, Type3Id};
