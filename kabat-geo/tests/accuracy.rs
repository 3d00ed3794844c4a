//! The embedded atlas against municipal polygons beside the project; prints a table.
#![cfg(feature = "geojson")]
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop with a panic"
)]

use std::fs;
use std::path::PathBuf;

use kabat_core::Position;
use kabat_geo::{Atlas, BoundarySet, Certainty, DatedAtlas, NaiveDate};

fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")).join(name);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: `{}` is not at hand", path.display());
    }
    text
}

fn day() -> NaiveDate {
    "2026-06-01".parse().unwrap()
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[derive(Default, Clone)]
struct Score {
    points: usize,
    municipality: usize,
    police: usize,
    rescue: usize,
    exact: usize,
    exact_wrong_far: usize,
    deciles: [[(usize, f64, usize); 10]; 3],
}

impl Score {
    /// Shares that must be right.
    fn at_least(&self, municipality: f64, police: f64) {
        let all = self.points as f64;
        assert!(self.municipality as f64 >= municipality * all);
        assert!(self.police as f64 >= police * all);
        assert_eq!(self.exact_wrong_far, 0);
    }

    /// Stated likelihoods within three points of what was right, in every decile with enough answers to tell.
    fn is_calibrated(&self, answers: usize) {
        for (count, stated, right) in self.deciles.iter().flatten() {
            let off = (*right as f64 - stated) / *count as f64;
            assert!(*count < answers || off.abs() <= 0.03, "{off} of {count}");
        }
    }

    fn add(&mut self, other: &Self) {
        self.points += other.points;
        self.municipality += other.municipality;
        self.police += other.police;
        self.rescue += other.rescue;
        self.exact += other.exact;
        self.exact_wrong_far += other.exact_wrong_far;
        let rows = self.deciles.iter_mut().flatten();
        for (row, (count, stated, right)) in rows.zip(other.deciles.iter().flatten()) {
            row.0 += count;
            row.1 += stated;
            row.2 += right;
        }
    }
}

fn measure(truth: &DatedAtlas<'_>, guess: &DatedAtlas<'_>, points: &[Position]) -> Score {
    let mut score = Score::default();
    for &point in points {
        let (right, answer) = (truth.locate(point), guess.locate(point));
        if matches!(
            right.certainty,
            Certainty::Nearest { .. } | Certainty::Unknown
        ) {
            continue;
        }
        score.points += 1;
        let same = [
            right.municipality == answer.municipality,
            right.police_zone == answer.police_zone,
            right.rescue_zone == answer.rescue_zone,
        ];
        score.municipality += usize::from(same[0]);
        score.police += usize::from(same[1]);
        score.rescue += usize::from(same[2]);
        match answer.certainty {
            Certainty::Exact => {
                score.exact += 1;
                score.exact_wrong_far +=
                    usize::from(!same[0] && right.certainty == Certainty::Exact);
            }
            Certainty::Likely {
                municipality,
                police_zone,
                rescue_zone,
                ..
            } => {
                let stated = [municipality, police_zone, rescue_zone];
                for ((table, stated), same) in score.deciles.iter_mut().zip(stated).zip(same) {
                    let row = &mut table[((stated * 10.0) as usize).min(9)];
                    row.0 += 1;
                    row.1 += f64::from(stated);
                    row.2 += usize::from(same);
                }
            }
            _ => {}
        }
    }
    score
}

fn print(name: &str, score: &Score) {
    let part = |count: usize| 100.0 * count as f64 / score.points as f64;
    println!(
        "{name:<24} {:>6} points: municipality {:.2} %, police zone {:.2} %, rescue zone {:.2} %; exact {:.1} %, of these wrong beyond 50 m {}",
        score.points,
        part(score.municipality),
        part(score.police),
        part(score.rescue),
        part(score.exact),
        score.exact_wrong_far
    );
}

fn print_deciles(score: &Score) {
    let names = ["municipality", "police", "rescue"];
    for (what, table) in names.iter().zip(&score.deciles) {
        for (decile, (count, stated, right)) in table.iter().enumerate() {
            if *count > 0 {
                let share = |sum: f64| 100.0 * sum / *count as f64;
                println!(
                    "    {what:<12} {:>3}-{:<3} % n {count:>6}  stated {:.1}  right {:.1}",
                    decile * 10,
                    decile * 10 + 10,
                    share(*stated),
                    share(*right as f64)
                );
            }
        }
    }
}

fn replay_points() -> Option<Vec<Position>> {
    let text = shared("replay/brussels_2022-07.csv")?;
    let mut seen = std::collections::BTreeSet::new();
    Some(
        text.lines()
            .skip(1)
            .filter_map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                // One place a mission: a row is a vehicle.
                let place =
                    Position::from_degrees(cells[2].parse().ok()?, cells[1].parse().ok()?).ok()?;
                seen.insert(cells[0].to_owned()).then_some(place)
            })
            .collect(),
    )
}

#[test]
fn embedded_atlas_against_polygons() {
    let Some(text) = shared("geo/municipalities_full.topojson") else {
        return;
    };
    let exact =
        Atlas::from_municipalities(BoundarySet::from_topojson(&text, "m2025", "nis").unwrap())
            .unwrap();
    let (truth, guess) = (exact.on(day()), Atlas::belgium().on(day()));
    // None of these points served to choose the numbers of the model.
    let mut pooled = Score::default();
    for seed in 1..=6_u64 {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut points = Vec::new();
        while points.len() < 20_000 {
            let point =
                Position::from_degrees(49.49 + 2.02 * random.next(), 2.54 + 3.87 * random.next())
                    .unwrap();
            if !matches!(
                truth.locate(point).certainty,
                Certainty::Nearest { .. } | Certainty::Unknown
            ) {
                points.push(point);
            }
        }
        let score = measure(&truth, &guess, &points);
        print("random points", &score);
        pooled.add(&score);
    }
    print("random points, pooled", &pooled);
    print_deciles(&pooled);
    pooled.at_least(0.915, 0.965);
    pooled.is_calibrated(600);
    if let Some(points) = replay_points() {
        let score = measure(&truth, &guess, &points);
        print("call places", &score);
        print_deciles(&score);
        score.at_least(0.965, 0.990);
    }
}
