//! Operations stay acyclic whatever is asked, and a refusal changes nothing.

use kabat_core::{Operation, OperationError, OperationId, Operations};
use proptest::prelude::*;

fn id(n: u8) -> OperationId {
    OperationId::v7(u64::from(n), [n; 10])
}

/// Whether `to` can be reached from `from` along the plain list of links, each tried at most once.
fn reaches(links: &[(u8, u8)], from: u8, to: u8) -> bool {
    let mut open = vec![from];
    let mut seen = vec![];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if !seen.contains(&at) {
            seen.push(at);
            open.extend(links.iter().filter(|(a, _)| *a == at).map(|(_, b)| *b));
        }
    }
    false
}

proptest! {
    #[test]
    fn a_link_is_refused_exactly_when_it_would_close_a_circle(
        asked in prop::collection::vec((0u8..9, prop::option::of(0u8..9)), 0..60),
    ) {
        let mut operations = Operations::new();
        for n in 0..8 {
            operations.add(Operation::new(id(n), format!("operation {n}"))).expect("ids differ");
        }
        let mut links: Vec<(u8, u8)> = vec![];
        for (part, whole) in asked {
            let before = operations.clone();
            let result = operations.set_part_of(id(part), whole.map(id));
            let unknown = part == 8 || whole == Some(8);
            let circle = whole.is_some_and(|whole| reaches(&links, whole, part));
            if unknown {
                prop_assert!(result.is_err(), "8 is not known");
            } else if circle {
                let expected = OperationError::Cycle {
                    operation: id(part),
                    part_of: id(whole.unwrap_or(8)),
                };
                prop_assert_eq!(&result, &Err(expected));
            } else {
                prop_assert_eq!(&result, &Ok(()));
                links.retain(|(a, _)| *a != part);
                links.extend(whole.map(|whole| (part, whole)));
            }
            if result.is_err() {
                prop_assert_eq!(&operations, &before);
            }
        }
        // Read back from any order, the same stands.
        let mut list: Vec<Operation> = operations.clone().into();
        list.reverse();
        prop_assert_eq!(Operations::try_from(list), Ok(operations));
    }
}

#[test]
fn a_stored_circle_is_refused() {
    let list = vec![
        Operation {
            part_of: Some(id(1)),
            ..Operation::new(id(0), "a")
        },
        Operation {
            part_of: Some(id(0)),
            ..Operation::new(id(1), "b")
        },
    ];
    assert!(matches!(
        Operations::try_from(list),
        Err(OperationError::Cycle { .. })
    ));
}
