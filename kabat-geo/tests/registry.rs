//! The tables against their sources.
#![expect(clippy::unwrap_used, reason = "a test may stop with a panic")]

use kabat_geo::{NaiveDate, NisCode, Registry};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Counts with a source of their own (`data/police_zone_counts.csv`, column `note`).
#[test]
fn police_zone_counts_on_each_sourced_date() {
    let registry = Registry::belgium();
    let sourced = include_str!("../data/police_zone_counts.csv");
    let mut seen = 0;
    for line in sourced.lines().skip(1) {
        let mut cells = line.split(',');
        let (from, count) = (cells.next().unwrap(), cells.next().unwrap());
        // `2023`: some day of that year; the tables count it from the last day.
        let from = if from.len() == 4 {
            day(&format!("{from}-12-31"))
        } else {
            day(from)
        };
        assert_eq!(
            registry.police_zones_on(from).count(),
            count.parse::<usize>().unwrap(),
            "police zones on {from}"
        );
        seen += 1;
    }
    assert_eq!(seen, 10);
}

#[test]
fn every_municipality_lies_in_one_police_zone_and_one_rescue_zone() {
    let registry = Registry::belgium();
    for date in [
        "2018-12-31",
        "2019-01-01",
        "2019-06-01",
        "2020-07-01",
        "2021-12-31",
        "2022-12-31",
        "2023-01-01",
        "2024-01-01",
        "2024-12-02",
        "2025-01-01",
        "2025-12-31",
        "2026-06-01",
    ] {
        let date = day(date);
        let zones: Vec<_> = registry.police_zones_on(date).collect();
        for municipality in registry.municipalities_on(date) {
            let nis = municipality.nis;
            let holding = zones
                .iter()
                .filter(|zone| {
                    registry
                        .police_zone_members(&zone.key, date)
                        .any(|member| member == nis)
                })
                .count();
            assert_eq!(holding, 1, "police zones of {nis} on {date}");
            if date >= day("2019-01-01") {
                let holding = registry
                    .rescue_zones()
                    .iter()
                    .filter(|zone| {
                        registry
                            .rescue_zone_members(&zone.key, date)
                            .any(|member| member == nis)
                    })
                    .count();
                assert_eq!(holding, 1, "rescue zones of {nis} on {date}");
            }
        }
    }
}

/// Numbers of municipalities: Statbel's REFNIS lists of those days.
#[test]
fn municipalities_and_mergers_by_day() {
    let registry = Registry::belgium();
    for (date, count) in [
        ("2018-12-31", 589),
        ("2019-01-01", 581),
        ("2024-12-01", 581),
        ("2024-12-02", 580),
        ("2024-12-31", 580),
        ("2025-01-01", 565),
    ] {
        assert_eq!(
            registry.municipalities_on(day(date)).count(),
            count,
            "on {date}"
        );
    }
    let bertogne: NisCode = "82005".parse().unwrap();
    let bastogne: NisCode = "82039".parse().unwrap();
    assert_eq!(registry.successor(bertogne, day("2024-12-01")), bertogne);
    assert_eq!(registry.successor(bertogne, day("2024-12-02")), bastogne);
    assert_eq!(
        registry.predecessors(bastogne, day("2024-12-01")),
        ["82003".parse().unwrap(), bertogne]
    );
}
