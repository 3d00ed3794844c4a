//! The public surface keeps what embedders rely on: types cross threads, errors are errors, codes are stable.

use std::error::Error;
use std::fmt::Debug;

fn shared<T: Send + Sync + Debug>() {}
fn error<T: Error + Clone + PartialEq + Send + Sync + 'static>() {}

#[test]
fn handles_and_models_cross_threads() {
    shared::<kabat::Incident>();
    shared::<kabat::Resource>();
    shared::<kabat::CapabilityVocabulary>();
    shared::<kabat::classify::Classifier>();
    shared::<kabat::classify::Verdict>();
    shared::<kabat::geo::Atlas>();
    shared::<kabat::geo::UnitIndex>();
    shared::<kabat::geo::Recommendation>();
    shared::<kabat::compliance::Compliance>();
    shared::<kabat::compliance::RetentionDecision>();
    shared::<kabat::tetra::Sds<'static>>();
}

#[test]
fn errors_are_errors() {
    error::<kabat::core::PositionError>();
    error::<kabat::core::CapabilityError>();
    error::<kabat::core::TransitionError>();
    error::<kabat::core::ReplayError>();
    error::<kabat::core::IdError>();
    error::<kabat::core::UnitError>();
    error::<kabat::geo::AssignError>();
    error::<kabat::geo::IndexError>();
    error::<kabat::compliance::NoTerm>();
    error::<kabat::tetra::DecodeError>();
    error::<kabat::tetra::EncodeError>();
}
