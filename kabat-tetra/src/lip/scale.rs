use crate::bits::{BitWriter, Cursor};
use crate::error::{EncodeError, ValueError};

/// Declares a code of fixed width whose value is a number on a scale.
macro_rules! scale_code {
    ($(#[$meta:meta])* $name:ident($inner:ty), $what:literal, $bits:literal, $take:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        pub struct $name($inner);

        impl $name {
            /// The largest code.
            pub const MAX: $inner = <$inner>::MAX >> (<$inner>::BITS - $bits);

            /// Takes a code.
            ///
            /// # Errors
            /// [`ValueError::Code`] when it needs more bits than the field has.
            pub fn from_raw(raw: $inner) -> Result<Self, ValueError> {
                if raw > Self::MAX {
                    return Err(ValueError::Code { what: $what, value: u32::from(raw), most: u32::from(Self::MAX) });
                }
                Ok(Self(raw))
            }

            /// Returns the code as it stands on the wire.
            pub const fn raw(self) -> $inner {
                self.0
            }

            #[inline]
            pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
                Self(reader.$take($bits, $what))
            }

            pub(crate) fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
                writer.put(u64::from(self.0), $bits, $what)
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                u.int_in_range(0..=Self::MAX).map(Self)
            }
        }
    };
}

scale_code!(
    /// Horizontal uncertainty or half axis, 6 bits: 2 · 1.2^(code + 5) − 4 metres; 63 is best effort.
    ///
    /// TS 100 392-18-1, clause 6.3.
    HorizontalUncertainty(u8), "horizontal position uncertainty", 6, u8
);
scale_code!(
    /// Altitude in steps, 11 bits: 0 unknown; 1-1201 from −200 m in metres; to 1926 in 2 m; to 2047 in 75 m.
    ///
    /// The last step, 11525 m, stands for everything above it too. TS 100 392-18-1, clause 6.3.
    AltitudeCode(u16), "altitude", 11, u16
);
scale_code!(
    /// Direction or angle, 8 bits: 360/256 degrees clockwise from north. TS 100 392-18-1, clause 6.3.
    FineAngle(u8), "angle", 8, u8
);
scale_code!(
    /// Radius of an arc, 16 bits in steps of 2 m. The step rests on one source. TS 100 392-18-1, clause 6.3.
    ArcRadius(u16), "arc radius", 16, u16
);
scale_code!(
    /// Confidence that the place is inside the shape, 3 bits; what codes 5 and 6 stand for is disputed, so there is no
    /// percentage. TS 100 392-18-1, clause 6.3.
    Confidence(u8), "confidence level", 3, u8
);
scale_code!(
    /// Uncertainty of a velocity (km/h) or direction (degrees), 3 bits: below 1.5 · 2^code; 7 is best effort.
    ///
    /// TS 100 392-18-1, clause 6.3.
    VelocityUncertainty(u8), "uncertainty", 3, u8
);
scale_code!(
    /// Reporting interval, 7 bits. Codes 0 to 5 are 10 to 60 seconds; sources disagree about the finer and coarser
    /// steps above, so those stay codes: see [`reporting_interval_s`](crate::uncertain::reporting_interval_s). TS 100 392-18-1, clause 6.3.
    ReportingInterval(u8), "minimum reporting interval", 7, u8
);

impl HorizontalUncertainty {
    /// Code 63: best effort, no bound.
    pub const BEST_EFFORT: Self = Self(63);

    /// Returns the bound in metres, or `None` for best effort.
    pub fn meters(self) -> Option<f64> {
        UNCERTAINTY_M.get(usize::from(self.0)).copied()
    }

    /// Takes the smallest code whose bound is not below `meters`, or best effort.
    ///
    /// # Errors
    /// [`ValueError::Quantity`] for a negative length or not a number.
    pub fn from_meters(meters: f64) -> Result<Self, ValueError> {
        if meters.is_nan() || meters < 0.0 {
            return Err(ValueError::Quantity {
                what: "horizontal position uncertainty",
                value: meters,
                least: 0.0,
                most: f64::INFINITY,
            });
        }
        Ok((0_u8..)
            .zip(UNCERTAINTY_M)
            .find(|(_, bound)| *bound >= meters)
            .map_or(Self::BEST_EFFORT, |(code, _)| Self(code)))
    }
}

static UNCERTAINTY_M: [f64; 63] = {
    let mut table = [0.0; 63];
    let mut code = 0;
    let mut power = 1.2 * 1.2 * 1.2 * 1.2 * 1.2;
    while code < 63 {
        #[expect(
            clippy::indexing_slicing,
            reason = "evaluated by the compiler, with `code` below the length"
        )]
        {
            table[code] = 2.0 * power - 4.0;
        }
        power *= 1.2;
        code += 1;
    }
    table
};

impl AltitudeCode {
    /// Code 0: not known.
    pub const UNKNOWN: Self = Self(0);

    /// Returns the altitude in metres, or `None` when it is not known.
    pub fn meters(self) -> Option<i32> {
        let code = i32::from(self.0);
        match self.0 {
            0 => None,
            1..=1201 => Some(code.saturating_sub(201)),
            1202..=1926 => Some(
                code.saturating_sub(1201)
                    .saturating_mul(2)
                    .saturating_add(1_000),
            ),
            _ => Some(
                code.saturating_sub(1926)
                    .saturating_mul(75)
                    .saturating_add(2_450),
            ),
        }
    }

    /// Takes the nearest step, the lower of two as near; above 11525 m the last, below −200 m the first.
    pub fn from_meters(meters: i32) -> Self {
        let mut best = Self(1);
        let mut off = u32::MAX;
        for code in 1..=Self::MAX {
            let step = Self(code);
            let here = step.meters().map_or(u32::MAX, |at| at.abs_diff(meters));
            if here < off {
                off = here;
                best = step;
            }
        }
        best
    }
}

impl FineAngle {
    /// Returns degrees clockwise from north.
    pub fn degrees(self) -> f64 {
        f64::from(self.0) * (360.0 / 256.0)
    }
}

impl ArcRadius {
    /// Returns metres.
    pub fn meters(self) -> f64 {
        f64::from(self.0) * 2.0
    }
}

impl VelocityUncertainty {
    /// Returns the bound in km/h or degrees, or `None` for best effort.
    pub fn bound(self) -> Option<f64> {
        [1.5, 3.0, 6.0, 12.0, 24.0, 48.0, 96.0]
            .get(usize::from(self.0))
            .copied()
    }
}

impl ReportingInterval {
    /// Returns seconds for the codes sources agree on, 0 to 5.
    pub fn seconds(self) -> Option<u32> {
        (self.0 <= 5).then(|| u32::from(self.0).saturating_add(1).saturating_mul(10))
    }
}

/// Altitude with its type bit, 12 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Altitude {
    /// `false` above the WGS84 ellipsoid, `true` above a datum of the user's.
    pub user_defined: bool,
    /// The step.
    pub code: AltitudeCode,
}

impl Altitude {
    #[expect(
        clippy::inline_always,
        reason = "a call would move the report through memory"
    )]
    #[inline(always)]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
        let user_defined = reader.flag("altitude type");
        let code = AltitudeCode::read(reader);
        Self { user_defined, code }
    }

    pub(crate) fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.flag(self.user_defined, "altitude type")?;
        self.code.write(writer)
    }
}

closed_code! {
    /// How far off an altitude may be, 3 bits. TS 100 392-18-1, clause 6.3.
    pub enum AltitudeUncertainty: 3;
    /// Less than 1 m.
    LessThan1Meter = 0 => "less-than-1-m",
    /// Less than 2 m.
    LessThan2Meters = 1 => "less-than-2-m",
    /// Less than 5 m.
    LessThan5Meters = 2 => "less-than-5-m",
    /// Less than 15 m.
    LessThan15Meters = 3 => "less-than-15-m",
    /// Less than 50 m.
    LessThan50Meters = 4 => "less-than-50-m",
    /// Less than 150 m.
    LessThan150Meters = 5 => "less-than-150-m",
    /// Less than 300 m.
    LessThan300Meters = 6 => "less-than-300-m",
    /// Best effort, not known.
    BestEffort = 7 => "best-effort",
    ; otherwise BestEffort
}

impl AltitudeUncertainty {
    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
        Self::from_low_bits(reader.u8(3, "altitude uncertainty"))
    }

    pub(crate) fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.put(u64::from(self.raw()), 3, "altitude uncertainty")
    }
}
