//! Guarded areas, and who crosses their borders.

mod camera;
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use kabat_core::chrono::{DateTime, Duration, Utc};
use kabat_core::{Meters, Position, ResourceId};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

pub use camera::{CameraIndex, CameraPlace, CameraView, ViewCone};
pub use shape::Shape;
use shape::padding;

/// A guarded area with its time.
#[derive(Debug, Clone, PartialEq)]
pub struct Perimeter {
    /// What it is called, in events.
    pub code: String,
    /// Where.
    pub shape: Shape,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when, not including it; `None` is until further notice.
    pub until: Option<DateTime<Utc>>,
    /// How near to the border an approach is reported; `None` reports none.
    pub approach: Option<Meters>,
    /// After how long inside a dwell is reported, once a stay; `None` reports none.
    pub dwell: Option<Duration>,
}

/// A position with its time and how far off it may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// When.
    pub at: DateTime<Utc>,
    /// Where.
    pub position: Position,
    /// How far off it may be: a radius that holds the true place. Where a receiver tells the radius that holds it in
    /// 68 % of the cases, give three times as much: with that radius itself one crossing in five on foot was told twice
    /// or more in a simulation. 0 for a plate read at a camera of known place.
    pub uncertainty: Meters,
}

/// What happened at a border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Crossing {
    /// It came near from outside.
    Approached,
    /// It went in.
    Entered,
    /// It was inside when it was first seen, or when the perimeter began: nobody saw it go in.
    FoundInside,
    /// It has been inside for the time given.
    Dwelt,
    /// It went out.
    Left,
    /// The perimeter ended while it was inside.
    Ended,
}

/// A crossing, by whom, of what and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerimeterEvent {
    /// Who.
    pub unit: ResourceId,
    /// The code of the perimeter.
    pub perimeter: String,
    /// What.
    pub crossing: Crossing,
    /// The time of the fix that showed it.
    pub at: DateTime<Utc>,
}

/// A fix or perimeter that was refused; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrackError {
    /// A fix is not newer than the last one of the same unit.
    #[error("fix of unit `{unit}` at `{given}` is not newer than the last one at `{last}`")]
    StaleFix {
        /// The unit.
        unit: ResourceId,
        /// The time given.
        given: DateTime<Utc>,
        /// The time of the last fix.
        last: DateTime<Utc>,
    },
    /// A polygon of fewer than three corners, or a route without a point.
    #[error("perimeter `{code}` has no area")]
    NoArea {
        /// The code of the perimeter.
        code: String,
    },
    /// Two perimeters have the same code.
    #[error("perimeter `{code}` is listed twice")]
    Duplicate {
        /// The code of the perimeter.
        code: String,
    },
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct State {
    /// `None`: the fixes so far are too close to the border to tell.
    inside: Option<bool>,
    since: Option<DateTime<Utc>>,
    dwelt: bool,
    near: bool,
}

/// Watches tracks against thousands of perimeters.
///
/// A unit is inside only when its fix is inside by more than its uncertainty, and outside likewise; in between it stays
/// what it was. A noisy fix on the border therefore gives one entry and one exit for one crossing.
///
/// ```
/// use kabat_core::chrono::{TimeZone, Utc};
/// use kabat_core::{Meters, Position, ResourceId};
/// use kabat_geo::{Crossing, Fix, Perimeter, PerimeterWatch, Shape};
/// let noon = Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).unwrap();
/// let summit = Perimeter {
///     code: "summit".into(),
///     shape: Shape::Circle { centre: Position::from_degrees(50.84, 4.38)?, radius: Meters::new(500.0)? },
///     from: noon,
///     until: None,
///     approach: None,
///     dwell: None,
/// };
/// let mut watch = PerimeterWatch::new([summit])?;
/// let car = ResourceId::nil();
/// let fix = |minute, lat| Ok::<_, Box<dyn std::error::Error>>(Fix {
///     at: noon + kabat_core::chrono::Duration::minutes(minute),
///     position: Position::from_degrees(lat, 4.38)?,
///     uncertainty: Meters::new(20.0)?,
/// });
/// assert!(watch.observe(car, fix(0, 50.85)?)?.is_empty());
/// assert_eq!(watch.observe(car, fix(1, 50.84)?)?[0].crossing, Crossing::Entered);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct PerimeterWatch {
    perimeters: Vec<Perimeter>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    last: BTreeMap<ResourceId, DateTime<Utc>>,
    states: BTreeMap<(ResourceId, usize), State>,
}

impl PerimeterWatch {
    /// Takes in the perimeters.
    ///
    /// # Errors
    /// [`TrackError::NoArea`], [`TrackError::Duplicate`].
    pub fn new(perimeters: impl IntoIterator<Item = Perimeter>) -> Result<Self, TrackError> {
        let perimeters: Vec<Perimeter> = perimeters.into_iter().collect();
        let mut codes = BTreeSet::new();
        let mut boxes = Vec::new();
        for (number, perimeter) in perimeters.iter().enumerate() {
            let code = perimeter.code.clone();
            if !codes.insert(&perimeter.code) {
                return Err(TrackError::Duplicate { code });
            }
            let area = match &perimeter.shape {
                Shape::Polygon(corners) if corners.len() < 3 => None,
                shape => shape.bounds(),
            };
            let Some([west, south, east, north]) = area else {
                return Err(TrackError::NoArea { code });
            };
            let margin = perimeter.approach.map_or(0.0, Meters::get);
            let (pad_lon, pad_lat) = padding(south.abs().max(north.abs()), margin);
            let corners = (
                [west - pad_lon, south - pad_lat],
                [east + pad_lon, north + pad_lat],
            );
            boxes.push(GeomWithData::new(
                Rectangle::from_corners(corners.0, corners.1),
                number,
            ));
        }
        Ok(Self {
            perimeters,
            tree: RTree::bulk_load(boxes),
            last: BTreeMap::new(),
            states: BTreeMap::new(),
        })
    }

    /// Takes in a fix and returns what it shows, by perimeter in the order they were given.
    ///
    /// # Errors
    /// [`TrackError::StaleFix`].
    pub fn observe(
        &mut self,
        unit: ResourceId,
        fix: Fix,
    ) -> Result<Vec<PerimeterEvent>, TrackError> {
        if let Some(&last) = self.last.get(&unit).filter(|&&last| fix.at <= last) {
            return Err(TrackError::StaleFix {
                unit,
                given: fix.at,
                last,
            });
        }
        let before = self.last.insert(unit, fix.at);
        let (lat, lon) = (
            fix.position.latitude().degrees(),
            fix.position.longitude().degrees(),
        );
        let (pad_lon, pad_lat) = padding(lat, fix.uncertainty.get());
        let around = AABB::from_corners(
            [lon - pad_lon, lat - pad_lat],
            [lon + pad_lon, lat + pad_lat],
        );
        let near = self
            .tree
            .locate_in_envelope_intersecting(&around)
            .map(|found| found.data);
        let known = self
            .states
            .range((unit, 0)..=(unit, usize::MAX))
            .map(|(&(_, number), _)| number);
        let numbers: BTreeSet<usize> = near.chain(known).collect();
        let mut events = Vec::new();
        for number in numbers {
            let Some(perimeter) = self.perimeters.get(number) else {
                continue;
            };
            // A perimeter that was in force and not near at the last fix was certainly left alone.
            let seen = before.is_some_and(|before| perimeter.from <= before);
            let fresh = State {
                inside: seen.then_some(false),
                ..State::default()
            };
            let old = self.states.get(&(unit, number)).copied().unwrap_or(fresh);
            let (state, crossings) = step(perimeter, old, fix);
            events.extend(crossings.into_iter().map(|crossing| PerimeterEvent {
                unit,
                perimeter: perimeter.code.clone(),
                crossing,
                at: fix.at,
            }));
            if state
                == (State {
                    inside: Some(false),
                    ..State::default()
                })
            {
                self.states.remove(&(unit, number));
            } else {
                self.states.insert((unit, number), state);
            }
        }
        Ok(events)
    }

    /// Forgets a unit; its next fix is its first, and may be older than what was seen of it before.
    pub fn forget(&mut self, unit: ResourceId) {
        self.last.remove(&unit);
        self.states.retain(|&(other, _), _| other != unit);
    }
}

fn step(perimeter: &Perimeter, old: State, fix: Fix) -> (State, Vec<Crossing>) {
    let outside = State {
        inside: Some(false),
        ..State::default()
    };
    if fix.at < perimeter.from {
        return (outside, Vec::new());
    }
    if perimeter.until.is_some_and(|until| fix.at >= until) {
        let ended = (old.inside == Some(true)).then_some(Crossing::Ended);
        return (outside, ended.into_iter().collect());
    }
    let Some(distance) = perimeter.shape.signed_distance_m(fix.position) else {
        return (old, Vec::new());
    };
    let (mut state, mut crossings) = (old, Vec::new());
    let unsure = fix.uncertainty.get();
    let now = if distance < -unsure || (unsure == 0.0 && distance <= 0.0) {
        Some(true)
    } else if distance > unsure {
        Some(false)
    } else {
        None
    };
    match (old.inside, now) {
        (Some(false), Some(true)) => crossings.push(Crossing::Entered),
        (None, Some(true)) => crossings.push(Crossing::FoundInside),
        (Some(true), Some(false)) => crossings.push(Crossing::Left),
        _ => {}
    }
    if now.is_some() && now != old.inside {
        state = State {
            inside: now,
            since: Some(fix.at),
            ..State::default()
        };
        if now == Some(false) {
            state.since = None;
            // Whoever has just left is near, and did not approach.
            state.near = old.inside == Some(true);
        }
    }
    if state.inside == Some(true) {
        let stay = state.since.map(|since| fix.at - since);
        if !state.dwelt
            && perimeter
                .dwell
                .zip(stay)
                .is_some_and(|(limit, stay)| stay >= limit)
        {
            state.dwelt = true;
            crossings.push(Crossing::Dwelt);
        }
    } else if let Some(limit) = perimeter.approach.map(Meters::get) {
        if !state.near
            && state.inside == Some(false)
            && now == Some(false)
            && distance + unsure <= limit
        {
            state.near = true;
            crossings.push(Crossing::Approached);
        } else if state.near && distance - unsure > limit {
            state.near = false;
        }
    } else {
        state.near = false;
    }
    (state, crossings)
}
