//! Where duties stand on the day of the question: what is due, what is late, what has no date and why. Lists, calendar,
//! coverage and home are views of this.

use improvement::occurrence::{Occurrence, RuleSource, State, Undated, UndatedReason};
use improvement::register::Obligation;
use improvement::words::{
    bearers_in_words, due_in_words, modality_in_words, sentence_case, state_in_words, status_in_words,
};
use jiff::civil::Date;
use serde::Serialize;
use service::{Action, Programme};
use utoipa::ToSchema;
use vocabulary::party::Party;

/// One due date of a duty, in words for people and in ISO form for programs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DueItem {
    /// The duty's id.
    pub duty: String,
    /// Its clause.
    pub reference: String,
    /// What must be done.
    pub text: String,
    /// The title of the document that carries it.
    pub notice: String,
    /// Who must act, in words.
    pub bearers: String,
    /// How strongly, in a word.
    pub modality: String,
    /// Which due date, by its key.
    pub key: String,
    /// When, in words: "By the end of January 2014".
    pub due: String,
    /// The day it sorts by.
    pub due_on: Option<String>,
    /// The month that day falls in: `2014-01`.
    pub month: Option<String>,
    /// The state, in a word or two.
    pub state: String,
    /// The state with its figures, as a sentence.
    pub status: String,
    /// Where the date comes from.
    pub why: String,
    /// Whether the notice is breached.
    pub breach: bool,
}

impl DueItem {
    /// The view of one due date.
    pub fn of(programme: &Programme, row: &Obligation, occurrence: &Occurrence) -> Self {
        let day = sort_day(occurrence);
        Self {
            duty: row.id.to_string(),
            reference: row.reference.clone(),
            text: row.text.clone(),
            notice: notice_title(programme, row),
            bearers: bearers_in_words(&row.bearers, row.bearer_rule),
            modality: modality_in_words(row.modality).to_owned(),
            key: occurrence.key.to_string(),
            due: sentence_case(&due_in_words(&occurrence.due)),
            due_on: day.map(|day| day.to_string()),
            month: day.map(|day| day.strftime("%Y-%m").to_string()),
            state: state_in_words(occurrence.state).to_owned(),
            status: status_in_words(occurrence),
            why: occurrence.why.clone(),
            breach: occurrence.breach,
        }
    }
}

/// The day a due date sorts by; none when it has neither a first nor a last day.
pub fn sort_day(occurrence: &Occurrence) -> Option<Date> {
    occurrence.due.latest.or(occurrence.due.earliest)
}

/// The title of the document that carries a duty.
pub fn notice_title(programme: &Programme, row: &Obligation) -> String {
    programme.instrument(row.instrument).map_or_else(String::new, |notice| notice.title.clone())
}

/// How a duty stands as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A due date passed and nothing was recorded.
    Overdue,
    /// Something is due within 30 days.
    DueSoon,
    /// Something is due later.
    Later,
    /// An aim was missed, and nothing lies ahead.
    MissedAim,
    /// Everything that had a date is settled.
    Settled,
    /// No date can be computed until somebody enters something.
    DateMissing,
    /// It has no date by its nature: it applies all the time, or on a condition.
    Dateless,
}

impl Standing {
    /// The standings a list can be narrowed to: the value in the address, and the words.
    pub const CHOICES: [(&'static str, &'static str); 6] = [
        ("overdue", "Overdue"),
        ("due-soon", "Due within 30 days"),
        ("later", "Due later"),
        ("undated", "No date: something is missing"),
        ("dateless", "No single date"),
        ("settled", "Nothing more due"),
    ];

    /// The value in an address.
    pub fn value(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
            Self::Later => "later",
            Self::MissedAim | Self::Settled => "settled",
            Self::DateMissing => "undated",
            Self::Dateless => "dateless",
        }
    }

    /// How a duty stands.
    pub fn of(programme: &Programme, row: &Obligation) -> Self {
        let any = |wanted: &[State]| occurrences(programme, row).iter().any(|o| wanted.contains(&o.state));
        if any(&[State::Overdue]) {
            Self::Overdue
        } else if any(&[State::DueSoon, State::DueThisMonth, State::Open]) {
            Self::DueSoon
        } else if any(&[State::Upcoming]) {
            Self::Later
        } else if let Some(undated) = undated(programme, row) {
            if date_is_missing(&undated.reason) { Self::DateMissing } else { Self::Dateless }
        } else if any(&[State::MissedAim]) {
            Self::MissedAim
        } else {
            Self::Settled
        }
    }
}

/// The due dates of a duty.
pub fn occurrences<'a>(programme: &'a Programme, row: &Obligation) -> &'a [Occurrence] {
    programme.calendar.schedule(row.id).map_or(&[], |schedule| &schedule.occurrences)
}

/// Why a duty has no date, or no next one.
pub fn undated<'a>(programme: &'a Programme, row: &Obligation) -> Option<&'a Undated> {
    programme.calendar.schedule(row.id)?.undated.as_ref()
}

/// Whether somebody could give the duty a date by entering something.
pub fn date_is_missing(reason: &UndatedReason) -> bool {
    !matches!(
        reason,
        UndatedReason::Continuous | UndatedReason::Conditional { .. } | UndatedReason::NoTimeGiven
    )
}

/// The due date that a list shows for a duty: the oldest overdue, else the next, else the last.
pub fn shown<'a>(programme: &'a Programme, row: &Obligation) -> Option<&'a Occurrence> {
    let all = occurrences(programme, row);
    let open =
        |occurrence: &&Occurrence| !occurrence.state.is_settled() && occurrence.state != State::MissedAim;
    let overdue = all.iter().find(|occurrence| occurrence.state == State::Overdue);
    overdue.or_else(|| all.iter().find(open)).or(all.last())
}

/// The duties that count, in the order of their documents.
pub fn live(programme: &Programme) -> impl Iterator<Item = &Obligation> {
    programme.obligations.iter().filter(|row| row.state.counts())
}

/// Where the rule that gave a date comes from, in words.
pub fn rule_in_words(rule: RuleSource) -> &'static str {
    match rule {
        RuleSource::AsRead => "The notice",
        RuleSource::Edited => "The register, as corrected",
        RuleSource::Variation(_) => "An agreed variation",
        RuleSource::LocalSetting => "A local setting, not the notice’s",
    }
}

/// What the person who looks may do, given the party that a document names for it.
pub type May<'a> = &'a dyn Fn(Action, &str) -> bool;

/// Where to supply what keeps a duty from having a date, in words and as an address, for those who may supply it.
pub fn remedy(row: &Obligation, undated: &Undated, may: May<'_>) -> Option<(String, String)> {
    let of_notice = format!("/notices/{}", row.instrument);
    let of_duty = format!("/duties/{}", row.id);
    match &undated.reason {
        UndatedReason::AnchorMissing(_) => Some(("Enter the date".into(), format!("{of_notice}#anchors"))),
        UndatedReason::AnchorNotNamed | UndatedReason::PartialDate(_) => {
            Some(("Decide from when it runs".into(), format!("{of_notice}/questions")))
        }
        UndatedReason::IntervalNotSet { .. } => {
            let setter = row.timing.set_by.as_ref().map_or("", Party::as_str);
            may(Action::SetInterval, setter).then(|| ("Set how often".into(), format!("{of_duty}/interval")))
        }
        UndatedReason::EventNotScheduled(_) => {
            may(Action::RecordEvent, "").then(|| ("Plan the next one".into(), "/meetings/new".into()))
        }
        UndatedReason::Continuous | UndatedReason::Conditional { .. } | UndatedReason::NoTimeGiven => None,
    }
}
