//! TETRA status, SDS, SDS-TL, LIP and PEI message codecs for the ASTRID network, both directions, without allocation.
#![cfg_attr(docsrs, feature(doc_cfg))]
