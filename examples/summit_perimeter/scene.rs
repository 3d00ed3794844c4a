//! The invented afternoon: guarded areas, cars and their fixes, open incidents, radio emergencies.

use kabat::core::chrono::{DateTime, TimeDelta, Utc};
use kabat::core::{IncidentType, OpenIncident, Report};
use kabat::geo::{Fix, Perimeter, Shape};
use kabat::{IncidentId, Meters, Position, ResourceId};

pub(crate) type Failed = Box<dyn std::error::Error>;

/// How far off fixes may be, in metres.
const UNCERTAINTY_M: f64 = 25.0;

pub(crate) struct Car {
    pub(crate) id: ResourceId,
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) fixes: Vec<Fix>,
}

pub(crate) struct Alert {
    pub(crate) at: DateTime<Utc>,
    pub(crate) from: &'static str,
    pub(crate) report: Report,
}

pub(crate) struct Scene {
    pub(crate) perimeters: Vec<Perimeter>,
    pub(crate) cars: Vec<Car>,
    pub(crate) incidents: Vec<(OpenIncident, &'static str)>,
    pub(crate) alerts: Vec<Alert>,
}

/// Numbers that look random and are the same on every run (splitmix64), from -1 to 1.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let top = u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or_default();
        f64::from(top) / f64::from(u32::MAX) * 2.0 - 1.0
    }
}

fn place(lat: f64, lon: f64) -> Result<Position, Failed> {
    Ok(Position::from_degrees(lat, lon)?)
}

/// The venue, invented.
const VENUE: (f64, f64) = (50.8430, 4.3830);

/// The way of the motorcade.
const ROUTE: [(f64, f64); 4] = [
    (50.8800, 4.4350),
    (50.8700, 4.4150),
    (50.8560, 4.3990),
    VENUE,
];

/// The unit that has an incident of its own.
fn patrol_4() -> ResourceId {
    car_id(8)
}

fn car_id(number: u8) -> ResourceId {
    ResourceId::v7(u64::from(number), [7; 10])
}

fn perimeters(noon: DateTime<Utc>) -> Result<Vec<Perimeter>, Failed> {
    let perimeter = |code: &str, shape, approach: Option<f64>, dwell| {
        Ok::<_, Failed>(Perimeter {
            code: code.to_owned(),
            shape,
            from: noon,
            until: None,
            approach: approach.map(Meters::new).transpose()?,
            dwell,
        })
    };
    let circle = |radius| {
        Ok::<_, Failed>(Shape::Circle {
            centre: place(VENUE.0, VENUE.1)?,
            radius: Meters::new(radius)?,
        })
    };
    let line = ROUTE
        .iter()
        .map(|&(lat, lon)| place(lat, lon))
        .collect::<Result<_, _>>()?;
    let corridor = Shape::Corridor {
        line,
        half_width: Meters::new(150.0)?,
    };
    Ok(vec![
        perimeter("inner ring", circle(500.0)?, Some(300.0), None)?,
        perimeter(
            "outer ring",
            circle(1800.0)?,
            None,
            Some(TimeDelta::minutes(20)),
        )?,
        perimeter("motorcade", corridor, None, None)?,
    ])
}

/// Name, what it does, minutes after noon, and the points between which it drives.
type Way = (&'static str, &'static str, i64, Vec<(f64, f64)>);

fn cars(noon: DateTime<Utc>) -> Result<Vec<Car>, Failed> {
    let parks = [(50.8350, 4.3900), (50.8351, 4.3901)];
    let stands = [(50.8475, 4.3825), (50.8476, 4.3827)];
    let ways: [Way; 9] = [
        ("MOTO 1", "head of the motorcade", 10, ROUTE.to_vec()),
        ("MOTO 2", "tail of the motorcade", 11, ROUTE.to_vec()),
        (
            "CAR A",
            "drives across, through both rings",
            5,
            vec![(50.8430, 4.3480), (50.8432, 4.3830), (50.8425, 4.4200)],
        ),
        (
            "CAR B",
            "drives along the inner ring, 30 m outside it",
            20,
            along_ring(530.0),
        ),
        (
            "CAR C",
            "parks in the outer ring",
            15,
            [&[(50.8290, 4.3500)], &parks[..], &parks, &parks].concat(),
        ),
        (
            "CAR D",
            "passes far off",
            0,
            vec![(50.8750, 4.3450), (50.8680, 4.3700), (50.8720, 4.3900)],
        ),
        (
            "CAR E",
            "goes in and turns back",
            40,
            vec![(50.8250, 4.3830), (50.8400, 4.3830), (50.8250, 4.3830)],
        ),
        (
            "PATROL 3",
            "patrols between the rings",
            0,
            along_ring(1100.0),
        ),
        (
            "PATROL 4",
            "stands at the inner ring",
            0,
            [stands, stands].concat(),
        ),
    ];
    (0..)
        .zip(ways)
        .map(|(number, (name, what, minutes, points))| {
            let start = noon + TimeDelta::minutes(minutes);
            Ok(Car {
                id: car_id(number),
                name,
                what,
                fixes: drive(start, &points, u64::from(number))?,
            })
        })
        .collect()
}

fn incidents(noon: DateTime<Utc>) -> Result<Vec<(OpenIncident, &'static str)>, Failed> {
    let incident = |n, minutes, (lat, lon), kind: &str, resources| {
        Ok::<_, Failed>(OpenIncident {
            id: IncidentId::v7(n, [9; 10]),
            last_at: noon + TimeDelta::minutes(minutes),
            position: place(lat, lon)?,
            radius_m: Some(Meters::new(50.0)?),
            incident_type: Some(IncidentType::new(kind)?),
            resources,
        })
    };
    Ok(vec![
        (
            incident(
                1,
                30,
                (50.8478, 4.3822),
                "police.demonstration",
                vec![patrol_4()],
            )?,
            "demonstration at the inner ring",
        ),
        (
            incident(
                2,
                35,
                (50.8331, 4.3905),
                "police.suspicious_vehicle",
                vec![],
            )?,
            "parked car in the outer ring",
        ),
        (
            incident(3, 20, (50.8685, 4.3705), "traffic.accident", vec![])?,
            "accident in the north",
        ),
    ])
}

fn alerts(noon: DateTime<Utc>) -> Result<Vec<Alert>, Failed> {
    let alert = |minutes, from, (lat, lon), resource: Option<ResourceId>| {
        let at = noon + TimeDelta::minutes(minutes);
        let report = Report::new(at, place(lat, lon)?).with_radius(Meters::new(20.0)?);
        let report = match resource {
            Some(resource) => report.from_resource(resource),
            None => report,
        };
        Ok::<_, Failed>(Alert { at, from, report })
    };
    Ok(vec![
        alert(33, "PATROL 4", (50.8473, 4.3828), Some(patrol_4()))?,
        alert(44, "a steward", (50.8338, 4.3892), None)?,
        alert(50, "a train guard", (50.8600, 4.3350), None)?,
    ])
}

impl Scene {
    pub(crate) fn new() -> Result<Self, Failed> {
        let noon = "2026-06-12T12:00:00Z".parse()?;
        Ok(Self {
            perimeters: perimeters(noon)?,
            cars: cars(noon)?,
            incidents: incidents(noon)?,
            alerts: alerts(noon)?,
        })
    }

    /// All fixes with their car.
    pub(crate) fn fixes(&self) -> impl Iterator<Item = (ResourceId, Fix)> {
        self.cars
            .iter()
            .flat_map(|car| car.fixes.iter().map(|fix| (car.id, *fix)))
    }

    pub(crate) fn name(&self, unit: ResourceId) -> &'static str {
        self.cars
            .iter()
            .find(|car| car.id == unit)
            .map_or("?", |car| car.name)
    }

    pub(crate) fn incident_name(&self, id: IncidentId) -> &'static str {
        self.incidents
            .iter()
            .find(|(incident, _)| incident.id == id)
            .map_or("?", |(_, name)| name)
    }

    pub(crate) const fn venue() -> (f64, f64) {
        VENUE
    }
}

/// A way around the venue at a distance in metres.
fn along_ring(radius_m: f64) -> Vec<(f64, f64)> {
    (0..=36)
        .map(|step| {
            let angle = f64::from(step) * 10.0_f64.to_radians();
            let (east, north) = (radius_m * angle.cos(), radius_m * angle.sin());
            moved(VENUE, north, east)
        })
        .collect()
}

/// Returns the place so many metres to the north and to the east; good for a few kilometres.
fn moved((lat, lon): (f64, f64), north_m: f64, east_m: f64) -> (f64, f64) {
    (
        lat + north_m / 111_250.0,
        lon + east_m / (111_320.0 * lat.to_radians().cos()),
    )
}

/// Fixes every ten seconds along a way of forty minutes, each off by up to the uncertainty.
fn drive(start: DateTime<Utc>, points: &[(f64, f64)], seed: u64) -> Result<Vec<Fix>, Failed> {
    const FIXES: u32 = 240;
    let mut noise = Noise(seed);
    let legs = u32::try_from(points.len().saturating_sub(1))?;
    (0..FIXES)
        .map(|number| {
            // So many legs are done, and this share of the next.
            let (leg, share) = (number * legs / FIXES, number * legs % FIXES);
            let share = f64::from(share) / f64::from(FIXES);
            let (from, to) = match points.get(leg as usize..) {
                Some([from, to, ..]) => (*from, *to),
                _ => return Err("a way has two points at least".into()),
            };
            let there = (
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share,
            );
            // Within a square whose corners are the uncertainty away.
            let off = UNCERTAINTY_M / std::f64::consts::SQRT_2;
            let (lat, lon) = moved(there, noise.next() * off, noise.next() * off);
            Ok(Fix {
                at: start + TimeDelta::seconds(i64::from(number) * 10),
                position: place(lat, lon)?,
                uncertainty: Meters::new(UNCERTAINTY_M)?,
            })
        })
        .collect()
}
