use crate::bits::{BitWriter, Cursor};
use crate::error::EncodeError;

closed_code! {
    /// Which clock a [`Timestamp`] was taken from.
    pub enum Timeframe: 2;
    /// The network's or application's choice.
    NetworkDependent = 0 => "network-dependent",
    /// Coordinated universal time.
    Utc = 1 => "utc",
    /// Local time without daylight saving.
    Local = 2 => "local",
    /// Local time with daylight saving.
    LocalDaylightSaving = 3 => "local-daylight-saving",
    ; otherwise NetworkDependent
}

/// The time stamp of a text message; it has no year and no seconds.
///
/// | field | bits |
/// |---|---|
/// | timeframe | 2 |
/// | reserved | 2 |
/// | month | 4 |
/// | day | 5 |
/// | hour | 5 |
/// | minute | 6 |
///
/// EN 300 392-2, clause 29.5.4. The numbers stand as they were sent: see [`Timestamp::is_possible`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Timestamp {
    /// Which clock.
    pub timeframe: Timeframe,
    /// Two reserved bits, kept as they are.
    pub reserved: u8,
    /// Month, 1 to 12; four bits.
    pub month: u8,
    /// Day of the month, 1 to 31; five bits.
    pub day: u8,
    /// Hour, 0 to 23; five bits.
    pub hour: u8,
    /// Minute, 0 to 59; six bits.
    pub minute: u8,
}

impl Timestamp {
    /// Returns whether the numbers are a day and time that occurs in some year.
    pub const fn is_possible(&self) -> bool {
        let last = match self.month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return false,
        };
        self.day >= 1 && self.day <= last && self.hour < 24 && self.minute < 60
    }

    #[inline(never)]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
        Self {
            timeframe: Timeframe::from_low_bits(reader.u8(2, "timeframe")),
            reserved: reader.u8(2, "timestamp reserved"),
            month: reader.u8(4, "month"),
            day: reader.u8(5, "day"),
            hour: reader.u8(5, "hour"),
            minute: reader.u8(6, "minute"),
        }
    }

    pub(crate) fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.put(u64::from(self.timeframe.raw()), 2, "timeframe")?;
        writer.put(u64::from(self.reserved), 2, "timestamp reserved")?;
        writer.put(u64::from(self.month), 4, "month")?;
        writer.put(u64::from(self.day), 5, "day")?;
        writer.put(u64::from(self.hour), 5, "hour")?;
        writer.put(u64::from(self.minute), 6, "minute")
    }
}
