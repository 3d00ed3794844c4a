use crate::bits::{BitReader, BitWriter, Bits};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::lip::ShortLocationReport;

/// A LIP message: one PDU and whatever bits follow it.
///
/// ```
/// use kabat_tetra::{Bits, Lip, LipPdu};
///
/// let octets = [0x00, 0x2F, 0x7D, 0xC2, 0x4F, 0xA7, 0xB1, 0x03, 0xE8, 0x10];
/// let lip = Lip::decode(Bits::from_octets(&octets))?;
/// assert!(matches!(lip.pdu, LipPdu::Short(_)));
/// assert_eq!(lip.trailing.len(), 4);
/// # Ok::<(), kabat_tetra::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Lip<'a> {
    /// The PDU.
    pub pdu: LipPdu<'a>,
    /// Bits behind the PDU, kept as they are: mostly zero filling.
    pub trailing: Bits<'a>,
}

/// A LIP PDU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum LipPdu<'a> {
    /// Short location report.
    Short(ShortLocationReport),
    /// An extended PDU this crate does not read, kept as it is.
    Unknown {
        /// The four-bit extension that tells the PDU.
        extension: u8,
        /// Everything behind it.
        bits: Bits<'a>,
    },
}

impl<'a> Lip<'a> {
    const PDU: &'static str = "lip";

    /// Reads a LIP message without the protocol identifier in front.
    ///
    /// # Errors
    /// When the PDU is cut off, or its type is reserved.
    #[inline]
    pub fn decode(bits: Bits<'a>) -> Result<Self, DecodeError> {
        Self::read(&mut BitReader::new(bits, Self::PDU))
    }

    /// Writes the message.
    ///
    /// # Errors
    /// When the buffer is full or a field is too wide.
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        self.write(writer)
    }

    #[inline]
    pub(crate) fn read(reader: &mut BitReader<'a>) -> Result<Self, DecodeError> {
        reader.enter(Self::PDU);
        let pdu = match reader.peek_rest().number(0, 2) {
            Some(0) => LipPdu::Short(ShortLocationReport::read(reader)?),
            _ => match reader.take(2, "pdu type")? {
                1 => LipPdu::Unknown {
                    extension: reader.u8(4, "pdu type extension")?,
                    bits: reader.rest(),
                },
                value => {
                    let kind = DecodeErrorKind::Reserved { value };
                    return Err(reader.fail_back(kind, "pdu type", 2));
                }
            },
        };
        Ok(Self {
            pdu,
            trailing: reader.rest(),
        })
    }

    pub(crate) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        match &self.pdu {
            LipPdu::Short(report) => report.encode(writer)?,
            LipPdu::Unknown { extension, bits } => {
                writer.put(1, 2, "pdu type")?;
                writer.put(u64::from(*extension), 4, "pdu type extension")?;
                writer.bits(*bits, "pdu")?;
            }
        }
        writer.bits(self.trailing, "trailing bits")
    }
}

impl From<ShortLocationReport> for Lip<'_> {
    fn from(report: ShortLocationReport) -> Self {
        Self {
            pdu: LipPdu::Short(report),
            trailing: Bits::EMPTY,
        }
    }
}
