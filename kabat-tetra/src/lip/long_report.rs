use crate::bits::{BitWriter, Cursor};
use crate::error::EncodeError;
use crate::lip::{
    AdditionalData, FineAngle, HorizontalVelocity, Shape, TimeElapsed, VelocityUncertainty,
};

/// Long location report: time, place, velocity, reason; type 5 elements may follow.
///
/// | field | bits | meaning |
/// |---|---|---|
/// | pdu type, extension | 6 | `01 0011` |
/// | time type | 2 | [`ReportTime`] |
/// | time | 0, 2 or 22 | by type |
/// | shape | 4 … 104 | [`Shape`] |
/// | velocity | 3 … 35 | [`Velocity`] |
/// | acknowledgement request | 1 | |
/// | additional data | 9 | [`AdditionalData`] |
///
/// TS 100 392-18-1, clause 6.2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct LongLocationReport {
    /// When the position was taken.
    pub time: ReportTime,
    /// Where.
    pub shape: Shape,
    /// How fast and whereto.
    pub velocity: Velocity,
    /// Whether the sender wants a report acknowledgement.
    pub ack_request: bool,
    /// Why the report was sent, or user data.
    pub additional: AdditionalData,
}

impl LongLocationReport {
    /// Reads what follows the extension; `None` for a reserved time or shape type.
    #[expect(
        clippy::inline_always,
        reason = "a call would move the report through memory"
    )]
    #[inline(always)]
    pub(super) fn read(reader: &mut Cursor<'_, '_>) -> Option<Self> {
        reader.enter("long location report");
        let time = match reader.u8(2, "time type") {
            0 => ReportTime::None,
            1 => ReportTime::Elapsed(TimeElapsed::from_low_bits(reader.u8(2, "time elapsed"))),
            2 => ReportTime::At(TimeOfPosition::read(reader)),
            _ => return None,
        };
        let shape = Shape::read(reader)?;
        Some(Self {
            time,
            shape,
            velocity: Velocity::read(reader),
            ack_request: reader.flag("acknowledgement request"),
            additional: AdditionalData::read(reader),
        })
    }

    pub(super) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        match self.time {
            ReportTime::None => writer.put(0, 2, "time type")?,
            ReportTime::Elapsed(elapsed) => {
                writer.put(1, 2, "time type")?;
                writer.put(u64::from(elapsed.raw()), 2, "time elapsed")?;
            }
            ReportTime::At(time) => {
                writer.put(2, 2, "time type")?;
                time.write(writer)?;
            }
        }
        self.shape.write(writer)?;
        self.velocity.write(writer)?;
        writer.flag(self.ack_request, "acknowledgement request")?;
        self.additional.write(writer)
    }
}

/// The time of a long report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum ReportTime {
    /// Type 0: no time.
    None,
    /// Type 1: age class.
    Elapsed(TimeElapsed),
    /// Type 2: time of day.
    At(TimeOfPosition),
}

/// Day 5, hour 5, minute 6 and second 6 bits, in UTC and without month. The numbers stand as they were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct TimeOfPosition {
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
}

impl TimeOfPosition {
    /// Returns whether the numbers are a time that exists.
    pub const fn is_possible(&self) -> bool {
        self.day >= 1 && self.day <= 31 && self.hour < 24 && self.minute < 60 && self.second < 60
    }

    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
        let [day, hour, minute, second] =
            reader.group([("day", 5), ("hour", 5), ("minute", 6), ("second", 6)]);
        Self {
            day,
            hour,
            minute,
            second,
        }
    }

    fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.put(u64::from(self.day), 5, "day")?;
        writer.put(u64::from(self.hour), 5, "hour")?;
        writer.put(u64::from(self.minute), 6, "minute")?;
        writer.put(u64::from(self.second), 6, "second")
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for TimeOfPosition {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self {
            day: u.int_in_range(0..=31)?,
            hour: u.int_in_range(0..=31)?,
            minute: u.int_in_range(0..=63)?,
            second: u.int_in_range(0..=63)?,
        })
    }
}

/// Vertical velocity: sign 1 and code 7 bits, on the scale of the horizontal velocity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct VerticalVelocity {
    /// Whether the movement is downwards.
    pub down: bool,
    /// How fast.
    pub speed: HorizontalVelocity,
}

/// The velocity of a long report: type 3 bits, then the fields of that type in the order of this type's fields.
///
/// | type | fields | bits in all |
/// |---|---|---|
/// | 0 | none | 3 |
/// | 1 | horizontal | 10 |
/// | 2 | horizontal, its uncertainty | 13 |
/// | 3 | horizontal, vertical | 18 |
/// | 4 | horizontal, its uncertainty, vertical, its uncertainty | 24 |
/// | 5 | horizontal, direction | 18 |
/// | 6 | horizontal, its uncertainty, direction, its uncertainty | 24 |
/// | 7 | all | 35 |
///
/// The inner order of types 2, 3, 4, 6 and 7 rests on one source. TS 100 392-18-1, clause 6.3.
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
    reason = "every value of the three-bit type is covered"
)]
pub enum Velocity {
    /// Type 0.
    None,
    /// Type 1.
    Horizontal(HorizontalVelocity),
    /// Type 2.
    HorizontalUncertain(HorizontalVelocity, VelocityUncertainty),
    /// Type 3.
    HorizontalVertical(HorizontalVelocity, VerticalVelocity),
    /// Type 4.
    HorizontalVerticalUncertain(
        HorizontalVelocity,
        VelocityUncertainty,
        VerticalVelocity,
        VelocityUncertainty,
    ),
    /// Type 5.
    Directed(HorizontalVelocity, FineAngle),
    /// Type 6.
    DirectedUncertain(
        HorizontalVelocity,
        VelocityUncertainty,
        FineAngle,
        VelocityUncertainty,
    ),
    /// Type 7.
    Full {
        /// Over ground.
        horizontal: HorizontalVelocity,
        /// Of the horizontal velocity.
        horizontal_uncertainty: VelocityUncertainty,
        /// Up or down.
        vertical: VerticalVelocity,
        /// Of the vertical velocity.
        vertical_uncertainty: VelocityUncertainty,
        /// Direction of travel.
        direction: FineAngle,
        /// Of the direction.
        direction_uncertainty: VelocityUncertainty,
    },
}

impl Velocity {
    /// Returns the type as it stands on the wire.
    pub const fn velocity_type(&self) -> u8 {
        match self {
            Self::None => 0,
            Self::Horizontal(_) => 1,
            Self::HorizontalUncertain(..) => 2,
            Self::HorizontalVertical(..) => 3,
            Self::HorizontalVerticalUncertain(..) => 4,
            Self::Directed(..) => 5,
            Self::DirectedUncertain(..) => 6,
            Self::Full { .. } => 7,
        }
    }

    /// Returns the horizontal velocity of the types that have one.
    pub const fn horizontal(&self) -> Option<HorizontalVelocity> {
        match self {
            Self::None => None,
            Self::Horizontal(horizontal)
            | Self::HorizontalUncertain(horizontal, _)
            | Self::HorizontalVertical(horizontal, _)
            | Self::HorizontalVerticalUncertain(horizontal, ..)
            | Self::Directed(horizontal, _)
            | Self::DirectedUncertain(horizontal, ..)
            | Self::Full { horizontal, .. } => Some(*horizontal),
        }
    }

    /// Returns the direction of travel of the types that have one.
    pub const fn direction(&self) -> Option<FineAngle> {
        match self {
            Self::Directed(_, direction)
            | Self::DirectedUncertain(_, _, direction, _)
            | Self::Full { direction, .. } => Some(*direction),
            _ => None,
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "a call would move the report through memory"
    )]
    #[inline(always)]
    fn read(reader: &mut Cursor<'_, '_>) -> Self {
        let kind = reader.u8(3, "velocity type");
        if kind == 0 {
            return Self::None;
        }
        let horizontal = read_speed(reader, "horizontal velocity");
        match kind {
            1 => Self::Horizontal(horizontal),
            2 => Self::HorizontalUncertain(horizontal, VelocityUncertainty::read(reader)),
            3 => Self::HorizontalVertical(horizontal, VerticalVelocity::read(reader)),
            4 => Self::HorizontalVerticalUncertain(
                horizontal,
                VelocityUncertainty::read(reader),
                VerticalVelocity::read(reader),
                VelocityUncertainty::read(reader),
            ),
            5 => Self::Directed(horizontal, FineAngle::read(reader)),
            6 => Self::DirectedUncertain(
                horizontal,
                VelocityUncertainty::read(reader),
                FineAngle::read(reader),
                VelocityUncertainty::read(reader),
            ),
            _ => Self::Full {
                horizontal,
                horizontal_uncertainty: VelocityUncertainty::read(reader),
                vertical: VerticalVelocity::read(reader),
                vertical_uncertainty: VelocityUncertainty::read(reader),
                direction: FineAngle::read(reader),
                direction_uncertainty: VelocityUncertainty::read(reader),
            },
        }
    }

    fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.put(u64::from(self.velocity_type()), 3, "velocity type")?;
        if let Some(horizontal) = self.horizontal() {
            writer.put(u64::from(horizontal.raw()), 7, "horizontal velocity")?;
        }
        match self {
            Self::None | Self::Horizontal(_) => Ok(()),
            Self::HorizontalUncertain(_, off) => off.write(writer),
            Self::HorizontalVertical(_, vertical) => vertical.write(writer),
            Self::HorizontalVerticalUncertain(_, off, vertical, vertical_off) => {
                off.write(writer)?;
                vertical.write(writer)?;
                vertical_off.write(writer)
            }
            Self::Directed(_, direction) => direction.write(writer),
            Self::DirectedUncertain(_, off, direction, direction_off) => {
                off.write(writer)?;
                direction.write(writer)?;
                direction_off.write(writer)
            }
            Self::Full {
                horizontal_uncertainty,
                vertical,
                vertical_uncertainty,
                direction,
                direction_uncertainty,
                ..
            } => {
                horizontal_uncertainty.write(writer)?;
                vertical.write(writer)?;
                vertical_uncertainty.write(writer)?;
                direction.write(writer)?;
                direction_uncertainty.write(writer)
            }
        }
    }
}

impl VerticalVelocity {
    #[inline]
    fn read(reader: &mut Cursor<'_, '_>) -> Self {
        let down = reader.flag("vertical sign");
        let speed = read_speed(reader, "vertical velocity");
        Self { down, speed }
    }

    fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.flag(self.down, "vertical sign")?;
        writer.put(u64::from(self.speed.raw()), 7, "vertical velocity")
    }
}

#[inline]
fn read_speed(reader: &mut Cursor<'_, '_>, field: &'static str) -> HorizontalVelocity {
    HorizontalVelocity::from_low_bits(reader.u8(7, field))
}
