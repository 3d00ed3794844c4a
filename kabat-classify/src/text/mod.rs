//! From raw text to folded tokens that remember where they came from.

mod fold;
mod hash;
mod numbering;
mod speller;
mod tokens;
mod words;

pub(crate) use fold::{fold_digraphs, fold_into};
pub(crate) use hash::{WordHasher, WordMap};
pub(crate) use numbering::Numbering;
pub(crate) use speller::{Speller, Target};
pub(crate) use tokens::Tokens;
pub(crate) use words::Words;
