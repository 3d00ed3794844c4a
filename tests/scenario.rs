//! From a note to a unit on scene, across all crates.

use kabat::classify::{Classifier, Note, RuleSet};
use kabat::compliance::{Camera, CameraFacts, Compliance, Controller, Stated};
use kabat::core::chrono::{DateTime, Utc};
use kabat::core::{Classification, IncidentType, ReportSource};
use kabat::geo::{Atlas, Request, Unit, UnitIndex, assign};
use kabat::tetra::{
    BitWriter, Bits, CodedText, CodingScheme, Content, DeliveryReportRequest, Sds, SdsBody,
};
use kabat::{
    Author, Capability, CapabilitySet, CapabilityVocabulary, Incident, IncidentEvent, IncidentId,
    IncidentStatus, Position, Priority, ResourceId, ResourceStatus, ResourceStep,
};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The Grand-Place of Brussels, and half past five on a Friday.
fn here_and_now() -> Result<(Position, DateTime<Utc>), Box<dyn std::error::Error>> {
    Ok((
        Position::from_degrees(50.8467, 4.3525)?,
        "2026-11-20T16:31:33Z".parse()?,
    ))
}

#[test]
fn a_person_who_does_not_breathe_gets_the_nearest_able_units() -> Outcome {
    let (place, at) = here_and_now()?;
    let verdict =
        Classifier::new(RuleSet::base()).classify(&Note::new("homme inconscient, ne respire plus"));
    assert_eq!(verdict.priority, Some(Priority::P1));

    // One ambulance and one MUG near, one of each far: the near ones must go.
    let vocabulary = CapabilityVocabulary::standard();
    let mut units = Vec::new();
    for (number, capability, north) in [
        (1, Capability::AMBULANCE, 0.01),
        (2, Capability::MUG, 0.02),
        (3, Capability::AMBULANCE, 0.2),
        (4, Capability::MUG, 0.3),
        (5, Capability::PUMPER, 0.001),
    ] {
        units.push(Unit {
            id: ResourceId::v7(number, [0; 10]),
            position: Position::from_degrees(
                place.latitude().degrees() + north,
                place.longitude().degrees(),
            )?,
            capabilities: vocabulary.set_of([&capability])?,
            status: ResourceStatus::Available,
        });
    }
    let near: Vec<ResourceId> = units.iter().take(2).map(|unit| unit.id).collect();
    let index = UnitIndex::from_units(units)?;
    let sent = assign(
        &index,
        &vocabulary,
        &Request::new(place, CapabilitySet::EMPTY),
        &verdict.plan,
    )?;
    let mut chosen: Vec<ResourceId> = sent.chosen.iter().map(|choice| choice.unit).collect();
    chosen.sort();
    assert_eq!(chosen, near, "plan: {:?}", verdict.plan);
    assert!(sent.shortfalls.is_empty());

    let mut incident = Incident::open(
        IncidentId::v7(1, [1; 10]),
        at,
        Author::operator("desk-1"),
        ReportSource::Call112,
    );
    let rules = Author::system("rules");
    let because = verdict.matched.iter().map(ToString::to_string).collect();
    incident.record(
        at,
        rules.clone(),
        IncidentEvent::Classified {
            classification: Classification {
                incident_type: IncidentType::new(verdict.type_code.as_deref().unwrap_or_default())?,
                priority: Priority::P1,
                disciplines: verdict.disciplines,
                severity: verdict.severity_be,
                mip: verdict.mip,
                confidence_percent: None,
                rule_set: (*verdict.rule_set).clone(),
                because,
            },
        },
    )?;
    for unit in chosen {
        for step in [
            ResourceStep::Reserved,
            ResourceStep::Alerted,
            ResourceStep::UnderWay,
            ResourceStep::OnScene,
        ] {
            incident.record(
                at,
                Author::resource(unit),
                IncidentEvent::ResourceStepped {
                    resource: unit,
                    step,
                },
            )?;
        }
    }
    assert_eq!(incident.status(), IncidentStatus::OnScene);
    assert_eq!(incident.state().priority(), Some(Priority::P1));
    Ok(())
}

#[test]
fn the_place_the_alert_and_the_footage_agree_with_their_sources() -> Outcome {
    let (place, at) = here_and_now()?;
    // The City of Brussels is in police zone 5339, and has its own 112 centre.
    let here = Atlas::belgium().locate(place, at.date_naive());
    assert_eq!(here.police_zone.map(|zone| zone.key.as_str()), Some("5339"));
    assert_eq!(
        here.emergency_centre.map(|centre| centre.key.as_str()),
        Some("BRU")
    );
    assert!(here.province.is_none(), "Brussels lies in no province");

    let mut room = [0; 64];
    let text = CodedText::encode(
        "Grand-Place 1, arrêt cardiaque",
        CodingScheme::ISO_8859_1,
        &mut room,
    )?;
    let mut buffer = [0; 80];
    let mut writer = BitWriter::new(&mut buffer, "alert");
    Sds::text(text, 7, DeliveryReportRequest::Received).encode(&mut writer)?;
    let octets = writer.octets().to_vec();
    let SdsBody::Transfer(transfer) = Sds::decode(Bits::from_octets(&octets))?.body else {
        return Err("the alert is no transfer".into());
    };
    let Content::Text(text) = transfer.content else {
        return Err("the alert is no text".into());
    };
    assert_eq!(
        text.text.to_string_lossy(),
        "Grand-Place 1, arrêt cardiaque"
    );

    // One month after 31 January is the last day of February, law of 21 March 2007.
    let camera = CameraFacts {
        controller: Controller::PrivateCompany,
        camera: Camera::Fixed,
        special_risk_place: Stated::Nothing,
        anpr_database: false,
    };
    let recorded = DateTime::parse_from_rfc3339("2026-01-31T10:00:00+01:00")?;
    let erase_by = Compliance::belgium()
        .retention(&camera, &recorded)
        .erase_by();
    assert_eq!(
        erase_by,
        Some(DateTime::parse_from_rfc3339("2026-02-28T10:00:00+01:00")?)
    );
    Ok(())
}
