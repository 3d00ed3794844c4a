use crate::bits::{Bits, Cursor};
use crate::error::DecodeError;

/// A partial reading of a Call-Out message (protocol identifier `0xC3`), which TETRA Association TTR 001-21 defines.
///
/// Three published readings disagree about everything but the function and the severity, so only these are given.
///
/// ```
/// use kabat_tetra::{Bits, uncertain::CallOut};
///
/// let call_out = CallOut::read(Bits::from_octets(&[0x01, 0x38, 0x00, b'N', b'o']))?;
/// assert_eq!((call_out.function, call_out.severity), (3, 0));
/// # Ok::<(), kabat_tetra::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct CallOut<'a> {
    /// Function, four bits: 1 alert, 3 answer of the user; two sources.
    pub function: u8,
    /// Severity, four bits; two sources agree on its place.
    pub severity: u8,
    /// Everything behind the SDS-TL header, as it stands on the wire.
    pub raw: Bits<'a>,
}

impl<'a> CallOut<'a> {
    /// Reads function and severity from what follows the SDS-TL transfer header.
    ///
    /// # Errors
    /// When there are fewer than three octets.
    pub fn read(raw: Bits<'a>) -> Result<Self, DecodeError> {
        Cursor::decode(raw, "call-out", |reader| {
            reader.number(8, "extension header and text scheme");
            let function = reader.u8(4, "function");
            reader.number(8, "disputed fields");
            let severity = reader.u8(4, "severity");
            Self {
                function,
                severity,
                raw,
            }
        })
    }
}
