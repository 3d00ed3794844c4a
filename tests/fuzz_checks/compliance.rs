use arbitrary::{Arbitrary as _, Unstructured};
use kabat::compliance::{
    AuditEntry, AuditLog, Camera, CameraFacts, Case, Compliance, Controller, ErasurePlanner,
    ParkCamera, Recording, Stated, verify_audit_log,
};
use kabat::core::CameraId;
use kabat::core::chrono::{DateTime, Utc};

thread_local! {
    static LAW: Compliance = Compliance::belgium();
}

/// Any facts to any question: an answer, and undetermined never allows.
pub(crate) fn case(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let arbitrary = Case::arbitrary(&mut Unstructured::new(data)).ok();
    let read = serde_json::from_str::<Case>(&text).ok();
    LAW.with(|law| {
        for case in arbitrary.into_iter().chain(read) {
            let answer = law.answer(&case);
            assert!(!(answer.undetermined && answer.is_allowed()));
            assert!(answer.undetermined || !answer.citations.is_empty());
            assert_eq!(law.answer(&case), answer);
        }
    });
}

/// A log written here is sound, a change of any byte shows, and a torn end is recovered.
pub(crate) fn audit(data: &[u8]) {
    let _ = verify_audit_log(data, &[]);
    let mut input = Unstructured::new(data);
    let Ok((place, change)) = <(u16, u8)>::arbitrary(&mut input) else {
        return;
    };
    let mut log = AuditLog::new(3);
    let mut bytes = Vec::new();
    let mut kept = Vec::new();
    while let Ok(entry) = AuditEntry::arbitrary(&mut input) {
        kept.extend(log.append(&entry, &mut bytes));
        if input.is_empty() || bytes.len() > 8_000 {
            break;
        }
    }
    if bytes.is_empty() {
        return;
    }
    kept.push(log.head());
    assert!(verify_audit_log(&bytes, &kept).is_sound());
    let place = usize::from(place) % bytes.len();
    let mut torn = bytes.clone();
    torn.truncate(place);
    let (_, whole) = AuditLog::recover(&torn, 3).expect("a torn end is no fault");
    assert!(whole <= torn.len());
    if change != 0 {
        let mut changed = bytes.clone();
        changed[place] ^= change;
        let report = verify_audit_log(&changed, &kept);
        assert!(
            !report.is_sound() || report.torn_bytes > 0,
            "a change at byte {place} does not show"
        );
    }
}

/// A plan interrupted anywhere and taken up again is the plan made in one go.
pub(crate) fn planner(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let Ok(cut) = u8::arbitrary(&mut input) else {
        return;
    };
    let camera = |controller, special_risk_place, anpr_database| ParkCamera {
        id: CameraId::nil(),
        facts: CameraFacts {
            controller,
            camera: Camera::Fixed,
            special_risk_place,
            anpr_database,
        },
    };
    let park = [
        camera(Controller::PrivateCompany, Stated::Nothing, false),
        camera(Controller::Municipality, Stated::Unsaid, false),
        camera(Controller::PoliceLocal, Stated::Unsaid, false),
        camera(Controller::PoliceFederal, Stated::Unsaid, true),
    ];
    let as_of: DateTime<Utc> = DateTime::from_timestamp(1_774_830_600, 0).expect("in range");
    let mut recordings = Vec::new();
    while let Ok((camera, minutes)) = <(u8, u32)>::arbitrary(&mut input) {
        let recorded_at =
            as_of - kabat::core::chrono::TimeDelta::minutes(i64::from(minutes % 900_000));
        recordings.push(Recording {
            id: recordings.len() as u64 * 2,
            camera: u32::from(camera % 6),
            recorded_at,
            hold: None,
        });
        if input.is_empty() || recordings.len() > 200 {
            break;
        }
    }
    LAW.with(|law| {
        let mut due = Vec::new();
        let mut whole = ErasurePlanner::new(law, &park, as_of);
        whole.advance(&recordings, &mut due).expect("rising");
        let whole = whole.finish();
        let (first, rest) = recordings.split_at(usize::from(cut) % (recordings.len() + 1));
        let mut again = Vec::new();
        let mut planner = ErasurePlanner::new(law, &park, as_of);
        planner.advance(first, &mut again).expect("rising");
        let mut planner = ErasurePlanner::resume(law, &park, planner.finish());
        planner.advance(first, &mut again).expect("rising");
        planner.advance(rest, &mut again).expect("rising");
        assert_eq!(planner.finish(), whole);
        assert_eq!(again, due);
        assert_eq!(whole.tally.seen, recordings.len() as u64);
    });
}
