//! Replays a month of dispatch records with the code that runs live, and writes a report.
//!
//! One row is one vehicle sent: `mission, lon, lat, city, event, unit, base_lon, base_lat, vector, T0 … T7`, local
//! time. A unit is busy from T1 to T7 and stands at its base otherwise. Rows that cannot be used are counted by kind.
//!
//! The travel-time model is fitted to the trips (T2 to T3) of ambulances in the first two thirds of the time, and
//! measured on those of the last third, beside one speed for all distances. On the records of Brussels of July 2022 the
//! printed constants are those of `StraightLineTime::BRUSSELS_AMBULANCE`.
#![expect(clippy::cast_precision_loss, reason = "counts are small")]

mod chart;
mod map;
mod page;
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs::File;
use std::io::Write;

use indicatif::ProgressBar;
use kabat::geo::{Request, StraightLineTime, Unit, UnitIndex, geodesic};
use kabat_core::chrono::{Duration, NaiveDateTime, Timelike};
use kabat_core::{Capability, CapabilityVocabulary, Position, ResourceId, ResourceStatus};
use record::{Record, read};

/// A unit of the right kind should be there within this many seconds of leaving.
const TARGET_S: f64 = 480.0;

/// What the replay found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) source: String,
    pub(crate) dirty: BTreeMap<&'static str, usize>,
    pub(crate) rows: usize,
    pub(crate) sent: usize,
    pub(crate) units: usize,
    pub(crate) model: Option<StraightLineTime>,
    pub(crate) errors: Vec<(String, f64, f64, usize)>,
    /// Rank of the unit really sent among the free ones: first, second, third, later.
    pub(crate) rank: [usize; 4],
    pub(crate) marked_busy: usize,
    pub(crate) no_end: usize,
    /// By kind of unit: sent, and sent as the first choice.
    pub(crate) by_kind: BTreeMap<String, (usize, usize)>,
    pub(crate) real_s: Vec<f64>,
    pub(crate) same_s: Vec<f64>,
    pub(crate) first_s: Vec<f64>,
    /// From the alarm to the scene: real, and with the model's drive after the real time to set off.
    pub(crate) real_response_s: Vec<f64>,
    pub(crate) first_response_s: Vec<f64>,
    pub(crate) calls_by_hour: [usize; 24],
    pub(crate) unmet_by_hour: [usize; 24],
    /// By postcode: calls and unmet calls of each hour.
    pub(crate) by_city: BTreeMap<String, [(usize, usize); 24]>,
    /// Place and whether the target could be met.
    pub(crate) calls: Vec<(Position, bool)>,
    pub(crate) bases: Vec<(Position, String)>,
}

/// Replays the records of a file and writes the report; what is to be said goes to `say`.
pub(crate) fn report(input: &str, out: &str, say: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mut report = Report {
        source: input.rsplit('/').next().unwrap_or_default().to_owned(),
        ..Report::default()
    };
    let file = File::open(input).map_err(|error| format!("cannot read `{input}`: {error}"))?;
    let mut records = read(file, &mut report.rows, &mut report.dirty);
    records.sort_by(|a, b| a.alarm.cmp(&b.alarm).then(a.unit.cmp(&b.unit)));
    let (Some(first), Some(last)) = (records.first(), records.last()) else {
        let kinds: Vec<String> = report
            .dirty
            .iter()
            .map(|(kind, count)| format!("{kind} ({count})"))
            .collect();
        let rows = report.rows;
        return Err(format!("none of {rows} rows can be used: {}", kinds.join(", ")).into());
    };
    let split = first.alarm + (last.alarm - first.alarm) * 2 / 3;
    let model = calibrate(&records, split, &mut report)?;
    replay(&records, &model, &mut report)?;
    std::fs::write(out, page::html(&report))
        .map_err(|error| format!("cannot write `{out}`: {error}"))?;
    writeln!(
        say,
        "{} rows, {} used, {} units",
        report.rows, report.sent, report.units
    )?;
    for (kind, count) in &report.dirty {
        writeln!(say, "  {count} rows: {kind}")?;
    }
    if let Some(model) = &report.model {
        writeln!(
            say,
            "  fitted: {:.1} s to start, then {:.4} s a metre up to {:.0} m and {:.4} s a metre beyond",
            model.start_s, model.near_s_per_m, model.knee_m, model.far_s_per_m
        )?;
    }
    for (name, error, bias, trips) in &report.errors {
        writeln!(
            say,
            "  {name}: median absolute error {error:.2} min, bias {bias:+.2} min on {trips} later trips"
        )?;
    }
    writeln!(
        say,
        "  the unit sent was the model's first choice in {:.1} %",
        share(report.rank[0], report.sent)
    )?;
    writeln!(say, "report: {out}")?;
    Ok(())
}

/// Fits the model to the trips of ambulances before the split, and measures it on those after.
fn calibrate(
    records: &[Record],
    split: NaiveDateTime,
    report: &mut Report,
) -> Result<StraightLineTime, Box<dyn Error>> {
    let trips = |late: bool| -> Vec<(f64, f64)> {
        records
            .iter()
            .filter(|record| (record.alarm >= split) == late)
            .filter(|record| record.capability() == Capability::AMBULANCE)
            .filter_map(|record| {
                // Trips of seconds and of over an hour are buttons pressed at the wrong time.
                let seconds = record.driving_s()?;
                let metres = geodesic(record.base, record.at).get();
                (20.0..3600.0)
                    .contains(&seconds)
                    .then_some((metres, seconds))
            })
            .collect()
    };
    let earlier = trips(false);
    let model = StraightLineTime::fit(&earlier).ok_or("too few trips to fit a model")?;
    let plain = StraightLineTime::constant_speed(50.0 / 3.6).ok_or("50 km/h is a speed")?;
    let mut speeds: Vec<f64> = earlier.iter().map(|(m, s)| m / s).collect();
    let usual = median(&mut speeds);
    let usual = StraightLineTime::constant_speed(usual).ok_or("the median speed is a speed")?;
    let later = trips(true);
    let usual_name = format!(
        "distance at the median speed, {:.0} km/h",
        3.6 / usual.far_s_per_m
    );
    for (name, tried) in [
        ("calibrated", model),
        ("distance at 50 km/h", plain),
        (usual_name.as_str(), usual),
    ] {
        let mut off: Vec<f64> = later
            .iter()
            .map(|&(m, s)| (tried.seconds(m) - s) / 60.0)
            .collect();
        let bias = median(&mut off);
        let mut error: Vec<f64> = off.iter().map(|off| off.abs()).collect();
        report
            .errors
            .push((name.to_owned(), median(&mut error), bias, later.len()));
    }
    report.model = Some(model);
    Ok(model)
}

fn replay(
    records: &[Record],
    model: &StraightLineTime,
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let vocabulary = CapabilityVocabulary::standard();
    let mut index = UnitIndex::new();
    let mut ids: BTreeMap<&str, ResourceId> = BTreeMap::new();
    for record in records {
        if !ids.contains_key(record.unit.as_str()) {
            let id = ResourceId::v7(ids.len() as u64, [0; 10]);
            ids.insert(&record.unit, id);
            index.upsert(Unit {
                id,
                position: record.base,
                capabilities: vocabulary.set_of([&record.capability()])?,
                status: ResourceStatus::Available,
            })?;
            report.bases.push((record.base, record.unit.clone()));
        }
    }
    report.units = ids.len();
    let mut busy: BTreeSet<(NaiveDateTime, ResourceId)> = BTreeSet::new();
    let progress = ProgressBar::new(records.len() as u64);
    for record in records {
        progress.inc(1);
        while let Some(&(until, id)) = busy.first() {
            if until > record.alarm {
                break;
            }
            busy.pop_first();
            if !busy.iter().any(|&(_, other)| other == id) {
                index.set_status(id, ResourceStatus::Available)?;
            }
        }
        let Some(&id) = ids.get(record.unit.as_str()) else {
            continue;
        };
        if index
            .get(id)
            .is_none_or(|unit| !unit.status.is_assignable())
        {
            // Sent again before the last mission was closed: the record of that one runs too long.
            report.marked_busy += 1;
            index.set_status(id, ResourceStatus::Available)?;
        }
        // A unit may stand at another base today.
        index.move_to(id, record.base)?;
        consider(&index, &vocabulary, record, id, model, report)?;
        index.set_status(id, ResourceStatus::Alerted)?;
        let until = record.free.unwrap_or_else(|| {
            report.no_end += 1;
            record.alarm + Duration::minutes(60)
        });
        busy.insert((until, id));
    }
    progress.finish_and_clear();
    Ok(())
}

fn consider(
    index: &UnitIndex,
    vocabulary: &CapabilityVocabulary,
    record: &Record,
    sent: ResourceId,
    model: &StraightLineTime,
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let request = Request::new(record.at, vocabulary.set_of([&record.capability()])?);
    let choices = index.nearest_by(&request, index.len(), model);
    let Some(best) = choices.first() else {
        return Ok(());
    };
    report.sent += 1;
    // Units of one base are equally near: any of them is the same choice.
    let cost = choices
        .iter()
        .find(|choice| choice.unit.id == sent)
        .map_or(f64::INFINITY, |choice| choice.cost);
    let mut nearer: Vec<f64> = choices
        .iter()
        .map(|choice| choice.cost)
        .filter(|c| *c < cost - 1.0)
        .collect();
    nearer.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    if let Some(count) = report.rank.get_mut(nearer.len().min(3)) {
        *count += 1;
    }
    let kind = record.capability().to_string();
    let kind = report.by_kind.entry(kind).or_default();
    kind.0 += 1;
    kind.1 += usize::from(nearer.is_empty());
    if let Some(real) = record.driving_s().filter(|s| (20.0..3600.0).contains(s)) {
        report.real_s.push(real);
        report.same_s.push(cost);
        report.first_s.push(best.cost);
        if let Some(set_off) = record.set_off_s().filter(|s| *s < 3600.0) {
            report.real_response_s.push(set_off + real);
            report.first_response_s.push(set_off + best.cost);
        }
    }
    let met = best.cost <= TARGET_S;
    let hour = record.alarm.hour() as usize;
    if let (Some(calls), Some(unmet)) = (
        report.calls_by_hour.get_mut(hour),
        report.unmet_by_hour.get_mut(hour),
    ) {
        *calls += 1;
        *unmet += usize::from(!met);
    }
    let city = report.by_city.entry(record.postcode.clone()).or_default();
    if let Some(city) = city.get_mut(hour) {
        city.0 += 1;
        city.1 += usize::from(!met);
    }
    report.calls.push((record.at, met));
    Ok(())
}

pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

pub(crate) fn share(part: usize, of: usize) -> f64 {
    if of == 0 {
        0.0
    } else {
        part as f64 * 100.0 / of as f64
    }
}

/// Tells what a vehicle can do from its kind and its name.
pub(crate) fn capability_of(vector: &str, unit: &str) -> Option<Capability> {
    if unit.ends_with("PIT") {
        Some(Capability::PIT)
    } else if vector == "SMUR" || unit.starts_with("M-") {
        Some(Capability::MUG)
    } else if vector == "AMB" || unit.starts_with("A-") {
        Some(Capability::AMBULANCE)
    } else {
        None
    }
}
