//! Short answers to "how do I …?", each run as a test.

#[doc = include_str!("incidents.md")]
pub mod incidents {}

#[doc = include_str!("places.md")]
pub mod places {}

#[doc = include_str!("units.md")]
pub mod units {}

#[doc = include_str!("notes.md")]
pub mod notes {}

#[doc = include_str!("law.md")]
pub mod law {}

#[doc = include_str!("radio.md")]
pub mod radio {}
