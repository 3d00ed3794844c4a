//! The classifier: notes in, verdicts out.

use crate::ruleset::RuleSet;
use crate::{Note, Verdict};

/// Applies a rule set to notes. Holds no state between notes: share it between threads.
///
/// ```
/// use kabat_classify::{Classifier, Note, RuleSet};
/// let classifier = Classifier::new(RuleSet::base());
/// assert!(classifier.classify(&Note::new("")).is_unknown());
/// let verdict = classifier.classify(&Note::new("feu de cheminée, pas de blessés"));
/// assert_eq!(verdict.type_code.as_deref(), Some("fire.chimney"));
/// ```
#[derive(Debug, Clone)]
pub struct Classifier {
    rules: RuleSet,
}

impl Classifier {
    /// Makes a classifier.
    pub const fn new(rules: RuleSet) -> Self {
        Self { rules }
    }

    /// Returns the rule set.
    pub const fn rule_set(&self) -> &RuleSet {
        &self.rules
    }

    /// Decides on a note.
    pub fn classify(&self, note: &Note) -> Verdict {
        self.verdict(&mut self.work(note))
    }

    /// Decides on many notes, each by itself; verdicts come in the order of the notes.
    ///
    /// With feature `rayon` the notes are shared out over threads; the result is the same.
    ///
    /// ```
    /// use kabat_classify::{Classifier, Note, RuleSet};
    /// let classifier = Classifier::new(RuleSet::base());
    /// let verdicts = classifier.classify_many(&[Note::new("schouwbrand"), Note::new("")]);
    /// assert_eq!(verdicts[0].type_code.as_deref(), Some("fire.chimney"));
    /// assert!(verdicts[1].is_unknown());
    /// ```
    #[cfg(not(feature = "rayon"))]
    pub fn classify_many(&self, notes: &[Note]) -> Vec<Verdict> {
        notes.iter().map(|note| self.classify(note)).collect()
    }

    /// Decides on many notes, each by itself, over the threads of the current rayon pool; verdicts come in the order of the
    /// notes, the same as without feature `rayon`.
    #[cfg(feature = "rayon")]
    pub fn classify_many(&self, notes: &[Note]) -> Vec<Verdict> {
        use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
        notes.par_iter().map(|note| self.classify(note)).collect()
    }
}
