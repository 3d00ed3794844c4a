use crate::error::ValueError;
use crate::lip::coordinate::nearest;

/// Direction of travel in a short report, 4 bits, steps of 22.5 degrees clockwise from north.
///
/// Code 15 is 337.5 degrees **or** unknown: the field cannot tell. TS 100 392-18-1, clause 6.3.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct CoarseDirection(u8);

impl CoarseDirection {
    /// Code 15: 337.5 degrees or unknown.
    pub const NORTH_NORTH_WEST_OR_UNKNOWN: Self = Self(15);

    /// Takes a code of 4 bits.
    ///
    /// # Errors
    /// [`ValueError::Code`] above 15.
    pub const fn from_raw(raw: u8) -> Result<Self, ValueError> {
        if raw > 15 {
            return Err(ValueError::Code {
                what: "direction of travel",
                value: raw as u32,
                most: 15,
            });
        }
        Ok(Self(raw))
    }

    #[inline]
    pub(crate) const fn from_low_bits(raw: u8) -> Self {
        Self(raw & 15)
    }

    /// Returns the code as it stands on the wire.
    pub const fn raw(self) -> u8 {
        self.0
    }

    /// Returns the direction in degrees clockwise from north; code 15 gives `None`, as it may be unknown.
    pub fn degrees(self) -> Option<f64> {
        (self.0 < 15).then(|| f64::from(self.0) * 22.5)
    }

    /// Takes the nearest code; from 348.75 degrees on that is north.
    ///
    /// # Errors
    /// [`ValueError::Quantity`] outside 0 to 360 degrees.
    pub fn from_degrees(degrees: f64) -> Result<Self, ValueError> {
        if !(0.0..=360.0).contains(&degrees) {
            return Err(ValueError::Quantity {
                what: "direction of travel",
                value: degrees,
                least: 0.0,
                most: 360.0,
            });
        }
        let [low, ..] = (nearest(degrees / 22.5) & 15).to_le_bytes();
        Ok(Self(low))
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for CoarseDirection {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u8::arbitrary(u).map(Self::from_low_bits)
    }
}
