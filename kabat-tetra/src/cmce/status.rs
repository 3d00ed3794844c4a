use crate::bits::{BitWriter, Bits, Cursor};
use crate::cmce::{PartyAddress, Type3Elements};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::sds::PreCodedStatus;

/// U-STATUS: a pre-coded status from a terminal.
///
/// | field | bits | meaning |
/// |---|---|---|
/// | pdu type | 5 | `01000` |
/// | area selection | 4 | |
/// | called party | 2 + 8, 24 or 48 | [`PartyAddress`] |
/// | pre-coded status | 16 | [`PreCodedStatus`] |
/// | optional elements | 1 … | [`Type3Elements`] |
///
/// EN 300 392-2, clause 14.7.2.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct UStatus<'a> {
    /// Where the called party is to be looked for; four bits, 0 = not defined.
    pub area_selection: u8,
    /// For whom.
    pub called: PartyAddress,
    /// The status.
    pub status: PreCodedStatus,
    /// Optional elements.
    pub elements: Type3Elements<'a>,
}

/// D-STATUS: a pre-coded status to a terminal.
///
/// | field | bits | meaning |
/// |---|---|---|
/// | pdu type | 5 | `01000` |
/// | calling party | 2 + 0, 24 or 48 | [`PartyAddress`] |
/// | pre-coded status | 16 | [`PreCodedStatus`] |
/// | optional elements | 1 … | [`Type3Elements`] |
///
/// EN 300 392-2, clause 14.7.1.11.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct DStatus<'a> {
    /// From whom.
    pub calling: PartyAddress,
    /// The status.
    pub status: PreCodedStatus,
    /// Optional elements.
    pub elements: Type3Elements<'a>,
}

const STATUS_TYPE: u64 = 0b01000;

impl<'a> UStatus<'a> {
    const PDU: &'static str = "u-status";

    /// Reads the PDU from its five type bits on.
    ///
    /// # Errors
    /// When the PDU is cut off, of another type, or has a reserved party type.
    pub fn decode(bits: Bits<'a>) -> Result<Self, DecodeError> {
        Cursor::decode(bits, Self::PDU, |reader| {
            expect_type(reader, STATUS_TYPE);
            Self {
                area_selection: reader.u8(4, "area selection"),
                called: PartyAddress::read(reader, true),
                status: PreCodedStatus::read(reader),
                elements: Type3Elements::read(reader),
            }
        })
    }

    /// Writes the PDU.
    ///
    /// # Errors
    /// When the buffer is full, a field is too wide, or the party is [`PartyAddress::None`].
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        writer.put(STATUS_TYPE, 5, "pdu type")?;
        writer.put(u64::from(self.area_selection), 4, "area selection")?;
        self.called.write(writer, true)?;
        self.status.write(writer)?;
        self.elements.write(writer)
    }
}

impl<'a> DStatus<'a> {
    const PDU: &'static str = "d-status";

    /// Reads the PDU from its five type bits on.
    ///
    /// # Errors
    /// When the PDU is cut off, of another type, or has a reserved party type.
    pub fn decode(bits: Bits<'a>) -> Result<Self, DecodeError> {
        Cursor::decode(bits, Self::PDU, |reader| {
            expect_type(reader, STATUS_TYPE);
            Self {
                calling: PartyAddress::read(reader, false),
                status: PreCodedStatus::read(reader),
                elements: Type3Elements::read(reader),
            }
        })
    }

    /// Writes the PDU.
    ///
    /// # Errors
    /// When the buffer is full or the party is a short number.
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        writer.put(STATUS_TYPE, 5, "pdu type")?;
        self.calling.write(writer, false)?;
        self.status.write(writer)?;
        self.elements.write(writer)
    }
}

/// Takes the five type bits, which must be `expected`.
pub(super) fn expect_type(reader: &mut Cursor<'_, '_>, expected: u64) {
    let found = reader.number(5, "pdu type");
    if found != expected {
        let kind = DecodeErrorKind::WrongType { expected, found };
        reader.refuse(kind, "pdu type", 5);
    }
}
