use core::fmt::{self, Display};

use super::{IdentityType, Params, Party};

/// Writes parameters between commas; empty ones at the end are left out.
pub(super) struct Joined<'f, 'w> {
    f: &'f mut fmt::Formatter<'w>,
    /// Commas that are written when a parameter follows.
    commas: usize,
    begun: bool,
}

impl<'f, 'w> Joined<'f, 'w> {
    pub(super) const fn new(f: &'f mut fmt::Formatter<'w>) -> Self {
        Self {
            f,
            commas: 0,
            begun: false,
        }
    }

    /// Writes a parameter, or keeps its place.
    pub(super) fn value(&mut self, value: Option<impl Display>) -> fmt::Result {
        if self.begun {
            self.commas = self.commas.saturating_add(1);
        }
        self.begun = true;
        let Some(value) = value else { return Ok(()) };
        for _ in 0..core::mem::take(&mut self.commas) {
            self.f.write_str(",")?;
        }
        write!(self.f, "{value}")
    }

    /// Writes the type of an identity and its digits.
    pub(super) fn party(&mut self, party: Option<Party<'_>>) -> fmt::Result {
        let kind = party.and_then(|party| party.identity_type);
        self.value(kind.map(IdentityType::raw))?;
        self.value(party.map(|party| party.digits))
    }

    /// Writes what was kept as it was written.
    pub(super) fn raw(&mut self, raw: Params<'_>) -> fmt::Result {
        self.value((!raw.as_str().is_empty()).then_some(raw))
    }
}
