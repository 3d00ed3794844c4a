//! From a place to those who are competent there.

mod binary;
mod boundary;
#[cfg(feature = "geojson")]
mod geojson;
mod likelihood;
mod partition;
mod place;
mod raster;
mod validation;

use std::borrow::Cow;
use std::sync::OnceLock;

use kabat_core::Position;
use kabat_core::chrono::NaiveDate;

pub use self::binary::AtlasFormatError;
use self::binary::Parts;
pub use self::boundary::BoundarySet;
#[cfg(feature = "geojson")]
#[cfg_attr(docsrs, doc(cfg(feature = "geojson")))]
pub use self::geojson::BoundaryError;
use self::likelihood::CantonModel;
use self::partition::{AreaId, Partition};
pub use self::place::Place;
use self::raster::Raster;
pub use self::validation::{BoundaryReport, Gap, Overlap};
use crate::{CentreKind, Certainty, Jurisdiction, NisCode, Registry};

const CANTONS: u8 = 1;
const MUNICIPALITIES: u8 = 2;

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
    /// The bytes are not an atlas.
    #[error("atlas cannot be read")]
    Format(#[from] AtlasFormatError),
}

/// A map of jurisdictions with the tables that date them.
#[derive(Debug, Clone)]
pub struct Atlas {
    registry: Cow<'static, Registry>,
    parts: Parts,
    raster: Raster,
    contents: Contents,
}

#[derive(Debug, Clone)]
enum Contents {
    Cantons(Vec<CantonModel>),
    Municipalities(Vec<NisCode>),
}

impl Atlas {
    /// Returns the atlas that comes with the crate: exact judicial cantons, and likely municipalities within them.
    ///
    /// It is unpacked at the first call, which takes some tens of milliseconds.
    #[expect(
        clippy::missing_panics_doc,
        reason = "the embedded bytes are read in the tests"
    )]
    pub fn belgium() -> &'static Self {
        static BELGIUM: OnceLock<Atlas> = OnceLock::new();
        BELGIUM.get_or_init(|| {
            #[expect(
                clippy::expect_used,
                reason = "the bytes are part of the crate and a test reads them"
            )]
            Self::from_bytes(include_bytes!("../../data/belgium.atlas"))
                .expect("the embedded atlas is well formed")
        })
    }

    /// Builds an atlas of likely municipalities from judicial cantons (by key) and named places.
    ///
    /// Lines are thinned to `simplify_metres` and points rounded to `grid` units of 1e-7 degree.
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
        let parts = parts(CANTONS, cantons, places, simplify_metres, grid)?;
        Self::from_parts(parts, Cow::Borrowed(Registry::belgium()))
    }

    /// Builds an exact atlas from the boundaries of municipalities, keyed by five-digit NIS code.
    ///
    /// # Errors
    /// [`AtlasError`] when a key is no NIS code.
    pub fn from_municipalities(boundaries: BoundarySet) -> Result<Self, AtlasError> {
        let parts = parts(MUNICIPALITIES, boundaries, Vec::new(), 0.0, 1)?;
        Self::from_parts(parts, Cow::Borrowed(Registry::belgium()))
    }

    /// Reads the compiled form that [`Atlas::to_bytes`] writes.
    ///
    /// # Errors
    /// [`AtlasError`] when the bytes are not an atlas.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AtlasError> {
        Self::from_parts(binary::read(bytes)?, Cow::Borrowed(Registry::belgium()))
    }

    /// Writes the compiled form.
    pub fn to_bytes(&self) -> Vec<u8> {
        binary::write(&self.parts)
    }

    /// Uses other tables, for example with a merger added.
    #[must_use]
    pub fn with_registry(self, registry: Registry) -> Self {
        Self {
            registry: Cow::Owned(registry),
            ..self
        }
    }

    fn from_parts(parts: Parts, registry: Cow<'static, Registry>) -> Result<Self, AtlasError> {
        let contents = if parts.kind == CANTONS {
            Contents::Cantons(
                parts
                    .keys
                    .iter()
                    .map(|key| CantonModel::new(key, &parts.places, &registry))
                    .collect(),
            )
        } else {
            Contents::Municipalities(
                parts
                    .keys
                    .iter()
                    .map(|key| {
                        key.parse()
                            .map_err(|_| AtlasError::Key { key: key.clone() })
                    })
                    .collect::<Result<_, _>>()?,
            )
        };
        Ok(Self {
            registry,
            raster: Raster::new(&parts.partition, BORDER_METRES),
            parts,
            contents,
        })
    }

    /// Returns the tables that date the answers.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Returns whether municipal boundaries decide, not likelihoods.
    pub fn is_exact(&self) -> bool {
        matches!(self.contents, Contents::Municipalities(_))
    }

    /// Returns the bytes of the raster in memory.
    pub fn memory_bytes(&self) -> usize {
        self.raster.bytes()
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
    pub fn on(&self, date: NaiveDate) -> DatedAtlas<'_> {
        DatedAtlas {
            atlas: self,
            date,
            answers: (0..self.parts.keys.len())
                .map(|area| self.answers(area, date))
                .collect(),
        }
    }

    /// Returns the possible answers in an area, counted from 0: one for each candidate.
    fn answers(&self, area: usize, date: NaiveDate) -> Vec<Jurisdiction<'_>> {
        match &self.contents {
            Contents::Cantons(models) => models.get(area).map_or_else(Vec::new, |model| {
                let canton = self.registry.judicial_cantons().get(model.index);
                let answer = |&nis: &NisCode| Jurisdiction {
                    judicial_canton: canton,
                    ..self.resolve(nis, date)
                };
                model.candidates.iter().map(answer).collect()
            }),
            Contents::Municipalities(codes) => codes
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
        let mut found = self.raster.find(point);
        let mut beach = None;
        if found.area == 0 {
            let Some((area, metres)) = self.raster.nearest(point, BEACH_METRES) else {
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
        let mut answer = match &self.contents {
            Contents::Municipalities(codes) => {
                let Some(answer) = answers.first() else {
                    return Jurisdiction::UNKNOWN;
                };
                let certainty =
                    found
                        .near
                        .map_or(Certainty::Exact, |(area, metres)| Certainty::NearBorder {
                            neighbour: usize::from(area)
                                .checked_sub(1)
                                .and_then(|area| codes.get(area).copied()),
                            metres,
                        });
                Jurisdiction {
                    certainty,
                    ..*answer
                }
            }
            Contents::Cantons(models) => models.get(index).map_or(Jurisdiction::UNKNOWN, |model| {
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
        self.parts.keys.iter().enumerate().flat_map(|(index, key)| {
            let area = AreaId::try_from(index + 1).unwrap_or(0);
            self.parts
                .partition
                .rings(area)
                .into_iter()
                .map(move |points| AreaRing { key, points })
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
pub struct DatedAtlas<'a> {
    atlas: &'a Atlas,
    date: NaiveDate,
    answers: Vec<Vec<Jurisdiction<'a>>>,
}

impl<'a> DatedAtlas<'a> {
    /// Returns the day.
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// Returns who is competent at a place.
    pub fn locate(&self, position: Position) -> Jurisdiction<'a> {
        self.atlas.locate_with(position, |area| {
            Cow::Borrowed(self.answers.get(area).map_or(&[], Vec::as_slice))
        })
    }

    /// Returns who is competent at each place, in order.
    pub fn locate_many(&self, positions: &[Position]) -> Vec<Jurisdiction<'a>> {
        positions
            .iter()
            .map(|&position| self.locate(position))
            .collect()
    }
}

fn parts(
    kind: u8,
    boundaries: BoundarySet,
    places: Vec<Place>,
    simplify_metres: f64,
    grid: u16,
) -> Result<Parts, AtlasError> {
    let areas = boundaries.into_sorted();
    if areas.len() > usize::from(AreaId::MAX) {
        return Err(AtlasError::TooMany { count: areas.len() });
    }
    let (keys, rings): (Vec<_>, Vec<_>) = areas.into_iter().unzip();
    let (mut partition, _) = Partition::from_areas(&rings);
    let grid = i32::from(grid.max(1));
    if simplify_metres > 0.0 || grid > 1 {
        partition = partition.simplified(simplify_metres, grid);
    }
    Ok(Parts {
        kind,
        keys,
        grid,
        partition,
        places,
    })
}
