//! Places on Belgian motorways and numbered roads, as people write them in a note.
//!
//! [`find_road_positions`] reads "E40 km 23 richting Brussel", "E411 PK 38,5 vers Namur" or "A3 Fahrtrichtung Lüttich
//! km 12.4" into a [`RoadPosition`]: road, distance along it, direction, ring side, exit, slip road and where in the text
//! it stands. It claims no coordinates: that needs a road data set. It also does not say that E411 and A4 are the
//! same road; it gives back the codes that the text gives.
//!
//! The distance is that of the posts beside the road. Belgian hectometre posts carry kilometres with one decimal
//! ("34.5"), so "hm 34,5" is 34 500 m, and so is the count of hectometres "hm 345".

mod element;
mod find;
mod position;
mod road;
mod token;

pub use find::find_road_positions;
pub use position::{ExitKind, RingSide, RoadExit, RoadPosition, SlipRoad};
pub use road::{RoadClass, RoadCode};
