//! Operations that group incidents, and operations within operations.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::{AgencyCode, IncidentId, OperationId};

/// A planned or grown effort of several agencies: a summit, a flood, a manhunt.
///
/// ```
/// use kabat_core::{Operation, OperationId};
/// let summit = Operation::new(OperationId::nil(), "summit");
/// assert!(summit.incidents.is_empty() && summit.part_of.is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Operation {
    /// Its id.
    pub id: OperationId,
    /// Its name.
    pub name: String,
    /// The operation of which it is a part.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub part_of: Option<OperationId>,
    /// The incidents that it groups.
    #[cfg_attr(feature = "serde", serde(default))]
    pub incidents: BTreeSet<IncidentId>,
    /// The agencies that take part.
    #[cfg_attr(feature = "serde", serde(default))]
    pub agencies: BTreeSet<AgencyCode>,
    /// Its sectors on the ground, by the names used on the radio.
    #[cfg_attr(feature = "serde", serde(default))]
    pub sectors: BTreeSet<String>,
}

impl Operation {
    /// Makes an operation that groups nothing yet.
    pub fn new(id: OperationId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            part_of: None,
            incidents: BTreeSet::new(),
            agencies: BTreeSet::new(),
            sectors: BTreeSet::new(),
        }
    }
}

/// All operations of an installation; "is part of" never leads back to where it began.
///
/// ```
/// use kabat_core::{Operation, OperationError, OperationId, Operations};
/// let (flood, sector) = (OperationId::v7(1, [1; 10]), OperationId::v7(2, [2; 10]));
/// let mut operations = Operations::new();
/// operations.add(Operation::new(flood, "flood"))?;
/// operations.add(Operation { part_of: Some(flood), ..Operation::new(sector, "sector east") })?;
/// assert_eq!(operations.set_part_of(flood, Some(sector)), Err(OperationError::Cycle { operation: flood, part_of: sector }));
/// # Ok::<(), OperationError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(into = "Vec<Operation>", try_from = "Vec<Operation>")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Operations {
    by_id: BTreeMap<OperationId, Operation>,
}

impl Operations {
    /// No operation.
    pub const fn new() -> Self {
        Self {
            by_id: BTreeMap::new(),
        }
    }

    /// Adds an operation; the one of which it is a part must be there already.
    ///
    /// # Errors
    /// [`OperationError`] when its id is taken or the larger operation is not known; nothing is added then.
    pub fn add(&mut self, operation: Operation) -> Result<(), OperationError> {
        if self.by_id.contains_key(&operation.id) {
            return Err(OperationError::Taken {
                operation: operation.id,
            });
        }
        if let Some(larger) = operation.part_of
            && !self.by_id.contains_key(&larger)
        {
            return Err(OperationError::Unknown { operation: larger });
        }
        self.by_id.insert(operation.id, operation);
        Ok(())
    }

    /// Makes an operation part of another, or of none.
    ///
    /// # Errors
    /// [`OperationError`] when either is not known, or when the larger one is part of the smaller; nothing is
    /// changed then.
    pub fn set_part_of(
        &mut self,
        operation: OperationId,
        part_of: Option<OperationId>,
    ) -> Result<(), OperationError> {
        if let Some(larger) = part_of {
            if !self.by_id.contains_key(&larger) {
                return Err(OperationError::Unknown { operation: larger });
            }
            if larger == operation || self.ancestors(larger).any(|above| above == operation) {
                return Err(OperationError::Cycle {
                    operation,
                    part_of: larger,
                });
            }
        }
        match self.by_id.get_mut(&operation) {
            Some(found) => {
                found.part_of = part_of;
                Ok(())
            }
            None => Err(OperationError::Unknown { operation }),
        }
    }

    /// Groups an incident under an operation.
    ///
    /// # Errors
    /// [`OperationError::Unknown`] when there is no such operation.
    pub fn add_incident(
        &mut self,
        operation: OperationId,
        incident: IncidentId,
    ) -> Result<(), OperationError> {
        self.by_id
            .get_mut(&operation)
            .map(|found| {
                found.incidents.insert(incident);
            })
            .ok_or(OperationError::Unknown { operation })
    }

    /// Returns an operation.
    pub fn get(&self, operation: OperationId) -> Option<&Operation> {
        self.by_id.get(&operation)
    }

    /// Returns all operations in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Operation> {
        self.by_id.values()
    }

    /// Returns the operations of which one is a part, the nearest first.
    ///
    /// ```
    /// use kabat_core::{IncidentId, Operation, OperationId, Operations};
    /// let (flood, east, street) = (OperationId::v7(1, [1; 10]), OperationId::v7(2, [2; 10]), OperationId::v7(3, [3; 10]));
    /// let mut operations = Operations::new();
    /// operations.add(Operation::new(flood, "flood"))?;
    /// operations.add(Operation { part_of: Some(flood), ..Operation::new(east, "sector east") })?;
    /// operations.add(Operation { part_of: Some(east), ..Operation::new(street, "river street") })?;
    /// operations.add_incident(street, IncidentId::nil())?;
    /// assert_eq!(operations.ancestors(street).collect::<Vec<_>>(), [east, flood]);
    /// assert_eq!(operations.get(street).map(|operation| operation.incidents.len()), Some(1));
    /// assert_eq!(operations.iter().count(), 3);
    /// # Ok::<(), kabat_core::OperationError>(())
    /// ```
    pub fn ancestors(&self, operation: OperationId) -> impl Iterator<Item = OperationId> {
        // INVARIANT: there is no cycle, so this ends.
        core::iter::successors(self.part_of(operation), |&above| self.part_of(above))
    }

    fn part_of(&self, operation: OperationId) -> Option<OperationId> {
        self.by_id.get(&operation).and_then(|found| found.part_of)
    }
}

impl From<Operations> for Vec<Operation> {
    fn from(operations: Operations) -> Self {
        operations.by_id.into_values().collect()
    }
}

impl TryFrom<Vec<Operation>> for Operations {
    type Error = OperationError;

    /// Takes operations in any order.
    fn try_from(list: Vec<Operation>) -> Result<Self, Self::Error> {
        let mut operations = Self::new();
        let mut links = Vec::new();
        for mut operation in list {
            if let Some(larger) = operation.part_of.take() {
                links.push((operation.id, larger));
            }
            operations.add(operation)?;
        }
        for (operation, larger) in links {
            operations.set_part_of(operation, Some(larger))?;
        }
        Ok(operations)
    }
}

/// Why operations cannot be joined as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OperationError {
    /// There is no such operation.
    #[error("operation `{operation}` is not known")]
    Unknown {
        /// The operation.
        operation: OperationId,
    },
    /// There is an operation with this id.
    #[error("operation `{operation}` is there already")]
    Taken {
        /// The operation.
        operation: OperationId,
    },
    /// The larger operation is, directly or not, part of the smaller one.
    #[error("operation `{operation}` cannot be part of `{part_of}`, which is part of it")]
    Cycle {
        /// The smaller one.
        operation: OperationId,
        /// The larger one.
        part_of: OperationId,
    },
}
