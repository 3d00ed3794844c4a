//! The operator's desk: takes one call at a time from its note to units on scene.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use kabat::classify::{Classifier, Note, RuleSet, Verdict};
use kabat::core::chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use kabat::core::{
    Call as Attached, CallId, Classification, ClosingReason, Correlation, IncidentJurisdiction,
    IncidentType, LocationFix, LocationMethod, Plate, PlateRead, Report, ReportSource,
    ResponsePlan,
};
use kabat::geo::{
    Atlas, Choice, Jurisdiction, LanguageArea, Recommendation, Request, UnitIndex, assign,
};
use kabat::{
    AgencyCode, Author, CapabilitySet, CapabilityVocabulary, Incident, IncidentEvent, IncidentId,
    Language, Position, Priority, Resource, ResourceId, ResourceStatus, ResourceStep,
};

use crate::footage::{Camera, CameraPark, Footage};
use crate::plates::{self, Sighting};
use crate::radio::{Message, Radio};
use crate::twins::OpenIncidents;

/// A call note as it comes in.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    #[serde(rename = "call")]
    pub(crate) number: String,
    pub(crate) received_at: DateTime<FixedOffset>,
    pub(crate) position: Position,
    pub(crate) text: String,
    /// A number plate that the caller read out.
    pub(crate) plate: Option<Plate>,
}

/// A unit of the fleet: what kabat-core knows of it, and its radio number.
#[derive(serde::Deserialize)]
pub(crate) struct Unit {
    #[serde(flatten)]
    pub(crate) resource: Resource,
    pub(crate) issi: u32,
}

/// How long a stage took in total.
#[derive(Default)]
pub(crate) struct Clock {
    pub(crate) stages: BTreeMap<&'static str, Duration>,
}

impl Clock {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        *self.stages.entry(stage).or_default() += start.elapsed();
        result
    }
}

/// The messages to and from each unit of a call.
type RadioLog = Vec<(ResourceId, Vec<Message>)>;

/// A call that went through, with everything that was decided about it.
pub(crate) struct Handled {
    pub(crate) call: String,
    pub(crate) received_at: DateTime<FixedOffset>,
    pub(crate) text: String,
    pub(crate) position: Position,
    pub(crate) verdict: Verdict,
    pub(crate) place: Jurisdiction<'static>,
    pub(crate) sent: Recommendation,
    pub(crate) footage: Vec<Footage>,
    pub(crate) plate: Option<Plate>,
    /// Where the plate was seen afterwards.
    pub(crate) sightings: Vec<Sighting>,
    /// The open incident that the call told of again, and why that is thought.
    pub(crate) same_as: Option<Correlation>,
    /// What went over the radio, by unit.
    pub(crate) radio: RadioLog,
    pub(crate) incident: Incident,
}

/// Everything a centre has at hand.
pub(crate) struct Desk {
    pub(crate) classifier: Classifier,
    open: OpenIncidents,
    vocabulary: CapabilityVocabulary,
    atlas: &'static Atlas,
    index: UnitIndex,
    radio: Radio,
    cameras: CameraPark,
    /// When each unit at work will be free again, soonest first.
    busy_until: BTreeSet<(DateTime<Utc>, ResourceId)>,
    pub(crate) fleet: BTreeMap<ResourceId, Unit>,
    pub(crate) handled: Vec<Handled>,
    pub(crate) radio_messages: usize,
    pub(crate) clock: Clock,
}

/// A line that was refused, and why.
pub(crate) type Refused = (usize, String);

impl Desk {
    /// Opens the desk with a fleet and a camera park; a unit that cannot be used is named and left out.
    pub(crate) fn open(
        units: Vec<(usize, Unit)>,
        cameras: Vec<(usize, Camera)>,
    ) -> Result<(Self, Vec<Refused>), Box<dyn std::error::Error>> {
        let mut clock = Clock::default();
        let (classifier, atlas) = clock.time("load rules and atlas", || {
            (Classifier::new(RuleSet::base()), Atlas::belgium())
        });
        let vocabulary = CapabilityVocabulary::standard();
        let (mut fleet, mut refused) = (BTreeMap::<ResourceId, Unit>::new(), Vec::new());
        let mut indexed = Vec::new();
        for (line, unit) in units {
            let id = unit.resource.id;
            let capabilities = match vocabulary.set_of(&unit.resource.capabilities) {
                Ok(set) => set,
                Err(error) => {
                    refused.push((line, error.to_string()));
                    continue;
                }
            };
            if fleet.contains_key(&id) {
                refused.push((line, format!("unit id `{id}` is already in the fleet")));
                continue;
            }
            let Some(position) = unit.resource.position else {
                refused.push((
                    line,
                    format!("unit `{}` has no position", unit.resource.call_sign),
                ));
                continue;
            };
            indexed.push(kabat::geo::Unit {
                id,
                position,
                capabilities,
                status: unit.resource.status,
            });
            fleet.insert(id, unit);
        }
        let index = clock.time("index the fleet", || UnitIndex::from_units(indexed))?;
        let desk = Self {
            classifier,
            open: OpenIncidents::new(),
            vocabulary,
            atlas,
            index,
            radio: Radio::open()?,
            cameras: CameraPark::new(cameras.into_iter().map(|(_, camera)| camera).collect()),
            busy_until: BTreeSet::new(),
            fleet,
            handled: Vec::new(),
            radio_messages: 0,
            clock,
        };
        Ok((desk, refused))
    }

    /// Takes one call through the whole job.
    pub(crate) fn handle(&mut self, call: &Call) -> Result<(), String> {
        let at = call.received_at.to_utc();
        self.free_units(at)?;

        let note = Note::new(call.text.as_str());
        let verdict = self
            .clock
            .time("classify", || self.classifier.classify(&note));
        let date = call.received_at.date_naive();
        let place = self
            .clock
            .time("jurisdiction", || self.atlas.locate(call.position, date));
        let report = report(call, &verdict);
        let same_as = self.clock.time("correlate", || self.open.same_as(&report));
        // Nobody is sent twice to the same incident.
        let nothing = ResponsePlan::default();
        let plan = if same_as.is_some() {
            &nothing
        } else {
            &verdict.plan
        };
        let request = Request::new(call.position, CapabilitySet::EMPTY);
        let sent = self
            .clock
            .time("choose units", || {
                assign(&self.index, &self.vocabulary, &request, plan)
            })
            .map_err(|error| error.to_string())?;
        for choice in &sent.chosen {
            self.set_status(choice.unit, ResourceStatus::Reserved)?;
        }

        let footage = self
            .clock
            .time("footage", || self.cameras.near(call.position, at));
        let (mut incident, radio) = self.run_incident(call, &verdict, &place, &sent, &footage)?;
        if let Some(same_as) = &same_as {
            self.merge(&mut incident, same_as.incident, at)?;
        } else {
            let units = sent.chosen.iter().map(|choice| choice.unit).collect();
            self.open.add(incident.id(), &report, units);
        }
        self.handled.push(Handled {
            call: call.number.clone(),
            received_at: call.received_at,
            text: call.text.clone(),
            position: call.position,
            verdict,
            place,
            sent,
            footage,
            plate: call.plate,
            sightings: Vec::new(),
            same_as,
            radio,
            incident,
        });
        Ok(())
    }

    /// Looks for the plates that callers read out; a read that cannot be used is named and left out.
    pub(crate) fn look_for_plates(
        &mut self,
        reads: &[(usize, PlateRead)],
    ) -> Result<Vec<Refused>, Box<dyn std::error::Error>> {
        let (handled, cameras) = (&mut self.handled, &self.cameras);
        self.clock
            .time("plates", || plates::look_for(handled, reads, cameras))
    }

    /// Writes on both time lines that `incident` is the same as an earlier one.
    fn merge(
        &mut self,
        incident: &mut Incident,
        earlier: IncidentId,
        at: DateTime<Utc>,
    ) -> Result<(), String> {
        let merged = IncidentEvent::MergedInto { incident: earlier };
        incident
            .record(at, system(), merged)
            .map_err(|error| error.to_string())?;
        let mut known = self.handled.iter_mut();
        let Some(known) = known.find(|known| known.incident.id() == earlier) else {
            return Ok(());
        };
        let absorbed = IncidentEvent::DuplicateAbsorbed {
            incident: incident.id(),
        };
        known
            .incident
            .record(at, system(), absorbed)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    /// Opens the incident and leads each unit from reserved to on scene, over the radio.
    fn run_incident(
        &mut self,
        call: &Call,
        verdict: &Verdict,
        place: &Jurisdiction<'_>,
        sent: &Recommendation,
        footage: &[Footage],
    ) -> Result<(Incident, RadioLog), String> {
        let at = call.received_at.to_utc();
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        // A live system gives random bytes; a demonstration gives the same ids in every run.
        let number = u64::try_from(self.handled.len()).unwrap_or(u64::MAX);
        let mut random = *b"kb--------";
        random[2..].copy_from_slice(&number.to_be_bytes());
        let system = system();
        let mut incident = Incident::open_with_reference(
            IncidentId::v7(millis, random),
            at,
            Author::operator("desk-1"),
            ReportSource::Call112,
            Some(call.number.clone()),
        );
        let mut record = |incident: &mut Incident, at, by: &Author, event| {
            self.clock
                .time("time line", || incident.record(at, by.clone(), event))
                .map_err(|error| error.to_string())
        };
        let opening = [
            IncidentEvent::CallAttached {
                call: Attached {
                    id: CallId::v7(millis, random),
                    received_at: at,
                    source: ReportSource::Call112,
                    language: verdict.language,
                    note: call.text.clone(),
                },
            },
            IncidentEvent::Located {
                fix: LocationFix::new(call.position, LocationMethod::MapClick, at),
            },
            IncidentEvent::JurisdictionFound {
                jurisdiction: in_core_terms(place),
            },
        ];
        for event in opening.into_iter().chain(classified(verdict)) {
            record(&mut incident, at, &system, event)?;
        }
        for camera in footage {
            record(
                &mut incident,
                at,
                &system,
                IncidentEvent::CameraLinked { camera: camera.id },
            )?;
        }
        for choice in &sent.chosen {
            let step = |step| IncidentEvent::ResourceStepped {
                resource: choice.unit,
                step,
            };
            record(&mut incident, at, &system, step(ResourceStep::Reserved))?;
        }

        let mut radio = RadioLog::new();
        for choice in &sent.chosen {
            let messages = self.lead_unit(call, verdict, choice, &mut incident)?;
            radio.push((choice.unit, messages));
        }
        if sent.chosen.is_empty() && verdict.priority == Some(Priority::P4) {
            let closed = IncidentEvent::Closed {
                reason: ClosingReason::COMPLETED,
            };
            incident
                .record(at, system, closed)
                .map_err(|error| error.to_string())?;
        }
        Ok((incident, radio))
    }

    /// Alerts a unit over the radio and takes in what it answers until it is on scene.
    fn lead_unit(
        &mut self,
        call: &Call,
        verdict: &Verdict,
        choice: &Choice,
        incident: &mut Incident,
    ) -> Result<Vec<Message>, String> {
        let Some(unit) = self.fleet.get(&choice.unit) else {
            return Ok(Vec::new());
        };
        let system = system();
        let at = call.received_at.to_utc();
        let crew = Author::resource(choice.unit);
        let label = verdict.type_code.as_deref().unwrap_or("unknown");
        let exchange = self
            .clock
            .time("radio", || {
                self.radio
                    .alert(unit.issi, &call.number, label, &call.text, call.position)
            })
            .map_err(|error| error.to_string())?;
        self.radio_messages += exchange.messages.len();
        let alerted = at + TimeDelta::seconds(60);
        let under_way = alerted + TimeDelta::seconds(90);
        // A drive at 50 km/h as the crow flies: enough for a demonstration, not an arrival time.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "distances in Belgium are far below 2^53"
        )]
        let drive = TimeDelta::milliseconds((choice.distance.get() / 50.0 * 3600.0) as i64);
        let on_scene = under_way + drive;
        let free_again = on_scene + TimeDelta::minutes(40);
        let mut step = |at, by: &Author, step| {
            let event = IncidentEvent::ResourceStepped {
                resource: choice.unit,
                step,
            };
            self.clock
                .time("time line", || incident.record(at, by.clone(), event))
                .map_err(|error| error.to_string())
        };
        step(alerted, &system, ResourceStep::Alerted)?;
        for (status, position) in exchange.answers {
            let (at, taken) = match status {
                ResourceStatus::OnScene => (on_scene, ResourceStep::OnScene),
                _ => (under_way, ResourceStep::UnderWay),
            };
            step(at, &crew, taken)?;
            self.index
                .set_status(choice.unit, status)
                .map_err(|error| error.to_string())?;
            if let Some(position) = position {
                self.index
                    .move_to(choice.unit, position)
                    .map_err(|error| error.to_string())?;
            }
        }
        self.busy_until.insert((free_again, choice.unit));
        Ok(exchange.messages)
    }

    /// Makes the units available whose work ended before `now`.
    fn free_units(&mut self, now: DateTime<Utc>) -> Result<(), String> {
        while let Some((_, unit)) = self
            .busy_until
            .first()
            .copied()
            .filter(|&(free, _)| free <= now)
        {
            self.busy_until.pop_first();
            self.set_status(unit, ResourceStatus::Available)?;
        }
        Ok(())
    }

    fn set_status(&mut self, unit: ResourceId, status: ResourceStatus) -> Result<(), String> {
        self.index
            .set_status(unit, status)
            .map_err(|error| error.to_string())
    }
}

/// What is compared with the open incidents.
fn report(call: &Call, verdict: &Verdict) -> Report {
    let report = Report::new(call.received_at.to_utc(), call.position);
    let incident_type = verdict.type_code.as_deref().map(IncidentType::new);
    match incident_type {
        Some(Ok(incident_type)) => report.of_type(incident_type),
        _ => report,
    }
}

/// Who writes what the program decides.
fn system() -> Author {
    Author::system("kabat dispatch example")
}

fn classified(verdict: &Verdict) -> Option<IncidentEvent> {
    let incident_type = IncidentType::new(verdict.type_code.as_deref()?).ok()?;
    Some(IncidentEvent::Classified {
        classification: Classification {
            incident_type,
            priority: verdict.priority?,
            disciplines: verdict.disciplines,
            severity: verdict.severity_be,
            mip: verdict.mip,
            confidence_percent: None,
            rule_set: (*verdict.rule_set).clone(),
            because: verdict.matched.iter().map(ToString::to_string).collect(),
        },
    })
}

/// Says in the incident's own terms who is competent.
fn in_core_terms(place: &Jurisdiction<'_>) -> IncidentJurisdiction {
    let code = |prefix: &str, key: &str| {
        AgencyCode::new(format!("{prefix}-{}", key.to_ascii_lowercase())).ok()
    };
    IncidentJurisdiction {
        municipality_nis: place
            .municipality
            .map(|municipality| municipality.nis.to_string()),
        police_zone: place.police_zone.and_then(|zone| code("pz", &zone.key)),
        rescue_zone: place.rescue_zone.and_then(|zone| code("rz", &zone.key)),
        centre_112: place
            .emergency_centre
            .and_then(|centre| code("nc112", &centre.key)),
        languages: match place.language_area {
            Some(LanguageArea::Dutch) => vec![Language::Nl],
            Some(LanguageArea::French) => vec![Language::Fr],
            Some(LanguageArea::German) => vec![Language::De, Language::Fr],
            Some(LanguageArea::BilingualBrussels) => vec![Language::Nl, Language::Fr],
            _ => Vec::new(),
        },
        ambiguous: place
            .certainty
            .municipality_probability()
            .is_none_or(|sure| sure < 0.9),
    }
}
