//! Incidents, resources, agencies, ids, positions and units for Belgian public-safety software.
//!
//! ```
//! use kabat_core::chrono::{DateTime, Utc};
//! use kabat_core::{Author, Incident, IncidentEvent, IncidentId, IncidentStatus, ReportSource, ResourceId, ResourceStep};
//!
//! let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
//! let desk = Author::operator("op-17");
//! let mut incident = Incident::open(IncidentId::v7(1_772_359_200_000, [1; 10]), at, desk.clone(), ReportSource::Call112);
//! let pumper = ResourceId::v7(0, [2; 10]);
//! incident.record(at, desk.clone(), IncidentEvent::ResourceStepped { resource: pumper, step: ResourceStep::Alerted })?;
//! assert_eq!(incident.status(), IncidentStatus::Dispatched);
//! let refused = incident.record(at, desk, IncidentEvent::UnderControl {});
//! assert_eq!(refused.map_err(|error| error.to_string()),
//!     Err("incident is `dispatched`: `under_control` needs a resource that is or was on scene".into()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it covers
//!
//! - **Incidents** as append-only time lines of typed events: [`Incident`], [`IncidentEvent`], [`IncidentState`]; an
//!   event that cannot follow is a [`TransitionError`] that says what can.
//! - **Facts** of three values with provenance and human override: [`Facts`], [`Truth`]; **caller locations** and the
//!   reasoned choice between them: [`LocationFix`], [`LocationChoice`].
//! - **Agencies** and planning: [`Agency`], [`PoliceLevel`], [`Discipline`], [`EmergencyPhase`], [`ThreatLevel`],
//!   [`Operations`], [`Marking`], [`EmergencyNumber`].
//! - **Resources** and what is asked of them: [`Resource`], [`Capability`], [`CapabilitySet`], [`ResponsePlan`].
//! - **The shared picture**, the same in whatever order messages come: [`Snapshot`], [`Delta`].
//! - **What belongs together**: [`CallClusters`] for calls about one event, [`CorrelationIndex`] for radio emergencies.
//! - **Licence plates** as sets of candidate series, pseudonymised in print, and lists of a million wanted ones:
//!   [`Plate`], [`HitList`], [`PlateRead`], [`PassageMerger`], [`VideoAnalyticsEvent`].
//! - **Ids, places, units, languages**: [`Id`], [`Position`], [`Meters`], [`MetersPerSecond`], [`Seconds`], [`Language`].
//!
//! # What it does not do
//!
//! - No clock, no random source, no storage, no transport: times and ids come in as arguments.
//! - No geometry beyond straight lines between places; borders and nearest units are `kabat-geo`'s.
//! - No image analysis and no plate reading: it takes in what readers say. A plate never gives a vehicle or a region.
//! - Default limits, weights and look-alikes are this project's assumptions, named as such where they stand.
//! - Markings order information; they put no classification law into practice.
//! - No eCall (EN 15722): its ASN.1 could not be established with certainty from open sources.
//!
//! # Official names
//!
//! | Nederlands | français | Deutsch | here |
//! |---|---|---|---|
//! | discipline 1: hulpverleningsoperaties | discipline 1 : opérations de secours | Disziplin 1: Hilfeleistungseinsätze¹ | [`Discipline::D1`] |
//! | discipline 2: medische, sanitaire en psychosociale hulpverlening | discipline 2 : secours médicaux, sanitaires et psychosociaux | Disziplin 2: medizinische, sanitäre und psychosoziale Hilfe¹ | [`Discipline::D2`] |
//! | discipline 3: politie | discipline 3 : police | Disziplin 3: Polizei¹ | [`Discipline::D3`] |
//! | discipline 4: logistieke steun | discipline 4 : appui logistique | Disziplin 4: logistische Unterstützung¹ | [`Discipline::D4`] |
//! | discipline 5: informatie aan de bevolking | discipline 5 : information à la population | Disziplin 5: Information der Bevölkerung¹ | [`Discipline::D5`] |
//! | gemeentelijke, provinciale, federale fase | phase communale, provinciale, fédérale | kommunale, provinziale, föderale Phase¹ | [`EmergencyPhase`] |
//! | dreigingsniveau | niveau de la menace | Bedrohungsstufe¹ | [`ThreatLevel`] |
//! | lokale politiezone | zone de police locale | lokale Polizeizone | [`PoliceLevel::Local`] |
//! | federale politie | police fédérale | föderale Polizei | [`AgencyCode::FEDERAL_POLICE`] |
//! | hulpverleningszone | zone de secours | Hilfeleistungszone | [`Agency::rescue_zone`] |
//! | noodcentrale 112 | centrale d'urgence 112 | Notrufzentrale 112¹ | [`Agency::emergency_centre_112`] |
//! | communicatie- en informatiecentrum (CIC) | service d'information et de communication (SICAD) | | [`Agency::police_centre_101`] |
//! | Nationaal Crisiscentrum | Centre de crise national | Nationales Krisenzentrum | [`AgencyCode::NATIONAL_CRISIS_CENTRE`] |
//! | coördinatieorgaan voor de dreigingsanalyse (OCAD) | organe de coordination pour l'analyse de la menace (OCAM) | | [`AgencyCode::THREAT_ANALYSIS`] |
//! | Civiele Bescherming | Protection civile | Zivilschutz | [`AgencyCode::CIVIL_PROTECTION`] |
//! | mobiele urgentiegroep (MUG) | service mobile d'urgence et de réanimation (SMUR) | | [`Capability::MUG`] |
//! | paramedisch interventieteam (PIT) | équipe d'intervention paramédicale (PIT) | | [`Capability::PIT`] |
//! | kentekenplaat | plaque d'immatriculation | Kennzeichen | [`Plate`] |
//! | internationale kentekenplaat | marque d'immatriculation internationale | | [`PlateSeries::International2021`] |
//!
//! ¹ this project's wording; no official German text was at hand.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `std` (default) | the standard library; without it the crate needs `alloc` only |
//! | `serde` | JSON forms: `snake_case`, RFC 3339, units in field names |
//! | `schemars` | JSON Schemas (2020-12), committed in `schemas/` |
//! | `arbitrary` | input for fuzzers |
//! | `geojson` | incidents and pictures as GeoJSON (needs `std`) |
//! | `cap` | OASIS CAP 1.2 out of an incident, and back |
//! | `aml` | Advanced Mobile Location text messages |
//!
//! Readers of JSON should keep every digit of a position: with `serde_json`, turn on its feature `float_roundtrip`.
//!
//! MSRV 1.89.
//!
//! # Sources
//!
//! - Royal Decree of 22 May 2019 on local emergency planning: disciplines, directors, municipal and provincial phase.
//! - Royal Decree of 26 April 2024, national emergency plan: federal phase.
//! - Law of 10 July 2006 and Royal Decree of 28 November 2006, article 11: threat analysis and its levels.
//! - Law of 7 December 1998: the integrated police on two levels.
//! - Royal Decree of 20 July 2001 and Ministerial Decree of 23 July 2001 (consolidated to 22 July 2025): plates, as
//!   quoted by the vehiclesdb project's `be.yml` (CC BY 4.0).
//! - RFC 9562 (UUID version 7), RFC 7946 (GeoJSON), OASIS CAP 1.2, ETSI TS 103 625 (AML).
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(any(feature = "std", test)), no_std)]

extern crate alloc;

mod agency;
mod capability;
mod code;
mod correlate;
mod discipline;
mod external;
mod fact;
mod id;
mod incident;
#[cfg(any(feature = "aml", feature = "cap", feature = "geojson"))]
mod interchange;
mod lang;
mod location;
mod marking;
mod number;
mod operation;
mod phase;
mod picture;
mod plate;
mod position;
mod priority;
mod resource;
mod response;
#[cfg(feature = "schemars")]
mod schema;
mod threat;
mod track;
mod units;
mod video;

pub use agency::{
    Agency, AgencyAlias, AgencyCode, AgencyKind, AgencyMatch, AliasStanding, PoliceLevel,
    PoliceZoneCode, PoliceZoneError,
};
pub use capability::{Capability, CapabilityError, CapabilitySet, CapabilityVocabulary};
pub use code::CodeError;
pub use correlate::{
    CallClusters, ClusterChoice, Correlation, CorrelationIndex, CorrelationPolicy,
    CorrelationReason, OpenIncident, Report, TypeRelation,
};
pub use discipline::{Discipline, DisciplineError, DisciplineSet};
pub use external::ExternalRef;
pub use fact::{Fact, FactCode, Facts, Provenance, Truth};
pub use id::{
    CallId, CallTag, CameraId, CameraTag, EventId, EventTag, Id, IdError, IdKind, IncidentId,
    IncidentTag, OperationId, OperationTag, ResourceId, ResourceTag,
};
pub use incident::{
    Assignment, Author, Call, Classification, ClosingReason, HumanOverride, Incident,
    IncidentEvent, IncidentEventKind, IncidentJurisdiction, IncidentState, IncidentStatus,
    IncidentType, ReplayError, ReportSource, ResourceStep, RuleSetRef, TimelineEvent,
    TransitionError, VendorEventCode,
};
#[cfg(any(feature = "aml", feature = "cap", feature = "geojson"))]
pub use interchange::*;
pub use lang::{Language, LanguageError, LocalizedText};
pub use location::{
    LocationChoice, LocationFix, LocationMethod, LocationPolicy, LocationReason, PassedOver,
};
pub use marking::{Marking, Sensitivity};
pub use number::EmergencyNumber;
pub use operation::{Operation, OperationError, Operations};
pub use phase::EmergencyPhase;
pub use picture::{
    Change, Delta, IncidentDescription, IncidentPicture, Register, ResourceDescription,
    ResourcePicture, ResourceWork, Snapshot, Stamp,
};
pub use plate::{
    Confusion, Hit, HitEntry, HitList, HitListError, HitReason, Plate, PlateAlternative,
    PlateError, PlateGuess, PlatePseudonym, PlateRead, PlateSeries, PseudonymKey, SeriesCandidate,
    SeriesCertainty,
};
pub use position::{Latitude, Longitude, Position, PositionError};
pub use priority::{Priority, PriorityError};
pub use resource::{Resource, ResourceKind, ResourceStatus};
pub use response::{Need, Requirement, ResponsePlan};
#[cfg(feature = "schemars")]
pub use schema::{SchemaWithoutExamples, schema_of};
pub use threat::{ThreatAssessment, ThreatLevel, ThreatLevelError, ThreatScope};
pub use track::{Passage, PassageMerger, TrackId, TrackStage, Tracked};
pub use units::{Meters, MetersPerSecond, Seconds, UnitError};
pub use video::{VideoAnalyticsEvent, VideoEventKind};

pub use chrono;
#[cfg(feature = "geojson")]
pub use geojson;
#[cfg(feature = "schemars")]
pub use schemars;
pub use uuid;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
