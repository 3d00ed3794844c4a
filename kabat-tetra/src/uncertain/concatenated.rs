use crate::bits::{Bits, Cursor};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::sds::ProtocolId;

/// A reading of concatenated SDS (protocol identifiers `0x0C` and `0x8C`), from one source.
///
/// | field | bits |
/// |---|---|
/// | pdu type | 3 |
/// | extended reference | 1 |
/// | reference | 4 or 12 |
/// | total | 8 |
/// | sequence | 8 |
/// | protocol identifier of the whole | 8, first part only |
/// | data | rest |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct ConcatenatedSds<'a> {
    /// PDU type, three bits.
    pub pdu_type: u8,
    /// Same in every part.
    pub reference: u16,
    /// Number of parts.
    pub total: u8,
    /// Which part, from 1.
    pub sequence: u8,
    /// Protocol identifier of the whole message, in the first part.
    pub protocol: Option<ProtocolId>,
    /// Data of this part.
    pub data: Bits<'a>,
    /// Everything, as it stands on the wire.
    pub raw: Bits<'a>,
}

impl<'a> ConcatenatedSds<'a> {
    /// Reads what follows the protocol identifier and, for `0x8C`, the SDS-TL transfer header.
    ///
    /// # Errors
    /// When it is cut off, or the total or sequence cannot be.
    pub fn read(raw: Bits<'a>) -> Result<Self, DecodeError> {
        Cursor::decode(raw, "concatenated sds", |reader| {
            let pdu_type = reader.u8(3, "pdu type");
            let extended = reader.flag("extended reference");
            let reference = reader.u16(if extended { 12 } else { 4 }, "reference");
            let total = reader.u8(8, "total");
            if total == 0 {
                let kind = DecodeErrorKind::NotAllowed { value: 0 };
                reader.refuse(kind, "total", 8);
            }
            let sequence = reader.u8(8, "sequence");
            if sequence == 0 || sequence > total {
                let value = u64::from(sequence);
                let kind = DecodeErrorKind::NotAllowed { value };
                reader.refuse(kind, "sequence", 8);
            }
            let protocol = if sequence == 1 {
                Some(ProtocolId::from_raw(reader.u8(8, "protocol identifier")))
            } else {
                None
            };
            let data = reader.rest();
            Self {
                pdu_type,
                reference,
                total,
                sequence,
                protocol,
                data,
                raw,
            }
        })
    }
}
