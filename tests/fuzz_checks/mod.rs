//! What each fuzz target of the crates above the radio codecs asserts; also run on stable over the kept inputs.
//!
//! A check fails by panic. The targets of `kabat-tetra` have theirs beside that crate.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a check fails by panic"
)]

mod classify;
mod compliance;
mod core;
mod geo;

/// A target's name and its check.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const TARGETS: &[Target] = &[
    ("core_plate", core::plate),
    ("core_interchange", core::interchange),
    ("core_incident", core::incident),
    ("core_picture", core::picture),
    ("geo_atlas", geo::atlas),
    ("geo_boundaries", geo::boundaries),
    ("geo_index", geo::index),
    ("geo_text", geo::text),
    ("classify_note", classify::note),
    ("classify_rules", classify::rules),
    ("compliance_case", compliance::case),
    ("compliance_audit", compliance::audit),
    ("compliance_planner", compliance::planner),
];

/// Runs the check of a target on an input.
pub(crate) fn check(target: &str, data: &[u8]) {
    let (_, check) = TARGETS
        .iter()
        .find(|(name, _)| *name == target)
        .expect("a target of the list");
    check(data);
}
