//! TETRA status, SDS, SDS-TL, LIP and PEI message codecs for the ASTRID network, both directions, without allocation.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[macro_use]
mod code;

mod address;
mod bits;
mod cmce;
mod digits;
mod error;
#[cfg(feature = "core")]
mod kabat;
mod lip;
mod location_system;
mod pei;
mod sds;
#[cfg(feature = "alloc")]
mod status_table;
mod text;
mod tl;
pub mod uncertain;

pub use address::{Gssi, Gtsi, Issi, Itsi, Mcc, Mnc, Ssi, Tsi, TsiDigits, TsiForm};
pub use bits::{BitReader, BitWriter, Bits, Octets};
pub use cmce::*;
pub use digits::Digits;
pub use error::{
    AddressError, DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, ValueError,
};
#[cfg(feature = "core")]
pub use kabat::LocatedPosition;
pub use lip::*;
pub use location_system::{LocationCoding, LocationSystem};
pub use pei::*;
pub use sds::*;
#[cfg(feature = "alloc")]
pub use status_table::{StatusEntry, StatusTable, StatusTableError};
pub use text::*;
pub use tl::*;
