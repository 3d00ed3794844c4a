//! Two regressions with a quadratic penalty, fitted by resilient propagation: each weight has its own step, which grows while its
//! slope keeps its sign and shrinks when it turns.

/// Penalty of a type weight and of an urgency weight: half of it times the square is added to the loss.
const TYPE_PENALTY: f64 = 2.;
const URGENCY_PENALTY: f64 = 1.;
const ROUNDS: usize = 150;

/// A labelled note, in numbers.
pub(crate) struct Sample {
    pub(crate) features: Vec<usize>,
    pub(crate) kind: usize,
    /// 1 to 4.
    pub(crate) priority: u8,
}

/// What speaks for each type.
pub(crate) struct TypeWeights {
    kinds: usize,
    weights: Vec<f64>,
    pub(crate) start: Vec<f64>,
}

impl TypeWeights {
    /// Returns what a feature adds to a type.
    pub(crate) fn weight(&self, feature: usize, kind: usize) -> f64 {
        self.weights
            .get(feature * self.kinds + kind)
            .copied()
            .unwrap_or(0.)
    }
}

/// What makes it urgent.
pub(crate) struct UrgencyWeights {
    pub(crate) weights: Vec<f64>,
    pub(crate) start: Vec<f64>,
    /// Even odds for priority 1, for 2 or better, and for 3 or better.
    pub(crate) above: [f64; 3],
}

/// Minimises a convex loss, given its slopes.
fn minimise(count: usize, mut slopes: impl FnMut(&[f64], &mut [f64])) -> Vec<f64> {
    let mut at = vec![0_f64; count];
    let mut slope = vec![0_f64; count];
    let mut before = vec![0_f64; count];
    let mut step = vec![0.05_f64; count];
    for _ in 0..ROUNDS {
        slope.fill(0.);
        slopes(&at, &mut slope);
        for (((at, slope), before), step) in
            at.iter_mut().zip(&slope).zip(&mut before).zip(&mut step)
        {
            let turned: f64 = slope * *before;
            if turned < 0. {
                *step = (*step * 0.5).max(1e-6);
                *before = 0.;
                continue;
            }
            if turned > 0. {
                *step = (*step * 1.2).min(1.);
            }
            if *slope != 0. {
                *at -= step.copysign(*slope);
            }
            *before = *slope;
        }
    }
    at
}

/// Fits a multinomial logistic regression of the type on the features.
pub(crate) fn types(samples: &[Sample], features: usize, kinds: usize) -> TypeWeights {
    let weights = minimise((features + 1) * kinds, |at, slope| {
        let (weights, start) = at.split_at(features * kinds);
        let (slope_weights, slope_start) = slope.split_at_mut(features * kinds);
        for (slope, weight) in slope_weights.iter_mut().zip(weights) {
            *slope = TYPE_PENALTY * weight;
        }
        for sample in samples {
            let mut odds = start.to_vec();
            for row in sample
                .features
                .iter()
                .filter_map(|f| weights.chunks(kinds).nth(*f))
            {
                for (odds, weight) in odds.iter_mut().zip(row) {
                    *odds += weight;
                }
            }
            let most = odds.iter().copied().fold(f64::MIN, f64::max);
            for odds in &mut odds {
                *odds = (*odds - most).exp();
            }
            let all: f64 = odds.iter().sum();
            for odds in &mut odds {
                *odds /= all;
            }
            if let Some(own) = odds.get_mut(sample.kind) {
                *own -= 1.;
            }
            let add = |row: &mut [f64]| {
                for (slope, odds) in row.iter_mut().zip(&odds) {
                    *slope += odds;
                }
            };
            add(slope_start);
            for feature in &sample.features {
                if let Some(row) = slope_weights.chunks_mut(kinds).nth(*feature) {
                    add(row);
                }
            }
        }
    });
    let (weights, start) = weights.split_at(features * kinds);
    TypeWeights {
        kinds,
        weights: weights.to_vec(),
        start: start.to_vec(),
    }
}

/// Fits an ordinal regression of the priority on the type and those features that `may` count.
pub(crate) fn ordinal(samples: &[Sample], may: &[bool], kinds: usize) -> UrgencyWeights {
    let features = may.len();
    let fitted = minimise(features + kinds + 3, |at, slope| {
        let (weights, above) = at.split_at(features + kinds);
        let (slope_weights, slope_above) = slope.split_at_mut(features + kinds);
        for (slope, weight) in slope_weights.iter_mut().zip(weights) {
            *slope = URGENCY_PENALTY * weight;
        }
        for sample in samples {
            let counted = sample
                .features
                .iter()
                .copied()
                .filter(|f| may.get(*f) == Some(&true));
            let counted: Vec<usize> = counted.chain([features + sample.kind]).collect();
            let sum: f64 = counted.iter().filter_map(|at| weights.get(*at)).sum();
            let mut all = 0.;
            for ((rank, above), slope) in (1..=3).zip(above).zip(slope_above.iter_mut()) {
                let likely = 1. / (1. + (above - sum).exp());
                let off = likely - f64::from(u8::from(sample.priority <= rank));
                all += off;
                *slope -= off;
            }
            for at in counted {
                if let Some(slope) = slope_weights.get_mut(at) {
                    *slope += all;
                }
            }
        }
    });
    let part = |from: usize, to: usize| fitted.get(from..to).unwrap_or(&[]).to_vec();
    let above = part(features + kinds, features + kinds + 3);
    UrgencyWeights {
        weights: part(0, features),
        start: part(features, features + kinds),
        above: <[f64; 3]>::try_from(above).unwrap_or([0.; 3]),
    }
}
