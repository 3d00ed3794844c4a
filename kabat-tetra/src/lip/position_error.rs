closed_code! {
    /// How far off a position may be, 3 bits. TS 100 392-18-1, clause 6.3.63.
    pub enum PositionError: 3;
    /// Less than 2 m.
    LessThan2Meters = 0 => "less-than-2-m",
    /// Less than 20 m.
    LessThan20Meters = 1 => "less-than-20-m",
    /// Less than 200 m.
    LessThan200Meters = 2 => "less-than-200-m",
    /// Less than 2 km.
    LessThan2Kilometers = 3 => "less-than-2-km",
    /// Less than 20 km.
    LessThan20Kilometers = 4 => "less-than-20-km",
    /// At most 200 km.
    AtMost200Kilometers = 5 => "at-most-200-km",
    /// More than 200 km.
    MoreThan200Kilometers = 6 => "more-than-200-km",
    /// Not known.
    Unknown = 7 => "unknown",
    ; otherwise Unknown
}

impl PositionError {
    /// Returns the bound in metres, or `None` when there is none: more than 200 km, or unknown.
    pub const fn bound_m(self) -> Option<f64> {
        match self {
            Self::LessThan2Meters => Some(2.0),
            Self::LessThan20Meters => Some(20.0),
            Self::LessThan200Meters => Some(200.0),
            Self::LessThan2Kilometers => Some(2_000.0),
            Self::LessThan20Kilometers => Some(20_000.0),
            Self::AtMost200Kilometers => Some(200_000.0),
            Self::MoreThan200Kilometers | Self::Unknown => None,
        }
    }

    /// Returns the tightest class that holds for an error of `meters`; [`Unknown`](Self::Unknown) for not a number.
    pub fn for_meters(meters: f64) -> Self {
        match meters {
            m if m < 2.0 => Self::LessThan2Meters,
            m if m < 20.0 => Self::LessThan20Meters,
            m if m < 200.0 => Self::LessThan200Meters,
            m if m < 2_000.0 => Self::LessThan2Kilometers,
            m if m < 20_000.0 => Self::LessThan20Kilometers,
            m if m <= 200_000.0 => Self::AtMost200Kilometers,
            m if m > 200_000.0 => Self::MoreThan200Kilometers,
            _ => Self::Unknown,
        }
    }
}
