//! Rule-based classification of emergency call notes in Dutch, French, German and English, with reasons.
#![cfg_attr(docsrs, feature(doc_cfg))]
