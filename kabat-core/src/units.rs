//! Lengths, speeds and durations that cannot be mixed up.

use alloc::string::{String, ToString};

/// A number that is not a length, speed or duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{quantity} `{value}` is not a finite number of at least 0")]
pub struct UnitError {
    quantity: &'static str,
    value: String,
}

impl UnitError {
    /// Returns what was read: `length`, `speed` or `duration`.
    ///
    /// ```
    /// use kabat_core::Meters;
    /// assert_eq!(Meters::new(-1.0).map_err(|error| error.quantity()), Err("length"));
    /// ```
    pub fn quantity(&self) -> &'static str {
        self.quantity
    }
}

macro_rules! quantity {
    ($name:ident, $what:literal, $unit:literal) => {
        #[doc = concat!("A ", $what, " in ", $unit, ": finite and at least 0.")]
        ///
        /// ```
        #[doc = concat!("use kabat_core::", stringify!($name), ";")]
        #[doc = concat!("let value = ", stringify!($name), "::new(12.5)?;")]
        #[doc = concat!("assert!(value > ", stringify!($name), "::ZERO && ", stringify!($name), "::new(-1.0).is_err());")]
        /// assert_eq!(value.get(), 12.5);
        /// # Ok::<(), kabat_core::UnitError>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Default)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(into = "f64", try_from = "f64"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schemars", schemars(extend("minimum" = 0.0)))]
        pub struct $name(f64);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0.0);

            #[doc = concat!("Reads a ", $what, " in ", $unit, ".")]
            ///
            /// # Errors
            /// [`UnitError`] when the number is negative, infinite or NaN.
            pub fn new(value: f64) -> Result<Self, UnitError> {
                if value.is_finite() && value >= 0.0 {
                    // Adding zero turns -0.0 into 0.0, so that equal values order alike.
                    Ok(Self(value + 0.0))
                } else {
                    Err(UnitError {
                        quantity: $what,
                        value: value.to_string(),
                    })
                }
            }

            #[doc = concat!("Returns the ", $what, " in ", $unit, ".")]
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> core::cmp::Ordering {
                self.0.total_cmp(&other.0)
            }
        }

        impl TryFrom<f64> for $name {
            type Error = UnitError;
            fn try_from(value: f64) -> Result<Self, Self::Error> {
                Self::new(value)
            }
        }

        impl From<$name> for f64 {
            fn from(quantity: $name) -> Self {
                quantity.0
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                Ok(Self(f64::from(u.arbitrary::<u32>()?) / 16.0))
            }
        }
    };
}

quantity!(Meters, "length", "metres");
quantity!(MetersPerSecond, "speed", "metres per second");
quantity!(Seconds, "duration", "seconds");

impl Meters {
    /// Reads a length in kilometres.
    ///
    /// # Errors
    /// [`UnitError`] when the number is negative, infinite or NaN.
    pub fn from_km(km: f64) -> Result<Self, UnitError> {
        Self::new(km * 1000.0)
    }

    /// Returns the length in kilometres.
    ///
    /// ```
    /// use kabat_core::Meters;
    /// let length = Meters::from_km(1.5)?;
    /// assert_eq!((length.get(), length.as_km()), (1500.0, 1.5));
    /// # Ok::<(), kabat_core::UnitError>(())
    /// ```
    pub fn as_km(self) -> f64 {
        self.0 / 1000.0
    }
}

impl MetersPerSecond {
    /// Reads a speed in kilometres per hour.
    ///
    /// # Errors
    /// [`UnitError`] when the number is negative, infinite or NaN.
    pub fn from_kmh(kmh: f64) -> Result<Self, UnitError> {
        Self::new(kmh / 3.6)
    }

    /// Returns the speed in kilometres per hour.
    ///
    /// ```
    /// use kabat_core::{MetersPerSecond, Seconds};
    /// let speed = MetersPerSecond::from_kmh(72.0)?;
    /// assert_eq!((speed.get(), speed.as_kmh()), (20.0, 72.0));
    /// assert_eq!(Seconds::new(90.0)?.get(), 90.0);
    /// # Ok::<(), kabat_core::UnitError>(())
    /// ```
    pub fn as_kmh(self) -> f64 {
        self.0 * 3.6
    }
}

impl core::fmt::Display for Meters {
    /// Writes whole metres below 1 km and kilometres with one decimal above.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.0 < 1000.0 {
            write!(f, "{:.0} m", self.0)
        } else {
            write!(f, "{:.1} km", self.as_km())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Meters, MetersPerSecond, Seconds};

    #[test]
    fn only_finite_and_not_negative() {
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(Meters::new(bad).is_err());
            assert!(Seconds::new(bad).is_err());
        }
        assert!(Meters::from_km(1e306).is_err());
        assert_eq!(Meters::new(-0.0).unwrap().get().to_bits(), 0);
    }

    #[test]
    fn conversions() {
        assert_eq!(Meters::from_km(1.5).unwrap(), Meters::new(1500.0).unwrap());
        let speed = MetersPerSecond::from_kmh(120.0).unwrap();
        assert!((speed.get() - 33.333_333).abs() < 1e-5);
        assert!((speed.as_kmh() - 120.0).abs() < 1e-9);
    }
}
