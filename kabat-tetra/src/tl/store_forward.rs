use crate::address::{Ssi, Tsi, read_extension, write_extension};
use crate::bits::{BitWriter, Cursor};
use crate::digits::Digits;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::tl::ValidityPeriod;

/// The store-and-forward block of a transfer or report, present when the storage bit is set.
///
/// | field | bits |
/// |---|---|
/// | validity period | 5 |
/// | forward address type | 3 |
/// | forward address | by type: short number 8, SSI 24, SSI 24 + extension 24, or count 8 + digits, or none |
///
/// EN 300 392-2, clauses 29.4.2.4 and 29.4.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct StoreForward<'a> {
    /// How long the network keeps trying.
    pub validity: ValidityPeriod,
    /// To whom the message goes on.
    pub forward: ForwardAddress<'a>,
}

impl<'a> StoreForward<'a> {
    #[inline(never)]
    pub(crate) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        let validity = ValidityPeriod::from_low_bits(reader.u8(5, "validity period"));
        let forward = match reader.u8(3, "forward address type") {
            0 => ForwardAddress::ShortNumber(reader.u8(8, "forward short number")),
            1 => ForwardAddress::Ssi(Ssi::read(reader, "forward ssi")),
            2 => {
                let ssi = Ssi::read(reader, "forward ssi");
                let (mcc, mnc) = read_extension(reader);
                ForwardAddress::Tsi(Tsi { mcc, mnc, ssi })
            }
            3 => ForwardAddress::External(Digits::read_counted(reader, "forward external number")),
            7 => ForwardAddress::None,
            reserved => ForwardAddress::Reserved(reserved),
        };
        Self { validity, forward }
    }

    pub(crate) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.put(u64::from(self.validity.raw()), 5, "validity period")?;
        let kind = self.forward.address_type();
        if matches!(self.forward, ForwardAddress::Reserved(_)) && !(4..=6).contains(&kind) {
            return Err(writer.fail(EncodeErrorKind::Inconsistent, "forward address type"));
        }
        writer.put(u64::from(kind), 3, "forward address type")?;
        match &self.forward {
            ForwardAddress::ShortNumber(number) => {
                writer.put(u64::from(*number), 8, "forward short number")
            }
            ForwardAddress::Ssi(ssi) => ssi.write(writer, "forward ssi"),
            ForwardAddress::Tsi(tsi) => {
                tsi.ssi.write(writer, "forward ssi")?;
                write_extension(tsi.mcc, tsi.mnc, writer)
            }
            ForwardAddress::External(digits) => {
                digits.write_counted(writer, "forward external number")
            }
            ForwardAddress::None | ForwardAddress::Reserved(_) => Ok(()),
        }
    }
}

/// The address a stored message is forwarded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(
    clippy::exhaustive_enums,
    reason = "every value of the three-bit type is covered"
)]
pub enum ForwardAddress<'a> {
    /// Type 0: short number address.
    ShortNumber(u8),
    /// Type 1: short subscriber identity.
    Ssi(Ssi),
    /// Type 2: full identity; on the wire the short identity stands first.
    Tsi(Tsi),
    /// Type 3: external subscriber number.
    External(Digits<'a>),
    /// Type 7: no forward address.
    None,
    /// Types 4 to 6, reserved: how long such an address is cannot be known, so what follows is kept as raw bits.
    Reserved(u8),
}

impl ForwardAddress<'_> {
    /// Returns the forward address type as it stands on the wire.
    pub const fn address_type(&self) -> u8 {
        match self {
            Self::ShortNumber(_) => 0,
            Self::Ssi(_) => 1,
            Self::Tsi(_) => 2,
            Self::External(_) => 3,
            Self::None => 7,
            Self::Reserved(kind) => *kind,
        }
    }
}
