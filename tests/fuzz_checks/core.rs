use arbitrary::{Arbitrary as _, Unstructured};
use kabat::core::{
    AmlMessage, CapAlert, Delta, Incident, IncidentEvent, Plate, Snapshot, TimelineEvent,
};

/// Any text as a plate: what is read says the same again in every form.
pub(crate) fn plate(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(plate) = Plate::new(&text) else { return };
    assert_eq!(Plate::new(&plate.reveal()), Ok(plate));
    assert_eq!(Plate::new(&plate.reveal_compact()), Ok(plate));
    assert!((1..=10).contains(&plate.reveal_compact().len()));
    let shown = plate.to_string();
    assert!(shown.chars().all(|c| c == '*' || c == '-'), "{shown}");
    assert_eq!(plate.is_belgian_shaped(), !plate.series().is_empty());
    for other in plate.alternatives(2) {
        assert!(other.plate.is_belgian_shaped() && other.confusions.len() <= 2);
        if other.confusions.len() == 1 {
            let back = plate
                .one_confusion_from(other.plate)
                .expect("one character away");
            assert_eq!((back.at, back.read, back.meant), {
                let there = other.confusions[0];
                (there.at, there.read, there.meant)
            });
        }
    }
}

/// Position messages, alerts and stored incidents: no text makes a reader panic, and what is read is written the same.
pub(crate) fn interchange(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(message) = AmlMessage::parse(&text) {
        let _ = message.fix();
    }
    if let Ok(alert) = CapAlert::parse(&text) {
        let again = CapAlert::parse(&alert.to_string());
        assert_eq!(again.as_ref(), Ok(&alert));
    }
    if let Ok(incident) = serde_json::from_str::<Incident>(&text) {
        let stored = serde_json::to_string(&incident).expect("an incident has a JSON form");
        let again: Incident = serde_json::from_str(&stored).expect("it reads its own form");
        assert_eq!(again.timeline().len(), incident.timeline().len());
        assert_eq!(again.status(), incident.status());
    }
}

/// An incident under random events: one refused leaves it as it was, and a replay gives the same.
pub(crate) fn incident(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let Ok(mut incident) = Incident::arbitrary(&mut input) else {
        return;
    };
    while let Ok(event) = TimelineEvent::arbitrary(&mut input) {
        if input.is_empty() {
            break;
        }
        let before = incident.clone();
        if incident.append(event).is_err() {
            assert_eq!(incident, before, "a refused event changed something");
        } else {
            assert_eq!(incident.timeline().len(), before.timeline().len() + 1);
            assert!(incident.status() >= before.status() || before.status().is_ended());
        }
    }
    let again =
        Incident::replay(incident.id(), incident.timeline().to_vec()).expect("it happened so");
    assert_eq!(again, incident);
    let opened = incident
        .timeline()
        .iter()
        .filter(|entry| matches!(entry.event, IncidentEvent::Opened { .. }));
    assert_eq!(opened.count(), 1);
}

/// The same deltas in two orders, some twice, and merged from two halves, give the same picture.
pub(crate) fn picture(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let Ok(turn) = u8::arbitrary(&mut input) else {
        return;
    };
    let mut deltas = Vec::new();
    while let Ok(delta) = Delta::arbitrary(&mut input) {
        deltas.push(delta);
        if input.is_empty() || deltas.len() > 64 {
            break;
        }
    }
    let of = |deltas: &[Delta]| {
        let mut snapshot = Snapshot::new();
        for delta in deltas {
            snapshot.apply(delta);
        }
        snapshot
    };
    let whole = of(&deltas);
    let mut turned = deltas.clone();
    if !turned.is_empty() {
        let by = usize::from(turn) % turned.len();
        turned.rotate_left(by);
        turned.reverse();
        let first = turned[0].clone();
        turned.push(first);
    }
    assert_eq!(of(&turned), whole);
    let (left, right) = deltas.split_at(deltas.len() / 2);
    let (mut left, right) = (of(left), of(right));
    left.merge(&right);
    assert_eq!(left, whole);
}
