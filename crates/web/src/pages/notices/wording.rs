//! The words these pages share: kinds, states, dates and the reader's flags as people say them.

use improvement::reading::{DocumentKind, PassageKind};
use improvement::register::{EpisodeState, Instrument, InstrumentState, Obligation, ObligationState, Stamp};
use improvement::timing::AnchorKind;
use improvement::words;
use serde::Serialize;
use service::{Programme, Refusal, london_day};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::InstrumentId;

use crate::components::{Tag, TagColour};

/// A link by its words and address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Linked {
    /// Its words.
    pub words: String,
    /// Where it leads.
    pub href: String,
}

impl Linked {
    /// A link.
    pub fn new(words: impl Into<String>, href: impl Into<String>) -> Self {
        Self { words: words.into(), href: href.into() }
    }
}

/// The instrument of an address.
pub fn instrument_of<'a>(programme: &'a Programme, id: &str) -> Result<&'a Instrument, Refusal> {
    let id = InstrumentId::parse(id).ok_or(Refusal::NotFound)?;
    programme.instrument(id).ok_or(Refusal::NotFound)
}

/// What a document is, in words.
pub fn kind_in_words(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::ImprovementNotice => "Improvement notice",
        DocumentKind::Direction => "Statutory direction",
        DocumentKind::InspectionReport => "Inspection report",
        DocumentKind::MonitoringLetter => "Monitoring visit letter",
        DocumentKind::Unknown => "Not recognised",
    }
}

/// Where an instrument stands, in words.
pub fn state_in_words(state: InstrumentState) -> &'static str {
    match state {
        InstrumentState::Draft => "Being confirmed",
        InstrumentState::InForce => "In force",
        InstrumentState::Replaced => "Replaced",
        InstrumentState::Ended => "Ended",
    }
}

/// The tag of an instrument's state.
pub fn state_tag(state: &str) -> Tag {
    let tag = Tag::new(state);
    match state {
        "Being confirmed" => tag.colour(TagColour::Purple),
        "In force" => tag.colour(TagColour::Teal),
        _ => tag.colour(TagColour::Grey),
    }
}

/// The tag of a row's state.
pub fn row_tag(state: &str) -> Tag {
    let colour = match state {
        "Suggested" => TagColour::Purple,
        "Confirmed" => TagColour::Green,
        "In force" => TagColour::Teal,
        _ => TagColour::Grey,
    };
    Tag::new(state).colour(colour)
}

/// Where an intervention stands, in words.
pub fn episode_in_words(state: EpisodeState) -> &'static str {
    match state {
        EpisodeState::Open => "Open",
        EpisodeState::Supervision => "Lifted, with supervision",
        EpisodeState::Lifted => "Lifted",
    }
}

/// What a sentence is, in words.
pub fn passage_in_words(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Duty => "Duty",
        PassageKind::Context => "Context",
        PassageKind::Chapeau => "Lead-in or heading",
        PassageKind::Noise => "Noise",
    }
}

/// The name of a kind of sentence in addresses and forms.
pub fn passage_name(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Duty => "duty",
        PassageKind::Context => "context",
        PassageKind::Chapeau => "chapeau",
        PassageKind::Noise => "noise",
    }
}

/// Every anchor, with its name in forms and addresses.
pub const ANCHORS: [(AnchorKind, &str); 10] = [
    (AnchorKind::Issued, "issued"),
    (AnchorKind::Dated, "dated"),
    (AnchorKind::Received, "received"),
    (AnchorKind::Commenced, "commenced"),
    (AnchorKind::Published, "published"),
    (AnchorKind::Judged, "judged"),
    (AnchorKind::Visit, "visit"),
    (AnchorKind::Meeting, "meeting"),
    (AnchorKind::Review, "review"),
    (AnchorKind::Ended, "ended"),
];

/// The anchor of a name.
pub fn anchor_named(name: &str) -> Option<AnchorKind> {
    ANCHORS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
}

/// The name of an anchor in forms and addresses.
pub fn anchor_name(kind: AnchorKind) -> &'static str {
    ANCHORS.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name)
}

/// An anchor as a label: "The day the notice was received".
pub fn anchor_label(kind: AnchorKind) -> String {
    words::sentence_case(words::anchor_day(kind))
}

/// Who did something and on which day.
pub fn stamp_in_words(programme: &Programme, stamp: &Stamp) -> String {
    format!("{} ({}), {}", programme.name_of(stamp.by), stamp.role, day_in_words(london_day(stamp.at)))
}

/// What the reader asks people to look at, in words.
pub fn flag_in_words(flag: &str) -> String {
    if let Some(reference) = flag.strip_prefix("same-as:") {
        return format!("It may be the same duty as {reference}.");
    }
    let sentence = match flag {
        "anchor-missing" => "The document does not give the day this time runs from.",
        "anchor-inferred" => "The day this time runs from is our reading, not the document's words.",
        "bearer-inferred" => "The sentence does not name who must act: this is our reading.",
        "split" => "One sentence was split into several rows.",
        "outcome-statement" => "The sentence describes an outcome, not an act.",
        "interval-not-set" => "The document does not say how often.",
        "set-by-another-body" => "Another body must set how often.",
        "optional-list" => "The list gives examples: not every item may be asked.",
        "where-possible" => "The words “where possible” limit it.",
        "shares-deadline" => "It shares its deadline with another row of the sentence.",
        "needs-local-standard" => "The document leaves the standard to be set locally.",
        "partial-date" => "A printed date is not complete.",
        "incorporated" => "It comes from a report that a notice makes its own.",
        "nominal-interval" => "An interval is named, but no longest gap.",
        other => return format!("{}.", words::theme_title(other)),
    };
    sentence.to_owned()
}

/// The field a cue gave, as a label.
pub fn cue_label(field: &str) -> &'static str {
    match field {
        "modality" => "How strongly",
        "bearer" => "Who",
        "timing" => "When",
        "evidence" => "Evidence",
        "theme" => "Theme",
        "counterparty" => "With whom",
        _ => "Read",
    }
}

/// The line of a byte of a text, from 1.
pub fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// The words of a span with white space drawn together; empty when the span does not fit the text.
pub fn words_at(text: &str, span: [usize; 2]) -> String {
    let words = text.get(span[0]..span[1]).unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The clause of a reference, without the letter of a split sentence.
pub fn clause_of(reference: &str) -> &str {
    reference.split('/').next().unwrap_or(reference).trim()
}

/// Cuts long text at a word, for lists and choices.
pub fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// How far people are with the rows of an instrument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Progress {
    /// Rows that a person confirmed, in force or not.
    pub confirmed: usize,
    /// Rows set aside as no duty or merged into another.
    pub set_aside: usize,
    /// Suggested rows that wait.
    pub waiting: usize,
    /// All rows but those that were split.
    pub total: usize,
}

impl Progress {
    /// The progress over rows.
    pub fn of<'a>(rows: impl Iterator<Item = &'a Obligation>) -> Self {
        let mut progress = Self::default();
        for row in rows {
            match row.state {
                ObligationState::Split => continue,
                ObligationState::Suggested => progress.waiting += 1,
                ObligationState::NotADuty | ObligationState::Merged => progress.set_aside += 1,
                _ => progress.confirmed += 1,
            }
            progress.total += 1;
        }
        progress
    }

    /// Rows that a person decided.
    pub fn decided(&self) -> usize {
        self.total - self.waiting
    }

    /// "34 of 50 rows decided".
    pub fn in_words(&self) -> String {
        match self.total {
            0 => "No duty was read in this document.".to_owned(),
            total => format!("{} of {total} rows decided.", self.decided()),
        }
    }
}

/// The questions of an instrument that wait for a decision.
pub fn open_questions(programme: &Programme, instrument: InstrumentId) -> usize {
    let open = |question: &&improvement::register::OpenQuestion| {
        question.instrument == instrument && question.decision.is_none()
    };
    programme.questions.iter().filter(open).count()
}
