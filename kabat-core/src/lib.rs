//! Incidents, resources, agencies, ids, positions and units for Belgian public-safety software.
#![cfg_attr(docsrs, feature(doc_cfg))]
