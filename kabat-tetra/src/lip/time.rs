closed_code! {
    /// How old a position is, 2 bits. TS 100 392-18-1, clause 6.3.
    pub enum TimeElapsed: 2;
    /// Less than 5 seconds.
    LessThan5Seconds = 0 => "less-than-5-s",
    /// Less than 5 minutes.
    LessThan5Minutes = 1 => "less-than-5-min",
    /// Less than 30 minutes.
    LessThan30Minutes = 2 => "less-than-30-min",
    /// Not known, or not applicable.
    Unknown = 3 => "unknown",
    ; otherwise Unknown
}

impl TimeElapsed {
    /// Returns the bound on the age in seconds, or `None` when it is not known.
    pub const fn bound_s(self) -> Option<u32> {
        match self {
            Self::LessThan5Seconds => Some(5),
            Self::LessThan5Minutes => Some(300),
            Self::LessThan30Minutes => Some(1_800),
            Self::Unknown => None,
        }
    }
}
