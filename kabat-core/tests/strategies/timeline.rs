//! Random events of a time line.
#![expect(
    clippy::expect_used,
    reason = "a test stops at the first wrong constant"
)]

use kabat_core::{
    AgencyCode, Author, ClosingReason, EmergencyPhase, EventId, Fact, FactCode, HumanOverride,
    IncidentEvent, IncidentId, Priority, Provenance, ResourceId, ResourceStep, TimelineEvent,
    Truth,
};
use proptest::prelude::*;

use crate::strategies::{fix, instant};

pub(crate) fn incident_id() -> impl Strategy<Value = IncidentId> {
    (0u8..4).prop_map(|n| IncidentId::v7(u64::from(n), [n; 10]))
}

pub(crate) fn resource_id() -> impl Strategy<Value = ResourceId> {
    (0u8..5).prop_map(|n| ResourceId::v7(u64::from(n), [n; 10]))
}

pub(crate) fn step() -> impl Strategy<Value = ResourceStep> {
    prop::sample::select(ResourceStep::ALL.to_vec())
}

pub(crate) fn event() -> impl Strategy<Value = IncidentEvent> {
    prop_oneof![
        // Most of the work is done by resources, so most events are steps.
        12 => (resource_id(), step())
            .prop_map(|(resource, step)| IncidentEvent::ResourceStepped { resource, step }),
        2 => fix().prop_map(|fix| IncidentEvent::Located { fix }),
        2 => (1u8..=4).prop_map(|rank| IncidentEvent::Overridden {
            decision: HumanOverride {
                priority: Priority::try_from(rank).ok(),
                reason: "seen on camera".into(),
                ..HumanOverride::default()
            }
        }),
        1 => Just(IncidentEvent::FactRecorded {
            fact: Fact::new(FactCode::new("smoke").expect("a code"), Truth::Yes, Provenance::Stated)
        }),
        1 => "[a-z ]{0,12}".prop_map(|text| IncidentEvent::Noted { text }),
        1 => Just(IncidentEvent::UnderControl {}),
        1 => incident_id().prop_map(|incident| IncidentEvent::Related { incident }),
        1 => incident_id().prop_map(|incident| IncidentEvent::DuplicateAbsorbed { incident }),
        1 => Just(IncidentEvent::PhaseDeclared { phase: EmergencyPhase::Municipal }),
        1 => Just(IncidentEvent::PhaseLifted {}),
        1 => Just(IncidentEvent::Closed { reason: ClosingReason::COMPLETED }),
        1 => Just(IncidentEvent::Cancelled { reason: ClosingReason::CANCELLED }),
        1 => incident_id().prop_map(|incident| IncidentEvent::MergedInto { incident }),
        1 => Just(IncidentEvent::HandedOver { to: AgencyCode::new("nc112-gent").expect("a code") }),
    ]
}

pub(crate) fn timeline_event() -> impl Strategy<Value = TimelineEvent> {
    (any::<[u8; 10]>(), instant(), event()).prop_map(|(random, at, event)| {
        TimelineEvent::new(EventId::v7(0, random), at, Author::system("test"), event)
    })
}
