//! Plates that can be compared without being read.

use core::fmt;
use core::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher24};

use super::Plate;

/// The secret under which plates get their pseudonyms: 128 random bits from the installation, changed when its rules say so.
///
/// There are few plates, so whoever has the key can find every plate by trying: the key deserves the care of the plates.
///
/// ```
/// use kabat_core::PseudonymKey;
/// let key = PseudonymKey::new([7; 16]); // from the installation's vault, never from the source text
/// assert!(!format!("{key:?}").contains('7'));
/// ```
#[derive(Clone)]
pub struct PseudonymKey([u8; 16]);

impl PseudonymKey {
    /// Takes 16 secret random bytes.
    pub const fn new(secret: [u8; 16]) -> Self {
        Self(secret)
    }

    pub(super) fn pseudonym(&self, plate: Plate) -> PlatePseudonym {
        let mut hasher = SipHasher24::new_with_key(&self.0);
        for character in plate.key().characters() {
            hasher.write_u8(character);
        }
        PlatePseudonym(hasher.finish128().as_u128())
    }
}

impl fmt::Debug for PseudonymKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PseudonymKey(secret)")
    }
}

/// A plate under a keyed hash (SipHash-2-4 with 128 bits): equal for equal plates under one key.
///
/// Prints as 32 hexadecimal digits.
///
/// ```
/// use kabat_core::{Plate, PseudonymKey};
/// let key = PseudonymKey::new(*b"16 secret bytes!");
/// let a: Plate = "1-ABC-234".parse()?;
/// let b: Plate = "1abc234".parse()?;
/// assert_eq!(a.pseudonym(&key), b.pseudonym(&key));
/// assert_ne!(a.pseudonym(&key), a.pseudonym(&PseudonymKey::new([0; 16])));
/// # Ok::<(), kabat_core::PlateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlatePseudonym(u128);

impl PlatePseudonym {
    /// Returns the 128 bits.
    ///
    /// ```
    /// use kabat_core::{Plate, PseudonymKey};
    /// let pseudonym = Plate::new("1-ABC-234")?.pseudonym(&PseudonymKey::new([7; 16]));
    /// assert_eq!(format!("{:032x}", pseudonym.as_u128()), pseudonym.to_string());
    /// # Ok::<(), kabat_core::PlateError>(())
    /// ```
    pub const fn as_u128(self) -> u128 {
        self.0
    }
}

impl fmt::Display for PlatePseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}
