use crate::bits::BitWriter;
use crate::error::{EncodeError, ValueError};

/// Declares a coordinate code: two's complement, one turn (or half of one) over the full scale.
macro_rules! coordinate {
    ($(#[$meta:meta])* $name:ident, $what:literal, $bits:literal, $full_deg:literal, $most_deg:literal, $over:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "i32", into = "i32"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "i32"))]
        pub struct $name(i32);

        impl $name {
            /// Width on the wire.
            pub const BITS: u32 = $bits;
            /// The least code.
            pub const MIN: i32 = -(1 << ($bits - 1));
            /// The largest code.
            pub const MAX: i32 = (1 << ($bits - 1)) - 1;
            /// Degrees of one step.
            pub const STEP_DEG: f64 = $full_deg / (1_u32 << $bits) as f64;

            /// Takes a code.
            ///
            /// # Errors
            /// [`ValueError::Quantity`] outside the signed range of the field.
            pub fn from_raw(raw: i32) -> Result<Self, ValueError> {
                if (Self::MIN..=Self::MAX).contains(&raw) {
                    return Ok(Self(raw));
                }
                Err(ValueError::Quantity {
                    what: concat!($what, " code"),
                    value: f64::from(raw),
                    least: f64::from(Self::MIN),
                    most: f64::from(Self::MAX),
                })
            }

            /// Returns the code as it stands on the wire, as a signed number.
            pub const fn raw(self) -> i32 {
                self.0
            }

            /// Returns the coordinate in degrees.
            pub fn degrees(self) -> f64 {
                f64::from(self.0) * Self::STEP_DEG
            }

            /// Takes the nearest code, halves away from zero: at most half a step of error.
            ///
            #[doc = $over]
            ///
            /// # Errors
            /// [`ValueError::Quantity`] for a value outside the range or not a number.
            pub fn from_degrees(degrees: f64) -> Result<Self, ValueError> {
                if !(-$most_deg..=$most_deg).contains(&degrees) {
                    return Err(ValueError::Quantity {
                        what: $what,
                        value: degrees,
                        least: -$most_deg,
                        most: $most_deg,
                    });
                }
                let raw = nearest(degrees / Self::STEP_DEG);
                Ok(Self::beyond_the_top(raw))
            }

            #[inline]
            pub(crate) const fn from_low_bits(bits: u32) -> Self {
                let shift = 32 - $bits;
                Self((bits << shift).cast_signed() >> shift)
            }

            pub(crate) const fn wire(self) -> u64 {
                (self.0.cast_unsigned() & ((1 << $bits) - 1)) as u64
            }

            /// Takes the low bits of a word, of whatever stands above them.
            #[inline]
            pub(crate) const fn from_wire(word: u64) -> Self {
                let [a, b, c, d, ..] = word.to_le_bytes();
                Self::from_low_bits(u32::from_le_bytes([a, b, c, d]))
            }

            pub(crate) fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
                writer.put(self.wire(), $bits, $what)
            }
        }

        impl TryFrom<i32> for $name {
            type Error = ValueError;

            fn try_from(raw: i32) -> Result<Self, ValueError> {
                Self::from_raw(raw)
            }
        }

        impl From<$name> for i32 {
            fn from(value: $name) -> i32 {
                value.0
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                u32::arbitrary(u).map(Self::from_low_bits)
            }
        }
    };
}

coordinate!(
    /// Longitude as LIP sends it: 25 bits, two's complement, steps of 360/2²⁵ degrees, about 1.19 m on the equator.
    ///
    /// TS 100 392-18-1, clause 6.3.50.
    LongitudeCode, "longitude", 25, 360.0, 180.0,
    "180° east does not exist on the wire and becomes 180° west, the same meridian."
);
coordinate!(
    /// Latitude as LIP sends it: 24 bits, two's complement, steps of 180/2²⁴ degrees, about 1.19 m.
    ///
    /// TS 100 392-18-1, clause 6.3.30.
    LatitudeCode, "latitude", 24, 180.0, 90.0,
    "The north pole does not exist on the wire and becomes the largest code, one step south of it."
);

impl LongitudeCode {
    const fn beyond_the_top(raw: i32) -> Self {
        Self(if raw > Self::MAX { Self::MIN } else { raw })
    }
}

impl LatitudeCode {
    const fn beyond_the_top(raw: i32) -> Self {
        Self(if raw > Self::MAX { Self::MAX } else { raw })
    }
}

/// Rounds to the nearest whole number, halves away from zero.
#[expect(
    clippy::cast_possible_truncation,
    reason = "callers keep within 2^25; the cast saturates anyway"
)]
pub(crate) fn nearest(value: f64) -> i32 {
    if value < 0.0 {
        (value - 0.5) as i32
    } else {
        (value + 0.5) as i32
    }
}
