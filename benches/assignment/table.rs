//! Timing beside rivals, and one table at the end.

use std::time::{Duration, Instant};

/// What was wanted and what was reached.
pub(crate) struct Row {
    what: String,
    ours_ns: f64,
    against: String,
    reached: f64,
    goal: Option<Goal>,
}

#[derive(Clone, Copy)]
pub(crate) enum Goal {
    AtLeast(f64),
    AtMost(f64),
}

pub(crate) struct Table {
    pub(crate) quick: bool,
    rows: Vec<Row>,
}

impl Table {
    pub(crate) fn new(quick: bool) -> Self {
        Self {
            quick,
            rows: Vec::new(),
        }
    }

    pub(crate) fn ratio(
        &mut self,
        what: &str,
        ours: f64,
        rival: &str,
        theirs: f64,
        goal: Option<f64>,
    ) {
        let against = format!("{rival}, {}", duration(theirs));
        self.row(what, ours, &against, theirs / ours, goal.map(Goal::AtLeast));
    }

    pub(crate) fn row(
        &mut self,
        what: &str,
        ours_ns: f64,
        against: &str,
        reached: f64,
        goal: Option<Goal>,
    ) {
        let row = Row {
            what: what.to_owned(),
            ours_ns,
            against: against.to_owned(),
            reached,
            goal,
        };
        eprintln!("{}", line(&row));
        self.rows.push(row);
    }

    pub(crate) fn print(&self) {
        println!("\n| what | time | beside | reached | asked | |\n|---|--:|---|--:|--:|---|");
        for row in &self.rows {
            println!("{}", line(row));
        }
    }

    /// Nanoseconds a call of each contender: the median of many short interleaved rounds, so that what else the
    /// machine does disturbs all of them alike. The least would pick the easiest questions of a slow contender.
    pub(crate) fn race<const N: usize>(
        &self,
        mut contenders: [&mut dyn FnMut(usize); N],
    ) -> [f64; N] {
        let (rounds, length) = if self.quick {
            (1, Duration::from_micros(100))
        } else {
            (30, Duration::from_millis(6))
        };
        let mut calls = [0_usize; N];
        let mut batches = [1_usize; N];
        for ((work, n), batch) in contenders.iter_mut().zip(&mut calls).zip(&mut batches) {
            while round(*work, n, *batch) < length / 2 {
                *batch *= 2;
            }
        }
        let mut spent: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
        let start = Instant::now();
        for done in 0..rounds {
            if done >= 5 && start.elapsed() > Duration::from_secs(6) {
                break;
            }
            for (i, work) in contenders.iter_mut().enumerate() {
                // What ran before has taken the caches.
                round(*work, &mut calls[i], batches[i].div_ceil(4));
                let time = round(*work, &mut calls[i], batches[i]).as_nanos() as f64;
                spent[i].push(time / batches[i] as f64);
            }
        }
        spent.map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        })
    }
}

fn round(work: &mut dyn FnMut(usize), n: &mut usize, batch: usize) -> Duration {
    let start = Instant::now();
    for _ in 0..batch {
        work(*n);
        *n += 1;
    }
    start.elapsed()
}

fn line(row: &Row) -> String {
    let (asked, verdict) = match row.goal {
        None => (String::new(), ""),
        Some(Goal::AtLeast(goal)) => (format!("≥ {goal}"), verdict(row.reached >= goal)),
        Some(Goal::AtMost(goal)) => (format!("≤ {goal}"), verdict(row.reached <= goal)),
    };
    let (what, against) = (&row.what, &row.against);
    let ours = duration(row.ours_ns);
    let reached = row.reached;
    format!("| {what} | {ours} | {against} | {reached:.1} | {asked} | {verdict} |")
}

fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "NOT met" }
}

pub(crate) fn duration(ns: f64) -> String {
    match ns {
        ns if ns < 10_000.0 => format!("{ns:.0} ns"),
        ns if ns < 1e6 => format!("{:.1} µs", ns / 1e3),
        ns => format!("{:.1} ms", ns / 1e6),
    }
}
