//! The confirmation screen: the document's words on one side, the row the reader made of them on the other, and after
//! each field the words that gave it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::reading::Cue;
use improvement::register::{Instrument, Obligation, ObligationState, Origin};
use improvement::words;
use serde::Serialize;
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;
use vocabulary::id::ObligationId;

use super::confirm_forms::{Forms, RowForm, Typed};
use super::queue::{QUEUES, Queue, current, next_waiting, ordered};
use super::source::{Source, SourceView, source};
use super::wording::{
    Linked, Progress, clause_of, flag_in_words, instrument_of, line_at, row_tag, shortened, stamp_in_words,
};
use crate::components::{MarkedText, PageLink, Pagination, Problems, Tag};
use crate::errors::Refused;
use crate::fields::Asked;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// The rows of an instrument in the order people confirm them, and the one in hand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConfirmView {
    /// The document's id.
    pub instrument: String,
    /// Its title.
    pub title: String,
    /// How far its rows are.
    pub progress: Progress,
    /// The queues, with how many of their rows wait.
    pub queues: Vec<QueueView>,
    /// The name of the queue shown.
    pub queue: String,
    /// The rows of the queue in order.
    pub rows: Vec<QueuedRow>,
    /// The row in hand; none when no row waits.
    pub row: Option<RowView>,
    /// The lines of the document shown.
    pub source: SourceView,
}

/// A queue of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QueueView {
    /// Its name in addresses.
    pub name: String,
    /// Its words.
    pub words: String,
    /// Rows that wait.
    pub waiting: usize,
    /// All its rows.
    pub total: usize,
}

/// A row in the list of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QueuedRow {
    /// Its id.
    pub id: String,
    /// Its reference.
    pub reference: String,
    /// Its words, cut short.
    pub text: String,
    /// Where it stands, in words.
    pub state: String,
}

/// The row in hand.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RowView {
    /// Its id.
    pub id: String,
    /// The version shown.
    pub version: i64,
    /// Its reference.
    pub reference: String,
    /// Its first line.
    pub line: usize,
    /// What must be done.
    pub text: String,
    /// Where it stands, in words.
    pub state: String,
    /// Who decided it and why; where it comes from.
    pub story: Vec<String>,
    /// Its fields.
    pub fields: Vec<RowField>,
    /// What to look at.
    pub flags: Vec<String>,
    /// How sure the rules are, in words.
    pub confidence: String,
    /// What would fall due by it.
    pub falls_due: Vec<String>,
    /// Rows that ask the same.
    pub same_as: Vec<Linked>,
}

/// One field of a row, with the words that gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowField {
    /// Its name.
    pub name: String,
    /// Its value, in words.
    pub value: String,
    /// "The words “must” (line 13)".
    pub because: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/notices/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    view: ConfirmView,
    text: MarkedText,
    steps: Option<Pagination>,
    next: String,
    forms: Option<Forms>,
    may_add: bool,
}

impl ConfirmPage {
    fn tag(&self, state: &str) -> Tag {
        row_tag(state)
    }
}

/// Shows the row asked for, or the next that waits.
pub async fn show(viewer: Viewer, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Refused> {
    let refused = |refusal| Refused(refusal, viewer.format);
    let programme = viewer.programme().await.map_err(refused)?;
    let instrument = instrument_of(&programme, &id).map_err(refused)?;
    let typed = Typed { form: None, fields: &asked };
    let page = page(&viewer, &programme, instrument, &typed, Problems::default());
    Ok(viewer.show(&page, &page.view))
}

/// Shows the row again with what is wrong with one of its forms; everything typed is kept.
pub(super) async fn show_problems(
    viewer: &Viewer,
    id: &str,
    typed: &Typed<'_>,
    problems: Problems,
) -> Result<Response, Refusal> {
    let programme = viewer.programme().await?;
    let instrument = instrument_of(&programme, id)?;
    let page = page(viewer, &programme, instrument, typed, problems);
    Ok(viewer.show_problems(&page, &page.view))
}

/// The address of a row in a queue.
pub fn address(instrument: impl std::fmt::Display, queue: &str, row: &str) -> String {
    let row = if row.is_empty() { String::new() } else { format!("&row={row}") };
    format!("/notices/{instrument}/confirm?queue={}{row}", crate::guard::escape(queue))
}

fn page(
    viewer: &Viewer,
    programme: &Programme,
    instrument: &Instrument,
    typed: &Typed<'_>,
    problems: Problems,
) -> ConfirmPage {
    let queue = Queue::named(typed.fields.text("queue"));
    let asked = ObligationId::parse(typed.fields.text("show_row"))
        .or_else(|| ObligationId::parse(typed.fields.text("row")));
    let mut rows = ordered(programme.obligations_of(instrument.id), queue);
    if asked.is_some_and(|asked| !rows.iter().any(|row| row.id == asked)) {
        rows = ordered(programme.obligations_of(instrument.id), Queue::All);
    }
    let waiting = rows.iter().any(|row| row.state == ObligationState::Suggested);
    let row = current(&rows, asked).filter(|_| waiting || asked.is_some());
    let here = |other: &Obligation| address(instrument.id, queue.name(), &other.id.to_string());
    let whole = typed.fields.text("whole") == "yes";
    let Source { view: source, text } = source(programme, instrument, row, whole, here);
    let next = row.and_then(|row| next_waiting(&rows, row.id));
    let may_edit = viewer.may(Action::EditObligation);
    ConfirmPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[
                ("Notices", "/notices"),
                (&instrument.title, &format!("/notices/{}", instrument.id)),
            ]),
            sub_navigation: duties_navigation("/notices"),
            history_href: Some(match row {
                Some(row) => format!("/history/obligation/{}", row.id),
                None => format!("/history/instrument/{}", instrument.id),
            }),
            caption: Some(instrument.title.clone()),
            problems: problems.clone(),
            ..viewer.programme_frame(programme, "Confirm the duties", Area::Duties)
        },
        text,
        steps: row.and_then(|row| steps(&rows, row, here)),
        next: next.map(|next| next.to_string()).unwrap_or_default(),
        forms: row.filter(|_| may_edit).map(|row| Forms::of(programme, row, typed, &problems)),
        may_add: may_edit,
        view: ConfirmView {
            instrument: instrument.id.to_string(),
            title: instrument.title.clone(),
            progress: Progress::of(programme.obligations_of(instrument.id)),
            queues: queues(programme, instrument),
            queue: queue.name().to_owned(),
            rows: rows.iter().map(|row| QueuedRow::of(row)).collect(),
            row: row.map(|row| RowView::of(programme, row)),
            source,
        },
    }
}

fn steps(
    rows: &[&Obligation],
    row: &Obligation,
    address: impl Fn(&Obligation) -> String,
) -> Option<Pagination> {
    let place = rows.iter().position(|known| known.id == row.id)?;
    let link = |other: &&Obligation, words: &str| {
        PageLink::new(address(other)).words(words).label(format!("Row {}", other.reference))
    };
    let before = place.checked_sub(1).and_then(|place| rows.get(place));
    let after = rows.get(place + 1);
    (rows.len() > 1).then(|| {
        Pagination::steps(before.map(|row| link(row, "Previous row")), after.map(|row| link(row, "Next row")))
    })
}

fn queues(programme: &Programme, instrument: &Instrument) -> Vec<QueueView> {
    let view = |(queue, name, words): (Queue, &str, &str)| {
        let rows = ordered(programme.obligations_of(instrument.id), queue);
        QueueView {
            name: name.to_owned(),
            words: words.to_owned(),
            waiting: rows.iter().filter(|row| row.state == ObligationState::Suggested).count(),
            total: rows.len(),
        }
    };
    QUEUES.map(view).into()
}

impl QueuedRow {
    fn of(row: &Obligation) -> Self {
        Self {
            id: row.id.to_string(),
            reference: row.reference.clone(),
            text: shortened(&row.text, 90),
            state: row.state.in_words().to_owned(),
        }
    }
}

impl RowView {
    /// The view of a row.
    pub fn of(programme: &Programme, row: &Obligation) -> Self {
        let text = programme.texts.get(&row.instrument).map(AsRef::as_ref).unwrap_or_default();
        let other = |id: &ObligationId| {
            let other = programme.obligation(*id)?;
            let words = format!("{}: {}", other.reference, shortened(&other.text, 90));
            Some(Linked::new(words, address(other.instrument, "all", &other.id.to_string())))
        };
        Self {
            id: row.id.to_string(),
            version: row.version,
            reference: row.reference.clone(),
            line: row.line,
            text: row.text.clone(),
            state: row.state.in_words().to_owned(),
            story: story(programme, row),
            fields: row_fields(row, text),
            flags: row.flags.iter().map(|flag| flag_in_words(flag)).collect(),
            confidence: confidence(row),
            falls_due: falls_due(programme, row),
            same_as: row.same_as.iter().filter_map(other).collect(),
        }
    }
}

fn story(programme: &Programme, row: &Obligation) -> Vec<String> {
    let reference = |id: &ObligationId| {
        programme.obligation(*id).map_or_else(|| "another row".to_owned(), |row| row.reference.clone())
    };
    let mut story = Vec::new();
    match &row.origin {
        Origin::Read => {}
        Origin::SplitFrom { row } => {
            story.push(format!("It is part of {}, which was split.", reference(row)))
        }
        Origin::MergedFrom { rows } => {
            let merged: Vec<String> = rows.iter().map(reference).collect();
            story.push(format!("It was merged from {}.", words::joined(&merged, "and")));
        }
        Origin::Added => story.push("A person added it: the reader missed it.".to_owned()),
        Origin::Incorporated { instrument } => {
            let title = programme.instrument(*instrument).map_or("a notice", |notice| notice.title.as_str());
            story.push(format!("It is a recommendation that “{title}” makes its own."));
        }
        Origin::CarriedFrom { row } => {
            story.push(format!("It continues {} of an earlier document.", reference(row)))
        }
    }
    if let Some(confirmed) = &row.confirmed {
        story.push(format!("Confirmed by {}.", stamp_in_words(programme, confirmed)));
    }
    if !row.reason.trim().is_empty() {
        story.push(format!("Reason: {}", row.reason));
    }
    story
}

fn row_fields(row: &Obligation, text: &str) -> Vec<RowField> {
    let field = |name: &str, value: String, cue: &str| RowField {
        name: name.to_owned(),
        value,
        because: because(row.cues.iter().filter(|known| known.field == cue), text),
    };
    let mut fields = vec![
        field("Who must act", words::bearers_in_words(&row.bearers, row.bearer_rule), "bearer"),
        field(
            "How strongly",
            format!("{}. {}", words::modality_in_words(row.modality), words::modality_meaning(row.modality)),
            "modality",
        ),
        field("When", words::timing_in_words(&row.timing), "timing"),
    ];
    if !row.counterparties.is_empty() {
        let parties: Vec<String> = row.counterparties.iter().map(words::party_in_words).collect();
        let parties = words::sentence_case(&words::joined(&parties, "and"));
        fields.push(field("To or with whom", parties, "counterparty"));
    }
    if !row.evidence.is_empty() {
        fields.push(field("Evidence asked for", row.evidence.join("; "), "evidence"));
    }
    fields.push(field("Theme", words::theme_title(&row.theme), "theme"));
    fields
}

fn because<'a>(cues: impl Iterator<Item = &'a Cue>, text: &str) -> Vec<String> {
    let told = |cue: &Cue| {
        let quoted = cue.text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("because of the words “{}” (line {})", shortened(&quoted, 140), line_at(text, cue.span[0]))
    };
    cues.map(told).collect()
}

fn confidence(row: &Obligation) -> String {
    let words = match row.confidence {
        sure if sure >= 0.85 => "The reader is sure of it.",
        fairly if fairly >= 0.6 => "The reader is fairly sure of it.",
        _ => "The reader is not sure of it: read the sentence.",
    };
    match row.origin {
        Origin::Added => "A person wrote it.".to_owned(),
        _ => words.to_owned(),
    }
}

fn falls_due(programme: &Programme, row: &Obligation) -> Vec<String> {
    let Some(schedule) = programme.calendar.schedule(row.id) else { return Vec::new() };
    let due = |occurrence: &improvement::occurrence::Occurrence| {
        let due = words::sentence_case(&words::due_in_words(&occurrence.due));
        format!("{due}: {}", occurrence.why)
    };
    let mut sentences: Vec<String> = schedule.occurrences.iter().take(3).map(due).collect();
    sentences.extend(schedule.undated.as_ref().map(|undated| undated.sentence.clone()));
    sentences
}

/// The rows of the same clause that wait, the row itself first.
pub(super) fn waiting_in_clause<'a>(programme: &'a Programme, row: &'a Obligation) -> Vec<&'a Obligation> {
    let same = |other: &&Obligation| {
        other.id != row.id
            && other.state == ObligationState::Suggested
            && clause_of(&other.reference) == clause_of(&row.reference)
    };
    std::iter::once(row).chain(programme.obligations_of(row.instrument).filter(same)).collect()
}

impl RowForm {
    /// Whether the viewer was in the middle of this form.
    pub(super) fn is(self, typed: &Typed<'_>) -> bool {
        typed.form == Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, html};
    use super::*;
    use crate::fields::Fields;

    async fn opened(sample: &Sample, query: &str) -> String {
        let path = Path(sample.notice().to_string());
        html(show(sample.manager().await, path, Asked(Fields::parse(query.as_bytes()))).await).await
    }

    #[tokio::test]
    async fn each_field_says_which_words_gave_it() {
        let sample = Sample::notice_read().await;
        let row = sample.row("2").await;
        let page = opened(&sample, &format!("row={}", row.id)).await;
        assert!(page.contains("because of the words “must”"), "{page}");
        assert!(page.contains("At least every 4 weeks (a gap of more than 28 days is a breach)"));
        assert!(page.contains("0 of "), "progress stands on the page");
    }

    #[tokio::test]
    async fn somebody_who_may_not_confirm_reads_the_row_and_is_offered_no_form() {
        let sample = Sample::notice_read().await;
        let path = Path(sample.notice().to_string());
        let page = html(show(sample.official().await, path, Asked::default()).await).await;
        assert!(page.contains("because of the words") && !page.contains("/rows/"), "{page}");
    }

    #[tokio::test]
    async fn a_filtered_queue_has_an_address_and_counts_what_waits() {
        let sample = Sample::notice_read().await;
        let page = opened(&sample, "queue=anchors").await;
        assert!(page.contains("aria-current=\"page\"") && page.contains("Dates and intervals"));
        assert!(page.contains("name=\"queue\" value=\"anchors\""), "{page}");
    }
}
