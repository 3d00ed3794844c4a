use crate::address::{Ssi, Tsi, read_extension, write_extension};
use crate::bits::{BitWriter, Cursor};
use crate::error::{DecodeErrorKind, EncodeError, EncodeErrorKind};

/// The party a CMCE PDU is for (uplink) or from (downlink).
///
/// | type | address |
/// |---|---|
/// | 0 | short number, 8 bits; downlink: no address |
/// | 1 | SSI, 24 bits |
/// | 2 | SSI 24, then country 10 and network 14 |
/// | 3 | reserved |
///
/// EN 300 392-2, clause 14.8.8. What a downlink PDU carries with type 0 is disputed; most sources read no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(
    clippy::exhaustive_enums,
    reason = "the type has two bits, of which one value is reserved"
)]
pub enum PartyAddress {
    /// No address: downlink only.
    None,
    /// Short number address: uplink only.
    ShortNumber(u8),
    /// Short subscriber identity.
    Ssi(Ssi),
    /// Full identity.
    Tsi(Tsi),
}

impl PartyAddress {
    /// Returns the party type identifier as it stands on the wire.
    pub const fn type_identifier(&self) -> u8 {
        match self {
            Self::None | Self::ShortNumber(_) => 0,
            Self::Ssi(_) => 1,
            Self::Tsi(_) => 2,
        }
    }

    #[inline]
    pub(super) fn read(reader: &mut Cursor<'_, '_>, uplink: bool) -> Self {
        match reader.number(2, "party type identifier") {
            0 if uplink => Self::ShortNumber(reader.u8(8, "party short number")),
            0 => Self::None,
            1 => Self::Ssi(Ssi::read(reader, "party ssi")),
            2 => {
                let ssi = Ssi::read(reader, "party ssi");
                let (mcc, mnc) = read_extension(reader);
                Self::Tsi(Tsi { mcc, mnc, ssi })
            }
            value => {
                let kind = DecodeErrorKind::Reserved { value };
                reader.refuse(kind, "party type identifier", 2);
                Self::None
            }
        }
    }

    pub(super) fn write(
        &self,
        writer: &mut BitWriter<'_>,
        uplink: bool,
    ) -> Result<(), EncodeError> {
        if matches!(self, Self::None) && uplink || matches!(self, Self::ShortNumber(_)) && !uplink {
            return Err(writer.fail(EncodeErrorKind::Inconsistent, "party type identifier"));
        }
        writer.put(
            u64::from(self.type_identifier()),
            2,
            "party type identifier",
        )?;
        match self {
            Self::None => Ok(()),
            Self::ShortNumber(number) => writer.put(u64::from(*number), 8, "party short number"),
            Self::Ssi(ssi) => ssi.write(writer, "party ssi"),
            Self::Tsi(tsi) => {
                tsi.ssi.write(writer, "party ssi")?;
                write_extension(tsi.mcc, tsi.mnc, writer)
            }
        }
    }
}
