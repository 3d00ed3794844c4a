//! `kabat schema`: JSON Schemas of the models, for readers in any language.

use std::io::Write;

use clap::Args;
use kabat::core::schema_of as of;
use kabat::core::schemars::Schema;

use crate::{Failure, Outcome};

/// List the models, or write the JSON Schema (2020-12) of one
#[derive(Debug, Args)]
#[command(
    name = "schema",
    after_help = "Examples:
  kabat schema
  kabat schema incident > incident.schema.json"
)]
pub(crate) struct SchemaOf {
    /// The model
    model: Option<String>,
}

/// A model's name and how its schema is made.
type Model = (&'static str, fn() -> Schema);

const MODELS: &[Model] = &[
    ("agency", of::<kabat::core::Agency>),
    ("answer", of::<kabat::compliance::Answer>),
    ("audit_entry", of::<kabat::compliance::AuditEntry>),
    ("case", of::<kabat::compliance::Case>),
    ("checkpoint", of::<kabat::compliance::Checkpoint>),
    ("delta", of::<kabat::core::Delta>),
    ("facts", of::<kabat::compliance::Facts>),
    ("hit_entry", of::<kabat::core::HitEntry>),
    ("incident", of::<kabat::core::Incident>),
    ("jurisdiction", of::<kabat::geo::JurisdictionRecord>),
    ("law", of::<kabat::compliance::Law>),
    ("location_fix", of::<kabat::core::LocationFix>),
    ("note", of::<kabat::classify::Note>),
    ("operations", of::<kabat::core::Operations>),
    ("plate_read", of::<kabat::core::PlateRead>),
    ("resource", of::<kabat::core::Resource>),
    ("response_plan", of::<kabat::core::ResponsePlan>),
    ("rule_set", of::<kabat::classify::RuleSetDocument>),
    ("sds", of::<kabat::tetra::Sds<'static>>),
    ("snapshot", of::<kabat::core::Snapshot>),
    ("timeline_event", of::<kabat::core::TimelineEvent>),
    ("verdict", of::<kabat::classify::Verdict>),
    (
        "video_analytics_event",
        of::<kabat::core::VideoAnalyticsEvent>,
    ),
];

impl SchemaOf {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let mut out = std::io::stdout().lock();
        let Some(wanted) = self.model else {
            for (name, _) in MODELS {
                writeln!(out, "{name}")?;
            }
            return Ok(Outcome::Clean);
        };
        let (_, make) = MODELS
            .iter()
            .find(|(name, _)| *name == wanted)
            .ok_or_else(|| {
                Failure::Asked(format!(
                    "there is no model `{wanted}`; `kabat schema` lists them"
                ))
            })?;
        let schema = serde_json::to_string_pretty(&make()).map_err(Failure::asked)?;
        writeln!(out, "{schema}")?;
        Ok(Outcome::Clean)
    }
}
