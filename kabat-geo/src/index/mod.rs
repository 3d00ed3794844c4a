//! The index of moving units.

mod bitmaps;
#[cfg(feature = "serde")]
mod capability_bits;
mod change;
mod ecef;
mod error;
mod frame;
mod handle;
mod health;
mod hit;
mod id_hasher;
mod id_table;
mod ranking;
mod rebuild;
mod request;
mod scratch;
mod search;
mod shared;
mod tree;
mod unit_index;

pub use change::UnitChange;
pub use ecef::geodesic;
pub(crate) use ecef::{Ecef, ground, ground_between};
pub use error::IndexError;
pub use handle::UnitHandle;
pub use health::IndexHealth;
pub use hit::Hit;
pub(crate) use id_hasher::IdHasher;
pub use rebuild::{BuiltTree, RebuildJob};
pub use request::{Nearest, Reach, Request, Unit};
pub use scratch::Scratch;
pub use shared::{UnitReader, UnitWriter};
pub use unit_index::UnitIndex;
