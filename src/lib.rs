//! Belgian public-safety domain library.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use kabat_classify as classify;
pub use kabat_compliance as compliance;
pub use kabat_core as core;
pub use kabat_geo as geo;
pub use kabat_tetra as tetra;
