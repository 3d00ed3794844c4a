//! From a place to those who are competent there.

mod binary;
mod boundary;
#[cfg(feature = "geojson")]
mod geojson;
mod likelihood;
mod partition;
mod place;
mod raster;
mod raster_build;
mod validation;
mod weight;

use std::borrow::Cow;
use std::sync::OnceLock;

use kabat_core::Position;
use kabat_core::chrono::NaiveDate;

pub use self::binary::AtlasFormatError;
use self::binary::{Contents, Layout};
pub use self::boundary::BoundarySet;
#[cfg(feature = "geojson")]
#[cfg_attr(docsrs, doc(cfg(feature = "geojson")))]
pub use self::geojson::BoundaryError;
use self::likelihood::{CantonModel, PlacesByCode};
use self::partition::{AreaId, Partition, Rings};
pub use self::place::Place;
pub use self::validation::{BoundaryReport, Gap, Overlap, RingPlace};
use crate::{CentreKind, Certainty, Jurisdiction, NisCode, Registry};

const CANTONS: u8 = 1;
const MUNICIPALITIES: u8 = 2;
/// Width and height of a cell as powers of two of 1e-7 degree: 465 by 364 m, and 930 by 1458 m for cantons.
const CELL: [u32; 2] = [16, 15];
const CANTON_CELL: [u32; 2] = [17, 17];

/// A border nearer than this makes an answer [`Certainty::NearBorder`] instead of exact, in metres.
pub const BORDER_METRES: f64 = 50.0;

/// A point outside every area but nearer than this to one gets that area, in metres.
pub const BEACH_METRES: f64 = 1000.0;

/// Why a data set cannot become an atlas.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AtlasError {
    /// A key of a boundary set is not what the atlas needs.
    #[error("area key `{key}` is not the NIS code of a municipality")]
    Key {
        /// The key.
        key: String,
    },
    /// More areas than the format holds.
    #[error("boundary set has `{count}` areas, more than 65535")]
    TooMany {
        /// How many.
        count: usize,
    },
    /// The boundaries reach farther than an atlas holds: a coordinate is wrong, or given in another system.
    #[error("boundaries span {across_degrees} by {up_degrees} degrees, more than 12 by 8")]
    TooWide {
        /// From the westernmost to the easternmost point, in whole degrees.
        across_degrees: u32,
        /// From the southernmost to the northernmost point, in whole degrees.
        up_degrees: u32,
    },
    /// The bytes are not an atlas.
    #[error("atlas cannot be read")]
    Format(#[from] AtlasFormatError),
}

/// Widest and highest extent of an atlas, in degrees: Belgium with all its neighbours' nearest provinces. Its raster has a
/// cell for every place in it, so a single wrong coordinate would otherwise ask for the memory of the whole earth.
const WIDEST_DEGREES: [u32; 2] = [12, 8];

fn refuse_wide(rings: &[Vec<Rings>]) -> Result<(), AtlasError> {
    let points = || rings.iter().flatten().flatten().flatten();
    let degrees = |values: &mut dyn Iterator<Item = i32>| {
        let (low, high) = values.fold((i32::MAX, i32::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let units = i64::from(high) - i64::from(low);
        u32::try_from(units.div_euclid(10_000_000)).unwrap_or(0)
    };
    let across_degrees = degrees(&mut points().map(|point| point[0]));
    let up_degrees = degrees(&mut points().map(|point| point[1]));
    if across_degrees >= WIDEST_DEGREES[0] || up_degrees >= WIDEST_DEGREES[1] {
        return Err(AtlasError::TooWide {
            across_degrees,
            up_degrees,
        });
    }
    Ok(())
}

/// A map of jurisdictions with the tables that date them.
///
/// `B` holds the compiled bytes, which are used where they lie: a buffer, or a file mapped into memory (see
/// [`Atlas::from_storage`]).
#[derive(Clone)]
pub struct Atlas<B = Cow<'static, [u8]>> {
    registry: Cow<'static, Registry>,
    layout: Layout,
    rules: Rules,
    bytes: B,
}

/// What an area says.
#[derive(Debug, Clone)]
enum Rules {
    Cantons(Vec<CantonModel>),
    Municipalities(Vec<NisCode>),
}

impl<B> core::fmt::Debug for Atlas<B> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Atlas")
            .field("layout", &self.layout)
            .finish_non_exhaustive()
    }
}

impl Atlas {
    /// Returns the atlas that comes with the crate: exact judicial cantons, and likely municipalities within them.
    ///
    /// It is prepared at the first call, which takes a few milliseconds; its lines are used where the program holds them.
    #[expect(
        clippy::missing_panics_doc,
        reason = "the embedded bytes are read in the tests"
    )]
    pub fn belgium() -> &'static Self {
        static BELGIUM: OnceLock<Atlas> = OnceLock::new();
        BELGIUM.get_or_init(|| {
            let bytes = include_bytes!("../../data/belgium.atlas").as_slice();
            #[expect(
                clippy::expect_used,
                reason = "the bytes are part of the crate and a test reads them"
            )]
            Self::from_storage(Cow::Borrowed(bytes)).expect("the embedded atlas is well formed")
        })
    }

    /// Builds an atlas of likely municipalities from judicial cantons and named places.
    ///
    /// An area is named by the key of its canton, or as `canton/nis` when it is the part of a canton that is wholly of one
    /// municipality, such as the ground of Baarle-Hertog that the Netherlands enclose. Lines are thinned to
    /// `simplify_metres` and points rounded to `grid` units of 1e-7 degree.
    ///
    /// # Errors
    /// [`AtlasError::TooMany`].
    pub fn from_cantons(
        cantons: BoundarySet,
        mut places: Vec<Place>,
        simplify_metres: f64,
        grid: u16,
    ) -> Result<Self, AtlasError> {
        places.sort_unstable();
        places.dedup();
        let weights = weight::weights(&places);
        let places: Vec<(Place, u32)> = places.into_iter().zip(weights).collect();
        Self::compile(CANTONS, cantons, &places, simplify_metres, grid)
    }

    /// Builds an exact atlas from the boundaries of municipalities, keyed by five-digit NIS code.
    ///
    /// # Errors
    /// [`AtlasError`] when a key is no NIS code.
    pub fn from_municipalities(boundaries: BoundarySet) -> Result<Self, AtlasError> {
        Self::compile(MUNICIPALITIES, boundaries, &[], 0.0, 1)
    }

    /// Reads the compiled form that [`Atlas::to_bytes`] writes, copying it.
    ///
    /// # Errors
    /// [`AtlasError`] when the bytes are not an atlas.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AtlasError> {
        Self::from_storage(Cow::Owned(bytes.to_vec()))
    }

    fn compile(
        kind: u8,
        boundaries: BoundarySet,
        places: &[(Place, u32)],
        simplify_metres: f64,
        grid: u16,
    ) -> Result<Self, AtlasError> {
        let areas = boundaries.into_sorted();
        if areas.len() > usize::from(AreaId::MAX) {
            return Err(AtlasError::TooMany { count: areas.len() });
        }
        let (keys, rings): (Vec<_>, Vec<_>) = areas.into_iter().unzip();
        refuse_wide(&rings)?;
        let (mut partition, _) = Partition::from_areas(&rings);
        let rounding = grid.max(1);
        if simplify_metres > 0.0 || rounding > 1 {
            partition = partition.simplified(simplify_metres, i32::from(rounding));
        }
        let contents = Contents {
            kind,
            keys: &keys,
            rounding: u32::from(rounding),
            places,
        };
        let cell = if kind == CANTONS { CANTON_CELL } else { CELL };
        let built = raster_build::build(&partition, cell, BORDER_METRES);
        Self::from_storage(Cow::Owned(binary::write(&contents, &partition, &built)))
    }
}

impl<B: AsRef<[u8]>> Atlas<B> {
    /// Reads the compiled form where it lies, for example in a file mapped into memory: nothing is unpacked, and no
    /// alignment is asked for.
    ///
    /// The bytes must not change afterwards; if they do, answers are wrong, but nothing else happens.
    ///
    /// ```
    /// use kabat_geo::Atlas;
    /// let file: Vec<u8> = Atlas::belgium().to_bytes(); // or a mapped file
    /// let atlas = Atlas::from_storage(file.as_slice())?;
    /// assert!(!atlas.is_exact());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`AtlasError`] when the bytes are not an atlas.
    pub fn from_storage(bytes: B) -> Result<Self, AtlasError> {
        let layout = Layout::read(bytes.as_ref(), BORDER_METRES)?;
        let registry = Registry::belgium();
        let keys = layout.keys(bytes.as_ref());
        let rules = if layout.kind == CANTONS {
            let mut places = PlacesByCode::new();
            for (place, weight) in layout.places(bytes.as_ref()) {
                places.entry(place.nis).or_default().push((place, weight));
            }
            Rules::Cantons(
                keys.map(|key| CantonModel::new(key, &places, registry))
                    .collect(),
            )
        } else {
            let code = |key: &str| {
                key.parse().map_err(|_| AtlasError::Key {
                    key: key.to_owned(),
                })
            };
            Rules::Municipalities(keys.map(code).collect::<Result<_, _>>()?)
        };
        Ok(Self {
            registry: Cow::Borrowed(registry),
            layout,
            rules,
            bytes,
        })
    }

    /// Writes the compiled form.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes.as_ref().to_vec()
    }

    /// Uses other tables, for example with a merger added.
    #[must_use]
    pub fn with_registry(self, registry: Registry) -> Self {
        Self {
            registry: Cow::Owned(registry),
            ..self
        }
    }

    /// Returns the tables that date the answers.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Returns whether municipal boundaries decide, not likelihoods.
    pub fn is_exact(&self) -> bool {
        matches!(self.rules, Rules::Municipalities(_))
    }

    /// Returns the number of compiled bytes, which is what the map takes in memory beside the tables.
    pub fn memory_bytes(&self) -> usize {
        self.bytes.as_ref().len()
    }

    /// Iterates over the named places from which likely municipalities are told; an exact atlas has none.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        self.layout
            .places(self.bytes.as_ref())
            .map(|(place, _)| place)
    }

    /// Returns who is competent at a place on a day.
    ///
    /// For many places on one day take [`Atlas::on`] once.
    ///
    /// ```
    /// use kabat_core::Position;
    /// use kabat_geo::{Atlas, NaiveDate};
    /// let here = Position::from_degrees(50.8796, 4.4213)?; // NATO headquarters
    /// let day: NaiveDate = "2026-06-01".parse()?;
    /// let found = Atlas::belgium().locate(here, day);
    /// assert_eq!(found.police_zone.map(|zone| zone.key.as_str()), Some("5339"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn locate(&self, position: Position, date: NaiveDate) -> Jurisdiction<'_> {
        self.locate_with(position, |area| Cow::Owned(self.answers(area, date)))
    }

    /// Prepares the answers for one day.
    pub fn on(&self, date: NaiveDate) -> DatedAtlas<'_, B> {
        let mut answers = Vec::new();
        let mut starts = vec![0];
        for area in 0..self.areas() {
            answers.extend(self.answers(area, date));
            starts.push(answers.len());
        }
        DatedAtlas {
            atlas: self,
            date,
            answers,
            starts,
        }
    }

    fn areas(&self) -> usize {
        match &self.rules {
            Rules::Cantons(models) => models.len(),
            Rules::Municipalities(codes) => codes.len(),
        }
    }

    /// Returns the possible answers in an area, counted from 0: one for each candidate.
    fn answers(&self, area: usize, date: NaiveDate) -> Vec<Jurisdiction<'_>> {
        match &self.rules {
            Rules::Cantons(models) => models.get(area).map_or_else(Vec::new, |model| {
                let canton = self.registry.judicial_cantons().get(model.index);
                let answer = |&nis: &NisCode| Jurisdiction {
                    judicial_canton: canton,
                    ..self.resolve(nis, date)
                };
                model.candidates.iter().map(answer).collect()
            }),
            Rules::Municipalities(codes) => codes
                .get(area)
                .map(|&nis| self.resolve(nis, date))
                .into_iter()
                .collect(),
        }
    }

    #[inline]
    fn locate_with<'a, 'b>(
        &'a self,
        position: Position,
        answers: impl Fn(usize) -> Cow<'b, [Jurisdiction<'a>]>,
    ) -> Jurisdiction<'a>
    where
        'a: 'b,
    {
        let point = [
            position.longitude().degrees(),
            position.latitude().degrees(),
        ];
        let raster = self.layout.raster(self.bytes.as_ref());
        let mut found = raster.find(point);
        let mut beach = None;
        if found.area == 0 {
            let Some((area, metres)) = raster.nearest(point, BEACH_METRES) else {
                return Jurisdiction::UNKNOWN;
            };
            found.area = area;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "metres need no double precision"
            )]
            let metres = metres as f32;
            beach = Some(Certainty::Nearest { metres });
        }
        let index = usize::from(found.area) - 1;
        let answers = answers(index);
        let mut answer = match &self.rules {
            Rules::Municipalities(codes) => {
                let Some(answer) = answers.first() else {
                    return Jurisdiction::UNKNOWN;
                };
                let neighbour = |area: AreaId| {
                    let index = usize::from(area).checked_sub(1)?;
                    codes.get(index).copied()
                };
                let certainty =
                    found
                        .near
                        .map_or(Certainty::Exact, |(area, metres)| Certainty::NearBorder {
                            neighbour: neighbour(area),
                            metres,
                        });
                Jurisdiction {
                    certainty,
                    ..*answer
                }
            }
            Rules::Cantons(models) => models.get(index).map_or(Jurisdiction::UNKNOWN, |model| {
                model.choose(point, found.near.map(|(_, metres)| metres), &answers)
            }),
        };
        if let Some(beach) = beach {
            answer.certainty = beach;
        }
        answer
    }

    fn resolve(&self, nis: NisCode, date: NaiveDate) -> Jurisdiction<'_> {
        let registry: &Registry = &self.registry;
        let current = registry.successor(nis, date);
        let Some(municipality) = registry.municipality(current, date) else {
            return Jurisdiction::UNKNOWN;
        };
        let mut cantons = registry.judicial_cantons_of(nis);
        let canton = cantons.next();
        let only = cantons.next().is_none();
        Jurisdiction {
            municipality: Some(municipality),
            police_zone: registry.police_zone_of(current, date),
            rescue_zone: registry.rescue_zone_of(current, date),
            province: municipality
                .province
                .and_then(|province| registry.division(province, date)),
            region: registry.division(municipality.region, date),
            emergency_centre: registry.centre_of(municipality, CentreKind::Emergency112),
            police_centre: registry.centre_of(municipality, CentreKind::Police101),
            judicial_canton: canton.filter(|_| only),
            judicial_arrondissement: canton
                .and_then(|canton| registry.judicial_arrondissement(&canton.arrondissement)),
            language_area: Some(municipality.language_area),
            facilities: municipality.facilities_for,
            certainty: Certainty::Unknown,
        }
    }

    /// Iterates over the closed rings of the judicial cantons (or of the municipalities of an exact atlas) as longitude and
    /// latitude, for drawing.
    ///
    /// ```
    /// let rings: Vec<_> = kabat_geo::Atlas::belgium().canton_rings().collect();
    /// assert!(rings.iter().any(|ring| ring.key == "brussel-1"));
    /// ```
    pub fn canton_rings(&self) -> impl Iterator<Item = AreaRing<'_>> {
        let bytes = self.bytes.as_ref();
        let partition = self.layout.partition(bytes);
        let keys = self.layout.keys(bytes);
        (1..).zip(keys).flat_map(move |(area, key)| {
            let key = key.split_once('/').map_or(key, |(canton, _)| canton);
            let rings = partition.rings(area).into_iter();
            rings.map(move |points| AreaRing { key, points })
        })
    }
}

/// A closed ring of an area.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AreaRing<'a> {
    /// Key of the area.
    pub key: &'a str,
    /// Longitude and latitude in degrees; the last point repeats the first.
    pub points: Vec<[f64; 2]>,
}

/// An [`Atlas`] with the answers for one day at hand.
#[derive(Debug, Clone)]
pub struct DatedAtlas<'a, B = Cow<'static, [u8]>> {
    atlas: &'a Atlas<B>,
    date: NaiveDate,
    answers: Vec<Jurisdiction<'a>>,
    /// Where the answers of each area begin.
    starts: Vec<usize>,
}

impl<'a, B: AsRef<[u8]>> DatedAtlas<'a, B> {
    /// Returns the day.
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// Returns who is competent at a place.
    pub fn locate(&self, position: Position) -> Jurisdiction<'a> {
        self.atlas.locate_with(position, |area| {
            let span = self.starts.get(area).zip(self.starts.get(area + 1));
            let answers = span.and_then(|(&from, &to)| self.answers.get(from..to));
            Cow::Borrowed(answers.unwrap_or_default())
        })
    }

    /// Returns who is competent at each place, in order.
    ///
    /// ```
    /// use kabat_core::Position;
    /// use kabat_geo::{Atlas, NaiveDate};
    /// let places = [Position::from_degrees(50.8467, 4.3525)?, Position::from_degrees(0.0, 0.0)?];
    /// let day: NaiveDate = "2026-06-01".parse()?;
    /// let found = Atlas::belgium().on(day).locate_many(&places);
    /// assert!(found[0].is_known() && !found[1].is_known());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn locate_many(&self, positions: &[Position]) -> Vec<Jurisdiction<'a>> {
        positions
            .iter()
            .map(|&position| self.locate(position))
            .collect()
    }

    /// Returns the same as [`locate_many`](Self::locate_many), on all cores.
    #[cfg(feature = "rayon")]
    #[cfg_attr(docsrs, doc(cfg(feature = "rayon")))]
    pub fn locate_many_parallel(&self, positions: &[Position]) -> Vec<Jurisdiction<'a>>
    where
        B: Sync,
    {
        use rayon::prelude::*;
        positions
            .par_iter()
            .with_min_len(1024)
            .map(|&position| self.locate(position))
            .collect()
    }
}
