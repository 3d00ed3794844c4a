use crate::bits::{BitWriter, Bits, Cursor};
use crate::error::EncodeError;

open_code! {
    /// Location system coding scheme, 8 bits; from `0x80` on proprietary. EN 300 392-2, clause 29.5.5.
    pub struct LocationCoding;
    NMEA_0183 = 0 => "nmea-0183",
    RTCM_SC_104 = 1 => "rtcm-sc-104",
}

impl LocationCoding {
    /// Returns whether the coding is a manufacturer's own.
    pub const fn is_proprietary(self) -> bool {
        self.0 >= 0x80
    }
}

/// Location system data: protocol identifiers `0x03` and `0x83`.
///
/// | field | bits |
/// |---|---|
/// | coding scheme | 8 |
/// | data | rest |
///
/// NMEA sentences are returned as text. Proprietary codings are returned as raw octets: published readings of them
/// disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct LocationSystem<'a> {
    /// How the data is coded.
    pub coding: LocationCoding,
    /// The data as it stands on the wire.
    pub data: Bits<'a>,
}

impl<'a> LocationSystem<'a> {
    /// Returns the NMEA 0183 sentences when the coding says so and the data is ASCII on octet borders.
    pub fn nmea(&self) -> Option<&'a str> {
        if self.coding != LocationCoding::NMEA_0183 {
            return None;
        }
        let octets = self.data.as_octets()?;
        octets
            .is_ascii()
            .then_some(octets)
            .and_then(|octets| core::str::from_utf8(octets).ok())
    }

    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        reader.enter("location system");
        Self {
            coding: LocationCoding::from_raw(reader.u8(8, "coding scheme")),
            data: reader.rest(),
        }
    }

    pub(crate) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter("location system");
        writer.put(u64::from(self.coding.raw()), 8, "coding scheme")?;
        writer.bits(self.data, "data")
    }
}
