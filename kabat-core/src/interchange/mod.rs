//! Forms that other systems read and write, each behind a feature.

#[cfg(feature = "aml")]
mod aml;
#[cfg(feature = "cap")]
mod cap;
#[cfg(feature = "geojson")]
mod features;

#[cfg(feature = "aml")]
pub use aml::{AmlError, AmlMessage, AmlMethod};
#[cfg(feature = "cap")]
pub use cap::{
    CapAlert, CapArea, CapCategory, CapCertainty, CapCircle, CapError, CapInfo, CapMessageType,
    CapScope, CapSeverity, CapStatus, CapUrgency,
};
#[cfg(feature = "geojson")]
pub use features::{feature_position, incident_feature, snapshot_features};
