//! The view of one duty: everything known of it, in words, for its page and for programs.

use improvement::occurrence::{Occurrence, State};
use improvement::register::{Obligation, OccurrenceMark, Origin, Variation};
use improvement::words::{
    bearers_in_words, due_in_words, joined, modality_in_words, modality_meaning, party_in_words,
    sentence_case, state_in_words, status_in_words, theme_title, timing_in_words,
};
use serde::Serialize;
use service::Programme;
use utoipa::ToSchema;
use vocabulary::date::{PartialDate, day_in_words};

use super::standing::{May, notice_title, occurrences, remedy, rule_in_words, sort_day, undated};

/// Everything known of a duty.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OneDutyView {
    /// Its id.
    pub id: String,
    /// The version, to be sent back with a change.
    pub version: i64,
    /// Its clause.
    pub reference: String,
    /// The title of the document that carries it.
    pub notice: String,
    /// The document's id.
    pub notice_id: String,
    /// The words of the document.
    pub quote: String,
    /// Their first line in the extracted text.
    pub line: usize,
    /// Where the words stand in the document's page.
    pub source: String,
    /// What must be done.
    pub text: String,
    /// Who must act, in words.
    pub bearers: String,
    /// How strongly it binds.
    pub modality: String,
    /// What follows from that.
    pub modality_meaning: String,
    /// When, in words.
    pub timing: String,
    /// To or with whom, in words.
    pub counterparties: String,
    /// Evidence the document asks for.
    pub evidence: String,
    /// Its theme.
    pub theme: String,
    /// Which words of the document gave which field.
    pub because: Vec<BecauseView>,
    /// What the reader asked people to look at.
    pub look_at: Vec<String>,
    /// Where it stands in the register.
    pub state: String,
    /// Why it is no duty, or what took its place.
    pub reason: String,
    /// Where the row comes from.
    pub origin: String,
    /// Who confirmed it and when.
    pub confirmed: String,
    /// The person answerable.
    pub owner: Option<String>,
    /// Rows that ask the same.
    pub same_as: Vec<SameView>,
    /// Whether the duty is met, in words: the first of the four states, which are never averaged.
    pub duty_met: String,
    /// Why it has no date, or no next one.
    pub undated: Option<String>,
    /// Where to supply what is missing: words and address.
    pub remedy: Option<(String, String)>,
    /// Its due dates, oldest first.
    pub due_dates: Vec<OccurrenceView>,
    /// Requests for another clock, newest first.
    pub variations: Vec<VariationLine>,
    /// Intervals that the named body set, and clocks it ran on before.
    pub clock_history: Vec<String>,
}

/// The words that gave a field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BecauseView {
    /// The field.
    pub field: String,
    /// The words.
    pub words: String,
}

/// A row that asks the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SameView {
    /// Its id.
    pub id: String,
    /// Its clause and document.
    pub words: String,
}

/// One due date.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct OccurrenceView {
    /// Its key.
    pub key: String,
    /// When, in words.
    pub due: String,
    /// The day it sorts by.
    pub due_on: Option<String>,
    /// Its state, in a word or two.
    pub state: String,
    /// The state with its figures.
    pub status: String,
    /// That the notice is breached, when it is.
    pub breach_words: String,
    /// Where the date comes from.
    pub why: String,
    /// Whose rule it is.
    pub rule: String,
    /// The dates it had before, in words.
    pub was_due: String,
    /// That it rests on an assumption, when it does.
    pub assumption: String,
    /// The day it was met.
    pub met_on: Option<String>,
    /// That day in words.
    pub met_on_in_words: Option<String>,
    /// What shows that it was met.
    pub shown_by: String,
    /// Who said so.
    pub marked_by: String,
    /// Who verified it, or that nobody has.
    pub verified: String,
    /// The key of the mark, when a person marked it.
    pub mark: Option<String>,
}

/// A request for another clock, in one line.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VariationLine {
    /// Its id.
    pub id: String,
    /// The day it was asked, in words.
    pub asked_on: String,
    /// The rule at the time of asking.
    pub from: String,
    /// The rule asked for.
    pub to: String,
    /// Who may answer.
    pub approver: String,
    /// Where it stands.
    pub state: String,
}

impl OneDutyView {
    /// The view of a duty.
    pub fn of(programme: &Programme, row: &Obligation, may: May<'_>) -> Self {
        let undated = undated(programme, row);
        let due_dates: Vec<OccurrenceView> =
            occurrences(programme, row).iter().map(|o| OccurrenceView::of(programme, row, o)).collect();
        let names: Vec<String> = row.counterparties.iter().map(party_in_words).collect();
        let confirmed = row.confirmed.as_ref().map(|stamp| {
            format!("By {} on {}", programme.name_of(stamp.by), day_in_words(service::london_day(stamp.at)))
        });
        let mut variations: Vec<&Variation> =
            programme.variations.iter().filter(|variation| variation.obligation == row.id).collect();
        variations.sort_by_key(|variation| std::cmp::Reverse(variation.asked_on));
        Self {
            id: row.id.to_string(),
            version: row.version,
            reference: row.reference.clone(),
            notice: notice_title(programme, row),
            notice_id: row.instrument.to_string(),
            quote: quote(programme, row),
            line: row.line,
            source: source(programme, row),
            text: row.text.clone(),
            bearers: bearers_in_words(&row.bearers, row.bearer_rule),
            modality: modality_in_words(row.modality).to_owned(),
            modality_meaning: modality_meaning(row.modality).to_owned(),
            timing: timing_in_words(&row.timing),
            counterparties: sentence_case(&joined(&names, "and")),
            evidence: row.evidence.join("; "),
            theme: theme_title(&row.theme),
            because: row
                .cues
                .iter()
                .map(|cue| BecauseView { field: cue.field.clone(), words: cue.text.trim().to_owned() })
                .collect(),
            look_at: row.flags.iter().map(|flag| theme_title(flag)).collect(),
            state: row.state.in_words().to_owned(),
            reason: row.reason.clone(),
            origin: origin(programme, &row.origin),
            confirmed: confirmed.unwrap_or_default(),
            owner: row.owner.map(|owner| programme.name_of(owner).to_owned()),
            same_as: row.same_as.iter().filter_map(|id| same(programme, *id)).collect(),
            duty_met: duty_met(programme, row),
            undated: undated.map(|undated| undated.sentence.clone()),
            remedy: undated.and_then(|undated| remedy(row, undated, may)),
            due_dates,
            variations: variations.into_iter().map(VariationLine::of).collect(),
            clock_history: clock_history(programme, row),
        }
    }
}

/// The words of the document that carry a duty, lines joined.
pub fn quote(programme: &Programme, row: &Obligation) -> String {
    let [from, to] = row.span;
    let words = programme.texts.get(&row.instrument).and_then(|text| text.get(from..to)).unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address of the sentence in the page of its document.
fn source(programme: &Programme, row: &Obligation) -> String {
    let holds = |span: [usize; 2]| span[0] <= row.span[0] && row.span[0] < span[1];
    let passages = programme.instrument(row.instrument).map_or(&[][..], |notice| &notice.passages);
    let sentence = passages.iter().find(|passage| holds(passage.span));
    let fragment = sentence.map(|passage| format!("#sentence-{}", passage.span[0])).unwrap_or_default();
    format!("/notices/{}{fragment}", row.instrument)
}

fn same(programme: &Programme, id: vocabulary::id::ObligationId) -> Option<SameView> {
    let other = programme.obligation(id)?;
    let words = format!("{} of “{}”", super::cells::clause(&other.reference), notice_title(programme, other));
    Some(SameView { id: id.to_string(), words })
}

fn origin(programme: &Programme, origin: &Origin) -> String {
    let clause = |id: &vocabulary::id::ObligationId| match programme.obligation(*id) {
        Some(row) => format!("clause {} of “{}”", row.reference, notice_title(programme, row)),
        None => "an earlier row".to_owned(),
    };
    match origin {
        Origin::Read => "Read from the document".to_owned(),
        Origin::SplitFrom { row } => format!("Split from {}", clause(row)),
        Origin::MergedFrom { rows } => {
            let rows: Vec<String> = rows.iter().map(clause).collect();
            format!("Merged from {}", joined(&rows, "and"))
        }
        Origin::Added => "Added by a person: the reader had missed it".to_owned(),
        Origin::Incorporated { instrument } => {
            let title = programme.instrument(*instrument).map_or("a notice", |notice| notice.title.as_str());
            format!("A recommendation that “{title}” makes a duty")
        }
        Origin::CarriedFrom { row } => format!("Carried over from {}", clause(row)),
    }
}

/// Whether the duty is met. What was done late is met, and is said to be late; an aim is not a breach.
fn duty_met(programme: &Programme, row: &Obligation) -> String {
    let all = occurrences(programme, row);
    let counted = |state: State| all.iter().filter(|occurrence| occurrence.state == state).count();
    let times =
        |count: usize| if count == 1 { "1 due date".to_owned() } else { format!("{count} due dates") };
    let (overdue, aims, late) = (counted(State::Overdue), counted(State::MissedAim), counted(State::MetLate));
    let last = all.iter().filter_map(|occurrence| occurrence.met_on).max();
    if overdue > 0 {
        return format!("Duty met: no. {} passed and nothing shows that it was done.", times(overdue));
    }
    let Some(last) = last else {
        return match (aims, all.is_empty()) {
            (0, false) => "Duty met: not due yet.".to_owned(),
            (0, true) => "Duty met: cannot be told from dates.".to_owned(),
            (aims, _) => format!("Duty met: no. The aim was missed for {}.", times(aims)),
        };
    };
    let late = if late > 0 { format!(" {} met late.", sentence_case(&times(late))) } else { String::new() };
    let aims = if aims > 0 { format!(" The aim was missed for {}.", times(aims)) } else { String::new() };
    format!("Duty met: yes, {}.{late}{aims}", day_in_words(last))
}

fn clock_history(programme: &Programme, row: &Obligation) -> Vec<String> {
    let settings = programme.interval_settings.iter().filter(|setting| setting.obligation == row.id);
    let mut lines: Vec<String> = settings
        .map(|setting| {
            format!(
                "{} set it to every {} on {} (a local setting): {}.",
                sentence_case(&party_in_words(&setting.set_by)),
                setting.every.in_words(),
                day_in_words(setting.decided_on),
                setting.decision.trim_end_matches('.')
            )
        })
        .collect();
    lines.extend(row.former_timings.iter().map(|former| {
        format!(
            "Until {} the clock was: {}. Corrected by {}: {}.",
            day_in_words(former.until),
            timing_in_words(&former.timing),
            programme.name_of(former.stamp.by),
            former.reason.trim_end_matches('.')
        )
    }));
    lines
}

impl OccurrenceView {
    fn of(programme: &Programme, row: &Obligation, occurrence: &Occurrence) -> Self {
        let key = occurrence.key.to_string();
        let mark = mark_of(programme, row, &key);
        let was: Vec<String> = occurrence.was_due.iter().map(due_in_words).collect();
        let event = occurrence.met_by.as_deref().filter(|_| mark.is_none());
        let event = event.and_then(|id| programme.events.iter().find(|event| event.id.to_string() == id));
        let shown_by = mark.map(|mark| mark.evidence.clone()).or_else(|| {
            event.map(|event| format!("{} on {}", event.kind.in_words(), day_in_words(event.on)))
        });
        Self {
            due: sentence_case(&due_in_words(&occurrence.due)),
            due_on: sort_day(occurrence).map(|day| day.to_string()),
            state: state_in_words(occurrence.state).to_owned(),
            status: status_in_words(occurrence),
            breach_words: if occurrence.breach { "This is a breach of the notice." } else { "" }.to_owned(),
            why: occurrence.why.clone(),
            rule: rule_in_words(occurrence.rule).to_owned(),
            was_due: if was.is_empty() {
                String::new()
            } else {
                format!("Before, it was due {}.", was.join(", then "))
            },
            assumption: if occurrence.inferred { "The start is our reading: confirm it." } else { "" }
                .to_owned(),
            met_on: occurrence.met_on.map(|day| day.to_string()),
            met_on_in_words: occurrence.met_on.map(day_in_words),
            shown_by: shown_by.unwrap_or_default(),
            marked_by: mark
                .map(|mark| format!("Marked by {}", programme.name_of(mark.stamp.by)))
                .unwrap_or_default(),
            verified: mark.map(|mark| verified(programme, mark)).unwrap_or_default(),
            mark: mark.filter(|mark| mark.verified.is_none()).map(|mark| mark.id.clone()),
            key,
        }
    }
}

fn verified(programme: &Programme, mark: &OccurrenceMark) -> String {
    match &mark.verified {
        Some(stamp) => format!(
            "Verified by {} on {}",
            programme.name_of(stamp.by),
            day_in_words(service::london_day(stamp.at))
        ),
        None => "Not verified yet".to_owned(),
    }
}

/// The mark of a due date: the duty's own, or that of a row that asks the same.
pub fn mark_of<'a>(programme: &'a Programme, row: &Obligation, key: &str) -> Option<&'a OccurrenceMark> {
    let answers =
        |mark: &&OccurrenceMark| mark.obligation == row.id || row.same_as.contains(&mark.obligation);
    programme.marks.iter().filter(answers).find(|mark| mark.occurrence == key)
}

impl VariationLine {
    fn of(variation: &Variation) -> Self {
        Self {
            id: variation.id.to_string(),
            asked_on: day_in_words(variation.asked_on),
            from: variation.from_rule.clone(),
            to: asked_for(variation),
            approver: sentence_case(&party_in_words(&variation.approver)),
            state: variation.state.in_words().to_owned(),
        }
    }
}

/// What a request asks for, in words.
pub fn asked_for(variation: &Variation) -> String {
    match (variation.every, variation.due_on) {
        (Some(every), _) => format!("Every {}", every.in_words()),
        (None, Some(PartialDate::Day(day))) => format!("By {}", day_in_words(day)),
        (None, Some(date)) => format!("By the end of {}", date.in_words()),
        (None, None) => String::new(),
    }
}
