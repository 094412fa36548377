//! Where an objective or action comes from: chosen from the duties, recommendations and findings of the documents.

use improvement::plan::Source;
use service::{Programme, Sourced};
use vocabulary::id::{InstrumentId, ObligationId};

use crate::components::{Choice, Choices};
use crate::fields::Fields;

/// The question where something comes from, with what is chosen.
pub fn question(programme: &Programme, chosen: &[Source]) -> Choices {
    let choices = programme.trace().into_iter().map(|sourced| {
        Choice::new(code(&sourced.source), in_words(&sourced))
            .hint(sourced.document)
            .picked(chosen.contains(&sourced.source))
    });
    Choices::checkboxes("sources", "Where does it come from?")
        .hint("The duties, recommendations and findings that it answers.")
        .choices(choices.collect::<Vec<_>>())
        .small()
}

/// What was chosen in a form; what no document holds is left out.
pub fn chosen(programme: &Programme, fields: &Fields) -> Vec<Source> {
    let known = programme.trace();
    let mut sources: Vec<Source> = fields.all("sources").filter_map(parse).collect();
    sources.retain(|source| known.iter().any(|sourced| sourced.source == *source));
    sources.sort();
    sources.dedup();
    sources
}

/// A source with its label and its words.
pub fn in_words(sourced: &Sourced) -> String {
    format!("{}: {}", crate::pages::duties::cells::clause(&sourced.reference), sourced.text)
}

fn code(source: &Source) -> String {
    match source {
        Source::Duty(id) => format!("duty-{id}"),
        Source::Recommendation(id, place) => format!("recommendation-{id}-{place}"),
        Source::Finding(id, place) => format!("finding-{id}-{place}"),
    }
}

fn parse(code: &str) -> Option<Source> {
    let (kind, rest) = code.split_once('-')?;
    if kind == "duty" {
        return ObligationId::parse(rest).map(Source::Duty);
    }
    let (id, place) = rest.split_once('-')?;
    let (id, place) = (InstrumentId::parse(id)?, place.parse().ok()?);
    match kind {
        "recommendation" => Some(Source::Recommendation(id, place)),
        "finding" => Some(Source::Finding(id, place)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_reads_back_from_what_the_form_carries() {
        for source in [
            Source::Duty(ObligationId(7)),
            Source::Recommendation(InstrumentId(8), 3),
            Source::Finding(InstrumentId(9), 0),
        ] {
            assert_eq!(parse(&code(&source)), Some(source));
        }
        assert_eq!(parse("finding-nothing-1"), None);
    }
}
