use crate::bits::{BitWriter, Cursor};
use crate::error::EncodeError;
use crate::lip::{
    Altitude, AltitudeUncertainty, ArcRadius, Confidence, FineAngle, HorizontalUncertainty,
    LatitudeCode, LongitudeCode, PositionError,
};

/// Longitude 25 and latitude 24 bits, in this order on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct PointCode {
    /// Longitude, WGS84.
    pub longitude: LongitudeCode,
    /// Latitude, WGS84.
    pub latitude: LatitudeCode,
}

impl PointCode {
    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
        let [longitude, latitude] = reader.numbers([
            ("longitude", LongitudeCode::BITS),
            ("latitude", LatitudeCode::BITS),
        ]);
        Self {
            longitude: LongitudeCode::from_wire(longitude),
            latitude: LatitudeCode::from_wire(latitude),
        }
    }

    pub(crate) fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        self.longitude.write(writer)?;
        self.latitude.write(writer)
    }
}

/// The axes of an ellipse of uncertainty: half major 6, half minor 6, angle 8 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Axes {
    /// Half of the long axis.
    pub half_major: HorizontalUncertainty,
    /// Half of the short axis.
    pub half_minor: HorizontalUncertainty,
    /// Direction of the long axis.
    pub angle: FineAngle,
}

impl Axes {
    #[inline]
    fn read(reader: &mut Cursor<'_, '_>) -> Self {
        Self {
            half_major: HorizontalUncertainty::read(reader),
            half_minor: HorizontalUncertainty::read(reader),
            angle: FineAngle::read(reader),
        }
    }

    fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        self.half_major.write(writer)?;
        self.half_minor.write(writer)?;
        self.angle.write(writer)
    }
}

/// The place of a long location report, 4 bits of type and then by type.
///
/// | type | fields behind longitude and latitude | bits in all |
/// |---|---|---|
/// | 0 | none, and no coordinates | 4 |
/// | 1 | none | 53 |
/// | 2 | uncertainty 6 | 59 |
/// | 3 | axes 20, confidence 3 | 76 |
/// | 4 | altitude 12 | 65 |
/// | 5 | uncertainty 6, altitude 12 | 71 |
/// | 6 | axes 20, altitude 12, confidence 3 | 88 |
/// | 7 | uncertainty 6, altitude 12, altitude uncertainty 3 | 74 |
/// | 8 | axes 20, altitude 12, altitude uncertainty 3, confidence 3 (one source) | 91 |
/// | 9 | inner radius 16, outer radius 16, start 8, stop 8, confidence 3 | 104 |
/// | 10 | position error 3 | 56 |
///
/// 11 to 15 are reserved: such a report stays [`LipPdu::Unknown`](crate::LipPdu::Unknown). TS 100 392-18-1, clause 6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum Shape {
    /// Type 0: no place.
    None,
    /// Type 1.
    Point(PointCode),
    /// Type 2.
    Circle(PointCode, HorizontalUncertainty),
    /// Type 3.
    Ellipse(PointCode, Axes, Confidence),
    /// Type 4.
    PointAltitude(PointCode, Altitude),
    /// Type 5.
    CircleAltitude(PointCode, HorizontalUncertainty, Altitude),
    /// Type 6.
    EllipseAltitude(PointCode, Axes, Altitude, Confidence),
    /// Type 7.
    CircleAltitudeUncertainty(
        PointCode,
        HorizontalUncertainty,
        Altitude,
        AltitudeUncertainty,
    ),
    /// Type 8.
    EllipseAltitudeUncertainty(PointCode, Axes, Altitude, AltitudeUncertainty, Confidence),
    /// Type 9.
    Arc {
        /// Centre.
        point: PointCode,
        /// Inner radius.
        inner: ArcRadius,
        /// Outer radius.
        outer: ArcRadius,
        /// Where the arc begins.
        start: FineAngle,
        /// Where the arc ends.
        stop: FineAngle,
        /// How sure the sender is.
        confidence: Confidence,
    },
    /// Type 10.
    PointError(PointCode, PositionError),
}

impl Shape {
    /// Returns the type as it stands on the wire.
    pub const fn shape_type(&self) -> u8 {
        match self {
            Self::None => 0,
            Self::Point(..) => 1,
            Self::Circle(..) => 2,
            Self::Ellipse(..) => 3,
            Self::PointAltitude(..) => 4,
            Self::CircleAltitude(..) => 5,
            Self::EllipseAltitude(..) => 6,
            Self::CircleAltitudeUncertainty(..) => 7,
            Self::EllipseAltitudeUncertainty(..) => 8,
            Self::Arc { .. } => 9,
            Self::PointError(..) => 10,
        }
    }

    /// Returns the coordinates, but for [`Shape::None`].
    pub const fn point(&self) -> Option<PointCode> {
        match self {
            Self::None => None,
            Self::Point(point)
            | Self::Circle(point, ..)
            | Self::Ellipse(point, ..)
            | Self::PointAltitude(point, ..)
            | Self::CircleAltitude(point, ..)
            | Self::EllipseAltitude(point, ..)
            | Self::CircleAltitudeUncertainty(point, ..)
            | Self::EllipseAltitudeUncertainty(point, ..)
            | Self::Arc { point, .. }
            | Self::PointError(point, ..) => Some(*point),
        }
    }

    /// Returns the altitude of the shapes that have one.
    pub const fn altitude(&self) -> Option<Altitude> {
        match self {
            Self::PointAltitude(_, altitude)
            | Self::CircleAltitude(_, _, altitude)
            | Self::EllipseAltitude(_, _, altitude, _)
            | Self::CircleAltitudeUncertainty(_, _, altitude, _)
            | Self::EllipseAltitudeUncertainty(_, _, altitude, ..) => Some(*altitude),
            _ => None,
        }
    }

    /// Returns a bound on the horizontal error in metres: radius, half long axis or error class.
    ///
    /// An arc is a place of its own, not an error, and gives `None`, as best effort and bare points do.
    pub fn bound_m(&self) -> Option<f64> {
        match self {
            Self::Circle(_, radius)
            | Self::CircleAltitude(_, radius, _)
            | Self::CircleAltitudeUncertainty(_, radius, ..) => radius.meters(),
            Self::Ellipse(_, axes, _)
            | Self::EllipseAltitude(_, axes, ..)
            | Self::EllipseAltitudeUncertainty(_, axes, ..) => axes.half_major.meters(),
            Self::PointError(_, error) => error.bound_m(),
            Self::None | Self::Point(_) | Self::PointAltitude(..) | Self::Arc { .. } => None,
        }
    }

    /// Reads type and fields; `None` for a reserved type.
    #[expect(
        clippy::inline_always,
        reason = "a call would move the report through memory"
    )]
    #[inline(always)]
    pub(super) fn read(reader: &mut Cursor<'_, '_>) -> Option<Self> {
        let kind = reader.u8(4, "shape type");
        if kind == 0 {
            return Some(Self::None);
        }
        if kind > 10 {
            return None;
        }
        let point = PointCode::read(reader);
        Some(match kind {
            1 => Self::Point(point),
            2 => Self::Circle(point, HorizontalUncertainty::read(reader)),
            3 => Self::Ellipse(point, Axes::read(reader), Confidence::read(reader)),
            4 => Self::PointAltitude(point, Altitude::read(reader)),
            5 => Self::CircleAltitude(
                point,
                HorizontalUncertainty::read(reader),
                Altitude::read(reader),
            ),
            6 => Self::EllipseAltitude(
                point,
                Axes::read(reader),
                Altitude::read(reader),
                Confidence::read(reader),
            ),
            7 => Self::CircleAltitudeUncertainty(
                point,
                HorizontalUncertainty::read(reader),
                Altitude::read(reader),
                AltitudeUncertainty::read(reader),
            ),
            8 => Self::EllipseAltitudeUncertainty(
                point,
                Axes::read(reader),
                Altitude::read(reader),
                AltitudeUncertainty::read(reader),
                Confidence::read(reader),
            ),
            9 => Self::Arc {
                point,
                inner: ArcRadius::read(reader),
                outer: ArcRadius::read(reader),
                start: FineAngle::read(reader),
                stop: FineAngle::read(reader),
                confidence: Confidence::read(reader),
            },
            _ => Self::PointError(
                point,
                PositionError::from_low_bits(reader.u8(3, "position error")),
            ),
        })
    }

    pub(super) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.put(u64::from(self.shape_type()), 4, "shape type")?;
        if let Some(point) = self.point() {
            point.write(writer)?;
        }
        match *self {
            Self::None | Self::Point(_) => Ok(()),
            Self::Circle(_, radius) => radius.write(writer),
            Self::Ellipse(_, axes, confidence) => {
                axes.write(writer)?;
                confidence.write(writer)
            }
            Self::PointAltitude(_, altitude) => altitude.write(writer),
            Self::CircleAltitude(_, radius, altitude) => {
                radius.write(writer)?;
                altitude.write(writer)
            }
            Self::EllipseAltitude(_, axes, altitude, confidence) => {
                axes.write(writer)?;
                altitude.write(writer)?;
                confidence.write(writer)
            }
            Self::CircleAltitudeUncertainty(_, radius, altitude, off) => {
                radius.write(writer)?;
                altitude.write(writer)?;
                off.write(writer)
            }
            Self::EllipseAltitudeUncertainty(_, axes, altitude, off, confidence) => {
                axes.write(writer)?;
                altitude.write(writer)?;
                off.write(writer)?;
                confidence.write(writer)
            }
            Self::Arc {
                inner,
                outer,
                start,
                stop,
                confidence,
                ..
            } => {
                inner.write(writer)?;
                outer.write(writer)?;
                start.write(writer)?;
                stop.write(writer)?;
                confidence.write(writer)
            }
            Self::PointError(_, error) => writer.put(u64::from(error.raw()), 3, "position error"),
        }
    }
}
