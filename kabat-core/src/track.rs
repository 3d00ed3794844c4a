//! One passage out of the many messages that a camera sends about it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::{DateTime, TimeDelta, Utc};

use crate::CameraId;

/// Where a message stands in the following of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum TrackStage {
    /// Seen for the first time.
    New,
    /// Seen again, perhaps better.
    Update,
    /// Out of sight.
    Lost,
}

/// A camera's number for one thing that it follows; cameras use it again after a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transparent))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct TrackId(pub u64);

/// A message about something that a camera follows.
///
/// ```
/// use kabat_core::{CameraId, PlateRead, TrackStage, Tracked};
/// fn line(message: &impl Tracked) -> String {
///     format!("{} {:?} {:?} {:?} {} %", message.camera(), message.track(), message.stage(), message.at(), message.confidence_percent())
/// }
/// let read = PlateRead::new(CameraId::nil(), "2026-03-01T10:00:00Z".parse()?, "1-ABC-234".parse()?, 92);
/// assert!(line(&read).ends_with("92 %"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Tracked {
    /// Which camera.
    fn camera(&self) -> CameraId;
    /// Its number for the thing; `None` when it follows nothing and every message is a passage.
    fn track(&self) -> Option<TrackId>;
    /// When.
    fn at(&self) -> DateTime<Utc>;
    /// Where it stands in the following.
    fn stage(&self) -> TrackStage;
    /// How sure, 0 to 100.
    fn confidence_percent(&self) -> u8;
}

/// One thing that came past a camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage<M> {
    /// When it was first seen.
    pub first_at: DateTime<Utc>,
    /// When it was last seen.
    pub last_at: DateTime<Utc>,
    /// How many messages there were.
    pub messages: u32,
    /// The message with the highest confidence; of equals the earliest.
    pub best: M,
}

/// Makes one [`Passage`] of all messages with one track number.
///
/// A passage is given out when the camera loses the thing, or when nothing was heard for the patience. Messages that
/// straggle in after that are dropped, until the patience has passed again: cameras then use the number anew.
///
/// ```
/// use kabat_core::chrono::{DateTime, TimeDelta, Utc};
/// use kabat_core::{CameraId, PassageMerger, PlateRead, TrackId, TrackStage};
/// let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
/// let read = |stage, confidence, ms| {
///     let mut read = PlateRead::new(CameraId::nil(), at + TimeDelta::milliseconds(ms), "1-ABC-234".parse()?, confidence);
///     (read.track, read.stage) = (Some(TrackId(7)), stage);
///     Ok::<_, kabat_core::PlateError>(read)
/// };
/// let mut merger = PassageMerger::new(TimeDelta::seconds(10));
/// assert_eq!(merger.take(read(TrackStage::New, 60, 0)?), None);
/// assert_eq!(merger.take(read(TrackStage::Update, 95, 40)?), None);
/// let passage = merger.take(read(TrackStage::Lost, 80, 80)?).ok_or("lost ends a passage")?;
/// assert_eq!((passage.messages, passage.best.confidence_percent), (3, 95));
/// assert_eq!(merger.take(read(TrackStage::Update, 99, 120)?), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct PassageMerger<M> {
    patience: TimeDelta,
    open: BTreeMap<(CameraId, TrackId), Passage<M>>,
    done: BTreeMap<(CameraId, TrackId), DateTime<Utc>>,
}

impl<M: Tracked> PassageMerger<M> {
    /// Makes a merger that waits so long for a camera to say more.
    pub const fn new(patience: TimeDelta) -> Self {
        Self {
            patience,
            open: BTreeMap::new(),
            done: BTreeMap::new(),
        }
    }

    /// Takes a message in; returns the passage that it ends, if it ends one.
    pub fn take(&mut self, message: M) -> Option<Passage<M>> {
        let at = message.at();
        let lost = message.stage() == TrackStage::Lost;
        let Some(track) = message.track() else {
            return Some(Passage::of(message));
        };
        let name = (message.camera(), track);
        if let Some(&ended) = self.done.get(&name) {
            if at.signed_duration_since(ended) <= self.patience {
                return None;
            }
            self.done.remove(&name);
        }
        // A number heard again after the patience is another thing: the one before ends here.
        let stale = self
            .open
            .get(&name)
            .is_some_and(|passage| at.signed_duration_since(passage.last_at) > self.patience);
        let before = if stale { self.open.remove(&name) } else { None };
        let passage = match self.open.remove(&name) {
            Some(passage) => passage.with(message),
            None => Passage::of(message),
        };
        if !lost {
            self.open.insert(name, passage);
            return before;
        }
        self.done.insert(name, passage.last_at);
        match before {
            // Two passages end with one message: the later one is given out by the next flush.
            Some(before) => {
                self.done.remove(&name);
                self.open.insert(name, passage);
                Some(before)
            }
            None => Some(passage),
        }
    }

    /// Returns the passages of which nothing was heard for the patience, in the order of camera and number.
    ///
    /// ```
    /// use kabat_core::chrono::{DateTime, TimeDelta, Utc};
    /// use kabat_core::{CameraId, PassageMerger, PlateRead, TrackId};
    /// let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
    /// let mut merger = PassageMerger::new(TimeDelta::seconds(10));
    /// let mut read = PlateRead::new(CameraId::nil(), at, "1-ABC-234".parse()?, 92);
    /// read.track = Some(TrackId(7));
    /// merger.take(read);
    /// assert!(merger.flush(at + TimeDelta::seconds(5)).is_empty());
    /// assert_eq!(merger.flush(at + TimeDelta::seconds(30)).len(), 1);
    /// assert_eq!(merger.open(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn flush(&mut self, now: DateTime<Utc>) -> Vec<Passage<M>> {
        let patience = self.patience;
        let quiet = |last: DateTime<Utc>| now.signed_duration_since(last) > patience;
        self.done.retain(|_, ended| !quiet(*ended));
        let names: Vec<_> = self
            .open
            .iter()
            .filter(|(_, passage)| quiet(passage.last_at))
            .map(|(&name, _)| name)
            .collect();
        names
            .into_iter()
            .filter_map(|name| self.open.remove(&name))
            .collect()
    }

    /// Returns how many things are being followed.
    pub fn open(&self) -> usize {
        self.open.len()
    }
}

impl<M: Tracked> Passage<M> {
    fn of(message: M) -> Self {
        Self {
            first_at: message.at(),
            last_at: message.at(),
            messages: 1,
            best: message,
        }
    }

    fn with(mut self, message: M) -> Self {
        self.first_at = self.first_at.min(message.at());
        self.last_at = self.last_at.max(message.at());
        self.messages = self.messages.saturating_add(1);
        let rank = |m: &M| (m.confidence_percent(), core::cmp::Reverse(m.at()));
        if rank(&message) > rank(&self.best) {
            self.best = message;
        }
        self
    }
}
