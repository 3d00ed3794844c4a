//! From raw text to folded tokens that remember where they came from.

mod fold;
mod speller;
mod tokens;

pub(crate) use fold::fold_into;
pub(crate) use speller::{Speller, WordMap};
pub(crate) use tokens::Tokens;
