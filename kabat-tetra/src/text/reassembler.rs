use core::time::Duration;

use crate::bits::Bits;
use crate::text::{CodingScheme, Concatenation, HeadedText};

/// Why a part of a long message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReassemblyError {
    /// The message has no concatenation element: it is whole.
    #[error("message has no concatenation element")]
    NotConcatenated,
    /// The part is not whole octets.
    #[error("part of {bits} bits is not whole octets")]
    NotOctets {
        /// Its length.
        bits: usize,
    },
    /// The parts together are longer than a slot holds.
    #[error("message is longer than {most} octets")]
    TooLong {
        /// What a slot holds.
        most: usize,
    },
    /// The part says another number of parts, or another coding scheme, than the ones before.
    #[error("part contradicts the parts before it")]
    Contradiction,
    /// All slots hold messages whose time is not over.
    #[error("all slots are in use")]
    NoSlot,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a part completes, waits or repeats"
)]
pub enum Progress<'r> {
    /// All parts are there: the characters of the whole message in order, as coded.
    Complete(&'r [u8]),
    /// Parts are missing.
    Waiting {
        /// How many are there.
        have: u8,
        /// How many there have to be.
        of: u8,
    },
    /// The part was there already.
    Duplicate,
}

/// Joins long messages from their parts: any order, duplicates, bounded memory and no clock of its own.
///
/// `KEY` tells senders apart, for example source and destination identity; the reference of the message is added to it.
/// `SLOTS` messages of `OCTETS` octets and at most 32 parts are held in place; nothing is allocated. Time is any
/// monotonic duration the caller gives; a message whose first part is older than the time-out is dropped when its slot
/// is needed or [`expire`](Self::expire) is called.
///
/// ```
/// use core::time::Duration;
/// use kabat_tetra::{Bits, CodedText, CodingScheme, Concatenation, HeadedText, HeaderElements, Progress, Reassembler};
///
/// let mut joiner: Reassembler<u32, 4, 256> = Reassembler::new(Duration::from_secs(60));
/// let part = |sequence, octets: &'static [u8], room| {
///     let place = Concatenation { wide_reference: false, reference: 7, total: 2, sequence };
///     Ok::<_, kabat_tetra::EncodeError>(HeadedText {
///         timestamp: None,
///         header: HeaderElements::of_concatenation(place, room)?,
///         text: CodedText::new(CodingScheme::ISO_8859_1, Bits::from_octets(octets)),
///     })
/// };
/// let (mut a, mut b) = ([0; 5], [0; 5]);
/// let (first, second) = (part(1, b"Gas", &mut a)?, part(2, b"lek", &mut b)?);
/// let now = Duration::from_secs(100);
/// assert_eq!(joiner.push(1, &second, now)?, Progress::Waiting { have: 1, of: 2 });
/// assert_eq!(joiner.push(1, &first, now)?, Progress::Complete(b"Gaslek"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Reassembler<KEY, const SLOTS: usize, const OCTETS: usize> {
    timeout: Duration,
    slots: [Option<Slot<KEY, OCTETS>>; SLOTS],
    whole: [u8; OCTETS],
}

#[derive(Debug)]
struct Slot<KEY, const OCTETS: usize> {
    key: KEY,
    reference: u16,
    wide_reference: bool,
    scheme: CodingScheme,
    total: u8,
    have: u8,
    since: Duration,
    used: usize,
    octets: [u8; OCTETS],
    /// Start and length of each part; `None` while it is missing.
    parts: [Option<(usize, usize)>; MOST_PARTS],
}

/// More parts than this are refused as too long.
const MOST_PARTS: usize = 32;

impl<KEY: Copy + PartialEq, const SLOTS: usize, const OCTETS: usize>
    Reassembler<KEY, SLOTS, OCTETS>
{
    /// Starts without messages.
    pub fn new(timeout: Duration) -> Self {
        Self {
            timeout,
            slots: core::array::from_fn(|_| None),
            whole: [0; OCTETS],
        }
    }

    /// Returns how many messages wait for parts.
    pub fn waiting(&self) -> usize {
        self.slots.iter().flatten().count()
    }

    /// Drops the messages whose time is over and returns how many they were.
    pub fn expire(&mut self, now: Duration) -> usize {
        let timeout = self.timeout;
        let mut dropped = 0_usize;
        for slot in &mut self.slots {
            if slot
                .as_ref()
                .is_some_and(|held| now.saturating_sub(held.since) > timeout)
            {
                *slot = None;
                dropped = dropped.saturating_add(1);
            }
        }
        dropped
    }

    /// Takes a part from `key`.
    ///
    /// # Errors
    /// [`ReassemblyError`] when the part cannot be taken; what was there before stays.
    pub fn push(
        &mut self,
        key: KEY,
        part: &HeadedText<'_>,
        now: Duration,
    ) -> Result<Progress<'_>, ReassemblyError> {
        let place = part
            .concatenation()
            .ok_or(ReassemblyError::NotConcatenated)?;
        let octets = octet_len(part.text.body)?;
        if usize::from(place.total) > MOST_PARTS {
            return Err(ReassemblyError::TooLong { most: OCTETS });
        }
        self.expire(now);
        let index = self.slot_for(key, place, part.text.scheme, now)?;
        let Some(slot) = self.slots.get_mut(index).and_then(Option::as_mut) else {
            return Err(ReassemblyError::NoSlot);
        };
        if slot.total != place.total || slot.scheme != part.text.scheme {
            return Err(ReassemblyError::Contradiction);
        }
        let number = usize::from(place.sequence.saturating_sub(1));
        let Some(entry) = slot.parts.get_mut(number) else {
            return Err(ReassemblyError::Contradiction);
        };
        if entry.is_some() {
            return Ok(Progress::Duplicate);
        }
        let end = slot.used.saturating_add(octets);
        let Some(room) = slot.octets.get_mut(slot.used..end) else {
            if slot.have == 0 {
                self.release(index);
            }
            return Err(ReassemblyError::TooLong { most: OCTETS });
        };
        for (to, from) in room.iter_mut().zip(part.text.body.octets()) {
            *to = from;
        }
        *entry = Some((slot.used, octets));
        slot.used = end;
        slot.have = slot.have.saturating_add(1);
        let (have, of) = (slot.have, slot.total);
        if have < of {
            return Ok(Progress::Waiting { have, of });
        }
        let length = self.join(index);
        self.release(index);
        Ok(Progress::Complete(
            self.whole.get(..length).unwrap_or_default(),
        ))
    }

    /// Finds the slot of a message, or opens one.
    fn slot_for(
        &mut self,
        key: KEY,
        place: Concatenation,
        scheme: CodingScheme,
        now: Duration,
    ) -> Result<usize, ReassemblyError> {
        let held = self.slots.iter().position(|slot| {
            slot.as_ref().is_some_and(|held| {
                held.key == key
                    && held.reference == place.reference
                    && held.wide_reference == place.wide_reference
            })
        });
        if let Some(index) = held {
            return Ok(index);
        }
        let free = self.slots.iter().position(Option::is_none);
        let index = free.ok_or(ReassemblyError::NoSlot)?;
        if let Some(slot) = self.slots.get_mut(index) {
            *slot = Some(Slot {
                key,
                reference: place.reference,
                wide_reference: place.wide_reference,
                scheme,
                total: place.total,
                have: 0,
                since: now,
                used: 0,
                octets: [0; OCTETS],
                parts: [None; MOST_PARTS],
            });
        }
        Ok(index)
    }

    /// Copies the parts of a full slot in order and returns the length.
    fn join(&mut self, index: usize) -> usize {
        let Some(slot) = self.slots.get(index).and_then(Option::as_ref) else {
            return 0;
        };
        let mut at = 0_usize;
        for (start, length) in slot.parts.iter().flatten() {
            let from = slot.octets.get(*start..start.saturating_add(*length));
            let to = self.whole.get_mut(at..at.saturating_add(*length));
            if let (Some(to), Some(from)) = (to, from) {
                to.copy_from_slice(from);
            }
            at = at.saturating_add(*length);
        }
        at
    }

    fn release(&mut self, index: usize) {
        if let Some(slot) = self.slots.get_mut(index) {
            *slot = None;
        }
    }
}

fn octet_len(body: Bits<'_>) -> Result<usize, ReassemblyError> {
    let bits = body.len();
    if bits.is_multiple_of(8) {
        Ok(bits / 8)
    } else {
        Err(ReassemblyError::NotOctets { bits })
    }
}

/// Parts a coded text into the characters of each part of a long message.
///
/// Yields runs of at most `most_octets` octets that do not part a UTF-16 character; send each behind a
/// [`Concatenation`] with the same reference. GSM 7-bit is not parted: the fill bits it needs are not certain.
///
/// ```
/// use kabat_tetra::{CodedText, CodingScheme, split};
///
/// let mut room = [0; 32];
/// let text = CodedText::encode("Gaslek Kerkstraat", CodingScheme::ISO_8859_1, &mut room)?;
/// let parts: Vec<String> = split(text, 8).into_iter().flatten().map(|part| part.to_string_lossy()).collect();
/// assert_eq!(parts, ["Gaslek K", "erkstraa", "t"]);
/// # Ok::<(), kabat_tetra::EncodeError>(())
/// ```
pub fn split(
    text: crate::text::CodedText<'_>,
    most_octets: usize,
) -> Option<impl Iterator<Item = crate::text::CodedText<'_>>> {
    if text.scheme == CodingScheme::GSM_7_BIT || most_octets < 4 {
        return None;
    }
    let wide = text.scheme == CodingScheme::UTF_16BE;
    let mut at = 0_usize;
    Some(core::iter::from_fn(move || {
        let left = text.body.len().saturating_sub(at) / 8;
        if left == 0 {
            return None;
        }
        let mut octets = left.min(most_octets);
        if wide && octets < left {
            octets = octets.saturating_sub(octets % 2);
            let last = at.saturating_add(octets.saturating_sub(2).saturating_mul(8));
            // A high surrogate goes with its low surrogate into the next part.
            if text.body.number(last, 6) == Some(0b11_0110) {
                octets = octets.saturating_sub(2);
            }
        }
        let bits = octets.saturating_mul(8);
        let body = text.body.slice(at, bits)?;
        at = at.saturating_add(bits);
        Some(crate::text::CodedText::new(text.scheme, body))
    }))
}
