//! TETRA messages: this crate beside a decoder that walks tables bit by bit.
//!
//! Both sides leave everything they read in memory, every field and the characters, and are looked at by reference:
//! a result that nobody looks at is not made, and a result that is moved measures the move.
//!
//! `cargo bench -p kabat-benches --bench tetra`
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark over messages it makes itself"
)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use kabat_tetra::{BitWriter, Bits, Lip, Sds, ShortLocationReport};
use std::hint::black_box;
use std::time::{Duration, Instant};

const SHORT: [u8; 10] = [0x00, 0x2F, 0x7D, 0xC2, 0x4F, 0xA7, 0xB1, 0x03, 0xE8, 0x10];
const MESSAGES: usize = 1_000_000;

/// The rival: one loop over the bits of each field of a table, the table not known when compiling.
#[inline(never)]
fn bit_loop(bytes: &[u8], table: &[u32], out: &mut [u64]) {
    let mut at = 0;
    for (width, value) in table.iter().zip(out) {
        *value = 0;
        for _ in 0..*width {
            *value = (*value << 1) | u64::from((bytes[at / 8] >> (7 - at % 8)) & 1);
            at += 1;
        }
    }
}

const SHORT_TABLE: [u32; 9] = [2, 2, 25, 24, 3, 7, 4, 1, 8];
const TEXT_TABLE: [u32; 8] = [8, 4, 2, 1, 1, 8, 1, 7];

/// What the rival makes of a text message: every field of the header, and the characters.
fn rival_text(octets: &[u8]) -> Option<([u64; 8], &[u8])> {
    let mut fields = [0; 8];
    let text = octets.get(4..)?;
    bit_loop(octets, black_box(&TEXT_TABLE), &mut fields);
    Some((fields, text))
}

fn long_report() -> (Vec<u8>, usize) {
    // Time of position, circle with altitude, velocity with direction; built from the field tables.
    let mut room = vec![0; 32];
    let fields = [
        (1, 2),
        (3, 4),
        (2, 2),
        (25, 5),
        (3, 5),
        (50, 6),
        (44, 6),
        (5, 4),
        (400_000, 25),
        (4_740_000, 24),
        (3, 6),
        (0, 1),
        (775, 11),
        (5, 3),
        (15, 7),
        (226, 8),
        (0, 1),
        (0, 1),
        (130, 8),
    ];
    let mut writer = BitWriter::new(&mut room, "long");
    for (value, width) in fields {
        writer.put(value, width, "field").unwrap();
    }
    let bits = writer.bit_len();
    (room, bits)
}

fn text_message() -> Vec<u8> {
    let mut octets = vec![0x82, 0x04, 0x11, 0x01];
    octets.extend_from_slice(b"Brand, Kerkstraat 3");
    octets
}

/// Short reports, texts, reports and long reports in turn, in the shares 6 : 2 : 1 : 1.
fn mixed() -> (Vec<u8>, Vec<(u32, u16)>) {
    let (long, long_bits) = long_report();
    let mut octets = Vec::new();
    let mut places = Vec::new();
    let mut seed = 0x9E37_79B9_u32;
    for index in 0..MESSAGES {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let start = u32::try_from(octets.len()).unwrap();
        let bits = match index % 10 {
            0..=5 => {
                octets.push(0x0A);
                octets.extend_from_slice(&SHORT);
                octets.last_chunk_mut::<9>().unwrap()[..4].copy_from_slice(&seed.to_be_bytes());
                84
            }
            6 | 7 => {
                octets.extend_from_slice(&text_message());
                23 * 8
            }
            8 => {
                octets.extend_from_slice(&[0x82, 0x10, 0x00, seed.to_be_bytes()[0]]);
                32
            }
            _ => {
                octets.push(0x0A);
                octets.extend_from_slice(&long[..long_bits.div_ceil(8)]);
                u16::try_from(long_bits + 8).unwrap()
            }
        };
        places.push((start, bits));
    }
    (octets, places)
}

fn decode_all(octets: &[u8], places: &[(u32, u16)]) -> u32 {
    let mut sum = 0_u32;
    for (start, bits) in places {
        let bits = Bits::new(&octets[*start as usize..], usize::from(*bits)).unwrap();
        if let Ok(sds) = Sds::decode(bits) {
            sum = sum.wrapping_add(u32::from(black_box(&sds).protocol.raw()));
        }
    }
    sum
}

fn tetra(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("tetra");
    group
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(1))
        .sample_size(30);
    group.bench_function("lip_short/decode", |b| {
        b.iter(|| {
            black_box(&ShortLocationReport::decode(
                Bits::new(black_box(&SHORT), 76).unwrap(),
            ));
        });
    });
    group.bench_function("lip_short/bit_loop_rival", |b| {
        b.iter(|| {
            let mut fields = [0; 9];
            bit_loop(black_box(&SHORT), black_box(&SHORT_TABLE), &mut fields);
            black_box(&fields);
        });
    });
    let report = ShortLocationReport::decode(Bits::new(&SHORT, 76).unwrap()).unwrap();
    group.bench_function("lip_short/encode", |b| {
        let mut room = [0; 10];
        b.iter(|| black_box(&report).encode(&mut BitWriter::new(black_box(&mut room), "bench")));
    });
    let (long, long_bits) = long_report();
    assert!(matches!(
        Lip::decode(Bits::new(&long, long_bits).unwrap())
            .unwrap()
            .pdu,
        kabat_tetra::LipPdu::Long(_)
    ));
    group.bench_function("lip_long/decode", |b| {
        b.iter(|| {
            black_box(&Lip::decode(
                Bits::new(black_box(&long), long_bits).unwrap(),
            ));
        });
    });
    let text = text_message();
    group.bench_function("text_header/decode", |b| {
        b.iter(|| {
            black_box(&Sds::decode(Bits::from_octets(black_box(&text))));
        });
    });
    group.bench_function("text_header/bit_loop_rival", |b| {
        b.iter(|| {
            black_box(&rival_text(black_box(&text)));
        });
    });
    let (octets, places) = mixed();
    group
        .throughput(Throughput::Elements(MESSAGES as u64))
        .sample_size(10);
    group.bench_function("mixed/decode_1M", |b| {
        b.iter_batched(
            || (),
            |()| decode_all(black_box(&octets), black_box(&places)),
            BatchSize::PerIteration,
        );
    });
    group.finish();

    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        black_box(decode_all(black_box(&octets), black_box(&places)));
        best = best.min(start.elapsed());
    }
    let rate = MESSAGES as f64 / best.as_secs_f64();
    println!(
        "headline: {:.1} M mixed messages/s on one core; 2.3 billion SDS take {:.0} s",
        rate / 1e6,
        2.3e9 / rate
    );
}

criterion_group!(benches, tetra);
criterion_main!(benches);
