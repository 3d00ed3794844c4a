//! TETRA status, SDS, SDS-TL, LIP and PEI message codecs for the ASTRID network, both directions, without allocation.
//!
//! ```
//! use kabat_tetra::{BitWriter, CodedText, CodingScheme, DeliveryReportRequest, PartyAddress, Sds, ShortData, Ssi};
//! use kabat_tetra::{Type3Elements, USdsData};
//!
//! let mut room = [0; 64];
//! let text = CodedText::encode("Brand, Kerkstraat 3", CodingScheme::ISO_8859_1, &mut room)?;
//! let mut data = [0; 80];
//! let mut writer = BitWriter::new(&mut data, "alert");
//! Sds::text(text, 17, DeliveryReportRequest::Received).encode(&mut writer)?;
//! let alert = USdsData {
//!     area_selection: 0,
//!     called: PartyAddress::Ssi(Ssi::new(1_234_567)?),
//!     data: ShortData::Type4(writer.into_bits()),
//!     elements: Type3Elements::NONE,
//! };
//! let mut pdu = [0; 96];
//! let mut writer = BitWriter::new(&mut pdu, "alert");
//! alert.encode(&mut writer)?;
//! assert_eq!(USdsData::decode(writer.into_bits())?, alert);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it covers
//!
//! | part | entry | source |
//! |---|---|---|
//! | identities | [`Ssi`], [`Tsi`], [`Issi`], [`Gssi`], [`Itsi`], [`Gtsi`] | EN 300 392-1, clause 7 |
//! | status | [`PreCodedStatus`], [`UStatus`], [`DStatus`], [`ShortReport`] | EN 300 392-2, clause 14 |
//! | short data types 1 to 4 | [`USdsData`], [`DSdsData`], [`ShortData`], [`Type3Elements`] | EN 300 392-2, clause 14 |
//! | SDS-TL | [`Sds`], [`Transfer`], [`Report`], [`Ack`], [`StoreForward`] | EN 300 392-2, clause 29.4 |
//! | text | [`Text`], [`SimpleText`], [`CodedText`], [`HeadedText`], [`Reassembler`], [`split`] | EN 300 392-2, clause 29.5 |
//! | location | [`Lip`], [`ShortLocationReport`], [`LongLocationReport`], [`Type5Elements`] | TS 100 392-18-1 |
//! | location system | [`LocationSystem`] | EN 300 392-2, clause 29.5 |
//! | equipment interface | [`PeiLine`], [`PeiPdu`], [`SdsReceived`], [`IncomingCall`] and others | EN 300 392-5 |
//!
//! Every decoder takes [`Bits`]: octets and a count of bits. Reserved and unknown codes, unknown protocols and the bits
//! behind a PDU are kept and written again unchanged. Scaled values keep their code and say when they are unknown.
//! Errors name PDU, field and bit.
//!
//! The facts rest on open programs, published tests and messages of an independent generator, compared with each other:
//! the text of the standards was not at hand in full, so clause numbers, above all those of sub-clauses, have not been
//! checked against it: look them up before citing them. The sub-clauses given for LIP are those that a public decoder
//! cites from version 1.7.3. What rests on one source says so; what sources dispute is in
//! [`uncertain`]. Which field rests on what is in the conformance table below.
//!
//! # What it does not do
//!
//! It opens no port, no socket and no file, keeps no clock and sends nothing. It does not encrypt. It knows no table of
//! ASTRID's statuses or protocol identifiers, which are not public: give your own [`StatusTable`]. It does not read the
//! vendors' location codings, nor more of Call-Out than [`uncertain::CallOut`] says. It makes no claim of conformity.
//!
//! # Features
//!
//! - `std` (default): implies `alloc`.
//! - `alloc`: [`StatusTable`] and [`CodedText::to_string_lossy`]. Without it the crate is `no_std` and links no allocator,
//!   so decoding and encoding cannot allocate.
//! - `serde`, `schemars`, `arbitrary`.
//! - `core`: positions as `kabat_core::Position` with uncertainty and age.
//!
//! MSRV 1.89.
//!
#![doc = include_str!("../docs/conformance.md")]
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
