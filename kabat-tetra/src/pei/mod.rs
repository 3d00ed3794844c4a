//! Lines of the peripheral equipment interface, EN 300 392-5: a line codec, no serial port.

mod line;
mod params;
mod responses;

pub use line::{CommandForm, FinalResult, PeiError, PeiLine, PeiPdu};
pub use params::Params;
pub use responses::{
    AiService, CallReleased, IdentityType, IncomingCall, Party, SdsReceived, SdsSent, TransmitGrant,
};
