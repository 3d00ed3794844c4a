//! An access log in which every edit, removal and reordering shows.

use alloc::string::String;
use alloc::vec::Vec;
use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

/// What is logged of an access.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct AuditEntry {
    /// When; written in UTC with milliseconds.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What was done or tried.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Why.
    pub justification: String,
    /// Whether it was granted.
    pub granted: bool,
}

/// A place in the log to be kept elsewhere: a log rewritten as a whole, or cut off, no longer fits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Checkpoint {
    /// Lines up to and with the one meant.
    pub lines: u64,
    /// The hash of that line.
    pub hash: [u8; 32],
}

/// What is wrong with a line of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum AuditFault {
    /// The line has not the form of the log.
    Form,
    /// The number of the line is not the one after the line before: lines were removed, added or moved.
    Sequence,
    /// The hash does not fit the line and the one before it: one of the two was changed, or lines in between are gone.
    Hash,
    /// The log does not fit a checkpoint kept elsewhere.
    Checkpoint,
    /// The log ends before a checkpoint kept elsewhere.
    Truncated,
}

/// What a check of the log found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct AuditReport {
    /// Whole lines, checkpoints included.
    pub lines: u64,
    /// The hash of the last whole line.
    pub head: [u8; 32],
    /// Bytes of whole lines; more bytes are a line torn in writing.
    pub whole_bytes: usize,
    /// Bytes after the last whole line.
    pub torn_bytes: usize,
    /// Faults with the line, from one.
    pub faults: Vec<(u64, AuditFault)>,
}

impl AuditReport {
    /// Returns whether the log is whole up to a torn last line.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }
}

/// The log cannot be continued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the log does not fit the one before it")]
pub struct AuditError {
    line: u64,
    fault: AuditFault,
}

impl AuditError {
    /// Returns the first line at fault, from one.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// Returns what is wrong with it.
    pub const fn fault(&self) -> AuditFault {
        self.fault
    }
}

const GENESIS: &[u8] = b"kabat audit log 1";
const TAIL: &[u8] = b",\"hash\":\"";
/// `,"hash":"` and 64 digits and `"}`.
const TAIL_LENGTH: usize = 9 + 64 + 2;

/// Writes the log: bytes out, the file is the caller's.
///
/// Each line is canonical JSON that ends in the SHA-256 of the hash before it and its own text; every
/// `checkpoint_every` entries a checkpoint line follows and is returned. Keep checkpoints where the writer of the
/// log cannot change them: a chain alone cannot show that it was rewritten as a whole or cut off at its end.
///
/// ```
/// use kabat_compliance::{AuditEntry, AuditLog, verify_audit_log};
/// let mut log = AuditLog::new(1000);
/// let mut file = Vec::new();
/// let entry = AuditEntry {
///     at: "2026-11-20T16:31:33Z".parse()?,
///     actor: "inspector-12".into(),
///     action: "view".into(),
///     subject: "recording-7".into(),
///     justification: "case 2026/114".into(),
///     granted: true,
/// };
/// log.append(&entry, &mut file);
/// log.append(&entry, &mut file);
/// assert!(verify_audit_log(&file, &[]).is_sound());
/// let changed = String::from_utf8(file)?.replacen("recording-7", "recording-8", 1);
/// assert_eq!(verify_audit_log(changed.as_bytes(), &[]).faults.first().map(|fault| fault.0), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct AuditLog {
    lines: u64,
    entries: u64,
    head: [u8; 32],
    checkpoint_every: u64,
}

impl AuditLog {
    /// Starts an empty log with a checkpoint after every so many entries; zero means none.
    pub fn new(checkpoint_every: u64) -> Self {
        Self {
            lines: 0,
            entries: 0,
            head: Sha256::digest(GENESIS).into(),
            checkpoint_every,
        }
    }

    /// Takes up a log from its bytes and returns how many of them are whole lines: cut the file to that length
    /// before appending, so that a line torn in writing is gone.
    ///
    /// # Errors
    /// When a whole line does not fit; such a log is not continued.
    pub fn recover(bytes: &[u8], checkpoint_every: u64) -> Result<(Self, usize), AuditError> {
        let report = verify_audit_log(bytes, &[]);
        if let Some(&(line, fault)) = report.faults.first() {
            return Err(AuditError { line, fault });
        }
        let marks = bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| is_checkpoint(line))
            .count();
        let log = Self {
            lines: report.lines,
            entries: report.lines - marks as u64,
            head: report.head,
            checkpoint_every,
        };
        Ok((log, report.whole_bytes))
    }

    /// Returns the present end of the log.
    pub const fn head(&self) -> Checkpoint {
        Checkpoint {
            lines: self.lines,
            hash: self.head,
        }
    }

    /// Adds an entry to `out`, and a checkpoint when one is due; returns that checkpoint.
    pub fn append(&mut self, entry: &AuditEntry, out: &mut Vec<u8>) -> Option<Checkpoint> {
        let start = out.len();
        self.open(out);
        out.extend_from_slice(b",\"at\":\"");
        push_time(out, &entry.at);
        out.push(b'"');
        for (name, text) in [
            (&b",\"actor\":\""[..], &entry.actor),
            (b",\"action\":\"", &entry.action),
            (b",\"subject\":\"", &entry.subject),
            (b",\"justification\":\"", &entry.justification),
        ] {
            out.extend_from_slice(name);
            push_json(out, text);
            out.push(b'"');
        }
        out.extend_from_slice(if entry.granted {
            b",\"granted\":true"
        } else {
            b",\"granted\":false"
        });
        self.close(start, out);
        self.entries += 1;
        if self.checkpoint_every == 0 || !self.entries.is_multiple_of(self.checkpoint_every) {
            return None;
        }
        let start = out.len();
        self.open(out);
        out.extend_from_slice(b",\"checkpoint\":");
        push_number(out, self.entries);
        self.close(start, out);
        Some(self.head())
    }

    fn open(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"seq\":");
        push_number(out, self.lines + 1);
    }

    fn close(&mut self, start: usize, out: &mut Vec<u8>) {
        self.head = link(&self.head, out.get(start..).unwrap_or_default());
        self.lines += 1;
        out.extend_from_slice(TAIL);
        out.extend_from_slice(&hex(&self.head));
        out.extend_from_slice(b"\"}\n");
    }
}

/// Checks the bytes of a log, offline, against itself and against checkpoints kept elsewhere.
///
/// After a fault the check goes on from the hash the line states, so each fault is reported where it is.
pub fn verify_audit_log(bytes: &[u8], kept: &[Checkpoint]) -> AuditReport {
    let mut head: [u8; 32] = Sha256::digest(GENESIS).into();
    let mut faults = Vec::new();
    let (mut lines, mut whole, mut expected) = (0_u64, 0_usize, 1_u64);
    let mut rest = bytes;
    while let Some(end) = newline(rest) {
        let (line, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        rest = after.get(1..).unwrap_or_default();
        whole += end + 1;
        lines += 1;
        match parts(line) {
            None => {
                faults.push((lines, AuditFault::Form));
                expected += 1;
            }
            Some((text, stated)) => {
                let seq = sequence(text);
                if seq != Some(expected) {
                    faults.push((lines, AuditFault::Sequence));
                }
                let actual = link(&head, text);
                if hex(&actual) == *stated {
                    head = actual;
                } else {
                    faults.push((lines, AuditFault::Hash));
                    head = unhex(stated);
                }
                expected = seq.unwrap_or(expected).saturating_add(1);
            }
        }
        if kept
            .iter()
            .any(|kept| kept.lines == lines && kept.hash != head)
        {
            faults.push((lines, AuditFault::Checkpoint));
        }
    }
    if kept.iter().any(|kept| kept.lines > lines) {
        faults.push((lines, AuditFault::Truncated));
    }
    AuditReport {
        lines,
        head,
        whole_bytes: whole,
        torn_bytes: bytes.len() - whole,
        faults,
    }
}

fn newline(bytes: &[u8]) -> Option<usize> {
    // Control characters are escaped in the text, so a line break ends a line. Lines are a few hundred bytes:
    // look eight at a time.
    let mut offset = 0;
    for chunk in bytes.chunks(32) {
        if chunk.contains(&b'\n') {
            return chunk
                .iter()
                .position(|byte| *byte == b'\n')
                .map(|at| offset + at);
        }
        offset += chunk.len();
    }
    None
}

/// Splits a line into the hashed text and the stated hash; both ends must have the form of the log.
fn parts(line: &[u8]) -> Option<(&[u8], &[u8; 64])> {
    let (text, tail) = line.split_at_checked(line.len().checked_sub(TAIL_LENGTH)?)?;
    let digits = tail.strip_prefix(TAIL)?.strip_suffix(b"\"}")?;
    let digits: &[u8; 64] = digits.try_into().ok()?;
    digits
        .iter()
        .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
        .then_some((text, digits))
}

fn is_checkpoint(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"{\"seq\":") else {
        return false;
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    rest.get(digits..)
        .is_some_and(|rest| rest.starts_with(b",\"checkpoint\":"))
}

fn sequence(text: &[u8]) -> Option<u64> {
    let rest = text.strip_prefix(b"{\"seq\":")?;
    let mut number = 0_u64;
    for (digits, byte) in rest.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                number = number
                    .checked_mul(10)?
                    .checked_add(u64::from(byte - b'0'))?;
            }
            b',' if digits > 0 => return Some(number),
            _ => return None,
        }
    }
    None
}

fn link(head: &[u8; 32], text: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(head);
    hasher.update(text);
    hasher.finalize().into()
}

const fn digit(value: u8) -> u8 {
    match value & 15 {
        value @ 0..=9 => b'0' + value,
        value => b'a' + value - 10,
    }
}

pub(crate) fn push_hex(out: &mut String, byte: u8) {
    out.push(char::from(digit(byte >> 4)));
    out.push(char::from(digit(byte)));
}

fn hex(hash: &[u8; 32]) -> [u8; 64] {
    let mut out = [0; 64];
    for (pair, byte) in out.chunks_exact_mut(2).zip(hash) {
        if let [high, low] = pair {
            *high = digit(byte >> 4);
            *low = digit(*byte);
        }
    }
    out
}

fn unhex(digits: &[u8; 64]) -> [u8; 32] {
    let value = |digit: u8| {
        if digit.is_ascii_digit() {
            digit - b'0'
        } else {
            digit.wrapping_sub(b'a').wrapping_add(10) & 15
        }
    };
    let mut out = [0; 32];
    for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
        if let [high, low] = pair {
            *byte = value(*high) << 4 | value(*low);
        }
    }
    out
}

fn push_number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0_u8; 20];
    let mut used = 0;
    for place in digits.iter_mut().rev() {
        *place = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        used += 1;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(20 - used..).unwrap_or_default());
}

fn push_time(out: &mut Vec<u8>, at: &DateTime<Utc>) {
    use chrono::{Datelike, Timelike};
    let year = at.year();
    if !(0..=9999).contains(&year) || at.nanosecond() >= 1_000_000_000 {
        out.extend_from_slice(at.to_rfc3339_opts(SecondsFormat::Millis, true).as_bytes());
        return;
    }
    let mut put = |number: u32, width: u32, after: u8| {
        for place in (0..width).rev() {
            out.push(b'0' + u8::try_from(number / 10_u32.pow(place) % 10).unwrap_or(0));
        }
        out.push(after);
    };
    put(year.unsigned_abs(), 4, b'-');
    put(at.month(), 2, b'-');
    put(at.day(), 2, b'T');
    put(at.hour(), 2, b':');
    put(at.minute(), 2, b':');
    put(at.second(), 2, b'.');
    put(at.nanosecond() / 1_000_000, 3, b'Z');
}

/// Writes text as the inside of a JSON string, in one form only.
fn push_json(out: &mut Vec<u8>, text: &str) {
    let mut plain = text.as_bytes();
    while let Some(at) = plain
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))
    {
        let (before, rest) = plain.split_at_checked(at).unwrap_or((plain, &[]));
        out.extend_from_slice(before);
        let Some((byte, rest)) = rest.split_first() else {
            break;
        };
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            byte => {
                out.extend_from_slice(b"\\u00");
                out.push(digit(byte >> 4));
                out.push(digit(*byte));
            }
        }
        plain = rest;
    }
    out.extend_from_slice(plain);
}
