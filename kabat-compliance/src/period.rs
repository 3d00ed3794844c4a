//! Periods of the law, by convention M1: Brussels wall clock, clamped days, the earlier instant.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, TimeDelta, TimeZone, Weekday,
};

use crate::Brussels;

/// A period ran past the ends of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the period of {amount} {unit} from `{from}` ends outside the calendar")]
pub struct PeriodError {
    amount: u32,
    unit: &'static str,
    from: NaiveDate,
}

/// The end of a storage period that runs in civil months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Deadline {
    /// The last lawful day under every usual reading.
    pub last_day: NaiveDate,
    /// The last lawful instant, in Brussels time.
    pub statutory_latest: DateTime<FixedOffset>,
    /// The ceiling of the product for the one-month rule: thirty civil days after the recording.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub ceiling_30d: Option<DateTime<FixedOffset>>,
    /// When the product erases: the earlier of the two above. Not monotone in the recording instant.
    pub erase_by: DateTime<FixedOffset>,
}

impl Deadline {
    /// Returns the end of `months` civil months after a recording, with the ceiling when one applies.
    ///
    /// Convention M1: the wall clock in Brussels stays, the day is clamped to the last of the month, and of a
    /// skipped or repeated hour the earlier instant counts.
    ///
    /// # Errors
    /// When the period ends outside the calendar.
    ///
    /// ```
    /// use kabat_compliance::{Brussels, Deadline};
    /// let recorded = chrono::DateTime::parse_from_rfc3339("2026-01-31T10:00:00+01:00")?;
    /// let deadline = Deadline::after(&Brussels::new(), &recorded, 1, Some(30))?;
    /// assert_eq!(deadline.erase_by.to_rfc3339(), "2026-02-28T10:00:00+01:00");
    /// assert_eq!(deadline.last_day.to_string(), "2026-02-28");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn after<Tz: TimeZone>(
        brussels: &Brussels,
        recorded_at: &DateTime<Tz>,
        months: u32,
        ceiling_days: Option<u32>,
    ) -> Result<Self, PeriodError> {
        let outside = |amount, unit| PeriodError {
            amount,
            unit,
            from: recorded_at.naive_utc().date(),
        };
        let local = brussels
            .local(recorded_at)
            .ok_or_else(|| outside(months, "months"))?;
        let end = local
            .checked_add_months(Months::new(months))
            .ok_or_else(|| outside(months, "months"))?;
        let statutory_latest = brussels
            .earliest(end)
            .ok_or_else(|| outside(months, "months"))?;
        let ceiling_30d = match ceiling_days {
            None => None,
            Some(days) => Some(
                local
                    .checked_add_days(Days::new(u64::from(days)))
                    .and_then(|end| brussels.earliest(end))
                    .ok_or_else(|| outside(days, "days"))?,
            ),
        };
        let erase_by =
            ceiling_30d.map_or(statutory_latest, |ceiling| ceiling.min(statutory_latest));
        Ok(Self {
            last_day: end.date(),
            statutory_latest,
            ceiling_30d,
            erase_by,
        })
    }
}

/// Returns the day `months` civil months after a day, clamped to the end of the month.
///
/// # Errors
/// When the period ends outside the calendar.
pub fn months_after(day: NaiveDate, months: u32) -> Result<NaiveDate, PeriodError> {
    day.checked_add_months(Months::new(months))
        .ok_or(PeriodError {
            amount: months,
            unit: "months",
            from: day,
        })
}

/// Returns the instant `hours` elapsed hours later, in Brussels time; never rolled over weekends or holidays.
///
/// # Errors
/// When the period ends outside the calendar.
pub fn hours_after<Tz: TimeZone>(
    brussels: &Brussels,
    from: &DateTime<Tz>,
    hours: u32,
) -> Result<DateTime<FixedOffset>, PeriodError> {
    from.with_timezone(&chrono::Utc)
        .checked_add_signed(TimeDelta::hours(i64::from(hours)))
        .map(|instant| brussels.at(&instant))
        .ok_or(PeriodError {
            amount: hours,
            unit: "hours",
            from: from.naive_utc().date(),
        })
}

/// Returns the day itself when it is a working day in Belgium, otherwise the next one
/// (Regulation 1182/71, article 3(4)).
pub fn working_day_from(day: NaiveDate) -> NaiveDate {
    let mut day = day;
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || is_public_holiday(day) {
        match day.succ_opt() {
            Some(next) => day = next,
            None => break,
        }
    }
    day
}

/// Returns whether a day is one of the ten legal public holidays of Belgium (royal decree of 18 April 1974).
pub fn is_public_holiday(day: NaiveDate) -> bool {
    let fixed = matches!(
        (day.month(), day.day()),
        (1 | 5, 1) | (7, 21) | (8, 15) | (11, 1 | 11) | (12, 25)
    );
    fixed
        || easter_sunday(day.year()).is_some_and(|easter| {
            let after = day.signed_duration_since(easter).num_days();
            // Easter Monday, Ascension Day, Whit Monday.
            matches!(after, 1 | 39 | 50)
        })
}

/// Gregorian Easter by the anonymous method published in Nature, 20 April 1876.
#[expect(
    clippy::many_single_char_names,
    reason = "the names of the published method"
)]
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (
        year.rem_euclid(19),
        year.div_euclid(100),
        year.rem_euclid(100),
    );
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(
        year,
        n.div_euclid(31).try_into().ok()?,
        (n.rem_euclid(31) + 1).try_into().ok()?,
    )
}
