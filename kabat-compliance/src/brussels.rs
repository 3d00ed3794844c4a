//! Belgian civil time with its clock changes held in a table.

use alloc::vec::Vec;
use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Europe;

/// First and one-past-last UTC second held in the table: 1996-01-01 and 2100-01-01.
const TABLE_FROM: i64 = 820_454_400;
const TABLE_TO: i64 = 4_102_444_800;
/// Half a mean Gregorian year; two clock changes a year make it a good first guess, never more.
const HALF_YEAR: i64 = 15_778_476;
const DAY: i64 = 86_400;

/// Civil time of Europe/Brussels, with the clock changes of 1996 to 2099 read once from `chrono-tz`.
///
/// Instants outside the table are looked up in `chrono-tz` itself, so the answers are the same, only slower.
///
/// ```
/// use kabat_compliance::Brussels;
/// let brussels = Brussels::new();
/// let noon = "2026-07-01T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>()?;
/// assert_eq!(brussels.at(&noon).to_rfc3339(), "2026-07-01T12:00:00+02:00");
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Brussels {
    /// Where each stretch of one offset starts (UTC seconds) and the offset east of UTC in seconds.
    stretches: Vec<(i64, i32)>,
}

impl Default for Brussels {
    fn default() -> Self {
        Self::new()
    }
}

impl Brussels {
    /// Reads the clock changes; costs a few milliseconds, so make one and keep it.
    pub fn new() -> Self {
        let mut offset = slow_offset(TABLE_FROM);
        let mut stretches = Vec::with_capacity(256);
        stretches.push((TABLE_FROM, offset));
        let mut day = TABLE_FROM;
        while day < TABLE_TO {
            let next = slow_offset(day + DAY);
            if next != offset {
                let (mut low, mut high) = (day, day + DAY);
                while high - low > 1 {
                    let middle = i64::midpoint(low, high);
                    if slow_offset(middle) == offset {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                stretches.push((high, next));
                offset = next;
            }
            day += DAY;
        }
        Self { stretches }
    }

    /// Returns the offset east of UTC in seconds at a UTC second.
    pub fn offset_seconds(&self, utc_seconds: i64) -> i32 {
        if !(TABLE_FROM..TABLE_TO).contains(&utc_seconds) {
            return slow_offset(utc_seconds);
        }
        let last = self.stretches.len() - 1;
        let guess = usize::try_from((utc_seconds - TABLE_FROM) / HALF_YEAR).unwrap_or(0);
        let mut index = guess.min(last);
        let start = |index: usize| {
            self.stretches
                .get(index)
                .map_or(i64::MAX, |stretch| stretch.0)
        };
        while index > 0 && start(index) > utc_seconds {
            index -= 1;
        }
        while start(index + 1) <= utc_seconds {
            index += 1;
        }
        self.stretches.get(index).map_or(0, |stretch| stretch.1)
    }

    /// Returns the instant as Belgian date and time with its offset.
    pub fn at<Tz: TimeZone>(&self, instant: &DateTime<Tz>) -> DateTime<FixedOffset> {
        let seconds = self.offset_seconds(instant.timestamp());
        instant.with_timezone(&fixed(seconds))
    }

    /// Returns the Belgian date and wall-clock time of an instant.
    ///
    /// `None` only within a day of the ends of the calendar `chrono` knows.
    pub fn local<Tz: TimeZone>(&self, instant: &DateTime<Tz>) -> Option<NaiveDateTime> {
        let seconds = self.offset_seconds(instant.timestamp());
        instant
            .naive_utc()
            .checked_add_signed(TimeDelta::seconds(i64::from(seconds)))
    }

    /// Returns the earliest instant that a wall-clock reading can mean: of a repeated hour the first pass,
    /// of a skipped hour the reading under the later offset, which is the earlier instant.
    ///
    /// `None` only within a day of the ends of the calendar `chrono` knows.
    pub fn earliest(&self, local: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        let seconds = local.and_utc().timestamp();
        let (before, after) = (
            self.offset_seconds(seconds - DAY),
            self.offset_seconds(seconds + DAY),
        );
        if before == after {
            // No change within a day on either side: the usual case, without a further lookup.
            let utc = local.checked_sub_signed(TimeDelta::seconds(i64::from(before)))?;
            return Some(utc.and_utc().with_timezone(&fixed(before)));
        }
        let (large, small) = (before.max(after), before.min(after));
        let second_is_small = self.offset_seconds(seconds - i64::from(large)) != large
            && self.offset_seconds(seconds - i64::from(small)) == small;
        let offset = if second_is_small { small } else { large };
        let utc = local.checked_sub_signed(TimeDelta::seconds(i64::from(offset)))?;
        Some(self.at(&utc.and_utc()))
    }

    /// Returns the first instant of a Belgian civil day.
    pub fn start_of(&self, day: NaiveDate) -> Option<DateTime<FixedOffset>> {
        self.earliest(day.and_time(NaiveTime::MIN))
    }
}

fn fixed(seconds: i32) -> FixedOffset {
    FixedOffset::east_opt(seconds).unwrap_or_else(|| Utc.fix())
}

fn slow_offset(utc_seconds: i64) -> i32 {
    DateTime::from_timestamp(utc_seconds, 0).map_or(0, |instant| {
        Europe::Brussels
            .offset_from_utc_datetime(&instant.naive_utc())
            .fix()
            .local_minus_utc()
    })
}
