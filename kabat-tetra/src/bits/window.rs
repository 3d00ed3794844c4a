//! Loads of eight octets at a bit position: the one place where octets become numbers.

use super::small;

/// Returns the 64 bits from bit `position` on, of which at least the first 57 are true; zeros behind the octets.
#[inline]
pub(super) fn window(bytes: &[u8], position: usize) -> u64 {
    let first = position >> 3;
    let word = match bytes.get(first..).and_then(<[u8]>::first_chunk::<8>) {
        Some(chunk) => u64::from_be_bytes(*chunk),
        None => last_word(bytes, first),
    };
    word.wrapping_shl(small(position & 7))
}

/// Returns a window from bit `position` on and how many of its bits are true and before bit `end`.
///
/// Not inlined: every field that is read would hold a copy, and most are in the window already.
#[inline(never)]
pub(super) fn load(bytes: &[u8], position: usize, end: usize) -> (u64, u32) {
    let behind = end.min((position | 7).saturating_add(57));
    (
        window(bytes, position),
        small(behind.saturating_sub(position)),
    )
}

/// Returns `bits` bits, at most 64, from bit `position` on as a number.
#[inline]
pub(super) fn extract(bytes: &[u8], position: usize, bits: u32) -> u64 {
    if bits > 57 {
        let high = top(window(bytes, position), bits.saturating_sub(32));
        let middle = position.saturating_add(bits.saturating_sub(32) as usize);
        return high.wrapping_shl(32) | top(window(bytes, middle), 32);
    }
    top(window(bytes, position), bits)
}

/// Returns the 64 bits up to bit `end`, of which at least the last 57 are true; 0 when fewer than eight octets do.
#[inline]
pub(super) fn window_before(bytes: &[u8], end: usize) -> u64 {
    let octets = end.saturating_add(7) >> 3;
    match bytes.get(..octets).and_then(<[u8]>::last_chunk::<8>) {
        Some(chunk) => u64::from_be_bytes(*chunk).wrapping_shr(small(end.wrapping_neg() & 7)),
        None => 0,
    }
}

/// Returns the last `bits` bits of a word, at most 63, as a number.
#[inline]
pub(super) const fn low(word: u64, bits: u32) -> u64 {
    word & !u64::MAX.wrapping_shl(bits)
}

/// Returns the first `bits` bits of a word as a number.
#[inline]
pub(super) const fn top(word: u64, bits: u32) -> u64 {
    if bits == 0 {
        return 0;
    }
    word.wrapping_shr(64_u32.wrapping_sub(bits))
}

/// Returns the octets from `first` on, fewer than eight, as the high end of a word.
#[inline(never)]
fn last_word(bytes: &[u8], first: usize) -> u64 {
    let word = if let Some(chunk) = bytes.last_chunk::<8>() {
        let before = bytes.len().saturating_sub(8);
        return shl_octets(u64::from_be_bytes(*chunk), first.saturating_sub(before));
    } else if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        // Both chunks cover the octets in the middle, with the same bits.
        let tail = u64::from(u32::from_be_bytes(*tail));
        shl_octets(u64::from(u32::from_be_bytes(*head)), 4)
            | shl_octets(tail, 8_usize.saturating_sub(bytes.len()))
    } else {
        match *bytes {
            [] => 0,
            [a] => u64::from_be_bytes([a, 0, 0, 0, 0, 0, 0, 0]),
            [a, b] => u64::from_be_bytes([a, b, 0, 0, 0, 0, 0, 0]),
            [a, b, c, ..] => u64::from_be_bytes([a, b, c, 0, 0, 0, 0, 0]),
        }
    };
    shl_octets(word, first)
}

/// Moves a word up by whole octets; nothing is left of it from eight on.
#[inline]
fn shl_octets(word: u64, octets: usize) -> u64 {
    if octets >= 8 {
        return 0;
    }
    word.wrapping_shl(small(octets.wrapping_mul(8)))
}
