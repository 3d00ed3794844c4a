//! Tables written by `tests/codegen.rs`, and what turns them into values.

#[rustfmt::skip]
#[expect(clippy::unreadable_literal, reason = "the numbers stand as the data has them")]
mod belgium_rows;

/// One version of a rule as it stands in the table.
pub(crate) struct Row {
    pub(crate) id: &'static str,
    pub(crate) certainty: &'static str,
    pub(crate) from: Option<&'static str>,
    pub(crate) to: Option<&'static str>,
    pub(crate) known_from: &'static str,
    pub(crate) known_to: Option<&'static str>,
    pub(crate) note: Option<&'static str>,
    pub(crate) citations: &'static [(&'static str, &'static str, &'static str)],
    pub(crate) quantities: &'static [(&'static str, i64)],
}

pub(crate) mod belgium {
    use alloc::borrow::Cow;
    use alloc::vec::Vec;
    use chrono::NaiveDate;

    use super::{Row, belgium_rows};
    use crate::citation::{Certainty, Citation};
    use crate::law::RuleVersion;

    pub(crate) const RELEASE: &str = belgium_rows::RELEASE;

    /// Every row; a row that cannot be read would be left out, which `tests/codegen.rs` would find.
    pub(crate) fn rules() -> Vec<RuleVersion> {
        belgium_rows::ROWS.iter().filter_map(rule).collect()
    }

    fn rule(row: &Row) -> Option<RuleVersion> {
        let day = |text: Option<&str>| text.and_then(|text| text.parse::<NaiveDate>().ok());
        Some(RuleVersion {
            id: row.id.parse().ok()?,
            certainty: certainty(row.certainty),
            from: day(row.from),
            to: day(row.to),
            known_from: row.known_from.parse().ok()?,
            known_to: day(row.known_to),
            note: row.note.map(Cow::Borrowed),
            citations: row
                .citations
                .iter()
                .map(|&(act, article, mark)| Citation {
                    act: Cow::Borrowed(act),
                    article: Cow::Borrowed(article),
                    article_certainty: certainty(mark),
                })
                .collect(),
            quantities: row
                .quantities
                .iter()
                .map(|&(name, value)| (Cow::Borrowed(name), value))
                .collect(),
        })
    }

    fn certainty(code: &str) -> Certainty {
        match code {
            "sure" => Certainty::Sure,
            "likely" => Certainty::Likely,
            _ => Certainty::Unverified,
        }
    }
}
