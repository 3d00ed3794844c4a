use crate::bits::{BitWriter, Bits, Cursor};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::lip::{
    AdditionalData, CoarseDirection, HorizontalVelocity, LatitudeCode, LongitudeCode,
    PositionError, TimeElapsed,
};

/// Short location report, 76 bits (84 with the protocol identifier in front).
///
/// | field | bits | meaning |
/// |---|---|---|
/// | pdu type | 2 | `00` |
/// | time elapsed | 2 | [`TimeElapsed`] |
/// | longitude | 25 | [`LongitudeCode`] |
/// | latitude | 24 | [`LatitudeCode`] |
/// | position error | 3 | [`PositionError`] |
/// | horizontal velocity | 7 | [`HorizontalVelocity`] |
/// | direction of travel | 4 | [`CoarseDirection`] |
/// | type of additional data | 1 | [`AdditionalData`] |
/// | additional data | 8 | |
///
/// TS 100 392-18-1, clause 6.2.1. A report without a fix is a report too: see [`has_fix`](Self::has_fix).
///
/// ```
/// use kabat_tetra::{Bits, ShortLocationReport};
///
/// let octets = [0x00, 0x2F, 0x7D, 0xC2, 0x4F, 0xA7, 0xB1, 0x03, 0xE8, 0x10];
/// let report = ShortLocationReport::decode(Bits::new(&octets, 76).ok_or("too few octets")?)?;
/// assert!((report.latitude.degrees() - 52.00093).abs() < 1e-5);
/// assert!((report.longitude.degrees() - 4.17403).abs() < 1e-5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ShortLocationReport {
    /// How old the position is.
    pub time_elapsed: TimeElapsed,
    /// Longitude, WGS84.
    pub longitude: LongitudeCode,
    /// Latitude, WGS84.
    pub latitude: LatitudeCode,
    /// How far off the position may be.
    pub position_error: PositionError,
    /// Speed over ground.
    pub velocity: HorizontalVelocity,
    /// Direction of travel.
    pub direction: CoarseDirection,
    /// Why the report was sent, or user data.
    pub additional: AdditionalData,
}

/// The layout, to name the field in which a report ends too early.
const LAYOUT: [(&str, u32); 9] = [
    ("pdu type", 2),
    ("time elapsed", 2),
    ("longitude", 25),
    ("latitude", 24),
    ("position error", 3),
    ("horizontal velocity", 7),
    ("direction of travel", 4),
    ("type of additional data", 1),
    ("additional data", 8),
];

impl ShortLocationReport {
    const PDU: &'static str = "short location report";

    /// Length on the wire in bits, without protocol identifier.
    pub const BITS: usize = Self::WIDTH as usize;

    const WIDTH: u32 = 76;

    /// Reads a report: 76 bits, and at most seven zero bits that fill the last octet.
    ///
    /// # Errors
    /// When bits are missing or left over, or the PDU type is another.
    pub fn decode(bits: Bits<'_>) -> Result<Self, DecodeError> {
        Cursor::decode(bits, Self::PDU, |reader| {
            let report = Self::read(reader);
            reader.end();
            report
        })
    }

    /// Writes the 76 bits.
    ///
    /// # Errors
    /// When the buffer is full.
    #[inline]
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        let head = (u64::from(self.time_elapsed.raw()) << 52)
            | (self.longitude.wire() << 27)
            | (self.latitude.wire() << 3)
            | u64::from(self.position_error.raw());
        let tail = (u64::from(self.velocity.raw()) << 13)
            | (u64::from(self.direction.raw()) << 9)
            | (u64::from(self.additional.type_bit()) << 8)
            | u64::from(self.additional.raw());
        writer.put(head, 56, "position")?;
        writer.put(tail, 20, "movement and additional data")
    }

    /// Returns whether the report has a position: not the all-zero coordinates with error and time unknown that radios
    /// without a fix send.
    pub fn has_fix(&self) -> bool {
        !(self.longitude.raw() == 0
            && self.latitude.raw() == 0
            && self.position_error == PositionError::Unknown)
    }

    /// Returns whether the reason for sending is the emergency button.
    pub fn is_emergency(&self) -> bool {
        self.additional == AdditionalData::Reason(crate::lip::Reason::EMERGENCY)
    }

    /// Reads the 76 bits in two pieces: the layout has no choices.
    #[expect(
        clippy::inline_always,
        reason = "a call would move the message through memory"
    )]
    #[inline(always)]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
        reader.enter(Self::PDU);
        let (head, tail) = reader.layout(Self::WIDTH, &LAYOUT);
        let pdu_type = head >> 54;
        if pdu_type != 0 {
            let kind = DecodeErrorKind::WrongType {
                expected: 0,
                found: pdu_type,
            };
            reader.refuse(kind, "pdu type", Self::BITS);
        }
        let [additional, kind, ..] = tail.to_le_bytes();
        Self {
            time_elapsed: TimeElapsed::from_low_bits(low_octet(head >> 52)),
            longitude: LongitudeCode::from_wire(head >> 27),
            latitude: LatitudeCode::from_wire(head >> 3),
            position_error: PositionError::from_low_bits(low_octet(head)),
            velocity: HorizontalVelocity::from_low_bits(low_octet(tail >> 13)),
            direction: CoarseDirection::from_low_bits(low_octet(tail >> 9)),
            additional: AdditionalData::from_parts(kind & 1 == 1, additional),
        }
    }
}

const fn low_octet(word: u64) -> u8 {
    let [low, ..] = word.to_le_bytes();
    low
}
