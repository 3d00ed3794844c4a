//! What a resource can do, and compact sets of it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;

use crate::code::open_code;

open_code! {
    /// Something a resource can do: an open code such as `pumper`; vendors add theirs as `acme:crane`.
    ///
    /// ```
    /// use kabat_core::Capability;
    /// assert_eq!("pit".parse::<Capability>()?, Capability::PIT);
    /// assert_eq!(Capability::new("acme:crane")?.vendor(), Some("acme"));
    /// # Ok::<(), kabat_core::CodeError>(())
    /// ```
    Capability, "capability"
}

macro_rules! standard {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Capability {
            $($(#[$doc])* pub const $name: Self = Self::known($code);)*

            const STANDARD: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

standard! {
    /// An ambulance of the urgent medical help (112).
    AMBULANCE = "ambulance";
    /// A paramedic intervention team: ambulance with an emergency nurse.
    PIT = "pit";
    /// A mobile urgency group (MUG, SMUR): physician and emergency nurse.
    MUG = "mug";
    /// A general practitioner on duty.
    GP = "gp";
    /// A fire engine with pump and crew.
    PUMPER = "pumper";
    /// A turntable ladder or hydraulic platform.
    LADDER = "ladder";
    /// Heavy rescue tools: cutting, spreading, lifting.
    RESCUE_TOOLS = "rescue_tools";
    /// A water tanker.
    TANKER = "tanker";
    /// A team for dangerous substances.
    HAZMAT_TEAM = "hazmat_team";
    /// Divers and swift-water rescuers.
    WATER_RESCUE = "water_rescue";
    /// Rope and height rescue.
    HEIGHT_RESCUE = "height_rescue";
    /// A boat.
    BOAT = "boat";
    /// An officer of the fire service.
    FIRE_OFFICER = "fire_officer";
    /// A police patrol.
    POLICE_PATROL = "police_patrol";
    /// A police intervention team.
    POLICE_INTERVENTION = "police_intervention";
    /// Traffic or motorway police.
    TRAFFIC_POLICE = "traffic_police";
    /// A dog team.
    DOG_TEAM = "dog_team";
    /// Special units of the federal police.
    SPECIAL_UNITS = "special_units";
    /// A negotiator.
    NEGOTIATOR = "negotiator";
    /// A drone with pilot.
    DRONE = "drone";
    /// A team of the civil protection.
    CIVIL_PROTECTION = "civil_protection";
    /// A high-volume pump.
    HIGH_VOLUME_PUMP = "high_volume_pump";
    /// A team that informs the population.
    PUBLIC_INFORMATION = "public_information";
    /// A command post.
    COMMAND_POST = "command_post";
    /// Small technical tasks of the fire service: wasps, trees, flooding.
    TECHNICAL_ASSISTANCE = "technical_assistance";
    /// Breathing-apparatus support.
    BREATHING_AIR = "breathing_air";
    /// Decontamination.
    DECONTAMINATION = "decontamination";
    /// Psychosocial help.
    PSYCHOSOCIAL = "psychosocial";
    /// Transport of many lightly injured people.
    CASUALTY_BUS = "casualty_bus";
    /// A helicopter.
    HELICOPTER = "helicopter";
    /// Explosive ordnance disposal.
    EXPLOSIVE_DISPOSAL = "explosive_disposal";
    /// Forensic investigation.
    FORENSICS = "forensics";
}

impl Capability {
    /// Returns the codes known to every kabat crate, in bit order.
    ///
    /// ```
    /// use kabat_core::Capability;
    /// assert!(Capability::standard().contains(&Capability::MUG));
    /// ```
    pub const fn standard() -> &'static [Self] {
        Self::STANDARD
    }
}

/// Gives each capability of an installation its bit; starts with the standard ones.
///
/// Bits are given in the order of adding, so the same sequence of codes gives the same bits everywhere. A
/// [`CapabilitySet`] has a meaning only beside the vocabulary that made it; the JSON forms hold codes, not bits.
///
/// ```
/// use kabat_core::{Capability, CapabilityVocabulary};
/// let mut vocabulary = CapabilityVocabulary::standard();
/// let crane = Capability::new("acme:crane")?;
/// vocabulary.add(crane.clone())?;
/// let set = vocabulary.set_of([&Capability::PUMPER, &crane])?;
/// assert_eq!(set.len(), 2);
/// assert_eq!(vocabulary.names(set).collect::<Vec<_>>(), [&Capability::PUMPER, &crane]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapabilityVocabulary {
    codes: Vec<Capability>,
    bits: BTreeMap<Capability, u8>,
}

impl CapabilityVocabulary {
    /// Most capabilities that a vocabulary can hold.
    pub const CAPACITY: usize = 128;

    /// Returns a vocabulary of the standard capabilities.
    pub fn standard() -> Self {
        let mut vocabulary = Self {
            codes: Vec::new(),
            bits: BTreeMap::new(),
        };
        for capability in Capability::standard() {
            // INVARIANT: the standard list is far shorter than CAPACITY, so this never fails.
            let _ = vocabulary.add(capability.clone());
        }
        vocabulary
    }

    /// Adds a capability and returns its bit; adding one again returns the bit it has.
    ///
    /// # Errors
    /// [`CapabilityError::Full`] when 128 others are in it already.
    pub fn add(&mut self, capability: Capability) -> Result<u8, CapabilityError> {
        if let Some(&bit) = self.bits.get(&capability) {
            return Ok(bit);
        }
        let bit = u8::try_from(self.codes.len())
            .ok()
            .filter(|&bit| usize::from(bit) < Self::CAPACITY)
            .ok_or_else(|| CapabilityError::Full {
                capability: capability.clone(),
            })?;
        self.codes.push(capability.clone());
        self.bits.insert(capability, bit);
        Ok(bit)
    }

    /// Returns the bit of a capability, 0 to 127.
    ///
    /// ```
    /// use kabat_core::{Capability, CapabilityVocabulary};
    /// let vocabulary = CapabilityVocabulary::standard();
    /// assert_eq!(vocabulary.bit(&Capability::PIT).map(usize::from),
    ///     vocabulary.codes().iter().position(|code| *code == Capability::PIT));
    /// assert_eq!(vocabulary.bit(&Capability::new("acme:crane")?), None);
    /// # Ok::<(), kabat_core::CodeError>(())
    /// ```
    pub fn bit(&self, capability: &Capability) -> Option<u8> {
        self.bits.get(capability).copied()
    }

    /// Returns all capabilities in bit order.
    pub fn codes(&self) -> &[Capability] {
        &self.codes
    }

    /// Returns the set of the given capabilities.
    ///
    /// # Errors
    /// [`CapabilityError::Unknown`] with the first code that is not in the vocabulary.
    pub fn set_of<'a>(
        &self,
        capabilities: impl IntoIterator<Item = &'a Capability>,
    ) -> Result<CapabilitySet, CapabilityError> {
        let mut set = CapabilitySet::EMPTY;
        for capability in capabilities {
            let bit = self
                .bit(capability)
                .ok_or_else(|| CapabilityError::Unknown {
                    capability: capability.clone(),
                })?;
            set.insert(bit);
        }
        Ok(set)
    }

    /// Returns the codes of a set in bit order; bits without a code are left out.
    pub fn names(&self, set: CapabilitySet) -> impl Iterator<Item = &Capability> {
        set.iter()
            .filter_map(|bit| self.codes.get(usize::from(bit)))
    }
}

impl Default for CapabilityVocabulary {
    fn default() -> Self {
        Self::standard()
    }
}

/// Why a capability and a vocabulary do not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CapabilityError {
    /// The code is not in the vocabulary.
    #[error("capability `{capability}` is not in the vocabulary")]
    Unknown {
        /// The code.
        capability: Capability,
    },
    /// All 128 bits are taken.
    #[error("capability `{capability}` does not fit: the vocabulary holds 128 already")]
    Full {
        /// The code that was to be added.
        capability: Capability,
    },
}

/// A set of capabilities as 128 bits, so that "has all that is needed" is one instruction or two.
///
/// A bit that does not fit (128 or above) is never in a set.
///
/// ```
/// use kabat_core::CapabilitySet;
/// let (mut has, mut needs) = (CapabilitySet::from_bits(0b1011), CapabilitySet::EMPTY);
/// needs.insert(3);
/// assert!(has.contains_all(needs));
/// has.remove(3);
/// assert!(!has.intersects(needs));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct CapabilitySet(u128);

impl CapabilitySet {
    /// No capability.
    pub const EMPTY: Self = Self(0);

    /// Makes a set from its bits.
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// Returns the bits.
    ///
    /// ```
    /// use kabat_core::CapabilitySet;
    /// assert_eq!(CapabilitySet::from_bits(0b101).bits(), 0b101);
    /// ```
    pub const fn bits(self) -> u128 {
        self.0
    }

    const fn mask(bit: u8) -> u128 {
        match 1u128.checked_shl(bit as u32) {
            Some(mask) => mask,
            None => 0,
        }
    }

    /// Adds a bit.
    pub const fn insert(&mut self, bit: u8) {
        self.0 |= Self::mask(bit);
    }

    /// Takes a bit out.
    pub const fn remove(&mut self, bit: u8) {
        self.0 &= !Self::mask(bit);
    }

    /// Returns whether a bit is in the set.
    ///
    /// ```
    /// use kabat_core::CapabilitySet;
    /// let set = CapabilitySet::from_bits(0b101);
    /// assert!(set.contains(2) && !set.contains(1) && !set.contains(200));
    /// ```
    pub const fn contains(self, bit: u8) -> bool {
        self.0 & Self::mask(bit) != 0
    }

    /// Returns whether everything in `other` is in this set.
    pub const fn contains_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns whether the two sets share a capability.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns everything in either set.
    ///
    /// ```
    /// use kabat_core::CapabilitySet;
    /// let (a, b) = (CapabilitySet::from_bits(0b011), CapabilitySet::from_bits(0b110));
    /// assert_eq!(a.union(b).bits(), 0b111);
    /// assert_eq!(a.intersection(b).bits(), 0b010);
    /// assert_eq!(a.difference(b).bits(), 0b001);
    /// ```
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns everything in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns what is in this set and not in `other`.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns how many capabilities are in the set.
    ///
    /// ```
    /// use kabat_core::CapabilitySet;
    /// let set = CapabilitySet::from_bits(0b101);
    /// assert_eq!(set.len(), 2);
    /// assert_eq!(set.iter().collect::<Vec<_>>(), [0, 2]);
    /// assert!(CapabilitySet::EMPTY.is_empty());
    /// ```
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the bits in the set, lowest first.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..128u8).filter(move |&bit| self.contains(bit))
    }
}

impl fmt::Debug for CapabilitySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Capability, CapabilityError, CapabilitySet, CapabilityVocabulary};
    use crate::code::check;

    #[test]
    fn standard_codes_are_well_spelt_and_distinct() {
        for capability in Capability::standard() {
            assert!(check("capability", capability.as_str()).is_ok());
        }
        let vocabulary = CapabilityVocabulary::standard();
        assert_eq!(vocabulary.codes().len(), Capability::standard().len());
    }

    #[test]
    fn vocabulary_is_full_at_128() {
        let mut vocabulary = CapabilityVocabulary::standard();
        for n in vocabulary.codes().len()..128 {
            let code = Capability::new(format!("acme:c{n}")).unwrap();
            assert_eq!(usize::from(vocabulary.add(code).unwrap()), n);
        }
        let last = Capability::new("acme:one_too_many").unwrap();
        assert_eq!(
            vocabulary.add(last.clone()),
            Err(CapabilityError::Full { capability: last })
        );
        assert_eq!(vocabulary.add(Capability::AMBULANCE), Ok(0));
    }

    #[test]
    fn bits_beyond_127_are_never_in_a_set() {
        let mut set = CapabilitySet::EMPTY;
        set.insert(127);
        set.insert(128);
        set.insert(255);
        assert_eq!(set.iter().collect::<Vec<_>>(), [127]);
        assert!(!set.contains(128));
    }
}
