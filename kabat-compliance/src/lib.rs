//! Belgian camera law, police-data access and GDPR/NIS2 clocks as cited, dated rules.
#![cfg_attr(docsrs, feature(doc_cfg))]
