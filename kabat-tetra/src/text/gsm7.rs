use crate::bits::{BitWriter, Bits, small};
use crate::error::{EncodeError, EncodeErrorKind};

/// GSM 7-bit characters of 3GPP TS 23.038, packed as in SMS: low bits first.
///
/// Which packing TETRA terminals use is disputed (two published decoders disagree) and no sample from the air is
/// known. The standard cites GSM 03.38, so this packing is the default; the other one is
/// [`Gsm7::high_first`]. A length in octets cannot tell seven characters from
/// eight when the last is `@`: say how many there are with [`Gsm7::with_septets`] if you know.
///
/// ```
/// use kabat_tetra::{Bits, Gsm7};
///
/// let packed = [0xE8, 0x32, 0x9B, 0xFD, 0x06];
/// let text: String = Gsm7::sms_packed(Bits::from_octets(&packed)).into_chars().collect();
/// assert_eq!(text, "hello");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gsm7<'a> {
    bits: Bits<'a>,
    septets: usize,
    high_first: bool,
}

impl<'a> Gsm7<'a> {
    /// Takes as many septets as the octets hold.
    pub const fn sms_packed(bits: Bits<'a>) -> Self {
        Self {
            bits,
            septets: bits.len() / 7,
            high_first: false,
        }
    }

    /// Takes septets that follow each other high bit first.
    pub const fn high_first(bits: Bits<'a>) -> Self {
        Self {
            bits,
            septets: bits.len() / 7,
            high_first: true,
        }
    }

    /// Says how many septets there are, if there are that many.
    #[must_use]
    pub fn with_septets(self, septets: usize) -> Self {
        Self {
            septets: self.septets.min(septets),
            ..self
        }
    }

    /// Leaves out a carriage return that fills the last octet.
    ///
    /// Where a length counts octets, seven characters and eight are as long; 3GPP TS 23.038, clause 6.1.2.3.1, then asks
    /// for a carriage return in the eighth place, which a reader drops.
    #[must_use]
    pub fn without_fill(self) -> Self {
        let last = self.septets.checked_sub(1);
        let fills = self.septets.is_multiple_of(8)
            && last.and_then(|last| self.septet(last)) == Some(CARRIAGE_RETURN);
        Self {
            septets: self.septets.saturating_sub(usize::from(fills)),
            ..self
        }
    }

    /// Returns the number of septets; a character of the extension table takes two.
    pub const fn septets(&self) -> usize {
        self.septets
    }

    /// Iterates over the characters; an unknown extension gives U+FFFD.
    pub const fn into_chars(self) -> Gsm7Chars<'a> {
        Gsm7Chars {
            packed: self,
            next: 0,
        }
    }

    fn septet(&self, index: usize) -> Option<u8> {
        if index >= self.septets {
            return None;
        }
        let at = index.checked_mul(7)?;
        if self.high_first {
            let [septet, ..] = self.bits.number(at, 7)?.to_le_bytes();
            return Some(septet);
        }
        let first = (at / 8).checked_mul(8)?;
        let octet = |from: usize| {
            let left = self.bits.len().saturating_sub(from).min(8);
            let value = self.bits.number(from, small(left))?;
            Some(value.wrapping_shl(8_u32.saturating_sub(small(left))))
        };
        let low = octet(first)?;
        let high = octet(first.checked_add(8)?).unwrap_or(0);
        let pair = low | high.wrapping_shl(8);
        let [septet, ..] = (pair.wrapping_shr(small(at & 7)) & 0x7F).to_le_bytes();
        Some(septet)
    }
}

/// The characters of a [`Gsm7`].
#[derive(Clone, Debug)]
pub struct Gsm7Chars<'a> {
    packed: Gsm7<'a>,
    next: usize,
}

impl Iterator for Gsm7Chars<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let septet = self.packed.septet(self.next)?;
        self.next = self.next.saturating_add(1);
        if septet != ESCAPE {
            return ALPHABET.get(usize::from(septet)).copied();
        }
        let Some(extension) = self.packed.septet(self.next) else {
            return Some(char::REPLACEMENT_CHARACTER);
        };
        self.next = self.next.saturating_add(1);
        Some(
            EXTENSION
                .iter()
                .find(|(code, _)| *code == extension)
                .map_or(char::REPLACEMENT_CHARACTER, |(_, character)| *character),
        )
    }
}

/// Writes characters packed as in SMS.
///
/// Seven bits left over in the last octet are filled with a carriage return, fewer with zeros. A text that ends in one
/// where it could be taken for filling gets a second, as the clause named at [`Gsm7::without_fill`] asks.
pub(super) fn write(text: &str, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
    let mut waiting = 0_u64;
    let mut held = 0_u32;
    let mut last = None;
    for character in text.chars() {
        let (septets, width) = septets_of(character)
            .ok_or_else(|| writer.fail(EncodeErrorKind::NoSuchCharacter { character }, "text"))?;
        last = Some(septets);
        waiting |= septets.wrapping_shl(held);
        held = held.saturating_add(width);
        while held >= 8 {
            writer.put(waiting & 0xFF, 8, "text")?;
            waiting >>= 8;
            held = held.saturating_sub(8);
        }
    }
    let ends_in_return = last == Some(u64::from(CARRIAGE_RETURN));
    if held == 1 || (held == 0 && ends_in_return) {
        waiting |= u64::from(CARRIAGE_RETURN).wrapping_shl(held);
        held = 8;
    }
    if held > 0 {
        writer.put(waiting & 0xFF, 8, "text")?;
    }
    Ok(())
}

/// Returns the septets of a character, the first one lowest, and their width in bits.
fn septets_of(character: char) -> Option<(u64, u32)> {
    if let Some(code) = ALPHABET.iter().position(|known| *known == character) {
        return (code != usize::from(ESCAPE)).then_some((code as u64, 7));
    }
    let (code, _) = EXTENSION.iter().find(|(_, known)| *known == character)?;
    Some((u64::from(ESCAPE) | u64::from(*code).wrapping_shl(7), 14))
}

const ESCAPE: u8 = 0x1B;
const CARRIAGE_RETURN: u8 = 0x0D;

/// Default alphabet, 3GPP TS 23.038, clause 6.2.1.
#[rustfmt::skip]
const ALPHABET: [char; 128] = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å',
    'Δ', '_', 'Φ', 'Γ', 'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ', 'Ξ', '\u{1B}', 'Æ', 'æ', 'ß', 'É',
    ' ', '!', '"', '#', '¤', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?',
    '¡', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Ä', 'Ö', 'Ñ', 'Ü', '§',
    '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ', 'ü', 'à',
];

/// Extension table, 3GPP TS 23.038, clause 6.2.1.1.
const EXTENSION: [(u8, char); 10] = [
    (0x0A, '\u{0C}'),
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2F, '\\'),
    (0x3C, '['),
    (0x3D, '~'),
    (0x3E, ']'),
    (0x40, '|'),
    (0x65, '€'),
];
