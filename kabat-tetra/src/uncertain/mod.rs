//! Readings that rest on one source, or on sources that disagree.
//!
//! Nothing here is solid: every reading stands beside the raw bits it was taken from and claims no more. There is no
//! encoder for Call-Out; write its octets yourself if you hold the specification.

mod call_out;
mod concatenated;
mod reporting_interval;
mod split_gsm7;
mod user_status;

pub use call_out::CallOut;
pub use concatenated::ConcatenatedSds;
pub use reporting_interval::reporting_interval_s;
pub use split_gsm7::split_gsm7;
pub use user_status::general_acknowledgement;

use crate::bits::Bits;
use crate::text::Gsm7;

/// Reads GSM 7-bit characters as septets that follow each other high bit first.
///
/// One published decoder reads them so, another as in SMS; no sample from the air is known.
pub const fn gsm7_high_first(bits: Bits<'_>) -> Gsm7<'_> {
    Gsm7::high_first(bits)
}
