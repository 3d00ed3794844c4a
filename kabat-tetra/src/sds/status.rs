use crate::bits::{BitWriter, Bits, Cursor};
use crate::error::{DecodeError, EncodeError};

/// A 16-bit pre-coded status: every value decodes and encodes unchanged.
///
/// | range | meaning |
/// |---|---|
/// | `0x0000` | emergency |
/// | `0x0001`-`0x7BFF` | reserved |
/// | `0x7C00`-`0x7FFF` | SDS-TL short report |
/// | `0x8000`-`0xFFFF` | network and user specific: the meaning is a table of the network's users |
///
/// EN 300 392-2, clause 14.8.34. The ASTRID table is not public: give your own in a status table.
///
/// ```
/// use kabat_tetra::{BitWriter, Bits, PreCodedStatus, StatusMeaning};
///
/// let status = PreCodedStatus::decode(Bits::from_octets(&[0x80, 0x04]))?;
/// assert_eq!(status.meaning(), StatusMeaning::NetworkUserSpecific);
/// let mut buffer = [0; 2];
/// status.encode(&mut BitWriter::new(&mut buffer, "status"))?;
/// assert_eq!(buffer, [0x80, 0x04]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct PreCodedStatus(u16);

impl PreCodedStatus {
    /// `0x0000`, the emergency status.
    pub const EMERGENCY: Self = Self(0);

    const PDU: &'static str = "pre-coded status";

    /// Keeps any value.
    pub const fn from_raw(raw: u16) -> Self {
        Self(raw)
    }

    /// Returns the value as it stands on the wire.
    pub const fn raw(self) -> u16 {
        self.0
    }

    /// Returns what the standard says about the value.
    pub const fn meaning(self) -> StatusMeaning {
        match self.0 {
            0 => StatusMeaning::Emergency,
            0x0001..=0x7BFF => StatusMeaning::Reserved,
            0x7C00..=0x7FFF => StatusMeaning::ShortReport(ShortReport::from_status(self.0)),
            0x8000..=0xFFFF => StatusMeaning::NetworkUserSpecific,
        }
    }

    /// Reads the 16 bits of a status.
    ///
    /// # Errors
    /// When there are fewer or more than 16 bits.
    pub fn decode(bits: Bits<'_>) -> Result<Self, DecodeError> {
        Cursor::decode(bits, Self::PDU, |reader| {
            let status = Self::read(reader);
            reader.end();
            status
        })
    }

    /// Writes the 16 bits of the status.
    ///
    /// # Errors
    /// When the buffer is full.
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        self.write(writer)
    }

    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
        Self(reader.u16(16, "pre-coded status"))
    }

    pub(crate) fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.put(u64::from(self.0), 16, "pre-coded status")
    }
}

impl From<ShortReport> for PreCodedStatus {
    fn from(report: ShortReport) -> Self {
        report.to_status()
    }
}

/// What the standard says about a pre-coded status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(
    clippy::exhaustive_enums,
    reason = "the ranges cover all 65,536 values"
)]
pub enum StatusMeaning {
    /// The emergency status.
    Emergency,
    /// Reserved by the standard.
    Reserved,
    /// The short form of an SDS-TL report.
    ShortReport(ShortReport),
    /// Free for the network and its users.
    NetworkUserSpecific,
}

closed_code! {
    /// What an SDS-TL short report says. EN 300 392-2, clause 29.4.2.3.
    pub enum ShortReportType: 2;
    /// The receiver does not know the protocol or the coding.
    NotSupported = 0 => "protocol-or-encoding-not-supported",
    /// The receiver's memory is full.
    MemoryFull = 1 => "destination-memory-full",
    /// The message was received.
    Received = 2 => "message-received",
    /// The message was read.
    Consumed = 3 => "message-consumed",
    ; otherwise Consumed
}

/// An SDS-TL short report, sent as a pre-coded status.
///
/// | field | bits | value |
/// |---|---|---|
/// | marker | 6 | `011111` |
/// | short report type | 2 | [`ShortReportType`] |
/// | message reference | 8 | of the message reported on |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ShortReport {
    /// What is reported.
    pub report_type: ShortReportType,
    /// The message reference of the transfer.
    pub message_reference: u8,
}

impl ShortReport {
    /// Returns the pre-coded status that carries the report.
    pub const fn to_status(self) -> PreCodedStatus {
        PreCodedStatus(
            0x7C00 | ((self.report_type.raw() as u16) << 8) | self.message_reference as u16,
        )
    }

    const fn from_status(raw: u16) -> Self {
        let [high, low] = raw.to_be_bytes();
        Self {
            report_type: ShortReportType::from_low_bits(high),
            message_reference: low,
        }
    }
}
