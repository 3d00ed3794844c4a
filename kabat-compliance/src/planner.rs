//! Which recordings of a camera park are to be erased.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use chrono::{DateTime, Utc};
use kabat_core::CameraId;
use sha2::{Digest, Sha256};

use crate::engine::Compliance;
use crate::retention::{CameraFacts, NoTerm, RetentionTerm};
use crate::rule::RuleId;
use crate::window::Hold;

/// A camera of a park.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct ParkCamera {
    /// The camera.
    pub id: CameraId,
    /// What decides on its storage.
    pub facts: CameraFacts,
}

/// A recording as the planner sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Recording {
    /// Number of the recording; recordings are given in rising order.
    pub id: u64,
    /// Place of the camera in the park, from zero.
    pub camera: u32,
    /// When it was made (its first instant: the oldest image decides).
    pub recorded_at: DateTime<Utc>,
    /// Why it may not be erased, if so.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub hold: Option<Hold>,
}

/// A recording to erase, by which rule and by when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct PlannedErasure {
    /// The recording.
    pub id: u64,
    /// The rule that ended its storage.
    pub rule: RuleId,
    /// When its storage ended.
    pub erase_by: DateTime<Utc>,
}

/// What was found, in numbers with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Tally {
    /// Recordings looked at.
    pub seen: u64,
    /// Recordings to erase, by rule.
    pub due: BTreeMap<RuleId, u64>,
    /// Recordings whose term still runs, by rule.
    pub running: BTreeMap<RuleId, u64>,
    /// Recordings held by an order.
    pub held_by_order: u64,
    /// Recordings held as evidence.
    pub held_as_evidence: u64,
    /// Of those, the ones whose need is due for review.
    pub review_due: u64,
    /// Recordings whose term cannot be told, by reason; they are not erased.
    pub undetermined: BTreeMap<String, u64>,
    /// Recordings of cameras that are not in the park; they are not erased.
    pub unknown_camera: u64,
    /// Recordings that fall due in each of the coming hours, from the moment of the plan.
    pub due_in_hour: Vec<u64>,
}

/// How far a plan has come. It can be stored and taken up again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct PlanProgress {
    /// The moment the plan is made for.
    pub as_of: DateTime<Utc>,
    /// The release of the law it is made by.
    pub release: String,
    /// The last recording looked at.
    pub last_id: Option<u64>,
    /// What was found so far.
    pub tally: Tally,
}

/// A tally with the name of the person who signed it off, and a hash over both.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SignedTally {
    /// What was signed.
    pub progress: PlanProgress,
    /// Who signed.
    pub signed_by: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// SHA-256 over the above, in hexadecimal: it shows a change, and is no proof of who signed.
    pub sha256: String,
}

impl SignedTally {
    /// Signs off a finished plan.
    pub fn new(
        progress: PlanProgress,
        signed_by: impl Into<String>,
        signed_at: DateTime<Utc>,
    ) -> Self {
        let signed_by = signed_by.into();
        let sha256 = Self::digest(&progress, &signed_by, signed_at);
        Self {
            progress,
            signed_by,
            signed_at,
            sha256,
        }
    }

    /// Returns whether nothing was changed after signing.
    pub fn is_unchanged(&self) -> bool {
        self.sha256 == Self::digest(&self.progress, &self.signed_by, self.signed_at)
    }

    /// Hashes every field in a written form of its own, so that the hash outlives changes of this crate.
    ///
    /// One `name=value` a line; a time is seconds and nanoseconds since 1970, a text is preceded by its length in bytes.
    fn digest(progress: &PlanProgress, signed_by: &str, signed_at: DateTime<Utc>) -> String {
        // Taken apart whole: a new field cannot be left out of the hash unseen.
        let PlanProgress {
            as_of,
            release,
            last_id,
            tally,
        } = progress;
        let Tally {
            seen,
            due,
            running,
            held_by_order,
            held_as_evidence,
            review_due,
            undetermined,
            unknown_camera,
            due_in_hour,
        } = tally;
        let mut lines = Lines(String::from("kabat tally 1\n"));
        lines.time("as_of", *as_of);
        lines.text("release", release);
        match last_id {
            Some(id) => lines.number("last_id", *id),
            None => lines.text("last_id", ""),
        }
        lines.number("seen", *seen);
        for (rule, count) in due {
            lines.number(&alloc::format!("due {rule}"), *count);
        }
        for (rule, count) in running {
            lines.number(&alloc::format!("running {rule}"), *count);
        }
        lines.number("held_by_order", *held_by_order);
        lines.number("held_as_evidence", *held_as_evidence);
        lines.number("review_due", *review_due);
        for (reason, count) in undetermined {
            lines.text("undetermined", reason);
            lines.number("recordings", *count);
        }
        lines.number("unknown_camera", *unknown_camera);
        for count in due_in_hour {
            lines.number("due_in_hour", *count);
        }
        lines.text("signed_by", signed_by);
        lines.time("signed_at", signed_at);
        let Lines(text) = lines;
        let mut hex = String::with_capacity(64);
        for byte in Sha256::digest(text.as_bytes()) {
            crate::audit::push_hex(&mut hex, byte);
        }
        hex
    }
}

/// The text that a tally's hash is taken over.
struct Lines(String);

impl Lines {
    fn number(&mut self, name: &str, value: u64) {
        self.write(format_args!("{name}={value}\n"));
    }

    fn text(&mut self, name: &str, value: &str) {
        self.write(format_args!("{name}={}:{value}\n", value.len()));
    }

    fn time(&mut self, name: &str, value: DateTime<Utc>) {
        let (seconds, nanos) = (value.timestamp(), value.timestamp_subsec_nanos());
        self.write(format_args!("{name}={seconds}.{nanos:09}\n"));
    }

    fn write(&mut self, line: core::fmt::Arguments<'_>) {
        // Writing to a `String` never fails.
        let _ = core::fmt::Write::write_fmt(&mut self.0, line);
    }
}

/// Recordings were not given in rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("recording `{id}` comes after recording `{after}`; recordings are given in rising order")]
pub struct PlanError {
    id: u64,
    after: u64,
}

/// Plans the erasure of a park, batch by batch.
///
/// A recording already looked at is skipped, so a batch can be given twice after an interruption.
///
/// ```
/// use kabat_compliance::{Camera, CameraFacts, Compliance, Controller, ErasurePlanner, ParkCamera, Recording, Stated};
/// use kabat_core::CameraId;
/// let law = Compliance::belgium();
/// let facts = CameraFacts {
///     controller: Controller::Municipality,
///     camera: Camera::Fixed,
///     special_risk_place: Stated::Nothing,
///     anpr_database: false,
/// };
/// let park = [ParkCamera { id: CameraId::nil(), facts }];
/// let mut planner = ErasurePlanner::new(&law, &park, "2026-03-05T00:00:00Z".parse()?);
/// let recording = Recording { id: 1, camera: 0, recorded_at: "2026-01-31T09:00:00Z".parse()?, hold: None };
/// let mut due = Vec::new();
/// planner.advance(&[recording], &mut due)?;
/// assert_eq!(due.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ErasurePlanner<'a> {
    law: &'a Compliance,
    park: &'a [ParkCamera],
    progress: PlanProgress,
    /// The term last found for each camera and the day it was found for.
    terms: Vec<(i64, Result<RetentionTerm, NoTerm>)>,
    due: Counts,
    running: Counts,
}

/// Counters by rule, folded into the tally when a batch ends.
type Counts = Vec<u64>;

/// How many coming hours are counted one by one.
const HOURS: usize = 72;

impl<'a> ErasurePlanner<'a> {
    /// Starts a plan for a moment.
    pub fn new(law: &'a Compliance, park: &'a [ParkCamera], as_of: DateTime<Utc>) -> Self {
        let tally = Tally {
            due_in_hour: alloc::vec![0; HOURS],
            ..Tally::default()
        };
        let progress = PlanProgress {
            as_of,
            release: law.book().release().into(),
            last_id: None,
            tally,
        };
        Self::resume(law, park, progress)
    }

    /// Takes a plan up where it was left.
    pub fn resume(law: &'a Compliance, park: &'a [ParkCamera], mut progress: PlanProgress) -> Self {
        progress.tally.due_in_hour.resize(HOURS, 0);
        Self {
            law,
            park,
            progress,
            terms: alloc::vec![(i64::MIN, Err(NoTerm::NotInForce)); park.len()],
            due: alloc::vec![0; RuleId::ALL.len()],
            running: alloc::vec![0; RuleId::ALL.len()],
        }
    }

    /// Returns how far the plan has come.
    pub const fn progress(&self) -> &PlanProgress {
        &self.progress
    }

    /// Ends the plan.
    pub fn finish(self) -> PlanProgress {
        self.progress
    }

    /// Looks at a batch and adds what is to be erased to `due`.
    ///
    /// # Errors
    /// When recordings are not in rising order; those before the misplaced one are done.
    pub fn advance(
        &mut self,
        batch: &[Recording],
        due: &mut Vec<PlannedErasure>,
    ) -> Result<(), PlanError> {
        let mut previous = None;
        let mut outcome = Ok(());
        for recording in batch {
            if let Some(after) = previous
                .replace(recording.id)
                .filter(|after| *after >= recording.id)
            {
                outcome = Err(PlanError {
                    id: recording.id,
                    after,
                });
                break;
            }
            if self
                .progress
                .last_id
                .is_some_and(|last| recording.id <= last)
            {
                continue;
            }
            self.look_at(recording, due);
            self.progress.last_id = Some(recording.id);
        }
        for (index, rule) in RuleId::ALL.iter().enumerate() {
            for (counts, into) in [
                (&mut self.due, &mut self.progress.tally.due),
                (&mut self.running, &mut self.progress.tally.running),
            ] {
                if let Some(count) = counts.get_mut(index).filter(|count| **count > 0) {
                    *into.entry(*rule).or_default() += core::mem::take(count);
                }
            }
        }
        outcome
    }

    fn look_at(&mut self, recording: &Recording, due: &mut Vec<PlannedErasure>) {
        let tally = &mut self.progress.tally;
        tally.seen += 1;
        let as_of = self.progress.as_of;
        match &recording.hold {
            Some(Hold::Legal) => {
                tally.held_by_order += 1;
                return;
            }
            Some(hold @ Hold::Evidence { .. }) => {
                tally.held_as_evidence += 1;
                let today = self.law.brussels().local(&as_of).map(|local| local.date());
                if today.is_some_and(|today| hold.is_review_due(today)) {
                    tally.review_due += 1;
                }
                return;
            }
            None => {}
        }
        let index = usize::try_from(recording.camera).unwrap_or(usize::MAX);
        let (Some(camera), Some(cached)) = (self.park.get(index), self.terms.get_mut(index)) else {
            tally.unknown_camera += 1;
            return;
        };
        let seconds = recording.recorded_at.timestamp();
        let local = seconds + i64::from(self.law.brussels().offset_seconds(seconds));
        let day = local.div_euclid(86_400);
        if cached.0 != day {
            let date = DateTime::from_timestamp(local, 0).map(|local| local.date_naive());
            *cached = (
                day,
                date.map_or(Err(NoTerm::OutsideCalendar), |date| {
                    self.law.retention_term(&camera.facts, date)
                }),
            );
        }
        let found = cached.1.and_then(|term| {
            let deadline = term
                .deadline(self.law.brussels(), &recording.recorded_at)
                .map_err(|_| NoTerm::OutsideCalendar)?;
            Ok((term.rule, deadline.erase_by.with_timezone(&Utc)))
        });
        match found {
            Ok((rule, erase_by)) if erase_by <= as_of => {
                if let Some(count) = self.due.get_mut(rule as usize) {
                    *count += 1;
                }
                due.push(PlannedErasure {
                    id: recording.id,
                    rule,
                    erase_by,
                });
            }
            Ok((rule, erase_by)) => {
                if let Some(count) = self.running.get_mut(rule as usize) {
                    *count += 1;
                }
                let ahead = erase_by.timestamp() - as_of.timestamp();
                if let Some(count) = usize::try_from(ahead / 3600)
                    .ok()
                    .and_then(|hour| tally.due_in_hour.get_mut(hour))
                {
                    *count += 1;
                }
            }
            Err(why) => {
                *tally
                    .undetermined
                    .entry(alloc::format!("{why}"))
                    .or_default() += 1;
            }
        }
    }
}
