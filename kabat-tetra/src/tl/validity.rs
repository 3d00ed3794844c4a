use core::time::Duration;

use crate::error::ValueError;

/// How long the network keeps trying to deliver a stored message, 5 bits.
///
/// EN 300 392-2, clause 29.4.3.14.
///
/// | code | period |
/// |---|---|
/// | 0 | none |
/// | 1-6 | 10 s to 60 s |
/// | 7-10 | 2 to 5 minutes |
/// | 11-16 | 10 to 60 minutes |
/// | 17-21 | 2 to 6 hours |
/// | 22-24 | 12, 18, 24 hours |
/// | 25-30 | 2, 4 … 12 days |
/// | 31 | no limit |
///
/// ```
/// use std::time::Duration;
/// use kabat_tetra::ValidityPeriod;
///
/// assert_eq!(ValidityPeriod::at_least(Duration::from_secs(61)).raw(), 7);
/// assert_eq!(ValidityPeriod::NO_LIMIT.period(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct ValidityPeriod(u8);

/// The period of each code in seconds; code 31 has none.
const SECONDS: [u32; 31] = [
    0, 10, 20, 30, 40, 50, 60, 120, 180, 240, 300, 600, 1_200, 1_800, 2_400, 3_000, 3_600, 7_200,
    10_800, 14_400, 18_000, 21_600, 43_200, 64_800, 86_400, 172_800, 345_600, 518_400, 691_200,
    864_000, 1_036_800,
];

impl ValidityPeriod {
    /// Code 0: no validity period.
    pub const NONE: Self = Self(0);
    /// Code 31: no limit.
    pub const NO_LIMIT: Self = Self(31);

    /// Takes a code of 5 bits.
    ///
    /// # Errors
    /// [`ValueError::Code`] above 31.
    pub const fn from_raw(raw: u8) -> Result<Self, ValueError> {
        if raw > 31 {
            return Err(ValueError::Code {
                what: "validity period",
                value: raw as u32,
                most: 31,
            });
        }
        Ok(Self(raw))
    }

    #[inline]
    pub(crate) const fn from_low_bits(raw: u8) -> Self {
        Self(raw & 31)
    }

    /// Returns the code as it stands on the wire.
    pub const fn raw(self) -> u8 {
        self.0
    }

    /// Returns the period, or `None` when there is no limit.
    pub fn period(self) -> Option<Duration> {
        SECONDS
            .get(usize::from(self.0))
            .map(|seconds| Duration::from_secs(u64::from(*seconds)))
    }

    /// Returns the shortest period that is not shorter than `wanted`; [`NO_LIMIT`](Self::NO_LIMIT) beyond 12 days.
    pub fn at_least(wanted: Duration) -> Self {
        SECONDS
            .iter()
            .zip(0_u8..)
            .find(|(seconds, _)| Duration::from_secs(u64::from(**seconds)) >= wanted)
            .map_or(Self::NO_LIMIT, |(_, code)| Self(code))
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for ValidityPeriod {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u8::arbitrary(u).map(Self::from_low_bits)
    }
}
