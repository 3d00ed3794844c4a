//! Bit runs, the reader and the writer against a walk bit by bit, and at the borders of their ranges.
#![expect(
    clippy::indexing_slicing,
    reason = "a test stops where its own numbers are wrong"
)]

use kabat_tetra::{BitReader, BitWriter, Bits, DecodeErrorKind, EncodeErrorKind};

/// Octets without a pattern: the top of a linear congruential sequence.
fn octets(count: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_u32;
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .collect()
}

fn bit(octets: &[u8], at: usize) -> bool {
    octets[at / 8] >> (7 - at % 8) & 1 == 1
}

/// The number in `width` bits, one bit after the other.
fn walk(octets: &[u8], start: usize, width: usize) -> u64 {
    (start..start + width).fold(0, |sum, at| sum << 1 | u64::from(bit(octets, at)))
}

#[test]
fn every_window_is_the_walk() {
    for count in 0..=20 {
        let octets = octets(count);
        let all = Bits::from_octets(&octets);
        assert_eq!(all.len(), count * 8);
        for start in 0..=count * 8 {
            for width in 0..=64_usize {
                let asked = u32::try_from(width).unwrap();
                let there = start + width <= count * 8;
                let want = there.then(|| walk(&octets, start, width));
                assert_eq!(all.number(start, asked), want, "{start} {width} of {count}");
                let mut reader = BitReader::new(all.slice(start, count * 8 - start).unwrap(), "t");
                assert_eq!(reader.position(), start);
                assert_eq!(reader.take(asked, "f").ok(), want);
                assert_eq!(
                    reader.left(),
                    count * 8 - start - if there { width } else { 0 }
                );
            }
            assert_eq!(all.number(start, 65), None);
            let mut reader = BitReader::new(all.slice(start, count * 8 - start).unwrap(), "t");
            assert!(reader.take(65, "f").is_err());
        }
    }
}

#[test]
fn typed_fields_are_the_walk_too() {
    let octets = octets(24);
    for first in 0..57_u32 {
        for width in 0..=32_u32 {
            let mut reader = BitReader::new(Bits::from_octets(&octets), "t");
            let mut at = 0;
            let mut next = |width: u32| {
                let want = walk(&octets, at, width as usize);
                at += width as usize;
                want
            };
            assert_eq!(reader.take(first, "a").unwrap(), next(first));
            assert_eq!(u64::from(reader.flag("b").unwrap()), next(1));
            assert_eq!(u64::from(reader.u32(width, "c").unwrap()), next(width));
            let narrow = width / 2;
            assert_eq!(u64::from(reader.u16(narrow, "d").unwrap()), next(narrow));
            let narrow = width / 4;
            assert_eq!(u64::from(reader.u8(narrow, "e").unwrap()), next(narrow));
            let run = reader.bits(11, "f").unwrap();
            assert_eq!(run.number(0, 11), Some(next(11)));
            let seen = reader.position();
            assert_eq!(seen, at);
            assert_eq!(reader.peek_rest(), reader.clone().rest());
            assert_eq!(reader.rest().len(), octets.len() * 8 - seen);
            assert_eq!(reader.left(), 0);
            assert!(reader.finish().is_ok());
        }
    }
}

#[test]
fn the_end_may_be_fewer_than_eight_zero_bits() {
    let end = |octets: &[u8], bits: usize| {
        let reader = BitReader::new(Bits::new(octets, bits).unwrap(), "t");
        reader.finish().map_err(|error| error.kind().clone())
    };
    assert_eq!(end(&[], 0), Ok(()));
    assert_eq!(end(&[0], 7), Ok(()));
    assert_eq!(end(&[0], 8), Err(DecodeErrorKind::Trailing { bits: 8 }));
    assert_eq!(end(&[1], 7), Ok(()));
    assert_eq!(end(&[2], 7), Err(DecodeErrorKind::Trailing { bits: 7 }));
    assert_eq!(end(&[0x80], 1), Err(DecodeErrorKind::Trailing { bits: 1 }));
}

#[test]
fn runs_compare_copy_and_show_what_is_in_them() {
    let octets = [0xA5, 0xF0, 0x5A, 0x5F];
    let all = Bits::from_octets(&octets);
    // 1010 0101 1111 0000 0101 1010 0101 1111: the first twelve bits stand at bit 20 again.
    let (first, again) = (all.slice(0, 12).unwrap(), all.slice(20, 12).unwrap());
    assert_eq!(first, again);
    assert_ne!(first, all.slice(0, 11).unwrap());
    assert_ne!(first, all.slice(1, 12).unwrap());
    assert_eq!(first.to_string(), "A5F/12");
    assert_eq!(all.slice(0, 16).unwrap().to_string(), "A5F0/16");
    assert_eq!(all.slice(0, 4).unwrap().to_string(), "A/4");
    assert_eq!(all.slice(0, 5).unwrap().to_string(), "A0/5");
    assert_eq!(all.slice(0, 9).unwrap().to_string(), "A58/9");
    assert_eq!(format!("{first:?}"), "Bits(A5F/12)");
    assert_eq!(all.as_octets(), Some(&octets[..]));
    assert_eq!(
        all.slice(8, 16).unwrap().as_octets(),
        Some(&[0xF0, 0x5A][..])
    );
    assert_eq!(all.slice(8, 12).unwrap().as_octets(), None);
    assert_eq!(all.slice(4, 12).unwrap().as_octets(), None);
    let mut walked = again.octets();
    assert_eq!(walked.size_hint(), (2, Some(2)));
    assert_eq!((walked.next(), walked.len()), (Some(0xA5), 1));
    assert_eq!((walked.next(), walked.len()), (Some(0xF0), 0));
    assert_eq!(walked.next(), None);
    let mut room = [0xEE; 3];
    assert_eq!(again.copy_to(&mut room), Some(&[0xA5, 0xF0][..]));
    assert_eq!(room[2], 0xEE);
    assert_eq!(again.copy_to(&mut room[..1]), None);
    assert!(Bits::EMPTY.is_empty() && Bits::EMPTY.is_zero() && !first.is_empty());
    assert!(all.slice(12, 4).unwrap().is_zero() && !all.slice(12, 6).unwrap().is_zero());
    assert!(all.slice(30, 3).is_none() && Bits::new(&octets, 33).is_none());
    assert_eq!(
        (all.get(0), all.get(1), all.get(32)),
        (Some(true), Some(false), None)
    );
}

/// Lengths are kept in 32 bits. The octets are never written, so the system gives no memory for them.
#[cfg(target_pointer_width = "64")]
#[test]
fn a_run_ends_at_the_deepest_octet() {
    let deep = vec![0_u8; (1 << 29) + 1];
    assert_eq!(Bits::from_octets(&deep).len(), (1 << 32) - 8);
    assert_eq!(
        Bits::from_octets(&deep[..(1 << 29) - 1]).len(),
        (1 << 32) - 8
    );
    assert_eq!(
        Bits::new(&deep, (1 << 32) - 1).unwrap().len(),
        (1 << 32) - 1
    );
    assert!(Bits::new(&deep, 1 << 32).is_none());
}

#[test]
fn every_field_is_written_where_it_belongs() {
    let source = octets(40);
    for before in 0..=16_u32 {
        for width in 0..=64_u32 {
            let (head, value) = (
                walk(&source, 3, before as usize),
                walk(&source, 40, width as usize),
            );
            let bits = (before + width) as usize;
            for spare in [0, 1, 9] {
                let mut room = vec![0xEE; bits.div_ceil(8) + spare];
                let mut writer = BitWriter::new(&mut room, "t");
                writer.put(head, before, "a").unwrap();
                writer.put(value, width, "b").unwrap();
                assert_eq!(writer.bit_len(), bits);
                assert_eq!(writer.octets().len(), bits.div_ceil(8));
                let written = writer.into_bits();
                assert_eq!(written.number(0, before), Some(head));
                assert_eq!(written.number(before as usize, width), Some(value));
                // The last octet is filled with zero bits, and those behind it are as they were.
                let filling = (8 - bits % 8) % 8;
                assert_eq!(walk(&room, bits, filling), 0, "{before} {width}");
                assert!(room[bits.div_ceil(8)..].iter().all(|octet| *octet == 0xEE));
            }
        }
    }
}

#[test]
fn octets_behind_the_last_bit_are_not_touched() {
    let mut room = [0xEE; 4];
    let mut writer = BitWriter::new(&mut room, "t");
    writer.put(0b101, 3, "a").unwrap();
    writer.put(0x1F, 5, "b").unwrap();
    writer.put(1, 1, "c").unwrap();
    assert_eq!(room, [0b1011_1111, 0x80, 0xEE, 0xEE]);
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_moves() {
    let mut room = [0; 8];
    let mut writer = BitWriter::new(&mut room, "t");
    for (value, width) in [
        (1, 0),
        (2, 1),
        (256, 8),
        (1 << 57, 57),
        (1 << 58, 58),
        (1 << 63, 63),
    ] {
        let error = writer.put(value, width, "f").unwrap_err();
        assert_eq!((error.field(), error.bit_offset()), ("f", 0), "{width}");
        assert_eq!(error.kind().code(), "too_wide", "{width}");
        writer.put(0, 0, "nothing").unwrap();
        assert_eq!(writer.bit_len(), 0);
    }
    writer.put(7, 61, "f").unwrap();
    let full = writer.put(1, 4, "g").unwrap_err();
    assert_eq!(
        (full.kind(), full.field(), full.bit_offset(), full.pdu()),
        (
            &EncodeErrorKind::BufferFull { needed: 4, left: 3 },
            "g",
            61,
            "t"
        )
    );
    assert_eq!(writer.written().number(0, 61), Some(7));
    writer.put(5, 3, "h").unwrap();
    let full = writer.flag(true, "i").unwrap_err();
    assert_eq!(
        full.kind(),
        &EncodeErrorKind::BufferFull { needed: 1, left: 0 }
    );
}

#[test]
fn runs_of_every_length_are_appended_whole() {
    let source = octets(20);
    for before in 0..9_usize {
        for length in 0..=100_usize {
            let run = Bits::from_octets(&source).slice(5, length).unwrap();
            let mut room = [0xFF; 20];
            let mut writer = BitWriter::new(&mut room, "t");
            writer.put(0, u32::try_from(before).unwrap(), "a").unwrap();
            writer.bits(run, "b").unwrap();
            assert_eq!(writer.written().slice(before, length), Some(run));
            assert_eq!(writer.bit_len(), before + length);
        }
    }
    let mut room = [0; 3];
    let mut writer = BitWriter::new(&mut room, "t");
    writer.octets_of(&[0xA5, 0x5A], "a").unwrap();
    assert_eq!(writer.octets(), [0xA5, 0x5A]);
}
