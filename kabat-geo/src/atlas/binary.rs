//! The compact binary form of an atlas.
//!
//! Little-endian; `varint` is seven bits a byte, low first; `zigzag` maps signed to unsigned.
//!
//! | part | content |
//! |---|---|
//! | head | `KABATGEO`, version (u8), kind (u8: 1 cantons with places, 2 municipalities) |
//! | keys | varint count, then varint length and UTF-8 bytes of each area's key |
//! | grid | varint: units of 1e-7 degree |
//! | arcs | varint count, then left, right, points as varints, first point and differences as zigzag in grid units |
//! | places | varint count, then zigzag longitude and latitude (1e-5 degree) as differences, varint NIS code and population |
//! | tail | a 64-bit sum in the manner of FNV-1a over words of eight bytes |

use super::partition::{Arc, GridPoint, Partition};
use super::place::Place;
use crate::NisCode;

const MAGIC: &[u8] = b"KABATGEO";
const VERSION: u8 = 1;

/// Why bytes are not an atlas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AtlasFormatError {
    /// The bytes begin otherwise.
    #[error("bytes do not begin with `KABATGEO`")]
    Magic,
    /// A later version wrote the bytes.
    #[error("atlas version `{version}` is not known, only 1")]
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

/// What the bytes hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parts {
    pub(super) kind: u8,
    pub(super) keys: Vec<String>,
    pub(super) grid: i32,
    pub(super) partition: Partition,
    pub(super) places: Vec<Place>,
}

pub(super) fn write(parts: &Parts) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.push(VERSION);
    out.push(parts.kind);
    unsigned(&mut out, parts.keys.len() as u64);
    for key in &parts.keys {
        unsigned(&mut out, key.len() as u64);
        out.extend_from_slice(key.as_bytes());
    }
    let grid = parts.grid.max(1);
    unsigned(&mut out, u64::from(grid.unsigned_abs()));
    unsigned(&mut out, parts.partition.arcs.len() as u64);
    for arc in &parts.partition.arcs {
        unsigned(&mut out, u64::from(arc.left));
        unsigned(&mut out, u64::from(arc.right));
        unsigned(&mut out, arc.points.len() as u64);
        let mut before = [0_i64; 2];
        for point in &arc.points {
            for (value, before) in point.iter().zip(&mut before) {
                let value = i64::from(value.div_euclid(grid));
                signed(&mut out, value - *before);
                *before = value;
            }
        }
    }
    unsigned(&mut out, parts.places.len() as u64);
    let mut before = [0_i64; 2];
    for place in &parts.places {
        for (value, before) in place.position.iter().zip(&mut before) {
            let value = i64::from(*value);
            signed(&mut out, value - *before);
            *before = value;
        }
        unsigned(&mut out, u64::from(place.nis.get()));
        unsigned(&mut out, u64::from(place.population));
    }
    let sum = checksum(&out);
    out.extend_from_slice(&sum.to_le_bytes());
    out
}

pub(super) fn read(bytes: &[u8]) -> Result<Parts, AtlasFormatError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(AtlasFormatError::Magic)?;
    match rest.first() {
        Some(&VERSION) => {}
        Some(&version) => return Err(AtlasFormatError::Version { version }),
        None => return Err(AtlasFormatError::Damaged { at: bytes.len() }),
    }
    let (body, tail) = bytes
        .split_last_chunk::<8>()
        .ok_or(AtlasFormatError::Damaged { at: bytes.len() })?;
    if checksum(body) != u64::from_le_bytes(*tail) {
        return Err(AtlasFormatError::Checksum);
    }
    let mut reader = Reader {
        bytes: body,
        at: MAGIC.len() + 1,
    };
    let kind = reader.byte()?;
    let keys = (0..reader.count()?)
        .map(|_| reader.text())
        .collect::<Result<Vec<_>, _>>()?;
    let grid: i32 = reader.number()?;
    let mut arcs = Vec::new();
    for _ in 0..reader.count()? {
        let left = reader.number()?;
        let right = reader.number()?;
        let length = reader.count()?;
        let mut points: Vec<GridPoint> = Vec::with_capacity(length);
        let mut value = [0_i64; 2];
        for _ in 0..length {
            let mut point = [0_i32; 2];
            for (slot, value) in point.iter_mut().zip(&mut value) {
                *value = value.saturating_add(reader.signed()?);
                *slot = value
                    .checked_mul(i64::from(grid))
                    .and_then(|value| i32::try_from(value).ok())
                    .ok_or_else(|| reader.damaged())?;
            }
            points.push(point);
        }
        if usize::from(left).max(usize::from(right)) > keys.len() {
            return Err(reader.damaged());
        }
        arcs.push(Arc {
            left,
            right,
            points,
        });
    }
    let mut places = Vec::new();
    let mut value = [0_i64; 2];
    for _ in 0..reader.count()? {
        let mut position = [0_i32; 2];
        for (slot, value) in position.iter_mut().zip(&mut value) {
            *value = value.saturating_add(reader.signed()?);
            *slot = i32::try_from(*value).map_err(|_| reader.damaged())?;
        }
        places.push(Place {
            position,
            nis: NisCode::new(reader.number()?).map_err(|_| reader.damaged())?,
            population: reader.number()?,
        });
    }
    Ok(Parts {
        kind,
        partition: Partition {
            areas: keys.len(),
            arcs,
        },
        keys,
        grid,
        places,
    })
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn damaged(&self) -> AtlasFormatError {
        AtlasFormatError::Damaged { at: self.at }
    }

    fn byte(&mut self) -> Result<u8, AtlasFormatError> {
        let byte = self
            .bytes
            .get(self.at)
            .copied()
            .ok_or_else(|| self.damaged())?;
        self.at += 1;
        Ok(byte)
    }

    fn unsigned(&mut self) -> Result<u64, AtlasFormatError> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.damaged())
    }

    fn signed(&mut self) -> Result<i64, AtlasFormatError> {
        let value = self.unsigned()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    fn number<T: TryFrom<u64>>(&mut self) -> Result<T, AtlasFormatError> {
        let value = self.unsigned()?;
        T::try_from(value).map_err(|_| self.damaged())
    }

    /// Reads a count of things of at least one byte each, so that a damaged count cannot claim memory.
    fn count(&mut self) -> Result<usize, AtlasFormatError> {
        let count: usize = self.number()?;
        if count > self.bytes.len().saturating_sub(self.at) {
            return Err(self.damaged());
        }
        Ok(count)
    }

    fn text(&mut self) -> Result<String, AtlasFormatError> {
        let length = self.count()?;
        let bytes = self
            .bytes
            .get(self.at..self.at.saturating_add(length))
            .ok_or_else(|| self.damaged())?;
        let text = core::str::from_utf8(bytes)
            .map_err(|_| self.damaged())?
            .to_owned();
        self.at += length;
        Ok(text)
    }
}

fn unsigned(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn signed(out: &mut Vec<u8>, value: i64) {
    unsigned(out, ((value << 1) ^ (value >> 63)).cast_unsigned());
}

fn checksum(bytes: &[u8]) -> u64 {
    // Eight bytes at a time: a quarter of the bytewise time, and any flipped bit still changes the sum.
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        sum = (sum ^ u64::from_le_bytes(*chunk)).wrapping_mul(0x0000_0100_0000_01b3);
        sum ^= sum >> 32;
    }
    for &byte in rest {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    sum
}
