//! "Will be expected to": the one form in which a letter asks for something to be done.

use vocabulary::party::Party;

use crate::reading::{BearerRule, Cue, Modality, Span, SuggestedObligation};
use crate::timing::{Timing, TimingKind};

/// The expectation a sentence carries, on the council unless it names no other.
pub(crate) fn expectation(
    sentence: &str,
    span: Span,
    line: usize,
    clause: &str,
) -> Option<SuggestedObligation> {
    const CUES: [&str; 4] = ["will be expected to", "is expected to", "are expected to", "we expect"];
    let lower = sentence.to_lowercase();
    let cue = CUES.iter().find(|cue| lower.contains(**cue))?;
    let at = lower.find(cue)?;
    let forecast = lower.get(at + cue.len()..).is_some_and(|rest| {
        [" rise", " fall", " increase", " decrease", " grow", " open", " start in", " be completed"]
            .iter()
            .any(|verb| rest.starts_with(verb))
    });
    if forecast {
        return None;
    }
    Some(SuggestedObligation {
        reference: clause.to_owned(),
        text: sentence.to_owned(),
        line,
        span,
        bearers: vec![Party::COUNCIL],
        bearer_rule: BearerRule::All,
        counterparties: Vec::new(),
        modality: Modality::Expects,
        timing: timing(sentence),
        evidence: Vec::new(),
        theme: theme(&lower).to_owned(),
        confidence: 0.6,
        flags: vec!["bearer-inferred".to_owned()],
        cues: vec![Cue { field: "modality".to_owned(), text: (*cue).to_owned(), span }],
    })
}

/// "at the second statutory review", "by the next visit": tied to an event that is not dated here.
fn timing(sentence: &str) -> Timing {
    const EVENTS: [&str; 5] = ["review", "visit", "meeting", "conference", "inspection"];
    let lower = sentence.to_lowercase();
    let tied = ["by the ", "at the ", "before the ", "prior to the ", "at each ", "by each "]
        .iter()
        .find_map(|start| {
            let at = lower.find(start)?;
            let rest = sentence.get(at..)?;
            let end = EVENTS
                .iter()
                .filter_map(|event| rest.to_lowercase().find(event).map(|found| found + event.len()))
                .min()?;
            rest.get(..end).filter(|words| words.split(' ').count() <= 7).map(str::to_owned)
        });
    tied.map_or_else(Timing::default, |text| {
        let event = text.split_once(' ').map(|(_, event)| event.to_owned());
        Timing { kind: TimingKind::Conditional, text, event, ..Timing::default() }
    })
}

fn theme(lower: &str) -> &'static str {
    if lower.contains("audit") {
        "quality-assurance"
    } else if lower.contains("board") {
        "governance"
    } else if lower.contains("staff") || lower.contains("supervision") || lower.contains("caseload") {
        "workforce"
    } else {
        "practice-quality"
    }
}
