//! Plates that callers read out, looked for among what the plate readers saw afterwards.

use kabat::Meters;
use kabat::core::chrono::{DateTime, TimeDelta, Utc};
use kabat::core::{Confusion, HitEntry, HitList, HitReason, PlateRead};

use crate::desk::{Handled, Refused};
use crate::footage::CameraPark;

/// A car that a caller spoke of, seen by a plate reader.
pub(crate) struct Sighting {
    pub(crate) at: DateTime<Utc>,
    pub(crate) camera: String,
    /// From the place of the call, as the crow flies.
    pub(crate) distance: Meters,
    /// The character that the reader mistook; none when it read the plate as the caller did.
    pub(crate) confusion: Option<Confusion>,
}

/// How long a plate that a caller read out is looked for.
const LOOKED_FOR: TimeDelta = TimeDelta::hours(24);

/// Gives each call what the readers saw of the plate that its caller read out; returns the lines of reads whose camera is
/// not in the park.
pub(crate) fn look_for(
    calls: &mut [Handled],
    reads: &[(usize, PlateRead)],
    cameras: &CameraPark,
) -> Result<Vec<Refused>, Box<dyn std::error::Error>> {
    let reason = HitReason::new("read_out_by_caller")?;
    let entries = calls.iter().filter_map(|call| {
        let valid_from = call.received_at.to_utc();
        Some(HitEntry {
            plate: call.plate?,
            reason: reason.clone(),
            valid_from,
            expires_at: valid_from + LOOKED_FOR,
            reference: None,
        })
    });
    let list = HitList::new(entries)?;
    let mut refused = Vec::new();
    for (line, read) in reads {
        let Some((camera, place)) = cameras.place(read.camera) else {
            refused.push((
                *line,
                format!("camera `{}` is not in the park", read.camera),
            ));
            continue;
        };
        for hit in list.near(read.plate, read.at) {
            let meant = calls
                .iter_mut()
                .filter(|call| call.plate == Some(hit.entry.plate));
            for call in meant {
                call.sightings.push(Sighting {
                    at: read.at,
                    camera: camera.to_owned(),
                    distance: call.position.chord_to(place),
                    confusion: hit.confusion,
                });
            }
        }
    }
    Ok(refused)
}
