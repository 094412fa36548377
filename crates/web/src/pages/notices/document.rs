//! One instrument: what it says of itself, how far its confirmation is, the days its clocks run from, its place in the
//! chain, its clauses and the duties under each.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::reading::ReadClause;
use improvement::register::{Anchor, Instrument, Obligation, ObligationState};
use improvement::words;
use serde::Serialize;
use service::{Action, Programme};
use utoipa::ToSchema;
use vocabulary::date::{PartialDate, day_in_words};

use super::list::{RelationView, relations};
use super::uncovered;
use super::wording::{
    ANCHORS, Linked, Progress, anchor_label, anchor_name, anchor_named, clause_of, instrument_of,
    kind_in_words, line_at, open_questions, row_tag, shortened, stamp_in_words, state_in_words, state_tag,
    words_at,
};
use crate::components::{Cell, DateInput, Heading, Input, Problems, Select, SummaryList, Table, Tag};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// One instrument.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InstrumentView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands, in words.
    pub state: String,
    /// What the document says of itself: name and value, "Not printed" where it is silent.
    pub facts: Vec<(String, String)>,
    /// Grades of a report: area and grade.
    pub judgements: Vec<(String, String)>,
    /// What the extraction warned about.
    pub warnings: Vec<String>,
    /// How far its rows are.
    pub progress: Progress,
    /// Questions that wait for a decision.
    pub open_questions: usize,
    /// Sentences that nobody has settled.
    pub unsettled: usize,
    /// Who signed its register and when.
    pub signed: Option<String>,
    /// The days its clocks run from.
    pub anchors: Vec<AnchorView>,
    /// Days that duties need and nobody has entered.
    pub missing_anchors: Vec<AnchorKindView>,
    /// Its links in the chain.
    pub relations: Vec<RelationView>,
    /// Earlier documents that it can be compared with.
    pub comparisons: Vec<Linked>,
    /// Its clauses in order.
    pub clauses: Vec<ClauseView>,
    /// Recommendations of a report: number, text, and who or by when where the report says.
    pub recommendations: Vec<(String, String, String)>,
    /// What inspectors found.
    pub findings: Vec<FindingView>,
}

/// A day a clock runs from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnchorView {
    /// Which day.
    pub label: String,
    /// Its name in forms.
    pub name: String,
    /// The day in words.
    pub on: String,
    /// The day as a date, to the precision known.
    pub date: String,
    /// Where it comes from.
    pub source: String,
    /// Who entered it, or that nobody has confirmed the reading.
    pub entered: String,
    /// Whether it stands as read.
    pub as_read: bool,
}

/// A day that duties need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnchorKindView {
    /// Which day.
    pub label: String,
    /// Its name in forms.
    pub name: String,
    /// How many rows wait for it.
    pub rows: usize,
}

/// A clause and the duties under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClauseView {
    /// Its printed labels.
    pub reference: String,
    /// The heading above it, where it changes.
    pub heading: Option<String>,
    /// Its own words.
    pub text: String,
    /// Its first line.
    pub line: usize,
    /// The duties read in it.
    pub duties: Vec<DutyView>,
}

/// One row under a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DutyView {
    /// Its id.
    pub id: String,
    /// Its reference.
    pub reference: String,
    /// What must be done.
    pub text: String,
    /// Who must act, how strongly and when, in one line.
    pub terms: String,
    /// Where it stands, in words.
    pub state: String,
    /// Whether it waits to be confirmed.
    pub waiting: bool,
}

/// What an inspector said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingView {
    /// The sentence.
    pub text: String,
    /// Strength, weakness, mixed or neither.
    pub polarity: String,
    /// The subject.
    pub topic: String,
    /// Its line.
    pub line: usize,
}

#[derive(Template)]
#[template(path = "pages/notices/document.html")]
struct InstrumentPage {
    frame: Frame,
    view: InstrumentView,
    facts: SummaryList,
    anchors: Table,
    judgements: Table,
    findings: Table,
    may: May,
    anchor_form: Option<AnchorForm>,
}

/// What the viewer may do here.
#[derive(Clone, Copy)]
struct May {
    confirm: bool,
    sign: bool,
    export: bool,
}

/// The questions about the day of an anchor.
struct AnchorForm {
    kind: Select,
    on: DateInput,
    source: Input,
}

impl InstrumentPage {
    fn tag(&self, state: &str) -> Tag {
        state_tag(state)
    }

    fn row_tag(&self, state: &str) -> Tag {
        row_tag(state)
    }
}

/// Shows one instrument.
pub async fn show(viewer: Viewer, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Refused> {
    let refused = |refusal| Refused(refusal, viewer.format);
    let programme = viewer.programme().await.map_err(refused)?;
    let instrument = instrument_of(&programme, &id).map_err(refused)?;
    let page = page(&viewer, &programme, instrument, &asked, Problems::default());
    Ok(viewer.show(&page, &page.view))
}

/// Shows the instrument again with what is wrong with the form about an anchor.
pub(super) fn show_problems(
    viewer: &Viewer,
    programme: &Programme,
    instrument: &Instrument,
    typed: &Fields,
    problems: Problems,
) -> Response {
    let page = page(viewer, programme, instrument, typed, problems);
    viewer.show_problems(&page, &page.view)
}

fn page(
    viewer: &Viewer,
    programme: &Programme,
    instrument: &Instrument,
    typed: &Fields,
    problems: Problems,
) -> InstrumentPage {
    let view = InstrumentView::of(programme, instrument);
    let facts = view.facts.iter().fold(SummaryList::new(), |list, (name, value)| list.row(name, value));
    InstrumentPage {
        anchor_form: viewer.may(Action::EnterAnchor).then(|| anchor_form(typed, &problems)),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Notices", "/notices")]),
            sub_navigation: duties_navigation("/notices"),
            history_href: Some(format!("/history/instrument/{}", instrument.id)),
            caption: Some(kind_in_words(instrument.document.kind).to_owned()),
            problems,
            ..viewer.programme_frame(programme, &instrument.title, Area::Duties)
        },
        facts,
        anchors: anchors_table(&view, viewer.may(Action::EnterAnchor)),
        judgements: judgements_table(&view),
        findings: findings_table(&view),
        may: May {
            confirm: viewer.may(Action::ConfirmObligation),
            sign: viewer.may(Action::SignRegister),
            export: viewer.may(Action::ExportRegister),
        },
        view,
    }
}

fn anchor_form(typed: &Fields, problems: &Problems) -> AnchorForm {
    let chosen = typed.maybe("anchor").and_then(anchor_named).map(anchor_name).unwrap_or_default();
    let mut kind = Select::new("anchor", "Which day?").option("", "Choose the day").chosen(chosen);
    for (known, name) in ANCHORS {
        kind = kind.option(name, anchor_label(known));
    }
    AnchorForm {
        kind: kind.problem_in(problems),
        on: DateInput::approximate("on", "When was it?")
            .hint("For instance, 27 3 2026. Leave the day out if only the month is known.")
            .values(typed.text("on-day"), typed.text("on-month"), typed.text("on-year"))
            .problem_in(problems),
        source: Input::new("source", "Where does the date come from?")
            .hint("For instance: covering letter of 5 March 2026, or the document’s own words")
            .value(typed.text("source"))
            .problem_in(problems),
    }
}

fn anchors_table(view: &InstrumentView, may_enter: bool) -> Table {
    let table = Table::new("Days that deadlines run from").first_cell_is_heading().stacks().headings([
        Heading::new("Which day"),
        Heading::new("Date"),
        Heading::new("Where it comes from"),
        Heading::new("Entered by"),
    ]);
    let rows = view.anchors.iter().map(|anchor| {
        let entered = if anchor.as_read && may_enter {
            format!("{}. Enter it again below to confirm or correct it.", anchor.entered)
        } else {
            anchor.entered.clone()
        };
        vec![Cell::new(&anchor.label), Cell::new(&anchor.on), Cell::new(&anchor.source), Cell::new(entered)]
    });
    table.rows(rows.collect::<Vec<_>>())
}

fn judgements_table(view: &InstrumentView) -> Table {
    let table = Table::new("Judgements")
        .first_cell_is_heading()
        .headings([Heading::new("Area"), Heading::new("Judgement")]);
    let rows = view.judgements.iter().map(|(area, grade)| vec![Cell::new(area), Cell::new(grade)]);
    table.rows(rows.collect::<Vec<_>>())
}

fn findings_table(view: &InstrumentView) -> Table {
    let table = Table::new("Findings, in the order of the document").stacks().headings([
        Heading::numeric("Line"),
        Heading::new("Finding"),
        Heading::new("Which way"),
        Heading::new("Subject"),
    ]);
    let rows = view.findings.iter().map(|finding| {
        vec![
            Cell::numeric(finding.line),
            Cell::new(&finding.text),
            Cell::new(&finding.polarity),
            Cell::new(&finding.topic),
        ]
    });
    table.rows(rows.collect::<Vec<_>>())
}

impl InstrumentView {
    /// The view of an instrument.
    pub fn of(programme: &Programme, instrument: &Instrument) -> Self {
        let text = programme.texts.get(&instrument.id).map(AsRef::as_ref).unwrap_or_default();
        let rows: Vec<&Obligation> = programme.obligations_of(instrument.id).collect();
        let missing = missing_anchors(programme, instrument, &rows);
        Self {
            id: instrument.id.to_string(),
            title: instrument.title.clone(),
            state: state_in_words(instrument.state).to_owned(),
            facts: facts(programme, instrument),
            judgements: judgements(instrument),
            warnings: instrument.warnings.clone(),
            progress: Progress::of(rows.iter().copied()),
            open_questions: open_questions(programme, instrument.id),
            unsettled: uncovered::count_unsettled(programme, instrument),
            signed: instrument.signed.as_ref().map(|stamp| stamp_in_words(programme, stamp)),
            anchors: anchors(programme, instrument),
            missing_anchors: missing,
            relations: relations(programme, instrument.id),
            comparisons: comparisons(programme, instrument),
            clauses: clauses(instrument, text, &rows),
            recommendations: recommendations(instrument),
            findings: findings(instrument, text),
        }
    }
}

fn facts(programme: &Programme, instrument: &Instrument) -> Vec<(String, String)> {
    let document = &instrument.document;
    let printed = |value: Option<String>| value.unwrap_or_else(|| "Not printed".to_owned());
    let day = |value: Option<PartialDate>| printed(value.map(PartialDate::in_words));
    let mut facts = vec![
        ("What it is", kind_in_words(document.kind).to_owned()),
        ("Council", printed(document.council.clone())),
        ("Issued", day(document.issued_on)),
    ];
    let report = document.published_on.is_some() || document.inspected_from.is_some();
    if report || document.framework.is_some() {
        facts.push(("Published", day(document.published_on)));
        facts.push(("Inspected", printed(inspected(instrument))));
        facts.push(("Framework", printed(document.framework.clone())));
        facts.push(("Lead inspector", printed(document.lead_inspector.clone())));
    }
    facts.push(("Signed by", printed(document.signatory.clone())));
    if let Some(from) = instrument.in_force_from {
        facts.push(("In force from", day_in_words(from)));
    }
    if let Some(to) = instrument.in_force_to {
        facts.push(("In force to", day_in_words(to)));
    }
    facts.push(("File", instrument.file_name.clone()));
    facts.push(("Brought in by", stamp_in_words(programme, &instrument.stamp)));
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn inspected(instrument: &Instrument) -> Option<String> {
    let from = day_in_words(instrument.document.inspected_from?);
    match instrument.document.inspected_to {
        Some(to) => Some(format!("{from} to {}", day_in_words(to))),
        None => Some(format!("From {from}")),
    }
}

fn judgements(instrument: &Instrument) -> Vec<(String, String)> {
    let judgements = instrument.document.judgements.iter();
    judgements.map(|(area, grade)| (words::sentence_case(area), words::sentence_case(grade))).collect()
}

fn anchors(programme: &Programme, instrument: &Instrument) -> Vec<AnchorView> {
    let standing = |anchor: &&Anchor| anchor.instrument == instrument.id && !anchor.replaced;
    let view = |anchor: &Anchor| AnchorView {
        label: anchor_label(anchor.kind),
        name: anchor_name(anchor.kind).to_owned(),
        on: anchor.on.in_words(),
        date: anchor.on.to_string(),
        source: anchor.source.clone(),
        entered: if anchor.as_read {
            "As read: nobody has confirmed it".to_owned()
        } else {
            stamp_in_words(programme, &anchor.stamp)
        },
        as_read: anchor.as_read,
    };
    programme.anchors.iter().filter(standing).map(view).collect()
}

fn missing_anchors(
    programme: &Programme,
    instrument: &Instrument,
    rows: &[&Obligation],
) -> Vec<AnchorKindView> {
    let known = |kind| {
        let mut anchors = programme.anchors.iter();
        anchors.any(|anchor| anchor.instrument == instrument.id && anchor.kind == kind && !anchor.replaced)
    };
    let live = |row: &&&Obligation| row.state == ObligationState::Suggested || row.state.counts();
    let missing = ANCHORS.iter().filter(|(kind, _)| !known(*kind)).map(|(kind, name)| AnchorKindView {
        label: anchor_label(*kind),
        name: (*name).to_owned(),
        rows: rows.iter().filter(live).filter(|row| waits_for(row, *kind)).count(),
    });
    missing.filter(|missing| missing.rows > 0).collect()
}

fn waits_for(row: &Obligation, kind: improvement::timing::AnchorKind) -> bool {
    use improvement::timing::{AnchorKind, TimingKind};
    let an_event = matches!(kind, AnchorKind::Visit | AnchorKind::Meeting | AnchorKind::Review);
    row.timing.anchor == Some(kind) && row.timing.kind == TimingKind::OneOffRelative && !an_event
}

fn comparisons(programme: &Programme, instrument: &Instrument) -> Vec<Linked> {
    let others = programme.instruments.iter().take_while(|other| other.id != instrument.id);
    let comparable = others.filter(|other| {
        other.episode == instrument.episode && programme.obligations_of(other.id).next().is_some()
    });
    let link = |other: &Instrument| {
        Linked::new(&other.title, format!("/notices/{}/compare/{}", instrument.id, other.id))
    };
    comparable.map(link).collect()
}

fn clauses(instrument: &Instrument, text: &str, rows: &[&Obligation]) -> Vec<ClauseView> {
    let mut heading: Option<&str> = None;
    let homes: Vec<Option<usize>> = rows.iter().map(|row| clause_place(instrument, row)).collect();
    let duties_in = |place: Option<usize>| -> Vec<DutyView> {
        let here = rows.iter().zip(&homes).filter(|(_, home)| **home == place);
        here.map(|(row, _)| DutyView::of(row)).collect()
    };
    let mut clauses = Vec::new();
    for (index, clause) in instrument.clauses.iter().enumerate() {
        let next = instrument.clauses.get(index + 1).map_or(usize::MAX, |next| next.span[0]);
        let own = [clause.span[0], clause.span[1].min(next.max(clause.span[0]))];
        let new_heading = clause.heading.as_deref().filter(|new| heading != Some(*new));
        heading = clause.heading.as_deref();
        clauses.push(ClauseView {
            reference: clause.reference.clone(),
            heading: new_heading.map(str::to_owned),
            text: words_at(text, own),
            line: clause.line,
            duties: duties_in(Some(index)),
        });
    }
    let elsewhere = duties_in(None);
    if !elsewhere.is_empty() {
        clauses.push(ClauseView {
            reference: String::new(),
            heading: Some("Outside the clauses".to_owned()),
            text: String::new(),
            line: rows.iter().zip(&homes).find(|(_, home)| home.is_none()).map_or(1, |(row, _)| row.line),
            duties: elsewhere,
        });
    }
    clauses
}

/// The clause a row stands under: the one of its reference, else the innermost around its words. References repeat in
/// reports, so the one that also holds the words comes first.
fn clause_place(instrument: &Instrument, row: &Obligation) -> Option<usize> {
    let clauses = || instrument.clauses.iter();
    let named = |clause: &ReadClause| clause.reference == clause_of(&row.reference);
    let holds = |clause: &ReadClause| clause.span[0] <= row.span[0] && row.span[0] < clause.span[1];
    clauses()
        .position(|clause| named(clause) && holds(clause))
        .or_else(|| clauses().position(named))
        .or_else(|| clauses().rposition(holds))
}

impl DutyView {
    /// The view of a row.
    pub fn of(row: &Obligation) -> Self {
        Self {
            id: row.id.to_string(),
            reference: row.reference.clone(),
            text: row.text.clone(),
            terms: format!(
                "{}. {}. {}.",
                words::bearers_in_words(&row.bearers, row.bearer_rule),
                words::modality_in_words(row.modality),
                words::timing_in_words(&row.timing)
            ),
            state: row.state.in_words().to_owned(),
            waiting: row.state == ObligationState::Suggested,
        }
    }
}

fn recommendations(instrument: &Instrument) -> Vec<(String, String, String)> {
    let one = |item: &improvement::reading::Recommendation| {
        let addressee =
            item.addressee.as_ref().map(|party| words::sentence_case(&words::party_in_words(party)));
        let more = [addressee, item.group.clone()].into_iter().flatten().collect::<Vec<_>>().join(". ");
        (item.reference.clone(), item.text.clone(), more)
    };
    instrument.recommendations.iter().map(one).collect()
}

fn findings(instrument: &Instrument, text: &str) -> Vec<FindingView> {
    use improvement::reading::Polarity;
    let one = |finding: &improvement::reading::ReadFinding| FindingView {
        text: shortened(&finding.text, 600),
        polarity: match finding.polarity {
            Polarity::Strength => "Strength",
            Polarity::Weakness => "Weakness",
            Polarity::Mixed => "Mixed",
            Polarity::Neutral => "Neither",
        }
        .to_owned(),
        topic: finding.topic.as_deref().map(words::sentence_case).unwrap_or_default(),
        line: line_at(text, finding.span[0]),
    };
    instrument.findings.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, html};
    use super::*;

    #[tokio::test]
    async fn the_document_stands_with_its_facts_its_clauses_and_what_waits() {
        let sample = Sample::notice_read().await;
        let id = sample.notice().to_string();
        let page = html(show(sample.manager().await, Path(id.clone()), Asked::default()).await).await;
        for words in ["4 March 2026", "Not printed", "As read: nobody has confirmed it", "8 waiting"] {
            assert!(page.contains(words), "{words} in {page}");
        }
        assert!(page.contains(&format!("/notices/{id}/confirm")));
        assert!(page.contains(&format!("/history/instrument/{id}")));
    }

    #[tokio::test]
    async fn every_row_stands_under_exactly_one_clause() {
        let sample = Sample::notice_read().await;
        let programme = sample.programme().await;
        let view = InstrumentView::of(&programme, &programme.instruments[0]);
        let shown: usize = view.clauses.iter().map(|clause| clause.duties.len()).sum();
        assert!(shown > 4);
        assert_eq!(shown, programme.obligations.len());
    }

    #[tokio::test]
    async fn another_councils_document_is_no_page() {
        let sample = Sample::notice_read().await;
        let answer = show(sample.manager().await, Path("0".repeat(32)), Asked::default()).await;
        assert!(matches!(answer, Err(Refused(service::Refusal::NotFound, _))));
    }
}
