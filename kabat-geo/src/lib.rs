//! Belgian jurisdiction by place and date, and nearest-resource assignment on R-trees.
#![cfg_attr(docsrs, feature(doc_cfg))]
