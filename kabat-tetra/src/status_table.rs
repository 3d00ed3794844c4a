use alloc::collections::BTreeMap;
use alloc::string::String;

use crate::sds::PreCodedStatus;

/// What the statuses of one network mean: the user's table, as the network's own is not public.
///
/// This crate ships no codes. With feature `serde` the table is read from any format, for example TOML; `T` is the
/// user's own meaning, such as `kabat_core::ResourceStatus` with feature `core`.
///
/// ```toml
/// network = "exercise network"
///
/// [[statuses]]
/// code = 32770
/// label = "under way"
/// meaning = "under_way"
/// ```
///
/// ```
/// use kabat_tetra::{PreCodedStatus, StatusEntry, StatusTable};
///
/// let entry = StatusEntry { code: 32770, label: "under way".into(), meaning: Some("under_way".to_owned()) };
/// let table = StatusTable::new("exercise network", [entry])?;
/// let known = table.get(PreCodedStatus::from_raw(32770)).ok_or("not in the table")?;
/// assert_eq!(known.label, "under way");
/// assert!(table.get(PreCodedStatus::from_raw(32771)).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(
        try_from = "Rows<T>",
        into = "Rows<T>",
        bound(
            serialize = "T: Clone + serde::Serialize",
            deserialize = "T: serde::Deserialize<'de>"
        )
    )
)]
pub struct StatusTable<T> {
    network: String,
    entries: BTreeMap<u16, StatusEntry<T>>,
}

/// One row of a [`StatusTable`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct StatusEntry<T> {
    /// The status value.
    pub code: u16,
    /// What users call it.
    pub label: String,
    /// What it means to the program, if anything.
    pub meaning: Option<T>,
}

/// Why rows make no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StatusTableError {
    /// A code stands in two rows.
    #[error("status `{code}` stands in two rows")]
    Twice {
        /// The code.
        code: u16,
    },
    /// The standard has given the code a meaning or reserved it: only `0x8000` and above are free.
    #[error("status `{code}` is below 32768, where the standard gives the meaning")]
    NotFree {
        /// The code.
        code: u16,
    },
}

/// The written form.
#[cfg(feature = "serde")]
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows<T> {
    network: String,
    statuses: alloc::vec::Vec<StatusEntry<T>>,
}

impl<T> StatusTable<T> {
    /// Makes a table.
    ///
    /// # Errors
    /// When a code is there twice or not free for users.
    pub fn new(
        network: impl Into<String>,
        rows: impl IntoIterator<Item = StatusEntry<T>>,
    ) -> Result<Self, StatusTableError> {
        let mut entries = BTreeMap::new();
        for row in rows {
            let code = row.code;
            if code < 0x8000 {
                return Err(StatusTableError::NotFree { code });
            }
            if entries.insert(code, row).is_some() {
                return Err(StatusTableError::Twice { code });
            }
        }
        Ok(Self {
            network: network.into(),
            entries,
        })
    }

    /// Returns whose table it is.
    pub fn network(&self) -> &str {
        &self.network
    }

    /// Returns the row of a status; unknown stays unknown.
    pub fn get(&self, status: PreCodedStatus) -> Option<&StatusEntry<T>> {
        self.entries.get(&status.raw())
    }

    /// Iterates over the rows in rising order of code.
    pub fn iter(&self) -> impl Iterator<Item = &StatusEntry<T>> {
        self.entries.values()
    }
}

#[cfg(feature = "serde")]
impl<T> TryFrom<Rows<T>> for StatusTable<T> {
    type Error = StatusTableError;

    fn try_from(rows: Rows<T>) -> Result<Self, StatusTableError> {
        Self::new(rows.network, rows.statuses)
    }
}

#[cfg(feature = "serde")]
impl<T> From<StatusTable<T>> for Rows<T> {
    fn from(table: StatusTable<T>) -> Self {
        Self {
            network: table.network,
            statuses: table.entries.into_values().collect(),
        }
    }
}
