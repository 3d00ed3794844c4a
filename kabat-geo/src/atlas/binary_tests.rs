//! Damaged bytes whose sum is right all the same: an atlas may refuse them or answer wrongly, but it must not panic or hang.

use kabat_core::Position;

use super::checksum;
use crate::Atlas;

#[test]
fn damaged_bytes_with_a_right_sum_do_no_harm() {
    let whole = Atlas::belgium().to_bytes();
    let day = "2026-06-01".parse().unwrap();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let mut read = 0;
    for round in 0..400 {
        let mut bytes = whole.clone();
        // A third of the rounds damage the head, the rest anything; a byte a time or many.
        let within = if round % 3 == 0 { 60 } else { bytes.len() - 8 };
        for _ in 0..=random(40) {
            let at = 10 + random(within - 10);
            bytes[at] = u8::try_from(random(256)).unwrap();
        }
        let body = bytes.len() - 8;
        let sum = checksum(&bytes[..body]);
        bytes[body..].copy_from_slice(&sum.to_le_bytes());
        let Ok(atlas) = Atlas::from_storage(bytes) else {
            continue;
        };
        read += 1;
        let dated = atlas.on(day);
        for _ in 0..40 {
            let lat = 49.4 + f64::from(u32::try_from(random(2200)).unwrap()) / 1e3;
            let lon = 2.5 + f64::from(u32::try_from(random(4000)).unwrap()) / 1e3;
            let _ = dated.locate(Position::from_degrees(lat, lon).unwrap());
        }
        let _ = atlas.canton_rings().count();
    }
    assert!(read > 100, "{read}");
}
