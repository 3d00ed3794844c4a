use crate::bits::{BitWriter, Bits, Cursor, Failure};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::lip::{LipPdu, LongLocationReport, ShortLocationReport, Type5Elements};

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
    /// Type 5 elements; a short report has none.
    pub elements: Type5Elements<'a>,
    /// Bits behind the PDU, kept as they are: mostly zero filling.
    pub trailing: Bits<'a>,
}

impl<'a> Lip<'a> {
    const PDU: &'static str = "lip";

    /// Reads a LIP message without the protocol identifier in front.
    ///
    /// # Errors
    /// When the PDU is cut off, or its type is reserved.
    #[inline]
    pub fn decode(bits: Bits<'a>) -> Result<Self, DecodeError> {
        let failure = Failure::none();
        let mut reader = Cursor::new(bits, Self::PDU, &failure);
        if Self::is_short(&mut reader) {
            let lip = Self::read_short(&mut reader);
            return reader.done(lip);
        }
        if reader.peek(6) == Some(LipPdu::LONG) {
            return Self::decode_long(&mut reader);
        }
        let lip = Self::read(&mut reader);
        reader.done(lip)
    }

    /// Writes the message.
    ///
    /// # Errors
    /// When the buffer is full or a field is too wide.
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        self.write(writer)
    }

    /// Builds a long report where it is returned.
    #[inline(never)]
    fn decode_long(reader: &mut Cursor<'a, '_>) -> Result<Self, DecodeError> {
        let lip = Self::read_long(reader);
        reader.done(lip)
    }

    /// Returns whether the next PDU is a short report.
    #[inline]
    pub(crate) fn is_short(reader: &mut Cursor<'a, '_>) -> bool {
        reader.peek(2) == Some(0)
    }

    /// Reads a short report and what follows it.
    #[expect(
        clippy::inline_always,
        reason = "a call would move the message through memory"
    )]
    #[inline(always)]
    pub(crate) fn read_short(reader: &mut Cursor<'a, '_>) -> Self {
        Self {
            pdu: LipPdu::Short(ShortLocationReport::read(reader)),
            elements: Type5Elements::NONE,
            trailing: reader.rest(),
        }
    }

    pub(crate) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        if Self::is_short(reader) {
            return Self::read_short(reader);
        }
        if reader.peek(6) == Some(LipPdu::LONG) {
            return Self::read_long(reader);
        }
        reader.enter(Self::PDU);
        let value = reader.number(2, "pdu type");
        if value != 1 {
            let kind = DecodeErrorKind::Reserved { value };
            reader.refuse(kind, "pdu type", 2);
        }
        let extension = reader.u8(4, "pdu type extension");
        let bits = reader.peek_rest();
        let (pdu, elements) = if let Some(pdu) = LipPdu::read_extended(reader, extension) {
            (pdu, Type5Elements::read(reader))
        } else {
            reader.rest();
            (LipPdu::Unknown { extension, bits }, Type5Elements::NONE)
        };
        Self {
            pdu,
            elements,
            trailing: reader.rest(),
        }
    }

    /// Reads a long report, and keeps one of a reserved time or shape type as it is.
    #[expect(
        clippy::inline_always,
        reason = "a call would move the message through memory"
    )]
    #[inline(always)]
    fn read_long(reader: &mut Cursor<'a, '_>) -> Self {
        reader.number(6, "pdu type");
        let bits = reader.peek_rest();
        if let Some(report) = LongLocationReport::read(reader) {
            return Self {
                pdu: LipPdu::Long(report),
                elements: Type5Elements::read(reader),
                trailing: reader.rest(),
            };
        }
        reader.rest();
        Self::from(LipPdu::Unknown { extension: 3, bits })
    }

    pub(crate) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        if let LipPdu::Short(report) = &self.pdu {
            report.encode(writer)?;
        } else {
            writer.enter(self.pdu.name());
            self.pdu.write_extended(writer)?;
        }
        self.elements.write(writer)?;
        writer.bits(self.trailing, "trailing bits")
    }
}

impl<'a> From<LipPdu<'a>> for Lip<'a> {
    fn from(pdu: LipPdu<'a>) -> Self {
        Self {
            pdu,
            elements: Type5Elements::NONE,
            trailing: Bits::EMPTY,
        }
    }
}

impl From<ShortLocationReport> for Lip<'_> {
    fn from(report: ShortLocationReport) -> Self {
        Self {
            pdu: LipPdu::Short(report),
            elements: Type5Elements::NONE,
            trailing: Bits::EMPTY,
        }
    }
}
