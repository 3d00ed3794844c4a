//! Real dispatch records, when they lie beside the project: their times T0 to T7 map onto the steps of an assignment.
#![expect(
    clippy::too_many_lines,
    clippy::indexing_slicing,
    reason = "a test stops at the first row that is not as its description says"
)]

use std::collections::BTreeMap;

use kabat_core::chrono::{DateTime, NaiveDateTime, Utc};
use kabat_core::{
    Author, Call, CallId, ClosingReason, Incident, IncidentEvent, IncidentId, IncidentStatus,
    ReportSource, ResourceId, ResourceStep,
};

const RECORDS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/data/replay/brussels_2022-07.csv"
);

type Times = [Option<DateTime<Utc>>; 8];

fn times(row: &[&str]) -> Times {
    let mut times = [None; 8];
    for (time, cell) in times.iter_mut().zip(&row[9..17]) {
        // Local time, read as if it were UTC: only differences and order matter here.
        *time = NaiveDateTime::parse_from_str(cell, "%Y-%m-%d %H:%M:%S")
            .ok()
            .map(|time| time.and_utc());
    }
    times
}

/// T4 is the start of a transport when a hospital time or a second leaving follows, else the leaving itself.
fn steps(times: &Times) -> Vec<(ResourceStep, DateTime<Utc>)> {
    let carried = times[5].is_some() || times[6].is_some();
    let fourth = if carried {
        ResourceStep::Transporting
    } else {
        ResourceStep::Leaving
    };
    [
        (ResourceStep::Alerted, times[1]),
        (ResourceStep::UnderWay, times[2]),
        (ResourceStep::OnScene, times[3]),
        (fourth, times[4]),
        (ResourceStep::AtHospital, times[5]),
        (ResourceStep::Leaving, times[6]),
        (ResourceStep::Available, times[7]),
    ]
    .into_iter()
    .filter_map(|(step, at)| at.map(|at| (step, at)))
    .collect()
}

#[test]
fn a_month_of_records_replays() {
    let Ok(text) = std::fs::read_to_string(RECORDS) else {
        println!("skipped: no records beside the project");
        return;
    };
    let mut missions = BTreeMap::<&str, Vec<(&str, Times)>>::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        missions
            .entry(cells[0])
            .or_default()
            .push((cells[5], times(&cells)));
    }
    let (mut units, mut without_alarm, mut twice, mut closed) = (0, 0, 0, 0);
    for (number, (mission, rows)) in (1u64..).zip(&missions) {
        let Some(call_at) = rows.iter().find_map(|(_, times)| times[0]) else {
            continue;
        };
        let by = Author::system("records");
        let id = IncidentId::v7(number, [1; 10]);
        let mut incident = Incident::open_with_reference(
            id,
            call_at,
            by.clone(),
            ReportSource::Call112,
            Some((*mission).to_owned()),
        );
        let call = Call {
            id: CallId::v7(number, [2; 10]),
            received_at: call_at,
            source: ReportSource::Call112,
            language: None,
            note: String::new(),
        };
        incident
            .record(call_at, by.clone(), IncidentEvent::CallAttached { call })
            .expect("a call can be attached");
        let mut names = BTreeMap::<&str, ResourceId>::new();
        for (unit, times) in rows {
            let steps = steps(times);
            let Some(&(first, _)) = steps.first() else {
                continue;
            };
            if first > ResourceStep::OnScene {
                // Nothing says that it was ever sent: no step that could follow "not at work".
                without_alarm += 1;
                continue;
            }
            let next = 1 + names.len() as u64;
            let resource = *names
                .entry(unit)
                .or_insert_with(|| ResourceId::v7(number << 8 | next, [3; 10]));
            if incident
                .state()
                .current(resource)
                .is_some_and(|a| !a.is_finished())
            {
                // The same unit again although it was never free: refused, as it should be.
                twice += 1;
                continue;
            }
            let before = incident.state().assignments().len();
            for &(step, at) in &steps {
                incident
                    .record(
                        at,
                        by.clone(),
                        IncidentEvent::ResourceStepped { resource, step },
                    )
                    .unwrap_or_else(|error| panic!("mission {mission}, {unit}: {error}"));
            }
            units += 1;
            let assignment = &incident.state().assignments()[before];
            for &(step, at) in &steps {
                assert_eq!(assignment.time_of(step), Some(at), "mission {mission}");
            }
            if times[4].is_some() {
                assert_eq!(
                    assignment.left_scene_at(),
                    times[4],
                    "T4 of mission {mission}"
                );
            }
            if times[4].is_some() && times[6].is_some() {
                assert_eq!(
                    assignment.left_hospital_at(),
                    times[6],
                    "T6 of mission {mission}"
                );
            }
            if times[3].is_some() {
                assert!(incident.status() >= IncidentStatus::OnScene);
            }
        }
        let end = incident.state().last_at();
        let reason = ClosingReason::COMPLETED;
        match incident.record(end, by, IncidentEvent::Closed { reason }) {
            Ok(_) => closed += 1,
            Err(_) => assert!(incident.state().busy().count() > 0),
        }
        let again = Incident::replay(id, incident.timeline().iter().cloned());
        assert_eq!(again.as_ref(), Ok(&incident));
    }
    println!(
        "{} missions, {units} units replayed, {without_alarm} without any alarm or arrival, {twice} sent again while \
         not free, {closed} closed",
        missions.len()
    );
    assert!(units > 5000);
}
