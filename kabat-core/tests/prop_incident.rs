//! The time line under random events: what is refused changes nothing, what is taken stays, and replay agrees.

mod strategies;
#[path = "strategies/timeline.rs"]
mod timeline;

use kabat_core::{
    Assignment, Author, Incident, IncidentEvent, IncidentId, IncidentStatus, ReplayError,
    ReportSource, ResourceId, ResourceStep, TransitionError,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use strategies::start;
use timeline::{incident_id, timeline_event};

fn opened(id: IncidentId) -> Incident {
    Incident::open(id, start(), Author::system("test"), ReportSource::Call112)
}

/// Another way to work out the last step of every resource: one pass over the raw log.
fn last_steps(incident: &Incident) -> BTreeMap<ResourceId, ResourceStep> {
    incident
        .timeline()
        .iter()
        .filter_map(|entry| match entry.event {
            IncidentEvent::ResourceStepped { resource, step } => Some((resource, step)),
            _ => None,
        })
        .collect()
}

proptest! {
    #[test]
    fn appending_keeps_everything_in_order_and_refusing_changes_nothing(
        id in incident_id(),
        events in prop::collection::vec(timeline_event(), 0..120),
    ) {
        let mut incident = opened(id);
        let mut kept = vec![incident.timeline()[0].clone()];
        for event in events {
            let before = incident.clone();
            if incident.append(event.clone()).is_ok() {
                kept.push(event);
            } else {
                prop_assert_eq!(&incident, &before);
            }
            // Progress is never taken back, and an end is never left.
            prop_assert!(incident.status() >= before.status());
            if before.status().is_ended() {
                prop_assert_eq!(incident.status(), before.status());
            }
        }
        prop_assert_eq!(incident.timeline(), &kept[..]);
    }

    #[test]
    fn replay_gives_the_same_incident(
        id in incident_id(),
        events in prop::collection::vec(timeline_event(), 0..120),
    ) {
        let mut incident = opened(id);
        for event in events {
            let _ = incident.append(event);
        }
        let again = Incident::replay(id, incident.timeline().iter().cloned());
        prop_assert_eq!(again.as_ref(), Ok(&incident));
        for (resource, step) in last_steps(&incident) {
            prop_assert_eq!(incident.state().current(resource).map(Assignment::step), Some(step));
        }
        let first_on_scene = incident.timeline().iter().find(|entry| matches!(
            entry.event,
            IncidentEvent::ResourceStepped {
                step: ResourceStep::OnScene | ResourceStep::Transporting | ResourceStep::AtHospital, ..
            }
        ));
        if let (Some(entry), false) = (first_on_scene, incident.status().is_ended()) {
            prop_assert_eq!(incident.state().reached_at(IncidentStatus::OnScene), Some(entry.at));
        }
    }

    #[test]
    fn what_an_error_allows_is_allowed(
        id in incident_id(),
        events in prop::collection::vec(timeline_event(), 0..80),
    ) {
        let mut incident = opened(id);
        for mut event in events {
            if let Err(TransitionError::Step { resource, allowed, .. }) = incident.append(event.clone()) {
                for &step in allowed {
                    let mut copy = incident.clone();
                    event.event = IncidentEvent::ResourceStepped { resource, step };
                    prop_assert_eq!(copy.append(event.clone()), Ok(()));
                }
            }
        }
    }

    #[test]
    fn nobody_works_on_a_closed_incident(
        id in incident_id(),
        events in prop::collection::vec(timeline_event(), 0..120),
    ) {
        let mut incident = opened(id);
        for event in events {
            let _ = incident.append(event);
            if incident.status() == IncidentStatus::Closed {
                prop_assert_eq!(incident.state().busy().count(), 0);
            }
        }
    }
}

#[cfg(feature = "serde")]
proptest! {
    #[test]
    fn json_round_trip(
        id in incident_id(),
        events in prop::collection::vec(timeline_event(), 0..40),
    ) {
        let mut incident = opened(id);
        for event in events {
            let _ = incident.append(event);
        }
        let json = serde_json::to_string(&incident).expect("an incident has a JSON form");
        let back: Incident = serde_json::from_str(&json).expect("it reads back");
        prop_assert_eq!(back, incident);
    }
}

#[test]
fn replay_says_where_a_log_breaks() {
    let id = IncidentId::v7(1, [1; 10]);
    assert_eq!(
        Incident::replay(id, []),
        Err(ReplayError::Empty { incident: id })
    );
    let good = opened(id);
    let twice = [good.timeline()[0].clone(), good.timeline()[0].clone()];
    let error = Incident::replay(id, twice).unwrap_err();
    assert_eq!(
        error,
        ReplayError::Event {
            incident: id,
            index: 1,
            source: TransitionError::AlreadyOpened {
                status: IncidentStatus::Received
            },
        }
    );
}

#[test]
fn messages_name_the_state_the_event_and_what_is_allowed() {
    let id = IncidentId::v7(1, [1; 10]);
    let mut incident = opened(id);
    let resource = ResourceId::nil();
    let error = incident
        .record(
            start(),
            Author::system("test"),
            IncidentEvent::ResourceStepped {
                resource,
                step: ResourceStep::Leaving,
            },
        )
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "resource `00000000-0000-0000-0000-000000000000` is not at work for the incident: `leaving` cannot follow, \
         allowed are `proposed`, `reserved`, `alerted`, `under_way`, `on_scene`"
    );
}

#[test]
fn a_second_sending_keeps_the_first_times() {
    let mut incident = opened(IncidentId::v7(1, [1; 10]));
    let resource = ResourceId::nil();
    let mut at = start();
    for step in [
        ResourceStep::Alerted,
        ResourceStep::UnderWay,
        ResourceStep::Available,
        ResourceStep::Alerted,
    ] {
        at += kabat_core::chrono::TimeDelta::minutes(1);
        incident
            .record(
                at,
                Author::resource(resource),
                IncidentEvent::ResourceStepped { resource, step },
            )
            .expect("a legal step");
    }
    let assignments = incident.state().assignments();
    assert_eq!(assignments.len(), 2);
    let minute = |n| start() + kabat_core::chrono::TimeDelta::minutes(n);
    assert_eq!(
        assignments[0].time_of(ResourceStep::Alerted),
        Some(minute(1))
    );
    assert_eq!(
        assignments[1].time_of(ResourceStep::Alerted),
        Some(minute(4))
    );
}
