//! Belgian public-safety domain library: incidents, jurisdiction, nearest units, call-note classification, camera
//! law and TETRA messages.
//!
//! ```
//! use kabat::core::ReportSource;
//! use kabat::core::chrono::{DateTime, Utc};
//! use kabat::geo::Atlas;
//! use kabat::{Author, Incident, IncidentId, IncidentStatus, Position};
//!
//! // Ids, times and random bytes are yours to give: the library has no clock and rolls no dice.
//! let at: DateTime<Utc> = "2026-11-20T16:31:33Z".parse()?;
//! let id = IncidentId::v7(1_795_192_293_000, [7; 10]);
//! let incident = Incident::open(id, at, Author::operator("desk-1"), ReportSource::Call112);
//! assert_eq!(incident.status(), IncidentStatus::Received);
//!
//! let place = Atlas::belgium().locate(Position::from_degrees(50.8467, 4.3525)?, at.date_naive());
//! assert_eq!(place.police_zone.map(|zone| zone.key.as_str()), Some("5339"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it covers
//!
//! This crate only joins the others; each is a module here and a crate of its own:
//!
//! | module | crate | holds |
//! |---|---|---|
//! | [`core`] | `kabat-core` | incidents, resources, agencies, ids, positions, units, languages |
//! | [`classify`] | `kabat-classify` | call note to type, priority, disciplines and means, with reasons |
//! | [`geo`] | `kabat-geo` | who is competent at a place on a date; the nearest able units |
//! | [`compliance`] | `kabat-compliance` | camera retention, access and notification as cited rules |
//! | [`tetra`] | `kabat-tetra` | TETRA status, SDS, SDS-TL, LIP and PEI messages |
//!
//! Short answers to "how do I …?" are in the `cookbook` module of these pages.
//!
//! # What it does not do
//!
//! No transport, no storage, no clock, no random source, no user interface. Nothing here replaces the judgement of
//! an operator, a physician or a lawyer: decisions come with their reasons so that a person can check them.
//!
//! # Features
//!
//! `std` (default), `serde`, `schemars` (implies `serde`) and `arbitrary` mean the same in every crate and only add; the last two imply `std`.
//! `geojson`, `cap` and `aml` forward the interchange forms of the crates below.
//!
//! # Minimum Rust version
//!
//! 1.89; raising it is a minor release.
//!
//! # Sources
//!
//! Each crate's page lists its own: ETSI documents, laws and decrees, data publishers with licence and date.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(any(doc, doctest))]
pub mod cookbook;

pub use kabat_classify as classify;
pub use kabat_compliance as compliance;
pub use kabat_core as core;
pub use kabat_geo as geo;
pub use kabat_tetra as tetra;

pub use kabat_core::{
    Agency, AgencyCode, Author, CameraId, Capability, CapabilitySet, CapabilityVocabulary,
    Discipline, DisciplineSet, Incident, IncidentEvent, IncidentId, IncidentStatus, Language,
    Meters, Position, Priority, Resource, ResourceId, ResourceStatus, ResourceStep, ResponsePlan,
};

/// The README's snippet, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
