//! Dispatch records as they come: blanks, impossible orders and all.

use std::collections::BTreeMap;
use std::io::Read;

use kabat_core::chrono::NaiveDateTime;
use kabat_core::{Capability, Position};

/// One vehicle sent to one call.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) at: Position,
    pub(crate) base: Position,
    pub(crate) postcode: String,
    pub(crate) unit: String,
    capability: Capability,
    /// T1.
    pub(crate) alarm: NaiveDateTime,
    /// T2.
    left: Option<NaiveDateTime>,
    /// T3.
    arrived: Option<NaiveDateTime>,
    /// T7.
    pub(crate) free: Option<NaiveDateTime>,
}

impl Record {
    pub(crate) fn capability(&self) -> Capability {
        self.capability.clone()
    }

    /// Returns the seconds from leaving the base to the place.
    pub(crate) fn driving_s(&self) -> Option<f64> {
        between(self.left, self.arrived)
    }

    /// Returns the seconds from the alarm to leaving the base.
    pub(crate) fn set_off_s(&self) -> Option<f64> {
        between(Some(self.alarm), self.left)
    }
}

fn between(from: Option<NaiveDateTime>, to: Option<NaiveDateTime>) -> Option<f64> {
    Some(f64::from(i32::try_from((to? - from?).num_seconds()).ok()?))
}

/// Reads rows; those that cannot be used are counted by kind.
pub(crate) fn read(
    input: impl Read,
    rows: &mut usize,
    dirty: &mut BTreeMap<&'static str, usize>,
) -> Vec<Record> {
    let mut records = Vec::new();
    for row in csv::Reader::from_reader(input).deserialize() {
        *rows += 1;
        let row: Result<BTreeMap<String, String>, csv::Error> = row;
        let record = row
            .map_err(|_| "the line is not a row")
            .and_then(|row| record(&row));
        match record {
            Ok(record) => records.push(record),
            Err(kind) => *dirty.entry(kind).or_default() += 1,
        }
    }
    records
}

fn record(row: &BTreeMap<String, String>) -> Result<Record, &'static str> {
    let field = |name: &str| row.get(name).map_or("", |text| text.trim());
    let position = |lat: &str, lon: &str| {
        let (lat, lon) = (field(lat).parse().ok()?, field(lon).parse().ok()?);
        Position::from_degrees(lat, lon).ok()
    };
    let time = |name: &str| -> Result<Option<NaiveDateTime>, &'static str> {
        match field(name) {
            "" => Ok(None),
            text => NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
                .map(Some)
                .map_err(|_| "a time cannot be read"),
        }
    };
    let unit = field("unit").to_owned();
    if unit.is_empty() {
        return Err("no unit");
    }
    let at = position("lat", "lon").ok_or("no place of the call")?;
    let alarm = time("T1")?.ok_or("no time of the alarm (T1)")?;
    let base = position("base_lat", "base_lon").ok_or("no base of the unit")?;
    let capability =
        super::capability_of(field("vector"), &unit).ok_or("neither ambulance, MUG nor PIT")?;
    let (left, arrived, free) = (time("T2")?, time("T3")?, time("T7")?);
    if free.is_some_and(|free| free < alarm) {
        return Err("available again (T7) before the alarm (T1)");
    }
    if left
        .zip(arrived)
        .is_some_and(|(left, arrived)| arrived < left)
    {
        return Err("on scene (T3) before leaving (T2)");
    }
    if left.is_some_and(|left| left < alarm) {
        return Err("left (T2) before the alarm (T1)");
    }
    Ok(Record {
        at,
        base,
        postcode: field("city").chars().take(4).collect(),
        unit,
        capability,
        alarm,
        left,
        arrived,
        free,
    })
}
