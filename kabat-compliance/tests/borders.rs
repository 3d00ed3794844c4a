//! Periods, holidays and storage bounds at the day and the instant where they turn.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use kabat_compliance::{
    Brussels, Deadline, Hold, StorageWindow, hours_after, is_public_holiday, months_after,
    working_day_from,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Easter by Gauss's method as completed by Lichtenberg (Historia Mathematica 24, 1997, 441-444): the day counted
/// from 0 March. Another way than that of the library, which takes the table of 1876.
#[expect(
    clippy::many_single_char_names,
    reason = "the names of the published method"
)]
fn easter(year: i32) -> NaiveDate {
    let k = year / 100;
    let m = 15 + (3 * k + 3) / 4 - (8 * k + 13) / 25;
    let s = 2 - (3 * k + 3) / 4;
    let a = year % 19;
    let d = (19 * a + m) % 30;
    let r = (d + a / 11) / 29;
    let full_moon = 21 + d - r;
    let sunday = 7 - (year + year / 4 + s).rem_euclid(7);
    let march = full_moon + 7 - (full_moon - sunday).rem_euclid(7);
    NaiveDate::from_ymd_opt(year, 3, 1).unwrap() + Days::new(u64::try_from(march - 1).unwrap())
}

#[test]
fn holidays_of_every_day_of_a_thousand_years() {
    // The method against dates of the calendars: the earliest and the latest there are, and one more.
    assert_eq!(easter(1818), day("1818-03-22"));
    assert_eq!(easter(2038), day("2038-04-25"));
    assert_eq!(easter(2026), day("2026-04-05"));
    for year in 1583..2600 {
        let easter = easter(year);
        let moving = [1, 39, 50].map(|after| easter + Days::new(after));
        let mut today = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        while today.year() == year {
            // The ten of the royal decree of 18 April 1974, article 1.
            let want = moving.contains(&today)
                || [
                    (1, 1),
                    (5, 1),
                    (7, 21),
                    (8, 15),
                    (11, 1),
                    (11, 11),
                    (12, 25),
                ]
                .contains(&(today.month(), today.day()));
            assert_eq!(is_public_holiday(today), want, "{today}");
            today = today.succ_opt().unwrap();
        }
    }
}

#[test]
fn a_term_ends_on_the_next_working_day() {
    for (ends, on) in [
        ("2026-04-01", "2026-04-01"),
        // Saturday, Easter Sunday, Easter Monday.
        ("2026-04-04", "2026-04-07"),
        // Friday, Christmas, then the weekend.
        ("2026-12-25", "2026-12-28"),
        // Sunday.
        ("2026-07-19", "2026-07-20"),
        ("2026-07-21", "2026-07-22"),
    ] {
        assert_eq!(working_day_from(day(ends)), day(on));
    }
    assert_eq!(working_day_from(NaiveDate::MAX), NaiveDate::MAX);
}

#[test]
fn hours_are_counted_through_a_change_of_the_clock() {
    // The clock goes forward in the night to 29 March 2026 and back in the night to 25 October 2026.
    let brussels = Brussels::new();
    let end = |from: &str, hours| {
        hours_after(&brussels, &at(from), hours)
            .unwrap()
            .to_rfc3339()
    };
    assert_eq!(end("2026-03-27T12:00:00Z", 72), "2026-03-30T14:00:00+02:00");
    assert_eq!(end("2026-10-23T12:00:00Z", 72), "2026-10-26T13:00:00+01:00");
    assert_eq!(end("2026-10-23T12:00:00Z", 0), "2026-10-23T14:00:00+02:00");
    let late = hours_after(&brussels, &DateTime::<Utc>::MAX_UTC, 1).unwrap_err();
    assert_eq!(
        late.to_string(),
        "the period of 1 hours from `+262142-12-31` ends outside the calendar"
    );
}

#[test]
fn months_end_on_the_last_day_there_is() {
    for (from, months, to) in [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2026-12-01", 12, "2027-12-01"),
        ("2026-12-01", 0, "2026-12-01"),
    ] {
        assert_eq!(months_after(day(from), months), Ok(day(to)));
    }
    assert_eq!(
        months_after(NaiveDate::MAX, 1).unwrap_err().to_string(),
        "the period of 1 months from `+262142-12-31` ends outside the calendar"
    );
}

#[test]
fn what_ends_outside_the_calendar_is_named() {
    let brussels = Brussels::new();
    let late = DateTime::<Utc>::MAX_UTC - chrono::TimeDelta::days(20);
    let error = |months, days| {
        let outcome = Deadline::after(&brussels, &late, months, days);
        outcome.unwrap_err().to_string()
    };
    let text =
        |amount| format!("the period of {amount} from `+262142-12-11` ends outside the calendar");
    assert_eq!(error(1, None), text("1 months"));
    assert_eq!(error(0, Some(30)), text("30 days"));
    assert!(Deadline::after(&brussels, &late, 0, Some(10)).is_ok());
}

#[test]
fn the_offset_turns_at_the_second() {
    // Directive 2000/84/EC: at 01:00 UTC on the last Sunday of March and of October.
    let brussels = Brussels::new();
    for year in 1996..2100 {
        for (month, before, after) in [(3, 3600, 7200), (10, 7200, 3600)] {
            let last = NaiveDate::from_ymd_opt(year, month, 31).unwrap();
            let sunday = last - Days::new(u64::from(last.weekday().num_days_from_sunday()));
            let turn = sunday.and_hms_opt(1, 0, 0).unwrap().and_utc().timestamp();
            assert_eq!(brussels.offset_seconds(turn - 1), before, "{sunday}");
            assert_eq!(brussels.offset_seconds(turn), after, "{sunday}");
        }
    }
    // The borders of the table: winter time, as in every January.
    for border in ["1996-01-01T00:00:00Z", "2100-01-01T00:00:00Z"] {
        for second in -1..=1 {
            let seconds = at(border).timestamp() + second;
            assert_eq!(brussels.offset_seconds(seconds), 3600, "{border} {second}");
        }
    }
}

#[test]
fn wall_clocks_of_repeated_and_skipped_hours() {
    let brussels = Brussels::new();
    let earliest = |text: &str| {
        brussels
            .earliest(text.parse().unwrap())
            .unwrap()
            .to_rfc3339()
    };
    // The hour that comes twice: its first pass, in summer time.
    assert_eq!(earliest("2026-10-25T01:59:59"), "2026-10-25T01:59:59+02:00");
    assert_eq!(earliest("2026-10-25T02:00:00"), "2026-10-25T02:00:00+02:00");
    assert_eq!(earliest("2026-10-25T02:59:59"), "2026-10-25T02:59:59+02:00");
    assert_eq!(earliest("2026-10-25T03:00:00"), "2026-10-25T03:00:00+01:00");
    // The hour that never comes: read in summer time, an hour before what a winter clock would say.
    assert_eq!(earliest("2026-03-29T01:59:59"), "2026-03-29T01:59:59+01:00");
    assert_eq!(earliest("2026-03-29T02:00:00"), "2026-03-29T01:00:00+01:00");
    assert_eq!(earliest("2026-03-29T02:59:59"), "2026-03-29T01:59:59+01:00");
    assert_eq!(earliest("2026-03-29T03:00:00"), "2026-03-29T03:00:00+02:00");
    let start = |text: &str| brussels.start_of(day(text)).unwrap().to_rfc3339();
    assert_eq!(start("2026-03-29"), "2026-03-29T00:00:00+01:00");
    assert_eq!(start("2026-03-30"), "2026-03-30T00:00:00+02:00");
    assert_eq!(
        brussels
            .local(&at("2026-03-29T01:00:00Z"))
            .unwrap()
            .to_string(),
        "2026-03-29 03:00:00"
    );
}

#[test]
fn a_review_is_due_from_its_day_on() {
    let hold = Hold::Evidence {
        review_on: day("2026-03-10"),
    };
    assert!(!hold.is_review_due(day("2026-03-09")));
    assert!(hold.is_review_due(day("2026-03-10")) && hold.is_review_due(day("2026-03-11")));
    assert!(!Hold::Legal.is_review_due(day("2026-03-11")));
}

#[test]
fn bounds_of_two_rules_are_combined() {
    let (early, late) = (at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z"));
    let keep = |instant| StorageWindow {
        keep_until: Some(instant),
        ..StorageWindow::default()
    };
    let erase = |instant| StorageWindow {
        erase_by: Some(instant),
        ..StorageWindow::default()
    };
    let held = |hold| StorageWindow {
        hold: Some(hold),
        ..StorageWindow::default()
    };
    let review = |text| Hold::Evidence {
        review_on: day(text),
    };

    assert_eq!(erase(early).and(erase(late)), erase(early));
    assert_eq!(erase(late).and(erase(early)), erase(early));
    assert_eq!(erase(late).and(StorageWindow::default()), erase(late));
    assert_eq!(keep(early).and(keep(late)), keep(late));
    assert_eq!(
        held(Hold::Legal).and(held(review("2026-03-10"))),
        held(Hold::Legal)
    );
    assert_eq!(
        held(review("2026-03-10")).and(held(Hold::Legal)),
        held(Hold::Legal)
    );
    let (one, two) = (held(review("2026-03-10")), held(review("2026-05-10")));
    assert_eq!((one.and(two), two.and(one)), (two, two));
    assert_eq!(one.and(StorageWindow::default()), one);

    assert_eq!(keep(late).and(erase(early)).erase_from(), Some(late));
    assert_eq!(keep(early).and(erase(late)).erase_from(), Some(late));
    assert_eq!(keep(late).erase_from(), None);
    assert_eq!(erase(early).and(held(Hold::Legal)).erase_from(), None);
    assert!(keep(late).and(erase(early)).is_in_conflict());
    assert!(!keep(early).and(erase(early)).is_in_conflict());
    assert!(!keep(early).is_in_conflict() && !erase(early).is_in_conflict());
    assert!(erase(early).is_due(early) && erase(early).is_due(late));
    assert!(!erase(late).is_due(early) && !keep(early).is_due(late));
}
