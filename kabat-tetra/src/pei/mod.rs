//! Lines of the peripheral equipment interface, EN 300 392-5: a line codec, no serial port.

mod call;
mod equipment;
mod joined;
mod line;
mod line_of;
mod message;
mod params;
mod party;

pub use call::{
    CallConnected, CallParameters, CallProgress, CallReleased, IncomingCall, TransmissionCeased,
    TransmitDemand, TransmitGrant,
};
pub use equipment::{GroupSelection, ModeReport, ModeRequest, OperatingMode, ServiceProfile};
pub use line::{CommandForm, FinalResult, PeiError, PeiLine, PeiPdu};
pub use message::{ChooseService, SdsReceived, SdsSent, SendSds};
pub use params::Params;
pub use party::{AiService, IdentityType, Party};
