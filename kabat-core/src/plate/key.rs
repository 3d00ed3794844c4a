//! A plate in one word: ten lanes of six bits, laid out so that look-alikes differ in two bits only.

use alloc::string::String;

/// Characters that fit.
pub(crate) const LANES: usize = 10;
/// Bits of a lane.
const LANE_BITS: u32 = 6;
/// The lowest bit of every lane.
const LOWEST: u64 = lanes(1);
/// The highest bit of every lane.
const HIGHEST: u64 = lanes(1 << 5);
/// All bits of every lane but the highest.
const LOWER_FIVE: u64 = lanes(0b1_1111);

/// Characters by code: 0 stands for no character, 4 to 27 for six classes of look-alikes with four places each, 32
/// and more for characters that look like no other.
const CHARACTERS: &[u8; 64] = b"....0OQD1IL.2Z..5S..6G..8B......3479ACEFHJKMNPRTUVWXY...........";
/// Stands for "no character" in [`CHARACTERS`].
const NONE: u8 = b'.';

/// Codes by ASCII character; 0 for those that plates do not use.
const CODES: [u8; 128] = {
    let mut codes = [0; 128];
    let mut code = 0;
    while code < 64 {
        #[expect(
            clippy::indexing_slicing,
            reason = "evaluated by the compiler, which would refuse"
        )]
        {
            let character = CHARACTERS[code as usize];
            if character != NONE {
                codes[character as usize] = code;
            }
        }
        code += 1;
    }
    codes
};

const fn lanes(bits: u64) -> u64 {
    let mut word = 0;
    let mut lane = 0;
    while lane < LANES {
        word = (word << LANE_BITS) | bits;
        lane += 1;
    }
    word
}

/// The characters of a plate, the first in the lowest lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PlateKey(u64);

impl PlateKey {
    /// Reads a text, leaving out separators and accents.
    pub(crate) fn read(text: &str) -> Result<Self, PlateError> {
        let mut word = 0;
        let mut length: usize = 0;
        let mut shift = 0;
        for (at, character) in text.char_indices() {
            if matches!(
                character,
                ' ' | '-' | '.' | '_' | '\u{a0}' | '\u{2011}' | '\u{2013}' | '\u{b7}'
            ) {
                continue;
            }
            let code = code_of(character).ok_or_else(|| PlateError::Character {
                character: character.escape_default().collect(),
                at,
            })?;
            if length == LANES {
                return Err(PlateError::TooLong);
            }
            word |= u64::from(code) << shift;
            shift += LANE_BITS;
            length += 1;
        }
        if length == 0 {
            return Err(PlateError::Empty);
        }
        Ok(Self(word))
    }

    pub(crate) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// Returns how many characters there are.
    pub(crate) const fn len(self) -> usize {
        (u64::BITS - self.0.leading_zeros()).div_ceil(LANE_BITS) as usize
    }

    /// Returns the characters as ASCII.
    pub(crate) fn characters(self) -> impl Iterator<Item = u8> + Clone {
        let mut rest = self.0;
        core::iter::from_fn(move || {
            let code = usize::try_from(rest & 0b11_1111)
                .ok()
                .filter(|_| rest != 0)?;
            rest >>= LANE_BITS;
            CHARACTERS.get(code).copied()
        })
    }

    /// Returns the key with all look-alikes made equal.
    pub(crate) const fn folded(self) -> u64 {
        // A lane whose highest bit is clear holds a class of look-alikes: its two lowest bits tell them apart.
        self.0 & !(((!self.0 >> 5) & LOWEST) * 0b11)
    }

    /// Returns the lanes in which two keys differ, one bit for each.
    pub(crate) const fn differences(self, other: Self) -> u64 {
        let differing = self.0 ^ other.0;
        (((differing & LOWER_FIVE) + LOWER_FIVE) | differing) & HIGHEST
    }

    /// Returns the key with another character in one place; `None` when there is no such place or character.
    pub(crate) fn with(self, place: usize, character: u8) -> Option<Self> {
        let code = code_of(char::from(character))?;
        if place >= self.len() {
            return None;
        }
        let shift = LANE_BITS * u32::try_from(place).ok()?;
        Some(Self(
            (self.0 & !(0b11_1111 << shift)) | (u64::from(code) << shift),
        ))
    }
}

/// Returns the place of a single difference that [`PlateKey::differences`] found.
pub(crate) const fn place_of(difference: u64) -> usize {
    (difference.trailing_zeros() / LANE_BITS) as usize
}

/// Returns the other characters that look like one.
pub(crate) fn look_alikes(character: u8) -> impl Iterator<Item = u8> {
    let code = code_of(char::from(character)).unwrap_or(0);
    let class = if code & 0b10_0000 == 0 {
        code & !0b11
    } else {
        0
    };
    (0..4)
        .filter(move |_| class != 0)
        .filter_map(move |member| CHARACTERS.get(usize::from(class + member)).copied())
        .filter(move |&other| other != NONE && other != character)
}

fn code_of(character: char) -> Option<u8> {
    let plain = match character {
        'a'..='z' => character.to_ascii_uppercase(),
        'A'..='Z' | '0'..='9' => character,
        'Ä' | 'Å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ą' | 'Ă' | 'ä' | 'å' | 'à' | 'á' | 'â' | 'ã' | 'ą'
        | 'ă' => 'A',
        'Ç' | 'Č' | 'Ć' | 'ç' | 'č' | 'ć' => 'C',
        'Đ' | 'Ď' | 'đ' | 'ď' => 'D',
        'É' | 'È' | 'Ê' | 'Ë' | 'Ę' | 'Ě' | 'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => 'E',
        'Í' | 'Ì' | 'Î' | 'Ï' | 'í' | 'ì' | 'î' | 'ï' => 'I',
        'Ł' | 'ł' => 'L',
        'Ñ' | 'Ń' | 'Ň' | 'ñ' | 'ń' | 'ň' => 'N',
        'Ö' | 'Ø' | 'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ő' | 'ö' | 'ø' | 'ó' | 'ò' | 'ô' | 'õ' | 'ő' => {
            'O'
        }
        'Ř' | 'ř' => 'R',
        'Š' | 'Ś' | 'Ș' | 'š' | 'ś' | 'ș' => 'S',
        'Ť' | 'Ț' | 'ť' | 'ț' => 'T',
        'Ü' | 'Ú' | 'Ù' | 'Û' | 'Ű' | 'Ů' | 'ü' | 'ú' | 'ù' | 'û' | 'ű' | 'ů' => 'U',
        'Ý' | 'ý' => 'Y',
        'Ž' | 'Ź' | 'Ż' | 'ž' | 'ź' | 'ż' => 'Z',
        _ => return None,
    };
    CODES.get(plain as usize).copied()
}

/// Why a text is not the inscription of a plate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlateError {
    /// There is no letter or digit.
    #[error("plate has no letter or digit")]
    Empty,
    /// There are more than ten letters and digits.
    #[error("plate has more than 10 letters and digits")]
    TooLong,
    /// A character is neither a Latin letter nor a digit nor a separator.
    #[error(
        "plate has the character `{character}` at byte {at}, which is neither Latin letter nor digit"
    )]
    Character {
        /// The character, escaped.
        character: String,
        /// Its place in the text, in bytes.
        at: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::{CHARACTERS, PlateKey, look_alikes};

    #[test]
    fn every_letter_and_digit_has_one_code() {
        for character in ('0'..='9').chain('A'..='Z') {
            let count = CHARACTERS
                .iter()
                .filter(|&&c| char::from(c) == character)
                .count();
            assert_eq!(count, 1, "{character}");
            let key = PlateKey::read(&character.to_string()).unwrap();
            assert_eq!(
                key.characters().map(char::from).collect::<String>(),
                character.to_string()
            );
            assert_eq!(key.len(), 1);
        }
        assert_eq!(CHARACTERS.iter().filter(|&&c| c != super::NONE).count(), 36);
    }

    #[test]
    fn folding_makes_exactly_the_look_alikes_equal() {
        let classes = ["0OQD", "1IL", "2Z", "5S", "6G", "8B"];
        for a in ('0'..='9').chain('A'..='Z') {
            for b in ('0'..='9').chain('A'..='Z') {
                let alike = a == b || classes.iter().any(|c| c.contains(a) && c.contains(b));
                let key = |c: char| PlateKey::read(&format!("X{c}X7777777")).unwrap();
                assert_eq!(key(a).folded() == key(b).folded(), alike, "{a} {b}");
                assert_eq!(key(a).differences(key(b)).count_ones(), u32::from(a != b));
                let listed = look_alikes(a as u8).any(|other| char::from(other) == b);
                assert_eq!(listed, alike && a != b, "{a} {b}");
            }
        }
    }
}
