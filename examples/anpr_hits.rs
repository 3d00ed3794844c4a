//! Plate reads against a list of wanted plates: `cargo run --release --example anpr_hits [-- READS]`
//!
//! Makes up a list of 100,000 plates and the messages of four readers, merges the messages of each passage into one,
//! and looks every passage up: exactly, and with one character taken for a look-alike. Plates are printed as keyed
//! pseudonyms; nothing here is a real plate.
#![expect(clippy::print_stdout, reason = "the table is what the example is for")]

use std::error::Error;
use std::time::Instant;

use kabat::core::chrono::{DateTime, TimeDelta, Utc};
use kabat::core::{
    CameraId, HitEntry, HitList, HitReason, PassageMerger, Plate, PlateRead, PseudonymKey, TrackId,
    TrackStage,
};

/// Small generator with a fixed seed (Knuth's MMIX constants), so that every run prints the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn letter(&mut self) -> char {
        char::from(b'A' + u8::try_from(self.below(26)).unwrap_or(0))
    }

    fn plate(&mut self) -> String {
        let (a, b, c) = (self.letter(), self.letter(), self.letter());
        format!("{}-{a}{b}{c}-{:03}", 1 + self.below(2), self.below(1000))
    }
}

fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let passages: u64 = std::env::args().nth(1).map_or(Ok(50_000), |n| {
        let number = n.parse();
        number.map_err(|_| format!("`{n}` is not a number of reads"))
    })?;
    let start: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
    let mut dice = Dice(1);

    let reasons = [HitReason::new("stolen")?, HitReason::new("wanted_person")?];
    let wanted: Vec<String> = (0..100_000).map(|_| dice.plate()).collect();
    let entries = wanted
        .iter()
        .zip(reasons.iter().cycle())
        .zip(0_i64..)
        .map(|((text, reason), n)| {
            Ok(HitEntry {
                plate: text.parse()?,
                reason: reason.clone(),
                valid_from: start - TimeDelta::days(10),
                // Every tenth ended yesterday: it must not match any more.
                expires_at: start + TimeDelta::days(if n % 10 == 0 { -1 } else { 20 }),
                reference: None,
            })
        })
        .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let list = HitList::new(entries)?;

    let mut messages = Vec::new();
    for n in 0..passages {
        // One passage in five hundred is of a wanted plate, every second of them misread.
        let place = usize::try_from(dice.below(100_000))?;
        let text = match (n % 1000, wanted.get(place)) {
            (0, Some(text)) => text.clone(),
            (500, Some(text)) => text.replacen('B', "8", 1).replacen('S', "5", 1),
            _ => dice.plate(),
        };
        let at = start + TimeDelta::milliseconds(i64::try_from(n)? * 20);
        for (stage, ms) in [
            (TrackStage::New, 0),
            (TrackStage::Update, 40),
            (TrackStage::Lost, 80),
        ] {
            let confidence = u8::try_from(60 + dice.below(40))?;
            let camera = CameraId::v7(n % 4, [4; 10]);
            let at = at + TimeDelta::milliseconds(ms);
            let mut read = PlateRead::new(camera, at, text.parse::<Plate>()?, confidence);
            (read.track, read.stage) = (Some(TrackId(n)), stage);
            messages.push(read);
        }
    }

    let key = PseudonymKey::new(*b"only for example");
    let mut merger = PassageMerger::new(TimeDelta::seconds(5));
    let (mut passed, mut exact, mut near) = (0_u32, 0_u32, 0_u32);
    let count = messages.len();
    let clock = Instant::now();
    println!("time      pseudonym of the entry            reason         read as listed");
    for message in messages {
        let Some(passage) = merger.take(message) else {
            continue;
        };
        passed += 1;
        for hit in list.near(passage.best.plate, passage.first_at) {
            let how = match hit.confusion {
                None => {
                    exact += 1;
                    "yes".to_owned()
                }
                Some(confusion) => {
                    near += 1;
                    format!("no: {} for {}", confusion.read, confusion.meant)
                }
            };
            if exact + near <= 12 {
                let (at, pseudonym) = (
                    passage.first_at.format("%H:%M:%S"),
                    hit.entry.plate.pseudonym(&key),
                );
                println!("{at}  {pseudonym}  {:<13}  {how}", hit.entry.reason);
            }
        }
    }
    let taken = clock.elapsed();
    println!(
        "{count} messages, {passed} passages, {exact} exact hits, {near} with one look-alike, {} entries; {:.1} million \
         messages a second",
        list.len(),
        f64::from(u32::try_from(count)?) / taken.as_secs_f64() / 1e6
    );
    Ok(())
}
