//! The one place where the clock is read.

use std::time::SystemTime;

use kabat::compliance::Compliance;
use kabat::core::chrono::{DateTime, NaiveDate, Utc};

/// Returns the present moment, for commands that were given none.
pub(crate) fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// Returns the present day in Belgium, for commands that were given no date.
pub(crate) fn today() -> NaiveDate {
    let now = now();
    Compliance::belgium()
        .brussels()
        .local(&now)
        .map_or_else(|| now.date_naive(), |local| local.date())
}
