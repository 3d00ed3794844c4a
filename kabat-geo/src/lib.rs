//! Belgian jurisdiction by place and date, and nearest-resource assignment on R-trees.
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
    BoundarySet, DatedAtlas, Gap, Overlap, Place,
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
    Preemption, Reason, Recommendation, Shortfall, assign, assign_greedily, assign_jointly,
};
pub use index::{
    BuiltTree, Hit, IndexError, IndexHealth, Nearest, Reach, RebuildJob, Request, Scratch, Unit,
    UnitIndex, geodesic,
};

mod travel;

pub use travel::{
    CostModel, Costed, GeodesicDistance, OwnUnitsFirst, StraightLineTime, TimeMatrix,
};

mod lambert;

pub use lambert::{Lambert72, Lambert2008, LambertError};

mod motorway;

pub use motorway::{
    ExitKind, RingSide, RoadClass, RoadCode, RoadExit, RoadPosition, SlipRoad, find_road_positions,
};

mod coverage;
mod perimeter;

pub use coverage::{Coverage, DemandPoint, Relocation, RelocationPlan, coverage, relocate};
pub use perimeter::{
    CameraIndex, CameraPlace, CameraView, Crossing, Fix, Perimeter, PerimeterEvent, PerimeterWatch,
    Shape, TrackError, ViewCone,
};
