//! Convention M1 against a second, literal implementation over every half hour of many years.
#![expect(
    clippy::expect_used,
    reason = "a test stops where its own numbers are wrong"
)]

use chrono::{
    DateTime, Datelike, Days, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, Offset,
    TimeDelta, TimeZone, Utc,
};
use chrono_tz::Europe;
use kabat_compliance::{Brussels, Deadline, is_public_holiday, working_day_from};
use proptest::prelude::*;

/// Same wall clock, day clamped by a table of month lengths; nothing shared with the library but the zone data.
fn literal_end(recorded: DateTime<Utc>, months: i32) -> (NaiveDate, DateTime<Utc>) {
    let local = recorded.with_timezone(&Europe::Brussels).naive_local();
    let total = local.year() * 12 + i32::try_from(local.month0()).expect("small") + months;
    let (year, month) = (total.div_euclid(12), total.rem_euclid(12));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [
        31,
        if leap { 29 } else { 28 },
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let month = usize::try_from(month).expect("small");
    let day = local
        .day()
        .min(lengths.get(month).copied().unwrap_or_default());
    let date = NaiveDate::from_ymd_opt(year, u32::try_from(month).expect("small") + 1, day)
        .expect("a day");
    (date, literal_earliest(date.and_time(local.time())))
}

fn literal_earliest(local: NaiveDateTime) -> DateTime<Utc> {
    match Europe::Brussels.from_local_datetime(&local) {
        LocalResult::Single(one) => one.with_timezone(&Utc),
        LocalResult::Ambiguous(one, two) => one.min(two).with_timezone(&Utc),
        // Skipped: of the readings under winter and summer time the earlier.
        LocalResult::None => {
            let read = |hours: i32| {
                FixedOffset::east_opt(hours * 3600)
                    .expect("an offset")
                    .from_local_datetime(&local)
                    .single()
                    .expect("fixed")
            };
            read(1).min(read(2)).with_timezone(&Utc)
        }
    }
}

#[test]
fn every_half_hour_of_twenty_years() {
    let brussels = Brussels::new();
    let mut at: DateTime<Utc> = "2014-01-01T00:00:00Z".parse().expect("an instant");
    let end: DateTime<Utc> = "2034-01-01T00:00:00Z".parse().expect("an instant");
    let mut before: Option<Deadline> = None;
    let (mut falls, mut ceilings_first, mut law_first) = (0_u32, 0_u32, 0_u32);
    while at < end {
        for (months, ceiling) in [(1, Some(30)), (3, None), (12, None)] {
            let got =
                Deadline::after(&brussels, &at, months, ceiling).expect("inside the calendar");
            let (day, latest) = literal_end(at, i32::try_from(months).expect("small"));
            assert_eq!(
                (got.last_day, got.statutory_latest.with_timezone(&Utc)),
                (day, latest),
                "{at} + {months}"
            );
            let local = latest.with_timezone(&Europe::Brussels);
            assert_eq!(
                got.statutory_latest.offset().fix(),
                local.offset().fix(),
                "{at}"
            );
            if let Some(days) = ceiling {
                let wall = at
                    .with_timezone(&Europe::Brussels)
                    .naive_local()
                    .checked_add_days(Days::new(days.into()))
                    .expect("a day");
                let thirty = literal_earliest(wall);
                assert_eq!(
                    got.ceiling_30d
                        .expect("one month has a ceiling")
                        .with_timezone(&Utc),
                    thirty
                );
                assert_eq!(got.erase_by.with_timezone(&Utc), thirty.min(latest));
                if thirty < latest {
                    ceilings_first += 1;
                }
                if latest < thirty {
                    law_first += 1;
                }
                if let Some(before) = before {
                    assert!(
                        before.last_day <= got.last_day,
                        "last_day falls back at {at}"
                    );
                    if got.erase_by < before.erase_by {
                        falls += 1;
                        assert!(
                            before.erase_by - got.erase_by < TimeDelta::hours(24),
                            "{at}"
                        );
                    }
                }
                before = Some(got);
            } else {
                assert_eq!(got.erase_by, got.statutory_latest);
                assert_eq!(got.ceiling_30d, None);
            }
        }
        at += TimeDelta::minutes(30);
    }
    assert!(
        falls > 0 && ceilings_first > 0 && law_first > 0,
        "every case of the convention was met"
    );
}

#[test]
fn the_end_is_not_monotone_in_the_recording() {
    // RULES §5.6: 30 January 23:00 ends on 28 February 23:00, 31 January 10:00 on 28 February 10:00.
    let brussels = Brussels::new();
    let end = |text: &str| {
        let at = DateTime::parse_from_rfc3339(text).expect("an instant");
        Deadline::after(&brussels, &at, 1, Some(30))
            .expect("inside")
            .erase_by
            .to_rfc3339()
    };
    assert_eq!(
        end("2026-01-30T23:00:00+01:00"),
        "2026-02-28T23:00:00+01:00"
    );
    assert_eq!(
        end("2026-01-31T10:00:00+01:00"),
        "2026-02-28T10:00:00+01:00"
    );
}

#[test]
fn holidays_of_some_years() {
    // Easter of 2024 to 2027: 31 March, 20 April, 5 April, 28 March.
    for (text, holiday) in [
        ("2024-04-01", true),
        ("2025-04-21", true),
        ("2026-04-06", true),
        ("2027-03-29", true),
        ("2026-05-14", true),
        ("2026-05-25", true),
        ("2025-05-29", true),
        ("2025-06-09", true),
        ("2026-04-03", false),
        ("2026-04-05", false),
        ("2026-11-11", true),
        ("2026-11-02", false),
        ("2026-12-26", false),
    ] {
        let day: NaiveDate = text.parse().expect("a day");
        assert_eq!(is_public_holiday(day), holiday, "{text}");
    }
    // Christmas of 2027 is a Saturday, so the next working day is Monday the 27th.
    let christmas: NaiveDate = "2027-12-25".parse().expect("a day");
    assert_eq!(working_day_from(christmas).to_string(), "2027-12-27");
}

proptest! {
    #[test]
    fn any_instant_has_the_offset_of_the_zone(seconds in -8_000_000_000_000_i64..8_000_000_000_000) {
        let at = DateTime::from_timestamp(seconds, 0).expect("inside the calendar");
        let want = Europe::Brussels.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
        prop_assert_eq!(Brussels::new().offset_seconds(seconds), want);
    }

    #[test]
    fn the_offset_of_the_input_does_not_matter(seconds in 1_000_000_000_i64..3_000_000_000, hours in -12_i32..13) {
        let brussels = Brussels::new();
        let at = DateTime::from_timestamp(seconds, 0).expect("inside the calendar");
        let other = at.with_timezone(&FixedOffset::east_opt(hours * 3600).expect("an offset"));
        prop_assert_eq!(Deadline::after(&brussels, &at, 1, Some(30)), Deadline::after(&brussels, &other, 1, Some(30)));
    }
}

#[test]
fn the_ends_of_the_calendar_are_errors_not_panics() {
    let brussels = Brussels::new();
    for at in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
        let _ = brussels.at(&at);
        let _ = Deadline::after(&brussels, &at, 1, Some(30));
        let _ = Deadline::after(&brussels, &at, u32::MAX, Some(u32::MAX));
    }
}
