use crate::error::ValueError;

/// Horizontal velocity, 7 bits: 0 to 28 km/h in steps of one, then 16 · 1.038^(code − 13) km/h.
///
/// 126 says more than the scale (1043 km/h) holds, 127 that the velocity is not known. TS 100 392-18-1, clause 6.3.17.
///
/// ```
/// use kabat_tetra::HorizontalVelocity;
///
/// assert_eq!(HorizontalVelocity::from_km_per_hour(64.0)?.raw(), 50);
/// assert_eq!(HorizontalVelocity::UNKNOWN.km_per_hour(), None);
/// # Ok::<(), kabat_tetra::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct HorizontalVelocity(u8);

impl HorizontalVelocity {
    /// Code 0: standing.
    pub const ZERO: Self = Self(0);
    /// Code 126: more than 1043 km/h.
    pub const ABOVE_SCALE: Self = Self(126);
    /// Code 127: not known.
    pub const UNKNOWN: Self = Self(127);

    /// Takes a code of 7 bits.
    ///
    /// # Errors
    /// [`ValueError::Code`] above 127.
    pub const fn from_raw(raw: u8) -> Result<Self, ValueError> {
        if raw > 127 {
            return Err(ValueError::Code {
                what: "horizontal velocity",
                value: raw as u32,
                most: 127,
            });
        }
        Ok(Self(raw))
    }

    #[inline]
    pub(crate) const fn from_low_bits(raw: u8) -> Self {
        Self(raw & 0x7F)
    }

    /// Returns the code as it stands on the wire.
    pub const fn raw(self) -> u8 {
        self.0
    }

    /// Returns the velocity in km/h, or `None` when it is above the scale or not known.
    pub fn km_per_hour(self) -> Option<f64> {
        KM_PER_HOUR.get(usize::from(self.0)).copied()
    }

    /// Takes the nearest code (the lower of two as near); beyond the largest step,
    /// [`ABOVE_SCALE`](Self::ABOVE_SCALE).
    ///
    /// # Errors
    /// [`ValueError::Quantity`] for a negative velocity or not a number.
    pub fn from_km_per_hour(km_per_hour: f64) -> Result<Self, ValueError> {
        if km_per_hour.is_nan() || km_per_hour < 0.0 {
            return Err(ValueError::Quantity {
                what: "horizontal velocity",
                value: km_per_hour,
                least: 0.0,
                most: f64::INFINITY,
            });
        }
        let mut best = Self::ABOVE_SCALE;
        let mut nearest = f64::INFINITY;
        for (code, step) in (0_u8..).zip(KM_PER_HOUR) {
            let off = (step - km_per_hour).abs();
            if off < nearest {
                nearest = off;
                best = Self(code);
            }
        }
        let [.., top] = KM_PER_HOUR;
        if km_per_hour > top {
            return Ok(Self::ABOVE_SCALE);
        }
        Ok(best)
    }
}

/// The velocity of codes 0 to 125.
static KM_PER_HOUR: [f64; 126] = {
    let mut table = [0.0; 126];
    let mut code = 0;
    let mut linear = 0.0;
    let mut power = 1.0;
    while code < 126 {
        #[expect(
            clippy::indexing_slicing,
            reason = "evaluated by the compiler, with `code` below the length"
        )]
        {
            table[code] = if code <= 28 { linear } else { 16.0 * power };
        }
        if code >= 13 {
            power *= 1.038;
        }
        linear += 1.0;
        code += 1;
    }
    table
};

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for HorizontalVelocity {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u8::arbitrary(u).map(Self::from_low_bits)
    }
}
