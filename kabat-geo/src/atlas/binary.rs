//! The compiled form of an atlas: little-endian sections that are used where they lie.
//!
//! Nothing is unpacked on reading, so a file mapped into memory serves as well as a buffer. Numbers are read byte by byte
//! (which compiles to one load), so no alignment is asked for.
//!
//! | part | bytes | content |
//! |---|--:|---|
//! | head | 60 | `KABATGEO`, version (u8), kind (u8: 1 cantons with places, 2 municipalities), two zero bytes, then twelve u32: areas, rounding of points in 1e-7 degree, west and south (i32, 1e-7 degree), shifts of a cell's width and height, columns, rows, words of the stream, arcs, points, places |
//! | cells | 4 each | an area number, or the top bit and an offset into the stream |
//! | stream | 4 each | for each cell with borders: code of the south-west corner, number of runs, and a run as first point, then edges (8 bits) and arc (24 bits) |
//! | arcs | 12 each | first point (u32), area to the left and to the right (u16), exclusive or of the codes of the two (u32) |
//! | points | 8 each | longitude and latitude (i32, 1e-7 degree) |
//! | places | 20 each | longitude and latitude (i32, 1e-5 degree), NIS code, inhabitants with the top bit for a court seat, thousandths of the weight (u32) |
//! | keys | rest | for each area the length (u8) and UTF-8 bytes of its key |
//! | tail | 8 | a 64-bit sum in the manner of FNV-1a over words of eight bytes, in four lanes |

use super::partition::{Arc, GridPoint, Partition};
use super::place::Place;
use super::raster::{Grid, Raster};
use super::raster_build::Built;
use crate::NisCode;

const MAGIC: &[u8] = b"KABATGEO";
const VERSION: u8 = 2;
const HEAD: usize = 60;
const ARC: usize = 12;
const POINT: usize = 8;
const PLACE: usize = 20;
const SEAT: u32 = 0x8000_0000;

/// Why bytes are not an atlas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AtlasFormatError {
    /// The bytes begin otherwise.
    #[error("bytes do not begin with `KABATGEO`")]
    Magic,
    /// Another version wrote the bytes.
    #[error("atlas version `{version}` is not known, only 2")]
    Version {
        /// The version found.
        version: u8,
    },
    /// The bytes end too early or hold an impossible number.
    #[error("atlas bytes are damaged at byte {at}")]
    Damaged {
        /// Byte offset.
        at: usize,
    },
    /// The checksum at the end differs.
    #[error("atlas checksum does not match")]
    Checksum,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: usize,
    to: usize,
}

impl Span {
    #[inline]
    fn of(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.from..self.to).unwrap_or_default()
    }
}

/// Where the sections are in the bytes of an atlas.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) kind: u8,
    areas: usize,
    rounding: u32,
    pub(super) grid: Grid,
    cells: Span,
    stream: Span,
    arcs: Span,
    points: Span,
    places: Span,
    keys: Span,
}

impl Layout {
    /// Checks the head, the lengths and the sum.
    pub(super) fn read(bytes: &[u8], near: f64) -> Result<Self, AtlasFormatError> {
        if !bytes.starts_with(MAGIC) {
            return Err(AtlasFormatError::Magic);
        }
        let damaged = AtlasFormatError::Damaged { at: bytes.len() };
        let head: &[u8; HEAD] = bytes.first_chunk().ok_or(damaged)?;
        let &[.., version, kind, _, _] = head.first_chunk::<12>().ok_or(damaged)?;
        if version != VERSION {
            return Err(AtlasFormatError::Version { version });
        }
        let (body, tail) = bytes.split_last_chunk::<8>().ok_or(damaged)?;
        if checksum(body) != u64::from_le_bytes(*tail) {
            return Err(AtlasFormatError::Checksum);
        }
        let mut words = head.as_chunks::<4>().0.iter().skip(3);
        let mut word = || words.next().map_or(0, |word| u32::from_le_bytes(*word));
        let (areas, rounding) = (word() as usize, word());
        let corner = [word().cast_signed(), word().cast_signed()];
        let shifts = [word(), word()];
        let (columns, rows) = (word(), word());
        let (stream, arcs, points, places) = (word(), word(), word(), word());
        let grid = Grid::new(corner, shifts, [columns, rows], near)
            .ok_or(AtlasFormatError::Damaged { at: 20 })?;
        let mut at = HEAD;
        let mut section = |count: u64, size: usize| {
            let from = at;
            let length = usize::try_from(count).ok()?.checked_mul(size)?;
            at = from.checked_add(length).filter(|&to| to <= body.len())?;
            Some(Span { from, to: at })
        };
        let mut sections = || {
            Some([
                section(u64::from(columns) * u64::from(rows), 4)?,
                section(u64::from(stream), 4)?,
                section(u64::from(arcs), ARC)?,
                section(u64::from(points), POINT)?,
                section(u64::from(places), PLACE)?,
            ])
        };
        let [cells, stream, arcs, points, places] =
            sections().ok_or(AtlasFormatError::Damaged { at: HEAD })?;
        let keys = Span {
            from: places.to,
            to: body.len(),
        };
        let layout = Self {
            kind,
            areas,
            rounding,
            grid,
            cells,
            stream,
            arcs,
            points,
            places,
            keys,
        };
        if layout.keys(bytes).count() != areas {
            return Err(AtlasFormatError::Damaged { at: keys.from });
        }
        Ok(layout)
    }

    #[inline]
    pub(super) fn raster<'a>(&'a self, bytes: &'a [u8]) -> Raster<'a> {
        Raster {
            grid: &self.grid,
            cells: self.cells.of(bytes).as_chunks().0,
            stream: self.stream.of(bytes).as_chunks().0,
            arcs: self.arcs.of(bytes).as_chunks().0,
            points: self.points.of(bytes).as_chunks().0,
        }
    }

    /// Iterates over the keys of the areas.
    pub(super) fn keys<'a>(&self, bytes: &'a [u8]) -> impl Iterator<Item = &'a str> {
        let mut rest = self.keys.of(bytes);
        core::iter::from_fn(move || {
            let (&length, after) = rest.split_first()?;
            let (key, after) = after.split_at_checked(usize::from(length))?;
            rest = after;
            core::str::from_utf8(key).ok()
        })
    }

    /// Iterates over the named places and their weights, by municipality.
    pub(super) fn places<'a>(&self, bytes: &'a [u8]) -> impl Iterator<Item = (Place, f32)> + 'a {
        let (places, _) = self.places.of(bytes).as_chunks::<PLACE>();
        places.iter().filter_map(|place| {
            let mut words = place.as_chunks::<4>().0.iter();
            let mut word = || words.next().map_or(0, |word| u32::from_le_bytes(*word));
            let position = [word().cast_signed(), word().cast_signed()];
            let nis = NisCode::new(word()).ok()?;
            let population = word();
            #[expect(
                clippy::cast_precision_loss,
                reason = "a weight needs no more than 24 bits"
            )]
            let weight = word() as f32 / 1000.0;
            let place = Place {
                position,
                nis,
                population: population & !SEAT,
                court_seat: population & SEAT != 0,
            };
            Some((place, weight))
        })
    }

    /// Unpacks the border lines, for drawing.
    pub(super) fn partition(&self, bytes: &[u8]) -> Partition {
        let raster = self.raster(bytes);
        let firsts = |index: usize| {
            raster
                .arcs
                .get(index)
                .map_or(raster.points.len(), |arc| first_of(arc) as usize)
        };
        let arcs = raster.arcs.iter().enumerate().map(|(index, arc)| {
            let points = raster
                .points
                .get(firsts(index)..firsts(index + 1))
                .unwrap_or_default();
            let (left, right) = sides_of(arc);
            Arc {
                left,
                right,
                points: points.iter().copied().map(point_of).collect(),
            }
        });
        Partition {
            areas: self.areas,
            arcs: arcs.collect(),
        }
    }
}

#[inline]
pub(super) fn word_of(word: [u8; 4]) -> u32 {
    u32::from_le_bytes(word)
}

#[inline]
pub(super) fn point_of(point: [u8; POINT]) -> GridPoint {
    let both = u64::from_le_bytes(point);
    #[expect(clippy::cast_possible_truncation, reason = "each half is a number")]
    let [x, y] = [both as u32, (both >> 32) as u32];
    [x.cast_signed(), y.cast_signed()]
}

fn first_of(&[a, b, c, d, ..]: &[u8; ARC]) -> u32 {
    u32::from_le_bytes([a, b, c, d])
}

/// Areas to the left and to the right of an arc.
#[inline]
pub(super) fn sides_of(&[_, _, _, _, a, b, c, d, ..]: &[u8; ARC]) -> (u16, u16) {
    (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]))
}

/// Exclusive or of the codes of the areas beside an arc.
#[inline]
pub(super) fn code_of(&[.., a, b, c, d]: &[u8; ARC]) -> u32 {
    u32::from_le_bytes([a, b, c, d])
}

/// What is compiled, beside the lines.
pub(super) struct Contents<'a> {
    pub(super) kind: u8,
    pub(super) keys: &'a [String],
    pub(super) rounding: u32,
    pub(super) places: &'a [(Place, u32)],
}

/// Writes the compiled form; keys longer than 255 bytes are cut.
pub(super) fn write(contents: &Contents<'_>, partition: &Partition, built: &Built) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&[VERSION, contents.kind, 0, 0]);
    let word = |out: &mut Vec<u8>, word: u32| out.extend_from_slice(&word.to_le_bytes());
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let points: usize = partition.arcs.iter().map(|arc| arc.points.len()).sum();
    let [west, south] = built.corner.map(i32::cast_unsigned);
    let [across, up] = built.shifts;
    for number in [
        count(contents.keys.len()),
        contents.rounding,
        west,
        south,
        across,
        up,
        count(built.columns),
        count(built.rows),
        count(built.stream.len()),
        count(partition.arcs.len()),
        count(points),
        count(contents.places.len()),
    ] {
        word(&mut out, number);
    }
    for &number in built.cells.iter().chain(&built.stream) {
        word(&mut out, number);
    }
    let mut first = 0;
    for (arc, &code) in partition.arcs.iter().zip(&built.codes) {
        word(&mut out, count(first));
        out.extend_from_slice(&arc.left.to_le_bytes());
        out.extend_from_slice(&arc.right.to_le_bytes());
        word(&mut out, code);
        first += arc.points.len();
    }
    for value in partition
        .arcs
        .iter()
        .flat_map(|arc| arc.points.as_flattened())
    {
        word(&mut out, value.cast_unsigned());
    }
    for (place, weight) in contents.places {
        for value in place.position {
            word(&mut out, value.cast_unsigned());
        }
        word(&mut out, place.nis.get());
        let seat = if place.court_seat { SEAT } else { 0 };
        word(&mut out, place.population.min(SEAT - 1) | seat);
        word(&mut out, *weight);
    }
    for key in contents.keys {
        let mut length = key.len().min(255);
        while !key.is_char_boundary(length) {
            length -= 1;
        }
        out.push(u8::try_from(length).unwrap_or(u8::MAX));
        out.extend(key.bytes().take(length));
    }
    let sum = checksum(&out);
    out.extend_from_slice(&sum.to_le_bytes());
    out
}

fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mix = |sum: u64, word: u64| {
        let sum = (sum ^ word).wrapping_mul(PRIME);
        sum ^ (sum >> 32)
    };
    // Four lanes: one alone would wait for its multiplication.
    let mut lanes = [0xcbf2_9ce4_8422_2325_u64; 4];
    let (blocks, rest) = bytes.as_chunks::<32>();
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    }
    let sum = lanes.into_iter().fold(0, mix);
    rest.iter()
        .fold(sum, |sum, &byte| mix(sum, u64::from(byte)))
}

#[cfg(test)]
#[path = "binary_tests.rs"]
mod tests;
