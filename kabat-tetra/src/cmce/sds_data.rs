use crate::bits::{BitWriter, Bits, Cursor};
use crate::cmce::status::expect_type;
use crate::cmce::{PartyAddress, Type3Elements};
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::sds::Sds;

/// The short data of a U-SDS-DATA or D-SDS-DATA: types 1 to 4.
///
/// EN 300 392-2, clause 14.8; the type identifier on the wire is one less than the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(clippy::exhaustive_enums, reason = "the type identifier has two bits")]
pub enum ShortData<'a> {
    /// Type 1: 16 bits.
    Type1(u16),
    /// Type 2: 32 bits.
    Type2(u32),
    /// Type 3: 64 bits.
    Type3(u64),
    /// Type 4: up to 2047 bits, a protocol identifier first.
    Type4(Bits<'a>),
}

impl<'a> ShortData<'a> {
    /// Reads the user data of type 4; `None` for the other types.
    ///
    /// # Errors
    /// As [`Sds::decode`].
    pub fn sds(&self) -> Option<Result<Sds<'a>, DecodeError>> {
        match self {
            Self::Type4(bits) => Some(Sds::decode(*bits)),
            _ => None,
        }
    }

    #[inline]
    fn read(reader: &mut Cursor<'a, '_>) -> Self {
        match reader.number(2, "short data type identifier") {
            0 => Self::Type1(reader.u16(16, "user defined data 1")),
            1 => Self::Type2(reader.u32(32, "user defined data 2")),
            2 => Self::Type3(reader.wide_number(64, "user defined data 3")),
            _ => {
                let length = usize::from(reader.u16(11, "length indicator"));
                Self::Type4(reader.bits(length, "user defined data 4"))
            }
        }
    }

    fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        match self {
            Self::Type1(data) => {
                writer.put(0, 2, "short data type identifier")?;
                writer.put(u64::from(*data), 16, "user defined data 1")
            }
            Self::Type2(data) => {
                writer.put(1, 2, "short data type identifier")?;
                writer.put(u64::from(*data), 32, "user defined data 2")
            }
            Self::Type3(data) => {
                writer.put(2, 2, "short data type identifier")?;
                writer.put(*data, 64, "user defined data 3")
            }
            Self::Type4(data) => {
                let length = data.len();
                if length > 2047 {
                    let kind = EncodeErrorKind::TooLong { length, most: 2047 };
                    return Err(writer.fail(kind, "length indicator"));
                }
                writer.put(3, 2, "short data type identifier")?;
                writer.put(length as u64, 11, "length indicator")?;
                writer.bits(*data, "user defined data 4")
            }
        }
    }
}

/// U-SDS-DATA: short data from a terminal.
///
/// | field | bits | meaning |
/// |---|---|---|
/// | pdu type | 5 | `01111` |
/// | area selection | 4 | |
/// | called party | 2 + 8, 24 or 48 | [`PartyAddress`] |
/// | short data | 2 … | [`ShortData`] |
/// | optional elements | 1 … | [`Type3Elements`] |
///
/// EN 300 392-2, clause 14.7.2.8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct USdsData<'a> {
    /// Where the called party is to be looked for; four bits, 0 = not defined.
    pub area_selection: u8,
    /// For whom.
    pub called: PartyAddress,
    /// The data.
    pub data: ShortData<'a>,
    /// Optional elements.
    pub elements: Type3Elements<'a>,
}

/// D-SDS-DATA: short data to a terminal.
///
/// | field | bits | meaning |
/// |---|---|---|
/// | pdu type | 5 | `01111` |
/// | calling party | 2 + 0, 24 or 48 | [`PartyAddress`] |
/// | short data | 2 … | [`ShortData`] |
/// | optional elements | 1 … | [`Type3Elements`] |
///
/// EN 300 392-2, clause 14.7.1.10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct DSdsData<'a> {
    /// From whom.
    pub calling: PartyAddress,
    /// The data.
    pub data: ShortData<'a>,
    /// Optional elements.
    pub elements: Type3Elements<'a>,
}

const SDS_DATA_TYPE: u64 = 0b01111;

impl<'a> USdsData<'a> {
    const PDU: &'static str = "u-sds-data";

    /// Reads the PDU from its five type bits on.
    ///
    /// # Errors
    /// When the PDU is cut off, of another type, or has a reserved party type.
    pub fn decode(bits: Bits<'a>) -> Result<Self, DecodeError> {
        Cursor::decode(bits, Self::PDU, |reader| {
            expect_type(reader, SDS_DATA_TYPE);
            Self {
                area_selection: reader.u8(4, "area selection"),
                called: PartyAddress::read(reader, true),
                data: ShortData::read(reader),
                elements: Type3Elements::read(reader),
            }
        })
    }

    /// Writes the PDU.
    ///
    /// # Errors
    /// When the buffer is full, a field is too wide, the data too long, or the party is [`PartyAddress::None`].
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        writer.put(SDS_DATA_TYPE, 5, "pdu type")?;
        writer.put(u64::from(self.area_selection), 4, "area selection")?;
        self.called.write(writer, true)?;
        self.data.write(writer)?;
        self.elements.write(writer)
    }
}

impl<'a> DSdsData<'a> {
    const PDU: &'static str = "d-sds-data";

    /// Reads the PDU from its five type bits on.
    ///
    /// # Errors
    /// When the PDU is cut off, of another type, or has a reserved party type.
    pub fn decode(bits: Bits<'a>) -> Result<Self, DecodeError> {
        Cursor::decode(bits, Self::PDU, |reader| {
            expect_type(reader, SDS_DATA_TYPE);
            Self {
                calling: PartyAddress::read(reader, false),
                data: ShortData::read(reader),
                elements: Type3Elements::read(reader),
            }
        })
    }

    /// Writes the PDU.
    ///
    /// # Errors
    /// When the buffer is full, the data too long, or the party is a short number.
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        writer.put(SDS_DATA_TYPE, 5, "pdu type")?;
        self.calling.write(writer, false)?;
        self.data.write(writer)?;
        self.elements.write(writer)
    }
}
