//! Literals by what decides them.

use std::collections::BTreeMap;

use super::NONE;
use crate::names::Literal;

/// Literals by what decides them, so that a stage looks only at its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) inputs: Vec<u32>,
    pub(crate) numbers: Vec<u32>,
    pub(crate) categories: Vec<u32>,
    pub(crate) priorities: Vec<u32>,
    pub(crate) disciplines: Vec<u32>,
    pub(crate) severities: Vec<u32>,
}

impl Asked {
    fn note(&mut self, literal: &Literal, id: u32) {
        let list = match literal {
            Literal::Input(..) => &mut self.inputs,
            Literal::Number(..) => &mut self.numbers,
            Literal::Category(_) => &mut self.categories,
            Literal::Priority(..) => &mut self.priorities,
            Literal::Discipline(_) => &mut self.disciplines,
            Literal::Severity(_) => &mut self.severities,
            _ => return,
        };
        list.push(id);
    }
}

/// Every literal, and where those that a stage looks for by itself are.
pub(super) struct LiteralTables {
    pub(super) literals: Vec<Literal>,
    pub(super) of_concepts: Vec<[u32; 4]>,
    pub(super) of_facts: BTreeMap<(u32, u8), u32>,
    pub(super) of_types: Vec<u32>,
    pub(super) asked: Asked,
}

impl LiteralTables {
    pub(super) fn new(numbered: &BTreeMap<Literal, u32>, concepts: usize, types: usize) -> Self {
        let mut tables = Self {
            literals: vec![Literal::Severity(0); numbered.len()],
            of_concepts: vec![[NONE; 4]; concepts],
            of_facts: BTreeMap::new(),
            of_types: vec![NONE; types],
            asked: Asked::default(),
        };
        for (literal, id) in numbered {
            if let Some(slot) = tables.literals.get_mut(*id as usize) {
                *slot = literal.clone();
            }
            tables.note(literal, *id);
        }
        tables
    }

    fn note(&mut self, literal: &Literal, id: u32) {
        let slot = match literal {
            Literal::Asserted(concept) => self.of_concept(*concept, 0),
            Literal::Denied(concept) => self.of_concept(*concept, 1),
            Literal::Past(concept) => self.of_concept(*concept, 2),
            Literal::Said(concept) => self.of_concept(*concept, 3),
            Literal::Type(at) => self.of_types.get_mut(*at as usize),
            Literal::Fact(fact, value) => {
                self.of_facts.insert((*fact, *value), id);
                return;
            }
            other => return self.asked.note(other, id),
        };
        if let Some(slot) = slot {
            *slot = id;
        }
    }

    fn of_concept(&mut self, concept: u32, kind: usize) -> Option<&mut u32> {
        self.of_concepts.get_mut(concept as usize)?.get_mut(kind)
    }
}
