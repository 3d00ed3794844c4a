//! TETRA identities: SSI, MCC, MNC and TSI, as numbers and in the decimal forms written on paper and in PEI lines.

use core::fmt;
use core::str::FromStr;

use crate::bits::{BitWriter, Bits, Cursor};
use crate::error::{AddressError, DecodeError, EncodeError};

/// Declares a bounded number with its width in bits.
macro_rules! part {
    ($(#[$meta:meta])* $name:ident($inner:ty), $label:literal, $width:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "u32", into = "u32"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "u32"))]
        pub struct $name($inner);

        impl $name {
            /// The largest value of the field.
            pub const MAX: u32 = (1 << $width) - 1;

            /// Takes a value that fits the field.
            ///
            /// # Errors
            /// [`AddressError::TooLarge`] when it does not.
            pub fn new(value: u32) -> Result<Self, AddressError> {
                let too_large = AddressError::TooLarge { part: $label, value, most: Self::MAX };
                if value > Self::MAX {
                    return Err(too_large);
                }
                <$inner>::try_from(value).map(Self).map_err(|_| too_large)
            }

            /// Returns the number.
            pub const fn get(self) -> u32 {
                self.0 as u32
            }
        }

        impl TryFrom<u32> for $name {
            type Error = AddressError;

            fn try_from(value: u32) -> Result<Self, AddressError> {
                Self::new(value)
            }
        }

        impl From<$name> for u32 {
            fn from(value: $name) -> u32 {
                value.get()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                let value = u.int_in_range(0..=Self::MAX)?;
                Self::new(value).map_err(|_| arbitrary::Error::IncorrectFormat)
            }
        }
    };
}

part!(
    /// Short subscriber identity, 24 bits. On the wire nothing tells an individual identity from a group identity.
    ///
    /// EN 300 392-1, clause 7.
    Ssi(u32), "ssi", 24
);
part!(
    /// Mobile country code, 10 bits; Belgium is [`Mcc::BELGIUM`].
    ///
    /// EN 300 392-1, clause 7; values from ITU-T E.212.
    Mcc(u16), "mcc", 10
);
part!(
    /// Mobile network code, 14 bits.
    ///
    /// EN 300 392-1, clause 7.
    Mnc(u16), "mnc", 14
);

impl Mcc {
    /// 206, Belgium.
    pub const BELGIUM: Self = Self(206);

    /// Returns whether this is the country code of Belgium.
    pub const fn is_belgium(self) -> bool {
        self.0 == Self::BELGIUM.0
    }
}

impl Ssi {
    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>, field: &'static str) -> Self {
        Self(reader.u32(24, field))
    }

    pub(crate) fn write(
        self,
        writer: &mut BitWriter<'_>,
        field: &'static str,
    ) -> Result<(), EncodeError> {
        writer.put(u64::from(self.0), 24, field)
    }
}

impl FromStr for Ssi {
    type Err = AddressError;

    /// Reads one to eight decimal digits.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let digits = text.len();
        if !(1..=8).contains(&digits) {
            check_digits(text)?;
            return Err(AddressError::WrongLength { digits });
        }
        Self::new(number(text, 0)?)
    }
}

/// TETRA subscriber identity: country, network and short identity, 48 bits.
///
/// | field | bits |
/// |---|---|
/// | mobile country code | 10 |
/// | mobile network code | 14 |
/// | short subscriber identity | 24 |
///
/// Written forms that are read: 15 digits (3 + 4 + 8), 16 digits (3 + 5 + 8) and 17 digits (4 + 5 + 8, the extended
/// form of PEI lines). EN 300 392-1, clause 7; written forms: EN 300 392-5.
///
/// ```
/// use kabat_tetra::{Tsi, TsiForm};
///
/// let tsi: Tsi = "206000101234567".parse()?;
/// assert!(tsi.mcc.is_belgium());
/// assert_eq!(tsi.ssi.get(), 1_234_567);
/// assert_eq!(tsi.digits(TsiForm::Digits17).as_str(), "02060000101234567");
/// # Ok::<(), kabat_tetra::AddressError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Tsi {
    /// Country.
    pub mcc: Mcc,
    /// Network.
    pub mnc: Mnc,
    /// Short identity.
    pub ssi: Ssi,
}

impl Tsi {
    const PDU: &'static str = "tsi";

    /// Reads the 48 bits of an identity in the order country, network, short identity.
    ///
    /// # Errors
    /// When there are fewer or more than 48 bits.
    pub fn decode(bits: Bits<'_>) -> Result<Self, DecodeError> {
        Cursor::decode(bits, Self::PDU, |reader| {
            let (mcc, mnc) = read_extension(reader);
            let ssi = Ssi::read(reader, "ssi");
            reader.end();
            Self { mcc, mnc, ssi }
        })
    }

    /// Writes the 48 bits in the order country, network, short identity.
    ///
    /// # Errors
    /// When the buffer is full.
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        write_extension(self.mcc, self.mnc, writer)?;
        self.ssi.write(writer, "ssi")
    }

    /// Returns the digits of a written form, or the 17-digit form when the network code has more digits than `form`.
    pub fn digits(&self, form: TsiForm) -> TsiDigits {
        let form = if form == TsiForm::Digits15 && self.mnc.get() > 9_999 {
            TsiForm::Digits17
        } else {
            form
        };
        let (mcc, mnc) = match form {
            TsiForm::Digits15 => (3, 4),
            TsiForm::Digits16 => (3, 5),
            TsiForm::Digits17 => (4, 5),
        };
        // A country code above 999 does not exist in E.212, but 10 bits can hold one: it needs four digits.
        let mcc = if self.mcc.get() > 999 { 4 } else { mcc };
        let mnc = if mcc == 4 { 5 } else { mnc };
        let mut digits = TsiDigits {
            digits: [b'0'; 17],
            len: 0,
        };
        digits.push(self.mcc.get(), mcc);
        digits.push(self.mnc.get(), mnc);
        digits.push(self.ssi.get(), 8);
        digits
    }
}

impl FromStr for Tsi {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let (mcc, mnc) = match text.len() {
            15 => (3, 4),
            16 => (3, 5),
            17 => (4, 5),
            digits => {
                check_digits(text)?;
                return Err(AddressError::WrongLength { digits });
            }
        };
        check_digits(text)?;
        let (mcc, rest) = text.split_at_checked(mcc).unwrap_or((text, ""));
        let (mnc, ssi) = rest.split_at_checked(mnc).unwrap_or((rest, ""));
        Ok(Self {
            mcc: Mcc::new(number(mcc, 0)?)?,
            mnc: Mnc::new(number(mnc, 0)?)?,
            ssi: Ssi::new(number(ssi, 0)?)?,
        })
    }
}

/// Writes the shortest decimal form that holds the identity: 15 digits, or 17 for a network code above 9999.
impl fmt::Display for Tsi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.digits(TsiForm::Digits15).as_str())
    }
}

/// A written decimal form of a [`Tsi`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TsiForm {
    /// Country 3, network 4, short identity 8 digits.
    Digits15,
    /// Country 3, network 5, short identity 8 digits.
    Digits16,
    /// Country 4, network 5, short identity 8 digits: the extended form of PEI lines.
    Digits17,
}

/// The decimal digits of a [`Tsi`], without allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TsiDigits {
    digits: [u8; 17],
    len: usize,
}

impl TsiDigits {
    /// Returns the digits.
    pub fn as_str(&self) -> &str {
        self.digits
            .get(..self.len)
            .and_then(|digits| core::str::from_utf8(digits).ok())
            .unwrap_or_default()
    }

    fn push(&mut self, value: u32, places: usize) {
        let end = self.len.saturating_add(places);
        if let Some(room) = self.digits.get_mut(self.len..end) {
            let mut left = value;
            for digit in room.iter_mut().rev() {
                let [low, ..] = (left % 10).to_le_bytes();
                *digit = b'0'.wrapping_add(low);
                left /= 10;
            }
            self.len = end;
        }
    }
}

impl fmt::Display for TsiDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Declares a newtype that says how an identity is used.
macro_rules! role {
    ($(#[$meta:meta])* $name:ident($inner:ty)) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
        pub struct $name(pub $inner);

        impl From<$name> for $inner {
            fn from(value: $name) -> $inner {
                value.0
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> $name {
                $name(value)
            }
        }

        impl FromStr for $name {
            type Err = AddressError;

            fn from_str(text: &str) -> Result<Self, AddressError> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

role!(
    /// Individual short subscriber identity: one radio or dispatch console.
    Issi(Ssi)
);
role!(
    /// Group short subscriber identity: a talk group.
    Gssi(Ssi)
);
role!(
    /// Individual TETRA subscriber identity.
    Itsi(Tsi)
);
role!(
    /// Group TETRA subscriber identity.
    Gtsi(Tsi)
);

/// Reads country and network code as the 24-bit address extension.
#[inline]
pub(crate) fn read_extension(reader: &mut Cursor<'_, '_>) -> (Mcc, Mnc) {
    let mcc = Mcc(reader.u16(10, "mcc"));
    let mnc = Mnc(reader.u16(14, "mnc"));
    (mcc, mnc)
}

/// Writes country and network code as the 24-bit address extension.
pub(crate) fn write_extension(
    mcc: Mcc,
    mnc: Mnc,
    writer: &mut BitWriter<'_>,
) -> Result<(), EncodeError> {
    writer.put(u64::from(mcc.get()), 10, "mcc")?;
    writer.put(u64::from(mnc.get()), 14, "mnc")
}

fn check_digits(text: &str) -> Result<(), AddressError> {
    match text.chars().enumerate().find(|(_, c)| !c.is_ascii_digit()) {
        Some((place, character)) => Err(AddressError::NotADigit { character, place }),
        None => Ok(()),
    }
}

/// Reads at most nine decimal digits.
fn number(text: &str, start: u32) -> Result<u32, AddressError> {
    check_digits(text)?;
    Ok(text.bytes().fold(start, |sum, digit| {
        sum.saturating_mul(10)
            .saturating_add(u32::from(digit.saturating_sub(b'0')))
    }))
}
